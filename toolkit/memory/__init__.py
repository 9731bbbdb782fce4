"""The translation memory: what was translated before, in any number of languages.

A `Unit` is one thing said in several languages; whichever of them a text is in, the others
are its translations. Nothing is overwritten: where several units know a text, the one that
has it verbatim comes first, then the newest, then the first in the order of text; the rest
stay as alternatives. A unit added again with the same texts is one unit.

What counts as the same text (`normalise`): Unicode NFC, runs of white space (no-break space
included) as one space, invisible characters dropped, and the typographic variants of one
quotation mark or apostrophe as one. Case, digits, dashes and all other punctuation count,
so a changed number, month, weekday or label is never an exact match.

Hidden here: SQLite, the index for fuzzy matches, and what lets several processes share a file.
"""

from __future__ import annotations

import json
import re
import sqlite3
import unicodedata
import weakref
from bisect import insort
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from hashlib import blake2b
from pathlib import Path
from threading import RLock
from typing import Any, NamedTuple, Self

from toolkit.errors import InputError
from toolkit.memory import database
from toolkit.memory.database import explained
from toolkit.memory.labelled import mask, unmask
from toolkit.memory.similarity import LONGEST, Measure, normalise, terms
from toolkit.schema import Hypothesis, Request

__all__ = ["Match", "Memory", "Prop", "Unit", "Variant", "normalise", "open_memory"]


# Measured against brute force, 300 edited and new texts in each memory: of the best matches of
# 70 per cent and more these find 704 of 708 in 50,000 sentences (English from documentation,
# made-up Ukrainian and Korean), 250 of 290 where the 50,000 follow 129 patterns, and 213 of 230
# in a million; (100, 40) finds 702, 238 and 210, (100, 80) 704, 255 and 212, a quarter slower.
_RARE = 50
_CANDIDATES = 60
# The index is put in one piece when the memory has grown by this much since: in one piece it
# answers two to three times as fast, and that costs a fiftieth of what adding the units did.
_GROWN = 1.125


class Variant(NamedTuple):
    """A text in one language (ISO 639-1)."""

    lang: str
    text: str


class Prop(NamedTuple):
    """Something a tool says of a unit; names of our own begin with `x-`, as TMX has it."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Unit:
    """One thing said in several languages, and where it comes from.

    `origin` names the tool or engine that made it; `created` and `changed` are UTC,
    `2025-01-12T09:30:00Z`, or empty when unknown. A language may occur twice.
    """

    variants: tuple[Variant, ...]
    id: str = ""
    origin: str = ""
    created: str = ""
    changed: str = ""
    notes: tuple[str, ...] = ()
    props: tuple[Prop, ...] = ()

    @property
    def dated(self) -> str:
        """When it was last touched, as far as is known."""
        return self.changed or self.created


@dataclass(frozen=True, slots=True)
class Match:
    """What the memory knows of a text: `source` as it stands there, and its translation.

    `rate` is 1 for the same text and the share of characters that need no edit otherwise.
    """

    source: str
    target: str
    rate: float
    origin: str = ""
    created: str = ""
    changed: str = ""
    props: tuple[Prop, ...] = ()

    @property
    def percent(self) -> int:
        """The rate in per cent, rounded down: 100 is said of the same text only."""
        return int(self.rate * 100)


class Memory:
    """An open translation memory; `open_memory` makes one. Itself an engine, of exact matches."""

    def __init__(self, connection: sqlite3.Connection, name: str, *, writable: bool) -> None:
        self._db = connection
        self.name = name
        self._writable = writable
        self._lock = RLock()
        # An engine has no end that its users must know; a memory nobody holds is closed.
        self._finalizer = weakref.finalize(self, connection.close)

    def close(self) -> None:
        self._finalizer()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *failure: object) -> None:
        self.close()

    # --- what it holds ---------------------------------------------------------------

    def __len__(self) -> int:
        """The number of units."""
        return int(self._meta("units"))

    def languages(self) -> tuple[str, ...]:
        """The languages it holds a text in, sorted."""
        return tuple(lang for (lang,) in self._rows("SELECT code FROM language ORDER BY code"))

    def units(self) -> Iterator[Unit]:
        """Every unit, in the order they were added; a few at a time, whatever their number."""
        last = 0
        while rows := self._rows(
            "SELECT id, tuid, origin, created, changed, extra FROM unit WHERE id > ? "
            "ORDER BY id LIMIT 500",
            last,
        ):
            last = rows[-1][0]
            texts: dict[int, list[Variant]] = {}
            for unit, lang, text in self._rows(
                "SELECT unit, lang, text FROM variant WHERE unit BETWEEN ? AND ? ORDER BY id",
                rows[0][0],
                last,
            ):
                texts.setdefault(unit, []).append(Variant(lang, text))
            for number, tuid, origin, created, changed, extra in rows:
                notes, props = _unpack(extra)
                variants = tuple(texts.get(number, ()))
                yield Unit(variants, tuid, origin, created, changed, notes, props)

    # --- changes ---------------------------------------------------------------------

    def add(self, units: Iterable[Unit], *, when: str = "") -> int:
        """The number of units that are new; all are added, or on an error none.

        `when` dates the units that have no date. A unit that is there already takes the
        newer date and what the new one says of itself. Units that do not hold two texts
        translate nothing and are left out.
        """
        new = 0
        with self._transaction() as (cursor, change):
            for unit in units:
                new += self._put(cursor, change, _tidy(unit, when))
        return new

    def delete(self, text: str, lang: str) -> int:
        """The number of units that held this text in this language and are gone now."""
        wanted = normalise(text)
        with self._transaction() as (cursor, change):
            rows = cursor.execute(
                "SELECT unit, text FROM variant WHERE key = ?", (_key(wanted, lang),)
            ).fetchall()
            numbers = {unit for unit, held in rows if normalise(held) == wanted}
            for number in numbers:
                self._drop(cursor, change, number)
        return len(numbers)

    def _put(self, cursor: sqlite3.Cursor, change: _Change, unit: Unit) -> int:
        if len(unit.variants) < 2:
            return 0
        name = _identity(unit.variants)
        extra = _pack(unit)
        found = cursor.execute("SELECT id, created, changed FROM unit WHERE digest = ?", (name,))
        if (row := found.fetchone()) is not None:
            number, created, changed = row
            if unit.dated >= (changed or created):
                change.count(name, changed or created, -1)
                change.count(name, unit.dated, +1)
                cursor.execute(
                    "UPDATE unit SET tuid=?, origin=?, created=?, changed=?, extra=? WHERE id=?",
                    (unit.id, unit.origin, unit.created, unit.changed, extra, number),
                )
            return 0
        cursor.execute(
            "INSERT INTO unit (digest, tuid, origin, created, changed, extra) VALUES (?,?,?,?,?,?)",
            (name, unit.id, unit.origin, unit.created, unit.changed, extra),
        )
        number = cursor.lastrowid
        for lang, text in unit.variants:
            key = normalise(text)
            cursor.execute(
                "INSERT INTO variant (unit, lang, key, text) VALUES (?,?,?,?)",
                (number, lang, _key(key, lang), text),
            )
            cursor.execute(
                "INSERT INTO term (rowid, terms) VALUES (?,?)",
                (cursor.lastrowid, " ".join(terms(key, lang))),
            )
            change.langs[lang] += 1
        change.count(name, unit.dated, +1)
        return 1

    def _drop(self, cursor: sqlite3.Cursor, change: _Change, number: int) -> None:
        name, created, changed = cursor.execute(
            "SELECT digest, created, changed FROM unit WHERE id = ?", (number,)
        ).fetchone()
        rows = cursor.execute("SELECT id, lang, text FROM variant WHERE unit = ?", (number,))
        for variant, lang, text in rows.fetchall():
            # The index holds no text, so it must be told what to forget.
            cursor.execute(
                "INSERT INTO term (term, rowid, terms) VALUES ('delete', ?, ?)",
                (variant, " ".join(terms(normalise(text), lang))),
            )
            change.langs[lang] -= 1
        cursor.execute("DELETE FROM variant WHERE unit = ?", (number,))
        cursor.execute("DELETE FROM unit WHERE id = ?", (number,))
        change.count(name, changed or created, -1)

    @contextmanager
    def _transaction(self) -> Iterator[tuple[sqlite3.Cursor, _Change]]:
        if not self._writable:
            raise InputError(f"{self.name}: the memory is open for reading only")
        with self._lock, explained(self.name):
            cursor = self._db.cursor()
            cursor.execute("BEGIN IMMEDIATE")
            try:
                change = _Change()
                yield cursor, change
                change.write(cursor)
                cursor.execute("COMMIT")
            except BaseException:
                with suppress(sqlite3.Error):
                    cursor.execute("ROLLBACK")
                raise

    # --- questions -------------------------------------------------------------------

    def lookup(self, text: str, source_lang: str, target_lang: str) -> Match | None:
        """The best unit that holds exactly this text (see `normalise`), or None."""
        found = self._exact(text, source_lang, target_lang)
        return found[0] if found else None

    def search(
        self,
        text: str,
        source_lang: str,
        target_lang: str,
        *,
        limit: int = 5,
        min_rate: float = 0.7,
    ) -> tuple[Match, ...]:
        """The most similar texts with their translations, best first, the exact ones included.

        The rate is 1 − Levenshtein distance / length of the longer, on normalised text.
        Texts above 2,000 characters are matched exactly only: sentences are far below, and
        the distance costs their product.
        """
        found = self._exact(text, source_lang, target_lang)
        wanted = normalise(text)
        if len(found) < limit and 0 < len(wanted) <= LONGEST:
            left = limit - len(found)
            found += self._similar(wanted, source_lang, target_lang, min_rate, left)
        return tuple(found[:limit])

    def _exact(self, text: str, source_lang: str, target_lang: str) -> list[Match]:
        wanted = normalise(text)
        if not wanted:
            return []
        rows = self._rows(
            "SELECT source, target, origin, created, changed, extra FROM pair "
            "WHERE key = ? AND source_lang = ? AND target_lang = ?",
            _key(wanted, source_lang),
            source_lang,
            target_lang,
        )
        if len(rows) > 1:
            rows.sort(key=lambda row: (row[0] != text, *_order(row)))
        best: dict[str, Match] = {}
        for row in rows:
            if row[1] not in best and normalise(row[0]) == wanted:
                best[row[1]] = _match(row, 1.0)
        return list(best.values())

    def _similar(
        self, wanted: str, source_lang: str, target_lang: str, min_rate: float, limit: int
    ) -> list[Match]:
        rows = self._rows(
            "SELECT source, target, origin, created, changed, extra FROM json_each(?) "
            "CROSS JOIN pair ON pair.id = value AND source_lang = ? AND target_lang = ?",
            f"[{','.join(self._candidates(terms(wanted, source_lang)))}]",
            source_lang,
            target_lang,
        )
        measure = Measure(wanted)
        rates: dict[str, float] = {}
        best: list[float] = []  # ascending; what is not among the last `limit` need not be exact
        for source in dict.fromkeys(row[0] for row in rows):
            least = best[-limit] if len(best) >= limit else min_rate
            rate = measure.rate(normalise(source), least)
            if least <= rate < 1:
                insort(best, rate)
                rates[source] = rate
        rows = [row for row in rows if row[0] in rates]
        rows.sort(key=lambda row: (-rates[row[0]], *_order(row)))
        found: dict[tuple[str, str], Match] = {}
        for row in rows:
            found.setdefault((row[0], row[1]), _match(row, rates[row[0]]))
        return list(found.values())

    def _candidates(self, terms: Sequence[str]) -> list[str]:
        """At most `_CANDIDATES` texts: those that share the most rare terms, then the most others.

        Of a common term only the first texts are looked at. Where all is common, as in a
        thousand weather reports, they are as good as any.
        """
        # One call for all terms: by calls of their own they take twice as long.
        rows = self._rows(
            "SELECT (SELECT group_concat(rowid) FROM "
            "(SELECT rowid FROM term WHERE term MATCH value LIMIT ?)) FROM json_each(?)",
            _RARE + 1,
            json.dumps([f'"{term}"' for term in terms]),
        )
        rare: Counter[str] = Counter()
        common: Counter[str] = Counter()
        for (numbers,) in rows:
            if numbers:
                having = numbers.split(",")
                (rare if len(having) <= _RARE else common).update(having)
        found = [number for number, _ in rare.most_common(_CANDIDATES)]
        for number in found:
            del common[number]
        return found + [n for n, _ in common.most_common(_CANDIDATES - len(found))]

    # --- as an engine ----------------------------------------------------------------

    @property
    def signature(self) -> str:
        """`memory:` and a digest of all texts and dates, equal for equal content."""
        return f"memory:{self._meta('content')}"

    def run(self, requests: Sequence[Request], /) -> tuple[Hypothesis | None, ...]:
        """The translation of each text known exactly, labels included; None for the others.

        A translation in which the labels do not stand verbatim is not served.
        """
        return tuple(self._answer(request) for request in requests)

    def _answer(self, request: Request) -> Hypothesis | None:
        text = unmask(request.text, request.keep)
        if text is None or request.task != "translate":
            return None
        found = self._exact(text, request.source_lang, request.target_lang)
        masked = [mask(match.target, request.keep) for match in found]
        usable = tuple(target for target in masked if target is not None)
        if not usable:
            return None
        return Hypothesis(usable[0], "memory 100 %", alternatives=usable[1:])

    # --- SQLite ----------------------------------------------------------------------

    def _rows(self, query: str, *values: object) -> list[Any]:
        with explained(self.name):
            return self._db.execute(query, values).fetchall()

    def _meta(self, name: str) -> str:
        with explained(self.name):
            return _meta(self._db.cursor(), name)


def open_memory(path: str | Path | None = None, *, read_only: bool = False) -> Memory:
    """The memory in this file, made if it is not there; without a path, one in main memory.

    Where file or folder cannot be written, and with `read_only`, it is open for reading, and
    must be there. Raises InputError for a file that is not a memory.
    """
    if path is None:
        connection = database.connect(":memory:")
        database.create(connection)
        return Memory(connection, "memory", writable=True)
    path = Path(path)
    if read_only and not path.is_file():
        raise InputError(f"{path}: no such translation memory", hint="make it by importing a file")
    with explained(str(path)):
        if read_only or not database.may_write(path):
            return Memory(database.open_to_read(path), str(path), writable=False)
        return Memory(database.open_to_write(path), str(path), writable=True)


class _Change:
    """What a transaction does to the memory's digest and counts, written once at its end.

    The sum of the units' digests names the content in whatever order it was added, and one
    addition keeps it up to date.
    """

    def __init__(self) -> None:
        self.content = 0
        self.units = 0
        self.langs: Counter[str] = Counter()

    def count(self, name: bytes, dated: str, sign: int) -> None:
        share = blake2b(name + dated.encode(), digest_size=16).digest()
        self.content += sign * int.from_bytes(share, "big")
        self.units += sign

    def write(self, cursor: sqlite3.Cursor) -> None:
        content = (int(_meta(cursor, "content"), 16) + self.content) % (1 << 128)
        units = int(_meta(cursor, "units")) + self.units
        cursor.execute("UPDATE meta SET value = ? WHERE name = 'content'", (f"{content:032x}",))
        cursor.execute("UPDATE meta SET value = ? WHERE name = 'units'", (str(units),))
        cursor.executemany(
            "INSERT INTO language VALUES (?, ?) "
            "ON CONFLICT (code) DO UPDATE SET variants = variants + excluded.variants",
            self.langs.items(),
        )
        cursor.execute("DELETE FROM language WHERE variants = 0")
        ordered = cursor.execute("SELECT value FROM meta WHERE name = 'ordered'").fetchone()
        if units > _GROWN * int(ordered[0] if ordered else 0):
            cursor.execute("INSERT INTO term (term) VALUES ('optimize')")
            cursor.execute("INSERT OR REPLACE INTO meta VALUES ('ordered', ?)", (str(units),))


def _meta(cursor: sqlite3.Cursor, name: str) -> str:
    value: str = cursor.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()[0]
    return value


def _key(normalised: str, lang: str) -> int:
    data = f"{lang}\0{normalised}".encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(data, digest_size=8).digest(), "big", signed=True)


def _tidy(unit: Unit, when: str) -> Unit:
    variants = tuple(
        Variant(lang, unicodedata.normalize("NFC", text).strip()) for lang, text in unit.variants
    )
    filled = tuple(dict.fromkeys(v for v in variants if normalise(v.text)))
    for moment in (unit.created, unit.changed, when):
        if moment and not _MOMENT.fullmatch(moment):
            raise InputError(f"expected a date like 2025-01-12T09:30:00Z, found {moment!r}")
    for _, text in filled:
        if _LONE.search(text):
            raise InputError(f"half a character (a lone surrogate) in {text!r:.60}")
    return replace(unit, variants=filled, created=unit.created or ("" if unit.changed else when))


_MOMENT = re.compile(r"[0-9]{4}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-6][0-9]Z")
_LONE = re.compile("[\ud800-\udfff]")


def _identity(variants: tuple[Variant, ...]) -> bytes:
    texts = json.dumps(sorted(variants), ensure_ascii=False).encode()
    return blake2b(texts, digest_size=16).digest()


def _pack(unit: Unit) -> str:
    if not (unit.notes or unit.props):
        return ""
    return json.dumps((unit.notes, unit.props), ensure_ascii=False)


def _unpack(extra: str) -> tuple[tuple[str, ...], tuple[Prop, ...]]:
    notes, props = json.loads(extra) if extra else ((), ())
    return tuple(notes), tuple(Prop(*prop) for prop in props)


def _order(row: Sequence[str]) -> tuple[tuple[int, ...], str, str]:
    """A key that sorts the newest first and the undated last, then by text."""
    source, target, _, created, changed, _ = row
    newest_first = tuple(-ord(char) for char in changed or created) or (1,)
    return newest_first, target, source


def _match(row: Sequence[str], rate: float) -> Match:
    source, target, origin, created, changed, extra = row
    return Match(source, target, rate, origin, created, changed, _unpack(extra)[1])
