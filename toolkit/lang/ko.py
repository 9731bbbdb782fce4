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

SENTENCES = SentenceRules(
    abbreviations=frozenset("mr mrs ms dr prof gen lt sgt vs St Mt cf e.g i.e".split()),
    numbering=frozenset("No Nos Vol Fig pp p".split()),
    may_end=frozenset(
        "Inc Ltd Co Corp Jr Sr Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec".split()
    ),
    closing=frozenset({"etc"}),
    starters=frozenset(
        """
        그 그는 그녀는 그들은 그러나 그리고 그런데 하지만 이 이는 이에 이들은 이와 이어 또 또한
        한편 다만 따라서 특히 반면 앞서 당시 현재 우리는 The A This That He She It They We In
        """.split()
    ),
    particles=frozenset(
        """
        라고 라고도 라고는 라며 라면서 라는 라던 라 라니 란 이라고 이라고도 이라고는 이라며
        이라면서 이라는 이라던 이라 이란 고 며 면서 는 하고 하며 하면서 라거나 이라거나 라든가
        등 등의 등을 등이 등으로
        """.split()
    ),
    glued="다요죠까",
)

LABELS = LabelRules(
    # Months and days are digits with 월 and 일; `labels` knows that form of date.
    weekdays=frozenset("월요일 화요일 수요일 목요일 금요일 토요일 일요일".split()),
    date_words=frozenset(
        (
            "날짜",
            "입력",
            "기사입력",
            "기사 입력",
            "최초입력",
            "수정",
            "기사수정",
            "최종수정",
            "최종 수정",
            "등록",
            "송고",
            "게재",
            "발행",
            "업데이트",
        )
    ),
    byline_openers=frozenset(("글", "글쓴이", "작성자", "취재", "기자")),
    byline_titles=frozenset(
        (
            "기자",
            "인턴기자",
            "선임기자",
            "전문기자",
            "수습기자",
            "객원기자",
            "사진기자",
            "특파원",
            "통신원",
            "논설위원",
            "앵커",
            "에디터",
        )
    ),
    credit_words=frozenset(
        (
            "사진",
            "사진 제공",
            "사진제공",
            "사진 출처",
            "사진출처",
            "자료사진",
            "자료 사진",
            "자료",
            "영상",
            "영상 제공",
            "그래픽",
            "일러스트",
            "이미지",
            "제공",
            "캡처",
            "화면 캡처",
            "출처",
        )
    ),
    credit_endings=frozenset(("제공", "캡처", "갈무리", "자료사진", "자료 사진")),
    copyright_words=frozenset(("저작권자", "무단 전재", "무단전재", "재배포 금지")),
    source_words=frozenset(("출처", "매체", "언론사")),
    agencies=frozenset(
        (
            "연합뉴스",
            "연합뉴스TV",
            "연합",
            "뉴시스",
            "뉴스1",
            "AFPBBNews",
            "로이터",
            "로이터통신",
            "신화",
            "신화통신",
            "교도",
            "교도통신",
            "타스",
            "게티이미지",
            "게티이미지뱅크",
            "게티이미지코리아",
        )
    ),
    outlet_words=frozenset(
        "뉴스 일보 신문 경제 통신 방송 투데이 타임스 데일리 저널 헤럴드 미디어 뉴스통신 "
        "매일".split()
    ),
)

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
