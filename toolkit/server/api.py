"""The answers of the API, one function per operation of `openapi.operations`."""

from __future__ import annotations

import unicodedata
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from toolkit import checks, labels, pipeline, segmentation, summaries, translation
from toolkit import lang as lang_
from toolkit.errors import InputError, UnsupportedError
from toolkit.formats import detect_lang, html, jsonl, page, plain
from toolkit.formats.articles import Draft, finish
from toolkit.runs.reviews import with_units
from toolkit.schema import Article, Finding, Length, Plan, Result, Translation, encode
from toolkit.server import openapi
from toolkit.server.desk import Desk, Entry, View
from toolkit.server.guard import Refused

if TYPE_CHECKING:
    from toolkit.server.service import Asked, Service

__all__ = ["HANDLERS", "unit_id", "unit_of"]

_BRIEF = 1_000  # characters of a pair that is checked at once
_FEW = 50  # articles that are counted before others are let in
_UNSURE = "und"
_SURE = 80  # letters above which the language of a text is told with certainty


async def health(_service: Service, _asked: Asked) -> Any:
    return {"status": "ok"}


async def metrics(service: Service, _asked: Asked) -> Any:
    return service.metrics.text()


async def describe(service: Service, _asked: Asked) -> Any:
    return openapi.describe(service.operations)


# --- texts ---------------------------------------------------------------------------------


async def check(service: Service, asked: Asked) -> Any:
    body = asked.body
    langs = body["source_lang"], body["target_lang"]
    source, target = (unicodedata.normalize("NFC", body[side]) for side in ("source", "target"))

    def work() -> checks.Verdict:
        if body["document"] and _has_words(source) and _has_words(target):
            one, other = _read(source, langs[0]), _read(target, langs[1])
            return checks.check_texts(one, other, service.termbase)
        return checks.check_pair(source, target, *langs, service.termbase)

    # A sentence takes a millisecond or two: to hand it to a thread costs half as much again.
    brief = len(source) + len(target) <= _BRIEF and not body["document"]
    verdict = await (service.at_once(work) if brief else service.aside(work))
    return {
        "findings": [_finding(one) for one in verdict.findings],
        "verified": len(verdict.agreements),
    }


async def summarize(service: Service, asked: Asked) -> Any:
    body = asked.body
    length = Length(int(body["length"]), body["measure"])

    if not _has_words(body["text"]):
        raise Refused(422, "no words in the text")

    def work() -> Any:
        article = _read(body["text"], body["lang"])
        found = labels.find(article)
        segments = segmentation.segment(article, found)
        summary = summaries.summarize(article, found, segments, length)
        return encode(summary)

    try:
        return await service.aside(work)
    except UnsupportedError as exc:
        raise Refused(422, exc.message) from exc


async def languages(service: Service, _asked: Asked) -> Any:
    codes = service.languages
    return [
        {
            "code": code,
            "name": lang_.names(code)[0],
            "targets": [other for other in codes if other != code],
        }
        for code in codes
    ]


async def detect(service: Service, asked: Asked) -> Any:
    return [await service.aside(lambda: _detected(asked.body["q"]))]


async def translate(service: Service, asked: Asked) -> Any:
    body = asked.body
    several = isinstance(body["q"], list)
    batch = body["q"] if several else [body["q"]]
    size, most = sum(map(len, batch)), service.options.limits.text
    if size > most:
        raise Refused(400, f"expected at most {most} characters in all, found {size}")

    def work() -> list[dict[str, Any]]:
        return [_translated(service, text, body) for text in batch]

    done = await service.with_engine(work)
    if not several:
        return done[0]
    shown = [
        name
        for name, wanted in (
            ("translatedText", True),
            ("findings", True),
            ("detectedLanguage", body["source"] == "auto"),
            ("alternatives", body["alternatives"]),
        )
        if wanted
    ]
    return {name: [one[name] for one in done] for name in shown}


def _translated(service: Service, text: str, body: Mapping[str, Any]) -> dict[str, Any]:
    """One text in LibreTranslate's shape, with what was found in it."""
    text = unicodedata.normalize("NFC", text)
    as_html = body["format"] == "html"
    draft = html.fragment(text) if as_html else plain.read(text)
    answer: dict[str, Any] = {"translatedText": text, "findings": []}
    lang = body["source"]
    if lang == "auto":
        answer["detectedLanguage"] = _detected(draft.text)
        lang = answer["detectedLanguage"]["language"]
        if lang == _UNSURE:
            detect_lang(draft.text)  # refuses, with the languages it may be
    if body["alternatives"]:
        answer["alternatives"] = []
    if not any(char.isalpha() for char in draft.text):
        return answer  # figures and marks are the same in every language
    if lang not in service.languages:
        raise InputError(f"{lang} is not supported")
    plan = Plan(langs=(body["target"],), length=None)
    article = _article(draft, lang)
    result = pipeline.process(article, plan, service.engine, service.termbase)
    made = (result.translations[0], *_others(service, result, int(body["alternatives"])))
    texts = [page.write(text, result, one, fragment=True) if as_html else one.text for one in made]
    answer["translatedText"] = texts[0]
    answer["findings"] = [_finding(one) for one in made[0].findings]
    if body["alternatives"]:
        answer["alternatives"] = list(dict.fromkeys(texts[1:]))
    return answer


def _others(service: Service, result: Result, most: int) -> Iterator[Translation]:
    """Up to so many other translations, of what the engine has to say besides its best answers.

    One with an error that the best has not is left out: a changed fact is no other wording.
    """
    (made,) = result.translations
    if not most or made.lang == result.article.lang:
        return
    sources = translation.passages(result.article, result.labels, result.segments)
    asked = translation.requests(sources, result.article.lang, made.lang)
    answers = translation.ask(service.engine, asked)
    best = set(_errors(made))
    for number in range(most):
        units = [
            translation.unit(source, request, replace(answer, text=answer.alternatives[number]))
            if answer and number < len(answer.alternatives)
            else unit
            for source, request, answer, unit in zip(
                sources, asked, answers, made.units, strict=True
            )
        ]
        if all(new.target == old.target for new, old in zip(units, made.units, strict=True)):
            continue
        other = with_units(result, made, units, service.termbase)
        if best.issuperset(_errors(other)) and all(one.state != "initial" for one in units):
            yield other


def _errors(made: Translation) -> Iterator[tuple[str, str | None]]:
    return ((f.code, f.expected) for f in made.findings if f.severity == "error")


def _read(text: str, code: str) -> Article:
    return _article(plain.read(unicodedata.normalize("NFC", text)), code)


def _article(draft: Draft, code: str) -> Article:
    article = finish(draft, "text", "text", None if code == "auto" else code)
    # A text without metadata says nothing of an outlet; its own first line stays its title.
    return replace(article, source="-")


def _has_words(text: str) -> bool:
    return any(char.isalnum() for char in text)


def _detected(text: str) -> dict[str, Any]:
    """The language; "und" (ISO 639) and 0 for confidence where nothing tells it for sure."""
    if not any(map(str.isalpha, text)):
        return {"confidence": 0.0, "language": "en"}  # figures are the same in every language
    try:
        code = detect_lang(unicodedata.normalize("NFC", text))
    except UnsupportedError:
        return {"confidence": 0.0, "language": _UNSURE}
    letters = sum(char.isalpha() for char in text[: 4 * _SURE])
    return {"confidence": 100.0 if letters >= _SURE else 50.0, "language": code}


def _finding(finding: Finding) -> dict[str, Any]:
    return {"unit_id": finding.unit_id, **jsonl.finding(finding)}


# --- the run -------------------------------------------------------------------------------


async def run(service: Service, _asked: Asked) -> Any:
    while await service.at_desk(lambda desk: desk.read_on(_FEW)):
        pass  # others are let in between

    def work(desk: Desk) -> Any:
        intos = [into for entry in desk.known() for into in entry.into]
        return {
            "plan": encode(desk.plan),
            "articles": len(desk),
            "units": sum(into.units for into in intos),
            "reviewed": sum(into.reviewed for into in intos),
        }

    return await service.at_desk(work)


async def articles(service: Service, asked: Asked) -> Any:
    start = int(asked.query["offset"])
    limit = int(asked.query["limit"] if asked.query["limit"] is not None else 100)

    def work(desk: Desk) -> Any:
        entries = desk.entries(start, start + limit)
        return {"articles": list(map(_entry, entries)), "total": len(desk)}

    return await service.at_desk(work)


async def article(service: Service, asked: Asked) -> Any:
    return await service.at_desk(lambda desk: jsonl.to_json(desk.result(asked.path["ref"])))


async def units(service: Service, asked: Asked) -> Any:
    def work(desk: Desk) -> Any:
        view = desk.view(asked.path["ref"], asked.path["lang"])
        return {"units": [unit_of(view, unit.id) for unit in view.translation.units]}

    return await service.at_desk(work)


async def unit(service: Service, asked: Asked) -> Any:
    return await service.at_desk(
        lambda desk: unit_of(desk.view(asked.path["ref"], asked.path["lang"]), unit_id(asked))
    )


async def save(service: Service, asked: Asked) -> Any:
    def work(desk: Desk) -> Any:
        body, one = asked.body, unit_id(asked)
        view = desk.save(
            asked.path["ref"],
            asked.path["lang"],
            one,
            body["target"],
            version=int(body["version"]),
            by=asked.who or body["by"] or "",
        )
        return unit_of(view, one)

    done = await service.at_desk(work)
    service.edited("save")
    return done


async def attempt(service: Service, asked: Asked) -> Any:
    def work(desk: Desk) -> Any:
        one = unit_id(asked)
        view = desk.attempt(asked.path["ref"], asked.path["lang"], one, asked.body["target"])
        return unit_of(view, one)

    return await service.at_desk(work)


async def accept(service: Service, asked: Asked) -> Any:
    def work(desk: Desk) -> Any:
        body, one = asked.body, unit_id(asked)
        view = desk.accept(
            asked.path["ref"],
            asked.path["lang"],
            one,
            (body["code"], body["expected"], body["found"]),
            body["reason"],
            version=int(body["version"]),
            by=asked.who or body["by"] or "",
        )
        return unit_of(view, one)

    done = await service.at_desk(work)
    service.edited("accept")
    return done


def unit_id(asked: Asked) -> str:
    return asked.path["unit"]


def unit_of(view: View, one: str) -> dict[str, Any]:
    """A unit as the API shows it, with its findings and how it was reviewed."""
    part = view.part(one)
    review = part.review
    return {
        **encode(part.unit),
        "version": part.version,
        "by": review.by if review else "",
        "at": review.at if review else "",
        "accepted": encode(review.accepted) if review else [],
        "findings": list(map(_finding, part.findings)),
    }


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        "ref": entry.ref,
        "article_id": entry.article_id,
        "lang": entry.lang,
        "title": entry.title,
        "source": entry.label,
        "translations": [
            {
                "lang": into.lang,
                "units": into.units,
                "reviewed": into.reviewed,
                "verified": into.verified,
                "accepted": into.accepted,
                "errors": dict(into.counts).get("error", 0),
                "warnings": dict(into.counts).get("warning", 0),
                "infos": dict(into.counts).get("info", 0),
            }
            for into in entry.into
        ],
    }


_UNIT = "/run/articles/{ref}/{lang}/units/{unit}"
HANDLERS: Mapping[tuple[str, str], Callable[[Service, Asked], Awaitable[Any]]] = MappingProxyType(
    {
        ("/health", "get"): health,
        ("/languages", "get"): languages,
        ("/detect", "post"): detect,
        ("/translate", "post"): translate,
        ("/check", "post"): check,
        ("/summarize", "post"): summarize,
        ("/run", "get"): run,
        ("/run/articles", "get"): articles,
        ("/run/articles/{ref}", "get"): article,
        ("/run/articles/{ref}/{lang}/units", "get"): units,
        (_UNIT, "get"): unit,
        (_UNIT, "put"): save,
        (f"{_UNIT}/check", "post"): attempt,
        (f"{_UNIT}/accept", "post"): accept,
        ("/metrics", "get"): metrics,
        ("/openapi.json", "get"): describe,
    }
)
