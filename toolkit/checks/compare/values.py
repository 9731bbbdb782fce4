"""What a fact may be recognised by, and the passes that pair facts with the same key."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from itertools import islice

from toolkit.checks.compare.measures import same_measure
from toolkit.checks.evidence import View
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
# How many equal facts are compared with one before the best of them is taken.
_MOST_CANDIDATES = 16
_SAME_KIND = {"score": "cardinal"}
_SHARES = {"%": 100, "‰": 1000, "bp": 10_000}

Keys = Callable[[Fact], Iterable[object]]
Fits = Callable[[Fact, Fact], bool]


# --- keys --------------------------------------------------------------------------------


def exact(fact: Fact) -> Iterator[tuple[str, ...]]:
    kind = "name" if fact.kind in NAMES else _SAME_KIND.get(fact.kind, fact.kind)
    unit = "" if kind == "label" else fact.unit
    for value in fact.values:
        yield kind, unit, value


def same_keys(fact: Fact) -> Iterator[object]:
    """What a fact may be recognised by in another sentence of the document."""
    yield from exact(fact)
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
        yield from _numbers_of_code(fact)
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


def _numbers_of_code(fact: Fact) -> Iterator[str]:
    for value in fact.values:
        digits = value.removeprefix("#")
        yield digits
        if len(digits) == 2 and digits != value:
            yield "20" + digits  # SS19 is of 2019


def _afternoons(fact: Fact) -> Iterator[str]:
    """at 2.30, о 14:30."""
    if fact.kind == "cardinal" and "." in fact.text and not fact.unit:
        yield fact.values[0]
    elif fact.kind == "time":
        for value in fact.values:
            hour = int(value[:2])
            if hour > 12:
                yield f"{hour - 12}.{value[3:]}".rstrip("0")


def _spans(fact: Fact) -> Iterator[tuple[str, Fraction]]:
    if fact.unit:
        for value in fact.values:
            number = parse(value)
            out = None if number is None else multiplied_out(number, fact.unit)
            if out is not None:
                yield out


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


def equal(view: View) -> None:
    """The same value, kind and unit."""
    _take(view, exact, "equal")


def equal_numbers(view: View) -> None:
    """The same number, read as another kind of fact."""
    _take(view, numbers, "value", _same_count)


def _same_count(one: Fact, other: Fact) -> bool:
    """Of one measure, or not said; two decades agree in their century, too."""
    return same_measure(one, other) and not one.kind == other.kind == "decade"


def equal_spans(view: View) -> None:
    """One week, seven days."""
    _take(view, _spans, "span")


def equal_shares(view: View) -> None:
    """A quarter, 25 %."""
    _take(view, _shares, "share")


def equal_coins(view: View) -> None:
    """50 cents, $0.50."""
    _take(view, _hundredths, "hundredths")


def equal_afternoons(view: View) -> None:
    """at 2.30, о 14:30."""
    _take(view, _afternoons, "clock", lambda one, other: one.kind != other.kind)


def other_units(view: View) -> None:
    """The same number of something else: 5 miles that became 5 km."""
    for here, there in _by_key(view, numbers, _other_measure):
        view.accuse(here, there, "unit")


def _other_measure(one: Fact, other: Fact) -> bool:
    """The same number of something else; a mere article needs a like measure on both sides."""
    if same_measure(one, other):
        return False
    weak = min(one.strength, other.strength) == 1
    return not weak or dimension(one.unit) == dimension(other.unit)


def _take(view: View, keys: Keys, rule: str, fits: Fits | None = None) -> None:
    for here, there in _by_key(view, keys, fits):
        view.take(here, there, rule)


def _by_key(view: View, keys: Keys, fits: Fits | None) -> Iterator[tuple[int, int]]:
    """Facts that share a key: strong ones first, then those that lie alike.

    Who asks closes both before the next is looked for.
    """
    here, there = view.here, view.there
    index: dict[object, deque[int]] = defaultdict(deque)
    for other in sorted(there.open, key=lambda n: (-there.facts[n].strength, n)):
        for key in keys(there.facts[other]):
            index[key].append(other)
    if not index:
        return
    for one in sorted(here.open, key=lambda n: (-here.facts[n].strength, n)):
        fact = here.facts[one]
        best = max(
            (
                (_nearness(fact, one, there.facts[other], other), -turn, other)
                for turn, other in enumerate(_candidates(fact, keys, index, there.open))
                if fits is None or fits(fact, there.facts[other])
            ),
            default=None,
        )
        if best is not None:
            yield one, best[2]


def _candidates(
    fact: Fact, keys: Keys, index: dict[object, deque[int]], open_: set[int]
) -> Iterator[int]:
    for key in keys(fact):
        found = index.get(key)
        if not found:
            continue
        while found and found[0] not in open_:
            found.popleft()
        yield from (other for other in islice(found, _MOST_CANDIDATES) if other in open_)


def _nearness(one: Fact, at: int, other: Fact, there: int) -> tuple[bool, bool, bool, int]:
    return (
        one.kind == other.kind,
        one.unit == other.unit,
        other.strength == one.strength,
        -abs(at - there),
    )
