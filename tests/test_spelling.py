"""What a vocabulary lacks is not lost: what a model is sent, and what becomes of its answer."""

from __future__ import annotations

import pytest

from toolkit.engines.quotes import marks, quotes_in
from toolkit.engines.spelling import Spelled, fit, is_debris, is_shouted
from toolkit.protocols import PLACEHOLDER
from toolkit.schema import Hypothesis, Link, Request, Span

# What the first models of Bergamot cannot spell.
LACKS = frozenset("“”‘’«»„‚—–£€¥₴@#§½¼¾⅓{}<łőŁńźñüßÀæøåšžčć×±•→®©¹²³₂™東京Зелнський")


def spells(text):
    return not LACKS & {*text}


class Model:
    """Says what a table says to what it is sent, with links from word to word where given."""

    signature = "model"

    def __init__(self, answers, links=()):
        self.answers, self.links, self.asked = answers, links, []

    def spells(self, text):
        return spells(text)

    def run(self, requests):
        self.asked += requests
        return tuple(
            Hypothesis(self.answers[r.text], "m", links=tuple(self.links)) for r in requests
        )


@pytest.mark.parametrize(
    ("text", "sent", "aside"),
    [
        ("He said, “No.”", 'He said, "No."', ()),
        ("It’s the boys’ house", "It's the boys' house", ()),
        ("It was ‘so’, he said", "It was 'so', he said", ()),
        ("soft\u00adware up\u200bdate", "software update", ()),
        ("It cost £5 million", "It cost 5 million British pounds", ()),
        ("A £2.5bn deal", "A 2.5 billion British pounds deal", ()),
        ("A £200million one", "A 200 million British pounds one", ()),
        ("₴300 or 300 ₴", "300 Ukrainian hryvnias or 300 Ukrainian hryvnias", ()),
        ("802.11b and $100M", "802.11b and $100M", ()),
        ("29¾ inches, ½ a mile, ⅓ of it", "29.75 inches, 0.5 a mile, 1/3 of it", ()),
        ("10³ litres, 5 m² of CO₂", "⟦0⟧ litres, 5 m2 of CO2", ("10³",)),
        ("Łódź is no. 1", "Lódz is no. 1", ()),
        ("a law — passed — and—so", "a law - passed - and - so", ()),
        ("2019–20", "2019-20", ()),
        ("Зеленський is #1", "⟦0⟧ is ⟦1⟧", ("Зеленський", "#1")),
        ("⟦0⟧ saw 東京", "⟦0⟧ saw ⟦1⟧", ("@x", "東京")),
        ("plain text, 5 percent.", "plain text, 5 percent.", ()),
    ],
)  # fmt: skip
def test_a_model_is_sent_what_it_can_spell(text, sent, aside):
    keep = ("@x",) if PLACEHOLDER.search(text) else ()
    asked = fit(Request(text, "en", "pt", keep=keep), spells).request
    assert (asked.text, asked.keep) == (sent, aside or keep)


@pytest.mark.parametrize(
    ("text", "sent", "said", "wanted"),
    [
        ("He said “no”.", 'He said "no".', 'Ele disse "não".', "Ele disse “não”."),
        ("He said “no”.", 'He said "no".', 'Ele disse " não ".', "Ele disse “não”."),
        ('He said "no".', 'He said "no".', 'Ele disse "não".', 'Ele disse "não".'),
        ("It — so — is", "It - so - is", "A lei - velha - é", "A lei — velha — é"),
        ("It — so — is", "It - so - is", "A lei - velha", "A lei - velha"),
        ("2019–20 it was", "2019-20 it was", "2019-20 foi", "2019–20 foi"),
        ("El Niño is", "El Nino is", "El Nino é", "El Niño é"),
        ("Müller’s house", "Muller's house", "A casa de Muller", "A casa de Müller"),
        ("5 m² here", "5 m2 here", "5 m2 aqui", "5 m² aqui"),
        ("29¾ inches", "29.75 inches", "29.75 polegadas", "29¾ polegadas"),
        ("29¾ inches", "29.75 inches", "29,75 polegadas", "29¾ polegadas"),
        ("東京 is big", "⟦0⟧ is big", "⟦0⟧ é grande", "東京 é grande"),
        ("PRESIDENT MEETS ALLIES", "President meets allies", "Quem reúne", "QUEM REÚNE"),
        ("US SENDS AID TO UK", "US sends aid to UK", "EUA enviam ajuda", "EUA ENVIAM AJUDA"),
    ],
)  # fmt: skip
def test_an_answer_is_whole_again(text, sent, said, wanted):
    engine = Spelled(Model({sent: said}))
    (answer,) = engine.run([Request(text, "en", "pt")])
    assert (answer.text, answer.finished) == (wanted, True)


def test_a_headline_keeps_the_names_of_its_article():
    context = ("", "In Kyiv, President Zelenskyy said so.")
    request = Request("ZELENSKYY SPEAKS IN KYIV TODAY", "en", "pt", context=context)
    assert fit(request, spells).request.text == "Zelenskyy speaks in Kyiv today"


@pytest.mark.parametrize(
    ("text", "shouted"),
    [
        ("THE PRESIDENT MEETS LEADERS", True),
        ("NATO", False),
        ("BBC NEWS", False),
        ("THE President MEETS LEADERS", False),
        ("한국 미국 일본", False),
    ],
)
def test_what_is_a_headline_in_capitals(text, shouted):
    assert is_shouted(text) is shouted


def test_marks_that_a_model_dropped_go_around_the_words_that_stand_for_them():
    """Adjective and noun change places: all of what is quoted stays between the marks."""
    source, said = 'It was "a positive step" then.', "Foi um passo positivo então."
    words = {"a": "um", "positive": "positivo", "step": "passo", "then": "então", "was": "Foi"}
    links = [
        Link(Span(a, a + len(here)), Span(b, b + len(there)))
        for here, there in words.items()
        for a, b in [(source.index(f"{here}", 6 if here == "a" else 0), said.index(there))]
    ]
    (answer,) = Spelled(Model({source: said}, links)).run([Request(source, "en", "pt")])
    assert answer.text == 'Foi "um passo positivo" então.'


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("“Yes,” he said.", "oc"),
        ("„Ja“, sagte er.", "oc"),
        ("« Oui », dit-il.", "oc"),
        ("'Yes,' he said.", "oc"),
        ("the '90s and the boys' house", ""),
        ("It's John's and the others' own", ""),
        ("'We will go on. ", "o"),
        ("and so it is.'", "c"),
        ("\"A 'so' society,\" he said", "oocc"),
        ('5" pipe', "c"),
    ],
)
def test_marks_are_found_and_apostrophes_are_none(text, found):
    assert "".join("o" if mark.opens else "c" for mark in quotes_in(text)) == found


def test_each_language_has_its_marks():
    assert [marks(lang) for lang in ("pt", "uk", "de", "pl", "ko", "ja", "en-GB")] == [
        ("“", "”"), ("«", "»"), ("„", "“"), ("„", "”"), ("“", "”"), ("「", "」"), ("“", "”"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("source", "said", "bad"),
    [
        ("THE END", "THE'T'T'T", True),
        ("A price", "Um ⁇ preço", True),
        ("ha ha ha ha", "ha ha ha ha", False),
        ("It is 1,000,000,000", "É 1.000.000.000", False),
        ("It is very very good", "É muito muito bom", False),
        ("--- --- ---", "--- --- ---", False),
    ],
)
def test_debris_is_no_answer(source, said, bad):
    assert is_debris(source, said) is bad
