"""English."""

from __future__ import annotations

from toolkit.lang.base import (
    FactRules,
    LabelRules,
    NameRules,
    OutputRules,
    Pack,
    SentenceRules,
    SummaryRules,
)

SENTENCES = SentenceRules()

LABELS = LabelRules()

SUMMARIES = SummaryRules()

FACTS = FactRules()

NAMES = NameRules()

OUTPUT = OutputRules()

PACK = Pack(
    code="en",
    name="English",
    own_name="English",
    sentences=SENTENCES,
    labels=LABELS,
    summaries=SUMMARIES,
    facts=FACTS,
    names=NAMES,
    output=OUTPUT,
)
