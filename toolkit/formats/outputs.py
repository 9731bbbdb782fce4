"""Results out, in any format: to standard output as they come, or into a folder."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from toolkit.errors import UnsupportedError
from toolkit.formats import jsonl, markdown, report, tmx
from toolkit.formats.files import write_whole
from toolkit.memory import Unit, Variant
from toolkit.schema import Result


def _memory(results: Iterable[Result]) -> Iterator[str]:
    """What was translated, as a translation memory; a sentence left as it was is not in it."""
    return tmx.chunks(
        Unit((Variant(unit.source_lang, unit.source), Variant(unit.target_lang, unit.target)))
        for result in results
        for translation in result.translations
        for unit in translation.units
        if unit.state != "initial" and unit.source_lang != unit.target_lang
    )


WRITERS: dict[str, Callable[[Iterable[Result]], Iterator[str]]] = {
    "md": markdown.write,
    "json": jsonl.write_array,
    "jsonl": jsonl.write,
    "html": report.write,
    "tmx": _memory,
}
_WRITE = 8192
# What the one file of a format is called in a folder; Markdown has a file per language.
_NAMES = {
    "json": "results.json",
    "jsonl": "results.jsonl",
    "html": "report.html",
    "tmx": "memory.tmx",
}


def write(results: Iterable[Result], form: str, out: Path | None = None) -> None:
    """The results in this format, to standard output or as files in the folder `out`.

    Standard output gets each piece as soon as it is whole; a file is there whole or not at
    all. Raises RunError when the folder cannot be written.
    """
    if form not in WRITERS:
        raise UnsupportedError(f"no format {form!r}", hint=f"formats: {', '.join(WRITERS)}")
    if out is None:
        for piece in WRITERS[form](results):
            _print(piece)
    elif form == "md":
        for result in results:
            for name, text in markdown.documents(result):
                write_whole(out / name, [text])
    else:
        write_whole(out / _NAMES[form], WRITERS[form](results))


def _print(piece: str) -> None:
    # In small writes: an unbuffered Python takes a short write for a whole one, and would
    # not see that the reader has gone (`| head`) until the next.
    for start in range(0, len(piece), _WRITE):
        sys.stdout.write(piece[start : start + _WRITE])
    sys.stdout.flush()
