"""The list of the articles of a run: how much there is of each, and how far it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from toolkit.formats.markup import escape, lang_name
from toolkit.server.desk import Entry, Into
from toolkit.server.frames import Frame, into_name, languages, whole
from toolkit.server.wording import Words

__all__ = ["PER_PAGE", "Listing", "draw", "is_wanted"]

PER_PAGE = 100


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of articles: `number` are to be shown in all, of `articles` of the run.

    `shown` is `all`, `findings` or `open`; `known` are the articles read so far.
    """

    shown: str
    start: int
    entries: Sequence[Entry]
    number: int
    known: Sequence[Entry]
    articles: int


def draw(frame: Frame, page: Listing) -> Iterator[str]:
    """The articles, a hundred to a page."""
    return whole(frame, frame.words("title"), _listing(frame, page))


def _listing(frame: Frame, page: Listing) -> Iterator[str]:
    say, shown = frame.words, page.shown
    total = sum(into.units for entry in page.known for into in entry.into)
    done = sum(into.reviewed for entry in page.known for into in entry.into)
    lead = say("reviewed_of", f"{done:,}", f"{total:,}")
    if len(page.known) < page.articles:
        lead += f"; {say('counted', f'{len(page.known):,}', f'{page.articles:,}')}"
    yield f'<a class="skip" href="#list">{escape(say("to_list"))}</a>\n'
    yield (
        f'<header class="opening">{languages(frame)}\n<h1>{escape(say("title"))}</h1>\n'
        f'<p class="lead">{escape(lead)}</p>\n'
        f'<progress max="{max(total, 1)}" value="{done}" '
        f'aria-label="{escape(say("reviewed_of", done, total))}"></progress>\n</header>\n'
    )
    choices = (("all", "all"), ("findings", "with_findings"), ("open", "not_finished"))
    links = "".join(
        f'<a href="/?show={name}"{" aria-current=page" if name == shown else ""}>'
        f"{escape(say(word))}</a>"
        for name, word in choices
    )
    yield (
        f'<main id="list"><nav class="choice" aria-label="{escape(say("show"))}">{links}</nav>\n'
    )
    if not page.entries:
        yield f"<p>{escape(say('nothing_here'))}</p>\n"
    yield '<ul class="list">\n'
    for entry in page.entries:
        yield _listed(entry, say)
    yield "</ul>\n"
    starts = range(0, page.number, PER_PAGE)
    if len(starts) > 1:
        name = escape(say("articles"))
        yield f'<nav class="choice" aria-label="{name}">{"".join(_turns(page, starts))}</nav>\n'
    yield "</main>\n"


def _turns(page: Listing, starts: Sequence[int]) -> Iterator[str]:
    """Links to the first page, the last, and those near this one."""
    before = -PER_PAGE
    for at in starts:
        if at not in (0, starts[-1]) and abs(at - page.start) > 3 * PER_PAGE:
            continue
        gap = "<span>…</span>" if at > before + PER_PAGE else ""
        here = " aria-current=page" if at == page.start else ""
        yield f'{gap}<a href="/?show={page.shown}&amp;start={at}"{here}>{at // PER_PAGE + 1:,}</a>'
        before = at


def is_wanted(entry: Entry, shown: str) -> bool:
    """Whether this article is one of those `with findings`, or `not finished`."""
    if shown == "findings":
        return any(into.counts for into in entry.into)
    return any(into.reviewed < into.units or into.open for into in entry.into)


def _listed(entry: Entry, say: Words) -> str:
    cells = "".join(
        f'<a class="into" href="/articles/{entry.ref}/{escape(into.lang)}">'
        f"<b>{into_name(entry, into.lang, say)}</b> {_badges(into.counts, say)}"
        f"<small>{escape(', '.join(_state(entry, into, say)))}</small></a>"
        for into in entry.into
    )
    return (
        f'<li><h2 lang="{escape(entry.lang)}">{escape(entry.title)}</h2>'
        f'<p class="origin"><b><bdi>{escape(entry.label)}</bdi></b>'
        f" {lang_name(entry.lang)}</p>"
        f'<div class="intos">{cells}</div></li>\n'
    )


def _state(entry: Entry, into: Into, say: Words) -> Iterator[str]:
    yield say("reviewed_of", into.reviewed, into.units)
    if into.lang != entry.lang:
        yield say("verified", into.verified)
    if into.accepted:
        yield say("let_stand", into.accepted)


def _badges(counts: Iterable[tuple[str, int]], say: Words) -> str:
    shown = "".join(
        f'<span class="sev {severity}">{escape(say(severity))}: {n}</span>'
        for severity, n in counts
    )
    return shown or f'<span class="none">{escape(say("no_findings"))}</span> '
