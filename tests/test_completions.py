"""What the shell offers when somebody presses Tab."""

from __future__ import annotations

import pytest

from tests.commands import toolkit


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("translate --lang u", "uk"),
        ("translate --lang f", "fr"),
        ("translate --engine c", "chat:"),
        ("run --model firefox-en-uk", "firefox-en-uk-base-memory"),
        ("models fetch firefox-en-uk", "firefox-en-uk-base-memory"),
        ("check --ignore number/o", "number/omission"),
        ("translate --format xliff1", "xliff12"),
        ("ini", "init"),
    ],
)
def test_the_shell_is_told_what_fits(words, offered, tmp_path, monkeypatch):
    monkeypatch.setenv("_TOOLKIT_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", f"toolkit {words}")
    monkeypatch.setenv("COMP_CWORD", str(len(words.split())))
    found = toolkit(cwd=tmp_path).stdout.decode().split()
    assert offered in found
    assert all(word.startswith(words.split()[-1]) for word in found)
