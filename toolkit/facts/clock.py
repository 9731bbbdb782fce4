"""Times of day, stopwatch times, and the scores that look like times."""

from __future__ import annotations

from toolkit.facts.numerals import canonical, readings
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


def read_time(scan: Scan, at: int) -> int:
    """8:46 a.m., 5.30pm, 5 pm, 오전 8시 46분; and the scores that look like times."""
    text = scan.texts[at]
    hour = minute = None
    end = at
    hour_only = False
    if is_clock(scan, at):
        minutes = scan.texts[at + 2]
        if not text.isdigit() or not minutes.isdigit():
            return at
        if len(minutes) != 2 or len(text) > 2 or int(text) > 24 or int(minutes) > 59:
            return read_score(scan, at)
        hour, minute, end = int(text), int(minutes), at + 3
        if is_clock(scan, at + 2):
            return read_stopwatch(scan, at)
        if scan.is_in(end, "hour_marks") and scan.near(end):
            end += 1
    elif len(text) == 4 and text[0] == "0" and text.isdigit():
        if int(text[:2]) > 23 or int(text[2:]) > 59:
            return at
        zone = scan.match(at + 1, "zones") if scan.near(at + 1) else None
        if not zone:
            return at
        scan.add("time", (f"{text[:2]}:{text[2:]}",), at, zone[1])
        return zone[1]
    elif "." in text and (
        (scan.near(at + 1) and scan.match(at + 1, "day_parts"))
        or (at and scan.near(at) and follows_day_part(scan, at))
    ):
        whole, _, part = text.partition(".")
        if not (whole.isdigit() and part.isdigit() and len(part) == 2):
            return at
        hour, minute, end = int(whole), int(part), at + 1
    elif text.isdigit() and len(text) <= 2 and int(text) <= 24:
        hour, minute, end, hour_only = int(text), 0, at + 1, True
        marked = scan.match(end, "hour_marks") if scan.near(end) else None
        if marked:
            end, hour_only = marked[1], False
            if scan.match(end, "halves"):
                minute, end = 30, end + 1
            elif scan.near(end) and (found := scan.small_number(end, 59)) is not None:
                minute_mark = scan.match(end + 1, "minute_marks")
                if minute_mark:
                    minute, end = found, minute_mark[1]
    if hour is None or minute is None or hour > 24 or minute > 59:
        return at
    part_of_day = scan.match(end, "day_parts") if scan.near(end) else None
    start = at
    if part_of_day:
        end = part_of_day[1]
    elif follows_day_part(scan, at):
        part_of_day = scan.match(at - 1, "day_parts")
        start = at - 1
    if hour_only and not part_of_day:
        return at
    values = hours(hour, minute, part_of_day[0] if part_of_day else "")
    if not part_of_day and scan.lex.rules.bare_clock_is_24 and is_clock(scan, at):
        values = values[:1]
    scan.add("time", values, start, end)
    share_day_part(scan, start, part_of_day[0] if part_of_day else "")
    scan.joint = (end, None)
    return end


def follows_day_part(scan: Scan, at: int) -> bool:
    """A word for a part of the day stands right before the token."""
    if not scan.lex.rules.day_part_first:
        return False
    found = scan.match(at - 1, "day_parts") if scan.near(at) else None
    return found is not None and found[1] == at


def read_stopwatch(scan: Scan, at: int) -> int:
    """2:04:17 as hours, minutes and seconds."""
    for position, unit in ((at, "h"), (at + 2, "min"), (at + 4, "s")):
        found = readings(scan.texts[position], ".", False)
        if found:
            value = (canonical(found[0]),)
            scan.add("duration", value, position, position + 1, unit=unit)
    return at + 5


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
    if part == "am":
        hours: tuple[int, ...] = (hour % 12,) if hour <= 12 else (hour,)
    elif part == "pm":
        hours = (hour % 12 + 12,) if hour <= 12 else (hour,)
    else:
        hours = (hour % 24, hour + 12) if 0 < hour < 12 else (hour % 24,)
        hours += (0,) if hour == 12 else ()
    return tuple(f"{each % 24:02d}:{minute:02d}" for each in dict.fromkeys(hours))
