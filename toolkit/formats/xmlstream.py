"""XML from strangers, as a stream: a file may be larger than main memory.

Entity declarations are refused and nothing a document points to is ever opened.
"""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO, Protocol, TypeVar
from xml.sax import SAXParseException
from xml.sax.handler import feature_namespaces
from xml.sax.xmlreader import Locator

from toolkit.errors import InputError
from toolkit.formats.pairs import Place

__all__ = ["Handler", "Malformed", "Text", "clean", "escape", "read"]

T = TypeVar("T")
_CHUNK = 1 << 16


def clean(text: str) -> str:
    """The text as XML can hold it: a control character is a space."""
    return _FORBIDDEN.sub(" ", text)


def escape(text: str) -> str:
    """Text for an element or a quoted attribute."""
    # A carriage return would be read back as a newline, and in an attribute a newline as a
    # space; as references they stay. References do no harm elsewhere.
    return clean(text).translate(_REFERENCES)


_REFERENCES = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}
    | {"\r": "&#13;", "\n": "&#10;", "\t": "&#9;"}
)
_FORBIDDEN = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Malformed(Exception):
    """XML, but not what the format says; `read` adds file and line."""


class Handler(Protocol[T]):
    """A SAX handler that collects what it reads until it is taken, and keeps nothing of that."""

    def setDocumentLocator(self, locator: Locator) -> None: ...  # noqa: N802
    def take(self) -> list[T]: ...


class Text:
    """Text as it is read piece by piece, and where in the file each piece stands."""

    __slots__ = ("_length", "_next", "parts", "places")

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.places: list[Place] = []
        self._length = 0
        self._next = (0, 0)

    def add(self, content: str, at: Locator) -> None:
        line, column = at.getLineNumber() or 1, (at.getColumnNumber() or 0) + 1
        if (line, column) != self._next:
            self.places.append(Place(self._length, line, column))
        self._length += len(content)
        self._next = (line, column + len(content))
        self.parts.append(content)

    def put(self, content: str) -> None:
        """Text that the file has in another form."""
        self._length += len(content)
        self._next = (0, 0)
        self.parts.append(content)

    def last(self) -> str:
        """The last character, or nothing."""
        return self.parts[-1][-1:] if self.parts else ""

    def __str__(self) -> str:
        return "".join(self.parts)


def read(
    source: str | Path | bytes | BinaryIO,
    name: str,
    handler: Handler[T],
    *,
    namespaces: bool = False,
) -> Iterator[T]:
    """What the handler makes of a document, item by item, as it is read.

    Raises InputError with the line, as late as there: what came before was right.
    """
    if isinstance(source, bytes):
        yield from _parse(io.BytesIO(source), name, handler, namespaces=namespaces)
    elif isinstance(source, (str, Path)):
        try:
            with Path(source).open("rb") as stream:
                yield from _parse(stream, name, handler, namespaces=namespaces)
        except OSError as exc:
            raise InputError(f"{name}: cannot be read: {exc.strerror}") from exc
    else:
        yield from _parse(source, name, handler, namespaces=namespaces)


def _parse(stream: BinaryIO, name: str, handler: Handler[T], *, namespaces: bool) -> Iterator[T]:
    # Here, since only who has XML to read should wait for them.
    from defusedxml.common import DefusedXmlException

    # External references are not forbidden, since every TMX names its DTD; they are left
    # alone, which is the parser's default. Entities cannot be declared at all.
    parser = _parser()(forbid_dtd=False, forbid_entities=True, forbid_external=False)
    parser.setFeature(feature_namespaces, namespaces)
    parser.setContentHandler(handler)
    handler.setDocumentLocator(parser)
    failure: InputError | None = None
    pieces = _decoded(stream)
    text: str | None = ""
    while failure is None and text is not None:
        try:
            text = next(pieces, None)
            if text is None:
                parser.close()
            else:
                parser.feed(text)
        except (SAXParseException, DefusedXmlException, Malformed, UnicodeError) as exc:
            failure = _failure(exc, name, parser)
        # What stands before a failure was right, even in the same piece.
        yield from handler.take()
    if failure:
        raise failure


def _failure(exc: Exception, name: str, parser: Any) -> InputError:
    line = parser.getLineNumber()
    what = str(exc)
    if isinstance(exc, SAXParseException):
        line, what = exc.getLineNumber(), f"not well-formed XML: {exc.getMessage()}"
    elif not isinstance(exc, (Malformed, UnicodeError)):
        what = "declares an entity, which is not read"
    error = InputError(f"{name}: line {line}: {what}")
    error.__cause__ = exc
    return error


@cache
def _parser() -> Any:
    from defusedxml.expatreader import DefusedExpatParser

    class Parser(DefusedExpatParser):
        def reset(self) -> None:
            super().reset()
            # Text in one piece would come when the parser has gone past it; in pieces, each
            # comes when the parser stands where it begins.
            self._parser.buffer_text = False  # type: ignore[attr-defined]  # not in the stubs

    return Parser


def _decoded(stream: BinaryIO) -> Iterator[str]:
    """The document as text. Expat itself reads only UTF-8, UTF-16 and Latin-1."""
    data = stream.read(_CHUNK)
    decoder = _decoder(_encoding(data))
    while data:
        yield decoder.decode(data)
        data = stream.read(_CHUNK)
    yield decoder.decode(b"", final=True)


def _decoder(encoding: str) -> codecs.IncrementalDecoder:
    try:
        with suppress(UnicodeError):
            b"<".decode(encoding)  # refuses Python's codecs that are no encodings of text
        return codecs.getincrementaldecoder(encoding)()
    except LookupError:
        raise Malformed(f"unknown encoding {encoding!r}") from None


def _encoding(head: bytes) -> str:
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if head.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if head.startswith(b"<\0"):
        return "utf-16-le"
    if head.startswith(b"\0<"):
        return "utf-16-be"
    declared = _DECLARATION.match(head)
    return declared[1].decode("ascii").lower() if declared else "utf-8"


_DECLARATION = re.compile(
    rb"""\s*<\?xml[^>]{0,200}?\sencoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']"""
)
