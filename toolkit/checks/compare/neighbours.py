"""Which words keep a number company: enough to see that two numbers changed places.

"217 died, 1,900 are missing" and "1900명이 숨지고 217명이 실종": both numbers are there, but
what is known of the words beside them (their meaning or sound, the other facts of the text,
see `align.keys`) stands beside the other one. Each word that both texts have pulls by how much
nearer it is to one of the two numbers than to the other; a clause between counts as words.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import combinations

from toolkit import facts, scripts
from toolkit.checks.align.keys import Key, meanings, sounds
from toolkit.checks.compare.measures import MOST_BETWEEN, same_amount
from toolkit.checks.compare.values import CALENDAR, NUMERIC
from toolkit.checks.evidence import Evidence, Side
from toolkit.lang import pack
from toolkit.schema import Fact

# Set by swaps put into the development pairs. None of the 4,008 right pairs, and none of 2,002
# pairs of their Korean and Ukrainian sides, is flagged, nor with a pull of 0.25.
_PULL = 0.35
_AGAINST = 0.25
# Less is enough to excuse another order.
_EXCUSE = 0.15
# What a clause, and what the end of a sentence, between a word and a number counts.
_CLAUSE, _SENTENCE = 4, 12
_FAR = 9
# What a word is worth that stands before or behind both numbers in both texts: to one no more
# than to the other.
_OUTSIDE = 0.3
# Characters before the first and behind the last number in which words are looked at.
_REACH = 90
# More numbers than this in one unit are a table.
_MOST = 8
_ROLE = 0.6

_TOKEN = re.compile(rf"{scripts.WORD}|\d+(?:[.,]\d+)*|[^\w\s]")
_MARKS = frozenset(',;:([–—…·"“”«»„')
_CLOSED = frozenset(")]")
_ENDS = frozenset(".!?")
Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Words:
    """One text as words: what they mean, where clauses begin, and where each fact lies."""

    keys: dict[Key, list[Place]]  # of words outside all facts
    depth: list[int]  # how much of clauses and sentences lies before each word
    places: dict[int, Place]  # fact: its first and last word


Couple = tuple[tuple[int, int], tuple[int, int]]


def compare(found: Evidence) -> tuple[list[Couple], list[Couple]]:
    """Two pairs of numbers each: those that changed places, and those that surely did not."""
    changed, kept = [], []
    for couple, apart, together in _pulls(found):
        if apart >= _PULL and together <= _AGAINST * apart:
            changed.append(couple)
        elif together >= _EXCUSE and apart <= _AGAINST * together:
            kept.append(couple)
    return changed, kept


def _pulls(found: Evidence) -> Iterator[tuple[Couple, float, float]]:
    """What the words say for two numbers having changed places, and what against it."""
    again = repeated(found.source.facts), repeated(found.target.facts)
    pairs = [
        (s, t, rule)
        for s, t, rule in found.pairs
        if _is_number(found.source.facts[s])
        and _is_number(found.target.facts[t])
        and found.source.facts[s].values[0] not in again[0]
        and found.target.facts[t].values[0] not in again[1]
    ]
    if not 1 < len(pairs) <= _MOST:
        return
    couples = [
        (one, other)
        for one, other in combinations(pairs, 2)
        if _may_change(found, one, other) and not _are_ends(found, one[0], other[0])
    ]
    if not couples:
        return
    ours = _words(found.source, [s for s, _, _ in pairs])
    theirs = _words(found.target, [t for _, t, _ in pairs])
    anchors = [
        (ours.places[s], theirs.places[t], s, t)
        for s, t, _ in found.pairs
        if s in ours.places and t in theirs.places
    ]
    shared = [(ours.keys[key], theirs.keys[key]) for key in ours.keys if key in theirs.keys]
    for (s1, t1, _), (s2, t2, _) in couples:
        here = ours.places[s1], ours.places[s2]
        there = theirs.places[t1], theirs.places[t2]
        pulls: dict[tuple[int, int], float] = {}
        for at, other in shared:
            pull = _both(_pull(ours, at, here), _pull(theirs, other, there))
            words = at[0][0], other[0][0]
            if abs(pull) > abs(pulls.get(words, 0)):
                pulls[words] = pull
        for place, other_place, s, t in anchors:
            if s not in (s1, s2) and t not in (t1, t2):
                pulls[-s - 1, t] = _both(
                    _pull(ours, [place], here), _pull(theirs, [other_place], there)
                )
        pulls[-1, -1] = _roles(found, (s1, s2), (t1, t2))
        apart = -sum(pull for pull in pulls.values() if pull < 0)
        together = sum(pull for pull in pulls.values() if pull > 0)
        yield ((s1, t1), (s2, t2)), apart, together


def repeated(every: Sequence[Fact]) -> set[str]:
    """What facts say more than once: it has no place of its own."""
    said = Counter(fact.values[0] for fact in every)
    return {value for value, times in said.items() if times > 1}


def _is_number(fact: Fact) -> bool:
    return fact.strength > 1 and (fact.kind in NUMERIC or fact.kind in CALENDAR)


def _may_change(found: Evidence, one: tuple[int, int, str], other: tuple[int, int, str]) -> bool:
    """Two numbers that are no amount said twice; of one measure, if each has kept its own."""
    (s1, t1, rule), (s2, t2, other_rule) = one, other
    first, second = found.source.facts[s1], found.source.facts[s2]
    if s1 == s2 or t1 == t2 or first.values == second.values or same_amount(first, second):
        return False
    mine, yours = _measure(first), _measure(second)
    if not rule == other_rule == "equal":  # 80 people in 3 months, 80개월 동안 3명
        moved = _measure(found.target.facts[t1]), _measure(found.target.facts[t2])
        return mine == yours or moved[0] == yours or moved[1] == mine
    return mine == yours


def _are_ends(found: Evidence, one: int, other: int) -> bool:
    """Two numbers with nothing but the mark of a score or a range between them."""
    start, end = sorted((found.source.facts[one].span, found.source.facts[other].span))
    between = found.source.text[start.end : end.start]
    if len(between) > MOST_BETWEEN:
        return False
    return any(
        joins(between, found.source.lang) for joins in (facts.is_score_mark, facts.is_range_mark)
    )


def _measure(fact: Fact) -> tuple[str, str]:
    return "cardinal" if fact.kind == "score" else fact.kind, fact.unit


def _words(side: Side, numbers: list[int]) -> _Words:
    text, lang, all_facts = side.text, side.lang, side.facts
    start = max(0, min(all_facts[n].span.start for n in numbers) - _REACH)
    end = max(all_facts[n].span.end for n in numbers) + _REACH
    starts, depth = [], []
    keys: dict[Key, list[int]] = defaultdict(list)
    breaks, endings = _breaks(lang)
    deep = 0
    for at, found in enumerate(_TOKEN.finditer(text, start, min(end, len(text)))):
        word = found.group()
        if word in _ENDS:
            deep += _SENTENCE
        elif word in _CLOSED:
            deep -= _CLAUSE  # what stands in brackets is no clause between
        elif word in _MARKS or word.lower() in breaks:
            deep += _CLAUSE
        starts.append(found.start())
        depth.append(deep)
        if word[0].isalpha():
            for key in _keys(word, lang):
                keys[key].append(at)
            if endings is not None and endings.search(word):
                deep += _CLAUSE
    places: dict[int, Place] = {
        n: (bisect_right(starts, f.span.start) - 1, bisect_left(starts, f.span.end) - 1)
        for n, f in enumerate(all_facts)
        if start <= f.span.start < end and starts
    }
    inside = {at for first, last in places.values() for at in range(first, last + 1)}
    words = {key: [(at, at) for at in w if at not in inside] for key, w in keys.items()}
    return _Words({key: where for key, where in words.items() if where}, depth, places)


@cache
def _breaks(lang: str) -> tuple[frozenset[str], re.Pattern[str] | None]:
    """Words that begin a clause, and the endings of words that end one."""
    words = pack(lang).facts.breaks.split()
    endings = [word[1:] for word in words if word.startswith("-")]
    pattern = re.compile(rf".(?:{'|'.join(endings)})$") if endings else None
    return frozenset(word for word in words if not word.startswith("-")), pattern


@lru_cache(maxsize=1 << 15)
def _keys(word: str, lang: str) -> tuple[Key, ...]:
    found: list[Key] = [("meaning", meaning) for meaning in meanings(word.lower(), lang)]
    if len(word) > 2:
        hangul = scripts.is_hangul(word)
        if word.isascii():
            found.append(("copy", word.lower()))
        if hangul or word[0].isupper():
            found += [("sound", sound) for sound in sounds(word)]
    return tuple(found)


def _both(one: tuple[float, bool], other: tuple[float, bool]) -> float:
    outside = one[1] and other[1]
    return one[0] * other[0] * (_OUTSIDE if outside else 1)


def _pull(side: _Words, words: list[Place], numbers: tuple[Place, Place]) -> tuple[float, bool]:
    """How much nearer words are to the first number (1) than to the second (-1).

    And whether they stand before or behind both of them.
    """
    strongest, outside = 0.0, False
    first, last = min(start for start, _ in numbers), max(end for _, end in numbers)
    for at in words:
        near, far = (_distance(side, at, number) for number in numbers)
        if min(near, far) > _FAR:
            continue
        pull = (far - near) / (far + near)
        if pull * strongest < 0:
            return 0.0, False  # beside both
        if abs(pull) > abs(strongest):
            strongest, outside = pull, not first <= at[0] <= last
    return strongest, outside


def _distance(side: _Words, word: Place, number: Place) -> int:
    near, at = (word[1], number[0]) if word[0] < number[0] else (number[1], word[0])
    return max(at - near, 1) + abs(side.depth[at] - side.depth[near])


def _roles(found: Evidence, ours: Place, theirs: Place) -> float:
    """What the words right beside say, as `facts.role` reads them: 1963 to 1967, N of them."""
    one, other = found.source, found.target
    here = [facts.role(one.text, one.facts[n], one.lang) for n in ours]
    there = [facts.role(other.text, other.facts[n], other.lang) for n in theirs]
    if here[0] == here[1] or ("" in here and "whole" not in here):
        return 0.0  # "aiming to be first" is no end of a range
    return _ROLE if here == there else -_ROLE if here == there[::-1] else 0.0
