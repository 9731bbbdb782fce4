"""Languages as folders of data: what a wrong file is told, and what the right ones hold."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import toolkit
from toolkit import lang
from toolkit.errors import InputError
from toolkit.lang import loader


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An empty data folder with one language in it."""
    monkeypatch.setattr(loader, "DATA", tmp_path)
    (tmp_path / "xx").mkdir()
    (tmp_path / "xx" / "language.toml").write_text('name = "Xish"\nown_name = "Ix"\n', "utf-8")
    return tmp_path / "xx"


def test_a_folder_is_a_language(folder):
    assert loader.codes() == ("xx",)
    (folder / "facts.toml").write_text(
        "decimal = ','\nmonths = '''\n# the first two\n1: unu\n2: du\n'''\n", "utf-8"
    )
    (folder / "labels.toml").write_text(
        "credit_words = 'foto bild'\ncredit_by = ['von der', 'von']", "utf-8"
    )
    pack = loader.load("xx")
    assert (pack.code, pack.name, pack.level) == ("xx", "Xish", "full")
    assert pack.facts.months.split("\n") == ["1: unu", "2: du", ""]
    assert pack.labels.credit_words == {"foto", "bild"}
    assert pack.labels.credit_by == {"von der", "von"}


@pytest.mark.parametrize(
    ("file", "text", "message", "hint"),
    [
        ("facts", "month = ''", "xx/facts.toml: no key 'month'", "did you mean 'months'?"),
        ("facts", "dotted_dates = 'yes'", "xx/facts.toml: dotted_dates must be true or false", ""),
        ("facts", "months = 12", "xx/facts.toml: months must be text, found 12", ""),
        ("names", "surname = true", "xx/names.toml: surname must be a number, found True", ""),
        ("labels", "credit_by = [1]", "xx/labels.toml: credit_by must be words, found [1]", ""),
        ("facts", "months = '", "not TOML in UTF-8", ""),
    ],
)
def test_a_wrong_file_is_named(folder, file, text, message, hint):
    (folder / f"{file}.toml").write_text(text, "utf-8")
    with pytest.raises(InputError) as caught:
        loader.load("xx")
    assert message in caught.value.message
    assert caught.value.hint == hint


def test_english_is_first_as_short_headlines_fall_to_the_first():
    assert lang.CODES[0] == "en"
    assert list(lang.CODES[1:]) == sorted(lang.CODES[1:])


def test_no_file_lies_unread():
    known = {
        "language", "sentences", "labels", "summary", "facts", "names", "output", "meanings",
        "writing", "digest", "pages", "probes", "cues",
    }  # fmt: skip
    for code in lang.CODES:
        assert {path.name for path in (loader.DATA / code).iterdir()} <= {
            f"{file}.toml" for file in known
        }


@pytest.mark.parametrize("code", [code for code in lang.CODES if lang.digest(code).alike])
def test_what_digests_compare_has_the_names_that_english_has(code):
    def said(table: str, code: str) -> set[str]:
        lines = getattr(lang.digest(code), table).strip().splitlines()
        return {line.partition(":")[0] for line in lines}

    for table in ("alike", "roles"):
        assert said(table, code) <= said(table, "en")


@pytest.mark.parametrize("part", ["digest", "review"])
def test_words_of_pages_have_the_blanks_that_english_has(part):
    english = lang.words("en", part)
    for code in lang.CODES:
        said = loader.words(code, part)
        assert set(said) <= set(english)
        assert {k: v.count("{}") for k, v in said.items()} == {
            k: english[k].count("{}") for k in said
        }


SOURCES = Path(toolkit.__file__).parent


# Tables of many languages, each told from its neighbours, which stand together.
TOGETHER = {SOURCES / "formats" / name for name in ("languages.py", "legacy.py")}


@pytest.mark.parametrize(
    "path",
    [
        path
        for path in SOURCES.rglob("*.py")
        if "lang" not in path.relative_to(SOURCES).parts and path not in TOGETHER
    ],
)
def test_no_other_file_asks_which_language_it_is(path):
    """Neither `lang == "ko"` nor a list of languages: what differs lies with the language."""
    codes = set(lang.CODES)
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Compare):
            parts = [node.left, *node.comparators]
        elif isinstance(node, (ast.Tuple, ast.List, ast.Set)):
            parts = node.elts if len(node.elts) > 1 else []
        elif isinstance(node, ast.Dict):
            parts = [key for key in node.keys if key]
        elif isinstance(node, ast.MatchValue):
            parts = [node.value]
        else:
            continue
        named = [p.value for p in parts if isinstance(p, ast.Constant) and p.value in codes]
        # A message may name the pivot: (lang, "en").
        assert not named or named == ["en"], f"{path}:{node.lineno} names {named}"
