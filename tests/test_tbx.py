"""TBX as its versions and dialects write it, and as strangers may."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.growth import check_linear
from toolkit.checks import check_pair
from toolkit.config import Settings, open_terms
from toolkit.errors import InputError
from toolkit.terms import Entry, Termbase, find_names, load_terms

VERSION_2 = """\
<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE martif SYSTEM "TBXBasiccoreStructV02.dtd">
<martif type="TBX-Basic" xml:lang="en">
 <martifHeader><fileDesc><sourceDesc><p>our names</p></sourceDesc></fileDesc></martifHeader>
 <text><body>
  <termEntry id="c1">
   <descrip type="subjectField">place</descrip>
   <note>the capital</note>
   <langSet xml:lang="en-US">
    <tig><term>Kiev</term>
     <termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote></tig>
    <tig><term>City of Kyiv</term></tig>
    <tig><term>Kyiv</term>
     <termNote type="administrativeStatus">preferredTerm-admn-sts</termNote></tig>
   </langSet>
   <langSet xml:lang="ko"><tig><term>키이우</term></tig></langSet>
   <langSet xml:lang="uk">
    <ntig><termGrp><term>Київ</term>
     <termNote type="partOfSpeech">noun</termNote></termGrp></ntig>
   </langSet>
  </termEntry>
  <termEntry id="c2">
   <langSet xml:lang="en"><tig><term>drone</term></tig></langSet>
   <langSet xml:lang="uk">
    <tig><term>дрон</term></tig><tig><term>безпілотник</term></tig>
   </langSet>
  </termEntry>
  <termEntry id="c3"><langSet xml:lang="en"><tig><term>shell</term></tig></langSet></termEntry>
 </body></text>
</martif>
"""

ATTRIBUTES = """\
<?xml version="1.0" encoding="UTF-8"?>
<tbx type="TBX-Basic" style="dca" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2">
 <tbxHeader><fileDesc><sourceDesc><p>our names</p></sourceDesc></fileDesc></tbxHeader>
 <text><body>
  <conceptEntry id="c1">
   <descrip type="subjectField">place</descrip>
   <note>the capital</note>
   <langSec xml:lang="en">
    <termSec><term>Kiev</term>
     <termNote type="administrativeStatus">supersededTerm-admn-sts</termNote></termSec>
    <termSec><term>City of Kyiv</term></termSec>
    <termSec><term>Kyiv</term>
     <termNote type="administrativeStatus">preferredTerm-admn-sts</termNote></termSec>
   </langSec>
   <langSec xml:lang="ko"><termSec><term>키이우</term></termSec></langSec>
   <langSec xml:lang="uk"><termSec><term>Київ</term></termSec></langSec>
  </conceptEntry>
  <conceptEntry id="c2">
   <langSec xml:lang="en"><termSec><term>drone</term></termSec></langSec>
   <langSec xml:lang="uk">
    <termSec><term>дрон</term></termSec><termSec><term>безпілотник</term></termSec>
   </langSec>
  </conceptEntry>
 </body></text>
</tbx>
"""

ELEMENTS = """\
<?xml version="1.0" encoding="UTF-8"?>
<t:tbx type="TBX-Basic" style="dct" xml:lang="en" xmlns:t="urn:iso:std:iso:30042:ed-2"
  xmlns:min="http://www.tbxinfo.net/ns/min" xmlns:basic="http://www.tbxinfo.net/ns/basic">
 <t:text><t:body>
  <t:conceptEntry id="c1">
   <min:subjectField>place</min:subjectField>
   <t:note>the capital</t:note>
   <t:langSec xml:lang="en">
    <t:termSec><t:term>Kiev</t:term>
     <min:administrativeStatus>deprecatedTerm-admn-sts</min:administrativeStatus></t:termSec>
    <t:termSec><t:term>City of <t:hi>Kyiv</t:hi></t:term></t:termSec>
    <t:termSec><t:term>
       Kyiv
     </t:term>
     <min:administrativeStatus>preferredTerm-admn-sts</min:administrativeStatus></t:termSec>
   </t:langSec>
   <t:langSec xml:lang="ko"><t:termSec><t:term>키이우</t:term></t:termSec></t:langSec>
   <t:langSec xml:lang="uk"><t:termSec><t:term>Київ<t:ph>{b}</t:ph></t:term>
     <t:note>про місто</t:note><basic:termType>fullForm</basic:termType></t:termSec></t:langSec>
  </t:conceptEntry>
  <t:conceptEntry id="c2">
   <t:langSec xml:lang="en"><t:termSec><t:term>drone</t:term></t:termSec></t:langSec>
   <t:langSec xml:lang="uk">
    <t:termSec><t:term>дрон</t:term></t:termSec>
    <t:termSec><t:term>безпілотник</t:term></t:termSec>
   </t:langSec>
  </t:conceptEntry>
 </t:body></t:text>
</t:tbx>
"""

KYIV = Entry(
    id="place:Kyiv/키이우/Київ",
    kind="place",
    renderings=(("en", ("Kyiv", "City of Kyiv")), ("ko", ("키이우",)), ("uk", ("Київ",))),
    note="the capital",
)
DRONE = Entry(
    id="term:drone/дрон",
    kind="term",
    renderings=(("en", ("drone",)), ("uk", ("дрон", "безпілотник"))),
)


def load(path: Path, text: str | bytes) -> Termbase:
    file = path / "names.tbx"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return load_terms(file)


def concept(body: str) -> str:
    return f"<tbx><text><body><conceptEntry>{body}</conceptEntry></body></text></tbx>"


def section(lang: str, *terms: str, extra: str = "") -> str:
    parts = "".join(f"<termSec><term>{term}</term>{extra}</termSec>" for term in terms)
    return f'<langSec xml:lang="{lang}">{parts}</langSec>'


@pytest.mark.parametrize("text", [VERSION_2, ATTRIBUTES, ELEMENTS])
def test_every_version_and_style_says_the_same(tmp_path: Path, text: str) -> None:
    """Deprecated terms are left out, the preferred one leads, one language is no concept."""
    assert load(tmp_path, text).entries == (KYIV, DRONE)


def test_csv_and_tbx_agree_on_their_concepts(tmp_path: Path) -> None:
    file = tmp_path / "terms.csv"
    file.write_text("en,ko,uk,kind,note\nKyiv|City of Kyiv,키이우,Київ,place,the capital\n")
    assert load_terms(file).entries == load(tmp_path, VERSION_2).entries[:1]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_the_encoding_is_the_one_declared(tmp_path: Path, encoding: str) -> None:
    text = VERSION_2.replace("UTF-8", encoding.removesuffix("-sig").upper())
    assert load(tmp_path, text.encode(encoding)).entries == (KYIV, DRONE)


@pytest.mark.parametrize(
    ("category", "kind"),
    [
        ('<descrip type="subjectField">Person</descrip>', "person"),
        ('<descrip type="subjectField">organizations</descrip>', "organisation"),
        ("<min:subjectField>toponym</min:subjectField>", "place"),
        ('<descrip type="subjectField">ballistics</descrip>', "term"),
        ("", "term"),
    ],
)
def test_the_subject_field_tells_the_kind(tmp_path: Path, category: str, kind: str) -> None:
    body = category + section("en", "Bohdan Karp") + section("uk", "Богдан Карп")
    (entry,) = load(tmp_path, concept(body).replace("<tbx>", '<tbx xmlns:min="m">')).entries
    assert entry.kind == kind


@pytest.mark.parametrize("note", ["properNoun", "proper noun"])
def test_a_proper_noun_of_no_known_kind_is_held_to_its_renderings(
    tmp_path: Path, note: str
) -> None:
    extra = f'<termNote type="partOfSpeech">{note}</termNote>'
    body = section("en", "Eversand", extra=extra) + section("uk", "Еверсенд", extra=extra)
    base = load(tmp_path, concept(body))
    assert base.entries[0].kind == "organisation"
    assert [f.strength for f in find_names("Eversand and eversand", "en", base)] == [3]


@pytest.mark.parametrize(
    ("status", "kept"),
    [
        ("preferredTerm-admn-sts", True),
        ("admittedTerm-admn-sts", True),
        ("admitted", True),
        ("deprecatedTerm-admn-sts", False),
        ("supersededTerm-admn-sts", False),
        ("notRecommended", False),
        ("obsolete", False),
    ],
)
def test_the_status_tells_whether_a_term_is_approved(
    tmp_path: Path, status: str, kept: bool
) -> None:
    extra = f'<termNote type="administrativeStatus">{status}</termNote>'
    body = section("en", "shell") + section("uk", "снаряд") + section("uk", "стрільно", extra=extra)
    (entry,) = load(tmp_path, concept(body)).entries
    assert ("стрільно" in entry.of("uk")) is kept


def test_concepts_of_the_same_names_become_one(tmp_path: Path) -> None:
    body = section("en", "shell") + section("uk", "снаряд")
    again = "</conceptEntry><conceptEntry>" + section("en", "shell")
    base = load(tmp_path, concept(body + again + section("uk", "снаряд", "набій")))
    assert [entry.of("uk") for entry in base.entries] == [("снаряд", "набій")]


def test_a_check_holds_a_translation_to_the_terms_of_a_file(tmp_path: Path) -> None:
    body = '<descrip type="subjectField">organisation</descrip>'
    body += section("en", "Lantern Group") + section("uk", "«Ліхтар»")
    file = tmp_path / "names.TBX"
    file.write_text(concept(body))
    base = open_terms(Settings(terms=(file,)))
    source = "The Lantern Group fired 12 drones."
    good = check_pair(source, "«Ліхтар» випустив 12 дронів.", "en", "uk", base)
    assert good.findings == ()
    bad = check_pair(source, "«Каганець» випустив 12 дронів.", "en", "uk", base)
    assert [f.code for f in bad.findings if f.severity != "info"] == ["name/omission"]


# --- faults -----------------------------------------------------------------------------

BOMB = """<?xml version="1.0"?>
<!DOCTYPE tbx [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>
<tbx><text><body><conceptEntry><langSec xml:lang="en"><termSec><term>&b;</term></termSec>
</langSec></conceptEntry></body></text></tbx>"""
OUTSIDE = """<?xml version="1.0"?>
<!DOCTYPE tbx [<!ENTITY a SYSTEM "file:///etc/hostname">]>
<tbx>&a;</tbx>"""
ELSEWHERE = """<?xml version="1.0"?>
<!DOCTYPE martif SYSTEM "names.dtd">
<martif><text><body><termEntry><langSet xml:lang="en"><tig><term>
&kyiv;</term></tig></langSet></termEntry></body></text></martif>"""


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("<tmx/>", "line 1: expected <martif> or <tbx>, found <tmx>"),
        ("", "line 1: not well-formed XML: no element found"),
        ("en,ko\nKyiv,키이우\n", "line 1: not well-formed XML"),
        (VERSION_2[: VERSION_2.index("<langSet")], "line 9: not well-formed XML"),
        (BOMB, "line 2: declares an entity, which is not read"),
        (OUTSIDE, "line 2: declares an entity, which is not read"),
        (ELSEWHERE, "line 4: the entity &kyiv; is declared elsewhere"),
        (
            concept("\n<langSec><termSec><term>a</term></termSec></langSec>"),
            "line 2: expected the language of the terms (xml:lang), found ''",
        ),
        (concept("\n" + section("12", "a")), "line 2: expected the language of the terms"),
        (concept("\n" + section("en", "…")), "line 2: en: '…' holds no letter"),
        (concept('\n<langSec xml:lang="en"><termSec/></langSec>'), "a <termSec> without <term>"),
        (concept(section("en", "shell")), "terms in two languages, found none of 1"),
        ("<tbx/>", "terms in two languages, found none of 0"),
    ],
)
def test_a_fault_is_named_with_its_line(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(InputError) as caught:
        load(tmp_path, text)
    assert "names.tbx: " in caught.value.message
    assert message in caught.value.message


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (VERSION_2.replace("UTF-8", "klingon").encode(), "unknown encoding: klingon"),
        (VERSION_2.replace("UTF-8", "EUC-KR").encode(), "multi-byte encodings"),
        (ATTRIBUTES.replace("키이우", "Київ").encode("cp1251"), "not well-formed XML"),
    ],
)
def test_what_cannot_be_decoded_is_an_input_error(
    tmp_path: Path, data: bytes, message: str
) -> None:
    with pytest.raises(InputError) as caught:
        load(tmp_path, data)
    assert message in caught.value.message


def nested(size: int) -> str:
    return "<a>" * size + "</a>" * size + section("en", "a") + section("uk", "б")


def long(size: int) -> str:
    return section("en", "a" * 100 * size) + section("uk", "б")


def many(size: int) -> str:
    return section("en", *map(str, range(size))) + section("uk", *map(str, range(size)))


@pytest.mark.parametrize("body", [nested, long, many])
def test_time_grows_with_the_file_only(tmp_path: Path, body: Callable[[int], str]) -> None:
    def read(text: str) -> None:
        assert len(load(tmp_path, text).entries) == 1

    check_linear(read, lambda size: concept(body(size)), 4_000)
