"""Models from elsewhere: folders, and entries whose hashes nobody knew."""

from __future__ import annotations

import gzip
import io
import json
from dataclasses import replace

import pytest
from stand_in import Server, hub

from toolkit import models
from toolkit.errors import InputError, ModelMismatch, ModelMissing, UsageError
from toolkit.models import Code, Entry, File, Lock, Own, Store
from toolkit.models.coverage import check_marian
from toolkit.models.store import sha256

REVISION = "0123456789abcdef0123456789abcdef01234567"
MODEL, VOCAB, LEX = b"model" * 9000, b"vocab" * 70, b"lex" * 500
NAMES = ("model.enko.intgemm.alphas.bin", "vocab.enko.spm", "lex.50.50.enko.s2t.bin")
FOLDER = dict(zip(NAMES, (MODEL, VOCAB, LEX), strict=True))


def digest(data: bytes) -> str:
    import hashlib

    return hashlib.sha256(data).hexdigest()


def firefox(**changes) -> Entry:
    gz = {name: gzip.compress(data, mtime=0) for name, data in FOLDER.items()}
    packed = {n: File(f"{n}.gz", len(g), digest(g)) for n, g in gz.items()}
    plain = Entry(
        id="firefox-en-ko-tiny",
        family="firefox",
        task="translate",
        sources=(Code("en"),),
        targets=(Code("ko"),),
        licence="MPL-2.0",
        commercial=True,
        files=(
            File(NAMES[0], len(MODEL), digest(MODEL), packed[NAMES[0]]),
            File(NAMES[1], None, None, packed[NAMES[1]]),
            File(NAMES[2], None, None, packed[NAMES[2]]),
        ),
        verified="upstream",
        url="http://127.0.0.1:9",
    )
    return replace(plain, **changes)


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path / "store")


@pytest.fixture
def folder(tmp_path):
    place = tmp_path / "brought"
    place.mkdir()
    return place


def fill(folder, files, *, pack=()):
    for name, data in files.items():
        if name in pack:
            (folder / f"{name}.gz").write_bytes(gzip.compress(data, mtime=0))
        else:
            (folder / name).write_bytes(data)


def test_a_packed_download_is_matched_by_its_hashes_and_nothing_is_taken_on_trust(store, folder):
    fill(folder, FOLDER, pack=NAMES)
    (added,) = models.add_folder(folder, store, Lock((firefox(),)))
    assert added == models.Added(firefox_seen(), ())
    assert (store.folder(firefox()) / NAMES[1]).read_bytes() == VOCAB
    assert not store.lock_path.exists()
    assert sorted(path.name for path in folder.iterdir()) == sorted(f"{n}.gz" for n in NAMES)


def firefox_seen() -> Entry:
    """The entry with what is in its packed files."""
    files = firefox().files
    rows = (files[0], *(replace(f, sha256=digest(FOLDER[f.name])) for f in files[1:]))
    return firefox(files=rows)


def test_of_a_profile_the_model_is_matched_and_the_rest_is_said_to_be_unchecked(store, folder):
    fill(folder, FOLDER)
    (added,) = models.add_folder(folder, store, Lock((firefox(),)))
    assert added.unchecked == NAMES[1:]
    assert added.entry.verified == "added"
    # The user's lock says so from then on, and the model opens.
    (mine,) = models.read_lock(store.lock_path).entries
    assert mine == added.entry
    assert (store.folder(mine) / NAMES[2]).read_bytes() == LEX


@pytest.mark.parametrize(
    ("changes", "kind", "message"),
    [
        ({NAMES[0]: MODEL[:-1] + b"?"}, ModelMismatch, r"model\.enko.*expected sha256"),
        ({NAMES[1]: None}, InputError, r"found no vocab\.enko\.spm"),
    ],
    ids=["a damaged model", "a missing vocabulary"],
)
def test_a_folder_that_is_nearly_a_model_is_refused(store, folder, changes, kind, message):
    files = {**FOLDER, **changes}
    fill(folder, {n: d for n, d in files.items() if d is not None}, pack=NAMES[1:])
    with pytest.raises(kind, match=message):
        models.add_folder(folder, store, Lock((firefox(),)))
    assert store.ids() == ()


@pytest.mark.parametrize("files", [{}, {"notes.txt": b"nothing"}], ids=["empty", "no model"])
def test_a_folder_without_a_model_is_said_to_be_one(store, folder, files):
    fill(folder, files)
    with pytest.raises(InputError, match=r"expected a model, found neither"):
        models.add_folder(folder, store, Lock(()))
    with pytest.raises(InputError, match="expected a folder"):
        models.add_folder(folder / "none", store, Lock(()))


def test_a_firefox_model_that_no_lock_knows_becomes_ones_own(store, folder):
    fill(folder, FOLDER, pack=NAMES[2:])
    (added,) = models.add_folder(folder, store, Lock(()), Own(licence="MPL-2.0"))
    assert added.new
    entry = added.entry
    assert (entry.id, entry.family, entry.verified) == ("own-brought", "firefox", "added")
    assert (entry.sources, entry.targets) == ((Code("en"),), (Code("ko"),))
    assert models.read_lock(store.lock_path).entries == (entry,)
    assert (store.folder(entry) / NAMES[2]).read_bytes() == LEX
    assert models.plan_fetch(entry, store).done
    models.collect(store, (), ids=(entry.id,))
    with pytest.raises(ModelMissing, match="brought by hand"):
        models.plan_fetch(entry, store)
    # Again, changed: it takes the place of the one before.
    (folder / NAMES[0]).write_bytes(MODEL + b"2")
    lock = models.read_lock(store.lock_path)
    (again,) = models.add_folder(folder, store, lock)
    assert again.entry.id == entry.id
    assert models.read_lock(store.lock_path).entries == (again.entry,)


@pytest.mark.parametrize(
    ("config", "tokenizer", "family"),
    [
        ({"model_type": "t5"}, None, "t5"),
        ({"model_type": "m2m_100"}, None, "m2m100"),
        ({"model_type": "m2m_100"}, {"tokenizer_class": "NllbTokenizer"}, "nllb"),
        ({"model_type": "qwen3", "architectures": ["Qwen3ForCausalLM"]}, None, "chat"),
        ({"model_type": "bart"}, None, "bart"),
    ],
)
def test_a_snapshot_that_no_lock_knows_is_of_the_family_its_config_says(
    store, folder, config, tokenizer, family
):
    fill(folder, {"config.json": json.dumps(config).encode(), "model.safetensors": MODEL})
    fill(folder, {"pytorch_model.bin": b"twice", "modeling_own.py": b"code", "README.md": b""})
    if tokenizer:
        fill(folder, {"tokenizer_config.json": json.dumps(tokenizer).encode()})
    own = Own("mine", ("en=eng_Latn",), ("ko=kor_Hang",))
    (added,) = models.add_folder(folder, store, Lock(()), own)
    assert (added.entry.family, added.entry.target_code("ko")) == (family, "kor_Hang")
    names = {file.name for file in added.entry.files}
    assert names == {"config.json", "model.safetensors"} | (
        {"tokenizer_config.json"} if tokenizer else set()
    )


def test_a_t5_that_is_told_its_language_by_a_token_is_madlad(store, folder):
    fill(folder, {"config.json": b'{"model_type": "t5"}', "model.safetensors": MODEL})
    own = Own("mine", ("en",), ("ko=<2ko>",))
    (added,) = models.add_folder(folder, store, Lock(()), own)
    assert added.entry.family == "madlad"


def test_an_unknown_model_needs_its_languages_and_a_name_of_its_own(store, folder):
    fill(folder, {"config.json": b'{"model_type": "marian"}', "model.safetensors": MODEL})
    with pytest.raises(UsageError, match="which languages") as failure:
        models.add_folder(folder, store, Lock(()))
    assert "--source-lang en" in failure.value.hint
    with pytest.raises(UsageError, match="is another model"):
        models.add_folder(
            folder, store, Lock((firefox(),)), Own("firefox-en-ko-tiny", ("en",), ("ko",))
        )
    with pytest.raises(UsageError, match="no language 'klingon'"):
        models.add_folder(folder, store, Lock(()), Own("m", ("en",), ("klingon",)))
    (folder / "config.json").write_bytes(b'{"model_type": "resnet"}')
    with pytest.raises(InputError, match="no engine runs models of type 'resnet'"):
        models.add_folder(folder, store, Lock(()), Own("m", ("en",), ("ko",)))


# --- Marian: the vocabulary must know the pieces ---------------------------------------------


@pytest.fixture(scope="module")
def marian() -> dict[str, bytes]:
    """The files of a Marian model, as far as vocabularies go: English and Ukrainian pieces."""
    sentencepiece = pytest.importorskip("sentencepiece")
    made = {}
    for name, words in (("source", "the news of today and the prices"), ("target", "новини дня й")):
        model = io.BytesIO()
        sentencepiece.SentencePieceTrainer.train(
            sentence_iterator=iter([words] * 20),
            model_writer=model,
            vocab_size=40,
            hard_vocab_limit=False,
            minloglevel=2,
        )
        made[f"{name}.spm"] = model.getvalue()
    return made


def pieces(spm: bytes) -> list[str]:
    import sentencepiece

    known = sentencepiece.SentencePieceProcessor(model_proto=spm)
    return [known.id_to_piece(at) for at in range(known.get_piece_size())]


def test_a_marian_export_with_the_vocabulary_of_the_other_side_is_refused(store, folder, marian):
    both = [*pieces(marian["source.spm"]), *pieces(marian["target.spm"])]
    sound = {piece: at for at, piece in enumerate(dict.fromkeys(both))}
    broken = {piece: at for at, piece in enumerate(pieces(marian["target.spm"]))}
    fill(folder, {**marian, "config.json": b'{"model_type": "marian"}', "model.safetensors": MODEL})
    own = Own("opus", ("en",), ("uk",))
    (folder / "vocab.json").write_text(json.dumps(broken))
    with pytest.raises(ModelMismatch, match=r"for \d+% of the pieces of source.spm, .* 90%"):
        models.add_folder(folder, store, Lock(()), own)
    assert store.ids() == ()
    (folder / "vocab.json").write_text(json.dumps(sound))
    (added,) = models.add_folder(folder, store, Lock(()), own)
    check_marian(store.folder(added.entry), "opus")


def test_nine_pieces_of_ten_must_be_known(folder, marian):
    fill(folder, marian)
    known = [piece for piece in pieces(marian["source.spm"]) if not piece.startswith("<")]
    missing = -(-len(known) // 10)
    for lost, refused in ((missing - 1, False), (missing + 1, True)):
        vocabulary = {piece: at for at, piece in enumerate(known[lost:])}
        (folder / "vocab.json").write_text(json.dumps(vocabulary))
        if refused:
            with pytest.raises(ModelMismatch):
                check_marian(folder, "m")
        else:
            check_marian(folder, "m")
    (folder / "vocab.json").unlink()
    with pytest.raises(ModelMismatch, match="cannot be read"):
        check_marian(folder, "m")


# --- entries whose hashes nobody knew ---------------------------------------------------------

REPO = "owner/chat"
ON_HUB = {
    "model.safetensors": MODEL,
    "config.json": b'{"model_type": "chat"}',
    "tokenizer.json": b"{}",
    "LICENSE.txt": b"Apache License\nVersion 2.0\n",
    "pytorch_model.bin": b"the same again",
    "modeling_chat.py": b"code",
    "onnx/model.onnx": b"other",
    "consolidated.safetensors": b"in one",
    ".gitattributes": b"",
}
NEEDED = ("LICENSE.txt", "config.json", "model.safetensors", "tokenizer.json")


def unknown(**changes) -> Entry:
    entry = firefox(
        id="chat-model",
        family="chat",
        files=(),
        url="",
        repo=REPO,
        revision=REVISION,
        verified="nothing",
        licence="Apache-2.0",
        licence_file=("LICENSE.txt", "Apache License"),
    )
    return replace(entry, **changes)


@pytest.fixture
def server(monkeypatch):
    with Server(hub(REPO, REVISION, ON_HUB)) as running:
        monkeypatch.setenv("HF_ENDPOINT", running.url)
        monkeypatch.setenv("NO_PROXY", "127.0.0.1")
        yield running


def test_what_nobody_knew_is_downloaded_and_written_down_as_seen(server, store):
    with pytest.raises(ModelMissing, match="does not know the files") as failure:
        models.plan_fetch(unknown(), store)
    assert failure.value.hint == "toolkit models lock chat-model"
    whole = models.complete(unknown(), store)
    assert whole.verified == "downloaded"
    assert {f.name: (f.size, f.sha256) for f in whole.files} == {
        name: (len(ON_HUB[name]), digest(ON_HUB[name])) for name in NEEDED
    }
    assert (store.folder(whole) / "tokenizer.json").read_bytes() == b"{}"
    asked = {path.rpartition("/")[2] for _, path, _ in server.asked if "/resolve/" in path}
    assert asked == set(NEEDED)
    assert not list((store.root / "partial").glob("*"))


def test_a_repository_under_another_licence_than_the_locks_is_not_taken(server, store):
    server.files[f"/{REPO}/resolve/{REVISION}/LICENSE.txt"] = b"COMMUNITY LICENSE\nnot in the EU\n"
    with pytest.raises(
        ModelMismatch, match=r"expected 'Apache License'.*found 'COMMUNITY LICENSE'"
    ):
        models.complete(unknown(), store)
    assert store.ids() == ()


def test_what_the_lock_knows_already_must_hold(server, store):
    right = File("model.safetensors", None, digest(MODEL))
    whole = models.complete(unknown(files=(right,), verified="transcribed"), store)
    assert {file.name for file in whole.files} == set(NEEDED)
    for wrong, message in (
        (replace(right, sha256="0" * 64), "expected sha256 0000.*the hub has"),
        (File("config.json", None, "0" * 64), "is not the file that models.lock names"),
        (File("gone.json"), r"has no file gone\.json"),
    ):
        with pytest.raises(ModelMismatch, match=message):
            models.complete(unknown(files=(wrong,)), Store(store.root / "other"))


def test_a_packed_entry_gets_the_hashes_of_what_is_inside(store):
    files = {f"/{name}.gz": gzip.compress(data, mtime=0) for name, data in FOLDER.items()}
    with Server(files) as running:
        whole = models.complete(firefox(url=running.url), store)
    assert [file.sha256 for file in whole.files] == [digest(data) for data in FOLDER.values()]
    assert whole.verified == "upstream"
    assert whole.key == firefox().key
    assert sha256(store.folder(whole) / NAMES[1]) == digest(VOCAB)


@pytest.mark.parametrize(
    ("names", "sound"),
    [
        (["vocab.spm"], True),
        (["vocab.enpt.spm"], True),
        (["srcvocab.enpt.spm", "trgvocab.enpt.spm"], True),
        (["srcvocab.enpt.spm"], False),
        (["words.txt"], False),
        ([], False),
    ],
)
def test_a_firefox_model_is_added_only_with_its_words(store, tmp_path, names, sound):
    """One with `vocab.spm` was "2 files sound", and then nothing ran."""
    place = tmp_path / "enpt"
    place.mkdir()
    for name in ["model.enpt.intgemm.alphas.bin", *names]:
        (place / name).write_bytes(name.encode())
    if not sound:
        with pytest.raises(InputError, match="vocab"):
            models.add_folder(place, store, Lock(()))
        return
    (added,) = models.add_folder(place, store, Lock(()))
    assert {file.name for file in added.entry.files} >= set(names)


@pytest.mark.parametrize("other", ["model.pten.intgemm.alphas.bin", "model.enpt.intgemm8.bin"])
def test_two_models_of_one_folder_are_not_one(store, tmp_path, other):
    place = tmp_path / "both"
    place.mkdir()
    for name in ("model.enpt.intgemm.alphas.bin", "vocab.enpt.spm", other):
        (place / name).write_bytes(name.encode())
    with pytest.raises(UsageError, match="one model"):
        models.add_folder(place, store, Lock(()))


def test_a_model_beside_one_of_the_lock_is_not_left_out_without_a_word(store, folder):
    fill(folder, FOLDER | {"model.ende.intgemm.alphas.bin": b"another"})
    known = firefox(files=tuple(File(n, len(d), digest(d)) for n, d in FOLDER.items()))
    with pytest.raises(UsageError, match="another model"):
        models.add_folder(folder, store, Lock((known,)))
