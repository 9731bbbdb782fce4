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
from fractions import Fraction

from toolkit.digests import actors, calendar, wording
from toolkit.digests.claims import denials, duties, firsts
from toolkit.digests.holding import Hold, counted, holds_of
from toolkit.digests.matching import MERGED, Field, Pair
from toolkit.digests.reading import Sentence, Token, side
from toolkit.digests.records import Difference, Side
from toolkit.facts import parse, role
from toolkit.schema import Fact

# How much two facts have for each other, beside the likeness of their sentences (facts aside):
# a noun, a verb, values close by, other facts in common. Set on our own pairs of articles and on
# the halves of single articles, which hold no difference (see docs/digest.md).
_NOUN, _ANY, _VERB, _NEAR, _SIBLING = 0.15, 0.05, 0.15, 0.08, 0.05
_LEFT = 0.06  # for the only two of their sort
_RIVALS = 0.42
_ALONE, _UNNAMED, _UNDATED = (
    0.3,
    0.37,
    0.5,
)  # likeness where no word says of what a figure or a date is
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
_ABOUT = Fraction(15, 100)  # how far "about" may be off
_MINUTES = 20  # the same for a time of day
_CLOSE = Fraction(3, 5)  # of two figures of one thing the smaller is more than this of the other
_FAR = Fraction(1, 8)
_CLOSE_DAYS = 10
_SAME_NAME = 0.3  # likeness of two sentences that give one role to two names

Lines = Mapping[int, calendar.Line]


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
    people = {n: actors.people(mine) for n, mine in by_article.items()}
    ground = Ground(whole, lines, _leads(whole), {})
    for members in groups.values():
        for at, one in enumerate(members):
            for two in members[at + 1 :]:
                if one in holds and two in holds:
                    answers += _people_differ(people[one], people[two], whole, by_article)
                    answers += _facts_differ(holds[one], holds[two], ground)
    everything = [hold for mine in holds.values() for hold in mine]
    answers += duties((pair.a, pair.b) for pair in pairs if pair.likeness >= MERGED)
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
    if likeness < _LEAST or not _of_one_thing(a, b, likeness) or not _differ(a, b, ground.lines):
        return None
    if not _one_event(a.sentence, b.sentence):
        return None
    if a.group == "number" and not _one_time(a, b, ground):
        return None
    if not (a.sentence.prose and b.sentence.prose):
        return None
    if a.fact.kind == "cardinal" and not (a.anchors and b.anchors):
        return None
    same = _common(a, b)
    near = _near(a, b, ground.lines)
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
        if _sort(a) != _sort(b) or _differ(a, b, ground.lines):
            continue
        if a.group == "date" and not _confirms(a, b, ground.lines):
            continue
        near = _common(a, b) or ground.likeness(a, b) >= _LIKE_CONTEXT
        if near and (a.group != "number" or _one_time(a, b, ground)):
            return True
    return False


def _confirms(a: Hold, other: Hold, lines: Lines) -> bool:
    """Whether a date that fits says as much: January fits every Wednesday, and confirms none."""
    there = calendar.read(other.fact, lines.get(other.sentence.article)).days
    here = calendar.read(a.fact, lines.get(a.sentence.article)).days
    return any(calendar.says_as_much(one, two) for one in here for two in there)


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


# --- whether two facts can both be right ---------------------------------------------------


def _of_one_thing(a: Hold, b: Hold, likeness: float) -> bool:
    """Whether two facts may be said of one thing: children are not people, to is not by."""
    foreign = a.sentence.lang != b.sentence.lang
    verbs = [[token for token in hold.anchors if token.verb] for hold in (a, b)]
    met = any(_one_word(one, two, foreign=foreign) for one in verbs[0] for two in verbs[1])
    # Two things that are known to be two happened: the killed are not the hurt.
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
    scopes = _scope(a) ^ _scope(b)
    if scopes == {"part"}:
        return likeness >= _ONE_THING
    # "26 % more", "11 dollars each": the other may say so in words of its own.
    return not scopes or (
        scopes < {"apart", "each"} and _near(a, b, {}) > 0 and _siblings(a, b) > 0
    )


def _scope(hold: Hold) -> frozenset[str]:
    span = hold.fact.span
    return wording.scope(hold.sentence.segment.text, span.start, span.end, hold.sentence.lang)


def _differ(a: Hold, b: Hold, lines: Lines) -> bool:
    if a.group == "date":
        return _dates_clash(a, b, lines)
    if a.group == "time":
        return not _times_fit(a, b)
    if a.fact.kind == "score":
        return not set(a.fact.values) & set(b.fact.values)
    return not _numbers_fit(a.fact, b.fact)


def _times_fit(a: Hold, b: Hold) -> bool:
    """Whether two times may be one; two of different zones may."""
    if set(a.fact.values) & set(b.fact.values) or _scope(a) != _scope(b):
        return True
    most = _MINUTES if {"approximate"} & {a.fact.certainty, b.fact.certainty} else 0
    minutes = [[_minutes(value) for value in hold.fact.values] for hold in (a, b)]
    return any(abs(x - y) <= most for x in minutes[0] for y in minutes[1])


def _minutes(value: str) -> int:
    hours, _, minutes = value.partition(":")
    return int(hours) * 60 + int(minutes[:2]) if hours.isdigit() and minutes[:2].isdigit() else -60


def _near(a: Hold, b: Hold, lines: Lines) -> int:
    """1 if two values are so close as two reports of one thing are, -1 if they are far apart."""
    if a.group == "date":
        return (
            calendar.apart(
                calendar.read(a.fact, lines.get(a.sentence.article)),
                calendar.read(b.fact, lines.get(b.sentence.article)),
            )
            <= _CLOSE_DAYS
        )
    one, two = parse(a.fact.values[0]), parse(b.fact.values[0])
    if one is None or two is None:
        return 0
    small, great = sorted((abs(one), abs(two)))
    return int(small >= _CLOSE * great) - int(small < _FAR * great)


def _dates_clash(a: Hold, b: Hold, lines: Lines) -> bool:
    line_a, line_b = lines.get(a.sentence.article), lines.get(b.sentence.article)
    readings = calendar.read(a.fact, line_a), calendar.read(b.fact, line_b)
    if "season" in (a.fact.kind, b.fact.kind):
        return a.fact.kind == b.fact.kind and not set(a.fact.values) & set(b.fact.values)
    if _turn_of_year(a, b) or _turn_of_year(b, a):
        return False
    return calendar.clash(*readings, line_a or line_b)


def _turn_of_year(a: Hold, b: Hold) -> bool:
    """Whether "by the end of 2027" is said of one and "by 2028" of the other."""
    if not a.fact.kind == b.fact.kind == "year":
        return False
    text, start = a.sentence.segment.text, a.fact.span.start
    near = text[max(0, start - 12) : a.fact.span.end + 4]
    late = wording.is_end(near, a.sentence.lang)
    return late and any(
        x.isdigit() and y.isdigit() and int(y) - int(x) == 1
        for x in a.fact.values
        for y in b.fact.values
    )


def _numbers_fit(a: Fact, b: Fact) -> bool:
    for x in a.values:
        for y in b.values:
            one, two = parse(x), parse(y)
            if one is None or two is None or _fits(one, a, two, b) or _fits(two, b, one, a):
                return True
    return False


def _fits(one: Fraction, a: Fact, two: Fraction, b: Fact) -> bool:
    """Whether the first may be said of what the second gives."""
    if one == two or _rounded(one, two):
        return True
    if a.certainty == "at_least":
        return two >= one or b.certainty == "at_least"
    if a.certainty == "at_most":
        return two <= one or b.certainty == "at_most"
    return a.certainty == "approximate" and abs(one - two) <= _ABOUT * max(abs(one), abs(two))


def _rounded(one: Fraction, two: Fraction) -> bool:
    """Whether the first is the second in fewer digits: 1.2 million of 1,234,567."""
    if one.denominator != 1 or two.denominator != 1:
        return round(two, 1) == one or round(two) == one
    digits = str(abs(one.numerator))
    zeros = len(digits) - len(digits.rstrip("0"))
    return zeros > 0 and len(digits) > 2 and round(int(two), -zeros) == one.numerator


def _one_event(a: Sentence, b: Sentence) -> bool:
    """Whether nothing in the two sentences says that they tell of different things."""
    if a.false != b.false or wording.is_other(a.segment.text, a.lang) != wording.is_other(
        b.segment.text, b.lang
    ):
        return False
    places = [{v for n in s.names if n.kind == "place" for v in n.values} for s in (a, b)]
    only = places[0] - places[1], places[1] - places[0]
    if all({v for v in side if not v.startswith("territory:")} for side in only):
        return False
    people = [{v for n in s.names if n.kind == "person" for v in n.values} for s in (a, b)]
    if all(people) and not people[0] & people[1]:
        return False
    return not actors.are_others(a, b)


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


# --- who is called what --------------------------------------------------------------------


def _people_differ(
    ours: Sequence[actors.Person],
    theirs: Sequence[actors.Person],
    whole: Field,
    sentences: Mapping[int, Sequence[Sentence]],
) -> Iterator[Difference]:
    """Another role or age of one person, another name in one role."""
    for a in ours:
        for b in theirs:
            if not actors.is_one(a.name, b.name):
                continue
            if clash := actors.other_offices(a.roles, b.roles):
                yield Difference("role", " ".join(a.name), (_called(clash[0]), _called(clash[1])))
            ages = [(x, y) for x in a.ages for y in b.ages]
            if ages and not any(_numbers_fit(x[1], y[1]) for x, y in ages):
                (s, x), (t, y) = ages[0]
                sides = _side_of(s, x), _side_of(t, y)
                yield Difference("number", " ".join(a.name), sides)
    for a in ours:
        for b in theirs:
            if renamed := _renamed(a, b, ours, theirs, whole, sentences):
                yield renamed


def _renamed(
    a: actors.Person,
    b: actors.Person,
    ours: Sequence[actors.Person],
    theirs: Sequence[actors.Person],
    whole: Field,
    sentences: Mapping[int, Sequence[Sentence]],
) -> Difference | None:
    """Two names in one role, of which neither article has the other's."""
    if a.spans[0][0].lang != b.spans[0][0].lang:
        return None
    if a.name[-1] == b.name[-1] and (len(a.name) < 2 or len(b.name) < 2):
        return None
    if any(actors.is_one(a.name, p.name) for p in theirs) or any(
        actors.is_one(b.name, p.name) for p in ours
    ):
        return None
    if a.name[-1] != b.name[-1] and (
        _has_name(sentences[b.article], a.name) or _has_name(sentences[a.article], b.name)
    ):
        return None
    for one in a.roles:
        for two in b.roles:
            alone = _alone(one, ours) and _alone(two, theirs)
            same = one.role == two.role and not actors.is_other(one, two)
            if not (alone and same and _one_event(one.sentence, two.sentence)):
                continue
            same_family = a.name[-1] == b.name[-1]
            if same_family or whole.likeness(one.sentence, two.sentence) >= _SAME_NAME:
                spans = [
                    next(span for s, span in p.spans if s is c.sentence)
                    for p, c in ((a, one), (b, two))
                ]
                sides = side(one.sentence, spans[0]), side(two.sentence, spans[1])
                text = one.sentence.segment.text[slice(*one.span)]
                return Difference("name", text, sides)
    return None


def _alone(called: actors.Called, everybody: Sequence[actors.Person]) -> bool:
    """Whether the article calls only one person so."""
    return sum(any(c.role == called.role for c in p.roles) for p in everybody) == 1


def _has_name(sentences: Iterable[Sentence], name: Sequence[str]) -> bool:
    return any(name[-1] in sentence.segment.text for sentence in sentences)


def _called(called: actors.Called) -> Side:
    return side(called.sentence, called.span, f"{called.role.row} {called.rank} {called.office}")


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
