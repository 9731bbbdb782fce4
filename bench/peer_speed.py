"""A whole run of ours beside other programs, on the same articles and weights: `speed.py peers`.

Ours reads, finds labels, splits, summarises, translates, checks, repairs and writes; the others
split and translate. All have the model loaded and warm, and take turns. Argos Translate runs
in an interpreter of its own, with the very conversion that our engine made; its sentences are
split by spaCy's rules, the quickest that it offers (its default is a model to download). Where
paragraphs differ, those rules ended a sentence at "No." or did not at "p.m."
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import trained  # the script beside this one

from toolkit import runs
from toolkit.engines import ct2
from toolkit.models.entries import Entry
from toolkit.protocols import Engine
from toolkit.schema import Article, Length, Plan
from toolkit.terms import Termbase

OURS = "toolkit run"
PLAN = Plan(langs=("uk",), length=Length(3))
CODE = ">>ukr<<"
# Translates articles as `argos-translate` does, in one process that has loaded all it needs.
ARGOS = """
import json, sys, time
from pathlib import Path
job = json.load(sys.stdin)
import spacy
rules = Path(job["package"], "spacy")
if not rules.exists():
    spacy.blank("en").to_disk(rules)
from argostranslate import translate
way = translate.get_translation_from_codes("en", "uk")
way.translate(job["articles"][0])
begin, processor = time.perf_counter(), time.process_time()
texts = [way.translate(text) for text in job["articles"]]
taken = time.perf_counter() - begin, time.process_time() - processor
print(json.dumps([*taken, texts]))
"""
Made = tuple[Article, list[str]]  # with its sentences
# Wall and processor seconds, and the translation of each article.
Run = tuple[float, float, list[str]]


def peer_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--articles", type=int, default=40, help="default: %(default)s")
    parser.add_argument(
        "--few", type=int, default=4, help="of them for transformers, which is slow"
    )
    parser.add_argument("--rounds", type=int, default=3, help="default: %(default)s")
    parser.add_argument("--beams", type=int, nargs="+", default=[1, 4], help="default: 1 4")
    # Two of torch wait for one another on a busy machine, and burn it.
    parser.add_argument("--threads", type=int, default=1, help="for each, default: %(default)s")
    parser.add_argument("--model", type=Path, help="keep the model there (default: thrown away)")
    parser.add_argument(
        "--argos", metavar="PYTHON", default=os.environ.get("ARGOS_PYTHON"),
        help="an interpreter that has argostranslate and spacy (default: $ARGOS_PYTHON)",
    )  # fmt: skip


def measure_peers(arguments: argparse.Namespace) -> dict[str, Any]:
    """Sentences a second of a whole run, Argos Translate and a plain transformers loop."""
    made = list(trained.articles(arguments.articles))
    with tempfile.TemporaryDirectory() as scratch:
        folder = arguments.model or Path(scratch, "model")
        entry = trained.open_trained(folder)
        races = {
            str(beam): _race(arguments, made, entry, folder, Path(scratch), beam)
            for beam in arguments.beams
        }
    return {
        "articles": len(made),
        "sentences": sum(len(sentences) for _, sentences in made),
        "threads": arguments.threads,
        "beams": races,
    }


def show_peers(result: dict[str, Any]) -> None:
    print(f"{result['sentences']} sentences, {result['threads']} thread(s); sentences a second:")
    for beam, race in result["beams"].items():
        print(f"beam {beam:<29}{'wall':>8}{'CPU':>8}{'ours is':>16}{'same paragraphs':>18}")
        for name, row in race.items():
            if "skipped" in row:
                print(f"  {name:<32}skipped: {row['skipped']}")
                continue
            times = f"{row['ours']:.2f} {row['ours_cpu']:.2f}"
            same = f"{row['same'][0]} of {row['same'][1]}"
            print(
                f"  {name:<32}{row['per_second']:>8}{row['per_cpu_second']:>8}{times:>16}{same:>18}"
            )


def _race(
    arguments: argparse.Namespace, made: Sequence[Made], entry: Entry, folder: Path, scratch: Path,
    beam: int,
) -> dict[str, Any]:  # fmt: skip
    cache, threads = scratch / "ct2", arguments.threads
    engine = ct2.open_model(entry, folder, cache=cache, beam=beam, workers=threads)
    _ours(made[:1], engine, scratch)  # warms up, as the others do
    contestants: dict[str, tuple[Sequence[Made], Callable[[Sequence[Made]], Run]]] = {
        OURS: (made, partial(_ours, engine=engine, scratch=scratch))
    }
    for size, name in ((32, "argos"), (1024, "argos, batches of 1024 tokens")):
        if arguments.argos:
            settings = {"BEAM_SIZE": beam, "BATCH_SIZE": size, "INTRA_THREADS": threads}
            package = _package(next(cache.iterdir()), folder, scratch)
            translate = partial(
                _argos, python=arguments.argos, package=package, settings=settings
            )  # fmt: skip
            contestants[name] = made, translate
    loop = _transformers(folder, beam, threads)
    for size, name in ((1, "transformers, one by one"), (8, "transformers, batches of 8")):
        contestants[name] = made[: arguments.few], partial(loop, size=size)
    taken: dict[str, list[Run]] = {name: [] for name in contestants}
    for _ in range(arguments.rounds):
        for name, (part, translate) in contestants.items():
            taken[name].append(translate(part))
            print(beam, name, taken[name][-1][:2], file=sys.stderr)  # it can take long
    rows = {
        name: _row(taken[name], part, taken[OURS][0][2]) for name, (part, _) in contestants.items()
    }
    for row in rows.values():
        row["ours"] = round(rows[OURS]["per_second"] / row["per_second"], 2)
        row["ours_cpu"] = round(rows[OURS]["per_cpu_second"] / row["per_cpu_second"], 2)
    if not arguments.argos:
        rows["argos"] = {"skipped": "no interpreter that has it: give one with --argos"}
    return rows


def _row(taken: Sequence[Run], made: Sequence[Made], ours: Sequence[str]) -> dict[str, Any]:
    count = sum(len(sentences) for _, sentences in made)
    pairs = [
        pair
        for own, text in zip(ours[: len(made)], taken[0][2], strict=True)
        for pair in zip(own.split("\n"), text.split("\n"), strict=True)
    ]
    return {
        "per_second": round(count / statistics.median(run[0] for run in taken), 2),
        "per_cpu_second": round(count / statistics.median(run[1] for run in taken), 2),
        "same": [sum(own == text for own, text in pairs), len(pairs)],
    }


# --- the contestants ----------------------------------------------------------------------


def _ours(made: Sequence[Made], engine: Engine, scratch: Path) -> Run:
    with tempfile.TemporaryDirectory(dir=scratch) as out:
        begin, processor = time.perf_counter(), time.process_time()
        runs.run((article for article, _ in made), PLAN, engine, Termbase(), Path(out))
        taken = time.perf_counter() - begin, time.process_time() - processor
        lines = Path(out, "results.jsonl").read_text("utf-8").splitlines()
    return *taken, [json.loads(line)["translations"][0]["text"] for line in lines]


def _package(converted: Path, folder: Path, scratch: Path) -> Path:
    """The conversion as a package of Argos, the code of the language before each sentence."""
    package = scratch / "packages" / "translate-en_uk"
    if package.exists():
        return package
    shutil.copytree(converted, package / "model")
    config = json.loads((package / "model" / "config.json").read_text("utf-8"))
    config |= {"add_source_bos": True, "bos_token": CODE, "add_source_eos": True}
    (package / "model" / "config.json").write_text(json.dumps(config), encoding="utf-8")
    shutil.copy(folder / "source.spm", package / "sentencepiece.model")
    about = {
        "package_version": "1", "argos_version": "1", "from_code": "en", "from_name": "English",
        "to_code": "uk", "to_name": "Ukrainian",
    }  # fmt: skip
    (package / "metadata.json").write_text(json.dumps(about), encoding="utf-8")
    # Where it looks for a download of spaCy's; with this folder it asks no network.
    (scratch / "argos-translate" / "spacy" / "senter" / "model").mkdir(parents=True)
    return package


def _argos(made: Sequence[Made], python: str, package: Path, settings: dict[str, int]) -> Run:
    home = str(package.parents[1])
    environment = os.environ | {f"ARGOS_{name}": str(value) for name, value in settings.items()}
    environment |= {"ARGOS_PACKAGES_DIR": str(package.parent), "ARGOS_CHUNK_TYPE": "SPACY"}
    environment |= dict.fromkeys(("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"), home)
    job = {"package": str(package), "articles": [article.text for article, _ in made]}
    done = subprocess.run(
        [python, "-c", ARGOS], input=json.dumps(job), stdout=subprocess.PIPE, text=True,
        check=True, env=environment,
    )  # fmt: skip
    seconds, processor, said = json.loads(done.stdout)
    return seconds, processor, said


def _transformers(folder: Path, beam: int, threads: int) -> Callable[..., Run]:
    import torch
    from transformers import MarianMTModel, MarianTokenizer

    torch.set_num_threads(threads)
    tokenizer = MarianTokenizer.from_pretrained(folder)
    model = MarianMTModel.from_pretrained(folder).eval()

    def translate(sentences: Sequence[str]) -> list[str]:
        asked = tokenizer(
            [f"{CODE} {text}" for text in sentences], padding=True, return_tensors="pt"
        )
        with torch.inference_mode():
            said = model.generate(**asked, num_beams=beam)
        texts: list[str] = tokenizer.batch_decode(said, skip_special_tokens=True)
        return texts

    def loop(made: Sequence[Made], size: int) -> Run:
        sentences = [text for _, own in made for text in own]
        begin, processor = time.perf_counter(), time.process_time()
        said = [text for part in _parts(sentences, size) for text in translate(part)]
        taken = time.perf_counter() - begin, time.process_time() - processor
        paragraphs = [" ".join(part) for part in _parts(said, trained.SENTENCES)]
        return *taken, ["\n".join(part) for part in _parts(paragraphs, trained.PARAGRAPHS)]

    return loop


def _parts(items: Sequence[str], size: int) -> list[Sequence[str]]:
    return [items[at : at + size] for at in range(0, len(items), size)]
