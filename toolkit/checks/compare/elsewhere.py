"""What one unit lost and another one of the document gained."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import islice

from toolkit.checks.compare.leftovers import SAME_SORT, likeness
from toolkit.checks.compare.repeats import MOST_PARTNERS
from toolkit.checks.compare.values import NAMES, same_keys
from toolkit.checks.evidence import Evidence
from toolkit.schema import Fact

_Places = dict[object, set[int]]


def rescue(units: Sequence[Evidence]) -> None:
    """Translators move facts to the sentence before or behind: that is no more than info."""
    if len(units) < 2:
        return
    gained: dict[object, list[tuple[int, int]]] = defaultdict(list)
    lost: _Places = defaultdict(set)
    said: _Places = defaultdict(set)
    for at, found in enumerate(units):
        for target in found.target.left():
            for key in same_keys(found.target.facts[target]):
                gained[key].append((at, target))
        for source in found.source.open:
            for key in same_keys(found.source.facts[source]):
                lost[key].add(at)
        for fact in found.target.facts:
            if fact.kind in NAMES:
                for key in same_keys(fact):
                    said[key].add(at)
    for at, found in enumerate(units):
        for source in found.source.left():
            fact = found.source.facts[source]
            if _is_replaced(fact, found, at, lost):
                continue  # something else stands in its place
            places = {
                place
                for key in same_keys(fact)
                for place in gained.get(key, ())
                if place[0] != at and place[1] in units[place[0]].target.open
            }
            if places:
                other, target = min(places, key=lambda place: (abs(place[0] - at), place))
                found.views()[0].accuse(source, None, "elsewhere")
                units[other].views()[0].accuse(None, target, "elsewhere")
            elif fact.kind in NAMES and any(said.get(key) for key in same_keys(fact)):
                # a name that the document has said may be a pronoun here
                found.views()[0].accuse(source, None, "elsewhere")


def _is_replaced(fact: Fact, found: Evidence, at: int, lost: _Places) -> bool:
    partners = (
        found.target.facts[n]
        for n in islice(found.target.open, MOST_PARTNERS)
        if likeness(fact, found.target.facts[n]) >= SAME_SORT
    )
    return any(not _is_lost_elsewhere(partner, at, lost) for partner in partners)


def _is_lost_elsewhere(fact: Fact, at: int, lost: _Places) -> bool:
    return any(lost.get(key, set()) - {at} for key in same_keys(fact))
