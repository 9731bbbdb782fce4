"""The tables of a language pack, compiled into look-ups when first used."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from functools import cache, lru_cache

from toolkit import scripts
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
    ages: frozenset[str]  # words of age that are no sign
    tails: frozenset[str]
    tail_lengths: tuple[int, ...]
    native: dict[str, int]
    glued_digits: dict[str, int]
    loose: frozenset[str]  # number words only before another word
    bound: frozenset[str]  # number words only before a counter
    cuts: bool  # whether words that no table has are looked at for parts that one has
    stems: frozenset[str]
    lone_months: frozenset[str]  # months that are other words as well, with no date beside
    longest: int  # letters of the longest word of a script without spaces

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
# Tables whose long words may go on: Finnish *tammikuu*ssa, Russian *миллион*ами.
_OPEN = (
    *("big_scales", "months", "weekdays", "units", "currencies", "percent", "year_marks"),
    *("century_marks", "decade_marks", "guarded_months"),
)
_SHORTEST_STEM = 5
_LONGEST_ENDING = 4
_LONGEST_CASE = 6  # where case is a word glued on: नोव्हेंबरमध्ये
# What a stem may lack of the word that CLDR lists: септемб- of септембар, which is септембру
# in a sentence. Months are few and told apart by their first letters, and what their stem
# alone says is never held against a text, so theirs may be short.
_LACKING = {"months": 3, "weekdays": 2, "units": 2}
_SHORTEST_NAMED = 4
# Short names of months need a number beside them, and take one letter: 9. јул*а*.
_SHORTEST_MONTH = 3
# What the grammar tries at a word, in this order, and the tables whose words start it.
ROLES = (
    ("phrase", "not_facts"),
    (
        "relative",
        "relatives clock_words clock_phrases holidays durations decade_words named_numbers",
    ),
    ("money", "money_heads"),
    ("numbered", "code_heads"),
    ("era", "eras"),
    ("month", "months guarded_months"),
    ("weekday", "weekdays short_weekdays"),
    ("indefinite", "indefinite"),
    ("compound", "compounds"),
    ("repeat", "repeats"),
    ("ordinal", "ordinals weak_ordinals numbers"),
    ("numeral", "numbers weak_numbers small_scales big_scales articles native digits vulgar"),
    ("fraction", "fractions"),
    ("season", "seasons"),
)
_NOT_TABLES = frozenset(
    (
        *("endings", "decimal", "date_order", "particles", "tails", "falls", "defeats"),
        *("tens_native", "units_native", "digits_glued", "numeral_prefixes", "numeral_stems"),
        "breaks",
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


_NO_NUKTA = {0x93C: None, 0x9BC: None}


def _table(pairs: Iterable[tuple[str, str]]) -> Table:
    found: dict[str, dict[tuple[str, ...], str]] = {}
    for value, form in pairs:
        # A nukta is often not written, and folded away where it is part of a letter.
        for written in dict.fromkeys((form, form.translate(_NO_NUKTA))):
            tokens = tuple(TOKEN.findall(fold(written).lower()))
            found.setdefault(tokens[0], {}).setdefault(tokens[1:], value)
    return {
        first: tuple(sorted(rest.items(), key=lambda item: -len(item[0])))
        for first, rest in found.items()
    }


def _numbers(table: str) -> dict[str, int]:
    return {
        fold(written).lower(): int(value)
        for value, form in entries(table)
        for written in (form, form.translate(_NO_NUKTA))
    }


def _stems(rules: FactRules) -> Iterator[tuple[str, str]]:
    """`триденний` and its like: value and unit in one word."""
    prefixes = tuple(entries(rules.numeral_prefixes))
    tens = [(v, p) for v, p in prefixes if len(v) == 2 and v[1] == "0" and v != "10"]
    ones = [(v, p) for v, p in prefixes if len(v) == 1]
    joined = [(str(int(v) + int(w)), p + q) for v, p in tens for w, q in ones]
    for unit, stem in entries(rules.numeral_stems):
        # ages: тридцятип'ятирічний
        for value, prefix in (*prefixes, *(joined if unit == "year" else ())):
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
    big = _numbers(rules.big_scales)
    particles = {form for _, form in entries(rules.particles)}
    tails = particles | {
        tail + particle for _, tail in entries(rules.tails) for particle in (*particles, "")
    }
    tens = [(int(v), f) for v, f in entries(rules.tens_native)]
    units = [(int(v), f) for v, f in entries(rules.units_native)]
    native = {f: v for v, f in (*tens, *units)} | {t + u: a + b for a, t in tens for b, u in units}
    glued_digits = _numbers(rules.digits_glued)
    stems = _open(rules, tables) if rules.open_words else frozenset()
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
        big=big
        | {
            stem: int(tables["big_scales"][stem][0][1])
            for stem in stems & tables["big_scales"].keys()
        },
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
        ages=frozenset(word for word in tables["age_marks"] if word.isalpha()),
        tails=frozenset(tails),
        tail_lengths=tuple(sorted({len(t) for t in tails})),
        native=native,
        glued_digits=glued_digits,
        loose=frozenset(form for _, form in entries(rules.loose_numbers)),
        bound=frozenset(form for _, form in entries(rules.bound_numbers)),
        cuts=rules.open_words or rules.unspaced or rules.glued_numerals,
        stems=stems,
        lone_months=frozenset(_lone_months(rules)) if rules.open_words else frozenset(),
        longest=max((len(word) for word in vocabulary if scripts.is_unspaced(word[0])), default=0),
    )


def _open(rules: FactRules, tables: dict[str, Table]) -> frozenset[str]:
    """Enter the stems of long words in their tables; a stem of two values is none.

    A stem is the word, and the word without its last vowel: январ- of января; or without
    more letters, in the tables of `_LACKING`.
    """
    found: set[str] = set()
    for name in _OPEN:
        values: dict[str, set[str]] = {}
        for value, form in entries(getattr(rules, name)):
            word = fold(form).lower()
            if scripts.is_unspaced(word[0]) or not all(
                c.isalpha() or scripts.is_mark(c) for c in word
            ):
                continue
            lacking = _LACKING.get(name, int(word[-1] in _VOWELS))
            if word[0].upper() == word[0]:  # a script without capitals: only its vowel signs
                lacking = int(scripts.is_mark(word[-1]))
            least = _SHORTEST_NAMED if name == "months" else _SHORTEST_STEM
            if name == "guarded_months" and not _abbreviates(word, value, rules):
                least = _SHORTEST_MONTH
            for stem in (word[: len(word) - cut] for cut in range(lacking + 1)):
                if len(stem) >= least:
                    values.setdefault(stem + "*", set()).add(value)
        for stem, meant in values.items():
            if len(meant) == 1:
                tables[name][stem] = (((), meant.pop()),)
                found.add(stem)
    return frozenset(found)


def _lone_months(rules: FactRules) -> Iterator[str]:
    """Whole names of months that need a number beside them to be surely one: mars, май, июн-."""
    for value, form in entries(rules.guarded_months):
        word = fold(form).lower()
        plain = all(char.isalpha() or scripts.is_mark(char) for char in word)
        if len(word) > 2 and plain and not _abbreviates(word, value, rules):
            yield word
            yield word + "*"
            if len(word) > _SHORTEST_MONTH and word[-1] in _VOWELS:
                yield word[:-1] + "*"


def _abbreviates(word: str, value: str, rules: FactRules) -> bool:
    return any(
        number == value and name.lower().startswith(word) and len(name) > len(word)
        for number, name in entries(f"{rules.months}\n{rules.guarded_months}")
    )


_VOWELS = frozenset("aeiouyáéíóúýàèìòùâêîôûäëïöüåæøőűąęěůаеёиіїоуыэюяьαεηιουωάέήίόύώ")


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
    glued, counting, cuts = bool(lex.tails), False, lex.cuts
    for found in lex.token.finditer(folded):
        word = found.group()
        start, end = found.span()
        first = word[0]
        if first.isdecimal() or (first == "." and len(word) > 1):
            kind, counting = NUMBER, True
        elif not first.isalnum():
            kind, counting = SIGN, False
        elif glued and (scripts.is_hangul(first) or "'" in word or counting):
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
        elif cuts and (lowered := word.lower()) not in lex.vocabulary and len(word) == len(lowered):
            counting = False
            for piece, kind, length in _cut(lowered, lang):
                texts.append(piece)
                kinds.append(kind)
                starts.append(start)
                start += length
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


# A longer word is no numeral, and must not cost more.
_LONGEST_WORD = 60


@lru_cache(maxsize=1 << 16)
def _cut(word: str, lang: str) -> tuple[tuple[str, int, int], ...]:
    """A word that no table has, cut at the parts that one has: (part, kind, its length)."""
    lex = lexicon(lang)
    if lex.rules.unspaced and any(map(scripts.is_unspaced, word)):
        return tuple(_runs(word, lex))
    if lex.rules.glued_numerals and len(word) <= _LONGEST_WORD:
        parts = _number_words(word, lex)
        if parts:
            return tuple((part, WORD, len(part)) for part in parts)
    if lex.rules.open_words:
        head, mark, tail = word.partition("'")
        if mark and (head in lex.vocabulary or tail in lex.vocabulary):
            # d'août, Ocak'ta: the mark goes with what stands before it
            return (head, WORD, len(head) + 1), (tail, WORD, len(tail))
        cased = word[0].upper() != word[0]
        longest = _LONGEST_ENDING if cased else _LONGEST_CASE
        for ending in range(min(longest, len(word) - _SHORTEST_MONTH) + 1):
            stem = word[: len(word) - ending] + "*"
            if stem in lex.lone_months and cased and ending and word[-ending:] not in _VOWELS:
                continue  # maior, mayores; but июне
            if stem in lex.stems and (ending < 2 or len(word) - ending >= _SHORTEST_NAMED):
                return ((stem, WORD, len(word)),)
    return ((word, WORD, len(word)),)


def _number_words(word: str, lex: Lexicon) -> list[str]:
    """zweihundertfünfzig as zwei, hundert, fünfzig; empty if the word is anything else."""
    parts: list[str] = []
    at = 0
    while at < len(word):
        part = next(
            (
                piece
                for size in range(min(len(word) - at, _LONGEST_NUMERAL), 1, -1)
                if (piece := word[at : at + size]) in lex.numbers
                or piece in lex.small
                or piece in lex.big
                or piece in lex.glued_digits
            ),
            "",
        )
        if not part:
            return []
        parts.append(part)
        at += len(part)
    return parts if len(parts) > 1 else []


def _runs(word: str, lex: Lexicon) -> Iterator[tuple[str, int, int]]:
    """A run of a script without spaces, cut at the longest words we know."""
    at = unknown = 0
    while at < len(word):
        size = next(
            (
                size
                for size in range(min(lex.longest, len(word) - at), 0, -1)
                if word[at : at + size] in lex.vocabulary
            ),
            0,
        )
        counted = at
        while counted < min(len(word), at + _LONGEST_NUMERAL) and (
            word[counted] in lex.glued_digits or _is_scale(word[counted], lex)
        ):
            counted += 1
        numeral = word[at:counted]
        if len(numeral) > max(size, 1) and any(_is_scale(char, lex) for char in numeral):
            if at > unknown:
                yield word[unknown:at], WORD, at - unknown
            yield from ((char, GLUED, 1) for char in numeral)
            at = unknown = counted
        elif size:
            if at > unknown:
                yield word[unknown:at], WORD, at - unknown
            yield word[at : at + size], WORD, size
            at = unknown = at + size
        else:
            at += 1
    if at > unknown:
        yield word[unknown:at], WORD, at - unknown


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
        if (free and scripts.is_hangul(rest)) or rest in lex.tails:
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
