"""Models from elsewhere: a folder that a user has, and entries whose hashes nobody knew."""

from __future__ import annotations

import gzip
import json
import re
import shutil
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from toolkit.errors import InputError, ModelError, ModelMismatch, ModelMissing, UsageError
from toolkit.lang import code_of
from toolkit.models import download
from toolkit.models.coverage import check_marian
from toolkit.models.download import Network, Tell, Unreachable
from toolkit.models.entries import Code, Entry, Family, File
from toolkit.models.fetching import fetch, obtain, permit, plan_fetch, unpack
from toolkit.models.lock import Lock, check_entry, merge_file, write_entry
from toolkit.models.store import Store, sha256

# What a model needs to run. No Python code of its own, no formats that nothing here reads.
_NEEDED = re.compile(
    r"[^/]+\.(json|safetensors|model|spm|jinja)|merges\.txt|vocab\.txt|dict\.txt|LICEN[CS]E[^/]*",
    re.IGNORECASE,
)
_WEIGHTS = re.compile(r"(pytorch_model[^/]*)\.bin|pytorch_model\.bin\.index\.json")
_FIREFOX = re.compile(
    r"(model\.(?P<pair>[a-z]{4,})\.intgemm(8|\.alphas)\.bin|(?P<side>src|trg)?vocab(\.[a-z]+)?\.spm"
    r"|lex\.[\d.]+\.[a-z]+\.s2t\.bin)"  # as published; `vocab.spm` is of training
)
_MODEL_TYPES: Mapping[str, Family] = {
    "marian": "marian",
    "m2m_100": "m2m100",
    "mbart": "mbart50",
    "t5": "t5",
    "mt5": "t5",
    "bart": "bart",
}


@dataclass(frozen=True, slots=True)
class Own:
    """What a user says of a model that no lock knows; languages as in a lock: `ko=kor_Hang`."""

    id: str = ""
    sources: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    licence: str = ""
    commercial: bool = True


@dataclass(frozen=True, slots=True)
class Added:
    """A model that was taken in.

    `unchecked` are files of which the lock knows no hash for the form they came in: they were
    taken as they were. `new` is a model that no lock knew.
    """

    entry: Entry
    unchecked: tuple[str, ...] = ()
    new: bool = False


@dataclass(frozen=True, slots=True)
class _Found:
    """A file of the folder; `inner` is the hash of what is in a `.gz`."""

    path: Path
    name: str
    sha256: str
    inner: str | None = None


def add_folder(folder: Path, store: Store, lock: Lock, own: Own | None = None) -> tuple[Added, ...]:
    """Take the models of a folder into the store, matched with the lock by their hashes.

    The folder is one of a Firefox profile, a manual download (packed or not), or a snapshot of
    a hub; it is left as it is. A model that no lock knows becomes an entry of the user's own
    lock. Raises InputError for a folder without a model, UsageError where the languages of an
    unknown one are not said, ModelMismatch for one that is damaged or broken.
    """
    found = _inventory(folder)
    if own is None or not own.id:
        matched = [(e, files) for e in lock.entries if (files := _match(e, found)) is not None]
        if matched:
            _refuse_others(found, matched, folder)
            return tuple(_take(entry, files, store) for entry, files in matched)
        _refuse_damaged(found, lock, folder)
    return (_take_own(folder, found, store, lock, own or Own()),)


def complete(
    entry: Entry,
    store: Store,
    tell: Tell | None = None,
    *,
    network: Network | None = None,
    allow_noncommercial: bool = False,
) -> Entry:
    """The entry with a hash for every file, all of them downloaded into the store.

    What the lock or the hub says already must hold; what nobody said is written down as seen,
    and `verified` says so. Raises as `fetch` does, and ModelMismatch if the licence in the
    repository is not the one that the lock states.
    """
    permit(entry, allow_noncommercial=allow_noncommercial)
    tell = tell or (lambda *_: None)
    network = network or download.network()
    if not entry.repo:
        fetch(
            plan_fetch(entry, store, allow_noncommercial=allow_noncommercial),
            store,
            tell,
            network=network,
        )
        files = tuple(merge_file(f, store.known(entry, f) or f) for f in entry.files)
        return replace(entry, files=files)
    if download.user_is_offline():
        raise ModelMissing(f"{entry.id}: its files are not known, and this machine is offline")
    with store.locked(store.partial(entry).name):
        part = store.partial(entry)
        part.mkdir(parents=True, exist_ok=True)
        parts: dict[str, Path] = {}
        seen: list[File] = []
        for file in _listed(entry):
            parts[file.name] = part / (file.name + ".part")
            obtain(entry, file, parts[file.name], tell, network)
            size, digest = parts[file.name].stat().st_size, sha256(parts[file.name])
            seen.append(File(file.name, size, digest))
        _require_licence(entry, parts)
        whole = replace(entry, files=tuple(seen), verified="downloaded")
        store.put(whole, parts)
        shutil.rmtree(part, ignore_errors=True)
    if whole.family == "marian":
        check_marian(store.folder(whole), whole.id)
    return whole


def _listed(entry: Entry) -> tuple[File, ...]:
    """The files that the hub has and a model needs, with all that the lock and the hub know."""
    try:
        listed = {file.name: file for file in download.hub_files(entry.repo, entry.revision)}
    except Unreachable as exc:
        raise ModelMissing(
            f"{entry.id}: {exc}", hint="a mirror of the hub is named by HF_ENDPOINT"
        ) from exc
    known = {file.name: file for file in entry.files}
    if gone := sorted(set(known) - set(listed)):
        raise ModelMismatch(f"{entry.id}: {entry.repo} has no file {', '.join(gone)}")
    names = sorted(set(needed(listed)) | set(known))
    files = tuple(merge_file(known.get(name, File(name)), listed[name]) for name in names)
    for file in files:
        told = listed[file.name].sha256
        if told and file.sha256 != told:
            raise ModelMismatch(
                f"{entry.id}: {file.name}: expected sha256 {file.sha256}, the hub has {told}"
            )
    check_entry(replace(entry, files=files), entry.repo)
    return files


def needed(names: Iterable[str]) -> tuple[str, ...]:
    """Those of a repository's files that a model needs: weights once, as safetensors if it may."""
    names = sorted(names)
    safe = any(name.endswith(".safetensors") and "/" not in name for name in names)
    return tuple(
        name
        for name in names
        if not name.startswith("consolidated")  # the same weights in one file, for others
        and (
            (_WEIGHTS.fullmatch(name) and not safe)
            or (_NEEDED.fullmatch(name) and not _WEIGHTS.fullmatch(name))
        )
    )


def _require_licence(entry: Entry, parts: Mapping[str, Path]) -> None:
    if entry.licence_file is None:
        return
    name, words = entry.licence_file
    text = parts[name].read_text("utf-8", "replace") if name in parts else ""
    if words not in text:
        begins = next(iter(text.split("\n")), "").strip() if text else "no such file"
        raise ModelMismatch(
            f"{entry.id}: expected {words!r} in {name} for the licence {entry.licence}, "
            f"found {begins!r:.80}",
            hint="the licence of this revision is another: nothing was stored",
        )


# --- a folder --------------------------------------------------------------------------


def _inventory(folder: Path) -> tuple[_Found, ...]:
    if not folder.is_dir():
        raise InputError(f"{folder}: expected a folder with the files of a model")
    try:
        paths = sorted(p for p in folder.iterdir() if p.is_file() and not p.name.startswith("."))
        return tuple(_Found(p, p.name, sha256(p), _inner(p)) for p in paths)
    except OSError as exc:
        raise InputError(f"{folder}: cannot be read: {exc}") from exc


def _inner(path: Path) -> str | None:
    import hashlib

    if path.suffix != ".gz":
        return None
    digest = hashlib.sha256()
    try:
        with gzip.open(path) as file:
            while block := file.read(1 << 20):
                digest.update(block)
    except (gzip.BadGzipFile, EOFError, zlib.error):
        return None
    return digest.hexdigest()


def _match(entry: Entry, found: Sequence[_Found]) -> dict[str, _Found] | None:
    """Which file of the folder is which of the entry; None if they are not the same model."""
    by_hash = {item.sha256: item for item in found} | {i.inner: i for i in found if i.inner}
    by_name = {item.name.removesuffix(".gz"): item for item in found}
    matched: dict[str, _Found] = {}
    sure = False
    for file in entry.files:
        item = by_hash.get(file.sha256 or "") or by_hash.get(file.fetched.sha256 or "")
        if item is not None:
            sure = True
        elif file.sha256 is None:
            # The lock knows at most its packed form: its name must do, beside a sure one.
            item = by_name.get(file.name)
            if item is not None and file.packed and item.inner:
                item = None  # packed, and by another hash
        if item is None:
            return None
        matched[file.name] = item
    return matched if sure else None


def _take(entry: Entry, files: Mapping[str, _Found], store: Store) -> Added:
    unchecked = []
    seen = []
    for file in entry.files:
        item = files[file.name]
        size = item.path.stat().st_size if not item.inner else None
        sure = item.sha256 in (file.sha256, file.fetched.sha256) or (
            item.inner is not None and item.inner == file.sha256
        )
        if not sure:
            unchecked.append(file.name)
        seen.append(merge_file(file, File(file.name, size, item.inner or item.sha256)))
    whole = replace(entry, files=tuple(seen))
    if unchecked:
        whole = replace(whole, verified="added")
    _put(whole, files, store)
    if unchecked or not entry.complete:
        with store.locked("lock"):
            write_entry(store.lock_path, whole)
    return Added(whole, tuple(unchecked))


def _put(entry: Entry, files: Mapping[str, _Found], store: Store) -> None:
    """Copy the files beside the store, compare them, and let them in all at once."""
    with store.locked(store.partial(entry).name), _staging(store.partial(entry)) as folder:
        staged: dict[str, Path] = {}
        for file in entry.files:
            item = files[file.name]
            staged[file.name] = folder / f"{file.name}.whole"
            if item.inner:
                unpack(item.path, staged[file.name], file)
                continue
            shutil.copyfile(item.path, staged[file.name])
            if (digest := sha256(staged[file.name])) != file.sha256:
                raise ModelMismatch(
                    f"{item.path}: expected sha256 {file.sha256}, found {digest}",
                    hint="the file changed while it was copied",
                )
        if entry.family == "marian":
            _check_staged(entry, staged, folder)
        store.put(entry, staged)


def _check_staged(entry: Entry, staged: Mapping[str, Path], folder: Path) -> None:
    for name in ("source.spm", "vocab.json"):
        if name in staged:
            shutil.copyfile(staged[name], folder / name)
    check_marian(folder, entry.id)


@contextmanager
def _staging(folder: Path) -> Iterator[Path]:
    shutil.rmtree(folder, ignore_errors=True)
    try:
        folder.mkdir(parents=True)
        yield folder
    except OSError as exc:
        if exc.errno in download.NO_ROOM:
            raise download.no_room(folder / "x", exc) from exc
        raise ModelError(
            f"the store cannot be written: {exc}", hint="TOOLKIT_STORE names another folder"
        ) from exc
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _refuse_damaged(found: Sequence[_Found], lock: Lock, folder: Path) -> None:
    """Say which file is wrong, where a folder has all names of a model and some of its hashes."""
    names = {item.name.removesuffix(".gz"): item for item in found}
    hashes = {item.sha256 for item in found} | {item.inner for item in found}
    for entry in lock.entries:
        if not (entry.repo or entry.url):
            continue  # one's own may have changed
        sure = [f for f in entry.files if {f.sha256, f.fetched.sha256} & (hashes - {None})]
        wrong = [f for f in entry.files if f.sha256 and f not in sure and f.name in names]
        if sure and wrong:
            item = names[wrong[0].name]
            raise ModelMismatch(
                f"{item.path}: expected sha256 {wrong[0].sha256} for {entry.id}, "
                f"found {item.inner or item.sha256}",
                hint="the file is damaged; others of the folder are those of the lock. If it is "
                "another model, give it a name: --id NAME",
            )
        if sure and len(sure) < len(entry.files):
            missing = [f.name for f in entry.files if f.name not in names]
            if missing:
                raise InputError(
                    f"{folder}: expected all files of {entry.id}, found no {', '.join(missing)}"
                )


# --- a model that no lock knows ----------------------------------------------------------


def _take_own(folder: Path, found: Sequence[_Found], store: Store, lock: Lock, own: Own) -> Added:
    by_name = {item.name.removesuffix(".gz"): item for item in found}
    pairs = [m["pair"] for name in by_name if (m := _FIREFOX.fullmatch(name)) and m["pair"]]
    if pairs:
        family: Family = "firefox"
        names = tuple(name for name in by_name if _FIREFOX.fullmatch(name))
        own = _named_by(pairs, own, folder)
        _require_vocabulary(names, folder)
        if any(_WEIGHTS.fullmatch(n) or n.endswith(".safetensors") for n in by_name):
            raise UsageError(
                f"{folder}: expected one model, found one of Firefox's and one of transformers",
                hint="give each a folder of its own",
            )
    else:
        names = needed(by_name)
        family = _family(by_name, folder)
        if family == "t5" and any("=<2" in target for target in own.targets):
            family = "madlad"  # a T5 that is told its language by a token, such as <2ko>
    if not own.sources or not own.targets:
        raise UsageError(
            f"{folder}: which languages does the model translate?",
            hint="for example: --source-lang en --lang ko; with the model's own names for them: "
            "--source-lang en=eng_Latn --lang ko=kor_Hang",
        )
    id_ = own.id or _id(folder)
    taken = next((entry for entry in lock.entries if entry.id == id_), None)
    if taken is not None and taken.verified != "added":
        raise UsageError(f"{id_!r} is another model of models.lock", hint="give --id another name")
    files = {name: by_name[name] for name in sorted(names)}
    entry = Entry(
        id=id_,
        family=family,
        task="summarize" if family == "bart" else "translate",
        sources=_codes(own.sources),
        targets=_codes(own.targets),
        licence=own.licence or "not stated",
        commercial=own.commercial,
        files=tuple(File(n, None, item.inner or item.sha256) for n, item in files.items()),
        verified="added",
    )
    check_entry(entry, str(folder))
    _put(entry, files, store)
    sized = tuple(store.known(entry, file) or file for file in entry.files)
    entry = replace(entry, files=sized)
    with store.locked("lock"):
        write_entry(store.lock_path, entry)
    return Added(entry, tuple(files), new=True)


def _require_vocabulary(names: Iterable[str], folder: Path) -> None:
    """A model without its words would be added, and then not run."""
    kinds = {
        m["side"] or "" for name in names if (m := _FIREFOX.fullmatch(name)) and "vocab" in name
    }
    if kinds not in ({""}, {"src", "trg"}):
        found = ", ".join(sorted(name for name in names if "vocab" in name)) or "none"
        raise InputError(
            f"{folder}: expected vocab.*.spm, or srcvocab.*.spm and trgvocab.*.spm; found {found}"
        )


def _refuse_others(
    found: Sequence[_Found], matched: Sequence[tuple[Entry, Mapping[str, _Found]]], folder: Path
) -> None:
    """A second model beside those of the lock is not left out without a word."""
    taken = {item.name for _, files in matched for item in files.values()}
    names = [item.name.removesuffix(".gz") for item in found if item.name not in taken]
    if left := [name for name in names if (m := _FIREFOX.fullmatch(name)) and m["pair"]]:
        ids = ", ".join(entry.id for entry, _ in matched)
        raise UsageError(
            f"{folder}: beside {ids} it holds another model, {left[0]}",
            hint="give each a folder of its own",
        )


def _named_by(pairs: Sequence[str], own: Own, folder: Path) -> Own:
    """The languages that a Firefox model says in its name: `model.enko.…`."""
    if len(pairs) > 1:
        raise UsageError(f"{folder}: expected one model, found {', '.join(sorted(pairs))}")
    sources = own.sources or (pairs[0][:2],)
    return replace(own, sources=sources, targets=own.targets or (pairs[0][2:],))


def _family(files: Mapping[str, _Found], folder: Path) -> Family:
    try:
        config = _json(files["config.json"].path)
    except KeyError:
        raise InputError(
            f"{folder}: expected a model, found neither model.*.intgemm*.bin nor config.json"
        ) from None
    kind = str(config.get("model_type", ""))
    apart = files.get("tokenizer_config.json")
    tokenizer = str(_json(apart.path).get("tokenizer_class", "")) if apart else ""
    if kind == "m2m_100" and tokenizer.startswith("Nllb"):
        return "nllb"
    if kind in _MODEL_TYPES:
        return _MODEL_TYPES[kind]
    if any("CausalLM" in str(name) for name in config.get("architectures") or ()):
        return "chat"
    raise InputError(
        f"{folder / 'config.json'}: no engine runs models of type {kind!r}",
        hint=f"known types: {', '.join(_MODEL_TYPES)}, and those that chat",
    )


def _json(path: Path) -> dict[str, Any]:
    try:
        data = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as exc:
        raise InputError(f"{path}: cannot be read: {exc}") from exc
    if not isinstance(data, dict):
        raise InputError(f"{path}: expected an object, found {data!r:.60}")
    return data


def _codes(given: Iterable[str]) -> tuple[Code, ...]:
    codes = []
    for text in given:
        lang, _, code = text.partition("=")
        known = code_of(lang)
        if known is None:
            raise UsageError(f"no language {lang!r}", hint="toolkit languages --all")
        codes.append(Code(known, code))
    return tuple(codes)


def _id(folder: Path) -> str:
    plain = re.sub(r"[^A-Za-z0-9._-]+", "-", folder.resolve().name.lower()).strip("-._")
    return f"own-{plain or 'model'}"
