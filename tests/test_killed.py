"""Runs that are killed: `toolkit run` in processes of their own, wherever they are in their work.

The moment is a call of a function, chosen by chance among all that a whole run makes, so that
it does not depend on how fast the machine is.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import random
import signal
import sys
import threading
from contextlib import chdir
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from tests.commands import posix, toolkit
from tests.test_runs import content
from toolkit import cli, runs
from toolkit.formats import report
from toolkit.runs.journal import Journal
from toolkit.schema import Article, Block, Length, Plan, Span
from toolkit.terms import Termbase
from toolkit.testing import EchoEngine

KILLS = 20
OPTIONS = ("--lang", "uk", "--words", "9", "--quiet")
TEXT = "The harbour opened. It cost {} million dollars."
MEMORY = "en,uk\nThe harbour opened.,Гавань відкрилася.\n" + "".join(
    f"It cost {n} million dollars.,Це коштувало {n} мільйонів доларів.\n" for n in range(20, 27)
)


def _work(project: Path, args: tuple[str, ...], limit: int) -> None:
    """One command in this process, dead at so many calls; their number is left in a file."""
    calls, work = 0, runs.run

    def count(_frame, event, _arg):
        nonlocal calls
        calls += event == "call"
        if calls == limit:
            os.kill(os.getpid(), signal.SIGKILL)

    def counted(*args, **options):
        threading.setprofile(count)
        sys.setprofile(count)
        try:
            return work(*args, **options)
        finally:
            sys.setprofile(None)
            threading.setprofile(None)
            (project / "calls").write_text(str(calls))

    runs._BATCH_ARTICLES, report.LARGE = 1, 3
    with pytest.MonkeyPatch.context() as patch, chdir(project):
        patch.setattr(runs, "run", counted)
        patch.setattr(sys, "argv", ["toolkit", *args])
        with pytest.raises(SystemExit) as ended:
            cli.main()
    assert ended.value.code == 3  # one input is bad


def _nursery(pipe: Connection) -> None:
    """Does the first command itself, and each further one in a copy that is warm by then."""
    _work(*pipe.recv())
    pipe.send(True)
    while True:
        order = pipe.recv()
        if not (child := os.fork()):
            _work(*order)
            os._exit(0)
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        assert status in {0, -signal.SIGKILL}
        pipe.send(status == 0)


@pytest.fixture
def attempt():
    """A command, killed after so many calls: whether it came to its end before."""
    fresh = multiprocessing.get_context("spawn")  # as nobody may fork a process with threads
    pipe, other = fresh.Pipe()
    process = fresh.Process(target=_nursery, args=(other,), daemon=True)
    process.start()
    other.close()

    def command(*order):
        pipe.send(order)
        return pipe.recv()

    yield command
    process.kill()
    process.join()
    pipe.close()


@pytest.fixture
def project(tmp_path) -> Path:
    """Two inputs: a folder with a bad article, and lines."""
    (tmp_path / "in").mkdir()
    for number in (20, 21, 22):
        (tmp_path / "in" / f"a{number}.txt").write_text(TEXT.format(number))
    (tmp_path / "in" / "bad.txt").write_bytes(b"")
    rows = [{"id": f"a{n}", "text": TEXT.format(n), "lang": "en"} for n in (23, 24, 25, 26)]
    (tmp_path / "more.jsonl").write_text("\n".join(map(json.dumps, rows)))
    (tmp_path / "toolkit.toml").write_text('memory = "memory.sqlite"\n')
    (tmp_path / "memory.csv").write_text(MEMORY, "utf-8")
    assert toolkit("memory", "import", "memory.csv", cwd=tmp_path).returncode == 0
    return tmp_path


@posix
@pytest.mark.slow
def test_killed_twenty_times_a_run_ends_with_the_same_bytes_and_does_nothing_twice(
    project, attempt
):
    # As `retry` names them: a failure is told by its path.
    run = ("run", str(project / "in"), str(project / "more.jsonl"), *OPTIONS)
    for name in ("cold", "whole"):  # the calls that count are those of a warm process
        assert attempt(project, (*run, "--out", name), 0)
    whole = content(project / "whole")
    assert whole["journal.jsonl"].count(b"\n") == 7
    calls = int((project / "calls").read_text())
    chance = random.Random(11)
    kills, ends, ended, kept = 0, 0, False, b""
    while kills < KILLS or not ended:
        out = project / f"out{ends}"
        again = chance.random() < 0.3 and (out / "inputs.json").exists()
        command = ("retry", out.name, "--quiet") if again else (*run, "--out", out.name)
        ended = attempt(project, command, chance.randrange(1, calls))
        journal = out / "journal.jsonl"
        found = journal.read_bytes() if journal.exists() else b""
        assert found.startswith(kept), f"killed {kills} times"
        kept = found[: found.rfind(b"\n") + 1]
        kills += not ended
        if ended:
            assert content(out) == whole, f"killed {kills} times"
            ends, kept = ends + 1, b""


@pytest.mark.slow
def test_a_last_line_torn_at_any_byte_is_cut_off_and_no_more(tmp_path):
    texts = ("One.", "Two.")
    made = [Article(t, "en", t, (Block("paragraph", Span(0, 4)),), source=t) for t in texts]
    plan = Plan(langs=(), length=Length(1))
    runs.run(made, plan, EchoEngine(), Termbase(), tmp_path)
    path = tmp_path / "journal.jsonl"
    whole = path.read_bytes()
    first = whole.index(b"\n") + 1
    for cut in range(first, len(whole)):
        path.write_bytes(whole[:cut])
        with Journal(tmp_path, plan) as journal:
            assert [result.article.id for result in journal.results()] == ["One."]
        assert path.read_bytes() == whole[:first], f"cut at {cut}"
