"""The tables of a pack's `WritingRules`, as words by value and form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from toolkit.lang import common, pack

# CLDR's categories, in the order in which a table has them.
CATEGORIES = ("zero", "one", "two", "few", "many", "other")
# Cases by how often names of days, months and people stand in them, as far as forms are alike:
# у понеділок is an accusative, у лютому a locative.
_BOUND, _FREE = (1, 3, 5, 2, 4, 0), (0, 1, 3, 5, 2, 4)
_ALIKE = str.maketrans("’ʼ", "''")


@dataclass(frozen=True, slots=True)
class Table:
    """Forms by value, all lines in the same order; a form may be missing."""

    rows: tuple[tuple[str, str, tuple[str | None, ...]], ...]  # value, gender, forms
    categories: tuple[str, ...]

    @property
    def values(self) -> tuple[str, ...]:
        return tuple(value for value, _, _ in self.rows)

    def forms(self, word: str, value: str) -> tuple[int, ...]:
        """In which places a word stands in the line of a value."""
        plain = word.translate(_ALIKE).lower()
        return tuple(
            at
            for row, _, forms in self.rows
            if row == value
            for at, form in enumerate(forms)
            if form and form.lower() == plain
        )

    def form(self, value: str, place: int) -> str | None:
        """The form of a value in a place; a line of fewer forms has its last one for the rest."""
        for row, _, forms in self.rows:
            if row == value:
                return forms[min(place, len(forms) - 1)]
        return None

    def gender(self, value: str) -> str:
        return next((gender for row, gender, _ in self.rows if row == value), "")

    def place(self, category: str) -> int:
        """The place of a plural category; the last one stands in for what is not listed."""
        return self.categories.index(category) if category in self.categories else 0

    def preferred(self, places: Sequence[int], text: str, start: int) -> tuple[int, ...]:
        """The places a word may stand in, the likeliest first; behind a word no nominative."""
        before = text[:start].rstrip()
        order = _BOUND if before and before[-1].isalpha() else _FREE
        return tuple(sorted(places, key=lambda at: order.index(at) if at in order else at))

    def words(self) -> tuple[str, ...]:
        return tuple(form for _, _, forms in self.rows for form in forms if form)

    def within(self, text: str, value: str) -> tuple[int, int, int] | None:
        """Where a form of a value stands in a text, and its place in the line."""
        for row, _, forms in self.rows:
            if row == value:
                for place, form in enumerate(forms):
                    at = text.find(form) if form else -1
                    if form and at >= 0:
                        return at, at + len(form), place
        return None


@cache
def table(lang: str, name: str) -> Table:
    """A table of the language's `WritingRules`."""
    rows = []
    for line in filter(str.strip, getattr(pack(lang).writing, name).splitlines()):
        head, _, forms = line.strip().partition(":")
        value, _, gender = head.partition(" ")
        words = tuple(None if f == "-" else f.replace("_", " ") for f in forms.split())
        rows.append((value, gender, words))
    return Table(tuple(rows), _categories(lang))


@cache
def _categories(lang: str) -> tuple[str, ...]:
    tags = {line.partition(":")[0] for line in common(lang).plurals.splitlines()} | {"other"}
    return tuple(category for category in CATEGORIES if category in tags)
