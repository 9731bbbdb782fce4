"""`export` and `merge`: a run goes out into other tools, and what was edited there comes home."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from toolkit.cli import options
from toolkit.cli.articles import exit_code
from toolkit.cli.console import command, complain, count, note, put_json, tally_line
from toolkit.cli.running import Directory, asked_of
from toolkit.errors import InputError, RunError, UsageError

if TYPE_CHECKING:
    from toolkit.formats.pairs import Pair
    from toolkit.runs.edits import Left, Merged
    from toolkit.schema import Result


def register(app: typer.Typer) -> None:
    for body in (export, merge):
        command(app)(body)


def export(
    directory: Directory,
    form: options.OutFormat = "xliff",
    lang: options.Langs = None,
    out: options.OutDir = None,
) -> int:
    """Write a run as it stands in a format for other tools.

    What was reviewed is in it.
    """
    from toolkit import config, runs
    from toolkit.formats import outputs
    from toolkit.runs.reviews import Reviews, reviewed

    settings, terms = asked_of(directory)
    termbase = config.open_terms(settings, terms)
    langs = options.langs(lang)
    plan = runs.read_plan(directory)
    if unknown := [code for code in langs if code not in plan.langs]:
        raise UsageError(
            f"{directory}: no translations into {unknown[0]!r}",
            hint=f"languages of the run: {', '.join(plan.langs) or 'none'}",
        )
    if not plan.langs and form not in ("md", "json", "jsonl", "html"):
        raise UsageError(
            f"{directory}: the run has no translations, and {form} is a format of these",
            hint="for the summaries: --format md, json, jsonl or html",
        )
    with runs.Journal(directory, plan) as journal, Reviews(directory) as held:

        def results() -> Iterator[Result]:
            for made in journal.results():
                result = reviewed(made, held.of(made.article.id), termbase)
                chosen = (t for t in result.translations if not langs or t.lang in langs)
                yield replace(result, translations=tuple(chosen))

        bad: list[InputError] = []

        def failed(_source: str, error: InputError) -> None:
            bad.append(error)
            complain(error)

        copied = outputs.COPIES.get(form)
        originals = _originals(directory, copied[0]) if copied else {}
        outputs.write(results(), form, out, originals, failed)
    return InputError.exit_code if bad else 0


def _originals(directory: Path, suffixes: tuple[str, ...]) -> dict[str, Callable[[], bytes]]:
    """The files of the run's articles, where they still are."""
    from toolkit import formats, runs

    inputs = runs.read_inputs(directory)
    return formats.originals(inputs.paths, suffixes, encoding=inputs.encoding, without=[directory])


def merge(
    directory: Directory,
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE", help="XLIFF, CSV or TMX files, or folders of them."),
    ],
    lang: options.Lang = None,
    by: Annotated[
        str, typer.Option("--by", metavar="NAME", help="Whose edits these are.", show_default=False)
    ] = "",
    unfinished: Annotated[
        bool, typer.Option("--all", help="Also edits that are still marked as initial.")
    ] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Also over another edit that was made here meanwhile.")
    ] = False,
    fail_on: options.Fail = "error",
    as_json: options.Json = False,
    quiet: options.Quiet = False,
) -> int:
    """Bring edits home into the run as reviews.

    They go into its outputs and the memory, too. A sentence is found by its article, its unit
    and its source text. What is not taken is named with the reason, and the exit code is 3.
    """
    from toolkit import config, runs
    from toolkit.memory import open_memory
    from toolkit.runs import edits
    from toolkit.runs.reviews import Reviews

    settings, terms = asked_of(directory)
    if settings.memory is None:
        raise RunError("no translation memory to keep edits in", hint="name one: toolkit.toml")
    settings.memory.parent.mkdir(parents=True, exist_ok=True)
    bad: list[InputError] = []
    paths = [str(path) for path in _files(files)]
    with (
        runs.Journal(directory, runs.read_plan(directory)) as journal,
        open_memory(settings.memory) as memory,
    ):
        memory.add([])  # whether it can be written is to be known before anything is
        with Reviews(directory, writable=True) as held:
            pairs = _pairs(paths, options.known(lang) if lang else None, bad)
            merged = edits.merge(
                journal, held, memory, pairs, by=by, unfinished=unfinished, force=force
            )
        tally = runs.publish(journal, config.open_terms(settings, terms), anew=False)
    if as_json:
        put_json(_as_json(merged, bad))
    for error in bad:
        complain(error)
    for left in merged.left:
        complain(_said(left))
    if not quiet:
        note(_sum(merged))
        note(tally_line(tally.findings))
    if bad or merged.left:
        return InputError.exit_code
    return exit_code(tally, fail_on)


def _files(given: list[Path]) -> Iterator[Path]:
    from toolkit.formats.bitexts import SUFFIXES

    for path in given:
        if path.is_dir():
            yield from sorted(p for p in path.rglob("*") if p.suffix.lower() in SUFFIXES)
        else:
            yield path


def _pairs(paths: list[str], lang: str | None, bad: list[InputError]) -> Iterator[Pair]:
    from toolkit.formats import bitexts
    from toolkit.formats.pairs import BadRow, Pair

    for path in paths:
        for item in bitexts.read(path, None, lang):
            if isinstance(item, BadRow):
                bad.append(item.error)
            elif isinstance(item, Pair):
                yield item


def _said(left: Left) -> InputError:
    from toolkit.formats import layout

    pair = left.pair
    name = f"{pair.document or '-'}, {pair.id}, {pair.target_lang}"
    what = {
        "unknown": "the run has no such sentence",
        "stale": f"the source is now {left.found!r}",
        "conflict": f"it was edited here too, and is now {left.found!r}",
        "unfinished": "edited, but still marked as initial",
        "unusable": "the target holds a character that cannot be kept, or nothing",
    }[left.why]
    hints = {"conflict": "to take it all the same: --force", "unfinished": "to take it: --all"}
    text = f"line {pair.line}: {name}: {what}; not taken: {pair.target!r}"
    return InputError(layout.clean(text), hint=hints.get(left.why, ""))


def _sum(merged: Merged) -> str:
    return (
        f"{count(merged.edited, 'edit')} taken, {merged.approved:,} approved as they were, "
        f"{merged.unchanged:,} unchanged, {len(merged.left):,} not taken"
    )


def _as_json(merged: Merged, bad: list[InputError]) -> dict[str, object]:
    return {
        "edited": merged.edited,
        "approved": merged.approved,
        "unchanged": merged.unchanged,
        "left": [
            {
                "why": left.why,
                "article": left.pair.document,
                "id": left.pair.id,
                "lang": left.pair.target_lang,
                "source": left.pair.source,
                "target": left.pair.target,
                "found": left.found,
            }
            for left in merged.left
        ],
        "errors": [error.message for error in bad],
    }
