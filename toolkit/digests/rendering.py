"""A digest in other languages: its sentences through the engine, each article by itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice

from toolkit import labels, repairs, translation
from toolkit.digests.records import Digest, Place, Rendering
from toolkit.protocols import Engine
from toolkit.schema import Finding, TranslationUnit
from toolkit.terms import Termbase


def render(digest: Digest, langs: Sequence[str], engine: Engine, termbase: Termbase) -> Digest:
    """The digest with a rendering for each language, in order.

    All sentences of a language are one call to the engine. Labels stay as they are; figures,
    dates and names are checked and repaired as in any translation. Raises ModelMissing when a
    sentence cannot be translated, before anything is made.
    """
    return replace(
        digest, renderings=tuple(_rendering(digest, lang, engine, termbase) for lang in langs)
    )


def shown(digest: Digest) -> tuple[Place, ...]:
    """The sentences that a digest shows, each once, by article and place."""
    places = {statement.place for statement in (*digest.agreed, *digest.single)}
    places |= {side.place for one in digest.differences for side in one.sides}
    return tuple(sorted(places, key=lambda place: (place.article, place.span)))


def _rendering(digest: Digest, lang: str, engine: Engine, termbase: Termbase) -> Rendering:
    jobs = [job for job in _jobs(digest, lang) if job.places]
    answers = iter(translation.ask(engine, [request for job in jobs for request in job.asked]))
    units: list[tuple[Place, TranslationUnit]] = []
    findings: list[Finding] = []
    for job in jobs:
        mine = tuple(islice(answers, len(job.asked)))
        done, verdict = repairs.repair(job.passages, job.asked, mine, lang, engine, termbase)
        units += zip(job.places, done, strict=True)
        findings += (_of_article(finding, job.article) for finding in verdict.findings)
    return Rendering(lang, tuple(units), tuple(findings))


def _of_article(finding: Finding, article: int) -> Finding:
    """Units of several articles have equal ids: the number of the article comes first."""
    return replace(finding, unit_id=f"{article + 1}:{finding.unit_id}")


class _Job:
    """What is asked for one article."""

    __slots__ = ("article", "asked", "passages", "places")

    def __init__(self, digest: Digest, article: int, places: Sequence[Place], lang: str) -> None:
        source = digest.sources[article]
        wanted = {place.segment for place in places}
        found = translation.passages(
            source.article,
            labels.find(source.article),
            [segment for segment in source.segments if segment.id in wanted],
        )
        self.article = article
        self.places = places
        # A title beside the text is part of no statement.
        self.passages = tuple(p for p in found if p.id != translation.TITLE)
        self.asked = translation.requests(self.passages, source.article.lang, lang)


def _jobs(digest: Digest, lang: str) -> Iterator[_Job]:
    everything: Iterable[Place] = shown(digest)
    for number in range(len(digest.sources)):
        mine = [place for place in everything if place.article == number]
        yield _Job(digest, number, mine, lang)
