"""API keys: shown once when they are made, kept as hashes only."""

from __future__ import annotations

import hmac
import json
import re
import secrets
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from toolkit.errors import UsageError
from toolkit.formats.files import write_whole

__all__ = ["Key", "add", "name_of", "read", "remove"]

_NAME = re.compile(r"[\w.@ -]{1,80}")


@dataclass(frozen=True, slots=True)
class Key:
    name: str
    hash: str


def read(path: Path) -> tuple[Key, ...]:
    """The keys of a file, none where there is no file; UsageError for another file."""
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError:
        return ()
    except (OSError, UnicodeDecodeError) as exc:
        raise UsageError(f"{path}: the keys cannot be read: {exc}") from exc
    found = []
    for number, line in enumerate(text.splitlines(), start=1):
        try:
            data = json.loads(line)
            key = Key(data["name"], data["hash"])
        except (ValueError, KeyError, TypeError) as exc:
            raise UsageError(
                f"{path}: line {number}: expected a name and a hash, found {line[:40]!r}",
                hint="make keys with: toolkit serve DIR --add-key NAME",
            ) from exc
        found.append(key)
    return tuple(found)


def add(path: Path, name: str) -> str:
    """A new key of this name, which nobody can read again from the file."""
    known = read(path)
    if not _NAME.fullmatch(name) or not name.strip():
        raise UsageError(f"expected a name of letters, digits and . @ _ -, found {name!r}")
    if any(key.name == name for key in known):
        raise UsageError(
            f"{path}: there is a key of the name {name!r}",
            hint=f"take it back first: toolkit serve DIR --remove-key {name!r}",
        )
    secret = f"tk_{secrets.token_urlsafe(32)}"
    _write(path, (*known, Key(name, _hash(secret))))
    return secret


def remove(path: Path, name: str) -> None:
    """Take a key back; a server that runs goes on taking it until it is started again."""
    known = read(path)
    left = tuple(key for key in known if key.name != name)
    if left == known:
        names = ", ".join(key.name for key in known) or "none"
        raise UsageError(f"{path}: no key of the name {name!r}", hint=f"there are: {names}")
    _write(path, left)


def name_of(secret: str, keys: tuple[Key, ...]) -> str | None:
    """Whose key this is; it takes the same time whatever is wrong with it."""
    wanted = _hash(secret)
    found = None
    for key in keys:
        if hmac.compare_digest(key.hash, wanted):
            found = key.name
    return found


def _hash(secret: str) -> str:
    # A slow hash protects words that people choose; these are 256 random bits.
    return "sha256:" + sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def _write(path: Path, keys: tuple[Key, ...]) -> None:
    lines = (
        json.dumps({"name": key.name, "hash": key.hash}, ensure_ascii=False) + "\n" for key in keys
    )
    write_whole(path, lines)
    path.chmod(0o600)
