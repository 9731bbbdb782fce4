"""Sentences as the news has them, in English, Ukrainian and Korean, with their slots.

Each is a pattern filled with values: numbers, dates, times, amounts, names, labels. Numbers
agree with their nouns, verbs with their subjects, Korean particles with the sound before
them. A value belongs to training or to the held-out part by its own hash, so training
never sees a held-out date, amount or number of that kind; patterns without figures are
split by whole sentences.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import NamedTuple

from training import lexicon
from training.patterns import PATTERNS

LANGS = ("en", "uk", "ko")
HELD_OUT = 8  # one value in so many is never trained on

ELEMENT = re.compile(
    r"\{(?P<slot>[a-z]+)(?P<number>\d?)(?:\.(?P<form>\w+))?"
    r"(?:\?(?P<plural>[^}]*))?(?:~(?P<gender>[^}]*))?\}|\[(?P<word>[^\]]+)\]"
)
VOWELS = tuple("аеєиіїоуюя")
# With a final consonant before them, and without.
PARTICLES = {
    "은": "은는",
    "이": "이가",
    "을": "을를",
    "과": "과와",
    "으로": ("으로", "로"),
    "이다": ("이다", "다"),
}
DIGITS_WITH_FINAL = "013678"


class Slot(NamedTuple):
    """Where a value stands in a text, and which value of the sentence it is."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Text:
    text: str
    slots: tuple[Slot, ...]


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence in three languages; `pattern` is the number of its pattern."""

    pattern: int
    en: Text
    uk: Text
    ko: Text


@dataclass(frozen=True, slots=True)
class Value:
    """What stands in a slot: in English and Korean, and in Ukrainian by form ("" the usual).

    `plural` chooses among the forms after 1, 2 to 4, 5 and more; `gender` is m, f or n.
    """

    en: str
    uk: Mapping[str, str]
    ko: str
    plural: int = 0
    gender: str = "m"
    codes: Mapping[str, str] = field(default_factory=dict)


def corpus(size: int, *, seed: int, held_out: bool = False) -> tuple[Sentence, ...]:
    """So many different sentences; the same for the same arguments, on any machine."""
    rng = random.Random(seed)
    found: dict[str, Sentence] = {}
    while len(found) < size:
        sentence = _sentence(rng, held_out=held_out)
        found.setdefault(sentence.en.text, sentence)
    return tuple(found.values())


def _sentence(rng: random.Random, *, held_out: bool) -> Sentence:
    number = rng.randrange(len(PATTERNS))
    pattern = PATTERNS[number]
    while True:
        values = _values(rng, pattern, held_out=held_out)
        texts = [
            _fill(template, lang, values) for template, lang in zip(pattern, LANGS, strict=True)
        ]
        figures = any(name.rstrip("2") in SPLIT_BY_VALUE for name in values)
        if figures or _is_held_out(texts[0].text) == held_out:
            return Sentence(number, *texts)


def _values(rng: random.Random, pattern: tuple[str, ...], *, held_out: bool) -> dict[str, Value]:
    values: dict[str, Value] = {}
    for match in ELEMENT.finditer(pattern[0]):
        kind = match["slot"]
        if kind is None:
            continue
        name = kind + match["number"]
        taken = {value.en for value in values.values()}
        while True:
            value = KINDS[kind](rng)
            fits = kind not in SPLIT_BY_VALUE or _is_held_out(value.codes["id"]) == held_out
            if fits and value.en not in taken:
                break
        values[name] = value
    return values


def _is_held_out(content: str) -> bool:
    return hashlib.sha256(content.encode()).digest()[0] % HELD_OUT == 0


def _fill(template: str, lang: str, values: Mapping[str, Value]) -> Text:
    text = ""
    slots = []
    at = 0
    for match in ELEMENT.finditer(template):
        text += template[at : match.start()]
        at = match.end()
        if word := match["word"]:
            text += _particle(word, text) if lang == "ko" else _article(values)
            continue
        name = match["slot"] + match["number"]
        value = values[name]
        if match["plural"]:
            text += match["plural"].split("|")[value.plural]
        elif match["gender"]:
            text += match["gender"].split("|")["mfn".index(value.gender)]
        else:
            piece = _form(value, lang, match["form"] or "")
            slots.append(Slot(name, len(text), len(text) + len(piece)))
            text += piece
    text += template[at:]
    # "8 p.m." at the end brings its own full stop.
    return Text(text[0].upper() + text[1:].replace("m..", "m."), tuple(slots))


def _form(value: Value, lang: str, form: str) -> str:
    if lang == "uk":
        return value.uk[form]
    return value.codes.get(f"{lang}.{form}", value.en if lang == "en" else value.ko)


def _particle(word: str, text: str) -> str:
    with_final, without = PARTICLES[word]
    last = text[-1]
    if last.isdigit():
        # 1, 7 and 8 end in l, after which 으로 loses its vowel.
        final = last in DIGITS_WITH_FINAL and not (word == "으로" and last in "178")
    else:
        batchim = (ord(last) - ord("가")) % 28
        final = batchim != 0 and not (word == "으로" and batchim == 8)
    return with_final if final else without


def _article(values: Mapping[str, Value]) -> str:
    age = values["age"].en
    return "an" if age.startswith("8") or age in {"11", "18"} else "a"


def _plural(number: int) -> int:
    if number % 100 in range(11, 15):
        return 2
    return (2, 0, 1, 1, 1, 2, 2, 2, 2, 2)[number % 10]


# Kinds of values.


def _city(rng: random.Random) -> Value:
    en, uk, ko = rng.choice(lexicon.rows(lexicon.CITIES))
    return _place(en, uk.split(), ko)


def _country(rng: random.Random) -> Value:
    en, uk, ko = rng.choice(lexicon.rows(lexicon.COUNTRIES))
    return _place(en, uk.split(", "), ko)


def _place(en: str, uk: list[str], ko: str) -> Value:
    nominative, genitive, locative = uk if len(uk) == 3 else uk * 3
    at = "в" if genitive.lower().startswith(VOWELS) else "у"
    if re.match(r"ль|ст", genitive.lower()):
        out_of = "зі"
    else:
        out_of = "із" if genitive.lower().startswith(("с", "з", "ш", "ч")) else "з"
    forms = {
        "": nominative,
        "gen": genitive,
        "in": f"{at} {locative}",
        "from": f"{out_of} {genitive}",
        "at": f"{at} {genitive}",
    }
    return Value(en, forms, ko)


def _org(rng: random.Random) -> Value:
    en, uk, ko = rng.choice(lexicon.rows(lexicon.ORGANISATIONS))
    nominative, genitive, gender = uk.split(", ")
    low = [form.replace("Компані", "компані") for form in (nominative, genitive)]
    return Value(en, {"": low[0], "low": low[0], "gen": low[1]}, ko, gender=gender)


def _person(rng: random.Random) -> Value:
    if rng.random() < 0.3:
        surname = rng.choice(lexicon.rows(lexicon.KOREAN_SURNAMES))
        given = rng.choice(lexicon.rows(lexicon.KOREAN_GIVEN_NAMES))
        names = (f"{surname[0]} {given[0]}", f"{surname[1]} {given[1]}", surname[2] + given[2])
    else:
        given = rng.choice(lexicon.rows(lexicon.FIRST_NAMES))
        surname = rng.choice(lexicon.rows(lexicon.SURNAMES))
        names = tuple(f"{given[at]} {surname[at]}" for at in range(3))
    return Value(names[0], {"": names[1]}, names[2], gender=given[3])


def _club(rng: random.Random) -> Value:
    en, uk, ko = rng.choice(lexicon.rows(lexicon.CLUBS))
    return Value(en, {"": uk}, ko)


def _who(rng: random.Random) -> Value:
    en, uk, ko = rng.choice(lexicon.rows(lexicon.PERSONS_OF_NEWS))
    accusative, gender = uk.split(", ")
    return Value(en, {"": accusative}, ko, gender=gender)


def _label(rng: random.Random) -> Value:
    mark = f"⟦{rng.randrange(10)}⟧"
    return Value(mark, {"": mark}, mark)


def _number(number: int) -> Value:
    # Ukrainian parts the thousands from five digits on.
    uk = str(number) if number < 10_000 else f"{number:,}".replace(",", " ")
    codes = {"id": f"number {number}", "ko.code": str(number)}
    return Value(
        f"{number:,}", {"": uk, "code": str(number)}, f"{number:,}", _plural(number), codes=codes
    )


def _large(rng: random.Random) -> Value:
    digits = rng.randrange(3, 7)
    return _number(rng.randrange(10 ** (digits - 1), 10**digits))


def _small(rng: random.Random) -> Value:
    return _number(rng.randrange(2, 100))


def _thousands(rng: random.Random) -> Value:
    number = rng.randrange(10, 1000)
    plural = _plural(number)
    tens, rest = divmod(number, 10)
    uk = {
        "": f"{number} {('тисяча', 'тисячі', 'тисяч')[plural]}",
        "gen": f"{number} {('тисячі', 'тисяч', 'тисяч')[plural]}",
    }
    ko = f"{tens}만 {rest}천" if rest else f"{tens}만"
    return Value(f"{number},000", uk, ko, plural, codes={"id": f"thousands {number}"})


def _word(rng: random.Random) -> Value:
    at = rng.randrange(9)
    en, people, things = lexicon.rows(lexicon.NUMBER_WORDS)[at]
    return Value(en, {"": people, "of": things}, str(at + 2), _plural(at + 2))


def _year(rng: random.Random) -> Value:
    year = str(rng.randrange(1950, 2027))
    return Value(year, {"": year}, year, codes={"id": f"year {year}"})


def _age(rng: random.Random) -> Value:
    age = str(rng.randrange(18, 91))
    return Value(age, {"": age}, age, codes={"id": f"age {age}"})


def _date(rng: random.Random, *, year: int | None = None) -> Value:
    month = rng.randrange(12)
    day = rng.randrange(1, 29 if month == 1 else 31)
    en, uk = lexicon.rows(lexicon.MONTHS)[month]
    genitive = uk.split()[0]
    american = rng.random() < 0.7
    texts = (
        f"{en} {day}" if american else f"{day} {en}",
        f"{day} {genitive}",
        f"{month + 1}월 {day}일",
    )
    if year is not None:
        comma = "," if american else ""
        texts = (f"{texts[0]}{comma} {year}", f"{texts[1]} {year} року", f"{year}년 {texts[2]}")
    return Value(texts[0], {"": texts[1]}, texts[2], codes={"id": f"date {month} {day} {year}"})


def _full_date(rng: random.Random) -> Value:
    return _date(rng, year=rng.randrange(1950, 2027))


def _month(rng: random.Random) -> Value:
    at = rng.randrange(12)
    en, uk = lexicon.rows(lexicon.MONTHS)[at]
    return Value(en, {"in": uk.split()[1]}, f"{at + 1}월")


def _day(rng: random.Random) -> Value:
    en, uk, ko = rng.choice(lexicon.rows(lexicon.WEEKDAYS))
    return Value(en, {"": f"у {uk}"}, ko)


def _time(rng: random.Random) -> Value:
    hour, minute = rng.randrange(24), rng.randrange(60)
    half, twelve = hour >= 12, (hour - 1) % 12 + 1
    en = f"{twelve}:{minute:02} {'p.m.' if half else 'a.m.'}"
    ko = f"{'오후' if half else '오전'} {twelve}시" + (f" {minute}분" if minute else "")
    at = "об" if hour == 11 else "о"
    return Value(en, {"": f"{at} {hour}:{minute:02}"}, ko, codes={"id": f"time {hour} {minute}"})


def _percent(rng: random.Random) -> Value:
    tenths = rng.randrange(1, 1000) if rng.random() < 0.7 else 10 * rng.randrange(1, 100)
    whole = tenths % 10 == 0
    number = str(tenths // 10) if whole else f"{tenths / 10}"
    uk = number.replace(".", ",")
    noun = ("відсоток", "відсотки", "відсотків")[_plural(tenths // 10)] if whole else "відсотка"
    codes = {"id": f"percent {tenths}", "en.sign": f"{number}%"}
    return Value(
        f"{number} percent", {"": f"{uk} {noun}", "sign": f"{uk} %"}, f"{number}%", codes=codes
    )


def _magnitude(rng: random.Random) -> Value:
    number = f"{rng.randrange(20, 95) / 10}"
    return Value(
        number, {"": number.replace(".", ",")}, number, codes={"id": f"magnitude {number}"}
    )


def _score(rng: random.Random) -> Value:
    won = rng.randrange(1, 8)
    lost = rng.randrange(won)
    codes = {"id": f"score {won} {lost}"}
    return Value(f"{won}-{lost}", {"": f"{won}:{lost}"}, f"{won}-{lost}", codes=codes)


def _flight(rng: random.Random) -> Value:
    code = rng.choice(("KE", "OZ", "PS", "LO", "LH", "AF")) + str(rng.randrange(100, 1000))
    return Value(code, {"": code}, code, codes={"id": f"flight {code}"})


def _money(rng: random.Random) -> Value:
    if rng.random() < 0.25:
        return _hryvnias(rng)
    sign, uk, ko = rng.choice(lexicon.rows(lexicon.CURRENCIES))
    forms = uk.split()
    if rng.random() < 0.25:
        tens = rng.randrange(1, 100)
        amount = f"{tens}0,000".replace(",", " ")
        codes = {"id": f"money {tens}"}
        return Value(
            f"{sign}{tens}0,000", {"": f"{amount} {forms[2]}"}, f"{tens}만 {ko}", codes=codes
        )
    en_scale, uk_scale, ko_scale = rng.choice(lexicon.rows(lexicon.SCALES))
    scaled = _scaled(rng, uk_scale.split(), ko_scale)
    en = f"{sign}{scaled.en} {en_scale}"
    codes = {"id": f"money {scaled.en} {en_scale}"}
    return Value(en, {"": f"{scaled.uk['']} {forms[2]}"}, f"{scaled.ko} {ko}", codes=codes)


def _hryvnias(rng: random.Random) -> Value:
    en_scale, uk_scale, ko_scale = rng.choice(lexicon.rows(lexicon.SCALES))
    scaled = _scaled(rng, uk_scale.split(), ko_scale)
    codes = {"id": f"money {scaled.en} {en_scale}"}
    en = f"{scaled.en} {en_scale} hryvnias"
    return Value(en, {"": f"{scaled.uk['']} гривень"}, f"{scaled.ko} 흐리우냐", codes=codes)


def _scaled(rng: random.Random, nouns: list[str], appended: str) -> Value:
    """Millions or billions: whole ones below 100, or tenths below 10.

    Korean counts in units of ten thousand and of a hundred million: it appends zeros.
    """
    if rng.random() < 0.5:
        number = rng.randrange(2, 100)
        ko = f"{number}0{appended}"
        return Value(str(number), {"": f"{number} {nouns[_plural(number)]}"}, ko)
    whole, tenth = rng.randrange(1, 10), rng.randrange(1, 10)
    ko = f"{whole}{tenth}{appended}"
    return Value(f"{whole}.{tenth}", {"": f"{whole},{tenth} {nouns[3]}"}, ko)


KINDS: Mapping[str, Callable[[random.Random], Value]] = MappingProxyType(
    {
        "age": _age,
        "big": _thousands,
        "city": _city,
        "club": _club,
        "country": _country,
        "date": _date,
        "day": _day,
        "fdate": _full_date,
        "flight": _flight,
        "k": _small,
        "label": _label,
        "mag": _magnitude,
        "money": _money,
        "month": _month,
        "n": _large,
        "org": _org,
        "pct": _percent,
        "person": _person,
        "score": _score,
        "time": _time,
        "w": _word,
        "who": _who,
        "year": _year,
    }
)
SPLIT_BY_VALUE = frozenset(KINDS) - {
    *("city", "club", "country", "day", "label", "month", "org", "person", "w", "who")
}


def _lines(size: int, seed: int, *, held_out: bool) -> Iterator[str]:
    for sentence in corpus(size, seed=seed, held_out=held_out):
        yield f"{sentence.en.text}\t{sentence.uk.text}\t{sentence.ko.text}"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Print sentences, one line each, by tabs.")
    parser.add_argument("--size", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--held-out", action="store_true")
    options = parser.parse_args()
    for line in _lines(options.size, options.seed, held_out=options.held_out):
        print(line)
