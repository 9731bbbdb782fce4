from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.growth import check_linear
from toolkit import segmentation, summaries
from toolkit.errors import UnsupportedError
from toolkit.schema import (
    Article,
    Block,
    BlockKind,
    Label,
    LabelKind,
    Length,
    Measure,
    Segment,
    Span,
    Summary,
)
from toolkit.summaries import extractive

SEEDS = Path(__file__).resolve().parents[1].parent / "shared" / "seeds"

FERRY = """Ferry struck by crane in Port Ellery
The ferry Grey Heron was struck by a crane in Port Ellery on Monday, the harbour office said.
A crane fell on the ferry Grey Heron in Port Ellery on Monday, the harbour office has said.
He was taken to hospital.
The ferry will be out of service for two weeks, said the owner of the Grey Heron, Marlow Lines.
Passengers of the ferry were taken to the town hall of Port Ellery, where they waited for buses.
The weather was calm."""


def article(text: str, lang: str = "en", kinds: dict[str, BlockKind] | None = None) -> Article:
    """Each line a paragraph, but for lines that begin as a key of `kinds`."""
    blocks, at = [], 0
    for line in text.split("\n"):
        kind = next((k for start, k in (kinds or {}).items() if line.startswith(start)), None)
        if line.strip():
            blocks.append(Block(kind or "paragraph", Span(at, at + len(line))))
        at += len(line) + 1
    return Article("a", lang, text, tuple(blocks))


def label(kind: LabelKind, text: str, part: str) -> Label:
    start = text.index(part)
    return Label(kind, Span(start, start + len(part)), part)


def summary(
    source: Article,
    count: int = 3,
    measure: Measure = "sentences",
    labels: tuple[Label, ...] = (),
) -> Summary:
    segments = segmentation.segment(source, labels)
    return summaries.summarize(source, labels, segments, Length(count, measure))


def chosen(source: Article, count: int = 3, *labels: Label) -> list[str]:
    return [sentence.text for sentence in summary(source, count, labels=labels).sentences]


def leaning(text: str, lang: str = "en") -> list[bool]:
    """Of each sentence, whether it is never given alone, whatever it is worth."""
    source = article(text, lang)
    segments = segmentation.segment(source, ())
    found = []
    for segment in segments:
        rules = extractive.pack(lang).summaries
        quotations = extractive._quotations(segments)
        found.append(extractive._leans(segment, quotations[segments.index(segment)], rules) >= 1)
    return found


def test_a_summary_is_the_articles_own_sentences_in_order() -> None:
    source = article(FERRY)
    made = summary(source)
    assert made.method == "lexical"
    assert made.lang == "en"
    assert [s.segments for s in made.sentences] == [("s2",), ("s5",), ("s6",)]
    assert [s.paragraph for s in made.sentences] == [2, 5, 6]
    for sentence in made.sentences:
        assert sentence.text == FERRY[sentence.span.start : sentence.span.end]


def test_a_first_line_without_a_full_stop_is_a_headline_and_not_chosen() -> None:
    assert "Ferry struck by crane in Port Ellery" not in chosen(article(FERRY), 9)


def test_titles_headings_captions_and_labels_are_not_chosen() -> None:
    kinds: dict[str, BlockKind] = {"A crane": "caption", "The ferry will": "heading"}
    found = chosen(article(FERRY, kinds=kinds), 9)
    assert not [text for text in found if text.startswith(("A crane", "The ferry will"))]


def test_a_caption_between_a_date_line_and_a_credit_is_not_chosen() -> None:
    caption = "date 2025-01-12 The ferry Grey Heron under the crane of Port Ellery [@grey]"
    text = FERRY + "\n" + caption
    labels = label("dateline", text, "date 2025-01-12"), label("credit", text, "[@grey]")
    found = chosen(article(text), 9, *labels)
    assert found
    assert not [sentence for sentence in found if "under the crane" in sentence]


def test_a_sentence_before_a_credit_that_ends_as_one_can_be_chosen() -> None:
    text = "Rain fell.\nThe ferry sank in Port Ellery on Monday, the office said. (Ann Park)"
    found = chosen(article(text), 9, label("credit", text, "(Ann Park)"))
    assert "The ferry sank in Port Ellery on Monday, the office said." in found


def test_a_standfirst_and_the_first_sentence_that_repeats_it_are_chosen_once() -> None:
    found = chosen(article(FERRY), 9)
    assert len([text for text in found if "Monday" in text]) == 1


def test_a_sentence_that_leans_on_another_comes_with_it_or_not_at_all() -> None:
    for count in range(1, 8):
        found = [s.segments[0] for s in summary(article(FERRY), count).sentences]
        assert "s4" not in found or "s3" in found


ENGLISH = [
    ("Ann Park left. He stayed.", "FT"),
    ("Ann Park left. This week it rained.", "FF"),
    ("Ann Park left. It's late. But they stayed. However, police came.", "FTTF"),
    ("Two men came. The other had no documents. One of them slept. The others left.", "FTTT"),
    ("Ann Park spoke. “We are late. The boat is gone. Nobody came,” said Park.", "FTTT"),
    ("Ann Park spoke. “We are late,” said Park. “The boat is gone,” she said.", "FFT"),
    ('Ann Park spoke. "We are late," Park said. "The boat is gone," she told the BBC.', "FFT"),
    (
        "Ann Park spoke. 'The boat is gone.' 'Nobody came,' Park said. It's the players' boat.",
        "FTFT",
    ),
    ("“Nobody came,” said Park. The men’s boat left. Dogs' tails wag. A cat sat.", "FFFF"),
    ("Ann Park said: “Nobody came. The boat left.”\n“Time is short.\n“Men wait.”", "FTTT"),
    ('Park wrote a note that “nobody” read. Rain fell on 5" pipes. Cats sat.', "FFF"),
]

KOREAN = [
    ("박 씨가 떠났다. 그는 남았다. 그러나 경찰이 왔다. 하지만 이들은 갔다.", "FTFT"),
    ("박 씨는 “늦었다”고 말했다. “배가 떠났다”고 덧붙였다. “배가 왔다”고 김 씨는 말했다.", "FTF"),
    ("박 씨가 말했다. “늦었다. 배가 떠났다.” 이 배는 낡았다. 또 다른 배가 왔다.", "FTTTT"),
]

UKRAINIAN = [
    ("Пак пішла. Вона втомилася. Але поліція прийшла. Проте вони лишилися.", "FTFT"),
    ("«Пізно», — сказала Пак. «Човен зник», — додала вона. Цього року дощить.", "FTF"),
    ("Пак сказала: «Пізно. Човен зник. Нікого немає». Один із них заснув.", "FTTT"),
]


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        (lang, text, expected)
        for lang, rows in (("en", ENGLISH), ("ko", KOREAN), ("uk", UKRAINIAN))
        for text, expected in rows
    ],
)
def test_what_needs_the_sentence_before_is_known(lang: str, text: str, expected: str) -> None:
    assert leaning(text, lang) == [letter == "T" for letter in expected]


def test_the_middle_of_a_quotation_brings_the_sentence_that_names_the_speaker() -> None:
    text = (
        "Marlow Lines named a new ferry on Monday in Port Ellery.\n"
        "“The ferry Grey Heron is the best ferry of Port Ellery,” said the owner Marlow.\n"
        "“Marlow Lines will name the next ferry of Port Ellery the Grey Heron too.\n"
        "“Port Ellery and Marlow Lines need the ferry Grey Heron and the next ferry.”\n"
        "The weather was calm."
    )
    for count in range(1, 6):
        found = [s.segments[0] for s in summary(article(text), count).sentences]
        assert "s3" not in found or "s2" in found
        assert "s4" not in found or "s3" in found


@pytest.mark.parametrize(("count", "most"), [(1, 18), (20, 23), (40, 46), (60, 69)])
def test_a_length_in_words_is_kept_but_for_the_end_of_a_sentence(count: int, most: int) -> None:
    words = sum(len(s.text.split()) for s in summary(article(FERRY), count, "words").sentences)
    assert 0 < words <= most


def test_a_length_in_characters_is_not_exceeded() -> None:
    for count in range(25, 400, 25):
        text = " ".join(s.text for s in summary(article(FERRY), count, "characters").sentences)
        assert text
        assert (
            len(text) <= count or len(summary(article(FERRY), count, "characters").sentences) == 1
        )


def test_as_many_sentences_as_asked_and_there_are() -> None:
    assert [len(summary(article(FERRY), count).sentences) for count in (1, 2, 3)] == [1, 2, 3]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Word", ["Word"]),
        ("A headline\nAnd one more", ["And one more"]),
        ("He left.", ["He left."]),
        ("“Nobody came.", ["“Nobody came."]),
        ("***", ["***"]),
        (" \n", []),
        ("", []),
    ],
)
def test_there_is_a_summary_of_any_text_that_is_not_empty(text: str, expected: list[str]) -> None:
    assert chosen(article(text), 1) == expected


def test_an_article_that_is_all_captions_or_all_labels_still_has_a_summary() -> None:
    text = "A crane in the port\nA ferry in the port"
    assert chosen(article(text, kinds={"A": "caption"}), 1) in (
        ["A crane in the port"],
        ["A ferry in the port"],
    )
    text = "Ann Park, The Herald"
    made = summary(article(text), labels=(label("byline", text, text),))
    assert [(s.text, s.segments, s.span) for s in made.sentences] == [(text, (), Span(0, 20))]


@pytest.mark.parametrize(
    ("lang", "text", "again"),
    [
        (
            "ko",
            "부산항의 야적장에서 컨테이너가 탔다. 날씨는 맑았다. ",
            "부산항 야적장은 컨테이너를 태웠다.",
        ),
        (
            "uk",
            "Пожежа в порту Пусана знищила контейнери. Було тепло. ",
            "Пожежею знищено контейнерів порту Пусан.",
        ),
    ],
)
def test_what_korean_and_ukrainian_repeat_with_other_endings_is_chosen_once(
    lang: str, text: str, again: str
) -> None:
    assert len(chosen(article(text + again, lang), 9)) == 2
    assert again not in chosen(article(text + again, lang), 9)


def test_rank_gives_a_score_between_0_and_1_to_each_segment_in_order() -> None:
    segments = segmentation.segment(article(FERRY), ())
    scores = summaries.rank(segments, "en")
    assert len(scores) == len(segments)
    assert min(scores) == 0
    assert max(scores) == 1
    assert summaries.rank(segments[:1], "en") == (1.0,)
    assert summaries.rank((), "en") == ()
    with pytest.raises(UnsupportedError):
        summaries.rank(segments, "xx")


PARTS = "He|The|ferry|“|”|\"|'|.|.|.|!|,|said|Park|it's|12|«Так»|він|це|그는|배가|왔다.|라고|\n"


@given(
    st.lists(st.sampled_from(PARTS.split("|")), max_size=50).map(" ".join),
    st.sampled_from(["en", "ko", "uk"]),
    st.integers(1, 60),
    st.sampled_from(["sentences", "words", "characters"]),
)
def test_every_sentence_lies_where_it_says_whatever_the_text(
    text: str, lang: str, count: int, measure: Measure
) -> None:
    source = article(text, lang)
    segments = segmentation.segment(source, ())
    made = summaries.summarize(source, (), segments, Length(count, measure))
    assert bool(made.sentences) == bool(text.strip())
    spans = [sentence.span for sentence in made.sentences]
    assert spans == sorted(set(spans))
    known = {segment.id: segment for segment in segments}
    for sentence in made.sentences:
        assert sentence.text == text[sentence.span.start : sentence.span.end]
        assert all(known[id_].span == sentence.span for id_ in sentence.segments)
    assert made == summaries.summarize(source, (), segments, Length(count, measure))


@pytest.mark.parametrize(
    ("name", "never"),
    [
        # What is chosen never begins there: captions, and the headline the next line repeats.
        ("000_a25d418ef2f57ddc.txt", {1, 17, 2383}),
        ("004_da02e52a975f6125.txt", {0}),
    ],
)
@pytest.mark.parametrize("count", [1, 3, 6, 10])
def test_the_seeds_are_summarised_without_captions_and_headline(
    name: str, never: set[int], count: int
) -> None:
    path = SEEDS / name
    if not path.exists():
        pytest.skip("the seeds are not at hand")
    text = path.read_text(encoding="utf-8")
    credits_ = []
    for mark in ("date 2025-01-12", "[@ZelenskyyUa]"):
        at = text.find(mark)
        while at >= 0:
            kind: LabelKind = "credit" if mark.startswith("[") else "dateline"
            credits_.append(Label(kind, Span(at, at + len(mark)), mark))
            at = text.find(mark, at + 1)
    source = article(text)
    segments = segmentation.segment(source, credits_)
    made = summaries.summarize(source, credits_, segments, Length(count))
    assert len(made.sentences) == count
    picked = {sentence.segments[0] for sentence in made.sentences}
    quotations = extractive._quotations(segments)
    rules = extractive.pack("en").summaries
    for before, segment, quotation in zip(segments, segments[1:], quotations[1:], strict=False):
        if segment.id in picked and extractive._leans(segment, quotation, rules) >= 1:
            assert before.id in picked
    assert not {sentence.span.start for sentence in made.sentences} & never


@pytest.mark.parametrize(
    "sentence",
    [
        "The ferry of Port Ellery sank on day {}. ",
        "He went home. ",
        "“Nobody came. ",
        "'Nobody came. ",
        "Word ",
        "배가 왔다. ",
    ],
)
def test_the_time_is_linear(sentence: str) -> None:
    def make(size: int) -> tuple[Article, tuple[Segment, ...]]:
        source = article("".join(sentence.format(number) for number in range(size)))
        return source, segmentation.segment(source, ())

    def work(given: tuple[Article, tuple[Segment, ...]]) -> None:
        source, segments = given
        summaries.summarize(source, (), segments, Length(500, "words"))

    check_linear(work, make, 1_600)


def test_a_sentence_that_the_article_repeats_is_said_once() -> None:
    assert chosen(article("The ferry was late again. " * 40)) == ["The ferry was late again."]
