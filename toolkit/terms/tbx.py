"""TBX, the exchange format of termbases (ISO 30042): version 2 (`martif`) and 3 (`tbx`) in.

Read are the dialects TBX-Core, TBX-Min and TBX-Basic, the others as far as they are alike; in
version 3 both styles, data categories as attributes (DCA) or as elements (DCT). A file is a
stranger's: entity declarations are refused, and nothing it points to is ever opened.
"""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.sax import SAXParseException
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesImpl

from toolkit.errors import InputError
from toolkit.terms.termbase import Entry, TermKind, entry_of

_ROOTS = frozenset({"martif", "tbx"})
_CONCEPTS = frozenset({"termEntry", "conceptEntry"})
_LANGUAGES = frozenset({"langSet", "langSec"})
_TERMS = frozenset({"tig", "ntig", "termSec"})
# What a <term> may stand in; elsewhere a term is only talked about.
_HOLDERS = frozenset({"tig", "termGrp", "termSec"})
# Data categories as attributes: <termNote type="administrativeStatus">.
_TYPED = frozenset({"termNote", "descrip", "admin"})
_CATEGORIES = frozenset(
    {"administrativeStatus", "normativeAuthorization", "partOfSpeech", "subjectField"}
)
# Native code inside a term, which is no part of it.
_CODE = frozenset({"ph", "sc", "ec", "bpt", "ept", "it"})
_REFUSED = ("deprecated", "superseded", "obsolete", "notrecommended", "nonpreferred", "forbidden")
_PREFERRED = "preferred"
# TBX has no category for what kind of name a name is; many write it as the subject field.
_KINDS: dict[str, TermKind] = {
    **dict.fromkeys(("person", "persons", "people"), "person"),
    **dict.fromkeys(("place", "places", "geography", "toponym", "toponyms"), "place"),
    **dict.fromkeys(
        ("organisation", "organisations", "organization", "organizations"), "organisation"
    ),
    **dict.fromkeys(("demonym", "demonyms"), "demonym"),
    **dict.fromkeys(("term", "terms"), "term"),
}
_LANGUAGE = re.compile(r"([A-Za-z]{2,3})(?:[-_][A-Za-z0-9_-]*)?")


def read(data: bytes, path: str) -> tuple[Entry, ...]:
    """The concepts of a TBX file that have terms in two languages, in order.

    Deprecated and superseded terms are left out, preferred ones lead. A concept is of the kind
    its subject field names; otherwise a proper noun is an organisation, which is held to its
    renderings and nothing more, and the rest are terms.
    """
    # Here, since only who has a TBX to read should wait for them.
    from defusedxml.common import DefusedXmlException
    from defusedxml.expatreader import DefusedExpatParser

    # Version 2 names its DTD, which is left alone; entities cannot be declared at all.
    parser = DefusedExpatParser(forbid_dtd=False, forbid_entities=True, forbid_external=False)
    handler = _Handler()
    parser.setContentHandler(handler)
    try:
        parser.parse(io.BytesIO(data))
    except SAXParseException as exc:
        where = f"{path}: line {exc.getLineNumber()}"
        raise InputError(f"{where}: not well-formed XML: {exc.getMessage()}") from exc
    except DefusedXmlException as exc:
        where = f"{path}: line {parser.getLineNumber()}"
        raise InputError(f"{where}: declares an entity, which is not read") from exc
    except _Malformed as exc:
        raise InputError(f"{path}: line {parser.getLineNumber()}: {exc}") from exc
    except (LookupError, ValueError) as exc:
        # Expat on an encoding of more bytes per letter than one, or one that nobody knows.
        where = f"{path}: line {parser.getLineNumber()}"
        raise InputError(f"{where}: cannot be decoded: {exc}", hint="save it as UTF-8") from exc
    entries = tuple(handler.entries())
    if not entries:
        raise InputError(
            f"{path}: expected concepts with terms in two languages, found none of "
            f"{len(handler.concepts)}",
            hint="export the termbase with all its languages",
        )
    return entries


class _Malformed(Exception):
    """XML, but not TBX; `read` adds file and line."""


@dataclass(slots=True)
class _Term:
    lang: str
    text: str = ""
    status: str = ""


@dataclass(slots=True)
class _Concept:
    terms: list[_Term] = field(default_factory=list)
    subject: str = ""
    proper: bool = False
    note: str = ""

    @property
    def kind(self) -> TermKind:
        default: TermKind = "organisation" if self.proper else "term"
        return _KINDS.get(self.subject.casefold(), default)

    def renderings(self) -> dict[str, tuple[str, ...]]:
        # Stable: the preferred term leads, the others follow in the order of the file.
        terms = sorted(self.terms, key=lambda term: not term.status.startswith(_PREFERRED))
        return {
            lang: tuple(dict.fromkeys(t.text for t in terms if t.lang == lang))
            for lang in dict.fromkeys(term.lang for term in self.terms)
        }


class _Handler(ContentHandler):
    """Collects concepts; element names without their prefixes."""

    def __init__(self) -> None:
        super().__init__()
        self.concepts: list[_Concept] = []
        self._path: list[str] = []
        self._lang = ""
        self._term = _Term("")
        # Where the text now read goes: "term", "note" or a data category.
        self._reading = ""
        self._depth = 0
        self._code = 0
        self._text: list[str] = []

    def entries(self) -> Iterator[Entry]:
        for concept in self.concepts:
            renderings = concept.renderings()
            if len(renderings) > 1:
                yield entry_of(concept.kind, renderings, concept.note)

    def skippedEntity(self, name: str) -> None:  # noqa: N802
        raise _Malformed(f"the entity &{name}; is declared elsewhere, where we do not look")

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802
        name = name.rpartition(":")[2]
        if not self._path and name not in _ROOTS:
            raise _Malformed(f"expected <martif> or <tbx>, found <{name}>")
        parent = self._path[-1] if self._path else ""
        self._path.append(name)
        if self._reading:
            self._code += name in _CODE
            return
        if name in _CONCEPTS:
            self.concepts.append(_Concept())
        elif not self.concepts:
            return
        elif name in _LANGUAGES:
            self._lang = _language(attrs.get("xml:lang") or attrs.get("lang") or "")
            self._term = _Term(self._lang)
        elif name in _TERMS:
            self._term = _Term(self._lang)
        elif name == "term" and parent in _HOLDERS:
            self._read("term")
        elif name == "note" and parent in _CONCEPTS:
            self._read("note")
        else:
            category = attrs.get("type") if name in _TYPED else name
            if category in _CATEGORIES:
                self._read(category)

    def _read(self, what: str) -> None:
        self._reading = what
        self._depth = len(self._path)
        self._text = []

    def characters(self, content: str) -> None:
        if self._reading and not self._code:
            self._text.append(content)

    def endElement(self, name: str) -> None:  # noqa: N802
        name = name.rpartition(":")[2]
        if self._reading and len(self._path) == self._depth:
            text = unicodedata.normalize("NFC", " ".join("".join(self._text).split()))
            self._keep(self._reading, text)
            self._reading = ""
        elif self._reading:
            self._code -= name in _CODE
        elif name in _TERMS and self.concepts:
            if not self._term.text:
                raise _Malformed(f"a <{name}> without <term>")
            if not self._term.status.startswith(_REFUSED):
                self.concepts[-1].terms.append(self._term)
        self._path.pop()

    def _keep(self, what: str, text: str) -> None:
        concept = self.concepts[-1]
        squeezed = re.sub(r"[\s_-]", "", text).casefold()
        if what == "term":
            if not any(map(str.isalnum, text)):
                raise _Malformed(f"{self._lang}: {text!r} holds no letter")
            self._term.text = text
        elif what == "note":
            concept.note = concept.note or text
        elif what == "subjectField":
            concept.subject = concept.subject or text
        elif what == "partOfSpeech":
            concept.proper = concept.proper or squeezed.startswith("propernoun")
        else:
            self._term.status = squeezed


def _language(tag: str) -> str:
    found = _LANGUAGE.fullmatch(tag.strip())
    if not found:
        raise _Malformed(f"expected the language of the terms (xml:lang), found {tag!r}")
    return found[1].lower()
