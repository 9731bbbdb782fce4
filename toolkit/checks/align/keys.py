"""What a sentence and its translation have in common, as keys that are equal on both sides.

Facts are the same in every language. Names are not, but their consonants nearly are: written
by where they are spoken (Zelensky, Зеленський and 젤렌스키 are all S L N), the first three
tell one word in some hundreds from the rest. Other words are the same where they are copied,
and of some the packs know the meaning. Marks are kept: a question stays a question.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from toolkit import scripts
from toolkit.checks.compare.values import NAMES, numbers
from toolkit.lang import pack
from toolkit.schema import Fact

Key = tuple[str, str]


class Weight(NamedTuple):
    """What a key is worth when both sides have it, and what it costs when one has not."""

    trust: float
    miss: float


# Set like the costs of `beads`.
_FACT = Weight(1.0, 0.8)
_FACT_IN_WORDS = Weight(0.6, 0.5)
_MEASURE = Weight(1.0, 0.3)  # may be converted
_NAME = Weight(0.8, 0.65)
_SOUND = Weight(0.5, 0.6)
_SYLLABLES = Weight(0.5, 0.0)  # no capital says that it is a name
_COPY = Weight(0.6, 0.0)
_MEANING = Weight(0.5, 0.17)
_MARK = Weight(0.4, 0.4)

_WORD = re.compile(scripts.WORD_OR_DIGITS)
_MARKS = re.compile(r"""[?!:;%()…]|["“”„«»‘]""")
_QUOTES = frozenset('"“”„«»‘')
_CONSONANTS = 3
_PLACES = str.maketrans(
    {
        letter: place
        for place, letters in {
            "P": "pfпф",
            "B": "bvбвў",
            "T": "tт",
            "D": "dд",
            "K": "kqcкх",
            "G": "gґг",
            "S": "szjсзцчшщж",
            "L": "lrлр",
            "N": "nн",
            "M": "mм",
        }.items()
        for letter in letters
    }
)
# Letters that together, or before some other, are spoken elsewhere than alone.
_GROUPS = re.compile(
    r"(?P<s>t?sch|(?:ch|t?sh|cz|ts|дж|дз)(?!r)|[cg](?=[eiy]))|(?P<p>ph)|(?P<k>ck)|(?P<t>th)|"
    r"(?P<ks>x)|(?P<n>n[gk](?![aeiouy])|н[гк](?![аеєиіїоуюя]))|(?P<none>gh(?=t|\b))"
)
_SILENT = (
    (re.compile(r"(?<![ckpstgzx])h"), "g"),
    (re.compile(r"^h"), "k"),
    (re.compile(r"^w"), "v"),
)
_CODA = re.compile(r"r(?![aeiouy])")
_REPEATED = re.compile(r"(.)\1+")
_OTHER = re.compile(r"[^A-Z]+")
_INITIALS = "G K N D T L M B P S S . S S S K T P .".replace(".", "").split(" ")
_FINALS = ". K K K N N N T L L LM L L L L L M P P T T N T T K T P .".replace(".", "").split(" ")


def keys(text: str, facts: tuple[Fact, ...], lang: str) -> dict[Key, Weight]:
    """What a sentence may be recognised by, in a translation as well."""
    found: dict[Key, Weight] = {}
    for fact in facts:
        if fact.strength > 1:
            sort, weight = _weight(fact)
            for part in _parts(fact):
                found.setdefault((sort, part), weight)
    for mark in _MARKS.findall(text):
        found["mark", '"' if mark in _QUOTES else mark] = _MARK
    for word in _WORD.findall(text):
        for meaning in meanings(word.lower(), lang):
            found["meaning", meaning] = _MEANING
        if len(word) > 2:
            found["copy", word.lower()] = _COPY
            hangul = _is_hangul(word)
            if hangul or word[0].isupper():
                for sound in sounds(word):
                    found["sound", sound] = _SYLLABLES if hangul else _SOUND
    return found


def _weight(fact: Fact) -> tuple[str, Weight]:
    if fact.kind in NAMES:
        return "name", _NAME
    # "six" is 6 in the translation: one sort, whatever it is written in
    if fact.strength < 3:
        return "fact", _FACT_IN_WORDS
    return "fact", _MEASURE if fact.kind == "quantity" else _FACT


def _parts(fact: Fact) -> Iterator[str]:
    if fact.kind in ("date", "month"):
        yield from (part for part in fact.values[0].split("-") if part != "*")
    else:
        yield next(numbers(fact), fact.values[0])


# --- meanings ----------------------------------------------------------------------------


@cache
def _stems(lang: str) -> dict[str, tuple[tuple[str, bool], ...]]:
    """The meanings of each beginning of a word, and whether it must be the whole word."""
    rules = pack(lang).meanings
    found: dict[str, list[tuple[str, bool]]] = defaultdict(list)
    meaning = ""
    for item in rules.words.split():
        if item.endswith(":"):
            meaning = item
        else:
            found[item.rstrip(".")].append((meaning, item.endswith(".") or not rules.ending))
    return {stem: tuple(entries) for stem, entries in found.items()}


@lru_cache(maxsize=1 << 15)
def meanings(word: str, lang: str) -> tuple[str, ...]:
    """What a word in small letters means, by the longest stem that the pack knows."""
    stems = _stems(lang)
    for length in range(len(word), max(0, len(word) - pack(lang).meanings.ending - 1), -1):
        found = [
            meaning
            for meaning, whole in stems.get(word[:length], ())
            if not whole or length == len(word)
        ]
        if found:
            return tuple(found)
    return ()


# --- sounds ------------------------------------------------------------------------------


@lru_cache(maxsize=1 << 15)
def sounds(word: str) -> tuple[str, ...]:
    """The first consonants of a word by where they are spoken, in all ways it may be read."""
    if _is_hangul(word):
        return _first("".join(_syllable(char) for char in word[:6] if _is_hangul(char)))
    plain = unicodedata.normalize("NFD", word[:40].lower().removesuffix("'s").removesuffix("’s"))
    readings = {plain, _CODA.sub("", plain)}  # Turner is 터너
    for letter, other in _SILENT:  # Harris is Гарріс and 해리스, Wales Вельс and 웨일스
        readings |= {letter.sub(other, reading) for reading in readings}
    found = (
        _GROUPS.sub(lambda m: (m.lastgroup or "").replace("none", ""), reading).translate(_PLACES)
        for reading in sorted(readings)
    )
    return tuple(dict.fromkeys(key for reading in found for key in _first(reading)))


def _first(reading: str) -> tuple[str, ...]:
    places = _REPEATED.sub(r"\1", _OTHER.sub("", reading))[:_CONSONANTS]
    return (places,) if len(places) == _CONSONANTS else ()


def _is_hangul(word: str) -> bool:
    return scripts.is_hangul(word)


def _syllable(char: str) -> str:
    first, _, last = scripts.jamo(char)
    return _INITIALS[first] + _FINALS[last]
