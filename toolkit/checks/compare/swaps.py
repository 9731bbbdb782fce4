"""Two facts of one sort that changed places: each is there, but says the other's thing."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from functools import cache
from itertools import combinations, pairwise

from toolkit import facts, scripts
from toolkit.checks.compare.measures import MOST_BETWEEN
from toolkit.checks.compare.neighbours import Couple, compare, repeated
from toolkit.checks.compare.values import NUMERIC
from toolkit.checks.evidence import Evidence, Side, View
from toolkit.lang import pack
from toolkit.schema import Fact

# More alike facts than this in one sentence make a table or a list, not two roles.
_MOST = 8
# How far from a score, or from a number below zero, a word is looked for that turns it round.
_REACH = 80
# A number that is the first part of a word, and the role of such a number.
_COMPOUND = re.compile(r"\d{1,9}-[^\W\d_]{4}")
_PART = "part"
_PLAIN = ("cardinal", "")
_ENDS_OF_RANGES = frozenset(("cardinal", "score", "quantity", "percent", "duration", "year", "age"))
_ENDS = '.!?:;"“”«»'


def swapped(view: View) -> None:
    """Report what stands in the other's place.

    score  the two numbers of a score (31-27) or a range come in the other order
    role   the words beside both say so (born 1999, since 2016), or what they count
    order  nothing else tells them apart, and both languages keep the order of the source
    sign   one has a minus sign, and no word of the other side says the same
    company  what stands beside one stands beside the other: see `neighbours`
    """
    found = view.found
    if not found.pairs:
        return
    told = [*_signs(found), *_cross(found)]
    ends, turned = _turn(found)
    told += turned
    closed = ends | {source for source, _, _ in told}
    apart, kept = compare(found)
    told += _turned_round(found, closed, kept)
    if not told:
        told += [(s, t, "company") for (s, t), _ in apart if s not in closed][:1]
    for source, target, rule in told:
        view.accuse(source, target, rule)


_Told = tuple[int, int, str]


def _signs(found: Evidence) -> Iterator[_Told]:
    for source, target, rule in found.pairs:
        if rule == "same":
            continue
        ours, theirs = found.source.facts[source].values, found.target.facts[target].values
        below = [values[0].startswith("-") for values in (ours, theirs)]
        frost = any(value.startswith("-") and value in theirs for value in ours)
        if below[0] != below[1] and not frost and not _says_less(found, source, target):
            yield source, target, "sign"


def _turned_round(found: Evidence, closed: set[int], kept: Collection[Couple]) -> Iterator[_Told]:
    """Facts of one sort that come in the other order, and are not meant to."""
    again = repeated(found.source.facts) | repeated(found.target.facts)
    keeps = all(pack(side.lang).facts.keeps_order for side in (found.source, found.target))
    for pairs in _groups(found):
        for (s1, t1), (s2, t2) in pairwise(pairs):
            if found.source.facts[s1].values == found.source.facts[s2].values or t1 == t2:
                continue
            if s1 in closed or s2 in closed:
                continue
            ours = tuple(_role(found.source, s) for s in (s1, s2))
            theirs = tuple(_role(found.target, t) for t in (t1, t2))
            if all(ours) and ours[0] != ours[1] and theirs == ours[::-1]:
                yield s1, t1, "role"
            elif keeps and (
                (set(ours) == {"", _PART} and theirs == ours[::-1])
                or (
                    t1 > t2
                    and ((s1, t1), (s2, t2)) not in kept
                    and again.isdisjoint(found.source.facts[s].values[0] for s in (s1, s2))
                    and _are_told_by_order(found, (s1, s2), (t1, t2))
                    and not any(a and a == b for a, b in zip(ours, theirs, strict=True))
                )
            ):
                yield s1, t1, "order"


def _groups(found: Evidence) -> Iterator[list[tuple[int, int]]]:
    """Pairs of facts that could change places, in the order of the source."""
    groups: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
    for source, target, _ in found.pairs:
        fact = found.source.facts[source]
        if fact.strength > 1 and (fact.kind in NUMERIC or fact.kind == "date"):
            counted = fact.unit or found.target.facts[target].unit
            kind = "number" if fact.kind in ("cardinal", "score") or counted else fact.kind
            groups[kind, counted].append((source, target))
    for pairs in groups.values():
        if 1 < len(pairs) <= _MOST:
            yield sorted(pairs)


def _are_told_by_order(found: Evidence, ours: tuple[int, int], theirs: tuple[int, int]) -> bool:
    """Four facts in digits or names, of which none is a part of the other."""
    return (
        not _is_within(found, *ours)
        and all(found.source.facts[n].strength == 3 for n in ours)
        and all(found.target.facts[n].strength == 3 for n in theirs)
    )


def _cross(found: Evidence) -> Iterator[_Told]:
    """Two numbers of different things, each counting what the other does on the other side.

    80 people in 3 months, 80개월 동안 3명: each number is there, of something else.
    """
    loose = [
        (s, t)
        for s, t, rule in found.pairs
        if rule in ("value", "unit")
        and min(found.source.facts[s].strength, found.target.facts[t].strength) > 1
    ]
    for (s1, t1), (s2, t2) in combinations(loose[:_MOST], 2):
        ours = [_thing(found.source.facts[s]) for s in (s1, s2)]
        theirs = [_thing(found.target.facts[t]) for t in (t2, t1)]
        if any(one == other != _PLAIN for one, other in zip(ours, theirs, strict=True)):
            yield s1, t1, "role"


def _thing(fact: Fact) -> tuple[str, str]:
    """What a number counts; 34년 is a year, or so many of them."""
    return (
        ("year", "") if (fact.kind, fact.unit) == ("duration", "year") else (fact.kind, fact.unit)
    )


def _turn(found: Evidence) -> tuple[set[int], list[_Told]]:
    """The ends of scores and ranges that changed places, and of these what is to be told."""
    there = {s: t for s, t, _ in found.pairs}
    turned: set[int] = set()
    told: list[_Told] = []
    for source, target in sorted(there.items()):
        if (
            there.get(source + 1) != target - 1
            or found.source.facts[source].values == found.source.facts[source + 1].values
        ):
            continue
        is_score = _tight(found, source, target - 1, facts.is_score_mark)
        if is_score or _tight(found, source, target - 1, facts.is_range_mark):
            turned |= {source, source + 1}
            # A 3-1 defeat is a поразка 1:3.
            if not (is_score and _lost(found, source, target)):
                told.append((source, target, "score"))
    return turned, told


def _lost(found: Evidence, source: int, target: int) -> bool:
    """The words around a score speak of who lost, on one side: a 3-1 defeat, поразка 1:3."""
    return any(
        _has(_around(side.text, side.facts[n]), pack(side.lang).facts.defeats)
        for side, n in ((found.source, source), (found.target, target))
    )


def _says_less(found: Evidence, source: int, target: int) -> bool:
    """The side without the sign has a word for a loss: it fell by 4 %."""
    ours, theirs = found.source.facts[source], found.target.facts[target]
    if ours.values[0].startswith("-"):
        return _has(_around(found.target.text, theirs), pack(found.target.lang).facts.falls)
    return _has(_around(found.source.text, ours), pack(found.source.lang).facts.falls)


def _around(text: str, fact: Fact) -> str:
    return text[max(0, fact.span.start - _REACH) : fact.span.end + _REACH]


def _has(text: str, stems: str) -> bool:
    """Whether a word begins so, and is no name: the Thrashers thrash nobody."""
    for match in _stems(stems).finditer(text):
        before = text[: match.start()].rstrip()
        if not match.group()[0].isupper() or not before or before[-1] in _ENDS:
            return True
    return False


@cache
def _stems(stems: str) -> re.Pattern[str]:
    """Stems at the start of a word; those of Hangul anywhere in one."""
    found = (stem if scripts.is_hangul(stem) else rf"\b{stem}" for stem in stems.split())
    return re.compile("|".join(found) or "(?!)", re.IGNORECASE)


def _role(side: Side, at: int) -> str:
    if _COMPOUND.match(side.text, side.facts[at].span.start):
        return _PART  # a 36-storey block
    return facts.role(side.text, side.facts[at], side.lang)


def _is_within(found: Evidence, one: int, other: int) -> bool:
    """Article 12(3), Article 12 § 3, which are частина 3 статті 12."""
    text, every = found.source.text, found.source.facts
    between = text[every[one].span.end : every[other].span.start]
    closed = text[every[other].span.end :].startswith(")")
    return (between == "(" and closed) or between.strip(" ,\u00a0") == "§"


def _tight(found: Evidence, source: int, target: int, joins: Callable[[str, str], bool]) -> bool:
    """On both sides only what joins a score, or a range, lies between the two numbers."""
    return all(
        side.facts[at].strength > 1
        and side.facts[at].kind in _ENDS_OF_RANGES
        and 0 < side.facts[at + 1].span.start - side.facts[at].span.end <= MOST_BETWEEN
        and joins(side.text[side.facts[at].span.end : side.facts[at + 1].span.start], side.lang)
        for side, at in ((found.source, source), (found.target, target))
    )
