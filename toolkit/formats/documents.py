"""A translation as a text, or as a Word document of its own, whatever it was read from.

Written by the standard (ECMA-376, WordprocessingML) with nothing but the few parts that a
document must have. Titles, headings and captions have the styles that every word processor
knows by these names, and each text says its language, so that its speller helps.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from toolkit.formats import layout
from toolkit.schema import Result, Translation

__all__ = ["bilingual", "document", "plain_documents", "plain_texts"]

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MIME = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_TYPES = (
    f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_MIME}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{_MIME}.styles+xml"/></Types>'
)
_RELATIONS = (
    f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
    f'Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>'
)
_PARTS = (
    f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
    f'Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>'
)
# The name of each style and how it looks; sizes are half points.
_STYLES = {
    "Normal": ("Normal", ""),
    "Title": ("Title", '<w:b/><w:sz w:val="40"/>'),
    "Heading2": ("heading 2", '<w:b/><w:sz w:val="28"/>'),
    "Caption": ("caption", '<w:i/><w:sz w:val="20"/>'),
}
_STYLE_OF = {"title": "Title", "heading": "Heading2", "caption": "Caption"}
# Written from right to left.
_RIGHT_TO_LEFT = frozenset({"ar", "ckb", "fa", "he", "ps", "sd", "ug", "ur", "yi"})
# The same bytes for the same text: an archive's clock begins here.
_BEGINNING = (1980, 1, 1, 0, 0, 0)


def plain_texts(result: Result) -> Iterator[tuple[str, str]]:
    """Language and text of what a reader is to have: the article's blocks, and nothing else.

    Where an outlet, a writer or an address is known, they stand in one line below the title.
    A summary is a line for each sentence.
    """
    article = result.article
    if result.summary and article.lang not in {one.lang for one in result.translations}:
        sentences = "\n".join(sentence.text for sentence in result.summary.sentences)
        title = layout.title(article)
        yield article.lang, _joined([title or "", layout.origin(article, article.lang), sentences])
    for one in result.translations:
        parts = [layout.origin(article, one.lang)]
        if one.summary:
            parts.append("\n".join(sentence.text for sentence in one.summary.sentences))
        rows = list(layout.rows(result, one)) if one.text else []
        if rows and rows[0].kind == "title":
            parts.insert(0, rows.pop(0).target)
        elif not rows and one.title:
            parts.insert(0, one.title)
        yield one.lang, _joined([*parts, *(row.target for row in rows)])


def plain_documents(result: Result) -> Iterator[tuple[str, list[str]]]:
    """File name and text of each language."""
    for lang, text in plain_texts(result):
        yield layout.file_name(result.article.id, lang, "txt"), [text]


def document(result: Result, translation: Translation) -> bytes:
    """The translation as a document: title, source, and the text block by block."""
    lang = translation.lang
    rows = list(layout.rows(result, translation))
    paragraphs = [_paragraph(row.target, _STYLE_OF.get(row.kind, "Normal"), lang) for row in rows]
    if origin := layout.origin(result.article, lang):
        paragraphs.insert(
            bool(rows) and rows[0].kind == "title", _paragraph(origin, "Normal", lang)
        )
    return _packed("".join(paragraphs))


def bilingual(result: Result, translation: Translation) -> bytes:
    """Both texts side by side: a table of two columns with a row for each block."""
    source, target = result.article.lang, translation.lang
    head = (layout.own_name(source), "Title", source), (layout.own_name(target), "Title", target)
    rows = [_row(*head)]
    for row in layout.rows(result, translation):
        style = _STYLE_OF.get(row.kind, "Normal")
        rows.append(_row((row.source, style, source), (row.target, style, target)))
    lines = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:color="A0A0A0"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    table = (
        '<w:tbl><w:tblPr><w:tblW w:w="5000" w:type="pct"/>'
        f"<w:tblBorders>{lines}</w:tblBorders></w:tblPr>"
        '<w:tblGrid><w:gridCol w:w="4800"/><w:gridCol w:w="4800"/></w:tblGrid>'
        f"{''.join(rows)}</w:tbl>"
    )
    origin = layout.origin(result.article, target)
    before = _paragraph(origin, "Normal", target) if origin else ""
    return _packed(f"{before}{table}<w:p/>")


def _joined(parts: list[str]) -> str:
    return "\n\n".join(text for part in parts if (text := layout.clean(part).strip())) + "\n"


def _row(*cells: tuple[str, str, str]) -> str:
    inside = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="2500" w:type="pct"/></w:tcPr>{_paragraph(*cell)}</w:tc>'
        for cell in cells
    )
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{inside}</w:tr>"


def _paragraph(text: str, style: str, lang: str) -> str:
    turned = lang.partition("-")[0] in _RIGHT_TO_LEFT
    spelled = (
        f"<w:lang w:val={quoteattr(lang)} w:eastAsia={quoteattr(lang)} w:bidi={quoteattr(lang)}/>"
    )
    lines = "<w:br/>".join(
        f'<w:t xml:space="preserve">{escape(line)}</w:t>'
        for line in layout.clean(text).strip().split("\n")
    )
    return (
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{"<w:bidi/>" if turned else ""}</w:pPr>'
        f"<w:r><w:rPr>{'<w:rtl/>' if turned else ''}{spelled}</w:rPr>{lines}</w:r></w:p>"
    )


def _packed(body: str) -> bytes:
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{key}" w:default="{int(key == "Normal")}">'
        f'<w:name w:val="{name}"/><w:pPr><w:spacing w:before="120" w:after="120"/></w:pPr>'
        f"<w:rPr>{run}</w:rPr></w:style>"
        for key, (name, run) in _STYLES.items()
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, inside in (
            ("[Content_Types].xml", _TYPES),
            ("_rels/.rels", _RELATIONS),
            ("word/_rels/document.xml.rels", _PARTS),
            ("word/styles.xml", f'<w:styles xmlns:w="{_W}">{styles}</w:styles>'),
            (
                "word/document.xml",
                f'<w:document xmlns:w="{_W}"><w:body>{body}<w:sectPr/></w:body></w:document>',
            ),
        ):
            info = zipfile.ZipInfo(name, _BEGINNING)
            info.compress_type = zipfile.ZIP_DEFLATED
            packed.writestr(info, '<?xml version="1.0" encoding="UTF-8"?>\n' + inside)
    return out.getvalue()
