"""The publisher's registry, honest and dishonest, and what is pinned of it."""

from __future__ import annotations

import gzip
import hashlib
import json

import pytest
from commands import toolkit
from stand_in import Server

from toolkit import models
from toolkit.errors import InputError, ModelMismatch, ModelMissing, ToolkitError
from toolkit.models import Code, Entry, File, Lock, Network, Score, Store

QUICK = Network(timeout=5.0, tries=2, pause=0.0)
MODEL, VOCAB, LEX = b"weights " * 4000, b"vocabulary " * 50, b"words " * 60
FOLDER = "models/en-ko/spring_abc/exported"


def sha(data):
    return hashlib.sha256(data).hexdigest()


def about(name, data, **changes):
    return {
        "path": f"{FOLDER}/{name}.gz",
        "uncompressedSize": len(data),
        "uncompressedHash": sha(data),
    } | changes


def offered(**changes):
    files = {
        "model": about("model.enko.intgemm.alphas.bin", MODEL),
        "vocab": about("vocab.enko.spm", VOCAB),
        "lexicalShortlist": about("lex.50.50.enko.s2t.bin", LEX),
    }
    metrics = {"flores200-plus": {"bleu": 31.0, "comet22": 0.88}}
    row = {"architecture": "base", "releaseStatus": "Release", "files": files, "metrics": metrics}
    return row | changes


def published(server, *rows, pair="en-ko", **changes):
    data = {"baseUrl": server.url, "generated": "2026-02-01", "models": {pair: list(rows)}}
    server.files["/db/models.json"] = json.dumps(data | changes).encode()
    return f"{server.url}/db/models.json"


@pytest.fixture
def server():
    names = {
        "model.enko.intgemm.alphas.bin": MODEL,
        "vocab.enko.spm": VOCAB,
        "lex.50.50.enko.s2t.bin": LEX,
    }
    files = {f"/{FOLDER}/{name}.gz": gzip.compress(data, mtime=0) for name, data in names.items()}
    with Server(files) as running:
        yield running


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path / "store")


def ours(**changes):
    plain = {
        "id": "firefox-en-ko-base",
        "family": "firefox",
        "task": "translate",
        "sources": (Code("en"),),
        "targets": (Code("ko"),),
        "licence": "MPL-2.0",
        "commercial": True,
        "files": (File("model.enko.intgemm.alphas.bin", 5, sha(b"older")),),
        "verified": "upstream",
        "url": "https://models.example",
        "path": "models/base/enko",
        "architecture": "base",
        "scores": (Score("COMET", 0.865),),
    }
    return Entry(**(plain | changes))


def read(address):
    return models.read_registry(address, network=QUICK)


def pin_all(address, store):
    return [models.pin(entry, store, network=QUICK) for entry in read(address)]


def states(address, *entries, langs=()):
    found = models.compare(read(address), Lock(tuple(entries)), langs)
    return [(o.state, o.entry.id, o.old.id if o.old else "") for o in found]


NEW = f"firefox-en-ko-base-{sha(MODEL)[:8]}"


@pytest.mark.parametrize(
    ("score", "architecture", "state", "old"),
    [
        (0.865, "base", "better", "firefox-en-ko-base"),
        (0.9, "base", "newer", "firefox-en-ko-base"),
        (0.9, "tiny", "new", ""),
    ],
)
def test_what_is_better_newer_or_new(server, score, architecture, state, old):
    mine = ours(scores=(Score("COMET", score),), architecture=architecture)
    assert states(published(server, offered()), mine)[0] == (state, NEW, old)


def test_what_is_pinned_already_and_what_is_gone(server):
    same = ours(files=(File("model.enko.intgemm.alphas.bin", len(MODEL), sha(MODEL)),))
    address = published(server, offered())
    assert states(address, same) == [("pinned", "firefox-en-ko-base", "")]
    other = ours(id="firefox-en-uk-base", targets=(Code("uk"),))
    assert ("gone", "firefox-en-uk-base", "") in states(address, same, other)
    assert states(address, same, other, langs=["ko"]) == [("pinned", "firefox-en-ko-base", "")]


@pytest.mark.parametrize("pair", ["en-ko", "enko"])
def test_pairs_and_scores_as_the_publisher_writes_them(server, pair):
    metrics = {"flores200-plus": {"bleu": 31.0, "comet22": 88.0}}
    (entry,) = read(published(server, offered(metrics=metrics), pair=pair))
    assert (entry.sources, entry.targets) == ((Code("en"),), (Code("ko"),))
    assert entry.score("COMET") == pytest.approx(0.88)


def test_only_what_is_released_is_offered(server):
    assert read(published(server, offered(releaseStatus="Nightly"))) == ()


def test_only_what_was_downloaded_and_hashed_is_pinned(server, store):
    (entry,) = read(published(server, offered()))
    assert not entry.complete
    pinned = models.pin(entry, store, network=QUICK)
    assert pinned.complete
    assert pinned.verified == "downloaded"
    folder = store.folder(pinned)
    assert (folder / "model.enko.intgemm.alphas.bin").read_bytes() == MODEL
    models.write_entry(store.lock_path, pinned)
    assert models.read_lock(store.lock_path).entry(NEW) == pinned


def test_two_vocabularies_and_no_shortlist(server, store):
    names = ("srcvocab.enko.spm", "trgvocab.enko.spm")
    for name in names:
        server.files[f"/{FOLDER}/{name}.gz"] = gzip.compress(VOCAB)
    files = {"model": about("model.enko.intgemm.alphas.bin", MODEL)}
    files |= dict(zip(("srcVocab", "trgVocab"), (about(n, VOCAB) for n in names), strict=True))
    (entry,) = read(published(server, offered(files=files)))
    assert models.pin(entry, store, network=QUICK).complete


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ({"uncompressedHash": sha(b"another")}, ModelMismatch),
        ({"uncompressedSize": len(MODEL) - 1}, ModelMismatch),
        ({"uncompressedSize": len(MODEL) + 1}, ModelMismatch),
        ({"uncompressedSize": 10**12}, InputError),
        ({"uncompressedSize": -1}, InputError),
        ({"uncompressedHash": "nothing"}, InputError),
        ({"path": "../../etc/model.enko.bin"}, InputError),
        ({"path": "/etc/model.enko.bin"}, InputError),
        ({"path": "models/../../model.enko.bin.gz"}, InputError),
        ({"path": "https://elsewhere.example/model.enko.bin.gz"}, InputError),
        ({"path": f"{FOLDER}/run_me.py"}, InputError),
        ({"path": f"{FOLDER}/model.missing.bin.gz"}, ModelMissing),
        ({"path": 5}, InputError),
    ],
)
def test_what_is_not_as_said_is_refused_and_nothing_is_stored(server, store, change, kind):
    row = offered()
    row["files"]["model"] |= change
    with pytest.raises(kind):
        pin_all(published(server, row), store)
    assert not store.ids()
    assert not list((store.root / "blobs").glob("*/*"))


def test_nobody_is_followed_to_another_address(server, store):
    path = f"/{FOLDER}/model.enko.intgemm.alphas.bin.gz"
    address = published(server, offered())
    (entry,) = read(address)
    with Server(server.files) as other:
        server.moved[path] = f"{other.url}{path}"
        with pytest.raises(ModelMissing):
            models.pin(entry, store, network=QUICK)
        server.moved["/db/models.json"] = f"{other.url}/db/models.json"
        with pytest.raises(ModelMissing):
            read(address)
        assert not other.asked


@pytest.mark.parametrize("fault", ["more", "wrong"])
def test_a_file_without_end_or_of_other_bytes_is_refused(server, store, fault):
    server.faults[f"/{FOLDER}/model.enko.intgemm.alphas.bin.gz"] = [fault] * 3
    (entry,) = read(published(server, offered()))
    with pytest.raises(ToolkitError):
        models.pin(entry, store, network=QUICK)
    assert not store.ids()


@pytest.mark.parametrize(
    "change",
    [
        {"baseUrl": "http://models.example"},
        {"baseUrl": "ftp://models.example"},
        {"baseUrl": None},
        {"models": []},
        {"models": {"en-ko": {}}},
        {"models": {"en-ko": [{"releaseStatus": "Release"}]}},
    ],
)
def test_a_registry_of_another_shape_is_refused(server, change):
    with pytest.raises(InputError):
        read(published(server, offered(), **change))


def test_an_address_over_http_is_refused():
    with pytest.raises(InputError, match="https"):
        read("http://models.example/db/models.json")


def test_the_command_shows_and_pins_and_the_list_says_superseded(server, tmp_path, monkeypatch):
    monkeypatch.setenv("TOOLKIT_STORE", str(tmp_path / "store"))
    address = published(server, offered())
    asked = ("models", "update", "--lang", "ko", "--registry", address)
    done = toolkit(*asked, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert NEW.encode() in done.stdout
    assert b"--yes" in done.stderr
    assert not (tmp_path / "store" / "models.lock").exists()
    done = toolkit(*asked, "--yes", "--json", cwd=tmp_path)
    assert [row["pinned"] for row in json.loads(done.stdout) if row["model"] == NEW] == [True]
    listed = json.loads(toolkit("models", "list", "--lang", "ko", "--json", cwd=tmp_path).stdout)
    found = {row["model"]: row for row in listed}
    assert found[NEW]["stored"]
    assert found["firefox-en-ko-base"]["superseded"]
    assert not found[NEW]["superseded"]
