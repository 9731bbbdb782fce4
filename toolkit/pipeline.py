"""One article in, one result out; and what that result depends on."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from toolkit import __version__, checks, labels, segmentation, summaries, translation
from toolkit.protocols import Engine
from toolkit.schema import (
    Article,
    Label,
    Plan,
    Provenance,
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
    found = labels.find(article)
    segments = segmentation.segment(article, found)
    length = plan.length
    summary = summaries.summarize(article, found, segments, length) if length else None
    return Result(
        article=article,
        key=key(article, plan, engine, termbase),
        labels=found,
        segments=segments,
        summary=summary,
        translations=tuple(
            _translation(article, found, segments, summary, lang, plan, engine, termbase)
            for lang in plan.langs
        ),
        provenance=Provenance(__version__, engine.signature),
    )


def _translation(
    article: Article,
    found: tuple[Label, ...],
    segments: tuple[Segment, ...],
    summary: Summary | None,
    lang: str,
    plan: Plan,
    engine: Engine,
    termbase: Termbase,
) -> Translation:
    wanted = segments if plan.translate else _chosen(segments, summary)
    sources = translation.passages(article, found, wanted)
    units = translation.translate(sources, engine, article.lang, lang)
    verdict = checks.check(units, termbase)
    targets = {unit.id: unit.target for unit in units}
    return Translation(
        lang=lang,
        text=translation.splice(article, segments, units) if plan.translate else "",
        units=units,
        title=targets.get(translation.TITLE),
        summary=summary and _in_lang(summary, lang, targets),
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
