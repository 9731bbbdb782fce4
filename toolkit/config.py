"""Settings: `toolkit.toml` found upwards from here, and what they open: memories and terms."""

from __future__ import annotations

import difflib
import os
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from toolkit import engines
from toolkit.checks.ignores import Ignore, known_code
from toolkit.engines.tasks import by_task, with_second
from toolkit.errors import UsageError
from toolkit.formats import tmx
from toolkit.lang import CODES, basic_codes, code_of, names
from toolkit.memory import Memory, open_memory
from toolkit.protocols import Engine
from toolkit.terms import Termbase, load_terms, merge

if TYPE_CHECKING:
    from toolkit.engines.chat import Server
    from toolkit.models import FetchPlan, Store

__all__ = [
    "Bring",
    "Settings",
    "language",
    "load_settings",
    "means",
    "open_engine",
    "open_memories",
    "open_terms",
    "read_settings",
]

FILE = "toolkit.toml"
# Downloads what a model lacks into the store, or raises.
Bring = Callable[["FetchPlan", "Store"], Path]


@dataclass(frozen=True, slots=True)
class Settings:
    """What holds when the command line does not say; paths are absolute.

    `memory` is the file that imports and edits go to; `memories` are read besides it and
    never written. `second` is asked for what the engine leaves wrong. `cache` keeps results for
    every run that would make them again.
    `origin` is the settings file, if there is one.
    """

    inputs: tuple[Path, ...] = ()
    langs: tuple[str, ...] = ()
    engine: str = "auto"
    summarizer: str = ""
    second: str = ""
    offline: bool = False
    allow_noncommercial: bool = False
    chat: Server | None = None
    memory: Path | None = None
    memories: tuple[Path, ...] = ()
    terms: tuple[Path, ...] = ()
    cache: Path | None = None
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
    return read_settings(path)


def read_settings(path: Path) -> Settings:
    """The settings of one file; UsageError as above."""
    try:
        data = tomllib.loads(path.read_text("utf-8"))
    except OSError as exc:
        raise UsageError(f"{path}: cannot be read: {exc.strerror}") from exc
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as exc:
        raise UsageError(f"{path}: not TOML: {exc}") from exc
    return _settings(data, path)


def language(stated: str) -> str:
    """The code we know a language by; UsageError, with what comes near, if we know none."""
    if found := code_of(stated):
        return found
    known = ", ".join(f"{code} ({names(code)[0]})" for code in CODES)
    raise UsageError(
        f"no language {stated!r}",
        hint=(f"did you mean {near}?\n" if (near := _near(stated)) else "")
        + f"languages: {known}, and others in part: toolkit languages --all",
    )


def _near(stated: str) -> str:
    """The language whose name comes nearest, or the one spoken where a country's code says."""
    said = stated.strip().casefold()
    called = {name.casefold(): code for code in (*basic_codes(), *CODES) for name in names(code)}
    # Names of two letters are codes; at 0.75 Klingon is English.
    close = difflib.get_close_matches(said, called, n=1, cutoff=0.8) if len(said) > 2 else ()
    code = called[close[0]] if close else code_of(f"und-{said}")
    return f"{code} ({names(code)[0]})" if code else ""


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
def open_engine(
    settings: Settings, bring: Bring | None = None, summarizer: str = ""
) -> Iterator[Engine]:
    """The engine that the settings ask for, and another beside it that writes summaries.

    `bring` downloads a model that is not in the store; without it, nothing is downloaded.
    `summarizer` is a plan's, and not the settings': who only translates needs none.
    """
    with open_memories(settings) as memories:
        found = means(settings, memories, bring)
        engine = engines.load(settings.engine, replace(found, insists=True))
        if summarizer:
            engine = by_task(engine, engines.load(summarizer, found))
        if settings.second:
            engine = with_second(engine, engines.load(settings.second, found))
        yield engine


def means(
    settings: Settings, memories: Sequence[Memory] = (), bring: Bring | None = None
) -> engines.Means:
    """What engines are loaded from under these settings."""
    return engines.Means(
        memories,
        bring=None if settings.offline else bring,
        allow_noncommercial=settings.allow_noncommercial,
        chat=settings.chat,
        termbase=open_terms(settings),
    )


def open_terms(settings: Settings, more: Iterable[Path] = ()) -> Termbase:
    """The termbase of further files and of the settings; the first that knows a name decides."""
    return merge(load_terms(path) for path in (*more, *settings.terms))


def _settings(data: Mapping[str, Any], path: Path) -> Settings:
    known = tuple(f.name for f in fields(Settings) if f.name != "origin")
    if unknown := sorted(set(data) - set(known)):
        raise UsageError(
            f"{path}: unknown key {', '.join(map(repr, unknown))}",
            hint=f"known keys: {', '.join(known)}",
        )
    for name, value in data.items():
        if name in ("ignore", "chat"):
            continue
        wanted, fits = _SINGLE.get(name, ("a list of strings", _strings))
        if not fits(value):
            raise UsageError(f"{path}: {name}: expected {wanted}, found {value!r}")

    def paths(name: str) -> tuple[Path, ...]:
        return tuple(path.parent.absolute() / item for item in data.get(name, ()))

    try:
        langs = tuple(map(language, data.get("langs", ())))
    except UsageError as error:
        raise UsageError(f"{path}: langs: {error.message}", hint=error.hint) from None
    own = data.get("memory")
    return Settings(
        inputs=paths("inputs"),
        langs=langs,
        engine=data.get("engine", "auto"),
        summarizer=data.get("summarizer", ""),
        second=data.get("second", ""),
        offline=data.get("offline", False),
        allow_noncommercial=data.get("allow_noncommercial", False),
        chat=_chat(data["chat"], path) if "chat" in data else None,
        memory=path.parent.absolute() / own if own else _user_memory(),
        memories=paths("memories"),
        terms=paths("terms"),
        cache=path.parent.absolute() / data["cache"] if "cache" in data else None,
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


def _chat(table: object, path: Path) -> Server:
    """The `[chat]` table: where a server listens, and how it may be asked; no key of it."""
    from toolkit.engines.chat import Server

    kinds: dict[str, Any] = {"url": str, "workers": int, "timeout": (int, float), "prices": list}
    if not isinstance(table, dict) or not all(
        name in kinds and isinstance(value, kinds[name]) for name, value in table.items()
    ):
        raise UsageError(
            f"{path}: chat: expected a [chat] table, found {table!r:.80}",
            hint='url = "http://…/v1", and if need be workers, timeout in seconds, prices; '
            "a key belongs into TOOLKIT_CHAT_KEY",
        )
    return Server(**{**table, "prices": tuple(table.get("prices", ()))})


def _strings(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


_SINGLE: Mapping[str, tuple[str, Callable[[object], bool]]] = {
    "second": ("a string", lambda value: isinstance(value, str)),
    "engine": ("a string", lambda value: isinstance(value, str)),
    "cache": ("a string", lambda value: isinstance(value, str)),
    "memory": ("a string", lambda value: isinstance(value, str)),
    "summarizer": ("a string", lambda value: isinstance(value, str)),
    "offline": ("true or false", lambda value: isinstance(value, bool)),
    "allow_noncommercial": ("true or false", lambda value: isinstance(value, bool)),
}


def _nearest(start: Path) -> Path | None:
    return next((p / FILE for p in (start, *start.parents) if (p / FILE).is_file()), None)


def _user_memory() -> Path:
    """The memory of a person who has no settings file, where such data belongs."""
    base = os.environ.get("XDG_DATA_HOME")
    return (Path(base) if base else Path.home() / ".local" / "share") / "toolkit" / "memory.sqlite"
