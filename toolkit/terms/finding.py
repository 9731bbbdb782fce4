"""Names in a text: one pass over its words, the longest known name at each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import reduce

from toolkit import scripts
from toolkit.schema import Fact, Span
from toolkit.terms.index import ALIKE, ANY, INITIAL, WORD, Index, caps_of, fold, index_of
from toolkit.terms.names import SURNAME, Name, combined
from toolkit.terms.termbase import Termbase

# What may stand between the words of one name, and after a short word besides (U.S., St. Lucia).
_GAPS = frozenset(["", " ", "-", "'", " & ", "·", "\u2010", "\u2011", " - ", " № ", "/"])
_GAPS |= {gap for quote in "«»„“”\"'" for gap in (f" {quote}", f"{quote} ", quote)}
_STOPS = frozenset([".", ". "])
_ABBREVIATION = 3
_LONGEST_WORD = 40
_HANGUL = re.compile(f"[{scripts.HANGUL}]+")
# No inflected or glued tail is longer; what is longer is another word.
_TAIL = 14
# "US$ 5" is money, not the country.
_CURRENCIES = frozenset("$€£¥₩₴")
_NOTHING = Name(values=(), kind="place", strength=1)


def find_names(text: str, lang: str, termbase: Termbase | None = None) -> tuple[Fact, ...]:
    """The known names in a text, in order, none inside another, the longest first choice.

    `values` are concept ids, several where the word may mean several; a country, its people
    and its language are one concept, so that "Ukrainian" agrees with 우크라이나의. Strength:
    3 from the termbase (2 for kind "term"), 2 from what we know ourselves, 1 where the word
    also is another ("Jordan"): present, it agrees; absent, it proves nothing.
    """
    index = index_of(lang, termbase)
    found: list[Fact] = []
    words = [(m.start(), m.end()) for m in WORD.finditer(text)]
    plain = text.translate(ALIKE)
    at = found_end = 0
    while at < len(words):
        start, end = words[at]
        hit = (index.glued and _glued(index, plain, start, end)) or _phrase(index, plain, words, at)
        if hit is None or _yields(index, plain, words, at, hit):
            at += 1
            continue
        begin, end, name = hit
        if text[end : end + 1] in _CURRENCIES:
            name = _NOTHING
        elif at and found_end <= words[at - 1][0] and name.surname:
            begin, name = _with_given_name(index, plain, words[at - 1], begin, name)
        found += _facts(text, begin, end, name)
        found_end = end
        at += 1
        while at < len(words) and words[at][0] < end:
            at += 1
    return tuple(found)


def renderings(
    text: str, source_lang: str, target_lang: str, termbase: Termbase
) -> tuple[tuple[str, str], ...]:
    """The termbase's names in a text, as they stand there, with the rendering each is to have."""
    approved = {entry.id: entry.of(target_lang) for entry in termbase.entries}
    found: dict[str, str] = {}
    for fact in find_names(text, source_lang, termbase) if approved else ():
        forms = next((approved[value] for value in fact.values if value in approved), ())
        if forms:
            found.setdefault(fact.text, forms[0])
    return tuple(found.items())


def _phrase(
    index: Index, text: str, words: list[tuple[int, int]], at: int
) -> tuple[int, int, Name] | None:
    """The longest name that begins at this word."""
    nodes = [index.root]
    best: tuple[int, int, Name] | None = None
    gap = ""
    for position in range(at, len(words)):
        start, end = words[position]
        if position > at:
            gap = text[words[position - 1][1] : start]
            short = words[position - 1][1] - words[position - 1][0] <= _ABBREVIATION
            if gap not in _GAPS and not (short and gap in _STOPS):
                break
        if end - start > _LONGEST_WORD:
            break
        word = text[start:end]
        lexemes = index.words.get(fold(word))
        if not lexemes:
            break
        # "Kim Jong-un" is Kim Jong Un; "un" alone is not a name.
        caps = max(caps_of(word), INITIAL if gap == "-" else ANY)
        nodes = [
            node.next[number]
            for node in nodes
            for number, needed in lexemes
            if needed <= caps and number in node.next
        ]
        names = [node.name for node in nodes if node.name is not None]
        if names:
            best = (words[at][0], _with_stop(text, start, end), reduce(combined, names))
        if not nodes:
            break
    return best


def _yields(
    index: Index, text: str, words: list[tuple[int, int]], at: int, hit: tuple[int, int, Name]
) -> bool:
    """Whether a weak name gives way to one that begins inside it: The [North] Koreans."""
    _, end, name = hit
    if name.strength > 1 or not name.values or at + 1 == len(words) or words[at + 1][0] >= end:
        return False
    inner = _phrase(index, text, words, at + 1)
    return inner is not None and inner[1] > end


def _with_stop(text: str, start: int, end: int) -> int:
    """The end of U.S. is after its second stop."""
    return end + (text[start - 1 : start] == "." == text[end : end + 1] and end - start == 1)


def _glued(index: Index, text: str, start: int, end: int) -> tuple[int, int, Name] | None:
    """The longest name at the start of a run of Hangul, or after a prefix like 친 or 동."""
    if start and text[start - 1].isalnum():
        return None  # "Cell이란" is no Iran.
    if hit := _glued_at(index, text, start, 1):
        return hit
    for prefix in index.prefixes:
        begin = start + len(prefix)
        # 주인도 is the owner too, not the embassy in India.
        fits = begin < end and text.startswith(prefix, start)
        if fits and (hit := _glued_at(index, text, begin, 3)):
            return hit
    return None


def _glued_at(index: Index, text: str, start: int, least: int) -> tuple[int, int, Name] | None:
    for length in index.lengths.get(text[start : start + 1], ()):
        end = start + length
        name = index.glued.get(text[start:end]) if end <= len(text) else None
        if name is None or (length < least and not name.open):
            continue
        if _ends(index, text, start, end, name):
            return start, end, name
    return None


def _ends(index: Index, text: str, start: int, end: int, name: Name) -> bool:
    """Whether a name may end here: what is glued to it is a particle, not another word."""
    if not scripts.is_hangul(text[end - 1]):
        return not text[end : end + 1].isalnum() or scripts.is_hangul(text[end])
    if not scripts.is_hangul(text[end : end + 1]):
        return True
    if name.open or (end - start >= index.open_length and not name.letters):
        return True
    run = _HANGUL.match(text, end, end + _TAIL + 1)
    tail = run.group() if run else ""
    return len(tail) <= _TAIL and index.tail is not None and bool(index.tail.fullmatch(tail))


def _with_given_name(
    index: Index, text: str, before: tuple[int, int], start: int, name: Name
) -> tuple[int, Name]:
    """A surname, unless an unknown given name stands before it: then another's, from there on."""
    word = text[before[0] : before[1]]
    stranger = (
        text[before[1] : start] == " "
        and len(word) > 1
        and fold(word) not in index.titles
        and (
            caps_of(word) == INITIAL
            or (scripts.is_hangul(word[0]) and not word.endswith(index.particles))
        )
    )
    if not stranger:
        return start, name
    others = tuple(v for v in name.values if v + SURNAME not in name.values)
    return before[0], replace(name, values=others)


def _facts(text: str, start: int, end: int, name: Name) -> Iterator[Fact]:
    if not name.letters:
        if name.values:
            span = Span(start, end)
            yield Fact(name.kind, name.values, span, text[start:end], strength=name.strength)
        return
    spots = [i for i in range(start, end) if scripts.is_hangul(text[i])]
    for at, value in zip(spots, name.letters, strict=False):
        if value:
            yield Fact(name.kind, (value,), Span(at, at + 1), text[at], strength=name.strength)
