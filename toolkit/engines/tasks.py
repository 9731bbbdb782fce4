"""Engines that share the work: who translates need not be who summarises, or who repairs."""

from __future__ import annotations

from collections.abc import Sequence

from toolkit.protocols import Engine, signature
from toolkit.schema import Hypothesis, Request

__all__ = ["by_task", "with_second"]


def by_task(translator: Engine, summarizer: Engine) -> Engine:
    """An engine that asks the one to translate and the other to summarise."""
    return _ByTask(translator, summarizer)


class _ByTask:
    def __init__(self, translator: Engine, summarizer: Engine) -> None:
        self._engines = {"translate": translator, "summarize": summarizer}
        self.parts = (translator, summarizer)

    @property
    def signature(self) -> str:
        return f"by_task({', '.join(engine.signature for engine in self._engines.values())})"

    def signature_for(self, source_lang: str, target_lang: str) -> str:
        # Nobody is asked to translate into the same language.
        task = "summarize" if source_lang == target_lang else "translate"
        return signature(self._engines[task], source_lang, target_lang)

    def run(self, requests: Sequence[Request], /) -> tuple[Hypothesis | None, ...]:
        answers: list[Hypothesis | None] = [None] * len(requests)
        for task, engine in self._engines.items():
            mine = [at for at, request in enumerate(requests) if request.task == task]
            found = engine.run([requests[at] for at in mine]) if mine else ()
            for at, answer in zip(mine, found, strict=True):
                answers[at] = answer
        return tuple(answers)


def with_second(engine: Engine, second: Engine) -> Engine:
    """The engine, and another that is asked for what it leaves wrong (see `repairs`)."""
    return _WithSecond(engine, second)


class _WithSecond:
    def __init__(self, engine: Engine, second: Engine) -> None:
        self.parts = (engine, second)
        self.second = second
        self._engine = engine

    @property
    def signature(self) -> str:
        return f"{self._engine.signature}, else {self.second.signature}"

    def signature_for(self, source_lang: str, target_lang: str) -> str:
        parts = (signature(part, source_lang, target_lang) for part in self.parts)
        return ", else ".join(parts)

    def run(self, requests: Sequence[Request], /) -> Sequence[Hypothesis | None]:
        return self._engine.run(requests)
