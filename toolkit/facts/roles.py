"""What a fact is to the words beside it: from, to, born; a score's two halves.

Enough to tell two facts of one sort apart that have changed places.
"""

from __future__ import annotations

from toolkit.facts.lexicon import lexicon, tokenise
from toolkit.facts.numerals import match
from toolkit.schema import Fact

_BEFORE, _AFTER = 28, 16  # characters: a preposition, or a short verb


def role(text: str, fact: Fact, lang: str) -> str:
    """The nearest word that gives the fact a role, as the pack names it; "" if there is none."""
    tables = lexicon(lang).tables
    start, end = fact.span
    after = tokenise(text[end : end + _AFTER], lang)
    for at in range(min(2, len(after.text))):
        found = match(after, at, tables["roles_after"])
        if found:
            return found[0]
    before = tokenise(text[max(0, start - _BEFORE) : start], lang)
    for at in range(len(before.text) - 1, max(-1, len(before.text) - 4), -1):
        found = match(before, at, tables["roles_before"])
        if found:
            return found[0]
        if before.text[at].isdigit():
            break  # what stands before another number belongs to that
    return ""


def counts(fact: Fact, lang: str) -> bool:
    """Whether a fact is written with a number: "one year", not "a year" or "the year"."""
    lex = lexicon(lang)
    first = tokenise(fact.text, lang).text[:1]
    return any(word in lex.weak_numbers or word in lex.numbers or word.isdigit() for word in first)


def is_score_mark(between: str, lang: str) -> bool:
    """What joins the two numbers of a score: a dash, a colon, 대."""
    if lexicon(lang).rules.right_to_left:
        return False  # 0-1 is written as it is read, or as it is seen
    tokens = tokenise(between, lang).text
    return tokens in (["-"], [":"]) or (
        len(tokens) == 1 and tokens[0] in lexicon(lang).tables["score_words"]
    )


def is_range_mark(between: str, lang: str) -> bool:
    """What joins the two ends of a range: ~, to, 에서."""
    tokens = tokenise(between, lang).text
    if lexicon(lang).rules.right_to_left and tokens == ["-"]:
        return False
    return len(tokens) == 1 and (
        tokens[0] in "-~" or tokens[0] in lexicon(lang).tables["range_words"]
    )
