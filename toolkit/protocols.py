"""The seams: what an engine is, to everyone who asks or answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from toolkit.schema import Hypothesis, Request


class Engine(Protocol):
    """Requests in, hypotheses out: the same number, in the same order.

    `None` says "I have nothing for this", as a memory does for a sentence it never saw;
    that is all `engines.first_of` needs. `testing.check_engine` holds the contract.
    """

    @property
    def signature(self) -> str:
        """All that an answer depends on, in one string: engine, model, revision, options."""
        ...

    def run(self, requests: Sequence[Request], /) -> Sequence[Hypothesis | None]: ...
