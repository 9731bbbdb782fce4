"""Results out, in any format: to standard output as they come, or into a folder."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

from toolkit.errors import InputError, UnsupportedError, UsageError
from toolkit.formats import (
    bilingual,
    documents,
    encodings,
    jsonl,
    layout,
    markdown,
    report,
    subtitles,
    tmx,
    xliff_out,
)
from toolkit.formats.files import open_whole, write_whole
from toolkit.schema import Result, Translation


def _memory(results: Iterable[Result]) -> Iterator[str]:
    return tmx.chunks(tmx.of_results(results))


def _text(results: Iterable[Result]) -> Iterator[str]:
    gap = ""
    for result in results:
        for _, text in documents.plain_texts(result):
            yield gap + text
            gap = "\n"


WRITERS: dict[str, Callable[[Iterable[Result]], Iterator[str]]] = {
    "md": markdown.write,
    "text": _text,
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
    "text": documents.plain_documents,
    "xliff": xliff_out.documents,
    "xliff12": xliff_out.documents_12,
}
_WRITE = 8192
# What the one file of the other formats is called there.
_NAMES = {
    "json": "results.json",
    "jsonl": "results.jsonl",
    "tmx": "memory.tmx",
    "csv": "translations.csv",
}


def _page(data: bytes, result: Result, translation: Translation) -> bytes:
    # Here, since the page reader takes half a second to import.
    from toolkit.formats import page

    return page.write(encodings.decode(data, is_html=True), result, translation).encode()


def _subtitles(data: bytes, result: Result, translation: Translation) -> bytes:
    return subtitles.write(encodings.decode(data), result, translation).encode()


def _docx(data: bytes, result: Result, translation: Translation) -> bytes:
    from toolkit.formats import docx

    return docx.write(data, result, translation)


# Copies of the file an article was read from, and what such a file is called.
COPIES: dict[str, tuple[tuple[str, ...], Callable[[bytes, Result, Translation], bytes]]] = {
    "page": ((".html", ".htm", ".xhtml"), _page),
    "docx": ((".docx",), _docx),
    "srt": ((".srt",), _subtitles),
    "vtt": ((".vtt",), _subtitles),
}
# Documents that are made anew; `docx` where an article was read from something else.
_MADE: dict[str, Callable[[Result, Translation], bytes]] = {
    "docx": documents.document,
    "bilingual": documents.bilingual,
}
# Forms that are the text alone, for whoever passes it on: what was found is told beside it.
TEXTS = frozenset({"md", "text", *_MADE})
Originals = Mapping[str, Callable[[], bytes]]


def write(
    results: Iterable[Result],
    form: str,
    out: Path | None = None,
    originals: Originals = MappingProxyType({}),
    failed: Callable[[str, InputError], None] | None = None,
    wrote: Callable[[Path], None] = lambda _path: None,
) -> None:
    """The results in this format, to standard output or as files in the folder `out`.

    Standard output gets each piece as soon as it is whole (`xliff` all or nothing: `_settled`);
    a file is there whole or not at all. `page` and `docx` are copies of the file an article was
    read from, which `originals` gives by the article's id; `failed` hears of an article without
    such a file, and the others are written; without one a `docx` is made anew. `wrote` hears of
    each file. Beside texts (`TEXTS`) stands a file with what was found in them. Raises RunError
    when the folder cannot be written.
    """
    if form in COPIES or form in _MADE:
        for result in results:
            try:
                _write_copies(result, form, out, originals, wrote)
                _write_findings(result, form, out, wrote)
            except InputError as error:
                if failed is None:
                    raise
                failed(result.article.source, error)
        return
    if form not in WRITERS:
        known = ", ".join(dict.fromkeys((*WRITERS, *COPIES, *_MADE)))
        raise UnsupportedError(f"no format {form!r}", hint=f"formats: {known}")
    if out is None:
        printed = WRITERS[form](results)
        for piece in _settled(printed) if form == "xliff" else printed:
            _print(piece)
    elif form in _DOCUMENTS:
        for result in results:
            for name, pieces in _DOCUMENTS[form](result):
                write_whole(out / name, pieces)
                wrote(out / name)
            _write_findings(result, form, out, wrote)
    elif form == "html":
        report.write_folder(results, out)
        wrote(out / "report.html")
    else:
        write_whole(out / _NAMES[form], WRITERS[form](results))
        wrote(out / _NAMES[form])


def _write_findings(
    result: Result, form: str, out: Path | None, wrote: Callable[[Path], None]
) -> None:
    if out is None or form not in TEXTS:
        return
    for lang, lines in layout.found(result):
        path = out / layout.file_name(result.article.id, lang, "findings.txt")
        write_whole(path, (f"{line}\n" for line in lines))
        wrote(path)


def _write_copies(
    result: Result,
    form: str,
    out: Path | None,
    originals: Originals,
    wrote: Callable[[Path], None],
) -> None:
    (suffix, *_), copy = COPIES.get(form, ((".docx",), None))
    article = result.article
    if article.id not in originals and form not in _MADE:
        raise UnsupportedError(
            f"{article.source}: --format {form} needs the {suffix} file it was read from",
            hint="write it in another format",
        )
    for translation in result.translations:
        if not translation.text:
            raise UsageError(f"--format {form} is for whole articles", hint="toolkit translate")
        if out is None and form in _MADE:
            raise UsageError(f"--format {form} writes files", hint="say where: --out DIR")
        try:
            if copy is None or article.id not in originals:
                made = _MADE[form](result, translation)
            else:
                made = copy(originals[article.id](), result, translation)
        except InputError as error:
            if error.message.startswith(f"{article.source}: "):
                raise
            raise InputError(f"{article.source}: {error.message}", hint=error.hint) from error
        if out is None:
            _print(made.decode())
            continue
        path = out / layout.file_name(article.id, translation.lang, suffix[1:])
        with open_whole(path) as file:
            file.buffer.write(made)
        wrote(path)


def _settled(pieces: Iterable[str]) -> Iterator[str]:
    """The pieces when all are made: one of them may yet prove that there is no such document."""
    with tempfile.TemporaryFile("w+", encoding="utf-8", newline="") as held:
        held.writelines(pieces)
        held.seek(0)
        while piece := held.read(_WRITE):
            yield piece


def _print(piece: str) -> None:
    # In small writes: an unbuffered Python takes a short write for a whole one, and would
    # not see that the reader has gone (`| head`) until the next.
    for start in range(0, len(piece), _WRITE):
        sys.stdout.write(piece[start : start + _WRITE])
    sys.stdout.flush()
