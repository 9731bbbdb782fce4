"""The doubles that err: at known rates, the same each time, with a record of what they did."""

from __future__ import annotations

from collections import Counter

import pytest

from toolkit.schema import Hypothesis, Request
from toolkit.testing import NOISE, NoisyEngine, ScriptedEngine, check_engine

TARGET = "У понеділок, 9 січня, Володимир Зеленський сказав: «Їх 15 тисяч». Усі мовчали, як завжди."
LABELLED = "Перше ⟦0⟧, друге ⟦1⟧."
NAMES = {"uk": ("Володимир Зеленський", "Ірина Шолудько")}


def right(request):
    return LABELLED if request.keep else TARGET


def requests(count, **more):
    return [Request(f"It is {n}.", "en", "uk", **more) for n in range(count)]


def noisy(kind, *, best=1, stubborn=0.0, rate=1.0):
    engine = ScriptedEngine(right, name="right")
    return NoisyEngine(engine, 1, {kind: rate}, best=best, stubborn=stubborn, names=NAMES)


@pytest.mark.parametrize("kind", NOISE)
def test_each_kind_of_noise_is_made_and_written_down(kind):
    asked = requests(1, keep=("@a", "@b") if kind == "label" else ())
    engine = noisy(kind)
    (answer,) = engine.run(asked)
    (made,) = engine.record
    assert (made.kind, made.text, made.attempt, made.number) == (kind, "It is 0.", 0, 0)
    assert (made.before, made.after) == (right(asked[0]), answer.text)
    assert made.before != made.after
    assert answer.finished == (kind != "unfinished")


@pytest.mark.parametrize(("kind", "lost"), [
    ("lost number", "15"), ("lost name", "Зеленський"), ("loop", "Усі"), ("cut", "завжди"),
])  # fmt: skip
def test_what_is_lost_is_not_there(kind, lost):
    (answer,) = noisy(kind).run(requests(1))
    assert lost not in answer.text


def test_a_number_or_a_date_becomes_another_and_all_else_stays():
    for kind, kept in (("number", "9 січня"), ("date", "15 тисяч")):
        for answer in noisy(kind).run(requests(20)):
            assert kept in answer.text
            assert len(answer.text.split()) == len(TARGET.split())


def test_rates_are_shares_of_the_answers_and_no_answer_has_two_errors():
    engine = NoisyEngine(ScriptedEngine(right), 3, {"number": 0.2, "copy": 0.1})
    answers = engine.run(requests(1000))
    made = Counter(garbled.kind for garbled in engine.record)
    assert 150 < made["number"] < 250
    assert 60 < made["copy"] < 140
    assert sum(answer.text != TARGET for answer in answers) == made.total()


def test_equal_seeds_make_equal_errors_whatever_the_batch():
    check_engine(noisy("number", best=3, rate=0.5), requests(6))
    one, other = noisy("date", rate=0.5), noisy("date", rate=0.5)
    assert one.signature == other.signature
    assert one.run(requests(9)) == other.run(requests(9))
    assert NoisyEngine(ScriptedEngine(right, name="right"), 2).signature != one.signature


def test_hypotheses_and_attempts_err_each_by_itself_unless_stubborn():
    engine = noisy("number", best=4, rate=0.5)
    assert any(answer.alternatives for answer in engine.run(requests(9)))
    again = [Request(r.text, "en", "uk", attempt=1) for r in requests(9)]
    assert [a.text for a in engine.run(requests(9))] != [a.text for a in engine.run(again)]
    always = noisy("number", best=4, rate=0.5, stubborn=1.0)
    first, second = always.run(requests(9)), always.run(again)
    assert [a.text for a in first] == [a.text for a in second]
    assert all(answer.alternatives == () for answer in first)


def test_what_has_no_room_for_an_error_stays_right():
    engine = NoisyEngine(ScriptedEngine(lambda _: "Так."), 1, {"number": 0.5, "label": 0.5})
    assert engine.run(requests(5)) == (Hypothesis("Так.", "noisy", 0.9),) * 5
    assert engine.record == []


def test_what_the_engine_does_not_know_stays_unknown():
    assert NoisyEngine(ScriptedEngine({})).run(requests(1)) == (None,)
