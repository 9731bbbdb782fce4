"""What was read in two texts, and what became of each fact: for a person who asks why.

Made from facts and a verdict, off the path that checks take: each fact is looked up by its
span among the findings first, then among the agreements.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from toolkit import labels
from toolkit.checks.align.beads import Passage
from toolkit.checks.compare.names import HEARD
from toolkit.checks.compare.values import same_keys
from toolkit.checks.documents import (
    border_evidence,
    border_facts,
    check_pair,
    check_texts,
    passages,
)
from toolkit.checks.judge import Verdict, agreements, missing_severity
from toolkit.checks.reading import read
from toolkit.checks.registry import kind_of
from toolkit.schema import Agreement, Article, Fact, Finding, Span
from toolkit.terms import Termbase


@dataclass(frozen=True, slots=True)
class Reading:
    """A fact of one text, by which rule it was judged, and what stands for it in the other.

    `finding` is there where the two differ. Rules besides those of findings and agreements:
    `weak` (nobody is told when it is missing), `again` (said more than once, and matched
    there), `passed` (let pass with another fact, as another way to say the same).
    """

    fact: Fact
    rule: str
    partner: Span | None = None
    finding: Finding | None = None


@dataclass(frozen=True, slots=True)
class Explanation:
    """Every fact of a source and of a target, in their order, and the verdict on the two."""

    source: tuple[Reading, ...]
    target: tuple[Reading, ...]
    verdict: Verdict


def explain(
    source: str,
    target: str,
    source_lang: str,
    target_lang: str,
    termbase: Termbase | None = None,
    *,
    machine: bool = False,
) -> Explanation:
    """How `check_pair` comes to its verdict."""
    verdict = check_pair(source, target, source_lang, target_lang, termbase, machine=machine)
    ours, theirs = read(source, source_lang, termbase), read(target, target_lang, termbase)
    return _explained(
        _with_heard(ours, source, _source_spans(verdict)),
        _with_heard(theirs, target, _target_spans(verdict)),
        verdict,
    )


def explain_texts(
    source: Article,
    target: Article,
    termbase: Termbase | None = None,
    *,
    machine: bool = False,
) -> Explanation:
    """How `check_texts` comes to its verdict; spans lie in the two articles' texts."""
    ours, theirs = labels.find_kept(source), labels.find_kept(target)
    outer = border_facts(source, ours), border_facts(target, theirs)
    verdict = check_texts(source, target, termbase, machine=machine)
    here = _all_facts(outer[0], passages(source, ours, termbase))
    there = _all_facts(outer[1], passages(target, theirs, termbase))
    explained = _explained(
        _with_heard(here, source.text, _source_spans(verdict)),
        _with_heard(there, target.text, _target_spans(verdict)),
        replace(
            verdict,
            agreements=(
                *verdict.agreements,
                *agreements(border_evidence(source, target, ours, theirs), ""),
            ),
        ),
    )
    return replace(explained, verdict=verdict)


def _all_facts(outer: Iterable[Fact], inner: Iterable[Passage]) -> tuple[Fact, ...]:
    inside = (fact for passage in inner for fact in passage.facts)
    return tuple(sorted((*outer, *inside), key=lambda fact: fact.span))


def _with_heard(
    facts: tuple[Fact, ...], text: str, spans: Iterable[tuple[Span | None, str]]
) -> tuple[Fact, ...]:
    """The facts of a text, and the names that only comparing has told (see `names`)."""
    known = {fact.span for fact in facts}
    heard = (
        Fact("name", (text[slice(*span)],), span, text[slice(*span)], strength=2)
        for span, rule in spans
        if span is not None and span not in known and rule in HEARD
    )
    return tuple(sorted((*facts, *heard), key=lambda fact: fact.span))


def _source_spans(verdict: Verdict) -> list[tuple[Span | None, str]]:
    agreed = [(a.source_span, a.rule) for a in verdict.agreements]
    return [*agreed, *((f.source_span, f.rule) for f in verdict.findings)]


def _target_spans(verdict: Verdict) -> list[tuple[Span | None, str]]:
    agreed = [(a.target_span, a.rule) for a in verdict.agreements]
    return [*agreed, *((f.target_span, f.rule) for f in verdict.findings)]


def _explained(
    sources: tuple[Fact, ...], targets: tuple[Fact, ...], verdict: Verdict
) -> Explanation:
    agreed = verdict.agreements
    return Explanation(
        _readings(
            sources,
            [(f.source_span, f.target_span, f) for f in verdict.findings],
            [(a.source_span, a.target_span, a) for a in agreed],
        ),
        _readings(
            targets,
            [(f.target_span, f.source_span, f) for f in verdict.findings],
            [(a.target_span, a.source_span, a) for a in agreed],
        ),
        verdict,
    )


def _readings(
    facts: tuple[Fact, ...],
    findings: Iterable[tuple[Span | None, Span | None, Finding]],
    agreed: Iterable[tuple[Span, Span, Agreement]],
) -> tuple[Reading, ...]:
    findings = list(findings)
    whole = [(here, f) for here, _, f in findings if here and f.kind == "sentence"]
    alone = Counter(fact.span for fact in facts)
    wrong: dict[tuple[Span | None, str], tuple[Span | None, Finding]] = {}
    right: dict[tuple[Span | None, str], tuple[Span, str]] = {}
    for here, there, finding in findings:
        wrong[here, finding.kind] = wrong[here, ""] = there, finding
    for here, there, agreement in agreed:
        right[here, agreement.kind] = right[here, ""] = there, agreement.rule
    # Of two facts in one place (May: a month, a name) each has its own; a fact that is alone
    # in its place may be known by the kind of the other side.
    keys = [(fact.span, "" if alone[fact.span] == 1 else kind_of(fact.kind)) for fact in facts]
    said = {
        key
        for fact, place in zip(facts, keys, strict=True)
        if place in right
        for key in same_keys(fact)
    }
    readings = []
    for fact, place in zip(facts, keys, strict=True):
        if place in wrong:
            partner, finding = wrong[place]
            readings.append(Reading(fact, finding.rule, partner, finding))
        elif place in right:
            other, rule = right[place]
            readings.append(Reading(fact, rule, other))
        elif lost := _sentence_of(fact, whole):
            readings.append(Reading(fact, lost.rule, None, lost))
        elif missing_severity(fact) is None:
            readings.append(Reading(fact, "weak"))
        else:
            again = any(key in said for key in same_keys(fact))
            readings.append(Reading(fact, "again" if again else "passed"))
    return tuple(readings)


def _sentence_of(fact: Fact, whole: Iterable[tuple[Span, Finding]]) -> Finding | None:
    return next(
        (f for span, f in whole if span.start <= fact.span.start and fact.span.end <= span.end),
        None,
    )
