"""The review over a real socket: what is saved, what is refused, what nobody may do."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from html.parser import HTMLParser
from http.client import HTTPException
from pathlib import Path

import pytest

pytest.importorskip("starlette", reason="the server is the extra `serve`")
pytest.importorskip("uvicorn", reason="the server is the extra `serve`")

from tests import served
from tests.commands import posix
from toolkit import runs
from toolkit.engines import first_of
from toolkit.errors import RunError, UsageError
from toolkit.memory import open_memory
from toolkit.server import create_app, keys
from toolkit.server.wording import LANGS, choose, words
from toolkit.terms import Termbase

UNIT = "/run/articles/{}/ko/units/{}"


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    """A server whose run no test changes."""
    directory = tmp_path_factory.mktemp("served")
    served.make(directory)
    secret = keys.add(directory / "keys.jsonl", "reader")
    options = served.options(directory, keys=directory / "keys.jsonl")
    with served.serving(options) as client:
        client.secret = secret
        yield client


@pytest.fixture
def fresh(tmp_path):
    """A run of one's own: its directory, made anew for each test."""
    served.make(tmp_path)
    return tmp_path


def edit(client, text: str, version: int, unit: str = "s1", **more: str):
    ref = client.refs()["harbour"]
    body = {"target": text, "version": version, **more}
    return client.ask("PUT", UNIT.format(ref, unit), body, x_token=client.token())


def results(directory: Path) -> dict[str, dict]:
    lines = (directory / "out" / "results.jsonl").read_text("utf-8").splitlines()
    return {one["article_id"]: one for one in map(json.loads, lines)}


# --- the review loop -----------------------------------------------------------------------


def test_an_edit_is_reviewed_in_the_memory_and_in_the_outputs(fresh):
    right = "항구는 1월 9일에 문을 열었다."
    with served.serving(served.options(fresh)) as client:
        ref = client.refs()["harbour"]
        _, before, _ = client.ask("GET", UNIT.format(ref, "s1"))
        assert [f["code"] for f in before["findings"]] == ["date/mistranslation"]
        status, after, _ = edit(client, f"  {right}\n", 0, by="Сірко")
        assert (status, after["state"], after["version"]) == (200, "reviewed", 1)
        assert (after["target"], after["findings"], after["by"]) == (right, [], "Сірко")
    with open_memory(fresh / "memory.sqlite", read_only=True) as memory:
        match = memory.lookup("The harbour opened on 9 January.", "en", "ko")
        assert (match.target, match.origin) == (right, "review")
    (made,) = results(fresh)["harbour"]["translations"]
    assert made["units"][0]["state"] == "reviewed"
    assert made["text"].startswith(right)
    assert right in (fresh / "out" / "report.html").read_text("utf-8")


def test_the_next_run_keeps_what_was_reviewed(fresh):
    right = "항구는 1월 9일에 문을 열었다."
    with served.serving(served.options(fresh)) as client:
        edit(client, right, 0)
    with open_memory(fresh / "memory.sqlite") as memory:
        engine = first_of(memory, served.ENGINE)
        tally = runs.run(served.ARTICLES, served.PLAN, engine, Termbase(), fresh / "out")
    assert tally.done == 2  # the engine is another one now
    unit = results(fresh)["harbour"]["translations"][0]["units"][0]
    assert (unit["target"], unit["state"], unit["origin"]) == (right, "reviewed", "memory 100 %")
    # Even an engine that never heard of it loses nothing.
    runs.run(served.ARTICLES, served.PLAN, served.ENGINE, Termbase(), fresh / "out")
    unit = results(fresh)["harbour"]["translations"][0]["units"][0]
    assert (unit["target"], unit["state"]) == (right, "reviewed")


def test_a_review_of_another_source_text_says_nothing(fresh):
    with served.serving(served.options(fresh)) as client:
        edit(client, "항구는 1월 9일에 문을 열었다.", 0)
    other = served.article("harbour", "Nobody was hurt.")
    runs.run([other], served.PLAN, served.ENGINE, Termbase(), fresh / "out")
    unit = results(fresh)["harbour"]["translations"][0]["units"][0]
    assert (unit["target"], unit["state"]) == ("다친 사람은 없었다.", "translated")


def test_a_stale_edit_is_refused_with_both_versions(fresh):
    with served.serving(served.options(fresh)) as client:
        assert edit(client, "첫째 판, 1월 9일.", 0)[0] == 200
        status, data, _ = edit(client, "둘째 판, 1월 9일.", 0)
        assert status == 409
        assert data["yours"] == "둘째 판, 1월 9일."
        assert (data["theirs"]["target"], data["theirs"]["version"]) == ("첫째 판, 1월 9일.", 1)
        assert edit(client, "둘째 판, 1월 9일.", data["theirs"]["version"])[0] == 200
        page = {"action": "save", "unit": "s1", "number": 1, "text": "셋째 판.", "version": 0}
        path = f"/articles/{client.refs()['harbour']}/ko"
        status, data, _ = client.ask("POST", path, page, x_token=client.token())
        assert (status, data["version"], data["text"]) == (409, 2, "둘째 판, 1월 9일.")
        assert "<ins>셋째</ins>" in data["stale"]
        assert "<del>둘째</del>" in data["stale"]


def test_of_many_edits_of_one_version_one_wins(fresh):
    with served.serving(served.options(fresh)) as client:
        token, ref = client.token(), client.refs()["harbour"]
        answers = []

        def write(number: int) -> None:
            body = {"target": f"판 {number}.", "version": 0}
            answers.append(client.ask("PUT", UNIT.format(ref, "s1"), body, x_token=token)[:2])

        threads = [threading.Thread(target=write, args=(n,)) for n in range(12)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(status for status, _ in answers) == [200] + [409] * 11
        (won,) = (data["target"] for status, data in answers if status == 200)
        assert {data["theirs"]["target"] for status, data in answers if status == 409} == {won}


def test_a_finding_is_accepted_for_a_reason_and_only_that_finding(fresh):
    with served.serving(served.options(fresh)) as client:
        token, ref = client.token(), client.refs()["harbour"]
        path = UNIT.format(ref, "s3")
        (finding,) = client.ask("GET", path)[1]["findings"]
        body = {name: finding[name] for name in ("code", "expected", "found")}
        body |= {"version": 0, "reason": "the police corrected it"}
        wrong = {**body, "found": "31명"}
        assert client.ask("POST", f"{path}/accept", wrong, x_token=token)[0] == 404
        none = {**body, "reason": "  "}
        assert client.ask("POST", f"{path}/accept", none, x_token=token)[0] == 400
        status, unit, _ = client.ask("POST", f"{path}/accept", body, x_token=token)
        assert (status, unit["findings"], unit["state"]) == (200, [], "translated")
        assert unit["accepted"][0]["reason"] == "the police corrected it"
        # Another number is another finding.
        again = client.ask("POST", f"{path}/check", {"target": "약 31명이 왔다."}, x_token=token)
        assert [f["found"] for f in again[1]["findings"]] != []
    codes = [f["code"] for f in results(fresh)["harbour"]["translations"][0]["findings"]]
    assert codes == ["date/mistranslation"]


def test_a_summary_is_reviewed_like_a_translation_of_what_it_is_from(tmp_path):
    """What an engine wrote, and how that was translated: both are edited, checked, accepted."""
    served.make_written(tmp_path)
    written = next(iter(served.SUMMARY.items()))
    own, korean = "/run/articles/{}/en/units/{}", UNIT
    with served.serving(served.options(tmp_path)) as client:
        token, ref = client.token(), client.refs()["harbour"]
        (entry,) = client.ask("GET", "/run/articles")[1]["articles"]
        assert [into["lang"] for into in entry["translations"]] == ["ko", "en"]
        page = client.ask("GET", f"/articles/{ref}/en?ui=en")[1]
        assert page.count('<div class="unit" id=') == 2
        assert "The harbour opened on 9 January. It cost 4 million dollars.</div>" in page

        unit = client.ask("GET", own.format(ref, "summary2"))[1]
        assert (unit["source"], unit["target"]) == ("Some 300 people came.",) * 2
        (finding,) = unit["findings"]
        assert (finding["found"], finding["rule"]) == ("500", "extracted")
        body = {name: finding[name] for name in ("code", "expected", "found")}
        body |= {"version": 0, "reason": "the article's own words are right"}
        path = own.format(ref, "summary2") + "/accept"
        status, unit, _ = client.ask("POST", path, body, x_token=token)
        assert (status, unit["findings"], len(unit["accepted"])) == (200, [], 1)

        # Its translation stands below that of the text, and the text's own edits leave it alone.
        page = client.ask("GET", f"/articles/{ref}/ko")[1]
        assert 'data-unit="summary1"' in page
        edit(client, "항구는 1월 9일에 열렸다.", 0)
        unit = client.ask("GET", korean.format(ref, "summary1"))[1]
        assert ((unit["source"], unit["target"]), unit["findings"]) == (written, [])

        # Another summary: its translation is now one of something else.
        text = "It opened on 9 January, for 5 million dollars."
        path = own.format(ref, "summary1")
        tried = client.ask("POST", f"{path}/check", {"target": text}, x_token=token)[1]
        assert [f["found"] for f in tried["findings"]] == ["5 million dollars"]
        saved = client.ask("PUT", path, {"target": text, "version": 0}, x_token=token)[1]
        assert (saved["state"], saved["findings"]) == ("reviewed", tried["findings"])
        unit = client.ask("GET", korean.format(ref, "summary1"))[1]
        assert (unit["source"], [f["code"] for f in unit["findings"]]) == (
            text, ["money/mistranslation"],
        )  # fmt: skip
    (made,) = results(tmp_path).values()
    assert made["summary"]["sentences"][0]["text"] == text
    assert [f["found"] for f in made["findings"]] == ["5 million dollars"]
    with open_memory(tmp_path / "memory.sqlite", read_only=True) as memory:
        assert len(memory) == 1
        assert memory.languages() == ("en", "ko")


def test_a_page_has_the_fields_to_write_in_once(client):
    """Thousands of them took ten seconds to load; a segment gets its own when it is edited."""
    page = client.ask("GET", f"/articles/{client.refs()['harbour']}/ko?ui=en")[1]
    assert (page.count("<textarea"), page.count("<form class=")) == (1, 1)
    assert 'data-target="약 30명이 왔다."' in page


def test_an_edit_brings_back_only_what_looks_otherwise(fresh):
    with served.serving(served.options(fresh)) as client:
        path = f"/articles/{client.refs()['harbour']}/ko"
        body = {"action": "save", "unit": "s1", "number": 1, "version": 0, "text": "1월 9일."}
        status, data, _ = client.ask("POST", path, body, x_token=client.token())
        assert (status, list(data["units"])) == (200, ["1"])
        one = data["units"]["1"]
        assert (one["version"], one["state"], one["target"]) == (1, "reviewed", "1월 9일.")


def test_a_summary_of_the_articles_own_sentences_is_nothing_to_review(client):
    for entry in client.ask("GET", "/run/articles")[1]["articles"]:
        assert [into["lang"] for into in entry["translations"]] == ["ko"]


def test_a_large_run_is_read_as_it_is_shown(tmp_path, monkeypatch):
    """Nothing is read before it is asked for, and all is counted in the end."""
    monkeypatch.setattr("toolkit.server.app.Service.read_on", lambda _service: None)
    monkeypatch.setattr("toolkit.server.reviewing._FEW", 1)
    monkeypatch.setattr("toolkit.server.listing.PER_PAGE", 2)
    served.make(tmp_path, copies=5)
    with served.serving(served.options(tmp_path)) as client:

        def listed(query: str) -> tuple[list[str], str]:
            page = client.ask("GET", f"/?ui=en&{query}")[1]
            titles = re.findall(r'<h2 lang="en">(\S+?)</h2>', page)
            return titles, re.search('class="lead">(.*?)</p>', page)[1]

        assert listed("start=4") == (
            ["harbour-3", "harbour-4"], "reviewed: 0 of 9; articles counted: 3 of 7",
        )  # fmt: skip
        assert listed("show=findings")[0] == ["harbour", "a/../&lt;hostile&gt;&amp;id"]
        assert client.ask("GET", "/run")[1]["units"] == 5 * 3 + 2 + 3
        titles, lead = listed("show=findings&start=6")
        assert (titles, lead) == (["harbour-5"], "reviewed: 0 of 20")


def test_a_text_is_checked_in_its_document_and_nothing_is_saved(client):
    path = UNIT.format(client.refs()["harbour"], "s1")
    for text, codes in (
        ("항구는 1월 9일에 문을 열었다.", []),
        ("항구는 1월 8일에 문을 열었다.", ["date/mistranslation"]),
    ):
        status, unit, _ = client.ask("POST", f"{path}/check", {"target": text})
        assert (status, [f["code"] for f in unit["findings"]]) == (200, codes)
    assert client.ask("GET", path)[1]["version"] == 0


def test_a_segment_is_one_line_with_something_in_it(fresh):
    with served.serving(served.options(fresh)) as client:
        assert edit(client, "한\n줄\u2028이다.", 0)[1]["target"] == "한 줄 이다."
        for bad in (" \n ", "\x00", "a\x1bb", "\ud800"):
            status, data, _ = edit(client, bad, 1)
            assert (status, list(data)) == (400, ["error"]), bad


@posix
def test_a_killed_server_loses_nothing_that_was_saved(fresh):
    code = (
        "import sys; from pathlib import Path; from tests import served; import time\n"
        f"with served.serving(served.options(Path({str(fresh)!r}))) as client:\n"
        "    print(client.port, flush=True); time.sleep(60)\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code],
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[1],
        text=True,
    ) as process:
        client = served.Client(int(process.stdout.readline()))
        token, path = client.token(), UNIT.format(client.refs()["harbour"], "s1")
        saved = 0

        def write() -> None:
            nonlocal saved
            for version in range(10_000):
                body = {"target": f"판 {version + 1}.", "version": version}
                try:
                    if client.ask("PUT", path, body, x_token=token)[0] == 200:
                        saved = version + 1
                except (OSError, HTTPException, ValueError):
                    return

        writer = threading.Thread(target=write)
        writer.start()
        while saved < 5:
            assert writer.is_alive()
            time.sleep(0.01)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        writer.join()
    journal = fresh / "out" / "reviews.jsonl"
    with journal.open("ab") as file:  # and one was half written
        file.write(journal.read_bytes().splitlines(keepends=True)[-1][:-20])
    with served.serving(served.options(fresh)) as client:
        _, unit, _ = client.ask("GET", path)
        assert saved <= unit["version"] <= saved + 1
        assert unit["target"] == f"판 {unit['version']}."
        memory = open_memory(fresh / "memory.sqlite", read_only=True)
        assert memory.lookup(unit["source"], "en", "ko").target == unit["target"]
        memory.close()


def test_a_damaged_review_is_refused_not_skipped(fresh):
    with served.serving(served.options(fresh)) as client:
        edit(client, "하나, 1월 9일.", 0)
        edit(client, "둘, 1월 9일.", 1)
    journal = fresh / "out" / "reviews.jsonl"
    journal.write_bytes(journal.read_bytes().replace("하나".encode(), "하마".encode()))
    with pytest.raises(RunError, match="line 1 is damaged"):
        create_app(served.options(fresh))


def test_a_run_that_is_open_for_review_is_nobody_elses(fresh):
    app = create_app(served.options(fresh))
    try:
        with pytest.raises(RunError, match="another process is working"):
            runs.run(served.ARTICLES, served.PLAN, served.ENGINE, Termbase(), fresh / "out")
    finally:
        app.state.close()
    with pytest.raises(RunError, match="expected the directory of a run"):
        create_app(served.options(fresh / "out"))


# --- who may ask ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"origin": "http://evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({"sec_fetch_site": "cross-site"}, 403),
        ({"sec_fetch_site": "same-site"}, 403),
        ({"host": "evil.example"}, 421),
        ({"host": "127.0.0.1.evil.example"}, 421),
        ({"host": "localhost:9"}, 200),
    ],
)
def test_what_another_site_sends_is_refused(client, headers, status):
    body = {"source": "a", "target": "b", "target_lang": "ko"}
    assert client.ask("POST", "/check", body, **headers)[0] == status


def test_a_page_of_another_name_is_not_shown(client):
    assert client.ask("GET", "/", host="evil.example")[0] == 421


@pytest.mark.parametrize("token", ["", "wrong", "ж"])
def test_a_change_needs_the_token_of_the_page_or_a_key(client, token):
    path = UNIT.format(client.refs()["harbour"], "s1")
    body = {"target": "판.", "version": 99}
    given = {"x_token": token.encode().decode("latin-1")} if token else {}
    assert client.ask("PUT", path, body, **given)[0] == 403
    assert client.ask("PUT", path, body, authorization="Bearer nobody")[0] == 401
    for nothing in ("Bearer ", "Basic eDp4", "x"):
        assert client.ask("PUT", path, body, authorization=nothing)[0] == 403
    assert client.ask("PUT", path, body, authorization=f"Bearer {client.secret}")[0] == 409


def test_beyond_this_machine_a_key_is_needed(fresh):
    path = fresh / "keys.jsonl"
    with pytest.raises(UsageError, match="needs a key"):
        create_app(served.options(fresh, host="0.0.0.0", keys=path))  # noqa: S104
    secret = keys.add(path, "desk")
    assert secret not in path.read_text("utf-8")
    assert path.stat().st_mode & 0o077 == 0
    with served.serving(served.options(fresh, host="0.0.0.0", keys=path)) as client:  # noqa: S104
        body = {"source": "a", "target": "b", "target_lang": "ko"}
        bearer = f"Bearer {secret}"
        assert client.ask("GET", "/health")[0] == 200
        assert client.ask("GET", "/run")[0] == 401
        assert client.ask("GET", "/metrics")[0] == 401
        assert client.ask("POST", "/check", body)[0] == 401
        assert client.ask("POST", "/check", body, authorization="Bearer x")[0] == 401
        assert client.ask("POST", "/check", body, authorization=bearer)[0] == 200
        form = {"content_type": "application/x-www-form-urlencoded"}
        assert client.ask("POST", "/detect", "q=hi&api_key=x", **form)[0] == 401
        assert client.ask("POST", "/detect", f"q=hi&api_key={secret}", **form)[0] == 200
        status, _, headers = client.ask("GET", "/")
        assert (status, headers["location"]) == (303, "/login")
        assert client.ask("POST", "/login", "key=x", **form)[0] == 401
        status, _, headers = client.ask("POST", "/login", f"key={secret}", **form)
        cookie = headers["set-cookie"]
        assert status == 303
        assert "HttpOnly" in cookie
        assert "samesite=strict" in cookie.lower()
        status, page, _ = client.ask("GET", "/", cookie=cookie.partition(";")[0])
        assert (status, "<h1>Review</h1>" in page) == (200, True)


def test_a_key_is_of_one_name_and_can_be_taken_back(tmp_path):
    path = tmp_path / "keys.jsonl"
    secret = keys.add(path, "desk")
    assert keys.name_of(secret, keys.read(path)) == "desk"
    with pytest.raises(UsageError, match="there is a key"):
        keys.add(path, "desk")
    with pytest.raises(UsageError, match="no key of the name"):
        keys.remove(path, "others")
    keys.remove(path, "desk")
    assert keys.name_of(secret, keys.read(path)) is None
    path.write_text("{}\n", "utf-8")
    with pytest.raises(UsageError, match="line 1"):
        keys.read(path)


def test_nothing_secret_is_logged(client, caplog):
    caplog.set_level("INFO")
    form = {"content_type": "application/x-www-form-urlencoded"}
    client.ask("POST", "/detect?api_key=querysecret", "q=bodysecret&api_key=formsecret", **form)
    client.ask("GET", "/run/pathsecret", authorization="Bearer headsecret", cookie="a=cooksecret")
    assert "/detect" in caplog.text
    assert "secret" not in caplog.text


# --- pages ---------------------------------------------------------------------------------


class Elements(HTMLParser):
    """The elements of a page with their attributes, as a browser would find them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


def test_article_text_is_escaped_and_no_script_is_in_the_page(client):
    _, data, _ = client.ask("GET", "/run/articles")
    for one in data["articles"]:
        status, page, headers = client.ask("GET", f"/articles/{one['ref']}/ko")
        assert status == 200
        found = Elements(page).found
        assert [attributes for tag, attributes in found if tag == "script"] == [
            {"src": "/static/review.js", "defer": None}
        ]
        assert not {tag for tag, _ in found} & {"img", "style", "iframe", "object"}
        assert not [a for _, a in found if any(n == "style" or n.startswith("on") for n in a)]
        assert "Harbour &lt;b&gt;Post" in page
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert headers["x-content-type-options"] == "nosniff"
    assert client.ask("GET", "/static/review.js")[0] == 200
    for name in ("", "../app.py", "..%2Fapp.py", "app.py"):
        assert client.ask("GET", f"/static/{name}")[0] == 404


@pytest.mark.parametrize(
    ("header", "lang"),
    [
        ("", "en"),
        ("uk,en;q=0.5", "uk"),
        ("fr, ko-KR;q=0.8, en;q=0.7", "ko"),
        ("de", "en"),
        ("ko;q=x,uk;q=0.1", "uk"),
    ],
)
def test_the_pages_speak_the_language_of_the_browser(client, header, lang):
    assert choose(header) == lang
    _, page, _ = client.ask("GET", "/", accept_language=header)
    assert f'<html lang="{lang}">' in page
    assert f"<h1>{words(lang)('title')}</h1>" in page


def test_the_language_that_was_asked_for_stays(client):
    _, page, headers = client.ask("GET", "/?ui=uk")
    assert "<h1>Редагування</h1>" in page
    cookie = headers["set-cookie"].partition(";")[0]
    assert "<h1>Редагування</h1>" in client.ask("GET", "/", cookie=cookie)[1]
    assert "<h1>Review</h1>" in client.ask("GET", "/?ui=zz", cookie="ui=zz")[1]


def test_every_word_is_said_in_every_language_with_the_same_blanks():
    english = words("en").all(*words("en")._said)
    for lang in LANGS:
        said = words(lang).all(*english)
        assert {k: v.count("{}") for k, v in said.items()} == {
            k: v.count("{}") for k, v in english.items()
        }


def test_what_is_not_there_is_said_in_the_readers_language(client):
    for path in ("/articles/0000/ko", "/nothing", "/articles/0000/zz"):
        status, page, _ = client.ask("GET", path, accept="text/html", accept_language="ko")
        assert (status, "이 주소에는 아무것도 없습니다." in page) == (404, True)
    assert client.ask("GET", "/nothing")[1] == {"error": "Not Found"}
