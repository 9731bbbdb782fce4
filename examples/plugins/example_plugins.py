"""An engine, a reader and a check for the toolkit, in a package of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from email import message_from_bytes, policy

from toolkit.engines import Means
from toolkit.formats import Draft, plain
from toolkit.schema import Finding, Hypothesis, Metadata, Request, Span

ACCENTS = str.maketrans("aeiouyAEIOUY", "áéíóúýÁÉÍÓÚÝ")


@dataclass(frozen=True)
class Pseudo:
    """Accents on every vowel: shows what an interface or a template does with a translation."""

    signature: str = "pseudo 1"  # a new one whenever the answers change

    def run(self, requests: Sequence[Request], /) -> Sequence[Hypothesis | None]:
        """One answer for each request, in order; None where there is none."""
        return [Hypothesis(r.text.translate(ACCENTS), origin="pseudo") for r in requests]


def pseudo(which: str, means: Means) -> Pseudo:
    """The engine of `--engine pseudo`, or `pseudo:WHICH`."""
    return Pseudo()


def read_mail(data: bytes) -> Draft:
    """The article in a mail: its subject is the title, its sender the outlet."""
    mail = message_from_bytes(data, policy=policy.default)
    body = mail.get_body(("plain",))
    draft = plain.read(body.get_content() if body else "")
    sender = mail["from"].addresses[0] if mail["from"] and mail["from"].addresses else None
    return Draft(
        draft.text,
        draft.blocks,
        Metadata(title=mail["subject"], outlet=(sender and sender.display_name) or None),
    )


def double_spaces(
    source: str, target: str, source_lang: str, target_lang: str
) -> Iterator[Finding]:
    """Two spaces between words of a translation: `double_space/addition`."""
    for match in re.finditer(r"(?<=\S) {2,}(?=\S)", target):
        yield Finding("addition", "info", found=match[0], target_span=Span(*match.span()))
