"""Ukrainian."""

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

OUTPUT = OutputRules(
    source="Джерело",
    summary="Стислий виклад",
    translation="Переклад",
    findings="Що перевірити",
    standard_input="стандартний ввід",
)

PACK = Pack(
    code="uk",
    name="Ukrainian",
    own_name="українська",
    sentences=SENTENCES,
    labels=LABELS,
    summaries=SUMMARIES,
    facts=FACTS,
    names=NAMES,
    output=OUTPUT,
)
