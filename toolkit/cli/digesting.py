"""`digest` and `group`: several articles on one event as one; many sorted into events."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from toolkit.cli import options
from toolkit.cli.choosing import Choice
from toolkit.cli.console import Progress, command, complain, count, findings_code, note, put

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from toolkit.digests import Digest
    from toolkit.errors import ToolkitError
    from toolkit.formats import Unreadable
    from toolkit.schema import Article

Form = Literal["md", "json", "html"]


def register(app: typer.Typer) -> None:
    for body in (digest, group):
        command(app)(body)


def digest(
    *,
    sources: options.Sources,
    lang: options.Langs = None,
    terms: options.Terms = None,
    choice: Choice,
    form: Annotated[Form, typer.Option("--format", help="Form of the output.")] = "md",
    out: Annotated[
        Path | None,
        options.given("--out", "FILE", "Write this file, not to stdout."),
    ] = None,
    fail_on: options.Fail = "error",
    as_json: options.Json = False,
) -> int:
    """Make one brief of several articles on one event.

    What they agree on, where they differ, and what only one of them says.
    """
    from toolkit import config, digests
    from toolkit.formats.files import write_whole

    langs = options.langs(lang)
    settings = choice.settings(config.load_settings(Path.cwd()))
    articles, failures = _read(sources.read(settings))
    termbase = config.open_terms(settings, terms or [])
    made = digests.digest(articles, termbase)
    if langs:
        with choice.opened(settings) as opened:
            made = digests.render(made, langs, opened, termbase)
    pieces = digests.write(made, "json" if as_json else form)
    if out is None:
        for piece in pieces:
            sys.stdout.write(piece)
    else:
        write_whole(out, pieces)
    if not choice.quiet:
        _tell(made)
    if failures:
        return failures[0].exit_code
    found = Counter(finding.severity for one in made.renderings for finding in one.findings)
    return findings_code(found, fail_on)


def _read(
    found: Iterable[Article | Unreadable],
) -> tuple[list[Article], list[ToolkitError]]:
    """The articles there are; what cannot be read is named, and the rest goes on."""
    from toolkit.formats import Unreadable

    articles: list[Article] = []
    failures: list[ToolkitError] = []
    for item in found:
        if isinstance(item, Unreadable):
            complain(item.error, item.source)
            failures.append(item.error)
        else:
            articles.append(item)
    if failures and not articles:
        raise failures[0]
    return articles, failures


def _tell(made: Digest) -> None:
    note(
        f"{count(len(made.sources), 'article')}: "
        f"{count(len(made.agreed), 'statement')} of several, "
        f"{count(len(made.single), 'statement')} of one, "
        f"{count(len(made.differences), 'difference')}"
    )
    if not made.related:
        note("note: not all of these articles are on one event; only those that are were compared")


def group(
    *,
    sources: options.Sources,
    days: Annotated[
        int,
        typer.Option("--days", min=0, metavar="N", help="How far apart reports on one event are."),
    ] = 3,
    as_json: options.Json = False,
    quiet: options.Quiet = False,
) -> int:
    """Sort articles into events: a line each, event number first."""
    from toolkit import config, digests, formats
    from toolkit.formats import Unreadable
    from toolkit.formats.jsonl import dump

    settings = config.load_settings(Path.cwd())
    chosen = sources.chosen(settings)
    names: list[tuple[str, str]] = []
    failures: list[ToolkitError] = []

    with Progress(quiet, total=lambda: formats.count(chosen)) as progress:

        def articles() -> Iterator[Article]:
            """One at a time: only what is compared of an article is kept."""
            for item in sources.read(settings):
                if isinstance(item, Unreadable):
                    failures.append(item.error)
                    progress.tell(item.source, item.error)
                else:
                    names.append((item.id, item.source or item.id))
                    progress.tell(item.source)
                    yield item

        events = digests.group(articles(), days)
    for number, event in enumerate(events, start=1):
        mine = [names[n] for n in event.articles]
        if as_json:
            row = {"event": number, "articles": [name for name, _ in mine]}
            copies = [[names[n][0] for n in some] for some in event.copies]
            put(
                dump(
                    {
                        **row,
                        "sources": [source for _, source in mine],
                        "words": event.words,
                        "copies": copies,
                    }
                )
            )
        else:
            for _, source in mine:
                put(f"{number}\t{source}")
    if not quiet:
        for event in events:
            for some in event.copies:
                printed = ", ".join(names[n][1] for n in some)
                note(f"note: one report, printed {len(some)} times: {printed}")
        several = sum(len(event.articles) > 1 for event in events)
        note(
            f"{count(len(names), 'article')}: "
            f"{count(len(events), 'event')}, {several:,} with several articles"
        )
    return failures[0].exit_code if failures else 0
