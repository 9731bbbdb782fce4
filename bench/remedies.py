"""Guards and repairs on engines that err on purpose: what is found, repaired, and left.

The correct answers are those of the samples' memory; `testing.NoisyEngine` garbles them at
known rates and keeps a record of what it did.
"""

from __future__ import annotations

import argparse
import gzip
import html
import json
import random
import re
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from evaluation import EVAL, LANGS, Share, clean_rows, percent

from toolkit import checks, formats, labels, repairs, segmentation, translation
from toolkit.checks import guards
from toolkit.formats import tmx
from toolkit.protocols import Engine
from toolkit.schema import Article, Finding, Hypothesis, Request, TranslationUnit
from toolkit.terms import Termbase, load_terms
from toolkit.testing import NOISE, NoisyEngine, ScriptedEngine

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
# Hypotheses per answer, and the share of requests whose error is always the same.
SETTINGS = {
    "one hypothesis, stubborn": (1, 1.0),
    "one hypothesis": (1, 0.3),
    "four hypotheses": (4, 0.3),
}
# Every kind as often as any other; a third of the answers is right.
RATES = dict.fromkeys(NOISE, 0.05)
# Languages of `machine_dev`, how many answers of each, and the figures that are changed.
MACHINE = ("ko", "uk", "de", "pt", "ja")
ANSWERS = 250
_FIGURE = re.compile(r"(?<![\w.,])\d{1,4}(?![\d.,]*\d)(?![A-Za-z])")
OUTCOMES = ("repaired", "marked", "untranslated", "noted", "silent")


class _Machine:
    """The memory's answers, as if a program had made them."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.signature = engine.signature
        self.calls = 0

    def run(self, requests: Sequence[Request], /) -> tuple[Hypothesis | None, ...]:
        self.calls += 1
        found = self._engine.run(requests)
        return tuple(a and Hypothesis(a.text, "machine", 1.0) for a in found)


def repair_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data", type=Path, default=EVAL, help="default: %(default)s")
    parser.add_argument("--seeds", type=int, default=5, help="runs per article (default 5)")
    parser.add_argument("--show", type=int, default=0, help="so many of what was left silent")


def measure_repairs(arguments: argparse.Namespace) -> dict[str, Any]:
    """Errors of noisy engines repaired, left marked, left silent; false flags."""
    termbase = load_terms(SAMPLES / "terms.csv")
    memory = tmx.load_memory(SAMPLES / "memory.tmx")
    table: dict[str, dict[str, Any]] = {}
    examples: list[str] = []
    for setting, (best, stubborn) in SETTINGS.items():
        outcomes: dict[str, Counter[str]] = {kind: Counter() for kind in NOISE}
        harmed = right = 0
        for seed in range(arguments.seeds):
            for article, lang in _articles():
                noisy = NoisyEngine(
                    _Machine(memory),
                    *(seed, RATES),
                    best=best,
                    stubborn=stubborn,
                    names=_names(termbase),
                )
                for kind, how, text in _errors(article, lang, noisy, memory, termbase):
                    if kind:
                        outcomes[kind][how] += 1
                    else:
                        right += 1
                        harmed += how == "harmed"
                    if how in ("silent", "noted", "harmed"):
                        examples.append(f"{setting}, {kind} {how}: {text}")
        table[setting] = {
            "kinds": {kind: dict(counts) for kind, counts in outcomes.items()},
            "harmed": (harmed, right),
        }
    result: dict[str, Any] = {"settings": table, "cost": _cost(memory, termbase)}
    if (arguments.data / "machine_dev").is_dir():
        result["real answers"] = {lang: _real(arguments.data, lang) for lang in MACHINE}
    if (arguments.data / "clean_dev.ko.jsonl").exists():
        result["false flags"] = {lang: _false_flags(arguments.data, lang) for lang in LANGS}
    return result | {"examples": examples[: arguments.show]}


def _articles() -> Iterator[tuple[Article, str]]:
    for article in formats.read([SAMPLES / "articles"]):
        if isinstance(article, Article):
            yield from ((article, lang) for lang in LANGS if lang != article.lang)


def _names(termbase: Termbase) -> dict[str, list[str]]:
    return {
        lang: [form for entry in termbase.entries for form in entry.of(lang)[:1] if len(form) > 2]
        for lang in LANGS
    }


def _prepared(article: Article, lang: str) -> tuple[Any, Any]:
    found = labels.find(article)
    sources = translation.passages(article, found, segmentation.segment(article, found))
    return sources, translation.requests(sources, article.lang, lang)


def _errors(
    article: Article, lang: str, noisy: NoisyEngine, memory: Engine, termbase: Termbase
) -> Iterator[tuple[str, str, str]]:
    """(kind of error or "", what became of it, the unit) for each unit of an article."""
    sources, asked = _prepared(article, lang)
    truth = translation.units(sources, asked, memory.run(asked), lang)
    answers = noisy.run(asked)
    made = {g.text: g.kind for g in noisy.record if g.attempt == g.number == 0}
    first = translation.units(sources, asked, answers, lang)
    units, verdict = repairs.repair(sources, asked, answers, lang, noisy, termbase)
    after = _by_unit(verdict.findings)
    quiet = _by_unit(_findings(truth, termbase))
    for unit, begun, right, request in zip(units, first, truth, asked, strict=True):
        text = f"{right.target!r}\n      {begun.target!r}\n      {unit.target!r} {unit.remedies}"
        kind = made.get(request.text, "")
        if not kind:
            yield "", "harmed" if unit.target != right.target else "kept", text
            continue
        left, always = after.get(unit.id, ()), quiet.get(unit.id, ())
        yield kind, _outcome(unit, right, left, always), text


def _real(data: Path, lang: str) -> dict[str, int]:
    """What is written into answers of real systems: one number of each changed, and answers
    to another sentence, in which all that is written is false.
    """
    with gzip.open(data / "machine_dev" / f"{lang}.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    pick = random.Random(5)
    pick.shuffle(rows)
    counts = Counter[str]()
    for number, row in enumerate(rows[: 4 * ANSWERS]):
        other = rows[number - 7]
        figures = list(_FIGURE.finditer(row["target"]))
        if figures and counts["changed"] < ANSWERS:
            figure = pick.choice(figures)
            new = str(int(figure.group()) + pick.choice((1, 2, 3, 7, 10, 30)))
            target = row["target"][: figure.start()] + new + row["target"][figure.end() :]
            unit, loud = _answered(row["source"], target, lang)
            counts["changed"] += 1
            if _same(html.unescape(unit.target), html.unescape(row["target"])):
                counts["restored"] += 1
            elif _put_right(unit):
                counts["written otherwise"] += 1
            else:
                counts["marked" if loud else "silent"] += 1
        if other["source"] != row["source"] and counts["another sentence"] < ANSWERS:
            unit, _ = _answered(row["source"], other["target"], lang)
            counts["another sentence"] += 1
            counts["written into it"] += _put_right(unit) and unit.state != "initial"
    return dict(counts)


def _answered(source: str, target: str, lang: str) -> tuple[TranslationUnit, bool]:
    """The unit that becomes of a system's answer, and whether something is said of it."""
    passages = (translation.Passage("s1", source, 1),)
    asked = translation.requests(passages, "en", lang)
    engine = ScriptedEngine(lambda _: Hypothesis(target, "machine"))
    (unit,), verdict = repairs.repair(passages, asked, engine.run(asked), lang, engine)
    return unit, _loud(verdict.findings)


def _put_right(unit: TranslationUnit) -> bool:
    return any("put right" in remedy for remedy in unit.remedies)


def _outcome(
    unit: TranslationUnit,
    right: TranslationUnit,
    found: Sequence[Finding],
    quiet: Sequence[Finding],
) -> str:
    if unit.state == "initial":
        return "untranslated"
    found = [finding for finding in found if finding.rule != "put-right"]
    if _same(unit.target, right.target):
        return "repaired"
    if _loud(found):
        return "marked"
    # Another wording of the same value: 1,200 for 1200.
    verdict = checks.check_pair(right.target, unit.target, unit.target_lang, unit.target_lang)
    if unit.remedies and not verdict.findings:
        return "repaired"
    return "noted" if len(found) > len(quiet) else "silent"


def _same(one: str, other: str) -> bool:
    return "".join(one.split()) == "".join(other.split())


def _findings(units: Sequence[TranslationUnit], termbase: Termbase) -> list[Finding]:
    found = list(checks.check(units, termbase).findings)
    for unit in units:
        found += [] if unit.state == "initial" else guards.content(unit)
    return found


def _by_unit(findings: Sequence[Finding]) -> dict[str | None, list[Finding]]:
    by: dict[str | None, list[Finding]] = {}
    for finding in findings:
        by.setdefault(finding.unit_id, []).append(finding)
    return by


def _loud(findings: Sequence[Finding]) -> bool:
    return any(finding.severity != "info" for finding in findings)


def _cost(memory: Engine, termbase: Termbase) -> dict[str, float]:
    """What an article without findings costs more than without repairs: calls and time."""
    machine = _Machine(memory)
    prepared = [(_prepared(article, lang), lang) for article, lang in _articles()]
    answered = [(*pair, machine.run(pair[1]), lang) for pair, lang in prepared]
    machine.calls = 0
    checked, repaired = [], []
    for _ in range(6):
        start = time.process_time()
        for sources, asked, answers, lang in answered:
            checks.check(translation.units(sources, asked, answers, lang), termbase)
        middle = time.process_time()
        for sources, asked, answers, lang in answered:
            repairs.repair(sources, asked, answers, lang, machine, termbase)
        checked.append(middle - start)
        repaired.append(time.process_time() - middle)
    # The quickest of six: the others were disturbed.
    more = 100 * (min(repaired) / min(checked) - 1)
    return {"calls": machine.calls, "more time than checks %": round(more, 1)}


def _false_flags(data: Path, lang: str) -> Share:
    rows = clean_rows(data, lang)
    flagged = 0
    for row in rows:
        unit = TranslationUnit("", row["source"], row["target"], "en", lang, "translated", "")
        found = guards.content(unit) or guards.surface(unit.source, unit.target, "en", lang)
        flagged += bool(found)
    return flagged, len(rows)


def show_repairs(result: dict[str, Any]) -> None:
    for setting, values in result["settings"].items():
        print(f"\n{setting:<26}{'errors':>7}" + "".join(f"{o:>14}" for o in OUTCOMES))
        total: Counter[str] = Counter()
        for kind, counts in (*values["kinds"].items(), ("all", total)):
            number = sum(counts.get(outcome, 0) for outcome in OUTCOMES)
            shares = (percent((counts.get(outcome, 0), number)) for outcome in OUTCOMES)
            print(f"{kind:<26}{number:>7}" + "".join(f"{s:>14}" for s in shares))
            if kind != "all":
                total.update(counts)
        harmed, right = values["harmed"]
        print(f"right answers that were changed: {harmed} of {right}")
    print(f"\nwithout findings: {result['cost']}")
    for lang, counts in result.get("real answers", {}).items():
        print(f"answers of real systems, {lang}: {counts}")
    for lang, share in result.get("false flags", {}).items():
        print(f"human translations flagged by the guards, {lang}: {percent(share)} of {share[1]}")
    for line in result["examples"]:
        print(f"  {line}")
