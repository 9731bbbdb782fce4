"""How fast we are and how much memory it takes: `python bench/speed.py --help`."""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import quality  # the script beside this one

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


# --- command line --------------------------------------------------------------------

# A further measurement is one entry: its options, what it measures, how that is shown.
COMMANDS: dict[str, quality.Command] = {
    "summaries": (_summary_options, measure_summaries, show_summaries),
}

if __name__ == "__main__":
    quality.main(COMMANDS, __doc__ or "")
