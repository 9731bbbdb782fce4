"""A quotation that lost its marks: what somebody said reads as what the outlet says."""

from __future__ import annotations

import re

from toolkit.checks.compare.cues import pattern
from toolkit.checks.evidence import View
from toolkit.schema import Fact, Span

# Six words between marks are a quotation; fewer may be a title, or turned into reported speech.
_QUOTED = re.compile(r"[“„«「『]([^“”„«»「」『』]{12,400})[”“»」』]|\"([^\"]{12,400})\"")
_MARK = re.compile(r"[\"“”„«»‘’「」『』‹›‚]|''|(?:^|\s)[—–-]\s|(?<!\w)'\w|&(?:quot|#39);")
_FEW_WORDS = 6


def quotations(view: View) -> None:
    """The source quotes, and the translation has no mark of a quotation at all."""
    reported = pattern(view.there.lang, "reported")
    if _MARK.search(view.there.text) or (reported and reported.search(view.there.text)):
        return
    for match in _QUOTED.finditer(view.here.text):
        if len(match.group().split()) >= _FEW_WORDS:
            fact = Fact("quotation", (match.group(),), Span(*match.span()), match.group())
            view.accuse(view.here.add(fact), None, "unquoted")
            return
