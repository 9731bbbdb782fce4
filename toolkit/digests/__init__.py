"""Several articles on one event as one, and many articles sorted into events.

Hides how sentences of different articles are told to say the same. No model: words, names and
facts in common, each weighed by its rarity. What is printed is always an article's own
sentence; what is merged into it is named with its paragraph.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from toolkit.digests import documents, page
from toolkit.digests.building import digest
from toolkit.digests.grouping import Event, group
from toolkit.digests.records import (
    Difference,
    Digest,
    Place,
    Rendering,
    Shared,
    Side,
    Source,
    Statement,
    Support,
)
from toolkit.digests.rendering import render

__all__ = [
    "Difference",
    "Digest",
    "Event",
    "Place",
    "Rendering",
    "Shared",
    "Side",
    "Source",
    "Statement",
    "Support",
    "digest",
    "group",
    "render",
    "write",
]


def write(made: Digest, form: Literal["md", "json", "html"]) -> Iterator[str]:
    """The digest in this form, in pieces."""
    if form == "json":
        yield documents.as_json(made)
    elif form == "html":
        yield from page.page(made)
    else:
        yield from documents.markdown(made)
