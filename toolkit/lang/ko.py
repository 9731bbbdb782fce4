"""Korean."""

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
    source="출처",
    summary="요약",
    translation="번역",
    findings="확인할 점",
    standard_input="표준 입력",
    fonts=(
        "Apple SD Gothic Neo",
        "Noto Sans KR",
        "Noto Sans CJK KR",
        "Malgun Gothic",
        "NanumGothic",
    ),
    unbroken_words=True,
)

PACK = Pack(
    code="ko",
    name="Korean",
    own_name="한국어",
    sentences=SENTENCES,
    labels=LABELS,
    summaries=SUMMARIES,
    facts=FACTS,
    names=NAMES,
    output=OUTPUT,
)
