"""TMX, the exchange format of translation memories: 1.1 to 1.4b in, 1.4b level 1 out.

Read as a stream, so that a file may be larger than main memory, and as a stranger's: entity
declarations are refused and nothing a document points to is ever opened.

What is kept of a unit: its texts, `tuid`, `creationtool`, the dates, notes and props. Of
inline markup the text stays and the native code goes (`<ph>`, `<bpt>`, `<ept>`, `<it>`,
`<ut>`, and the `<sub>` flows in them, which are no part of the sentence).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import BinaryIO, NamedTuple, get_args

from toolkit import __version__
from toolkit.errors import UnsupportedError
from toolkit.formats import layout, xmlstream
from toolkit.formats.files import write_whole
from toolkit.formats.languages import code_of
from toolkit.formats.pairs import BadRow, Pair, Place, Skipped, accepted, base_of, nfc
from toolkit.formats.xmlstream import At, Inside, Tag, Text, escape, is_break
from toolkit.memory import Memory, Prop, Unit, Variant, open_memory
from toolkit.schema import Result, State

__all__ = ["chunks", "load_memory", "of_results", "read", "read_pairs", "write"]

# What we say of a unit, in props of our own.
ARTICLE, UNIT, STATE, BASE = "x-article", "x-unit", "x-state", "x-base"
_STATES: dict[str, State] = {state: state for state in get_args(State)}


def read(source: str | Path | bytes) -> Iterator[Unit]:
    """The units of a TMX file (or of its bytes), one after the other, in its order.

    A language goes by the code we know it by (`ko-KR` is `ko`, `pt-PT` itself), an unknown one
    by its first part; a text without letters is left out. Raises InputError with the line, as
    late as there: what came before was right.
    """
    name = "tmx" if isinstance(source, bytes) else str(source)
    for found in xmlstream.read(source, name, _Reader()):
        yield found.unit


def read_pairs(
    source: BinaryIO, name: str, source_lang: str | None = None, lang: str | None = None
) -> Iterator[Pair | BadRow | Skipped]:
    """The units of a TMX file as pairs: one for each language, or only for `lang`.

    The source language is `source_lang`, else what the unit or the header says, else that
    of the first text. A language we have nothing for is an error once. Raises InputError
    where the file cannot be read on.
    """
    refused: set[str] = set()
    for number, found in enumerate(xmlstream.read(source, name, _Reader()), start=1):
        unit = found.unit
        unit_id = unit.id or str(number)
        texts = dict(reversed(list(zip(unit.variants, found.places, strict=True))))
        own = _code(source_lang) if source_lang else found.source_lang or unit.variants[0].lang
        wanted = lang and _code(lang)
        ours = next((v for v in unit.variants if v.lang == own), None)
        theirs = {
            v.lang: v for v in reversed(unit.variants) if v.lang != own and wanted in (None, v.lang)
        }
        if not ours or not theirs:
            yield Skipped(found.line, unit_id)
            continue
        accepts = tuple(filter(None, map(accepted, unit.notes)))
        said = dict(reversed(unit.props))
        for theirs_lang, variant in sorted(theirs.items()):
            try:
                codes = code_of(own), code_of(theirs_lang)
            except UnsupportedError as error:
                if error.message in refused:
                    yield Skipped(found.line, unit_id)
                else:
                    refused.add(error.message)
                    yield BadRow(found.line, error, unit_id)
                continue
            target, places = nfc(variant.text, texts[variant])
            yield Pair(
                said.get(UNIT, unit_id), nfc(ours.text, ())[0], target, *codes,
                line=places[0].line if places else found.line, document=said.get(ARTICLE, ""),
                places=places, accepts=accepts, state=_STATES.get(said.get(STATE, "")),
                base=said.get(BASE, ""),
            )  # fmt: skip


def load_memory(path: str | Path) -> Memory:
    """A memory in main memory that holds the units of this file.

    Right for up to some ten thousand units, read at every start; more belong in a file of
    their own, into which they are imported once.
    """
    memory = open_memory()
    memory.name = str(path)
    memory.add(read(path))
    return memory


def write(units: Iterable[Unit], out: str | Path) -> None:
    """The units as a TMX file, there whole or not at all; equal units give equal bytes."""
    write_whole(Path(out), chunks(units))


def chunks(units: Iterable[Unit]) -> Iterator[str]:
    """The text of a TMX file piece by piece, the last one ending in a newline.

    Any language may be the source (`srclang="*all*"`). Control characters, which XML cannot
    hold, become a space.
    """
    yield (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n'
        '<tmx version="1.4">\n'
        f'<header creationtool="toolkit" creationtoolversion="{__version__}" '
        'segtype="sentence" o-tmf="toolkit" adminlang="en" srclang="*all*" '
        'datatype="plaintext"/>\n'
        "<body>\n"
    )
    for unit in units:
        if unit.variants:
            yield "".join(_lines(unit))
    yield "</body>\n</tmx>\n"


def of_results(results: Iterable[Result]) -> Iterator[Unit]:
    """What was translated, each sentence with its article, outlet, date, state and findings.

    A sentence that was left as it was is not among it.
    """
    for result in results:
        article = result.article
        for translation in result.translations:
            for unit in translation.units:
                if unit.state == "initial" or unit.source_lang == unit.target_lang:
                    continue
                said = {
                    ARTICLE: article.id,
                    UNIT: unit.id,
                    "x-outlet": article.metadata.outlet,
                    "x-date": article.metadata.date,
                    "x-url": article.metadata.url,
                    STATE: unit.state,
                    "x-origin": unit.origin,
                    BASE: base_of(unit.target),
                }
                yield Unit(
                    (
                        Variant(unit.source_lang, unit.source),
                        Variant(unit.target_lang, unit.target),
                    ),
                    notes=tuple(
                        layout.told(finding)
                        for finding in translation.findings
                        if finding.unit_id == unit.id
                    ),
                    props=tuple(Prop(name, value) for name, value in said.items() if value),
                )


# --- writing -------------------------------------------------------------------------


def _lines(unit: Unit) -> Iterator[str]:
    attributes = (
        ("tuid", unit.id),
        ("creationtool", unit.origin),
        ("creationdate", _compact(unit.created)),
        ("changedate", _compact(unit.changed)),
    )
    yield "<tu" + "".join(f' {name}="{escape(v)}"' for name, v in attributes if v) + ">\n"
    for note in unit.notes:
        yield f"  <note>{escape(note)}</note>\n"
    for name, value in unit.props:
        yield f'  <prop type="{escape(name)}">{escape(value)}</prop>\n'
    for lang, text in unit.variants:
        yield f'  <tuv xml:lang="{escape(lang)}"><seg>{escape(text)}</seg></tuv>\n'
    yield "</tu>\n"


def _compact(moment: str) -> str:
    """`2025-01-12T09:30:00Z` as TMX writes it: `20250112T093000Z`."""
    return moment.replace("-", "").replace(":", "")


# --- reading -------------------------------------------------------------------------

_CODE = frozenset({"ph", "bpt", "ept", "it", "ut"})


class _Placed(NamedTuple):
    """A unit as it stands in its file; places as of its variants."""

    unit: Unit
    source_lang: str
    line: int
    places: tuple[tuple[Place, ...], ...]


class _Reader:
    """Units, each when it ends."""

    roots = ("tmx",)

    def __init__(self) -> None:
        self._source_lang = ""
        self._open = _Draft({}, 0)
        self._lang = ""
        self._segment: Text | None = None
        self._reading = False  # inside the segment
        self._said = ""  # what an element whose text is taken says of itself

    def start(self, tag: Tag, path: Sequence[str]) -> Inside:
        name, own = tag.name, tag.attributes
        if self._reading:
            if name not in _CODE:
                return Inside.TOLD
            self._said = "\n" if own.get("type") in ("lb", "pb", "cb") else ""
            return Inside.TEXT
        if name == "tu":
            self._open = _Draft(own, tag.line)
        elif name == "header":
            self._source_lang = _source_language(own)
        elif name == "tuv":
            self._lang = _language(own.get("xml:lang") or own.get("lang") or "")
            self._segment = None
            self._open.date(own)
        elif name == "seg":
            self._segment, self._reading = Text(), True
        elif name in ("note", "prop") and path[-1] == "tu":
            self._said = own.get("type") or ""
            return Inside.TEXT
        return Inside.TOLD

    def text(self, content: str, at: At) -> None:
        if self._reading and self._segment is not None:
            self._segment.add(content, at)

    def end(self, name: str, path: Sequence[str], text: str) -> Iterator[_Placed]:
        if self._reading and self._segment is not None:
            if name == "seg":
                self._reading = False
            elif name in _CODE and is_break(self._said + text):
                self._segment.put(" ")
        elif name == "note" and path[-1] == "tu":
            self._open.notes.append(text)
        elif name == "prop" and path[-1] == "tu":
            self._open.props.append(Prop(self._said, text))
        elif name == "tuv":
            if self._segment is None:
                raise xmlstream.Malformed("a <tuv> without <seg>")
            words = str(self._segment)
            if words.strip():
                self._open.variants.append(Variant(self._lang, words))
                self._open.places.append(tuple(self._segment.places))
        elif name == "tu" and self._open.variants:
            draft = self._open
            source_lang = draft.source_lang or self._source_lang
            yield _Placed(draft.unit(), source_lang, draft.line, tuple(draft.places))


class _Draft:
    """A unit while it is read."""

    def __init__(self, said: Mapping[str, str], line: int) -> None:
        self.line = line
        self.source_lang = _source_language(said)
        self.places: list[tuple[Place, ...]] = []
        self.id = said.get("tuid", "")
        self.origin = said.get("creationtool", "")
        self.created = ""
        self.changed = ""
        self.notes: list[str] = []
        self.props: list[Prop] = []
        self.variants: list[Variant] = []
        self.date(said)

    def date(self, said: Mapping[str, str]) -> None:
        """A unit is as old as its first text and as new as its last."""
        created = _moment(said.get("creationdate", ""))
        changed = _moment(said.get("changedate", ""))
        self.created = min(filter(None, (self.created, created)), default="")
        self.changed = max(self.changed, changed)

    def unit(self) -> Unit:
        return Unit(
            tuple(self.variants),
            self.id,
            self.origin,
            self.created,
            self.changed,
            tuple(self.notes),
            tuple(self.props),
        )


def _source_language(said: Mapping[str, str]) -> str:
    """What `srclang` says; nothing where any language may be the source."""
    tag = said.get("srclang", "").strip()
    return _code(tag) if _LANGUAGE.fullmatch(tag) else ""


def _language(tag: str) -> str:
    if not _LANGUAGE.fullmatch(tag.strip()):
        raise xmlstream.Malformed(f"expected the language of a <tuv>, found {tag!r}")
    return _code(tag.strip())


def _code(tag: str) -> str:
    try:
        return code_of(tag)
    except UnsupportedError:
        return re.split("[-_]", tag)[0].lower()


def _moment(text: str) -> str:
    """A date of TMX (or the same with hyphens and colons) as `2025-01-12T09:30:00Z`, or ""."""
    found = _DATE.fullmatch(text.strip())
    if not found:
        return ""
    year, month, day, hour, minute, second = (part or "00" for part in found.groups())
    return f"{year}-{month}-{day}T{hour}:{minute}:{second}Z"


_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9_-]*)?")
_DATE = re.compile(
    r"([0-9]{4})-?([01][0-9])-?([0-3][0-9])(?:T([0-2][0-9]):?([0-5][0-9]):?([0-6][0-9])Z?)?"
)
