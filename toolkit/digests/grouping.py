"""Many articles sorted into events, by the rare words and names they share.

One pass counts in how many articles each word stands, the next compares each article only
with those that share one of its rarest words: the work grows with the number of articles, not
with its square. An index keeps at most so many articles per word, the latest, as reports on
one event come together.
"""

from __future__ import annotations

import re
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
_ALIKE = 0.22
_WITH_REST = 0.14
_LOOKED_AT = 12  # candidates compared in full
_SEEDS = 12  # of its words by which an article finds others
_HOLDERS = 64  # articles kept per word
_MEMBERS = 6  # of an event, with which a newcomer is compared


@dataclass(frozen=True, slots=True)
class Event:
    """Articles on one event by their place in the input, and the words they share most."""

    articles: tuple[int, ...]
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Entry:
    words: tuple[str, ...]
    counts: tuple[float, ...]
    day: int | None
    key: int


_Vector = dict[str, float]


def group(articles: Iterable[Article], days: int = 3) -> tuple[Event, ...]:
    """The events of these articles, the largest first; every article is in one event.

    Two articles whose date lines lie more than `days` apart are on two events. Articles of
    different languages are never on one: they share too few words. Another order of the
    articles gives the same events.
    """
    entries = [_entry(article) for article in articles]
    spread: Counter[str] = Counter()
    for entry in entries:
        spread.update(entry.words)
    vectors = [_vector(entry, spread, len(entries)) for entry in entries]
    # By day, so that what is kept of a word is what may be of the same event.
    order = sorted(range(len(entries)), key=lambda n: (entries[n].day or 0, entries[n].key, n))
    members: list[list[int]] = []
    event_of: dict[int, int] = {}
    holders: dict[str, deque[int]] = {}
    for number in order:
        vector = vectors[number]
        best = _best(number, vectors, entries, holders, days)
        joined = next(
            (
                event_of[other]
                for likeness, other in best
                if likeness >= _ALIKE and _belongs(vector, members[event_of[other]], vectors)
            ),
            None,
        )
        if joined is None:
            joined = len(members)
            members.append([])
        members[joined].append(number)
        event_of[number] = joined
        for word in list(vector)[:_SEEDS]:
            holders.setdefault(word, deque(maxlen=_HOLDERS)).append(number)
    events = [Event(tuple(sorted(found)), _words(found, vectors)) for found in members]
    return tuple(sorted(events, key=lambda event: (-len(event.articles), event.articles)))


def _entry(article: Article) -> _Entry:
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
    return _Entry(
        tuple(f"{article.lang}:{word}" for word, _ in found),
        tuple(many for _, many in found),
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


def _vector(entry: _Entry, spread: Counter[str], total: int) -> _Vector:
    """The words of an article that tell most of it, the rarest that others have first."""
    weighed = [
        (log(1 + many) * log(1 + total / spread[word]), word)
        for word, many in zip(entry.words, entry.counts, strict=True)
        if spread[word] > 1
    ]
    best = sorted(weighed, key=lambda item: (-item[0], item[1]))[:_WORDS]
    length = sqrt(sum(weight * weight for weight, _ in best)) or 1.0
    return {word: weight / length for weight, word in best}


def _best(
    number: int,
    vectors: Sequence[_Vector],
    entries: Sequence[_Entry],
    holders: dict[str, deque[int]],
    days: int,
) -> list[tuple[float, int]]:
    """The articles before this one that are most like it, best first."""
    vector, day = vectors[number], entries[number].day
    scores: dict[int, float] = {}
    for word in list(vector)[:_SEEDS]:
        weight = vector[word]
        for other in holders.get(word, ()):
            scores[other] = scores.get(other, 0.0) + weight
    near = [
        other
        for other in sorted(scores, key=lambda n: (-scores[n], entries[n].key, n))
        if day is None or (that := entries[other].day) is None or abs(day - that) <= days
    ][:_LOOKED_AT]
    found = [(_cosine(vector, vectors[other]), other) for other in near]
    return sorted(found, key=lambda item: (-item[0], entries[item[1]].key))


def _belongs(vector: _Vector, members: Sequence[int], vectors: Sequence[_Vector]) -> bool:
    some = [*members[: _MEMBERS // 2], *members[-(_MEMBERS // 2) :]]
    return sum(_cosine(vector, vectors[n]) for n in some) >= _WITH_REST * len(some)


def _cosine(a: _Vector, b: _Vector) -> float:
    if len(a) > len(b):
        a, b = b, a
    return sum(weight * b[word] for word, weight in a.items() if word in b)


def _words(members: Sequence[int], vectors: Sequence[_Vector]) -> tuple[str, ...]:
    total: dict[str, float] = {}
    for number in members:
        for word, weight in vectors[number].items():
            total[word] = total.get(word, 0.0) + weight
    best = sorted(total.items(), key=lambda item: (-item[1], item[0]))[:5]
    return tuple(word.partition(":")[2] for word, _ in best)
