"""Numerals to values: written digits, number words, scales, and their mixtures."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from toolkit.facts.lexicon import Lexicon
from toolkit.facts.tokens import GLUED, NUMBER, SIGN, VULGAR, WORD, Tokens

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


def numeral(tokens: Tokens, at: int, lex: Lexicon) -> Number | None:  # noqa: PLR0915  # one automaton
    """The numeral that starts at a token: "4.5 million", "twenty-five", "1억 2천만"."""
    texts, kinds, starts, ends = tokens.text, tokens.kind, tokens.start, tokens.end
    size = len(texts)
    total: Value = 0
    section: Value = 0  # behind the last big scale, before the last small one
    digit: Value | None = None  # not yet multiplied
    first: tuple[Value, ...] = ()
    literals = 0
    strength = 2
    last_small: Value = 10**9
    last_big: Value = 10**30
    scaled: Value = 1
    bare = kinds[at] == WORD and (texts[at] in lex.small or texts[at] in lex.big)
    if bare and at + 2 < size and starts[at + 1] > ends[at] and texts[at + 2] in lex.ages:
        return None  # 만 65세, of full 65 years
    bound = kinds[at] == GLUED or texts[at] in lex.bound or bare
    was_scale = False
    position = end = at
    while position < size:
        text, kind = texts[position], kinds[position]
        if position > at and not _joined(tokens, position):
            break
        if kind == SIGN and text == "-" and position + 1 < size and position > at:
            halved = _half(tokens, position, lex)
            if halved is not None and digit is not None:  # two-and-a-half
                digit, position = digit + halved[0], halved[1]
                end = position
                continue
            # twenty-five, a 20-million reward: glued on both sides
            following = texts[position + 1]
            if not (
                starts[position + 1] == ends[position]
                and kinds[position + 1] == WORD
                and (
                    (following in lex.numbers and lex.numbers[following] < 10)
                    or following in lex.tables["ones"]
                    or following in lex.small
                    or following in lex.big
                )
            ):
                break
            position += 1
            continue
        if kind == NUMBER:
            if digit is not None or (position > at and not was_scale):
                break
            found = readings(text, lex.rules.decimal, lex.rules.either_mark)
            if not found or (position > at and found[0] >= min(last_small, last_big)):
                break
            mixed = lex.glued_digits or lex.rules.mixed_scales
            if position > at and (not mixed or _is_calendar(tokens, position, lex)):
                break
            if (
                position > at
                and starts[position + 1 : position + 2] == [ends[position]]
                and (texts[position + 1] == "-" and not lex.glued_digits)
            ):
                break  # 50 тисяч 155-мм снарядів
            digit, literals, strength = found[0], literals + 1, 3
            first = first or found
            was_scale = False
        elif kind == GLUED and text in lex.glued_digits:
            if digit is not None:
                break
            digit, was_scale = lex.glued_digits[text], False
        elif text in VULGAR and kind == WORD:
            digit, strength = (digit or 0) + VULGAR[text], 3
        elif kind in (WORD, GLUED) and text in lex.small:
            scale = lex.small[text]
            if scale >= last_small:
                break
            section += (1 if digit is None else digit) * scale
            digit, last_small, was_scale = None, scale, True
            scaled *= scale
        elif kind in (WORD, GLUED) and text in lex.big:
            scale = lex.big[text]
            amount = section + (digit or 0)
            if scale >= last_big:
                if not was_scale or amount or total * scale > _LARGEST:
                    break
                total, scaled = total * scale, scaled * scale  # dos mil millones
            else:
                total, scaled = total + (amount or 1) * scale, scale
            section, digit, last_big, last_small, was_scale = 0, None, scale, scale, True
        elif kind == WORD and text in lex.numbers:
            value = lex.numbers[text]
            if digit is None:
                if position > at and (literals or value >= last_small):
                    break  # 1.7 million four years ago
                digit = value
            elif (
                literals == 0
                and isinstance(digit, int)
                and value
                and digit > value
                and digit % 10 ** len(str(value)) == 0
            ):
                digit += value
            else:
                break
            was_scale = False
        elif position > at and text in lex.tables["ones"]:
            tens = isinstance(digit, int) and digit >= 20 and digit % 10 == 0 != digit % 100 - 10
            if literals or not (tens or (digit is None and was_scale)) or _opens(tokens, position):
                break
            digit, was_scale = (digit or 0) + 1, False
        elif position > at and text in lex.tables["number_joiners"]:
            if not (
                (was_scale or (isinstance(digit, int) and digit >= 100))
                and position + 1 < size
                and (
                    texts[position + 1] in lex.numbers or texts[position + 1] in lex.tables["ones"]
                )
                and kinds[position - 1] != NUMBER
            ):
                halved = _half(tokens, position, lex)
                if halved is None:
                    break
                digit, position = (digit or 0) + halved[0], halved[1]
                end = position
                continue
            position += 1
            continue
        elif (text == "." and was_scale and _goes_on(tokens, position, lex)) or (
            position > at
            and (text in lex.tables["joiners"] or text in lex.tables["approximate_marks"])
            and position + 1 < size
            and texts[position + 1] in lex.big
        ):
            position += 1
            continue
        else:
            halved = _half(tokens, position, lex) if position > at else None
            if halved is None or digit is None or (halved[1] >= size and halved[1] - position < 2):
                break
            if (
                halved[1] - position < 2
                and texts[halved[1]] not in lex.big
                and texts[halved[1]] not in lex.tables["units"]
            ):
                break
            digit, position = digit + halved[0], halved[1]
            end = position
            continue
        position += 1
        end = position
    if end == at:
        return None
    amount = total + section + (digit or 0)
    if len(first) > 1 and literals == 1 and first[0]:
        values: tuple[Value, ...] = tuple(amount * other / Fraction(first[0]) for other in first)
    else:
        values = (amount,)
    return Number(
        values,
        end,
        strength,
        literal=end == at + 1 and kinds[at] == NUMBER,
        scaled=scaled,
        bound=bound,
        bare_scale=bare,
    )


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
