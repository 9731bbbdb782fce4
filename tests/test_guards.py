"""Whether a text is a translation at all: what is flagged, and what is left alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from toolkit import checks
from toolkit.checks import guards, registry
from toolkit.schema import TranslationUnit

# source | translation | language | the rule of the finding
SURFACE = """
a sentence | He left early. | Він пішов рано. | uk |
a loop of words | He left early. | Він пішов рано, рано, рано, рано, рано. | uk | loop
a loop of a phrase | They left. | 그들은 떠났다. 그들은 떠났다. 그들은 떠났다. | ko | loop
a glued loop | Applause. | 박수박수박수박수박수박수박수박수 | ko | loop
said three times in both | No, no, no, no! | Ні, ні, ні, ні! | uk |
laughter | "Hahahahaha," he said. | «Хахахахаха», — сказав він. | uk |
one sign often | A line: ---------- | Лінія: ---------- | uk |
a long number | It cost 1000000000. | 1000000000원이었다. | ko |
the source | The ship left the port at noon. | The ship left the port at noon. | ko | copied
names stay | Sky Sports News HQ | Sky Sports News HQ | uk |
names with a word | Newcastle v Leeds United | Newcastle v Leeds United | ko |
half of it | He said they would not accept it. | Він же додав: they would not accept it. | uk | kept
a title | He saw "Gone with the Wind" there. | Він бачив там «Gone with the Wind». | uk |
other words of English | The ship left the port. | A vessel has gone from there. | ko | script
Chinese | The ship left the port at noon. | 船在中午离开了港口。 | ko | script
some Chinese | He died of cancer. | 사인(死因)은 암이다. | ko |
Korean in Ukrainian | She became mayor of Vienna. | Тоді вона стала мером Відня у 명이. | uk | stray
Ukrainian in Korean | She became mayor. | 그는 선거를 거쳐 Відня 시장이 됐다. | ko | stray
an original name | Kwon Soon-il spoke. | Квон Сун Іль (권순일) розповів. | uk |
Chinese in Ukrainian | The ship left port. | 船在中午离开了港口，没有人知道。 | uk | script
Russian | It was not known, they said. | Они сказали: это было неизвестно. | uk | language
Russian, short | This is him. | Это был он. | uk | language
Russian without rare letters | He said he knew. | Он сказал, что его знал. | uk | language
a Russian name | Mr Bykov of Krymsk spoke. | Выступил пан Биков. — сказав він із Кримська. | uk |
a Russian quote | "Eto vsyo," he said. | Він сказав «это всё» і пішов, нічого не пояснивши. | uk |
no letter of its own | The water is clear. | Вода прозора. | uk |
she said | She said it took a day. | Вона сказала: переговори тривали день. | uk |
a handle alone | @ZelenskyyUa | @ZelenskyyUa | ko |
an address | See https://example.org/a/b/c/the/end | https://example.org/a/b/c/the/end 참조 | ko |
"""
ROWS = [[cell.strip() for cell in row.split("|")] for row in SURFACE.strip().splitlines()]
LONG = "The first ship left the port on Monday. The second one stayed because of the heavy storm."


def said(findings):
    return " ".join(f"{f.severity} {f.code} {f.rule}" for f in findings)


@pytest.mark.parametrize(
    ("source", "target", "lang", "wanted"),
    [row[1:] for row in ROWS],
    ids=[row[0] for row in ROWS],
)
def test_what_no_translator_writes_is_an_error(source, target, lang, wanted):
    found = guards.surface(source, target, "en", lang)
    assert [(f.rule, f.severity) for f in found] == ([(wanted, "error")] if wanted else [])
    assert {f.code.partition("/")[0] for f in found} <= {"text"}


def test_a_check_reports_it_too():
    verdict = checks.check_pair("They left.", "그들은 떠났다. " * 4, "en", "ko")
    assert said(verdict.findings) == "error text/repetition loop"
    (finding,) = verdict.findings
    assert finding.target_span == (0, 34)


def test_an_edited_copy_in_the_same_language_is_no_copy():
    assert checks.check_pair(LONG, LONG, "en", "en").findings == ()


def test_the_source_in_a_language_of_the_same_script_is_a_copy():
    found = guards.surface(LONG, LONG, "en", "de")
    assert said(found) == "error text/untranslated copied"
    german = "Das erste Schiff lief am Montag aus. Das zweite blieb wegen des schweren Sturms."
    assert guards.surface(LONG, german, "en", "de") == []


@pytest.mark.parametrize(("target", "lang", "wanted"), [
    ("Перше судно вийшло з порту в понеділок. Друге лишилося через сильний шторм.", "uk", ""),
    ("첫 번째 배는 월요일에 항구를 떠났다. 두 번째 배는 심한 폭풍 때문에 남았다.", "ko", ""),
    ("첫 번째 배는 월요일에 항구를 떠났다", "ko", "warning text/omission sentence"),
    ("Перше судно вийшло з порту в понеділок.", "uk", "warning text/omission sentence"),
    ("Перше судно вийшло з порту в понеділок, а друге лишилося через сильний шторм.", "uk", ""),
    ("Перше судно вийшло з порту. Друге через", "uk", "warning text/unfinished end"),
    ("Перше судно вийшло з порту в понеділок. Друге,", "uk", "warning text/unfinished end"),
    ("Перше.", "uk", "warning text/length short"),
    ("Перше судно вийшло. " * 14, "uk", "warning text/length long"),
])  # fmt: skip
def test_how_much_is_said_is_compared(target, lang, wanted):
    assert said(
        guards.content(TranslationUnit("", LONG, target, "en", lang, "translated", ""))
    ) == (wanted)


def test_a_lost_clause_is_named():
    source = (
        "Rescue teams from Norway reached the village, although the bridge across the river "
        "had collapsed in March, and the mayor thanked them."
    )
    target = "Рятувальники з Норвегії дісталися села, і мер їм подякував."
    unit = TranslationUnit("s1", source, target, "en", "uk", "translated", "")
    found = guards.content(unit)
    assert [f.code for f in found] in (["text/omission"], ["text/length"])
    assert {f.unit_id for f in found} == {"s1"}


def test_every_finding_is_in_words():
    for row in ROWS:
        for finding in guards.surface(row[1], row[2], "en", row[3]):
            assert registry.describe(finding.code) == registry.TEXTS[finding.code]
            assert registry.why(finding.rule) != finding.rule


def test_the_translations_of_the_samples_are_quiet():
    folder = Path(__file__).parents[1] / "samples"
    pairs = 0
    for path in sorted((folder / "expected").glob("*.json")):
        article, lang = path.stem.rsplit(".", 1)
        source_lang = article[-2:] if article[-3:] in ("-ko", "-uk") else "en"
        for id_, _, source, target in json.loads(path.read_text("utf-8"))["units"]:
            unit = TranslationUnit(id_, source, target, source_lang, lang, "translated", "")
            found = guards.content(unit) + guards.surface(source, target, source_lang, lang)
            assert found == []
            pairs += 1
    assert pairs > 300


SHARED = Path(__file__).parents[1].parent / "shared" / "eval"


@pytest.mark.slow
@pytest.mark.skipif(not SHARED.exists(), reason="the evaluation data is not here")
@pytest.mark.parametrize("lang", ["ko", "uk"])
def test_of_a_thousand_human_translations_one_is_flagged_at_most(lang):
    flagged = total = 0
    with (SHARED / f"clean_dev.{lang}.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            unit = TranslationUnit("", row["source"], row["target"], "en", lang, "translated", "")
            found = guards.content(unit)
            found += guards.surface(unit.source, unit.target, "en", lang)
            flagged += bool(found)
            total += 1
    assert flagged <= total / 1000
