"""What a web page says of itself: JSON-LD, else its meta elements, else what the eye sees.

Nothing is guessed: an outlet is one that the page names as its publisher or site.
"""

from __future__ import annotations

import html
import json
import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from toolkit.schema import Metadata

_ARTICLE_TYPE = re.compile(r"(?:Article|Posting|Report)$")
# What sites put behind a headline: "… - The Namibian", "… | 毎日新聞".
_SITE = re.compile(r"\s+[-|–—·]\s+[^-|–—·]{2,50}$")
_ADDRESS = re.compile(r"\S+@\S+\.\S+|https?://\S+|\bwww\.\S+")
_MARK = re.compile(r"\s*\([^()]{1,6}\)$")  # a writer's mark: "Elena Oberholzer (obe)"
_DEEPEST = 8  # names within names; what is deeper is no name


def metadata(tree: Any) -> tuple[Metadata, str | None]:
    """The page's metadata and the language it states."""
    said = _json_ld(tree)
    meta = {
        (m.get("property") or m.get("name") or "").lower(): m.get("content") or ""
        for m in reversed(tree.findall(".//meta"))
    }
    canonical = next(
        (e.get("href") for e in tree.findall(".//link") if e.get("rel") == "canonical"), None
    )
    outlet = _first(said.get("publisher"), meta.get("og:site_name"))
    headlines = [one for e in tree.iter("h1") if (one := _first(" ".join(e.itertext())))]
    article = Metadata(
        title=_title(
            _without_kicker(said.get("headline"), meta.get("og:title"))
            or _first(said.get("headline"), meta.get("og:title"), meta.get("twitter:title")),
            headlines,
        ),
        outlet=outlet,
        date=_date(
            _first(said.get("datePublished"), meta.get("article:published_time"), meta.get("date"))
        ),
        byline=_writers(said.get("author"), outlet) or _writers(meta.get("author"), outlet),
        url=_first(said.get("url"), canonical, meta.get("og:url")),
    )
    return article, _first(said.get("inLanguage"), tree.get("lang"))


def _first(*values: str | None) -> str | None:
    for value in values:
        text = " ".join(unicodedata.normalize("NFC", html.unescape(value or "")).split())
        if text:
            return text
    return None


def _title(stated: str | None, headlines: list[str]) -> str | None:
    """The stated title without the name of the site, where the visible headline has none."""
    shorter = _SITE.sub("", stated or "")
    return shorter if shorter != stated and shorter in headlines else stated


def _without_kicker(headline: str | None, shared: str | None) -> str | None:
    """The title for sharing where it is the headline without the kicker before it."""
    title = _first(shared)
    whole, own = _plain(headline or ""), _plain(title or "")
    return title if own and own != whole and whole.endswith(own) else None


def _writers(stated: str | None, outlet: str | None) -> str | None:
    """The people among those named: no addresses, and not the outlet itself."""
    own = _plain(outlet or "")
    found: dict[str, str] = {}
    for part in re.split(r"\s*[,;]\s+|\s*[,;]$", stated or ""):
        name = _first(_MARK.sub("", _ADDRESS.sub("", part))) or ""
        plain = _plain(name)
        # An outlet, its short name or a desk of it: `n-tv Nachrichten` of n-tv.
        outlets = (own and plain.startswith(own)) or (name.isupper() and " " not in name)
        if plain and not outlets:
            found.setdefault(plain, name)
    return ", ".join(found.values()) or None


def _plain(name: str) -> str:
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", name)).casefold()


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
    articles = [node for node in nodes if _is_article(node)]
    by_id = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str)}
    said: dict[str, str | None] = {
        key: next((name for one in articles if (name := _name(one.get(key), by_id))), None)
        for key in ("headline", "datePublished", "author", "publisher", "inLanguage")
    }
    article = next(iter(articles), {})
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


def _name(value: object, by_id: dict[str, dict[str, Any]], depth: int = 0) -> str | None:
    """The name of a person, a firm or several, however the page writes them."""
    if depth > _DEEPEST:
        return None
    if isinstance(value, list):
        return ", ".join(filter(None, (_name(one, by_id, depth + 1) for one in value))) or None
    if isinstance(value, dict):
        known = value if value.get("name") else by_id.get(str(value.get("@id")), value)
        name = known.get("name") or known.get("alternateName")
        return _name(name, {}, depth + 1) if isinstance(name, (str, list)) else None
    return value if isinstance(value, str) else None
