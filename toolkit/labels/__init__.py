"""Labels: the places in a text that say where words come from.

Hides how outlets, agencies and photographers sign. A rule is either sure wherever it stands
(`[@ZelenskyyUa]`, `(Photo: …)`) or holds only at an edge: at the start or end of a block, or
beside a label that was found before. `(Reuters)` after a caption is a credit, `(SBU)` in a
sentence is text; so is an editor's insertion (`[North Korean]`, `[sic]`).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath

from toolkit.errors import EngineError
from toolkit.labels.blocks import Mark, bracketed_marks, marks
from toolkit.labels.signs import signs
from toolkit.protocols import PLACEHOLDER, placeholder
from toolkit.schema import BORDERS, INLINE, TOLD, Article, Label, Metadata, Span

__all__ = [
    "BORDERS",
    "INLINE",
    "Masked",
    "borders",
    "find",
    "find_inline",
    "find_kept",
    "mask",
    "only_attributed",
    "only_labels",
    "own_label",
    "stated",
    "unmask",
    "within",
]


@dataclass(frozen=True, slots=True)
class Masked:
    """A text whose labels stand as placeholders, and the labels, in order."""

    text: str
    keep: tuple[str, ...]


def find(article: Article) -> tuple[Label, ...]:
    """Every label of the article's blocks: sorted, not overlapping, none across two blocks."""
    names = (article.metadata.outlet, article.source, PurePath(article.source).stem)
    found: list[Label] = []
    for block in article.blocks:
        line = article.text[block.span.start : block.span.end]
        found += _shifted(marks(line, names), block.span.start)
    return tuple(found)


def find_kept(article: Article) -> tuple[Label, ...]:
    """The labels that a translation keeps as they are: attributions are translated."""
    return tuple(label for label in find(article) if label.kind not in TOLD)


def find_inline(text: str) -> tuple[Label, ...]:
    """Handles, hashtags, URLs, e-mails and bracketed credits of any text, line by line."""
    found: list[Label] = []
    start = 0
    for line in text.split("\n"):
        if _MAY_HOLD_INLINE.search(line):
            found += _shifted(bracketed_marks(line), start)
        start += len(line) + 1
    return tuple(found)


def borders(labels: Iterable[Label]) -> tuple[Label, ...]:
    """The labels that no segment may hold."""
    return tuple(label for label in labels if label.kind in BORDERS)


def within(labels: Sequence[Label], span: Span) -> Sequence[Label]:
    """Those of an article's labels that begin in the span."""
    first = bisect_left(labels, span.start, key=lambda label: label.span.start)
    last = bisect_left(labels, span.end, key=lambda label: label.span.start)
    return labels[first:last]


def only_labels(text: str, span: Span, labels: Sequence[Label]) -> bool:
    """Whether the span holds a label, and beside its labels only space and punctuation."""
    inside = [label for label in within(labels, span) if label.kind not in TOLD]
    return _nothing_beside(text, span, inside)


def only_attributed(text: str, span: Span, labels: Sequence[Label]) -> bool:
    """Whether the span only says who told it (`This was reported by …`) or what was corrected."""
    first = bisect_right(labels, span.start, key=lambda label: label.span.end)
    last = bisect_left(labels, span.end, key=lambda label: label.span.start)
    inside = labels[first:last]  # also one that began in the sentence before
    attributed = any(label.kind in TOLD for label in inside)
    return attributed and _nothing_beside(text, span, inside)


def _nothing_beside(text: str, span: Span, inside: Sequence[Label]) -> bool:
    edges = [span.start, *(i for label in inside for i in label.span), span.end]
    rest = (text[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True))
    return bool(inside) and not any(c.isalnum() for part in rest for c in part)


def mask(text: str, spans: Sequence[Span]) -> Masked:
    """The text with each span behind a placeholder; spans are sorted and do not overlap.

    Brackets like those of a placeholder in the text itself are masked too: `unmask` would
    take them for its own.
    """
    own = [Span(*m.span()) for m in re.finditer(r"[⟦⟧]", text)]
    free = [s for s in own if not any(t.start < s.end and s.start < t.end for t in spans)]
    parts: list[str] = []
    end = 0
    taken = sorted([*spans, *free])
    for number, span in enumerate(taken):
        parts += (text[end : span.start], placeholder(number))
        end = span.end
    return Masked("".join((*parts, text[end:])), tuple(text[s.start : s.end] for s in taken))


def unmask(text: str, keep: Sequence[str]) -> str:
    """The text with its labels back in place.

    Raises EngineError when a placeholder is lost, doubled or altered: a label must not
    vanish, and none may be made up.
    """
    numbers = [int(match[1]) for match in PLACEHOLDER.finditer(text)]
    rest = PLACEHOLDER.sub("", text)
    if sorted(numbers) != list(range(len(keep))) or "⟦" in rest or "⟧" in rest:
        wanted = " ".join(map(placeholder, range(len(keep)))) or "none"
        got = " ".join(re.findall(r"⟦[^⟦⟧]{0,20}⟧?|⟧", text)) or "none"
        raise EngineError(
            f"the labels do not match: expected placeholders {wanted}, found {got}",
            hint="the sentence stays in its own language; another engine may keep them",
        )
    return PLACEHOLDER.sub(lambda match: keep[int(match[1])], text)


def own_label(article: Article) -> str:
    """What the article says of its source, in one line; the file's name where it says nothing."""
    meta = article.metadata
    name = meta.outlet or article.source or article.id
    return " · ".join(part for part in (name, meta.date, meta.byline) if part)


def stated(labels: Iterable[Label]) -> Metadata:
    """What the date line and the byline of a text say: outlet, full date, writer."""
    _, writers, credit, *_ = signs()
    outlet = day = byline = None
    for label in labels:
        if label.kind == "dateline":
            day = day or _full_date(label.text)
            outlet = outlet or _agency(label.text)
            titled = writers.titled_name.search(label.text)
            byline = byline or (titled["names"] if titled else None)
        elif label.kind == "byline" and not byline:
            byline, paper = _names(label.text)
            outlet = outlet or paper
        elif label.kind == "outlet":
            said = credit.source.fullmatch(label.text)
            outlet = outlet or (said["paper"].strip('«»“”"') if said else label.text)
    return Metadata(outlet=outlet, date=day, byline=byline)


_MAY_HOLD_INLINE = re.compile(r"[@#＃\[(<（【]|://|www\.|\.[a-z]{2}")


def _shifted(found: Iterable[Mark], offset: int) -> Iterator[Label]:
    for m in found:
        yield Label(m.kind, Span(m.start + offset, m.end + offset), m.text)


def _full_date(text: str) -> str | None:
    """The ISO date in a date line that gives year, month and day; 03/10/1998 could be two."""
    dates = signs().dates
    if match := re.search(r"(\d{4})(?:-|[./] ?|년 ?)(\d{1,2})(?:-|[./] ?|월 ?)(\d{1,2})", text):
        year, month, day = map(int, match.groups())
    elif match := dates.day_first.search(text) or dates.month_first.search(text):
        said = match.groupdict()
        year, day = int(said["year"]), int(said["day"])
        month = int(said.get("number") or dict(dates.months)[said["month"].lower()])
    else:
        return None
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _agency(dateline: str) -> str | None:
    dates, _, credit, *_ = signs()
    if equation := dates.hangul.search(dateline):
        return equation["paper"].strip()
    if signed := re.search(r"[(/]([^\W\d][^()/]{1,40})[)/]", dateline):
        return signed[1].strip()
    dotted = credit.agency.search(dateline) if dates.dotted.fullmatch(dateline) else None
    return dotted[0] if dotted else None


def _names(byline: str) -> tuple[str | None, str | None]:
    """Who a byline names, and the outlet if it names one."""
    writers = signs().writers
    for pattern in (writers.byline, writers.titled_name, writers.hangul, writers.agency):
        if match := pattern.search(byline):
            break
    else:
        match = writers.bare.fullmatch(byline)
    said = match.groupdict() if match else {}
    paper = said.get("paper")
    return said.get("names") or said.get("only"), paper.strip('«»“”"') if paper else None
