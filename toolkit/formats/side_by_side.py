"""One article of the report: what was found, its summaries, and both texts by paragraph."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, zip_longest

from toolkit.formats import layout
from toolkit.formats.charts import way
from toolkit.formats.lists import has
from toolkit.formats.markup import Mark, counted, escape, lang_name, marked, web_link
from toolkit.schema import (
    Agreement,
    Finding,
    Result,
    Span,
    Summary,
    SummarySentence,
    Translation,
    TranslationUnit,
)

# `checks.check_summary` calls the sentences of a summary so, with their number.
_SUMMARY = "summary"
_LABEL_KINDS = frozenset({"label", "credit", "handle", "hashtag", "url", "email"})
# Remedies that are not said in words yet, and the words that set a sentence apart.
_REMEDIES = {"extracted": "the article's own sentence, in place of the engine's"}
_WAYS = {"repaired": "repaired", "reviewed": "reviewed", "initial": "not translated"}


@dataclass(frozen=True, slots=True)
class _Entry:
    """A finding as it is shown: its number in the article, and where it was found.

    `section` is the address of the section that shows the sentence, or empty.
    """

    number: int
    finding: Finding
    lang: str
    section: str = ""
    unit_id: str = ""

    @property
    def side(self) -> str:
        """The side to look at: the source, if only that has the place."""
        only_source = self.finding.source_span and not self.finding.target_span
        return "s" if only_source and not self.unit_id.startswith(_SUMMARY) else "t"

    def place(self, side: str) -> str:
        return f"{self.section}-e{self.number}{side}"


@dataclass(frozen=True, slots=True)
class _Section:
    """What one pair of columns is drawn from; without `lang` it is the source alone.

    `cited` numbers the segments that a summary leads to.
    """

    anchor: str
    article_anchor: str
    result: Result
    facts: Mapping[str, Sequence[tuple[int, Agreement]]]
    entries: Mapping[str, Sequence[_Entry]]
    cited: Mapping[str, int]
    lang: str | None = None


def render(
    result: Result,
    number: int,
    langs: Mapping[str, int],
    kinds: Mapping[str, int],
    *,
    alone: bool = False,
) -> Iterator[str]:
    """The article as HTML, `alone` on its page or with others.

    `langs` and `kinds` number the languages and the kinds of findings, for the page's switches.
    """
    anchor = f"a{number}"
    entries = _entries(result, anchor)
    cited = _cited(result)
    calm = "" if entries else ' class="calm"'
    held = has(map(_traits, entries), kinds, langs)
    yield f'<article id="{anchor}"{calm} data-has="{held}" aria-labelledby="{anchor}-title">\n'
    yield from _header(result, anchor, langs, alone=alone)
    yield from _findings(result, anchor, entries, langs, kinds)
    yield from _summaries(result, anchor, entries, langs, cited)
    if not result.translations:
        yield from _alone(_Section(f"{anchor}-0", anchor, result, {}, {}, cited))
    for position, translation in enumerate(result.translations, start=1):
        if layout.is_copy(result, translation):
            copy = _Section(f"{anchor}-{position}", anchor, result, {}, {}, cited)
            yield from _alone(copy, f" in in-{langs[translation.lang]}")
            continue
        section = _Section(
            f"{anchor}-{position}",
            anchor,
            result,
            _facts_by_unit(translation),
            _entries_by_unit(entries, f"{anchor}-{position}"),
            cited,
            translation.lang,
        )
        yield from _pair(section, translation, langs[translation.lang])
    yield "</article>\n"


def _traits(entry: _Entry) -> tuple[str, str, str]:
    return entry.finding.kind, entry.finding.severity, entry.lang


def _cited(result: Result) -> dict[str, int]:
    """The segments that some summary leads to, by number."""
    summaries = (result.summary, *(translation.summary for translation in result.translations))
    wanted = {
        one for summary in summaries if summary for s in summary.sentences for one in s.segments
    }
    return {
        segment.id: number
        for number, segment in enumerate(result.segments, start=1)
        if segment.id in wanted
    }


def _entries(result: Result, anchor: str) -> list[_Entry]:
    sources = {unit: unit for unit in _sentences(result.summary)}
    found = [
        _located(finding, sources, result.article.lang, f"{anchor}-0")
        for finding in result.findings
    ]
    # A title that opens the text is shown there, not a second time above it.
    opening = layout.opening_segment(result)
    for position, translation in enumerate(result.translations, start=1):
        shown = {unit.id: unit.id for unit in translation.units}
        shown |= {unit: unit for unit in _sentences(translation.summary)}
        if opening in shown:
            shown[layout.TITLE] = opening
        found += (
            _located(finding, shown, translation.lang, f"{anchor}-{position}")
            for finding in translation.findings
        )
    found.sort(key=lambda entry: layout.SEVERITIES.index(entry.finding.severity))
    return [replace(entry, number=number) for number, entry in enumerate(found, start=1)]


def _sentences(summary: Summary | None) -> Iterator[str]:
    return (f"{_SUMMARY}{n}" for n, _ in enumerate(summary.sentences if summary else (), start=1))


def _located(finding: Finding, shown: Mapping[str, str], lang: str, section: str) -> _Entry:
    unit = shown.get(finding.unit_id or "", "")
    return _Entry(0, finding, lang, section if unit else "", unit)


def _entries_by_unit(entries: Iterable[_Entry], section: str) -> dict[str, list[_Entry]]:
    found: dict[str, list[_Entry]] = defaultdict(list)
    for entry in entries:
        if entry.section == section:
            found[entry.unit_id].append(entry)
    return found


def _facts_by_unit(translation: Translation) -> dict[str, list[tuple[int, Agreement]]]:
    found: dict[str, list[tuple[int, Agreement]]] = defaultdict(list)
    for number, agreement in enumerate(translation.agreements, start=1):
        found[agreement.unit_id].append((number, agreement))
    return found


# --- above the text ---------------------------------------------------------------------


def _header(result: Result, anchor: str, langs: Mapping[str, int], *, alone: bool) -> Iterator[str]:
    article, metadata = result.article, result.article.metadata
    more = [f"<span><bdi>{escape(v)}</bdi></span>" for v in (metadata.date, metadata.byline) if v]
    if metadata.url:
        more.append(f"<span>{web_link(metadata.url)}</span>")
    label = escape(layout.own_label(article, "en"))
    yield f'<header>\n<p class="origin"><b><bdi>{label}</bdi></b>{"".join(more)}</p>\n'
    title = escape(layout.title(article) or article.id)
    head = "h1" if alone else "h2"
    yield f'<{head} id="{anchor}-title" lang="{escape(article.lang)}">{title}</{head}>\n'
    links = "".join(
        f'<a class="in in-{langs[translation.lang]}" href="#{anchor}-{position}">'
        f"{lang_name(translation.lang)}</a>"
        for position, translation in enumerate(result.translations, start=1)
    )
    if not alone:
        links += '<a href="#overview">Overview</a>'
    original = f"<span>{escape(layout.name(article.lang))} original</span>"
    yield f'<p class="about">{original}{links}</p>\n</header>\n'


def _findings(
    result: Result,
    anchor: str,
    entries: Sequence[_Entry],
    langs: Mapping[str, int],
    kinds: Mapping[str, int],
) -> Iterator[str]:
    if not entries:
        if result.translations:
            agreed = sum(
                len(translation.agreements)
                for translation in result.translations
                if not layout.is_copy(result, translation)
            )
            yield f'<p class="none">{counted(agreed, "fact")} verified, nothing to report.</p>\n'
        return
    paragraphs = layout.places(result)
    yield (
        f'<section class="findings" aria-labelledby="{anchor}-findings">'
        f'<h3 id="{anchor}-findings">{counted(len(entries), "finding")}</h3>\n<ol>\n'
    )
    for entry in entries:
        foreign = entry.lang != result.article.lang
        shown = f" in in-{langs[entry.lang]}" if foreign else ""
        paragraph = paragraphs.get(entry.finding.unit_id or "")
        held = has([_traits(entry)], kinds, langs)
        yield (
            f'<li id="{anchor}-e{entry.number}" class="{entry.finding.severity}{shown}" '
            f'data-has="{held}">'
            f'<span class="num">{entry.number}</span>'
            f'<span><span class="sev">{entry.finding.severity}</span></span>'
            f'<span class="what">{_finding(result, anchor, entry, paragraph)}</span></li>\n'
        )
    yield "</ol></section>\n"


def _finding(result: Result, anchor: str, entry: _Entry, paragraph: int | None) -> str:
    finding = entry.finding
    href = entry.place(entry.side) if entry.section else anchor
    where = "title" if paragraph == 0 else f"¶{paragraph}" if paragraph else ""
    notes = "".join(f", {escape(one)}" for one in (where, finding.rule) if one)
    code = f'<a href="#{href}"><code>{escape(finding.code)}</code></a>'
    rule = f'<span class="rule">{lang_name(entry.lang)}{notes}</span>'
    if finding.expected is None and finding.found is None:
        return code + rule
    source, target = (
        "nothing" if text is None else f'<i lang="{escape(lang)}">{escape(text)}</i>'
        for lang, text in ((result.article.lang, finding.expected), (entry.lang, finding.found))
    )
    return f"{code}<span>{source} → {target}</span>{rule}"


def _summaries(
    result: Result,
    anchor: str,
    entries: Sequence[_Entry],
    langs: Mapping[str, int],
    cited: Mapping[str, int],
) -> Iterator[str]:
    """The summary in each language, sentence beside sentence, with what each is from."""
    # The sentences of a source summary lead into the first pair; their own marks are apart.
    text = f"{anchor}-{1 if result.translations else 0}"
    cards = [(result.summary, f"{anchor}-0", text, "")]
    for position, translation in enumerate(result.translations, start=1):
        if result.summary and layout.is_copy(result, translation):
            continue
        section = f"{anchor}-{position}"
        cards.append((translation.summary, section, section, f" in in-{langs[translation.lang]}"))
    columns = []
    if result.summary and (behind := _behind(result, result.summary, text, cited)):
        columns.append(("What the article says", "", behind))
    for summary, section, text, shown in cards:
        if summary:
            drawn = _Section(section, anchor, result, {}, _entries_by_unit(entries, section), cited)
            columns.append((lang_name(summary.lang), shown, _summary(summary, text, drawn)))
    if not columns:
        return
    heads = "".join(f'<h4 class="{shown.strip()}">{head}</h4>' for head, shown, _ in columns)
    yield (
        f'<section class="summaries" aria-labelledby="{anchor}-summary">'
        f'<h3 id="{anchor}-summary">Summary</h3>\n<div class="beside names">{heads}</div>\n<ol>\n'
    )
    for row in zip_longest(*(cells for _, _, cells in columns), fillvalue=""):
        cells = "".join(
            f'<div class="cell{shown}"><p class="name">{head}</p>{cell}</div>'
            for (head, shown, _), cell in zip(columns, row, strict=True)
        )
        yield f'<li class="beside">{cells}</li>\n'
    yield "</ol>\n</section>\n"


def _summary(summary: Summary, text: str, section: _Section) -> list[str]:
    """The sentences of a summary; `text` is the section that shows what they are from."""
    label = escape(layout.own_label(section.result.article, summary.lang))
    cells = []
    for unit, sentence in zip(_sentences(summary), summary.sentences, strict=True):
        marks = [
            _finding_mark(
                entry, entry.finding.target_span or Span(0, len(sentence.text)), section, "t"
            )
            for entry in section.entries.get(unit, ())
        ]
        said = "; ".join(_REMEDIES.get(one, one) for one in sentence.remedies)
        css = "text repaired" if said else "text"
        done = f'<small class="made"><b>repaired</b>: {escape(said)}</small>' if said else ""
        by = layout.words(summary.lang).written.format(sentence.origin) if sentence.origin else ""
        by = f"<b>{escape(by)}</b>: " if by else ""
        links = ", ".join(_from(section.result, sentence, text, section.cited))
        cells.append(
            f'<p><span class="{css}" lang="{escape(summary.lang)}">{marked(sentence.text, marks)}'
            f'</span> <span class="from">[{by}<bdi>{label}</bdi>, {links}]</span></p>{done}'
        )
    return cells


def _from(
    result: Result, sentence: SummarySentence, text: str, cited: Mapping[str, int]
) -> Iterator[str]:
    """A link to each paragraph that the sentence is from, to its first segment there."""
    paragraphs: dict[int, str] = {}
    for one in sentence.segments:
        if number := cited.get(one):
            paragraphs.setdefault(result.segments[number - 1].paragraph, f"{text}-s{number}")
    for number, href in (
        paragraphs or {sentence.paragraph: f"{text}-p{sentence.paragraph}"}
    ).items():
        yield f'<a href="#{href}">¶{number}</a>'


def _behind(result: Result, summary: Summary, text: str, cited: Mapping[str, int]) -> list[str]:
    """The article's own sentences behind each of the summary's; none if they are the same."""
    lang = escape(result.article.lang)
    sources = [
        [result.segments[cited[one] - 1] for one in sentence.segments if one in cited]
        for sentence in summary.sentences
    ]
    if all(
        sentence.text.split() == " ".join(segment.text for segment in source).split()
        for sentence, source in zip(summary.sentences, sources, strict=True)
    ):
        return []
    return [
        "".join(
            f'<p><span class="text src" lang="{lang}">{escape(segment.text)}</span> '
            f'<a class="from" href="#{text}-s{cited[segment.id]}">¶{segment.paragraph}</a></p>'
            for segment in source
        )
        for source in sources
    ]


# --- the text ---------------------------------------------------------------------------


def _alone(section: _Section, css: str = "") -> Iterator[str]:
    lang = section.result.article.lang
    yield f'<section class="pair alone{css}" id="{section.anchor}">\n'
    yield f'<div class="heads"><h3>{lang_name(lang)}</h3></div>\n'
    for row in layout.rows(section.result):
        yield _row(row, section)
    yield "</section>\n"


def _pair(section: _Section, translation: Translation, lang_number: int) -> Iterator[str]:
    source, target = section.result.article.lang, translation.lang
    ways = Counter(way(unit) for unit in translation.units)
    counts = (
        layout.origins(translation.units),
        counted(len(translation.units), "sentence"),
        f"{counted(len(translation.agreements), 'fact')} verified",
        *(f"{ways[one]:,} {said}" for one, said in _WAYS.items() if ways[one]),
    )
    names = f"{escape(layout.name(source))} and {escape(layout.name(target))}"
    yield (
        f'<section class="pair in in-{lang_number}" id="{section.anchor}" '
        f'aria-label="{names}, side by side">\n'
        f'<div class="heads"><h3>{lang_name(source)}</h3><h3>{lang_name(target)} '
        f"<small>{escape(', '.join(filter(None, counts)))}</small></h3></div>\n"
    )
    for row in layout.rows(section.result, translation):
        if translation.text:
            yield _row(row, section)
        elif any(piece.unit for piece in row.pieces):
            # Only the sentences behind a summary were translated: they stay, with white space.
            kept = tuple(piece for piece in row.pieces if piece.unit or not piece.source.strip())
            yield _row(layout.Row(row.kind, row.paragraph, kept), section)
    yield "</section>\n"


def _row(row: layout.Row, section: _Section) -> str:
    here = f"{section.anchor}-p{row.paragraph}"
    number = (
        f'<a class="n" href="#{here}" aria-label="paragraph {row.paragraph}">{row.paragraph}</a>'
        if row.paragraph
        else '<span class="n"></span>'
    )
    columns = _column(row, section, "s", "src", section.result.article.lang)
    if section.lang:
        columns += _column(row, section, "t", "tgt", section.lang) + _made(row)
    return f'<div class="row" id="{here}">{number}{columns}</div>\n'


def _column(row: layout.Row, section: _Section, side: str, css: str, lang: str) -> str:
    text = "".join(_piece(piece, row.paragraph, section, side) for piece in row.pieces)
    return f'<p class="{css} text is-{row.kind}" lang="{escape(lang)}">{text.strip()}</p>'


def _made(row: layout.Row) -> str:
    """Where the sentences of a paragraph come from and what was done to them, in words."""
    units = [piece.unit for piece in row.pieces if piece.unit]
    groups = [(said, len(list(group))) for said, group in groupby(units, key=_told)]
    parts, number = [], 1
    for said, count in groups:
        last = number + count - 1
        which = f"sentence {number}" if count == 1 else f"sentences {number}–{last}"
        parts.append(f"<span>{f'{which}: ' if len(groups) > 1 else ''}{said}</span>")
        number = last + 1
    return f'<p class="made">{"".join(parts)}</p>' if parts else ""


def _told(unit: TranslationUnit) -> str:
    made = way(unit)
    origin, done = escape(unit.origin), escape("; ".join(unit.remedies))
    if made == "initial":
        return f"<b>not translated</b>, the source stands here{done and f' ({done})'}"
    if made == "reviewed":
        return f"<b>reviewed</b>, {origin}{done and f', {done}'}"
    return f"{origin}, <b>repaired</b>: {done}" if made == "repaired" else origin


def _piece(piece: layout.Piece, paragraph: int, section: _Section, side: str) -> str:
    text = piece.source if side == "s" else piece.target
    marks: list[Mark] = []
    if paragraph and (side == "s" or piece.unit is None):
        marks += _label_marks(piece, section)
    number = section.cited.get(piece.segment_id or "") if side == "s" else None
    if number:
        # A summary leads here.
        here = f'id="{section.anchor}-s{number}" class="cited"'
        marks.append(Mark(Span(0, len(text)), -1, "span", here))
    if piece.unit is None:
        return marked(text, marks)
    marks += (
        _fact_mark(number, fact, section, side)
        for number, fact in section.facts.get(piece.unit.id, ())
    )
    missing = ""
    for entry in section.entries.get(piece.unit.id, ()):
        span = entry.finding.source_span if side == "s" else entry.finding.target_span
        if span is None and side == entry.side:
            # It is about the sentence, or where in it nobody can say.
            span = Span(0, len(text))
        if span is not None:
            marks.append(_finding_mark(entry, span, section, side))
        elif side == "t":
            missing += _reference(entry, section, ", not found here")
    whole = marked(text, marks) + missing
    if side == "s":
        return whole
    unit = piece.unit
    made = way(unit)
    if made == "made":
        return whole
    lang = f' lang="{escape(section.result.article.lang)}"' if made == "initial" else ""
    says = escape(": ".join(filter(None, (_WAYS[made], "; ".join(unit.remedies)))))
    return (
        f'<span class="{made}"{lang} title="{says}">{whole}</span>'
        f'<small class="tag {made}-tag" lang="en">{_WAYS[made]}</small>'
    )


def _label_marks(piece: layout.Piece, section: _Section) -> Iterator[Mark]:
    facts = section.facts.get(piece.segment_id or "", ())
    agreed = {fact.source_span for _, fact in facts if fact.kind in _LABEL_KINDS}
    labels = section.result.labels
    start = piece.span.start
    at = bisect_left(labels, start, key=lambda label: label.span.start)
    while at < len(labels) and labels[at].span.start < piece.span.end:
        label = labels[at]
        span = Span(label.span.start - start, label.span.end - start)
        if span not in agreed:
            yield Mark(span, 1, "span", f'class="label" title="{label.kind}"')
        at += 1


def _fact_mark(number: int, fact: Agreement, section: _Section, side: str) -> Mark:
    span, other = (fact.source_span, "t") if side == "s" else (fact.target_span, "s")
    here = f"{section.anchor}-f{number}"
    css = "k label" if fact.kind in _LABEL_KINDS else "k"
    title = escape(", ".join(filter(None, (fact.kind, fact.rule))))
    attributes = f'class="{css}" id="{here}{side}" title="{title}"'
    return Mark(span, 2, "a", attributes, href=f"#{here}{other}")


def _finding_mark(entry: _Entry, span: Span, section: _Section, side: str) -> Mark:
    attributes = f'class="{entry.finding.severity}" id="{entry.place(side)}"'
    stop = " stop" if side == entry.side else ""
    return Mark(span, 0, "mark", attributes, after=_reference(entry, section, "", stop))


def _reference(entry: _Entry, section: _Section, note: str, css: str = "") -> str:
    """The number of a finding beside its place; those with `stop` are walked by key."""
    severity = entry.finding.severity
    says = escape(f"finding {entry.number}, {severity}: {entry.finding.code}{note}")
    return (
        f'<a class="ref {severity}{css}" href="#{section.article_anchor}-e{entry.number}" '
        f'aria-label="{says}" title="{says}">{entry.number}</a>'
    )
