"""Korean."""

from __future__ import annotations

from toolkit.lang.base import FactRules, LabelRules, NameRules, Pack, SentenceRules, SummaryRules

SENTENCES = SentenceRules()

LABELS = LabelRules()

SUMMARIES = SummaryRules()

FACTS = FactRules()

NAMES = NameRules()

PACK = Pack(
    code="ko",
    name="Korean",
    own_name="한국어",
    sentences=SENTENCES,
    labels=LABELS,
    summaries=SUMMARIES,
    facts=FACTS,
    names=NAMES,
)
