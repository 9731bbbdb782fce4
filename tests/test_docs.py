"""The documents say what is true: the commands, the examples, the links."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import pytest

from toolkit import checks

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), ROOT / "samples" / "README.md"])


def test_the_command_line_page_is_what_the_commands_say():
    spec = importlib.util.spec_from_file_location("make_cli", ROOT / "docs" / "make_cli.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert (ROOT / "docs" / "cli.md").read_text("utf-8") == module.page()
    assert (ROOT / "docs" / "toolkit.1").read_text("utf-8") == module.manual()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_somewhere(page):
    links = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text("utf-8"))
    missing = [link for link in links if "://" not in link and not (page.parent / link).exists()]
    assert missing == []


@pytest.mark.parametrize("page", ["README.md", "docs/python.md"])
def test_the_examples_in_python_run(page, tmp_path, monkeypatch, capsys):
    text = (ROOT / page).read_text("utf-8")
    (tmp_path / "article.txt").write_text(
        "The ferry left on Monday. It cost $4m to build. The mayor of Port Ellery was on board."
    )
    monkeypatch.chdir(tmp_path)
    for code in re.findall(r"```python\n(.*?)```", text, re.DOTALL):
        exec(compile(code, page, "exec"), {})  # noqa: S102  our own example
    assert capsys.readouterr().out.startswith("error money/mistranslation $4m → 500만 달러\n")


def test_the_spoiled_sentence_of_the_readme_gives_what_it_says():
    text = (ROOT / "README.md").read_text("utf-8")
    source, target = re.findall(r"^> (.*)$", text, re.MULTILINE)[:2]
    shown = re.findall(r"^(error) +(\S+) +(.*) → (.*)$", text, re.MULTILINE)
    found = checks.check_pair(source.replace("**", ""), target.replace("**", ""), "en", "ko")
    assert [(f.severity, f.code, f.expected, f.found) for f in found.findings] == shown
