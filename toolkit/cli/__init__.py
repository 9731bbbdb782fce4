"""The command line: parsing and printing only.

What a command does lies in the modules it imports when it runs, so that `toolkit --help`
loads none of them.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from toolkit import __version__
from toolkit.cli import (
    articles,
    checking,
    digesting,
    doctor,
    exchange,
    memories,
    models,
    running,
    serving,
    starting,
)
from toolkit.cli.console import refused

app = typer.Typer(
    help="Carry news articles into other languages without changing their facts.",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
starting.register(app)
articles.register(app)
running.register(app)
digesting.register(app)
checking.register(app)
exchange.register(app)
memories.register(app)
models.register(app)
serving.register(app)

doctor.register(app)


def _version(asked: bool) -> None:
    if asked:
        sys.stdout.write(f"toolkit {__version__}\n")
        sys.stdout.flush()
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool,
        typer.Option(
            "--version", help="Show the version and stop.", callback=_version, is_eager=True
        ),
    ] = False,
) -> None:
    pass


def main() -> None:
    """The `toolkit` command."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:  # closed by the caller, as in `>&-`
            setattr(sys, name, Path(os.devnull).open(mode))  # noqa: SIM115
        # Text is Unicode whatever the locale says, and a path may hold any byte.
        if hasattr(stream := getattr(sys, name), "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="surrogateescape")
    try:
        app(prog_name="toolkit")
    except OSError as exc:  # of the help: a command ends its own
        sys.exit(refused(exc))
