"""Translations as tables in CSV.

Two kinds: one column per language, for a person to fill in what is missing; and one row per
sentence of a run with its state and findings, to be worked on in a spreadsheet and brought
home. In the second a cell that a spreadsheet would take for a formula begins with an
apostrophe, which is taken away again.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from pathlib import Path
from typing import BinaryIO, NamedTuple, get_args

from toolkit.errors import InputError, UnsupportedError
from toolkit.formats import layout
from toolkit.formats.languages import code_of
from toolkit.formats.pairs import BadRow, Pair, Place, Skipped, accepted, base_of, nfc
from toolkit.lang import CODES
from toolkit.memory import Unit, Variant
from toolkit.schema import Result, State

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


def is_table(path: Path) -> bool:
    """Whether the file is a table of sentences, not one with a column per language."""
    try:
        with path.open("rb") as file:
            return any(_is_table(row.head) for row in islice(_rows(file, str(path)), 1))
    except OSError as exc:
        raise InputError(f"{path}: cannot be read: {exc}") from exc


def read_pairs(
    source: BinaryIO, name: str, source_lang: str | None = None, lang: str | None = None
) -> Iterator[Pair | BadRow | Skipped]:
    """The rows of a table as pairs: one for each language, or only for `lang`.

    The source is the column of `source_lang`, else the first. A `key` column names the row,
    else its line does. Raises InputError as `read` does.
    """
    rows = _rows(source, name)
    first = next(rows, None)
    if first is None:
        return
    rows = chain([first], rows)
    if _is_table(first.head):
        yield from _read_table(rows, source_lang, lang)
        return
    for row in rows:
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


def _read_table(
    rows: Iterable[_Row], source_lang: str | None, lang: str | None
) -> Iterator[Pair | BadRow | Skipped]:
    """The rows of a table as `write_results` makes them; other columns are passed over."""
    refused: set[str] = set()
    for row in rows:
        cells = {column: _bare(text) for column, text in row.cells.items()}
        row_id = cells.get("id") or str(row.line)
        source, target = cells.get("source"), cells.get("target")
        if not source or not target:
            yield Skipped(row.line, row_id)
            continue
        try:
            ours = code_of(source_lang or cells.get("source_lang") or "en")
            theirs = code_of(cells.get("target_lang") or lang or "")
        except InputError as error:
            kind = BadRow(row.line, error, row_id)
            yield Skipped(row.line, row_id) if error.message in refused else kind
            refused.add(error.message)
            continue
        if lang not in (None, theirs):
            yield Skipped(row.line, row_id)
            continue
        target, places = nfc(target, _places(row, "target"))
        yield Pair(
            row_id, nfc(source, ())[0], target, ours, theirs, row.line,
            document=cells.get("article", ""), places=places,
            accepts=tuple(filter(None, [accepted(cells.get(NOTE, ""))])),
            state=_STATES.get(cells.get("state", "").strip().lower()),
            base=cells.get("base", ""),
        )  # fmt: skip


class _Row(NamedTuple):
    """One row: the cells that hold text, and the lines it is written in."""

    line: int
    head: list[str]
    cells: dict[str, str]
    lines: list[str]


def _rows(source: BinaryIO, name: str) -> Iterator[_Row]:
    lines: list[str] = []
    number = 0

    def remembered() -> Iterator[str]:
        nonlocal number
        for raw in chain([opening], source):
            number += 1
            lines.append(raw.decode("utf-8" if number > 1 else "utf-8-sig"))
            yield lines[-1]

    opening = source.readline()
    # Spreadsheets in many countries write semicolons or tabs.
    mark = max(",;\t", key=lambda mark: opening.count(mark.encode()))
    rows = csv.reader(remembered(), strict=True, delimiter=mark)
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
    except UnicodeDecodeError as exc:
        raise InputError(
            f"{name}: line {number}: expected UTF-8, found byte 0x{exc.object[exc.start]:02x}",
            hint="save the table as CSV UTF-8",
        ) from exc
    except csv.Error as exc:
        raise InputError(f"{name}: line {max(1, rows.line_num)}: cannot be read: {exc}") from exc


def _places(row: _Row, wanted: str) -> tuple[Place, ...]:
    """Where the characters of a cell stand: behind the cells before it, quotes doubled."""
    written, at = "".join(row.lines), 0
    for column in row.head:
        text = row.cells.get(column)
        if text is None:
            continue
        quoted = text.replace('"', '""')
        if _is_table(row.head) and column == wanted:
            quoted = quoted[len(text) - len(_bare(text)) :]
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
        shown = _bare(text) if _is_table(row.head) else text
        for piece in re.findall(r'[^\n"]+|"|\n', shown):
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
    yield from map(_line, (head, *(_cells(row, langs) for row in rows)))


def _cells(row: tuple[str, str, str, str], langs: list[str]) -> list[str]:
    source_lang, text, _, note = row
    return [text if lang == source_lang else "" for lang in langs] + [note]


TABLE = (
    "article", "id", "source_lang", "target_lang", "source", "target", "state", "findings",
    "origin", "outlet", "date", "base",
)  # fmt: skip
_STATES: dict[str, State] = {state: state for state in get_args(State)}
# What a spreadsheet takes for a formula, however many apostrophes stand before it.
_FORMULA = re.compile(r"'*(?:\s*[=+\-@＝＋－＠]|[\t\r\n])")


def write_results(results: Iterable[Result]) -> Iterator[str]:
    """A table with a row for each translated sentence, with a mark by which Excel sees UTF-8."""
    yield "\ufeff" + _line(TABLE)
    for result in results:
        article = result.article
        for translation in result.translations:
            if layout.is_copy(result, translation):
                continue
            for unit in translation.units:
                findings = [layout.told(f) for f in translation.findings if f.unit_id == unit.id]
                yield _line(
                    _guarded(layout.clean(text))
                    for text in (
                        article.id, unit.id, unit.source_lang, unit.target_lang, unit.source,
                        unit.target, unit.state, "\n".join(findings), unit.origin,
                        article.metadata.outlet or "", article.metadata.date or "",
                        base_of(unit.target),
                    )
                )  # fmt: skip


def _line(cells: Iterable[str]) -> str:
    line = io.StringIO()
    # Only characters of the line end make the writer put a cell with one in quotes.
    csv.writer(line, lineterminator="\r\n").writerow(cells)
    return line.getvalue().removesuffix("\r\n") + "\n"


def _guarded(text: str) -> str:
    return f"'{text}" if _FORMULA.match(text) else text


def _bare(text: str) -> str:
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text


def _is_table(head: Iterable[str]) -> bool:
    return {"source", "target"} <= set(head)


def _head(given: list[str], path: str) -> list[str]:
    """The columns by our codes of their languages, or as they are in a table of sentences."""
    if _is_table(named := [name.lower() for name in given]):
        return named
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
