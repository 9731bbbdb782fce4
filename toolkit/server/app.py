"""The application: what answers at which address, and who may ask."""

from __future__ import annotations

import asyncio
import json
import logging
import secrets
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, asynccontextmanager
from http.cookies import SimpleCookie
from importlib.resources import files
from typing import Any
from urllib.parse import parse_qsl

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from toolkit import config
from toolkit.errors import InputError, ModelMissing, ToolkitError, UsageError
from toolkit.formats import jsonl
from toolkit.lang import CODES, basic_codes
from toolkit.server import api, keys, openapi, reviewing
from toolkit.server.desk import Desk, Stale, Unknown
from toolkit.server.guard import Gate, Guard, Metrics, Refused
from toolkit.server.options import Options
from toolkit.server.service import Asked, Service
from toolkit.server.shapes import fault, filled, from_form
from toolkit.server.wording import choose

__all__ = ["Service", "create"]

log = logging.getLogger("toolkit.server")
Handler = Callable[[Service, Asked], Awaitable[Any]]

_SESSIONS = 1000
_STATIC = {
    "review.css": ("toolkit.server", "text/css; charset=utf-8"),
    "review.js": ("toolkit.server", "text/javascript; charset=utf-8"),
    "icon.svg": ("toolkit.server", "image/svg+xml"),
    "report.css": ("toolkit.formats", "text/css; charset=utf-8"),
}


def create(options: Options) -> Guard:
    """The application; the run directory is held until its lifespan ends."""
    known = keys.read(options.keys) if options.keys else ()
    if not options.local and not known:
        raise UsageError(
            f"on {options.host} others can reach the server: it needs a key",
            hint="make one with: toolkit serve DIR --add-key NAME",
        )
    stack = ExitStack()
    thread = ThreadPoolExecutor(1, thread_name_prefix="desk")
    stack.callback(thread.shutdown)
    try:
        termbase = config.open_terms(options.settings, options.terms)
        desk = thread.submit(Desk, options.directory, options.settings.memory, termbase).result()
        stack.callback(lambda: thread.submit(desk.close).result())
        engine = stack.enter_context(config.open_engine(options.settings))
        languages = _languages(options)
    except BaseException:
        stack.close()
        raise
    readable = (*CODES, *basic_codes())
    service = Service(
        options,
        desk,
        thread,
        engine,
        termbase,
        known,
        openapi.operations(options.limits, readable, languages),
        languages,
        Gate(options.limits),
        Metrics(),
        asyncio.Lock(),
    )

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> Any:
        thread.submit(service.read_on)
        try:
            yield
        finally:
            service.ended = True
            if service.later is not None:
                service.later.cancel()
            await asyncio.to_thread(stack.close)

    app = Starlette(
        routes=[*_operations(service), *_pages(service)],
        lifespan=lifespan,
        exception_handlers={HTTPException: _http_error, Exception: _fault},
    )
    app.state.close = stack.close
    app.state.service = service
    return Guard(app, options.limits, service.metrics, local=options.local, state=app.state)


def _languages(options: Options) -> tuple[str, ...]:
    """The languages that the engine may know: those of the memories, and with a model more."""
    with config.open_memories(options.settings) as memories:
        held = {lang for memory in memories for lang in memory.languages()}
    if options.settings.engine.partition(":")[0] != "memory" or not held:
        held |= set(CODES)
    return tuple(sorted(held))


# --- the API -------------------------------------------------------------------------------


def _operations(service: Service) -> list[Route]:
    paths: dict[str, dict[str, Handler]] = {}
    for path, method in service.operations:
        paths.setdefault(path, {})[method.upper()] = api.HANDLERS[path, method]
    return [_route(service, path, handlers) for path, handlers in paths.items()]


def _route(service: Service, path: str, handlers: Mapping[str, Handler]) -> Route:
    async def answer(request: Request) -> Response:
        # HEAD is a GET whose body nobody reads.
        method = "GET" if request.method == "HEAD" else request.method
        operation = service.operations[path, method.lower()]
        try:
            body, secret = await _body(request, operation)
            who = _who(service, request, secret, needed=not operation.open)
            if operation.conflict:
                _require_token(service, request)
            query = _query(request, operation)
            full = _full(body, operation)
            asked = Asked(request, request.path_params, query, full, who)
            done = await handlers[method](service, asked)
        except Refused as refused:
            return _json({"error": refused.message}, refused.status, **refused.headers)
        except Stale as stale:
            theirs = await service.at_desk(lambda desk: _now(desk, asked))
            yours = asked.body.get("target")
            return _json({"error": stale.message, "yours": yours, "theirs": theirs}, 409)
        except ToolkitError as error:
            return _json({"error": error.message}, status_of(error))
        if isinstance(done, str):
            return Response(done, media_type="text/plain; version=0.0.4")
        return _json(done)

    return Route(path, answer, methods=list(handlers))


def _full(body: Any, operation: openapi.Operation) -> dict[str, Any]:
    """The body with its defaults, if it is as described."""
    if operation.body is None:
        return {}
    if wrong := fault(body, operation.body):
        raise Refused(400, _known_words(wrong, body))
    return filled(body, operation.body)


def _now(desk: Desk, asked: Asked) -> dict[str, Any]:
    unit = api.unit_id(asked)
    view = desk.view(asked.path["ref"], asked.path["lang"])
    return api.unit_of(view, unit)


def status_of(error: ToolkitError) -> int:
    """The HTTP status that says what went wrong."""
    if isinstance(error, Unknown):
        return 404
    if isinstance(error, ModelMissing):
        return 422
    return 400 if isinstance(error, (InputError, UsageError)) else 500


def _known_words(wrong: str, body: Any) -> str:
    """A language that is not there, in the words of LibreTranslate."""
    name = wrong.partition(":")[0]
    if name in ("source", "target") and "expected one of" in wrong and isinstance(body, dict):
        return f"{str(body.get(name))[:40]} is not supported"
    return wrong


async def _body(request: Request, operation: openapi.Operation) -> tuple[Any, str]:
    """The body as the schema has it, and the key that it brings along."""
    if operation.body is None:
        return {}, ""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    data: Any
    if operation.form and kind in ("application/x-www-form-urlencoded", "multipart/form-data"):
        data = from_form(await _form(request, kind), operation.body)
    else:
        data = await _json_of(request)
    secret = data.get("api_key") if isinstance(data, dict) else None
    return data, secret if isinstance(secret, str) else ""


async def _form(request: Request, kind: str) -> dict[str, str]:
    if kind == "application/x-www-form-urlencoded":
        text = (await request.body()).decode("utf-8", "replace")
        try:
            return dict(parse_qsl(text, keep_blank_values=True, max_num_fields=100))
        except ValueError as exc:
            raise Refused(400, "the form has too many fields") from exc
    async with request.form(max_files=0, max_fields=100) as form:
        return {name: value for name, value in form.items() if isinstance(value, str)}


async def _json_of(request: Request) -> Any:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise Refused(400, f"expected application/json, found {kind[:60]!r}")
    return _parsed(await request.body())


def _parsed(body: bytes) -> Any:
    def refuse(name: str) -> Any:
        raise ValueError(name)

    try:
        return json.loads(body.decode("utf-8"), parse_constant=refuse)
    except (ValueError, RecursionError) as exc:
        raise Refused(400, "the body is not JSON") from exc


def _query(request: Request, operation: openapi.Operation) -> dict[str, Any]:
    if not operation.query:
        return {}
    schema = {"type": "object", "properties": operation.query}
    given = {k: v for k, v in request.query_params.items() if k in operation.query}
    found = from_form(given, schema)
    if wrong := fault(found, schema):
        raise Refused(400, wrong)
    return filled(found, schema)


def _who(service: Service, request: Request, secret: str, *, needed: bool) -> str:
    """Whose key this is; empty for somebody at this machine, who needs none."""
    bearer = _bearer(request)
    secret = bearer or secret
    if secret:
        if name := keys.name_of(secret, service.keys):
            return name
    elif name := service.sessions.get(_cookies(request).get("session", "")):
        return name
    elif service.options.local or not needed:
        return ""
    if not needed or (service.options.local and not bearer and not service.keys):
        # LibreTranslate's clients send a key whether or not there is one to know.
        return ""
    raise Refused(401, "expected an API key that this server knows", www_authenticate="Bearer")


def _bearer(request: Request) -> str:
    scheme, _, value = request.headers.get("authorization", "").partition(" ")
    return value.strip() if scheme.lower() == "bearer" else ""


def _require_token(service: Service, request: Request) -> None:
    """A change is asked for with a key, or by the page, which alone can read its token."""
    if keys.name_of(_bearer(request), service.keys):
        return
    given = request.headers.get("x-token", "").encode("utf-8", "replace")
    if not secrets.compare_digest(given, service.token.encode()):
        raise Refused(403, "expected the token of the review page, or an API key")


def _cookies(request: Request) -> dict[str, str]:
    cookie: SimpleCookie = SimpleCookie()
    try:
        cookie.load(request.headers.get("cookie", ""))
    except Exception:  # noqa: BLE001  # a cookie of others that it cannot read
        return {}
    return {name: one.value for name, one in cookie.items()}


def _json(data: Any, status: int = 200, **headers: str) -> Response:
    # Article text may hold what JSON for lines must not, half a character for one.
    return Response(jsonl.dump(data), status, headers=headers, media_type="application/json")


async def _http_error(request: Request, exc: Exception) -> Response:
    if not isinstance(exc, HTTPException):
        raise exc
    if exc.status_code == 404 and "text/html" in request.headers.get("accept", ""):
        return reviewing.not_found(frame_of(request))
    return _json({"error": exc.detail}, exc.status_code, **dict(exc.headers or {}))


async def _fault(_request: Request, _exc: Exception) -> Response:
    return _json({"error": "this is a fault of ours"}, 500)


# --- the pages -----------------------------------------------------------------------------


def ui_of(request: Request) -> str:
    """The language of the interface: as asked, as asked before, or as the browser likes."""
    for given in (request.query_params.get("ui"), _cookies(request).get("ui")):
        if given in reviewing.LANGS:
            return given
    return choose(request.headers.get("accept-language", ""))


def frame_of(request: Request, token: str = "", named: str = "") -> reviewing.Frame:
    return reviewing.frame(ui_of(request), request.url.path, token, named)


def _remembered(response: Response, request: Request) -> Response:
    """With the language that was asked for, for the next pages."""
    chosen = request.query_params.get("ui")
    if chosen in reviewing.LANGS:
        response.set_cookie("ui", chosen, max_age=31_536_000, samesite="strict")
    return response


def _pages(service: Service) -> list[Route]:
    def page(draw: Callable[..., Awaitable[Response]]) -> Any:
        async def answer(request: Request) -> Response:
            try:
                who = _who(service, request, "", needed=True)
            except Refused:
                return Response(status_code=303, headers={"location": "/login"})
            frame = frame_of(request, service.token, who)
            try:
                response = await draw(service, request, frame)
            except Unknown:
                response = reviewing.not_found(frame)
            return _remembered(response, request)

        return answer

    async def act(request: Request) -> Response:
        try:
            who = _who(service, request, "", needed=True)
            _require_token(service, request)
            body = await _json_of(request)
            status, data = await reviewing.act(service, request, body, ui_of(request), who)
        except Refused as refused:
            return _json({"error": refused.message}, refused.status, **refused.headers)
        except ToolkitError as error:
            return _json({"error": error.message}, status_of(error))
        return _json(data, status)

    reading = page(reviewing.article)

    async def article(request: Request) -> Response:
        response: Response = await (act if request.method == "POST" else reading)(request)
        return response

    async def login(request: Request) -> Response:
        if request.method != "POST":
            return _remembered(reviewing.sign_in(frame_of(request)), request)
        form = await _form(request, "application/x-www-form-urlencoded")
        name = keys.name_of(form.get("key", ""), service.keys)
        if name is None:
            return reviewing.sign_in(frame_of(request), wrong=True)
        session = secrets.token_urlsafe(32)
        while len(service.sessions) >= _SESSIONS:
            del service.sessions[next(iter(service.sessions))]
        service.sessions[session] = name
        response = Response(status_code=303, headers={"location": "/"})
        response.set_cookie("session", session, httponly=True, samesite="strict")
        return response

    async def static(request: Request) -> Response:
        name = request.path_params["name"]
        if name not in _STATIC:
            raise HTTPException(404)
        package, kind = _STATIC[name]
        data = files(package).joinpath(name).read_bytes()
        headers = {"cache-control": "no-cache"}
        return Response(data, media_type=kind, headers=headers)

    return [
        Route("/", page(reviewing.listing)),
        Route("/articles/{ref}/{lang}", article, methods=["GET", "POST"]),
        Route("/login", login, methods=["GET", "POST"]),
        Route("/static/{name}", static),
    ]
