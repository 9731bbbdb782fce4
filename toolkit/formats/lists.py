"""The lists of articles in a report: of all, and of each kind and severity of finding.

A list has its articles worst first, then in the order of the run, some hundreds to a page.
The lists are plain pages that lead to one another: to filter needs no script.
"""

from __future__ import annotations

import hashlib
import json
import re
import tempfile
from array import array
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple, Self
from urllib.parse import quote

from toolkit.formats import layout
from toolkit.formats.charts import Cell, Line, Totals
from toolkit.formats.markup import counted, escape, lang_name
from toolkit.schema import Severity

ARTICLES, LISTS = "articles", "lists"


class Choice(NamedTuple):
    """What findings an article must have: of this kind, severity, language; empty is any."""

    kind: str = ""
    severity: str = ""
    lang: str = ""


ALL, CALM = Choice(), Choice(severity="calm")
_PAGE = 500
_SPOOL = 500_000
_NAMES: dict[str, str] = {"error": "errors", "warning": "warnings", "info": "info"}
_WORST: tuple[Severity | None, ...] = (*layout.SEVERITIES, None)
_SIMPLE = re.compile(r"[a-z]{1,40}")
_CODE = re.compile(r"[A-Za-z-]{2,12}")


class Rows:
    """The lines of all articles, in a temporary file, and which of them are in which list.

    In memory are the places of the lines: eight bytes for each list that an article is in.
    """

    def __init__(self) -> None:
        self._file = tempfile.SpooledTemporaryFile(_SPOOL, mode="w+b")  # noqa: SIM115
        self._end = 0
        self._places: dict[Choice, dict[Severity | None, array[int]]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *failure: object) -> None:
        self._file.close()

    def add(self, line: Line) -> None:
        choices = {ALL} if line.found else {ALL, CALM}
        for kind, severity, lang in line.found:
            choices |= {Choice("", severity), Choice(kind), Choice(kind, severity)}
            if lang in line.cells:
                # Not of each kind, too: a run of many languages would be mostly lists.
                choices |= {Choice("", "", lang), Choice("", severity, lang)}
        for choice in choices:
            by_worst = self._places.setdefault(choice, {one: array("Q") for one in _WORST})
            by_worst[line.worst].append(self._end)
        data = _encoded(line)
        self._file.seek(self._end)
        self._file.write(data)
        self._end += len(data)

    def choices(self) -> tuple[Choice, ...]:
        """All lists that have an article in them, each once."""
        calm = self.number(CALM) == self.number(ALL)
        return tuple(sorted(choice for choice in self._places if choice != CALM or not calm))

    def number(self, choice: Choice) -> int:
        """How many articles are in this list."""
        return sum(len(places) for places in self._places.get(choice, {}).values())

    def pages(self, choice: Choice) -> int:
        return -(-self.number(choice) // _PAGE)

    def page(self, choice: Choice, number: int) -> Iterator[Line]:
        """The lines of a page, the first being 1."""
        start, end = (number - 1) * _PAGE, number * _PAGE
        for places in self._places.get(choice, {}).values():
            for place in places[max(start, 0) : max(end, 0)]:
                self._file.seek(place)
                yield _decoded(self._file.readline())
            start, end = start - len(places), end - len(places)


def _encoded(line: Line) -> bytes:
    cells = {
        lang: (cell.position, cell.units, cell.agreed, dict(cell.findings))
        for lang, cell in line.cells.items()
    }
    data = (line.href, line.title, line.label, line.lang, line.summary, line.findings, cells)
    return json.dumps((*data, line.found)).encode() + b"\n"


def _decoded(data: bytes) -> Line:
    href, title, label, lang, summary, findings, cells, found = json.loads(data)
    cells = {lang: Cell(*cell) for lang, cell in cells.items()}
    return Line(href, title, label, lang, summary, findings, cells, found)


def file_name(choice: Choice, page: int, kinds: Mapping[str, int]) -> str:
    """The file of a list; a kind that makes no plain name goes by its number."""
    kind, severity, lang = choice
    named = (kind if _SIMPLE.fullmatch(kind) else str(kinds[kind])) if kind else ""
    parts = ["kind", named] if kind else ["in", _plain(lang)] if lang else []
    parts += [severity] if severity else []
    parts = parts or ["all"]
    if page > 1:
        parts.append(str(page))
    return "-".join(parts) + ".html"


def _plain(lang: str) -> str:
    """A language's code as part of a file name; what is no code by its digest."""
    if _CODE.fullmatch(lang):
        return lang
    return hashlib.blake2b(lang.encode("utf-8", "surrogatepass"), digest_size=4).hexdigest()


def title(choice: Choice) -> str:
    """`Articles with error findings: number`, `… in Korean`."""
    kind, severity, lang = choice
    if choice == CALM:
        return "Articles without findings"
    if choice == ALL:
        return "All articles"
    where = f" in {layout.name(lang)}" if lang else ""
    return f"Articles with {severity} findings{': ' if kind else where}{kind}".replace("  ", " ")


def page(
    rows: Rows, choice: Choice, number: int, totals: Totals, base: str, index: str
) -> Iterator[str]:
    """A page of a list: what other lists there are, its articles, and the pages beside it.

    `base` leads to the folder of the report, `index` to its index.
    """

    def href(to: Choice, page: int = 1) -> str:
        if to == ALL and page == 1:
            return f"{index}#list"
        return f"{base}{LISTS}/{file_name(to, page, totals.kinds)}"

    def links(label: str, others: Iterable[tuple[Choice, str]]) -> str:
        return f"<p><span>{label}</span> {' '.join(filter(None, map(link, others)))}</p>\n"

    def link(other: tuple[Choice, str]) -> str:
        to, said = other
        current = ' aria-current="page"' if to == choice else ""
        inside = f"{escape(said)} <small>{rows.number(to):,}</small>"
        return f'<a href="{href(to)}"{current}>{inside}</a>' if rows.number(to) else ""

    kind, severity, lang = choice
    every = "any" if kind or lang else "all articles"
    severities = [(choice._replace(severity=""), every)]
    severities += [(choice._replace(severity=one), _NAMES[one]) for one in layout.SEVERITIES]
    if not kind and not lang:
        severities.append((CALM, "no findings"))
    order = ""
    if totals.kinds:
        order = ", worst first"
        by = "" if choice == CALM else severity
        kinds = [(Choice("", by), "any")] * (not lang)
        kinds += [(Choice(one, by), one) for one in sorted(totals.kinds)]
        yield '<nav class="lists" aria-label="Which articles">\n'
        yield f"{links('Findings', severities)}{links('Kind', kinds)}"
        if len(totals.langs) > 1:
            every_lang = [(Choice("", by), "any")] * (not kind)
            langs = [(Choice("", by, one), layout.own_name(one)) for one in totals.langs]
            yield links("Language", [*every_lang, *langs])
        yield "</nav>\n"
    pages, count = rows.pages(choice), rows.number(choice)
    first, last = (number - 1) * _PAGE + 1, min(number * _PAGE, count)
    which = f"{first:,} to {last:,} of " if pages > 1 else ""
    yield f'<div class="filter"><span>{which}{counted(count, "article")}{order}</span>\n'
    yield f"{narrowing(totals)}</div>\n"
    yield from table(rows.page(choice, number), totals, base)
    if pages > 1:
        yield _turn(number, [href(choice, n) for n in range(1, pages + 1)])


def _turn(number: int, hrefs: list[str]) -> str:
    """Links to the first, the last, and the pages near this one."""
    near = [n for n in range(1, len(hrefs) + 1) if n in (1, len(hrefs)) or abs(n - number) < 3]
    links = []
    for n, before in zip(near, [0, *near], strict=False):
        gap = "<span>…</span>" if n > before + 1 else ""
        current = ' aria-current="page"' if n == number else ""
        links.append(f'{gap}<a href="{hrefs[n - 1]}"{current}>{n:,}</a>')
    for n, rel, said in ((number - 1, "prev", "‹ Before"), (number + 1, "next", "Next ›")):
        if 0 < n <= len(hrefs):
            links.append(f'<a href="{hrefs[n - 1]}" rel="{rel}">{said}</a>')
    return f'<nav class="lists turn" aria-label="Pages"><p>{" ".join(links)}</p></nav>\n'


def quoted(name: str) -> str:
    """The name of a file as it stands in a link."""
    return escape(quote(name))


def table(lines: Iterable[Line], totals: Totals, base: str = "") -> Iterator[str]:
    """The overview: a row per article, with what was made and found in each language."""
    heads = "".join(
        f'<th scope="col" class="in in-{n}">{lang_name(lang)}</th>'
        for lang, n in totals.langs.items()
    )
    yield (
        '<table class="articles">\n<thead><tr><th scope="col">Article</th>'
        f'<th scope="col">Summary</th>{heads}</tr></thead>\n<tbody>\n'
    )
    for line in lines:
        yield _row(line, totals, base)
    yield "</tbody>\n</table>\n"


def has(
    found: Iterable[tuple[str, str, str]], kinds: Mapping[str, int], langs: Mapping[str, int]
) -> str:
    """What the script of the page filters by: `error:1:2`, kind and language by their numbers.

    What is found in an article itself is in the language 0.
    """
    return " ".join(
        dict.fromkeys(f"{severity}:{kinds[kind]}:{langs.get(lang, 0)}"
                      for kind, severity, lang in found)
    )  # fmt: skip


def narrowing(totals: Totals) -> str:
    """By original language and title: shown where there is a script."""
    langs = [(lang, layout.own_name(lang)) for lang in totals.source_langs]
    froms = select("from", "Original", langs) if len(langs) > 1 else ""
    search = '<label hidden>Title <input type="search" id="by-title" autocomplete="off"></label>'
    return f"{froms}{search}\n"


def select(name: str, label: str, options: Iterable[tuple[str, str]]) -> str:
    choices = "".join(
        f'<option value="{escape(value)}">{escape(said)}</option>' for value, said in options
    )
    return (
        f'<label hidden>{label} <select id="by-{name}" autocomplete="off">'
        f'<option value="">all</option>{choices}</select></label>\n'
    )


def _row(line: Line, totals: Totals, base: str) -> str:
    summary = f"<small>{counted(line.summary, 'sentence')}</small>" if line.summary else "–"
    blank = "" if line.summary or line.findings else ' class="blank"'
    to = line.href if line.href.startswith("#") else f"{base}{quoted(line.href)}"
    cells = [f'<td{blank} data-head="Summary"><span>{badges(line.findings)}{summary}</span></td>']
    for lang, n in totals.langs.items():
        head = f'class="in in-{n}" data-head="{escape(layout.own_name(lang))}"'
        if not (cell := line.cells.get(lang)):
            cells.append(f'<td class="blank in in-{n}">–</td>')
            continue
        shown = badges(cell.findings)
        if cell.units:
            counts = f"{counted(cell.units, 'sentence')}, {counted(cell.agreed, 'fact')} verified"
            shown = shown or '<span class="none">no findings</span>'
        else:
            counts = "the original"
        place = f"-{cell.position}" if to.startswith("#") else f"#a1-{cell.position}"
        cells.append(f'<td {head}><a href="{to}{place}">{shown}<small>{counts}</small></a></td>')
    name = f'<a href="{to}" lang="{escape(line.lang)}">{escape(line.title)}</a>'
    origin = f"<bdi>{escape(line.label)}</bdi>, {escape(layout.name(line.lang))}"
    calm = "" if line.found else ' class="calm"'
    held = has(line.found, totals.kinds, totals.langs)
    return (
        f'<tr{calm} data-has="{held}" data-from="{escape(line.lang)}">'
        f'<th scope="row">{name}<small>{origin}</small></th>{"".join(cells)}</tr>\n'
    )


def badges(findings: Mapping[Severity, int]) -> str:
    return "".join(
        f'<span class="sev {severity}">{counted(findings[severity], severity)}</span>'
        for severity in layout.SEVERITIES
        if findings.get(severity)
    )
