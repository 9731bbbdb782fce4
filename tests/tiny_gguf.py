"""A model file for llama.cpp that always says the same, made in a moment.

The architecture is that of Llama with one block whose weights are zero, so what comes next
depends on the last token alone: three tokens of the vocabulary are the pieces of the answer,
each makes the next the likeliest, and every other token makes the first. Sampling, grammars,
chat templates and the context window are llama.cpp's own. The layout is GGUF version 3.
"""

from __future__ import annotations

import struct
from pathlib import Path

WIDTH, HIDDEN, CONTEXT = 32, 32, 8192
_U32, _F32, _STRING, _ARRAY, _I32 = 4, 6, 8, 9, 5
_ALIGNMENT = 32
_NORMAL, _UNKNOWN, _CONTROL, _BYTE = 1, 2, 3, 6


def write(path: Path, pieces: tuple[str, ...]) -> None:
    """A model that answers with these pieces, one after the other, and ends."""
    tokens = [("<unk>", _UNKNOWN), ("<s>", _CONTROL), ("</s>", _CONTROL)]
    tokens += [(f"<0x{n:02X}>", _BYTE) for n in range(256)]
    tokens += [("<|im_start|>", _CONTROL), ("<|im_end|>", _CONTROL)]
    first = len(tokens)
    tokens += [(piece.replace(" ", "▁"), _NORMAL) for piece in pieces]
    follows = {0: first} | {n: first + n for n in range(1, len(pieces))} | {len(pieces): 2}
    embedding = [[1.0 if i == max(0, n - first + 1) else 0.0 for i in range(WIDTH)]
                 for n in range(len(tokens))]  # fmt: skip
    output = [[0.0] * WIDTH for _ in tokens]
    for state, token in follows.items():
        output[token][state] = 4.0
    square = [[0.0] * WIDTH for _ in range(WIDTH)]
    tensors = {
        "token_embd.weight": embedding,
        "output_norm.weight": [[1.0] * WIDTH],
        "output.weight": output,
        "blk.0.attn_norm.weight": [[1.0] * WIDTH],
        "blk.0.ffn_norm.weight": [[1.0] * WIDTH],
        **{f"blk.0.attn_{name}.weight": square for name in ("q", "k", "v", "output")},
        **{f"blk.0.ffn_{name}.weight": square for name in ("gate", "up", "down")},
    }
    about = (
        _pair("general.architecture", _STRING, "llama"),
        _pair("llama.context_length", _U32, CONTEXT),
        _pair("llama.embedding_length", _U32, WIDTH),
        _pair("llama.block_count", _U32, 1),
        _pair("llama.feed_forward_length", _U32, HIDDEN),
        _pair("llama.attention.head_count", _U32, 1),
        _pair("llama.attention.layer_norm_rms_epsilon", _F32, 1e-5),
        _pair("tokenizer.ggml.model", _STRING, "llama"),
        _list("tokenizer.ggml.tokens", _STRING, [text for text, _ in tokens]),
        _list("tokenizer.ggml.scores", _F32, [0.0] * first + [-1e6] * len(pieces)),
        _list("tokenizer.ggml.token_type", _I32, [kind for _, kind in tokens]),
        _pair("tokenizer.ggml.bos_token_id", _U32, 1),
        _pair("tokenizer.ggml.eos_token_id", _U32, 2),
    )  # fmt: skip
    head = b"GGUF" + struct.pack("<IQQ", 3, len(tensors), len(about)) + b"".join(about)
    data = b""
    for name, rows in tensors.items():
        shape = (WIDTH,) if len(rows) == 1 else (WIDTH, len(rows))
        head += _text(name) + struct.pack(f"<I{len(shape)}QIQ", len(shape), *shape, 0, len(data))
        data += b"".join(struct.pack(f"<{WIDTH}f", *row) for row in rows)
        data += bytes(-len(data) % _ALIGNMENT)
    path.write_bytes(head + bytes(-len(head) % _ALIGNMENT) + data)


def _text(value: str) -> bytes:
    return struct.pack("<Q", len(value.encode())) + value.encode()


def _value(kind: int, value: object) -> bytes:
    if kind == _STRING:
        return _text(str(value))
    return struct.pack({_U32: "<I", _I32: "<i", _F32: "<f"}[kind], value)


def _pair(key: str, kind: int, value: object) -> bytes:
    return _text(key) + struct.pack("<I", kind) + _value(kind, value)


def _list(key: str, kind: int, values: list[object]) -> bytes:
    head = _text(key) + struct.pack("<IIQ", _ARRAY, kind, len(values))
    return head + b"".join(_value(kind, value) for value in values)
