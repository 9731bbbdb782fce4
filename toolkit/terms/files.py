"""Termbases from files of either kind."""

from __future__ import annotations

from pathlib import Path

from toolkit.errors import InputError
from toolkit.terms import tbx, termbase


def load_terms(path: Path) -> termbase.Termbase:
    """A termbase from a file: TBX if its name ends so (see `terms.tbx`), otherwise CSV.

    CSV has a column per language code, and `kind` and `note` if you like. Several renderings
    of one name stand between `|`, the preferred one first. A `?` after one says that it also
    is another word. A rendering may stand in two rows when another language tells them apart:
    it then may mean either.
    """
    try:
        data = path.read_bytes()
    except OSError as exc:
        raise InputError(f"{path}: {exc.strerror or exc}") from exc
    if path.suffix.lower() == ".tbx":
        # Two concepts of the same names, as termbases have them, are one here.
        return termbase.merge(termbase.Termbase((entry,)) for entry in tbx.read(data, str(path)))
    return termbase.parse(data, str(path))
