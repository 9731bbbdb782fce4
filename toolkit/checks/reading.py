"""All that one text says which must survive: facts, names, labels, and debris."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from toolkit import facts, labels, terms
from toolkit.schema import Fact, Label, Span
from toolkit.terms import Termbase

# Signs of a broken pipeline: HTML entities, a number an engine lost, placeholders of ours.
_DEBRIS = re.compile(r"&(?:#\d{1,6}|#x[0-9A-Fa-f]{1,6}|[A-Za-z]{2,8});|XNUMX|⟦\d{1,6}⟧|\ufffd")
_DEBRIS_SIGNS = frozenset("&X⟦\ufffd")


def read(
    text: str, lang: str, termbase: Termbase | None, found: Sequence[Label] | None = None
) -> tuple[Fact, ...]:
    """The facts, names and labels of a text, in order; nothing inside a label counts twice."""
    if found is None:
        found = labels.find_inline(text)
    all_facts = [*facts.extract(text, lang), *terms.find_names(text, lang, termbase)]
    if found:
        starts = [label.span.start for label in found]
        all_facts = [f for f in all_facts if not _inside(f.span, starts, found)]
        all_facts += [Fact("label", (f.text,), f.span, f.text, unit=f.kind) for f in found]
    all_facts.sort(key=lambda fact: fact.span)
    return tuple(all_facts)


def _inside(span: Span, starts: list[int], found: Sequence[Label]) -> bool:
    at = bisect_right(starts, span.end - 1) - 1
    return at >= 0 and found[at].span.end > span.start


def debris(text: str) -> tuple[tuple[str, Span], ...]:
    """What no writer writes: `&#39;`, `XNUMX`, a placeholder."""
    if not any(sign in text for sign in _DEBRIS_SIGNS):
        return ()
    return tuple((match.group(), Span(*match.span())) for match in _DEBRIS.finditer(text))
