"""`doctor`: whether everything a command needs is here, and what to do where it is not."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import typer

from toolkit.cli import options
from toolkit.cli.console import command, paint, put, put_json
from toolkit.errors import ToolkitError

if TYPE_CHECKING:
    from toolkit.config import Settings

# Below this a run or a download soon has no room.
_LITTLE = 1_000_000_000
# What each extra is for, and the package that shows whether it is installed.
_EXTRAS = {
    "hf": ("torch", "models of transformers"),
    "ct2": ("ctranslate2", "the same, several times faster"),
    "serve": ("starlette", "toolkit serve"),
    "cluster": ("ray", "toolkit run --cluster"),
}
_COLOURS = {"ok": "32", "off": "2", "bad": "31"}


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that was looked at: `off` is not here and need not be, `bad` must be mended."""

    state: Literal["ok", "off", "bad"]
    what: str
    said: str
    hint: str = ""
    exit_code: int = 0


def register(app: typer.Typer) -> None:
    command(app)(doctor)


def doctor(as_json: options.Json = False) -> int:
    """See whether all that commands need is here, and what to do.

    The installation and its extras, settings, memories, terms, models and room on the disk.
    """
    lines = list(_lines())
    if as_json:
        put_json([asdict(line) for line in lines])
    else:
        width = max(len(line.what) for line in lines)
        for line in lines:
            state = paint(f"{line.state:<3}", _COLOURS[line.state])
            put(f"{state} {line.what:<{width}}  {line.said}")
            for hint in line.hint.splitlines():
                put(f"    {'':<{width}}  {hint}")
    return next((line.exit_code for line in lines if line.state == "bad"), 0)


def _lines() -> Iterator[Line]:
    yield _installation()
    yield from _extras()
    from toolkit import config

    try:
        settings = config.load_settings(Path.cwd())
    except ToolkitError as error:
        yield _bad("settings", error)
        settings = config.Settings()
    else:
        where = str(settings.origin) if settings.origin else "no toolkit.toml here or above"
        yield Line("ok" if settings.origin else "off", "settings", where)
    yield from _looked_at("memory", lambda: _memories(settings))
    yield from _looked_at("terms", lambda: _terms(settings))
    yield from _looked_at("models", _models)
    yield from _looked_at("engine", lambda: _routes(settings))
    yield from _disk()


def _looked_at(what: str, look: Callable[[], Iterator[Line]]) -> Iterator[Line]:
    """What a look finds; a failure is what it finds, too."""
    try:
        yield from look()
    except ToolkitError as error:
        yield _bad(what, error)


def _bad(what: str, error: ToolkitError) -> Line:
    return Line("bad", what, error.message, error.hint, error.exit_code)


def _installation() -> Line:
    from toolkit import __version__

    version = ".".join(map(str, sys.version_info[:3]))
    return Line("ok", "toolkit", f"{__version__}, Python {version}, {sys.prefix}")


def _extras() -> Iterator[Line]:
    from importlib import metadata  # 15 ms that no other command needs

    from toolkit.package import install

    for extra, (module, purpose) in _EXTRAS.items():
        try:
            version = metadata.version(module)
        except metadata.PackageNotFoundError:
            yield Line("off", f"[{extra}]", f"not installed: {purpose}", install(extra))
        else:
            yield Line("ok", f"[{extra}]", f"{module} {version}: {purpose}")


def _memories(settings: Settings) -> Iterator[Line]:
    from toolkit import config

    with config.open_memories(settings) as memories:
        for memory in memories:
            yield Line("ok", "memory", f"{memory.name}: {len(memory):,} units")
        if not memories:
            yield Line("off", "memory", "none yet", "toolkit memory import FILE")


def _terms(settings: Settings) -> Iterator[Line]:
    from toolkit import config

    if settings.terms:
        count = len(config.open_terms(settings).entries)
        yield Line("ok", "terms", f"{count:,} of your own, in {len(settings.terms)} files")


def _models() -> Iterator[Line]:
    from toolkit.models import Store, megabytes, read_lock

    store = Store()
    lock = read_lock(user=store.lock_path)
    here = [entry for entry in lock.entries if store.has(entry)]
    yield Line("ok", "models.lock", f"{len(lock.entries)} models, {lock.path or 'as shipped'}")
    size = megabytes(sum(entry.size or 0 for entry in here)) if here else "0 MB"
    hint = "" if here else "toolkit models fetch en-ko, for example"
    yield Line("ok" if here else "off", "store", f"{store.root}: {len(here)} models, {size}", hint)
    for entry in here:
        for problem in store.problems(entry):
            hint = f"toolkit models fetch {entry.id}"
            yield Line("bad", entry.id, problem, hint, exit_code=4)


def _routes(settings: Settings) -> Iterator[Line]:
    """Who would translate from English into the languages of the settings."""
    from toolkit.models import Store, read_lock, route

    if settings.engine != "auto":
        yield Line("ok", "engine", settings.engine)
        return
    store = Store()
    lock = read_lock(user=store.lock_path)
    for lang in settings.langs:
        found = route(lock, store, "en", lang, allow_noncommercial=settings.allow_noncommercial)
        missing = [entry.id for entry in found if not store.has(entry)]
        said = f"en→{lang}: " + (" + ".join(entry.id for entry in found) or "no model")
        if missing:
            hint = f"toolkit models fetch {' '.join(missing)}"
            yield Line("off", "engine", f"{said}, not here yet", hint)
        elif lang != "en":
            yield Line("ok" if found else "off", "engine", said)


def _disk() -> Iterator[Line]:
    from toolkit.models import Store

    for what, path in (("disk here", Path.cwd()), ("disk of models", Store().root)):
        there = next(p for p in (path, *path.parents) if p.exists())
        free = shutil.disk_usage(there).free
        said = f"{free / 1e9:,.1f} GB free at {there}"
        if free < _LITTLE:
            yield Line("bad", what, said, "make room, or choose another place", exit_code=6)
        else:
            yield Line("ok", what, said)
