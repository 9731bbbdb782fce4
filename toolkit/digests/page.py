"""A digest as one HTML page that loads nothing, in the look of the report."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator
from importlib.resources import files

from toolkit import __version__
from toolkit.digests.documents import View, views
from toolkit.digests.records import Digest, Side, Statement
from toolkit.formats import layout
from toolkit.formats.markup import Mark, escape, marked, web_link
from toolkit.schema import Span

# What a digest needs beside the report's own rules.
_STYLE = """
article h3 { margin-top: 2.5rem; font-size: 1.0625rem; color: var(--ink); }
.summaries { display: block; margin-top: .75rem; max-width: 60rem; }
.summaries li { margin-bottom: .6rem; }
.from a, td a { text-decoration: none; white-space: nowrap; }
"""


def page(digest: Digest) -> Iterator[str]:
    """The page: a part for each language, after it what each source says, by paragraph."""
    style = files("toolkit.formats").joinpath("report.css").read_text("utf-8") + _STYLE
    sha = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{sha}'; base-uri 'none'; form-action 'none'"
    first = next(views(digest, _cite))
    title = escape(first.say("digest", len(digest.sources)))
    yield (
        f'<!doctype html>\n<html lang="{escape(first.lang)}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{title}</title>\n<style>{style}</style>\n</head>\n<body>\n"
        f'<header class="opening">\n<h1>{title}</h1>\n</header>\n<main>\n'
    )
    for view in views(digest, _cite):
        yield from _part(view)
    yield from _texts(first)
    made = f"toolkit {__version__}"
    yield f'</main>\n<footer class="closing"><p>{made}</p></footer>\n</body>\n</html>\n'


def _part(view: View) -> Iterator[str]:
    digest = view.digest
    yield f'<article lang="{escape(view.lang)}">\n'
    yield f"<h2>{escape(view.say('sources'))}</h2>\n<ul>\n"
    for number, source in enumerate(digest.sources):
        meta = source.article.metadata
        known = [layout.title(source.article), meta.date or view.say("no_date"), meta.byline]
        more = "".join(f" <span>{escape(value)}</span>" for value in known if value)
        link = f" <span>{web_link(meta.url)}</span>" if meta.url else ""
        yield f'<li class="origin"><b>{escape(view.label(number))}</b>{more}{link}</li>\n'
    yield "</ul>\n"
    if not digest.related:
        yield f'<p class="findings">{escape(view.say("unrelated"))}</p>\n'
    yield from _section(view, view.say("agreed"), digest.agreed, view.say("none_agree"))
    caveats = [statement for statement in digest.single if statement.caveat]
    if caveats:
        yield from _section(view, view.say("caveats"), caveats)
    yield from _differences(view)
    if digest.agreed:
        yield f"<h3>{escape(view.say('agree'))}</h3>\n"
        head = [view.say("shared"), view.say("sources")]
        rows = (
            (escape(" · ".join(x.text for x in s.shared)) or _quote(view, s), view.cited(s))
            for s in digest.agreed
        )
        yield from _table(head, rows)
    for number in range(len(digest.sources)):
        mine = [s for s in digest.single if s.place.article == number and not s.caveat]
        if mine:
            yield from _section(view, view.say("only", view.label(number)), mine)
    yield "</article>\n"


def _quote(view: View, statement: Statement) -> str:
    said = view.sentence(statement.place).strip('"“”«» ')
    return f"“{escape(said)}”"


def _section(
    view: View, title: str, statements: Iterable[Statement], nothing: str = ""
) -> Iterator[str]:
    yield f'<h3>{escape(title)}</h3>\n<div class="summaries"><ol>\n'
    empty = True
    for statement in statements:
        empty = False
        differs = f' <span class="sev warning">{escape(view.say("differs"))}</span>'
        yield (
            f'<li><span class="text">{escape(view.sentence(statement.place))}</span> '
            f'<span class="from">[{view.cited(statement)}]</span>'
            f"{differs if statement.differs else ''}</li>\n"
        )
    yield "</ol></div>\n"
    if empty and nothing:
        yield f'<p class="none">{escape(nothing)}</p>\n'


def _cite(label: str, article: int, paragraphs: Iterable[int]) -> str:
    """A label, and each paragraph as a link to where it stands below."""
    links = (f'<a href="#t{article}-{n}">¶{n}</a>' for n in paragraphs)
    return ", ".join((escape(label), *links))


def _differences(view: View) -> Iterator[str]:
    digest = view.digest
    yield f"<h3>{escape(view.say('differ'))}</h3>\n"
    if digest.differences:
        rows = (
            (
                escape(f"{view.say(one.kind)}: {one.about}"),
                *(_side(view, side) for side in one.sides),
            )
            for one in digest.differences
        )
        yield from _table([view.say("about"), "A", "B"], rows)
    else:
        yield f'<p class="none">{escape(view.say("none_differ"))}</p>\n'


def _side(view: View, side: Side) -> str:
    read = view.read_as(side)
    shown = f" <small>{escape(read)}</small>" if read else ""
    return (
        f"<b>“{escape(side.text)}”</b>{shown} <span>[{view.cited_side(side)}]</span>"
        f"<small>{escape(view.sentence(side.place))}</small>"
    )


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    titles = "".join(f'<th scope="col">{escape(title)}</th>' for title in head)
    yield f"<table>\n<thead><tr>{titles}</tr></thead>\n<tbody>\n"
    for row in rows:
        yield "<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>\n"
    yield "</tbody>\n</table>\n"


def _texts(view: View) -> Iterator[str]:
    """Every article as it was read, with what differs marked at its place."""
    digest = view.digest
    sides = [side for one in digest.differences for side in one.sides]
    for number, source in enumerate(digest.sources):
        yield (
            f'<article lang="{escape(source.article.lang)}">\n'
            f"<h2>{escape(view.label(number))}</h2>\n"
        )
        for at, block in enumerate(source.article.blocks, start=1):
            marks = [
                Mark(_inside(side.span, block.span), 0, "mark", 'class="warning"')
                for side in sides
                if side.place.article == number
                and block.span.start <= side.span.start < block.span.end
            ]
            text = marked(source.article.text[block.span.start : block.span.end], marks)
            yield (
                f'<div class="row" id="t{number}-{at}"><span class="n">{at}</span>'
                f'<p class="text">{text}</p></div>\n'
            )
        yield "</article>\n"


def _inside(span: Span, block: Span) -> Span:
    return Span(span.start - block.start, span.end - block.start)
