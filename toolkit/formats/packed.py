"""Packed files, unpacked as they are read, up to what real text can be packed to."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
from pathlib import Path
from typing import IO, Any, BinaryIO

from toolkit.errors import InputError

SUFFIXES = frozenset({".gz", ".bz2", ".xz"})
# Articles pack to a fifth, long lists of like rows to a fiftieth; a file made to fill the memory
# of whoever opens it packs to a thousandth. Below the first bound nothing is asked.
_HARMLESS = 64 << 20
_MOST_TIMES = 200


def opened(path: Path, packed: str) -> BinaryIO:
    """The file, unpacked if `packed` is one of `SUFFIXES`.

    Reading raises InputError where it unpacks to more than text ever does.
    """
    if packed not in SUFFIXES:
        return path.open("rb")
    unpack: Any = {".gz": gzip.open, ".bz2": bz2.open, ".xz": lzma.open}[packed]
    most = max(_HARMLESS, _MOST_TIMES * path.stat().st_size)
    return io.BufferedReader(_Bounded(unpack(path), most))


class _Bounded(io.RawIOBase):
    def __init__(self, file: IO[bytes], most: int) -> None:
        self._file = file
        self._most = self._left = most

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int:
        data = self._file.read(len(buffer))
        self._left -= len(data)
        if self._left < 0:
            raise InputError(
                f"unpacks to more than {self._most >> 20:,} MB, which no text of its size does",
                hint="unpack it yourself if you trust it",
            )
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        self._file.close()
        super().close()
