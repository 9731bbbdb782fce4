"""Subtitles, SubRip (`.srt`) and WebVTT (`.vtt`): each cue is a block, and goes out in its time.

Numbers, times, settings, notes and styles of a file stay as they are. A cue is a block of its
own, since its time is: a sentence that goes on over several cues is several segments.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape, unescape
from itertools import groupby

from toolkit.errors import InputError
from toolkit.formats import layout
from toolkit.formats.articles import Draft
from toolkit.formats.inline import Run, distribute
from toolkit.schema import Block, Result, Span, Translation

__all__ = ["looks_like", "read", "write"]

_TIME = r"(?:\d{1,3}:)?\d{1,2}:\d{2}[.,]\d{1,3}"
_TIMING = re.compile(rf"[ \t]*{_TIME}[ \t]+-->[ \t]+{_TIME}(?:[ \t].*)?")
_BEGINNING = re.compile(
    rf"(?:\ufeff)?(?:WEBVTT(?:[ \t\n]|\Z)|\s*(?:\d+[ \t]*\n)?{_TIMING.pattern})"
)
# Tags of both formats, and the positions that players of SubRip take from another one.
_TAG = re.compile(r"</?[A-Za-z][^<>\n]*>|<\d[\d:.]*>|\{\\[^{}\n]*\}")
_HINT = "subtitles are cues under lines such as 00:00:01,000 --> 00:00:04,000"


def looks_like(text: str) -> bool:
    """Whether a text that begins so is a file of subtitles."""
    return _BEGINNING.match(text) is not None


def read(text: str) -> Draft:
    """The text of the cues. Raises InputError for a file without one."""
    parts: list[str] = []
    blocks: list[Block] = []
    length = 0
    for cue in _cues(text):
        parts.append(cue.text)
        blocks.append(Block("paragraph", Span(length, length + len(cue.text))))
        length += len(cue.text) + 1
    if not parts:
        raise InputError("expected subtitles, found no cue with words", hint=_HINT)
    return Draft("\n".join(parts), tuple(blocks), titled=True)


def write(text: str, result: Result, translation: Translation) -> str:
    """The file with the text of its cues translated, in as many lines as they had.

    Raises InputError where it is not the one the article was read from.
    """
    rows = list(layout.rows(result, translation))
    cues = list(_cues(text))
    if [cue.text for cue in cues] != [row.source for row in rows]:
        raise InputError(
            f"{result.article.source}: expected the subtitles this article was read from",
            hint="the file was changed since: translate it again",
        )
    parts: list[str] = []
    at = 0
    for cue, row in zip(cues, rows, strict=True):
        texts = distribute(row, cue.runs, translation.agreements)
        parts += (text[at : cue.start], cue.written(texts))
        at = cue.end
    return "".join((*parts, text[at:]))


@dataclass(frozen=True, slots=True)
class _Cue:
    """The text of a cue and where it stands; `pieces` are runs of text and tags, in order."""

    start: int
    end: int
    pieces: tuple[tuple[bool, str], ...]  # whether it is a tag, and what it says
    lines: int
    escaped: bool

    @property
    def text(self) -> str:
        return "".join(piece for is_tag, piece in self.pieces if not is_tag)

    @property
    def runs(self) -> list[Run]:
        """The text between tags; how it looks is which tags are open."""
        found: list[Run] = []
        open_: tuple[str, ...] = ()
        for is_tag, piece in self.pieces:
            if not is_tag:
                found.append(Run(len(piece), open_))
            elif piece.startswith("</"):
                open_ = open_[:-1]
            elif piece.startswith("<") and not piece[1].isdigit():
                open_ = (*open_, piece)
        return found

    def written(self, texts: list[str]) -> str:
        """The tags with these texts between them, broken into lines of about equal length."""
        new = iter(texts)
        shown: list[tuple[str, str]] = []  # a character, and as it is written
        for is_tag, piece in self.pieces:
            if is_tag:
                shown.append(("", piece))
            else:
                own = next(new)
                shown += ((c, escape(c, quote=False) if self.escaped else c) for c in own)
        total = sum(len(char) for char, _ in shown)
        for line in range(1, self.lines):
            wanted = total * line / self.lines
            places, at = [], 0
            for number, (char, _) in enumerate(shown):
                if char == " ":
                    places.append((abs(at - wanted), number))
                at += len(char)
            if places:
                shown[min(places)[1]] = ("\n", "\n")
        return "".join(written for _, written in shown)


def _cues(text: str) -> Iterator[_Cue]:
    """The cues that hold words, in the order of the file."""
    escaped = text.removeprefix("\ufeff").startswith("WEBVTT")
    at = 0
    timed = False
    for is_empty, group in groupby(text.splitlines(keepends=True), key=lambda s: not s.strip()):
        lines = list(group)
        start = at
        at += sum(map(len, lines))
        if is_empty:
            timed = False
            continue
        for number, line in enumerate(lines):
            start += len(line)
            if _TIMING.fullmatch(line.rstrip("\n")):
                timed = True
                lines = lines[number + 1 :]
                break
        if not timed or not lines:
            continue
        body = "".join(lines)
        cue = _cue(body, start, escaped=escaped)
        if any(c.isalnum() for c in cue.text):
            yield cue


def _cue(body: str, start: int, *, escaped: bool) -> _Cue:
    lead = len(body) - len(body.lstrip())
    own = body.strip()
    pieces: list[tuple[bool, str]] = []
    at = 0
    for tag in [*_TAG.finditer(own), None]:
        between = re.sub(r"\s+", " ", own[at : tag.start() if tag else len(own)])
        if between:
            pieces.append((False, unescape(between) if escaped else between))
        if tag:
            pieces.append((True, tag[0]))
            at = tag.end()
    return _Cue(
        start + lead, start + lead + len(own), _trimmed(pieces), own.count("\n") + 1, escaped
    )


def _trimmed(pieces: list[tuple[bool, str]]) -> tuple[tuple[bool, str], ...]:
    """Without white space at either end of the text, tags or not."""
    for order in (1, -1):
        for number in range(len(pieces))[::order]:
            is_tag, piece = pieces[number]
            if is_tag:
                continue
            pieces[number] = (False, piece.lstrip() if order == 1 else piece.rstrip())
            if pieces[number][1]:
                break
    return tuple((is_tag, piece) for is_tag, piece in pieces if piece)
