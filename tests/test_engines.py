from __future__ import annotations

from dataclasses import replace

import pytest

from toolkit import engines
from toolkit.engines import Means, Via, first_of, load, means
from toolkit.errors import ModelError, ModelMissing, UsageError
from toolkit.memory import Unit, Variant, open_memory
from toolkit.models import Code, Entry, File, Lock, Store
from toolkit.protocols import signature
from toolkit.schema import Hypothesis, Request
from toolkit.terms import Entry as Entry_
from toolkit.terms import Termbase
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
        assert load("memory", Means([memory])).signature == signature
        assert load("memory", Means([memory, open_memory()])).run(REQUESTS)[0].text == "하나."
    named = load(f"memory:{tmp_path}/m.sqlite")
    assert named.signature == signature
    assert named.run(REQUESTS)[0].text == "하나."
    assert load("memory").run(REQUESTS) == (None,) * 4


def test_an_unknown_name_is_answered_with_the_known_ones():
    with pytest.raises(UsageError) as caught:
        load("marian:en-ko")
    assert "'marian:en-ko'" in caught.value.message
    assert caught.value.hint == f"known engines: {', '.join(sorted(engines.ENGINES))}"


# --- the best model for a pair of languages -----------------------------------------------


def entry(pair: str, family="firefox", *, commercial=True) -> Entry:
    source, target = pair.split("-")
    return Entry(
        f"{family}-{pair}", family, "translate", (Code(source),), (Code(target),), "MIT",
        commercial, (File("model.bin", 1, "0" * 64),), "upstream", url="https://example.org",
    )  # fmt: skip


@pytest.fixture
def models(tmp_path, monkeypatch):
    """Means with a small lock; what is built says its name and what it was asked."""
    lock = Lock(
        (
            entry("en-ko"), entry("en-uk", "nllb", commercial=False), entry("uk-en"),
            entry("en-de", "marian"),
        )
    )  # fmt: skip
    brought = []

    def bring(plan, store):
        brought.append(plan.entry.id)
        return store.path(plan.entry)

    def built(_store, entry, _folder, runtime):
        return ScriptedEngine(
            lambda r: Hypothesis(f"{runtime}({r.text})", entry.id, 0.5), name=entry.id
        )

    monkeypatch.setattr(means, "_built", built)
    return Means((), Store(tmp_path / "store"), lock, bring), brought


def test_a_model_is_taken_by_pair_and_brought_once(models):
    given, brought = models
    engine = load("auto", given)
    assert brought == []
    for _ in range(2):
        (answer,) = engine.run([Request("One.", "en", "ko")])
        assert (answer.text, answer.origin) == ("firefox(One.)", "firefox-en-ko")
    assert brought == ["firefox-en-ko"]


def test_two_models_stand_in_for_a_pair_that_none_knows(models):
    given, _ = models
    (answer,) = load("auto", given).run([Request("Один.", "uk", "ko")])
    assert answer.text == "firefox(firefox(Один.))"
    assert (answer.origin, answer.score) == ("firefox-uk-en + firefox-en-ko", 0.25)


def test_the_signature_is_that_of_the_models_for_the_pair(models):
    given, brought = models
    engine = load("auto", given)
    pairs = [("en", "ko"), ("uk", "ko"), ("uk", "en"), ("en", "vi")]
    signatures = [signature(engine, *pair) for pair in pairs]
    assert len(set(signatures)) == 4
    assert "firefox-en-ko@" in signatures[0]
    assert "no model" in signatures[3]
    assert brought == []


def test_what_cannot_be_translated_says_which_model_would(models):
    given, _ = models
    engine = load("auto", given)
    with pytest.raises(ModelMissing, match="English into Vietnamese") as caught:
        engine.run([Request("One.", "en", "vi")])
    assert "models list" in caught.value.hint
    with pytest.raises(ModelMissing, match="English into German") as caught:
        engine.run([Request("One.", "en", "de")])
    assert caught.value.hint == "with a network: toolkit models fetch marian-en-de"
    offline = load("auto", Means((), given.store, given.lock))
    with pytest.raises(ModelMissing, match="English into Korean") as caught:
        offline.run([Request("One.", "en", "ko")])
    assert caught.value.hint == "with a network: toolkit models fetch firefox-en-ko"


def test_a_model_by_name_needs_a_licence_that_fits_and_a_runtime_that_can(models):
    given, brought = models
    assert load("firefox:firefox-en-ko", given).run([Request("a", "en", "ko")])[0].origin
    with pytest.raises(ModelError, match="forbids commercial use"):
        load("model:nllb-en-uk", given)
    with pytest.raises(ModelMissing, match="no model is called 'x'"):
        load("model:x", given)
    with pytest.raises(UsageError, match="needs the name of a model"):
        load("ct2", given)
    assert brought == ["firefox-en-ko"]


def test_a_runtime_that_does_not_fit_is_refused(tmp_path):
    with pytest.raises(UsageError, match="family 'firefox' does not run there"):
        means._built(Store(tmp_path), entry("en-ko"), tmp_path, "hf")


def test_what_the_first_of_two_leaves_open_stays_open():
    first = ScriptedEngine({("a", "en"): "A", ("b", "en"): Hypothesis("B", "x", finished=False)})
    second = ScriptedEngine({("A", "ko"): "가"})
    a, b, c = Via(first, second, "en").run([Request(t, "uk", "ko") for t in "abc"])
    assert (a.text, b.finished, c) == ("가", False, None)
    assert [request.source_lang for request in second.calls[0]] == ["en"]


def test_an_engine_that_can_use_them_is_told_the_names(tmp_path):
    termbase = Termbase(
        (Entry_("x", "person", (("en", ("Dana Whitlock",)), ("ko", ("데이나 휘틀록",)))),)
    )
    asked = ScriptedEngine(lambda r: r.text)
    means.Informed(asked, termbase).run(
        [Request("Dana Whitlock spoke.", "en", "ko"), Request("Nobody spoke.", "en", "ko")]
    )
    assert [request.terms for request in asked.calls[0]] == [
        (("Dana Whitlock", "데이나 휘틀록"),), (),
    ]  # fmt: skip


def test_the_memories_are_asked_before_any_model(models, tmp_path):
    given, _ = models
    with open_memory(tmp_path / "m.sqlite") as memory:
        memory.add([Unit((Variant("en", "One."), Variant("ko", "하나.")))])
        known = replace(given, memories=(memory,))
        for name in ("auto", "model:firefox-en-ko", "firefox:firefox-en-ko"):
            one, two = load(name, known).run([Request(t, "en", "ko") for t in ("One.", "Two.")])
            assert (one.text, two.text) == ("하나.", "firefox(Two.)")
