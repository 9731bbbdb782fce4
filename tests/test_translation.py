from __future__ import annotations

import pytest

from toolkit import labels, segmentation, translation
from toolkit.errors import EngineError, ModelMissing
from toolkit.schema import Article, Block, Hypothesis, Metadata, Span
from toolkit.testing import EchoEngine, ScriptedEngine

TEXT = """date 2025-01-12 A harbour at dawn [@PortWire]

The mayor wrote to @harbour on Monday.  She did not say when.
"""


def article(text: str = TEXT, title: str | None = None) -> Article:
    blocks, at = [], 0
    for line in text.splitlines(keepends=True):
        body = line.strip()
        if body:
            start = at + line.index(body)
            blocks.append(Block("paragraph", Span(start, start + len(body))))
        at += len(line)
    return Article("a", "en", text, tuple(blocks), Metadata(title=title), "a.txt")


def passages(of: Article):
    found = labels.find(of)
    segments = segmentation.segment(of, found)
    return segments, translation.passages(of, found, segments)


def test_labels_inside_a_sentence_go_as_placeholders_and_come_back_verbatim():
    engine = ScriptedEngine(lambda r: f"«{r.text}»")
    _, sources = passages(article())
    units = translation.translate(sources, engine, "en", "uk")
    assert [r.text for r in engine.calls[0]] == [
        "A harbour at dawn",
        "The mayor wrote to ⟦0⟧ on Monday.",
        "She did not say when.",
    ]
    assert units[1].target == "«The mayor wrote to @harbour on Monday.»"
    assert {unit.state for unit in units} == {"translated"}


def test_all_that_is_no_sentence_stays_where_it_was():
    of = article()
    segments, sources = passages(of)
    units = translation.translate(sources, ScriptedEngine(lambda r: "X"), "en", "ko")
    # The handle's sentence cannot lose its handle: its own text is shown.
    assert translation.splice(of, segments, units) == (
        "date 2025-01-12 X [@PortWire]\n\nThe mayor wrote to @harbour on Monday.  X\n"
    )


def test_an_identity_engine_gives_the_article_back():
    of = article()
    segments, sources = passages(of)
    units = translation.translate(sources, EchoEngine(), "en", "ko")
    assert translation.splice(of, segments, units) == of.text


@pytest.mark.parametrize(
    "answer",
    [
        Hypothesis("no placeholder", "test"),
        Hypothesis("⟦0⟧ and again ⟦0⟧", "test"),
        Hypothesis("  ", "test"),
        Hypothesis("cut off ⟦0⟧", "test", finished=False),
    ],
)
def test_an_answer_that_lost_something_leaves_the_unit_initial_with_its_source(answer):
    _, sources = passages(article("The mayor wrote to @harbour on Monday."))
    (unit,) = translation.translate(sources, ScriptedEngine(lambda _: answer), "en", "ko")
    assert (unit.state, unit.target) == ("initial", "The mayor wrote to @harbour on Monday.")


def test_a_text_already_in_the_language_is_passed_through():
    _, sources = passages(article())
    engine = ScriptedEngine({})
    units = translation.translate(sources, engine, "en", "en")
    assert [unit.target for unit in units] == [passage.text for passage in sources]
    assert {(unit.state, unit.origin) for unit in units} == {("final", "source")}
    assert not engine.calls


def test_the_title_that_a_file_states_is_translated_too():
    _, sources = passages(article(title="Harbour opens, says @harbour"))
    units = translation.translate(sources, EchoEngine(), "en", "ko")
    assert (units[0].id, units[0].target) == ("title", "Harbour opens, says @harbour")
    assert sources[0].labels == (Span(20, 28),)


def test_an_unknown_sentence_stops_the_article_and_says_what_to_do():
    _, sources = passages(article())
    engine = ScriptedEngine({("A harbour at dawn", "ko"): "새벽 항구"})
    with pytest.raises(ModelMissing) as caught:
        translation.translate(sources, engine, "en", "ko")
    assert "no Korean translation of 2 of 3 sentences" in caught.value.message
    assert "the first, in paragraph 2: 'The mayor wrote" in caught.value.message
    assert "toolkit memory missing" in caught.value.hint
    assert [p.text for p in translation.unknown(sources, engine, "en", "ko")] == [
        "The mayor wrote to @harbour on Monday.",
        "She did not say when.",
    ]


def test_an_engine_that_answers_out_of_step_is_refused():
    class Short:
        signature = "short"

        def run(self, requests):
            return [Hypothesis("x", "short")]

    _, sources = passages(article())
    with pytest.raises(EngineError, match="short: expected 3 answers, found 1"):
        translation.translate(sources, Short(), "en", "ko")
