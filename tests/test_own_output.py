"""A run over a folder does not read what runs wrote into it."""

from __future__ import annotations

from pathlib import Path

from toolkit import formats

PROSE = "The ferry ran aground on Wednesday, and nobody was hurt, the captain said."


def test_run_directories_and_the_folder_of_the_output_are_left_out_and_said(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(PROSE)
    for name, inside in (("run", "journal.jsonl"), ("out", "a.ko.md"), ("sub", "b.txt")):
        (tmp_path / name / "more").mkdir(parents=True)
        (tmp_path / name / inside).write_text(PROSE)
        (tmp_path / name / "more" / f"{name}.txt").write_text(PROSE)
    said: list[tuple[str, str]] = []
    found = formats.read(
        [tmp_path],
        lang="en",
        without=[tmp_path / "out"],
        skipped=lambda path, why: said.append((path.name, why)),
    )
    assert [item.source for item in found] == ["a.txt", "b.txt", "sub.txt"]
    assert said == [("out", "the output goes there"), ("run", "it is a run directory")]
    assert formats.count([tmp_path], [tmp_path / "out"]) == 3


def test_a_folder_that_is_named_is_read_whatever_it_is(tmp_path: Path) -> None:
    (tmp_path / "journal.jsonl").write_text("")
    (tmp_path / "a.txt").write_text(PROSE)
    assert [item.source for item in formats.read([tmp_path], lang="en")] == ["a.txt"]
