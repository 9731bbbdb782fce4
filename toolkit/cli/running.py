"""`run`, `retry` and `report`: many articles into one directory."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Annotated

import typer

from toolkit.cli import options
from toolkit.cli.articles import Job, exit_code, told
from toolkit.cli.choosing import Choice
from toolkit.cli.console import INTERRUPTED, Progress, command, count, note, put_json, tally_line
from toolkit.errors import InputError, RunError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from toolkit.config import Settings
    from toolkit.runs import Tally, Work
    from toolkit.schema import Plan


def register(app: typer.Typer) -> None:
    for body in (run, retry, report):
        command(app)(body)


Directory = Annotated[Path, typer.Argument(metavar="DIR", help="The directory of a run.")]
FilesFrom = Annotated[
    str | None,
    options.given(
        "--files-from", "FILE", "Also the files that this one names, one a line; - for stdin."
    ),
]
Cluster = Annotated[
    str | None,
    options.given("--cluster", "ADDRESS", "Work on this Ray cluster; auto: one of this machine."),
]
Workers = Annotated[
    int | None,
    options.given(
        "--workers", "N", "Workers of the cluster. Default: one per processor or GPU.", min=1
    ),
]
CacheFile = Annotated[
    Path | None,
    options.given("--cache", "FILE", "Results that any run made before; new ones are kept here."),
]
LogJson = Annotated[
    bool, typer.Option("--log-json", help="Progress and failures on stderr as JSON lines.")
]


@dataclass(frozen=True, slots=True)
class Manner:
    """How a run is worked through, and what is said of it."""

    cluster: Cluster = None
    workers: Workers = None
    cache: CacheFile = None
    fail_on: options.Fail = "error"
    as_json: options.Json = False
    log_json: LogJson = False


def run(
    *,
    sources: options.Sources,
    files_from: FilesFrom = None,
    lang: options.Langs = None,
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="The run directory.")] = Path(
        "out"
    ),
    summaries: options.Summaries,
    terms: options.Terms = None,
    choice: Choice,
    manner: Manner,
) -> int:
    """Summarise, translate and check many articles; resumable.

    Summaries, translations, findings and a report, all in one directory.
    """
    from toolkit import config

    settings = config.load_settings(Path.cwd())
    plan = summaries.plan(options.langs(lang) or settings.langs)
    if files_from:
        sources = replace(sources, paths=[*(sources.paths or ()), *_listed(files_from)])
    return work(Job(plan, sources, terms, manner.fail_on, choice), settings, out, manner)


def retry(directory: Directory, *, choice: Choice, manner: Manner) -> int:
    """Go on with a run: what failed or was not reached."""
    from toolkit import config, runs

    inputs = runs.read_inputs(directory)
    sources = options.Sources(list(inputs.paths), inputs.source_lang, inputs.encoding)
    if not choice.model:
        choice = replace(choice, engine=choice.engine or inputs.engine or None)
    terms = [Path(path) for path in inputs.terms]
    job = Job(runs.read_plan(directory), sources, terms, manner.fail_on, choice)
    return work(job, config.load_settings(Path(inputs.folder)), directory, manner)


def report(
    directory: Directory, fail_on: options.Fail = "error", quiet: options.Quiet = False
) -> int:
    """Write the outputs of a run anew from its journal."""
    from toolkit import config, runs

    settings, terms = asked_of(directory)
    tally = runs.rebuild(directory, config.open_terms(settings, terms))
    if not quiet:
        note("; ".join([*told(tally), tally_line(tally.findings)]))
        note(f"look at {directory / 'report.html'}")
    return exit_code(tally, fail_on)


def asked_of(directory: Path) -> tuple[Settings, tuple[Path, ...]]:
    """The settings and further terms that a run was made with; those of here if it says none."""
    from toolkit import config, runs

    try:
        inputs = runs.read_inputs(directory)
    except RunError:
        return config.load_settings(Path.cwd()), ()
    folder = Path(inputs.folder)
    here = folder if folder.is_dir() else Path.cwd()
    return config.load_settings(here), tuple(Path(path) for path in inputs.terms)


def work(job: Job, settings: Settings, out: Path, manner: Manner) -> int:
    """Make a run in a directory, say what came of it, and give the exit code."""
    from toolkit import config, formats, runs

    paths = job.sources.chosen(settings)
    settings = job.choice.settings(settings, job.terms)
    cache, quiet = manner.cache or settings.cache, job.choice.quiet
    inputs = runs.Inputs(
        folder=str(Path.cwd() if settings.origin is None else settings.origin.parent),
        paths=tuple(path if path == formats.STDIN else os.path.abspath(path) for path in paths),  # noqa: PTH100
        source_lang=job.sources.source_lang,
        terms=tuple(os.path.abspath(path) for path in job.terms or ()),  # noqa: PTH100
        engine=settings.engine,
        encoding=job.sources.encoding,
    )
    with (
        job.choice.opened(settings, job.plan.summarizer) as engine,
        Progress(
            quiet, total=lambda: formats.count(paths, [out]), as_json=manner.log_json
        ) as progress,
        _asked_to_stop() as stop,
        _working(job, settings, manner) as work,
        runs.Cache(cache) if cache else nullcontext() as kept,
    ):
        termbase = config.open_terms(settings)
        tally = runs.run(
            job.sources.read(settings, out),
            job.plan,
            engine,
            termbase,
            out,
            runs.Watch(progress.tell, stop),
            inputs,
            runs.Way(work, kept),
        )
        progress.close(tally.findings)
    if manner.as_json:
        put_json(_as_json(tally, out))
    if not quiet and not manner.log_json:
        for line in options.basic(filter(None, [*job.plan.langs, job.sources.source_lang])):
            note(line)
        _sum_up(tally, job.plan, out, progress.seconds)
    if tally.stopped:
        note(f"toolkit: interrupted; go on with: toolkit retry {out}")
        return INTERRUPTED
    return exit_code(tally, job.fail_on)


@contextmanager
def _working(job: Job, settings: Settings, manner: Manner) -> Iterator[Work]:
    """Who works: this process, or the workers of a cluster, each with an engine of its own."""
    from toolkit import pipeline

    if manner.cluster is None:
        if manner.workers is not None:
            raise UsageError("--workers is of --cluster", hint="--cluster auto --workers 2")
        yield pipeline.process_many
        return
    from toolkit.cluster import open_cluster

    there = replace(job.choice, quiet=True)
    engine = partial(there.opened, settings, job.plan.summarizer)
    with open_cluster(manner.cluster, engine, manner.workers) as opened:
        yield opened.process_many


def _listed(name: str) -> list[str]:
    """The lines of a file or of standard input, each a path."""
    try:
        text = sys.stdin.read() if name == "-" else Path(name).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as exc:
        raise InputError(f"{name}: cannot be read: {exc}") from exc
    if not (found := [line for line in text.splitlines() if line.strip()]):
        raise InputError(f"{name}: expected one path per line, found none")
    return found


@contextmanager
def _asked_to_stop() -> Iterator[Callable[[], bool]]:
    """Whether somebody pressed Ctrl-C: once finishes what is in hand, twice ends at once."""
    asked = False

    def ask(_number: int, _frame: FrameType | None) -> None:
        nonlocal asked
        if asked:
            os._exit(INTERRUPTED)  # the journal is made to survive this
        asked = True
        note("\ntoolkit: finishing what is in hand; press Ctrl-C again to end at once")

    before = signal.signal(signal.SIGINT, ask)
    try:
        yield lambda: asked
    finally:
        signal.signal(signal.SIGINT, before)


def _as_json(tally: Tally, out: Path) -> dict[str, object]:
    return {
        "out": str(out),
        "done": tally.done,
        "reused": tally.reused,
        "stopped": tally.stopped,
        "failed": [asdict(failure) for failure in tally.failures],
        "findings": dict(tally.findings),
        "origins": dict(tally.origins),
    }


def _sum_up(tally: Tally, plan: Plan, out: Path, seconds: float) -> None:
    """Three lines: what was made and how fast, where the words come from, where to look."""
    from toolkit.lang import pack

    made = f"{count(tally.done + tally.reused, 'article')} summarised"
    if plan.langs:
        made += f" and translated into {' and '.join(pack(lang).name for lang in plan.langs)}"
    if tally.reused:
        made += f" ({tally.reused} of them done before)"
    if tally.failures:
        made += f"; {len(tally.failures)} failed, see {out / 'failed.jsonl'}"
    # Of less than a second, a rate says nothing.
    timed = tally.done and seconds > 1
    speed = f"; {seconds:.1f} s, {tally.done / seconds:.1f} per second" if timed else ""
    note(f"{made}: {tally_line(tally.findings)}{speed}")
    for line in told(tally):
        note(line)
    note(f"look at {out / 'report.html'}, {out / 'articles'}/ and {out / 'results.jsonl'}")
