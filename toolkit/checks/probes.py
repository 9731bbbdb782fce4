"""A handful of sentences to try an engine on: does what comes back say what was asked?

Nothing here compares words with a translation of our own: another wording is not a fault.
What is asked is that an answer comes, whole, in the right script, with its labels, figures,
dates and names of months, without loops.
"""

from __future__ import annotations

from dataclasses import dataclass

from toolkit.checks.documents import check_pair
from toolkit.checks.guards import content, surface
from toolkit.lang import probes
from toolkit.protocols import PLACEHOLDER, Engine
from toolkit.schema import Finding, Hypothesis, Request, TranslationUnit

LABEL = "[@PortWire]"


@dataclass(frozen=True, slots=True)
class Trial:
    """A sentence, what an engine made of it, and what is wrong with that."""

    source: str
    target: str
    findings: tuple[Finding, ...]

    @property
    def passed(self) -> bool:
        """Whether nothing is wrong that a reader would be misled by."""
        return not any(finding.severity == "error" for finding in self.findings)


def try_engine(engine: Engine, source_lang: str, target_lang: str) -> tuple[Trial, ...]:
    """What an engine makes of our sentences in a language; none where we have no sentences."""
    requests = [
        Request(text, source_lang, target_lang, keep=(LABEL,) * len(PLACEHOLDER.findall(text)))
        for text in probes(source_lang)
    ]
    return tuple(
        _trial(request, answer)
        for request, answer in zip(requests, engine.run(requests), strict=True)
    )


def _trial(request: Request, answer: Hypothesis | None) -> Trial:
    if answer is None or not answer.text.strip():
        return Trial(request.text, "", (Finding("text/omission", "error", rule="no answer"),))
    faults = []
    if not answer.finished:
        faults.append(Finding("text/unfinished", "error", rule="cut short"))
    wanted, found = (sorted(PLACEHOLDER.findall(text)) for text in (request.text, answer.text))
    if wanted != found:
        faults.append(Finding("label/omission", "error", expected=LABEL, rule="placeholder"))
    source, target = (PLACEHOLDER.sub(LABEL, text) for text in (request.text, answer.text))
    pair = request.source_lang, request.target_lang
    unit = TranslationUnit("", source, target, *pair, "translated", "")
    known = {*check_pair(source, target, *pair).findings, *surface(source, target, *pair)}
    known |= set(content(unit))
    worst = sorted(known, key=lambda finding: (finding.severity != "error", finding.code))
    return Trial(source, target, (*faults, *worst))
