"""What a basic pack cannot read, and what is therefore not held against a text.

Number words, ordinals and centuries in words, inflected names of months and days, names of
places and peoples: a fact that may be written so in a basic language is no finding when it
stands on the other side alone. What stands on both sides and differs is found as ever.
"""

from __future__ import annotations

import re
from functools import cache

from toolkit.checks.compare.values import NAMES
from toolkit.facts import parse
from toolkit.lang import common, pack
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


def is_spelled(fact: Fact, text: str, lang: str) -> bool | None:
    """Whether a text has a number in the words of its language; None where that is not known.

    One way only: a number of the source must be found in the target. The other way is full of
    words that are numbers only sometimes (*sei, segundo, năm*).
    """
    value = parse(fact.values[0]) if fact.kind in _COUNTS else None
    if value is None or value.denominator != 1:
        return None
    forms = _spelled(lang)
    number = int(value)
    whole = [number, int(str(number).rstrip("0") or 0)]  # 2 million: its head is enough
    whole += [
        head
        for digits in (2, 3)
        if (head := int(str(number)[:digits])) * 10 ** (len(str(number)) - digits) == number
    ]
    known = [forms[n] for n in dict.fromkeys(whole) if n in forms]
    return any(form.search(text) for form in known) if known else None


@cache
def _spelled(lang: str) -> dict[int, re.Pattern[str]]:
    found: dict[int, re.Pattern[str]] = {}
    for line in common(lang).spelled.splitlines():
        value, _, forms = line.partition(": ")
        words = [re.escape(form).replace("_", r"[\s-]+") for form in forms.split()]
        glued = pack(lang).facts.unspaced
        choice = "|".join(sorted(words, key=len, reverse=True))
        found[int(value)] = re.compile(
            choice if glued else rf"(?<!\w)(?:{choice})(?!\w)", re.IGNORECASE
        )
    return found
