"""The same amount in other units, other coins, other words."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from functools import lru_cache

from toolkit.checks.evidence import Side, View
from toolkit.facts import canonical, parse
from toolkit.facts.units import HUNDREDTHS, convert, dimension
from toolkit.schema import Fact

# Characters between the parts of a compound quantity or of a score.
MOST_BETWEEN = 5
_FEW_BETWEEN = 3
# Beyond this many comparisons left-overs are paired in their order: texts of nothing but
# numbers must not take quadratic time.
MOST_COMPARISONS = 40_000
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


def small_change(view: View) -> None:
    """$1.50, 1 долар 50 центів."""
    here, there = view.here, view.there
    for first in here.left():
        if first + 1 not in here.open or not _touching(here, first):
            continue
        one, other = here.facts[first], here.facts[first + 1]
        if one.unit not in (*HUNDREDTHS.get(other.unit, ()), "lb"):
            continue
        whole, part = parse(one.values[0]), parse(other.values[0])
        for total in there.left():
            value = parse(there.facts[total].values[0])
            if (
                not (whole is None or part is None or value is None)
                and whole + part / 100 == value
                and same_measure(one, there.facts[total])
            ):
                view.take(first, total, "hundredths")
                view.take(first + 1, total, "hundredths")
                break


def first_months(view: View) -> None:
    """The first nine months, 1~9월."""
    here, there = view.here, view.there
    for length in [n for n in here.left() if here.facts[n].unit == "month"]:
        last = f"*-{here.facts[length].values[0]}-*"
        for month in [n for n in there.left() if there.facts[n].values == (last,)]:
            first = there.facts[month - 1].values[0] if month else ""
            if first in ("1", "*-1-*") and _touching(there, month - 1):
                view.take(length, month, "span")
                there.open.discard(month - 1)
                break


def products(view: View) -> None:
    """4x100 m, which others call a relay of 400 m."""
    here, there = view.here, view.there
    for first in here.left():
        if first + 1 not in here.open or here.facts[first].unit or not _touching(here, first):
            continue
        one, other = (parse(here.facts[n].values[0]) for n in (first, first + 1))
        if one is None or other is None or one == 1:
            continue
        for product in there.left():
            fact = there.facts[product]
            if one * other == parse(fact.values[0]) and (
                fact.unit == here.facts[first + 1].unit != ""
            ):
                view.take(first, product, "span")
                view.take(first + 1, product, "span")
                break


def _touching(side: Side, first: int) -> bool:
    """At most two signs lie between a fact and the next."""
    return 0 < side.facts[first + 1].span.start - side.facts[first].span.end <= _FEW_BETWEEN


def compound_conversions(view: View) -> None:
    """6 ft 6 in, 17 lb 1 oz; two and a half hours, 2시간 30분."""
    measured = [n for n in view.there.left() if view.there.facts[n].unit]
    for first in [n for n in view.here.left() if view.here.facts[n].unit]:
        total = _compound(view.here, first)
        if total is None:
            continue
        for other in measured:
            if other in view.there.open and _amounts(*view.order(total, view.there.facts[other])):
                view.accuse(first, other, "conversion")
                view.here.open.discard(first + 1)
                break


def two_compounds(view: View) -> None:
    """6-foot-6, 1 m and 98 cm."""
    here, there = view.here, view.there
    measured = [n for n in there.left() if there.facts[n].unit]
    for first in [n for n in here.left() if here.facts[n].unit]:
        total = _compound(here, first)
        for second in measured if total else ():
            other = _compound(there, second)
            if total and other and _amounts(total, other):
                view.accuse(first, second, "conversion")
                here.open.discard(first + 1)
                there.open.discard(second + 1)
                break


def conversions(view: View) -> None:
    """The same amount in another unit, as exactly as it is written."""
    measured = [n for n in view.there.left() if view.there.facts[n].unit]
    for one in [n for n in view.here.left() if view.here.facts[n].unit]:
        for other in measured:
            if other in view.there.open and _converts(
                view.here.facts[one], view.there.facts[other]
            ):
                view.accuse(one, other, "conversion")
                break


def _compound(side: Side, first: int) -> Fact | None:
    """A quantity and the smaller one right behind it, as one in the smaller unit."""
    if first not in side.open or first + 1 not in side.open:
        return None
    one, other = side.facts[first], side.facts[first + 1]
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
    units = [
        (unit, other_unit)
        for unit in (("F",) if degrees else _scales(one.unit))
        for other_unit in (("C",) if degrees else _scales(other.unit))
    ]
    return any(
        _is_near(value, unit, written, other_unit)
        for value in one.values
        for unit, other_unit in units
        for written in other.values
    )


def _is_near(value: str, unit: str, written: str, other_unit: str) -> bool:
    number, against = parse(value), parse(written)
    there = None if number is None else convert(number, unit, other_unit)
    if there is None or against is None or number is None:
        return False
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
    return abs(there - against) <= min(max(steps), most)


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
