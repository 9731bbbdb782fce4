"""The store and the downloads into it, from servers that misbehave."""

from __future__ import annotations

import gzip
import hashlib
import os
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from stand_in import Server, hub

from toolkit import models
from toolkit.errors import ModelError, ModelMismatch, ModelMissing
from toolkit.models import Code, Entry, File, Network, Store

MODEL = bytes(range(256)) * 600
VOCAB = b"vocabulary " * 50
REVISION = "0123456789abcdef0123456789abcdef01234567"
QUICK = Network(timeout=30.0, tries=3, pause=0.0)


def sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def packed(name: str, data: bytes, *, raw: bool = True) -> tuple[File, bytes]:
    gz = gzip.compress(data, mtime=0)
    file = File(f"{name}.gz", len(gz), sha(gz))
    return File(name, len(data) if raw else None, sha(data) if raw else None, file), gz


MODEL_FILE, MODEL_GZ = packed("model.bin", MODEL)
VOCAB_FILE, VOCAB_GZ = packed("vocab.spm", VOCAB, raw=False)
FILES = {"/models/model.bin.gz": MODEL_GZ, "/models/vocab.spm.gz": VOCAB_GZ}
LARGE = "/models/model.bin.gz"


def entry(url: str, **changes) -> Entry:
    plain = Entry(
        id="firefox-en-ko-tiny",
        family="firefox",
        task="translate",
        sources=(Code("en"),),
        targets=(Code("ko"),),
        licence="MPL-2.0",
        commercial=True,
        files=(MODEL_FILE, VOCAB_FILE),
        verified="upstream",
        url=url,
        path="models",
    )
    return replace(plain, **changes)


@pytest.fixture
def server():
    with Server(FILES) as running:
        yield running


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path / "store")


def fetch(entry: Entry, store: Store, net: Network = QUICK, tell=None) -> Path:
    return models.fetch(models.plan_fetch(entry, store), store, tell, network=net)


def test_a_model_is_fetched_unpacked_and_verified(server, store):
    told = []
    folder = fetch(entry(server.url), store, tell=lambda *row: told.append(row))
    assert (folder / "model.bin").read_bytes() == MODEL
    assert (folder / "vocab.spm").read_bytes() == VOCAB
    assert told[-1] == ("vocab.spm.gz", len(VOCAB_GZ), len(VOCAB_GZ))
    assert not list((store.root / "partial").glob("*"))
    assert store.has(entry(server.url))
    assert models.plan_fetch(entry(server.url), store).done
    asked = len(server.asked)
    assert fetch(entry(server.url), store) == folder
    assert len(server.asked) == asked


def test_nothing_is_made_on_disk_before_something_is_stored(tmp_path):
    store = Store(tmp_path / "store")
    assert not store.has(entry("http://127.0.0.1:9"))
    assert models.plan_gc(store, ()).size == 0
    with pytest.raises(ModelMissing, match="not in the store") as failure:
        store.folder(entry("http://127.0.0.1:9"))
    assert failure.value.hint == "toolkit models fetch firefox-en-ko-tiny"
    assert not store.root.exists()


@pytest.mark.parametrize(
    ("faults", "ranges"),
    [
        (["cut:100"], ["", "bytes=100-"]),
        (["500", "503"], ["", "", ""]),
        (["cut:100", "whole"], ["", "bytes=100-"]),
        (["cut:100", "cut:60", "429"], ["", "bytes=100-", "bytes=160-", "bytes=160-"]),
    ],
    ids=["cut", "errors", "cut, then no ranges", "cut, cut, busy"],
)
def test_what_fails_for_a_moment_is_tried_again_from_where_it_stopped(
    server, store, faults, ranges
):
    server.faults[LARGE] = faults
    folder = fetch(entry(server.url), store, replace(QUICK, tries=5))
    assert (folder / "model.bin").read_bytes() == MODEL
    assert server.got(LARGE) == ranges


def test_a_later_command_goes_on_where_the_one_before_gave_up(server, store):
    server.faults[LARGE] = ["cut:100", "404"]
    with pytest.raises(ModelMissing, match=r"could not be downloaded.*404") as failure:
        fetch(entry(server.url), store)
    assert "it goes on where it stopped" in failure.value.hint
    assert not store.has(entry(server.url))
    fetch(entry(server.url), store)
    assert server.got(LARGE)[-1] == "bytes=100-"


def test_what_an_earlier_server_left_wrong_is_fetched_from_the_start(server, store):
    part = store.partial(entry(server.url)) / "model.bin.gz.part"
    part.parent.mkdir(parents=True)
    part.write_bytes(b"x" * 100)
    assert (fetch(entry(server.url), store) / "model.bin").read_bytes() == MODEL
    assert server.got(LARGE) == ["bytes=100-", ""]


def test_wrong_bytes_are_refused_and_deleted(server, store):
    server.faults[LARGE] = ["wrong"]
    with pytest.raises(ModelMismatch, match=MODEL_FILE.packed.sha256) as failure:
        fetch(entry(server.url), store)
    assert "was deleted" in failure.value.message
    assert not store.has(entry(server.url))
    assert not list((store.root / "partial").rglob("*.part"))
    fetch(entry(server.url), store)


def test_more_bytes_than_the_lock_says_are_not_taken(server, store):
    server.faults[LARGE] = ["more"]
    with pytest.raises(ModelMismatch, match="more are coming"):
        fetch(entry(server.url), store)
    assert not list((store.root / "partial").rglob("*.part"))


def test_a_server_that_falls_silent_is_given_up(server, store):
    server.faults[LARGE] = ["slow", "slow"]
    with pytest.raises(ModelMissing, match="timed out"):
        fetch(entry(server.url), store, Network(timeout=0.05, tries=2, pause=0.0))
    assert not store.has(entry(server.url))


def test_a_mirror_is_asked_after_the_original(server, store, tmp_path):
    with Server({}) as empty:
        fetch(entry(empty.url), store, replace(QUICK, mirrors=(server.url + "/",)))
        assert [path for _, path, _ in empty.asked] == list(FILES)
    folder = tmp_path / "mirror" / "models"
    folder.mkdir(parents=True)
    (folder / "model.bin.gz").write_bytes(MODEL_GZ)
    (folder / "vocab.spm.gz").write_bytes(VOCAB_GZ)
    other = Store(tmp_path / "other")
    fetch(entry(empty.url), other, replace(QUICK, tries=1, mirrors=(str(tmp_path / "mirror"),)))
    assert other.has(entry(empty.url))


def test_a_proxy_is_used_where_one_is_set(store, monkeypatch):
    far = "http://models.invalid"
    with Server({far + path: data for path, data in FILES.items()}) as proxy:
        monkeypatch.setenv("http_proxy", proxy.url)
        monkeypatch.delenv("no_proxy", raising=False)
        monkeypatch.delenv("NO_PROXY", raising=False)
        fetch(entry(far), store)
        assert [path for _, path, _ in proxy.asked] == list(proxy.files)


def test_a_wrong_mirror_does_not_stop_the_next(server, store):
    with Server({path: b"?" * len(data) for path, data in FILES.items()}) as bad:
        fetch(entry(bad.url), store, replace(QUICK, mirrors=(server.url,)))
    assert store.has(entry(bad.url))


def test_a_gz_that_unpacks_to_more_than_the_lock_says_fills_no_disk(store):
    bomb, gz = packed("model.bin", bytes(50_000_000))
    lying = replace(bomb, size=1000, sha256=sha(bytes(1000)))
    unsized = replace(bomb, size=None, sha256=None)
    with Server({LARGE: gz}) as server:
        for file, most in ((lying, "1,000"), (unsized, f"{32 * len(gz) + (1 << 20):,}")):
            with pytest.raises(ModelMismatch, match=f"more than {most} bytes"):
                fetch(entry(server.url, files=(file,)), store)
    kept = [path for path in store.root.rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in kept) < 1_000_000


def test_a_gz_that_is_none_is_refused(store):
    data = b"no gzip at all"
    file = File("model.bin", None, None, File("model.bin.gz", len(data), sha(data)))
    with Server({LARGE: data}) as server, pytest.raises(ModelMismatch, match="unpacked"):
        fetch(entry(server.url, files=(file,)), store)


@pytest.mark.parametrize("name", ["model.bin", "vocab.spm"])
def test_a_flipped_bit_is_found_when_the_model_is_opened_and_mended_by_a_fetch(server, store, name):
    item = entry(server.url)
    blob = (fetch(item, store) / name).resolve()
    data = bytearray(blob.read_bytes())
    data[len(data) // 2] ^= 4
    blob.chmod(0o644)
    blob.write_bytes(data)
    with pytest.raises(
        ModelMismatch, match=f"{name}: expected sha256 {blob.name}, found"
    ) as failed:
        store.folder(item)
    assert "toolkit models fetch firefox-en-ko-tiny" in failed.value.hint
    plan = models.plan_fetch(item, store)
    assert [file.name for file in plan.files] == [name]
    models.fetch(plan, store, network=QUICK)
    assert (store.folder(item) / name).stat().st_size == len(data)


def test_a_file_that_shrank_or_went_is_found(server, store):
    item = entry(server.url)
    folder = fetch(item, store)
    blob = (folder / "model.bin").resolve()
    blob.chmod(0o644)
    blob.write_bytes(MODEL[:-1])
    with pytest.raises(ModelMismatch, match="expected 153,600 bytes, found 153,599"):
        store.folder(item)
    blob.unlink()
    with pytest.raises(ModelMismatch, match=r"model\.bin: not in the store"):
        store.folder(item)
    assert not store.has(item)
    fetch(item, store)
    assert store.has(item)


def test_a_sound_folder_is_left_to_those_who_have_it_open(server, store):
    item = entry(server.url)
    before = fetch(item, store).stat()
    for path in (store.root / "blobs").glob("*/*"):
        path.chmod(0o644)
    vocab = (store.path(item) / "vocab.spm").resolve()
    vocab.write_bytes(VOCAB[:-1] + b"?")
    after = fetch(item, store).stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)
    assert (store.folder(item) / "vocab.spm").read_bytes() == VOCAB


def test_something_else_in_the_place_of_a_link_is_found_and_mended(server, store):
    item = entry(server.url)
    folder = fetch(item, store)
    (folder / "model.bin").unlink()
    assert not store.has(item)
    fetch(item, store)
    (folder / "model.bin").unlink()
    (folder / "model.bin").write_bytes(bytes(len(MODEL)))
    with pytest.raises(ModelMismatch):
        store.folder(item)
    plan = models.plan_fetch(item, store)
    assert (plan.files, plan.done) == ((), False)
    assert (models.fetch(plan, store, offline=True) / "model.bin").read_bytes() == MODEL
    assert len(server.got(LARGE)) == 1


def test_a_full_disk_is_said_and_leaves_the_store_sound(server, store):
    resource = pytest.importorskip("resource", reason="limits are of POSIX systems")
    fetch(entry(server.url, files=(VOCAB_FILE,)), store)
    big, gz = packed("big.bin", os.urandom(3_000_000))
    server.files["/models/big.bin.gz"] = gz
    item = entry(server.url, id="big", files=(big, VOCAB_FILE))
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, hard))
    try:
        with pytest.raises(ModelError, match="File too large") as failure:
            fetch(item, store)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert "make room" in failure.value.hint
    assert not list((store.root / "partial").rglob("*.part"))
    assert not store.has(item)
    store.folder(entry(server.url, files=(VOCAB_FILE,)))
    fetch(item, store)
    assert server.got("/models/vocab.spm.gz") == ["", ""]


def test_a_model_too_large_for_the_disk_is_refused_before_the_download(server, store):
    huge = replace(MODEL_FILE, size=10**18)
    with pytest.raises(ModelError, match=r"needs 1000000000\.0 GB in .*, where .* are free"):
        fetch(entry(server.url, files=(huge,)), store)
    assert server.asked == []


def test_a_store_that_cannot_be_written_is_said(server, tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(ModelError, match="cannot be written: Not a directory") as failure:
        fetch(entry(server.url), Store(tmp_path / "file" / "store"))
    assert "TOOLKIT_STORE" in failure.value.hint


def test_offline_nothing_is_asked_for(server, store, monkeypatch):
    plan = models.plan_fetch(entry(server.url), store)
    with pytest.raises(ModelMissing, match="not in the store"):
        models.fetch(plan, store, offline=True, network=QUICK)
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    with pytest.raises(ModelMissing, match="not in the store"):
        models.fetch(plan, store, network=QUICK)
    assert server.asked == []


def test_two_at_once_download_once(server, store):
    item = entry(server.url)
    server.faults[LARGE] = ["cut:100"]
    done, told, together = [], [], threading.Barrier(3)

    def work():
        together.wait()
        net = replace(QUICK, pause=0.3)
        done.append(fetch(item, store, net, lambda name, *_: told.append(name)))

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert done == [store.folder(item)] * 3
    assert server.got(LARGE) == ["", "bytes=100-"]
    assert "another process is at it; waiting" in told


def test_two_processes_at_once_leave_one_sound_model(server, store):
    code = (
        "import sys; from pathlib import Path; from toolkit import models as m\n"
        "s = m.Store(Path(sys.argv[1])); e = m.read_lock(Path(sys.argv[2])).entry('m')\n"
        "m.fetch(m.plan_fetch(e, s), s)"
    )
    lock = store.root.parent / "models.lock"
    models.write_entry(lock, entry(server.url, id="m"))
    running = [
        subprocess.Popen([sys.executable, "-c", code, str(store.root), str(lock)]) for _ in range(2)
    ]
    assert [process.wait(timeout=60) for process in running] == [0, 0]
    assert (store.folder(entry(server.url, id="m")) / "model.bin").read_bytes() == MODEL
    assert server.got(LARGE) == [""]


def test_models_share_files_and_gc_keeps_what_one_of_them_uses(server, store):
    one, two = (
        entry(server.url, id="one"),
        entry(server.url, id="two", files=(VOCAB_FILE,)),
    )
    fetch(one, store)
    fetch(two, store)
    assert len(list((store.root / "blobs").glob("*/*"))) == 2
    derived = store.derived(one, "ct2-int8")
    derived.mkdir(parents=True)
    (derived / "model.bin").write_bytes(b"made of it")
    left = store.partial(entry(server.url, id="three"))
    left.mkdir(parents=True)
    (left / "model.bin.gz.part").write_bytes(b"half")
    assert models.plan_gc(store, (one, two)).size == 4
    models.collect(store, (one, two), ids=("one",))
    assert not left.exists()
    assert not derived.exists()
    assert not store.has(one)
    assert (store.folder(two) / "vocab.spm").read_bytes() == VOCAB
    assert [blob.name for blob in (store.root / "blobs").glob("*/*")] == [sha(VOCAB)]
    assert store.ids() == ("two",)


def test_gc_leaves_a_download_under_way_alone(server, store):
    item = entry(server.url)
    part = store.partial(item)
    part.mkdir(parents=True)
    with store.locked(part.name):
        assert models.plan_gc(store, ()).folders == ()
    assert models.plan_gc(store, ()).folders == (part,)


def test_older_files_of_a_model_go_once_the_new_ones_are_there(server, store):
    old = entry(server.url, files=(VOCAB_FILE,))
    new = entry(server.url)
    fetch(old, store)
    assert models.plan_gc(store, (new,)).folders == ()
    fetch(new, store)
    assert models.plan_gc(store, (new,)).folders == (store.path(old),)


def test_a_model_whose_licence_forbids_commercial_use_is_refused(server, store):
    item = entry(server.url, commercial=False, licence="CC-BY-NC-4.0")
    with pytest.raises(ModelError, match="forbids commercial use") as failure:
        models.plan_fetch(item, store)
    assert "--allow-noncommercial" in failure.value.hint
    assert models.plan_fetch(item, store, allow_noncommercial=True).size > 0


# --- the hub, through its own client -------------------------------------------------------

REPO = "owner/model"
HUB_FILES = {"model.safetensors": MODEL, "config.json": b"{}"}


def of_hub(**changes) -> Entry:
    files = tuple(File(name, None, sha(data)) for name, data in HUB_FILES.items())
    return entry("", repo=REPO, revision=REVISION, path="", files=files, **changes)


@pytest.fixture
def hub_server(monkeypatch):
    with Server(hub(REPO, REVISION, HUB_FILES)) as running:
        monkeypatch.setenv("HF_ENDPOINT", running.url)
        monkeypatch.setenv("NO_PROXY", "127.0.0.1")
        yield running


WEIGHTS = f"/{REPO}/resolve/{REVISION}/model.safetensors"


def test_a_model_of_a_hub_is_fetched_at_its_revision_and_nothing_else_is_asked(hub_server, store):
    told = []
    folder = fetch(of_hub(), store, tell=lambda *row: told.append(row))
    assert (folder / "model.safetensors").read_bytes() == MODEL
    assert {path for _, path, _ in hub_server.asked} == set(hub_server.files)
    assert ("model.safetensors", len(MODEL), len(MODEL)) in told


@pytest.mark.slow
def test_a_connection_to_the_hub_that_is_cut_is_taken_up_again_now_and_later(hub_server, store):
    # The client writes in blocks of 10 MiB; what it has of another is lost with the connection.
    block = 10 * 1024 * 1024
    weights = bytes(block + 1000)
    hub_server.files[WEIGHTS] = weights
    item = replace(of_hub(), files=(File("model.safetensors", None, sha(weights)),))
    hub_server.faults[WEIGHTS] = [f"cut:{block + 10}", "404", f"cut:{10}"]
    with pytest.raises(ModelMissing, match="could not be downloaded"):
        fetch(item, store)
    fetch(item, store)
    assert hub_server.got(WEIGHTS) == ["", *[f"bytes={block}-"] * 3]


@pytest.mark.parametrize(("fault", "kind"), [("wrong", ModelMismatch), ("500", ModelMissing)])
def test_a_hub_that_fails_or_lies_leaves_nothing_visible(hub_server, store, fault, kind):
    hub_server.faults[WEIGHTS] = [fault]
    with pytest.raises(kind):
        fetch(of_hub(), store)
    assert not store.has(of_hub())
    assert (fetch(of_hub(), store) / "model.safetensors").read_bytes() == MODEL


def test_a_token_goes_to_the_hub_and_not_to_the_host_that_holds_its_large_files(
    hub_server, store, monkeypatch
):
    monkeypatch.setenv("HF_TOKEN", "hf_secret")
    with Server({"/far/away": MODEL}) as other:
        hub_server.moved[WEIGHTS] = other.url + "/far/away"
        assert (fetch(of_hub(), store) / "model.safetensors").read_bytes() == MODEL
        assert hub_server.tokens == {"Bearer hf_secret"}
        assert other.tokens == {""}


def test_a_hub_that_serves_another_revision_is_refused(hub_server, store):
    moved = "f" * 40
    hub_server.files = hub(REPO, moved, HUB_FILES)
    with pytest.raises(ModelMissing, match="404"):
        fetch(of_hub(), store)


def test_a_file_of_the_hub_that_never_ends_is_cut_off(hub_server, store):
    hub_server.faults[WEIGHTS] = ["more"]
    sized = replace(of_hub(), files=(File("model.safetensors", len(MODEL), sha(MODEL)),))
    with pytest.raises(ModelMismatch, match="more are coming"):
        fetch(sized, store)


def test_staying_offline_does_not_stop_a_fetch(hub_server, store, monkeypatch):
    for name in ("HF_HUB_OFFLINE", "DISABLE_SAFETENSORS_CONVERSION", "HF_HUB_DISABLE_TELEMETRY"):
        monkeypatch.delenv(name, raising=False)
    constants = pytest.importorskip("huggingface_hub.constants")
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", False)
    models.stay_offline()
    assert os.environ["HF_HUB_OFFLINE"] == "1"
    assert constants.is_offline_mode()
    fetch(of_hub(), store)
    assert constants.is_offline_mode()


def test_a_large_file_is_hashed_again_only_when_it_was_touched(server, store, monkeypatch):
    monkeypatch.setattr("toolkit.models.store.STAMPED", 1000)
    item = entry(server.url)
    blob = (fetch(item, store) / "model.bin").resolve()
    stamp = store.root / "stamps" / blob.name
    assert stamp.read_text().endswith(sha(MODEL))
    # A stamp that lies is believed while the file is as it was, and only then.
    stamp.write_text(stamp.read_text().replace(sha(MODEL), "0" * 64))
    with pytest.raises(ModelMismatch):
        store.folder(item)
    assert list(store.problems(item, thorough=True)) == []
    store.folder(item)
    blob.chmod(0o644)
    blob.write_bytes(bytes([MODEL[0] ^ 1]) + MODEL[1:])
    os.utime(blob, ns=(0, 0))
    with pytest.raises(ModelMismatch, match="expected sha256"):
        store.folder(item)
