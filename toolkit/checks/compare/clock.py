"""Times of day that one side writes as plain numbers."""

from __future__ import annotations

from toolkit.checks.compare.measures import MOST_BETWEEN
from toolkit.checks.compare.values import NUMERIC, numbers
from toolkit.checks.evidence import Side, View
from toolkit.schema import Fact

# How many left-overs a time is compared with.
_MOST = 12


def times_as_numbers(view: View) -> None:
    """11:15 read as a time on one side and as two numbers, a score, on the other; Rule 50.3."""
    for time in [n for n in view.here.left() if _has_parts(view.here.facts[n])]:
        for first in _two_numbers(view.here.facts[time], view.there):
            view.take(time, first, "clock")
            view.take(time, first + 1, "clock")


def _has_parts(fact: Fact) -> bool:
    return fact.kind == "time" or (fact.kind == "cardinal" and "." in fact.text)


def _two_numbers(time: Fact, side: Side) -> list[int]:
    """Where the hour and the minute stand as two numbers, at most one place."""
    hour, mark, minute = time.values[0].partition(":")
    if not mark:
        hour, _, minute = time.text.partition(".")
    if not (hour.isdigit() and minute.isdigit()):
        return []
    for first in side.left():
        if first + 1 not in side.open:
            continue
        one, other = side.facts[first], side.facts[first + 1]
        if (
            other.span.start - one.span.end <= MOST_BETWEEN
            and str(int(hour)) in set(numbers(one))
            and str(int(minute)) in set(numbers(other))
        ):
            return [first]
    return []


def bare_hours(view: View) -> None:
    """8.30 or 8 without the word that makes it evening; for basic languages."""
    for one in view.here.left():
        for other in view.there.left()[:_MOST]:
            if _are_one_hour(view.here.facts[one], view.there.facts[other]):
                view.take(one, other, "clock")
                break


def _are_one_hour(one: Fact, other: Fact) -> bool:
    return any(
        time.kind == "time" and count.kind in NUMERIC and _hours(time) & {*count.values}
        for time, count in ((one, other), (other, one))
    )


def _hours(time: Fact) -> set[str]:
    """A time as the plain numbers it may be read as: 20:30 as 8.3, 17:00 as 5."""
    found = set()
    for value in time.values:
        hour, _, minute = value.partition(":")
        for shown in {int(hour), int(hour) % 12 or 12}:
            found.add(f"{shown}.{minute}".rstrip("0").rstrip("."))
    return found
