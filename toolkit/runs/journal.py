"""The journal of a run directory: one checksummed line per finished article.

A line is the checksum of what follows, the article's id and the result's key as a JSON array,
and the result. The journal alone is the truth: a torn last line is cut off, any other damage
is refused. What lies where is kept in a temporary database, so that memory stays flat.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Self

from toolkit.errors import InputError, RunError
from toolkit.formats.files import clear_drafts, write_whole
from toolkit.schema import Plan, Result, canonical_json, decode, encode

NAME = "journal.jsonl"
PLAN = "plan.json"


class Journal:
    """The finished articles of one run directory, held by one process at a time.

    Raises RunError when the directory belongs to another plan or process, or when a line
    that is not the last one is damaged: that was not a crash, so nothing is thrown away.
    """

    def __init__(self, directory: Path, plan: Plan) -> None:
        self.directory = directory
        self._open = ExitStack()
        # A database without a name is a file that only this connection sees, removed with it.
        self._index = sqlite3.connect("", isolation_level=None)
        self._open.callback(self._index.close)
        self._index.executescript(
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
            "CREATE TABLE done (id TEXT PRIMARY KEY, key TEXT, place INTEGER) WITHOUT ROWID;"
            "CREATE TABLE seen (id TEXT PRIMARY KEY, source TEXT) WITHOUT ROWID;"
        )
        try:
            directory.mkdir(parents=True, exist_ok=True)
            self._file = self._open.enter_context(
                locked(
                    directory / NAME,
                    RunError(
                        f"{directory}: another process is working in this run directory",
                        hint="wait for it, or choose another directory with --out",
                    ),
                )
            )
            # Without a buffer: what could not be written must not be tried again on closing.
            self._end = self._open.enter_context((directory / NAME).open("ab", buffering=0))
        except OSError as exc:
            self.close()
            raise unusable(directory, exc) from exc
        except BaseException:
            self.close()
            raise
        try:
            clear_drafts(directory)
            _claim(directory, plan)
            for head, place, end in _lines(self._file):
                if head is None:  # a write that was cut off
                    self._end.truncate(place)
                    break
                self._note(*head, place)
                self.size = end
        except BaseException:
            self.close()
            raise

    size = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        self._open.close()

    def has(self, article_id: str, key: str) -> bool:
        """Whether this very work on this article is done."""
        row = self._index.execute("SELECT key FROM done WHERE id = ?", (article_id,)).fetchone()
        return row is not None and row[0] == key

    def first_of_id(self, article_id: str, source: str) -> str | None:
        """The source that used this id before in this process; None for a new id."""
        query = "INSERT OR IGNORE INTO seen VALUES (?, ?)"
        if self._index.execute(query, (article_id, source)).rowcount:
            return None
        row = self._index.execute("SELECT source FROM seen WHERE id = ?", (article_id,)).fetchone()
        return str(row[0])

    def append(self, results: Sequence[Result]) -> None:
        """Write results so that they survive whatever happens next."""
        lines = [_line(result) for result in results]
        rest = memoryview(b"".join(lines))
        try:
            while rest:
                rest = rest[self._end.write(rest) :]
            os.fsync(self._end.fileno())
        except OSError as exc:
            # Half a line may have reached the disk; without it the file is sound.
            with suppress(OSError):
                self._end.truncate(self.size)
            raise unusable(self.directory, exc) from exc
        for result, line in zip(results, lines, strict=True):
            self._note(result.article.id, result.key, self.size)
            self.size += len(line)

    def ids(self) -> list[str]:
        """The ids of the articles, in the order they were finished."""
        return [one for (one,) in self._index.execute("SELECT id FROM done ORDER BY place")]

    def results(self) -> Iterator[Result]:
        """The newest result of each article, in the order they were finished."""
        for (place,) in self._index.execute("SELECT place FROM done ORDER BY place"):
            self._file.seek(place)
            yield _result(self._file.readline(), f"{self._file.name}: byte {place}")

    def result(self, article_id: str) -> Result | None:
        """The newest result of one article; None if it was never finished."""
        row = self._index.execute("SELECT place FROM done WHERE id = ?", (article_id,)).fetchone()
        if row is None:
            return None
        self._file.seek(row[0])
        return _result(self._file.readline(), f"{self._file.name}: byte {row[0]}")

    def _note(self, article_id: str, key: str, place: int) -> None:
        self._index.execute(
            "INSERT OR REPLACE INTO done VALUES (?, ?, ?)", (article_id, key, place)
        )


def unusable(directory: Path, exc: OSError) -> RunError:
    """What to say when the run directory cannot be written."""
    return RunError(
        f"{directory}: cannot be written: {exc.strerror or exc}",
        hint="what is in its journal is safe; when there is room, the same command goes on",
    )


def read_plan(directory: Path) -> Plan:
    """The plan of a run directory; RunError if it is none."""
    try:
        return decode(Plan, json.loads((directory / PLAN).read_text("utf-8")))
    except (OSError, ValueError) as exc:
        raise RunError(
            f"{directory}: expected the directory of a run, found no readable {PLAN}",
            hint="make one with: toolkit run --out DIR",
        ) from exc


@contextmanager
def locked(path: Path, refusal: RunError) -> Iterator[BinaryIO]:
    """A file to read and append to, held by this process alone; else the refusal is raised.

    The lock is a file of its own beside it: on Windows a locked file cannot be read.
    """
    from filelock import FileLock, Timeout

    lock = FileLock(path.with_name(f".{path.name}.lock"))
    try:
        lock.acquire(timeout=0)
    except Timeout as exc:
        raise refusal from exc
    try:
        with path.open("a+b") as file:
            yield file
    finally:
        lock.release()


def checksum(rest: bytes) -> bytes:
    """What each line of a journal begins with, so that a torn one is known."""
    return hashlib.blake2b(rest, digest_size=8).hexdigest().encode()


def _claim(directory: Path, plan: Plan) -> None:
    path = directory / PLAN
    wanted = canonical_json(plan) + "\n"
    try:
        found = path.read_text("utf-8")
    except FileNotFoundError:
        write_whole(path, [wanted])
        with path.open("rb") as file:  # as safe as the journal, which is nothing without it
            os.fsync(file.fileno())
        return
    except OSError as exc:
        raise unusable(directory, exc) from exc
    if found != wanted:
        raise RunError(
            f"{directory}: this directory holds a run of another plan: {_unlike(plan, found)}",
            hint="use the same options, or choose another directory with --out",
        )


def _unlike(plan: Plan, found: str) -> str:
    """In which of its parts the plan found there is another one."""
    asked = encode(plan)
    try:
        there = encode(decode(Plan, json.loads(found)))
    except (ValueError, InputError):
        return f"its {PLAN} cannot be read"
    return "; ".join(
        f"{name}: asked for {_shown(value)}, found {_shown(there[name])}"
        for name, value in asked.items()
        if there[name] != value
    )


def _shown(value: object) -> str:
    if isinstance(value, dict):  # a length
        return " ".join(map(str, value.values()))
    if isinstance(value, list):
        return ", ".join(value) or "none"
    return json.dumps(value)


def _lines(file: BinaryIO) -> Iterator[tuple[tuple[str, str] | None, int, int]]:
    """Head, start and end of each line; a torn last line has no head."""
    file.seek(0)
    place = 0
    for number, line in enumerate(file, start=1):
        found, _, rest = line.rstrip(b"\n").partition(b" ")
        if not line.endswith(b"\n") or found != checksum(rest):
            if file.read(1):
                raise RunError(
                    f"{file.name}: line {number} is damaged (expected checksum "
                    f"{checksum(rest).decode()}, found {found[:40]!r})",
                    hint="restore the file, or delete that line: its article is done again",
                )
            yield None, place, place
            return
        article_id, key = json.loads(rest.partition(b"\t")[0])
        yield (article_id, key), place, place + len(line)
        place += len(line)


def _line(result: Result) -> bytes:
    # In JSON a tab is always escaped, so that the first one ends the head.
    head = json.dumps([result.article.id, result.key], ensure_ascii=False)
    rest = f"{head}\t{canonical_json(result)}".encode()
    return checksum(rest) + b" " + rest + b"\n"


def _result(line: bytes, where: str) -> Result:
    data: Any = json.loads(line.partition(b"\t")[2])
    return decode(Result, data, where=where)
