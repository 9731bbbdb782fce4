"""What we raise on purpose, each with the exit code it ends in and a hint.

ToolkitError            1   our fault
  UsageError            2   the command was given something it cannot take
  InputError            3   a file or text that cannot be read
    UnsupportedError    3   a format or language we have nothing for
  ModelError            4   a model, or the memory standing in for one
    ModelMissing        4   nothing at hand can translate this
    ModelMismatch       4   what lies there is not what the lock names
  EngineError           5   an engine failed while working
  RunError              6   a run directory that cannot be used
"""

from __future__ import annotations

__all__ = [
    "EngineError",
    "InputError",
    "ModelError",
    "ModelMismatch",
    "ModelMissing",
    "RunError",
    "ToolkitError",
    "UnsupportedError",
    "UsageError",
]


class ToolkitError(Exception):
    """A failure we can explain: what was expected, what was found, and what to do next."""

    exit_code = 1

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __reduce__(self) -> tuple[object, ...]:
        # Exceptions cross process borders by pickling; keyword arguments are lost without this.
        return (_rebuild, (type(self), self.message, self.hint))


def _rebuild(kind: type[ToolkitError], message: str, hint: str) -> ToolkitError:
    return kind(message, hint=hint)


class UsageError(ToolkitError):
    exit_code = 2


class InputError(ToolkitError):
    exit_code = 3


class UnsupportedError(InputError):
    pass


class ModelError(ToolkitError):
    exit_code = 4


class ModelMissing(ModelError):
    pass


class ModelMismatch(ModelError):
    pass


class EngineError(ToolkitError):
    exit_code = 5


class RunError(ToolkitError):
    exit_code = 6
