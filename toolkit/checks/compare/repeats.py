"""What is said twice on one side: it is neither lost nor added."""

from __future__ import annotations

import re
from collections.abc import Sequence

from toolkit.checks.compare.leftovers import SAME_SORT, likeness
from toolkit.checks.compare.measures import same_amount, same_measure
from toolkit.checks.compare.values import exact, numbers
from toolkit.checks.evidence import Side, View
from toolkit.schema import Fact

# Characters between "seven countries" and "(G7)".
_FEW_WORDS = 12
# How many left-overs are looked at for one that stands in a fact's place.
MOST_PARTNERS = 64


def numbers_in_groups(view: View) -> None:
    """116 123 read as one number on one side and as two on the other."""
    here, there = view.here, view.there
    for whole in [n for n in here.open if any(map(str.isspace, here.facts[n].text))]:
        pieces = [part for part in here.facts[whole].text.split() if part.isdecimal()]
        taken = {n for n in there.open if there.facts[n].text in pieces}
        if len(pieces) > 1 and {there.facts[n].text for n in taken} == set(pieces):
            here.open.discard(whole)
            there.open.difference_update(taken)


def second_measures(view: View) -> None:
    """105 mph (165 km/h): one of two ways to say the same amount may go or come."""
    here = view.here
    others = [view.there.facts[n] for n in view.there.open if view.there.facts[n].unit]
    matched = view.matched()
    for left in here.left():
        fact = here.facts[left]
        if not fact.unit or any(same_measure(fact, n) for n in others[:MOST_PARTNERS]):
            continue  # 645 miles that became 654 miles is no conversion left out
        for beside in (left - 1, left + 1, left - 2, left + 2):
            other = here.facts[beside] if beside in matched else None
            if other and other.unit and same_amount(fact, other):
                here.open.discard(left)
                break


def said_again(view: View) -> None:
    """What is said elsewhere in the same text with equal kind and unit is not lost."""
    here = view.here
    matched = {key: n for n in _in_order(view) for key in exact(here.facts[n])}
    open_ = view.there.left()[:MOST_PARTNERS]
    for left in here.left():
        fact = here.facts[left]
        if fact.kind == "label":
            continue  # as often as it is there
        if _has_partner(fact, view.there, open_):
            continue  # 2 goals and 2 assists that became 2 goals and 3 assists
        again = _names_again(left, here)
        if again or any(matched.get(key, left) != left for key in exact(fact)):
            here.open.discard(left)


def _in_order(view: View) -> list[int]:
    return [view.order(pair.source, pair.target)[0] for pair in view.found.pairs]


def _names_again(at: int, side: Side) -> bool:
    """The G7 of "Group of Seven (G7)": its number stands right before it, and was found."""
    code, before = side.facts[at], side.facts[at - 1]
    return (
        code.kind == "code"
        and at > 0
        and at - 1 not in side.open
        and code.span.start - before.span.end <= _FEW_WORDS
        and not set(numbers(code)).isdisjoint(numbers(before))
    )


def _has_partner(fact: Fact, side: Side, open_: Sequence[int]) -> bool:
    """Something is left over on the other side that may stand for this fact."""
    return any(likeness(fact, side.facts[n]) >= SAME_SORT for n in open_)


def labels_as_written(view: View) -> None:
    """A label that stands in the target as it was, though nobody would call it one there."""
    here, target = view.here, view.there.text
    if len(here.open) > MOST_PARTNERS:
        return
    for left in here.left():
        text = here.facts[left].text
        if here.facts[left].kind != "label" or text not in target:
            continue
        alike = sum(here.facts[pair.source].text == text for pair in view.found.pairs)
        whole = re.findall(rf"(?<![\w@#]){re.escape(text)}(?![A-Za-z0-9_])", target)
        if len(whole) > alike:
            here.open.discard(left)
