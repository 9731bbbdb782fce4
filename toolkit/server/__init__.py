"""The review page and the HTTP API over a run directory.

Starlette and uvicorn are the extra `serve`; they are imported when an application is made.
"""

from __future__ import annotations

from typing import Any

from toolkit.errors import UsageError
from toolkit.package import install
from toolkit.server.options import Limits, Options

__all__ = ["Limits", "Options", "create_app", "serve"]


def create_app(options: Options) -> Any:
    """The ASGI application over a run directory, for any server; `serve` is one.

    It holds the directory until its lifespan ends.
    """
    try:
        from toolkit.server.app import create
    except ModuleNotFoundError as exc:
        raise _missing(exc) from exc
    return create(options)


def serve(options: Options) -> None:
    """Serve until interrupted."""
    try:
        from toolkit.server.app import create
        from toolkit.server.listening import listen
    except ModuleNotFoundError as exc:
        raise _missing(exc) from exc
    listen(create(options), options)


def _missing(exc: ModuleNotFoundError) -> UsageError:
    if (exc.name or "").partition(".")[0] == "toolkit":
        raise exc
    return UsageError(
        f"the server needs {exc.name}, which is not installed",
        hint=install("serve"),
    )
