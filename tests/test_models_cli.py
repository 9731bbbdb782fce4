"""`toolkit models`, from the command line."""

from __future__ import annotations

import gzip
import hashlib
import json
from dataclasses import replace

import firefox_models
import pytest
from commands import toolkit
from stand_in import Server

from toolkit import models
from toolkit.models import Code, Entry, File
from toolkit.models.lock import SHIPPED

MODEL = b"model" * 9000
GZ = gzip.compress(MODEL, mtime=0)


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.setenv("TOOLKIT_STORE", str(tmp_path / "store"))
    return tmp_path


@pytest.fixture
def server(here):
    """A server with one model, which the lock in this folder names."""
    with Server({"/m/model.bin.gz": GZ}) as running:
        packed = File("model.bin.gz", len(GZ), hashlib.sha256(GZ).hexdigest())
        entry = Entry(
            id="firefox-xx",
            family="firefox",
            task="translate",
            sources=(Code("en"),),
            targets=(Code("cy"),),
            licence="MPL-2.0",
            commercial=True,
            files=(File("model.bin", None, None, packed),),
            verified="upstream",
            url=running.url,
            path="m",
        )
        models.write_entry(here / "models.lock", entry)
        yield running


def test_the_list_is_short_unless_asked_and_says_what_one_must_know(here):
    done = toolkit("models", "list", cwd=here)
    lines = done.stdout.decode().splitlines()
    assert lines[0].split() == [
        "model",
        "translates",
        "published",
        "licence",
        "size",
        "here",
        "hashes",
    ]
    assert "firefox-en-ko-base-memory en→ko COMET 0.8726 MPL-2.0 38 MB no upstream" in [
        " ".join(line.split()) for line in lines
    ]
    shown = len(lines) - 1
    assert shown < 30
    assert f"{143 - shown} more: toolkit models list --all" in done.stderr.decode()
    assert any("CC-BY-NC-4.0 (not commercial)" in line for line in lines)
    every = toolkit("models", "list", "--all", "--json", cwd=here)
    assert len(json.loads(every.stdout)) == 143
    welsh = toolkit("models", "list", "--lang", "cy", "--json", cwd=here)
    assert [row["model"] for row in json.loads(welsh.stdout)] == ["m2m100_418M"]


def test_a_pair_is_fetched_verified_and_removed(server, here):
    done = toolkit("models", "fetch", "en-cy", cwd=here)
    assert (done.returncode, done.stdout) == (0, b"")
    assert "firefox-xx: fetched, 1 MB" in done.stderr.decode()
    again = toolkit("models", "fetch", "firefox-xx", "--offline", "--json", cwd=here)
    (row,) = json.loads(again.stdout)
    assert (row["stored"], row["fetched"]) == (True, 0)
    listed = json.loads(toolkit("models", "list", "--json", cwd=here).stdout)
    assert listed[0]["model"] == "firefox-xx"
    done = toolkit("models", "verify", cwd=here)
    assert (done.returncode, done.stdout.decode()) == (0, "firefox-xx: 1 file sound\n")
    (blob,) = (here / "store" / "blobs").glob("*/*")
    blob.chmod(0o644)
    blob.write_bytes(b"?" + MODEL[1:])
    done = toolkit("models", "verify", "--json", cwd=here)
    assert done.returncode == 4
    (row,) = json.loads(done.stdout)
    assert "model.bin: expected sha256" in row["problems"][0]
    assert toolkit("models", "fetch", "firefox-xx", "--quiet", cwd=here).returncode == 0
    assert toolkit("models", "verify", "firefox-xx", cwd=here).returncode == 0
    done = toolkit("models", "gc", "firefox-xx", "--dry-run", "--json", cwd=here)
    assert json.loads(done.stdout)["removed"] is False
    assert toolkit("models", "gc", "firefox-xx", cwd=here).returncode == 0
    done = toolkit("models", "verify", "firefox-xx", cwd=here)
    assert (done.returncode, done.stdout.decode()) == (4, "firefox-xx: not in the store\n")


def test_the_lock_nearby_learns_what_was_seen(server, here):
    done = toolkit("models", "lock", "firefox-xx", cwd=here)
    assert done.returncode == 0
    assert "1 hash written as seen: model.bin" in done.stderr.decode()
    entry = models.read_lock(here / "models.lock").entry("firefox-xx")
    assert entry.files[0].sha256 == hashlib.sha256(MODEL).hexdigest()
    done = toolkit("models", "lock", "firefox-xx", cwd=here)
    assert "all of it was known" in done.stderr.decode()


@pytest.mark.parametrize(
    ("args", "code", "message"),
    [
        (("fetch", "firefox-en-ko"), 4, "no model is called 'firefox-en-ko'"),
        (("fetch", "en-uk", "--offline"), 4, "'firefox-en-uk-base-memory' is not in the store"),
        (("fetch", "ko-uk", "--offline"), 4, "'firefox-ko-en-base' is not in the store"),
        (("fetch", "en-xx"), 4, "no model is called 'en-xx'"),
        (("fetch", "hy-mt2-7b"), 4, "does not know the files of 'hy-mt2-7b' yet"),
        (("fetch", "nllb-200-distilled-600M"), 4, "forbids commercial use"),
        (("lock", "nllb-200-distilled-600M"), 4, "forbids commercial use"),
        (("gc", "nothing"), 4, "no model 'nothing' is in the store"),
        (("add", "none"), 3, "expected a folder"),
        (("list", "--lang", "klingon"), 2, "no language 'klingon'"),
    ],
)
def test_what_cannot_be_done_is_said_with_its_exit_code(here, args, code, message):
    done = toolkit("models", *args, cwd=here)
    assert (done.returncode, done.stdout) == (code, b"")
    assert message in done.stderr.decode()
    assert not (here / "store").exists()


def test_a_folder_is_added(here):
    folder = here / "profile"
    folder.mkdir()
    (folder / "model.encs.intgemm.alphas.bin").write_bytes(MODEL)
    (folder / "vocab.encs.spm").write_bytes(b"pieces")
    done = toolkit("models", "add", str(folder), "--id", "mine", "--licence", "MPL-2.0", cwd=here)
    assert done.returncode == 0
    assert "mine: added to" in done.stderr.decode()
    (row,) = json.loads(toolkit("models", "list", "--lang", "cs", "--json", cwd=here).stdout)[:1]
    assert (row["model"], row["stored"], row["verified"]) == ("mine", True, "added")
    assert toolkit("models", "gc", "mine", cwd=here).returncode == 0
    rows = json.loads(toolkit("models", "list", "--all", "--json", cwd=here).stdout)
    assert "mine" not in {row["model"] for row in rows}


def test_languages_say_what_would_translate(here):
    rows = json.loads(toolkit("languages", "--json", cwd=here).stdout)
    korean = next(row for row in rows if row["code"] == "ko")
    best = korean["models"][0]
    assert (best["from"], best["through"]) == ("en", ["firefox-en-ko-base-memory"])
    assert (best["licence"], best["stored"]) == (["MPL-2.0"], False)
    text = toolkit("languages", cwd=here).stdout.decode()
    assert "firefox-en-uk-base-memory (25 MB, MPL-2.0, not here)" in text


@pytest.mark.slow
def test_a_model_is_fetched_opened_and_tried(here):
    """A Firefox model with random weights: what it says is nonsense, and is found to be."""
    source = here / "model"
    source.mkdir()
    shape = firefox_models.Shape(32, 64, 2, 400, 400, encoder=1)
    firefox_models.write_model(
        source / "model.enuk.intgemm.alphas.bin",
        weights := firefox_models.random_weights(shape, 1),
        firefox_models.config_text(shape),
        alphas=firefox_models.plain_alphas(weights),
    )
    firefox_models.write_vocabulary(
        source / "vocab.enuk.spm", [f"word{n}" for n in range(400 - firefox_models.FIRST_WORD)]
    )
    files, served = [], {}
    for path in sorted(source.iterdir()):
        gz = gzip.compress(path.read_bytes(), mtime=0)
        packed = File(f"{path.name}.gz", len(gz), hashlib.sha256(gz).hexdigest())
        files.append(File(path.name, packed=packed))
        served[f"/{path.name}.gz"] = gz
    with Server(served) as running:
        entry = replace(
            models.read_lock(SHIPPED).entry("firefox-en-uk-tiny"),
            id="firefox-random",
            files=tuple(files),
            url=running.url,
            path="",
        )
        models.write_entry(here / "models.lock", entry)
        assert toolkit("models", "fetch", "firefox-random", cwd=here).returncode == 0
    done = toolkit("models", "verify", "--run", "--json", cwd=here)
    assert done.returncode == 7
    (row,) = json.loads(done.stdout)
    assert row["problems"] == []
    assert [trial["passed"] for trial in row["trials"]] == [False] * 5
    text = toolkit("models", "verify", "--run", "firefox-random", cwd=here).stdout.decode()
    assert "firefox-random: 2 files sound\nfirefox-random: en→uk: 0 of 5 sentences sound" in text
    assert "error " in text
