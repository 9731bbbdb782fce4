"""How work grows with its input: a test that asserted a time would fail on a busy machine."""

from __future__ import annotations

import time
import timeit
from collections.abc import Callable
from itertools import count, islice
from math import inf
from typing import Any

FACTOR = 8
LIMIT = 32  # linear work grows by 8, sorting by 10, a square by 64
TRIES = 8


def repeated(piece: str) -> Callable[[int], str]:
    """What makes a text of so many characters out of nothing but `piece`."""
    return lambda size: (piece * (size // len(piece) + 1))[:size]


def check_linear(work: Callable[[Any], object], make: Callable[[int], Any], size: int) -> None:
    """Work on what `make` makes of `size` is about eight times that on an eighth of it.

    Compared is the processor time of this thread, without the garbage collector and the best
    of several tries: what else the machine does only adds, so that one good try is enough.
    No input comes twice, so that no cache answers.
    """
    small = large = inf
    sizes = count(size // FACTOR)
    for extra in range(TRIES):
        small = min(small, *(_seconds(work, make(shorter)) for shorter in islice(sizes, 3)))
        large = min(large, _seconds(work, make(size + extra)))
        if large < LIMIT * small:
            return
    message = f"{FACTOR} times the input took {large / small:.0f} times the work ({size=})"
    raise AssertionError(message)


def _seconds(work: Callable[[Any], object], given: Any) -> float:
    return timeit.timeit(lambda: work(given), timer=time.thread_time, number=1)
