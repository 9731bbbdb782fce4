"""How the commands speak: data on stdout, people on stderr, one clear line per failure."""

from __future__ import annotations

import inspect
import json
import os
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime, timedelta
from types import TracebackType
from typing import Any, Self, TextIO, get_type_hints

import typer

from toolkit.errors import RunError, ToolkitError

FINDINGS = 7
INTERRUPTED = 130


def command(group: typer.Typer, name: str | None = None) -> Callable[..., Any]:
    """Register a command that returns its exit code, and end its failures well.

    A parameter that is a record stands for the options that its fields are.
    """

    def register(body: Callable[..., int]) -> Callable[..., int]:
        hints = get_type_hints(body, include_extras=True)
        records: dict[str, Any] = {name: kind for name, kind in hints.items() if is_dataclass(kind)}

        def guarded(**given: Any) -> None:
            for record, kind in records.items():
                given[record] = kind(**{one.name: given.pop(one.name) for one in fields(kind)})
            try:
                code = body(**given)
                sys.stdout.flush()
            except ToolkitError as exc:
                complain(exc)
                code = exc.exit_code
            except KeyboardInterrupt:
                note("toolkit: interrupted")
                code = INTERRUPTED
            except OSError as exc:
                code = refused(exc)
            raise typer.Exit(code)

        parameters = list(_parameters(body, hints))
        guarded.__name__, guarded.__doc__ = body.__name__, body.__doc__
        guarded.__annotations__ = {one.name: one.annotation for one in parameters}
        vars(guarded)["__signature__"] = inspect.Signature(parameters)
        group.command(name)(guarded)
        return body

    return register


def _parameters(body: Callable[..., int], hints: Mapping[str, Any]) -> Iterator[inspect.Parameter]:
    """What a command takes, a record as its fields."""
    for one in inspect.signature(body).parameters.values():
        kind = hints[one.name]
        if is_dataclass(kind):
            inner = get_type_hints(kind, include_extras=True)
            found = [(field.name, field.default, inner[field.name]) for field in fields(kind)]
        else:
            found = [(one.name, one.default, kind)]
        for name, default, annotation in found:
            yield inspect.Parameter(
                name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation
            )


def refused(exc: OSError) -> int:
    """The exit code where the system would not let a command go on; none is for `| head`."""
    if exc.filename is None:
        # Python would complain once more when it flushes at exit: what is left goes nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    if isinstance(exc, BrokenPipeError):
        return 0
    place = exc.filename or "standard output"
    complain(RunError(f"{place}: cannot be used: {exc.strerror or exc}"))
    return RunError.exit_code


def note(text: str) -> None:
    """Say something to the person at the terminal."""
    sys.stderr.write(text + "\n")


def complain(error: ToolkitError, where: str = "", *, known: str = "") -> None:
    """A failure in one line, and what to do about it in the next, unless that is `known`."""
    told = error.message.startswith(where)
    message = error.message if told else f"{where}: {error.message}"
    if message.startswith("-:"):
        message = f"standard input{message[1:]}"
    note(f"{paint('toolkit:', '31', sys.stderr)} {message}")
    for line in error.hint.splitlines() if error.hint != known else ():
        note(f"  {line}")


def put(text: str) -> None:
    """One line of data."""
    sys.stdout.write(text + "\n")


def put_json(value: object) -> None:
    put(json.dumps(value, ensure_ascii=False, indent=2))


def paint(text: str, colour: str, stream: TextIO | None = None) -> str:
    """The text in a colour (an ANSI code), where the stream is a terminal that wants it."""
    stream = stream or sys.stdout
    wanted = stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return f"\x1b[{colour}m{text}\x1b[0m" if wanted else text


def count(number: int, thing: str) -> str:
    """`1 article`, `2 articles`."""
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def tally_line(findings: Mapping[Any, int]) -> str:
    """`0 errors, 1 warning, 12 infos`."""
    return ", ".join(count(findings.get(name, 0), name) for name in ("error", "warning", "info"))


def findings_code(findings: Mapping[Any, int], fail_on: str) -> int:
    """7 if something was found that the caller does not want to let pass."""
    bad = {"error": ("error",), "warning": ("error", "warning"), "never": ()}[fail_on]
    return FINDINGS if any(findings.get(name) for name in bad) else 0


# Seconds between two lines about one batch, where no terminal shows one that changes.
_LOGGED_EVERY = 30.0


class Progress:
    """A line on a terminal that counts what is done; or JSON lines for machines.

    `total` is asked for only where it is shown.
    """

    def __init__(
        self,
        quiet: bool,
        *,
        thing: str = "article",
        total: Callable[[], int | None] = lambda: None,
        as_json: bool = False,
    ) -> None:
        self._thing = thing
        self._as_json = as_json
        self._shown = sys.stderr.isatty() and not quiet and not as_json
        self._total = total() if self._shown or as_json else None
        self._start = time.monotonic()
        # A person reads ten lines a second at the most; a log is not to be flooded.
        self._pause = 5.0 if as_json else 0.1
        self._last = self._start
        self._done = 0
        self._failed = 0
        self._hint = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._clear()

    @property
    def seconds(self) -> float:
        """Since this began, never zero."""
        return max(time.monotonic() - self._start, 1e-6)

    def tell(self, source: str, error: ToolkitError | None = None) -> None:
        """One more input is dealt with, and went wrong if there is an error."""
        if error:
            self._failed += 1
            if self._as_json:
                self._log("failed", source=source, error=error.message, hint=error.hint)
            else:
                self._clear()
                complain(error, source, known=self._hint)
                self._hint = error.hint
            return
        self._done += 1
        now = time.monotonic()
        if (self._shown or self._as_json) and now - self._last > self._pause:
            self._last = now
            if self._as_json:
                self._log("progress", **self._counts())
            else:
                sys.stderr.write(f"\r\x1b[K{self._line()} ")
                sys.stderr.flush()

    def close(self, findings: Mapping[Any, int]) -> None:
        """The last line of a log: how much was done, how fast, and what was found."""
        if self._as_json:
            self._log("end", **self._counts(), findings=dict(findings))

    def _line(self) -> str:
        rate = self._done / self.seconds
        if not self._total or self._total < self._done:
            return f"{count(self._done, self._thing)}, {rate:.1f} per second"
        left = timedelta(seconds=round((self._total - self._done - self._failed) / rate))
        return (
            f"{self._done:,} of {count(self._total, self._thing)}, {rate:.1f} per second, "
            f"about {left} left"
        )

    def _counts(self) -> dict[str, object]:
        return {
            "done": self._done,
            "failed": self._failed,
            "total": self._total,
            "seconds": round(self.seconds, 3),
            "per_second": round(self._done / self.seconds, 2),
        }

    def _log(self, event: str, **fields: object) -> None:
        at = datetime.now(tz=UTC).isoformat(timespec="milliseconds")
        note(json.dumps({"time": at, "event": event, **fields}, ensure_ascii=False))

    def _clear(self) -> None:
        if self._shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()


class Downloads:
    """A line on a terminal that says how far a download is; nothing anywhere else."""

    def __init__(self, *, quiet: bool) -> None:
        self._shown = sys.stderr.isatty() and not quiet
        self._last = 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._write("")

    def tell(self, name: str, done: int, total: int | None) -> None:
        """So many bytes of a file are there, of so many if that is known."""
        now = time.monotonic()
        if now - self._last > 0.1 or done == total:
            self._last = now
            of = f" of {total / 1e6:,.1f}" if total else ""
            self._write(f"{name}: {done / 1e6:,.1f}{of} MB " if done or total else name)

    def _write(self, text: str) -> None:
        if self._shown:
            sys.stderr.write(f"\r\x1b[K{text}")
            sys.stderr.flush()


class Passages:
    """How far a server is with a batch: a line that changes on a terminal, else one a batch.

    A model on one's own machine takes minutes for an article, and silence looks like death. In
    a log there is one line when a batch is done, and one each half minute before.
    """

    def __init__(self, *, quiet: bool) -> None:
        self._quiet = quiet
        self._shown = sys.stderr.isatty()
        self._last = 0.0
        self._open = False

    def tell(self, name: str, done: int, total: int) -> None:
        """So many passages of a batch are answered, of so many."""
        now = time.monotonic()
        if not self._open:
            self._open, self._last = True, now
        self._open = done < total
        if self._quiet:
            return
        line = f"{name}: {done:,} of {count(total, 'passage')} answered"
        if self._shown:
            sys.stderr.write(f"\r\x1b[K{line} ")
            sys.stderr.flush()
        elif not self._open or now - self._last > _LOGGED_EVERY:
            self._last = now
            note(line)

    def clear(self) -> None:
        """Take the line away, where there is one."""
        if self._shown and not self._quiet:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
