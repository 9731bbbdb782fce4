"""Names that no table has, heard on both sides: the same, or one in another's place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence

from toolkit import terms
from toolkit.checks.compare.leftovers import changed
from toolkit.checks.compare.values import NAMES
from toolkit.checks.evidence import Evidence, Side, View
from toolkit.schema import Fact, Span

# The rules of what is found here.
HEARD = frozenset(("sound", "name-by-sound"))
# What a name with no entry anywhere weighs: a warning, never an error.
_STRENGTH = 2
_TERRITORY = "territory:"


def hear(units: Sequence[Evidence]) -> None:
    """Pair the names of a document that sound alike, and report those that changed.

    To be called when all else is matched: a fact that found its counterpart, or that stands
    for another one, is not looked at again.
    """
    groups: dict[tuple[str, str], list[Evidence]] = defaultdict(list)
    for found in units:
        groups[found.source.lang, found.target.lang].append(found)
    for langs, group in groups.items():
        heard = terms.compare_documents([_texts(found) for found in group], *langs)
        for found, names in zip(group, heard, strict=True):
            _add(found, names)


def _texts(found: Evidence) -> terms.Texts:
    pairs = changed(found)
    # What another passage has may be a pronoun here, or another name.
    elsewhere = list(found.faulty("elsewhere"))
    ours = (found.source.open - {s for s, _ in pairs}) | {f.source for f in elsewhere}
    theirs = (found.target.open - {t for _, t in pairs}) | {f.target for f in elsewhere}
    one, other = _spans(found.source, ours), _spans(found.target, theirs)
    return terms.Texts(found.source.text, found.target.text, (one[0], other[0]), (one[1], other[1]))


def _spans(side: Side, open_: Collection[int | None]) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """Where facts lie that need not be looked at, and names that the other side lacks."""
    known: list[Span] = []
    missing: list[Span] = []
    for n, fact in enumerate(side.facts):
        if fact.kind not in NAMES or n not in open_:
            known.append(fact.span)
        elif fact.strength > 1:
            # Countries have a form in every language; to be left out is all they do.
            listed = fact.values[0].startswith(_TERRITORY)
            (known if listed else missing).append(fact.span)
    return tuple(known), tuple(missing)


def _add(found: Evidence, names: terms.Names) -> None:
    view, turned = found.views()
    for source, target in names.pairs:
        ours, theirs = _fact(view, source), _fact(turned, target)
        # The termbase says how its names are written: to sound like it is not enough.
        strongest = max(found.source.facts[ours].strength, found.target.facts[theirs].strength)
        if strongest <= _STRENGTH:
            view.take(ours, theirs, "sound")
    for source, target in names.renamed:
        ours, theirs = _fact(view, source), _fact(turned, target)
        moved = [f for f in found.faulty("elsewhere") if f.source == ours or f.target == theirs]
        found.faults[:] = [fault for fault in found.faults if fault not in moved]
        view.accuse(ours, theirs, "name-by-sound")


def _fact(view: View, span: Span) -> int:
    """The number of the fact at a place of a text, a new one if there is none."""
    side = view.here
    moved = (view.order(*fault[:2])[0] for fault in view.found.faulty("elsewhere"))
    for n in (*side.open, *(n for n in moved if n is not None)):
        fact = side.facts[n]
        if fact.kind in NAMES and fact.span.start < span.end and span.start < fact.span.end:
            return n
    text = side.text[slice(*span)]
    return side.add(Fact("name", (text,), span, text, strength=_STRENGTH))
