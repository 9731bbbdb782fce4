"""A run to review and a server over it, on a real socket: what the server's tests stand on."""

from __future__ import annotations

import http.client
import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from toolkit import pipeline, runs
from toolkit.config import Settings
from toolkit.runs.reviews import with_units
from toolkit.schema import Article, Block, Length, Metadata, Plan, Request, Span
from toolkit.server import Limits, Options, create_app
from toolkit.terms import Termbase
from toolkit.testing import ScriptedEngine

HOSTILE = '<script>document.title="run"</script> cost 5 <img src=x onerror="document.title=1">.'
KOREAN = {
    "The harbour opened on 9 January.": "항구는 1월 19일에 문을 열었다.",  # the day is wrong
    "It cost 4 million dollars.": "비용은 400만 달러였다.",
    "Some 300 people came.": "약 30명이 왔다.",  # so is the number
    HOSTILE: HOSTILE.replace("cost 5", "이것은 값이 원래 6이라고 한다"),
    "Nobody was hurt.": "다친 사람은 없었다.",
}


def article(name: str, *sentences: str) -> Article:
    text = " ".join(sentences)
    block = Block("paragraph", Span(0, len(text)))
    title = Metadata(title=None, outlet="Harbour <b>Post</b>", date="2025-01-12")
    return Article(name, "en", text, (block,), title, source=f"{name}.txt")


ARTICLES = (
    article("harbour", *list(KOREAN)[:3]),
    article("a/../<hostile>&id", HOSTILE, "Nobody was hurt."),
)
PLAN = Plan(langs=("ko",), length=Length(1))
ENGINE = ScriptedEngine(lambda request: KOREAN[request.text], name="scripted")


SUMMARY = {
    "The harbour opened on 9 January and cost 4 million dollars.": (
        "1월 9일에 문을 연 항구에는 400만 달러가 들었다."
    ),
    "Some 500 people came.": "",  # in the article it is 300, which then stands here
}
WRITTEN = Plan(langs=("ko",), length=Length(2), method="abstractive", summarizer="scripted")


def make_written(directory: Path) -> Path:
    """A run of one article, whose summary an engine wrote, with a wrong number in it."""

    def said(request: Request) -> str:
        if request.task == "summarize":
            return " ".join(SUMMARY)
        return {**KOREAN, **SUMMARY}[request.text]

    engine = ScriptedEngine(said, name="scripted")
    with runs.Journal(directory / "out", WRITTEN) as journal:
        journal.append([pipeline.process(ARTICLES[0], WRITTEN, engine, Termbase())])
        runs.publish(journal)
    return directory / "out"


def make(directory: Path, copies: int = 0) -> Path:
    """A run directory of two articles, with a wrong date and two wrong numbers.

    A run would put them right by itself; here they stand as the engine had them.
    """
    with runs.Journal(directory / "out", PLAN) as journal:
        more = (replace(ARTICLES[0], id=f"harbour-{n}") for n in range(1, copies + 1))
        for one in (*ARTICLES, *more):
            made = pipeline.process(one, PLAN, ENGINE, Termbase())
            translation = made.translations[0]
            units = tuple(
                replace(unit, target=KOREAN[unit.source], state="translated", remedies=())
                for unit in translation.units
            )
            spoiled = with_units(made, translation, units, Termbase())
            journal.append([replace(made, translations=(spoiled,))])
        runs.publish(journal)
    return directory / "out"


def options(directory: Path, **more: object) -> Options:
    settings = Settings(memory=directory / "memory.sqlite")
    limits = replace(Limits(), **more.pop("limits", {}))
    return Options(directory / "out", settings, limits=limits, **more)


class Client:
    """Asks a server; each request is a connection of its own."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.base = f"http://127.0.0.1:{port}"

    def ask(self, method: str, path: str, body: object = None, **headers: str):
        """Status, body (JSON if it is), and headers."""
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        if body is not None and not isinstance(body, (bytes, str)):
            body = json.dumps(body)
            given.setdefault("content-type", "application/json")
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            data = body.encode() if isinstance(body, str) else body
            connection.request(method, path, data, given)
            answer = connection.getresponse()
            text = answer.read().decode()
            is_json = answer.headers.get("content-type", "").startswith("application/json")
            return answer.status, json.loads(text) if is_json else text, answer.headers
        finally:
            connection.close()

    def send(self, data: bytes, wait: float = 10.0) -> bytes:
        """What comes back for these bytes until the server closes or says no more."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=wait) as one:
            one.sendall(data)
            parts = []
            try:
                while part := one.recv(65536):
                    parts.append(part)
                    if b"\r\n\r\n" in b"".join(parts):
                        break
            except (TimeoutError, ConnectionResetError):
                pass
            return b"".join(parts)

    def refs(self) -> dict[str, str]:
        _, data, _ = self.ask("GET", "/run/articles")
        return {one["article_id"]: one["ref"] for one in data["articles"]}

    def token(self) -> str:
        _, page, _ = self.ask("GET", "/")
        return page.partition('<meta name="token" content="')[2].partition('"')[0]


@contextmanager
def serving(given: Options) -> Iterator[Client]:
    """A server over these options in a thread, until the block ends."""
    import uvicorn

    from toolkit.server.listening import configure

    app = create_app(given)
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(200)
        server = uvicorn.Server(configure(app, given))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            deadline = time.monotonic() + 60
            while not server.started and thread.is_alive() and time.monotonic() < deadline:
                time.sleep(0.01)
            client = Client(listener.getsockname()[1])
            client.app = app
            yield client
        finally:
            server.should_exit = True
            thread.join(60)
