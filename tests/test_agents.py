"""The tools for agents, asked by the protocol's own client."""

from __future__ import annotations

import asyncio
import json
import sys
from contextlib import ExitStack

import pytest

from toolkit import agents
from toolkit.config import Settings
from toolkit.errors import InputError

pytest.importorskip("mcp", reason="needs the extra mcp")


def asked(cwd, *calls):
    """The tools that a server offers, and the answers to calls, over standard input and output."""
    from mcp import ClientSession, StdioServerParameters, stdio_client

    async def talk():
        server = StdioServerParameters(
            command=sys.executable, args=["-m", "toolkit", "mcp", "--engine", "memory"], cwd=cwd
        )
        async with stdio_client(server) as streams, ClientSession(*streams) as session:
            await session.initialize()
            offered = await session.list_tools()
            return offered.tools, [await session.call_tool(*call) for call in calls]

    return asyncio.run(asyncio.wait_for(talk(), 60))


@pytest.mark.slow
def test_an_agent_has_figures_checked_and_is_told_what_is_wrong(tmp_path):
    pair = {"source": "It cost $4m.", "target": "비용은 500만 달러였다.", "target_lang": "ko"}
    article = "The ferry left Port Ellery on Monday. It cost $4m. Nobody was hurt, police said."
    offered, (checked, chosen, refused) = asked(
        tmp_path,
        ("check", pair),
        ("summarize", {"text": article, "sentences": 1}),
        ("translate", {"text": article, "target_lang": "klingon"}),
    )
    assert {tool.name for tool in offered} == {
        *("check", "translate", "summarize", "read_facts", "digest"),
    }
    (finding,) = json.loads(checked.content[0].text)["findings"]
    assert finding["code"] == "money/mistranslation"
    assert json.loads(chosen.content[0].text)["sentences"][0]["text"] in article
    assert refused.is_error
    assert "klingon" in refused.content[0].text


def tool(name):
    with ExitStack() as stack:
        found = {one.__name__: one for one in agents.tools(Settings(engine="memory"), stack)}
    return found[name]


def test_a_digest_takes_texts_and_no_other_key():
    text = "Ferry Grey Heron hit the quay in Port Ellery. {} people were hurt, Ida Moss said."
    articles = [
        {"text": text.format(number), "outlet": outlet, "lang": "en"}
        for number, outlet in ((12, "Harbour Post"), (17, "Northern Wire"))
    ]
    made = tool("digest")(articles)
    assert "Harbour Post" in made
    assert "12" in made
    assert "17" in made
    with pytest.raises(InputError, match="unknown: path"):
        tool("digest")([{"path": "/etc/passwd"}, {"text": "a"}])
    with pytest.raises(InputError, match="2 to 50 articles"):
        tool("digest")(articles[:1])


def test_facts_are_told_as_values():
    found = tool("read_facts")("It cost $4m on 9 January 2025.")["facts"]
    assert [(fact["kind"], fact["unit"]) for fact in found] == [("money", "USD"), ("date", "")]


def test_a_text_without_end_is_refused():
    with pytest.raises(InputError, match="at most"):
        tool("check")("a" * 300_000, "b", "ko")
