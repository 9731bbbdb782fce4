"""`toolkit serve` as a command: its process, its keys, and what it says when it cannot."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.commands import posix, toolkit
from toolkit.package import install


def test_without_the_extra_it_says_what_to_install(tmp_path, monkeypatch):
    from tests import served

    served.make(tmp_path)
    monkeypatch.setitem(sys.modules, "starlette.applications", None)
    monkeypatch.delitem(sys.modules, "toolkit.server.app", raising=False)
    done = toolkit("serve", "out", cwd=tmp_path)
    assert done.returncode == 2
    assert install("serve") in done.stderr.decode()


def test_what_is_no_run_cannot_be_served(tmp_path):
    for arguments in ((), ("--add-key", "desk")):
        done = toolkit("serve", ".", *arguments, cwd=tmp_path)
        assert done.returncode == 6
        assert "expected the directory of a run" in done.stderr.decode()
    assert list(tmp_path.iterdir()) == []


def test_a_key_is_printed_once_and_can_be_taken_back(tmp_path):
    pytest.importorskip("starlette", reason="the server is the extra `serve`")
    from tests import served

    served.make(tmp_path)
    done = toolkit("serve", "out", "--add-key", "desk", cwd=tmp_path)
    secret = done.stdout.decode().strip()
    assert done.returncode == 0
    assert secret.startswith("tk_")
    assert secret not in done.stderr.decode()
    assert secret not in (tmp_path / "out" / "keys.jsonl").read_text("utf-8")
    assert toolkit("serve", "out", "--add-key", "desk", cwd=tmp_path).returncode == 2
    assert toolkit("serve", "out", "--remove-key", "desk", cwd=tmp_path).returncode == 0
    done = toolkit("serve", "out", "--host", "0.0.0.0", cwd=tmp_path)  # noqa: S104
    assert done.returncode == 2
    assert "it needs a key" in done.stderr.decode()


@posix
@pytest.mark.slow
def test_it_serves_until_it_is_interrupted(tmp_path):
    pytest.importorskip("uvicorn", reason="the server is the extra `serve`")
    from tests import served

    served.make(tmp_path)
    (tmp_path / "toolkit.toml").write_text('memory = "memory.sqlite"\n', "utf-8")
    with subprocess.Popen(
        [sys.executable, "-m", "toolkit", "serve", "out", "--port", "0"],
        cwd=tmp_path,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[1])},
    ) as process:
        port = int(process.stderr.readline().partition("127.0.0.1:")[2].partition("/")[0])
        client = served.Client(port)
        path = f"/run/articles/{client.refs()['harbour']}/ko/units/s1"
        body = {"target": "항구는 1월 9일에 문을 열었다.", "version": 0}
        assert client.ask("PUT", path, body, x_token=client.token())[0] == 200
        process.send_signal(signal.SIGINT)
        rest = process.stderr.read()
        assert (process.wait(60), "Traceback" in rest) == (0, False)
    # What was reviewed a moment before is in the outputs.
    assert body["target"] in (tmp_path / "out" / "results.jsonl").read_text("utf-8")
    done = toolkit("report", "out", cwd=tmp_path)
    assert done.returncode == 7  # the other finding stands
    assert body["target"] in (tmp_path / "out" / "report.html").read_text("utf-8")
