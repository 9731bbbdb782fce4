"""Headlines that run into the next sentence without a full stop, and where they end.

A page taken apart by a program often has its headline, its bullet points and its lead in one
line. Cut there, each finds its own counterpart; a cut too many costs little, for two passages
may stand for one.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from toolkit import scripts
from toolkit.lang import pack
from toolkit.schema import Span

# A headline, and what follows it, have so many words at least.
_FEW_WORDS = 3
# A longer segment is no headline with its sentence.
_LONGEST = 2000
_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ-][^\W\d_]+)*")
_GLUE = re.compile(r"""['"”’»)\]]{0,2}\s+['"“‘«(\[]{0,2}""")
# 했다, 한다, 하다: what is said ends there, but for a particle that quotes it.
_PAST, _PRESENT = 20, 4  # the numbers of the last consonants ㅆ and ㄴ


def unglue(text: str, lang: str, small: Collection[str]) -> Iterator[Span]:
    """The headlines and the sentence of a segment, in order; most often the whole of it.

    Behind a word that may end a headline stands one that opens a sentence, one that the article
    writes `small` elsewhere, or, where names do not inflect, a name that the headline has.
    """
    if len(text) > _LONGEST:
        yield Span(0, len(text))
        return
    rules = pack(lang)
    starters, stop_words = rules.sentences.starters, rules.summaries.stop_words
    inflected = rules.meanings.ending > 0
    words = list(_WORD.finditer(text))
    start = first = 0
    names: set[str] = set()
    for n in range(1, len(words) - _FEW_WORDS):
        before, word, after = (words[n + step].group() for step in (-1, 0, 1))
        names.add(before.removesuffix("'s").removesuffix("’s"))
        if n - first < _FEW_WORDS or not _GLUE.fullmatch(
            text, words[n - 1].end(), words[n].start()
        ):
            continue
        if scripts.is_hangul(word):
            cut = _is_said(before, rules.sentences.glued) and word not in rules.sentences.particles
        elif word[0].islower() or before.lower() in stop_words or word == "I":
            cut = False
        else:
            goes_on = after[0].islower() and text[words[n].end() : words[n + 1].start()] == " "
            again = not inflected and word.removesuffix("'s").removesuffix("’s") in names
            cut = (
                word in starters
                or (goes_on and before[0].islower() and word.lower() in small)
                or (again and before[0].islower())
            )
        if cut:
            yield Span(start, words[n - 1].end())
            start, first = words[n].start(), n
            names.clear()
    yield Span(start, len(text))


def _is_said(word: str, endings: str) -> bool:
    """A Korean verb in the form that ends a sentence."""
    if len(word) < _FEW_WORDS or word[-1] not in endings or not scripts.is_hangul(word[-2]):
        return False
    return word[-2] in "하되" or scripts.jamo(word[-2])[2] in (_PAST, _PRESENT)


def small_words(text: str) -> frozenset[str]:
    """The words that a text writes small."""
    return frozenset(word for word in _WORD.findall(text) if word[0].islower())
