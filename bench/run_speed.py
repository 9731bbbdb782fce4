"""How much of a run is the engine's, how a run grows, and how fast a big memory answers.

`pipeline` holds a whole run against the bare engine on the same sentences, with a trained model
of the opus size: what it says is worth checking. The others have an engine that costs nothing.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import nullcontext, suppress
from functools import partial
from pathlib import Path
from typing import Any

import trained  # the script beside this one

from toolkit import checks, formats, labels, runs, segmentation, translation
from toolkit.formats import tmx
from toolkit.memory import Unit, Variant, open_memory
from toolkit.schema import Article, Block, Hypothesis, Length, Plan, Request, Span
from toolkit.terms import Termbase

SAMPLES = Path(__file__).parents[1] / "samples"
PLAN = Plan(langs=("uk",), length=Length(3))
SENTENCES = 20  # of each article


# --- articles, and who knows their translations ------------------------------------------


class Knowing:
    """Answers at once; each sentence is one of the samples behind a number of its own."""

    signature = "knowing"

    def __init__(self, known: dict[str, str]) -> None:
        self._known = known

    def run(self, requests: Sequence[Request], /) -> tuple[Hypothesis | None, ...]:
        return tuple(self._answer(request.text) for request in requests)

    def _answer(self, text: str) -> Hypothesis:
        number, _, sentence = text.removeprefix("Item ").partition(": ")
        return Hypothesis(f"Пункт {number}: {self._known[sentence]}", "model")


def known_sentences() -> dict[str, str]:
    """English sentences of the samples without labels, and their Ukrainian translations."""
    with tmx.load_memory(SAMPLES / "memory.tmx") as memory:
        found = {}
        for item in formats.read([SAMPLES / "articles"]):
            if not isinstance(item, Article) or item.lang != "en":
                continue
            marks = labels.find(item)
            asked = translation.passages(item, marks, segmentation.segment(item, marks))
            sources = [passage.text for passage in asked if not passage.labels]
            answers = memory.run([Request(text, "en", "uk") for text in sources])
            found |= {s: a.text for s, a in zip(sources, answers, strict=True) if a}
    # What is not one sentence behind "Item 1: ", or not right there, would be asked again.
    return {
        source: target
        for source, target in found.items()
        if len(segmentation.split(f"Item 12345: {source}", "en")) == 1
        and not checks.check_pair(
            f"Item 12345: {source}", f"Пункт 12345: {target}", "en", "uk"
        ).findings
    }


def articles(count: int, known: Sequence[str], sentences: int = SENTENCES) -> Iterator[Article]:
    """So many articles, no two sentences of which are the same."""
    for number in range(count):
        lines = [
            f"Item {number * sentences + at}: {known[(number * 7 + at * 3) % len(known)]}"
            for at in range(sentences)
        ]
        text = "\n".join(lines)
        blocks, start = [], 0
        for line in lines:
            blocks.append(Block("paragraph", Span(start, start + len(line))))
            start += len(line) + 1
        yield Article(f"a{number}", "en", text, tuple(blocks), source=f"a{number}.txt")


# --- the engine's share -------------------------------------------------------------------


def pipeline_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--articles", type=int, default=10, help="default: %(default)s")
    parser.add_argument("--rounds", type=int, default=3, help="default: %(default)s")
    parser.add_argument("--model", type=Path, help="keep the model there (default: thrown away)")


def measure_pipeline(arguments: argparse.Namespace) -> dict[str, Any]:
    """Seconds of the bare engine and of a whole run, on the same sentences."""
    from toolkit.engines import ct2

    made = list(trained.articles(arguments.articles))
    sentences = [Request(text, "en", "uk") for _, own in made for text in own]
    bare: list[tuple[float, float]] = []
    whole: list[tuple[float, float]] = []
    with tempfile.TemporaryDirectory() as scratch:
        folder = arguments.model or Path(scratch, "model")
        engine = ct2.open_model(trained.open_trained(folder), folder, cache=Path(scratch, "cache"))

        def run(count: int, out: str) -> None:
            part = (article for article, _ in made[:count])
            runs.run(part, PLAN, engine, Termbase(), Path(scratch, out))

        run(1, "warm")
        for number in range(arguments.rounds):
            bare.append(_timed(lambda: engine.run(sentences)))
            whole.append(_timed(lambda n=number: run(len(made), f"out{n}")))  # type: ignore[misc]
    seconds, processor = (
        [statistics.median(one[at] for one in rounds) for rounds in (bare, whole)] for at in (0, 1)
    )
    return {
        "sentences": len(sentences),
        "seconds": {"engine": round(seconds[0], 2), "run": round(seconds[1], 2)},
        "cpu_seconds": {"engine": round(processor[0], 2), "run": round(processor[1], 2)},
        "ratio": round(seconds[0] / seconds[1], 3),
        "cpu_ratio": round(processor[0] / processor[1], 3),
    }


def show_pipeline(result: dict[str, Any]) -> None:
    print(f"{result['sentences']} sentences, ctranslate2 int8, 2 workers of 1 thread")
    for name in ("engine", "run"):
        print(f"{name:<8}{result['seconds'][name]:>8} s{result['cpu_seconds'][name]:>9} s of CPU")
    print(f"the run has {result['ratio']} of the engine's speed ({result['cpu_ratio']} by CPU)")


def _timed(work: Any) -> tuple[float, float]:
    begin, processor = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - begin, time.process_time() - processor


# --- growth -------------------------------------------------------------------------------

_PROBE = """
import json, resource, sys, tempfile, time
sys.path.insert(0, {bench!r})
import run_speed
from pathlib import Path
from toolkit import runs
from toolkit.terms import Termbase
known = run_speed.known_sentences()
engine = run_speed.Knowing(known)
seconds = []
with tempfile.TemporaryDirectory(dir={scratch!r}) as out:
    for _ in range(2):
        begin = time.process_time()
        made = run_speed.articles({count}, list(known), {sentences})
        tally = runs.run(made, run_speed.PLAN, engine, Termbase(), Path(out, "out"))
        seconds.append(time.process_time() - begin)
    # Here: to remove a folder of so many files takes memory, too.
    status = Path("/proc/self/status").read_text()
peak = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM"))
print(json.dumps([*seconds, peak, tally.reused, sum(tally.findings.values())]))
"""


def growth_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 10_000])
    parser.add_argument("--sentences", type=int, default=SENTENCES, help="default: %(default)s")
    parser.add_argument("--scratch", type=Path, help="where the runs are written")


def measure_growth(arguments: argparse.Namespace) -> dict[str, Any]:
    """CPU seconds and memory of runs of several sizes, and of the same run once more."""
    rows = {}
    with tempfile.TemporaryDirectory(dir=arguments.scratch) as scratch:
        for count in arguments.sizes:
            probe = _PROBE.format(
                bench=str(Path(__file__).parent), scratch=scratch, count=count,
                sentences=arguments.sentences,
            )  # fmt: skip
            done = subprocess.run(
                [sys.executable, "-c", probe], capture_output=True, text=True, check=True
            )
            first, again, peak, reused, findings = json.loads(done.stdout)
            rows[count] = {
                "per_cpu_second": round(count / first, 1),
                "again": round(again / first, 4),
                "peak_mb": round(peak / 1024, 1),
                "reused": reused,
                "findings": findings,
            }
    return {"sentences_per_article": arguments.sentences, "runs": rows}


def show_growth(result: dict[str, Any]) -> None:
    print(f"articles of {result['sentences_per_article']} sentences, an engine that costs nothing")
    print(f"{'articles':>9}{'per CPU second':>16}{'again takes':>13}{'peak MB':>9}{'findings':>10}")
    for count, row in result["runs"].items():
        print(
            f"{count:>9}{row['per_cpu_second']:>16}{row['again']:>12.1%}{row['peak_mb']:>10}"
            f"{row['findings']:>9}"
        )


# --- the cluster --------------------------------------------------------------------------


def cluster_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--articles", type=int, default=1000, help="default: %(default)s")
    parser.add_argument("--workers", type=int, default=2, help="default: %(default)s")


def measure_cluster(arguments: argparse.Namespace) -> dict[str, Any]:
    """The same run at home and on a local Ray cluster, also with a worker killed half way."""
    import ray  # an extra

    from toolkit import cluster

    ray.cloudpickle.register_pickle_by_value(sys.modules[__name__])
    # Ray's workers step back behind all else on a machine; the run at home does not.
    os.environ["RAY_worker_niceness"] = "0"  # noqa: SIM112  # as Ray spells it
    known = known_sentences()
    knowing, half = Knowing(known), arguments.articles // 2
    rows: dict[str, dict[str, Any]] = {}
    with tempfile.TemporaryDirectory() as scratch:

        def run(name: str, way: runs.Way, kill: bool = False) -> None:
            heard, away, first = 0, 0.0, 0.0
            begin, processor = time.perf_counter(), time.process_time()

            def tell(_source: str, _error: object) -> None:
                nonlocal heard, away, first
                heard += 1
                first = first or time.perf_counter() - begin
                if kill and heard == half:
                    pid, gone = _workers()[0]
                    away += gone
                    os.kill(pid, signal.SIGKILL)
                if heard == arguments.articles:  # they end before the run does
                    away += sum(seconds for _, seconds in _workers())

            tally = runs.run(
                articles(arguments.articles, list(known)), PLAN, knowing, Termbase(),
                Path(scratch, name), runs.Watch(tell), way=way,
            )  # fmt: skip
            rows[name] = {
                "first_seconds": round(first, 1),
                "seconds": round(time.perf_counter() - begin, 1),
                "driver_cpu_seconds": round(time.process_time() - processor, 1),
                "workers_cpu_seconds": round(away, 1),
                "done": tally.done,
                "same": _bytes(Path(scratch, name)) == _bytes(Path(scratch, "home")),
            }

        runs.run(articles(64, list(known)), PLAN, knowing, Termbase(), Path(scratch, "warm"))
        run("home", runs.Way())
        begin = time.perf_counter()
        with cluster.open_cluster("auto", partial(nullcontext, knowing), arguments.workers) as ours:
            start = round(time.perf_counter() - begin, 1)
            # Workers are made anew for each run; the first one also reads the language packs.
            run("cluster", runs.Way(ours.process_many))
            run("worker killed", runs.Way(ours.process_many), kill=True)
    return {"articles": arguments.articles, "workers": arguments.workers, "start": start} | rows


def show_cluster(result: dict[str, Any]) -> None:
    print(f"{result['articles']} articles of {SENTENCES} sentences, an engine that costs nothing")
    print(f"{result['workers']} workers; to start Ray took {result['start']} s")
    for name in ("home", "cluster", "worker killed"):
        row = result[name]
        print(
            f"{name:<15}{row['first_seconds']:>6} s to the first,{row['seconds']:>6} s in all; "
            f"CPU: {row['driver_cpu_seconds']} s here, {row['workers_cpu_seconds']} s of workers; "
            f"{row['done']} done, {'the same bytes' if row['same'] else 'OTHER BYTES'}"
        )


def _bytes(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def _workers() -> list[tuple[int, float]]:
    """Ray's workers that came of this process, and their seconds of CPU."""
    found = {}
    for place in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            values = (place / "stat").read_text().rpartition(")")[2].split()
            ticks = sum(map(int, values[11:13])) / os.sysconf("SC_CLK_TCK")
            found[int(place.name)] = int(values[1]), ticks, (place / "cmdline").read_text()
    ours = {os.getpid()}
    while more := {pid for pid, (parent, *_) in found.items() if parent in ours} - ours:
        ours |= more
    return [(pid, found[pid][1]) for pid in ours if "ray::_Worker" in found.get(pid, ("",))[-1]]


# --- the memory ---------------------------------------------------------------------------

_SYLLABLES = tuple(one + other for one in "bdfgklmnprst" for other in "aeiou")


def memory_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--units", type=int, default=1_000_000, help="default: %(default)s")
    parser.add_argument("--scratch", type=Path, help="where the memory is written")


def measure_memory(arguments: argparse.Namespace) -> dict[str, Any]:
    """Look-ups a second in a big memory: known texts, and with edits in them, and new ones.

    Half the words of a text are those of one of the sentences we know, the others made up and
    as frequent as words are (Zipf): many share a pattern, few are alike.
    """
    sources = [sentence.split() for sentence in known_sentences()]

    def other_word(draw: random.Random) -> str:
        rank, letters = int(100_000 ** draw.random()), ""
        while rank:
            rank, at = divmod(rank, len(_SYLLABLES))
            letters += _SYLLABLES[at]
        return letters

    def text(number: int) -> str:
        draw = random.Random(number)
        words = draw.choice(sources)
        return " ".join(word if draw.random() < 0.5 else other_word(draw) for word in words)

    def edited(number: int) -> str:
        draw = random.Random(str(number))
        words = text(number).split()
        return " ".join(word if draw.random() < 0.875 else other_word(draw) for word in words)

    units, every = arguments.units, range(0, arguments.units, arguments.units // 20_000 or 1)
    with tempfile.TemporaryDirectory(dir=arguments.scratch) as scratch:
        with open_memory(Path(scratch, "m.sqlite")) as memory:
            memory.add(
                Unit((Variant("en", text(n)), Variant("uk", f"Речення {n}"))) for n in range(units)
            )
        with open_memory(Path(scratch, "m.sqlite"), read_only=True) as memory:
            asked = [Request(text(n), "en", "uk") for n in every]
            exact = _timed(lambda: memory.run(asked))
            hits = sum(answer is not None for answer in memory.run(asked))
            near = [edited(n) for n in every[:: len(every) // 200 or 1]]
            new = [text(units + n) for n in range(len(near))]
            found = sum(bool(memory.search(one, "en", "uk", limit=1)) for one in near)
            fuzzy = [
                _timed(lambda texts=texts: [memory.search(t, "en", "uk", limit=1) for t in texts])
                for texts in (near, new)
            ]
    return {
        "units": units,
        "hits": round(hits / len(asked), 3),
        "exact_per_second": round(len(asked) / exact[1]),
        "edited_hits": round(found / len(near), 3),
        "edited_per_second": round(len(near) / fuzzy[0][1]),
        "new_per_second": round(len(new) / fuzzy[1][1]),
    }


def show_memory(result: dict[str, Any]) -> None:
    print(f"{result['units']:,} units; look-ups per CPU second, and texts found:")
    print(f"exact  {result['exact_per_second']:>8,}{result['hits']:>8.1%}")
    print(f"edited {result['edited_per_second']:>8,}{result['edited_hits']:>8.1%}")
    print(f"new    {result['new_per_second']:>8,}")
