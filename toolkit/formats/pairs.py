"""Pairs of a source text and its translation, as every bilingual format gives them."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import NamedTuple

from toolkit.errors import InputError
from toolkit.schema import State, digest


class Place(NamedTuple):
    """From this offset of a text on, where its characters stand in a file; both from 1."""

    offset: int
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Pair:
    """One source text and its translation, both in NFC.

    `places` say where the target stands in the file; a later one holds wherever the text and
    the file no longer go side by side (a line end, an inline code, a character reference).
    `accepts` is what the file itself says need not be reported (see `accepted`). `state` is
    how far the translation is, where the file says it; `base` is the digest of the target as
    we wrote it (see `base_of`), so that an edit can be told from an old text.
    """

    id: str
    source: str
    target: str
    source_lang: str
    target_lang: str
    line: int = 0
    document: str = ""
    places: tuple[Place, ...] = ()
    accepts: tuple[str, ...] = ()
    state: State | None = None
    base: str = ""


@dataclass(frozen=True, slots=True)
class BadRow:
    """What cannot be read, the line it begins on and, where it gives one, its id."""

    line: int
    error: InputError
    id: str | None = None


@dataclass(frozen=True, slots=True)
class Skipped:
    """A unit without a translation: there is nothing to hold against its source."""

    line: int
    id: str


def base_of(target: str) -> str:
    """What marks a target as we give it out; white space may change on its way."""
    return digest(" ".join(target.split()))


def accepted(note: str) -> str | None:
    """What a note to the checker accepts: `toolkit: accept date/* the client's calendar`."""
    found = _DIRECTIVE.search(note)
    return found[1].strip() if found else None


_DIRECTIVE = re.compile(r"\btoolkit:[ \t]*accept[ \t]+([^\n]+)")


def nfc(text: str, places: Sequence[Place]) -> tuple[str, tuple[Place, ...]]:
    """The text in NFC, and where that stands; to the word where it moves characters."""
    composed = unicodedata.normalize("NFC", text)
    if len(composed) == len(text):
        return composed, tuple(places)
    moved: list[Place] = []
    done = 0
    for word in re.finditer(r"\S+|\s+", text):
        if at := where(places, word.start()):
            moved.append(Place(done, *at))
        done += len(unicodedata.normalize("NFC", word[0]))
    return composed, tuple(moved)


def where(places: Sequence[Place], offset: int) -> tuple[int, int] | None:
    """Line and column of a character of the text, if the file is known to have it."""
    last = bisect_right(places, offset, key=attrgetter("offset")) - 1
    if last < 0:
        return None
    return places[last].line, places[last].column + offset - places[last].offset


class Extent(NamedTuple):
    """A stretch of a file: lines and columns from 1, the end behind the last character."""

    line: int
    column: int
    end_line: int
    end_column: int


def extent(places: Sequence[Place], start: int, end: int) -> Extent | None:
    """Where a stretch of the text stands in its file, if that is known."""
    first, last = where(places, start), where(places, max(start, end - 1))
    if first is None or last is None:
        return None
    return Extent(*first, last[0], last[1] + (end > start))


# How far a line of an article may stand from where its file was read up to: markup between.
_WINDOW = 20_000
# As much of a line as its beginning is looked for by: the rest may be broken over lines.
_KEY = 60


def places_in(written: str, text: str) -> tuple[Place, ...]:
    """Where the lines of a text stand in the file it was read from, as far as found."""
    # Plain text keeps its length: the article is the file, but for line ends joined.
    source = written if len(written) == len(text) else None
    places: list[Place] = []
    at, line, counted = 0, 1, 0
    for row in re.finditer(r"[^\n]+", source if source is not None else text):
        offset = row.start()
        if source is not None:
            found = offset
        else:
            key = row[0].strip()[:_KEY]
            found = written.find(key, at, at + _WINDOW)
            if found < 0 or not key:
                continue
            offset += row[0].index(key)
            at = found + len(key)
        line += written.count("\n", counted, found)
        counted = found
        places.append(Place(offset, line, found - written.rfind("\n", 0, found)))
    return tuple(places)
