"""When a value of the source may be written into a target: a repair never invents.

A wrong figure that is marked costs a look; a right one written in a wrong place costs trust.
So nothing is written unless the two values are of one kind and count one thing, both are whole
words, and the rest of the two sentences says the same.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from toolkit import scripts
from toolkit.checks import guards
from toolkit.facts import parse
from toolkit.schema import Fact, Finding, Span, TranslationUnit

_NUMBERS = frozenset(
    ("cardinal", "ordinal", "quantity", "money", "percent", "duration", "age", "score")
)
# 802.11b, Platform 9b: with nothing counted behind it the letter is no scale.
_LETTERED = re.compile(r"\d\s?[^\W\d_]$")
# From this share of what can be heard of the source, a target is about the same.
_HEARD = 0.34
# With less than this to hear, beside the value itself, only lengths can be compared.
_LITTLE = 0.9
_SHORTEST, _LONGEST = 0.5, 2.2


def may_write(unit: TranslationUnit, wrong: Fact, right: Fact, found: Sequence[Finding]) -> bool:
    """Whether `right`, of the source, may stand in the place of `wrong`, of the target."""
    return (
        not _stands_in_both(unit, wrong, right)
        and _is_whole(unit.source, right.span)
        and _is_whole(unit.target, wrong.span)
        and _counts_the_same(wrong, right)
        and _says_the_same(unit, wrong, right, found)
    )


def _stands_in_both(unit: TranslationUnit, wrong: Fact, right: Fact) -> bool:
    """What stands letter for letter on both sides is wrong on neither."""
    return any(
        _is_whole(text, Span(at.start(), at.end()))
        for text, said in ((unit.source, wrong.text), (unit.target, right.text))
        if said.strip() and re.search(r"\d", said)
        for at in re.finditer(re.escape(said.strip()), text)
    )


def _is_whole(text: str, span: Span) -> bool:
    """Whether no letter or digit touches a value; what is glued in Korean does not count."""
    before, behind = text[span.start - 1 : span.start], text[span.end : span.end + 1]
    first, last = text[span.start : span.start + 1], text[span.end - 1 : span.end]
    return not (_touches(before, first) or _touches(last, behind))


def _touches(one: str, other: str) -> bool:
    """Whether two characters are of one word; 10명과: syllables stand beside anything."""
    return one.isalnum() and other.isalnum() and not (_is_syllable(one) or _is_syllable(other))


def _is_syllable(char: str) -> bool:
    return scripts.is_unspaced(char) or scripts.is_hangul(char)


def _counts_the_same(wrong: Fact, right: Fact) -> bool:
    if wrong.kind not in _NUMBERS or right.kind not in _NUMBERS:
        return True  # dates, times and names have no unit
    if len(right.values) > 1 or (_LETTERED.search(right.text) and not right.unit):
        return False
    ours, theirs = parse(right.values[0]), parse(wrong.values[0])
    if wrong.unit != right.unit:
        return ours is not None and ours == theirs  # the unit is what is wrong
    return _sort(wrong.kind) == _sort(right.kind) and not _is_scale_alone(ours, theirs, right)


def _sort(kind: str) -> str:
    return "cardinal" if kind in ("quantity", "score") else kind


def _is_scale_alone(ours: Fraction | None, theirs: Fraction | None, right: Fact) -> bool:
    """Whether only a power of ten is wrong, and nothing but a single letter says so."""
    if not ours or not theirs:
        return False
    ratio = max(ours / theirs, theirs / ours)
    tens = ratio.denominator == 1 and str(ratio.numerator).strip("0") == "1" and ratio > 1
    return tens and _LETTERED.search(right.text) is not None and right.kind != "money"


def _says_the_same(
    unit: TranslationUnit, wrong: Fact, right: Fact, found: Sequence[Finding]
) -> bool:
    others = [
        finding
        for finding in found
        if finding.severity != "info"
        and finding.source_span != right.span
        and finding.target_span != wrong.span
    ]
    if any(finding.code.startswith("text/") for finding in others):
        return False
    heard, could = guards.heard(unit, but=right.span)
    if could < _LITTLE:
        return not others and _SHORTEST <= guards.ratio(unit) <= _LONGEST
    return heard >= _HEARD * could and len(others) <= heard
