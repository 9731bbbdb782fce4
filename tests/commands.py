"""The command line, run for a test."""

from __future__ import annotations

import contextlib
import functools
import io
import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest
import typer

from toolkit import cli

ROOT = Path(__file__).parents[1]
# Typer builds all commands anew whenever one is called: most of what a small test would take.
_built = functools.cache(typer.main.get_command)


posix = pytest.mark.skipif(os.name != "posix", reason="kills, forks or limits as POSIX does")


class Done(NamedTuple):
    returncode: int
    stdout: bytes
    stderr: bytes


def toolkit(*args: str, cwd: Path, stdin: str = "") -> Done:
    """The command line in this process, as `main` runs it: a fresh process costs a second."""
    out, err = io.BytesIO(), io.BytesIO()
    streams = (io.BytesIO(stdin.encode()), out, err)
    with (
        contextlib.chdir(cwd),
        pytest.MonkeyPatch.context() as patch,
    ):
        for name, stream in zip(("stdin", "stdout", "stderr"), streams, strict=True):
            patch.setattr(sys, name, io.TextIOWrapper(stream, "utf-8", write_through=True))
        patch.setattr(sys, "argv", ["toolkit", *args])
        patch.setattr(typer.main, "get_command", _built)
        with pytest.raises(SystemExit) as ended:
            cli.main()
        sys.stdout.detach()
        sys.stderr.detach()
    return Done(int(ended.value.code or 0), out.getvalue(), err.getvalue())


def process(command: str, cwd: Path) -> subprocess.CompletedProcess[bytes]:
    """The command line in a process of its own, in a shell."""
    return subprocess.run(
        ["bash", "-c", command.replace("toolkit", f"{sys.executable} -m toolkit")],
        cwd=cwd,
        capture_output=True,
        check=False,
        timeout=60,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
