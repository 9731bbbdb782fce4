"""The words of digests in each language: what outputs say, and what gives a sentence away.

Both lie with each language (`pages.toml`, and `DigestRules` for the cues).
"""

from __future__ import annotations

import re
from functools import cache

from toolkit.lang import digest, words
from toolkit.schema import Span

_BESIDE = 26  # characters before and behind a figure
_AS_WRITTEN = frozenset({"places"})  # names have a capital


def say(name: str, lang: str, *values: object) -> str:
    """What a digest says, in a language; in English where the language has no words for it."""
    return words(lang, "digest")[name].format(*values)


# --- cues ----------------------------------------------------------------------------------


@cache
def _compiled(cue: str, lang: str) -> re.Pattern[str] | None:
    source = str(getattr(digest(lang), cue)).replace("\n", "")
    return re.compile(source, 0 if cue in _AS_WRITTEN else re.IGNORECASE) if source else None


def _holds(table: str, text: str, lang: str) -> bool:
    pattern = _compiled(table, lang)
    return pattern is not None and pattern.search(text) is not None


def _is_whole(table: str, word: str, lang: str) -> bool:
    pattern = _compiled(table, lang)
    return pattern is not None and pattern.fullmatch(word) is not None


def is_caveat(text: str, lang: str) -> bool:
    """Whether a sentence says that something is not known for sure."""
    return _holds("caveats", text, lang)


def is_false(text: str, lang: str) -> bool:
    """Whether a sentence tells of a false name or a forged document."""
    return _holds("false", text, lang)


def is_other(text: str, lang: str) -> bool:
    """Whether a sentence points at another event, or an earlier one."""
    return _holds("other", text, lang)


def is_end(text: str, lang: str) -> bool:
    """Whether the words around a year say that its end is meant."""
    return _holds("end", text, lang)


def is_parted(between: str, lang: str) -> bool:
    """Whether another clause begins between two places."""
    return _holds("joins", between, lang)


def is_noun(before: str, lang: str) -> bool:
    """Whether what stands behind these words is no verb, whatever it looks like."""
    return _holds("nouns", before, lang)


def _first_clause(text: str, lang: str) -> str:
    joins = _compiled("joins", lang)
    found = joins.search(text) if joins else None
    return text[: found.start()] if found else text


def denies(before: str, lang: str) -> bool:
    """Whether the small words before a verb deny it."""
    return _holds("denials", before, lang)


def is_possible(before: str, lang: str) -> bool:
    """Whether the small words before a verb say that it may be, or should be, so."""
    return _holds("modals", before, lang)


def leads_verb(before: str, lang: str) -> bool:
    """Whether the small words before a word say that it is a verb, of what is or was."""
    return _holds("leads", before, lang)


def scope(text: str, start: int, end: int, lang: str) -> frozenset[str]:
    """By what words beside it, within its clause, a figure counts another thing."""
    pattern = _compiled("scopes", lang)
    if pattern is None:
        return frozenset()
    before = re.split(r"[;:()]", text[max(0, start - _BESIDE) : start])[-1]
    after = text[start:end] + "|" + _first_clause(text[end : end + _BESIDE], lang)
    return frozenset(
        match.group() if match.lastgroup == "zone" else match.lastgroup
        for part in (before, after)
        for match in pattern.finditer(part)
        if match.lastgroup
    )


def is_aged(text: str, lang: str) -> bool:
    """Whether a number behind these words is an age: a girl of eight."""
    return _holds("aged", text, lang)


def verbs_first(lang: str) -> bool:
    """Whether a date stands behind its verb (English) rather than before it (Korean)."""
    return digest(lang).verbs_first


def is_event(word: str, lang: str) -> bool:
    """Whether a word in small letters looks like a verb that something happens by."""
    return _is_whole("events", word, lang)


def reports(word: str, lang: str) -> bool:
    """Whether a word in small letters is a verb of saying."""
    return _is_whole("reports", word, lang)


def roles(text: str, lang: str) -> list[tuple[str, int, int]]:
    """What somebody is said to be or to serve as, with its place."""
    pattern = _compiled("serves", lang)
    return [(m[1], *m.span(1)) for m in pattern.finditer(text)] if pattern else []


def places(text: str, lang: str) -> list[tuple[str, Span]]:
    """Each small word of place with where the name behind it stands."""
    pattern = _compiled("places", lang)
    return [(m[1], Span(*m.span(2))) for m in pattern.finditer(text)] if pattern else []
