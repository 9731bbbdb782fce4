"""Facts that start with digits."""

from __future__ import annotations

from fractions import Fraction

from toolkit import scripts
from toolkit.facts import clock, dates, measures, words
from toolkit.facts.dates import FIRST_YEAR, LAST_YEAR
from toolkit.facts.numerals import Number, canonical, numeral, readings
from toolkit.facts.scan import Scan
from toolkit.facts.tokens import NUMBER, WORD, fold

# Names that languages write out: 이산화탄소 for CO2.
_WRITTEN_OUT = frozenset(
    ("CO2", "H2O", "CH4", "N2O", "NO2", "SO2", "O2", "O3", "PM2.5", "PM10", "COVID19", "Y2K")
)
_TIMES = "x×х"
# Symbols of units that are never written with a capital.
_SMALL_SYMBOLS = frozenset("gsth")


def read_number(scan: Scan, at: int) -> int:
    for step in (
        *(read_headed, read_product, read_feet),
        *(dates.read_written_date, read_code, clock.read_time),
    ):
        end = step(scan, at)
        if end is not None:
            return end
    number = numeral(scan.tokens, at, scan.lex)
    if number is not None and number.literal:
        number = measures.with_dozens(scan, number)
    if number is None:
        # 2.0.1, a long account number: an identifier
        scan.add("code", (scan.texts[at],), at, at + 1)
        return at + 1
    return read_digits(scan, at, number)


def read_product(scan: Scan, at: int) -> int | None:
    """4x100 m, 3×3: the first of two numbers that belong together."""
    text = scan.texts[at]
    if not (
        scan.near(at + 1)
        and text.isdigit()
        and (scan.texts[at + 1] in _TIMES or scan.is_in(at + 1, "times_signs"))
        and at + 2 < len(scan.texts)
        and scan.kinds[at + 2] == NUMBER
        and scan.near(at + 2)
    ):
        return None
    found = readings(text, scan.lex.rules.decimal, False)
    if not found:
        return None
    other = scan.texts[at + 2]
    if text == other and len(text) == 1:  # 4x4, 3x3: one name
        scan.add("cardinal", (canonical(found[0]),), at, at + 3, strength=2)
        return at + 3
    scan.add("cardinal", (canonical(found[0]),), at, at + 1)
    return at + 2


def read_feet(scan: Scan, at: int) -> int | None:
    """5'9" as inches."""
    feet, mark, inches = scan.texts[at].partition("'")
    if not mark or len(feet) > 1 or not inches.isdigit() or len(inches) > 2 or int(inches) > 11:
        return None
    end = at + 1
    while end < len(scan.texts) and scan.glued(end) and scan.texts[end] in "\"'″”":
        end += 1
    scan.add("quantity", (canonical(int(feet) * 12 + int(inches)),), at, end, unit="in")
    return end


def read_headed(scan: Scan, at: int) -> int | None:
    """제247조: behind such a head a scale is none."""
    if not (at and scan.is_in(at - 1, "ordinal_heads") and scan.glued(at)):
        return None
    found = readings(scan.texts[at], scan.lex.rules.decimal, False)
    if not found:
        return None
    marked = scan.match(at + 1, "ordinal_marks") or scan.match(at + 1, "code_marks")
    end = marked[1] if marked else at + 1
    scan.add("ordinal", (canonical(found[0]),), at - 1, end)
    return end


def read_digits(scan: Scan, at: int, number: Number) -> int:
    lex = scan.lex
    last = scan.facts[-1] if scan.facts else None
    if (
        last is not None
        and last.unit == "ft"
        and scan.starts[at] == last.span.end + 1
        and (
            scan.sign(at - 1, "-")
            or scan.is_in(at + 1, "glued_units")
            or (last.text.endswith("foot") and not scan.before_word(at + 1))
        )
        and scan.small_number(at, 11)
    ):  # 6-foot-6, 5 ft 10 in
        end = at + 2 if scan.is_in(at + 1, "glued_units") and scan.near(at + 1) else at + 1
        scan.add_count("quantity", number, at, end, unit="in")
        return end
    text, end = scan.texts[at], number.end
    plain = number.literal and text.isdigit()
    value = number.values[0]
    if plain and isinstance(value, int):
        calendar = dates.read_calendar(scan, at, value, end)
        if calendar:
            return calendar
        timed = clock.read_worded(scan, at, number)
        if timed:
            return timed
    upper = measures.read_denominator(scan, at, number)
    if upper:
        return upper
    if plain and scan.sign(end, "/") and scan.glued(end) and scan.glued(end + 1):
        below = scan.texts[end + 1]
        if (
            scan.kinds[end + 1] == NUMBER
            and below.isdigit()
            and 0 < int(text) < int(below[:4]) <= 10
            and not scan.sign(end + 2, "/")
        ):
            scan.add("fraction", (canonical(Fraction(int(text), int(below))),), at, end + 2)
            return end + 2
    if plain and scan.near(end) and isinstance(value, int):
        if scan.is_in(end, "denominators") and scan.texts[end] not in lex.tables["fractions"]:
            done = measures.read_worded_fraction(scan, at, number)
            if done:
                return done
        glued = end + 1 if scan.sign(end, "-") and scan.glued(end + 1) else end
        marked = scan.beside(glued, "ordinal_marks")
        spaced = lex.rules.spaced_marks or scan.glued(end)
        if marked and spaced and (scan.glued(glued) or glued == end):
            return read_marked(scan, at, value, marked[1])
    return measures.add_counted(scan, number, at)


def read_marked(scan: Scan, at: int, value: int, end: int) -> int:
    """19-го; with the decade or century it may count."""
    decade = scan.beside(end, "decade_marks")
    mark = scan.match(end - 1, "decade_marks")
    whole = FIRST_YEAR <= value <= LAST_YEAR and value % 10 == 0
    if (mark and whole) or (decade and value % 10 == 0):
        dates.add_decade(scan, at, value, decade[1] if decade else end)
        return decade[1] if decade else end
    part = scan.beside(end, "day_parts")
    if part and value <= 12:  # о 6-й ранку
        scan.add("time", clock.hours(value, 0, part[0]), at, part[1])
        return part[1]
    hour = scan.beside(end, "hour_words")
    if hour and value <= 24:  # о 19-й годині, о 3-й годині ночі
        part = scan.beside(hour[1], "day_parts")
        stop = part[1] if part else hour[1]
        scan.add("time", clock.hours(value, 0, part[0] if part else ""), at, stop)
        return stop
    if glued_scale := scan.lex.big.get(scan.texts[end]) if scan.near(end) else None:
        number = Number((value * glued_scale,), end + 1, 3, literal=False, scaled=glued_scale)
        return measures.add_counted(scan, number, at)  # 2-х мільйонів
    if scan.near(end) and (scan.is_in(end, "percent") or scan.is_in(end, "currencies")):
        return measures.add_counted(scan, Number((value,), end, 3, literal=False), at)
    return words.add_ordinal(scan, value, at, end, 3)


def read_code(scan: Scan, at: int) -> int | None:
    """H5N1, MiG-29, 5G: letters and digits of one name."""
    start = end = at
    if scan.glued(at):
        before = at - 1
        if scan.texts[before] == "-" and scan.glued(before) and before > 0:
            before -= 1
        elif scan.kinds[before] != WORD:
            before = at
        if before < at and scan.kinds[before] == WORD and is_name(scan, before, at):
            start = before
    end = at + 1
    # Behind the digits only letters that are no unit, scale or ending go on.
    while end < len(scan.texts) and scan.glued(end):
        text, kind = scan.texts[end], scan.kinds[end]
        word = kind == WORD and not _hangul(text) and goes_on(scan, text, end)
        if word or (kind == NUMBER and scan.kinds[end - 1] != NUMBER):
            end += 1
        elif (
            text == "-"
            and start < at
            and end + 1 < len(scan.texts)
            and scan.glued(end + 1)
            and scan.kinds[end + 1] == NUMBER
        ):
            end += 2
        else:
            break
    if start == at and end == at + 1:
        return None
    written = fold(scan.text[scan.starts[start] : scan.ends[end - 1]]).upper()
    digits = [scan.texts[n] for n in range(start, end) if scan.kinds[n] == NUMBER]
    written = written.replace("-", "")
    strength = 2 if written in _WRITTEN_OUT else 3
    scan.add("code", (written, "#" + "-".join(digits)), start, end, strength=strength)
    return end


def is_name(scan: Scan, before: int, at: int) -> bool:
    """The word glued before digits is a name, not a word of counting."""
    text = scan.texts[before]
    if scan.kinds[at] != NUMBER:
        return False
    if text in scan.lex.after and not (len(text) == 1 and scan.capital(before)):
        return False  # H5N1 counts no hours
    if text in _TIMES and before and scan.kinds[before - 1] == NUMBER:
        return False
    if text in scan.lex.tables["months"]:
        return False
    if before == at - 1:
        return text.isascii() or scan.capital(before)
    return scan.capital(before) or (_hangul(text) and len(text) <= 3)


def goes_on(scan: Scan, text: str, at: int) -> bool:
    lex = scan.lex
    if scan.capital(at) and (
        text in _SMALL_SYMBOLS  # 5G are no grams
        or (scan.glued(at + 1) and scan.kinds[at + 1] == NUMBER)  # M1A1
    ):
        return True
    if text in lex.marks or text in lex.big or text in lex.after:
        return False
    if text in lex.tables["day_parts"] or text in lex.tables["ordinal_marks"]:
        return False
    return len(text) <= 4 and (scan.capital(at) or scan.kinds[at - 1] == WORD)


def _hangul(text: str) -> bool:
    return scripts.is_hangul(text)
