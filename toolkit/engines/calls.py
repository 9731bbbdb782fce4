"""One JSON call to a server, tried again until it is answered or not worth trying.

Hidden here: what of all that goes wrong on a wire passes by itself (a busy server, a cut
answer, one that comes too late) and how long to wait for that. The standard library is
enough: one connection per call, which a model's answer outlasts by far.
"""

from __future__ import annotations

import http.client
import json
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cache
from urllib import error, request
from urllib.parse import urlsplit

from toolkit import __version__
from toolkit.errors import EngineError, UsageError

__all__ = ["Patience", "Reply", "address", "call", "pause"]

# A server that is starting, busy, or behind a proxy that lost it.
_PASSING = frozenset({408, 425, 429, 500, 502, 503, 504, 529})
# No answer to one sentence is this long; what is, is no answer.
_LONGEST = 8 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait for an answer and how often to ask again; times in seconds."""

    timeout: float = 120.0
    attempts: int = 5
    first_pause: float = 0.5
    longest_pause: float = 60.0


@dataclass(frozen=True, slots=True)
class Reply:
    """What a server answered in the end: its data, or why it refuses; `retries` it took."""

    status: int
    data: object
    text: str = ""
    retries: int = 0


class _Passing(Exception):
    """A failure that may be gone at the next attempt."""

    def __init__(self, message: str, retry_after: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.retry_after = retry_after


def address(url: str) -> str:
    """A server's base address, with `/v1` where no path is given.

    Raises UsageError for what is no web address, and for one that holds a password: addresses
    are shown in messages.
    """
    parts = urlsplit(url.strip())
    try:
        port_is_sound = parts.port is None or parts.port > 0
    except ValueError:
        port_is_sound = False
    if parts.scheme not in ("http", "https") or not parts.hostname or not port_is_sound:
        raise UsageError(
            f"expected the address of a server, found {url!r}",
            hint="for example http://localhost:8080/v1",
        )
    if "@" in parts.netloc or parts.query or parts.fragment:
        raise UsageError(
            f"the address of {parts.hostname!r} has a user, a query or a fragment",
            hint="a key belongs in TOOLKIT_CHAT_KEY; it is never shown there",
        )
    return f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/') or '/v1'}"


def call(
    url: str,
    body: object | None,
    key: str,
    patience: Patience,
    wait: Callable[[float], object] = time.sleep,
) -> Reply:
    """The server's answer to a POST of `body`, or to a GET without one.

    Refusals (400, 401, 404 …) are given back, not raised: what they mean is for the caller.
    Raises EngineError when no attempt brought an answer, and at once where trying again
    cannot help. `wait` is told how long, and answers true when it is all over.
    """
    tried = 0
    while True:
        try:
            status, text = _once(url, body, key, patience.timeout)
            data = _parsed(text) if status < 300 else None
        except _Passing as failure:
            tried += 1
            wanted = pause(tried, failure.retry_after, patience)
            if tried >= patience.attempts or wanted > patience.longest_pause:
                raise _gave_up(url, failure, tried, wanted, patience) from None
            if wait(wanted):
                raise EngineError(f"{url}: given up: another request failed") from None
        else:
            return Reply(status, data, _shown(text, key) if status >= 300 else "", tried)


def pause(tried: int, retry_after: str, patience: Patience, now: datetime | None = None) -> float:
    """Seconds to wait after so many attempts: what the server asks for, else twice the last.

    `retry_after` is seconds or a date (RFC 9110, 10.2.3); what is neither says nothing.
    """
    doubled = min(patience.first_pause * 2.0 ** (tried - 1), patience.longest_pause)
    if re.fullmatch(r"[0-9]{1,9}", retry_after.strip()):
        return max(float(retry_after), doubled)
    try:
        moment = parsedate_to_datetime(retry_after)
    except ValueError:
        return doubled
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max((moment - (now or datetime.now(UTC))).total_seconds(), doubled)


def _once(url: str, body: object | None, key: str, timeout: float) -> tuple[int, str]:
    headers = {"Accept": "application/json", "User-Agent": f"toolkit/{__version__}"}
    data = None
    if body is not None:
        data = json.dumps(body, ensure_ascii=False).encode("utf-8", "replace")
        headers["Content-Type"] = "application/json"
    if key:
        headers["Authorization"] = f"Bearer {key}"
    deadline = time.monotonic() + timeout
    asked = request.Request(url, data, headers)  # noqa: S310  # `address` lets http(s) through
    try:
        try:
            with _opener(_is_here(url)).open(asked, timeout=timeout) as response:
                return response.status, _read(response, deadline, url)
        except error.HTTPError as refused:
            with refused:
                return _refusal(refused, deadline, url)
    except error.URLError as exc:
        reason = getattr(exc.reason, "strerror", None) or exc.reason
        raise _Passing(f"no connection: {reason}") from exc
    except TimeoutError as exc:
        raise _Passing(f"no answer within {timeout:g} s") from exc
    except (http.client.HTTPException, OSError) as exc:
        raise _Passing(f"the answer was cut off: {type(exc).__name__}") from exc


def _refusal(refused: error.HTTPError, deadline: float, url: str) -> tuple[int, str]:
    if refused.code in _PASSING:
        text = _read(refused, deadline, url)
        # llama-cpp-python 0.3.36 answers 500 where it does not know a value of ours.
        if refused.code == 500 and "validation error" in text:
            return refused.code, text
        retry_after = refused.headers.get("Retry-After", "")
        raise _Passing(f"HTTP {refused.code} {refused.reason}", retry_after)
    if refused.code < 400:
        # Whoever follows takes the key along, to a server that nobody named.
        place = refused.headers.get("Location", "elsewhere")
        raise EngineError(
            f"{url}: sends us to {place!r}", hint="give the address where the server really is"
        )
    return refused.code, _read(refused, deadline, url)


def _read(response: http.client.HTTPResponse | error.HTTPError, deadline: float, url: str) -> str:
    parts: list[bytes] = []
    size = 0
    # A server that sends a byte now and then keeps each single read within its time.
    while chunk := response.read1(65536):
        parts.append(chunk)
        size += len(chunk)
        if size > _LONGEST:
            raise EngineError(f"{url}: an answer of more than {_LONGEST:,} bytes")
        if time.monotonic() > deadline:
            raise TimeoutError
    return b"".join(parts).decode("utf-8", "replace")


def _parsed(text: str) -> object:
    try:
        data: object = json.loads(text)
    except (ValueError, RecursionError):
        if text.lstrip()[:1] == "<":
            raise EngineError(
                "the server answers with a web page, not with JSON",
                hint="the address of the API is needed; it often ends in /v1",
            ) from None
        raise _Passing("the answer is no JSON, or was cut off") from None
    return data


def _shown(text: str, key: str) -> str:
    """What a server says of a refusal, in one line; some say the key back."""
    try:
        data = json.loads(text)
        said = data["error"]
        text = str(said["message"] if isinstance(said, dict) else said)
    except (ValueError, KeyError, TypeError, RecursionError):
        text = "" if text.lstrip().startswith("<") else text
    line = " ".join(text.split())
    return (line.replace(key, "…") if key else line)[:300]


def _gave_up(
    url: str, failure: _Passing, tried: int, wanted: float, patience: Patience
) -> EngineError:
    if wanted > patience.longest_pause:
        return EngineError(
            f"{url}: {failure.message}, and asks to wait {wanted:.0f} s",
            hint="try again later: toolkit run goes on with the same command",
        )
    times = "once" if tried == 1 else f"{tried} times"
    return EngineError(
        f"{url}: {failure.message} (tried {times})",
        hint="is the server running, and has it time for this? it can be asked less at once: "
        "`workers` under [chat] in toolkit.toml",
    )


class _NoRedirects(request.HTTPRedirectHandler):
    def redirect_request(self, *_args: object, **_more: object) -> None:
        return None


@cache
def _opener(direct: bool) -> request.OpenerDirector:
    """With the proxies of the usual variables, or with none."""
    return request.build_opener(_NoRedirects, request.ProxyHandler({} if direct else None))


def _is_here(url: str) -> bool:
    """Whether a server runs on this machine, which no proxy can reach; most models do."""
    host = urlsplit(url).hostname or ""
    return host in ("localhost", "::1") or host.startswith("127.")
