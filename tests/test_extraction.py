"""What of a page is its article: nothing of it is lost, wherever a menu's words stand."""

from __future__ import annotations

import gzip
import json
import re
import unicodedata
from pathlib import Path

import pytest
from lxml import html as lxml_html

from tests.growth import check_linear
from toolkit import formats
from toolkit.formats import declared
from toolkit.formats.extraction import align, letters

REAL = Path(__file__).parents[2] / "shared" / "eval" / "real"
PARAGRAPHS = [
    "The council of Port Ellery voted on Tuesday to close the old pier for two years.",
    "Harbour master Ida Moss said the piles had lost a third of their strength since 1998.",
    "Ferries will leave from the north quay, and 14 stalls will move with them in March.",
    "The work costs $4.2 million, of which the world heritage fund pays a quarter.",
    "Traders asked for lower rents until the pier opens, and got half of what they wanted.",
    "Anyone who sells fish on the pier may apply before the end of the month, she added.",
]


def page(menu: str, paragraphs: list[str], at: int) -> str:
    """A page with a menu's word before the paragraph at this place."""
    body = [f"<p>{text}</p>" for text in paragraphs]
    body.insert(at, f"<div><span>{menu}</span></div>")
    return f"<html lang='en'><body><h1>Pier to close</h1>{''.join(body)}</body></html>"


@pytest.mark.parametrize("at", range(7))
@pytest.mark.parametrize("menu", ["World", "March", "The", "Ferries", "fish on the pier"])
def test_a_menus_word_costs_no_paragraph_wherever_it_stands(tmp_path, menu: str, at: int):
    file = tmp_path / "a.html"
    file.write_text(page(menu, PARAGRAPHS, at), encoding="utf-8")
    read = formats.read_one(file).text
    assert [text for text in PARAGRAPHS if text not in read] == []


@pytest.mark.parametrize(
    ("paragraphs", "lines", "kept"),
    [
        (["world", "alongparagraph", "theworldends"], ["alongparagraph", "theworldends"], [1, 2]),
        (["arefrainthatcomes", "x", "arefrainthatcomes"], ["arefrainthatcomes"], [0]),
        (["onepartoftheline", "anotherpartofit"], ["onepartofthelineanotherpartofit"], [0, 1]),
        (["name", "points", "anna", "12"], ["namepoints", "anna12"], [0, 1, 2, 3]),
        (["", "nothingofthepage"], ["somethingelseentirely"], []),
        ([], [], []),
    ],
    ids=["a menu's word", "a refrain", "a line in two", "a table", "nothing", "empty"],
)
def test_the_chain_with_most_letters_is_taken(paragraphs, lines, kept):
    assert align(paragraphs, lines) == kept


@pytest.mark.slow
def test_the_work_grows_with_the_page():
    def make(size: int) -> list[str]:
        return [letters(f"{PARAGRAPHS[n % 6]} {n}") for n in range(size)]

    check_linear(lambda texts: align([*texts, *["world"] * len(texts)], texts), make, 400)


def test_an_article_in_a_script_is_taken_and_said(tmp_path):
    data = {"@type": "NewsArticle", "headline": "Pier", "articleBody": "\n\n".join(PARAGRAPHS)}
    file = tmp_path / "a.html"
    script = f"<script type='application/ld+json'>{json.dumps(data)}</script>"
    file.write_text(f"<html lang='en'><head>{script}</head><body><p>Menu</p></body></html>")
    read = formats.read_one(file)
    assert PARAGRAPHS[3] in read.text
    assert "compare it with the page" in read.notes[0]


def test_of_two_articles_on_a_page_the_one_under_the_headline_is_read(tmp_path):
    short = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
    long = "".join(
        f"<p>{text[::-1].capitalize()} And so on, and on.</p>" for text in PARAGRAPHS * 4
    )
    file = tmp_path / "a.html"
    file.write_text(
        "<html lang='en'><head><meta property='og:title' content='Pier to close'></head><body>"
        f"<article><h1>Pier to close</h1>{short}</article>"
        f"<article><h2>Something else</h2>{long}</article></body></html>"
    )
    read = formats.read_one(file)
    assert PARAGRAPHS[0] in read.text
    assert "And so on" not in read.text


@pytest.mark.parametrize("depth", [10, 240, 600])
def test_an_article_nested_deep_is_read(tmp_path, depth: int):
    body = "".join(f"<p>{text}</p>" for text in PARAGRAPHS[:2])
    nested = f"{'<div>' * depth}{body}{'</div>' * depth}"
    file = tmp_path / "a.html"
    file.write_text(f"<html lang='en'><body><h1>Pier</h1>{nested}</body></html>")
    assert PARAGRAPHS[0] in formats.read_one(file).text


def test_names_nested_without_end_are_no_name(tmp_path):
    author: object = "Ida Moss"
    for _ in range(600):
        author = [author]
    data = json.dumps({"@type": "NewsArticle", "headline": "Pier", "author": author})
    body = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
    file = tmp_path / "a.html"
    file.write_text(f"<html lang='en'><script type='application/ld+json'>{data}</script>{body}")
    assert formats.read_one(file).metadata.byline is None


@pytest.mark.slow
@pytest.mark.skipif(not REAL.is_dir(), reason="the real pages lie outside the repository")
def test_real_pages_lose_next_to_nothing(tmp_path):
    lost = leads = total = 0
    rows = (REAL / "pages.jsonl").read_text(encoding="utf-8").splitlines()
    for gold in map(json.loads, rows[::4]):
        file = tmp_path / f"{gold['id']}.html"
        file.write_bytes(gzip.decompress((REAL / "pages" / f"{gold['id']}.html.gz").read_bytes()))
        whole = _plain(formats.read_one(file).text)
        wanted = [plain for text in gold["paragraphs"] if len(plain := _plain(text)) >= 20]
        missing = [plain for plain in wanted if plain[:60] not in whole]
        lost, total = lost + len(missing), total + len(wanted)
        leads += bool(wanted) and wanted[0] in missing
    assert lost <= 0.02 * total
    assert leads <= 0.02 * len(rows[::4])


def _plain(text: str) -> str:
    return re.sub(r"\W+", "", unicodedata.normalize("NFKC", text)).lower()


def test_a_desk_of_the_outlet_is_no_writer_and_a_kicker_no_title() -> None:
    page = (
        '<head><meta property="og:site_name" content="n-tv"><meta name="author" content="n-tv '
        'NACHRICHTEN, Ada Lind"><meta property="og:title" content="The ferry sails again">'
        '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Harbour: The '
        'ferry sails again"}</script></head>'
    )
    said, _ = declared.metadata(lxml_html.fromstring(f"<html>{page}<body></body></html>"))
    assert (said.title, said.byline) == ("The ferry sails again", "Ada Lind")
