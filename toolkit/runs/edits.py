"""Edits made in other tools, brought home: each becomes a review of the unit it was made on.

A pair belongs to a unit by article, language and unit id, and only while the source text is
the same. A file that we wrote says for each unit which text it gave out, so that an edit can
be told from a text that was merely old, and from one that crossed with another edit.
"""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Literal

from toolkit.errors import InputError
from toolkit.formats.pairs import Pair, base_of
from toolkit.formats.xmlstream import clean
from toolkit.memory import Memory, Unit, normalise
from toolkit.runs.journal import Journal
from toolkit.runs.reviews import Review, Reviews, as_unit, held_unit, tidy
from toolkit.schema import Result, TranslationUnit

__all__ = ["Left", "Merged", "Why", "merge"]

Why = Literal["unknown", "stale", "conflict", "unfinished", "unusable"]
_AT_ONCE = 1000  # edits, with one wait for the disk
_KEPT = 16  # articles as last looked at: a file goes through them one after the other


@dataclass(frozen=True, slots=True)
class Left:
    """A pair that was not taken, why, and what stands in the run instead."""

    why: Why
    pair: Pair
    found: str = ""


@dataclass(slots=True)
class Merged:
    """What a merge came to."""

    edited: int = 0
    approved: int = 0
    unchanged: int = 0
    left: list[Left] = field(default_factory=list)

    @property
    def counts(self) -> Counter[Why]:
        return Counter(left.why for left in self.left)


def merge(
    journal: Journal,
    reviews: Reviews,
    memory: Memory,
    pairs: Iterable[Pair],
    *,
    by: str = "",
    unfinished: bool = False,
    force: bool = False,
) -> Merged:
    """Record the pairs that say something new as reviews; what is not taken is named.

    Taken is a target that was edited and is not `initial` any more (with `unfinished`, also
    one that is), and a text that somebody approved as it stands. With `force` an edit wins
    over another that was made here meanwhile. What is taken goes into the memory, then into
    the reviews: cut off in between, the same call ends it.
    """
    desk = _Desk(journal, reviews)
    merged = Merged()
    waiting: dict[tuple[str, str, str], tuple[Review, Unit]] = {}

    def write() -> None:
        if not waiting:
            return
        memory.add(unit for _, unit in waiting.values())
        reviews.append(*(review for review, _ in waiting.values()))
        for article_id, _, _ in waiting:
            desk.forget(article_id)
        waiting.clear()

    for pair in pairs:
        found = desk.find(pair)
        if isinstance(found, Left):
            merged.left.append(found)
            continue
        article_id, source_lang, unit = found
        key = (article_id, unit.target_lang, unit.id)
        if key in waiting:  # the same unit twice: the second is held against the first
            write()
            article_id, source_lang, unit = desk.known(article_id, pair, unit.id) or found
        try:
            target = tidy(pair.target)
        except InputError:
            merged.left.append(Left("unusable", pair, unit.target))
            continue
        approved = pair.state in ("reviewed", "final") and unit.state not in ("reviewed", "final")
        same = _same(target, unit.target)
        if same and not approved:
            merged.unchanged += 1
            continue
        if not same:
            why = _objection(pair, target, unit, partial(desk.earlier, article_id, unit))
            if why is None and pair.state == "initial" and not unfinished:
                why = "unfinished"
            if why == "old":
                merged.unchanged += 1
                continue
            if why is not None and not (force and why == "conflict"):
                merged.left.append(Left(why, pair, unit.target))
                continue
        held = reviews.of(article_id).get((unit.target_lang, unit.id))
        review = Review(
            article_id,
            unit.target_lang,
            unit.id,
            held.version + 1 if held else 1,
            unit.source,
            unit.target if same else target,
            "reviewed",
            by,
            reviews.now(),
            held.accepted if held else (),
        )
        waiting[key] = (review, as_unit(review, source_lang))
        merged.approved += same
        merged.edited += not same
        if len(waiting) >= _AT_ONCE:
            write()
    write()
    return merged


def _objection(
    pair: Pair, target: str, unit: TranslationUnit, earlier: Callable[[], frozenset[str]]
) -> Why | Literal["old"] | None:
    """Why a text that is not the one we have is no edit of it, if so."""
    if pair.base:
        if base_of(target) == pair.base:  # as it was given out; we have moved on since
            return "conflict" if pair.state in ("reviewed", "final") else "old"
        return None if base_of(unit.target) == pair.base else "conflict"
    if any(_same(target, text) for text in earlier()):
        return "old"
    # Nothing says on which text it was made.
    return "conflict" if unit.state in ("reviewed", "final") else None


def _same(one: str, other: str) -> bool:
    """Whether two texts are one but for white space and what XML cannot hold."""
    return one == other or " ".join(clean(one).split()) == " ".join(clean(other).split())


_Place = tuple[str, str, TranslationUnit]


class _Desk:
    """The units of a run as they stand, found by what a pair says of itself."""

    def __init__(self, journal: Journal, reviews: Reviews) -> None:
        self._journal = journal
        self._reviews = reviews
        self._kept: OrderedDict[str, Result | None] = OrderedDict()
        self._by_text: dict[tuple[str, str], tuple[str, str] | None] | None = None

    def find(self, pair: Pair) -> _Place | Left:
        found = self.known(pair.document, pair, pair.id) if pair.document else None
        if found is None and pair.document and "/" in pair.id:
            # A tool that cuts units into segments names them after the unit.
            found = self.known(pair.document, pair, pair.id.rpartition("/")[0])
        if found is None and (not pair.document or not self._result(pair.document)):
            # The tool dropped what we wrote of the article: the sentence itself must do.
            place = self._texts().get((pair.target_lang, normalise(clean(pair.source))))
            found = self.known(place[0], pair, place[1]) if place else None
        if found is None:
            return Left("unknown", pair)
        if normalise(clean(found[2].source)) != normalise(clean(pair.source)):
            return Left("stale", pair, found[2].source)
        return found

    def known(self, article_id: str, pair: Pair, unit_id: str) -> _Place | None:
        result = self._result(article_id)
        for translation in result.translations if result else ():
            if translation.lang == pair.target_lang:
                for unit in translation.units:
                    if unit.id == unit_id and result:
                        return article_id, result.article.lang, unit
        return None

    def forget(self, article_id: str) -> None:
        self._kept.pop(article_id, None)

    def earlier(self, article_id: str, unit: TranslationUnit) -> frozenset[str]:
        """Every text that the unit ever had."""
        made = self._journal.result(article_id)
        ours = (
            one.target
            for translation in (made.translations if made else ())
            if translation.lang == unit.target_lang
            for one in translation.units
            if one.id == unit.id
        )
        return frozenset((*ours, *self._reviews.texts(article_id, unit.target_lang, unit.id)))

    def _result(self, article_id: str) -> Result | None:
        if article_id not in self._kept:
            made = self._journal.result(article_id)
            self._kept[article_id] = made and self._standing(made)
            if len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        self._kept.move_to_end(article_id)
        return self._kept[article_id]

    def _standing(self, made: Result) -> Result:
        # The units alone: nothing is spliced and checked again for each.
        held = self._reviews.of(made.article.id)
        return replace(
            made,
            translations=tuple(
                replace(
                    one,
                    units=tuple(
                        held_unit(unit, held.get((one.lang, unit.id))) for unit in one.units
                    ),
                )
                for one in made.translations
            ),
        )

    def _texts(self) -> dict[tuple[str, str], tuple[str, str] | None]:
        """Where each sentence of the run stands; nowhere if it stands in several places."""
        if self._by_text is None:
            self._by_text = {}
            for made in self._journal.results():
                for translation in made.translations:
                    for unit in translation.units:
                        key = (translation.lang, normalise(clean(unit.source)))
                        place = (made.article.id, unit.id)
                        self._by_text[key] = None if key in self._by_text else place
        return self._by_text
