"""Models of transformers: encoder-decoders of each family, and those that chat.

Hides torch. The pipelines for translation are gone in transformers 5, so `generate` is called
here, with every setting that bears on the answer given: what a model's folder says of sampling,
lengths or forced ends is not followed blindly. Weights come from the given folder and nowhere
else, as safetensors or through torch's weights-only loader.
"""

from __future__ import annotations

import threading
import warnings
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from toolkit.engines.pieces import Batch, Output, Prompt, Settings, answer
from toolkit.engines.tokens import LOADING, Tokens, go_offline, open_tokens, signature
from toolkit.errors import EngineError, ModelError, ModelMismatch, UsageError
from toolkit.models.entries import Entry
from toolkit.package import install
from toolkit.protocols import Speller
from toolkit.schema import Hypothesis, Request

__all__ = ["need_torch", "open_model"]

ROWS = 32


def open_model(
    entry: Entry,
    folder: Path,
    *,
    beam: int | None = None,
    device: str | None = None,
    threads: int = 0,
    rows: int = ROWS,
) -> Speller:
    """An engine of a model whose files were verified.

    `device` is a name of torch's; by default a GPU if there is one, in bfloat16 if it can, and
    else the processor in float32, with `threads` threads (0: torch chooses). A batch has at most
    `rows` sentences. Raises ModelError if torch is missing, ModelMismatch if the files are not
    a model of the family that the entry names, with the languages that it names.
    """
    torch = need_torch("the engine 'hf'", "hf")
    if threads:
        torch.set_num_threads(threads)
    tokens = open_tokens(entry, folder, beam=beam)
    place = _place(torch, device)
    dtype = _dtype(torch, place)
    model = _load(entry, folder, dtype).to(place).eval()
    return _Transformer(torch, model, tokens, folder, rows=rows)


class _Transformer:
    def __init__(self, torch: Any, model: Any, tokens: Tokens, folder: Path, *, rows: int) -> None:
        self._torch = torch
        self._model = model
        self._tokens = tokens
        self._rows = rows
        self._ends = _ends(model, tokens)
        # What the folder says of decoding is followed where we say so, and not behind our back.
        self._start = _start(model)
        model.generation_config = type(model.generation_config)()
        precision = f"{str(model.dtype).removeprefix('torch.')} {model.device.type}"
        self.signature = signature("hf", tokens, folder, precision)
        self._busy = threading.Lock()  # generating keeps its state in the model

    def spells(self, text: str, /) -> bool:
        return self._tokens.spells(text)

    def run(self, requests: Sequence[Request], /) -> tuple[Hypothesis | None, ...]:
        with self._busy:
            return answer(
                requests,
                self._tokens,
                self._decode,
                origin=f"hf:{self._tokens.entry.id}",
                rows=self._rows,
            )

    def _decode(self, batches: Sequence[Batch]) -> list[list[list[Output]]]:
        return [self._generate(batch) for batch in batches]

    def _generate(self, batch: Batch) -> list[list[Output]]:
        torch = self._torch
        chat = self._tokens.entry.family == "chat"
        inputs = _padded(torch, batch, left=chat, pad=self._pad).to(self._model.device)
        mask = _mask(torch, batch, left=chat).to(self._model.device)
        recorder = _Recorder(2 * batch.settings.beam if batch.settings.beam > 1 else 1)
        width = inputs.shape[1] if chat else 0
        extra = {}
        if not chat:
            starts = [[self._start]] * len(batch.prompts)
            extra["decoder_input_ids"] = torch.tensor(starts, device=self._model.device)
        try:
            with torch.inference_mode(), warnings.catch_warnings():
                warnings.simplefilter("ignore")  # about settings that do not apply to this family
                made = self._model.generate(
                    inputs,
                    attention_mask=mask,
                    generation_config=self._config(batch),
                    logits_processor=[*self._penalty(batch.settings, width), recorder],
                    **extra,
                )
        except torch.OutOfMemoryError as exc:
            raise EngineError(
                f"{self.signature}: out of memory with {len(batch.prompts)} sentences at once",
                hint="ask for smaller batches, or use another engine: ct2 needs a quarter",
            ) from exc
        except (RuntimeError, ValueError, IndexError) as exc:
            raise EngineError(f"{self.signature}: failed: {exc}") from exc
        return self._outputs(batch, made, recorder, width)

    def _config(self, batch: Batch) -> Any:
        from transformers import GenerationConfig

        settings, tokenizer = batch.settings, self._tokens.tokenizer
        chat = self._tokens.entry.family == "chat"
        lead = len(batch.prefix)  # one token or none; it counts as a part of the answer
        marks = (tokenizer.pad, tokenizer.unk)
        silent = {mark for mark in marks if mark is not None and mark not in self._ends}
        return GenerationConfig(
            do_sample=False,
            num_beams=settings.beam,
            num_return_sequences=settings.beam,
            max_new_tokens=lead + batch.room,
            # As CTranslate2 does: enough finished beams are enough.
            early_stopping=settings.beam > 1,
            length_penalty=settings.length_penalty,
            min_new_tokens=lead + batch.least,
            no_repeat_ngram_size=None if chat else settings.no_repeat_ngram or None,
            repetition_penalty=None if chat else settings.repetition_penalty,
            forced_bos_token_id=batch.prefix[0] if lead else None,
            # Neither can be read: <unk> would be a loss without a trace.
            suppress_tokens=sorted(silent) or None,
            eos_token_id=list(self._ends),
            pad_token_id=self._pad,
            bos_token_id=getattr(tokenizer, "bos", None),
            decoder_start_token_id=self._start,
            return_dict_in_generate=True,
            use_cache=True,
            renormalize_logits=True,  # over what can be said, as CTranslate2 does
        )

    def _penalty(self, settings: Settings, width: int) -> list[Any]:
        """Against repeating, for models that read and write in one row of tokens.

        What they copy from the text (figures!) is no repetition, so the text is left out; an
        n-gram that must not come twice would forbid just that, so there is none for them.
        """
        if self._tokens.entry.family != "chat" or settings.repetition_penalty == 1.0:
            return []
        from transformers import RepetitionPenaltyLogitsProcessor

        return [
            RepetitionPenaltyLogitsProcessor(
                settings.repetition_penalty, prompt_ignore_length=width
            )
        ]

    @property
    def _pad(self) -> int:
        pad = self._tokens.tokenizer.pad
        return self._ends[0] if pad is None else pad

    def _outputs(
        self, batch: Batch, made: Any, recorder: _Recorder, width: int
    ) -> list[list[Output]]:
        lead = len(batch.prefix)
        beams = getattr(made, "beam_indices", None)
        rows = made.sequences[:, width or 1 :].tolist()
        came_from = beams.tolist() if beams is not None else None
        outputs = []
        for at, row in enumerate(rows):
            ends = (n + 1 for n in range(lead, len(row)) if row[n] in self._ends)
            end = next(ends, None)
            stop = end or len(row)
            path = came_from[at] if came_from is not None else [at] * stop
            log_probs = [recorder.log_prob(n, path[n], row[n]) for n in range(lead, stop)]
            ids = tuple(row[lead : stop - 1 if end else stop])
            mean = sum(log_probs) / max(1, len(log_probs))
            outputs.append(Output(ids, mean, len(log_probs), end is not None))
        n_best = batch.settings.beam
        return [outputs[at : at + n_best] for at in range(0, len(outputs), n_best)]


class _Recorder:
    """Remembers, while a model writes, how probable the tokens are that it can choose.

    Keeping all scores, as `output_scores` does, takes gigabytes for a vocabulary of 256 000.
    A token that beam search chooses is among the `2 * beams` best of its row.
    """

    def __init__(self, best: int) -> None:
        self._best = best
        self._steps: list[tuple[list[list[float]], list[list[int]]]] = []

    def __call__(self, _ids: Any, scores: Any) -> Any:
        values, tokens = scores.topk(min(self._best, scores.shape[-1]), dim=-1)
        log_probs = values - scores.logsumexp(dim=-1, keepdim=True)
        self._steps.append((log_probs.tolist(), tokens.tolist()))
        return scores

    def log_prob(self, step: int, row: int, token: int) -> float:
        log_probs, tokens = self._steps[step]
        known = tokens[row]
        return log_probs[row][known.index(token)] if token in known else min(log_probs[row])


# --- loading -------------------------------------------------------------------------


def need_torch(who: str, extra: str) -> Any:
    """The package torch, kept from the network; ModelError naming the extra if it is missing."""
    go_offline()
    try:
        import torch  # heavy, and not installed by everybody
    except ImportError as exc:
        raise ModelError(f"{who} needs torch, which is not installed", hint=install(extra)) from exc
    return torch


def _place(torch: Any, device: str | None) -> Any:
    if device is None:
        return torch.device("cuda" if torch.cuda.is_available() else "cpu")
    try:
        place = torch.device(device)
        torch.empty(0, device=place)
    except (RuntimeError, AssertionError) as exc:  # torch without CUDA asserts
        raise UsageError(
            f"device {device!r}: cannot be used: {str(exc).splitlines()[0]}",
            hint="leave it out, or use: cpu",
        ) from exc
    return place


def _dtype(torch: Any, place: Any) -> Any:
    # Processors without instructions for bfloat16 are slower with it, and answers differ.
    return (
        torch.bfloat16
        if place.type == "cuda" and torch.cuda.is_bf16_supported()
        else (torch.float16 if place.type == "cuda" else torch.float32)
    )


def _load(entry: Entry, folder: Path, dtype: Any) -> Any:
    from transformers import AutoModelForCausalLM, AutoModelForSeq2SeqLM
    from transformers.utils import logging

    logging.set_verbosity_error()
    logging.disable_progress_bar()
    kind = AutoModelForCausalLM if entry.family == "chat" else AutoModelForSeq2SeqLM
    load = partial(
        kind.from_pretrained,
        str(folder),
        local_files_only=True,
        trust_remote_code=False,
        weights_only=True,
        dtype=dtype,
        output_loading_info=True,
    )
    try:
        with LOADING, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            model, info = load()
    except ImportError as exc:
        raise ModelError(f"{entry.id}: {exc}", hint=install("hf")) from exc
    except Exception as exc:  # what broken files raise is of many kinds
        raise ModelMismatch(f"{folder}: is no {entry.family} model: {exc}") from exc
    # Weights that are not there would be drawn at random, with a mere warning.
    if missing := sorted(info["missing_keys"]):
        raise ModelMismatch(
            f"{folder}: {len(missing)} weights are missing, the first is {missing[0]!r}",
            hint="fetch the model again: toolkit models fetch " + entry.id,
        )
    return model


def _start(model: Any) -> int | None:
    for config in (model.config, model.generation_config):
        found = getattr(config, "decoder_start_token_id", None)
        if isinstance(found, int):
            return found
    return None


def _ends(model: Any, tokens: Tokens) -> tuple[int, ...]:
    """The tokens that end an answer: chat models have several."""
    found = model.generation_config.eos_token_id
    several = found if isinstance(found, list) else [found]
    ends = (
        [tokens.tokenizer.eos, *several]
        if tokens.entry.family == "chat"
        else [tokens.tokenizer.eos]
    )
    return tuple(dict.fromkeys(end for end in ends if end is not None))


def _padded(torch: Any, batch: Batch, *, left: bool, pad: int = 0) -> Any:
    width = max(len(prompt.source) for prompt in batch.prompts)
    rows = [(list(p.source), [pad] * (width - len(p.source))) for p in batch.prompts]
    return torch.tensor([fill + ids if left else ids + fill for ids, fill in rows])


def _mask(torch: Any, batch: Batch, *, left: bool) -> Any:
    ones = Batch(tuple(Prompt((1,) * len(p.source)) for p in batch.prompts), batch.settings, 0)
    return _padded(torch, ones, left=left)
