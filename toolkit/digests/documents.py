"""A digest as Markdown and as JSON: every statement with the labels of all who say it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from toolkit import __version__
from toolkit.digests import wording
from toolkit.digests.records import (
    Difference,
    Digest,
    Place,
    Rendering,
    Side,
    Statement,
    Support,
)
from toolkit.formats import layout
from toolkit.formats.markdown import escape
from toolkit.schema import encode

Cite = Callable[[str, int, Iterable[int]], str]  # a label, an article and paragraphs of it


def _plain(label: str, _article: int, paragraphs: Iterable[int]) -> str:
    return ", ".join((label, *(f"¶{n}" for n in paragraphs)))


def views(digest: Digest, cite: Cite = _plain) -> Iterator[View]:
    """One view per rendering; the digest in its own language where it has none."""
    if not digest.renderings:
        yield View(digest, cite=cite)
    for rendering in digest.renderings:
        yield View(digest, rendering, cite)


class View:
    """A digest in one language: what each of its sentences is called in it."""

    def __init__(
        self, digest: Digest, rendering: Rendering | None = None, cite: Cite = _plain
    ) -> None:
        self.digest = digest
        self._cite = cite
        self.lang = rendering.lang if rendering else digest.sources[0].article.lang
        self.findings = rendering.findings if rendering else ()
        self._targets: Mapping[Place, str] = {
            place: unit.target for place, unit in (rendering.units if rendering else ())
        }
        self._sentences = {
            (number, segment.id): segment.text
            for number, source in enumerate(digest.sources)
            for segment in source.segments
        }

    def say(self, name: str, *values: object) -> str:
        return wording.say(name, self.lang, *values)

    def sentence(self, place: Place) -> str:
        """The sentence at a place, in this language."""
        text = self._targets.get(place) or self._sentences[place.article, place.segment]
        return " ".join(text.split("\n")).strip()

    def label(self, article: int) -> str:
        return " ".join(self.digest.sources[article].label.split())

    def cited(self, statement: Statement) -> str:
        """`BBC, ¶3; The Sun, ¶1, ¶4; in part: Reuters, ¶2`."""
        whole = [s for s in statement.supports if s.whole]
        named = {(s.place.article, s.place.paragraph) for s in whole}
        partly = [
            s for s in statement.supports if (s.place.article, s.place.paragraph) not in named
        ]
        parts = [self._cited(whole)]
        if partly:
            parts.append(self.say("partly", self._cited(partly)))
        return "; ".join(parts)

    def cited_side(self, side: Side) -> str:
        """Everybody who says what a side says."""
        return self._cited([Support(place, whole=True) for place in (side.place, *side.also)])

    def _cited(self, supports: Iterable[Support]) -> str:
        paragraphs: dict[int, dict[int, None]] = {}
        for support in supports:
            at = support.place
            paragraphs.setdefault(at.article, {})[at.paragraph] = None
        return "; ".join(
            self._cite(self.label(article), article, numbers)
            for article, numbers in paragraphs.items()
        )

    def read_as(self, side: Side) -> str:
        """What a weekday stands for, and by whose date line; "" where it is said."""
        if not side.read_as:
            return ""
        if side.borrowed is None:
            return self.say("by_own", side.read_as)
        return self.say("by_other", side.read_as, self.label(side.borrowed))


def markdown(digest: Digest) -> Iterator[str]:
    """The digest as a document per language, with front matter."""
    gap = ""
    for view in views(digest):
        yield gap + _document(view)
        gap = "\n"


def _document(view: View) -> str:
    digest = view.digest
    front = {
        "lang": view.lang,
        "sources": len(digest.sources),
        "agreed": len(digest.agreed),
        "differences": len(digest.differences),
        "generator": f'"toolkit {__version__}"',
        **({"findings": len(view.findings)} if digest.renderings else {}),
    }
    head = "".join(f"{name}: {value}\n" for name, value in front.items())
    parts = [f"# {view.say('digest', len(digest.sources))}", *_sources(view)]
    if not digest.related:
        parts.append(f"**{view.say('unrelated')}**")
    parts.append(f"## {view.say('agreed')}")
    parts.append(_list(view, digest.agreed) or view.say("none_agree"))
    if caveats := [s for s in digest.single if s.caveat]:
        parts += [f"## {view.say('caveats')}", _list(view, caveats)]
    parts += [f"## {view.say('differ')}", *_differences(view)]
    if digest.agreed:
        parts += [f"## {view.say('agree')}", _agreements(view)]
    for number in range(len(digest.sources)):
        mine = [s for s in digest.single if s.place.article == number and not s.caveat]
        if mine:
            title = view.say("only", view.label(number))
            parts += [f"## {escape(title)}", _list(view, mine)]
    return f"---\n{head}---\n\n" + "\n\n".join(parts) + "\n"


def _sources(view: View) -> list[str]:
    items = []
    for number, source in enumerate(view.digest.sources):
        meta = source.article.metadata
        last = max((segment.paragraph for segment in source.segments), default=0)
        known = [
            layout.title(source.article),
            meta.date or view.say("no_date"),
            meta.byline,
            meta.url,
            view.say("paragraphs", last),
        ]
        more = (escape(" ".join(value.split())) for value in known if value)
        items.append("- " + ", ".join((f"**{escape(view.label(number))}**", *more)))
    return [f"{view.say('sources')}:", "\n".join(items)]


def _list(view: View, statements: Iterable[Statement]) -> str:
    return "\n".join(
        f"- {escape(view.sentence(s.place))} [{escape(view.cited(s))}]"
        + (f" ({view.say('differs')})" if s.differs else "")
        for s in statements
    )


def _differences(view: View) -> Iterator[str]:
    digest = view.digest
    if not digest.differences:
        yield view.say("none_differ")
    else:
        rows = [
            (f"{view.say(one.kind)}: {one.about}", *(_side(view, s) for s in one.sides))
            for one in digest.differences
        ]
        yield _table((view.say("about"), "A", "B"), rows)


def _side(view: View, side: Side) -> str:
    read = view.read_as(side)
    said = f"“{side.text}”" + (f" ({read})" if read else "")
    return f"{said} [{view.cited_side(side)}]: {view.sentence(side.place)}"


def _agreements(view: View) -> str:
    rows = [
        (
            " · ".join(shared.text for shared in s.shared) or "“…”",
            view.cited(s),
            view.sentence(s.place),
        )
        for s in view.digest.agreed
    ]
    return _table((view.say("shared"), view.say("sources"), view.say("statement")), rows)


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [_row(head), _row(["---"] * len(head), plain=True), *(_row(row) for row in rows)]
    return "\n".join(lines)


def _row(cells: Iterable[str], *, plain: bool = False) -> str:
    shown = (c if plain else escape(" ".join(c.split())).replace("|", "\\|") for c in cells)
    return f"| {' | '.join(shown)} |"


# --- for programs --------------------------------------------------------------------------


def as_json(digest: Digest) -> str:
    """The digest as one object; spans are `[start, end]` in the text of their article."""
    return json.dumps(_object(digest), ensure_ascii=False, indent=2) + "\n"


def _object(digest: Digest) -> dict[str, Any]:
    view = View(digest)
    return {
        "sources": [
            {
                "label": source.label,
                "id": source.article.id,
                "lang": source.article.lang,
                "event": digest.events[number],
                "metadata": encode(source.article.metadata),
                "text": source.article.text,
            }
            for number, source in enumerate(digest.sources)
        ],
        "related": digest.related,
        "agreed": [_statement(view, statement) for statement in digest.agreed],
        "differences": [_sides(view, one) for one in digest.differences],
        "single": [_statement(view, statement) for statement in digest.single],
        "translations": [
            {
                "lang": rendering.lang,
                "units": [
                    {"place": encode(place), "text": unit.target, "origin": unit.origin,
                     "state": unit.state, "remedies": list(unit.remedies)}
                    for place, unit in rendering.units
                ],
                "findings": encode(rendering.findings),
            }
            for rendering in digest.renderings
        ],
    }  # fmt: skip


def _statement(view: View, statement: Statement) -> dict[str, Any]:
    return {**encode(statement), "labels": [view.label(n) for n in statement.articles]}


def _sides(view: View, one: Difference) -> dict[str, Any]:
    found: dict[str, Any] = encode(one)
    for side, of in zip(found["sides"], one.sides, strict=True):
        side["label"] = view.label(of.place.article)
    return found
