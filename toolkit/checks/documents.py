"""Checks of units and of two whole texts."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from toolkit import labels, segmentation
from toolkit.checks.align.beads import Bead, Passage, align
from toolkit.checks.align.headlines import small_words, unglue
from toolkit.checks.align.keys import keys
from toolkit.checks.evidence import Evidence, evidence
from toolkit.checks.judge import Unit, Verdict, judge, report
from toolkit.checks.passes import FACTS, compare
from toolkit.checks.reading import read
from toolkit.schema import Article, Fact, Finding, Label, Segment, Span, TranslationUnit
from toolkit.terms import Termbase

# The id of a title that is not part of the text.
_TITLE = "title"
# Of 62 articles in German, Japanese and Chinese, as people translated them, none lacks as much;
# at a quarter three do in Japanese and three in Chinese, which align worst.
_FEW_LOST, _MUCH = 3, 0.5
# How the origin of what people wrote begins.
_BY_PEOPLE = ("memory", "review", "source")


def check_pair(
    source: str,
    target: str,
    source_lang: str,
    target_lang: str,
    termbase: Termbase | None = None,
    *,
    machine: bool = False,
) -> Verdict:
    """The findings of one source text and its translation."""
    unit = TranslationUnit("", source, target, source_lang, target_lang, "translated", "")
    return check((unit,), termbase, machine=machine)


def check(
    units: Sequence[TranslationUnit],
    termbase: Termbase | None = None,
    *,
    machine: bool = False,
) -> Verdict:
    """The findings of the units of one document, in order.

    What a unit lacks and another one has is no more than info: translators move facts to
    the sentence before or behind. A unit without a target is not judged.
    What a `machine` wrote is held to more (see `passes.MACHINE`), but for what a memory gave.
    """
    return judge([_unit(u, termbase, machine) for u in units if u.state != "initial"])


def _unit(unit: TranslationUnit, termbase: Termbase | None, machine: bool) -> Unit:
    langs = unit.source_lang, unit.target_lang
    texts = unit.source, unit.target
    ours, theirs = (read(*side, termbase) for side in zip(texts, langs, strict=True))
    written = machine and not unit.origin.startswith(_BY_PEOPLE)
    return Unit(unit.id, evidence(ours, theirs, langs, texts), machine=written)


# --- whole texts -------------------------------------------------------------------------


def check_texts(
    source: Article,
    target: Article,
    termbase: Termbase | None = None,
    *,
    machine: bool = False,
) -> Verdict:
    """The findings of an article and its translation; spans lie in the two articles' texts.

    Sentences are aligned by order, length and shared facts. A sentence that nothing stands
    for is a warning of its own, and its facts are not counted again: to leave a sentence out
    may be an editor's right, to change what it says is not. Labels that are borders (date
    line, byline, credit) are compared over the whole text, exactly as written. A title that
    the file states apart from the text is a passage without spans.
    """
    ours, theirs = labels.find_kept(source), labels.find_kept(target)
    here = _with_title(source, passages(source, ours, termbase), termbase)
    there = _with_title(target, passages(target, theirs, termbase), termbase)
    findings = _border_findings(source, target, ours, theirs)
    units: list[Unit] = []
    lost: list[Passage] = []
    for bead in align(here, there):
        sources, targets = _without_titles_of_more(bead)
        if sources and targets:
            units.append(replace(_joined(source, target, sources, targets), machine=machine))
        else:
            lost += sources
            findings += [_whole(p, source, lost=True) for p in sources]
            findings += [_whole(p, target, lost=False) for p in targets]
    findings += _much(here, lost)
    verdict = judge(units)
    return replace(verdict, findings=(*findings, *verdict.findings))


def _much(passages: Sequence[Passage], lost: Sequence[Passage]) -> list[Finding]:
    """An error where so much is missing that no editor left it out."""
    share = sum(p.length for p in lost) / max(1, sum(p.length for p in passages))
    if len(lost) < _FEW_LOST or share < _MUCH:
        return []
    expected, found = f"{len(passages)} sentences", f"{len(passages) - len(lost)} of them"
    return [Finding("text/omission", "error", None, expected, found, rule="much")]


def _joined(
    source: Article, target: Article, sources: Sequence[Passage], targets: Sequence[Passage]
) -> Unit:
    """The passages of a bead as one unit, each side as one text."""
    one, other = _place(source, sources), _place(target, targets)
    found = evidence(
        _facts_in(one, sources),
        _facts_in(other, targets),
        (source.lang, target.lang),
        (one.text, other.text),
    )
    return Unit(
        sources[0].id,
        found,
        one.start if one.shown else None,
        other.start if other.shown else None,
    )


def _facts_in(place: _Place, passages: Sequence[Passage]) -> list[Fact]:
    return [_moved(fact, -place.start) for passage in passages for fact in passage.facts]


@dataclass(frozen=True, slots=True)
class _Place:
    """Passages of one side: their text, and where it starts.

    A title that stands apart is no part of the article's text: its spans are not shown.
    """

    text: str
    start: int
    shown: bool


def _place(article: Article, side: Sequence[Passage]) -> _Place:
    title = article.metadata.title
    if side[0].id == _TITLE and title:
        return _Place(title, 0, shown=False)
    start, end = side[0].span.start, side[-1].span.end
    return _Place(article.text[start:end], start, shown=True)


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
    return report(border_evidence(source, target, ours, theirs), "")


def border_evidence(
    source: Article, target: Article, ours: tuple[Label, ...], theirs: tuple[Label, ...]
) -> Evidence:
    """The labels of two articles that stand in no sentence, compared."""
    langs = source.lang, target.lang
    return compare(evidence(border_facts(source, ours), border_facts(target, theirs), langs), FACTS)


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
