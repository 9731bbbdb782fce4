"""The sample articles through the real pipeline, in two halves.

*Silence*: the correct translation of `samples/memory.tmx` gives no error and no warning, and
the whole result is `samples/expected/<article>.<lang>.json`, checked by a person.
*Alarm*: every row of `samples/corruptions/<lang>.jsonl` puts one error into a correct
translation, and `check` finds exactly what the row names, besides what it finds anyway.

`python tests/regression/test_samples.py` writes the expected results anew; what changed in
them is for a person to read, and for the commit to say why.
"""

from __future__ import annotations

import json
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from toolkit import checks, config, formats, pipeline
from toolkit.formats import plain
from toolkit.schema import Article, Finding, Plan, Result, Translation
from toolkit.terms import Termbase

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "samples"
ARTICLES = (
    "busan-port-ko", "captured-soldiers", "carpathian-rail-uk", "court-ruling", "cup-final",
    "exchange-offer", "grain-corridor", "harbour-ferry", "storm-warning",
)  # fmt: skip
LANGS = ("ko", "uk")


@cache
def terms() -> Termbase:
    return config.open_terms(config.load_settings(ROOT))


@cache
def results() -> dict[str, Result]:
    plan = Plan(langs=LANGS)
    with config.open_memories(config.Settings(memories=(SAMPLES / "memory.tmx",))) as memories:
        made = [
            pipeline.process(article, plan, memories[0], terms())
            for article in formats.read([SAMPLES / "articles"])
            if isinstance(article, Article)
        ]
    return {result.article.id: result for result in made}


def translation(article: str, lang: str) -> Translation:
    return next(t for t in results()[article].translations if t.lang == lang)


def shown(result: Result, made: Translation) -> dict[str, object]:
    """What a person has to read to say that a result is right."""
    sources = {unit.id: unit.source for unit in made.units}
    targets = {unit.id: unit.target for unit in made.units}
    return {
        "labels": [[label.kind, label.text, label.span.start] for label in result.labels],
        "title": made.title,
        "units": [[unit.id, f"¶{unit.paragraph}", unit.source, unit.target] for unit in made.units],
        "summary": [
            [f"¶{sentence.paragraph}", *sentence.segments, sentence.text]
            for sentence in (made.summary.sentences if made.summary else ())
        ],
        "facts": [
            [
                fact.unit_id,
                fact.kind,
                sources[fact.unit_id][slice(*fact.source_span)],
                targets[fact.unit_id][slice(*fact.target_span)],
                fact.rule,
            ]
            for fact in made.agreements
        ],
        "findings": [[*named(finding), finding.unit_id, finding.rule] for finding in made.findings],
    }


def written(result: Result, made: Translation) -> str:
    """One line per row, so that a change can be read in a diff."""
    parts = []
    for name, rows in shown(result, made).items():
        if isinstance(rows, list) and rows:
            lines = ",\n    ".join(json.dumps(row, ensure_ascii=False) for row in rows)
            parts.append(f'  "{name}": [\n    {lines}\n  ]')
        else:
            parts.append(f'  "{name}": {json.dumps(rows, ensure_ascii=False)}')
    return "{\n" + ",\n".join(parts) + "\n}\n"


def named(finding: Finding) -> tuple[str, str, str | None, str | None]:
    return (finding.severity, finding.code, finding.expected, finding.found)


def check(article: str, lang: str, text: str) -> Counter[tuple[str, str, str | None, str | None]]:
    """The findings of a translation as a text file of its own, against the article."""
    draft = plain.read(text)
    target = Article("t", lang, draft.text, draft.blocks, source="t.txt")
    verdict = checks.check_texts(results()[article].article, target, terms())
    return Counter(map(named, verdict.findings))


@cache
def findings_anyway(article: str, lang: str) -> Counter[tuple[str, str, str | None, str | None]]:
    return check(article, lang, translation(article, lang).text)


def corruptions() -> list[dict[str, str]]:
    rows = []
    for lang in LANGS:
        lines = (SAMPLES / "corruptions" / f"{lang}.jsonl").read_text("utf-8").splitlines()
        rows += [{"lang": lang, **json.loads(line)} for line in lines]
    return rows


ROWS = corruptions()


def test_the_articles_are_those_that_are_here():
    assert tuple(sorted(results())) == ARTICLES


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("article", ARTICLES)
def test_a_correct_translation_gives_no_error_and_no_warning(article, lang):
    made = translation(article, lang)
    assert [f for f in made.findings if f.severity != "info"] == []
    assert [key for key in findings_anyway(article, lang) if key[0] != "info"] == []
    assert {unit.origin for unit in made.units} <= {"memory 100 %", "source"}


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("article", ARTICLES)
def test_the_whole_result_is_as_it_was_checked(article, lang):
    expected = (SAMPLES / "expected" / f"{article}.{lang}.json").read_text("utf-8")
    assert written(results()[article], translation(article, lang)) == expected


@pytest.mark.parametrize("lang", LANGS)
def test_there_are_enough_corruptions_of_every_kind(lang):
    kinds = Counter(row["kind"] for row in ROWS if row["lang"] == lang)
    assert sum(kinds.values()) >= 60
    assert set(kinds) == {
        "digit", "scale", "month", "day", "weekday", "year", "time", "unit", "currency",
        "number_word", "name", "label", "swap", "dropped_clause",
    }  # fmt: skip


@pytest.mark.parametrize(
    "row", ROWS, ids=[f"{r['lang']}-{i}-{r['kind']}" for i, r in enumerate(ROWS)]
)
def test_a_corruption_is_found_and_nothing_else(row):
    text = translation(row["article"], row["lang"]).text
    assert text.count(row["old"]) == 1
    found = check(row["article"], row["lang"], text.replace(row["old"], row["new"]))
    extra = found - findings_anyway(row["article"], row["lang"])
    assert sorted(map(list, extra.elements()), key=repr) == sorted(row["findings"], key=repr)


if __name__ == "__main__":
    for name in ARTICLES:
        for code in LANGS:
            path = SAMPLES / "expected" / f"{name}.{code}.json"
            path.write_text(written(results()[name], translation(name, code)), "utf-8")
