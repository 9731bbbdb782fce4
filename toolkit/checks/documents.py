"""Checks of units, of two whole texts, and of a summary with its article."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from toolkit import labels, segmentation
from toolkit.checks.alignment import Passage, align
from toolkit.checks.binding import bind
from toolkit.checks.findings import Verdict, agreements, report, rubbish
from toolkit.checks.matching import (
    NAMES,
    SAME_KIND,
    SAME_SORT,
    Match,
    likeness,
    match,
    rounds,
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
    Summary,
    TranslationUnit,
)
from toolkit.terms import Termbase

# How many left-overs of a unit are looked at for one that stands in a fact's place.
_MOST_PARTNERS = 64


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
    line, byline, credit) are compared over the whole text, exactly as written.
    """
    ours, theirs = labels.find(source), labels.find(target)
    here = passages(source, ours, termbase)
    there = passages(target, theirs, termbase)
    findings = _border_findings(source, target, ours, theirs)
    matches: list[tuple[Match, str]] = []
    heard: list[Heard] = []
    for sources, targets in align(here, there):
        if not sources or not targets:
            findings += [
                _whole(passage, source.text if sources else target.text, lost=bool(sources))
                for passage in (*sources, *targets)
            ]
            continue
        found = match(
            tuple(fact for passage in sources for fact in passage.facts),
            tuple(fact for passage in targets for fact in passage.facts),
        )
        unit = TranslationUnit(
            sources[0].id,
            source.text[sources[0].span.start : sources[-1].span.end],
            target.text[targets[0].span.start : targets[-1].span.end],
            source.lang,
            target.lang,
            "translated",
            "",
        )
        for finding in rubbish(unit):
            findings.append(_shifted(finding, targets[0].span.start))
        bind(found, replace(unit, source=source.text, target=target.text))
        mark(found, source.lang, target.lang)
        matches.append((found, unit.id))
        starts = sources[0].span.start, targets[0].span.start
        heard.append(Heard(found, unit.source, unit.target, source.lang, target.lang, *starts))
    rescue([found for found, _ in matches])
    hear(heard)
    agreed: list[Agreement] = []
    for found, unit_id in matches:
        findings += report(found, unit_id)
        agreed += agreements(found, unit_id)
    return Verdict(tuple(findings), tuple(agreed))


def passages(
    article: Article, found: tuple[Label, ...], termbase: Termbase | None
) -> tuple[Passage, ...]:
    """The sentences of an article with their facts; spans lie in its text."""
    found_passages = []
    inline = [label for label in found if label.kind not in labels.BORDERS]
    for segment in segmentation.segment(article, found):
        within = tuple(
            replace(
                label,
                span=Span(
                    label.span.start - segment.span.start, label.span.end - segment.span.start
                ),
            )
            for label in inline
            if segment.span.start <= label.span.start and label.span.end <= segment.span.end
        )
        facts = read(segment.text, article.lang, termbase, within)
        found_passages.append(
            Passage(
                segment.id,
                segment.span,
                segment.paragraph,
                len(segment.text),
                tuple(_moved(fact, segment.span.start) for fact in facts),
            )
        )
    return tuple(found_passages)


def _moved(fact: Fact, by: int) -> Fact:
    return replace(fact, span=Span(fact.span.start + by, fact.span.end + by))


def _shifted(finding: Finding, by: int) -> Finding:
    span = finding.target_span
    return replace(finding, target_span=Span(span.start + by, span.end + by) if span else None)


def _whole(passage: Passage, text: str, *, lost: bool) -> Finding:
    """A sentence that stands on one side only."""
    words = text[passage.span.start : passage.span.end]
    return Finding(
        "sentence/omission" if lost else "sentence/addition",
        "warning",
        passage.id if lost else None,
        words if lost else None,
        None if lost else words,
        passage.span if lost else None,
        None if lost else passage.span,
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
    return any(s.span.start <= label.span.start and label.span.end <= s.span.end for s in segments)


# --- summaries ---------------------------------------------------------------------------


def check_summary(summary: Summary, article: Article, termbase: Termbase | None = None) -> Verdict:
    """What a summary says that its article does not; what it leaves out is never a finding.

    Each sentence is held first against the passage it was made from, then against the whole
    article. `unit_id` is `summary1`, `summary2`, …; source spans lie in `Article.text`,
    target spans in the sentence.
    """
    everything = read(article.text, article.lang, termbase, labels.find(article))
    findings: list[Finding] = []
    agreed: list[Agreement] = []
    for number, sentence in enumerate(summary.sentences, 1):
        unit_id = f"summary{number}"
        said = read(sentence.text, summary.lang, termbase)
        near = tuple(f for f in everything if _overlaps(f.span, sentence.span))
        found = match(near, said)
        agreed += agreements(found, unit_id)
        # What the passage does not have, the article may; what still is left over stands
        # for something that the passage says, or comes from nowhere.
        rest = sorted(found.added)
        elsewhere = match(everything, tuple(said[n] for n in rest))
        agreed += agreements(elsewhere, unit_id)
        unlike = {target for _, target, _ in elsewhere.conflicts}
        found.added = {
            rest[n] for n in elsewhere.added | unlike if not rounds(said[rest[n]], everything)
        }
        found.conflicts = [
            c for c in found.conflicts if not _in_article(everything, found.targets[c[1]])
        ]
        findings += [
            finding
            for finding in report(found, unit_id, SAME_KIND)
            if not finding.code.endswith("/omission") and finding.rule != "order"
        ]
    return Verdict(tuple(findings), tuple(agreed))


def _in_article(facts: Sequence[Fact], wanted: Fact) -> bool:
    found = match(tuple(facts), (wanted,))
    return not found.added and not found.conflicts


def _overlaps(span: Span, other: Span) -> bool:
    return span.start < other.end and other.start < span.end
