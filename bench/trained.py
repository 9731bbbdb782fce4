"""The small trained model of the tests as large as one of opus, and articles for it.

Its states are written several times side by side, its further layers change nothing, and its
further words are never said: so it says what the small one says, at the price of a large one.
Answers come to an end, can be right or wrong, and are the same whoever decodes them.
"""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))
from tests import trained_models
from toolkit.models.entries import Entry
from toolkit.protocols import PLACEHOLDER
from toolkit.schema import Article, Block, Span
from training.sentences import corpus

# As opus-mt lies on the hub.
LAYERS, WIDTH, INNER, HEADS, VOCABULARY = 6, 512, 2048, 8, 58_000
PARAGRAPHS, SENTENCES = 5, 4  # of an article; of a paragraph


def open_trained(folder: Path) -> Entry:
    """What a lock would say of the large model, which is made if the folder has none."""
    entry, small = trained_models.opus()
    if not (folder / "model.safetensors").exists():
        _grow(small, folder)
    return replace(entry, id="large-opus", files=())


def articles(count: int) -> Iterator[tuple[Article, list[str]]]:
    """So many articles without labels, and their sentences; no sentence comes twice."""
    wanted = count * PARAGRAPHS * SENTENCES
    texts = [s.en.text for s in corpus(2 * wanted, seed=7, held_out=True)]
    sentences = [text for text in texts if not PLACEHOLDER.search(text)]
    for number in range(count):
        blocks, own, text = [], [], ""
        for _ in range(PARAGRAPHS):
            part, sentences = sentences[:SENTENCES], sentences[SENTENCES:]
            start = len(text) + (text != "")
            text = f"{text}\n{' '.join(part)}".lstrip()
            blocks.append(Block("paragraph", Span(start, len(text))))
            own += part
        yield Article(f"a{number}", "en", text, tuple(blocks), source=f"a{number}.txt"), own


def _grow(small: Path, folder: Path) -> None:
    import torch
    from safetensors.torch import save_file
    from transformers import MarianConfig, MarianMTModel

    model = MarianMTModel.from_pretrained(small, dtype=torch.float32)
    sizes = {
        "d_model": WIDTH, "vocab_size": VOCABULARY, "decoder_vocab_size": VOCABULARY,
        "pad_token_id": VOCABULARY - 1, "decoder_start_token_id": VOCABULARY - 1,
    }  # fmt: skip
    for side in ("encoder", "decoder"):
        sizes |= {
            f"{side}_layers": LAYERS, f"{side}_ffn_dim": INNER, f"{side}_attention_heads": HEADS,
        }  # fmt: skip
    torch.manual_seed(0)
    grown = MarianMTModel(MarianConfig(**(model.config.to_dict() | sizes)))
    _fill(torch, grown.state_dict(), model.state_dict(), model.config)
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("source.spm", "target.spm", "tokenizer_config.json", "special_tokens_map.json"):
        shutil.copy(small / name, folder)
    words = json.loads((small / "vocab.json").read_text("utf-8"))
    fillers = (f"filler{n}" for n in range(len(words) - 1, VOCABULARY - 1))
    tokens = [*(word for word in words if word != "<pad>"), *fillers, "<pad>"]
    vocabulary = {token: n for n, token in enumerate(tokens)}
    (folder / "vocab.json").write_text(json.dumps(vocabulary), encoding="utf-8")
    grown.config.save_pretrained(folder)
    model.generation_config.update(
        pad_token_id=VOCABULARY - 1, decoder_start_token_id=VOCABULARY - 1,
        bad_words_ids=[[VOCABULARY - 1]],
    )  # fmt: skip
    model.generation_config.save_pretrained(folder)
    # By hand: positions are saved by nobody else, and these are those of the small model.
    tied = ("lm_head.weight", "embed_tokens.weight")  # to `model.shared`
    tensors = {k: one for k, one in grown.state_dict().items() if not k.endswith(tied)}
    save_file(tensors, folder / "model.safetensors", {"format": "pt"})


def _fill(torch: Any, large: dict[str, Any], small: dict[str, Any], config: Any) -> None:
    """The weights of the large model, in place."""
    heads, size = config.encoder_attention_heads, config.d_model // config.encoder_attention_heads
    at = torch.arange(WIDTH)
    # Which number of the small model each number of the large one repeats.
    wide, inner = at % config.d_model, torch.arange(INNER) % config.encoder_ffn_dim
    spread = at // (WIDTH // HEADS) * heads // HEADS * size + at % (WIDTH // HEADS) % size
    shapes = dict.fromkeys(("q_proj", "k_proj", "v_proj"), (spread, wide)) | {
        "out_proj": (wide, spread), "fc1": (inner, wide), "fc2": (wide, inner),
    }  # fmt: skip
    smaller = (config.d_model / WIDTH) ** 0.5
    for name, tensor in large.items():
        part, kind = name.split(".")[-2:] if "." in name else (name, "")
        old = small.get(name)
        if old is None:  # a further layer, which adds nothing
            if part in ("out_proj", "fc2"):
                tensor.zero_()
        elif part in shapes:
            rows, columns = shapes[part]
            share = old.shape[-1] / len(columns)  # each number is now summed several times
            tensor.copy_(old[rows][:, columns] * share if kind == "weight" else old[rows])
            if part == "q_proj":  # as heads are wider, too
                tensor.mul_((size / (WIDTH // HEADS)) ** 0.5)
        elif part.endswith("layer_norm"):
            tensor.copy_(old[wide])
        elif part == "embed_positions":
            tensor.copy_(old[:, wide])
        elif part == "final_logits_bias":
            tensor.fill_(-1e4)  # of the fillers
            tensor[:, : old.shape[1] - 1] = old[:, :-1]
        else:  # the embeddings, which are multiplied by the root of the width
            tensor[: len(old) - 1] = old[:-1][:, wide] * smaller
            tensor[-1] = 0
    # What comes out of a layer is normal, and stays so; only the last one gives it its scale.
    for side, scale in (("encoder", 1.0), ("decoder", smaller)):
        for kind, none in (("weight", 1.0), ("bias", 0.0)):
            last, end = (
                large[f"model.{side}.layers.{n - 1}.final_layer_norm.{kind}"]
                for n in (config.encoder_layers, LAYERS)
            )
            end.copy_(last * scale)
            last.fill_(none)
