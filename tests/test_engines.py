from __future__ import annotations

import pytest

from toolkit import engines
from toolkit.engines import first_of, load
from toolkit.errors import UsageError
from toolkit.memory import Unit, Variant, open_memory
from toolkit.schema import Hypothesis, Request
from toolkit.testing import EchoEngine, ScriptedEngine, check_engine

REQUESTS = (
    Request("One.", "en", "ko"),
    Request("Two, says ⟦0⟧.", "en", "ko", keep=("@x",)),
    Request("Three.", "en", "uk"),
    Request("One.", "en", "uk"),
)
KO = {("One.", "ko"): "하나.", ("Two, says ⟦0⟧.", "ko"): "⟦0⟧에 따르면 둘."}


@pytest.mark.parametrize(
    "engine",
    [
        EchoEngine(),
        ScriptedEngine({}),
        ScriptedEngine(KO),
        ScriptedEngine(lambda request: request.text.upper()),
        first_of(),
        first_of(ScriptedEngine(KO), EchoEngine()),
    ],
    ids=lambda engine: engine.signature,
)
def test_our_engines_keep_the_contract(engine):
    check_engine(engine, REQUESTS)


class Wrong:
    """An engine that answers as it is told, right or not."""

    def __init__(self, run, signature="wrong"):
        self.run = run
        self.signature = signature


def _each(make):
    return lambda requests: [make(request) for request in requests]


def _flips():
    class Flips(EchoEngine):
        turns = 0

        @property
        def signature(self):
            self.turns += 1
            return f"flips:{self.turns}"

    return Flips()


@pytest.mark.parametrize(
    ("engine", "says"),
    [
        (Wrong(EchoEngine().run, signature=""), "the signature is empty"),
        (_flips(), "the signature changed"),
        (Wrong(lambda requests: [None]), "no requests, yet answers"),
        (Wrong(lambda requests: [None] * min(1, len(requests))), "4 requests, but 1 answers"),
        (Wrong(_each(lambda r: r.text)), "is a str"),
        (Wrong(_each(lambda r: Hypothesis("", "x"))), "is empty"),
        (Wrong(_each(lambda r: Hypothesis(r.text, ""))), "does not say where"),
        (Wrong(_each(lambda r: Hypothesis(r.text, "x", float("nan")))), "score nan"),
        (Wrong(_each(lambda r: Hypothesis(r.text, "x", 100.0))), "score 100.0"),
        (Wrong(_each(lambda r: Hypothesis("Two.", "x"))), "placeholders [], expected ['0']"),
        (Wrong(_each(lambda r: Hypothesis(r.text + "⟦0⟧", "x"))), "['0'], expected []"),
        (Wrong(_each(lambda r: Hypothesis(r.text, "x", alternatives=("⟦1⟧",)))), "placeholders"),
        (Wrong(lambda rs: sorted(EchoEngine().run(rs), key=lambda h: h.text)), "placeholders"),
        (Wrong(lambda rs: [Hypothesis(f"{r.text} {len(rs)}", "x") for r in rs]), "alone"),
        (Wrong(lambda rs: [Hypothesis(f"{r.text} {n}", "x") for n, r in enumerate(rs)]),
         "do not follow"),
    ],
)  # fmt: skip
def test_a_broken_contract_is_named(engine, says):
    with pytest.raises(AssertionError) as caught:
        check_engine(engine, REQUESTS)
    assert says in str(caught.value)


def test_a_cut_answer_may_lack_placeholders():
    check_engine(Wrong(_each(lambda r: Hypothesis("", "x", finished=False))), REQUESTS)


def test_a_script_answers_what_it_knows_and_remembers_what_it_was_asked():
    engine = ScriptedEngine(KO)
    answers = engine.run(REQUESTS)
    assert [a and (a.text, a.origin) for a in answers] == [
        ("하나.", "scripted"), ("⟦0⟧에 따르면 둘.", "scripted"), None, None,
    ]  # fmt: skip
    assert engine.calls == [REQUESTS]
    assert ScriptedEngine(KO).signature == engine.signature
    assert ScriptedEngine(KO | {("One.", "ko"): "일."}).signature != engine.signature


def test_each_engine_is_asked_only_what_those_before_it_did_not_know():
    first, second, third = (
        ScriptedEngine(KO),
        ScriptedEngine({("One.", "uk"): "Один."}),
        EchoEngine(),
    )
    answers = first_of(first, second, third).run(REQUESTS)
    assert [a and a.text for a in answers] == ["하나.", "⟦0⟧에 따르면 둘.", "Three.", "Один."]
    assert second.calls == [REQUESTS[2:]]
    alone = first_of(first, second)
    assert alone.run(REQUESTS[:2])
    assert len(second.calls) == 1, "nothing was left to ask"
    assert alone.run(REQUESTS)[2] is None


def test_the_signature_names_every_engine_in_order():
    one, two = EchoEngine(), ScriptedEngine(lambda request: None, name="two")
    assert first_of(one, two).signature == "first_of(echo, two)"
    assert first_of(one).signature == "echo"


def test_an_engine_is_loaded_by_name(tmp_path):
    unit = Unit((Variant("en", "One."), Variant("ko", "하나.")))
    with open_memory(tmp_path / "m.sqlite") as memory:
        memory.add([unit])
        signature = memory.signature
        assert load("memory", memories=[memory]).signature == signature
        assert load("memory", memories=[memory, open_memory()]).run(REQUESTS)[0].text == "하나."
    named = load(f"memory:{tmp_path}/m.sqlite")
    assert named.signature == signature
    assert named.run(REQUESTS)[0].text == "하나."
    assert load("memory").run(REQUESTS) == (None,) * 4


def test_an_unknown_name_is_answered_with_the_known_ones():
    with pytest.raises(UsageError) as caught:
        load("marian:en-ko")
    assert "'marian:en-ko'" in caught.value.message
    assert caught.value.hint == f"known engines: {', '.join(sorted(engines.ENGINES))}"
