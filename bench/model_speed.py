"""How fast the engines run a model of the opus size, against the bare libraries.

The weights are random and the end of a sentence can never come, so that every answer has the
same length whoever gives it; what is measured is the way there. Contestants take turns, so
that a busy machine is busy for all, and the median round counts.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from toolkit import segmentation
from toolkit.models.entries import Code, Decoding, Entry

SAMPLES = Path(__file__).parents[1] / "samples" / "articles"
TOKENS = 30  # of each source text
FORCED = 40  # of each answer
VOCABULARY = 58_000
# Sentences for each size of batch: enough for both workers, and for a machine in a hurry.
COUNTS = {1: 2, 8: 16, 32: 64}


def engine_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--rounds", type=int, default=5, help="default: %(default)s")
    parser.add_argument("--threads", type=int, default=2, help="of torch, default: %(default)s")
    parser.add_argument("--many", type=int, default=1000, help="sentences of one call (0: none)")
    parser.add_argument("--model", type=Path, help="keep the model there (default: thrown away)")


def measure_engines(arguments: argparse.Namespace) -> dict[str, Any]:
    """Tokens a second of our engines and the bare libraries, for batches of several sizes."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = arguments.model or Path(scratch)
        if not (folder / "model.safetensors").exists():
            make_model(folder)
        speeds = {size: _measure(folder, size, arguments) for size in COUNTS}
        many = {
            name: _in_a_process(folder, name, arguments) for name in ("ct2", "hf") if arguments.many
        }
    return {
        "torch_threads": arguments.threads,
        "tokens_per_second": {str(size): speed[0] for size, speed in speeds.items()},
        "tokens_per_cpu_second": {str(size): speed[1] for size, speed in speeds.items()},
        "many": many,
    }


def show_engines(result: dict[str, Any]) -> None:
    for key in ("tokens_per_second", "tokens_per_cpu_second"):
        names = list(next(iter(result[key].values())))
        print(f"{key.replace('_', ' '):<24}{''.join(f'{name:>18}' for name in names)}  ratios")
        for size, speed in result[key].items():
            row = "".join(f"{speed[name]:>18.1f}" for name in names)
            slow, bare, scored, ours = speed.values()
            ratios = f"{ours / slow:.2f} {ours / bare:.3f} {ours / scored:.3f}"
            print(f"  batches of {size:<11}{row}  {ratios}")
    print(f"transformers with {result['torch_threads']} threads, ctranslate2 with 2 workers of 1")
    for name, found in result["many"].items():
        print(
            f"{found['sentences']} sentences in one call of {name}: {found['seconds']} s, "
            f"{found['cpu_seconds']} of the processor, {found['loaded_mb']} MB loaded, "
            f"{found['peak_mb']} MB at the most"
        )


# --- the model -----------------------------------------------------------------------


def make_model(folder: Path) -> None:
    """A model of 6 and 6 layers, 512 wide, as opus-mt lies on the hub, that never ends."""
    import sentencepiece
    import torch
    import transformers

    folder.mkdir(parents=True, exist_ok=True)
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(_sentences()), model_prefix=str(folder / "spm"), vocab_size=600,
        hard_vocab_limit=False, minloglevel=2,
    )  # fmt: skip
    (folder / "spm.vocab").unlink()
    spm = (folder / "spm.model").rename(folder / "source.spm")
    (folder / "target.spm").write_bytes(spm.read_bytes())
    pieces = sentencepiece.SentencePieceProcessor(str(spm))
    own = [pieces.id_to_piece(n) for n in range(3, pieces.get_piece_size())]
    filler = [f"filler{n}" for n in range(VOCABULARY - 3 - len(own))]
    tokens = ["</s>", "<unk>", *own, *filler, "<pad>"]
    vocabulary = {token: n for n, token in enumerate(tokens)}
    (folder / "vocab.json").write_text(json.dumps(vocabulary), encoding="utf-8")
    marks = {"eos_token": "</s>", "unk_token": "<unk>", "pad_token": "<pad>"}
    (folder / "special_tokens_map.json").write_text(json.dumps(marks), encoding="utf-8")
    kind = {"tokenizer_class": "MarianTokenizer"}
    (folder / "tokenizer_config.json").write_text(json.dumps(kind), encoding="utf-8")
    torch.manual_seed(0)
    pad = VOCABULARY - 1
    model = transformers.MarianMTModel(
        transformers.MarianConfig(
            vocab_size=VOCABULARY, d_model=512, encoder_layers=6, decoder_layers=6,
            encoder_ffn_dim=2048, decoder_ffn_dim=2048, encoder_attention_heads=8,
            decoder_attention_heads=8, max_position_embeddings=512, scale_embedding=True,
            activation_function="swish", pad_token_id=pad, eos_token_id=0,
            decoder_start_token_id=pad,
        )
    )  # fmt: skip
    model.final_logits_bias[0, 0] = -1e4
    model.save_pretrained(folder)


def entry() -> Entry:
    """What a lock would say of that model."""
    return Entry(
        "random-opus", "marian", "translate", (Code("en"),), (Code("uk"),), "", True, (), "added",
        decoding=Decoding(max_output_tokens=FORCED),
    )  # fmt: skip


def _sentences() -> list[str]:
    texts = [path.read_text("utf-8") for path in sorted(SAMPLES.glob("*.txt"))]
    return [
        text[span.start : span.end]
        for text in texts
        for span in segmentation.split(text, "en")
        if span.end - span.start > 40
    ]


def _requests(folder: Path, count: int) -> tuple[Any, list[Any]]:
    """So many different texts of exactly `TOKENS` tokens, and the tokens of the model."""
    from toolkit.engines.tokens import open_tokens
    from toolkit.schema import Request

    tokens = open_tokens(entry(), folder)
    words = " ".join(_sentences()).replace(".", ",").split()
    found: list[str] = []
    at = 0
    while len(found) < count:
        text = words[at % len(words)]
        while len(tokens.encode(text)) < TOKENS:
            at += 1
            text = f"{text} {words[at % len(words)]}"
        ids = tokens.encode(text)[:TOKENS]
        cut = tokens.decode(ids)
        if len(tokens.encode(cut)) == TOKENS and len(segmentation.split(cut, "en")) == 1:
            found.append(cut)
        at += 1
    return tokens, [Request(text, "en", "uk") for text in found]


# --- the race ------------------------------------------------------------------------


def _measure(
    folder: Path, size: int, arguments: argparse.Namespace
) -> tuple[dict[str, float], ...]:
    import ctranslate2
    import torch
    from transformers import GenerationConfig, MarianMTModel

    from toolkit.engines import ct2

    torch.set_num_threads(arguments.threads)
    tokens, requests = _requests(folder, COUNTS[size])
    prompts = [tokens.prompt(tokens.encode(r.text), r) for r in requests]
    ours = ct2.open_model(entry(), folder, cache=folder / "ct2", rows=size)
    (converted,) = (folder / "ct2").iterdir()
    bare = ctranslate2.Translator(
        str(converted), compute_type="int8", inter_threads=2, intra_threads=1
    )
    names = [tokens.tokenizer.names(prompt.source) for prompt in prompts]
    model = MarianMTModel.from_pretrained(folder, local_files_only=True).eval()
    greedy = GenerationConfig(
        max_new_tokens=FORCED, min_new_tokens=FORCED, num_beams=1, do_sample=False,
        eos_token_id=0, pad_token_id=VOCABULARY - 1, decoder_start_token_id=VOCABULARY - 1,
    )  # fmt: skip
    inputs = torch.tensor([prompt.source for prompt in prompts])

    def generate() -> None:
        with torch.inference_mode():
            for part in inputs.split(size):
                model.generate(part, attention_mask=torch.ones_like(part), generation_config=greedy)

    def translate() -> None:
        bare.translate_batch(names, max_batch_size=size, beam_size=1, max_decoding_length=FORCED)

    def translate_with_scores() -> None:
        # As our engine asks it: with a score, which costs a softmax, and never an unknown word.
        bare.translate_batch(
            names, max_batch_size=size, beam_size=1, max_decoding_length=FORCED,
            return_scores=True, disable_unk=True,
        )  # fmt: skip

    contestants: dict[str, Callable[[], object]] = {
        "transformers": generate,
        "bare ctranslate2": translate,
        "… with scores": translate_with_scores,
        "ct2 int8": lambda: ours.run(requests),
    }
    wall: dict[str, list[float]] = {name: [] for name in contestants}
    processor: dict[str, list[float]] = {name: [] for name in contestants}
    for run in contestants.values():
        run()  # warms up
    for _ in range(arguments.rounds):
        for name, run in contestants.items():
            # The quick ones run so often that a turn takes all about as long.
            times = 4 if size == 1 and name != "transformers" else 1
            begin = time.perf_counter(), time.process_time()
            for _ in range(times):
                run()
            wall[name].append((time.perf_counter() - begin[0]) / times)
            processor[name].append((time.process_time() - begin[1]) / times)
    count = COUNTS[size] * FORCED
    speeds = tuple(
        {name: round(count / statistics.median(taken), 1) for name, taken in clock.items()}
        for clock in (wall, processor)
    )
    print(f"batches of {size}: {speeds}", file=sys.stderr)  # it can take long
    return speeds


def _in_a_process(folder: Path, name: str, arguments: argparse.Namespace) -> dict[str, Any]:
    """Time and memory of one call with many sentences, in a process that does nothing else."""
    done = subprocess.run(
        [sys.executable, __file__, str(folder), name, str(arguments.many), str(arguments.threads)],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _run_many(folder: Path, name: str, count: int, threads: int) -> None:
    from toolkit.engines import ct2, hf

    if name == "ct2":
        engine = ct2.open_model(entry(), folder, cache=folder / "ct2")
    else:
        engine = hf.open_model(entry(), folder, threads=threads)
    _, requests = _requests(folder, count)
    # Real sentences are of many lengths.
    requests = [
        replace(request, text=request.text[: 20 + 37 * n % 100])
        for n, request in enumerate(requests)
    ]
    loaded = _memory("VmRSS")
    begin = time.perf_counter(), time.process_time()
    engine.run(requests)
    print(
        json.dumps(
            {
                "sentences": count,
                "seconds": round(time.perf_counter() - begin[0], 1),
                "cpu_seconds": round(time.process_time() - begin[1], 1),
                "loaded_mb": loaded,
                "peak_mb": _memory("VmHWM"),
            }
        )
    )


def _memory(row: str) -> int:
    with Path("/proc/self/status").open() as status:
        return next(int(line.split()[1]) // 1024 for line in status if line.startswith(row))


if __name__ == "__main__":
    _run_many(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
