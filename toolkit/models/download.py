"""One file over the network into one partial file, from a plain server or a model hub.

Both go on where an earlier try stopped. Neither is trusted: whoever calls compares hashes.
"""

from __future__ import annotations

import errno
import logging
import math
import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from toolkit import __version__
from toolkit.errors import ModelError, ModelMismatch
from toolkit.models.entries import File

# Told the file, the bytes that are there, and the bytes there will be, if that is known.
Tell = Callable[[str, int, int | None], None]

OFFLINE: Mapping[str, str] = {
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
    # transformers else looks for safetensors of unpinned revisions, in the background
    "DISABLE_SAFETENSORS_CONVERSION": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
}
_set_here: set[str] = set()
_BLOCK = 1 << 16
# A try that brought this much was worth it: the count of failures starts anew.
_WORTH = 1 << 20
# What the system says of a full disk, a quota, and a file that may not grow.
NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


class Unreachable(Exception):
    """A server did not give the file, for a reason that another server may not have."""


@dataclass(frozen=True, slots=True)
class Network:
    """How to reach the outside: further places for files of a `url`, and how patient to be.

    A mirror has the same paths below its own address as the original has below its, or is a
    folder that does. `timeout` and `pause` are seconds; the pause doubles with each try. Without
    `redirects` nobody is followed to another address.
    """

    mirrors: tuple[str, ...] = ()
    timeout: float = 30.0
    tries: int = 4
    pause: float = 1.0
    redirects: bool = True


def network() -> Network:
    """What the environment says: `TOOLKIT_MODELS_MIRROR` holds mirrors, separated by spaces.

    Proxies (`HTTPS_PROXY`, `NO_PROXY`) and `HF_ENDPOINT` are read by those who connect.
    """
    return Network(tuple(os.environ.get("TOOLKIT_MODELS_MIRROR", "").split()))


def stay_offline() -> None:
    """Keep transformers and the hub's client from the network, from here on in this process.

    To be called before a model of the store is loaded: what is locked is all there already.
    Downloads by `fetch` go on working.
    """
    for name, value in OFFLINE.items():
        if os.environ.get(name) != value:
            os.environ[name] = value
            _set_here.add(name)
    # The client reads its settings once, when it is imported.
    if constants := sys.modules.get("huggingface_hub.constants"):
        constants.HF_HUB_OFFLINE = True  # type: ignore[attr-defined]
        constants.HF_HUB_DISABLE_TELEMETRY = True  # type: ignore[attr-defined]


def user_is_offline() -> bool:
    """Whether the user, and not `stay_offline`, asked to leave the network alone."""
    named = os.environ.get("HF_HUB_OFFLINE", "").upper() in {"1", "ON", "YES", "TRUE"}
    return named and "HF_HUB_OFFLINE" not in _set_here


# --- plain servers ---------------------------------------------------------------------


def from_server(
    url: str, part: Path, file: File, tell: Tell, net: Network, most: int | None = None
) -> None:
    """Fetch an address into a partial file, going on from what is there; `most` bytes of it.

    Raises Unreachable when the server gives up or cannot be reached, ModelMismatch when it
    sends more than the file can hold, ModelError when the disk is full.
    """
    from http.client import HTTPException  # these take a while, and few commands download
    from urllib.error import HTTPError

    failures = 0
    while True:
        before = _size(part)
        try:
            _transfer(url, part, file, tell, net, most)
        except HTTPError as exc:
            exc.close()
            if exc.code == 416:  # it has nothing after what we have: begin again
                part.unlink(missing_ok=True)
            elif exc.code not in (408, 425, 429) and exc.code < 500:
                raise Unreachable(f"{url}: {exc.code} {exc.reason}") from exc
            reason = f"{exc.code} {exc.reason}"
        except (OSError, HTTPException) as exc:
            _raise_if_full(exc, part)
            reason = str(getattr(exc, "reason", exc)) or type(exc).__name__
        else:
            return
        failures = 1 if _size(part) - before >= _WORTH else failures + 1
        if failures >= net.tries:
            raise Unreachable(f"{url}: {reason}")
        time.sleep(net.pause * 2 ** (failures - 1))


def _transfer(url: str, part: Path, file: File, tell: Tell, net: Network, most: int | None) -> None:
    import urllib.request

    start = _size(part)
    if file.size is not None and start >= file.size:
        if start == file.size:
            return
        part.unlink()
        start = 0
    headers = {"User-Agent": f"toolkit/{__version__}", "Accept-Encoding": "identity"}
    if start:
        headers["Range"] = f"bytes={start}-"
    request = urllib.request.Request(url, headers=headers)  # noqa: S310  checked by check_entry
    # Not `urlopen`, which keeps the proxies that were set when it was first called.
    handlers = () if net.redirects else (_stays(),)
    with urllib.request.build_opener(*handlers).open(request, timeout=net.timeout) as response:
        if start and not _continues(response, start):
            start = 0  # the server sends all of it again
        length = response.headers.get("Content-Length", "")
        coming = start + int(length) if length.isdigit() else None
        total = file.size if file.size is not None else coming
        done = start
        with part.open("ab" if start else "wb") as out:
            tell(file.name, done, total)
            while block := response.read(_BLOCK):
                done += len(block)
                if done > min(n for n in (total, most, math.inf) if n is not None):
                    raise ModelMismatch(
                        f"{url}: expected {total if total is not None else most:,} bytes, "
                        "and more are coming",
                        hint="the server does not have the file that models.lock names",
                    )
                out.write(block)
                tell(file.name, done, total)
    if coming is not None and done < coming:
        raise ConnectionError(f"cut after {done:,} of {coming:,} bytes")


def _stays() -> Any:
    import urllib.request

    class Stays(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *_args: Any, **_more: Any) -> None:
            return None  # the redirection itself is the answer then, and refused

    return Stays()


def _continues(response: Any, start: int) -> bool:
    given = response.headers.get("Content-Range", "")
    return bool(response.status == 206) and str(given).startswith(f"bytes {start}-")


def from_folder(path: Path, part: Path, file: File, tell: Tell) -> None:
    """Copy a file of a mirror that is a folder."""
    try:
        shutil.copyfile(path, part)
    except OSError as exc:
        _raise_if_full(exc, part)
        raise Unreachable(f"{path}: {exc.strerror}") from exc
    tell(file.name, _size(part), file.size)


# --- the hub ---------------------------------------------------------------------------


def from_hub(repo: str, revision: str, part: Path, file: File, tell: Tell) -> None:
    """Fetch a file of a pinned revision through the hub's own client, going on as above.

    Raises as `from_server` does. `HF_ENDPOINT` names a mirror, `HF_TOKEN` is given on.
    """
    with _client() as hub:
        from huggingface_hub.file_download import http_get

        url = hub.hf_hub_url(repo, file.name, revision=revision, endpoint=_endpoint())
        start = _size(part)
        try:
            about = hub.get_hf_file_metadata(url, token=_token(), endpoint=_endpoint())
            if about.commit_hash not in (None, revision):
                raise ModelMismatch(
                    f"{repo}: expected revision {revision}, found {about.commit_hash}",
                    hint="the server does not serve pinned revisions",
                )
            size = file.size if file.size is not None else about.size
            if size is not None and start > size:
                part.unlink()
                start = 0
            with part.open("ab") as raw:
                out = _Limited(raw, size, url)
                bar = _bar(tell, file.name, start, size)
                headers = {"user-agent": f"toolkit/{__version__}", "accept-encoding": "identity"}
                # A large file lies with another host, which has no business with the token.
                if (token := _token()) and _host(about.location) == _host(url):
                    headers["authorization"] = f"Bearer {token}"
                # The client writes on from where the file ends.
                http_get(
                    about.location,
                    out,
                    resume_size=start,
                    headers=headers,
                    expected_size=size,
                    tqdm_class=bar,
                )
        except _failures() as exc:
            _raise_if_full(exc, part)
            raise Unreachable(f"{url}: {_first_line(exc)}") from exc


def hub_files(repo: str, revision: str) -> tuple[File, ...]:
    """The files of a pinned revision: sizes, and the sha256 of those that git LFS holds."""
    with _client() as hub:
        try:
            api = hub.HfApi(endpoint=_endpoint(), token=_token())
            info = api.model_info(repo, revision=revision, files_metadata=True)
        except _failures() as exc:
            raise Unreachable(f"{repo}: {_first_line(exc)}") from exc
    if info.sha != revision:
        raise ModelMismatch(f"{repo}: expected revision {revision}, found {info.sha}")
    return tuple(
        File(row.rfilename, row.size, row.lfs.sha256 if row.lfs else None)
        for row in info.siblings or ()
    )


@contextmanager
def _client() -> Iterator[Any]:
    """The hub's client, allowed to connect, telling nobody about it."""
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    import huggingface_hub  # half a second, and only for a download
    from huggingface_hub import constants

    before = constants.HF_HUB_OFFLINE, logging.getLogger("huggingface_hub").level
    constants.HF_HUB_DISABLE_TELEMETRY = True
    constants.HF_HUB_OFFLINE = user_is_offline()
    # Its warnings on each try again would stand in the middle of the progress line.
    logging.getLogger("huggingface_hub").setLevel(logging.ERROR)
    try:
        yield huggingface_hub
    finally:
        constants.HF_HUB_OFFLINE = before[0]
        logging.getLogger("huggingface_hub").setLevel(before[1])


def _failures() -> tuple[type[BaseException], ...]:
    """What the client raises: its own errors, and those of its transport, which it lets through."""
    from huggingface_hub import errors

    own = errors.HfHubHTTPError
    transport = [kind for kind in own.__mro__ if kind.__name__ == "HTTPError"]
    return (OSError, own, *transport, errors.FileMetadataError)


def _endpoint() -> str | None:
    return os.environ.get("HF_ENDPOINT", "").rstrip("/") or None


def _host(url: str) -> str:
    from urllib.parse import urlsplit

    return urlsplit(url).netloc


def _token() -> str | bool:
    # False: a token that lies in the user's folder is not sent along unasked.
    return os.environ.get("HF_TOKEN") or False


class _Limited:
    """A file that takes so many bytes and no more."""

    def __init__(self, file: Any, limit: int | None, name: str) -> None:
        self._file, self._limit, self._name = file, limit, name

    def write(self, data: bytes) -> int:
        if self._limit is not None and self._file.tell() + len(data) > self._limit:
            raise ModelMismatch(
                f"{self._name}: expected {self._limit:,} bytes, and more are coming",
                hint="the server does not have the file that models.lock names",
            )
        return int(self._file.write(data))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


def _bar(tell: Tell, name: str, start: int, size: int | None) -> Any:
    """What the client takes for a progress bar."""

    class Bar:
        def __init__(self, *_args: Any, **_options: Any) -> None:
            self.done = start
            tell(name, start, size)

        def update(self, more: float) -> None:
            self.done += int(more)
            tell(name, self.done, size)

        def __enter__(self) -> Self:
            return self

        def __exit__(self, *_error: object) -> None:
            return None

    return Bar


# --- both ------------------------------------------------------------------------------


def _raise_if_full(exc: BaseException, part: Path) -> None:
    if isinstance(exc, OSError) and exc.errno in NO_ROOM:
        # What is there already is of no use to a full disk.
        part.unlink(missing_ok=True)
        raise no_room(part, exc) from exc


def no_room(path: Path, exc: OSError) -> ModelError:
    """What to say when the disk is full."""
    return ModelError(
        f"{path.parent}: {exc.strerror or 'no space left'}",
        hint="make room, or name another folder with TOOLKIT_STORE; "
        "toolkit models gc removes what nobody needs",
    )


def _first_line(exc: BaseException) -> str:
    return next(iter(str(exc).strip().splitlines()), "") or type(exc).__name__


def _size(path: Path) -> int:
    return path.stat().st_size if path.is_file() else 0
