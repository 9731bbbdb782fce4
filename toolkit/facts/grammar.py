"""From tokens to facts: one grammar, whose words come from the pack."""

from __future__ import annotations

from fractions import Fraction

from toolkit.facts.lexicon import Lexicon, lexicon, tokenise
from toolkit.facts.numerals import (
    ROMAN_LETTERS,
    Number,
    Value,
    canonical,
    match,
    numeral,
    readings,
    roman,
)
from toolkit.facts.tokens import GLUED, NUMBER, TAIL, VULGAR, WORD, fold
from toolkit.facts.units import UNITS
from toolkit.schema import Fact, Span

# Symbols of units that are never written with a capital.
_SMALL_SYMBOLS = frozenset("gsth")
FIRST_YEAR, LAST_YEAR = 1000, 2199


def extract(text: str, lang: str) -> tuple[Fact, ...]:
    """The numbers, quantities, dates and times of a text, in the order they stand in it."""
    return _Scan(text, lang).run()


class _Scan:
    """One pass over the tokens of one text."""

    __slots__ = ("_e", "_joint", "_k", "_lex", "_s", "_t", "_text", "_tokens", "facts")

    def __init__(self, text: str, lang: str) -> None:
        self._text = text
        self._lex: Lexicon = lexicon(lang)
        self._tokens = tokenise(text, lang)
        self._t = self._tokens.text
        self._k = self._tokens.kind
        self._s = self._tokens.start
        self._e = self._tokens.end
        self.facts: list[Fact] = []
        # What the last fact still needs to share in a range: (token behind it, number)
        self._joint: tuple[int, Number | None] = (-1, None)

    def run(self) -> tuple[Fact, ...]:
        at, size = 0, len(self._t)
        roles, kinds, texts = self._lex.roles, self._k, self._t
        while at < size:
            kind = kinds[at]
            if kind == NUMBER:
                at = self._number(at)
            elif texts[at] in roles:
                at = self._word(at)
            elif kind == WORD and texts[at][0] in ROMAN_LETTERS:
                at = self._roman(at) or at + 1
            else:
                at += 1
        return tuple(self.facts)

    # --- places ----------------------------------------------------------------------

    def _is(self, at: int, name: str) -> bool:
        return at < len(self._t) and self._t[at] in self._lex.tables[name]

    def _match(self, at: int, name: str) -> tuple[str, int] | None:
        return match(self._tokens, at, self._lex.tables[name])

    def _glued(self, at: int) -> bool:
        """The token touches the one before it."""
        return 0 < at < len(self._t) and self._s[at] == self._e[at - 1]

    def _near(self, at: int) -> bool:
        """The token touches the one before it, or one space lies between."""
        return 0 < at < len(self._t) and self._s[at] - self._e[at - 1] <= 1

    def _sign(self, at: int, sign: str) -> bool:
        return at < len(self._t) and self._t[at] == sign

    def _capital(self, at: int) -> bool:
        return self._text[self._s[at]].isupper()

    def _add(
        self,
        kind: str,
        values: tuple[str, ...],
        start: int,
        end: int,
        *,
        unit: str = "",
        strength: int = 3,
        certainty: str = "exact",
    ) -> None:
        span = Span(self._s[start], self._e[end - 1])
        if certainty == "exact" and start:
            certainty = self._hedged(start)
        self.facts.append(
            Fact(
                kind,
                tuple(dict.fromkeys(values)),
                span,
                self._text[span.start : span.end],
                unit=unit,
                certainty=certainty,  # type: ignore[arg-type]  # a literal of ours
                strength=strength,
            )
        )

    def _hedged(self, start: int) -> str:
        """How sure the words before a number are: about, more than."""
        for at in range(max(0, start - 3), start):
            found = self._match(at, "hedges")
            if found and found[1] == start:
                return found[0]
        return "exact"

    # --- words -----------------------------------------------------------------------

    def _word(self, at: int) -> int:
        """A fact that starts with a word we know, or the next token."""
        for step in self._lex.roles.get(self._t[at], ()):
            end: int = getattr(self, step)(at)
            if end > at:
                return end
        return self._roman(at) or at + 1

    def _not_fact(self, at: int) -> int:
        found = self._match(at, "not_facts")
        return found[1] if found else at

    def _relative(self, at: int) -> int:
        for name, kind, strength in (("relatives", "relative", 1), ("clock_words", "time", 1)):
            found = self._match(at, name)
            if found:
                self._add(kind, (found[0],), at, found[1], strength=strength)
                return found[1]
        found = self._match(at, "clock_phrases")
        if found:
            self._add("time", tuple(found[0].split("|")), at, found[1])
            return found[1]
        found = self._match(at, "named_numbers")
        if found:
            self._add("ordinal", (found[0],), at, found[1], strength=2)
            return found[1]
        found = self._match(at, "decade_words")
        if found:
            self._decade(at, int(found[0]), found[1], strength=2)
            return found[1]
        found = self._match(at, "durations")
        if found:
            value, _, unit = found[0].partition(" ")
            self._add("duration", (value,), at, found[1], unit=unit, strength=2 - (value == "1"))
            return found[1]
        return at

    def _money_head(self, at: int) -> int:
        found = self._match(at, "money_heads")
        if not found or not self._near(found[1]) or self._k[found[1]] != NUMBER:
            return at
        if any(not self._glued(n) for n in range(at + 1, found[1])):
            return at  # "a $2 fine" are no Australian dollars
        number = numeral(self._tokens, found[1], self._lex)
        if number is None:
            return at
        number = self._marked(number, money=True)
        self._count("money", number, at, number.end, unit=found[0])
        return number.end

    def _code_head(self, at: int) -> int:
        """No. 84: the number is a name."""
        found = self._match(at, "code_heads")
        if not found or not self._near(found[1]) or self._k[found[1]] != NUMBER:
            return at
        behind = found[1] + 1
        if self._near(behind) and (
            self._t[behind] in self._lex.big or self._t[behind] in self._lex.marks
        ):
            return at  # # 42 million: a pound sign that was lost
        digits = self._t[found[1]]
        value = readings(digits, self._lex.rules.decimal, False)
        self._add("code", (canonical(value[0]) if value else digits,), at, found[1] + 1)
        return found[1] + 1

    def _month(self, at: int) -> int:
        month = self._month_at(at)
        if month is None:
            return at
        value, end = month
        day: int | None = None
        after = end + 1 if self._sign(end, ".") and self._near(end) else end
        number = self._small_number(after, 31) if self._near(after) else None
        if number is not None and not self._is_time(after):
            day, end = number, after + 1
            marked = self._match(end, "ordinal_marks") if self._glued(end) else None
            end = marked[1] if marked else end
        year, end = self._year_behind(end)
        self._date(at, end, year, value, day)
        if day is not None and self._sign(end, "-") and self._glued(end + 1):
            second = self._small_number(end + 1, 31)
            if second is not None:  # September 17-18
                self._date(end + 1, end + 2, year, value, second)
                end += 2
        return end

    def _month_at(self, at: int) -> tuple[int, int] | None:
        """The month named at a token; a name that is also a word needs a date around it."""
        found = self._match(at, "months")
        if found:
            return int(found[0]), found[1]
        found = self._match(at, "guarded_months")
        if not found or (self._lex.rules.guarded_capital and not self._capital(at)):
            return None
        after = found[1] + 1 if self._sign(found[1], ".") else found[1]
        beside = after < len(self._t) and (
            (self._k[after] == NUMBER and self._near(after)) or self._spans_months(after, after + 1)
        )
        before = at > 0 and (
            self._k[at - 1] == NUMBER
            or self._is(at - 1, "month_openers")
            or self._is(at - 1, "ordinal_marks")
            or self._spans_months(at - 1, at - 2)
            or (self._is(at - 1, "date_joiners") and at > 1)
        )
        return (int(found[0]), found[1]) if beside or before else None

    def _spans_months(self, dash: int, other: int) -> bool:
        """Nov-Feb: a dash, and on its other side a month."""
        return (
            self._sign(dash, "-")
            and 0 <= other < len(self._t)
            and (self._is(other, "months") or self._is(other, "guarded_months"))
        )

    def _year_behind(self, at: int) -> tuple[int | None, int]:
        """A year after a day or month: ", 2018", " 2018 року"."""
        start = at
        if self._sign(at, ",") or self._is(at, "date_joiners"):
            at += 1
        if at >= len(self._t) or self._k[at] != NUMBER or len(self._t[at]) != 4:
            return None, start
        if not (self._t[at].isdigit() and FIRST_YEAR <= int(self._t[at]) <= LAST_YEAR):
            return None, start
        marked = self._match(at + 1, "year_marks") if self._near(at + 1) else None
        return int(self._t[at]), marked[1] if marked else at + 1

    def _date(
        self, start: int, end: int, year: int | None, month: int | None, day: int | None
    ) -> None:
        if year is None and day is None:
            self._add("month", (f"*-{month}-*",), start, end)
        else:
            self._add("date", (_date(year, month, day),), start, end)
        self._share_month(start, month, year, day)
        self._joint = (end, None)

    def _share_month(
        self, start: int, month: int | None, year: int | None, day: int | None
    ) -> None:
        """The "17" of "17-18 September" is a day of that month, too."""
        end, number = self._joint
        if day is None or len(self.facts) < 2 or number is None or not number.literal:
            return
        before = self.facts[-2]
        value = number.values[0]
        if not self._connects(end, start) or not isinstance(value, int) or not 1 <= value <= 31:
            return
        if before.kind in ("cardinal", "ordinal") and not before.unit:
            self.facts[-2] = Fact(
                "date", (_date(year, month, value),), before.span, before.text, strength=3
            )

    def _weekday(self, at: int) -> int:
        short = self._match(at, "short_weekdays")
        if short and self._listed(short[1]):
            self._add("weekday", (short[0],), at, short[1])
            return short[1]
        found = self._match(at, "weekdays")
        if not found:
            return at
        # Saturday Night Live, the Sunday Times: a word of a name counts less.
        end = found[1]
        named = self._near(end) and self._capital(at) and self._capital(end)
        named = named and self._match(end, "months") is None
        self._add("weekday", (found[0],), at, end, strength=2 if named else 3)
        return end

    def _listed(self, at: int) -> bool:
        """Only marks and short weekdays lie before a full one: 목·토·일요일."""
        for mark in range(at, min(at + 14, len(self._t) - 1), 2):
            if self._t[mark] not in "·,/" or not self._glued(mark):
                return False
            if self._is(mark + 1, "weekdays"):
                return True
            if not self._is(mark + 1, "short_weekdays"):
                return False
        return False

    def _season(self, at: int) -> int:
        found = self._match(at, "seasons")
        if not found:
            return at
        self._add("season", (found[0],), at, found[1], strength=2)
        return found[1]

    def _indefinite(self, at: int) -> int:
        found = self._match(at, "indefinite")
        if not found:
            return at
        end = found[1]
        value = int(found[0] or 1)
        while self._near(end) and self._t[end] in self._lex.big:
            value *= self._lex.big[self._t[end]]
            end += 1
        self._add("indefinite", (str(value),), at, end, strength=1, certainty="indefinite")
        return end

    def _compound(self, at: int) -> int:
        found = self._match(at, "compounds")
        if not found:
            return at
        value, _, unit = found[0].partition(" ")
        self._measure(unit, (value,), at, found[1], 2)
        return found[1]

    def _ordinal(self, at: int) -> int:
        """third, twenty-third, двадцять третій; with what it may count behind it."""
        ordinals = self._lex.ordinals
        end, value = at, 0
        if self._t[at] in self._lex.numbers:
            number = numeral(self._tokens, at, self._lex)
            if number is None or not isinstance(number.values[0], int):
                return at
            value, end = number.values[0], number.end
            if self._sign(end, "-") and self._glued(end + 1):
                end += 1
            if not (
                self._near(end)
                and self._t[end] in ordinals
                and value % 10 ** len(str(ordinals[self._t[end]])) == 0
                and value
            ):
                return at
        if end >= len(self._t) or self._t[end] not in ordinals:
            return at
        value += ordinals[self._t[end]]
        weak = self._t[end] in self._lex.tables["weak_ordinals"] and end == at
        return self._ordered(value, at, end + 1, 1 if weak else 2, word=True)

    def _ordered(self, value: int, at: int, end: int, strength: int, *, word: bool = False) -> int:
        """An ordinal and what it makes together with the next word."""
        behind = end + 1 if self._sign(end, "-") and self._glued(end + 1) else end
        part = self._match(end, "day_parts") if word and self._near(end) else None
        if part and value <= 12:  # о шостій ранку
            self._add("time", _hours(value, 0, part[0]), at, part[1], strength=strength)
            return part[1]
        if self._near(behind):
            found = self._match(behind, "century_marks")
            if found:
                self._add("century", (str(value),), at, found[1])
                return found[1]
            joined = behind + 1 if self._is(behind, "date_joiners") else behind
            month = self._month_at(joined) if joined < len(self._t) else None
            if month is not None and 1 <= value <= 31:
                year, end = self._year_behind(month[1])
                self._date(at, end, year, month[0], value)
                return end
        part = self._match(end, "part_words") if word and self._near(end) else None
        if part and value > 1:
            self._add("fraction", (canonical(Fraction(1, value)),), at, part[1], strength=2)
            return part[1]
        values = [str(value)]
        denominators = self._lex.tables["denominators"]
        if word and end == at + 1 and self._t[at] in denominators:
            values.append(canonical(Fraction(1, value)))
        self._add("ordinal", tuple(values), at, end, strength=strength)
        self._joint = (end, Number((value,), end, strength, literal=not word))
        return end

    def _number_word(self, at: int) -> int:
        text = self._t[at]
        lex = self._lex
        if text in lex.weak_numbers:
            end = at + 1
            value: Value = lex.weak_numbers[text]
            if text in lex.loose and not self._before_word(end):
                return at
            scaled = self._scaled_article(at) if value == 1 else 0
            if scaled:
                return scaled
            strength = 1
            if self._near(end) and value in (1, 12) and self._t[end] in lex.big:
                value, end, strength = value * lex.big[self._t[end]], end + 1, 2
            return self._counted(Number((value,), end, strength, literal=False), at)
        if text in lex.tables["articles"]:
            return self._article(at)
        if not (
            text in lex.numbers
            or text in lex.small
            or text in lex.big
            or text in VULGAR
            or self._k[at] == GLUED
        ):
            return at
        number = numeral(self._tokens, at, lex)
        if number is None:
            return at
        if text in lex.loose and number.end == at + 1 and not self._before_word(number.end):
            return at
        number = self._dozens(number)
        if number.bound and not self._has_counter(number.end):
            if number.bare_scale and not lex.glued_digits:
                value = number.values[0]
                self._add(
                    "indefinite",
                    (canonical(value),),
                    at,
                    number.end,
                    strength=1,
                    certainty="indefinite",
                )
                return number.end
            return at
        fraction = self._worded_fraction(at, number)
        return fraction or self._counted(number, at)

    def _before_word(self, at: int) -> bool:
        return self._near(at) and self._k[at] in (WORD, GLUED)

    def _dozens(self, number: Number) -> Number:
        """two dozen, two-dozen, чотири десятки."""
        end = number.end
        if self._sign(end, "-") and self._glued(end) and self._glued(end + 1):
            end += 1
        times = self._lex.weak_numbers.get(self._t[end]) if self._near(end) else None
        if times not in (10, 12) or number.scaled != 1:
            return number
        values = tuple(value * times for value in number.values)
        return Number(values, end + 1, number.strength, literal=False)

    def _article(self, at: int) -> int:
        """a million, a dozen, a week, half a million."""
        behind = at + 1
        if not self._near(behind):
            return at
        lex = self._lex
        scaled = self._scaled_article(at) or self._relative(behind)
        if scaled > behind:
            return scaled
        if lex.weak_numbers.get(self._t[behind], 1) > 2:
            value = lex.weak_numbers[self._t[behind]]
            return self._counted(Number((value,), behind + 1, 1, literal=False), at)
        if self._is(behind, "fractions"):
            return self._fraction(behind)
        found = self._match(behind, "units")
        spelt = len(self._t[behind]) > 2 and self._t[behind] not in lex.ordinals
        if found and spelt and found[0] in UNITS:
            self._measure(found[0], ("1",), at, found[1], 1)
            return found[1]
        return at

    def _scaled_article(self, at: int) -> int:
        """a million, one hundred and twenty; 0 if no scale follows."""
        behind = at + 1
        if not self._near(behind):
            return 0
        if self._t[behind] not in self._lex.small and self._t[behind] not in self._lex.big:
            return 0
        number = numeral(self._tokens, behind, self._lex)
        if number is None:
            return 0
        plain = Number(number.values, number.end, 2, literal=False, scaled=number.scaled)
        return self._counted(plain, at)

    def _has_counter(self, at: int) -> bool:
        return (
            self._near(at)
            and self._k[at] != TAIL
            and (
                self._t[at] in self._lex.after
                or self._t[at] in self._lex.tables["numeral_stems"]
                or self._t[at] in self._lex.tables["currencies"]
            )
        )

    def _worded_fraction(self, at: int, number: Number) -> int:
        """two thirds, дві третини: 0 if there is none."""
        behind = number.end
        if self._sign(behind, "-") and self._glued(behind + 1):
            behind += 1
        found = self._match(behind, "denominators") if self._near(behind) else None
        if not found or number.scaled != 1 or not isinstance(number.values[0], int):
            return 0
        lower = int(found[0])
        if number.values[0] >= lower:
            return 0
        value = Fraction(number.values[0], lower)
        self._add("fraction", (canonical(value),), at, found[1], strength=2)
        return found[1]

    def _fraction(self, at: int) -> int:
        found = self._match(at, "fractions")
        if not found or (at and self._t[at - 1] in self._lex.ordinals):
            return at  # the fourth quarter
        end = found[1]
        behind = end
        for _ in range(2):
            if self._is(behind, "articles") or self._sign(behind, "-"):
                behind += 1
        value: Value = Fraction(found[0])
        if self._near(behind) and (self._t[behind] in self._lex.big):
            value *= self._lex.big[self._t[behind]]
            return self._counted(Number((value,), behind + 1, 2, literal=False), at)
        if self._near(behind) and self._lex.weak_numbers.get(self._t[behind]) == 12:
            return self._counted(Number((value * 12,), behind + 1, 2, literal=False), at)
        unit = self._match(behind, "units") if self._near(behind) else None
        if unit:
            self._measure(unit[0], (canonical(value),), at, unit[1], 2)
            return unit[1]
        half = value == Fraction(1, 2)
        self._add("fraction", (canonical(value),), at, end, strength=1 if half else 2)
        return end

    def _roman(self, at: int) -> int | None:
        """XVIII century, World War II; the token behind it, or None."""
        text = self._t[at]
        if len(text) > 9 or not self._capital(at):
            return None
        value = roman(text)
        if value is None:
            return None
        end = at + 1
        if self._sign(end, "-") and self._glued(end + 1):
            second = roman(self._t[end + 1])  # XVIII-XIX століття
            if second is not None and self._match(end + 2, "century_marks"):
                self._add("century", (str(value),), at, end)
                return end
        found = self._match(end, "century_marks") if self._near(end) else None
        if found:
            self._add("century", (str(value),), at, found[1])
            return found[1]
        raw = self._text[self._s[at] : self._e[at]]
        if len(text) > 1 and value < 40 and raw.isupper() and not self._spliced(at):
            self._add("ordinal", (str(value),), at, end, strength=2)
            return end
        return None

    def _spliced(self, at: int) -> bool:
        """The token is a part of a longer word or code."""
        beside = [n for n in (at - 1, at + 1) if 0 <= n < len(self._t)]
        return any(self._k[n] in (WORD, NUMBER) and self._glued(max(n, at)) for n in beside)

    # --- numbers ---------------------------------------------------------------------

    def _number(self, at: int) -> int:
        for step in (self._headed, self._written_date, self._code, self._time):
            end = step(at)
            if end > at:
                return end
        number = numeral(self._tokens, at, self._lex)
        if number is not None and number.literal:
            number = self._dozens(number)
        if number is None:
            # 2.0.1, a long account number: an identifier
            self._add("code", (self._t[at],), at, at + 1)
            return at + 1
        return self._digits(at, number)

    def _headed(self, at: int) -> int:
        """제247조: behind such a head a scale is none."""
        if not (at and self._is(at - 1, "ordinal_heads") and self._glued(at)):
            return at
        found = readings(self._t[at], self._lex.rules.decimal, False)
        if not found:
            return at
        marked = self._match(at + 1, "ordinal_marks") or self._match(at + 1, "code_marks")
        end = marked[1] if marked else at + 1
        self._add("ordinal", (canonical(found[0]),), at - 1, end)
        return end

    def _digits(self, at: int, number: Number) -> int:
        lex = self._lex
        last = self.facts[-1] if self.facts else None
        if (
            last is not None
            and last.unit == "ft"
            and self._s[at] == last.span.end + 1
            and (self._sign(at - 1, "-") or self._is(at + 1, "glued_units"))
            and self._small_number(at, 11)
        ):  # 6-foot-6, 5 ft 10 in
            end = at + 1 if self._sign(at - 1, "-") else at + 2
            self._count("quantity", number, at, end, unit="in")
            return end
        text, end = self._t[at], number.end
        plain = number.literal and text.isdigit()
        value = number.values[0]
        if plain and isinstance(value, int):
            calendar = self._calendar(at, value, end)
            if calendar:
                return calendar
        upper = self._denominator(at, number)
        if upper:
            return upper
        if plain and self._sign(end, "/") and self._glued(end) and self._glued(end + 1):
            below = self._t[end + 1]
            if (
                self._k[end + 1] == NUMBER
                and below.isdigit()
                and 0 < int(text) < int(below[:4]) <= 10
                and not self._sign(end + 2, "/")
            ):
                self._add("fraction", (canonical(Fraction(int(text), int(below))),), at, end + 2)
                return end + 2
        if plain and self._near(end) and isinstance(value, int):
            if self._is(end, "denominators") and self._t[end] not in lex.tables["fractions"]:
                done = self._worded_fraction(at, number)
                if done:
                    return done
            glued = end + 1 if self._sign(end, "-") and self._glued(end + 1) else end
            marked = self._match(glued, "ordinal_marks") if self._near(glued) else None
            spaced = lex.rules.spaced_marks or self._glued(end)
            if marked and spaced and (self._glued(glued) or glued == end):
                return self._marked_ordinal(at, value, marked[1])
        return self._counted(number, at)

    def _marked_ordinal(self, at: int, value: int, end: int) -> int:
        """19-го; with the decade or century it may count."""
        decade = self._match(end, "decade_marks") if self._near(end) else None
        mark = self._match(end - 1, "decade_marks")
        whole = FIRST_YEAR <= value <= LAST_YEAR and value % 10 == 0
        if (mark and whole) or (decade and value % 10 == 0):
            self._decade(at, value, decade[1] if decade else end)
            return decade[1] if decade else end
        part = self._match(end, "day_parts") if self._near(end) else None
        if part and value <= 12:  # о 6-й ранку
            self._add("time", _hours(value, 0, part[0]), at, part[1])
            return part[1]
        if glued_scale := self._lex.big.get(self._t[end]) if self._near(end) else None:
            number = Number((value * glued_scale,), end + 1, 3, literal=False, scaled=glued_scale)
            return self._counted(number, at)  # 2-х мільйонів
        if self._near(end) and (self._is(end, "percent") or self._is(end, "currencies")):
            return self._counted(Number((value,), end, 3, literal=False), at)
        return self._ordered(value, at, end, 3)

    def _denominator(self, at: int, number: Number) -> int:
        """3분의 2: the lower number stands first. 0 if there is none."""
        found = self._match(number.end, "denominator_first")
        if not found or not self._near(found[1]):
            return 0
        upper = numeral(self._tokens, found[1], self._lex)
        if upper is None or not number.values[0]:
            return 0
        value = Fraction(upper.values[0]) / Fraction(number.values[0])
        self._add("fraction", (canonical(value),), at, upper.end)
        return upper.end

    def _calendar(self, at: int, value: int, end: int) -> int:
        """Years, decades, centuries, days before a month: the token behind, 0 if none."""
        text = self._t[at]
        short = at > 0 and self._t[at - 1] == "'" and self._glued(at) and len(text) == 2
        start = at - 1 if short else at
        behind = end + 1 if self._sign(end, "-") and self._glued(end + 1) else end
        mark = self._match(behind, "decade_marks") if self._near(behind) else None
        if mark and value % 10 == 0 and (behind > end or len(text) == 4 or self._glued(end)):
            self._decade(start, value, mark[1])
            return mark[1]
        if not self._near(end):
            behind = end
        else:
            behind = end + 1 if self._is(end, "date_joiners") else end
            century = self._match(end, "century_marks")
            if century and value < 40:
                self._add("century", (str(value),), start, century[1])
                return century[1]
            chain = self._year_month_day(at, end, value)
            if chain:
                return chain
        if 1 <= value <= 31 and len(text) <= 2 and behind < len(self._t) and self._near(behind):
            month = self._month_at(behind)
            if month is not None:
                year, stop = self._year_behind(month[1])
                self._date(start, stop, year, month[0], value)
                return stop
        era = self._match(end, "era_marks") if self._near(end) else None
        if era:
            self._add("year", (str(value),), start, era[1])
            return era[1]
        if short:
            self._add("year", (f"19{text}", f"20{text}", text), start, end)
            return end
        if len(text) == 4 and FIRST_YEAR <= value <= LAST_YEAR:
            return self._year(at, end, value)
        return 0

    def _year(self, at: int, end: int, value: int) -> int:
        """A bare year, unless it counts something; "2017-18" are two."""
        marked = self._match(end, "year_marks") if self._near(end) else None
        if not marked and self._near(end) and self._counts_something(end):
            return 0
        stop = marked[1] if marked else end
        self._add("year", (str(value),), at, stop)
        self._joint = (stop, None)
        if (
            end + 1 < len(self._t)
            and self._t[end] in ("-", "/")
            and self._glued(end)
            and self._glued(end + 1)
            and self._k[end + 1] == NUMBER
            and len(self._t[end + 1]) == 2
            and int(self._t[end + 1]) == (value + 1) % 100
        ):
            marked = self._match(end + 2, "year_marks") if self._near(end + 2) else None
            stop = marked[1] if marked else end + 2
            self._add("year", (str(value + 1), self._t[end + 1]), end + 1, stop)
        return stop

    def _counts_something(self, at: int) -> bool:
        if self._sign(at, "-") and self._glued(at + 1):
            at += 1
            if not self._glued(at - 1):
                return False
        return any(
            self._match(at, name) is not None
            for name in ("units", "currencies", "percent", "counters", "age_marks", "code_marks")
        )

    def _year_month_day(self, at: int, end: int, value: int) -> int:
        """2018년 9월 17일, 9월 17일, 17일; the token behind, 0 if it is none of these."""
        year = month = day = None
        position, number, stop = at, value, end
        marked = self._match(end, "year_marks")
        if marked and FIRST_YEAR <= number <= LAST_YEAR and self._lex.tables["month_marks"]:
            year, stop = number, marked[1]
            following = self._small_number(stop, 12) if self._near(stop) else None
            if following is None:
                return 0
            position, number = stop, following
        marked = self._match(position + 1, "month_marks")
        if marked and 1 <= number <= 12:
            month, stop = number, marked[1]
            following = self._small_number(stop, 31) if self._near(stop) else None
            position, number = stop, following or 0
        marked = self._match(position + 1, "day_marks") if position + 1 < len(self._t) else None
        if marked and 1 <= number <= 31:
            day, stop = number, marked[1]
        if month is None and (day is None or year is not None):
            return 0
        if month is None:
            self._add("date", (_date(None, None, day),), at, stop)
            self._joint = (stop, Number((value,), stop, 3, literal=True))
            return stop
        self._date(at, stop, year, month, day)
        self._joint = (stop, Number((value,), stop, 3, literal=True))
        return stop

    def _small_number(self, at: int, most: int) -> int | None:
        if at >= len(self._t) or self._k[at] != NUMBER:
            return None
        text = self._t[at]
        if not text.isdigit() or len(text) > 2 or not 1 <= int(text) <= most:
            return None
        return int(text)

    def _decade(self, at: int, value: int, end: int, strength: int = 3) -> None:
        if value >= 100:
            values: tuple[str, ...] = (str(value),)
            if value % 100 == 0:
                values += (f"c{value // 100 + 1}",)  # the 1800s may be the 19th century
        else:
            values = (str(value), *(str(century * 100 + value) for century in (18, 19, 20)))
        self._add("decade", values, at, end, strength=strength)
        self._joint = (end, None)

    def _written_date(self, at: int) -> int:
        """2018-09-17, 03.10.1998, 9/17/2018, 2018. 9. 17."""
        text = self._t[at]
        parts = text.split(".")
        if len(parts) == 3 and all(part.isdigit() for part in parts):
            values = self._orders(parts)
            if values:
                self._add("date", values, at, at + 1)
                return at + 1
        for sign in ("-", "/", "."):
            end = at + 3
            glued = sign != "."
            if (
                at + 4 < len(self._t)
                and self._t[at + 1] == sign == self._t[at + 3]
                and self._k[at + 2] == self._k[at + 4] == NUMBER
                and all(
                    self._glued(at + n) if glued or n in (1, 3) else self._near(at + n)
                    for n in (1, 2, 3, 4)
                )
            ):
                parts = [text, self._t[at + 2], self._t[at + 4]]
                if all(part.isdigit() for part in parts) and (glued or len(text) == 4):
                    values = self._orders(parts)
                    if values:
                        end = at + 5
                        end += sign == "." and self._sign(end, ".") and self._glued(end)
                        self._add("date", values, at, end)
                        return end
        return at

    def _orders(self, parts: list[str]) -> tuple[str, ...]:
        """The dates three numbers may mean; none if no order makes one."""
        if any(len(part) > 4 for part in parts):
            return ()
        numbers = [int(part) for part in parts]
        found: list[str] = []
        if len(parts[0]) == 4:
            orders = ["ymd"]
        elif len(parts[2]) == 4 or (len(parts[2]) == 2 and len(parts[0]) <= 2):
            orders = self._lex.rules.date_order.split()
        else:
            return ()
        for order in orders:
            named = dict(zip(order, numbers, strict=True))
            year = named["y"]
            if 1 <= named["m"] <= 12 and 1 <= named["d"] <= 31 and len(parts[order.index("y")]) > 1:
                years = [year] if year > 99 else [2000 + year, 1900 + year]
                found += [_date(y, named["m"], named["d"]) for y in years]
        return tuple(found)

    def _code(self, at: int) -> int:
        """H5N1, MiG-29, 5G: letters and digits of one name; `at` if it is none."""
        start = end = at
        if self._glued(at):
            before = at - 1
            if self._t[before] == "-" and self._glued(before) and before > 0:
                before -= 1
            elif self._k[before] != WORD:
                before = at
            if before < at and self._k[before] == WORD and self._names(before, at):
                start = before
        end = at + 1
        # Behind the digits only letters that are no unit, scale or ending go on.
        while end < len(self._t) and self._glued(end):
            text, kind = self._t[end], self._k[end]
            word = kind == WORD and not _hangul(text) and self._continues(text, end)
            if word or (kind == NUMBER and self._k[end - 1] != NUMBER):
                end += 1
            elif (
                text == "-"
                and start < at
                and end + 1 < len(self._t)
                and self._glued(end + 1)
                and self._k[end + 1] == NUMBER
            ):
                end += 2
            else:
                break
        if (
            end == at + 1
            and self._glued(end)
            and self._t[end] == "x"
            and self._glued(end + 1)
            and self._k[end + 1] == NUMBER
        ):
            end += 2  # 4x4
        if start == at and end == at + 1:
            return at
        written = fold(self._text[self._s[start] : self._e[end - 1]]).upper()
        digits = [self._t[n] for n in range(start, end) if self._k[n] == NUMBER]
        self._add("code", (written.replace("-", ""), "#" + "-".join(digits)), start, end)
        return end

    def _names(self, before: int, at: int) -> bool:
        """The word glued before digits is a name, not a word of counting."""
        text = self._t[before]
        if self._k[at] != NUMBER or text in self._lex.after:
            return False
        if text in self._lex.tables["months"]:
            return False
        if before == at - 1:
            return text.isascii() or self._capital(before)
        return self._capital(before) or (_hangul(text) and len(text) <= 3)

    def _continues(self, text: str, at: int) -> bool:
        lex = self._lex
        if text in _SMALL_SYMBOLS and self._capital(at):
            return True  # 5G are no grams
        if text in lex.marks or text in lex.big or text in lex.after:
            return False
        if text in lex.tables["day_parts"] or text in lex.tables["ordinal_marks"]:
            return False
        return len(text) <= 4 and (self._capital(at) or self._k[at - 1] == WORD)

    def _is_time(self, at: int) -> bool:
        return (
            self._sign(at + 1, ":")
            and self._glued(at + 1)
            and self._glued(at + 2)
            and self._k[at + 2] == NUMBER
        )

    def _time(self, at: int) -> int:
        """8:46 a.m., 5.30pm, 5 pm, 오전 8시 46분; and the scores that look like times."""
        text = self._t[at]
        hour = minute = None
        end = at
        hour_only = False
        if self._is_time(at):
            minutes = self._t[at + 2]
            if not text.isdigit() or not minutes.isdigit():
                return at
            if len(minutes) != 2 or len(text) > 2 or int(text) > 24 or int(minutes) > 59:
                return self._score(at)
            hour, minute, end = int(text), int(minutes), at + 3
            if self._is_time(at + 2):
                return self._lasted(at)
            if self._is(end, "hour_marks") and self._near(end):
                end += 1
        elif len(text) == 4 and text[0] == "0" and text.isdigit():
            if int(text[:2]) > 23 or int(text[2:]) > 59:
                return at
            zone = self._match(at + 1, "zones") if self._near(at + 1) else None
            if not zone:
                return at
            self._add("time", (f"{text[:2]}:{text[2:]}",), at, zone[1])
            return zone[1]
        elif "." in text and (
            (self._near(at + 1) and self._match(at + 1, "day_parts"))
            or (at and self._near(at) and self._ends_with_part(at))
        ):
            whole, _, part = text.partition(".")
            if not (whole.isdigit() and part.isdigit() and len(part) == 2):
                return at
            hour, minute, end = int(whole), int(part), at + 1
        elif text.isdigit() and len(text) <= 2 and int(text) <= 24:
            hour, minute, end, hour_only = int(text), 0, at + 1, True
            marked = self._match(end, "hour_marks") if self._near(end) else None
            if marked:
                end, hour_only = marked[1], False
                if self._match(end, "halves"):
                    minute, end = 30, end + 1
                elif self._near(end) and (found := self._small_number(end, 59)) is not None:
                    minute_mark = self._match(end + 1, "minute_marks")
                    if minute_mark:
                        minute, end = found, minute_mark[1]
        if hour is None or minute is None or hour > 24 or minute > 59:
            return at
        part_of_day = self._match(end, "day_parts") if self._near(end) else None
        start = at
        if part_of_day:
            end = part_of_day[1]
        elif self._ends_with_part(at):
            part_of_day = self._match(at - 1, "day_parts")
            start = at - 1
        if hour_only and not part_of_day:
            return at
        values = _hours(hour, minute, part_of_day[0] if part_of_day else "")
        if not part_of_day and self._lex.rules.bare_clock_is_24 and self._is_time(at):
            values = values[:1]
        self._add("time", values, start, end)
        self._share_part(start, part_of_day[0] if part_of_day else "")
        self._joint = (end, None)
        return end

    def _ends_with_part(self, at: int) -> bool:
        """A word for a part of the day stands right before the token."""
        found = self._match(at - 1, "day_parts") if self._near(at) else None
        return found is not None and found[1] == at

    def _lasted(self, at: int) -> int:
        """2:04:17 as hours, minutes and seconds."""
        for position, unit in ((at, "h"), (at + 2, "min"), (at + 4, "s")):
            found = readings(self._t[position], ".", False)
            if found:
                value = (canonical(found[0]),)
                self._add("duration", value, position, position + 1, unit=unit)
        return at + 5

    def _share_part(self, start: int, part: str) -> None:
        """The first of "5-6pm" is an hour, too."""
        end, number = self._joint
        if not part or number is None or len(self.facts) < 2 or not self._connects(end, start):
            return
        before, value = self.facts[-2], number.values[0]
        if before.kind == "cardinal" and isinstance(value, int) and value <= 12 and number.literal:
            self.facts[-2] = Fact("time", _hours(value, 0, part), before.span, before.text)

    def _score(self, at: int) -> int:
        """31:27 as two numbers that belong together."""
        for position in (at, at + 2):
            found = readings(self._t[position], self._lex.rules.decimal, False)
            if found:
                self._add("score", (canonical(found[0]),), position, position + 1)
        return at + 3

    def _marked(self, number: Number, *, money: bool) -> Number:
        """The number with a scale mark behind it: $4.5m, 10 тис."""
        mark = self._t[number.end] if self._near(number.end) else ""
        scale = self._lex.marks.get(mark)
        if scale is None or number.scaled != 1:
            return number
        if not money and (mark in self._lex.tables["units"] or not self._glued(number.end)):
            return number
        values = tuple(value * scale for value in number.values)
        return Number(values, number.end + 1, number.strength, literal=False, scaled=scale)

    def _counted(self, number: Number, at: int) -> int:
        """A number with what it counts."""
        number = self._marked(number, money=False)
        end = number.end
        if self._near(end) and self._is(end, "approximate_marks"):
            end += 1
        hyphen = self._sign(end, "-") and self._glued(end) and self._glued(end + 1)
        behind = end + 1 if hyphen else end
        lex_marks = self._lex.marks
        if self._sign(end, ".") and self._t[end - 1] in self._lex.big and self._near(end + 1):
            behind = end + 1  # 10 тис. доларів
        start = at
        if self._near(behind) and self._k[behind] != TAIL:
            aged = self._match(behind, "age_marks")
            if aged:
                self._count("age", number, start, aged[1], unit=aged[0])
                return aged[1]
            for name, kind in (("percent", "percent"), ("currencies", "money")):
                found = self._match(behind, name)
                if found:
                    self._count(kind, number, start, found[1], unit=found[0])
                    return found[1]
            if number.literal and (scale := self._lex.marks.get(self._t[behind])):
                currency = self._match(behind + 1, "currencies")
                if currency:  # 5m dollars
                    number = self._marked(number, money=True)
                    self._count("money", number, start, currency[1], unit=currency[0])
                    return currency[1]
                if self._t[behind] in self._lex.tables["units"] and self._glued(behind):
                    # 100m: metres or millions
                    found = self._match(behind, "units")
                    if found:
                        plain = tuple(canonical(v) for v in number.values)
                        more = tuple(canonical(v * scale) for v in number.values)
                        self._measure(found[0], plain + more, start, found[1], 3, number)
                        return found[1]
            found = self._match(behind, "numeral_stems") if hyphen else None
            if number.literal and self._glued(behind) and self._t[behind] not in lex_marks:
                found = found or self._match(behind, "glued_units")
            found = found or self._match(behind, "units")
            if found:
                values = tuple(canonical(value) for value in number.values)
                self._measure(found[0], values, start, found[1], number.strength, number)
                return found[1]
            coded = self._match(behind, "code_marks")
            if coded and number.literal:
                self._add("code", (canonical(number.values[0]),), start, coded[1])
                return coded[1]
        if at and self._near(at) and self._is(at - 1, "age_heads") and number.strength >= 2:
            self._count("age", number, at - 1, end, unit="year")
            return end
        self._count("cardinal", number, start, end)
        return end

    def _measure(
        self,
        unit: str,
        values: tuple[str, ...],
        start: int,
        end: int,
        strength: int,
        number: Number | None = None,
    ) -> None:
        if unit == "age":
            kind, unit = "age", "year"
        elif unit in UNITS and UNITS[unit][0] == "time":
            kind = "duration"
        else:
            kind = "quantity" if unit else "cardinal"
        self._share(kind, unit, start, number)
        self._add(kind, values, start, end, unit=unit, strength=strength)
        self._joint = (end, number)

    def _count(self, kind: str, number: Number, start: int, end: int, *, unit: str = "") -> None:
        self._share(kind, unit, start, number)
        self._add(
            kind,
            tuple(canonical(value) for value in number.values),
            start,
            end,
            unit=unit,
            strength=number.strength,
        )
        self._joint = (end, number)

    def _connects(self, end: int, start: int) -> bool:
        """Only a dash or a word for "to" lies between."""
        return end == start - 1 and (self._t[end] in "-~" or self._is(end, "range_words"))

    def _share(self, kind: str, unit: str, start: int, number: Number | None) -> None:
        """The first number of "340 to 500 million dollars" takes scale and unit."""
        end, before = self._joint
        if before is None or number is None or not self.facts or not self._connects(end, start):
            return
        last = self.facts[-1]
        if last.kind not in ("cardinal", "age") or (last.unit and last.kind != "age"):
            return
        values = last.values
        if before.scaled == 1 and number.scaled != 1:
            values += tuple(canonical(value * number.scaled) for value in before.values)
        if unit or values != last.values:
            self.facts[-1] = Fact(
                kind if unit else last.kind,
                values,
                last.span,
                last.text,
                unit=unit or last.unit,
                strength=last.strength,
            )


def _hangul(text: str) -> bool:
    return "가" <= text[0] <= "힣"


def _date(year: int | None, month: int | None, day: int | None) -> str:
    return f"{year or '*'}-{month or '*'}-{day or '*'}"


def _hours(hour: int, minute: int, part: str) -> tuple[str, ...]:
    """The times of day a clock reading may mean."""
    if part == "am":
        hours: tuple[int, ...] = (hour % 12,) if hour <= 12 else (hour,)
    elif part == "pm":
        hours = (hour % 12 + 12,) if hour <= 12 else (hour,)
    else:
        hours = (hour % 24, hour + 12) if 0 < hour < 12 else (hour % 24,)
        hours += (0,) if hour == 12 else ()
    return tuple(f"{each % 24:02d}:{minute:02d}" for each in dict.fromkeys(hours))
