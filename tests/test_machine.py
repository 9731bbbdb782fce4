"""What a program loses or turns, and a person hardly ever: `check --machine`."""

from __future__ import annotations

import pytest

from toolkit.checks import check_pair

# lang, English, what a program made of it, the codes that come of it
LOST = (
    ("ko", "The bank will not raise its rate.", "은행은 금리를 올릴 것이다.", "negation/omission"),
    ("uk", "The bank will not raise its rate.", "Банк підвищить ставку.", "negation/omission"),
    ("de", "The bank won't raise its rate.", "Die Bank wird den Zins erhöhen.",
     "negation/omission"),
    ("ko", "The mayor allegedly took the money.", "시장은 그 돈을 받았다.", "hedge/omission"),
    ("uk", "The mayor allegedly took the money.", "Мер узяв гроші.", "hedge/omission"),
    ("de", "The mayor allegedly took the money.", "Der Bürgermeister nahm das Geld.",
     "hedge/omission"),
    ("uk", "More people voted this time.", "Цього разу проголосувало менше людей.",
     "comparison/mistranslation"),
    ("de", "At least 40 people were hurt.", "Höchstens 40 Menschen wurden verletzt.",
     "comparison/mistranslation"),
    ("ko", "At least 40 people were hurt.", "최대 40명이 다쳤다.", "comparison/mistranslation"),
    ("uk", "She said: “We have waited for this day for years.”", "Вона сказала, ми чекали.",
     "quotation/omission"),
    ("uk", "Seven ships left the port.", "Кораблі вийшли з порту.", "number/omission"),
    ("de", "The talks begin tomorrow.", "Die Gespräche begannen gestern.", "date/mistranslation"),
)  # fmt: skip
KEPT = (
    ("ko", "The bank will not raise its rate.", "은행은 금리를 올리지 않을 것이다."),
    ("ko", "Bats are not blind.", "박쥐는 장님이 아닙니다."),
    ("uk", "The bank will not raise its rate.", "Банк відмовився підвищувати ставку."),
    ("de", "Not only the bank is closed.", "Auch die Bank ist geschlossen."),
    ("de", "The mayor allegedly took the money.", "Der Bürgermeister soll das Geld haben."),
    ("uk", "The mayor allegedly took the money.", "Мер, за даними слідства, узяв гроші."),
    ("de", "At least 40 people were hurt.", "Mindestens 40 Menschen wurden verletzt."),
    ("de", "“We have waited for this day for years”, she said.",
     "Sie sagte, man habe seit Jahren auf diesen Tag gewartet."),
    ("de", "Four drivers are in the top-ten.", "Vier Fahrer sind unter den Besten."),
)  # fmt: skip


@pytest.mark.parametrize(("lang", "source", "target", "code"), LOST)
def test_what_a_program_lost_or_turned_is_a_warning(lang, source, target, code):
    found = check_pair(source, target, "en", lang, machine=True).findings
    assert [f.code for f in found if f.severity != "info"] == [code]
    assert found[0].source_span is not None


@pytest.mark.parametrize(("lang", "source", "target"), KEPT)
def test_what_was_said_otherwise_is_none(lang, source, target):
    found = check_pair(source, target, "en", lang, machine=True).findings
    assert [f for f in found if f.severity != "info"] == []


def test_a_person_is_not_held_to_it():
    lang, source, target, _ = LOST[0]
    assert check_pair(source, target, "en", lang).findings == ()


@pytest.mark.parametrize("run", ["802.11n", "£66bn", "$41,300", "5pm", "-30C"])
@pytest.mark.parametrize("lang", ["fr", "hi", "ja", "uk"])
def test_the_same_characters_agree_whatever_they_mean(run, lang):
    assert check_pair(f"It was {run} then.", f"{run} .", "en", lang).findings == ()
