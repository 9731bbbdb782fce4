"""Files that are there whole or not at all."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

from toolkit.errors import RunError


def write_whole(path: Path, pieces: Iterable[str]) -> None:
    """Write beside the place, then move there; what stood there stays until then.

    Raises RunError when the place cannot be written.
    """
    with open_whole(path) as file:
        file.writelines(pieces)


@contextmanager
def open_whole(path: Path) -> Iterator[TextIO]:
    """A file to write in pieces, which takes its place when the block ends well."""
    draft = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        if path.exists() and not path.is_file():  # renaming would put a device or pipe away
            raise RunError(f"{path}: expected a file to write, found something else")
        path.parent.mkdir(parents=True, exist_ok=True)
        with draft.open("w", encoding="utf-8", newline="\n") as file:
            yield file
        draft.replace(path)
    except OSError as exc:
        raise RunError(
            f"{path}: cannot be written: {exc.strerror or exc}",
            hint="make room or choose another place; what was there before is unchanged",
        ) from exc
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)


def clear_drafts(folder: Path) -> None:
    """Remove what writers left in a folder that were killed; none may be at work there."""
    with suppress(FileNotFoundError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith(".") and entry.name.endswith(".part") and entry.is_file():
                os.unlink(entry)  # noqa: PTH108  # `entry` has no more to it


@contextmanager
def whole_folder(path: Path) -> Iterator[Path]:
    """A folder to fill, which takes the place of `path` when the block ends well.

    One writer at a time. Killed between two steps, there is no folder, never half of one.
    """
    draft, old = (path.with_name(f".{path.name}.{name}") for name in ("part", "old"))
    try:
        for left in (draft, old):
            shutil.rmtree(left, ignore_errors=True)
        draft.mkdir(parents=True)
        yield draft
        if path.exists():
            path.rename(old)
        draft.rename(path)
    except OSError as exc:
        raise RunError(
            f"{path}: cannot be written: {exc.strerror or exc}",
            hint="make room or choose another place",
        ) from exc
    finally:
        for left in (draft, old):
            shutil.rmtree(left, ignore_errors=True)
