"""Articles that print one and the same report, as outlets do with what a wire sends.

An article is remembered by a sample of its runs of words: which runs are in the sample depends
on their first word alone, so two copies have the same ones. After Manber 1994.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Sequence
from zlib import crc32

from toolkit.schema import Article

Print = array  # of unsigned numbers, each once

_WORD = re.compile(r"[^\W_]+")
_RUN = 6  # words
_SAMPLED = 4  # runs that begin with one word in so many
_READ = 20_000  # letters
# Copies share at least half of the shorter one's runs. Of 144 pairs of real reports on one
# event, none of them copies, the highest share a third: they quote the same statements.
_SAME = 0.5
_LEAST = 8  # runs: what is shorter says too little


def read(article: Article) -> Print[int]:
    """What an article is told from others by."""
    words = _WORD.findall(article.text[:_READ].casefold())
    sampled = {word: crc32(word.encode("utf-8", "surrogatepass")) for word in set(words)}
    runs = {
        crc32(" ".join(words[at : at + _RUN]).encode("utf-8", "surrogatepass"))
        for at, word in enumerate(words[: 1 - _RUN])
        if sampled[word] % _SAMPLED == 0
    }
    return array("I", sorted(runs))


def among(members: Iterable[int], prints: Sequence[Print[int]]) -> tuple[tuple[int, ...], ...]:
    """Which of these articles are copies of one another, in groups of two and more."""
    groups: list[tuple[set[int], list[int]]] = []
    for number in members:
        runs = set(prints[number])
        if len(runs) < _LEAST:
            continue
        for known, mine in groups:
            if len(runs & known) >= _SAME * min(len(runs), len(known)):
                mine.append(number)
                break
        else:
            groups.append((runs, [number]))
    return tuple(tuple(mine) for _, mine in groups if len(mine) > 1)
