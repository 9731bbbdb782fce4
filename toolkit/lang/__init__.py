"""Language packs by code, each loaded when it is first asked for."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from toolkit.errors import UnsupportedError
from toolkit.lang import cldr, loader
from toolkit.lang.base import CldrRules, CueRules, DigestRules, Level, Pack, Probes

# The full packs, each a folder of data; `cldr` has one of any other language.
CODES: tuple[str, ...] = loader.codes()
_ENGLISH = CODES[0]


@cache
def code_of(stated: str) -> str | None:
    """The code a language goes by here: `en-GB` is `en`, `pt_br` is `pt-BR`; None if unknown."""
    parts = re.split("[-_]", stated.strip())
    if parts[0].lower() in CODES:
        return parts[0].lower()
    name = cldr.identifier("-".join(parts))
    return None if name is None else name.replace("_", "-")


def known(code: str) -> Level | None:
    """How well a language is known: from a pack of its own, or by what CLDR says of it."""
    found = code_of(code)
    return None if found is None else "full" if found in CODES else "basic"


@cache
def pack(code: str) -> Pack:
    """All we know of the language with this code (ISO 639, with a country or script if need be).

    Raises UnsupportedError for a language that CLDR does not know.
    """
    found = code_of(code)
    if found is None:
        raise UnsupportedError(
            f"no language pack for {code!r}",
            hint=f"languages: {', '.join(CODES)}, and what CLDR knows, such as fr or pt-PT",
        )
    if found in CODES:
        return loader.load(found)
    return cldr.build(found, found.replace("-", "_"))


@cache
def digest(code: str) -> DigestRules:
    """What digests know of a language; nothing of a basic one."""
    return loader.record(code, "digest", DigestRules) if code in CODES else DigestRules()


@cache
def cues(code: str) -> CueRules:
    """Words that turn what a sentence says; none of a basic language."""
    return loader.record(code, "cues", CueRules) if code in CODES else CueRules()


@cache
def probes(code: str) -> tuple[str, ...]:
    """Sentences to try an engine on; ⟦0⟧ stands for a label, as engines are given them."""
    return loader.record(code, "probes", Probes).sentences if code in CODES else ()


@cache
def words(code: str, part: str) -> Mapping[str, str]:
    """What the pages say (`digest`, `review`), in English where the language says nothing."""
    said = loader.words(code, part) if code in CODES else {}
    return MappingProxyType({**loader.words(_ENGLISH, part), **said})


@cache
def speaks(part: str) -> tuple[str, ...]:
    """The languages that have all words of a part of the pages."""
    every = set(loader.words(_ENGLISH, part))
    return tuple(code for code in CODES if every <= set(loader.words(code, part)))


@cache
def fingerprint(codes: tuple[str, ...]) -> str:
    """A digest of the language data that texts in these languages are read by.

    All full languages are in it, as the labels of all hold in every article.
    """
    wanted = [path for code in CODES for path in loader.files(code)]
    found = (code_of(code) for code in codes)
    wanted += [path for code in found if code for path in cldr.files(code.replace("-", "_"))]
    made = hashlib.blake2b(digest_size=8)
    for path in sorted(set(wanted), key=lambda path: (path.parent.name, path.name)):
        made.update(f"{path.parent.name}/{path.name}\n".encode())
        made.update(path.read_bytes().replace(b"\r\n", b"\n"))
    return made.hexdigest()


def names(code: str) -> tuple[str, str]:
    """A language's name in English and in itself, without building a pack."""
    if code in CODES:
        return pack(code).name, pack(code).own_name
    return cldr.names(code.replace("-", "_"))


def basic_codes() -> tuple[str, ...]:
    """The languages that CLDR knows and no file is for, in order of their codes."""
    return tuple(code for code in cldr.codes() if code not in CODES)


@cache
def common(code: str) -> CldrRules:
    """What CLDR knows of any language: names of countries, plurals, marks of numbers."""
    return cldr.rules(pack(code).code.replace("-", "_"))
