"""Language packs by code, each loaded when it is first asked for."""

from __future__ import annotations

from functools import cache
from importlib import import_module

from toolkit.errors import UnsupportedError
from toolkit.lang.base import Pack

CODES: tuple[str, ...] = ("en", "ko", "uk")


@cache
def pack(code: str) -> Pack:
    """All we know of the language with this ISO 639-1 code."""
    if code not in CODES:
        raise UnsupportedError(
            f"no language pack for {code!r}", hint=f"languages: {', '.join(CODES)}"
        )
    found: Pack = import_module(f"toolkit.lang.{code}").PACK
    return found
