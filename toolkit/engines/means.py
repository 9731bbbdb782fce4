"""What engines are loaded from, and the one that takes the best model for each pair."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from importlib.util import find_spec
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.engines.spelling import Spelled
from toolkit.errors import ModelMissing, UsageError
from toolkit.lang import names
from toolkit.memory import Memory
from toolkit.models import Entry, FetchPlan, Lock, Store, permit, plan_fetch, read_lock, route
from toolkit.protocols import Engine, Speller
from toolkit.schema import Hypothesis, Request
from toolkit.terms import Termbase, renderings

if TYPE_CHECKING:
    from toolkit.engines.chat import Server

Runtime = str  # "firefox", "ct2" or "hf"


@dataclass(frozen=True)
class Means:
    """What engines are loaded from.

    `bring` downloads what a model lacks, or raises: by default nothing is downloaded.
    `chat` is the server of `chat:MODEL`, which is told the renderings of `termbase`. With
    `insists`, a model that was named refuses a pair it does not translate, and says so.
    """

    memories: Sequence[Memory] = ()
    store: Store | None = None
    lock: Lock | None = None
    bring: Callable[[FetchPlan, Store], Path] | None = None
    allow_noncommercial: bool = False
    chat: Server | None = None
    termbase: Termbase = field(default_factory=Termbase)
    insists: bool = False

    @cached_property
    def models(self) -> tuple[Lock, Store]:
        """The lock and the store, read when first asked for."""
        store = self.store or Store()
        return self.lock or read_lock(user=store.lock_path), store


def load_model(means: Means, id_: str, runtime: Runtime = "") -> Engine:
    """The engine of one model of the lock, which is downloaded first if need and leave be.

    Without `runtime` it is the one that is fastest of those installed.
    """
    lock, store = means.models
    entry = lock.entry(id_)
    permit(entry, allow_noncommercial=means.allow_noncommercial)
    engine = _opened(means, store, entry, runtime)
    return _Insisting(engine, entry) if means.insists else engine


class _Insisting:
    """An engine of one model that says which languages it translates, when asked for others."""

    def __init__(self, engine: Engine, entry: Entry) -> None:
        self.parts = (engine,)
        self._engine, self._entry = engine, entry

    @property
    def signature(self) -> str:
        return self._engine.signature

    def run(self, requests: Sequence[Request], /) -> Sequence[Hypothesis | None]:
        entry = self._entry
        for request in requests if entry.task == "translate" else ():
            pair = request.source_lang, request.target_lang
            if request.task == "translate" and not entry.serves(*pair):
                wanted = " into ".join(names(lang)[0] for lang in pair)
                own = " or ".join(
                    f"{names(a.lang)[0]} into {names(b.lang)[0]}"
                    for a, b in list(product(entry.sources, entry.targets))[:3]
                )
                raise ModelMissing(
                    f"the model {entry.id!r} does not translate {wanted}; it translates {own}"
                    + ", …" * (len(entry.sources) * len(entry.targets) > 3),
                    hint=f"toolkit models list --lang {pair[1]}",
                )
        return self._engine.run(requests)


class Chosen:
    """An engine that takes, for each pair of languages, the best model there is.

    Which that is decides `models.route`; nothing is loaded or downloaded before a request
    needs it. A request for a summary goes to the first model of the lock that the store has.
    """

    def __init__(self, means: Means) -> None:
        self._means = means
        self._engines: dict[tuple[str, str], Engine | ModelMissing] = {}

    @property
    def signature(self) -> str:
        return "auto"

    def signature_for(self, source_lang: str, target_lang: str) -> str:
        """The models that answer for this pair, by name and hash."""
        entries = self._route(source_lang, target_lang)
        return " + ".join(f"{entry.id}@{entry.key}" for entry in entries) or "no model"

    def run(self, requests: Sequence[Request], /) -> tuple[Hypothesis | None, ...]:
        answers: list[Hypothesis | None] = [None] * len(requests)
        pairs: dict[tuple[str, str], list[int]] = {}
        for at, request in enumerate(requests):
            pairs.setdefault((request.source_lang, request.target_lang), []).append(at)
        for pair, places in pairs.items():
            engine = self._engine(*pair)
            found = engine.run([requests[at] for at in places])
            for at, answer in zip(places, found, strict=True):
                answers[at] = answer
        return tuple(answers)

    def _route(self, source_lang: str, target_lang: str) -> tuple[Entry, ...]:
        lock, store = self._means.models
        free = self._means.allow_noncommercial
        if source_lang == target_lang:
            found = lock.candidates(source_lang, source_lang, "summarize", allow_noncommercial=free)
            return next(((entry,) for entry in found if store.has(entry)), found[:1])
        return route(
            lock, store, source_lang, target_lang,
            stored_only=self._means.bring is None, allow_noncommercial=free,
        )  # fmt: skip

    def _engine(self, source_lang: str, target_lang: str) -> Engine:
        pair = source_lang, target_lang
        if pair not in self._engines:
            try:
                self._engines[pair] = self._opened(source_lang, target_lang)
            except ModelMissing as error:  # asked once, however many sentences there are
                self._engines[pair] = error
        engine = self._engines[pair]
        if isinstance(engine, ModelMissing):
            raise engine
        return engine

    def _opened(self, source_lang: str, target_lang: str) -> Engine:
        _, store = self._means.models
        entries = self._route(source_lang, target_lang)
        if not entries:
            raise self._missing(source_lang, target_lang)
        engines = [_opened(self._means, store, entry) for entry in entries]
        if len(engines) == 1:
            return engines[0]
        (between,) = (code.lang for code in entries[0].targets)
        return Via(engines[0], engines[1], between)

    def _missing(self, source_lang: str, target_lang: str) -> ModelMissing:
        """What to say when no model is at hand: those that could be had, if there are any."""
        lock, store = self._means.models
        pair = f"{names(source_lang)[0]} into {names(target_lang)[0]}"
        could = route(lock, store, source_lang, target_lang) or lock.candidates(
            source_lang, target_lang
        )
        if could:
            fetches = " ".join(dict.fromkeys(entry.id for entry in could[:2]))
            hint = f"with a network: toolkit models fetch {fetches}"
        else:
            hint = "toolkit models list --all; or any server: --engine chat:MODEL"
        return ModelMissing(f"no model that translates {pair} is at hand", hint=hint)


class Via:
    """Two engines in a row, through a language that both know."""

    def __init__(self, first: Engine, second: Engine, between: str) -> None:
        self._first, self._second, self._between = first, second, between

    @property
    def signature(self) -> str:
        return f"{self._first.signature} + {self._second.signature}"

    def run(self, requests: Sequence[Request], /) -> tuple[Hypothesis | None, ...]:
        halves = self._first.run([replace(r, target_lang=self._between) for r in requests])
        done = [at for at, half in enumerate(halves) if half is not None and half.finished]
        # What stands around a sentence is in the first language: no help to the second engine.
        wholes = self._second.run(
            [
                replace(requests[at], text=half.text, source_lang=self._between, context=("", ""))
                for at in done
                if (half := halves[at])
            ]
        )
        answers = list(halves)  # what stayed half done is not finished, and says so
        for at, whole in zip(done, wholes, strict=True):
            half = halves[at]
            answers[at] = (
                whole
                and half
                and replace(
                    whole,
                    origin=f"{half.origin} + {whole.origin}",
                    score=half.score * whole.score,
                    links=(),
                )
            )
        return tuple(answers)


class Informed:
    """An engine that is told which renderings the names in a text are to have."""

    def __init__(self, engine: Engine, termbase: Termbase) -> None:
        self.parts = (engine,)
        self._engine, self._termbase = engine, termbase
        self.signature = f"{engine.signature} with terms"

    def run(self, requests: Sequence[Request], /) -> Sequence[Hypothesis | None]:
        return self._engine.run(
            [
                replace(r, terms=renderings(r.text, r.source_lang, r.target_lang, self._termbase))
                for r in requests
            ]
        )


def _opened(means: Means, store: Store, entry: Entry, runtime: Runtime = "") -> Engine:
    permit(entry, allow_noncommercial=means.allow_noncommercial)
    if store.has(entry) or means.bring is None:
        folder = store.folder(entry)
    else:
        plan = plan_fetch(entry, store, allow_noncommercial=means.allow_noncommercial)
        folder = means.bring(plan, store)
    return _built(store, entry, folder, runtime or _fastest(entry))


def _built(store: Store, entry: Entry, folder: Path, runtime: Runtime) -> Engine:
    if (entry.family == "firefox") != (runtime == "firefox"):
        raise UsageError(
            f"{runtime}:{entry.id}: a model of the family {entry.family!r} does not run there",
            hint=f"--model {entry.id} takes what fits",
        )
    if runtime == "firefox":
        from toolkit.engines import firefox

        engine: Speller = firefox.open_model(entry, folder)
    elif runtime == "ct2":
        from toolkit.engines import ct2

        engine = ct2.open_model(entry, folder, cache=store.derived(entry, "ct2"))
    else:
        from toolkit.engines import hf

        engine = hf.open_model(entry, folder)
    return Spelled(engine)


def _fastest(entry: Entry) -> Runtime:
    if entry.family == "firefox":
        return "firefox"
    # Models that chat run in transformers only.
    return "ct2" if entry.family != "chat" and find_spec("ctranslate2") else "hf"
