"""Times of day, stopwatch times, and the scores that look like times."""

from __future__ import annotations

from fractions import Fraction

from toolkit.facts.numerals import Number, canonical, readings
from toolkit.facts.scan import Scan
from toolkit.facts.tokens import NUMBER
from toolkit.schema import Fact


def is_clock(scan: Scan, at: int) -> bool:
    return (
        scan.sign(at + 1, ":")
        and scan.glued(at + 1)
        and scan.glued(at + 2)
        and scan.kinds[at + 2] == NUMBER
    )


def read_time(scan: Scan, at: int) -> int | None:
    """8:46 a.m., 5.30pm, 5 pm, 오전 8시 46분; and the scores that look like times."""
    text = scan.texts[at]
    hour = minute = None
    end = at
    hour_only = False
    if is_clock(scan, at):
        minutes = scan.texts[at + 2]
        if text.isdigit() and len(minutes) > 3 and minutes[2] in ".,":
            return read_split_time(scan, at)
        if not text.isdigit() or not minutes.isdigit():
            return None
        if len(minutes) != 2 or len(text) > 2 or int(text) > 24 or int(minutes) > 59:
            return read_score(scan, at)
        hour, minute, end = int(text), int(minutes), at + 3
        if is_clock(scan, at + 2):
            return read_stopwatch(scan, at)
        if scan.is_in(end, "hour_marks") and scan.near(end):
            end += 1
    elif len(text) == 4 and text.isdigit() and (zoned := read_zoned(scan, at)):
        return zoned
    elif "." in text and (
        scan.beside(at + 1, "day_parts")
        or scan.beside(at + 1, "hour_marks")
        or follows_day_part(scan, at)
    ):
        whole, _, part = text.partition(".")
        if not (whole.isdigit() and part.isdigit() and len(part) == 2):
            return None
        hour, minute = int(whole), int(part)
        end = (scan.match(at + 1, "hour_marks") or ("", at + 1))[1]  # 20.15 Uhr
    elif text.isdigit() and len(text) <= 2 and int(text) <= 24:
        hour, minute, end, hour_only = int(text), 0, at + 1, True
        marked = scan.beside(end, "hour_marks")
        if marked:
            hour_only = False
            minute, end = minutes_behind(scan, marked)
    if hour is None or minute is None or hour > 24 or minute > 59:
        return None
    return add_time(scan, at, end, hour, minute, hour_only=hour_only)


def read_hour(scan: Scan, at: int, number: Number) -> int | None:
    """five in the morning, 오후 두 시 반: an hour in words."""
    hour, end = number.values[0], number.end
    if not isinstance(hour, int) or not 0 < hour <= 12 or number.scaled != 1:
        return None
    marked = scan.beside(end, "hour_marks")
    if marked is None:
        if not scan.beside(end, "day_parts"):
            return None
        minute = 0
    else:
        minute, end = minutes_behind(scan, marked)
    return add_time(scan, at, end, hour, minute, hour_only=marked is None, strength=2)


def minutes_behind(scan: Scan, marked: tuple[str, int]) -> tuple[int, int]:
    """The minutes behind the word for an hour, and the token behind them."""
    kind, end = marked
    if scan.match(end, "halves"):
        return 30, end + 1
    if scan.near(end) and (found := scan.small_number(end, 59)) is not None:
        minute_mark = scan.match(end + 1, "minute_marks")
        if minute_mark or (kind == "clock" and len(scan.texts[end]) == 2):
            return found, minute_mark[1] if minute_mark else end + 1
    return 0, end


def add_time(
    scan: Scan, at: int, end: int, hour: int, minute: int, *, hour_only: bool, strength: int = 3
) -> int | None:
    """Add a time with the part of the day beside it; a bare hour without one is none."""
    part_of_day = scan.beside(end, "day_parts")
    start = at
    if part_of_day:
        end = part_of_day[1]
    elif follows_day_part(scan, at):
        part_of_day = scan.match(at - 1, "day_parts")
        start = at - 1
    if hour_only and not part_of_day:
        return None
    values = hours(hour, minute, part_of_day[0] if part_of_day else "")
    if shift := scan.lex.rules.hour_shift:  # from dawn on, or as elsewhere
        said = (hour + shift) % 12 or 12
        values += hours(said, minute, part_of_day[0] if part_of_day else "")
    if minute and scan.is_in(end, "before_marks") and scan.near(end):
        values += tuple(earlier(value, 2 * minute) for value in values)  # 5시 10분 전
    if not part_of_day and scan.lex.rules.bare_clock_is_24 and is_clock(scan, at):
        values = values[:1]
    scan.add("time", values, start, end, strength=strength)
    share_day_part(scan, start, part_of_day[0] if part_of_day else "")
    scan.joint = (end, None)
    return end


def read_zoned(scan: Scan, at: int) -> int | None:
    """0230 UTC."""
    text = scan.texts[at]
    if int(text[:2]) > 23 or int(text[2:]) > 59 or not scan.near(at + 1):
        return None
    zone = scan.match(at + 1, "zones")
    if zone is None and scan.capital(at + 1):  # 0400 Kyiv time
        zone = scan.match(at + 2, "zones")
    elif zone is not None and not scan.capital(at + 1) and text[0] != "0":
        return None  # 1800 hours, many or one
    if zone is None:
        return None
    scan.add("time", (f"{text[:2]}:{text[2:]}",), at, zone[1])
    return zone[1]


def follows_day_part(scan: Scan, at: int) -> bool:
    """A word for a part of the day stands right before the token."""
    return scan.lex.rules.day_part_first and scan.before(at, "day_parts") is not None


def read_worded(scan: Scan, at: int, number: Number) -> int | None:
    """twenty past three, ten minutes to five."""
    minutes = number.values[0]
    past = scan.match(number.end, "past_words")
    found = past or scan.match(number.end, "to_words")
    if not found or not isinstance(minutes, int) or not 0 < minutes < 60:
        return None
    behind = found[1]
    if behind >= len(scan.texts):
        return None
    hour = scan.lex.numbers.get(scan.texts[behind]) or scan.lex.weak_numbers.get(scan.texts[behind])
    hour = hour or scan.small_number(behind, 12)
    if not hour or hour > 12:
        return None
    part = scan.beside(behind + 1, "day_parts")
    end = part[1] if part else behind + 1
    values = hours(hour, minutes if past else 0, part[0] if part else "")
    if not past:
        values = tuple(earlier(value, minutes) for value in values)
    scan.add("time", values, at, end)
    return end


def earlier(time: str, minutes: int) -> str:
    total = (int(time[:2]) * 60 + int(time[3:]) - minutes) % (24 * 60)
    return f"{total // 60:02d}:{total % 60:02d}"


def read_stopwatch(scan: Scan, at: int) -> int:
    """2:04:17 as hours, minutes and seconds."""
    for position, unit in ((at, "h"), (at + 2, "min"), (at + 4, "s")):
        found = readings(scan.texts[position], ".", False)
        if found:
            value = (canonical(found[0]),)
            scan.add("duration", value, position, position + 1, unit=unit)
    return at + 5


def read_split_time(scan: Scan, at: int) -> int:
    """1:41.11 as minutes and seconds."""
    seconds = scan.texts[at + 2].replace(",", ".")
    whole, _, part = seconds.partition(".")
    if len(whole) != 2 or not (whole.isdigit() and part.isdigit()) or int(whole) > 59:
        return read_score(scan, at)
    scan.add("duration", (canonical(int(scan.texts[at][:4])),), at, at + 1, unit="min")
    scan.add("duration", (canonical(Fraction(seconds)),), at + 2, at + 3, unit="s")
    return at + 3


def share_day_part(scan: Scan, start: int, part: str) -> None:
    """The first of "5-6pm" is an hour, too."""
    end, number = scan.joint
    if not part or number is None or len(scan.facts) < 2 or not scan.connects(end, start):
        return
    before, value = scan.facts[-2], number.values[0]
    if before.kind == "cardinal" and isinstance(value, int) and value <= 12 and number.literal:
        scan.facts[-2] = Fact("time", hours(value, 0, part), before.span, before.text)


def read_score(scan: Scan, at: int) -> int:
    """31:27 as two numbers that belong together."""
    for position in (at, at + 2):
        found = readings(scan.texts[position], scan.lex.rules.decimal, False)
        if found:
            scan.add("score", (canonical(found[0]),), position, position + 1)
    return at + 3


def hours(hour: int, minute: int, part: str) -> tuple[str, ...]:
    """The times of day a clock reading may mean."""
    if part == "night":  # 밤 11시, 12 ночі, 2 ночі
        part = "pm" if 5 < hour < 12 else "am"
    if part == "am":
        hours: tuple[int, ...] = (hour % 12,) if hour <= 12 else (hour,)
    elif part == "pm":
        hours = (hour % 12 + 12,) if hour <= 12 else (hour,)
    else:
        hours = (hour % 24, hour + 12) if 0 < hour < 12 else (hour % 24,)
        hours += (0,) if hour == 12 else ()
    return tuple(f"{each % 24:02d}:{minute:02d}" for each in dict.fromkeys(hours))
