"""The tokens of one text, asked about their neighbours, and the facts read from them so far."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace

from toolkit.facts.lexicon import Lexicon, lexicon, tokenise
from toolkit.facts.numerals import Number, canonical, match
from toolkit.facts.tokens import GLUED, NUMBER, WORD
from toolkit.facts.units import UNITS, dimension
from toolkit.schema import Fact, Span

# What may be below zero.
_SIGNED = frozenset(("cardinal", "quantity", "percent", "money"))
_NEAR = 4  # tokens between "morozy" and the degrees
_LONGEST_JOINER = 5  # letters of hasta, kuni, från


class Scan:
    """One pass over the tokens of one text.

    A reading step takes the position of a token and answers with the position behind the
    fact it has added, or with None if there is no such fact.
    """

    __slots__ = (
        *("ends", "facts", "joint", "kinds", "lex", "passed"),
        *("starts", "text", "texts", "tokens"),
    )

    def __init__(self, text: str, lang: str) -> None:
        self.text = text
        self.lex: Lexicon = lexicon(lang)
        self.tokens = tokenise(text, lang)
        self.texts = self.tokens.text
        self.kinds = self.tokens.kind
        self.starts = self.tokens.start
        self.ends = self.tokens.end
        self.facts: list[Fact] = []
        # What the last fact still needs to share in a range: (token behind it, number)
        self.joint: tuple[int, Number | None] = (-1, None)
        # The token behind the last phrase that is no fact.
        self.passed = 0

    def is_in(self, at: int, name: str) -> bool:
        return at < len(self.texts) and self.texts[at] in self.lex.tables[name]

    def match(self, at: int, name: str) -> tuple[str, int] | None:
        return match(self.tokens, at, self.lex.tables[name])

    def beside(self, at: int, name: str) -> tuple[str, int] | None:
        """What a table has at a token that touches the one before it, or has one space there."""
        return match(self.tokens, at, self.lex.tables[name]) if self.near(at) else None

    def before(self, at: int, name: str) -> tuple[str, int] | None:
        """What a table has that ends right before a token."""
        found = match(self.tokens, at - 1, self.lex.tables[name]) if self.near(at) else None
        return found if found and found[1] == at else None

    def glued(self, at: int) -> bool:
        """The token touches the one before it."""
        return 0 < at < len(self.texts) and self.starts[at] == self.ends[at - 1]

    def near(self, at: int) -> bool:
        """The token touches the one before it, or one space lies between."""
        return 0 < at < len(self.texts) and self.starts[at] - self.ends[at - 1] <= 1

    def sign(self, at: int, sign: str) -> bool:
        return at < len(self.texts) and self.texts[at] == sign

    def capital(self, at: int) -> bool:
        return self.text[self.starts[at]].isupper()

    def add(
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
        if kind in _SIGNED and values:
            values, start, end = self.signed(values, unit, start, end)
        span = Span(self.starts[start], self.ends[end - 1])
        if certainty == "exact" and start:
            certainty = self.hedged(start)
        self.facts.append(
            Fact(
                kind,
                tuple(dict.fromkeys(values)),
                span,
                self.text[span.start : span.end],
                unit=unit,
                certainty=certainty,  # type: ignore[arg-type]  # a literal of ours
                strength=strength,
            )
        )

    def signed(
        self, values: tuple[str, ...], unit: str, start: int, end: int
    ) -> tuple[tuple[str, ...], int, int]:
        """The values below zero, if a sign or a word says so, and where that begins and ends.

        Only a temperature loses its plain reading: elsewhere a word for a loss may say what
        the sign says, see `checks.compare.swaps`.
        """
        heat = dimension(unit) == "temperature"
        minus = self.minus(start, unit) if start else False
        if heat and (found := self.match(end, "minus_after")) and self.near(end):
            minus, end = True, found[1]
            self.passed = end
            self.share_minus(start)
        elif minus:
            start -= 1
        below = tuple("-" + value.removeprefix("-") for value in values)
        if minus:
            return (below if heat else below + values), start, end
        if heat and (
            (self.connects(self.joint[0], start) and self.facts[-1].values[0].startswith("-"))
            or any(self.is_in(at, "frosts") for at in range(max(0, start - _NEAR), start))
        ):
            return values + below, start, end
        return values, start, end

    def minus(self, start: int, unit: str) -> bool:
        """A minus sign or a word for it stands before a number; a hyphen or a dash does not."""
        before = start - 1
        if before < self.passed or not self.near(start):
            return False
        if self.texts[before] != "-":
            return self.is_in(before, "minus_before")
        written = self.text[self.starts[before]]
        return (
            self.glued(start)
            and written != "\u2014"
            and (bool(unit) or written == "\u2212")
            and self.joint[0] != before
            and (before == 0 or not self.glued(before) or self.texts[before - 1] in "([{\"'«“~…")
            and (before == 0 or self.kinds[before - 1] != NUMBER)
        )

    def share_minus(self, start: int) -> None:
        """The first of "10 to 15 degrees below zero" is below zero, too."""
        if self.facts and self.connects(self.joint[0], start):
            last = self.facts[-1]
            if last.kind in _SIGNED and not last.values[0].startswith("-"):
                values = (*last.values, *("-" + value for value in last.values))
                self.facts[-1] = replace(last, values=values)

    def hedged(self, start: int) -> str:
        """How sure the words before a number are: about, more than."""
        for at in range(max(0, start - 3), start):
            found = self.match(at, "hedges")
            if found and found[1] == start:
                return found[0]
        return "exact"

    def small_number(self, at: int, most: int, digits: int = 2) -> int | None:
        if at >= len(self.texts) or self.kinds[at] != NUMBER:
            return None
        text = self.texts[at]
        if not text.isdigit() or len(text) > digits or not 1 <= int(text) <= most:
            return None
        return int(text)

    def before_word(self, at: int) -> bool:
        return self.near(at) and self.kinds[at] in (WORD, GLUED)

    def connects(self, end: int, start: int) -> bool:
        """Only a dash or a word for "to" lies between, and perhaps a minus sign."""
        if end < 0:
            return False
        if end == start - 2 and self.sign(start - 1, "-") and self.glued(start):
            return self.texts[end] == "…" or self.is_in(end, "range_words")
        return end == start - 1 and (
            self.texts[end] in "-~…" or self.is_in(end, "range_words") or self._may_join(end)
        )

    def _may_join(self, at: int) -> bool:
        """A short word between two numbers, in a language whose words for "to" no table has.

        de 5 a 10 cm, od 5 do 10 cm, mellom 5 og 10 cm: where it is another word, the first
        number only gets a unit that its counterpart does not have, which is no contradiction.
        """
        return (
            self.lex.rules.open_words
            and self.kinds[at] == WORD
            and len(self.texts[at]) <= _LONGEST_JOINER
        )

    def share(self, kind: str, unit: str, start: int, number: Number | None) -> None:
        """The first number of "340 to 500 million dollars" takes scale and unit."""
        end, before = self.joint
        if before is None or number is None or not self.facts or not self.connects(end, start):
            return
        last = self.facts[-1]
        if last.kind not in ("cardinal", "age") or (last.unit and last.kind != "age"):
            return
        values = last.values
        if before.scaled == 1 and number.scaled != 1:
            values += tuple(canonical(value * number.scaled) for value in before.values)
        if unit or values != last.values:
            span = last.span
            if dimension(unit) == "temperature" and not values[0].startswith("-"):
                at = bisect_left(self.starts, span.start)
                if at and self.minus(at, unit):  # the first of -10 to -4 °C
                    values = tuple("-" + value for value in values)
                    span = Span(self.starts[at - 1], span.end)
            self.facts[-1] = replace(
                last,
                kind=kind if unit else last.kind,
                values=values,
                span=span,
                text=self.text[span.start : span.end],
                unit=unit or last.unit,
            )

    def add_measure(
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
        self.share(kind, unit, start, number)
        self.add(kind, values, start, end, unit=unit, strength=strength)
        self.joint = (end, number)

    def add_count(self, kind: str, number: Number, start: int, end: int, *, unit: str = "") -> None:
        self.share(kind, unit, start, number)
        self.add(
            kind,
            tuple(canonical(value) for value in number.values),
            start,
            end,
            unit=unit,
            strength=number.strength,
        )
        self.joint = (end, number)
