"""From segments to translation units: take labels out, ask, put labels back, splice.

Asking is apart from preparing and reading answers, so that a caller can ask for many
articles at once and an engine can batch; each answer stays with the segment that asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from toolkit import labels as labels_
from toolkit.errors import EngineError, ModelMissing
from toolkit.lang import pack
from toolkit.protocols import Engine
from toolkit.schema import (
    Article,
    Hypothesis,
    Label,
    Request,
    Segment,
    Span,
    TranslationUnit,
)

__all__ = [
    "TITLE",
    "Passage",
    "ask",
    "passages",
    "requests",
    "splice",
    "translate",
    "unit",
    "units",
    "unknown",
]

TITLE = "title"


@dataclass(frozen=True, slots=True)
class Passage:
    """A text to translate: a segment or the title, with the spans of the labels inside it."""

    id: str
    text: str
    paragraph: int
    labels: tuple[Span, ...] = ()


def passages(
    article: Article, labels: Sequence[Label], segments: Iterable[Segment]
) -> tuple[Passage, ...]:
    """The title, if the article states one, and each segment, with the labels inside them."""
    found = []
    if title := article.metadata.title:
        spans = tuple(label.span for label in labels_.find_inline(title))
        found.append(Passage(TITLE, title, 0, spans))
    inline = [label.span for label in labels if label.kind in labels_.INLINE]
    at = 0
    for segment in segments:
        start, end = segment.span
        while at < len(inline) and inline[at].end <= start:
            at += 1
        inside = []
        for span in map(inline.__getitem__, range(at, len(inline))):
            if span.start >= end:
                break
            inside.append(Span(span.start - start, span.end - start))
        found.append(Passage(segment.id, segment.text, segment.paragraph, tuple(inside)))
    return tuple(found)


def translate(
    sources: Sequence[Passage], engine: Engine, source_lang: str, target_lang: str
) -> tuple[TranslationUnit, ...]:
    """One unit per passage, in order: `requests`, `ask` and `units` in one."""
    asked = requests(sources, source_lang, target_lang)
    return units(sources, asked, ask(engine, asked), target_lang)


def requests(sources: Sequence[Passage], source_lang: str, target_lang: str) -> tuple[Request, ...]:
    """What to ask an engine, one request per passage; nothing where the languages are one."""
    if source_lang == target_lang:
        return ()
    masked = [labels_.mask(p.text, p.labels) for p in sources]
    texts = ("", *(passage.text for passage in sources), "")
    return tuple(
        Request(m.text, source_lang, target_lang, keep=m.keep, context=(texts[at], texts[at + 2]))
        for at, m in enumerate(masked)
    )


def ask(engine: Engine, asked: Sequence[Request]) -> Sequence[Hypothesis | None]:
    """The engine's answers, as many as requests; an engine that gives others is an error."""
    answers = engine.run(asked) if asked else ()
    if len(answers) != len(asked):
        raise EngineError(
            f"{engine.signature}: expected {len(asked)} answers, found {len(answers)}"
        )
    return answers


def units(
    sources: Sequence[Passage],
    asked: Sequence[Request],
    answers: Sequence[Hypothesis | None],
    lang: str,
) -> tuple[TranslationUnit, ...]:
    """One unit per passage, in order; what was not asked is in the language `lang` already.

    Raises ModelMissing when some passage has no answer: an article is translated whole or
    not at all. An answer that lost a label leaves its unit `initial`, with the source text
    shown; `checks` reports it.
    """
    if not asked:
        return tuple(
            TranslationUnit(p.id, p.text, p.text, lang, lang, "final", "source", p.paragraph)
            for p in sources
        )
    if missing := [p for p, answer in zip(sources, answers, strict=True) if answer is None]:
        raise _missing(missing, len(sources), lang)
    return tuple(
        unit(p, request, answer)
        for p, request, answer in zip(sources, asked, answers, strict=True)
        if answer is not None
    )


def unit(passage: Passage, request: Request, answer: Hypothesis) -> TranslationUnit:
    """One answer with its labels put back."""
    try:
        target = labels_.unmask(answer.text, request.keep) if answer.finished else ""
    except EngineError:
        target = ""
    return TranslationUnit(
        passage.id,
        passage.text,
        target.strip() or passage.text,
        request.source_lang,
        request.target_lang,
        "translated" if target.strip() else "initial",
        answer.origin,
        passage.paragraph,
    )


def unknown(
    sources: Sequence[Passage], engine: Engine, source_lang: str, target_lang: str
) -> tuple[Passage, ...]:
    """The passages to which the engine has nothing to say."""
    asked = requests(sources, source_lang, target_lang)
    answers = ask(engine, asked)
    return tuple(p for p, answer in zip(sources, answers, strict=bool(asked)) if answer is None)


def splice(article: Article, segments: Iterable[Segment], units: Iterable[TranslationUnit]) -> str:
    """The article's text with each segment replaced by its translation.

    All that lies between segments is copied as it stands: white space, markup, and every
    label that is not part of a sentence. That is why labels keep their place.
    """
    targets = {unit.id: unit.target for unit in units}
    parts: list[str] = []
    at = 0
    for segment in segments:
        parts += (article.text[at : segment.span.start], targets[segment.id])
        at = segment.span.end
    parts.append(article.text[at:])
    return "".join(parts)


def _missing(unknown: Sequence[Passage], total: int, target_lang: str) -> ModelMissing:
    first = unknown[0]
    place = "the title" if first.id == TITLE else f"paragraph {first.paragraph}"
    text = first.text if len(first.text) <= 60 else first.text[:59] + "…"
    return ModelMissing(
        f"no {pack(target_lang).name} translation of {len(unknown)} of {total} sentences: the "
        f"memory does not know them and no model is at hand; the first, in {place}: {text!r}",
        hint=f"list them with: toolkit memory missing ARTICLE --lang {target_lang} > todo.csv\n"
        "fill in the last column, then: toolkit memory import todo.csv",
    )
