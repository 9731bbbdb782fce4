"""Do the labels and facts of a text survive in its translation or summary?

`facts`, `terms` and `labels` read each text alone; here two readings are compared. Codes
follow MQM accuracy: `<kind>/mistranslation` for what changed, `/omission` for what is
missing, `/addition` for what the source does not have. Kinds: number, quantity, money,
percent, date, time, name, label, debris, sentence.

    error    a strong fact changed; the same number of another unit or currency; a label
             changed or lost; debris; a name of the termbase rendered as another one
    warning  a strong fact missing or added; a number word changed; a sentence missing or
             added; a name of the termbase missing; a country that became another; two
             numbers that stand beside each other's words; two facts of one sort in the
             other order, between languages that keep it
    info     weak words, conversions, what is said elsewhere in the document, a name
             missing that only CLDR knows
"""

from __future__ import annotations

from toolkit.checks.documents import check, check_pair, check_texts
from toolkit.checks.explanation import Explanation, Reading, explain, explain_texts
from toolkit.checks.judge import Verdict
from toolkit.checks.summaries import check_summary

__all__ = [
    "Explanation",
    "Reading",
    "Verdict",
    "check",
    "check_pair",
    "check_summary",
    "check_texts",
    "explain",
    "explain_texts",
]
