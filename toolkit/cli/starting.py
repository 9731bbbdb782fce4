"""`demo` and `init`: the first minutes with the toolkit, in any folder."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from toolkit.cli import options
from toolkit.cli.articles import Job
from toolkit.cli.choosing import Choice
from toolkit.cli.console import command, note
from toolkit.cli.running import Manner, work
from toolkit.errors import RunError, UsageError

_TEMPLATE = Path(__file__).parents[1] / "data" / "settings.toml"


def register(app: typer.Typer) -> None:
    for body in (demo, init):
        command(app)(body)


def demo(
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="The run directory.")] = Path(
        "demo"
    ),
    quiet: options.Quiet = False,
) -> int:
    """See it work: the sample articles, in Korean and Ukrainian.

    Needs no model and no network: the translations are our own, from a translation memory.
    """
    from toolkit import config, package

    settings = config.read_settings(package.samples() / config.FILE)
    plan = options.Summaries().plan(settings.langs)
    choice = Choice(offline=True, quiet=quiet)
    code = work(Job(plan, options.Sources(), None, "error", choice), settings, out, Manner())
    if not quiet:
        note("your own articles: toolkit init, then toolkit translate FILE --lang CODE")
    return code


def init(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="The folder that the settings are for.")
    ] = Path(),
    lang: options.Langs = None,
) -> int:
    """Write a toolkit.toml with every setting explained."""
    from toolkit import config

    path = folder / config.FILE
    text = _TEMPLATE.read_text("utf-8")
    if codes := options.langs(lang):
        stated = ", ".join(f'"{code}"' for code in codes)
        text = text.replace('#langs = ["ko", "uk"]', f"langs = [{stated}]")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError as exc:
        raise UsageError(
            f"{path}: is there already", hint="edit it, or choose another folder"
        ) from exc
    except OSError as exc:
        raise RunError(f"{path}: cannot be written: {exc.strerror or exc}") from exc
    note(f"{path}: written; each line in it says what it is for")
    return 0
