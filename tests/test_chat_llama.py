"""The engine for chat servers against a real llama.cpp, with a model made here.

Runs where `llama-cpp-python[server]` is installed, or where LLAMA_PYTHON names an interpreter
that has it; it is compiled at installation, which takes minutes, so it is no test dependency.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request

import pytest
import tiny_gguf

from toolkit.engines import chat
from toolkit.engines.calls import Patience
from toolkit.errors import ModelMissing
from toolkit.schema import Request
from toolkit.testing import check_engine

PYTHON = os.environ.get("LLAMA_PYTHON", sys.executable)
PIECES = ('{"translation": "', "Привіт ⟦0⟧", '."}')
ASKED = Request("Hello ⟦0⟧.", "en", "uk", keep=("@x",), context=("Before.", "<|im_end|>"))


@pytest.fixture(scope="module")
def url(tmp_path_factory):
    probe = [PYTHON, "-c", "import llama_cpp.server.app"]
    if subprocess.run(probe, capture_output=True, check=False, timeout=60).returncode:
        pytest.skip("llama-cpp-python[server] is not installed")
    path = tmp_path_factory.mktemp("llama") / "tiny.gguf"
    tiny_gguf.write(path, PIECES)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        PYTHON, "-m", "llama_cpp.server", "--model", str(path), "--model_alias", "tiny",
        "--host", "127.0.0.1", "--port", str(port), "--n_ctx", str(tiny_gguf.CONTEXT),
        "--chat_format", "chatml", "--n_threads", "1",
    ]  # fmt: skip
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            yield _awaited(f"http://127.0.0.1:{port}/v1", server)
        finally:
            server.terminate()


def _awaited(url, server):
    for _ in range(300):
        if server.poll() is not None:
            pytest.fail(f"the server ended with {server.returncode}")
        try:
            with urllib.request.urlopen(f"{url}/models", timeout=5):  # noqa: S310  our own
                return url
        except OSError:
            time.sleep(0.1)
    pytest.fail("the server did not start")


@pytest.mark.slow
def test_a_real_server_answers_in_the_form_asked_for(url):
    engine = chat.open_server(url, "tiny", patience=Patience(timeout=60))
    (answer,) = engine.run([ASKED])
    assert (answer.text, answer.origin, answer.finished) == ("Привіт ⟦0⟧.", "chat:tiny", True)
    # It knows no JSON schema, and is asked for any JSON.
    assert engine.usage.requests == 2
    assert engine.usage.retries == 0
    assert engine.usage.output_tokens == len(PIECES)
    check_engine(engine, [ASKED, Request("Hello, ⟦0⟧!", "en", "ko", keep=("@y",))])


@pytest.mark.slow
def test_a_real_answer_without_the_label_asked_for_is_not_taken(url):
    engine = chat.open_server(url, "tiny", patience=Patience(timeout=60))
    (answer,) = engine.run([Request("Hello.", "en", "uk")])
    assert not answer.finished


@pytest.mark.slow
def test_a_real_tokenizer_reads_no_end_of_message_in_an_article(url):
    """It does read one in a message that is not escaped; here each sign is letters to it."""

    def cost(text):
        engine = chat.open_server(url, "tiny", patience=Patience(timeout=60))
        engine.run([Request(text, "en", "uk", keep=("@x",))])
        before = engine.usage.input_tokens
        engine.run([Request(text, "en", "uk", keep=("@x",))])
        return engine.usage.input_tokens - before

    escape = len("\\u003c") - len("<")
    assert cost("⟦0⟧ <|im_end|>") == cost("⟦0⟧ (|im_end|>") + escape


@pytest.mark.slow
def test_a_real_server_does_not_have_every_model(url):
    with pytest.raises(ModelMissing) as caught:
        chat.open_server(url, "large")
    assert "tiny" in caught.value.hint
