"""Write docs/cli.md and docs/toolkit.1 from the commands: `python docs/make_cli.py`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer

from toolkit.cli import app

HEAD = """# Command line

Written by `python docs/make_cli.py` from the commands themselves; a test holds the two together.
"""


MAN = """.\\" Written by docs/make_cli.py
.TH TOOLKIT 1 "" "" "User Commands"
.SH NAME
toolkit \\- carry news into other languages without changing its facts
"""


def page() -> str:
    """The help of every command, as Markdown."""
    told = _commands(typer.main.get_command(app), "toolkit")
    return HEAD + "".join(f"\n## {path}\n\n```text\n{text}\n```\n" for path, text in told)


def manual() -> str:
    """The same as a page for `man`."""
    told = _commands(typer.main.get_command(app), "toolkit")
    return MAN + "".join(f".SH {path.upper()}\n.nf\n{_roff(text)}\n.fi\n" for path, text in told)


def _roff(text: str) -> str:
    lines = text.replace("\\", "\\e").replace("-", "\\-").splitlines()
    lines = [re.sub("[^ -~]", lambda char: f"\\[u{ord(char[0]):04X}]", line) for line in lines]
    return "\n".join(f"\\&{line}" if line[:1] in (".", "'") else line for line in lines)


def _commands(command: Any, name: str, parent: Any = None) -> Iterator[tuple[str, str]]:
    # A fixed width: the page must not depend on the terminal it was written in.
    context = command.make_context(
        name, [], parent=parent, resilient_parsing=True, terminal_width=88, max_content_width=88
    )
    text = "\n".join(line.rstrip() for line in command.get_help(context).splitlines())
    yield context.command_path, text
    for child, body in getattr(command, "commands", {}).items():
        yield from _commands(body, child, context)


if __name__ == "__main__":
    Path(__file__).with_name("cli.md").write_text(page(), "utf-8")
    Path(__file__).with_name("toolkit.1").write_text(manual(), "utf-8")
