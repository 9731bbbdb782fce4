"""How fast we are and how much memory it takes: `python bench/speed.py --help`."""

from __future__ import annotations

import argparse
import http.client
import json
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import firefox_speed  # the scripts beside this one
import model_speed
import peer_speed
import quality
import real_speed
import run_speed

from toolkit import labels, segmentation, summaries
from toolkit.schema import Length

# --- summaries -----------------------------------------------------------------------

BUDGET = Length(60, "words")
# Run in a process of its own, so that nothing of the peer or the measure is counted.
MEMORY_PROBE = """
import json, resource, sys
from toolkit import labels, segmentation, summaries
from toolkit.schema import Article, Block, Length, Span
texts = json.load(sys.stdin)
for text in texts:
    lines, at = [], 0
    for line in text.split("\\n"):
        if line.strip():
            lines.append(Block("paragraph", Span(at, at + len(line))))
        at += len(line) + 1
    article = Article("a", "en", text, tuple(lines))
    found = labels.find(article)
    summaries.summarize(article, found, segmentation.segment(article, found), Length(60, "words"))
try:  # of this program alone; what `resource` says counts the parent before it became this one
    with open("/proc/self/status") as status:
        peak = next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))
except OSError:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(peak)
"""


def measure_summaries(arguments: argparse.Namespace) -> dict[str, Any]:
    """Articles a second, ours against sumy's LexRank, and the memory of ours."""
    rows = [row for row in quality.read_rows(arguments.data, None) if row.set_name == "cnndm"]
    rows = rows[: arguments.limit]
    lexrank = quality.sumy_methods(["lexrank"])["sumy lexrank"]

    def from_text(row: quality.Row) -> None:
        article = quality.as_article(row.article.id, row.article.lang, row.article.text)
        found = labels.find(article)
        segments = segmentation.segment(article, found)
        summaries.summarize(article, found, segments, BUDGET)

    def from_segments(row: quality.Row) -> None:
        summaries.summarize(row.article, (), row.segments, BUDGET)

    # In turns, so that a busy machine is busy for all; the median round counts.
    contestants: dict[str, Callable[[quality.Row], object]] = {
        "ours, from the text": from_text,
        "ours, from sentences": from_segments,
        "sumy lexrank, from our sentences": lexrank,
    }
    rounds: dict[str, list[float]] = {name: [] for name in contestants}
    for _ in range(arguments.rounds):
        for name, run in contestants.items():
            rounds[name].append(_seconds(run, rows))
    speed = {name: len(rows) / statistics.median(taken) for name, taken in rounds.items()}
    peer = speed["sumy lexrank, from our sentences"]
    return {
        "articles": len(rows),
        "articles_per_second": {name: round(value, 1) for name, value in speed.items()},
        "ratio_to_sumy": {name: round(value / peer, 1) for name, value in speed.items()},
        "peak_rss_mb": round(_peak_rss([row.article.text for row in rows]), 1),
    }


def _seconds(run: Callable[[quality.Row], object], rows: Sequence[quality.Row]) -> float:
    begin = time.perf_counter()
    for row in rows:
        run(row)
    return time.perf_counter() - begin


def _peak_rss(texts: Sequence[str]) -> float:
    """Megabytes at the most, of a process that summarises all the texts."""
    done = subprocess.run(
        [sys.executable, "-c", MEMORY_PROBE],
        input=json.dumps(texts),
        capture_output=True,
        text=True,
        check=True,
    )
    return int(done.stdout) / 1024  # counted in kilobytes


def show_summaries(result: dict[str, Any]) -> None:
    print(f"{result['articles']} articles, {BUDGET.count} {BUDGET.measure}\n")
    print(f"{'':<34}{'articles/s':>11}{'ratio':>8}")
    for name, value in result["articles_per_second"].items():
        print(f"{name:<34}{value:>11}{result['ratio_to_sumy'][name]:>8}")
    print(f"\npeak memory of ours: {result['peak_rss_mb']} MB")


def _summary_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data", type=Path, default=quality.NEWS, help="default: %(default)s")
    parser.add_argument("--limit", type=int, help="only so many articles")
    parser.add_argument("--rounds", type=int, default=3, help="default: %(default)s")


# --- the server ----------------------------------------------------------------------


def measure_serve(arguments: argparse.Namespace) -> dict[str, Any]:
    """Answers a second of `/check` from a server on one core, over real sockets.

    Pairs are the sentences of the samples and their translations, each with a number of its
    own so that nothing can be remembered. Clients are processes on the other cores.
    """
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out"
        base = [sys.executable, "-m", "toolkit"]
        env = os.environ | {"PYTHONUTF8": "1"}
        subprocess.run([*base, "run", "--out", str(out), "--quiet"], check=True, env=env)
        pairs = _sample_pairs(out / "results.jsonl")
        # The memory is a file of its own: a measurement leaves none behind.
        settings = Path(folder) / "toolkit.toml"
        settings.write_text(f'memory = "{folder}/memory.sqlite"\n', "utf-8")
        server = subprocess.Popen(
            [*base, "serve", str(out), "--port", "0"],
            stderr=subprocess.PIPE,
            text=True,
            env=env | {"TOOLKIT_CONFIG": str(settings)},
        )
        try:
            os.sched_setaffinity(server.pid, {arguments.core})
            said = server.stderr.readline() if server.stderr else ""
            port = int(said.partition("127.0.0.1:")[2].partition("/")[0])
            asked = [(port, pairs, arguments.seconds, n) for n in range(arguments.clients)]
            with ProcessPoolExecutor(arguments.clients) as pool:
                list(pool.map(_ask_checks, [(port, pairs, 1.0, 999)]))  # packs are loaded
                begin = _cpu_seconds(server.pid)
                done = list(pool.map(_ask_checks, asked))
                busy = _cpu_seconds(server.pid) - begin
            times = sorted(one for took, _ in done for one in took)
            return {
                "clients": arguments.clients,
                "pairs": len(pairs),
                "requests": len(times),
                "errors": sum(errors for _, errors in done),
                "per_second": round(len(times) / arguments.seconds, 1),
                "per_cpu_second": round(len(times) / busy, 1),
                "median_ms": round(statistics.median(times) * 1000, 1),
                "p99_ms": round(times[int(len(times) * 0.99)] * 1000, 1),
            }
        finally:
            server.send_signal(signal.SIGINT)
            server.wait(20)


def _cpu_seconds(pid: int) -> float:
    """What a process has used, so that a machine with other work to do measures the same."""
    fields = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _sample_pairs(results: Path) -> list[tuple[str, str, str, str]]:
    pairs = []
    for line in results.read_text("utf-8").splitlines():
        for translation in json.loads(line)["translations"]:
            pairs += [
                (unit["source"], unit["target"], unit["source_lang"], unit["target_lang"])
                for unit in translation["units"]
                if unit["source"] != unit["target"]
            ]
    return pairs


def _ask_checks(job: tuple[int, list[tuple[str, str, str, str]], float, int]) -> Any:
    """Times of the answers that one client got in so many seconds, and its errors."""
    port, pairs, seconds, name = job
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    times, errors, count = [], 0, 0
    end = time.perf_counter() + seconds
    while (begin := time.perf_counter()) < end:
        source, target, one, other = pairs[(count * 7 + name) % len(pairs)]
        count += 1
        mark = f" ({name}{count})"
        body = json.dumps(
            {
                "source": source + mark,
                "target": target + mark,
                "source_lang": one,
                "target_lang": other,
            }
        )
        connection.request("POST", "/check", body, {"content-type": "application/json"})
        answer = connection.getresponse()
        answer.read()
        errors += answer.status != 200
        times.append(time.perf_counter() - begin)
    return times, errors


def show_serve(result: dict[str, Any]) -> None:
    print(
        f"/check: {result['per_second']} a second on one core "
        f"({result['per_cpu_second']} per second of its time), {result['errors']} errors in "
        f"{result['requests']}; median {result['median_ms']} ms, 99 % {result['p99_ms']} ms "
        f"({result['clients']} clients, {result['pairs']} pairs)"
    )


def _serve_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--seconds", type=float, default=10.0, help="default: %(default)s")
    parser.add_argument("--clients", type=int, default=4, help="default: %(default)s")
    parser.add_argument("--core", type=int, default=0, help="the server's, default: %(default)s")


# --- command line --------------------------------------------------------------------

# A further measurement is one entry: its options, what it measures, how that is shown.
COMMANDS: dict[str, quality.Command] = {
    "summaries": (_summary_options, measure_summaries, show_summaries),
    "engines": (
        model_speed.engine_options,
        model_speed.measure_engines,
        model_speed.show_engines,
    ),
    "firefox": (
        firefox_speed.firefox_options,
        firefox_speed.measure_firefox,
        firefox_speed.show_firefox,
    ),
    "real": (real_speed.real_options, real_speed.measure_real, real_speed.show_real),
    "serve": (_serve_options, measure_serve, show_serve),
    "pipeline": (
        run_speed.pipeline_options,
        run_speed.measure_pipeline,
        run_speed.show_pipeline,
    ),
    "peers": (peer_speed.peer_options, peer_speed.measure_peers, peer_speed.show_peers),
    "growth": (run_speed.growth_options, run_speed.measure_growth, run_speed.show_growth),
    "cluster": (run_speed.cluster_options, run_speed.measure_cluster, run_speed.show_cluster),
    "memory": (run_speed.memory_options, run_speed.measure_memory, run_speed.show_memory),
}

if __name__ == "__main__":
    quality.main(COMMANDS, __doc__ or "")
