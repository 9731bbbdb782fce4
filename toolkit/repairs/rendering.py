"""A value of one text written into another, in the place and the style of the wrong one.

`rewrite` puts numbers, amounts, dates, times, weekdays and known names of the source into a
target text: `1만` for `1천`, `10 тис.` for `15 тис.`, `9 січня` for `8 січня`. Words keep
their case, Korean particles follow the sound before them. What would need more grammar than
the tables hold (a noun of another number, an adjective of another gender) is not written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from toolkit import scripts
from toolkit.facts import parse
from toolkit.lang import pack
from toolkit.repairs.numerals import Numeral, category, in_digits, in_myriads, numeral, ordinal_end
from toolkit.repairs.tables import Table, table
from toolkit.schema import Fact, Span
from toolkit.terms import Termbase

__all__ = ["NO_NUMBER", "rewrite"]

# What some engines write for a number that they lost.
NO_NUMBER = "XNUMX"

NAMES = frozenset(("person", "place", "organisation", "demonym", "term"))
_NUMBERS = frozenset(
    ("cardinal", "ordinal", "quantity", "money", "percent", "duration", "age", "year", "decade")
)
_DIGITS = re.compile(r"\d+")
_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ][^\W\d_]+)*")
_NEXT_WORD = re.compile(r"[\s\u00a0\u202f]?([^\W\d_]+(?:['’ʼ][^\W\d_]+)*\.?)")
_CLOCK = re.compile(r"(\d{1,2})([:.])(\d{2})")
_VOWELS = frozenset("aeiouyаеєиіїоуюя")


@dataclass(frozen=True, slots=True)
class Edit:
    span: Span
    text: str


def rewrite(
    text: str, lang: str, wrong: Fact, right: Fact, termbase: Termbase | None = None
) -> str | None:
    """The text with the value of `right` where `wrong` stands; None if it cannot be written."""
    edits = _edits(text, lang, wrong, right, termbase)
    if not edits:
        return None
    for edit in sorted(edits, key=lambda e: e.span, reverse=True):
        before, after = text[: edit.span.start], text[edit.span.end :]
        old = text[edit.span.start : edit.span.end]
        text = before + edit.text + _with_ending(old, edit.text, after, lang)
    return text


def _edits(
    text: str, lang: str, wrong: Fact, right: Fact, termbase: Termbase | None
) -> list[Edit] | None:
    if wrong.kind in NAMES and right.kind in NAMES:
        return _name(lang, wrong, right, termbase)
    if right.kind == "time" and wrong.kind == "time":
        return _time(lang, wrong, right)
    if wrong.kind == right.kind == "weekday":
        return _word(text, wrong.span, table(lang, "weekdays"), wrong.values[0], right.values[0])
    if wrong.kind in ("date", "month") and right.kind in ("date", "month"):
        return _date(text, lang, wrong, right)
    if wrong.kind == right.kind == "code":
        return _code(wrong, right)
    if wrong.kind in _NUMBERS and right.kind in _NUMBERS:
        # A pound may be money or a weight: the word for the right one stands there already.
        nouns = table(lang, "counted")
        same = any(nouns.forms(m.group(), right.unit) for m in _WORD.finditer(wrong.text))
        if wrong.unit and right.unit and wrong.unit != right.unit and not same:
            return _unit(lang, wrong, right)
        return _number(text, lang, wrong, right)
    return None


# --- words of a table --------------------------------------------------------------------


def _word(text: str, span: Span, words: Table, old: str, new: str) -> list[Edit] | None:
    """The word of a table for another of it, in the same form."""
    for match in _WORD.finditer(text, span.start, span.end):
        forms = words.forms(match.group(), old)
        if not forms:
            continue
        if words.gender(old) != words.gender(new) and not _stands_alone(text, match.start()):
            return None
        places = words.preferred(forms, text, match.start())
        found = next((form for at in places if (form := words.form(new, at))), None)
        if found is None:
            return None
        return [Edit(Span(*match.span()), _like(match.group(), found))]
    return None


def _stands_alone(text: str, start: int) -> bool:
    """No adjective before a word: a sign, a figure, a short word such as a preposition."""
    before = text[:start].rstrip()
    if not before or not before[-1].isalpha():
        return True
    word = re.search(r"[^\W\d_]+$", before)
    return word is not None and len(word.group()) <= 3


def _like(old: str, new: str) -> str:
    if old.isupper() and len(old) > 1:
        return new.upper()
    return new[:1].upper() + new[1:] if old[:1].isupper() else new


# --- numbers -----------------------------------------------------------------------------


def _number(text: str, lang: str, wrong: Fact, right: Fact) -> list[Edit] | None:
    value = parse(right.values[0])
    if value is None or value < 0 or wrong.text.startswith(("-", "−")):
        return None
    if right.kind == "year" or wrong.kind in ("year", "decade"):
        return _only_digits(wrong, str(value)) if value.denominator == 1 else None
    if wrong.text == NO_NUMBER:
        made = in_myriads(value, "", lang) if value >= 10_000 else None
        made = made or in_digits(value, lang, "")
        return [Edit(wrong.span, made)] if made else None
    old = numeral(wrong.text, lang)
    if old is None:
        return _number_word(text, lang, wrong, right, value)
    whole = _numeral_edit(old, value, lang)
    if whole is None:
        return None
    new, shown, abbreviated = whole
    start, end = wrong.span.start + old.start, wrong.span.start + old.end
    suffix = ordinal_end(old.value, lang) if wrong.kind == "ordinal" else None
    if suffix and text[end:].startswith(suffix):
        return [Edit(Span(start, end + len(suffix)), new + (ordinal_end(value, lang) or ""))]
    edits = [Edit(Span(start, end), new)]
    if wrong.kind == "ordinal" or abbreviated:
        return edits
    counted = _counted(text, lang, start, end, category(old.shown, lang), category(shown, lang))
    return None if counted is None else edits + counted


def _numeral_edit(old: Numeral, value: Fraction, lang: str) -> tuple[str, Fraction, bool] | None:
    """How a value is written like an old one; the number to inflect by; whether a scale
    stands between it and what it counts."""
    if old.myriads or (old.grouping == "" and _is_myriad(lang) and value >= 10_000):
        written = in_myriads(value, old.text, lang)
        return (written, value, False) if written else None
    if not old.scale:
        written = in_digits(value, lang, old.text)
        return (written, value, False) if written else None
    short = table(lang, "short_scales")
    scales = short if short.forms(old.scale, str(old.factor)) else table(lang, "scales")
    for factor in (old.factor, *sorted((int(v) for v in scales.values), reverse=True)):
        written = in_digits(value / factor, lang, old.digits)
        if written is None or not Fraction(1, 10) <= value / factor < 10_000:
            continue
        if factor != old.factor and value / factor < 1:
            continue
        shown = value / factor
        if factor == old.factor and scales is short:
            word: str | None = old.scale
        elif scales is short:
            word = short.form(str(factor), 0)
        else:
            word = scales.form(str(factor), scales.place(category(shown, lang)))
            if not scales.forms(old.scale, str(old.factor)):
                word = old.scale if factor == old.factor else None
        if word:
            return written + old.gap + word, shown, True
    return None


def _is_myriad(lang: str) -> bool:
    return in_myriads(Fraction(10_000), "", lang) is not None


def _number_word(
    text: str, lang: str, wrong: Fact, right: Fact, value: Fraction
) -> list[Edit] | None:
    words = table(lang, "numbers")
    old = parse(wrong.values[0])
    if old is None or value.denominator != 1 or len(_WORD.findall(wrong.text)) > 2:
        return None
    if str(value) not in words.values:
        return None
    edits = _word(text, wrong.span, words, str(old), str(value))
    if not edits:
        return None
    (edit,) = edits
    if right.kind == "ordinal":
        return None
    forms = words.forms(text[edit.span.start : edit.span.end], str(old))
    if 0 not in forms:
        return edits  # in other cases what is counted is in the case of the number
    end = edit.span.end
    counted = _counted(text, lang, edit.span.start, end, category(old, lang), category(value, lang))
    return None if counted is None else edits + counted


def _counted(text: str, lang: str, start: int, end: int, old: str, new: str) -> list[Edit] | None:
    """What must change in the noun behind a number; None if that cannot be told."""
    if old == new:
        return []
    following = _NEXT_WORD.match(text, end)
    if following is None:
        return []
    word = following[1]
    rules = pack(lang)
    if word.lower() in rules.summaries.stop_words or not _VOWELS & set(word.lower()):
        return []  # "of", "km"
    if not _VOWELS & set("".join(table(lang, "counted").words())) and not word.isascii():
        return []
    before = _WORD.findall(text[:start])
    if before and before[-1].lower() in rules.writing.governing.split():
        return None
    nouns = table(lang, "counted")
    for key in nouns.values:
        places = nouns.forms(word, key)
        if nouns.place(new) in places:
            return []
        if nouns.place(old) in places:
            made = nouns.form(key, nouns.place(new))
            return [Edit(Span(*following.span(1)), _like(word, made))] if made else None
    return None


def _unit(lang: str, wrong: Fact, right: Fact) -> list[Edit] | None:
    """The same number of something else: the unit's word, if both are in the table."""
    nouns = table(lang, "counted")
    if parse(wrong.values[0]) != parse(right.values[0]):
        return None
    old = numeral(wrong.text, lang)
    behind_scale = old is not None and old.factor > 1
    number = parse(wrong.values[0])
    wanted = nouns.place("many" if behind_scale else category(number or Fraction(1), lang))
    for match in _WORD.finditer(wrong.text):
        places = nouns.forms(match.group(), wrong.unit)
        place = wanted if wanted in places else places[0] if places else 0
        if places and (made := nouns.form(right.unit, place)):
            span = Span(wrong.span.start + match.start(), wrong.span.start + match.end())
            return [Edit(span, made)]
    return None


def _code(wrong: Fact, right: Fact) -> list[Edit] | None:
    ours = _DIGITS.findall(right.text)
    return _only_digits(wrong, ours[0]) if len(ours) == 1 else None


def _only_digits(wrong: Fact, new: str) -> list[Edit] | None:
    found = list(_DIGITS.finditer(wrong.text))
    if len(found) != 1 or found[0].group() == new:
        return None
    at = wrong.span.start
    return [Edit(Span(at + found[0].start(), at + found[0].end()), new)]


# --- dates and times ---------------------------------------------------------------------


def _date(text: str, lang: str, wrong: Fact, right: Fact) -> list[Edit] | None:
    if len(right.values) > 1:
        return None  # 03.10.1998: nobody knows which
    old, new = wrong.values[0].split("-"), right.values[0].split("-")
    edits: list[Edit] = []
    taken: set[Span] = set()
    rules = pack(lang).facts
    marks = (rules.year_marks, rules.month_marks, rules.day_marks)
    for part, mark, before, after in zip("ymd", marks, old, new, strict=True):
        if "*" in (before, after) or before == after:
            continue
        if part == "m" and (words := _word(text, wrong.span, _months(lang), before, after)):
            edits += words
            continue
        places = [
            place
            for place in _places(wrong, before, mark, strict=part != "y" and bool(mark))
            if place not in taken
        ]
        if len(places) > 1 and old[1] == old[2]:
            return None
        if not places:
            return None
        width = places[0].end - places[0].start
        taken.add(places[0])
        edits.append(Edit(places[0], after.zfill(width) if width == 2 and part != "y" else after))
    return edits or None


@cache
def _months(lang: str) -> Table:
    return table(lang, "months")


def _places(fact: Fact, number: str, marks: str, *, strict: bool) -> Iterator[Span]:
    """Where a number stands in a fact's text; before its mark, if the language has one."""
    words = marks.partition(": ")[2].split()
    for match in _DIGITS.finditer(fact.text):
        if match.group().lstrip("0") != number:
            continue
        rest = fact.text[match.end() :].lstrip()
        if strict and not any(rest.startswith(word) for word in words):
            continue
        yield Span(fact.span.start + match.start(), fact.span.start + match.end())


def _time(lang: str, wrong: Fact, right: Fact) -> list[Edit] | None:
    old, new = _hour(wrong), _hour(right)
    if old is None or new is None or len(right.values) > 1:
        return None
    halves = table(lang, "day_parts")
    edits: list[Edit] = []
    named = next((half for half in ("am", "pm") if halves.within(wrong.text, half)), None)
    if named:
        wanted = "am" if new[0] < 12 else "pm"
        if wanted != named:
            found = halves.within(wrong.text, named)
            made = halves.form(wanted, found[2]) if found else None
            if found is None or made is None:
                return None
            at = wrong.span.start
            edits.append(Edit(Span(at + found[0], at + found[1]), made))
    elif pack(lang).facts.day_parts and (old[0] < 12) != (new[0] < 12) and not _is_24(wrong, lang):
        return None
    hour = (new[0] % 12 or 12) if named else new[0]
    at = wrong.span.start
    if match := _CLOCK.search(wrong.text):
        wide = len(match[1]) == 2 and match[1].startswith("0")
        made = f"{hour:02d}" if wide else str(hour)
        edits.append(
            Edit(Span(at + match.start(), at + match.end()), f"{made}{match[2]}{new[1]:02d}")
        )
        return edits
    numbers = list(_DIGITS.finditer(wrong.text))
    if not numbers or len(numbers) > 2 or (len(numbers) == 2) != (new[1] > 0):
        return None
    edits.append(Edit(Span(at + numbers[0].start(), at + numbers[0].end()), str(hour)))
    if len(numbers) == 2:
        edits.append(Edit(Span(at + numbers[1].start(), at + numbers[1].end()), str(new[1])))
    return edits


def _hour(fact: Fact) -> tuple[int, int] | None:
    hour, _, minute = fact.values[0].partition(":")
    return (int(hour), int(minute)) if hour.isdigit() and minute.isdigit() else None


def _is_24(fact: Fact, lang: str) -> bool:
    """A time by the clock of 24 hours: no word says which half of the day."""
    return bool(_CLOCK.fullmatch(fact.text)) or not table(lang, "day_parts").values


# --- names -------------------------------------------------------------------------------


def _name(lang: str, wrong: Fact, right: Fact, termbase: Termbase | None) -> list[Edit] | None:
    """The termbase's rendering of the right name, in the case of the wrong one."""
    entries = {entry.id: entry for entry in termbase.entries} if termbase else {}
    wanted = [entries[value] for value in right.values if value in entries]
    if len(wanted) != 1 or not (forms := wanted[0].of(lang)):
        return None
    found = [entries[value].of(lang) for value in wrong.values if value in entries]
    if pack(lang).writing.names:
        kinds = wrong.kind, right.kind
        for lemma in (form for forms_ in found for form in forms_):
            made = _inflected(lemma, wrong.text, forms[0], kinds, lang)
            if made:
                return [Edit(wrong.span, made)]
        return None
    return [Edit(wrong.span, forms[0])]


def _inflected(lemma: str, form: str, new: str, kinds: tuple[str, str], lang: str) -> str | None:
    """`new` in the case in which `form` is of `lemma`; None where that cannot be told."""
    if form == lemma:
        return new
    seen = form.split()
    old = _declined(lemma, kinds[0], lang)
    cases = [case for case, words in enumerate(old) if words == seen]
    if not cases:
        return None
    made = _declined(new, kinds[1], lang)
    if kinds[0] == "person" and _is_woman(lemma, lang) != _is_woman(new, lang):
        return None  # a verb or an adjective would have to change
    return " ".join(made[table(lang, "names").preferred(cases, "a", 1)[0]])


def _is_woman(name: str, lang: str) -> bool:
    return name.split(maxsplit=1)[0].endswith(tuple(pack(lang).writing.female.split()))


def _declined(name: str, kind: str, lang: str) -> list[list[str]]:
    """The words of a name in each case."""
    rules = pack(lang).writing
    words = name.split()
    woman = kind == "person" and len(words) > 1 and words[0].endswith(tuple(rules.female.split()))
    forms = [
        _cases(word, kind, lang)
        if not woman or word.endswith(tuple(rules.female.split()))
        else [word] * 6
        for word in words
    ]
    return [[word[case] for word in forms] for case in range(6)]


def _cases(word: str, kind: str, lang: str) -> list[str]:
    for suffix, _, endings in table(lang, "names").rows:
        end = "" if suffix == "0" else suffix
        if word.endswith(end):
            stem = word[: len(word) - len(end)]
            found = ["" if e == "0" else e or "" for e in endings]
            if "*" in found:
                found[found.index("*")] = found[1 if kind == "person" else 0]
            return [stem + ending for ending in found]
    return [word] * 6


# --- particles ---------------------------------------------------------------------------


@cache
def _endings(lang: str) -> tuple[tuple[str, str, bool], ...]:
    rules = pack(lang).writing
    pairs = [tuple(pair.split("/")) for pair in rules.endings.split()]
    return tuple((a, b, f"{a}/{b}" in rules.rieul.split()) for a, b in pairs)


def _with_ending(old: str, new: str, after: str, lang: str) -> str:
    """What follows, with the particle that the new end calls for."""
    before, now = _final(old[-1:]), _final(new[-1:])
    if before is None or now is None or before == now:
        return after
    for closed, open_, rieul in _endings(lang):
        for particle in (closed, open_):
            if not after.startswith(particle):
                continue
            rest = after[len(particle) :]
            if scripts.is_hangul(rest) and not _goes_on(rest, lang):
                continue
            as_vowel = now == "" or (rieul and now == "ㄹ")
            return (open_ if as_vowel else closed) + rest
    return after


def _goes_on(rest: str, lang: str) -> bool:
    """A second particle follows the first: 으로는."""
    run = re.match(f"[{scripts.HANGUL}]+", rest)
    return run is not None and run.group() in pack(lang).facts.particles.split()


_FINALS = " ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"
# How the digits end when they are read in Korean; tens, hundreds and the rest are closed, too.
_READ = dict(zip("0123456789", ("ㅇ", "ㄹ", "", "ㅁ", "", "", "ㄱ", "ㄹ", "ㄹ", ""), strict=True))


def _final(char: str) -> str | None:
    """The consonant that a syllable or a digit ends with, "" for a vowel; None if unknown."""
    if scripts.is_hangul(char):
        return _FINALS[(ord(char) - 0xAC00) % 28].strip()
    return _READ.get(char)
