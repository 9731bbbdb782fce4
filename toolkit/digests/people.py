"""What articles call one person, and whom and which place they name where others name another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from toolkit.digests import actors, fitting, wording
from toolkit.digests.actors import Person
from toolkit.digests.matching import Field
from toolkit.digests.reading import Sentence, side
from toolkit.digests.records import Difference, Side
from toolkit.schema import Span

# Likeness of two sentences that give one role, or one age, to two names; and of two that tell
# where something was, by the same verb.
_SAME_PERSON, _SAME_AGE, _SAME_PLACE = 0.3, 0.4, 0.3

_BACK = 5  # words before a name in which that stands which leads to it
# The root of the word before, the small word of place, the word itself, and the name.
Place = tuple[str, str, str, Span]
Texts = Mapping[int, Sequence[Sentence]]


def differ(
    ours: Sequence[Person], theirs: Sequence[Person], whole: Field, texts: Texts
) -> Iterator[Difference]:
    """Another role or age of one person, another name in one role."""
    for a in ours:
        for b in theirs:
            if not actors.is_one(a.name, b.name):
                continue
            name = " ".join(a.name)
            if clash := actors.other_offices(a.roles, b.roles):
                yield Difference("role", name, (_called(clash[0]), _called(clash[1])))
            ages = [(x, y) for x in a.ages for y in b.ages]
            if ages and not any(fitting.numbers_fit(x[1], y[1]) for x, y in ages):
                one, two = (side(s, f.span, f.values[0]) for s, f in ages[0])
                yield Difference("number", name, (one, two))
    strangers = (
        [p for p in ours if _is_new(p, theirs, texts)],
        [p for p in theirs if _is_new(p, ours, texts)],
    )
    for a in strangers[0]:
        for b in strangers[1]:
            if found := _renamed(a, b, ours, theirs, whole):
                yield found


def _is_new(person: Person, others: Sequence[Person], texts: Texts) -> bool:
    """Whether the other article does not name somebody at all; a family name may be others'."""
    if any(actors.is_one(person.name, p.name) for p in others):
        return False
    there = [s for p in others[:1] for s in texts[p.article]]
    return not any(person.name[-1] in s.segment.text for s in there) or any(
        person.name[-1] == p.name[-1] and len(p.name) > 1 for p in others
    )


def _renamed(
    a: Person, b: Person, ours: Sequence[Person], theirs: Sequence[Person], whole: Field
) -> Difference | None:
    """Two names in one role, or of one age."""
    family = a.name[-1] == b.name[-1]
    if a.spans[0][0].lang != b.spans[0][0].lang or (family and 1 in (len(a.name), len(b.name))):
        return None
    ties = [
        (one.sentence, two.sentence, one.sentence.segment.text[slice(*one.span)], _SAME_PERSON)
        for one in a.roles
        for two in b.roles
        if one.role == two.role and not actors.is_other(one, two)
        if _alone(one, ours) and _alone(two, theirs)
    ]
    ties += [
        (s, t, x.text, _SAME_AGE)
        for s, x in a.ages
        for t, y in b.ages
        if set(x.values) & set(y.values)
    ]
    for s, t, about, least in ties:
        alike = (family and least == _SAME_PERSON) or whole.likeness(s, t) >= least
        if alike and fitting.one_event(s, t, people=False):
            spans = (next(x for u, x in p.spans if u is v) for p, v in ((a, s), (b, t)))
            one, two = spans
            return Difference("name", about, (side(s, one), side(t, two)))
    return None


def _alone(called: actors.Called, everybody: Sequence[Person]) -> bool:
    """Whether the article calls only one person so."""
    return sum(any(c.role == called.role for c in p.roles) for p in everybody) == 1


def _called(called: actors.Called) -> Side:
    return side(called.sentence, called.span, f"{called.role.row} {called.rank} {called.office}")


# --- where ---------------------------------------------------------------------------------


def places_differ(
    ours: Sequence[Sentence], theirs: Sequence[Sentence], whole: Field
) -> Iterator[Difference]:
    """Two places that one verb leads to in like sentences, and neither article has the other's."""
    found = []
    said = ["\n".join(s.segment.text for s in side) for side in (ours, theirs)]
    mine = [(s, p) for s in ours for p in _places(s) if not _is_named(p, s, said[1])]
    other = [(s, p) for s in theirs for p in _places(s) if not _is_named(p, s, said[0])]
    for s, p in mine:
        for t, q in other:
            alike = s.lang == t.lang and p[:2] == q[:2] and whole.likeness(s, t) >= _SAME_PLACE
            if alike and fitting.one_event(s, t, places=False):
                found.append((side(s, p[3]), side(t, q[3]), f"{p[2]} {p[1]}"))
    once = Counter(one.span for one, _, _ in found), Counter(two.span for _, two, _ in found)
    for one, two, about in found:
        if once[0][one.span] == once[1][two.span] == 1:
            yield Difference("name", about, (one, two))


def _places(sentence: Sentence) -> Iterable[Place]:
    """A small word of place and the word before it, and the name behind."""
    text = sentence.segment.text
    for where, span in wording.places(text, sentence.lang):
        at = sentence.token_at(span.start)
        before = [t for t in sentence.tokens[max(0, at - _BACK) : at] if t.roots]
        if before and not any(f.span.start <= span.start < f.span.end for f in sentence.facts):
            yield before[-1].roots[0], where, before[-1].word, span


def _is_named(place: Place, sentence: Sentence, text: str) -> bool:
    words = sentence.segment.text[slice(*place[3])].split()
    return any(word in text for word in words)
