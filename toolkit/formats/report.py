"""The report of a run as HTML: whole without script, nothing loaded from anywhere.

Up to `LARGE` articles it is one page with everything. Of more, `report.html` is the index, and
the folder `report/` beside it holds a page per article and a list per kind and severity of
findings; all links are relative, so that both can be put anywhere together.

Article text reaches a page only through `markup.escape`, which escapes it for elements and
attributes alike, and a content security policy lets nothing run but the page's own script,
known by its digest. Article ids never become ids of elements: those are numbers.
"""

from __future__ import annotations

import base64
import hashlib
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from itertools import chain, islice, pairwise
from pathlib import Path

from toolkit.formats import layout, lists, side_by_side
from toolkit.formats.charts import Line, Totals, count, draw, way
from toolkit.formats.files import whole_folder, write_whole
from toolkit.formats.markup import counted, escape, lang_name
from toolkit.schema import Result

__all__ = ["LARGE", "PAGES", "write", "write_folder"]

# A run of more articles than this has a page for each.
LARGE = 50
NAME, PAGES = "report.html", "report"
# Articles are set aside while the counts above them are still growing; up to this many
# bytes in memory, then on disk.
_SPOOL = 500_000
_LANG_CODE = re.compile(r"[a-zA-Z]{2,8}(?:-[a-zA-Z0-9]{1,8})*")


def write(results: Iterable[Result]) -> Iterator[str]:
    """One page in pieces, the first after the last result: the overview counts them all.

    Memory stays flat: of an article only its line in the overview is kept, the rest waits
    in a temporary file.
    """
    totals = Totals()
    lines: list[Line] = []
    with tempfile.SpooledTemporaryFile(
        _SPOOL, mode="w+", encoding="utf-8", newline="\n"
    ) as articles:
        for result in results:
            number = totals.articles + 1
            lines.append(count(totals, result, f"#a{number}"))
            articles.writelines(side_by_side.render(result, number, totals.langs, totals.kinds))
        articles.seek(0)
        switch = _switch(totals.langs) or '<a href="#overview">Overview</a>'
        yield from _opening(totals, switch + _steps(bool(totals.findings)))
        yield '<section class="overview" id="overview" aria-labelledby="overview-title">\n'
        yield '<h2 id="overview-title">Overview</h2>\n'
        if totals.articles > 1:
            yield from draw(totals)
        yield from _filter(totals)
        yield from lists.table(lines, totals)
        yield _legend(totals.ways)
        yield "</section>\n"
        while chunk := articles.read(1 << 16):
            yield chunk
    yield from _closing(totals)


def write_folder(results: Iterable[Result], folder: Path) -> None:
    """The report as `report.html` in this folder, with `report/` if there are many articles.

    One pass, and memory that hardly grows: some bytes for each article.
    """
    results = iter(results)
    few = list(islice(results, LARGE + 1))
    if len(few) <= LARGE:
        write_whole(folder / NAME, write(few))
        shutil.rmtree(folder / PAGES, ignore_errors=True)
        return
    with whole_folder(folder / PAGES) as pages:
        totals = Totals()
        with lists.Rows() as rows:
            for line in _articles(chain(few, results), totals, pages / lists.ARTICLES):
                rows.add(line)
            _lists(rows, totals, pages / lists.LISTS)
            first = list(_index(rows, totals))
    write_whole(folder / NAME, first)


def _articles(results: Iterable[Result], totals: Totals, folder: Path) -> Iterator[Line]:
    """The page of each article, which knows the one before and the one after."""
    folder.mkdir()
    before = name = ""
    for result, then in pairwise(chain(results, [None])):
        if result is None:  # the end stands last
            return
        name = name or _page_name(result, folder, 1)
        after = _page_name(then, folder, totals.articles + 2, name) if then else ""
        line = count(totals, result, f"{lists.ARTICLES}/{name}")
        with (folder / name).open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(_article(result, line, before, after))
        yield line
        before, name = name, after


def _page_name(result: Result, folder: Path, number: int, taken: str = "") -> str:
    name = layout.file_name(result.article.id, result.article.lang, "html")
    # Within a run ids are unique; whoever else writes a report may have some twice.
    return f"{number}-{name}" if name == taken or (folder / name).exists() else name


def _article(result: Result, line: Line, before: str, after: str) -> Iterator[str]:
    langs = {translation.lang: n for n, translation in enumerate(result.translations, start=1)}
    kinds: dict[str, int] = {}
    for kind, _, _ in line.found:
        kinds.setdefault(kind, len(kinds) + 1)
    yield _head(line.title, tuple(langs), (result.article.lang,))
    steps = "".join(
        f'<a href="{lists.quoted(name)}" rel="{rel}">{said}</a>'
        for name, rel, said in ((before, "prev", "‹ Before"), (after, "next", "Next ›"))
        if name
    )
    yield _bar(
        f'<a class="home" href="../../{NAME}">‹ Articles</a>{_switch(langs)}'
        f'{_steps(bool(line.found))}<span class="turn">{steps}</span>'
    )
    yield from side_by_side.render(result, 1, langs, kinds, alone=True)
    ways = {(t.lang, way(unit)): 1 for t in result.translations for unit in t.units}
    yield f'{_legend(ways)}<nav class="lists turn" aria-label="Articles"><p>{steps}</p></nav>\n'
    yield _end()


def _lists(rows: lists.Rows, totals: Totals, folder: Path) -> None:
    """All lists but the first page of all articles, which is the index."""
    folder.mkdir()
    for choice in rows.choices():
        for page in range(1, rows.pages(choice) + 1):
            name = lists.file_name(choice, page, totals.kinds)
            if choice == lists.ALL and page == 1:
                continue
            with (folder / name).open("w", encoding="utf-8", newline="\n") as file:
                title = lists.title(choice)
                file.write(_head(title, tuple(totals.langs), tuple(totals.source_langs)))
                file.write(_bar(f'<a class="home" href="../../{NAME}">Report</a>'))
                file.write(f'<section class="overview" id="overview"><h1>{escape(title)}</h1>\n')
                file.writelines(lists.page(rows, choice, page, totals, "../", f"../../{NAME}"))
                file.write("</section>\n")
                file.write(_end())


def _index(rows: lists.Rows, totals: Totals) -> Iterator[str]:
    def href(kind: str) -> str:
        return f"{PAGES}/{lists.LISTS}/{lists.file_name(lists.Choice(kind), 1, totals.kinds)}"

    charts = "".join(draw(totals, href))
    to_charts = '<a href="#overview">Overview</a>' if charts else ""
    yield from _opening(totals, f'{to_charts}<a href="#list">Articles</a>')
    if charts:
        yield '<section class="overview" id="overview" aria-labelledby="overview-title">\n'
        yield f'<h2 id="overview-title">Overview</h2>\n{charts}</section>\n'
    yield '<section class="overview" aria-labelledby="list"><h2 id="list">Articles</h2>\n'
    yield from lists.page(rows, lists.ALL, 1, totals, f"{PAGES}/", NAME)
    yield "</section>\n"
    yield from _closing(totals)


# --- the page around the articles -------------------------------------------------------


def _opening(totals: Totals, bar: str) -> Iterator[str]:
    headline = _headline(totals)
    yield _head(headline, tuple(totals.langs), tuple(totals.source_langs))
    yield (
        f'<header class="opening">\n<h1>{escape(headline)}</h1>\n'
        f'<p class="lead">{_lead(totals)}</p>\n'
        f'<dl class="figures">{"".join(_figures(totals))}</dl>\n</header>\n'
    )
    yield _bar(bar)


def _bar(inside: str) -> str:
    return f'<nav class="bar" aria-label="Report"><div>{inside}</div></nav>\n<main id="main">\n'


def _head(title: str, langs: tuple[str, ...], source_langs: tuple[str, ...]) -> str:
    style, policy = _style(langs, source_langs)
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{escape(title)}</title>\n<style>{style}</style>\n</head>\n<body>\n"
        '<a class="skip" href="#main">Skip to the content</a>\n'
    )


@cache
def _style(langs: tuple[str, ...], source_langs: tuple[str, ...]) -> tuple[str, str]:
    """The style sheet of a page in these languages, and the policy that lets only it in."""
    style = _asset("report.css") + _lang_rules(langs, source_langs)
    policy = (
        f"default-src 'none'; style-src '{_sha(style)}'; script-src '{_sha(_asset('report.js'))}'; "
        "base-uri 'none'; form-action 'none'"
    )
    return style, policy


def _closing(totals: Totals) -> Iterator[str]:
    made = "; ".join(escape(maker) for maker in totals.makers)
    origins = ", ".join(
        f"{escape(origin)} ({counted(n, 'sentence')})" for origin, n in totals.origins.most_common()
    )
    footer = f"<p>Made by {made or 'toolkit'}.</p>\n"
    if origins:
        footer += f"<p>Where the translations come from: {origins}.</p>\n"
    yield _end(f'<footer class="closing">\n{footer}</footer>\n')


def _end(footer: str = "") -> str:
    return f"</main>\n{footer}<script>{_asset('report.js')}</script>\n</body>\n</html>\n"


def _headline(totals: Totals) -> str:
    names = [layout.name(lang) for lang in totals.langs]
    into = f" in {_listed(names)}" if names else ""
    return f"{counted(totals.articles, 'article')}{into}"


def _lead(totals: Totals) -> str:
    if not totals.units:
        return "Every sentence of a summary names its source and links to the sentence it is from."
    return (
        "Each figure, date, name and source label of an original was looked for in its "
        "translation, and the other way round. What agrees is linked across the two columns; "
        "what does not is listed first."
    )


def _figures(totals: Totals) -> Iterator[str]:
    yield _figure(totals.articles, "article")
    if totals.units:
        yield _figure(totals.units, "sentence", after=" translated")
        yield _figure(totals.agreed, "fact", after=" verified")
    for severity in layout.SEVERITIES:
        if number := totals.findings[severity]:
            yield _figure(number, severity, severity)
    if totals.langs and not totals.findings:
        yield _figure(0, "finding")


def _figure(number: int, word: str, css: str = "", after: str = "") -> str:
    term = counted(number, word).partition(" ")[2]
    return f'<div class="{css}"><dt>{term}{after}</dt><dd>{number:,}</dd></div>'


def _switch(langs: Mapping[str, int]) -> str:
    """Which languages are shown: radio buttons and style rules, no script."""
    if len(langs) < 2:
        return ""
    choices = [_choice(0, "All", " checked")]
    choices += [_choice(number, lang_name(lang)) for lang, number in langs.items()]
    legend = '<legend class="unseen">Languages shown</legend>'
    return f"<fieldset>{legend}{''.join(choices)}</fieldset>"


def _choice(number: int, name: str, more: str = "") -> str:
    return (
        f'<input type="radio" name="show" id="show-{number}" autocomplete="off"{more}>'
        f'<label for="show-{number}">{name}</label>'
    )


def _steps(found: bool) -> str:
    if not found:
        return ""
    return (
        '<div class="steps" hidden><span>Findings</span>'
        '<button type="button" aria-label="previous finding">↑<kbd>p</kbd></button>'
        '<button type="button" aria-label="next finding">↓<kbd>n</kbd></button></div>'
    )


def _filter(totals: Totals) -> Iterator[str]:
    """What narrows the page: without script only the box for articles with findings."""
    if totals.articles < 2:
        return
    if not totals.findings:
        yield f'<div class="filter">{lists.narrowing(totals)}</div>\n'
        return
    severities = [(one, one) for one in layout.SEVERITIES if totals.findings[one]]
    kinds = [(str(number), kind) for kind, number in totals.kinds.items()]
    yield (
        '<div class="filter"><span class="only"><input type="checkbox" id="only" '
        'autocomplete="off"> <label for="only">Only articles with findings</label></span>\n'
        f"{lists.select('severity', 'Severity', severities)}{lists.select('kind', 'Kind', kinds)}"
        f"{lists.narrowing(totals)}</div>\n"
    )


def _legend(ways: Mapping[tuple[str, str], int]) -> str:
    """What the marks mean that are on the page; nothing where nothing was translated."""
    if not ways:
        return ""
    shaded = any(one == "repaired" for _, one in ways)
    return (
        '<ul class="legend"><li><span class="k">Dotted</span> a fact that agrees; its partner '
        'lights up</li><li><span class="label">Tinted</span> a source label, kept verbatim</li>'
        '<li><mark class="error">Raised</mark> a finding, with its number</li>'
        + '<li><span class="repaired">Shaded</span> repaired: what was done stands below</li>'
        * shaded
        + "</ul>\n"
    )


def _lang_rules(langs: Sequence[str], source_langs: Sequence[str]) -> str:
    rules = []
    for n in range(1, len(langs) + 1):
        chosen = f"html:has(#show-{n}:checked)"
        # A place that a link leads to is shown even if its language is switched off.
        others = f".in:not(.in-{n}):not(:target):not(:has(:target))"
        rules.append(f"{chosen} {others} {{ display: none; }}")
        empty = f".findings:not(:has(li:not(.in), .in-{n}, :target))"
        rules.append(f"{chosen} {empty} {{ display: none; }}")
    for lang in (*source_langs, *langs):
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


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


@cache
def _asset(name: str) -> str:
    return files("toolkit.formats").joinpath(name).read_text("utf-8")


def _sha(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
