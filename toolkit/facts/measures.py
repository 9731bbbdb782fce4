"""A number together with what it counts: unit, currency, percent, age."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from toolkit.facts.numerals import Number, canonical
from toolkit.facts.scan import Scan
from toolkit.facts.tokens import NUMBER, TAIL


def with_mark(scan: Scan, number: Number, *, money: bool) -> Number:
    """The number with a scale mark behind it: $4.5m, 10 тис."""
    mark = scan.texts[number.end] if scan.near(number.end) else ""
    scale = scan.lex.marks.get(mark)
    if scale is None or number.scaled != 1:
        return number
    if not money and (mark in scan.lex.tables["units"] or not scan.glued(number.end)):
        return number
    values = tuple(value * scale for value in number.values)
    return Number(values, number.end + 1, number.strength, literal=False, scaled=scale)


def add_counted(scan: Scan, number: Number, at: int) -> int:
    """A number with what it counts."""
    number = with_mark(scan, number, money=False)
    end = number.end
    if scan.near(end) and scan.is_in(end, "approximate_marks"):
        end += 1
    hyphen = scan.sign(end, "-") and scan.glued(end) and scan.glued(end + 1)
    behind = end + 1 if hyphen else end
    lex_marks = scan.lex.marks
    if scan.sign(end, ".") and scan.texts[end - 1] in scan.lex.big and scan.near(end + 1):
        behind = end + 1  # 10 тис. доларів
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
        if number.literal and (scale := scan.lex.marks.get(scan.texts[behind])):
            currency = scan.match(behind + 1, "currencies")
            if currency:  # 5m dollars
                number = with_mark(scan, number, money=True)
                scan.add_count("money", number, start, currency[1], unit=currency[0])
                return currency[1]
            if scan.texts[behind] in scan.lex.tables["units"] and scan.glued(behind):
                # 100m: metres or millions
                found = scan.match(behind, "units")
                if found:
                    plain = tuple(canonical(v) for v in number.values)
                    more = tuple(canonical(v * scale) for v in number.values)
                    scan.add_measure(found[0], plain + more, start, found[1], 3, number)
                    return found[1]
        found = scan.match(behind, "numeral_stems") if hyphen else None
        if number.literal and scan.glued(behind) and scan.texts[behind] not in lex_marks:
            found = found or scan.match(behind, "glued_units")
        found = found or scan.match(behind, "units")
        if found:
            stop = found[1]
            if found[0] == "s" and number.literal and scan.glued(stop):
                part = scan.texts[stop]
                if scan.kinds[stop] == NUMBER and part.isdigit() and len(part) <= 3:
                    # 10초72
                    exact = number.values[0] + Fraction(int(part), 10 ** len(part))
                    number, stop = replace(number, values=(exact,)), stop + 1
            values = tuple(canonical(value) for value in number.values)
            scan.add_measure(found[0], values, start, stop, number.strength, number)
            return stop
        coded = scan.match(behind, "code_marks")
        if coded and number.literal:
            scan.add("code", (canonical(number.values[0]),), start, coded[1])
            return coded[1]
    if at and scan.near(at) and scan.is_in(at - 1, "age_heads") and number.strength >= 2:
        scan.add_count("age", number, at - 1, end, unit="year")
        return end
    scan.add_count("cardinal", number, start, end)
    return end


def with_dozens(scan: Scan, number: Number) -> Number:
    """two dozen, two-dozen, чотири десятки."""
    end = number.end
    if scan.sign(end, "-") and scan.glued(end) and scan.glued(end + 1):
        end += 1
    times = scan.lex.weak_numbers.get(scan.texts[end]) if scan.near(end) else None
    if times not in (10, 12) or number.scaled != 1:
        return number
    values = tuple(value * times for value in number.values)
    return Number(values, end + 1, number.strength, literal=False)


def read_worded_fraction(scan: Scan, at: int, number: Number) -> int:
    """two thirds, дві третини: 0 if there is none."""
    behind = number.end
    if scan.sign(behind, "-") and scan.glued(behind + 1):
        behind += 1
    found = scan.match(behind, "denominators") if scan.near(behind) else None
    if not found or number.scaled != 1 or not isinstance(number.values[0], int):
        return 0
    lower = int(found[0])
    if number.values[0] >= lower:
        return 0
    value = Fraction(number.values[0], lower)
    scan.add("fraction", (canonical(value),), at, found[1], strength=2)
    return found[1]
