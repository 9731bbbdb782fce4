"""Doubles to test with, and the contract that every engine keeps.

For whoever writes an engine or tests a program that uses one; nothing here needs pytest.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType

from toolkit import facts, segmentation
from toolkit.lang import pack
from toolkit.protocols import PLACEHOLDER, Engine
from toolkit.schema import Hypothesis, Request, Span, digest

__all__ = ["NOISE", "EchoEngine", "Garbled", "NoisyEngine", "ScriptedEngine", "check_engine"]

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


@dataclass(frozen=True, slots=True)
class Garbled:
    """One error that a `NoisyEngine` made: in which answer, of which kind, and what it was."""

    text: str
    target_lang: str
    attempt: int
    number: int  # 0 is the hypothesis, 1 its first alternative
    kind: str
    before: str
    after: str


# What a `NoisyEngine` does with the answers of another one, and how often unless told.
NOISE: Mapping[str, float] = MappingProxyType(
    {
        "number": 0.04,  # one number is another
        "date": 0.04,  # a day, month, year, weekday or time is another
        "name": 0.04,  # a name is another one
        "lost name": 0.02,
        "lost number": 0.02,
        "drop": 0.03,  # a sentence is left out, or else a clause
        "cut": 0.03,  # the text breaks off
        "loop": 0.03,
        "language": 0.03,  # Russian for Ukrainian, the source for others
        "copy": 0.02,  # the source
        "label": 0.03,  # a placeholder is lost
        "debris": 0.02,
        "unfinished": 0.02,  # what it has itself said to be unfinished
    }
)


class NoisyEngine:
    """The answers of another engine, garbled at known rates, with a record of each error.

    `rates` are shares of answers by kind of noise (see `NOISE`), and no answer has two errors;
    one that an answer has no room for is not made. `best` is how many hypotheses an answer
    has, each garbled by itself; so is each attempt, but for the share `stubborn` of requests
    that always come out the same. `names` are renderings in the target languages that stand
    for each other. Equal seeds make equal errors, whatever the batch. What was done is in
    `record`.
    """

    def __init__(
        self,
        engine: Engine,
        seed: int = 0,
        rates: Mapping[str, float] = NOISE,
        *,
        best: int = 1,
        stubborn: float = 0.0,
        names: Mapping[str, Sequence[str]] = MappingProxyType({}),
    ) -> None:
        self._engine = engine
        self._seed = seed
        self._rates = dict(rates)
        self._best = best
        self._stubborn = stubborn
        self._names = {lang: sorted(forms, key=len, reverse=True) for lang, forms in names.items()}
        self.record: list[Garbled] = []
        shown = ",".join(f"{kind}={rate:g}" for kind, rate in self._rates.items())
        self.signature = f"noisy({engine.signature};{seed};{shown};{best};{stubborn:g})"

    def run(self, requests: Sequence[Request], /) -> tuple[Hypothesis | None, ...]:
        answers = self._engine.run(requests)
        return tuple(
            None if answer is None else self._garbled(request, answer)
            for request, answer in zip(requests, answers, strict=True)
        )

    def _garbled(self, request: Request, answer: Hypothesis) -> Hypothesis:
        fixed = self._dice(request, "stubborn").random() < self._stubborn
        made: list[str] = []
        finished = True
        for number in range(self._best):
            draw = (0, 0) if fixed else (request.attempt, number)
            kind, text = self._one(request, answer.text, self._dice(request, *draw))
            if kind:
                self.record.append(
                    Garbled(
                        *(request.text, request.target_lang, request.attempt, number),
                        *(kind, answer.text, text),
                    )
                )
            if number == 0:
                finished = kind != "unfinished"
            elif kind == "unfinished":
                continue
            made.append(text)
        others = tuple(dict.fromkeys(text for text in made[1:] if text != made[0]))
        return Hypothesis(made[0], "noisy", 0.9, finished, others)

    def _dice(self, request: Request, *names: object) -> random.Random:
        where = (self._seed, request.text, request.target_lang, *names)
        return random.Random(":".join(map(str, where)))  # noqa: S311  # errors, not secrets

    def _one(self, request: Request, text: str, dice: random.Random) -> tuple[str, str]:
        at = dice.random()
        for kind, rate in self._rates.items():
            if at < rate:
                made = self._noise(kind, request, text, dice)
                return (kind, made) if made is not None and made != text else ("", text)
            at -= rate
        return "", text

    def _noise(self, kind: str, request: Request, text: str, dice: random.Random) -> str | None:
        lang = request.target_lang
        if kind in ("number", "lost number"):
            return _other_number(text, lang, dice, lost=kind == "lost number")
        if kind == "date":
            return _other_date(text, lang, dice)
        if kind in ("name", "lost name"):
            return _other_name(text, self._names.get(lang, ()), dice, lost=kind == "lost name")
        if kind == "drop":
            return _dropped(text, lang, dice)
        if kind in ("cut", "unfinished"):
            words = text.split(" ")
            some = int(len(words) * dice.uniform(0.3, 0.7))
            return " ".join(words[:some]) if some > 1 else None
        if kind == "loop":
            words = text.split(" ")
            return " ".join(words[: dice.randint(2, 4)] * dice.randint(4, 9))
        if kind == "language" and pack(lang).script.foreign_words:  # as Russian is to Ukrainian
            return None if "⟦" in text else _RUSSIAN
        if kind in ("language", "copy"):
            return request.text
        if kind == "label":
            return PLACEHOLDER.sub("", text, count=1) if request.keep else None
        if kind == "debris":
            return _with_debris(text)
        raise ValueError(kind)


_RUSSIAN = (
    "По его словам, это было сделано для того, чтобы люди могли вернуться домой ещё до начала "
    "зимы, однако работы были остановлены, и никто не знает, когда они продолжатся."
)
# Words that stand for each other, in one form and gender.
_TURNS = tuple(
    tuple(line.split())
    for line in """
    월요일 화요일 수요일 목요일 금요일 토요일 일요일
    понеділок вівторок четвер
    понеділка вівторка четверга
    середа п'ятниця субота неділя
    середу п'ятницю суботу неділю
    середи п'ятниці суботи неділі
    січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня
    січні лютому березні квітні травні червні липні серпні вересні жовтні листопаді грудні
    Monday Tuesday Wednesday Thursday Friday Saturday Sunday
    January February March April May June July August September October November December
    """.strip().splitlines()
)
_NUMBERS = frozenset(("cardinal", "quantity", "money", "percent", "duration", "age", "ordinal"))
_DATES = frozenset(("date", "month", "weekday", "year", "time", "decade"))
_ENTITIES = {
    "'": "&#39;",
    '"': "&quot;",
    "«": "&laquo;",
    "»": "&raquo;",
    "“": "&ldquo;",
    "”": "&rdquo;",
}
_RUN = re.compile(r"(?<!⟦)\d+(?!\d*⟧)")


def _other_number(text: str, lang: str, dice: random.Random, *, lost: bool) -> str | None:
    places = [f.span for f in facts.extract(text, lang) if f.kind in _NUMBERS and f.strength > 2]
    runs = [m.span() for m in _RUN.finditer(text) if any(_within(m.span(), p) for p in places)]
    if not runs:
        return None
    start, end = dice.choice(runs)
    if lost:
        place = next(p for p in places if _within((start, end), p))
        return text[: place.start].rstrip() + text[place.end :]
    return text[:start] + _other(text[start:end], dice) + text[end:]


def _other_date(text: str, lang: str, dice: random.Random) -> str | None:
    places = [f.span for f in facts.extract(text, lang) if f.kind in _DATES and f.strength > 2]
    if not places:
        return None
    place = dice.choice(places)
    said = text[place.start : place.end]
    ways = [(m.span(), _day(m.group(), dice)) for m in _RUN.finditer(said)]
    for match in re.finditer(r"[^\W\d_]+(?:'[^\W\d_]+)?", said):
        for words in _TURNS:
            if match.group() in words:
                others = [word for word in words if word != match.group()]
                ways.append((match.span(), dice.choice(others)))
                break
    if not ways:
        return None
    (start, end), new = dice.choice(ways)
    return text[: place.start + start] + new + text[place.start + end :]


def _other_name(text: str, names: Sequence[str], dice: random.Random, *, lost: bool) -> str | None:
    here = [name for name in names if name in text]
    if not here:
        return None
    name = dice.choice(here)
    others = [other for other in names if other not in text and name not in other]
    if not lost and not others:
        return None
    return text.replace(name, "" if lost else dice.choice(others), 1).strip()


def _dropped(text: str, lang: str, dice: random.Random) -> str | None:
    spans = segmentation.split(text, lang)
    if len(spans) < 2:
        commas = [m.end() for m in re.finditer(r"[,;—](?=\s)", text)]
        marks = [0, *commas, len(text)]
        spans = tuple(Span(a, b) for a, b in pairwise(marks))
    fit = [s for s in spans if 0.25 * len(text) < s.end - s.start < 0.8 * len(text)]
    fit = [s for s in fit if "⟦" not in text[s.start : s.end]]
    if not fit:
        return None
    span = dice.choice(fit)
    return (text[: span.start].rstrip() + " " + text[span.end :].lstrip()).strip()


def _with_debris(text: str) -> str | None:
    """Quotation marks and apostrophes as web pages write them; else a number that is none."""
    if any(mark in text for mark in _ENTITIES):
        return "".join(_ENTITIES.get(char, char) for char in text)
    return _RUN.sub("XNUMX", text, count=1) if "⟦" not in text else None


def _within(run: tuple[int, int], place: Span) -> bool:
    return place.start <= run[0] and run[1] <= place.end


def _other(digits: str, dice: random.Random) -> str:
    """Another number: one digit changed, two changed places, or a nought more."""
    at = dice.randrange(len(digits))
    new = str((int(digits[at]) + dice.randint(1, 8)) % 10)
    ways = [digits[:at] + new + digits[at + 1 :]]
    if len(set(digits[:2])) > 1:
        ways.append(digits[1] + digits[0] + digits[2:])
    ways = [way for way in ways if way != digits and not way.startswith("0")]
    return dice.choice(ways) if ways else digits + "5"


def _day(digits: str, dice: random.Random) -> str:
    """Another day, month or hour that there is; another year."""
    if len(digits) > 2:
        return str(int(digits) + dice.choice((-10, -2, -1, 1, 2, 10)))
    most = 12 if int(digits) <= 12 else 23 if int(digits) <= 23 else 28
    return str(dice.choice([n for n in range(1, most + 1) if n != int(digits)]))


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
