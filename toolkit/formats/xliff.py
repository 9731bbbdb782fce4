"""XLIFF 1.2 and 2.x, the exchange format of translation tools, as pairs.

Read as a stream and as a stranger's (see `xmlstream`); elements of other namespaces (matches,
metadata, what a tool adds) are passed over. Of inline markup the text stays (`<g>`, `<pc>`,
`<mrk>`) and the native code goes (`<ph>`, `<bpt>`, `<ept>`, `<it>`, with the `<sub>` flows in
them, which are no part of the sentence). A line break in native code becomes a space, and so
does a placeholder between two letters or digits: what stands for it would part them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO, NamedTuple

from toolkit.errors import InputError, UnsupportedError
from toolkit.formats import xmlstream
from toolkit.formats.languages import code_of
from toolkit.formats.pairs import BadRow, Pair, Skipped, accepted, nfc
from toolkit.formats.xmlstream import At, Inside, Tag, Text, is_break
from toolkit.schema import State

__all__ = ["BASE", "METADATA", "NAMESPACE", "read_pairs"]


def read_pairs(
    source: BinaryIO, name: str, source_lang: str | None = None, lang: str | None = None
) -> Iterator[Pair | BadRow | Skipped]:
    """The segments of an XLIFF document that have a translation, in its order.

    `lang` chooses the files in that language, and with `source_lang` stands in where the
    document does not say. A file whose languages are not known is an error once. Raises
    InputError where the document cannot be read on.
    """
    known: _File | None = None
    codes: tuple[str, str] | None = None
    for found in xmlstream.read(source, name, _Reader()):
        if found.file is not known:
            known, codes = found.file, None
            try:
                codes = _languages(known, source_lang, lang)
            except InputError as error:
                yield BadRow(known.line, error, known.name or None)
        target = str(found.target) if found.target else ""
        if not codes or not target.strip() or not str(found.source).strip():
            yield Skipped(found.line, found.id)
            continue
        target, places = nfc(target, found.target.places if found.target else ())
        yield Pair(
            found.id, nfc(str(found.source), ())[0], target, *codes, document=known.name,
            places=places, line=places[0].line, accepts=tuple(found.accepts),
            state=found.state, base=found.base,
        )  # fmt: skip


class _File(NamedTuple):
    """A `<file>` of a document, and the languages it states."""

    name: str
    source_lang: str
    target_lang: str
    line: int


def _languages(file: _File, source_lang: str | None, lang: str | None) -> tuple[str, str] | None:
    """The languages of a file; None when it is not in the one that was chosen."""
    try:
        stated = code_of(file.target_lang) if file.target_lang else lang
    except UnsupportedError:
        if lang is None:
            raise
        stated = lang
    if stated is None:
        raise InputError(
            "the file does not say its target language", hint="say which it is with --lang"
        )
    ours = source_lang or (code_of(file.source_lang) if file.source_lang else "en")
    return (ours, stated) if lang in (None, stated) else None


class _Found(NamedTuple):
    """A segment as it stands in its document."""

    id: str
    line: int
    source: Text
    target: Text | None
    state: State | None
    accepts: tuple[str, ...]
    base: str
    file: _File


NAMESPACE = "urn:oasis:names:tc:xliff:document:"
METADATA = "urn:oasis:names:tc:xliff:metadata:2.0"
# What we mark a unit with, to know its target again (see `pairs.base_of`).
BASE = "toolkit-base"
# The states of XLIFF 2 as they are, those of 1.2 by what they mean.
_STATES: dict[str, State] = {
    "initial": "initial",
    "new": "initial",
    "needs-translation": "initial",
    "needs-adaptation": "initial",
    "needs-l10n": "initial",
    "translated": "translated",
    "needs-review-translation": "translated",
    "needs-review-adaptation": "translated",
    "needs-review-l10n": "translated",
    "reviewed": "reviewed",
    "signed-off": "reviewed",
    "final": "final",
}
_UNITS = frozenset({"trans-unit", "unit"})
_SIDES = frozenset({"source", "seg-source", "target"})
_CODE = frozenset({"ph", "bpt", "ept", "it"})
_STANDALONE = frozenset({"ph", "x"})
_BREAKS = frozenset({"lb", "pb", "xlf:lb", "xlf:pb", "x-html-br", "x-br"})


@dataclass(slots=True)
class _Side:
    """One side of a unit: its whole text, and its marked segments by their ids."""

    text: Text = field(default_factory=Text)
    segments: dict[str, Text] = field(default_factory=dict)


@dataclass(slots=True)
class _Segment:
    id: str = ""
    state: State | None = None
    sides: dict[str, _Side] = field(default_factory=dict)


@dataclass(slots=True)
class _Unit:
    id: str
    line: int
    segments: list[_Segment] = field(default_factory=list)
    accepts: list[str] = field(default_factory=list)
    native: dict[str, str] = field(default_factory=dict)
    approved: bool = False
    base: str = ""


class _Reader:
    """Segments, each when its unit ends."""

    roots = ("xliff",)

    def __init__(self) -> None:
        self._languages = ("", "")
        self._file = _File("", "", "", 1)
        self._unit: _Unit | None = None
        self._side: _Side | None = None
        self._marked: Text | None = None
        self._mark_depth = 0
        self._gap = False
        self._name = ""

    def start(self, tag: Tag, path: Sequence[str]) -> Inside:
        name, own = tag.name, tag.attributes
        if tag.space and tag.space != METADATA and not tag.space.startswith(NAMESPACE):
            return Inside.SKIPPED
        if self._side is not None and self._unit is not None:
            return self._inline(self._unit, self._side, tag, len(path))
        if self._unit is not None:
            return self._within(self._unit, name, path[-1], own)
        if name == "xliff":
            self._languages = (own.get("srcLang", ""), own.get("trgLang", ""))
        elif name == "file":
            self._file = _File(
                own.get("original") or own.get("id") or "",
                own.get("source-language") or self._languages[0],
                own.get("target-language") or self._languages[1],
                tag.line,
            )
        elif name in _UNITS:
            self._unit = _Unit(own.get("id", ""), tag.line)
            self._unit.approved = own.get("approved") == "yes"
            if name == "trans-unit":
                self._unit.segments.append(_Segment())
        return Inside.TOLD

    def _within(self, unit: _Unit, name: str, parent: str, own: Mapping[str, str]) -> Inside:
        if name == "segment":
            stated = own.get("state", "")
            unit.segments.append(_Segment(own.get("id", ""), _STATES.get(stated)))
        elif name in _SIDES and parent in ("trans-unit", "segment"):
            self._side = unit.segments[-1].sides.setdefault(name, _Side())
            self._gap = False
            if parent == "trans-unit" and name == "target":
                stated = "final" if unit.approved else own.get("state", "")
                unit.segments[-1].state = _STATES.get(stated)
        elif (
            (name == "note" and parent in ("trans-unit", "notes"))
            or name == "data"
            or (name == "context" and own.get("context-type") == f"x-{BASE}")
            or (name == "meta" and own.get("type") == BASE)
        ):
            self._name = own.get("id", "")
            return Inside.TEXT
        return Inside.TOLD

    def _inline(self, unit: _Unit, side: _Side, tag: Tag, depth: int) -> Inside:
        name, own = tag.name, tag.attributes
        if name == "mrk" and own.get("mtype") == "seg" and "mid" in own:
            self._marked = side.segments.setdefault(own["mid"], Text())
            self._mark_depth = depth
            self._gap = False
        elif name == "cp":
            self._put(" ")
        elif name in _STANDALONE or name in _CODE:
            kind = own.get("ctype") or own.get("subType")
            shown = own.get("equiv-text") or own.get("equiv") or own.get("disp") or ""
            native = unit.native.get(own.get("dataRef", ""), "")
            if kind in _BREAKS or is_break(shown) or is_break(native):
                self._put(" ")
            self._gap = self._gap or name in _STANDALONE
            return Inside.TEXT
        return Inside.TOLD

    def _put(self, content: str) -> None:
        for text in self._texts():
            text.put(content)

    def _texts(self) -> Iterator[Text]:
        if self._side is not None:
            yield self._side.text
        if self._marked is not None:
            yield self._marked

    def text(self, content: str, at: At) -> None:
        if self._side is None:
            return
        if self._gap and self._side.text.last().isalnum() and content[0].isalnum():
            self._put(" ")
        self._gap = False
        for text in self._texts():
            text.add(content, at)

    def end(self, name: str, path: Sequence[str], text: str) -> Iterator[_Found]:
        if self._unit is None:
            return
        if self._side is not None:
            if name in _SIDES:
                self._side = None
            elif self._marked is not None and len(path) == self._mark_depth:
                self._marked = None
            elif is_break(text):
                self._put(" ")
        elif name == "data":
            self._unit.native[self._name] = text
        elif name == "note" and (said := accepted(text)):
            self._unit.accepts.append(said)
        elif name in ("context", "meta") and text:
            self._unit.base = text
        elif name in _UNITS:
            yield from _segments(self._unit, self._file)
            self._unit = None


def _segments(unit: _Unit, file: _File) -> Iterator[_Found]:
    for number, segment in enumerate(unit.segments, start=1):
        sides = segment.sides
        ours = sides.get("seg-source") or sides.get("source") or _Side()
        theirs = sides.get("target") or _Side()
        of_unit = (segment.state, tuple(unit.accepts), unit.base, file)
        if ours.segments and theirs.segments:
            for mark, text in ours.segments.items():
                target = theirs.segments.get(mark)
                yield _Found(f"{unit.id}/{mark}", unit.line, text, target, *of_unit)
            continue
        name = segment.id or str(number)
        own = f"{unit.id}/{name}" if len(unit.segments) > 1 else unit.id
        target = theirs.text if "target" in sides else None
        yield _Found(own, unit.line, ours.text, target, *of_unit)
