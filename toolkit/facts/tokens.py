"""A text cut into numbers, words and signs, each with its place.

Digits, spaces, dashes and apostrophes of all scripts are folded first, one character for
one, so that places stay those of the text.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from fractions import Fraction

from toolkit.scripts import HANGUL, LETTERS

# TAIL is an ending cut off a word; GLUED a numeral cut out of one, true only with a counter.
NUMBER, WORD, SIGN, TAIL, GLUED = range(5)
VULGAR: dict[str, Fraction] = {
    char: Fraction(value)
    for char, value in zip(
        "½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞",
        (
            *("1/2", "1/3", "2/3", "1/4", "3/4", "1/5", "2/5", "3/5", "4/5", "1/6", "5/6"),
            *("1/8", "3/8", "5/8", "7/8"),
        ),
        strict=True,
    )
}
NO_BREAK = "\u00a0"

# Directions are nothing.
_WORDS = (
    rf"[{HANGUL}]+|{LETTERS}(?:'{LETTERS})*|"
    r"[^\s\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]"
)
_DIGITS = r"\d+(?:[.,']\d+)*|(?<![^\s(\[$£€¥+-])\.\d+|"
# Groups of three behind a space: a plain one only where the language writes so, or before 000.
_PLAIN_GROUPS = r"\d{1,3}(?:[ \u00a0]\d{3})+(?!\d)(?:,\d+)?|"
_GROUPS = r"\d{1,3}(?:\u00a0\d{3}|[ ]000)+(?!\d)(?:[.,]\d+)?|"
TOKEN = re.compile(_GROUPS + _DIGITS + _WORDS)
TOKEN_SPACED = re.compile(_PLAIN_GROUPS + _DIGITS + _WORDS)


class _Fold(dict[int, int]):
    def __missing__(self, code: int) -> int:
        char = chr(code)
        digit = unicodedata.decimal(char, None)
        if digit is not None:
            folded = ord("0") + digit
        elif 0xFF00 <= code <= 0xFFEF and len(wide := unicodedata.normalize("NFKC", char)) == 1:
            folded = ord(wide)
        else:
            folded = code
        self[code] = folded
        return folded


_FOLD = _Fold({0x2080 + digit: ord("0") + digit for digit in range(10)})
# Letters with a dot below or a nukta in one character, which tables also hold without it.
_DOTTED = "\u0958\u0959\u095a\u095b\u095c\u095d\u095e\u095f\u09dc\u09dd\u09df"
_FOLD.update({ord(char): ord(unicodedata.normalize("NFD", char)[0]) for char in _DOTTED})
for _chars, _plain in (
    ("\u2019\u02bc\u2018\u2032`\u00b4", "'"),
    ("\u202f\u2009\u2007\u2008\u2005", NO_BREAK),
    ("\u2010\u2011\u2012\u2013\u2014\u2212\ufe63", "-"),
    ("\u301c\uff5e\u223c", "~"),
    ("\u066b", "."),
    ("\u066c\u060c", ","),
    ("\u201c\u201d\u201e\u05f4", '"'),
    ("\u0130", "I"),
    ("\u066a", "%"),
):
    _FOLD.update(dict.fromkeys(map(ord, _chars), ord(_plain)))


def fold(text: str) -> str:
    """The text with digits, spaces, dashes and apostrophes in their plain form."""
    return text if text.isascii() else text.translate(_FOLD)


@dataclass(slots=True)
class Tokens:
    """Parallel lists: the token in small letters, its kind, and where it lies."""

    text: list[str]
    kind: list[int]
    start: list[int]
    end: list[int]
