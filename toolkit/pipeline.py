"""One article in, one result out; and what that result depends on."""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cache, lru_cache, partial
from itertools import chain, islice
from pathlib import Path
from threading import Lock

from toolkit import (
    __version__,
    checks,
    labels,
    package,
    repairs,
    segmentation,
    summaries,
    translation,
)
from toolkit.errors import ModelMissing, ToolkitError
from toolkit.lang import fingerprint
from toolkit.protocols import Engine, second, signature
from toolkit.schema import (
    Article,
    Finding,
    Hypothesis,
    Label,
    Length,
    Plan,
    Provenance,
    Request,
    Result,
    Segment,
    Summary,
    SummarySentence,
    Translation,
    TranslationUnit,
    digest,
)
from toolkit.summaries import abstractive
from toolkit.terms import Termbase

__all__ = [
    "in_lang",
    "key",
    "process",
    "process_batch",
    "process_many",
    "summary_id",
    "verdict_of",
]


def key(article: Article, plan: Plan, engine: Engine, termbase: Termbase) -> str:
    """Equal keys mean equal results: the rule by which work is not done twice."""
    own = (article.lang,) if plan.length and plan.method == "abstractive" else ()
    engines = tuple(signature(engine, article.lang, lang) for lang in (*plan.langs, *own))
    offered = package.versions("checks")
    made_by = _rules(), fingerprint(_languages(article, plan)), *offered
    return digest(article, plan, engines, _signature(termbase), __version__, *made_by)


def _languages(article: Article, plan: Plan) -> tuple[str, ...]:
    return tuple(sorted({article.lang, *plan.langs}))


# What the code of a result lies in: all that reads, judges or mends a text. The rest (engines,
# formats, pages, the command line) is named by an engine's signature or changes no result.
_JUDGES = (
    "checks", "facts", "labels", "lang", "memory", "repairs", "summaries", "terms",
)  # fmt: skip


@cache
def _rules() -> str:
    """A digest of the code that judges: another rule may give another verdict. 5 ms, once.

    Of the source as it lies here, so that nobody has to remember to raise a number. Where there
    is no source (a frozen program) the version alone tells.
    """
    root = Path(__file__).parent
    found = [*root.glob("*.py"), *(p for name in _JUDGES for p in (root / name).rglob("*.py"))]
    made = hashlib.blake2b(digest_size=8)
    for path in sorted(found):
        made.update(f"{path.relative_to(root).as_posix()}\n".encode())
        made.update(path.read_bytes().replace(b"\r\n", b"\n"))
    return made.hexdigest()


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
    drafts = _prepare(articles, plan, engine, termbase)
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
                drafts = _prepare(articles, plan, engine, termbase)
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
        other = second(engine)
        self.second = _OneAtATime(other) if other else None

    def signature_for(self, source_lang: str, target_lang: str) -> str:
        return signature(self._engine, source_lang, target_lang)

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
    """One article with its summary and all that is to be asked; or why it cannot be done."""

    article: Article
    labels: tuple[Label, ...]
    segments: tuple[Segment, ...]
    summary: Summary | None = None
    findings: tuple[Finding, ...] = ()
    jobs: tuple[_Job, ...] = ()
    error: ToolkitError | None = None


def _prepare(
    articles: Sequence[Article], plan: Plan, engine: Engine, termbase: Termbase
) -> list[_Draft]:
    drafts = []
    for article in articles:
        found = labels.find(article)
        drafts.append(_Draft(article, found, segmentation.segment(article, found)))
    if plan.length and plan.method == "abstractive":
        drafts = _written(drafts, plan.length, engine, termbase)
    elif plan.length:
        drafts = [_extracted(draft, plan.length) for draft in drafts]
    return [draft if draft.error else replace(draft, jobs=_jobs(draft, plan)) for draft in drafts]


def _extracted(draft: _Draft, length: Length) -> _Draft:
    summary = summaries.summarize(draft.article, draft.labels, draft.segments, length)
    return replace(draft, summary=summary)


def _written(
    drafts: Sequence[_Draft], length: Length, engine: Engine, termbase: Termbase
) -> list[_Draft]:
    """The drafts with summaries that the engine writes, asked for all at once."""
    asked = [abstractive.parts(d.article, d.labels, d.segments, length) for d in drafts]
    try:
        answers = iter(translation.ask(engine, [part.request for parts in asked for part in parts]))
    except ToolkitError as error:
        if len(drafts) == 1:
            return [replace(drafts[0], error=error)]
        alone = (_written([draft], length, engine, termbase) for draft in drafts)
        return list(chain.from_iterable(alone))
    return [
        _checked_summary(draft, parts, tuple(islice(answers, len(parts))), length, termbase)
        for draft, parts in zip(drafts, asked, strict=True)
    ]


def _checked_summary(
    draft: _Draft,
    asked: Sequence[abstractive.Part],
    answers: _Answers,
    length: Length,
    termbase: Termbase,
) -> _Draft:
    """The draft with its summary, in which the article speaks for what the engine got wrong."""
    if asked and all(answer is None for answer in answers):
        return replace(draft, error=_no_summarizer(draft.article))
    article, found, segments = draft.article, draft.labels, draft.segments
    given = abstractive.draft(article, found, segments, length, asked, answers)
    wrong = [f for f in _of_engine(given.summary, article, termbase) if _is_unsupported(f)]
    given = replace(given, findings=(*given.findings, *wrong))
    done = abstractive.extract(given, article, found, segments, length)
    # What is left are notes; where sentences were replaced they may stand elsewhere now.
    rest = _of_engine(done.summary, article, termbase)
    return replace(draft, summary=done.summary, findings=(*done.findings, *rest))


def _of_engine(summary: Summary, article: Article, termbase: Termbase) -> list[Finding]:
    """What is found in the sentences that the engine wrote."""
    verdict = checks.check_summary(summary, article, termbase)
    own = {summary_id(n) for n, s in enumerate(summary.sentences, 1) if s.remedies}
    return [finding for finding in verdict.findings if finding.unit_id not in own]


def _is_unsupported(finding: Finding) -> bool:
    """A fact that the article does not have, or a name: machines make those up most of all."""
    return finding.severity != "info" or finding.code == "name/addition"


def _no_summarizer(article: Article) -> ModelMissing:
    return ModelMissing(
        f"{article.source or article.id}: the engine has no summary of it: it knows neither the "
        "text nor how to summarise, or not in this language",
        hint="name another with --summarizer, or leave out --method abstractive",
    )


def _jobs(draft: _Draft, plan: Plan) -> tuple[_Job, ...]:
    if not plan.langs:
        return ()
    article, summary = draft.article, draft.summary
    wanted = draft.segments if plan.translate else _chosen(draft.segments, summary)
    body = translation.passages(article, draft.labels, wanted)
    own = _passages(summary, draft.segments) if summary else ()
    return tuple(
        _Job(
            lang,
            (*body, *own),
            # Apart: neither is the context of the other.
            (
                *translation.requests(body, article.lang, lang),
                *translation.requests(own, article.lang, lang),
            ),
        )
        for lang in plan.langs
    )


def _passages(summary: Summary, segments: Sequence[Segment]) -> tuple[translation.Passage, ...]:
    """The sentences of a summary that are none of the article's, each to be translated."""
    return tuple(
        translation.Passage(
            summary_id(number),
            sentence.text,
            sentence.paragraph,
            tuple(label.span for label in labels.find_inline(sentence.text)),
        )
        for number, sentence in enumerate(summary.sentences, 1)
        if _is_written(sentence, segments)
    )


def _is_written(sentence: SummarySentence, segments: Sequence[Segment]) -> bool:
    first = next((s.text for s in segments if s.id in sentence.segments), sentence.text)
    return first != sentence.text


_SUMMARY = "summary"


def summary_id(number: int) -> str:
    """The unit of a summary's sentence, as `checks.check_summary` calls it."""
    return f"{_SUMMARY}{number}"


def _finish(
    draft: _Draft,
    shares: Sequence[Sequence[Hypothesis | None]],
    plan: Plan,
    engine: Engine,
    termbase: Termbase,
) -> Result | ToolkitError:
    if draft.error:
        return draft.error
    try:
        translations = tuple(
            _translation(draft, job, answers, plan, engine, termbase)
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
        provenance=Provenance(
            __version__,
            engine.signature,
            rules=_rules(),
            languages=fingerprint(_languages(draft.article, plan)),
            termbase=_signature(termbase),
        ),
        findings=draft.findings,
    )


def _translation(
    draft: _Draft,
    job: _Job,
    answers: _Answers,
    plan: Plan,
    engine: Engine,
    termbase: Termbase,
) -> Translation:
    judge = partial(verdict_of, termbase=termbase)
    units, verdict = repairs.repair(
        job.sources, job.asked, answers, job.lang, engine, termbase,
        check=judge, second=second(engine),
    )  # fmt: skip
    targets = {unit.id: unit.target for unit in units}
    return Translation(
        lang=job.lang,
        text=translation.splice(draft.article, draft.segments, units) if plan.translate else "",
        units=units,
        title=targets.get(translation.TITLE),
        summary=draft.summary and in_lang(draft.summary, job.lang, targets),
        findings=verdict.findings,
        agreements=verdict.agreements,
    )


def verdict_of(units: Sequence[TranslationUnit], termbase: Termbase | None) -> checks.Verdict:
    """The text as a document, and the summary as one: what it says rescues nothing there."""
    said = [unit for unit in units if not unit.id.startswith(_SUMMARY)]
    summed = [unit for unit in units if unit.id.startswith(_SUMMARY)]
    text = checks.check(said, termbase, machine=True)
    own = checks.check(summed, termbase, machine=True)
    return checks.Verdict(text.findings + own.findings, text.agreements + own.agreements)


def _chosen(segments: tuple[Segment, ...], summary: Summary | None) -> tuple[Segment, ...]:
    """The segments that a summary repeats word for word."""
    sentences = summary.sentences if summary else ()
    ids = {i for s in sentences if not _is_written(s, segments) for i in s.segments}
    return tuple(segment for segment in segments if segment.id in ids)


def in_lang(summary: Summary, lang: str, targets: Mapping[str, str]) -> Summary:
    """The summary in the words of its translated units, of its own or of the article's."""
    sentences = tuple(
        replace(
            sentence,
            text=targets.get(summary_id(number)) or " ".join(targets[i] for i in sentence.segments),
        )
        for number, sentence in enumerate(summary.sentences, 1)
    )
    return Summary(lang, summary.method, sentences)
