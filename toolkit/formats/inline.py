"""A translated block laid back into the pieces of markup that held its source.

No translation says which of its words became which, so a piece inside a sentence (a link, a
bold word) gets the words that stand for its own only where that is known: the same text, or
facts and names that the checks found to agree. A link whose words are not known takes as many
at about its place, so that none is lost; other markup inside a sentence is left empty. What
holds a whole sentence, or several, keeps them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

from toolkit.formats.layout import Piece, Row
from toolkit.schema import Agreement, Span

__all__ = ["Run", "distribute"]


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a block in one piece of markup: how long it is, and how it looks."""

    length: int
    style: Hashable = None
    link: bool = False


def distribute(row: Row, runs: Sequence[Run], agreements: Iterable[Agreement]) -> list[str]:
    """The text of each run in the translation; together they are the block's, in order.

    The runs cover the row's source from its first character to its last.
    """
    texts = [""] * len(runs)
    known = tuple(agreements)
    starts = [0]
    for run in runs:
        starts.append(starts[-1] + run.length)
    at = 0
    for piece in row.pieces:
        end = at + len(piece.source)
        parts = [
            _Part(i, Span(max(starts[i], at) - at, min(starts[i + 1], end) - at), run)
            for i, run in enumerate(runs)
            if starts[i] < end and starts[i + 1] > at
        ]
        if piece.source == piece.target:
            shares = [piece.source[part.span.start : part.span.end] for part in parts]
        else:
            shares = _shares(piece, parts, known)
        for part, share in zip(parts, shares, strict=True):
            texts[part.run] += share
        at = end
    return texts


@dataclass(frozen=True, slots=True)
class _Part:
    """What a run holds of one sentence."""

    run: int
    span: Span
    look: Run


def _shares(piece: Piece, parts: Sequence[_Part], agreements: Sequence[Agreement]) -> list[str]:
    if len(parts) < 2:
        return [piece.target] * len(parts)
    base = _base(piece, parts)
    placed: list[tuple[int, Span]] = []
    bound = 0
    for number, part in enumerate(parts):
        if number in base:
            continue
        place = _known(piece, part, agreements, bound)
        if place is None and part.look.link:
            place = _about(piece, part, bound)
        if place is not None and place.start < place.end:
            placed.append((number, place))
            bound = place.end
    shares = [""] * len(parts)
    before, at = -1, 0
    for number, place in [*placed, (len(parts), Span(len(piece.target), len(piece.target)))]:
        gap = piece.target[at : place.start]
        # What lies between goes to ordinary text there, else to the neighbour.
        free = [n for n in range(before + 1, number) if n in base]
        holder = free[0] if free else number if number < len(parts) else before
        shares[holder] += gap
        if number < len(parts):
            shares[number] += piece.target[place.start : place.end]
        before, at = number, place.end
    return shares


def _base(piece: Piece, parts: Sequence[_Part]) -> frozenset[int]:
    """The parts that look as most of the sentence does: they take what stands nowhere else."""
    plain = [part for part in parts if not part.look.link] or list(parts)
    if not any(_letters(piece.source, part.span) for part in plain):
        plain = list(parts)
    letters: Counter[Hashable] = Counter()
    for part in plain:
        letters[part.look.style, part.look.link] += _letters(piece.source, part.span)
    most = letters.most_common(1)[0][0]
    return frozenset(n for n, p in enumerate(parts) if (p.look.style, p.look.link) == most)


def _letters(text: str, span: Span) -> int:
    return sum(c.isalnum() for c in text[span.start : span.end])


def _known(piece: Piece, part: _Part, agreements: Sequence[Agreement], bound: int) -> Span | None:
    """The words of the target that are sure to stand for this part, behind the bound."""
    text = piece.source[part.span.start : part.span.end].strip()
    if any(c.isalnum() for c in text):
        found = [m.start() for m in re.finditer(re.escape(text), piece.target)]
        if len(found) == 1 and found[0] >= bound:
            return Span(found[0], found[0] + len(text))
    own = [
        a
        for a in agreements
        if piece.unit is not None
        and a.unit_id == piece.unit.id
        and part.span.start <= a.source_span.start
        and a.source_span.end <= part.span.end
    ]
    covered = {i for a in own for i in range(*a.source_span) if piece.source[i].isalnum()}
    # A half is enough: articles and the word "million" are part of no fact.
    if not own or 2 * len(covered) < _letters(piece.source, part.span):
        return None
    place = Span(min(a.target_span.start for a in own), max(a.target_span.end for a in own))
    return place if bound <= place.start and place.end <= len(piece.target) else None


def _about(piece: Piece, part: _Part, bound: int) -> Span | None:
    """As many words as the part has, at about its place, behind the bound; one at least."""
    words = [Span(*m.span()) for m in re.finditer(r"\S+", piece.target) if m.start() >= bound]
    if not words:
        return None
    rate = len(piece.target) / max(1, len(piece.source))
    wanted = part.span.start * rate
    first = min(range(len(words)), key=lambda n: abs(words[n].start - wanted))
    end = words[first].start + (part.span.end - part.span.start) * rate
    last = max([n for n in range(first, len(words)) if words[n].end <= end + 1], default=first)
    stop = words[last].end
    # A full stop is the sentence's.
    while stop > words[first].start + 1 and piece.target[stop - 1] in ".,;:!?…。":
        stop -= 1
    return Span(words[first].start, stop)
