"""So much of an original is missing that no editor left it out: the exit code must tell."""

from __future__ import annotations

from toolkit.checks import check_texts
from toolkit.schema import Article, Block, Span

ENGLISH = (
    "The port of Busan opened a new berth on Monday.",
    "It cost 40 million dollars and took 3 years.",
    "About 1,200 people work there, twice as many as before.",
    "The mayor said that 15 ships can be unloaded each day.",
    "A second berth is to follow in 2027.",
    "Two cranes of 90 metres were bought in Germany.",
)
GERMAN = (
    "Der Hafen von Busan hat am Montag einen neuen Liegeplatz eröffnet.",
    "Er kostete 40 Millionen Dollar und der Bau dauerte 3 Jahre.",
    "Etwa 1.200 Menschen arbeiten dort, doppelt so viele wie zuvor.",
    "Der Bürgermeister sagte, 15 Schiffe könnten pro Tag entladen werden.",
    "Ein zweiter Liegeplatz soll 2027 folgen.",
    "Zwei Kräne von 90 Metern wurden in Deutschland gekauft.",
)


def article(lang: str, sentences: tuple[str, ...]) -> Article:
    blocks, at = [], 0
    for sentence in sentences:
        blocks.append(Block("paragraph", Span(at, at + len(sentence))))
        at += len(sentence) + 2
    return Article("a", lang, "\n\n".join(sentences), tuple(blocks))


def errors(sentences: tuple[str, ...]) -> list[tuple[str, str]]:
    found = check_texts(article("en", ENGLISH), article("de", sentences)).findings
    return [(f.code, f.rule) for f in found if f.severity == "error"]


def test_an_article_with_most_of_it_gone_is_an_error():
    assert errors(GERMAN[:2]) == [("text/omission", "much")]


def test_one_sentence_left_out_is_none():
    assert errors(GERMAN[:3] + GERMAN[4:]) == []


def test_a_whole_translation_is_none():
    assert errors(GERMAN) == []
