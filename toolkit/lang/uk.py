"""Ukrainian."""

from __future__ import annotations

from toolkit.lang.base import FactRules, LabelRules, NameRules, Pack, SentenceRules, SummaryRules

SENTENCES = SentenceRules()

LABELS = LabelRules()

SUMMARIES = SummaryRules()

FACTS = FactRules()

NAMES = NameRules()

PACK = Pack(
    code="uk",
    name="Ukrainian",
    own_name="українська",
    sentences=SENTENCES,
    labels=LABELS,
    summaries=SUMMARIES,
    facts=FACTS,
    names=NAMES,
)
