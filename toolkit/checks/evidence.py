"""What was read in two texts that should say the same, and what has been found out so far.

A pass (see `compare`) gets a `View`: one side as *here*, the other as *there*. The runner
shows it both ways, so a rule that holds for the source and for the target is written once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, TypeVar

from toolkit.lang import pack
from toolkit.schema import Fact

T = TypeVar("T")


@dataclass(slots=True)
class Side:
    """One text: its words, its language, its facts, and which of them stand alone so far."""

    text: str
    lang: str
    facts: tuple[Fact, ...]
    open: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.open = set(range(len(self.facts)))

    @property
    def basic(self) -> bool:
        """Whether the number words of this language are not read."""
        return pack(self.lang).level == "basic"

    def left(self) -> list[int]:
        """What stands alone so far, in order."""
        return sorted(self.open)

    def add(self, fact: Fact) -> int:
        """The number of a fact that only comparing has told."""
        self.facts += (fact,)
        return len(self.facts) - 1


class Pair(NamedTuple):
    """Two facts that say the same, by their numbers, and the rule that says so."""

    source: int
    target: int
    rule: str


class Fault(NamedTuple):
    """A fact or two that are to be reported: None is the side that has none."""

    source: int | None
    target: int | None
    rule: str


@dataclass(slots=True)
class Evidence:
    """Two texts of one unit, the facts that agree, and what is wrong with others."""

    source: Side
    target: Side
    pairs: list[Pair] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def views(self) -> tuple[View, View]:
        """The source looking at the target, and the target at the source."""
        return View(self, self.source, self.target), View(self, self.target, self.source)

    def faulty(self, *rules: str) -> Iterator[Fault]:
        return (fault for fault in self.faults if fault.rule in rules)


def evidence(
    sources: Sequence[Fact],
    targets: Sequence[Fact],
    langs: tuple[str, str],
    texts: tuple[str, str] = ("", ""),
) -> Evidence:
    """Two bags of facts before anything is known of how they belong together."""
    return Evidence(
        Side(texts[0], langs[0], tuple(sources)), Side(texts[1], langs[1], tuple(targets))
    )


@dataclass(frozen=True, slots=True)
class View:
    """The evidence as one side sees it."""

    found: Evidence
    here: Side
    there: Side

    @property
    def is_source(self) -> bool:
        return self.here is self.found.source

    def order(self, here: T, there: T) -> tuple[T, T]:
        """The source's first."""
        return (here, there) if self.is_source else (there, here)

    def take(self, here: int, there: int, rule: str) -> None:
        """The two facts say the same."""
        self.found.pairs.append(Pair(*self.order(here, there), rule))
        self.here.open.discard(here)
        self.there.open.discard(there)

    def accuse(self, here: int | None, there: int | None, rule: str) -> None:
        """The facts are to be reported; they no longer wait for a counterpart."""
        self.found.faults.append(Fault(*self.order(here, there), rule))
        if here is not None:
            self.here.open.discard(here)
        if there is not None:
            self.there.open.discard(there)

    def matched(self) -> set[int]:
        """The facts of this side that found a counterpart."""
        return {pair.source if self.is_source else pair.target for pair in self.found.pairs}
