"""What is installed here: the samples that come with it, and how to get what is missing."""

from __future__ import annotations

import json
import sys
from functools import cache
from importlib import metadata, util
from pathlib import Path
from typing import Any, Literal

from toolkit.errors import UsageError

Group = Literal["engines", "readers", "checks"]
_COMMAND = "toolkit.cli:main"


def samples() -> Path:
    """The folder of the sample articles, with a `toolkit.toml` of its own.

    A wheel has them inside the package, a checkout beside it.
    """
    here = Path(__file__).parent
    return next(p for p in (here / "samples", here.parent / "samples") if p.is_dir())


def install(extra: str) -> str:
    """The command that adds an extra to the Python that runs, as it was installed.

    Our distribution is found by its command: on the index the name `toolkit` is a stranger's.
    """
    return _command(_distribution(), extra, Path(sys.prefix), pip=bool(util.find_spec("pip")))


def plugin(group: Group, name: str) -> Any:
    """What an installed package offers under this name; None where none does.

    Packages offer by entry points in the groups `toolkit.engines`, `toolkit.readers` and
    `toolkit.checks` (docs/plugins.md). Raises UsageError where one is broken.
    """
    for entry in _offered(group, tuple(sys.path)):
        if entry.name != name:
            continue
        try:
            return entry.load()
        except Exception as exc:  # whatever it does when it is imported
            whose = entry.dist.name if entry.dist else entry.value
            raise UsageError(
                f"the plug-in {whose} cannot be loaded: {type(exc).__name__}: {exc}",
                hint=f"it offers {name!r} in toolkit.{group}; update or remove the package",
            ) from exc
    return None


def plugins(group: Group) -> tuple[str, ...]:
    """The names that installed packages offer, sorted."""
    return tuple(sorted({entry.name for entry in _offered(group, tuple(sys.path))}))


def versions(group: Group) -> tuple[str, ...]:
    """The same with where they are from, `brands package 1.0`: another version, another result."""
    found = _offered(group, tuple(sys.path))
    whose = {(entry.name, entry.dist) for entry in found if entry.dist}
    return tuple(sorted(f"{name} {dist.name} {dist.version}" for name, dist in whose))


@cache
def _offered(group: str, _places: tuple[str, ...]) -> tuple[metadata.EntryPoint, ...]:
    """Looked up once (20 ms and more), and again only where there are other places to look."""
    return tuple(metadata.entry_points(group=f"toolkit.{group}"))


def _command(found: metadata.Distribution | None, extra: str, prefix: Path, *, pip: bool) -> str:
    what = _requirement(found, extra)
    if (prefix / "uv-receipt.toml").exists():
        return f"uv tool install {what}"
    if (prefix / "pipx_metadata.json").exists():
        return f"pipx install --force {what}"
    if pip:
        return f"{_quoted(sys.executable)} -m pip install {what}"
    return f"uv pip install --python {_quoted(sys.executable)} {what}"


def _distribution() -> metadata.Distribution | None:
    for entry in metadata.entry_points(group="console_scripts", name="toolkit"):
        if entry.value == _COMMAND:
            return entry.dist
    return None


def _requirement(found: metadata.Distribution | None, extra: str) -> str:
    if found is None:  # run from a folder, never installed
        return f"-e {_quoted(f'{Path(__file__).parents[1]}[{extra}]')}"
    name = f"{found.name}[{extra}]"
    origin = json.loads(found.read_text("direct_url.json") or "{}")
    url = str(origin.get("url", ""))
    if not url:
        return _quoted(name)
    if origin.get("dir_info", {}).get("editable"):
        return f"-e {_quoted(f'{_path_of(url)}[{extra}]')}"
    version_control = origin.get("vcs_info", {})
    if version_control:
        url = f"{version_control['vcs']}+{url}@{version_control['commit_id']}"
    return _quoted(f"{name} @ {url}")


def _path_of(url: str) -> str:
    from urllib.parse import urlsplit
    from urllib.request import url2pathname

    return url2pathname(urlsplit(url).path)


def _quoted(text: str) -> str:
    """As a shell takes it; only double quotes are quotes to that of Windows."""
    if text.replace("/", "").replace("-", "").replace(".", "").replace("_", "").isalnum():
        return text
    quote = '"' if sys.platform == "win32" else "'"
    return f"{quote}{text}{quote}"
