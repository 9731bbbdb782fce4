"""What the measurements share: where the evaluation data lies, its rows, and shares of them."""

from __future__ import annotations

import json
import math
import random
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NoReturn

from toolkit import checks
from toolkit.schema import SEVERITIES, Finding, Severity

SHARED = Path(__file__).resolve().parents[1].parent / "shared"
EVAL = SHARED / "eval"
LANGS = ("ko", "uk")
SEED = 20261122

Row = dict[str, Any]
Share = tuple[int, int]  # how many, of how many


def stop(message: str) -> NoReturn:
    """Say what is missing and end as a usage error."""
    print(message, file=sys.stderr)
    raise SystemExit(2)


def read_jsonl(path: Path) -> list[Row]:
    if not path.exists():
        stop(f"{path}: not there; give the folder of the evaluation data with --data")
    if path.is_dir():
        stop(f"{path}: a folder, where a file of rows is read; name the file with --data")
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def clean_rows(data: Path, lang: str) -> list[Row]:
    """Human translations whose facts are right: the known slips of the references left out."""
    rows = read_jsonl(data / f"clean_dev.{lang}.jsonl")
    return [row for row in rows if not row.get("reference_error")]


def findings(row: Row) -> tuple[Finding, ...]:
    return checks.check_pair(row["source"], row["target"], "en", row["lang"]).findings


def reach(found: Iterable[Finding], level: Severity) -> bool:
    """Whether a finding is at least so severe."""
    return any(SEVERITIES.index(f.severity) >= SEVERITIES.index(level) for f in found)


def dice(*names: object) -> random.Random:
    """Chance that is the same in every run, and does not shift when a row is left out."""
    return random.Random(":".join(map(str, (SEED, *names))))


def percent(share: Share) -> str:
    hits, total = share
    return f"{100 * hits / total:5.1f} %" if total else "    -  "


def said(share: Share) -> str:
    """`97.9 % of 337 (95.7 to 99.0)`, the interval after Wilson 1927, 95 %."""
    hits, total = share
    if not total:
        return "none"
    low, high = wilson(hits, total)
    return f"{percent(share)} of {total:<5} ({100 * low:.1f} to {100 * high:.1f})"


def wilson(hits: int, total: int, z: float = 1.96) -> tuple[float, float]:
    p, d = hits / total, 1 + z * z / total
    centre = (p + z * z / (2 * total)) / d
    half = z * math.sqrt(p * (1 - p) / total + z * z / (4 * total * total)) / d
    return max(0.0, centre - half), min(1.0, centre + half)


def shown(rows: Iterable[tuple[str, Row]], limit: int) -> Iterator[str]:
    """The first rows of a kind, to be read by eye."""
    for _, (why, row) in zip(range(limit), rows, strict=False):
        yield f"{why} {row['id']}\n      {row['source']}\n      {row['target']}"
