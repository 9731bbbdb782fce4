"""XML from strangers, as a stream: a file may be larger than main memory.

Entity declarations are refused and nothing a document points to is ever opened. Hidden here:
the parser and its handler, encodings, how deep it is, and on which line something is wrong.
"""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from enum import Enum
from pathlib import Path
from typing import BinaryIO, Generic, NamedTuple, NoReturn, Protocol, TypeVar
from xml.parsers import expat

from toolkit.errors import InputError
from toolkit.formats.pairs import Place

__all__ = [
    "At",
    "Inside",
    "Malformed",
    "Reader",
    "Tag",
    "Text",
    "clean",
    "escape",
    "is_break",
    "read",
]

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
_CHUNK = 1 << 16
_XML = "http://www.w3.org/XML/1998/namespace "


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


class Tag(NamedTuple):
    """An element that begins: its namespace or "", its name, its own attributes and `xml:lang`."""

    space: str
    name: str
    attributes: dict[str, str]
    line: int


class Inside(Enum):
    """What becomes of what stands inside an element."""

    TOLD = 1  # piece by piece, like the element itself
    TEXT = 2  # all text in it, at any depth, goes to `end`
    SKIPPED = 3  # nothing, nor is its end told


class At(Protocol):
    """Where the parser stands: the line from 1, the column from 0."""

    @property
    def CurrentLineNumber(self) -> int: ...  # noqa: N802  expat's own names
    @property
    def CurrentColumnNumber(self) -> int: ...  # noqa: N802


class Reader(Protocol[T_co]):
    """What a format makes of the elements of a document, told to it one by one.

    `roots` are the names a document may begin with; `path` has the names of the elements
    around, the outermost first. What `end` returns is done, and is kept no longer.
    """

    @property
    def roots(self) -> Sequence[str]: ...
    def start(self, tag: Tag, path: Sequence[str]) -> Inside: ...
    def text(self, content: str, at: At) -> None: ...
    def end(self, name: str, path: Sequence[str], text: str) -> Iterable[T_co]: ...


class Text:
    """Text as it is read piece by piece, and where in the file each piece stands."""

    __slots__ = ("_length", "_next", "parts", "places")

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.places: list[Place] = []
        self._length = 0
        self._next = (0, 0)

    def add(self, content: str, at: At) -> None:
        line, column = at.CurrentLineNumber, at.CurrentColumnNumber + 1
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


# A line break in native code stands between words.
_BREAK = re.compile(r"\s*(?:<\s*/?(?:br|p|tab)\b|\\(?:n|line|par|tab)\b|\n)", re.IGNORECASE)


def is_break(native: str) -> bool:
    """Whether this native code, taken from a text, ends a line there."""
    return _BREAK.match(native) is not None


def read(source: str | Path | bytes | BinaryIO, name: str, reader: Reader[T]) -> Iterator[T]:
    """What the reader makes of a document, item by item, as it is read.

    Raises InputError with the line, as late as there: what came before was right.
    """
    if isinstance(source, bytes):
        yield from _parse(io.BytesIO(source), name, reader)
    elif isinstance(source, (str, Path)):
        try:
            with Path(source).open("rb") as stream:
                yield from _parse(stream, name, reader)
        except OSError as exc:
            raise InputError(f"{name}: cannot be read: {exc.strerror}") from exc
    else:
        yield from _parse(source, name, reader)


def _parse(stream: BinaryIO, name: str, reader: Reader[T]) -> Iterator[T]:
    telling = _Telling(reader)
    failure: InputError | None = None
    pieces = _decoded(stream)
    text: str | None = ""
    while failure is None and text is not None:
        try:
            text = next(pieces, None)
            telling.parser.Parse(text or "", text is None)
        except expat.ExpatError as exc:
            what = f"not well-formed XML: {expat.ErrorString(exc.code)}"
            failure = InputError(f"{name}: line {exc.lineno}: {what}")
            failure.__cause__ = exc
        except (Malformed, UnicodeError) as exc:
            failure = InputError(f"{name}: line {telling.parser.CurrentLineNumber}: {exc}")
            failure.__cause__ = exc
        # What stands before a failure was right, even in the same piece.
        yield from telling.done
        telling.done.clear()
    if failure:
        raise failure


class _Telling(Generic[T]):
    """Tells a reader what the parser finds, as far as the reader wants to know."""

    def __init__(self, reader: Reader[T]) -> None:
        self.done: list[T] = []
        self._reader = reader
        self._path: list[str] = []
        self._inside = Inside.TOLD
        self._depth = 0  # in an element whose content is not told
        self._text: list[str] = []
        # Text comes in pieces, each when the parser stands where it begins. What lies outside
        # the document (every TMX names its DTD) is left alone: that is the parser's default.
        self.parser = parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler = self._start
        parser.CharacterDataHandler = self._characters
        parser.EndElementHandler = self._end
        parser.EntityDeclHandler = parser.UnparsedEntityDeclHandler = self._declared
        parser.SkippedEntityHandler = self._skipped

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if self._depth:
            self._depth += 1
            return
        space, _, name = name.rpartition(" ")
        own = {
            key.replace(_XML, "xml:"): value
            for key, value in attributes.items()
            if " " not in key or key.startswith(_XML)
        }
        inside = Inside.SKIPPED
        if self._path or name in self._reader.roots:
            tag = Tag(space, name, own, self.parser.CurrentLineNumber)
            inside = self._reader.start(tag, self._path)
        if inside is Inside.TOLD:
            self._path.append(name)
        elif not self._path:
            known = " or ".join(f"<{root}>" for root in self._reader.roots)
            raise Malformed(f"expected {known}, found <{name}>")
        else:
            self._inside, self._depth, self._text = inside, 1, []

    def _characters(self, content: str) -> None:
        if not self._depth:
            self._reader.text(content, self.parser)
        elif self._inside is Inside.TEXT:
            self._text.append(content)

    def _end(self, name: str) -> None:
        text = ""
        if not self._depth:
            self._path.pop()
        else:
            self._depth -= 1
            if self._depth or self._inside is Inside.SKIPPED:
                return
            text = "".join(self._text)
        self.done += self._reader.end(name.rpartition(" ")[2], self._path, text)

    def _declared(self, *_declaration: object) -> NoReturn:
        raise Malformed("declares an entity, which is not read")

    def _skipped(self, name: str, _parameter: object) -> NoReturn:
        raise Malformed(f"the entity &{name}; is declared elsewhere, where we do not look")


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
