"""Feeds saved as files: RSS 0.9x, 1.0 and 2.0, and Atom; every item is an article.

Read as a stream and as a stranger's (see `xmlstream`). An item's whole content is taken where
the feed has it, else its summary; HTML in it is read as in web pages.
"""

from __future__ import annotations

import html as html_
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from email.utils import parseaddr, parsedate_to_datetime
from typing import BinaryIO

from toolkit.errors import InputError
from toolkit.formats import xmlstream
from toolkit.formats.articles import Draft
from toolkit.formats.jsonl import Row
from toolkit.formats.pairs import BadRow
from toolkit.formats.xmlstream import At, Inside, Tag
from toolkit.schema import Metadata

__all__ = ["looks_like", "read"]

_ITEMS = frozenset({"item", "entry"})
# Namespaces whose elements are the feed's own; those of others (media, iTunes) are passed over.
_OWN = frozenset(
    {
        "",
        "http://purl.org/rss/1.0/modules/content/",
        "http://purl.org/dc/elements/1.1/",
        "http://purl.org/rss/1.0/",
        "http://my.netscape.com/rdf/simple/0.9/",
        "http://backend.userland.com/rss2",
        "http://www.w3.org/2005/Atom",
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    }
)
_FEED = re.compile(rb"<(?:\w+:)?(?:rss|RDF|feed)[\s>]")


def looks_like(head: bytes) -> bool:
    """Whether a file that begins so is a feed."""
    return _FEED.search(head.replace(b"\0", b"")) is not None


def read(source: BinaryIO, name: str) -> Iterator[Row | BadRow]:
    """The items of a feed, in its order; an item without words is the fault of itself alone.

    An item is called what its feed calls it (`guid`, `id`, its address), else by its number.
    Raises InputError with the line where the feed cannot be read on.
    """
    for number, item in enumerate(xmlstream.read(source, name, _Reader()), 1):
        item_id = item.id or str(number)
        try:
            yield Row(item.line, item_id, _draft(item))
        except InputError as error:
            yield BadRow(item.line, error, item_id)


@dataclass(frozen=True, slots=True)
class _Item:
    line: int
    id: str
    text: str
    metadata: Metadata
    lang: str | None


def _draft(item: _Item) -> Draft:
    if not any(c.isalnum() for c in item.text):
        raise InputError("the item has no text")
    # Here, since what reads pages is slow to import, and not every folder has feeds.
    from toolkit.formats import html

    draft = html.fragment(item.text)
    return replace(draft, metadata=item.metadata, lang=item.lang, trusted=False)


@dataclass(slots=True)
class _Open:
    """An item while it is read: what its elements say, by their names."""

    line: int
    lang: str = ""
    said: dict[str, str] = field(default_factory=dict)

    def done(self, channel: dict[str, str]) -> _Item:
        said = self.said
        text = said.get("encoded") or said.get("content") or said.get("description") or ""
        address = said.get("alternate") or said.get("link") or ""
        known = Metadata(
            title=_line(said.get("title")),
            outlet=_line(said.get("source") or channel.get("title")),
            date=_day(said.get("pubDate") or said.get("published") or said.get("date") or ""),
            byline=_line(said.get("creator") or _person(said.get("author", ""))),
            url=_line(address),
        )
        lang = self.lang or said.get("language") or channel.get("language") or None
        own = said.get("guid") or said.get("id") or address
        return _Item(self.line, " ".join(own.split()), text, known, lang)


def _line(text: str | None) -> str | None:
    """One line; titles are often escaped once more than they should be."""
    return " ".join(re.sub(r"<[^<>]{0,500}>", "", html_.unescape(text or "")).split()) or None


def _day(text: str) -> str | None:
    """The day of a date as RFC 822 or RFC 3339 write it; no other form is guessed at."""
    if found := re.match(r"\s*(\d{4}-\d{2}-\d{2})(?:[T\s]|$)", text):
        return found[1]
    try:
        return parsedate_to_datetime(text).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _person(text: str) -> str:
    """Who an `author` of RSS is: `desk@post.example (Ann Lee)` is Ann Lee."""
    if "@" not in text:
        return text
    return parseaddr(text)[0]


class _Reader:
    """Items, each when it ends."""

    roots = ("rss", "feed", "RDF")

    def __init__(self) -> None:
        self._channel: dict[str, str] = {}
        self._item: _Open | None = None
        self._field = ""  # what the element that is read says
        self._kind = ""  # of an Atom text: text, html, xhtml
        self._markup: list[str] | None = None  # of a text that is elements
        self._depth = 0

    def start(self, tag: Tag, path: Sequence[str]) -> Inside:
        name, own = tag.name, tag.attributes
        if self._markup is not None:
            self._markup.append(f"<{name}>")
            return Inside.TOLD
        if tag.space not in _OWN:
            return Inside.SKIPPED
        lang = own.get("xml:lang", "")
        if name in _ITEMS:
            self._item = _Open(tag.line, lang)
        elif not path and lang:
            self._channel["language"] = lang
        elif self._item is not None and name == "link" and own.get("href"):
            if own.get("rel", "alternate") == "alternate":
                self._item.said.setdefault("alternate", own["href"])
        elif field_ := _field(name, path):
            self._field = field_
            self._kind = own.get("type", "") if "feed" in path else "html"
            if self._kind != "xhtml":
                return Inside.TEXT
            self._markup, self._depth = [], len(path)
        return Inside.TOLD

    def text(self, content: str, _at: At) -> None:
        if self._markup is not None:
            self._markup.append(html_.escape(content))

    def end(self, name: str, path: Sequence[str], text: str) -> Iterator[_Item]:
        if self._markup is not None and len(path) > self._depth:
            self._markup.append(f"</{name}>")
        elif name in _ITEMS and self._item is not None:
            yield self._item.done(self._channel)
            self._item = None
        elif self._field:
            self._said(self._field, "".join(self._markup or [text]))
            self._field, self._markup = "", None

    def _said(self, local: str, text: str) -> None:
        if not text.strip():
            return
        if self._item is None:
            self._channel.setdefault(local, text.strip())
            return
        if local == "summary":
            local = "description"
        if local in ("content", "description") and self._kind in ("", "text"):
            text = html_.escape(text)
        self._item.said.setdefault(local, text.strip())


def _field(name: str, path: Sequence[str]) -> str:
    """What an element in this place says, or nothing that we ask for."""
    parent = path[-1] if path else ""
    if parent == "author" and name == "name":
        return "author"
    if parent == "source" and name == "title":
        return "source"
    if name in ("author", "source") and "feed" in path:
        return ""  # of Atom: what is meant stands inside
    return name if parent in (*_ITEMS, "channel", "feed") else ""
