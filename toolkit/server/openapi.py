"""The description of the API that it publishes of itself, at `/openapi.json`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from toolkit import __version__
from toolkit.runs.reviews import Accepted
from toolkit.schema import Finding, Plan, SummarySentence, TranslationUnit
from toolkit.server.desk import LONGEST_NAME, LONGEST_REASON
from toolkit.server.options import Limits
from toolkit.server.shapes import of_record, record

__all__ = ["Operation", "describe", "operations"]

TEXT = {"type": "string"}
_ERROR = record({"error": TEXT})
# Something to read, and nothing that drives a terminal.
_CONTROLS = "\\u0000-\\u0008\\u000e-\\u001f\\u007f-\\u009f"
_SAID = f"^[^{_CONTROLS}]*[^\\s{_CONTROLS}][^{_CONTROLS}]*$"
_WHY = {
    400: "The request is not as described.",
    401: "A key is needed, or this one is not known.",
    403: "The request comes from another site, or without the token of the review page.",
    404: "The run has no such article, language or unit.",
    405: "Not with this method.",
    408: "The request took too long to arrive.",
    409: "The edit was made on a version that is no longer the newest.",
    413: "The body is too long.",
    421: "Asked under a name that is not this server's.",
    422: "Understood, but nothing at hand can do it: no translation, or no known language.",
    431: "The headers are too long.",
    503: "Too many requests are waiting; try again.",
}
_ANYWHERE = (400, 401, 403, 405, 408, 413, 421, 431, 503)


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing to ask: where, how, with what body, and what comes back."""

    path: str
    method: str
    summary: str
    answer: dict[str, Any]
    body: dict[str, Any] | None = None
    form: bool = False
    errors: tuple[int, ...] = ()
    query: dict[str, Any] | None = None
    open: bool = False
    kind: str = "application/json"
    conflict: dict[str, Any] | None = None


def operations(
    limits: Limits, known: Sequence[str], translated: Sequence[str]
) -> dict[tuple[str, str], Operation]:
    """All of them, by path and method.

    `known` are the languages that can be read, `translated` those that can be translated.
    """
    text = {"type": "string", "maxLength": limits.text}
    some = {**text, "minLength": 1}
    said = {**some, "pattern": _SAID}
    lang = {"type": "string", "enum": list(known)}
    detected = {"type": "string", "enum": ["auto", *known], "default": "auto"}
    key = {"type": "string", "maxLength": 200, "description": "An API key, if one is needed."}
    finding = of_record(Finding)
    finding["properties"]["kind"] = TEXT
    finding["required"] = sorted([*finding["required"], "kind"])
    found = {"type": "array", "items": finding}
    unit = _unit(finding)
    into = record(
        {
            "lang": TEXT,
            **{
                name: {"type": "integer", "minimum": 0}
                for name in (
                    "units",
                    "reviewed",
                    "verified",
                    "accepted",
                    "errors",
                    "warnings",
                    "infos",
                )
            },
        }
    )
    article = record(
        {
            "ref": TEXT,
            "article_id": TEXT,
            "lang": TEXT,
            "title": TEXT,
            "source": TEXT,
            "translations": {"type": "array", "items": into},
        }
    )
    version = {"type": "integer", "minimum": 0, "maximum": 1_000_000_000}
    by = {"type": "string", "maxLength": LONGEST_NAME, "description": "Who does this."}
    tried = {"type": ["string", "null"], "maxLength": limits.text}
    translated_text = {"oneOf": [TEXT, {"type": "array", "items": TEXT}]}
    detection = record({"confidence": {"type": "number"}, "language": TEXT})
    page = {"offset": {**version, "default": 0}, "limit": {**version, "maximum": 1000}}
    unit_path = "/run/articles/{ref}/{lang}/units/{unit}"
    stale = record({"error": TEXT, "yours": {"type": ["string", "null"]}, "theirs": unit})
    listed = [
        Operation("/health", "get", "Whether the server is up.", _const("ok"), open=True),
        Operation(
            "/languages",
            "get",
            "The languages it can translate between (LibreTranslate's shape).",
            {
                "type": "array",
                "items": record(
                    {
                        "code": TEXT,
                        "name": TEXT,
                        "targets": {"type": "array", "items": TEXT},
                    }
                ),
            },
        ),
        Operation(
            "/detect",
            "post",
            "The language of a text (LibreTranslate's shape).",
            {"type": "array", "items": detection},
            record({"q": some}, {"api_key": key}, more=True),
            form=True,
        ),
        Operation(
            "/translate",
            "post",
            "A text or several in another language (LibreTranslate's shape), with findings.",
            record(
                {"translatedText": translated_text, "findings": {"type": "array"}},
                {
                    "detectedLanguage": {
                        "oneOf": [detection, {"type": "array", "items": detection}]
                    },
                    "alternatives": {"type": "array"},
                },
            ),
            record(
                {
                    "q": {
                        "oneOf": [
                            some,
                            {"type": "array", "items": some, "maxItems": limits.batch},
                        ]
                    },
                    "source": {"type": "string", "enum": ["auto", *translated]},
                    "target": {"type": "string", "enum": list(translated)},
                },
                {
                    "format": {"type": "string", "enum": ["text", "html"], "default": "text"},
                    "alternatives": {
                        "type": "integer",
                        "minimum": 0,
                        "maximum": 10,
                        "default": 0,
                    },
                    "api_key": key,
                },
                more=True,
            ),
            form=True,
            errors=(422,),
        ),
        Operation(
            "/check",
            "post",
            "Whether figures, dates, names and labels of a text survive in its translation.",
            record({"findings": found, "verified": {"type": "integer", "minimum": 0}}),
            record(
                {"source": text, "target": text, "target_lang": lang},
                {
                    "source_lang": {**lang, "default": "en"},
                    "document": {
                        "type": "boolean",
                        "default": False,
                        "description": "Whole texts: their sentences are aligned first.",
                    },
                },
            ),
        ),
        Operation(
            "/summarize",
            "post",
            "Sentences of the text that say what it is about.",
            record(
                {
                    "lang": TEXT,
                    "method": TEXT,
                    "sentences": {"type": "array", "items": of_record(SummarySentence)},
                }
            ),
            record(
                {"text": some},
                {
                    "lang": detected,
                    "length": {"type": "integer", "minimum": 1, "maximum": 10_000, "default": 3},
                    "measure": {
                        "type": "string",
                        "enum": ["sentences", "words", "characters"],
                        "default": "sentences",
                    },
                },
            ),
            errors=(422,),
        ),
        Operation(
            "/run",
            "get",
            "The run that is open for review.",
            record(
                {
                    "plan": of_record(Plan),
                    "articles": {"type": "integer", "minimum": 0},
                    "units": {"type": "integer", "minimum": 0},
                    "reviewed": {"type": "integer", "minimum": 0},
                }
            ),
        ),
        Operation(
            "/run/articles",
            "get",
            "The articles of the run, in their order.",
            record(
                {
                    "articles": {"type": "array", "items": article},
                    "total": {"type": "integer", "minimum": 0},
                }
            ),
            query=page,
        ),
        Operation(
            "/run/articles/{ref}",
            "get",
            "All that was made of an article, reviews included: a line of results.jsonl.",
            {"type": "object", "required": ["article_id", "translations"]},
            errors=(404,),
        ),
        Operation(
            "/run/articles/{ref}/{lang}/units",
            "get",
            "The units of one translation, in order.",
            record({"units": {"type": "array", "items": unit}}),
            errors=(404,),
        ),
        Operation(unit_path, "get", "One unit.", unit, errors=(404,)),
        Operation(
            unit_path,
            "put",
            "Save a text as reviewed: to disk, and into the translation memory.",
            unit,
            record({"target": said, "version": version}, {"by": by}),
            errors=(404, 409),
            conflict=stale,
        ),
        Operation(
            f"{unit_path}/check",
            "post",
            "The findings of a text in its place in the document; nothing is saved.",
            unit,
            record({"target": said}),
            errors=(404,),
        ),
        Operation(
            f"{unit_path}/accept",
            "post",
            "Let a finding stand, for a reason.",
            unit,
            record(
                {
                    "code": {"type": "string", "maxLength": 100},
                    "expected": tried,
                    "found": tried,
                    "reason": {**said, "maxLength": LONGEST_REASON},
                    "version": version,
                },
                {"by": by},
            ),
            errors=(404, 409),
            conflict=stale,
        ),
        Operation("/metrics", "get", "Counts for Prometheus.", TEXT, kind="text/plain"),
        Operation("/openapi.json", "get", "This description.", {"type": "object"}, open=True),
    ]
    return {(one.path, one.method): one for one in listed}


def _unit(finding: dict[str, Any]) -> dict[str, Any]:
    known = of_record(TranslationUnit)
    known["properties"] |= {
        "version": {"type": "integer", "minimum": 0},
        "by": TEXT,
        "at": TEXT,
        "accepted": {"type": "array", "items": of_record(Accepted)},
        "findings": {"type": "array", "items": finding},
    }
    known["required"] = sorted(known["properties"])
    return known


def _const(value: str) -> dict[str, Any]:
    return record({"status": {"type": "string", "enum": [value]}})


def describe(listed: dict[tuple[str, str], Operation]) -> dict[str, Any]:
    """The OpenAPI 3.1 document of these operations."""
    paths: dict[str, Any] = {}
    for (path, method), one in listed.items():
        paths.setdefault(path, {})[method] = _operation(one)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Toolkit",
            "version": __version__,
            "description": "Translations of news whose facts and labels are checked.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/"}],
        "security": [{}, {"key": []}],
        "components": {
            "securitySchemes": {"key": {"type": "http", "scheme": "bearer"}},
            "schemas": {"Error": _ERROR},
        },
        "paths": paths,
    }


def _operation(one: Operation) -> dict[str, Any]:
    error = {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}
    answers: dict[str, Any] = {
        "200": {"description": "Done.", "content": {one.kind: {"schema": one.answer}}}
    }
    for status in sorted({*_ANYWHERE, *one.errors}):
        answers[str(status)] = {"description": _WHY[status], "content": error}
    if one.conflict:
        answers["409"]["content"] = {"application/json": {"schema": one.conflict}}
    found: dict[str, Any] = {
        "operationId": _name(one),
        "summary": one.summary,
        "responses": answers,
    }
    if one.open:
        found["security"] = [{}]
    parameters = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
        for name in ("ref", "lang", "unit")
        if f"{{{name}}}" in one.path
    ]
    parameters += [
        {"name": name, "in": "query", "schema": schema}
        for name, schema in (one.query or {}).items()
    ]
    if parameters:
        found["parameters"] = parameters
    if one.body:
        content = {"application/json": {"schema": one.body}}
        if one.form:
            content["application/x-www-form-urlencoded"] = {"schema": _flat(one.body)}
        found["requestBody"] = {"required": True, "content": content}
    return found


def _flat(body: dict[str, Any]) -> dict[str, Any]:
    """The same as a form can say it: one text, not several."""
    known = {
        name: one["oneOf"][0] if "oneOf" in one else one for name, one in body["properties"].items()
    }
    return {**body, "properties": known}


def _name(one: Operation) -> str:
    words = [part.strip("{}") for part in one.path.strip("/").replace(".json", "").split("/")]
    return "_".join([one.method, *words])
