"""Which sentences of two texts stand for each other: order, length and what they share.

Dynamic programming over beads of up to four sentences, after Gale & Church 1993, with
lengths and shared keys (see `anchors`) as evidence. It looks at a band around the path that
keys found once on each side lead along, so that the time is linear in the sentences.
"""

from __future__ import annotations

import math
import statistics
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise

from toolkit.checks.align.keys import Key, Weight
from toolkit.schema import Fact, Span

# Sentences on each side of a bead, and what the bead costs before its content is looked at.
# These and the weights below were set on half of the documents of the development data, by
# sentences dropped and added that are found and by what else is said, and looked at on the
# other half.
_BEADS = (
    (1, 1, 0.0),
    (1, 0, 3.0),
    (0, 1, 3.0),
    (2, 1, 2.6),
    (1, 2, 2.3),
    (2, 2, 5.5),
    (3, 1, 4.8),
    (1, 3, 4.5),
    (4, 1, 5.8),
    (1, 4, 5.5),
)
_MOST_LINES = max(up for up, _, _ in _BEADS)
_PARAGRAPH = 0.4
# The logarithms of the lengths of true pairs lie so far from each other, with heavy tails:
# measured on the development data, 0.14 to 0.22.
_SPREAD = 0.18
_TAIL = 2.5
_VARIANCE = (2 * _TAIL - 1) * _SPREAD**2
_SMOOTH = 6
# What a shared key is worth at most.
_MOST = 2.5
# Of two sentences that became one each has left something: one that has keys of this cost and
# shares less than that with the other side costs more.
_TELLING = 0.5
_HEARD = 1.5
_UNHEARD = 1.2
# What it saves to take together what was one segment.
_GLUED = 1.5
# How far the path may stray from the way the anchors show, and how far a gap may widen that.
_BAND = 7
_WIDEST = 60
_FEW = 60


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence of an article and its facts, with spans into the article's text."""

    id: str
    span: Span
    paragraph: int
    length: int
    facts: tuple[Fact, ...]
    keys: dict[Key, Weight] = field(default_factory=dict)
    glued: bool = False  # to the passage before, with no stop between: see `headlines`


Bead = tuple[tuple[Passage, ...], tuple[Passage, ...]]


def align(sources: Sequence[Passage], targets: Sequence[Passage]) -> tuple[Bead, ...]:
    """Groups of passages that stand for each other, in order; one side may be empty."""
    if not sources or not targets:
        return (*(((p,), ()) for p in sources), *(((), (p,)) for p in targets))
    chain = _guide(sources, targets)
    windows = tuple(_windows(chain, len(sources), len(targets)))
    moves = _moves(sources, targets, windows, _ratio(sources, targets, chain))
    return tuple(_path(moves, windows, sources, targets))


# --- evidence ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Side:
    """Sums over the first n sentences of one text, for n from 0."""

    length: list[float]
    alone: list[float]  # what their keys could gain
    beside: list[float]  # that, and what they cost if nothing is shared
    paragraph: list[int]
    telling: list[bool]  # whether keys would be missed if no other side had them
    glued: list[int]


def _side(passages: Sequence[Passage], worth: dict[Key, float], ratio: float) -> _Side:
    lengths = (passage.length * ratio for passage in passages)
    gains = (sum(worth.get(key, 0.0) for key in passage.keys) for passage in passages)
    costs = (
        sum(worth.get(key, 0.0) + weight.miss for key, weight in passage.keys.items())
        for passage in passages
    )
    return _Side(
        list(accumulate(lengths, initial=0.0)),
        list(accumulate(gains, initial=0.0)),
        list(accumulate(costs, initial=0.0)),
        [passage.paragraph for passage in passages],
        [any(w.miss >= _TELLING for w in passage.keys.values()) for passage in passages],
        list(accumulate((passage.glued for passage in passages), initial=0)),
    )


def _worth(sources: Sequence[Passage], targets: Sequence[Passage]) -> dict[Key, float]:
    """What it says for a bead that both sides have a key: more, the rarer it is."""
    ours = Counter(key for passage in sources for key in passage.keys)
    theirs = Counter(key for passage in targets for key in passage.keys)
    trust = {key: weight.trust for passage in targets for key, weight in passage.keys.items()}
    total = len(sources) + len(targets)
    return {
        key: trust[key] * min(_MOST, math.log1p(total / (count + theirs[key])))
        for key, count in ours.items()
        if key in theirs
    }


@dataclass(frozen=True, slots=True)
class _Shared:
    """By the numbers of a source and a target: what goes away if they are in one bead.

    A key is worth something once: `sources` is what is counted twice if the source before is
    in the bead too, `targets` if the target before is. The others say how much of `pairs` is
    not of this sentence alone, but also of the one before.
    """

    pairs: list[dict[int, float]]
    sources: list[dict[int, float]]
    targets: list[dict[int, float]]
    with_source_before: list[dict[int, float]]
    with_target_before: list[dict[int, float]]

    def of_source(self, row: int, column: int, first: int, last: int) -> float:
        """What no other source of the bead from `first` to `last` shares with the target."""
        own = self.pairs[row].get(column, 0.0)
        if row > first:
            own -= self.with_source_before[row].get(column, 0.0)
        if row < last:
            own -= self.with_source_before[row + 1].get(column, 0.0)
        return own

    def of_target(self, row: int, column: int, first: int, last: int) -> float:
        """What no other target of the bead from `first` to `last` shares with the source."""
        own = self.pairs[row].get(column, 0.0)
        if column > first:
            own -= self.with_target_before[row].get(column, 0.0)
        if column < last:
            own -= self.with_target_before[row].get(column + 1, 0.0)
        return own


def _shared(
    sources: Sequence[Passage],
    targets: Sequence[Passage],
    worth: dict[Key, float],
    windows: Sequence[range],
) -> _Shared:
    there: dict[Key, list[int]] = defaultdict(list)
    for at, passage in enumerate(targets):
        for key in passage.keys:
            if key in worth:
                there[key].append(at)
    found = _Shared([], [], [], [], [])
    for row, passage in enumerate(sources):
        pairs: dict[int, float] = defaultdict(float)
        again: dict[int, float] = defaultdict(float)
        follows: dict[int, float] = defaultdict(float)
        with_before: dict[int, float] = defaultdict(float)
        with_last: dict[int, float] = defaultdict(float)
        low, high = windows[row].start - _MOST_LINES, windows[row + 1].stop
        before = sources[row - 1].keys if row else {}
        for key, weight in passage.keys.items():
            places = there.get(key, ())
            if not places:
                continue
            gain = worth[key]
            last = -2
            for n in range(bisect_left(places, low), len(places)):
                place = places[n]
                if place > high:
                    break
                miss = targets[place].keys[key].miss
                both = gain + weight.miss + miss
                pairs[place] += both
                if key in before:
                    again[place] += gain + miss
                    with_before[place] += both
                if last == place - 1:
                    follows[place] += gain + weight.miss
                    with_last[place] += both
                last = place
        found.pairs.append(pairs)
        found.sources.append(again)
        found.targets.append(follows)
        found.with_source_before.append(with_before)
        found.with_target_before.append(with_last)
    return found


# --- where to look -----------------------------------------------------------------------


def _guide(sources: Sequence[Passage], targets: Sequence[Passage]) -> list[tuple[int, int]]:
    """Pairs that keys found once on each side point at: the longest chain in order."""
    score: dict[tuple[int, int], float] = defaultdict(float)
    ours, theirs = _once(sources), _once(targets)
    for key, (row, weight) in ours.items():
        if key in theirs:
            score[row, theirs[key][0]] += weight.trust
    points = sorted((pair for pair, total in score.items() if total >= 1), key=_crossing)
    ends: list[int] = []
    links: list[tuple[int, int]] = []  # (point, the one before)
    last: list[int] = []
    for n, (_, column) in enumerate(points):
        at = bisect_left(ends, column)
        before = last[at - 1] if at else -1
        ends[at : at + 1], last[at : at + 1] = [column], [n]
        links.append((n, before))
    chain: list[tuple[int, int]] = []
    at = last[-1] if last else -1
    while at >= 0:
        chain.append(points[at])
        at = links[at][1]
    return chain[::-1]


def _ratio(
    sources: Sequence[Passage], targets: Sequence[Passage], chain: Sequence[tuple[int, int]]
) -> float:
    """How many letters stand for one: as between the pairs of the chain, or else on the whole.

    What was left out must not make the rest look long.
    """
    whole = sum(p.length for p in targets) / max(1, sum(p.length for p in sources)) or 1.0
    pairs = (targets[column].length / max(1, sources[row].length) for row, column in chain)
    return statistics.median([whole, whole, *pairs])


def _crossing(pair: tuple[int, int]) -> tuple[int, int]:
    """Of one source only one pair can be in the chain."""
    return pair[0], -pair[1]


def _once(passages: Sequence[Passage]) -> dict[Key, tuple[int, Weight]]:
    found: dict[Key, tuple[int, Weight]] = {}
    often: set[Key] = set()
    for at, passage in enumerate(passages):
        for key, weight in passage.keys.items():
            if key in found:
                often.add(key)
            found[key] = at, weight
    return {key: value for key, value in found.items() if key not in often}


def _windows(chain: Sequence[tuple[int, int]], rows: int, columns: int) -> Iterator[range]:
    """For each number of sources how many targets may stand beside them."""
    marks = [(0, 0), *((row, column) for row, column in chain if row and column), (rows, columns)]
    yield range(min(columns, _width(marks[1][0], marks[1][1])) + 1)
    for (row, column), (end, last) in pairwise(marks):
        height, breadth = end - row, last - column
        width = _width(height, breadth)
        for step in range(1, height + 1):
            middle = column + breadth * step // height
            low = max(0, column - _BAND, middle - width)
            high = min(columns, last + _BAND, middle + width)
            yield range(low, high + 1)


def _width(height: int, breadth: int) -> int:
    more = abs(height - breadth)
    if min(height, breadth) > _FEW:
        more = max(min(more, _WIDEST), breadth // height)
    return _BAND + more


# --- the cheapest path -------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Costs:
    """What the content of a bead costs, by the numbers of sentences before and behind it."""

    ours: _Side
    theirs: _Side
    shared: _Shared

    def of(self, before_row: int, row: int, before: int, column: int) -> float:
        if before == column:
            return self.ours.alone[row] - self.ours.alone[before_row]
        if before_row == row:
            return 0.0
        shared = self.shared
        keys = self.ours.beside[row] - self.ours.beside[before_row]
        keys += self.theirs.beside[column] - self.theirs.beside[before]
        for n in range(before_row, row):
            for m in range(before, column):
                keys -= shared.pairs[n].get(m, 0.0)
                if n > before_row:
                    keys += shared.sources[n].get(m, 0.0)
                if m > before:
                    keys += shared.targets[n].get(m, 0.0)
        cost = max(0.0, keys)
        unlike = math.log(
            (self.theirs.length[column] - self.theirs.length[before] + _SMOOTH)
            / (self.ours.length[row] - self.ours.length[before_row] + _SMOOTH)
        )
        cost += _TAIL * math.log1p(unlike * unlike / _VARIANCE)
        if self.ours.paragraph[before_row] != self.ours.paragraph[row - 1]:
            cost += _PARAGRAPH
        if self.theirs.paragraph[before] != self.theirs.paragraph[column - 1]:
            cost += _PARAGRAPH
        # A headline that runs into its sentence may do so on one side alone, and says the same.
        glued = self.ours.glued[row] - self.ours.glued[before_row + 1]
        glued += self.theirs.glued[column] - self.theirs.glued[before + 1]
        if glued:
            return max(0.0, cost - glued * _GLUED)
        return cost + self._unheard(before_row, row, before, column)

    def _unheard(self, before_row: int, row: int, before: int, column: int) -> float:
        """What it costs that a sentence that should be heard in the one it became is not."""
        shared, own = self.shared, []
        if row - before_row > 1 == column - before:
            own = [
                shared.of_source(n, before, before_row, row - 1)
                for n in range(before_row, row)
                if self.ours.telling[n]
            ]
        elif column - before > 1 == row - before_row:
            own = [
                shared.of_target(before_row, m, before, column - 1)
                for m in range(before, column)
                if self.theirs.telling[m]
            ]
        return _UNHEARD * sum(gain < _HEARD for gain in own)


def _moves(
    sources: Sequence[Passage],
    targets: Sequence[Passage],
    windows: Sequence[range],
    ratio: float,
) -> list[bytearray]:
    """For each pair of counts within the windows, the bead that the best path there ends in."""
    worth = _worth(sources, targets)
    content = _Costs(
        _side(sources, worth, ratio),
        _side(targets, {}, 1.0),
        _shared(sources, targets, worth, windows),
    )
    costs: list[list[float]] = []
    moves: list[bytearray] = []
    for row, window in enumerate(windows):
        here = [math.inf] * len(window)
        how = bytearray(len(window))
        costs.append(here)
        if row > _MOST_LINES:
            costs[row - _MOST_LINES - 1] = []
        beads = [
            (number, row - up, left, base, costs[row - up], windows[row - up].start)
            for number, (up, left, base) in enumerate(_BEADS)
            if up <= row
        ]
        for column in window:
            best, move = math.inf, 0
            if row == column == 0:
                best = 0.0
            for number, before_row, left, base, line, start in beads:
                at = column - left - start
                if not 0 <= at < len(line):
                    continue
                cost = line[at] + base
                if cost >= best:
                    continue  # content never costs less than nothing
                cost += content.of(before_row, row, column - left, column)
                if cost < best:
                    best, move = cost, number
            here[column - window.start] = best
            how[column - window.start] = move
        moves.append(how)
    return moves


def _path(
    moves: Sequence[bytearray],
    windows: Sequence[range],
    sources: Sequence[Passage],
    targets: Sequence[Passage],
) -> Iterator[Bead]:
    row, column = len(sources), len(targets)
    beads: list[Bead] = []
    while row or column:
        up, left, _ = _BEADS[moves[row][column - windows[row].start]]
        beads.append((tuple(sources[row - up : row]), tuple(targets[column - left : column])))
        row, column = row - up, column - left
    yield from reversed(beads)
