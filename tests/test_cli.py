from __future__ import annotations

import gzip
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from commands import ROOT, process, toolkit

from tests.commands import posix
from toolkit import __version__

KNOWN = "The harbour opened on Monday. It cost 4 million dollars."
MEMORY = """en,ko
The harbour opened on Monday.,항구가 월요일 문을 열었다.
It cost 4 million dollars.,비용은 400만 달러였다.
"""


@pytest.fixture
def project(tmp_path) -> Path:
    """A folder with one known article and a memory of its own."""
    (tmp_path / "toolkit.toml").write_text('inputs = ["in"]\nmemory = "memory.sqlite"\n')
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "harbour.txt").write_text(KNOWN)
    (tmp_path / "memory.csv").write_text(MEMORY, "utf-8")
    assert toolkit("memory", "import", "memory.csv", cwd=tmp_path).returncode == 0
    return tmp_path


def test_translate_writes_data_to_stdout_and_words_to_stderr(project):
    done = toolkit("translate", "--lang", "ko", cwd=project)
    assert done.returncode == 0
    out = done.stdout.decode()
    assert "항구가 월요일 문을 열었다. 비용은 400만 달러였다." in out
    assert "harbour.txt" in out
    assert "2 sentences from memory 100 %" in done.stderr.decode()


def test_summarize_without_a_path_takes_the_inputs_of_the_settings(project):
    done = toolkit("summarize", "--sentences", "1", "--json", cwd=project)
    assert done.returncode == 0
    (result,) = json.loads(done.stdout)
    (sentence,) = result["summary"]["sentences"]
    start, end = sentence["span"]
    assert result["text"][start:end] == sentence["text"]
    assert (sentence["paragraph"], result["article_id"]) == (1, "harbour")


def test_standard_input_and_every_format(project):
    for form in ("md", "json", "jsonl", "html", "tmx"):
        done = toolkit("translate", "-", "--lang", "ko", "--format", form, cwd=project, stdin=KNOWN)
        assert done.returncode == 0, done.stderr
        assert "400만 달러" in done.stdout.decode()


def test_out_writes_files_and_leaves_stdout_empty(project):
    done = toolkit("translate", "--lang", "ko", "--out", "made", cwd=project)
    assert (done.returncode, done.stdout) == (0, b"")
    assert "400만" in (project / "made" / "harbour.ko.md").read_text("utf-8")


def test_an_unknown_sentence_without_a_model_is_exit_4_and_nothing_is_written(project):
    (project / "in" / "harbour.txt").write_text(KNOWN + " Nobody came.")
    for more in ((), ("--out", "made")):
        done = toolkit("translate", "--lang", "ko", "--engine", "memory", *more, cwd=project)
        assert (done.returncode, done.stdout) == (4, b"")
        assert "no Korean translation of 1 of 3 sentences" in done.stderr.decode()
        assert "toolkit memory missing" in done.stderr.decode()
    assert not list((project / "made").glob("*") if (project / "made").exists() else [])


def test_a_model_that_is_needed_is_named_and_not_fetched_unasked(project):
    (project / "in" / "harbour.txt").write_text(KNOWN + " Nobody came.")
    done = toolkit("translate", "--lang", "ko", cwd=project)
    assert (done.returncode, done.stdout) == (4, b"")
    said = done.stderr.decode()
    assert "the model 'firefox-en-ko-base-memory' (38 MB, MPL-2.0) is needed" in said
    assert "toolkit models fetch firefox-en-ko-base-memory" in said
    assert "--yes" in said
    both = toolkit("translate", "--lang", "ko", "--engine", "memory", "--model", "x", cwd=project)
    assert both.returncode == 2


def test_what_is_missing_can_be_filled_in_and_imported(project):
    (project / "in" / "harbour.txt").write_text(KNOWN + " Nobody came.")
    listed = toolkit("memory", "missing", "--lang", "ko", cwd=project)
    head, row = listed.stdout.decode().splitlines()
    assert head == "en,ko,note"
    filled = row.replace("Nobody came.,", "Nobody came.,아무도 오지 않았다.", 1)
    (project / "todo.csv").write_text(f"{head}\n{filled}\n", "utf-8")
    assert toolkit("memory", "import", "todo.csv", cwd=project).returncode == 0
    done = toolkit("translate", "--lang", "ko", cwd=project)
    assert done.returncode == 0
    assert "아무도 오지 않았다." in done.stdout.decode()


@pytest.mark.parametrize("change", ["on Tuesday", "on 9 Monday"])
def test_a_changed_fact_is_no_exact_match(project, change):
    text = KNOWN.replace("on Monday", change)
    done = toolkit("translate", "-", "--lang", "ko", cwd=project, stdin=text)
    assert done.returncode == 4


@pytest.mark.parametrize(
    ("args", "code", "says"),
    [
        (["translate"], 2, "translate into what?"),
        (["translate", "--lang", "xx"], 2, "no language 'xx'"),
        (["translate", "--lang", "Ukranian"], 2, "did you mean uk (Ukrainian)?"),
        (["summarize", "--source-lang", "한국어"], 2, "did you mean ko (Korean)?"),
        (["run", "--lang", "jp"], 2, "did you mean ja (Japanese)?"),
        (["translate", "--lang", "ko", "absent.txt"], 3, "absent.txt"),
        (["summarize", "empty.txt"], 3, "empty"),
        (["summarize", "image.txt"], 3, "image.txt"),
        (["summarize", "--words", "5", "--sentences", "2"], 2, "one length"),
        (["check", "in/harbour.txt"], 2, "--pairs"),
        (["check", "--pairs", "absent.jsonl"], 3, "absent.jsonl"),
        (["memory", "import", "x.doc"], 2, "expected .csv, .tmx"),
        (["run", "--lang", "ko", "--out", "in/harbour.txt"], 6, "cannot be written"),
        (["nonsense"], 2, "No such command"),
    ],
)
def test_what_goes_wrong_is_said_in_one_clear_line(project, args, code, says):
    (project / "empty.txt").write_text(" \n")
    (project / "image.txt").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0")
    done = toolkit(*args, cwd=project)
    assert done.returncode == code, done.stderr.decode()
    assert says in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()


@pytest.mark.parametrize(
    ("redirect", "code", "says"),
    [
        (">/dev/full", 6, "standard output: cannot be used: No space left on device"),
        ("--help >/dev/full", 6, "standard output: cannot be used: No space left on device"),
        (">&-", 0, ""),
        ("<&- -", 3, "toolkit: standard input: the file is empty"),
    ],
)
def test_what_the_system_refuses_is_no_traceback(project, redirect, code, says):
    done = process(f"toolkit summarize {redirect}", project)
    assert done.returncode == code, done.stderr.decode()
    assert says in done.stderr.decode()
    assert b"Traceback" not in done.stderr


def test_one_hint_is_enough_for_many_failures(project):
    for name in "abc":
        (project / "in" / f"{name}.txt").write_text("Nobody knows this.")
    said = toolkit("translate", "--lang", "ko", "--engine", "memory", cwd=project).stderr.decode()
    assert said.count("no Korean translation of") == 3
    assert said.count("toolkit memory import todo.csv") == 1


def test_where_nothing_was_done_nothing_is_counted(project):
    (project / "in" / "harbour.txt").write_text("")
    for args in (["translate"], ["check", "in/harbour.txt", "memory.csv"]):
        (line,) = toolkit(*args, "--lang", "ko", cwd=project).stderr.decode().splitlines()
        assert line.endswith("harbour.txt: the file is empty")
    summarized = toolkit("run", "memory.csv", "in", cwd=project).stderr.decode()
    assert "translat" not in summarized


def test_the_version_needs_no_command(tmp_path):
    done = toolkit("--version", cwd=tmp_path)
    assert (done.returncode, done.stdout.decode()) == (0, f"toolkit {__version__}\n")


def test_every_command_is_told_in_a_line_of_80_columns(project):
    for group in ((), ("models",), ("memory",)):
        said = process(f"COLUMNS=80 toolkit {' '.join(group)} --help", project).stdout.decode()
        assert [line for line in said.splitlines()[1:] if line.endswith("...")] == []


def test_what_cannot_be_read_does_not_stop_the_rest(project):
    (project / "in" / "a-bad.txt").write_bytes(b"\0\1\2" * 100)
    done = toolkit("translate", "--lang", "ko", cwd=project)
    assert done.returncode == 3
    assert "400만 달러" in done.stdout.decode()
    assert "a-bad.txt" in done.stderr.decode()


def check(project: Path, target: str, *more: str):
    (project / "t.txt").write_text(target, "utf-8")
    return toolkit("check", "in/harbour.txt", "t.txt", "--lang", "ko", *more, cwd=project)


def test_check_is_quiet_on_a_right_translation(project):
    done = check(project, "항구가 월요일 문을 열었다. 비용은 400만 달러였다.")
    assert (done.returncode, done.stdout) == (0, b"")
    assert "0 errors" in done.stderr.decode()


def test_check_shows_what_changed_and_ends_in_7(project):
    done = check(project, "항구가 월요일 문을 열었다. 비용은 500만 달러였다.")
    assert done.returncode == 7
    out = done.stdout.decode()
    assert "money/mistranslation" in out
    assert "⟪500만 달러⟫" in out
    assert (
        check(project, "항구가 월요일 문을 열었다. 500만 달러.", "--fail-on", "never").returncode
        == 0
    )
    (finding,) = json.loads(
        check(project, "항구가 월요일 문을 열었다. 비용은 500만 달러였다.", "--json").stdout
    )["findings"]
    assert (finding["kind"], finding["severity"]) == ("money", "error")
    assert finding["expected"] == "4 million dollars"


def test_pairs_are_answered_line_by_line_in_order(project):
    rows = [
        {"id": "a", "source": "It cost $5.", "target": "5달러였다.", "lang": "ko"},
        {"id": "b", "source": "It cost $5.", "target": "6달러였다.", "lang": "ko"},
        {"id": "c", "source": "on Monday", "target": "у вівторок", "lang": "uk"},
    ]
    text = "".join(json.dumps(row) + "\n" for row in rows)
    done = toolkit("check", "--pairs", "-", cwd=project, stdin=text)
    answers = [json.loads(line) for line in done.stdout.decode().splitlines()]
    assert [(a["id"], [f["code"] for f in a["findings"]]) for a in answers] == [
        ("a", []),
        ("b", ["money/mistranslation"]),
        ("c", ["date/mistranslation"]),
    ]
    assert done.returncode == 7


def test_a_bad_row_is_answered_with_its_error_and_the_rest_goes_on(project):
    good = '{"id": "a", "source": "x", "target": "y", "lang": "ko"}\n'
    text = good + "{\n" + good.replace('"id"', '"ID"') + good
    done = toolkit("check", "--pairs", "-", cwd=project, stdin=text)
    answers = [json.loads(line) for line in done.stdout.decode().splitlines()]
    assert [("error" in a, a["id"]) for a in answers] == [
        (False, "a"), (True, None), (True, None), (False, "a"),
    ]  # fmt: skip
    assert "'ID'" in answers[2]["error"]
    assert done.returncode == 3


def test_a_run_says_in_three_lines_what_was_made_and_where(project):
    done = toolkit("run", "--lang", "ko", cwd=project)
    assert done.returncode == 0
    first, second, third = done.stderr.decode().splitlines()
    assert first.startswith("1 article summarised and translated into Korean: 0 errors")
    assert second == "translations: 2 sentences from memory 100 %"
    assert "out/report.html" in third
    again = toolkit("run", "--lang", "ko", "--json", cwd=project)
    assert json.loads(again.stdout)["reused"] == 1


def test_another_plan_in_a_run_directory_is_exit_6(project):
    assert toolkit("run", "--lang", "ko", cwd=project).returncode == 0
    done = toolkit("run", "--lang", "ko,uk", "--sentences", "1", cwd=project)
    assert done.returncode == 6
    says = "another plan: langs: asked for ko, uk, found ko; length: asked for 1 sentences, found 3"
    assert says in done.stderr.decode()


@pytest.mark.slow
def test_a_closed_pipe_ends_quietly(project):
    (project / "in" / "harbour.txt").write_text("\n".join([KNOWN] * 1_500))
    done = process("toolkit translate --lang ko --quiet | head -1; echo ${PIPESTATUS[0]}", project)
    assert done.stdout.splitlines() == [b"---", b"0"]
    assert done.stderr == b""


@posix
@pytest.mark.parametrize("no_color", ["1", ""])
def test_colour_is_for_terminals_that_want_it(project, no_color):
    import pty

    main, side = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "toolkit", "translate", "--lang", "ko", "absent.txt"],
        cwd=project,
        stdout=subprocess.DEVNULL,
        stderr=side,
        env={**os.environ, "PYTHONPATH": str(ROOT), "NO_COLOR": no_color, "TERM": "xterm"},
    )
    process.wait()
    said = os.read(main, 10_000)
    os.close(main)
    os.close(side)
    assert (b"\x1b[31m" in said) is not bool(no_color)


def test_languages_and_memory_can_be_read_by_machines(project):
    languages = json.loads(toolkit("languages", "--json", cwd=project).stdout)
    known = {row["code"]: (row["level"], row["memory_from"]) for row in languages}
    assert known["en"] == ("full", ["ko"])
    assert known["ko"] == ("full", ["en"])
    assert known["uk"] == ("full", [])
    (info,) = json.loads(toolkit("memory", "info", "--json", cwd=project).stdout)
    assert (info["units"], info["languages"]) == (2, ["en", "ko"])
    found = json.loads(
        toolkit("memory", "search", "It cost 5 million dollars.", "--lang", "ko", "--json",
                cwd=project).stdout
    )  # fmt: skip
    assert 0.9 < found[0]["rate"] < 1
    assert b"</tmx>" in toolkit("memory", "export", cwd=project).stdout


def test_help_loads_nothing_heavy():
    code = (
        "import sys, toolkit.cli\n"
        "try: toolkit.cli.app(['--help'])\n"
        "except SystemExit: pass\n"
        "print(sorted(set(sys.modules) & {'numpy', 'babel', 'transformers', 'trafilatura', 'lxml',"
        " 'sqlite3', 'toolkit.facts', 'toolkit.formats', 'toolkit.lang.basic', 'rich'}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=True, cwd=ROOT, text=True
    )
    assert done.stdout.splitlines()[-1] == "[]"


def test_retry_goes_on_from_the_directory_alone(project, tmp_path_factory):
    (project / "in" / "bad.txt").write_text("Nobody knows this.")
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    out = str(elsewhere / "out")
    first = toolkit("run", "--lang", "ko", "--out", out, "--words", "20", cwd=project)
    assert first.returncode == 4
    assert b"1 failed" in first.stderr
    (project / "in" / "bad.txt").write_text(KNOWN)
    second = toolkit("retry", out, cwd=elsewhere)
    assert second.returncode == 0, second.stderr
    assert b"(1 of them done before)" in second.stderr
    assert not (elsewhere / "out" / "failed.jsonl").exists()
    missing = toolkit("retry", "nowhere", cwd=elsewhere)
    assert missing.returncode == 6
    assert b"toolkit: nowhere: expected the directory of a run" in missing.stderr


def test_a_run_without_translations_is_not_exported_to_translators(project):
    toolkit("run", cwd=project)
    done = toolkit("export", "out", cwd=project)
    assert (done.returncode, done.stdout) == (2, b"")
    assert "the run has no translations" in done.stderr.decode()
    assert b"The harbour" in toolkit("export", "out", "--format", "md", cwd=project).stdout


def test_report_writes_the_outputs_anew(project):
    toolkit("run", "--lang", "ko", cwd=project)
    page = project / "out" / "report.html"
    whole = page.read_bytes()
    page.unlink()
    assert toolkit("report", "out", cwd=project).returncode == 0
    assert page.read_bytes() == whole


def test_a_log_for_machines_is_json_lines_and_nothing_else(project):
    (project / "in" / "bad.txt").write_text("Nobody knows this.")
    done = toolkit("run", "--lang", "ko", "--log-json", cwd=project)
    *failed, end = map(json.loads, done.stderr.decode().splitlines())
    assert [(row["event"], row["source"]) for row in failed] == [("failed", "bad.txt")]
    assert (end["event"], end["done"], end["failed"], end["total"]) == ("end", 1, 1, 2)
    assert end["findings"] == {}


def test_files_may_be_named_by_a_list_and_be_packed(project):
    (project / "in" / "harbour.txt").unlink()
    row = json.dumps({"id": "h", "text": KNOWN, "lang": "en"})
    with gzip.open(project / "news.jsonl.gz", "wt") as file:
        file.write(row)
    done = toolkit("run", "--lang", "ko", "--files-from", "-", cwd=project, stdin="news.jsonl.gz\n")
    assert done.returncode == 0, done.stderr
    assert (project / "out" / "articles" / "h.ko.md").is_file()
    (project / "cut.jsonl.gz").write_bytes((project / "news.jsonl.gz").read_bytes()[:-12])
    done = toolkit("run", "cut.jsonl.gz", "--lang", "ko", "--out", "o2", cwd=project)
    assert done.returncode == 3
    assert b"cut.jsonl.gz: cannot be unpacked" in done.stderr


@posix
@pytest.mark.slow
def test_ctrl_c_finishes_what_is_in_hand_and_says_how_to_go_on(project):
    rows = [{"id": str(n), "text": KNOWN, "lang": "en"} for n in range(400)]
    (project / "many.jsonl").write_text("\n".join(map(json.dumps, rows)))
    command = [sys.executable, "-m", "toolkit", "run", "many.jsonl", "--lang", "ko"]
    with subprocess.Popen(
        command, cwd=project, stderr=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(ROOT)}
    ) as running:
        journal = project / "out" / "journal.jsonl"
        while not (journal.is_file() and journal.stat().st_size):
            assert running.poll() is None
            time.sleep(0.01)
        running.send_signal(signal.SIGINT)
        _, stderr = running.communicate(timeout=60)
    assert running.returncode == 130
    assert b"go on with: toolkit retry out" in stderr
    done = toolkit("retry", "out", cwd=project)
    assert done.returncode == 0
    lines = (project / "out" / "results.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line)["article_id"] for line in lines] == [row["id"] for row in rows]


def test_the_doctor_says_what_is_here_and_what_to_do(project, monkeypatch):
    monkeypatch.setenv("TOOLKIT_STORE", str(project / "store"))
    done = toolkit("doctor", "--json", cwd=project)
    assert done.returncode == 0
    lines = {line["what"]: line for line in json.loads(done.stdout)}
    assert lines["settings"]["said"] == str(project / "toolkit.toml")
    assert lines["memory"]["said"].endswith("memory.sqlite: 2 units")
    assert (lines["store"]["state"], lines["store"]["hint"][:20]) == ("off", "toolkit models fetch")
    (project / "toolkit.toml").write_text("engin = 1")
    done = toolkit("doctor", cwd=project)
    assert done.returncode == 2
    assert "bad settings" in done.stdout.decode()
    assert "unknown key 'engin'" in done.stdout.decode()
