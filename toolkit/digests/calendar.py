"""Two dates that may be one, or cannot be: partial ones, weekdays, and `last year`.

A weekday or a relative date is resolved only by the day a date line gives, never by today.
Where an article has none, that of another article on the same event is borrowed, and the
answer says whose.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from toolkit.schema import Fact

KINDS = frozenset({"date", "month", "year", "weekday", "relative", "season"})
_RELATIVE = re.compile(r"(?P<unit>year|month|day)(?P<steps>[+-]\d{1,2})?")


class Day(NamedTuple):
    """A date of which parts may be unknown."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None

    def __str__(self) -> str:
        parts = [f"{self.year:04d}" if self.year else "", *(f"{n:02d}" for n in self[1:3] if n)]
        return "-".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Line:
    """The day by which relative dates are read, and whose date line it is from."""

    day: date
    article: int


@dataclass(frozen=True, slots=True)
class Reading:
    """All days that a fact may mean, and whether a date line was needed to tell."""

    days: tuple[Day, ...]
    resolved: bool = False


def read(fact: Fact, line: Line | None) -> Reading:
    """What days a fact of the kinds in `KINDS` may mean; none where nothing can be said."""
    if fact.kind in ("date", "month", "year"):
        days = tuple(_stated(value) for value in fact.values)
        return Reading(tuple(day for day in days if any(day)))
    if fact.kind == "weekday":
        numbers = [int(value) for value in fact.values if value.isdigit()]
        if line is None:
            return Reading(tuple(Day(weekday=n) for n in numbers))
        return Reading(tuple(_around(line.day, numbers)), resolved=True)
    if fact.kind == "relative" and line is not None:
        days = tuple(day for value in fact.values if any(day := _relative(value, line.day)))
        return Reading(days, resolved=True)
    return Reading(())


def clash(a: Reading, b: Reading, line: Line | None) -> bool:
    """Whether no day is meant by both; where nothing can be said they do not clash."""
    if not a.days or not b.days:
        return False
    return not any(_fit(x, y, line) for x in a.days for y in b.days)


def says_as_much(day: Day, other: Day) -> bool:
    """Whether the other has the finest part of a date: its day, its month or its year."""
    if day.day or day.weekday:
        return bool(other.day or other.weekday)
    return bool(other.month) if day.month else bool(other.year)


def apart(a: Reading, b: Reading) -> int:
    """How many days lie between two dates at least, by what both say; very many if unknown."""
    return min((_gap(x, y) for x in a.days for y in b.days), default=1 << 30)


def _gap(a: Day, b: Day) -> int:
    """Of two dates that say equally much; a year that only one has may be the other's."""
    if not (says_as_much(a, b) and says_as_much(b, a)):
        return 1 << 30
    if a.weekday and b.weekday:
        return min((a.weekday - b.weekday) % 7, (b.weekday - a.weekday) % 7)
    years = (a.year - b.year) if a.year and b.year else 0
    if not (a.month and b.month):
        return abs(years) * 2
    months = years * 12 + a.month - b.month
    return abs(months * 30 + a.day - b.day) if a.day and b.day else abs(months) * 5


def nearest(reading: Reading, other: Reading, line: Line) -> str:
    """Of the days that a date line makes of a fact, the one to show beside another date."""

    def far(day: Day) -> int:
        return min(
            (abs((_date(day, line) - _date(that, line)).days) for that in other.days), default=0
        )

    return str(min(reading.days, key=lambda day: (far(day), str(day)))) if reading.days else ""


def _stated(value: str) -> Day:
    parts = [int(part) if part.isdigit() else None for part in value.split("-")]
    return Day(*[*parts, None, None][:3])


def _around(day: date, numbers: list[int]) -> Iterator[Day]:
    """The weekday of the week before, and of the one to come: news tells of both."""
    for offset in range(-7, 8):
        at = day + timedelta(days=offset)
        if at.isoweekday() in numbers:
            yield Day(at.year, at.month, at.day)


def _relative(value: str, day: date) -> Day:
    """`year-1`, `month+1`, `day`, by a date line; a week or a season is no day."""
    found = _RELATIVE.fullmatch(value)
    if not found:
        return Day()
    steps = int(found["steps"] or 0)
    if found["unit"] == "year":
        return Day(day.year + steps)
    if found["unit"] == "month":
        months = day.year * 12 + day.month - 1 + steps
        return Day(months // 12, months % 12 + 1)
    at = day + timedelta(days=steps)
    return Day(at.year, at.month, at.day)


def _fit(a: Day, b: Day, line: Line | None) -> bool:
    if any(x and y and x != y for x, y in zip(a[:3], b[:3], strict=True)):
        return False
    for one, other in ((a, b), (b, a)):
        if one.weekday and not _falls_on(other, one.weekday, line):
            return False
    return True


def _falls_on(day: Day, weekday: int, line: Line | None) -> bool:
    """Whether a date may be on this weekday; one without its year, or its day, may."""
    if day.weekday:
        return day.weekday == weekday
    if not (day.month and day.day):
        return True
    years = [day.year] if day.year else _years(line)
    return not years or any(
        _exists(year, day) and date(year, day.month, day.day).isoweekday() == weekday
        for year in years
    )


def _years(line: Line | None) -> list[int]:
    return [line.day.year - 1, line.day.year, line.day.year + 1] if line else []


def _exists(year: int, day: Day) -> bool:
    try:
        date(year, day.month or 1, day.day or 1)
    except ValueError:
        return False
    return True


def _date(day: Day, line: Line) -> date:
    """A whole date for one of which parts are unknown: near the date line, early in its month."""
    year, month = day.year or line.day.year, day.month or 1
    return date(year, month, day.day or 1) if _exists(year, day) else line.day
