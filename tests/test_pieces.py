"""How texts are cut for models and put together again, with a model that answers in capitals."""

from __future__ import annotations

from dataclasses import replace

import pytest

from toolkit.engines.pieces import Output, Prompt, Settings, answer
from toolkit.schema import Request
from toolkit.testing import check_engine


class Shout:
    """A model of letters: a token is a code point, and the answer is the text in capitals.

    `ignores` are characters that it has no tokens for, `loses` those that it never writes.
    """

    def __init__(self, budget=40, *, whole_texts=False, ignores="⟦⟧", loses="", ends=True):
        self.whole_texts = whole_texts
        self.signature = "shout"
        self.asked = []
        self.batches = []
        self._budget, self._ignores, self._loses, self._ends = budget, ignores, loses, ends

    def knows(self, request):
        return request.target_lang == "uk"

    def budget(self, request):
        return self._budget

    def room(self, request, tokens):
        return tokens + 8

    def spells(self, text):
        return not set(text) & set(self._ignores)

    def settings(self, request):
        return Settings(1 + request.attempt)

    def encode(self, text):
        return [ord(letter) for letter in text]

    def decode(self, ids):
        return "".join(map(chr, ids))

    def prompt(self, ids, request):
        return Prompt(tuple(ids), (len(request.source_lang),))

    def decode_batches(self, batches):
        self.batches += batches
        return [[self._shout(p, batch) for p in batch.prompts] for batch in batches]

    def _shout(self, prompt, batch):
        assert len(prompt.source) <= self._budget, "nothing beyond the budget is asked"
        text = self.decode(prompt.source)
        self.asked.append(text)
        said = "".join(letter for letter in text.upper() if letter not in self._loses)
        ids = tuple(self.encode(said)[: batch.room])
        return [Output(ids, -0.1 * n, len(ids), self._ends) for n in range(batch.settings.beam)]

    def run(self, requests):
        return answer(requests, self, self.decode_batches, origin="shout", rows=4)


def _ask(model, text, **options):
    (found,) = model.run([Request(text, "en", "uk", **options)])
    return found


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Rain fell.", ["Rain fell."]),
        ("Rain fell. Wind rose.", ["Rain fell.", "Wind rose."]),
        ("Rain fell.\n\n  Wind rose. ", ["Rain fell.", "Wind rose."]),
        ("The rain fell on the town; the wind rose in the hills.",
         ["The rain fell on the town;", "the wind rose in the hills."]),
        ("The rain fell on the old town, and winds rose.",
         ["The rain fell on the old town,", "and winds rose."]),
        ("one two three four five six seven eight nine ten",
         ["one two three four five", "six seven eight nine ten"]),
        ("x" * 90, ["x" * 22, "x" * 23, "x" * 22, "x" * 23]),
        ("It cost 10,000,000 and then 20,000,000 in all",
         ["It cost 10,000,000 and", "then 20,000,000 in all"]),
        ("ab" + "e\u0301" * 25, ["ab" + "e\u0301" * 12, "e\u0301" * 13]),
        ("12,500.00 — 3", []),
        ("", []),
        (" \n", []),
    ],
)  # fmt: skip
def test_a_text_is_cut_where_it_can_be_and_loses_nothing(text, asked):
    model = Shout()
    assert _ask(model, text).text == text.upper()
    assert sorted(model.asked) == sorted(asked)


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Rain fell, says ⟦0⟧.", ["Rain fell, says"]),
        ("⟦0⟧: rain fell.", ["rain fell."]),
        ("As ⟦0⟧ (and ⟦1⟧) said, rain fell.", ["As", "(and", "said, rain fell."]),
        ("⟦0⟧ ⟦1⟧", []),
        ("Rain ⟦0⟧⟦0⟧ fell.", ["Rain", "fell."]),
    ],
)
@pytest.mark.parametrize("ignores", ["⟦⟧", ""], ids=["unknown to the model", "lost by the model"])
def test_placeholders_stay_once_each_and_in_their_order(text, asked, ignores):
    model = Shout(ignores=ignores, loses="⟦⟧01")
    found = _ask(model, text, keep=("@a", "#b"))
    assert (found.text, found.finished) == (text.upper(), True)
    tried = [] if ignores or "⟦0⟧⟦0⟧" in text or not asked else [text]
    assert sorted(model.asked) == sorted([*tried, *asked])


def test_a_placeholder_that_a_model_keeps_stays_in_its_sentence():
    model = Shout(ignores="")
    assert _ask(model, "Rain, says ⟦0⟧, fell.", keep=("@a",)).text == "RAIN, SAYS ⟦0⟧, FELL."
    assert model.asked == ["Rain, says ⟦0⟧, fell."]


def test_a_placeholder_out_of_nowhere_is_not_passed_on():
    class Invents(Shout):
        def decode(self, ids):
            return super().decode(ids) + "⟦3⟧"

    found = _ask(Invents(), "Rain fell.")
    assert (found.text, found.finished) == ("RAIN FELL.", True)


def test_the_best_answer_that_keeps_the_placeholders_is_taken():
    class Forgets(Shout):
        def _shout(self, prompt, batch):
            kept = super()._shout(prompt, batch)[0]
            lost = replace(kept, ids=tuple(self.encode("RAIN.")))
            return [lost, kept, replace(kept, finished=False)]

    found = _ask(Forgets(ignores=""), "Rain ⟦0⟧.", keep=("@a",))
    assert (found.text, found.alternatives) == ("RAIN ⟦0⟧.", ())


def test_what_a_model_did_not_end_is_not_finished():
    found = _ask(Shout(ends=False), "Rain fell. Wind rose.")
    assert (found.text, found.finished) == ("RAIN FELL. WIND ROSE.", False)
    assert not _ask(Shout(loses="RAINFEL. "), "Rain fell.").finished, "an empty answer is none"


def test_a_model_of_whole_texts_gets_as_much_as_it_takes_at_once():
    text = "Rain fell. Wind rose. Snow came. Ice stayed. Sun left."
    model = Shout(100, whole_texts=True)
    assert _ask(model, text).text == text.upper()
    assert model.asked == [text]
    model = Shout(40, whole_texts=True)
    assert _ask(model, text).text == text.upper()
    assert sorted(model.asked) == ["Ice stayed. Sun left.", "Rain fell. Wind rose. Snow came."]


def test_batches_hold_what_is_alike_and_no_more_than_they_may():
    model = Shout()
    requests = [
        *(Request(f"Rain {n}." + "!" * (n % 3), "en", "uk") for n in range(9)),
        Request("Rain.", "deu", "uk"),
        Request("Rain.", "en", "uk", attempt=1),
        Request("Rain.", "en", "ko"),
    ]
    answers = model.run(requests)
    assert [a and a.text for a in answers] == [*(r.text.upper() for r in requests[:-1]), None]
    assert sorted(len(batch.prompts) for batch in model.batches) == [1, 1, 1, 4, 4]
    for batch in model.batches:
        assert len({prompt.prefix for prompt in batch.prompts}) == 1
        lengths = [len(prompt.source) for prompt in batch.prompts]
        assert lengths == sorted(lengths, reverse=True)


def test_the_engine_contract():
    requests = [
        Request("Rain fell. Wind rose.", "en", "uk"),
        Request("Rain, says ⟦0⟧, fell.", "en", "uk", keep=("@a",)),
        Request("", "en", "uk"),
        Request("Rain", "en", "ko"),
        Request("word " * 900, "en", "uk", attempt=2),
    ]
    check_engine(Shout(), requests)
    check_engine(Shout(ignores="", loses="⟦"), requests)


def test_a_language_without_rules_is_cut_all_the_same():
    (found,) = Shout().run([Request("word " * 30, "xx", "uk")])
    assert found.text == "WORD " * 30
