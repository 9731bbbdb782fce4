"""The file: how it is laid out, how it is opened, and what its failures are called."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from toolkit.errors import InputError

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


def may_write(path: Path) -> bool:
    """Whether file and folder allow it; SQLite keeps its journal beside the file."""
    if not path.exists():
        return True
    return os.access(path, os.W_OK) and os.access(path.absolute().parent, os.W_OK)


def open_to_write(path: Path) -> sqlite3.Connection:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as exc:
        raise InputError(f"{path}: cannot be made: {exc.strerror}") from exc
    connection = connect(f"{path.absolute().as_uri()}?mode=rwc")
    try:
        if _is_empty(connection):
            # Readers go on while one process writes. Where the file system refuses, SQLite
            # stays with its older journal, which is as safe and only makes them wait.
            with suppress(sqlite3.OperationalError):
                connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("BEGIN IMMEDIATE")
            if _is_empty(connection):  # unless another process has made it meanwhile
                create(connection)
            connection.execute("COMMIT")
        _require_ours(connection, path)
        connection.execute("PRAGMA synchronous = NORMAL")
    except BaseException:
        connection.close()
        raise
    return connection


def open_to_read(path: Path) -> sqlite3.Connection:
    # Without a writable folder SQLite can read a file in WAL mode only if told that nobody
    # changes it meanwhile, which holds where nobody can write.
    for options in ("mode=ro", "mode=ro&immutable=1"):
        connection = connect(f"{path.absolute().as_uri()}?{options}")
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


def connect(address: str) -> sqlite3.Connection:
    return sqlite3.connect(
        address,
        uri=address != ":memory:",
        timeout=_PATIENCE,
        isolation_level=None,
        check_same_thread=False,  # SQLite itself is built to take turns; writes hold our lock
        cached_statements=256,
    )


def create(connection: sqlite3.Connection) -> None:
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
def explained(name: str) -> Iterator[None]:
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
