"""Who is named in an article, and what each is called there: captain, 44, of which name.

A role stands beside its name: before it (the captain, Jan Kos), behind a comma (Jan Kos, 44,
captain of the ship) or a verb (Jan Kos is captain). What stands elsewhere is nobody's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from toolkit.digests import lexicon
from toolkit.digests.holding import age_of
from toolkit.digests.lexicon import Role
from toolkit.digests.reading import Sentence, roots
from toolkit.lang import digest, pack
from toolkit.schema import Fact, Span
from toolkit.scripts import CAPITALS, SMALL
from toolkit.terms.sound import likeness

# A word of a name sounds like another of it from here on, and like no other below that.
_ALIKE, _UNLIKE = 0.75, 0.65
_OPENS = 16  # characters before a role that opens its sentence
_NICKNAME = 4  # letters: Kate may be Katherine

_CAPITAL = rf"[^\W\d_{SMALL}][^\W\d_]*(?:['’ʼ-][^\W\d_]+)*"
_NAME = rf"{_CAPITAL}(?:\s(?:(?:de|da|di|la|le|van|von|der|al|bin)\s)?{_CAPITAL}){{0,3}}"
_FULL = re.compile(rf"{_CAPITAL}(?:\s{_CAPITAL})+")
_AGED = r"(?:\s*\(\d{1,3}\)|,\s(?:aged\s)?\d{1,3}(?=,))?"
_BEHIND = re.compile(rf"\s*,?\s(?P<name>{_NAME})")
_BEHIND_OFFICE = re.compile(rf"(?:\s[^\s\d,.;:]+){{2,5}},\s(?P<name>{_NAME})")
# Between a name and what its bearer is: no other clause, no other comma.
_BEFORE = re.compile(
    rf"(?P<name>{_NAME}){_AGED}(?:,\s(?:who\s)?|\s[–—-]\s|\s(?=(?:is|was|became|works|worked)\s(?:as\s)?(?:an?|the)\s))"
    r"(?:[^\s,.;:()]+\s){0,5}$"
)
_AGE_BEFORE = re.compile(rf"(?P<name>{_NAME})(?:,|\s\(|\sis|\swas)?\s?(?:an?\s)?$")
_AGE_BEHIND = re.compile(rf"[\s,]*(?:[^\W\d_{CAPITALS}]+[\s,]+){{0,3}}(?P<name>{_NAME})")


@dataclass(frozen=True, slots=True)
class Called:
    """What a sentence calls somebody: the role, what makes it another, and its words."""

    sentence: Sentence
    role: Role
    rank: str
    office: str
    span: Span


@dataclass(slots=True)
class Person:
    """Somebody with all that one article says."""

    article: int
    name: tuple[str, ...]
    roles: list[Called] = field(default_factory=list)
    ages: list[tuple[Sentence, Fact]] = field(default_factory=list)
    spans: list[tuple[Sentence, Span]] = field(default_factory=list)


def people(sentences: Iterable[Sentence]) -> list[Person]:
    """Everybody whom an article gives a role or an age, each once."""
    found: list[Person] = []
    for sentence in sentences:
        for name, at, called, age in _mentions(sentence):
            one = next((p for p in found if is_one(p.name, name)), None)
            if one is None:
                one = Person(sentence.article, name)
                found.append(one)
            elif len(name) > len(one.name):
                one.name = name
            one.spans.append((sentence, at))
            if called:
                one.roles.append(called)
            if age:
                one.ages.append((sentence, age))
    return found


def is_one(a: Sequence[str], b: Sequence[str]) -> bool:
    """Whether two names may be one: the last words sound alike, and some other."""
    if not _alike(a[-1], b[-1]):
        return False
    return len(a) < 2 or len(b) < 2 or any(may_be(one, two) for one in a[:-1] for two in b[:-1])


def may_be(a: str, b: str) -> bool:
    """Whether two first names may be spellings or short forms of one."""
    short, long = sorted((a.lower(), b.lower()), key=len)
    return (
        likeness(a, b) >= _UNLIKE
        or long.startswith(short)
        or (len(short) <= _NICKNAME < len(long) and short[0] == long[0])
    )


def _alike(a: str, b: str) -> bool:
    return a == b or likeness(a, b) >= _ALIKE


def are_others(a: Sentence, b: Sentence) -> bool:
    """Whether two sentences tell of people, by first and last name, of whom none is one."""
    ours, theirs = _full_names(a), _full_names(b)
    return bool(ours and theirs) and not any(_alike(x, y) for x in ours for y in theirs)


def _full_names(sentence: Sentence) -> list[str]:
    """The last words of names of two words or more, but of who says it."""
    text, found = sentence.segment.text, []
    for match in _FULL.finditer(text):
        inside = [t for t in sentence.tokens if match.start() <= t.span.start < match.end()]
        proper = [t for t in inside if t.roots and text[t.span.start].isupper()]
        said = any(f"w:{t.roots[0]}" in sentence.speaker for t in proper)
        if len(proper) > 1 and not said and not any(t.name for t in proper):
            found.append(proper[-1].word)
    return found


def other_offices(a: Sequence[Called], b: Sequence[Called]) -> tuple[Called, Called] | None:
    """Of each side what it calls somebody, if nothing on one side may be what the other says."""
    clashing = None
    for one in a:
        for two in b:
            if not is_other(one, two):
                return None
            clashing = clashing or (one, two)
    return clashing


def is_other(a: Called, b: Called) -> bool:
    """Whether two roles cannot be one: two rows of one sort, deputies, two ministries."""
    if not a.role.sorts & b.role.sorts:
        return False
    if a.role.row != b.role.row or a.rank != b.rank:
        return True
    return bool(a.office and b.office and a.office != b.office)


def _mentions(
    sentence: Sentence,
) -> Iterator[tuple[tuple[str, ...], Span, Called | None, Fact | None]]:
    text, lang = sentence.segment.text, sentence.lang
    glued = pack(lang).names.glued
    for called in _called(sentence):
        if "kin" in called.role.sorts and digest(lang).whose and text[called.span.end :][:1] == " ":
            continue  # брат Тайлера: the name behind is whose
        named = (_named_glued if glued else _named)(text, called.span, lang)
        if named and (name := _name(text, named, sentence)):
            yield name[0], name[1], called, None
    for fact in sentence.facts if not glued else ():
        if age := age_of(sentence, fact):
            behind = fact.kind == "age" and not text.startswith(",", fact.span.end)
            for found in (
                _AGE_BEFORE.search(text[: fact.span.start]),
                _AGE_BEHIND.match(text, fact.span.end) if behind else None,
            ):
                if found and (name := _name(text, Span(*found.span("name")), sentence, aged=True)):
                    yield name[0], name[1], None, age
                    break


def _called(sentence: Sentence) -> Iterator[Called]:
    pattern, ranks, offices = _patterns(sentence.lang)
    known = lexicon.roles(sentence.lang)
    text, end = sentence.segment.text, -2
    for match in pattern.finditer(text) if pattern else ():
        if digest(sentence.lang).whose and match.start() == end + 1:
            continue  # помічник мера: whose, and no role of who is named behind
        end = match.end()
        before = ranks.search(text[: match.start()])
        rank = before["rank"].strip(" -").lower() if before else ""
        start = before.start() if before else match.start()
        office = offices.search(text[:start])
        words = office["office"].strip().lower() if office else ""
        start = office.start("office") if office else start
        yield Called(sentence, known[match["role"].lower()], rank, words, Span(start, match.end()))


@cache
def _patterns(lang: str) -> tuple[re.Pattern[str] | None, re.Pattern[str], re.Pattern[str]]:
    known = lexicon.roles(lang)
    choice = "|".join(sorted(map(re.escape, known), key=len, reverse=True))
    glued = pack(lang).names.glued
    edge, gap = ("", r"\s?") if glued else (r"(?<!\w)", r"[\s-]")
    behind = digest(lang).role_endings or r"(?![\w-])"
    found = rf"{edge}(?P<role>{choice}){behind}"
    ranks = "|".join(digest(lang).ranks.split()) or "-"
    offices = "|".join(digest(lang).offices.split()) or "-"
    return (
        re.compile(found, re.IGNORECASE) if known else None,
        re.compile(rf"{edge}(?P<rank>{ranks}){gap}$", re.IGNORECASE),
        re.compile(rf"{edge}(?P<office>{offices})\s$", re.IGNORECASE),
    )


def _named(text: str, role: Span, lang: str) -> Span | None:
    """The name that a role stands beside."""
    behind = _BEHIND.match(text, _behind_whose(text, role.end, lang))
    if behind and not (text[role.end] == "," and _BEFORE.search(text[: role.start])):
        return Span(*behind.span("name"))
    if before := _BEFORE.search(text[: role.start]):
        return Span(*before.span("name"))
    # The mayor of Orsk, Jan Kos: only where nobody else is named between.
    office = _BEHIND_OFFICE.match(text, role.end) if role.start < _OPENS else None
    return Span(*office.span("name")) if office else None


def _behind_whose(text: str, at: int, lang: str) -> int:
    """Where the word ends that says whose a role is, behind the role."""
    word = re.compile(r"\s(\w+)").match(text, at)
    pattern, _, _ = _patterns(lang)
    known = digest(lang).whose.split()
    whose = word and known and (word[1] in known or (pattern and pattern.fullmatch(word[1])))
    return word.end() if word and whose else at


def _named_glued(text: str, role: Span, lang: str) -> Span | None:
    before = _glued_name(lang).search(text[: role.start])
    return Span(*before.span("name")) if before else None


@cache
def _glued_name(lang: str) -> re.Pattern[str]:
    """A name before a role: two words, or three signs of which the first is a surname."""
    surnames = "".join({item.split()[0] for item in pack(lang).names.surnames.split(";")})
    return re.compile(
        rf"(?P<name>[^\W\d_]{{2,6}}\s[^\W\d_]{{2,6}}|[{surnames}][^\W\d_]{{2}})(?:\([^)]*\))?\s$"
    )


def _name(
    text: str, span: Span, sentence: Sentence, *, aged: bool = False
) -> tuple[tuple[str, ...], Span] | None:
    """The words of a name without what only begins a sentence, and without titles."""
    titles = lexicon.roles(sentence.lang)
    places = [name.span for name in sentence.names if name.kind == "place"]
    dates = [fact.span for fact in sentence.facts]
    words = [
        match
        for match in re.finditer(r"[^\s]+", text[slice(*span)])
        if match.group().lower() not in titles and roots(match.group().lower(), sentence.lang)
    ]
    if not words:
        return None
    start, end = span.start + words[0].start(), span.start + words[-1].end()
    if any(other.start <= start < other.end for other in (*places, *dates)):
        return None
    # What opens a sentence is a name only beside an age.
    if len(words) == 1 and (len(words[0].group()) < 3 or (start == 0 and not aged)):
        return None
    name = tuple(re.sub(r"['’]s$", "", match.group()) for match in words)
    return name, Span(start, end)
