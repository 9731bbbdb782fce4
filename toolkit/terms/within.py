"""The names of a text that a longer one of the same language does not have."""

from __future__ import annotations

import re
from collections.abc import Sequence

from toolkit import scripts
from toolkit.schema import Span
from toolkit.terms.forms import names_are_known
from toolkit.terms.words import find, read_words

# Of a word so much as no ending changes, in any of our languages.
_ENDING = 2
_SHORTEST, _LONGEST = 4, 6
_SYLLABLES = 2
_WORD = re.compile(rf"[{scripts.HANGUL}]+|{scripts.LETTERS}")


def find_strangers(
    text: str, whole: str, lang: str, known: Sequence[Span] = ()
) -> tuple[Span, ...]:
    """Where `text` has names that `whole` has in no form, but for those in `known` spans."""
    if not names_are_known(lang):
        return ()
    words = read_words(text, lang, known, ())
    find([words, read_words(whole, lang, (), ())], [text, whole], lang)
    names = [word for word in words if word.name]
    if not names:
        return ()
    there = {_stem(match.group()) for match in _WORD.finditer(whole)}
    return tuple(Span(n.start, n.end) for n in names if _stem(n.text) not in there)


def _stem(word: str) -> str:
    if scripts.is_hangul(word[0]):
        return word[:_SYLLABLES]
    return word.casefold()[: min(_LONGEST, max(_SHORTEST, len(word) - _ENDING))]
