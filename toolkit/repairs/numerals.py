"""Numerals as they are written: taken apart, and made of a value in the same style."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache

from toolkit.facts import canonical, extract, parse
from toolkit.lang import common, pack
from toolkit.repairs.tables import table

_SPACES = "\u00a0\u202f "
_RUN = rf"\d(?:[\d.,'’]|[{_SPACES}](?=\d{{3}}(?!\d)))*(?<![.,'’])"
_GROUP = re.compile(rf"\d([{_SPACES}.,'’])\d{{3}}(?!\d)")
_MOST_DECIMALS = 3


@dataclass(frozen=True, slots=True)
class Numeral:
    """A written number: its place in a text, its digits, and the scale word behind them."""

    start: int
    end: int
    text: str
    digits: str
    gap: str
    scale: str
    factor: int
    value: Fraction
    shown: Fraction  # what the digits say, without the scale
    myriads: bool

    @property
    def grouping(self) -> str:
        found = _GROUP.search(self.digits)
        return found[1] if found else ""


@cache
def _scales(lang: str) -> dict[str, int]:
    rules = pack(lang).facts
    found: dict[str, int] = {}
    for lines in (rules.scale_marks, rules.big_scales):
        for line in filter(str.strip, lines.splitlines()):
            value, _, _ = line.strip().partition(":")
            for name in _forms(line):
                found[name] = int(value)
    for name in ("scales", "short_scales"):
        for value, _, forms in table(lang, name).rows:
            found |= {form.lower(): int(value) for form in forms if form}
    return found


def _forms(line: str) -> list[str]:
    from toolkit.facts.lexicon import entries

    return [form for _, form in entries(line.strip())]


@cache
def _myriad_scales(lang: str) -> tuple[tuple[int, str], ...]:
    """만, 억, 조 of a language that counts in ten thousands, the largest first."""
    found = sorted(((value, form) for form, value in _scales(lang).items()), reverse=True)
    return tuple(found) if any(value == 10_000 for value, _ in found) else ()


@cache
def _pattern(lang: str) -> re.Pattern[str]:
    myriads = _myriad_scales(lang)
    if myriads:
        signs = "".join(form for _, form in myriads) + "천백십"
        return re.compile(rf"(?P<all>(?P<digits>{_RUN})(?:\s?[{signs}]+(?:\s?\d[\d,]*)?)*)")
    words = "|".join(sorted(map(re.escape, _scales(lang)), key=len, reverse=True)) or "(?!)"
    return re.compile(
        rf"(?P<all>(?P<digits>{_RUN})(?:(?P<gap>[{_SPACES}]?)(?P<scale>{words})(?!\w))?)",
        re.IGNORECASE,
    )


def numeral(text: str, lang: str) -> Numeral | None:
    """The numeral that a fact's text has, if it has one in digits."""
    found = list(_pattern(lang).finditer(text))
    if len(found) != 1:
        return None
    match = found[0]
    groups = match.groupdict()
    scale, gap = groups.get("scale") or "", groups.get("gap") or ""
    factor = _scales(lang).get(scale.lower(), 1) if scale else 1
    read = [fact for fact in extract(match["all"], lang) if fact.span.start == 0]
    value = parse(read[0].values[0]) if read else None
    if value is None:
        return None
    myriads = bool(_myriad_scales(lang)) and match["all"] != match["digits"]
    gap = gap if scale else ""
    return Numeral(
        *match.span(), match["all"], match["digits"], gap, scale, factor, value, value / factor,
        myriads,
    )  # fmt: skip


def in_digits(value: Fraction, lang: str, like: str) -> str | None:
    """A value in digits, grouped as a language does and as the old digits were.

    `like` is the numeral in whose place it comes; None for what has no short decimal form.
    """
    from babel.numbers import format_decimal

    if "/" in canonical(value):
        return None
    number = Decimal(canonical(value))
    if -int(number.as_tuple().exponent) > _MOST_DECIMALS:
        return None
    old = _GROUP.search(like)
    long = len(re.sub(r"\D", "", like)) >= 4
    whole = len(str(abs(int(number))))
    grouped = whole >= 4 and (
        bool(old) if long and (old or whole == 4) else whole >= pack(lang).writing.group_from
    )
    part = value.denominator != 1 and re.search(r"\d[.,]\d\d$", like)
    cents = "00#" if part else "###"  # 11.80, as prices are
    pattern = ("#,##0." if grouped else "0.") + cents
    marks = str.maketrans({".": common(lang).decimal, ",": common(lang).group})
    made = format_decimal(number, format=pattern, locale="en").translate(marks)
    if grouped and old and old[1] in _SPACES:
        made = re.sub(rf"[{_SPACES}]", old[1], made)
    return str(made)


def in_myriads(value: Fraction, like: str, lang: str) -> str | None:
    """A whole number in ten thousands: 1억 2300만 4567, spaced as `like` is."""
    scales = _myriad_scales(lang)
    if not scales:
        return None
    if value.denominator != 1:
        return in_digits(value, lang, "0") if value < 10_000 else None
    gap = " " if re.search(r"\D\s\d", like) or not re.search(r"\D\d", like) else ""
    parts, rest = [], int(value)
    for factor, sign in scales:
        if rest >= factor:
            parts.append(f"{rest // factor}{sign}")
            rest %= factor
    if rest or not parts:
        parts.append(str(rest))
    return gap.join(parts)


def category(value: Fraction, lang: str) -> str:
    """CLDR's plural category of a number in a language."""
    text = canonical(value)
    return _category(lang, "plurals", Decimal("0.5") if "/" in text else Decimal(text))


def _category(lang: str, rules: str, number: Decimal) -> str:
    """By CLDR's rules as the snapshot has them; Babel only evaluates them."""
    return str(_rule(str(getattr(common(lang), rules)))(number))


@cache
def _rule(rules: str) -> Callable[[Decimal], str]:
    from babel.plural import PluralRule

    lines = (line.partition(": ") for line in rules.splitlines())
    rule: Callable[[Decimal], str] = PluralRule({tag: rule for tag, _, rule in lines})
    return rule


def ordinal_end(value: Fraction, lang: str) -> str | None:
    """What follows the digits of an ordinal: 3rd."""
    if value.denominator != 1:
        return None
    return table(lang, "ordinals").form(_category(lang, "ordinals", Decimal(int(value))), 0)
