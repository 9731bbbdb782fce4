"""One article in, one result out; and what that result depends on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain, islice

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
    asked = [job.asked for draft in drafts for job in draft.jobs]
    try:
        answers = iter(translation.ask(engine, list(chain.from_iterable(asked))))
    except ToolkitError as error:
        if len(articles) == 1:
            return (error,)
        # Whose fault it is can only be seen one by one.
        alone = (process_batch((article,), plan, engine, termbase) for article in articles)
        return tuple(chain.from_iterable(alone))
    shares = iter([tuple(islice(answers, len(part))) for part in asked])
    return tuple(
        _finish(draft, [next(shares) for _ in draft.jobs], plan, engine, termbase)
        for draft in drafts
    )


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
