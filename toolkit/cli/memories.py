"""`memory …` and `languages`: what is known already, and what is missing."""

from __future__ import annotations

import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from toolkit.cli import options
from toolkit.cli.console import command, complain, count, note, put, put_json
from toolkit.errors import InputError, UsageError

if TYPE_CHECKING:
    from toolkit.memory import Unit

_IMPORTED = ".tmx, .csv, .xlf and other XLIFF files."
MemoryFile = Annotated[
    Path | None,
    typer.Option(
        "--memory",
        metavar="FILE",
        help="The memory. Default: that of toolkit.toml.",
        show_default=False,
    ),
]


def register(app: typer.Typer) -> None:
    group = typer.Typer(
        help="The translation memory: what was translated before.",
        rich_markup_mode=None,
        no_args_is_help=True,
    )
    command(group, "import")(import_)
    command(group)(export)
    command(group)(search)
    command(group)(info)
    command(group)(missing)
    app.add_typer(group, name="memory")
    command(app)(languages)


def import_(
    files: Annotated[list[Path], typer.Argument(metavar="FILE", help=_IMPORTED)],
    every: Annotated[
        bool, typer.Option("--all", help="Also units of XLIFF and tables that nobody reviewed.")
    ] = False,
    memory_file: MemoryFile = None,
    quiet: options.Quiet = False,
) -> int:
    """Add translations: TMX, CSV, XLIFF.

    CSV has one column per language code, or is a table of `--format csv`. Of XLIFF and such a
    table the units that are reviewed or final are taken.
    """
    from toolkit.formats import bitexts
    from toolkit.memory import open_memory

    known = [suffix for suffix in bitexts.SUFFIXES if "json" not in suffix]
    for file in files:
        if file.suffix.lower() not in known:
            raise UsageError(f"{file}: expected {', '.join(known)}")
    path = _path(memory_file)
    path.parent.mkdir(parents=True, exist_ok=True)
    with open_memory(path) as memory:
        for file in files:
            left: Counter[str] = Counter()
            added = memory.add(_units(file, left, every=every))
            if not quiet:
                note(f"{file}: {count(added, 'new unit')}; {path} holds {len(memory):,}")
                if left:
                    note(f"  {count(left.total(), 'unit')} left out ({_states(left)}): --all")
    return 0


def _units(file: Path, left: Counter[str], *, every: bool) -> Iterator[Unit]:
    """What a file holds for a memory; what nobody reviewed is counted by its state."""
    from toolkit.formats import bilingual, bitexts, tmx
    from toolkit.formats.pairs import BadRow, Pair
    from toolkit.memory import Prop, Unit, Variant

    suffix = file.suffix.lower()
    if suffix == ".tmx":
        yield from tmx.read(file)
        return
    if suffix == ".csv" and not bilingual.is_table(file):
        yield from bilingual.read(file)
        return
    for item in bitexts.read(str(file)):
        if isinstance(item, BadRow):
            raise item.error
        if not isinstance(item, Pair):
            continue
        if item.state in ("reviewed", "final") or (every and item.state != "initial"):
            said = {tmx.ARTICLE: item.document, tmx.UNIT: item.id, tmx.STATE: item.state or ""}
            yield Unit(
                (Variant(item.source_lang, item.source), Variant(item.target_lang, item.target)),
                origin="csv" if suffix == ".csv" else "xliff",
                props=tuple(Prop(name, value) for name, value in said.items() if value),
            )
        else:
            left[item.state or "no state"] += 1


def _states(left: Counter[str]) -> str:
    return ", ".join(f"{number:,} {state}" for state, number in left.most_common())


def export(
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="FILE", help="A .tmx file, not stdout.", show_default=False),
    ] = None,
    memory_file: MemoryFile = None,
) -> int:
    """Write all units as TMX 1.4b."""
    from toolkit.formats import tmx
    from toolkit.memory import open_memory

    with open_memory(_path(memory_file), read_only=True) as memory:
        if out:
            tmx.write(memory.units(), out)
        else:
            sys.stdout.writelines(tmx.chunks(memory.units()))
    return 0


def search(
    text: Annotated[str, typer.Argument(help="The text to look for.")],
    lang: options.Lang = None,
    source_lang: options.SourceLang = None,
    limit: Annotated[int, typer.Option(min=1, metavar="N", help="At most so many.")] = 5,
    as_json: options.Json = False,
) -> int:
    """Show the translations of a text and of those most like it.

    Each with its match rate.
    """
    from toolkit import config
    from toolkit.formats import languages as languages_

    if lang is None:
        raise UsageError("into which language?", hint="for example: --lang ko")
    source_lang = options.known(source_lang) if source_lang else languages_.detect(text)
    with config.open_memories(config.load_settings(Path.cwd())) as memories:
        found = [
            match
            for memory in memories
            for match in memory.search(text, source_lang, options.known(lang), limit=limit)
        ]
    found = sorted(found, key=lambda match: -match.rate)[:limit]
    if as_json:
        put_json([{"rate": m.rate, "source": m.source, "target": m.target} for m in found])
        return 0
    for match in found:
        put(f"{match.percent:3} %  {match.source}\n       {match.target}")
    if not found:
        note("nothing like it in the memory")
    return 0


def info(as_json: options.Json = False) -> int:
    """Show which memories are used, their units and languages."""
    from toolkit import config

    with config.open_memories(config.load_settings(Path.cwd())) as memories:
        known = [(memory.name, len(memory), memory.languages()) for memory in memories]
    if as_json:
        put_json([{"memory": name, "units": n, "languages": langs} for name, n, langs in known])
        return 0
    for name, units, langs in known:
        put(f"{name}: {units:,} units in {', '.join(langs) or '-'}")
    if not known:
        note("no memory yet; make one with: toolkit memory import FILE")
    return 0


def missing(
    paths: options.Paths = None,
    lang: options.Langs = None,
    source_lang: options.SourceLang = None,
) -> int:
    """Write what is still unknown as CSV, to fill in and import."""
    from toolkit import config, engines, formats, labels, segmentation, translation
    from toolkit.formats import bilingual

    langs = options.langs(lang)
    if len(langs) != 1:
        raise UsageError("memory missing needs one --lang", hint="for example: --lang ko")
    settings = config.load_settings(Path.cwd())
    given = paths or [str(path) for path in settings.inputs]
    if not given:
        raise UsageError("no articles: give a file, a folder, or - for standard input")
    code = 0
    rows = []
    with config.open_memories(settings) as memories:
        engine = engines.first_of(*memories)
        for article in formats.read(given, lang=source_lang):
            if isinstance(article, formats.Unreadable):
                complain(article.error, article.source)
                code = InputError.exit_code
                continue
            found = labels.find(article)
            segments = segmentation.segment(article, found)
            sources = translation.passages(article, found, segments)
            for passage in translation.unknown(sources, engine, article.lang, langs[0]):
                near = [
                    match
                    for memory in memories
                    for match in memory.search(passage.text, article.lang, langs[0], limit=1)
                ]
                best = max(near, key=lambda match: match.rate, default=None)
                hint = f"{best.percent} % like {best.source!r}: {best.target!r}" if best else ""
                rows.append((article.lang, passage.text, langs[0], hint))
    sys.stdout.writelines(bilingual.write(rows))
    note(f"{count(len(rows), 'sentence')} to translate")
    return code


def languages(
    every: Annotated[
        bool, typer.Option("--all", help="Also each language that only `check` knows in part.")
    ] = False,
    as_json: options.Json = False,
) -> int:
    """Show the languages, and what translates into them.

    A full language is known in words and names; a basic one by what CLDR says of it: digits,
    dates, units, money. Both can be checked, cut into sentences and summarised.
    """
    from toolkit import config
    from toolkit.cli.models import open_lock, through
    from toolkit.lang import CODES, basic_codes, names
    from toolkit.models import megabytes

    models = open_lock()
    with config.open_memories(config.load_settings(Path.cwd())) as memories:
        known = sorted({code for memory in memories for code in memory.languages()})
    basic = basic_codes()
    shown = [*CODES, *(basic if every else (code for code in known if code in basic))]
    rows = [
        {
            "code": code,
            "name": names(code)[0],
            "own_name": names(code)[1],
            "level": "full" if code in CODES else "basic",
            "memory_from": [c for c in known if c != code] if code in known else [],
            "models": [
                {"from": c, **found}
                for c in CODES
                if c != code and (found := through(*models, c, code)) is not None
            ],
        }
        for code in shown
    ]
    if as_json:
        put_json(rows)
        return 0
    wide = max(len(row["name"]) for row in rows) + 2
    put(f"{'code':6}{'level':7}{'name':{wide}}{'own name':14}in the memory from")
    for row in rows:
        told = f"{row['code']:6}{row['level']:7}{row['name']:{wide}}{_padded(row['own_name'], 14)}"
        put(f"{told}{', '.join(row['memory_from']) or '-'}")
    put("\nfrom, into: what the models would be")
    for row in rows:
        for found in row["models"]:
            size, licence = megabytes(found["size"]), ", ".join(found["licence"])
            here = "here" if found["stored"] else "not here"
            names_ = ", then ".join(found["through"])
            put(f"{found['from']}→{row['code']:6}{names_} ({size}, {licence}, {here})")
    if not every:
        note(f"{len(basic)} more are basic, such as fr, ja and zh-TW: toolkit languages --all")
    return 0


def _path(given: Path | None) -> Path:
    from toolkit import config

    path = given or config.load_settings(Path.cwd()).memory
    if path is None:
        raise UsageError("which memory?", hint="give --memory FILE")
    return path


def _padded(text: str, width: int) -> str:
    """The text filled to a width in terminal cells: Hangul takes two a letter."""
    cells = sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
    return text + " " * (width - cells)
