"""Two facts of one sort that changed places: each is there, but says the other's thing."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from functools import cache
from itertools import combinations, pairwise

from toolkit import facts
from toolkit.checks.company import compare, repeated
from toolkit.checks.conversion import MOST_BETWEEN
from toolkit.checks.matching import NUMERIC, Match
from toolkit.lang import pack
from toolkit.schema import Fact, TranslationUnit

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


def bind(found: Match, unit: TranslationUnit) -> None:
    """Mark in `found.swapped` what stands in the other's place.

    score  the two numbers of a score (31-27) or a range come in the other order
    role   the words beside both say so (born 1999, since 2016), or what they count
    order  nothing else tells them apart, and both languages keep the order of the source
    sign   one has a minus sign, and no word of the other side says the same
    company  what stands beside one stands beside the other: see `company`
    """
    for source, target, _ in found.pairs:
        below = [
            fact.values[0].startswith("-")
            for fact in (found.sources[source], found.targets[target])
        ]
        ours, theirs = found.sources[source].values, found.targets[target].values
        frost = any(value.startswith("-") and value in theirs for value in ours)
        if below[0] != below[1] and not frost and not _says_less(found, unit, source, target):
            found.swapped.append((source, target, "sign"))
    _cross(found)
    told = {source for source, _, _ in found.swapped} | _turn(found, unit)
    groups: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
    for source, target, _ in found.pairs:
        fact = found.sources[source]
        if fact.strength > 1 and (fact.kind in NUMERIC or fact.kind == "date"):
            counted = fact.unit or found.targets[target].unit
            kind = "number" if fact.kind in ("cardinal", "score") or counted else fact.kind
            groups[kind, counted].append((source, target))
    changed, kept = compare(found, unit)
    again = repeated(found.sources) | repeated(found.targets)
    keeps = all(pack(lang).facts.keeps_order for lang in (unit.source_lang, unit.target_lang))
    for pairs in groups.values():
        if not 1 < len(pairs) <= _MOST:
            continue
        pairs.sort()
        for (s1, t1), (s2, t2) in pairwise(pairs):
            if found.sources[s1].values == found.sources[s2].values or t1 == t2:
                continue
            if s1 in told or s2 in told:
                continue
            ours = tuple(_role(found, unit, source=s) for s in (s1, s2))
            theirs = tuple(_role(found, unit, target=t) for t in (t1, t2))
            if all(ours) and ours[0] != ours[1] and theirs == ours[::-1]:
                rule = "role"
            elif (keeps and set(ours) == {"", _PART} and theirs == ours[::-1]) or (
                keeps
                and t1 > t2
                and ((s1, t1), (s2, t2)) not in kept
                and again.isdisjoint(found.sources[s].values[0] for s in (s1, s2))
                and not _is_within(found, unit, s1, s2)
                and all(found.sources[s].strength == 3 for s in (s1, s2))
                and all(found.targets[t].strength == 3 for t in (t1, t2))
                and not any(one and one == other for one, other in zip(ours, theirs, strict=True))
            ):
                rule = "order"
            else:
                continue
            found.swapped.append((s1, t1, rule))
    if not found.swapped:
        found.swapped += [(s, t, "company") for (s, t), _ in changed if s not in told][:1]


def _cross(found: Match) -> None:
    """Two numbers of different things, each counting what the other does on the other side.

    80 people in 3 months, 80개월 동안 3명: each number is there, of something else.
    """
    loose = [
        (s, t)
        for s, t, rule in found.pairs
        if rule in ("value", "unit")
        and min(found.sources[s].strength, found.targets[t].strength) > 1
    ]
    for (s1, t1), (s2, t2) in combinations(loose[:_MOST], 2):
        ours = [_thing(found.sources[s]) for s in (s1, s2)]
        theirs = [_thing(found.targets[t]) for t in (t2, t1)]
        if any(one == other != _PLAIN for one, other in zip(ours, theirs, strict=True)):
            found.swapped.append((s1, t1, "role"))


def _thing(fact: Fact) -> tuple[str, str]:
    """What a number counts; 34년 is a year, or so many of them."""
    return (
        ("year", "") if (fact.kind, fact.unit) == ("duration", "year") else (fact.kind, fact.unit)
    )


def _turn(found: Match, unit: TranslationUnit) -> set[int]:
    """Mark scores and ranges whose two ends changed places; all such ends, marked or not."""
    there = {s: t for s, t, _ in found.pairs}
    turned: set[int] = set()
    for source, target in sorted(there.items()):
        if (
            there.get(source + 1) != target - 1
            or found.sources[source].values == found.sources[source + 1].values
        ):
            continue
        is_score = _tight(found, unit, source, target - 1, facts.is_score_mark)
        if is_score or _tight(found, unit, source, target - 1, facts.is_range_mark):
            turned |= {source, source + 1}
            # A 3-1 defeat is a поразка 1:3.
            if not (is_score and _lost(found, unit, source, target)):
                found.swapped.append((source, target, "score"))
    return turned


def _lost(found: Match, unit: TranslationUnit, source: int, target: int) -> bool:
    """The words around a score speak of who lost, on one side: a 3-1 defeat, поразка 1:3."""
    return _has(
        _around(unit.source, found.sources[source]), pack(unit.source_lang).facts.defeats
    ) or _has(_around(unit.target, found.targets[target]), pack(unit.target_lang).facts.defeats)


def _says_less(found: Match, unit: TranslationUnit, source: int, target: int) -> bool:
    """The side without the sign has a word for a loss: it fell by 4 %."""
    ours, theirs = found.sources[source], found.targets[target]
    if ours.values[0].startswith("-"):
        return _has(_around(unit.target, theirs), pack(unit.target_lang).facts.falls)
    return _has(_around(unit.source, ours), pack(unit.source_lang).facts.falls)


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
    found = (stem if stem[0] >= "가" else rf"\b{stem}" for stem in stems.split())
    return re.compile("|".join(found) or "(?!)", re.IGNORECASE)


def _role(found: Match, unit: TranslationUnit, source: int = -1, target: int = -1) -> str:
    text, fact, lang = (
        (unit.source, found.sources[source], unit.source_lang)
        if source >= 0
        else (unit.target, found.targets[target], unit.target_lang)
    )
    if _COMPOUND.match(text, fact.span.start):
        return _PART  # a 36-storey block
    return facts.role(text, fact, lang)


def _is_within(found: Match, unit: TranslationUnit, one: int, other: int) -> bool:
    """Article 12(3), Article 12 § 3, which are частина 3 статті 12."""
    between = unit.source[found.sources[one].span.end : found.sources[other].span.start]
    closed = unit.source[found.sources[other].span.end :].startswith(")")
    return (between == "(" and closed) or between.strip(" ,\u00a0") == "§"


def _tight(
    found: Match,
    unit: TranslationUnit,
    source: int,
    target: int,
    joins: Callable[[str, str], bool],
) -> bool:
    """On both sides only what joins a score, or a range, lies between the two numbers."""
    return all(
        one.strength > 1
        and one.kind in _ENDS_OF_RANGES
        and 0 < other.span.start - one.span.end <= MOST_BETWEEN
        and joins(text[one.span.end : other.span.start], lang)
        for one, other, text, lang in (
            (found.sources[source], found.sources[source + 1], unit.source, unit.source_lang),
            (found.targets[target], found.targets[target + 1], unit.target, unit.target_lang),
        )
    )
