"""Articles come out of every format with their text, roles, labels and metadata."""
# ruff: noqa: E501  # a row of a table is one line

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from toolkit import formats, labels
from toolkit.errors import InputError, UnsupportedError
from toolkit.formats import Unreadable, encodings, languages
from toolkit.schema import Article, Metadata

ROOT = Path(__file__).parents[1]
PROSE = "The ferry struck a sandbank on Wednesday, and the captain said that all were safe."
KOREAN = "여객선이 수요일에 모래톱에 부딪혔으나 승객은 모두 무사하다고 선장이 밝혔다."
UKRAINIAN = "У середу пором наскочив на мілину, але всі пасажири цілі, повідомив капітан судна."


@pytest.fixture
def put(tmp_path):
    """Write a file and give its path."""

    def write(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write


def blocks(article: Article) -> list[tuple[str, str]]:
    return [(b.kind, article.text[b.span.start : b.span.end]) for b in article.blocks]


def reason(path: Path | str, **options: str) -> InputError:
    """Why the one file cannot be read."""
    (item,) = formats.read([path], **options)
    assert isinstance(item, Unreadable)
    return item.error


# --- plain text --------------------------------------------------------------------------


def test_each_line_of_plain_text_is_a_block(put) -> None:
    path = put("harbour.txt", f"Ferry limps home\n\n{PROSE}\n  {PROSE}  \n12 January 2025\n")
    article = formats.read_one(path)
    assert (article.id, article.lang, article.source) == ("harbour", "en", "harbour.txt")
    assert blocks(article) == [
        ("title", "Ferry limps home"),
        ("paragraph", PROSE),
        ("paragraph", PROSE),
        ("label", "12 January 2025"),
    ]
    assert article.metadata == Metadata(date="2025-01-12")


@pytest.mark.parametrize(
    ("first", "kind"),
    [
        ("Ferry limps home", "title"),
        ("Ferry “limps home”", "title"),
        ("The ferry is home.", "paragraph"),
        ("“The ferry is home.”", "paragraph"),
        ("Is the ferry home?", "paragraph"),
        ("Passengers on the pier [@harbour_ua]", "caption"),
        ("date 2025-02-03 Passengers on the pier [@harbour_ua]", "caption"),
        ("By Dana Whitlock, Meridian Courier", "label"),
        ("KYIV, Jan 12 (Agency) — The ferry is home", "paragraph"),
        ("word " * 60, "paragraph"),
    ],
)
def test_the_role_of_a_first_line(first: str, kind: str, put) -> None:
    article = formats.read_one(put("a.txt", f"{first}\n{PROSE}\n"))
    assert article.blocks[0].kind == kind


def test_the_headline_may_stand_below_a_label(put) -> None:
    article = formats.read_one(put("a.txt", f"12 January 2025\nFerry limps home\n{PROSE}"))
    assert [kind for kind, _ in blocks(article)] == ["label", "title", "paragraph"]


def test_a_single_line_is_no_title(put) -> None:
    assert blocks(formats.read_one(put("a.txt", "Ferry home"))) == [("paragraph", "Ferry home")]


def test_a_long_paragraph_with_a_credit_at_its_end_is_no_caption(put) -> None:
    article = formats.read_one(put("a.txt", f"{PROSE} {PROSE} {PROSE} {PROSE} (AFP)\n{PROSE}"))
    assert [kind for kind, _ in blocks(article)] == ["paragraph", "paragraph"]


def test_what_labels_state_fills_the_metadata_but_a_photographer_does_not(put) -> None:
    text = f"By Dana Whitlock, Meridian Courier\n{PROSE}\nThe pier. Photo: Sam Reed / Daily Globe"
    assert formats.read_one(put("a.txt", text)).metadata == Metadata(
        outlet="Meridian Courier", byline="Dana Whitlock"
    )


def test_text_is_nfc_with_newlines_and_otherwise_as_it_was(put) -> None:
    text = formats.read_one(put("a.txt", f"  Cafe\u0301\r\nat  the\tpier\r{PROSE}\u00a0")).text
    assert text == f"  Café\nat  the\tpier\n{PROSE}\u00a0"


def test_lines_filled_to_a_margin_are_joined_and_others_are_not(put) -> None:
    words = (PROSE + " ") * 4
    filled, line = [], ""
    for word in words.split():
        if len(line) + 1 + len(word) > 60:
            filled.append(line)
            line = ""
        line = f"{line} {word}".strip()
    wrapped = "\n".join([*filled, line])
    article = formats.read_one(put("a.txt", f"{wrapped}\n\n{wrapped}\n"))
    assert [text for _, text in blocks(article)] == [words.strip()] * 2
    verse = formats.read_one(
        put("b.txt", "a pier\nthe sea\nthe ferry\nthe man\nthe end\n\nthe sea")
    )
    assert len(verse.blocks) == 6


# --- encodings ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
@pytest.mark.parametrize("text", [PROSE, KOREAN, UKRAINIAN])
def test_unicode_is_read_with_or_without_a_mark(text: str, encoding: str) -> None:
    assert encodings.decode(text.encode(encoding)) == text


LEGACY = [
    *((text, "cp949") for text in (KOREAN, KOREAN[:12], "홍길동 기자 hong@pier.example 12일 10:05")),
    *((text, encoding)
      for text in (UKRAINIAN, UKRAINIAN[:24], "Київ, 12 січня (Агенція) — МЗС України")
      for encoding in ("cp1251", "koi8_u", "iso8859_5")),
    *((text, "cp1252") for text in ("Café owners said “no” – twice", "Zoë paid £5", "naïve")),
]  # fmt: skip


@pytest.mark.parametrize(("text", "encoding"), LEGACY)
def test_a_legacy_encoding_is_told_from_the_text(text: str, encoding: str) -> None:
    data = text.encode(encoding, "ignore")  # a dash that koi8_u lacks is not the point here
    assert encodings.decode(data) == data.decode(encoding)


@pytest.mark.parametrize("charset", ["euc-kr", "ks_c_5601-1987", "EUC-KR"])
def test_a_page_says_its_charset(charset: str) -> None:
    page = f'<html><meta charset="{charset}"><p>똠 {KOREAN[:3]}</p>'
    assert encodings.decode(page.encode("cp949"), is_html=True) == page


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "the file is empty"),
        (b" \n\t\xc2\xa0", "the file holds only white space"),
        (b"\xef\xbb\xbf", "the file holds only white space"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "expected text, found a PNG image"),
        (b"%PDF-1.7\n", "expected text, found a PDF document"),
        (b"PK\x03\x04\x14\x00", "expected text, found a zip archive or an office document"),
        (b"text\x00\x01\x02\x03 text", "expected text, found a binary file (NUL at offset 4)"),
        (
            (UKRAINIAN + "\n").encode() + b"a\xffb",
            "expected UTF-8, found byte 0xff at offset 151 (line 2)",
        ),
        ("\ufeffКиїв".encode("utf-16-le") + b"\x00\xd8", "found byte 0x00 at offset 10"),
    ],
)
def test_what_is_no_text_is_refused_with_the_reason(data: bytes, said: str, put) -> None:
    path = put("a.txt", data)
    error = reason(path)
    assert error.message.startswith(f"{path}: ")
    assert said in error.message
    assert error.exit_code == 3


# --- language ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (PROSE, "en"), (KOREAN, "ko"), (UKRAINIAN, "uk"), ("Kyiv", "en"), ("SBU", "en"), ("Київ", "uk"),
        ("서울 SBU NIS DPRK 오늘 발표", "ko"),
        (f"{PROSE} The pilot said “안녕하세요” and “добрий день”.", "en"),
        (f"{UKRAINIAN} Росіянин відповів: «Мы подъехали».", "uk"),
    ],
)  # fmt: skip
def test_the_language_is_detected(text: str, code: str) -> None:
    assert languages.detect(text) == code


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Kereta api itu tiba di sini.", "Indonesian (id) or Malay (ms)"),
        ("Путин сказал", "Russian (ru) or Bulgarian (bg)"),
    ],
)
def test_a_text_that_may_be_in_two_languages_names_them(text: str, names: str, put) -> None:
    error = reason(put("a.txt", text))
    assert isinstance(error, UnsupportedError)
    assert names in error.message or " or ".join(names.split(" or ")[::-1]) in error.message
    assert "--source-lang" in error.hint


def test_an_option_outranks_what_a_file_states_and_that_what_is_detected(put) -> None:
    path = put("a.md", f"---\nlang: uk-UA\n---\n{PROSE}")
    assert formats.read_one(path).lang == "uk"
    assert formats.read_one(path, lang="ko").lang == "ko"
    assert (
        "no language pack for 'xx'" in reason(put("b.md", f"---\nlang: xx\n---\n{PROSE}")).message
    )


def test_a_page_left_at_english_is_read_as_what_it_is(put) -> None:
    page = f'<html lang="en"><article><p>{KOREAN}</p><p>{KOREAN}</p></article></html>'
    assert formats.read_one(put("a.html", page)).lang == "ko"


def test_numbers_alone_have_no_language(put) -> None:
    assert "no letters to tell its language" in reason(put("a.txt", "12 345")).message


# --- Markdown ----------------------------------------------------------------------------

MARKDOWN = """---
title: Ferry limps home
Author:
  - Dana Whitlock
  - name: Sam Reed
publisher: Meridian Courier
date: 2025-01-12
lang: en
tags: [harbour, ferry]
---

# Ferry limps home

The *ferry* struck **a [sandbank](https://pier.example/a_(b) "map")** on
Wednesday, said [@harbour_ua] of [North Korean] origin.

## What next? ##

- First `item`
  goes on
- Second item of @one_two_three at <https://pier.example/x_y_z>

> “A quotation
> goes on”

![The pier at dawn (Photo: Sam Reed/AP)](pier.jpg)

3 \\* 4 &lt;script&gt;, AT&amp;T<br>and __all__ <b>that</b>.

---

```
let code = stay;
```
<!-- a note -->
<script>alert("never")</script>
"""


def test_markdown_gives_text_without_markup_and_signs_outside_the_blocks(put) -> None:
    article = formats.read_one(put("a.md", MARKDOWN))
    assert article.metadata == Metadata(
        title="Ferry limps home",
        outlet="Meridian Courier",
        date="2025-01-12",
        byline="Dana Whitlock, Sam Reed",
    )
    assert blocks(article) == [
        (
            "paragraph",
            "The ferry struck a sandbank on Wednesday, said [@harbour_ua] of [North Korean] origin.",
        ),
        ("heading", "What next?"),
        ("paragraph", "First item goes on"),
        ("paragraph", "Second item of @one_two_three at https://pier.example/x_y_z"),
        ("paragraph", "“A quotation goes on”"),
        ("caption", "The pier at dawn (Photo: Sam Reed/AP)"),
        ("paragraph", "3 * 4 <script>, AT&T and all that."),
    ]
    assert "\n\n## What next?\n\n- First item goes on\n- Second" in article.text
    assert "\n\n> “A quotation" in article.text


def test_a_first_heading_is_the_title_where_no_front_matter_gives_one(put) -> None:
    article = formats.read_one(
        put("a.md", f"Ferry home\n==========\n\n{PROSE}\n\n# Later\n\n{PROSE}")
    )
    assert [kind for kind, _ in blocks(article)] == ["title", "paragraph", "heading", "paragraph"]


def test_rules_are_no_front_matter(put) -> None:
    text = f"---\n\n{PROSE}\n\n---\n{PROSE}"
    assert blocks(formats.read_one(put("a.md", text))) == [("paragraph", PROSE)] * 2


def test_front_matter_that_is_no_yaml_is_named_with_its_line(put) -> None:
    assert (
        "front matter, line 4"
        in reason(put("a.md", f"---\ntitle: a\ntags: [a\n---\n{PROSE}")).message
    )


# --- pages -------------------------------------------------------------------------------


def page(*body: str, head: str = "", lang: str = "en") -> str:
    return (
        f"<!doctype html><html lang='{lang}'><head>{head}</head><body>{''.join(body)}</body></html>"
    )


NAV = "<nav><ul><li><a href='/'>Home</a></li><li>Sport</li></ul></nav>"
FOOTER = "<footer><p>© 2026 Harbour Wire. All rights reserved.</p></footer>"
LONG = [
    f"<p>{PROSE} It was crossing number {n} of the year, the harbour office added.</p>"
    for n in range(5)
]


def test_captions_and_bylines_keep_their_places_in_a_page(put) -> None:
    article = formats.read_one(
        put("a.html", page(
            NAV, "<div class='consent'><p>We store cookies on your device.</p></div>",
            "<main><article><h1>Ferry limps home</h1><p class='byline'>By Dana Whitlock, Harbour Wire</p>",
            "<figure><figcaption>The pier <span class='credit'>(Photo: Sam Reed/AP)</span></figcaption></figure>",
            LONG[0], LONG[1], "<h2>Repairs</h2>", LONG[2],
            "<figure><figcaption>Divers at work<cite>Getty Images</cite></figcaption></figure>",
            "<script>var evil = 'text';</script>", LONG[3], LONG[4],
            "<aside><a href='x'><figure><figcaption>Another story</figcaption></figure></a></aside>",
            "</article><section><h2>Related</h2><ul><li><a href='y'>Storm closes port</a></li></ul></section></main>",
            FOOTER,
        ))
    )  # fmt: skip
    kinds = [kind for kind, _ in blocks(article)]
    assert kinds == [
        "label",
        "caption",
        "paragraph",
        "paragraph",
        "heading",
        "paragraph",
        "caption",
        "label",
        "paragraph",
        "paragraph",
    ]
    texts = [text for _, text in blocks(article)]
    assert texts[1] == "The pier (Photo: Sam Reed/AP)"
    assert texts[6:8] == ["Divers at work", "Getty Images"]
    assert article.metadata == Metadata(
        title="Ferry limps home", outlet="Harbour Wire", byline="Dana Whitlock"
    )
    for intruder in ("cookies", "Home", "evil", "Another story", "Storm", "rights", "Related"):
        assert intruder not in article.text


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (
            {"@type": "NewsArticle", "headline": "A &amp; B", "datePublished": "2026-03-05T08:00:00Z",
             "author": {"name": "Dana"}, "publisher": {"name": "Wire"}, "url": "https://w.example/a", "inLanguage": "en"},
            Metadata("A & B", "Wire", "2026-03-05", "Dana", "https://w.example/a"),
        ),
        (
            {"@graph": [{"@type": "WebPage", "name": "x"},
                        {"@type": ["ReportageNewsArticle"], "headline": "A", "author": [{"name": "Dana"}, "Sam"],
                         "publisher": {"@id": "#o"}, "mainEntityOfPage": {"@id": "https://w.example/b"}},
                        {"@type": "Organization", "@id": "#o", "name": "Wire"}]},
            Metadata("A", "Wire", None, "Dana, Sam", "https://w.example/b"),
        ),
        ([{"@type": "BreadcrumbList"}, {"@type": "NewsArticle", "headline": "A"}], Metadata("A", "Site", None, None, None)),
        ("{ no json", Metadata("Og", "Site", None, None, None)),
    ],
)  # fmt: skip
def test_a_page_says_where_it_comes_from(data: object, expected: Metadata, put) -> None:
    text = data if isinstance(data, str) else json.dumps(data)
    head = (
        f"<script type='application/ld+json'>{text}</script>"
        "<meta property='og:title' content='Og'><meta property='og:site_name' content='Site'>"
    )
    path = put("a.html", page("<article>", *LONG, "</article>", head=head))
    assert formats.read_one(path).metadata == expected


@pytest.mark.parametrize(
    "text",
    [
        page("<script>document.write('text')</script><noscript>Turn on scripts</noscript>"),
        page(NAV, FOOTER),
        "<html>",
        "<" * 1000,
    ],
)
def test_a_page_without_an_article_is_refused(text: str, put) -> None:
    assert "no article found in the page" in reason(put("a.html", text)).message


def test_menus_of_a_short_page_are_left_out(put) -> None:
    """trafilatura takes the whole body of a page as short as this."""
    text = page(
        "<div id='gnb'><ul><li>정치</li><li>경제</li></ul></div><h1>불이 났다</h1>",
        "<div>입력 2025-04-11 18:20</div><div itemprop='articleBody'>",
        f"(부산=연합뉴스) 홍길동 기자 = {KOREAN}<br><br>{KOREAN}</div>",
        "<div class='ranking'><h3>많이 본 뉴스</h3><ol><li>다른 뉴스</li></ol></div>",
    )
    article = formats.read_one(put("a.html", text))
    assert [kind for kind, _ in blocks(article)] == ["label", "paragraph", "paragraph"]
    assert article.metadata == Metadata("불이 났다", "연합뉴스", "2025-04-11", "홍길동")


@pytest.mark.parametrize(
    ("box", "kept"),
    [
        ('<div class="ad">{}</div>', False),
        ('<div id="article-ad-2"><div>{}</div></div>', False),
        ('<div class="social-links">{}</div>', False),
        ('<section class="box related">{}</section>', False),
        ('<div class="share-price">{}</div>', True),
        ('<div class="advice adorned shared">{}</div>', True),
        # What is as long as an article is one.
        (f'<div class="no-ad ad">{{}} {PROSE * 12}</div>', True),
    ],
)
def test_a_box_that_sells_is_no_part_of_the_article(put, box: str, kept: bool) -> None:
    sold = "Fine new shoes for the whole family cost half as much this week."
    inside = box.format(f"<p>{sold}</p>")
    text = page(
        f"<main><article><h1>Fire</h1><p>{PROSE}</p>{inside}<p>{PROSE}</p></article></main>"
    )
    assert (sold in formats.read_one(put("a.html", text)).text) is kept


def test_malformed_markup_and_escaped_tags_are_read(put) -> None:
    text = f"<article><p>{PROSE} &lt;script&gt;alert(1)&lt;/script&gt;<p>{PROSE}<b>Bold</article>"
    article = formats.read_one(put("a.html", text))
    assert "<script>alert(1)</script>" in article.text
    assert len(article.blocks) == 2


def test_paragraphs_may_be_line_breaks_and_no_break_spaces_stay(put) -> None:
    text = f"<div><article>{PROSE}<br><br>It cost 250&nbsp;000 euros.<br>{PROSE}</article></div>"
    article = formats.read_one(put("a.html", page(text)))
    assert [t for _, t in blocks(article)] == [PROSE, "It cost 250\u00a0000 euros.", PROSE]


# --- JSON lines --------------------------------------------------------------------------


def rows(*objects: object) -> str:
    return "".join((o if isinstance(o, str) else json.dumps(o)) + "\n" for o in objects)


def test_a_row_keeps_its_text_exactly(put) -> None:
    text = f" Ferry limps home\r\n\n{PROSE}\u2028{PROSE} "
    row = {
        "id": "storm",
        "text": text,
        "title": "Storm",
        "outlet": "Wire",
        "date": "3 May",
        "byline": "Dana",
        "url": "u",
        "lang": "en",
    }
    article = formats.read_one(put("wire.jsonl", rows(row)))
    assert (article.id, article.text, article.source) == ("storm", text, "wire.jsonl#storm")
    assert article.metadata == Metadata("Storm", "Wire", "3 May", "Dana", "u")
    assert [t for _, t in blocks(article)] == ["Ferry limps home", PROSE, PROSE]


BAD = [
    ("{", "no JSON: Expecting property name"),
    ("[1]", "expected an object, found [1]"),
    ({"id": "b", "text": PROSE, "Title": "x", "tags": []}, "unknown key 'Title', 'tags'"),
    ({"text": PROSE}, "expected key 'id', found 'text'"),
    ({"id": "b"}, "expected key 'text', found 'id'"),
    ({"id": 3, "text": PROSE}, "id: expected a string, found 3"),
    ({"id": "b", "text": " \n"}, "text: the text is empty"),
    ({"id": "b", "text": "…"}, "no words in the text"),
    ({"id": "a", "text": PROSE}, "id 'a' stands on line 1 already"),
    ({"id": "b", "text": PROSE, "lang": "xx"}, "no language pack for 'xx'"),
    ('{"id": "b", "text": "half \\ud83d"}', "text: half a character (U+D83D at 5)"),
    ("[" * 100_000, "no JSON"),
    ('{"id": "b", "text": ' + "9" * 5000 + "}", "no JSON"),
]


@pytest.mark.parametrize(("row", "said"), BAD, ids=[said for _, said in BAD])
def test_a_bad_row_is_named_with_its_line_and_the_rest_goes_on(row: object, said: str, put) -> None:
    good = {"id": "a", "text": PROSE}
    path = put("wire.jsonl", rows(good, row, "", {**good, "id": "c"}))
    first, bad, last = formats.read([path])
    assert (first.id, last.id) == ("a", "c")
    assert bad.source == f"{path}:2"
    assert bad.error.message.startswith(f"{path}:2: {said}")


def test_bytes_that_are_no_utf8_are_the_fault_of_their_line(put) -> None:
    path = put(
        "wire.jsonl", b'{"id": "a", "text": "\xff"}\n' + rows({"id": "b", "text": PROSE}).encode()
    )
    bad, good = formats.read([path])
    assert "expected UTF-8, found byte 0xff at 21" in bad.error.message
    assert good.id == "b"


@pytest.mark.parametrize("name", ["a.json", "a"])
def test_one_object_and_an_array_of_objects_are_read(name: str, put) -> None:
    one = json.dumps({"id": "a", "text": PROSE}, indent=1)
    assert [a.id for a in formats.read([put(name, one)])] == ["a"]
    two = json.dumps([{"id": "a", "text": PROSE}, {"id": "b", "text": PROSE}], indent=1)
    assert [a.id for a in formats.read([put(name, two)])] == ["a", "b"]


# --- files, folders, standard input ------------------------------------------------------


def test_folders_give_their_known_files_sorted_once_and_without_hidden_ones(put, tmp_path) -> None:
    for name in (
        "b.txt",
        "a/z.md",
        "a/b.txt",
        ".hidden.txt",
        ".git/c.txt",
        "notes.pdf",
        "a/photo.png",
    ):
        put(f"in/{name}", PROSE)
    found = list(formats.read([tmp_path / "in", tmp_path / "in/b.txt", tmp_path / "in/a"]))
    assert [(a.id, a.source) for a in found] == [("b", "b.txt"), ("a/b", "b.txt"), ("a/z", "z.md")]


def test_no_two_articles_share_an_id(put, tmp_path) -> None:
    paths = [put(name, PROSE) for name in ("x/a.txt", "y/a.txt", "z/a.md")]
    assert [a.id for a in formats.read(paths)] == ["a", "a.txt", "a.md"]
    row = put("r.jsonl", rows({"id": "a", "text": PROSE}))
    *_, bad = formats.read([paths[0], row])
    assert "id 'a' is taken by a.txt" in bad.error.message


def test_what_cannot_be_read_does_not_stop_the_rest(put, tmp_path) -> None:
    put("in/a.txt", b"\x89PNG\x00")
    put("in/b.txt", PROSE)
    put("in/c.txt", "")
    (tmp_path / "empty").mkdir()
    items = list(formats.read([tmp_path / "absent", tmp_path / "in", tmp_path / "empty"]))
    said = [item.error.message if isinstance(item, Unreadable) else item.id for item in items]
    assert [Path(text.split(": ")[0]).name for text in said] == [
        "absent",
        "a.txt",
        "b",
        "c.txt",
        "empty",
    ]
    assert said[0].endswith("no such file or folder")
    assert said[4].endswith("the folder holds no article")


def test_read_one_takes_exactly_one_article(put) -> None:
    path = put("a.jsonl", rows({"id": "a", "text": PROSE}, {"id": "b", "text": PROSE}))
    with pytest.raises(InputError, match="expected one article, found several"):
        formats.read_one(path)
    with pytest.raises(InputError, match="no such file"):
        formats.read_one("absent.txt")
    with pytest.raises(InputError, match="holds no article"):
        formats.read_one(put("b.jsonl", "\n"))


@pytest.mark.parametrize(
    ("text", "kind", "title"),
    [
        (f"Ferry home\n{PROSE}", "text", None),
        (f"---\ntitle: Ferry\n---\n{PROSE}", "markdown", "Ferry"),
        (f"--- the pier ---\n{PROSE}", "text", None),
        (f"<!DOCTYPE html><title>x</title><article><h1>Ferry</h1><p>{PROSE}</article>", "html", "Ferry"),
        (json.dumps({"id": "x", "title": "Ferry", "text": PROSE}), "jsonl", "Ferry"),
        (f"[Updated] {PROSE}", "text", None),
    ],
)  # fmt: skip
def test_the_format_of_standard_input_is_seen(
    text: str, kind: str, title: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    article = formats.read_one("-")
    assert article.metadata.title == title
    assert article.source == ("-#x" if kind == "jsonl" else "-")
    assert article.id == ("x" if kind == "jsonl" else "stdin")


def test_a_form_can_be_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(f"# Ferry\n\n{PROSE}".encode())))
    assert formats.read_one("-", form="markdown").blocks[0].kind == "title"


def test_xml_that_is_no_page_is_unsupported(put) -> None:
    assert "found XML" in reason(put("a.xml", "<?xml version='1.0'?><tmx/>")).message


# --- invariants --------------------------------------------------------------------------


def test_blocks_of_the_samples_lie_where_they_say() -> None:
    found = [a for a in formats.read([ROOT / "samples/articles"]) if isinstance(a, Article)]
    assert len(found) >= 8
    for article in found:
        spans = [b.span for b in article.blocks]
        assert spans == sorted(spans)
        for span in spans:
            text = article.text[span.start : span.end]
            assert text
            assert text == text.strip()
        outside = article.text
        for span in reversed(spans):
            outside = outside[: span.start] + outside[span.end :]
        assert not any(c.isalnum() for c in outside)
        assert labels.find(article) or article.id == "exchange-offer"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.txt", PROSE * 3000),
        ("b.md", PROSE * 3000),
        ("c.md", "[" * 20_000 + "*a" * 20_000 + "`a" * 20_000 + "<a" * 20_000 + f"\n\n{PROSE}"),
        ("d.html", f"<article><p>{PROSE * 3000}</p></article>"),
        ("e.html", "<div>" * 20_000 + "text"),
        ("f.txt", "x\n" * 20_000 + PROSE),
    ],
)  # fmt: skip
def test_a_line_of_any_length_is_read_or_refused_at_once(name: str, text: str, put) -> None:
    """Each takes a few tenths of a second; a rule gone quadratic would take minutes."""
    (item,) = formats.read([put(name, text)], lang="en")
    assert isinstance(item, (Article, Unreadable))
