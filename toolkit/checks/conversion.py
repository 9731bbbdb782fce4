"""The same amount in other units, other coins, other words: rules for measures.

Each rule looks at what the passes of `matching` have left over.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING

from toolkit.facts import canonical, parse
from toolkit.facts.units import HUNDREDTHS, convert, dimension
from toolkit.schema import Fact

if TYPE_CHECKING:  # it calls this module
    from toolkit.checks.matching import Match

# Characters between the parts of a compound quantity or of a score.
MOST_BETWEEN = 5
_FEW_BETWEEN = 3
# Beyond this many comparisons left-overs are paired in their order: texts of nothing but
# numbers must not take quadratic time.
MOST_COMPARISONS = 40_000
# How many left-overs are compared with one.
_MOST_PARTNERS = 64
# Pairs of units that one word may mean (파운드, degrees), or that differ in what the
# language says with another word beside it (시속 160km).
_SAME_WORD = frozenset(
    frozenset(pair)
    for pair in (
        ("lb", "GBP"),
        ("deg", "C"),
        ("deg", "F"),
        ("km/h", "km"),
        ("mph", "mi"),
        ("m/s", "m"),
    )
)


def same_measure(one: Fact, other: Fact) -> bool:
    ours, theirs = _unit(one), _unit(other)
    return not ours or not theirs or ours == theirs or frozenset((ours, theirs)) in _SAME_WORD


def _unit(fact: Fact) -> str:
    """What a fact counts: 6일 is the sixth or six days."""
    return "day" if fact.kind == "date" else fact.unit


def change(found: Match) -> None:
    """$1.50, 1 долар 50 центів."""
    if len(found.left) * len(found.added) > MOST_COMPARISONS:
        return
    for coins, open_, sums, free, turned in (
        (found.sources, found.left, found.targets, found.added, False),
        (found.targets, found.added, found.sources, found.left, True),
    ):
        for first in sorted(open_):
            if first + 1 not in open_ or not _touching(coins, first):
                continue
            one, other = coins[first], coins[first + 1]
            if one.unit not in (*HUNDREDTHS.get(other.unit, ()), "lb"):
                continue
            whole, part = parse(one.values[0]), parse(other.values[0])
            for there in sorted(free):
                value = parse(sums[there].values[0])
                if (
                    not (whole is None or part is None or value is None)
                    and whole + part / 100 == value
                    and same_measure(one, sums[there])
                ):
                    for n in (first, first + 1):
                        found.take(*((there, n) if turned else (n, there)), "hundredths")
                    break


def first_months(found: Match) -> None:
    """The first nine months, 1~9월."""
    if len(found.left) * len(found.added) > MOST_COMPARISONS:
        return
    for lengths, open_, months, free, turned in (
        (found.sources, found.left, found.targets, found.added, False),
        (found.targets, found.added, found.sources, found.left, True),
    ):
        for here in [n for n in sorted(open_) if lengths[n].unit == "month"]:
            last = f"*-{lengths[here].values[0]}-*"
            for there in sorted(n for n in free if months[n].values == (last,)):
                first = months[there - 1].values[0] if there else ""
                if first in ("1", "*-1-*") and _touching(months, there - 1):
                    found.take(*((there, here) if turned else (here, there)), "span")
                    free.discard(there - 1)
                    break


def products(found: Match) -> None:
    """4x100 m, which others call a relay of 400 m."""
    if len(found.left) * len(found.added) > MOST_COMPARISONS:
        return
    for parts, open_, products, free, turned in (
        (found.sources, found.left, found.targets, found.added, False),
        (found.targets, found.added, found.sources, found.left, True),
    ):
        for first in sorted(open_):
            if first + 1 not in open_ or parts[first].unit or not _touching(parts, first):
                continue
            one, other = parse(parts[first].values[0]), parse(parts[first + 1].values[0])
            for there in sorted(free):
                whole = parse(products[there].values[0])
                if (
                    None not in (one, other, whole)
                    and one * other == whole  # type: ignore[operator]  # none of them is None
                    and one != 1
                    and products[there].unit == parts[first + 1].unit != ""
                ):
                    for n in (first, first + 1):
                        found.take(*((there, n) if turned else (n, there)), "span")
                    break


def _touching(facts: tuple[Fact, ...], first: int) -> bool:
    """At most two signs lie between a fact and the next."""
    return 0 < facts[first + 1].span.start - facts[first].span.end <= _FEW_BETWEEN


def conversions(found: Match) -> None:
    """The same amount in another unit, as exactly as it is written."""
    ours = [n for n in sorted(found.left) if found.sources[n].unit]
    theirs = [n for n in sorted(found.added) if found.targets[n].unit]
    if len(ours) * len(theirs) > MOST_COMPARISONS:
        return
    for first in ours:  # 6 ft 6 in, 17 lb 1 oz
        total = _compound(found.sources, found.left, first)
        for target in theirs if total else ():
            if target in found.added and total and _amounts(total, found.targets[target]):
                found.converted.append((first, target, "conversion"))
                found.left.difference_update((first, first + 1))
                found.added.discard(target)
                break
    for first in ours:  # 6-foot-6, 1 m and 98 cm
        total = _compound(found.sources, found.left, first)
        for target in theirs if total else ():
            other = _compound(found.targets, found.added, target)
            if total and other and _amounts(total, other):
                found.converted.append((first, target, "conversion"))
                found.left.difference_update((first, first + 1))
                found.added.difference_update((target, target + 1))
                break
    for first in theirs:  # two and a half hours, 2시간 30분
        total = _compound(found.targets, found.added, first)
        for source in ours if total else ():
            if source in found.left and total and _amounts(found.sources[source], total):
                found.converted.append((source, first, "conversion"))
                found.added.difference_update((first, first + 1))
                found.left.discard(source)
                break
    for source in ours:
        for target in theirs:
            if target not in found.added or source not in found.left:
                continue
            if _converts(found.sources[source], found.targets[target]):
                found.converted.append((source, target, "conversion"))
                found.left.discard(source)
                found.added.discard(target)
                break


def _compound(facts: tuple[Fact, ...], open_: set[int], first: int) -> Fact | None:
    """A quantity and the smaller one right behind it, as one in the smaller unit."""
    if first not in open_ or first + 1 not in open_:
        return None
    one, other = facts[first], facts[first + 1]
    if other.span.start - one.span.end > MOST_BETWEEN or one.unit == other.unit:
        return None
    large, small = parse(one.values[0]), parse(other.values[0])
    there = None if large is None else convert(large, one.unit, other.unit)
    if there is None or small is None or there <= small:
        return None
    written = canonical(there + small)
    # Written to the last unit: 20 months are no round number here.
    return replace(one, values=(written if "." in written else f"{written}.0",), unit=other.unit)


def _amounts(one: Fact, other: Fact) -> bool:
    """18 months are 1년 6개월, in the same unit or in another."""
    return _converts(one, other) or (
        one.unit == other.unit and parse(one.values[0]) == parse(other.values[0])
    )


def same_amount(one: Fact, other: Fact) -> bool:
    """One of the two is the other in another unit."""
    return bool(one.unit) and (_converts(one, other) or _converts(other, one))


def _converts(one: Fact, other: Fact) -> bool:
    """The second is the first in another unit, rounded as far as either is written."""
    degrees = one.unit == "deg" == other.unit
    if (one.unit == other.unit and not degrees) or dimension(one.unit) != dimension(other.unit):
        return False
    for value in one.values:
        number = parse(value)
        for unit in ("F",) if degrees else _scales(one.unit):
            for other_unit in ("C",) if degrees else _scales(other.unit):
                there = None if number is None else convert(number, unit, other_unit)
                for written in other.values:
                    against = parse(written)
                    if there is None or against is None or number is None:
                        continue
                    steps = [_step(written), abs(there) * _ROUNDED]
                    if abs(number) < 2:
                        steps.append(_converted_step(value, unit, other_unit))
                    most = abs(there) * (_ONE if min(abs(number), abs(against)) < 5 else _MORE)
                    if _are_decimal(unit, other_unit):  # metres and centimetres
                        steps = [_step(written), _converted_step(value, unit, other_unit)]
                    if dimension(unit) == "temperature":
                        most = _OVEN_DEGREES if against > _BOILING else _MOST_DEGREES
                    if against >= _CUT and "." not in written:
                        # 3 inches are 7 cm to many: cut, not rounded
                        steps.append(2 * steps[0] if against < there else Fraction(0))
                    if abs(there - against) <= min(max(steps), most):
                        return True
    return False


# An inch is 2.5 or 3 cm, a mile a kilometre and a half; ten miles are not ten kilometres.
_ONE = Fraction(1, 5)
_MORE = Fraction(1, 10)
_ROUNDED = Fraction(3, 100)
_MOST_DEGREES = Fraction(3)
# 200 miles are some 300 km: as many zeros as are written may be rounded away.
_MOST_ZEROS = 2
_CUT = 5
# Cooks have their own table: 350 °F are 180 °C, and 400 °F are 200.
_BOILING, _OVEN_DEGREES = Fraction(120), Fraction(8)


def _scales(unit: str) -> tuple[str, ...]:
    return ("C", "F") if unit == "deg" else (unit,)


@lru_cache(maxsize=4096)
def _are_decimal(unit: str, other: str) -> bool:
    """Whether one unit is ten, a hundred, a thousand … of the other: nobody rounds on the way."""
    ratio = convert(Fraction(1), unit, other) if dimension(unit) != "temperature" else None
    return ratio is not None and str(max(ratio, 1 / ratio)).strip("0") == "1"


@lru_cache(maxsize=4096)
def _step(written: str) -> Fraction:
    """Half of the last digit that is written; round numbers are rounded to their zeros."""
    if "." in written:
        return Fraction(1, 2 * 10 ** len(written.partition(".")[2]))
    zeros = len(written) - len(written.rstrip("0"))
    return Fraction(10 ** min(zeros, _MOST_ZEROS), 2)


def _converted_step(written: str, unit: str, other: str) -> Fraction:
    near, far = convert(Fraction(0), unit, other), convert(_step(written), unit, other)
    return Fraction(0) if near is None or far is None else abs(far - near)


def duals(found: Match) -> None:
    """105 mph (165 km/h): one of two ways to say the same amount may go or come."""
    sources = [found.sources[n] for n in found.left if found.sources[n].unit]
    targets = [found.targets[n] for n in found.added if found.targets[n].unit]
    for left, facts, matched, others in (
        (found.left, found.sources, {n for n, _, _ in found.pairs}, targets),
        (found.added, found.targets, {n for _, n, _ in found.pairs}, sources),
    ):
        for here in sorted(left):
            fact = facts[here]
            if not fact.unit or any(same_measure(fact, n) for n in others[:_MOST_PARTNERS]):
                continue  # 645 miles that became 654 miles is no conversion left out
            for beside in (here - 1, here + 1, here - 2, here + 2):
                if beside in matched and facts[beside].unit and same_amount(fact, facts[beside]):
                    left.discard(here)
                    break
