"""Which models carry a text from one language into another."""

from __future__ import annotations

from collections.abc import Callable

from toolkit.lang import code_of
from toolkit.models.entries import Entry
from toolkit.models.lock import Lock
from toolkit.models.store import Store

# Every Firefox model goes from or into it.
PIVOT = "en"


def route(
    lock: Lock,
    store: Store,
    source_lang: str,
    target_lang: str,
    *,
    stored_only: bool = False,
    allow_noncommercial: bool = False,
) -> tuple[Entry, ...]:
    """The models to translate with, one after the other: one, two through English, or none.

    First what the user has brought for the pair, then one of Firefox's, then two of them through
    English, then the best of what else the store has. With `stored_only` (offline), all must be
    in the store.
    """

    def best(source: str, target: str, fits: Callable[[Entry], bool]) -> tuple[Entry, ...]:
        found = lock.candidates(source, target, allow_noncommercial=allow_noncommercial)
        return next(((entry,) for entry in found if fits(entry)), ())

    def of_firefox(entry: Entry) -> bool:
        return entry.family == "firefox" and (not stored_only or store.has(entry))

    def is_own(entry: Entry) -> bool:
        return not (entry.repo or entry.url) and store.has(entry)

    source, target = code_of(source_lang) or source_lang, code_of(target_lang) or target_lang
    if direct := best(source, target, is_own) or best(source, target, of_firefox):
        return direct
    if PIVOT not in (source, target):
        first, second = best(source, PIVOT, of_firefox), best(PIVOT, target, of_firefox)
        if first and second:
            return first + second
    return best(source, target, store.has)
