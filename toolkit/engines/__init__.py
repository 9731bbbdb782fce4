"""Engines by name, and engines made of engines.

An engine is named by a string, `KIND` or `KIND:WHICH`, so that settings can hold the name
and other processes can load the same. The kinds are in `ENGINES`; each loads what it needs
when it is asked for, not before.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from types import MappingProxyType

from toolkit import package
from toolkit.engines.means import Chosen, Informed, Means, Via, load_model
from toolkit.errors import UsageError
from toolkit.memory import open_memory
from toolkit.protocols import Engine, signature
from toolkit.schema import Hypothesis, Request

__all__ = ["ENGINES", "Means", "Via", "first_of", "load"]

Loader = Callable[[str, Means], Engine]


def load(name: str, means: Means | None = None) -> Engine:
    """The engine of this name.

    auto          the best model for the pair of languages
    model:ID      this model of models.lock
    firefox:ID, ct2:ID, hf:ID   the same, and what runs it
    chat:MODEL    any server that speaks the OpenAI protocol
    memory        none; memory:FILE is one file, opened for reading
    NAME:WHICH    what an installed package calls so (docs/plugins.md)

    All but `memory:FILE` ask the memories first: what a person translated counts for more.
    Raises UsageError for a name that is not known.
    """
    kind, _, which = name.partition(":")
    if kind not in ENGINES:
        if offered := package.plugin("engines", kind):
            means = means or Means()
            return first_of(*means.memories, offered(which, means))
        raise UsageError(f"no engine is called {name!r}", hint=f"known engines: {_known()}")
    return ENGINES[kind](which, means or Means())


def first_of(*engines: Engine) -> Engine:
    """An engine that asks each in turn what the ones before it had no answer to."""
    return engines[0] if len(engines) == 1 else _FirstOf(engines)


class _FirstOf:
    def __init__(self, engines: Sequence[Engine]) -> None:
        self._engines = self.parts = tuple(engines)

    @property
    def signature(self) -> str:
        return f"first_of({', '.join(engine.signature for engine in self._engines)})"

    def signature_for(self, source_lang: str, target_lang: str) -> str:
        parts = (signature(engine, source_lang, target_lang) for engine in self._engines)
        return f"first_of({', '.join(parts)})"

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


def _load_auto(which: str, means: Means) -> Engine:
    if which:
        raise UsageError(f"no engine is called 'auto:{which}'", hint=f"model:{which} or auto")
    return first_of(*means.memories, Chosen(means))


def _load_model(which: str, means: Means) -> Engine:
    return _load_run("", which, means)


def _load_run(runtime: str, which: str, means: Means) -> Engine:
    if not which:
        raise UsageError(
            f"{runtime or 'model'} needs the name of a model",
            hint=f"{runtime or 'model'}:ID; the names: toolkit models list",
        )
    return first_of(*means.memories, load_model(means, which, runtime))


def _load_memory(which: str, means: Means) -> Engine:
    return open_memory(which, read_only=True) if which else first_of(*means.memories)


def _load_chat(which: str, means: Means) -> Engine:
    from toolkit.engines import chat  # the standard library's HTTP, which not every command needs

    engine: Engine = chat.open_named(which, means.chat)
    if means.termbase.entries:
        engine = Informed(engine, means.termbase)
    return first_of(*means.memories, engine)


def _known() -> str:
    return ", ".join(sorted({*ENGINES, *package.plugins("engines")}))


ENGINES: Mapping[str, Loader] = MappingProxyType(
    {
        "auto": _load_auto,
        "chat": _load_chat,
        "ct2": partial(_load_run, "ct2"),
        "firefox": partial(_load_run, "firefox"),
        "hf": partial(_load_run, "hf"),
        "memory": _load_memory,
        "model": _load_model,
    }
)
