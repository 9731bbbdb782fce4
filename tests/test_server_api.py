"""The HTTP API over a real socket: its shapes, its description, and requests meant to hurt."""

from __future__ import annotations

import json
import socket
import threading
import time

import pytest

pytest.importorskip("starlette", reason="the server is the extra `serve`")
pytest.importorskip("uvicorn", reason="the server is the extra `serve`")

from tests import served
from toolkit.memory import Unit, Variant, open_memory
from toolkit.server import openapi, shapes
from toolkit.server.options import Limits

FORM = {"content_type": "application/x-www-form-urlencoded"}
KNOWN = {"Good morning.": "좋은 아침이다.", "It cost $4m.": "400만 달러다."}
# Also in the memory, but older; the last says another sum.
OTHERS = (
    ("Good morning.", "안녕하세요."),
    ("It cost $4m.", "값은 400만 달러였다."),
    ("It cost $4m.", "값은 500만 달러였다."),
)
CHECK = {"source": "It cost $4m.", "target": "비용은 500만 달러였다.", "target_lang": "ko"}


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    directory = tmp_path_factory.mktemp("served")
    served.make(directory)
    with open_memory(directory / "memory.sqlite") as memory:
        for year, pairs in (("2025", OTHERS), ("2026", KNOWN.items())):
            for english, korean in pairs:
                both = (Variant("en", english), Variant("ko", korean))
                memory.add([Unit(both, changed=f"{year}-01-01T00:00:00Z")])
    limits = {"body": 50_000, "text": 5_000, "batch": 5, "patience": 0.4}
    with served.serving(served.options(directory, limits=limits)) as client:
        yield client


# --- LibreTranslate's shape ------------------------------------------------------------------


def test_the_client_of_libretranslate_works_unchanged(client):
    libretranslatepy = pytest.importorskip("libretranslatepy")
    api = libretranslatepy.LibreTranslateAPI(client.base + "/")
    assert api.translate("Good morning.", "en", "ko") == "좋은 아침이다."
    both, known = " ".join(KNOWN), " ".join(KNOWN.values())
    assert api.translate(both, "auto", "ko") == known
    assert api.detect("Доброго ранку, країно!")[0]["language"] == "uk"
    known = {one["code"]: one for one in api.languages()}
    assert "ko" in known["en"]["targets"]
    assert "en" not in known["en"]["targets"]


@pytest.mark.parametrize(
    ("body", "status", "answer"),
    [
        (
            {"q": "Good morning.", "source": "en", "target": "ko"},
            200,
            {"translatedText": "좋은 아침이다.", "findings": []},
        ),
        (
            {"q": ["Good morning.", "…", "7"], "source": "en", "target": "ko", "alternatives": 1},
            200,
            {
                "translatedText": ["좋은 아침이다.", "…", "7"],
                "findings": [[], [], []],
                "alternatives": [["안녕하세요."], [], []],
            },
        ),
        (
            {
                "q": "Good morning. It cost $4m.",
                "source": "auto",
                "target": "ko",
                "alternatives": 3,
            },
            200,
            {
                "translatedText": "좋은 아침이다. 400만 달러다.",
                "findings": [],
                "detectedLanguage": {"confidence": 50.0, "language": "en"},
                "alternatives": ["안녕하세요. 값은 400만 달러였다."],
            },
        ),
        (
            {
                "q": '<ul id="a"><li><b>Good</b> morning.<!-- x --></li><li><a href="/?a&amp;b">It '
                "cost <i>$4m</i>.</a> <br></ul><script>It cost $4m.</script>",
                "source": "en",
                "target": "ko",
                "format": "html",
            },
            200,
            {
                "translatedText": '<ul id="a"><li><b></b>좋은 아침이다.<!-- x --></li><li>'
                '<a href="/?a&amp;b"><i>400만 달러</i>다.</a> <br></ul>'
                "<script>It cost $4m.</script>",
                "findings": [],
            },
        ),
        (
            {"q": ["<p>…</p>", ""], "source": "en", "target": "ko", "format": "html"},
            400,
            {"error": "q[1]: expected at least 1 character, found 0"},
        ),
        (
            {"q": "<p>…</p>", "source": "auto", "target": "ko", "format": "html"},
            200,
            {
                "translatedText": "<p>…</p>",
                "findings": [],
                "detectedLanguage": {"confidence": 0.0, "language": "en"},
            },
        ),
        ({"source": "en", "target": "ko"}, 400, {"error": "Invalid request: missing q parameter"}),
        ({"q": "a", "source": "zz", "target": "ko"}, 400, {"error": "zz is not supported"}),
        ({"q": "a", "source": "en", "target": "zz"}, 400, {"error": "zz is not supported"}),
    ],
)
def test_translations_have_the_shape_of_libretranslate(client, body, status, answer):
    assert client.ask("POST", "/translate", body)[:2] == (status, answer)


def test_what_nobody_can_translate_is_said_and_not_invented(client):
    body = {"q": "Nobody knows this sentence.", "source": "en", "target": "ko"}
    status, data, _ = client.ask("POST", "/translate", body)
    assert status == 422
    assert "Nobody knows" in data["error"] or "no model" in data["error"]


def test_a_language_that_was_detected_is_told(client):
    form = "q=Good+morning.&source=auto&target=ko"
    status, data, _ = client.ask("POST", "/translate", form, **FORM)
    assert (status, data["detectedLanguage"]["language"]) == (200, "en")
    boundary = (
        '--b\r\ncontent-disposition: form-data; name="q"\r\n\r\nДоброго ранку, країно!\r\n--b--\r\n'
    )
    kind = "multipart/form-data; boundary=b"
    status, data, _ = client.ask("POST", "/detect", boundary, content_type=kind)
    assert (status, data[0]["language"]) == (200, "uk")


# --- check and summarize ---------------------------------------------------------------------


def test_a_check_finds_what_the_command_line_finds(client):
    status, data, _ = client.ask("POST", "/check", CHECK)
    (finding,) = data["findings"]
    assert (status, finding["code"], finding["expected"]) == (200, "money/mistranslation", "$4m")
    assert finding["target_span"] == [4, 11]
    right = {**CHECK, "target": "비용은 400만 달러였다."}
    assert client.ask("POST", "/check", right)[1] == {"findings": [], "verified": 1}
    whole = {**CHECK, "source": "It cost $4m.\n\nPeople came.", "document": True}
    codes = [f["code"] for f in client.ask("POST", "/check", whole)[1]["findings"]]
    assert "money/mistranslation" in codes


def test_a_summary_says_where_each_sentence_is_from(client):
    text = "The harbour opened on 9 January. It cost $4m. People came to see the harbour."
    body = {"text": text, "length": 1}
    status, data, _ = client.ask("POST", "/summarize", body)
    (sentence,) = data["sentences"]
    assert (status, data["lang"]) == (200, "en")
    assert text[slice(*sentence["span"])] == sentence["text"]
    words = {**body, "length": 8, "measure": "words"}
    assert len(client.ask("POST", "/summarize", words)[1]["sentences"]) >= 1
    assert client.ask("POST", "/summarize", {"text": "…"})[0] == 422


# --- the description -------------------------------------------------------------------------


def test_every_answer_is_as_described(client):
    _, document, _ = client.ask("GET", "/openapi.json")
    assert document["openapi"].startswith("3.1")
    ref = client.refs()["harbour"]
    asked = {
        ("/detect", "post"): {"q": "Hello there"},
        ("/translate", "post"): {"q": "Good morning.", "source": "auto", "target": "ko"},
        ("/check", "post"): CHECK,
        ("/summarize", "post"): {"text": "One thing. Another thing."},
        ("/run/articles/{ref}/{lang}/units/{unit}", "put"): {"target": "판.", "version": 0},
        ("/run/articles/{ref}/{lang}/units/{unit}/check", "post"): {"target": "판."},
        ("/run/articles/{ref}/{lang}/units/{unit}/accept", "post"): {
            "code": "x",
            "expected": None,
            "found": None,
            "reason": "y",
            "version": 1,
        },
    }
    token = client.token()
    for path, methods in document["paths"].items():
        real = path.format(ref=ref, lang="ko", unit="s1")
        for method, one in methods.items():
            status, data, headers = client.ask(
                method.upper(), real, asked.get((path, method)), x_token=token
            )
            described = one["responses"][str(status)]["content"]
            (kind,) = described
            assert headers["content-type"].startswith(kind), (path, method)
            schema = described[kind]["schema"]
            if "$ref" in schema:
                schema = document["components"]["schemas"]["Error"]
            assert shapes.fault(data, schema) is None, (path, method, status)
            assert status == (404 if path.endswith("accept") else 200), (path, method, data)


def test_an_article_of_the_run_is_a_line_of_its_results(client):
    ref = client.refs()["a/../<hostile>&id"]
    _, data, _ = client.ask("GET", f"/run/articles/{ref}")
    assert data["article_id"] == "a/../<hostile>&id"
    _, page, _ = client.ask("GET", "/run/articles?offset=1&limit=1")
    assert [one["article_id"] for one in page["articles"]] == ["a/../<hostile>&id"]
    for query in ("offset=-1", "limit=x", "limit=1001", "offset=1e3"):
        assert client.ask("GET", f"/run/articles?{query}")[0] == 400


def test_counts_are_there_for_prometheus(client):
    client.ask("GET", "/nothing-" + "x" * 50)
    client.ask("GET", "/openapi.json")
    status, text, _ = client.ask("GET", "/metrics")
    assert status == 200
    assert 'toolkit_requests_total{route="/openapi.json"' in text
    assert "xxx" not in text
    assert text.endswith("\n")


VALUES = [
    ({"type": "string", "maxLength": 2}, "ab", True),
    ({"type": "string", "maxLength": 2}, "abc", False),
    ({"type": "string"}, "\ud800", False),
    ({"type": "string", "pattern": openapi._SAID}, " a b ", True),
    ({"type": "string", "pattern": openapi._SAID}, "a\x97b", False),
    ({"type": "string", "pattern": openapi._SAID}, " \u2009 ", False),
    ({"type": "integer", "minimum": 0}, 0, True),
    ({"type": "integer", "minimum": 0}, -1, False),
    ({"type": "integer"}, True, False),
    ({"type": "integer"}, 1.0, True),
    ({"type": ["integer", "null"], "minimum": 1}, None, True),
    ({"type": "array", "items": {"type": "string"}, "maxItems": 1}, ["a"], True),
    ({"type": "array", "items": {"type": "string"}, "maxItems": 1}, ["a", "b"], False),
    ({"type": "array", "items": {"type": "string"}}, [1], False),
    ({"oneOf": [{"type": "string"}, {"type": "null"}]}, None, True),
    ({"oneOf": [{"type": "string"}, {"type": "null"}]}, 1, False),
    (shapes.record({"a": {"type": "string"}}), {"a": "b"}, True),
    (shapes.record({"a": {"type": "string"}}), {}, False),
    (shapes.record({"a": {"type": "string"}}), {"a": "b", "c": 1}, False),
    (shapes.record({"a": {"type": "string"}}, more=True), {"a": "b", "c": 1}, True),
]


@pytest.mark.parametrize(("schema", "value", "fits"), VALUES)
def test_a_value_fits_its_schema_or_says_why_not(schema, value, fits):
    assert (shapes.fault(value, schema) is None) == fits


def test_the_description_names_every_operation_once():
    listed = openapi.operations(Limits(), ("en", "ko"), ("en", "ko"))
    document = openapi.describe(listed)
    names = [one["operationId"] for path in document["paths"].values() for one in path.values()]
    assert len(names) == len(set(names)) == len(listed)


# --- requests meant to hurt ------------------------------------------------------------------

JSON = {"content_type": "application/json"}


@pytest.mark.parametrize(
    ("path", "body", "headers", "status"),
    [
        ("/check", b"{", JSON, 400),
        ("/check", b"[" * 40_000, JSON, 400),
        ("/check", b"\xff\xfe", JSON, 400),
        ("/check", b'{"source": NaN}', JSON, 400),
        ("/check", b"9" * 10_000, JSON, 400),
        ("/check", b"null", JSON, 400),
        ("/check", json.dumps(CHECK).encode(), {"content_type": "text/plain"}, 400),
        ("/check", json.dumps({**CHECK, "other": 1}).encode(), JSON, 400),
        ("/check", json.dumps({**CHECK, "source": "x" * 5_001}).encode(), JSON, 400),
        ("/check", b'{"source": "\\ud800", "target": "", "target_lang": "ko"}', JSON, 400),
        ("/check", b" " * 50_001, JSON, 413),
        ("/translate", b"q=" + b"%f0" * 900 + b"&source=en&target=ko", FORM, 200),
        ("/translate", b"&".join(b"q%d=1" % n for n in range(200)), FORM, 400),
        ("/translate", b"x", {"content_type": "multipart/form-data; boundary=b"}, 400),
        ("/translate", b'{"q": [], "source": "en", "target": "ko"}', JSON, 200),
        ("/translate", b'{"q": ["a","a","a","a","a","a"], "source":"en","target":"ko"}', JSON, 400),
        ("/nothing", b"{}", JSON, 404),
        ("/health", b"{}", JSON, 405),
    ],
)
def test_a_malformed_request_is_answered_with_what_is_wrong(client, path, body, headers, status):
    got, data, _ = client.ask("POST", path, body, **headers)
    assert got == status, data
    assert got == 200 or data["error"]
    assert client.ask("GET", "/health")[0] == 200


@pytest.mark.parametrize(
    ("data", "begin"),
    [
        (b"NONSENSE\r\n\r\n", b"HTTP/1.1 400"),
        (b"GET / HTTP/1.1\r\n\r\n", b"HTTP/1.1 400"),  # no host
        (b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", b"HTTP/1.1 4"),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"a" * 40_000 + b"\r\n\r\n", b"HTTP/1.1 4"),
        (
            b"POST /check HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999\r\n\r\n",
            b"HTTP/1.1 413",
        ),
        (
            b"POST /check HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
            b"2710\r\n" + b"a" * 10_000 + b"\r\n" + b"".join([b"fa00\r\n", b"a" * 64_000]),
            b"HTTP/1.1 413",
        ),
        (
            b"POST /check HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
            b"HTTP/1.1 400",
        ),
    ],
)
def test_bytes_that_are_no_request_are_refused(client, data, begin):
    assert client.send(data).startswith(begin)
    assert client.ask("GET", "/health")[0] == 200


@pytest.mark.parametrize(
    ("data", "answer"),
    [
        (b"", b""),
        (b"GET /health HTTP/1.1\r\nHost: loc", b""),
        (b"POST /check HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n{", b"HTTP/1.1 408"),
    ],
)
def test_a_request_that_never_ends_is_given_up(client, data, answer):
    assert client.send(data)[:12] == answer[:12]


def test_slow_requests_hold_up_nobody(client):
    slow = [socket.create_connection(("127.0.0.1", client.port)) for _ in range(100)]
    try:
        for one in slow:
            one.sendall(b"POST /check HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n{")
        assert client.ask("POST", "/check", CHECK)[0] == 200
    finally:
        for one in slow:
            one.close()


def test_whoever_leaves_early_leaves_nothing_behind(client):
    body = json.dumps(CHECK).encode()
    head = b"POST /check HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
    for cut in (len(body), len(body) // 2):
        with socket.create_connection(("127.0.0.1", client.port)) as one:
            one.sendall(head + b"Content-Length: %d\r\n\r\n" % len(body) + body[:cut])
    deadline = time.monotonic() + 60
    metrics = client.app.state.service.metrics
    while metrics.under_way and time.monotonic() < deadline:
        time.sleep(0.02)
    assert metrics.under_way == 0
    assert client.app.state.service.gate.inside == 0


def test_many_at_once_are_all_answered(client):
    answers = []

    def ask() -> None:
        answers.extend(client.ask("POST", "/check", CHECK)[:2] for _ in range(5))

    threads = [threading.Thread(target=ask) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 100
    assert {status for status, _ in answers} == {200}
    assert len({json.dumps(data) for _, data in answers}) == 1


def test_a_fault_of_ours_is_one_answer_like_any(client, monkeypatch):
    def fail(*_texts: object) -> None:
        raise ZeroDivisionError

    from toolkit import checks

    monkeypatch.setattr(checks, "check_pair", fail)
    status, data, headers = client.ask("POST", "/check", CHECK)
    assert (status, data) == (500, {"error": "this is a fault of ours"})
    assert "default-src 'none'" in headers["content-security-policy"]
    monkeypatch.undo()
    assert client.ask("POST", "/check", CHECK)[0] == 200


def test_who_comes_when_too_many_wait_is_sent_away(tmp_path):
    served.make(tmp_path)
    limits = {"working": 1, "waiting": 0}
    with served.serving(served.options(tmp_path, limits=limits)) as client:
        gate = client.app.state.service.gate
        gate.inside = 1  # as if one were at work
        status, data, headers = client.ask("POST", "/check", CHECK)
        assert (status, headers["retry-after"]) == (503, "1")
        assert "busy" in data["error"]
        assert client.ask("GET", "/health")[0] == 200
        gate.inside = 0
        assert client.ask("POST", "/check", CHECK)[0] == 200
