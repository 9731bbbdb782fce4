"""Names that no table has, heard on both sides: the same, or one in another's place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass

from toolkit import terms
from toolkit.checks.matching import NAMES, Match, changed
from toolkit.schema import Fact, Span

# The rules of what is found here.
HEARD = frozenset(("sound", "name-by-sound"))
# What a name with no entry anywhere weighs: a warning, never an error.
_STRENGTH = 2
_TERRITORY = "territory:"


@dataclass(frozen=True, slots=True)
class Heard:
    """What was matched, and the two texts it was read from, with the place of each."""

    found: Match
    source: str
    target: str
    source_lang: str
    target_lang: str
    source_at: int = 0
    target_at: int = 0


def hear(passages: Sequence[Heard]) -> None:
    """Add to the matches of a document the names that sound alike, and those that changed.

    To be called when all else is matched: a fact that found its counterpart, or that stands
    for another one, is not looked at again.
    """
    groups: dict[tuple[str, str], list[Heard]] = defaultdict(list)
    for passage in passages:
        groups[passage.source_lang, passage.target_lang].append(passage)
    for (source_lang, target_lang), group in groups.items():
        texts = [_texts(passage) for passage in group]
        heard = terms.compare_documents(texts, source_lang, target_lang)
        for passage, names in zip(group, heard, strict=True):
            _add(passage, names)


def _texts(passage: Heard) -> terms.Texts:
    found = passage.found
    rest = copy(found)
    rest.left, rest.added = set(found.left), set(found.added)
    changed(rest)
    # What another passage has may be a pronoun here, or another name.
    ours = _spans(found.sources, rest.left.union(found.moved), passage.source_at)
    theirs = _spans(found.targets, rest.added.union(found.came), passage.target_at)
    return terms.Texts(passage.source, passage.target, (ours[0], theirs[0]), (ours[1], theirs[1]))


def _spans(
    facts: Sequence[Fact], open_: set[int], at: int
) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """Where facts lie that need not be looked at, and names that the other side lacks."""
    known: list[Span] = []
    missing: list[Span] = []
    for n, fact in enumerate(facts):
        span = Span(fact.span.start - at, fact.span.end - at)
        if fact.kind not in NAMES or n not in open_:
            known.append(span)
        elif fact.strength > 1:
            # Countries have a form in every language; to be left out is all they do.
            listed = fact.values[0].startswith(_TERRITORY)
            (known if listed else missing).append(span)
    return tuple(known), tuple(missing)


def _add(passage: Heard, names: terms.Names) -> None:
    found = passage.found
    for source, target in names.pairs:
        ours, theirs = _fact(passage, source, True), _fact(passage, target, False)
        # The termbase says how its names are written: to sound like it is not enough.
        if max(found.sources[ours].strength, found.targets[theirs].strength) <= _STRENGTH:
            found.take(ours, theirs, "sound")
    for source, target in names.renamed:
        ours, theirs = _fact(passage, source, True), _fact(passage, target, False)
        found.renamed.append((ours, theirs))
        for open_, other, n in (
            (found.left, found.moved, ours),
            (found.added, found.came, theirs),
        ):
            open_.discard(n)
            if n in other:
                other.remove(n)


def _fact(passage: Heard, span: Span, ours: bool) -> int:
    """The number of the fact at a place of a text, a new one if there is none."""
    found = passage.found
    facts = found.sources if ours else found.targets
    at = passage.source_at if ours else passage.target_at
    here = Span(span.start + at, span.end + at)
    open_ = (*found.left, *found.moved) if ours else (*found.added, *found.came)
    for n in open_:
        fact = facts[n]
        if fact.kind in NAMES and fact.span.start < here.end and here.start < fact.span.end:
            return n
    text = (passage.source if ours else passage.target)[span.start : span.end]
    new = Fact("name", (text,), here, text, strength=_STRENGTH)
    if ours:
        found.sources += (new,)
    else:
        found.targets += (new,)
    return len(facts)
