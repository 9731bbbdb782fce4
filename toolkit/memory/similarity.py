"""When two texts are the same, and how much alike they are when they are not."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache
from itertools import pairwise
from zlib import crc32

from toolkit import scripts

LONGEST = 2000  # code points; sentences are far below, and a distance costs their product

_QUOTES = str.maketrans(
    dict.fromkeys("‘’‚‛ʼ‹›", "'") | dict.fromkeys("“”„‟«»", '"')
    # What is invisible and says nothing: soft hyphen, zero-width space, word joiner, BOM.
    | dict.fromkeys("\u00ad\u200b\u2060\ufeff", "")
)  # fmt: skip
_ODD = re.compile(f"[{''.join(map(chr, _QUOTES))}]")
_WORD = re.compile(r"\w+")
_LETTERS, _SYLLABLES = 5, 2
_LETTER = 1.65  # what weighs more is a syllable, or a word


def normalise(text: str) -> str:
    """The text by which exact matches are found: equal here, equal to the memory."""
    text = unicodedata.normalize("NFC", text)
    if _ODD.search(text):  # translating is slow, and most texts have nothing to translate
        text = text.translate(_QUOTES)
    return " ".join(text.split())


@cache
def _is_syllable(char: str) -> bool:
    """Hangul, Kana, Han: a letter that says as much as two or three of an alphabet."""
    return scripts.weight(char) > _LETTER


def terms(normalised: str, lang: str) -> list[str]:
    """What a text is found by when it is not known exactly: its words and pairs of words.

    Words are cut to their beginning, so that inflection and particles do not hide them; a
    Hangul syllable says as much as two or three letters. Pairs are rare even where every
    word is common. In hex digits, so that SQLite need not know any script.
    """
    words = _WORD.findall(normalised[:LONGEST].casefold())
    stems = [word[: _SYLLABLES if _is_syllable(word[0]) else _LETTERS] for word in words]
    pairs = [f"{one} {other}" for one, other in pairwise(stems)]
    seed = crc32(lang.encode())
    return [f"{crc32(term.encode(), seed):x}" for term in dict.fromkeys(stems + pairs)]


class Measure:
    """Levenshtein's distance from one text to many (Myers 1999, in Hyyrö's form, on big ints)."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._backwards = text[::-1]
        self._where: dict[str, int] = {}
        for at, char in enumerate(text):
            self._where[char] = self._where.get(char, 0) | 1 << at
        self._chars = tuple(Counter(text).items())

    def rate(self, other: str, least: float) -> float:
        """The match rate in [0, 1], or 0 where it is found to be below `least`."""
        length = len(self._text)
        longer = max(length, len(other))
        if longer == 0:
            return 1.0
        allowed = int(longer * (1 - least) + 1e-9)
        if abs(length - len(other)) > allowed:
            return 0.0
        # No edit changes more than one character: a cheap bound that spares most of the work.
        if longer - sum([min(n, other.count(c)) for c, n in self._chars]) > allowed:
            return 0.0
        distance = self._distance(other, allowed)
        return 0.0 if distance > allowed else 1 - distance / longer

    def _distance(self, other: str, allowed: int) -> int:
        # What both begin and end with needs no edit: of texts that are alike, most.
        begin = _shared(self._text, other, min(len(self._text), len(other)))
        shorter = min(len(self._text), len(other)) - begin
        end = _shared(self._backwards, other[::-1], shorter)
        length = len(self._text) - begin - end
        rest = len(other) - begin - end
        if length == 0 or rest == 0:
            return length + rest
        full = (1 << length) - 1
        last = 1 << (length - 1)
        plus, minus, distance = full, 0, length
        for char in other[begin : begin + rest]:
            here = self._where.get(char, 0) >> begin & full
            diagonal = (((here & plus) + plus) ^ plus) | here | minus
            up = minus | (full & ~(diagonal | plus))
            down = plus & diagonal
            if up & last:
                distance += 1
            elif down & last:
                distance -= 1
            rest -= 1
            if distance - rest > allowed:
                return distance - rest
            up = up << 1 | 1
            plus = full & (down << 1 | ~(diagonal | up))
            minus = up & diagonal
        return distance


def _shared(one: str, other: str, most: int) -> int:
    """How many characters both begin with, at most so many."""
    low = 0
    while low < most:
        middle = (low + most + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            most = middle - 1
    return low
