"""Which sentences of different articles say the same, and what they have in common.

Two sentences are compared by the words, names and facts both have, each weighed by its rarity
in all articles of the digest together: a name that is in every sentence tells nothing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import log, sqrt

from toolkit.checks.align.keys import sounds
from toolkit.digests.reading import Key, Read, Sentence, Token
from toolkit.schema import Fact, Span

# Cosine of two sentences from which they tell of one thing, and from which one may stand for
# the other. Set on our own pairs of articles: unrelated sentences of one event stay below 0.25.
SAME = 0.30
MERGED = 0.40
# Below that, a rare name, figure or phrase in common is needed, and this much besides.
PARTLY = 0.15
_TOUCHING = 0.11  # with a phrase
# What two sentences must share at the least, in nats of rarity: more than one common word.
_LEAST = 3.0
# A key of so large a part of all sentences is no mark of one statement.
_COMMON = 0.12
# Two fires share their words, but not whose and where: so large a part of the names of the
# article with fewer, once it has so many that can be compared.
_SHARED_NAMES = 0.2
_FEW_NAMES = 3
_GAP = 6  # characters between the two words of a phrase
# A phrase of more sentences than one in each of two articles is what all of them are about.
_MOST_PHRASES = 2
# A weekday or "last year" is said of many things.
_LOOSE = frozenset({"weekday", "relative", "cardinal", "ordinal"})
_FIGURES = frozenset({"cardinal", "quantity", "money"})
_MANY_DIGITS = 3  # of a count that is not that of many other things
# So much of what two sentences share must be what is said, not who says it.
_SAID = 0.45
# Of two that say the same the one leads that says that it is not sure.
_CAREFUL = 5.0
# Comparing all with all is quadratic: keys of more sentences than this bring none together.
_MOST_HOLDERS = 400


@dataclass(frozen=True, slots=True)
class Item:
    """A fact, name or phrase that two sentences share: where it stands in each."""

    key: Key
    kind: str
    spans: tuple[Span, Span]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two sentences of different articles that tell of one thing."""

    a: Sentence
    b: Sentence
    likeness: float
    covers: tuple[float, float]  # how much of each is in the other
    items: tuple[Item, ...]


@dataclass(slots=True)
class Field:
    """All sentences of a digest, and how rare each key is among them."""

    sentences: list[Sentence]
    rarity: dict[Key, float] = field(default_factory=dict)
    common: frozenset[Key] = frozenset()
    holders: dict[Key, list[Sentence]] = field(default_factory=dict)
    phrases: Counter[Key] = field(default_factory=Counter)
    _weights: dict[tuple[int, int, bool], dict[Key, float]] = field(default_factory=dict)
    _close: dict[tuple[int, int], dict[tuple[str, str], Span]] = field(default_factory=dict)
    _beside: dict[tuple[int, int], Sentence] = field(default_factory=dict)

    def __post_init__(self) -> None:
        holders: dict[Key, list[Sentence]] = defaultdict(list)
        for sentence in self.sentences:
            for key in sentence.keys:
                holders[key].append(sentence)
        total = len(self.sentences)
        self.holders = dict(holders)
        self.rarity = {key: log(1 + total / len(who)) for key, who in holders.items()}
        for sentence in self.sentences:
            self.phrases.update(f"p:{one} {two}" for one, two in self.close(sentence))
        most = max(3.0, _COMMON * total)
        self.common = frozenset(key for key, who in holders.items() if len(who) > most)

    def weights(self, sentence: Sentence, *, foreign: bool) -> dict[Key, float]:
        """What each key of the sentence is worth; without its own words for another language."""
        place = sentence.article, sentence.number, foreign
        if place not in self._weights:
            skipped = "w:" if foreign else "s:"
            self._weights[place] = {
                key: worth * self.rarity[key]
                for key, worth in sentence.keys.items()
                if not key.startswith(skipped) or key.startswith("w:@")
            }
        return self._weights[place]

    def close(self, sentence: Sentence) -> dict[tuple[str, str], Span]:
        """Every two words that stand close together in the sentence, and where."""
        place = sentence.article, sentence.number
        if place not in self._close:
            self._close[place] = dict(_close(sentence))
        return self._close[place]

    def overlap(
        self, a: Sentence, b: Sentence, without: str = " "
    ) -> tuple[set[Key], float, tuple[float, float]]:
        """The keys two sentences share, what they weigh, and what all of each weigh.

        Keys that begin with `without` are left out.
        """
        foreign = a.lang != b.lang
        left, right = self.weights(a, foreign=foreign), self.weights(b, foreign=foreign)
        if without != " ":
            left = {key: w for key, w in left.items() if not key.startswith(without)}
            right = {key: w for key, w in right.items() if not key.startswith(without)}
        shared = left.keys() & right.keys()
        common = sum(min(left[key], right[key]) for key in shared)
        return shared, common, (sum(left.values()) or 1.0, sum(right.values()) or 1.0)

    def worth(self, sentence: Sentence, key: Key) -> float:
        """What a key of the sentence weighs."""
        return sentence.keys[key] * self.rarity[key]

    def likeness(self, a: Sentence, b: Sentence, without: str = " ") -> float:
        """How much alike two sentences are, from 0 to 1."""
        _, common, totals = self.overlap(a, b, without)
        return min(1.0, common / sqrt(totals[0] * totals[1]))

    def context(self, a: Sentence, b: Sentence) -> float:
        """How much alike two sentences are with the one before and behind, facts aside."""
        left, right = self._context(a, b.lang), self._context(b, a.lang)
        common = sum(min(left[key], right[key]) for key in left.keys() & right.keys())
        return min(1.0, common / sqrt((sum(left.values()) or 1.0) * (sum(right.values()) or 1.0)))

    def _context(self, of: Sentence, other: str) -> dict[Key, float]:
        """The weights of a sentence and of those beside it in its paragraph."""
        place = of.article, of.number
        if not self._beside:
            self._beside.update({(s.article, s.number): s for s in self.sentences})
        found: dict[Key, float] = {}
        for number in (of.number - 1, of.number, of.number + 1):
            one = self._beside.get((place[0], number))
            if one and one.segment.paragraph == of.segment.paragraph:
                for key, weight in self.weights(one, foreign=of.lang != other).items():
                    if not key.startswith("f:"):
                        found[key] = max(weight, found.get(key, 0.0))
        return found


def field_of(reads: Iterable[Read]) -> Field:
    return Field([sentence for read in reads for sentence in read.sentences if sentence.keys])


def pairs(whole: Field) -> list[Pair]:
    """The sentences of different articles that tell of one thing, best first."""
    found = [pair for a, b in _meetings(whole) if (pair := compare(a, b, whole))]
    found.sort(
        key=lambda pair: (-pair.likeness, sorted((pair.a.segment.text, pair.b.segment.text)))
    )
    return found


def _meetings(whole: Field) -> Iterator[tuple[Sentence, Sentence]]:
    """Sentences of two articles that share a key which is not in every other sentence."""
    seen: set[tuple[int, int, int, int]] = set()
    for key, who in whole.holders.items():
        if len(who) > _MOST_HOLDERS or key.startswith("m:"):
            continue
        for at, a in enumerate(who):
            for b in who[at + 1 :]:
                place = (a.article, a.number, b.article, b.number)
                if a.article != b.article and place not in seen:
                    seen.add(place)
                    yield a, b


def compare(a: Sentence, b: Sentence, whole: Field) -> Pair | None:
    """The two as a pair, if they tell of one thing at all."""
    shared, common, totals = whole.overlap(a, b)
    if not common:
        return None
    likeness = min(1.0, common / sqrt(totals[0] * totals[1]))
    if likeness < _TOUCHING:
        return None
    items = tuple(_items(a, b, whole))
    if likeness < PARTLY and not any(i.kind == "phrase" and _tells(i, whole) for i in items):
        return None
    if a.false != b.false:
        # Where a forged passport says that somebody was born is nowhere else a fact.
        items = tuple(item for item in items if item.kind != "name")
    if likeness < MERGED:
        rare = sum(1 for key in shared if key.startswith("w:") and key not in whole.common)
        rare += sum(item.kind in _LOOSE for item in items)
        if not any(_tells(item, whole) for item in items) and (likeness < SAME or rare < 2):
            return None
    if common < _LEAST and likeness < 2 * SAME and not any(map(_is_rare, items)):
        return None
    said = sum(whole.worth(a, key) for key in shared if key not in a.speaker | b.speaker)
    if said < min(_SAID * common, _LEAST) and not any(map(is_telling, items)):
        return None
    if likeness >= SAME and sum(is_telling(i) and i.key not in whole.common for i in items) > 1:
        likeness = max(likeness, MERGED)  # who gives two figures alike tells of one thing
    covers = common / totals[0], common / totals[1]
    return Pair(a, b, likeness, covers, items)


def _tells(item: Item, whole: Field) -> bool:
    """Whether this alone may bring two sentences together that are not much alike."""
    if item.kind == "phrase":
        return whole.phrases.get(item.key, 0) <= _MOST_PHRASES
    return is_telling(item, names=True) and item.key not in whole.common


def is_telling(item: Item, *, names: bool = False) -> bool:
    """Whether what is shared is a fact that says something by itself, as "two" does not."""
    if item.kind == "cardinal":
        return _is_rare(item)
    return item.kind not in _LOOSE and (names or item.kind not in ("name", "phrase"))


def _is_rare(item: Item) -> bool:
    """Whether what is shared is a figure of many digits."""
    figure = item.key.rpartition(":")[2]
    return item.kind in _FIGURES and sum(map(str.isdigit, figure)) >= _MANY_DIGITS


def share_names(a: Read, b: Read) -> bool:
    """Whether two articles have enough proper names in common to be on one event.

    Where few names can be told from other words, as in scripts without capitals, they may be.
    """
    names = _proper(a), _proper(b)
    fewer = min(len(side) for side in names)
    if fewer < _FEW_NAMES:
        return True
    return len(names[0] & names[1]) >= max(2, _SHARED_NAMES * fewer)


def _proper(read: Read) -> set[Key]:
    """The names of an article by sound, so that two spellings are one."""
    found: set[Key] = set()
    for sentence in read.sentences:
        for name in sentence.names:
            found |= {f"n:{value}" for value in name.values[:1]}
        for token in sentence.tokens[1:]:
            written = sentence.segment.text[token.span.start]
            if written.isupper() and token.roots and not token.name:
                found.add(f"s:{(sounds(token.word) or (token.word,))[0]}")
    return found


def _items(a: Sentence, b: Sentence, whole: Field) -> Iterator[Item]:
    for fact in a.facts:
        other = next((g for g in b.facts if equal(fact, g)), None)
        if other and (fact.strength > 1 or fact.unit == other.unit != ""):
            key = _fact_key(fact, a)
            yield Item(key, fact.kind, (fact.span, other.span))
    seen: set[str] = set()
    for name in a.names:
        twin = next((n for n in b.names if set(n.values) & set(name.values)), None)
        if twin and name.values[0] not in seen:
            seen.add(name.values[0])
            yield Item(
                _rarest(set(name.values) & set(twin.values), whole), "name", (name.span, twin.span)
            )
    if a.lang == b.lang:
        yield from _phrases(whole.close(a), whole.close(b))


def _fact_key(fact: Fact, sentence: Sentence) -> Key:
    value = next(
        (k for k in sentence.keys if k.startswith("f:") and k.endswith(fact.values[0])), ""
    )
    return value or f"f:{fact.values[0]}"


def _rarest(values: Iterable[str], whole: Field) -> Key:
    keys = sorted(f"n:{value}" for value in values)
    return max(keys, key=lambda key: whole.rarity.get(key, 0.0))


def equal(a: Fact, b: Fact) -> bool:
    """Whether two facts may be one: of one sort, with a value in common."""
    return a.kind == b.kind and a.unit == b.unit and bool(set(a.values) & set(b.values))


def _phrases(
    here: Mapping[tuple[str, str], Span], there: Mapping[tuple[str, str], Span]
) -> Iterator[Item]:
    """Two words that stand close together in both sentences: `medical care`."""
    for pair in here:
        if pair in there:
            yield Item(f"p:{pair[0]} {pair[1]}", "phrase", (here[pair], there[pair]))


def _close(sentence: Sentence) -> Iterator[tuple[tuple[str, str], Span]]:
    saying = [t for t in sentence.tokens if t.roots and not t.name and not t.reports]
    for one, two in pairwise(saying):
        between = sentence.segment.text[one.span.end : two.span.start]
        if len(between) <= _GAP and not any(c in between for c in ".,;:()"):
            for first in _senses(one):
                for second in _senses(two):
                    if (first, second) != (first, first):
                        yield (first, second), Span(one.span.start, two.span.end)


def _senses(token: Token) -> tuple[str, ...]:
    return (token.roots[0], *(f"{meaning}" for meaning in token.meanings))


# --- statements ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Cluster:
    """A sentence that is shown, and the pairs by which others support it, best first."""

    lead: Sentence
    pairs: tuple[Pair, ...]


def clusters(
    whole: Field, found: Sequence[Pair], worth: Mapping[tuple[int, int], float]
) -> list[Cluster]:
    """Every sentence once: as the lead of a cluster, or merged into one that says as much.

    Leads are taken by what the others support of them, then by `worth`. A sentence that says
    that something is not sure is never merged into one that leaves it out.
    """
    by_sentence: dict[tuple[int, int], list[Pair]] = defaultdict(list)
    for pair in found:
        by_sentence[_place(pair.a)].append(pair)
        by_sentence[_place(pair.b)].append(turned(pair))
    score = {
        _place(s): _support(by_sentence[_place(s)], worth.get(_place(s), 0.0))
        for s in whole.sentences
    }
    order = sorted(
        whole.sentences,
        key=lambda s: (-score[_place(s)], -len(s.facts), s.segment.text, s.number),
    )
    merged: set[tuple[int, int]] = set()
    leads: list[Cluster] = []
    for sentence in order:
        place = _place(sentence)
        if place in merged:
            continue
        merged.add(place)
        mine = by_sentence[place]
        leads.append(Cluster(sentence, tuple(mine)))
        for pair in mine:
            if pair.likeness >= MERGED and (sentence.caveat or not pair.b.caveat):
                merged.add(_place(pair.b))
    return leads


def _support(mine: Sequence[Pair], worth: float) -> float:
    best: dict[int, float] = {}
    for pair in mine:
        best[pair.b.article] = max(best.get(pair.b.article, 0.0), pair.likeness)
    if any(pair.a.caveat and not pair.b.caveat and pair.likeness >= MERGED for pair in mine):
        worth += _CAREFUL
    return sum(best.values()) + 0.1 * worth + 0.02 * sum(len(pair.items) for pair in mine)


def turned(pair: Pair) -> Pair:
    """The pair from the other side."""
    items = tuple(Item(i.key, i.kind, (i.spans[1], i.spans[0])) for i in pair.items)
    return Pair(pair.b, pair.a, pair.likeness, (pair.covers[1], pair.covers[0]), items)


def _place(sentence: Sentence) -> tuple[int, int]:
    return sentence.article, sentence.number
