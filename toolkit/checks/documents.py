"""Checks of units, of two whole texts, and of a summary with its article."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice

from toolkit import labels, segmentation
from toolkit.checks.alignment import Bead, Passage, align
from toolkit.checks.anchors import keys
from toolkit.checks.binding import bind
from toolkit.checks.findings import Verdict, agreements, report, rubbish
from toolkit.checks.headlines import small_words, unglue
from toolkit.checks.matching import (
    NAMES,
    SAME_SORT,
    Match,
    likeness,
    match,
    same_keys,
)
from toolkit.checks.names import Heard, hear
from toolkit.checks.reading import read
from toolkit.checks.unread import mark
from toolkit.schema import (
    Agreement,
    Article,
    Fact,
    Finding,
    Label,
    Segment,
    Span,
    TranslationUnit,
)
from toolkit.terms import Termbase

# How many left-overs of a unit are looked at for one that stands in a fact's place.
_MOST_PARTNERS = 64
# The id of a title that is not part of the text.
_TITLE = "title"


def check_pair(
    source: str,
    target: str,
    source_lang: str,
    target_lang: str,
    termbase: Termbase | None = None,
) -> Verdict:
    """The findings of one source text and its translation."""
    unit = TranslationUnit("", source, target, source_lang, target_lang, "translated", "")
    return check((unit,), termbase)


def check(units: Sequence[TranslationUnit], termbase: Termbase | None = None) -> Verdict:
    """The findings of the units of one document, in order.

    What a unit lacks and another one has is no more than info: translators move facts to
    the sentence before or behind. A unit without a target is not judged.
    """
    judged = [unit for unit in units if unit.state != "initial"]
    matches = [
        match(
            read(unit.source, unit.source_lang, termbase),
            read(unit.target, unit.target_lang, termbase),
        )
        for unit in judged
    ]
    for unit, found in zip(judged, matches, strict=True):
        keep_verbatim(found, unit.target)
        bind(found, unit)
        mark(found, unit.source_lang, unit.target_lang)
    rescue(matches)
    hear(
        [
            Heard(found, unit.source, unit.target, unit.source_lang, unit.target_lang)
            for unit, found in zip(judged, matches, strict=True)
        ]
    )
    findings: list[Finding] = []
    agreed: list[Agreement] = []
    for unit, found in zip(judged, matches, strict=True):
        findings += rubbish(unit)
        findings += report(found, unit.id)
        agreed += agreements(found, unit.id)
    return Verdict(tuple(findings), tuple(agreed))


def keep_verbatim(found: Match, target: str) -> None:
    """A label that stands in the target as it was, though nobody would call it one there."""
    if len(found.left) > _MOST_PARTNERS:
        return
    for source in sorted(found.left):
        text = found.sources[source].text
        if found.sources[source].kind != "label" or text not in target:
            continue
        alike = sum(found.sources[s].text == text for s, _, _ in found.pairs)
        whole = re.findall(rf"(?<![\w@#]){re.escape(text)}(?![A-Za-z0-9_])", target)
        if len(whole) > alike:
            found.left.discard(source)
            found.repeated.append(source)


def rescue(matches: Sequence[Match]) -> None:
    """Mark what one unit lost and another one gained."""
    if len(matches) < 2:
        return
    gained: dict[object, list[tuple[int, int]]] = defaultdict(list)
    for at, found in enumerate(matches):
        for target in sorted(found.added):
            for key in same_keys(found.targets[target]):
                gained[key].append((at, target))
    lost: dict[object, set[int]] = defaultdict(set)
    for at, found in enumerate(matches):
        for source in found.left:
            for key in same_keys(found.sources[source]):
                lost[key].add(at)
    said: dict[object, set[int]] = defaultdict(set)
    for at, found in enumerate(matches):
        for fact in found.targets:
            if fact.kind in NAMES:
                for key in same_keys(fact):
                    said[key].add(at)
    for at, found in enumerate(matches):
        for source in sorted(found.left):
            fact = found.sources[source]
            partners = [
                n
                for n in islice(found.added, _MOST_PARTNERS)
                if likeness(fact, found.targets[n]) >= SAME_SORT
            ]
            if any(not _lost_elsewhere(found.targets[n], at, lost) for n in partners):
                continue  # something else stands in its place
            places = sorted(
                {
                    place
                    for key in same_keys(fact)
                    for place in gained.get(key, ())
                    if place[0] != at and place[1] in matches[place[0]].added
                },
                key=lambda place: abs(place[0] - at),
            )
            if places:
                other, target = places[0]
                found.left.discard(source)
                found.moved.append(source)
                matches[other].added.discard(target)
                matches[other].came.append(target)
            elif fact.kind in NAMES and any(said.get(key) for key in same_keys(fact)):
                # a name that the document has said may be a pronoun here
                found.left.discard(source)
                found.moved.append(source)


def _lost_elsewhere(fact: Fact, at: int, lost: dict[object, set[int]]) -> bool:
    return any(lost.get(key, set()) - {at} for key in same_keys(fact))


# --- whole texts -------------------------------------------------------------------------


def check_texts(source: Article, target: Article, termbase: Termbase | None = None) -> Verdict:
    """The findings of an article and its translation; spans lie in the two articles' texts.

    Sentences are aligned by order, length and shared facts. A sentence that nothing stands
    for is a warning of its own, and its facts are not counted again: to leave a sentence out
    may be an editor's right, to change what it says is not. Labels that are borders (date
    line, byline, credit) are compared over the whole text, exactly as written. A title that
    the file states apart from the text is a passage without spans.
    """
    ours, theirs = labels.find(source), labels.find(target)
    here = _with_title(source, passages(source, ours, termbase), termbase)
    there = _with_title(target, passages(target, theirs, termbase), termbase)
    findings = _border_findings(source, target, ours, theirs)
    matches: list[tuple[Match, _Unit]] = []
    for bead in align(here, there):
        sources, targets = _without_titles_of_more(bead)
        if not sources or not targets:
            findings += [_whole(p, source, lost=True) for p in sources]
            findings += [_whole(p, target, lost=False) for p in targets]
            continue
        found = match(
            tuple(fact for passage in sources for fact in passage.facts),
            tuple(fact for passage in targets for fact in passage.facts),
        )
        unit = _Unit(sources[0].id, _place(source, sources), _place(target, targets))
        whole = TranslationUnit(
            unit.id, unit.source.all, unit.target.all, source.lang, target.lang, "translated", ""
        )
        rubble = rubbish(replace(whole, source=unit.source.text, target=unit.target.text))
        findings += [unit.shown(_shifted(finding, unit.target.start)) for finding in rubble]
        keep_verbatim(found, unit.target.text)
        bind(found, whole)
        mark(found, source.lang, target.lang)
        matches.append((found, unit))
    rescue([found for found, _ in matches])
    hear([unit.heard(found, source.lang, target.lang) for found, unit in matches])
    agreed: list[Agreement] = []
    for found, unit in matches:
        findings += map(unit.shown, report(found, unit.id))
        if unit.source.shown and unit.target.shown:
            agreed += agreements(found, unit.id)
    return Verdict(tuple(findings), tuple(agreed))


@dataclass(frozen=True, slots=True)
class _Place:
    """Passages of one side: their text, where it starts, and all the text it lies in.

    A title that stands apart is no part of the article's text: its spans are not shown.
    """

    text: str
    start: int
    all: str
    shown: bool


def _place(article: Article, side: Sequence[Passage]) -> _Place:
    title = article.metadata.title
    if side[0].id == _TITLE and title:
        return _Place(title, 0, title, shown=False)
    start, end = side[0].span.start, side[-1].span.end
    return _Place(article.text[start:end], start, article.text, shown=True)


@dataclass(frozen=True, slots=True)
class _Unit:
    id: str
    source: _Place
    target: _Place

    def heard(self, found: Match, source_lang: str, target_lang: str) -> Heard:
        one, other = self.source, self.target
        return Heard(found, one.text, other.text, source_lang, target_lang, one.start, other.start)

    def shown(self, finding: Finding) -> Finding:
        return replace(
            finding,
            source_span=finding.source_span if self.source.shown else None,
            target_span=finding.target_span if self.target.shown else None,
        )


def _with_title(
    article: Article, found: tuple[Passage, ...], termbase: Termbase | None
) -> tuple[Passage, ...]:
    """The passages of an article and before them the title that stands apart, if one does."""
    title = article.metadata.title
    if not title or any(block.kind == "title" for block in article.blocks):
        return found
    facts = read(title, article.lang, termbase)
    span = Span(0, len(title))
    passage = Passage(_TITLE, span, 0, len(title), facts, keys(title, facts, article.lang))
    return (passage, *found)


def _without_titles_of_more(bead: Bead) -> Bead:
    """A title that stands apart has one counterpart, or is said in the text as well."""
    if len(bead[0]) + len(bead[1]) <= 2:
        return bead
    sources, targets = (tuple(p for p in side if p.id != _TITLE) for side in bead)
    return sources, targets


def passages(
    article: Article, found: tuple[Label, ...], termbase: Termbase | None
) -> tuple[Passage, ...]:
    """The sentences of an article with their facts; spans lie in its text."""
    found_passages = []
    inline = [label for label in found if label.kind not in labels.BORDERS]
    starts = [label.span.start for label in inline]
    small = small_words(article.text)
    pieces = (
        (segment, Span(segment.span.start + span.start, segment.span.start + span.end))
        for segment in segmentation.segment(article, found)
        for span in unglue(segment.text, article.lang, small)
    )
    for segment, (start, end) in pieces:
        text = article.text[start:end]
        within = tuple(
            replace(label, span=Span(label.span.start - start, label.span.end - start))
            for label in inline[bisect_left(starts, start) : bisect_left(starts, end)]
            if label.span.end <= end
        )
        facts = read(text, article.lang, termbase, within)
        found_passages.append(
            Passage(
                segment.id,
                Span(start, end),
                segment.paragraph,
                end - start,
                tuple(_moved(fact, start) for fact in facts),
                keys(text, facts, article.lang),
                start > segment.span.start,
            )
        )
    return tuple(found_passages)


def _moved(fact: Fact, by: int) -> Fact:
    return replace(fact, span=Span(fact.span.start + by, fact.span.end + by))


def _shifted(finding: Finding, by: int) -> Finding:
    span = finding.target_span
    return replace(finding, target_span=Span(span.start + by, span.end + by) if span else None)


def _whole(passage: Passage, article: Article, *, lost: bool) -> Finding:
    """A sentence that stands on one side only."""
    place = _place(article, (passage,))
    span = passage.span if place.shown else None
    return Finding(
        "sentence/omission" if lost else "sentence/addition",
        # A title that stands apart is metadata, for which a plain text has no place.
        "warning" if place.shown else "info",
        passage.id if lost else None,
        place.text if lost else None,
        None if lost else place.text,
        span if lost else None,
        None if lost else span,
        "alignment",
    )


def _border_findings(
    source: Article, target: Article, ours: tuple[Label, ...], theirs: tuple[Label, ...]
) -> list[Finding]:
    """Date lines, bylines and credits, and labels in blocks of their own, as exact strings."""
    return report(match(border_facts(source, ours), border_facts(target, theirs)), "")


def border_facts(article: Article, found: tuple[Label, ...]) -> tuple[Fact, ...]:
    """The labels of an article that stand in no sentence."""
    segments = segmentation.segment(article, found)
    return tuple(
        Fact("label", (label.text,), label.span, label.text, unit=label.kind)
        for label in found
        if label.kind in labels.BORDERS or not _in_segment(label, segments)
    )


def _in_segment(label: Label, segments: Sequence[Segment]) -> bool:
    at = bisect_right(segments, label.span.start, key=lambda segment: segment.span.start) - 1
    return at >= 0 and label.span.end <= segments[at].span.end
