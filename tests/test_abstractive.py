"""Summaries that an engine writes: tied to the article, checked, and replaced where wrong."""

from __future__ import annotations

import pytest

from toolkit import labels, pipeline, segmentation, summaries
from toolkit.engines import tasks
from toolkit.errors import EngineError, ModelMissing
from toolkit.schema import Article, Block, Hypothesis, Length, Plan, Request, Span
from toolkit.summaries import abstractive
from toolkit.terms import Termbase
from toolkit.testing import EchoEngine, ScriptedEngine, check_engine

TEXT = """Ferry struck by crane
A crane fell on the ferry Grey Heron in Port Ellery on Monday, injuring 14 people. [@PortWire]
The harbour office said the crane weighed 300 tonnes. It had been inspected in March 2024. \
“We saw it go,” said Anna Lindqvist, who sells coffee on the quay.
The owner of the ferry, Marlow Lines, expects repairs to cost 4 million dollars. The ferry will \
be out of service for six weeks, @MarlowLines said on Tuesday."""
LINES = tuple(TEXT.splitlines())


def article(lines=LINES, lang="en", name="a"):
    blocks, at = [], 0
    for number, line in enumerate(lines):
        kind = "title" if number == 0 else "paragraph"
        blocks.append(Block(kind, Span(at, at + len(line))))
        at += len(line) + 1
    return Article(name, lang, "\n".join(lines), tuple(blocks), source=f"{name}.txt")


def summarized(answer, length=None, text=None, termbase=None):
    """The result of an abstractive plan, with an engine that answers so."""
    plan = Plan((), length or Length(), method="abstractive")
    engine = answer if hasattr(answer, "run") else ScriptedEngine(lambda _: answer)
    return pipeline.process(text or article(), plan, engine, termbase or Termbase())


def said(result):
    return [(s.text, s.segments, s.paragraph, s.remedies) for s in result.summary.sentences]


FIRST = "A falling crane injured 14 people on the ferry Grey Heron in Port Ellery on Monday."
SECOND = "Repairs will cost Marlow Lines 4 million dollars and take six weeks."
GOOD = f"{FIRST} {SECOND}"


def test_each_sentence_names_the_sentences_it_was_made_from():
    result = summarized(GOOD)
    assert result.summary.method == "abstractive"
    assert said(result) == [
        ("A falling crane injured 14 people on the ferry Grey Heron in Port Ellery on Monday.",
         ("s2",), 2, ()),
        ("Repairs will cost Marlow Lines 4 million dollars and take six weeks.",
         ("s6", "s7"), 4, ()),
    ]  # fmt: skip
    assert result.findings == ()
    spans = {s.id: s.span for s in result.segments}
    assert [s.span for s in result.summary.sentences] == [
        spans["s2"], Span(spans["s6"].start, spans["s7"].end),
    ]  # fmt: skip


CRANE = "A crane fell on the ferry Grey Heron in Port Ellery on Monday, injuring 14 people."
COST = "The owner of the ferry, Marlow Lines, expects repairs to cost 4 million dollars."


@pytest.mark.parametrize(
    ("wrong", "instead", "code", "found"),
    [
        ("The falling crane injured 41 people on the ferry in Port Ellery.", CRANE,
         "number/mistranslation", "41"),
        ("The crane fell on the ferry Grey Heron in Port Ellery on Thursday.", CRANE,
         "date/mistranslation", "Thursday"),
        ("Marlow Lines expects repairs to cost 4 billion dollars.", COST,
         "money/mistranslation", "4 billion dollars"),
        ("Michel Aoun of Marlow Lines expects repairs of 4 million dollars.", COST,
         "name/addition", "Michel"),
        ("The harbour office told @PortNews that the crane weighed 300 tonnes.",
         "The harbour office said the crane weighed 300 tonnes.", "label/addition", "@PortNews"),
        ("The owner, ⟦7⟧, expects repairs to cost 4 million dollars.", COST,
         "label/addition", "The owner, , expects repairs to cost 4 million dollars."),
        ("The ferry the ferry the ferry the ferry the ferry the ferry of Marlow Lines.", COST,
         "text/repetition", None),
        ("As an assistant I cannot help with requests of this kind today.", None,
         "sentence/addition", None),
    ],
)  # fmt: skip
def test_a_sentence_that_the_article_does_not_support_is_replaced(wrong, instead, code, found):
    kept = "The crane had been inspected in March 2024."
    result = summarized(f"{kept} {wrong}")
    first, second = result.summary.sentences
    assert (first.text, first.remedies) == (kept, ())
    assert second.remedies == ("extracted",)
    assert instead is None or second.text == instead
    assert second.text in article().text
    assert {f.code for f in result.findings} >= {code}
    for finding in result.findings:
        assert (finding.severity, finding.unit_id) == ("info", "summary2")
        assert (finding.rule, finding.target_span) == ("extracted", None)
    assert found is None or found in {f.found for f in result.findings if f.code == code}


@pytest.mark.parametrize(
    "answer",
    [
        Hypothesis("", "x"),
        Hypothesis("  \n ", "x"),
        Hypothesis("…", "x"),
        Hypothesis(GOOD, "x", finished=False),
        Hypothesis("", "x", finished=False),
    ],
)
def test_without_an_answer_the_summary_is_the_articles_own(answer):
    result = summarized(answer)
    extractive = summaries.summarize(article(), result.labels, result.segments, Length())
    assert [s.text for s in result.summary.sentences] == [s.text for s in extractive.sentences]
    assert {s.remedies for s in result.summary.sentences} == {("extracted",)}
    assert {(f.code, f.severity) for f in result.findings} == {("text/unfinished", "info")}


def test_an_engine_that_cannot_summarise_is_said_to():
    with pytest.raises(ModelMissing) as caught:
        summarized(ScriptedEngine({}))
    assert "a.txt" in caught.value.message
    assert "--summarizer" in caught.value.hint


def test_a_loop_of_whole_sentences_is_said_once():
    result = summarized(f"{CRANE} " * 50)
    assert [text for text, *_ in said(result)] == [CRANE]


@pytest.mark.parametrize(
    ("length", "count"),
    [(Length(1), 1), (Length(2), 2), (Length(60, "characters"), 1), (Length(12, "words"), 1)],
)
def test_an_answer_that_is_too_long_is_cut_down_to_its_best_sentences(length, count):
    result = summarized(GOOD + " The crane weighed 300 tonnes.", length)
    assert len(result.summary.sentences) == count


def test_a_replacement_does_not_make_the_summary_too_long():
    length = Length(80, "characters")
    result = summarized("It weighed 300 tonnes. Repairs cost Marlow 5 million dollars.", length)
    texts = [s.text for s in result.summary.sentences]
    assert texts == ["It weighed 300 tonnes."]
    assert {f.unit_id for f in result.findings} == {None}, "its sentence is not there"


def test_nobody_is_asked_to_summarise_what_is_short():
    engine = ScriptedEngine(lambda _: "Invented.")
    result = summarized(engine, Length(7))
    assert engine.calls == []
    assert {s.remedies for s in result.summary.sentences} == {("extracted",)}


def test_the_engine_reads_the_running_text_without_labels():
    engine = ScriptedEngine(lambda _: GOOD)
    summarized(engine, Length(40, "words"))
    ((request,),) = engine.calls
    assert request.text.split("\n") == [
        CRANE,
        LINES[2],
        LINES[3].replace("@MarlowLines", "⟦0⟧"),
    ]
    assert (request.task, request.words, request.keep) == ("summarize", 40, ("@MarlowLines",))
    assert (request.source_lang, request.target_lang) == ("en", "en")


def test_a_label_within_a_sentence_comes_back_as_it_was():
    result = summarized("The ferry is out of service for six weeks, ⟦0⟧ said on Tuesday.")
    assert said(result) == [
        ("The ferry is out of service for six weeks, @MarlowLines said on Tuesday.", ("s7",), 4, ())
    ]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("@x said it.", "@x said it."),
        ("It was said [@x] #tag", "It was said"),
        ("[@x] It was said", "It was said"),
        ("It was said #one.", "It was said."),
        ("Ann, @x, said it #a #b.", "Ann, ⟦0⟧, said it."),
        ("Brackets ⟦0⟧ of @x were here.", "Brackets ⟦0⟧0⟦1⟧ of ⟦2⟧ were here."),
    ],
)
def test_only_labels_that_are_words_of_a_sentence_are_kept_for_it(text, read):
    source = article(("Title", text, "Something else stands here. And a third one does."))
    found = labels.find(source)
    segments = segmentation.segment(source, found)
    (part,) = abstractive.parts(source, found, segments, Length(1))
    got = part.request.text.split("\n")[0]
    # At the very start a handle is beside the sentence: it cannot be told from its subject.
    assert got == ("said it." if text.startswith("@x") else read)


def _long(paragraphs):
    return article(
        ("Title", *(
            f"Village {n} lost {n + 100} houses in the flood of the river Anvar. "
            f"Its mayor asked the capital for {n + 200} tents and clean water for the people."
            for n in range(paragraphs)
        ))
    )  # fmt: skip


def test_a_long_article_is_asked_for_in_parts_and_joined():
    def answer(request):
        assert len(request.text.encode()) <= 3_200
        return request.text.split("\n")[0].split(". ")[0] + "."

    source = _long(60)
    engine = ScriptedEngine(answer)
    result = summarized(engine, Length(3), source)
    ((*asked,),) = engine.calls
    assert len(asked) > 2
    assert " ".join(r.text for r in asked).split() == source.text.split()[1:]
    assert len(result.summary.sentences) == 3
    numbers = [sentence.paragraph for sentence in result.summary.sentences]
    assert numbers == sorted(numbers)
    assert all(request.text.startswith("Village ") for request in asked), "no paragraph is cut"
    texts = {segment.id: segment.text for segment in result.segments}
    assert [texts[s.segments[0]] for s in result.summary.sentences] == [
        s.text for s in result.summary.sentences
    ]
    assert result.findings == ()


def test_a_part_without_an_answer_speaks_for_itself():
    source = _long(60)
    asked = []

    def answer(request):
        asked.append(request)
        text = request.text.split(". ")[0] + "."
        return Hypothesis(text, "x", finished=len(asked) != 2)

    result = summarized(ScriptedEngine(answer), Length(9), source)
    marked = [s for s in result.summary.sentences if s.remedies]
    assert len(marked) == 1
    assert marked[0].text in asked[1].text


def test_a_sentence_longer_than_a_part_is_asked_for_whole():
    endless = "It rained, " * 900 + "and stopped."
    source = article(("Title", endless, "The sun came out. Birds sang in the park."))
    engine = ScriptedEngine(lambda _: "The sun came out.")
    summarized(engine, Length(1), source)
    assert [len(r.text) for r in engine.calls[0]] == [len(endless), 41]


# --- in other languages ------------------------------------------------------------------

KOREAN = {
    FIRST: "월요일 포트 엘러리에서 크레인이 여객선 그레이 헤론 위로 떨어져 14명이 다쳤다.",
    SECOND: "말로 라인스는 수리에 500만 달러와 6주가 들 것으로 본다.",
    COST: "여객선 소유주인 말로 라인스는 수리비를 400만 달러로 예상한다.",
}  # fmt: skip


def both(answer):
    def reply(request):
        if request.task == "summarize":
            return answer
        # What people translated is checked, and not repaired.
        return Hypothesis(KOREAN.get(request.text, request.text), "memory 100 %")

    return ScriptedEngine(reply)


def test_written_sentences_are_translated_and_checked_as_units_of_their_own():
    engine = both(GOOD)
    plan = Plan(("ko",), method="abstractive", translate=False)
    (made,) = pipeline.process(article(), plan, engine, Termbase()).translations
    assert [(u.id, u.target, u.paragraph) for u in made.units] == [
        ("summary1", KOREAN[FIRST], 2),
        ("summary2", KOREAN[SECOND], 4),
    ]
    assert [s.text for s in made.summary.sentences] == [u.target for u in made.units]
    assert [(f.code, f.unit_id, f.found) for f in made.findings if f.severity == "error"] == [
        ("money/mistranslation", "summary2", "500만 달러")
    ]
    assert {r.context for r in engine.calls[1]} == {("", made.units[1].source),
                                                    (made.units[0].source, "")}  # fmt: skip


def test_a_replaced_sentence_is_translated_as_the_articles_own():
    wrong = "Marlow Lines expects repairs to cost 9 million dollars."
    plan = Plan(("ko", "en"), method="abstractive")
    made, copy = pipeline.process(article(), plan, both(wrong), Termbase()).translations
    assert {u.id for u in made.units} == {f"s{n}" for n in range(1, 8)}
    assert [(s.text, s.remedies) for s in made.summary.sentences] == [
        (KOREAN[COST], ("extracted",))
    ]
    assert [s.text for s in copy.summary.sentences] == [COST]


def test_what_a_summary_says_rescues_nothing_in_the_text():
    """A number that the translation of the text lost is not found in that of the summary."""

    def reply(request):
        if request.task == "summarize":
            return "Repairs will cost Marlow Lines 4 million dollars."
        return {COST: "수리비가 든다.",
                "Repairs will cost Marlow Lines 4 million dollars.": "수리비는 400만 달러다.",
                }.get(request.text, "비가 왔다.")  # fmt: skip

    plan = Plan(("ko",), method="abstractive")
    (made,) = pipeline.process(article(), plan, ScriptedEngine(reply), Termbase()).translations
    assert [(f.unit_id, f.severity) for f in made.findings if f.kind == "money"] == [
        ("s6", "warning")
    ]


@pytest.mark.parametrize(
    ("lang", "lines", "answer", "good"),
    [
        ("ko", ("제목", "크레인이 여객선 위로 떨어져 14명이 다쳤다. 수리비는 400만 달러다.",
                "여객선은 6주 동안 운항하지 않는다."),
         "크레인 사고로 14명이 다쳤다. 수리비는 500만 달러다.", (True, False)),
        ("uk", ("Заголовок", "Кран упав на пором, поранено 14 людей. Ремонт коштує 4 млн доларів.",
                "Пором не ходитиме шість тижнів."),
         "Кран поранив на поромі 14 людей. Ремонт коштує 5 млн доларів.", (True, False)),
    ],
)  # fmt: skip
def test_articles_in_other_languages_are_written_about_too(lang, lines, answer, good):
    result = summarized(answer, Length(2), article(lines, lang))
    assert tuple(not s.remedies for s in result.summary.sentences) == good


# --- many articles, and two engines ------------------------------------------------------


def test_all_articles_of_a_batch_are_asked_for_at_once_and_fail_alone():
    def answer(request):
        if "Village" in request.text:
            raise EngineError("too much water")
        return GOOD

    sources = [article(name="a"), _long(3), article(name="b")]
    engine = ScriptedEngine(answer)
    plan = Plan((), method="abstractive")
    first, failed, last = pipeline.process_batch(sources, plan, engine, Termbase())
    assert isinstance(failed, EngineError)
    assert first.summary == last.summary
    calm = ScriptedEngine(lambda _: GOOD)
    pipeline.process_batch([sources[0], sources[2]], plan, calm, Termbase())
    assert [len(call) for call in calm.calls if call] == [2]


def test_one_engine_translates_and_another_summarises():
    writer = ScriptedEngine(lambda r: GOOD if r.task == "summarize" else 1 / 0, name="writer")
    engine = tasks.by_task(EchoEngine(), writer)
    assert engine.signature == "by_task(echo, writer)"
    plan = Plan(("ko",), method="abstractive", translate=False)
    result = pipeline.process(article(), plan, engine, Termbase())
    assert {u.origin for u in result.translations[0].units} == {"echo"}
    assert result.provenance.engine == engine.signature
    other = tasks.by_task(EchoEngine(), EchoEngine())
    check_engine(
        other,
        [Request("One.", "en", "ko"), Request("Two.", "en", "en", task="summarize")],
    )
    key = pipeline.key(article(), plan, other, Termbase())
    assert key != result.key


def test_an_article_of_nothing_but_labels_has_a_summary():
    source = Article("a", "en", "[@PortWire]", (Block("label", Span(0, 11)),), source="a.txt")
    engine = ScriptedEngine({})
    assert [s.text for s in summarized(engine, text=source).summary.sentences] == ["[@PortWire]"]


def test_the_words_asked_for_follow_the_length():
    table = [(Length(3), 75), (Length(60, "words"), 60), (Length(600, "characters"), 100)]
    source = _long(3)
    found = labels.find(source)
    segments = segmentation.segment(source, found)
    for length, words in table:
        asked = abstractive.parts(source, found, segments, length)
        assert [part.request.words for part in asked] == ([words] if asked else [])
