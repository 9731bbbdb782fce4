"""How often the models of `tests/models` are right on held-out sentences, engine by engine.

    python -m training.measure --size 500

For the early checkpoint also: how many translations have other figures than the reference,
and to how many of these the checks object.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable, Sequence
from functools import partial
from itertools import product
from pathlib import Path
from typing import Any

from tests import trained_models
from toolkit.engines import ct2, firefox, hf
from training.sentences import Sentence, corpus

SEED = 2  # another one than the sentences that were looked at in training


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=500)
    size = parser.parse_args().size
    held_out = corpus(size, seed=SEED, held_out=True)

    with tempfile.TemporaryDirectory() as place:
        cache = Path(place) / "converted"
        engines: tuple[tuple[str, Callable[..., Any]], ...] = (
            ("hf", partial(hf.open_model, threads=1)),
            ("ct2 int8", partial(ct2.open_model, cache=cache)),
        )
        models = (trained_models.opus(), trained_models.opus_early(Path(place) / "early"))
        for (entry, folder), (name, open_model) in product(models, engines):
            engine = open_model(entry, folder)
            for lang in ("uk", "ko"):
                _show(f"{name} {entry.id}", engine, lang, held_out)
    for lang in trained_models.FIREFOX_LANGS:
        entry, folder = trained_models.firefox(lang)
        student = firefox.open_model(entry, folder)
        _show(f"firefox {entry.id}", student, lang, held_out)
        plain = [sentence for sentence in held_out if "⟦" not in sentence.en.text]
        _show(f"  {len(plain)} without labels", student, lang, plain)
        more = corpus(10 * size, seed=SEED, held_out=True)
        labelled = [sentence for sentence in more if "⟦" in sentence.en.text][:size]
        kinds = {"our": trained_models.LABELS, "web addresses for": trained_models.ADDRESSES}
        others = trained_models.STRANGERS
        kinds |= {f"strangers' ({at})": others[at : at + 10] for at in range(0, len(others), 10)}
        for kind, labels in kinds.items():
            _show(f"  {len(labelled)} with {kind} labels", student, lang, labelled, labels)


def _show(
    name: str,
    engine: Any,
    lang: str,
    sentences: Sequence[Sentence],
    labels: tuple[str, ...] = trained_models.LABELS,
) -> None:
    said = trained_models.translate(engine, lang, sentences, labels)
    slips = trained_models.slips(said, lang, sentences)
    found = [slip for slip in slips if slip.codes]
    alarms = [
        s
        for s, text in zip(sentences, said, strict=True)
        if text == trained_models.reference(s, lang) and trained_models.codes(s, text, lang)
    ]
    print(
        f"{name} en-{lang}: exact {trained_models.exact(said, lang, sentences):.3f};"
        f" other figures {len(slips)}, found by the checks {len(found)};"
        f" false alarms on exact ones {len(alarms)}",
        flush=True,
    )
    for slip in slips:
        if not slip.codes:
            print(f"  not found: {slip.source} | {slip.said} | {slip.reference}")


if __name__ == "__main__":
    main()
