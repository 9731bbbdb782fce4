"""The article's own file in another language: pages and documents, only their text changed."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.commands import toolkit
from toolkit import formats, labels, segmentation, translation
from toolkit.errors import InputError, UsageError
from toolkit.formats import docx, outputs, page
from toolkit.formats.inline import Run, distribute
from toolkit.formats.layout import Piece, Row
from toolkit.schema import Agreement, Provenance, Result, Span, Translation, TranslationUnit
from toolkit.testing import ScriptedEngine

SAMPLES = Path(__file__).parents[1] / "samples"


def _turned(text: str) -> str:
    """A translation that is nobody's: each word of letters backwards, placeholders as they are."""
    return re.sub(r"[^\W\d_]+", lambda word: word[0][::-1], text)


def translated(path: Path, lang: str = "ko") -> Result:
    """The article of a file with every sentence turned; nothing is checked or repaired."""
    article = formats.read_one(path, lang="en")
    found = labels.find(article)
    segments = segmentation.segment(article, found)
    engine = ScriptedEngine(lambda request: _turned(request.text))
    sources = translation.passages(article, found, segments)
    units = translation.translate(sources, engine, "en", lang)
    title = next((unit.target for unit in units if unit.id == translation.TITLE), None)
    made = Translation(lang, translation.splice(article, segments, units), units, title)
    return Result(article, "b2:0", found, segments, None, (made,), Provenance("0", "turned"))


# --- text into runs -----------------------------------------------------------------------


def sentence(source: str, target: str, *spans: tuple[str, str]) -> tuple[Row, list[Agreement]]:
    """A block of one sentence, and the facts said to agree in it."""
    unit = TranslationUnit("s1", source, target, "en", "ko", "translated", "m", 1)
    agreements = [
        Agreement("x", "s1", _span(source, a), _span(target, b), "equal") for a, b in spans
    ]
    row = Row("paragraph", 1, (Piece(Span(0, len(source)), source, target, "s1", unit),))
    return row, agreements


def _span(text: str, part: str) -> Span:
    start = text.index(part)
    return Span(start, start + len(part))


def runs(text: str) -> list[Run]:
    """`plain *bold* [link]` as runs."""
    found = re.findall(r"\*[^*]*\*|\[[^\]]*\]|[^*\[]+", text)
    return [
        Run(len(part.strip("*[]")), "b" if part[0] == "*" else None, link=part[0] == "[")
        for part in found
    ]


@pytest.mark.parametrize(
    ("marked", "target", "known", "parts"),
    [
        # Words that stand there too, or facts that agree, keep their markup.
        ("Call [01632 960] now.", "지금 01632 960로.", [], ["지금 ", "01632 960", "로."]),
        (
            "On [Monday, 4 March] it left.",
            "3월 4일 월요일에 떠났다.",
            [("Monday, 4 March", "3월 4일 월요일")],
            ["", "3월 4일 월요일", "에 떠났다."],
        ),
        ("It cost *$4m* then.", "당시 400만 달러.", [("$4m", "400만 달러")],
         ["당시 ", "400만 달러", "."]),
        # A link whose words nobody knows takes as many at about its place.
        ("The [harbour office] said so.", "항만 사무소가 그렇게 말했다.", [],
         ["항만 ", "사무소가", " 그렇게 말했다."]),
        # Other markup inside a sentence is not guessed.
        ("It did *not* sink.", "가라앉지 않았다.", [], ["가라앉지 않았다.", "", ""]),
        # What holds the whole sentence keeps it.
        ("*It sank.*", "가라앉았다.", [], ["가라앉았다."]),
        ("[It sank.]", "가라앉았다.", [], ["가라앉았다."]),
        # Links that change places stay in theirs, and none is lost.
        ("[Kyiv] and [Busan] met.", "Busan과 Kyiv가 만났다.", [],
         ["Busan과 Kyiv", "가", " ", "만났다", "."]),
    ],
)  # fmt: skip
def test_words_go_where_their_source_stood_if_that_is_known(marked, target, known, parts):
    row, agreements = sentence(re.sub(r"[*\[\]]", "", marked), target, *known)
    texts = distribute(row, runs(marked), agreements)
    assert "".join(texts) == target
    if marked.startswith("[Kyiv]"):
        assert all(texts[n].strip() for n, run in enumerate(runs(marked)) if run.link)
    elif "harbour" in marked:
        assert texts[1].strip()
    else:
        assert texts == parts


PIECE = st.tuples(st.text("ab 1,.", min_size=1, max_size=12), st.text("가나 1,.", max_size=12))


@given(st.lists(PIECE, min_size=1, max_size=4), st.data())
@settings(max_examples=60, deadline=None)
def test_the_runs_of_a_block_are_its_translation_in_order(pieces, data):
    row_pieces = []
    for n, (source, target) in enumerate(pieces):
        unit = TranslationUnit(str(n), source, target, "en", "ko", "translated", "m", 1)
        row_pieces.append(Piece(Span(0, 0), source, target or source, str(n), unit))
    row = Row("paragraph", 1, tuple(row_pieces))
    rest, cut = len(row.source), []
    while rest:
        length = data.draw(st.integers(1, rest))
        style, link = data.draw(st.sampled_from("ab")), data.draw(st.booleans())
        cut.append(Run(length, style, link))
        rest -= length
    agreed = []
    for piece in row.pieces:
        a = data.draw(st.integers(0, len(piece.source)))
        b = data.draw(st.integers(0, len(piece.target)))
        agreed.append(
            Agreement(
                "x", piece.segment_id, Span(a, len(piece.source)), Span(b, len(piece.target)), "r"
            )
        )
    assert "".join(distribute(row, cut, agreed)) == row.target


# --- pages --------------------------------------------------------------------------------

PAGE = """<!DOCTYPE html>
<html lang='en' xml:lang=en><head><meta charset="euc-kr">
<title>Ferry late</title>
<style>p > b { color: red }</style>
<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Ferry late"}</script>
<script>if (1 < 2) document.write("<p>Ferry late</p>");</script></head>
<body class=x><nav><a href="/">Ferry late</a> | <a href="/b">Some &amp; others</a></nav>
<!-- a comment: Ferry late -->
<article><h1 id="top">Ferry   late</h1>
<p>The ferry left &ldquo;late&rdquo; at&nbsp;noon &amp; came back.
   It was <b>not</b> full, <a href="/crew?a=1&amp;b=2">the crew</a> said on <i>Monday</i>.</p>
<!-- two --><p><strong>Nobody was hurt at all, officials told reporters there.</strong><br>
Some 340 people were on board the vessel that morning, they said.</p>
<figure><img src="a.jpg" alt="A ferry" title="Ferry late"><figcaption>The ferry at the pier
<small>(Photo: Ann Lee/Harbour Wire)</small></figcaption></figure>
<p>Repairs will take <!-- three --> a week, </b>and a bus will run
along the coast road until then, it said.</p>
</article><aside>Read on</aside><footer>&copy; Harbour Post</footer></body></html>
"""


def tags(text: str) -> list[str]:
    pattern = r"<!--.*?-->|<(?:script|style).*?</(?:script|style)>|<[^>]*>"
    return re.findall(pattern, text, re.DOTALL)


def test_of_a_page_only_the_text_of_the_article_changes(tmp_path):
    path = tmp_path / "a.html"
    path.write_text(PAGE)
    result = translated(path)
    made = page.write(PAGE, result, result.translations[0])
    wanted = PAGE.replace("lang='en' xml:lang=en", 'lang="ko" xml:lang="ko"').replace(
        "euc-kr", "utf-8"
    )
    assert tags(made) == tags(wanted)
    assert "<title>yrreF etal</title>" in made
    assert '<h1 id="top">yrreF etal</h1>' in made
    assert "<p>ehT yrref tfel “etal” ta\xa0noon &amp; emac kcab. tI saw " in made
    assert ">(Photo: Ann Lee/Harbour Wire)</small>" in made
    assert "<b></b>" in made  # an emphasis nobody can place
    assert re.search(r'<a href="/crew\?a=1&amp;b=2">[^<]+</a>', made)
    assert "<strong>ydoboN saw truh ta lla, slaiciffo dlot sretroper ereht.</strong><br>" in made
    # What is not the article stays as it is.
    assert made.startswith(wanted[: wanted.index("<title>")])
    assert (
        made[made.index("<body") : made.index("<article>")]
        == (wanted[wanted.index("<body") : wanted.index("<article>")])
    )
    assert made.endswith(wanted[wanted.index("</article>") :])
    again = tmp_path / "b.html"
    again.write_text(made)
    assert formats.read_one(again, lang="ko").text.endswith(result.translations[0].text[-80:])


def test_a_page_of_the_samples_reads_back_as_its_translation(tmp_path):
    path = SAMPLES / "articles" / "harbour-ferry.html"
    result = translated(path)
    made = page.write(path.read_text("utf-8"), result, result.translations[0])
    (tmp_path / "b.html").write_text(made, "utf-8")
    again = formats.read_one(tmp_path / "b.html", lang="ko")
    # The headline of the JSON-LD is not that of the page any more.
    assert again.text.endswith(result.translations[0].text)


@given(st.text(st.sampled_from("<>&\"'/ abк가;#\xa0"), min_size=1, max_size=30))
@settings(max_examples=15, deadline=None)
def test_no_translation_becomes_markup(text):
    text = "w" + " ".join(text.split()) + "w"
    result = _RESULT[0]
    (turned,) = result.translations
    units = tuple(
        replace(unit, target=text) if unit.source.startswith("Repairs") else unit
        for unit in turned.units
    )
    made = page.write(PAGE, result, replace(turned, units=units))
    assert tags(made)[10:] == tags(_PLAIN[0])[10:]


_RESULT: list[Result] = []
_PLAIN: list[str] = []


@pytest.fixture(scope="module", autouse=True)
def _page_once(tmp_path_factory):
    path = tmp_path_factory.mktemp("page") / "a.html"
    path.write_text(PAGE)
    _RESULT.append(translated(path))
    _PLAIN.append(page.write(PAGE, _RESULT[0], _RESULT[0].translations[0]))


def test_another_page_than_the_one_that_was_read_is_refused():
    changed = PAGE.replace("bus will run", "train will run")
    with pytest.raises(InputError, match="expected the page this article was read from"):
        page.write(changed, _RESULT[0], _RESULT[0].translations[0])


# --- documents ----------------------------------------------------------------------------


@pytest.fixture
def document(tmp_path: Path) -> Path:
    word = pytest.importorskip("docx", reason="needs python-docx")
    made = word.Document()
    made.add_heading("Ferry late", 0)
    made.add_paragraph("KYIV, Jan 12 (Harbour Wire) — The ferry left late on Sunday.")
    made.add_heading("What happened", 2)
    whole = made.add_paragraph()
    whole.add_run("Nobody was hurt.").bold = True
    whole.add_run(" It was ")
    whole.add_run("not").italic = True
    whole.add_run(" full. Some 3")
    whole.add_run("40 people\twaited.")
    made.add_paragraph("First, the crew left the boat.", style="List Bullet")
    made.add_paragraph("Then the passengers followed them.", style="List Number")
    table = made.add_table(2, 2)
    for n, text in enumerate(("Boat", "People aboard", "Grey Heron", "340")):
        table.cell(n // 2, n % 2).text = text
    made.add_paragraph("The ferry at the pier (Photo: Ann Lee/Harbour Wire)", style="Caption")
    made.add_paragraph("One line\nand another line")
    made.sections[0].header.paragraphs[0].text = "Do not touch"
    path = tmp_path / "ferry.docx"
    made.save(str(path))
    return path


def test_a_document_is_read_paragraph_by_paragraph_with_its_styles(document):
    article = formats.read_one(document, lang="en")
    shown = [(b.kind, article.text[b.span.start : b.span.end]) for b in article.blocks]
    assert shown == [
        ("title", "Ferry late"),
        ("paragraph", "KYIV, Jan 12 (Harbour Wire) — The ferry left late on Sunday."),
        ("heading", "What happened"),
        ("paragraph", "Nobody was hurt. It was not full. Some 340 people waited."),
        ("paragraph", "First, the crew left the boat."),
        ("paragraph", "Then the passengers followed them."),
        ("paragraph", "Boat"),
        ("paragraph", "People aboard"),
        ("paragraph", "Grey Heron"),
        ("paragraph", "340"),
        ("caption", "The ferry at the pier (Photo: Ann Lee/Harbour Wire)"),
        ("paragraph", "One line"),
        ("paragraph", "and another line"),
    ]


def test_a_heading_that_opens_a_document_without_a_title_is_its_title(tmp_path):
    word = pytest.importorskip("docx", reason="needs python-docx")
    made = word.Document()
    made.add_heading("Ferry late", 1)
    made.add_paragraph("The ferry left late on Sunday.")
    made.add_heading("What happened", 1)
    made.save(str(tmp_path / "ferry.docx"))
    article = formats.read_one(tmp_path / "ferry.docx", lang="en")
    assert [block.kind for block in article.blocks] == ["title", "paragraph", "heading"]


def test_a_document_comes_out_with_its_text_translated_and_nothing_else(document):
    word = pytest.importorskip("docx", reason="needs python-docx")
    result = translated(document)
    made = docx.write(document.read_bytes(), result, result.translations[0])
    before, after = word.Document(str(document)), word.Document(io.BytesIO(made))
    assert [p.style.name for p in after.paragraphs] == [p.style.name for p in before.paragraphs]
    assert [p.text for p in after.paragraphs] == [
        "yrreF etal",
        "KYIV, Jan 12 (Harbour Wire) — ehT yrref tfel etal no yadnuS.",
        "tahW deneppah",
        "ydoboN saw truh. tI saw ton lluf. emoS 340 elpoep detiaw.\t",
        "tsriF, eht werc tfel eht taob.",
        "nehT eht sregnessap dewollof meht.",
        "ehT yrref ta eht reip (Photo: Ann Lee/Harbour Wire)",
        "enO enil\ndna rehtona enil",
    ]
    looks = [(run.text, run.bold, run.italic) for run in after.paragraphs[3].runs]
    assert looks[0] == ("ydoboN saw truh.", True, None)
    assert looks[2] == ("", None, True)  # an emphasis nobody can place
    assert [c.text for row in after.tables[0].rows for c in row.cells] == [
        "taoB", "elpoeP draoba", "yerG noreH", "340",
    ]  # fmt: skip
    assert after.sections[0].header.paragraphs[0].text == "Do not touch"
    with zipfile.ZipFile(document) as old, zipfile.ZipFile(io.BytesIO(made)) as new:
        assert old.namelist() == new.namelist()
        for name in old.namelist():
            if name != "word/document.xml":
                assert old.read(name) == new.read(name), name
    again = document.with_name("again.docx")
    again.write_bytes(made)
    assert formats.read_one(again, lang="ko").text == result.translations[0].text


def _with_body(document: Path, body: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(document) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, body if name == "word/document.xml" else old.read(name))
    return out.getvalue()


BODY = (
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
    "<w:body>{}</w:body></w:document>"
)


def test_deleted_text_is_not_read_and_a_text_box_is_read_once(document):
    box = "<w:txbxContent><w:p><w:r><w:t>In a box.</w:t></w:r></w:p></w:txbxContent>"
    body = BODY.format(
        "<w:p><w:del><w:r><w:delText>Gone</w:delText></w:r></w:del>"
        '<w:ins><w:r><w:t xml:space="preserve">Came in </w:t></w:r></w:ins>'
        "<w:hyperlink><w:r><w:t>a link</w:t></w:r></w:hyperlink>"
        "<w:r><w:instrText>PAGE</w:instrText></w:r>"
        f"<w:r><mc:AlternateContent><mc:Choice>{box}</mc:Choice>"
        f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    draft = docx.read(_with_body(document, body.encode()))
    assert draft.text == "Came in a link\n\nIn a box."


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"PK\x03\x04 nothing", "expected a .docx document"),
        (b"", "expected a .docx document"),
        (b'<!DOCTYPE d [<!ENTITY a "aaaa">]>' + BODY.format("<w:p/>").encode(), "document type"),
        (b"<w:document>", "word/document.xml in the document: line 1"),
        (b"<x/>", "expected the body"),
    ],
)
def test_a_damaged_or_hostile_document_is_named(document, data, says):
    given = data if data[:2] != b"<!" and not data.startswith(b"<") else _with_body(document, data)
    path = document.with_name("bad.docx")
    path.write_bytes(given)
    (item,) = formats.read([path], lang="en")
    assert isinstance(item, formats.Unreadable)
    assert says in item.error.message
    assert str(path) in item.error.message


def test_a_body_that_unpacks_to_more_than_a_body_can_be_is_refused(document, monkeypatch):
    monkeypatch.setattr(docx, "_LARGEST_BODY", 1000)
    with pytest.raises(InputError, match="is larger than"):
        docx.read(document.read_bytes())


# --- the command line ---------------------------------------------------------------------


def test_pages_and_documents_are_written_beside_each_other(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "harbour-ferry.html").write_bytes(
        (SAMPLES / "articles" / "harbour-ferry.html").read_bytes()
    )
    (tmp_path / "toolkit.toml").write_text(f'memories = ["{SAMPLES / "memory.tmx"}"]\n')
    done = toolkit(
        *("translate", "in", "--lang", "ko", "--format", "page", "--out", "out"), cwd=tmp_path
    )
    assert done.returncode == 0, done.stderr
    made = (tmp_path / "out" / "harbour-ferry.ko.html").read_text("utf-8")
    assert "<h1>340명을 태운 솔트미어 여객선" in made
    done = toolkit(
        *("translate", "in", "--lang", "ko", "--format", "docx", "--out", "out"), cwd=tmp_path
    )
    assert done.stderr.endswith(b"wrote 1 file to out: harbour-ferry.ko.docx\n")
    done = toolkit(
        *("translate", "in", "--lang", "ko", "--format", "srt", "--out", "out"), cwd=tmp_path
    )
    assert done.returncode == 3
    assert b"harbour-ferry.html: --format srt needs the .srt file" in done.stderr
    done = toolkit("run", "in", "--lang", "ko", "--out", "run", "--quiet", cwd=tmp_path)
    done = toolkit("export", "run", "--format", "page", cwd=tmp_path)
    assert done.stdout.decode() == made


def test_a_document_is_written_as_a_file_and_never_to_standard_output(document, tmp_path):
    result = translated(document)
    originals = formats.originals([document], (".docx",))
    with pytest.raises(UsageError, match="writes files"):
        outputs.write([result], "docx", None, originals)
    outputs.write([result], "docx", tmp_path / "out", originals)
    (made,) = (tmp_path / "out").iterdir()
    assert made.name == "ferry.ko.docx"
    assert formats.read_one(made, lang="ko").text == result.translations[0].text
    document.write_bytes(b"gone")
    failed: list[str] = []
    outputs.write(
        [result], "docx", tmp_path / "out", originals, lambda _, error: failed.append(str(error))
    )
    assert failed == ["ferry.docx: expected a .docx document, found none: File is not a zip file"]
