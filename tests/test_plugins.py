"""A stranger's engine and reader work by name; the example package is what is tried."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest

from tests.commands import toolkit
from toolkit import checks, engines, formats, package, pipeline
from toolkit.errors import UnsupportedError, UsageError
from toolkit.schema import Article, Block, Plan, Request, Span
from toolkit.terms import Termbase
from toolkit.testing import check_engine

EXAMPLE = Path(__file__).parents[1] / "examples" / "plugins"
MAIL = """From: Harbour Authority <press@harbour.example>
Subject: The harbour opens again
Content-Type: text/plain; charset=utf-8

The harbour of Odesa opens on 9 January. It cost $4m.
"""


def install(site: Path, points: dict[str, dict[str, str]], monkeypatch) -> None:
    """As an installer does: a folder that says what the package offers."""
    info = site / "example-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: example\nVersion: 1.0\n", "utf-8")
    lines = []
    for group, names in points.items():
        lines += [f"[{group}]", *(f"{name} = {value}" for name, value in names.items())]
    (info / "entry_points.txt").write_text("\n".join(lines) + "\n", "utf-8")
    monkeypatch.syspath_prepend(str(site))


@pytest.fixture
def example(tmp_path, monkeypatch):
    project = tomllib.loads((EXAMPLE / "pyproject.toml").read_text("utf-8"))["project"]
    monkeypatch.syspath_prepend(str(EXAMPLE))
    install(tmp_path / "site", project["entry-points"], monkeypatch)


def test_the_examples_engine_works_by_name_and_keeps_the_contract(example):
    engine = engines.load("pseudo")
    assert "pseudo 1" in engine.signature
    check_engine(engine, [Request("Rain fell on ⟦0⟧.", "en", "de", keep=("@a",))])


def test_its_name_is_told_with_the_known_ones(example):
    with pytest.raises(UsageError) as caught:
        engines.load("pseud")
    assert "pseudo" in caught.value.hint


def test_the_command_line_takes_both(example, tmp_path):
    mails = tmp_path / "mails"
    mails.mkdir()
    (mails / "release.eml").write_text(MAIL, "utf-8")
    (mails / "picture.png").write_bytes(b"\x89PNG")
    done = toolkit("translate", "mails", "--lang", "de", "--engine", "pseudo", cwd=tmp_path)
    text = done.stdout.decode()
    assert "ópéns ón 9 Jánúárý" in text
    assert "Harbour Authority" in text
    (article,) = formats.read([mails])
    assert (article.id, article.metadata.title) == ("release", "The harbour opens again")


def test_its_check_finds_under_its_own_code_and_can_be_ignored(example, tmp_path):
    (tmp_path / "a.txt").write_text("It cost $4m.", "utf-8")
    (tmp_path / "b.txt").write_text("Es kostete  4 Millionen Dollar.", "utf-8")
    args = ("check", "a.txt", "b.txt", "--lang", "de", "--level", "info", "--json")
    found = toolkit(*args, cwd=tmp_path)
    assert found.returncode == 0, found.stderr
    assert b'"double_space/addition"' in found.stdout
    ignored = toolkit(*args, "--ignore", "double_space", cwd=tmp_path)
    assert json.loads(ignored.stdout)["findings"] == []
    sarif = toolkit(*args[:-1], "--format", "sarif", cwd=tmp_path)
    assert b"double_space/addition" in sarif.stdout
    said = toolkit(*args[:-1], cwd=tmp_path)
    assert b"double_space/addition" in said.stdout


def test_a_check_is_part_of_the_key(tmp_path, monkeypatch):
    article = Article("a", "en", "Rain.", (Block("paragraph", Span(0, 5)),))
    given = (article, Plan(langs=("de",)), engines.load("memory"), Termbase())
    before = pipeline.key(*given)
    install(tmp_path / "site", {"toolkit.checks": {"brands": "nothing:look"}}, monkeypatch)
    assert pipeline.key(*given) != before


def test_a_check_that_fails_is_named(tmp_path, monkeypatch):
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "failing_plugin.py").write_text("def look(*texts): 1 / 0", "utf-8")
    install(tmp_path / "site", {"toolkit.checks": {"odd": "failing_plugin:look"}}, monkeypatch)
    with pytest.raises(UnsupportedError, match="the check 'odd' of an installed package failed"):
        checks.check_pair("Rain.", "Regen.", "en", "de")


def test_a_plug_in_that_is_broken_is_named(tmp_path, monkeypatch):
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "broken_plugin.py").write_text("1 / 0", "utf-8")
    install(tmp_path / "site", {"toolkit.engines": {"bad": "broken_plugin:load"}}, monkeypatch)
    with pytest.raises(UsageError) as caught:
        engines.load("bad:x")
    assert caught.value.message.startswith("the plug-in example cannot be loaded: ZeroDivision")


def test_our_own_names_stay_ours(tmp_path, monkeypatch):
    points = {"toolkit.engines": {"memory": "nothing:load"}}
    install(tmp_path / "site", points, monkeypatch)
    assert engines.load("memory:").signature == engines.load("memory").signature
    assert package.plugins("engines") == ("memory",)
