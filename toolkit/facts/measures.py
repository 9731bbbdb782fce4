"""A number together with what it counts: unit, currency, percent, age."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from toolkit.facts.numerals import Number, canonical, numeral, parse
from toolkit.facts.scan import Scan
from toolkit.facts.tokens import NUMBER, TAIL
from toolkit.facts.units import UNITS

# What a length is in an hour or in a second: 시속 160km.
_SPEEDS = {("km", "h"): "km/h", ("mi", "h"): "mph", ("m", "s"): "m/s"}
_RATES = {speed: rate for (_, rate), speed in _SPEEDS.items()}
# Characters of a bracket and a word for "about".
_FEW_WORDS = 6
# Characters between two members of a list.
_LISTED = 3


def with_mark(scan: Scan, number: Number, *, money: bool) -> Number:
    """The number with a scale mark behind it: $4.5m, 10 тис."""
    mark = scan.texts[number.end] if scan.near(number.end) else ""
    scale = scan.lex.marks.get(mark)
    if scale is None or number.scaled != 1:
        return number
    if not money and (mark in scan.lex.tables["units"] or not scan.glued(number.end)):
        return number
    values = tuple(value * scale for value in number.values)
    if scan.glued(number.end) and len(mark) == 1 and scan.capital(number.end) and not money:
        values += number.values  # 4K is no number of thousands
    return Number(values, number.end + 1, number.strength, literal=False, scaled=scale)


def add_counted(scan: Scan, number: Number, at: int) -> int:
    """A number with what it counts."""
    number = _with_head(scan, with_mark(scan, number, money=False), at)
    end = number.end
    if scan.near(end) and scan.is_in(end, "approximate_marks"):
        end += 1
    hyphen = scan.sign(end, "-") and scan.glued(end) and scan.glued(end + 1)
    hyphen = hyphen or is_cut_apart(scan, end)
    behind = end + 1 if hyphen else end
    if scan.sign(end, ".") and scan.texts[end - 1] in scan.lex.big and scan.near(end + 1):
        behind = end + 1  # 10 тис. доларів
    if scan.is_in(behind, "joiners") and scan.near(behind) and scan.near(behind + 1):
        behind += 1  # 2 millones de dólares
    start = at
    if scan.near(behind) and scan.kinds[behind] != TAIL:
        aged = scan.match(behind, "age_marks")
        if aged:
            scan.add_count("age", number, start, aged[1], unit=aged[0])
            return aged[1]
        for name, kind in (("percent", "percent"), ("currencies", "money")):
            found = scan.match(behind, name)
            if found:
                scan.add_count(kind, number, start, found[1], unit=found[0])
                return found[1]
        marked = read_marked(scan, number, at, behind)
        if marked:
            return marked
        found = scan.match(behind, "numeral_stems") if hyphen else None
        if number.literal and scan.glued(behind) and scan.texts[behind] not in scan.lex.marks:
            found = found or scan.match(behind, "glued_units")
        found = found or scan.match(behind, "units")
        if found and not (begins_code(scan, behind) and found[1] == behind + 1):
            return add_unit(scan, number, at, found)
        coded = scan.match(behind, "code_marks")
        if coded and number.literal:
            scan.add("code", (canonical(number.values[0]),), start, coded[1])
            return coded[1]
    if number.scaled != 1 and end == at + 2 and _may_be_bare(scan, end):
        bare = tuple(Fraction(value) / Fraction(number.scaled) for value in number.values)
        number = replace(number, values=number.values + bare)
    share = scan.before(at, "percent_heads")
    if share:
        scan.add_count("percent", number, at - 1, end, unit=share[0])
        return end
    if at and scan.near(at) and scan.is_in(at - 1, "age_heads") and number.strength >= 2:
        scan.add_count("age", number, at - 1, end, unit="year")
        return end
    scan.add_count("cardinal", number, start, end)
    return end


def _with_head(scan: Scan, number: Number, at: int) -> Number:
    """milioni 2.5: the scale stands before the number."""
    head = scan.before(at, "scale_heads")
    if not head or number.scaled != 1:
        return number
    scale = int(head[0])
    values = tuple(value * scale for value in number.values)
    return Number(values, number.end, 3, literal=False, scaled=scale)


def _may_be_bare(scan: Scan, end: int) -> bool:
    """230조: a scale or an article of a law; 106만으로는: with a million, or with 106 alone."""
    only = scan.is_in(end, "only_endings") and scan.kinds[end] == TAIL
    return only or scan.is_in(end - 1, "code_marks")


def begins_code(scan: Scan, at: int) -> bool:
    """The M of "31 M1 tanks": a capital behind a space, with a number glued to it."""
    behind = at + 1
    return (
        not scan.glued(at)
        and scan.capital(at)
        and scan.glued(behind)
        and scan.kinds[behind] == NUMBER
    )


def is_cut_apart(scan: Scan, at: int) -> bool:
    """The hyphen of "15 - year - old", as tokenised texts have it."""
    if at + 1 >= len(scan.texts):
        return False
    return scan.text[scan.ends[at - 1] : scan.starts[at + 1]] == " - "


def read_marked(scan: Scan, number: Number, at: int, behind: int) -> int | None:
    """5m dollars; 100m, metres or millions."""
    scale = scan.lex.marks.get(scan.texts[behind]) if number.literal else None
    if not scale:
        return None
    currency = scan.match(behind + 1, "currencies")
    if currency:
        number = with_mark(scan, number, money=True)
        scan.add_count("money", number, at, currency[1], unit=currency[0])
        return currency[1]
    found = scan.match(behind, "units") if scan.glued(behind) else None
    if not found:
        return None
    values = (*number.values, *(value * scale for value in number.values))
    scan.add_measure(found[0], tuple(map(canonical, values)), at, found[1], 3, number)
    return found[1]


def add_unit(scan: Scan, number: Number, at: int, unit: tuple[str, int]) -> int:
    """A number with its unit, and what may stand behind that: 10초72, 두 시간 반."""
    name, stop = unit
    if (
        name == "s"
        and number.literal
        and scan.near(stop)
        and (scan.glued(stop) or splits_second(scan, stop))
    ):
        part = scan.texts[stop]
        if scan.kinds[stop] == NUMBER and part.isdigit() and len(part) <= 3:
            number, stop = with_decimals(number, part), stop + 1
    if name == "m" and number.literal and scan.glued(stop) and scan.kinds[stop] == NUMBER:
        part = scan.texts[stop]
        if part.isdigit() and len(part) == 2:  # 2m04
            number, stop = with_decimals(number, part), stop + 1
    values = number.values
    if name == "min" and at and (since := minutes_from(scan, at)):
        values += tuple(value + since for value in values)
    head = scan.before(at, "speed_heads")
    rate = head[0] if head else rate_before(scan, at)
    name = _SPEEDS.get((name, rate), name)
    half = half_behind(scan, stop, name)
    if half:
        values, stop = tuple(value + half[0] for value in values), half[1]
    scan.add_measure(name, tuple(map(canonical, values)), at, stop, number.strength, number)
    return stop


def with_decimals(number: Number, part: str) -> Number:
    value = number.values[0] + Fraction(int(part), 10 ** len(part))
    return replace(number, values=(value,))


def rate_before(scan: Scan, at: int) -> str:
    """The "h" that 113㎞ of 시속 70마일(약 113㎞) shares with the speed before the bracket."""
    last = scan.facts[-1] if scan.facts else None
    rate = _RATES.get(last.unit, "") if last else ""
    if not (last and rate) or scan.starts[at] - last.span.end > _FEW_WORDS:
        return ""
    return rate if scan.text[last.span.end : scan.starts[at]].lstrip().startswith("(") else ""


def half_behind(scan: Scan, at: int, unit: str) -> tuple[Fraction, int] | None:
    """a year and a half, 두 시간 반: the half, and the token behind it."""
    found = scan.beside(at, "halves_behind")
    if found is None or UNITS.get(unit, ("",))[0] not in ("time", "length", "mass"):
        return None
    return Fraction(found[0]), found[1]


def splits_second(scan: Scan, at: int) -> bool:
    """Two digits behind a space that count nothing: 41초 11."""
    return (
        scan.lex.rules.spaced_marks
        and len(scan.texts[at]) == 2
        and not (scan.near(at + 1) and scan.texts[at + 1] in scan.lex.after)
    )


def minutes_from(scan: Scan, start: int) -> int:
    """From where minutes are counted, if not from the start of a match: 후반 42분."""
    for at in range(max(0, start - 2), start):
        found = scan.match(at, "minutes_from")
        if found and found[1] == start:
            return int(found[0])
    # 후반 22분과 44분: the second is counted from there, too
    last = scan.facts[-1] if scan.facts else None
    if last is None or last.unit != "min" or len(last.values) != 2:
        return 0
    if scan.starts[start] - last.span.end > _LISTED:
        return 0
    first, second = (parse(value) for value in last.values)
    return int(second - first) if first is not None and second is not None else 0


def with_dozens(scan: Scan, number: Number) -> Number:
    """two dozen, two-dozen, чотири десятки."""
    end = number.end
    if scan.sign(end, "-") and scan.glued(end) and scan.glued(end + 1):
        end += 1
    times = scan.lex.weak_numbers.get(scan.texts[end]) if scan.near(end) else None
    if times not in (10, 12) or number.scaled != 1:
        return number
    values = tuple(value * times for value in number.values)
    if times == 12 and number.strength < 3:  # to most, two dozen are some twenty
        values += tuple(value * 10 for value in number.values)
    return Number(values, end + 1, number.strength, literal=False)


def read_worded_fraction(scan: Scan, at: int, number: Number) -> int | None:
    """two thirds, дві третини."""
    behind = number.end
    if scan.sign(behind, "-") and scan.glued(behind + 1):
        behind += 1
    found = scan.beside(behind, "denominators")
    if not found or number.scaled != 1 or not isinstance(number.values[0], int):
        return None
    lower = int(found[0])
    if number.values[0] >= lower:
        return None
    value = Fraction(number.values[0], lower)
    scaled = of_scale(scan, found[1])
    if scaled is None and scan.near(found[1]) and scan.texts[found[1]] in scan.lex.big:
        scaled = scan.lex.big[scan.texts[found[1]]], found[1] + 1  # три чверті мільйона
    if scaled:
        whole = Number((value * scaled[0],), scaled[1], 2, literal=False, scaled=scaled[0])
        return add_counted(scan, whole, at)
    values = [canonical(value)]
    lone = scan.lex.tables["lone_fractions"]  # a quarter, which may be one of the year
    if lower == 4 and lone and not scan.is_in(found[1], "date_joiners"):
        values.append(canonical(number.values[0]))  # the first three quarters of a year
    scan.add("fraction", tuple(values), at, found[1], strength=2)
    return found[1]


def read_denominator(scan: Scan, at: int, number: Number) -> int | None:
    """3분의 2: the lower number stands first."""
    found = scan.match(number.end, "denominator_first")
    if not found or not scan.near(found[1]):
        return None
    upper = numeral(scan.tokens, found[1], scan.lex)
    if upper is None or not number.values[0]:
        return None
    value = Fraction(upper.values[0]) / Fraction(number.values[0])
    scan.add("fraction", (canonical(value),), at, upper.end)
    return upper.end


def of_scale(scan: Scan, at: int) -> tuple[int, int] | None:
    """of a million: the scale, and the token behind it."""
    if not (scan.is_in(at, "date_joiners") and scan.is_in(at + 1, "articles")):
        return None
    scale = scan.lex.big.get(scan.texts[at + 2]) if at + 2 < len(scan.texts) else None
    return (scale, at + 3) if scale else None
