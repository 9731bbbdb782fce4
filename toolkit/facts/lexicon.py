"""The tables of a language pack, compiled into look-ups when first used."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from functools import cache, lru_cache

from toolkit.facts.tokens import (
    GLUED,
    NUMBER,
    SIGN,
    TAIL,
    TOKEN,
    TOKEN_SPACED,
    VULGAR,
    WORD,
    Tokens,
    fold,
)
from toolkit.lang import pack
from toolkit.lang.base import FactRules

# first token of a form: (the other tokens, value), longest first
Table = dict[str, tuple[tuple[tuple[str, ...], str], ...]]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All words of one language by the part they play."""

    rules: FactRules
    token: re.Pattern[str]
    numbers: dict[str, int]
    weak_numbers: dict[str, int]
    small: dict[str, int]
    big: dict[str, int]
    marks: dict[str, int]
    ordinals: dict[str, int]
    tables: dict[str, Table]
    vocabulary: frozenset[str]
    roles: dict[str, tuple[str, ...]]  # what may start at a word, in the order it is tried
    after: frozenset[str]  # what may be glued to a number
    guards: frozenset[str]
    tails: frozenset[str]
    tail_lengths: tuple[int, ...]
    native: dict[str, int]
    glued_digits: dict[str, int]
    loose: frozenset[str]  # number words only before another word
    bound: frozenset[str]  # number words only before a counter

    def table(self, name: str) -> Table:
        return self.tables[name]


# Tables whose words may follow a number, glued to it or behind a space.
_AFTER = (
    "small_scales",
    "big_scales",
    "halves",
    "ordinal_marks",
    "denominator_first",
    "hour_marks",
    "minute_marks",
    "year_marks",
    "month_marks",
    "day_marks",
    "decade_marks",
    "century_marks",
    "units",
    "glued_units",
    "currencies",
    "percent",
    "age_marks",
    "counters",
    "code_marks",
    "approximate_marks",
    "range_words",
    "not_facts",
)
# What the grammar tries at a word, in this order, and the tables whose words start it.
ROLES = (
    ("phrase", "not_facts"),
    ("relative", "relatives clock_words clock_phrases durations decade_words named_numbers"),
    ("money", "money_heads"),
    ("numbered", "code_heads"),
    ("month", "months guarded_months"),
    ("weekday", "weekdays short_weekdays"),
    ("indefinite", "indefinite"),
    ("compound", "compounds"),
    ("ordinal", "ordinals weak_ordinals numbers"),
    ("numeral", "numbers weak_numbers small_scales big_scales articles native digits vulgar"),
    ("fraction", "fractions"),
    ("season", "seasons"),
)
_NOT_TABLES = frozenset(
    (
        *("endings", "decimal", "date_order", "particles", "tails"),
        *("tens_native", "units_native", "digits_glued", "numeral_prefixes", "numeral_stems"),
    )
)
# Written in one word; longer runs of these signs are no numeral, and must not cost more.
_LONGEST_NUMERAL = 16
_MOST_PIECES = 12
_BRACES = re.compile(r"\{([^{}]*)\}")


def expand(form: str) -> Iterator[str]:
    """`вересн{я,ю}` as its written forms."""
    found = _BRACES.search(form)
    if not found:
        yield form
        return
    for part in found[1].split(","):
        yield from expand(form[: found.start()] + part + form[found.end() :])


def entries(table: str) -> Iterator[tuple[str, str]]:
    """(value, form) for all forms of a table; `_` in a form is a space."""
    for line in table.splitlines():
        value, colon, forms = line.partition(": ")
        if not colon:
            value, forms = "", line
        for form in forms.split():
            for written in expand(form):
                yield value.strip(), written.replace("_", " ")


def _with_endings(rules: FactRules) -> FactRules:
    changed = {
        f.name: getattr(rules, f.name).replace("{@}", "{" + rules.endings + "}")
        for f in fields(rules)
        if isinstance(getattr(rules, f.name), str)
    }
    return replace(rules, **changed)


def _table(pairs: Iterable[tuple[str, str]]) -> Table:
    found: dict[str, dict[tuple[str, ...], str]] = {}
    for value, form in pairs:
        tokens = tuple(TOKEN.findall(fold(form).lower()))
        found.setdefault(tokens[0], {}).setdefault(tokens[1:], value)
    return {
        first: tuple(sorted(rest.items(), key=lambda item: -len(item[0])))
        for first, rest in found.items()
    }


def _numbers(table: str) -> dict[str, int]:
    return {fold(form).lower(): int(value) for value, form in entries(table)}


def _stems(rules: FactRules) -> Iterator[tuple[str, str]]:
    """`триденний` and its like: value and unit in one word."""
    for value, prefix in entries(rules.numeral_prefixes):
        for unit, stem in entries(rules.numeral_stems):
            yield f"{value} {unit}", prefix + stem


@cache
def lexicon(lang: str) -> Lexicon:
    """The compiled tables of the language with this code."""
    rules = _with_endings(pack(lang).facts)
    tables = {
        f.name: _table(entries(getattr(rules, f.name)))
        for f in fields(rules)
        if f.name not in _NOT_TABLES and isinstance(getattr(rules, f.name), str)
    }
    tables["numeral_stems"] = _table(entries(rules.numeral_stems))
    tables["compounds"] = _table(_stems(rules))
    particles = {form for _, form in entries(rules.particles)}
    tails = particles | {
        tail + particle for _, tail in entries(rules.tails) for particle in (*particles, "")
    }
    tens = [(int(v), f) for v, f in entries(rules.tens_native)]
    units = [(int(v), f) for v, f in entries(rules.units_native)]
    native = {f: v for v, f in (*tens, *units)} | {t + u: a + b for a, t in tens for b, u in units}
    glued_digits = _numbers(rules.digits_glued)
    vocabulary = {
        token
        for table in tables.values()
        for first, forms in table.items()
        for rest, _ in forms
        for token in (first, *rest)
    } | set(native)
    return Lexicon(
        rules=rules,
        token=TOKEN_SPACED if rules.space_groups else TOKEN,
        numbers=_numbers(rules.numbers) | native,
        weak_numbers=_numbers(rules.weak_numbers),
        small=_numbers(rules.small_scales),
        big=_numbers(rules.big_scales),
        marks=_numbers(rules.scale_marks),
        ordinals=_numbers(rules.ordinals) | _numbers(rules.weak_ordinals),
        tables=tables,
        vocabulary=frozenset(vocabulary),
        roles=_roles(tables | {"native": native, "digits": glued_digits, "vulgar": VULGAR}),
        after=frozenset(first for name in _AFTER for first in tables[name]),
        guards=frozenset(
            first
            for first, forms in tables["not_facts"].items()
            if any(not rest for rest, _ in forms)
        ),
        tails=frozenset(tails),
        tail_lengths=tuple(sorted({len(t) for t in tails})),
        native=native,
        glued_digits=glued_digits,
        loose=frozenset(form for _, form in entries(rules.loose_numbers)),
        bound=frozenset(form for _, form in entries(rules.bound_numbers)),
    )


def _roles(tables: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    roles: dict[str, list[str]] = {}
    for role, names in ROLES:
        for word in dict.fromkeys(word for name in names.split() for word in tables[name]):
            roles.setdefault(word, []).append(role)
    return {word: tuple(steps) for word, steps in roles.items()}


def tokenise(text: str, lang: str) -> Tokens:
    """The tokens of a text; words with glued endings are cut into the parts we know."""
    lex = lexicon(lang)
    texts: list[str] = []
    kinds: list[int] = []
    starts: list[int] = []
    ends: list[int] = []
    folded = fold(text)
    glued, counting = bool(lex.tails), False
    for found in lex.token.finditer(folded):
        word = found.group()
        start, end = found.span()
        first = word[0]
        if first.isdecimal():
            kind, counting = NUMBER, True
        elif not first.isalnum():
            kind, counting = SIGN, False
        elif glued and ("가" <= first <= "힣" or "'" in word or counting):
            # `counting`: the token before is a number or part of one
            gap = start - ends[-1] if counting else 2
            pieces, counting = _pieces(word.lower(), min(gap, 2), lang)
            for piece, kind in pieces:
                texts.append(piece)
                kinds.append(kind)
                starts.append(start)
                start += len(piece)
                ends.append(start)
            continue
        else:
            kind, counting, word = WORD, False, word.lower()
        texts.append(word)
        kinds.append(kind)
        starts.append(start)
        ends.append(end)
    return Tokens(texts, kinds, starts, ends)


Pieces = tuple[tuple[str, int], ...]


@lru_cache(maxsize=1 << 16)
def _pieces(word: str, gap: int, lang: str) -> tuple[Pieces, bool]:
    """A word as its known parts, and whether a number goes on behind it.

    `gap` is the distance to a number before it: 0 glued, 1 one space, 2 there is none.
    """
    lex = lexicon(lang)
    if gap < 2:
        counted = _counted(word, gap == 0, lex)
        if counted is not None:
            return counted, _is_open(counted[-1], lex)
    if word in lex.vocabulary:
        return ((word, WORD),), word in lex.native or _is_open((word, WORD), lex)
    for length in lex.tail_lengths:
        if word[-length:] in lex.tails and word[:-length] in lex.guards:
            return ((word, TAIL),), False
    numeral = _numeral(word, lex)
    if numeral is not None:
        return numeral, _is_open(numeral[-1], lex)
    for length in lex.tail_lengths:
        if length < len(word) and word[-length:] in lex.tails and word[:-length] in lex.vocabulary:
            return ((word[:-length], WORD), (word[-length:], TAIL)), False
    return ((word, WORD),), False


def _is_open(piece: tuple[str, int], lex: Lexicon) -> bool:
    text, kind = piece
    return kind == GLUED or (
        kind == WORD
        and (
            text in lex.small
            or text in lex.big
            or text in lex.native
            or text in lex.tables["approximate_marks"]
        )
    )


def _is_scale(char: str, lex: Lexicon) -> bool:
    return char in lex.small or char in lex.big


def _counted(word: str, free: bool, lex: Lexicon, depth: int = 0) -> Pieces | None:
    """What follows a number, cut at counters and scales; `free` takes any ending."""
    if depth == _MOST_PIECES:
        return None
    for length in range(min(len(word), 8), 0, -1):
        head, rest = word[:length], word[length:]
        if head not in lex.after:
            continue
        if head in lex.guards:
            return ((word, TAIL),)
        if not rest:
            return ((head, WORD),)
        more = _counted(rest, False, lex, depth + 1) if _is_open((head, WORD), lex) else None
        if more is not None:
            return ((head, WORD), *more)
        if (free and "가" <= rest[0] <= "힣") or rest in lex.tails:
            return (head, WORD), (rest, TAIL)
    return None


def _numeral(word: str, lex: Lexicon) -> Pieces | None:
    """A numeral written together with its counter: 두번째, 삼백만달러."""
    for length in range(min(len(word) - 1, 5), 0, -1):
        if word[:length] in lex.native:
            rest = _counted(word[length:], False, lex)
            if rest is not None and rest[0][1] == WORD:
                return ((word[:length], WORD), *rest)
    size = 0
    while size < min(len(word), _LONGEST_NUMERAL) and (
        word[size] in lex.glued_digits or _is_scale(word[size], lex)
    ):
        size += 1
    for length in range(size, 0, -1):
        head = word[:length]
        if not any(_is_scale(char, lex) for char in head):
            break
        digits = tuple((char, GLUED) for char in head)
        if length == len(word):
            return digits
        rest = _counted(word[length:], False, lex)
        if rest is not None and rest[0][1] == WORD and length > 1:
            return (*digits, *rest)
    return None
