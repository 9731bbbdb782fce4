"""Where articles cannot both be right: dates, figures, names, roles, and who was first.

A fact that the other article has as well is answered. Of those left over, two are rivals that
stand in like sentences, the facts aside, count one thing, and fit each other better than any
third. They are no difference where a day or a number fits both, where one sentence tells of
another time, place or event, or of a false name. Some are missed for that; what is reported
is to be one.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from toolkit.digests import actors, calendar, fitting, people, wording
from toolkit.digests.claims import denials, duties, firsts
from toolkit.digests.fitting import Lines
from toolkit.digests.holding import Hold, counted, holds_of
from toolkit.digests.matching import MERGED, Field, Pair
from toolkit.digests.reading import Sentence, Token, side
from toolkit.digests.records import Difference, Side
from toolkit.facts import role
from toolkit.schema import Fact

# How much two facts have for each other, beside the likeness of their sentences (facts aside):
# a noun, a verb, values close by, other facts in common. Set on our own pairs of articles and on
# the halves of single articles, which hold no difference (see docs/digest.md).
_NOUN, _ANY, _VERB, _NEAR, _SIBLING = 0.15, 0.05, 0.15, 0.08, 0.05
_LEFT = 0.06  # for the only two of their sort
_RIVALS = 0.42
# Likeness where no word says of what a figure, or a date, is.
_ALONE, _UNNAMED, _UNDATED = 0.3, 0.37, 0.5
_LEAST = 0.15  # of likeness, whatever else there is
_MARGIN = 0.04  # by which a rival must be better than the next
_LIKE_CONTEXT = 0.15
_AROUND = 0.8  # what likeness is worth that only the lines around have
_ONE_THING = 0.6  # likeness from which "four of them" and "four" are one
_DAYS = calendar.KINDS - {"season"}
_OPENS = 12  # characters before a date that opens its sentence
_OPENING = 3  # sentences that say when it happened
# Who is counted says nothing of what happened to them.
_ANYBODY = frozenset(("people:", "man:", "woman:", "year:", "time:", "country:"))
_PERSONS = frozenset(("people:", "man:", "woman:"))


@dataclass(frozen=True, slots=True)
class Ground:
    """What two facts are compared by besides themselves."""

    whole: Field
    lines: Lines
    leads: Mapping[int, Sequence[Fact]]
    known: dict[tuple[int, int, int, int], float]

    def likeness(self, a: Hold, b: Hold) -> float:
        """How much alike two sentences are, with or without their facts, or the lines around."""
        one, two = a.sentence, b.sentence
        pair = one.article, one.number, two.article, two.number
        if pair not in self.known:
            alike = max(self.whole.likeness(one, two, "f:"), self.whole.likeness(one, two))
            self.known[pair] = max(alike, _AROUND * self.whole.context(one, two))
        return self.known[pair]


@dataclass(frozen=True, slots=True)
class Rivals:
    """Two facts of different articles that stand in one place."""

    score: float
    a: Hold
    b: Hold
    about: str


def differences(
    whole: Field, pairs: Iterable[Pair], lines: Lines, events: Sequence[int]
) -> list[Difference]:
    """Every two sides that cannot both be right, each pair of values once.

    `pairs` tell of one thing; `events` has a number per article, and only articles of one
    number are compared.
    """
    groups: dict[int, list[int]] = defaultdict(list)
    for article, event in enumerate(events):
        groups[event].append(article)
    answers: list[Difference] = []
    by_article: dict[int, list[Sentence]] = defaultdict(list)
    for sentence in whole.sentences:
        by_article[sentence.article].append(sentence)
    holds = {n: [h for s in mine for h in holds_of(s)] for n, mine in by_article.items()}
    everybody = {n: actors.people(mine) for n, mine in by_article.items()}
    ground = Ground(whole, lines, _leads(whole), {})
    for members in groups.values():
        for at, one in enumerate(members):
            for two in members[at + 1 :]:
                if one in holds and two in holds:
                    answers += people.differ(everybody[one], everybody[two], whole, by_article)
                    answers += people.places_differ(by_article[one], by_article[two], whole)
                    answers += _facts_differ(holds[one], holds[two], ground)
    everything = [hold for mine in holds.values() for hold in mine]
    answers += duties([(pair.a, pair.b) for pair in pairs if pair.likeness >= MERGED])
    return answers + firsts(whole, everything, lines, events) + [*denials(whole, events)]


# --- which facts are left over, and of one thing -------------------------------------------


def _facts_differ(
    ours: Sequence[Hold], theirs: Sequence[Hold], ground: Ground
) -> Iterator[Difference]:
    mine = [hold for hold in ours if not _answered(hold, theirs, ground)]
    other = [hold for hold in theirs if not _answered(hold, ours, ground)]
    ours_of, theirs_of = Counter(map(_sort, mine)), Counter(map(_sort, other))
    alone = {sort for sort in ours_of if sort[2] and ours_of[sort] == theirs_of[sort] == 1}
    found = [
        rivals
        for a in mine
        for b in other
        if _sort(a) == _sort(b) and (rivals := _rivals(a, b, ground, _sort(a) in alone))
    ]
    taken: set[object] = set()
    clashes: dict[tuple[int, int], set[str]] = defaultdict(set)
    for rivals in found:
        clashes[_pair(rivals)].add(rivals.a.group + rivals.a.fact.unit)
    for rivals in sorted(found, key=lambda r: (-r.score, r.a.fact.span, r.b.fact.span)):
        # The next best of either must be clearly worse, or it is not known which is meant.
        if rivals.score < _RIVALS or any(
            rival is not rivals
            and (rival.a is rivals.a or rival.b is rivals.b)
            and rival.score > rivals.score - _MARGIN
            for rival in found
        ):
            continue
        if len(clashes[_pair(rivals)]) > 1 and not (
            _siblings(rivals.a, rivals.b) or any(t.verb for t in _common(rivals.a, rivals.b))
        ):
            continue  # two things that differ and none in common: two events
        values = (rivals.a.group, rivals.a.fact.values, rivals.b.fact.values)
        if taken & {id(rivals.a), id(rivals.b), values}:
            continue
        taken |= {id(rivals.a), id(rivals.b), values}
        yield _difference(rivals, ground.lines)


def _sort(hold: Hold) -> tuple[str, str, str]:
    """Facts of one sort may be rivals."""
    number = hold.group == "number"
    return (hold.group, hold.fact.kind, hold.fact.unit) if number else (hold.group, "", "")


def _rivals(a: Hold, b: Hold, ground: Ground, alone: bool) -> Rivals | None:
    """The two as rivals; `alone` if each is the only one of its sort that is left over."""
    likeness = ground.likeness(a, b)
    if (
        likeness < _LEAST
        or not _of_one_thing(a, b, likeness)
        or not fitting.differ(a, b, ground.lines)
    ):
        return None
    if not fitting.one_event(a.sentence, b.sentence):
        return None
    if a.group == "number" and not _one_time(a, b, ground):
        return None
    if not (a.sentence.prose and b.sentence.prose):
        return None
    if a.fact.kind == "cardinal" and not (a.anchors and b.anchors):
        return None
    same = _common(a, b)
    near = fitting.near(a, b, ground.lines)
    least = _ALONE if alone else _UNNAMED if a.group == "number" or near > 0 else _UNDATED
    if not same and likeness < least:
        return None
    if a.fact.kind == "ordinal" and likeness < _UNDATED:
        return None  # the second of many is another than the third
    score = likeness + _NEAR * near + _LEFT * alone
    score += _VERB * any(token.verb for token in same)
    score += max((_noun_worth(token) for token in same), default=0.0)
    score += _SIBLING * min(2, _siblings(a, b))
    return Rivals(score, a, b, _about(a, b, same, ground.whole))


def _pair(rivals: Rivals) -> tuple[int, int]:
    return rivals.a.sentence.number, rivals.b.sentence.number


def _answered(a: Hold, others: Iterable[Hold], ground: Ground) -> bool:
    """Whether the other article, too, has this fact in a like place."""
    for b in others:
        if _sort(a) != _sort(b) or fitting.differ(a, b, ground.lines):
            continue
        if a.group == "date" and not fitting.confirms(a, b, ground.lines):
            continue
        if not set(a.fact.values) & set(b.fact.values) and not _of_one_thing(a, b, 1.0):
            continue  # at least 17 dead are no answer to 40 missing
        near = _common(a, b) or ground.likeness(a, b) >= _LIKE_CONTEXT
        if near and (a.group != "number" or _one_time(a, b, ground)):
            return True
    return False


def _common(a: Hold, b: Hold) -> list[Token]:
    """The words that both facts are of, as the first has them."""
    foreign = a.sentence.lang != b.sentence.lang
    return [
        one for one in a.anchors if any(_one_word(one, two, foreign=foreign) for two in b.anchors)
    ]


def _one_word(one: Token, two: Token, *, foreign: bool) -> bool:
    """Whether two words are forms of one, or mean one thing in two languages."""
    return one.meets(two) or (foreign and bool(set(one.meanings) & set(two.meanings)))


def _is(token: Token, sorts: frozenset[str]) -> bool:
    return bool(token.meanings) and sorts.issuperset(token.meanings)


def _noun_worth(token: Token) -> float:
    return 0.0 if token.verb or token.name else _ANY if _is(token, _ANYBODY) else _NOUN


def _siblings(a: Hold, b: Hold) -> int:
    """Other facts that the two sentences have in common."""
    return sum(
        1
        for one in a.sentence.facts
        if one.strength > 1
        and any(
            one.kind == two.kind and one.unit == two.unit and set(one.values) & set(two.values)
            for two in b.sentence.facts
        )
    )


def _about(a: Hold, b: Hold, same: Sequence[Token], whole: Field) -> str:
    """What two facts are of, in the words of the first."""
    text = a.sentence.segment.text
    if not same:
        keys = whole.overlap(a.sentence, b.sentence, "f:")[0]
        shared = [t for t in a.sentence.tokens if t.roots and f"w:{t.roots[0]}" in keys]
        shared.sort(key=lambda t: abs(t.span.start - a.fact.span.start))
        same = shared[:3]
    return " … ".join(text[slice(*one.span)] for one in sorted(same, key=lambda t: t.span))


def _of_one_thing(a: Hold, b: Hold, likeness: float) -> bool:
    """Whether two facts may be said of one thing: children are not people, to is not by."""
    foreign = a.sentence.lang != b.sentence.lang
    # Two things that are known to be two happened: the killed are not the hurt.
    verbs = [[t for t in hold.anchors if t.verb or t.fate] for hold in (a, b)]
    met = any(_one_word(one, two, foreign=foreign) for one in verbs[0] for two in verbs[1])
    if not met and all(any(token.known for token in side) for side in verbs):
        return False
    if a.group != "number":
        # A year and a day of the week are no rivals.
        kinds = {a.fact.kind, b.fact.kind}
        return "year" not in kinds or kinds <= {"year", "month", "relative"}
    same = [one for one in a.anchors if any(_one_word(one, t, foreign=foreign) for t in b.anchors)]
    if a.fact.kind == "age":
        return bool(same)
    nouns = counted(a), counted(b)
    if all(nouns) and not (
        any(_one_word(nouns[0][-1], two, foreign=foreign) for two in nouns[1])
        or any(_one_word(one, nouns[1][-1], foreign=foreign) for one in nouns[0])
    ):
        persons = all(any(_is(t, _PERSONS) for t in side) for side in nouns)
        anybody = any(all(_is(t, _PERSONS) for t in side) for side in nouns)
        if not (persons or anybody) or not any(token.verb for token in same):
            return False
    if not _one_scope(a, b, likeness):
        return False
    roles = [role(h.sentence.segment.text, h.fact, h.sentence.lang) for h in (a, b)]
    return (roles[0] == "from") == (roles[1] == "from")  # of "from 5 to 6" the 5 is over


def _one_scope(a: Hold, b: Hold, likeness: float) -> bool:
    """Whether what stands beside two figures lets them be of one thing."""
    scopes = fitting.scope(a) ^ fitting.scope(b)
    if scopes == {"part"}:
        return likeness >= _ONE_THING
    # "26 % more", "11 dollars each": the other may say so in words of its own.
    return not scopes or (
        scopes < {"apart", "each"} and fitting.near(a, b, {}) > 0 and _siblings(a, b) > 0
    )


def _leads(whole: Field) -> dict[int, list[Fact]]:
    """The dates that each article opens with: when what it is about happened."""
    found: dict[int, list[Fact]] = defaultdict(list)
    for sentence in whole.sentences:
        if sentence.number < _OPENING:
            found[sentence.article] += [f for f in sentence.facts if f.kind in _DAYS]
    return found


def _dates(hold: Hold) -> list[Fact]:
    """The dates of what a fact tells of: those of its clause, and one that opens the sentence."""
    text, at = hold.sentence.segment.text, hold.fact.span
    return [
        fact
        for fact in hold.sentence.facts
        if fact.kind in _DAYS
        and (
            fact.span.start < _OPENS
            or not wording.is_parted(
                text[min(fact.span.end, at.end) : max(fact.span.start, at.start)],
                hold.sentence.lang,
            )
        )
    ]


def _one_time(a: Hold, b: Hold, ground: Ground) -> bool:
    """Whether two sentences may tell of one time, so that their figures must be the same.

    Where only one is dated, its date must be one that its article opens with: what happened
    at another time is another event.
    """
    lines = ground.lines
    line_a, line_b = lines.get(a.sentence.article), lines.get(b.sentence.article)
    dates = _dates(a), _dates(b)

    def meet(one: Sequence[Fact], two: Sequence[Fact]) -> bool:
        return any(
            not calendar.clash(calendar.read(x, line_a), calendar.read(y, line_b), line_a or line_b)
            for x in one
            for y in two
        )

    if all(dates):
        return meet(*dates)
    dated = (a if dates[0] else b).sentence
    own = dates[0] or dates[1]
    opening = ground.leads.get(dated.article, ())
    return not own or dated.number < _OPENING or meet(own, opening)


# --- records -------------------------------------------------------------------------------


def _difference(rivals: Rivals, lines: Lines) -> Difference:
    a, b = rivals.a, rivals.b
    return Difference(a.group, rivals.about, (_side(a, b, lines), _side(b, a, lines)))


def _side_of(sentence: Sentence, fact: Fact) -> Side:
    return side(sentence, fact.span, fact.values[0])


def _side(hold: Hold, other: Hold, lines: Lines) -> Side:
    """One side, with the day it was read as where that was needed to compare it."""
    sentence, fact = hold.sentence, hold.fact
    line, line_b = lines.get(sentence.article), lines.get(other.sentence.article)
    reading = calendar.read(fact, line)
    day = ""
    if line and reading.resolved and hold.group == "date" and fact.kind != other.fact.kind:
        day = calendar.nearest(reading, calendar.read(other.fact, line_b), line)
    return replace(
        _side_of(sentence, fact),
        read_as=day,
        borrowed=line.article if day and line and line.article != sentence.article else None,
    )
