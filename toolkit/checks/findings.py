"""From matched facts to findings: which code, how severe, by which rule."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from toolkit.checks.conversion import MOST_BETWEEN
from toolkit.checks.guards import surface
from toolkit.checks.matching import NAMES, Match, changed
from toolkit.checks.reading import debris
from toolkit.checks.unread import may_be_words
from toolkit.schema import Agreement, Fact, Finding, Severity, Span, TranslationUnit

CODES = {
    "cardinal": "number",
    "ordinal": "number",
    "fraction": "number",
    "score": "number",
    "indefinite": "number",
    "code": "number",
    "duration": "quantity",
    "age": "quantity",
    "month": "date",
    "weekday": "date",
    "year": "date",
    "decade": "date",
    "century": "date",
    "season": "date",
    "relative": "date",
    "person": "name",
    "place": "name",
    "organisation": "name",
    "demonym": "name",
    "term": "name",
}

_COUNTS = frozenset(("cardinal", "ordinal", "quantity", "duration"))


@dataclass(frozen=True, slots=True)
class Verdict:
    """What two texts do not share, and what they do."""

    findings: tuple[Finding, ...] = ()
    agreements: tuple[Agreement, ...] = ()


def report(found: Match, unit_id: str, least: int = 1) -> list[Finding]:
    """The findings of one unit, in the order of its texts; `least` as in `changed`."""
    findings = [
        _finding(found.sources[s], found.targets[t], "error", rule, unit_id)
        for s, t, rule in found.conflicts
        if not _speaks_for(found, s, t)
    ]
    findings += [
        _finding(found.sources[s], found.targets[t], "info", rule, unit_id)
        for s, t, rule in found.converted
    ]
    findings += [
        _finding(
            found.sources[s],
            found.targets[t],
            "warning" if rule in ("order", "sign", "company") else "error",
            rule,
            unit_id,
        )
        for s, t, rule in found.swapped
    ]
    findings += [
        _finding(found.sources[s], found.targets[t], "warning", "name-by-sound", unit_id)
        for s, t in found.renamed
    ]
    for source, target in changed(found, least):
        one, other = found.sources[source], found.targets[target]
        severity = changed_severity(one, other)
        if severity:
            findings.append(_finding(one, other, severity, "changed", unit_id))
    for left in sorted(found.left | set(found.moved)):
        severity = missing_severity(found.sources[left])
        if severity:
            moved = left not in found.left
            rule = "elsewhere" if moved else "missing"
            severity = "info" if moved or _is_none(found.sources, left, least) else severity
            if found.unread[1] and not moved and may_be_words(found.sources[left]):
                severity, rule = "info", "words"
            findings.append(_finding(found.sources[left], None, severity, rule, unit_id))
    for added in sorted(found.added | set(found.came)):
        severity = added_severity(found.targets[added])
        if severity:
            moved = added not in found.added
            rule = "elsewhere" if moved else "added"
            severity = "info" if moved or _is_none(found.targets, added, least) else severity
            if found.unread[0] and not moved and may_be_words(found.targets[added]):
                severity, rule = "info", "words"
            findings.append(_finding(None, found.targets[added], severity, rule, unit_id))
    return sorted(findings, key=_place)


def _is_none(facts: Sequence[Fact], at: int, least: int) -> bool:
    """A zero in a translation that a word may say as well: by 14 votes to none, but not 1-0."""
    if least > 1 or facts[at].values != ("0",):
        return False
    here = facts[at].span
    return all(
        fact.span.start - here.end > MOST_BETWEEN or here.start - fact.span.end > MOST_BETWEEN
        for fact in (*facts[max(0, at - 1) : at], *facts[at + 1 : at + 2])
    )


def _speaks_for(found: Match, source: int, target: int) -> bool:
    """The first of "60 to 80 mm" has its unit from the second, which is reported."""
    one, other = found.sources[source], found.targets[target]
    return any(
        s == source + 1
        and found.sources[s].unit == one.unit
        and found.targets[t].unit == other.unit
        and one.text[-1:].isdigit()
        for s, t, _ in found.conflicts
    )


def _place(finding: Finding) -> tuple[bool, Span]:
    span = finding.source_span or finding.target_span or Span(0, 0)
    return finding.source_span is None, span


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


def rubbish(unit: TranslationUnit) -> list[Finding]:
    """What no translator writes: debris that the source does not have, loops, other languages."""
    found = [
        Finding("debris/addition", "error", unit.id or None, None, text, None, span, rule="debris")
        for text, span in debris(unit.target)
        if text not in unit.source
    ]
    langs = unit.source_lang, unit.target_lang
    return found + surface(unit.source, unit.target, *langs, unit.id or None)


def agreements(found: Match, unit_id: str) -> list[Agreement]:
    """What was found on both sides; a fact of numbers or a name, and by which rule."""
    pairs = sorted({*found.pairs, *found.converted})
    return [
        Agreement(
            code_kind(found.sources[s].kind),
            unit_id,
            found.sources[s].span,
            found.targets[t].span,
            rule,
        )
        for s, t, rule in pairs
    ]


def code_kind(kind: str) -> str:
    """The kind as findings name it."""
    return CODES.get(kind, kind)


def _finding(
    one: Fact | None, other: Fact | None, severity: Severity, rule: str, unit_id: str
) -> Finding:
    kinds: Iterable[Fact] = (fact for fact in (one, other) if fact)
    kind = code_kind(next(iter(kinds)).kind)
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
