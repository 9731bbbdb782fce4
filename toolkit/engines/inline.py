"""Labels that stand inside a sentence: put to a model so that they come back, and found again.

A model knows no placeholders. It copies what looks like a name or an address, if its vocabulary
can spell that; what it does not copy is put where the links between words say.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from toolkit.engines.edits import WORD, Edit, edited, moved
from toolkit.lang import common, known
from toolkit.protocols import PLACEHOLDER
from toolkit.schema import Link, Request, Span

__all__ = ["Answer", "Masked", "choose", "ways", "without_labels"]

MOST_LABEL = 60  # letters: a longer address is more pieces than most sentences
# A label in brackets or quotes of its own moves with them.
ALONE = re.compile(r"\(N\)|\[N\]|“N”|«N»|\"N\"|N".replace("N", PLACEHOLDER.pattern))
# Where a text of a sentence ends and its final punctuation begins.
TAIL = re.compile(r"[^\w\s]*\s*$")
# What stands for a label, the likeliest to be copied first. The real models of en-pt copied
# `@user0` in 0 of 100 sentences, `X1`, `[1]` and `www.user0.com` in 100; Cyrillic targets
# transliterate `M25` in a quarter of cases, and an address never.
STAND_INS = ("X{}", "Z{}", "[{}]", "x{}.com", "www.x{}.com", "@user{}")
STAND_INS_CYRILLIC = ("x{}.com", "www.x{}.com", "[{}]", "X{}", "@user{}")

# Whether both vocabularies of a model can spell a text.
Spells = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Answer:
    """One translation of a plain text: no placeholders on either side."""

    text: str
    score: float
    ended: bool
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Masked:
    """A request's text as the model reads it, and the edits that make the request of it.

    `inline` if the labels stand in it; else they are left out.
    """

    plain: str
    edits: tuple[Edit, ...]
    inline: bool

    def restored(self, answer: Answer) -> Answer | None:
        """The answer with every placeholder once, or None if that cannot be."""
        edits = self._found(answer.text) if self.inline else self._placed(answer)
        text = None if edits is None else edited(answer.text, edits)
        wanted = sorted(PLACEHOLDER.findall(edited(self.plain, self.edits)))
        if text is None or edits is None or sorted(PLACEHOLDER.findall(text)) != wanted:
            return None
        if not edits:
            return answer
        links = [
            Link(moved(link.source, self.edits), moved(link.target, edits)) for link in answer.links
        ]
        return replace(answer, text=text, links=tuple(dict.fromkeys(links)))

    def _found(self, said: str) -> list[Edit] | None:
        """The labels as they came back, each as often as it went in and nowhere in a word."""
        if not self.edits:
            return []
        waiting: dict[str, list[str]] = {}
        for edit in self.edits:
            waiting.setdefault(self.plain[edit.start : edit.end], []).append(edit.text)
        labels = sorted(map(re.escape, waiting), key=len, reverse=True)
        pattern = f"(?<![A-Za-z0-9_@#])(?:{'|'.join(labels)})(?![A-Za-z0-9_])"
        edits = []
        for match in re.finditer(pattern, said):
            if not waiting[match[0]]:
                return None
            edits.append(Edit(*match.span(), waiting[match[0]].pop(0)))
        return None if any(waiting.values()) else edits

    def _placed(self, answer: Answer) -> list[Edit]:
        """Each label before the word that stands for the one behind it, or near it."""
        said = answer.text
        if said == self.plain:  # nothing to translate
            return list(self.edits)
        words = [Span(*word.span()) for word in WORD.finditer(self.plain)]
        spoken = [word.start() for word in WORD.finditer(said)]
        places = []
        for edit in self.edits:
            before = [word for word in words if word.end <= edit.start]
            after = [word for word in words if word.start >= edit.start]
            following = [a.target.start for a in answer.links if after and a.source == after[0]]
            leading = [a.target.end for a in answer.links if before and a.source == before[-1]]
            if not before:
                at = 0
            elif not after:
                ends = not self.plain[edit.start :].strip()
                at = len(said.rstrip()) if ends else TAIL.search(said).start()  # type: ignore[union-attr] # it matches nothing, too
            elif following or leading:
                at = min(following) if following else max(leading)
            else:
                at = [*spoken, len(said)][len(spoken) * len(before) // len(words)]
            places.append((at, edit.text.strip()))
        places.sort(key=lambda place: place[0])  # stable: labels of one place keep their order
        edits = []
        for at, text in places:
            space = " " if at and not said[at - 1].isspace() else ""
            more = " " if said[at : at + 1].isalnum() else ""
            edits.append(Edit(at, at, f"{space}{text}{more}"))
        return edits


def ways(stand_in: str, spells: Spells) -> tuple[Callable[[Request], Masked], ...]:
    """How a request's text is put to a model, in the order to be tried.

    With the labels themselves, where the model can spell them; with stand-ins for all, made of
    `stand_in` and a number, which are easier to copy; without any.
    """

    def with_labels(request: Request) -> Masked:
        known = [k if len(k) <= MOST_LABEL and spells(k) else "" for k in request.keep]
        return _masked(request.text, known, stand_in)

    def with_stand_ins(request: Request) -> Masked:
        return _masked(request.text, (), stand_in)

    return with_labels, with_stand_ins, without_labels


def _masked(text: str, labels: Sequence[str], stand_in: str) -> Masked:
    plain, edits, end = "", [], 0
    # One that the text has already would come back as a label.
    first = 1
    while any(stand_in.format(first + n) in text for n in range(10)):
        first += 10
    for match in PLACEHOLDER.finditer(text):
        number = int(match[1])
        label = labels[number] if number < len(labels) else ""
        label = label or stand_in.format(first + number)
        plain += text[end : match.start()]
        edits.append(Edit(len(plain), len(plain) + len(label), match[0]))
        plain, end = plain + label, match.end()
    return Masked(plain + text[end:], tuple(edits), inline=True)


def choose(spells: Spells, target_lang: str) -> str:
    """The form of stand-in that a model is likeliest to copy, among those it can spell."""
    cyrillic = known(target_lang) and common(target_lang).script == "Cyrl"
    script = STAND_INS_CYRILLIC if cyrillic else STAND_INS
    fit = (form for form in script if all(spells(form.format(n)) for n in range(1, 10)))
    return next(fit, script[0])


def without_labels(request: Request) -> Masked:
    plain, edits, end = "", [], 0
    for match in ALONE.finditer(request.text):
        start, stop = match.span()
        plain += request.text[end:start]
        if request.text[stop : stop + 1].isspace() and (not plain or plain[-1:].isspace()):
            stop += 1
        elif plain[-1:].isspace() and not request.text[stop : stop + 1].isalnum():
            plain, start = plain[:-1], start - 1
        edits.append(Edit(len(plain), len(plain), request.text[start:stop]))
        end = stop
    return Masked(plain + request.text[end:], tuple(edits), inline=False)
