"""`check`: does a translation say the same figures, dates, names and labels?"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from toolkit.cli import options
from toolkit.cli.console import (
    command,
    complain,
    count,
    findings_code,
    note,
    paint,
    put,
    put_json,
    tally_line,
)
from toolkit.errors import InputError, UsageError

if TYPE_CHECKING:
    from toolkit.schema import FailOn, Finding, Severity, Span
    from toolkit.terms import Termbase

_COLOURS = {"error": "31", "warning": "33", "info": "36"}


def register(app: typer.Typer) -> None:
    command(app)(check)


def check(
    source: Annotated[
        str | None,
        typer.Argument(metavar="SOURCE", help="The original; - for stdin.", show_default=False),
    ] = None,
    target: Annotated[
        str | None,
        typer.Argument(metavar="TARGET", help="Its translation; - for stdin.", show_default=False),
    ] = None,
    lang: options.Lang = None,
    source_lang: options.SourceLang = None,
    pairs: Annotated[
        str | None,
        typer.Option(
            "--pairs",
            metavar="FILE",
            help='JSON lines {"id", "source", "target", "lang"} instead of two files; - for stdin.',
            show_default=False,
        ),
    ] = None,
    terms: options.Terms = None,
    level: options.Level = "warning",
    fail_on: options.Fail = "error",
    as_json: options.Json = False,
    quiet: options.Quiet = False,
) -> int:
    """Check that a translation says the same figures, dates, names and labels."""
    from toolkit import config

    for code in (lang, source_lang):
        if code is not None:
            options.known(code)
    termbase = config.open_terms(config.load_settings(Path.cwd()), terms or [])
    if pairs is not None:
        if source is not None:
            raise UsageError("--pairs takes the place of SOURCE and TARGET: give one or the other")
        return _check_pairs(pairs, source_lang or "en", lang, termbase, fail_on)
    if source is None or target is None or lang is None:
        raise UsageError(
            "check needs SOURCE, TARGET and --lang, or --pairs FILE",
            hint="for example: toolkit check article.txt article.ko.txt --lang ko",
        )
    return _check_files(
        (source, source_lang), (target, lang), termbase, level, fail_on, as_json, quiet
    )


def _check_files(
    source: tuple[str, str | None],
    target: tuple[str, str],
    termbase: Termbase,
    level: Severity,
    fail_on: FailOn,
    as_json: bool,
    quiet: bool,
) -> int:
    from toolkit import checks, formats
    from toolkit.formats import jsonl

    original = formats.read_one(source[0], lang=source[1])
    translation = formats.read_one(target[0], lang=target[1])
    verdict = checks.check_texts(original, translation, termbase)
    found = Counter(finding.severity for finding in verdict.findings)
    if as_json:
        put_json(
            {
                "source": source[0],
                "target": target[0],
                "lang": translation.lang,
                "verified": len(verdict.agreements),
                "findings": [jsonl.finding(finding) for finding in verdict.findings],
            }
        )
    else:
        _show(verdict.findings, original.text, translation.text, level)
    if not quiet:
        note(f"{count(len(verdict.agreements), 'fact')} verified, {tally_line(found)}")
    return findings_code(found, fail_on)


def _check_pairs(
    path: str, source_lang: str, lang: str | None, termbase: Termbase, fail_on: FailOn
) -> int:
    """One answer per row, in order; a row that cannot be read is answered with its error."""
    from toolkit import checks
    from toolkit.formats import jsonl

    found: Counter[Severity] = Counter()
    failed = False
    for pair in jsonl.read_pairs(path, source_lang, lang):
        if isinstance(pair, InputError):
            complain(pair)
            failed = True
            put(json.dumps({"id": None, "error": pair.message}, ensure_ascii=False))
            continue
        verdict = checks.check_pair(
            pair.source, pair.target, pair.source_lang, pair.target_lang, termbase
        )
        found.update(finding.severity for finding in verdict.findings)
        answer = {"id": pair.id, "findings": [jsonl.finding(f) for f in verdict.findings]}
        put(json.dumps(answer, ensure_ascii=False))
    return InputError.exit_code if failed else findings_code(found, fail_on)


def _show(findings: Iterable[Finding], source: str, target: str, level: Severity) -> None:
    from toolkit.schema import SEVERITIES

    for finding in findings:
        if SEVERITIES.index(finding.severity) < SEVERITIES.index(level):
            continue
        put(f"{paint(finding.severity, _COLOURS[finding.severity])}  {finding.code}")
        put(f"  expected  {finding.expected or '-'}")
        put(f"  found     {finding.found or '-'}")
        if finding.source_span:
            put(f"  source    {_excerpt(source, finding.source_span)}")
        if finding.target_span:
            put(f"  target    {_excerpt(target, finding.target_span)}")


def _excerpt(text: str, span: Span, around: int = 40) -> str:
    """The span between marks, with a little of its line on both sides."""
    start = max(span.start - around, text.rfind("\n", 0, span.start) + 1)
    line_end = text.find("\n", span.end)
    end = min(span.end + around, len(text) if line_end < 0 else line_end)
    inside = text[span.start : span.end].replace("\n", " ")
    return f"{text[start : span.start]}⟪{inside}⟫{text[span.end : end]}"
