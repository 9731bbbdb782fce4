"""What every request passes before anything else sees it, and every answer on its way out.

Who may ask (host, origin, key), how much and how slowly, the headers that keep a page from
running what is not ours, and what is counted and logged: method, route, status and time,
never a query, a header or a body.
"""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass, field
from typing import Any, TypeVar
from urllib.parse import urlsplit

from toolkit.server.options import LARGEST_HEAD, LOOPBACK, Limits

__all__ = ["Busy", "Gate", "Guard", "Metrics", "Refused", "problem"]

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]
T = TypeVar("T")

log = logging.getLogger("toolkit.server")

_HEADERS = [
    (
        b"content-security-policy",
        (
            b"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
            b"connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
        ),
    ),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
]
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class Refused(Exception):
    """A request that is answered with this status, message and headers, and nothing more."""

    def __init__(self, status: int, message: str, **headers: str) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}


class Busy(Refused):
    def __init__(self) -> None:
        super().__init__(503, "busy: too many requests are waiting", retry_after="1")


class Gate:
    """At most so many at work, at most so many waiting; whoever comes then is sent away."""

    def __init__(self, limits: Limits) -> None:
        self._places = asyncio.Semaphore(limits.working)
        self._most = limits.working + limits.waiting
        self.inside = 0

    async def run(self, work: Callable[[], Awaitable[T]]) -> T:
        if self.inside >= self._most:
            raise Busy
        self.inside += 1
        try:
            async with self._places:
                return await work()
        finally:
            self.inside -= 1


_BUCKETS = (0.005, 0.02, 0.1, 0.5, 2.0, 10.0)


@dataclass(slots=True)
class Metrics:
    """Counts since the start, in Prometheus' text form."""

    requests: dict[tuple[str, str, int], int] = field(default_factory=dict)
    times: dict[str, list[float]] = field(default_factory=dict)
    under_way: int = 0
    events: dict[str, int] = field(default_factory=dict)

    def count(self, route: str, method: str, status: int, seconds: float) -> None:
        key = (route, method, status)
        self.requests[key] = self.requests.get(key, 0) + 1
        row = self.times.setdefault(route, [0.0] * (len(_BUCKETS) + 2))
        for at, bound in enumerate(_BUCKETS):
            row[at] += seconds <= bound
        row[-2] += 1
        row[-1] += seconds

    def event(self, name: str) -> None:
        self.events[name] = self.events.get(name, 0) + 1

    def text(self) -> str:
        rows = [
            "# HELP toolkit_requests_total Requests answered.",
            "# TYPE toolkit_requests_total counter",
        ]
        for (route, method, status), n in sorted(self.requests.items()):
            rows.append(
                f'toolkit_requests_total{{route="{route}",method="{method}",status="{status}"}} {n}'
            )
        rows += [
            "# HELP toolkit_request_seconds Time from the whole request to the answer.",
            "# TYPE toolkit_request_seconds histogram",
        ]
        for route, row in sorted(self.times.items()):
            name, bounds = "toolkit_request_seconds", (*map(str, _BUCKETS), "+Inf")
            rows += (
                f'{name}_bucket{{route="{route}",le="{bound}"}} {int(n)}'
                for bound, n in zip(bounds, row, strict=False)
            )
            rows.append(f'{name}_sum{{route="{route}"}} {row[-1]:.6f}')
            rows.append(f'{name}_count{{route="{route}"}} {int(row[-2])}')
        rows += [
            "# HELP toolkit_requests_in_progress Requests under way.",
            "# TYPE toolkit_requests_in_progress gauge",
            f"toolkit_requests_in_progress {self.under_way}",
            "# HELP toolkit_reviews_total What reviewers did.",
            "# TYPE toolkit_reviews_total counter",
        ]
        rows += (
            f'toolkit_reviews_total{{action="{name}"}} {n}'
            for name, n in sorted(self.events.items())
        )
        return "\n".join(rows) + "\n"


def problem(status: int, message: str, **headers: str) -> tuple[int, bytes, list[Any]]:
    """An error as every part of the server says it."""
    body = json.dumps({"error": message}, ensure_ascii=False).encode("utf-8", "replace")
    given = [(k.replace("_", "-").encode(), v.encode()) for k, v in headers.items()]
    return status, body, [(b"content-type", b"application/json"), *given]


class Guard:
    """The outermost layer; `local` is whether only this machine can reach the server.

    `state` is what the application hands to whoever runs it.
    """

    def __init__(
        self, app: App, limits: Limits, metrics: Metrics, *, local: bool, state: Any = None
    ) -> None:
        self.state = state
        self._app = app
        self._limits = limits
        self._metrics = metrics
        self._local = local

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            # A WebSocket: there are none here.
            await send({"type": "websocket.close", "code": 1008})
            return
        start = time.perf_counter()
        status = 500

        async def sending(message: MutableMapping[str, Any]) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                given = list(message.get("headers", ()))
                names = {name.lower() for name, _ in given}
                given += [pair for pair in _HEADERS if pair[0] not in names]
                if b"cache-control" not in names:
                    given.append((b"cache-control", b"no-store"))
                message["headers"] = given
            await send(message)

        self._metrics.under_way += 1
        try:
            try:
                self._judge(scope)
                body = await self._body(scope, receive)
            except Refused as refused:
                answer = problem(refused.status, refused.message, **refused.headers)
                # What was not read of the body would be taken for the next request.
                await _answer(sending, *answer, close=True)
            except asyncio.CancelledError:
                raise
            except ConnectionError:
                status = 499
            else:
                try:
                    await self._app(scope, _replayed(body, receive), sending)
                except Exception:
                    # Starlette has answered, and hands it on to be seen.
                    log.exception("a fault of ours")
        finally:
            self._metrics.under_way -= 1
            seconds = time.perf_counter() - start
            method = scope["method"] if scope["method"] in _METHODS else "other"
            route = _route(scope)
            self._metrics.count(route, method, status, seconds)
            log.info("%s %s %d %.1f ms", method, route, status, seconds * 1000)

    def _judge(self, scope: Scope) -> None:
        """Refuse what another site's page, or another name for this machine, sends."""
        if sum(len(name) + len(value) for name, value in scope["headers"]) > LARGEST_HEAD:
            raise Refused(431, f"expected headers of at most {LARGEST_HEAD} bytes")
        headers: dict[bytes, list[bytes]] = {}
        for name, value in scope["headers"]:
            headers.setdefault(name.lower(), []).append(value)
        hosts = [value.decode("latin-1") for value in headers.get(b"host", ())]
        if len(hosts) != 1:
            raise Refused(400, "expected one Host header")
        # A name that an attacker's DNS points to this machine is not one of its names.
        if self._local and _hostname(hosts[0]) not in LOOPBACK:
            raise Refused(421, f"this server is not {hosts[0][:100]!r}")
        if scope["method"] in _SAFE:
            return
        for value in headers.get(b"origin", ()):
            origin = value.decode("latin-1")
            if urlsplit(origin).netloc.lower() != hosts[0].lower():
                raise Refused(403, "a request from another site is refused")
        for value in headers.get(b"sec-fetch-site", ()):
            if value not in (b"same-origin", b"none"):
                raise Refused(403, "a request from another site is refused")

    async def _body(self, scope: Scope, receive: Receive) -> bytes:
        limit = self._limits.body
        for name, value in scope["headers"]:
            if name.lower() == b"content-length" and int(value) > limit:
                raise Refused(413, f"expected a body of at most {limit} bytes")
        parts: list[bytes] = []
        size = 0
        try:
            async with asyncio.timeout(self._limits.patience):
                while True:
                    message = await receive()
                    if message["type"] == "http.disconnect":
                        raise ConnectionError
                    part = message.get("body", b"")
                    size += len(part)
                    if size > limit:
                        raise Refused(413, f"expected a body of at most {limit} bytes")
                    parts.append(part)
                    if not message.get("more_body"):
                        return b"".join(parts)
        except TimeoutError as exc:
            raise Refused(408, "the request took too long to arrive") from exc


_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"})


def _route(scope: Scope) -> str:
    """The route's pattern, so that neither counts nor log hold what somebody made up."""
    found = scope.get("route")
    return str(getattr(found, "path", None) or scope.get("toolkit.route", "other"))


def _hostname(host: str) -> str:
    if host.startswith("["):
        return host[1:].partition("]")[0].lower()
    return host.partition(":")[0].lower().rstrip(".")


def _replayed(body: bytes, receive: Receive) -> Receive:
    waiting = [{"type": "http.request", "body": body, "more_body": False}]

    async def replay() -> MutableMapping[str, Any]:
        return waiting.pop() if waiting else await receive()

    return replay


async def _answer(send: Send, status: int, body: bytes, headers: list[Any], *, close: bool) -> None:
    headers = [*headers, (b"content-length", str(len(body)).encode())]
    if close:
        headers.append((b"connection", b"close"))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
