"""Example code that must type-check: how a program uses the package (`mypy tests/typing`)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import toolkit
from toolkit import checks, engines, facts, formats, models, pipeline, runs
from toolkit.errors import ToolkitError
from toolkit.memory import Unit, Variant, open_memory
from toolkit.protocols import Engine
from toolkit.schema import Article, Finding, Hypothesis, Length, Plan, Request, Result
from toolkit.terms import Termbase, load_terms


def whole(path: Path) -> str:
    result: Result = toolkit.translate(path, "ko", "uk", download=True)
    return result.translations[0].text


def short(path: str) -> list[str]:
    summary = toolkit.summarize(path, sentences=2).summary
    return [sentence.text for sentence in summary.sentences] if summary else []


class Shouting:
    """An engine of one's own needs nothing but these two."""

    signature = "shouting"

    def run(self, requests: Sequence[Request], /) -> Sequence[Hypothesis | None]:
        return [Hypothesis(request.text.upper(), "shouting") for request in requests]


def make(path: Path, engine: Engine) -> Result:
    article: Article = formats.read_one(path, lang="en")
    plan = Plan(langs=("ko",), length=Length(60, "words"))
    return pipeline.process(article, plan, engine, Termbase())


def errors(source: str, target: str) -> list[Finding]:
    verdict = checks.check_pair(source, target, "en", "uk", load_terms(Path("terms.csv")))
    return [finding for finding in verdict.findings if finding.severity == "error"]


def numbers(text: str) -> list[tuple[str, ...]]:
    return [fact.values for fact in facts.extract(text, "en")]


def remember(path: Path, english: str, korean: str) -> int:
    with open_memory(path) as memory:
        return memory.add([Unit((Variant("en", english), Variant("ko", korean)))])


def many(paths: Sequence[Path], out: Path) -> int:
    with open_memory(Path("memory.sqlite"), read_only=True) as memory:
        engine = engines.first_of(memory, Shouting())
        try:
            tally = runs.run(formats.read(paths), Plan(("uk",)), engine, Termbase(), out)
        except ToolkitError as error:
            raise SystemExit(error.exit_code) from error
    return tally.done


def bring(source: str, target: str, root: Path) -> Path | None:
    store = models.Store(root)
    lock = models.read_lock(user=store.lock_path)
    for entry in models.route(lock, store, source, target):
        return models.fetch(models.plan_fetch(entry, store), store, lambda name, done, of: None)
    return None
