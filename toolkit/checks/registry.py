"""All that a finding may be: kinds, codes, rules, their words and how bad each is.

A new check is a row here and a file in `compare`. The lists in docs/checks.md, the rules of
SARIF and what `--ignore` knows are made from these tables.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from toolkit.schema import Severity

HOWS = MappingProxyType(
    {
        "mistranslation": "is another one in the translation",
        "omission": "is missing in the translation",
        "addition": "stands in the translation only",
    }
)
_ALL = tuple(HOWS)


@dataclass(frozen=True, slots=True)
class Kind:
    """What a finding may be about: its codes are `name/how`; `facts` are the kinds it covers."""

    name: str
    words: str
    hows: tuple[str, ...] = _ALL
    facts: tuple[str, ...] = ()


KINDS: tuple[Kind, ...] = (
    Kind(
        "number",
        "a number",
        facts=("cardinal", "ordinal", "fraction", "score", "indefinite", "code"),
    ),
    Kind("quantity", "a quantity with its unit", facts=("duration", "age")),
    Kind("money", "an amount of money"),
    Kind("percent", "a percentage"),
    Kind(
        "date",
        "a date",
        facts=("month", "weekday", "year", "decade", "century", "season", "relative"),
    ),
    Kind("time", "a time of day"),
    Kind("name", "a name", facts=("person", "place", "organisation", "demonym", "term")),
    Kind("label", "a source label"),
    Kind("negation", "a negation", ("omission",)),
    Kind("hedge", "a word of doubt", ("omission",)),
    Kind("comparison", "a comparison", ("mistranslation",)),
    Kind("quotation", "a quotation", ("omission",)),
    Kind("debris", "debris of a program", ("addition",)),
    Kind("sentence", "a sentence", ("omission", "addition")),
)
# What is the matter with a text as a whole: see `guards`.
TEXTS = MappingProxyType(
    {
        "text/repetition": "the translation says the same over and over",
        "text/untranslated": "the original stands where the translation should",
        "text/script": "the translation is in another script",
        "text/language": "the translation is in another language",
        "text/length": "the translation is far too short or too long",
        "text/unfinished": "the translation breaks off",
        "text/omission": "a part of the original is missing in the translation",
    }
)
CODES: tuple[str, ...] = (*(f"{kind.name}/{how}" for kind in KINDS for how in kind.hows), *TEXTS)
_KIND_OF = {fact: kind.name for kind in KINDS for fact in kind.facts}
_WORDS = {kind.name: kind.words for kind in KINDS}

# What a rule does with the facts it names: it lets them pass, it reports them, or it only
# stands in `--explain`.
Effect = Literal["passes", "reports", "explains"]


@dataclass(frozen=True, slots=True)
class Rule:
    """By what a fact was judged.

    `severity` is that of a finding; None where it depends on the fact (see `judge`), or is the
    guard's own.
    """

    name: str
    words: str
    effect: Effect = "reports"
    severity: Severity | None = None


RULES: tuple[Rule, ...] = (
    Rule("equal", "the same value on both sides", "passes"),
    Rule("same", "the same characters on both sides", "passes"),
    Rule("value", "the same number, read as another kind of fact", "passes"),
    Rule("partial", "a date that says more or less of the same day", "passes"),
    Rule("parts", "one date, said in other portions", "passes"),
    Rule("span", "the same length of time in another unit", "passes"),
    Rule("share", "the same share: percent and fraction, decade and century", "passes"),
    Rule("hundredths", "the same money in its smaller coin", "passes"),
    Rule("clock", "a time of day, written as two numbers on one side", "passes"),
    Rule("sound", "a name that sounds alike in the other script", "passes"),
    Rule("name-by-sound", "the two names sound like nothing in the other text", severity="warning"),
    Rule("conversion", "the same amount in another unit", severity="info"),
    Rule("unit", "the same number of something else", severity="error"),
    Rule("changed", "what stands in its place says something else"),
    Rule("missing", "nothing stands for it in the translation"),
    Rule("added", "nothing stands for it in the source"),
    Rule("elsewhere", "another sentence of the document says it", severity="info"),
    Rule("order", "the same facts in another order", severity="warning"),
    Rule("sign", "only one of the two is below zero", severity="warning"),
    Rule("score", "the two numbers of a score or a range changed places", severity="error"),
    Rule(
        "role",
        "two facts changed places: the words beside them, or what they count, say so",
        severity="error",
    ),
    Rule(
        "company",
        "two numbers changed places: what stands beside one stands beside the other",
        severity="warning",
    ),
    Rule("lost-cue", "no word of the translation says so", severity="warning"),
    Rule("turned", "the translation says the opposite", severity="warning"),
    Rule("unquoted", "the translation has no quotation marks", severity="warning"),
    Rule("dropped", "a program has no reason to leave it out", severity="warning"),
    Rule("alignment", "no sentence stands for it"),
    Rule("much", "a good part of the original has no counterpart", severity="error"),
    Rule("debris", "no person writes this", severity="error"),
    Rule("loop", "no person writes this"),
    Rule("copied", "the words are those of the original"),
    Rule("kept", "these words are left in the language of the original"),
    Rule("stray", "a word of a script that neither text should have"),
    Rule("script", "hardly a letter is of the script it should be in"),
    Rule("language", "its words and letters are those of another language"),
    Rule("short", "translations of such a text are twice as long at least"),
    Rule("long", "translations of such a text are half as long at most"),
    Rule("end", "there is no end to the sentence"),
    Rule("start", "the beginning of the sentence is not there"),
    Rule("sentence", "nothing stands for this sentence"),
    Rule("gap", "the word before it is not there"),
    Rule("clause", "nothing stands for this part of the sentence"),
    Rule("no answer", "no engine gave a translation that could be shown"),
    Rule("put-right", "written in by the toolkit in the place of what the engine said: look at it"),
    Rule("weak", "a weak word, not reported alone", "explains"),
    Rule("again", "said again; matched where it was said before", "explains"),
    Rule("passed", "passed: another way to say what is there", "explains"),
)
_RULES = {rule.name: rule for rule in RULES}


def kind_of(fact: str) -> str:
    """The kind under which findings name a fact of this kind."""
    return _KIND_OF.get(fact, fact)


def severity_of(rule: str) -> Severity | None:
    """How bad a finding by this rule is; None where the fact tells."""
    return _RULES[rule].severity


def describe(code: str) -> str:
    """A code in words: `a date is missing in the translation`."""
    if code in TEXTS:
        return TEXTS[code]
    kind, _, how = code.partition("/")
    return f"{_WORDS.get(kind, f'a {kind}')} {HOWS.get(how, how)}"


def why(rule: str) -> str:
    """A rule in words; a rule without words says its own name."""
    return _RULES[rule].words if rule in _RULES else rule
