"""Texts with pieces put in place of others, and where a span lies afterwards."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from toolkit.schema import Span
from toolkit.scripts import UNSPACED

__all__ = ["WORD", "Edit", "edited", "moved"]

# Scripts written without spaces: each sign counts as a word.
LETTER = f"(?![{UNSPACED}])\\w"
WORD = re.compile(f"[{UNSPACED}]|(?:{LETTER})+(?:['’.,:/-](?:{LETTER})+)*")


@dataclass(frozen=True, slots=True)
class Edit:
    """A piece of a text, `start` to `end`, and what stands in its place."""

    start: int
    end: int
    text: str


def edited(text: str, edits: Sequence[Edit]) -> str:
    for edit in reversed(edits):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text


def moved(span: Span, edits: Sequence[Edit]) -> Span:
    """Where a span of a text lies after the edits; one that an edit cuts takes all of it."""
    start, end = span
    for edit in reversed(edits):
        more = len(edit.text) - (edit.end - edit.start)
        start = start + more if start >= edit.end else min(start, edit.start)
        if end > edit.start:
            end = end + more if end >= edit.end else edit.start + len(edit.text)
    return Span(start, end)
