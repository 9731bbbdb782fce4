"""Reports on one event in several languages: joined by names, figures and dates.

What is compared is what no language owns: the concept of a name, how a stranger's name sounds,
a value. Only the beginning of an article is read for it, and only if there are others in
another language within its days.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log, sqrt

from toolkit.digests.reading import Key, neutral_keys
from toolkit.schema import Article

_LEAD = 900  # letters of an article
_READ = 3  # articles of an event
# From this cosine on events in two languages are one, if each is the other's best, and has so
# many names and figures in common with it; more where no date says that they are of one week.
# On translated news of which each language had other sentences, 0.10 to 0.20 differ by a
# hundredth; of 322 English and 23 Korean articles that have nothing to do with each other and
# no dates one pair is joined.
_SAME, _SHARED = 0.16, 2
_SAME_UNDATED, _SHARED_UNDATED = 0.25, 4
_FIGURE = re.compile(r"f:[^:]*:.*\d.*")  # a value and its unit; days have no second colon
_HOLDERS = 200  # events in which a key says something
_AT_LEAST = 200  # as if there were so many other events, see `likeness`


@dataclass(frozen=True, slots=True)
class Lead:
    """How an article begins, packed, as there may be very many."""

    lang: str
    packed: bytes

    @property
    def text(self) -> str:
        return zlib.decompress(self.packed).decode("utf-8", "surrogatepass")


def lead(article: Article) -> Lead:
    """The title and the first paragraphs of an article."""
    text = f"{article.metadata.title or ''}\n{article.text[:_LEAD]}".strip()
    return Lead(article.lang, zlib.compress(text.encode("utf-8", "surrogatepass")))


def join(
    events: Sequence[list[int]], leads: Sequence[Lead], dates: Sequence[int | None], days: int
) -> list[list[int]]:
    """The same events, those of several languages that tell the same joined into one."""
    langs = [Counter(leads[n].lang for n in event).most_common(1)[0][0] for event in events]
    if len(set(langs)) < 2:
        return list(events)
    stays = [_stay(event, dates) for event in events]
    keys = [_keys(event, leads) for event in events]
    spread = Counter(key for found in keys for key in found)
    total = len(events) + _AT_LEAST
    weights = [
        _unit({key: worth * log(total / spread[key]) for key, worth in found.items()})
        for found in keys
    ]
    best = _best(keys, weights, langs, stays, days)
    found = list(events)
    root = list(range(len(events)))

    def top(n: int) -> int:
        while root[n] != n:
            n = root[n]
        return n

    for one, other in best:
        a, b = top(one), top(other)
        if a == b or _gap(stays[a], stays[b]) > days:
            continue
        if {leads[n].lang for n in found[a]} & {leads[n].lang for n in found[b]}:
            continue  # two events of one language that its own words kept apart
        root[b] = a
        found[a] = [*found[a], *found[b]]
        stays[a] = _stay(found[a], dates)
    return [event for n, event in enumerate(found) if root[n] == n]


def _stay(event: Iterable[int], dates: Sequence[int | None]) -> tuple[int, int] | None:
    known = [day for n in event if (day := dates[n]) is not None]
    return (min(known), max(known)) if known else None


def _gap(one: tuple[int, int] | None, other: tuple[int, int] | None) -> int:
    """Days from the first to the last of both."""
    return 0 if one is None or other is None else max(one[1], other[1]) - min(one[0], other[0])


def _keys(event: Sequence[int], leads: Sequence[Lead]) -> Mapping[Key, float]:
    found: dict[Key, float] = {}
    for number in event[:_READ]:
        for key, worth in neutral_keys(leads[number].text, leads[number].lang).items():
            found[key] = max(worth, found.get(key, 0.0))
    return found


def _unit(weights: Mapping[Key, float]) -> dict[Key, float]:
    length = sqrt(sum(weight * weight for weight in weights.values())) or 1.0
    return {key: weight / length for key, weight in weights.items()}


def _best(
    keys: Sequence[Mapping[Key, float]],
    weights: Sequence[Mapping[Key, float]],
    langs: Sequence[str],
    stays: Sequence[tuple[int, int] | None],
    days: int,
) -> list[tuple[int, int]]:
    """Pairs of events that are each other's best in that language, the surest first."""
    holders: dict[Key, list[int]] = defaultdict(list)
    for number, found in enumerate(weights):
        for key in found:
            holders[key].append(number)
    holders = {key: here for key, here in holders.items() if 1 < len(here) <= _HOLDERS}
    nearest: dict[tuple[int, str], tuple[float, int]] = {}
    for number, found in enumerate(weights):
        scores: dict[int, float] = {}
        for key, weight in found.items():
            for other in holders.get(key, ()):
                if langs[other] != langs[number]:
                    scores[other] = scores.get(other, 0.0) + weight * weights[other][key]
        for other, score in scores.items():
            dated = stays[number] is not None and stays[other] is not None
            same, shared = (_SAME, _SHARED) if dated else (_SAME_UNDATED, _SHARED_UNDATED)
            if score < same or _gap(stays[number], stays[other]) > days:
                continue
            if _shared(keys[number], keys[other]) < shared:
                continue
            place = number, langs[other]
            nearest[place] = max(nearest.get(place, (0.0, -1)), (score, other))
    pairs = [
        (score, number, other)
        for (number, _), (score, other) in nearest.items()
        if number < other and nearest.get((other, langs[number]), (0.0, -1))[1] == number
    ]
    return [(number, other) for _, number, other in sorted(pairs, key=lambda item: -item[0])]


def _shared(some: Mapping[Key, float], others: Mapping[Key, float]) -> int:
    """Names and figures in both; a word's meaning or sound, or a day, proves little."""
    both = some.keys() & others.keys()
    # The readings of a name that may be several weigh together as much as one.
    names = sum(some[key] ** 2 for key in both if key.startswith("n:"))
    return round(names) + sum(1 for key in both if _FIGURE.fullmatch(key))
