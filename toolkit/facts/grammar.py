"""From tokens to facts: one grammar, whose words come from the pack."""

from __future__ import annotations

from collections.abc import Callable

from toolkit.facts import dates, digits, words
from toolkit.facts.numerals import ROMAN_LETTERS
from toolkit.facts.scan import Scan
from toolkit.facts.tokens import NUMBER, WORD
from toolkit.schema import Fact

# What is tried at a word, by the names that `lexicon.ROLES` gives.
_STEPS: dict[str, Callable[[Scan, int], int | None]] = {
    "phrase": words.skip_phrase,
    "relative": words.read_relative,
    "money": words.read_money,
    "numbered": words.read_numbered,
    "era": dates.read_era,
    "month": dates.read_month,
    "weekday": dates.read_weekday,
    "indefinite": words.read_indefinite,
    "compound": words.read_compound,
    "repeat": words.read_repeat,
    "ordinal": words.read_ordinal,
    "numeral": words.read_numeral,
    "fraction": words.read_fraction,
    "season": dates.read_season,
}


def extract(text: str, lang: str) -> tuple[Fact, ...]:
    """The numbers, quantities, dates and times of a text, in the order they stand in it."""
    scan = Scan(text, lang)
    at, size = 0, len(scan.texts)
    roles, kinds, texts = scan.lex.roles, scan.kinds, scan.texts
    while at < size:
        if kinds[at] == NUMBER:
            # 24/7, 50-50
            end = _read_phrase(scan, at) if texts[at] in roles else None
            at = end or max(digits.read_number(scan, at), scan.passed)
        elif texts[at] in roles:
            at = max(_read_word(scan, at), scan.passed)
        elif kinds[at] == WORD and texts[at][0] in ROMAN_LETTERS:
            at = words.read_roman(scan, at) or at + 1
        else:
            at += 1
    return tuple(scan.facts)


def _read_phrase(scan: Scan, at: int) -> int | None:
    for role in scan.lex.roles[scan.texts[at]]:
        end = _STEPS[role](scan, at)
        if end is not None:
            return end
    return None


def _read_word(scan: Scan, at: int) -> int:
    """A fact that starts with a word we know, or the next token."""
    return _read_phrase(scan, at) or words.read_roman(scan, at) or at + 1
