"""The pages: pure functions of what stands on the desk, in the words of one language.

Article text reaches a page only through `markup.escape`. Ids of elements are numbers: `u3`
is the third unit, `u3-e1` its first finding, `u3-f2s` and `u3-f2t` the two ends of a fact.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator

from toolkit import labels as labels_
from toolkit.formats import layout
from toolkit.formats.markup import Mark, escape, lang_name, marked, web_link
from toolkit.runs.reviews import Accepted
from toolkit.schema import Finding, Span, TranslationUnit
from toolkit.server.desk import LONGEST_REASON, Entry, View
from toolkit.server.frames import Frame, into_name, languages, whole
from toolkit.server.wording import Words

__all__ = ["article", "differences", "found", "progress", "texts", "unit"]

_LABEL_KINDS = frozenset({"label", "credit", "handle", "hashtag", "url", "email"})
# Rules that say what the code says already.
_TOLD = frozenset({"changed", "missing", "added"})
_SCRIPT_WORDS = (
    "checking",
    "checked_none",
    "checked_some",
    "saving",
    "saved",
    "accepted_now",
    "failed",
    "unreachable",
    "stale",
    "done_all",
)
_LONGEST_QUOTE = 80
_WORDS = re.compile(r"\w+|\s+|[^\w\s]")


# --- an article ----------------------------------------------------------------------------


def article(frame: Frame, view: View, after: Entry | None) -> Iterator[str]:
    """Source and translation side by side, to be worked through; `after` is the next one."""
    say = frame.words
    data = "".join(
        f' data-{key.replace("_", "-")}="{escape(text)}"'
        for key, text in say.all(*_SCRIPT_WORDS).items()
    )
    return whole(frame, view.entry.title, _article(frame, view, after), f' class="desk"{data}')


def _article(frame: Frame, view: View, after: Entry | None) -> Iterator[str]:
    say, entry, lang = frame.words, view.entry, view.translation.lang
    yield f'<a class="skip" href="#text">{escape(say("to_text"))}</a>\n'
    yield (
        f'<nav class="bar" aria-label="{escape(say("title"))}"><div>'
        f'<a class="back" href="/">‹ {escape(say("back"))}</a>'
        f'<span class="progress" id="progress">{progress(view, say)}</span>'
        '<span class="steps">'
        f'<button type="button" data-do="previous" aria-label="{escape(say("previous"))}">↑'
        "<kbd>p</kbd></button>"
        f'<button type="button" data-do="next">{escape(say("next"))}<kbd>n</kbd></button>'
        f'<button type="button" data-do="keys">{escape(say("keys"))}<kbd>?</kbd></button>'
        "</span></div></nav>\n"
    )
    metadata = view.result.article.metadata
    more = [f"<span><bdi>{escape(v)}</bdi></span>" for v in (metadata.date, metadata.byline) if v]
    if metadata.url:
        more.append(f"<span>{web_link(metadata.url)}</span>")
    links = "".join(
        f'<a href="/articles/{entry.ref}/{escape(into.lang)}"'
        f"{' aria-current=page' if into.lang == lang else ''}>"
        f"{into_name(entry, into.lang, say)}</a>"
        for into in entry.into
    )
    yield (
        f'<header class="opening small">{languages(frame)}\n'
        f'<p class="origin"><b><bdi>{escape(entry.label)}</bdi></b>{"".join(more)}</p>\n'
        f'<h1 lang="{escape(entry.lang)}">{escape(entry.title)}</h1>\n'
        f'<p class="about">{links}</p>\n'
        f'<p class="who"><label for="who">{escape(say("your_name"))}</label> '
        f'<input id="who" maxlength="80" autocomplete="name"'
        f"{f' value={chr(34)}{escape(frame.named)}{chr(34)} readonly' if frame.named else ''}></p>"
        f"<noscript><p>{escape(say('no_script'))}</p></noscript></header>\n"
    )
    yield f'<main>\n<div id="found">{found(view, say)}</div>\n'
    yield (
        f'<ul class="legend"><li><span class="k">{escape(say("dotted"))}</span> '
        f'{escape(say("legend_fact"))}</li><li><span class="label">{escape(say("tinted"))}</span> '
        f'{escape(say("legend_label"))}</li><li><mark class="error">{escape(say("raised"))}</mark> '
        f"{escape(say('legend_finding'))}</li></ul>\n"
    )
    yield from _text(view, say)
    if after:
        href = f"/articles/{after.ref}/{escape(_same(after, lang))}"
        yield (
            f'<p class="after"><a id="after" href="{href}">{escape(say("next_article"))}: '
            f'<span lang="{escape(after.lang)}">{escape(after.title)}</span> ›</a></p>\n'
        )
    yield f"</main>\n{_keys(say)}{_templates(lang, say)}"
    yield '<p class="said" role="status" aria-live="polite" id="said"></p>\n'


def _text(view: View, say: Words) -> Iterator[str]:
    """The article beside its translation, then the sentences that an engine wrote of it."""
    at = {one.id: n for n, one in enumerate(view.translation.units, start=1)}
    rows = [] if view.own else list(layout.rows(view.result, view.translation))
    if rows:
        yield _heads(view, say, "text", "translation")
    for row in rows:
        yield f'<div class="block is-{row.kind}">\n'
        for piece in row.pieces:
            if piece.unit is not None:
                yield _row_of(view, at.pop(piece.unit.id), say)
            elif piece.source.strip():
                yield _copied(piece.source, view)
        yield "</div>\n"
    if rows:
        yield "</section>\n"
    if at:
        yield _heads(view, say, "text" if view.own else "summary", "summary")
        yield from (_row_of(view, number, say) for number in at.values())
        yield "</section>\n"


def _heads(view: View, say: Words, anchor: str, word: str) -> str:
    lang, into = lang_name(view.entry.lang), lang_name(view.translation.lang)
    name = escape(say(word))
    return (
        f'<section class="pair" id="{anchor}" aria-label="{name}">\n<div class="heads">'
        f"<h2>{escape(say('source'))}, {lang}</h2><h2>{name}, {into}</h2></div>\n"
    )


def _row_of(view: View, number: int, say: Words) -> str:
    return f'<div class="unit" {_attributes(view, number)}>{unit(view, number, say)}</div>\n'


def _same(entry: Entry, lang: str) -> str:
    langs = [into.lang for into in entry.into]
    return lang if lang in langs else langs[0]


def progress(view: View, say: Words) -> str:
    units = view.translation.units
    done = sum(one.state == "reviewed" for one in units)
    return (
        f'<progress max="{max(len(units), 1)}" value="{done}" aria-hidden="true"></progress> '
        f"{escape(say('reviewed_of', done, len(units)))}"
    )


def found(view: View, say: Words) -> str:
    """The findings in the order of the text, each a link to its place."""
    rows = []
    for number, at, finding in _numbered(view):
        place = f"#u{number}-e{at}" if number else "#text"
        rows.append(
            f'<li class="{finding.severity}"><a href="{place}">'
            f'<span class="sev {finding.severity}">{escape(say(finding.severity))}</span> '
            f"{escape(say.code(finding.code))}</a> {_change(finding, view, say)}</li>"
        )
    head = f'<h2 id="found-title">{escape(say("findings"))}</h2>'
    inside = f"<ol>{''.join(rows)}</ol>" if rows else f'<p class="none">{say("no_findings")}</p>'
    return f'<section class="findings" aria-labelledby="found-title">{head}{inside}</section>'


def _numbered(view: View) -> Iterator[tuple[int, int, Finding]]:
    """Each finding with its unit's number (0 if it has none) and its own inside the unit."""
    numbers = {one.id: n for n, one in enumerate(view.translation.units, start=1)}
    counts: dict[int, int] = {}
    for finding in view.findings:
        number = numbers.get(finding.unit_id or "", 0)
        counts[number] = counts.get(number, 0) + 1
        yield number, counts[number], finding


def _attributes(view: View, number: int) -> str:
    one = view.translation.units[number - 1]
    version = view.parts[one.id].version
    return (
        f'id="u{number}" data-unit="{escape(one.id)}" data-version="{version}" '
        f'data-target="{escape(one.target)}" data-state="{one.state}" '
        f'tabindex="-1" role="group" aria-labelledby="u{number}-n"'
    )


def _copied(text: str, view: View) -> str:
    """What stands between segments: source labels, the same on both sides."""
    shown = f'<span class="label">{escape(text.strip())}</span>'
    lang = escape(view.result.article.lang)
    return (
        f'<div class="unit copied"><span class="n"></span><p class="src text" lang="{lang}">'
        f'{shown}</p><div class="side"><p class="tgt text" lang="{lang}">{shown}</p></div></div>\n'
    )


# --- a unit --------------------------------------------------------------------------------


def unit(view: View, number: int, say: Words) -> str:
    """The inside of one unit: its two texts, its findings, and what can be done with it."""
    one = view.translation.units[number - 1]
    here = f"u{number}"
    source, target, list_ = texts(view, number, say)
    name = escape(say("segment", number))
    state = escape(say(f"state_{one.state}"))
    review = view.parts[one.id].review
    by = escape(", ".join(filter(None, (review.by, review.at[:10])))) if review else ""
    initial = " initial" if one.state == "initial" else ""
    return (
        f'<a class="n" href="#{here}" id="{here}-n" aria-label="{name}, {state}">{number}</a>'
        f'<div class="src text" lang="{escape(one.source_lang)}">{source}</div>'
        f'<div class="side"><div class="tgt text{initial}" lang="{escape(one.target_lang)}">'
        f"{target}</div>"
        f'<ol class="marks">{list_}</ol>'
        f'<p class="about"><span class="state {one.state}">{state}</span>'
        f'<span class="rule">{by or escape("; ".join((one.origin, *one.remedies)))}</span>'
        f'<button type="button" data-do="edit">{escape(say("edit"))}<kbd>e</kbd></button>'
        f'<button type="button" data-do="mark">{escape(say("mark"))}<kbd>r</kbd></button></p></div>'
    )


def texts(view: View, number: int, say: Words) -> tuple[str, str, str]:
    """Source, target and findings of a unit as HTML."""
    one = view.translation.units[number - 1]
    here = f"u{number}"
    sources = list(_label_marks(one, view))
    targets: list[Mark] = []
    part = view.parts[one.id]
    for at, fact in enumerate(part.facts, start=1):
        css = "k label" if fact.kind in _LABEL_KINDS else "k"
        title = escape(fact.kind)
        for marks, side, other, span in (
            (sources, "s", "t", fact.source_span),
            (targets, "t", "s", fact.target_span),
        ):
            attributes = f'class="{css}" id="{here}-f{at}{side}" title="{title}"'
            marks.append(Mark(span, 2, "a", attributes, href=f"#{here}-f{at}{other}"))
    rows = []
    lost = ""
    for at, finding in enumerate(part.findings, start=1):
        place = f"{here}-e{at}"
        # What a summary's own finding has in the article is no place in the sentences behind.
        there = None if view.own else finding.source_span
        for marks, at_ in ((sources, there), (targets, finding.target_span)):
            if at_ is not None:
                reference = _reference(finding, place, at, say)
                attributes = f'class="{finding.severity}"'
                marks.append(Mark(at_, 0, "mark", attributes, after=reference))
        if finding.target_span is None:
            lost += _reference(finding, place, at, say, say("not_here"))
        rows.append(_row(finding, place, at, view, say))
    rows += (_let_stand(finding, accepted, view, say) for finding, accepted in part.accepted)
    # A fact inside a label is a part of it.
    agreed = {mark.span for mark in sources if mark.rank == 2}
    sources = [mark for mark in sources if mark.rank != 1 or mark.span not in agreed]
    return marked(one.source, sources), marked(one.target, targets) + lost, "".join(rows)


def _label_marks(one: TranslationUnit, view: View) -> Iterator[Mark]:
    segment = view.segments.get(one.id)
    if segment is None:
        return
    start = segment.span.start
    for label in labels_.within(view.result.labels, segment.span):
        span = Span(label.span.start - start, label.span.end - start)
        yield Mark(span, 1, "span", f'class="label" title="{label.kind}"')


def _reference(finding: Finding, place: str, at: int, say: Words, note: str = "") -> str:
    severity = finding.severity
    parts = (say("finding_number", at), say(severity), say.code(finding.code), note)
    says = escape(", ".join(filter(None, parts)))
    return f'<a class="ref {severity}" href="#{place}" aria-label="{says}" title="{says}">{at}</a>'


def _row(finding: Finding, place: str, at: int, view: View, say: Words) -> str:
    facts = "".join(
        f' data-{name}="{escape(text)}"'
        for name, text in (
            ("code", finding.code),
            ("expected", finding.expected),
            ("found", finding.found),
        )
        if text is not None
    )
    return (
        f'<li class="finding {finding.severity}" id="{place}" tabindex="-1"{facts}>'
        f'<span class="num">{at}</span> <span class="sev {finding.severity}">'
        f"{escape(say(finding.severity))}</span> "
        f'<span class="what">{escape(say.code(finding.code))} {_change(finding, view, say)} '
        f'<span class="rule">{"" if finding.rule in _TOLD else escape(finding.rule)}</span></span> '
        f'<button type="button" data-do="accept">{escape(say("accept_dots"))}<kbd>a</kbd></button>'
        "</li>"
    )


def _templates(lang: str, say: Words) -> str:
    """What a unit and a finding get when they are worked on: a thousand fields are slow to load."""
    return (
        f'<template id="edit"><div class="edit"><textarea lang="{escape(lang)}" rows="3" '
        f'data-label="{escape(say("text_of", "{}"))}" spellcheck="true"></textarea>'
        f'<p class="tools"><button type="button" data-do="save">{escape(say("save"))}'
        f'<kbd>Ctrl ↵</kbd></button><button type="button" data-do="cancel">'
        f'{escape(say("cancel"))}<kbd>Esc</kbd></button><span class="live" role="status"></span>'
        '</p><div class="stale" role="alert"></div></div></template>\n'
        f'<template id="accept"><form class="accept"><label>{escape(say("reason"))} '
        f'<input name="reason" required maxlength="{LONGEST_REASON}" autocomplete="off"></label> '
        f"<button>{escape(say('accept'))}<kbd>↵</kbd></button></form></template>\n"
    )


def _change(finding: Finding, view: View, say: Words) -> str:
    if finding.expected is None and finding.found is None:
        return ""
    lang = view.translation.lang
    source, target = (
        escape(say("nothing"))
        if text is None
        else f'<i lang="{escape(one)}">{escape(_brief(text))}</i>'
        for one, text in ((view.entry.lang, finding.expected), (lang, finding.found))
    )
    return f'<span class="change">{source} → {target}</span>'


def _brief(text: str) -> str:
    """What a finding quotes; a whole text stands beside it anyway."""
    return text if len(text) <= _LONGEST_QUOTE else text[: _LONGEST_QUOTE - 1] + "…"


def _let_stand(finding: Finding, one: Accepted, view: View, say: Words) -> str:
    who = f" ({escape(one.by)})" if one.by else ""
    return (
        f'<li class="accepted"><s>{escape(say.code(finding.code))} '
        f"{_change(finding, view, say)}</s> {escape(say('accepted_by', one.reason))}{who}</li>"
    )


def differences(theirs: str, yours: str, lang: str, say: Words) -> str:
    """Two versions of a text, one above the other, with what differs set off."""
    ours, mine = _WORDS.findall(theirs), _WORDS.findall(yours)
    shown: tuple[list[str], list[str]] = ([], [])
    matcher = difflib.SequenceMatcher(None, ours, mine, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        for parts, piece, name in (
            (shown[0], "".join(ours[a:b]), "del"),
            (shown[1], "".join(mine[c:d]), "ins"),
        ):
            if piece:
                text = escape(piece)
                parts.append(text if tag == "equal" else f"<{name}>{text}</{name}>")
    code = escape(lang)
    return (
        f"<p><b>{escape(say('stale'))}</b></p>"
        f'<dl><dt>{escape(say("theirs"))}</dt><dd class="text" lang="{code}">{"".join(shown[0])}'
        f'</dd><dt>{escape(say("yours"))}</dt><dd class="text" lang="{code}">{"".join(shown[1])}'
        f'</dd></dl><p class="tools"><button type="button" data-do="theirs">'
        f'{escape(say("take_theirs"))}</button><button type="button" data-do="mine">'
        f"{escape(say('keep_mine'))}</button></p>"
    )


def _keys(say: Words) -> str:
    rows = "".join(
        f"<dt><kbd>{key}</kbd></dt><dd>{escape(say(word))}</dd>"
        for key, word in (
            ("n", "next"),
            ("p", "previous"),
            ("j", "down"),
            ("k", "up"),
            ("u", "next_unit"),
            ("e", "edit"),
            ("Ctrl ↵", "save"),
            ("r", "mark"),
            ("a", "accept_this"),
            ("Esc", "cancel"),
            ("x", "next_article"),
            ("?", "keys"),
        )
    )
    return (
        f'<dialog id="keys" aria-labelledby="keys-title"><h2 id="keys-title">'
        f"{escape(say('keys_title'))}</h2><dl>{rows}</dl>"
        f'<p><label><input type="checkbox" id="keys-on" checked> {escape(say("keys_on"))}'
        f'</label></p><form method="dialog"><button>{escape(say("close"))}<kbd>Esc</kbd></button>'
        "</form></dialog>\n"
    )
