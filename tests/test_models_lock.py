"""models.lock: what it says, how strictly it is read, and what changes in it."""

from __future__ import annotations

import importlib.util
import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit import models
from toolkit.errors import InputError, ModelMissing
from toolkit.models import Code, Entry, File, Store
from toolkit.models.lock import SHIPPED

ROOT = Path(__file__).parents[1]
DATA = ROOT.parent / "shared" / "data" / "firefox-models.json"
SHA = "ab" * 32

ENTRY = """\
[model.a]
family = "marian"
sources = ["en"]
targets = ["uk=>>ukr<<"]
licence = "CC-BY-4.0"
commercial = true
verified = "transcribed"
repo = "owner/name"
revision = "0123456789abcdef0123456789abcdef01234567"
files = [{ name = "vocab.json", sha256 = "SHA" }]
""".replace("SHA", SHA)


def write(path: Path, text: str) -> Path:
    path.write_text(text, "utf-8")
    return path


LOCK = models.read_lock(SHIPPED)


@pytest.fixture
def here(tmp_path, monkeypatch):
    """A folder with no models.lock above it."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_lock_at_the_top_is_the_one_that_is_shipped():
    assert (ROOT / "models.lock").read_bytes() == SHIPPED.read_bytes()


def test_the_shipped_lock_is_whole():
    assert len({entry.id for entry in LOCK.entries}) == len(LOCK.entries) == 143
    assert sum(entry.family == "firefox" for entry in LOCK.entries) == 137
    incomplete = [entry.id for entry in LOCK.entries if not entry.complete]
    assert incomplete == ["hy-mt2-1.8b", "hy-mt2-7b", "bart-large-cnn"]
    # Where nothing is known nothing is claimed, and what is not "nothing" has a hash at least.
    for entry in LOCK.entries:
        assert (entry.verified == "nothing") == (not any(f.fetched.sha256 for f in entry.files))
        assert entry.repo == "" or entry.revision


@pytest.mark.parametrize(
    ("pair", "found"),
    [
        (("en", "ko"), ["firefox-en-ko-base-memory", "firefox-en-ko-base", "hy-mt2-1.8b"]),
        (
            ("en", "uk"),
            ["firefox-en-uk-base-memory", "firefox-en-uk-tiny", "opus-mt-tc-big-en-zle"],
        ),
        (("en-GB", "zh-Hans"), ["firefox-en-zh-base-memory", "firefox-en-zh-base", "m2m100_418M"]),
        (("ko", "uk"), ["hy-mt2-1.8b", "hy-mt2-7b", "m2m100_418M"]),
        (("ko", "ko"), []),
        (("en", "xx"), []),
    ],
)
def test_candidates_come_best_first(pair, found):
    assert [entry.id for entry in LOCK.candidates(*pair)][:3] == found
    assert all(entry.commercial for entry in LOCK.candidates(*pair))


def test_models_that_are_not_commercial_come_last_and_only_if_allowed():
    allowed = LOCK.candidates("en", "ko", allow_noncommercial=True)
    assert allowed[-1].id == "nllb-200-distilled-600M"
    assert [e.id for e in LOCK.candidates("en", "en", "summarize")] == ["bart-large-cnn"]


def test_a_name_that_is_none_is_answered_with_those_near():
    with pytest.raises(ModelMissing, match="'firefox-en-ko'") as failure:
        LOCK.entry("firefox-en-ko")
    assert "firefox-en-ko-base" in failure.value.hint


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("", "", "expected format = 1, found None"),
        ('"marian"', '"marvin"', "a.family: expected one of firefox"),
        ("commercial = true", "commerce = true", "unknown key 'commerce'"),
        ("commercial = true\n", "", "missing key 'commercial'"),
        ('"owner/name"', '"../name/x"', r"repo: found '\.\./name/x'"),
        ("0123456789abcdef0", "main-0123456789ab", "revision: expected 40 hex digits"),
        (SHA, SHA[:-1], "vocab.json: expected a sha256 of 64 hex digits"),
        (SHA, SHA.upper(), "vocab.json: expected a sha256 of 64 hex digits"),
        ('"vocab.json"', '"../vocab.json"', "files: expected a plain relative name"),
        ('"vocab.json"', '"/etc/passwd"', "files: expected a plain relative name"),
        ('"vocab.json"', '".manifest.json"', "files: expected a plain relative name"),
        ("[model.a]", '[model."../a"]', r"id: found '\.\./a'"),
        ('sources = ["en"]', "sources = []", "no languages"),
        ('repo = "owner/name"', 'url = "file:///etc"', "url: expected http:// or https://"),
        ("[model.a]", '[model.a]\nlike = "b"', r"no table \[shared.b\]"),
        ("[model.a]", "[model.a", "not TOML"),
        ("[model.a]", "[models.a]", "unknown table 'models'"),
    ],
)
def test_what_a_lock_may_not_say(tmp_path, old, new, message):
    text = ENTRY.replace(old, new) if old else ENTRY
    path = write(tmp_path / "models.lock", ("format = 1\n" if old else "") + text)
    with pytest.raises(InputError, match=message):
        models.read_lock(path)


def test_what_is_written_is_read_again(tmp_path):
    path = tmp_path / "again.lock"
    for entry in LOCK.entries:
        if entry.family != "firefox" or "-ko-" in entry.id:
            models.write_entry(path, entry)
    assert models.read_lock(path).entries == tuple(
        e for e in LOCK.entries if e.family != "firefox" or "-ko-" in e.id
    )


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from(["a", "ж", "한", '"', "'", "\\", "[model.x]", "#"]), min_size=1))
def test_any_words_are_written_so_that_they_are_read_again(tmp_path_factory, parts):
    words = " ".join(parts)
    path = tmp_path_factory.mktemp("lock") / "models.lock"
    entry = replace(fake("own", "en", "ko"), licence=words, note=words, needs=words)
    models.write_entry(path, entry)
    models.write_entry(path, fake("other", "en", "ko"))
    models.write_entry(path, replace(entry, architecture="x"))
    assert models.read_lock(path).entries == (
        replace(entry, architecture="x"),
        fake("other", "en", "ko"),
    )
    assert models.drop_entry(path, "own")
    assert not models.drop_entry(path, "own")
    assert models.read_lock(path).entries == (fake("other", "en", "ko"),)


def test_an_entry_is_changed_and_all_other_lines_stay(tmp_path):
    path = tmp_path / "models.lock"
    shutil.copyfile(SHIPPED, path)
    lock = models.read_lock(path)
    old = lock.entry("firefox-en-ko-base-memory")
    seen = tuple(replace(f, sha256=f.sha256 or SHA, size=f.size or 7) for f in old.files)
    models.write_entry(path, replace(old, files=seen))
    before, after = SHIPPED.read_text("utf-8").splitlines(), path.read_text("utf-8").splitlines()
    changed = [(o, n) for o, n in zip(before, after, strict=True) if o != n]
    assert len(changed) == 3
    assert all(f'size = 7, sha256 = "{SHA}", gz = ' in new for _, new in changed)
    assert models.read_lock(path).entry(old.id).files == seen


def test_a_lock_nearby_comes_before_the_shipped_one_and_the_users_adds_to_both(here):
    # A repository may pin another revision than we ship, and own models of the user stay his.
    own = ENTRY.replace("[model.a]", "[model.m2m100_418M]")
    project = write(here / "models.lock", "format = 1\n" + ENTRY + own)
    (here / "deep").mkdir()
    lock = models.read_lock()
    assert lock.path == project
    assert lock.entry("m2m100_418M").family == "marian"
    assert lock.entry("firefox-en-ko-base").family == "firefox"
    user = write(here / "user.lock", "format = 1\n" + ENTRY.replace("[model.a]", "[model.mine]"))
    assert models.read_lock(user=user).entry("mine").licence == "CC-BY-4.0"
    assert models.read_lock(user=here / "none.lock").entries == lock.entries


def test_a_users_entry_may_add_hashes_and_change_none(here):
    shipped = LOCK.entry("bart-large-cnn")
    files = tuple(replace(f, size=f.size or 5, sha256=f.sha256 or SHA) for f in shipped.files)
    whole = replace(shipped, files=files, verified="downloaded")
    for entry, counts in (
        (whole, True),
        (replace(whole, revision="f" * 40), False),
        (replace(whole, files=(replace(files[0], sha256=SHA), *files[1:])), False),
        (replace(whole, files=files[1:]), False),
    ):
        user = here / "user.lock"
        user.unlink(missing_ok=True)
        models.write_entry(user, entry)
        assert (models.read_lock(user=user).entry(shipped.id) == entry) is counts


def test_the_firefox_entries_are_what_the_committed_script_makes_of_the_published_data():
    if not DATA.is_file():
        pytest.skip(f"{DATA.name} is not beside the repository")
    spec = importlib.util.spec_from_file_location("lock", ROOT / "scripts" / "lock_firefox.py")
    assert spec
    assert spec.loader
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    source = json.loads(DATA.read_text("utf-8"))
    below = SHIPPED.read_text("utf-8").partition(script.MARK)[2]
    assert below == "\n" + "\n".join(script.tables(source))
    sizes = {(f["sha256"], f["size"]) for m in source["models"].values() for f in m["files"]}
    firefox = [e for e in LOCK.entries if e.family == "firefox"]
    assert {(f.fetched.sha256, f.fetched.size) for e in firefox for f in e.files} <= sizes
    raw = {(m["hash"], m["byteSize"]) for m in source["models"].values()}
    assert {(f.sha256, f.size) for e in firefox for f in e.files if f.sha256} == raw


def fake(id_: str, source: str, target: str, family="firefox") -> Entry:
    return Entry(
        id=id_,
        family=family,
        task="translate",
        sources=(Code(source),),
        targets=(Code(target),),
        licence="MIT",
        commercial=True,
        files=(File("x", 1, SHA),),
        verified="added",
    )


def test_a_route_is_direct_or_through_english_or_what_the_store_has(tmp_path):
    store = Store(tmp_path)
    ids = [e.id for e in models.route(LOCK, store, "ko", "uk")]
    assert ids == ["firefox-ko-en-base", "firefox-en-uk-base-memory"]
    assert [e.id for e in models.route(LOCK, store, "en", "uk")] == ["firefox-en-uk-base-memory"]
    assert models.route(LOCK, store, "en", "uk", stored_only=True) == ()
    assert models.route(LOCK, store, "en", "cy") == ()
    own = fake("own", "en", "cy", family="marian")
    part = tmp_path / "x"
    part.write_bytes(b"x")
    store.put(own, {"x": part})
    assert models.route(replace(LOCK, entries=(*LOCK.entries, own)), store, "en", "cy") == (own,)


def test_what_the_user_brought_for_a_pair_comes_before_what_is_published(tmp_path):
    store = Store(tmp_path)
    own = fake("own", "en", "uk")
    lock = replace(LOCK, entries=(*LOCK.entries, own))
    assert [e.id for e in models.route(lock, store, "en", "uk")] == ["firefox-en-uk-base-memory"]
    part = tmp_path / "x"
    part.write_bytes(b"x")
    store.put(own, {"x": part})
    assert models.route(lock, store, "en", "uk") == (own,)
