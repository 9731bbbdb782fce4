"""What CLDR knows of a language, from the snapshot that lies in `data/cldr`.

Every language that CLDR knows has a file there, and a variant (`pt_BR`) one with what differs.
They are made by `scripts/cldr_snapshot.py` and committed, so that the same check says the same
with every version of Babel.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from toolkit import scripts
from toolkit.lang import loader
from toolkit.lang.additions import with_additions
from toolkit.lang.base import CldrRules, FactRules, Pack, ScriptRules

PLACE = loader.DATA / "cldr"
# CLDR has these in Latin letters too, as people chat; no press writes so.
_ROMANISED = frozenset(("hi", "zh"))


@dataclass(frozen=True, slots=True)
class _Index:
    """Which languages and variants there are."""

    names: dict[str, tuple[str, str]]  # in English, and in itself
    variants: dict[str, dict[str, str]]
    aliases: dict[str, str]
    spoken: dict[str, str]


@cache
def _index() -> _Index:
    data = tomllib.loads((PLACE / "index.toml").read_text("utf-8"))
    rows = (line.split(" | ") for line in data["languages"].splitlines())
    return _Index(
        {code: (english, own) for code, english, own in rows},
        {code: dict(map(_variant, known.split())) for code, known in _pairs(data["variants"])},
        dict(_pairs(data["aliases"])),
        dict(_pairs(data["spoken"])),
    )


def _variant(word: str) -> tuple[str, str]:
    """`BR` needs all of itself said, `FR=` nothing, `TW=Hant_TW` more."""
    suffix, mark, said = word.partition("=")
    return suffix, said if mark else suffix


def _pairs(table: str) -> list[tuple[str, str]]:
    rows = (line.partition(": ") for line in table.splitlines())
    return [(key, value) for key, _, value in rows]


def codes() -> tuple[str, ...]:
    """All languages that CLDR knows, in order of their codes."""
    return tuple(_index().names)


def identifier(code: str) -> str | None:
    """CLDR's name of a language or of its variant (`pt_BR`); None if it knows none.

    Scripts and countries that go without saying are left out: `fr_FR` is `fr`, `zh_CN` is `zh`.
    """
    if not re.fullmatch(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,2}", code):
        return None
    language, *rest = re.split("[-_]", code)
    known, language = _index(), language.lower()
    parts = [part.title() if len(part) == 4 else part.upper() for part in rest]
    if language == "und":
        return known.spoken.get("_".join(parts))
    language = known.aliases.get(language, language)
    if language not in known.names:
        return None
    if not parts:
        return language
    suffix = known.variants.get(language, {}).get("_".join(parts))
    return None if suffix is None else f"{language}_{suffix}".rstrip("_")


def names(name: str) -> tuple[str, str]:
    """A language's name in English, and in the language itself; `name` is CLDR's."""
    if found := _index().names.get(name):
        return found
    if {"name", "own_name"} <= set(own := _file(name)):
        return own["name"], own["own_name"]
    from babel import Locale  # 120 ms: only to show the name of a variant like its language.

    locale = Locale.parse(name)
    return locale.get_display_name("en") or name, locale.get_display_name() or name


def build(code: str, name: str) -> Pack:
    """The pack of the language with this code; `name` is CLDR's, as `identifier` gives it."""
    english, own = names(name)
    return Pack(
        code=code,
        name=english,
        own_name=own,
        facts=facts(name),
        script=ScriptRules(name=_scripts(name)),
        level="basic",
    )


def _scripts(name: str) -> str:
    """The scripts that a language is written in, the usual one first: Serbian in two."""
    language, _, rest = name.partition("_")
    codes = [rules(name).script]
    if not rest and language not in _ROMANISED:
        codes += [part for part in _index().variants.get(language, {}) if len(part) == len("Latn")]
    return " ".join(dict.fromkeys(" ".join(map(scripts.name_of, codes)).split()))


def facts(name: str) -> FactRules:
    """Numerals, calendar and units as CLDR writes them, with what newspapers add."""
    rules = loader.filled(FactRules, _read(name)["facts"], f"cldr/{name}.toml")
    return with_additions(rules, name)


def rules(name: str) -> CldrRules:
    """Territories, plurals and marks; of a variant that has none of its own, its language's."""
    return loader.filled(CldrRules, _read(name)["cldr"], f"cldr/{name}.toml")


def files(name: str) -> tuple[Path, ...]:
    """The files that are read for a language or variant."""
    parts = name.split("_")
    paths = (PLACE / f"{'_'.join(parts[:n])}.toml" for n in range(1, len(parts) + 1))
    return tuple(path for path in paths if path.is_file())


@lru_cache(maxsize=4)
def _read(name: str) -> dict[str, dict[str, Any]]:
    base = name.rpartition("_")[0]
    known = _read(base) if base else {"facts": {}, "cldr": {}}
    own = _file(name)
    return {part: {**known[part], **own.get(part, {})} for part in known}


def _file(name: str) -> dict[str, Any]:
    path = PLACE / f"{name}.toml"
    return tomllib.loads(path.read_text("utf-8")) if path.is_file() else {}
