"""From requests to pieces that a model can take, and from its outputs to answers.

Hides what models cannot do: they drop sentences when given several, cut what is too long
without a word, and lose placeholders. So a text is cut into sentences here, a long sentence
at its clauses, and nothing is ever shortened. Whoever runs a model gives a `Model` and is
given batches, sorted by length, of sentences that fit it.

Placeholders. Most models spell one out as pieces they do not know, or answer it with something
else. It goes into the model only if its tokens are enough to spell it, and an answer counts
only with each placeholder once. Otherwise the text is cut around its placeholders, each stretch
between them is asked for by itself, and they are put between the answers: kept by
construction, in the order of the source, at the price of stretches that do not know of
each other.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from toolkit.errors import UnsupportedError
from toolkit.protocols import PLACEHOLDER
from toolkit.schema import Hypothesis, Request, Span
from toolkit.segmentation import split

__all__ = ["BUDGET", "Batch", "Model", "Output", "Prompt", "Settings", "answer", "cut"]

# Tokens of a sentence that a translation model is given at most. Firefox's were trained on no
# more than 128, answer 0.7 words a word from 178 tokens on, and call it finished; at 96 the real
# model of en-pt keeps 1.06 words a word throughout; six joined sentences rise from 22
# to 47 BLEU.
BUDGET = 96

# Where a sentence may be cut, best first: after a clause, after a comma or before a dash, at any
# space. What fits none of these (a row of letters without end) is cut in the middle.
_BREAKS = (
    re.compile(r"(?<=[;:；：])\s+|\n+"),
    re.compile(r"(?<=,)\s+|(?<=[，、])|\s+(?=[–—(])"),
    re.compile(r"\s+"),
)
_LETTER = re.compile(r"[^\W\d_]")
# What stays outside of a stretch between placeholders: it belongs to what stands beside it.
_BEFORE = re.compile(r"[\s,.;:!?…)\]}»”’–—-]*")
_BEHIND = re.compile(r"[\s(\[{«“‘„–—-]*\Z")
# Tokens of a batch, padding counted: about what still gains from being larger on a CPU.
BATCH_TOKENS = 4096
# The room for an answer grows in these steps of source tokens, so that what a text is
# answered does not depend on the texts that happen to share its batch.
_STEPS = (16, 32, 64, 128, 256, 512, 1024, 2048, 4096)


@dataclass(frozen=True, slots=True, order=True)
class Settings:
    """How to decode; an n-gram of 0 and a penalty of 1 change nothing."""

    beam: int = 1
    no_repeat_ngram: int = 0
    repetition_penalty: float = 1.0
    length_penalty: float = 1.0
    min_tokens: int = 0


@dataclass(frozen=True, slots=True)
class Prompt:
    """Token numbers for a model: what it reads, and how its answer has to begin."""

    source: tuple[int, ...]
    prefix: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Batch:
    """Prompts to be answered in one go, each with at most `room` new tokens."""

    prompts: tuple[Prompt, ...]
    settings: Settings
    room: int

    @property
    def prefix(self) -> tuple[int, ...]:
        """How the answers to all of them begin."""
        return self.prompts[0].prefix

    @property
    def least(self) -> int:
        """How many new tokens an answer has at least: an empty one is never right."""
        return max(1, min(self.settings.min_tokens, self.room))


@dataclass(frozen=True, slots=True)
class Output:
    """One answer without prefix and end; `log_prob` is the mean over its `steps` tokens."""

    ids: tuple[int, ...]
    log_prob: float
    steps: int
    finished: bool


class Encoder(Protocol):
    """What turns a text into the tokens that are counted."""

    def encode(self, text: str, /) -> Sequence[int]: ...


class Model(Encoder, Protocol):
    """What is to be known of a model to feed it (see `engines.tokens`)."""

    @property
    def whole_texts(self) -> bool:
        """Whether it takes several sentences at once."""
        ...

    def knows(self, request: Request, /) -> bool:
        """Whether it can do this task for these languages."""
        ...

    def budget(self, request: Request, /) -> int:
        """How many tokens of text one prompt for this request may hold."""
        ...

    def room(self, request: Request, tokens: int, /) -> int:
        """How many tokens the answer may have when the text has so many."""
        ...

    def spells(self, text: str, /) -> bool:
        """Whether the text comes back unchanged from its tokens."""
        ...

    def settings(self, request: Request, /) -> Settings: ...
    def decode(self, ids: Sequence[int], /) -> str: ...
    def prompt(self, ids: Sequence[int], request: Request, /) -> Prompt: ...


# The n best outputs, best first, for each prompt of each batch.
Decode = Callable[[Sequence[Batch]], Sequence[Sequence[Sequence[Output]]]]


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of a text: to be asked for, or to be copied where `ids` is None."""

    text: str
    ids: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True)
class _Said:
    """What became of one text: the n best, the score of the best, whether all was finished."""

    texts: tuple[str, ...]
    score: float
    finished: bool


def answer(
    requests: Sequence[Request], model: Model, decode: Decode, *, origin: str, rows: int
) -> tuple[Hypothesis | None, ...]:
    """A hypothesis for each request that the model knows, in order; a batch has `rows` at most."""
    answers: list[Hypothesis | None] = [None] * len(requests)
    known = [at for at, request in enumerate(requests) if model.knows(request)]
    asked = [requests[at] for at in known]
    layouts = [_lay_out(request, model) for request in asked]
    said = _ask(asked, layouts, model, decode, rows)
    if lost := [n for n, one in enumerate(said) if not _keeps(asked[n].text, one)]:
        again = [asked[n] for n in lost]
        layouts = [_lay_out_around(request, model) for request in again]
        for n, one in zip(lost, _ask(again, layouts, model, decode, rows), strict=True):
            said[n] = replace(one, texts=tuple(_bare(text, asked[n].text) for text in one.texts))
    for at, request, one in zip(known, asked, said, strict=True):
        answers[at] = _hypothesis(request.text, one, origin)
    return tuple(answers)


def _keeps(text: str, said: _Said) -> bool:
    """Whether some answer has the placeholders of the text; one that was cut may lack them."""
    wanted = _placeholders(text)
    return not said.finished or any(_placeholders(one) == wanted for one in said.texts)


def _placeholders(text: str) -> Counter[str]:
    return Counter(PLACEHOLDER.findall(text))


def _bare(answer: str, text: str) -> str:
    """The answer without placeholders that the text does not have."""
    return answer if PLACEHOLDER.search(text) else PLACEHOLDER.sub("", answer)


def _hypothesis(text: str, said: _Said, origin: str) -> Hypothesis:
    wanted = _placeholders(text)
    kept = [one for one in said.texts if _placeholders(one) == wanted]
    best, *others = kept if said.finished and kept else said.texts[:1]
    # An empty answer is no answer, however surely the model ended it.
    finished = said.finished and bool(kept) and bool(best.strip() or not text.strip())
    others = [one for one in dict.fromkeys(others) if one.strip() and one != best]
    return Hypothesis(best, origin, said.score, finished, tuple(others))


# --- cutting -------------------------------------------------------------------------


def _lay_out(request: Request, model: Model) -> tuple[_Piece, ...]:
    """The text in pieces that fit, and what lies between them; joined, they are the text."""
    marks = [match.group() for match in PLACEHOLDER.finditer(request.text)]
    if len(set(marks)) == len(marks) and all(map(model.spells, marks)):
        return tuple(_fit(request.text, request, model))
    return _lay_out_around(request, model)


def _lay_out_around(request: Request, model: Model) -> tuple[_Piece, ...]:
    """The same with every placeholder a piece of its own, copied."""
    text, at = request.text, 0
    pieces: list[_Piece] = []
    for match in PLACEHOLDER.finditer(text):
        pieces += (*_stretch(text[at : match.start()], request, model), _Piece(match.group()))
        at = match.end()
    if not pieces:
        return tuple(_fit(text, request, model))
    return (*pieces, *_stretch(text[at:], request, model))


def _stretch(text: str, request: Request, model: Model) -> tuple[_Piece, ...]:
    start = _BEFORE.match(text).end()  # type: ignore[union-attr]  # matches the empty text too
    behind = _BEHIND.search(text, start)
    end = behind.start() if behind else len(text)
    return (_Piece(text[:start]), *_fit(text[start:end], request, model), _Piece(text[end:]))


def _fit(text: str, request: Request, model: Model) -> list[_Piece]:
    """Sentences, or as many of them together as the model takes; none beyond its budget."""
    budget = model.budget(request)
    pieces: list[_Piece] = []
    at = 0
    for span, ids in _parts(text, request, model, budget):
        pieces += (_Piece(text[at : span.start]), _Piece(text[span.start : span.end], ids))
        at = span.end
    return [*pieces, _Piece(text[at:])]


_Part = tuple[Span, tuple[int, ...] | None]


def _parts(text: str, request: Request, model: Model, budget: int) -> list[_Part]:
    if model.whole_texts:
        whole = _encode(text, Span(0, len(text)), model)
        if len(whole[1] or ()) <= budget:
            return [whole]
    parts = _sentences(text, request.source_lang, model, budget)
    return _pack(text, parts, model, budget) if model.whole_texts else parts


def cut(text: str, lang: str, encoder: Encoder, budget: int = BUDGET) -> tuple[Span, ...]:
    """Where the sentences of a text lie that is too long for one, those too long in clauses.

    A text within the budget is one span, and so is what cannot be cut; between spans is white
    space.
    """
    if len(encoder.encode(text)) <= budget:
        return (Span(0, len(text)),)
    return tuple(span for span, _ in _sentences(text, lang, encoder, budget))


def _sentences(text: str, lang: str, encoder: Encoder, budget: int) -> list[_Part]:
    try:
        sentences = split(text, lang)
    except UnsupportedError:  # no rules for this language: as it comes
        sentences = (Span(0, len(text)),)
    return [part for span in sentences for part in _cut(text, span, encoder, budget)]


def _encode(text: str, span: Span, model: Encoder) -> _Part:
    inner = text[span.start : span.end]
    # Figures and signs alone are copied: models make things up about them.
    says = _LETTER.search(PLACEHOLDER.sub("", inner))
    return span, tuple(model.encode(inner)) if says else None


def _pack(text: str, parts: Sequence[_Part], model: Model, budget: int) -> list[_Part]:
    """Neighbours joined while they fit, into parts of about one length."""
    sizes = [len(ids or ()) for _, ids in parts]
    share = sum(sizes) / max(1, math.ceil(sum(sizes) / budget))
    packed: list[_Part] = []
    held = 0.0
    for (span, ids), size in zip(parts, sizes, strict=True):
        if packed and held + size / 2 <= share:
            joined = _encode(text, Span(packed[-1][0].start, span.end), model)
            if len(joined[1] or ()) <= budget:
                packed[-1] = joined
                held += size
                continue
        packed.append((span, ids))
        held = size
    return packed


def _cut(text: str, span: Span, model: Encoder, budget: int) -> list[_Part]:
    """The span without white space at its ends, halved at the best places until all fits."""
    inner = text[span.start : span.end]
    start = span.start + len(inner) - len(inner.lstrip())
    end = start + len(inner.strip())
    part = _encode(text, Span(start, end), model)
    if end - start < 2 or len(part[1] or ()) <= budget:
        return [part] if start < end else []
    left, right = _best_break(text, start, end)
    return [
        *_cut(text, Span(start, left), model, budget),
        *_cut(text, Span(right, end), model, budget),
    ]


def _best_break(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the left half of text[start:end] ends and the right one begins.

    Near the middle, so that both halves are long enough to be understood.
    """
    middle = (start + end) // 2
    reach = (end - start) * 2 // 5
    for pattern in _BREAKS:
        places = (match.span() for match in pattern.finditer(text, start + 1, end - 1))
        near = [place for place in places if abs(place[0] - middle) <= reach]
        if near:
            return min(near, key=lambda place: abs(place[0] - middle))
    for match in PLACEHOLDER.finditer(text, start, end):
        if match.start() < middle < match.end():
            middle = match.end() if match.end() < end else match.start()
    # A letter and its accents stay together.
    while middle < end - 1 and unicodedata.combining(text[middle]):
        middle += 1
    return (middle, middle) if start < middle < end else (start + 1, start + 1)


# --- asking --------------------------------------------------------------------------

_Asked = tuple[Settings, int, Prompt]


def _ask(
    requests: Sequence[Request],
    layouts: Sequence[Sequence[_Piece]],
    model: Model,
    decode: Decode,
    rows: int,
) -> list[_Said]:
    """What became of each layout."""
    asked: list[_Asked] = []
    for request, layout in zip(requests, layouts, strict=True):
        settings = model.settings(request)
        asked += (
            (settings, _room(model, request, len(piece.ids)), model.prompt(piece.ids, request))
            for piece in layout
            if piece.ids is not None
        )
    places = _batch(asked, rows)
    batches = [Batch(tuple(asked[at][2] for at in place), *asked[place[0]][:2]) for place in places]
    outputs: list[Sequence[Output]] = [()] * len(asked)
    for place, answers in zip(places, decode(batches) if batches else (), strict=True):
        for at, output in zip(place, answers, strict=True):
            outputs[at] = output
    ahead = iter(outputs)
    return [_join(layout, model, ahead) for layout in layouts]


def _room(model: Model, request: Request, tokens: int) -> int:
    return model.room(request, next((step for step in _STEPS if tokens <= step), tokens))


def _batch(asked: Sequence[_Asked], rows: int) -> list[list[int]]:
    """Places in batches of equal settings, prefix and like length, the longest first."""

    def rank(at: int) -> tuple[Settings, int, tuple[int, ...], int]:
        settings, room, prompt = asked[at]
        return settings, room, prompt.prefix, len(prompt.source)

    batches: list[list[int]] = []
    for at in sorted(range(len(asked)), key=rank, reverse=True):
        if batches and len(batches[-1]) < rows:
            first = batches[-1][0]
            settings, _, longest = asked[first]
            size = (len(batches[-1]) + 1) * len(longest.source) * settings.beam
            if rank(first)[:3] == rank(at)[:3] and size <= BATCH_TOKENS:
                batches[-1].append(at)
                continue
        batches.append([at])
    return batches


def _join(layout: Sequence[_Piece], model: Model, outputs: Iterator[Sequence[Output]]) -> _Said:
    """The n best of the whole from those of its pieces: the first of each, the second, …"""
    choices: list[tuple[str, ...]] = []
    log_prob, steps, finished = 0.0, 0, True
    for piece in layout:
        if piece.ids is None:
            choices.append((piece.text,))
            continue
        found = next(outputs)
        said = [(model.decode(one.ids), one) for one in found]
        whole = [(text, one) for text, one in said if one.finished and text.strip()]
        finished = finished and bool(whole)
        whole = whole or said[:1]
        log_prob += whole[0][1].log_prob * whole[0][1].steps
        steps += whole[0][1].steps
        choices.append(tuple(text for text, _ in whole))
    texts = tuple(
        "".join(choice[n] if n < len(choice) else choice[0] for choice in choices)
        for n in range(max(map(len, choices), default=1))
    )
    score = math.exp(min(0.0, log_prob / steps)) if steps else 1.0
    return _Said(texts or ("",), 0.0 if math.isnan(score) else score, finished)
