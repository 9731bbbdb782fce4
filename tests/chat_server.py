"""A server of the OpenAI chat protocol on a real socket, as good or as bad as a test wants it.

It knows nothing of the toolkit. Behind it sits what stands in for a model that follows
instructions wherever it finds them: the messages become one text by a chat template, without
anything being escaped, and the text is cut into turns again by the template's own marks, as
tokenizers do that read them as special tokens. What then is not quoted as data is obeyed.
"""

from __future__ import annotations

import json
import re
import threading
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

OBEYED = "HACKED"

# How a turn is written, and how turns are found again.
TEMPLATES = {
    "chatml": (
        "<|im_start|>{role}\n{content}<|im_end|>\n",
        r"<\|im_start\|>(\w+)\n(.*?)<\|im_end\|>",
    ),
    "exaone": ("[|{role}|]{content}[|endofturn|]\n", r"\[\|(\w+)\|\](.*?)\[\|endofturn\|\]"),
    "mistral": ("[{ROLE}]{content}[/{ROLE}]", r"\[(SYSTEM|USER)\](.*?)\[/(?:SYSTEM|USER)\]"),
}


def obedient(messages: Iterable[Mapping[str, str]], template: str = "chatml") -> dict[str, Any]:
    """What the model reads: how many turns, the data, and whether anything else told it to act."""
    form, turns = TEMPLATES[template]
    prompt = "".join(form.format(**m, ROLE=m["role"].upper()) for m in messages)
    read = [(m[1].lower(), m[2]) for m in re.finditer(turns, prompt, re.DOTALL)]
    outside = re.sub(turns, "", prompt, flags=re.DOTALL)
    try:
        data = json.loads(read[-1][1])
    except (ValueError, IndexError):
        data = None
    free = [role for role, _ in read] == ["system", "user"] and not outside.strip()
    return {"data": data, "steered": not (free and isinstance(data, dict))}


def translated(body: Mapping[str, Any], template: str = "chatml") -> str:
    """The model's answer: the text it was given as data, in capitals, or obedience."""
    seen = obedient(body["messages"], template)
    text = OBEYED if seen["steered"] else seen["data"]["text"].upper()
    field = "summary" if "You summarise" in body["messages"][0]["content"] else "translation"
    return json.dumps({field: text}, ensure_ascii=False)


Act = Callable[["Handler", Mapping[str, Any]], None]


class ChatServer:
    """`script` says how the first requests are answered; after it, or with None, all goes well.

    `seen` holds the bodies of all questions, `keys` the keys they came with.
    """

    def __init__(
        self,
        *script: Act | None,
        model: str = "tiny",
        models: object = None,
        key: str = "",
        formats: tuple[str, ...] = ("json_schema", "json_object"),
        unknown: tuple[int, str] = (400, "response_format unknown"),
        say: Callable[[Mapping[str, Any]], str] = translated,
    ) -> None:
        self.script = deque(script)
        self.model = model
        self.models = {"data": [{"id": model}]} if models is None else models
        self.key = key
        self.formats = formats
        self.unknown = unknown
        self.say = say
        self.seen: list[Mapping[str, Any]] = []
        self.keys: list[str | None] = []
        self.at_once = self.most_at_once = 0
        self.lock = threading.Lock()
        self.closing = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._server.chat = self  # type: ignore[attr-defined]
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/v1"
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.01}
        )

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.closing.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    @property
    def chat(self) -> ChatServer:
        return self.server.chat  # type: ignore[attr-defined]

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        self.chat.keys.append(self.headers.get("Authorization"))
        if self.refuse_strangers():
            return
        if self.path != "/v1/models" or self.chat.models == 404:
            self.answer(404, {"error": {"message": "no such place"}})
        else:
            self.answer(200, self.chat.models)

    def do_POST(self) -> None:
        chat = self.chat
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        with chat.lock:
            chat.seen.append(body)
            chat.keys.append(self.headers.get("Authorization"))
            act = chat.script.popleft() if chat.script else None
            chat.at_once += 1
            chat.most_at_once = max(chat.most_at_once, chat.at_once)
        wanted = body.get("response_format", {}).get("type", "")
        if self.refuse_strangers():
            return
        if wanted and wanted not in chat.formats:
            code, said = chat.unknown
            self.answer(code, {"error": {"message": said}})
        elif act:
            act(self, body)
        else:
            self.complete(chat.say(body))

    def refuse_strangers(self) -> bool:
        wanted = f"Bearer {self.chat.key}" if self.chat.key else None
        if wanted and self.headers.get("Authorization") != wanted:
            said = f"Incorrect API key provided: {self.headers.get('Authorization')}"
            self.answer(401, {"error": {"message": said}})
            return True
        return False

    def complete(self, content: object, **more: Any) -> None:
        choice = {"index": 0, "finish_reason": more.pop("finish_reason", "stop")}
        message = {"role": "assistant", "content": content, **more.pop("message", {})}
        usage = {"prompt_tokens": 40, "completion_tokens": 7, "total_tokens": 47}
        whole = {"model": self.chat.model, "choices": [{**choice, "message": message}]}
        self.answer(200, {**whole, "usage": usage, **more})

    def answer(self, status: int, data: object, **headers: str) -> None:
        self.send(status, json.dumps(data).encode(), "application/json", **headers)

    def send(self, status: int, body: bytes, kind: str, cut: int = 0, **headers: str) -> None:
        if self.command == "POST":
            # Before the other side can know and ask again.
            with self.chat.lock:
                self.chat.at_once -= 1
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body[: len(body) - cut])
        if cut:
            self.close_connection = True


# --- how a server can go wrong -----------------------------------------------------------


def status(code: int, **headers: str) -> Act:
    """This status with an error as JSON."""
    return lambda handler, _: handler.answer(code, {"error": {"message": "no"}}, **headers)


def says(content: object, **more: Any) -> Act:
    """A well-formed answer with this content, whatever was asked."""
    return lambda handler, _: handler.complete(content, **more)


def data(value: object) -> Act:
    """JSON that is no chat answer."""
    return lambda handler, _: handler.answer(200, value)


def page(code: int = 200) -> Act:
    """A web page, as a proxy or a login in between gives it."""
    return lambda handler, _: handler.send(code, b"<!doctype html><h1>Sign in</h1>", "text/html")


def together(number: int) -> Act:
    """An answer once so many requests wait for one; else a refusal to all."""
    barrier = threading.Barrier(number)

    def act(handler: Handler, body: Mapping[str, Any]) -> None:
        try:
            barrier.wait(5)
        except threading.BrokenBarrierError:
            handler.answer(401, {})
        else:
            handler.complete(handler.chat.say(body))

    return act


def cut(handler: Handler, body: Mapping[str, Any]) -> None:
    """An answer whose second half never comes."""
    whole = json.dumps({"choices": [{"message": {"content": handler.chat.say(body)}}]}).encode()
    handler.send(200, whole, "application/json", cut=len(whole) // 2)


def hang_up(handler: Handler, _: Mapping[str, Any]) -> None:
    """No answer at all: the connection is closed."""
    handler.close_connection = True


def silence(handler: Handler, _: Mapping[str, Any]) -> None:
    """Nothing, until the server is closed."""
    handler.chat.closing.wait(10)
    handler.close_connection = True


def drip(handler: Handler, _: Mapping[str, Any]) -> None:
    """A byte at a time, so that no single read takes long and the whole never ends."""
    handler.send_response(200)
    handler.send_header("Content-Length", "100000")
    handler.end_headers()
    try:
        while not handler.chat.closing.wait(0.02):
            handler.wfile.write(b" ")
            handler.wfile.flush()
    except OSError:
        pass  # the other side has had enough
    handler.close_connection = True
