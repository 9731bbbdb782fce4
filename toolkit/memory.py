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
import os
import re
import sqlite3
import unicodedata
import weakref
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from hashlib import blake2b
from itertools import pairwise
from pathlib import Path
from threading import RLock
from typing import Any, NamedTuple, Self
from zlib import crc32

from toolkit.errors import InputError
from toolkit.protocols import PLACEHOLDER, placeholder
from toolkit.schema import Hypothesis, Request

__all__ = ["Match", "Memory", "Prop", "Unit", "Variant", "normalise", "open_memory"]


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
        self._name = name
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
                (cursor.lastrowid, " ".join(_terms(key, lang))),
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
                (variant, " ".join(_terms(normalise(text), lang))),
            )
            change.langs[lang] -= 1
        cursor.execute("DELETE FROM variant WHERE unit = ?", (number,))
        cursor.execute("DELETE FROM unit WHERE id = ?", (number,))
        change.count(name, changed or created, -1)

    @contextmanager
    def _transaction(self) -> Iterator[tuple[sqlite3.Cursor, _Change]]:
        if not self._writable:
            raise InputError(f"{self._name}: the memory is open for reading only")
        with self._lock, _explained(self._name):
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
        if wanted and len(wanted) <= _LONGEST:
            found += self._similar(wanted, source_lang, target_lang, min_rate)
        return tuple(found[:limit])

    def _exact(self, text: str, source_lang: str, target_lang: str) -> list[Match]:
        wanted = normalise(text)
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
        self, wanted: str, source_lang: str, target_lang: str, min_rate: float
    ) -> list[Match]:
        rows = self._rows(
            "SELECT source, target, origin, created, changed, extra FROM pair "
            "WHERE id IN (SELECT value FROM json_each(?)) AND source_lang = ? AND target_lang = ?",
            json.dumps(self._candidates(_terms(wanted, source_lang))),
            source_lang,
            target_lang,
        )
        measure = _Measure(wanted)
        rates = {source: measure.rate(normalise(source), min_rate) for source, *_ in rows}
        rows = [row for row in rows if min_rate <= rates[row[0]] < 1]
        rows.sort(key=lambda row: (-rates[row[0]], *_order(row)))
        best: dict[tuple[str, str], Match] = {}
        for row in rows:
            best.setdefault((row[0], row[1]), _match(row, rates[row[0]]))
        return list(best.values())

    def _candidates(self, terms: Sequence[str]) -> list[int]:
        """Texts that share the most rare terms, at most `_CANDIDATES`."""
        shared: Counter[int] = Counter()
        common: Counter[int] = Counter()
        for term in terms:
            rows = self._rows(
                "SELECT rowid FROM term WHERE term MATCH ? LIMIT ?", f'"{term}"', _RARE + 1
            )
            (shared if len(rows) <= _RARE else common).update(row[0] for row in rows)
        if not shared:
            shared = common
        return [number for number, _ in shared.most_common(_CANDIDATES)]

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
        text = _unmask(request.text, request.keep)
        if text is None or request.task != "translate":
            return None
        found = self._exact(text, request.source_lang, request.target_lang)
        masked = [_mask(match.target, request.keep) for match in found]
        usable = tuple(target for target in masked if target is not None)
        if not usable:
            return None
        return Hypothesis(usable[0], "memory", alternatives=usable[1:])

    # --- SQLite ----------------------------------------------------------------------

    def _rows(self, query: str, *values: object) -> list[Any]:
        with _explained(self._name):
            return self._db.execute(query, values).fetchall()

    def _meta(self, name: str) -> str:
        with _explained(self._name):
            return _meta(self._db.cursor(), name)


def open_memory(path: str | Path | None = None, *, read_only: bool = False) -> Memory:
    """The memory in this file, made if it is not there; without a path, one in main memory.

    Where file or folder cannot be written, and with `read_only`, it is open for reading, and
    must be there. Raises InputError for a file that is not a memory.
    """
    if path is None:
        connection = _connect(":memory:")
        _create(connection)
        return Memory(connection, "memory", writable=True)
    path = Path(path)
    if read_only and not path.is_file():
        raise InputError(f"{path}: no such translation memory", hint="make it by importing a file")
    with _explained(str(path)):
        if read_only or not _may_write(path):
            return Memory(_open_to_read(path), str(path), writable=False)
        return Memory(_open_to_write(path), str(path), writable=True)


def _may_write(path: Path) -> bool:
    """Whether file and folder allow it; SQLite keeps its journal beside the file."""
    if not path.exists():
        return True
    return os.access(path, os.W_OK) and os.access(path.absolute().parent, os.W_OK)


def _open_to_write(path: Path) -> sqlite3.Connection:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as exc:
        raise InputError(f"{path}: cannot be made: {exc.strerror}") from exc
    connection = _connect(f"{path.absolute().as_uri()}?mode=rwc")
    try:
        if _is_empty(connection):
            # Readers go on while one process writes. Where the file system refuses, SQLite
            # stays with its older journal, which is as safe and only makes them wait.
            with suppress(sqlite3.OperationalError):
                connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("BEGIN IMMEDIATE")
            if _is_empty(connection):  # unless another process has made it meanwhile
                _create(connection)
            connection.execute("COMMIT")
        _require_ours(connection, path)
        connection.execute("PRAGMA synchronous = NORMAL")
    except BaseException:
        connection.close()
        raise
    return connection


def _open_to_read(path: Path) -> sqlite3.Connection:
    # Without a writable folder SQLite can read a file in WAL mode only if told that nobody
    # changes it meanwhile, which holds where nobody can write.
    for options in ("mode=ro", "mode=ro&immutable=1"):
        connection = _connect(f"{path.absolute().as_uri()}?{options}")
        try:
            _require_ours(connection, path)
        except sqlite3.OperationalError:
            connection.close()
            if "immutable" in options:
                raise
        except BaseException:
            connection.close()
            raise
        else:
            return connection
    raise AssertionError(path)


def _connect(address: str) -> sqlite3.Connection:
    return sqlite3.connect(
        address,
        uri=address != ":memory:",
        timeout=_PATIENCE,
        isolation_level=None,
        check_same_thread=False,  # SQLite itself is built to take turns; writes hold our lock
        cached_statements=256,
    )


def _create(connection: sqlite3.Connection) -> None:
    for statement in _SCHEMA.split(";\n"):
        connection.execute(statement)
    connection.execute(f"PRAGMA application_id = {_APPLICATION}")
    connection.execute(f"PRAGMA user_version = {_VERSION}")


def _is_empty(connection: sqlite3.Connection) -> bool:
    return not connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]


def _require_ours(connection: sqlite3.Connection, path: Path) -> None:
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if application != _APPLICATION:
        raise InputError(f"{path}: not a translation memory, but another program's database")
    if version != _VERSION:
        raise InputError(
            f"{path}: expected a memory of version {_VERSION}, found {version}",
            hint="export it to TMX with the toolkit that made it, and import that",
        )


@contextmanager
def _explained(name: str) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as exc:
        code = getattr(exc, "sqlite_errorcode", 0) & 0xFF
        if code == sqlite3.SQLITE_NOTADB:
            hint = "a .tmx file is imported: toolkit memory import FILE"
            raise InputError(f"{name}: not a translation memory", hint=hint) from exc
        if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            waited = f"another process has been writing for {_PATIENCE:.0f} seconds"
            raise InputError(f"{name}: {waited}", hint="try again when it is done") from exc
        raise InputError(f"{name}: the memory cannot be used: {exc}") from exc


def _meta(cursor: sqlite3.Cursor, name: str) -> str:
    value: str = cursor.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()[0]
    return value


_APPLICATION = 0x746B544D  # "tkTM"
_VERSION = 1
_PATIENCE = 60.0  # seconds: an import of a hundred thousand units ends within

# `key` is a hash: an index of numbers is a fifth of one of texts, and what it finds is
# compared in full. `term` holds no text, only which variant has which term.
_SCHEMA = """
CREATE TABLE unit (id INTEGER PRIMARY KEY, digest BLOB NOT NULL UNIQUE, tuid TEXT NOT NULL,
  origin TEXT NOT NULL, created TEXT NOT NULL, changed TEXT NOT NULL, extra TEXT NOT NULL);
CREATE TABLE variant (id INTEGER PRIMARY KEY, unit INTEGER NOT NULL, lang TEXT NOT NULL,
  key INTEGER NOT NULL, text TEXT NOT NULL);
CREATE INDEX variant_key ON variant (key);
CREATE INDEX variant_unit ON variant (unit);
CREATE VIEW pair AS SELECT s.id, s.key, s.lang AS source_lang, s.text AS source,
  t.lang AS target_lang, t.text AS target, u.origin, u.created, u.changed, u.extra
  FROM variant s JOIN unit u ON u.id = s.unit JOIN variant t ON t.unit = s.unit AND t.id <> s.id;
CREATE VIRTUAL TABLE term USING
  fts5(terms, content='', detail=none, columnsize=0, tokenize='ascii');
CREATE TABLE language (code TEXT PRIMARY KEY, variants INTEGER NOT NULL);
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL);
INSERT INTO meta VALUES ('content', '0'), ('units', '0')
"""


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


# --- texts ---------------------------------------------------------------------------

_QUOTES = str.maketrans(
    dict.fromkeys("‘’‚‛ʼ‹›", "'") | dict.fromkeys("“”„‟«»", '"')
    # What is invisible and says nothing: soft hyphen, zero-width space, word joiner, BOM.
    | dict.fromkeys("\u00ad\u200b\u2060\ufeff", "")
)  # fmt: skip


def normalise(text: str) -> str:
    """The text by which exact matches are found: equal here, equal to the memory."""
    return " ".join(unicodedata.normalize("NFC", text).translate(_QUOTES).split())


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


# --- labels in texts (the memory holds them verbatim, requests have placeholders) ------


def _unmask(text: str, keep: Sequence[str]) -> str | None:
    """The text with its labels, or None where placeholders and labels are not one to one."""
    numbers = [int(number) for number in PLACEHOLDER.findall(text)]
    if sorted(numbers) != list(range(len(keep))):
        return None
    return PLACEHOLDER.sub(lambda found: keep[int(found[1])], text)


def _mask(text: str, keep: Sequence[str]) -> str | None:
    """The text with a placeholder for each label, or None unless each is there as often."""
    if PLACEHOLDER.search(text):
        return None
    if not keep:
        return text
    waiting: dict[str, list[int]] = {}
    for number, label in reversed(list(enumerate(keep))):
        waiting.setdefault(label, []).append(number)
    longest_first = sorted(waiting, key=lambda label: (-len(label), label))
    found = re.compile("|".join(map(_verbatim, longest_first)))
    if Counter(found.findall(text)) != Counter(keep):
        return None
    return found.sub(lambda label: placeholder(waiting[label[0]].pop()), text)


def _verbatim(label: str) -> str:
    """A pattern of the label that does not match inside a longer name or number.

    A Korean particle may follow a Latin handle directly, so only letters of the label's own
    kind count as its continuation.
    """
    left, right = (
        next((kind for kind in ("[A-Za-z0-9_]", "[Ѐ-ӿ0-9_]") if re.match(kind, char)), "")
        for char in (label[0], label[-1])
    )
    before = f"(?<!{left})" if left else ""
    after = f"(?!{right})" if right else ""
    return f"{before}{re.escape(label)}{after}"


# --- fuzzy matches -------------------------------------------------------------------

_LONGEST = 2000
# Measured on 100,000 units: see tests/test_memory.py and bench/speed.py.
_RARE = 100
_CANDIDATES = 40
_WORD = re.compile(r"\w+")
_LETTERS, _SYLLABLES = 5, 2


def _terms(normalised: str, lang: str) -> list[str]:
    """What a text is found by when it is not known exactly: its words and pairs of words.

    Words are cut to their beginning, so that inflection and particles do not hide them; a
    Hangul syllable says as much as two or three letters. Pairs are rare even where every
    word is common. Eight hex digits each, so that SQLite need not know any script.
    """
    words = _WORD.findall(normalised[:_LONGEST].casefold())
    stems = [word[: _SYLLABLES if word[0] >= "\u1100" else _LETTERS] for word in words]
    pairs = [f"{one} {next_}" for one, next_ in pairwise(stems)]
    return [f"{crc32(f'{lang}:{t}'.encode()):08x}" for t in dict.fromkeys(stems + pairs)]


class _Measure:
    """Levenshtein's distance from one text to many (Myers 1999, in Hyyrö's form, on big ints)."""

    def __init__(self, text: str) -> None:
        self._length = len(text)
        self._where: dict[str, int] = {}
        for at, char in enumerate(text):
            self._where[char] = self._where.get(char, 0) | 1 << at
        self._chars = Counter(text)

    def rate(self, other: str, least: float) -> float:
        """The match rate in [0, 1], or 0 where it is found to be below `least`."""
        longer = max(self._length, len(other))
        if longer == 0:
            return 1.0
        allowed = int(longer * (1 - least) + 1e-9)
        if abs(self._length - len(other)) > allowed:
            return 0.0
        # No edit changes more than one character: a cheap bound that spares most of the work.
        if longer - (self._chars & Counter(other)).total() > allowed:
            return 0.0
        distance = self._distance(other, allowed)
        return 0.0 if distance > allowed else 1 - distance / longer

    def _distance(self, other: str, allowed: int) -> int:
        if self._length == 0:
            return len(other)
        full = (1 << self._length) - 1
        last = 1 << (self._length - 1)
        plus, minus, distance = full, 0, self._length
        rest = len(other)
        for char in other:
            here = self._where.get(char, 0)
            diagonal = (((here & plus) + plus) ^ plus) | here | minus
            up = minus | (full & ~(diagonal | plus))
            down = plus & diagonal
            if up & last:
                distance += 1
            elif down & last:
                distance -= 1
            rest -= 1
            if distance - rest > allowed:
                return distance - rest
            up = up << 1 | 1
            plus = full & (down << 1 | ~(diagonal | up))
            minus = up & diagonal
        return distance
