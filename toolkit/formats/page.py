"""The page an article was read from, with its text in another language: only text is changed.

The page is not written anew from a tree but edited where its text stands, so that every tag,
attribute, script and comment stays byte for byte. Attributes are left
alone (`alt` and `title` too), but for the language of the page and its character set, which
say what the text is now.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape, unescape
from html.parser import HTMLParser
from itertools import groupby
from typing import Any

from lxml import etree

from toolkit.errors import InputError
from toolkit.formats import html, layout
from toolkit.formats.inline import Run, distribute
from toolkit.schema import Result, Translation

__all__ = ["write"]

_HINT = "the file was changed since it was read, or its markup is broken: write another format"
# How far on in the page the text of an element is looked for, beyond where it should be.
_AHEAD = 20_000
_ROOT = re.compile(r"<html\b[^>]*>", re.IGNORECASE)
_LANG = re.compile(r"""(\s(?:xml:)?lang\s*=\s*)("[^"]*"|'[^']*'|[^\s>]+)""", re.IGNORECASE)
_CHARSET = re.compile(
    r"""(<meta\b[^>]*?charset\s*=\s*["']?)[\w.:-]+|^(\s*<\?xml\b[^>]*?encoding=["'])[\w.:-]+""",
    re.IGNORECASE,
)
# What stands in one text of the tree and is none; "3 < 5" is text.
_MARKUP = re.compile(r"<!--.*?-->|<[!?/a-zA-Z][^>]*>", re.DOTALL)
_HEAD = 4096


def write(text: str, result: Result, translation: Translation, *, fragment: bool = False) -> str:
    """The page with each block of the article, its headline and its `<title>` translated.

    `text` is the page as it was read, or a `fragment` of one. Raises InputError where it is
    another one.
    """
    page = html.parse_fragment(text) if fragment else html.parse(text)
    if page.extracted:
        raise InputError(
            f"{result.article.source}: its text stands in a script, not in the page",
            hint="write another format, such as md or docx",
        )
    source = _Source(text, page.tree)
    rows = list(layout.rows(result, translation))
    title = rows.pop(0) if rows and rows[0].paragraph == 0 else None
    kept = [p for p in page.paragraphs if p.kept and not page.is_title(p)]
    if [p.text for p in kept] != [row.source for row in rows]:
        raise InputError(
            f"{result.article.source}: expected the page this article was read from", hint=_HINT
        )
    edits: list[tuple[int, int, str]] = []
    for row, paragraph in zip(rows, kept, strict=True):
        edits += _edits(row, paragraph, source, translation)
    if title is not None:
        for paragraph in filter(page.is_title, page.paragraphs):
            edits += _edits(_as_shown(title, paragraph.text), paragraph, source, translation)
        named = next(page.tree.iter("title"), None)
        if named is not None and (named.text or "").strip() == title.source.strip():
            edits += source.replaced(named, title.target)
    return _with_head(_edited(text, edits), translation.lang)


def _as_shown(title: layout.Row, text: str) -> layout.Row:
    """The title as the page writes it, where its metadata write it otherwise."""
    (piece,) = title.pieces
    if piece.source == text:
        return title
    return layout.Row("title", 0, (layout.Piece(piece.span, text, piece.target, piece.segment_id),))


def _edits(
    row: layout.Row, paragraph: html.Paragraph, source: _Source, translation: Translation
) -> Iterator[tuple[int, int, str]]:
    stretches = _stretches(paragraph)
    runs = [Run(s.length, *_look(s.owner, paragraph)) for s in stretches]
    texts = distribute(row, runs, translation.agreements)
    for stretch, text in zip(stretches, texts, strict=True):
        if stretch.owner is None:
            continue
        place = source.place(stretch)
        if place is None:
            raise InputError(f"the page has {paragraph.text!r:.60} in no place found", hint=_HINT)
        yield source.edit(place, text)


Owner = tuple[Any, bool]  # an element, and whether the text is its tail


@dataclass(slots=True)
class _Stretch:
    """Characters of a paragraph that lie in one text of the page, from `start` to `end` there."""

    owner: Owner | None
    start: int
    end: int
    length: int


def _stretches(paragraph: html.Paragraph) -> list[_Stretch]:
    """Where a paragraph's characters stand in the page, run by run.

    White space between two elements that is all an element has goes with what is before it.
    """
    places: list[tuple[Owner | None, int]] = []
    at = 0
    for bit in paragraph.bits:
        own = None if bit.element.tag == "br" and not bit.tail else (bit.element, bit.tail)
        first, last = max(paragraph.start - at, 0), min(paragraph.end - at, len(bit.text))
        places += ((own, i) for i in range(first, last))
        at += len(bit.text)
    whole = "".join(bit.text for bit in paragraph.bits)[paragraph.start : paragraph.end]
    shown: list[tuple[str, Owner | None, int]] = []
    done = 0
    for space in html.SPACES.finditer(whole):
        shown += ((whole[i], *places[i]) for i in range(done, space.start()))
        shown.append((" ", *places[space.start()]))
        done = space.end()
    shown += ((whole[i], *places[i]) for i in range(done, len(whole)))
    text = "".join(char for char, _, _ in shown)
    lead = len(text) - len(text.lstrip())
    shown = shown[lead : lead + len(text.strip())]
    found: list[_Stretch] = []
    for owner, group in groupby(shown, key=lambda one: one[1]):
        chars = list(group)
        if found and not any(not char.isspace() for char, _, _ in chars):
            found[-1].length += len(chars)
            continue
        first, last = chars[0][2], chars[-1][2] + 1
        found.append(_Stretch(owner, first, last, len(chars)))
    return found


def _look(owner: Owner | None, paragraph: html.Paragraph) -> tuple[tuple[str, ...], bool]:
    """The inline elements around a text, and whether a link is among them."""
    if owner is None:
        return (), False
    element, tail = owner
    at = element.getparent() if tail else element
    names: list[str] = []
    while at is not None and at.tag != paragraph.place.tag and at.tag not in ("body", "html"):
        names.append(str(at.tag))
        at = at.getparent()
    # A span looks like nothing by itself.
    return tuple(name for name in names if name != "span"), "a" in names


class _Source:
    """A page as written, and where in it each text of its tree stands."""

    def __init__(self, text: str, tree: Any) -> None:
        self._text = text
        tokens = _Tokens(text)
        chars = "".join(char for char, _, _ in tokens.chars)
        self._ends = [(start, end) for _, start, end in tokens.chars]
        self._at: dict[Owner, int] = {}
        cursor = 0
        for owner, own in _texts(tree):
            letters = "".join(own.split())
            if not letters:
                continue
            place = chars.find(letters, cursor, cursor + len(letters) + _AHEAD)
            if place >= 0:
                self._at[owner] = place
                cursor = place + len(letters)

    def place(self, stretch: _Stretch) -> tuple[int, int] | None:
        """Where the stretch begins and ends in the page, with its own white space."""
        if stretch.owner is None or stretch.owner not in self._at:
            return None
        own = _own_text(stretch.owner)
        first = self._at[stretch.owner] + _solid(own[: stretch.start])
        last = first + _solid(own[stretch.start : stretch.end])
        if first == last:
            return None
        start, end = self._ends[first][0], self._ends[last - 1][1]
        if own[stretch.start].isspace():
            while start and self._text[start - 1].isspace():
                start -= 1
        if own[stretch.end - 1].isspace():
            while end < len(self._text) and self._text[end].isspace():
                end += 1
        return start, end

    def replaced(self, element: Any, text: str) -> Iterator[tuple[int, int, str]]:
        own = (element, False)
        whole = _own_text(own)
        lead = len(whole) - len(whole.lstrip())
        stretch = _Stretch(own, lead, lead + len(whole.strip()), 0)
        if place := self.place(stretch):
            yield self.edit(place, text)

    def edit(self, place: tuple[int, int], text: str) -> tuple[int, int, str]:
        """The text in this place; comments and stray tags in it stay, behind the text."""
        start, end = place
        kept = "".join(_MARKUP.findall(self._text[start:end]))
        return start, end, escape(text, quote=False) + kept


def _solid(text: str) -> int:
    return sum(map(len, text.split()))


def _own_text(owner: Owner) -> str:
    element, tail = owner
    return (element.tail if tail else element.text) or ""


def _texts(tree: Any) -> Iterator[tuple[Owner, str]]:
    """Every text of the tree in the order of the page."""
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        tail = event == "end"
        yield (element, tail), _own_text((element, tail))


class _Tokens(HTMLParser):
    """The characters of a page that are text and no white space, and where each is written."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=False)
        self.chars: list[tuple[str, int, int]] = []
        self._whole = text
        self._lines = [0, *(m.end() for m in re.finditer("\n", text))]
        self.feed(text)
        self.close()

    def _here(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column

    def handle_data(self, data: str) -> None:
        start = self._here()
        self.chars += ((c, start + i, start + i + 1) for i, c in enumerate(data) if not c.isspace())

    def handle_entityref(self, name: str) -> None:
        self._reference(f"&{name}")

    def handle_charref(self, name: str) -> None:
        self._reference(f"&#{name}")

    def _reference(self, written: str) -> None:
        start = self._here()
        end = start + len(written)
        end += self._whole.startswith(";", end)
        shown = unescape(self._whole[start:end])
        self.chars += ((c, start, end) for c in shown if not c.isspace())


def _edited(text: str, edits: Sequence[tuple[int, int, str]]) -> str:
    parts: list[str] = []
    at = 0
    for start, end, new in sorted(edits):
        parts += (text[at : max(at, start)], new)
        at = max(at, end)
    return "".join((*parts, text[at:]))


def _with_head(text: str, lang: str) -> str:
    """The page with its language, and UTF-8 for its character set, where it states them."""
    head = _CHARSET.sub(_utf8, text[:_HEAD])
    if root := _ROOT.search(head):
        own = _LANG.sub(lambda found: f'{found[1]}"{lang}"', root[0])
        head = head[: root.start()] + own + head[root.end() :]
    return head + text[_HEAD:]


def _utf8(found: re.Match[str]) -> str:
    return f"{found[1] or found[2]}utf-8"
