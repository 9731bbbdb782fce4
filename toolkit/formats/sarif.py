"""SARIF 2.1.0, in which code hosts and editors take the findings of a checker.

OASIS, Static Analysis Results Interchange Format Version 2.1.0, errata 01 (2023). Written as a
stream: results first come, first written.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from toolkit import __version__
from toolkit.formats.pairs import Extent
from toolkit.schema import Severity, digest

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
LEVELS: dict[Severity, str] = {"error": "error", "warning": "warning", "info": "note"}
# The name of our fingerprint; its number changes when what it is made of does.
FINGERPRINT = "toolkitFinding/v1"
_HELP = (
    "Correct the translation. If it is right as it stands, accept the finding: where the file "
    "has notes, in a note of the unit (toolkit: accept CODE reason), else in an [[ignore]] table "
    "of toolkit.toml."
)
# A log that names every line of a file that is none would be larger than the file.
_MOST_FAILURES = 100


@dataclass(frozen=True, slots=True)
class Rule:
    """A code, in words."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Suppression:
    """By whose word a result is not to be shown; `inside` the file itself, or outside it."""

    inside: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Result:
    """One finding: what, where, and what it is recognised by when lines move.

    `traits` are what makes it this finding and no other; `place` is None where the file does
    not tell lines.
    """

    code: str
    severity: Severity
    message: str
    path: str
    unit: str
    place: Extent | None
    traits: tuple[str, ...]
    rule: str = ""
    suppressed: Suppression | None = None


class Log:
    """One run, written as its results come; `close` ends the document."""

    def __init__(self, put: Callable[[str], object], rules: Iterable[Rule]) -> None:
        self._put = put
        rules = tuple(rules)
        self._index = {rule.id: number for number, rule in enumerate(rules)}
        self._empty = True
        self._failures: list[str] = []
        self._failed = 0
        driver = {
            "name": "toolkit",
            "semanticVersion": __version__,
            "rules": [
                {
                    "id": rule.id,
                    "shortDescription": {"text": rule.text},
                    "fullDescription": {"text": rule.text},
                    "help": {"text": _HELP},
                    "properties": {"tags": ["translation", rule.id.partition("/")[0]]},
                }
                for rule in rules
            ],
        }
        put(
            f'{{"$schema": {_json(SCHEMA)}, "version": "2.1.0", "runs": [{{"tool": '
            f'{_json({"driver": driver})}, "columnKind": "unicodeCodePoints", "results": ['
        )

    def add(self, result: Result) -> None:
        self._put(("\n" if self._empty else ",\n") + _json(self._result(result)))
        self._empty = False

    def fail(self, message: str) -> None:
        """Something could not be read or checked."""
        self._failed += 1
        if len(self._failures) < _MOST_FAILURES:
            self._failures.append(message)

    def close(self) -> None:
        if self._failed > len(self._failures):
            self._failures.append(f"and {self._failed - len(self._failures):,} more")
        invocation: dict[str, Any] = {"executionSuccessful": not self._failed}
        if self._failures:
            invocation["toolExecutionNotifications"] = [
                {"level": "error", "message": {"text": message}} for message in self._failures
            ]
        self._put(f'\n], "invocations": [{_json(invocation)}]}}]}}\n')

    def _result(self, result: Result) -> dict[str, Any]:
        physical: dict[str, Any] = {"artifactLocation": {"uri": _uri(result.path)}}
        if place := result.place:
            physical["region"] = {
                "startLine": place.line,
                "startColumn": place.column,
                "endLine": place.end_line,
                "endColumn": place.end_column,
            }
        location: dict[str, Any] = {"physicalLocation": physical}
        if result.unit:
            location["logicalLocations"] = [{"name": result.unit, "kind": "resource"}]
        data: dict[str, Any] = {
            "ruleId": result.code,
            "level": LEVELS[result.severity],
            "message": {"text": result.message},
            "locations": [location],
            "partialFingerprints": {FINGERPRINT: digest(result.code, result.unit, *result.traits)},
            "properties": {"rule": result.rule},
        }
        if result.code in self._index:
            data["ruleIndex"] = self._index[result.code]
        if said := result.suppressed:
            data["suppressions"] = [
                {"kind": "inSource" if said.inside else "external", "justification": said.reason}
            ]
        return data


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _uri(path: str) -> str:
    """Relative to the folder of the run where it lies below, as code hosts want it."""
    if path == "-":
        return "stdin"
    given = Path(path)
    if given.is_absolute() and not given.is_relative_to(Path.cwd()):
        return given.as_uri()
    if given.is_absolute():
        given = given.relative_to(Path.cwd())
    # A name that is no text is written by its bytes, as Python reads it.
    return quote(given.as_posix(), errors="surrogateescape")
