"""Which paragraphs of a page are its article: those that trafilatura takes, at their places.

Its text is matched with the page's own paragraphs as a whole. Each paragraph may stand at
several places of the extracted text, a menu's word in many; the chain of places that goes
forward in both and holds the most letters is taken. A search from paragraph to paragraph would
jump over all that stands before such a word.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence

# Letters by which a paragraph's places are looked up; a shorter one must be a line by itself.
_HEAD = 12
# A paragraph that stands at more places is a menu's or a refrain.
_MOST_PLACES = 40


def letters(text: str) -> str:
    """Letters and digits alone: spaces and marks differ between two extractions."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text)).lower()


def align(paragraphs: Sequence[str], lines: Sequence[str]) -> list[int]:
    """The numbers of the paragraphs that make up these lines, in order; both as `letters`."""
    whole = "".join(lines)
    found: list[int] = []
    at, number = 0, 0
    for start, nearest in [*_chain(paragraphs, lines, whole), (len(whole), len(paragraphs))]:
        # What is too short to be looked up, cells of a table, must follow without a gap.
        for between in range(number, nearest):
            text = paragraphs[between]
            if text and at + len(text) <= start and whole.startswith(text, at):
                found.append(between)
                at += len(text)
        if nearest < len(paragraphs):
            found.append(nearest)
            at, number = start + len(paragraphs[nearest]), nearest + 1
    return found


def _chain(paragraphs: Sequence[str], lines: Sequence[str], whole: str) -> list[tuple[int, int]]:
    """Places in the extracted text and the paragraphs there, the chain with most letters."""
    ends: list[tuple[int, int, int]] = []  # (end in whole, letters of the chain, item)
    items: list[tuple[int, int, int]] = []  # (place, paragraph, item before it or -1)
    for number, places in _places(paragraphs, lines, whole):
        size = len(paragraphs[number])
        new = []
        for start in places:
            # The best chain that ends where this place starts, or before.
            at = bisect_right(ends, (start, len(whole) + 1, 0)) - 1
            weight, before = (ends[at][1], ends[at][2]) if at >= 0 else (0, -1)
            new.append((start + size, weight + size, len(items)))
            items.append((start, number, before))
        for one in new:
            _put(ends, one)
    chain: list[tuple[int, int]] = []
    item = ends[-1][2] if ends else -1
    while item >= 0:
        start, number, item = items[item]
        chain.append((start, number))
    return chain[::-1]


def _put(ends: list[tuple[int, int, int]], new: tuple[int, int, int]) -> None:
    """Keep only chains that no other one ends before with as many letters."""
    at = bisect_right(ends, (new[0], len(ends) and ends[-1][1] + 1, 0))
    if at and ends[at - 1][1] >= new[1]:
        return
    last = at
    while last < len(ends) and ends[last][1] <= new[1]:
        last += 1
    ends[at:last] = [new]
    if at and ends[at - 1][0] == new[0]:
        del ends[at - 1]


def _places(
    paragraphs: Sequence[str], lines: Sequence[str], whole: str
) -> Iterator[tuple[int, list[int]]]:
    """Each paragraph with the places where it stands in the extracted text."""
    starts: dict[str, list[int]] = defaultdict(list)
    at = 0
    for line in lines:
        if len(line) < _HEAD:
            starts[line].append(at)
        at += len(line)
    heads = {text[:_HEAD] for text in paragraphs if len(text) >= _HEAD}
    for at in range(len(whole) - _HEAD + 1):
        if (head := whole[at : at + _HEAD]) in heads:
            starts[head].append(at)
    for number, text in enumerate(paragraphs):
        found = starts.get(text[:_HEAD], []) if text else []
        places = [at for at in found if whole.startswith(text, at)]
        if 0 < len(places) <= _MOST_PLACES:
            yield number, places
