"""What a run comes to: counted article by article, and drawn as tables with bars.

The numbers stand in the tables as text; the bars are beside them for the eye and say nothing
more. All is plain HTML and SVG without a style of its own, so that the strict policy of the
page holds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from toolkit.formats import layout
from toolkit.formats.markup import counted, escape, lang_name
from toolkit.schema import Finding, Result, Severity, TranslationUnit

# How a sentence came to be, as the bars say it, in their order.
_WAYS = {
    "made": "as they came",
    "repaired": "repaired",
    "reviewed": "reviewed",
    "initial": "not translated",
}


@dataclass(frozen=True, slots=True)
class Cell:
    """One translation of an article in the overview: its place on the page, and its counts.

    A copy of the original has no units.
    """

    position: int
    units: int
    agreed: int
    findings: Mapping[Severity, int]


@dataclass(frozen=True, slots=True)
class Line:
    """One article in the overview; `found` has kind, severity and language of its findings."""

    href: str
    title: str
    label: str
    lang: str
    summary: int
    findings: Mapping[Severity, int]
    cells: Mapping[str, Cell]
    found: Sequence[tuple[str, Severity, str]]

    @property
    def worst(self) -> Severity | None:
        severities = {severity for _, severity, _ in self.found}
        return next((one for one in layout.SEVERITIES if one in severities), None)


@dataclass(slots=True)
class Totals:
    """What is known of a run once all its articles have passed.

    `langs` and `kinds` number the languages and the kinds of findings as they appear.
    """

    articles: int = 0
    units: int = 0
    agreed: int = 0
    findings: Counter[Severity] = field(default_factory=Counter)
    langs: dict[str, int] = field(default_factory=dict)
    kinds: dict[str, int] = field(default_factory=dict)
    source_langs: dict[str, None] = field(default_factory=dict)
    origins: Counter[str] = field(default_factory=Counter)
    makers: dict[str, None] = field(default_factory=dict)
    by_kind: Counter[tuple[str, str, Severity]] = field(default_factory=Counter)
    by_lang: Counter[tuple[str, str]] = field(default_factory=Counter)
    ways: Counter[tuple[str, str]] = field(default_factory=Counter)


def count(totals: Totals, result: Result, href: str) -> Line:
    """Add an article to the totals; its line in the overview, which leads to `href`."""
    article = result.article
    totals.articles += 1
    totals.source_langs[article.lang] = None
    totals.makers[f"toolkit {result.provenance.toolkit} with {result.provenance.engine}"] = None
    own = _count_findings(totals, article.lang, result.findings)
    cells = {}
    for position, translation in enumerate(result.translations, start=1):
        lang = translation.lang
        totals.langs.setdefault(lang, len(totals.langs) + 1)
        found = _count_findings(totals, lang, translation.findings)
        units, agreed = len(translation.units), len(translation.agreements)
        if layout.is_copy(result, translation):
            units = agreed = 0
        else:
            totals.origins.update(unit.origin for unit in translation.units)
            totals.ways.update((lang, way(unit)) for unit in translation.units)
            totals.by_lang[lang, "agreed"] += agreed
        cells[lang] = Cell(position, units, agreed, found)
        totals.units += units
        totals.agreed += agreed
    both = ((article.lang, result.findings), *((t.lang, t.findings) for t in result.translations))
    found_in = dict.fromkeys((f.kind, f.severity, lang) for lang, found in both for f in found)
    return Line(
        href,
        layout.title(article) or article.id,
        layout.own_label(article, "en"),
        article.lang,
        len(result.summary.sentences) if result.summary else 0,
        own,
        cells,
        list(found_in),
    )


def _count_findings(totals: Totals, lang: str, findings: Sequence[Finding]) -> Counter[Severity]:
    found = Counter(finding.severity for finding in findings)
    totals.findings += found
    for finding in findings:
        totals.kinds.setdefault(finding.kind, len(totals.kinds) + 1)
        totals.by_kind[finding.kind, lang, finding.severity] += 1
        totals.by_lang[lang, finding.severity] += 1
    return found


def way(unit: TranslationUnit) -> str:
    """How this unit came to be: `made`, `repaired`, `reviewed` or `initial`."""
    if unit.state == "initial":
        return "initial"
    if unit.state in ("reviewed", "final"):
        return "reviewed"
    return "repaired" if unit.remedies else "made"


def draw(totals: Totals, href: Callable[[str], str | None] = lambda _kind: None) -> Iterator[str]:
    """The charts that have something to show; `href` is where the articles of a kind are."""
    drawn = [*_by_kind(totals, href), *_by_lang(totals), *_ways(totals)]
    if drawn:
        yield f'<div class="charts">\n{"".join(drawn)}</div>\n'


def _by_kind(totals: Totals, href: Callable[[str], str | None]) -> Iterator[str]:
    kinds: Counter[str] = Counter()
    for (kind, _, _), number in totals.by_kind.items():
        kinds[kind] += number
    if not kinds:
        return
    langs = [lang for lang in dict.fromkeys((*totals.source_langs, *totals.langs))
             if any(key[1] == lang for key in totals.by_kind)]  # fmt: skip
    head = "".join(f'<th scope="col" class="count">{lang_name(lang)}</th>' for lang in langs)
    # More columns than a half of the page has room for.
    wide = " wide" if len(langs) > 4 else ""
    yield _start("Findings by kind", "Kind", "Findings", head, wide)
    most = max(kinds.values())
    for kind, _ in sorted(kinds.items(), key=lambda item: (-item[1], item[0])):
        severities = Counter[str]()
        for severity in layout.SEVERITIES:
            severities[severity] = sum(totals.by_kind[kind, lang, severity] for lang in langs)
        name, to = escape(kind), href(kind)
        counts = "".join(
            f'<td class="count" data-head="{escape(layout.own_name(lang))}">{n or "–"}</td>'
            for lang in langs
            for n in [sum(totals.by_kind[kind, lang, one] for one in layout.SEVERITIES)]
        )
        said = ", ".join(counted(n, one) for one, n in severities.items() if n)
        yield _bar_row(f'<a href="{to}">{name}</a>' if to else name, severities, most, said, counts)
    yield _END


def _by_lang(totals: Totals) -> Iterator[str]:
    if not totals.agreed:
        return
    yield _start("Facts verified and findings", "Language", "In all articles")
    parts = {
        lang: Counter({one: totals.by_lang[lang, one] for one in ("agreed", *layout.SEVERITIES)})
        for lang in totals.langs
    }
    most = max(part.total() for part in parts.values())
    for lang, part in parts.items():
        found = ", ".join(counted(part[one], one) for one in layout.SEVERITIES if part[one])
        said = f"{counted(part['agreed'], 'fact')} verified, {found or 'no findings'}"
        yield _bar_row(lang_name(lang), part, most, said)
    yield _END


def _ways(totals: Totals) -> Iterator[str]:
    if all(one == "made" for _, one in totals.ways):
        return
    yield _start("Sentences translated", "Language", "How they were made")
    parts = {lang: Counter({one: totals.ways[lang, one] for one in _WAYS}) for lang in totals.langs}
    most = max(part.total() for part in parts.values())
    for lang, part in parts.items():
        said = ", ".join(f"{part[one]:,} {words}" for one, words in _WAYS.items() if part[one])
        yield _bar_row(lang_name(lang), part, most, said or "none")
    yield _END


_END = "</tbody></table>\n"


def _start(caption: str, first: str, second: str, more: str = "", css: str = "") -> str:
    return (
        f'<table class="chart{css}"><caption>{caption}</caption><thead><tr>'
        f'<th scope="col">{first}</th><th scope="col">{second}</th>{more}</tr></thead><tbody>\n'
    )


def _bar_row(head: str, parts: Mapping[str, int], most: int, said: str, more: str = "") -> str:
    """One bar: its parts side by side, on the scale on which the largest bar is whole."""
    rects, at = [], 0.0
    for css, number in parts.items():
        if number:
            # What is there must be seen: a single error among thousands is never too thin.
            wide = max(100 * number / most, 0.6)
            rects.append(f'<rect class="{css}" x="{at:.2f}%" width="{wide:.2f}%" height="100%"/>')
            at += wide
    return (
        f'<tr><th scope="row">{head}</th><td><svg class="meter" aria-hidden="true">'
        f"{''.join(rects)}</svg><small>{said}</small></td>{more}</tr>\n"
    )
