"""Termbases: concepts with the renderings approved in each language, and their CSV form."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Literal, get_args

from toolkit.errors import InputError
from toolkit.lang import known

TermKind = Literal["person", "place", "organisation", "demonym", "term"]
KINDS: tuple[TermKind, ...] = get_args(TermKind)


@dataclass(frozen=True, slots=True)
class Entry:
    """One concept and, per language, the renderings approved for it, the preferred first.

    A rendering that is `ambiguous` is another word too: present, it agrees; absent, or alone,
    it proves nothing.
    """

    id: str
    kind: TermKind
    renderings: tuple[tuple[str, tuple[str, ...]], ...]
    note: str = ""
    ambiguous: tuple[tuple[str, str], ...] = ()

    def of(self, lang: str) -> tuple[str, ...]:
        return next((forms for code, forms in self.renderings if code == lang), ())


@dataclass(frozen=True, slots=True)
class Termbase:
    entries: tuple[Entry, ...] = ()

    def __hash__(self) -> int:
        # Asked for at every look-up: equal termbases have equal ends, the rest is for __eq__.
        return hash((len(self.entries), self.entries[:1], self.entries[-1:]))


def parse(data: bytes, path: str) -> Termbase:
    """A termbase of the rows of a CSV file."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as exc:
        line = exc.object[: exc.start].count(b"\n") + 1
        raise InputError(f"{path}: line {line}: not UTF-8", hint="save it as UTF-8 CSV") from exc
    text = unicodedata.normalize("NFC", text)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    lines: dict[str, int] = {}
    entries: list[Entry] = []
    try:
        columns = _columns(next(rows, []), path)
        for row in rows:
            entry = _entry(row, columns, f"{path}: line {rows.line_num}")
            if entry.id in lines:
                raise InputError(
                    f"{path}: line {rows.line_num}: {entry.of(columns[0])[0]!r} is already on "
                    f"line {lines[entry.id]}",
                    hint='one line per concept, further renderings after "|"',
                )
            lines[entry.id] = rows.line_num
            entries.append(entry)
    except csv.Error as exc:
        raise InputError(f"{path}: line {rows.line_num}: {exc}") from exc
    return Termbase(tuple(entries))


def merge(termbases: Iterable[Termbase]) -> Termbase:
    """One termbase of several; the same concept in two keeps the renderings of both."""
    merged: dict[str, Entry] = {}
    for entry in (e for termbase in termbases for e in termbase.entries):
        known = merged.get(entry.id)
        merged[entry.id] = entry if known is None else _joined(known, entry)
    return Termbase(tuple(merged.values()))


def _joined(first: Entry, second: Entry) -> Entry:
    langs = dict.fromkeys(lang for lang, _ in first.renderings + second.renderings)
    return replace(
        first,
        renderings=tuple(
            (lang, tuple(dict.fromkeys(first.of(lang) + second.of(lang)))) for lang in langs
        ),
        note=first.note or second.note,
        ambiguous=tuple(dict.fromkeys(first.ambiguous + second.ambiguous)),
    )


def _delimiter(text: str) -> str:
    # Spreadsheets of comma-decimal countries write semicolons and still call it CSV.
    head = text.partition("\n")[0]
    return max(",;\t", key=head.count)


def _columns(head: list[str], path: str) -> tuple[str, ...]:
    columns = tuple(name.strip().lower() for name in head)
    for name in columns:
        if name not in {"kind", "note"} and not _is_language(name):
            raise InputError(
                f"{path}: line 1: unknown column {name!r}",
                hint="columns: language codes (en, ko, uk …), kind, note",
            )
        if columns.count(name) > 1:
            raise InputError(f"{path}: line 1: column {name!r} stands twice")
    if len(set(columns) - {"kind", "note"}) < 2:
        raise InputError(
            f"{path}: line 1: expected at least two languages, found {', '.join(columns)!r}",
            hint="the first line names the columns: en,ko,uk,kind,note",
        )
    return columns


def _is_language(code: str) -> bool:
    return known(code) is not None


def _entry(row: list[str], columns: tuple[str, ...], where: str) -> Entry:
    if not any(cell.strip() for cell in row):
        raise InputError(f"{where}: empty row", hint="delete it")
    if len(row) > len(columns):
        raise InputError(
            f"{where}: expected {len(columns)} cells, found {len(row)}",
            hint='a rendering with a comma stands between quotation marks: "Hamm, Mia"',
        )
    cells = dict(zip(columns, row, strict=False))
    kind = cells.pop("kind", "").strip().lower() or "term"
    note = cells.pop("note", "").strip()
    if kind not in KINDS:
        raise InputError(f"{where}: unknown kind {kind!r}", hint=f"kinds: {', '.join(KINDS)}")
    given = {
        lang: tuple(dict.fromkeys(form.strip() for form in cell.split("|") if form.strip()))
        for lang, cell in cells.items()
    }
    for lang, forms in given.items():
        for form in forms:
            if not any(map(str.isalnum, form)):
                raise InputError(f"{where}: {lang}: {form!r} holds no letter")
    given = {lang: forms for lang, forms in given.items() if forms}
    if len(given) < 2:
        raise InputError(f"{where}: expected renderings in two languages, found {len(given)}")
    plain = {
        lang: tuple(dict.fromkeys(form.removesuffix("?").rstrip() for form in forms))
        for lang, forms in given.items()
    }
    ambiguous = tuple(
        (lang, form[:-1].rstrip())
        for lang, forms in given.items()
        for form in forms
        if form[-1] == "?"
    )
    return entry_of(next(k for k in KINDS if k == kind), plain, note, ambiguous)


def entry_of(
    kind: TermKind,
    renderings: Mapping[str, tuple[str, ...]],
    note: str = "",
    ambiguous: tuple[tuple[str, str], ...] = (),
) -> Entry:
    """An entry whose id is made of its first renderings: files may agree on it."""
    firsts = "/".join(renderings[lang][0] for lang in sorted(renderings))
    return Entry(f"{kind}:{firsts}", kind, tuple(renderings.items()), note, ambiguous)


@cache
def starter() -> Termbase:
    """The cities, organisations and people of the news that the package knows itself."""
    path = files("toolkit") / "data" / "terms.csv"
    return parse(path.read_bytes(), "toolkit/data/terms.csv")
