"""What is said of Windows and macOS, as far as Linux can show it.

A child process has nothing that POSIX alone has, and a console of its own code page; it does
what a user would do. What only a machine with Windows shows is in `.github/workflows`.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from toolkit import package
from toolkit.formats import layout

ROOT = Path(__file__).parents[1]

# `filelock`, `subprocess` and the like look for these themselves and have a way without.
WITHOUT_POSIX = """
import os, sys
HIDDEN = ("fcntl", "resource", "termios", "tty", "pty", "pwd", "grp", "syslog")
class Hide:
    def find_spec(self, name, path=None, target=None):
        frame, inside = sys._getframe(1), None
        while frame:
            named = frame.f_globals.get("__name__", "")
            if not named.startswith(("importlib", "_frozen_importlib", "__main__")):
                inside = named
                break
            frame = frame.f_back
        if name in HIDDEN and inside and inside.startswith("toolkit"):
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
sys.meta_path.insert(0, Hide())
for name in HIDDEN:
    sys.modules.pop(name, None)
for name in ("fork", "forkpty", "geteuid", "getuid", "killpg", "setsid", "chown", "fchmod",
             "mkfifo", "getpgid", "nice"):
    if hasattr(os, name):
        delattr(os, name)
import signal
for name in ("SIGKILL", "SIGHUP", "SIGALRM", "SIGUSR1", "SIGPIPE", "SIGQUIT", "alarm"):
    if hasattr(signal, name):
        delattr(signal, name)
import toolkit.cli
sys.argv = ["toolkit", *sys.argv[1:]]
toolkit.cli.main()
"""


def without_posix(*args: str, cwd: Path, encoding: str = "cp1252") -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-c", WITHOUT_POSIX, *args],
        cwd=cwd, capture_output=True, check=False, timeout=120,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": encoding},
    )  # fmt: skip


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A run made without POSIX; what the tests below go on with."""
    folder = tmp_path_factory.mktemp("windows")
    done = without_posix("demo", cwd=folder)
    assert done.returncode == 0, done.stderr.decode("utf-8", "replace")
    return folder


SAMPLE = str(package.samples() / "articles" / "court-ruling.txt")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("args", "says"),
    [
        (("retry", "demo"), "9 of them done before"),
        (("export", "demo", "--format", "xliff", "--out", "desk"), ""),
        (("report", "demo"), "look at"),
        (("summarize", SAMPLE), ""),
        (("doctor",), ""),
        (("models", "list"), ""),
        (("serve", "absent"), "expected the directory of a run"),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else "",
)
def test_no_command_needs_what_windows_lacks(made, args, says):
    done = without_posix(*args, cwd=made)
    said = done.stderr.decode("utf-8")
    assert "Traceback" not in said
    assert says in said
    assert done.returncode in (0, 6)


@pytest.mark.slow
def test_a_translation_is_utf8_with_unix_line_ends_on_any_console(made):
    (made / "toolkit.toml").write_text(
        f"memories = ['{package.samples() / 'memory.tmx'}']\nengine = 'memory'\n", "utf-8"
    )
    done = without_posix("translate", SAMPLE, "--lang", "ko", cwd=made)
    assert done.returncode == 0, done.stderr.decode("utf-8", "replace")
    assert "법원" in done.stdout.decode("utf-8")
    assert b"\r" not in done.stdout


RESERVED = {"con", "prn", "aux", "nul", "com1", "lpt1", ""}


@pytest.mark.parametrize(
    "name", ["con", "NUL.html", "a:b", "what?", "x" * 300, "end. ", "..", "a/b", "ὰ"]
)
def test_a_file_name_fits_every_system(name):
    fit = layout.file_name(name, "ko", "md")
    assert fit.partition(".")[0].lower() not in RESERVED
    assert not set(fit) & set('<>:"/\\|?*')
    assert not fit.startswith(" ")
    assert len(fit.encode()) <= 220
