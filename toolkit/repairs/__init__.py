"""From answers to units, with remedies for what the checks and guards find, cheapest first.

    another hypothesis   the one with the fewest findings among those the engine gave
    asked again          with `Request.attempt` 1 and 2; sentence by sentence where one was
                         lost, around its labels where one was
    put right            a number, date, time or name of the source written into its place
    a second engine      for errors that are left
    left untranslated    a loop or another language is not shown: the source text is

What was put right by writing into the text stays a warning, so that somebody looks at it.

All that is asked again of an article is asked in one call. A remedy stays only if the unit's
findings weigh less with it, in the whole document. Human translations are never changed.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from toolkit import segmentation, translation
from toolkit.checks import Verdict, check, guards
from toolkit.checks.reading import read
from toolkit.errors import ToolkitError
from toolkit.protocols import Engine
from toolkit.repairs.rendering import NO_NUMBER, rewrite
from toolkit.repairs.safety import may_write
from toolkit.schema import Fact, Finding, Hypothesis, Request, Span, TranslationUnit
from toolkit.terms import Termbase
from toolkit.translation import Passage

__all__ = ["repair", "weight"]

Check = Callable[[Sequence[TranslationUnit]], Verdict]

# What one finding weighs. Nothing to read is worse than three wrong facts that are marked.
_WEIGHTS = {"error": 100, "warning": 30, "info": 1}
_NOTHING_TO_READ = 400
_FLAGGED = _WEIGHTS["warning"]
_WORDS = 2  # strength of number words, and of names that only CLDR knows
_COUNTED = frozenset(f"{kind}/omission" for kind in ("number", "quantity", "money", "percent"))
_PIECE = 3  # digits
_ATTEMPTS = 2
_MOST_SLIPS = 8
_MOST_UNDONE = 3
# What people wrote.
_HUMAN = ("memory", "review", "source")
_ORDINALS = ("second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")


def repair(
    sources: Sequence[Passage],
    asked: Sequence[Request],
    answers: Sequence[Hypothesis | None],
    lang: str,
    engine: Engine,
    termbase: Termbase | None = None,
    *,
    check: Check | None = None,
    second: Engine | None = None,
) -> tuple[tuple[TranslationUnit, ...], Verdict]:
    """One unit per passage as `translation.units` makes them, repaired, and what is left.

    `check` judges the units of the document (`checks.check` with the termbase, unless
    another is given); `second` is asked for what the first engine leaves wrong. Where
    nothing is found, nothing is asked. Raises ModelMissing as `translation.units` does.
    """
    first = translation.units(sources, asked, answers, lang)
    desk = _Desk(check or _checked(termbase), termbase, list(first))
    if asked:
        cases = [
            _Case(at, passage, request, answer)
            for at, (passage, request, answer) in enumerate(
                zip(sources, asked, answers, strict=True)
            )
            if answer is not None and not answer.origin.startswith(_HUMAN)
        ]
        desk.cases = {case.at: case for case in cases}
    desk.judge()
    if any(desk.flagged()):
        for remedy in (_hypotheses, _again, _put_right, _second_engine):
            remedy(desk, second if remedy is _second_engine else engine)
            if not any(desk.flagged()):
                break
        _undo(desk)
        _withdraw(desk)
    written = tuple(_to_look_at(desk))
    verdict = replace(desk.verdict, findings=(*desk.verdict.findings, *written))
    return tuple(desk.units), verdict


_PUT_RIGHT = re.compile(r"(\w+) put right: (.*) → (.*)", re.DOTALL)
_CODES = {"month": "date", "weekday": "date", "year": "date", "duration": "quantity"}


def weight(findings: Iterable[Finding]) -> int:
    """How bad findings are together."""
    return sum(
        _NOTHING_TO_READ if _is_unreadable(finding) else _WEIGHTS[finding.severity]
        for finding in findings
    )


def _is_unreadable(finding: Finding) -> bool:
    """Whether there is nothing of a translation in a target."""
    # A few words kept as they were stand in a text that can be read.
    whole = finding.severity == "error" and finding.rule != "kept"
    return whole and finding.code.startswith("text/")


@dataclass(frozen=True, slots=True)
class _Case:
    """A unit that may be repaired: its place, and all there is to ask for it again."""

    at: int
    passage: Passage
    request: Request
    answer: Hypothesis


@dataclass(slots=True)
class _Desk:
    """The units of a document as they are by now, and what is found in them."""

    check: Check
    termbase: Termbase | None
    units: list[TranslationUnit]
    cases: dict[int, _Case] = field(default_factory=dict)
    verdict: Verdict = field(default_factory=Verdict)
    found: list[list[Finding]] = field(default_factory=list)
    first: list[tuple[TranslationUnit, int]] = field(default_factory=list)

    def judge(self) -> None:
        self.verdict, self.found = self.judged(self.units)
        if not self.first:
            self.first = list(zip(self.units, map(weight, self.found), strict=True))

    def judged(self, units: Sequence[TranslationUnit]) -> tuple[Verdict, list[list[Finding]]]:
        """The verdict on units, and the findings of each."""
        verdict = self.check(units)
        places = {unit.id: at for at, unit in enumerate(units)}
        found: list[list[Finding]] = [[] for _ in units]
        for finding in verdict.findings:
            if finding.unit_id in places:
                found[places[finding.unit_id]].append(finding)
        for at, unit in enumerate(units):
            if at in self.cases:
                found[at] = [*self._strict(unit, found[at]), *self._own(unit)]
        known = [finding for findings in found for finding in findings]
        rest = [finding for finding in verdict.findings if finding.unit_id not in places]
        return Verdict((*known, *rest), verdict.agreements), found

    def _strict(self, unit: TranslationUnit, found: list[Finding]) -> list[Finding]:
        """Programs translate sentence by sentence: what another one says excuses nothing, and
        a name that only the target has stands for no pronoun.
        """
        doubtful = [f for f in found if f.rule == "elsewhere" or f.code == "name/addition"]
        if all(f.severity != "info" for f in doubtful):
            return found
        strong = {
            (side, fact.span)
            for side, text, lang in (
                ("source", unit.source, unit.source_lang),
                ("target", unit.target, unit.target_lang),
            )
            for fact in read(text, lang, self.termbase)
            if fact.strength > _WORDS
        }
        return [
            replace(f, severity="warning")
            if f in doubtful
            and {("source", f.source_span), ("target", f.target_span)} & strong
            and f.severity == "info"
            else f
            for f in found
        ]

    def judged_alone(self, unit: TranslationUnit) -> list[Finding]:
        return [*self.check((unit,)).findings, *self._own(unit)]

    def _own(self, unit: TranslationUnit) -> list[Finding]:
        if unit.state == "initial":
            return [guards.untranslated(unit, "no answer")]
        return guards.content(unit)

    def flagged(self) -> Iterator[_Case]:
        for at, case in self.cases.items():
            if weight(self.found[at]) >= _FLAGGED:
                yield case

    def offer(self, options: dict[int, list[TranslationUnit]]) -> None:
        """Take of each unit's options the one with the fewest findings, the first of equals."""
        for turn in range(max(map(len, options.values()), default=0)):
            trial = list(self.units)
            for at, units in options.items():
                if turn < len(units):
                    trial[at] = units[turn]
            verdict, found = self.judged(trial)
            better = [
                at
                for at in options
                if trial[at] != self.units[at] and weight(found[at]) < weight(self.found[at])
            ]
            if better:
                for at in better:
                    self.units[at] = trial[at]
                if self.units == trial:
                    self.verdict, self.found = verdict, found
                else:
                    self.judge()


def _checked(termbase: Termbase | None) -> Check:
    return lambda units: check(units, termbase, machine=True)


# --- other answers -----------------------------------------------------------------------


def _hypotheses(desk: _Desk, _: Engine | None) -> None:
    """Another hypothesis of the same answer."""
    desk.offer(
        {
            case.at: [
                unit
                for number, text in enumerate(case.answer.alternatives)
                if (unit := _unit(case, text, case.answer.origin, f"{_ordinal(number)} hypothesis"))
            ]
            for case in desk.flagged()
        }
    )


def _ordinal(number: int) -> str:
    return _ORDINALS[number] if number < len(_ORDINALS) else f"{number + 2}th"


def _unit(case: _Case, text: str, origin: str, *remedies: str) -> TranslationUnit | None:
    """A unit of another text; None if that lost a label, too."""
    made = translation.unit(case.passage, case.request, Hypothesis(text, origin))
    return None if made.state == "initial" else replace(made, remedies=remedies)


def _again(desk: _Desk, engine: Engine | None) -> None:
    """Other answers of the engine: asked again, and in parts where parts were lost."""
    for attempt in range(1, _ATTEMPTS + 1):
        words = "asked again" if attempt == 1 else f"asked again, attempt {attempt}"
        cases = list(desk.flagged())
        parts = [_parts(case, desk.found[case.at]) if attempt == 1 else None for case in cases]
        _ask(desk, engine, cases, attempt, words, parts)


def _second_engine(desk: _Desk, engine: Engine | None) -> None:
    """Answers of another engine, where errors are left."""
    cases = [c for c in desk.flagged() if weight(desk.found[c.at]) >= _WEIGHTS["error"]]
    _ask(desk, engine, cases, 0, "second engine", [None] * len(cases))


@dataclass(frozen=True, slots=True)
class _Parts:
    """A passage in pieces, each asked for by itself, and what lies between them."""

    words: str
    passages: tuple[Passage, ...]
    requests: tuple[Request, ...]
    between: tuple[str, ...]  # before the first, between them, behind the last


def _ask(
    desk: _Desk,
    engine: Engine | None,
    cases: Sequence[_Case],
    attempt: int,
    words: str,
    parts: Sequence[_Parts | None],
) -> None:
    """Ask for all cases in one call, and offer what is answered."""
    if engine is None or not cases:
        return
    requests = [replace(case.request, attempt=attempt) for case in cases]
    pieces = [request for part in parts if part for request in part.requests]
    try:
        answers = translation.ask(engine, requests + pieces)
    except ToolkitError:
        return  # it answered before, and that answer is still here
    rest = iter(answers[len(cases) :])
    options: dict[int, list[TranslationUnit]] = {}
    for case, answer, part in zip(cases, answers, parts, strict=False):
        offered: list[TranslationUnit | None] = []
        if part:
            offered.append(_joined(case, part, [next(rest) for _ in part.requests]))
        if answer is not None:
            if answer.finished:
                offered.append(_unit(case, answer.text, answer.origin, words))
            offered += [
                _unit(case, text, answer.origin, words, f"{_ordinal(number)} hypothesis")
                for number, text in enumerate(answer.alternatives)
            ]
        options[case.at] = [unit for unit in offered if unit]
    desk.offer(options)


def _parts(case: _Case, found: Sequence[Finding]) -> _Parts | None:
    """Sentence by sentence where content is lost; around the labels where one was."""
    if not any(finding.code.startswith("text/") for finding in found):
        return None
    passage = case.passage
    lang = case.request.source_lang
    sentences = segmentation.split(passage.text, lang, passage.labels)
    if len(sentences) > 1:
        return _cut(case, "asked sentence by sentence", sentences)
    lost = any(f.code == "text/untranslated" and f.rule == "no answer" for f in found)
    if lost and passage.labels:
        return _cut(case, "asked around its labels", tuple(_around(passage)))
    return None


def _around(passage: Passage) -> Iterator[Span]:
    """What of a passage is words, between its labels and the marks beside them."""
    at = 0
    for label in (*passage.labels, Span(len(passage.text), len(passage.text))):
        start, end = at, label.start
        while start < end and not passage.text[start].isalnum():
            start += 1
        while end > start and passage.text[end - 1].isspace():
            end -= 1
        if end > start:
            yield Span(start, end)
        at = label.end


def _cut(case: _Case, words: str, spans: Sequence[Span]) -> _Parts | None:
    passage, request = case.passage, case.request
    pieces = tuple(
        Passage(
            f"{passage.id}.{number}",
            passage.text[span.start : span.end],
            passage.paragraph,
            tuple(
                Span(label.start - span.start, label.end - span.start)
                for label in passage.labels
                if span.start <= label.start and label.end <= span.end
            ),
        )
        for number, span in enumerate(spans, 1)
    )
    if not pieces:
        return None
    starts = (0, *(span.end for span in spans))
    ends = (*(span.start for span in spans), len(passage.text))
    between = tuple(passage.text[a:b] for a, b in zip(starts, ends, strict=True))
    asked = translation.requests(pieces, request.source_lang, request.target_lang)
    return _Parts(words, pieces, asked, between)


def _joined(
    case: _Case, parts: _Parts, answers: Sequence[Hypothesis | None]
) -> TranslationUnit | None:
    """One unit of the answers to the parts; None if one is missing."""
    units = [
        translation.unit(passage, request, answer)
        for passage, request, answer in zip(parts.passages, parts.requests, answers, strict=True)
        if answer is not None
    ]
    if len(units) < len(parts.requests) or any(unit.state == "initial" for unit in units):
        return None
    texts = (unit.target for unit in units)
    target = parts.between[0] + "".join(
        text + gap for text, gap in zip(texts, parts.between[1:], strict=True)
    )
    whole = translation.unit(case.passage, replace(case.request, keep=()), case.answer)
    return replace(
        whole, target=target, state="translated", origin=units[0].origin, remedies=(parts.words,)
    )


# --- values put right --------------------------------------------------------------------


def _put_right(desk: _Desk, _: Engine | None) -> None:
    """Values of the source in the place of wrong ones, one by one, as far as each helps."""
    options: dict[int, list[TranslationUnit]] = {}
    for case in desk.flagged():
        unit = desk.units[case.at]
        if unit.state == "initial":
            continue
        judged = desk.judged_alone(unit)
        tried: set[tuple[Span, str]] = set()
        for _turn in range(_MOST_SLIPS):
            step = next(_slips(unit, judged, tried, desk.termbase), None)
            if step is None:
                break
            found = desk.judged_alone(step)
            if weight(found) < weight(judged):
                unit, judged = step, found
        if unit != desk.units[case.at]:
            options[case.at] = [unit]
    desk.offer(options)


def _slips(
    unit: TranslationUnit,
    found: Sequence[Finding],
    tried: set[tuple[Span, str]],
    termbase: Termbase | None,
) -> Iterator[TranslationUnit]:
    """The unit with one wrong value put right, for each that can be and was not tried."""
    decoded = html.unescape(unit.target)
    entities = Span(0, 0), "entities"
    if (
        decoded != unit.target
        and html.unescape(unit.source) == unit.source
        and entities not in tried
    ):
        tried.add(entities)
        yield replace(unit, target=decoded, remedies=(*unit.remedies, "entities decoded"))
    ours = {fact.span: fact for fact in read(unit.source, unit.source_lang, termbase)}
    theirs = {fact.span: fact for fact in read(unit.target, unit.target_lang, termbase)}
    for source, target in _aligned(found):
        if target not in theirs and unit.target[target.start : target.end] == NO_NUMBER:
            theirs[target] = Fact("cardinal", ("0",), target, NO_NUMBER)
        right, wrong = ours.get(source), theirs.get(target)
        if right is None or wrong is None or (source, wrong.text) in tried:
            continue
        if _is_piece(unit.source, right) or _is_piece(unit.target, wrong):
            continue
        tried.add((source, wrong.text))
        if wrong.text != NO_NUMBER and not may_write(unit, wrong, right, found):
            continue
        made = rewrite(unit.target, unit.target_lang, wrong, right, termbase)
        if made is not None and made != unit.target:
            yield replace(unit, target=made, remedies=(*unit.remedies, _said(unit, wrong, made)))


def _is_piece(text: str, fact: Fact) -> bool:
    """Digits beside others, as in a telephone number: alone they are no value."""
    digits = re.sub(r"\s", "", fact.text)
    if not digits.isdigit() or len(digits) < _PIECE:
        return False
    before, behind = text[: fact.span.start], text[fact.span.end :]
    return bool(re.match(r" \d", behind) or re.search(r"\d $", before))


def _aligned(found: Sequence[Finding]) -> Iterator[tuple[Span, Span]]:
    """Places of the two texts in which the same should be said."""
    for finding in found:
        if finding.source_span and finding.target_span and finding.severity != "info":
            yield finding.source_span, finding.target_span
    broken = [f.target_span for f in found if f.found == NO_NUMBER and f.target_span]
    numbers = [f.source_span for f in found if f.code in _COUNTED and f.source_span]
    if len(broken) == len(numbers) == 1:
        yield numbers[0], broken[0]
    for kind in sorted({finding.kind for finding in found}):
        lost = [f.source_span for f in found if f.code == f"{kind}/omission" and f.source_span]
        added = [f.target_span for f in found if f.code == f"{kind}/addition" and f.target_span]
        if len(lost) == len(added) == 1:
            yield lost[0], added[0]


def _said(unit: TranslationUnit, wrong: Fact, made: str) -> str:
    """What was put right: `number put right: 1,000 → 10,000`."""
    start, rest = wrong.span.start, len(unit.target) - wrong.span.end
    new = made[start : len(made) - rest].strip()
    kinds = {"cardinal": "number", "ordinal": "number", "person": "name", "place": "name"}
    return f"{kinds.get(wrong.kind, wrong.kind)} put right: {wrong.text} → {new}"


def _to_look_at(desk: _Desk) -> Iterator[Finding]:
    """A warning for each value that was written into a text."""
    for number in desk.cases:
        unit = desk.units[number]
        for remedy in unit.remedies if unit.state != "initial" else ():
            if said := _PUT_RIGHT.fullmatch(remedy):
                code = f"{_CODES.get(said[1], said[1])}/mistranslation"
                at = unit.target.find(said[3])
                place = Span(at, at + len(said[3])) if at >= 0 else None
                yield Finding(code, "warning", unit.id, said[3], said[2], None, place, "put-right")


# --- at the end --------------------------------------------------------------------------


def _undo(desk: _Desk) -> None:
    """Take back what in the whole document did not help its unit after all."""
    for _turn in range(_MOST_UNDONE):
        worse = [
            at
            for at, (unit, was) in enumerate(desk.first)
            if desk.units[at] != unit and weight(desk.found[at]) >= was
        ]
        if not worse:
            return
        for at in worse:
            desk.units[at] = desk.first[at][0]
        desk.judge()


def _withdraw(desk: _Desk) -> None:
    """Show the source where the target is no translation at all."""
    changed = False
    for case in list(desk.flagged()):
        unit = desk.units[case.at]
        bad = [f for f in desk.found[case.at] if _is_unreadable(f)]
        if unit.state == "initial" or not bad:
            continue
        remedies = (*unit.remedies, f"left untranslated: {bad[0].code}")
        desk.units[case.at] = replace(unit, target=unit.source, state="initial", remedies=remedies)
        changed = True
    if changed:
        desk.judge()
