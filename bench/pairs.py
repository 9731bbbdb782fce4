"""Sentence pairs: false flags on human translations, and injected errors that are found.

The same shares as `score.py` of the evaluation data; `--score` asks that script and compares.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from evaluation import EVAL, LANGS, Row, Share, findings, reach, read_jsonl, said, shown, stop

from toolkit.schema import Finding, Severity

KINDS = ("number", "date", "number_word", "name")
LEVELS: tuple[Severity, ...] = ("error", "warning")
Found = Mapping[str, tuple[Finding, ...]]


def measure_facts(arguments: argparse.Namespace) -> dict[str, Any]:
    """False flags on human translations and recall on injected errors, by language."""
    table: dict[str, Any] = {}
    seconds: dict[str, float] = {}
    notes: list[str] = []
    verdicts: dict[str, tuple[Finding, ...]] = {}
    for lang in LANGS:
        clean = read_jsonl(arguments.data / f"clean_dev.{lang}.jsonl")
        injected = read_jsonl(arguments.data / f"injected_dev.{lang}.jsonl")
        findings(clean[0])  # what is loaded once is not counted
        start = time.process_time()
        found = {row["id"]: findings(row) for row in (*clean, *injected)}
        seconds[lang] = time.process_time() - start
        verdicts |= found
        table[lang] = shares(clean, injected, found)
        table[lang]["pairs a second"] = round(len(found) / seconds[lang])
        notes += examples(clean, injected, found, arguments.show)
    if arguments.score:
        _compare(arguments.data, verdicts, table)
    return {"facts": table, "examples": notes}


def shares(clean: list[Row], injected: list[Row], found: Found) -> dict[str, Any]:
    result: dict[str, Any] = {}
    right = [row for row in clean if not row.get("reference_error")]
    wrong = [row for row in clean if row.get("reference_error")]
    for level in LEVELS:
        result[f"false flags, {level}"] = count(right, found, level)
        result[f"reference errors, {level}"] = count(wrong, found, level)
    for kind in KINDS:
        rows = [row for row in injected if row["error"]["kind"] == kind]
        for level in LEVELS:
            hits = sum(
                reach(found[row["id"]], level) and not reach(found[row["base_id"]], level)
                for row in rows
            )
            result[f"{kind}, {level}"] = (hits, len(rows))
    return result


def count(rows: list[Row], found: Found, level: Severity) -> Share:
    return sum(reach(found[row["id"]], level) for row in rows), len(rows)


def examples(clean: list[Row], injected: list[Row], found: Found, limit: int) -> list[str]:
    flagged = [
        (", ".join(f"{f.code} {f.expected!r} {f.found!r}" for f in found[row["id"]]), row)
        for row in clean
        if not row.get("reference_error") and reach(found[row["id"]], "warning")
    ]
    missed = [
        (f"missed {row['error']['subkind']} {row['error']['old']} → {row['error']['new']}", row)
        for row in injected
        if not reach(found[row["id"]], "warning") and row["error"]["kind"] != "name"
    ]
    return [*shown(flagged, limit), *shown(missed, limit)]


def _compare(data: Path, verdicts: Found, table: dict[str, Any]) -> None:
    """Stop if the scorer of the evaluation data counts anything else than we do."""
    script = data / "score.py"
    with tempfile.TemporaryDirectory() as folder:
        rows, out = Path(folder) / "verdicts.jsonl", Path(folder) / "score.json"
        with rows.open("w", encoding="utf-8") as lines:
            for id_, found in verdicts.items():
                answer = [{"kind": f.kind, "severity": f.severity} for f in found]
                lines.write(json.dumps({"id": id_, "findings": answer}) + "\n")
        for level in LEVELS:
            command = [sys.executable, script, rows, "--level", level, "--sets", "dev"]
            printed = subprocess.run(
                [*map(str, command), "--json", str(out)], check=True, capture_output=True, text=True
            ).stdout
            scored = json.loads(out.read_text(encoding="utf-8"))
            for lang in LANGS:
                theirs = scored[f"clean_dev.{lang}"]
                pairs = {
                    f"false flags, {level}": theirs["false_flag_all"],
                    f"reference errors, {level}": theirs["reference_errors_caught"],
                }
                for name, share in pairs.items():
                    if tuple(share) != table[lang][name]:
                        stop(f"{lang}, {name}: score.py says {share}, we say {table[lang][name]}")
                part = printed.partition(f"== injected_dev.{lang}")[2].partition("\n==")[0]
                for kind in KINDS:
                    line = next(x for x in part.splitlines() if x.split()[:1] == [kind])
                    hits, total = table[lang][f"{kind}, {level}"]
                    if f"quiet base {100 * hits / total:.1f}%" not in line:
                        stop(f"{lang}, {kind}: score.py says {line.strip()}, we say {hits}/{total}")
    print("score.py counts the same")


def show_facts(result: dict[str, Any]) -> None:
    for note in result["examples"]:
        print(note)
    for lang, row in result["facts"].items():
        print(f"\n{lang}")
        for name, share in row.items():
            print(f"  {name:<26}{share if isinstance(share, int) else said(share)}")


def facts_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data", type=Path, default=EVAL, help="default: %(default)s")
    parser.add_argument("--show", type=int, default=0, metavar="N", help="so many rows of each")
    parser.add_argument("--score", action="store_true", help="compare with its score.py")
