"""Where articles cannot both be right: dates, figures, and who was first.

A difference needs two statements on one thing that hold one fact each of one sort in one
place: a date on the same verb, a figure beside the same noun or verb. It is none where a day
or a number fits both, where either article also has the other's, where one sentence tells of
another event, or of a false name. Some are missed for that; what is reported is to be one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import takewhile

from toolkit.digests import calendar, wording
from toolkit.digests.holding import Hold, counted, holds_of
from toolkit.digests.matching import MERGED, Field, equal
from toolkit.digests.reading import SHORTEST, Sentence, Token
from toolkit.digests.records import Difference, Place, Side, Variant
from toolkit.facts import parse, role
from toolkit.schema import Fact, Span

# From this likeness on two sentences that share the anchor of a fact tell of one thing.
_ALIGNED = 0.25
# From this one on, facts aside, two clashes in one pair of sentences are no two events.
_ONE_EVENT = 0.5
_LIKE_CONTEXT = 0.15
_OPENING = 3  # sentences that say when it happened
# Who is counted says nothing of what happened to them.
_ANYBODY = frozenset(("people:", "man:", "woman:", "year:", "time:", "country:"))
_ABOUT = Fraction(15, 100)  # how far "about" may be off
_SAME_CLAUSE = 3  # words of a clause that two dates stand in, where no verb is recognised
_CLAIM = 14  # words behind "first" that say of what
_SHOWN = 8  # of these, as many as are shown

Lines = Mapping[int, calendar.Line]


def differences(whole: Field, lines: Lines) -> list[Difference]:
    """Every two sides that cannot both be right, each pair of values once."""
    holds = [hold for sentence in whole.sentences for hold in holds_of(sentence)]
    leads = _leads(whole)
    found: list[tuple[float, Hold, Hold, str]] = []
    for a, b, about in _rivals(holds):
        likeness = _aligned(a, b, whole)
        if not likeness or not _differ(a, b, lines) or not _one_event(a.sentence, b.sentence):
            continue
        if a.group != "number" or _one_time(a.sentence, b.sentence, leads, lines):
            found.append((likeness, a, b, about))
    clashes: dict[tuple[int, int, int, int], set[str]] = defaultdict(set)
    for _, a, b, _ in found:
        clashes[_pair(a, b)].add(a.group)
    kept = [
        item
        for item in found
        if (
            len(clashes[_pair(item[1], item[2])]) < 2
            or whole.likeness(item[1].sentence, item[2].sentence, "f:") >= _ONE_EVENT
        )
        and not _said_elsewhere(item[1], item[2], holds, whole, lines)
        and not _said_elsewhere(item[2], item[1], holds, whole, lines)
    ]
    kept.sort(key=lambda item: (-item[0], item[1].sentence.segment.text, item[2].fact.text))
    taken: set[object] = set()
    answers = []
    for _, a, b, about in kept:
        # One value against another of one article is told once, however often it stands there.
        traits = (a.sentence.article, b.sentence.article, a.group, a.fact.values, b.fact.values)
        if traits not in taken:
            taken.add(traits)
            answers.append(_difference(a, b, about, lines))
    return answers + _firsts(whole, holds, lines)


def _aligned(a: Hold, b: Hold, whole: Field) -> float:
    """How much alike the two sentences are, where that is enough to tell of one thing."""
    likeness = whole.likeness(a.sentence, b.sentence)
    if likeness >= _ALIGNED:
        return likeness
    if a.group == "number" and likeness >= _LIKE_CONTEXT:
        there = {key for key in a.sentence.keys if key.startswith("n:place")}
        if there & b.sentence.keys.keys():
            return likeness
    return 0.0


def _pair(a: Hold, b: Hold) -> tuple[int, int, int, int]:
    return a.sentence.article, a.sentence.number, b.sentence.article, b.sentence.number


def _rivals(holds: Sequence[Hold]) -> Iterator[tuple[Hold, Hold, str]]:
    """Facts of one group in different articles with an anchor in common, and that word."""
    by_root: dict[tuple[str, str], list[Hold]] = defaultdict(list)
    for hold in holds:
        for key in {key for token in (*hold.anchors, *hold.back) for key in _senses(token)}:
            by_root[hold.group, key].append(hold)
    seen: set[tuple[int, int]] = set()
    for many in by_root.values():
        for at, a in enumerate(many):
            for b in many[at + 1 :]:
                if a.sentence.article == b.sentence.article or (id(a), id(b)) in seen:
                    continue
                seen.add((id(a), id(b)))
                if about := _common_anchor(a, b):
                    yield a, b, about


def _senses(token: Token) -> tuple[str, ...]:
    """Under what a word is looked up; `Token.meets` then tells."""
    return (*(root[:SHORTEST] for root in token.roots[:1]), *token.meanings)


def _common_anchor(a: Hold, b: Hold) -> str:
    """The words that both facts are of, as the first has them; "" if there is none."""
    foreign = a.sentence.lang != b.sentence.lang
    same = [
        one
        for one in a.anchors
        if any(_one_word(one, two, foreign=foreign) for two in b.anchors)
        and (a.group != "number" or not _is_anybody(one))
    ]
    if a.group == "number" and not _same_verb(a, b, foreign=foreign):
        return ""
    if not same and a.back and b.back:
        clause = [one for one in a.back if any(one.meets(two) for two in b.back)]
        if a.back[0].meets(b.back[0]) or len(clause) >= _SAME_CLAUSE:
            same = clause
    text = a.sentence.segment.text
    return " … ".join(text[slice(*one.span)] for one in sorted(same, key=lambda t: t.span))


def _same_verb(a: Hold, b: Hold, *, foreign: bool) -> bool:
    """Whether one thing happened to what is counted: the killed are not the hurt."""
    verbs = [[token for token in hold.anchors if token.verb] for hold in (a, b)]
    return not all(verbs) or any(
        _one_word(one, two, foreign=foreign) for one in verbs[0] for two in verbs[1]
    )


def _one_word(one: Token, two: Token, *, foreign: bool) -> bool:
    """Whether two words are forms of one; or mean one thing: killed and died."""
    means = foreign or (one.verb and two.verb)
    return one.meets(two) or (means and bool(set(one.meanings) & set(two.meanings)))


def _is_anybody(token: Token) -> bool:
    return bool(token.meanings) and _ANYBODY.issuperset(token.meanings)


# --- whether two facts can both be right ---------------------------------------------------


def _differ(a: Hold, b: Hold, lines: Lines) -> bool:
    if a.group == "date":
        return _dates_clash(a, b, lines)
    if a.group == "time":
        return not set(a.fact.values) & set(b.fact.values)
    return (
        a.fact.kind == b.fact.kind
        and a.fact.unit == b.fact.unit
        and not _numbers_fit(a.fact, b.fact)
        and _of_one_thing(a, b)
    )


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


def _of_one_thing(a: Hold, b: Hold) -> bool:
    """Whether two figures count the same: children are not people, and to is not by."""
    if a.fact.kind == "age":
        return True
    nouns = counted(a), counted(b)
    if all(nouns):
        foreign = a.sentence.lang != b.sentence.lang
        if not any(
            one.meets(two) or (foreign and set(one.meanings) & set(two.meanings))
            for one in nouns[0]
            for two in nouns[1]
        ):
            return False
    roles = [role(h.sentence.segment.text, h.fact, h.sentence.lang) for h in (a, b)]
    return a.sentence.lang != b.sentence.lang or not all(roles) or roles[0] == roles[1]


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
    return zeros > 0 and round(int(two), -zeros) == one.numerator


def _one_event(a: Sentence, b: Sentence) -> bool:
    """Whether nothing in the two sentences says that they tell of different things."""
    for say in (wording.is_false, wording.is_other):
        if say(a.segment.text, a.lang) != say(b.segment.text, b.lang):
            return False
    places = [{v for n in s.names if n.kind == "place" for v in n.values} for s in (a, b)]
    only = places[0] - places[1], places[1] - places[0]
    if all({v for v in side if not v.startswith("territory:")} for side in only):
        return False
    people = [{v for n in s.names if n.kind == "person" for v in n.values} for s in (a, b)]
    return not (all(people) and not people[0] & people[1])


def _leads(whole: Field) -> dict[int, list[Fact]]:
    """The dates that each article opens with: when what it is about happened."""
    found: dict[int, list[Fact]] = defaultdict(list)
    for sentence in whole.sentences:
        if sentence.number < _OPENING:
            found[sentence.article] += _dates(sentence)
    return found


def _dates(sentence: Sentence) -> list[Fact]:
    return [fact for fact in sentence.facts if fact.kind in calendar.KINDS - {"season"}]


def _one_time(a: Sentence, b: Sentence, leads: Mapping[int, list[Fact]], lines: Lines) -> bool:
    """Whether two sentences may tell of one time, so that their figures must be the same.

    Where only one is dated, its date must be one that its article opens with: what happened
    at another time is another event.
    """
    line_a, line_b = lines.get(a.article), lines.get(b.article)
    dates = _dates(a), _dates(b)

    def meet(one: Sequence[Fact], two: Sequence[Fact]) -> bool:
        return any(
            not calendar.clash(calendar.read(x, line_a), calendar.read(y, line_b), line_a or line_b)
            for x in one
            for y in two
        )

    if all(dates):
        return meet(*dates)
    dated = a if dates[0] else b
    own = dates[0] or dates[1]
    opening = leads.get(dated.article, [])
    return not own or dated.number < _OPENING or meet(own, opening)


def _said_elsewhere(a: Hold, b: Hold, holds: Iterable[Hold], whole: Field, lines: Lines) -> bool:
    """Whether the other article, too, has the fact of the first, in a like context."""
    for other in holds:
        if other.sentence.article != b.sentence.article or other.group != a.group:
            continue
        fits = not _differ(a, other, lines) if a.group == "date" else equal(a.fact, other.fact)
        if not fits or (a.group == "date" and not _confirms(a, other, lines)):
            continue
        # The very sentence may hold a day of something else, as of when it was said.
        aside = a.group == "date" and other.sentence is b.sentence
        alike = whole.likeness(a.sentence, other.sentence) >= _LIKE_CONTEXT
        if _common_anchor(a, other) or (alike and not aside):
            return True
    return False


def _confirms(a: Hold, other: Hold, lines: Lines) -> bool:
    """Whether a date that fits says as much: January fits every Wednesday, and confirms none."""
    if not calendar.read(other.fact, lines.get(other.sentence.article)).days:
        return False
    kinds = {a.fact.kind, other.fact.kind}
    return len(kinds) == 1 or "date" in kinds


# --- who was first -------------------------------------------------------------------------


def _firsts(whole: Field, holds: Sequence[Hold], lines: Lines) -> list[Difference]:
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
            if a.article == b.article or a.lang != b.lang:
                continue
            if _tells_too(a.article, b, claims, whole) or _tells_too(b.article, a, claims, whole):
                continue
            shared = _claimed(a, first, b, second, whole)
            if len(shared) > 1 and (
                _other_time(a, b, holds, lines) or _other_time(b, a, holds, lines)
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
    return _words(sentence, sentence.segment.text[slice(*span)], span)


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


# --- told in other words -------------------------------------------------------------------


def variants(
    whole: Field, alike: Iterable[tuple[Sentence, Sentence]], events: Sequence[int]
) -> list[Variant]:
    """Roles that two like statements put into other words, and what one denies that one says.

    `events` has a number per article; only articles of one number are compared.
    """
    found: list[Variant] = []
    for a, b in alike:
        if a.lang == b.lang:
            found += _other_roles(a, b)
    found += _denied(whole, events)
    return found


def _other_roles(a: Sentence, b: Sentence) -> Iterator[Variant]:
    for one in _roles(a):
        for two in _roles(b):
            if {t.roots[0] for t in one} != {t.roots[0] for t in two}:
                yield Variant("role", (_run(a, one), _run(b, two)))


def _roles(sentence: Sentence) -> Iterator[list[Token]]:
    for _, start, end in wording.roles(sentence.segment.text, sentence.lang):
        inside = (t for t in sentence.tokens if start <= t.span.start < end)
        found = list(takewhile(lambda token: token.roots, inside))
        if found and any(f.span.start == found[-1].span.end + 1 for f in sentence.facts):
            found.pop()  # the small word before a year
        if found:
            yield found


def _run(sentence: Sentence, tokens: Sequence[Token]) -> Side:
    span = Span(tokens[0].span.start, tokens[-1].span.end)
    return _words(sentence, sentence.segment.text[slice(*span)], span)


def _denied(whole: Field, events: Sequence[int]) -> Iterator[Variant]:
    said: dict[tuple[str, str], list[tuple[Sentence, Span, bool]]] = defaultdict(list)
    for sentence in whole.sentences:
        for one, two, denied in _deeds(sentence):
            span = Span(one.span.start, two.span.end)
            said[one.roots[0], two.roots[0]].append((sentence, span, denied))
    for many in said.values():
        yes = [item for item in many if not item[2]]
        for a, span, _ in (item for item in many if item[2]):
            for b, other, _ in yes:
                # Who also says it without the denial is not denying it.
                told = any(item[0].article == a.article for item in yes)
                if a.article != b.article and events[a.article] == events[b.article] and not told:
                    text = a.segment.text[slice(*span)]
                    sides = (_words(a, text, span), _words(b, b.segment.text[slice(*other)], other))
                    yield Variant("negation", sides)
                    break


def _deeds(sentence: Sentence) -> Iterator[tuple[Token, Token, bool]]:
    """Two words close together, the first behind a denial or behind none."""
    for at, one in enumerate(sentence.tokens):
        if not one.roots or one.name or one.reports:
            continue
        before = sentence.tokens[max(0, at - 2) : at]
        denied = any("not:" in token.meanings for token in before)
        for two in sentence.tokens[at + 1 : at + 4]:
            if two.roots and not two.name:
                yield one, two, denied


# --- records -------------------------------------------------------------------------------


def place(sentence: Sentence) -> Place:
    segment = sentence.segment
    return Place(sentence.article, segment.id, segment.paragraph, segment.span)


def within(sentence: Sentence, span: Span) -> Span:
    """A span of the sentence as one of its article's text."""
    start = sentence.segment.span.start
    return Span(start + span.start, start + span.end)


def _words(sentence: Sentence, text: str, span: Span) -> Side:
    return Side(place(sentence), text, within(sentence, span))


def _difference(a: Hold, b: Hold, about: str, lines: Lines) -> Difference:
    return Difference(a.group, about, (_side(a, b, lines), _side(b, a, lines)))


def _side(hold: Hold, other: Hold, lines: Lines) -> Side:
    """One side, with the day it was read as where that was needed to compare it."""
    sentence, fact = hold.sentence, hold.fact
    line, line_b = lines.get(sentence.article), lines.get(other.sentence.article)
    reading = calendar.read(fact, line)
    day = ""
    if line and reading.resolved and hold.group == "date" and fact.kind != other.fact.kind:
        day = calendar.nearest(reading, calendar.read(other.fact, line_b), line)
    return Side(
        place(sentence),
        fact.text,
        within(sentence, fact.span),
        read_as=day,
        borrowed=line.article if day and line and line.article != sentence.article else None,
        value=fact.values[0],
    )
