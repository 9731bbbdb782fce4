"""Results out, in any format: to standard output as they come, or into a folder."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from toolkit.errors import UnsupportedError
from toolkit.formats import bilingual, jsonl, markdown, report, tmx, xliff_out
from toolkit.formats.files import write_whole
from toolkit.schema import Result


def _memory(results: Iterable[Result]) -> Iterator[str]:
    return tmx.chunks(tmx.of_results(results))


WRITERS: dict[str, Callable[[Iterable[Result]], Iterator[str]]] = {
    "md": markdown.write,
    "json": jsonl.write_array,
    "jsonl": jsonl.write,
    "html": report.write,
    "tmx": _memory,
    "csv": bilingual.write_results,
    "xliff": xliff_out.write,
    "xliff12": xliff_out.write_12,
}
# What has a file per article and language in a folder.
_DOCUMENTS: dict[str, Callable[[Result], Iterator[tuple[str, Iterable[str]]]]] = {
    "md": lambda result: ((name, [text]) for name, text in markdown.documents(result)),
    "xliff": xliff_out.documents,
    "xliff12": xliff_out.documents_12,
}
_WRITE = 8192
# What the one file of the other formats is called there.
_NAMES = {
    "json": "results.json",
    "jsonl": "results.jsonl",
    "html": "report.html",
    "tmx": "memory.tmx",
    "csv": "translations.csv",
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
    elif form in _DOCUMENTS:
        for result in results:
            for name, pieces in _DOCUMENTS[form](result):
                write_whole(out / name, pieces)
    else:
        write_whole(out / _NAMES[form], WRITERS[form](results))


def _print(piece: str) -> None:
    # In small writes: an unbuffered Python takes a short write for a whole one, and would
    # not see that the reader has gone (`| head`) until the next.
    for start in range(0, len(piece), _WRITE):
        sys.stdout.write(piece[start : start + _WRITE])
    sys.stdout.flush()
