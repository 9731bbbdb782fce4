"""One article read for comparison: its sentences, and what each may be recognised by."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from toolkit import facts, labels, segmentation, terms
from toolkit.checks.align.keys import meanings, sounds
from toolkit.digests import calendar, wording
from toolkit.digests.lexicon import FATES, concept
from toolkit.digests.records import Place, Side
from toolkit.lang import pack
from toolkit.schema import Article, Fact, Label, Segment, Span
from toolkit.summaries.extractive import candidates, stems
from toolkit.terms.forms import is_verb

Key = str

_WORD = re.compile(r"[^\W_]+(?:['’ʼ][^\W_]+)*")
# What a key is worth beside its rarity. A meaning is shared by many words, a name may be one
# of several, and "one" or "first" is in every other sentence.
_MEANING, _WEAK, _STRONG = 0.35, 0.5, 1.3
# Letters of a root that another is made of, and of what makes it another.
SHORTEST, _SUFFIX = 4, 3


@dataclass(frozen=True, slots=True)
class Token:
    """A word that says something, with its forms cut off, or one that only leads to others."""

    span: Span
    word: str
    roots: tuple[str, ...]
    meanings: tuple[str, ...]
    verb: bool = False
    reports: bool = False
    name: bool = False

    @property
    def known(self) -> bool:
        """Whether the word is one of those that are known to mean one thing."""
        return bool(self.roots) and self.roots[0].startswith("@")

    @property
    def fate(self) -> bool:
        """Whether the word says what became of people."""
        return bool(self.roots) and self.roots[0] in FATES

    def meets(self, other: Token) -> bool:
        """Whether both are forms of one word, or one is made of the other: grow, growth."""
        if not self.roots or not other.roots:
            return False
        short, long = sorted((self.roots[0], other.roots[0]), key=len)
        return short == long or (
            len(short) >= SHORTEST and long.startswith(short) and len(long) - len(short) <= _SUFFIX
        )


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with its words and facts; spans lie in the sentence's own text."""

    article: int
    lang: str
    number: int
    segment: Segment
    tokens: tuple[Token, ...]
    facts: tuple[Fact, ...]
    names: tuple[Fact, ...]
    keys: Mapping[Key, float]
    prose: bool
    caveat: bool
    false: bool = False  # tells of a false name or a forged document
    speaker: frozenset[Key] = frozenset()  # keys of no more than who says it

    def token_at(self, place: int) -> int:
        """The number of the first word at or behind a place."""
        return next(
            (n for n, token in enumerate(self.tokens) if token.span.start >= place),
            len(self.tokens),
        )


def place(sentence: Sentence) -> Place:
    """Where a sentence stands."""
    segment = sentence.segment
    return Place(sentence.article, segment.id, segment.paragraph, segment.span)


def within(sentence: Sentence, span: Span) -> Span:
    """A span of the sentence as one of its article's text."""
    start = sentence.segment.span.start
    return Span(start + span.start, start + span.end)


def side(sentence: Sentence, span: Span, value: str = "") -> Side:
    """These words of a sentence as a side of a difference."""
    text = sentence.segment.text[slice(*span)]
    return Side(place(sentence), text, within(sentence, span), value=value)


@dataclass(frozen=True, slots=True)
class Read:
    """An article, its labels and its sentences, and the day it was written, if it says so."""

    article: Article
    labels: tuple[Label, ...]
    segments: tuple[Segment, ...]
    sentences: tuple[Sentence, ...]
    day: date | None


def read(article: Article, number: int, termbase: terms.Termbase | None = None) -> Read:
    """The article with this number (from 0), taken apart."""
    found = labels.find(article)
    segments = segmentation.segment(article, found)
    prose = {segment.id for segment in candidates(article, found, segments)}
    sentences = tuple(
        _sentence(segment, number, at, article.lang, termbase, segment.id in prose)
        for at, segment in enumerate(segments)
    )
    return Read(article, found, segments, sentences, _day(article.metadata.date))


def _day(stated: str | None) -> date | None:
    """The day of a date line; a date that is not whole is none."""
    found = re.match(r"\d{4}-\d\d-\d\d", stated or "")
    try:
        return date.fromisoformat(found.group()) if found else None
    except ValueError:
        return None


def _sentence(
    segment: Segment,
    article: int,
    number: int,
    lang: str,
    termbase: terms.Termbase | None,
    prose: bool,
) -> Sentence:
    figures = facts.extract(segment.text, lang)
    dates = [fact.span for fact in figures if fact.kind in calendar.KINDS]
    names = tuple(
        name
        for name in terms.find_names(segment.text, lang, termbase)
        if name.values and not any(d.start <= name.span.start < d.end for d in dates)
    )
    tokens = tuple(_tokens(segment.text, figures, names, lang))
    return Sentence(
        article,
        lang,
        number,
        segment,
        tokens,
        figures,
        names,
        _keys(tokens, figures, names),
        prose,
        wording.is_caveat(segment.text, lang),
        wording.is_false(segment.text, lang),
        _speaker(segment.text, tokens, names),
    )


def _tokens(
    text: str, figures: Sequence[Fact], names: Sequence[Fact], lang: str
) -> Iterable[Token]:
    known = [fact.span for fact in names]
    taken = [fact.span for fact in figures]
    for match in _WORD.finditer(text):
        span = Span(*match.span())
        if any(t.start <= span.start < t.end for t in taken):
            continue
        written = match.group()
        word = written.lower()
        name = any(t.start <= span.start < t.end for t in known)
        verb, reports = _sort(word, lang)
        lower = written[0] == word[0]
        # What opens a sentence has a capital, name or not.
        usual = lower or not text[: span.start].strip("\"'“”‘’«»(")
        yield Token(
            span,
            word,
            _meant(word, lang) if usual else roots(word, lang),
            meanings(word, lang),
            verb=verb and lower and not name,
            reports=reports and lower and not name,
            name=name,
        )


@lru_cache(maxsize=1 << 16)
def roots(word: str, lang: str) -> tuple[str, ...]:
    """What a word in small letters has in common with its other forms; nothing for `the`."""
    rules = pack(lang).summaries
    return tuple(stems([Segment("", Span(0, 0), word, 0)], rules)[0])


def _meant(word: str, lang: str) -> tuple[str, ...]:
    """The same, where words that news uses for one another are one."""
    found = roots(word, lang)
    same = concept(word, lang) if found else ""
    return (same,) if same else found


@lru_cache(maxsize=1 << 15)
def _sort(word: str, lang: str) -> tuple[bool, bool]:
    """Whether a word looks like a verb, and whether like one of saying."""
    rules = pack(lang).summaries
    reports = bool(rules.reporting) and word.startswith(rules.reporting)
    stop = not roots(word, lang)
    verb = not stop and (is_verb(word, lang) or wording.is_event(word, lang))
    return verb or reports, reports or wording.reports(word, lang)


def _keys(
    tokens: Iterable[Token], figures: Iterable[Fact], names: Iterable[Fact]
) -> dict[Key, float]:
    found: dict[Key, float] = {}
    for fact in figures:
        worth = {1: _WEAK, 2: 1.0, 3: _STRONG}[fact.strength]
        for value in fact.values[:1]:
            for part in _parts(fact, value):
                found[part] = max(worth, found.get(part, 0.0))
    for name in names:
        for value in name.values:
            found[f"n:{value.removesuffix('/surname')}"] = 1.0 / len(name.values) ** 0.5
    for token in tokens:
        if token.name:
            continue
        for root in token.roots:
            found[f"w:{root}"] = 1.0 / len(token.roots)
        for meaning in token.meanings if token.roots else ():
            found[f"m:{meaning}"] = _MEANING
        for sound in sounds(token.word) if token.roots and len(token.word) > 3 else ():
            found[f"s:{sound}"] = _MEANING
    return found


def neutral_keys(text: str, lang: str) -> dict[Key, float]:
    """What a text may be recognised by in another language: its names, figures and dates.

    A name that no table has counts by how it sounds, a word by what it means.
    """
    figures = facts.extract(text, lang)
    dates = [fact.span for fact in figures if fact.kind in calendar.KINDS]
    names = [
        name
        for name in terms.find_names(text, lang)
        if name.values and not any(d.start <= name.span.start < d.end for d in dates)
    ]
    found = _keys(_tokens(text, figures, names, lang), figures, names)
    return {key: worth for key, worth in found.items() if not key.startswith("w:")}


def _speaker(text: str, tokens: Sequence[Token], names: Sequence[Fact]) -> frozenset[Key]:
    """The keys of who says something: `Chief executive Martin Vale` before `said`."""
    found: set[int] = set()
    for at, token in enumerate(tokens):
        if token.reports:
            for step in (-1, 1):
                run = list(_run(text, tokens, at, step))
                if any(text[tokens[n].span.start].isupper() for n in run):
                    found.update(run)
    spans = [tokens[n].span for n in found]
    keys = {f"w:{root}" for n in found for root in tokens[n].roots}
    keys |= {f"m:{meaning}" for n in found for meaning in tokens[n].meanings}
    keys |= {f"s:{sound}" for n in found for sound in sounds(tokens[n].word)}
    keys |= {
        f"n:{value}"
        for name in names
        if any(name.span.start <= span.start < name.span.end for span in spans)
        for value in name.values
    }
    return frozenset(keys)


def _run(text: str, tokens: Sequence[Token], at: int, step: int) -> Iterable[int]:
    """The words beside a verb of saying, up to a small word or a mark."""
    n = at + step
    while 0 <= n < len(tokens) and (tokens[n].roots or tokens[n].name):
        before, after = sorted((tokens[n - step].span, tokens[n].span))
        if text[before.end : after.start].strip():
            return
        yield n
        n += step


def _parts(fact: Fact, value: str) -> list[Key]:
    """A date is known by its parts, the rest by its value: "1 week" and "one" are not one."""
    if fact.kind in ("date", "month"):
        return [f"f:{n}{part}" for n, part in enumerate(value.split("-")) if part != "*"]
    if fact.kind == "year":
        return [f"f:0{value}"]
    sort = fact.kind if fact.kind in ("weekday", "season", "relative", "time") else fact.unit
    return [f"f:{sort}:{value}"]
