"""One HTML page for a whole run: self-contained, whole without script, nothing loaded.

Article text reaches the page only through `markup.escape`, which escapes it for elements and
attributes alike, and a content security policy lets nothing run but the page's own script,
known by its digest. Article ids never become ids of elements: those are numbers.
"""

from __future__ import annotations

import base64
import hashlib
import re
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from importlib.resources import files

from toolkit.formats import layout, side_by_side
from toolkit.formats.markup import counted, escape, lang_name
from toolkit.schema import Result, Severity

# Articles are set aside while the counts above them are still growing; up to this many
# bytes in memory, then on disk.
_SPOOL = 4_000_000
_LANG_CODE = re.compile(r"[a-zA-Z]{2,8}(?:-[a-zA-Z0-9]{1,8})*")


@dataclass(slots=True)
class _Totals:
    """What is known of the run once all articles have passed."""

    articles: int = 0
    units: int = 0
    agreed: int = 0
    findings: Counter[Severity] = field(default_factory=Counter)
    langs: dict[str, int] = field(default_factory=dict)
    source_langs: dict[str, None] = field(default_factory=dict)
    origins: Counter[str] = field(default_factory=Counter)
    makers: dict[str, None] = field(default_factory=dict)
    rows: list[_Line] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Line:
    """One article in the overview; a cell is anchor, sentences, facts and findings."""

    number: int
    title: str
    label: str
    lang: str
    summary: int
    findings: Counter[Severity]
    cells: dict[str, tuple[int, int, int, Counter[Severity]]]

    @property
    def calm(self) -> bool:
        return not self.findings and not any(cell[3] for cell in self.cells.values())


def write(results: Iterable[Result]) -> Iterator[str]:
    """The page in pieces, the first after the last result: the overview counts them all.

    Memory stays flat: of an article only its line in the overview is kept, the rest waits
    in a temporary file.
    """
    totals = _Totals()
    with tempfile.SpooledTemporaryFile(
        _SPOOL, mode="w+", encoding="utf-8", newline="\n"
    ) as articles:
        for result in results:
            _count(totals, result)
            articles.writelines(side_by_side.render(result, totals.articles, totals.langs))
        articles.seek(0)
        yield from _opening(totals)
        yield from _overview(totals)
        while chunk := articles.read(1 << 16):
            yield chunk
    yield from _closing(totals)


# --- the page around the articles -------------------------------------------------------


def _opening(totals: _Totals) -> Iterator[str]:
    style = _asset("report.css") + _lang_rules(totals)
    script = _asset("report.js")
    policy = (
        f"default-src 'none'; style-src '{_sha(style)}'; script-src '{_sha(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    yield (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{escape(_headline(totals))}</title>\n<style>{style}</style>\n</head>\n<body>\n"
        '<a class="skip" href="#overview">Skip to the overview</a>\n'
    )
    yield (
        f'<header class="opening">\n<h1>{escape(_headline(totals))}</h1>\n'
        f'<p class="lead">{_lead(totals)}</p>\n'
        f'<dl class="figures">{"".join(_figures(totals))}</dl>\n</header>\n'
    )
    bar = _switch(totals) + _steps(totals)
    yield f'<nav class="bar" aria-label="Report"><div>{bar}</div></nav>\n<main>\n'


def _closing(totals: _Totals) -> Iterator[str]:
    made = "; ".join(escape(maker) for maker in totals.makers)
    origins = ", ".join(
        f"{escape(origin)} ({counted(n, 'sentence')})" for origin, n in totals.origins.most_common()
    )
    yield f'</main>\n<footer class="closing">\n<p>Made by {made or "toolkit"}.</p>\n'
    if origins:
        yield f"<p>Where the translations come from: {origins}.</p>\n"
    yield f"</footer>\n<script>{_asset('report.js')}</script>\n</body>\n</html>\n"


def _headline(totals: _Totals) -> str:
    names = [layout.name(lang) for lang in totals.langs]
    into = f" in {_listed(names)}" if names else ""
    return f"{counted(totals.articles, 'article')}{into}"


def _lead(totals: _Totals) -> str:
    if not totals.langs:
        return "Every sentence of a summary names its source and links to the paragraph it is from."
    return (
        "Each figure, date, name and source label of an original was looked for in its "
        "translation, and the other way round. What agrees is linked across the two columns; "
        "what does not is listed first."
    )


def _figures(totals: _Totals) -> Iterator[str]:
    yield _figure(totals.articles, "article")
    if totals.langs:
        yield _figure(totals.units, "sentence", after=" translated")
        yield _figure(totals.agreed, "fact", after=" verified")
    for severity in layout.SEVERITIES:
        if count := totals.findings[severity]:
            yield _figure(count, severity, severity)
    if totals.langs and not totals.findings:
        yield _figure(0, "finding")


def _figure(count: int, word: str, css: str = "", after: str = "") -> str:
    term = counted(count, word).partition(" ")[2]
    return f'<div class="{css}"><dt>{term}{after}</dt><dd>{count:,}</dd></div>'


def _switch(totals: _Totals) -> str:
    """Which languages are shown: radio buttons and style rules, no script."""
    if len(totals.langs) < 2:
        return '<a href="#overview">Overview</a>'
    choices = [_choice(0, "All", " checked")]
    choices += [_choice(number, lang_name(lang)) for lang, number in totals.langs.items()]
    legend = '<legend class="unseen">Languages shown</legend>'
    return f"<fieldset>{legend}{''.join(choices)}</fieldset>"


def _choice(number: int, name: str, more: str = "") -> str:
    return (
        f'<input type="radio" name="show" id="show-{number}" autocomplete="off"{more}>'
        f'<label for="show-{number}">{name}</label>'
    )


def _steps(totals: _Totals) -> str:
    if not totals.findings:
        return ""
    return (
        '<div class="steps" hidden><span>Findings</span>'
        '<button type="button" aria-label="previous finding">↑<kbd>p</kbd></button>'
        '<button type="button" aria-label="next finding">↓<kbd>n</kbd></button></div>'
    )


def _lang_rules(totals: _Totals) -> str:
    rules = []
    for n in totals.langs.values():
        chosen = f"html:has(#show-{n}:checked)"
        # A place that a link leads to is shown even if its language is switched off.
        others = f".in:not(.in-{n}):not(:target):not(:has(:target))"
        rules.append(f"{chosen} {others} {{ display: none; }}")
        empty = f".findings:not(:has(li:not(.in), .in-{n}, :target))"
        rules.append(f"{chosen} {empty} {{ display: none; }}")
    for lang in (*totals.source_langs, *totals.langs):
        words = layout.words(lang)
        if not _LANG_CODE.fullmatch(lang):
            continue
        if words.fonts:
            fonts = ", ".join(f'"{name}"' for name in words.fonts)
            rules.append(
                f":is(h1, h2, .text, th a):lang({lang}) {{ font-family: {fonts}, var(--sans); }}"
            )
        if words.unbroken_words:
            rules.append(f":lang({lang}) {{ word-break: keep-all; }}")
    return "".join(rule + "\n" for rule in dict.fromkeys(rules))


def _overview(totals: _Totals) -> Iterator[str]:
    yield '<section class="overview" id="overview" aria-labelledby="overview-title">\n'
    yield '<h2 id="overview-title">Overview</h2>\n'
    if totals.langs:
        yield (
            '<ul class="legend"><li><span class="k">Dotted</span> a fact that agrees; its '
            'partner lights up</li><li><span class="label">Tinted</span> a source label, kept '
            'verbatim</li><li><mark class="error">Raised</mark> a finding, with its number'
            "</li></ul>\n"
        )
    if len(totals.rows) > 1 and totals.findings:
        yield (
            '<p class="only"><input type="checkbox" id="only" autocomplete="off"> '
            '<label for="only">Only articles with findings</label></p>\n'
        )
    heads = "".join(
        f'<th scope="col" class="in in-{n}">{lang_name(lang)}</th>'
        for lang, n in totals.langs.items()
    )
    yield (
        '<table>\n<thead><tr><th scope="col">Article</th><th scope="col">Summary</th>'
        f"{heads}</tr></thead>\n<tbody>\n"
    )
    for line in totals.rows:
        yield _overview_row(line, totals)
    yield "</tbody>\n</table>\n</section>\n"


def _overview_row(line: _Line, totals: _Totals) -> str:
    summary = f"<small>{counted(line.summary, 'sentence')}</small>" if line.summary else "–"
    blank = "" if line.summary or line.findings else ' class="blank"'
    cells = [f'<td{blank} data-head="Summary"><span>{_badges(line.findings)}{summary}</span></td>']
    for lang, n in totals.langs.items():
        head = f'class="in in-{n}" data-head="{escape(layout.own_name(lang))}"'
        if lang not in line.cells:
            cells.append(f'<td class="blank in in-{n}">–</td>')
            continue
        position, units, agreed, findings = line.cells[lang]
        badges = _badges(findings)
        if units:
            counts = f"{counted(units, 'sentence')}, {counted(agreed, 'fact')} verified"
            badges = badges or '<span class="none">no findings</span>'
        else:
            counts = "the original"
        shown = f"{badges}<small>{counts}</small>"
        cells.append(f'<td {head}><a href="#a{line.number}-{position}">{shown}</a></td>')
    title = f'<a href="#a{line.number}" lang="{escape(line.lang)}">{escape(line.title)}</a>'
    origin = f"<bdi>{escape(line.label)}</bdi>, {escape(layout.name(line.lang))}"
    calm = ' class="calm"' if line.calm else ""
    return f'<tr{calm}><th scope="row">{title}<small>{origin}</small></th>{"".join(cells)}</tr>\n'


def _badges(findings: Counter[Severity]) -> str:
    return "".join(
        f'<span class="sev {severity}">{counted(findings[severity], severity)}</span>'
        for severity in layout.SEVERITIES
        if findings[severity]
    )


def _count(totals: _Totals, result: Result) -> None:
    article = result.article
    totals.articles += 1
    totals.source_langs[article.lang] = None
    totals.makers[f"toolkit {result.provenance.toolkit} with {result.provenance.engine}"] = None
    cells = {}
    for position, translation in enumerate(result.translations, start=1):
        totals.langs.setdefault(translation.lang, len(totals.langs) + 1)
        findings = Counter(finding.severity for finding in translation.findings)
        units, agreed = len(translation.units), len(translation.agreements)
        if layout.is_copy(result, translation):
            units = agreed = 0
        else:
            totals.origins.update(unit.origin for unit in translation.units)
        cells[translation.lang] = (position, units, agreed, findings)
        totals.units += units
        totals.agreed += agreed
        totals.findings += findings
    own = Counter(finding.severity for finding in result.findings)
    totals.findings += own
    totals.rows.append(
        _Line(
            totals.articles,
            layout.title(article) or article.id,
            layout.own_label(article, "en"),
            article.lang,
            len(result.summary.sentences) if result.summary else 0,
            own,
            cells,
        )
    )


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _asset(name: str) -> str:
    return files("toolkit.formats").joinpath(name).read_text("utf-8")


def _sha(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
