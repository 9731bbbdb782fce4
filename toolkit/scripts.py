"""Writing systems: their letters, what one weighs, capitals, spaces, and what a word is.

All the package knows of scripts stands here, as one table; no other module names a range of
letters (a test reads them). A script that has no row is one all the same: its letters are
those of no other, and it weighs and reads as most of them do.

A language may be written in several scripts: `named("Han Hiragana Katakana")`.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

# `name  codes of ISO 15924  weight  flags  blocks`; of the blocks (hexadecimal) the letters count.
# The weight is how many letters of English one letter stands for, vowel signs not counted: in
# 1,007 sentences of news and their professional translations into 45 languages. Latin, Cyrillic
# and Greek lie between 0.8 and 1.0 by language. In brackets: not measured, after its neighbours.
#   c  has capitals         u  words run on without spaces
#   e  its sentences may end without a mark
_TABLE = """
Latin       Latn                      1.0     c   41-5A 61-7A AA BA C0-D6 D8-F6 F8-2AF 1E00-1EFF \
                                                  2C60-2C7F A722-A7FF FB00-FB06 FF21-FF3A FF41-FF5A
Cyrillic    Cyrl                      1.0     c   400-52F 1C80-1C8F A640-A69F
Greek       Grek                      1.0     c   370-3FF 1F00-1FFF
Armenian    Armn                      1.0     c   531-58F FB13-FB17
Georgian    Geor                      1.0     -   10A0-10FF 1C90-1CBF 2D00-2D2F
Hebrew      Hebr                      1.25    -   5D0-5F4 FB1D-FB4F
Arabic      Arab,Aran                 1.06    -   620-6FF 750-77F 8A0-8FF FB50-FDFF FE70-FEFE
Devanagari  Deva                      1.55    -   900-97F A8E0-A8FF
Bengali     Beng                      1.6     -   980-9FF
Gurmukhi    Guru                      (1.55)  -   A00-A7F
Gujarati    Gujr                      (1.55)  -   A80-AFF
Odia        Orya                      (1.55)  -   B00-B7F
Tamil       Taml                      1.25    -   B80-BFF
Telugu      Telu                      1.65    -   C00-C7F
Kannada     Knda                      (1.6)   -   C80-CFF
Malayalam   Mlym                      (1.45)  -   D00-D7F
Sinhala     Sinh                      (1.45)  -   D80-DFF
Thai        Thai                      1.1     ue  E00-E7F
Lao         Laoo                      (1.1)   ue  E80-EFF
Tibetan     Tibt                      (1.3)   u   F00-FFF
Myanmar     Mymr                      (1.3)   u   1000-109F A9E0-A9FF AA60-AA7F
Ethiopic    Ethi                      (1.8)   -   1200-139F 2D80-2DDF AB00-AB2F
Khmer       Khmr                      (1.3)   u   1780-17FF
Mongolian   Mong                      (1.0)   -   1800-18AF
Hangul      Hang,Kore                 2.4     -   AC00-D7A3 1100-11FF 3131-318E
Han         Hani,Hans,Hant,Jpan,Bopo  2.8     u   3005-3007 3400-4DBF 4E00-9FFF F900-FAFF \
                                                  20000-323AF 3105-312F
Hiragana    Hira,Hrkt,Jpan            1.7     u   3041-309F
Katakana    Kana,Hrkt,Jpan            1.7     u   30A0-30FF 31F0-31FF FF66-FF9D
"""
# What most letters weigh that are read with vowel signs, or are syllables.
_UNKNOWN_WEIGHT = 1.5

# Syllables of Hangul, as a class of letters. A name in Hangul runs on into particles, and words
# of other scripts stand glued to both: a run of it is a word of its own everywhere here.
HANGUL = "가-힣"
HAN = "一-鿿"
# Capitals and small letters, for where a name or an item of a list may begin: of Europe's
# languages in Latin letters, and Cyrillic.
CAPITALS = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĢĪĮŁŃŇŌŐŘŚŠŞŤŪŮŰŹŻŽЀ-ЯҐ"
SMALL = "a-zà-öø-ÿа-џґ"
ACCENTED = "À-ÿĀ-ž"
_FIRST_SYLLABLE, _LAST_SYLLABLE = HANGUL[0], HANGUL[-1]
_VOWELS, _LAST_CONSONANTS = 21, 28

# Vowel signs and the joiners inside words, which are no letters to `re`. Without them a word of
# a Brahmic script falls into pieces, and pieces are other words.
_MARK_BLOCKS = ((0x300, 0x1AFF), (0xA674, 0xAC00), (0xFB1E, 0xFB1F), (0xFE20, 0xFE30))


def _ranges(codes: list[int]) -> str:
    found: list[list[int]] = []
    for code in codes:
        if found and found[-1][1] == code - 1:
            found[-1][1] = code
        else:
            found.append([code, code])
    return "".join(chr(a) if a == b else f"{chr(a)}-{chr(b)}" for a, b in found)


MARKS = "\u200c\u200d" + _ranges(
    [
        code
        for first, end in _MARK_BLOCKS
        for code in range(first, end)
        if unicodedata.category(chr(code)) in ("Mn", "Mc")
    ]
)
# Patterns to build others of. LETTERS is a run of letters with their marks that is not Hangul,
# WORD one of those with what apostrophes join (`don't`), or a run of Hangul; in WORD_OR_DIGITS
# digits are letters (`G7`). All cut Hangul from what it is glued to.
LETTERS = rf"(?:[^\W\d_{HANGUL}]++[{MARKS}]*+)++"
LETTERS_OR_DIGITS = rf"(?:[^\W_{HANGUL}]++[{MARKS}]*+)++"
APOSTROPHES = "'’ʼ"
WORD = rf"[{HANGUL}]++|{LETTERS}(?:[{APOSTROPHES}]{LETTERS})*"
WORD_OR_DIGITS = rf"[{HANGUL}]++|{LETTERS_OR_DIGITS}(?:[{APOSTROPHES}]{LETTERS})*"
# What ends a sentence, in all scripts.
STOPS = ".!?…。？！。｡؟۔।॥။።៕។؛։"
_LETTER = re.compile(r"[^\W\d_]")
# Blocks of so many code points hold letters only, or what will be letters.
_ALL_LETTERS = 2000


@dataclass(frozen=True, slots=True)
class Script:
    """A writing system, or the several that one language is written in.

    `letters` is a class for `re`, without its brackets. `unspaced`: words run on without
    spaces. `endless`: sentences may end without a mark.
    """

    name: str
    codes: tuple[str, ...]
    weight: float
    capitals: bool
    unspaced: bool
    endless: bool
    letters: str

    def count(self, text: str) -> int:
        """How many letters of a text are of this script."""
        return len(_letter_of(self.name).findall(text))


def _letters(block: str) -> str:
    """The letters of a block of code points (hexadecimal), as ranges."""
    first, _, last = block.partition("-")
    codes = range(int(first, 16), int(last or first, 16) + 1)
    if len(codes) > _ALL_LETTERS:
        return f"{chr(codes[0])}-{chr(codes[-1])}"
    return _ranges([code for code in codes if chr(code).isalpha()])


def _read() -> dict[str, Script]:
    found = {}
    for row in _TABLE.strip().splitlines():
        name, codes, weight, flags, *blocks = row.split()
        found[name] = Script(
            name=name,
            codes=tuple(codes.split(",")),
            weight=float(weight.strip("()")),
            capitals="c" in flags,
            unspaced="u" in flags,
            endless="e" in flags,
            letters="".join(map(_letters, blocks)),
        )
    return found


_SCRIPTS = _read()
_ALL = "".join(script.letters for script in _SCRIPTS.values())
# With their vowel signs and digits.
UNSPACED = "".join(
    f"{chr(int(block.partition('-')[0], 16))}-{chr(int(block.rpartition('-')[2], 16))}"
    for row in _TABLE.strip().splitlines()
    if _SCRIPTS[row.split()[0]].unspaced
    for block in row.split()[4:]
)
# What ends a sentence, in all scripts.
STOPS = ".!?…。？！。｡؟۔।॥။።៕។؛։"
_BY_LETTER = re.compile(
    "|".join(f"(?P<{name}>[{script.letters}])" for name, script in _SCRIPTS.items())
)
_MARK = re.compile(f"[{MARKS}]")
_UNSPACED = re.compile(f"[{UNSPACED}]")


@cache
def named(name: str) -> Script:
    """The script of this name, or the scripts of these names, as one.

    A name that has no row is a script too: its letters are those of no other.
    """
    parts = [_SCRIPTS.get(part) or _unknown(part) for part in name.split()] or [_unknown("")]
    first = parts[0]
    if len(parts) == 1:
        return first
    return Script(
        name=name,
        codes=tuple(code for part in parts for code in part.codes),
        weight=first.weight,
        capitals=any(part.capitals for part in parts),
        unspaced=first.unspaced,
        endless=first.endless,
        letters="".join(part.letters for part in parts),
    )


def _unknown(name: str) -> Script:
    return Script(name, (), _UNKNOWN_WEIGHT, True, False, False, "")


def name_of(code: str) -> str:
    """The scripts that a code of ISO 15924 stands for: `Jpan` is Han, Hiragana, Katakana.

    A code without a row stands for itself.
    """
    return " ".join(name for name, script in _SCRIPTS.items() if code in script.codes) or code


@cache
def _letter_of(name: str) -> re.Pattern[str]:
    letters = named(name).letters
    return re.compile(f"[{letters}]" if letters else rf"(?![{_ALL}])[^\W\d_]")


@cache
def words_of(name: str) -> re.Pattern[str]:
    """Two letters of a script or more, in a row."""
    return re.compile(rf"(?:{_letter_of(name).pattern}[{MARKS}]*+){{2,}}")


@lru_cache(maxsize=1 << 12)
def script_of(char: str) -> str:
    """The name of a letter's script; empty if it is none, or of no script in the table."""
    found = _BY_LETTER.match(char)
    return found.lastgroup or "" if found else ""


@lru_cache(maxsize=1 << 12)
def _weight(char: str) -> float:
    if not char.isalnum():
        return 0.0
    name = script_of(char)
    return _SCRIPTS[name].weight if name else 1.0 if char.isdigit() else _UNKNOWN_WEIGHT


def weight(text: str) -> float:
    """How long a text is, in letters of an alphabet: what a translation may be held against."""
    return float(len(_NO_WEIGHT.sub("", text)) if text.isascii() else sum(map(_weight, text)))


_NO_WEIGHT = re.compile(r"[\W_]+")


def letters(text: str) -> int:
    """How many letters a text has, of whatever script; vowel signs are none."""
    return len(_LETTER.findall(text))


def is_hangul(char: str) -> bool:
    """Whether a text begins with a syllable of Hangul."""
    return _FIRST_SYLLABLE <= char[:1] <= _LAST_SYLLABLE


@lru_cache(maxsize=1 << 12)
def is_unspaced(char: str) -> bool:
    """Whether a letter or sign is of a script whose words run on without spaces."""
    return _UNSPACED.match(char) is not None


def is_mark(char: str) -> bool:
    """Whether this is a vowel sign or a joiner: part of a word, and no letter."""
    return _MARK.match(char) is not None


def is_han(char: str) -> bool:
    """Whether a text begins with a Chinese character."""
    return HAN[0] <= char[:1] <= HAN[-1]


def jamo(syllable: str) -> tuple[int, int, int]:
    """The numbers of a syllable's first consonant, vowel and last consonant; 0 is no last one."""
    first, rest = divmod(ord(syllable) - ord(_FIRST_SYLLABLE), _VOWELS * _LAST_CONSONANTS)
    return first, *divmod(rest, _LAST_CONSONANTS)


def has_capitals(word: str) -> bool:
    """Whether a word's script tells capitals from small letters."""
    return word[:1].lower() != word[:1].upper()
