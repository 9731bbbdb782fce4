"""News in six directions: silence on right translations, and what is said of wrong ones."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from toolkit import checks

TABLE = Path(__file__).with_name("newsroom.txt")


def rows() -> Iterator[tuple[str, str, str, str, list[str]]]:
    langs = ["", ""]
    source = ""
    for line in TABLE.read_text("utf-8").splitlines():
        if line.startswith("##"):
            langs = line.split()[1:]
        elif not line.startswith(" "):
            source = line
        else:
            target, _, kinds = line.partition("=>")
            yield langs[0], langs[1], source, target.strip(), kinds.split()


@pytest.mark.parametrize(("source_lang", "lang", "source", "target", "kinds"), list(rows()))
def test_a_newsroom_translation(source_lang, lang, source, target, kinds):
    findings = checks.check_pair(source, target, source_lang, lang).findings
    assert sorted({f.kind for f in findings if f.severity != "info"}) == kinds
