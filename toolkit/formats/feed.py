"""Feeds saved as files: RSS 0.9x, 1.0 and 2.0, and Atom; every item is an article.

Read as a stream and as a stranger's (see `xmlstream`). An item's whole content is taken where
the feed has it, else its summary; HTML in it is read as in web pages.
"""

from __future__ import annotations

import html as html_
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from email.utils import parseaddr, parsedate_to_datetime
from typing import BinaryIO
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesNSImpl, Locator

from toolkit.errors import InputError
from toolkit.formats import xmlstream
from toolkit.formats.articles import Draft
from toolkit.formats.jsonl import Row
from toolkit.formats.pairs import BadRow
from toolkit.schema import Metadata

__all__ = ["looks_like", "read"]

_ROOTS = frozenset({"rss", "RDF", "feed"})
_ITEMS = frozenset({"item", "entry"})
_CONTENT = "http://purl.org/rss/1.0/modules/content/"
_DUBLIN = "http://purl.org/dc/elements/1.1/"
# Namespaces whose elements are the feed's own; those of others (media, iTunes) are passed over.
_OWN = frozenset(
    {
        None,
        "",
        "http://purl.org/rss/1.0/",
        "http://my.netscape.com/rdf/simple/0.9/",
        "http://backend.userland.com/rss2",
        "http://www.w3.org/2005/Atom",
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    }
)
_LANG = ("http://www.w3.org/XML/1998/namespace", "lang")
_FEED = re.compile(rb"<(?:\w+:)?(?:rss|RDF|feed)[\s>]")


def looks_like(head: bytes) -> bool:
    """Whether a file that begins so is a feed."""
    return _FEED.search(head.replace(b"\0", b"")) is not None


def read(source: BinaryIO, name: str) -> Iterator[Row | BadRow]:
    """The items of a feed, in its order; an item without words is the fault of itself alone.

    An item is called what its feed calls it (`guid`, `id`, its address), else by its number.
    Raises InputError with the line where the feed cannot be read on.
    """
    for number, item in enumerate(xmlstream.read(source, name, _Handler(), namespaces=True), 1):
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


class _Handler(ContentHandler):
    """Collects finished items; keeps nothing of those taken."""

    def __init__(self) -> None:
        super().__init__()
        self._at: Locator
        self._items: list[_Item] = []
        self._path: list[str] = []
        self._channel: dict[str, str] = {}
        self._item: _Open | None = None
        self._reading = ""
        self._text: list[str] = []
        self._depth = 0  # of the element whose text is read
        self._kind = ""  # of an Atom text: text, html, xhtml
        self._foreign = 0

    def setDocumentLocator(self, locator: Locator) -> None:  # noqa: N802
        self._at = locator

    def take(self) -> list[_Item]:
        items, self._items = self._items, []
        return items

    def skippedEntity(self, name: str) -> None:  # noqa: N802
        raise xmlstream.Malformed(
            f"the entity &{name}; is declared elsewhere, where we do not look"
        )

    def startElementNS(  # noqa: N802
        self, name: tuple[str | None, str], _qname: str | None, attrs: AttributesNSImpl
    ) -> None:
        space, local = name
        if not self._path and local not in _ROOTS:
            raise xmlstream.Malformed(f"expected a feed (<rss>, <feed>), found <{local}>")
        self._path.append(local)
        if self._reading:
            if self._kind == "xhtml":
                self._text.append(f"<{local}>")
            return
        if self._foreign or (space not in _OWN and space not in (_CONTENT, _DUBLIN)):
            self._foreign += 1
            return
        own = {key: value for (where, key), value in attrs.items() if where is None}
        lang = str(attrs.get(_LANG) or "")
        if local in _ITEMS:
            self._item = _Open(self._at.getLineNumber() or 1, lang)
        elif len(self._path) == 1 and lang:
            self._channel["language"] = lang
        elif self._item is not None and local == "link" and own.get("href"):
            if own.get("rel", "alternate") == "alternate":
                self._item.said.setdefault("alternate", own["href"])
        else:
            self._begin(local, own.get("type", ""))

    def _begin(self, local: str, kind: str) -> None:
        parent = self._path[-2] if len(self._path) > 1 else ""
        if parent == "author" and local == "name":
            local = "author"
        elif parent == "source" and local == "title":
            local = "source"
        elif local in ("author", "source") and "feed" in self._path:
            return  # of Atom: what is meant stands inside
        elif parent not in (*_ITEMS, "channel", "feed"):
            return
        self._reading, self._text, self._depth = local, [], len(self._path)
        self._kind = kind if "feed" in self._path else "html"

    def characters(self, content: str) -> None:
        if self._reading:
            self._text.append(html_.escape(content) if self._kind == "xhtml" else content)

    def endElementNS(  # noqa: N802
        self, name: tuple[str | None, str], _qname: str | None
    ) -> None:
        depth = len(self._path)
        self._path.pop()
        if self._reading:
            if depth == self._depth:
                self._said(self._reading, "".join(self._text))
                self._reading = ""
            elif self._kind == "xhtml":
                self._text.append(f"</{name[1]}>")
        elif self._foreign:
            self._foreign -= 1
        elif name[1] in _ITEMS and self._item is not None:
            self._items.append(self._item.done(self._channel))
            self._item = None

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
