"""A run goes out into another tool and comes home: reviews, outputs, memory, next run."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.commands import toolkit
from toolkit import runs
from toolkit.memory import open_memory

SOURCES = ("The ferry waited.", "Some 10,000 people came.", "It sailed at 8:46 p.m.")
KOREAN = ("여객선은 기다렸다.", "약 1만 명이 왔다.", "오후 8시 46분에 떠났다.")
FORMS = {"xliff": "a.xlf", "xliff12": "a.xlf", "csv": "a.csv", "tmx": "a.tmx"}


@pytest.fixture
def place(tmp_path: Path, made: Path) -> Path:
    """A copy of that folder, in which paths of the first one are its own."""
    place = tmp_path / "place"
    shutil.copytree(made, place)
    edit(place / "out" / "inputs.json", str(made), str(place))
    return place


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with settings, a memory, and a run of one article into Korean."""
    tmp_path = tmp_path_factory.mktemp("made")
    (tmp_path / "toolkit.toml").write_text(
        'memory = "own.sqlite"\nmemories = ["known.tmx"]\nlangs = ["ko"]\ninputs = ["in"]\n'
    )
    units = "".join(
        f'<tu><tuv xml:lang="en"><seg>{s}</seg></tuv><tuv xml:lang="ko"><seg>{t}</seg></tuv></tu>'
        for s, t in zip(SOURCES, KOREAN, strict=True)
    )
    head = '<tmx version="1.4"><header srclang="en"/><body>'
    (tmp_path / "known.tmx").write_text(f"{head}{units}</body></tmx>", "utf-8")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "ferry.txt").write_text("\n\n".join(SOURCES))
    done = toolkit("run", "--out", "out", "--sentences", "1", "--quiet", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    return tmp_path


def export(place: Path, form: str) -> Path:
    done = toolkit("export", "out", "--format", form, cwd=place)
    assert done.returncode == 0, done.stderr
    path = place / FORMS[form]
    path.write_bytes(done.stdout)
    return path


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def merge(place: Path, *files: str, code: int = 0) -> dict:
    done = toolkit("merge", "out", *files, "--json", cwd=place)
    assert done.returncode == code, done.stderr
    return json.loads(done.stdout)


def targets(place: Path) -> list[tuple[str, str, str]]:
    line = (place / "out" / "results.jsonl").read_text("utf-8")
    (translation,) = json.loads(line)["translations"]
    return [(u["target"], u["state"], u["origin"]) for u in translation["units"]]


def bytes_of(place: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(place)): path.read_bytes()
        for path in sorted((place / "out").rglob("*"))
        if path.is_file() and path.stat().st_size
    }


@pytest.mark.parametrize("form", FORMS)
def test_what_was_not_edited_changes_nothing(place, form):
    before = bytes_of(place)
    told = merge(place, export(place, form).name)
    assert (told["edited"], told["approved"], told["unchanged"]) == (0, 0, 3)
    assert bytes_of(place) == before


@pytest.mark.parametrize("form", FORMS)
def test_an_edit_comes_home_into_outputs_and_memory(place, form):
    path = export(place, form)
    edit(path, "여객선은 기다렸다.", "여객선이 기다렸다.")
    assert merge(place, path.name)["edited"] == 1
    assert targets(place)[0] == ("여객선이 기다렸다.", "reviewed", "review")
    assert "여객선이 기다렸다." in (place / "out/articles/ferry.ko.md").read_text("utf-8")
    with open_memory(place / "own.sqlite", read_only=True) as memory:
        found = memory.lookup(SOURCES[0], "en", "ko")
        assert found is not None
        assert found.target == "여객선이 기다렸다."


def test_what_came_home_is_used_by_the_next_run_and_is_old_news_the_second_time(place):
    path = export(place, "xliff")
    edit(path, "여객선은 기다렸다.", "여객선이 기다렸다.")
    merge(place, path.name)
    assert merge(place, path.name)["unchanged"] == 3
    done = toolkit("translate", "in/ferry.txt", "--lang", "ko", "--quiet", cwd=place)
    assert "여객선이 기다렸다." in done.stdout.decode()


def test_an_edit_with_a_wrong_number_comes_home_and_is_found(place):
    path = export(place, "xliff")
    edit(path, "약 1만 명이", "약 2만 명이")
    done = toolkit("merge", "out", path.name, cwd=place)
    assert done.returncode == 7
    assert b"1 error" in done.stderr


@pytest.mark.parametrize(
    ("form", "old", "new"),
    [
        ("xliff", 'state="translated"', 'state="reviewed"'),
        ("xliff", 'state="translated"', 'state="final"'),
        ("xliff12", 'state="needs-review-translation"', 'state="signed-off"'),
        ("xliff12", '<trans-unit id="s1"', '<trans-unit approved="yes" id="s1"'),
        ("csv", ",translated,", ",Reviewed,"),
        ("tmx", ">translated<", ">final<"),
    ],
)
def test_a_text_that_was_approved_as_it_stands_is_reviewed(place, form, old, new):
    path = export(place, form)
    edit(path, old, new)
    assert merge(place, path.name)["approved"] >= 1
    assert targets(place)[0] == (KOREAN[0], "reviewed", "memory 100 %")


def test_an_edit_that_is_still_initial_waits_and_is_named(place):
    path = export(place, "xliff")
    edit(path, 'state="translated"', 'state="initial"')
    edit(path, "기다렸다", "기다")
    told = merge(place, path.name, code=3)
    assert [left["why"] for left in told["left"]] == ["unfinished"]
    assert targets(place)[0][0] == KOREAN[0]
    done = toolkit("merge", "out", path.name, "--all", cwd=place)
    assert done.returncode == 0
    assert targets(place)[0][0] == "여객선은 기다."


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("The ferry waited.", "The ferry left.", "stale"),
        ('id="s1"', 'id="s9"', "unknown"),
        ('trgLang="ko"', 'trgLang="uk"', "unknown"),
        ('original="ferry"', 'original="other" x="', None),
    ],
)
def test_what_does_not_belong_to_the_run_is_named_and_the_rest_is_taken(place, old, new, why):
    path = export(place, "xliff")
    edit(path, KOREAN[2], "저녁 8시 46분에 떠났다.")
    if why is None:  # the article's name is lost: the sentence itself tells
        edit(path, ' original="ferry"', "")
        assert merge(place, path.name)["edited"] == 1
        return
    edit(path, old, new)
    told = merge(place, path.name, code=3)
    assert {left["why"] for left in told["left"]} == {why}
    assert told["edited"] == (0 if "trgLang" in old else 1)
    done = toolkit("merge", "out", path.name, cwd=place)
    assert b"not taken: " in done.stderr


def test_of_two_edits_of_one_sentence_the_second_is_refused_with_both_shown(place):
    first, second = export(place, "xliff"), place / "b.xlf"
    second.write_bytes(first.read_bytes())
    edit(first, KOREAN[0], "배가 기다렸다.")
    edit(second, KOREAN[0], "선박이 기다렸다.")
    merge(place, first.name)
    told = merge(place, second.name, code=3)
    (left,) = told["left"]
    assert (left["why"], left["target"], left["found"]) == (
        "conflict",
        "선박이 기다렸다.",
        "배가 기다렸다.",
    )
    assert targets(place)[0][0] == "배가 기다렸다."
    done = toolkit("merge", "out", second.name, "--force", "--by", "Ann", cwd=place)
    assert done.returncode == 0
    assert targets(place)[0][0] == "선박이 기다렸다."
    assert '"by":"Ann"' in (place / "out" / "reviews.jsonl").read_text("utf-8")


def test_an_old_file_does_not_undo_an_edit_even_by_force(place):
    old, new = export(place, "xliff"), place / "b.xlf"
    new.write_bytes(old.read_bytes())
    edit(new, KOREAN[0], "배가 기다렸다.")
    merge(place, new.name)
    done = toolkit("merge", "out", old.name, "--force", cwd=place)
    assert done.returncode == 0
    assert targets(place)[0][0] == "배가 기다렸다."
    edit(old, 'state="translated"', 'state="final"')  # somebody approved what we have left
    assert [left["why"] for left in merge(place, old.name, code=3)["left"]] == ["conflict"]


def test_two_files_at_once_cross_in_the_same_way(place):
    first, second = export(place, "xliff"), place / "b.xlf"
    second.write_bytes(first.read_bytes())
    edit(first, KOREAN[0], "배가 기다렸다.")
    edit(second, KOREAN[0], "선박이 기다렸다.")
    told = merge(place, "a.xlf", "b.xlf", code=3)
    assert (told["edited"], [left["why"] for left in told["left"]]) == (1, ["conflict"])


def test_a_file_whose_tool_dropped_our_marks_still_comes_home(place):
    path = export(place, "csv")
    rows = [line.split(",") for line in path.read_text("utf-8").removeprefix("\ufeff").splitlines()]
    at = [rows[0].index(name) for name in ("source", "target", "target_lang")]
    table = "\n".join(
        ";".join('"' + ",".join([row[i]]).strip('"') + '"' for i in at)
        for row in rows
        if len(row) == len(rows[0])
    )
    path.write_text(table.replace(KOREAN[0], "배가 기다렸다."), "utf-8")
    assert merge(place, path.name)["edited"] == 1
    # Once more: nothing says whether it is older than what a person decided since.
    edit(path, "배가 기다렸다.", "그 배가 기다렸다.")
    assert merge(place, path.name, code=3)["left"][0]["why"] == "conflict"


def test_a_damaged_file_is_named_and_the_others_are_taken(place):
    path = export(place, "xliff")
    edit(path, KOREAN[0], "배가 기다렸다.")
    (place / "bad.xlf").write_text("<xliff version='1.2'><file>")
    told = merge(place, "bad.xlf", path.name, code=3)
    assert told["edited"] == 1
    assert "bad.xlf: line 1" in told["errors"][0]


def test_a_run_that_another_process_holds_is_left_alone(place):
    path = export(place, "xliff")
    with runs.Journal(place / "out", runs.read_plan(place / "out")):
        done = toolkit("merge", "out", path.name, cwd=place)
    assert done.returncode == 6
    assert b"another process" in done.stderr


def test_what_was_reviewed_goes_out_as_reviewed_and_only_that_is_imported(place):
    path = export(place, "xliff")
    edit(path, KOREAN[0], "배가 기다렸다.")
    merge(place, path.name)
    again = export(place, "xliff12")
    assert 'state="signed-off"' in again.read_text("utf-8")
    done = toolkit("memory", "import", again.name, "--memory", "m.sqlite", cwd=place)
    assert done.returncode == 0
    assert b"1 new unit" in done.stderr
    assert b"2 units left out (2 translated): --all" in done.stderr
    done = toolkit("memory", "import", "--all", again.name, "--memory", "m.sqlite", cwd=place)
    assert b"2 new units; m.sqlite holds 3" in done.stderr
    with open_memory(place / "m.sqlite", read_only=True) as memory:
        unit = next(memory.units())
        assert dict(unit.props)["x-article"] == "ferry"
    table = export(place, "csv")
    done = toolkit("memory", "import", table.name, "--memory", "n.sqlite", cwd=place)
    assert b"1 new unit;" in done.stderr


def test_export_says_which_languages_a_run_has(place):
    done = toolkit("export", "out", "--lang", "uk", cwd=place)
    assert done.returncode == 2
    assert b"languages of the run: ko" in done.stderr
    done = toolkit("export", "out", "--out", "files", cwd=place)
    assert [p.name for p in (place / "files").iterdir()] == ["ferry.ko.xlf"]
    assert merge(place, "files")["unchanged"] == 3
