"""XLIFF 1.2 and 2.x, the exchange format of translation tools, as pairs.

Read as a stream and as a stranger's (see `xmlstream`); elements of other namespaces (matches,
metadata, what a tool adds) are passed over. Of inline markup the text stays (`<g>`, `<pc>`,
`<mrk>`) and the native code goes (`<ph>`, `<bpt>`, `<ept>`, `<it>`, with the `<sub>` flows in
them, which are no part of the sentence). A line break in native code becomes a space, and so
does a placeholder between two letters or digits: what stands for it would part them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import BinaryIO, NamedTuple
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesNSImpl, Locator

from toolkit.errors import InputError, UnsupportedError
from toolkit.formats import xmlstream
from toolkit.formats.languages import code_of
from toolkit.formats.pairs import BadRow, Pair, Skipped, accepted, nfc
from toolkit.formats.xmlstream import Text
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
    for found in xmlstream.read(source, name, _Handler(), namespaces=True):
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
# A line break in native code stands between words.
_BREAK = re.compile(r"\s*(?:<\s*/?(?:br|p|tab)\b|\\(?:n|line|par|tab)\b|\n)", re.IGNORECASE)


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


class _Handler(ContentHandler):
    """Collects finished segments; keeps nothing of those taken."""

    def __init__(self) -> None:
        super().__init__()
        self._at: Locator
        self._found: list[_Found] = []
        self._path: list[str] = []
        self._foreign = 0
        self._meta: list[str] | None = None  # our own metadata of a unit
        self._languages = ("", "")
        self._file = _File("", "", "", 1)
        self._unit: _Unit | None = None
        self._side: _Side | None = None
        self._marked: Text | None = None
        self._mark_depth = 0
        self._gap = False
        self._other: list[str] | None = None  # a note, or native code on its way out
        self._other_depth = 0
        self._name = ""

    def setDocumentLocator(self, locator: Locator) -> None:  # noqa: N802
        self._at = locator

    def take(self) -> list[_Found]:
        found, self._found = self._found, []
        return found

    def skippedEntity(self, name: str) -> None:  # noqa: N802
        raise xmlstream.Malformed(
            f"the entity &{name}; is declared elsewhere, where we do not look"
        )

    def startElementNS(  # noqa: N802
        self, name: tuple[str | None, str], _qname: str | None, attrs: AttributesNSImpl
    ) -> None:
        space, local = name
        if self._foreign or (space and not space.startswith(NAMESPACE)):
            if not self._path:
                raise xmlstream.Malformed(f"expected <xliff>, found <{local}>")
            self._foreign += 1
            if space == METADATA and local == "meta" and self._unit is not None:
                self._meta = [] if attrs.get((None, "type")) == BASE else None
            return
        own = {key: value for (where, key), value in attrs.items() if where is None}
        if not self._path and local != "xliff":
            raise xmlstream.Malformed(f"expected <xliff>, found <{local}>")
        parent = self._path[-1] if self._path else ""
        self._path.append(local)
        if self._other is not None:
            return
        if self._side is not None and self._unit is not None:
            self._inline(self._unit, self._side, local, own)
        elif local == "xliff":
            self._languages = (own.get("srcLang", ""), own.get("trgLang", ""))
        elif local == "file":
            self._file = _File(
                own.get("original") or own.get("id") or "",
                own.get("source-language") or self._languages[0],
                own.get("target-language") or self._languages[1],
                self._at.getLineNumber() or 1,
            )
        elif local in _UNITS:
            self._unit = _Unit(own.get("id", ""), self._at.getLineNumber() or 1)
            self._unit.approved = own.get("approved") == "yes"
            if local == "trans-unit":
                self._unit.segments.append(_Segment())
        elif self._unit is not None:
            self._within(self._unit, local, parent, own)

    def _within(self, unit: _Unit, local: str, parent: str, own: Mapping[str, str]) -> None:
        if local == "segment":
            stated = own.get("state", "")
            unit.segments.append(_Segment(own.get("id", ""), _STATES.get(stated)))
        elif local in _SIDES and parent in ("trans-unit", "segment"):
            self._side = unit.segments[-1].sides.setdefault(local, _Side())
            self._gap = False
            if parent == "trans-unit" and local == "target":
                stated = "final" if unit.approved else own.get("state", "")
                unit.segments[-1].state = _STATES.get(stated)
        elif (
            (local == "note" and parent in ("trans-unit", "notes"))
            or local == "data"
            or (local == "context" and own.get("context-type") == f"x-{BASE}")
        ):
            self._other, self._other_depth = [], len(self._path)
            self._name = own.get("id", "")

    def _inline(self, unit: _Unit, side: _Side, local: str, own: Mapping[str, str]) -> None:
        if local == "mrk" and own.get("mtype") == "seg" and "mid" in own:
            self._marked = side.segments.setdefault(own["mid"], Text())
            self._mark_depth = len(self._path)
            self._gap = False
        elif local == "cp":
            self._put(" ")
        elif local in _STANDALONE or local in _CODE:
            kind = own.get("ctype") or own.get("subType")
            shown = own.get("equiv-text") or own.get("equiv") or own.get("disp") or ""
            native = unit.native.get(own.get("dataRef", ""), "")
            if kind in _BREAKS or _BREAK.match(shown) or _BREAK.match(native):
                self._put(" ")
            self._gap = self._gap or local in _STANDALONE
            self._other, self._other_depth = [], len(self._path)

    def _put(self, content: str) -> None:
        for text in self._open():
            text.put(content)

    def _open(self) -> Iterator[Text]:
        if self._side is not None:
            yield self._side.text
        if self._marked is not None:
            yield self._marked

    def characters(self, content: str) -> None:
        if self._foreign:
            if self._meta is not None:
                self._meta.append(content)
            return
        if self._other is not None:
            self._other.append(content)
        elif self._side is not None:
            if self._gap and self._side.text.last().isalnum() and content[0].isalnum():
                self._put(" ")
            self._gap = False
            for text in self._open():
                text.add(content, self._at)

    def endElementNS(  # noqa: N802
        self, _name: tuple[str | None, str], _qname: str | None
    ) -> None:
        if self._foreign:
            self._foreign -= 1
            if self._meta is not None and self._unit is not None:
                self._unit.base = "".join(self._meta)
            self._meta = None
            return
        depth, local = len(self._path), self._path.pop()
        if self._other is not None:
            if depth == self._other_depth:
                if self._unit is not None:
                    self._close(self._unit, local, "".join(self._other))
                self._other = None
        elif self._marked is not None and depth == self._mark_depth:
            self._marked = None
        elif self._side is not None and local in _SIDES:
            self._side = None
        elif local in _UNITS and self._unit is not None:
            self._found += _segments(self._unit, self._file)
            self._unit = None

    def _close(self, unit: _Unit, local: str, text: str) -> None:
        if local == "data":
            unit.native[self._name] = text
        elif local == "context":
            unit.base = text
        elif local == "note":
            if said := accepted(text):
                unit.accepts.append(said)
        elif _BREAK.match(text):
            self._put(" ")


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
