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
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
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
# What every run directory has; `runs` writes it.
_JOURNAL = "journal.jsonl"
_BROKEN = "of its characters cannot be read and are shown as \ufffd"
_PACKED = (".gz", ".bz2", ".xz")
_ZIP = b"PK\x03\x04"
_HEAD = 4096
_PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body|article|div|p)\b", re.IGNORECASE)
_SPACE = re.compile(r"\s*")
_MARKUP = re.compile(r"\s*<\?xml\b")
# Of what is stripped: two runs of spaces one after the other would take quadratic time.
_JSON = re.compile(rb'\[?\s*\{\s*"')
_OURS = re.compile(rb"---\n(?:[^\n]+\n){1,20}?generator: \"?toolkit ")
_FRONT_MATTER = re.compile(r"---[ \t]*\n(?:[^\n]*\n){0,100}?(?:---|\.\.\.)[ \t]*(?:\n|\Z)")


@dataclass(frozen=True, slots=True)
class Unreadable:
    """What could not be read (a file, or `file:line`), and why; the message names it too."""

    source: str
    error: InputError


def read(
    paths: Iterable[str | Path],
    *,
    lang: str | None = None,
    form: Format | None = None,
    encoding: str | None = None,
    without: Sequence[Path] = (),
    skipped: Callable[[Path, str], None] = lambda _path, _why: None,
) -> Iterator[Article | Unreadable]:
    """The articles of files, folders and standard input (`-`), one at a time, in order.

    Folders give their files of the known suffixes, sorted, without hidden ones and without our
    own output: run directories and the folders `without`, of which `skipped` hears. `lang`,
    `form` and `encoding` override what a file says and how it looks. No two articles have the
    same id.
    """
    ids: dict[str, str] = {}
    for root, path in _expand(paths, without, skipped):
        if isinstance(path, Unreadable):
            yield path
            continue
        for item in _read_file(root, path, _Way(lang, form, encoding), ids):
            if isinstance(item, Article):
                ids[item.id] = item.source
            yield item


def count(paths: Iterable[str | Path], without: Sequence[Path] = ()) -> int | None:
    """About how many articles there are, for a progress line; None where only reading tells."""
    total = 0
    for _, path in _expand(paths, without):
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
    paths: Iterable[str | Path],
    suffixes: Container[str],
    *,
    encoding: str | None = None,
    without: Sequence[Path] = (),
) -> dict[str, Callable[[], bytes]]:
    """What gives the file of each article that has one of its own, by the id `read` gives it.

    Only of files with one of the suffixes, or with none that tells their format.
    """
    found: dict[str, Callable[[], bytes]] = {}
    ids: dict[str, str] = {}
    for root, path in _expand(paths, without):
        if isinstance(path, Unreadable) or str(path) == STDIN:
            continue
        if _form(path)[0] in ("jsonl", "feed"):
            continue
        own = _free_id(root, path, ids)
        ids[own] = str(path)
        plain_name = path.with_suffix("") if _form(path)[1] else path
        if plain_name.suffix.lower() in suffixes or not _form(path)[0]:
            found[own] = partial(_bytes, path, None if ".docx" in suffixes else encoding)
    return found


def _bytes(path: Path, encoding: str | None) -> bytes:
    try:
        with _opened(path, _form(path)[1]) as file:
            data = file.read()
        return decode(data, encoding=encoding).encode() if encoding else data
    except OSError as error:
        raise _os_error(str(path), error).error from error


def read_one(
    path: str | Path,
    *,
    lang: str | None = None,
    form: Format | None = None,
    encoding: str | None = None,
) -> Article:
    """The one article of a file or of standard input (`-`).

    Raises InputError for what cannot be read, and for a file of several articles.
    """
    found = []
    for item in read([path], lang=lang, form=form, encoding=encoding):
        if isinstance(item, Unreadable):
            raise item.error
        found.append(item)
        if len(found) > 1:
            raise InputError(f"{path}: expected one article, found several")
    if not found:
        raise InputError(f"{path}: holds no article")
    return found[0]


def _expand(
    paths: Iterable[str | Path],
    without: Sequence[Path] = (),
    skipped: Callable[[Path, str], None] = lambda _path, _why: None,
) -> Iterator[tuple[Path | None, Path | Unreadable]]:
    """Each file once, with the folder it was found in, or what is no file."""
    seen: set[Path] = set()
    left_out = {path.resolve() for path in without}
    for given in paths:
        path = Path(given)
        if str(given) == STDIN:
            yield None, Path(STDIN)
        elif path.is_dir():
            count = 0
            for found in _walk(path, left_out, skipped):
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


def _walk(
    folder: Path, without: Container[Path], skipped: Callable[[Path, str], None]
) -> Iterator[Path | Unreadable]:
    failed: list[OSError] = []
    for at, folders, files in os.walk(folder, onerror=failed.append):
        # A folder that is given is read, whatever it is; below it our own output is not.
        if Path(at) != folder and (why := _own(Path(at), files, without)):
            skipped(Path(at), why)
            folders[:] = []
            continue
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if name.startswith(".") or not _is_input(Path(at, name)):
                continue
            if _is_ours(Path(at, name)):
                skipped(Path(at, name), "toolkit wrote it")
            else:
                yield Path(at, name)
        while failed:
            yield _walk_error(failed.pop())
    while failed:
        yield _walk_error(failed.pop())


def _own(folder: Path, files: Container[str], without: Container[Path]) -> str:
    """Why a folder is our own output, "" where it is none."""
    if _JOURNAL in files:
        return "it is a run directory"
    return "the output goes there" if folder.resolve() in without else ""


def _is_ours(path: Path) -> bool:
    """Whether a document of a folder is one that we wrote: its front matter says so."""
    if path.suffix.lower() != ".md":
        return False
    with suppress(OSError), path.open("rb") as file:
        return _OURS.match(file.read(_HEAD)) is not None
    return False


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


@dataclass(frozen=True, slots=True)
class _Way:
    """What was said of how to read files."""

    lang: str | None
    form: Format | None
    encoding: str | None


def _read_file(
    root: Path | None, path: Path, way: _Way, ids: dict[str, str]
) -> Iterator[Article | Unreadable]:
    where = str(path)
    lang, form = way.lang, way.form
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
        if known == "jsonl" or (
            known is None and _JSON.match(data.removeprefix(b"\xef\xbb\xbf").lstrip())
        ):
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
        is_html = known == "html" or (known is None and b"<" in data[:2000])
        text = decode(data, is_html=is_html, encoding=way.encoding)
        draft = _draft(text, known or _sniffed(text))
        if broken := draft.text.count("\ufffd"):
            draft = replace(draft, notes=(*draft.notes, f"{broken} {_BROKEN}"))
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
    if _PAGE.match(text, _prologue(text)):
        return "html"
    if _MARKUP.match(text):
        raise UnsupportedError("expected an article, found XML", hint=f"known: {_known()}")
    if subtitles.looks_like(text):
        return "subtitles"
    return "markdown" if _FRONT_MATTER.match(text) else "text"


def _prologue(text: str) -> int:
    """Where a page may begin: behind spaces, an XML declaration and comments.

    Step by step, as one pattern for all of it takes exponential time on `<!----><!---->…`.
    """
    at = 0
    while True:
        at = _SPACE.match(text, at).end()  # type: ignore[union-attr] # it matches nothing, too
        for opens, closes in (("<?xml", "?>"), ("<!--", "-->")):
            if text.startswith(opens, at):
                end = text.find(closes, at)
                if end < 0:
                    return at
                at = end + len(closes)
                break
        else:
            return at


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
