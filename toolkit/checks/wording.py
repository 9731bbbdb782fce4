"""Codes and rules in words, for people; the one list of what a finding may be."""

from __future__ import annotations

KINDS = {
    "number": "a number",
    "quantity": "a quantity with its unit",
    "money": "an amount of money",
    "percent": "a percentage",
    "date": "a date",
    "time": "a time of day",
    "name": "a name",
    "label": "a source label",
    "debris": "debris of a program",
    "sentence": "a sentence",
}
HOWS = {
    "mistranslation": "is another one in the translation",
    "omission": "is missing in the translation",
    "addition": "stands in the translation only",
}
# What is the matter with a text as a whole: see `guards`.
TEXTS = {
    "text/repetition": "the translation says the same over and over",
    "text/untranslated": "the original stands where the translation should",
    "text/script": "the translation is in another script",
    "text/language": "the translation is in another language",
    "text/length": "the translation is far too short or too long",
    "text/unfinished": "the translation breaks off",
    "text/omission": "a part of the original is missing in the translation",
}
# Debris has no source; a whole sentence is never compared.
CODES: tuple[str, ...] = (
    *(f"{kind}/{how}" for kind in list(KINDS)[:-2] for how in HOWS),
    "debris/addition",
    "sentence/omission",
    "sentence/addition",
    *TEXTS,
)
RULES = {
    "equal": "the same value on both sides",
    "value": "the same number, read as another kind of fact",
    "partial": "a date that says more or less of the same day",
    "parts": "one date, said in other portions",
    "span": "the same length of time in another unit",
    "share": "the same share: percent and fraction, decade and century",
    "hundredths": "the same money in its smaller coin",
    "clock": "a time of day, written as two numbers on one side",
    "sound": "a name that sounds alike in the other script",
    "name-by-sound": "the two names sound like nothing in the other text",
    "conversion": "the same amount in another unit",
    "unit": "the same number of something else",
    "changed": "what stands in its place says something else",
    "missing": "nothing stands for it in the translation",
    "added": "nothing stands for it in the source",
    "elsewhere": "another sentence of the document says it",
    "order": "the same facts in another order",
    "sign": "only one of the two is below zero",
    "score": "the two numbers of a score or a range changed places",
    "role": "two facts changed places: the words beside them, or what they count, say so",
    "company": "two numbers changed places: what stands beside one stands beside the other",
    "alignment": "no sentence stands for it",
    "debris": "no person writes this",
    "loop": "no person writes this",
    "copied": "the words are those of the original",
    "kept": "these words are left in the language of the original",
    "stray": "a word of a script that neither text should have",
    "script": "hardly a letter is of the script it should be in",
    "language": "its words and letters are those of another language",
    "short": "translations of such a text are twice as long at least",
    "long": "translations of such a text are half as long at most",
    "end": "there is no end to the sentence",
    "start": "the beginning of the sentence is not there",
    "sentence": "nothing stands for this sentence",
    "gap": "the word before it is not there",
    "clause": "nothing stands for this part of the sentence",
    "no answer": "no engine gave a translation that could be shown",
    "weak": "a weak word, not reported alone",
    "again": "said again; matched where it was said before",
    "put-right": "written in by the toolkit in the place of what the engine said: look at it",
    "words": "it may be written in words, which are not read in this language",
    "passed": "passed: another way to say what is there",
}


def describe(code: str) -> str:
    """A code in words: `a date is missing in the translation`."""
    if code in TEXTS:
        return TEXTS[code]
    kind, _, how = code.partition("/")
    return f"{KINDS.get(kind, f'a {kind}')} {HOWS.get(how, how)}"


def why(rule: str) -> str:
    """A rule in words; a rule without words says its own name."""
    return RULES.get(rule, rule)
