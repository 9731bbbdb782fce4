"""The network of a Firefox Translations model: read from its file, run in NumPy.

The file is Marian's binary container. Its int8 weights are used as the float32 numbers they
stand for: that is exact and quicker here than int8 arithmetic, and the alphas (factors of
inputs) are for int8 arithmetic only. All weights lie as `[out, in]`, the order of the file.
The equations are those of Marian's transformer with an SSRU decoder (Kim et al. 2019, "From
Research to Production and Back"); the container is described in docs/firefox.md.
"""

from __future__ import annotations

import math
import mmap
import re
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import yaml  # type: ignore[import-untyped]
from numpy.typing import NDArray

from toolkit.errors import ModelMismatch

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

EOS, UNKNOWN = 0, 1
ROWS = 128  # of a feed-forward at once: what lies between its products stays in the cache
BLOCK = 256  # what the container aligns its data to
FLOAT32, INTGEMM8, INT8 = 0x0404, 0x4101, 0x0101
CONFIG = "special:model.yml"
ALPHA = "_QuantMultA"
SHORTLIST_MAGIC = 0xF11A48D5013417F5
# Far more than any published model has; a forged header is refused before it costs anything.
MOST_ITEMS, LONGEST_NAME, LONGEST_CONFIG, MOST_LAYERS = 4096, 256, 1 << 16, 64
# What the equations below assume; anything else in a configuration is another network.
ASSUMED: Mapping[str, object] = {
    "type": "transformer",
    "dec-cell": "ssru",
    "transformer-decoder-autoreg": "rnn",
    "transformer-preprocess": "",
    "transformer-postprocess": "dan",
    "transformer-postprocess-emb": "d",
    "transformer-postprocess-top": "",
    "transformer-ffn-activation": "relu",
    "transformer-ffn-depth": 2,
    "transformer-train-position-embeddings": False,
    "transformer-rnn-projection": False,
    "transformer-no-projection": False,
    "transformer-no-affine": False,
    "transformer-no-bias": False,
    "transformer-depth-scaling": False,
    "transformer-tied-layers": [],
    "transformer-pool": False,
    "dec-cell-base-depth": 2,
    "dec-cell-high-depth": 1,
    "output-omit-bias": False,
    "input-types": [],
    "lemma-dim-emb": 0,
    "factors-dim-emb": 0,
    "ulr": False,
}


# --- the container -------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Item:
    kind: int
    shape: tuple[int, ...]
    data: NDArray[np.uint8]


def _mapped(path: Path) -> mmap.mmap | bytes:
    """The bytes of a file, mapped: read when used, and shared between processes."""
    try:
        with path.open("rb") as file:
            if path.stat().st_size == 0:
                return b""
            return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except (OSError, ValueError) as exc:
        raise _mismatch(path, f"it cannot be read ({exc})") from exc


def _forgotten(mapped: mmap.mmap | bytes) -> None:
    """Gives back the pages that reading the weights has brought in; they can be had again."""
    if isinstance(mapped, mmap.mmap) and hasattr(mmap, "MADV_DONTNEED"):
        mapped.madvise(mmap.MADV_DONTNEED)


def _mismatch(path: Path, found: str) -> ModelMismatch:
    return ModelMismatch(
        f"{path.name}: not a model file we can use: {found}",
        hint=f"fetch it again; {path} may be damaged",
    )


def _read_items(path: Path, mapped: mmap.mmap | bytes) -> dict[str, _Item]:
    """The items of a container by name; every length is checked before it is used."""
    data = np.frombuffer(mapped, np.uint8)
    size = len(data)

    def numbers(at: int, count: int, what: str, kind: str = "<u8") -> list[int]:
        width = int(kind[-1])
        if at + count * width > size:
            raise _mismatch(path, f"it ends within {what} ({size} bytes)")
        return [int(n) for n in np.frombuffer(data, kind, count, at)] if count else []

    version, count = numbers(0, 2, "its header")
    if version != 1:
        raise _mismatch(path, f"expected version 1, found {version}")
    if not 0 < count <= MOST_ITEMS:
        raise _mismatch(path, f"expected 1 to {MOST_ITEMS} items, found {count}")
    heads = numbers(16, 4 * count, "the list of its items")
    at = 16 + 32 * count
    rows = [tuple(heads[n : n + 4]) for n in range(0, len(heads), 4)]
    names = []
    for length, *_ in rows:
        if not 1 < length <= LONGEST_NAME or at + length > size:
            raise _mismatch(path, f"an item has a name of {length} bytes")
        raw = data[at : at + length].tobytes()
        if raw[-1] != 0 or not re.fullmatch(rb"[!-~]+", raw[:-1]):
            raise _mismatch(path, f"an item has the name {raw[:40]!r}")
        names.append(raw[:-1].decode("ascii"))
        at += length
    if len(set(names)) < len(names):
        raise _mismatch(path, "two of its items have one name")
    shapes = []
    for name, (_, _, dims, _) in zip(names, rows, strict=True):
        if not 1 <= dims <= 2:
            raise _mismatch(path, f"{name} has {dims} dimensions")
        shapes.append(tuple(numbers(at, dims, "the shapes", "<i4")))
        at += 4 * dims
    (pad,) = numbers(at, 1, "its header")
    at += 8 + pad
    if pad > 2 * BLOCK or at > size:
        raise _mismatch(path, f"{pad} bytes of padding before the data")
    items = {}
    for name, shape, (_, kind, _, length) in zip(names, shapes, rows, strict=True):
        needed = _needed(kind, shape)
        if needed is None or min(shape) < 1:
            raise _mismatch(path, f"{name} has the type {kind:#x} and the shape {shape}")
        if not needed <= length < needed + 2 * BLOCK:
            raise _mismatch(path, f"{name}: expected {needed} bytes of data, found {length}")
        if at + length > size:
            raise _mismatch(path, f"it ends within {name} ({size} bytes)")
        items[name] = _Item(kind, shape, data[at : at + needed])
        at += length
    if at != size:
        raise _mismatch(path, f"expected {at} bytes, found {size}")
    return items


def _needed(kind: int, shape: tuple[int, ...]) -> int | None:
    sizes = {FLOAT32: (4, 0), INTGEMM8: (1, 4), INT8: (1, 0)}
    if kind not in sizes:
        return None
    each, more = sizes[kind]
    return math.prod(shape) * each + more


# --- what the configuration says -----------------------------------------------------


@dataclass(frozen=True, slots=True)
class Config:
    """The sizes of a network; `shared` is one embedding, and one vocabulary, for both sides."""

    width: int
    hidden: int
    heads: int
    encoder: int
    decoder: int
    source: int
    target: int
    shared: bool
    guided: int  # the decoder layer, from 0, whose first head tells the alignment


def _read_config(path: Path, item: _Item | None) -> Config:
    if item is None or item.kind != INT8 or len(item.data) > LONGEST_CONFIG:
        raise _mismatch(path, "it holds no configuration")
    try:
        text = item.data.tobytes().rstrip(b"\0").decode()
        raw = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError, RecursionError) as exc:
        raise _mismatch(path, "its configuration is not YAML") from exc
    if not isinstance(raw, dict):
        raise _mismatch(path, "its configuration is not a table")
    for key, wanted in ASSUMED.items():
        if raw.get(key, wanted) != wanted:
            raise _mismatch(path, f"{key} is {raw[key]!r:.40}, and we know {wanted!r}")

    def number(key: str, least: int, most: int, value: object = None) -> int:
        found = raw.get(key) if value is None else value
        if type(found) is not int or not least <= found <= most:
            raise _mismatch(path, f"{key}: expected {least} to {most}, found {found!r:.40}")
        return found

    vocabularies = raw.get("dim-vocabs")
    if not isinstance(vocabularies, list) or len(vocabularies) != 2:
        raise _mismatch(path, f"dim-vocabs: expected two numbers, found {vocabularies!r:.40}")
    source, target = (number("dim-vocabs", 8, 1 << 22, value) for value in vocabularies)
    shared, tied = (raw.get(key) is True for key in ("tied-embeddings-all", "tied-embeddings"))
    if not (shared or tied) or (shared and source != target):
        raise _mismatch(path, "its output is not tied to an embedding")
    decoder = number("dec-depth", 1, MOST_LAYERS)
    guided = raw.get("transformer-guided-alignment-layer", "last")
    if guided != "last":
        guided = str(guided)
        guided = number("the guided layer", 1, decoder, int(guided) if guided.isdecimal() else 0)
    config = Config(
        width=number("dim-emb", 8, 1 << 14),
        hidden=number("transformer-dim-ffn", 8, 1 << 16),
        heads=number("transformer-heads", 1, 256),
        encoder=number("enc-depth", 1, MOST_LAYERS),
        decoder=decoder,
        source=source,
        target=target,
        shared=shared,
        guided=decoder - 1 if guided == "last" else guided - 1,
    )
    if config.width % (2 * config.heads):
        raise _mismatch(path, f"{config.heads} heads do not divide a width of {config.width}")
    for key in ("transformer-decoder-dim-ffn", "transformer-decoder-ffn-depth"):
        if raw.get(key, 0) not in (0, raw.get(key.replace("decoder-", ""))):
            raise _mismatch(path, f"{key} is {raw[key]!r:.40}: not that of the encoder")
    return config


# --- weights -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Dense:
    weight: Floats  # [out, in]
    bias: Floats  # [out]

    def __call__(self, x: Floats) -> Floats:
        y: Floats = x @ self.weight.T
        y += self.bias
        return y


@dataclass(frozen=True, slots=True)
class Norm:
    scale: Floats
    bias: Floats

    def __call__(self, x: Floats) -> Floats:
        """`x` (rows, width), normalised in place."""
        width = x.shape[1]
        x -= np.add.reduce(x, axis=1, keepdims=True) / width
        variance = np.einsum("rd,rd->r", x, x) / width
        x *= (1 / np.sqrt(variance + np.float32(1e-6)))[:, None]
        x *= self.scale
        x += self.bias
        return x


@dataclass(frozen=True, slots=True)
class FeedForward:
    up: Dense
    down: Dense
    norm: Norm

    def __call__(self, x: Floats) -> Floats:
        y = np.empty_like(x)
        for start in range(0, len(x), ROWS):
            part = slice(start, start + ROWS)
            hidden = self.up(x[part])
            y[part] = self.down(np.maximum(hidden, 0, out=hidden))
        y += x
        return self.norm(y)


@dataclass(frozen=True, slots=True)
class EncoderLayer:
    qkv: Dense  # queries already divided by the root of the width of a head
    out: Dense
    norm: Norm
    feed: FeedForward


@dataclass(frozen=True, slots=True)
class DecoderLayer:
    rnn: Floats  # [2 width, width]: the gate, then the input
    gate: Floats  # the bias of the gate
    rnn_norm: Norm
    query: Dense
    keys_values: Dense
    out: Dense
    norm: Norm
    feed: FeedForward


@dataclass(frozen=True, slots=True)
class Embedding:
    """Rows of an embedding, made float32 when they are asked for: a quarter of the memory."""

    table: NDArray[Any]  # [words, width], int8 or float32
    factor: np.float32

    def rows(self, ids: Ints | slice) -> Floats:
        found: Floats = np.multiply(self.table[ids], self.factor, dtype=np.float32)
        return found


@dataclass(frozen=True, slots=True)
class Network:
    config: Config
    source: Embedding
    target: Embedding
    encoder: tuple[EncoderLayer, ...]
    decoder: tuple[DecoderLayer, ...]
    bias: Floats  # of the output; minus infinity for what is never said


def read_network(path: Path, *, words: tuple[int, int]) -> Network:
    """The network in this file, for vocabularies of so many words (source, target).

    Nothing is left over and nothing missing, or ModelMismatch says what.
    """
    mapped = _mapped(path)
    items = _read_items(path, mapped)
    config = _read_config(path, items.pop(CONFIG, None))
    if words[0] > config.source or words[1] > config.target:
        raise _mismatch(
            path, f"it has {config.source} and {config.target} words, the vocabularies {words}"
        )
    weights = _Weights(path, items)
    network = _build(weights, config, words[1])
    if rest := sorted(name for name in items if not name.endswith(ALPHA)):
        raise _mismatch(path, f"it holds what we have no use for: {', '.join(rest[:5])}")
    _forgotten(mapped)
    return network


class _Weights:
    """The tensors of a file, each taken once by name and shape."""

    def __init__(self, path: Path, items: dict[str, _Item]) -> None:
        self._path = path
        self._items = items

    def take(self, name: str, shape: tuple[int, int]) -> tuple[NDArray[Any], np.float32]:
        """Numbers as they are stored, and the factor that makes them weights."""
        item = self._items.pop(name, None)
        if item is None:
            raise _mismatch(self._path, f"{name} is missing")
        if item.shape != shape or item.kind == INT8:
            raise _mismatch(self._path, f"{name}: expected shape {shape}, found {item.shape}")
        if item.kind == FLOAT32:
            return item.data.view("<f4").reshape(shape), np.float32(1)
        (multiplier,) = struct.unpack("<f", item.data[-4:].tobytes())
        if not (math.isfinite(multiplier) and multiplier > 1e-30):
            raise _mismatch(self._path, f"{name} has the multiplier {multiplier}")
        stored = item.data[:-4].view(np.int8)
        factor = np.float32(1) / np.float32(multiplier)
        # Products want them transposed, and so they lie; rows of an embedding are looked up.
        return (stored.reshape(shape) if "Wemb" in name else stored.reshape(shape[::-1]).T), factor

    def row(self, name: str, width: int) -> Floats:
        values, factor = self.take(name, (1, width))
        row: Floats = np.multiply(values[0], factor, dtype=np.float32)
        if not np.isfinite(row).all():
            raise _mismatch(self._path, f"{name} has numbers that are none")
        return row

    def norm(self, prefix: str, width: int) -> Norm:
        return Norm(self.row(f"{prefix}_ln_scale", width), self.row(f"{prefix}_ln_bias", width))

    def stacked(self, names: Sequence[str], inputs: int, outputs: int) -> Floats:
        """The weights of these names as one `[outputs of all, inputs]`."""
        whole = np.empty((len(names) * outputs, inputs), np.float32)
        for n, name in enumerate(names):
            values, factor = self.take(name, (inputs, outputs))
            np.multiply(values.T, factor, out=whole[n * outputs : (n + 1) * outputs])
        return whole

    def dense(self, prefix: str, parts: Sequence[str], inputs: int, outputs: int) -> Dense:
        weight = self.stacked([f"{prefix}_W{part}" for part in parts], inputs, outputs)
        rows = [self.row(f"{prefix}_b{part}", outputs) for part in parts]
        return Dense(weight, np.concatenate(rows))

    def feed_forward(self, prefix: str, config: Config) -> FeedForward:
        return FeedForward(
            self.dense(prefix, "1", config.width, config.hidden),
            self.dense(prefix, "2", config.hidden, config.width),
            self.norm(f"{prefix}_ffn", config.width),
        )

    def embedding(self, name: str, words: int, width: int) -> Embedding:
        return Embedding(*self.take(name, (words, width)))


def _build(weights: _Weights, config: Config, words: int) -> Network:
    width = config.width
    shrink = np.float32(1 / math.sqrt(width // config.heads))
    if config.shared:
        source = target = weights.embedding("Wemb", config.source, width)
    else:
        source = weights.embedding("encoder_Wemb", config.source, width)
        target = weights.embedding("decoder_Wemb", config.target, width)
    encoder, decoder = [], []
    for n in range(1, config.encoder + 1):
        prefix = f"encoder_l{n}_self"
        qkv = weights.dense(prefix, "qkv", width, width)
        qkv.weight[:width] *= shrink
        qkv.bias[:width] *= shrink
        out = weights.dense(prefix, "o", width, width)
        norm = weights.norm(f"{prefix}_Wo", width)
        feed = weights.feed_forward(f"encoder_l{n}_ffn", config)
        encoder.append(EncoderLayer(qkv, out, norm, feed))
    for n in range(1, config.decoder + 1):
        rnn, prefix = f"decoder_l{n}_rnn", f"decoder_l{n}_context"
        query = weights.dense(prefix, "q", width, width)
        query.weight[:] *= shrink
        query.bias[:] *= shrink
        decoder.append(
            DecoderLayer(
                rnn=weights.stacked([f"{rnn}_Wf", f"{rnn}_W"], width, width),
                gate=weights.row(f"{rnn}_bf", width),
                rnn_norm=weights.norm(f"{rnn}_ffn", width),
                query=query,
                keys_values=weights.dense(prefix, "kv", width, width),
                out=weights.dense(prefix, "o", width, width),
                norm=weights.norm(f"{prefix}_Wo", width),
                feed=weights.feed_forward(f"decoder_l{n}_ffn", config),
            )
        )
    bias = weights.row("decoder_ff_logit_out_b", config.target)
    bias[UNKNOWN] = bias[words:] = -np.inf
    return Network(config, source, target, tuple(encoder), tuple(decoder), bias)


# --- the shortlist -------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Shortlist:
    """For each source word the target words it may become; the first ones are always in."""

    offsets: Ints
    ids: NDArray[np.uint32]
    first: int
    words: int
    shared: bool

    def candidates(self, source: Sequence[int]) -> Ints:
        """Sorted ids of the target words for this sentence, a multiple of eight of them."""
        chosen = np.zeros(self.words, bool)
        chosen[: self.first] = chosen[EOS] = True
        for n in set(source):
            chosen[self.ids[self.offsets[n] : self.offsets[n + 1]]] = True
        if self.shared:  # a name may be copied
            chosen[list(source)] = True
        if short := -int(np.count_nonzero(chosen)) % 8:
            unused = np.flatnonzero(~chosen[self.first :])[:short]
            chosen[self.first + unused] = True
        return np.flatnonzero(chosen)


def read_shortlist(path: Path, config: Config) -> Shortlist:
    mapped = _mapped(path)
    data = np.frombuffer(mapped, np.uint8)
    if len(data) < 48:
        raise _mismatch(path, f"it ends within its header ({len(data)} bytes)")
    magic, _, first, _, offset_count, id_count = struct.unpack("<6Q", data[:48].tobytes())
    if magic != SHORTLIST_MAGIC:
        raise _mismatch(path, f"expected the mark {SHORTLIST_MAGIC:#x}, found {magic:#x}")
    if offset_count != config.source + 1:
        raise _mismatch(path, f"it knows {offset_count} words, the model {config.source} and one")
    if first > config.target or 48 + 8 * offset_count + 4 * id_count != len(data):
        raise _mismatch(path, f"{id_count} entries, {first} of them first, in {len(data)} bytes")
    offsets = data[48 : 48 + 8 * offset_count].view("<u8")
    ids = data[48 + 8 * offset_count :].view("<u4")
    if offsets[0] != 0 or offsets[-1] != id_count or (offsets[1:] < offsets[:-1]).any():
        raise _mismatch(path, "its offsets are out of order")
    if id_count and int(ids.max()) >= config.target:
        raise _mismatch(path, f"it names the word {ids.max()} of {config.target}")
    _forgotten(mapped)
    return Shortlist(offsets.astype(np.int64), ids, first, config.target, config.shared)


# --- forward -------------------------------------------------------------------------


@lru_cache(maxsize=8)
def _positions(rows: int, width: int) -> Floats:
    """The first sines, then cosines, of each position from 0, as Vaswani et al. 2017."""
    half = width // 2
    rates = np.exp(np.arange(half) * (-math.log(10000) / max(half - 1, 1))).astype(np.float32)
    angles = np.arange(rows, dtype=np.float32)[:, None] * rates
    return np.concatenate([np.sin(angles), np.cos(angles)], axis=1)


def positions(rows: int, width: int) -> Floats:
    return _positions(-(-rows // 512) * 512, width)


@dataclass(frozen=True, slots=True)
class Memory:
    """What the decoder sees of encoded sentences: per layer the keys and values.

    Keys are (rows, heads, head width, positions), values (rows, heads, positions, head
    width); `mask` is added to the scores, None where no row is shorter than another.
    """

    keys: tuple[Floats, ...]
    values: tuple[Floats, ...]
    mask: Floats | None

    def rows(self, which: Ints) -> Memory:
        mask = None if self.mask is None else self.mask[which]
        keys, values = (tuple(a[which] for a in part) for part in (self.keys, self.values))
        return Memory(keys, values, mask)


def _softmax(scores: Floats) -> Floats:
    scores -= scores.max(axis=-1, keepdims=True)
    np.exp(scores, out=scores)
    scores /= np.add.reduce(scores, axis=-1, keepdims=True)
    return scores


def encode(network: Network, sentences: Sequence[Sequence[int]]) -> Memory:
    """Sentences of ids, each with its end, as the decoder sees them."""
    config = network.config
    rows, longest = len(sentences), max(map(len, sentences))
    ids = np.full((rows, longest), EOS)
    mask: Floats | None = None
    if any(len(sentence) < longest for sentence in sentences):
        mask = np.zeros((rows, 1, 1, longest), np.float32)
    for n, sentence in enumerate(sentences):
        ids[n, : len(sentence)] = sentence
        if mask is not None:
            mask[n, ..., len(sentence) :] = -99999999
    x = network.source.rows(ids.ravel())
    x *= np.float32(math.sqrt(config.width))
    x.reshape(rows, longest, -1)[:] += positions(longest, config.width)[:longest]
    split = (rows, longest, -1, config.heads, config.width // config.heads)
    for layer in network.encoder:
        qkv = layer.qkv(x).reshape(split).transpose(2, 0, 3, 1, 4)
        scores = qkv[0] @ qkv[1].swapaxes(-1, -2)
        if mask is not None:
            scores += mask
        seen = _softmax(scores) @ qkv[2]
        y = layer.out(seen.transpose(0, 2, 1, 3).reshape(x.shape))
        y += x
        x = layer.feed(layer.norm(y))
    keys, values = [], []
    for step in network.decoder:
        both = step.keys_values(x).reshape(split)
        keys.append(np.ascontiguousarray(both[:, :, 0].transpose(0, 2, 3, 1)))
        values.append(np.ascontiguousarray(both[:, :, 1].transpose(0, 2, 1, 3)))
    return Memory(tuple(keys), tuple(values), mask)


def step(network: Network, x: Floats, cells: list[Floats], memory: Memory) -> tuple[Floats, Floats]:
    """One word further: the state (rows, width) and where it looked (rows, positions).

    `x` is the word before with its position; `cells` are replaced by what comes next.
    """
    config = network.config
    rows, width = x.shape
    split = (rows, config.heads, 1, width // config.heads)
    looked = x
    for n, layer in enumerate(network.decoder):
        both = x @ layer.rnn.T
        gate, cell = both[:, :width], both[:, width:]
        gate += layer.gate
        np.negative(gate, out=gate)
        np.exp(gate, out=gate)
        gate += 1
        # c = f c' + (1 - f) x W, written with one product: x W + f (c' - x W), f = 1 / gate
        cell = cell + (cells[n] - cell) / gate
        cells[n] = cell
        y = np.maximum(cell, 0)
        y += x
        x = layer.rnn_norm(y)
        scores = layer.query(x).reshape(split) @ memory.keys[n]
        if memory.mask is not None:
            scores += memory.mask
        weights = _softmax(scores)
        if n == config.guided:
            looked = weights[:, 0, 0]
        y = layer.out((weights @ memory.values[n]).reshape(rows, width))
        y += x
        x = layer.feed(layer.norm(y))
    return x, looked
