"""Write the tables of docs/checks.md from the codes and rules: `python docs/make_checks.py`."""

from __future__ import annotations

import re
from pathlib import Path

from toolkit.checks import registry

PAGE = Path(__file__).with_name("checks.md")
TABLES = {
    "code": {code: registry.describe(code) for code in registry.CODES},
    "rule": {rule.name: rule.words for rule in registry.RULES},
}


def page() -> str:
    """The page with its tables as they must be."""
    text = PAGE.read_text("utf-8")
    for name, rows in TABLES.items():
        lines = "".join(f"| `{row}` | {words} |\n" for row, words in rows.items())
        head = rf"(\| {name} \| [^\n]*\n\| --- \| --- \|\n)"
        before, start, rest = re.split(head, text, maxsplit=1)
        text = before + start + lines + re.sub(r"\A(?:\|[^\n]*\n)*", "", rest)
    return text


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
