"""Which engine a command asks, and whether it may download a model for it."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from toolkit.cli import options
from toolkit.cli.console import Downloads, Passages, count, note
from toolkit.errors import ModelMissing, UsageError

if TYPE_CHECKING:
    from toolkit.config import Settings
    from toolkit.models import FetchPlan, Store
    from toolkit.protocols import Engine


@dataclass(frozen=True, slots=True)
class Choice:
    """What the command line says of engines; what it leaves open the settings say."""

    engine: options.Engine = None
    model: options.Model = None
    offline: options.Offline = False
    yes: options.Yes = False
    allow_noncommercial: options.Noncommercial = False
    quiet: options.Quiet = False

    def settings(self, settings: Settings, terms: Iterable[Path] | None = None) -> Settings:
        """The settings with what was asked for on the command line; its `terms` come first."""
        if self.engine and self.model:
            raise UsageError("give --engine or --model, not both", hint="--model ID is enough")
        engine = self.engine or (f"model:{self.model}" if self.model else settings.engine)
        return replace(
            settings,
            engine=engine,
            terms=(*(terms or ()), *settings.terms),
            offline=settings.offline or self.offline,
            allow_noncommercial=settings.allow_noncommercial or self.allow_noncommercial,
        )

    @contextmanager
    def opened(self, settings: Settings, summarizer: str = "") -> Iterator[Engine]:
        """The engine, which downloads a model only if it may."""
        from toolkit import config

        progress = Passages(quiet=self.quiet)
        asks = "chat:" in f"{settings.engine} {settings.second} {summarizer}"
        if asks:
            from toolkit.engines.chat import Server

            chat = replace(settings.chat or Server(), tell=progress.tell)
            settings = replace(settings, chat=chat)
        with config.open_engine(settings, self._bring, summarizer) as engine:
            try:
                yield engine
            finally:
                progress.clear()
                if asks and not self.quiet:
                    note(_usage(engine))

    def _bring(self, plan: FetchPlan, store: Store) -> Path:
        from toolkit.models import fetch, megabytes

        entry, size = plan.entry, megabytes(plan.size or None)
        if not self.yes and not _agrees(f"{entry.id} ({size}, {entry.licence})"):
            raise ModelMissing(
                f"the model {entry.id!r} ({size}, {entry.licence}) is needed and not here yet",
                hint=f"toolkit models fetch {entry.id}\nor the same command with --yes",
            )
        with Downloads(quiet=self.quiet) as progress:
            folder = fetch(plan, store, progress.tell)
        if not self.quiet:
            note(f"{entry.id}: fetched, {size}")
        return folder


def _usage(engine: Engine) -> str:
    """What a server was asked, which somebody may have to pay."""
    from toolkit.engines import chat

    used = chat.usage(engine)
    line = (
        f"chat server: {count(used.requests, 'request')}, {used.input_tokens:,} tokens read, "
        f"{used.output_tokens:,} written"
    )
    if used.retries:
        line += f", {used.retries:,} tried again"
    return f"{line}; cost {used.cost:.4f}" if used.cost else line


def _agrees(model: str) -> bool:
    """What the person at the terminal says; nobody there is a no."""
    if not _is_at_terminal():
        return False
    return typer.confirm(f"Download the model {model} once?", default=True, err=True)


def _is_at_terminal() -> bool:
    return sys.stdin.isatty() and sys.stderr.isatty()
