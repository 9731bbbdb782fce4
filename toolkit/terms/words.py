"""The words of a text, and how surely each is a name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from toolkit import scripts
from toolkit.schema import Span
from toolkit.terms.forms import bare, common, foreign, is_verb, plain, possible
from toolkit.terms.index import ALIKE
from toolkit.terms.sound import weight

_WORD = re.compile(scripts.WORD)
# After these a capital proves nothing.
_OPENERS = frozenset(".!?:;\"“”«»„‘'(—–…[|/\n•*")
# What may be the title of a work, which is translated.
_QUOTED = re.compile('["“«„]([^"“”«»„\n]{1,80})["”»“]')
_TITLE_WORDS = 7
# Names of one consonant sound like too many others to be missed: Lee, Ayr.
_SHORT = 1.4
_LONGEST_WORD = 40


@dataclass(slots=True, eq=False)
class Word:
    text: str
    start: int
    end: int
    name: int = 0  # 0 an ordinary word, 1 perhaps a name, 2 a name
    opens: bool = False  # a sentence
    first: bool = False  # the subject that opens the text
    owner: bool = False  # with a genitive s
    latin: bool = False
    hangul: bool = False
    acronym: bool = False
    loose: bool = True  # may be a transliteration, by its syllables
    known: bool = False  # of a name in a table that the other side does not have
    met: bool = False  # has its counterpart
    doubtful: bool = False  # and that is an ordinary word which sounds somewhat like it
    partner: int = -1  # the number of its counterpart


def read_words(text: str, lang: str, known: Sequence[Span], missing: Sequence[Span]) -> list[Word]:
    """The words of a text; `met` if they lie in `known` spans, `known` if in `missing` ones."""
    words = [Word(m.group(), *m.span()) for m in _WORD.finditer(text.translate(ALIKE))]
    for word in _inside(words, known):
        word.met = True
    for word in _inside(words, missing):
        word.known = True
    for n, word in enumerate(words):
        word.first = n == 0
        word.latin = word.text[0] < "ɐ"
        word.hangul = scripts.is_hangul(word.text[0])
        if len(word.text) > _LONGEST_WORD:
            word.loose, word.met = False, True
        elif word.hangul:
            word.text = bare(word.text, lang)
            word.end = word.start + len(word.text)
        elif word.text[0].isupper():
            word.owner = word.text.endswith("'s")
            word.text = word.text.removesuffix("'s").removesuffix("'")
            letters = sum(c.isupper() for c in word.text)
            word.acronym = letters > 2 or (letters > 1 and len(word.text) < 4)
            word.opens = _opens(word, text)
    return words


def find(sides: Sequence[list[Word]], texts: Sequence[str], lang: str) -> None:
    """Say of each word of a document's passages, in one language, how surely it is a name."""
    small = {w.text for words in sides for w in words if w.text[0].islower()}
    inside: set[str] = set()  # with a capital within a sentence
    for words, text in zip(sides, texts, strict=True):
        titles = {id(word) for word in _inside(words, _titles(text, lang))}
        heading = _is_heading(text, words)
        for n, word in enumerate(words):
            if word.met or len(word.text) > _LONGEST_WORD:
                continue
            if word.hangul:
                word.name = foreign(word.text, lang)
                word.loose = word.name > 0 or possible(word.text, lang)
            elif word.text[0].isupper():
                word.name = _capital(word, lang, small)
                if heading and not word.acronym:
                    word.name = min(word.name, 1)
                if word.name == 2:
                    inside.add(word.text)
                after = words[n + 1].text if n + 1 < len(words) else ""
                word.first = word.first and (word.owner or is_verb(after, lang))
            if id(word) in titles:
                word.name = 0
            if word.known:
                word.name = 2
    for word in (w for words in sides for w in words if w.name == 1 and w.text in inside):
        word.name = 2


def _titles(text: str, lang: str) -> list[Span]:
    """Quotations of a few words, all with capitals."""
    found = []
    for match in _QUOTED.finditer(text):
        words = _WORD.findall(match.group(1))
        capitals = [w for w in words if w[0].isupper()]
        if (
            0 < len(words) <= _TITLE_WORDS
            and all(w[0].isupper() or common(w, lang, titles=False) for w in words)
            and capitals
        ):
            found.append(Span(*match.span()))
    return found


def _is_heading(text: str, words: list[Word]) -> bool:
    """Whether Words Have Capitals as in headlines."""
    long = [w for w in words if len(w.text) > 3 and not w.hangul]
    if len(long) < 4 or text.rstrip().endswith((".", "!", "?", '."', ".”")):
        return False
    return sum(w.text[0].isupper() for w in long) >= 0.8 * len(long)


def _inside(words: Sequence[Word], spans: Sequence[Span]) -> Iterator[Word]:
    """The words that lie in one of some spans, or partly so."""
    spans = sorted(spans)
    at = 0
    reach = 0
    for word in words:
        while at < len(spans) and spans[at].start < word.end:
            reach = max(reach, spans[at].end)
            at += 1
        if reach > word.start:
            yield word


def _opens(word: Word, text: str) -> bool:
    before = text[max(0, word.start - 4) : word.start].rstrip()
    if before.endswith(".") and before[-2:-1].isupper() and not before[-3:-2].isalnum():
        return False  # an initial: J. Smith
    return not before or before[-1] in _OPENERS


def _capital(word: Word, lang: str, small: set[str]) -> int:
    lower = word.text.lower()
    if len(lower) < 2 or lower in small or common(lower, lang):
        return 0
    if "'" in lower and common(lower.partition("'")[0], lang, titles=False):
        return 0  # we've
    if lower.endswith(plain(lang, word.opens)):
        return 0
    return 1 if word.opens or is_short(word) else 2


def is_short(word: Word) -> bool:
    """Whether a name has too few sounds to be missed, even where it is known to be one."""
    return len(word.text) < 3 or weight(word.text) < _SHORT
