"""What there is to know of a language, as records of plain data.

A language is one file that fills a `Pack`; no other file asks which language it is.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class SentenceRules:
    """Where sentences end (see `segmentation`)."""

    abbreviations: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class LabelRules:
    """Words that open a byline, a credit or a date line (see `labels`)."""


@dataclass(frozen=True, slots=True)
class SummaryRules:
    """Stop words, stems and openers that lean on the sentence before (see `summaries`)."""


@dataclass(frozen=True, slots=True)
class FactRules:
    """Numerals, calendars, units and homographs (see `facts`)."""


@dataclass(frozen=True, slots=True)
class NameRules:
    """How names are written and what may be glued to them (see `terms`)."""


@dataclass(frozen=True, slots=True)
class OutputRules:
    """Words around a text in an output, and how the language is set (see `formats`).

    `fonts` are tried in order before the reader's own; `unbroken_words` keeps a line from
    ending inside a word where the script itself would allow it.
    """

    source: str = "Source"
    summary: str = "Summary"
    translation: str = "Translation"
    findings: str = "Findings"
    standard_input: str = "standard input"
    fonts: tuple[str, ...] = ()
    unbroken_words: bool = False


@dataclass(frozen=True, slots=True)
class Pack:
    """All we know of one language."""

    code: str
    name: str
    own_name: str
    sentences: SentenceRules = field(default_factory=SentenceRules)
    labels: LabelRules = field(default_factory=LabelRules)
    summaries: SummaryRules = field(default_factory=SummaryRules)
    facts: FactRules = field(default_factory=FactRules)
    names: NameRules = field(default_factory=NameRules)
    output: OutputRules = field(default_factory=OutputRules)
