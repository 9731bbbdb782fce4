"""From articles to a digest: read, pair, cluster, and set apart what differs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from toolkit import summaries
from toolkit.digests import differences as differing
from toolkit.digests import matching
from toolkit.digests.calendar import Line
from toolkit.digests.matching import Cluster, Field, Pair
from toolkit.digests.reading import Read, Sentence, place, read, within
from toolkit.digests.records import (
    Difference,
    Digest,
    Place,
    Shared,
    Side,
    Source,
    Statement,
    Support,
)
from toolkit.errors import UsageError
from toolkit.formats import layout
from toolkit.schema import Article, Span
from toolkit.terms import Termbase

# How many sentences of one article are named as support of one statement.
_MOST_OF_ONE = 3
# From this share of its own words on, a sentence is supported as a whole.
_WHOLE = 0.55
# A date line is borrowed only where those there are agree this well.
_DAYS_APART = 3
# Articles on one event have a pair in so many sentences of the shorter; two that only share a
# country have next to none.
_RELATED = 0.08
_FEWEST = 2


def digest(articles: Sequence[Article], termbase: Termbase | None = None) -> Digest:
    """Two or more articles on one event as one: what they agree on, and where they differ.

    The articles keep their order; another order changes nothing else. Raises UsageError for
    fewer than two.
    """
    if len(articles) < 2:
        raise UsageError(
            f"a digest needs two articles or more, found {len(articles)}",
            hint="one article alone: toolkit summarize PATH",
        )
    reads = [read(article, number, termbase) for number, article in enumerate(articles)]
    whole = matching.field_of(reads)
    sizes = [max(1, len(one.sentences)) for one in reads]
    pairs = matching.pairs(whole)
    events = _events(reads, pairs, sizes)
    pairs = [pair for pair in pairs if events[pair.a.article] == events[pair.b.article]]
    lines = {event: dict(_lines(reads, events, event)) for event in set(events)}
    by_article = {
        number: lines[event][number]
        for number, event in enumerate(events)
        if number in lines[event]
    }
    found = differing.differences(whole, pairs, by_article, events)
    pairs = list(_undisputed(pairs, found))
    worth = {key: value for one in reads for key, value in _worth(one)}
    disputed = {side.place for one in found for side in one.sides}
    statements = [
        _statement(cluster, whole, disputed) for cluster in matching.clusters(whole, pairs, worth)
    ]
    agreed = [s for s in statements if len(s.articles) > 1]
    single = [s for s in statements if len(s.articles) == 1]
    return Digest(
        sources=tuple(
            Source(label, one.article, one.segments)
            for label, one in zip(_names(reads), reads, strict=True)
        ),
        agreed=tuple(sorted(agreed, key=lambda s: _position(s, reads, sizes))),
        single=tuple(sorted(single, key=lambda s: _where(s.place))),
        differences=tuple(_folded(_ordered(found))),
        events=tuple(events),
    )


def _undisputed(pairs: Iterable[Pair], found: Sequence[Difference]) -> Iterator[Pair]:
    """The pairs without what their sentences deny each other; in part is all that is left then."""
    against = {_sides(one) for one in found if one.kind in ("order", "negation")}
    partly = {_sides(one) for one in found if one.kind != "role"}
    for pair in pairs:
        sides = frozenset((place(pair.a), place(pair.b)))
        if sides in against:
            continue
        if sides in partly:
            yield replace(pair, likeness=min(pair.likeness, matching.SAME), covers=(0.0, 0.0))
        else:
            yield pair


def _sides(found: Difference) -> frozenset[Place]:
    return frozenset(side.place for side in found.sides)


def _ordered(found: Iterable[Difference]) -> list[Difference]:
    """In the order of the first of the articles, its own side first."""
    turned = [replace(one, sides=_sorted_sides(one)) for one in found]
    return sorted(turned, key=lambda one: (_where(one.sides[0].place), one.sides[0].span))


def _folded(found: Sequence[Difference]) -> list[Difference]:
    """Each two values of one thing once, with all the articles on either side."""
    kept: list[list[Difference]] = []
    for one in found:
        for group in kept:
            if _one_question(group[0], one) and any(_sides(one) & _sides(other) for other in group):
                group.append(one)
                break
        else:
            kept.append([one])
    return [_fold(group) for group in kept]


def _one_question(a: Difference, b: Difference) -> bool:
    values = [{side.value or side.text for side in one.sides} for one in (a, b)]
    return a.kind == b.kind and values[0] == values[1]


def _fold(group: Sequence[Difference]) -> Difference:
    sides = [side for one in group for side in one.sides]
    first = group[0]

    def with_others(of: Side) -> Side:
        seen = {of.place.article}
        also = []
        for side in sorted(sides, key=lambda side: _where(side.place)):
            if (side.value or side.text) == (
                of.value or of.text
            ) and side.place.article not in seen:
                seen.add(side.place.article)
                also.append(side.place)
        return replace(of, also=tuple(also))

    return replace(first, sides=(with_others(first.sides[0]), with_others(first.sides[1])))


def _sorted_sides(found: Difference) -> tuple[Side, Side]:
    first, second = found.sides
    return (first, second) if _where(first.place) < _where(second.place) else (second, first)


def _where(at: Place) -> tuple[int, int, int]:
    return at.article, *at.span


def _names(reads: Sequence[Read]) -> Iterator[str]:
    """Each article's own label; two articles of one outlet are told apart by their files."""
    labels = [layout.own_label(one.article, one.article.lang) for one in reads]
    for label, one in zip(labels, reads, strict=True):
        if labels.count(label) == 1:
            yield label
        else:
            file = one.article.source if one.article.source not in ("", label) else one.article.id
            yield f"{label} ({file})"


def _lines(reads: Sequence[Read], events: Sequence[int], event: int) -> Iterator[tuple[int, Line]]:
    """The day by which each article's relative dates are read: its own, or a borrowed one."""
    mine = [(n, one) for n, one in enumerate(reads) if events[n] == event]
    known = [Line(one.day, number) for number, one in mine if one.day]
    days = sorted(line.day for line in known)
    lends = bool(days) and (days[-1] - days[0]).days <= _DAYS_APART
    for number, one in mine:
        if one.day:
            yield number, Line(one.day, number)
        elif lends:
            yield number, min(known, key=lambda line: (line.day, reads[line.article].article.text))


def _worth(one: Read) -> Iterator[tuple[tuple[int, int], float]]:
    """How much each sentence says of its article; a headline or caption leads nothing."""
    ranks = summaries.rank(one.segments, one.article.lang)
    for sentence in one.sentences:
        key = sentence.article, sentence.number
        yield key, ranks[sentence.number] - (0.0 if sentence.prose else 10.0)


def _position(
    statement: Statement, reads: Sequence[Read], sizes: Sequence[int]
) -> tuple[float, str]:
    """Where in the story a statement stands: early where most of its sentences do."""
    numbers = {
        (s.article, s.segment.id): s.number / sizes[s.article]
        for one in reads
        for s in one.sentences
    }
    places = [
        numbers[support.place.article, support.place.segment] for support in statement.supports
    ]
    return sum(places) / len(places), statement.text


def _statement(cluster: Cluster, whole: Field, disputed: set[Place]) -> Statement:
    lead = cluster.lead
    count: dict[int, int] = defaultdict(int)
    supports = [Support(place(lead), whole=True)]
    kept: list[Pair] = []
    for pair in cluster.pairs:
        count[pair.b.article] += 1
        if count[pair.b.article] <= _MOST_OF_ONE:
            kept.append(pair)
            full = pair.likeness >= matching.MERGED or pair.covers[0] >= _WHOLE
            supports.append(Support(place(pair.b), whole=full))
    return Statement(
        lead.segment.text,
        lead.lang,
        place(lead),
        tuple(sorted(supports, key=lambda s: (s.place != place(lead), _where(s.place)))),
        tuple(_shared(lead, kept, whole)),
        caveat=lead.caveat,
        differs=place(lead) in disputed,
    )


def _shared(lead: Sentence, pairs: Iterable[Pair], whole: Field) -> Iterator[Shared]:
    """What a statement has in common with its support, as the lead has it, without overlap."""
    found: list[tuple[Span, str, set[Place]]] = []
    for pair in pairs:
        for item in pair.items:
            if item.kind == "name" and item.key in whole.common:
                continue
            places = {_within(pair.b, item.spans[1])}
            span, kind = item.spans[0], item.kind
            for other in [f for f in found if f[0].start < span.end and span.start < f[0].end]:
                found.remove(other)
                places |= other[2]
                kind = other[1] if kind == "phrase" else kind
                span = Span(min(span.start, other[0].start), max(span.end, other[0].end))
            found.append((span, kind, places))
    for span, kind, places in sorted(found):
        text = lead.segment.text[slice(*span)]
        yield Shared(text, kind, (_within(lead, span), *sorted(places, key=_where)))


def _within(sentence: Sentence, span: Span) -> Place:
    at = place(sentence)
    return Place(at.article, at.segment, at.paragraph, within(sentence, span))


def _events(reads: Sequence[Read], pairs: Iterable[Pair], sizes: Sequence[int]) -> list[int]:
    """The event of each article, by the number of the first article on it."""
    touched: dict[tuple[int, int], set[int]] = defaultdict(set)
    for pair in pairs:
        touched[pair.a.article, pair.b.article].add(pair.a.number)
        touched[pair.b.article, pair.a.article].add(pair.b.number)
    events = list(range(len(reads)))
    for a in range(len(reads)):
        for b in range(a + 1, len(reads)):
            few = min(sizes[a], sizes[b])
            enough = min(len(touched[a, b]), len(touched[b, a])) >= max(
                min(_FEWEST, few), _RELATED * few
            )
            if enough and events[a] != events[b] and matching.share_names(reads[a], reads[b]):
                old, new = max(events[a], events[b]), min(events[a], events[b])
                events = [new if event == old else event for event in events]
    return events
