"""The seams: what an engine is, to everyone who asks or answers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol

from toolkit.schema import Hypothesis, Request

# What stands for the n-th label of `Request.keep`, counted from 0. Brackets that news does not
# use; ASCII digits only and few of them, so that int() neither surprises nor refuses.
PLACEHOLDER = re.compile(r"⟦([0-9]{1,6})⟧")


def placeholder(number: int) -> str:
    """The placeholder of the label with this number: `⟦0⟧` for the first."""
    return f"⟦{number}⟧"


class Engine(Protocol):
    """Requests in, hypotheses out: the same number, in the same order.

    `None` says "I have nothing for this", as a memory does for a sentence it never saw;
    that is all `engines.first_of` needs. `testing.check_engine` holds the contract.
    """

    @property
    def signature(self) -> str:
        """All that an answer depends on, in one string: engine, model, revision, options.

        An engine that takes other models for other languages says more by a method
        `signature_for(source_lang, target_lang)`; see `signature`.
        """
        ...

    def run(self, requests: Sequence[Request], /) -> Sequence[Hypothesis | None]: ...


class Speller(Engine, Protocol):
    """An engine that runs one model and knows what its vocabulary can write."""

    def spells(self, text: str, /) -> bool:
        """Whether a text comes back unchanged from the model's tokens, on both sides."""
        ...


def signature(engine: Engine, source_lang: str, target_lang: str) -> str:
    """All that the engine's answers for this pair of languages depend on."""
    of_pair = getattr(engine, "signature_for", None)
    return str(of_pair(source_lang, target_lang)) if of_pair else engine.signature


def second(engine: Engine) -> Engine | None:
    """The engine to ask for what this one leaves wrong, if it names one (`engine.second`)."""
    found: Engine | None = getattr(engine, "second", None)
    return found
