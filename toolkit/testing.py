"""Doubles to test with, and the contract that every engine keeps.

For whoever writes an engine or tests a program that uses one; nothing here needs pytest.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from toolkit.protocols import PLACEHOLDER, Engine
from toolkit.schema import Hypothesis, Request, digest

__all__ = ["EchoEngine", "ScriptedEngine", "check_engine"]

Answer = str | Hypothesis | None


class EchoEngine:
    """Answers every request with its own text."""

    signature = "echo"

    def run(self, requests: Sequence[Request], /) -> tuple[Hypothesis, ...]:
        return tuple(Hypothesis(request.text, "echo") for request in requests)


class ScriptedEngine:
    """Answers what it was told to, and None to everything else.

    `answers` maps `(text, target_lang)` to the translation, or is a function of the request;
    texts are those of the requests, placeholders included. What was asked, call by call,
    is in `calls`. A function is known to the signature by `name` only.
    """

    def __init__(
        self,
        answers: Mapping[tuple[str, str], Answer] | Callable[[Request], Answer],
        *,
        name: str = "scripted",
    ) -> None:
        self._name = name
        self.calls: list[tuple[Request, ...]] = []
        if isinstance(answers, Mapping):
            known = dict(answers)
            rows = (part for (text, lang), answer in known.items() for part in (text, lang, answer))
            self._ask: Callable[[Request], Answer] = lambda r: known.get((r.text, r.target_lang))
            self.signature = f"{name}:{digest(*rows)}"
        else:
            self._ask = answers
            self.signature = name

    def run(self, requests: Sequence[Request], /) -> tuple[Hypothesis | None, ...]:
        self.calls.append(tuple(requests))
        return tuple(self._hypothesis(self._ask(request)) for request in requests)

    def _hypothesis(self, answer: Answer) -> Hypothesis | None:
        return Hypothesis(answer, self._name) if isinstance(answer, str) else answer


def check_engine(engine: Engine, requests: Sequence[Request]) -> None:
    """Nothing if the engine keeps the contract on these requests; else AssertionError says where.

    As many answers as requests, in their order, whatever the batch: all at once, backwards,
    one by one, none at all. Each is None or a sane hypothesis that has every placeholder of
    its request once and no other. The signature is a text, and stays what it is. Use at
    least two requests with different answers, and one with placeholders.
    """
    signature = engine.signature
    _require(isinstance(signature, str) and signature != "", "the signature is empty")
    _require(len(engine.run(())) == 0, "no requests, yet answers")
    answers = engine.run(tuple(requests))
    _require(len(answers) == len(requests), f"{len(requests)} requests, but {len(answers)} answers")
    for request, answer in zip(requests, answers, strict=True):
        if answer is not None:
            _check_answer(request, answer)
    backwards = engine.run(tuple(reversed(requests)))
    _require(
        _texts(tuple(reversed(backwards))) == _texts(answers),
        "answers do not follow their requests",
    )
    for request, answer in zip(requests, answers, strict=True):
        alone = engine.run((request,))
        _require(
            _texts(alone) == _texts((answer,)),
            f"alone, {request.text!r} gives {_texts(alone)}; among others {_texts((answer,))}",
        )
    _require(engine.signature == signature, "the signature changed while working")


def _check_answer(request: Request, answer: Hypothesis) -> None:
    where = f"the answer to {request.text!r}"
    _require(isinstance(answer, Hypothesis), f"{where} is a {type(answer).__name__}")
    _require(answer.origin != "", f"{where} does not say where it comes from")
    _require(0 <= answer.score <= 1, f"{where} has the score {answer.score}, not in [0, 1]")
    _require(
        not answer.finished or answer.text.strip() != "" or request.text.strip() == "",
        f"{where} is empty",
    )
    wanted = sorted(PLACEHOLDER.findall(request.text))
    for text in (answer.text, *answer.alternatives) if answer.finished else ():
        found = sorted(PLACEHOLDER.findall(text))
        _require(found == wanted, f"{where} has the placeholders {found}, expected {wanted}")


def _texts(answers: Sequence[Hypothesis | None]) -> list[str | None]:
    # Scores may differ in their last digits from batch to batch; what is said may not.
    return [None if answer is None else answer.text for answer in answers]


def _require(holds: bool, message: str) -> None:
    if not holds:
        raise AssertionError(message)
