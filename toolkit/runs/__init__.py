"""Many articles into one directory: an append-only journal, resume, and the outputs.

A run directory holds `plan.json`, `journal.jsonl` (one checksummed line per finished
article), and what is made from them: `results.jsonl`, `report.html` (of many articles with
`report/`), `articles/`, and `failed.jsonl` for what could not be done. The journal alone is
the truth: the outputs are written from it at the end.
"""

from __future__ import annotations

import json
import os
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path

from toolkit import pipeline
from toolkit.errors import InputError, RunError, ToolkitError
from toolkit.formats import Unreadable, jsonl, markdown, report
from toolkit.formats.files import clear_drafts, open_whole, write_whole
from toolkit.protocols import Engine
from toolkit.runs.cache import Cache
from toolkit.runs.journal import Journal, read_plan
from toolkit.runs.reviews import NAME as REVIEWS
from toolkit.runs.reviews import Reviews, reviewed
from toolkit.schema import Article, Plan, Result, Severity, canonical_json, decode
from toolkit.terms import Termbase

__all__ = [
    "Cache",
    "Failure",
    "Inputs",
    "Journal",
    "Tally",
    "Watch",
    "Way",
    "Work",
    "publish",
    "read_inputs",
    "read_plan",
    "rebuild",
    "run",
]

# Enough sentences at once for an engine to sort and batch (about five hundred), few enough
# that an interrupted run soon ends.
_BATCH_CHARACTERS = 60_000
_BATCH_ARTICLES = 64
_INPUTS = "inputs.json"
_OUTPUTS = "outputs.json"


@dataclass(frozen=True, slots=True)
class Failure:
    """An input that could not be done, with the reason and what to do about it."""

    source: str
    error: str
    hint: str
    exit_code: int


@dataclass(slots=True)
class Tally:
    """What a run came to; `stopped` says that it was asked to end before its inputs did.

    `written` counts the sentences of summaries by an engine, `extracted` those among them in
    whose place the article's own stand.
    """

    done: int = 0
    reused: int = 0
    stopped: bool = False
    failures: list[Failure] = field(default_factory=list)
    findings: Counter[Severity] = field(default_factory=Counter)
    origins: Counter[str] = field(default_factory=Counter)
    written: int = 0
    extracted: int = 0

    def count(self, result: Result) -> None:
        self.findings.update(finding.severity for finding in result.findings)
        if result.summary and result.summary.method == "abstractive":
            self.written += len(result.summary.sentences)
            self.extracted += sum(bool(s.remedies) for s in result.summary.sentences)
        for translation in result.translations:
            self.findings.update(finding.severity for finding in translation.findings)
            self.origins.update(unit.origin for unit in translation.units)

    def fail(self, source: str, error: ToolkitError) -> None:
        self.failures.append(Failure(source, error.message, error.hint, error.exit_code))


@dataclass(frozen=True, slots=True)
class Inputs:
    """What a run was asked to read, kept beside its plan so that it can go on by itself.

    `folder` is where the settings were found; paths are absolute. `engine` is the name of the
    one that was asked, for another would do all articles again.
    """

    folder: str
    paths: tuple[str, ...]
    source_lang: str | None = None
    terms: tuple[str, ...] = ()
    engine: str = ""
    encoding: str | None = None


@dataclass(frozen=True, slots=True)
class Watch:
    """Whoever looks on: `tell` hears of each input, and of its error if it failed.

    Once `stop` says so, what is in hand is finished and no further input is taken.
    """

    tell: Callable[[str, ToolkitError | None], None] = lambda _source, _error: None
    stop: Callable[[], bool] = lambda: False


# `pipeline.process_many`, or what does the same elsewhere.
Work = Callable[
    [Iterable[Sequence[Article]], Plan, Engine, Termbase],
    Iterator[tuple[Result | ToolkitError, ...]],
]


@dataclass(frozen=True, slots=True)
class Way:
    """How a run does its work: `work` does the batches, here or elsewhere.

    What `cache` holds is taken from there, and what is made goes there.
    """

    work: Work = pipeline.process_many
    cache: Cache | None = None


def run(
    inputs: Iterable[Article | Unreadable],
    plan: Plan,
    engine: Engine,
    termbase: Termbase,
    directory: Path,
    watch: Watch = Watch(),
    asked: Inputs | None = None,
    way: Way = Way(),
) -> Tally:
    """Do what is not done yet, set aside what cannot be, and write the outputs.

    Killed at any point, the same call goes on where it stopped and ends with the same
    bytes. An input that fails is written to `failed.jsonl` and tried again next time.
    `asked` is kept for `read_inputs`.
    """
    tally = Tally()
    cache = way.cache
    with Journal(directory, plan) as journal:
        if asked:
            write_whole(directory / _INPUTS, [canonical_json(asked) + "\n"])

        def fresh() -> Iterator[_Item]:
            """The articles that are to be done, or were elsewhere; the others end here."""
            for item in inputs:
                if watch.stop():
                    tally.stopped = True
                    return
                try:
                    if isinstance(item, Unreadable):
                        raise item.error
                    _refuse_twin(item, journal)
                except ToolkitError as error:
                    tally.fail(item.source, error)
                    watch.tell(item.source, error)
                    continue
                key = pipeline.key(item, plan, engine, termbase)
                if journal.has(item.id, key):
                    tally.reused += 1
                    watch.tell(item.source, None)
                else:
                    yield item, cache.get(key) if cache else None

        pending: deque[list[_Item]] = deque()
        batches = _batches(fresh(), pending)
        for outcomes in way.work(batches, plan, engine, termbase):
            rest = iter(outcomes)
            items = [(item, known, known or next(rest)) for item, known in pending.popleft()]
            journal.append([made for *_, made in items if isinstance(made, Result)])
            if cache:
                cache.put(made for made in outcomes if isinstance(made, Result))
            for article, known, made in items:
                if isinstance(made, Result):
                    tally.reused += known is not None
                    tally.done += known is None
                    watch.tell(article.source, None)
                elif isinstance(made, RunError):
                    raise made
                else:
                    tally.fail(article.source, made)
                    watch.tell(article.source, made)
        _write_outputs(journal, tally, termbase)
    return tally


def read_inputs(directory: Path) -> Inputs:
    """What the run in this directory was asked to read; RunError if it does not say."""
    try:
        return decode(Inputs, json.loads((directory / _INPUTS).read_text("utf-8")))
    except (OSError, ValueError) as exc:
        raise RunError(
            f"{directory}: expected the directory of a run, found no readable {_INPUTS}",
            hint="repeat the command that made it: what is done is not done again",
        ) from exc


def rebuild(directory: Path, termbase: Termbase | None = None) -> Tally:
    """Write the outputs of a run directory anew from its journal and its reviews."""
    with Journal(directory, read_plan(directory)) as journal:
        return publish(journal, termbase)


def publish(journal: Journal, termbase: Termbase | None = None, *, anew: bool = True) -> Tally:
    """Write the outputs of an open run anew, as its reviews have them; what they come to.

    Without `anew`, only where they are not those of this journal and these reviews.
    """
    tally = Tally()
    if anew or not _stand(journal, tally):
        _made(journal, tally, termbase)
    return tally


# An article, and its result where that is known already.
_Item = tuple[Article, Result | None]


def _batches(items: Iterable[_Item], pending: deque[list[_Item]]) -> Iterator[list[Article]]:
    """What is to be done, in batches of about equal size.

    Whoever takes the results finds the items of each batch, also the known ones, in `pending`.
    """
    batch: list[_Item] = []
    size = 0
    for article, known in items:
        batch.append((article, known))
        size += 0 if known else len(article.text)
        if size >= _BATCH_CHARACTERS or len(batch) >= _BATCH_ARTICLES:
            pending.append(batch)
            yield [article for article, known in batch if known is None]
            batch, size = [], 0
    if batch:
        pending.append(batch)
        yield [article for article, known in batch if known is None]


def _write_outputs(journal: Journal, tally: Tally, termbase: Termbase | None) -> None:
    directory = journal.directory
    failed = directory / "failed.jsonl"
    if tally.failures:
        write_whole(failed, (canonical_json(asdict(row)) + "\n" for row in tally.failures))
    else:
        failed.unlink(missing_ok=True)
    if not _stand(journal, tally):
        _made(journal, tally, termbase)


def _made(journal: Journal, tally: Tally, termbase: Termbase | None) -> None:
    """The outputs, in one pass over the journal; what people decided is in them."""
    directory = journal.directory
    held = Reviews(directory)
    held.close()
    (directory / _OUTPUTS).unlink(missing_ok=True)
    clear_drafts(directory / "articles")
    documents = 0
    with open_whole(directory / "results.jsonl") as lines:

        def passing() -> Iterator[Result]:
            nonlocal documents
            for made in journal.results():
                result = reviewed(made, held.of(made.article.id), termbase)
                tally.count(result)
                for name, text in markdown.documents(result):
                    write_whole(directory / "articles" / name, [text])
                    documents += 1
                lines.write(jsonl.line(result))
                yield result

        report.write_folder(passing(), directory)
    mark = _mark(journal, documents) | {
        "findings": dict(tally.findings),
        "origins": dict(tally.origins),
    }
    write_whole(directory / _OUTPUTS, [json.dumps(mark, ensure_ascii=False, sort_keys=True) + "\n"])


def _stand(journal: Journal, tally: Tally) -> bool:
    """Whether the outputs are those of this very journal; if so, what they came to is told."""
    directory = journal.directory
    with suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
        mark = json.loads((directory / _OUTPUTS).read_text("utf-8"))
        tally.findings.update(mark.pop("findings"))
        tally.origins.update(mark.pop("origins"))
        documents = _count(directory / "articles") if mark["documents"] else 0
        if mark == _mark(journal, documents):
            return True
    tally.findings.clear()
    tally.origins.clear()
    return False


def _mark(journal: Journal, documents: int) -> dict[str, object]:
    """What tells at a glance that somebody changed the journal or an output."""
    directory = journal.directory
    names = ("results.jsonl", "report.html")
    sizes = {name: (directory / name).stat().st_size for name in names}
    reviews = directory / REVIEWS
    return {
        "journal": journal.size,
        "reviews": reviews.stat().st_size if reviews.exists() else 0,
        "documents": documents,
        "pages": _count(directory / report.PAGES),
        "sizes": sizes,
    }


def _count(folder: Path) -> int:
    """How many files lie in a folder and below; one at a time, for there may be millions."""
    if not folder.is_dir():
        return 0
    with os.scandir(folder) as entries:
        return sum(_count(Path(entry)) if entry.is_dir() else 1 for entry in entries)


def _refuse_twin(article: Article, journal: Journal) -> None:
    if first := journal.first_of_id(article.id, article.source):
        raise InputError(
            f"{article.source}: the id {article.id!r} is already that of {first}",
            hint="rename the file, or give the article another id",
        )
