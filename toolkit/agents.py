"""The toolkit as tools for agents, over the Model Context Protocol (MCP), by its own SDK.

A tool takes texts, never a path or an address: an agent that asks reads no file of this machine
through us, and has us fetch nothing. The engine is the one that the settings name, opened once.
"""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import asdict, replace
from functools import wraps
from typing import TYPE_CHECKING, Any, Literal

from toolkit import __version__, checks, config, digests, facts, package, pipeline
from toolkit.errors import InputError, ToolkitError, UsageError
from toolkit.formats import plain
from toolkit.formats.articles import finish
from toolkit.schema import Length, Metadata, Plan, encode

if TYPE_CHECKING:
    from toolkit.config import Settings
    from toolkit.protocols import Engine
    from toolkit.schema import Article, Result
    from toolkit.terms import Termbase

__all__ = ["serve", "tools"]

Transport = Literal["stdio", "http"]
LONGEST = 200_000  # characters of a text
MOST = 50  # articles of a digest
_ABOUT = (
    "Checks that a translation or a summary keeps the figures, dates, names and source labels of "
    "its original, and translates and summarises news so that it does. Findings name what was "
    "expected, what was found and where. Nothing is fetched and no file is read: pass texts."
)


def serve(settings: Settings, transport: Transport, host: str, port: int) -> None:
    """Answer an agent until it leaves: over standard input and output, or over HTTP."""
    try:
        from mcp.server.mcpserver import MCPServer
        from mcp.server.mcpserver.exceptions import ToolError
    except ImportError as exc:
        raise UsageError(
            "MCP needs a package that is not here", hint=package.install("mcp")
        ) from exc
    server = MCPServer("toolkit", version=__version__, instructions=_ABOUT, log_level="WARNING")
    with ExitStack() as stack:
        for tool in tools(settings, stack):
            server.tool()(_told(tool, ToolError))
        if transport == "stdio":
            server.run("stdio")
        else:
            server.run("streamable-http", host=host, port=port)


def _told(tool: Any, refusal: type[Exception]) -> Any:
    """The tool, what it raises on purpose told to the agent in words."""

    @wraps(tool)
    def told(*args: Any, **more: Any) -> Any:
        try:
            return tool(*args, **more)
        except ToolkitError as exc:
            raise refusal("\n".join(filter(None, (exc.message, exc.hint)))) from exc

    return told


def tools(settings: Settings, stack: ExitStack) -> tuple[Any, ...]:
    """The functions that an agent may call, each with the words that tell it what it does."""
    termbase = config.open_terms(settings)
    opened: list[Engine] = []

    def engine() -> Engine:
        if not opened:  # when first asked: who only checks needs none
            opened.append(stack.enter_context(config.open_engine(settings)))
        return opened[0]

    def check(
        source: str, target: str, target_lang: str, source_lang: str = "en"
    ) -> dict[str, Any]:
        """Compare a text with its translation: changed, missing and added numbers, dates, names,
        units, labels. An empty list of findings means that nothing was found.
        """
        langs = config.language(source_lang), config.language(target_lang)
        verdict = checks.check_pair(_text(source), _text(target), *langs, termbase)
        return {
            "findings": [encode(finding) for finding in verdict.findings],
            "facts_that_agree": len(verdict.agreements),
        }

    def translate(text: str, target_lang: str, source_lang: str = "") -> dict[str, Any]:
        """Translate a news article, keep its source labels, and say what the check finds."""
        plan = Plan((config.language(target_lang),), None)
        (made,) = _made(text, source_lang, plan, engine(), termbase).translations
        return {
            "text": made.text,
            "origins": sorted({unit.origin for unit in made.units}),
            "findings": [encode(finding) for finding in made.findings],
        }

    def summarize(text: str, sentences: int = 3, source_lang: str = "") -> dict[str, Any]:
        """Choose the sentences that say what a news article says, each with its paragraph.

        They are the article's own sentences: nothing is written anew.
        """
        plan = Plan((), Length(sentences), translate=False)
        summary = _made(text, source_lang, plan, engine(), termbase).summary
        found = summary.sentences if summary else ()
        return {"sentences": [{"text": s.text, "paragraph": s.paragraph} for s in found]}

    def read_facts(text: str, lang: str = "en") -> dict[str, Any]:
        """The numbers, amounts, dates and times of a text as values that no language owns."""
        found = facts.extract(_text(text), config.language(lang))
        return {"facts": [asdict(fact) for fact in found]}

    def digest(articles: list[dict[str, str]]) -> str:
        """One brief of several articles on one event: what they agree on, where they differ.

        Each article has a `text`, and may have `outlet`, `title`, `date` and `lang`.
        """
        if not 2 <= len(articles) <= MOST:
            raise InputError(f"expected 2 to {MOST} articles, found {len(articles)}")
        read = [_article(one, f"article {number}") for number, one in enumerate(articles, 1)]
        return "".join(digests.write(digests.digest(read, termbase), "md"))

    return check, translate, summarize, read_facts, digest


def _made(text: str, lang: str, plan: Plan, engine: Engine, termbase: Termbase) -> Result:
    return pipeline.process(_article({"text": text, "lang": lang}, "text"), plan, engine, termbase)


def _article(given: dict[str, str], name: str) -> Article:
    """An article of what an agent passes; raises InputError for a key that is unknown."""
    if unknown := set(given) - {"text", "outlet", "title", "date", "lang"}:
        raise InputError(f"{name}: unknown: {', '.join(sorted(unknown))}")
    text = _text(given.get("text", ""))
    about = {key: given.get(key) or None for key in ("outlet", "title", "date")}
    draft = replace(plain.read(text), metadata=Metadata(**about), lang=given.get("lang") or None)
    return finish(draft, name, name)


def _text(text: str) -> str:
    if len(text) > LONGEST:
        raise InputError(f"expected at most {LONGEST:,} characters, found {len(text):,}")
    return text
