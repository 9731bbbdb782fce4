from __future__ import annotations

import os
import signal
import sys
from contextlib import nullcontext
from functools import partial
from pathlib import Path

import pytest

from toolkit import cluster, runs
from toolkit.errors import EngineError, ModelMissing, UsageError
from toolkit.package import install
from toolkit.schema import Article, Block, Length, Plan, Span
from toolkit.terms import Termbase
from toolkit.testing import EchoEngine

PLAN = Plan(langs=("uk",), length=Length(1))


def article(number: int) -> Article:
    text = f"The harbour opened. It cost {number} million dollars. People came."
    return Article(f"a{number}", "en", text, (Block("paragraph", Span(0, len(text))),))


ARTICLES = [article(number) for number in range(2, 40)]


class Deadly(EchoEngine):
    """Kills the process it is in the first times that it sees a text."""

    def __init__(self, folder: Path, word: str, times: int) -> None:
        self.folder, self.word, self.times = folder, word, times

    def run(self, requests, /):
        if any(self.word in request.text for request in requests):
            deaths = len(list(self.folder.iterdir()))
            if deaths < self.times:
                (self.folder / str(deaths)).touch()
                os.kill(os.getpid(), signal.SIGKILL)
        return super().run(requests)


class Absent(EchoEngine):
    def run(self, requests, /):
        raise ModelMissing("no model", hint="fetch it")


def content(directory: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(directory)): path.read_bytes()
        for path in sorted(directory.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="module")
def ray():
    ray = pytest.importorskip("ray", reason="needs the extra [cluster]")
    # Its workers know this file only by value.
    ray.cloudpickle.register_pickle_by_value(sys.modules[__name__])
    with cluster.open_cluster("auto", partial(nullcontext, EchoEngine()), 2):
        yield ray


def do(directory: Path, engine=None):
    if engine is None:
        return runs.run(ARTICLES, PLAN, EchoEngine(), Termbase(), directory)
    with cluster.open_cluster("auto", partial(nullcontext, engine), 2) as opened:
        return runs.run(
            ARTICLES, PLAN, EchoEngine(), Termbase(), directory, way=runs.Way(opened.process_many)
        )


@pytest.mark.slow
def test_a_cluster_ends_with_the_bytes_of_one_process_though_a_worker_dies(
    ray, tmp_path, monkeypatch
):
    monkeypatch.setattr(runs, "_BATCH_ARTICLES", 3)
    deaths = tmp_path / "deaths"
    deaths.mkdir()
    tally = do(tmp_path / "far", Deadly(deaths, "20 million", 1))
    assert len(list(deaths.iterdir())) == 1
    assert (tally.done, tally.failures) == (len(ARTICLES), [])
    do(tmp_path / "near")
    assert content(tmp_path / "far") == content(tmp_path / "near")


@pytest.mark.slow
def test_a_batch_that_kills_every_worker_is_set_aside(ray, tmp_path, monkeypatch):
    monkeypatch.setattr(runs, "_BATCH_ARTICLES", 3)
    deaths = tmp_path / "deaths"
    deaths.mkdir()
    tally = do(tmp_path / "out", Deadly(deaths, "20 million", 99))
    assert len(list(deaths.iterdir())) == 4
    assert tally.done == len(ARTICLES) - 3
    assert {failure.exit_code for failure in tally.failures} == {EngineError.exit_code}
    assert "4 workers died" in tally.failures[0].error


@pytest.mark.slow
def test_what_an_engine_lacks_is_said_as_at_home(ray, tmp_path):
    tally = do(tmp_path, Absent())
    assert tally.done == 0
    assert {failure.error for failure in tally.failures} == {"no model"}


def test_without_ray_it_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "ray", None)
    with (
        pytest.raises(UsageError) as caught,
        cluster.open_cluster("auto", partial(nullcontext, EchoEngine())),
    ):
        pass
    assert caught.value.hint == install("cluster")
