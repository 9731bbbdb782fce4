"""Whether two facts can both be right, and two sentences be of one event."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from toolkit.digests import actors, calendar, wording
from toolkit.digests.holding import Hold
from toolkit.digests.reading import Sentence
from toolkit.facts import parse
from toolkit.schema import Fact

_ABOUT = Fraction(15, 100)  # how far "about" may be off
_MINUTES = 20  # the same for a time of day
_CLOSE = Fraction(3, 5)  # of two figures of one thing the smaller is more than this of the other
_FAR = Fraction(1, 8)
_CLOSE_DAYS = 10

Lines = Mapping[int, calendar.Line]


def differ(a: Hold, b: Hold, lines: Lines) -> bool:
    """Whether no reading of one fact fits the other."""
    if a.group == "date":
        return _dates_clash(a, b, lines)
    if a.group == "time":
        return not _times_fit(a, b)
    if a.fact.kind == "score":
        return not set(a.fact.values) & set(b.fact.values)
    return not numbers_fit(a.fact, b.fact)


def _dates_clash(a: Hold, b: Hold, lines: Lines) -> bool:
    line_a, line_b = lines.get(a.sentence.article), lines.get(b.sentence.article)
    readings = calendar.read(a.fact, line_a), calendar.read(b.fact, line_b)
    if "season" in (a.fact.kind, b.fact.kind):
        return a.fact.kind == b.fact.kind and not set(a.fact.values) & set(b.fact.values)
    if _turn_of_year(a, b) or _turn_of_year(b, a):
        return False
    return calendar.clash(*readings, line_a or line_b)


def _turn_of_year(a: Hold, b: Hold) -> bool:
    """Whether "by the end of 2027" is said of one and "by 2028" of the other."""
    if not a.fact.kind == b.fact.kind == "year":
        return False
    text, start = a.sentence.segment.text, a.fact.span.start
    near = text[max(0, start - 12) : a.fact.span.end + 4]
    late = wording.is_end(near, a.sentence.lang)
    return late and any(
        x.isdigit() and y.isdigit() and int(y) - int(x) == 1
        for x in a.fact.values
        for y in b.fact.values
    )


def _times_fit(a: Hold, b: Hold) -> bool:
    """Whether two times may be one; two of different zones may."""
    if set(a.fact.values) & set(b.fact.values) or scope(a) != scope(b):
        return True
    most = _MINUTES if {"approximate"} & {a.fact.certainty, b.fact.certainty} else 0
    minutes = [[_minutes(value) for value in hold.fact.values] for hold in (a, b)]
    return any(abs(x - y) <= most for x in minutes[0] for y in minutes[1])


def _minutes(value: str) -> int:
    hours, _, minutes = value.partition(":")
    return int(hours) * 60 + int(minutes[:2]) if hours.isdigit() and minutes[:2].isdigit() else -60


def numbers_fit(a: Fact, b: Fact) -> bool:
    """Whether two figures may be said of one thing: at least 14 of 17."""
    for x in a.values:
        for y in b.values:
            one, two = parse(x), parse(y)
            if one is None or two is None or _fits(one, a, two, b) or _fits(two, b, one, a):
                return True
    return False


def _fits(one: Fraction, a: Fact, two: Fraction, b: Fact) -> bool:
    """Whether the first may be said of what the second gives."""
    if one == two or _rounded(one, two):
        return True
    if a.certainty == "at_least":
        return two >= one or b.certainty == "at_least"
    if a.certainty == "at_most":
        return two <= one or b.certainty == "at_most"
    return a.certainty == "approximate" and abs(one - two) <= _ABOUT * max(abs(one), abs(two))


def _rounded(one: Fraction, two: Fraction) -> bool:
    """Whether the first is the second in fewer digits: 1.2 million of 1,234,567."""
    if one.denominator != 1 or two.denominator != 1:
        return round(two, 1) == one or round(two) == one
    digits = str(abs(one.numerator))
    zeros = len(digits) - len(digits.rstrip("0"))
    return zeros > 0 and len(digits) > 2 and round(int(two), -zeros) == one.numerator


def near(a: Hold, b: Hold, lines: Lines) -> int:
    """1 if two values are so close as two reports of one thing are, -1 if they are far apart."""
    if a.group == "date":
        return (
            calendar.apart(
                calendar.read(a.fact, lines.get(a.sentence.article)),
                calendar.read(b.fact, lines.get(b.sentence.article)),
            )
            <= _CLOSE_DAYS
        )
    one, two = parse(a.fact.values[0]), parse(b.fact.values[0])
    if one is None or two is None:
        return 0
    small, great = sorted((abs(one), abs(two)))
    return int(small >= _CLOSE * great) - int(small < _FAR * great)


def confirms(a: Hold, other: Hold, lines: Lines) -> bool:
    """Whether a date that fits says as much: January fits every Wednesday, and confirms none."""
    there = calendar.read(other.fact, lines.get(other.sentence.article)).days
    here = calendar.read(a.fact, lines.get(a.sentence.article)).days
    return any(calendar.says_as_much(one, two) for one in here for two in there)


def scope(hold: Hold) -> frozenset[str]:
    """By what words beside it a figure counts another thing than one without them."""
    span = hold.fact.span
    return wording.scope(hold.sentence.segment.text, span.start, span.end, hold.sentence.lang)


def one_event(a: Sentence, b: Sentence, *, people: bool = True, places: bool = True) -> bool:
    """Whether nothing in the two sentences says that they tell of different things."""
    if a.false != b.false or wording.is_other(a.segment.text, a.lang) != wording.is_other(
        b.segment.text, b.lang
    ):
        return False
    for kind, asked in (("place", places), ("person", people)):
        one, two = ({v for n in s.names if n.kind == kind for v in n.values} for s in (a, b))
        # A country and its town are no two places.
        only = (
            {v for v in side if not v.startswith("territory:")} for side in (one - two, two - one)
        )
        if asked and (all(only) if kind == "place" else one and two and not one & two):
            return False
    return not (people and actors.are_others(a, b))


def _towns(places: set[str]) -> set[str]:
    return {place for place in places if not place.startswith("territory:")}
