"""`check`: does a translation say the same figures, dates, names and labels?"""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from toolkit.cli import completions, options
from toolkit.cli.answers import Answer, Answers, Failure, Json, Sarif, Text
from toolkit.cli.console import Progress, command, complain, count, findings_code, note, tally_line
from toolkit.errors import InputError, ToolkitError, UsageError

if TYPE_CHECKING:
    from toolkit.checks.batches import Checked
    from toolkit.checks.ignores import Ignore, Ignores
    from toolkit.formats.bitexts import Item
    from toolkit.formats.pairs import Pair
    from toolkit.schema import FailOn, Severity
    from toolkit.terms import Termbase

Form = Literal["text", "json", "sarif"]


def register(app: typer.Typer) -> None:
    command(app)(check)


def check(
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="PATH",
            help="SOURCE and TARGET (with --lang), or bilingual files (.xlf .tmx .csv .jsonl); "
            "- for stdin.",
            show_default=False,
        ),
    ] = None,
    lang: options.Lang = None,
    source_lang: options.SourceLang = None,
    pairs: Annotated[
        str | None,
        options.given(
            "--pairs",
            "FILE",
            'JSON lines {"id", "source", "target", "lang"}, answered in JSON lines.',
        ),
    ] = None,
    terms: options.Terms = None,
    ignore: Annotated[
        list[str] | None,
        options.given(
            "--ignore",
            "CODE",
            "Count, but do not report: a code, a kind, or a pattern such as '*/addition'.",
            autocompletion=completions.findings,
        ),
    ] = None,
    level: options.Level = "warning",
    fail_on: options.Fail = "error",
    form: Annotated[
        Form | None,
        typer.Option(
            "--format",
            help="Form of the output. Default: text; with --pairs, json.",
            show_default=False,
        ),
    ] = None,
    as_json: options.Json = False,
    explain: Annotated[
        bool, typer.Option("--explain", help="Show every fact, how it was read, and its match.")
    ] = False,
    machine: Annotated[
        bool,
        typer.Option(
            "--machine",
            help="A program translated: look for a lost 'not', 'allegedly', quotation, too.",
        ),
    ] = False,
    jobs: Annotated[
        int, typer.Option("--jobs", min=1, metavar="N", help="Processes to check with.")
    ] = 1,
    quiet: options.Quiet = False,
) -> int:
    """Check that a translation keeps figures, dates, names, labels."""
    from toolkit import config
    from toolkit.checks.ignores import Ignores, parse

    lang = lang and options.known(lang)
    source_lang = source_lang and options.known(source_lang)
    files = _files(paths or [], pairs, lang)
    if as_json and form not in (None, "json"):
        raise UsageError(f"--json is short for --format json: give it or --format {form}")
    form = form or ("json" if as_json or pairs is not None else "text")
    if explain and form == "sarif":
        raise UsageError("--explain is for people and programs: --format text or json")
    settings = config.load_settings(Path.cwd())
    job = _Job(
        config.open_terms(settings, terms or []),
        Ignores([*(i for c in ignore or () for i in parse(c, "--ignore")), *settings.ignore]),
        settings.origin.parent if settings.origin else Path.cwd(),
        source_lang,
        lang,
        explain,
        machine,
        jobs,
    )
    answers = _answers(form, level, several=len(files) > 1)
    tally = _Tally()
    try:
        # Beside findings on the same terminal, a line that counts would only be in the way.
        with Progress(quiet or sys.stdout.isatty(), thing="pair") as progress:
            for file, item, done in _checked(files, job, rows=pairs is not None):
                error = _tell(file, item, done, job.ignores, answers, tally)
                # Of two texts the failure itself says which.
                name = file if isinstance(file, str) else ""
                progress.tell(f"{name}:{item.line}" if done else name, error)
    except ToolkitError as error:
        answers.fail(Failure("", 0, None, error))
        answers.end()
        raise
    answers.end()
    if not quiet:
        for line in options.basic(tally.langs):
            note(line)
        texts = isinstance(files[0], tuple)
        if tally.units or not texts:
            note(tally.line(texts=texts))
        for rule in job.ignores.unused() if level == "info" else ():
            note(f"info: {rule.origin} ignored nothing: {rule.code} {rule.reason}".rstrip())
    return tally.code(fail_on)


def _answers(form: Form, level: Severity, *, several: bool) -> Answers:
    if form == "sarif":
        return Sarif(level)
    return Json(files=several) if form == "json" else Text(level)


File = str | tuple[str, str]


def _files(paths: Sequence[str], pairs: str | None, lang: str | None) -> list[File]:
    """The bilingual files to check, or the one source with its target."""
    from toolkit.formats.bitexts import SUFFIXES

    if pairs is not None:
        if paths:
            raise UsageError("--pairs takes the place of SOURCE and TARGET: give one or the other")
        return [pairs]
    suffixes = {Path(path).suffix.lower() for path in paths}
    bilingual = bool(paths) and suffixes <= set(SUFFIXES)
    # Two files of JSON lines may be two articles: with --lang they are, as all others are.
    if len(paths) == 2 and lang and not (bilingual and suffixes - {".jsonl", ".ndjson"}):
        return [(paths[0], paths[1])]
    if bilingual or paths == ["-"]:
        return list(paths)
    raise UsageError(
        "check needs SOURCE, TARGET and --lang, or bilingual files, or --pairs FILE",
        hint="for example: toolkit check article.txt article.ko.txt --lang ko\n"
        f"bilingual files: {', '.join(SUFFIXES)}",
    )


@dataclass(frozen=True, slots=True)
class _Job:
    """All that is the same for every file of a run."""

    termbase: Termbase
    ignores: Ignores
    root: Path  # what the paths of `ignore` rules are relative to
    source_lang: str | None
    lang: str | None
    explain: bool
    machine: bool
    jobs: int


def _checked(
    files: Sequence[File], job: _Job, *, rows: bool
) -> Iterator[tuple[File, Item, Checked | None]]:
    from toolkit.checks.batches import check_pairs
    from toolkit.formats import bitexts
    from toolkit.formats.pairs import BadRow

    for file in files:
        job.ignores.open_file(_relative(file if isinstance(file, str) else file[1], job.root))
        if isinstance(file, tuple):
            try:
                yield file, *_texts(file, job)
            except InputError as error:
                yield file, BadRow(0, error), None
            continue
        items = bitexts.read(file, job.source_lang, job.lang, rows=rows)
        for item, done in check_pairs(
            items, job.termbase, jobs=job.jobs, explained=job.explain, machine=job.machine
        ):
            yield file, item, done


def _relative(path: str, root: Path) -> str:
    return Path(os.path.relpath(path, root)).as_posix() if path != "-" else path


def _texts(file: tuple[str, str], job: _Job) -> tuple[Pair, Checked]:
    """Two whole articles as one pair, checked passage by passage."""
    from toolkit import checks, formats
    from toolkit.checks.batches import Checked
    from toolkit.formats.encodings import decode
    from toolkit.formats.pairs import Pair, places_in

    original = formats.read_one(file[0], lang=job.source_lang)
    translation = formats.read_one(file[1], lang=job.lang)
    explanation = None
    if job.explain:
        explanation = checks.explain_texts(original, translation, job.termbase, machine=job.machine)
    verdict = (
        explanation.verdict
        if explanation
        else checks.check_texts(original, translation, job.termbase, machine=job.machine)
    )
    written = translation.text if file[1] == "-" else decode(Path(file[1]).read_bytes())
    pair = Pair(
        "",
        original.text,
        translation.text,
        original.lang,
        translation.lang,
        places=places_in(written, translation.text),
    )
    anchors = sorted((a.source_span.start, a.target_span.end) for a in verdict.agreements)
    return pair, Checked(verdict.findings, len(anchors), explanation, anchors=tuple(anchors))


@dataclass(slots=True)
class _Tally:
    """What a run came to."""

    units: int = 0
    skipped: int = 0
    bad: int = 0
    verified: int = 0
    worst: int = 0
    found: Counter[Severity] = field(default_factory=Counter)
    ignored: Counter[str] = field(default_factory=Counter)
    langs: set[str] = field(default_factory=set)

    def line(self, *, texts: bool) -> str:
        parts = [] if texts else [count(self.units, "pair") + " checked"]
        if self.skipped:
            parts.append(f"{self.skipped:,} skipped (no translation)")
        if self.bad:
            parts.append(f"{self.bad:,} not checked")
        parts += [f"{count(self.verified, 'fact')} verified", tally_line(self.found)]
        if self.ignored:
            by = ", ".join(f"{number:,} {self._by(name)}" for name, number in self.ignored.items())
            parts.append(f"{self.ignored.total():,} ignored ({by})")
        return ", ".join(parts)

    @staticmethod
    def _by(name: str) -> str:
        return name if name == "in the file" else f"by {name}"

    def code(self, fail_on: FailOn) -> int:
        return self.worst or findings_code(self.found, fail_on)


def _tell(
    file: File,
    item: Item,
    done: Checked | None,
    ignores: Ignores,
    answers: Answers,
    tally: _Tally,
) -> ToolkitError | None:
    """Count and answer one item; the error, if that is what it is."""
    from toolkit.formats.pairs import BadRow, Pair

    name = file if isinstance(file, str) else file[1]
    error = item.error if isinstance(item, BadRow) else done.error if done else None
    if error:
        tally.bad += 1
        tally.worst = max(tally.worst, error.exit_code)
        answers.fail(Failure(name, item.line, item.id, error))
    elif not isinstance(item, Pair) or done is None:
        tally.skipped += 1
    else:
        kept, ignored = ignores.part(done.findings, item.id, _own(item, name))
        tally.units += 1
        tally.langs.update((item.source_lang, item.target_lang))
        tally.verified += done.verified
        tally.found.update(finding.severity for finding in kept)
        tally.ignored.update(rule.origin or "in the file" for _, rule in ignored)
        source = file[0] if isinstance(file, tuple) else ""
        answers.tell(Answer(name, item, kept, ignored, done, source))
    return error


def _own(pair: Pair, file: str) -> Sequence[Ignore]:
    """What the unit itself accepts; a code that is none is said, and accepts nothing."""
    from toolkit.checks.ignores import parse

    rules: list[Ignore] = []
    for text in pair.accepts:
        try:
            rules += parse(text, "")
        except UsageError as error:
            complain(error, f"{file}:{pair.line}: accept")
    return rules
