"""What `models.lock` says of one model: frozen records that engines can read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Task = Literal["translate", "summarize"]
# How a model is built, which decides the code that runs it: "firefox" by `engines.firefox`,
# "chat" models by their chat template, the others by `engines.hf` or `engines.ct2`.
Family = Literal["firefox", "marian", "m2m100", "nllb", "mbart50", "t5", "madlad", "bart", "chat"]
# How the hashes were obtained: from the publisher's own metadata, from a third party that
# wrote them down, seen by us at a download, or of a folder that a user brought.
Verified = Literal["upstream", "transcribed", "downloaded", "added"]


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


@dataclass(frozen=True, slots=True)
class Decoding:
    """How to ask the model; zero leaves a number to the engine."""

    beam: int = 1
    max_input_tokens: int = 0
    max_output_tokens: int = 0


@dataclass(frozen=True, slots=True)
class Entry:
    """One model: where it comes from, what it may be used for, and every file with its hash."""

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
    decoding: Decoding = Decoding()
    note: str = ""

    def source_code(self, lang: str) -> str | None:
        """What the model calls this source language; None if it does not know it."""
        return next((c.code for c in self.sources if c.lang == lang), None)

    def target_code(self, lang: str) -> str | None:
        """What the model calls this target language; None if it does not know it."""
        return next((c.code for c in self.targets if c.lang == lang), None)
