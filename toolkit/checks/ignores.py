"""Findings that need not be reported: which, by whose word, and for what reason."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase

from toolkit import package
from toolkit.checks.registry import CODES
from toolkit.errors import UsageError
from toolkit.schema import Finding


@dataclass(frozen=True, slots=True)
class Ignore:
    """One rule: a finding that fits all it names is ignored.

    `code` is a code, a kind (`date`) or a pattern (`*/addition`); `file` a pattern of paths;
    the rest must be equal. `origin` says where the rule stands.
    """

    code: str
    reason: str = ""
    unit: str | None = None
    file: str | None = None
    expected: str | None = None
    found: str | None = None
    origin: str = ""

    def fits(self, finding: Finding, unit: str, file: str) -> bool:
        return (
            _fits_code(self.code, finding.code)
            and self.unit in (None, unit)
            and self.expected in (None, finding.expected)
            and self.found in (None, finding.found)
            and self.covers(file)
        )

    def covers(self, file: str) -> bool:
        """Whether the rule is for this file, by its path or the end of its path."""
        return self.file is None or (
            fnmatchcase(file, self.file) or fnmatchcase(file, f"*/{self.file}")
        )


def parse(text: str, origin: str) -> tuple[Ignore, ...]:
    """The rules of `date/*, number/omission the client's calendar`: codes, then a reason.

    Raises UsageError for what begins with no code that a finding can have.
    """
    codes: list[str] = []
    rest = text.strip()
    while (word := _WORD.match(rest)) and _known(word[1]):
        codes.append(word[1])
        rest = rest[word.end() :]
    if not codes:
        known_code(text.split(maxsplit=1)[0] if text.strip() else "")
    reason = rest.strip(" \t-–—:()")
    return tuple(Ignore(code, reason, origin=origin) for code in codes)


def known_code(code: str) -> str:
    """The code itself, if a finding can have it; UsageError names those there are."""
    if not _known(code):
        raise UsageError(f"no finding has the code {code!r}", hint=f"codes: {', '.join(CODES)}")
    return code


_WORD = re.compile(r"([\w*?]+(?:/[\w*?]+)?)(?:[\s,;]+|$)")


def _known(pattern: str) -> bool:
    if pattern.partition("/")[0] in package.plugins("checks"):
        return True
    return any(_fits_code(pattern, code) for code in CODES)


def _fits_code(pattern: str, code: str) -> bool:
    return fnmatchcase(code, pattern) or fnmatchcase(code.partition("/")[0], pattern)


class Ignores:
    """The rules of one run; knows which of them have been of use."""

    def __init__(self, rules: Iterable[Ignore]) -> None:
        self._rules = tuple(rules)
        self._used: set[int] = set()
        self._covering: set[int] = set()
        self._file = ""
        self._here: list[tuple[int, Ignore]] = []

    def open_file(self, file: str) -> None:
        """From here on, findings are of this file."""
        self._file = file
        self._here = [(n, rule) for n, rule in enumerate(self._rules) if rule.covers(file)]
        self._covering.update(n for n, _ in self._here)

    def part(
        self, findings: Sequence[Finding], unit: str, own: Sequence[Ignore] = ()
    ) -> tuple[tuple[Finding, ...], tuple[tuple[Finding, Ignore], ...]]:
        """The findings to report, and those to ignore with the rule that says so.

        `own` are the rules that the unit itself brings along; they come first.
        """
        if not own and not self._here:
            return tuple(findings), ()
        kept, ignored = [], []
        for finding in findings:
            rule = self._rule(finding, finding.unit_id or unit, own)
            if rule is None:
                kept.append(finding)
            else:
                ignored.append((finding, rule))
        return tuple(kept), tuple(ignored)

    def _rule(self, finding: Finding, unit: str, own: Sequence[Ignore]) -> Ignore | None:
        for rule in own:
            if rule.fits(finding, unit, self._file):
                return rule
        for number, rule in self._here:
            if rule.fits(finding, unit, self._file):
                self._used.add(number)
                return rule
        return None

    def unused(self) -> Iterator[Ignore]:
        """Rules for a file that was checked which nothing there did fit."""
        for number, rule in enumerate(self._rules):
            if number in self._covering and number not in self._used:
                yield rule
