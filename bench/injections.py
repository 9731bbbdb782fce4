"""Errors of our own in human translations: one each, its value known to have changed.

Facts are located with `facts.extract`; what is put in their place comes from the tables here,
which know nothing of the product's lexicons, and each edit carries the value before and
after: an edit that changes no value (1.2 to 1.20) is never made.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evaluation import EVAL, LANGS, Row, Share, clean_rows, dice, findings, percent, reach, shown

from toolkit import facts, segmentation
from toolkit.schema import Fact, Finding


@dataclass(frozen=True, slots=True)
class Edit:
    """One error: this stretch of one side now says something else."""

    side: str
    start: int
    end: int
    text: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Pair:
    """A row with the facts of both sides, and which of them plainly agree."""

    row: Row
    langs: dict[str, str]
    facts: dict[str, tuple[Fact, ...]]
    agreed: tuple[tuple[Fact, Fact], ...]  # the same values, once on each side

    def text(self, side: str) -> str:
        return str(self.row[side])


SIDES = ("source", "target")

# --- what stands for what: `pattern > replacement > value before > value after` -----------

DAY_PARTS = {
    "en": r"""
        (?<=\d)(\s?)a(\.?\s?m\b) > \1p\2 > am > pm
        (?<=\d)(\s?)p(\.?\s?m\b) > \1a\2 > pm > am
        (?<=\d)(\s?)A(\.?M\b) > \1P\2 > am > pm
        (?<=\d)(\s?)P(\.?M\b) > \1A\2 > pm > am
        in\ the\ morning > in the evening > am > pm
        in\ the\ evening > in the morning > pm > am
    """,
    "ko": r"""
        오전(?=\s?\d) > 오후 > am > pm
        오후(?=\s?\d) > 오전 > pm > am
        (?:아침|새벽)(?=\s?\d) > 저녁 > am > pm
        저녁(?=\s?\d) > 아침 > pm > am
    """,
    "uk": r"""
        (?<=\d)(\s)ранку > \1вечора > am > pm
        (?<=\d)(\s)вечора > \1ранку > pm > am
        (?<=:\d\d)(\s)дня > \1ночі > pm > am
        (?<=:\d\d)(\s)ночі > \1дня > am > pm
        \b13(?=:\d\d) > 1 > 13 h > 1 h
        \b14(?=:\d\d) > 2 > 14 h > 2 h
        \b15(?=:\d\d) > 3 > 15 h > 3 h
        \b17(?=:\d\d) > 5 > 17 h > 5 h
        \b19(?=:\d\d) > 7 > 19 h > 7 h
        \b21(?=:\d\d) > 9 > 21 h > 9 h
    """,
}
UNITS = {
    "en": r"""
        kilomet(?:er|re)s?+(?!\ (?:an|per)) > miles > km > mi
        miles?+(?!\ (?:an|per)|/) > kilometers > mi > km
        km/h|kph > mph > km/h > mph
        mph|miles\ (?:an|per)\ hour > km/h > mph > km/h
        km\b(?!/) > miles > km > mi
        mm\b > cm > mm > cm
        cm\b|centimet(?:er|re)s? > mm > cm > mm
        inch(?:es)? > feet > in > ft
        feet|foot > inches > ft > in
        (?<![a-z])met(?:er|re)s? > feet > m > ft
        pounds? > kilograms > lb > kg
        kg\b|kilogram(?:me)?s? > pounds > kg > lb
        barrels? > tons > bbl > t
        hectares? > acres > ha > ac
        decades > years > decade > year
        years? > months > year > month
        months? > weeks > month > week
        weeks? > days > week > day
        days? > hours > day > h
        hours? > minutes > h > min
        minutes? > hours > min > h
    """,
    "ko": r"""
        km/h|kph > mph > km/h > mph
        mph > km/h > mph > km/h
        (?<!제곱)(?<!평방)킬로미터|km\b(?!/) > 마일 > km > mi
        마일 > 킬로미터 > mi > km
        mm > cm > mm > cm
        cm > mm > cm > mm
        인치 > 피트 > in > ft
        피트 > 인치 > ft > in
        (?<![가-힣])미터 > 피트 > m > ft
        파운드 > 킬로그램 > lb > kg
        kg|킬로그램 > 파운드 > kg > lb
        배럴 > 톤 > bbl > t
        헥타르 > 에이커 > ha > ac
        개월 > 년 > month > year
        (?<=\d)년 > 개월 > year > month
        일주일 > 하루 > week > day
        주일?(?=$|간) > 일 > week > day
        시간 > 분 > h > min
        (?<=\d)분 > 시간 > min > h
        초 > 분 > s > min
        세$|살$ > 개월 > year > month
    """,
    "uk": r"""
        км/год > миль/год > km/h > mph
        миль/год|миль\ на\ годину > км/год > mph > km/h
        кілометр(?:ів|и|а)?+(?!\w)(?!\ на) > миль > km > mi
        (?<!кв\ )(?<!кв\.\ )км\b(?!/|\ на) > миль > km > mi
        мил(?:ь|і|ях)(?!/|\ на|\w) > кілометрів > mi > km
        мм > см > mm > cm
        см > мм > cm > mm
        дюйм(?:ів|и|а)? > футів > in > ft
        фут(?:ів|и|а|ах)? > дюймів > ft > in
        (?<!\w)метр(?:ів|и|а)?+(?!\w) > футів > m > ft
        фунт(?:ів|и|а)? > кілограмів > lb > kg
        кг\b|кілограм(?:ів|и|а)? > фунтів > kg > lb
        барел(?:ів|і|я) > тонн > bbl > t
        гектар(?:ів|и|а)? > акрів > ha > ac
        місяц(?:ів|і|я) > тижнів > month > week
        рок(?:ів|и|у|ам)|року > місяців > year > month
        -річн(?=\w) > -місячн > year > month
        тижн(?:ів|і|я) > днів > week > day
        дн(?:ів|і|я) > тижнів > day > week
        (?<!на\ )годин[иу]?+(?!\w) > хвилин > h > min
        хвилин[иу]? > годин > min > h
    """,
}
CURRENCIES = {
    "en": r"""
        (?:US)?\$ > € > USD > EUR
        £ > $ > GBP > USD
        € > $ > EUR > USD
        dollars? > euros > USD > EUR
        euros? > dollars > EUR > USD
        pounds? > euros > GBP > EUR
    """,
    "ko": r"""
        (?:미국?\ )?달러 > 유로 > USD > EUR
        유로 > 달러 > EUR > USD
        파운드 > 달러 > GBP > USD
        엔 > 위안 > JPY > CNY
        (?:US)?\$ > € > USD > EUR
    """,
    "uk": r"""
        долар\w*(?:\ США)? > євро > USD > EUR
        євро > доларів > EUR > USD
        фунт\w*(?:\ стерлінгів)? > доларів > GBP > USD
        грив\w+ > рублів > UAH > RUB
        (?:US)?\$ > € > USD > EUR
    """,
}
SCALES = {
    "en": r"""
        million > billion > 10^6 > 10^9
        billion > million > 10^9 > 10^6
        trillion > billion > 10^12 > 10^9
        thousand > million > 10^3 > 10^6
        (?<=\d)\s?bn > m > 10^9 > 10^6
        (?<=\d)\s?m\b > bn > 10^6 > 10^9
    """,
    "ko": r"""
        (?<=[\d천백십])만 > 억 > 10^4 > 10^8
        (?<=[\d천백십])억 > 만 > 10^8 > 10^4
        (?<=[\d천백십])조 > 억 > 10^12 > 10^8
    """,
    "uk": r"""
        тис\. > млн > 10^3 > 10^6
        млн > млрд > 10^6 > 10^9
        млрд > млн > 10^9 > 10^6
        тисяч(?=[іауею]?\b) > мільйон > 10^3 > 10^6
        мільйон > мільярд > 10^6 > 10^9
        мільярд > мільйон > 10^9 > 10^6
        трильйон > мільярд > 10^12 > 10^9
    """,
}
# Number words in the order of their values, each line in one form: any becomes the next.
WORDS = {
    "en": """
        two three four five six seven eight nine ten eleven twelve
        thirteen fourteen fifteen sixteen seventeen eighteen nineteen
        twenty thirty forty fifty sixty seventy eighty ninety
        second third fourth fifth sixth seventh eighth ninth tenth
    """,
    "ko": """
        두 세 네 다섯 여섯 일곱 여덟 아홉
        둘 셋 넷
        열 스물
    """,
    "uk": """
        два три чотири п'ять шість сім вісім дев'ять десять
        дві три
        двох трьох чотирьох п'яти шести семи восьми дев'яти десяти
        двом трьом чотирьом
        двома трьома чотирма
        другий третій
        друга третя
        друге третє
        другого третього
        другої третьої
        другому третьому
        другу третю
        другою третьою
        третій четвертий
        третьому четвертому
        четвертий п'ятий шостий сьомий восьмий дев'ятий десятий
        десятої п'ятої
        дванадцять тринадцять чотирнадцять п'ятнадцять шістнадцять
        двадцять тридцять сорок
        двадцяти тридцяти сорока
    """,
}
_NUMBER = re.compile(r"\d+(?:[.,\u00a0\u202f ]\d{3})*(?:[.,]\d+)?")
# What no number may be added to or taken from: addresses, handles, parts of a larger number.
_FIXED = re.compile(r"\S*(?:@|://|www\.|#)\S*")


Rule = tuple[re.Pattern[str], str, str, str]


def _rules(table: str) -> list[Rule]:
    rows = (line.strip().split(" > ") for line in table.strip().splitlines())
    return [(re.compile(p, re.VERBOSE), text, old, new) for p, text, old, new in rows]


DAY_PART_RULES = {lang: _rules(table) for lang, table in DAY_PARTS.items()}
UNIT_RULES = {lang: _rules(table) for lang, table in UNITS.items()}
CURRENCY_RULES = {lang: _rules(table) for lang, table in CURRENCIES.items()}
SCALE_RULES = {lang: _rules(table) for lang, table in SCALES.items()}


def _next_words() -> dict[str, dict[str, str]]:
    made: dict[str, dict[str, str]] = {lang: {} for lang in WORDS}
    for lang, lines in WORDS.items():
        for line in lines.strip().splitlines():
            words = line.split()
            for word, other in zip(words, [*words[1:], words[-2]], strict=True):
                made[lang].setdefault(word, other)
    return made


NEXT_WORD = _next_words()


# --- edits -------------------------------------------------------------------------------


def pair_of(row: Row) -> Pair:
    langs = {"source": "en", "target": row["lang"]}
    found = {side: facts.extract(row[side], lang) for side, lang in langs.items()}
    counts = {side: Counter(v for f in found[side] for v in f.values) for side in SIDES}
    agreed = tuple(
        (one, other)
        for one in found["source"]
        for other in found["target"]
        if one.values[0] in other.values and all(counts[side][one.values[0]] == 1 for side in SIDES)
    )
    return Pair(row, langs, found, agreed)


def _ruled(
    pair: Pair, side: str, rules: dict[str, list[Rule]], start: int, end: int
) -> Iterator[Edit]:
    """The first rule that holds within a stretch, applied to its last place."""
    text = pair.text(side)
    for pattern, replacement, old, new in rules[pair.langs[side]]:
        places = list(pattern.finditer(text, start, end))
        if places:
            place = places[-1]
            yield Edit(side, *place.span(), place.expand(replacement), old, new)
            return


def day_part(pair: Pair) -> Iterator[Edit]:
    """9 a.m. becomes 9 p.m., 17:30 becomes 5:30; the other side says which it is."""
    for one, other in pair.agreed:
        if one.kind == other.kind == "time" and _half_known(pair, one):
            for side, fact in zip(SIDES, (one, other), strict=True):
                start, end = fact.span
                yield from _ruled(pair, side, DAY_PART_RULES, max(0, start - 4), end + 16)


def _half_known(pair: Pair, fact: Fact) -> bool:
    around = pair.text("source")[fact.span.start : fact.span.end + 16]
    return bool(re.search(r"\d\s?[ap]\.?m\b|morning|evening|night", around, re.IGNORECASE))


def unit(pair: Pair) -> Iterator[Edit]:
    for one, other in pair.agreed:
        if one.unit and one.unit == other.unit and one.kind in ("quantity", "duration", "age"):
            for side, fact in zip(SIDES, (one, other), strict=True):
                yield from _ruled(pair, side, UNIT_RULES, *fact.span)


def currency(pair: Pair) -> Iterator[Edit]:
    for one, other in pair.agreed:
        if one.unit and one.unit == other.unit and one.kind == "money":
            for side, fact in zip(SIDES, (one, other), strict=True):
                yield from _ruled(pair, side, CURRENCY_RULES, *fact.span)


def scale(pair: Pair) -> Iterator[Edit]:
    for side in SIDES:
        for fact in pair.facts[side]:
            if any(char.isdigit() for char in fact.text) and _large(fact):
                yield from _ruled(pair, side, SCALE_RULES, *fact.span)


def _large(fact: Fact) -> bool:
    """Not the 247th article (조), which is no 247 trillion."""
    return fact.values[0].replace(".", "").isdigit() and float(fact.values[0]) >= 1000


def digit(pair: Pair) -> Iterator[Edit]:
    """One digit of a number that both sides write; a leading one never becomes 0."""
    chance = dice("digit", pair.row["id"])
    for side in SIDES:
        numbers = list(_numbers(pair, side))
        if numbers:
            place = chance.choice(numbers)
            spots = [n for n in range(*place.span()) if pair.text(side)[n].isdigit()]
            spot = chance.choice(spots)
            old = pair.text(side)[spot]
            choice = [d for d in "123456789" if d != old]
            new = chance.choice(choice)
            after = place.group()[: spot - place.start()] + new
            after += place.group()[spot - place.start() + 1 :]
            yield Edit(side, spot, spot + 1, new, place.group(), after)


def _numbers(pair: Pair, side: str) -> Iterator[re.Match[str]]:
    """Numbers in digits that are on both sides, once each."""
    text = pair.text(side)
    fixed = [place.span() for place in _FIXED.finditer(text)]
    both = {f.span for pairs in pair.agreed for f in pairs}
    for place in _NUMBER.finditer(text):
        start, end = place.span()
        if any(a <= start < b for a, b in fixed):
            continue
        if any(span.start <= start and end <= span.end for span in both & _spans(pair, side)):
            yield place


def _spans(pair: Pair, side: str) -> set[tuple[int, int]]:
    return {fact.span for fact in pair.facts[side]}


def swap(pair: Pair) -> Iterator[Edit]:
    """Two numbers of one sentence in each other's place, as they are written."""
    for side in SIDES:
        text = pair.text(side)
        numeric = [
            fact
            for pairs in pair.agreed
            for fact in (pairs[SIDES.index(side)],)
            if fact.strength == 3 and fact.kind not in ("date", "month", "time", "weekday")
        ]
        places = {
            place.span(): (place.group(), fact)
            for fact in numeric
            for place in _NUMBER.finditer(text, *fact.span)
            if fact.values[0] == _value(place.group()) or fact.text.startswith(place.group())
        }
        sentences = segmentation.split(text, pair.langs[side])
        couples = [
            (one, other)
            for one in sorted(places)
            for other in sorted(places)
            if one < other
            and places[one][1].values != places[other][1].values
            and places[one][0] != places[other][0]
            and any(s.start <= one[0] and other[1] <= s.end for s in sentences)
        ]
        if couples:
            one, other = dice("swap", pair.row["id"], side).choice(couples)
            first, second = places[one][0], places[other][0]
            new = second + text[one[1] : other[0]] + first
            yield Edit(side, one[0], other[1], new, f"{first} … {second}", f"{second} … {first}")


def _value(written: str) -> str:
    return re.sub(r"[,\s]", "", written)


def dropped(pair: Pair) -> Iterator[Edit]:
    """A number in digits is gone, with the word it counts where that is part of the fact."""
    couples = [c for c in pair.agreed if min(f.strength for f in c) == 3 and _plain(c)]
    if couples:
        couple = dice("dropped", pair.row["id"]).choice(couples)
        for side, fact in zip(SIDES, couple, strict=True):
            start, end = fact.span
            text = pair.text(side)
            if "(" in text[max(0, start - 6) : start] + text[end : end + 2]:
                continue  # one of "645 miles (1040 km)" is no loss
            end += bool(text[end : end + 1] == " ")
            yield Edit(side, start, end, "", fact.text, "")


def _plain(couple: tuple[Fact, Fact]) -> bool:
    return all(fact.kind in ("cardinal", "quantity", "money", "percent") for fact in couple)


def added(pair: Pair) -> Iterator[Edit]:
    """A number that neither side has, before some word."""
    chance = dice("added", pair.row["id"])
    there = {_value(n) for side in SIDES for n in _NUMBER.findall(pair.text(side))}
    number = str(chance.choice([n for n in range(13, 98) if str(n) not in there]))
    text = pair.text("target")
    # Not behind a number, a sign or a unit: "5 17 km" would be one number, or a list.
    places = [m.start() for m in re.finditer(r"(?<=[^\W\d_]{3} )(?=[^\W\d_]{4,})", text)]
    clear = [p for p in places if not any(c.isdigit() for c in text[max(0, p - 12) : p + 12])]
    if clear:
        place = chance.choice(clear)
        yield Edit("target", place, place, f"{number} ", "", number)


def number_word(pair: Pair) -> Iterator[Edit]:
    """A number word becomes the next one in the same form."""
    for one, other in pair.agreed:
        for side, fact in zip(SIDES, (one, other), strict=True):
            if fact.strength != 2:
                continue
            word = re.compile(r"[^\W\d_]+(?:['’ʼ][^\W\d_]+)?").match(fact.text)
            lang = pair.langs[side]
            new = word and NEXT_WORD[lang].get(re.sub("[’ʼ]", "'", word.group().lower()))
            if word and new:
                start = fact.span.start
                text = new.capitalize() if word.group()[0].isupper() else new
                yield Edit(side, start, start + word.end(), text, word.group(), new)


KINDS: dict[str, Callable[[Pair], Iterator[Edit]]] = {
    "am/pm": day_part,
    "unit": unit,
    "currency": currency,
    "swap": swap,
    "scale": scale,
    "digit": digit,
    "dropped": dropped,
    "added": added,
    "number word": number_word,
}


def injected(pair: Pair, edit: Edit) -> Row:
    text = pair.text(edit.side)
    changed = text[: edit.start] + edit.text + text[edit.end :]
    return {**pair.row, edit.side: changed}


# --- measure -----------------------------------------------------------------------------


def measure_injections(arguments: argparse.Namespace) -> dict[str, Any]:
    """Recall on injected errors of our own, by kind and language."""
    table: dict[str, dict[str, dict[str, Share]]] = {}
    notes: list[str] = []
    for lang in LANGS:
        hits: dict[str, Counter[str]] = defaultdict(Counter)
        missed: dict[str, list[tuple[str, Row]]] = defaultdict(list)
        for row in clean_rows(arguments.data, lang):
            pair = pair_of(row)
            base = findings(row)
            for kind, edits in KINDS.items():
                for edit in edits(pair) if kind in (arguments.kind or KINDS) else ():
                    if edit.before == edit.after:
                        continue
                    now = injected(pair, edit)
                    found = findings(now)
                    hits[kind]["all"] += 1
                    hits[kind]["error"] += _quiet(base, found, "error")
                    hits[kind]["warning"] += _quiet(base, found, "warning")
                    hits[kind]["info"] += _new(base, found)
                    hits[kind]["base"] += reach(base, "warning")
                    if not _quiet(base, found, "warning"):
                        why = f"missed {lang} {kind}: {edit.before} → {edit.after}"
                        why += " (said as info)" if _new(base, found) else ""
                        missed[kind].append((why, now))
        for rows in missed.values():
            notes += shown(rows, arguments.show)
        table[lang] = {
            kind: {
                level: (hits[kind][level], hits[kind]["all"])
                for level in ("error", "warning", "info", "base")
            }
            for kind in KINDS
            if hits[kind]["all"]
        }
    return {"injections": table, "examples": notes}


def _quiet(base: tuple[Finding, ...], found: tuple[Finding, ...], level: Any) -> bool:
    return reach(found, level) and not reach(base, level)


def _new(base: tuple[Finding, ...], found: tuple[Finding, ...]) -> bool:
    """Something is said, at any level, that was not said of the unedited pair."""
    before = Counter((f.code, f.expected, f.found) for f in base)
    return any(
        n > before[key] for key, n in Counter((f.code, f.expected, f.found) for f in found).items()
    )


def show_injections(result: dict[str, Any]) -> None:
    for note in result["examples"]:
        print(note)
    head = ("from a quiet base: error", "warning", "new at any level", "base not quiet", "n")
    print(f"\n{'':<16}" + "".join(f"{column:>26}" for column in head))
    for lang, kinds in result["injections"].items():
        for kind, row in kinds.items():
            shares = "".join(f"{percent(share):>26}" for share in row.values())
            print(f"{lang} {kind:<13}{shares}{row['error'][1]:>26}")


def injection_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data", type=Path, default=EVAL, help="default: %(default)s")
    parser.add_argument("--kind", action="append", choices=KINDS, help="only this kind")
    parser.add_argument("--show", type=int, default=0, metavar="N", help="so many misses of each")
