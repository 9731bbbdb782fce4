"""What is claimed of a whole event: who was the first, and what one article denies."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, pairwise, takewhile

from toolkit.digests import calendar, lexicon, wording
from toolkit.digests.holding import Hold
from toolkit.digests.matching import MERGED, Field, equal
from toolkit.digests.reading import Sentence, Token, side
from toolkit.digests.records import Difference, Side
from toolkit.schema import Fact, Span

_CLAIM = 14  # words behind "first" that say of what
_GAP = 12  # characters between what is denied and of what
_SHOWN = 8  # of these, as many as are shown

Lines = Mapping[int, calendar.Line]


def firsts(
    whole: Field, holds: Sequence[Hold], lines: Lines, events: Sequence[int]
) -> list[Difference]:
    """Two that are each called the first to whom one thing happened, at different times."""
    claims = [
        (sentence, fact)
        for sentence in whole.sentences
        for fact in sentence.facts
        if fact.kind == "ordinal" and "1" in fact.values
    ]
    found = []
    for at, (a, first) in enumerate(claims):
        for b, second in claims[at + 1 :]:
            if a.article == b.article or events[a.article] != events[b.article]:
                continue
            if a.lang != b.lang:
                continue
            if _tells_too(a.article, b, claims, whole) or _tells_too(b.article, a, claims, whole):
                continue
            shared = _claimed(a, first, b, second, whole)
            if (
                len(shared) > 1
                and any(t.verb for t in shared)
                and (_other_time(a, b, holds, lines) or _other_time(b, a, holds, lines))
            ):
                sides = _claim(a, first, shared), _claim(b, second, shared)
                about = " ".join(a.segment.text[slice(*token.span)] for token in shared)
                found.append(Difference("order", about, sides))
    return found


def _tells_too(
    article: int, claim: Sentence, claims: Iterable[tuple[Sentence, Fact]], whole: Field
) -> bool:
    """Whether an article has the other's claim as well: then it tells of two firsts itself."""
    return any(
        other.article == article and whole.likeness(other, claim) >= MERGED for other, _ in claims
    )


def _claimed(
    a: Sentence, first: Fact, b: Sentence, second: Fact, whole: Field
) -> tuple[Token, ...]:
    """The words of what both are the first in, none of them a word of the whole story."""
    sides = []
    for sentence, fact in ((a, first), (b, second)):
        at = sentence.token_at(fact.span.end)
        sides.append([t for t in sentence.tokens[at : at + 2 * _CLAIM] if t.roots and not t.name])
    return tuple(
        one
        for one in sides[0]
        if any(one.meets(two) for two in sides[1]) and f"w:{one.roots[0]}" not in whole.common
    )


def _claim(sentence: Sentence, first: Fact, shared: Sequence[Token]) -> Side:
    """What the sentence says of being first: from that word to the nearest word of the claim."""
    at = sentence.token_at(first.span.end)
    ends = [t.span.end for t in sentence.tokens[at:] if any(t.meets(one) for one in shared)]
    most = sentence.tokens[min(at + _SHOWN, len(sentence.tokens)) - 1].span.end
    span = Span(first.span.start, min([*ends, max(most, first.span.end)]))
    return side(sentence, span)


def _other_time(a: Sentence, b: Sentence, holds: Iterable[Hold], lines: Lines) -> bool:
    """Whether the first sentence has a date that clashes with all of what surrounds the other."""
    dates = [f for f in a.facts if f.kind in ("date", "month", "year", "relative")]
    around = [
        hold
        for hold in holds
        if hold.group == "date"
        and hold.sentence.article == b.article
        and abs(hold.sentence.number - b.number) <= 1
    ]
    line_a, line_b = lines.get(a.article), lines.get(b.article)
    return any(
        around
        and all(
            calendar.clash(
                calendar.read(fact, line_a), calendar.read(hold.fact, line_b), line_a or line_b
            )
            for hold in around
        )
        for fact in dates
    )


def duties(alike: Sequence[tuple[Sentence, Sentence]]) -> Iterator[Difference]:
    """What somebody serves as, where two sentences that say the same of them differ in that.

    Who says both is not taken at one of them.
    """
    said: dict[int, set[frozenset[object]]] = defaultdict(set)
    for sentence in chain.from_iterable(alike):
        said[sentence.article] |= {_meant(run, sentence.lang) for run in _duties(sentence)}
    for a, b in alike:
        about = _facts(a, b) if a.lang == b.lang else ""
        ours = [run for run in _duties(a) if _meant(run, a.lang) not in said[b.article]]
        theirs = [run for run in _duties(b) if _meant(run, b.lang) not in said[a.article]]
        if about and ours and theirs:
            yield Difference("role", about, (_run(a, ours[0]), _run(b, theirs[0])))


def _meant(tokens: Sequence[Token], lang: str) -> frozenset[object]:
    """What a role is, whatever it is called: guard and watchman are one."""
    known = lexicon.roles(lang)
    return frozenset(known.get(token.word, token.roots[0]) for token in tokens)


def _duties(sentence: Sentence) -> Iterator[list[Token]]:
    for _, start, end in wording.roles(sentence.segment.text, sentence.lang):
        inside = (t for t in sentence.tokens if start <= t.span.start < end)
        found = list(takewhile(lambda token: token.roots, inside))
        years = [f.span.start for f in sentence.facts if f.kind in calendar.KINDS]
        if found and found[-1].span.end + 1 in years:
            found.pop()  # the small word before a year
        if found:
            yield found


def _run(sentence: Sentence, tokens: Sequence[Token]) -> Side:
    value = " ".join(token.roots[0] for token in tokens)
    return side(sentence, Span(tokens[0].span.start, tokens[-1].span.end), value)


def _facts(a: Sentence, b: Sentence) -> str:
    """What two sentences say of somebody alike, by which one knows of whom."""
    return ", ".join(
        dict.fromkeys(one.text for one in a.facts if any(equal(one, two) for two in b.facts))
    )


def denials(whole: Field, events: Sequence[int]) -> Iterator[Difference]:
    """What one article says that somebody did or was to do, and the other that they were not."""
    said: dict[tuple[str, str], list[tuple[Sentence, Span, bool]]] = defaultdict(list)
    for sentence in whole.sentences:
        for one, two, denied in _deeds(sentence):
            first, last = sorted((one.span, two.span))
            span = Span(first.start, last.end)
            said[one.roots[0], two.roots[0]].append((sentence, span, denied))
    for many in said.values():
        # Who also says it without the denial is not denying it.
        both = {item[0].article for item in many if not item[2]}
        both &= {item[0].article for item in many if item[2]}
        found = [
            (a, span, b, other)
            for a, span, denied in many
            for b, other, not_so in many
            if denied and not not_so and events[a.article] == events[b.article]
            if not {a.article, b.article} & both
        ]
        for a, span, b, other in found[:1]:
            text = a.segment.text[slice(*span)]
            yield Difference("negation", text, (side(a, span), side(b, other)))


def _speaks(sentence: Sentence) -> bool:
    """Whether somebody speaks of himself, which nobody else denies."""
    return any("i:" in token.meanings for token in sentence.tokens)


def _deeds(sentence: Sentence) -> Iterator[tuple[Token, Token, bool]]:
    """A verb and the next word that says something, right behind a denial or behind none.

    Only where a denial stands before its verb; "no longer" and "not about" deny something else.
    """
    if not wording.verbs_first(sentence.lang) or _speaks(sentence):
        return
    saying = [(at, token) for at, token in enumerate(sentence.tokens) if token.roots]
    for (at, one), (_, two) in [*pairwise(saying), *pairwise(reversed(saying))]:
        apart = max(one.span.start, two.span.start) - min(one.span.end, two.span.end)
        if one.name or one.reports or two.name or apart > _GAP:
            continue
        small = takewhile(lambda t: not t.roots, reversed(sentence.tokens[max(0, at - 3) : at]))
        before = " ".join(t.word for t in reversed([*small]))
        if wording.is_possible(before, sentence.lang):
            continue
        if one.verb or wording.leads_verb(before, sentence.lang):
            yield one, two, wording.denies(before, sentence.lang)
