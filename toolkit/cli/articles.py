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
    from toolkit.config import Settings
    from toolkit.formats import Unreadable
    from toolkit.runs import Tally
    from toolkit.schema import Article, FailOn, Plan, Result


def register(app: typer.Typer) -> None:
    for body in (summarize, translate):
        command(app)(body)


def summarize(
    paths: options.Paths = None,
    lang: options.Langs = None,
    sentences: options.Sentences = None,
    words: options.Words = None,
    characters: options.Characters = None,
    method: options.Way = "extractive",
    summarizer: options.Summarizer = None,
    source_lang: options.SourceLang = None,
    terms: options.Terms = None,
    engine: options.Engine = None,
    model: options.Model = None,
    offline: options.Offline = False,
    yes: options.Yes = False,
    allow_noncommercial: options.Noncommercial = False,
    form: options.OutFormat = "md",
    out: options.OutDir = None,
    fail_on: options.Fail = "error",
    as_json: options.Json = False,
    quiet: options.Quiet = False,
) -> int:
    """Summarise articles, in their own language and in each --lang."""
    from toolkit.schema import Plan

    length = options.length(sentences, words, characters)
    plan = Plan(
        langs=options.langs(lang),
        length=length,
        translate=False,
        method=method,
        summarizer=options.summarizer(method, summarizer),
    )
    job = Job(
        plan,
        paths or [],
        source_lang,
        terms or [],
        fail_on,
        quiet,
        Choice(engine, model, offline, yes, allow_noncommercial, quiet),
    )
    return job.write("json" if as_json else form, out)


def translate(
    paths: options.Paths = None,
    lang: options.Langs = None,
    source_lang: options.SourceLang = None,
    terms: options.Terms = None,
    engine: options.Engine = None,
    model: options.Model = None,
    offline: options.Offline = False,
    yes: options.Yes = False,
    allow_noncommercial: options.Noncommercial = False,
    form: options.OutFormat = "md",
    out: options.OutDir = None,
    fail_on: options.Fail = "error",
    as_json: options.Json = False,
    quiet: options.Quiet = False,
) -> int:
    """Translate articles, keep their source labels, and check figures, dates and names."""
    from toolkit.schema import Plan

    plan = Plan(langs=options.langs(lang), length=None)
    if not plan.langs:
        raise UsageError("translate into what?", hint="for example: toolkit translate --lang ko")
    job = Job(
        plan,
        paths or [],
        source_lang,
        terms or [],
        fail_on,
        quiet,
        Choice(engine, model, offline, yes, allow_noncommercial, quiet),
    )
    return job.write("json" if as_json else form, out)


@dataclass(frozen=True, slots=True)
class Job:
    """What a command line asks for, before anything is opened."""

    plan: Plan
    paths: list[str]
    source_lang: str | None
    terms: list[Path]
    fail_on: FailOn
    quiet: bool
    choice: Choice

    def chosen(self, settings: Settings) -> list[str]:
        """The paths given, or those of the settings where none is given."""
        paths = self.paths or [str(path) for path in settings.inputs]
        if not paths:
            raise UsageError(
                "no articles: give a file, a folder, or - for standard input",
                hint="or name `inputs` in a toolkit.toml",
            )
        return paths

    def inputs(self, settings: Settings) -> Iterator[Article | Unreadable]:
        """The articles of the chosen paths, one at a time."""
        from toolkit import formats

        lang = self.source_lang and options.known(self.source_lang)
        return formats.read(self.chosen(settings), lang=lang)

    def write(self, form: options.Format, out: Path | None) -> int:
        """Each article's result as soon as it is whole; what cannot be done is named."""
        from toolkit import config, formats, pipeline, runs
        from toolkit.formats import Unreadable, outputs

        settings = self.choice.settings(config.load_settings(Path.cwd()), self.terms)
        tally = runs.Tally()
        langs = set(self.plan.langs)

        def results(progress: Progress) -> Iterator[Result]:
            for item in self.inputs(settings):
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
                    yield result

        with (
            self.choice.opened(settings, self.plan.summarizer) as engine,
            Progress(quiet=self.quiet) as progress,
        ):
            termbase = config.open_terms(settings)

            def failed(source: str, error: ToolkitError) -> None:
                tally.fail(source, error)
                progress.tell(source, error)

            copied = outputs.COPIES.get(form)
            originals = formats.originals(self.chosen(settings), copied[0]) if copied else {}
            outputs.write(results(progress), form, out, originals, failed)
        for line in options.basic(langs) if not self.quiet else ():
            note(line)
        if not self.quiet and tally.written:
            note(written(tally))
        if not self.quiet and self.plan.langs:
            note(f"{origins(tally)}; {tally_line(tally.findings)}")
        return exit_code(tally, self.fail_on)


def origins(tally: Tally) -> str:
    """Where the translations come from, so that nobody takes a memory for a model."""
    if not tally.origins:
        return "nothing was translated"
    return "translations: " + ", ".join(
        f"{count(number, 'sentence')} from {origin}"
        if origin != "source"
        else f"{count(number, 'sentence')} already in the language asked for"
        for origin, number in tally.origins.most_common()
    )


def written(tally: Tally) -> str:
    """How much of the summaries an engine wrote, after what it got wrong was replaced."""
    own = f", {tally.extracted:,} of them replaced by the article's own" if tally.extracted else ""
    return f"summaries: {count(tally.written, 'sentence')} by an engine{own}"


def exit_code(tally: Tally, fail_on: FailOn) -> int:
    """The reason of the first failure; else 7 where texts and facts do not match."""
    if tally.failures:
        return tally.failures[0].exit_code
    return findings_code(tally.findings, fail_on)
