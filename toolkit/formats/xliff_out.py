"""Results as XLIFF 2.1 (one pair of languages a document) and 1.2 strict.

A file per article and language, a unit per sentence with its state, findings as notes, and
each label inside a sentence as a stretch that is not to be translated. Labels stand as marked
text, not as native code: tools show it, and those that drop inline codes keep it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from toolkit import __version__, labels
from toolkit.errors import UsageError
from toolkit.formats import layout
from toolkit.formats.pairs import base_of
from toolkit.formats.xliff import BASE, METADATA, NAMESPACE
from toolkit.formats.xmlstream import escape
from toolkit.schema import Finding, Result, Severity, Span, Translation, TranslationUnit

__all__ = ["documents", "documents_12", "write", "write_12"]

_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'


def write(results: Iterable[Result]) -> Iterator[str]:
    """One XLIFF 2.1 document of all results, as they come; nothing where nothing was translated.

    Raises UsageError at the second pair of languages, which the format cannot hold.
    """
    langs: tuple[str, str] | None = None
    for number, (result, translation) in enumerate(_translated(results), start=1):
        own = (result.article.lang, translation.lang)
        if langs is None:
            yield _opening(*own)
        elif langs != own:
            raise UsageError(
                f"an XLIFF 2 document holds one pair of languages: expected "
                f"{' → '.join(langs)}, found {' → '.join(own)}",
                hint="write a file per article and language with --out DIR, or all in one with "
                f"--format xliff12{', or choose a --lang' if own[0] == langs[0] else ''}",
            )
        langs = own
        yield from _file(result, translation, number)
    if langs:
        yield "</xliff>\n"


def documents(result: Result) -> Iterator[tuple[str, Iterator[str]]]:
    """File name and XLIFF 2.1 document of each translation of an article."""
    for _, translation in _translated([result]):
        name = layout.file_name(result.article.id, translation.lang, "xlf")
        yield name, write([_alone(result, translation)])


def write_12(results: Iterable[Result]) -> Iterator[str]:
    """One XLIFF 1.2 document of all results and languages, as they come."""
    opener = f'{_XML}<xliff xmlns="{NAMESPACE}1.2" version="1.2">\n'
    for result, translation in _translated(results):
        yield opener
        opener = ""
        yield from _file_12(result, translation)
    if not opener:
        yield "</xliff>\n"


def documents_12(result: Result) -> Iterator[tuple[str, Iterator[str]]]:
    """File name and XLIFF 1.2 document of each translation of an article."""
    for _, translation in _translated([result]):
        name = layout.file_name(result.article.id, translation.lang, "xlf")
        yield name, write_12([_alone(result, translation)])


def _translated(results: Iterable[Result]) -> Iterator[tuple[Result, Translation]]:
    for result in results:
        for translation in result.translations:
            if translation.units and not layout.is_copy(result, translation):
                yield result, translation


def _alone(result: Result, translation: Translation) -> Result:
    return replace(result, translations=(translation,))


def _opening(source_lang: str, lang: str) -> str:
    return (
        f'{_XML}<xliff xmlns="{NAMESPACE}2.0" xmlns:mda="{METADATA}" version="2.1" '
        f'srcLang="{source_lang}" trgLang="{lang}">\n'
    )


def _file(result: Result, translation: Translation, number: int) -> Iterator[str]:
    original = escape(result.article.id)
    yield f'<file id="f{number}" original="{original}" canResegment="no" xml:space="preserve">\n'
    yield _metadata("news", _news(result))
    held = {unit.id for unit in translation.units}
    yield _notes(f for f in translation.findings if f.unit_id not in held)
    spans = _label_spans(result)
    for unit in translation.units:
        source, target = _marked(unit, spans.get(unit.id), '<mrk id="m{}" translate="no">')
        origin = _ORIGINS.get(unit.origin.partition(" ")[0], "mt")
        yield f'<unit id="{escape(unit.id)}">\n'
        yield _metadata("toolkit", [("origin", unit.origin), (BASE, base_of(unit.target))])
        yield _notes(f for f in translation.findings if f.unit_id == unit.id)
        yield (
            f'<segment state="{unit.state}" subState="toolkit:{origin}">\n'
            f"<source>{source}</source>\n<target>{target}</target>\n</segment>\n</unit>\n"
        )
    yield "</file>\n"


# What a unit's origin is in `subState`; anything else is a machine.
_ORIGINS = {"memory": "memory", "review": "review", "source": "source"}


def _metadata(category: str, entries: Sequence[tuple[str, str]]) -> str:
    if not entries:
        return ""
    metas = "".join(
        f'<mda:meta type="{name}">{escape(value)}</mda:meta>' for name, value in entries
    )
    return (
        f'<mda:metadata><mda:metaGroup category="{category}">{metas}'
        "</mda:metaGroup></mda:metadata>\n"
    )


def _news(result: Result) -> list[tuple[str, str]]:
    known = result.article.metadata
    fields = {
        "title": known.title,
        "outlet": known.outlet,
        "date": known.date,
        "byline": known.byline,
        "url": known.url,
        "source": result.article.source,
    }
    return [(name, value) for name, value in fields.items() if value]


_PRIORITIES: dict[Severity, int] = {"error": 1, "warning": 3, "info": 9}


def _notes(findings: Iterable[Finding]) -> str:
    notes = "".join(
        f'<note category="{finding.severity}" priority="{_PRIORITIES[finding.severity]}" '
        f'appliesTo="target">{escape(layout.told(finding))}</note>\n'
        for finding in findings
    )
    return f"<notes>\n{notes}</notes>\n" if notes else ""


def _file_12(result: Result, translation: Translation) -> Iterator[str]:
    original, lang = escape(result.article.id), result.article.lang
    held = {unit.id for unit in translation.units}
    said = [f"{name}: {value}" for name, value in _news(result)]
    said += [layout.told(f) for f in translation.findings if f.unit_id not in held]
    notes = "".join(f'<note from="toolkit">{escape(note)}</note>\n' for note in said)
    yield (
        f'<file original="{original}" source-language="{lang}" '
        f'target-language="{translation.lang}" datatype="plaintext" xml:space="preserve">\n'
        f'<header>\n<tool tool-id="toolkit" tool-name="Toolkit" tool-version="{__version__}"/>\n'
        f"{notes}</header>\n<body>\n"
    )
    spans = _label_spans(result)
    for unit in translation.units:
        source, target = _marked(unit, spans.get(unit.id), '<mrk mtype="protected">')
        notes = "".join(
            f'<note annotates="target" from="toolkit" priority="{_PRIORITIES[f.severity]}">'
            f"{escape(layout.told(f))}</note>\n"
            for f in translation.findings
            if f.unit_id == unit.id
        )
        approved = ' approved="yes"' if unit.state == "final" else ""
        yield (
            f'<trans-unit id="{escape(unit.id)}"{approved}>\n<source>{source}</source>\n'
            f"<target {_state_12(unit)}>{target}</target>\n{notes}"
            '<context-group purpose="information">'
            f'<context context-type="x-{BASE}">{base_of(unit.target)}</context>'
            f'<context context-type="x-origin">{escape(unit.origin)}</context></context-group>\n'
            "</trans-unit>\n"
        )
    yield "</body>\n</file>\n"


def _state_12(unit: TranslationUnit) -> str:
    states = {
        "initial": "needs-translation",
        "translated": "needs-review-translation",
        "reviewed": "signed-off",
        "final": "final",
    }
    origin = unit.origin.partition(" ")[0]
    qualifiers = {"memory": "exact-match", "review": "", "source": ""}
    qualifier = qualifiers.get(origin, "leveraged-mt") if unit.state == "translated" else ""
    how = f' state-qualifier="{qualifier}"' if qualifier else ""
    return f'state="{states[unit.state]}"{how}'


def _label_spans(result: Result) -> dict[str, list[Span]]:
    """Where the labels inside each segment stand in its text, by the segment's id."""
    found: dict[str, list[Span]] = {}
    inline = iter([label.span for label in result.labels if label.kind in labels.INLINE])
    span = next(inline, None)
    for segment in result.segments:
        start, end = segment.span
        while span is not None and span.start < end:
            if span.start >= start and span.end <= end:
                place = Span(span.start - start, span.end - start)
                found.setdefault(segment.id, []).append(place)
            span = next(inline, None)
    return found


def _marked(unit: TranslationUnit, spans: Sequence[Span] | None, tag: str) -> tuple[str, str]:
    """Source and target with each label that stands in both as a marked stretch."""
    if spans is None:
        spans = [label.span for label in labels.find_inline(unit.source)]
    sources: list[tuple[Span, int]] = []
    targets: list[tuple[Span, int]] = []
    for number, span in enumerate(spans, start=1):
        text = unit.source[span.start : span.end]
        at = unit.target.find(text)
        while at >= 0 and any(at < s.end and s.start < at + len(text) for s, _ in targets):
            at = unit.target.find(text, at + 1)
        sources.append((span, number))
        if at >= 0 and text:
            targets.append((Span(at, at + len(text)), number))
    return _with_marks(unit.source, sources, tag), _with_marks(unit.target, targets, tag)


def _with_marks(text: str, marks: Iterable[tuple[Span, int]], tag: str) -> str:
    parts: list[str] = []
    at = 0
    for span, number in sorted(marks):
        inside = escape(text[span.start : span.end])
        parts += (escape(text[at : span.start]), f"{tag.format(number)}{inside}</mrk>")
        at = span.end
    return "".join((*parts, escape(text[at:])))
