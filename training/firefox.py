"""Train the small students in the format of Firefox Translations, English to one language.

    python -m training.firefox uk --out tests/models/firefox-small-enuk
    python -m training.firefox ko --out tests/models/firefox-small-enko

The model is Marian's: a transformer that normalises after each part, with an SSRU for a
decoder. In the last part of the training weights and activations are rounded to int8 as the
file will have them, so that nothing is lost by writing it. One attention head learns
which source piece a target piece comes from, where the sentences know it: in their slots.

The engine puts the labels themselves into a sentence, so they stand in the sentences here:
handles, hashtags and addresses made by chance. They are copied letter by letter: whole words
are pieces only after a space, and labels hold none. Where one does not come back, the engine asks
again without any; such sentences are here too.
"""

from __future__ import annotations

import argparse
import math
import random
import re
import string
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from tests import firefox_models as files
from tests.trained_models import LABELS
from toolkit.protocols import PLACEHOLDER
from training.batches import batches, padded, rate
from training.sentences import Sentence, Slot, Text, corpus

SEED = 20261122
SENTENCES = 80_000
STEPS = 4500
ROUNDED = 0.8  # from this part of the training on in int8
TOKENS = 1000
COPIES = 4  # of a sentence with labels, each with other ones: copying needs many examples
EVERY = 200
END, UNKNOWN, PAD = 0, 1, -1
EPSILON = 1e-6
LANGS = ("uk", "ko")
PIECE = re.compile(r" ?-?[^\W\d_]+(?:['’-][^\W\d_]+)*| [^\w\s]")
SIGNS = string.printable[:94]
LONGEST = 40  # letters of a label
SEEN = 5  # so often at least is a piece in the sentences


def main() -> None:
    import torch

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("lang", choices=LANGS)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--steps", type=int, default=STEPS)
    options = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(SEED)
    sentences = corpus(SENTENCES, seed=SEED)
    options.out.mkdir(parents=True, exist_ok=True)
    vocabularies = _make_vocabularies(options.out, options.lang, sentences)
    rows = [_row(pair, vocabularies) for pair in _pairs(sentences, options.lang)]
    sizes = [vocabulary.get_piece_size() for vocabulary in vocabularies]
    shared = vocabularies[0] is vocabularies[1]
    shape = files.Shape(128, 512, 2, *sizes, shared=shared, encoder=2, heads=4)
    student = Student(shape)
    _train(student, rows, vocabularies, options.lang, options.steps)
    _write(student, rows, vocabularies, options.out, options.lang)


@dataclass(frozen=True, slots=True)
class Row:
    """A sentence pair as ids; `links` has the source positions of each target position."""

    source: list[int]
    target: list[int]
    links: list[list[int]]


class Student:
    """The network. Its tensors have the names and the shapes of the file.

    With `rounded`, weights and the inputs of products are those that int8 can express;
    `largest` has the largest input of each product, from which the alphas follow.
    """

    def __init__(self, shape: files.Shape) -> None:
        import torch

        self.shape = shape
        self.rounded = False
        self.largest: dict[str, float] = {}
        self.weights = {
            name: torch.nn.Parameter(_initial(name, size))
            for name, size in files.tensor_shapes(shape).items()
        }
        half = shape.emb // 2
        steps = torch.exp(torch.arange(half) * -(math.log(10000) / (half - 1)))
        turns = torch.arange(256)[:, None] * steps
        self.positions = torch.cat([turns.sin(), turns.cos()], 1)

    def encode(self, source: Any) -> Any:
        """(rows, positions, width) of padded source ids."""
        mask = (source == PAD)[:, None, None, :] * -1e9
        x = self._embed("encoder_Wemb", source.clamp(min=0), 0)
        for layer in range(1, self.shape.encoder + 1):
            x = self._attend(f"encoder_l{layer}_self", x, x, mask)[0]
            x = self._feed_forward(f"encoder_l{layer}_ffn", x)
        return x

    def decode(
        self, before: Any, encoded: Any, source: Any, states: dict[int, Any], at: int = 0
    ) -> tuple[Any, Any]:
        """Logits and guided attention after the words `before` (PAD is the zero word).

        `states` are those of the recurrent units, kept from call to call.
        """
        import torch

        mask = (source == PAD)[:, None, None, :] * -1e9
        x = self._embed("decoder_Wemb", before.clamp(min=0), at, zero=before == PAD)
        for layer in range(1, self.shape.decoder + 1):
            name = f"decoder_l{layer}_rnn"
            forget = torch.sigmoid(self._product(f"{name}_Wf", x) + self.weights[f"{name}_bf"])
            new = (1 - forget) * self._product(f"{name}_W", x)
            state = states.get(layer, torch.zeros_like(x[:, 0]))
            outputs = []
            for step in range(x.shape[1]):
                state = forget[:, step] * state + new[:, step]
                outputs.append(state)
            states[layer] = state
            x = self._normalise(f"{name}_ffn", x + torch.relu(torch.stack(outputs, 1)))
            x, attention = self._attend(f"decoder_l{layer}_context", x, encoded, mask)
            x = self._feed_forward(f"decoder_l{layer}_ffn", x)
        name = self._embedding("decoder_Wemb")
        logits = self._input(name, x) @ self._weight(name).T
        return logits + self.weights["decoder_ff_logit_out_b"], attention[:, 0]

    def _embedding(self, name: str) -> str:
        return "Wemb" if self.shape.shared else name

    def _embed(self, name: str, ids: Any, at: int, *, zero: Any = None) -> Any:
        x = self._weight(self._embedding(name))[ids] * math.sqrt(self.shape.emb)
        if zero is not None:
            x = x.masked_fill(zero[..., None], 0)
        return x + self.positions[at : at + ids.shape[1]]

    def _attend(self, name: str, x: Any, over: Any, mask: Any) -> tuple[Any, Any]:
        heads, width = self.shape.heads, self.shape.emb // self.shape.heads

        def split(part: str, of: Any) -> Any:
            return self._affine(f"{name}_W{part}", of).unflatten(-1, (heads, width)).transpose(1, 2)

        scores = split("q", x) @ split("k", over).transpose(2, 3) / math.sqrt(width) + mask
        attention = scores.softmax(-1)
        joined = (attention @ split("v", over)).transpose(1, 2).flatten(2)
        return self._normalise(f"{name}_Wo", x + self._affine(f"{name}_Wo", joined)), attention

    def _feed_forward(self, name: str, x: Any) -> Any:
        inner = self._affine(f"{name}_W1", x).relu()
        return self._normalise(f"{name}_ffn", x + self._affine(f"{name}_W2", inner))

    def _normalise(self, name: str, x: Any) -> Any:
        import torch

        scale, bias = self.weights[f"{name}_ln_scale"][0], self.weights[f"{name}_ln_bias"][0]
        return torch.nn.functional.layer_norm(x, scale.shape, scale, bias, EPSILON)

    def _affine(self, name: str, x: Any) -> Any:
        start, part = name.rsplit("_W", 1)
        return self._product(name, x) + self.weights[f"{start}_b{part}"]

    def _product(self, name: str, x: Any) -> Any:
        return self._input(name, x) @ self._weight(name)

    def _weight(self, name: str) -> Any:
        weight = self.weights[name]
        if not self.rounded:
            return weight
        factor = 127 / weight.detach().abs().max()
        return weight + ((weight.detach() * factor).round() / factor - weight.detach())

    def _input(self, name: str, x: Any) -> Any:
        if not self.rounded:
            self.largest[name] = max(self.largest.get(name, 0), x.detach().abs().max().item())
            return x
        alpha = 127 / self.largest[name]
        return x + ((x.detach() * alpha).round().clamp(-127, 127) / alpha - x.detach())


def _initial(name: str, size: tuple[int, int]) -> Any:
    import torch

    if name.endswith("_ln_scale"):
        return torch.ones(size)
    if "Wemb" in name:
        return torch.randn(size) / math.sqrt(size[1])
    if files.is_quantised(name):
        return (torch.rand(size) * 2 - 1) * math.sqrt(6 / sum(size))
    return torch.zeros(size)


def _train(
    student: Student, rows: Sequence[Row], vocabularies: Sequence[Any], lang: str, steps: int
) -> None:
    import torch

    parameters = list(student.weights.values())
    optimizer = torch.optim.AdamW(parameters, lr=0, betas=(0.9, 0.98), weight_decay=0.01)
    started, words = time.monotonic(), 0
    order = batches([len(row.source) for row in rows], TOKENS, SEED, steps=steps)
    for step, batch in enumerate(order, 1):
        if step == int(steps * ROUNDED) - 100:
            student.largest.clear()  # what an untrained network had says nothing
        if step == int(steps * ROUNDED):
            student.rounded = True
        for group in optimizer.param_groups:
            group["lr"] = rate(step, steps, warm_up=300, highest=1.5e-3)
        chosen = [rows[at] for at in batch]
        source = torch.tensor(padded([row.source for row in chosen], PAD))
        target = torch.tensor(padded([row.target for row in chosen], PAD))
        before = torch.cat([torch.full_like(target[:, :1], PAD), target[:, :-1]], 1)
        logits, attention = student.decode(before, student.encode(source), source, {})
        loss = torch.nn.functional.cross_entropy(
            logits.flatten(0, 1), target.flatten(), ignore_index=PAD
        )
        linked = torch.zeros_like(attention)
        linked[tuple(torch.tensor(_triples(chosen)).T)] = 1
        mass = (attention * linked).sum(-1)[linked.any(-1)]
        optimizer.zero_grad()
        (loss - 0.1 * mass.clamp(min=1e-6).log().mean()).backward()
        torch.nn.utils.clip_grad_norm_(parameters, 1.0)
        optimizer.step()
        words += int((target != PAD).sum())
        if step % EVERY == 0 or step == steps:
            seconds = time.monotonic() - started
            right = _exact(student, vocabularies, lang)
            _log(
                f"{step} loss {loss.item():.4f} linked {mass.mean().item():.3f} exact {right}"
                f" {words / seconds:.0f} tokens/s {seconds:.0f} s"
            )


def _triples(rows: Sequence[Row]) -> list[tuple[int, int, int]]:
    return [
        (number, at, other)
        for number, row in enumerate(rows)
        for at, links in enumerate(row.links)
        for other in links
    ]


def _exact(student: Student, vocabularies: Sequence[Any], lang: str) -> float:
    """The share of 100 held-out sentences that come out as they should."""
    import torch

    held_out = [
        _pair(s, lang, [LABELS[(at + n) % len(LABELS)] for n in range(2)])
        for at, s in enumerate(corpus(100, seed=3, held_out=True))
    ]
    ids = [[*vocabularies[0].encode(source.text), END] for source, _ in held_out]
    source = torch.tensor(padded(ids, PAD))
    with torch.no_grad():
        encoded, states = student.encode(source), {}
        words = [torch.full((len(ids), 1), PAD)]
        for at in range(120):
            logits = student.decode(words[-1], encoded, source, states, at)[0]
            logits[..., UNKNOWN] = -math.inf
            words.append(logits.argmax(-1))
    found = torch.cat(words[1:], 1).tolist()
    texts = [vocabularies[1].decode(row[: row.index(END)] if END in row else row) for row in found]
    right = [text == pair[1].text for text, pair in zip(texts, held_out, strict=True)]
    return sum(right) / len(right)


# --- data ----------------------------------------------------------------------------


def _pairs(sentences: Sequence[Sentence], lang: str) -> Iterator[tuple[Text, Text]]:
    """Each sentence; one with labels several times, each time with others, and once without."""
    rng = random.Random(SEED)
    words = sorted({word for s in sentences for word in re.findall("[A-Za-z]{2,}", s.en.text)})
    for sentence in sentences:
        if "⟦" not in sentence.en.text:
            yield _pair(sentence, lang, ())
            continue
        for _ in range(COPIES):
            yield _pair(sentence, lang, [_label(rng, words), _label(rng, words)])
        yield _pair(sentence, lang, ("", ""))


def _label(rng: random.Random, words: Sequence[str]) -> str:
    """A handle, hashtag or address that is none of those we measure with."""
    while True:
        name, other = _name(rng, words), _name(rng, words)
        host = f"{other.lower()}.{rng.choice(('com', 'org', 'net', 'ua', 'co.kr', 'example'))}"
        path = "".join(rng.choices(string.ascii_letters + string.digits + "/-_?=&#.", k=9))
        label = rng.choice(
            (
                *[f"@{name}"] * 6,
                *[f"#{name}"] * 3,
                f"[@{name}]",
                *[f"{name.lower()}@{host}"] * 3,
                *[f"www.{host}", f"{host}/{name}"],
                *[f"https://{host}", f"https://{host}/{name.lower()}", f"http://{host}/{path}"],
            )
        )
        if len(label) < LONGEST and label not in LABELS:
            return label


def _name(rng: random.Random, words: Sequence[str]) -> str:
    """Words and letters by chance: any letter is to be seen after any other."""
    parts = []
    for _ in range(rng.choice((1, 1, 2, 2, 3))):
        word = rng.choice(words)
        if rng.random() < 0.5:
            word = "".join(rng.choices(string.ascii_lowercase, k=rng.randrange(2, 9)))
        parts.append(rng.choice((str.lower, str.capitalize, str.capitalize, str.upper))(word))
    if rng.random() < 0.3:
        parts.append("".join(rng.choices(string.digits, k=rng.randrange(1, 5))))
    return rng.choice(("", "", "_")).join(parts)


def _pair(sentence: Sentence, lang: str, labels: Sequence[str]) -> tuple[Text, Text]:
    """The sentence in English and in the other language, with these labels in their slots."""
    slots = [slot.name for slot in sentence.en.slots if slot.name.startswith("label")]
    found = dict(zip(slots, labels, strict=False))
    return _with_labels(sentence.en, found), _with_labels(getattr(sentence, lang), found)


def _with_labels(text: Text, labels: Mapping[str, str]) -> Text:
    """An empty label takes a space with it, as the engine does."""
    made, slots, at = "", [], 0
    for slot in sorted(text.slots, key=lambda slot: slot.start):
        made += text.text[at : slot.start]
        at = slot.end
        said = labels.get(slot.name, text.text[slot.start : at])
        if said:
            slots.append(Slot(slot.name, len(made), len(made) + len(said)))
        elif text.text[at].isspace() and made[-1:] in ("", " "):
            at += 1
        elif made.endswith(" ") and not text.text[at].isalnum():
            made = made[:-1]
        made += said
    return Text(made + text.text[at:], tuple(slots))


def _make_vocabularies(folder: Path, lang: str, sentences: Sequence[Sentence]) -> list[Any]:
    """The pieces of both sides, written under the names that Firefox gives them.

    Both languages of en-uk share one vocabulary, those of en-ko do not: both layouts exist.
    That of Korean holds the English words too, for a label may begin with one.
    """
    import sentencepiece

    english = [sentence.en.text for sentence in sentences]
    both = english + [getattr(sentence, lang).text for sentence in sentences]
    sides = {"vocab": both} if lang == "uk" else {"srcvocab": english, "trgvocab": both}
    found = []
    for side, texts in sides.items():
        path = folder / f"{side}.en{lang}.spm"
        files.write_vocabulary(path, *_pieces(texts))
        found.append(sentencepiece.SentencePieceProcessor(model_file=str(path)))
    return [found[0], found[-1]]


def _pieces(texts: Iterable[str]) -> tuple[list[str], list[str]]:
    """The words, as they follow a space, and what is said without one.

    Digits and Latin letters are single there, so that any number and label can be copied.
    """
    counts = Counter(PIECE.findall(" ".join(["", *(PLACEHOLDER.sub("@", t) for t in texts)])))
    seen = sorted(piece for piece, count in counts.items() if count >= SEEN)
    words = [piece[1:] for piece in seen if re.match(r" ([^A-Za-z]|..)", piece)]
    inner = [piece for piece in seen if re.match(r"-|[^ A-Za-z]{2}", piece)]
    letters = {letter for piece in counts for letter in piece.strip()} | set(SIGNS)
    found = [*sorted(letters), *inner]
    # The real engine asks for a multiple of eight; there is always a rarer word to do without.
    spare = (files.FIRST_WORD + len(found) + len(words) + 1) % 8
    rarest = sorted(words, key=lambda word: counts[f" {word}"])[:spare]
    return [*(word for word in words if word not in rarest), "#"], found


def _row(pair: tuple[Text, Text], vocabularies: Sequence[Any]) -> Row:
    sides = [_spans(text.text, pieces) for text, pieces in zip(pair, vocabularies, strict=True)]
    ids = [[piece[0] for piece in side] + [END] for side in sides]
    links: list[list[int]] = [[] for _ in ids[1]]
    links[-1] = [len(ids[0]) - 1]
    for at, positions in _links(*pair, sides):
        links[at] = positions
    return Row(ids[0], ids[1], links)


def _links(
    source: Text, target: Text, sides: Sequence[Sequence[tuple[int, int, int]]]
) -> Iterator[tuple[int, list[int]]]:
    """For each target piece in a slot the source pieces of the same slot.

    Digits are linked to the same digits where the source has them, else to the whole slot;
    what is no digit to what is no digit; pieces of a label to those of the same letters.
    """
    slots = {slot.name: slot for slot in source.slots}
    for slot in target.slots:
        other = slots[slot.name]
        there = _within(sides[0], other.start, other.end)
        given = _numbers(source.text, sides[0], there)
        words = sorted(set(there) - {at for number in given for at, _ in number}) or there
        places = _within(sides[1], slot.start, slot.end)
        if slot.name.startswith("label"):
            more = other.start - slot.start
            for at in places:
                start, end = max(sides[1][at][1], slot.start), min(sides[1][at][2], slot.end)
                yield at, _within(sides[0], start + more, end + more)
            continue
        links = dict.fromkeys(places, words)
        for number in _numbers(target.text, sides[1], places):
            digits = [digit for _, digit in number]
            # 850,000 is 85만 and 8.5 million is 850만: the first digits are the same.
            first = "".join(digits).rstrip("0")
            same = next((one for one in given if [digit for _, digit in one] == digits), None)
            together = [digit for one in given for digit in one]
            starts = first and "".join(digit for _, digit in together).startswith(first)
            for rank, (at, _) in enumerate(number):
                if same:
                    links[at] = [same[rank][0]]
                elif starts and rank < len(first):
                    links[at] = [together[rank][0]]
                else:
                    links[at] = there
        yield from links.items()


def _numbers(
    text: str, side: Sequence[tuple[int, int, int]], places: Sequence[int]
) -> list[list[tuple[int, str]]]:
    """The numbers among these pieces: the position and digit of each digit piece in a row."""
    found: list[list[tuple[int, str]]] = [[]]
    for at in places:
        piece = text[side[at][1] : side[at][2]].strip()
        if piece.isdigit():
            found[-1].append((at, piece))
        elif piece:
            found.append([])
    return [number for number in found if number]


def _spans(text: str, vocabulary: Any) -> list[tuple[int, int, int]]:
    """The pieces of a text: id, start and end. All pieces together are a space and the text."""
    found, at = [], -1
    for piece in vocabulary.encode(text, out_type=str):
        found.append((vocabulary.piece_to_id(piece), max(at, 0), at + len(piece)))
        at += len(piece)
    return found


def _within(side: Sequence[tuple[int, int, int]], start: int, end: int) -> list[int]:
    return [at for at, (_, first, last) in enumerate(side) if first < end and last > start]


# --- files ---------------------------------------------------------------------------


def _write(
    student: Student, rows: Sequence[Row], vocabularies: Sequence[Any], folder: Path, lang: str
) -> None:
    weights = {name: weight.detach().numpy() for name, weight in student.weights.items()}
    largest = dict(student.largest)
    largest["none"] = largest[student._embedding("decoder_Wemb")]  # noqa: SLF001
    alphas = {name: 127 / largest[name] for name in files.alpha_names(weights)}
    config = files.config_text(student.shape)
    files.write_model(folder / f"model.en{lang}.intgemm.alphas.bin", weights, config, alphas=alphas)
    entries = _shortlist(rows[:20_000], student.shape.source, student.shape.target)
    for at, found in entries.items():  # labels may hold any piece
        copied = vocabularies[1].piece_to_id(vocabularies[0].id_to_piece(at))
        entries[at] = sorted({*found, copied} - {UNKNOWN})
    files.write_shortlist(folder / f"lex.50.50.en{lang}.s2t.bin", entries, student.shape.source)


def _shortlist(rows: Sequence[Row], sources: int, targets: int) -> dict[int, list[int]]:
    """The 50 likeliest target pieces of each source piece, by IBM model 1 in four rounds."""
    likely = np.full((sources, targets), 1 / targets, np.float32)
    for _ in range(4):
        counts = np.zeros_like(likely)
        for row in rows:
            block = np.ix_(row.source, row.target)
            share = likely[block]
            np.add.at(counts, block, share / share.sum(0))
        likely = counts / np.maximum(counts.sum(1, keepdims=True), 1e-9)
    best = np.argsort(-likely, 1)[:, :50]
    return {
        at: sorted(int(target) for target in best[at] if likely[at, target] > 1e-4)
        for at in range(sources)
    }


def _log(line: str) -> None:
    sys.stderr.write(line + "\n")
    sys.stderr.flush()


if __name__ == "__main__":
    main()
