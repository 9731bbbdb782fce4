"""The server itself: uvicorn, with an end to patience for requests that never become whole."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import socket
import sys
from typing import Any

import h11
import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from toolkit.errors import UsageError
from toolkit.server.options import LARGEST_HEAD, Options

__all__ = ["configure", "listen"]


def configure(app: Any, options: Options, **more: Any) -> uvicorn.Config:
    """How uvicorn is to serve the application."""
    limits = options.limits

    class Patient(H11Protocol):
        """Closes a connection whose request line and headers do not arrive in time.

        Uvicorn waits for them without end, so that a thousand silent connections would
        shut everybody else out.
        """

        def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
            super().connection_made(transport)
            self.access_log = False  # its line has the query, where some clients put their key
            self._deadline: asyncio.TimerHandle | None = None
            self._expect_head()

        def data_received(self, data: bytes) -> None:
            super().data_received(data)
            if self.conn.their_state is not h11.IDLE:
                self._cancel()
            elif self._deadline is None:
                self._expect_head()

        def connection_lost(self, exc: Exception | None) -> None:
            self._cancel()
            super().connection_lost(exc)

        def _expect_head(self) -> None:
            self._deadline = self.loop.call_later(limits.patience, self._give_up)

        def _cancel(self) -> None:
            if self._deadline is not None:
                self._deadline.cancel()
                self._deadline = None

        def _give_up(self) -> None:
            self._deadline = None
            if self.conn.their_state is h11.IDLE and not self.transport.is_closing():
                self.transport.close()

    return uvicorn.Config(
        app,
        host=options.host,
        port=options.port,
        http=Patient,
        ws="none",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        limit_concurrency=limits.connections,
        h11_max_incomplete_event_size=LARGEST_HEAD,
        timeout_keep_alive=5,
        timeout_graceful_shutdown=5,
        **more,
    )


def listen(app: Any, options: Options) -> None:
    """Serve until interrupted; what is to be said goes to stderr."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(asctime)s %(message)s", "%H:%M:%S"))
    for name, level in (
        ("toolkit.server", logging.INFO if options.verbose else logging.WARNING),
        ("uvicorn.error", logging.ERROR),
    ):
        logger = logging.getLogger(name)
        logger.handlers = [handler]
        logger.propagate = False
        logger.setLevel(level)
    family = socket.AF_INET6 if ":" in options.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        # Head and body of an answer are two writes: the second is not to wait for the client
        # to acknowledge the first, which takes it 40 milliseconds.
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        try:
            listener.bind((options.host, options.port))
            listener.listen(512)
        except OSError as exc:
            app.state.close()
            raise UsageError(
                f"cannot listen on {options.host} port {options.port}: {exc.strerror or exc}",
                hint="choose another --port; 0 takes any that is free",
            ) from exc
        port = listener.getsockname()[1]
        options.ready(f"http://{_shown(options.host)}:{port}/")
        server = uvicorn.Server(configure(app, options))
        with contextlib.suppress(KeyboardInterrupt):
            asyncio.run(server.serve(sockets=[listener]))


def _shown(host: str) -> str:
    return f"[{host}]" if ":" in host else host
