"""Many articles into one directory: an append-only journal, resume, and the outputs.

A run directory holds `plan.json`, `journal.jsonl` (one checksummed line per finished
article), and what is made from them: `results.jsonl`, `report.html`, `articles/`, and
`failed.jsonl` for what could not be done. The journal alone is the truth: it is flushed
line by line, a torn last line is cut off, and the outputs are written from it at the end.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from toolkit import pipeline
from toolkit.errors import InputError, RunError, ToolkitError
from toolkit.formats import Unreadable, jsonl, markdown, report
from toolkit.formats.files import write_whole
from toolkit.protocols import Engine
from toolkit.schema import Article, Plan, Result, Severity, canonical_json, decode
from toolkit.terms import Termbase

__all__ = [
    "Failure",
    "Journal",
    "Tally",
    "run",
]


@dataclass(frozen=True, slots=True)
class Failure:
    """An input that could not be done, with the reason and what to do about it."""

    source: str
    error: str
    hint: str
    exit_code: int


@dataclass(slots=True)
class Tally:
    """What a run came to."""

    done: int = 0
    reused: int = 0
    failures: list[Failure] = field(default_factory=list)
    findings: Counter[Severity] = field(default_factory=Counter)
    origins: Counter[str] = field(default_factory=Counter)

    def count(self, result: Result) -> None:
        for translation in result.translations:
            self.findings.update(finding.severity for finding in translation.findings)
            self.origins.update(unit.origin for unit in translation.units)

    def fail(self, source: str, error: ToolkitError) -> None:
        self.failures.append(Failure(source, error.message, error.hint, error.exit_code))


class Journal:
    """The finished articles of one run directory, held by one process at a time.

    Raises RunError when the directory belongs to another plan or process, or when a line
    that is not the last one is damaged: that was not a crash, so nothing is thrown away.
    """

    def __init__(self, directory: Path, plan: Plan) -> None:
        self.directory = directory
        self._places: dict[str, tuple[str, int]] = {}
        try:
            directory.mkdir(parents=True, exist_ok=True)
            self._file = self._locked(directory / "journal.jsonl")
        except OSError as exc:
            raise _unusable(directory, exc) from exc
        try:
            self._claim(plan)
            self._recover()
        except BaseException:
            self._file.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()

    def has(self, article_id: str, key: str) -> bool:
        """Whether this very work on this article is done."""
        return self._places.get(article_id, ("", 0))[0] == key

    def append(self, result: Result) -> None:
        """Write one result so that it survives whatever happens next."""
        body = canonical_json(result).encode()
        offset = self._file.seek(0, os.SEEK_END)
        try:
            self._file.write(_checksum(body) + b" " + body + b"\n")
            self._file.flush()
            os.fsync(self._file.fileno())
        except OSError as exc:
            # Half a line may have reached the disk; without it the file is sound.
            with suppress(OSError):
                self._file.truncate(offset)
            raise _unusable(self.directory, exc) from exc
        self._places[result.article.id] = (result.key, offset)

    def results(self) -> Iterator[Result]:
        """The newest result of each article, in the order they were finished."""
        for _, offset in sorted(self._places.values(), key=lambda place: place[1]):
            self._file.seek(offset)
            body = self._file.readline().partition(b" ")[2]
            yield decode(Result, json.loads(body), where=f"{self._file.name}: offset {offset}")

    @staticmethod
    def _locked(path: Path) -> BinaryIO:
        file = path.open("a+b")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as exc:
            file.close()
            raise RunError(
                f"{path.parent}: another process is working in this run directory",
                hint="wait for it, or choose another directory with --out",
            ) from exc
        return file

    def _claim(self, plan: Plan) -> None:
        path = self.directory / "plan.json"
        wanted = canonical_json(plan) + "\n"
        try:
            found = path.read_text("utf-8")
        except FileNotFoundError:
            write_whole(path, [wanted])
            return
        except OSError as exc:
            raise _unusable(self.directory, exc) from exc
        if found != wanted:
            raise RunError(
                f"{path}: this directory holds a run of another plan\n"
                f"  expected {wanted.strip()}\n  found    {found.strip()}",
                hint="use the same options, or choose another directory with --out",
            )

    def _recover(self) -> None:
        self._file.seek(0)
        offset = 0
        for number, line in enumerate(self._file, start=1):
            checksum, _, body = line.rstrip(b"\n").partition(b" ")
            if not line.endswith(b"\n") or checksum != _checksum(body):
                if self._file.read(1):
                    raise RunError(
                        f"{self._file.name}: line {number} is damaged (expected checksum "
                        f"{_checksum(body).decode()}, found {checksum[:40]!r})",
                        hint="restore the file, or delete that line: its article is done again",
                    )
                self._file.truncate(offset)
                return
            head = json.loads(body)
            self._places[head["article"]["id"]] = (head["key"], offset)
            offset += len(line)


def run(
    inputs: Iterable[Article | Unreadable],
    plan: Plan,
    engine: Engine,
    termbase: Termbase,
    directory: Path,
    tell: Callable[[str, ToolkitError | None], None] = lambda _source, _error: None,
) -> Tally:
    """Do what is not done yet, set aside what cannot be, and write the outputs.

    Killed at any point, the same call goes on where it stopped and ends with the same
    bytes. An input that fails is written to `failed.jsonl` and tried again next time;
    `tell` hears of each input, and of its error if it failed.
    """
    tally = Tally()
    with Journal(directory, plan) as journal:
        seen: dict[str, str] = {}
        for item in inputs:
            error = None
            try:
                if isinstance(item, Unreadable):
                    raise item.error
                _refuse_twin(item, seen)
                if journal.has(item.id, pipeline.key(item, plan, engine, termbase)):
                    tally.reused += 1
                else:
                    journal.append(pipeline.process(item, plan, engine, termbase))
                    tally.done += 1
            except RunError:
                raise
            except ToolkitError as exc:
                tally.fail(item.source, exc)
                error = exc
            tell(item.source, error)
        _write_outputs(journal, tally)
    return tally


def _write_outputs(journal: Journal, tally: Tally) -> None:
    directory = journal.directory
    for result in journal.results():
        tally.count(result)
        for name, text in markdown.documents(result):
            write_whole(directory / "articles" / name, [text])
    write_whole(directory / "results.jsonl", jsonl.write(journal.results()))
    write_whole(directory / "report.html", report.write(journal.results()))
    failed = directory / "failed.jsonl"
    if tally.failures:
        write_whole(failed, (canonical_json(failure) + "\n" for failure in tally.failures))
    else:
        failed.unlink(missing_ok=True)


def _refuse_twin(article: Article, seen: dict[str, str]) -> None:
    if article.id in seen:
        raise InputError(
            f"{article.source}: the id {article.id!r} is already that of {seen[article.id]}",
            hint="rename the file, or give the article another id",
        )
    seen[article.id] = article.source


def _checksum(body: bytes) -> bytes:
    return hashlib.blake2b(body, digest_size=8).hexdigest().encode()


def _unusable(directory: Path, exc: OSError) -> RunError:
    return RunError(
        f"{directory}: cannot be written: {exc.strerror or exc}",
        hint="what is in its journal is safe; when there is room, the same command goes on",
    )
