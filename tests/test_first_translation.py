"""An article that no memory knows: a model is fetched, verified, and translates it.

The model is a small one of ours in Firefox's format; it lies packed on a server of this
machine, and a `models.lock` of the project names it.
"""

from __future__ import annotations

import gzip
from hashlib import sha256

import pytest
import typer
from commands import toolkit
from stand_in import Server
from trained_models import MODELS

ARTICLE = """date 2025-03-04 KYIV, March 4 (Harbour Wire) — \
The 36-kilometer road between Daegu and Kharkiv reopened on 29 September.

Finland and France signed a deal worth €7.5 million on January 19, 1963.
"""


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A folder with an article and a lock whose model a server on this machine has."""
    files = {path.name: path.read_bytes() for path in (MODELS / "firefox-small-enuk").iterdir()}
    packed = {f"/m/{name}.gz": gzip.compress(data, mtime=0) for name, data in files.items()}
    rows = []
    for name, data in files.items():
        gz = packed[f"/m/{name}.gz"]
        rows.append(
            f'{{ name = "{name}", size = {len(data)}, sha256 = "{sha256(data).hexdigest()}", '
            f'gz = {{ size = {len(gz)}, sha256 = "{sha256(gz).hexdigest()}" }} }},'
        )
    monkeypatch.setenv("TOOLKIT_STORE", str(tmp_path / "store"))
    (tmp_path / "toolkit.toml").write_text('memory = "memory.sqlite"\n')
    (tmp_path / "road.txt").write_text(ARTICLE)
    with Server(packed) as server:
        (tmp_path / "models.lock").write_text(
            "format = 1\n[model.small]\n"
            'family = "firefox"\nsources = ["en"]\ntargets = ["uk"]\nlicence = "Apache-2.0"\n'
            f'commercial = true\nverified = "upstream"\nurl = "{server.url}"\npath = "m"\n'
            'scores = [{ metric = "COMET", value = 0.99 }]\nfiles = [\n' + "\n".join(rows) + "\n]\n"
        )
        yield tmp_path, server


def test_with_leave_the_model_comes_once_and_the_article_is_translated(project):
    folder, server = project
    refused = toolkit("translate", "road.txt", "--lang", "uk", cwd=folder)
    assert (refused.returncode, refused.stdout) == (4, b"")
    assert b"toolkit models fetch small" in refused.stderr
    assert not (folder / "store").exists()

    done = toolkit("translate", "road.txt", "--lang", "uk", "--yes", cwd=folder)
    text = done.stdout.decode()
    assert done.returncode == 0, done.stderr.decode()
    assert "date 2025-03-04 KYIV, March 4 (Harbour Wire) — Дорогу" in text
    assert "29 вересня" in text
    assert "7,5 мільйона євро" in text
    assert "from small; 0 errors, 0 warnings" in done.stderr.decode()

    asked = len(server.asked)
    again = toolkit("translate", "road.txt", "--lang", "uk", "--offline", cwd=folder)
    assert again.stdout == done.stdout
    assert len(server.asked) == asked


def test_a_person_at_a_terminal_is_asked_once(project, monkeypatch):
    folder, _ = project
    questions = []

    def confirm(question, **_options):
        questions.append(question)
        return True

    monkeypatch.setattr(typer, "confirm", confirm)
    monkeypatch.setattr("toolkit.cli.choosing._is_at_terminal", lambda: True)
    (folder / "more.txt").write_text(ARTICLE.replace("36", "45"))
    done = toolkit("translate", "road.txt", "more.txt", "--lang", "uk", cwd=folder)
    assert done.returncode == 0, done.stderr.decode()
    assert [question.startswith("Download the model small (") for question in questions] == [True]


def test_a_model_that_is_not_the_locked_one_translates_nothing(project):
    folder, server = project
    name = next(name for name in server.files if "model." in name)
    middle = len(server.files[name]) // 2
    changed = bytearray(server.files[name])
    changed[middle] ^= 1
    server.files[name] = bytes(changed)
    done = toolkit("translate", "road.txt", "--lang", "uk", "--yes", cwd=folder)
    assert (done.returncode, done.stdout) == (4, b"")
    assert b"sha256" in done.stderr
