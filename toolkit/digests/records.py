"""What a digest is made of: statements, what supports them, and where the sources differ."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from toolkit.schema import Article, Finding, Segment, Span, TranslationUnit

DifferenceKind = Literal["date", "time", "number", "order", "name", "role", "negation"]


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of one article: `article` counts from 0, the span lies in its text."""

    article: int
    segment: str
    paragraph: int
    span: Span


@dataclass(frozen=True, slots=True)
class Support:
    """A sentence that says what a statement says, all of it or a part."""

    place: Place
    whole: bool


@dataclass(frozen=True, slots=True)
class Shared:
    """A figure, date, name or phrase that the sentences behind a statement have in common."""

    text: str
    kind: str
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """One article's own sentence, and every sentence of the others that supports it.

    `supports` opens with the sentence itself. `caveat`: the sentence says that something is
    not known for sure. `differs`: it holds one side of a difference.
    """

    text: str
    lang: str
    place: Place
    supports: tuple[Support, ...]
    shared: tuple[Shared, ...] = ()
    caveat: bool = False
    differs: bool = False

    @property
    def articles(self) -> tuple[int, ...]:
        """Who says it, each once, in the order of the articles."""
        return tuple(sorted({support.place.article for support in self.supports}))


@dataclass(frozen=True, slots=True)
class Side:
    """What one article says where another says something else.

    `value` is the fact's own (see `facts`), and `also` are the sentences of further articles
    that say the same; both empty where words are compared.
    `place` is the sentence and `span` the words that differ, both in the article's text.
    `read_as` is the day they stand for by a date line, the article's own or, where `borrowed`
    names one, that of another article; empty where nothing had to be resolved.
    """

    place: Place
    text: str
    span: Span
    read_as: str = ""
    borrowed: int | None = None
    value: str = ""
    also: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """Two sides that cannot both be right. `about` are the words that both sides share."""

    kind: DifferenceKind
    about: str
    sides: tuple[Side, Side]


@dataclass(frozen=True, slots=True)
class Rendering:
    """A digest in another language: a unit for each sentence that is shown."""

    lang: str
    units: tuple[tuple[Place, TranslationUnit], ...]
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """An article as a digest cites it."""

    label: str
    article: Article
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Digest:
    """Several articles as one: every sentence is in one statement, printed or merged.

    `agreed` are the statements of two or more articles, in the order of the story; `single`
    those of one. `events` has a number per article: equal ones are on one event, and articles
    on different events are not compared.
    """

    sources: tuple[Source, ...]
    agreed: tuple[Statement, ...]
    single: tuple[Statement, ...]
    differences: tuple[Difference, ...]
    events: tuple[int, ...]
    renderings: tuple[Rendering, ...] = ()

    @property
    def related(self) -> bool:
        """Whether all articles are on one event."""
        return len(set(self.events)) < 2
