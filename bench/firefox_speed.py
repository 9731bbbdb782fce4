"""How fast the engine for Firefox's models is beside the real one: `speed.py firefox`.

Both run the same random weights of the published sizes, one thread each, in turns; the real
engine in int8 as Firefox does. By the clock also with our default of two workers. Every answer
is as long as its sentence, so the work is equal.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
import firefox_models as models

from toolkit.engines.firefox import open_model
from toolkit.models.entries import Decoding
from toolkit.schema import Request

RUNNER = Path(__file__).parents[1] / "tests" / "bergamot.js"
PACKAGE = "node_modules/@browsermt/bergamot-translator"
WORDS, TOKENS = 32000, 24  # of a vocabulary; of a sentence, its end among them
SIZES = (1, 8, 32)
# Passes of the real engine that are not counted: its code is compiled while it runs, and cold it
# takes four times as long for single sentences.
WARM = 3
SHAPES = {
    "tiny": models.tiny(WORDS),
    "base-memory": models.base_memory(WORDS, shared=False),
    "base": models.base(WORDS),
}
# In a process of its own: loads, translates 32 sentences, says seconds and kilobytes.
PROBE = """
import json, sys, time
from pathlib import Path
from toolkit.engines.firefox import open_model
from toolkit.models.entries import Code, Decoding, Entry, File
from toolkit.schema import Request, decode
job = json.load(sys.stdin)
entry = decode(Entry, job["entry"])
import sentencepiece
def kilobytes(row):
    with open("/proc/self/status") as status:
        return int(dict(line.split(":", 1) for line in status)[row].split()[0])
before = kilobytes("VmRSS")
begin = time.perf_counter()
engine = open_model(entry, Path(job["folder"]))
loaded = time.perf_counter() - begin
engine.run([Request(text, "en", "uk") for text in job["texts"]])
print(json.dumps([loaded, before, kilobytes("VmHWM")]))
"""


def firefox_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--shapes", nargs="+", default=["tiny", "base-memory"], choices=SHAPES)
    parser.add_argument("--rounds", type=int, default=5, help="default: %(default)s")
    parser.add_argument(
        "--bergamot",
        type=Path,
        default=os.environ.get("BERGAMOT_DIR"),
        help="folder of `npm install --prefix`; default: BERGAMOT_DIR",
    )


def measure_firefox(arguments: argparse.Namespace) -> dict[str, Any]:
    """Output tokens a second of both engines, by shape, shortlist and batch; load and memory."""
    rows: list[dict[str, Any]] = []
    loads: dict[str, Any] = {}
    for shape in arguments.shapes:
        for listed in (True, False):
            with tempfile.TemporaryDirectory() as folder:
                model = _Model(Path(folder), shape, listed)
                rows += [
                    {"shape": shape, "shortlist": listed, **row} for row in model.rates(arguments)
                ]
                if listed:
                    loads[shape] = model.load()
    kernels = os.environ.get("OPENBLAS_CORETYPE", "chosen by OpenBLAS")
    return {"tokens_per_sentence": TOKENS, "kernels": kernels, "rows": rows, "loads": loads}


class _Model:
    def __init__(self, folder: Path, name: str, listed: bool) -> None:
        self.folder, shape, draw = folder, SHAPES[name], random.Random(1)
        weights = models.random_weights(shape, 1)
        weights["decoder_ff_logit_out_b"][0, 0] = -30  # never ends by itself
        self.file = folder / "model.enuk.intgemm.alphas.bin"
        config = models.config_text(shape)
        models.write_model(self.file, weights, config, alphas=models.plain_alphas(weights))
        words = [f"w{n}x" for n in range(WORDS - models.FIRST_WORD)]
        names = ["vocab"] if shape.shared else ["srcvocab", "trgvocab"]
        self.vocabularies = [folder / f"{part}.enuk.spm" for part in names]
        for path in self.vocabularies:
            models.write_vocabulary(path, words)
        self.shortlist = folder / "lex.50.50.enuk.s2t.bin" if listed else None
        if self.shortlist:  # common words are the translations of many
            entries = {
                n: sorted({int(WORDS * draw.random() ** 2) for _ in range(40)})
                for n in range(WORDS)
            }
            models.write_shortlist(self.shortlist, entries, WORDS)
        self.texts = [" ".join(draw.choices(words, k=TOKENS - 1)) for _ in range(max(SIZES))]
        entry = models.describe(folder, "en", "uk")
        self.entry = replace(entry, decoding=Decoding(max_output_tokens=TOKENS))

    def rates(self, arguments: argparse.Namespace) -> list[dict[str, Any]]:
        engines = {
            who: open_model(self.entry, self.folder, workers=workers)
            for who, workers in (("ours", 1), ("two", 2))
        }
        # Each sentence alone, or so many at once: as many sentences at least as in a batch.
        batches = {
            size: [self.texts[n : n + size] for n in range(0, 32, size)][:8] for size in SIZES
        }
        taken: dict[tuple[str, int], list[tuple[float, float]]] = {}
        for texts in batches.values():  # warm
            for engine in engines.values():
                engine.run([Request(text, "en", "uk") for text in texts[0]])
        for _ in range(arguments.rounds):
            for size, texts in batches.items():
                for who, engine in engines.items():
                    begin, used = time.perf_counter(), time.process_time()
                    for batch in texts:
                        engine.run([Request(text, "en", "uk") for text in batch])
                    both = time.perf_counter() - begin, time.process_time() - used
                    taken.setdefault((who, size), []).append(both)
            if arguments.bergamot:
                for size, seconds in self.real(arguments.bergamot, batches).items():
                    taken.setdefault(("real", size), []).append(seconds)
        rows = []
        for size, texts in batches.items():
            row: dict[str, Any] = {"batch": size}
            for n, clock in enumerate(("wall", "cpu")):
                for who in ("ours", "real", "two"):
                    if found := taken.get((who, size)):
                        median = statistics.median(both[n] for both in found)
                        row[f"{who}_{clock}"] = TOKENS * size * len(texts) / median
                if "real_wall" in row:
                    row[f"ratio_{clock}"] = row[f"ours_{clock}"] / row[f"real_{clock}"]
                    row[f"two_ratio_{clock}"] = row[f"two_{clock}"] / row[f"real_{clock}"]
            rows.append(row)
        return rows

    def real(
        self, folder: Path, batches: dict[int, list[list[str]]]
    ) -> dict[int, tuple[float, float]]:
        """Seconds of the real engine for each size, by the clock and of the processor."""
        flat = [batch for texts in batches.values() for batch in texts * (WARM + 1)]
        job = {
            "model": str(self.file),
            "vocabularies": [str(path) for path in self.vocabularies],
            "shortlist": str(self.shortlist or ""),
            "precision": "int8shiftAlphaAll",
            "factor": 1.0,
            "beam": 1,
            "longest": 128,
            "batches": flat,
        }
        done = subprocess.run(
            ["node", str(RUNNER), str(folder / PACKAGE)],
            input=json.dumps(job),
            capture_output=True,
            text=True,
            check=True,
        )
        answer = json.loads(done.stdout)
        seconds = iter(zip(answer["seconds"], answer["processor"], strict=True))
        found = {}
        for size, texts in batches.items():
            for _ in texts * WARM:
                next(seconds)
            both = [next(seconds) for _ in texts]
            found[size] = sum(wall for wall, _ in both), sum(cpu for _, cpu in both)
        return found

    def load(self) -> dict[str, float]:
        from toolkit.schema import encode

        job = {"entry": encode(self.entry), "folder": str(self.folder), "texts": self.texts}
        loads, own, peaks = [], [], []
        for _ in range(3):
            done = subprocess.run(
                [sys.executable, "-c", PROBE],
                input=json.dumps(job),
                capture_output=True,
                text=True,
                check=True,
            )
            for values, value in zip((loads, own, peaks), json.loads(done.stdout), strict=True):
                values.append(value)
        size = self.file.stat().st_size
        return {
            "load_seconds": statistics.median(loads),
            "before_mb": max(own) / 1024,  # Python, NumPy and sentencepiece
            "peak_mb": max(peaks) / 1024,
            "file_mb": size / 2**20,
            "whole_to_file": max(peaks) * 1024 / size,
            "added_to_file": (max(peaks) - min(own)) * 1024 / size,
        }


def show_firefox(result: dict[str, Any]) -> None:
    print(f"output tokens a second, sentences and answers of {TOKENS} tokens; one thread each, by")
    print("the time of the processor, which others on this machine disturb less, and by the clock;")
    print(f"then our two workers by the clock; kernels: {result['kernels']}\n")
    heads = f"{'ours':>9}{'real':>7}{'ratio':>7}"
    print(f"{'':<27}{'batch':>6}{heads}{heads}{'two':>9}{'ratio':>7}")
    for row in result["rows"]:
        name = f"{row['shape']}, {'shortlist' if row['shortlist'] else 'all words'}"
        line = f"{name:<27}{row['batch']:>6}"
        for clock in ("cpu", "wall"):
            line += f"{row[f'ours_{clock}']:>9.0f}"
            line += f"{row.get(f'real_{clock}', 0):>7.0f}{row.get(f'ratio_{clock}', 0):>7.2f}"
        print(line + f"{row['two_wall']:>9.0f}{row.get('two_ratio_wall', 0):>7.2f}")
    print()
    for shape, row in result["loads"].items():
        print(
            f"{shape}: loaded in {row['load_seconds']:.2f} s; {row['peak_mb']:.0f} MB at most, "
            f"{row['before_mb']:.0f} before; {row['whole_to_file']:.1f} times the file's "
            f"{row['file_mb']:.0f} MB, {row['added_to_file']:.1f} without Python itself"
        )
