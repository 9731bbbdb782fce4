"""From evidence to findings: which code, how severe, by which rule; for all that is checked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from toolkit import package
from toolkit.checks.compare.basic_languages import is_spelled, is_unread
from toolkit.checks.compare.elsewhere import rescue
from toolkit.checks.compare.leftovers import changed
from toolkit.checks.compare.measures import MOST_BETWEEN
from toolkit.checks.compare.names import hear
from toolkit.checks.compare.values import NAMES
from toolkit.checks.evidence import Evidence, Fault, View
from toolkit.checks.guards import surface
from toolkit.checks.passes import MACHINE, compare
from toolkit.checks.reading import debris
from toolkit.checks.registry import kind_of, severity_of
from toolkit.errors import ToolkitError, UnsupportedError
from toolkit.facts import parse
from toolkit.lang import common
from toolkit.schema import Agreement, Fact, Finding, Severity, Span

_COUNTS = frozenset(("cardinal", "ordinal", "quantity", "duration"))


@dataclass(frozen=True, slots=True)
class Verdict:
    """What two texts do not share, and what they do."""

    findings: tuple[Finding, ...] = ()
    agreements: tuple[Agreement, ...] = ()


@dataclass(frozen=True, slots=True)
class Unit:
    """Two texts that are judged as one, and where each begins in what the reader has.

    None is a text that the reader does not have, as a title that stands apart: its spans are
    not shown.
    """

    id: str
    found: Evidence
    source_at: int | None = 0
    target_at: int | None = 0
    machine: bool = False  # a program wrote the target: it is held to more than a person

    def shown(self, finding: Finding) -> Finding:
        """The finding with spans in the reader's texts."""
        return replace(
            finding,
            source_span=_shifted(finding.source_span, self.source_at),
            target_span=_shifted(finding.target_span, self.target_at),
        )

    def shown_agreements(self, agreed: Sequence[Agreement]) -> Iterator[Agreement]:
        """The same of agreements; none where a text is not shown."""
        for agreement in agreed:
            source = _shifted(agreement.source_span, self.source_at)
            target = _shifted(agreement.target_span, self.target_at)
            if source and target:
                yield replace(agreement, source_span=source, target_span=target)


def _shifted(span: Span | None, by: int | None) -> Span | None:
    return None if span is None or by is None else Span(span.start + by, span.end + by)


def judge(units: Sequence[Unit]) -> Verdict:
    """All passes over the units of one document, and what comes of them, unit by unit.

    What a unit lacks and another one has is no more than info.
    """
    every = [compare(unit.found) for unit in units]
    rescue(every)
    hear(every)
    for unit in units:
        if unit.machine:
            compare(unit.found, MACHINE)
    findings: list[Finding] = []
    agreed: list[Agreement] = []
    for unit in units:
        found = (
            *_rubbish(unit.found, unit.id),
            *report(unit.found, unit.id),
            *_offered(unit.found, unit.id),
        )
        findings += map(unit.shown, found)
        agreed += unit.shown_agreements(agreements(unit.found, unit.id))
    return Verdict(tuple(findings), tuple(agreed))


def report(found: Evidence, unit_id: str, least: int = 1) -> list[Finding]:
    """The findings of one unit, in the order of its texts; `least` as in `changed`."""
    findings = []
    for fault in (*found.faults, *_leftovers(found, least)):
        one = None if fault.source is None else found.source.facts[fault.source]
        other = None if fault.target is None else found.target.facts[fault.target]
        severity = _severity(found, fault, one, other, least)
        if severity and not _is_told_behind(found, fault):
            findings.append(_finding(one, other, severity, fault.rule, unit_id))
    return sorted(findings, key=_place)


def _leftovers(found: Evidence, least: int) -> Iterator[Fault]:
    """What no pass has closed: pairs that stand for each other, then what stands alone."""
    pairs = changed(found, least)
    yield from (Fault(source, target, "changed") for source, target in pairs)
    for source in sorted(found.source.open - {source for source, _ in pairs}):
        yield Fault(source, None, "missing")
    for target in sorted(found.target.open - {target for _, target in pairs}):
        yield Fault(None, target, "added")


def _place(finding: Finding) -> tuple[bool, Span]:
    span = finding.source_span or finding.target_span or Span(0, 0)
    return finding.source_span is None, span


# --- severities --------------------------------------------------------------------------


def _severity(
    found: Evidence, fault: Fault, one: Fact | None, other: Fact | None, least: int
) -> Severity | None:
    """The rule's own; else the fact's, when it stands alone or became another."""
    fixed = severity_of(fault.rule)
    if one and other:
        severity = fixed or changed_severity(one, other)
        # A form that a basic pack knows may be another word: 22 of 1,007 right rows in Hindi.
        unsure = severity == "warning" and fault.rule == "changed" and one.kind in NAMES
        return "info" if unsure and (found.source.basic or found.target.basic) else severity
    if fault.rule in ("missing", "added") and _may_be_unread(found, one, other):
        # A number word that is nowhere, in a language of which all such words are known.
        # Two is also both, double, a pair, and the second half has a name of its own.
        many = one is not None and one.strength > 1 and (parse(one.values[0]) or 0) > 2
        return "warning" if many and _is_spelled(found, one) is False else None
    if fault.rule == "elsewhere" and _may_be_unread(found, one, other):
        return None  # what is not read here was hardly read there
    alone = missing_severity(one) if one else added_severity(other) if other else None
    if alone is None:
        return None
    places = zip(found.views(), (fault.source, fault.target), strict=True)
    if least == 1 and any(_is_none(view, at) for view, at in places):
        return "info"
    return fixed or alone


def changed_severity(one: Fact, other: Fact) -> Severity | None:
    strength = min(one.strength, other.strength)
    if one.kind in NAMES:
        return "error" if strength > 2 else "warning" if strength > 1 else None
    if one.kind in ("season", "relative"):
        return "warning" if strength > 1 else "info"
    if strength > 1:
        return "error" if strength > 2 else "warning"
    # "one" is an article in half of all languages: only a plain number beside it says more.
    # But who doubles does not do it four times.
    said = {one.values, other.values}
    plain = one.kind in _COUNTS and other.kind in _COUNTS and ("1",) not in said
    plain = plain and said != {("10",), ("12",)}  # a dozen is a десяток to most
    # Noon is no midnight, and a half no third.
    plain = plain or one.kind == other.kind in ("time", "fraction")
    return "warning" if plain else "info"


def missing_severity(fact: Fact) -> Severity | None:
    """How bad it is that the target does not have a fact; None is not at all."""
    if fact.kind == "label":
        return "error"
    if fact.kind in NAMES:
        return "warning" if fact.strength > 2 else "info" if fact.strength > 1 else None
    if fact.kind == "indefinite" or (fact.strength == 1 and fact.values == ("1",)):
        return None
    if fact.kind in ("date", "month", "weekday") and fact.strength < 3:
        return None  # a holiday by its name; a month or a day that only its stem tells
    if fact.values == ("1",) and fact.kind in _COUNTS:
        return "info"  # an article in other words: 1위, 1점
    if fact.values == ("0",) and fact.unit:
        return "info"  # from 0 to 100 km/h
    return "warning" if fact.strength > 2 else "info"


def added_severity(fact: Fact) -> Severity | None:
    """How bad it is that only the target has a fact: names may replace a pronoun."""
    if fact.kind == "label":
        return "warning"
    if fact.kind in NAMES:
        return "info" if fact.strength > 1 else None
    return missing_severity(fact)


def _is_none(view: View, at: int | None) -> bool:
    """A zero in a translation that a word may say as well: by 14 votes to none, but not 1-0."""
    if at is None or view.here.facts[at].values != ("0",):
        return False
    facts, here = view.here.facts, view.here.facts[at].span
    return all(
        fact.span.start - here.end > MOST_BETWEEN or here.start - fact.span.end > MOST_BETWEEN
        for fact in (*facts[max(0, at - 1) : at], *facts[at + 1 : at + 2])
    )


def _may_be_unread(found: Evidence, one: Fact | None, other: Fact | None) -> bool:
    """What stands on one side alone may stand there in a way that the pack cannot read.

    It is not listed: once for a language it is said what is not read (see `cli.options.basic`).
    """
    fact = one or other
    if fact is not None and fact.kind in NAMES:  # nor is what looks like a name in it surely one
        return (found.source.basic or found.target.basic) and is_unread(fact)
    side = found.target if one else found.source
    return fact is not None and side.basic and is_unread(fact)


def _is_spelled(found: Evidence, one: Fact | None) -> bool | None:
    """Whether the target has the source's number in words; None where nobody can say so."""
    target = found.target
    if one is None or not target.basic:
        return None
    said = is_spelled(one, target.text, target.lang)
    return said or (False if said is False and common(target.lang).spelled_whole else None)


def _is_told_behind(found: Evidence, fault: Fault) -> bool:
    """The first of "60 to 80 mm" has its unit from the second, which is reported."""
    source, target, rule = fault
    if rule != "unit" or source is None or target is None:
        return False
    one, other = found.source.facts[source], found.target.facts[target]
    return any(
        s == source + 1
        and t is not None
        and found.source.facts[s].unit == one.unit
        and found.target.facts[t].unit == other.unit
        and one.text[-1:].isdigit()
        for s, t, _ in found.faulty("unit")
    )


# --- records -----------------------------------------------------------------------------


def _rubbish(found: Evidence, unit_id: str) -> list[Finding]:
    """What no translator writes: debris that the source does not have, loops, other languages."""
    one, other = found.source, found.target
    rubble = [
        Finding("debris/addition", "error", unit_id or None, None, text, None, span, rule="debris")
        for text, span in debris(other.text)
        if text not in one.text
    ]
    return rubble + surface(one.text, other.text, one.lang, other.lang, unit_id or None)


def _offered(found: Evidence, unit_id: str) -> list[Finding]:
    """What checks of installed packages say (docs/plugins.md), under codes of their own."""
    findings: list[Finding] = []
    one, other = found.source, found.target
    for name in package.plugins("checks"):
        try:
            said = tuple(package.plugin("checks", name)(one.text, other.text, one.lang, other.lang))
        except ToolkitError:
            raise
        except Exception as exc:  # whatever a stranger's check does
            raise UnsupportedError(
                f"the check {name!r} of an installed package failed: {type(exc).__name__}: {exc}",
                hint="update or remove the package",
            ) from exc
        findings += (
            replace(
                finding,
                code=f"{name}/{finding.code.rpartition('/')[2]}",
                unit_id=unit_id or None,
                rule=finding.rule or name,
            )
            for finding in said
        )
    return findings


def agreements(found: Evidence, unit_id: str) -> list[Agreement]:
    """What was found on both sides; a fact of numbers or a name, and by which rule."""
    pairs: set[tuple[int, int, str]] = {*found.pairs}
    for source, target, rule in found.faulty("conversion"):
        if source is not None and target is not None:
            pairs.add((source, target, rule))
    return [
        Agreement(
            kind_of(found.source.facts[source].kind),
            unit_id,
            found.source.facts[source].span,
            found.target.facts[target].span,
            rule,
        )
        for source, target, rule in sorted(pairs)
    ]


def _finding(
    one: Fact | None, other: Fact | None, severity: Severity, rule: str, unit_id: str
) -> Finding:
    kind = next(kind_of(fact.kind) for fact in (one, other) if fact)
    how = "mistranslation" if one and other else "omission" if one else "addition"
    return Finding(
        f"{kind}/{how}",
        severity,
        unit_id or None,
        one.text if one else None,
        other.text if other else None,
        one.span if one else None,
        other.span if other else None,
        rule,
    )
