"""Bytes to text: what encoding a file is in, and what is no text at all."""

from __future__ import annotations

import codecs
import re
import unicodedata

from toolkit.errors import InputError
from toolkit.formats import legacy

__all__ = ["decode"]

# What files begin with that people rename or hand over by mistake.
_MAGIC = (
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a zip archive or an office document"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"RIFF", "a RIFF file"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\x00", "an SQLite database"),
)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(
    rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([\w.:-]{2,40})|^\s*<\?xml[^>]{0,100}encoding=["']([\w.:-]{2,40})""",
    re.IGNORECASE,
)
# Names under which pages are in truth in the larger set.
_SUPERSETS = {
    "euc_kr": "cp949",
    "ks_c_5601-1987": "cp949",
    "ksc5601": "cp949",
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
}
# Enough to tell the candidates apart: single sentences already are (see `_likeness`).
_SAMPLE = 4_000
_HINT = "save the file as UTF-8, or say what it is in (--encoding cp1250)"
# Of a page that says its encoding so many bytes may be damaged, at least one: five of 990 real
# pages have one such byte.
_DAMAGE = 0.001


def decode(data: bytes, *, is_html: bool = False, encoding: str | None = None) -> str:
    """The text of a file in NFC, with every line end as a newline.

    In the encoding that is given; else in UTF-8, UTF-16 or UTF-32, with or without a mark; else
    in what an HTML page declares; else in the old encoding under which it is words of a
    language. Raises InputError for what is empty, binary, or in no encoding that makes sense.
    """
    for magic, name in _MAGIC:
        if data.startswith(magic):
            raise InputError(f"expected text, found {name}")
    text = _strict(data, encoding) if encoding else _decode(data, is_html=is_html)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise InputError("the file is empty" if not data else "the file holds only white space")
    return unicodedata.normalize("NFC", text)


def _decode(data: bytes, *, is_html: bool) -> str:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _strict(data[len(mark) :], encoding, len(mark))
    if b"\x00" in data:
        return _utf16(data)
    if b"\x1b$" in data and (text := _escaped(data)):
        return text
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        failure = error
    if is_html and (declared := _declared(data)):
        return declared
    _refuse_damaged_utf8(data, failure)
    return _legacy(data, failure)


def _strict(data: bytes, encoding: str, offset: int = 0) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _invalid(encoding.upper(), data, error, offset) from error


def _invalid(name: str, data: bytes, error: UnicodeDecodeError, offset: int = 0) -> InputError:
    found = data[error.start : error.start + 1].hex()
    line = data.count(b"\n", 0, error.start) + 1
    return InputError(
        f"expected {name}, found byte 0x{found} at offset {error.start + offset} (line {line})",
        hint=_HINT,
    )


def _utf16(data: bytes) -> str:
    """UTF-16 without a mark: the bytes of spaces and stops show which half comes first."""
    for encoding in ("utf-16-le", "utf-16-be"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        sample = text[:_SAMPLE]
        if sum(c.isprintable() or c.isspace() for c in sample) > 0.99 * len(sample) and re.search(
            r"[ \n]", sample
        ):
            return text
    raise InputError(f"expected text, found a binary file (NUL at offset {data.index(0)})")


def _escaped(data: bytes) -> str | None:
    """Japanese mail: ASCII with escapes that no other text has."""
    try:
        return data.decode("iso2022_jp_ext")
    except UnicodeDecodeError:
        return None


def _declared(data: bytes) -> str | None:
    match = _DECLARED.search(data[:4096])
    if not match:
        return None
    name = (match[1] or match[2]).decode("ascii", "replace").lower()
    try:
        encoding = codecs.lookup(name).name
        encoding = _SUPERSETS.get(encoding, _SUPERSETS.get(name, encoding))
        text = data.decode(encoding, "replace")
    except (LookupError, UnicodeError):
        return None
    broken = text.count("\ufffd")
    return text if broken <= max(1, _DAMAGE * len(text)) else None


def _refuse_damaged_utf8(data: bytes, failure: UnicodeDecodeError) -> None:
    """Legacy text hardly ever holds a valid sequence; a file with many is UTF-8 with damage."""
    text = data.decode(errors="replace")
    broken = text.count("\ufffd")
    whole = sum(1 for c in re.findall(r"[^\x00-\x7f\ufffd]", text[: 50 * _SAMPLE]))
    if whole > 2 * broken:
        raise _invalid("UTF-8", data, failure) from failure


def _legacy(data: bytes, failure: UnicodeDecodeError) -> str:
    """The old encoding under which the text is a language's; InputError where none is."""
    from charset_normalizer import from_bytes  # 20 ms to import, rarely needed

    found = legacy.readings(data)
    if not found or found[0].fit < legacy.FITS:
        best = from_bytes(data).best()
        found = legacy.readings(data, (best.encoding,)) if best else found
    for reading in found:
        if reading.fit < legacy.FITS:
            break
        try:
            return data.decode(reading.encoding)
        except UnicodeDecodeError:
            continue
    raise _invalid("UTF-8 or another encoding", data, failure) from failure
