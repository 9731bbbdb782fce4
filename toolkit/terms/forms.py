"""What a word that may be a name looks like in a language: its endings, its syllables."""

from __future__ import annotations

import re
from functools import lru_cache

from toolkit.lang import pack
from toolkit.terms.index import inflected

# What stands between the words of one name.
JOINTS = frozenset((" ", "-", " - ", "·", "\u2010", "\u2011", ". ", " 'n' "))

_VOWELS = frozenset("aeiouyаеєиіїоуюяйь")
_LONGEST_ENDING = 6
# Transliteration ends its syllables with ㄱ ㄴ ㄹ ㅁ ㅂ ㅅ ㅇ or with none, begins none with
# ㄲ ㄸ ㅃ ㅉ, and has no ㅢ.
_LAST = frozenset((0, 1, 4, 8, 16, 17, 19, 21))
_TENSE = frozenset((1, 4, 8, 13))
_UI, _YEO = 19, 6


def names_are_known(lang: str) -> bool:
    """Whether there is enough to know of a language to tell names from other words."""
    return bool(pack(lang).names.common)


@lru_cache(maxsize=8)
def tails_of(lang: str) -> re.Pattern[str] | None:
    """What may stand after the stem of a name: endings, particles, words glued to it."""
    rules = pack(lang).names
    if rules.glued:
        suffixes, particles = _choice(rules.suffixes.split()), _choice(rules.particles.split())
        return re.compile(rf"(?:{suffixes}){{0,2}}들?(?:{particles}){{0,3}}")
    endings: set[str] = set()
    for line in rules.endings.splitlines():
        suffix, _, forms = (part.strip() for part in line.partition(":"))
        found = set(forms.replace(";", " ").split()) - {"0"}
        # Bush has no ending, though words in -sh have one of their own.
        endings |= {e for e in found if e != suffix or _VOWELS & set(e)}
    if not endings:
        return None
    derived = f"(?:{_choice(rules.derivations.split())})?" if rules.derivations else ""
    return re.compile(rf"{derived}(?:{_choice(endings)})?")


def _choice(words: list[str] | set[str]) -> str:
    return "|".join(sorted(map(re.escape, set(words)), key=len, reverse=True)) or "(?!)"


@lru_cache(maxsize=8)
def _common_words(lang: str, titles: bool) -> frozenset[str]:
    whole = pack(lang)
    words: set[str] = set(whole.summaries.stop_words)
    if titles:
        words |= {*whole.labels.months, *whole.labels.weekdays}
        words |= {*whole.sentences.starters, *whole.sentences.continues}
        for word in (*whole.names.common.split(), *whole.names.titles.split()):
            words |= inflected(word.lower(), whole.names)
        words |= {part for name in re.split("[,\n]", whole.names.decoys) for part in name.split()}
    return frozenset(word.lower() for word in words)


@lru_cache(maxsize=1 << 14)
def common(word: str, lang: str, *, titles: bool = True) -> bool:
    """Whether a word in small letters is a common one, in any form.

    Without `titles` only words that say nothing: articles, pronouns, conjunctions.
    """
    words = _common_words(lang, titles)
    if word in words:
        return True
    if not pack(lang).names.glued:
        return False
    tails = tails_of(lang)
    cuts = range(max(1, len(word) - _LONGEST_ENDING), len(word))
    return tails is not None and any(word[:n] in words and tails.fullmatch(word, n) for n in cuts)


def bare(word: str, lang: str) -> str:
    """A run of Hangul without a particle that no name ends with."""
    for clitic in sorted(pack(lang).names.clitics.split(), key=len, reverse=True):
        if word.endswith(clitic) and len(word) - len(clitic) > 1:
            return word.removesuffix(clitic)
    return word


@lru_cache(maxsize=16)
def plain(lang: str, opens: bool) -> tuple[str, ...]:
    """Endings of words that are no names; more of them for one that opens a sentence."""
    always, _, opening = pack(lang).names.plain.partition("|")
    return tuple((always + opening if opens else always).split())


@lru_cache(maxsize=8)
def _verbs(lang: str) -> tuple[frozenset[str], tuple[str, ...]]:
    words = pack(lang).names.verbs.split()
    whole = frozenset(word for word in words if not word.startswith("-"))
    return whole, tuple(word[1:] for word in words if word.startswith("-"))


def is_verb(word: str, lang: str) -> bool:
    """Whether a word behind a name may be its verb."""
    words, endings = _verbs(lang)
    return word in words or (len(word) > 3 and word.endswith(endings or ("\n",)))


@lru_cache(maxsize=8)
def _syllables(lang: str) -> tuple[frozenset[str], frozenset[str], frozenset[str], tuple[str, ...]]:
    rules = pack(lang).names
    strong, _, shared = rules.foreign.partition("|")
    native = rules.native.split()
    return (
        frozenset(strong.split()),
        frozenset(shared.split()),
        frozenset(s for s in native if len(s) == 1),
        tuple(s for s in native if len(s) > 1),
    )


@lru_cache(maxsize=1 << 14)
def foreign(word: str, lang: str) -> int:
    """Whether a run of Hangul is a transliterated name, by its syllables: 2 yes, 1 perhaps."""
    strong, shared, native, pieces = _syllables(lang)
    tails = tails_of(lang)
    if not strong or tails is None or any(piece in word for piece in pieces):
        return 0
    best = 0
    for cut in range(1, len(word) + 1):
        if word[cut - 1] in native or not _is_loose(word[cut - 1]):
            break  # nor in any longer one
        if cut < 2 or not tails.fullmatch(word, cut):
            continue
        stem = word[:cut]
        if common(stem, lang):
            return 0
        sure, maybe = sum(c in strong for c in stem), sum(c in shared for c in stem)
        score = (2 * sure + maybe) / cut
        if (sure > 1 and score >= 1.3) or (sure and cut > 2 and score >= 1.5):
            best = 2
        elif sure and score >= 1.3:
            best = max(best, 1)
    return best


@lru_cache(maxsize=1 << 14)
def possible(word: str, lang: str) -> bool:
    """Whether a run of Hangul may be a transliterated name at all."""
    native, tails = _syllables(lang)[2], tails_of(lang)
    # 칸은 may be a name of one syllable and its particle.
    stem = word[: 1 if len(word) == 2 and tails and tails.fullmatch(word, 1) else 2]
    return all(c not in native and _is_loose(c) for c in stem) and not common(word, lang)


@lru_cache(maxsize=1 << 14)
def spelt(word: str, lang: str) -> bool:
    """Whether a run of Hangul is made of syllables of transliterations, down to its particle."""
    strong, shared, _, _ = _syllables(lang)
    tails = tails_of(lang)
    if common(word, lang):
        return False
    for cut in range(1, len(word) + 1):
        if word[cut - 1] not in strong and word[cut - 1] not in shared:
            return False
        if cut < min(2, len(word) - 1):
            continue
        if tails is not None and tails.fullmatch(word, cut) and not common(word[:cut], lang):
            return True
    return False


def _is_loose(char: str) -> bool:
    first, rest = divmod(ord(char) - 0xAC00, 588)
    vowel, last = divmod(rest, 28)
    if first in _TENSE or vowel == _UI or last not in _LAST:
        return False
    return not (vowel == _YEO and last)


@lru_cache(maxsize=8)
def _surnames(lang: str) -> dict[str, frozenset[str]]:
    names: dict[str, frozenset[str]] = {}
    for item in pack(lang).names.surnames.split(";"):
        syllable, *spellings = item.split()
        names[syllable] = frozenset(spelling.casefold() for spelling in spellings)
    return names


def surname_of(word: str, lang: str) -> frozenset[str]:
    """How the family name that a run of Hangul may begin with is spelt in other scripts."""
    if not pack(lang).names.surnames or len(word) > 7:
        return frozenset()
    return _surnames(lang).get(word[:1], frozenset())
