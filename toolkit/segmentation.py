"""Sentences that lie where they say, by rules of our own.

Hides the whole question of where a sentence ends. What a language adds to the rules (its
abbreviations, the words that open a sentence) is data in `lang`; what holds for all of them
is here. One pass over the terminators, each judged by a bounded look to either side, so that
the time is linear on every input: a 5 MB article on a single line must not hang.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from toolkit import scripts
from toolkit.lang import pack
from toolkit.lang.base import SentenceRules
from toolkit.schema import BORDERS, INLINE, TOLD, Article, Label, Segment, Span

__all__ = ["segment", "split"]

# Quotes and brackets that stand directly after a terminator close the sentence with it. An
# opening mark cannot be mistaken: white space stands before it.
_END = re.compile(r"""(?<![.!?…。！？])[.!?…。！？]++(?:["'”’“‘»›)\]」』》〉]|\[\d{1,3}\])*+""")
_CLOSED_LATE = re.compile(r"""[^\S\n\r]{1,4}(?:[”»›)\]」』》〉]|["'](?=\s))++""")
# `A, — said he. — B`: what follows the second dash is a sentence of its own.
_SPEECH_DASH = re.compile(r"(?<=[^\W_][.!?…])\s?[—–](?=\s+[^\W\d_])")
_SPACE = re.compile(r"\s*+")
_DOTS = re.compile(r"[.…]*+")
_OPENERS = re.compile(r"""["'“‘«‹„‚(\[「『《〈¿¡*]{0,6}+""")
_LETTER = re.compile(r"[^\W_]")
_WORD = re.compile(r"[^\W\d_]{1,30}")
_INITIAL = re.compile(r"(?:[^\W\d_]{1,2}\.-?)*[^\W\d_]")
_DOTTED = re.compile(r"(?:\w{1,20}-)?(?:[^\W\d_]{1,3}\.)+[^\W\d_]{1,3}")
_NUMBER = re.compile(r"[$£€₴]?\d[^\s]{0,20}|[IVXLCІХ]{1,8}")
_DOTTED_DATE = re.compile(r"\d{4}\.\s?\d{1,2}\.\s?\d{1,2}\Z|\d{4}\.\s?\d{1,2}\Z")
_ORDINAL = re.compile(r"(?<![\d.,])\d{1,2}\Z")
_DATE_AHEAD = re.compile(r"\d{1,2}\.\s?\d{1,2}\.")
_ENUMERATOR = re.compile(
    rf"[(\[]?(?:\d{{1,3}}|[{scripts.CAPITALS}{scripts.SMALL}가나다라마바사아자차카타파하])[)\]]?"
)
_LINE = re.compile(r"[^\n\r\v\f\x85\u2028\u2029]+")
# A sentence goes on after these; an ampersand as in `Bros. & Co.`
_GOES_ON = frozenset(",;:)]}–—-‐‑‒―&/%»”")
_TOKEN_BORDERS = frozenset(" \t\n\xa0\u202f\"'“”‘’«»„()[]")
_LOOK_BACK = 80

# What may be left standing beside a label once it is taken out: it belongs to no sentence.
_BEFORE_PIECE = re.compile(r"(?:[\s.,;:!?)\]|/·•]|[–—-](?=\s|\Z))*+")
_AFTER_PIECE = frozenset("([|/–—·•-")


def segment(article: Article, labels: Sequence[Label]) -> tuple[Segment, ...]:
    """The sentences, headlines and captions of an article, in order.

    Borders of blocks and labels that say where words come from end a sentence; such a label
    is part of none, while a handle or an address within a sentence is never cut. Every letter
    and digit outside the labels lies in exactly one segment. What holds neither (a row of
    asterisks, the dash behind a date line) needs no translation and is in none.
    """
    rules = pack(article.lang).sentences
    whole = sorted(label.span for label in labels if label.kind in INLINE)
    found: list[Segment] = []
    for paragraph, piece in _pieces(article, labels):
        for span in _split(article.text, piece, rules, whole):
            if _LETTER.search(article.text, *span):
                text = article.text[span.start : span.end]
                found.append(Segment(f"s{len(found) + 1}", span, text, paragraph))
    return tuple(found)


def split(text: str, lang: str, keep_whole: Iterable[Span] = ()) -> tuple[Span, ...]:
    """The sentences of a plain text; every line end ends one.

    No sentence begins or ends within a span of `keep_whole`. All that is not white space lies
    in exactly one span.
    """
    rules = pack(lang).sentences
    whole = sorted(keep_whole)
    return tuple(
        span
        for line in _LINE.finditer(text)
        for span in _split(text, Span(*line.span()), rules, whole)
    )


def _pieces(article: Article, labels: Sequence[Label]) -> Iterator[tuple[int, Span]]:
    """What lies between borders, with the number of the paragraph it lies in."""
    text, position = article.text, 0
    borders = sorted(label.span for label in labels if label.kind in BORDERS)
    every = sorted(label.span for label in labels if label.kind not in TOLD)
    for number, block in enumerate(article.blocks, 1):
        # Text that no block claims is not lost: it goes with the paragraph before it.
        for line in _LINE.finditer(text, position, max(position, block.span.start)):
            yield from _between(text, Span(*line.span()), borders, max(1, number - 1))
        region = Span(max(position, block.span.start), block.span.end)
        # A handle in a sentence is part of it; a line of nothing but labels has no sentence.
        bare = not any(
            _LETTER.search(text, *piece) for _, piece in _between(text, region, every, 0)
        )
        yield from _between(
            text, region, every if bare or block.kind == "label" else borders, number
        )
        position = max(position, block.span.end)
    for line in _LINE.finditer(text, position):
        yield from _between(text, Span(*line.span()), borders, max(1, len(article.blocks)))


def _between(
    text: str, region: Span, cuts: Sequence[Span], number: int
) -> Iterator[tuple[int, Span]]:
    position = region.start
    first = max(0, bisect_right(cuts, Span(region.start, region.start)) - 1)
    # By number: a copy of the rest for each block would be quadratic.
    for cut in map(cuts.__getitem__, range(first, len(cuts))):
        if cut.start >= region.end:
            break
        if cut.end > position:
            yield number, _trim(text, position, cut.start, region)
            position = cut.end
    yield number, _trim(text, position, region.end, region)


def _trim(text: str, start: int, end: int, region: Span) -> Span:
    if start != region.start and (match := _BEFORE_PIECE.match(text, start, max(start, end))):
        start = match.end()
    if end != region.end:
        while end > start and (text[end - 1].isspace() or text[end - 1] in _AFTER_PIECE):
            end -= 1
    return Span(start, max(start, end))


def _split(text: str, region: Span, rules: SentenceRules, whole: Sequence[Span]) -> Iterator[Span]:
    start, end = _strip(text, *region)
    # The first letter of the sentence at hand, and the first one after the terminator at hand:
    # each letter is looked for once.
    letter = after = _next_letter(text, start, end)
    for match in _END.finditer(text, start, end):
        if match.start() < start or letter >= match.start():
            continue
        stop = match.end()
        if late := _CLOSED_LATE.match(text, stop, end):
            stop = late.end()
        if rules.speech_dash and (dash := _SPEECH_DASH.match(text, stop, end)):
            stop = dash.end()
        if after < stop:
            after = _next_letter(text, stop, end)
        if after >= end:
            break
        if _ends(text, start, match, stop, end, rules) and not _inside(stop, whole):
            yield Span(start, stop)
            start, letter = _skip(_SPACE, text, stop, end), after
    if start < end:
        yield Span(start, end)


def _ends(
    text: str, start: int, match: re.Match[str], stop: int, end: int, rules: SentenceRules
) -> bool:
    """Whether the terminator at hand ends the sentence that began at `start`."""
    ahead = _skip(_SPACE, text, stop, end)
    if ahead == stop:
        return _ends_glued(text, match, rules)
    if text[ahead] in _GOES_ON:
        return False
    opening = _skip(_OPENERS, text, ahead, end)
    word = _match(_WORD, text, opening, end)
    # `“…and then we left.”` after a full stop is a quotation cut short, not a sentence going on.
    cut_short = opening > ahead and text[opening : opening + 1] in {"…", "."}
    if (
        _is_small(text, opening, end)
        and not cut_short
        and not _is_caseless(text[match.start() - 1])
    ):
        return False
    mark = text[match.start()]
    quoted = match.end() > match.start() + 1 and text[match.end() - 1] in "\"'”’»"
    if quoted and word in rules.particles and opening == ahead:
        return False
    if rules.glued and _trails_off(text, match) and text[match.start() - 1] not in rules.glued:
        return False
    if mark != ".":
        if text[match.start() - 1] == "(" and text[match.start() + 1 : match.end()] == ")":
            return False  # a doubt put in: `his friends (?) say`
        if _known(_last_token(text, start, match.start()) + mark, rules.may_end):
            return word in rules.starters
        return not (quoted and _is_attribution(text, opening, end, rules))
    if _trails_off(text, match):
        return True
    return _ends_at_full_stop(text, start, match.start(), opening, word, rules)


def _trails_off(text: str, match: re.Match[str]) -> bool:
    return text[match.start()] == "…" or text[match.start() : match.start() + 2] == ".."


def _ends_at_full_stop(
    text: str, start: int, dot: int, opening: int, word: str, rules: SentenceRules
) -> bool:
    back = text[max(start, dot - _LOOK_BACK) : dot]
    whole = dot - start <= _LOOK_BACK
    if whole and _ENUMERATOR.fullmatch(back):
        return False
    digit = text[opening].isdigit()
    if back[-1].isdigit():
        if digit and _DATE_AHEAD.match(text, opening):
            return False
        if rules.ordinals and _ORDINAL.search(back) and word not in rules.starters:
            return digit
        return not (_DOTTED_DATE.search(back) and (digit or not word.isascii()))
    token = _last_token(text, start, dot)
    rest = back[: len(back) - len(token)].rstrip()
    before = rest.split()[-1:] or [""]
    # Written apart, as `т. д.`: known as one word.
    if len(token) == 1 and _known(before[0] + token, rules.closing):
        return not digit
    if len(token) == 1 and any(
        _known(spelt, rules.abbreviations) for spelt in (before[0] + token, f"{token}.{word}")
    ):
        return False  # z. B.
    starter = word in rules.starters and text[opening + len(word) : opening + len(word) + 1] != "."
    if _known(token, rules.abbreviations):
        return False
    if _INITIAL.fullmatch(token) and token[-1].isupper():
        return starter
    if _known(token, rules.numbering):
        return not digit
    if _known(token, rules.closing):
        return not digit
    if _known(token, rules.units):
        counted = _NUMBER.fullmatch(before[0]) or _known(before[0].rstrip("."), rules.units)
        # `У 2024 р. Росія`: so few words are no sentence.
        fragment = whole and len(back.split()) < 4
        return bool(counted) and not (digit or fragment or word in rules.continues)
    if _known(token, rules.may_end) or _DOTTED.fullmatch(token):
        return starter
    return True


def _last_token(text: str, start: int, end: int) -> str:
    """What stands before `end`, back to a space or a mark that opens something."""
    first = max(start, end - _LOOK_BACK)
    for place in range(end - 1, first - 1, -1):
        if text[place] in _TOKEN_BORDERS:
            return text[place + 1 : end]
    return text[first:end]


def _known(token: str, words: frozenset[str]) -> bool:
    return token in words or token.lower() in words


def _ends_glued(text: str, match: re.Match[str], rules: SentenceRules) -> bool:
    """Whether a sentence ends though no space follows, as in pages taken apart by a program."""
    before, stop = text[match.start() - 1], match.end()
    if match.group() in "。！？":
        return True
    if match.group() not in {".", "!", "?"}:
        return False
    word = _match(_WORD, text, stop, len(text))
    if before in rules.glued and (_is_caseless(text[stop]) or text[stop].isdigit()):
        return word not in rules.particles
    follows = text[stop + len(word) : stop + len(word) + 1]
    return (
        match.group() == "."
        and text[max(0, match.start() - 2) : match.start()].islower()
        and word in rules.starters
        and follows == " "
    )


def _is_small(text: str, position: int, end: int) -> bool:
    if position >= end:
        return False
    if text[position] in ".…":
        position = _skip(_DOTS, text, position, end)
    # A small letter before a capital is a brand that may open a sentence: iPhone.
    return (
        text[position : position + 1].islower() and not text[position + 1 : position + 2].isupper()
    )


def _is_caseless(letter: str) -> bool:
    return letter.isalpha() and letter.lower() == letter.upper()


def _is_attribution(text: str, position: int, end: int, rules: SentenceRules) -> bool:
    """Whether up to three names and a verb of saying follow: `"Why?" Mr Smith asked`."""
    words = text[position : min(end, position + _LOOK_BACK)].split()[:4]
    for place, word in enumerate(words):
        bare = word.rstrip(".,:;")
        if bare in rules.reporting:
            return place > 0
        if not word[:1].isupper() or bare in rules.starters:
            return False
    return False


def _skip(pattern: re.Pattern[str], text: str, start: int, end: int) -> int:
    match = pattern.match(text, start, end)
    return match.end() if match else start


def _match(pattern: re.Pattern[str], text: str, start: int, end: int) -> str:
    match = pattern.match(text, start, end)
    return match.group() if match else ""


def _strip(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def _next_letter(text: str, start: int, end: int) -> int:
    match = _LETTER.search(text, start, end)
    return match.start() if match else end


def _inside(position: int, spans: Sequence[Span]) -> bool:
    place = bisect_right(spans, position, key=lambda span: span.start) - 1
    return place >= 0 and spans[place].start < position < spans[place].end
