"""The pre-commit hook, the GitHub Action and the image: what of them can run here, runs."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.commands import posix

ROOT = Path(__file__).parents[1]
XLIFF = """<?xml version="1.0" encoding="UTF-8"?>
<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">
<file original="a" source-language="en" target-language="ko" datatype="plaintext"><body>
<trans-unit id="s1"><source>It cost $4m.</source><target>{target}</target></trans-unit>
</body></file></xliff>
"""


@pytest.fixture
def folder(tmp_path):
    """A project with one right and one wrong translation, and `toolkit` on its path."""
    (tmp_path / "right.xlf").write_text(XLIFF.format(target="비용은 400만 달러였다."), "utf-8")
    (tmp_path / "wrong.xlf").write_text(XLIFF.format(target="비용은 500만 달러였다."), "utf-8")
    (tmp_path / "bin").mkdir()
    command = tmp_path / "bin" / "toolkit"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m toolkit "$@"\n', "utf-8")
    command.chmod(0o755)
    return tmp_path


def shell(script: str, folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    path = f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        ["bash", "-e", "-c", script],
        cwd=folder, capture_output=True, text=True, check=False, timeout=60,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PATH": path, **variables},
    )  # fmt: skip


@posix
@pytest.mark.slow
@pytest.mark.parametrize(("file", "code"), [("right.xlf", 0), ("wrong.xlf", 7)])
def test_the_hook_lets_a_right_file_pass_and_stops_a_wrong_one(folder, file, code):
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    assert hook["language"] == "python"
    assert re.search(hook["files"], file)
    done = shell(f"{hook['entry']} {file}", folder)  # as pre-commit calls it
    assert done.returncode == code, done.stderr
    assert ("money/mistranslation" in done.stdout) is bool(code)


@posix
@pytest.mark.slow
def test_the_action_writes_findings_with_their_lines_and_ends_as_the_check_did(folder):
    action = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
    steps = {step.get("name"): step for step in action["runs"]["steps"]}
    given = {"FILES": "*.xlf", "ARGUMENTS": "", "FAIL_ON": "error", "SARIF": "found.sarif"}
    assert set(steps["check"]["env"]) == set(given)
    output = folder / "output"
    done = shell(steps["check"]["run"], folder, **given, GITHUB_OUTPUT=str(output))
    assert (done.returncode, output.read_text("utf-8")) == (0, "code=7\n")
    (run,) = json.loads((folder / "found.sarif").read_text("utf-8"))["runs"]
    (found,) = run["results"]
    assert found["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "wrong.xlf"
    assert shell(steps["result"]["run"], folder, CODE="7").returncode == 7


def test_what_the_action_reads_it_declares():
    text = (ROOT / "action.yml").read_text("utf-8")
    used = set(re.findall(r"inputs\.([a-z-]+)", text))
    assert used == set(yaml.safe_load(text)["inputs"])


def test_the_image_copies_what_is_there():
    text = (ROOT / "Dockerfile").read_text("utf-8")
    copied = [
        name
        for line in re.findall(r"^COPY (.*)$", text, re.MULTILINE)
        for name in line.split()[:-1]
    ]
    assert copied
    assert all((ROOT / name).exists() for name in copied)
    assert "USER editor" in text


def test_hosted_ci_calls_commands_that_there_are():
    jobs = yaml.safe_load((ROOT / ".github/workflows/tests.yml").read_text("utf-8"))["jobs"]
    said = "\n".join(step.get("run", "") for job in jobs.values() for step in job["steps"])
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert set(re.findall(r"make ([a-z-]+)", said)) <= targets
    assert (ROOT / ".ci" / "run").exists()
