"""The words of the pages, in each language they speak; `{}` takes what is counted or named."""

from __future__ import annotations

from collections.abc import Mapping

from toolkit.lang import speaks
from toolkit.lang import words as lang_words

__all__ = ["LANGS", "Words", "choose", "words"]

LANGS = speaks("review")  # those that say everything


class Words:
    """What the pages say in one language."""

    def __init__(self, lang: str, said: Mapping[str, str]) -> None:
        self.lang = lang
        self._said = said

    def __call__(self, key: str, *values: object) -> str:
        return self._said[key].format(*values)

    def code(self, code: str) -> str:
        """A finding's code in words; what nobody put into words stays as it is."""
        return ": ".join(self._said.get(part, part) for part in code.split("/"))

    def all(self, *keys: str) -> dict[str, str]:
        return {key: self._said[key] for key in keys}


def words(lang: str) -> Words:
    """The pages' words in a language of `LANGS`; in English if it is none."""
    known = lang if lang in LANGS else LANGS[0]
    return Words(known, lang_words(known, "review"))


def choose(accepted: str) -> str:
    """The language of ours that an Accept-Language header likes best; English if none."""
    best, liked = LANGS[0], 0.0
    for part in accepted.split(",")[:20]:
        tag, _, weight = part.strip().partition(";")
        lang = tag.strip().partition("-")[0].lower()
        try:
            q = float(weight.strip().removeprefix("q=")) if weight.strip() else 1.0
        except ValueError:
            continue
        if lang in LANGS and q > liked:
            best, liked = lang, q
    return best
