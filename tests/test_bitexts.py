"""Bilingual files of every kind as one stream of pairs."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.errors import InputError, UnsupportedError
from toolkit.formats import bilingual, bitexts, jsonl, tmx
from toolkit.formats.pairs import BadRow, Pair, Skipped, extent, places_in, where

TMX = """<tmx version="1.4"><header srclang="en-US"/><body>
<tu tuid="a"><note>toolkit: accept money</note><tuv xml:lang="en"><seg>one</seg></tuv>
<tuv xml:lang="ko-KR"><seg>하나 &amp; <hi>둘</hi></seg></tuv>
<tuv xml:lang="uk"><seg>один</seg></tuv></tu>
<tu><tuv xml:lang="ko"><seg>가</seg></tuv><tuv xml:lang="en"><seg>two</seg></tuv></tu>
<tu><tuv xml:lang="en"><seg>three</seg></tuv></tu>
<tu tuid="d" srclang="ko"><tuv xml:lang="ko"><seg>나</seg></tuv>
<tuv xml:lang="uk"><seg>г</seg></tuv></tu>
</body></tmx>"""
CSV = """key,en,ko,uk,note
a,one,하나,один,
b,"two, ""2\"\"
lines","둘, ""2\"\"
줄",,toolkit: accept number/* why
,three,,,
"""


def told(items):
    """Id, languages and target of each pair; the id of what was skipped."""
    return [
        (i.id, i.source_lang, i.target_lang, i.target) if isinstance(i, Pair) else i.id
        for i in items
    ]


def of_tmx(text: str = TMX, **options: str):
    return list(tmx.read_pairs(io.BytesIO(text.encode()), "a.tmx", **options))


def of_csv(text: str = CSV, **options: str):
    return list(bilingual.read_pairs(io.BytesIO(text.encode()), "a.csv", **options))


def rows(*data: object, ascii_only: bool = False) -> bytes:
    return b"".join(json.dumps(row, ensure_ascii=ascii_only).encode() + b"\n" for row in data)


# --- TMX ---------------------------------------------------------------------------------


def test_a_memory_gives_a_pair_for_each_other_language():
    assert told(of_tmx()) == [
        ("a", "en", "ko", "하나 & 둘"), ("a", "en", "uk", "один"), ("2", "en", "ko", "가"),
        "3", ("d", "ko", "uk", "г"),
    ]  # fmt: skip
    assert of_tmx()[0].accepts == ("money",)


def test_languages_can_be_chosen_in_a_memory():
    assert told(of_tmx(lang="uk")) == [("a", "en", "uk", "один"), "2", "3", ("d", "ko", "uk", "г")]
    assert told(of_tmx(source_lang="ko", lang="en")) == [
        ("a", "ko", "en", "one"), ("2", "ko", "en", "two"), "3", "d",
    ]  # fmt: skip


def test_without_a_source_language_the_first_text_is_the_source():
    found = told(of_tmx(TMX.replace('srclang="en-US"', 'srclang="*all*"')))
    assert found[2] == ("2", "ko", "en", "two")


def test_a_language_we_have_nothing_for_is_an_error_once():
    unit = '<tu><tuv xml:lang="en"><seg>a</seg></tuv><tuv xml:lang="tlh"><seg>b</seg></tuv></tu>'
    first, *rest = of_tmx(f'<tmx version="1.4"><header/><body>{unit * 3}</body></tmx>')
    assert isinstance(first, BadRow)
    assert isinstance(first.error, UnsupportedError)
    assert [type(item) for item in rest] == [Skipped, Skipped]


# --- tables ------------------------------------------------------------------------------


def test_a_table_gives_a_pair_for_each_other_column():
    assert told(of_csv()) == [
        ("a", "en", "ko", "하나"), ("a", "en", "uk", "один"),
        ("b", "en", "ko", '둘, "2"\n줄'), "b", "6", "6",
    ]  # fmt: skip
    assert of_csv()[2].accepts == ("number/* why",)
    assert told(of_csv(source_lang="ko", lang="uk"))[0] == ("a", "ko", "uk", "один")


def test_a_column_that_is_not_there_is_named():
    with pytest.raises(InputError, match="line 1: expected a column 'uk', found en, ko"):
        of_csv("en,ko\na,가\n", lang="uk")


# --- places ------------------------------------------------------------------------------


def test_every_character_of_a_cell_lies_where_the_file_has_it():
    lines = CSV.split("\n")
    for pair in of_csv():
        for offset, char in enumerate(getattr(pair, "target", "")):
            line, column = where(pair.places, offset)
            assert (lines[line - 1] + "\n")[column - 1] == char


@pytest.mark.parametrize("ascii_only", [False, True])
@pytest.mark.parametrize("target", ["가나 다", 'a "b"\n\\ 가 é\u2028 x', "😀 다 😀 끝", "/"])
def test_every_character_of_a_row_lies_where_the_file_has_it(target, ascii_only):
    source = 'say "target": "no"'
    data = rows(
        {"id": "1", "source": source, "target": target, "lang": "ko"}, ascii_only=ascii_only
    )
    (pair,) = jsonl.read_pairs(io.BytesIO(data))
    assert pair.target == target
    line = data.decode()
    for offset, char in enumerate(target):
        at = where(pair.places, offset)[1] - 1
        written = json.dumps(char, ensure_ascii=ascii_only)[1:-1]
        assert line[at : at + len(written)] == written


def test_the_extent_of_a_stretch_ends_behind_its_last_character():
    (pair,) = jsonl.read_pairs(
        io.BytesIO(rows({"id": "1", "source": "a", "target": "가나다", "lang": "ko"}))
    )
    column = pair.places[0].column
    assert extent(pair.places, 1, 3) == (1, column + 1, 1, column + 3)
    assert extent(pair.places, 0, 0) == (1, column, 1, column)
    assert extent((), 0, 1) is None


@pytest.mark.parametrize(
    "written",
    ["---\ntitle: x\n---\n\n{}\n", "{}"],
)
def test_lines_of_an_article_are_found_in_its_file(written):
    text = "First line.\n\nSecond *line* here."
    written = written.format(text)
    places = places_in(written, text)
    for offset in (0, text.index("Second"), text.index("here")):
        line, column = where(places, offset)
        assert written.split("\n")[line - 1][column - 1 :].startswith(text[offset : offset + 4])


# --- rows --------------------------------------------------------------------------------


def test_rows_say_their_languages_or_are_given_them():
    data = rows(
        {"id": "1", "source": "Cafe\u0301", "target": "카페", "lang": "ko", "set": "mine"},
        {"id": "2", "source": "a", "target": "b"},
        {"id": "3", "source": "a", "target": "b", "lang": "uk", "source_lang": "ko"},
        {"id": "4", "source": "a", "target": "b", "lang": "xx"},
    )
    first, second, third, fourth = jsonl.read_pairs(io.BytesIO(data))
    assert (first.source, first.source_lang, first.target_lang) == ("Café", "en", "ko")
    assert second.error.message == "expected key 'lang', found 'id', 'source', 'target'"
    assert second.id == "2"
    assert (third.source_lang, third.target_lang) == ("ko", "uk")
    assert isinstance(fourth.error, UnsupportedError)
    assert list(jsonl.read_pairs(io.BytesIO(data), lang="ko"))[1].target_lang == "ko"


@pytest.mark.parametrize(
    ("accept", "codes"), [("date", ("date",)), (["date/*", "money x"], ("date/*", "money x")),
                          (None, ()), ([], ())],
)  # fmt: skip
def test_a_row_may_accept_findings(accept, codes):
    data = rows({"id": "1", "source": "a", "target": "b", "lang": "ko", "accept": accept})
    (pair,) = jsonl.read_pairs(io.BytesIO(data))
    assert pair.accepts == codes


@pytest.mark.parametrize("accept", [1, [1], {"date": "x"}])
def test_a_row_that_accepts_what_is_no_text_is_an_error(accept):
    data = rows({"id": "1", "source": "a", "target": "b", "lang": "ko", "accept": accept})
    (bad,) = jsonl.read_pairs(io.BytesIO(data))
    assert "accept: expected a string" in bad.error.message


# --- any file ----------------------------------------------------------------------------

XLF = (
    '<?xml version="1.0"?>\n<xliff version="2.0" srcLang="en" trgLang="ko" '
    'xmlns="urn:oasis:names:tc:xliff:document:2.0"><file id="f"><unit id="a"><segment>'
    "<source>one</source><target>하나</target></segment></unit></file></xliff>"
)
ROW = rows({"id": "a", "source": "one", "target": "하나", "lang": "ko"}).decode()


@pytest.mark.parametrize(
    ("text", "suffix"),
    [(XLF, ".xlf"), (XLF, ".xliff"), (TMX, ".tmx"), (CSV, ".csv"), (ROW, ".jsonl")],
)
def test_a_file_is_known_by_its_name_and_else_by_how_it_begins(tmp_path: Path, text, suffix):
    for name in (f"file{suffix}", "file"):
        path = tmp_path / name
        path.write_text(text, "utf-8")
        first = next(bitexts.read(str(path)))
        assert (first.id, first.target[:2]) == ("a", "하나")


def test_standard_input_is_read_like_a_file(monkeypatch):
    for text in (XLF, TMX, CSV, ROW):
        stdin = io.TextIOWrapper(io.BytesIO(text.encode()))
        monkeypatch.setattr(sys, "stdin", stdin)
        assert next(bitexts.read("-")).id == "a"


def test_what_cannot_be_read_on_is_the_last_item(tmp_path: Path):
    path = tmp_path / "a.xlf"
    path.write_text(XLF[:-9] + '<file id="g">', "utf-8")
    pair, bad = bitexts.read(str(path))
    assert pair.id == "a"
    assert "line 2: not well-formed" in bad.error.message
    (absent,) = bitexts.read(str(tmp_path / "absent.tmx"))
    assert "no such file" in absent.error.message
    (tmp_path / "notes.doc").write_text("Some text.")
    (unknown,) = bitexts.read(str(tmp_path / "notes.doc"))
    assert isinstance(unknown.error, UnsupportedError)


@given(st.binary(max_size=80), st.sampled_from([XLF, TMX, CSV, ROW]), st.integers(0, 400))
def test_no_file_is_a_crash(noise, text, at):
    data = text.encode()
    with pytest.MonkeyPatch.context() as patch:
        stdin = io.TextIOWrapper(io.BytesIO(data[:at] + noise + data[at:]))
        patch.setattr(sys, "stdin", stdin)
        for item in bitexts.read("-"):
            if isinstance(item, Pair):
                assert all(0 <= place.offset <= len(item.target) for place in item.places)
