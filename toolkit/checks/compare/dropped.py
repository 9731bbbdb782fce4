"""Facts that a person may say otherwise, and a program has no reason to drop."""

from __future__ import annotations

from toolkit.checks.compare.leftovers import changed
from toolkit.checks.evidence import View
from toolkit.facts import parse
from toolkit.schema import Fact

# One and two are articles, pairs and both in other words; what is larger is said in digits.
_LEAST, _MOST = 3, 1000


def dropped(view: View) -> None:
    """A number word of three and more, or a percentage, that nothing stands for."""
    if view.there.basic:
        return
    replaced = {source for source, _ in changed(view.found)}
    for left in view.here.open - replaced:
        fact = view.here.facts[left]
        if _is_told(fact) and not _is_in_name(view.here.text, fact):
            view.accuse(left, None, "dropped")


def _is_in_name(text: str, fact: Fact) -> bool:
    """The ten of top-ten, the six of Six Flags."""
    start, end = fact.span
    title = (
        text[start].isupper() and text[end : end + 1] == " " and text[end + 1 : end + 2].isupper()
    )
    return title or text[:start].endswith("-") or text[end : end + 1] == "-"


def _is_told(fact: Fact) -> bool:
    number = parse(fact.values[0]) if fact.kind in ("cardinal", "percent") else None
    if number is None or fact.strength < 2:
        return False
    return fact.kind == "percent" or _LEAST <= number <= _MOST


def turned_days(view: View) -> None:
    """Tomorrow that became yesterday, next year that became last year."""
    here, there = view.here, view.there
    for one in here.left():
        for other in there.left():
            if one in here.open and _are_opposite(here.facts[one], there.facts[other]):
                view.accuse(one, other, "turned")


def _are_opposite(one: Fact, other: Fact) -> bool:
    if one.kind != "relative" or other.kind != "relative":
        return False
    ours, theirs = ("-" in fact.values[0] for fact in (one, other))
    same = [fact.values[0].replace("+", "-").partition("-")[0] for fact in (one, other)]
    return ours != theirs and same[0] == same[1]
