"""Full languages, read from folders of TOML: `data/<code>/<file>.toml`.

A file fills one record of `base`; a key is a field of it. Text is a table in the notation of
`base`, in which a line that opens with `# ` is a comment. A set or tuple of words is an array,
or a text of words between spaces. What a folder lacks has the record's default.
"""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from toolkit.errors import InputError
from toolkit.lang.base import (
    FactRules,
    LabelRules,
    MeaningRules,
    NameRules,
    OutputRules,
    Pack,
    ScriptRules,
    SentenceRules,
    SummaryRules,
    WritingRules,
)

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Record = TypeVar("Record", bound="DataclassInstance")

DATA = Path(__file__).parent / "data"
_FIRST = "en"  # of languages that fit alike, such as for a short headline


def codes() -> tuple[str, ...]:
    """The languages that have a folder: English, then by code."""
    found = (path.name for path in DATA.iterdir() if (path / "language.toml").is_file())
    return tuple(sorted(found, key=lambda code: (code != _FIRST, code)))


def label_rules() -> tuple[LabelRules, ...]:
    """The label words of every language that has some, also of those without a full pack."""
    found = sorted(path.parent.name for path in DATA.glob("*/labels.toml"))
    return tuple(record(code, "labels", LabelRules) for code in found)


def files(code: str) -> tuple[Path, ...]:
    """The files of a language that has a folder."""
    return tuple(sorted((DATA / code).glob("*.toml")))


def load(code: str) -> Pack:
    """The pack of a language that has a folder. 2 to 4 ms: callers keep it.

    Raises InputError for a key that no record has, or a value of another kind.
    """
    about = _read(code, "language")
    script = about.pop("script", {})
    where = f"{code}/language.toml"
    if unknown := sorted(set(about) - {"name", "own_name"}):
        raise _unknown(where, unknown[0], ("name", "own_name", "script"))
    return Pack(
        code=code,
        name=str(about["name"]),
        own_name=str(about["own_name"]),
        sentences=record(code, "sentences", SentenceRules),
        labels=record(code, "labels", LabelRules),
        summaries=record(code, "summary", SummaryRules),
        facts=record(code, "facts", FactRules),
        names=record(code, "names", NameRules),
        output=record(code, "output", OutputRules),
        script=filled(ScriptRules, script, where),
        meanings=record(code, "meanings", MeaningRules),
        writing=record(code, "writing", WritingRules),
    )


def record(code: str, file: str, kind: type[Record]) -> Record:
    """One file of a language as a record, with the defaults of what it does not say."""
    return filled(kind, _read(code, file), f"{code}/{file}.toml")


def words(code: str, part: str) -> dict[str, str]:
    """What the pages say in a language: one table of `pages.toml`, empty if there is none."""
    return {key: str(text) for key, text in _read(code, "pages").get(part, {}).items()}


def _read(code: str, file: str) -> dict[str, Any]:
    path = DATA / code / f"{file}.toml"
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as exc:
        raise InputError(f"{path}: not TOML in UTF-8: {exc}") from exc


def filled(kind: type[Record], values: Mapping[str, Any], where: str) -> Record:
    """A record of what a file says; `where` names the file in errors."""
    known = {each.name: str(each.type) for each in fields(kind)}
    for name in values:
        if name not in known:
            raise _unknown(where, name, tuple(known))
    return kind(**{name: _value(v, known[name], f"{where}: {name}") for name, v in values.items()})


def _value(value: object, kind: str, where: str) -> object:
    if kind == "str" and isinstance(value, str):
        return value if "# " not in value else _uncommented(value)
    if kind.startswith(("frozenset", "tuple")) and isinstance(value, (str, list)):
        words = _uncommented(value).split() if isinstance(value, str) else value
        if all(isinstance(word, str) for word in words):
            return frozenset(words) if kind.startswith("frozenset") else tuple(words)
    if kind == "bool" and isinstance(value, bool):
        return value
    if kind in ("int", "float") and isinstance(value, (int, float)) and not isinstance(value, bool):
        return value
    raise InputError(f"{where} must be {_KINDS.get(kind, 'words')}, found {value!r:.60}")


_KINDS = {"str": "text", "bool": "true or false", "int": "a number", "float": "a number"}


def _uncommented(text: str) -> str:
    return "\n".join(line for line in text.split("\n") if not line.lstrip().startswith("# "))


def _unknown(where: str, name: str, known: tuple[str, ...]) -> InputError:
    near = difflib.get_close_matches(name, known, n=1)
    return InputError(
        f"{where}: no key {name!r}", hint=f"did you mean {near[0]!r}?" if near else ""
    )
