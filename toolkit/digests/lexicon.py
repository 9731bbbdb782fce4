"""Words that news uses for one another, and what people are called by their office or work.

The words lie with each language (`DigestRules`); what is here holds in all of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from toolkit.lang import digest, pack
from toolkit.schema import Segment, Span
from toolkit.summaries.extractive import stems

# What became of people: two of these are never said of one.
FATES = frozenset(
    ["@kill", "@injure", "@missing", "@kidnap", "@arrest", "@release", "@rescue", "@evacuate"]
)

# Roles are compared with those of their own sorts only.
_SORTS = """
office: president prime_minister minister governor mayor chancellor senator ambassador
    councillor king queen prince spokesman adviser aide
business: manager treasurer chief_executive finance_director chairman spokesman adviser aide
court: judge prosecutor lawyer
sport: goalkeeper defender midfielder striker winger coach referee
art: writer poet actor singer painter sculptor composer pianist violinist film_director
    photographer architect journalist editor
work: manager spokesman adviser aide lawyer architect journalist editor owner director driver
    conductor pilot co-pilot mate steward passenger cyclist pedestrian doctor surgeon nurse
    paramedic midwife dentist pharmacist vet teacher pupil professor headteacher caretaker
    firefighter guard electrician plumber carpenter mechanic engineer farmer fisherman baker cook
    waiter cleaner cashier accountant banker priest bishop imam monk librarian archaeologist
    historian biologist geologist physicist chemist economist curator detective inspector captain
rank: captain superintendent commissioner sheriff private corporal sergeant lieutenant major
    colonel general admiral rifleman shooter gunner sniper scout medic
kin: husband wife widow son daughter brother sister mother father uncle aunt nephew niece cousin
    grandson granddaughter grandfather grandmother fiance fiancee
part: suspect witness hostage defendant plaintiff
"""


class Role(NamedTuple):
    """What somebody is called: which role it is, and with which sorts it is compared."""

    row: str
    sorts: frozenset[str]


@cache
def _forms(lang: str) -> dict[str, str]:
    known = digest(lang)
    found: dict[str, str] = {}
    for name, forms in _rows(known.alike):
        for form in forms:
            start = form if known.ending else root(form, lang)
            found.setdefault(start, f"@{name}")
            found.setdefault(start.removesuffix("e"), f"@{name}")  # seize, seized
    return found


def _rows(table: str) -> Iterator[tuple[str, list[str]]]:
    """`name: form form` lines; one that is indented goes on."""
    for line in re.sub(r"\n\s+", " ", table.strip()).splitlines():
        name, _, forms = line.partition(":")
        yield name.strip(), forms.split()


@lru_cache(maxsize=1 << 15)
def concept(word: str, lang: str) -> str:
    """What a word in small letters means, equal in all languages; "" if it is not known."""
    forms, ending = _forms(lang), digest(lang).ending
    if not ending:
        return forms.get(root(word, lang), "")
    shortest = max(1, len(word) - ending)
    starts = (word[:length] for length in range(len(word), shortest - 1, -1))
    return next((forms[start] for start in starts if start in forms), "")


def root(word: str, lang: str) -> str:
    """What a word in small letters has in common with its other forms; "" for `the`."""
    return next(iter(stems([Segment("", Span(0, 0), word, 0)], pack(lang).summaries)[0]), "")


@cache
def roles(lang: str) -> dict[str, Role]:
    """Each form of a role in small letters, and which role it is."""
    known: dict[str, Role] = {}
    for name, forms in _rows(digest(lang).roles):
        for form in forms:
            known.setdefault(form.replace("_", " "), Role(name, _sorts().get(name, _NONE)))
    return known


_NONE: frozenset[str] = frozenset()


@cache
def _sorts() -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for sort, names in _rows(_SORTS):
        for name in names:
            found[name] = found.get(name, _NONE) | {sort}
    return found
