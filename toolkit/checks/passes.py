"""What two texts have in common, and what not: one pass after the other.

A pass is a function of a `View`; a row of `PASSES` says when it runs. It takes pairs that say
the same (`view.take`) and accuses what is to be reported (`view.accuse`); both name a rule of
the `registry`. What no pass has closed at the end is left over: see `judge`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from toolkit.checks.compare import (
    calendar,
    characters,
    clock,
    cues,
    dropped,
    measures,
    quotations,
    repeats,
    swaps,
    values,
)
from toolkit.checks.evidence import Evidence, View

# both    something is left over on both sides
# either  on one side at least
# always  the pass looks at more than what is left over
When = Literal["both", "either", "always"]


@dataclass(frozen=True, slots=True)
class Pass:
    """One step, from both sides; `once`: from the source's side only.

    `bounded` passes compare each left-over with each: texts of nothing but numbers must not
    take quadratic time. `basic` ones are for pairs with a basic language.
    """

    run: Callable[[View], None]
    when: When = "both"
    once: bool = False
    bounded: bool = False
    basic: bool = False


# What facts say by themselves: for every two bags of facts.
FACTS: tuple[Pass, ...] = (
    Pass(values.equal, "either", once=True),
    Pass(characters.same_characters, "either", once=True),
    Pass(values.equal_numbers, once=True),
    Pass(calendar.days_as_numbers, bounded=True),
    Pass(calendar.same_days, once=True),
    Pass(values.equal_spans, once=True),
    Pass(values.equal_shares, once=True),
    Pass(values.equal_coins, once=True),
    Pass(values.equal_afternoons, once=True),
    Pass(clock.times_as_numbers, bounded=True),
    Pass(repeats.numbers_in_groups, bounded=True),
    Pass(measures.small_change, bounded=True),
    Pass(measures.first_months, bounded=True),
    Pass(measures.products, bounded=True),
    Pass(measures.compound_conversions, bounded=True),
    Pass(measures.two_compounds, once=True, bounded=True),
    Pass(measures.conversions, once=True, bounded=True),
    Pass(values.other_units, once=True),
    Pass(repeats.second_measures, "either"),
    Pass(repeats.said_again, "either"),
)
# And what the texts around them say.
PASSES: tuple[Pass, ...] = (
    *FACTS,
    Pass(repeats.labels_as_written, "either", once=True),
    Pass(swaps.swapped, "always", once=True),
    Pass(clock.bare_hours, once=True, basic=True),
    Pass(calendar.numbered_months, basic=True),
)

# What a program loses or turns, and a person hardly ever: once all units are compared.
MACHINE: tuple[Pass, ...] = (
    Pass(cues.negations, "always", once=True),
    Pass(cues.hedges, "always", once=True),
    Pass(cues.comparisons, "always", once=True),
    Pass(cues.bounds, "always", once=True),
    Pass(quotations.quotations, "always", once=True),
    Pass(dropped.turned_days, once=True),
    Pass(dropped.dropped, "either", once=True),
)


def compare(found: Evidence, passes: tuple[Pass, ...] = PASSES) -> Evidence:
    """Run the passes in their order; answers with the evidence, which has learned from them."""
    views = found.views()
    basic = found.source.basic or found.target.basic
    for step in passes:
        if step.basic and not basic:
            continue
        ours, theirs = len(found.source.open), len(found.target.open)
        if step.when == "both" and not (ours and theirs):
            continue
        if step.when == "either" and not (ours or theirs):
            continue
        if step.bounded and ours * theirs > measures.MOST_COMPARISONS:
            continue
        for view in views[:1] if step.once else views:
            step.run(view)
    return found
