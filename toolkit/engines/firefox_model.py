"""The network of a Firefox Translations model: read from its file, run in NumPy.

The file is Marian's binary container. Its int8 weights are used as the float32 numbers they
stand for: that is exact and quicker here than int8 arithmetic, and the alphas (factors of
inputs) are for int8 arithmetic only. They stay in the file, mapped, as `[out, in]`.
The equations are those of Marian's transformer with an SSRU decoder (Kim et al. 2019, "From
Research to Production and Back"); the container is described in docs/firefox.md.
"""

from __future__ import annotations

import math
import mmap
import re
import struct
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import filterfalse, islice
from pathlib import Path
from typing import Any

import numpy as np
import yaml  # type: ignore[import-untyped]
from numpy.typing import NDArray

from toolkit.errors import ModelMismatch

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

EOS, UNKNOWN = 0, 1
TOGETHER = 192  # words that go through the encoder at once
ROOM = 400_000  # weights that are float32 at once: a matrix of the tiny models
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
#
# A column is a word: what goes through the network is (width, words), as weights are
# `[out, in]`. That is how the file has them and what OpenBLAS does best with few words.


@dataclass(frozen=True, slots=True)
class Product:
    """Weights as they lie in the file, made float32 in parts that stay in the cache.

    Quicker than to keep them as float32: what is read from memory is a quarter.
    """

    weights: tuple[NDArray[Any], ...]  # [out, in] each
    factors: Floats  # [out of all, 1]
    bias: Floats  # [out of all, 1]

    def __call__(self, x: Floats) -> Floats:
        y = np.empty((len(self.bias), x.shape[1]), np.float32)
        end = 0
        for weight in self.weights:
            most = max(ROOM // weight.shape[1], 1)
            for rows in (weight[n : n + most] for n in range(0, len(weight), most)):
                start, end = end, end + len(rows)
                np.matmul(floats(rows), x, out=y[start:end])
        y *= self.factors
        y += self.bias
        return y


_rooms = threading.local()


def floats(rows: NDArray[Any]) -> Floats:
    """These numbers as float32, until the next call of this thread: one room is used for all."""
    if rows.size > getattr(_rooms, "size", 0):
        _rooms.size = max(rows.size, ROOM)
        _rooms.room = np.empty(_rooms.size, np.float32)
    room: Floats = _rooms.room[: rows.size].reshape(rows.shape)
    room[:] = rows
    return room


@lru_cache(maxsize=8)
def _average(count: int) -> Floats:
    return np.full(count, 1 / count, np.float32)


@dataclass(frozen=True, slots=True)
class Norm:
    scale: Floats  # [width, 1]
    bias: Floats

    def __call__(self, x: Floats) -> Floats:
        """`x` (width, words), each word normalised in place."""
        average = _average(len(x))
        x -= average @ x
        deviation = average @ np.square(x)
        deviation += np.float32(1e-6)
        x /= np.sqrt(deviation, out=deviation)
        x *= self.scale
        x += self.bias
        return x


@dataclass(frozen=True, slots=True)
class EncoderLayer:
    qkv: Product  # queries already divided by the root of the width of a head
    out: Product
    norm: Norm
    up: Product
    down: Product
    last: Norm


@dataclass(frozen=True, slots=True)
class DecoderLayer:
    rnn: Product  # the gate with its sign turned, then the input
    rnn_norm: Norm
    query: Product
    keys_values: Product
    out: Product
    norm: Norm
    up: Product
    down: Product
    last: Norm


@dataclass(frozen=True, slots=True)
class Embedding:
    """Rows of an embedding, as they are in the file; times the factor they are weights."""

    table: NDArray[Any]  # [words, width], int8 or float32
    factor: np.float32

    def columns(self, ids: Ints) -> Floats:
        """These words as the network reads them, (width, words) without their positions."""
        found: Floats = self.table[ids].T.astype(np.float32, order="C")
        found *= self.factor * np.float32(math.sqrt(len(found)))
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
    network = _build(_Weights(path, items), config, words[1])
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
        stored, factor = item.data[:-4].view(np.int8), np.float32(1 / multiplier)
        # Products want them transposed, and so they lie; rows of an embedding are looked up.
        return (stored.reshape(shape) if "Wemb" in name else stored.reshape(shape[::-1]).T), factor

    def column(self, name: str, width: int) -> Floats:
        values, factor = self.take(name, (1, width))
        column = values.astype(np.float32).reshape(width, 1)
        column *= factor
        if not np.isfinite(column).all():
            raise _mismatch(self._path, f"{name} has numbers that are none")
        return column

    def norm(self, prefix: str, width: int) -> Norm:
        return Norm(
            self.column(f"{prefix}_ln_scale", width), self.column(f"{prefix}_ln_bias", width)
        )

    def product(
        self, weights: Sequence[str], biases: Sequence[str], size: tuple[int, int], by: float = 1
    ) -> Product:
        """The products (inputs, outputs) of these names as one, the first times a number."""
        outputs = size[1]
        taken = [self.take(name, size) for name in weights]
        factors = np.repeat([factor for _, factor in taken], outputs)[:, None]
        bias = np.zeros((len(taken) * outputs, 1), np.float32)
        for n, name in enumerate(biases):
            bias[n * outputs : (n + 1) * outputs] = self.column(name, outputs)
        factors[:outputs] *= np.float32(by)
        bias[:outputs] *= np.float32(by)
        return Product(tuple(values.T for values, _ in taken), factors, bias)

    def dense(self, prefix: str, parts: str, size: tuple[int, int], by: float = 1) -> Product:
        weights, biases = ([f"{prefix}_{kind}{part}" for part in parts] for kind in "Wb")
        return self.product(weights, biases, size, by)


def _build(weights: _Weights, config: Config, words: int) -> Network:
    width, hidden = config.width, config.hidden
    square, up, down = (width, width), (width, hidden), (hidden, width)
    shrink = 1 / math.sqrt(width // config.heads)
    if config.shared:
        source = target = Embedding(*weights.take("Wemb", (config.source, width)))
    else:
        source = Embedding(*weights.take("encoder_Wemb", (config.source, width)))
        target = Embedding(*weights.take("decoder_Wemb", (config.target, width)))
    encoder, decoder = [], []
    for n in range(1, config.encoder + 1):
        seen, feed = f"encoder_l{n}_self", f"encoder_l{n}_ffn"
        encoder.append(
            EncoderLayer(
                qkv=weights.dense(seen, "qkv", square, shrink),
                out=weights.dense(seen, "o", square),
                norm=weights.norm(f"{seen}_Wo", width),
                up=weights.dense(feed, "1", up),
                down=weights.dense(feed, "2", down),
                last=weights.norm(f"{feed}_ffn", width),
            )
        )
    for n in range(1, config.decoder + 1):
        rnn, seen, feed = (f"decoder_l{n}_{part}" for part in ("rnn", "context", "ffn"))
        decoder.append(
            DecoderLayer(
                rnn=weights.product([f"{rnn}_Wf", f"{rnn}_W"], [f"{rnn}_bf"], square, -1),
                rnn_norm=weights.norm(f"{rnn}_ffn", width),
                query=weights.dense(seen, "q", square, shrink),
                keys_values=weights.dense(seen, "kv", square),
                out=weights.dense(seen, "o", square),
                norm=weights.norm(f"{seen}_Wo", width),
                up=weights.dense(feed, "1", up),
                down=weights.dense(feed, "2", down),
                last=weights.norm(f"{feed}_ffn", width),
            )
        )
    bias = weights.column("decoder_ff_logit_out_b", config.target)[:, 0]
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
        own = [self.ids[self.offsets[n] : self.offsets[n + 1]] for n in set(source)]
        if self.shared:  # a name may be copied
            own.append(np.asarray(source, np.uint32))
        first = max(self.first, EOS + 1)
        chosen = np.unique(np.concatenate(own))
        rest = chosen[np.searchsorted(chosen, first) :].tolist()
        unused = filterfalse(set(rest).__contains__, range(first, self.words))
        more = islice(unused, -(first + len(rest)) % 8)
        return np.asarray(sorted([*range(first), *rest, *more]))


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
def _positions(count: int, width: int) -> Floats:
    """The first sines, then cosines, of each position from 0, as Vaswani et al. 2017."""
    half = width // 2
    rates = np.exp(np.arange(half) * (-math.log(10000) / max(half - 1, 1))).astype(np.float32)
    angles = rates[:, None] * np.arange(count, dtype=np.float32)
    return np.concatenate([np.sin(angles), np.cos(angles)])


def positions(count: int, width: int) -> Floats:
    """What is added to words, (width, positions): at least so many."""
    return _positions(-(-count // 512) * 512, width)


@dataclass(frozen=True, slots=True)
class Memory:
    """What the decoder sees of encoded sentences: per layer the keys and values.

    Keys are (sentences, heads, head width, positions), values (sentences, heads, positions,
    head width); `mask` is added to the scores, None where no sentence is shorter than another.
    """

    keys: tuple[Floats, ...]
    values: tuple[Floats, ...]
    mask: Floats | None

    def rows(self, which: Ints) -> Memory:
        mask = None if self.mask is None else self.mask[which]
        keys, values = (tuple(a[which] for a in part) for part in (self.keys, self.values))
        return Memory(keys, values, mask)


def _mask(lengths: Sequence[int]) -> Floats | None:
    """(sentences, 1, 1, positions), far below nothing where a sentence has ended."""
    if min(lengths) == max(lengths):
        return None
    over = np.arange(max(lengths)) >= np.asarray(lengths)[:, None]
    return np.where(over, np.float32(-99999999), np.float32(0))[:, None, None]


def _softmax(scores: Floats) -> Floats:
    scores -= np.maximum.reduce(scores, axis=-1, keepdims=True)
    np.exp(scores, out=scores)
    scores /= np.add.reduce(scores, axis=-1, keepdims=True)
    return scores


def _fed(x: Floats, up: Product, down: Product, norm: Norm) -> Floats:
    hidden = up(x)
    y = down(np.maximum(hidden, 0, out=hidden))
    y += x
    return norm(y)


def _groups(lengths: Sequence[int]) -> Iterator[slice]:
    """Sentences for the encoder at once: what lies between products stays in the cache."""
    first = longest = 0
    for n, length in enumerate(lengths):
        longest = max(longest, length)
        if n > first and longest * (n + 1 - first) > TOGETHER:
            yield slice(first, n)
            first, longest = n, length
    yield slice(first, len(lengths))


def encode(network: Network, sentences: Sequence[Sequence[int]]) -> Memory:
    """Sentences of ids, each with its end, as the decoder sees them.

    Sorted by length is best: little is padded then.
    """
    config = network.config
    lengths = [len(sentence) for sentence in sentences]
    heads = (config.heads, config.width // config.heads)
    groups, states, masks = list(_groups(lengths)), [], []
    for group in groups:
        own = sentences[group]
        longest = max(lengths[group])
        ids = np.full((len(own), longest), EOS)
        for row, sentence in zip(ids, own, strict=True):
            row[: len(sentence)] = sentence
        x = network.source.columns(ids.ravel())
        x.reshape(-1, *ids.shape)[:] += positions(longest, config.width)[:, None, :longest]
        states.append(x)
        masks.append((ids.shape, _mask(lengths[group])))
    for layer in network.encoder:
        for n, (x, (shape, mask)) in enumerate(zip(states, masks, strict=True)):
            # Sentences, then heads before width and positions: of views, nothing is moved.
            q, k, v = layer.qkv(x).reshape(3, *heads, *shape).transpose(0, 3, 1, 2, 4)
            scores = q.swapaxes(-1, -2) @ k
            if mask is not None:
                scores += mask
            seen = np.empty_like(x)
            into = seen.reshape(*heads, *shape).transpose(2, 0, 1, 3)
            np.matmul(v, _softmax(scores).swapaxes(-1, -2), out=into)
            y = layer.out(seen)
            y += x
            states[n] = _fed(layer.norm(y), layer.up, layer.down, layer.last)
    keys, values = [], []
    size = (len(sentences), heads[0])
    for step in network.decoder:
        keys.append(np.zeros((*size, heads[1], max(lengths)), np.float32))
        values.append(np.zeros((*size, max(lengths), heads[1]), np.float32))
        for group, x, (shape, _) in zip(groups, states, masks, strict=True):
            k, v = step.keys_values(x).reshape(2, *heads, *shape)
            keys[-1][group, ..., : shape[1]] = k.transpose(2, 0, 1, 3)
            values[-1][group, :, : shape[1]] = v.transpose(2, 0, 3, 1)
    return Memory(tuple(keys), tuple(values), _mask(lengths))


def step(network: Network, x: Floats, cells: list[Floats], memory: Memory) -> tuple[Floats, Floats]:
    """One word further: the state (width, rows) and where it looked (rows, positions).

    `x` is the word before with its position; `cells` are replaced by what comes next.
    """
    config = network.config
    width, rows = x.shape
    looked = x
    for n, layer in enumerate(network.decoder):
        both = layer.rnn(x)
        gate, cell = both[:width], both[width:]
        np.exp(gate, out=gate)
        gate += 1
        # c = f c' + (1 - f) x W, written with one product: x W + f (c' - x W), f = 1 / gate
        moved = cells[n] - cell
        moved /= gate
        moved += cell
        cells[n] = moved
        y = np.maximum(moved, 0)
        y += x
        x = layer.rnn_norm(y)
        query = layer.query(x).T.reshape(rows, config.heads, 1, -1)
        scores = query @ memory.keys[n]
        if memory.mask is not None:
            scores += memory.mask
        weights = _softmax(scores)
        if n == config.guided:
            looked = weights[:, 0, 0]
        y = layer.out((weights @ memory.values[n]).reshape(rows, width).T)
        y += x
        x = _fed(layer.norm(y), layer.up, layer.down, layer.last)
    return x, looked
