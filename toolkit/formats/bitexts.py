"""Any bilingual file as one stream of pairs: JSON lines, tables, TMX, XLIFF, standard input."""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

from toolkit.errors import InputError, UnsupportedError
from toolkit.formats import bilingual, jsonl, tmx, xliff
from toolkit.formats.pairs import BadRow, Pair, Skipped

__all__ = ["SUFFIXES", "Item", "read"]

Item = Pair | BadRow | Skipped
Reader = Callable[[BinaryIO, str, str | None, str | None], Iterator[Item]]


def _read_jsonl(
    source: BinaryIO, _name: str, source_lang: str | None, lang: str | None
) -> Iterator[Item]:
    return jsonl.read_pairs(source, source_lang, lang)


SUFFIXES: dict[str, Reader] = {
    ".jsonl": _read_jsonl,
    ".ndjson": _read_jsonl,
    ".csv": bilingual.read_pairs,
    ".tmx": tmx.read_pairs,
    ".xlf": xliff.read_pairs,
    ".xliff": xliff.read_pairs,
    ".sdlxliff": xliff.read_pairs,
    ".mqxliff": xliff.read_pairs,
    ".mxliff": xliff.read_pairs,
}
# Far enough into a file to have met its first element or row.
_HEAD = 4096
STDIN = "-"


def read(
    path: str, source_lang: str | None = None, lang: str | None = None, *, rows: bool = False
) -> Iterator[Item]:
    """The pairs of a bilingual file in its order, one at a time; `-` is standard input.

    `source_lang` and `lang` choose where there are several, and stand in where the file does
    not say. What cannot be read is a `BadRow` that names file and line, and the rest goes
    on; where nothing can go on, it is the last item. `rows` takes the file for JSON lines,
    whatever its name.
    """
    try:
        with _open(path) as stream:
            reader = _read_jsonl if rows else _reader(path, stream)
            for item in reader(stream, path, source_lang, lang):
                yield _named(path, item) if isinstance(item, BadRow) else item
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        yield BadRow(0, InputError(f"{path}: cannot be read: {reason}"))
    except InputError as error:
        yield BadRow(0, error)


def _open(path: str) -> io.BufferedReader:
    if path != STDIN:
        return Path(path).open("rb")
    # What stands in for standard input (in a test, in a host program) may not look ahead.
    stream: Any = sys.stdin.buffer
    return stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(stream)


def _named(path: str, bad: BadRow) -> BadRow:
    error = type(bad.error)(f"{path}:{bad.line}: {bad.error.message}", hint=bad.error.hint)
    return BadRow(bad.line, error, bad.id)


def _reader(path: str, stream: io.BufferedReader) -> Reader:
    """By the file's name, else by how it begins."""
    if known := SUFFIXES.get(Path(path).suffix.lower()):
        return known
    head: bytes = stream.peek(_HEAD)[:_HEAD].replace(b"\0", b"")
    for pattern, reader in _BEGINNINGS:
        if pattern.search(head):
            return reader
    raise UnsupportedError(
        f"{path}: no bilingual file that we know", hint=f"known: {', '.join(SUFFIXES)}"
    )


_BEGINNINGS: tuple[tuple[re.Pattern[bytes], Reader], ...] = (
    (re.compile(rb"^(?:\xef\xbb\xbf)?\s*\{"), _read_jsonl),
    (re.compile(rb"<(?:\w+:)?xliff\b"), xliff.read_pairs),
    (re.compile(rb"<tmx\b"), tmx.read_pairs),
    (re.compile(rb"^(?:\xef\xbb\xbf)?[a-z]{2,3}\s*,"), bilingual.read_pairs),
)
