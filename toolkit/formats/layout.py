"""A result laid out for a reader: its own label, and its text block by block in two languages.

Nothing is searched for in a translated text: what lies between segments was copied, so each
piece of a block has its counterpart by construction.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from toolkit import schema
from toolkit.errors import UnsupportedError
from toolkit.formats.pairs import accepted
from toolkit.lang import pack
from toolkit.lang.base import OutputRules
from toolkit.schema import (
    Article,
    Block,
    BlockKind,
    Finding,
    Result,
    Segment,
    Span,
    SummarySentence,
    Translation,
    TranslationUnit,
)

TITLE = "title"
SEVERITIES = tuple(reversed(schema.SEVERITIES))
# On Windows these are devices, whatever follows the first stop.
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[\d¹²³]|lpt[\d¹²³])(?:\.|$)", re.IGNORECASE)
_SAFE_NAME = re.compile(r"\w[\w-]*(?:\.[\w-]+)*")
# What no output may carry: controls drive terminals, and half a surrogate cannot be written.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a block: a segment with its unit, or what was copied between segments.

    `span` lies in the article's text, or in the title for the row of the title.
    """

    span: Span
    source: str
    target: str
    segment_id: str | None = None
    unit: TranslationUnit | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One block in both languages; `paragraph` is 0 for the title that stands beside the text."""

    kind: BlockKind
    paragraph: int
    pieces: tuple[Piece, ...]

    @property
    def source(self) -> str:
        return "".join(piece.source for piece in self.pieces)

    @property
    def target(self) -> str:
        return "".join(piece.target for piece in self.pieces)


def words(lang: str) -> OutputRules:
    """The words around a text in this language; English where there is no pack for it."""
    try:
        return pack(lang).output
    except UnsupportedError:
        return OutputRules()


def name(lang: str) -> str:
    """A language by its English name; by its code where there is no pack for it."""
    try:
        return pack(lang).name
    except UnsupportedError:
        return lang


def own_name(lang: str) -> str:
    """A language as its speakers call it; by its code where there is no pack for it."""
    try:
        return pack(lang).own_name
    except UnsupportedError:
        return lang


def paragraphs(result: Result, sentence: SummarySentence) -> tuple[int, ...]:
    """The paragraphs that a sentence of a summary is from, in order, each once."""
    cited = set(sentence.segments)
    found = (one.paragraph for one in result.segments if one.id in cited)
    return tuple(dict.fromkeys(found)) or (sentence.paragraph,)


def own_label(article: Article, lang: str) -> str:
    """What every statement of this article is labelled with: its outlet, or its file's name."""
    if article.metadata.outlet:
        return article.metadata.outlet
    if article.source == "-":
        return words(lang).standard_input
    return article.source or article.id


def origin(article: Article, lang: str) -> str:
    """The line that names an article's source, "" where neither outlet nor address is known."""
    metadata = article.metadata
    if not (metadata.outlet or metadata.url):
        return ""
    known = (metadata.outlet, metadata.date, metadata.byline, metadata.url)
    return f"{words(lang).source}: {', '.join(' '.join(one.split()) for one in known if one)}"


def clean(text: str) -> str:
    """Text in which each character that cannot be shown is the replacement character."""
    return _UNPRINTABLE.sub("\ufffd", text)


def title(article: Article) -> str | None:
    """The title the file states, or else the first block of the text if it is one."""
    if article.metadata.title:
        return article.metadata.title
    first = next(iter(article.blocks), None)
    if first is None or first.kind != "title":
        return None
    return article.text[first.span.start : first.span.end]


def origins(units: Iterable[TranslationUnit]) -> str:
    """Where translations come from, most frequent first: `memory 100 % (12), … (1)`."""
    counts = Counter(unit.origin for unit in units)
    if len(counts) == 1:
        return next(iter(counts))
    return ", ".join(f"{origin} ({n})" for origin, n in counts.most_common())


def rows(result: Result, translation: Translation | None = None) -> Iterator[Row]:
    """The article block by block; without a translation source and target are the same.

    A title in the metadata comes first as paragraph 0, unless the text opens with it.
    """
    article = result.article
    units = {unit.id: unit for unit in translation.units} if translation else {}
    blocks = article.blocks or (Block("paragraph", Span(0, len(article.text))),)
    if (stated := article.metadata.title) and not _opens_with_title(article):
        yield Row("title", 0, (_piece(Span(0, len(stated)), stated, TITLE, units.get(TITLE)),))
    segments = iter(result.segments)
    segment = next(segments, None)
    at = 0
    for number, block in enumerate(blocks, start=1):
        at = max(at, block.span.start)
        pieces = []
        while segment and segment.span.start < block.span.end:
            if segment.span.start > at:
                pieces.append(_between(article, at, segment.span.start))
            pieces.append(_translated(segment, units))
            at = segment.span.end
            segment = next(segments, None)
        if at < block.span.end:
            pieces.append(_between(article, at, block.span.end))
            at = block.span.end
        yield Row(block.kind, number, tuple(pieces))


def told(finding: Finding) -> str:
    """A finding in one line: `error number/mistranslation: “84” → “48”`."""
    said = f"{finding.severity} {finding.code}"
    if finding.expected is not None or finding.found is not None:
        both = (finding.expected, finding.found)
        said += ": " + " → ".join("—" if text is None else f"“{clean(text)}”" for text in both)
    # What an article says may not pass for a note to the checker.
    return said if accepted(said) is None else f"{finding.severity} {finding.code}"


def found(result: Result) -> Iterator[tuple[str, list[str]]]:
    """Each language with what was found in it, a line each: `¶3 error number/omission: …`."""
    paragraphs = places(result)
    own: list[tuple[str, Iterable[Finding]]] = []
    if result.article.lang not in {one.lang for one in result.translations}:
        own.append((result.article.lang, result.findings))
    for lang, findings in (*own, *((one.lang, one.findings) for one in result.translations)):
        lines = [
            f"¶{place} {told(one)}" if (place := paragraphs.get(one.unit_id or "")) else told(one)
            for one in by_severity(findings)
        ]
        if lines:
            yield lang, lines


def file_name(article_id: str, lang: str, suffix: str) -> str:
    """A name for an article in a language: `<article id>.<lang>.<suffix>`.

    What a file system may refuse is replaced, and a digest added.
    """
    name = article_id
    if not _SAFE_NAME.fullmatch(name) or _RESERVED.match(name) or len(name.encode()) > 200:
        # Letters of any script stay readable; the digest keeps "a/b" and "a-b" apart.
        digest = hashlib.blake2b(article_id.encode("utf-8", "surrogatepass"), digest_size=4)
        readable = re.sub(r"\W+", "-", article_id).strip("-")[:50]
        name = f"{readable or 'article'}-{digest.hexdigest()}"
    return f"{name}.{lang}.{suffix}"


def is_copy(result: Result, translation: Translation) -> bool:
    """Whether the article already was in the language asked for, and was left as it is."""
    return translation.lang == result.article.lang and all(
        unit.source == unit.target for unit in translation.units
    )


def places(result: Result) -> dict[str, int]:
    """The paragraph of each segment by its id; 0 for the title."""
    return {TITLE: 0} | {segment.id: segment.paragraph for segment in result.segments}


def opening_segment(result: Result) -> str:
    """The id of the first segment, if the text opens with the title the file states."""
    if not result.segments or not _opens_with_title(result.article):
        return ""
    return result.segments[0].id


def by_severity(findings: Iterable[Finding]) -> list[Finding]:
    """Errors first, then warnings, then notes, each in the order they came."""
    return sorted(findings, key=lambda finding: SEVERITIES.index(finding.severity))


def _opens_with_title(article: Article) -> bool:
    first = next(iter(article.blocks), None)
    return (
        first is not None
        and article.text[first.span.start : first.span.end].strip()
        == (article.metadata.title or "").strip()
    )


def _between(article: Article, start: int, end: int) -> Piece:
    text = article.text[start:end]
    return Piece(Span(start, end), text, text)


def _translated(segment: Segment, units: dict[str, TranslationUnit]) -> Piece:
    return _piece(segment.span, segment.text, segment.id, units.get(segment.id))


def _piece(span: Span, source: str, segment_id: str, unit: TranslationUnit | None) -> Piece:
    target = unit.target if unit and unit.target else source
    return Piece(span, source, target, segment_id, unit)
