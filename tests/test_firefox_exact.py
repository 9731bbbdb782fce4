"""The engine against the real one of Firefox Translations, on the same random weights.

The real engine is the npm package `@browsermt/bergamot-translator` 0.4.9 (WebAssembly, run by
Node); BERGAMOT_DIR names the folder of `npm install --prefix`. Its float32 mode is exact:
same file format, same network, no rounding to int8 on the way.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import firefox_models as models
import numpy as np
import pytest

from toolkit.engines import firefox_model
from toolkit.engines.firefox import open_model
from toolkit.models.entries import Decoding
from toolkit.schema import Request

PACKAGE = "node_modules/@browsermt/bergamot-translator"
RUNNER = Path(__file__).parent / "bergamot.js"
# Over a thousand decisions in each shape: one may be a tie, which another order of sums breaks.
SENTENCES, VOCABULARY = 360, 1000
needs_the_real_engine = pytest.mark.skipif(
    shutil.which("node") is None
    or not (Path(os.environ.get("BERGAMOT_DIR", "/nowhere")) / PACKAGE).is_dir(),
    reason="needs node, and @browsermt/bergamot-translator in the folder BERGAMOT_DIR",
)
SHAPES = [
    pytest.param(shape, shared, listed, id=f"{shape}-{'one' if shared else 'two'}-{listed}")
    for shape in models.SHAPES
    for shared in (True, False)
    for listed in ("all", "shortlist")
]


def real_engine(
    model: Path,
    vocabularies: Sequence[Path],
    batches: Sequence[Sequence[str]],
    *,
    precision: str = "float32",
    shortlist: Path | None = None,
    factor: float = 2.0,
    beam: int = 1,
) -> list[list[str]]:
    """The real engine's translations; each list is one call of it."""
    job = {
        "model": str(model),
        "vocabularies": [str(path) for path in vocabularies],
        "shortlist": str(shortlist or ""),
        "precision": precision,
        "factor": factor,
        "beam": beam,
        "longest": 256,
        "batches": batches,
    }
    done = subprocess.run(
        ["node", str(RUNNER), os.environ["BERGAMOT_DIR"] + f"/{PACKAGE}"],
        input=json.dumps(job),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[:2000]
    return json.loads(done.stdout)["batches"]


def words(count: int, seed: int) -> list[str]:
    draw = random.Random(seed)
    syllables = [a + b for a in "bdfgklmnprstvz" for b in "aeiou"]
    found: dict[str, None] = {}
    while len(found) < count:
        found["".join(draw.choices(syllables, k=draw.choice((2, 3))))] = None
    return list(found)


class Pair:
    """One synthetic model in two files, int8 for us and what that says in float32 for both."""

    def __init__(self, folder: Path, shape: models.Shape, listed: str, seed: int) -> None:
        self.ours, self.folder = folder / "ours", folder
        self.ours.mkdir()
        weights = models.random_weights(shape, seed)
        config = models.config_text(shape)
        self.file = self.ours / "model.enuk.intgemm.alphas.bin"
        models.write_model(self.file, weights, config, alphas=models.plain_alphas(weights))
        self.exact = folder / "float32.bin"
        models.write_model(self.exact, models.dequantised(weights), config, int8=False)
        self.words = words(VOCABULARY - models.FIRST_WORD, seed)
        names = ["vocab"] if shape.shared else ["srcvocab", "trgvocab"]
        self.vocabularies = [self.ours / f"{name}.enuk.spm" for name in names]
        draw = random.Random(seed)
        for n, path in enumerate(self.vocabularies):
            mine = words(VOCABULARY - models.FIRST_WORD, seed + n)
            models.write_vocabulary(path, mine)
        self.target_words = mine
        self.shortlist = None
        if listed == "shortlist":
            entries = {n: sorted(draw.sample(range(VOCABULARY), 30)) for n in range(VOCABULARY)}
            self.shortlist = self.ours / "lex.50.50.enuk.s2t.bin"
            models.write_shortlist(self.shortlist, entries, VOCABULARY)
        longest = 5 if shape.emb == 256 else 3  # the others take long
        lengths = (draw.randint(1, longest) for _ in range(SENTENCES))
        self.texts = [" ".join(draw.choices(self.words, k=length)) for length in lengths]
        entry = models.describe(self.ours, "en", "uk")
        entry = replace(entry, decoding=Decoding(max_output_tokens=12))
        self.engine = open_model(entry, self.ours)

    def answers(self) -> list[str]:
        found = self.engine.run([Request(text, "en", "uk") for text in self.texts])
        return [answer.text for answer in found if answer is not None]

    def real(self, model: Path, precision: str) -> list[str]:
        """As many at once as have one length; one by one with a shortlist, which it would join.

        Of one length, since in a batch the longest decides how long all answers may be.
        """
        batches: dict[object, list[str]] = {}
        for n, text in enumerate(self.texts):
            batches.setdefault(n if self.shortlist else text.count(" "), []).append(text)
        found = real_engine(
            model,
            self.vocabularies,
            list(batches.values()),
            precision=precision,
            shortlist=self.shortlist,
        )
        rows = [list(zip(*both, strict=True)) for both in zip(batches.values(), found, strict=True)]
        said = dict(row for batch in rows for row in batch)
        return [said[text] for text in self.texts]

    def decisions(self, said: Sequence[str], ours: Sequence[str]) -> tuple[int, int]:
        """How many decisions of the real engine ours makes too, given the words before, of all.

        An output as long as the limit may have been cut, so its end is no decision. Where our
        answer is the same, so were its decisions; in the others ours is made to say theirs.
        """
        network = firefox_model.read_network(self.file, words=(VOCABULARY, VOCABULARY))
        listed = self.shortlist and firefox_model.read_shortlist(self.shortlist, network.config)
        ids = {word: n for n, word in enumerate(self.target_words, models.FIRST_WORD)}
        known = {word: n for n, word in enumerate(self.words, models.FIRST_WORD)}
        same = total = 0
        for text, theirs, mine in zip(self.texts, said, ours, strict=True):
            source = [*(known[word] for word in text.split()), 0]
            wanted = [ids[word] for word in theirs.split()]
            if len(wanted) < 2 * len(source):
                wanted.append(0)
            total += len(wanted)
            if theirs == mine:
                same += len(wanted)
                continue
            bias = network.bias.copy()
            if listed:
                barred = np.ones(VOCABULARY, bool)
                barred[listed.candidates(source)] = False
                bias[barred] = -np.inf
            picked = forced(network, source, wanted, bias)
            same += sum(a == b for a, b in zip(picked, wanted, strict=True))
        return same, total


def forced(
    network: firefox_model.Network, source: list[int], wanted: list[int], bias: np.ndarray
) -> list[int]:
    """What the network would say at each step if it had said the wanted words before."""
    width = network.config.width
    memory = firefox_model.encode(network, [source])
    places = firefox_model.positions(len(wanted), width)
    table = network.target.table * network.target.factor
    cells = [np.zeros((width, 1), np.float32) for _ in network.decoder]
    x, picked = places[:, :1].copy(), []
    for time, word in enumerate(wanted, 1):
        state, _ = firefox_model.step(network, x, cells, memory)
        picked.append(int((table @ state[:, 0] + bias).argmax()))
        x = network.target.columns(np.asarray([word])) + places[:, time : time + 1]
    return picked


@pytest.mark.slow
@needs_the_real_engine
@pytest.mark.parametrize(("shape", "shared", "listed"), SHAPES)
def test_every_word_is_that_of_the_real_engine(
    shape: str, shared: bool, listed: str, tmp_path: Path
) -> None:
    pair = Pair(tmp_path, models.SHAPES[shape](VOCABULARY, shared=shared), listed, seed=3)
    said = pair.real(pair.exact, "float32")
    ours = pair.answers()
    same, total = pair.decisions(said, ours)
    assert total > 2 * SENTENCES
    assert len(set(said)) > SENTENCES // 3
    assert same >= 0.999 * total, f"{same} of {total}"
    # Ours may be longer: short texts are given more room than the real engine gives them.
    equal = sum(
        theirs.split() == mine.split()[: len(theirs.split())]
        for theirs, mine in zip(said, ours, strict=True)
    )
    assert equal >= 0.99 * SENTENCES, f"{equal} of {SENTENCES}"


@pytest.mark.slow
@needs_the_real_engine
def test_the_best_of_a_beam_is_that_of_the_real_engine(tmp_path: Path) -> None:
    pair = Pair(tmp_path, models.tiny(VOCABULARY), "all", seed=5)
    texts = [text for text in pair.texts if text.count(" ") == 3]  # five tokens with the end
    entry = models.describe(pair.ours, "en", "uk")
    entry = replace(entry, decoding=Decoding(max_output_tokens=20))
    engine = open_model(entry, pair.ours, beam=4)
    (said,) = real_engine(pair.exact, pair.vocabularies, [texts], factor=4, beam=4)
    ours = engine.run([Request(text, "en", "uk") for text in texts])
    # The real engine does not tell a cut answer from one that ended; as long as can be is cut.
    whole = [(a, b) for a, b in zip(ours, said, strict=True) if b.count(" ") < 19]
    assert len(whole) > 20
    assert [mine.text for mine, _ in whole if mine] == [theirs for _, theirs in whole]
