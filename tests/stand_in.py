"""A server on this machine that stands in for a model hub and for plain servers, and misbehaves.

    with Server({"/models/a.bin": b"…"}) as server:
        server.faults["/models/a.bin"] = ["cut:5", "500"]   # one for each request, then sound

A fault is a status (`500`), `cut:N` (N bytes and then nothing), `wrong` (other bytes of the
same length), `more` (bytes without end), `slow` (silence), `whole` (no ranges). A file of the
hub lies at `/OWNER/NAME/resolve/REVISION/FILE`; `hub()` makes such paths.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self


class Server:
    """`files` by path; `asked` is every request as `(method, path, range)`.

    `moved` sends on from a path to an address; `tokens` are those that came along.
    """

    def __init__(self, files: dict[str, bytes]) -> None:
        self.files = dict(files)
        self.faults: dict[str, list[str]] = {}
        self.asked: list[tuple[str, str, str]] = []
        self.moved: dict[str, str] = {}
        self.tokens: set[str] = set()
        self._closing = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Self:
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._closing.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def got(self, path: str) -> list[str]:
        """The ranges that were asked for in the GET requests for a path."""
        return [given for method, p, given in self.asked if method == "GET" and p == path]

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        owner = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *args: object) -> None:
                pass

            def do_HEAD(self) -> None:
                self.answer(body=False)

            def do_GET(self) -> None:
                self.answer(body=True)

            def answer(self, *, body: bool) -> None:
                given = self.headers.get("Range", "")
                owner.asked.append((self.command, self.path, given))
                owner.tokens.add(self.headers.get("Authorization", ""))
                if self.path.startswith("/api/models/"):
                    self.send(200, owner._listing(self.path), {}, body=body)
                    return
                data = owner.files.get(self.path)
                if data is None:
                    self.send(404, b"", {}, body=body)
                    return
                faults = owner.faults.get(self.path, [])
                fault = faults.pop(0) if body and faults else ""
                digest = hashlib.sha256(data).hexdigest()
                headers = {"ETag": f'"{digest}"', "X-Linked-Size": str(len(data))}
                if "/resolve/" in self.path:
                    headers["X-Repo-Commit"] = self.path.split("/resolve/")[1].split("/")[0]
                if self.path in owner.moved:
                    headers["Location"] = owner.moved[self.path]
                    self.send(302, b"", headers, body=body)
                    return
                if fault.isdigit():
                    self.send(int(fault), b"", {}, body=body)
                    return
                if fault == "wrong":
                    data = bytes(byte ^ 1 for byte in data)
                status, start = 200, 0
                if given and fault != "whole":
                    start = int(given.removeprefix("bytes=").rstrip("-"))
                    if start >= len(data):
                        self.send(416, b"", {}, body=body)
                        return
                    status = 206
                    headers["Content-Range"] = f"bytes {start}-{len(data) - 1}/{len(data)}"
                self.send(status, data[start:], headers, body=body, fault=fault)

            def send(self, status, data, headers, *, body, fault="") -> None:
                with contextlib.suppress(OSError):
                    self.send_response(status)
                    for name, value in headers.items():
                        self.send_header(name, value)
                    if fault != "more":
                        self.send_header("Content-Length", str(len(data)))
                    else:
                        self.send_header("Connection", "close")
                    self.end_headers()
                    if not body:
                        return
                    if fault.startswith("cut:"):
                        self.wfile.write(data[: int(fault[4:])])
                        self.close_connection = True
                        return
                    if fault == "slow":
                        owner._closing.wait(20)
                        self.close_connection = True
                        return
                    self.wfile.write(data)
                    while fault == "more" and not owner._closing.is_set():
                        self.wfile.write(bytes(1 << 16))
                        time.sleep(0)

        return Handler

    def _listing(self, path: str) -> bytes:
        """What the hub tells of a revision: sizes of all files, hashes of the large ones."""
        repo, _, rest = path.removeprefix("/api/models/").partition("/revision/")
        revision = rest.partition("?")[0]
        start = f"/{repo}/resolve/{revision}/"
        rows = []
        for name, data in self.files.items():
            if name.startswith(start):
                row: dict[str, object] = {"rfilename": name.removeprefix(start), "size": len(data)}
                if name.endswith((".safetensors", ".bin", ".spm")):
                    digest = hashlib.sha256(data).hexdigest()
                    row["lfs"] = {"sha256": digest, "size": len(data), "pointerSize": 134}
                rows.append(row)
        return json.dumps({"id": repo, "sha": revision, "siblings": rows}).encode()


def hub(repo: str, revision: str, files: dict[str, bytes]) -> dict[str, bytes]:
    """The paths that files of a repository have on a hub."""
    return {f"/{repo}/resolve/{revision}/{name}": data for name, data in files.items()}
