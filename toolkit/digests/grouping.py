"""Many articles sorted into events, by the rare words, names and figures they share.

One pass counts in how many articles each word stands, the next compares each article only
with those that share one of its rarest words: the work grows with the number of articles, not
with its square. An index keeps at most so many articles per word, the latest, as reports on
one event come together. Articles that are alike are then joined, the most alike first, as long
as all of both sides are alike on average and lie within the same days.
"""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import log10

from toolkit.digests import abroad, copies
from toolkit.digests.likeness import Entry, Vector, cosines, entry, is_series, telling, vector
from toolkit.schema import Article

# From this average cosine on articles are on one event. On the real events of 24 of 48 pairs
# of weeks any value from 0.14 to 0.22 has B-cubed F1 of 0.99 and more, and so on the other 24.
# The more articles, the more that are alike by chance: a bit more is asked of them.
_ALIKE = 0.16
_MORE_FOR_TEN_TIMES = 0.02
_FEW = 100
# Where no date says that two articles are of one week, their words must say more.
_UNDATED = 0.06
_LOOKED_AT = 16  # candidates compared in full
_SEEDS = 30  # of its words by which an article finds others
_HOLDERS = 64  # articles kept per word
_SHOWN = 5  # words that an event is told by
_MEMBERS = 6  # of each side, which are compared


@dataclass(frozen=True, slots=True)
class Event:
    """Articles on one event by their place in the input, and the words they share most.

    `copies` are those of them, in groups, that print one and the same report: a wire's, mostly.
    """

    articles: tuple[int, ...]
    words: tuple[str, ...]
    copies: tuple[tuple[int, ...], ...] = ()


def group(articles: Iterable[Article], days: int = 3) -> tuple[Event, ...]:
    """The events of these articles, the largest first; every article is in one event.

    All articles of an event whose dates are known lie within `days` days. Reports in several
    languages are one event where their names, figures and dates say so. Another order of the
    articles gives the same events.
    """
    vocabulary: dict[str, int] = {}
    entries: list[Entry] = []
    leads: list[abroad.Lead] = []
    prints: list[copies.Print[int]] = []
    for article in articles:
        entries.append(entry(article, vocabulary))
        leads.append(abroad.lead(article))
        prints.append(copies.read(article))
    # By day, so that what is kept of a word is what may be of the same event.
    order = sorted(range(len(entries)), key=lambda n: (entries[n].day or 0, entries[n].key, n))
    entries = [entries[n] for n in order]
    spread: Counter[int] = Counter()
    for one in entries:
        spread.update(one.words)
    vectors = [vector(one, spread, len(entries)) for one in entries]
    alike = _ALIKE + _MORE_FOR_TEN_TIMES * log10(max(len(entries), _FEW) / _FEW)
    members = _joined(vectors, entries, days, alike)
    members = abroad.join(members, [leads[n] for n in order], [one.day for one in entries], days)
    names = list(vocabulary)
    events = []
    for found in members:
        here = sorted(order[n] for n in found)
        best = telling([vectors[n] for n in found], names, _SHOWN)
        events.append(Event(tuple(here), best, copies.among(here, prints)))
    return tuple(sorted(events, key=lambda event: (-len(event.articles), event.articles)))


def _links(
    entries: Sequence[Entry], vectors: Sequence[Vector], days: int
) -> Iterator[tuple[float, int, int]]:
    """Pairs of articles that share telling words, with how alike they are."""
    holders: dict[int, deque[int]] = {}
    for number, (one, mine) in enumerate(zip(entries, vectors, strict=True)):
        first = None if one.day is None else one.day - days
        scores: dict[int, float] = {}
        for word, weight in zip(mine.words[:_SEEDS], mine.weights, strict=False):
            here = holders.setdefault(word, deque(maxlen=_HOLDERS))
            while first and here and (entries[here[0]].day or first) < first:
                here.popleft()  # too long ago for this article, and for all that follow
            for other in here:
                scores[other] = scores.get(other, 0.0) + weight
            here.append(number)
        near = heapq.nsmallest(_LOOKED_AT, scores, key=lambda n: (-scores[n], n))
        found = cosines(mine, [vectors[other] for other in near])
        yield from ((score, other, number) for score, other in zip(found, near, strict=True))


def _joined(
    vectors: Sequence[Vector], entries: Sequence[Entry], days: int, alike: float
) -> list[list[int]]:
    """Articles joined by the average likeness of their groups, the most alike first."""
    members = {n: [n] for n in range(len(entries))}
    beside: dict[int, set[int]] = defaultdict(set)
    waiting: list[tuple[float, int, int]] = []

    def meet(one: int, other: int) -> None:
        score = _likeness(members[one], members[other], vectors, entries, days)
        if score >= alike:
            heapq.heappush(waiting, (-score, one, other))
            beside[one].add(other)
            beside[other].add(one)

    for score, one, other in _links(entries, vectors, days):
        if score >= alike:
            meet(one, other)
    new = len(members)
    while waiting:
        _, one, other = heapq.heappop(waiting)
        if one not in members or other not in members:
            continue
        members[new] = sorted((*members.pop(one), *members.pop(other)))
        thirds = (beside.pop(one) | beside.pop(other)) - {one, other}
        for third in sorted(thirds):
            beside[third] -= {one, other}
            meet(third, new)
        new += 1
    return list(members.values())


def _likeness(
    some: Sequence[int],
    others: Sequence[int],
    vectors: Sequence[Vector],
    entries: Sequence[Entry],
    days: int,
) -> float:
    """How alike two groups of articles are on average; negative if they cannot be one event."""
    stated = [day for n in (*some, *others) if (day := entries[n].day) is not None]
    if stated and max(stated) - min(stated) > days:
        return -1.0
    total = 0.0
    here, there = _some(some), _some(others)
    for n in here:
        found = cosines(vectors[n], [vectors[m] for m in there])
        for m, score in zip(there, found, strict=True):
            if is_series(entries[n], entries[m], score):
                return -1.0
            undated = entries[n].day is None or entries[m].day is None
            total += score - _UNDATED * undated
    return total / (len(here) * len(there))


def _some(members: Sequence[int]) -> Sequence[int]:
    half = _MEMBERS // 2
    return members if len(members) <= _MEMBERS else [*members[:half], *members[-half:]]
