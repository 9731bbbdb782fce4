"""Options that mean the same in every command."""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, get_args

import typer

from toolkit.cli import completions
from toolkit.errors import UsageError
from toolkit.schema import FailOn, Length, Measure, Method, Plan, Severity

if TYPE_CHECKING:
    from toolkit.config import Settings
    from toolkit.formats import Unreadable
    from toolkit.schema import Article

Format = Literal[
    "md",
    "text",
    "json",
    "jsonl",
    "html",
    "tmx",
    "csv",
    "xliff",
    "xliff12",
    "page",
    "docx",
    "bilingual",
    "srt",
    "vtt",
]


def given(name: str, metavar: str, says: str, **more: Any) -> Any:
    """An option that need not be given; its help says what holds where it is not."""
    return typer.Option(name, metavar=metavar, help=says, show_default=False, **more)


def _code(name: str, says: str) -> Any:
    """A language, which the shell completes."""
    return given(name, "CODE", says, autocompletion=completions.languages)


Paths = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="PATH",
        help="Files, folders, or - for standard input. Default: the inputs of toolkit.toml.",
        show_default=False,
    ),
]
Langs = Annotated[list[str] | None, _code("--lang", "Target language; may be given several times.")]
Lang = Annotated[str | None, _code("--lang", "Target language.")]
SourceLang = Annotated[
    str | None,
    _code("--source-lang", "Language of the source. Default: what the text says, else detected."),
]
Encoding = Annotated[
    str | None,
    given("--encoding", "NAME", "What text files and pages are in. Default: told from the text."),
]
Terms = Annotated[
    list[Path] | None,
    given("--terms", "FILE", "Names and their renderings (CSV or TBX), besides toolkit.toml's."),
]
OutFormat = Annotated[Format, typer.Option("--format", help="Form of the output.")]
OutDir = Annotated[
    Path | None,
    given("--out", "DIR", "Write files here, not to stdout."),
]
Fail = Annotated[
    FailOn, typer.Option("--fail-on", help="From which severity on the exit code is 7.")
]
Level = Annotated[Severity, typer.Option("--level", help="The least severity to show.")]
Json = Annotated[bool, typer.Option("--json", help="Machine-readable output.")]
Engine = Annotated[
    str | None,
    given(
        "--engine",
        "NAME",
        "Who translates: auto (the memory, then the best model), memory, chat:MODEL, ct2:ID…",
        autocompletion=completions.engines,
    ),
]
Model = Annotated[
    str | None,
    given(
        "--model",
        "ID",
        "The memory, then this model of `models list`.",
        autocompletion=completions.models,
    ),
]
Offline = Annotated[bool, typer.Option("--offline", help="Do not use the network.")]
Yes = Annotated[bool, typer.Option("--yes", help="Download without asking.")]
Noncommercial = Annotated[
    bool,
    typer.Option("--allow-noncommercial", help="Use models whose licence forbids commercial use."),
]
Quiet = Annotated[bool, typer.Option("--quiet", help="Say nothing but errors.")]
Sentences = Annotated[
    int | None,
    typer.Option("--sentences", min=1, metavar="N", help="Length of a summary. Default: 3."),
]
Way = Annotated[
    Method,
    typer.Option(
        "--method", help="Summaries of the article's own sentences, or written by an engine."
    ),
]
Summarizer = Annotated[
    str | None,
    given(
        "--summarizer",
        "NAME",
        "Who writes abstractive summaries: chat:MODEL, model:ID… Default: toolkit.toml's.",
        autocompletion=completions.engines,
    ),
]
Words = Annotated[int | None, typer.Option("--words", min=1, metavar="N", help="… in words.")]
Characters = Annotated[
    int | None, typer.Option("--characters", min=1, metavar="N", help="… in characters.")
]


@dataclass(frozen=True, slots=True)
class Sources:
    """What is read, and how."""

    paths: Paths = None
    source_lang: SourceLang = None
    encoding: Encoding = None

    def chosen(self, settings: Settings) -> list[str]:
        """The paths given, or those of the settings where none is given."""
        paths = self.paths or [str(path) for path in settings.inputs]
        if not paths:
            raise UsageError(
                "no articles: give a file, a folder, or - for standard input",
                hint="or name `inputs` in a toolkit.toml",
            )
        return paths

    def read(self, settings: Settings, out: Path | None = None) -> Iterator[Article | Unreadable]:
        """The articles there are, one at a time; not what was written before to `out`."""
        from toolkit import formats
        from toolkit.cli.console import note

        def skipped(path: Path, why: str) -> None:
            note(f"note: {path}: not read, {why}")

        lang = self.source_lang and known(self.source_lang)
        for item in formats.read(
            self.chosen(settings),
            lang=lang,
            encoding=self._encoding(),
            without=[out] if out else [],
            skipped=skipped,
        ):
            for said in () if isinstance(item, formats.Unreadable) else item.notes:
                note(f"note: {item.source}: {said}")
            yield item

    def _encoding(self) -> str | None:
        if self.encoding is None:
            return None
        try:
            return codecs.lookup(self.encoding).name
        except LookupError as exc:
            raise UsageError(
                f"no encoding {self.encoding!r}", hint="for example: --encoding cp1250"
            ) from exc


@dataclass(frozen=True, slots=True)
class Summaries:
    """How long summaries are, and who writes them."""

    sentences: Sentences = None
    words: Words = None
    characters: Characters = None
    method: Way = "extractive"
    summarizer: Summarizer = None

    def plan(self, langs: tuple[str, ...], *, translate: bool = True) -> Plan:
        """The one length that was asked for, three sentences by default, and who writes them."""
        lengths = [
            Length(count, measure)
            for measure in get_args(Measure)
            if (count := getattr(self, measure)) is not None
        ]
        if len(lengths) > 1:
            raise UsageError("a summary has one length: give --sentences, --words or --characters")
        length = lengths[0] if lengths else Length()
        return Plan(langs, length, translate, self.method, self._writer())

    def _writer(self) -> str:
        """The name of the engine that writes summaries, "" where none does."""
        from toolkit import config

        if self.method == "extractive":
            if self.summarizer:
                raise UsageError(
                    "--summarizer is for summaries that an engine writes",
                    hint="add --method abstractive",
                )
            return ""
        if name := self.summarizer or config.load_settings(Path.cwd()).summarizer:
            return name
        raise UsageError(
            "--method abstractive needs an engine that writes summaries",
            hint="name one: --summarizer chat:MODEL, or model:ID of `toolkit models list`,\n"
            "or `summarizer` in toolkit.toml",
        )


def langs(given: list[str] | None) -> tuple[str, ...]:
    """The codes of `--lang ko --lang uk` or `--lang ko,uk`, each once, each known."""
    codes = (c.strip() for text in given or () for c in text.split(","))
    return tuple(dict.fromkeys(map(known, codes)))


def basic(codes: Iterable[str]) -> list[str]:
    """What to say of the languages among these that only CLDR's data is known of."""
    from toolkit.lang import known as level
    from toolkit.lang import names

    found = sorted({code for code in codes if level(code) == "basic"})
    return [f"note: {names(code)[0]} ({code}) is a basic language: {_READ}" for code in found]


_READ = "digits, dates and units are checked; number words and names are not"


def known(code: str) -> str:
    """The code we know the language by; UsageError if nothing is known of it."""
    from toolkit.config import language

    return language(code)
