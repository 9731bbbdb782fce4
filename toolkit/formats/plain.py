"""Plain text: each line that is not empty is a block."""

from __future__ import annotations

import re
from itertools import pairwise

from toolkit.formats.articles import Draft, lines
from toolkit.schema import Block

__all__ = ["read"]


def read(text: str) -> Draft:
    """A plain text, kept as it is but for the line ends inside paragraphs broken by hand."""
    text = _unwrapped(text)
    return Draft(text, tuple(Block("paragraph", span) for span in lines(text)))


def _unwrapped(text: str) -> str:
    """With a space for each line end of a paragraph that was filled to a right margin.

    Then, and only then, every first word of a line would have overflowed the line before;
    in a list, a poem or a dialogue some would have fitted. Length and positions stay.
    """
    if "\n\n" not in text:
        return text
    rows = text.split("\n")
    pairs = [
        (row, after.split(maxsplit=1)[0]) for row, after in pairwise(rows) if row and after.strip()
    ]
    if len(pairs) < 4:
        return text
    width = max(len(row) for row, _ in pairs)
    overflows = sum(len(row) + 1 + len(word) > width for row, word in pairs)
    # One line in twenty may be an exception: a heading, a byline, a last word that was long.
    if not 40 <= width <= 100 or overflows < 0.95 * len(pairs):
        return text
    return re.sub(r"(?<=[^\n])\n(?=\S)", " ", text)
