"""How often the models of `tests/models` are right on held-out sentences, engine by engine.

    python -m training.measure --size 500

For the early checkpoint also: how many translations have other figures than the reference,
and to how many of these the checks object.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests import trained_models
from toolkit.engines import ct2, firefox, hf
from training.sentences import corpus

SEED = 2  # another one than the sentences that were looked at in training


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=500)
    size = parser.parse_args().size
    held_out = corpus(size, seed=SEED, held_out=True)

    def show(name: str, engine: Any, lang: str, *, errors: bool = False) -> None:
        said = trained_models.translate(engine, lang, held_out)
        print(f"{name} en-{lang}: exact {trained_models.exact(said, lang, held_out):.3f}")
        slips = trained_models.slips(said, lang, held_out)
        found = [slip for slip in slips if slip.codes]
        right = [
            s
            for s, text in zip(held_out, said, strict=True)
            if text == trained_models.reference(s, lang)
        ]
        alarms = [
            s for s in right if trained_models.codes(s, trained_models.reference(s, lang), lang)
        ]
        print(
            f"  other figures {len(slips)}, objected to {len(found)}; "
            f"right {len(right)}, objected to {len(alarms)}"
        )
        if errors:
            for slip in slips:
                if not slip.codes:
                    print(f"  not found: {slip.source} | {slip.said} | {slip.reference}")

    engines: tuple[tuple[str, Callable[..., Any]], ...] = (
        ("hf", hf.open_model),
        ("ct2", ct2.open_model),
    )
    with tempfile.TemporaryDirectory() as place:
        for name, open_model in engines:
            for model, (entry, folder) in (
                ("small", trained_models.opus()),
                ("early", trained_models.opus_early(Path(place) / name)),
            ):
                engine = open_model(entry, folder)
                for lang in ("uk", "ko"):
                    show(f"{name} opus-{model}", engine, lang, errors=model == "early")
    for lang in trained_models.FIREFOX_LANGS:
        show("firefox", firefox.open_model(*trained_models.firefox(lang)), lang)


if __name__ == "__main__":
    main()
