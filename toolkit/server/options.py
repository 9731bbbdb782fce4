"""What a server is to serve, to whom, and how much of it at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from toolkit.config import Settings

__all__ = ["LARGEST_HEAD", "LOOPBACK", "Limits", "Options"]

LARGEST_HEAD = 32_768  # bytes of all headers of a request
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one may ask: bytes of a body, code points of a text, texts of a batch.

    `working` requests are worked on at once and `waiting` more wait; `patience` is how many
    seconds a request may take to arrive.
    """

    body: int = 1_000_000
    text: int = 20_000
    batch: int = 100
    working: int = 4
    waiting: int = 200
    connections: int = 1000
    patience: float = 30.0


@dataclass(frozen=True, slots=True)
class Options:
    """`keys` is the file of API keys; `ready` hears the address once it answers there."""

    directory: Path
    settings: Settings
    terms: tuple[Path, ...] = ()
    host: str = "127.0.0.1"
    port: int = 8000
    keys: Path | None = None
    limits: Limits = field(default_factory=Limits)
    verbose: bool = False
    ready: Callable[[str], None] = lambda _address: None

    @property
    def local(self) -> bool:
        """Whether only this machine can reach the server."""
        return self.host in LOOPBACK
