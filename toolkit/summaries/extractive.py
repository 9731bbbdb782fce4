"""The sentences of an article that say most of it, in the article's own words.

Hides how sentences are weighed and chosen. The method is lexical: what a sentence shares
with the whole, where it stands, and whether it can stand alone. No model and no numpy, so that
nothing has to be loaded: plain dictionaries take about a millisecond for a news article, and a
process that summarises stays at 20 MB (`bench/speed.py summaries`).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby, islice
from math import log, sqrt

from toolkit.labels import only_attributed
from toolkit.lang import pack
from toolkit.lang.base import SummaryRules
from toolkit.schema import (
    TOLD,
    Article,
    Block,
    Label,
    Length,
    Segment,
    Span,
    Summary,
    SummarySentence,
)

__all__ = ["rank", "summarize"]

METHOD = "lexical"

_LETTER = re.compile(r"[^\W_]")
_WORD = re.compile(r"[^\W_]+(?:['’ʼ][^\W_]+)*")
_MARK = re.compile(r"""["'“”‘’„«»]""")
_FINAL = re.compile(r"""[.!?…。！？]["'”’“‘»›)\]」』]*\Z""")
# Two sentences this close say the same: a standfirst and the first sentence of the body.
# Two that repeat each other in other words reach 0.39, and fewer than 1 % of all pairs in 345
# articles come so near; from 0.35 up the value changes ROUGE by less than 0.2.
_SAME = 0.35
_REDUNDANCY = 0.8  # lambda of maximal marginal relevance (Carbonell & Goldstein 1998)
# Redundancy is weighed among the best sentences only: it compares each chosen sentence with
# each that could be, which for the 20,000 sentences of a book would be 200 million comparisons
# for nothing: what ranks below so many is not chosen for its novelty.
_POOL = 400
# Who needs more sentences before it is not worth them, nor the time to look.
_LONGEST_CHAIN = 12
# An attribution that names nobody (`he told reporters again`) is shorter than this in words.
_ATTRIBUTION = 8
# Words are asked for as a size, and whole sentences do not come to size: the last one may go
# over by this much, as in the comparisons our constants come from. Characters are asked for
# where there is no room for one more.
_OVER = {"sentences": 0.0, "words": 0.15, "characters": 0.0}
# A quotation that is not closed within so many characters was never opened.
_LONGEST_QUOTATION = 2_000


def summarize(
    article: Article, labels: Sequence[Label], segments: Sequence[Segment], length: Length
) -> Summary:
    """The best sentences within `length`, verbatim and in document order.

    A length in words may be exceeded by 15 % to end with a whole sentence; one in sentences
    or characters (one between two sentences counted) is not exceeded.
    Titles, headings, captions and labels are not ranked while there is anything else. A
    sentence that leans on the one before it (`He said`, the middle of a quotation) comes with
    it or not at all. One sentence is given even when none is short enough, and for any text
    that is not white space there is one.
    """
    rules = pack(article.lang).summaries
    chosen = _choose(article, labels, segments, length, rules)
    if not chosen and article.text.strip():
        return Summary(article.lang, METHOD, (_whatever_there_is(article),))
    sentences = (SummarySentence(s.text, (s.id,), s.paragraph, s.span) for s in chosen)
    return Summary(article.lang, METHOD, tuple(sentences))


def rank(segments: Sequence[Segment], lang: str, share: float = 0.0) -> tuple[float, ...]:
    """How much each sentence says of the whole, one score in [0, 1] per segment, in order.

    TF-IDF centroid (Radev et al. 2004) for short summaries, word overlap (Mihalcea & Tarau
    2004) as `share`, the part of the text that is wanted, nears one half; a prior for early
    sentences; less for what leans on another sentence or is none. A single segment scores 1.
    """
    rules = pack(lang).summaries
    terms = stems(segments, rules)
    return tuple(_scores(segments, terms, _vectors(terms), leanings(segments, rules), share))


# --- what can be chosen --------------------------------------------------------------


def candidates(
    article: Article, labels: Sequence[Label], segments: Sequence[Segment]
) -> Sequence[Segment]:
    """The sentences of the running text, without titles and captions; all if that is nothing."""
    captions = _caption_ends(article, labels)
    named = [label for label in labels if label.kind in TOLD]
    inside = labels if named else ()
    kept = [
        segment
        for segment in segments
        if _is_prose(segment, article.blocks)
        and not _is_headline(segment, segments)
        and not only_attributed(article.text, segment.span, inside)
        and (segment.paragraph not in captions or _FINAL.search(segment.text))
    ]
    return kept or segments


def _is_prose(segment: Segment, blocks: Sequence[Block]) -> bool:
    return not blocks or blocks[segment.paragraph - 1].kind == "paragraph"


def _is_headline(segment: Segment, segments: Sequence[Segment]) -> bool:
    """Whether this is the first line and does not end as a sentence does."""
    alone = len(segments) > 1 and segments[1].paragraph != segment.paragraph
    return segment is segments[0] and alone and not _FINAL.search(segment.text)


def _caption_ends(article: Article, labels: Sequence[Label]) -> frozenset[int]:
    """The paragraphs that a credit closes: a fragment there says what a picture shows."""
    starts = [block.span.start for block in article.blocks]
    closed = set()
    for label in labels:
        number = bisect_right(starts, label.span.start)
        if label.kind == "credit" and number:
            end = article.blocks[number - 1].span.end
            if not _LETTER.search(article.text, label.span.end, end):
                closed.add(number)
    return frozenset(closed)


def _whatever_there_is(article: Article) -> SummarySentence:
    """The first line, for an article that is all labels."""
    start = len(article.text) - len(article.text.lstrip())
    end = start + len(article.text[start:].partition("\n")[0].rstrip())
    return SummarySentence(article.text[start:end], (), 1, Span(start, end))


# --- what can stand alone ------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Quotation:
    """How a segment lies to the quotations of its paragraph."""

    inside: bool  # it begins within one
    present: bool
    outside: str  # what is not quoted


def _quotations(segments: Sequence[Segment]) -> list[_Quotation]:
    found: list[_Quotation] = []
    for _, group in groupby(segments, key=lambda segment: segment.paragraph):
        texts = [segment.text for segment in group]
        starts = list(accumulate((len(text) + 1 for text in texts), initial=0))
        spans = _quoted_spans(" ".join(texts))
        for start, text in zip(starts, texts, strict=False):
            end = start + len(text)
            # Few quotations touch one sentence; `spans` is sorted and does not overlap.
            first = max(0, bisect_right(spans, (start, start)) - 1)
            last = bisect_right(spans, (end, end))
            mine = [span for span in spans[first:last] if span[1] > start]
            outside, position = [], start
            for quote_start, quote_end in mine:
                outside.append(text[position - start : max(position, quote_start) - start])
                position = max(position, quote_end)
            outside.append(text[min(position, end) - start :])
            inside = bool(mine) and mine[0][0] < start
            found.append(_Quotation(inside, bool(mine), " ".join(outside)))
    return found


def _quoted_spans(text: str) -> list[tuple[int, int]]:
    """Where a paragraph quotes somebody, quotation marks included.

    A double mark that is not closed quotes the rest: the next paragraph goes on with it. A
    single one may be an apostrophe, and needs its partner.
    """
    spans: list[tuple[int, int]] = []
    opened: tuple[int, bool] | None = None
    for match in _MARK.finditer(text):
        mark, place = match.group(), match.start()
        single = mark in "'‘’"
        before, after = text[place - 1 : place], text[place + 1 : place + 2]
        if opened is not None and place - opened[0] > _LONGEST_QUOTATION:
            opened = None
        if opened is None:
            if mark in "“„«‘" or (
                mark in "\"'" and (not before or before in " \xa0\n([:—–-") and after.strip()
            ):
                opened = place, single
        elif opened[1] == single and mark not in "„«‘":
            straight_opening = mark == '"' and before == " " and after.strip()
            apostrophe = single and (after.isalnum() and not _is_caseless(after))
            if not straight_opening and not apostrophe and (mark != "“" or text[opened[0]] == "„"):
                spans.append((opened[0], place + 1))
                opened = None
    if opened is not None and not opened[1] and len(text) - opened[0] <= _LONGEST_QUOTATION:
        spans.append((opened[0], len(text)))
    return spans


def _is_caseless(letter: str) -> bool:
    return letter.lower() == letter.upper()


def _leans(segment: Segment, quotation: _Quotation, rules: SummaryRules) -> float:
    """How much a sentence needs the one before it: 1 not to be read without, 0 not at all."""
    if quotation.inside or (quotation.present and not _names_speaker(quotation, rules)):
        return 1.0
    words = list(islice(_words(segment.text), 6))
    skipped = 0
    while not _opens_leaning(words[skipped:], rules):
        if words[skipped : skipped + 1] and words[skipped] in rules.connectives:
            skipped += 1
        else:
            return 0.5 if skipped else 0.0
    return 1.0


def _opens_leaning(words: Sequence[str], rules: SummaryRules) -> bool:
    phrases = [" ".join(words[:n]) for n in (1, 2, 3)]
    return not rules.stands_alone.intersection(phrases) and not rules.openers.isdisjoint(phrases)


def _words(text: str) -> Iterator[str]:
    """Words in small letters; of `He's` the first half."""
    for match in _WORD.finditer(text):
        word = match.group().lower().replace("’", "'")
        yield word.partition("'")[0] if "'" in word else word


def _names_speaker(quotation: _Quotation, rules: SummaryRules) -> bool:
    """Whether what is not quoted says more than `he said`."""
    words = list(islice(_words(quotation.outside), _ATTRIBUTION))
    if any(word in rules.pronouns for word in words[:2]) and words[0].startswith(rules.reporting):
        return False  # `said he`
    if words and words[0] in rules.pronouns and words[1:2] and words[1].startswith(rules.reporting):
        return False
    return not all(word in rules.pronouns or word.startswith(rules.reporting) for word in words)


# --- how much a sentence says --------------------------------------------------------


def stems(segments: Sequence[Segment], rules: SummaryRules) -> list[Counter[str]]:
    """The words of each sentence, cut down to what their forms have in common, with counts."""
    known: dict[str, tuple[str, ...]] = {}  # an article repeats its words
    found = []
    for segment in segments:
        parts: list[str] = []
        for word in _WORD.findall(segment.text.lower()):
            if word not in known:
                known[word] = _parts(word, rules)
            parts += known[word]
        found.append(Counter(parts))
    return found


def _parts(word: str, rules: SummaryRules) -> tuple[str, ...]:
    if word in rules.stop_words:
        return ()
    if rules.bigrams and len(word) > 2 and _is_caseless(word[0]) and not word[0].isdigit():
        return tuple(word[i : i + 2] for i in range(len(word) - 1))
    if rules.suffixes and word.endswith(rules.suffixes):
        ending = next(suffix for suffix in rules.suffixes if word.endswith(suffix))
        if len(word) - len(ending) >= 3:
            word = word[: -len(ending)]
    return (word[: rules.prefix] if rules.prefix else word,)


def _scores(
    segments: Sequence[Segment],
    terms: Sequence[Counter[str]],
    vectors: Sequence[_Vector],
    leaning: Sequence[float],
    share: float,
) -> list[float]:
    """Scores in [0, 1]. The constants were fitted on the development half of the news set."""
    w = min(1.0, share / 0.5)
    position = [(1 + i) ** -0.25 for i in range(len(segments))]
    parts = zip(
        segments,
        _standard(_centrality(vectors)),
        _standard(_overlap(terms)),
        _standard(position),
        leaning,
        strict=True,
    )
    raw = [
        (1 - w) * centroid
        + w * overlap
        + 1.3 * (1 - 0.8 * w) * early
        - (1 - w) * leans
        - (0.0 if _FINAL.search(segment.text) else 1.0)
        for segment, centroid, overlap, early, leans in parts
    ]
    low, high = min(raw, default=0.0), max(raw, default=0.0)
    return [(value - low) / (high - low) if high > low else 1.0 for value in raw]


def _standard(values: Sequence[float]) -> list[float]:
    if not values:
        return []
    mean = sum(values) / len(values)
    deviation = sqrt(sum((value - mean) ** 2 for value in values) / len(values))
    return [(value - mean) / deviation if deviation else 0.0 for value in values]


@dataclass(frozen=True, slots=True)
class _Vector:
    """The words of a sentence weighed by TF-IDF within the article, at length one."""

    weights: Mapping[str, float]
    length: float


def _vectors(terms: Sequence[Counter[str]]) -> list[_Vector]:
    spread: Counter[str] = Counter()
    for counts in terms:
        spread.update(counts.keys())
    rarity = {term: log(1 + len(terms) / many) for term, many in spread.items()}
    found = []
    for counts in terms:
        raw = {term: many * rarity[term] for term, many in counts.items()}
        length = sqrt(sum(value * value for value in raw.values())) or 1.0
        found.append(_Vector({term: value / length for term, value in raw.items()}, length))
    return found


def _centrality(vectors: Sequence[_Vector]) -> list[float]:
    """Cosine of each sentence with the whole, in which a long sentence has more to say."""
    whole: dict[str, float] = defaultdict(float)
    for vector in vectors:
        for term, value in vector.weights.items():
            whole[term] += value * vector.length
    return [sum(value * whole[term] for term, value in v.weights.items()) for v in vectors]


def _overlap(terms: Sequence[Counter[str]]) -> list[float]:
    """Sum over all other sentences of the words in common, by the logs of both lengths.

    Sentences of one length share a denominator, so each word looks up how many sentences of
    each length have it: linear, where comparing all with all is not.
    """
    holders: dict[str, dict[int, int]] = {}
    for counts in terms:
        size = len(counts)
        for term in counts:
            sizes = holders.setdefault(term, {})
            sizes[size] = sizes.get(size, 0) + 1
    found = []
    for counts in terms:
        size = len(counts)
        shared = {size: -size}  # itself
        for term in counts:
            for other, many in holders[term].items():
                shared[other] = shared.get(other, 0) + many
        found.append(
            sum(many / log(size * other) for other, many in shared.items() if size * other > 1)
        )
    return found


# --- choosing ------------------------------------------------------------------------


def _choose(
    article: Article,
    labels: Sequence[Label],
    segments: Sequence[Segment],
    length: Length,
    rules: SummaryRules,
) -> list[Segment]:
    return choose(candidates(article, labels, segments), length, rules) if segments else []


def choose(pool: Sequence[Segment], length: Length, rules: SummaryRules) -> list[Segment]:
    """The best of these sentences within a length, in their order; one at least, if any."""
    if not pool:
        return []
    cost = _COST[length.measure]
    costs = [cost(segment.text) for segment in pool]
    leans = leanings(pool, rules)
    terms = stems(pool, rules)
    vectors = _vectors(terms)
    scores = _scores(pool, terms, vectors, leans, length.count / sum(costs))
    limit = most(length)
    first: dict[str, int] = {}
    same = [first.setdefault(segment.text, i) for i, segment in enumerate(pool)]
    chosen = _pick(scores, costs, leans, vectors, same, length.count, limit)
    return [pool[i] for i in sorted(chosen)]


def _pick(
    scores: Sequence[float],
    costs: Sequence[int],
    leaning: Sequence[float],
    vectors: Sequence[_Vector],
    same: Sequence[int],
    budget: int,
    limit: int,
) -> set[int]:
    """Best first, by what each adds; a sentence that leans brings what it leans on.

    `same` is the first sentence with the same text: none is said twice.
    """
    order = sorted(range(len(scores)), key=lambda i: (-scores[i], i))
    closest = [0.0] * len(scores)
    chosen: set[int] = set()
    said: set[int] = set()
    spent = 0
    open_ = order[:_POOL]
    rest = iter(order[_POOL:])
    while open_ and spent < budget:
        best: tuple[float, int, list[int]] | None = None
        still = []
        for i in open_:
            if i in chosen or same[i] in said or closest[i] >= _SAME:
                continue
            chain = _chain(i, leaning, chosen)
            if not chain or any(closest[j] >= _SAME for j in chain):
                continue
            if spent + sum(costs[j] for j in chain) > limit:
                continue
            still.append(i)
            value = sum(
                _REDUNDANCY * scores[j] - (1 - _REDUNDANCY) * closest[j] for j in chain
            ) / len(chain)
            if best is None or value > best[0]:
                best = value, i, chain
        if best is None:
            break
        for j in best[2]:
            chosen.add(j)
            said.add(same[j])
            spent += costs[j]
            for i in still:
                closest[i] = max(closest[i], _cosine(vectors[i].weights, vectors[j].weights))
        open_ = [i for i in still if i not in chosen]
    for i in rest:
        chain = [] if same[i] in said else _chain(i, leaning, chosen)
        total = sum(costs[j] for j in chain)
        if chain and spent < budget and spent + total <= limit:
            chosen.update(chain)
            said.update(same[j] for j in chain)
            spent += total
    if not chosen:
        alone = [i for i in order if leaning[i] < 1] or order
        chosen.add(alone[0])
    return chosen


def _chain(i: int, leaning: Sequence[float], chosen: set[int]) -> list[int]:
    """A sentence and all it leans on that is not chosen yet; nothing if that is too much."""
    chain = [i]
    while leaning[i] >= 1 and i > 0 and i - 1 not in chosen:
        i -= 1
        chain.append(i)
        if len(chain) > _LONGEST_CHAIN:
            return []
    return chain


def _cosine(a: Mapping[str, float], b: Mapping[str, float]) -> float:
    if len(a) > len(b):
        a, b = b, a
    return sum(value * b[term] for term, value in a.items() if term in b)


def size(text: str, length: Length) -> int:
    """What a sentence costs of a length, in the length's own measure."""
    return _COST[length.measure](text)


def most(length: Length) -> int:
    """What all sentences together may cost."""
    return int(length.count * (1 + _OVER[length.measure])) + (length.measure == "characters")


def leanings(pool: Sequence[Segment], rules: SummaryRules) -> list[float]:
    """How much each sentence needs the one before it: 1 not to be read without, 0 not at all."""
    quotations = _quotations(pool)
    return [_leans(segment, quotations[i], rules) for i, segment in enumerate(pool)]


def _count_words(text: str) -> int:
    return len(text.split())


def _count_characters(text: str) -> int:
    return len(text) + 1  # the space to the next


def _count_sentence(_text: str) -> int:
    return 1


_COST: Mapping[str, Callable[[str], int]] = {
    "sentences": _count_sentence,
    "words": _count_words,
    "characters": _count_characters,
}
