from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from toolkit.formats import report
from toolkit.formats.markup import Mark, marked, web_link
from toolkit.schema import (
    Agreement,
    Article,
    Block,
    Finding,
    Label,
    Metadata,
    Provenance,
    Result,
    Segment,
    Span,
    Summary,
    SummarySentence,
    Translation,
    TranslationUnit,
)

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
    assert row == f"2{FIRST} {SECOND}약 1만 명이 기다렸다. 84호는 정오에 떠났다."
    assert page.find(css="tgt", lang="uk")[:2] == ["Пором спізнився", "Пором на світанку [@x]"]
    assert page.find(css="src", lang="en")[1] == "A ferry at dawn [@x]"
    assert page.find(css="label", title="credit") == ["[@x]"] * 4


def test_every_article_and_every_summary_sentence_shows_its_source():
    page = _page(RESULT)
    assert page.find(css="origin") == ["Harbour Post2025-03-02https://post.example/a?b&c"]
    assert page.find(css="from", href="#a1-1-p2") == ["[Harbour Post, ¶2]"] * 2
    assert page.find(css="from", href="#a1-2-p2") == ["[Harbour Post, ¶2]"]
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
    assert page_tags(page, "td") == [
        "1 sentence",
        "no findings4 sentences, 1 fact verified",
        "1 error1 warning1 info4 sentences, 1 fact verified",
        "1 sentence",
        "no findings4 sentences, 1 fact verified",
        "–",
    ]


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
    assert page.find(css="from", href="#a1-0-p2") == ["[Harbour Post, ¶2]"]
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
    assert page.find(css="from", href="#a1-1-p2") == ["[Harbour Post, ¶2]"]
    assert page_tags(page, "td")[1] == "the original"
    assert page_tags(page, "dd")[:3] == ["1", "4", "1"]
    assert "source" not in page.find(css="closing")[0]


def test_a_sentence_that_was_not_translated_is_marked_as_source():
    translation = RESULT.translations[0]
    units = (*translation.units[:3], replace(translation.units[3], state="initial", target=SECOND))
    page = _page(replace(RESULT, translations=(replace(translation, units=units),)))
    assert page.find(css="initial", lang="en") == [SECOND]


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
