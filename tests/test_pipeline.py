from __future__ import annotations

import shutil

import pytest

from toolkit import lang, pipeline
from toolkit.engines.tasks import with_second
from toolkit.errors import EngineError, ModelMissing
from toolkit.formats import report
from toolkit.schema import Article, Block, Hypothesis, Length, Metadata, Plan, Span
from toolkit.terms import Entry, Termbase
from toolkit.testing import EchoEngine, ScriptedEngine

TEXT = "The harbour opened on Monday [@PortWire]\nIt cost 4 million dollars. Nobody came."
ARTICLE = Article(
    "a",
    "en",
    TEXT,
    (Block("caption", Span(0, 40)), Block("paragraph", Span(41, len(TEXT)))),
    Metadata(title="Harbour opens"),
    "a.txt",
)
KOREAN = {
    ("Harbour opens", "ko"): "항구 개장",
    ("The harbour opened on Monday", "ko"): "월요일 문을 연 항구",
    ("It cost 4 million dollars.", "ko"): "비용은 400만 달러였다.",
    ("Nobody came.", "ko"): "아무도 오지 않았다.",
}


def test_a_result_holds_all_that_the_plan_asks_for():
    result = pipeline.process(ARTICLE, Plan(("ko",), Length(1)), ScriptedEngine(KOREAN), Termbase())
    (made,) = result.translations
    assert (
        made.text == "월요일 문을 연 항구 [@PortWire]\n비용은 400만 달러였다. 아무도 오지 않았다."
    )
    assert made.title == "항구 개장"
    assert made.findings == ()
    assert {(fact.kind, fact.unit_id) for fact in made.agreements} == {
        ("date", "s1"), ("money", "s2"),
    }  # fmt: skip
    assert result.summary
    assert made.summary
    assert [s.text for s in result.summary.sentences] == ["It cost 4 million dollars."]
    assert [(s.text, s.paragraph) for s in made.summary.sentences] == [
        ("비용은 400만 달러였다.", 2)
    ]


COST = ("It cost 4 million dollars.", "ko")


def test_a_changed_fact_is_a_finding_of_its_unit():
    """What a person translated is checked, and never changed."""
    wrong = KOREAN | {COST: Hypothesis("비용은 40만 달러였다.", "memory 100 %")}
    result = pipeline.process(ARTICLE, Plan(("ko",)), ScriptedEngine(wrong), Termbase())
    (finding,) = result.translations[0].findings
    assert (finding.code, finding.severity, finding.unit_id) == (
        "money/mistranslation", "error", "s2",
    )  # fmt: skip


def test_a_fact_that_a_program_changed_is_put_right():
    engine = ScriptedEngine(KOREAN | {COST: "비용은 40만 달러였다."})
    result = pipeline.process(ARTICLE, Plan(("ko",)), engine, Termbase())
    (made,) = result.translations
    assert [finding.rule for finding in made.findings] == ["put-right"]
    assert "비용은 400만 달러였다." in made.text
    assert [u.remedies for u in made.units if u.id == "s2"] == [
        ("money put right: 40만 달러 → 400만 달러",)
    ]
    assert [len(call) for call in engine.calls] == [4, 1, 1]


def test_a_plan_without_translation_asks_for_the_summary_only():
    engine = ScriptedEngine(KOREAN)
    plan = Plan(("ko",), Length(1), translate=False)
    (made,) = pipeline.process(ARTICLE, plan, engine, Termbase()).translations
    assert [request.text for request in engine.calls[0]] == [
        "Harbour opens", "It cost 4 million dollars.",
    ]  # fmt: skip
    assert made.text == ""


def test_nothing_is_made_when_a_sentence_is_missing():
    known = {key: text for key, text in KOREAN.items() if key[0] != "Nobody came."}
    with pytest.raises(ModelMissing):
        pipeline.process(ARTICLE, Plan(("ko",)), ScriptedEngine(known), Termbase())


def test_the_key_names_all_that_a_result_depends_on():
    plan = Plan(("ko",))
    terms = Termbase((Entry("harbour", "place", (("en", ("Harbour",)), ("ko", ("항구",)))),))
    keys = {
        pipeline.key(ARTICLE, plan, EchoEngine(), Termbase()),
        pipeline.key(ARTICLE, Plan(("uk",)), EchoEngine(), Termbase()),
        pipeline.key(ARTICLE, plan, ScriptedEngine({}), Termbase()),
        pipeline.key(ARTICLE, plan, EchoEngine(), terms),
        pipeline.key(Article("a", "en", "x", ()), plan, EchoEngine(), Termbase()),
    }
    assert len(keys) == 5
    assert pipeline.key(ARTICLE, plan, EchoEngine(), Termbase()) in keys


def test_a_batch_asks_once_and_one_bad_article_stops_no_other():
    other = Article("b", "en", "Nobody came.", (Block("paragraph", Span(0, 12)),), source="b.txt")
    strange = Article("c", "en", "Who knows?", (Block("paragraph", Span(0, 10)),), source="c.txt")
    engine = ScriptedEngine(KOREAN)
    plan = Plan(("ko", "en"), Length(1))
    first, missing, second = pipeline.process_batch(
        (ARTICLE, strange, other), plan, engine, Termbase()
    )
    assert len(engine.calls) == 1
    assert isinstance(missing, ModelMissing)
    assert first == pipeline.process(ARTICLE, plan, engine, Termbase())
    assert second == pipeline.process(other, plan, engine, Termbase())


def test_an_engine_that_fails_on_one_article_still_answers_for_the_others():
    def answer(request):
        if request.text == "Nobody came.":
            raise EngineError("cannot")
        return request.text

    other = Article("b", "en", "It rained.", (Block("paragraph", Span(0, 10)),), source="b.txt")
    failed, done = pipeline.process_batch(
        (ARTICLE, other), Plan(("ko",)), ScriptedEngine(answer), Termbase()
    )
    assert isinstance(failed, EngineError)
    assert not isinstance(done, EngineError)


def test_many_batches_come_in_order_and_the_engine_is_asked_ahead():
    numbers = range(2, 8)
    articles = [
        Article(f"a{n}", "en", f"It cost {n} dollars.", (Block("paragraph", Span(0, 18)),))
        for n in numbers
    ]
    engine = EchoEngine()
    plan = Plan(("ko",))
    taken = []

    def batches():
        for start in range(0, len(articles), 2):
            taken.append(start)
            yield articles[start : start + 2]

    made = pipeline.process_many(batches(), plan, engine, Termbase())
    first = next(made)
    assert taken == [0, 2]
    assert [*first, *(result for batch in made for result in batch)] == [
        pipeline.process(article, plan, engine, Termbase()) for article in articles
    ]


def test_a_reader_sees_what_was_repaired():
    engine = ScriptedEngine(KOREAN | {COST: "비용은 40만 달러였다."})
    result = pipeline.process(ARTICLE, Plan(("ko",)), engine, Termbase())
    page = "".join(report.write([result]))
    assert 'title="repaired: money put right: 40만 달러 → 400만 달러"' in page
    assert "1 repaired" in page
    assert 'title="repaired' not in "".join(
        report.write([pipeline.process(ARTICLE, Plan(("ko",)), ScriptedEngine(KOREAN), Termbase())])
    )


def test_a_second_engine_is_asked_for_what_the_first_leaves_wrong():
    wrong = KOREAN | {("It cost 4 million dollars.", "ko"): "그들은 떠났다. " * 4}
    first = ScriptedEngine(wrong, name="one")
    other = ScriptedEngine(lambda r: Hypothesis(KOREAN[r.text, "ko"], "two"), name="two")
    engine = with_second(first, other)
    for made in (
        pipeline.process(ARTICLE, Plan(("ko",)), engine, Termbase()),
        *pipeline.process_batch((ARTICLE,), Plan(("ko",)), engine, Termbase()),
    ):
        (translation,) = made.translations
        assert translation.findings == ()
        (cost,) = (unit for unit in translation.units if unit.remedies)
        assert (cost.target, cost.origin) == ("비용은 400만 달러였다.", "two")
        assert cost.remedies[-1] == "second engine"
    assert [request.text for call in other.calls for request in call] == [
        "It cost 4 million dollars."
    ] * 2


def test_a_key_depends_on_the_language_data_and_the_rules(monkeypatch, tmp_path):
    plan = Plan(("uk",))

    def key() -> str:
        lang.fingerprint.cache_clear()
        return pipeline.key(ARTICLE, plan, EchoEngine(), Termbase())

    before = key()
    assert key() == before
    shutil.copytree(lang.loader.DATA, tmp_path / "data", ignore=shutil.ignore_patterns("cldr"))
    monkeypatch.setattr(lang.loader, "DATA", tmp_path / "data")
    assert key() == before
    with (tmp_path / "data" / "uk" / "facts.toml").open("a") as file:
        file.write("# another word\n")
    assert key() != before
    monkeypatch.undo()
    assert key() == before
    monkeypatch.setattr(pipeline, "_rules", lambda: "others")
    assert key() != before


def test_a_result_says_by_which_rules_and_data_it_was_made():
    made = pipeline.process(ARTICLE, Plan(("uk",)), EchoEngine(), Termbase()).provenance
    assert all((made.rules, made.languages, made.termbase))
    other = pipeline.process(ARTICLE, Plan(("fr",)), EchoEngine(), Termbase()).provenance
    assert (other.rules, other.termbase) == (made.rules, made.termbase)
    assert other.languages != made.languages
