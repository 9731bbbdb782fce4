"""Translations as a table: CSV with one column per language, for a person to fill in."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from pathlib import Path

from toolkit.errors import InputError
from toolkit.lang import CODES
from toolkit.memory import Unit, Variant

NOTE = "note"


def read(path: Path) -> Iterator[Unit]:
    """One unit per row that has text in two languages or more; a `note` column is a note.

    Raises InputError for a head that names no two languages, or a row with too many cells.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.reader(file, strict=True)
            head = [name.strip() for name in next(rows, [])]
            _require_head(head, path)
            for row in rows:
                if len(row) > len(head):
                    raise InputError(
                        f"{path}: line {rows.line_num}: expected {len(head)} cells, "
                        f"found {len(row)}",
                        hint="a text with a comma in it stands in double quotes",
                    )
                cells = [(n, t) for n, t in zip(head, row, strict=False) if t.strip()]
                variants = tuple(Variant(name, text) for name, text in cells if name != NOTE)
                if len(variants) > 1:
                    yield Unit(variants, origin="csv")
    except (OSError, UnicodeDecodeError, csv.Error) as exc:
        raise InputError(f"{path}: cannot be read: {exc}") from exc


def write(rows: Iterable[tuple[str, str, str, str]]) -> Iterator[str]:
    """Lines to fill in, from rows of source language, text, target language and note."""
    rows = list(rows)
    langs = list(dict.fromkeys([row[0] for row in rows] + [row[2] for row in rows]))
    head = [*langs, NOTE]
    for cells in (head, *(_cells(row, langs) for row in rows)):
        line = io.StringIO()
        csv.writer(line, lineterminator="\n").writerow(cells)
        yield line.getvalue()


def _cells(row: tuple[str, str, str, str], langs: list[str]) -> list[str]:
    source_lang, text, _, note = row
    return [text if lang == source_lang else "" for lang in langs] + [note]


def _require_head(head: list[str], path: Path) -> None:
    wrong = [name for name in head if name not in CODES and name != NOTE]
    if wrong or len(set(head) - {NOTE}) < 2 or len(set(head)) < len(head):
        raise InputError(
            f"{path}: line 1: expected the codes of two languages or more, "
            f"found {', '.join(map(repr, head)) or 'nothing'}",
            hint=f"for example: en,ko,note (languages: {', '.join(CODES)})",
        )
