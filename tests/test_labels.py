"""Labels are found where they are, text is left alone, and what is masked comes back."""
# ruff: noqa: E501  # a row of a table is one line

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.growth import check_linear, repeated
from toolkit import labels, segmentation, translation
from toolkit.errors import EngineError
from toolkit.schema import Article, Block, Metadata, Span
from toolkit.summaries import extractive

SHARED = Path(__file__).parents[1].parent / "shared"


def article(text: str, **metadata: str) -> Article:
    """Each line that is not empty is a block."""
    blocks, start = [], 0
    for line in text.split("\n"):
        if stripped := line.strip():
            at = start + line.index(stripped)
            blocks.append(Block("paragraph", Span(at, at + len(stripped))))
        start += len(line) + 1
    return Article("wire", "en", text, tuple(blocks), Metadata(**metadata), "wire.txt")


def found(text: str, **metadata: str) -> list[tuple[str, str]]:
    result = labels.find(article(text, **metadata))
    assert all(text[m.span.start : m.span.end] == m.text for m in result)
    assert all(a.span.end <= b.span.start for a, b in pairwise(result))
    return [(m.kind, m.text) for m in result]


# One row per way to sign: the line, and its labels as "kind text".
SIGNED = [
    # date line, caption and credit on one line with no stop between
    (" date 2025-02-03 A man on a pier [@harbour_ua]", "dateline date 2025-02-03|credit [@harbour_ua]"),
    ("A man on a pier [@harbour_ua] date 2025-02-03 A second man", "credit [@harbour_ua]|dateline date 2025-02-03"),
    ("[@harbour_ua] A man on a pier", "credit [@harbour_ua]"),
    ("[@one / @two] A man on a pier", "credit [@one / @two]"),
    ("A man on a pier date 2025-02-03", "dateline date 2025-02-03"),
    # date lines with place and agency
    ("KYIV, Jan 12 (Agency) — The mayor said", "dateline KYIV, Jan 12 (Agency) —"),
    ("The pier at dawn KYIV, Jan 12 (Agency) — The mayor", "dateline KYIV, Jan 12 (Agency) —"),
    ("The pier at Dawn KYIV, Jan 12 (Agency) — The mayor", "dateline KYIV, Jan 12 (Agency) —"),
    ("NEW YORK, Feb. 3, 2025 (Reuters) - Shares", "dateline NEW YORK, Feb. 3, 2025 (Reuters) -"),
    ("LONDON, 3 February — The minister", "dateline LONDON, 3 February —"),
    ("SEOUL, Jan. 12 /PRNewswire/ -- A firm", "dateline SEOUL, Jan. 12 /PRNewswire/ --"),
    ("Kabul, Afghanistan (CNN) -- Thousands", "dateline Kabul, Afghanistan (CNN) --"),
    ("(CNN) A sunset", "dateline (CNN)"),
    ("Boston (CNN)The trial", "dateline Boston (CNN)"),
    ("WASHINGTON — The president", "dateline WASHINGTON —"),
    ("(서울=연합뉴스) 홍길동 기자 = 정부는 12일", "dateline (서울=연합뉴스) 홍길동 기자 ="),
    ("[서울=뉴시스]홍길동 기자 = 정부는", "dateline [서울=뉴시스]홍길동 기자 ="),
    ("홍길동 교수(부산=연합뉴스) 부산시는", "dateline (부산=연합뉴스)"),
    ("КИЇВ, 12 січня (Агенція) — Мер", "dateline КИЇВ, 12 січня (Агенція) —"),
    ("Київ. 12 січня. УНН. Мер", "dateline Київ. 12 січня. УНН."),
    # dates that stand alone
    ("12 January 2025", "dateline 12 January 2025"),
    ("Published: 12 January 2025, 10:05 GMT", "dateline Published: 12 January 2025, 10:05 GMT"),
    ("입력 2025.01.12. 10:05", "dateline 입력 2025.01.12. 10:05"),
    ("Опубліковано: 12 січня 2025 року", "dateline Опубліковано: 12 січня 2025 року"),
    ("HAMBURG, 3 March 2025", "dateline HAMBURG, 3 March 2025"),
    # bylines
    ("By Dana Whitlock, Meridian Courier", "byline By Dana Whitlock, Meridian Courier"),
    ("By Dana Whitlock and Sam de la Cruz", "byline By Dana Whitlock and Sam de la Cruz"),
    ("By Reuters", "byline By Reuters"),
    ("Ferry sinks By Dana Whitlock, Meridian Courier The ferry", "byline By Dana Whitlock, Meridian Courier"),
    (
        "Ferry sinks By Dana Whitlock KYIV, Jan 12 (Agency) — The ferry",
        "dateline KYIV, Jan 12 (Agency) —",  # two words of a name or three? Left as text.
    ),
    ("The ferry sank. By Dana Whitlock, Riverton", "byline By Dana Whitlock, Riverton"),
    ("(Reporting by Dana Whitlock; Editing by Sam Reed)", "byline (Reporting by Dana Whitlock; Editing by Sam Reed)"),
    ("홍길동 기자", "byline 홍길동 기자"),
    ("정부가 밝혔다. 홍길동 기자 hong@news.example", "byline 홍길동 기자 hong@news.example"),
    ("[헤럴드경제=홍길동 기자] 정부는", "byline [헤럴드경제=홍길동 기자]"),
    ("Автор: Олена Коваль, Карпатський вісник", "byline Автор: Олена Коваль, Карпатський вісник"),
    # credits: bracketed ones wherever they stand
    ("The pier (Photo: Dana Whitlock/AP) was closed", "credit (Photo: Dana Whitlock/AP)"),
    ("(Photo by Dana Whitlock) The pier", "credit (Photo by Dana Whitlock)"),
    ("항구의 모습 (사진: 홍길동)", "credit (사진: 홍길동)"),
    ("항구의 모습 [사진=연합뉴스] 오늘", "credit [사진=연합뉴스]"),
    ("항구 [부산항만공사 제공=연합뉴스]", "credit [부산항만공사 제공=연합뉴스]"),
    ("Міст уночі (Фото: Олег Петренко) закрито", "credit (Фото: Олег Петренко)"),
    ("The pier (Dana Whitlock/Meridian Courier)", "credit (Dana Whitlock/Meridian Courier)"),
    ("The pier (AFP)", "credit (AFP)"),
    ("The pier (AFP via Getty Images) [@harbour_ua]", "credit (AFP via Getty Images)|credit [@harbour_ua]"),
    # credits without brackets, which a stop, a stroke or the end of the block bounds
    ("Photo: Dana Whitlock. The pier is closed.", "credit Photo: Dana Whitlock"),
    ("The pier. Photo: Dana Whitlock / Meridian Courier", "credit Photo: Dana Whitlock / Meridian Courier"),
    ("The pier. Dana Whitlock/AP Photo", "credit Dana Whitlock/AP Photo"),
    ("A pier in Kyiv Dana Whitlock/AP Photo", "credit Dana Whitlock/AP Photo"),
    ("The pier. Getty Images", "credit Getty Images"),
    ("Олена Коваль / Фото: Офіс мера", "credit / Фото: Офіс мера"),
    ("Пожежу загасили. Фото: прес-служба міста", "credit Фото: прес-служба міста"),
    ("Фото: Getty Images", "credit Фото: Getty Images"),
    ("항구의 모습 /사진=뉴시스", "credit /사진=뉴시스"),
    ("© 2025 Meridian Courier. All rights reserved.", "credit © 2025 Meridian Courier. All rights reserved."),
    ("Rush & Oak Inc. © 2025", "credit Rush & Oak Inc. © 2025"),
    ("The police detained 36 people. © 2025 Meridian Courier", "credit © 2025 Meridian Courier"),
    ("The ferry sank. @sam saw it. Copyright 2025 AP. All rights reserved.", "handle @sam|credit Copyright 2025 AP. All rights reserved."),
    ("<저작권자(c) 연합뉴스, 무단 전재-재배포 금지>", "credit <저작권자(c) 연합뉴스, 무단 전재-재배포 금지>"),
    # outlets, and lines of several labels
    ("Source: Meridian Courier", "outlet Source: Meridian Courier"),
    (
        "Meridian Courier | 12 January 2025 | By Dana Whitlock",
        "outlet Meridian Courier|dateline 12 January 2025|byline By Dana Whitlock",
    ),
    (
        "21.11.2025, 14:05 | Олеся Коваль, «Смерекова пошта»",
        "dateline 21.11.2025, 14:05|byline Олеся Коваль, «Смерекова пошта»",
    ),
    ("wire.txt", "file wire.txt"),
    # inline
    ("ask @MerPol, #пристань or press@harbour.example.", "handle @MerPol|hashtag #пристань|email press@harbour.example"),
    ("@MerPol으로 보내거나 jo@harbour.example에 쓰세요", "handle @MerPol|email jo@harbour.example"),
    ("사진은 #Harbour에 올랐고 #BTS팬은 #경제와 #F16", "hashtag #Harbour|hashtag #BTS팬|hashtag #경제와|hashtag #F16"),
    ("see https://harbour.example/a_(b), or (www.harbour.example).", "url https://harbour.example/a_(b)|url www.harbour.example"),
    ("https://harbour.example/기사/12에서", "url https://harbour.example/기사/12"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), SIGNED, ids=[text for text, _ in SIGNED])
def test_a_signature_is_found(text: str, expected: str) -> None:
    assert "|".join(f"{kind} {label}" for kind, label in found(text)) == expected


TEXT = [
    "The [North Korean] soldier showed a ticket [ID document] and laughed [sic] at […] [the minister].",
    "the South Korean NIS (National Intelligence Service), the service (SBU)",
    "The news came from Agence France-Presse (AFP)",
    "He told the Associated Press (AP) that tests (HIV/AIDS) ran at (165 km/h)",
    "The court set the date 2025-01-12 for the hearing.",
    "Published on 12 January 2025, the report says little.",
    "By Friday, the ferry ran again.",
    "By Land and Sea",
    "Signed by Dana Whitlock, the letter says more.",
    "NATO — the alliance of 32 — said NATO would wait.",
    "BREAKING — The ferry sank.",
    "Photo: A woman walks in Kyiv",
    "She is accused of copyright infringement, and all rights reserved for others are hers.",
    "12 January",
    "No. 84 is #3 of 10 @ 5 pm",
    "홍길동 기자는 어제 말했다.",
    "공룡의 뇌 화석(사진)이 처음 확인됐다.",
    "입장권은 (무료 제공) 한다.",
    "주요 저작권자 사무실 앞에서 항의했다.",
    "Дата 12 січня стала відомою. Джерело в уряді мовчить.",
    "Source of the fire: a cable",
]


@pytest.mark.parametrize("text", TEXT)
def test_what_only_looks_like_a_label_is_text(text: str) -> None:
    assert found(text) == []


def test_the_outlet_of_the_metadata_is_known_by_name() -> None:
    assert found("Riverton Lantern", outlet="Riverton Lantern") == [("outlet", "Riverton Lantern")]
    assert found("Riverton Lantern") == []


ATTRIBUTED = [
    ("Reuters reported on Tuesday, citing two officials, that it sank.", "Reuters reported on Tuesday, citing two officials", False),
    ("Про це повідомляє Укрінформ з посиланням на мерію.", "Про це повідомляє Укрінформ з посиланням на мерію", True),
    ("Про це повідомляє nv.ua з посиланням на Reuters.", "Про це повідомляє|з посиланням на Reuters", True),
    ("Про це повідомив мер, який додав, що міст закрито.", "", False),
    ("로이터통신에 따르면 배가 가라앉았다.", "로이터통신에 따르면", False),
    ("Das berichtet der Bote unter Berufung auf Kreise.", "Das berichtet der Bote unter Berufung auf Kreise", True),
    ("Das schreibt das Gesetz vor.", "", False),
    ("According to police, the ferry sank.", "", False),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected", "only"), ATTRIBUTED)
def test_an_attribution_is_named_and_stays_text(text: str, expected: str, only: bool) -> None:
    whole = article(text)
    all_found = labels.find(whole)
    said = "|".join(m.text for m in all_found if m.kind == "attribution")
    assert said == expected
    assert labels.only_attributed(text, Span(0, len(text)), all_found) is only
    assert not labels.borders(all_found)
    assert not labels.only_labels(text, Span(0, len(text)), all_found)
    segments = segmentation.segment(whole, all_found)
    assert [s.text for s in segments] == [text]
    inside = translation.passages(whole, all_found, segments)[0].labels
    assert [text[a:b] for a, b in inside] == [m.text for m in all_found if m.kind == "url"]


def test_a_sentence_that_only_attributes_is_no_bullet() -> None:
    text = "Мер відкрила міст. Про це повідомляє Укрінформ з посиланням на мерію. Рух почнеться зранку."
    line = article(text)
    found_ = labels.find(line)
    kept = extractive.candidates(line, found_, segmentation.segment(line, found_))
    assert [s.text for s in kept] == ["Мер відкрила міст.", "Рух почнеться зранку."]


def test_a_correction_is_named_translated_and_no_bullet() -> None:
    text = "The ferry sank. Two men swam ashore.\nCorrection: the ferry has 12 rooms. Ask @harbour."
    whole = article(text)
    found_ = labels.find(whole)
    assert [(m.kind, m.text) for m in found_] == [
        ("correction", "Correction: the ferry has 12 rooms. Ask"),
        ("handle", "@harbour"),
    ]
    segments = segmentation.segment(whole, found_)
    assert [s.text for s in segments][2:] == [
        "Correction: the ferry has 12 rooms.",
        "Ask @harbour.",
    ]
    kept = extractive.candidates(whole, found_, segments)
    assert [s.text for s in kept] == ["The ferry sank.", "Two men swam ashore."]


def test_labels_do_not_cross_blocks() -> None:
    assert found("The pier (Photo:\nDana Whitlock)") == []


def test_inline_finds_brackets_and_addresses_but_no_lines() -> None:
    text = "date 2025-02-03 A pier [@harbour_ua]\nBy Dana Whitlock\n(Photo: Sam Reed) @sam #pier"
    assert [m.text for m in labels.find_inline(text)] == [
        "[@harbour_ua]", "(Photo: Sam Reed)", "@sam", "#pier",
    ]  # fmt: skip
    assert all(text[m.span.start : m.span.end] == m.text for m in labels.find_inline(text))


@pytest.mark.parametrize(
    ("text", "outlet", "date", "byline"),
    [
        ("date 2025-02-03 A pier", None, "2025-02-03", None),
        ("(서울=연합뉴스) 홍길동 기자 = 정부는", "연합뉴스", None, "홍길동"),
        ("KYIV, Jan 12 (Agency) — The mayor", "Agency", None, None),
        ("Київ. 12 січня. УНН. Мер", "УНН", None, None),
        ("입력 2025.1.12. 10:05\n홍길동 기자", None, "2025-01-12", "홍길동"),
        ("By Dana Whitlock, Meridian Courier", "Meridian Courier", None, "Dana Whitlock"),
        ("By Dana Whitlock and Sam Reed", None, None, "Dana Whitlock and Sam Reed"),
        ("Автор: Олена Коваль, Карпатський вісник", "Карпатський вісник", None, "Олена Коваль"),
        ("A pier [@harbour_ua]", None, None, None),
        ("HAMBURG, 3 March 2025", None, "2025-03-03", None),
        ("Опубліковано: 12 січня 2025 року", None, "2025-01-12", None),
        ("Published: Sept. 3, 2024", None, "2024-09-03", None),
        ("Published: 03/10/1998", None, None, None),
        ("Published: 31.02.2025", None, None, None),
        ("21.11.2025 | Олеся Коваль, «Час»", "Час", "2025-11-21", "Олеся Коваль"),
    ],
)
def test_what_the_labels_state(
    text: str, outlet: str | None, date: str | None, byline: str | None
) -> None:
    said = labels.stated(labels.find(article(text)))
    assert (said.outlet, said.date, said.byline) == (outlet, date, byline)


def test_own_label_is_the_outlet_or_else_the_file() -> None:
    plain = article("text")
    assert labels.own_label(plain) == "wire.txt"
    assert labels.own_label(article("text", outlet="Courier", date="2025-02-03")) == (
        "Courier · 2025-02-03"
    )
    assert labels.own_label(Article("storm", "en", "text", ())) == "storm"


@pytest.mark.parametrize(
    ("text", "only"),
    [("[@a] (Photo: Sam Reed).", True), ("[@a] pier", False), ("pier", False), ("", False)],
)
def test_only_labels(text: str, only: bool) -> None:
    whole = Span(0, len(text))
    assert labels.only_labels(text, whole, labels.find(article(text))) is only


@given(st.lists(st.sampled_from(["⟦0⟧", "⟦", "⟧", "@pier", "[@a]", " ", "것", "text", "⟦12⟧"])))
def test_unmask_undoes_mask(parts: list[str]) -> None:
    text = "".join(parts)
    spans = [m.span for m in labels.find_inline(text)]
    masked = labels.mask(text, spans)
    assert labels.unmask(masked.text, masked.keep) == text
    assert set(masked.keep) >= {text[s.start : s.end] for s in spans}


def test_placeholders_may_change_their_order() -> None:
    masked = labels.mask("from @a to @b", [Span(5, 7), Span(11, 13)])
    assert masked == labels.Masked("from ⟦0⟧ to ⟦1⟧", ("@a", "@b"))
    assert labels.unmask("⟦1⟧로 ⟦0⟧에서", masked.keep) == "@b로 @a에서"


@pytest.mark.parametrize(
    "answer", ["@a to ⟦1⟧", "⟦0⟧ ⟦0⟧ ⟦1⟧", "⟦0⟧ ⟦1⟧ ⟦2⟧", "⟦0⟧ ⟦ 1 ⟧", "⟦0⟧ ⟦1", "⟦0⟧ ⟦1⟧ ⟧"]
)
def test_a_lost_doubled_or_altered_placeholder_is_an_error(answer: str) -> None:
    with pytest.raises(EngineError, match="expected placeholders ⟦0⟧ ⟦1⟧, found"):
        labels.unmask(answer, ("@a", "@b"))


@pytest.mark.parametrize(
    "unit",
    [".", "[", "(a", "((a)", "1234567890", "가나다라", "Kyiv, ", "A. ", "@a ", "(AP) ", "http://a(",
     "By Dana Whitlock, ", "Reuters reported ", "© Dana ", "Dana/AP ", "про це пише ", "date 2025-01-12 ", "(서울=연합뉴스) ", "a.b+", "A — ", "- "],
)  # fmt: skip
def test_the_time_is_linear(unit: str) -> None:
    make = repeated(unit)
    check_linear(labels.find, lambda size: article(make(size)), 16_000)


@pytest.mark.skipif(not SHARED.exists(), reason="the evaluation data is not here")
def test_ordinary_prose_holds_no_border_labels() -> None:
    """4,008 translated sentences: handles, an e-mail and a URL, but no signature."""
    borders = []
    for code in ("ko", "uk"):
        path = SHARED / "eval" / f"clean_dev.{code}.jsonl"
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            borders += labels.borders(labels.find(article(row["target"])))
    assert borders == []


@pytest.mark.skipif(not SHARED.exists(), reason="the seeds are not here")
def test_the_seeds_hold_their_labels() -> None:
    texts = [p.read_text(encoding="utf-8") for p in sorted((SHARED / "seeds").glob("*.txt"))]
    kinds = [[m.kind for m in labels.find(article(text))] for text in texts]
    assert kinds == [["dateline", "credit", "credit"], []]
