"""One article in, one result out; and what that result depends on."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from itertools import chain, islice
from threading import Lock

from toolkit import __version__, checks, labels, segmentation, summaries, translation
from toolkit.errors import ToolkitError
from toolkit.protocols import Engine
from toolkit.schema import (
    Article,
    Hypothesis,
    Label,
    Plan,
    Provenance,
    Request,
    Result,
    Segment,
    Summary,
    Translation,
    digest,
)
from toolkit.terms import Termbase

__all__ = [
    "key",
    "process",
    "process_batch",
    "process_many",
]


def key(article: Article, plan: Plan, engine: Engine, termbase: Termbase) -> str:
    """Equal keys mean equal results: the rule by which work is not done twice."""
    return digest(article, plan, engine.signature, _signature(termbase), __version__)


@lru_cache(maxsize=8)
def _signature(termbase: Termbase) -> str:
    """Its digest, made once: it is the same for every article of a run, and may be large."""
    return digest(termbase)


def process(article: Article, plan: Plan, engine: Engine, termbase: Termbase) -> Result:
    """All that the plan asks for one article; pure but for the engine.

    Raises ModelMissing when a sentence cannot be translated, before anything was made.
    """
    (result,) = process_batch((article,), plan, engine, termbase)
    if isinstance(result, ToolkitError):
        raise result
    return result


def process_batch(
    articles: Sequence[Article], plan: Plan, engine: Engine, termbase: Termbase
) -> tuple[Result | ToolkitError, ...]:
    """`process` for several articles with one call to the engine, so that it can batch.

    What cannot be done is answered by its error, and stops no other article.
    """
    drafts = [_prepare(article, plan) for article in articles]
    ask = partial(translation.ask, engine, _questions(drafts))
    return _answered(drafts, ask, plan, engine, termbase)


def process_many(
    batches: Iterable[Sequence[Article]], plan: Plan, engine: Engine, termbase: Termbase
) -> Iterator[tuple[Result | ToolkitError, ...]]:
    """`process_batch` for each batch, in order, with the engine never waiting for us.

    While it works on one batch, the next is read and prepared and the last is finished.
    """
    engine = _OneAtATime(engine)
    with ThreadPoolExecutor(1, "engine") as worker:
        waiting: deque[tuple[list[_Draft], Future[_Answers]]] = deque()
        try:
            for articles in batches:
                drafts = [_prepare(article, plan) for article in articles]
                asked = worker.submit(translation.ask, engine, _questions(drafts))
                waiting.append((drafts, asked))
                if len(waiting) > 1:
                    drafts, asked = waiting.popleft()
                    yield _answered(drafts, asked.result, plan, engine, termbase)
            while waiting:
                drafts, asked = waiting.popleft()
                yield _answered(drafts, asked.result, plan, engine, termbase)
        finally:
            for _, asked in waiting:
                asked.cancel()


_Answers = Sequence[Hypothesis | None]


class _OneAtATime:
    """An engine that the thread that asks ahead and the one that finishes may share."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._lock = Lock()
        self.signature = engine.signature

    def run(self, requests: Sequence[Request], /) -> _Answers:
        with self._lock:
            return self._engine.run(requests)


def _answered(
    drafts: Sequence[_Draft],
    ask: Callable[[], _Answers],
    plan: Plan,
    engine: Engine,
    termbase: Termbase,
) -> tuple[Result | ToolkitError, ...]:
    try:
        answers = iter(ask())
    except ToolkitError as error:
        if len(drafts) == 1:
            return (error,)
        # Whose fault it is can only be seen one by one.
        alone = (process_batch((draft.article,), plan, engine, termbase) for draft in drafts)
        return tuple(chain.from_iterable(alone))
    return tuple(
        _finish(
            draft, [tuple(islice(answers, len(job.asked))) for job in draft.jobs],
            plan, engine, termbase,
        )
        for draft in drafts
    )  # fmt: skip


def _questions(drafts: Iterable[_Draft]) -> list[Request]:
    return [request for draft in drafts for job in draft.jobs for request in job.asked]


@dataclass(frozen=True, slots=True)
class _Job:
    """One article into one language: what is to be translated, and what to ask for it."""

    lang: str
    sources: tuple[translation.Passage, ...]
    asked: tuple[Request, ...]


@dataclass(frozen=True, slots=True)
class _Draft:
    """One article with all that can be made without an engine."""

    article: Article
    labels: tuple[Label, ...]
    segments: tuple[Segment, ...]
    summary: Summary | None
    jobs: tuple[_Job, ...]


def _prepare(article: Article, plan: Plan) -> _Draft:
    found = labels.find(article)
    segments = segmentation.segment(article, found)
    length = plan.length
    summary = summaries.summarize(article, found, segments, length) if length else None
    wanted = segments if plan.translate else _chosen(segments, summary)
    sources = translation.passages(article, found, wanted) if plan.langs else ()
    jobs = tuple(
        _Job(lang, sources, translation.requests(sources, article.lang, lang))
        for lang in plan.langs
    )
    return _Draft(article, found, segments, summary, jobs)


def _finish(
    draft: _Draft,
    shares: Sequence[Sequence[Hypothesis | None]],
    plan: Plan,
    engine: Engine,
    termbase: Termbase,
) -> Result | ToolkitError:
    try:
        translations = tuple(
            _translation(draft, job, answers, plan, termbase)
            for job, answers in zip(draft.jobs, shares, strict=True)
        )
    except ToolkitError as error:
        return error
    return Result(
        article=draft.article,
        key=key(draft.article, plan, engine, termbase),
        labels=draft.labels,
        segments=draft.segments,
        summary=draft.summary,
        translations=translations,
        provenance=Provenance(__version__, engine.signature),
    )


def _translation(
    draft: _Draft,
    job: _Job,
    answers: Sequence[Hypothesis | None],
    plan: Plan,
    termbase: Termbase,
) -> Translation:
    units = translation.units(job.sources, job.asked, answers, job.lang)
    verdict = checks.check(units, termbase)
    targets = {unit.id: unit.target for unit in units}
    return Translation(
        lang=job.lang,
        text=translation.splice(draft.article, draft.segments, units) if plan.translate else "",
        units=units,
        title=targets.get(translation.TITLE),
        summary=draft.summary and _in_lang(draft.summary, job.lang, targets),
        findings=verdict.findings,
        agreements=verdict.agreements,
    )


def _chosen(segments: tuple[Segment, ...], summary: Summary | None) -> tuple[Segment, ...]:
    ids = {i for sentence in summary.sentences for i in sentence.segments} if summary else set()
    return tuple(segment for segment in segments if segment.id in ids)


def _in_lang(summary: Summary, lang: str, targets: dict[str, str]) -> Summary:
    sentences = tuple(
        replace(sentence, text=" ".join(targets[i] for i in sentence.segments))
        for sentence in summary.sentences
    )
    return Summary(lang, summary.method, sentences)
