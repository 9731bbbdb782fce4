"""XLIFF 1.2 and 2.x read as pairs: what is text, what is not, where it stands."""

from __future__ import annotations

import io
import tracemalloc
from pathlib import Path

import pytest

from tests.growth import check_linear
from toolkit.errors import InputError
from toolkit.formats import xliff
from toolkit.formats.pairs import BadRow, Pair, Skipped, where

ONE = "urn:oasis:names:tc:xliff:document:1.2"
TWO = "urn:oasis:names:tc:xliff:document:2.0"


def one(body: str, langs: str = 'source-language="en-US" target-language="ko-KR"') -> str:
    return (
        f'<xliff version="1.2" xmlns="{ONE}"><file original="a.html" {langs} datatype="html">'
        f"<body>{body}</body></file></xliff>"
    )


def two(body: str, langs: str = 'srcLang="en" trgLang="ko"') -> str:
    return f'<xliff version="2.0" {langs} xmlns="{TWO}"><file id="f">{body}</file></xliff>'


def items(document: str, **options: str) -> list[Pair | BadRow | Skipped]:
    return list(xliff.read_pairs(io.BytesIO(document.encode()), "a.xlf", **options))


def told(document: str, **options: str) -> list[tuple[str, str, str]]:
    """Id, source and target of every pair."""
    return [(p.id, p.source, p.target) for p in items(document, **options) if isinstance(p, Pair)]


def unit(target: str, source: str = "a", more: str = "") -> str:
    target = f"<target>{target}</target>"
    return f'<trans-unit id="1"><source>{source}</source>{target}{more}</trans-unit>'


def segment(target: str, before: str = "") -> str:
    target = f"<target>{target}</target>"
    return f'<unit id="1">{before}<segment><source>a</source>{target}</segment></unit>'


# --- text and inline codes ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("target", "text"),
    [
        ("가 &amp; &#45208; <![CDATA[<다>]]>", "가 & 나 <다>"),
        ('<g id="1">굵은 <g id="2">글</g></g>자', "굵은 글자"),
        ('앞<ph id="1">&lt;b5&gt;</ph>뒤', "앞 뒤"),
        ('앞 <ph id="1">&lt;b5&gt;</ph>뒤', "앞 뒤"),
        ('<bpt id="1">&lt;b&gt;</bpt>굵은<ept id="1">&lt;/b&gt;</ept>.', "굵은."),
        ('<it id="1" pos="open">&lt;i&gt;</it>기운', "기운"),
        ('5<x id="1"/>6', "5 6"),
        ('5<x id="1"/>.', "5."),
        ('끝.<x id="1" ctype="lb"/>다음', "끝. 다음"),
        ('끝.<ph id="1">&lt;br/&gt;</ph>다음', "끝. 다음"),
        ('링크<ph id="1">&lt;a title="<sub>3 곳</sub>"&gt;</ph> 여기', "링크 여기"),
        ('<mrk mtype="term">말</mrk> 하나', "말 하나"),
        ('하<bx id="1"/>나<ex id="1"/>', "하나"),
    ],
)
def test_of_1_2_the_text_stays_and_the_codes_go(target, text):
    assert told(one(unit(target))) == [("1", "a", text)]


@pytest.mark.parametrize(
    ("target", "text"),
    [
        ('<pc id="1">굵은 <pc id="2">글</pc></pc>자', "굵은 글자"),
        ('5<ph id="1"/>6', "5 6"),
        ('끝.<ph id="1" subType="xlf:lb"/>다음', "끝. 다음"),
        ('끝.<ph id="1" dataRef="d"/>다음', "끝. 다음"),
        ('<sc id="1"/>굵은<ec startRef="1"/>', "굵은"),
        ('<mrk id="m" type="term">말</mrk> 하나<sm id="n"/>둘<em startRef="n"/>', "말 하나둘"),
        ('가<cp hex="001A"/>나', "가 나"),
    ],
)
def test_of_2_the_text_stays_and_the_codes_go(target, text):
    data = '<originalData><data id="d">&lt;br/&gt;</data></originalData>'
    assert told(two(segment(target, data))) == [("1", "a", text)]


def test_matches_alternatives_and_what_a_tool_adds_are_no_translations():
    other = (
        "<alt-trans><source>x</source><target>9</target></alt-trans>"
        '<s:seg xmlns:s="urn:tool"><target>8</target>text</s:seg>'
    )
    assert told(one(unit("가", more=other))) == [("1", "a", "가")]
    match = (
        '<mtc:matches xmlns:mtc="urn:oasis:names:tc:xliff:matches:2.0"><mtc:match ref="#1">'
        "<source>x</source><target>9</target></mtc:match></mtc:matches>"
    )
    assert told(two(segment("가", match))) == [("1", "a", "가")]


# --- units, segments, files --------------------------------------------------------------


def test_marked_segments_are_pairs_of_their_own():
    body = (
        '<trans-unit id="3"><source>One. Two. Three.</source>'
        '<seg-source><mrk mtype="seg" mid="1">One.</mrk> <mrk mtype="seg" mid="2">Two.</mrk> '
        '<mrk mtype="seg" mid="3">Three.</mrk></seg-source>'
        '<target><mrk mtype="seg" mid="2">둘.</mrk> <mrk mtype="seg" mid="1">하나.</mrk></target>'
        "</trans-unit>"
    )
    assert told(one(body)) == [("3/1", "One.", "하나."), ("3/2", "Two.", "둘.")]
    assert Skipped(1, "3/3") in items(one(body))


def test_segments_of_a_unit_are_named_and_what_stands_between_them_is_not_read():
    body = (
        '<unit id="u"><segment id="s1"><source>One.</source><target>하나.</target></segment>'
        "<ignorable><source> </source><target> </target></ignorable>"
        "<segment><source>Two.</source><target>둘.</target></segment></unit>"
    )
    assert told(two(body)) == [("u/s1", "One.", "하나."), ("u/2", "Two.", "둘.")]


@pytest.mark.parametrize("target", ["", "<target/>", "<target> </target>"])
def test_a_unit_without_a_translation_is_skipped(target):
    body = f'<trans-unit id="7"><source>a</source>{target}</trans-unit>'
    assert items(one(body)) == [Skipped(1, "7")]
    body = f'<unit id="7"><segment><source>a</source>{target}</segment></unit>'
    assert items(two(body)) == [Skipped(1, "7")]


def test_several_files_keep_their_names_and_languages():
    document = (
        f'<xliff version="1.2" xmlns="{ONE}">'
        f'<file original="a" source-language="en" target-language="ko">{unit("가")}</file>'
        f'<file original="b" source-language="ko" target-language="uk">{unit("б")}</file></xliff>'
    )
    found = [(p.document, p.source_lang, p.target_lang) for p in items(document)]
    assert found == [("a", "en", "ko"), ("b", "ko", "uk")]
    # A language chosen leaves out the files in others.
    assert [type(i) for i in items(document, lang="uk")] == [Skipped, Pair]


@pytest.mark.parametrize(
    ("langs", "options", "says"),
    [
        ('source-language="en"', {}, "does not say its target language"),
        ('source-language="en"', {"lang": "ko"}, None),
        ('source-language="en" target-language="tlh"', {}, "'tlh'"),
        ('source-language="en" target-language="tlh"', {"lang": "ko"}, None),
        ('source-language="tlh" target-language="ko"', {}, "'tlh'"),
        ('source-language="tlh" target-language="ko"', {"source_lang": "en"}, None),
    ],
)
def test_a_file_whose_languages_are_not_known_is_one_error(langs, options, says):
    first, *rest = items(one(unit("가") * 3, langs), **options)
    if says is None:
        assert isinstance(first, Pair)
    else:
        assert isinstance(first, BadRow)
        assert says in first.error.message
        assert [type(item) for item in rest] == [Skipped] * 3


def test_a_note_may_accept_a_finding_and_other_notes_do_not():
    notes = "<note>toolkit: accept date/* their calendar</note><note>accept nothing</note>"
    (pair,) = items(one(unit("가", more=notes)))
    assert pair.accepts == ("date/* their calendar",)
    (pair,) = items(two(segment("가", f"<notes>{notes}</notes>")))
    assert pair.accepts == ("date/* their calendar",)
    header = f"<header>{notes}</header>"
    (pair,) = items(one(unit("가")).replace("<body>", f"{header}<body>"))
    assert pair.accepts == ()


def test_a_document_without_a_namespace_or_with_a_prefix_is_read():
    assert told(one(unit("가")).replace(f' xmlns="{ONE}"', "")) == [("1", "a", "가")]
    prefixed = one(unit("가")).replace("</", "</x:").replace("<x", "<x:x")
    for name in ("file", "body", "trans-unit", "source", "target"):
        prefixed = prefixed.replace(f"<{name}", f"<x:{name}")
    assert told(prefixed.replace("xmlns=", "xmlns:x=")) == [("1", "a", "가")]


# --- places ------------------------------------------------------------------------------


def test_every_character_of_a_target_lies_where_the_file_has_it():
    document = one(
        unit('월<g id="1">요일</g> &amp;\n  3<x id="2" ctype="lb"/>개 <![CDATA[<b>]]>\té끝')
    )
    lines = document.split("\n")
    (pair,) = items(document)
    for offset, char in enumerate(pair.target):
        line, column = where(pair.places, offset)
        if char in "&\n " or (char == "é"):
            continue  # written as something else, or ours
        assert lines[line - 1][column - 1] == char, (offset, char)


def test_a_decomposed_text_is_composed_and_keeps_its_words_in_place():
    document = one(unit("Cafe\u0301 다 Cafe\u0301 가"))
    (pair,) = items(document)
    assert pair.target == "Café 다 Café 가"
    for word in ("다", "가"):
        _, column = where(pair.places, pair.target.index(word))
        assert document[column - 1] == word


# --- strangers' files --------------------------------------------------------------------

BOMB = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("document", "says"),
    [
        (one(unit("가"))[:-20], "line 1: not well-formed"),
        ("<html>\n<body/></html>", "line 1: expected <xliff>, found <html>"),
        ('<h:html xmlns:h="urn:h"/>', "line 1: expected <xliff>, found <html>"),
        (BOMB + one(unit("&b;")), "line 1: declares an entity"),
        (
            '<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + one(unit("&x;")),
            "declares an entity",
        ),
        ('<!DOCTYPE x SYSTEM "x.dtd">' + one(unit("&nbsp;")), "&nbsp; is declared elsewhere"),
        ("", "not well-formed"),
    ],
)
def test_what_is_wrong_with_a_document_is_named_with_its_line(document, says):
    with pytest.raises(InputError) as caught:
        items(document)
    assert caught.value.message.startswith("a.xlf: line ")
    assert says in caught.value.message


def test_what_came_before_an_error_was_right():
    document = one(unit("가") + "\n" * 70_000 + "<trans-unit><source>")
    found = xliff.read_pairs(io.BytesIO(document.encode()), "a.xlf")
    assert next(found).target == "가"
    with pytest.raises(InputError, match="line 70001"):
        next(found)


def test_a_long_document_is_read_in_little_memory(tmp_path: Path):
    path = tmp_path / "long.xlf"
    path.write_text(two(segment("가나다라마바사" * 10) * 20_000), "utf-8")
    tracemalloc.start()
    try:
        with path.open("rb") as file:
            for count, _pair in enumerate(xliff.read_pairs(file, "long.xlf"), 1):
                if count == 3000:  # enough: tracing is slow, and growth would show by now
                    break
        assert tracemalloc.get_traced_memory()[1] < 2_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    ("piece", "close"),
    [("가" * 10, ""), ("&amp;", ""), ('<g id="1">', "</g>"), ('<x id="1"/>', ""), ("a\n", ""),
     ("e\u0301 ", "")],
    ids=["text", "references", "nested", "placeholders", "lines", "decomposed"],
)  # fmt: skip
def test_a_huge_target_takes_linear_time(piece, close):
    def read(document):
        assert len(told(document)) == 1

    check_linear(read, lambda size: one(unit(piece * size + close * size + "a")), 16_000)
