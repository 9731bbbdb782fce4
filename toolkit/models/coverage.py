"""Whether a Marian model can read what its own tokenizer writes."""

from __future__ import annotations

import json
from pathlib import Path

from toolkit.errors import ModelMismatch

# Sound exports cover all but a few pieces. The broken export that this is for
# (opus-mt-tc-big-en-ko, whose vocab.json is that of the target side) covers 21 %.
LEAST = 0.9


def check_marian(folder: Path, name: str) -> None:
    """Nothing if `vocab.json` has a number for the pieces of `source.spm`; else ModelMismatch.

    A model whose vocabulary lacks them reads nothing but unknown words, and answers all the
    same.
    """
    import sentencepiece

    try:
        vocabulary = json.loads((folder / "vocab.json").read_text("utf-8"))
        # Given as bytes: a path in another encoding is not one to sentencepiece.
        pieces = sentencepiece.SentencePieceProcessor(
            model_proto=(folder / "source.spm").read_bytes()
        )
    except (OSError, ValueError, RuntimeError) as exc:
        raise ModelMismatch(f"{name}: source.spm or vocab.json cannot be read: {exc}") from exc
    words = [
        pieces.id_to_piece(at)
        for at in range(pieces.get_piece_size())
        if not (pieces.is_control(at) or pieces.is_unknown(at) or pieces.is_byte(at))
    ]
    share = sum(word in vocabulary for word in words) / max(len(words), 1)
    if share < LEAST:
        raise ModelMismatch(
            f"{name}: vocab.json has a number for {share:.0%} of the pieces of source.spm, "
            f"expected at least {LEAST:.0%}",
            hint="this export is broken: the model would read unknown words only",
        )
