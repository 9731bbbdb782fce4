"""Two bags of facts, matched in passes; what is left over is paired or reported alone.

Passes, each leaving its rule: equal, value (equal number of another kind), partial and
parts (dates), span (durations multiplied out), share (percent and fraction), hundredths,
clock (a time read as two numbers), conversion. Then what is left over: repeated, dual,
unit (the same number of something else), changed.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import islice

from toolkit.checks.conversion import (
    MOST_BETWEEN,
    MOST_COMPARISONS,
    change,
    conversions,
    duals,
    first_months,
    products,
    same_measure,
)
from toolkit.facts import parse
from toolkit.facts.units import HUNDREDTHS, dimension, multiplied_out
from toolkit.schema import Fact

NUMERIC = frozenset(
    (
        *("cardinal", "ordinal", "quantity", "duration", "age", "money", "percent", "fraction"),
        *("score", "year", "decade", "century", "indefinite", "code"),
    )
)
NAMES = frozenset(("person", "place", "organisation", "demonym", "term"))
CALENDAR = frozenset(("date", "month", "year"))
# Characters between "seven countries" and "(G7)".
_FEW_WORDS = 12
# How many equal facts are compared with one before the best of them is taken.
_MOST_CANDIDATES = 16
# How many left-overs are looked at for one that stands in a fact's place.
_MOST_PARTNERS = 64
# What looks like a duration when its number is out of range: 15 and 95 століття.
_COUNTED_AS = {"year": "year", "century": "century", "date": "day"}
# From this likeness on two left-overs are of one sort.
SAME_SORT = 20
# From this one on they are of one kind and count the same.
SAME_KIND = 30


@dataclass(slots=True)
class Match:
    """The facts of a unit's two texts, and which of them belong together."""

    sources: tuple[Fact, ...]
    targets: tuple[Fact, ...]
    pairs: list[tuple[int, int, str]] = field(default_factory=list)
    # A pair that agrees in its number, but not in what it counts.
    conflicts: list[tuple[int, int, str]] = field(default_factory=list)
    converted: list[tuple[int, int, str]] = field(default_factory=list)
    # Pairs in another order than in the source: (source, target, rule).
    swapped: list[tuple[int, int, str]] = field(default_factory=list)
    renamed: list[tuple[int, int]] = field(default_factory=list)  # see `names`
    repeated: list[int] = field(default_factory=list)  # sources said once less in the target
    echoed: list[int] = field(default_factory=list)  # targets said once more than in the source
    # What another unit of the document has instead.
    moved: list[int] = field(default_factory=list)
    came: list[int] = field(default_factory=list)
    # Whether the source, and the target, are in languages whose number words are not read.
    unread: tuple[bool, bool] = (False, False)
    left: set[int] = field(default_factory=set)
    added: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.left = set(range(len(self.sources)))
        self.added = set(range(len(self.targets)))

    def take(self, source: int, target: int, rule: str) -> None:
        self.pairs.append((source, target, rule))
        self.left.discard(source)
        self.added.discard(target)


def match(sources: tuple[Fact, ...], targets: tuple[Fact, ...]) -> Match:
    """Which facts agree, by which rule, and which are left over on either side."""
    found = Match(sources, targets)
    if not sources and not targets:
        return found
    _by_key(found, _exact, "equal")
    if found.left and found.added:
        _by_key(found, numbers, "value", _same_count)
    if found.left and found.added:
        _day_and_month(found)
        _calendar(found)
    if found.left and found.added:
        _by_key(found, _spans, "span")
        _by_key(found, _shares, "share")
        _by_key(found, _hundredths, "hundredths")
        _by_key(found, _afternoons, "clock", _one_is_time)
        _clock(found)
        _grouped(found)
        change(found)
        first_months(found)
        products(found)
        conversions(found)
    if found.left and found.added:
        _by_key(found, numbers, "unit", _other_measure)
    if found.left or found.added:
        duals(found)
        _repeats(found)
    return found


# --- what two facts may have in common ---------------------------------------------------


_SAME_KIND = {"score": "cardinal"}


def _exact(fact: Fact) -> Iterator[tuple[str, ...]]:
    kind = "name" if fact.kind in NAMES else _SAME_KIND.get(fact.kind, fact.kind)
    unit = "" if kind == "label" else fact.unit
    for value in fact.values:
        yield kind, unit, value


def same_keys(fact: Fact) -> Iterator[object]:
    """What a fact may be recognised by in another sentence of the document."""
    yield from _exact(fact)
    if fact.kind not in ("money", "percent"):
        yield from numbers(fact)


def numbers(fact: Fact) -> Iterator[str]:
    """The plain numbers in a fact, whatever they count."""
    kind = fact.kind
    if kind == "decade":
        yield fact.values[0]
        if len(fact.values[0]) == 4 and fact.values[0][2] != "0":
            yield fact.values[0][2:]  # los años 80
    elif kind == "code":
        for value in fact.values:
            digits = value.removeprefix("#")
            yield digits
            if len(digits) == 2 and digits != value:
                yield "20" + digits  # SS19 is of 2019
    elif kind in NUMERIC:
        for value in fact.values:
            yield value.removeprefix("#")
    elif kind == "date":
        for value in fact.values:
            year, month, day = value.split("-")
            if year == "*" == month:
                yield day
    elif kind == "time":
        for value in fact.values:
            if value.endswith(":00"):
                yield str(int(value[:2]))
            elif ":" in value:
                yield f"{int(value[:2])}.{value[3:]}".rstrip("0")


def _same_count(one: Fact, other: Fact) -> bool:
    """Of one measure, or not said; two decades agree in their century, too."""
    return same_measure(one, other) and not one.kind == other.kind == "decade"


def _other_measure(one: Fact, other: Fact) -> bool:
    """The same number of something else; a mere article needs a like measure on both sides."""
    if same_measure(one, other):
        return False
    weak = min(one.strength, other.strength) == 1
    return not weak or dimension(one.unit) == dimension(other.unit)


def _afternoons(fact: Fact) -> Iterator[str]:
    """at 2.30, о 14:30."""
    if fact.kind == "cardinal" and "." in fact.text and not fact.unit:
        yield fact.values[0]
    elif fact.kind == "time":
        for value in fact.values:
            hour = int(value[:2])
            if hour > 12:
                yield f"{hour - 12}.{value[3:]}".rstrip("0")


def _one_is_time(one: Fact, other: Fact) -> bool:
    return one.kind != other.kind


def _spans(fact: Fact) -> Iterator[tuple[str, Fraction]]:
    if fact.unit:
        for value in fact.values:
            number = parse(value)
            out = None if number is None else multiplied_out(number, fact.unit)
            if out is not None:
                yield out


_SHARES = {"%": 100, "‰": 1000, "bp": 10_000}


def _shares(fact: Fact) -> Iterator[Fraction]:
    if fact.kind in ("percent", "fraction", "ordinal"):
        # An ordinal may be a part: up by a fifth.
        for value in fact.values if fact.kind != "ordinal" else fact.values[1:]:
            number = parse(value)
            if number is not None:
                yield number / _SHARES.get(fact.unit, 1)
    elif fact.kind == "decade":
        for value in fact.values:
            if value.startswith("c"):
                yield Fraction(-int(value[1:]))
    elif fact.kind == "century":
        yield Fraction(-int(fact.values[0]))


def _hundredths(fact: Fact) -> Iterator[tuple[str, Fraction]]:
    if fact.kind != "money":
        return
    for value in fact.values:
        number = parse(value)
        if number is None:
            continue
        for currency in HUNDREDTHS.get(fact.unit, ()):
            yield currency, number / 100
        if fact.unit not in HUNDREDTHS:
            yield fact.unit, number


# --- passes ------------------------------------------------------------------------------


def _by_key(
    found: Match,
    keys: Callable[[Fact], Iterable[object]],
    rule: str,
    fits: Callable[[Fact, Fact], bool] | None = None,
) -> None:
    """Pair facts that share a key: strong ones first, then those that lie alike."""
    index: dict[object, deque[int]] = defaultdict(deque)
    for target in sorted(found.added, key=lambda n: (-found.targets[n].strength, n)):
        for key in keys(found.targets[target]):
            index[key].append(target)
    if not index:
        return
    for source in sorted(found.left, key=lambda n: (-found.sources[n].strength, n)):
        fact = found.sources[source]
        best = None
        for key in keys(fact):
            candidates = index.get(key)
            if not candidates:
                continue
            while candidates and candidates[0] not in found.added:
                candidates.popleft()
            for target in islice(candidates, _MOST_CANDIDATES):
                if target not in found.added:
                    continue
                other = found.targets[target]
                if fits is not None and not fits(fact, other):
                    continue
                score = (
                    fact.kind == other.kind,
                    fact.unit == other.unit,
                    other.strength == fact.strength,
                    -abs(source - target),
                )
                if best is None or score > best[0]:
                    best = (score, target)
        if best is None:
            continue
        if rule == "unit":
            found.conflicts.append((source, best[1], rule))
            found.left.discard(source)
            found.added.discard(best[1])
        else:
            found.take(source, best[1], rule)


def _parts(fact: Fact) -> set[tuple[str, str]]:
    """Year, month and day of a fact, as far as it says them."""
    if fact.kind == "year":
        return {("y", fact.values[0])}
    if fact.kind in ("date", "month"):
        named = zip("ymd", fact.values[0].split("-"), strict=True)
        return {(name, value) for name, value in named if value != "*"}
    if fact.kind in ("cardinal", "ordinal") and not fact.unit:
        value = fact.values[0]
        if value.isdigit() and 1 <= int(value) <= 31:
            return {("d", value)}
        if value.isdigit() and len(value) == 4:
            return {("y", value)}
    return set()


def _calendar(found: Match) -> None:
    """Dates that say more or less of the same day, or in other portions."""
    sources = {n: _parts(found.sources[n]) for n in found.left}
    targets = {n: _parts(found.targets[n]) for n in found.added}
    sources = {n: parts for n, parts in sources.items() if parts}
    targets = {n: parts for n, parts in targets.items() if parts}
    if len(sources) * len(targets) > MOST_COMPARISONS:
        return
    whole = {n: len(parts) for n, parts in sources.items()} if sources else {}
    while True:
        best: tuple[tuple[int, int, int], int, int] | None = None
        for one, parts in sources.items():
            for other, others in targets.items():
                shared = parts & others
                if not shared or not (
                    found.sources[one].kind in CALENDAR or found.targets[other].kind in CALENDAR
                ):
                    continue
                names = {name for name, _ in parts} & {name for name, _ in others}
                if len(names) > len(shared):
                    continue
                score = (len(shared), -abs(len(parts) - len(others)), -abs(one - other))
                if best is None or score > best[0]:
                    best = (score, one, other)
        if best is None:
            break
        _, one, other = best
        shared = sources[one] & targets[other]
        sources[one] -= shared
        targets[other] -= shared
        rule = "partial" if whole[one] > len(shared) else "parts"
        found.pairs.append((one, other, rule))
        if not sources[one]:
            found.left.discard(one)
            del sources[one]
        if not targets[other]:
            found.added.discard(other)
            del targets[other]
    # A date is there if its day is, or its month if it has none; and its year, in some date.
    years = [
        {value for fact in facts for name, value in _parts(fact) if name == "y"}
        for facts in (found.targets, found.sources)
    ]
    # A number left over may be the month that is missed.
    spare = [
        any(_may_be_month(found.targets[n]) for n in found.added if targets.get(n, True)),
        any(_may_be_month(found.sources[n]) for n in found.left if sources.get(n, True)),
    ]
    for one, other, rule in found.pairs:
        if rule in ("partial", "parts"):
            if _is_found(sources.get(one, set()), found.sources[one], years[0], spare[0]):
                found.left.discard(one)
            if _is_found(targets.get(other, set()), found.targets[other], years[1], spare[1]):
                found.added.discard(other)


def _may_be_month(fact: Fact) -> bool:
    value = fact.values[0]
    numeric = fact.kind in ("cardinal", "ordinal") and not fact.unit and fact.strength == 3
    return fact.kind == "month" or (numeric and value.isdigit() and 1 <= int(value[:3]) <= 12)


def _is_found(remaining: set[tuple[str, str]], fact: Fact, years: set[str], spare: bool) -> bool:
    names = {name for name, _ in remaining}
    day_alone = any(name == "d" for name, _ in _parts(fact)) and not spare
    return (
        "d" not in names
        and ("m" not in names or day_alone)
        and all(value in years for name, value in remaining if name == "y")
    )


def _day_and_month(found: Match) -> None:
    """9/11 and 6·25 as two numbers on one side, as a date on the other."""
    if len(found.left) * len(found.added) > MOST_COMPARISONS:
        return
    for dates, open_, others, free, turned in (
        (found.sources, found.left, found.targets, found.added, False),
        (found.targets, found.added, found.sources, found.left, True),
    ):
        for here in [n for n in sorted(open_) if dates[n].kind == "date"]:
            parts = dict(_parts(dates[here]))
            for first in sorted(free):
                if first + 1 not in free or "y" in parts:
                    continue
                pair = {others[first].values[0], others[first + 1].values[0]}
                if (
                    pair == {parts.get("m"), parts.get("d")}
                    and others[first + 1].span.start == others[first].span.end + 1
                ):
                    for n in (first, first + 1):
                        found.take(*((n, here) if turned else (here, n)), "clock")
                    break


def _clock(found: Match) -> None:
    """11:15 read as a time on one side and as two numbers, a score, on the other; Rule 50.3."""
    if len(found.left) * len(found.added) > MOST_COMPARISONS:
        return
    for source in [n for n in sorted(found.left) if _has_parts(found.sources[n])]:
        for first in _two_numbers(found.sources[source], found.targets, found.added):
            found.take(source, first, "clock")
            found.take(source, first + 1, "clock")
    for target in [n for n in sorted(found.added) if _has_parts(found.targets[n])]:
        for first in _two_numbers(found.targets[target], found.sources, found.left):
            found.take(first, target, "clock")
            found.take(first + 1, target, "clock")


def _has_parts(fact: Fact) -> bool:
    return fact.kind == "time" or (fact.kind == "cardinal" and "." in fact.text)


def _two_numbers(time: Fact, others: tuple[Fact, ...], open_: set[int]) -> list[int]:
    """Where the hour and the minute stand as two numbers, at most one place."""
    hour, mark, minute = time.values[0].partition(":")
    if not mark:
        hour, _, minute = time.text.partition(".")
    for first in sorted(open_):
        if (
            first + 1 in open_
            and others[first + 1].span.start - others[first].span.end <= MOST_BETWEEN
            and hour.isdigit()
            and minute.isdigit()
            and str(int(hour)) in set(numbers(others[first]))
            and str(int(minute)) in set(numbers(others[first + 1]))
        ):
            return [first]
    return []


def _grouped(found: Match) -> None:
    """116 123 read as one number on one side and as two on the other."""
    if len(found.left) * len(found.added) > MOST_COMPARISONS:
        return
    for ours, theirs, facts, others in (
        (found.left, found.added, found.sources, found.targets),
        (found.added, found.left, found.targets, found.sources),
    ):
        for whole in [n for n in ours if any(map(str.isspace, facts[n].text))]:
            parts = [part for part in facts[whole].text.split() if part.isdecimal()]
            taken = {n for n in theirs if others[n].text in parts}
            if len(parts) > 1 and {others[n].text for n in taken} == set(parts):
                ours.discard(whole)
                theirs.difference_update(taken)


def _repeats(found: Match) -> None:
    """What is said elsewhere in the same text with equal kind and unit is not lost."""
    matched = _said(found.sources, (n for n, _, _ in found.pairs))
    open_ = sorted(found.added)[:_MOST_PARTNERS]
    for source in sorted(found.left):
        if found.sources[source].kind == "label":
            continue  # as often as it is there
        if _has_partner(found.sources[source], found.targets, open_):
            continue  # 2 goals and 2 assists that became 2 goals and 3 assists
        again = _names_again(source, found.sources, found.left)
        if again or any(matched.get(k, source) != source for k in _exact(found.sources[source])):
            found.repeated.append(source)
            found.left.discard(source)
    matched = _said(found.targets, (n for _, n, _ in found.pairs))
    open_ = sorted(found.left)[:_MOST_PARTNERS]
    for target in sorted(found.added):
        if found.targets[target].kind == "label":
            continue
        if _has_partner(found.targets[target], found.sources, open_):
            continue
        again = _names_again(target, found.targets, found.added)
        if again or any(matched.get(k, target) != target for k in _exact(found.targets[target])):
            found.echoed.append(target)
            found.added.discard(target)


def _names_again(here: int, facts: tuple[Fact, ...], open_: set[int]) -> bool:
    """The G7 of "Group of Seven (G7)": its number stands right before it, and was found."""
    code, before = facts[here], facts[here - 1]
    return (
        code.kind == "code"
        and here > 0
        and here - 1 not in open_
        and code.span.start - before.span.end <= _FEW_WORDS
        and not set(numbers(code)).isdisjoint(numbers(before))
    )


def _said(facts: tuple[Fact, ...], matched: Iterable[int]) -> dict[object, int]:
    """A matched fact for each thing that one says."""
    return {key: n for n in matched for key in _exact(facts[n])}


def _has_partner(fact: Fact, others: tuple[Fact, ...], open_: Sequence[int]) -> bool:
    """Something is left over on the other side that may stand for this fact."""
    return any(likeness(fact, others[n]) >= SAME_SORT for n in open_)


# --- left-overs in pairs -----------------------------------------------------------------


def changed(found: Match, least: int = 1) -> list[tuple[int, int]]:
    """Left-overs of both sides that stand for each other: what one became the other.

    `least` is the likeness two facts must have.
    """
    sources, targets = sorted(found.left), sorted(found.added)
    pairs: list[tuple[int, int]] = []
    if len(sources) * len(targets) > MOST_COMPARISONS:
        candidates = [
            (likeness(found.sources[s], found.targets[t]), s, t)
            for s, t in zip(sources, targets, strict=False)
        ]
    else:
        candidates = [
            (likeness(found.sources[s], found.targets[t]), s, t) for s in sources for t in targets
        ]
    ranked = sorted(
        (c for c in candidates if c[0] >= least), key=lambda c: (-c[0], abs(c[1] - c[2]), c[1])
    )
    for _, source, target in ranked:
        if source in found.left and target in found.added:
            pairs.append((source, target))
            found.left.discard(source)
            found.added.discard(target)
    return sorted(pairs)


def likeness(one: Fact, other: Fact) -> int:
    """How plausibly one fact stands where the other should; 0 is not at all."""
    if "indefinite" in (one.kind, other.kind) or abs(one.strength - other.strength) > 1:
        return 0  # "first" does not stand for 18
    strong = min(one.strength, other.strength)
    if one.kind == other.kind == "label":
        return 40 + (one.unit == other.unit)
    if one.kind in NAMES and other.kind in NAMES:
        # A court does not stand for a judge; a country and its people may.
        alike = one.kind == other.kind or {one.kind, other.kind} == {"place", "demonym"}
        return (35 if one.kind == other.kind else 30) + strong if alike else 0
    if one.kind == other.kind and one.unit == other.unit:
        return 40 + strong
    if {one.kind, other.kind} <= {"date", "month"}:
        return 35 + strong
    if {one.kind, other.kind} <= {"decade", "year"} or {one.kind, other.kind} <= CALENDAR:
        return 30 + strong
    for point, length in ((one, other), (other, one)):
        if length.kind == "duration" and _COUNTED_AS.get(point.kind) == length.unit:
            return 15 + strong if point.kind != "date" or len(_parts(point)) == 1 else 0
    kinds = {one.kind, other.kind}
    if one.kind != other.kind and kinds & {"year", "decade", "century", "code"}:
        lettered = any(f.kind == "code" and not f.values[0].isdigit() for f in (one, other))
        return 0 if one.unit or other.unit or lettered else 5 + strong
    if "date" in kinds and kinds & {"ordinal", "cardinal"} and not (one.unit or other.unit):
        return 25 + strong if all(_parts(fact) for fact in (one, other)) else 0
    if one.kind in NUMERIC and other.kind in NUMERIC:
        if not same_measure(one, other):
            if one.kind == other.kind == "money":
                return 10 + strong
            return 10 + strong if dimension(one.unit) == dimension(other.unit) else 0
        return 20 + strong
    return 0
