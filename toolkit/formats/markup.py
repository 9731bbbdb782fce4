"""HTML from text that nobody vouches for: escaped, and marked at its spans."""

from __future__ import annotations

import html
from collections.abc import Iterable
from dataclasses import dataclass

from toolkit.formats import layout
from toolkit.schema import Span


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of text to set off; of equal stretches the lowest rank is outermost.

    `attributes` and `after`, which follows the element, are HTML. One with `href` is a
    link, unless it is inside a link.
    """

    span: Span
    rank: int
    tag: str
    attributes: str
    href: str = ""
    after: str = ""


def escape(text: str) -> str:
    """Text that is only text, in an element as in a quoted attribute."""
    return html.escape(layout.clean(text))


def marked(text: str, marks: Iterable[Mark]) -> str:
    """The text, escaped, with its marks as nested elements.

    A mark that crosses another is cut where that ends. Links do not nest in HTML: a link
    inside one is a plain element, and a reference inside one waits until it is closed.
    """
    parts: list[str] = []
    stack: list[tuple[int, str, str]] = []
    waiting: list[str] = []
    at = 0

    def go(to: int) -> None:
        nonlocal at
        while stack and stack[-1][0] <= to:
            end, tag, after = stack.pop()
            parts.append(f"{escape(text[at:end])}</{tag}>")
            at = end
            waiting.append(after)
            if tag == "a" or not any(one[1] == "a" for one in stack):
                parts.extend(waiting)
                waiting.clear()
        parts.append(escape(text[at:to]))
        at = to

    for mark in sorted(marks, key=lambda one: (one.span.start, -one.span.end, one.rank)):
        start, end = (min(place, len(text)) for place in mark.span)
        go(start)
        end = min(end, stack[-1][0]) if stack else end
        if start == end:
            parts.append(mark.after)
            continue
        tag = mark.tag
        href = f' href="{mark.href}"' if mark.href else ""
        if tag == "a" and any(one[1] == "a" for one in stack):
            tag, href = "span", ""
        parts.append(f"<{tag} {mark.attributes}{href}>")
        stack.append((end, tag, mark.after))
    go(len(text))
    return "".join(parts)


def counted(count: int, word: str) -> str:
    """`1 error`, `1,200 errors`."""
    plural = "" if count == 1 or word == "info" else "s"
    return f"{count:,} {word}{plural}"


def lang_name(lang: str) -> str:
    """A language by its own name, as text in that language."""
    return f'<span lang="{escape(lang)}">{escape(layout.own_name(lang))}</span>'


def web_link(url: str) -> str:
    """A link if this is the address of a page, else text: `javascript:` is no address."""
    if not url.lower().startswith(("https://", "http://")):
        return f"<bdi>{escape(url)}</bdi>"
    return f'<a href="{escape(url)}" rel="noopener noreferrer">{escape(url)}</a>'
