"""The same run on many machines: Ray's workers hold engines, only the driver writes.

Ray's actors rather than Ray Data: batches come from a stream that only the driver can read,
results must come back in order, and a batch is repeated when its worker dies; actors promise
all three, and need no Arrow between us and our records.
"""

from __future__ import annotations

import os
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Any

from toolkit import pipeline
from toolkit.errors import EngineError, ToolkitError, UsageError
from toolkit.package import install
from toolkit.protocols import Engine
from toolkit.schema import Article, Plan, Result
from toolkit.terms import Termbase

__all__ = ["Outcomes", "open_cluster"]

Outcomes = tuple[Result | ToolkitError, ...]
# Opens the engine in a worker; it and what it returns travel by pickling.
OpenEngine = Callable[[], AbstractContextManager[Engine]]
# How often a batch is repeated over which a worker died.
_REPEATS = 3
# Seconds in which a dead worker is replaced, or the cluster has no room for it.
_RISES = 300.0
# Batches under way per worker: one that it works on, one that waits for it, and one that is
# done while an earlier one is not.
_AHEAD = 3


@dataclass(frozen=True, slots=True)
class Cluster:
    """Workers on the machines of a Ray cluster, as many as it has processors or GPUs."""

    ray: Any
    open_engine: OpenEngine
    workers: int
    options: dict[str, Any]

    def process_many(
        self,
        batches: Iterable[Sequence[Article]],
        plan: Plan,
        _engine: Engine,
        termbase: Termbase,
    ) -> Iterator[Outcomes]:
        """`pipeline.process_many`, with the engines of the workers.

        A worker that dies is replaced and its batch repeated; a batch that kills one worker
        after another is answered by an error for each of its articles.
        """
        kind = self.ray.remote(_Worker).options(max_restarts=-1, **self.options)
        workers = [
            _Seat(kind.remote(self.open_engine, plan, termbase)) for _ in range(self.workers)
        ]
        waiting: deque[tuple[Sequence[Article], _Seat, Any]] = deque()
        try:
            for articles in batches:
                seat = min(workers, key=self._unfinished)
                answer = seat.worker.process.remote(articles)
                seat.asked.append(answer)
                waiting.append((articles, seat, answer))
                if len(waiting) >= _AHEAD * len(workers):
                    yield self._awaited(*waiting.popleft())
            while waiting:
                yield self._awaited(*waiting.popleft())
        finally:
            for seat in workers:
                self.ray.kill(seat.worker)

    def _unfinished(self, seat: _Seat) -> int:
        asked = seat.asked
        if asked:
            asked[:] = self.ray.wait(asked, num_returns=len(asked), timeout=0)[1]
        return len(asked)

    def _awaited(self, articles: Sequence[Article], seat: _Seat, answer: Any) -> Outcomes:
        for left in reversed(range(_REPEATS + 1)):
            try:
                outcomes: Outcomes = self.ray.get(answer)
            except self._died as exc:
                said = str(exc).strip().splitlines()[0]
                if left:
                    self._rise(seat)
                    answer = seat.worker.process.remote(articles)
            except self.ray.exceptions.RayTaskError as exc:
                if isinstance(exc.cause, ToolkitError):  # the engine cannot be opened there
                    raise exc.cause from exc
                raise
            else:
                return outcomes
        error = EngineError(
            f"{_REPEATS + 1} workers died over the batch this is in: {said}",
            hint="look at their memory; `toolkit retry` tries again",
        )
        return (error,) * len(articles)

    def _rise(self, seat: _Seat) -> None:
        """Wait until the worker lives again and has nothing to do.

        With other batches behind it nobody could say which of them kills.
        """
        if seat.asked:
            self.ray.wait(seat.asked, num_returns=len(seat.asked))
        until = time.monotonic() + _RISES
        while True:
            try:
                self.ray.get(seat.worker.rise.remote())
            except self._died:
                if time.monotonic() > until:
                    raise
                time.sleep(0.1)
            else:
                return

    @property
    def _died(self) -> tuple[type[Exception], ...]:
        known = self.ray.exceptions
        return (
            known.RayActorError, known.WorkerCrashedError, known.OutOfMemoryError,
            known.ObjectLostError,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Seat:
    """A worker, and what it was asked and has perhaps not answered yet."""

    worker: Any
    asked: list[Any] = field(default_factory=list)


class _Worker:
    """One process of the cluster, with its engine."""

    def __init__(self, open_engine: OpenEngine, plan: Plan, termbase: Termbase) -> None:
        self._open, self._plan, self._termbase = open_engine, plan, termbase
        self._stack = ExitStack()
        self._engine: Engine | None = None

    def rise(self) -> None:
        """Nothing; who gets an answer knows that the worker lives."""

    def process(self, articles: Sequence[Article]) -> Outcomes:
        if self._engine is None:  # here, so that a failure is told like any other
            self._engine = self._stack.enter_context(self._open())
        return pipeline.process_batch(articles, self._plan, self._engine, self._termbase)


@contextmanager
def open_cluster(
    address: str, open_engine: OpenEngine, workers: int | None = None
) -> Iterator[Cluster]:
    """The cluster at an address, or with `auto` the one of this machine, started if need be.

    One that this process is connected to already is used, and left as it is.
    Raises UsageError without Ray or where no cluster answers.
    """
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    os.environ.setdefault("RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO", "0")
    try:
        import ray
    except ImportError as exc:
        raise UsageError(
            "--cluster needs Ray, which is not installed", hint=install("cluster")
        ) from exc
    ours = not ray.is_initialized()
    quiet = {"log_to_driver": False, "logging_level": "ERROR"}
    try:
        if ours and address == "auto" and not os.environ.get("RAY_ADDRESS"):
            # By Ray's own rules "auto" fails where none runs; a person means "here, then".
            ray.init(num_cpus=workers, include_dashboard=False, **quiet)
        elif ours:
            ray.init(address=address, **quiet)
    except (ConnectionError, ValueError) as exc:
        raise UsageError(
            f"no Ray cluster answers at {address!r}: {exc}",
            hint="start one with `ray start --head`, or give --cluster auto",
        ) from exc
    try:
        there = ray.cluster_resources()
        gpus = int(there.get("GPU", 0))
        options = {"num_gpus": 1} if gpus else {"num_cpus": 1}
        yield Cluster(ray, open_engine, workers or gpus or int(there.get("CPU", 1)), options)
    finally:
        if ours:
            ray.shutdown()
