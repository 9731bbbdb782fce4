from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.commands import posix
from toolkit import runs
from toolkit.errors import InputError, RunError
from toolkit.formats import Unreadable, files
from toolkit.runs.journal import Journal
from toolkit.schema import Article, Block, Length, Plan, Span
from toolkit.terms import Termbase
from toolkit.testing import EchoEngine, ScriptedEngine

PLAN = Plan(langs=("uk",), length=Length(1))


def article(number: int) -> Article:
    text = f"The harbour opened. It cost {number} million dollars. People came."
    return Article(
        f"a{number}", "en", text, (Block("paragraph", Span(0, len(text))),), source=f"a{number}.txt"
    )


ARTICLES = [article(n) for n in range(2, 6)]


def do(directory: Path, inputs=ARTICLES, plan=PLAN, engine=None, tell=lambda _s, _e: None):
    return runs.run(inputs, plan, engine or EchoEngine(), Termbase(), directory, runs.Watch(tell))


def content(directory: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(directory)): path.read_bytes()
        for path in sorted(directory.rglob("*"))
        if path.is_file()
    }


def test_a_run_writes_all_its_outputs(tmp_path):
    tally = do(tmp_path / "out")
    assert (tally.done, tally.reused, tally.failures) == (4, 0, [])
    names = set(content(tmp_path / "out"))
    assert {"plan.json", "journal.jsonl", "results.jsonl", "report.html"} < names
    assert {"articles/a2.en.md", "articles/a2.uk.md"} < names
    lines = (tmp_path / "out" / "results.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line)["article_id"] for line in lines] == ["a2", "a3", "a4", "a5"]


def test_what_is_done_is_not_done_again(tmp_path):
    do(tmp_path / "out")
    before = content(tmp_path / "out")
    engine = ScriptedEngine(lambda r: r.text, name="echo")
    tally = do(tmp_path / "out", engine=engine)
    assert (tally.done, tally.reused, engine.calls) == (0, 4, [])
    assert content(tmp_path / "out") == before


def test_a_changed_input_or_engine_is_done_again_and_the_newest_result_counts(tmp_path):
    do(tmp_path / "out")
    changed = [*ARTICLES[:3], Article("a5", "en", "New.", (Block("paragraph", Span(0, 4)),))]
    tally = do(tmp_path / "out", inputs=changed)
    assert (tally.done, tally.reused) == (1, 3)
    lines = (tmp_path / "out" / "results.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line)["text"] for line in lines][-1] == "New."
    assert len(lines) == 4


@pytest.mark.slow
def test_a_run_cut_at_any_byte_ends_with_the_same_bytes(tmp_path):
    do(tmp_path / "whole", inputs=ARTICLES[:2])
    whole = content(tmp_path / "whole")
    journal = whole["journal.jsonl"]
    first = journal.index(b"\n") + 1
    cuts = {0, 1, 17, first - 1, first, first + 1, first + 30, len(journal) - 1, len(journal)}
    for cut in sorted(cuts | set(range(0, len(journal), 997))):
        torn = tmp_path / f"cut{cut}"
        torn.mkdir()
        (torn / "plan.json").write_bytes(whole["plan.json"])
        (torn / "journal.jsonl").write_bytes(journal[:cut])
        tally = do(torn, inputs=ARTICLES[:2])
        assert content(torn) == whole, f"cut at {cut}"
        assert tally.reused == (cut >= first) + (cut >= len(journal))


def test_asked_to_stop_it_finishes_what_is_in_hand_and_goes_on_later(tmp_path, monkeypatch):
    monkeypatch.setattr(runs, "_BATCH_ARTICLES", 1)
    heard = []
    tally = runs.run(
        ARTICLES, PLAN, EchoEngine(), Termbase(), tmp_path / "out",
        runs.Watch(lambda source, _error: heard.append(source), lambda: bool(heard)),
    )  # fmt: skip
    assert tally.stopped
    assert 1 <= tally.done < 4
    assert tally.done == len(heard)
    again = do(tmp_path / "out")
    assert (again.done, again.reused, again.stopped) == (4 - tally.done, tally.done, False)
    do(tmp_path / "undisturbed")
    assert content(tmp_path / "out") == content(tmp_path / "undisturbed")


@posix
@pytest.mark.slow
def test_a_full_disk_is_said_and_what_was_finished_is_kept(tmp_path):
    do(tmp_path / "out", inputs=ARTICLES[:2])
    size = (tmp_path / "out" / "journal.jsonl").stat().st_size
    script = f"""
import resource, signal
from pathlib import Path
from tests.test_runs import do
from toolkit.errors import RunError
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, ({size + 100}, {size + 100}))
try:
    do(Path({str(tmp_path / "out")!r}))
except RunError as error:
    print(error.message)
"""
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=Path(__file__).parents[1], capture_output=True,
        text=True, check=True,
    )  # fmt: skip
    assert "cannot be written: File too large" in done.stdout
    tally = do(tmp_path / "out")
    assert (tally.done, tally.reused) == (2, 2)


def test_outputs_that_still_stand_are_left_alone_and_others_made_anew(tmp_path):
    first = do(tmp_path)
    report = tmp_path / "report.html"
    before = report.stat().st_mtime_ns
    second = do(tmp_path)
    assert report.stat().st_mtime_ns == before
    assert (second.findings, second.origins) == (first.findings, first.origins)
    (tmp_path / "articles" / "a2.uk.md").unlink()
    whole = report.read_bytes()
    report.write_bytes(b"x")
    do(tmp_path)
    assert (tmp_path / "articles" / "a2.uk.md").is_file()
    assert report.read_bytes() == whole
    (tmp_path / "results.jsonl").unlink()
    assert runs.rebuild(tmp_path).origins == first.origins
    assert (tmp_path / "results.jsonl").is_file()


def test_another_run_takes_equal_work_from_the_cache_in_its_place(tmp_path):
    with runs.Cache(tmp_path / "cache") as cache:
        for name, inputs in (("odd", ARTICLES[1::2]), ("all", ARTICLES), ("again", ARTICLES)):
            engine = ScriptedEngine(lambda r: r.text, name="echo")
            tally = runs.run(
                inputs, PLAN, engine, Termbase(), tmp_path / name, way=runs.Way(cache=cache)
            )
            asked = {"odd": (2, 0), "all": (2, 2), "again": (0, 4)}[name]
            assert (tally.done, tally.reused) == asked
            assert bool(engine.calls) == (name != "again")
    do(tmp_path / "without")
    assert content(tmp_path / "all") == content(tmp_path / "without")
    assert content(tmp_path / "again") == content(tmp_path / "without")


def test_a_cache_that_is_damaged_is_as_good_as_none(tmp_path):
    with runs.Cache(tmp_path / "cache") as cache:
        runs.run(
            ARTICLES, PLAN, EchoEngine(), Termbase(), tmp_path / "a", way=runs.Way(cache=cache)
        )
    db = sqlite3.connect(tmp_path / "cache")
    db.execute("UPDATE results SET body = x'00'")
    db.commit()
    db.close()
    with runs.Cache(tmp_path / "cache") as cache:
        tally = runs.run(
            ARTICLES, PLAN, EchoEngine(), Termbase(), tmp_path / "b", way=runs.Way(cache=cache)
        )
    assert tally.done == 4
    (tmp_path / "text").write_text("not a database, and long enough to look at")
    with pytest.raises(RunError, match="cannot be used as a cache"):
        runs.Cache(tmp_path / "text")


def test_what_a_run_was_asked_to_read_is_kept(tmp_path):
    asked = runs.Inputs("/news", ("/news/a.txt", "-"), "en", ())
    runs.run(ARTICLES, PLAN, EchoEngine(), Termbase(), tmp_path, asked=asked)
    assert runs.read_inputs(tmp_path) == asked
    assert runs.read_plan(tmp_path) == PLAN
    with pytest.raises(RunError, match="expected the directory of a run"):
        runs.read_inputs(tmp_path / "articles")


def test_a_line_damaged_in_the_middle_is_refused_and_kept(tmp_path):
    do(tmp_path)
    journal = tmp_path / "journal.jsonl"
    damaged = journal.read_bytes().replace(b"2 million", b"9 million", 1)
    journal.write_bytes(damaged)
    with pytest.raises(RunError, match="line 1 is damaged"):
        do(tmp_path)
    assert journal.read_bytes() == damaged


def test_another_plan_is_refused_and_both_are_shown(tmp_path):
    do(tmp_path)
    with pytest.raises(RunError) as caught:
        do(tmp_path, plan=Plan(langs=("ko",), length=Length(1)))
    assert caught.value.message.endswith("another plan: langs: asked for ko, found uk")


def test_a_second_process_is_refused(tmp_path):
    do(tmp_path)
    with Journal(tmp_path, PLAN), pytest.raises(RunError, match="another process"):
        do(tmp_path)


def test_a_bad_article_is_set_aside_and_the_rest_goes_on(tmp_path):
    heard = []
    inputs = [Unreadable("x.txt", InputError("x.txt: empty")), *ARTICLES]
    engine = ScriptedEngine(lambda r: None if "3 million" in r.text else r.text)
    tally = do(tmp_path, inputs=inputs, engine=engine, tell=lambda s, e: heard.append((s, bool(e))))
    assert tally.done == 3
    assert [(f.source, f.exit_code) for f in tally.failures] == [("x.txt", 3), ("a3.txt", 4)]
    assert heard == [
        ("x.txt", True), ("a2.txt", False), ("a3.txt", True), ("a4.txt", False), ("a5.txt", False),
    ]  # fmt: skip
    failed = [json.loads(x) for x in (tmp_path / "failed.jsonl").read_text("utf-8").splitlines()]
    assert [row["source"] for row in failed] == ["x.txt", "a3.txt"]
    again = do(tmp_path, inputs=ARTICLES)
    assert (again.done, again.reused) == (4, 0)  # another engine: another signature
    assert not (tmp_path / "failed.jsonl").exists()


def test_two_articles_of_one_id_are_not_mixed_up(tmp_path):
    twin = Article("a2", "en", "Other.", (Block("paragraph", Span(0, 6)),), source="b/a2.txt")
    tally = do(tmp_path, inputs=[*ARTICLES, twin])
    assert tally.done == 4
    assert "'a2' is already that of a2.txt" in tally.failures[0].error


def test_a_directory_that_cannot_be_used_is_named(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(RunError, match="cannot be written"):
        do(tmp_path / "file" / "out")


def test_outputs_are_whole_or_absent(tmp_path):
    def broken():
        yield "half"
        raise RuntimeError

    target = tmp_path / "out.txt"
    target.write_text("old")
    with pytest.raises(RuntimeError):
        files.write_whole(target, broken())
    assert target.read_text() == "old"
    assert os.listdir(tmp_path) == ["out.txt"]  # noqa: PTH208
    started = time.time()
    files.write_whole(target, ["new"])
    assert target.read_text() == "new"
    assert target.stat().st_mtime >= started - 5
