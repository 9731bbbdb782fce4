"""The words of the system: frozen records, their JSON form and their digest.

All annotation is stand-off: a `Span` is a half-open range of code points into
`Article.text` (labels, segments) or into the text the record names (findings, facts).
"""

from __future__ import annotations

import hashlib
import json
import types
from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, field, fields, is_dataclass
from functools import cache
from typing import Any, Literal, NamedTuple, TypeVar, Union, get_args, get_origin, get_type_hints

from toolkit.errors import InputError

BlockKind = Literal["title", "heading", "paragraph", "caption", "label"]
LabelKind = Literal[
    "outlet",
    "dateline",
    "byline",
    "credit",
    "handle",
    "hashtag",
    "url",
    "email",
    "file",
    "attribution",
    "correction",
]
# Labels of these kinds are borders, part of no segment.
BORDERS: frozenset[LabelKind] = frozenset({"outlet", "dateline", "byline", "credit", "file"})
# These may stand in a sentence, where they are copied as they are. An attribution ("Reuters
# reported, citing …") and a note of correction are neither: they are text, translated as such,
# and no point of a summary.
INLINE: frozenset[LabelKind] = frozenset({"handle", "hashtag", "url", "email"})
TOLD: frozenset[LabelKind] = frozenset({"attribution", "correction"})
State = Literal["initial", "translated", "reviewed", "final"]
Severity = Literal["error", "warning", "info"]
FailOn = Literal["error", "warning", "never"]
SEVERITIES: tuple[Severity, ...] = ("info", "warning", "error")


class Span(NamedTuple):
    """A half-open range of code points."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known of an article besides its text; `None` is unknown, never guessed."""

    title: str | None = None
    outlet: str | None = None
    date: str | None = None
    byline: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """One line or paragraph of an article, with the role it plays."""

    kind: BlockKind
    span: Span


@dataclass(frozen=True, slots=True)
class Article:
    """One article as read: NFC text, its blocks in order, and where it came from.

    `source` is the label of last resort: the file's name, or `-` for standard input. `notes`
    say what a reader should know of how it was read.
    """

    id: str
    lang: str
    text: str
    blocks: tuple[Block, ...]
    metadata: Metadata = field(default_factory=Metadata)
    source: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Label:
    """Text whose job is to say where words come from; kept verbatim, in its place."""

    kind: LabelKind
    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Segment:
    """One sentence (or headline, or caption) and the number of its paragraph, from 1."""

    id: str
    span: Span
    text: str
    paragraph: int


@dataclass(frozen=True, slots=True)
class SummarySentence:
    """One sentence of a summary, with the source segments, paragraph and span it comes from.

    The span goes from the first of the segments to the last. `remedies` says what was done
    to the engine's sentence: `extracted` is the article's own sentence in its place. `origin`
    names the engine that wrote it, and is empty for a sentence of the article.
    """

    text: str
    segments: tuple[str, ...]
    paragraph: int
    span: Span
    remedies: tuple[str, ...] = ()
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Summary:
    lang: str
    method: str
    sentences: tuple[SummarySentence, ...]


@dataclass(frozen=True, slots=True)
class Request:
    """One question to an engine.

    Labels inside `text` stand as placeholders (see `labels.mask`); `keep` holds the label
    behind each placeholder, in order, for engines that know the text with its labels.
    `context` is what stands before and after, and `terms` the renderings that names are to
    have, for engines that can use them. A higher `attempt` asks for another answer than the
    one before: with other settings where an engine has any. `words` is about how long a
    summary is to be, 0 as long as the engine likes.
    """

    text: str
    source_lang: str
    target_lang: str
    task: Literal["translate", "summarize"] = "translate"
    keep: tuple[str, ...] = ()
    context: tuple[str, str] = ("", "")
    terms: tuple[tuple[str, str], ...] = ()
    attempt: int = 0
    words: int = 0


@dataclass(frozen=True, slots=True)
class Link:
    """A piece of a source text and the piece of its translation that stands for it."""

    source: Span
    target: Span


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """One answer: text with the request's placeholders, and where it came from.

    `score` is a match rate or model score in [0, 1]; `finished` is false for a cut output.
    `alternatives` are further answers, best first; `links` says which words became which,
    in spans of the request's text and of `text`, as far as the engine knows.
    """

    text: str
    origin: str
    score: float = 1.0
    finished: bool = True
    alternatives: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class TranslationUnit:
    """A segment and its translation; `state` takes the values of XLIFF 2.

    `remedies` says what was done to the engine's first answer, in order.
    """

    id: str
    source: str
    target: str
    source_lang: str
    target_lang: str
    state: State
    origin: str
    paragraph: int = 0
    remedies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fact:
    """A number, date, label or name of one text as language-neutral readings.

    `values` holds every possible reading (`03.10.1998` has two); two facts agree when they
    share one. `strength`: 3 digits, names of months and weekdays, times; 2 number words;
    1 weak words.
    """

    kind: str
    values: tuple[str, ...]
    span: Span
    text: str
    unit: str = ""
    certainty: Literal["exact", "approximate", "at_least", "at_most", "indefinite"] = "exact"
    strength: int = 3


@dataclass(frozen=True, slots=True)
class Finding:
    """One difference between two texts; spans lie in the unit's source and target text."""

    code: str
    severity: Severity
    unit_id: str | None = None
    expected: str | None = None
    found: str | None = None
    source_span: Span | None = None
    target_span: Span | None = None
    rule: str = ""

    @property
    def kind(self) -> str:
        return self.code.partition("/")[0]


@dataclass(frozen=True, slots=True)
class Agreement:
    """One fact found on both sides of a unit, and the rule by which the two agree."""

    kind: str
    unit_id: str
    source_span: Span
    target_span: Span
    rule: str


@dataclass(frozen=True, slots=True)
class Translation:
    """An article in one language: its units, its summary, and what the checks found.

    `text` is the whole article with every label verbatim in its place; `title` is that of
    the metadata. A plan that only summarises leaves `text` empty.
    """

    lang: str
    text: str
    units: tuple[TranslationUnit, ...]
    title: str | None = None
    summary: Summary | None = None
    findings: tuple[Finding, ...] = ()
    agreements: tuple[Agreement, ...] = ()


Measure = Literal["sentences", "words", "characters"]
# Sentences of the article, or sentences that an engine writes.
Method = Literal["extractive", "abstractive"]


@dataclass(frozen=True, slots=True)
class Length:
    """How long a summary is to be; `summaries.summarize` says what may go over."""

    count: int = 3
    measure: Measure = "sentences"


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be made of each article; `length=None` makes no summary.

    `summarizer` names the engine that writes summaries, where one does.
    """

    langs: tuple[str, ...] = ()
    length: Length | None = field(default_factory=Length)
    translate: bool = True
    method: Method = "extractive"
    summarizer: str = ""


@dataclass(frozen=True, slots=True)
class Provenance:
    """What made a result: program and engine, and digests of its rules, data and names."""

    toolkit: str
    engine: str
    rules: str = ""  # of the code that judges
    languages: str = ""  # of the language data
    termbase: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """All that was made of one article; equal `key` means it need not be made again."""

    article: Article
    key: str
    labels: tuple[Label, ...]
    segments: tuple[Segment, ...]
    summary: Summary | None
    translations: tuple[Translation, ...]
    provenance: Provenance
    findings: tuple[Finding, ...] = ()


# --- the JSON form -------------------------------------------------------------------

T = TypeVar("T")
_DECODERS: dict[Any, Callable[[Any, str], Any]] = {}


def encode(value: object) -> Any:
    """The plain JSON form of a record: objects by field name, spans and tuples as arrays."""
    if isinstance(value, tuple):
        return [encode(item) for item in value]
    names = _names(type(value))  # type: ignore[arg-type]  # a type can be hashed
    return {name: encode(getattr(value, name)) for name in names} if names else value


@cache
def _names(kind: type) -> tuple[str, ...]:
    """The fields of a record; none of anything else."""
    return tuple(f.name for f in fields(kind)) if is_dataclass(kind) else ()


def decode(kind: type[T], data: object, *, where: str = "") -> T:
    """A record from its JSON form; unknown, missing or mistyped keys are an InputError."""
    result: T = _decoder(kind)(data, where or kind.__name__)
    return result


def canonical_json(value: object) -> str:
    """One line of JSON that is equal for equal values: sorted keys, no spaces, no escapes."""
    return json.dumps(
        encode(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    )


def digest(*values: object) -> str:
    """A digest of records and strings, tagged with its algorithm so that a change can be seen."""
    text = canonical_json(values)
    return (
        "b2:" + hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
    )


def _decoder(kind: Any) -> Callable[[Any, str], Any]:
    if kind not in _DECODERS:
        _DECODERS[kind] = _build_decoder(kind)
    return _DECODERS[kind]


def _build_decoder(kind: Any) -> Callable[[Any, str], Any]:
    origin = get_origin(kind)
    if kind is Span:
        return _decode_span
    if is_dataclass(kind):
        return _record_decoder(kind)
    if origin is tuple:
        item = _decoder(get_args(kind)[0])
        return lambda data, where: tuple(
            item(part, f"{where}[{i}]") for i, part in enumerate(_expect(data, list, where))
        )
    if origin is Literal:
        return _literal_decoder(get_args(kind))
    if origin in (Union, types.UnionType):
        inner = _decoder(next(a for a in get_args(kind) if a is not type(None)))
        return lambda data, where: None if data is None else inner(data, where)
    if kind is float:
        return lambda data, where: float(_expect(data, (int, float), where))
    return lambda data, where: _expect(data, kind, where)


def _record_decoder(kind: Any) -> Callable[[Any, str], Any]:
    hints = get_type_hints(kind)
    # Fields are looked up when used: a record may hold itself.
    names = {f.name: f for f in fields(kind)}
    required = {
        n for n, f in names.items() if f.default is MISSING and f.default_factory is MISSING
    }

    @cache
    def of_field(name: str) -> Callable[[Any, str], Any]:
        return _decoder(hints[name])

    def decode_record(data: Any, where: str) -> Any:
        mapping: Mapping[str, Any] = _expect(data, dict, where)
        if unknown := sorted(set(mapping) - set(names)):
            msg = f"{where}: unknown key {', '.join(map(repr, unknown))}"
            raise InputError(msg, hint=f"known keys: {', '.join(names)}")
        if missing := sorted(required - set(mapping)):
            raise InputError(f"{where}: missing key {', '.join(map(repr, missing))}")
        return kind(**{k: of_field(k)(v, f"{where}.{k}") for k, v in mapping.items()})

    return decode_record


def _literal_decoder(choices: tuple[Any, ...]) -> Callable[[Any, str], Any]:
    def decode_literal(data: Any, where: str) -> Any:
        if data not in choices:
            raise InputError(f"{where}: expected one of {', '.join(choices)}, found {data!r}")
        return data

    return decode_literal


def _decode_span(data: Any, where: str) -> Span:
    if (
        not isinstance(data, list)
        or len(data) != 2
        or not all(type(n) is int for n in data)
        or not 0 <= data[0] <= data[1]
    ):
        raise InputError(f"{where}: expected [start, end], found {data!r}")
    return Span(*data)


def _expect(data: Any, kind: Any, where: str) -> Any:
    wanted = kind if isinstance(kind, tuple) else (kind,)
    if not isinstance(data, wanted) or (isinstance(data, bool) and bool not in wanted):
        names = " or ".join(k.__name__ for k in wanted)
        raise InputError(f"{where}: expected {names}, found {data!r:.60}")
    return data
