"""What `models.lock` says of one model: frozen records that engines can read."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Literal

Task = Literal["translate", "summarize"]
# How a model is built, which decides the code that runs it: "firefox" by `engines.firefox`,
# "chat" models by their chat template, the others by `engines.hf` or `engines.ct2`.
Family = Literal["firefox", "marian", "m2m100", "nllb", "mbart50", "t5", "madlad", "bart", "chat"]
# How the hashes were obtained: from the publisher's own metadata, from a third party that
# wrote them down, seen by us at a download, or of a folder that a user brought. "nothing" is
# an entry whose files are not known yet: `complete` makes it "downloaded".
Verified = Literal["upstream", "transcribed", "downloaded", "added", "nothing"]


@dataclass(frozen=True, slots=True)
class Code:
    """One of our language codes, and what the model calls it ("" if it needs no name)."""

    lang: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class File:
    """One file of a model as it lies in its folder; `None` is not known yet.

    `packed` is the file that is fetched where it is not this one itself (`NAME.gz`).
    """

    name: str
    size: int | None = None
    sha256: str | None = None
    packed: File | None = None

    @property
    def fetched(self) -> File:
        """The file as it is downloaded."""
        return self.packed or self


@dataclass(frozen=True, slots=True)
class Decoding:
    """How to ask the model; zero leaves a number to the engine."""

    beam: int = 1
    max_input_tokens: int = 0
    max_output_tokens: int = 0


@dataclass(frozen=True, slots=True)
class Score:
    """A published measurement: what was measured on what, and who says so.

    `pair` is `en-ko`; "" for a model of one pair, or an average over many.
    """

    metric: str
    value: float
    test: str = ""
    by: str = ""
    pair: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One model: where it comes from, what it may be used for, and every file with its hash.

    A model of a hub has `repo` and the 40-digit `revision`; one from elsewhere has the `url`
    that its files lie under, and `path`, its folder below that. One that a user brought has
    neither. `licence_file` is a file and words that must stand in it for `licence` to hold,
    `mirrors` are further folders with the very same files, `replaces` names the model that this
    one is published in place of. `territory` says where the licence does not hold, `needs`
    which versions can run it.
    """

    id: str
    family: Family
    task: Task
    sources: tuple[Code, ...]
    targets: tuple[Code, ...]
    licence: str
    commercial: bool
    files: tuple[File, ...]
    verified: Verified
    repo: str = ""
    revision: str = ""
    url: str = ""
    path: str = ""
    architecture: str = ""
    decoding: Decoding = Decoding()
    scores: tuple[Score, ...] = ()
    licence_file: tuple[str, str] | None = None
    territory: str = ""
    needs: str = ""
    note: str = ""
    mirrors: tuple[str, ...] = ()
    replaces: str = ""

    def source_code(self, lang: str) -> str | None:
        """What the model calls this source language; None if it does not know it."""
        return next((c.code for c in self.sources if c.lang == lang), None)

    def target_code(self, lang: str) -> str | None:
        """What the model calls this target language; None if it does not know it."""
        return next((c.code for c in self.targets if c.lang == lang), None)

    def serves(self, source_lang: str, target_lang: str) -> bool:
        """Whether it carries a text from one of these languages into the other."""
        return (
            source_lang != target_lang
            and self.source_code(source_lang) is not None
            and self.target_code(target_lang) is not None
        )

    def score(self, metric: str, source_lang: str = "", target_lang: str = "") -> float | None:
        """The published score for this pair of languages."""
        pairs = ("", f"{source_lang}-{target_lang}")
        found = (s.value for s in self.scores if s.metric == metric and s.pair in pairs)
        return next(found, None)

    @property
    def complete(self) -> bool:
        """Whether a hash is known of every file, so that it can be fetched and verified."""
        return bool(self.files) and all(file.fetched.sha256 for file in self.files)

    @property
    def size(self) -> int | None:
        """Bytes to download; None if not all sizes are known."""
        sizes = [file.fetched.size for file in self.files]
        known = [size for size in sizes if size is not None]
        return sum(known) if known and len(known) == len(sizes) else None

    @property
    def key(self) -> str:
        """16 hex digits that change whenever a file does: of the names and hashes."""
        rows = sorted(f"{f.name} {f.fetched.sha256}" for f in self.files)
        return hashlib.sha256("\n".join(rows).encode()).hexdigest()[:16]
