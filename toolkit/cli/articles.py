"""`summarize` and `translate`: articles in, results out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from toolkit.cli import options
from toolkit.cli.choosing import Choice
from toolkit.cli.console import Progress, command, count, findings_code, note, tally_line
from toolkit.errors import ToolkitError, UsageError

if TYPE_CHECKING:
    from toolkit.runs import Tally
    from toolkit.schema import FailOn, Plan, Result

# So many files are named at the end.
_NAMED = 5


def register(app: typer.Typer) -> None:
    for body in (summarize, translate):
        command(app)(body)


def summarize(
    *,
    sources: options.Sources,
    lang: options.Langs = None,
    summaries: options.Summaries,
    terms: options.Terms = None,
    choice: Choice,
    form: options.OutFormat = "md",
    out: options.OutDir = None,
    fail_on: options.Fail = "error",
    as_json: options.Json = False,
) -> int:
    """Summarise articles, in their own language and in each --lang."""
    plan = summaries.plan(options.langs(lang), translate=False)
    return Job(plan, sources, terms, fail_on, choice).write("json" if as_json else form, out)


def translate(
    *,
    sources: options.Sources,
    lang: options.Langs = None,
    terms: options.Terms = None,
    choice: Choice,
    form: options.OutFormat = "md",
    out: options.OutDir = None,
    fail_on: options.Fail = "error",
    as_json: options.Json = False,
) -> int:
    """Translate articles, keep their labels, check their facts."""
    from toolkit.schema import Plan

    plan = Plan(langs=options.langs(lang), length=None)
    if not plan.langs:
        raise UsageError("translate into what?", hint="for example: toolkit translate --lang ko")
    return Job(plan, sources, terms, fail_on, choice).write("json" if as_json else form, out)


@dataclass(frozen=True, slots=True)
class Job:
    """What a command line asks for, before anything is opened."""

    plan: Plan
    sources: options.Sources
    terms: list[Path] | None
    fail_on: FailOn
    choice: Choice

    def write(self, form: options.Format, out: Path | None) -> int:
        """Each article's result as soon as it is whole; what cannot be done is named."""
        from toolkit import config, formats, pipeline, runs
        from toolkit.formats import Unreadable, layout, outputs

        quiet = self.choice.quiet
        settings = self.choice.settings(config.load_settings(Path.cwd()), self.terms)
        tally = runs.Tally()
        written: list[Path] = []
        langs = set(self.plan.langs)

        def results(progress: Progress) -> Iterator[Result]:
            for item in self.sources.read(settings, out):
                try:
                    if isinstance(item, Unreadable):
                        raise item.error
                    result = pipeline.process(item, self.plan, engine, termbase)
                except ToolkitError as exc:
                    tally.fail(item.source, exc)
                    progress.tell(item.source, exc)
                else:
                    tally.count(result)
                    langs.add(result.article.lang)
                    progress.tell(item.source)
                    if not quiet and form in outputs.TEXTS:
                        for lang, lines in layout.found(result):
                            for line in lines:
                                note(f"{item.source}: {lang}: {line}")
                    yield result

        with (
            self.choice.opened(settings, self.plan.summarizer) as engine,
            Progress(quiet) as progress,
        ):
            termbase = config.open_terms(settings)

            def failed(source: str, error: ToolkitError) -> None:
                tally.fail(source, error)
                progress.tell(source, error)

            copied = outputs.COPIES.get(form)
            paths = self.sources.chosen(settings)
            originals = (
                formats.originals(
                    paths,
                    copied[0],
                    encoding=self.sources.encoding,
                    without=[out] if out else [],
                )
                if copied
                else {}
            )
            outputs.write(results(progress), form, out, originals, failed, written.append)
        if not quiet:
            for line in options.basic(langs):
                note(line)
            if by := list(told(tally)):
                note("; ".join([*by, tally_line(tally.findings)]))
            if out is not None:
                note(_wrote(written, out))
        return exit_code(tally, self.fail_on)


def _wrote(written: list[Path], out: Path) -> str:
    """What lies in the folder now, by name if it is not too much to read."""
    names = [path.name for path in written[:_NAMED]]
    more = f", and {len(written) - _NAMED} more" if len(written) > _NAMED else ""
    return f"wrote {count(len(written), 'file')} to {out}: {', '.join(names)}{more}"


def told(tally: Tally) -> Iterator[str]:
    """Who wrote what: nobody shall take a memory for a model, or the article for an engine."""
    if tally.written:
        own = f"{count(tally.extracted, 'sentence')} of the article's own"
        by_engine = f"{count(tally.written - tally.extracted, 'sentence')} by an engine"
        said = [by_engine] * (tally.written > tally.extracted) + [own] * (tally.extracted > 0)
        yield f"summaries: {', '.join(said)}"
    if tally.origins:
        yield "translations: " + ", ".join(
            f"{count(number, 'sentence')} from {origin}"
            if origin != "source"
            else f"{count(number, 'sentence')} already in the language asked for"
            for origin, number in tally.origins.most_common()
        )


def exit_code(tally: Tally, fail_on: FailOn) -> int:
    """The reason of the first failure; else 7 where texts and facts do not match."""
    if tally.failures:
        return tally.failures[0].exit_code
    return findings_code(tally.findings, fail_on)
