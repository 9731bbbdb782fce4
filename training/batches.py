"""What both trainings share: sentence pieces, batches by length, the course of the rate."""

from __future__ import annotations

import io
import random
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

# The brackets of placeholders are pieces of their own; digits are split, so that any number
# is written with ten pieces and can be copied.
MARKS = ["⟦", "⟧"]


def train_pieces(texts: Iterable[str], size: int, **options: Any) -> bytes:
    """A SentencePiece model of these texts, as the bytes of its file."""
    import sentencepiece

    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(texts),
        model_writer=model,
        vocab_size=size,
        character_coverage=1.0,
        split_digits=True,
        user_defined_symbols=MARKS,
        model_type="bpe",
        num_threads=1,
        minloglevel=2,
        bos_id=-1,
        **options,
    )
    return model.getvalue()


def batches(lengths: Sequence[int], tokens: int, seed: int, *, steps: int) -> Iterator[list[int]]:
    """So many batches of indices, each of about so many tokens and of like lengths."""
    rng = random.Random(seed)
    done = 0
    while True:
        order = sorted(range(len(lengths)), key=lambda at: (lengths[at], rng.random()))
        epoch: list[list[int]] = [[]]
        for at in order:
            if len(epoch[-1]) * lengths[at] >= tokens:
                epoch.append([])
            epoch[-1].append(at)
        rng.shuffle(epoch)
        for batch in epoch:
            yield batch
            done += 1
            if done == steps:
                return


def rate(step: int, steps: int, *, warm_up: int, highest: float) -> float:
    """The learning rate: a line up, without which nothing is learnt, and a line down to 0."""
    return highest * min(step / warm_up, (steps - step) / (steps - warm_up))


def padded(rows: Sequence[Sequence[int]], pad: int) -> list[list[int]]:
    """Rows of one length."""
    longest = max(map(len, rows))
    return [[*row, *[pad] * (longest - len(row))] for row in rows]
