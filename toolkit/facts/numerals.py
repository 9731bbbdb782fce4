"""Numerals to values: written digits, number words, scales, and their mixtures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from toolkit.facts.lexicon import Lexicon
from toolkit.facts.tokens import GLUED, NUMBER, SIGN, TAIL, VULGAR, WORD, Tokens

Value = int | Fraction

# A longer run of digits is no number that people compare, but an identifier.
MOST_DIGITS = 24
# Scales multiply up to here: a million million million.
_LARGEST = 10**18
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
# Cyrillic letters that look like Roman digits and are typed for them.
_LOOK_ALIKES = str.maketrans("іхсмІХСМ", "ixcmIXCM")
ROMAN_LETTERS = frozenset("ivxlcdmіхсм")


@dataclass(frozen=True, slots=True)
class Number:
    """A numeral in the tokens: its readings, the token behind it, and how it was written."""

    values: tuple[Value, ...]
    end: int
    strength: int
    literal: bool  # a single run of digits
    scaled: Value = 1  # the scale words in it: 4.5 *million*
    bound: bool = False  # a number only if a counter follows
    bare_scale: bool = False  # "millions" with nothing before it


def canonical(value: Value) -> str:
    """One spelling per value: 5, 2.5, 1/3."""
    if isinstance(value, int) or value.denominator == 1:
        return str(int(value))
    rest, digits = value.denominator, 0
    while rest % 10 == 0:
        rest //= 10
        digits += 1
    while rest % 5 == 0:
        rest //= 5
        digits += 1
    twos = 0
    while rest % 2 == 0:
        rest //= 2
        twos += 1
    digits = max(digits + twos, digits) if rest == 1 else 0
    if rest != 1 or digits > MOST_DIGITS:
        return f"{value.numerator}/{value.denominator}"
    scaled = abs(value) * 10**digits
    whole, part = divmod(int(scaled), 10**digits)
    sign = "-" if value < 0 else ""
    return f"{sign}{whole}.{part:0{digits}d}".rstrip("0")


@lru_cache(maxsize=1 << 14)
def parse(value: str) -> Fraction | None:
    """The value of a canonical reading, or None if it is no number."""
    try:
        return Fraction(value)
    except (ValueError, ZeroDivisionError):
        return None


@lru_cache(maxsize=1 << 14)
def readings(text: str, decimal: str, either_mark: bool) -> tuple[Value, ...]:
    """What a run of digits and marks may mean; empty if it is no number.

    `either_mark`: a single mark before three digits may group or divide, as in texts that
    mix two habits; else only the language's own mark divides.
    """
    if len(text) > MOST_DIGITS:
        return ()
    if text.isdigit():
        return (int(text),)
    text = text.replace(" ", "").replace("\u00a0", "")
    found = sorted({char for char in text if not char.isdigit()})
    if not found:
        return (int(text),)
    if len(found) > 1:
        last = max(found, key=text.rfind)
        whole, _, part = text.rpartition(last)
        groups = whole.split(next(char for char in found if char != last))
        if len(found) > 2 or not _grouped(groups):
            return ()
        return (Fraction("".join(groups) + "." + part),)
    mark = found[0]
    parts = text.split(mark)
    if len(parts) > 2:
        return (int("".join(parts)),) if _grouped(parts) else ()
    value = Fraction(f"{parts[0]}.{parts[1]}") if mark != "'" else None
    if not _grouped(parts):
        return () if value is None else (value,)
    whole_number = int("".join(parts))
    if value is None:
        return (whole_number,)
    first: tuple[Value, ...] = (value,) if mark == decimal else (whole_number,)
    other: Value = whole_number if mark == decimal else value
    return (*first, other) if either_mark else first


def _grouped(parts: list[str]) -> bool:
    """Groups of three digits, or as in India of two and at last three: 12,34,567."""
    sizes = [len(part) for part in parts]
    usual = 1 <= sizes[0] <= 3 and all(size == 3 for size in sizes[1:])
    indian = sizes[0] <= 2 < len(sizes) and sizes[-1] == 3 and set(sizes[1:-1]) == {2}
    return (usual or indian) and not parts[0].startswith("0")


def roman(text: str) -> int | None:
    """The value of a Roman numeral in its usual spelling, Cyrillic look-alikes included."""
    plain = text.translate(_LOOK_ALIKES).lower()
    if not plain or len(plain) > 9 or any(char not in _ROMAN for char in plain):
        return None
    digits = [_ROMAN[char] for char in plain]
    total = sum(
        -digit if any(later > digit for later in digits[at + 1 : at + 2]) else digit
        for at, digit in enumerate(digits)
    )
    return total if _to_roman(total) == plain else None


def _to_roman(number: int) -> str:
    written = ""
    for value, sign in zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i"),
        strict=True,
    ):
        while number >= value:
            written += sign
            number -= value
    return written


class _Reading:
    """A numeral as far as it is read: the state that the steps below change."""

    __slots__ = (
        *("tokens", "lex", "start", "end", "total", "section", "digit", "first", "literals"),
        *("strength", "last_small", "last_big", "scaled", "was_scale"),
    )

    def __init__(self, tokens: Tokens, start: int, lex: Lexicon) -> None:
        self.tokens, self.lex, self.start, self.end = tokens, lex, start, start
        self.total: Value = 0
        self.section: Value = 0  # behind the last big scale, before the last small one
        self.digit: Value | None = None  # not yet multiplied
        self.first: tuple[Value, ...] = ()
        self.literals = 0
        self.strength = 2
        self.last_small: Value = 10**9
        self.last_big: Value = 10**30
        self.scaled: Value = 1
        self.was_scale = False

    def take(self, behind: int) -> int:
        """All up to here belongs to the numeral."""
        self.end = behind
        return behind

    def add(self, half: tuple[Fraction, int]) -> int:
        self.digit = (self.digit or 0) + half[0]
        return self.take(half[1])

    def result(self, *, bare: bool) -> Number:
        tokens, start, end = self.tokens, self.start, self.end
        amount = self.total + self.section + (self.digit or 0)
        values: tuple[Value, ...] = (amount,)
        if len(self.first) > 1 and self.literals == 1 and self.first[0]:
            values = tuple(amount * other / Fraction(self.first[0]) for other in self.first)
        return Number(
            values,
            end,
            self.strength,
            literal=end == start + 1 and tokens.kind[start] == NUMBER,
            scaled=self.scaled,
            bound=bare or tokens.kind[start] == GLUED or tokens.text[start] in self.lex.bound,
            bare_scale=bare,
        )


def numeral(tokens: Tokens, at: int, lex: Lexicon) -> Number | None:
    """The numeral that starts at a token: "4.5 million", "twenty-five", "1억 2천만"."""
    texts, kinds, size = tokens.text, tokens.kind, len(tokens.text)
    bare = kinds[at] == WORD and (texts[at] in lex.small or texts[at] in lex.big)
    if bare and at + 2 < size and not _touches(tokens, at + 1) and texts[at + 2] in lex.ages:
        return None  # 만 65세, of full 65 years
    reading = _Reading(tokens, at, lex)
    position: int | None = at
    while position is not None and position < size:
        if position > at and not _joined(tokens, position):
            break
        text = texts[position]
        for applies, step in _STEPS[kinds[position]]:
            if applies(lex, text):
                position = step(reading, position, text)
                break
    return reading.result(bare=bare) if reading.end > at else None


# --- the steps: each takes a token, or passes over it, or ends the numeral with None --------


def _hyphen(reading: _Reading, at: int, _: str) -> int | None:
    """two-and-a-half; twenty-five, a 20-million reward: glued on both sides."""
    tokens, lex = reading.tokens, reading.lex
    if at == reading.start or at + 1 >= len(tokens.text):
        return None
    half = _half(tokens, at, lex)
    if half is not None and reading.digit is not None:
        return reading.add(half)
    following = tokens.text[at + 1]
    goes_on = (
        lex.numbers.get(following, 10) < 10
        or following in lex.tables["ones"]
        or following in lex.small
        or following in lex.big
    )
    glued = _touches(tokens, at + 1) and tokens.kind[at + 1] == WORD
    return at + 1 if glued and goes_on else None


def _digits(reading: _Reading, at: int, text: str) -> int | None:
    """4.5, and in some languages what goes on behind a scale: 1억 2000."""
    lex, behind_scale = reading.lex, at > reading.start
    if reading.digit is not None or (behind_scale and not reading.was_scale):
        return None
    found = readings(text, lex.rules.decimal, lex.rules.either_mark)
    if not found or (behind_scale and not _may_follow(reading, at, found[0])):
        return None
    reading.digit, reading.strength, reading.was_scale = found[0], 3, False
    reading.literals += 1
    reading.first = reading.first or found
    return reading.take(at + 1)


def _may_follow(reading: _Reading, at: int, value: Value) -> bool:
    """Digits behind a scale go on with it: they are smaller, and begin nothing of their own."""
    tokens, lex = reading.tokens, reading.lex
    if value >= min(reading.last_small, reading.last_big):
        return False
    if not (lex.glued_digits or lex.rules.mixed_scales) or _is_calendar(tokens, at, lex):
        return False
    hyphen = at + 1 < len(tokens.text) and _touches(tokens, at + 1) and tokens.text[at + 1] == "-"
    return not hyphen or bool(lex.glued_digits)  # 50 тисяч 155-мм снарядів


def _glued_digit(reading: _Reading, at: int, text: str) -> int | None:
    if reading.digit is not None:
        return None
    reading.digit, reading.was_scale = reading.lex.glued_digits[text], False
    return reading.take(at + 1)


def _vulgar(reading: _Reading, at: int, text: str) -> int | None:
    reading.digit, reading.strength = (reading.digit or 0) + VULGAR[text], 3
    return reading.take(at + 1)


def _small_scale(reading: _Reading, at: int, text: str) -> int | None:
    scale = reading.lex.small[text]
    if scale >= reading.last_small:
        return None
    reading.section += (1 if reading.digit is None else reading.digit) * scale
    reading.digit, reading.last_small, reading.was_scale = None, scale, True
    reading.scaled *= scale
    return reading.take(at + 1)


def _big_scale(reading: _Reading, at: int, text: str) -> int | None:
    scale = reading.lex.big[text]
    amount = reading.section + (reading.digit or 0)
    if scale < reading.last_big:
        reading.total += (amount or 1) * scale
        reading.scaled = scale
    elif not reading.was_scale or amount or reading.total * scale > _LARGEST:
        return None
    else:  # dos mil millones
        reading.total *= scale
        reading.scaled *= scale
    reading.section, reading.digit, reading.was_scale = 0, None, True
    reading.last_big = reading.last_small = scale
    return reading.take(at + 1)


def _number_word(reading: _Reading, at: int, text: str) -> int | None:
    """Alone, behind a scale, or behind a rounder number: twenty five."""
    value, digit = reading.lex.numbers[text], reading.digit
    if digit is None:
        if at > reading.start and (reading.literals or value >= reading.last_small):
            return None  # 1.7 million four years ago
        reading.digit = value
    elif (
        reading.literals == 0
        and isinstance(digit, int)
        and value
        and digit > value
        and digit % 10 ** len(str(value)) == 0
    ):
        reading.digit = digit + value
    else:
        return None
    reading.was_scale = False
    return reading.take(at + 1)


def _one(reading: _Reading, at: int, _: str) -> int | None:
    """The one of twenty-one, where it is an article elsewhere."""
    digit = reading.digit
    tens = isinstance(digit, int) and digit >= 20 and digit % 10 == 0 != digit % 100 - 10
    fits = tens or (digit is None and reading.was_scale)
    if at == reading.start or reading.literals or not fits or _opens(reading.tokens, at):
        return None
    reading.digit, reading.was_scale = (digit or 0) + 1, False
    return reading.take(at + 1)


def _and(reading: _Reading, at: int, _: str) -> int | None:
    """two hundred and five, two and a half."""
    tokens, lex = reading.tokens, reading.lex
    if at == reading.start:
        return None
    round_before = reading.was_scale or (isinstance(reading.digit, int) and reading.digit >= 100)
    following = tokens.text[at + 1] if at + 1 < len(tokens.text) else ""
    word_behind = following in lex.numbers or following in lex.tables["ones"]
    if round_before and word_behind and tokens.kind[at - 1] != NUMBER:
        return at + 1
    half = _half(tokens, at, lex)
    return None if half is None else reading.add(half)


def _joint(reading: _Reading, at: int, text: str) -> int | None:
    """What may stand before a scale: 20 de milioane, 550多万."""
    texts = reading.tokens.text
    if at > reading.start and at + 1 < len(texts) and texts[at + 1] in reading.lex.big:
        return at + 1
    return _rest(reading, at, text)


def _rest(reading: _Reading, at: int, text: str) -> int | None:
    """A stop behind 21 тис., or a half behind the number: 3 з половиною мільйони."""
    tokens, lex = reading.tokens, reading.lex
    if text == "." and reading.was_scale and _goes_on(tokens, at, lex):
        return at + 1
    half = _half(tokens, at, lex) if at > reading.start and reading.digit is not None else None
    if half is None:
        return None
    if half[1] - at < 2:  # a word that is also something else needs what it is a half of
        behind = tokens.text[half[1]] if half[1] < len(tokens.text) else ""
        if behind not in lex.big and behind not in lex.tables["units"]:
            return None
    return reading.add(half)


_Row = tuple[
    Callable[[Lexicon, str], bool],
    Callable[[_Reading, int, str], int | None],
]
# What a token may be in a numeral: of its kind's rows the first that applies decides.
_ANY: tuple[_Row, ...] = (
    (lambda lex, text: text in lex.tables["ones"], _one),
    (lambda lex, text: text in lex.tables["number_joiners"], _and),
    (lambda lex, text: text in lex.tables["joiners"], _joint),
    (lambda lex, text: text in lex.tables["approximate_marks"], _joint),
    (lambda _lex, _text: True, _rest),
)
_SCALES: tuple[_Row, ...] = (
    (lambda lex, text: text in lex.small, _small_scale),
    (lambda lex, text: text in lex.big, _big_scale),
)
_STEPS: dict[int, tuple[_Row, ...]] = {
    NUMBER: ((lambda _lex, _text: True, _digits),),
    SIGN: ((lambda _lex, text: text == "-", _hyphen), *_ANY),
    GLUED: ((lambda lex, text: text in lex.glued_digits, _glued_digit), *_SCALES, *_ANY),
    WORD: (
        (lambda _lex, text: text in VULGAR, _vulgar),
        *_SCALES,
        (lambda lex, text: text in lex.numbers, _number_word),
        *_ANY,
    ),
    TAIL: _ANY,
}


def _touches(tokens: Tokens, at: int) -> bool:
    return tokens.start[at] == tokens.end[at - 1]


def _goes_on(tokens: Tokens, stop: int, lex: Lexicon) -> bool:
    """A stop behind 21 тис. does not end the amount: a number and a currency follow."""
    money = stop + 2
    return (
        lex.rules.mixed_scales
        and money < len(tokens.text)
        and tokens.kind[stop + 1] == NUMBER
        and tokens.start[money] - tokens.end[stop + 1] <= 1
        and tokens.text[money] in lex.tables["currencies"]
    )


def _opens(tokens: Tokens, position: int) -> bool:
    """A word of its own starts here: twenty one-day matches."""
    behind = position + 1
    return (
        behind < len(tokens.text)
        and tokens.text[behind] == "-"
        and tokens.start[position] > tokens.end[position - 1]
        and tokens.start[behind] == tokens.end[position]
    )


def _joined(tokens: Tokens, position: int) -> bool:
    return tokens.start[position] - tokens.end[position - 1] <= 1


def _half(tokens: Tokens, position: int, lex: Lexicon) -> tuple[Fraction, int] | None:
    found = match(tokens, position, lex.tables["halves"])
    return None if found is None else (Fraction(found[0]), found[1])


def _is_calendar(tokens: Tokens, position: int, lex: Lexicon) -> bool:
    """A number behind a scale that starts something of its own: 6만 2015년."""
    behind = position + 1
    if behind >= len(tokens.text):
        return False
    mark, number = tokens.text[behind], tokens.text[position]
    if mark in lex.tables["code_marks"] and mark not in lex.big:
        return True  # 50조 3항
    if mark in lex.tables["year_marks"]:
        # 1만 2000년 전 is a length of time
        later = tokens.text[behind + 1] if behind + 1 < len(tokens.text) else ""
        return len(number) == 4 and number[0] in "12" and later not in lex.tables["spans_behind"]
    return len(number) <= 2 and (
        mark in lex.tables["month_marks"] or mark in lex.tables["day_marks"]
    )


def match(
    tokens: Tokens,
    position: int,
    table: dict[str, tuple[tuple[tuple[str, ...], str], ...]],
) -> tuple[str, int] | None:
    """The value of the longest form of a table at a token, and the token behind it."""
    if position >= len(tokens.text):
        return None
    forms = table.get(tokens.text[position])
    if forms is None:
        return None
    for rest, value in forms:
        end = position + 1 + len(rest)
        if not rest or (end <= len(tokens.text) and tuple(tokens.text[position + 1 : end]) == rest):
            return value, end
    return None
