"""Whether a text is a translation at all: loops, another language, what broke off or is lost.

Facts say nothing of these. Two kinds of guards: `surface` sees what no translator writes, and
is part of every check; `content` compares how much the two texts say, and is asked of what a
program has translated (see `repairs`).

    text/repetition    the same words over and over
    text/untranslated  the source again, or words of it that no name is made of
    text/script        the letters of another script
    text/language      another language of the same script
    text/length        much shorter or much longer than a translation is
    text/unfinished    it breaks off
    text/omission      fewer sentences, or a clause that nothing stands for

All bounds were set on 4,008 human translations (English to Korean and Ukrainian), so that at
most one of a thousand is flagged; `bench/quality.py repairs` measures it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from toolkit import labels, scripts, segmentation
from toolkit.checks.align.keys import keys
from toolkit.checks.reading import read
from toolkit.lang import CODES, pack
from toolkit.protocols import PLACEHOLDER
from toolkit.schema import Finding, Severity, Span, TranslationUnit

__all__ = ["content", "heard", "ratio", "surface", "untranslated"]

_RUN = rf"(?:[^\W\d_]++[{scripts.MARKS}]*+)++"
_WORD = re.compile(rf"{_RUN}(?:[{scripts.APOSTROPHES}-]{_RUN})*")
_ANY_WORD = re.compile(r"\w+")
_OPENED = re.compile(r"[(\[«„“\"'‘][^)\]»”\"'’]*$")
# A unit of one to eight words, said this often without a break; a single word more often.
_LOOP = re.compile(r"\b(\w+(?:\W+\w+){0,7}?)(?:\W+\1\b){2,}")
_GLUED_LOOP = re.compile(r"(\w{1,12}?)\1{4,}")
_WORD_TIMES, _PHRASE_TIMES, _SCATTERED_TIMES = 4, 3, 7
_LETTERS = re.compile(r"[^\W\d_]")
_NO_LETTERS = re.compile(r"[\W\d_]+")
# From so many words on a copy is no name: headlines are made of names.
_FEW_WORDS = 3
_RUN_OF_WORDS = 5
_LIKE_SOURCE = 0.8
_ALL_OF_SOURCE, _LONG_FOR_COPY = 0.95, 40
_WORDS_FOR_LANGUAGE, _FULL_OF_SMALL, _KINDS_OF_SMALL = 8, 0.3, 4
# Of the letters of a human translation at least 41 % are of the language's own script.
_OWN_SCRIPT = 0.25
_FEW_LETTERS = 6
_STRANGE_LETTERS = 0.3
_FOREIGN_WORDS = 3
_NO_OWN_LETTERS = 90
# Of human translations, weighed by letters, 0.1 % are shorter than 0.61 of the source and
# 0.1 % longer than 2.2 times; short ones stray farther.
_SHORTEST, _LONGEST, _SMOOTH = 0.5, 2.6, 12
_SHORT_FOR_END, _LONG_FOR_SPEECH = 0.8, 0.9
# What begins in small letters and is short has lost its beginning: none of human translations.
_LONG_FOR_START = 24
_FIRST, _LAST = re.compile(r"[^\W_]"), re.compile(r"[^\W\d_]+$")
_END = re.compile(rf"""[{scripts.STOPS}:;][\s'"”“’‘»«)\]）」』】*_—–-]*$""")
_OPEN_END = re.compile(r"""[,(\[{«“-]\s*$""")
_PAIRS = (("(", ")"), ("[", "]"), ("«", "»"), ("“", "”"))
# A sentence lost from a passage of several leaves it so much shorter than the rest would be.
_SHORTER_BY_A_SENTENCE = 0.86
# A clause is lost if little of it is heard in the translation, and so much is not.
_CLAUSE = r"[,;()—–]\s|\s[—–-]\s|\s(?=(?:{})\s)"
_SHORTEST_CLAUSE = 24
_WHOLE = 0.8
_UNHEARD = 0.8
_HEARD = 0.25
_SHORTER_BY_A_CLAUSE = 0.75
# Keys that a translation has as well, if it is one; words are copied as they are only at times.
_TELLING = frozenset(("fact", "name", "sound", "meaning"))


def surface(
    source: str, target: str, source_lang: str, target_lang: str, unit_id: str | None = None
) -> list[Finding]:
    """Loops, copies, and texts in another script or language: quiet on human translations."""
    found = list(_repetition(source, target))
    if source_lang != target_lang:
        found += _language(source, target, source_lang, target_lang)
    return [_finding(code, severity, unit_id, *what) for code, severity, *what in found]


def content(unit: TranslationUnit) -> list[Finding]:
    """What a unit's target lacks of its source, as far as that can be told without its facts."""
    ratio = _ratio(unit.source, unit.target)
    found = _length(unit.target, ratio)
    for guard in (_sentences, _unfinished, _gap, _clauses):
        if not found:
            found = list(guard(unit, ratio))
    return [_finding(code, severity, unit.id or None, *what) for code, severity, *what in found]


def untranslated(unit: TranslationUnit, why: str) -> Finding:
    """The finding of a unit that shows its source, as there is no translation to show."""
    return Finding("text/untranslated", "error", unit.id or None, rule=why)


def ratio(unit: TranslationUnit) -> float:
    """How long the target is beside its source, in letters of an alphabet."""
    return _ratio(unit.source, unit.target)


def heard(unit: TranslationUnit, but: Span) -> tuple[float, float]:
    """What of the source is said in the target, and what could be, beside one place of it."""
    facts = tuple(fact for fact in read(unit.source, unit.source_lang, None) if fact.span != but)
    rest = unit.source[: but.start] + " " + unit.source[but.end :]
    ours = keys(rest, facts, unit.source_lang)
    theirs = keys(unit.target, read(unit.target, unit.target_lang, None), unit.target_lang)
    weights = {key: max(weight) for key, weight in ours.items() if key[0] in _TELLING}
    return sum(weight for key, weight in weights.items() if key in theirs), sum(weights.values())


_Found = tuple[str, Severity, str | None, str | None, Span | None, Span | None, str]


def _finding(code: str, severity: Severity, unit_id: str | None, *what: object) -> Finding:
    expected, found, source_span, target_span, rule = what
    return Finding(code, severity, unit_id, expected, found, source_span, target_span, rule)  # type: ignore[arg-type]  # the rest of a _Found


def _in_target(code: str, severity: Severity, target: str, span: Span, rule: str) -> _Found:
    return code, severity, None, target[span.start : span.end], None, span, rule


# --- loops -------------------------------------------------------------------------------


def _repetition(source: str, target: str) -> Iterator[_Found]:
    said = source.lower()
    for match in _LOOP.finditer(target):
        words = len(_ANY_WORD.findall(match[1]))
        times = len(re.findall(rf"\b{re.escape(match[1])}\b", match.group()))
        if match[1].isdigit() or times < (_PHRASE_TIMES if words > 1 else _WORD_TIMES):
            continue
        if not _LOOP.search(said) and len(match[1]) > 1:
            yield _in_target("text/repetition", "error", target, Span(*match.span()), "loop")
            return
    match_ = _GLUED_LOOP.search(target)
    if match_ and _LETTERS.search(match_[1]) and len(match_.group()) > 7 and match_[1] != "_":
        if not _GLUED_LOOP.search(source):
            yield _in_target("text/repetition", "error", target, Span(*match_.span()), "loop")
        return
    words_ = [word.lower() for word in _ANY_WORD.findall(target)]
    often = Counter(zip(words_, words_[1:], words_[2:], strict=False)).most_common(1)
    if often and often[0][1] >= _SCATTERED_TIMES:
        there = [word.lower() for word in _ANY_WORD.findall(source)]
        most = Counter(pairwise(there)).most_common(1)
        if not most or most[0][1] * 2 < often[0][1]:
            span = Span(0, len(target))
            yield _in_target("text/repetition", "error", target, span, "loop")


# --- which language ----------------------------------------------------------------------


def _language(source: str, target: str, source_lang: str, target_lang: str) -> list[_Found]:
    there = pack(target_lang).script
    whole = Span(0, len(target))
    bare = _bare(target)
    shared = {*pack(source_lang).script.name.split()} & {*there.name.split()}
    if shared and _is_copy(source, bare, source_lang):
        return [_in_target("text/untranslated", "error", target, whole, "copied")]
    own = scripts.named(there.name)
    letters = scripts.letters(bare)
    if letters:
        share = own.count(bare) * own.weight / scripts.weight(bare)
        if share < _OWN_SCRIPT and _prose_of_others(bare, there.name):
            if _likeness(source, bare) >= _LIKE_SOURCE:
                return [_in_target("text/untranslated", "error", target, whole, "copied")]
            return [_in_target("text/script", "error", target, whole, "script")]
        if not shared and share < 1 and (copy := _copied_words(source, target, source_lang)):
            return [_in_target("text/untranslated", "error", target, copy, "kept")]
    if letters >= _FEW_LETTERS and _strange(source, bare, there.name, letters):
        return [_in_target("text/script", "error", target, whole, "script")]
    if stray := _stray(source, target, there.name):
        return [_in_target("text/script", "error", target, stray, "stray")]
    if there.foreign_words and _other_language(source, bare, target_lang):
        return [_in_target("text/language", "error", target, whole, "language")]
    left_in = _left_in(bare, target_lang)
    if left_in == source_lang:
        return [_in_target("text/untranslated", "error", target, whole, "language")]
    if left_in:
        return [_in_target("text/language", "error", target, whole, "language")]
    return []


def _is_copy(source: str, target: str, lang: str) -> bool:
    """Whether a text is its source once more, and no name or headline that is the same in both.

    Near neighbours (Danish and Norwegian, Serbian and Croatian) share whole sentences of a few
    words: where nothing is known of the words, only what is long and all the same is a copy.
    """
    if pack(lang).summaries.stop_words:
        return _prose(source, lang) and _likeness(source, target) >= _LIKE_SOURCE
    ours, theirs = _NO_LETTERS.sub("", source), _NO_LETTERS.sub("", target)
    small = sum(word.islower() or not scripts.has_capitals(word) for word in _WORD.findall(source))
    prose = small >= _FEW_WORDS or scripts.named(pack(lang).script.name).unspaced
    long = scripts.weight(theirs) >= _LONG_FOR_COPY
    return prose and long and (ours == theirs or _likeness(source, target) >= _ALL_OF_SOURCE)


def _left_in(target: str, lang: str) -> str | None:
    """The language with a list of small words that a text is full of, if it is another one.

    Of translations into 40 languages one in a thousand has three English or German small words
    in ten (a title, a quotation); of English and German sentences nine in ten have.
    """
    words = _WORD.findall(target)  # as written: titles of works keep their language
    if len(words) < _WORDS_FOR_LANGUAGE:
        return None
    own = _share(words, lang)
    for code in CODES:
        script = pack(code).script
        if code == lang or not {*script.name.split()} & {*pack(lang).script.name.split()}:
            continue
        share = _share(words, code)
        kinds = len(pack(code).summaries.stop_words.intersection(words))
        if share < _FULL_OF_SMALL or share < 2 * own or kinds < _KINDS_OF_SMALL:
            continue
        low = target.lower()
        if not script.own or (_has(low, script.own) and not _has(low, script.foreign)):
            return code
    return None


def _share(words: Sequence[str], lang: str) -> float:
    stop = pack(lang).summaries.stop_words
    return sum(word in stop and len(word) > 1 for word in words) / len(words)


def _has(text: str, letters: str) -> bool:
    return any(letter in text for letter in letters)


def _bare(target: str) -> str:
    """The target without its labels, which stay as they are, or are findings of their own."""
    text = PLACEHOLDER.sub(" ", target)
    for label in reversed(labels.find_inline(text)):
        text = text[: label.span.start] + " " + text[label.span.end :]
    return text


def _prose(text: str, lang: str) -> bool:
    """Whether a text has words besides names: some of a language's small ones."""
    words = _WORD.findall(text)
    small = pack(lang).summaries.stop_words
    return len(words) >= _FEW_WORDS and sum(len(w) > 1 and w in small for w in words) >= 3


def _prose_of_others(text: str, own: str) -> bool:
    """The same of words of other scripts than a text's own, whatever their language."""
    words = _WORD.findall(text)
    names = own.split()
    others = [w for w in words if len(w) > 1 and scripts.script_of(w) not in names]
    small = sum(w.islower() or not scripts.has_capitals(w) for w in others)
    return len(words) >= _FEW_WORDS and small >= 2


def _likeness(source: str, target: str) -> float:
    """The share of the target's words that are words of the source."""
    ours = Counter(word.lower() for word in _WORD.findall(source))
    theirs = Counter(word.lower() for word in _WORD.findall(target))
    return (ours & theirs).total() / max(1, theirs.total())


def _copied_words(source: str, target: str, lang: str) -> Span | None:
    """A run of the source's words in the target that a name or a title is not made of."""
    words = _WORD.findall(source)
    runs = {tuple(words[n : n + _RUN_OF_WORDS]) for n in range(len(words) - _RUN_OF_WORDS + 1)}
    stop = pack(lang).summaries.stop_words
    there = list(_WORD.finditer(target))
    for first in range(len(there) - _RUN_OF_WORDS + 1):
        run = there[first : first + _RUN_OF_WORDS]
        said = tuple(match.group() for match in run)
        small = sum(word in stop and len(word) > 1 for word in said)
        if said in runs and small >= 2 and all(word.islower() for word in said):
            return Span(run[0].start(), run[-1].end())
    return None


def _strange(source: str, target: str, own: str, letters: int) -> bool:
    """A good part of the letters is of a script that neither side should have."""
    strange = sum(
        1
        for char in _LETTERS.findall(target)
        if char not in source and scripts.script_of(char) not in ("Latin", *own.split())
    )
    return strange > _STRANGE_LETTERS * letters


def _stray(source: str, target: str, own: str) -> Span | None:
    """A word of Hangul or Cyrillic where neither side writes so, and no bracket excuses it.

    Chinese characters stand in Korean news for themselves (美), Latin ones anywhere.
    """
    for name in ("Cyrillic", "Hangul"):
        if name not in own and (word := scripts.words_of(name).search(target)):
            opened = _OPENED.search(target[max(0, word.start() - 60) : word.start()])
            if not opened and not scripts.named(name).count(source):
                return Span(*word.span())
    return None


@cache
def _foreign_words(lang: str) -> frozenset[str]:
    return frozenset(pack(lang).script.foreign_words.split())


def _other_language(source: str, target: str, lang: str) -> bool:
    """Words with letters, or words, that only others of the script have; names and quotes aside.

    A quotation brings a few, a text is full of them.
    """
    script = pack(lang).script
    low = target.lower()
    if any(c in low for c in script.own) and not any(c in low for c in script.foreign):
        return False
    words = [w.lower() for w in _WORD.findall(target) if w not in source]
    foreign = [w for w in words if w in _foreign_words(lang) or any(c in script.foreign for c in w)]
    own = sum(any(c in script.own for c in w) for w in words)
    strange = sum(w in _foreign_words(lang) for w in words)
    few = len(words) < 8
    if foreign and len(foreign) >= (1 if few else _FOREIGN_WORDS) and len(foreign) > own:
        return not few or (own == 0 and (strange > 0 or len(foreign) > 1))
    long = sum(map(len, words)) >= _NO_OWN_LETTERS
    return own == 0 and long


# --- how much is said --------------------------------------------------------------------


def _ratio(source: str, target: str) -> float:
    return (scripts.weight(target) + _SMOOTH) / (scripts.weight(source) + _SMOOTH)


def _length(target: str, ratio: float) -> list[_Found]:
    if _SHORTEST <= ratio <= _LONGEST:
        return []
    rule = "short" if ratio < 1 else "long"
    return [_in_target("text/length", "warning", target, Span(0, len(target)), rule)]


def _unfinished(unit: TranslationUnit, ratio: float) -> Iterator[_Found]:
    source, target = unit.source.rstrip(), unit.target.rstrip()
    first, opening = _FIRST.search(target), _FIRST.search(source)
    small = first and opening and first[0].islower() and opening[0].isupper()
    if first and small and ratio < 1 and len(source) >= _LONG_FOR_START:
        span = Span(first.start(), min(first.start() + 20, len(target)))
        yield _in_target("text/unfinished", "warning", target, span, "start")
        return
    if not target or _END.search(target):
        return
    word = _LAST.search(target)
    joins = word and word[0].lower() in pack(unit.target_lang).summaries.stop_words
    if not _END.search(source):  # a headline that ends with a preposition
        if word and joins and ratio < _SHORT_FOR_END and target[-1].isalpha():
            span = Span(*word.span())
            yield _in_target("text/unfinished", "warning", target, span, "end")
        return
    if scripts.named(pack(unit.target_lang).script.name).endless:
        return
    rules = pack(unit.target_lang).sentences
    # 다 ends a sentence without a full stop, and a dash what somebody says.
    speech = rules.speech_dash and target[-1] in "—–" and ratio >= _LONG_FOR_SPEECH
    if target[-1] in rules.glued or speech:
        return
    opened = any(
        target.count(a) > target.count(b) and source.count(a) <= source.count(b) for a, b in _PAIRS
    )
    if opened or target[-1] in "—–" or _OPEN_END.search(target) or ratio < _SHORT_FOR_END:
        at = max(0, len(target) - 20)
        yield _in_target("text/unfinished", "warning", target, Span(at, len(target)), "end")


@cache
def _gaps(lang: str) -> re.Pattern[str]:
    """What a lost word leaves: a particle alone, a space before a full stop."""
    bound = pack(lang).script.bound.split()
    if bound:
        return re.compile(rf"(?:(?<=[^\x00-\x7f] )|(?<=, ))(?:{'|'.join(bound)})(?=[\s,.]|$)")
    return re.compile(r"(?<=[\w»”]) +[.,;:!?](?=\s|$)")


def _gap(unit: TranslationUnit, _: float) -> Iterator[_Found]:
    found = _gaps(unit.target_lang).search(unit.target)
    if found and not _gaps(unit.source_lang).search(unit.source):
        span = Span(*found.span())
        yield _in_target("text/omission", "warning", unit.target, span, "gap")


def _sentences(unit: TranslationUnit, ratio: float) -> Iterator[_Found]:
    """The sentence that a passage of several lost: that of which least is heard."""
    if ratio > 1 or scripts.named(pack(unit.target_lang).script.name).endless:
        return
    ours = segmentation.split(unit.source, unit.source_lang)
    if len(ours) < 2:
        return
    theirs = segmentation.split(unit.target, unit.target_lang)
    if len(theirs) >= len(ours):
        return
    weights = [scripts.weight(unit.source[s.start : s.end]) for s in ours]
    least = min(weights)
    if least < 4:
        return
    short = (scripts.weight(unit.target) + 1) / (scripts.weight(unit.source) + 1)
    if short > max(_SHORTER_BY_A_SENTENCE, 1 - 0.5 * least / sum(weights)):
        return
    span = min(ours, key=lambda s: _heard(unit, s))
    text = unit.source[span.start : span.end]
    yield "text/omission", "warning", text, None, span, None, "sentence"


def _clauses(unit: TranslationUnit, ratio: float) -> Iterator[_Found]:
    """A clause of which little is heard in a target that is rather short."""
    # Where no words are known hardly anything can be heard.
    if ratio > _SHORTER_BY_A_CLAUSE or not pack(unit.target_lang).meanings.words:
        return
    for span in _clause_spans(unit.source, unit.source_lang):
        if span.end - span.start > _WHOLE * len(unit.source):
            continue
        share, expected = _coverage(unit, span)
        if share <= _HEARD and expected * (1 - share) >= _UNHEARD:
            text = unit.source[span.start : span.end]
            yield "text/omission", "warning", text, None, span, None, "clause"
            return


@cache
def _joints(lang: str) -> re.Pattern[str]:
    """Where a clause may begin: at a mark, and at a word that joins."""
    return re.compile(_CLAUSE.format("|".join(sorted(pack(lang).summaries.connectives)) or "(?!)"))


def _clause_spans(text: str, lang: str) -> Iterator[Span]:
    start = 0
    for match in (*_joints(lang).finditer(text), None):
        end = match.start() if match else len(text)
        if end - start >= _SHORTEST_CLAUSE:
            yield Span(start, end)
            start = match.end() if match else end


def _heard(unit: TranslationUnit, span: Span) -> float:
    return _coverage(unit, span)[0]


def _coverage(unit: TranslationUnit, span: Span) -> tuple[float, float]:
    """How much of what a part of the source says is in the target; and how much could be."""
    part = unit.source[span.start : span.end]
    ours = keys(part, read(part, unit.source_lang, None), unit.source_lang)
    theirs = keys(unit.target, read(unit.target, unit.target_lang, None), unit.target_lang)
    ours = {key: weight for key, weight in ours.items() if key[0] != "mark"}
    total = sum(weight.miss for weight in ours.values())
    heard = sum(weight.miss or weight.trust for key, weight in ours.items() if key in theirs)
    return heard / max(total, 0.1), total


def lost_sentences(findings: Sequence[Finding]) -> bool:
    """Whether a passage of several sentences came back with fewer."""
    return any(f.code == "text/omission" and f.rule == "sentence" for f in findings)
