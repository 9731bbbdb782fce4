"""The engine of CTranslate2: the answers of transformers, from a conversion that is sound."""

from __future__ import annotations

import json
import os
import shutil
import sys
import threading
from dataclasses import replace

import pytest
import small_models
from small_models import FAMILIES, SENTENCES

from toolkit.engines import ct2, hf
from toolkit.errors import ModelError, ModelMismatch, UsageError
from toolkit.models.entries import Decoding
from toolkit.schema import Request
from toolkit.testing import check_engine

torch = pytest.importorskip("torch", reason="needs torch: the extra 'hf'")
pytest.importorskip("ctranslate2", reason="needs ctranslate2: the extra 'ct2'")
pytest.importorskip("google.protobuf", reason="needs protobuf: the extra 'hf'")

CONVERTED = tuple(family for family in FAMILIES if family != "chat")


@pytest.fixture(scope="module", autouse=True)
def _one_thread():
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture(scope="session")
def small(tmp_path_factory):
    return lambda family: small_models.made(family, tmp_path_factory.mktemp)


@pytest.fixture(scope="session")
def cache(tmp_path_factory):
    return tmp_path_factory.mktemp("converted")


def _requests(entry, texts=SENTENCES, **options):
    return [
        Request(text, "en", target.lang, task=entry.task, **options)
        for text in texts
        for target in entry.targets
        if target.lang != "en" or entry.task == "summarize"
    ]


@pytest.mark.parametrize("beam", [1, 4])
@pytest.mark.parametrize("family", CONVERTED)
def test_in_float32_the_answers_are_those_of_transformers(small, cache, family, beam):
    entry, folder = small(family)
    requests = _requests(entry)
    theirs = hf.open_model(entry, folder, beam=beam).run(requests)
    ours = ct2.open_model(entry, folder, beam=beam, cache=cache, compute="float32").run(requests)
    assert [(a.text, a.alternatives, a.finished) for a in ours] == [
        (a.text, a.alternatives, a.finished) for a in theirs
    ]
    assert [a.score for a in ours] == pytest.approx([a.score for a in theirs], abs=1e-3)
    assert any(answer.finished for answer in ours)


@pytest.mark.parametrize("family", CONVERTED)
def test_every_family_keeps_the_contract_in_int8(small, cache, family):
    entry, folder = small(family)
    lang = entry.targets[-1].lang
    odd = ("Nobody, said ⟦0⟧, was hurt in ⟦1⟧.", "", "12 — 40", "</s> __ko__ >>rus<< said.")
    requests = [
        *_requests(entry, SENTENCES[:2]),
        *(Request(text, "en", lang, task=entry.task, keep=("@a", "#b")) for text in odd),
        Request("Rain.", "en", "de", task=entry.task),
        Request("Rain.", "en", lang, task=entry.task, attempt=1),
        Request("the old bus of the city " * 150, "en", lang, task=entry.task),
    ]
    check_engine(ct2.open_model(entry, folder, cache=cache), requests)


def test_an_answer_without_an_end_is_not_finished(small, cache):
    entry, folder = small("marian")
    short = replace(entry, decoding=Decoding(max_output_tokens=2))
    answers = ct2.open_model(short, folder, cache=cache).run(_requests(entry))
    assert not any(answer.finished for answer in answers)


def test_a_conversion_is_made_once(small, tmp_path, monkeypatch):
    entry, folder = small("marian")
    signature = ct2.open_model(entry, folder, cache=tmp_path).signature
    monkeypatch.setattr(ct2, "_convert", None)
    assert ct2.open_model(entry, folder, cache=tmp_path).signature == signature
    assert len(list(tmp_path.iterdir())) == 1


def test_other_files_or_types_are_another_conversion(small, tmp_path):
    entry, folder = small("marian")
    changed = replace(entry, files=(replace(entry.files[0], sha256="0" * 64), *entry.files[1:]))
    for options in ({}, {"compute": "float32"}):
        for one in (entry, changed):
            ct2.open_model(one, folder, cache=tmp_path, **options)
    assert len(list(tmp_path.iterdir())) == 4


@pytest.mark.parametrize(
    "damage",
    [
        lambda place: (place / "model.bin").write_bytes(b"no"),
        lambda place: os.truncate(place / "model.bin", 2000),
        lambda place: (place / "config.json").unlink(),
        lambda place: (place / "conversion.json").write_text("{}"),
        lambda place: (place / "conversion.json").unlink(),
        lambda place: (place / "shared_vocabulary.json").write_text("[]"),
    ],
)
def test_a_damaged_conversion_is_made_again(small, tmp_path, damage):
    entry, folder = small("marian")
    before = ct2.open_model(entry, folder, cache=tmp_path).run(_requests(entry))
    (place,) = tmp_path.iterdir()
    damage(place)
    assert ct2.open_model(entry, folder, cache=tmp_path).run(_requests(entry)) == before
    assert list(tmp_path.iterdir()) == [place]
    assert ct2._sound(place)


def test_who_converts_at_the_same_time_is_not_disturbed(small, tmp_path, monkeypatch):
    """Both make one, and the second finds the first in its place."""
    entry, folder = small("marian")
    convert, both = ct2._convert, threading.Barrier(2, timeout=60)

    def together(*arguments):
        convert(*arguments)
        both.wait()

    monkeypatch.setattr(ct2, "_convert", together)
    answers = []

    def work():
        answers.append(ct2.open_model(entry, folder, cache=tmp_path).run(_requests(entry)))

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 2
    assert answers[0] == answers[1]
    (place,) = tmp_path.iterdir()
    assert ct2._sound(place)


def test_what_a_killed_conversion_left_is_removed_in_time(small, tmp_path):
    entry, folder = small("marian")
    old, new = tmp_path / "old.part", tmp_path / "new.part"
    for path in (old, new):
        (path / "model").mkdir(parents=True)
    os.utime(old, (0, 0))
    ct2.open_model(entry, folder, cache=tmp_path)
    assert not old.exists()
    assert new.exists()


def test_a_marian_model_that_does_not_start_from_zero_is_refused(small, tmp_path):
    from safetensors.torch import load_file, save_file

    entry, folder = small("marian")
    shutil.copytree(folder, tmp_path / "moved")
    weights = load_file(folder / "model.safetensors")
    weights["model.shared.weight"][-1] = 0.1
    save_file(weights, tmp_path / "moved" / "model.safetensors", metadata={"format": "pt"})
    with pytest.raises(ModelMismatch, match="embedding of <pad>") as caught:
        ct2.open_model(replace(entry, files=()), tmp_path / "moved", cache=tmp_path / "cache")
    assert caught.value.hint == "use: hf:small-marian"
    assert not list((tmp_path / "cache").iterdir())


def test_a_model_without_its_special_tokens_is_refused(small, tmp_path):
    """CTranslate2 converts it and cannot load what it made, or misses a hundred tokens."""
    entry, folder = small("m2m100")
    shutil.copytree(folder, tmp_path / "m")
    (tmp_path / "m" / "special_tokens_map.json").write_text("{}")
    config = json.loads((tmp_path / "m" / "tokenizer_config.json").read_text())
    (tmp_path / "m" / "tokenizer_config.json").write_text(
        json.dumps({key: value for key, value in config.items() if "tokens" not in key})
    )
    with pytest.raises(ModelMismatch):
        ct2.open_model(replace(entry, files=()), tmp_path / "m", cache=tmp_path / "cache")


def test_models_that_chat_are_not_for_this_engine(small, tmp_path):
    with pytest.raises(UsageError, match="'chat'") as caught:
        ct2.open_model(*small("chat"), cache=tmp_path)
    assert caught.value.hint == "use: hf:small-chat"


@pytest.mark.parametrize(
    ("options", "error"),
    [({"workers": 0}, UsageError), ({"beam": 0}, UsageError), ({"compute": "int9"}, ModelError)],
)
def test_options_that_cannot_be_used_are_refused(small, tmp_path, options, error):
    with pytest.raises(error):
        ct2.open_model(*small("marian"), cache=tmp_path, **options)


@pytest.mark.parametrize(("module", "extra"), [("ctranslate2", "[ct2]"), ("torch", "[hf,ct2]")])
def test_what_is_not_installed_is_named(small, tmp_path, monkeypatch, module, extra):
    made = small("marian")  # with torch, whichever test is the first
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(ModelError, match=f"needs {module}") as caught:
        ct2.open_model(*made, cache=tmp_path)
    assert extra in caught.value.hint
    assert caught.value.exit_code == 4


def test_once_converted_torch_is_not_needed(small, cache, monkeypatch):
    entry, folder = small("marian")
    before = ct2.open_model(entry, folder, cache=cache).run(_requests(entry))
    monkeypatch.setitem(sys.modules, "torch", None)
    monkeypatch.setitem(sys.modules, "transformers", None)
    assert ct2.open_model(entry, folder, cache=cache).run(_requests(entry)) == before
