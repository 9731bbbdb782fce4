"""How well articles are sorted into events: `python bench/events.py`.

Real events (`../shared/eval/real/events.jsonl`, not part of this repository) in two halves by
event, all together, without their dates, and among articles that have nothing to do with them.
"""

from __future__ import annotations

import json
import random
import time
from collections import defaultdict
from collections.abc import Sequence

from evaluation import EVAL

from toolkit import digests
from toolkit.schema import Article, Block, Metadata, Span

EVENTS = EVAL / "real" / "events.jsonl"
OTHERS = EVAL / "summaries" / "news_dev.jsonl"


def article(row: dict[str, str], dated: bool = True) -> Article:
    text = row.get("text") or row["article"]
    about = Metadata(title=row.get("title"), date=row.get("date") if dated else None)
    return Article(row["id"], row["lang"], text, (Block("paragraph", Span(0, len(text))),), about)


def b_cubed(gold: Sequence[str], events: Sequence[digests.Event]) -> tuple[float, float, float]:
    """Precision, recall and F1 by article (Bagga & Baldwin 1998)."""
    meant: dict[str, set[int]] = defaultdict(set)
    for number, name in enumerate(gold):
        meant[name].add(number)
    precision = recall = 0.0
    for event in events:
        for number in event.articles:
            both = len(meant[gold[number]].intersection(event.articles))
            precision += both / len(event.articles) / len(gold)
            recall += both / len(meant[gold[number]]) / len(gold)
    return precision, recall, 2 * precision * recall / (precision + recall)


def main() -> None:
    rows = [json.loads(line) for line in EVENTS.read_text(encoding="utf-8").splitlines()]
    others = [json.loads(line) for line in OTHERS.read_text(encoding="utf-8").splitlines()]
    names = sorted({row["event"] for row in rows})
    random.Random(3).shuffle(names)
    half = set(names[: len(names) // 2])
    sets = {
        "half that was looked at": ([row for row in rows if row["event"] in half], True),
        "the other half": ([row for row in rows if row["event"] not in half], True),
        "all": (rows, True),
        "all without dates": (rows, False),
        "all among others": ([*rows, *others], True),
    }
    for name, (chosen, dated) in sets.items():
        start = time.process_time()
        events = digests.group([article(row, dated) for row in chosen])
        spent = time.process_time() - start
        scores = b_cubed([row.get("event", row["id"]) for row in chosen], events)
        shown = " ".join(f"{score:.3f}" for score in scores)
        print(f"{name:24} {len(chosen):4} articles  P R F1 {shown}  {spent:.2f} CPU s")


if __name__ == "__main__":
    main()
