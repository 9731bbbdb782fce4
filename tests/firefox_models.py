"""Writers of models in the format of Firefox Translations: the container, its parts, a folder.

A model is a mapping of names to float32 arrays in their logical orientation (`x @ W + b`,
so a weight is `[in, out]`, an embedding `[words, width]`, a bias or scale `[1, width]`);
`tensor_shapes` lists the names. Which of them become int8 (`is_quantised`), how that is laid
out, where the alphas go and how the items are ordered is the business of `write_model`.

    write_model(folder / "model.enuk.intgemm.alphas.bin", weights, config_text(shape),
                alphas={"encoder_l1_self_Wq": 127 / 5.1, ...})
    train_vocabulary(folder / "vocab.enuk.spm", lines, 4000)
    write_shortlist(folder / "lex.50.50.enuk.s2t.bin", {source_id: [target_id, ...], ...}, 4000)
    entry = describe(folder, "en", "uk")

What trained weights must keep to (`random_weights` shows an example): sentence ends with
id 0, unknown is id 1; embeddings are multiplied by sqrt(width), positions are the halves
sin and cos; layers are post-norm with eps 1e-6; the decoder is an SSRU,
`f = sigmoid(x Wf + bf); c = f c + (1 - f) (x W); relu(c)`, then attention (`context`), then
the feed-forward; its first input is a zero word; the last layer's first head is the guided
one; logits are `h E^T + b` with the target embedding. research notes of Marian say the rest.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import numpy as np

from toolkit.engines import firefox_model
from toolkit.models.entries import Code, Entry, File

FLOAT32, INTGEMM8, INT8 = 0x0404, 0x4101, 0x0101
CONFIG = "special:model.yml"
FIRST_WORD = 259  # of `write_vocabulary`, without letters
SHORTLIST_MAGIC = 0xF11A48D5013417F5


@dataclass(frozen=True, slots=True)
class Shape:
    """The sizes that decide every tensor; `shared` is one vocabulary for both sides."""

    emb: int
    ffn: int
    decoder: int
    source: int
    target: int
    shared: bool = True
    encoder: int = 6
    heads: int = 8


def tiny(vocabulary: int, *, shared: bool = True) -> Shape:
    return Shape(256, 1536, 2, vocabulary, vocabulary, shared)


def base(vocabulary: int, *, shared: bool = True) -> Shape:
    return Shape(512, 2048, 2, vocabulary, vocabulary, shared)


def base_memory(vocabulary: int, *, shared: bool = True) -> Shape:
    return Shape(384, 1536, 4, vocabulary, vocabulary, shared)


SHAPES = {"tiny": tiny, "base": base, "base-memory": base_memory}


# --- tensors -------------------------------------------------------------------------


def tensor_shapes(shape: Shape) -> dict[str, tuple[int, int]]:
    """Every tensor a model of this shape has, alphas aside, with its logical shape."""
    d, f = shape.emb, shape.ffn
    found = {"decoder_ff_logit_out_b": (1, shape.target)}
    if shape.shared:
        found["Wemb"] = (shape.source, d)
    else:
        found |= {"encoder_Wemb": (shape.source, d), "decoder_Wemb": (shape.target, d)}

    def norm(prefix: str) -> None:
        found.update({f"{prefix}_ln_scale": (1, d), f"{prefix}_ln_bias": (1, d)})

    def attention(prefix: str) -> None:
        for part in "qkvo":
            found.update({f"{prefix}_W{part}": (d, d), f"{prefix}_b{part}": (1, d)})
        norm(f"{prefix}_Wo")

    def feed_forward(prefix: str) -> None:
        found.update({f"{prefix}_W1": (d, f), f"{prefix}_b1": (1, f)})
        found.update({f"{prefix}_W2": (f, d), f"{prefix}_b2": (1, d)})
        norm(f"{prefix}_ffn")

    for layer in range(1, shape.encoder + 1):
        attention(f"encoder_l{layer}_self")
        feed_forward(f"encoder_l{layer}_ffn")
    for layer in range(1, shape.decoder + 1):
        rnn = f"decoder_l{layer}_rnn"
        found.update({f"{rnn}_W": (d, d), f"{rnn}_Wf": (d, d), f"{rnn}_bf": (1, d)})
        norm(f"{rnn}_ffn")
        attention(f"decoder_l{layer}_context")
        feed_forward(f"decoder_l{layer}_ffn")
    return found


def is_quantised(name: str) -> bool:
    """Weights and embeddings become int8, and with them the alpha of the embedding."""
    return "Wemb" in name or re.search(r"_W[a-z0-9]?$", name) is not None


def alpha_names(names: Iterable[str]) -> list[str]:
    """The weights that have an alpha: all that are int8, but not the source embedding."""
    names = list(names)
    return [n for n in names if is_quantised(n) and n != "encoder_Wemb"] + (
        ["none"] if "Wemb" in names else []
    )


def random_weights(shape: Shape, seed: int) -> dict[str, np.ndarray]:
    """Weights that give varied output, and an end to most of it.

    An encoder that mixes little, so that sentences stay apart; attention that
    looks at one word; a last feed-forward that turns the state away from the word just read,
    else tied embeddings repeat it for ever; bytes and letters are never said (`write_vocabulary`).
    """
    generator = np.random.default_rng(seed)

    def draw(size: tuple[int, int]) -> np.ndarray:
        return generator.standard_normal(size, np.float32)

    gains = {"encoder_Wo": 0.3, "encoder_W2": 0.3, "decoder_Wo": 2.0, "decoder_W2": 0.3}
    gains |= {"decoder_Wq": 3.0, "decoder_Wk": 3.0}
    weights = {}
    for name, size in tensor_shapes(shape).items():
        if name.endswith("_ln_scale"):
            value = np.ones(size)
        elif "Wemb" in name:
            value = draw(size)
            value *= 1.3 / np.linalg.norm(value, axis=1, keepdims=True)
        elif is_quantised(name):
            value = draw(size) / np.sqrt(size[0])
            if name.endswith("_W2"):  # what passes is positive: no direction may gain by that
                value -= value.mean(axis=0)
            value *= gains.get(f"{name.partition('_')[0]}_{name.rpartition('_')[2]}", 1.0)
        else:
            value = draw(size) * 0.02
        weights[name] = value.astype(np.float32)
    d = shape.emb
    turn, other = (np.linalg.qr(draw((d, d)))[0] for _ in range(2))
    last = f"decoder_l{shape.decoder}_ffn"
    weights[f"{last}_W1"][:, : 2 * d] = np.hstack([turn, -turn])
    back = turn.T @ (1.5 * other - np.eye(d))
    weights[f"{last}_W2"][: 2 * d] = np.vstack([back, -back])
    weights[f"{last}_W2"][2 * d :] *= 0.1
    weights["decoder_ff_logit_out_b"][0, 0] = 2.5
    weights["decoder_ff_logit_out_b"][0, 1:FIRST_WORD] = -30
    return weights


# --- the container -------------------------------------------------------------------


def config_text(shape: Shape, version: str = "v1.12.14 2d067af 2024-02-16 11:44:13 -0500") -> str:
    """The configuration embedded in a model, with the keys that Marian writes."""
    return f"""\
bert-train-type-embeddings: true
bert-type-vocab-size: 2
dec-cell: ssru
dec-cell-base-depth: 2
dec-cell-high-depth: 1
dec-depth: {shape.decoder}
dim-emb: {shape.emb}
dim-rnn: 1024
dim-vocabs:
  - {shape.source}
  - {shape.target}
enc-cell: gru
enc-cell-depth: 1
enc-depth: {shape.encoder}
enc-type: bidirectional
factors-combine: sum
factors-dim-emb: 0
input-types:
  []
layer-normalization: false
lemma-dependency: ""
lemma-dim-emb: 0
output-omit-bias: false
right-left: false
skip: false
tied-embeddings: {str(not shape.shared).lower()}
tied-embeddings-all: {str(shape.shared).lower()}
tied-embeddings-src: false
transformer-aan-activation: swish
transformer-aan-depth: 2
transformer-aan-nogate: false
transformer-decoder-autoreg: rnn
transformer-decoder-dim-ffn: 0
transformer-decoder-ffn-depth: 0
transformer-depth-scaling: false
transformer-dim-aan: 2048
transformer-dim-ffn: {shape.ffn}
transformer-ffn-activation: relu
transformer-ffn-depth: 2
transformer-guided-alignment-layer: last
transformer-heads: {shape.heads}
transformer-no-affine: false
transformer-no-bias: false
transformer-no-projection: false
transformer-pool: false
transformer-postprocess: dan
transformer-postprocess-emb: d
transformer-postprocess-top: ""
transformer-preprocess: ""
transformer-rnn-projection: false
transformer-tied-layers:
  []
transformer-train-position-embeddings: false
type: transformer
ulr: false
ulr-dim-emb: 0
ulr-trainable-transformation: false
version: {version}"""


def write_model(
    path: Path,
    weights: Mapping[str, np.ndarray],
    config: str,
    *,
    alphas: Mapping[str, float] | None = None,
    int8: bool = True,
) -> None:
    """A model file of these float32 weights, in logical orientation.

    `int8=False` keeps them float32, as the exact test wants it. `alphas` names the factor of
    each weight's input, `127 / (the largest |x| that goes into it)`, for every name of
    `alpha_names`; with None there are none, as in `*.intgemm8.bin`.
    """
    items = [(name, *_item(name, value, int8)) for name, value in weights.items()]
    for name, alpha in (alphas or {}).items():
        key = f"{name}_QuantMultA"
        if int8 and is_quantised(key):  # the embedding's: one int8 127 and its multiplier
            blob = _padded(b"\x7f" + struct.pack("<f", 127 / alpha))
            items.append((key, INTGEMM8, (1, 1), blob))
        else:
            items.append((key, FLOAT32, (1, 1), _padded(struct.pack("<f", alpha))))
    items.sort(key=lambda item: item[0].encode())
    text = config.encode() + b"\0"
    items.append((CONFIG, INT8, (len(text),), text))
    path.write_bytes(container(items))


def write_float32(path: Path, model: Path) -> None:
    """The same model with the float32 numbers that its int8 ones stand for, without alphas."""
    items = firefox_model._read_items(model, firefox_model._mapped(model))
    config = items.pop(CONFIG).data.tobytes().rstrip(b"\0").decode()
    taken = firefox_model._Weights(model, dict(items))
    shapes = {name: item.shape for name, item in items.items() if "QuantMultA" not in name}
    weights = {name: np.multiply(*taken.take(name, shape)) for name, shape in shapes.items()}
    write_model(path, weights, config, int8=False)


def container(items: Sequence[tuple[str, int, tuple[int, ...], bytes]]) -> bytes:
    """The file of these items: name, type, shape and data as it is to lie there."""
    names = [name.encode() + b"\0" for name, *_ in items]
    head = struct.pack("<QQ", 1, len(items))
    for name, (_, kind, shape, data) in zip(names, items, strict=True):
        head += struct.pack("<QQQQ", len(name), kind, len(shape), len(data))
    head += b"".join(names)
    head += b"".join(struct.pack(f"<{len(shape)}i", *shape) for _, _, shape, _ in items)
    pad = 256 - (len(head) + 8) % 256  # a whole 256 where none is needed, as Marian does
    return head + struct.pack("<Q", pad) + bytes(pad) + b"".join(data for *_, data in items)


def size_of(shape: Shape) -> int:
    """Bytes of an int8 model with alphas, all but the text of its configuration."""
    shapes = tensor_shapes(shape)
    items = {
        name: 4 * a * b if not is_quantised(name) else a * b + 4 for name, (a, b) in shapes.items()
    }
    items |= {f"{name}_QuantMultA": 4 for name in alpha_names(shapes)}
    head = 16 + sum(32 + len(name) + 1 + 8 for name in items) + 32 + len(CONFIG) + 1 + 4 + 8
    return head + 256 - head % 256 + sum(-(-size // 256) * 256 for size in items.values())


def _item(name: str, value: np.ndarray, int8: bool) -> tuple[int, tuple[int, ...], bytes]:
    value = np.asarray(value, np.float32)
    if not int8 or not is_quantised(name):
        return FLOAT32, value.shape, _padded(value.tobytes())
    factor, rounded = quantise(value)
    stored = rounded if "Wemb" in name else rounded.T
    return INTGEMM8, value.shape, _padded(stored.tobytes() + struct.pack("<f", factor))


def quantise(value: np.ndarray) -> tuple[float, np.ndarray]:
    """The multiplier and the int8 numbers that stand for these weights."""
    factor = float(np.float32(127 / max(float(np.abs(value).max()), 1e-12)))
    return factor, np.clip(np.rint(value * np.float32(factor)), -127, 127).astype(np.int8)


def dequantised(weights: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
    """The weights as an int8 file gives them back."""
    found = {}
    for name, value in weights.items():
        found[name] = np.asarray(value, np.float32)
        if is_quantised(name):
            factor, rounded = quantise(found[name])
            found[name] = rounded.astype(np.float32) / np.float32(factor)
    return found


def _padded(data: bytes) -> bytes:
    return data + bytes(-len(data) % 256)


def plain_alphas(weights: Mapping[str, np.ndarray], largest: float = 8) -> dict[str, float]:
    """One alpha for all: for inputs that nobody has measured."""
    return dict.fromkeys(alpha_names(weights), 127 / largest)


# --- vocabularies and shortlists -----------------------------------------------------


def write_vocabulary(path: Path, words: Sequence[str], letters: Sequence[str] = "") -> None:
    """A sentencepiece model with these words as pieces, after 259 that every one has.

    Ids: 0 end, 1 unknown, 2 to 257 the bytes, 258 the space, then `letters` (or longer pieces),
    which stand anywhere, then the words, each standing for itself and the space before it, so
    that text and ids are one to one.
    Written by hand: training one takes text and seconds.
    """

    def text(field: int, value: bytes) -> bytes:
        return _varint(field << 3 | 2) + _varint(len(value)) + value

    def number(field: int, value: int) -> bytes:
        return _varint(field << 3) + _varint(value & (1 << 64) - 1)

    def piece(name: str, score: float, kind: int) -> bytes:
        inner = text(1, name.encode()) + b"\x15" + struct.pack("<f", score) + number(3, kind)
        return text(1, inner)

    normal, unknown, control, byte = 1, 2, 3, 6
    pieces = [piece("</s>", 0, control), piece("<unk>", 0, unknown)]
    pieces += [piece(f"<0x{n:02X}>", 0, byte) for n in range(256)]
    pieces += [piece(letter, -20, normal) for letter in ("\u2581", *letters)]
    pieces += [piece(f"\u2581{word}", -1 - len(word) / 100, normal) for word in words]
    trainer = number(3, 1) + number(4, len(pieces)) + number(35, 1)  # unigram, size, byte fallback
    trainer += number(40, 1) + number(41, -1) + number(42, 0) + number(43, -1)  # unk bos eos pad
    normaliser = text(1, b"identity") + number(3, 1) + number(4, 1) + number(5, 1)
    path.write_bytes(b"".join(pieces) + text(2, trainer) + text(3, normaliser))


def train_vocabulary(path: Path, lines: Iterable[str], size: int) -> None:
    """A sentencepiece model of this text, with the settings of Mozilla's training."""
    import sentencepiece

    with path.open("wb") as out:
        sentencepiece.SentencePieceTrainer.train(
            sentence_iterator=iter(lines),
            model_writer=out,
            vocab_size=size,
            eos_id=0,
            unk_id=1,
            bos_id=-1,
            byte_fallback=True,
            num_threads=1,
            minloglevel=2,
        )


def _varint(value: int) -> bytes:
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    return bytes([*out, value])


def write_shortlist(
    path: Path, entries: Mapping[int, Sequence[int]], sources: int, *, first: int = 50
) -> None:
    """A lexical shortlist: for each source id the target ids it may become."""
    offsets, ids = [0], []
    for source in range(sources):
        ids += entries.get(source, ())
        offsets.append(len(ids))
    words = struct.pack("<QQQQ", first, 50, len(offsets), len(ids))
    words += struct.pack(f"<{len(offsets)}Q", *offsets) + struct.pack(f"<{len(ids)}I", *ids)
    checksum = 0
    for (word,) in struct.iter_unpack("<Q", words[: len(words) // 8 * 8]):
        mixed = word + 0x9E3779B9 + (checksum << 6) + (checksum >> 2)
        checksum = (checksum ^ mixed) & (1 << 64) - 1
    path.write_bytes(struct.pack("<QQ", SHORTLIST_MAGIC, checksum) + words)


# --- a folder ------------------------------------------------------------------------


def describe(folder: Path, source: str, target: str) -> Entry:
    """The entry of the model that lies in this folder, with sizes and hashes as they are."""
    files = tuple(
        File(path.name, path.stat().st_size, sha256(path.read_bytes()).hexdigest())
        for path in sorted(folder.iterdir())
    )
    return Entry(
        id=f"firefox-{source}-{target}",
        family="firefox",
        task="translate",
        sources=(Code(source),),
        targets=(Code(target),),
        licence="none: random numbers",
        commercial=True,
        files=files,
        verified="added",
    )
