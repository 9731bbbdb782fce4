"""`--method abstractive` from the command line, with a chat server that writes the summaries."""

from __future__ import annotations

import json

import pytest
from chat_server import ChatServer
from commands import toolkit

from toolkit import config

ARTICLE = (
    "The harbour opened on Monday.\n\n"
    "It cost 4 million dollars and took six weeks, the office said. Nobody came to see it. "
    "The mayor, Anna Lindqvist, spoke for two hours. It rained all day.\n"
)
WRITTEN = (
    "The harbour, which cost 4 million dollars, opened on Monday. The mayor spoke for 3 hours."
)

WRITTEN_UK = "Гавань, яка коштувала 4 мільйони доларів, відкрили в понеділок."


def _answer(body):
    data = json.loads(body["messages"][1]["content"])
    if "summarise" in body["messages"][0]["content"]:
        return json.dumps({"summary": WRITTEN})
    said = WRITTEN_UK if data["text"] in WRITTEN else "Йшов дощ."
    return json.dumps({"translation": said})


@pytest.fixture
def server(monkeypatch, tmp_path):
    (tmp_path / "a.txt").write_text(ARTICLE, "utf-8")
    (tmp_path / "toolkit.toml").write_text('engine = "chat:tiny"\n', "utf-8")
    monkeypatch.delenv("TOOLKIT_CHAT_KEY", raising=False)
    with ChatServer(say=_answer) as served:
        monkeypatch.setenv("TOOLKIT_CHAT_URL", served.url)
        yield served


def test_a_summary_is_written_checked_and_its_cost_said(server, tmp_path):
    options = ("--method", "abstractive", "--summarizer", "chat:tiny", "--sentences", "2")
    done = toolkit("summarize", "a.txt", *options, "--json", cwd=tmp_path)
    (result,) = json.loads(done.stdout)
    assert done.returncode == 0
    assert result["summary"]["method"] == "abstractive"
    assert [(s["text"], s["remedies"], s["label"]) for s in result["summary"]["sentences"]] == [
        ("The harbour, which cost 4 million dollars, opened on Monday.", [], "a.txt"),
        ("The mayor, Anna Lindqvist, spoke for two hours.", ["extracted"], "a.txt"),
    ]
    assert [s["origin"] for s in result["summary"]["sentences"]] == ["chat:tiny", ""]
    shown = toolkit("summarize", "a.txt", *options, cwd=tmp_path).stdout.decode()
    assert "opened on Monday. [written by chat:tiny: a.txt, ¶" in shown
    assert "spoke for two hours. [a.txt, ¶" in shown
    (finding,) = result["findings"]
    assert (finding["severity"], finding["found"], finding["rule"]) == (
        "info", "3 hours", "extracted",
    )  # fmt: skip
    summed = toolkit("run", "a.txt", *options, "--out", "o", "--json", "--lang", "en", cwd=tmp_path)
    assert json.loads(summed.stdout)["findings"]["info"] == 1
    assert b"chat server: 1 request, 40 tokens read, 7 written" in done.stderr
    said = b"summaries: 1 sentence by an engine, 1 sentence of the article's own"
    assert said in done.stderr


def test_a_run_keeps_who_wrote_its_summaries(server, tmp_path):
    (tmp_path / "toolkit.toml").write_text(
        'engine = "chat:tiny"\nsummarizer = "chat:tiny"\n', "utf-8"
    )
    options = ("--method", "abstractive", "--sentences", "2", "--lang", "uk", "--fail-on", "never")
    done = toolkit("run", "a.txt", *options, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    plan = json.loads((tmp_path / "out" / "plan.json").read_text("utf-8"))
    assert (plan["method"], plan["summarizer"]) == ("abstractive", "chat:tiny")
    assert b"summaries: 1 sentence by an engine" in done.stderr
    asked = len(server.seen)
    (tmp_path / "toolkit.toml").write_text('engine = "chat:tiny"\n', "utf-8")
    again = toolkit("retry", "out", "--fail-on", "never", cwd=tmp_path)
    assert again.returncode == 0, again.stderr
    assert len(server.seen) == asked
    (line,) = (tmp_path / "out" / "results.jsonl").read_text("utf-8").splitlines()
    (made,) = json.loads(line)["translations"]
    assert made["summary"]["sentences"][0]["text"] == WRITTEN_UK
    assert "summary1" in {unit["id"] for unit in made["units"]}
    report = (tmp_path / "out" / "report.html").read_text("utf-8")
    assert "4 мільйони доларів" in report


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--method", "abstractive"), b"needs an engine that writes summaries"),
        (("--summarizer", "chat:tiny"), b"--method abstractive"),
        (("--method", "abstractive", "--summarizer", "nobody"), b"no engine is called 'nobody'"),
    ],
)
def test_what_is_missing_for_it_is_said(options, says, tmp_path):
    (tmp_path / "a.txt").write_text(ARTICLE, "utf-8")
    (tmp_path / "toolkit.toml").write_text('engine = "memory"\n', "utf-8")
    done = toolkit("summarize", "a.txt", *options, cwd=tmp_path)
    assert done.returncode == 2
    assert says in done.stderr


def test_who_does_not_summarise_needs_no_summarizer(tmp_path):
    (tmp_path / "a.txt").write_text("It rained.\n", "utf-8")
    (tmp_path / "toolkit.toml").write_text(
        'engine = "memory"\nsummarizer = "chat:nobody"\n', "utf-8"
    )
    assert toolkit("summarize", "a.txt", cwd=tmp_path).returncode == 0
    assert toolkit("translate", "a.txt", "--lang", "ko", cwd=tmp_path).returncode == 4
    with config.open_engine(config.load_settings(tmp_path)) as engine:
        assert "chat" not in engine.signature


def test_an_engine_that_only_knows_translations_writes_no_summary(tmp_path):
    (tmp_path / "a.txt").write_text(ARTICLE, "utf-8")
    (tmp_path / "toolkit.toml").write_text('engine = "memory"\n', "utf-8")
    options = ("--method", "abstractive", "--summarizer", "memory", "--sentences", "2")
    done = toolkit("summarize", "a.txt", *options, cwd=tmp_path)
    assert done.returncode == 4
    assert b"--summarizer" in done.stderr
