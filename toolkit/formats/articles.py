"""From what a format read to an `Article`: roles of blocks, metadata, language."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, fields, replace

from toolkit import labels
from toolkit.errors import InputError
from toolkit.formats import languages
from toolkit.schema import Article, Block, Label, Metadata, Span

__all__ = ["Draft", "finish", "lines"]

# What ends a line for any reader of lines, so that no block holds a line end.
_LINE = re.compile(r"[^\n\r\v\f\x85\u2028\u2029]+")
_CLOSERS = " \"'”’»›)]」』*_"
_STOPS = ".!?…。！？,;:"
# Longer than any headline seen (the longest has 170); a long first line is a paragraph.
_LONGEST_TITLE = 240
_SENTENCE_END = re.compile(r"[.!?。…][\"'”’»)\]]*\s")


@dataclass(frozen=True, slots=True)
class Draft:
    """An article as its format gave it.

    `lang` is what it states; `trusted` is false where templates often state it wrong.
    `notes` say what a reader should know of how it was read. `writers` are the people its
    layout shows as such, for an article that neither states nor signs who wrote it.
    `titled` is false where the first line may be a headline that nothing marks as one.
    """

    text: str
    blocks: tuple[Block, ...]
    metadata: Metadata = field(default_factory=Metadata)
    lang: str | None = None
    trusted: bool = True
    titled: bool = False
    notes: tuple[str, ...] = ()
    writers: str | None = None


def lines(text: str) -> Iterator[Span]:
    """The lines that are not empty, without the space around them."""
    for match in _LINE.finditer(text):
        if stripped := match.group().strip():
            start = match.start() + match.group().index(stripped)
            yield Span(start, start + len(stripped))


def finish(draft: Draft, article_id: str, source: str, lang: str | None = None) -> Article:
    """The article of a draft; `lang` overrides what the draft states.

    Raises InputError for a text without a letter or digit, UnsupportedError for a language
    without a pack.
    """
    if not any(c.isalnum() for c in draft.text):
        raise InputError("the text is empty" if not draft.text.strip() else "no words in the text")
    article = Article(article_id, "", draft.text, draft.blocks, draft.metadata, source)
    found = labels.find(article)
    blocks = tuple(_role(article, i, found) for i in range(len(article.blocks)))
    if not draft.titled:
        blocks = _with_title(draft.text, blocks, found)
    return replace(
        article,
        lang=_lang(draft, lang),
        blocks=blocks,
        metadata=_filled(draft, _signatures(found, blocks)),
        notes=draft.notes,
    )


def _lang(draft: Draft, option: str | None) -> str:
    if option:
        return languages.code_of(option)
    if draft.lang and draft.trusted:
        return languages.code_of(draft.lang)
    return languages.detect_or(draft.lang, draft.text)


def _role(article: Article, index: int, found: Sequence[Label]) -> Block:
    """The block as label or caption, if its labels make it one."""
    block, text = article.blocks[index], article.text
    if labels.only_labels(text, block.span, found):
        return replace(block, kind="label")
    if block.kind != "paragraph" or not _is_caption(text, block.span, found):
        return block
    return replace(block, kind="caption")


def _is_caption(text: str, span: Span, found: Sequence[Label]) -> bool:
    """A line or two of text that a credit ends or opens, or that share a date line's line."""
    inside = labels.within(found, span)
    credited = [label for label in inside if label.kind == "credit"]
    if not credited or len(_SENTENCE_END.findall(text[span.start : span.end])) > 2:
        return False
    at_end = not any(c.isalnum() for c in text[credited[-1].span.end : span.end])
    at_start = not any(c.isalnum() for c in text[span.start : credited[0].span.start])
    return at_end or at_start or inside[0].kind == "dateline"


def _with_title(text: str, blocks: tuple[Block, ...], found: Sequence[Label]) -> tuple[Block, ...]:
    """With the first line as the title if it is short and no sentence."""
    first = next((i for i, block in enumerate(blocks) if block.kind != "label"), None)
    if first is None or blocks[first].kind != "paragraph" or len(blocks) < first + 2:
        return blocks
    span = blocks[first].span
    line = text[span.start : span.end]
    if len(line) > _LONGEST_TITLE or line.rstrip(_CLOSERS)[-1:] in _STOPS:
        return blocks
    if labels.borders(labels.within(found, span)):
        return blocks
    title = replace(blocks[first], kind="title")
    return (*blocks[:first], title, *blocks[first + 1 :])


def _signatures(found: Sequence[Label], blocks: Sequence[Block]) -> list[Label]:
    """What signs the article: at its head or its foot, and not under a picture."""
    signing: list[Label] = []
    for block in (*blocks[:6], *blocks[6:][-2:]):
        inside = labels.within(found, block.span)
        signing += (m for m in inside if block.kind != "caption" or m.kind == "dateline")
    return signing


def _filled(draft: Draft, found: Sequence[Label]) -> Metadata:
    """What was given, and from the date line and byline what was not."""
    said, given = labels.stated(found), draft.metadata
    filled = Metadata(
        **{f.name: getattr(given, f.name) or getattr(said, f.name) for f in fields(given)}
    )
    if filled.byline or not draft.writers or draft.writers == filled.outlet:
        return filled
    return replace(filled, byline=draft.writers)
