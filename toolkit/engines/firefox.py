"""Firefox Translations: requests in batches to answers with scores, links and placeholders.

The network is in `firefox_model`; here is what surrounds it: words and ids, the search, the
labels that stand in a sentence as placeholders, and which words became which.
"""

from __future__ import annotations

import ctypes
import math
import re
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from toolkit.engines.edits import WORD
from toolkit.engines.firefox_model import (
    EOS,
    Floats,
    Ints,
    Network,
    Shortlist,
    encode,
    floats,
    positions,
    read_network,
    read_shortlist,
    step,
)
from toolkit.engines.inline import Answer, choose, ways
from toolkit.engines.pieces import BUDGET, cut
from toolkit.errors import EngineError, ModelMismatch, ModelMissing, UsageError
from toolkit.models.entries import Entry, File
from toolkit.protocols import Speller
from toolkit.schema import Hypothesis, Link, Request, Span, digest

Scores = NDArray[np.float64]

__all__ = ["open_model"]

MOST_BEAM = 16
# A batch: measured with bench/speed.py; more rows gain little, and the memory is bounded.
MOST_ROWS, MOST_TOKENS = 32, 2048
LEAST_ROWS = 8  # of the parts of a batch that is shared out: fewer are slower than one thread
# Words of an embedding made float32 at once, when every one is to be tried.
BLOCK = 2048
# Ended sentences stay in a batch while more than so many go on: to move all takes longer.
MOVED = 7 / 8
# Bump when the same file and settings begin to give other answers.
VERSION = "3"


def open_model(entry: Entry, folder: Path, *, beam: int = 1, workers: int = 2) -> Speller:
    """The engine of the model that lies in this folder with the files the entry names.

    `beam=1` is greedy, as in Firefox; more also gives as many hypotheses less one as
    alternatives. `workers` batches are worked on at a time, each by one thread. A request for
    another pair of languages is answered by None. Raises ModelMissing and ModelMismatch for
    files that are not there or not what they should be.
    """
    if len(entry.sources) != 1 or len(entry.targets) != 1:
        raise ModelMismatch(f"{entry.id}: expected one source and one target language")
    beam = beam if beam > 1 else max(entry.decoding.beam, 1)
    if beam > MOST_BEAM:
        raise UsageError(f"expected a beam of 1 to {MOST_BEAM}, found {beam}")
    hashes = tuple(_checked(entry, folder, file) for file in entry.files)
    model = _named(entry, folder, r"model\..*\.bin")
    source = _vocabulary(_named(entry, folder, r"(src)?vocab\.(.*\.)?spm"))
    target = source
    if any(re.fullmatch(r"trgvocab\..*", file.name) for file in entry.files):
        target = _vocabulary(_named(entry, folder, r"trgvocab\.(.*\.)?spm"))
    network = read_network(model, words=(source.get_piece_size(), target.get_piece_size()))
    if network.config.shared != (source is target):
        raise ModelMismatch(f"{entry.id}: the model and its vocabularies are of two kinds")
    shortlist = None
    if any(file.name.startswith("lex.") for file in entry.files):
        shortlist = read_shortlist(_named(entry, folder, r"lex\..*\.bin"), network.config)
    signature = f"firefox:{entry.id}:{digest(VERSION, beam, entry.decoding, hashes)}"
    return _Firefox(entry, network, (source, target), shortlist, beam, workers, signature)


def _named(entry: Entry, folder: Path, pattern: str) -> Path:
    for file in entry.files:
        if re.fullmatch(pattern, file.name):
            return folder / file.name
    raise ModelMismatch(f"{entry.id}: expected a file like {pattern!r}, found none")


def _checked(entry: Entry, folder: Path, file: File) -> str:
    """The sha256 of a file, which is that of the entry if the entry knows it."""
    path = folder / file.name
    try:
        with path.open("rb") as opened:
            size = path.stat().st_size
            if file.size not in (None, size):
                raise ModelMismatch(
                    f"{entry.id}: {file.name}: expected {file.size} bytes, found {size}",
                    hint=f"fetch it again: toolkit models fetch {entry.id}",
                )
            found = sha256()
            while part := opened.read(1 << 20):
                found.update(part)
    except OSError as exc:
        raise ModelMissing(
            f"{entry.id}: {file.name} is not in {folder}",
            hint=f"fetch it: toolkit models fetch {entry.id}",
        ) from exc
    if file.sha256 not in (None, found.hexdigest()):
        raise ModelMismatch(
            f"{entry.id}: {file.name}: expected sha256 {file.sha256}, found {found.hexdigest()}",
            hint=f"fetch it again: toolkit models fetch {entry.id}",
        )
    return found.hexdigest()


def _vocabulary(path: Path) -> Any:
    from sentencepiece import SentencePieceProcessor

    pieces = SentencePieceProcessor()
    try:
        pieces.LoadFromSerializedProto(path.read_bytes())
    except (RuntimeError, OSError) as exc:
        raise ModelMismatch(f"{path.name}: not a sentencepiece model") from exc
    if pieces.get_piece_size() < 8 or (pieces.eos_id(), pieces.unk_id()) != (EOS, 1):
        raise ModelMismatch(f"{path.name}: expected the pieces </s> and <unk> first")
    return pieces


# --- the engine ----------------------------------------------------------------------


class _Firefox:
    """Holds nothing that changes: threads may share it."""

    def __init__(
        self,
        entry: Entry,
        network: Network,
        vocabularies: tuple[Any, Any],
        shortlist: Shortlist | None,
        beam: int,
        workers: int,
        signature: str,
    ) -> None:
        self._entry = entry
        self._network = network
        self._source, self._target = vocabularies
        self._shortlist = shortlist
        self._beam = beam
        self._workers = workers
        self._signature = signature
        self._ways = ways(choose(self.spells, entry.targets[0].lang), self.spells)

    @property
    def signature(self) -> str:
        return self._signature

    def spells(self, text: str, /) -> bool:
        """Whether both vocabularies can write a text, so that a copy of it can come back."""
        return all(
            pieces.unk_id() not in (ids := pieces.encode(text)) and pieces.decode(ids) == text
            for pieces in dict.fromkeys((self._source, self._target))
        )

    def run(self, requests: Sequence[Request], /) -> tuple[Hypothesis | None, ...]:
        answers: list[Hypothesis | None] = [None] * len(requests)
        asked = {
            n: request
            for n, request in enumerate(requests)
            if request.task == "translate"
            and self._entry.source_code(request.source_lang) is not None
            and self._entry.target_code(request.target_lang) is not None
        }
        with _one_thread():
            for attempt in sorted({request.attempt for request in asked.values()}):
                these = {n: r for n, r in asked.items() if r.attempt == attempt}
                found = self._answers(list(these.values()), attempt)
                for n, answer in zip(these, found, strict=True):
                    answers[n] = answer
        return tuple(answers)

    def _answers(self, requests: Sequence[Request], attempt: int) -> list[Hypothesis]:
        """With the labels themselves in the text first: what comes back whole is in its place.

        Where a label does not, short handles stand for all of them, which are easier to copy;
        where one of these is lost too, the text is translated without any, and each
        placeholder goes where the links say.
        """
        answers: list[list[Answer]] = [[] for _ in requests]
        left = list(range(len(requests)))
        for masked in self._ways:
            texts = [masked(requests[n]) for n in left]
            found = self._candidates([text.plain for text in texts], attempt)
            lost = []
            for n, text, candidates in zip(left, texts, found, strict=True):
                kept = [answer for answer in map(text.restored, candidates) if answer is not None]
                answers[n] = kept + answers[n]
                # The best answer lost a label: perhaps another way is better than the next best.
                if not kept or text.restored(candidates[0]) is None:
                    lost.append(n)
            left = lost
        return [self._hypothesis(candidates) for candidates in answers]

    def _hypothesis(self, candidates: Sequence[Answer]) -> Hypothesis:
        origin = self._entry.id
        if not candidates:
            return Hypothesis("", origin, 0.0, finished=False)
        best = candidates[0]
        others = dict.fromkeys(answer.text for answer in candidates[1:] if answer.ended)
        others.pop(best.text, None)
        return Hypothesis(best.text, origin, best.score, best.ended, tuple(others), best.links)

    def _candidates(self, texts: Sequence[str], attempt: int) -> list[list[Answer]]:
        """Translations of each text, best first; a later attempt begins with a later one.

        Attempt 0 is what the settings say. Attempt n is the n-th other answer that a wider
        beam finds, as long as it finds one.
        """
        first = self._translated(texts, self._beam)
        if attempt == 0:
            return first
        wide = self._translated(texts, min(self._beam + 3 + attempt, MOST_BEAM))
        results = []
        for before, more in zip(first, wide, strict=True):
            different = {answer.text: answer for answer in reversed(more + before[:1])}
            different.pop(before[0].text)
            ranked = sorted(different.values(), key=lambda a: (not a.ended, -a.score))
            start = min(attempt, len(ranked)) - 1
            results.append(ranked[start:] + ranked[:start] if ranked else before)
        return results

    def _translated(self, texts: Sequence[str], beam: int) -> list[list[Answer]]:
        """Each text in parts that the model takes whole, and their answers joined."""
        texts = [text.encode("utf-8", "replace").decode() for text in texts]  # half surrogates
        budget = self._entry.decoding.max_input_tokens or BUDGET
        lang = self._entry.sources[0].lang
        spans = [cut(text, lang, self._source, budget) for text in texts]
        parts = [text[s.start : s.end] for text, own in zip(texts, spans, strict=True) for s in own]
        said = iter(self._parts(parts, beam))
        return [
            _joined(text, own, [next(said) for _ in own])
            for text, own in zip(texts, spans, strict=True)
        ]

    def _parts(self, texts: Sequence[str], beam: int) -> list[list[Answer]]:
        results: list[list[Answer]] = [[Answer(text, 1.0, ended=True)] for text in texts]
        coded: list[list[int]] = []
        for text in texts:
            ids = self._source.encode(text) if re.search(r"[^\W_]", text) else []
            coded.append([*ids, EOS] if ids else [])
        # Longest first, equals in any order: rows of a batch end together, little is padding.
        order = sorted((n for n in range(len(texts)) if coded[n]), key=lambda n: -len(coded[n]))
        batches = list(_batches(order, [len(ids) for ids in coded], beam))
        if len(batches) < self._workers:
            batches = [part for batch in batches for part in _shares(batch, self._workers)]

        def searched(batch: list[int]) -> list[list[_Found]]:
            return self._searched([coded[n] for n in batch], beam)

        for batch, found in zip(batches, self._side_by_side(searched, batches), strict=True):
            for n, hypotheses in zip(batch, found, strict=True):
                results[n] = [self._said(texts[n], h) for h in hypotheses]
        return results

    def _side_by_side(
        self, work: Callable[[list[int]], list[list[_Found]]], batches: Sequence[list[int]]
    ) -> Iterator[list[list[_Found]]]:
        """The batches' results in order; products leave the interpreter to other threads."""
        if min(self._workers, len(batches)) < 2:
            yield from map(work, batches)
            return
        with ThreadPoolExecutor(self._workers) as pool:
            yield from pool.map(work, batches)

    def _searched(self, sentences: Sequence[Sequence[int]], beam: int) -> list[list[_Found]]:
        most = self._entry.decoding.max_output_tokens
        limits = [most or _limit(len(sentence)) for sentence in sentences]
        with np.errstate(all="ignore"):  # holds for one thread
            found = search(self._network, self._shortlist, sentences, limits, beam)
        if not all(math.isfinite(h.score) for hypotheses in found for h in hypotheses):
            raise EngineError(
                f"{self._entry.id}: the model's numbers overflow",
                hint="its file is damaged: toolkit models verify",
            )
        return found

    def _said(self, text: str, found: _Found) -> Answer:
        said = self._target.decode(list(found.ids))
        if not said.strip():
            return Answer("", 0.0, ended=False)
        heard = _laid(text, self._source.encode(text, out_type=str)) or _spans(
            text, self._source.encode(text, out_type="serialized_proto")
        )
        ids = list(found.ids)
        spoken = _laid(said, self._target.id_to_piece(ids)) or _spans(
            said, self._target.decode(ids, out_type="serialized_proto")
        )
        pairs = [
            (heard[at], span)
            for span, at in zip(spoken, found.looked, strict=True)
            if at < len(heard)  # the end of the sentence stands for no word
        ]
        score = min(math.exp(found.score), 1.0)
        return Answer(said, score, found.ended, _links(text, said, pairs))


def _joined(text: str, spans: Sequence[Span], said: Sequence[Sequence[Answer]]) -> list[Answer]:
    """The answers to a text from those to its parts: the best of each, the second of each, …"""
    if len(spans) == 1 and len(text) == spans[0].end - spans[0].start:
        return list(said[0])
    answers = []
    for n in range(max(map(len, said), default=0)):
        chosen = [each[n] if n < len(each) else each[0] for each in said]
        whole, at = "", 0
        links: list[Link] = []
        for span, part in zip(spans, chosen, strict=True):
            whole += text[at : span.start]
            links += (
                Link(_shifted(link.source, span.start), _shifted(link.target, len(whole)))
                for link in part.links
            )
            whole += part.text
            at = span.end
        weights = [span.end - span.start for span in spans]
        logs = (w * math.log(max(a.score, 1e-9)) for w, a in zip(weights, chosen, strict=True))
        score = math.exp(sum(logs) / sum(weights))
        ended = all(part.ended for part in chosen)
        answers.append(Answer(whole + text[at:], score, ended, tuple(links)))
    return answers or [Answer(text, 1.0, ended=True)]


def _shifted(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)


def _limit(tokens: int) -> int:
    """How many tokens an answer may have: Firefox's factor of two, and room for short texts."""
    return max(2 * tokens, tokens + 32)


def _batches(order: Sequence[int], lengths: Sequence[int], beam: int) -> Iterator[list[int]]:
    """Indices of texts, longest first, cut so that no batch is too large or mostly padding."""
    batch: list[int] = []
    for n in order:
        if batch:
            longest = lengths[batch[0]]
            full = len(batch) * beam >= MOST_ROWS or (len(batch) + 1) * longest > MOST_TOKENS
            if full or 2 * lengths[n] + 8 < longest:
                yield batch
                batch = []
        batch.append(n)
    if batch:
        yield batch


def _shares(batch: list[int], workers: int) -> list[list[int]]:
    """A batch in as many parts as have work, each with long and short texts alike."""
    parts = max(1, min(workers, len(batch) // LEAST_ROWS))
    return [batch[n::parts] for n in range(parts)]


@cache
def _blas() -> tuple[Any, Any] | None:
    """How to ask and tell NumPy's BLAS the number of its threads, if it can be found."""
    folder = Path(np.__file__).parent
    places = (folder.parent / "numpy.libs", folder / ".dylibs", folder.parent / "numpy" / ".libs")
    for path in (found for place in places for found in sorted(place.glob("*openblas*"))):
        try:
            library = ctypes.CDLL(str(path))  # already loaded: this is a second handle
        except OSError:
            continue
        for name in ("scipy_openblas_{}_num_threads64_", "scipy_openblas_{}_num_threads"):
            if hasattr(library, name.format("get")):
                return getattr(library, name.format("get")), getattr(library, name.format("set"))
    return None


_lock = threading.Lock()
_inside: list[int] = []  # the numbers of threads found by those at work; the first is restored


@contextmanager
def _one_thread() -> Iterator[None]:
    """One BLAS thread while we work, and what it was before when the last of us is done.

    The products are small: more threads wait for one another longer than they work.
    """
    blas = _blas()
    if blas is None:
        yield
        return
    get, set_ = blas
    with _lock:
        _inside.append(get())
        set_(1)
    try:
        yield
    finally:
        with _lock:
            before = _inside[0] if len(_inside) == 1 else 0
            if before:
                _inside.clear()
                set_(before)
            else:
                _inside.pop()


# --- labels and links ----------------------------------------------------------------


def _laid(text: str, pieces: Sequence[str]) -> list[Span]:
    """Where the pieces lie in a text that is just them, one after another; else nothing."""
    joined = "".join(pieces).replace("\u2581", " ")
    more = len(joined) - len(text)  # the space before the first word
    if more not in (0, 1) or joined[more:] != text or joined[:more].strip():
        return []
    ends = [0, *(max(end - more, 0) for end in accumulate(map(len, pieces)))]
    return [Span(*both) for both in pairwise(ends)]


def _spans(text: str, message: bytes) -> list[Span]:
    """Where the pieces lie in a text, from the protocol buffer that sentencepiece answers.

    Read by hand: its own reader needs a package more, and was called otherwise before 0.2.1.
    """
    points = [0] * (len(text.encode()) + 1)  # code points before each byte
    at = 0
    for n, sign in enumerate(text):
        points[at] = n
        at += len(sign.encode())
    points[at] = len(text)
    rows = (dict(_fields(value)) for name, value in _fields(message) if name == 2)
    return [Span(points[row.get(4, 0)], points[row.get(5, 0)]) for row in rows]


def _fields(message: bytes) -> Iterator[tuple[int, Any]]:
    """The fields of a protocol buffer of numbers and strings."""
    at = 0

    def number() -> int:
        nonlocal at
        value = shift = 0
        while True:
            byte = message[at]
            at += 1
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return value

    while at < len(message):
        tag = number()
        if tag & 7 == 2:
            length = number()
            at += length
            yield tag >> 3, message[at - length : at]
        elif tag & 7 == 5:
            at += 4
        else:
            yield tag >> 3, number()


def _links(text: str, said: str, pairs: Sequence[tuple[Span, Span]]) -> tuple[Link, ...]:
    """Words joined by what the pieces of the answer looked at, in the order of the answer."""
    sources, targets = (_word_at(part) for part in (text, said))
    found: dict[tuple[Span, Span], None] = {}
    for source, target in pairs:
        for there in dict.fromkeys(targets[target.start : target.end]):
            for here in dict.fromkeys(sources[source.start : source.end]):
                if there and here:
                    found[there, here] = None
    return tuple(Link(here, there) for there, here in sorted(found))


def _word_at(text: str) -> list[Span | None]:
    """For each character the word it is in."""
    found: list[Span | None] = [None] * len(text)
    for word in WORD.finditer(text):
        found[word.start() : word.end()] = [Span(*word.span())] * len(word[0])
    return found


# --- search --------------------------------------------------------------------------


class _Words:
    """What sentences may say: every word, or each what its own shortlist has.

    Its own, so that an answer does not depend on the company its sentence is in.
    """

    def __init__(
        self, network: Network, shortlist: Shortlist | None, sentences: Sequence[Sequence[int]]
    ) -> None:
        self._target = network.target
        self._ids: Ints | None = None
        self._bias, self._rows = network.bias[None], []
        if shortlist:
            own = [shortlist.candidates(sentence) for sentence in sentences]
            self._rows = [self._target.table.take(ids, axis=0) for ids in own]
            size = (len(own), max(map(len, own)))
            self._ids, self._bias = np.zeros(size, np.int64), np.full(size, -np.inf, np.float32)
            for ids, bias, mine in zip(self._ids, self._bias, own, strict=True):
                ids[: len(mine)], bias[: len(mine)] = mine, network.bias[mine]

    def logits(self, state: Floats, owner: Ints) -> Floats:
        """(rows, words) of states (width, rows), where each row is of an owner."""
        state = state * self._target.factor
        if self._ids is None:
            table = self._target.table
            found = np.empty((len(owner), len(table)), np.float32)
            for start in range(0, len(table), BLOCK):
                part = slice(start, start + BLOCK)
                products = floats(table[part]) @ state
                np.add(products.T, self._bias[:, part], out=found[:, part])
            return found
        found = np.zeros((len(owner), self._bias.shape[1]), np.float32)
        for start, end in pairwise(_starts(owner)):
            rows = floats(self._rows[owner[start]])
            np.matmul(rows, state[:, start:end], out=found[start:end, : len(rows)].T)
        found += self._bias[owner]
        return found

    def ids(self, at: Ints, owner: Ints) -> Ints:
        return at if self._ids is None else self._ids[owner, at]


def _starts(owner: Ints) -> Ints:
    """Where the rows of each owner start, and the number of rows."""
    return np.flatnonzero(np.diff(owner, prepend=-1, append=-1))


@dataclass(frozen=True, slots=True)
class _Found:
    """What was said, without the end; `score` is the mean log probability of its tokens."""

    ids: tuple[int, ...]
    looked: tuple[int, ...]  # for each token the source token it came from
    score: float
    ended: bool


def search(
    network: Network,
    shortlist: Shortlist | None,
    sentences: Sequence[Sequence[int]],
    limits: Sequence[int],
    beam: int,
) -> list[list[_Found]]:
    """The best `beam` hypotheses of each sentence, best first; one is greedy search.

    As Marian does it: a finished hypothesis takes its place in the beam with it.
    """
    width = network.config.width
    memory = encode(network, sentences)
    words = _Words(network, shortlist, sentences)
    places = positions(max(limits) + 1, width)
    owner = np.arange(len(sentences))  # the sentence of each row
    room = np.full(len(sentences), beam)
    scores = np.zeros(len(sentences))
    over = np.zeros(len(sentences), bool)  # rows that ended and are still among the others
    cells = [np.zeros((width, len(sentences)), np.float32) for _ in network.decoder]
    x = np.repeat(places[:, :1], len(sentences), axis=1)
    steps: list[tuple[Ints, Ints, Ints, Ints]] = []  # row before, token, looked at, rows kept
    found: list[list[_Found]] = [[] for _ in sentences]
    last = np.asarray(limits)
    for time in range(1, max(limits) + 1):
        state, weights = step(network, x, cells, memory)
        logits = words.logits(state, owner)
        if beam == 1:
            parent, at, scores = _greedy(logits, scores)
        else:
            parent, at, scores = _widened(logits, scores, owner, room)
        seated, owner = owner, owner[parent]
        token = words.ids(at, owner)
        done = ((token == EOS) | (last[owner] <= time)) & ~over[parent]
        over = over[parent] | done
        keep = np.flatnonzero(~over)
        if beam == 1 and len(keep) > MOVED * len(over):
            keep = parent
        steps.append((parent, token, weights.argmax(axis=1)[parent], keep))
        for row in np.flatnonzero(done):
            room[owner[row]] -= 1
            ended = bool(token[row] == EOS)
            found[owner[row]].append(_traced(steps, int(row), float(scores[row]), ended))
        if not len(keep):
            break
        kept = parent[keep]
        if not np.array_equal(kept, np.arange(len(x[0]))):
            cells = [cell[:, kept] for cell in cells]
            if not np.array_equal(owner[keep], seated):  # keys are large: moved only if needed
                memory = memory.rows(kept)
        owner, scores, over = owner[keep], scores[keep], over[keep]
        x = network.target.columns(token[keep])
        x += places[:, time : time + 1]
    return [sorted(each, key=lambda h: (not h.ended, -h.score)) for each in found]


def _greedy(logits: Floats, scores: Scores) -> tuple[Ints, Ints, Scores]:
    rows: Ints = np.arange(len(logits))
    at: Ints = logits.argmax(axis=1)
    logits -= logits[rows, at][:, None]
    np.exp(logits, out=logits)
    return rows, at, scores - np.log(np.add.reduce(logits, axis=1))


def _widened(logits: Floats, scores: Scores, owner: Ints, room: Ints) -> tuple[Ints, Ints, Scores]:
    """Rows, words and scores of the best continuations, as many per sentence as have room."""
    logits -= logits.max(axis=1, keepdims=True)
    logits -= np.log(np.add.reduce(np.exp(logits), axis=1))[:, None]
    most = min(int(room.max()), logits.shape[1])
    near = np.argpartition(-logits, most - 1, axis=1)[:, :most]
    totals = np.take_along_axis(logits, near, axis=1) + scores[:, None]
    parents, words, kept = [], [], []
    for start, end in pairwise(_starts(owner)):
        mine = totals[start:end].ravel()
        best = np.argsort(-mine, kind="stable")[: room[owner[start]]]
        best = best[np.isfinite(mine[best])] if np.isfinite(mine[best]).any() else best[:1]
        parents.append(start + best // most)
        words.append(near[start:end].ravel()[best])
        kept.append(mine[best])
    return np.concatenate(parents), np.concatenate(words), np.concatenate(kept)


def _traced(
    steps: Sequence[tuple[Ints, Ints, Ints, Ints]], row: int, score: float, ended: bool
) -> _Found:
    """The hypothesis that ends in this row of the last step, read from its end."""
    ids, looked = [], []
    length = len(steps)
    for time in range(length - 1, -1, -1):
        parent, token, at, _ = steps[time]
        ids.append(int(token[row]))
        looked.append(int(at[row]))
        if time:
            row = int(steps[time - 1][3][parent[row]])
    first = 1 if ended else 0  # the end is not said
    return _Found(tuple(ids[first:][::-1]), tuple(looked[first:][::-1]), score / length, ended)
