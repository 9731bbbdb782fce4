"""Which words of two texts are the same name: verbatim, by sound, joined, inside another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from toolkit.terms.forms import common, spelt, surname_of, tails_of
from toolkit.terms.sound import fit, likeness, opening, read, weight
from toolkit.terms.words import Word

# From which likeness on two words are one name. Of CLDR's cities 93 pairs in 100 reach 0.62
# between English and Korean, and 2 in 100 do so by chance; 94 reach 0.67 between English and
# Ukrainian, and one in 200 by chance.
_ALIKE = 0.67
_ALIKE_GLUED = 0.62
SURE = 0.8
SAME = 0.85
# A name and a word in small letters, if it is a loan word: Сенат, senate.
_LOAN = 0.9
_JOINED = 0.75
_NEVER = 2.0
_ORDINARY_LETTERS = 5
# Names of three are not the beginning of a longer word by chance.
_LONG = 3.0
# Sounds that count, not the dull vowels between.
_AUDIBLE = 0.15
_MOST_WORDS = 600
_MOST_COMPARISONS = 20_000


@dataclass(slots=True)
class Passage:
    ours: list[Word]
    theirs: list[Word]
    pairs: list[tuple[Word, Word]]

    def __init__(self, ours: list[Word], theirs: list[Word]) -> None:
        self.ours, self.theirs, self.pairs = ours, theirs, []

    def is_judged(self) -> bool:
        """Whether there are names to compare, and few enough words to do so."""
        if max(len(self.ours), len(self.theirs)) > _MOST_WORDS:
            return False
        ours = sum(w.name > 0 for w in self.ours)
        theirs = sum(w.name > 0 for w in self.theirs)
        comparisons = ours * len(self.theirs) + theirs * len(self.ours)
        return 0 < comparisons <= _MOST_COMPARISONS


def meet(passage: Passage, source_lang: str, target_lang: str) -> None:
    """Mark the words of either side that have a counterpart, and note the pairs of names."""
    _Meeting(passage, source_lang, target_lang).meet()


@dataclass(slots=True)
class _Meeting:
    passage: Passage
    source_lang: str
    target_lang: str

    def meet(self) -> None:
        ours, theirs = self.passage.ours, self.passage.theirs
        langs = self.source_lang, self.target_lang
        both = ((ours, theirs, langs), (theirs, ours, langs[::-1]))
        self._verbatim()
        _misspelt(ours, theirs)
        _initials(ours, theirs)
        _initials(theirs, ours)
        self._alike()
        for one, other, (lang, other_lang) in both:
            _joined(one, other, lang, other_lang)
            _held(one, other)
            _surnames(one, other, other_lang)
            _repeated(one)
            _loans(one, other, other_lang)
        _neighbours(ours, theirs, self.target_lang)
        _neighbours(theirs, ours, self.source_lang)
        for word in (*ours, *theirs):
            if word.doubtful and word.name == 2:
                word.name, word.met = 1, False

    def _verbatim(self) -> None:
        there: dict[str, list[int]] = defaultdict(list)
        for n, word in enumerate(self.passage.theirs):
            there[word.text.casefold()].append(n)
        for i, word in enumerate(self.passage.ours):
            for j in there.get(word.text.casefold(), ()):
                other = self.passage.theirs[j]
                if word.name and not word.met:
                    self.passage.pairs.append((word, other))
                _join(word, other, i, j)

    def _alike(self) -> None:
        """Pair what sounds alike, the likest first."""
        scores: list[tuple[float, int, int]] = []
        tails = tails_of(self.source_lang), tails_of(self.target_lang)
        for i, word in enumerate(self.passage.ours):
            for j, other in enumerate(self.passage.theirs):
                if (word.met and other.met) or not (word.name or other.name):
                    continue
                least = self._least(word, other)
                if least > 1:
                    continue
                both = bool(word.name and other.name)
                score = fit(word.text, tails[0], other.text, tails[1], least)
                short = _is_short(word) or _is_short(other)
                if least <= score < _LOAN and not both and short:
                    score = likeness(word.text, other.text)
                if score >= least:
                    # A name is the likelier counterpart of a name.
                    scores.append((score + 0.1 * both, i, j))
        scores.sort(key=lambda item: (-item[0], abs(item[1] - item[2])))
        for ranked, i, j in scores:
            word, other = self.passage.ours[i], self.passage.theirs[j]
            if word.met and other.met:
                continue
            both = bool(word.name and other.name)
            score = ranked - 0.1 * both
            free = not word.met and not other.met
            if free or score >= SURE:
                word.doubtful = other.doubtful = not both and score < SURE
                _join(word, other, i, j)
                if free and both:
                    self.passage.pairs.append((word, other))

    def _least(self, one: Word, other: Word) -> float:
        """From which likeness on two words are taken for one name; above 1 never."""
        if one.known and other.known:
            return _NEVER  # tables know better
        if one.latin and other.latin:
            return _NEVER if one.acronym or other.acronym else SAME
        if one.name and other.name:
            return _ALIKE_GLUED if one.hangul or other.hangul else _ALIKE
        ordinary, lang = (other, self.target_lang) if one.name else (one, self.source_lang)
        if ordinary.hangul:
            # Without capitals most names look ordinary.
            return _ALIKE if ordinary.loose else _NEVER
        if ordinary.text[0].isupper():
            return SURE if len(ordinary.text) > 2 else _NEVER
        short = len(ordinary.text) < _ORDINARY_LETTERS
        return _NEVER if short or common(ordinary.text, lang, titles=False) else _LOAN


def _is_short(word: Word) -> bool:
    """Of two syllables: without the second, if it is a particle, it may be any word."""
    return word.hangul and len(word.text) < 3


def _join(one: Word, other: Word, i: int, j: int) -> None:
    if not one.met:
        one.met, one.partner = True, j
    if not other.met:
        other.met, other.partner = True, i


def _misspelt(ours: list[Word], theirs: list[Word]) -> None:
    """Latin letters on both sides, one more or one less: CNBC, CNBCs."""
    latin = [other for other in theirs if other.latin and other.name]
    for word in ours:
        for other in latin if word.latin and word.name else ():
            short, long = sorted((word.text, other.text), key=len)
            if 2 < len(short) >= len(long) - 2 and long.startswith(short):
                word.met = other.met = True


def _initials(ours: list[Word], theirs: list[Word]) -> None:
    """Acronyms that the other side writes in full, or with stops."""
    letters = "".join(w.text[0] for w in theirs if w.text[0].isupper() and not w.acronym)
    for word in ours:
        if word.acronym and not word.met and word.text in letters:
            word.met = True


def _joined(ours: list[Word], theirs: list[Word], lang: str, other_lang: str) -> None:
    """Names of several words on one side that are one word on the other."""
    tails = tails_of(lang), tails_of(other_lang)
    for parts in _windows(ours):
        whole = "".join(part.text for part in parts)
        open_ = any(w.name and not w.met for w in parts)
        for other in theirs:
            if not (other.name or (other.hangul and other.loose)) or len(other.text) < 3:
                continue
            if (open_ or (other.name and not other.met)) and (
                fit(whole, tails[0], other.text, tails[1], _JOINED) >= _JOINED
            ):
                for part in (*parts, other):
                    part.met = True


def _windows(words: list[Word]) -> Iterator[list[Word]]:
    """Two and three words with nothing between but a space or a hyphen."""
    for n in range(len(words) - 1):
        for length in (2, 3):
            parts = words[n : n + length]
            if len(parts) < length or any(w.text[0].islower() or not w.loose for w in parts):
                break
            if all(after.start - before.end <= 1 for before, after in pairwise(parts)):
                yield parts


def _held(names: list[Word], words: list[Word]) -> None:
    """Names that a word has inside: glued to others in Hangul, or as its beginning."""
    for name in names:
        if name.met or not name.name:
            continue
        for word in words:
            if (word.name or word.hangul or name.hangul) and _holds(word, name):
                word.met = name.met = True


def _holds(word: Word, name: Word) -> bool:
    run = word.text
    if len(run) < 4 or len(name.text) < 3 or (word.latin and name.latin):
        return False
    if not word.hangul:
        if len(run) < _ORDINARY_LETTERS or weight(name.text) < _LONG:
            return False
        return any(likeness(name.text, run[:end]) >= SURE for end in range(4, len(run)))
    sounds = sum(sound.weight >= _AUDIBLE for sound in read(name.text).sounds)
    if sounds < 3:
        return False
    long = sounds > 4
    for start in range(len(run) - 1 if long else 1):
        for end in range(start + 2, min(len(run), start + sounds + 1) + 1):
            if end - start < len(run) and likeness(name.text, run[start:end]) >= (
                SURE if long else _LOAN
            ):
                return True
    return False


def _loans(names: list[Word], words: list[Word], lang: str) -> None:
    """What looks like a name in Hangul and is a loan word: 태클한, tackling."""
    for name in names:
        if name.met or name.known or not name.hangul or not name.name:
            continue
        for word in words:
            if word.hangul or len(word.text) < 3 or common(word.text.lower(), lang, titles=False):
                continue
            if opening(word.text, name.text, _LOAN) >= _LOAN:
                name.met = True
                break


def _surnames(ours: list[Word], theirs: list[Word], lang: str) -> None:
    """Lee and 이종욱: a family name of one syllable, in any of its spellings."""
    for other in theirs:
        if other.hangul and (spellings := surname_of(other.text, lang)):
            for word in ours:
                if word.name and not word.met and word.text.casefold() in spellings:
                    word.met = other.met = True


def _repeated(words: list[Word]) -> None:
    """A name said again has the counterpart it had."""
    met = [w.text for w in words if w.met and w.name]
    for word in words:
        if word.name and not word.met and met:
            word.met = any(likeness(word.text, other) >= SAME for other in met)


def _neighbours(ours: list[Word], theirs: list[Word], lang: str) -> None:
    """Next to the counterpart of a given name stands that of the surname, foreign or not."""
    for n, word in enumerate(ours):
        if word.met or word.name < 2:
            continue
        for step in (-1, 1):
            beside = ours[n + step] if 0 <= n + step < len(ours) else None
            if beside is None or beside.partner < 0 or not beside.name or beside.doubtful:
                continue
            at = beside.partner - step
            other = theirs[at] if 0 <= at < len(theirs) else None
            if other is None or other.met or not other.hangul or not spelt(other.text, lang):
                continue
            if _adjoin(word, beside) and _adjoin(other, theirs[beside.partner]):
                other.name = 2


def _adjoin(one: Word, other: Word) -> bool:
    return max(one.start, other.start) - min(one.end, other.end) == 1
