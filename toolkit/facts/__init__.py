"""Numbers, quantities, money, dates and times of one text, as language-neutral values.

The words of each language are data in its pack; one grammar reads them all. Values:

    cardinal, ordinal, quantity, duration, age, money, percent, fraction, score, indefinite
                     a decimal or `p/q`; `unit` says of what
    date, month      `year-month-day`, with `*` for what is not said
    year, decade, century, weekday (1 is Monday), season, relative (`year-1`)
    time             `HH:MM`; an hour without am or pm has two readings
    code             letters and digits, and `#digits` alone

A fact has all readings it may have; nothing is filled in from today.
"""

from __future__ import annotations

from toolkit.facts.grammar import extract
from toolkit.facts.numerals import canonical, parse
from toolkit.facts.roles import counts, is_range_mark, is_score_mark, role

__all__ = ["canonical", "counts", "extract", "is_range_mark", "is_score_mark", "parse", "role"]
