"""Many articles sorted into events, by the rare words and names they share.

One pass counts in how many articles each word stands, the next compares each article only
with those that share one of its rarest words: the work grows with the number of articles, not
with its square. An index keeps at most so many articles per word, the latest, as reports on
one event come together.
"""

from __future__ import annotations

import re
from array import array
from collections import Counter, deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from math import log, sqrt
from zlib import crc32

from toolkit.lang import pack
from toolkit.schema import Article, Segment, Span
from toolkit.summaries.extractive import stems

_WORD = re.compile(r"[^\W_]+(?:['’ʼ][^\W_]+)*")
# So much of an article says what it is about: its first paragraphs.
_READ = 2_500
# Its rarest words by weight; more add time and, on our events, no event that is found.
_WORDS = 40
_NAME = 2.0  # a word with a capital within a sentence is worth two others
# From this cosine on two articles are on one event, and with the rest of the event this much.
# Of 13 pairs on one event the lowest has 0.41, of the 59,340 pairs of 345 other articles the
# highest 0.36.
_ALIKE = 0.38
_WITH_REST = 0.25
# So few articles have fewer chances to be alike, and their rare words are less well known.
_FEW = 100
_ALIKE_OF_FEW = 0.27
_LOOKED_AT = 12  # candidates compared in full
_SEEDS = 12  # of its words by which an article finds others
_HOLDERS = 64  # articles kept per word
# A few articles are no measure of how rare words are: as if there were so many others.
_AT_LEAST = 1000
_SHOWN = 5  # words that an event is told by
_MEMBERS = 6  # of an event, with which a newcomer is compared


@dataclass(frozen=True, slots=True)
class Event:
    """Articles on one event by their place in the input, and the words they share most."""

    articles: tuple[int, ...]
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Entry:
    """An article by the numbers of its words; arrays, as there may be very many articles."""

    words: array[int]
    counts: array[float]
    day: int | None
    key: int


@dataclass(frozen=True, slots=True)
class _Vector:
    """The words that tell most of an article, the most telling first; of length one."""

    words: array[int]
    weights: array[float]


def group(articles: Iterable[Article], days: int = 3) -> tuple[Event, ...]:
    """The events of these articles, the largest first; every article is in one event.

    Two articles whose date lines lie more than `days` apart are on two events. Articles of
    different languages are never on one: they share too few words. Another order of the
    articles gives the same events.
    """
    vocabulary: dict[str, int] = {}
    entries = [_entry(article, vocabulary) for article in articles]
    spread: Counter[int] = Counter()
    for entry in entries:
        spread.update(entry.words)
    vectors = [_vector(entry, spread, len(entries)) for entry in entries]
    alike = _ALIKE if len(entries) > _FEW else _ALIKE_OF_FEW
    # By day, so that what is kept of a word is what may be of the same event.
    order = sorted(range(len(entries)), key=lambda n: (entries[n].day or 0, entries[n].key, n))
    members: list[list[int]] = []
    event_of: dict[int, int] = {}
    holders: dict[int, deque[int]] = {}
    for number in order:
        best = _best(number, vectors, entries, holders, days)
        joined = next(
            (
                event_of[other]
                for likeness, other in best
                if likeness >= alike and _belongs(number, members[event_of[other]], vectors)
            ),
            None,
        )
        if joined is None:
            joined = len(members)
            members.append([])
        members[joined].append(number)
        event_of[number] = joined
        for word in vectors[number].words[:_SEEDS]:
            holders.setdefault(word, deque(maxlen=_HOLDERS)).append(number)
    names = list(vocabulary)
    events = [Event(tuple(sorted(found)), _words(found, vectors, names)) for found in members]
    return tuple(sorted(events, key=lambda event: (-len(event.articles), event.articles)))


def _entry(article: Article, vocabulary: dict[str, int]) -> _Entry:
    text = f"{article.metadata.title or ''}\n{article.text[:_READ]}"
    counts: dict[str, float] = {}
    start = True
    for match in _WORD.finditer(text):
        word = match.group()
        name = not start and word[0].isupper() and not word.isupper()
        for root in _roots(word.lower(), article.lang):
            counts[root] = counts.get(root, 0.0) + (_NAME if name else 1.0)
        start = text[match.end() : match.end() + 1] in ".!?\n"
    found = sorted(counts.items(), key=lambda item: (-item[1], item[0]))

    def number_of(word: str) -> int:
        # Equal words of two languages are two words.
        return vocabulary.setdefault(f"{article.lang}:{word}", len(vocabulary))

    return _Entry(
        array("i", (number_of(word) for word, _ in found)),
        array("f", (many for _, many in found)),
        _ordinal(article.metadata.date),
        crc32(article.text.encode("utf-8", "surrogatepass")),
    )


@lru_cache(maxsize=1 << 18)
def _roots(word: str, lang: str) -> tuple[str, ...]:
    return tuple(stems([Segment("", Span(0, 0), word, 0)], pack(lang).summaries)[0])


def _ordinal(stated: str | None) -> int | None:
    try:
        return date.fromisoformat((stated or "")[:10]).toordinal()
    except ValueError:
        return None


def _vector(entry: _Entry, spread: Counter[int], total: int) -> _Vector:
    """Words that no other article has are in its length alone: they find none."""
    weighed = [
        (log(1 + many) * log(1 + (total + _AT_LEAST) / spread[word]), word)
        for word, many in zip(entry.words, entry.counts, strict=True)
    ]
    length = sqrt(sum(weight * weight for weight, _ in weighed)) or 1.0
    shared = [item for item in weighed if spread[item[1]] > 1]
    best = sorted(shared, key=lambda item: -item[0])[:_WORDS]
    return _Vector(
        array("i", (word for _, word in best)), array("f", (weight / length for weight, _ in best))
    )


def _best(
    number: int,
    vectors: Sequence[_Vector],
    entries: Sequence[_Entry],
    holders: dict[int, deque[int]],
    days: int,
) -> list[tuple[float, int]]:
    """The articles before this one that are most like it, best first."""
    vector, day = vectors[number], entries[number].day
    scores: dict[int, float] = {}
    for word, weight in zip(vector.words[:_SEEDS], vector.weights, strict=False):
        for other in holders.get(word, ()):
            scores[other] = scores.get(other, 0.0) + weight
    near = [
        other
        for other in sorted(scores, key=lambda n: (-scores[n], entries[n].key, n))
        if day is None or (that := entries[other].day) is None or abs(day - that) <= days
    ][:_LOOKED_AT]
    found = zip(_cosines(vector, [vectors[other] for other in near]), near, strict=True)
    return sorted(found, key=lambda item: (-item[0], entries[item[1]].key))


def _belongs(number: int, members: Sequence[int], vectors: Sequence[_Vector]) -> bool:
    """Whether an article is like the whole of an event, not only like one article of it."""
    half = _MEMBERS // 2
    some = members if len(members) <= _MEMBERS else [*members[:half], *members[-half:]]
    return sum(_cosines(vectors[number], [vectors[n] for n in some])) >= _WITH_REST * len(some)


def _cosines(vector: _Vector, others: Iterable[_Vector]) -> list[float]:
    weights = dict(zip(vector.words, vector.weights, strict=True))
    return [
        sum(
            weight * weights[word]
            for word, weight in zip(other.words, other.weights, strict=True)
            if word in weights
        )
        for other in others
    ]


def _words(
    members: Sequence[int], vectors: Sequence[_Vector], names: Sequence[str]
) -> tuple[str, ...]:
    total: dict[int, float] = {}
    for number in members:
        for word, weight in zip(vectors[number].words, vectors[number].weights, strict=True):
            total[word] = total.get(word, 0.0) + weight
    best = sorted((-weight, names[word]) for word, weight in total.items())[:_SHOWN]
    return tuple(word.partition(":")[2] for _, word in best)
