"""Dates, months, weekdays, seasons, years, decades and centuries."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace

from toolkit.facts import clock
from toolkit.facts.numerals import Number
from toolkit.facts.scan import Scan
from toolkit.facts.tokens import NUMBER
from toolkit.schema import Fact, Span

FIRST_YEAR, LAST_YEAR = 1000, 2199
FIRST_SPAN = 1500  # 1914-18 without a word for years
_SHORT_STEM = 5  # with its star
_SHORTEST_LONE = 3
# Characters between a decade and its century: 80. rokoch 20. storočia.
_FEW = 5


def read_month(scan: Scan, at: int) -> int | None:
    month = month_at(scan, at)
    if month is None:
        return None
    value, end = month
    day: int | None = None
    after = end + 1 if scan.sign(end, ".") and scan.near(end) else end
    number = scan.small_number(after, 31) if scan.near(after) else None
    if by_stem(scan, at) and _counts_more(scan, after + 1):
        number = None  # mais 5 mil
    if number is not None and not clock.is_clock(scan, after):
        day, end = number, after + 1
        marked = scan.match(end, "ordinal_marks") if scan.glued(end) else None
        end = marked[1] if marked else end
    year, end = year_behind(scan, end)
    add_date(scan, at, end, year, value, day)
    if day is not None and scan.sign(end, "-") and scan.glued(end + 1):
        second = scan.small_number(end + 1, 31)
        if second is not None:  # September 17-18
            add_date(scan, end + 1, end + 2, year, value, second)
            end += 2
    return end


def month_at(scan: Scan, at: int) -> tuple[int, int] | None:
    """The month named at a token; a name that is also a word needs a date around it."""
    found = scan.match(at, "months")
    if found and not (by_stem(scan, at) and _is_named(scan, at)):
        return int(found[0]), found[1]
    found = scan.match(at, "guarded_months")
    if not found or (scan.lex.rules.guarded_capital and not scan.capital(at)):
        return None
    after = found[1] + 1 if scan.sign(found[1], ".") else found[1]
    if scan.is_in(after, "date_joiners") and scan.lex.rules.open_words:
        after += 1  # maio de 2022
    beside = after < len(scan.texts) and (
        (_is_dated(scan, after) and scan.near(after)) or spans_months(scan, after, after + 1)
    )
    before = at > 0 and (
        _is_dated(scan, at - 1)
        or scan.is_in(at - 1, "month_openers")
        or scan.is_in(at - 1, "ordinal_marks")
        or spans_months(scan, at - 1, at - 2)
        or (scan.is_in(at - 1, "date_joiners") and at > 1)
    )
    alone = scan.texts[at] in scan.lex.lone_months and not _is_named(scan, at)
    return (int(found[0]), found[1]) if beside or before or alone else None


def by_stem(scan: Scan, at: int) -> bool:
    """The word at a token is not surely a month: mais, as if it were of maio; mars."""
    text = scan.texts[at]
    return text.endswith("*") or text in scan.lex.lone_months


def _is_named(scan: Scan, at: int) -> bool:
    """A capital where months have none: Martin."""
    return scan.lex.rules.small_months and at > 0 and scan.capital(at)


def _is_dated(scan: Scan, at: int) -> bool:
    """A number that a month may stand beside: a day or a year."""
    text = scan.texts[at]
    return scan.kinds[at] == NUMBER and text.isdigit() and (len(text) == 4 or int(text[:3]) <= 31)


def _counts_more(scan: Scan, at: int) -> bool:
    return scan.near(at) and (
        scan.texts[at] in scan.lex.big
        or scan.texts[at] in scan.lex.marks
        or counts_something(scan, at)
    )


def spans_months(scan: Scan, dash: int, other: int) -> bool:
    """Nov-Feb: a dash, and on its other side a month."""
    return (
        scan.sign(dash, "-")
        and 0 <= other < len(scan.texts)
        and (scan.is_in(other, "months") or scan.is_in(other, "guarded_months"))
    )


def year_behind(scan: Scan, at: int) -> tuple[int | None, int]:
    """A year after a day or month: ", 2018", " 2018 року"."""
    start = at
    if scan.sign(at, ",") or scan.is_in(at, "date_joiners"):
        at += 1
    if at >= len(scan.texts) or scan.kinds[at] != NUMBER or len(scan.texts[at]) != 4:
        return None, start
    year = common_year(scan, int(scan.texts[at])) if scan.texts[at].isdigit() else None
    if year is None:
        return None, start
    marked = scan.beside(at + 1, "year_marks")
    return year, marked[1] if marked else at + 1


def common_year(scan: Scan, value: int) -> int | None:
    """The year as others count it; None for a number that is no year."""
    offset = scan.lex.rules.year_offset if value > LAST_YEAR else 0
    return value - offset if FIRST_YEAR <= value - offset <= LAST_YEAR else None


def add_date(
    scan: Scan, start: int, end: int, year: int | None, month: int | None, day: int | None
) -> None:
    stems = [scan.texts[at] for at in range(start, end) if by_stem(scan, at)]
    if year is None and day is None:
        # mars and maio are seldom anything else, май and mai often are
        short = [stem for stem in stems if len(stem.rstrip("*")) <= _SHORTEST_LONE]
        strength = 1 if short else 2 if stems else 3
        scan.add("month", (f"*-{month}-*",), start, end, strength=strength)
    else:
        # Beside a day or a year a long stem is no chance: 11. septemb-ra.
        unsure = any(stem.endswith("*") and len(stem) <= _SHORT_STEM for stem in stems)
        written = (_written(year, month, day),)
        scan.add("date", written, start, end, strength=2 if unsure else 3)
    share_month(scan, start, month, year, day)
    scan.joint = (end, None)


def share_month(
    scan: Scan, start: int, month: int | None, year: int | None, day: int | None
) -> None:
    """The "17" of "17-18 September" is a day of that month, the 7 of 7~9월 a month, too."""
    end, number = scan.joint
    if len(scan.facts) < 2 or number is None or not number.literal:
        return
    before = scan.facts[-2]
    value = number.values[0]
    if not scan.connects(end, start) or not isinstance(value, int) or not 1 <= value <= 31:
        return
    if day is None and not (scan.lex.tables["month_marks"] and value <= 12):
        return
    if before.kind in ("cardinal", "ordinal") and not before.unit:
        kind = "month" if day is None and year is None else "date"
        written = _written(year, month, value) if day else _written(year, value, None)
        scan.facts[-2] = Fact(kind, (written,), before.span, before.text, strength=3)


def read_weekday(scan: Scan, at: int) -> int | None:
    short = scan.match(at, "short_weekdays")
    if short and is_listed(scan, short[1]):
        scan.add("weekday", (short[0],), at, short[1])
        return short[1]
    found = scan.match(at, "weekdays")
    if not found:
        return None
    # Saturday Night Live, the Sunday Times: a word of a name counts less.
    end = found[1]
    named = scan.near(end) and scan.capital(at) and scan.capital(end)
    named = named and scan.match(end, "months") is None
    unsure = (
        named
        or by_stem(scan, at)
        or scan.is_in(at, "weak_weekdays")
        # τρίτη, the third, and not Τρίτη
        or (scan.lex.rules.capital_weekdays and not any(map(scan.capital, range(at, end))))
    )
    scan.add("weekday", tuple(found[0].split("|")), at, end, strength=2 if unsure else 3)
    return end


def is_listed(scan: Scan, at: int) -> bool:
    """Only marks and short weekdays lie before a full one: 목·토·일요일."""
    for mark in range(at, min(at + 14, len(scan.texts) - 1), 2):
        if scan.texts[mark] not in "·,/" or not scan.glued(mark):
            return False
        if scan.is_in(mark + 1, "weekdays"):
            return True
        if not scan.is_in(mark + 1, "short_weekdays"):
            return False
    return False


def read_season(scan: Scan, at: int) -> int | None:
    found = scan.match(at, "seasons")
    if not found:
        return None
    scan.add("season", (found[0],), at, found[1], strength=2)
    return found[1]


def read_calendar(scan: Scan, at: int, value: int, end: int) -> int | None:
    """Years, decades, centuries, days before a month."""
    text = scan.texts[at]
    short = at > 0 and scan.texts[at - 1] == "'" and scan.glued(at) and len(text) == 2
    start = at - 1 if short else at
    behind = end + 1 if scan.sign(end, "-") and scan.glued(end + 1) else end
    mark = scan.beside(behind, "decade_marks")
    if mark and value % 10 == 0 and (behind > end or len(text) == 4 or scan.glued(end)):
        add_decade(scan, start, value, mark[1])
        return mark[1]
    if dotted := read_dotted(scan, start, end, value):
        return dotted
    if not scan.near(end):
        behind = end
    else:
        behind = end + 1 if scan.is_in(end, "date_joiners") else end
        century = scan.match(end, "century_marks")
        if century and value < 40:
            add_century(scan, value, start, century[1])
            return century[1]
        chain = read_year_month_day(scan, at, end, value)
        if chain:
            return chain
    if 1 <= value <= 31 and len(text) <= 2 and behind < len(scan.texts) and scan.near(behind):
        month = month_at(scan, behind)
        if month is not None:
            year, stop = year_behind(scan, month[1])
            add_date(scan, start, stop, year, month[0], value)
            return stop
    era = scan.beside(end, "era_marks")
    if era:
        scan.add("year", (str(value),), start, era[1])
        return era[1]
    if short and not (scan.near(end) and counts_something(scan, end)):
        scan.add("year", (f"19{text}", f"20{text}", text), start, end)
        return end
    year = common_year(scan, value) if len(text) == 4 and not is_file_number(scan, at) else None
    return read_year(scan, at, end, year) if year is not None else None


def _other_years(scan: Scan, value: int) -> tuple[str, ...]:
    """1397 of a calendar that starts in 622 is a part of 2018 and of 2019."""
    since = -scan.lex.rules.year_offset
    if since <= 0 or value > LAST_YEAR - since:
        return ()
    return str(value + since), str(value + since + 1)


def read_era(scan: Scan, at: int) -> int | None:
    """令和5年: a year of a reign, with month and day as far as they are said."""
    found = scan.match(at, "eras")
    if not found or not scan.near(found[1]):
        return None
    behind = found[1]
    first = scan.sign(behind, "元")
    number = 1 if first else scan.small_number(behind, 150, digits=3)
    marked = scan.match(behind + 1, "year_marks") if number else None
    if number is None or not marked:
        return None
    year, end = int(found[0]) + number, marked[1]
    month = scan.small_number(end, 12)
    if month is None or not scan.is_in(end + 1, "month_marks"):
        scan.add("year", (str(year),), at, end)
        return end
    end += 2
    day = scan.small_number(end, 31)
    if day is not None and scan.is_in(end + 1, "day_marks"):
        end += 2
    else:
        day = None
    add_date(scan, at, end, year, month, day)
    return end


def read_dotted(scan: Scan, start: int, end: int, value: int) -> int | None:
    """80. letech, 20. storočia: where a stop makes a number an ordinal."""
    if not (scan.lex.rules.open_words and scan.sign(end, ".") and scan.glued(end)):
        return None
    behind = end + 1
    if not scan.near(behind) or scan.capital(behind):
        return None
    century = scan.match(behind, "century_marks")
    if century and value < 40:
        add_century(scan, value, start, century[1])
        return century[1]
    decade = scan.match(behind, "decade_marks")
    if decade and value % 10 == 0 and 0 < value < LAST_YEAR:
        add_decade(scan, start, value, decade[1])
        return decade[1]
    return None


def is_file_number(scan: Scan, at: int) -> bool:
    """The second part of No. 17-2043/B: behind a short number and before a letter."""
    return (
        at > 1
        and scan.texts[at - 1] in ("-", "/")
        and scan.glued(at)
        and scan.glued(at - 1)
        and scan.kinds[at - 2] == NUMBER
        and len(scan.texts[at - 2]) < 4
        and scan.sign(at + 1, "/")
        and scan.glued(at + 1)
        and scan.glued(at + 2)
    )


def read_year(scan: Scan, at: int, end: int, value: int) -> int | None:
    """A bare year, unless it counts something; "2017-18" are two."""
    marked = scan.beside(end, "year_marks")
    if not marked and scan.near(end) and counts_something(scan, end):
        return None
    stop = marked[1] if marked else end
    scan.add("year", (str(value), *_other_years(scan, value)), at, stop)
    scan.joint = (stop, None)
    if (
        end + 1 < len(scan.texts)
        and scan.texts[end] in ("-", "/", "~")
        and scan.glued(end)
        and scan.glued(end + 1)
        and scan.kinds[end + 1] == NUMBER
        and len(scan.texts[end + 1]) == 2
    ):
        short = int(scan.texts[end + 1])
        marked = scan.beside(end + 2, "year_marks")
        spans = short > 12 and value >= FIRST_SPAN
        spans = spans and not (scan.near(end + 2) and counts_something(scan, end + 2))
        if short == (value + 1) % 100 or ((marked or spans) and short > value % 100):
            stop = marked[1] if marked else end + 2
            full = value + (short - value % 100) % 100
            scan.add("year", (str(full), scan.texts[end + 1]), end + 1, stop)
    return stop


def counts_something(scan: Scan, at: int) -> bool:
    if scan.sign(at, "-") and scan.glued(at + 1):
        at += 1
        if not scan.glued(at - 1):
            return False
    return any(
        scan.match(at, name) is not None
        for name in ("units", "currencies", "percent", "counters", "age_marks", "code_marks")
    )


def read_year_month_day(scan: Scan, at: int, end: int, value: int) -> int | None:
    """2018년 9월 17일, 9월 17일, 17일."""
    year = month = day = None
    position, number, stop = at, value, end
    marked = scan.match(end, "year_marks")
    if marked and FIRST_YEAR <= number <= LAST_YEAR and scan.lex.tables["month_marks"]:
        year, stop = number, marked[1]
        following = scan.small_number(stop, 12) if scan.near(stop) else None
        if following is None:
            return None
        position, number = stop, following
    marked = scan.match(position + 1, "month_marks")
    if marked and 1 <= number <= 12:
        month, stop = number, marked[1]
        following = scan.small_number(stop, 31) if scan.near(stop) else None
        position, number = stop, following or 0
    marked = scan.match(position + 1, "day_marks") if position + 1 < len(scan.texts) else None
    if marked and 1 <= number <= 31:
        day, stop = number, marked[1]
    if month is None and (day is None or year is not None):
        return None
    if month is None:
        scan.add("date", (_written(None, None, day),), at, stop)
        scan.joint = (stop, Number((value,), stop, 3, literal=True))
        return stop
    add_date(scan, at, stop, year, month, day)
    scan.joint = (stop, Number((value,), stop, 3, literal=True))
    return stop


def add_century(scan: Scan, value: int, start: int, end: int) -> None:
    """A century; behind a decade it says whose that is: 80. rokoch 20. storočia."""
    last = scan.facts[-1] if scan.facts else None
    if last and _is_short_decade(last) and scan.starts[start] - last.span.end <= _FEW:
        span = Span(last.span.start, scan.ends[end - 1])
        year = (str((value - 1) * 100 + int(last.values[0])),)
        scan.facts[-1] = replace(last, values=year, span=span, text=scan.text[slice(*span)])
        return
    scan.add("century", (str(value),), start, end)


def _is_short_decade(fact: Fact) -> bool:
    return fact.kind == "decade" and len(fact.values[0]) == 2


def add_decade(scan: Scan, at: int, value: int, end: int, strength: int = 3) -> None:
    last = scan.facts[-1] if scan.facts else None
    if value < 100 and last and last.kind == "century":
        gap = scan.starts[at] - last.span.end
        if gap <= _FEW:  # 20世纪80年代
            scan.facts.pop()
            value += (int(last.values[0]) - 1) * 100
            at = bisect_left(scan.starts, last.span.start)
    if value >= 100:
        values: tuple[str, ...] = (str(value),)
        if value % 100 == 0:
            values += (f"c{value // 100 + 1}",)  # the 1800s may be the 19th century
    else:
        values = (str(value), *(str(century * 100 + value) for century in (18, 19, 20)))
    scan.add("decade", values, at, end, strength=strength)
    scan.joint = (end, None)


def read_written_date(scan: Scan, at: int) -> int | None:
    """2018-09-17, 03.10.1998, 9/17/2018, 2018. 9. 17., 9.1."""
    text = scan.texts[at]
    dotted = scan.lex.rules.dotted_dates
    parts = text.split(".")
    if len(parts) == 3 and all(part.isdigit() for part in parts):
        values = date_readings(scan, parts)
        if values:
            scan.add("date", values, at, at + 1)
            return at + 1
    for sign in ("-", "/", "."):
        end = at + 3
        glued = sign != "."
        if (
            at + 4 < len(scan.texts)
            and scan.texts[at + 1] == sign == scan.texts[at + 3]
            and scan.kinds[at + 2] == scan.kinds[at + 4] == NUMBER
            and all(
                scan.glued(at + n) if glued or n in (1, 3) else scan.near(at + n)
                for n in (1, 2, 3, 4)
            )
        ):
            parts = [text, scan.texts[at + 2], scan.texts[at + 4]]
            if all(part.isdigit() for part in parts) and (glued or dotted or len(text) == 4):
                values = date_readings(scan, parts)
                if values:
                    end = at + 5
                    end += sign == "." and scan.sign(end, ".") and scan.glued(end)
                    scan.add("date", values, at, end)
                    return end
    if dotted:
        return read_day_month(scan, at)
    return read_press_date(scan, at) if scan.lex.tables["press_dates"] else None


def read_press_date(scan: Scan, at: int) -> int | None:
    """6·25전쟁, 12·3: an event by its day; numbers that count something are a list."""
    month, day = scan.small_number(at, 12), scan.small_number(at + 2, 31)
    if month is None or day is None or not scan.is_in(at + 1, "press_dates"):
        return None
    end = at + 3
    counted = end < len(scan.texts) and scan.near(end) and scan.texts[end] in scan.lex.after
    listed = scan.is_in(end, "press_dates") or (at and scan.is_in(at - 1, "press_dates"))
    headed = at and scan.is_in(at - 1, "ordinal_heads")
    if counted or listed or headed or not (scan.glued(at + 1) and scan.glued(at + 2)):
        return None
    scan.add("date", (_written(None, month, day),), at, end, strength=2)
    return end


def read_day_month(scan: Scan, at: int) -> int | None:
    """9.1. and 9. 1., with its last stop, where a comma divides numbers."""
    parts, end = scan.texts[at].split("."), at + 1
    if len(parts) == 1 and scan.sign(at + 1, ".") and scan.glued(at + 1) and scan.near(at + 2):
        parts, end = [parts[0], scan.texts[at + 2]], at + 3
    if len(parts) != 2 or not (scan.sign(end, ".") and scan.glued(end)):
        return None
    if any(not part.isdigit() or len(part) > 2 for part in parts):
        return None
    day, month = map(int, parts)
    if not (1 <= day <= 31 and 1 <= month <= 12):
        return None
    scan.add("date", (_written(None, month, day),), at, end + 1)
    return end + 1


def date_readings(scan: Scan, parts: list[str]) -> tuple[str, ...]:
    """The dates three numbers may mean; none if no order makes one."""
    if any(len(part) > 4 for part in parts):
        return ()
    numbers = [int(part) for part in parts]
    found: list[str] = []
    if len(parts[0]) == 4:
        orders = ["ymd"]
    elif len(parts[2]) == 4 or (len(parts[2]) == 2 and len(parts[0]) <= 2):
        orders = scan.lex.rules.date_order.split()
    else:
        return ()
    for order in orders:
        named = dict(zip(order, numbers, strict=True))
        year = named["y"]
        if 1 <= named["m"] <= 12 and 1 <= named["d"] <= 31 and len(parts[order.index("y")]) > 1:
            years = [year] if year > 99 else [2000 + year, 1900 + year]
            found += [_written(y, named["m"], named["d"]) for y in years]
    return tuple(found)


def _written(year: int | None, month: int | None, day: int | None) -> str:
    return f"{year or '*'}-{month or '*'}-{day or '*'}"
