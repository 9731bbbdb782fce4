"""`toolkit check` as a linter: what goes in, what comes out, what is let pass."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from commands import ROOT, toolkit

from tests.commands import posix
from toolkit import checks
from toolkit.checks import batches, ignores, registry
from toolkit.errors import ToolkitError, UsageError
from toolkit.formats.pairs import BadRow, Pair, Skipped
from toolkit.schema import Finding

XLF = """<?xml version="1.0" encoding="UTF-8"?>
<xliff version="2.0" srcLang="en" trgLang="ko" xmlns="urn:oasis:names:tc:xliff:document:2.0">
<file id="f1" original="home.html">
  <unit id="price"><segment><source>It cost <pc id="1">4 million dollars</pc>.</source>
    <target>비용은 <pc id="1">500만 달러</pc>였다.</target></segment></unit>
  <unit id="day">{note}
    <segment><source>We meet on Monday.</source><target>우리는 화요일에 만난다.</target></segment>
  </unit>
  <unit id="fine"><segment><source>It took 3 hours.</source>
    <target>3시간 걸렸다.</target></segment></unit>
  <unit id="open"><segment><source>Open</source></segment></unit>
</file>
</xliff>
"""
NOTE = "<notes><note>toolkit: accept date they meet on Tuesdays</note></notes>"
ROWS = [
    {"id": "a", "source": "It cost $5.", "target": "6달러였다.", "lang": "ko"},
    {"id": "b", "source": "On Monday.", "target": "화요일에.", "lang": "ko"},
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "toolkit.toml").write_text("")
    (tmp_path / "home.xlf").write_text(XLF.format(note=""), "utf-8")
    (tmp_path / "rows.jsonl").write_text("".join(json.dumps(r) + "\n" for r in ROWS))
    (tmp_path / "a.txt").write_text("The harbour opened on Monday.\n\nIt cost 4 million dollars.\n")
    (tmp_path / "t.txt").write_text(
        "항구가 월요일 문을 열었다.\n\n비용은 500만 달러였다.\n", "utf-8"
    )
    return tmp_path


def check(folder: Path, *args: str, stdin: str = "") -> tuple[int, str, str]:
    done = toolkit("check", *args, cwd=folder, stdin=stdin)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def codes(text: str) -> list[list[str]]:
    return [[f["code"] for f in json.loads(line)["findings"]] for line in text.splitlines()]


# --- for people --------------------------------------------------------------------------


def test_a_person_sees_where_what_both_places_and_why(folder):
    code, out, err = check(folder, "home.xlf")
    assert code == 7
    assert (
        out
        == """\
home.xlf:5:28: error: money/mistranslation  (unit price)
  expected  4 million dollars
  found     500만 달러
  source    It cost ⟪4 million dollars⟫.
  target    비용은 ⟪500만 달러⟫였다.
  why       an amount of money is another one in the translation: what stands in its place says \
something else

home.xlf:7:61: error: date/mistranslation  (unit day)
  expected  Monday
  found     화요일
  source    We meet on ⟪Monday⟫.
  target    우리는 ⟪화요일⟫에 만난다.
  why       a date is another one in the translation: what stands in its place says something else
"""
    )
    assert err == (
        "3 pairs checked, 1 skipped (no translation), 1 fact verified, "
        "2 errors, 0 warnings, 0 infos\n"
    )


def test_two_texts_are_shown_at_the_line_of_the_translation(folder):
    _, out, _ = check(folder, "a.txt", "t.txt", "--lang", "ko")
    assert out.startswith("t.txt:3:5: error: money/mistranslation  (unit s2)\n")


def test_what_is_missing_is_shown_at_the_whole_translation(folder):
    row = {"id": "a", "source": "It cost $5.", "target": "비쌌다.", "lang": "ko"}
    (folder / "one.jsonl").write_text(json.dumps(row, ensure_ascii=False), "utf-8")
    _, out, _ = check(folder, "one.jsonl")
    assert out.startswith("one.jsonl:1:49: warning: money/omission  (unit a)\n")
    assert "  found     -\n" in out
    assert "  target    비쌌다.\n" in out


def test_two_files_of_json_lines_are_two_articles_with_a_language(folder):
    for name, text in (("a", "It cost 4 million dollars."), ("t", "비용은 500만 달러였다.")):
        (folder / f"{name}.jsonl").write_text(json.dumps({"id": name, "text": text}))
    code, out, _ = check(folder, "a.jsonl", "t.jsonl", "--lang", "ko")
    assert code == 7
    assert "money/mistranslation  (unit s1)" in out
    code, out, err = check(folder, "a.jsonl", "t.jsonl")  # rows without a translation
    assert (code, out) == (3, "")
    assert "expected key 'source'" in err


# --- for programs ------------------------------------------------------------------------


def test_each_pair_is_a_line_of_json_in_order(folder):
    _, out, _ = check(folder, "home.xlf", "--json")
    first, second, third = map(json.loads, out.splitlines())
    assert {k: v for k, v in first.items() if k != "findings"} == {
        "id": "price", "line": 5, "document": "home.html", "lang": "ko",
    }  # fmt: skip
    assert [f["code"] for f in second["findings"]] == ["date/mistranslation"]
    assert third["findings"] == []


def test_several_files_are_checked_and_each_row_says_of_which_it_is(folder):
    code, out, _ = check(folder, "home.xlf", "rows.jsonl", "--format", "json")
    assert code == 7
    assert [json.loads(line)["file"] for line in out.splitlines()] == (
        ["home.xlf"] * 3 + ["rows.jsonl"] * 2
    )


def test_a_file_that_cannot_be_read_is_an_answer_in_every_form(folder):
    for paths in (["absent.xlf"], ["a.txt", "absent.txt", "--lang", "ko"]):
        code, out, err = check(folder, *paths)
        assert (code, out) == (3, "")
        assert err.startswith("toolkit: absent.")
        code, out, _ = check(folder, *paths, "--json")
        assert code == 3
        assert "absent." in json.loads(out)["error"]
        code, out, _ = check(folder, *paths, "--format", "sarif")
        assert (code, sarif_results(out)) == (3, [])


def test_no_character_of_a_text_ends_a_line_of_json(folder):
    row = {"id": "a", "source": "$5\u2028now", "target": "6달러\x85지금", "lang": "ko"}
    row["id"] = "a\u2029b"
    _, out, _ = check(folder, "--pairs", "-", stdin=json.dumps(row) + "\n")
    assert len(out.splitlines()) == 1


def test_standard_input_is_told_by_how_it_begins(folder):
    for text in (XLF.format(note=""), "".join(json.dumps(r) + "\n" for r in ROWS)):
        _, out, _ = check(folder, "-", "--json", stdin=text)
        assert codes(out)[:2] == [["money/mistranslation"], ["date/mistranslation"]]


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["home.xlf", "--json", "--format", "sarif"], "--json is short for --format json"),
        (["home.xlf", "--explain", "--format", "sarif"], "--format text or json"),
        (["home.xlf", "--ignore", "dat/*"], "no finding has the code 'dat/*'"),
        (["a.txt", "t.txt"], "check needs SOURCE, TARGET and --lang"),
        (["a.txt"], "check needs SOURCE, TARGET and --lang"),
        (["a.txt", "--pairs", "rows.jsonl"], "give one or the other"),
        (["home.xlf", "--jobs", "0"], "--jobs"),
    ],
)
def test_what_does_not_go_together_is_said(folder, args, says):
    code, out, err = check(folder, *args)
    assert (code, out) == (2, "")
    assert says in err


# --- SARIF -------------------------------------------------------------------------------

# What each object of the log may hold, and in bold what it must; after the schema of SARIF
# 2.1.0. A key out of place is an error for those who read it strictly.
SHAPES = {
    "log": "$schema *version *runs",
    "run": "*tool columnKind *results invocations",
    "driver": "*name semanticVersion rules",
    "rule": "*id shortDescription fullDescription help properties",
    "result": "*ruleId ruleIndex level *message *locations partialFingerprints suppressions "
    "properties",
    "physical": "*artifactLocation region",
    "region": "*startLine *startColumn *endLine *endColumn",
    "logical": "name kind",
    "suppression": "*kind justification",
    "invocation": "*executionSuccessful toolExecutionNotifications",
    "notification": "level *message",
}


def require(shape: str, data: dict) -> dict:
    names = SHAPES[shape].split()
    assert set(data) <= {name.lstrip("*") for name in names}, shape
    assert {name[1:] for name in names if name[0] == "*"} <= set(data), shape
    return data


def sarif_results(text: str) -> list[dict]:
    """The results of a log that is as the standard wants it."""
    log = require("log", json.loads(text))
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    require("run", run)
    assert run["columnKind"] == "unicodeCodePoints"
    rules = [require("rule", r) for r in require("driver", run["tool"]["driver"])["rules"]]
    assert [rule["id"] for rule in rules] == list(registry.CODES)
    assert all(rule["shortDescription"]["text"] and rule["help"]["text"] for rule in rules)
    for result in run["results"]:
        require("result", result)
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in ("error", "warning", "note")
        assert result["message"]["text"]
        (location,) = result["locations"]
        assert set(location) <= {"physicalLocation", "logicalLocations"}
        physical = require("physical", location["physicalLocation"])
        assert not Path(physical["artifactLocation"]["uri"]).is_absolute()
        region = require("region", physical["region"])
        assert all(type(n) is int and n >= 1 for n in region.values())
        assert (region["startLine"], region["startColumn"]) <= (
            region["endLine"], region["endColumn"],
        )  # fmt: skip
        for logical in location.get("logicalLocations", ()):
            require("logical", logical)
        for suppression in result.get("suppressions", ()):
            assert require("suppression", suppression)["kind"] in ("inSource", "external")
    (invocation,) = run["invocations"]
    require("invocation", invocation)
    for notification in invocation.get("toolExecutionNotifications", ()):
        assert require("notification", notification)["level"] == "error"
    return run["results"]


def test_sarif_marks_the_words_in_the_file(folder):
    code, out, _ = check(folder, "home.xlf", "--format", "sarif")
    assert code == 7
    lines = (folder / "home.xlf").read_text("utf-8").split("\n")
    marked = []
    for result in sarif_results(out):
        region = result["locations"][0]["physicalLocation"]["region"]
        assert region["startLine"] == region["endLine"]
        line = lines[region["startLine"] - 1]
        marked.append(line[region["startColumn"] - 1 : region["endColumn"] - 1])
        assert result["locations"][0]["logicalLocations"][0]["name"] in ("price", "day")
    assert marked == ["500만 달러", "화요일"]


def test_sarif_of_two_texts_of_rows_and_of_nothing(folder):
    _, out, _ = check(folder, "a.txt", "t.txt", "--lang", "ko", "--format", "sarif")
    (result,) = sarif_results(out)
    region = result["locations"][0]["physicalLocation"]["region"]
    assert (region["startLine"], region["startColumn"]) == (3, 5)
    _, out, _ = check(
        folder, "--pairs", "-", "--format", "sarif", stdin="{\n" + json.dumps(ROWS[0])
    )
    (result,) = sarif_results(out)
    failures = json.loads(out)["runs"][0]["invocations"][0]
    assert failures["executionSuccessful"] is False
    assert len(failures["toolExecutionNotifications"]) == 1
    code, out, _ = check(folder, "--pairs", "-", "--format", "sarif")
    assert (code, sarif_results(out)) == (0, [])


def test_a_fingerprint_stays_when_lines_move_and_differs_between_findings(folder):
    def prints() -> list[str]:
        out = check(folder, "home.xlf", "--format", "sarif")[1]
        return [r["partialFingerprints"]["toolkitFinding/v1"] for r in sarif_results(out)]

    before = prints()
    text = (folder / "home.xlf").read_text("utf-8")
    (folder / "home.xlf").write_text(text.replace("<file", "\n\n<file"), "utf-8")
    assert prints() == before
    twice = {"id": "a", "source": "Monday, Monday", "target": "화요일, 화요일", "lang": "ko"}
    out = check(folder, "--pairs", "-", "--format", "sarif", stdin=json.dumps(twice))[1]
    found = [r["partialFingerprints"]["toolkitFinding/v1"] for r in sarif_results(out)]
    assert len(found) == len(set(found)) == 2


def test_sarif_shows_infos_as_notes_when_asked(folder):
    row = {"id": "a", "source": "It is 10 km away.", "target": "6.2마일 떨어져 있다.", "lang": "ko"}
    args = ("--pairs", "-", "--format", "sarif")
    assert sarif_results(check(folder, *args, stdin=json.dumps(row))[1]) == []
    out = check(folder, *args, "--level", "info", stdin=json.dumps(row))[1]
    assert [r["level"] for r in sarif_results(out)] == ["note"]


# --- accepted findings -------------------------------------------------------------------


@pytest.mark.parametrize("pattern", ["date/mistranslation", "date/*", "date", "*/mistranslation"])
def test_ignored_codes_are_counted_and_said(folder, pattern):
    code, out, err = check(folder, "home.xlf", "--ignore", pattern, "--ignore", "money")
    assert (code, out) == (0, "")
    assert "0 errors, 0 warnings, 0 infos, 2 ignored (2 by --ignore)" in err
    _, out, _ = check(folder, "home.xlf", "--ignore", pattern, "--json")
    row = json.loads(out.splitlines()[1])
    assert row["findings"] == []
    assert (row["ignored"][0]["code"], row["ignored"][0]["by"]) == (
        "date/mistranslation", "--ignore",
    )  # fmt: skip


def test_a_note_in_the_file_accepts_one_finding(folder):
    (folder / "home.xlf").write_text(XLF.format(note=NOTE), "utf-8")
    code, out, err = check(folder, "home.xlf")
    assert code == 7  # the money is still wrong
    assert "date/" not in out
    assert "1 ignored (1 in the file)" in err
    _, out, _ = check(folder, "home.xlf", "--format", "sarif")
    _, accepted = sarif_results(out)
    assert accepted["suppressions"] == [
        {"kind": "inSource", "justification": "they meet on Tuesdays"}
    ]


def test_a_row_accepts_its_findings_and_a_code_that_is_none_is_said(folder):
    row = {**ROWS[0], "accept": ["money/mistranslation a new price"]}
    code, out, _ = check(folder, "--pairs", "-", stdin=json.dumps(row))
    assert code == 0
    assert json.loads(out)["ignored"][0]["reason"] == "a new price"
    row = {**ROWS[0], "accept": "mony"}
    code, out, err = check(folder, "--pairs", "-", stdin=json.dumps(row))
    assert code == 7
    assert "no finding has the code 'mony'" in err


IGNORE = '[[ignore]]\ncode = "money/*"\nreason = "prices are checked elsewhere"\n'


@pytest.mark.parametrize(
    ("narrowed", "fits"),
    [
        ("", True),
        ('unit = "price"', True),
        ('unit = "prices"', False),
        ('file = "home.xlf"', True),
        ('file = "*.xlf"', True),
        ('file = "*.tmx"', False),
        ('expected = "4 million dollars"', True),
        ('expected = "4 million"', False),
        ('found = "500만 달러"', True),
        ('found = "400만 달러"', False),
    ],
)
def test_settings_ignore_findings_that_fit_all_they_name(folder, narrowed, fits):
    (folder / "toolkit.toml").write_text(f"{IGNORE}{narrowed}\n", "utf-8")
    _, out, err = check(folder, "home.xlf")
    assert ("money/" not in out) is fits
    assert ("1 ignored (1 by toolkit.toml (1))" in err) is fits


def test_paths_of_settings_are_relative_to_them(folder):
    (folder / "toolkit.toml").write_text(f'{IGNORE}file = "po/ko/*.xlf"\n')
    below = folder / "po" / "ko"
    below.mkdir(parents=True)
    (folder / "home.xlf").rename(below / "home.xlf")
    assert "money/" not in check(folder, "po/ko/home.xlf")[1]
    assert "money/" not in check(below, "home.xlf")[1]


def test_an_ignore_that_is_of_no_use_is_said_at_level_info(folder):
    unused = IGNORE.replace("money/*", "percent") + IGNORE + 'file = "other.xlf"\n'
    (folder / "toolkit.toml").write_text(unused)
    assert "ignored nothing" not in check(folder, "home.xlf")[2]
    err = check(folder, "home.xlf", "--level", "info")[2]
    # The rule for a file that was not looked at may well be of use.
    assert re.findall(r"info: (.*)", err) == [
        "toolkit.toml (1) ignored nothing: percent prices are checked elsewhere"
    ]


@pytest.mark.parametrize(
    ("table", "says"),
    [
        ('[[ignore]]\ncode = "date"', "ignore 1: reason: expected a string"),
        ('[[ignore]]\nreason = "x"', "ignore 1: code: expected a string"),
        ('[[ignore]]\ncode = "dates"\nreason = "x"', "no finding has the code 'dates'"),
        ('[[ignore]]\ncode = "date"\nreason = "x"\nfiles = "y"', "unknown key 'files'"),
        ('[[ignore]]\ncode = "date"\nreason = "x"\nunit = 3', "unit: expected a string, found 3"),
        ('ignore = ["date"]', "expected [[ignore]] tables"),
    ],
)
def test_a_wrong_ignore_is_named(folder, table, says):
    (folder / "toolkit.toml").write_text(table)
    code, _, err = check(folder, "home.xlf")
    assert code == 2
    assert says in err


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("date", [("date", "")]),
        ("date/* because", [("date/*", "because")]),
        ("date, number/omission – the client's calendar", [
            ("date", "the client's calendar"), ("number/omission", "the client's calendar"),
        ]),
        ("* (all is well)", [("*", "all is well")]),
        ("date number of the client", [("date", "of the client"), ("number", "of the client")]),
    ],
)  # fmt: skip
def test_codes_come_first_and_the_reason_behind_them(text, rules):
    assert [(rule.code, rule.reason) for rule in ignores.parse(text, "")] == rules


@pytest.mark.parametrize("text", ["", "because", "date/wrong x"])
def test_what_begins_with_no_code_accepts_nothing(text):
    with pytest.raises(UsageError):
        ignores.parse(text, "")


# --- explain -----------------------------------------------------------------------------


def test_explain_shows_every_fact_how_it_was_read_and_its_match(folder):
    _, out, _ = check(folder, "home.xlf", "--explain", "--ignore", "*")
    assert (
        "    money        4 million dollars  [4000000, USD, strong]  ≠ ⟪500만 달러⟫  "
        "error money/mistranslation, changed: what stands in its place says something else\n"
    ) in out
    assert "[3, h, strong]  = ⟪3시간⟫  equal: the same value on both sides\n" in out
    _, out, _ = check(folder, "home.xlf", "--explain", "--json")
    facts = json.loads(out.splitlines()[0])["facts"]
    (source,), (target,) = facts["source"], facts["target"]
    assert (source["values"], source["unit"], source["code"]) == (
        ["4000000"], "USD", "money/mistranslation",
    )  # fmt: skip
    assert source["partner"] == target["span"]
    assert target["partner"] == source["span"]


def test_explain_says_of_whole_texts_what_the_check_says(folder):
    code, out, _ = check(folder, "a.txt", "t.txt", "--lang", "ko", "--explain", "--json")
    assert code == 7
    data = json.loads(out)
    assert [(f["kind"], f["rule"]) for f in data["facts"]["source"]] == [
        ("weekday", "equal"), ("money", "changed"),
    ]  # fmt: skip
    plain = json.loads(check(folder, "a.txt", "t.txt", "--lang", "ko", "--json")[1])
    assert plain == {key: value for key, value in data.items() if key != "facts"}


EXPLAINED = [
    ("It cost $5.", "5달러였다.", ["equal"]),
    ("It cost $5.", "비쌌다.", ["missing"]),
    ("On 5 June it cost $5.", "6월 5일에는 비쌌다.", ["equal", "missing"]),
    ("On Monday, on Monday.", "월요일에.", ["equal", "again"]),
    ("In May.", "5월에.", ["equal", "weak"]),  # a month; hardly the name
    ("It was hundreds.", "많았다.", ["weak"]),
]


@pytest.mark.parametrize(("source", "target", "rules"), EXPLAINED)
def test_every_fact_of_a_source_has_a_rule(source, target, rules):
    explanation = checks.explain(source, target, "en", "ko")
    assert [reading.rule for reading in explanation.source] == rules
    assert explanation.verdict == checks.check_pair(source, target, "en", "ko")


LOST = (
    """KYIV, Jan 12 (Wire) — The bridge was opened on Monday after 3 years of work by a local firm.

Some 1,200 people came to see it, and 14 children sang on the northern bank of the river.

It had cost the town 4 million dollars, said the mayor, and it was worth every cent of that sum.

The old bridge of 1931 was closed to all traffic in June because it was unsafe for lorries.

A second one, 85 metres long, is to follow in the spring if the money can be found in time.
""",
    """KYIV, Jan 12 (Wire) — 다리는 지역 회사가 3년의 공사를 한 끝에 월요일 개통했다고 시가 밝혔다.

약 1,200명이 다리를 보러 왔고 강의 북쪽 둑에서는 14명의 어린이가 노래를 불렀다고 한다.

1931년에 지어진 옛 다리는 트럭에 안전하지 않아 6월에 모든 통행이 금지됐다고 한다.

길이 85미터의 두 번째 다리는 제때 돈을 구할 수 있으면 봄에 뒤따를 예정이라고 한다.
""",
)


def test_a_lost_sentence_is_shown_behind_what_comes_before_it(folder):
    (folder / "a.txt").write_text(LOST[0], "utf-8")
    (folder / "t.txt").write_text(LOST[1], "utf-8")
    _, out, _ = check(folder, "a.txt", "t.txt", "--lang", "ko")
    assert out.startswith("t.txt:3:")
    assert ": warning: sentence/omission  (unit s3)\n  source    ⟪It had cost" in out
    _, out, _ = check(folder, "a.txt", "t.txt", "--lang", "ko", "--format", "sarif")
    (result,) = sarif_results(out)
    assert result["locations"][0]["physicalLocation"]["region"]["startLine"] == 3


def test_the_facts_of_a_lost_sentence_and_a_date_line_are_explained(tmp_path):
    from toolkit import formats

    (tmp_path / "a.txt").write_text(LOST[0], "utf-8")
    (tmp_path / "t.txt").write_text(LOST[1], "utf-8")
    explanation = checks.explain_texts(
        formats.read_one(tmp_path / "a.txt"), formats.read_one(tmp_path / "t.txt", lang="ko")
    )
    rules = {reading.fact.text: reading.rule for reading in explanation.source}
    assert rules["4 million dollars"] == "alignment"
    assert rules["Monday"] == "equal"
    assert all(r.rule == "equal" for r in explanation.source if r.fact.kind == "label")


# --- many pairs, several processes -------------------------------------------------------


def many(number: int) -> list[Pair | BadRow | Skipped]:
    items: list[Pair | BadRow | Skipped] = []
    for n in range(number):
        if n % 7 == 3:
            items.append(Skipped(n, str(n)))
        items.append(
            Pair(str(n), f"It cost ${n + 10}.", f"{n + 10 + (n % 5 == 0)}달러.", "en", "ko")
        )
    return items


def test_several_processes_answer_as_one_does_in_order():
    items = many(450)
    one = list(batches.check_pairs(items))
    assert [item for item, _ in one] == items
    assert list(batches.check_pairs(items, jobs=2)) == one
    assert sum(bool(done and done.findings) for _, done in one) == 90


def test_no_more_is_read_than_is_asked_for():
    read = 0

    def items():
        nonlocal read
        for item in many(3_000):
            read += 1
            yield item

    answers = batches.check_pairs(items(), jobs=2)
    for _ in range(10):
        next(answers)
    answers.close()
    assert read < 1_000


def test_a_pair_on_which_the_check_fails_is_answered_and_the_rest_goes_on():
    bad = Pair("bad", 5, "x", "en", "ko")  # type: ignore[arg-type]  # no text: a fault of ours
    good = Pair("good", "It cost $5.", "5달러.", "en", "ko")
    for jobs in (1, 2):
        (_, first), (_, second) = batches.check_pairs([bad, good], jobs=jobs)
        assert "the check failed on this pair: " in first.error.message
        assert (second.error, second.verified) == (None, 1)


class Deadly:
    """Kills the process that it arrives in."""

    def __reduce__(self):
        return os._exit, (9,)


def test_a_process_that_dies_is_a_clear_error():
    pair = Pair("a", Deadly(), "x", "en", "ko")  # type: ignore[arg-type]
    with pytest.raises(ToolkitError, match="ended early"):
        list(batches.check_pairs([pair], jobs=2))


@posix
@pytest.mark.slow
def test_an_interrupt_ends_all_processes_with_one_line(folder):
    rows = "".join(json.dumps(row) + "\n" for row in ROWS * 5_000)
    (folder / "many.jsonl").write_text(rows)
    process = subprocess.Popen(
        [sys.executable, "-m", "toolkit", "check", "many.jsonl", "--json", "--jobs", "2"],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        start_new_session=True,  # so that the interrupt reaches all of it, as from a terminal
    )
    assert b'"id": "a"' in process.stdout.readline()
    os.killpg(process.pid, signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert err.decode() == "toolkit: interrupted\n"


# --- words -------------------------------------------------------------------------------


def test_every_code_and_rule_that_can_come_out_has_words(folder):
    for code in set(registry.CODES) - set(registry.TEXTS):
        assert re.fullmatch(r"(?:an?|debris).* (?:one in|in) the translation(?: only)?",
                            registry.describe(code))  # fmt: skip
    sources = "".join(
        path.read_text("utf-8") for path in (ROOT / "toolkit" / "checks").rglob("*.py")
    )
    named = set(
        re.findall(
            r"(?:(?:take|accuse)\([^()]*, |_take\(view, \w+, |Fault\([^()]*, |yield \w+, \w+, )"
            r'"([\w-]+)"',
            sources,
        )
    )
    assert len(named) > 10
    assert named <= {rule.name for rule in registry.RULES}
    assert Finding("date/omission", "error").code in registry.CODES


def test_the_page_on_checks_has_the_codes_and_the_rules():
    """`python docs/make_checks.py` writes them."""
    path = ROOT / "docs" / "make_checks.py"
    spec = importlib.util.spec_from_file_location("make_checks", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert module.PAGE.read_text("utf-8") == module.page()


def test_the_options_on_the_page_are_options():
    page = (ROOT / "docs" / "checks.md").read_text("utf-8")
    named = set(re.findall(r"`(--[a-z-]+)", page))
    assert len(named) > 8
    for option in named:
        assert option in toolkit("check", "--help", cwd=ROOT).stdout.decode()


def test_the_settings_on_the_page_are_settings(folder):
    page = (ROOT / "docs" / "checks.md").read_text("utf-8")
    (table,) = re.findall(r"```toml\n(.*?)```", page, re.DOTALL)
    (folder / "toolkit.toml").write_text(table, "utf-8")
    assert check(folder, "home.xlf")[0] == 7
