"""English."""

from __future__ import annotations

from toolkit.lang.base import FactRules, LabelRules, NameRules, Pack, SentenceRules, SummaryRules

SENTENCES = SentenceRules()

LABELS = LabelRules()

SUMMARIES = SummaryRules()

FACTS = FactRules()

NAMES = NameRules()

PACK = Pack(
    code="en",
    name="English",
    own_name="English",
    sentences=SENTENCES,
    labels=LABELS,
    summaries=SUMMARIES,
    facts=FACTS,
    names=NAMES,
)
