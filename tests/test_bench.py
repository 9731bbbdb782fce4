"""The errors that the benchmark injects are errors, each of its kind."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from toolkit.schema import Finding

sys.path.insert(0, str(Path(__file__).parents[1] / "bench"))
import evaluation
import injections
import whole_texts


def edited(kind, lang, source, target):
    pair = injections.pair_of({"id": "r1", "lang": lang, "source": source, "target": target})
    rows = [injections.injected(pair, edit) for edit in injections.KINDS[kind](pair)]
    return [row["source"] for row in rows if row["target"] == target] + [
        row["target"] for row in rows if row["source"] == source
    ]


ROWS = [
    ("am/pm", "ko", "at 9:30 am", "오전 9시 30분에", ["at 9:30 pm", "오후 9시 30분에"]),
    ("am/pm", "uk", "at 5.30pm", "о 17:30", ["at 5.30am", "о 5:30"]),
    ("am/pm", "uk", "at 17:30", "о 17:30", []),  # nothing says that 5:30 would not do
    ("unit", "ko", "for 12 km", "12킬로미터", ["for 12 miles", "12마일"]),
    ("unit", "uk", "for 12 miles", "12 миль", ["for 12 kilometers", "12 кілометрів"]),
    ("unit", "uk", "at 12 miles per hour", "12 миль на годину", None),
    ("unit", "uk", "for 12 km", "для 12", []),
    ("currency", "ko", "$5 million", "500만 달러", ["€5 million", "500만 유로"]),
    ("currency", "uk", "£5", "5 фунтів стерлінгів", ["$5", "5 доларів"]),
    ("scale", "ko", "10,000 men", "1만 명", ["1억 명"]),
    ("scale", "ko", "Article 247", "제247조", []),
    ("scale", "uk", "2 million men", "2 млн осіб", ["2 billion men", "2 млрд осіб"]),
    ("number word", "ko", "six men", "여섯 명", ["seven men", "일곱 명"]),
    ("number word", "uk", "Two men", "Двоє чоловіків", ["Three men"]),
    ("number word", "uk", "of two men", "двох чоловіків", ["of three men", "трьох чоловіків"]),
    ("dropped", "uk", "all 40 men", "усі 40 осіб", ["all men", "усі осіб"]),
    ("dropped", "uk", "5 miles (8 km)", "5 миль (8 км)", []),
    ("swap", "uk", "12 men, 40 dogs", "12 осіб, 40 псів", ["40 men, 12 dogs", "40 осіб, 12 псів"]),
    ("swap", "uk", "12 men. 40 dogs.", "12 осіб. 40 псів.", []),
]


@pytest.mark.parametrize(("kind", "lang", "source", "target", "expected"), ROWS)
def test_an_edit_changes_what_it_says(kind, lang, source, target, expected):
    found = edited(kind, lang, source, target)
    if expected is None:
        assert found
        assert not any("kilometerss" in text for text in found)
    else:
        assert found == expected


def test_a_changed_digit_changes_one_sign():
    texts = "the 1.20 share of 34,000", "частка 1,20 від 34 000"
    found = edited("digit", "uk", *texts)
    assert len(found) == 2
    for text, was in zip(found, texts, strict=True):
        assert sum(a != b for a, b in zip(text, was, strict=True)) == 1


def test_an_added_number_is_nowhere_else():
    was = "Прийшли всі чоловіки із сорока"
    (text,) = edited("added", "uk", "All men of the 40 came", was)
    (number,) = set(text.split()) - set(was.split())
    assert number.isdigit()
    assert number != "40"


def test_a_document_knows_where_its_sentences_lie():
    rows = [("t", "A headline", True), *((f"r{n}", f"No. {n} it is.", False) for n in range(9))]
    made = whole_texts.compose("en", rows, "paragraphs", "x")
    article = made.article()
    assert [article.text[slice(*place)] for place in made.places.values()] == [r[1] for r in rows]
    assert article.blocks[0].span == made.places["t"]
    assert all(article.text[slice(*b.span)].count("No.") >= 3 for b in article.blocks[1:-1])


def test_only_findings_of_the_level_count():
    assert evaluation.reach([Finding("date/omission", "warning")], "warning")
    assert not evaluation.reach([Finding("date/omission", "warning")], "error")
