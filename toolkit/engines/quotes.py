"""Quotation marks: those of a source found, and put into its translation.

Models drop them, or cannot write them, and then words of a president become words of a newspaper.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from toolkit.engines.edits import WORD, Edit
from toolkit.schema import Link, Span

__all__ = ["Mark", "marks", "place_quotes", "quotes_in"]

# CLDR 47, delimiters: outer marks. Languages not named have those of English.
_MARKS = {
    "«»": "be es-ES fa fr hy it nb nn no pt-PT ru sq uk el ca ast oc",
    "„“": "bg cs de et hr is ka lt mk sk sl sr sq",
    "„”": "bs hu pl ro nl-BE",
    "”": "fi sv he",
    "「」": "ja zh-Hant",
}
_OF = {lang: marks for marks, langs in _MARKS.items() for lang in langs.split()}
_DOUBLE = '"“”„‟«»「」『』＂〝〞'
# What opens stands behind nothing, white space or an opening sign.
_OPENS = re.compile(r"(?:^|[\s(\[{—–/⟧-]|[“‘«„\"'])$")
_SINGLE = re.compile(
    # ‘so it is’, 'so it is': apostrophes and plurals ('90s, the boys' house) are none.
    r"(?<![\w.,!?’'])(?P<open>[‘‚‹'])(?=[^\W\d])(?P<inner>(?:[^‘‚‹›'’\n]|(?<=\w)['’](?=\w))*)(?P<close>['’›])(?!\w)"
    # Of a quotation of several sentences, the first or the last.
    r"|\A(?P<first>['‘])(?=[A-ZÀ-Ý])|(?<=[.!?,…])(?P<last>['’])\s*\Z"
)
_SINGLES = "‘’‚‹›'"


def marks(lang: str) -> tuple[str, str]:
    """The opening and the closing mark of a language."""
    found = _OF.get(lang) or _OF.get(lang.split("-", maxsplit=1)[0]) or "“”"
    return found[0], found[-1]


@dataclass(frozen=True, slots=True)
class Mark:
    """A quotation mark: where it stands, whether it opens, and whether it is a single one."""

    at: int
    opens: bool
    single: bool = False


def quotes_in(text: str) -> list[Mark]:
    """The marks of a text, in order: double ones, and single ones that are no apostrophes."""
    found = [Mark(m.start(), _opens(text, m.start())) for m in re.finditer(f"[{_DOUBLE}]", text)]
    for match in _SINGLE.finditer(text):
        for name, opens in (("open", True), ("close", False), ("first", True), ("last", False)):
            if match[name]:
                found.append(Mark(match.start(name), opens, single=True))
    return sorted(found, key=lambda mark: mark.at)


def _opens(text: str, at: int) -> bool:
    sign, before, behind = text[at], text[:at], text[at + 1 : at + 2]
    if sign in '"＂‟':
        return bool(_OPENS.search(before)) and bool(behind.strip())
    if sign == "“":
        return "„" not in before  # German closes with it
    if sign == "”":
        return bool(behind.strip()) and (not before or before[-1].isspace())  # Finnish opens so
    free = not before or (not before[-1].isalnum() and before[-1] not in ".,!?…")
    if sign == "«":
        return free  # »German« closes with it
    if sign == "»":
        return free and behind.isalnum()
    return sign in "„「『〝"


def place_quotes(source: str, said: str, links: Sequence[Link], target_lang: str) -> list[Edit]:
    """Edits that give an answer the marks of its source, those of its own language.

    As many as there were, each in its place: where the model wrote as many they stay, and where
    it wrote another number, each pair goes around the words that stand for what it quotes.
    """
    wanted, came = quotes_in(source), quotes_in(said)
    signs = _signs(source, wanted, target_lang)
    if len(came) == len(wanted):
        return [
            edit
            for mark, sign, meant in zip(came, signs, wanted, strict=True)
            if (edit := _written(said, mark, sign, meant.opens)) is not None
        ]
    placed = _places(source, said, links, wanted) if links else None
    if placed is None:
        return []
    removed = [Edit(mark.at, mark.at + 1, "") for mark in came]
    added = [Edit(place, place, sign) for place, sign in zip(placed, signs, strict=True)]
    # Of two at one place the one put in comes first: they are made from the end.
    return sorted([*added, *removed], key=lambda edit: (edit.start, edit.end))


def _signs(source: str, wanted: Sequence[Mark], lang: str) -> list[str]:
    """How each mark is written in an answer: straight as in the source, else by the language."""
    opening, closing = marks(lang)
    signs, depth = [], 0
    straight = all(source[mark.at] in "\"'" for mark in wanted)
    for mark in wanted:
        depth -= not mark.opens
        inner = mark.single and depth > 0
        if straight:
            signs.append("'" if inner else '"')
        elif inner:
            signs.append("‘" if mark.opens else "’")
        else:
            signs.append(opening if mark.opens else closing)
        depth = max(depth + mark.opens, 0)
    return signs


def _written(said: str, mark: Mark, sign: str, opens: bool) -> Edit | None:
    """The mark as it should be, without the space that models put inside of it."""
    start, end = mark.at, mark.at + 1
    if opens and said[end : end + 1] == " ":
        end += 1
    elif not opens and start and said[start - 1] == " ":
        start -= 1
    return None if said[start:end] == sign else Edit(start, end, sign)


def _places(
    source: str, said: str, links: Sequence[Link], wanted: Sequence[Mark]
) -> list[int] | None:
    """Where each mark goes, or None if the links do not say."""
    partner = _pairs(wanted)
    words = [Span(*word.span()) for word in WORD.finditer(source)]
    places = []
    for n, mark in enumerate(wanted):
        other = wanted[partner[n]].at if n in partner else (len(source) if mark.opens else -1)
        low, high = sorted((mark.at, other))
        inside = [word for word in words if low <= word.start and word.end <= high]
        outside = {
            link.target
            for link in links
            if not (low <= link.source.start and link.source.end <= high)
        }
        targets = [link.target for link in links if link.source in inside]
        targets = [span for span in targets if span not in outside] or targets
        if not inside or not targets:
            return None
        if mark.opens:
            whole = not source[: mark.at].strip()
            places.append(0 if whole else min(span.start for span in targets))
        else:
            places.append(_end(source, said, mark, max(span.end for span in targets)))
    return places


def _pairs(wanted: Sequence[Mark]) -> dict[int, int]:
    """Which marks belong together."""
    found: dict[int, int] = {}
    waiting: list[int] = []
    for n, mark in enumerate(wanted):
        if mark.opens:
            waiting.append(n)
            continue
        fits = [w for w in waiting if wanted[w].single == mark.single]
        if fits:
            found[n], found[fits[-1]] = fits[-1], n
            waiting = waiting[: waiting.index(fits[-1])]
    return found


def _end(source: str, said: str, mark: Mark, place: int) -> int:
    """Behind the last word of what is quoted, and its punctuation if that ends the sentence."""
    if not re.search(r"\w", source[mark.at :]):  # nothing follows
        found = re.search(r"[^\w\s]*\s*$", said)
        tail = said[found.start() :] if found else ""
        return (
            len(said)
            - len(tail)
            + (len(tail.rstrip()) if re.search(r"[.!?…,]$", source[: mark.at]) else 0)
        )
    inner = re.search(r"[!?]$", source[: mark.at])
    return place + 1 if inner and said[place : place + 1] in {"!", "?"} else place
