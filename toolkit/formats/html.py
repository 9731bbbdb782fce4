"""Web pages: the article without its surroundings, and what the page says of itself.

trafilatura tells text from navigation; our own walk of the page gives the text of each block
and its place, because trafilatura drops captions, and with them the credits, and bylines.
"""

from __future__ import annotations

import html
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from lxml import etree

from toolkit import labels
from toolkit.errors import InputError
from toolkit.formats.articles import Draft
from toolkit.schema import Article, Block, BlockKind, Metadata, Span

__all__ = ["Bit", "Page", "Paragraph", "fragment", "parse", "parse_fragment", "read"]

_HINT = "save the page with its text, or the text alone as .txt"
_SKIPPED = frozenset(
    {
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "math",
        "iframe",
        "object",
        "canvas",
        "audio",
        "video",
        "select",
        "textarea",
        "button",
        "input",
        "datalist",
        "dialog",
        "title",
    }
)
_BLOCKS = frozenset(
    {
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    }
)
_SURROUNDINGS = frozenset({"nav", "aside", "footer", "form", "menu"})
# A box that says by its name that it sells, shares or leads elsewhere; a box as long as an
# article is one, whatever it is called.
_AD_NAME = re.compile(
    r"(?:^|[\s_-])(?:(?:ads?|adsbygoogle|advert\w*|sponsor(?:ed)?|promo(?:ted)?|newsletter"
    r"|subscribe|related|recommended)(?=$|[\s_-])"
    r"|(?:share|social)(?:[_-](?:bar|buttons?|icons?|links?|tools?))?(?=$|\s))",
    re.IGNORECASE,
)
_LONGEST_AD = 600
_CAPTION_CLASS = re.compile(r"(?:^|[\s_-])caption(?:$|[\s_-])|wp-caption-text", re.IGNORECASE)
_CREDIT_CLASS = re.compile(r"credit|copyright|image-source|photo-?(?:by|graph)", re.IGNORECASE)
_ARTICLE_TYPE = re.compile(r"(?:Article|Posting|Report)$")
_BODY_NAME = re.compile(
    r"article[-_]{0,2}(?:body|content|text|view)|(?:post|news|story)[-_]{0,2}(?:body|content|text)"
    r"|entry-content",
    re.IGNORECASE,
)
# Where trafilatura's text goes on: a block is looked for this far ahead, no further, so that
# a block it dropped costs little and is not found in another place.
_AHEAD = 20_000


@dataclass(frozen=True, slots=True)
class _Place:
    """Where in the page a text stands."""

    tag: str  # the nearest block
    caption: bool = False
    outside: bool = False  # in navigation, a footer, a card
    holder: int = 0  # which element holds its article: above 0 by name, below 0 main, 0 none
    breaks: bool = True  # whether the text around it ends here
    skipped: bool = False


@dataclass(frozen=True, slots=True)
class Bit:
    """Text of the page, line ends aside, and whose it is: an element's own, or its tail."""

    text: str
    element: Any
    tail: bool = False


@dataclass(slots=True)
class Paragraph:
    """A stretch of the page between two block borders, and whether the article keeps it.

    `bits` are what it was made of with what stood before and behind on the same stretch;
    `start` and `end` say where in them it lies, white space included.
    """

    text: str
    place: _Place
    bits: tuple[Bit, ...]
    start: int
    end: int
    kept: bool = False


# What is one space in the text; non-breaking spaces stay: in "250 000" they are of the number.
SPACES = re.compile(r"[ \t\r\f\v\u200b\ufeff]+")


@dataclass(frozen=True, slots=True)
class Page:
    """A parsed page: its article's metadata and language, and its text, paragraph by paragraph."""

    tree: Any
    metadata: Metadata
    lang: str | None
    paragraphs: tuple[Paragraph, ...]

    def is_title(self, paragraph: Paragraph) -> bool:
        """Whether this is the headline, which stands in the metadata; the page repeats it."""
        title = _letters(self.metadata.title or "")
        in_heading = bool(title) and paragraph.place.tag in ("h1", "h2")
        return in_heading and _letters(paragraph.text) == title


def read(text: str) -> Draft:
    """The article of a page, with captions and bylines in their places.

    The metadata is that of JSON-LD, else of the meta elements. Raises InputError for a page
    in which no article is found.
    """
    page = parse(text)
    return replace(_draft(page), metadata=page.metadata, lang=page.lang, trusted=False)


def parse(text: str) -> Page:
    """The page with its article's paragraphs marked as kept. Raises InputError as `read` does."""
    tree = _parse(text)
    metadata, lang = _metadata(tree)
    body = tree.find("body")
    found = tuple(_paragraphs(tree if body is None else body))
    _keep_article(found, text)
    _keep_signatures(found)
    if not any(p.kept and not p.place.caption for p in found):
        raise InputError("no article found in the page", hint=_HINT)
    heading = next((p for p in found if p.place.tag == "h1" and not p.place.outside), None)
    if heading and not metadata.title:
        metadata = replace(metadata, title=heading.text)
    return Page(tree, metadata, lang, found)


def parse_fragment(text: str) -> Page:
    """A piece of HTML all of whose text is kept."""
    tree = _parse(f"<html><body>{text}</body></html>")
    found = tuple(_paragraphs(tree))
    for paragraph in found:
        paragraph.kept = True
    return Page(tree, Metadata(), None, found)


def fragment(text: str) -> Draft:
    """A piece of HTML that is an article and nothing else, as feeds have it."""
    return _draft(parse_fragment(text))


def _draft(page: Page) -> Draft:
    kept = [p for p in page.paragraphs if p.kept and not page.is_title(p)]
    blocks: list[Block] = []
    length = 0
    for paragraph in kept:
        blocks.append(Block(_kind(paragraph), Span(length, length + len(paragraph.text))))
        length += len(paragraph.text) + 2
    return Draft("\n\n".join(p.text for p in kept), tuple(blocks), titled=True)


def _parse(text: str) -> Any:
    # Bytes, as lxml refuses text that declares an encoding; our UTF-8 overrides the page's.
    parser = etree.HTMLParser(
        encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True
    )
    try:
        tree = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError as error:
        raise InputError(f"the page cannot be parsed: {error}", hint=_HINT) from error
    if tree is None:
        raise InputError("no article found in the page", hint=_HINT)
    return tree


def _kind(paragraph: Paragraph) -> BlockKind:
    if paragraph.place.caption:
        return "caption"
    return "heading" if re.fullmatch(r"h[1-6]", paragraph.place.tag) else "paragraph"


# --- the text of the page -----------------------------------------------------------------


def _paragraphs(body: Any) -> Iterator[Paragraph]:
    """The text of the page, cut at the borders of blocks and at line breaks, in order."""
    stack = [_Place("body")]
    buffer: list[Bit] = []
    holders = 0

    def flush() -> Iterator[Paragraph]:
        bits = tuple(buffer)
        start = 0
        for line in "".join(bit.text for bit in bits).split("\n"):
            end = start + len(line)
            if text := SPACES.sub(" ", line).strip():
                yield Paragraph(text, stack[-1], bits, start, end)
            start = end + 1
        buffer.clear()

    walk = etree.iterwalk(body, events=("start", "end"))
    for event, element in walk:
        if event == "start":
            place = _place(element, stack[-1], holders + 1)
            holders = max(holders, abs(place.holder))
            if place.breaks:
                yield from flush()
            stack.append(place)
            if place.skipped:
                walk.skip_subtree()
            else:
                own = "\n" if element.tag == "br" else _plain(element.text, place.tag)
                buffer.append(Bit(own, element))
        else:
            if stack[-1].breaks:
                yield from flush()
            stack.pop()
            if element is not body:
                buffer.append(Bit(_plain(element.tail, stack[-1].tag), element, tail=True))
    yield from flush()


def _place(element: Any, above: _Place, next_holder: int) -> _Place:
    tag = element.tag if isinstance(element.tag, str) else ""
    names = f"{element.get('class', '')} {element.get('itemprop', '')}"
    caption = tag == "figcaption" or _CAPTION_CLASS.search(names) is not None
    # In a caption the credit has its own element and often no space before it.
    # One in brackets is found in the line of its caption.
    credit = (
        above.caption
        and (tag in ("cite", "small") or _CREDIT_CLASS.search(names) is not None)
        and (element.text or "").lstrip()[:1] not in ("(", "[")
    )
    hidden = element.get("hidden") is not None or element.get("aria-hidden") == "true"
    return _Place(
        tag if tag in _BLOCKS else above.tag,
        caption=above.caption or caption,
        outside=above.outside
        or tag in _SURROUNDINGS
        or (tag == "a" and _is_card(element))
        or _is_ad(element),
        holder=_holder(element, above.holder, next_holder),
        breaks=tag in _BLOCKS or caption or credit,
        skipped=tag in _SKIPPED or not tag or hidden,
    )


def _holder(element: Any, above: int, number: int) -> int:
    """The outermost element that is an article by its name, else a main element."""
    if above > 0:
        return above
    names = (element.get(key, "") for key in ("itemprop", "class", "id"))
    if element.tag == "article" or any(map(_BODY_NAME.search, names)):
        return number
    return -number if element.tag == "main" and not above else above


def _is_card(link: Any) -> bool:
    """A link around blocks leads elsewhere; it is no part of the text."""
    return any(child.tag in ("h2", "h3", "h4", "p", "figure", "div") for child in link)


def _is_ad(element: Any) -> bool:
    if not _AD_NAME.search(f"{element.get('class', '')} {element.get('id', '')}"):
        return False
    return sum(map(len, element.itertext())) < _LONGEST_AD and element.find(".//h1") is None


def _plain(text: str | None, tag: str) -> str:
    """Text of an element: line ends are spaces, but in preformatted text."""
    if not text:
        return ""
    return text if tag == "pre" else re.sub(r"[\n\r\u2028\u2029\x85]", " ", text)


# --- what belongs to the article ----------------------------------------------------------


def _letters(text: str) -> str:
    """Letters and digits alone: spaces and marks differ between two extractions."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text)).lower()


def _keep_article(found: Sequence[Paragraph], text: str) -> None:
    """Mark what trafilatura takes for the article, in order."""
    import trafilatura  # 0.7 s, for pages only

    extracted = trafilatura.extract(
        text, include_comments=False, include_tables=True, favor_recall=False
    )
    wanted = _letters(extracted or "")
    at = 0
    for paragraph in found:
        letters = _letters(paragraph.text)
        if not letters or paragraph.place.caption:
            continue
        place = wanted.find(letters, at, at + len(letters) + _AHEAD)
        if place >= 0 and not paragraph.place.outside:
            paragraph.kept = True
            at = place + len(letters)
    _leave_holder_alone(found)
    if not any(p.kept for p in found):
        # A short article is none to trafilatura; the page's own word for it will do.
        for paragraph in found:
            in_text = paragraph.place.tag in ("p", "h2", "h3", "li", "blockquote")
            paragraph.kept = (
                bool(paragraph.place.holder) and in_text and not paragraph.place.outside
            )


def _leave_holder_alone(found: Sequence[Paragraph]) -> None:
    """If one element holds most of the text, what is outside it is not of the article.

    On short pages trafilatura takes the whole body, menus and rankings with it.
    """
    letters: Counter[int] = Counter()
    for paragraph in found:
        letters[paragraph.place.holder] += len(paragraph.text) * paragraph.kept
    holder, most = max(letters.items(), key=lambda item: item[1], default=(0, 0))
    if holder > 0 and most > 0.6 * letters.total():
        for paragraph in found:
            paragraph.kept = paragraph.kept and paragraph.place.holder == holder


def _keep_signatures(found: Sequence[Paragraph]) -> None:
    """Mark captions, bylines and date lines that stand with the article."""
    kept = [i for i, p in enumerate(found) if p.kept]
    if not kept:
        return
    # Between the headline and the text stand the writer and the hour.
    headlines = [i for i in range(kept[0]) if found[i].place.tag == "h1"]
    first, last = (headlines[-1] if headlines else kept[0]), kept[-1]
    holders = {found[i].place.holder for i in kept} - {0}
    for i, paragraph in enumerate(found):
        if paragraph.kept or paragraph.place.outside:
            continue
        beside = first <= i <= last or paragraph.place.holder in holders
        if beside and (paragraph.place.caption or (i < last and _is_signature(paragraph.text))):
            paragraph.kept = True


def _is_signature(text: str) -> bool:
    if len(text) > 200:
        return False
    span = Span(0, len(text))
    found = labels.find(Article("", "", text, (Block("paragraph", span),)))
    signs = any(label.kind in ("byline", "dateline", "credit") for label in found)
    return signs and labels.only_labels(text, span, found)


# --- what the page says of itself ---------------------------------------------------------


def _metadata(tree: Any) -> tuple[Metadata, str | None]:
    said = _json_ld(tree)
    meta = {
        (m.get("property") or m.get("name") or "").lower(): m.get("content") or ""
        for m in reversed(tree.findall(".//meta"))
    }
    canonical = next(
        (e.get("href") for e in tree.findall(".//link") if e.get("rel") == "canonical"), None
    )
    article = Metadata(
        title=_first(said.get("headline"), meta.get("og:title"), meta.get("twitter:title")),
        outlet=_first(said.get("publisher"), meta.get("og:site_name")),
        date=_date(
            _first(said.get("datePublished"), meta.get("article:published_time"), meta.get("date"))
        ),
        byline=_first(said.get("author"), meta.get("author")),
        url=_first(said.get("url"), canonical, meta.get("og:url")),
    )
    return article, _first(said.get("inLanguage"), tree.get("lang"))


def _first(*values: str | None) -> str | None:
    for value in values:
        text = " ".join(unicodedata.normalize("NFC", html.unescape(value or "")).split())
        if text:
            return text
    return None


def _date(value: str | None) -> str | None:
    """The day alone: the hour is of no use in a label, and its zone misleads."""
    match = re.match(r"\d{4}-\d{2}-\d{2}", value or "")
    return match[0] if match else value


def _json_ld(tree: Any) -> dict[str, str | None]:
    nodes = [
        node
        for script in tree.iter("script")
        if "ld+json" in (script.get("type") or "").lower()
        for node in _nodes(_loads(script.text or ""))
    ]
    article = next((node for node in nodes if _is_article(node)), {})
    by_id = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str)}
    said: dict[str, str | None] = {
        key: _name(article.get(key), by_id)
        for key in ("headline", "datePublished", "author", "publisher", "inLanguage")
    }
    page = article.get("mainEntityOfPage")
    link = article.get("url") or (page.get("@id") if isinstance(page, dict) else page)
    said["url"] = link if isinstance(link, str) else None
    return said


def _loads(text: str) -> object:
    text = re.sub(r"^\s*(?://\s*)?(?:<!--|<!\[CDATA\[)|(?://\s*)?(?:-->|\]\]>)\s*$", "", text)
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None


def _nodes(data: object) -> Iterator[dict[str, Any]]:
    waiting = [data]
    while waiting:
        node = waiting.pop(0)
        if isinstance(node, list):
            waiting[:0] = node
        elif isinstance(node, dict):
            yield node
            waiting[:0] = [node[key] for key in ("@graph", "mainEntity") if key in node]


def _is_article(node: dict[str, Any]) -> bool:
    kinds = node.get("@type")
    names = kinds if isinstance(kinds, list) else [kinds]
    return any(isinstance(name, str) and _ARTICLE_TYPE.search(name) for name in names)


def _name(value: object, by_id: dict[str, dict[str, Any]]) -> str | None:
    """The name of a person, a firm or several, however the page writes them."""
    if isinstance(value, list):
        return ", ".join(filter(None, (_name(item, by_id) for item in value))) or None
    if isinstance(value, dict):
        known = value if value.get("name") else by_id.get(str(value.get("@id")), value)
        name = known.get("name") or known.get("alternateName")
        return _name(name, {}) if isinstance(name, (str, list)) else None
    return value if isinstance(value, str) else None
