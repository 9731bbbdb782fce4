"""Write what CLDR says of each language, as the toolkit reads it: `toolkit/lang/data/cldr`.

A pack of a basic language reads digits of every script, dates, weekdays, times, percent, money,
units and the scale words behind digits (`Mio.`, `millones`, 万), as CLDR writes them. Number
words, inflected forms that CLDR does not list, and names but for countries are what a full
language adds.

The result is committed, so that a check says the same whatever Babel lies on a machine. To renew
it, install the Babel you want and run `python scripts/cldr_snapshot.py`; then read the diff, run
the tests of `tests/lang`, and commit both. It takes some ten seconds.
"""

from __future__ import annotations

import json
import re
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import babel
from babel import Locale, UnknownLocaleError, localedata
from babel.core import get_global
from babel.localedata import Alias
from unicode_rbnf import RbnfEngine
from unicode_rbnf.engine import NoRuleForNumberError, RulesetNotFoundError

from toolkit.lang import CODES
from toolkit.lang.base import CldrRules, FactRules

PLACE = Path(__file__).parents[1] / "toolkit" / "lang" / "data" / "cldr"
# Babel does not say which CLDR it was made of.
VERSIONS = {"2.17": "46", "2.18": "47", "2.19": "48"}

# Our units by CLDR's names.
_UNITS = {
    "length": "mm millimeter cm centimeter m meter km kilometer in inch ft foot yd yard mi mile "
    "nmi nautical-mile ly light-year",
    "area": "m2 square-meter km2 square-kilometer cm2 square-centimeter ft2 square-foot "
    "mi2 square-mile ha hectare ac acre",
    "volume": "ml milliliter l liter m3 cubic-meter ft3 cubic-foot gal gallon pt pint bbl barrel",
    "mass": "mg milligram g gram kg kilogram t tonne lb pound oz ounce",
    "speed": "km/h kilometer-per-hour m/s meter-per-second mph mile-per-hour kn knot",
    "temperature": "C celsius F fahrenheit deg generic",
    "duration": "ms millisecond s second min minute h hour day day week week month month year year "
    "decade decade century century",
    "power": "W watt kW kilowatt MW megawatt GW gigawatt",
    "energy": "kWh kilowatt-hour kcal kilocalorie cal calorie",
    "frequency": "Hz hertz kHz kilohertz MHz megahertz GHz gigahertz",
    "digital": "MB megabyte GB gigabyte TB terabyte",
    "pressure": "hPa hectopascal",
    "graphics": "px pixel",
}
# Symbols that are written so in every language of Latin letters, and kept in many others.
_SYMBOLS = """
mm: mm
cm: cm
m: m
km: km
m2: m² m2
km2: km² km2
ha: ha
ml: ml
l: l
m3: m³
mg: mg
g: g
kg: kg
t: t
km/h: km/h
m/s: m/s
C: °c ℃
F: °f ℉
deg: °
min: min
h: h
kW: kw
MW: mw
GW: gw
kWh: kwh
kHz: khz
MHz: mhz
GHz: ghz
MB: mb
GB: gb
TB: tb
hPa: hpa
"""
_UNIT_SYMBOLS = frozenset(["km", "cm", "mm", "kg", "mg", "ml", "ha", "kw", "mw", "gw"])
# Currencies that the news of most countries name; the rest is read by its code.
_CURRENCIES = """
    USD EUR GBP KRW UAH JPY CNY RUB INR CHF AUD CAD PLN SEK NOK DKK CZK HUF RON BGN TRY
    ILS IRR THB VND IDR BRL MXN ARS ZAR EGP SAR AED PKR BDT PHP TWD HKD SGD NZD NGN KZT
    GEL
""".split()  # noqa: SIM905
# Currencies of one name by default meant without their country: the dollar, the rouble.
_SHARED = (
    ("USD", ("AUD", "CAD", "NZD", "SGD")),
    ("RUB", ("BYN",)),
    ("CHF", ("BIF", "RWF", "DJF")),
    ("INR", ("PKR", "NPR", "LKR")),
    ("KRW", ("KPW",)),
)
_CODE_HEADS = "№ n° nº nr. no."
_BEFORE_NOON = ("am", "morning1", "morning2")
_AFTER_NOON = ("pm", "afternoon1", "afternoon2", "evening1", "evening2")
_NIGHT = ("night1", "night2")
# Shorter names of months are other words as well (mai, май, mars): those need a number beside.
_PLAIN_MONTH = 5
# Years of the Buddhist era in Thai, which Babel does not tell.
_YEAR_OFFSETS = {"th": 543}
# What CLDR leaves to its number speller: numerals of the Han script, the hours of Chinese.
_HAN_DIGITS = "\n".join(f"{n}: {char}" for n, char in enumerate("一二三四五六七八九", 1))
_HAN_SCALES = "10: 十\n100: 百\n1000: 千"
# Words of CLDR that are also written otherwise: Vietnamese newspapers have both.
_OTHER_SPELLINGS = (("1000000000", ("tỷ", "tỉ")),)
# `20 h 15` is how French newspapers write the time; CLDR 48 left it out of its patterns.
_CLOCKS = {"fr": "h"}
_HAN_CLOCK = "h: 時 时 点 點"
_HAN_MINUTES = "min: 分"
_HAN_DECADES = "年代"
_HAN_ABOUT = "多 余 餘 幾 几"
# 百分之40: the lower number of a fraction stands first.
_HAN_FRACTIONS = "分之"

_OPTIONAL_MARKS = ("[\u093c\u09bc]", "[\u200c\u200d]")
_DIRECTIONS = re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")
_QUOTED = re.compile(r"'([^']*)'")
_FIELD = re.compile(r"([A-Za-z])\1*")


def identifier(code: str) -> str | None:
    """CLDR's name of a language or of its variant (`pt_BR`); None if it knows none."""
    if not re.fullmatch(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,2}", code):
        return None
    try:
        found = Locale.parse(code.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return None
    if found.language in ("root", "und"):
        return None
    return str(_shortest(found))


def _shortest(locale: Locale) -> Locale:
    """Without the script and country that go without saying: `de_DE` is `de`, `zh_CN` `zh`."""
    likely = str(get_global("likely_subtags").get(locale.language, "")).split("_")
    if locale.script not in (None, *likely):
        return locale
    return Locale(locale.language) if locale.territory in (None, *likely) else locale


def names(name: str) -> tuple[str, str]:
    """A language's name in English, and in the language itself."""
    locale = Locale.parse(name)
    return locale.get_display_name("en") or name, locale.get_display_name() or name


@dataclass(frozen=True, slots=True)
class _Data:
    """CLDR's data of one language, by path; what stands for another part is followed."""

    whole: Mapping[Any, Any]

    def at(self, *path: str) -> dict[Any, Any]:
        """The table at a path, empty if there is none."""
        value: Any = self.whole
        for key in path:
            value = value.get(key) if isinstance(value, Mapping) else None
            if isinstance(value, Alias):
                value = self.at(*value.keys)
            elif isinstance(value, tuple) and value and isinstance(value[0], Alias):
                value = {**self.at(*value[0].keys), **value[1]}
        return dict(value) if isinstance(value, Mapping) else {}

    def text(self, *path: str) -> str:
        value = self.at(*path[:-1]).get(path[-1], "")
        return str(getattr(value, "pattern", value))

    def texts(self, *path: str) -> Iterator[str]:
        for value in self.at(*path).values():
            written = getattr(value, "pattern", value)
            if isinstance(written, str):
                yield written


def _form(text: str) -> str:
    """A word or phrase as a table holds it; "" for what no table can hold."""
    plain = _DIRECTIONS.sub("", unicodedata.normalize("NFC", text)).strip().rstrip(".")
    if not plain or any(char in plain for char in "{}*_") or ": " in plain:
        return ""
    return "_".join(plain.split())


def _letters(form: str) -> int:
    return sum(char.isalpha() or unicodedata.category(char) in ("Mn", "Mc") for char in form)


class _Table:
    """Forms by value, in the order they came; a form that two values share is none's."""

    def __init__(self) -> None:
        self._owner: dict[str, str] = {}
        self._shared: set[str] = set()

    def add(self, value: str, text: str) -> None:
        form = _form(text)
        if not form:
            return
        # A dot below or a nukta is often not written, nor a joiner that keeps letters apart.
        for written in dict.fromkeys((form, *(re.sub(m, "", form) for m in _OPTIONAL_MARKS))):
            known = self._owner.setdefault(written.lower(), value)
            if known != value:
                self._shared.add(written.lower())

    def first(self, value: str, text: str) -> None:
        """Add a form unless another value has it."""
        form = _form(text)
        if form and form.lower() not in self._owner:
            self._owner[form.lower()] = value

    def forms(self) -> dict[str, str]:
        return {form: value for form, value in self._owner.items() if form not in self._shared}

    def without(self, others: Iterable[str]) -> _Table:
        kept = _Table()
        kept._owner = {f: v for f, v in self.forms().items() if f not in set(others)}
        return kept

    def text(self) -> str:
        lines: dict[str, list[str]] = defaultdict(list)
        for form, value in self.forms().items():
            lines[value].append(form)
        return "\n".join(f"{value}: {' '.join(forms)}" for value, forms in lines.items())


def _facts(data: _Data, language: str) -> FactRules:
    dates = [data.text("date_formats", width) for width in ("full", "long", "medium")]
    # Patterns with the number of a week say nothing of dates.
    dates += [p for p in data.texts("datetime_skeletons") if not re.search("[wWQ]", _bare(p))]
    weekdays = [name for _, name in _calendar(data, "days", "wide")]
    unspaced = any(_is_unspaced(name[:1]) for name in weekdays)
    # Hebrew writes "in January" as one word, as its dates show.
    before = dict.fromkeys(text for text in _before(dates, "M") if text.isalpha())
    glued = () if unspaced else tuple(before)
    months, guarded = _months(data, glued, unspaced=unspaced)
    units = _units(data)
    speed_heads = _rates(data, units)
    joints = _between(dates)
    joiners = [*_joiners(data), *(word for word in joints if word.isalpha())]
    scales = _scales(data, joiners)
    currencies, heads = _money(data)
    hours, words = _clock(data, language)
    decimal, groups = _marks(data)
    short = data.text("date_formats", "short")
    order = "".join(dict.fromkeys(c for c in _FIELD.sub(r"\1", _bare(short)).lower() if c in "ymd"))
    han = unspaced and any("\u4e00" <= char <= "\u9fff" for name in weekdays for char in name)
    percent = _Table()
    for sign in ("%", "٪", *_counted(data.at("unit_patterns", "concentr-percent", "long"))):
        percent.add("%", sign)
    years = _Table()
    for text in (*_behind(dates, "y"), *_counted(_unit(data, "duration-year"))):
        years.add("year", text)
    return FactRules(
        big_scales=scales.words,
        scale_marks=scales.marks,
        scale_heads=scales.heads,
        small_scales=_HAN_SCALES if han else "",
        digits_glued=_HAN_DIGITS if han else "",
        ordinal_heads="第" if han else "",
        mixed_scales=scales.mixed or han,
        joiners=" ".join(scales.joiners),
        decimal=decimal,
        space_groups=groups in ("\u00a0", "\u202f", "\u2009", " "),
        either_mark=True,
        date_order=order if order == "dmy" else f"{order} dmy mdy",
        months=months,
        guarded_months=guarded,
        weekdays=_weekdays(data, glued, han=han),
        right_to_left=data.whole.get("character_order") == "right-to-left",
        small_months=any(name[:1].islower() for _, name in _calendar(data, "months", "wide"))
        and not any(name[:1].isupper() for _, name in _calendar(data, "months", "wide")),
        weak_weekdays=_shared_weekdays(data),
        capital_weekdays=all(name[:1].isupper() for name in weekdays),
        day_part_first=any(
            re.match("[aB][^hKHk]*[hK]", _bare(data.text("datetime_skeletons", name)))
            for name in ("hm", "Bhm")
        ),
        day_parts=words.without(units.forms()).text(),
        clock_words=_noon(data),
        hour_marks=f"{_HAN_CLOCK}\n{hours}" if han else hours,
        minute_marks=_HAN_MINUTES if han else "",
        year_marks=years.text(),
        month_marks=_marked("month", _behind(dates, "M", glued=True)),
        day_marks=_marked("day", _behind(dates, "d", glued=True)),
        date_joiners=" ".join(joints),
        century_marks=_marked("100", _counted(_unit(data, "duration-century"))),
        decade_marks=_HAN_DECADES if han else "",
        approximate_marks=_HAN_ABOUT if han else "",
        denominator_first=_HAN_FRACTIONS if han else "",
        halves="1/2: 半" if han else "",
        units=units.text(),
        speed_heads=speed_heads,
        currencies=currencies,
        money_heads=heads,
        percent=percent.text(),
        code_heads=_CODE_HEADS,
        keeps_order=False,
        unspaced=unspaced,
        open_words=True,
        dotted_dates="." in joints and order == "dmy" and decimal == ",",
        year_offset=_YEAR_OFFSETS.get(language, 0),
    )


def _marked(value: str, texts: Iterable[str]) -> str:
    table = _Table()
    for text in texts:
        table.add(value, text)
    return table.text()


def _is_unspaced(char: str) -> bool:
    # Sentences of these scripts are no sequences of words (Unicode line breaking, class SA,
    # and ideographs): Thai to Tibetan, Burmese, Khmer, Kana, Han.
    return any(
        first <= char <= last
        for first, last in ("\u0e00\u0fff", "\u1000\u109f", "\u1780\u17ff", "\u3041\u9fff")
    )


# --- calendar ----------------------------------------------------------------------------


def _calendar(data: _Data, what: str, width: str) -> Iterator[tuple[int, str]]:
    for context in ("format", "stand-alone"):
        for number, name in data.at(what, context, width).items():
            if isinstance(number, int) and isinstance(name, str) and name:
                yield number, name


def _months(data: _Data, glued: Iterable[str], *, unspaced: bool) -> tuple[str, str]:
    """Names that stand for a month wherever they are, and names that need a number beside."""
    plain, guarded = _Table(), _Table()
    for width in ("wide", "abbreviated"):
        for number, name in _calendar(data, "months", width):
            if name[:1].isdecimal() or re.fullmatch("M[0-9]+", name):
                continue
            whole = width == "wide"
            least = 2 if unspaced or any(map(str.isdecimal, name)) else _PLAIN_MONTH
            table = plain if whole and _letters(name) >= least else guarded
            for prefix in ("", *glued):
                table.add(str(number), prefix + name)
    return plain.text(), guarded.without(plain.forms()).text()


def _weekdays(data: _Data, glued: Iterable[str], *, han: bool) -> str:
    table = _Table()
    weeks = {_form(text).lower() for text in _counted(_unit(data, "duration-week"))}
    for number, name in _calendar(data, "days", "wide"):
        if _form(name).lower() not in weeks or name[:1].isupper():
            for prefix in ("", *glued):
                table.add(str(number + 1), prefix + name)
    if han:
        for number, name in _calendar(data, "days", "abbreviated"):
            # 周三; the single letter of 水曜日 only between brackets
            table.add(str(number + 1), name if len(name) > 1 else f"({name})")
    return table.text()


def _bare(pattern: str) -> str:
    """A date pattern without its words."""
    return _QUOTED.sub("", pattern)


def _pieces(pattern: str) -> Iterator[tuple[str, str]]:
    """Fields and texts of a pattern: ("field", "M"), ("text", " de ")."""
    at = 0
    for found in re.finditer(r"'([^']*)'|([A-Za-z])\2*", pattern):
        if found.start() > at:
            yield "text", pattern[at : found.start()]
        yield ("text", found[1]) if found[2] is None else ("field", found[2].replace("L", "M"))
        at = found.end()
    if at < len(pattern):
        yield "text", pattern[at:]


def _joined(pattern: str) -> list[tuple[str, str]]:
    parts: list[tuple[str, str]] = []
    for kind, text in _pieces(_DIRECTIONS.sub("", pattern)):
        if parts and parts[-1][0] == kind == "text":
            parts[-1] = ("text", parts[-1][1] + text)
        else:
            parts.append((kind, text))
    return parts


def _behind(patterns: Iterable[str], field: str, *, glued: bool = False) -> Iterator[str]:
    """Words behind a field of dates: 年, г. Glued: only what touches it, as 月."""
    for pattern in patterns:
        parts = _joined(pattern)
        for (kind, name), (other, text) in pairwise(parts):
            if (kind, name, other) == ("field", field, "text"):
                word = text.split()[0] if text.split() else ""
                if _letters(word) and not (glued and text[0].isspace()):
                    yield word.rstrip(",،(")


def _before(patterns: Iterable[str], field: str) -> Iterator[str]:
    for pattern in patterns:
        parts = _joined(pattern)
        for (kind, text), (other, name) in pairwise(parts):
            if (kind, other, name) == ("text", "field", field) and not text[-1:].isspace():
                yield text.split()[-1]


def _between(patterns: Iterable[str]) -> list[str]:
    """What joins day, month and year: `de`, the stop of 9. ledna."""
    found: dict[str, None] = {}
    for pattern in patterns:
        parts = _joined(pattern)
        for (_, one), (kind, text), (_, other) in zip(parts, parts[1:], parts[2:], strict=False):
            word = text.strip()
            spaced = text[:1].isspace() or text[-1:].isspace()
            joins = word == "." or (word.isalpha() and text[0].isspace() and _form(word))
            if kind == "text" and {one, other} <= set("dMy") and spaced and joins:
                found[word.lower()] = None
    return list(found)


# --- clock -------------------------------------------------------------------------------


def _clock(data: _Data, language: str) -> tuple[str, _Table]:
    """Words behind the hour (`Uhr`), and parts of the day by am and pm."""
    parts = _Table()
    twelve = "a" in _bare(data.text("time_formats", "short"))
    for names, value in ((_BEFORE_NOON, "am"), (_AFTER_NOON, "pm"), (_NIGHT, "night")):
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                periods = data.at("day_periods", context, width)
                for name in names:
                    form = periods.get(name, "")
                    # AM is a word of many languages; only where clocks have it, it is a part.
                    told = _letters(form) > (2 if form.isascii() else 1) or "." in form
                    if told or (twelve and name in ("am", "pm")):
                        parts.add(value, form)
                        if "." in form:
                            parts.add(value, form.replace("\u00a0", "").replace("\u202f", ""))
    hours = _Table()
    times = [data.text("datetime_skeletons", name) for name in ("H", "h", "Hm", "Bh")]
    for word in (*_behind(times, "H"), *_behind(times, "h")):
        if _form(word).lower() not in parts.forms():
            hours.add("clock", word)
    if language in _CLOCKS:
        hours.add("clock", _CLOCKS[language])
    return hours.text(), parts


def _noon(data: _Data) -> str:
    table = _Table()
    for name, value in (("noon", "12:00"), ("midnight", "00:00")):
        for width in ("wide", "abbreviated"):
            form = data.at("day_periods", "format", width).get(name, "")
            if _letters(form) > 3:
                table.add(value, form)
    return table.text()


# --- numbers -----------------------------------------------------------------------------


def _marks(data: _Data) -> tuple[str, str]:
    """The decimal mark as facts fold it, and what stands between groups."""
    system = data.whole.get("default_numbering_system", "latn")
    symbols = {**data.at("number_symbols", "latn"), **data.at("number_symbols", str(system))}
    decimal = str(symbols.get("decimal", "."))
    return {"\u066b": "."}.get(decimal, decimal), str(symbols.get("group", ","))


@dataclass(frozen=True, slots=True)
class _Scale:
    """One of CLDR's short numbers: what its words are worth."""

    value: int
    words: tuple[str, ...]
    wide: bool  # of the long form
    ahead: bool  # before the number


@dataclass(frozen=True, slots=True)
class _Scales:
    words: str
    marks: str  # only glued to a number: 5M
    heads: str  # before a number: milioni 2.5
    joiners: tuple[str, ...]  # before several scales: 34 na bilyon
    mixed: bool  # 5 करोड़ 20 लाख


def _scales(data: _Data, joiners: Sequence[str]) -> _Scales:
    words, marks, heads = _Table(), _Table(), _Table()
    scales = list(_compact(data))
    phrases = [scale for scale in scales if len(scale.words) > 1]
    for scale in scales:
        if scale not in phrases:
            word = scale.words[0]
            if word.lower() in _UNIT_SYMBOLS:
                continue  # Catalan's short km are milliards
            long = _letters(word) > 1 or (scale.wide and not word.isascii())
            table = heads if scale.ahead else words if long or _is_unspaced(word) else marks
            table.add(str(scale.value), word)
    for value, form in _OTHER_SPELLINGS:
        if form[0] in words.forms():
            words.add(value, form[1])
    known = words.forms()
    lasts: dict[str, set[str]] = defaultdict(set)
    for scale in phrases:
        lasts[scale.words[0]].add(scale.words[-1])
    more = [w for w, ends in lasts.items() if len(ends) > 1 and len(w) < 4 and w not in known]
    joiners = tuple(dict.fromkeys((*joiners, *more)))
    for scale in phrases:
        first, *between, last = scale.words
        factor = known.get(_form(last).lower())
        if first in joiners and not between:
            words.add(str(scale.value), last)  # 20 de milioane
        elif factor:
            # mil millones, milers de milions: a product, perhaps of a part not known alone
            words.first(str(scale.value // int(factor)), first)
            joiners = (*joiners, *between)
    mixed = any(scale.value == 100_000 for scale in scales)
    return _Scales(words.text(), marks.text(), heads.text(), tuple(dict.fromkeys(joiners)), mixed)


def _compact(data: _Data) -> Iterator[_Scale]:
    for kind in ("compact_decimal_formats", "compact_currency_formats"):
        for width in ("long", "short"):
            for plural in data.at(kind, width):
                for size, value in data.at(kind, width, plural).items():
                    pattern = _DIRECTIONS.sub("", str(getattr(value, "pattern", value)))
                    pattern = pattern.partition(";")[0]
                    digits = re.search("0+", pattern)
                    if digits is None or not str(size).isdecimal():
                        continue
                    scale = 10 ** (len(str(size)) - len(digits[0]))
                    before, behind = pattern[: digits.start()], pattern[digits.end() :]
                    rest = re.sub("[¤']", " ", f"{before} {behind}")
                    found = tuple(word for word in rest.split() if _letters(word))
                    if scale > 1 and found:
                        ahead = bool(_letters(before)) and not _letters(behind)
                        yield _Scale(scale, found, width == "long", ahead)


def _joiners(data: _Data) -> Iterator[str]:
    """What may stand between a number and what it counts: 20 *de* euro."""
    for pattern in data.texts("currency_unit_patterns"):
        between = pattern.partition("{0}")[2].partition("{1}")[0].strip()
        if between.isalpha() and _form(between):
            yield between


# --- measures ----------------------------------------------------------------------------


def _unit(data: _Data, name: str) -> dict[Any, Any]:
    return data.at("unit_patterns", name, "long")


def _counted(patterns: Mapping[Any, Any]) -> Iterator[str]:
    """What stands behind the number in patterns of a unit: {0} kilometres."""
    for count, pattern in patterns.items():
        if isinstance(pattern, str) and count != "per":
            head, mark, tail = _DIRECTIONS.sub("", pattern).partition("{0}")
            if mark and not head.strip() and _form(tail):
                yield tail


def _units(data: _Data) -> _Table:
    table = _Table()
    for line in _SYMBOLS.strip().splitlines():
        unit, _, symbols = line.partition(": ")
        for symbol in symbols.split():
            table.add(unit, symbol)
    for dimension, pairs in _UNITS.items():
        names = pairs.split()
        for unit, name in zip(names[::2], names[1::2], strict=True):
            for text in _counted(data.at("unit_patterns", f"{dimension}-{name}", "long")):
                table.first(unit, text)
            if dimension == "duration":
                continue  # Spanish writes its years as "a"
            for text in _counted(data.at("unit_patterns", f"{dimension}-{name}", "short")):
                if _letters(text) > 1:
                    table.first(unit, text)
    return table


# What a length is in an hour or a second.
_RATES = (("km", "h", "km/h"), ("mi", "h", "mph"), ("m", "s", "m/s"))
_RATE_NAMES = {"h": "hour", "s": "second"}


def _rates(data: _Data, units: _Table) -> str:
    """Add every way to say a speed, `km per uur`; return what stands before one: గంటకు."""
    heads = _Table()
    for length, rate, speed in _RATES:
        forms = [form for form, value in units.forms().items() if value == length]
        for width in ("long", "short"):
            pattern = data.text("unit_patterns", f"duration-{_RATE_NAMES[rate]}", width, "per")
            before, mark, behind = _DIRECTIONS.sub("", pattern).partition("{0}")
            if before.strip() and mark:
                heads.add(rate, before)
            for form in forms if behind.strip() and mark else ():
                units.first(speed, form.replace("_", " ") + behind)
    return heads.text()


def _shared_weekdays(data: _Data) -> str:
    """Days that are words for lengths of time as well: luni, Monday or months."""
    lengths = {
        _form(text).lower()
        for name in ("day", "week", "month", "year")
        for text in _counted(_unit(data, f"duration-{name}"))
    }
    days = (_form(name).lower() for _, name in _calendar(data, "days", "wide"))
    return " ".join(sorted({day for day in days if day in lengths}))


def _money(data: _Data) -> tuple[str, str]:
    """Words and signs of currencies: those behind an amount, and those before it."""
    names, heads = _Table(), _Table()
    symbols = {**_english_symbols(), **data.at("currency_symbols")}
    plural = {code: sorted(set(data.texts("currency_names_plural", code))) for code in _all_codes()}
    heads.first("USD", "$")  # even where it is the country's own, most are meant elsewhere
    for code in _CURRENCIES:
        names.add(code, code)
        names.first(code, str(data.at("currency_names").get(code, "")))
        for name in plural[code]:
            names.first(code, name)
        symbol = str(symbols.get(code, ""))
        if symbol and symbol != code:
            heads.first(code, symbol)
            names.first(code, symbol)
    for code, others in _SHARED:
        for word in _heads(plural[code], [plural[other] for other in others]):
            names.first(code, word)
    for code, symbol in (("USD", "$"), ("EUR", "€"), ("GBP", "£"), ("USD", "US$")):
        heads.first(code, symbol)
        names.first(code, symbol)
    return names.text(), heads.text()


def _all_codes() -> Iterator[str]:
    yield from _CURRENCIES
    for _, others in _SHARED:
        yield from others


@lru_cache(maxsize=1)
def _english_symbols() -> dict[str, str]:
    return _Data(localedata.load("en")).at("currency_symbols")


def _heads(names: Sequence[str], others: Sequence[Sequence[str]]) -> Iterator[str]:
    """What a currency's names share with those of the same name elsewhere: dólares, ドル."""
    words = [set(re.findall(r"[^\W\d_]+", name)) for name in names]
    theirs = [{w for name in other for w in re.findall(r"[^\W\d_]+", name)} for other in others]
    for word in dict.fromkeys(w for own in words for w in sorted(own)):
        if any(word in other for other in theirs) and len(word) > 2:
            yield word
    for name in names:
        if not _is_unspaced(name[-1:]):
            continue
        for other in (text for group in others for text in group):
            size = 0
            while size < min(len(name), len(other)) and name[-1 - size] == other[-1 - size]:
                size += 1
            if size > 1:
                yield name[len(name) - size :]


# --- number words ------------------------------------------------------------------------

# Numbers that newspapers write in words: the rest has digits in most languages.
# Languages whose texts have no other forms than these: a number word that is nowhere is a warning.
# By half of the documents of a set of translated news, at most 1 % of right rows are flagged.
_WHOLE = frozenset("ca es fr id it ms pt vi zh".split())  # noqa: SIM905
_SPELLED = (*range(2, 32), *range(40, 100, 10), *range(100, 1000, 100), 1000)


def _spelled(name: str) -> str:
    """Every cardinal and ordinal of CLDR's number speller, all genders and cases, by value.

    Only words: a form in digits, or one that is not of letters, is left out. A form of two values
    (a feminine ordinal that is another cardinal) stands under both: it may mean either.
    """
    if name not in RbnfEngine.get_supported_languages():
        return ""
    engine = RbnfEngine.for_language(name)
    rules = [
        rule
        for rule in engine.rulesets
        if rule.startswith(("spellout-cardinal", "spellout-ordinal", "spellout-numbering"))
        and not rule.endswith("year")
    ]
    lines = []
    for value in _SPELLED:
        said: dict[str, None] = {}
        for rule in rules:
            try:
                text = engine.format_number(value, ruleset_names=[rule]).text
            except (NoRuleForNumberError, RulesetNotFoundError):
                continue  # CLDR leaves some rules out, or the package cannot follow them
            form = _form(text.replace("\u00ad", "")).lower()
            if form and not any(map(str.isdecimal, form)):
                said[form] = None
        if said:
            lines.append(f"{value}: {' '.join(said)}")
    return "\n".join(lines)


# --- writing the snapshot ------------------------------------------------------------------


def _cldr(name: str, data: _Data) -> CldrRules:
    decimal, group = _marks(data)
    locale = Locale.parse(name)
    codes = sorted(locale.territories.items())
    return CldrRules(
        territories="\n".join(f"{code}: {written}" for code, written in codes),
        plurals=_rules(locale.plural_form.rules),
        ordinals=_rules(locale.ordinal_form.rules),
        decimal=decimal,
        group=group,
        script=_script(locale),
        spelled=_spelled(name),
        spelled_whole=name.partition("_")[0] in _WHOLE,
    )


def _script(locale: Locale) -> str:
    likely = str(get_global("likely_subtags").get(locale.language, "")).split("_")
    return locale.script or next((part for part in likely if len(part) == 4), "")


def _rules(rules: Mapping[str, str]) -> str:
    return "\n".join(f"{tag}: {rule}" for tag, rule in sorted(rules.items()))


_BLOCK = "'''"


def _toml(value: object) -> str:
    if not isinstance(value, str):
        return json.dumps(value)
    if "\n" in value:
        return f"{_BLOCK}\n{value}\n{_BLOCK}"
    shown = json.dumps(value, ensure_ascii=False)
    return "".join(c if c.isprintable() else f"\\U{ord(c):08X}" for c in shown)


def _written(record: object, base: object) -> list[str]:
    """Keys of a record that differ from another."""
    return [
        f"{each.name} = {_toml(getattr(record, each.name))}"
        for each in fields(record)  # type: ignore[arg-type]
        if getattr(record, each.name) != getattr(base, each.name)
    ]


def _file(name: str, facts: list[str], cldr: list[str]) -> None:
    english, own = map(_toml, names(name))
    head = [f"# {json.loads(english)}: made by scripts/cldr_snapshot.py."]
    if "_" in name:
        head += ["# What differs from the language without what follows its last mark.", ""]
        head += [f"name = {english}", f"own_name = {own}"]
    lines = [*head, "", "[facts]", *facts, "", "[cldr]", *cldr, ""]
    (PLACE / f"{name}.toml").write_text("\n".join(lines), "utf-8", newline="\n")


def _variants() -> dict[str, dict[str, str]]:
    """By language, what may follow its code (`BR`, `Hant_TW`) and what of that must be said."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for name in localedata.locale_identifiers():
        language, *parts = name.split("_")
        for suffix in {"_".join(parts), *parts} - {""}:
            short = identifier(f"{language}_{suffix}")
            if short and short.partition("_")[0] == language:
                found[language][suffix] = short.partition("_")[2]
    return found


def _index(languages: Sequence[str], variants: Mapping[str, Mapping[str, str]]) -> str:
    made_of = VERSIONS.get(babel.__version__.rpartition(".")[0], "of that")
    lines = [
        f"# Made by scripts/cldr_snapshot.py with Babel {babel.__version__}, CLDR {made_of}.",
        f'version = "{babel.__version__}"',
        "",
        "# Code | name in English | own name",
        f"languages = {_BLOCK}",
        *(" | ".join((code, *names(code))) for code in languages),
        _BLOCK,
        "",
        "# What may follow a code; behind = what of that has to be said.",
        f"variants = {_BLOCK}",
    ]
    for code in languages:
        known = sorted(variants.get(code, {}).items())
        if known:
            said = (k if k == v else f"{k}={v}" for k, v in known)
            lines.append(f"{code}: {' '.join(said)}")
    aliases = {
        old: short
        for old in get_global("language_aliases")
        if re.fullmatch("[a-z]{2,3}", old) and (short := identifier(old)) and short in languages
    }
    spoken = {
        key[4:]: language
        for key in get_global("likely_subtags")
        if re.fullmatch("und_[A-Z]{2}", key) and (language := identifier(key)) in languages
    }
    lines += [_BLOCK, "", "# Other codes of a language."]
    lines += [f"aliases = {_BLOCK}", *(f"{k}: {v}" for k, v in sorted(aliases.items())), _BLOCK]
    lines += ["", "# The language spoken where a country's code says."]
    lines += [f"spoken = {_BLOCK}", *(f"{k}: {v}" for k, v in sorted(spoken.items())), _BLOCK, ""]
    return "\n".join(lines)


def main() -> None:
    """Write all files anew."""
    PLACE.mkdir(parents=True, exist_ok=True)
    for old in PLACE.glob("*.toml"):
        old.unlink()
    known = localedata.locale_identifiers()
    languages = sorted(name for name in known if re.fullmatch("[a-z]{2,3}", name))
    variants = _variants()
    # Before any `Locale` is asked for data: it writes what an alias means into dictionaries that
    # languages share (who has asked for Japanese months is told in Japanese those of Turkish).
    wanted = [
        *languages,
        # Variants of a full language are that language.
        *sorted(
            {f"{code}_{v}" for code in languages for v in variants.get(code, {}).values() if v}
            - {f"{code}_{v}" for code in CODES for v in variants[code].values()}
        ),
    ]
    data = {name: _Data(localedata.load(name)) for name in wanted if localedata.exists(name)}
    facts = {name: _facts(data[name], name.partition("_")[0]) for name in data}
    cldr = {name: _cldr(name, data[name]) for name in data}
    facts[""], cldr[""] = FactRules(), CldrRules()
    for name in data:
        base = name.rpartition("_")[0]
        while base not in facts:
            base = base.rpartition("_")[0]
        written = _written(facts[name], facts[base]), _written(cldr[name], cldr[base])
        if not base or any(written):
            _file(name, *written)
    (PLACE / "index.toml").write_text(_index(languages, variants), "utf-8", newline="\n")
    sys.stdout.write(f"{len(data)} languages and variants in {PLACE}\n")


if __name__ == "__main__":
    main()
