"""Engines by name, and engines made of engines.

An engine is named by a string, `KIND` or `KIND:WHICH`, so that settings can hold the name
and other processes can load the same. The kinds are in `ENGINES`; each loads what it needs
when it is asked for, not before.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from toolkit.errors import UsageError
from toolkit.memory import Memory, open_memory
from toolkit.protocols import Engine
from toolkit.schema import Hypothesis, Request

__all__ = ["ENGINES", "first_of", "load"]

Loader = Callable[[str, Sequence[Memory]], Engine]


def load(name: str, *, memories: Sequence[Memory] = ()) -> Engine:
    """The engine of this name.

    `memory` is all of `memories`, asked in turn; `memory:FILE` is one file, opened for reading.
    Raises UsageError for a name that is not known.
    """
    kind, _, which = name.partition(":")
    if kind not in ENGINES:
        raise UsageError(f"no engine is called {name!r}", hint=f"known engines: {_known()}")
    return ENGINES[kind](which, memories)


def first_of(*engines: Engine) -> Engine:
    """An engine that asks each in turn what the ones before it had no answer to."""
    return engines[0] if len(engines) == 1 else _FirstOf(engines)


class _FirstOf:
    def __init__(self, engines: Sequence[Engine]) -> None:
        self._engines = tuple(engines)

    @property
    def signature(self) -> str:
        return f"first_of({', '.join(engine.signature for engine in self._engines)})"

    def run(self, requests: Sequence[Request], /) -> tuple[Hypothesis | None, ...]:
        answers: list[Hypothesis | None] = [None] * len(requests)
        for engine in self._engines:
            open_ = [at for at, answer in enumerate(answers) if answer is None]
            if not open_:
                break
            found = engine.run([requests[at] for at in open_])
            for at, answer in zip(open_, found, strict=True):
                answers[at] = answer
        return tuple(answers)


def _load_memory(which: str, memories: Sequence[Memory]) -> Engine:
    return open_memory(which, read_only=True) if which else first_of(*memories)


def _load_chat(which: str, _memories: Sequence[Memory]) -> Engine:
    from toolkit.engines import chat  # the standard library's HTTP, which not every command needs

    return chat.open_named(which)


def _known() -> str:
    return ", ".join(sorted(ENGINES))


ENGINES: Mapping[str, Loader] = MappingProxyType({"chat": _load_chat, "memory": _load_memory})
