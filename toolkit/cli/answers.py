"""What `check` found, said three ways: to people, as JSON, as SARIF."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from toolkit.cli.console import paint, put, put_json

if TYPE_CHECKING:
    from toolkit.checks import Explanation, Reading
    from toolkit.checks.batches import Checked
    from toolkit.checks.ignores import Ignore
    from toolkit.errors import ToolkitError
    from toolkit.formats.pairs import Extent, Pair
    from toolkit.schema import Finding, Severity, Span

_COLOURS = {"error": "31", "warning": "33", "info": "36"}


@dataclass(frozen=True, slots=True)
class Answer:
    """All there is to say about one pair, or about two whole texts (`source_file`)."""

    file: str
    pair: Pair
    findings: tuple[Finding, ...]
    ignored: tuple[tuple[Finding, Ignore], ...]
    checked: Checked
    source_file: str = ""


@dataclass(frozen=True, slots=True)
class Failure:
    """What could not be read or checked; the message names file and line."""

    file: str
    line: int
    unit: str | None
    error: ToolkitError


class Answers(Protocol):
    """One form of the output, from the first answer to the end."""

    def tell(self, answer: Answer) -> None: ...
    def fail(self, failure: Failure) -> None: ...
    def end(self) -> None: ...


def place_of(answer: Answer, finding: Finding) -> Extent | None:
    """Where a finding stands in the file: its own words, else where they are missed.

    That is the whole translation of a pair, or in a whole text behind the last thing that is
    said before.
    """
    from toolkit.formats.pairs import extent

    pair = answer.pair
    if finding.target_span:
        return extent(pair.places, *finding.target_span)
    if not answer.source_file:
        return extent(pair.places, 0, len(pair.target))
    before = finding.source_span.start if finding.source_span else 0
    at = max((there for here, there in answer.checked.anchors if here < before), default=0)
    return extent(pair.places, at, at)


def shown(severity: Severity, level: Severity) -> bool:
    from toolkit.schema import SEVERITIES

    return SEVERITIES.index(severity) >= SEVERITIES.index(level)


class Text:
    """For people: where, what, expected and found, both places in their sentences, why."""

    def __init__(self, level: Severity) -> None:
        self._level = level
        self._first = True

    def tell(self, answer: Answer) -> None:
        if answer.checked.explanation:
            self._part()
            for line in explained(answer, answer.checked.explanation):
                put(line)
        for finding in answer.findings:
            if shown(finding.severity, self._level):
                self._part()
                for line in _report(answer, finding):
                    put(line)

    def fail(self, failure: Failure) -> None:
        pass  # who reads this reads what is said on standard error, too

    def end(self) -> None:
        pass

    def _part(self) -> None:
        if not self._first:
            put("")
        self._first = False


def _report(answer: Answer, finding: Finding) -> Iterator[str]:
    from toolkit.checks import registry

    pair = answer.pair
    place = place_of(answer, finding)
    where = f"{answer.file}:{place.line}:{place.column}" if place else answer.file
    if not place and pair.line:
        where += f":{pair.line}"
    unit = finding.unit_id or pair.id
    severity = paint(finding.severity, _COLOURS[finding.severity])
    yield f"{where}: {severity}: {finding.code}" + (f"  (unit {unit})" if unit else "")
    if finding.kind != "sentence":
        yield f"  expected  {finding.expected or '-'}"
        yield f"  found     {finding.found or '-'}"
    if finding.source_span or not finding.unit_id:
        yield f"  source    {excerpt(pair.source, finding.source_span)}"
    if finding.target_span or not finding.unit_id:
        yield f"  target    {excerpt(pair.target, finding.target_span)}"
    yield f"  why       {registry.describe(finding.code)}: {registry.why(finding.rule)}"


def explained(answer: Answer, explanation: Explanation) -> Iterator[str]:
    """Every fact of both sides: how it was read, what stands for it, by which rule."""
    pair = answer.pair
    where = f"{answer.file}:{pair.line}" if pair.line else answer.file
    yield f"{where}" + (f"  (unit {pair.id})" if pair.id else "")
    for side, text, readings, other in (
        ("source", pair.source, explanation.source, pair.target),
        ("target", pair.target, explanation.target, pair.source),
    ):
        if not answer.source_file:
            yield f"  {side}    {_line(text)}"
        else:
            yield f"  {side}"
        for reading in readings:
            yield f"    {_reading(reading, other)}"
        if not readings:
            yield "    no facts"


def _reading(reading: Reading, other: str) -> str:
    from toolkit.checks import registry

    fact = reading.fact
    strength = {1: "weak", 2: "in words", 3: "strong"}[fact.strength]
    read_as = [" or ".join(fact.values), fact.unit, strength]
    if fact.certainty != "exact":
        read_as.append(fact.certainty.replace("_", " "))
    partner = f"⟪{_line(other[slice(*reading.partner)])}⟫" if reading.partner else "nothing"
    sign = {True: "=", False: "≠"}[not reading.finding] if reading.partner else "–"
    said = f"{fact.kind:<12} {_line(fact.text)}  [{', '.join(filter(None, read_as))}]"
    verdict = f"{reading.finding.severity} {reading.finding.code}, " if reading.finding else ""
    return f"{said}  {sign} {partner}  {verdict}{reading.rule}: {registry.why(reading.rule)}"


def excerpt(text: str, span: Span | None, around: int = 40) -> str:
    """The span between marks, with a little of its line on both sides."""
    if span is None:
        return _line(text if len(text) < 5 * around else text[: 5 * around] + "…")
    before = text[: span.start].rpartition("\n")[2]
    after = text[span.end :].partition("\n")[0]
    if len(before) > around:
        before = "…" + before[-around:].partition(" ")[2]
    if len(after) > around:
        after = after[:around].rpartition(" ")[0] + "…"
    return f"{before}⟪{_line(text[span.start : span.end])}⟫{after}"


def _line(text: str) -> str:
    return " ".join(text.split())


class Json:
    """For programs: a line per pair, in order; of two whole texts one object."""

    def __init__(self, *, files: bool = False) -> None:
        # Which file a row is of is said where there are several.
        self._files = files

    def tell(self, answer: Answer) -> None:
        from toolkit.formats import jsonl

        pair = answer.pair
        findings = [jsonl.finding(finding) for finding in answer.findings]
        row: dict[str, Any]
        if answer.source_file:
            row = {
                "source": answer.source_file,
                "target": answer.file,
                "lang": pair.target_lang,
                "verified": answer.checked.verified,
                "findings": findings,
            }
        else:
            row = {**self._file(answer.file), "id": pair.id, "line": pair.line}
            row |= {"document": pair.document} if pair.document else {}
            row |= {"lang": pair.target_lang, "findings": findings}
        if answer.ignored:
            row["ignored"] = [
                {**jsonl.finding(finding), "by": rule.origin or "file", "reason": rule.reason}
                for finding, rule in answer.ignored
            ]
        if answer.checked.explanation:
            row["facts"] = {
                "source": [_fact(reading) for reading in answer.checked.explanation.source],
                "target": [_fact(reading) for reading in answer.checked.explanation.target],
            }
        if answer.source_file:
            put_json(row)
        else:
            put(jsonl.dump(row))

    def fail(self, failure: Failure) -> None:
        from toolkit.formats import jsonl

        row: dict[str, Any] = {
            **self._file(failure.file),
            "id": failure.unit,
            "line": failure.line or None,
        }
        row["error"] = failure.error.message
        put(jsonl.dump(row))

    def end(self) -> None:
        pass

    def _file(self, file: str) -> dict[str, str]:
        return {"file": file} if self._files else {}


def _fact(reading: Reading) -> dict[str, Any]:
    from toolkit.schema import encode

    finding = reading.finding
    return {
        **encode(reading.fact),
        "partner": encode(reading.partner),
        "rule": reading.rule,
        "code": finding.code if finding else None,
    }


class Sarif:
    """For code hosts: each finding at its line and column."""

    def __init__(self, level: Severity) -> None:
        from toolkit.checks import registry
        from toolkit.formats import sarif

        self._level = level
        rules = (sarif.Rule(code, _sentence(registry.describe(code))) for code in registry.CODES)
        self._log = sarif.Log(sys.stdout.write, rules)

    def tell(self, answer: Answer) -> None:
        from toolkit.formats import sarif

        all_findings: list[tuple[Finding, Ignore | None]] = [(f, None) for f in answer.findings]
        seen: Counter[tuple[str, ...]] = Counter()
        for finding, rule in (*all_findings, *answer.ignored):
            traits = (answer.pair.document, finding.expected or "", finding.found or "")
            seen[finding.code, finding.unit_id or "", *traits] += 1
            number = seen[finding.code, finding.unit_id or "", *traits]
            if not shown(finding.severity, self._level):
                continue
            self._log.add(
                sarif.Result(
                    finding.code,
                    finding.severity,
                    _message(answer, finding),
                    answer.file,
                    finding.unit_id or answer.pair.id,
                    place_of(answer, finding),
                    (*traits, str(number)) if number > 1 else traits,
                    finding.rule,
                    sarif.Suppression(not rule.origin, rule.reason) if rule else None,
                )
            )

    def fail(self, failure: Failure) -> None:
        self._log.fail(failure.error.message)

    def end(self) -> None:
        self._log.close()


def _message(answer: Answer, finding: Finding) -> str:
    from toolkit.checks import registry

    said = _sentence(registry.describe(finding.code))
    if finding.expected and finding.found:
        said += f" Expected “{_line(finding.expected)}”, found “{_line(finding.found)}”:"
    else:
        said += f" “{_line(finding.expected or finding.found or '')}”:"
    said += f" {registry.why(finding.rule)}."
    if finding.source_span and not answer.source_file:
        said += f"\nSource: {excerpt(answer.pair.source, finding.source_span)}"
    return said


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:] + "."
