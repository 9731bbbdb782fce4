"""The same characters on both sides agree, whatever they mean."""

from __future__ import annotations

import re

from toolkit.checks.evidence import Side, View

# 802.11n, £66bn, $41,300, 5pm, -30C: digits with a letter or a sign, which no language reads as
# another number. Plain digits are not enough: 1.500 is one and a half, or fifteen hundred.
_RUN = re.compile(r"(?<![^\s(\[«„“\"'‘])[^\s\d]{0,8}\d[^\s]{0,24}")
_TELLING = re.compile(r"[A-Za-z$£€¥₩%°#]|\d[:/]\d|^[-−+]")
_CLOSE = ".,;:!?)]”\"»'’…"


def same_characters(view: View) -> None:
    """Close what lies in a run of characters that the other side has as it is."""
    here, there = view.here, view.there
    for match in _RUN.finditer(here.text):
        run = match.group().rstrip(_CLOSE)
        if run not in there.text or not _TELLING.search(run):
            continue
        place = re.compile(rf"(?<![A-Za-z0-9.,]){re.escape(run)}(?![A-Za-z0-9]|[.,]\d)").search(
            there.text
        )
        if place is None:
            continue
        ours = _inside(here, match.start(), match.start() + len(run))
        theirs = _inside(there, *place.span())
        if ours is None or theirs is None:
            continue
        for one, other in zip(ours, theirs, strict=False):
            view.take(one, other, "same")
        here.open.difference_update(ours)
        there.open.difference_update(theirs)


def _inside(side: Side, start: int, end: int) -> list[int] | None:
    """What is still open of the facts of a stretch of text; None if one goes on beyond it."""
    spans = [(n, side.facts[n].span) for n in side.left()]
    beside = [(n, span) for n, span in spans if span.start < end and start < span.end]
    if all(start <= span.start and span.end <= end for _, span in beside):
        return [n for n, _ in beside]
    return None
