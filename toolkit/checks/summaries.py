"""A summary held against its article: all it says must stand there; what it leaves out may."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from toolkit import labels, terms
from toolkit.checks.compare.leftovers import SAME_KIND
from toolkit.checks.compare.values import NAMES, NUMERIC, numbers
from toolkit.checks.evidence import Evidence, evidence
from toolkit.checks.judge import Verdict, agreements, report
from toolkit.checks.passes import FACTS, compare
from toolkit.checks.reading import read
from toolkit.checks.registry import kind_of
from toolkit.facts import counts, parse
from toolkit.schema import Article, Fact, Finding, Severity, Span, Summary, SummarySentence
from toolkit.terms import Termbase


def check_summary(summary: Summary, article: Article, termbase: Termbase | None = None) -> Verdict:
    """What a summary says that its article does not; what it leaves out is never a finding.

    Each sentence is held first against the passage it was made from, then against the whole
    article. `unit_id` is `summary1`, `summary2`, …; source spans lie in `Article.text`,
    target spans in the sentence.
    """
    whole = _Whole(article, read(article.text, article.lang, termbase, labels.find_kept(article)))
    verdicts = [
        whole.judge(f"summary{number}", sentence, summary.lang, termbase)
        for number, sentence in enumerate(summary.sentences, 1)
    ]
    return Verdict(
        tuple(finding for verdict in verdicts for finding in verdict.findings),
        tuple(agreement for verdict in verdicts for agreement in verdict.agreements),
    )


@dataclass(frozen=True, slots=True)
class _Whole:
    """An article and all its facts, against which each sentence is held."""

    article: Article
    facts: tuple[Fact, ...]

    def judge(
        self, unit_id: str, sentence: SummarySentence, lang: str, termbase: Termbase | None
    ) -> Verdict:
        said = read(sentence.text, lang, termbase)
        near = [f for f in self.facts if _overlaps(f.span, sentence.span)]
        found = self._compare(near, said, lang)
        # What the passage does not have, the article may; what still is left over stands
        # for something that the passage says, or comes from nowhere.
        rest = found.target.left()
        elsewhere = self._compare(self.facts, [said[n] for n in rest], lang)
        agreed = (*agreements(found, unit_id), *agreements(elsewhere, unit_id))
        unlike = {fault.target for fault in elsewhere.faulty("unit")}
        found.target.open = {
            rest[n]
            for n in range(len(rest))
            if (n in elsewhere.target.open or n in unlike)
            and not _rounds(said[rest[n]], self.facts)
            and not _written_apart(said[rest[n]], self.article.text)
        }
        found.faults[:] = [
            fault
            for fault in found.faults
            if fault.rule != "unit" or not self._has(said[fault.target or 0], lang)
        ]
        new = self._new(said, (found, elsewhere), rest, lang)
        # A translator may add a "two" that the source means; a summary has only what its
        # article says.
        firm = {fact.span for fact in said if fact.strength == 2 and fact.kind not in NAMES}
        firm |= {fact.span for fact in new}
        mine = [
            replace(f, severity="warning") if f.target_span in firm and _is_only_added(f) else f
            for f in report(found, unit_id, SAME_KIND)
            if not f.code.endswith("/omission") and f.rule != "order"
        ]
        told = {finding.target_span for finding in mine}
        mine += [
            _added(fact.span, kind_of(fact.kind), "warning", sentence.text, unit_id)
            for fact in new
            if fact.span not in told
        ]
        if lang == self.article.lang:
            known = [fact.span for fact in said]
            mine += [
                _added(span, "name", "info", sentence.text, unit_id)
                for span in terms.find_strangers(sentence.text, self.article.text, lang, known)
            ]
        return Verdict(tuple(mine), agreed)

    def _compare(self, facts: Sequence[Fact], said: Sequence[Fact], lang: str) -> Evidence:
        return compare(evidence(facts, said, (self.article.lang, lang)), FACTS)

    def _has(self, wanted: Fact, lang: str) -> bool:
        found = self._compare(self.facts, [wanted], lang)
        return not found.target.open and not any(found.faulty("unit"))

    def _new(
        self,
        said: Sequence[Fact],
        compared: tuple[Evidence, Evidence],
        rest: Sequence[int],
        lang: str,
    ) -> list[Fact]:
        """Small words that the article does not have, in a summary in its own language."""
        if lang != self.article.lang:
            return []
        found, elsewhere = compared
        agree = {pair.target for pair in found.pairs if pair.rule != "value"}
        agree |= {rest[pair.target] for pair in elsewhere.pairs if pair.rule != "value"}
        return [
            fact
            for n, fact in enumerate(said)
            if n not in agree and _is_weak_and_new(fact, self.facts, lang)
        ]


def _is_weak_and_new(said: Fact, facts: Sequence[Fact], lang: str) -> bool:
    """Whether a word that proves little in a translation is not in the article at all.

    A first is no one, a fourth seed not the four of 6-4, and one year not the one of a goal.
    """
    if said.kind == "relative":
        return not any(said.values == fact.values for fact in facts)
    if said.kind == "ordinal" and said.strength == 1:
        return not any(said.values[0] in f.values for f in facts if f.kind == "ordinal")
    if said.kind == "ordinal" and said.strength == 2:
        alike = [n for n, f in enumerate(facts) if not set(said.values).isdisjoint(numbers(f))]
        return all(_is_in_score(facts, n) for n in alike)
    return (
        said.kind == "duration"
        and said.strength == 1
        and counts(said, lang)
        and not any(said.values[0] in fact.values and fact.unit == said.unit for fact in facts)
    )


def _is_in_score(facts: Sequence[Fact], at: int) -> bool:
    """Whether one sign lies between a number and the next or the one before: 6-4."""
    return facts[at].kind in ("score", "cardinal") and any(
        facts[n].kind in ("score", "cardinal") and facts[n + 1].span.start == facts[n].span.end + 1
        for n in (at - 1, at)
        if 0 <= n < len(facts) - 1
    )


def _is_only_added(finding: Finding) -> bool:
    return finding.severity == "info" and finding.rule == "added"


def _added(span: Span, kind: str, severity: Severity, text: str, unit_id: str) -> Finding:
    said = text[span.start : span.end]
    return Finding(f"{kind}/addition", severity, unit_id, None, said, None, span, "added")


def _rounds(said: Fact, facts: Sequence[Fact]) -> bool:
    """A summary's "more than 100" for 116 in the article, "about 30" for 28.

    A tenth for "about", a quarter above for "more than": what journalists round away.
    """
    number = parse(said.values[0]) if said.kind in NUMERIC and said.values else None
    if said.certainty == "exact" or not number:
        return False
    low, high = {
        "at_least": (number, number * 5 / 4),
        "at_most": (number * 3 / 4, number),
    }.get(said.certainty, (number * 9 / 10, number * 11 / 10))
    return any(
        fact.unit == said.unit
        and fact.kind in NUMERIC
        and (value := parse(fact.values[0])) is not None
        and low <= value <= high
        for fact in facts
    )


def _written_apart(said: Fact, text: str) -> bool:
    """Whether a text has a number in pieces: 40,000 as "40, 000", as layouts leave it."""
    number = re.search(r"\d+(?:[.,]\d+)+", said.text)
    if number is None:
        return False
    pieces = r"\s?([.,])\s?".join(re.split("[.,]", number.group()))
    marks = re.findall("[.,]", number.group())
    return any(
        list(place.groups()) == marks
        for place in re.finditer(rf"(?<![\d.,]){pieces}(?![\d]|[.,]\d)", text)
    )


def _overlaps(span: Span, other: Span) -> bool:
    return span.start < other.end and other.start < span.end
