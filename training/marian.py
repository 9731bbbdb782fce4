"""Train the small Marian model, English to Ukrainian and Korean, in the opus file layout.

    python -m training.marian --out tests/models

writes `opus-small/` (whole) and `opus-small-early/` (the weights of the first checkpoint
that got `EARLY` of the sentences right, and made mistakes in the others).
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from training.batches import batches, padded, rate, train_pieces
from training.sentences import corpus

TARGETS = {"uk": ">>ukr<<", "ko": ">>kor<<"}
SEED = 20261122
SENTENCES = 40_000
STEPS = 5000
TOKENS = 1500  # of the source, per batch
EVERY = 250
EARLY = 0.8


def main() -> None:
    import torch
    import transformers

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--steps", type=int, default=STEPS)
    options = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(SEED)
    sentences = corpus(SENTENCES, seed=SEED)
    folder = options.out / "opus-small"
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer = _make_tokenizer(folder, sentences)
    pairs = [
        (f"{mark} {sentence.en.text}", getattr(sentence, lang).text)
        for sentence in sentences
        for lang, mark in TARGETS.items()
    ]
    sources = tokenizer([source for source, _ in pairs])["input_ids"]
    targets = tokenizer(text_target=[target for _, target in pairs])["input_ids"]
    config = _config(len(tokenizer))
    model = transformers.MarianMTModel(config)
    _zero_pad_row(model)
    early = _train(model, tokenizer, sources, targets, options.steps)
    _save(model, folder)
    if early is not None:
        model.load_state_dict(early)
        _save(model, options.out / "opus-small-early", weights_only=True)


def _train(
    model: Any,
    tokenizer: Any,
    sources: Sequence[Sequence[int]],
    targets: Sequence[Sequence[int]],
    steps: int,
) -> dict[str, Any] | None:
    """Train, and give the weights of the early checkpoint."""
    import torch

    pad = model.config.pad_token_id
    optimizer = torch.optim.AdamW(model.parameters(), lr=0, betas=(0.9, 0.98), weight_decay=0.01)
    started, words, early = time.monotonic(), 0, None
    order = batches([len(row) for row in sources], TOKENS, SEED, steps=steps)
    for step, batch in enumerate(order, 1):
        for group in optimizer.param_groups:
            group["lr"] = rate(step, steps, warm_up=300, highest=1.5e-3)
        source = torch.tensor(padded([sources[at] for at in batch], pad))
        target = torch.tensor(padded([targets[at] for at in batch], pad))
        logits = model(
            input_ids=source,
            attention_mask=(source != pad).long(),
            decoder_input_ids=torch.cat([torch.full_like(target[:, :1], pad), target[:, :-1]], 1),
        ).logits
        # Without the class of the padding its row stays zero, which CTranslate2 takes for
        # granted: it begins to decode from a zero embedding, whatever the row says.
        loss = torch.nn.functional.cross_entropy(
            logits[..., :pad].flatten(0, 1), target.flatten(), ignore_index=pad
        )
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        _zero_pad_row(model)
        words += int((target != pad).sum())
        if step % EVERY == 0 or step == steps:
            right, seconds = _exact(model, tokenizer), time.monotonic() - started
            pace = f"{words / seconds:.0f} tokens/s {seconds:.0f} s"
            _log(f"{step} loss {loss.item():.4f} exact {right} {pace}")
            if early is None and min(right.values()) >= EARLY:
                early = {name: weight.clone() for name, weight in model.state_dict().items()}
    return early


def _exact(model: Any, tokenizer: Any) -> dict[str, float]:
    """The share of 100 held-out sentences that come out as they should, by language."""
    import torch

    model.eval()
    held_out = corpus(100, seed=3, held_out=True)
    shares = {}
    for lang, mark in TARGETS.items():
        batch = tokenizer(
            [f"{mark} {s.en.text}" for s in held_out], return_tensors="pt", padding=True
        )
        with torch.no_grad():
            found = model.generate(**batch, num_beams=1, max_length=128)
        texts = tokenizer.batch_decode(found, skip_special_tokens=True)
        right = [text == getattr(s, lang).text for text, s in zip(texts, held_out, strict=True)]
        shares[lang] = sum(right) / len(right)
    model.train()
    return shares


def _make_tokenizer(folder: Path, sentences: Sequence[Any]) -> Any:
    """Source and target pieces of their own, and one vocabulary of both, as opus has it."""
    import sentencepiece
    import transformers

    parts = {
        "source.spm": train_pieces((s.en.text for s in sentences), 600, unk_id=1, eos_id=0),
        "target.spm": train_pieces(
            (text for s in sentences for text in (s.uk.text, s.ko.text)), 1200, unk_id=1, eos_id=0
        ),
    }
    vocabulary = {"</s>": 0, "<unk>": 1}
    for name, model in parts.items():
        (folder / name).write_bytes(model)
        pieces = sentencepiece.SentencePieceProcessor(model_proto=model)
        for at in range(pieces.get_piece_size()):
            vocabulary.setdefault(pieces.id_to_piece(at), len(vocabulary))
    for piece in (*TARGETS.values(), "<pad>"):
        vocabulary[piece] = len(vocabulary)
    (folder / "vocab.json").write_text(json.dumps(vocabulary, ensure_ascii=False), encoding="utf-8")
    names = {"eos_token": "</s>", "unk_token": "<unk>", "pad_token": "<pad>"}
    (folder / "special_tokens_map.json").write_text(json.dumps(names) + "\n")
    settings = {
        **names,
        "source_lang": "eng",
        "target_lang": "ukr+kor",
        "separate_vocabs": False,
        "model_max_length": 512,
        "tokenizer_class": "MarianTokenizer",
    }
    (folder / "tokenizer_config.json").write_text(json.dumps(settings, indent=2) + "\n")
    return transformers.MarianTokenizer.from_pretrained(folder)


def _config(size: int) -> Any:
    import transformers

    return transformers.MarianConfig(
        vocab_size=size,
        d_model=128,
        encoder_layers=2,
        decoder_layers=2,
        encoder_attention_heads=4,
        decoder_attention_heads=4,
        encoder_ffn_dim=512,
        decoder_ffn_dim=512,
        dropout=0.0,
        attention_dropout=0.0,
        activation_function="swish",
        max_position_embeddings=512,
        scale_embedding=True,
        static_position_embeddings=True,
        normalize_before=False,
        normalize_embedding=False,
        add_final_layer_norm=False,
        share_encoder_decoder_embeddings=True,
        tie_word_embeddings=True,
        pad_token_id=size - 1,
        eos_token_id=0,
        bos_token_id=0,
        decoder_start_token_id=size - 1,
        forced_eos_token_id=0,
        dtype="float32",
    )


def _zero_pad_row(model: Any) -> None:
    import torch

    with torch.no_grad():
        model.model.shared.weight[model.config.pad_token_id].zero_()


def _save(model: Any, folder: Path, *, weights_only: bool = False) -> None:
    """Weights in half precision, used in full: half the size, and the same answers."""
    import transformers

    pad = model.config.pad_token_id
    model.generation_config = transformers.GenerationConfig(
        pad_token_id=pad,
        eos_token_id=0,
        bos_token_id=0,
        decoder_start_token_id=pad,
        forced_eos_token_id=0,
        bad_words_ids=[[pad]],
        max_length=512,
        num_beams=4,
    )
    with tempfile.TemporaryDirectory() as place:
        model.half().save_pretrained(place)
        model.float()
        folder.mkdir(parents=True, exist_ok=True)
        names = [
            "model.safetensors",
            *([] if weights_only else ["config.json", "generation_config.json"]),
        ]
        for name in names:
            shutil.copyfile(Path(place) / name, folder / name)
    if not weights_only:
        path = folder / "config.json"
        config = json.loads(path.read_text())
        path.write_text(json.dumps({**config, "dtype": "float32"}, indent=2) + "\n")


def _log(line: str) -> None:
    sys.stderr.write(line + "\n")
    sys.stderr.flush()


if __name__ == "__main__":
    main()
