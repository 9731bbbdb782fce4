from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.growth import check_linear, repeated
from toolkit.errors import ModelMissing, RunError, UnsupportedError
from toolkit.formats import jsonl, layout, markdown, outputs
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
    decode,
)

TITLE = "Ferry late"
CAPTION, CREDIT = "A ferry at dawn", "[@x]"
FIRST, SECOND = "Some 10,000 people waited.", "No. 84 sailed at noon."
TEXT = f"{CAPTION} {CREDIT}\n\n{FIRST} {SECOND}"
TARGETS = {
    "ko": ("여객선 지연", "새벽의 여객선", "약 1만 명이 기다렸다.", "84호는 정오에 떠났다."),
    "uk": ("Пором спізнився", "Пором на світанку", "Чекали 10 тисяч.", "№ 84 вийшов опівдні."),
}


def _span(text: str) -> Span:
    start = TEXT.index(text)
    return Span(start, start + len(text))


SEGMENTS = (
    Segment("s1", _span(CAPTION), CAPTION, 1),
    Segment("s2", _span(FIRST), FIRST, 2),
    Segment("s3", _span(SECOND), SECOND, 2),
)
ARTICLE = Article(
    "ferry-late",
    "en",
    TEXT,
    (
        Block("caption", Span(0, len(f"{CAPTION} {CREDIT}"))),
        Block("paragraph", Span(_span(FIRST).start, len(TEXT))),
    ),
    Metadata(TITLE, "Harbour Post", "2025-03-02", "By Ann: Lee", "https://post.example/a?b=1&c=2"),
    "ferry-late.txt",
)
CHANGED = Finding(
    "number/mistranslation", "error", "s3", "No. 84", "№ 48", Span(0, 6), Span(0, 4), "left over"
)


def _summary(lang: str, text: str) -> Summary:
    return Summary(lang, "lexical", (SummarySentence(text, ("s2",), 2, _span(FIRST)),))


def _translation(lang: str, findings: tuple[Finding, ...] = ()) -> Translation:
    sources = (TITLE, CAPTION, FIRST, SECOND)
    units = tuple(
        TranslationUnit(i, source, target, "en", lang, "translated", "memory 100 %", paragraph)
        for i, source, target, paragraph in zip(
            ("title", "s1", "s2", "s3"), sources, TARGETS[lang], (0, 1, 2, 2), strict=True
        )
    )
    title, caption, first, second = TARGETS[lang]
    return Translation(
        lang,
        f"{caption} {CREDIT}\n\n{first} {second}",
        units,
        title,
        _summary(lang, first),
        findings,
        (Agreement("cardinal", "s2", Span(5, 11), Span(2, 4), "equal"),),
    )


RESULT = Result(
    ARTICLE,
    "b2:0",
    (Label("credit", _span(CREDIT), CREDIT),),
    SEGMENTS,
    _summary("en", FIRST),
    (_translation("ko"), _translation("uk", (CHANGED,))),
    Provenance("0.1.0", "memory"),
)


def _only(result: Result, *, summary: bool, text: bool) -> Result:
    translations = tuple(
        replace(t, text=t.text if text else "", summary=t.summary if summary else None)
        for t in result.translations
    )
    return replace(result, summary=result.summary if summary else None, translations=translations)


def _with_text(text: str, title: str | None = None) -> Result:
    """A result with one paragraph that was passed through whole."""
    span = Span(0, len(text))
    article = Article("a", "en", text, (Block("paragraph", span),), Metadata(title=title), "a.txt")
    segments = (Segment("s1", span, text, 1),) if text else ()
    units = tuple(
        TranslationUnit("s1", s.text, s.text, "en", "uk", "translated", "memory 100 %", 1)
        for s in segments
    )
    translation = Translation("uk", text, units, title)
    return Result(article, "b2:0", (), segments, None, (translation,), Provenance("0.1.0", "m"))


def _rendered(text: str) -> list[tuple[str, str]]:
    """The kind and visible text of each block, as a Markdown program shows it."""
    found = []
    kind = ""
    parser = pytest.importorskip("markdown_it").MarkdownIt("commonmark")
    for token in parser.enable(["table", "strikethrough"]).parse(text):
        assert token.type != "html_block"
        if token.type == "inline":
            assert {child.type for child in token.children} <= {
                "text", "text_special", "softbreak", "link_open", "link_close", "code_inline",
                "strong_open", "strong_close",
            }  # fmt: skip
            visible = "".join(
                "\n" if child.type == "softbreak" else child.content for child in token.children
            )
            found.append((kind, visible))
        else:
            kind = token.type
    return found


# --- the layout -----------------------------------------------------------------------


def test_source_and_target_stand_block_by_block_with_labels_in_place():
    rows = list(layout.rows(RESULT, RESULT.translations[0]))
    assert [(row.kind, row.paragraph, row.source, row.target) for row in rows] == [
        ("title", 0, TITLE, "여객선 지연"),
        ("caption", 1, "A ferry at dawn [@x]", "새벽의 여객선 [@x]"),
        ("paragraph", 2, f"{FIRST} {SECOND}", "약 1만 명이 기다렸다. 84호는 정오에 떠났다."),
    ]  # fmt: skip
    assert "\n\n".join(row.target for row in rows[1:]) == RESULT.translations[0].text
    assert "\n\n".join(row.source for row in layout.rows(RESULT)) == f"{TITLE}\n\n{TEXT}"


def test_a_title_that_opens_the_text_is_not_laid_out_twice():
    article = replace(ARTICLE, metadata=Metadata(title=f"{CAPTION} {CREDIT}"))
    assert [row.paragraph for row in layout.rows(replace(RESULT, article=article))] == [1, 2]


@pytest.mark.parametrize(
    ("outlet", "source", "lang", "label"),
    [
        ("Harbour Post", "a.txt", "ko", "Harbour Post"),
        (None, "captured-soldiers.txt", "ko", "captured-soldiers.txt"),
        (None, "-", "ko", "표준 입력"),
        (None, "-", "fr", "standard input"),
        (None, "", "en", "ferry-late"),
    ],
)
def test_an_article_is_labelled_by_its_outlet_or_else_by_its_file(outlet, source, lang, label):
    article = replace(ARTICLE, metadata=Metadata(outlet=outlet), source=source)
    assert layout.own_label(article, lang) == label


# --- JSON -----------------------------------------------------------------------------


def test_a_line_of_json_has_everything_under_the_keys_of_the_schema():
    data = json.loads(jsonl.line(RESULT))
    assert list(data) == [
        "article_id", "lang", "source", "metadata", "text", "blocks", "labels", "segments",
        "summary", "translations", "findings", "key", "provenance",
    ]  # fmt: skip
    assert (data["article_id"], data["lang"], data["source"]) == (
        "ferry-late",
        "en",
        "Harbour Post",
    )
    assert data["labels"] == [{"kind": "credit", "span": [16, 20], "text": "[@x]"}]
    assert data["summary"] == {
        "lang": "en",
        "method": "lexical",
        "sentences": [
            {
                "text": FIRST,
                "segments": ["s2"],
                "paragraph": 2,
                "span": list(_span(FIRST)),
                "remedies": [],
                "origin": "",
                "label": "Harbour Post",
            }
        ],
    }
    korean, ukrainian = data["translations"]
    assert decode(TranslationUnit, korean["units"][2]) == RESULT.translations[0].units[2]
    assert korean["title"] == "여객선 지연"
    assert ukrainian["findings"] == [
        {
            "unit_id": "s3",
            "code": "number/mistranslation",
            "kind": "number",
            "severity": "error",
            "expected": "No. 84",
            "found": "№ 48",
            "source_span": [0, 6],
            "target_span": [0, 4],
            "rule": "left over",
        }
    ]


def test_what_was_not_made_is_null_or_empty():
    bare = replace(RESULT, summary=None, translations=())
    data = json.loads(jsonl.line(bare))
    assert (data["summary"], data["translations"], data["findings"]) == (None, [], [])


@given(st.text(st.characters(), max_size=40))
@settings(max_examples=200)
def test_one_article_is_one_line_for_every_reader_of_lines(text):
    line = jsonl.line(_with_text(text))
    assert line.splitlines(keepends=True) == [line]
    assert json.loads(line.encode())["text"] == text


@pytest.mark.parametrize("count", [0, 1, 3])
def test_the_array_is_one_json_document_whatever_the_number_of_articles(count):
    whole = "".join(jsonl.write_array([RESULT] * count))
    assert json.loads(whole) == [jsonl.to_json(RESULT)] * count


def test_json_lines_come_as_the_results_do():
    asked = []

    def results():
        for number in range(3):
            asked.append(number)
            yield RESULT

    lines = jsonl.write(results())
    next(lines)
    assert asked == [0]


# --- Markdown -------------------------------------------------------------------------

KOREAN = """\
---
title: "여객선 지연"
lang: ko
source_lang: en
outlet: "Harbour Post"
date: "2025-03-02"
byline: "By Ann: Lee"
url: "https://post.example/a?b=1&c=2"
article: ferry-late
generator: "toolkit 0.1.0"
findings: 0
origin: "memory 100 %"
---

# 여객선 지연

출처: **Harbour Post**, 2025-03-02, By Ann: Lee, https://post.example/a?b=1&c=2

## 요약

- 약 1만 명이 기다렸다. [Harbour Post, ¶2]

## 번역

새벽의 여객선 [@x]

약 1만 명이 기다렸다. 84호는 정오에 떠났다.
"""


def test_a_document_opens_with_its_source_and_labels_every_statement():
    documents = dict(markdown.documents(RESULT))
    assert list(documents) == ["ferry-late.en.md", "ferry-late.ko.md", "ferry-late.uk.md"]
    assert documents["ferry-late.ko.md"] == KOREAN
    english = documents["ferry-late.en.md"]
    assert english.endswith(
        "# Ferry late\n\nSource: **Harbour Post**, 2025-03-02, By Ann: Lee, "
        "https://post.example/a?b=1&c=2\n\n"
        "## Summary\n\n- Some 10,000 people waited. [Harbour Post, ¶2]\n"
    )
    # What was found is told beside it: this is what goes into the paper.
    assert documents["ferry-late.uk.md"].endswith("Чекали 10 тисяч. № 84 вийшов опівдні.\n")


def test_a_translation_alone_has_no_section_headings_and_no_own_document():
    documents = dict(markdown.documents(_only(RESULT, summary=False, text=True)))
    assert list(documents) == ["ferry-late.ko.md", "ferry-late.uk.md"]
    assert "##" not in documents["ferry-late.ko.md"]
    assert documents["ferry-late.ko.md"].endswith(
        "새벽의 여객선 [@x]\n\n약 1만 명이 기다렸다. 84호는 정오에 떠났다.\n"
    )


def test_a_summary_alone_ends_with_its_list():
    documents = dict(markdown.documents(_only(RESULT, summary=True, text=False)))
    assert documents["ferry-late.ko.md"].endswith(
        "## 요약\n\n- 약 1만 명이 기다렸다. [Harbour Post, ¶2]\n"
    )
    assert "# 여객선 지연\n" in documents["ferry-late.ko.md"]


def test_an_article_without_outlet_or_title_is_labelled_by_its_file():
    article = replace(ARTICLE, metadata=Metadata(), source="captured_soldiers.txt")
    document = dict(markdown.documents(replace(RESULT, article=article)))["ferry-late.en.md"]
    assert 'source: "captured_soldiers.txt"\n' in document
    assert "---\n\nSource: captured_soldiers.txt\n" in document
    assert "[captured_soldiers.txt, ¶2]" in document


def test_what_was_not_translated_is_counted_and_its_source_shown():
    translation = RESULT.translations[0]
    units = (*translation.units[:3], replace(translation.units[3], state="initial", target=""))
    result = replace(RESULT, translations=(replace(translation, units=units),))
    document = dict(markdown.documents(result))["ferry-late.ko.md"]
    assert "\nuntranslated: 1\n" in document
    assert "약 1만 명이 기다렸다. No. 84 sailed at noon.\n" in document


def test_an_edited_copy_in_its_own_language_is_one_document():
    result = replace(RESULT, translations=(replace(RESULT.translations[0], lang="en"),))
    assert [name for name, _ in markdown.documents(result)] == ["ferry-late.en.md"]


@pytest.mark.parametrize(
    ("article_id", "name"),
    [
        ("ferry-late", "ferry-late.en.md"),
        ("기사_1.2", "기사_1.2.en.md"),
        ("../etc/passwd", "etc-passwd-"),
        ("a/b", "a-b-"),
        ("", "article-"),
        (".hidden", "hidden-"),
        ("x" * 300, "x" * 50 + "-"),
        ("nul\0", "nul-"),
        ("\ud800", "article-"),
    ],
)
def test_a_file_name_is_safe_whatever_the_id(article_id, name):
    result = replace(RESULT, article=replace(ARTICLE, id=article_id), translations=())
    ((found, _),) = markdown.documents(result)
    assert found.startswith(name)
    assert found.endswith(".en.md")
    assert "/" not in found
    assert len(found.encode()) < 255


@pytest.mark.parametrize(
    "text",
    [
        "A label [@ZelenskyyUa] and [North Korean], AT&T, 3 < 5 * 2, C# and #hashtag",
        "Mail snake_case_name@post.example or see https://post.example/a_b_c?d=1&e=f",
        "– an en dash opens a line, 10~20명 once, об`єкт once, R&D 50% (x) [y] 1.5",
        "@Zelenskyy_Ua wrote «…» — “quoted” — on 03.10.1998, No. 84",
    ],
)
def test_ordinary_news_text_is_written_byte_for_byte(text):
    assert markdown.escape(text) == text
    assert _rendered(text) == [("paragraph_open", text)]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("<script>alert(1)</script>", "&lt;script>alert(1)&lt;/script>"),
        ("<!-- gone -->", "&lt;!-- gone -->"),
        ("<https://x.example> and <a@x.example>", "&lt;https://x.example> and &lt;a@x.example>"),
        ("a &lt; b &#39; c", "a &amp;lt; b &amp;#39; c"),
        ("[sic](javascript:alert(1))", r"[sic]\(javascript:alert(1))"),
        ("[x https://x.example](javascript:1)", r"[x https://x.example]\(javascript:1)"),
        ("![x](y)", r"![x]\(y)"),
        ("[x]: https://x.example", r"[x]\: https://x.example"),
        ("*bold* and **very**", r"\*bold\* and \*\*very\*\*"),
        ("__init__ and _x_", r"\_\_init\_\_ and \_x\_"),
        ("об`єкт і п`ять", r"об\`єкт і п\`ять"),
        ("10~20명, 30~40명", r"10\~20명, 30\~40명"),
        (r"a \* b \\ c \d", r"a \\* b \\\ c \d"),
        ("1998. It was.", r"1998\. It was."),
        ("- dash", r"\- dash"),
        ("# 1", r"\# 1"),
        ("> quote", r"\> quote"),
        ("a\n---", "a\n\\---"),
        ("a\n  ===", "a\n  \\==="),
        ("a | b\n--|--\n1 | 2", "a | b\n\\--|--\n1 | 2"),
        ("a\0b\x1b[31m", "a\ufffdb\ufffd[31m"),
    ],
)  # fmt: skip
def test_what_markdown_or_html_would_act_upon_is_shown_instead(text, written):
    assert markdown.escape(text) == written
    shown = "\n".join(line.strip() for line in layout.clean(text).split("\n"))
    assert _rendered(written) == [("paragraph_open", shown)]


MARKS = st.text(
    st.one_of(st.sampled_from("*_`~<>[]()!&;:#-+=|\\.@/ \n1ax"), st.sampled_from("한я”")),
    max_size=30,
)


@given(MARKS)
@settings(max_examples=400, deadline=None)
def test_no_text_comes_to_life_in_markdown(text):
    """Whatever the text, one paragraph shows it, but for white space."""
    text = " ".join(text.split(" ")).strip()
    text = "\n".join(line.strip() for line in text.split("\n") if line.strip())
    written = markdown.escape(text)
    if text:
        (shown,) = _rendered(written)
        assert shown == ("paragraph_open", text)


@pytest.mark.parametrize(
    "value",
    ["no", "null", "1998", "1e3", "a: b # c", '"', "\\", "- x", "ö", "[x]", "a\nb", "\u2028", "y"],
)
def test_front_matter_reads_back_as_it_was(value):
    yaml = pytest.importorskip("yaml")
    result = replace(_with_text("x", value), translations=())
    ((_, document),) = markdown.documents(result)
    front = document.split("---\n")[1]
    assert yaml.safe_load(front)["title"] == value


@pytest.mark.parametrize(
    "unit", ["1", "한", ".", "[", "(", "<", "&", "\\", "* ", "[\n", "- -", "`"]
)
def test_a_long_line_takes_linear_time(unit):
    check_linear(markdown.escape, repeated(unit), 100_000)


def test_documents_follow_one_another_with_an_empty_line_between():
    whole = "".join(markdown.write([RESULT, RESULT]))
    assert whole.count("---\ntitle:") == 6
    assert "\n\n---\ntitle:" in whole
    assert whole.count(KOREAN) == 2


@pytest.mark.parametrize("position", [0, 1])
@pytest.mark.parametrize(("summary", "text"), [(True, True), (False, True)])
def test_a_document_reads_back_as_the_translation_without_its_frame(position, summary, text):
    result = _only(RESULT, summary=summary, text=text)
    translation = result.translations[position]
    document = dict(markdown.documents(result))[f"ferry-late.{translation.lang}.md"]
    draft = markdown.read(document)
    assert draft.text == translation.text
    assert draft.metadata == replace(ARTICLE.metadata, title=translation.title)
    assert draft.lang == translation.lang


@pytest.mark.parametrize("stated", [None, "Top"])
def test_a_title_that_is_part_of_the_text_reads_back_as_part_of_the_text(stated):
    text, target = "Top\n\nOne.", "Верх\n\nОдин."
    blocks = (Block("title", Span(0, 3)), Block("paragraph", Span(5, 9)))
    article = Article("a", "en", text, blocks, Metadata(title=stated), "a.txt")
    segments = (Segment("s1", Span(0, 3), "Top", 1), Segment("s2", Span(5, 9), "One.", 2))
    pairs = [("s1", "Top", "Верх"), ("s2", "One.", "Один.")]
    pairs += [("title", "Top", "Верх")] if stated else []
    units = tuple(TranslationUnit(*pair, "en", "uk", "translated", "memory") for pair in pairs)
    translation = Translation("uk", target, units, "Верх" if stated else None)
    result = Result(article, "b2:0", (), segments, None, (translation,), Provenance("0", "memory"))
    ((_, document),) = markdown.documents(result)
    assert "\n\n# Верх\n\nДжерело: a.txt\n\nОдин.\n" in document
    draft = markdown.read(document)
    shown = [(b.kind, draft.text[b.span.start : b.span.end]) for b in draft.blocks]
    assert shown == [("title", "Верх"), ("paragraph", "Один.")]


def test_a_line_of_an_article_that_looks_like_a_frame_is_read():
    text = "Source: the ministry.\n\n## Summary\n\n- One."
    assert "Source: the ministry." in markdown.read(text).text
    ours = "".join(markdown.write([_with_text("Source: the ministry.")]))
    assert markdown.read(ours).text == "Source: the ministry."


# --- any format -----------------------------------------------------------------------


FOUND = ["¶2 error number/mistranslation: “No. 84” → “№ 48”\n"]


@pytest.mark.parametrize("form", list(outputs.WRITERS))
def test_standard_output_and_a_folder_get_the_same_text(form, tmp_path, capsys):
    # What holds one language a file has it alone.
    translations = RESULT.translations[:1] if "xliff" in form else RESULT.translations
    result = replace(RESULT, translations=translations)
    outputs.write(iter([result]), form)
    printed = capsys.readouterr().out
    outputs.write(iter([result]), form, tmp_path / "new")
    beside = [path for path in (tmp_path / "new").iterdir() if "findings" in path.name]
    files = sorted({*(tmp_path / "new").iterdir()} - {*beside})
    assert [path.read_text("utf-8") for path in beside] == FOUND * (form in outputs.TEXTS)
    assert "\n".join(file.read_text("utf-8") for file in files) == printed
    names = {
        "md": ["ferry-late.en.md", "ferry-late.ko.md", "ferry-late.uk.md"],
        "text": ["ferry-late.en.txt", "ferry-late.ko.txt", "ferry-late.uk.txt"],
        "json": ["results.json"],
        "jsonl": ["results.jsonl"],
        "html": ["report.html"],
        "tmx": ["memory.tmx"],
        "csv": ["translations.csv"],
        "xliff": ["ferry-late.ko.xlf"],
        "xliff12": ["ferry-late.ko.xlf"],
    }
    assert [file.name for file in files] == names[form]


def test_a_run_that_breaks_leaves_no_half_file(tmp_path):
    def results():
        yield RESULT
        raise ModelMissing("no translation")

    with pytest.raises(ModelMissing):
        outputs.write(results(), "json", tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(RunError) as caught:
        outputs.write([RESULT], "jsonl", tmp_path / "file")
    assert str(tmp_path / "file" / "results.jsonl") in caught.value.message


def test_the_memory_of_a_run_holds_what_was_translated(capsys):
    translation = RESULT.translations[0]
    units = (*translation.units[:3], replace(translation.units[3], state="initial"))
    result = replace(RESULT, translations=(replace(translation, units=units),))
    outputs.write([result], "tmx")
    printed = capsys.readouterr().out
    assert printed.count("<tu>") == 3
    assert '<tuv xml:lang="en"><seg>Some 10,000 people waited.</seg></tuv>' in printed
    assert '<tuv xml:lang="ko"><seg>약 1만 명이 기다렸다.</seg></tuv>' in printed


def test_an_unknown_format_is_refused_with_the_known_ones():
    with pytest.raises(UnsupportedError) as caught:
        outputs.write([], "pdf")
    known = "md, text, json, jsonl, html, tmx, csv, xliff, xliff12, page, docx, srt, vtt, bilingual"
    assert caught.value.hint == f"formats: {known}"
