"""`models.lock`: the TOML file, read strictly and changed one entry at a time.

A `[model.ID]` table is one entry. What many entries share stands once, in a `[shared.NAME]`
table that they name with `like = "NAME"`. A language is written `ko`, or `ko=kor_Hang` where
the model has a name of its own for it; `languages` are both `sources` and `targets`.
"""

from __future__ import annotations

import json
import os
import re
import tomllib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, fields, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from toolkit.errors import InputError, ModelMissing
from toolkit.lang import code_of
from toolkit.models.entries import Code, Decoding, Entry, Family, File, Score, Task, Verified
from toolkit.schema import decode

FILE = "models.lock"
SHIPPED = Path(__file__).with_name(FILE)
FORMAT = 1


@dataclass(frozen=True, slots=True)
class Lock:
    """All models that may be used, those listed first preferred where nothing else decides.

    `path` is the file that changes are written to, `None` if that is the user's own.
    """

    entries: tuple[Entry, ...]
    path: Path | None = None

    def entry(self, id_: str) -> Entry:
        """The entry of this name; ModelMissing, with the nearest names, if there is none."""
        found = next((entry for entry in self.entries if entry.id == id_), None)
        if found is None:
            from difflib import get_close_matches

            near = get_close_matches(id_, [entry.id for entry in self.entries], n=3)
            raise ModelMissing(
                f"no model is called {id_!r} in models.lock",
                hint=f"did you mean {', '.join(near)}?" if near else "toolkit models list --all",
            )
        return found

    def candidates(
        self,
        source_lang: str,
        target_lang: str,
        task: Task = "translate",
        *,
        allow_noncommercial: bool = False,
    ) -> tuple[Entry, ...]:
        """The models for a pair of languages, best first; for a summary both are the same.

        Models that may be used commercially come before others (which are left out unless
        allowed), those of Firefox before larger ones, then by published COMET, then as listed.
        """
        source, target = code_of(source_lang) or source_lang, code_of(target_lang) or target_lang
        fit = [
            entry
            for entry in self.entries
            if entry.task == task
            and (entry.commercial or allow_noncommercial)
            and (
                entry.serves(source, target)
                if task == "translate"
                else source == target and entry.source_code(source) is not None
            )
        ]

        def rank(entry: Entry) -> tuple[bool, bool, float]:
            score = entry.score("COMET", source, target) or 0.0
            return not entry.commercial, entry.family != "firefox", -score

        return tuple(sorted(fit, key=rank))


def read_lock(path: Path | None = None, *, user: Path | None = None) -> Lock:
    """The lock of a file; without one, what holds here.

    That is the nearest `models.lock` above the working directory before the one that comes
    with the toolkit, and what the user's own lock (`Store.lock_path`) adds to both: models
    that were brought by hand, and hashes that were seen at a first download. An entry of the
    user's lock for a known model counts only while it is of the same revision.
    """
    if path is not None:
        return Lock(_read(path), path)
    project = _nearest(Path.cwd())
    known = {entry.id: entry for entry in _read(SHIPPED)}
    if project is not None and not _same(project, SHIPPED):
        own = {entry.id: entry for entry in _read(project)}
        known = {**own, **{id_: entry for id_, entry in known.items() if id_ not in own}}
    for entry in _read(user) if user is not None and user.is_file() else ():
        old = known.get(entry.id)
        if old is None or (_origin(old) == _origin(entry) and _extends(entry, old)):
            known[entry.id] = entry
    return Lock(tuple(known.values()), project)


def write_entry(path: Path, entry: Entry) -> None:
    """Put an entry into a lock file in place of the one of its name, else at the end.

    All other lines stay as they are. The file is whole at every moment.
    """
    text = path.read_text("utf-8") if path.is_file() else f"format = {FORMAT}\n"
    data = _parse(text, path)
    like = data.get("model", {}).get(entry.id, {}).get("like", "")
    block = render(entry, like, data.get("shared", {}).get(like, {}))
    above, old, below = _parts(text, entry.id)
    text = above + block + below if old else f"{text.rstrip()}\n\n{block}"
    if entry not in _entries(_parse(text, path), path):
        raise InputError(f"{path}: the table of {entry.id!r} cannot be rewritten by itself")
    write_whole(path.resolve(), text)


def drop_entry(path: Path, id_: str) -> bool:
    """Take an entry out of a lock file; False if it is not there."""
    if not path.is_file():
        return False
    above, old, below = _parts(path.read_text("utf-8"), id_)
    if old:
        write_whole(path.resolve(), above.rstrip("\n") + "\n" + below)
    return bool(old)


def _parts(text: str, id_: str) -> tuple[str, str, str]:
    """The text before the table of an entry, the table, and the text after it."""
    lines = text.splitlines(keepends=True)
    heads = [at for at, line in enumerate(lines) if line.startswith("[")]
    start = next((at for at in heads if _head(lines[at]) == id_), None)
    if start is None:
        return text, "", ""
    end = next((at for at in heads if at > start), len(lines))
    while end > start and (not lines[end - 1].strip() or lines[end - 1].startswith("#")):
        end -= 1  # what stands above the next table belongs to it
    return "".join(lines[:start]), "".join(lines[start:end]), "".join(lines[end:])


def write_whole(path: Path, text: str) -> None:
    """Write a file so that others see the old one or the new one, never a part."""
    import tempfile

    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            Path(name).chmod(path.stat().st_mode & 0o777)
        else:
            Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise


# --- TOML to records -------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Gz:
    size: int | None = None
    sha256: str | None = None


@dataclass(frozen=True, slots=True)
class _FileRow:
    name: str
    size: int | None = None
    sha256: str | None = None
    gz: _Gz | None = None


@dataclass(frozen=True, slots=True)
class _LicenceRow:
    file: str
    says: str


@dataclass(frozen=True, slots=True)
class _Row:
    """A `[model.ID]` table, together with what it shares."""

    family: Family
    licence: str
    commercial: bool
    verified: Verified
    task: Task = "translate"
    languages: tuple[str, ...] = ()  # both sources and targets
    sources: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    files: tuple[_FileRow, ...] = ()
    repo: str = ""
    revision: str = ""
    url: str = ""
    path: str = ""
    architecture: str = ""
    decoding: Decoding = field(default_factory=Decoding)
    scores: tuple[Score, ...] = ()
    licence_check: _LicenceRow | None = None
    territory: str = ""
    needs: str = ""
    note: str = ""
    mirrors: tuple[str, ...] = ()
    replaces: str = ""
    like: str = ""


@dataclass(frozen=True, slots=True)
class _Format:
    format: Literal[1]


def _read(path: Path) -> tuple[Entry, ...]:
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as exc:
        raise InputError(f"{path}: cannot be read: {exc}") from exc
    return _known(text, path)


@lru_cache(maxsize=4)
def _known(text: str, path: Path) -> tuple[Entry, ...]:
    # 140 tables take 60 ms to parse, and a command may ask several times.
    return _entries(_parse(text, path), path)


def _parse(text: str, path: Path) -> dict[str, Any]:
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as exc:
        raise InputError(f"{path}: not TOML: {exc}") from exc
    if data.get("format") != FORMAT:
        raise InputError(
            f"{path}: expected format = {FORMAT}, found {data.get('format')!r}",
            hint="the file was written by another version of the toolkit",
        )
    if unknown := sorted(set(data) - {"format", "shared", "model"}):
        raise InputError(f"{path}: unknown table {', '.join(map(repr, unknown))}")
    return data


def _entries(data: Mapping[str, Any], path: Path) -> tuple[Entry, ...]:
    shared = data.get("shared", {})
    models = data.get("model", {})
    return tuple(_entry(id_, table, shared, f"{path}: {id_}") for id_, table in models.items())


def _entry(id_: str, table: Any, shared: Mapping[str, Any], where: str) -> Entry:
    if not isinstance(table, dict):
        raise InputError(f"{where}: expected a table, found {table!r:.60}")
    like = table.get("like", "")
    if like and like not in shared:
        raise InputError(f"{where}: like: no table [shared.{like}]")
    merged = {**shared.get(like, {}), **table}
    # What all scores of a shared table have in common stands there once.
    scored = merged.pop("scored", {})
    if isinstance(scored, dict) and isinstance(merged.get("scores"), list):
        merged["scores"] = [
            {**scored, **row} if isinstance(row, dict) else row for row in merged["scores"]
        ]
    row = decode(_Row, merged, where=where)
    entry = Entry(
        id=id_,
        files=tuple(File(f.name, f.size, f.sha256, _packed(f)) for f in row.files),
        sources=tuple(map(_code, row.sources or row.languages)),
        targets=tuple(map(_code, row.targets or row.languages)),
        licence_file=(check.file, check.says) if (check := row.licence_check) else None,
        **{name: getattr(row, name) for name in _PLAIN},
    )
    check_entry(entry, where)
    return entry


# Fields that stand in the file as they stand in the record, in the order they are written.
_PLAIN = (
    *("family", "task", "architecture", "licence", "commercial", "verified"),
    *("repo", "revision", "url", "path", "decoding", "scores", "territory", "needs", "note"),
    *("mirrors", "replaces"),
)


def check_entry(entry: Entry, where: str) -> None:
    """Nothing if the entry can be trusted with paths and addresses; InputError says what not."""
    _must(entry.sources and entry.targets, where, "no languages", "")
    _must(re.fullmatch(r"[a-z0-9][A-Za-z0-9._-]{0,99}", entry.id), where, "id", entry.id)
    _must(not entry.repo or _REPO.fullmatch(entry.repo), where, "repo", entry.repo)
    _must(
        not entry.revision or re.fullmatch("[0-9a-f]{40}", entry.revision),
        *(where, "revision: expected 40 hex digits", entry.revision),
    )
    _must(not (entry.repo and not entry.revision and not entry.url), where, "revision", "none")
    for url in (entry.url, *entry.mirrors):
        _must(
            not url or re.match(r"https?://[^/?#]+/?", url),
            *(where, "url: expected http:// or https://", url),
        )
    _must(entry.licence, where, "licence", entry.licence)
    codes = [text for c in (*entry.sources, *entry.targets) for text in (c.lang, c.code)]
    for text in (entry.licence, entry.territory, entry.needs, entry.note, *codes):
        _must(text.isprintable(), where, "expected letters and signs", text)
    names = [file.name for file in entry.files]
    _must(len(set(names)) == len(names), where, "files: a name stands twice", names)
    for file in entry.files:
        parts = file.name.split("/")
        safe = all(re.fullmatch(r"[A-Za-z0-9_][\w.+-]*", part, re.ASCII) for part in parts)
        _must(safe, where, "files: expected a plain relative name", file.name)
        for item in (file, file.fetched):
            _must(
                item.sha256 is None or re.fullmatch("[0-9a-f]{64}", item.sha256),
                *(where, f"{item.name}: expected a sha256 of 64 hex digits", item.sha256),
            )
            _must(item.size is None or item.size >= 0, where, f"{item.name}: size", item.size)


_REPO = re.compile(r"[\w.-]+/[\w.-]+", re.ASCII)


def _must(holds: object, where: str, what: str, found: object) -> None:
    if not holds:
        raise InputError(f"{where}: {what}: found {found!r:.100}")


def _packed(row: _FileRow) -> File | None:
    return File(f"{row.name}.gz", row.gz.size, row.gz.sha256) if row.gz else None


def _code(text: str) -> Code:
    lang, _, code = text.partition("=")
    return Code(lang, code)


# --- records to TOML -------------------------------------------------------------------


def render(entry: Entry, like: str = "", shared: Mapping[str, Any] | None = None) -> str:
    """The entry as a TOML table, less what it shares with others."""
    one_way = entry.sources != entry.targets
    rows: dict[str, Any] = {
        **{name: getattr(entry, name) for name in _PLAIN},
        "languages": [] if one_way else [_written(code) for code in entry.sources],
        "sources": [_written(code) for code in entry.sources] if one_way else [],
        "targets": [_written(code) for code in entry.targets] if one_way else [],
        "decoding": _short(entry.decoding, Decoding()),
        "licence_check": entry.licence_file
        and {"file": entry.licence_file[0], "says": entry.licence_file[1]},
    }
    common = dict(shared or {})
    scored = common.pop("scored", {})
    rows["scores"] = [
        {k: v for k, v in _short(s, Score("", 0.0)).items() if scored.get(k) != v}
        for s in entry.scores
    ]
    order = (*_PLAIN[:3], "languages", "sources", "targets", *_PLAIN[3:], "licence_check")
    empty = {"task": "translate"}
    lines = [f"[model.{_key(entry.id)}]"]
    if like:
        lines.append(f"like = {_toml(like)}")
    lines += [
        f"{name} = {_toml(rows[name])}"
        for name in order
        if (
            rows[name] != common[name]
            if name in common
            else rows[name] not in (empty.get(name), "", None, [], (), {})
        )
    ]
    if entry.files:
        lines += ["files = [", *(f"  {_toml(_file(file))}," for file in entry.files), "]"]
    return "\n".join(lines) + "\n"


def _file(file: File) -> dict[str, Any]:
    packed = file.packed and {"size": file.packed.size, "sha256": file.packed.sha256}
    row = {"name": file.name, "size": file.size, "sha256": file.sha256, "gz": packed}
    return {key: value for key, value in row.items() if value is not None}


def _short(record: Any, plain: Any) -> dict[str, Any]:
    names = [f.name for f in fields(record)]
    return {n: getattr(record, n) for n in names if getattr(record, n) != getattr(plain, n)}


def _written(code: Code) -> str:
    return f"{code.lang}={code.code}" if code.code else code.lang


def _toml(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)  # a JSON string is a TOML basic string
    if isinstance(value, dict):
        inner = ", ".join(f"{k} = {_toml(v)}" for k, v in value.items() if v is not None)
        return f"{{ {inner} }}"
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(map(_toml, value))}]"
    return repr(value)


def _key(id_: str) -> str:
    return id_ if re.fullmatch("[A-Za-z0-9_-]+", id_) else _toml(id_)


def _head(line: str) -> str | None:
    found = re.match(r'\[model\.(?:"([^"]+)"|([A-Za-z0-9_-]+))\]', line)
    return found and (found[1] or found[2])


# --- which file holds ------------------------------------------------------------------


def _nearest(start: Path) -> Path | None:
    folders = (start, *start.parents)
    return next((folder / FILE for folder in folders if (folder / FILE).is_file()), None)


def _same(one: Path, other: Path) -> bool:
    return one.resolve() == other.resolve() or one.read_bytes() == other.read_bytes()


def _origin(entry: Entry) -> tuple[str, ...]:
    return entry.repo, entry.revision, entry.url, entry.path


def _extends(entry: Entry, old: Entry) -> bool:
    """Whether an entry says all that the old one says of the files, and at most adds hashes."""
    mine = {file.name: file for file in entry.files}
    return all(
        (new := mine.get(file.name)) is not None and merge_file(file, new) == new
        for file in old.files
    )


def merge_file(known: File, seen: File) -> File:
    """What is known of a file, with what was seen where nothing was known."""
    return replace(
        known,
        size=known.size if known.size is not None else seen.size,
        sha256=known.sha256 or seen.sha256,
        packed=known.packed and merge_file(known.packed, seen.packed or File(known.packed.name)),
    )
