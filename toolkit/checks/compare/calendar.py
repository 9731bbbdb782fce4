"""Dates that say more or less of the same day, or say it in other portions."""

from __future__ import annotations

from typing import NamedTuple

from toolkit.checks.compare.measures import MOST_COMPARISONS
from toolkit.checks.compare.values import CALENDAR
from toolkit.checks.evidence import Pair, Side, View
from toolkit.schema import Fact

Parts = set[tuple[str, str]]


def parts(fact: Fact) -> Parts:
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


class _Best(NamedTuple):
    shared: int
    unlike: int
    apart: int
    source: int
    target: int


def same_days(view: View) -> None:
    """Dates that share a part and contradict each other in none."""
    here, there = view.here, view.there
    ours, theirs = _open_parts(here), _open_parts(there)
    if len(ours) * len(theirs) > MOST_COMPARISONS:
        return
    whole = {n: len(said) for n, said in ours.items()}
    while best := _best(view, ours, theirs):
        one, other = best.source, best.target
        shared = ours[one] & theirs[other]
        ours[one] -= shared
        theirs[other] -= shared
        rule = "partial" if whole[one] > len(shared) else "parts"
        view.found.pairs.append(Pair(one, other, rule))
        for side, rest, n in ((here, ours, one), (there, theirs, other)):
            if not rest[n]:
                side.open.discard(n)
                del rest[n]
    _close_dates(view, ours, theirs)


def _open_parts(side: Side) -> dict[int, Parts]:
    found = ((n, parts(side.facts[n])) for n in side.open)
    return {n: said for n, said in found if said}


def _best(view: View, ours: dict[int, Parts], theirs: dict[int, Parts]) -> _Best | None:
    best: _Best | None = None
    for one, said in ours.items():
        for other, others in theirs.items():
            shared = said & others
            if not shared or not (
                view.here.facts[one].kind in CALENDAR or view.there.facts[other].kind in CALENDAR
            ):
                continue
            names = {name for name, _ in said} & {name for name, _ in others}
            if len(names) > len(shared):
                continue
            unlike = -abs(len(said) - len(others))
            found = _Best(len(shared), unlike, -abs(one - other), one, other)
            if best is None or found[:3] > best[:3]:
                best = found
    return best


def _close_dates(view: View, ours: dict[int, Parts], theirs: dict[int, Parts]) -> None:
    """A date is there if its day is, or its month if it has none; and its year, in some date."""
    dated = [pair for pair in view.found.pairs if pair.rule in ("partial", "parts")]
    closed = [
        _found_days(view.here, ours, {pair.source for pair in dated}, view.there, theirs),
        _found_days(view.there, theirs, {pair.target for pair in dated}, view.here, ours),
    ]
    view.here.open -= closed[0]
    view.there.open -= closed[1]


def _found_days(
    side: Side, rest: dict[int, Parts], dated: set[int], across: Side, others: dict[int, Parts]
) -> set[int]:
    years = {value for fact in across.facts for name, value in parts(fact) if name == "y"}
    # A number left over may be the month that is missed.
    spare = any(_may_be_month(across.facts[n]) for n in across.open if others.get(n, True))
    return {n for n in dated if _is_found(rest.get(n, set()), side.facts[n], years, spare)}


def _may_be_month(fact: Fact) -> bool:
    value = fact.values[0]
    numeric = fact.kind in ("cardinal", "ordinal") and not fact.unit and fact.strength == 3
    return fact.kind == "month" or (numeric and value.isdigit() and 1 <= int(value[:3]) <= 12)


def _is_found(remaining: Parts, fact: Fact, years: set[str], spare: bool) -> bool:
    names = {name for name, _ in remaining}
    day_alone = any(name == "d" for name, _ in parts(fact)) and not spare
    return (
        "d" not in names
        and ("m" not in names or day_alone)
        and all(value in years for name, value in remaining if name == "y")
    )


def days_as_numbers(view: View) -> None:
    """9/11 and 6·25 as two numbers on one side, as a date on the other."""
    here, there = view.here, view.there
    for date in [n for n in here.left() if here.facts[n].kind == "date"]:
        said = dict(parts(here.facts[date]))
        for first in there.left():
            if first + 1 not in there.open or "y" in said:
                continue
            one, other = there.facts[first], there.facts[first + 1]
            if {one.values[0], other.values[0]} == {said.get("m"), said.get("d")} and (
                other.span.start == one.span.end + 1
            ):
                view.take(date, first, "clock")
                view.take(date, first + 1, "clock")
                break


def numbered_months(view: View) -> None:
    """A date whose day is found, beside a number that is its month; for basic languages."""
    here, there = view.here, view.there
    dated = [
        view.order(*pair[:2]) for pair in view.found.pairs if pair.rule in ("partial", "parts")
    ]
    partners = dict(dated)
    for date in [n for n in here.left() if here.facts[n].kind in CALENDAR and n in partners]:
        month = here.facts[date].values[0].split("-")[1:2]
        for beside in (partners[date] - 1, partners[date] + 1):
            if beside in there.open and month == list(there.facts[beside].values[:1]):
                here.open.discard(date)
                there.open.discard(beside)
                break
