"""Names that no table has: which words of two texts are the same name, by how they sound.

A word is a name by its capital, if it is not common and nobody writes it small in the same
document; in scripts without capitals if its syllables are those of transliterated names. What
is left over on one side proves nothing, for names are also translated and left out. Only a
name without counterpart on either side is evidence: it takes two.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from toolkit import scripts
from toolkit.schema import Span
from toolkit.terms.forms import JOINTS, names_are_known, tails_of
from toolkit.terms.meeting import SAME, SURE, Passage, meet
from toolkit.terms.sound import fit
from toolkit.terms.words import Word, find, is_short, read_words


@dataclass(frozen=True, slots=True)
class Texts:
    """A text and its translation, and where tables have found names in them.

    `known` are the spans that need not be looked at, of either text; `missing` those of names
    that the other text does not have.
    """

    source: str
    target: str
    known: tuple[tuple[Span, ...], tuple[Span, ...]] = ((), ())
    missing: tuple[tuple[Span, ...], tuple[Span, ...]] = ((), ())


@dataclass(frozen=True, slots=True)
class Names:
    """How the names of two texts that no table has stand to each other.

    `pairs` sound alike; of `renamed` one stands where the other should; `sources` and
    `targets` are all that have no counterpart one could name.
    """

    pairs: tuple[tuple[Span, Span], ...] = ()
    renamed: tuple[tuple[Span, Span], ...] = ()
    sources: tuple[Span, ...] = ()
    targets: tuple[Span, ...] = ()


def compare_names(source: str, target: str, source_lang: str, target_lang: str) -> Names:
    """The names of two texts that sound alike, and those that stand in each other's place."""
    return compare_documents((Texts(source, target),), source_lang, target_lang)[0]


def compare_documents(
    texts: Sequence[Texts], source_lang: str, target_lang: str
) -> tuple[Names, ...]:
    """The same for all passages of a document, in order.

    A name that some passage resolves is one in all: it is then held to its rendering. A name
    that nowhere sounds like its rendering is resolved by what stands in the same passages.
    Nothing is said of a language whose pack does not know which words are common.
    """
    if not (names_are_known(source_lang) and names_are_known(target_lang)):
        return (Names(),) * len(texts)
    passages = [
        Passage(
            read_words(text.source, source_lang, text.known[0], text.missing[0]),
            read_words(text.target, target_lang, text.known[1], text.missing[1]),
        )
        for text in texts
    ]
    find([p.ours for p in passages], [t.source for t in texts], source_lang)
    find([p.theirs for p in passages], [t.target for t in texts], target_lang)
    for passage in passages:
        if passage.is_judged():
            meet(passage, source_lang, target_lang)
    if len(passages) > 1:
        _settle(passages, source_lang, target_lang)
    return tuple(
        _names(passage, text) if passage.is_judged() else Names()
        for passage, text in zip(passages, texts, strict=True)
    )


def _names(passage: Passage, text: Texts) -> Names:
    here, there = _runs(text.source, passage.ours), _runs(text.target, passage.theirs)
    return Names(
        pairs=tuple((_span([a]), _span([b])) for a, b in passage.pairs),
        renamed=tuple(_renamed(here, there, len(text.source), len(text.target))),
        sources=tuple(map(_span, here)),
        targets=tuple(map(_span, there)),
    )


def _span(run: Sequence[Word]) -> Span:
    return Span(run[0].start, run[-1].end)


# --- a document: what is resolved once holds everywhere ----------------------------------


def _settle(passages: list[Passage], source_lang: str, target_lang: str) -> None:
    """Make surer what the rest of the document tells of the names of each passage."""
    renderings: dict[str, Counter[str]] = defaultdict(Counter)
    for a, b in (pair for passage in passages for pair in passage.pairs):
        renderings[a.text][b.text] += 1
    ours = set(renderings)
    theirs = {text for counts in renderings.values() for text in counts}
    for passage in passages:
        for words, settled in ((passage.ours, ours), (passage.theirs, theirs)):
            for word in words:
                unsure = word.name == 1 and not word.met and not word.doubtful
                if unsure and word.text in settled and (word.hangul or not is_short(word)):
                    word.name = 2
        _hold(passage, renderings, tails_of(source_lang), tails_of(target_lang))
    _meet_by_company(passages, ours)


def _hold(
    passage: Passage,
    renderings: dict[str, Counter[str]],
    tails: re.Pattern[str] | None,
    others: re.Pattern[str] | None,
) -> None:
    """Take apart a pair that sounds only somewhat alike, where the document has a better one.

    Tobias is Тобіас in two other passages: then Томас is another one.
    """
    for pair in list(passage.pairs):
        ours, theirs = pair
        if fit(ours.text, tails, theirs.text, others, SURE) >= SURE:
            continue
        usual = Counter[str]()
        for text, count in renderings[ours.text].items():
            same = fit(text, others, theirs.text, others, SAME) >= SAME
            if not same and fit(ours.text, tails, text, others, SURE) >= SURE:
                usual[text] += count
        if usual.total() > 1 > renderings[ours.text][theirs.text] - 1:
            passage.pairs.remove(pair)
            for word in pair:
                word.met, word.name = False, 2


def _meet_by_company(passages: list[Passage], resolved: set[str]) -> None:
    """Names that sound like nothing, but always come with the same stranger: Харків, Kharkov.

    Both are left over in the same passages, in two at least, and in hardly any other.
    """
    here: dict[str, set[int]] = defaultdict(set)
    there: dict[str, set[int]] = defaultdict(set)
    for at, passage in enumerate(passages):
        for seen, words in ((here, passage.ours), (there, passage.theirs)):
            for word in words:
                if word.name and not word.met:
                    seen[_stem(word)].add(at)
    said = Counter(stem for p in passages for stem in {_stem(w) for w in p.theirs})
    known = {_cut(text) for text in resolved}
    for name, places in here.items():
        if len(places) < 2 or name in known:
            continue
        company = Counter(
            stem
            for at in places
            for stem in {_stem(w) for w in passages[at].theirs if w.name and not w.met}
        )
        stem, most = company.most_common(1)[0] if company else ("", 0)
        if most < 2 or most * 2 < len(places) or said[stem] > most + 1:
            continue
        for at in places & there[stem]:
            for word in (*passages[at].ours, *passages[at].theirs):
                if word.name and not word.met and _stem(word) in (name, stem):
                    word.met = True


def _stem(word: Word) -> str:
    return _cut(word.text)


def _cut(text: str) -> str:
    """What inflection leaves as it is, roughly."""
    return text[:2] if scripts.is_hangul(text[0]) else text[: max(4, len(text) - 2)]


# --- what stands in whose place ----------------------------------------------------------


def _runs(text: str, words: list[Word]) -> list[list[Word]]:
    """The names without counterpart, words of one name together."""
    runs: list[list[Word]] = []
    for word in words:
        if not word.name or word.met:
            continue
        if runs and text[runs[-1][-1].end : word.start] in JOINTS:
            runs[-1].append(word)
        else:
            runs.append([word])
    return runs


def _renamed(
    here: list[list[Word]], there: list[list[Word]], ours: int, theirs: int
) -> Iterator[tuple[Span, Span]]:
    """Runs of both sides that stand for each other: the surest and the nearest first."""
    ranked = sorted(
        (
            -_surety(a) - _surety(b),
            abs(a[0].start / max(1, ours) - b[0].start / max(1, theirs)),
            i,
            j,
        )
        for i, a in enumerate(here)
        for j, b in enumerate(there)
        if _comparable(a, b)
    )
    taken: tuple[set[int], set[int]] = (set(), set())
    for _, _, i, j in ranked:
        if i not in taken[0] and j not in taken[1]:
            taken[0].add(i)
            taken[1].add(j)
            yield _span(here[i]), _span(there[j])


def _surety(run: list[Word]) -> int:
    return max(w.name for w in run)


def _comparable(one: list[Word], other: list[Word]) -> bool:
    if all(w.known for w in one) and all(w.known for w in other):
        return False  # tables know better
    acronyms = any(w.acronym for w in (*one, *other))
    if acronyms and not all(w.latin for w in (*one, *other)):
        return False  # acronyms are translated, expanded, left out
    if one[0].first and other[0].first:
        return True  # the subject of a sentence, which no capital tells
    return _surety(one) == _surety(other) == 2
