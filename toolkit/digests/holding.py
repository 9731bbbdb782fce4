"""What a fact is of: the verb of a date, the noun and verbs of a figure, whose age it is.

By the words beside it alone, within its clause; where that is not clear there is no answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from toolkit.digests import calendar, wording
from toolkit.digests.reading import Sentence, Token
from toolkit.digests.records import DifferenceKind
from toolkit.facts.roles import is_score_mark
from toolkit.schema import Fact, Span

_BEFORE, _AFTER = 4, 5  # words around a figure, twice as many with small ones
_AHEAD = 8  # words after a date that opens its clause
_BREAKS = frozenset(";:()[]–—")
_COUNTS = frozenset(
    ("cardinal", "quantity", "money", "percent", "age", "duration", "ordinal", "score")
)


@dataclass(frozen=True, slots=True)
class Hold:
    """A fact in its sentence, with the words that say what it is of, the nearest first."""

    sentence: Sentence
    fact: Fact
    group: DifferenceKind
    anchors: tuple[Token, ...]
    back: tuple[Token, ...] = ()  # of a date: what its clause says before it, nearest first


def holds_of(sentence: Sentence) -> Iterator[Hold]:
    """The facts of a sentence of which it is clear what they are of."""
    found = list(_all_holds(sentence))
    dates = [hold for hold in found if hold.group == "date"]
    for hold in found:
        # "cost 4m last year, less than in 2024": two dates of one verb, and which is meant?
        others = [other for other in dates if other is not hold and other.anchors]
        if hold.group == "date" and any(other.anchors == hold.anchors for other in others):
            continue
        yield hold


def _all_holds(sentence: Sentence) -> Iterator[Hold]:
    if not sentence.prose and not sentence.number:
        return  # a headline is short for what the text says
    for fact in _with_scores(sentence):
        if fact.strength < 2 and fact.kind != "relative":
            continue
        if fact.kind in calendar.KINDS or fact.kind == "time":
            anchor = _event(sentence, fact)
            group: DifferenceKind = "time" if fact.kind == "time" else "date"
            back = tuple(_clause_before(sentence, fact))
            if anchor is None and back:
                yield Hold(sentence, fact, group, (), back)
            elif anchor is not None and not anchor.reports:
                yield Hold(sentence, fact, group, (anchor,), back)
        elif age := age_of(sentence, fact):
            if anchors := tuple(_people(sentence, fact)):
                yield Hold(sentence, age, "number", anchors)
        elif fact.kind in _COUNTS and not _is_glued(sentence, fact):
            yield Hold(sentence, fact, "number", tuple(_beside(sentence, fact)))


def _is_glued(sentence: Sentence, fact: Fact) -> bool:
    """Whether letters go on where a number ends: 1,001st counts nothing."""
    behind = sentence.segment.text[fact.span.end : fact.span.end + 1]
    return fact.kind == "cardinal" and behind.isascii() and behind.isalpha()


def _with_scores(sentence: Sentence) -> Iterator[Fact]:
    """The facts of a sentence, where the two numbers of a score are one: 3-1 is 1:3."""
    text, last = sentence.segment.text, None
    for fact, after in zip_longest(sentence.facts, sentence.facts[1:]):
        if last is fact:
            continue
        if (
            after
            and {fact.kind, after.kind} <= {"cardinal", "score"}
            and fact.text.isdigit()
            and after.text.isdigit()
            and is_score_mark(text[fact.span.end : after.span.start], sentence.lang)
        ):
            last, (x, y) = after, (fact.text, after.text)
            span = Span(fact.span.start, after.span.end)
            yield replace(
                fact,
                kind="score",
                values=(f"{x}-{y}", f"{y}-{x}"),
                span=span,
                text=text[slice(*span)],
            )
        else:
            yield fact


def _event(sentence: Sentence, fact: Fact) -> Token | None:
    """The verb that a date belongs to: the last before it, or the first behind if it opens."""
    at = sentence.token_at(fact.span.start)
    back = _reach(sentence, fact.span.start, reversed(sentence.tokens[:at]), _AHEAD)
    ahead = _reach(sentence, fact.span.end, iter(sentence.tokens[at:]), _AHEAD)
    first, second = (back, ahead) if wording.verbs_first(sentence.lang) else (ahead, back)
    side = first if any(token.roots or token.verb for token in first) else second
    return next((token for token in side if token.verb), None)


def _reach(
    sentence: Sentence,
    place: int,
    tokens: Iterable[Token],
    most: int,
    breaks: Iterable[str] = _BREAKS,
) -> list[Token]:
    """The words on one side of a place, up to where another clause begins."""
    found: list[Token] = []
    text = sentence.segment.text
    for token in tokens:
        between = text[min(place, token.span.end) : max(place, token.span.start)]
        if any(c in between for c in breaks) or len(found) >= most:
            break
        found.append(token)
        place = token.span.start if token.span.start < place else token.span.end
    return found


def _clause_before(sentence: Sentence, fact: Fact) -> Iterator[Token]:
    """The words before a date in its clause, nearest first; none that is only a name."""
    at = sentence.token_at(fact.span.start)
    back = _reach(sentence, fact.span.start, reversed(sentence.tokens[:at]), 2 * _AHEAD)
    for token in back:
        if token.reports:
            return
        if token.roots and not token.name:
            yield token


def _beside(sentence: Sentence, fact: Fact) -> Iterator[Token]:
    """What a figure counts, the verbs around it, and the word right before it."""
    at = sentence.token_at(fact.span.start)
    edges = [f.span for f in sentence.facts if f.kind in _COUNTS and f.span != fact.span]
    low = max((end for _, end in edges if end <= fact.span.start), default=0)
    high = min((start for start, _ in edges if start >= fact.span.end), default=1 << 30)
    breaks = {*_BREAKS, ","}
    ahead = _reach(sentence, fact.span.end, iter(sentence.tokens[at:]), 2 * _AFTER, breaks)
    back = _reach(sentence, fact.span.start, reversed(sentence.tokens[:at]), 2 * _BEFORE, breaks)
    ahead = [token for token in ahead if token.span.start < high]
    back = [token for token in back if token.span.start >= low]
    yield from _noun(ahead)
    verbs = [
        (n, at)
        for at, side in enumerate((ahead, back))
        for n, t in enumerate(side)
        if (t.verb or t.fate)
        and not wording.is_noun(sentence.segment.text[: t.span.start], sentence.lang)
    ]
    for n, at in sorted(verbs)[:1]:
        verb = (ahead, back)[at][n]
        if verb.roots and not verb.reports:
            yield verb
    near = next((token for token in back[:3] if token.roots), None)
    if near and not near.verb and not (near.fate and verbs):
        yield near


def _noun(ahead: Sequence[Token]) -> Iterator[Token]:
    """The words behind a figure up to a verb or a small word; "masked" before "men" is none."""
    for token, behind in zip_longest(ahead, ahead[1:]):
        describes = token.verb and behind and behind.roots and not behind.verb
        if not token.roots or (token.verb and not describes):
            return
        if not token.verb:
            yield token


def counted(hold: Hold) -> tuple[Token, ...]:
    """The noun that a figure counts, with what describes it."""
    sentence, end = hold.sentence, hold.fact.span.end
    at = sentence.token_at(end)
    reach = _reach(sentence, end, iter(sentence.tokens[at:]), 4, {*_BREAKS, ","})
    return tuple(_noun(reach))


def age_of(sentence: Sentence, fact: Fact) -> Fact | None:
    """An age, also where only commas or brackets behind a name say that it is one."""
    if fact.kind == "age":
        return fact
    text = sentence.segment.text
    if fact.kind == "cardinal" and wording.is_aged(text[: fact.span.start], sentence.lang):
        return replace(fact, kind="age", unit="year")
    before, after = text[: fact.span.start].rstrip(), text[fact.span.end : fact.span.end + 1]
    set_off = (before[-1:], after) in ((",", ","), ("(", ")"), (",", "."))
    plain = fact.kind == "cardinal" and fact.text.isdigit() and len(fact.text) == 2
    named = any(char.isupper() for char in before.split()[-1][:1]) if before.split() else False
    return replace(fact, kind="age", unit="year") if set_off and plain and named else None


def _people(sentence: Sentence, fact: Fact) -> Iterator[Token]:
    """Whom an age is of: the words right before it or, of "54-year-old", right behind it."""
    at = sentence.token_at(fact.span.start)
    text = sentence.segment.text
    behind = not text[fact.span.end : fact.span.end + 2].strip(" -").isalpha()
    behind = behind or wording.is_aged(text[: fact.span.start], sentence.lang)
    near = sentence.tokens[max(0, at - 2) : at] if behind else sentence.tokens[at : at + 3]
    return (token for token in near if token.roots)
