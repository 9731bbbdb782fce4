"""`serve`: the review page and the HTTP API over a run."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from toolkit.cli import options
from toolkit.cli.choosing import Choice
from toolkit.cli.console import command, note, put
from toolkit.errors import UsageError

KEYS = "keys.jsonl"


def register(app: typer.Typer) -> None:
    command(app)(serve)
    command(app)(mcp)


def mcp(
    *,
    http: Annotated[
        bool, typer.Option("--http", help="Over HTTP at /mcp, not standard input.")
    ] = False,
    host: Annotated[str, typer.Option("--host", metavar="HOST", help="Where to listen.")] = (
        "127.0.0.1"
    ),
    port: Annotated[int, typer.Option("--port", min=1, max=65535, metavar="N")] = 8001,
    terms: options.Terms = None,
    choice: Choice,
) -> int:
    """Offer check, translate, summarize and digest to an agent (MCP)."""
    from toolkit import agents, config

    settings = choice.settings(config.load_settings(Path.cwd()), terms)
    if http and not choice.quiet:
        note(f"listening at http://{host}:{port}/mcp; Ctrl-C ends it")
    agents.serve(settings, "http" if http else "stdio", host, port)
    return 0


def serve(
    directory: Annotated[Path, typer.Argument(metavar="DIR", help="The run directory.")],
    host: Annotated[
        str, typer.Option("--host", metavar="HOST", help="Where to listen. Others need a key.")
    ] = "127.0.0.1",
    port: Annotated[
        int, typer.Option("--port", min=0, max=65535, metavar="N", help="0 takes a free one.")
    ] = 8000,
    browse: Annotated[bool, typer.Option("--open", help="Open the page in a browser.")] = False,
    terms: options.Terms = None,
    keys_file: Annotated[
        Path | None,
        options.given("--keys", "FILE", "API keys. Default: DIR/keys.jsonl."),
    ] = None,
    add_key: Annotated[
        str | None,
        options.given("--add-key", "NAME", "Make an API key, print it, stop."),
    ] = None,
    remove_key: Annotated[
        str | None,
        options.given("--remove-key", "NAME", "Take an API key back, stop."),
    ] = None,
    verbose: Annotated[bool, typer.Option("--verbose", help="One line per request.")] = False,
    quiet: options.Quiet = False,
) -> int:
    """Review a run in a browser, and answer other programs over HTTP."""
    from toolkit import runs, server
    from toolkit.cli.running import asked_of
    from toolkit.server import keys

    path = keys_file or directory / KEYS
    if add_key is not None and remove_key is not None:
        raise UsageError("one thing at a time: --add-key or --remove-key")
    if add_key is not None or remove_key is not None:
        runs.read_plan(directory)
        if add_key is not None:
            put(keys.add(path, add_key))
            note(f"the key of {add_key!r}: it is shown this once; its hash is in {path}")
        if remove_key is not None:
            keys.remove(path, remove_key)
            note(f"the key of {remove_key!r} is gone; restart a server that runs")
        return 0

    def ready(address: str) -> None:
        if not quiet:
            note(f"review at {address} (Ctrl-C ends it)")
        if browse:
            import webbrowser

            webbrowser.open(address)

    runs.read_plan(directory)
    settings, asked = asked_of(directory)
    try:
        server.serve(
            server.Options(
                directory,
                settings,
                (*(terms or ()), *asked),
                host,
                port,
                path,
                verbose=verbose,
                ready=ready,
            )
        )
    finally:
        sys.stderr.flush()
    if not quiet:
        note(f"what was reviewed is in {directory} and in {settings.memory}")
    return 0
