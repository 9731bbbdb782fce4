"""What a basic pack cannot read, and what is therefore not held against a text.

Number words, ordinals and centuries in words, inflected names of months and days, names of
places and peoples: a fact that may be written so in a basic language is no finding when it
stands on the other side alone. What stands on both sides and differs is found as ever.
"""

from __future__ import annotations

from toolkit.checks.compare.values import NAMES
from toolkit.facts import parse
from toolkit.schema import Fact

# Style guides of most languages write numbers to ten or twelve in words; the same with a
# scale: two million, ten per cent.
_SPELT = 12
_WORDS = frozenset(
    ("weekday", "month", "season", "relative", "century", "decade", "fraction", "indefinite")
)
_COUNTS = frozenset(
    ("cardinal", "ordinal", "quantity", "duration", "age", "money", "percent", "score")
)


def is_unread(fact: Fact) -> bool:
    """Whether a fact may be said in a way that a basic pack does not read.

    What a termbase says of a name (strength 3) is held to in every language.
    """
    if fact.kind in NAMES:
        return fact.strength < 3
    return _may_be_words(fact)


def _may_be_words(fact: Fact) -> bool:
    """Whether a fact may be said without a digit or a name that CLDR lists."""
    if fact.kind in _WORDS:
        return True
    if fact.kind == "time":
        return fact.values[0][-3:] in (":00", ":30")
    number = parse(fact.values[0]) if fact.kind in _COUNTS else None
    if number is None or number.denominator != 1:
        return False
    return int(str(number.numerator).rstrip("0") or 0) <= _SPELT
