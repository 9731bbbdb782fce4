"""What is left over on both sides, in pairs: what one fact became the other."""

from __future__ import annotations

from toolkit.checks.compare.calendar import parts
from toolkit.checks.compare.measures import MOST_COMPARISONS, same_measure
from toolkit.checks.compare.values import CALENDAR, NAMES, NUMERIC
from toolkit.checks.evidence import Evidence
from toolkit.facts.units import dimension
from toolkit.schema import Fact

# What looks like a duration when its number is out of range: 15 and 95 століття.
_COUNTED_AS = {"year": "year", "century": "century", "date": "day"}
# From this likeness on two left-overs are of one sort.
SAME_SORT = 20
# From this one on they are of one kind and count the same.
SAME_KIND = 30


def changed(found: Evidence, least: int = 1) -> list[tuple[int, int]]:
    """Left-overs of both sides that stand for each other: what one became the other.

    `least` is the likeness two facts must have.
    """
    left, added = set(found.source.open), set(found.target.open)
    sources, targets = sorted(left), sorted(added)
    many = len(sources) * len(targets) > MOST_COMPARISONS
    couples = (
        zip(sources, targets, strict=False)
        if many
        else ((source, target) for source in sources for target in targets)
    )
    candidates = [
        (likeness(found.source.facts[s], found.target.facts[t]), s, t) for s, t in couples
    ]
    pairs: list[tuple[int, int]] = []
    ranked = sorted(
        (c for c in candidates if c[0] >= least), key=lambda c: (-c[0], abs(c[1] - c[2]), c[1])
    )
    for _, source, target in ranked:
        if source in left and target in added:
            pairs.append((source, target))
            left.discard(source)
            added.discard(target)
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
            return 15 + strong if point.kind != "date" or len(parts(point)) == 1 else 0
    return _of_numbers(one, other, strong)


def _of_numbers(one: Fact, other: Fact, strong: int) -> int:
    kinds = {one.kind, other.kind}
    if one.kind != other.kind and kinds & {"year", "decade", "century", "code"}:
        lettered = any(f.kind == "code" and not f.values[0].isdigit() for f in (one, other))
        return 0 if one.unit or other.unit or lettered else 5 + strong
    if "date" in kinds and kinds & {"ordinal", "cardinal"} and not (one.unit or other.unit):
        return 25 + strong if all(parts(fact) for fact in (one, other)) else 0
    if one.kind in NUMERIC and other.kind in NUMERIC:
        if same_measure(one, other):
            return 20 + strong
        money = one.kind == other.kind == "money"
        return 10 + strong if money or dimension(one.unit) == dimension(other.unit) else 0
    return 0
