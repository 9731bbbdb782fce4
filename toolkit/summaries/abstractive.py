"""Summaries that an engine writes, each sentence tied to the sentences it was made from.

Hidden here: how much of an article an engine is given at once, where each sentence of its
answer comes from, and what stands in the place of one that cannot be trusted. Whether a
sentence says what the article says is for `checks` to find out; who finds it does not goes on
with `extract`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from math import ceil, log

from toolkit import facts, segmentation
from toolkit import labels as labels_
from toolkit.lang import pack
from toolkit.lang.base import SummaryRules
from toolkit.protocols import PLACEHOLDER
from toolkit.schema import (
    Article,
    Finding,
    Hypothesis,
    Label,
    Length,
    Request,
    Segment,
    Span,
    Summary,
    SummarySentence,
)
from toolkit.summaries import extractive

__all__ = ["EXTRACTED", "METHOD", "Draft", "Part", "draft", "extract", "parts"]

METHOD = "abstractive"
# The remedy: the article's own sentence in the place of the engine's.
EXTRACTED = "extracted"

# A model of the bart-large-cnn class reads 1,024 tokens, and vocabularies of byte pairs spend
# about one on four bytes of English; two bytes of a Cyrillic letter, three of a Hangul one
# come to the same order. A fifth is left for texts full of names.
_PART_BYTES = 3_200
# A news sentence has some 25 words; in a letter count, with its space, a word has 6 letters.
_WORDS_PER_SENTENCE = 25
_LETTERS_PER_WORD = 6
_FEWEST_WORDS = 20
# Of what a sentence says, weighed by rarity: what a further source must add to be one.
_ADDS = 0.2
_MOST_SOURCES = 3
# What the sources must cover for a sentence to be of this article at all. Of 1,059 sentences
# of machine summaries that people call consistent 98 % reach 0.4; of 1,356 held against the
# wrong article 99 % stay below 0.31.
_COVERED = 0.35
# One phrase of three words this often is a loop (four times in the output of real systems).
_LOOP = 4
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Part:
    """As much of an article as an engine is given at once, and what it is asked."""

    segments: tuple[Segment, ...]
    request: Request


@dataclass(frozen=True, slots=True)
class Draft:
    """A summary as written, and what is wrong with it; unit ids are `summary1`, `summary2`, …"""

    summary: Summary
    findings: tuple[Finding, ...] = ()


def parts(
    article: Article, labels: Sequence[Label], segments: Sequence[Segment], length: Length
) -> tuple[Part, ...]:
    """What to ask an engine for a summary: the running text, a part at a time, without labels.

    Nothing for a text that is no longer than its summary: there is nothing to write.
    """
    pool = extractive.candidates(article, labels, segments)
    if sum(extractive.size(s.text, length) for s in pool) <= length.count:
        return ()
    cut = list(_cut(pool))
    words = max(_FEWEST_WORDS, ceil(_words(length) / len(cut)))
    inline = [label for label in labels if label.kind in labels_.INLINE]
    return tuple(Part(tuple(part), _request(part, inline, article.lang, words)) for part in cut)


def draft(
    article: Article,
    labels: Sequence[Label],
    segments: Sequence[Segment],
    length: Length,
    asked: Sequence[Part],
    answers: Sequence[Hypothesis | None],
) -> Draft:
    """The engine's sentences within `length`, each with the segments it comes from.

    What is wrong with one at sight is a finding: a loop, a label of its own, nothing that the
    article speaks of. A part without an answer has the article's own sentence for one.
    """
    if not asked:
        whole = extractive.summarize(article, labels, segments, length)
        own = tuple(replace(s, remedies=(EXTRACTED,)) for s in whole.sentences)
        return Draft(Summary(article.lang, METHOD, own))
    written: list[tuple[SummarySentence, str]] = []
    for part, answer in zip(asked, answers, strict=True):
        texts = _sentences(part, answer)
        origins = _Origins(part.segments, article.lang)
        if not texts:
            share = length if len(asked) == 1 else Length(1)
            own = extractive.summarize(article, (), part.segments, share).sentences
            written += [(replace(s, remedies=(EXTRACTED,)), "text/unfinished") for s in own]
        for text, wrong in texts:
            sentence, covered = origins.of(text)
            stray = "sentence/addition" if covered < _COVERED else ""
            by = answer.origin if answer else ""
            written.append((replace(sentence, origin=by), wrong or stray))
    return _drafted(_within(_once(written), length, article.lang), article.lang)


def extract(
    given: Draft, article: Article, labels: Sequence[Label], segments: Sequence[Segment],
    length: Length,
) -> Draft:  # fmt: skip
    """The draft with each sentence that has a finding replaced by the nearest of the article.

    A sentence of the article is said once, so there may be fewer; a replaced one may be
    longer, and is left out where it takes the summary over its length. The findings say what
    was replaced, as `info`: the reader does not see it.
    """
    if not given.findings:
        return given
    wrong = {finding.unit_id for finding in given.findings}
    pool = extractive.candidates(article, labels, segments)
    origins = _Origins(pool, article.lang)
    taken = {s.text for n, s in enumerate(given.summary.sentences, 1) if f"summary{n}" not in wrong}
    kept: list[tuple[int, SummarySentence]] = []
    for number, sentence in enumerate(given.summary.sentences, 1):
        if f"summary{number}" not in wrong or EXTRACTED in sentence.remedies:
            kept.append((number, sentence))
        elif own := origins.nearest(sentence.text, taken):
            taken.add(own.text)
            kept.append((number, own))
    shorter = _fitting(kept, length)
    places = {f"summary{number}": f"summary{at}" for at, (number, _) in enumerate(shorter, 1)}
    findings = tuple(
        replace(
            finding,
            severity="info",
            unit_id=places.get(finding.unit_id or ""),
            target_span=None,
            rule=EXTRACTED,
        )
        for finding in given.findings
    )
    return Draft(replace(given.summary, sentences=tuple(s for _, s in shorter)), findings)


# --- what is asked -----------------------------------------------------------------------


def _cut(pool: Sequence[Segment]) -> Iterator[list[Segment]]:
    """Parts within the budget: whole paragraphs, or the sentences of one that is longer.

    A sentence that is longer than all of it is a part of its own.
    """
    part: list[Segment] = []
    for _, group in groupby(pool, key=lambda segment: segment.paragraph):
        paragraph = list(group)
        if part and _bytes(part) + _bytes(paragraph) > _PART_BYTES:
            yield part
            part = []
        for segment in paragraph:
            if part and _bytes(part) + _bytes([segment]) > _PART_BYTES:
                yield part
                part = []
            part.append(segment)
    if part:
        yield part


def _bytes(part: Iterable[Segment]) -> int:
    return sum(len(segment.text.encode()) + 1 for segment in part)


def _words(length: Length) -> int:
    if length.measure == "sentences":
        return length.count * _WORDS_PER_SENTENCE
    return length.count if length.measure == "words" else length.count // _LETTERS_PER_WORD


def _request(part: Sequence[Segment], inline: Sequence[Label], lang: str, words: int) -> Request:
    """The text of a part: a line per paragraph, labels within sentences behind placeholders."""
    lines: list[str] = []
    spans: list[Span] = []
    at = 0
    for _, group in groupby(part, key=lambda segment: segment.paragraph):
        texts = []
        for segment in group:
            text, inside = _without_edges(segment, labels_.within(inline, segment.span))
            if not text:
                continue
            spans += (Span(at + start, at + end) for start, end in inside)
            texts.append(text)
            at += len(text) + 1
        lines.append(" ".join(texts))
    masked = labels_.mask("\n".join(lines), spans)
    return Request(masked.text, lang, lang, task="summarize", keep=masked.keep, words=words)


def _without_edges(segment: Segment, found: Sequence[Label]) -> tuple[str, list[Span]]:
    """A sentence without the labels before and behind it, and where those within it lie.

    What hangs on a sentence says nothing that a summary needs; what is one of its words does.
    """
    text, start = segment.text, 0
    spans = [Span(s - segment.span.start, e - segment.span.start) for s, e in
             (label.span for label in found)]  # fmt: skip
    while spans and not _says(text[start : spans[0].start]):
        start = spans.pop(0).end
    end = len(text)
    while spans and not _says(text[spans[-1].end : end]):
        last = spans.pop()
        # The stop behind a last label ends the sentence before it.
        text = text[: last.start].rstrip() + text[last.end : end].strip()
        end = len(text)
    kept = text[start:]
    start += len(kept) - len(kept.lstrip())
    return text[start:].rstrip(), [Span(s - start, e - start) for s, e in spans]


def _says(text: str) -> bool:
    return any(letter.isalnum() for letter in text)


# --- what is answered --------------------------------------------------------------------


def _sentences(part: Part, answer: Hypothesis | None) -> list[tuple[str, str]]:
    """The sentences of an answer with their labels back, and the code of what is wrong."""
    if answer is None or not answer.finished:
        return []
    text = " ".join(answer.text.split())
    found = []
    for start, end in segmentation.split(text, part.request.target_lang):
        sentence = text[start:end].strip()
        known, whole = _unmasked(sentence, part.request.keep)
        if not known:
            found.append((whole, "label/addition"))
        elif _loops(whole):
            found.append((whole, "text/repetition"))
        elif _says(whole):
            found.append((whole, ""))
    return found


def _unmasked(text: str, keep: Sequence[str]) -> tuple[bool, str]:
    """Whether a sentence holds only placeholders it was given, and the sentence without any.

    A summary may leave a label out; it must not make one up.
    """
    known = all(int(m[1]) < len(keep) for m in PLACEHOLDER.finditer(text))
    rest = PLACEHOLDER.sub("", text)
    known = known and "⟦" not in rest and "⟧" not in rest
    if not known:
        return False, " ".join(rest.replace("⟦", "").replace("⟧", "").split())
    return True, PLACEHOLDER.sub(lambda match: keep[int(match[1])], text)


def _loops(text: str) -> bool:
    words = _WORD.findall(text.casefold())
    phrases = Counter(zip(words, words[1:], words[2:], strict=False))
    return max(phrases.values(), default=0) >= _LOOP


def _once(
    written: Iterable[tuple[SummarySentence, str]],
) -> Iterator[tuple[SummarySentence, str]]:
    seen = set()
    for sentence, wrong in written:
        said = " ".join(_WORD.findall(sentence.text.casefold()))
        if said and said not in seen:
            seen.add(said)
            yield sentence, wrong


def _within(
    written: Iterable[tuple[SummarySentence, str]], length: Length, lang: str
) -> list[tuple[SummarySentence, str]]:
    """As many of the sentences as the length allows: the best, where it is not all."""
    whole = list(written)
    if sum(extractive.size(s.text, length) for s, _ in whole) <= extractive.most(length):
        return whole
    pool = [Segment(str(n), s.span, s.text, 1) for n, (s, _) in enumerate(whole)]
    chosen = extractive.choose(pool, length, pack(lang).summaries)
    return [whole[int(segment.id)] for segment in chosen]


def _drafted(written: Sequence[tuple[SummarySentence, str]], lang: str) -> Draft:
    findings = tuple(
        Finding(code, "info" if EXTRACTED in sentence.remedies else "error", f"summary{number}",
                found=None if EXTRACTED in sentence.remedies else sentence.text, rule=EXTRACTED)
        for number, (sentence, code) in enumerate(written, 1)
        if code
    )  # fmt: skip
    return Draft(Summary(lang, METHOD, tuple(s for s, _ in written)), findings)


def _fitting(
    kept: Sequence[tuple[int, SummarySentence]], length: Length
) -> list[tuple[int, SummarySentence]]:
    """Without the last replaced sentences, as long as all together are too long."""
    left = list(kept)
    while len(left) > 1 and (
        sum(extractive.size(s.text, length) for _, s in left) > extractive.most(length)
    ):
        own = [at for at, (_, sentence) in enumerate(left) if EXTRACTED in sentence.remedies]
        if not own:
            break
        del left[own[-1]]
    return left


# --- where a sentence comes from ---------------------------------------------------------


class _Origins:
    """The sentences of an article, ready to be asked which of them another was made from.

    Compared by their stems and by the values of their facts, each weighed by how rare it is
    in the article; a fact so counts beside its words, and also where it is said in others.
    """

    def __init__(self, pool: Sequence[Segment], lang: str) -> None:
        self._pool = tuple(pool)
        self._lang = lang
        self._rules: SummaryRules = pack(lang).summaries
        self._terms = self._read(pool)
        spread = Counter(term for terms in self._terms for term in terms)
        self._rarity: Mapping[str, float] = {
            term: log(1 + len(self._pool) / many) for term, many in spread.items()
        }
        self._unheard = log(1 + len(self._pool))
        leans = extractive.leanings(pool, self._rules)
        ranks = extractive.rank(pool, lang)
        # Which sentence to take where none is near: one that stands alone, and says much.
        self._worth = [rank - leaning for rank, leaning in zip(ranks, leans, strict=True)]

    def of(self, text: str) -> tuple[SummarySentence, float]:
        """The sentence with its sources, and how much of what it says they cover, in [0, 1].

        Beside the nearest sentence up to two more are sources, each of which must add a fifth
        of the whole: less is a word that happens to be there.
        """
        said = self._read((Segment("", Span(0, len(text)), text, 1),))[0]
        weights = {term: self._rarity.get(term, self._unheard) for term in said}
        whole = sum(weights.values()) or 1.0
        left = set(said)
        chosen: list[int] = []
        while len(chosen) < _MOST_SOURCES:
            gains = [sum(weights[term] for term in left & terms) / whole for terms in self._terms]
            best = max(range(len(gains)), key=lambda n: (gains[n], -n))
            if chosen and (gains[best] < _ADDS or best in chosen):
                break
            chosen.append(best)
            left -= self._terms[best]
        first = self._pool[chosen[0]]
        sources = [self._pool[n] for n in sorted(chosen)]
        span = Span(sources[0].span.start, sources[-1].span.end)
        ids = tuple(segment.id for segment in sources)
        covered = (sum(weights.values()) - sum(weights[term] for term in left)) / whole
        return SummarySentence(text, ids, first.paragraph, span), covered

    def nearest(self, text: str, taken: Iterable[str]) -> SummarySentence | None:
        """The article's sentence that says most of the same, of those that are not taken."""
        said = self._read((Segment("", Span(0, len(text)), text, 1),))[0]
        near = [sum(self._rarity[term] for term in said & terms) for terms in self._terms]
        most = max(near, default=0.0) or 1.0
        gone = set(taken)
        free = [n for n, segment in enumerate(self._pool) if segment.text not in gone]
        if not free:
            return None
        best = max(free, key=lambda n: (near[n] / most + self._worth[n] / 2, -n))
        own = self._pool[best]
        return SummarySentence(own.text, (own.id,), own.paragraph, own.span, (EXTRACTED,))

    def _read(self, pool: Sequence[Segment]) -> list[frozenset[str]]:
        stems = extractive.stems(pool, self._rules)
        return [
            frozenset(counts) | {
                f"{value} {fact.unit}"
                for fact in facts.extract(segment.text, self._lang)
                for value in fact.values
            }
            for segment, counts in zip(pool, stems, strict=True)
        ]  # fmt: skip
