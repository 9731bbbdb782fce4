"""How outlets sign, by outlet and language: what is found of it, and what is taken for it."""

from __future__ import annotations

import re
from itertools import islice
from pathlib import Path

import pytest

from toolkit import labels
from toolkit.schema import Article, Block, LabelKind, Span

FORMS = Path(__file__).parent / "forms"
LANGUAGES = sorted(path.stem for path in FORMS.glob("*.txt"))
KINDS: dict[str, LabelKind] = {"d": "dateline", "b": "byline", "c": "credit", "a": "attribution"}
_SIGNED = re.compile(r"\{([a-z]):([^{}]*)\}")
_EDGE = " .,;–—-"

Row = tuple[int, str, list[tuple[LabelKind, str]]]


def rows(lang: str) -> list[Row]:
    """The number of the outlet, the line and its labels."""
    table: list[Row] = []
    outlet = -1
    for line in (FORMS / f"{lang}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            outlet += 1
            continue
        signed = [(KINDS[m[1]], m[2]) for m in _SIGNED.finditer(line) if m[1] in KINDS]
        table.append((outlet, _SIGNED.sub(r"\2", line), signed))
    return table


def found(line: str) -> list[tuple[LabelKind, str]]:
    article = Article("a", "en", line, (Block("paragraph", Span(0, len(line))),))
    return [
        (m.kind, m.text.strip(_EDGE)) for m in labels.find(article) if m.kind not in labels.INLINE
    ]


def score(taken: list[Row]) -> tuple[int, int, int, list[str]]:
    """Labels there are, labels found, labels of those that are right; and what differs."""
    there = got = right = 0
    wrong = []
    for _, line, signed in taken:
        expected = [text.strip(_EDGE) for _, text in signed]
        shown = found(line)
        texts = [text for _, text in shown]
        hits = sum(text in texts for text in expected)
        there, got, right = there + len(expected), got + len(texts), right + hits
        if hits != len(expected) or len(texts) != len(expected):
            wrong.append(f"{line}  ->  {shown}")
    return there, got, right, wrong


def test_the_table_is_large_enough() -> None:
    assert sum(len(rows(lang)) for lang in LANGUAGES) >= 300
    assert len(LANGUAGES) >= 12


@pytest.mark.parametrize("half", [0, 1], ids=["tuned on", "scored only"])
def test_forms_are_found(half: int) -> None:
    """Outlets by turns: one is tuned on, the next only scored."""
    taken = [row for lang in LANGUAGES for row in rows(lang) if row[0] % 2 == half]
    there, got, right, wrong = score(taken)
    said = f"recall {right}/{there}, precision {right}/{got}\n" + "\n".join(islice(wrong, 60))
    assert right >= 0.92 * there, said
    assert right >= 0.92 * got, said  # with other edges than a person would draw


if __name__ == "__main__":  # python -m tests.test_label_forms [LANG]: the figures and the faults
    import sys

    for code in sys.argv[1:] or LANGUAGES:
        for side in (0, 1):
            part = [row for row in rows(code) if row[0] % 2 == side]
            total, marked, fine, faults = score(part)
            sys.stdout.write(f"{code} half {side}: {fine}/{total} found, {marked} marked\n")
            if side == 0:
                sys.stdout.write("".join(f"    {fault}\n" for fault in faults))
