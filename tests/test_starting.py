"""`toolkit demo` and `toolkit init`: the first minutes, in an empty folder."""

from __future__ import annotations

import re
from dataclasses import fields

import pytest

from tests.commands import toolkit
from toolkit import config


def test_the_demo_runs_in_an_empty_folder_whatever_the_settings_there_say(tmp_path, monkeypatch):
    (tmp_path / "toolkit.toml").write_text('engine = "chat:absent"\nlangs = ["de"]\n', "utf-8")
    monkeypatch.setenv("TOOLKIT_CONFIG", str(tmp_path / "toolkit.toml"))
    done = toolkit("demo", cwd=tmp_path)
    assert done.returncode == 0
    assert "9 articles summarised and translated into Korean and Ukrainian" in done.stderr.decode()
    assert (tmp_path / "demo" / "report.html").is_file()
    monkeypatch.delenv("TOOLKIT_CONFIG")
    assert toolkit("retry", "demo", cwd=tmp_path).returncode == 0


def test_init_writes_settings_that_hold(tmp_path):
    assert toolkit("init", "desk", "--lang", "ko,fr", cwd=tmp_path).returncode == 0
    assert config.load_settings(tmp_path / "desk").langs == ("ko", "fr")


def test_init_overwrites_nothing(tmp_path):
    (tmp_path / "toolkit.toml").write_text("mine", "utf-8")
    done = toolkit("init", cwd=tmp_path)
    assert done.returncode == 2
    assert "is there already" in done.stderr.decode()
    assert (tmp_path / "toolkit.toml").read_text("utf-8") == "mine"


def test_every_setting_is_explained_and_every_line_works(tmp_path):
    toolkit("init", cwd=tmp_path)
    path = tmp_path / "toolkit.toml"
    text = re.sub(r"^#(?=\S)", "", path.read_text("utf-8"), flags=re.MULTILINE)
    path.write_text(text, "utf-8")
    settings = config.load_settings(tmp_path)
    for field in fields(config.Settings):
        if field.name != "origin":
            assert re.search(rf"^\[*{field.name}\b", text, re.MULTILINE), field.name
    assert (settings.chat is not None, len(settings.ignore)) == (True, 1)


def test_a_folder_that_cannot_be_made_is_said(tmp_path):
    (tmp_path / "file").touch()
    done = toolkit("init", "file/in", cwd=tmp_path)
    assert done.returncode == 6
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize("command", ["demo", "init"])
def test_what_they_do_is_in_the_help(command, tmp_path):
    assert command in toolkit("--help", cwd=tmp_path).stdout.decode()
