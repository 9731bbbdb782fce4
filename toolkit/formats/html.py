"""Web pages: the article without its surroundings, and what the page says of itself.

trafilatura tells text from navigation; our own walk of the page gives the text of each block
and its place, because trafilatura drops captions, and with them the credits, and bylines.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from lxml import etree

from toolkit import labels
from toolkit.errors import InputError
from toolkit.formats import declared
from toolkit.formats.articles import Draft
from toolkit.formats.articles import lines as spans_of_lines
from toolkit.formats.extraction import align, letters
from toolkit.schema import Article, Block, BlockKind, Metadata, Span

__all__ = ["Bit", "Page", "Paragraph", "fragment", "parse", "parse_fragment", "read"]

_HINT = "save the page with its text, or the text alone as .txt"
_UNSEEN = (
    "the text of this page stands in no place a reader sees (in a script, mostly): it was taken "
    "without captions and credits, compare it with the page"
)
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
_LONGEST_BOX = 600
_CAPTION_CLASS = re.compile(r"(?:^|[\s_-])caption(?:$|[\s_-])|wp-caption-text", re.IGNORECASE)
_CREDIT_CLASS = re.compile(r"credit|copyright|image-source|photo-?(?:by|graph)", re.IGNORECASE)
_BODY_NAME = re.compile(
    r"article[-_]{0,2}(?:body|content|text|view)|(?:post|news|story)[-_]{0,2}(?:body|content|text)"
    r"|entry-content",
    re.IGNORECASE,
)
# A name of a person as it is written nearly everywhere; what else is seen may be a box's title.
_FULL_NAME = re.compile(r"[^\W\d_a-z][\w.'’-]*(?: (?:[a-zà-ž]{1,3} )?[^\W\d_a-z][\w.'’-]*){1,3}")
_SIGNED = re.compile(r"(?:Autor(?:in|en)?|Von|By|Par|Di|Por|Door)[: ]+", re.IGNORECASE)
# If less of the extracted text than this is found outside of navigation and the like, the
# page puts its article into such a box.
_ENOUGH = 0.8
# If less of it than this is found anywhere, the page's paragraphs are not its article; letters.
_LOST = 0.5
_SHORT = 300
_TEXT = ("p", "li", "blockquote")
_PROSE = 40  # letters of a paragraph that no menu has
# So much of the article must stand in boxes of one make before others like it are taken too.
_TWIN = 0.6


@dataclass(frozen=True, slots=True)
class _Place:
    """Where in the page a text stands."""

    tag: str  # the nearest block
    caption: bool = False
    outside: bool = False  # in navigation, a footer, a card, or hidden
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
    extracted: tuple[str, ...] = ()  # the article, where it is in no paragraph of the page

    def is_title(self, paragraph: Paragraph) -> bool:
        """Whether this is the headline, which stands in the metadata; the page repeats it."""
        title = letters(self.metadata.title or "")
        in_heading = bool(title) and paragraph.place.tag in ("h1", "h2")
        return in_heading and letters(paragraph.text) == title


def read(text: str) -> Draft:
    """The article of a page, with captions and bylines in their places.

    The metadata is that of JSON-LD, else of the meta elements. Raises InputError for a page
    in which no article is found.
    """
    page = parse(text)
    draft = _draft(page)
    if page.extracted:
        whole = "\n\n".join(page.extracted)
        blocks = tuple(Block("paragraph", span) for span in spans_of_lines(whole))
        draft = Draft(whole, blocks, titled=True, notes=(_UNSEEN,))
    return replace(
        draft, metadata=page.metadata, lang=page.lang, trusted=False, writers=_seen_writers(text)
    )


def parse(text: str) -> Page:
    """The page with its article's paragraphs marked as kept. Raises InputError as `read` does."""
    tree = _parse(text)
    metadata, lang = declared.metadata(tree)
    body = tree.find("body")
    found = tuple(_paragraphs(tree if body is None else body))
    extracted = _keep_article(found, text)
    other = _keep_headlined(found, letters(metadata.title or ""))
    _keep_signatures(found)
    if not other and _is_lost(found, extracted):
        lines = tuple(line for row in extracted.splitlines() if (line := row.strip("-| ")))
        return Page(tree, metadata, lang, found, extracted=lines)
    if not any(p.kept and not p.place.caption for p in found):
        raise InputError("no article found in the page", hint=_HINT)
    heading = next((p for p in found if p.place.tag == "h1" and not p.place.outside), None)
    if heading and not metadata.title:
        metadata = replace(metadata, title=heading.text)
    return Page(tree, metadata, lang, found)


def _seen_writers(text: str) -> str | None:
    """Who trafilatura sees sign the page."""
    import trafilatura

    found = trafilatura.extract_metadata(text)
    names = str(found.author or "").split(";") if found else []
    names = [_SIGNED.sub("", name.strip()) for name in names]
    return ", ".join(name for name in names if _FULL_NAME.fullmatch(name)) or None


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
    caption = tag == "figcaption" or (
        _CAPTION_CLASS.search(names) is not None and _is_short(element)
    )
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
        or hidden
        or (tag == "a" and _is_card(element)),
        holder=_holder(element, above.holder, next_holder),
        breaks=tag in _BLOCKS or caption or credit,
        skipped=tag in _SKIPPED or not tag or _is_ad(element),
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
    return _is_short(element) and element.find(".//h1") is None


def _is_short(element: Any) -> bool:
    """Whether a box has less text than an article; a whole page may have any class."""
    return sum(map(len, element.itertext())) < _LONGEST_BOX


def _plain(text: str | None, tag: str) -> str:
    """Text of an element: line ends are spaces, but in preformatted text."""
    if not text:
        return ""
    return text if tag == "pre" else re.sub(r"[\n\r\u2028\u2029\x85]", " ", text)


# --- what belongs to the article ----------------------------------------------------------


def _keep_article(found: Sequence[Paragraph], text: str) -> str:
    """Mark what trafilatura takes for the article, in order; its text."""
    import trafilatura  # 0.7 s, for pages only

    extracted = (
        trafilatura.extract(text, include_comments=False, include_tables=True, favor_recall=False)
        or ""
    )
    lines = [line for row in extracted.splitlines() if (line := letters(row))]
    for outside in (False, True):
        texts = [
            "" if p.place.caption or (p.place.outside and not outside) else letters(p.text)
            for p in found
        ]
        chain = align(texts, lines)
        whole = sum(map(len, lines))
        if whole < _SHORT or sum(len(texts[n]) for n in chain) >= _ENOUGH * whole:
            break
    for number in chain:
        found[number].kept = True
    _leave_holder_alone(found)
    _keep_twins(found)
    if not any(p.kept and not re.fullmatch(r"h[1-6]", p.place.tag) for p in found):
        # A short article is none to trafilatura, and one nested very deep is lost to it: the
        # page's own word for it will do.
        for paragraph in found:
            place = paragraph.place
            prose = place.tag == "p" and len(letters(paragraph.text)) >= _PROSE
            mine = place.tag in (*_TEXT, "h2", "h3") and bool(place.holder)
            paragraph.kept = not place.outside and not place.caption and (mine or prose)
    return extracted


def _is_lost(found: Sequence[Paragraph], extracted: str) -> bool:
    """Whether far less was kept than trafilatura found: a page that is made of scripts."""
    kept = sum(len(letters(p.text)) for p in found if p.kept)
    return (whole := len(letters(extracted))) > _SHORT and kept < _LOST * whole


def _keep_headlined(found: Sequence[Paragraph], title: str) -> bool:
    """Take the article under the headline where another of the page, a longer one, was taken.

    Whether that was so.
    """
    kept = Counter(p.place.holder for p in found if p.kept and p.place.tag == "p")
    taken = kept.most_common(1)[0][0] if kept else 0
    mine = next(
        (
            p.place.holder
            for p in found
            if title and p.place.tag in ("h1", "h2") and letters(p.text) == title
        ),
        0,
    )
    own = [p for p in found if p.place.holder == mine > 0 and not p.place.outside]
    prose = [p for p in own if p.place.tag == "p" and not p.place.caption]
    if taken in (0, mine) or sum(len(p.text) for p in prose) < _SHORT:
        return False
    for paragraph in found:
        paragraph.kept = False
    for paragraph in own:
        paragraph.kept = paragraph.place.tag in (*_TEXT, "h3") and not paragraph.place.caption
    return True


def _leave_holder_alone(found: Sequence[Paragraph]) -> None:
    """If one element holds most of the text, what is outside it is not of the article.

    On short pages trafilatura takes the whole body, menus and rankings with it.
    """
    held: Counter[int] = Counter()
    for paragraph in found:
        held[paragraph.place.holder] += len(paragraph.text) * paragraph.kept
    holder, most = max(held.items(), key=lambda item: item[1], default=(0, 0))
    if holder > 0 and most > 0.6 * held.total():
        for paragraph in found:
            paragraph.kept = paragraph.kept and paragraph.place.holder == holder


def _keep_twins(found: Sequence[Paragraph]) -> None:
    """Mark paragraphs in boxes of the same make as those that hold the article.

    Some pages cut an article in two for an advertisement, and trafilatura takes one half.
    """
    boxes: Counter[tuple[str, ...]] = Counter()
    for paragraph in found:
        if paragraph.kept and paragraph.place.tag == "p":
            boxes[_box(paragraph)] += len(paragraph.text)
    box, most = max(boxes.items(), key=lambda item: item[1], default=((), 0))
    if not any(box) or most < _TWIN * boxes.total():
        return
    for paragraph in found:
        fits = paragraph.place.tag == "p" and not paragraph.place.outside
        if fits and not paragraph.place.caption and _box(paragraph) == box:
            paragraph.kept = True


def _box(paragraph: Paragraph) -> tuple[str, ...]:
    """The two elements around a paragraph's block by their first classes."""
    element = paragraph.bits[0].element
    while element.tag not in _BLOCKS and element.getparent() is not None:
        element = element.getparent()
    names = []
    for _ in range(2):
        element = element.getparent()
        if element is None:
            return ()
        classes = (element.get("class") or "").split()[:2]
        names.append(" ".join((element.tag, *classes)) if classes else "")
    return tuple(names)


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
