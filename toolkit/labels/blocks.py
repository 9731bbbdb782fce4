"""The labels of one block of text, as marks that become `Label` by their place in the article."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from toolkit import scripts
from toolkit.labels.signs import BEFORE, GROUP, HANDLES, INLINE, signs
from toolkit.schema import LabelKind

Where = Literal["any", "start", "end", "edge"]

# Space, and what sets labels apart from each other or from the text.
SKIP = " \t\r\n\xa0\u2009\u202f\u3000|·•*_~"
# No signature seen is longer; what is longer is a sentence.
LONGEST = 160
_HANGUL = re.compile(f"[{scripts.HANGUL}]")
_DIGIT = re.compile(r"\d")
_YEAR_NEXT = re.compile(r"\(?[©ⓒcC]\)?\s?\d{4}")
_SENTENCE_END = re.compile(r"[.!?…][»”\"')]*\s+")


@dataclass(frozen=True, slots=True)
class Mark:
    """A label of one block, or what is one if it lies `where` it must.

    any: wherever it is · start, end, edge: beside the block's edge or another label.
    """

    kind: LabelKind
    start: int
    end: int
    text: str
    where: Where = "any"


# An article is looked at when it is read and again when it is worked on.
@lru_cache(maxsize=512)
def marks(line: str, names: tuple[str | None, ...]) -> tuple[Mark, ...]:
    """All labels of a block; `names` are those of its outlet and of its file."""
    candidates = [
        *_bracketed(line),
        *_datelines(line),
        *_titled_lines(line),
        *_notices(line),
        *_heads(line),
    ]
    maybe = [m for m in candidates if m.where != "any"]
    found = _at_edges(line, _apart(m for m in candidates if m.where == "any"), maybe)
    # What a label leaves free may itself be one: a name after a date line, an agency before
    # a handle. Two rounds are enough for the longest chain seen (place, name, photo credit).
    for _ in range(2):
        loose = [m for start, end in _gaps(line, found) for m in _loose(line, start, end)]
        if not loose:
            break
        found = _at_edges(line, _apart([*found, *loose]), maybe)
    found = _if_nothing_else(line, found, _standing_alone(line, found, names))
    found = _join(found, _inline(line))
    return tuple(_join(found, list(_attributions(line, found))))


def bracketed_marks(line: str) -> list[Mark]:
    """The credits in brackets and the inline labels of a line."""
    candidates = list(_bracketed(line))
    sure = _apart(m for m in candidates if m.where == "any")
    found = _at_edges(line, sure, [m for m in candidates if m.where != "any"])
    return _join([m for m in found if m.kind == "credit"], _inline(line))


def _mark(kind: LabelKind, line: str, start: int, end: int, where: Where = "any") -> Mark:
    return Mark(kind, start, end, line[start:end], where)


def _before(line: str, at: int, count: int = 20) -> str:
    """The few characters before: a slice of all of them would make long lines quadratic."""
    return line[max(0, at - count) : at]


# --- what belongs together ---------------------------------------------------------------


def _apart(marks: Iterable[Mark]) -> list[Mark]:
    """Marks in order without overlap: the earlier start wins, then the longer."""
    kept: list[Mark] = []
    for mark in sorted(marks, key=lambda m: (m.start, -m.end)):
        if not kept or mark.start >= kept[-1].end:
            kept.append(mark)
    return kept


def _join(fixed: Sequence[Mark], others: Sequence[Mark]) -> list[Mark]:
    """All of `fixed`, and those of `others` that overlap none of them; both are in order."""
    free: list[Mark] = []
    i = 0
    for mark in others:
        while i < len(fixed) and fixed[i].end <= mark.start:
            i += 1
        if i == len(fixed) or mark.end <= fixed[i].start:
            free.append(mark)
    return sorted([*fixed, *free], key=lambda m: m.start)


def _at_edges(line: str, sure: Sequence[Mark], maybe: Sequence[Mark]) -> list[Mark]:
    """The sure marks, and those of `maybe` that lie at an edge or beside a label there."""
    found = set(sure)
    pool = sorted({*sure, *maybe}, key=lambda m: m.start)
    edge = len(line)
    for mark in reversed(pool):
        if mark not in found and mark.where in ("end", "edge") and mark.end <= edge:
            if line[mark.end : edge].strip(SKIP):
                continue
            found.add(mark)
        if mark in found:
            edge = mark.start
    edge = 0
    for mark in pool:
        if mark not in found and mark.where in ("start", "edge") and mark.start >= edge:
            if line[edge : mark.start].strip(SKIP):
                continue
            found.add(mark)
        if mark in found:
            edge = mark.end
    return _apart(found)


def _gaps(line: str, found: Sequence[Mark]) -> Iterator[tuple[int, int]]:
    """What lies between labels, without the space around it."""
    edges = [0, *(i for m in found for i in (m.start, m.end)), len(line)]
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        text = line[start:end]
        if stripped := text.strip(SKIP):
            at = start + text.index(stripped)
            yield at, at + len(stripped)


def _if_nothing_else(line: str, found: list[Mark], alone: Sequence[Mark]) -> list[Mark]:
    """With the marks of `alone` if they leave nothing of the line that is text."""
    if not alone:
        return found
    together = _apart([*found, *alone])
    rest = (line[start:end] for start, end in _gaps(line, _join(together, _inline(line))))
    return found if any(c.isalnum() for text in rest for c in text) else together


# --- attributions ------------------------------------------------------------------------


def _attributions(line: str, found: Sequence[Mark]) -> Iterator[Mark]:
    """Who is said to have reported it, as part of the text; what is a label in it stays one."""
    said = signs().attributions
    if said.correction.match(line):
        yield from _around(line, found, "correction", [(0, len(line))])
    elif said.hint.search(line):
        spans = (match.span() for match in said.pattern.finditer(line))
        yield from _around(line, found, "attribution", spans)


def _around(
    line: str, found: Sequence[Mark], kind: LabelKind, spans: Iterable[tuple[int, int]]
) -> Iterator[Mark]:
    """The spans, in order, without the labels that lie in them."""
    i = 0
    for start, end in spans:
        at = start
        while i < len(found) and found[i].end <= at:
            i += 1
        while i < len(found) and found[i].start < end:
            yield from _stretch(line, kind, at, found[i].start)
            at = max(at, found[i].end)
            if found[i].end > end:
                break
            i += 1
        yield from _stretch(line, kind, at, end)


def _stretch(line: str, kind: LabelKind, start: int, end: int) -> Iterator[Mark]:
    text = line[start:end].strip(" ,.;:–—-")
    if any(map(str.isalpha, text)):
        at = line.index(text, start)
        yield _mark(kind, line, at, at + len(text))


# --- inline ------------------------------------------------------------------------------


def _inline(line: str) -> list[Mark]:
    found = []
    for match in INLINE.finditer(line):
        kind: LabelKind = match.lastgroup  # type: ignore[assignment]  # its groups are kinds
        text = _without_stop(match.group()) if kind == "url" else match.group()
        found.append(Mark(kind, match.start(), match.start() + len(text), text))
    return found


def _without_stop(url: str) -> str:
    """Without the punctuation of the sentence around it; a bracket stays if it was opened."""
    end = len(url)
    opened = {close: url.count(open_) - url.count(close) for open_, close in ("()", "[]", "{}")}
    while url[end - 1] in ".,;:!?'*_)]}…":
        last = url[end - 1]
        if last in opened:
            if opened[last] >= 0:
                break
            opened[last] += 1
        end -= 1
    return url[:end]


# --- in brackets -------------------------------------------------------------------------


def _bracketed(line: str) -> Iterator[Mark]:
    """Labels in brackets; what else stands in brackets is text."""
    for match in GROUP.finditer(line):
        text = match.group()
        if sign := _sign_of(text[1:-1].strip(), text[0], _before(line, match.start(), 80)):
            yield _mark(sign[0], line, match.start(), match.end(), sign[1])


def _sign_of(inner: str, opener: str, before: str) -> tuple[LabelKind, Where] | None:
    _, writers, credit, *_ = signs()
    square = opener in "[【"
    if credit.rights.search(inner):
        return "credit", "any"
    if opener == "<":
        return None
    if HANDLES.fullmatch(inner):
        return "credit", "any" if square else "edge"
    if credit.opener.search(inner):
        return "credit", "any"
    if writers.reporting.match(inner):
        return "byline", "any"
    if writers.titled.fullmatch(inner) or writers.byline.fullmatch(inner):
        return "byline", "edge"
    if "=" in inner:
        return _equation(inner)
    if credit.provided.match(inner):
        return "credit", "any" if square else "end"
    if "/" in inner and not any(c.isdigit() for c in inner):
        return _strokes(inner)
    if credit.agencies.fullmatch(inner) and not _spelled_out(before, inner):
        return "credit", "end"
    return None


def _equation(inner: str) -> tuple[LabelKind, Where] | None:
    """(서울=연합뉴스) is a date line, (AP=연합뉴스) a credit, (x=3) neither."""
    dates, writers, credit, *_ = signs()
    match = dates.hangul.fullmatch(f"({inner})")
    if not match:
        return None
    place, paper = match["place"].strip(), match["paper"].strip()
    if writers.titled.fullmatch(paper):
        return "byline", "any"
    if not credit.paper.fullmatch(paper):
        return None
    signed = credit.agencies.fullmatch(place) or credit.provided.match(place)
    return ("credit" if signed else "dateline"), "any"


def _strokes(inner: str) -> tuple[LabelKind, Where] | None:
    """Dana Whitlock/Meridian Courier; (HIV/AIDS) is text."""
    credit = signs().credits
    parts = [part.strip() for part in inner.split("/")]
    if not all(credit.part.fullmatch(part) for part in parts):
        return None
    if credit.agency.search(inner):
        return "credit", "any"
    is_name = len(parts[0].split()) > 1 or scripts.is_hangul(parts[0])
    return ("credit", "edge") if is_name else None


def _spelled_out(before: str, acronym: str) -> bool:
    """Whether the words before a bracket spell it: `Agence France-Presse (AFP)` is text."""
    initials = "".join(w[0] for w in re.findall(r"[^\W\d_]+", before) if w[0].isupper())
    return acronym.isupper() and initials.endswith(acronym)


# --- date lines --------------------------------------------------------------------------


def _datelines(line: str) -> Iterator[Mark]:
    dates = signs().dates
    hinted = _has(line.lower(), signs().hints.dated)
    for match in dates.dated.finditer(line) if hinted else ():
        before = _before(line, match.start())
        bounded = BEFORE.search(before) is not None
        word = re.search(r"[\w’']+\s*$", before)
        guarded = word is not None and word.group().strip().lower() in dates.guards
        running = ":" in match.group()[:24] and match.group()[0].islower()
        end = match.start() + len(match.group().rstrip())
        where: Where = "any" if bounded or not (guarded or running) else "edge"
        yield _mark("dateline", line, match.start(), end, where)
    for match in dates.signed_dash.finditer(line):
        yield from _place_before(line, match, match["agency"] or match["wire"])
    for match in dates.dash.finditer(line):
        if dates.day.search(_before(line, match.start(), 30)):
            yield from _place_before(line, match, None)
    for match in dates.dotted.finditer(line) if _DIGIT.search(line) else ():
        if BEFORE.search(_before(line, match.start())):
            yield _mark("dateline", line, match.start(), match.end())
    for match in dates.hangul.finditer(line) if "=" in line else ():
        sign = _equation(f"{match['place']}={match['paper']}")
        if sign and sign[0] == "dateline" and match["writer"]:
            yield _mark("dateline", line, match.start(), match.end())
    if signed := dates.signed_start.match(line):
        if not (signed["place"] and _spelled_out(signed["place"], signed["agency"])):
            yield _mark("dateline", line, 0, signed.end(), "start")
    elif (shouted := dates.shouted.match(line)) and _is_place(line, shouted):
        yield _mark("dateline", line, 0, shouted.end())


def _place_before(line: str, match: re.Match[str], agency: str | None) -> Iterator[Mark]:
    """The date line that ends in this agency or day and its dash, if a place begins it."""
    dates, _, credit, *_ = signs()
    head = _before(line, match.start(), 90)
    place = dates.place_day.search(head)
    if not place:
        return
    start = match.start() - len(head) + place.start()
    signed = place["day"] or (agency and credit.agency.match(agency))
    bounded = BEFORE.search(_before(line, start))
    loud = _loud_tail(place.group(1))
    if bounded and (signed or loud is not None):
        yield _mark("dateline", line, start, match.end())
    elif loud is not None and signed:
        # "The harbour at Dawn KYIV, Jan 12": the headline's last word is no part of it.
        yield _mark("dateline", line, start + loud, match.end())


def _loud_tail(name: str) -> int | None:
    """Where the place in capitals begins: 5 in `Dawn KYIV`; None if it is in small letters."""
    head = name.partition(",")[0]
    start = len(head)
    for word in reversed(list(re.finditer(r"\S+", head))):
        if word.group() != word.group().upper():
            break
        start = word.start()
    return start if start < len(head) else None


def _is_place(line: str, match: re.Match[str]) -> bool:
    """Capitals before a dash are a place unless the text has them again, as an acronym."""
    word = match["place"]
    again = re.search(rf"(?<!\w){re.escape(word)}(?!\w)", line[match.end() :])
    return len(word) > 3 and not again and not set(word.split()) & signs().dates.shouts


# --- signatures without brackets ---------------------------------------------------------


def _heads(line: str) -> Iterator[Mark]:
    start = len(line) - len(line.lstrip(SKIP))
    for kind, pattern in signs().forms.heads:
        if match := pattern.match(line, start):
            yield _mark(kind, line, start, match.end())


def _titled_lines(line: str) -> Iterator[Mark]:
    if "=" not in line:
        return
    for match in signs().writers.titled_line.finditer(line):
        yield _mark("byline", line, match.start(), match.end())


def _notices(line: str) -> Iterator[Mark]:
    """A notice of rights: its whole line, or what follows the sentences before it."""
    if len(line) > LONGEST or not _has(line.lower(), signs().hints.rights):
        return
    if notice := signs().credits.rights.search(line):
        ends = [end.end() for end in _SENTENCE_END.finditer(line, 0, notice.start())]
        words = line[: ends[-1]].split() if ends else []
        # Firms have no small words: U.S. News & World Report L.P.
        told = len(words) > 6 or any(w.islower() and w.isalpha() and len(w) > 3 for w in words)
        start = ends[-1] if told else 0
        if line[notice.start()] in "©ⓒ(" and not _is_of_firm(line, start, notice.start()):
            # What stands before the sign is a caption or a sentence, unless it speaks of rights.
            at, rights = notice.start(), signs().hints.notice
            signed = signs().credits.signed.search(line, max(start, at - 40))
            if signed and signed.start() <= at:
                start = signed.start()
            elif _has(line[at:].lower(), rights) or not any(map(str.isalnum, line[start:at])):
                start = at
            elif not _has(line[start:at].lower(), rights):
                return
        yield _mark("credit", line, start, len(line))


def _is_of_firm(line: str, start: int, sign: int) -> bool:
    """Whether the words before a sign of rights with a year say who holds them: `Rush Inc. ©`."""
    words = line[start:sign].split()
    small = any(w.islower() and w.isalpha() and len(w) > 3 for w in words)
    return len(words) <= 6 and not small and _YEAR_NEXT.match(line, sign) is not None


def _loose(line: str, start: int, end: int) -> Iterator[Mark]:
    """Signatures in a stretch between labels or the block's edges."""
    _, _, credit, hints, *_ = signs()
    text = line[start:end]
    if kind := _whole(text):
        yield _mark(kind, line, start, end)
        return
    tail = max(0, len(text) - LONGEST)
    yield from _closing(line, text, start, tail)
    yield from _signed_by(line, text, start, tail)
    if _has(text, hints.credit):
        for match in credit.loose.finditer(text):
            yield from _loose_credit(line, start, end, match)
    if "/" in text and (stroke := credit.slash.search(text, tail)):
        yield _mark("credit", line, start + _name_before(text, stroke), end)
    elif "=" in text and (credited := credit.hangul.search(text, tail)):
        yield _mark("credit", line, start + credited.start(), end)
    elif ((":" in text or "：" in text) and (office := credit.office.search(text, tail))) and (
        BEFORE.search(_before(text, office.start())) or office.group()[0] == "/"
    ):
        yield _mark("credit", line, start + office.start(), end)
    elif trailing := credit.trailing.search(text, tail):
        yield _mark("credit", line, start + trailing.start(1), end)


def _whole(text: str) -> LabelKind | None:
    """What a stretch is that is one signature."""
    _, writers, credit, _, forms, _ = signs()
    if any(p.fullmatch(text) for p in (writers.titled, writers.byline, writers.agency)):
        return "byline"
    if said := credit.source.fullmatch(text):
        return "outlet" if _is_outlet(said["paper"]) else "credit"
    if credit.image.fullmatch(text):
        return "credit"
    short = len(text) <= LONGEST
    return next((k for k, form in forms.wholes if short and form.fullmatch(text)), None)


def _signed_by(line: str, text: str, start: int, tail: int) -> Iterator[Mark]:
    """Bylines within a stretch: closed by an outlet, or at its end."""
    _, writers, _, hints, *_ = signs()
    endings = []
    if _has(text, hints.by) or _has(text.lower(), hints.verbs):
        for match in writers.in_text.finditer(text):
            yield _mark("byline", line, start + match.start(), start + match.end())
        endings.append(writers.byline)
    if _HANGUL.search(text, tail):
        endings.append(writers.titled)
    for pattern in endings:
        for match in pattern.finditer(text, tail):
            if match.end() == len(text) and BEFORE.search(_before(text, match.start())):
                yield _mark("byline", line, start + match.start(), start + len(text))


def _closing(line: str, text: str, start: int, tail: int) -> Iterator[Mark]:
    """The forms that close a block: some behind a sentence only, some behind any caption."""
    forms = signs().forms
    for kind, pattern in forms.tails:
        for match in pattern.finditer(text, tail):
            if BEFORE.search(_before(text, match.start())) or text[match.start()] in "([（*＝【":
                yield _mark(kind, line, start + match.start(), start + match.end())
    for kind, pattern in forms.glued:
        if glued := pattern.search(text, tail):
            yield _mark(kind, line, start + _person_before(text, glued), start + glued.end())


def _person_before(text: str, match: re.Match[str]) -> int:
    """Where a credit begins that a caption may run into: its first name has two words at most."""
    if BEFORE.search(_before(text, match.start())):
        return match.start()
    first = re.split(r"\s?[/:|]", match.group(), maxsplit=1)[0]
    words = list(re.finditer(r"\S+", first))
    return match.start() + (words[-2].start() if len(words) > 2 else 0)


def _is_outlet(name: str) -> bool:
    """Whether a source is known as an outlet: a person, or who sells pictures, is none."""
    credit = signs().credits
    bare = name.strip('«»“”"')
    known = credit.paper.fullmatch(bare) is not None
    return known and not credit.picture.search(bare) and not credit.agency.fullmatch(bare)


def _has(text: str, words: Iterable[str]) -> bool:
    return any(word in text for word in words)


def _name_before(text: str, stroke: re.Match[str]) -> int:
    """Where the name before a stroke begins: two words, as most have, if nothing says it."""
    words = list(re.finditer(r"\S+", stroke.group().partition("/")[0]))
    if len(words) <= 2 or BEFORE.search(_before(text, stroke.start())):
        return stroke.start()
    return stroke.start() + words[-2].start()


def _loose_credit(line: str, start: int, end: int, match: re.Match[str]) -> Iterator[Mark]:
    at = start + match.start()
    stop = at + len(match.group().rstrip(SKIP + ",/="))
    if at > start and not BEFORE.search(_before(line, at)):
        return
    if stop == end or re.match(r"\.(?:\s|$)|\s*[|/]", line[stop : stop + 9]):
        # "/ Photo: …": the stroke belongs to the signature.
        stroke = re.search(r"/\s*$", _before(line, at))
        yield _mark("credit", line, at - len(stroke.group()) if stroke else at, stop)


def _standing_alone(line: str, found: Sequence[Mark], names: Sequence[str | None]) -> list[Mark]:
    """Dates, outlets and the file's name: labels where the block holds nothing else."""
    if len(line) > LONGEST:
        return []
    alone = []
    dated = any(mark.kind == "dateline" for mark in found)
    for start, end in _gaps(line, found):
        at = start
        parts = re.split(r"(\s+[|·•/—–-]\s+)", line[start:end])
        for part in parts:
            text = part.strip(SKIP + ",")
            kind = _alone(text, names, in_company=bool(found) or len(parts) > 1, dated=dated)
            if kind:
                offset = at + part.index(text)
                alone.append(_mark(kind, line, offset, offset + len(text)))
                dated = dated or kind == "dateline"
            at += len(part)
    return alone


def _alone(
    text: str, names: Sequence[str | None], *, in_company: bool, dated: bool
) -> LabelKind | None:
    """What a stretch is that stands for itself; `in_company`: beside others of its kind."""
    dates, writers, credit, *_ = signs()
    if text in names:
        return "outlet" if text == names[0] else "file"
    if dates.stamp.fullmatch(text):
        # A day without year or clock is as often a heading: "12 January".
        return "dateline" if re.search(r"\d{4}|:", text) else None
    if any(p.fullmatch(text) for p in (writers.byline, writers.titled, writers.hangul)):
        return "byline"
    if credit.agency.fullmatch(text):
        return "outlet" if in_company and not credit.picture.fullmatch(text) else "credit"
    if in_company and credit.paper.fullmatch(text):
        return "outlet"
    # A name behind a date: "3 March 2025 | Dana Whitlock".
    return "byline" if dated and writers.bare.fullmatch(text) else None
