"""What every page of the review has around it, and the pages that say one thing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from toolkit.formats import layout
from toolkit.formats.markup import escape, lang_name
from toolkit.server.desk import Entry
from toolkit.server.wording import LANGS, Words

__all__ = ["Frame", "into_name", "languages", "message", "sign_in", "whole"]


@dataclass(frozen=True, slots=True)
class Frame:
    """What every page has around it; `path` is the page's own address."""

    words: Words
    path: str
    token: str = ""
    named: str = ""


def whole(frame: Frame, title: str, body: Iterable[str], data: str = "") -> Iterator[str]:
    ui = frame.words.lang
    yield (
        f'<!doctype html>\n<html lang="{ui}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f'<meta name="token" content="{escape(frame.token)}">\n'
        f"<title>{escape(title)}</title>\n"
        '<link rel="icon" href="/static/icon.svg" type="image/svg+xml">\n'
        '<link rel="stylesheet" href="/static/report.css">\n'
        '<link rel="stylesheet" href="/static/review.css">\n'
        f'<script src="/static/review.js" defer></script>\n</head>\n<body{data}>\n'
    )
    yield from body
    yield "</body>\n</html>\n"


def languages(frame: Frame) -> str:
    """The choice of the interface's language."""
    links = "".join(
        f'<a href="{escape(frame.path)}?ui={lang}" lang="{lang}" hreflang="{lang}"'
        f"{' aria-current=true' if lang == frame.words.lang else ''}>"
        f"{escape(layout.own_name(lang))}</a>"
        for lang in LANGS
    )
    return f'<nav class="ui" aria-label="{escape(frame.words("ui"))}">{links}</nav>'


def into_name(entry: Entry, lang: str, say: Words) -> str:
    """What is reviewed in this language: the article's own is that of its summary."""
    return escape(say("summary")) if lang == entry.lang else lang_name(lang)


def sign_in(frame: Frame, *, wrong: bool) -> Iterator[str]:
    say = frame.words
    note = f'<p class="sev error" role="alert">{escape(say("wrong_key"))}</p>' if wrong else ""
    body = (
        f'<header class="opening">{languages(frame)}<h1>{escape(say("login"))}</h1>'
        f'<p class="lead">{escape(say("login_lead"))}</p></header>\n<main>{note}'
        '<form class="login" method="post" action="/login">'
        f'<label for="key">{escape(say("key"))}</label> '
        '<input id="key" name="key" type="password" autocomplete="current-password" required '
        f'maxlength="200"> <button>{escape(say("login"))}</button></form></main>\n'
    )
    return whole(frame, say("login"), [body])


def message(frame: Frame, text: str) -> Iterator[str]:
    """A page that says one thing and leads back."""
    say = frame.words
    body = (
        f'<header class="opening">{languages(frame)}<h1>{escape(text)}</h1>'
        f'<p class="lead"><a href="/">{escape(say("back"))}</a></p></header>\n<main></main>\n'
    )
    return whole(frame, say("title"), [body])
