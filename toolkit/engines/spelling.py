"""What a model's vocabulary cannot spell, kept all the same: here, for every engine.

A piece that a vocabulary lacks goes into the model as "unknown" and comes out as nothing: the
first models of Bergamot know no `“ ” — £ # ½ ł`, and 14 quotation marks of one article became
none. So a text is written with what the model's own tokenizer can spell, and what stood there is
put back into the answer:

    typography     quotation marks and dashes as `"` and `-`; in the answer those of its language,
                   and where the model dropped a mark, beside the words that the links name
    invisible      soft hyphens and zero-width spaces go
    fractions      29¾ as 29.75: NFKC makes 293⁄4 of it before any model sees it
    currencies     £5m as 5 million British pounds (names by CLDR)
    letters        Łódź as Lodz, put back where Lodz comes back
    other words    as a label, which is copied or put in place by the links
    capitals       a headline in capitals in sentence case; its answer in capitals again

An answer that no reader should get (`THE'T'T'T`, signs for the unknown) is given as unfinished.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache

from toolkit import scripts
from toolkit.engines.edits import Edit, edited, moved
from toolkit.engines.quotes import Mark, place_quotes, quotes_in
from toolkit.protocols import PLACEHOLDER, Speller, placeholder, signature
from toolkit.schema import Hypothesis, Link, Request, Span

__all__ = ["Spelled", "Spells"]

# Whether a text comes back unchanged from the tokens of a model, on both sides.
Spells = Callable[[str], bool]


# Bump when what a model is sent, or what becomes of its answer, changes.
VERSION = "1"


class Spelled:
    """An engine that is sent what its model can spell, and whose answers are whole again."""

    def __init__(self, engine: Speller) -> None:
        self.parts = (engine,)
        self._engine = engine
        # One sign at a time, so that most are asked about once.
        self._spells = lru_cache(maxsize=1 << 14)(engine.spells)
        self.signature = f"{engine.signature}, spelled {VERSION}"

    def signature_for(self, source_lang: str, target_lang: str) -> str:
        return f"{signature(self._engine, source_lang, target_lang)}, spelled {VERSION}"

    def run(self, requests: Sequence[Request], /) -> tuple[Hypothesis | None, ...]:
        fitted = [
            fit(request, self._spells) if request.task == "translate" else None
            for request in requests
        ]
        asked = [f.request if f else r for r, f in zip(requests, fitted, strict=True)]
        return tuple(
            f.restored(answer) if f and answer else answer
            for f, answer in zip(fitted, self._engine.run(asked), strict=True)
        )


@dataclass(frozen=True, slots=True)
class Fitted:
    """A request as the model is asked, and what it takes to make its answer whole again.

    `edits` make the request's text of the original one; `folded` are words as they were sent and
    as they were; `kept` are placeholders that were added and what they stand for.
    """

    original: Request
    request: Request
    edits: tuple[Edit, ...]
    folded: tuple[tuple[str, str], ...]
    kept: tuple[tuple[str, str], ...]
    shouted: bool

    def restored(self, answer: Hypothesis) -> Hypothesis:
        """The answer to the original request."""
        text, links = self._whole(answer.text, answer.links)
        others = tuple(self._whole(other, ())[0] for other in answer.alternatives)
        bad = is_debris(self.original.text, text)
        return replace(
            answer,
            text=text,
            alternatives=tuple(o for o in others if not is_debris(self.original.text, o)),
            links=links,
            finished=answer.finished and not bad,
        )

    def _whole(self, said: str, links: Sequence[Link]) -> tuple[str, tuple[Link, ...]]:
        undone = _undone(self.edits)
        links = [Link(moved(link.source, undone), link.target) for link in links]
        for make in (self._unfolded, self._dashed, self._quoted, self._unkept, self._capitals):
            edits = make(said, links)
            said = edited(said, edits)
            links = [Link(link.source, moved(link.target, edits)) for link in links]
        return said, tuple(links)

    def _unfolded(self, said: str, _links: Sequence[Link]) -> list[Edit]:
        """Words that came back as they were sent, as they were."""
        edits: dict[int, Edit] = {}
        ranges = [(_DASH.sub("-", m[0]), m[0]) for m in _RANGE.finditer(self.original.text)]
        for sent, was in (*self.folded, *ranges):
            pattern = rf"(?<![^\W_]){re.escape(sent)}(?![^\W_])"
            for match in re.finditer(pattern, said):
                if not any(e.start < match.end() and match.start() < e.end for e in edits.values()):
                    edits[match.start()] = Edit(*match.span(), was)
                    break
        return [edits[at] for at in sorted(edits)]

    def _dashed(self, said: str, _links: Sequence[Link]) -> list[Edit]:
        """Dashes that were sent as hyphens, where as many came back between spaces."""
        was = [m[0] for m in _DASH_BETWEEN.finditer(self.original.text)]
        came = list(_HYPHEN_BETWEEN.finditer(said))
        if not was or "-" in was or len(was) != len(came):
            return []
        return [Edit(*m.span(1), dash) for m, dash in zip(came, was, strict=True)]

    def _quoted(self, said: str, links: Sequence[Link]) -> list[Edit]:
        asked = self.original
        return place_quotes(asked.text, said, links, asked.target_lang)

    def _unkept(self, said: str, _links: Sequence[Link]) -> list[Edit]:
        was = dict(self.kept)
        return [
            Edit(*match.span(), was[match[0]])
            for match in PLACEHOLDER.finditer(said)
            if match[0] in was
        ]

    def _capitals(self, said: str, _links: Sequence[Link]) -> list[Edit]:
        if not self.shouted:
            return []
        return [Edit(*word.span(), word[0].upper()) for word in re.finditer(r"[^\W\d_]+", said)]


def _undone(edits: Sequence[Edit]) -> list[Edit]:
    """The edits that make the original again of an edited text; only their places matter."""
    back, more = [], 0
    for edit in edits:
        start = edit.start + more
        back.append(Edit(start, start + len(edit.text), " " * (edit.end - edit.start)))
        more += len(edit.text) - (edit.end - edit.start)
    return back


# --- what is sent ------------------------------------------------------------------------

_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")
_DASH = re.compile("[–—―‒−‐‑]")
_RANGE = re.compile(r"[^\W_]+[–—−‐‑][^\W_]+")
# A dash that parts clauses, with spaces or, as American papers have it, without; not a range.
_DASH_BETWEEN = re.compile(r"(?:(?<=\s)|\A)([–—―-])(?=\s)|(?<=[^\W\d])(—)(?=[^\W\d])")
_HYPHEN_BETWEEN = re.compile(r"(?:(?<=\s)|\A)(-)(?=\s)")
_VULGAR = "¼½¾⅐⅑⅒⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞"
_FRACTION = re.compile(rf"(?:(\d+)[ \u00a0\u2009]?)?([{_VULGAR}])")
_OTHER_POINT = str.maketrans(".,", ",.")
_SIGNS = {
    "£": "GBP", "€": "EUR", "¥": "JPY", "₴": "UAH", "₩": "KRW", "₽": "RUB", "₹": "INR",
    "₺": "TRY", "₪": "ILS", "₫": "VND", "₦": "NGN", "฿": "THB", "₱": "PHP", "₸": "KZT",
    "₼": "AZN", "₾": "GEL", "₿": "BTC",
}  # fmt: skip
_SIGN = f"[{''.join(_SIGNS)}]"
# Scales glued to an amount, or behind it as words. Only with a currency: `802.11b` is none.
_GLUED = {"bn": "billion", "b": "billion", "m": "million", "mn": "million", "tn": "trillion",
          "k": "thousand", "trn": "trillion"}  # fmt: skip
_AMOUNT = r"\d(?:[\d.,\u00a0\u202f]*\d)?"
_SCALE = (
    r"(?P<glued>(?:bn|b|mn|m|trn|tn|k)\b)|"
    r"[ \u00a0-]?(?P<scale>(?:thousand|million|billion|trillion|bn|mn|mil|mio|mill|mld|mrd|"
    r"mi[lł]lion\w*|mi[lł]+iard\w*|mil[hj]\w+|bilh\w+|тис\w*|млн|млрд|мільйон\w*|мільярд\w*)\b)"
)
_BEFORE_AMOUNT = re.compile(
    rf"(?P<sign>{_SIGN})[ \u00a0]?(?P<amount>{_AMOUNT})(?:{_SCALE})?", re.IGNORECASE
)
_BEHIND_AMOUNT = re.compile(
    rf"(?P<amount>{_AMOUNT})(?:{_SCALE})?[ \u00a0]?(?P<sign>{_SIGN})", re.IGNORECASE
)
# What letters are that Unicode does not take apart.
_LETTERS = str.maketrans(
    {
        "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ß": "ss", "æ": "ae",
        "Æ": "AE", "œ": "oe", "Œ": "OE", "þ": "th", "Þ": "Th", "ð": "d", "Ð": "D", "ı": "i",
        "ħ": "h", "Ħ": "H", "ŋ": "ng", "ə": "a", "Ə": "A", "×": "x", "’": "'", "‘": "'",
        "ʼ": "'", "ʻ": "'", "´": "'", "‹": "'", "›": "'", "…": "...",
        "€": "EUR", "•": "-", "·": "-",
    }
)  # fmt: skip
_RAISED = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻]")
_TOKEN = re.compile(r"\S+")
_CORE = re.compile(r"[^\W_].*[^\W_]|[^\W_]", re.DOTALL)


def fit(request: Request, spells: Spells) -> Fitted:
    """The request as its model can read it."""
    text, edits, folded = request.text, list[Edit](), list[tuple[str, str]]()
    keep = list(request.keep)
    kept: list[tuple[str, str]] = []
    shouted = is_shouted(text)
    names = _names(request) if shouted else frozenset()

    def aside(was: str) -> str:
        number = max(len(keep), 1 + max((int(n) for n in PLACEHOLDER.findall(text)), default=-1))
        keep.extend([""] * (number - len(keep)))
        keep.append(was)
        kept.append((placeholder(number), was))
        return placeholder(number)

    for span in _between_placeholders(text):
        for edit, was in _rewritten(text, span, request.source_lang, spells, aside):
            edits.append(edit)
            if was:
                folded.append((edit.text, was))
                # Without what is glued to it: *Tšosane's* comes back as *de Tsosane*.
                if re.fullmatch(r"\d+[.,]\d+", edit.text):  # 29.75 comes back as 29,75
                    folded.append((edit.text.translate(_OTHER_POINT), was))
                stems = [re.split("['’]", word)[0] for word in (edit.text, was)]
                folded += [(stems[0], stems[1])] * (stems[1] not in (was, stems[0]))
    edits.sort(key=lambda e: e.start)
    plain = edited(text, edits)
    if shouted:
        calm = _calm(plain, names)
        shouted = calm != plain
        plain = calm  # letter for letter: no place moves
    asked = replace(request, text=plain, keep=tuple(keep))
    return Fitted(request, asked, tuple(edits), tuple(folded), tuple(kept), shouted)


def _between_placeholders(text: str) -> Iterator[Span]:
    at = 0
    for match in PLACEHOLDER.finditer(text):
        yield Span(at, match.start())
        at = match.end()
    yield Span(at, len(text))


class _Edits:
    """The edits of one stretch: each place is rewritten once, by whoever comes first."""

    def __init__(self) -> None:
        self.found: list[tuple[Edit, str]] = []

    def free(self, start: int, end: int) -> bool:
        return not any(edit.start < end and start < edit.end for edit, _ in self.found)

    def put(self, start: int, end: int, new: str, was: str = "") -> None:
        """Write `new`, and `was` where it comes back."""
        if self.free(start, end):
            self.found.append((Edit(start, end, new), was))


def _rewritten(
    text: str, span: Span, lang: str, spells: Spells, aside: Callable[[str], str]
) -> list[tuple[Edit, str]]:
    """Edits of a stretch, and the words to be put back for them."""
    edits = _Edits()
    for match in _INVISIBLE.finditer(text, *span):
        edits.put(*match.span(), "")
    for match in _FRACTION.finditer(text, *span):
        edits.put(*match.span(), _decimal(match[1], match[2], lang), match[0])
    for pattern in (_BEFORE_AMOUNT, _BEHIND_AMOUNT):
        for match in pattern.finditer(text, *span):
            if not spells(match["sign"]):
                edits.put(*match.span(), _money(match, lang))
    marks = [mark for mark in quotes_in(text) if span.start <= mark.at < span.end]
    _typography(text, span, marks, spells, edits)
    quotes = frozenset(mark.at for mark in marks)
    for match in _TOKEN.finditer(text, *span):
        _fold_token(match, quotes, spells, aside, edits)
    return edits.found


def _typography(
    text: str, span: Span, marks: Sequence[Mark], spells: Spells, edits: _Edits
) -> None:
    for mark in marks:
        if not spells(text[mark.at]):
            edits.put(mark.at, mark.at + 1, "'" if mark.single else '"')
    for match in _DASH_BETWEEN.finditer(text, *span):
        if match[2] and not spells(match[2]):
            edits.put(*match.span(), " - ")
    for match in _DASH.finditer(text, *span):
        if not spells(match[0]):
            edits.put(*match.span(), "-")


def _fold_token(
    match: re.Match[str],
    quotes: frozenset[int],
    spells: Spells,
    aside: Callable[[str], str],
    edits: _Edits,
) -> None:
    """One token: its letters folded, or the whole of it kept aside."""
    start = match.start()
    token = match[0]
    bad = [
        at
        for at, sign in enumerate(token)
        if start + at not in quotes and not (sign.isascii() and sign.isalnum())
        and edits.free(start + at, start + at + 1)
        and not spells(sign)
    ]  # fmt: skip
    if not bad:
        return
    # The word within its punctuation, and what cannot be spelled outside of it.
    core = _CORE.search(token)
    first, last = (core.start(), core.end()) if core else (0, len(token))
    first, last = min(first, bad[0]), max(last, bad[-1] + 1)
    word = token[first:last]
    if not edits.free(start + first, start + last):  # something in it is rewritten already
        for at in bad:
            new = _folded(token[at], spells)
            edits.put(start + at, start + at + 1, aside(token[at]) if new is None else new)
        return
    new = (
        None
        if _RAISED.search(word) and re.search(r"\d[⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻]", word)
        else _folded(word, spells)
    )
    if new is None or not new.strip():
        edits.put(start + first, start + last, aside(word))
    elif len(word) == 1 and not word.isalnum():
        edits.put(start + first, start + last, new)
    else:
        edits.put(start + first, start + last, new, word)


def _folded(word: str, spells: Spells) -> str | None:
    """The word in signs that can be spelled; None where it has others."""
    new = "".join(sign if spells(sign) else _plain(sign) for sign in word)
    return new if all(sign.isspace() or spells(sign) for sign in new) else None


def _plain(sign: str) -> str:
    if sign in "™®©":
        return ""
    parts = unicodedata.normalize("NFKD", sign.translate(_LETTERS))
    return "".join(part for part in parts if not unicodedata.combining(part)).translate(_LETTERS)


def _decimal(whole: str | None, sign: str, lang: str) -> str:
    """`29¾` as 29.75 with the language's own point; thirds and sevenths as 1/3."""
    part = Fraction(unicodedata.normalize("NFKC", sign).replace("⁄", "/"))
    if 1000 % part.denominator:
        return f"{whole} {part}" if whole else str(part)
    value = float(int(whole or 0) + part)
    return f"{value:g}".replace(".", _point(lang))


@lru_cache
def _point(lang: str) -> str:
    from babel import Locale, UnknownLocaleError

    try:
        symbols = Locale.parse(lang.replace("-", "_")).number_symbols
    except (UnknownLocaleError, ValueError):
        return "."
    return str(symbols.get("latn", symbols).get("decimal", "."))


def _money(match: re.Match[str], lang: str) -> str:
    """`£5m` as 5 million British pounds, by CLDR."""
    from babel import UnknownLocaleError
    from babel.numbers import get_currency_name

    code = _SIGNS[match["sign"]]
    scale = match["scale"] or _GLUED.get((match["glued"] or "").lower(), "")
    try:
        name = get_currency_name(code, count=5, locale=lang.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        name = code
    return " ".join(part for part in (match["amount"], scale, name) if part)


# --- headlines in capitals ---------------------------------------------------------------

# Written in capitals in the middle of an English sentence; more are found in the article.
_CAPITALS = frozenset(
    ["I", "US", "UK", "EU", "UN", "AI", "TV", "PM", "MP", "UAE", "USA", "NATO", "FBI", "CIA", "BBC"]
)


def is_shouted(text: str) -> bool:
    """Whether all of a text is in capitals, and it is more than a name."""
    plain = PLACEHOLDER.sub("", text)
    words = re.findall(r"[^\W\d_]{2,}", plain)
    cased = [word for word in words if word.lower() != word.upper()]
    return len(cased) >= 3 and all(word.isupper() for word in cased)


def _names(request: Request) -> frozenset[str]:
    """Words that what stands around a headline writes with a capital inside a sentence."""
    found = set()
    for around in request.context:
        if is_shouted(around):
            continue
        for match in re.finditer(r"(?<=[^.!?:\s] )[^\W\d_][^\W_]*", around):
            if not match[0].islower():
                found.add(match[0])
    return frozenset(found)


def _calm(text: str, names: frozenset[str]) -> str:
    """The text in sentence case, names as the article has them."""
    known = {name.upper(): name for name in names}
    first = True

    def small(match: re.Match[str]) -> str:
        nonlocal first
        word = match[0]
        if PLACEHOLDER.fullmatch(word):
            first = False
            return word
        if word in known:
            new = known[word]
        elif word in _CAPITALS or not re.search(rf"[AEIOUYАЕЄИІЇОУЮЯЫЭЁ{scripts.ACCENTED}]", word):
            new = word
        else:
            new = word.lower()
        if len(new) != len(word):
            new = word
        if first:
            new = new[:1].upper() + new[1:]
        first = False
        return new

    pattern = rf"{PLACEHOLDER.pattern}|[^\W\d_]+(?:['’][^\W\d_]+)?"
    return re.sub(pattern, small, text)


# --- what no reader should get -----------------------------------------------------------

_AGAIN = re.compile(r"([^\w\s]?[^\W\d_]{1,3}|[^\w\s][^\W\d_]{0,3}[^\w\s])\1{2,}")
_UNKNOWN = "⁇"


def is_debris(source: str, answer: str) -> bool:
    """Whether an answer shows that the model fell apart: `THE'T'T'T`, signs for the unknown."""
    if _UNKNOWN in answer and _UNKNOWN not in source:
        return True
    return bool(_AGAIN.search(answer)) and not _AGAIN.search(source)
