from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.growth import check_linear, repeated
from toolkit.errors import UnsupportedError
from toolkit.schema import Article, Block, Label, LabelKind, Span
from toolkit.segmentation import segment, split

SEEDS = Path(__file__).resolve().parents[1].parent / "shared" / "seeds"


def article(text: str, *blocks: Block, lang: str = "en") -> Article:
    return Article("a", lang, text, blocks)


def block(text: str, part: str, kind: str = "paragraph") -> Block:
    start = text.index(part)
    return Block(kind, Span(start, start + len(part)))  # type: ignore[arg-type]


def label(kind: LabelKind, text: str, part: str) -> Label:
    start = text.index(part)
    return Label(kind, Span(start, start + len(part)), part)


def texts(*args: object) -> list[str]:
    return [found.text for found in segment(*args)]  # type: ignore[arg-type]


def test_labels_that_are_borders_are_in_no_segment() -> None:
    text = "date 2025-01-12 Ann shared a picture of the bridge [@annpark]\n\nThe bridge held."
    blocks = (
        block(text, "date 2025-01-12 Ann shared a picture of the bridge [@annpark]", "caption"),
        block(text, "The bridge held."),
    )
    labels = label("dateline", text, "date 2025-01-12"), label("credit", text, "[@annpark]")
    found = segment(article(text, *blocks), labels)
    assert [(s.id, s.text, s.paragraph) for s in found] == [
        ("s1", "Ann shared a picture of the bridge", 1),
        ("s2", "The bridge held.", 2),
    ]
    assert all(text[s.span.start : s.span.end] == s.text for s in found)


def test_a_border_in_the_middle_of_a_sentence_ends_it() -> None:
    text = "KYIV — Rain fell [Photo: A. B. Marsh]. It stopped. (Ann Park) Later"
    labels = (
        label("dateline", text, "KYIV"),
        label("credit", text, "[Photo: A. B. Marsh]"),
        label("byline", text, "Ann Park"),
    )
    found = texts(article(text, block(text, text)), labels)
    assert found == ["Rain fell", "It stopped.", "Later"]


def test_a_handle_or_an_address_is_part_of_its_sentence_and_never_cut() -> None:
    text = "Write to Dr. X! Y at a.b@c.org. Then wait."
    labels = (label("handle", text, "X! Y"),)
    assert texts(article(text, block(text, text)), labels) == [
        "Write to Dr. X! Y at a.b@c.org.",
        "Then wait.",
    ]
    assert split("Ask @who. Now! please. Go.", "en", [Span(4, 14)]) == (Span(0, 22), Span(23, 26))


def test_a_block_of_nothing_but_labels_has_no_segment() -> None:
    text = "Rain fell.\n\n@annpark https://a.example/b\n\nIt stopped."
    line = "@annpark https://a.example/b"
    blocks = block(text, "Rain fell."), block(text, line, "label"), block(text, "It stopped.")
    labels = label("handle", text, "@annpark"), label("url", text, "https://a.example/b")
    found = segment(article(text, *blocks), labels)
    assert [(s.text, s.paragraph) for s in found] == [("Rain fell.", 1), ("It stopped.", 3)]


def test_a_line_without_a_letter_is_no_segment() -> None:
    text = "Rain fell.\n* * *\n2024\n——"
    blocks = tuple(block(text, line) for line in text.split("\n"))
    assert texts(article(text, *blocks), ()) == ["Rain fell.", "2024"]


def test_a_line_end_within_a_block_is_a_space_and_between_blocks_a_border() -> None:
    text = "A hard-wrapped\nparagraph. It goes\non\n\nNext"
    blocks = block(text, text[:-6]), block(text, "Next")
    found = texts(article(text, *blocks), ())
    assert found == ["A hard-wrapped\nparagraph.", "It goes\non", "Next"]
    assert len(split(text, "en")) == 5


def test_text_that_no_block_claims_is_not_lost() -> None:
    text = "Before.\nOne. Two.\nBetween.\nAfter."
    found = segment(article(text, block(text, "One. Two.")), ())
    assert [(s.text, s.paragraph) for s in found] == [
        ("Before.", 1),
        ("One.", 1),
        ("Two.", 1),
        ("Between.", 1),
        ("After.", 1),
    ]


def test_an_unknown_language_is_named() -> None:
    with pytest.raises(UnsupportedError, match="'xx'"):
        split("Text.", "xx")


PARTS = (
    "The|Dr.|No.|84|U.S.|a.m.|р.|т.|д.|«Так»|“|”|\"|'|.|…|?!|(|)|[1]|—|했다.|라고|다.그|2025.|1.|J.|он|He"
    "|Він|etc.|@x|https://a.b/c|。|*|,| |  |\n|\n\n|\u2028|\xa0|\t"
)
SCRAPS = st.lists(
    st.sampled_from(PARTS.split("|")),
    max_size=40,
).map("".join)


@given(st.one_of(SCRAPS, st.text(max_size=80)), st.sampled_from(["en", "ko", "uk"]))
def test_no_text_is_lost_and_none_is_counted_twice(text: str, lang: str) -> None:
    position = 0
    for start, end in split(text, lang):
        assert position <= start < end
        assert not text[position:start].strip()
        assert text[start:end] == text[start:end].strip()
        position = end
    assert not text[position:].strip()


@given(SCRAPS, st.data())
def test_every_letter_outside_the_labels_is_in_one_segment(text: str, data: st.DataObject) -> None:
    place = st.integers(0, len(text))
    kinds = st.sampled_from(["dateline", "credit", "handle", "url"])
    cuts = sorted(data.draw(st.lists(place, max_size=8)))
    labels = [
        Label(data.draw(kinds), Span(a, b), text[a:b])
        for a, b in zip(cuts[::2], cuts[1::2], strict=False)
        if a < b
    ]
    ends = sorted(set(data.draw(st.lists(place, max_size=6))))
    blocks = tuple(
        Block(data.draw(st.sampled_from(["paragraph", "label", "title"])), Span(a, b))
        for a, b in zip(ends[::2], ends[1::2], strict=False)
    )
    found = segment(article(text, *blocks), labels)
    seen = [i for s in found for i in range(*s.span)]
    assert len(seen) == len(set(seen))
    assert seen == sorted(seen)
    covered = set(seen) | {i for label in labels for i in range(*label.span)}
    assert not [i for i, letter in enumerate(text) if letter.isalnum() and i not in covered]
    assert all(text[s.span.start : s.span.end] == s.text == s.text.strip() for s in found)


@pytest.mark.parametrize(
    ("name", "starts"),
    [
        # Where each sentence begins; checked by eye against the two texts.
        (
            "000_a25d418ef2f57ddc.txt",
            [
                1,
                131,
                323,
                592,
                659,
                825,
                921,
                1078,
                1164,
                1309,
                1506,
                1535,
                1711,
                1835,
                1988,
                2226,
                2383,
                2498,
                2625,
                2751,
                2925,
                3041,
                3150,
                3227,
                3454,
            ],
        ),
        (
            "004_da02e52a975f6125.txt",
            [
                0,
                168,
                291,
                468,
                545,
                639,
                710,
                850,
                939,
                1047,
                1117,
                1203,
                1326,
                1351,
                1566,
                1738,
                1842,
                1947,
                1987,
                2159,
                2273,
                2386,
                2487,
                2623,
                2651,
                2720,
                2803,
                2910,
                3103,
                3231,
                3346,
            ],
        ),
    ],
)
def test_the_seeds_are_cut_where_a_reader_would(name: str, starts: list[int]) -> None:
    path = SEEDS / name
    if not path.exists():
        pytest.skip("the seeds are not at hand")
    found = [span.start for span in split(path.read_text(encoding="utf-8"), "en")]
    assert found == starts


@pytest.mark.parametrize(
    ("before", "piece", "after"),
    [
        ("", "The talks failed, said Dr. No. ", ""),
        ("", ".", ""),
        ("", ". ", ""),
        ("", "a . ", ""),
        ("word ", ". ", ""),
        ("", "7", ""),
        ("", "다.", ""),
        ("", "(", ""),
        ("", ".)", ""),
        (".", ")", "x"),
        ("", "J.", ""),
        ("", "U.S. ", ""),
        ("", " ", "x"),
        ("", "Yes. “", ""),
        ("a. ", " ", "B"),
    ],
)
@pytest.mark.parametrize("lang", ["en", "ko", "uk"])
def test_the_time_is_linear(before: str, piece: str, after: str, lang: str) -> None:
    make = repeated(piece)
    check_linear(lambda text: split(text, lang), lambda n: before + make(n) + after, 16_000)
