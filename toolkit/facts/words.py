"""Facts that start with a word: number words, ordinals, fractions, heads of amounts."""

from __future__ import annotations

from fractions import Fraction

from toolkit.facts import clock, dates, measures
from toolkit.facts.numerals import Number, Value, canonical, numeral, parse, readings, roman
from toolkit.facts.scan import Scan
from toolkit.facts.tokens import GLUED, NUMBER, TAIL, VULGAR, WORD
from toolkit.facts.units import UNITS


def skip_phrase(scan: Scan, at: int) -> int | None:
    found = scan.match(at, "not_facts")
    if not found:
        return None
    scan.passed = found[1]
    return found[1]


def read_relative(scan: Scan, at: int) -> int | None:
    for name, kind, strength in (("relatives", "relative", 1), ("clock_words", "time", 1)):
        found = scan.match(at, name)
        if found:
            scan.add(kind, (found[0],), at, found[1], strength=strength)
            return found[1]
    found = scan.match(at, "clock_phrases")
    if found:
        scan.add("time", tuple(found[0].split("|")), at, found[1])
        return found[1]
    found = scan.match(at, "holidays")
    if found:
        scan.add("date", (f"*-{found[0]}",), at, found[1], strength=2)
        return found[1]
    found = scan.match(at, "named_numbers")
    if found:
        scan.add("cardinal", (found[0],), at, found[1], strength=2)
        return found[1]
    found = scan.match(at, "decade_words")
    if found:
        dates.add_decade(scan, at, int(found[0]), found[1], strength=2)
        return found[1]
    found = scan.match(at, "durations")
    if found:
        value, _, unit = found[0].partition(" ")
        strength = 2 - (value == "1")
        scan.add_measure(unit, tuple(value.split("|")), at, found[1], strength)
        return found[1]
    return None


def read_money(scan: Scan, at: int) -> int | None:
    found = scan.match(at, "money_heads")
    if not found or not scan.near(found[1]) or scan.kinds[found[1]] != NUMBER:
        return None
    if any(not scan.glued(n) for n in range(at + 1, found[1])):
        return None  # "a $2 fine" are no Australian dollars
    number = numeral(scan.tokens, found[1], scan.lex)
    if number is None:
        return None
    number = measures.with_mark(scan, number, money=True)
    scan.add_count("money", number, at, number.end, unit=found[0])
    return number.end


def read_numbered(scan: Scan, at: int) -> int | None:
    """No. 84: the number is a name."""
    found = scan.match(at, "code_heads")
    if not found or not scan.near(found[1]) or scan.kinds[found[1]] != NUMBER:
        return None
    behind = found[1] + 1
    if scan.glued(behind) and scan.kinds[behind] == WORD and scan.capital(behind):
        return None  # flight 7C2216
    if scan.near(behind) and (
        scan.texts[behind] in scan.lex.big or scan.texts[behind] in scan.lex.marks
    ):
        return None  # # 42 million: a pound sign that was lost
    digits = scan.texts[found[1]]
    value = readings(digits, scan.lex.rules.decimal, False)
    # Who is No. 1 is said to be the first, the best, the leader.
    strength = 2 if value == (1,) else 3
    code = (canonical(value[0]) if value else digits,)
    scan.add("code", code, at, found[1] + 1, strength=strength)
    return found[1] + 1


def read_indefinite(scan: Scan, at: int) -> int | None:
    found = scan.match(at, "indefinite")
    if not found:
        return None
    end = found[1]
    value = int(found[0] or 1)
    while scan.near(end) and scan.texts[end] in scan.lex.big:
        value *= scan.lex.big[scan.texts[end]]
        end += 1
    scan.add("indefinite", (str(value),), at, end, strength=1, certainty="indefinite")
    return end


def read_compound(scan: Scan, at: int) -> int | None:
    found = scan.match(at, "compounds")
    if not found:
        return None
    value, _, unit = found[0].partition(" ")
    scan.add_measure(unit, (value,), at, found[1], 2)
    return found[1]


def read_repeat(scan: Scan, at: int) -> int | None:
    """as many: the last number of the text again, of something else."""
    found = scan.match(at, "repeats")
    if not found or not scan.facts or scan.facts[-1].kind not in ("cardinal", "ordinal"):
        return None
    value = parse(scan.facts[-1].values[0])
    if value is None:
        return None
    return measures.add_counted(scan, Number((value,), found[1], 2, literal=False), at)


def read_ordinal(scan: Scan, at: int) -> int | None:
    """third, twenty-third, двадцять третій; with what it may count behind it."""
    ordinals = scan.lex.ordinals
    end, value = at, 0
    if scan.texts[at] in scan.lex.numbers:
        number = numeral(scan.tokens, at, scan.lex)
        if number is None or not isinstance(number.values[0], int):
            return None
        value, end = number.values[0], number.end
        if scan.sign(end, "-") and scan.glued(end + 1):
            end += 1
        if not (
            scan.near(end)
            and scan.texts[end] in ordinals
            and value % 10 ** len(str(ordinals[scan.texts[end]])) == 0
            and value
        ):
            return None
    if end >= len(scan.texts) or scan.texts[end] not in ordinals:
        return None
    value += ordinals[scan.texts[end]]
    weak = scan.texts[end] in scan.lex.tables["weak_ordinals"] and end == at
    return add_ordinal(scan, value, at, end + 1, 1 if weak else 2, word=True)


def add_ordinal(
    scan: Scan, value: int, at: int, end: int, strength: int, *, word: bool = False
) -> int:
    """An ordinal and what it makes together with the next word."""
    behind = end + 1 if scan.sign(end, "-") and scan.glued(end + 1) else end
    clock_word = scan.beside(end, "hour_words") if word else None
    behind_hour = clock_word[1] if clock_word else end
    part = scan.beside(behind_hour, "day_parts") if word else None
    if part and value <= 12:  # о шостій ранку
        scan.add("time", clock.hours(value, 0, part[0]), at, part[1], strength=strength)
        return part[1]
    if clock_word and value <= 24:  # о сьомій годині
        scan.add("time", clock.hours(value, 0, ""), at, clock_word[1], strength=strength)
        return clock_word[1]
    if scan.near(behind):
        found = scan.match(behind, "century_marks")
        if found:
            dates.add_century(scan, value, at, found[1])
            return found[1]
        joined = behind + 1 if scan.is_in(behind, "date_joiners") else behind
        month = dates.month_at(scan, joined) if joined < len(scan.texts) else None
        if month is not None and 1 <= value <= 31:
            year, end = dates.year_behind(scan, month[1])
            dates.add_date(scan, at, end, year, month[0], value)
            return end
    part = scan.beside(end, "part_words") if word else None
    if part and value > 1:
        scan.add("fraction", (canonical(Fraction(1, value)),), at, part[1], strength=2)
        return part[1]
    values = [str(value)]
    denominators = scan.lex.tables["denominators"]
    if word and end == at + 1 and scan.texts[at] in denominators:
        values.append(canonical(Fraction(1, value)))
    scan.add("ordinal", tuple(values), at, end, strength=strength)
    scan.joint = (end, Number((value,), end, strength, literal=not word))
    return end


def read_numeral(scan: Scan, at: int) -> int | None:
    text = scan.texts[at]
    lex = scan.lex
    if text in lex.weak_numbers:
        return read_weak(scan, at)
    if text in lex.tables["articles"]:
        return read_article(scan, at)
    if not (
        text in lex.numbers
        or text in lex.small
        or text in lex.big
        or text in VULGAR
        or scan.kinds[at] == GLUED
    ):
        return None
    number = numeral(scan.tokens, at, lex)
    if number is None:
        return None
    if text in lex.loose and number.end == at + 1 and not scan.before_word(number.end):
        return None
    upper = measures.read_denominator(scan, at, number)
    if upper:
        return upper
    number = measures.with_dozens(scan, number)
    timed = clock.read_worded(scan, at, number) or clock.read_hour(scan, at, number)
    if timed:
        return timed
    if number.bare_scale and text in lex.tables["single_scales"]:
        return measures.add_counted(scan, number, at)
    # Where one million has a form of its own, another form is millions: Millionen Euro.
    # In a language whose number words are not read a word before may be one: kahe miljoni.
    plural = number.bare_scale and (lex.tables["single_scales"] or lex.rules.open_words)
    if number.bound and (plural or not has_counter(scan, number.end)):
        if number.bare_scale and not lex.glued_digits:
            value = number.values[0]
            scan.add(
                "indefinite",
                (canonical(value),),
                at,
                number.end,
                strength=1,
                certainty="indefinite",
            )
            return number.end
        return None
    fraction = measures.read_worded_fraction(scan, at, number)
    return fraction or measures.add_counted(scan, number, at)


def read_weak(scan: Scan, at: int) -> int | None:
    """one, both, a dozen: with a scale or a half behind it, more than a word."""
    text, lex = scan.texts[at], scan.lex
    end = at + 1
    value: Value = lex.weak_numbers[text]
    if text in lex.loose and not scan.before_word(end):
        return None
    scaled = read_scaled(scan, at) if value == 1 else None
    if scaled:
        return scaled
    half = scan.match(end, "halves") if value == 1 else None
    if half:  # one and a half times
        amount, stop = 1 + Fraction(half[0]), half[1]
        if scan.near(stop) and (scale := lex.big.get(scan.texts[stop])):
            amount, stop = amount * scale, stop + 1  # one and a half million
        whole = Number((amount,), stop, 2, literal=False)
        return measures.add_counted(scan, whole, at)
    strength = 1
    if scan.near(end) and value in (1, 12) and scan.texts[end] in lex.big:
        value, end, strength = value * lex.big[scan.texts[end]], end + 1, 2
    return measures.add_counted(scan, Number((value,), end, strength, literal=False), at)


def read_article(scan: Scan, at: int) -> int | None:
    """a million, a dozen, a week, half a million."""
    behind = at + 1
    if not scan.near(behind):
        return None
    lex = scan.lex
    scaled = read_scaled(scan, at) or read_relative(scan, behind)
    if scaled:
        return scaled
    if lex.weak_numbers.get(scan.texts[behind], 1) > 2:
        value = lex.weak_numbers[scan.texts[behind]]
        return measures.add_counted(scan, Number((value,), behind + 1, 1, literal=False), at)
    if scan.is_in(behind, "fractions"):
        return read_fraction(scan, behind)
    found = scan.match(behind, "units")
    spelt = len(scan.texts[behind]) > 2 and scan.texts[behind] not in lex.ordinals
    if found and spelt and found[0] in UNITS:
        half = measures.half_behind(scan, found[1], found[0])
        if half:
            scan.add_measure(found[0], (canonical(1 + half[0]),), at, half[1], 2)
            return half[1]
        scan.add_measure(found[0], ("1",), at, found[1], 1)
        return found[1]
    return None


def read_scaled(scan: Scan, at: int) -> int | None:
    """a million, one hundred and twenty."""
    behind = at + 1
    if not scan.near(behind):
        return None
    if scan.texts[behind] not in scan.lex.small and scan.texts[behind] not in scan.lex.big:
        return None
    number = numeral(scan.tokens, behind, scan.lex)
    if number is None:
        return None
    plain = Number(number.values, number.end, 2, literal=False, scaled=number.scaled)
    return measures.add_counted(scan, plain, at)


def has_counter(scan: Scan, at: int) -> bool:
    return (
        scan.near(at)
        and scan.kinds[at] != TAIL
        and (
            scan.texts[at] in scan.lex.after
            or scan.texts[at] in scan.lex.tables["numeral_stems"]
            or scan.texts[at] in scan.lex.tables["currencies"]
        )
    )


def read_fraction(scan: Scan, at: int) -> int | None:
    found = scan.match(at, "fractions")
    if not found or (at and scan.texts[at - 1] in scan.lex.ordinals):
        return None  # the fourth quarter
    end = found[1]
    sure = not scan.is_in(at, "lone_fractions") or (
        (at and (scan.is_in(at - 1, "articles") or scan.texts[at - 1] in scan.lex.weak_numbers))
        or scan.is_in(end, "date_joiners")
    )
    scaled = measures.of_scale(scan, end)
    if scaled:
        amount: Value = Fraction(found[0]) * scaled[0]
        return measures.add_counted(scan, Number((amount,), scaled[1], 2, literal=False), at)
    behind = end
    for _ in range(2):
        if any(scan.is_in(behind, name) for name in ("articles", "date_joiners")) or scan.sign(
            behind, "-"
        ):
            behind += 1
    value: Value = Fraction(found[0])
    if scan.near(behind) and (scan.texts[behind] in scan.lex.big):
        value *= scan.lex.big[scan.texts[behind]]
        return measures.add_counted(scan, Number((value,), behind + 1, 2, literal=False), at)
    tens = scan.lex.weak_numbers.get(scan.texts[behind]) if scan.near(behind) else None
    if tens in (10, 12):  # half a dozen, півтора десятка
        amount = value * tens
        return measures.add_counted(scan, Number((amount,), behind + 1, 2, literal=False), at)
    unit = scan.beside(behind, "units")
    if unit and not scan.is_in(behind - 1, "date_joiners"):
        scan.add_measure(unit[0], (canonical(value),), at, unit[1], 2)
        return unit[1]
    percent = scan.beside(behind, "percent")
    if percent:  # half a percentage point
        scan.add("percent", (canonical(value),), at, percent[1], unit=percent[0], strength=2)
        return percent[1]
    weak = value == Fraction(1, 2) or not sure  # growth in the quarter
    readings = [canonical(value)]
    if at > 1 and scan.is_in(at - 1, "articles") and scan.is_in(at - 2, "number_joiners"):
        readings.append(canonical(1 + value))  # a spoon and a half
    scan.add("fraction", tuple(readings), at, end, strength=1 if weak else 2)
    return end


def read_roman(scan: Scan, at: int) -> int | None:
    """XVIII century, World War II; the token behind it, or None."""
    text = scan.texts[at]
    if len(text) > 9 or not scan.capital(at):
        return None
    value = roman(text)
    if value is None:
        return None
    end = at + 1
    if scan.sign(end, "-") and scan.glued(end + 1):
        second = roman(scan.texts[end + 1])  # XVIII-XIX століття
        if second is not None and scan.match(end + 2, "century_marks"):
            scan.add("century", (str(value),), at, end)
            return end
    found = scan.beside(end, "century_marks")
    if found:
        dates.add_century(scan, value, at, found[1])
        return found[1]
    raw = scan.text[scan.starts[at] : scan.ends[at]]
    if len(text) > 1 and value < 40 and raw.isupper() and not is_spliced(scan, at):
        scan.add("ordinal", (str(value),), at, end, strength=2)
        return end
    return None


def is_spliced(scan: Scan, at: int) -> bool:
    """The token is a part of a longer word or code."""
    beside = [n for n in (at - 1, at + 1) if 0 <= n < len(scan.texts)]
    return any(scan.kinds[n] in (WORD, NUMBER) and scan.glued(max(n, at)) for n in beside)
