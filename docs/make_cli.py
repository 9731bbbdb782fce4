"""Write docs/cli.md from the commands themselves: `python docs/make_cli.py`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer

from toolkit.cli import app

HEAD = """# Command line

Written by `python docs/make_cli.py` from the commands themselves; a test holds the two together.
"""


def page() -> str:
    """The help of every command, as Markdown."""
    return HEAD + "".join(_sections(typer.main.get_command(app), "toolkit"))


def _sections(command: Any, name: str, parent: Any = None) -> Iterator[str]:
    # A fixed width: the page must not depend on the terminal it was written in.
    context = command.make_context(
        name, [], parent=parent, resilient_parsing=True, terminal_width=88, max_content_width=88
    )
    text = "\n".join(line.rstrip() for line in command.get_help(context).splitlines())
    path = context.command_path
    yield f"\n## {path}\n\n```text\n{text}\n```\n"
    for child, body in getattr(command, "commands", {}).items():
        yield from _sections(body, child, context)


if __name__ == "__main__":
    Path(__file__).with_name("cli.md").write_text(page(), "utf-8")
