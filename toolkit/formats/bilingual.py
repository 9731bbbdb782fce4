"""Translations as a table: CSV with one column per language, for a person to fill in."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

from toolkit.errors import InputError, UnsupportedError
from toolkit.formats.languages import code_of
from toolkit.formats.pairs import Pair, Place, Skipped, accepted, nfc
from toolkit.lang import CODES
from toolkit.memory import Unit, Variant

NOTE = "note"
KEY = "key"  # not "id", which is Indonesian


def read(path: Path) -> Iterator[Unit]:
    """One unit per row that has text in two languages or more; a `note` column is a note.

    Raises InputError for a head that names no two languages, or a row with too many cells.
    """
    try:
        with path.open("rb") as file:
            for row in _rows(file, str(path)):
                variants = tuple(
                    Variant(name, text)
                    for name, text in row.cells.items()
                    if name not in (NOTE, KEY)
                )
                if len(variants) > 1:
                    yield Unit(variants, row.cells.get(KEY, ""), origin="csv")
    except OSError as exc:
        raise InputError(f"{path}: cannot be read: {exc}") from exc


def read_pairs(
    source: BinaryIO, name: str, source_lang: str | None = None, lang: str | None = None
) -> Iterator[Pair | Skipped]:
    """The rows of a table as pairs: one for each language, or only for `lang`.

    The source is the column of `source_lang`, else the first. A `key` column names the row,
    else its line does. Raises InputError as `read` does.
    """
    for row in _rows(source, name):
        codes = [code for code in row.head if code not in (NOTE, KEY)]
        ours = source_lang or codes[0]
        row_id = row.cells.get(KEY) or str(row.line)
        if missing := [code for code in (ours, lang) if code and code not in codes]:
            raise InputError(
                f"{name}: line 1: expected a column {missing[0]!r}, found {', '.join(codes)}"
            )
        for code in codes:
            if code == ours or lang not in (None, code):
                continue
            if ours not in row.cells or code not in row.cells:
                yield Skipped(row.line, row_id)
                continue
            target, places = nfc(row.cells[code], _places(row, code))
            yield Pair(
                row_id, nfc(row.cells[ours], ())[0], target, ours, code, row.line,
                places=places, accepts=tuple(filter(None, [accepted(row.cells.get(NOTE, ""))])),
            )  # fmt: skip


class _Row(NamedTuple):
    """One row: the cells that hold text, and the lines it is written in."""

    line: int
    head: list[str]
    cells: dict[str, str]
    lines: list[str]


def _rows(source: BinaryIO, name: str) -> Iterator[_Row]:
    lines: list[str] = []

    def remembered() -> Iterator[str]:
        for number, raw in enumerate(source):
            lines.append(raw.decode("utf-8" if number else "utf-8-sig"))
            yield lines[-1]

    rows = csv.reader(remembered(), strict=True)
    try:
        head = _head([column.strip() for column in next(rows, [])], name)
        while True:
            lines.clear()
            line = rows.line_num + 1
            row = next(rows, None)
            if row is None:
                return
            if len(row) > len(head):
                raise InputError(
                    f"{name}: line {rows.line_num}: expected {len(head)} cells, found {len(row)}",
                    hint="a text with a comma in it stands in double quotes",
                )
            cells = {n: text for n, text in zip(head, row, strict=False) if text.strip()}
            yield _Row(line, head, cells, list(lines))
    except (UnicodeDecodeError, csv.Error) as exc:
        raise InputError(f"{name}: cannot be read: {exc}") from exc


def _places(row: _Row, wanted: str) -> tuple[Place, ...]:
    """Where the characters of a cell stand: behind the cells before it, quotes doubled."""
    written, at = "".join(row.lines), 0
    for column in row.head:
        text = row.cells.get(column)
        if text is None:
            continue
        quoted = text.replace('"', '""')
        start = written.find(quoted, at)
        if start < 0:
            return ()
        if column != wanted:
            at = start + len(quoted)
            continue
        places = []
        done = 0
        line = row.line + written.count("\n", 0, start)
        column_of = start - written.rfind("\n", 0, start)
        for piece in re.findall(r'[^\n"]+|"|\n', text):
            places.append(Place(done, line, column_of))
            done += len(piece)
            line, column_of = (
                (line + 1, 1)
                if piece == "\n"
                else (line, column_of + (2 if piece == '"' else len(piece)))
            )
        return tuple(places)
    return ()


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


def _head(given: list[str], path: str) -> list[str]:
    """The columns by our codes of their languages."""
    head = [name if name in (NOTE, KEY) else _code(name) for name in given]
    if None in head or len(set(head) - {NOTE, KEY}) < 2 or len(set(head)) < len(head):
        raise InputError(
            f"{path}: line 1: expected the codes of two languages or more, "
            f"found {', '.join(map(repr, given)) or 'nothing'}",
            hint=f"for example: en,ko,note (languages: {', '.join(CODES)})",
        )
    return [name for name in head if name]


def _code(stated: str) -> str | None:
    try:
        return code_of(stated)
    except UnsupportedError:
        return None
