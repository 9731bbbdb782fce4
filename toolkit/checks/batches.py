"""Many pairs checked one after the other or in several processes; answers in order.

Memory stays flat however many there are: pairs are taken as their answers are asked for.
"""

from __future__ import annotations

import signal
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import islice

from toolkit.checks.documents import check_pair
from toolkit.checks.explanation import Explanation, explain
from toolkit.errors import ToolkitError
from toolkit.formats.bitexts import Item
from toolkit.formats.pairs import Pair
from toolkit.schema import Finding
from toolkit.terms import Termbase

# Some 0.1 s of work: sending it costs a hundredth of that, and an interrupt is soon heard.
_CHUNK = 100
# Chunks under way per process, so that none waits for the reader.
_AHEAD = 3


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of one pair; `error` says why nothing did.

    Of two whole texts, `anchors` are offsets in both where they say the same, in order.
    """

    findings: tuple[Finding, ...] = ()
    verified: int = 0
    explanation: Explanation | None = None
    error: ToolkitError | None = None
    anchors: tuple[tuple[int, int], ...] = ()


def check_pairs(
    items: Iterable[Item],
    termbase: Termbase | None = None,
    *,
    jobs: int = 1,
    explained: bool = False,
    machine: bool = False,
) -> Iterator[tuple[Item, Checked | None]]:
    """Each item with what came of it, in order; None for one that is no pair.

    A pair on which the check itself fails is answered with the error, and the rest goes on.
    Raises ToolkitError when a process dies.
    """
    if jobs < 2:
        for item in items:
            done = _check(item, termbase, explained, machine) if isinstance(item, Pair) else None
            yield item, done
        return
    pool = ProcessPoolExecutor(jobs, initializer=_start, initargs=(termbase, explained, machine))
    under_way: deque[tuple[list[Item], Future[list[Checked | None]]]] = deque()
    chunks = _chunks(items)
    try:
        for chunk in chunks:
            under_way.append((chunk, pool.submit(_check_all, chunk)))
            if len(under_way) >= jobs * _AHEAD:
                yield from _answers(*under_way.popleft())
        while under_way:
            yield from _answers(*under_way.popleft())
    except BrokenProcessPool as exc:
        raise ToolkitError(
            "a process that checked a part of the pairs ended early",
            hint="it may have been killed for want of memory; fewer --jobs need less",
        ) from exc
    finally:
        pool.shutdown(cancel_futures=True)


def _answers(
    chunk: list[Item], done: Future[list[Checked | None]]
) -> Iterator[tuple[Item, Checked | None]]:
    yield from zip(chunk, done.result(), strict=True)


def _chunks(items: Iterable[Item]) -> Iterator[list[Item]]:
    rest = iter(items)
    while chunk := list(islice(rest, _CHUNK)):
        yield chunk


def _check(pair: Pair, termbase: Termbase | None, explained: bool, machine: bool) -> Checked:
    texts = pair.source, pair.target, pair.source_lang, pair.target_lang
    try:
        explanation = explain(*texts, termbase, machine=machine) if explained else None
        verdict = (
            explanation.verdict if explanation else check_pair(*texts, termbase, machine=machine)
        )
    except ToolkitError as error:
        return Checked(error=error)
    except Exception as exc:  # noqa: BLE001  # a fault of ours in one pair is no reason to lose the rest
        what = f"the check failed on this pair: {type(exc).__name__}: {exc}"
        return Checked(error=ToolkitError(what, hint="this is a fault of ours"))
    return Checked(verdict.findings, len(verdict.agreements), explanation)


# --- in a process of its own -------------------------------------------------------------

_given: tuple[Termbase | None, bool, bool] = (None, False, False)


def _start(termbase: Termbase | None, explained: bool, machine: bool) -> None:
    global _given  # noqa: PLW0603  # a process has no other place for what it is given once
    _given = (termbase, explained, machine)
    # The interrupt goes to every process of the terminal; the one that reads answers it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _check_all(chunk: list[Item]) -> list[Checked | None]:
    return [_check(item, *_given) if isinstance(item, Pair) else None for item in chunk]
