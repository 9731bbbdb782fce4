"""What a reader passes on: the text alone, as a text or a Word document, from any source."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from toolkit import formats, pipeline
from toolkit.formats import documents, docx, layout, outputs
from toolkit.schema import Plan, Result
from toolkit.terms import Termbase
from toolkit.testing import ScriptedEngine

PAGE = """<html><head><meta property="og:site_name" content="The Pier Post"></head><article>
<h1>Ferry & harbour</h1><p>It cost $4m.</p><h2>What next</h2><p>Nobody knows &lt;yet&gt;.</p>
</article></html>"""
ANSWERS = {
    "Ferry & harbour": "여객선과 항구",
    "It cost $4m.": "비용은 500만 달러였다.",
    "What next": "다음은",
    "Nobody knows <yet>.": "<아직> 아무도 모른다.",
}
PARTS = (
    "여객선과 항구",
    "출처: The Pier Post",
    "비용은 400만 달러였다.",
    "다음은",
    "<아직> 아무도 모른다.",
)


@pytest.fixture
def result(tmp_path: Path) -> Result:
    path = tmp_path / "a.html"
    path.write_text(PAGE)
    article = formats.read_one(path, lang="en")
    plan = Plan(langs=("ko",), length=None)
    return pipeline.process(
        article,
        plan,
        ScriptedEngine({(text, "ko"): said for text, said in ANSWERS.items()}),
        Termbase(()),
    )


def test_a_text_is_the_article_and_its_source(result: Result) -> None:
    assert list(documents.plain_texts(result)) == [
        ("ko", "\n\n".join(PARTS) + "\n"),
    ]


def test_a_document_from_a_page_reads_back_with_its_headings(result: Result) -> None:
    draft = docx.read(documents.document(result, result.translations[0]))
    kinds = [(b.kind, draft.text[b.span.start : b.span.end]) for b in draft.blocks]
    assert kinds == [
        ("title", "여객선과 항구"),
        ("paragraph", "출처: The Pier Post"),
        ("paragraph", "비용은 400만 달러였다."),
        ("heading", "다음은"),
        ("paragraph", "<아직> 아무도 모른다."),
    ]


def test_two_columns_have_a_row_for_each_block(result: Result) -> None:
    made = documents.bilingual(result, result.translations[0])
    body = zipfile.ZipFile(BytesIO(made)).read("word/document.xml").decode()
    assert body.count("<w:tr>") == 1 + 4
    assert "Nobody knows &lt;yet&gt;." in body
    assert made == documents.bilingual(result, result.translations[0])


def test_what_was_found_stands_beside_the_text_and_not_in_it(
    result: Result, tmp_path: Path
) -> None:
    wrote: list[Path] = []
    for form in ("md", "text", "docx", "bilingual"):
        outputs.write([result], form, tmp_path / form, wrote=wrote.append)
    assert [path.name for path in wrote] == [
        "a.ko.md", "a.ko.findings.txt", "a.ko.txt", "a.ko.findings.txt",
        "a.ko.docx", "a.ko.findings.txt", "a.ko.docx", "a.ko.findings.txt",
    ]  # fmt: skip
    assert "money/mistranslation" not in (tmp_path / "md" / "a.ko.md").read_text("utf-8")
    found = (tmp_path / "md" / "a.ko.findings.txt").read_text("utf-8")
    assert found == "¶1 warning money/mistranslation: “400만 달러” → “500만 달러”\n"
    assert list(layout.found(result)) == [("ko", [found.rstrip()])]
