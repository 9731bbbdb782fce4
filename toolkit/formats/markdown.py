"""Markdown: articles in, and results out as documents with front matter and source line."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator

from toolkit.formats import layout
from toolkit.schema import Article, Finding, Result, Summary, Translation

# --- writing ------------------------------------------------------------------------------
#
# Article text stays text: what Markdown would take for markup gets a backslash, what HTML
# would take for a tag or an entity becomes an entity. No more than that, so that a label
# such as [@x], a web address, "AT&T" and "3 < 5" stand byte for byte as in the article.

_ADDRESS = r"https?://[^\s<>\[\]\\`]+"
_LIVE_HTML = r"<(?=[A-Za-z/!?]|[^\s<>]*@)|&(?=#?[A-Za-z0-9]{1,31};)"
_LIVE_ANYWHERE = rf"{_LIVE_HTML}|\\(?=[!-/:-@\[-`{{-~\n])|\]\("
# One mark alone does nothing, so a lone asterisk or apostrophe-like backtick stays bare.
_LIVE_IN_PAIRS = {"*": r"\*", "`": "`", "~": "~", "_": r"(?<![^\W_])_|_(?![^\W_])"}
_DEFINITION = re.compile(r"(^[ \t]*+\[[^\]\n]*+\]|\A\s*+\[[^\]]{0,999}\]):", re.MULTILINE)
# Headings, quotes, lists, rules and underlines, tables, each where a line begins.
_OPENER = re.compile(
    r"""^([ \t]*+(?:[0-9]{1,9}(?=[.)](?:[ \t]|$)))?)
        (?=\#{1,6}(?:[ \t]|$) | > | [-+*](?:[ \t]|$) | (?<=[0-9])[.)] | =+[ \t]*+$ | -[ \t-]*+$
          | \| | :?-++:?[ \t]*+\|[ \t|:-]*+$ | \[[ xX]\][ \t])""",
    re.MULTILINE | re.VERBOSE,
)
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_PLAIN_YAML = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_YAML_WORDS = frozenset({"null", "true", "false", "yes", "no", "on", "off", "y", "n"})
_SAFE_NAME = re.compile(r"\w[\w-]*(?:\.[\w-]+)*")


def write(results: Iterable[Result]) -> Iterator[str]:
    """The documents of all results, one after another with an empty line between."""
    gap = ""
    for result in results:
        for _, text in documents(result):
            yield gap + text
            gap = "\n"


def documents(result: Result) -> Iterator[tuple[str, str]]:
    """File name and text: the summary in the article's own language, then each translation.

    Each opens with front matter and a line that names the source. Names are
    `<article id>.<lang>.md`, with what a file system may refuse replaced and a digest added.
    """
    article = result.article
    if article.lang not in {translation.lang for translation in result.translations} and (
        result.summary or not result.translations
    ):
        title = layout.title(article)
        parts = _summary(article, result.summary) + _findings(result, result.findings, article.lang)
        fields = _fields(result, article.lang, title, len(result.findings))
        yield _file_name(article.id, article.lang), _document(article, fields, title, parts)
    for translation in result.translations:
        rows = tuple(layout.rows(result, translation))
        title = _title(translation, rows)
        parts = (
            _summary(article, translation.summary)
            + _text(translation, rows)
            + _findings(result, translation.findings, translation.lang)
        )
        fields = _fields(result, translation.lang, title, len(translation.findings))
        fields |= _origin(translation)
        yield _file_name(article.id, translation.lang), _document(article, fields, title, parts)


def escape(text: str) -> str:
    """Text that Markdown shows as it is; `<script>` in it is never live HTML.

    Inside a web address only HTML is defused: programs that make bare addresses into links
    take a backslash for a part of them. Formulas between dollars are not foreseen.
    """
    text = layout.clean(text)
    paired = (live for mark, live in _LIVE_IN_PAIRS.items() if text.count(mark) > 1)
    live = re.compile("|".join((_ADDRESS, _LIVE_ANYWHERE, *paired)))
    return _OPENER.sub(r"\1\\", _DEFINITION.sub(r"\1\\:", live.sub(_defuse, text)))


def unescape(text: str) -> str:
    """What `escape` was given, but for characters that cannot be shown."""
    return _ESCAPED.sub(r"\1", text).replace("&lt;", "<").replace("&amp;", "&")


def _defuse(found: re.Match[str]) -> str:
    if found[0].startswith("http"):
        return re.sub(_LIVE_HTML, _defuse, found[0])
    return {"<": "&lt;", "&": "&amp;", "](": r"]\("}.get(found[0], "\\" + found[0])


def _document(
    article: Article, fields: dict[str, str | int], title: str | None, parts: list[str]
) -> str:
    front = "".join(f"{name}: {_yaml(value)}\n" for name, value in fields.items())
    heading = [_heading("#", title)] if title else []
    whole = [*heading, _source_line(article, str(fields["lang"])), *parts]
    return f"---\n{front}---\n\n" + "\n\n".join(whole) + "\n"


def _fields(result: Result, lang: str, title: str | None, findings: int) -> dict[str, str | int]:
    article, metadata = result.article, result.article.metadata
    fields = {
        "title": title,
        "lang": lang,
        "source_lang": article.lang,
        "outlet": metadata.outlet,
        "source": None if metadata.outlet else layout.own_label(article, lang),
        "date": metadata.date,
        "byline": metadata.byline,
        "url": metadata.url,
        "article": article.id,
        "generator": f"toolkit {result.provenance.toolkit}",
        "findings": findings,
    }
    return {name: value for name, value in fields.items() if value is not None}


def _origin(translation: Translation) -> dict[str, str | int]:
    fields: dict[str, str | int] = {}
    if translation.units:
        fields["origin"] = layout.origins(translation.units)
    if untranslated := sum(unit.state == "initial" for unit in translation.units):
        fields["untranslated"] = untranslated
    return fields


def _source_line(article: Article, lang: str) -> str:
    metadata = article.metadata
    label = escape(_one_line(layout.own_label(article, lang)))
    known = (metadata.date, metadata.byline, metadata.url)
    more = (escape(_one_line(value)) for value in known if value)
    name = f"**{label}**" if metadata.outlet else label
    return ", ".join((f"{layout.words(lang).source}: {name}", *more))


def _summary(article: Article, summary: Summary | None) -> list[str]:
    if summary is None:
        return []
    label = escape(_one_line(layout.own_label(article, summary.lang)))
    items = (
        f"- {escape(_one_line(sentence.text))} [{label}, ¶{sentence.paragraph}]"
        for sentence in summary.sentences
    )
    return [f"## {layout.words(summary.lang).summary}", "\n".join(items)]


def _text(translation: Translation, rows: Iterable[layout.Row]) -> list[str]:
    if not translation.text:
        return []
    below = translation.summary is not None
    blocks = [f"## {layout.words(translation.lang).translation}"] if below else []
    title_shown = False
    for row in rows:
        if row.kind == "title" and not title_shown:
            # It is the heading of the whole document.
            title_shown = True
        elif row.kind in ("title", "heading"):
            blocks.append(_heading("###" if below else "##", row.target))
        else:
            blocks.append(escape(row.target.strip()))
    return blocks


def _title(translation: Translation, rows: Iterable[layout.Row]) -> str | None:
    first = next(iter(rows), None)
    if first is None or first.kind != "title":
        return translation.title
    known = translation.text or any(piece.unit for piece in first.pieces)
    return first.target if known else translation.title


def _findings(result: Result, findings: Iterable[Finding], lang: str) -> list[str]:
    if not findings:
        return []
    paragraphs = layout.places(result)
    items = (_finding(finding, paragraphs) for finding in layout.by_severity(findings))
    return [f"## {layout.words(lang).findings}", "\n".join(items)]


def _finding(finding: Finding, paragraphs: dict[str, int]) -> str:
    # Codes and severities are terms of the system, the same in every language.
    head = f"- **{finding.severity}** `{finding.code}`"
    if place := paragraphs.get(finding.unit_id or ""):
        head += f" ¶{place}"
    if finding.expected is None and finding.found is None:
        return head
    return f"{head}: {_quoted(finding.expected)} → {_quoted(finding.found)}"


def _quoted(text: str | None) -> str:
    return "—" if text is None else f"“{escape(_one_line(text))}”"


def _heading(marks: str, text: str) -> str:
    # Number signs at the end of a heading would be taken for its frame.
    return f"{marks} " + re.sub(r"(?<=[ \t])(#++)$", r"\\\1", escape(_one_line(text)))


def _one_line(text: str) -> str:
    return " ".join(text.split("\n")).strip()


def _yaml(value: str | int) -> str:
    if isinstance(value, int):
        return str(value)
    if _PLAIN_YAML.fullmatch(value) and value.lower() not in _YAML_WORDS:
        return value
    # A JSON string is a YAML string.
    text = json.dumps(layout.clean(value), ensure_ascii=False)
    return re.sub("[\x85\u2028\u2029\ufeff]", lambda found: f"\\u{ord(found[0]):04x}", text)


def _file_name(article_id: str, lang: str) -> str:
    name = article_id
    if not _SAFE_NAME.fullmatch(name) or len(name.encode()) > 200:
        # Letters of any script stay readable; the digest keeps "a/b" and "a-b" apart.
        digest = hashlib.blake2b(article_id.encode("utf-8", "surrogatepass"), digest_size=4)
        readable = re.sub(r"\W+", "-", article_id).strip("-")[:50]
        name = f"{readable or 'article'}-{digest.hexdigest()}"
    return f"{name}.{lang}.md"
