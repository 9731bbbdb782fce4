"""What a basic pack cannot read, and what is therefore not held against a text.

Number words, ordinals and centuries in words, inflected names of months and days: a fact
that may be written so in a basic language is no more than info when it stands on the other
side alone. What stands on both sides and differs is found as ever.
"""

from __future__ import annotations

from toolkit.checks.matching import CALENDAR, NUMERIC, Match
from toolkit.facts import parse
from toolkit.lang import pack
from toolkit.schema import Fact

# Style guides of most languages write numbers to ten or twelve in words; the same with a
# scale: two million, ten per cent.
_SPELT = 12
_WORDS = frozenset(
    ("weekday", "month", "season", "relative", "century", "decade", "fraction", "indefinite")
)
_COUNTS = frozenset(
    ("cardinal", "ordinal", "quantity", "duration", "age", "money", "percent", "score")
)


def may_be_words(fact: Fact) -> bool:
    """Whether a fact may be said without a digit or a name that CLDR lists."""
    if fact.kind in _WORDS:
        return True
    if fact.kind == "time":
        return fact.values[0][-3:] in (":00", ":30")
    number = parse(fact.values[0]) if fact.kind in _COUNTS else None
    if number is None or number.denominator != 1:
        return False
    return int(str(number.numerator).rstrip("0") or 0) <= _SPELT


def mark(found: Match, source_lang: str, target_lang: str) -> None:
    """Note which side is read by a basic pack, and pair what such a side says in its own way.

    clock  8.30 or 8 without the word that makes it evening
    parts  9/1 for the ninth of January
    """
    found.unread = pack(source_lang).level == "basic", pack(target_lang).level == "basic"
    if not any(found.unread) or not (found.left and found.added):
        return
    _clock(found)
    _numbered_months(found, found.sources, found.targets, found.left, found.added, side=0)
    _numbered_months(found, found.targets, found.sources, found.added, found.left, side=1)


def _clock(found: Match) -> None:
    for source in sorted(found.left):
        for target in sorted(found.added)[:_SPELT]:
            one, other = found.sources[source], found.targets[target]
            for time, count in ((one, other), (other, one)):
                if time.kind == "time" and count.kind in NUMERIC and _hours(time) & {*count.values}:
                    found.take(source, target, "clock")
                    break
            if source not in found.left:
                break


def _hours(time: Fact) -> set[str]:
    """A time as the plain numbers it may be read as: 20:30 as 8.3, 17:00 as 5."""
    found = set()
    for value in time.values:
        hour, _, minute = value.partition(":")
        for shown in {int(hour), int(hour) % 12 or 12}:
            found.add(f"{shown}.{minute}".rstrip("0").rstrip("."))
    return found


def _numbered_months(
    found: Match,
    facts: tuple[Fact, ...],
    others: tuple[Fact, ...],
    left: set[int],
    added: set[int],
    *,
    side: int,
) -> None:
    """A date whose day is found, beside a number that is its month."""
    dated = [(s, t) for s, t, rule in found.pairs if rule in ("partial", "parts")]
    partners = dict(dated) if side == 0 else {t: s for s, t in dated}
    for date in [n for n in sorted(left) if facts[n].kind in CALENDAR and n in partners]:
        month = facts[date].values[0].split("-")[1:2]
        for beside in (partners[date] - 1, partners[date] + 1):
            if beside in added and month == list(others[beside].values[:1]):
                left.discard(date)
                added.discard(beside)
                break
