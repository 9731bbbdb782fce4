"""Which sentences of two texts stand for each other: order, length and shared facts.

Dynamic programming over beads of up to three sentences, after Gale & Church 1993, with the
facts of a sentence as anchors: they are the same in every language.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from toolkit.checks.matching import NAMES, numbers
from toolkit.schema import Fact, Span

# Sentences on each side of a bead, and what the bead costs before its content is looked at.
_BEADS = (
    (1, 1, 0.0),
    (1, 0, 3.0),
    (0, 1, 3.0),
    (2, 1, 2.3),
    (1, 2, 2.3),
    (2, 2, 4.4),
    (3, 1, 4.8),
    (1, 3, 4.8),
)
# How far the path may stray from the diagonal: at least this many sentences.
_BAND = 40
_FACT_WEIGHT = 1.6
_UNSHARED = 0.5
_LENGTH_WEIGHT = 4.0


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence of an article and its facts, with spans into the article's text."""

    id: str
    span: Span
    paragraph: int
    length: int
    facts: tuple[Fact, ...]


Bead = tuple[tuple[Passage, ...], tuple[Passage, ...]]


def align(sources: Sequence[Passage], targets: Sequence[Passage]) -> tuple[Bead, ...]:
    """Groups of passages that stand for each other, in order; one side may be empty."""
    rows, columns = len(sources), len(targets)
    ratio = sum(p.length for p in targets) / max(1, sum(p.length for p in sources)) or 1.0
    ours, theirs = [_keys(p) for p in sources], [_keys(p) for p in targets]
    shared = _rarity(ours, theirs)
    best: list[dict[int, tuple[float, int, int]]] = [{} for _ in range(rows + 1)]
    best[0][0] = (0.0, 0, 0)
    slope = columns / max(1, rows)
    band = max(_BAND, abs(rows - columns) + 10 if min(rows, columns) < 400 else _BAND)
    for row in range(rows + 1):
        for column in _near(row, slope, band, columns, last=row == rows):
            here: tuple[float, int, int] | None = best[row].get(column)
            for up, left, base in _BEADS:
                if up > row or left > column:
                    continue
                before = best[row - up].get(column - left)
                if before is None:
                    continue
                cost = before[0] + base
                cost += _cost(
                    sources[row - up : row],
                    targets[column - left : column],
                    ours[row - up : row],
                    theirs[column - left : column],
                    ratio,
                    shared,
                )
                if here is None or cost < here[0]:
                    here = (cost, up, left)
            if here is not None:
                best[row][column] = here
    if columns not in best[rows]:  # the band left no way through
        return ((tuple(sources), tuple(targets)),)
    return tuple(_path(best, sources, targets))


def _near(row: int, slope: float, band: int, columns: int, *, last: bool) -> range:
    middle = int(row * slope)
    low, high = max(0, middle - band), min(columns, middle + band)
    return range(low, columns + 1 if last else high + 1)


def _keys(passage: Passage) -> Counter[object]:
    return Counter(
        anchor for fact in passage.facts if fact.strength > 1 for anchor in anchors(fact)
    )


def anchors(fact: Fact) -> tuple[object, ...]:
    """What a fact looks like in any language, one key for each of its parts."""
    if fact.kind in NAMES:
        return (("name", fact.values[0]),)
    if fact.kind in ("date", "month"):
        return tuple(part for part in fact.values[0].split("-") if part != "*")
    return (next(numbers(fact), fact.values[0]),)


def _rarity(
    ours: Sequence[Counter[object]], theirs: Sequence[Counter[object]]
) -> dict[object, float]:
    """What a shared fact weighs: less, the oftener it is said."""
    counts: Counter[object] = Counter()
    for keys in (*ours, *theirs):
        counts.update(keys.keys())
    return {key: _FACT_WEIGHT / math.sqrt(max(1.0, count / 2)) for key, count in counts.items()}


def _cost(
    sources: Sequence[Passage],
    targets: Sequence[Passage],
    ours: Sequence[Counter[object]],
    theirs: Sequence[Counter[object]],
    ratio: float,
    weights: dict[object, float],
) -> float:
    if not sources or not targets:
        return 0.0
    here = sum(p.length for p in sources) * ratio
    there = sum(p.length for p in targets)
    cost = abs(math.log((there + 8) / (here + 8))) * _LENGTH_WEIGHT
    if sources[0].paragraph != sources[-1].paragraph:
        cost += 1.5
    if targets[0].paragraph != targets[-1].paragraph:
        cost += 1.5
    one = sum(ours, Counter[object]()) if len(ours) > 1 else ours[0]
    other = sum(theirs, Counter[object]()) if len(theirs) > 1 else theirs[0]
    for key in one.keys() | other.keys():
        both = min(one[key], other[key])
        cost -= both * weights[key]
        cost += _UNSHARED * weights[key] * (max(one[key], other[key]) - both)
    return cost


def _path(
    best: Sequence[dict[int, tuple[float, int, int]]],
    sources: Sequence[Passage],
    targets: Sequence[Passage],
) -> Iterator[Bead]:
    row, column = len(sources), len(targets)
    beads: list[Bead] = []
    while row or column:
        _, up, left = best[row][column]
        beads.append((tuple(sources[row - up : row]), tuple(targets[column - left : column])))
        row, column = row - up, column - left
    yield from reversed(beads)
