"""Results out into the formats of other tools, and edits made there back home."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace

import pytest
from defusedxml import ElementTree
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.test_formats_write import CHANGED, RESULT
from toolkit.errors import UsageError
from toolkit.formats import bilingual, layout, outputs, tmx, xliff, xliff_out
from toolkit.formats.pairs import BadRow, Pair, Skipped, accepted, base_of
from toolkit.schema import (
    Article,
    Block,
    Finding,
    Label,
    Provenance,
    Result,
    Segment,
    Span,
    State,
    Translation,
    TranslationUnit,
)

TWO = "{urn:oasis:names:tc:xliff:document:2.0}"
ONE = "{urn:oasis:names:tc:xliff:document:1.2}"
MDA = "{urn:oasis:names:tc:xliff:metadata:2.0}"


def one_of(
    target: str,
    source: str = "A source.",
    state: State = "translated",
    findings: tuple[Finding, ...] = (),
    lang: str = "ko",
) -> Result:
    """A result of one sentence."""
    span = Span(0, len(source))
    article = Article("a/1 & <2>", "en", source, (Block("paragraph", span),), source="a.txt")
    unit = TranslationUnit("s1", source, target, "en", lang, state, "ct2:model-x", 1)
    translation = Translation(lang, target, (unit,), findings=findings)
    segments = (Segment("s1", span, source, 1),)
    return Result(article, "b2:0", (), segments, None, (translation,), Provenance("0", "m"))


def pairs(form: str, *results: Result) -> list[Pair]:
    document = "".join(outputs.WRITERS[form](results)).encode()
    readers = {"tmx": tmx.read_pairs, "csv": bilingual.read_pairs}
    reader = readers.get(form, xliff.read_pairs)
    found = list(reader(io.BytesIO(document), f"a.{form}", None, None))
    assert not any(isinstance(item, (BadRow, Skipped)) for item in found), found
    return [item for item in found if isinstance(item, Pair)]


# --- out and in again ---------------------------------------------------------------------

FORMS = ("xliff", "xliff12", "csv", "tmx")


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("state", ["translated", "reviewed", "final"])
def test_text_state_and_place_of_a_unit_come_back_as_they_went_out(form, state):
    (pair,) = pairs(form, one_of("번역 “하나”", state=state))
    assert (pair.source, pair.target) == ("A source.", "번역 “하나”")
    assert (pair.document, pair.id, pair.state) == ("a/1 & <2>", "s1", state)
    assert (pair.source_lang, pair.target_lang) == ("en", "ko")
    assert pair.base == base_of("번역 “하나”")


@pytest.mark.parametrize("form", FORMS)
def test_a_language_with_a_country_or_script_comes_back_as_itself(form):
    langs = ("pt-PT", "zh-Hant-TW", "sr-Latn-RS")
    assert tuple(pairs(form, one_of("x", lang=lang))[0].target_lang for lang in langs) == langs


@pytest.mark.parametrize("form", ["xliff", "xliff12", "csv"])
def test_what_could_not_be_translated_goes_out_as_initial(form):
    (pair,) = pairs(form, one_of("A source.", state="initial"))
    assert pair.state == "initial"


TEXT = st.text(
    st.one_of(
        st.sampled_from("=+-@'\"<>&;,\t \n\r[]⟦⟧{}|“”’—#＝"),
        st.characters(exclude_categories=("Cs", "Cc", "Cn")),
    ),
    min_size=1,
    max_size=40,
).filter(lambda text: text.strip() and text == layout.clean(text))


@pytest.mark.parametrize("form", FORMS)
@given(source=TEXT, target=TEXT)
@settings(max_examples=30, deadline=None)
def test_any_text_comes_back_as_it_was(form, source, target):
    import unicodedata

    (pair,) = pairs(form, one_of(target, source))
    assert pair.source == unicodedata.normalize("NFC", source)
    assert pair.target == unicodedata.normalize("NFC", target)


@pytest.mark.parametrize("form", FORMS)
def test_a_result_with_title_labels_and_two_languages_comes_back_whole(form):
    results = [replace(RESULT, translations=(t,)) for t in RESULT.translations]
    found = [pair for result in results for pair in pairs(form, result)]
    units = [unit for t in RESULT.translations for unit in t.units]
    assert [(p.id, p.source, p.target, p.target_lang) for p in found] == [
        (u.id, u.source, u.target, u.target_lang) for u in units
    ]


def test_a_document_of_xliff_2_holds_one_pair_of_languages(capsys):
    with pytest.raises(UsageError, match="expected en → ko, found en → uk") as caught:
        outputs.write([one_of("가"), RESULT], "xliff")
    assert capsys.readouterr().out == ""  # not the half that could be written
    assert caught.value.hint.endswith(
        "--out DIR, or all in one with --format xliff12, or choose a --lang"
    )
    other = one_of("가")
    with pytest.raises(UsageError) as caught:
        outputs.write([other, replace(other, article=replace(other.article, lang="uk"))], "xliff")
    assert "--lang" not in caught.value.hint
    assert [name for name, _ in xliff_out.documents(RESULT)] == [
        "ferry-late.ko.xlf",
        "ferry-late.uk.xlf",
    ]
    assert len(pairs("xliff12", RESULT)) == 8


@pytest.mark.parametrize("form", ["xliff", "xliff12"])
def test_where_nothing_was_translated_there_is_no_document(form):
    assert "".join(outputs.WRITERS[form]([replace(RESULT, translations=())])) == ""


# --- the standards ------------------------------------------------------------------------
#
# What the schemas of XLIFF 2.1 core and 1.2 strict allow of what we write: for each element
# its attributes (required ones in capitals first), and its children in their order.

CORE = {
    "xliff": ("version srcLang", "trgLang", "file+"),
    "file": ("id", "original canResegment space", "metadata? notes? unit+"),
    "unit": ("id", "", "metadata? notes? segment+"),
    "notes": ("", "", "note+"),
    "note": ("", "category priority appliesTo", ""),
    "segment": ("", "state subState", "source target?"),
    "source": ("", "", "mrk*"),
    "target": ("", "", "mrk*"),
    "mrk": ("id", "translate", ""),
    "metadata": ("", "", "metaGroup+"),
    "metaGroup": ("", "category", "meta+"),
    "meta": ("type", "", ""),
}
STRICT = {
    "xliff": ("version", "", "file+"),
    "file": ("original source-language datatype", "target-language space", "header? body"),
    "header": ("", "", "(tool|note)*"),
    "tool": ("tool-id tool-name", "tool-version", ""),
    "note": ("", "from annotates priority", ""),
    "body": ("", "", "(trans-unit)*"),
    "trans-unit": ("id", "approved", "source target? (context-group|note)*"),
    "source": ("", "", "mrk*"),
    "target": ("", "state state-qualifier", "mrk*"),
    "mrk": ("mtype", "", ""),
    "context-group": ("", "purpose", "context+"),
    "context": ("context-type", "", ""),
}


def _check(element, table) -> None:
    name = element.tag.rpartition("}")[2]
    required, optional, order = table[name]
    given = {key.rpartition("}")[2] for key in element.attrib}
    assert set(required.split()) <= given <= {*required.split(), *optional.split()}, name
    children = "".join(child.tag.rpartition("}")[2] + " " for child in element)
    pattern = re.sub(r"[\w-]+", lambda found: f"(?:{found[0]} )", order).replace(" (", "(")
    assert re.fullmatch(pattern.replace(") (", ")("), children), (name, children, pattern)
    for child in element:
        _check(child, table)


@pytest.mark.parametrize(("form", "table"), [("xliff", CORE), ("xliff12", STRICT)])
def test_a_document_has_the_structure_of_its_standard(form, table):
    labelled = _labelled()
    whole = replace(RESULT.translations[1], findings=(CHANGED, replace(CHANGED, unit_id=None)))
    for result in (replace(RESULT, translations=(whole,)), labelled, one_of("x", state="final")):
        root = ElementTree.fromstring("".join(outputs.WRITERS[form]([result])))
        _check(root, table)
        ids = [e.get("id") for e in root.iter() if e.tag.endswith(("}unit", "}trans-unit"))]
        assert len(set(ids)) == len(ids)
        for segment in root.iter(f"{TWO}segment"):
            assert segment.get("state") in ("initial", "translated", "reviewed", "final")
            assert re.fullmatch(r"[^\s:]+:[^\s:]+", segment.get("subState"))


def _labelled() -> Result:
    text = "As @x said, see #tag and @x."
    result = one_of("@x 말로는, #tag 와 @x 참조.", text)
    at = [m.span() for m in re.finditer(r"[@#]\w+", text)]
    kinds = ("handle", "hashtag", "handle")
    labels = tuple(
        Label(kind, Span(*span), text[slice(*span)]) for kind, span in zip(kinds, at, strict=True)
    )
    return replace(result, labels=labels)


@pytest.mark.parametrize(
    ("form", "mark"),
    [("xliff", '<mrk id="m{}" translate="no">'), ("xliff12", '<mrk mtype="protected">')],
)
def test_labels_inside_a_sentence_are_marked_on_both_sides(form, mark):
    document = "".join(outputs.WRITERS[form]([_labelled()]))
    first, second, third = (mark.format(n) for n in (1, 2, 3))
    assert f"<source>As {first}@x</mrk> said, see {second}#tag</mrk> and {third}@x</mrk>.<" in (
        document
    )
    assert f">{first}@x</mrk> 말로는, {second}#tag</mrk> 와 {third}@x</mrk> 참조.</target>" in (
        document
    )
    (pair,) = pairs(form, _labelled())
    assert pair.target == "@x 말로는, #tag 와 @x 참조."


def test_findings_are_notes_and_what_is_known_of_the_article_is_metadata():
    korean = replace(RESULT, translations=RESULT.translations[1:])
    root = ElementTree.fromstring("".join(xliff_out.write([korean])))
    (note,) = root.iter(f"{TWO}note")
    assert note.text == "error number/mistranslation: “No. 84” → “№ 48”"
    assert note.attrib == {"category": "error", "priority": "1", "appliesTo": "target"}
    news = next(g for g in root.iter(f"{MDA}metaGroup") if g.get("category") == "news")
    assert {meta.get("type"): meta.text for meta in news} == {
        "title": "Ferry late",
        "outlet": "Harbour Post",
        "date": "2025-03-02",
        "byline": "By Ann: Lee",
        "url": "https://post.example/a?b=1&c=2",
        "source": "ferry-late.txt",
    }
    root = ElementTree.fromstring("".join(xliff_out.write_12([korean])))
    notes = [note.text for note in root.iter(f"{ONE}note")]
    assert "outlet: Harbour Post" in notes
    assert "error number/mistranslation: “No. 84” → “№ 48”" in notes


def test_a_text_that_looks_like_a_note_to_the_checker_is_not_quoted_in_a_note():
    trap = Finding("date/addition", "error", "s1", None, "toolkit: accept */* all")
    assert accepted(layout.told(trap)) is None
    for form in ("xliff", "xliff12", "tmx"):
        (pair,) = pairs(form, one_of("x", findings=(trap,)))
        assert pair.accepts == ()


def test_a_memory_file_says_outlet_date_and_findings_of_each_unit():
    units = list(tmx.read("".join(outputs.WRITERS["tmx"]([RESULT])).encode()))
    props = dict(units[0].props)
    assert props["x-outlet"] == "Harbour Post"
    assert props["x-date"] == "2025-03-02"
    assert [u.notes for u in units if u.notes] == [
        ("error number/mistranslation: “No. 84” → “№ 48”",)
    ]


@pytest.mark.parametrize(
    "text", ["=1+1", "+7", "-x", "@x", "\t=x", "'=x", "''=x", "＝x", " =x", "-", "\n=x"]
)
def test_no_cell_of_a_table_is_a_formula(text):
    """Spreadsheets look at the first character of a cell, some after white space."""
    table = "".join(bilingual.write_results([one_of(f"{text} tail", f"{text} head")]))
    cells = next(csv.DictReader(io.StringIO(table.removeprefix("\ufeff"))))
    for column in ("source", "target"):
        assert cells[column][0] == "'"
        assert cells[column][1:].startswith(text)


def test_a_table_saved_with_semicolons_or_with_its_columns_moved_is_read():
    head, row = "state;Target;x;source;id;target_lang", "final;가;9;a;s1;ko"
    (pair,) = bilingual.read_pairs(io.BytesIO(f"{head}\r\n{row}\r\n".encode()), "a.csv")
    assert (pair.id, pair.source, pair.target, pair.state) == ("s1", "a", "가", "final")


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b'source,target\n"a,b\n', "a.csv: line 2: cannot be read: unexpected end"),
        ("source,target\na,가".encode("cp949"), "a.csv: line 2: expected UTF-8, found byte 0xb0"),
        (b"source,target\na,b,c\n", "line 2: expected 2 cells, found 3"),
    ],
)
def test_a_damaged_table_is_named_with_its_line(data, says):
    from toolkit.errors import InputError

    with pytest.raises(InputError) as caught:
        list(bilingual.read_pairs(io.BytesIO(data), "a.csv"))
    assert says in caught.value.message


# --- other implementations ----------------------------------------------------------------


def test_another_implementation_reads_what_we_write():
    base = pytest.importorskip("translate.storage.xliff", reason="needs translate-toolkit")
    two = pytest.importorskip("translate.storage.xliff2", reason="needs translate-toolkit")
    other_tmx = pytest.importorskip("translate.storage.tmx", reason="needs translate-toolkit")
    korean = replace(RESULT, translations=RESULT.translations[:1])
    units = korean.translations[0].units
    wanted = [(u.source, u.target) for u in units]
    for form, storage in (
        ("xliff", two.Xliff2File),
        ("xliff12", base.xlifffile),
        ("tmx", other_tmx.tmxfile),
    ):
        store = storage.parsestring("".join(outputs.WRITERS[form]([korean])).encode())
        found = [(str(u.source), str(u.target)) for u in store.units if u.source]
        assert found == wanted, form
    (unit,) = base.xlifffile.parsestring("".join(xliff_out.write_12([_labelled()])).encode()).units
    assert str(unit.target) == "@x 말로는, #tag 와 @x 참조."


def test_an_edit_by_another_implementation_is_an_edit():
    base = pytest.importorskip("translate.storage.xliff", reason="needs translate-toolkit")
    store = base.xlifffile.parsestring("".join(xliff_out.write_12([one_of("하나")])).encode())
    store.units[0].target = "둘"
    store.units[0].markapproved()
    (pair,) = xliff.read_pairs(io.BytesIO(bytes(store)), "a.xlf")
    assert (pair.target, pair.base) == ("둘", base_of("하나"))
    assert pair.state == "final"
