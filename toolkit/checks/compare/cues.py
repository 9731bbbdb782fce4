"""Small words that turn what a sentence says, by the cue words of its language.

A program loses a "not", an "allegedly" or turns "more" into "less", and the sentence reads as
well as before; human translators hardly ever do. So these passes are for what a program wrote.
"""

from __future__ import annotations

import re
from functools import cache

from toolkit.checks.evidence import Side, View
from toolkit.lang import cues
from toolkit.schema import Fact, Span

# Characters between a number and what says that it is the least or the most there is.
_BESIDE = 12
_COUNTED = frozenset(("cardinal", "quantity", "money", "percent", "duration", "age"))


def negations(view: View) -> None:
    """A sentence that says not, and a translation in which nothing does."""
    _lost(view, "not", "negation", pattern(view.here.lang, "not_idioms"))


def hedges(view: View) -> None:
    """Something that is said to be unsure, and is told as sure."""
    _lost(view, "hedge", "hedge")


def _lost(view: View, cue: str, kind: str, idioms: re.Pattern[str] | None = None) -> None:
    here, there = view.here, view.there
    wide = pattern(there.lang, f"{cue}_wide", f"{cue}_clear")
    clear = pattern(here.lang, f"{cue}_clear")
    if clear is None or wide is None or wide.search(there.text):
        return
    idle = [Span(*match.span()) for match in idioms.finditer(here.text)] if idioms else []
    for match in clear.finditer(here.text):
        if not any(span.start <= match.start() < span.end for span in idle):
            view.accuse(_new(here, kind, Span(*match.span())), None, "lost-cue")
            return


def comparisons(view: View) -> None:
    """More that became less, and less that became more."""
    here, there = view.here, view.there
    for one, other in (("more", "less"), ("less", "more")):
        ours, theirs = pattern(here.lang, one), pattern(there.lang, other)
        if ours is None or theirs is None:
            continue
        mine, yours = ours.search(here.text), theirs.search(there.text)
        against = (pattern(here.lang, other), here.text), (pattern(there.lang, one), there.text)
        if mine and yours and not any(cue and cue.search(text) for cue, text in against):
            _turned(view, Span(*mine.span()), Span(*yours.span()))
            return


def bounds(view: View) -> None:
    """At least that became at most, beside a number that both have."""
    for pair in list(view.found.pairs):
        one, other = view.here.facts[pair.source], view.there.facts[pair.target]
        if one.kind not in _COUNTED:
            continue
        ours, theirs = _bound(view.here, one), _bound(view.there, other)
        if ours and theirs and ours[0] != theirs[0]:
            _turned(view, ours[1], theirs[1])


def _bound(side: Side, fact: Fact) -> tuple[str, Span] | None:
    """Whether a number is the least or the most there is, as the words right beside it say."""
    start, end = fact.span
    before = side.text[max(0, start - 3 * _BESIDE) : start].rstrip()
    behind = side.text[end : end + _BESIDE]
    found = [
        name
        for name in ("least", "most")
        if _beside(side.lang, f"{name}_before", before, at_end=True)
        or _beside(side.lang, f"{name}_behind", behind, at_end=False)
    ]
    return (found[0], fact.span) if len(found) == 1 else None


def _beside(lang: str, name: str, text: str, *, at_end: bool) -> bool:
    cue = pattern(lang, name)
    if cue is None:
        return False
    return any(
        (match.end() == len(text)) if at_end else not text[: match.start()].strip(" -)")
        for match in cue.finditer(text)
    )


def _turned(view: View, one: Span, other: Span) -> None:
    here = _new(view.here, "comparison", one)
    view.accuse(here, _new(view.there, "comparison", other), "turned")


def _new(side: Side, kind: str, span: Span) -> int:
    text = side.text[slice(*span)]
    return side.add(Fact(kind, (text.lower(),), span, text))


@cache
def pattern(lang: str, *names: str) -> re.Pattern[str] | None:
    """The forms of one or more cues; longer ones first, as `more than` holds a `more`."""
    rules = cues(lang)
    forms = [form for name in names for form in getattr(rules, name).split()]
    if not forms:
        return None
    forms.sort(key=len, reverse=True)
    return re.compile("|".join(map(_form, forms)), re.IGNORECASE)


def _form(form: str) -> str:
    inner = re.escape(form.strip("*")).replace("_", r"\s+")
    before = r"\w*" if form.startswith("*") else r"(?<!\w)"
    behind = r"\w*" if form.endswith("*") else r"(?!\w)"
    return before + inner + behind
