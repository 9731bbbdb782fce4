"""JSON: articles in as JSON lines, results out as JSON lines or one JSON array."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from toolkit.formats import layout
from toolkit.schema import Finding, Result, Summary, Translation, encode

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
        "findings": [_finding(f) for f in result.findings],
        "key": result.key,
        "provenance": encode(result.provenance),
    }


def line(result: Result) -> str:
    """One line of JSON, with its end; no character in it ends a line elsewhere."""
    return _dump(to_json(result)) + "\n"


def write(results: Iterable[Result]) -> Iterator[str]:
    """JSON lines: one line per article, as soon as its result is there."""
    return map(line, results)


def write_array(results: Iterable[Result]) -> Iterator[str]:
    """One JSON array, always, with an object per article; streamed, so never closed if cut."""
    opener = "[\n"
    for result in results:
        yield opener + _dump(to_json(result), indent=2)
        opener = ",\n"
    yield "[]\n" if opener == "[\n" else "\n]\n"


def _translation(result: Result, translation: Translation) -> dict[str, Any]:
    return {
        "lang": translation.lang,
        "title": translation.title,
        "text": translation.text,
        "units": encode(translation.units),
        "summary": _summary(result, translation.summary),
        "findings": [_finding(f) for f in translation.findings],
        "agreements": encode(translation.agreements),
    }


def _summary(result: Result, summary: Summary | None) -> dict[str, Any] | None:
    if summary is None:
        return None
    label = layout.own_label(result.article, summary.lang)
    sentences = [{**encode(s), "label": label} for s in summary.sentences]
    return {"lang": summary.lang, "method": summary.method, "sentences": sentences}


def _finding(finding: Finding) -> dict[str, Any]:
    # Behind its code, where a reader of the line looks for it.
    fields = encode(finding)
    return {"code": fields.pop("code"), "kind": finding.kind, **fields}


def _dump(value: object, indent: int | None = None) -> str:
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, indent=indent)
    return _UNSAFE_IN_A_LINE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
