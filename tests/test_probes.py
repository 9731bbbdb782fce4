"""Sentences to try an engine on: silent on good translations, loud on bad ones."""

from __future__ import annotations

from itertools import permutations

import pytest

from toolkit.checks.probes import LABEL, try_engine
from toolkit.lang import CODES, probes
from toolkit.schema import Hypothesis
from toolkit.testing import EchoEngine, ScriptedEngine

SENTENCES = {code: probes(code) for code in CODES}


def scripted(source: str, target: str, **changes) -> ScriptedEngine:
    answers = dict(zip(SENTENCES[source], SENTENCES[target], strict=True))
    for old, new in changes.items():
        answers = {key: text.replace(old, new) for key, text in answers.items()}
    return ScriptedEngine({(text, target): answer for text, answer in answers.items()})


@pytest.mark.parametrize(("source", "target"), list(permutations(SENTENCES, 2)))
def test_a_good_translation_raises_nothing(source, target):
    trials = try_engine(scripted(source, target), source, target)
    assert len(trials) == 5
    assert [trial.findings for trial in trials] == [()] * 5
    assert trials[3].source.endswith(LABEL)


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (None, "text/omission"),
        ("", "text/omission"),
        (
            Hypothesis("Ціни зросли на 3,5 відсотка, повідомив", "m", finished=False),
            "text/unfinished",
        ),
        ("У березні ціни зросли на 5,3 відсотка, повідомив банк.", "percent/mistranslation"),
        ("У травні ціни зросли на 3,5 відсотка, повідомив банк.", "date/mistranslation"),
        ("У березні ціни зросли на 3,5 відсотка, повідомив банк. ⟦0⟧", "label/omission"),
        ("Prices rose by 3.5 percent in March, the bank said.", "text/untranslated"),
        ("3월에 물가가 3.5% 올랐다고 은행이 밝혔다.", "text/script"),
        ("У березні 3,5 " + "зросли ціни на " * 20, "text/repetition"),
    ],
)
def test_what_is_wrong_is_named(answer, code):
    source = SENTENCES["en"][2]
    engine = ScriptedEngine(lambda r: answer if r.text == source else "так")
    trial = try_engine(engine, "en", "uk")[2]
    assert code in {f.code for f in trial.findings}
    assert not trial.passed


def test_an_engine_that_copies_fails_on_every_sentence():
    assert not any(trial.passed for trial in try_engine(EchoEngine(), "en", "ko"))


def test_where_we_have_no_sentences_nothing_is_asked():
    assert try_engine(EchoEngine(), "fr", "en") == ()
