"""One language's names as tables: word forms to lexemes, lexemes to phrases, glued runs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache

from toolkit import scripts
from toolkit.lang import pack
from toolkit.lang.base import NameRules
from toolkit.terms.names import Form, Name, combined, entry_names, territory_names
from toolkit.terms.termbase import Termbase, starter

# Letters and digits; Hangul apart from the Latin or the digits it is glued to. The modifier
# apostrophe is a letter to Unicode, not to us: it is written in four ways within names.
WORD = re.compile(rf"[{scripts.HANGUL}]+|(?:[^\W_{scripts.HANGUL}ʼ]++[{scripts.MARKS}]*+)++")
ALIKE = {ord(c): " " for c in "\u00a0\u2009\u202f\t\n\r\u3000"} | {ord(c): "'" for c in "’ʼ‘`´"}
# Each doubles the ways to write a name.
_MOST_SPACES = 5

ANY, INITIAL, UPPER = 0, 1, 2


@dataclass(slots=True)
class Node:
    next: dict[int, Node] = field(default_factory=dict)
    name: Name | None = None


@dataclass(slots=True)
class Index:
    """`words` gives, per folded word form, its lexemes, each with the capitals it demands."""

    words: dict[str, list[tuple[int, int]]] = field(default_factory=dict)
    root: Node = field(default_factory=Node)
    lexemes: dict[tuple[str, int, bool, bool], int] = field(default_factory=dict)
    glued: dict[str, Name] = field(default_factory=dict)
    lengths: dict[str, tuple[int, ...]] = field(default_factory=dict)
    prefixes: tuple[str, ...] = ()
    open_length: int = 0
    tail: re.Pattern[str] | None = None
    # What stands before a surname and is no given name.
    titles: frozenset[str] = frozenset()
    particles: tuple[str, ...] = ()


@lru_cache(maxsize=16)
def index_of(lang: str, termbase: Termbase | None) -> Index:
    rules = pack(lang).names
    index = Index(titles=frozenset(map(fold, rules.titles.split())))
    for code in dict.fromkeys((lang, "en")):
        # Names stay in Latin letters in texts of any language: BBC, Harvard, (Zelensky).
        latin_only = code != lang
        own = pack(code).names
        for form, name in territory_names(code):
            _add(index, form, name, own, latin_only)
        for form, name in entry_names(starter(), code, 1):
            _add(index, form, name, own, latin_only)
        for form, name in entry_names(termbase or Termbase(), code, 2):
            _add(index, form, name, own, latin_only)
    if rules.glued:
        by_first: dict[str, set[int]] = {}
        for phrase in index.glued:
            by_first.setdefault(phrase[0], set()).add(len(phrase))
        index.lengths = {c: tuple(sorted(ns, reverse=True)) for c, ns in by_first.items()}
        index.open_length = rules.open_length
        index.prefixes = tuple(rules.prefixes.split())
        index.particles = tuple(rules.particles.split())
        index.tail = re.compile(
            rf"(?:{_choice(rules.suffixes)}){{0,2}}들?(?:{_choice(rules.particles)}){{0,3}}"
        )
    return index


def _choice(words: str) -> str:
    return "|".join(sorted(map(re.escape, set(words.split())), key=len, reverse=True))


def _add(index: Index, form: Form, name: Name, rules: NameRules, latin_only: bool) -> None:
    text = form.text.translate(ALIKE)
    hangul = rules.glued and any(map(scripts.is_hangul, text))
    if latin_only and not fold(text).isascii():
        return
    if hangul:
        text = text[_first_word(text) :]
        for variant in _spacings(text):
            index.glued[variant] = combined(index.glued.get(variant), name)
        return
    node = index.root
    for word in WORD.findall(text):
        node = node.next.setdefault(_lexeme(index, word, form, name, rules), Node())
    if node is not index.root:
        node.name = combined(node.name, name)


def _first_word(text: str) -> int:
    found = WORD.search(text)
    return found.start() if found else 0


def _spacings(text: str) -> Iterator[str]:
    """A compound with each of its spaces or without: Korean leaves the choice to the writer."""
    head, space, tail = text.partition(" ")
    if not space or text.count(" ") > _MOST_SPACES:
        yield text
        return
    for rest in _spacings(tail):
        yield head + rest
        yield f"{head} {rest}"


def _lexeme(index: Index, word: str, form: Form, name: Name, rules: NameRules) -> int:
    """The number of a word with all its forms, entered at its first use."""
    caps = caps_of(word)
    if name.kind == "term" and caps == INITIAL:
        caps = ANY
    common = caps == ANY or name.kind in ("demonym", "term")
    folded = fold(word)
    key = (folded, caps, common, form.fixed)
    if key not in index.lexemes:
        number = index.lexemes[key] = len(index.lexemes)
        shapes = {folded} if form.fixed or caps == UPPER else inflected(folded, rules, common)
        for shape in shapes:
            index.words.setdefault(shape, []).append((number, caps))
    return index.lexemes[key]


def caps_of(word: str) -> int:
    if word.isupper() and len(word) > 1:
        return UPPER
    return INITIAL if word[:1].isupper() else ANY


def inflected(word: str, rules: NameRules, common: bool = True) -> set[str]:
    """All forms of a word, itself included; those of the plural too for a common word."""
    for suffix, endings, plural in _endings(rules.endings):
        if word.endswith(suffix) and len(word) > 1:
            stem = word[: len(word) - len(suffix)]
            return {word, *(stem + end for end in (endings + plural if common else endings))}
    return {word}


@cache
def _endings(table: str) -> tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]:
    def split(endings: str) -> tuple[str, ...]:
        return tuple("" if end == "0" else end for end in endings.split())

    rows = []
    for line in filter(str.strip, table.splitlines()):
        suffix, _, endings = line.strip().partition(":")
        singular, _, plural = endings.partition(";")
        rows.append((suffix, split(singular), split(plural)))
    return tuple(rows)


@lru_cache(maxsize=1 << 14)
def fold(word: str) -> str:
    # Two letters of one sound: Глазго and Ґлазґо are both written.
    folded = word.casefold().replace("ґ", "г")
    if folded.isascii() or folded[:1] >= "ɐ":
        # Only Latin letters lose their marks (Türkiye, São): й and ї are letters of their own.
        return folded
    return "".join(c for c in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(c))
