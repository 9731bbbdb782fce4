"""Articles in, from files, folders and standard input, and results out; a module per format.

A file that cannot be read is a value like an article: it is named with its reason and the
rest goes on.
"""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import os
import re
import sys
import zlib
from collections.abc import Callable, Container, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO, BinaryIO, Literal, cast

from toolkit import package
from toolkit.errors import InputError, UnsupportedError
from toolkit.formats import feed, jsonl, plain, subtitles
from toolkit.formats.articles import Draft, finish
from toolkit.formats.encodings import decode
from toolkit.formats.languages import detect as detect_lang
from toolkit.formats.outputs import WRITERS, write
from toolkit.formats.pairs import BadRow
from toolkit.schema import Article

__all__ = [
    "FORMATS",
    "SUFFIXES",
    "WRITERS",
    "Draft",
    "Format",
    "Unreadable",
    "count",
    "detect_lang",
    "originals",
    "read",
    "read_one",
    "write",
]

Format = Literal["text", "markdown", "html", "jsonl", "docx", "feed", "subtitles"]
FORMATS: tuple[Format, ...] = ("text", "markdown", "html", "jsonl", "docx", "feed", "subtitles")
SUFFIXES: dict[str, Format] = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "jsonl",
    ".docx": "docx",
    ".rss": "feed",
    ".atom": "feed",
    ".xml": "feed",
    ".srt": "subtitles",
    ".vtt": "subtitles",
}
# What an installed package offers for a suffix (docs/plugins.md): bytes in, a draft out.
Reader = Callable[[bytes], Draft]
STDIN = "-"
_PACKED = (".gz", ".bz2", ".xz")
_ZIP = b"PK\x03\x04"
_HEAD = 4096
_PAGE = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|article|div|p)\b",
    re.IGNORECASE | re.DOTALL,
)
_MARKUP = re.compile(r"\s*<\?xml\b")
_JSON = re.compile(rb'(?:\xef\xbb\xbf)?\s*\[?\s*\{\s*"')
_FRONT_MATTER = re.compile(r"---[ \t]*\n(?:[^\n]*\n){0,100}?(?:---|\.\.\.)[ \t]*(?:\n|\Z)")


@dataclass(frozen=True, slots=True)
class Unreadable:
    """What could not be read (a file, or `file:line`), and why; the message names it too."""

    source: str
    error: InputError


def read(
    paths: Iterable[str | Path], *, lang: str | None = None, form: Format | None = None
) -> Iterator[Article | Unreadable]:
    """The articles of files, folders and standard input (`-`), one at a time, in order.

    Folders give their files of the known suffixes, sorted, without hidden ones. `lang` and
    `form` override what a file says and how it looks. No two articles have the same id.
    """
    ids: dict[str, str] = {}
    for root, path in _expand(paths):
        if isinstance(path, Unreadable):
            yield path
            continue
        for item in _read_file(root, path, lang, form, ids):
            if isinstance(item, Article):
                ids[item.id] = item.source
            yield item


def count(paths: Iterable[str | Path]) -> int | None:
    """About how many articles there are, for a progress line; None where only reading tells."""
    total = 0
    for _, path in _expand(paths):
        if isinstance(path, Unreadable):
            continue
        form, packed = _form(path)
        if str(path) == STDIN or form == "feed" or (packed and form == "jsonl"):
            return None
        if form == "jsonl" and path.suffix.lower() != ".json":
            with suppress(OSError), path.open("rb") as file:
                total += sum(1 for line in file if not line.isspace())
        else:
            total += 1
    return total


def originals(
    paths: Iterable[str | Path], suffixes: Container[str]
) -> dict[str, Callable[[], bytes]]:
    """What gives the file of each article that has one of its own, by the id `read` gives it.

    Only of files with one of the suffixes, or with none that tells their format.
    """
    found: dict[str, Callable[[], bytes]] = {}
    ids: dict[str, str] = {}
    for root, path in _expand(paths):
        if isinstance(path, Unreadable) or str(path) == STDIN:
            continue
        if _form(path)[0] in ("jsonl", "feed"):
            continue
        own = _free_id(root, path, ids)
        ids[own] = str(path)
        plain_name = path.with_suffix("") if _form(path)[1] else path
        if plain_name.suffix.lower() in suffixes or not _form(path)[0]:
            found[own] = partial(_bytes, path)
    return found


def _bytes(path: Path) -> bytes:
    try:
        with _opened(path, _form(path)[1]) as file:
            return file.read()
    except OSError as error:
        raise _os_error(str(path), error).error from error


def read_one(path: str | Path, *, lang: str | None = None, form: Format | None = None) -> Article:
    """The one article of a file or of standard input (`-`).

    Raises InputError for what cannot be read, and for a file of several articles.
    """
    found = []
    for item in read([path], lang=lang, form=form):
        if isinstance(item, Unreadable):
            raise item.error
        found.append(item)
        if len(found) > 1:
            raise InputError(f"{path}: expected one article, found several")
    if not found:
        raise InputError(f"{path}: holds no article")
    return found[0]


def _expand(paths: Iterable[str | Path]) -> Iterator[tuple[Path | None, Path | Unreadable]]:
    """Each file once, with the folder it was found in, or what is no file."""
    seen: set[Path] = set()
    for given in paths:
        path = Path(given)
        if str(given) == STDIN:
            yield None, Path(STDIN)
        elif path.is_dir():
            count = 0
            for found in _walk(path):
                count += 1
                if isinstance(found, Unreadable):
                    yield path, found
                elif (real := found.resolve()) not in seen:
                    seen.add(real)
                    yield path, found
            if not count:
                error = InputError("the folder holds no article", hint=f"known: {_known()}")
                yield path, _unreadable(str(path), error)
        elif not path.exists():
            yield None, _unreadable(str(path), InputError("no such file or folder"))
        elif (real := path.resolve()) not in seen:
            seen.add(real)
            yield None, path


def _walk(folder: Path) -> Iterator[Path | Unreadable]:
    failed: list[OSError] = []
    for at, folders, files in os.walk(folder, onerror=failed.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if not name.startswith(".") and _is_input(Path(at, name)):
                yield Path(at, name)
        while failed:
            yield _walk_error(failed.pop())
    while failed:
        yield _walk_error(failed.pop())


def _is_input(path: Path) -> bool:
    """Whether a file of a folder is one of articles: XML may be anything."""
    if not _form(path)[0]:
        return path.suffix.lower() in package.plugins("readers")
    if ".xml" not in path.suffixes[-2:]:
        return True
    try:
        with _opened(path, _form(path)[1]) as file:
            return feed.looks_like(file.read(_HEAD))
    except (OSError, EOFError, zlib.error, lzma.LZMAError):
        return True


def _walk_error(error: OSError) -> Unreadable:
    return _os_error(str(error.filename), error)


def _read_file(
    root: Path | None, path: Path, lang: str | None, form: Format | None, ids: dict[str, str]
) -> Iterator[Article | Unreadable]:
    where = str(path)
    by_name, packed = _form(path)
    known = form or by_name
    try:
        if known == "jsonl" and where != STDIN and ".json" not in path.suffixes[-2:]:
            with _opened(path, packed) as file:
                yield from _rows(jsonl.read(file), path, lang, ids)
            return
        if known == "feed" and form is None and not _is_input(path):
            known = None  # other XML: a page, perhaps
        if known == "feed" and where != STDIN:
            with _opened(path, packed) as file:
                yield from _rows(feed.read(cast(BinaryIO, file), where), path, lang, ids)
            return
        if where == STDIN:
            data = sys.stdin.buffer.read()
        else:
            with _opened(path, packed) as file:
                data = file.read()
        if known == "jsonl" or (known is None and _JSON.match(data)):
            yield from _rows(jsonl.read(_objects(data)), path, lang, ids)
            return
        if known == "feed" or (known is None and feed.looks_like(data[:_HEAD])):
            yield from _rows(feed.read(io.BytesIO(data), where), path, lang, ids)
            return
        if known == "docx" or (known is None and data.startswith(_ZIP) and b"word/" in data):
            from toolkit.formats import docx  # lxml, for those who have such documents

            draft = docx.read(data)
            yield finish(draft, _free_id(root, path, ids), _name(path), lang)
            return
        if form is None and known is None and (reader := _plugin(path)):
            yield finish(reader(data), _free_id(root, path, ids), _name(path), lang)
            return
        text = decode(data, is_html=known == "html" or (known is None and b"<" in data[:2000]))
        draft = _draft(text, known or _sniffed(text))
        yield finish(draft, _free_id(root, path, ids), _name(path), lang)
    except InputError as error:
        yield _unreadable(where, error)
    except (EOFError, zlib.error, lzma.LZMAError) as error:
        yield _unreadable(where, InputError(f"cannot be unpacked: {error}"))
    except OSError as error:
        yield _os_error(where, error)


def _opened(path: Path, packed: str) -> IO[bytes] | gzip.GzipFile:
    if packed == ".gz":
        return gzip.open(path)
    if packed == ".bz2":
        return bz2.open(path)
    return lzma.open(path) if packed == ".xz" else path.open("rb")


def _form(path: Path) -> tuple[Format | None, str]:
    """What a file's name says of its format, and how it is packed, if it is."""
    packed = path.suffix.lower()
    if packed not in _PACKED:
        return SUFFIXES.get(packed), ""
    return SUFFIXES.get(path.with_suffix("").suffix.lower()), packed


def _plugin(path: Path) -> Reader | None:
    """What an installed package reads files of this name with."""
    suffix = (path.with_suffix("") if _form(path)[1] else path).suffix.lower()
    found: Reader | None = package.plugin("readers", suffix) if suffix else None
    return found


def _draft(text: str, form: Format) -> Draft:
    # Each format when it is met: the page reader takes half a second to import.
    if form == "html":
        from toolkit.formats import html

        return html.read(text)
    if form == "markdown":
        from toolkit.formats import markdown

        return markdown.read(text)
    if form == "subtitles":
        return subtitles.read(text)
    return plain.read(text)


def _sniffed(text: str) -> Format:
    if _PAGE.match(text):
        return "html"
    if _MARKUP.match(text):
        raise UnsupportedError("expected an article, found XML", hint=f"known: {_known()}")
    if subtitles.looks_like(text):
        return "subtitles"
    return "markdown" if _FRONT_MATTER.match(text) else "text"


def _objects(data: bytes) -> list[bytes]:
    """The lines of JSON lines; a file that is one object or one array gives its objects."""
    try:
        whole = jsonl.parse(data.removeprefix(b"\xef\xbb\xbf"))
    except InputError:
        return data.split(b"\n")
    return [json.dumps(item).encode() for item in (whole if isinstance(whole, list) else [whole])]


def _rows(
    rows: Iterable[jsonl.Row | BadRow], path: Path, lang: str | None, ids: dict[str, str]
) -> Iterator[Article | Unreadable]:
    for row in rows:
        where = f"{path}:{row.line}"
        if isinstance(row, BadRow):
            yield _unreadable(where, row.error)
        elif row.id in ids:
            yield _unreadable(where, InputError(f"id {row.id!r} is taken by {ids[row.id]}"))
        else:
            try:
                yield finish(row.draft, row.id, f"{_name(path)}#{row.id}", lang)
            except InputError as error:
                yield _unreadable(where, error)


def _free_id(root: Path | None, path: Path, ids: dict[str, str]) -> str:
    """The file's name without its suffix, with its folders below the one that was given."""
    if str(path) == STDIN:
        name = "stdin"
    else:
        plain = path.with_suffix("") if _form(path)[1] else path
        name = (plain.relative_to(root) if root else Path(plain.name)).with_suffix("").as_posix()
    free, number = name, 1
    while free in ids:
        number += 1
        free = f"{name}{path.suffix}" if number == 2 and path.suffix else f"{name}-{number}"
    return free


def _name(path: Path) -> str:
    return path.name or str(path)


def _known() -> str:
    return ", ".join((*SUFFIXES, *package.plugins("readers")))


def _unreadable(where: str, error: InputError) -> Unreadable:
    if error.message.startswith(f"{where}: "):
        return Unreadable(where, error)
    return Unreadable(where, type(error)(f"{where}: {error.message}", hint=error.hint))


def _os_error(where: str, error: OSError) -> Unreadable:
    reason = (error.strerror or str(error)).lower()
    return _unreadable(where, InputError(f"cannot be read: {reason}"))
