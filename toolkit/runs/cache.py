"""Results kept by their key, for every run that would make them again."""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Self

from toolkit.errors import RunError
from toolkit.schema import Result, canonical_json, decode


class Cache:
    """A file of results that several runs and processes may share.

    What it holds can be made again: a damaged entry is as good as none, and a file that is no
    cache is refused, never written over.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            # Asked by the thread that reads, filled by the one that writes: the same one.
            self._db = sqlite3.connect(path, timeout=60, isolation_level=None)
        except (OSError, sqlite3.Error) as exc:
            raise self._unusable(exc) from exc
        try:
            self._db.execute("PRAGMA journal_mode = WAL")
            self._db.execute("PRAGMA synchronous = NORMAL")
            self._db.execute(
                "CREATE TABLE IF NOT EXISTS results (key TEXT PRIMARY KEY, body BLOB) WITHOUT ROWID"
            )
        except sqlite3.Error as exc:
            self._db.close()
            raise self._unusable(exc) from exc

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._db.close()

    def get(self, key: str) -> Result | None:
        """The result of this key, if it is here and whole."""
        try:
            row = self._db.execute("SELECT body FROM results WHERE key = ?", (key,)).fetchone()
            result = decode(Result, json.loads(zlib.decompress(row[0]))) if row else None
        except sqlite3.Error as exc:
            raise self._unusable(exc) from exc
        except Exception:  # noqa: BLE001  # whatever is wrong with an entry, it is made again
            return None
        return result if result is not None and result.key == key else None

    def put(self, results: Iterable[Result]) -> None:
        """Keep these results."""
        rows = [(r.key, zlib.compress(canonical_json(r).encode(), 1)) for r in results]
        try:
            self._db.execute("BEGIN IMMEDIATE")
            self._db.executemany("INSERT OR REPLACE INTO results VALUES (?, ?)", rows)
            self._db.execute("COMMIT")
        except sqlite3.Error as exc:
            raise self._unusable(exc) from exc

    def _unusable(self, exc: Exception) -> RunError:
        return RunError(
            f"{self._path}: cannot be used as a cache: {exc}",
            hint="give another file with --cache, or remove this one: it can be made again",
        )
