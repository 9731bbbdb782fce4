"""The same encoder-decoders in CTranslate2: int8 on processors, three to five times as fast.

Hides the conversion. It is made once, from the verified files and nothing else (the
converter's own `--revision` pins the weights only), into a folder named after all it depends
on, with the hash of each of its files; one that is damaged is made again. Lengths are ours
to set: CTranslate2 cuts inputs at 1024 and outputs at 256 tokens without a word.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
import time
import warnings
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from toolkit.engines.hf import need_torch
from toolkit.engines.pieces import Batch, Output, answer
from toolkit.engines.tokens import (
    LOADING,
    Tokens,
    fingerprint,
    load_hub_tokenizer,
    open_tokens,
    read_config,
    signature,
)
from toolkit.errors import EngineError, ModelError, ModelMismatch, UsageError
from toolkit.models.entries import Entry
from toolkit.package import install
from toolkit.protocols import Speller
from toolkit.schema import Hypothesis, Request

__all__ = ["open_model"]

ROWS = 32
_SEAL = "conversion.json"
_ABANDONED = 24 * 3600.0  # seconds after which an unfinished conversion is no longer being made


def open_model(
    entry: Entry,
    folder: Path,
    *,
    cache: Path,
    beam: int | None = None,
    workers: int = 2,
    compute: str = "int8",
    rows: int = ROWS,
) -> Speller:
    """An engine of a model whose files were verified, converted into `cache` if it is not there.

    `workers` batches are worked on at a time, each by one thread (two threads on one batch are
    slower than one), of at most `rows` sentences. `compute` is a type of CTranslate2's. Raises
    ModelError if ctranslate2 is missing, or torch for the conversion; ModelMismatch if the
    model cannot be converted without changing what it answers.
    """
    ctranslate2 = _ctranslate2()
    if entry.family in ("chat", "firefox"):
        raise UsageError(
            f"{entry.id}: the engine 'ct2' runs no models of the family {entry.family!r}",
            hint=f"use: {'hf' if entry.family == 'chat' else 'firefox'}:{entry.id}",
        )
    if workers < 1:
        raise UsageError(f"workers: expected 1 or more, found {workers}")
    tokens = open_tokens(entry, folder, beam=beam)
    place = _converted(entry, folder, cache, compute)
    try:
        translator = ctranslate2.Translator(
            str(place), device="cpu", compute_type=compute, inter_threads=workers, intra_threads=1
        )
    except (RuntimeError, ValueError) as exc:
        raise ModelError(f"{entry.id}: cannot be loaded with {compute!r}: {exc}") from exc
    return _Translator(translator, tokens, folder, compute, workers, rows)


class _Translator:
    def __init__(
        self, translator: Any, tokens: Tokens, folder: Path, compute: str, workers: int, rows: int
    ) -> None:
        self._translator = translator
        self._tokens = tokens
        self._workers = workers
        self._rows = rows
        tokenizer = tokens.tokenizer
        self._end = tokenizer.names([tokenizer.eos])[0]
        # The <pad> of Marian is no longer there.
        self._silent = (
            [tokenizer.names([tokenizer.pad])]
            if tokenizer.pad is not None and tokens.entry.family != "marian"
            else None
        )
        self.signature = signature("ct2", tokens, folder, compute)

    def spells(self, text: str, /) -> bool:
        return self._tokens.spells(text)

    def run(self, requests: Sequence[Request], /) -> tuple[Hypothesis | None, ...]:
        # Few sentences are shared out, so that no worker is without.
        share = -(-len(requests) // self._workers)
        return answer(
            requests,
            self._tokens,
            self._decode,
            origin=f"ct2:{self._tokens.entry.id}",
            rows=max(1, min(self._rows, share)),
        )

    def _decode(self, batches: Sequence[Batch]) -> list[list[list[Output]]]:
        try:
            waiting = [self._translate(batch) for batch in batches]
            return [
                [self._outputs(batch, result.result()) for result in results]
                for batch, results in zip(batches, waiting, strict=True)
            ]
        except (RuntimeError, ValueError, MemoryError) as exc:
            raise EngineError(f"{self.signature}: failed: {exc}") from exc

    def _translate(self, batch: Batch) -> list[Any]:
        names, settings = self._tokens.tokenizer.names, batch.settings
        lead = len(batch.prefix)  # it counts as a part of the answer
        started: list[Any] = self._translator.translate_batch(
            [names(prompt.source) for prompt in batch.prompts],
            target_prefix=[names(batch.prefix)] * len(batch.prompts) if lead else None,
            asynchronous=True,
            beam_size=settings.beam,
            num_hypotheses=settings.beam,
            length_penalty=settings.length_penalty,
            no_repeat_ngram_size=settings.no_repeat_ngram,
            repetition_penalty=settings.repetition_penalty,
            min_decoding_length=lead + batch.least,
            max_decoding_length=lead + batch.room,
            max_input_length=0,  # nothing is cut: what is longer than the model takes never comes
            suppress_sequences=self._silent,
            disable_unk=True,
            return_end_token=True,
            return_scores=True,
        )
        return started

    def _outputs(self, batch: Batch, result: Any) -> list[Output]:
        lead = len(batch.prefix)
        outputs = []
        for names, score in zip(result.hypotheses, result.scores, strict=True):
            said = names[lead:]
            finished = bool(said) and said[-1] == self._end
            steps = max(1, len(said))
            # The sum over all tokens, divided by a power of their number; the prefix adds nothing.
            log_prob = score * len(names) ** batch.settings.length_penalty / steps
            ids = self._tokens.tokenizer.numbers(said[:-1] if finished else said)
            outputs.append(Output(tuple(ids), log_prob, steps, finished))
        return outputs


def _ctranslate2() -> Any:
    try:
        import ctranslate2  # an extra
    except ImportError as exc:
        raise ModelError(
            "the engine 'ct2' needs ctranslate2, which is not installed",
            hint=install("ct2"),
        ) from exc
    return ctranslate2


# --- conversion ----------------------------------------------------------------------


def _converted(entry: Entry, folder: Path, cache: Path, compute: str) -> Path:
    """The folder of the sound conversion, which is made if need be."""
    key = f"{fingerprint(entry, folder)}-{compute}-{version('ctranslate2')}"
    place = cache / f"{entry.id}-{key}"
    if _sound(place):
        return place
    cache.mkdir(parents=True, exist_ok=True)
    _clear(cache)
    made = Path(tempfile.mkdtemp(prefix=f"{place.name}.", suffix=".part", dir=cache))
    try:
        _convert(entry, folder, made / "model", compute)
        _seal(made / "model")
        _put(made, place)
    finally:
        shutil.rmtree(made, ignore_errors=True)
    return place


def _put(made: Path, place: Path) -> None:
    """Show what was made under its name, at once; a second process may have been faster."""
    for _ in range(3):
        try:
            (made / "model").rename(place)
        except OSError:
            if _sound(place):
                return
            shutil.rmtree(made / "damaged", ignore_errors=True)
            try:
                place.rename(made / "damaged")
            except FileNotFoundError:
                continue  # taken away by another process that found it damaged
        else:
            return
    raise ModelError(f"{place}: cannot be written", hint="see whether the folder can be changed")


def _sound(place: Path) -> bool:
    """Whether a conversion is whole and as it was made."""
    try:
        seal = json.loads((place / _SEAL).read_text("utf-8"))
        return bool(seal) and seal == _hashes(place)
    except (OSError, ValueError):
        return False


def _seal(place: Path) -> None:
    (place / _SEAL).write_text(json.dumps(_hashes(place), indent=1), encoding="utf-8")


def _hashes(place: Path) -> dict[str, str]:
    found = {}
    for path in sorted(place.iterdir()):
        if path.name != _SEAL:
            with path.open("rb") as stream:
                found[path.name] = hashlib.file_digest(stream, "sha256").hexdigest()
    return found


def _clear(cache: Path) -> None:
    """Remove what conversions left behind that were killed."""
    for path in cache.glob("*.part"):
        try:
            if time.time() - path.stat().st_mtime > _ABANDONED:
                shutil.rmtree(path, ignore_errors=True)
        except FileNotFoundError:
            continue


def _convert(entry: Entry, folder: Path, place: Path, compute: str) -> None:
    need_torch(f"{entry.id}: to convert it once, the engine 'ct2'", "hf,ct2")
    from ctranslate2.converters import TransformersConverter
    from transformers.utils import logging

    logging.disable_progress_bar()

    class Converter(TransformersConverter):  # type: ignore[misc]  # untyped
        def load_model(self, kind: Any, name: str, **options: Any) -> Any:
            model = kind.from_pretrained(
                name, local_files_only=True, use_safetensors=None, weights_only=True, **options
            )
            _check_model(entry, model)
            # transformers 5 calls all T5 models tied and keeps apart what the converter wants to
            # know of it: whether the last states are scaled. Unscaled ones (T5 1.1, MADLAD) would
            # come out too flat, and beam search with other answers.
            scaled = getattr(model.config, "scale_decoder_outputs", None)
            if scaled is not None:
                model.config.tie_word_embeddings = scaled
            return model

        def load_tokenizer(self, _kind: Any, _name: str, **_options: Any) -> Any:
            return load_hub_tokenizer(folder, entry.family)

    if entry.family == "marian" and (folder / "target_vocab.json").exists():
        raise ModelMismatch(
            f"{entry.id}: CTranslate2 cannot convert a Marian model with two vocabularies",
            hint=f"use: hf:{entry.id}",
        )
    try:
        with LOADING, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            Converter(str(folder)).convert(str(place), quantization=_quantization(compute))
    except ModelError:
        raise
    except OSError as exc:
        raise ModelError(f"{entry.id}: the conversion failed: {exc}") from exc
    except Exception as exc:  # what broken files raise is of many kinds
        raise ModelMismatch(
            f"{entry.id}: cannot be converted: {exc}", hint=f"use: hf:{entry.id}"
        ) from exc
    _check_tokens(entry, place)


def _quantization(compute: str) -> str | None:
    return None if compute in ("float32", "default", "auto") else compute


def _check_model(entry: Entry, model: Any) -> None:
    """Refuse what would answer otherwise than in transformers.

    CTranslate2 starts Marian models from a zero embedding, transformers from that of <pad>.
    Published models have a row of zeros there; training with transformers can move it, and
    then half of the answers change.
    """
    if entry.family != "marian":
        return
    row = model.get_decoder().embed_tokens.weight[model.config.decoder_start_token_id]
    if norm := float(row.norm()):
        raise ModelMismatch(
            f"{entry.id}: the embedding of <pad> has the norm {norm:.3g}, expected 0: "
            "CTranslate2 would start its answers from zero and change them",
            hint=f"use: hf:{entry.id}",
        )


def _check_tokens(entry: Entry, place: Path) -> None:
    """Refuse a conversion that CTranslate2 makes and then cannot load, or misreads."""
    config: Mapping[str, Any] = read_config(place)
    if lost := sorted(name for name in ("bos_token", "eos_token", "unk_token")
                      if name in config and config[name] is None):  # fmt: skip
        raise ModelMismatch(
            f"{entry.id}: its tokenizer has no {' and no '.join(lost)}",
            hint="special_tokens_map.json of the model is missing: list it in models.lock",
        )
