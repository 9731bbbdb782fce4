"""A handful of sentences to try an engine on: does what comes back say what was asked?

Nothing here compares words with a translation of our own: another wording is not a fault.
What is asked is that an answer comes, whole, in the right script, with its labels, figures,
dates and names of months, without loops.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from toolkit.checks.documents import check_pair
from toolkit.checks.guards import content, surface
from toolkit.protocols import PLACEHOLDER, Engine
from toolkit.schema import Finding, Hypothesis, Request, TranslationUnit

# Written for this, by language; ⟦0⟧ stands for a label, as engines are given them.
SENTENCES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "en": (
            "The council bought 40 electric buses for 12 million euros on 9 January 2025.",
            "About 10,000 people were waiting at the station at 8:46 p.m.",
            "Prices rose by 3.5 percent in March, the bank said.",
            "The bridge, which is 120 metres long, was closed on Monday. ⟦0⟧",
            "Nobody was hurt.",
        ),
        "ko": (
            "시는 2025년 1월 9일 전기 버스 40대를 1200만 유로에 샀다.",
            "오후 8시 46분에 약 1만 명이 역에서 기다리고 있었다.",
            "은행은 3월에 물가가 3.5% 올랐다고 밝혔다.",
            "길이 120미터인 다리가 월요일에 폐쇄됐다. ⟦0⟧",
            "다친 사람은 없었다.",
        ),
        "uk": (
            "9 січня 2025 року міська рада купила 40 електробусів за 12 мільйонів євро.",
            "О 20:46 на вокзалі чекали близько 10 000 людей.",
            "У березні ціни зросли на 3,5 відсотка, повідомив банк.",
            "У понеділок закрили міст завдовжки 120 метрів. ⟦0⟧",
            "Ніхто не постраждав.",
        ),
    }
)
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
        for text in SENTENCES.get(source_lang, ())
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
