from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest

from toolkit import runs
from toolkit.formats import report
from toolkit.formats.markup import Mark, marked, web_link
from toolkit.schema import (
    Agreement,
    Article,
    Block,
    Finding,
    Label,
    Metadata,
    Plan,
    Provenance,
    Result,
    Segment,
    Span,
    Summary,
    SummarySentence,
    Translation,
    TranslationUnit,
)
from toolkit.terms import Termbase
from toolkit.testing import EchoEngine

CAPTION, CREDIT = "A ferry at dawn", "[@x]"
FIRST, SECOND = "Some 10,000 people waited.", "No. 84 sailed at noon."
TEXT = f"{CAPTION} {CREDIT}\n\n{FIRST} {SECOND}"
TARGETS = {
    "ko": ("여객선 지연", "새벽의 여객선", "약 1만 명이 기다렸다.", "84호는 정오에 떠났다."),
    "uk": ("Пором спізнився", "Пором на світанку", "Чекали 10 тисяч.", "№ 48 вийшов."),
}
CHANGED = Finding(
    "number/mistranslation", "error", "s3", "No. 84", "№ 48", Span(0, 6), Span(0, 4), "left over"
)
LOST = Finding("time/omission", "warning", "s3", "noon", None, Span(17, 21), None)
UNKNOWN = Finding("name/omission", "info", "s2", None, None)


def _span(text: str) -> Span:
    start = TEXT.index(text)
    return Span(start, start + len(text))


def _summary(lang: str, text: str) -> Summary:
    return Summary(lang, "lexical", (SummarySentence(text, ("s2",), 2, _span(FIRST)),))


def _translation(lang: str, *findings: Finding) -> Translation:
    title, caption, first, second = TARGETS[lang]
    units = tuple(
        TranslationUnit(i, source, target, "en", lang, "translated", "memory 100 %", paragraph)
        for i, source, target, paragraph in (
            ("title", "Ferry late", title, 0),
            ("s1", CAPTION, caption, 1),
            ("s2", FIRST, first, 2),
            ("s3", SECOND, second, 2),
        )
    )
    at = first.index("1")
    return Translation(
        lang,
        f"{caption} {CREDIT}\n\n{first} {second}",
        units,
        title,
        _summary(lang, first),
        findings,
        (Agreement("cardinal", "s2", Span(5, 11), Span(at, at + 2), "equal"),),
    )


RESULT = Result(
    Article(
        "ferry-late",
        "en",
        TEXT,
        (
            Block("caption", Span(0, len(f"{CAPTION} {CREDIT}"))),
            Block("paragraph", Span(_span(FIRST).start, len(TEXT))),
        ),
        Metadata("Ferry late", "Harbour Post", "2025-03-02", None, "https://post.example/a?b&c"),
        "ferry-late.txt",
    ),
    "b2:0",
    (Label("credit", _span(CREDIT), CREDIT),),
    tuple(
        Segment(f"s{n}", _span(text), text, min(n, 2))
        for n, text in enumerate((CAPTION, FIRST, SECOND), start=1)
    ),
    _summary("en", FIRST),
    (_translation("ko"), _translation("uk", LOST, UNKNOWN, CHANGED)),
    Provenance("0.1.0", "memory"),
)

EVIL = (
    '<script>alert(1)</script></p></style>--><img src=x onerror="alert(1)">"\'&lt;&\u2028\0\ud800'
    ' <a href="javascript:alert(1)">10</a>'
)
SPAN = Span(0, len(EVIL))
EVIL_FINDING = Finding(EVIL, "error", "s1", EVIL, EVIL, Span(3, 9), Span(2, 7), EVIL)
EVIL_RESULT = Result(
    Article(
        EVIL,
        "en",
        EVIL,
        (Block("paragraph", SPAN),),
        Metadata(EVIL, EVIL, EVIL, EVIL, "javascript:alert(1)"),
        EVIL,
    ),
    EVIL,
    (Label("credit", Span(1, 8), EVIL),),
    (Segment("s1", SPAN, EVIL, 1),),
    Summary("en", EVIL, (SummarySentence(EVIL, ("s1",), 1, SPAN),)),
    (
        Translation(
            EVIL,
            EVIL,
            (TranslationUnit("s1", EVIL, EVIL, "en", EVIL, "initial", EVIL, 1),),
            EVIL,
            Summary(EVIL, EVIL, (SummarySentence(EVIL, ("s1",), 1, SPAN),)),
            (EVIL_FINDING, replace(EVIL_FINDING, unit_id=EVIL)),
            (
                Agreement(EVIL, "s1", Span(4, 30), Span(0, 99), EVIL),
                Agreement("label", "s1", Span(6, 9), Span(50, 9999), EVIL),
            ),
        ),
    ),
    Provenance(EVIL, EVIL),
    (EVIL_FINDING,),
)


class Page(HTMLParser):
    """The page as a browser would see it: elements, their ids, and the text in each."""

    VOID = frozenset({"meta", "input", "br", "img"})

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.open: list[int] = []
        self.texts: dict[int, str] = {}
        self.feed(html)
        assert not self.open, "an element is not closed"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            assert "a" not in [self.elements[i][0] for i in self.open], "a link in a link"
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in self.VOID:
            self.open.append(len(self.elements) - 1)

    def handle_endtag(self, tag: str) -> None:
        assert self.elements[self.open.pop()][0] == tag

    def handle_data(self, data: str) -> None:
        for i in self.open:
            self.texts[i] = self.texts.get(i, "") + data

    def find(self, **wanted: str) -> list[str]:
        """The texts of the elements with these attributes (`css` is a class)."""
        css = wanted.pop("css", None)
        return [
            self.texts.get(i, "")
            for i, (_, attributes) in enumerate(self.elements)
            if all(attributes.get(name) == value for name, value in wanted.items())
            and (css is None or css in attributes.get("class", "").split())
        ]


def _page(*results: Result) -> Page:
    return Page("".join(report.write(results)))


def test_source_and_translation_stand_side_by_side_by_paragraph():
    page = _page(RESULT)
    (row,) = page.find(id="a1-1-p2")
    assert row == f"2{FIRST} {SECOND}약 1만 명이 기다렸다. 84호는 정오에 떠났다.memory 100 %"
    assert page.find(css="tgt", lang="uk")[:2] == ["Пором спізнився", "Пором на світанку [@x]"]
    assert page.find(css="src", lang="en")[1] == "A ferry at dawn [@x]"
    assert page.find(css="label", title="credit") == ["[@x]"] * 4


def test_every_article_and_every_summary_sentence_shows_its_source():
    page = _page(RESULT)
    assert page.find(css="origin") == ["Harbour Post2025-03-02https://post.example/a?b&c"]
    assert page.find(css="from") == ["[Harbour Post, ¶2]"] * 3
    assert page.find(href="#a1-1-s2") == ["¶2"] * 2
    assert page.find(href="#a1-2-s2") == ["¶2"]
    assert page.find(id="a1-1-s2") == page.find(id="a1-2-s2") == [FIRST]
    unlabelled = replace(RESULT, article=replace(RESULT.article, metadata=Metadata()))
    assert _page(unlabelled).find(css="origin") == ["ferry-late.txt"]


def test_a_fact_is_linked_to_its_partner_in_the_other_column():
    page = _page(RESULT)
    assert page.find(id="a1-1-f1s", href="#a1-1-f1t", title="cardinal, equal") == ["10,000"]
    assert page.find(id="a1-1-f1t", href="#a1-1-f1s") == ["1만"]
    assert page.find(id="a1-2-f1t") == ["10"]


def test_findings_come_first_worst_on_top_and_lead_to_their_places():
    page = _page(RESULT)
    html = "".join(report.write([RESULT]))
    assert html.index('class="findings"') < html.index('class="summaries"')
    assert page.find(css="what") == [
        "number/mistranslationNo. 84 → № 48українська, ¶2, left over",
        "time/omissionnoon → nothingукраїнська, ¶2",
        "name/omissionукраїнська, ¶2",
    ]
    assert page.find(css="sev")[-3:] == ["error", "warning", "info"]
    links = [
        a["href"] for tag, a in page.elements if tag == "a" and a["href"].startswith("#a1-2-e")
    ]
    assert links == ["#a1-2-e1t", "#a1-2-e2s", "#a1-2-e3t"]
    assert page.find(id="a1-2-e1t", css="error") == ["№ 48"]
    assert page.find(id="a1-2-e1s", css="error") == ["No. 84"]
    assert page.find(id="a1-2-e2s", css="warning") == ["noon"]
    assert page.find(id="a1-2-e3t", css="info") == ["Чекали 10 тисяч."]


def test_each_finding_is_one_stop_of_the_keyboard_and_leads_back_to_the_list():
    page = _page(RESULT)
    stops = [a for _, a in page.elements if "stop" in a.get("class", "").split()]
    # In the order of the page: the source column of a paragraph comes before the other.
    assert [(a["href"], a["aria-label"]) for a in stops] == [
        ("#a1-e2", "finding 2, warning: time/omission"),
        ("#a1-e3", "finding 3, info: name/omission"),
        ("#a1-e1", "finding 1, error: number/mistranslation"),
    ]
    assert page.find(href="#a1-e2", title="finding 2, warning: time/omission, not found here")


def test_the_overview_counts_articles_sentences_facts_and_findings():
    page = _page(RESULT, replace(RESULT, translations=RESULT.translations[:1]))
    figures = dict(zip(page_tags(page, "dt"), page_tags(page, "dd"), strict=True))
    assert figures == {
        "articles": "2", "sentences translated": "12", "facts verified": "3",
        "error": "1", "warning": "1", "info": "1",
    }  # fmt: skip
    assert page_tags(page, "h1") == ["2 articles in Korean and Ukrainian"]
    assert _cells(page, "articles") == [
        "1 sentence",
        "no findings4 sentences, 1 fact verified",
        "1 error1 warning1 info4 sentences, 1 fact verified",
        "1 sentence",
        "no findings4 sentences, 1 fact verified",
        "–",
    ]


def _cells(page: Page, css: str) -> list[str]:
    """The cells of the tables of this class."""
    inside, cells = False, []
    for i, (tag, attributes) in enumerate(page.elements):
        inside = css in attributes.get("class", "").split() if tag == "table" else inside
        if inside and tag == "td":
            cells.append(page.texts.get(i, ""))
    return cells


def page_tags(page: Page, tag: str) -> list[str]:
    return [page.texts.get(i, "") for i, (name, _) in enumerate(page.elements) if name == tag]


def test_every_link_inside_the_page_leads_somewhere_and_no_id_is_given_twice():
    for results in ([RESULT, RESULT], [EVIL_RESULT], [replace(RESULT, translations=())], []):
        page = _page(*results)
        ids = [a["id"] for _, a in page.elements if "id" in a]
        assert len(ids) == len(set(ids))
        links = [a["href"][1:] for _, a in page.elements if a.get("href", "").startswith("#")]
        assert set(links) <= set(ids)


def test_text_of_an_article_never_becomes_markup():
    html = "".join(report.write([EVIL_RESULT, EVIL_RESULT]))
    html.encode()
    assert "\0" not in html
    page = Page(html)
    tags = [tag for tag, _ in page.elements]
    assert tags.count("script") == tags.count("style") == 1
    assert "img" not in tags
    names = {name for _, attributes in page.elements for name in attributes}
    assert not {name for name in names if name.startswith("on")}
    hrefs = {a["href"] for _, a in page.elements if "href" in a}
    assert all(href.startswith("#") for href in hrefs)
    shown = EVIL.replace("\0", "\ufffd").replace("\ud800", "\ufffd")
    assert shown in page.find(css="text")


def test_the_page_loads_nothing_and_runs_only_its_own_script():
    html = "".join(report.write([RESULT]))
    page = Page(html)
    (policy,) = (a["content"] for _, a in page.elements if "http-equiv" in a)
    assert policy.startswith("default-src 'none'; ")
    for name in ("style", "script"):
        (content,) = re.findall(f"<{name}>(.*?)</{name}>", html, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"{name}-src 'sha256-{digest}'" in policy
        assert "url(" not in content
        assert "@import" not in content
    assert not [a for _, a in page.elements if "src" in a or "style" in a]
    assert not [tag for tag, _ in page.elements if tag in ("link", "iframe", "object", "form")]


def test_every_text_says_its_language():
    page = _page(RESULT)
    assert [a["lang"] for _, a in page.elements if "text" in a.get("class", "").split()] == [
        "en", "ko", "uk", *["en", "ko"] * 3, *["en", "uk"] * 3,
    ]  # fmt: skip


def test_a_summary_alone_shows_the_source_it_points_to():
    page = _page(replace(RESULT, translations=()))
    assert page.find(href="#a1-0-s2") == ["¶2"]
    assert page.find(id="a1-0-p2") == ["2Some 10,000 people waited. No. 84 sailed at noon."]
    assert page.find(css="findings") == []


def test_a_translated_summary_shows_the_sentences_behind_it():
    translation = RESULT.translations[0]
    units = (translation.units[0], translation.units[2])
    result = replace(RESULT, translations=(replace(translation, text="", units=units),))
    page = _page(result)
    assert page.find(css="src") == ["Ferry late", "Some 10,000 people waited."]
    assert page.find(css="tgt") == ["여객선 지연", "약 1만 명이 기다렸다."]


def test_a_finding_in_a_summary_is_marked_in_the_summary():
    here = replace(CHANGED, unit_id="summary1", source_span=Span(40, 46), target_span=Span(5, 11))
    translation = replace(RESULT.translations[0], findings=(here,))
    page = _page(replace(RESULT, findings=(here,), translations=(translation,)))
    assert page.find(id="a1-0-e1t") == page.find(css="error", id="a1-0-e1t") == ["10,000"]
    assert page.find(id="a1-1-e2t", css="error") == ["명이 기다렸"]
    links = [a["href"] for tag, a in page.elements if tag == "a"]
    assert {"#a1-0-e1t", "#a1-1-e2t"} <= set(links)


def test_an_article_in_the_language_asked_for_is_shown_once_and_not_counted():
    own = RESULT.translations[0]
    units = tuple(replace(u, target=u.source, target_lang="en", origin="source") for u in own.units)
    copy = replace(own, lang="en", text=TEXT, title="Ferry late", units=units)
    page = _page(replace(RESULT, translations=(copy, RESULT.translations[1])))
    assert page.find(id="a1-1-p1") == ["1A ferry at dawn [@x]"]
    assert page.find(href="#a1-1-s2") == ["¶2"]
    assert _cells(page, "articles")[1] == "the original"
    assert page_tags(page, "dd")[:3] == ["1", "4", "1"]
    assert "source" not in page.find(css="closing")[0]


def test_a_sentence_that_was_not_translated_is_marked_as_source():
    translation = RESULT.translations[0]
    units = (*translation.units[:3], replace(translation.units[3], state="initial", target=SECOND))
    page = _page(replace(RESULT, translations=(replace(translation, units=units),)))
    assert page.find(css="initial", lang="en") == [SECOND]
    assert page.find(css="initial-tag") == ["not translated"]
    assert page.find(css="made")[-1] == (
        "sentence 1: memory 100 %sentence 2: not translated, the source stands here"
    )


def test_what_was_done_to_a_sentence_is_said_beside_it():
    made = RESULT.translations[0]
    repaired = replace(made.units[2], origin="model", remedies=("number put right: 9 → 1만",))
    reviewed = replace(made.units[3], origin="review", state="reviewed")
    units = (*made.units[:2], repaired, reviewed)
    result = replace(RESULT, translations=(replace(made, units=units),))
    page = _page(result)
    assert page.find(css="repaired", title="repaired: number put right: 9 → 1만") == [
        TARGETS["ko"][2]
    ]
    assert page.find(css="tag") == ["repaired", "reviewed"]
    assert page.find(css="made")[-1] == (
        "sentence 1: model, repaired: number put right: 9 → 1만sentence 2: reviewed, review"
    )
    assert "1 repaired, 1 reviewed" in page_tags(page, "h3")[-1]
    (*_, chart) = _page(result, RESULT).find(css="chart")
    assert "한국어6 as they came, 1 repaired, 1 reviewed\nукраїнська4 as they came\n" in chart


def test_a_written_summary_stands_beside_the_sentences_it_is_from():
    written = SummarySentence(
        "Thousands waited at noon.", ("s2", "s3"), 2, _span(FIRST), origin="chat:small"
    )
    own = SummarySentence(CAPTION, ("s1",), 1, _span(CAPTION), ("extracted",))
    summary = Summary("en", "abstractive", (written, own))
    page = _page(replace(RESULT, summary=summary))
    assert page_tags(page, "h4") == ["What the article says", "English", "한국어", "українська"]
    assert page.find(css="cell")[:3] == [
        f"What the article says{FIRST} ¶2{SECOND} ¶2",
        "EnglishThousands waited at noon. [written by chat:small: Harbour Post, ¶2]",
        "한국어약 1만 명이 기다렸다. [Harbour Post, ¶2]",
    ]
    assert page.find(css="cell")[5] == (
        f"English{CAPTION} [Harbour Post, ¶1]"
        "repaired: the article's own sentence, in place of the engine's"
    )
    assert page.find(id="a1-1-s3") == [SECOND]


def test_a_finding_in_a_title_that_opens_the_text_leads_to_the_text():
    article = Article(
        "a", "en", "Top", (Block("title", Span(0, 3)),), Metadata(title="Top"), "a.txt"
    )
    units = tuple(
        TranslationUnit(i, "Top", "Верх", "en", "uk", "translated", "memory", n)
        for n, i in enumerate(("title", "s1"))
    )
    finding = Finding("name/mistranslation", "error", "title", "Top", "Верх", None, Span(0, 4))
    translation = Translation("uk", "Верх", units, "Верх", None, (finding,))
    segments = (Segment("s1", Span(0, 3), "Top", 1),)
    page = _page(
        Result(article, "b2:0", (), segments, None, (translation,), Provenance("0", "memory"))
    )
    assert page.find(css="tgt") == ["Верх1"]
    assert page.find(id="a1-1-e1t") == ["Верх"]


def test_the_charts_count_findings_by_kind_and_language_and_the_facts_verified():
    page = _page(RESULT, RESULT)
    kinds, langs = page.find(css="chart")
    assert kinds == (
        "Findings by kindKindFindingsукраїнська\nname2 info2\nnumber2 errors2\ntime2 warnings2\n"
    )
    assert langs.endswith(
        "한국어2 facts verified, no findings\n"
        "українська2 facts verified, 2 errors, 2 warnings, 2 info\n"
    )
    widths = [a["width"] for tag, a in page.elements if tag == "rect"]
    assert widths == ["100.00%"] * 3 + ["25.00%"] * 5


def test_what_the_script_filters_by_is_on_rows_articles_and_findings():
    page = _page(RESULT, replace(RESULT, translations=RESULT.translations[:1]))
    options = [(i, a["value"]) for i, (tag, a) in enumerate(page.elements) if tag == "option"]
    assert [(value, page.texts[i]) for i, value in options if value] == [
        ("error", "error"), ("warning", "warning"), ("info", "info"),
        ("1", "time"), ("2", "name"), ("3", "number"),
    ]  # fmt: skip
    held = [(tag, a["data-has"]) for tag, a in page.elements if "data-has" in a]
    assert held == [
        ("tr", "warning:1:2 info:2:2 error:3:2"),
        ("tr", ""),
        ("article", "error:3:2 warning:1:2 info:2:2"),
        ("li", "error:3:2"), ("li", "warning:1:2"), ("li", "info:2:2"),
        ("article", ""),
    ]  # fmt: skip


# --- many articles ----------------------------------------------------------------------


def many(count: int) -> list[Result]:
    """Articles of which each tenth has an error, a warning and a note, each fifth a note."""
    return [
        replace(
            RESULT,
            article=replace(RESULT.article, id=f"ferry/{n}"),
            translations=(
                _translation("uk", *((LOST, UNKNOWN, CHANGED) if n % 10 == 0 else ()),
                             *((UNKNOWN,) if n % 10 == 5 else ())),
            ),
        )
        for n in range(1, count + 1)
    ]  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("run")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("toolkit.formats.lists._PAGE", 40)
        report.write_folder(iter(many(100)), path)
    return path


def _file(path: Path) -> Page:
    return Page(path.read_text("utf-8"))


def test_a_small_run_is_one_page_and_a_large_one_a_page_for_each(tmp_path, folder):
    report.write_folder(many(report.LARGE), tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["report.html"]
    articles = sorted((folder / "report" / "articles").iterdir())
    assert len(articles) == 100
    assert articles[0].name.startswith("ferry-1-")
    page = _file(articles[0])
    assert page_tags(page, "h1") == ["Ferry late"]
    assert page.find(css="tgt")[1] == "Пором на світанку [@x]"
    assert [a["rel"] for tag, a in page.elements if tag == "a" and a.get("rel") in ("prev", "next")]


def test_the_index_has_the_worst_articles_first_and_turns_its_pages(folder):
    first = _file(folder / "report.html")
    assert page_tags(first, "h1") == ["100 articles in Ukrainian"]
    worst = [a["data-has"] for tag, a in first.elements if tag == "tr" and "data-has" in a]
    assert [held.split(":")[0] for held in worst] == ["warning"] * 10 + ["info"] * 10 + [""] * 20
    assert "1 to 40 of 100 articles, worst first" in first.find(css="filter")[0]
    hrefs = [a["href"] for tag, a in first.elements if tag == "a"]
    assert "report/lists/all-2.html" in hrefs
    third = _file(folder / "report" / "lists" / "all-3.html")
    assert len(_cells(third, "articles")) == 2 * 20


@pytest.mark.parametrize(
    ("name", "articles"),
    [("error", 10), ("info", 20), ("calm", 40), ("kind-name", 20), ("kind-name-info", 20),
     ("kind-number-error", 10), ("kind-time-warning", 10)],
)  # fmt: skip
def test_each_kind_and_severity_has_a_list_of_its_articles(folder, name, articles):
    page = _file(folder / "report" / "lists" / f"{name}.html")
    assert len(_cells(page, "articles")) == 2 * articles
    current = [a["href"] for _, a in page.elements if a.get("aria-current")]
    assert f"../lists/{name}.html" in current


def test_a_large_run_of_several_languages_has_lists_of_each(tmp_path):
    korean = [
        replace(one, translations=(*one.translations, _translation("ko", LOST)))
        for one in many(report.LARGE + 10)
    ]
    report.write_folder(korean, tmp_path)
    lists = tmp_path / "report" / "lists"
    for name, articles in (("in-uk", 12), ("in-uk-error", 6), ("in-ko", 60), ("in-ko-warning", 60)):
        page = _file(lists / f"{name}.html")
        assert len(_cells(page, "articles")) == 3 * articles, name
    assert page_tags(page, "h1") == ["Articles with warning findings in Korean"]
    assert not (lists / "in-ko-error.html").exists()
    assert 'href="report/lists/in-ko.html"' in (tmp_path / "report.html").read_text("utf-8")
    _leads_somewhere(tmp_path)


def test_articles_of_several_languages_can_be_narrowed_to_one():
    german = replace(RESULT, article=replace(RESULT.article, lang="de"))
    page = _page(RESULT, german)
    values = [a["value"] for tag, a in page.elements if tag == "option"]
    assert values[-3:] == ["", "en", "de"]
    assert [a["data-from"] for tag, a in page.elements if tag == "tr" and "data-from" in a] == [
        "en", "de",
    ]  # fmt: skip
    assert "Original" not in _page(RESULT, RESULT).find(css="filter")[0]
    calm = _page(*(replace(one, translations=()) for one in (RESULT, german)))
    assert "Original" in calm.find(css="filter")[0]


def test_every_link_of_the_folder_is_relative_and_leads_somewhere(folder):
    _leads_somewhere(folder)


def _leads_somewhere(folder: Path) -> None:
    pages = {path: _file(path) for path in folder.rglob("*.html")}
    ids = {path: {a["id"] for _, a in page.elements if "id" in a} for path, page in pages.items()}
    for path, page in pages.items():
        for _, attributes in page.elements:
            href = attributes.get("href", "#main")
            if href.startswith("https://"):
                continue
            name, _, anchor = href.partition("#")
            to = (path.parent / unquote(name)).resolve() if name else path
            assert not anchor or anchor in ids[to], f"{path}: {href}"
            assert to in pages, f"{path}: {href}"


def test_a_large_report_keeps_hostile_text_and_odd_kinds_from_its_pages(tmp_path):
    many = [replace(EVIL_RESULT, article=replace(EVIL_RESULT.article, id=f"{EVIL}{n}"))
            for n in range(report.LARGE + 1)]  # fmt: skip
    report.write_folder([*many, many[0]], tmp_path)
    paths = list(tmp_path.rglob("*.html"))
    assert len(list((tmp_path / "report" / "articles").iterdir())) == report.LARGE + 2
    assert tmp_path / "report" / "lists" / "kind-1-error.html" in paths
    for path in paths:
        tags = [tag for tag, _ in _file(path).elements]
        assert "img" not in tags
        assert tags.count("script") == tags.count("style") == 1


def test_a_run_makes_its_report_anew_if_a_page_is_gone(tmp_path, monkeypatch):
    monkeypatch.setattr(report, "LARGE", 1)
    texts = ("It cost $4m.", "It cost $5m.")
    articles = [
        Article(f"a{n}", "en", text, (Block("paragraph", Span(0, len(text))),), source=f"a{n}.txt")
        for n, text in enumerate(texts)
    ]
    for _ in range(2):
        runs.run(articles, Plan(("uk",)), EchoEngine(), Termbase(), tmp_path)
        page = tmp_path / "report" / "articles" / "a1.en.html"
        assert "$5m" in _file(page).find(css="src")[0]
        page.unlink()


def test_a_report_that_cannot_be_finished_leaves_the_one_before(folder, tmp_path):
    report.write_folder(many(60), tmp_path)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*.html")}

    def failing():
        yield from many(70)
        raise RuntimeError("the engine is gone")

    with pytest.raises(RuntimeError, match="the engine is gone"):
        report.write_folder(failing(), tmp_path)
    assert {path: path.read_bytes() for path in tmp_path.rglob("*.html")} == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["report", "report.html"]
    report.write_folder(many(2), tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["report.html"]


def test_the_same_results_make_the_same_page():
    assert "".join(report.write([RESULT])) == "".join(report.write(iter([RESULT])))


def test_an_empty_run_is_a_whole_page():
    assert page_tags(_page(), "h1") == ["0 articles"]


# --- marks ----------------------------------------------------------------------------


def _mark(start: int, end: int, tag: str = "b", after: str = "") -> Mark:
    href = "#x" if tag == "a" else ""
    return Mark(Span(start, end), 0, tag, "c", href, after)


@pytest.mark.parametrize(
    ("marks", "html"),
    [
        ([], "a&amp;cdef"),
        ([_mark(1, 3)], "a<b c>&amp;c</b>def"),
        ([_mark(0, 6), _mark(1, 2, "i")], "<b c>a<i c>&amp;</i>cdef</b>"),
        ([_mark(0, 3), _mark(2, 5, "i")], "<b c>a&amp;<i c>c</i></b>def"),
        ([_mark(2, 4), _mark(4, 9)], "a&amp;<b c>cd</b><b c>ef</b>"),
        ([_mark(2, 2, after="!")], "a&amp;!cdef"),
        ([_mark(7, 9, after="!")], "a&amp;cdef!"),
        ([_mark(0, 3, "a"), _mark(1, 2, "a")], '<a c href="#x">a<span c>&amp;</span>c</a>def'),
        ([_mark(0, 3, "a"), _mark(1, 2, after="!")], '<a c href="#x">a<b c>&amp;</b>c</a>!def'),
        ([_mark(0, 3, after="!"), _mark(1, 2, "a")], '<b c>a<a c href="#x">&amp;</a>c</b>!def'),
    ],
)  # fmt: skip
def test_marks_nest_and_links_do_not(marks, html):
    assert marked("a&cdef", marks) == html


@pytest.mark.parametrize(
    ("url", "linked"),
    [
        ("https://a.example/?b=1&c", True),
        ("HTTP://a.example", True),
        ("javascript:alert(1)", False),
        (" https://a.example", False),
        ("data:text/html,x", False),
    ],
)
def test_only_an_address_of_a_page_becomes_a_link(url, linked):
    assert web_link(url).startswith("<a ") is linked
