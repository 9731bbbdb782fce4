"""Labels in texts: the memory holds them verbatim, requests have placeholders in their place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from toolkit import scripts
from toolkit.protocols import PLACEHOLDER, placeholder

_KINDS = ("[A-Za-z0-9_]", f"[{scripts.named('Cyrillic').letters}0-9_]")


def unmask(text: str, keep: Sequence[str]) -> str | None:
    """The text with its labels, or None where placeholders and labels are not one to one."""
    numbers = [int(number) for number in PLACEHOLDER.findall(text)]
    if sorted(numbers) != list(range(len(keep))):
        return None
    return PLACEHOLDER.sub(lambda found: keep[int(found[1])], text)


def mask(text: str, keep: Sequence[str]) -> str | None:
    """The text with a placeholder for each label, or None unless each is there as often."""
    if PLACEHOLDER.search(text) or not all(keep):
        return None
    if not keep:
        return text
    waiting: dict[str, list[int]] = {}
    for number, label in reversed(list(enumerate(keep))):
        waiting.setdefault(label, []).append(number)
    longest_first = sorted(waiting, key=lambda label: (-len(label), label))
    found = re.compile("|".join(map(_verbatim, longest_first)))
    if Counter(found.findall(text)) != Counter(keep):
        return None
    return found.sub(lambda label: placeholder(waiting[label[0]].pop()), text)


def _verbatim(label: str) -> str:
    """A pattern of the label that does not match inside a longer name or number.

    A Korean particle may follow a Latin handle directly, so only letters of the label's own
    kind count as its continuation.
    """
    left, right = (
        next((kind for kind in _KINDS if re.match(kind, char)), "")
        for char in (label[0], label[-1])
    )
    before = f"(?<!{left})" if left else ""
    after = f"(?!{right})" if right else ""
    return f"{before}{re.escape(label)}{after}"
