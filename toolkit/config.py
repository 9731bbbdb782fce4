"""Settings: `toolkit.toml` found upwards from here, and what they open: memories and terms."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from toolkit import engines
from toolkit.checks.acceptance import Ignore, known_code
from toolkit.errors import UsageError
from toolkit.formats import tmx
from toolkit.memory import Memory, open_memory
from toolkit.protocols import Engine
from toolkit.terms import Termbase, load_terms, merge

__all__ = [
    "Settings",
    "load_settings",
    "open_engine",
    "open_memories",
    "open_terms",
]

FILE = "toolkit.toml"


@dataclass(frozen=True, slots=True)
class Settings:
    """What holds when the command line does not say; paths are absolute.

    `memory` is the file that imports and edits go to; `memories` are read besides it and
    never written. `origin` is the settings file, if there is one.
    """

    inputs: tuple[Path, ...] = ()
    langs: tuple[str, ...] = ()
    engine: str = "memory"
    memory: Path | None = None
    memories: tuple[Path, ...] = ()
    terms: tuple[Path, ...] = ()
    ignore: tuple[Ignore, ...] = ()
    origin: Path | None = None


def load_settings(start: Path) -> Settings:
    """The settings that hold in a folder: those of the nearest `toolkit.toml` above it.

    `TOOLKIT_CONFIG` names another file. Relative paths are relative to the file itself.
    Raises UsageError on anything unknown or mistyped.
    """
    named = os.environ.get("TOOLKIT_CONFIG")
    path = Path(named) if named else _nearest(start.absolute())
    if path is None:
        return Settings(memory=_user_memory())
    try:
        data = tomllib.loads(path.read_text("utf-8"))
    except OSError as exc:
        raise UsageError(f"{path}: cannot be read: {exc.strerror}") from exc
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as exc:
        raise UsageError(f"{path}: not TOML: {exc}") from exc
    return _settings(data, path)


@contextmanager
def open_memories(settings: Settings) -> Iterator[tuple[Memory, ...]]:
    """The memories to ask, one's own first."""
    with ExitStack() as stack:
        opened = []
        if settings.memory and settings.memory.is_file():
            opened.append(stack.enter_context(open_memory(settings.memory, read_only=True)))
        for path in settings.memories:
            is_tmx = path.suffix.lower() == ".tmx"
            memory = tmx.load_memory(path) if is_tmx else open_memory(path, read_only=True)
            opened.append(stack.enter_context(memory))
        yield tuple(opened)


@contextmanager
def open_engine(settings: Settings) -> Iterator[Engine]:
    """The engine that the settings ask for."""
    with open_memories(settings) as memories:
        yield engines.load(settings.engine, memories=memories)


def open_terms(settings: Settings, more: Iterable[Path] = ()) -> Termbase:
    """The termbase of further files and of the settings; the first that knows a name decides."""
    return merge(load_terms(path) for path in (*more, *settings.terms))


def _settings(data: Mapping[str, Any], path: Path) -> Settings:
    known = ("inputs", "langs", "engine", "memory", "memories", "terms", "ignore")
    if unknown := sorted(set(data) - set(known)):
        raise UsageError(
            f"{path}: unknown key {', '.join(map(repr, unknown))}",
            hint=f"known keys: {', '.join(known)}",
        )
    for name, value in data.items():
        if name == "ignore":
            continue
        single = name in ("engine", "memory")
        if not (isinstance(value, str) if single else _strings(value)):
            wanted = "a string" if single else "a list of strings"
            raise UsageError(f"{path}: {name}: expected {wanted}, found {value!r}")

    def paths(name: str) -> tuple[Path, ...]:
        return tuple(path.parent.absolute() / item for item in data.get(name, ()))

    own = data.get("memory")
    return Settings(
        inputs=paths("inputs"),
        langs=tuple(data.get("langs", ())),
        engine=data.get("engine", "memory"),
        memory=path.parent.absolute() / own if own else _user_memory(),
        memories=paths("memories"),
        terms=paths("terms"),
        ignore=tuple(_ignores(data.get("ignore", ()), path)),
        origin=path,
    )


def _ignores(tables: object, path: Path) -> Iterator[Ignore]:
    """The `[[ignore]]` tables: a code and a reason each, and what narrows them down."""
    known = ("code", "reason", "unit", "file", "expected", "found")
    if not isinstance(tables, (list, tuple)) or not all(isinstance(t, dict) for t in tables):
        raise UsageError(f"{path}: ignore: expected [[ignore]] tables, found {tables!r:.60}")
    for number, table in enumerate(tables, start=1):
        where = f"{path}: ignore {number}"
        if unknown := sorted(set(table) - set(known)):
            raise UsageError(
                f"{where}: unknown key {', '.join(map(repr, unknown))}",
                hint=f"known keys: {', '.join(known)}",
            )
        for name in known:
            value = table.get(name, "" if name in ("code", "reason") else None)
            if value is not None and not (isinstance(value, str) and value.strip()):
                raise UsageError(f"{where}: {name}: expected a string, found {value!r}")
        try:
            known_code(table["code"])
        except UsageError as error:
            raise UsageError(f"{where}: {error.message}", hint=error.hint) from None
        yield Ignore(**table, origin=f"{path.name} ({number})")


def _strings(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _nearest(start: Path) -> Path | None:
    return next((p / FILE for p in (start, *start.parents) if (p / FILE).is_file()), None)


def _user_memory() -> Path:
    """The memory of a person who has no settings file, where such data belongs."""
    base = os.environ.get("XDG_DATA_HOME")
    return (Path(base) if base else Path.home() / ".local" / "share") / "toolkit" / "memory.sqlite"
