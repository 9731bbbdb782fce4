"""What the answers of the server are made from, apart from the routes that lead to them."""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, TypeVar

from starlette.requests import Request

from toolkit.errors import ToolkitError
from toolkit.protocols import Engine
from toolkit.server import keys, openapi
from toolkit.server.desk import Desk
from toolkit.server.guard import Gate, Metrics
from toolkit.server.options import Options
from toolkit.terms import Termbase

log = logging.getLogger("toolkit.server")
T = TypeVar("T")

# Seconds without an edit after which the outputs are written anew, and the largest run for
# which that is done while the server works; a larger one is written when it ends.
_QUIET = 3.0
_SMALL = 50
_FEW = 10  # articles: 25 ms


@dataclass(slots=True)
class Service:
    """What the answers are made from; the desk is only ever touched on its own thread."""

    options: Options
    desk: Desk
    thread: ThreadPoolExecutor
    engine: Engine
    termbase: Termbase
    keys: tuple[keys.Key, ...]
    operations: dict[tuple[str, str], openapi.Operation]
    languages: tuple[str, ...]
    gate: Gate
    metrics: Metrics
    asking: asyncio.Lock
    token: str = field(default_factory=secrets.token_urlsafe)
    sessions: dict[str, str] = field(default_factory=dict)
    later: asyncio.TimerHandle | None = None
    ended: bool = False

    async def at_desk(self, work: Callable[[Desk], T]) -> T:
        """What the work on the desk comes to; one after the other."""

        async def do() -> T:
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(self.thread, work, self.desk)

        return await self.gate.run(do)

    async def at_once(self, work: Callable[[], T]) -> T:
        """What brief work comes to; it is let in like all other."""

        async def do() -> T:
            return work()

        return await self.gate.run(do)

    async def aside(self, work: Callable[[], T]) -> T:
        """What the work comes to, done in a thread so that others are answered meanwhile."""
        return await self.gate.run(lambda: asyncio.to_thread(work))

    async def with_engine(self, work: Callable[[], T]) -> T:
        """The same for work that asks the engine, which is asked one thing at a time."""

        async def do() -> T:
            async with self.asking:
                return await asyncio.to_thread(work)

        return await self.gate.run(do)

    def edited(self, action: str) -> None:
        """A review was written: the outputs follow when the editor pauses."""
        self.metrics.event(action)
        if self.later is not None:
            self.later.cancel()
        if len(self.desk) <= _SMALL:
            loop = asyncio.get_running_loop()
            self.later = loop.call_later(_QUIET, self._publish)

    def read_on(self) -> None:
        """Read the run while nobody asks for anything; whoever asks waits for a few articles."""
        try:
            if not self.ended and self.desk.read_on(_FEW):
                self.thread.submit(self.read_on)
        except ToolkitError as error:
            log.warning("not all articles could be read: %s", error.message)

    def _publish(self) -> None:
        def work() -> None:
            try:
                self.desk.publish()
            except ToolkitError as error:
                log.warning("the outputs could not be written: %s", error.message)

        self.thread.submit(work)


@dataclass(frozen=True, slots=True)
class Asked:
    """One request as the answers see it: parts of its address, its body, and who asks."""

    request: Request
    path: Mapping[str, str]
    query: Mapping[str, Any]
    body: Mapping[str, Any]
    who: str
