"""Markdown: articles in, and results out as documents with front matter and source line."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator

from toolkit.errors import InputError
from toolkit.formats import layout
from toolkit.formats.articles import Draft
from toolkit.schema import (
    Article,
    Block,
    BlockKind,
    Metadata,
    Result,
    Span,
    Summary,
    SummarySentence,
    Translation,
)

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
_PLAIN_YAML = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_YAML_WORDS = frozenset({"null", "true", "false", "yes", "no", "on", "off", "y", "n"})


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
        parts = _summary(result, result.summary)
        stated = article.metadata.title
        fields = _fields(result, article.lang, stated, len(result.findings))
        yield (
            layout.file_name(article.id, article.lang, "md"),
            _document(article, fields, title, parts),
        )
    for translation in result.translations:
        rows = tuple(layout.rows(result, translation))
        title = _title(translation, rows)
        parts = _summary(result, translation.summary) + _text(translation, rows)
        fields = _fields(result, translation.lang, translation.title, len(translation.findings))
        fields |= _origin(translation)
        yield (
            layout.file_name(article.id, translation.lang, "md"),
            _document(article, fields, title, parts),
        )


def escape(text: str) -> str:
    """Text that Markdown shows as it is; `<script>` in it is never live HTML.

    Inside a web address only HTML is defused: programs that make bare addresses into links
    take a backslash for a part of them. Formulas between dollars are not foreseen.
    """
    text = layout.clean(text)
    paired = (live for mark, live in _LIVE_IN_PAIRS.items() if text.count(mark) > 1)
    live = re.compile("|".join((_ADDRESS, _LIVE_ANYWHERE, *paired)))
    return _OPENER.sub(r"\1\\", _DEFINITION.sub(r"\1\\:", live.sub(_defuse, text)))


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
        # A title that is part of the text is in the text only, as it was read.
        "title": None if layout.opening_segment(result) else title,
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


def _summary(result: Result, summary: Summary | None) -> list[str]:
    if summary is None:
        return []
    label = escape(_one_line(layout.own_label(result.article, summary.lang)))
    items = (
        f"- {escape(_one_line(sentence.text))} [{_from(result, sentence, label, summary.lang)}]"
        for sentence in summary.sentences
    )
    return [f"## {layout.words(summary.lang).summary}", "\n".join(items)]


def _from(result: Result, sentence: SummarySentence, label: str, lang: str) -> str:
    """Where a sentence is from, and who wrote it if it is not the article's own."""
    if not sentence.origin:
        return f"{label}, ¶{sentence.paragraph}"
    places = ", ".join(f"¶{number}" for number in layout.paragraphs(result, sentence))
    by = escape(_one_line(layout.words(lang).written.format(sentence.origin)))
    return f"{by}: {label}, {places}"


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


# --- reading ------------------------------------------------------------------------------

_FRONT_MATTER = re.compile(
    r"---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE
)
_YAML_KEY = re.compile(r"[\w-]+[ \t]*:(?:\s|$)", re.MULTILINE)
# The keys people use beside ours.
_KEYS = {
    "title": ("title", "headline"),
    "outlet": ("outlet", "publisher"),
    "date": ("date", "published", "datepublished"),
    "byline": ("byline", "author", "authors"),
    "url": ("url", "canonical", "link"),
}
_HIDDEN = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style)\b.*?(?:</\1\s*>|\Z)", re.DOTALL | re.IGNORECASE
)
_REFERENCE = re.compile(r"[ ]{0,3}\[([^\]\n]{1,200})\]:[ \t]*\S+.*")
_PREFIX = re.compile(r"[ \t]*(?:#{1,6}(?=[ \t])|>|[-+*](?=[ \t])|[0-9]{1,9}[.)](?=[ \t]))[ \t]*")
_RULE = re.compile(
    r"[ \t]*(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,}|\|?[ \t]*:?-{2,}[-:| \t]*)"
)
_UNDERLINE = re.compile(r"[ \t]{0,3}(=+|-+)[ \t]*")
_FENCE = re.compile(r"[ \t]{0,3}(`{3,}|~{3,})")
_INLINE_MARKUP = re.compile(
    r"""(?P<escaped>\\[!-/:-@\[-`{-~])
      | !?\[(?P<shown>(?:[^\[\]\\\n]|\\.|\[[^\[\]\n]{0,200}\]){0,500})\]
        (?:\([^()\s]{0,2000}(?:\([^()\s]{0,200}\)[^()\s]{0,200})?(?:\s+["'(][^"\n]{0,300}["')])?\)
          |\[(?P<reference>[^\[\]\n]{0,200})\])
      | <(?P<address>https?://[^\s<>]{1,2000}|[\w.+-]{1,64}@[\w.-]{1,200})>
      | (?P<bare>https?://[^\s<>]{1,2000})
      | </?[A-Za-z][^<>\n]{0,500}>
      | (?P<ticks>`{1,2})(?P<code>[^`\n]{1,500})(?P=ticks)
    """,
    re.VERBOSE,
)
_EMPHASIS = re.compile(
    r"(\*{1,3}|~~)(?=[^\s*~])([^*~\n]{1,2000})(?<=[^\s*~])\1|(?<!\w)(_{1,3})(?=[^\s_])([^\n]{1,2000}?)(?<=[^\s])\3(?!\w)"
)


def read(text: str) -> Draft:
    """A Markdown article: front matter as metadata, the rest as text without markup.

    Signs at the start of a line (`#`, `-`, `>`) stay, outside the blocks; marks inside a
    line (emphasis, the target of a link) go, because no engine translates around them. A
    line end inside a paragraph becomes a space. Front matter may hold keys of one's own.
    Raises InputError for front matter that is no YAML.
    """
    front, body = _front_matter(text)
    metadata = Metadata(**{name: _first(front, keys) for name, keys in _KEYS.items()})
    body = _HIDDEN.sub("", _without_frame(front, body))
    references = frozenset(
        m[1].lower() for line in body.split("\n") if (m := _REFERENCE.fullmatch(line))
    )
    parts: list[str] = []
    blocks: list[Block] = []
    length = 0
    for kind, prefix, content, gap in _blocks(body):
        shown = _without_markup(content, references).strip()
        if not shown or (kind in ("title", "heading") and shown == metadata.title):
            continue
        role: BlockKind = "heading" if kind == "title" and (metadata.title or blocks) else kind
        lead = ("" if not parts else gap) + prefix
        parts += (lead, shown)
        blocks.append(Block(role, Span(length + len(lead), length + len(lead) + len(shown))))
        length += len(lead) + len(shown)
    titled = metadata.title is not None or any(b.kind == "title" for b in blocks)
    return Draft(
        "".join(parts), tuple(blocks), metadata, _first(front, ("lang", "language")), titled=titled
    )


def _without_frame(front: dict[str, object], body: str) -> str:
    """The article alone, where this is a document of ours: `check` compares texts.

    What `documents` puts around it stands at known places, so no line of an article that
    merely looks like a frame is lost.
    """
    if not str(front.get("generator", "")).startswith("toolkit "):
        return body
    words = layout.words(str(front.get("lang", "")))
    parts = body.strip("\n").split("\n\n")
    title = parts[:1] if parts[0].startswith("# ") else []
    parts = parts[len(title) :]
    if parts and parts[0].startswith(f"{words.source}: "):
        parts = parts[1:]
    opening = [f"## {words.summary}", f"## {words.translation}"]
    if len(parts) > 2 and [parts[0], parts[2]] == opening:
        parts = parts[3:]
    if len(parts) > 1 and parts[-2] == f"## {words.findings}" and front.get("findings") != "0":
        parts = parts[:-2]
    return "\n\n".join(title + parts)


def _front_matter(text: str) -> tuple[dict[str, object], str]:
    match = _FRONT_MATTER.match(text)
    if not match or not (_YAML_KEY.search(match[1]) or not match[1].strip()):
        return {}, text
    # 30 ms, for articles with front matter only.
    import yaml  # type: ignore[import-untyped]

    try:
        # All values stay strings as written: a date is not turned into another form of it.
        front = yaml.load(match[1], Loader=yaml.BaseLoader)  # noqa: S506 # builds no objects
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f", line {mark.line + 2}" if mark else ""
        problem = getattr(error, "problem", None) or "it nests too deep"
        raise InputError(f"front matter{where}: {problem}", hint="front matter is YAML") from error
    if not isinstance(front, dict):
        return {}, text
    return {str(key).lower(): value for key, value in front.items()}, text[match.end() :]


def _first(front: dict[str, object], keys: Iterable[str]) -> str | None:
    for key in keys:
        value = front.get(key)
        names = value if isinstance(value, list) else [value]
        said = [n.get("name") if isinstance(n, dict) else n for n in names]
        text = ", ".join(
            n.strip() for n in said if isinstance(n, str) and n.strip() not in ("", "~", "null")
        )
        if text:
            return text
    return None


def _blocks(body: str) -> Iterator[tuple[BlockKind, str, str, str]]:
    """Kind, signs at the start, content, and what parts it from the block before."""
    held: list[str] = []
    prefix, gap, fence = "", "\n\n", ""
    for line in [*body.split("\n"), ""]:
        fenced = _FENCE.match(line)
        if fence or fenced:
            fence = _fence_after(fence, fenced)
        sign = _PREFIX.match(line)
        underline = _UNDERLINE.fullmatch(line)
        if held and underline and not prefix:
            kind: BlockKind = "title" if "=" in underline[1] else "heading"
            yield kind, "", " ".join(held), gap
            held, gap = [], "\n\n"
            continue
        quoted = bool(held and sign and ">" in sign[0] and ">" in prefix)
        ends = (
            fence
            or fenced
            or not line.strip()
            or _RULE.fullmatch(line)
            or _REFERENCE.fullmatch(line)
        )
        if held and (ends or (sign and not quoted)):
            yield *_block(prefix, " ".join(held)), gap
            held, gap = [], "\n" if sign and not ends else "\n\n"
        if ends:
            gap = "\n\n" if not held else gap
            continue
        content = line
        if sign:
            prefix = prefix if quoted else sign[0]
            content = line[sign.end() :]
        elif not held:
            prefix = ""
        if not content.strip():
            continue
        held.append(content.strip())
        if re.search(r"(?: {2}|\\)$", line) or "#" in prefix:
            yield *_block(prefix, " ".join(held).rstrip("\\")), gap
            held, gap = [], "\n"


def _fence_after(fence: str, fenced: re.Match[str] | None) -> str:
    """The fence that is open behind a line: code is no text to translate."""
    if not fenced:
        return fence
    if not fence:
        return fenced[1]
    return "" if fenced[1].startswith(fence) else fence


def _block(prefix: str, content: str) -> tuple[BlockKind, str, str]:
    if "#" in prefix:
        content = re.sub(r"[ \t]+#+[ \t]*$", "", content)
        return ("title" if prefix.strip() == "#" else "heading"), prefix, content
    if re.fullmatch(r"!\[[^\n]*\]\([^\n]*\)", content):
        return "caption", prefix, content
    return "paragraph", prefix, content


def _without_markup(text: str, references: frozenset[str]) -> str:
    kept: list[str] = []  # what emphasis must not look into: addresses, code, escaped signs

    def keep(found: str) -> str:
        kept.append(found)
        return f"\x00{len(kept) - 1}\x00"

    def shown(match: re.Match[str]) -> str:
        if match["escaped"]:
            return keep(match["escaped"][1])
        for name in ("address", "bare", "code"):
            if match[name]:
                return keep(match[name])
        if match["shown"] is not None:
            inside = match["shown"]
            known = (
                match["reference"] is None or (match["reference"] or inside).lower() in references
            )
            return _INLINE_MARKUP.sub(shown, inside) if known else match[0]
        return " " if match[0].lower().startswith("<br") else ""

    text = _INLINE_MARKUP.sub(shown, text)
    for _ in range(2):  # strong inside emphasis, or the other way round
        text = _EMPHASIS.sub(lambda match: match[2] or match[4], text)
    text = html.unescape(text)
    return re.sub("\x00([0-9]+)\x00", lambda match: kept[int(match[1])], text)
