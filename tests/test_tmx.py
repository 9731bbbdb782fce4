from __future__ import annotations

import tracemalloc

import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import given
from hypothesis import strategies as st

from tests.growth import check_linear
from toolkit.errors import InputError, RunError
from toolkit.formats import tmx
from toolkit.memory import Prop, Unit, Variant, open_memory

YES = Unit((Variant("en", "Yes."), Variant("ko", "네."), Variant("uk", "Так.")))
FULL = Unit(
    YES.variants, "a/s1", "hand & eye", "2024-01-01T00:00:00Z", "2025-01-12T09:30:00Z",
    ("seen",), (Prop("x-outlet", "Wire <1>"), Prop("x-article", 'a "b"')),
)  # fmt: skip
HEADER = (
    '<header creationtool="t" creationtoolversion="1" segtype="sentence" o-tmf="t" '
    'adminlang="en" srclang="en" datatype="plaintext"/>'
)


def document(body, version="1.4", head=""):
    return f'{head}<tmx version="{version}">{HEADER}<body>{body}</body></tmx>'


def tu(seg, attribute="xml:lang", lang="en"):
    korean = f'<tuv {attribute}="ko"><seg>답</seg></tuv>'
    return f'<tu><tuv {attribute}="{lang}"><seg>{seg}</seg></tuv>{korean}</tu>'


def texts(data):
    return [unit.variants[0].text for unit in tmx.read(data.encode())]


# --- writing -------------------------------------------------------------------------


def test_a_file_is_tmx_1_4b_with_the_required_header(tmp_path):
    path = tmp_path / "m.tmx"
    tmx.write([FULL, YES], path)
    root = fromstring(path.read_bytes())
    assert (root.tag, root.attrib) == ("tmx", {"version": "1.4"})
    assert [child.tag for child in root] == ["header", "body"]
    required = {"creationtool", "creationtoolversion", "segtype", "o-tmf", "adminlang", "srclang",
                "datatype"}  # fmt: skip
    assert set(root[0].attrib) == required
    first = root[1][0]
    assert first.attrib == {
        "tuid": "a/s1", "creationtool": "hand & eye",
        "creationdate": "20240101T000000Z", "changedate": "20250112T093000Z",
    }  # fmt: skip
    assert [child.tag for child in first] == ["note", "prop", "prop", "tuv", "tuv", "tuv"]
    assert first[3].attrib == {"{http://www.w3.org/XML/1998/namespace}lang": "en"}
    assert path.read_text("utf-8") == "".join(tmx.chunks([FULL, YES]))
    assert list(tmp_path.iterdir()) == [path]


def test_a_failed_write_leaves_the_old_file_and_nothing_else(tmp_path):
    def half():
        yield YES
        raise InputError("gone")

    path = tmp_path / "m.tmx"
    tmx.write([FULL], path)
    before = path.read_bytes()
    with pytest.raises(InputError, match="gone"):
        tmx.write(half(), path)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]
    for bad in (tmp_path, path / "m.tmx"):
        with pytest.raises(RunError):
            tmx.write([YES], bad)


def test_a_control_character_becomes_a_space():
    unit = Unit((Variant("en", "a\x00b\x0cc\ufffed"), Variant("ko", "네\ud800")))
    (back,) = tmx.read("".join(tmx.chunks([unit])).encode())
    assert [v.text for v in back.variants] == ["a b c d", "네 "]


XML_TEXT = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff")
    | st.sampled_from("\t\n\r&<>\"'] ")
)
MOMENTS = st.just("") | st.datetimes().map(lambda d: d.strftime("%Y-%m-%dT%H:%M:%SZ").zfill(20))
UNITS = st.builds(
    Unit,
    variants=st.lists(
        st.builds(Variant, st.sampled_from(["en", "ko", "uk", "kok"]), XML_TEXT.filter(str.strip)),
        min_size=1, max_size=4,
    ).map(tuple),
    id=XML_TEXT, origin=XML_TEXT, created=MOMENTS, changed=MOMENTS,
    notes=st.lists(XML_TEXT, max_size=2).map(tuple),
    props=st.lists(st.builds(Prop, XML_TEXT, XML_TEXT), max_size=2).map(tuple),
)  # fmt: skip


@given(st.lists(UNITS, max_size=4))
def test_what_is_written_reads_back_equal(units):
    data = "".join(tmx.chunks(units)).encode()
    assert list(tmx.read(data)) == units
    assert "".join(tmx.chunks(tmx.read(data))).encode() == data


def test_a_memory_goes_out_and_comes_back(tmp_path):
    with open_memory() as memory:
        memory.add([FULL, Unit((Variant("en", "No."), Variant("uk", "Ні.")))])
        tmx.write(memory.units(), tmp_path / "m.tmx")
        back = tmx.load_memory(tmp_path / "m.tmx")
        assert tuple(back.units()) == tuple(memory.units())
        assert back.signature == memory.signature


# --- reading -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("seg", "text"),
    [
        ("plain", "plain"),
        ("a &amp; b &lt; c &#44032; <![CDATA[<d>]]>", "a & b < c 가 <d>"),
        ("see <ph>&lt;img src='x'/&gt;</ph>here", "see here"),
        ("one<ph>&lt;br/&gt;</ph>two", "one two"),
        ('one<ph type="lb"/>two', "one two"),
        ('one<ph type="fnote">x</ph>two', "onetwo"),
        ("<bpt i='1'>&lt;b&gt;</bpt>bold<ept i='1'>&lt;/b&gt;</ept>.", "bold."),
        ("<it pos='begin'>{\\i </it>slanted", "slanted"),
        ("a <hi type='term'>kept <hi>text</hi></hi>.", "a kept text."),
        ("link<ph>&lt;a title='<sub>a <ph>x</ph> flow</sub>'&gt;</ph> here", "link here"),
        ("old<ut>{\\b }</ut> style", "old style"),
        ("<unknown>text</unknown> stays", "text stays"),
        ("  spaces  stay ", "  spaces  stay "),
        ("<!-- no --><?pi no?>yes", "yes"),
    ],
)
def test_the_text_of_a_segment_is_kept_and_its_codes_are_not(seg, text):
    assert texts(document(tu(seg))) == [text]


@pytest.mark.parametrize(
    ("lang", "code"),
    [("ko-KR", "ko"), ("EN_us", "en"), ("uk", "uk"), ("kok-IN", "kok"), ("tlh-AQ", "tlh"),
     ("pt_BR", "pt"), ("pt-PT", "pt-PT"), ("zh-CN", "zh"), ("zh-tw", "zh-Hant-TW")],
)  # fmt: skip
@pytest.mark.parametrize(("attribute", "version"), [("xml:lang", "1.4"), ("lang", "1.1")])
def test_a_language_goes_by_the_code_we_know_it_by(lang, code, attribute, version):
    (unit,) = tmx.read(document(tu("a", attribute, lang), version).encode())
    assert unit.variants == (Variant(code, "a"), Variant("ko", "답"))


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [("utf-8", None), ("utf-8-sig", "UTF-8"), ("utf-16", "UTF-16"), ("utf-16-le", "UTF-16"),
     ("utf-16-be", None), ("euc-kr", "EUC-KR"), ("windows-1251", "windows-1251")],
)  # fmt: skip
def test_every_usual_encoding_is_read(encoding, declared):
    text = "так" if encoding == "windows-1251" else "네"
    head = f'<?xml version="1.0" encoding="{declared}"?>\n' if declared else ""
    body = tu(text).replace("답", "x") * 3000
    (unit, *rest) = tmx.read(document(body, head=head).encode(encoding))
    assert unit.variants[0].text == text
    assert rest == [unit] * 2999


@pytest.mark.parametrize(
    "names",
    [
        'SYSTEM "tmx14.dtd"',
        'SYSTEM "file:///etc/passwd"',
        'PUBLIC "-//LISA OSCAR:1998//DTD for Translation Memory eXchange//EN" "tmx14.dtd"',
    ],
)
def test_a_doctype_is_no_obstacle_and_nothing_it_names_is_opened(names):
    assert texts(document(tu("a"), head=f"<!DOCTYPE tmx {names}>")) == ["a"]


def test_dates_notes_and_props_of_other_tools_are_read():
    data = document(
        '<note>of the body</note><tu tuid="7" creationtool="CAT" creationdate="20240102T030405Z">'
        '<prop type="x-outlet">Wire</prop><note>seen</note>'
        '<tuv xml:lang="en" creationdate="20230101T000000Z" changedate="20240601"><note>no</note>'
        '<prop type="x">no</prop><seg>a</seg></tuv>'
        '<tuv xml:lang="ko" changedate="2025-01-12T09:30:00Z"><seg>네</seg></tuv>'
        '<tuv xml:lang="uk" changedate="last May"><seg> </seg></tuv></tu>'
        "<tu><tuv xml:lang='en'><seg/></tuv></tu>"
    )
    assert list(tmx.read(data.encode())) == [
        Unit((Variant("en", "a"), Variant("ko", "네")), "7", "CAT", "2023-01-01T00:00:00Z",
             "2025-01-12T09:30:00Z", ("seen",), (Prop("x-outlet", "Wire"),))
    ]  # fmt: skip


BOMB = '<!DOCTYPE tmx [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (document("\n<tu><tuv xml:lang='en'>\n<seg>a</tuv></tu>"), "line 3: not well-formed"),
        (document(tu("a"))[:-20], "line 1: not well-formed"),
        ("", "line 1: not well-formed"),
        ("plain text", "line 1: not well-formed"),
        ("<html>\n<body/></html>", "line 1: expected <tmx>, found <html>"),
        (document("\n<tu>\n<tuv><seg>a</seg></tuv></tu>"), "line 3: expected the language"),
        (document("\n<tu>\n<tuv xml:lang='!'><seg>a</seg></tuv></tu>"), "found '!'"),
        (document("\n\n<tu><tuv xml:lang='en'></tuv></tu>"), "line 3: a <tuv> without <seg>"),
        (document(tu("&b;"), head=BOMB), "line 1: declares an entity"),
        (document(tu("&x;"), head='<!DOCTYPE tmx [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
         "declares an entity"),
        (document(tu("&x;"), head='<!DOCTYPE tmx [<!ENTITY % x SYSTEM "file:///etc/passwd"> %x;]>'),
         "declares an entity"),
        (document(tu("&nbsp;"), head='<!DOCTYPE tmx SYSTEM "tmx14.dtd">'), "&nbsp; is declared"),
        (document(tu("&nbsp;")), "line 1: not well-formed"),
        (document(tu("a"), head='<?xml version="1.0" encoding="klingon"?>'), "'klingon'"),
        (document(tu("a"), head='<?xml version="1.0" encoding="zip"?>'), "'zip'"),
        (document(tu("a"), head='<?xml version="1.0" encoding="rot13"?>'), "'rot13'"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_file_is_named_with_its_line(data, says):
    with pytest.raises(InputError) as caught:
        list(tmx.read(data.encode()))
    assert says in caught.value.message
    assert caught.value.message.startswith("tmx: line ")


def test_bytes_that_are_not_the_encoding_are_named(tmp_path):
    with pytest.raises(InputError, match="line 1: 'utf-8' codec"):
        list(tmx.read(document(tu("a")).encode() + b"\xff"))
    with pytest.raises(InputError, match="cannot be read"):
        list(tmx.read(tmp_path / "none.tmx"))
    with pytest.raises(InputError, match="cannot be read"):
        list(tmx.read(tmp_path))


def test_what_came_before_an_error_was_right():
    units = tmx.read(document(tu("first") + "\n" * 70_000 + "<tu><tuv>").encode())
    assert next(units).variants[0].text == "first"
    with pytest.raises(InputError, match="line 70001"):
        next(units)


@pytest.mark.slow
def test_a_long_file_is_read_in_little_memory(tmp_path):
    path = tmp_path / "long.tmx"
    tmx.write((FULL for _ in range(20_000)), path)
    assert path.stat().st_size > 6_000_000
    tracemalloc.start()
    try:
        for count, unit in enumerate(tmx.read(path), 1):
            assert unit == FULL
            if count == 3000:  # enough: tracing is slow, and growth would show by now
                break
        assert tracemalloc.get_traced_memory()[1] < 2_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    ("piece", "close"),
    [("a" * 100, ""), ("&amp;", ""), ("<hi>", "</hi>"), ("<ph>x</ph>", "")],
    ids=["text", "references", "nested", "codes"],
)
def test_a_huge_segment_takes_linear_time(piece, close):
    def read(data):
        assert len(texts(data)) == 1

    check_linear(read, lambda size: document(tu(piece * size + close * size + "a")), 16_000)
