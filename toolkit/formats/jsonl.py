"""JSON: articles in as JSON lines, results out as JSON lines or one JSON array."""

from __future__ import annotations

import codecs
import json
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NoReturn

from toolkit.errors import InputError
from toolkit.formats import layout
from toolkit.formats.articles import Draft, lines
from toolkit.formats.languages import code_of
from toolkit.formats.pairs import BadRow, Pair, Place, nfc
from toolkit.schema import Block, Finding, Metadata, Result, Summary, Translation, encode

# Within a JSON string these are legal, yet they end a line for many readers of lines, or
# (half a surrogate) cannot be written as UTF-8; escaped, they read back the same.
_UNSAFE_IN_A_LINE = re.compile(r"[\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def to_json(result: Result) -> dict[str, Any]:
    """All that was made of one article, for other programs to read.

    Keys: `article_id`, `lang`, `source` (the article's own label: outlet or file name),
    `metadata`, `text`, `blocks`, `labels`, `segments`, `summary`, `translations` (one per
    language), `findings`, `key`, `provenance`; inside, the keys of `schema`. Beyond those,
    each summary sentence has `label`, the label of its article, and each finding `kind`, the
    first half of its code. Spans are code points of `text`; those of findings and agreements
    are of the source and target of the unit they name. What was not made is null or empty.
    """
    article = result.article
    return {
        "article_id": article.id,
        "lang": article.lang,
        "source": layout.own_label(article, article.lang),
        "metadata": encode(article.metadata),
        "text": article.text,
        "blocks": encode(article.blocks),
        "labels": encode(result.labels),
        "segments": encode(result.segments),
        "summary": _summary(result, result.summary),
        "translations": [_translation(result, t) for t in result.translations],
        "findings": [_finding_in(f) for f in result.findings],
        "key": result.key,
        "provenance": encode(result.provenance),
    }


def line(result: Result) -> str:
    """One line of JSON, with its end; no character in it ends a line elsewhere."""
    return dump(to_json(result)) + "\n"


def finding(found: Finding) -> dict[str, Any]:
    """A finding as every command shows it; its spans are of two texts the reader knows."""
    fields = encode(found)
    del fields["unit_id"]
    # The kind behind the code it is part of, where a reader of the line looks for it.
    return {"code": fields.pop("code"), "kind": found.kind, **fields}


def write(results: Iterable[Result]) -> Iterator[str]:
    """JSON lines: one line per article, as soon as its result is there."""
    return map(line, results)


def write_array(results: Iterable[Result]) -> Iterator[str]:
    """One JSON array, always, with an object per article; streamed, so never closed if cut."""
    opener = "[\n"
    for result in results:
        yield opener + dump(to_json(result), indent=2)
        opener = ",\n"
    yield "[]\n" if opener == "[\n" else "\n]\n"


def _translation(result: Result, translation: Translation) -> dict[str, Any]:
    return {
        "lang": translation.lang,
        "title": translation.title,
        "text": translation.text,
        "units": encode(translation.units),
        "summary": _summary(result, translation.summary),
        "findings": [_finding_in(f) for f in translation.findings],
        "agreements": encode(translation.agreements),
    }


def _summary(result: Result, summary: Summary | None) -> dict[str, Any] | None:
    if summary is None:
        return None
    label = layout.own_label(result.article, summary.lang)
    sentences = [{**encode(s), "label": label} for s in summary.sentences]
    return {"lang": summary.lang, "method": summary.method, "sentences": sentences}


def _finding_in(found: Finding) -> dict[str, Any]:
    return {"unit_id": found.unit_id, **finding(found)}


def dump(value: object, indent: int | None = None) -> str:
    """JSON without the characters that some readers of lines take for the end of one."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, indent=indent)
    return _UNSAFE_IN_A_LINE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


# --- reading ------------------------------------------------------------------------------

_STRINGS = ("lang", "title", "outlet", "date", "byline", "url")
_ARTICLE_KEYS = ("id", "text", *_STRINGS)
_PAIR_KEYS = ("id", "source", "target", "lang", "source_lang")


@dataclass(frozen=True, slots=True)
class Row:
    """One article of a file of many, or why it cannot be read; lines count from 1."""

    line: int
    id: str
    draft: Draft


def read(source: Iterable[bytes]) -> Iterator[Row | BadRow]:
    """The articles of JSON lines: `id` and `text`, and optionally what `Metadata` and `lang` say.

    The text is the user's own string in NFC, as spans count in it. An unknown key, a missing
    or doubled id, a text without words are the fault of their line alone.
    """
    seen: dict[str, int] = {}
    for line, data in _objects(source):
        try:
            fields = _strings(data, _ARTICLE_KEYS, required=("id", "text"))
            if (first := seen.setdefault(fields["id"], line)) != line:
                _refuse(f"id {fields['id']!r} stands on line {first} already")
            yield Row(line, fields["id"], _draft(fields))
        except InputError as error:
            yield BadRow(line, error, _id(data))


def read_pairs(
    source: Iterable[bytes], source_lang: str | None = None, lang: str | None = None
) -> Iterator[Pair | BadRow]:
    """The pairs of JSON lines: `id`, `source`, `target`, `lang`, optionally `source_lang`.

    `source_lang` (else English) and `lang` are for rows that do not say. `accept` is a code,
    or a list of codes, that need not be reported, each with its reason behind it. Other keys
    are another program's.
    """
    for line, raw in enumerate(source, start=1):
        data = raw.removeprefix(codecs.BOM_UTF8) if line == 1 else raw
        if not data.strip():
            continue
        found: object = None
        try:
            found = parse(data)
            yield _pair(found, line, data, source_lang or "en", lang)
        except InputError as error:
            yield BadRow(line, error, _id(found))


def _pair(data: object, line: int, raw: bytes, source_lang: str, lang: str | None) -> Pair:
    needed = ("id", "source", "target") if lang else ("id", "source", "target", "lang")
    fields = _strings(data, None, required=needed, known=_PAIR_KEYS)
    target, places = nfc(fields["target"], _places(raw.decode(), line, fields["target"]))
    return Pair(
        fields["id"],
        unicodedata.normalize("NFC", fields["source"]),
        target,
        code_of(fields.get("source_lang") or source_lang),
        code_of(fields.get("lang") or lang or ""),
        line,
        places=places,
        accepts=_accepts(data),
    )


def _accepts(data: object) -> tuple[str, ...]:
    given = data.get("accept") if isinstance(data, dict) else None
    codes = [given] if isinstance(given, str) else given or []
    if not isinstance(codes, list) or not all(isinstance(code, str) for code in codes):
        raise InputError(f"accept: expected a string or a list of strings, found {given!r:.40}")
    return tuple(codes)


def _places(raw: str, line: int, target: str) -> tuple[Place, ...]:
    """Where the characters of the target stand in its line; none if it is hard to say."""
    key = _TARGET.search(raw)
    if not key:
        return ()
    start = at = key.end()
    places = [Place(0, line, start + 1)]
    if raw.startswith(target, start):
        return tuple(places)
    done = 0
    for escape in _ESCAPE.finditer(raw, start):
        done += escape.start() - at + 1
        at = escape.end()
        if done > len(target):
            break
        places.append(Place(done, line, at + 1))
    return tuple(places)


_TARGET = re.compile(r'(?<!\\)"target"\s*:\s*"')
# Two halves of a character beyond the first 65,536 are one character.
_ESCAPE = re.compile(
    r"\\u[dD][89abAB][0-9A-Fa-f]{2}\\u[dD][c-fC-F][0-9A-Fa-f]{2}|\\u[0-9A-Fa-f]{4}|\\."
)


def _draft(fields: dict[str, str]) -> Draft:
    text = unicodedata.normalize("NFC", fields["text"])
    said = {name: fields[name].strip() or None for name in _STRINGS if name in fields}
    lang = said.pop("lang", None)
    metadata = Metadata(**said)
    blocks = tuple(Block("paragraph", span) for span in lines(text))
    return Draft(text, blocks, metadata, lang, titled=metadata.title is not None)


def _objects(source: Iterable[bytes]) -> Iterator[tuple[int, object]]:
    """Each line that is not empty with its number: what it holds, or the InputError it is."""
    for number, raw in enumerate(source, start=1):
        data = raw.removeprefix(b"\xef\xbb\xbf") if number == 1 else raw
        if not data.strip():
            continue
        try:
            yield number, parse(data)
        except InputError as error:
            yield number, error


def parse(data: bytes) -> object:
    """What a line or file of JSON holds. Raises InputError that says where it is no JSON."""
    try:
        return json.loads(data.decode())
    except UnicodeDecodeError as error:
        found = data[error.start]
        raise InputError(f"expected UTF-8, found byte 0x{found:02x} at {error.start}") from error
    except json.JSONDecodeError as error:
        raise InputError(f"no JSON: {error.msg} at character {error.pos}") from error
    except (ValueError, RecursionError) as error:  # a number or a nesting beyond all limits
        raise InputError(f"no JSON: {error}") from error


def _strings(
    data: object,
    only: Collection[str] | None,
    *,
    required: Collection[str],
    known: Collection[str] = (),
) -> dict[str, str]:
    """The string values of an object; a null is as if the key were not there.

    Raises InputError for a missing key, a value that is no string, or a key beyond `only`.
    Other keys are left out where `known` lists all there are to read.
    """
    if isinstance(data, InputError):
        raise data
    if not isinstance(data, dict):
        raise InputError(f"expected an object, found {data!r:.40}")
    if only and (unknown := sorted(set(data) - set(only))):
        raise InputError(
            f"unknown key {', '.join(map(repr, unknown))}", hint=f"known keys: {', '.join(only)}"
        )
    fields = {k: v for k, v in data.items() if v is not None and (only or k in known)}
    if missing := [key for key in required if key not in fields]:
        there = ", ".join(map(repr, list(data)[:12])) or "nothing"
        raise InputError(f"expected key {', '.join(map(repr, missing))}, found {there}")
    for key, value in fields.items():
        if not isinstance(value, str):
            raise InputError(f"{key}: expected a string, found {value!r:.40}")
        if half := re.search("[\ud800-\udfff]", value):
            raise InputError(f"{key}: half a character (U+{ord(half[0]):04X} at {half.start()})")
    if empty := [key for key in required if not fields[key].strip()]:
        raise InputError(f"{empty[0]}: the text is empty")
    return fields


def _refuse(message: str) -> NoReturn:
    raise InputError(message)


def _id(data: object) -> str | None:
    found = data.get("id") if isinstance(data, dict) else None
    return found if isinstance(found, str) else None
