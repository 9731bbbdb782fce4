"""Documents of Word processors (Office Open XML): articles in, and the same document out.

Read by its standard (ECMA-376, WordprocessingML) with what reads web pages, so that no further
package is needed and every part but the text of the body goes out byte for byte: styles,
pictures, headers, footnotes, comments. A stranger's file: nothing is resolved, a type
declaration is refused, and what would unpack to more than an article can be is not unpacked.

Paragraphs of the body are read in their order, those in tables and text boxes too. Deleted
text, field codes, footnotes, headers and footers are not.
"""

from __future__ import annotations

import io
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from lxml import etree

from toolkit.errors import InputError
from toolkit.formats import layout
from toolkit.formats.articles import Draft
from toolkit.formats.inline import Run, distribute
from toolkit.schema import Block, BlockKind, Result, Span, Translation

__all__ = ["read", "write"]

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_OFFICE = "/officeDocument"  # how the type of the relationship to the body ends
# A book of a million words has about 20 MB of body; pictures are copied, not read.
_LARGEST_BODY = 64 << 20
_LARGEST = 1 << 30
_HINT = "save it anew as .docx, or its text as .txt"
# What is text in a run, beside w:t.
_SPACES = frozenset({"tab", "ptab"})
_ENDS = frozenset({"br", "cr"})
# How a run looks; what is left out (language, fonts, spelling marks) cuts words, not looks.
_LOOKS = ("b", "i", "u", "strike", "dstrike", "caps", "smallCaps", "vertAlign", "highlight")
_LOOKS_BY_VALUE = ("rStyle", "color")


def read(data: bytes) -> Draft:
    """The article of a document; titles, headings and captions are what their styles say.

    Raises InputError for what is no such document.
    """
    document = _Document(data)
    parts: list[str] = []
    blocks: list[Block] = []
    length = 0
    for line in document.lines():
        parts.append(line.text)
        blocks.append(Block(line.kind, Span(length, length + len(line.text))))
        length += len(line.text) + 2
    titled = any(block.kind == "title" for block in blocks)
    if blocks and blocks[0].kind == "heading" and not titled:
        # Who writes without a template has no other style for it.
        blocks[0], titled = replace(blocks[0], kind="title"), True
    return Draft("\n\n".join(parts), tuple(blocks), titled=titled)


def write(data: bytes, result: Result, translation: Translation) -> bytes:
    """The document with the text of its paragraphs translated, and nothing else changed.

    Raises InputError where it is not the one the article was read from.
    """
    document = _Document(data)
    rows = list(layout.rows(result, translation))
    lines = list(document.lines())
    if [line.text for line in lines] != [row.source for row in rows]:
        raise InputError(
            f"{result.article.source}: expected the document this article was read from",
            hint="it was changed since: translate it again",
        )
    for line, row in zip(lines, rows, strict=True):
        stretches = line.stretches()
        runs = [Run(s.length, s.look, s.link) for s in stretches]
        texts = distribute(row, runs, translation.agreements)
        for stretch, text in zip(stretches, texts, strict=True):
            stretch.put(text)
    document.finish()
    return document.packed()


@dataclass(frozen=True, slots=True)
class _Char:
    """A character of a paragraph: the place in the `w:t` that holds it, if one does."""

    text: str
    holder: Any = None
    at: int = 0


@dataclass(slots=True)
class _Stretch:
    """Characters of one `w:t`, and what to write in their place."""

    holder: Any
    start: int
    end: int
    length: int
    look: tuple[str, ...]
    link: bool
    edits: dict[Any, list[tuple[int, int, str]]]

    def put(self, text: str) -> None:
        if self.holder is not None:
            self.edits.setdefault(self.holder, []).append((self.start, self.end, text))


@dataclass(frozen=True, slots=True)
class _Line:
    """A paragraph, or a line of one that a line break cuts."""

    kind: BlockKind
    chars: tuple[_Char, ...]
    edits: dict[Any, list[tuple[int, int, str]]]

    @property
    def text(self) -> str:
        return "".join(char.text for char in self.chars)

    def stretches(self) -> list[_Stretch]:
        """The text run by run; a tab between two goes with what is before it."""
        found: list[_Stretch] = []
        for holder, group in groupby(self.chars, key=lambda char: char.holder):
            chars = list(group)
            if found and (holder is None or not any(not c.text.isspace() for c in chars)):
                found[-1].length += len(chars)
                continue
            start, end = chars[0].at, chars[-1].at + 1
            look, link = _look(holder)
            found.append(_Stretch(holder, start, end, len(chars), look, link, self.edits))
        return found


class _Document:
    """An unpacked document: its body as a tree, and all its parts."""

    def __init__(self, data: bytes) -> None:
        self._edits: dict[Any, list[tuple[int, int, str]]] = {}
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            self._name = self._body_name()
            self._tree = self._part(self._name)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as exc:
            raise InputError(f"expected a .docx document, found none: {exc}", hint=_HINT) from exc
        except (RuntimeError, KeyError) as exc:  # encrypted; a part that is not there
            raise InputError(f"the document cannot be unpacked: {exc}", hint=_HINT) from exc
        if sum(info.file_size for info in self._zip.infolist()) > _LARGEST:
            raise InputError("the document would unpack to more than 1 GB", hint=_HINT)
        root = self._tree.getroot()
        body = next((e for e in root if _local(e) == "body"), None)
        if body is None:
            raise InputError("expected the body of a document, found none", hint=_HINT)
        self._body = body
        self._kinds = self._styles()

    def lines(self) -> Iterator[_Line]:
        for paragraph in list(self._body.iter(f"{_W}p", f"{_STRICT}p")):
            if any(above.tag == _FALLBACK for above in paragraph.iterancestors()):
                continue  # the same text box again, for old programs
            kind = self._kind(paragraph)
            for ends, group in groupby(_chars(paragraph), key=lambda char: char.text == "\n"):
                chars = list(group)
                while chars and chars[0].text.isspace():
                    chars.pop(0)
                while chars and chars[-1].text.isspace():
                    chars.pop()
                if not ends and chars:
                    yield _Line(kind, tuple(chars), self._edits)

    def finish(self) -> None:
        """Put what was written into the tree."""
        for holder, edits in self._edits.items():
            text, parts, at = _normal(holder.text), [], 0
            for start, end, new in sorted(edits):
                parts += [text[at:start], new]
                at = end
            holder.text = layout.clean("".join((*parts, text[at:])))
            holder.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")

    def packed(self) -> bytes:
        """The document with its body as it is now; every other part as it was."""
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as packed:
            for info in self._zip.infolist():
                if info.filename == self._name:
                    data = etree.tostring(
                        self._tree, xml_declaration=True, encoding="UTF-8", standalone=True
                    )
                else:
                    data = self._read(info.filename, _LARGEST)
                packed.writestr(info, data, info.compress_type)
        return out.getvalue()

    def _read(self, name: str, most: int) -> bytes:
        with self._zip.open(name) as file:
            data = file.read(most + 1)
        if len(data) > most:
            raise InputError(f"{name} in the document is larger than {most >> 20} MB", hint=_HINT)
        return data

    def _part(self, name: str) -> Any:
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        try:
            tree = etree.parse(io.BytesIO(self._read(name, _LARGEST_BODY)), parser)
        except etree.XMLSyntaxError as exc:
            line = exc.lineno or 1
            raise InputError(f"{name} in the document: line {line}: {exc.msg}", hint=_HINT) from exc
        if tree.docinfo.internalDTD is not None:
            raise InputError(f"{name} in the document declares a document type", hint=_HINT)
        return tree

    def _body_name(self) -> str:
        for relation in self._part("_rels/.rels").getroot():
            if (relation.get("Type") or "").endswith(_OFFICE):
                return str(relation.get("Target") or "").lstrip("/")
        raise InputError("expected a document, found a package without one", hint=_HINT)

    def _styles(self) -> dict[str, BlockKind]:
        """What the paragraph styles make of a block, by their ids; names are English always."""
        name = self._name.rpartition("/")[0] + "/styles.xml"
        kinds: dict[str, BlockKind] = {}
        if name not in self._zip.namelist():
            return kinds
        for style in self._part(name).getroot():
            own = next((_value(e) for e in style if _local(e) == "name"), "").lower()
            if own == "title":
                kinds[_attribute(style, "styleId")] = "title"
            elif own.startswith("heading ") or own == "subtitle":
                kinds[_attribute(style, "styleId")] = "heading"
            elif own == "caption":
                kinds[_attribute(style, "styleId")] = "caption"
        return kinds

    def _kind(self, paragraph: Any) -> BlockKind:
        for properties in paragraph:
            if _local(properties) == "pPr":
                style = next((_value(e) for e in properties if _local(e) == "pStyle"), "")
                return self._kinds.get(style, "paragraph")
        return "paragraph"


def _chars(element: Any) -> Iterator[_Char]:
    """The characters of a paragraph, in order, without those of paragraphs inside it."""
    for child in element:
        name = _local(child)
        if name in ("p", "del", "moveFrom", "pPr", "rPr", "AlternateContent", "drawing", "pict"):
            continue
        if name == "t":
            text = _normal(child.text)
            yield from (_Char(" " if c in "\n\r\t" else c, child, i) for i, c in enumerate(text))
        elif name in _SPACES:
            yield _Char(" ")
        elif name == "noBreakHyphen":
            yield _Char("\u2011")
        elif name in _ENDS:
            yield _Char("\n")
        else:
            yield from _chars(child)


def _look(holder: Any) -> tuple[tuple[str, ...], bool]:
    """How a run looks, and whether it is in a link."""
    if holder is None:
        return (), False
    run = holder.getparent()
    link = any(_local(above) == "hyperlink" for above in holder.iterancestors())
    properties = next((e for e in run if _local(e) == "rPr"), ())
    look = [
        f"{_local(e)}={_value(e)}"
        for e in properties
        if (_local(e) in _LOOKS and _value(e) not in ("0", "false", "none", "off"))
        or _local(e) in _LOOKS_BY_VALUE
    ]
    return tuple(sorted(look)), link


def _normal(text: str | None) -> str:
    return unicodedata.normalize("NFC", text or "")


def _local(element: Any) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _value(element: Any) -> str:
    return _attribute(element, "val")


def _attribute(element: Any, name: str) -> str:
    return str(element.get(f"{_W}{name}") or element.get(f"{_STRICT}{name}") or "")
