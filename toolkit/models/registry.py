"""Mozilla's registry of models: what is newer, better or gone there, and pinned only once seen.

The registry is one JSON file: pairs of languages, each with the models there are, their files
below `baseUrl`, the size and sha256 of each file unpacked, and published scores. It is read as
what a stranger says: sizes are limits, hashes are compared, paths stay below the address, nobody
is followed elsewhere. What is pinned is what was downloaded and hashed here.
"""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any, Literal
from urllib.parse import urlsplit

from toolkit.errors import InputError, ModelMismatch, ModelMissing
from toolkit.lang import code_of
from toolkit.models import download
from toolkit.models.download import Network, Tell, Unreachable
from toolkit.models.entries import Code, Entry, File, Score
from toolkit.models.fetching import unpack
from toolkit.models.lock import Lock, check_entry
from toolkit.models.store import Store, sha256

__all__ = ["ADDRESS", "Offer", "compare", "pin", "read_registry"]

# Where Firefox itself reads it (mozilla/translations, December 2025).
ADDRESS = (
    "https://storage.googleapis.com/"
    "moz-fx-translations-data--303e-prod-translations-data/db/models.json"
)
MOST_REGISTRY = 32 << 20
# The largest published model is 62 MB; what claims more than this is none.
MOST_FILE = 512 << 20
_LICENCE = "MPL-2.0"  # of all that Mozilla publishes there
_NAME = re.compile(r"(model|(src|trg)?vocab|lex)\.[\w.+-]+", re.ASCII)

State = Literal["pinned", "newer", "better", "new", "gone"]


@dataclass(frozen=True, slots=True)
class Offer:
    """One model of the registry beside ours, or one of ours that the registry has no more.

    `better` has a higher published COMET than the best we pin for the pair, `newer` stands in
    place of `old` without that, `new` is of a pair or size that we have not.
    """

    state: State
    entry: Entry
    old: Entry | None = None


def read_registry(address: str = ADDRESS, *, network: Network | None = None) -> tuple[Entry, ...]:
    """What the registry releases, as entries without hashes of what is packed.

    Raises ModelMissing if it cannot be had, InputError if it is not what it should be.
    """
    _require_safe(address)
    network = replace(network or download.network(), redirects=False)
    with tempfile.TemporaryDirectory() as folder:
        part = Path(folder) / "models.json"
        try:
            download.from_server(
                address, part, File("models.json"), lambda *_: None, network, MOST_REGISTRY
            )
            data = json.loads(part.read_bytes())
        except Unreachable as exc:
            raise ModelMissing(
                f"the registry of models cannot be read: {exc}",
                hint="try again later, or name a copy of it: --registry ADDRESS",
            ) from exc
        except ValueError as exc:
            raise InputError(f"{address}: expected JSON, found something else") from exc
    return tuple(_entries(data, address))


def compare(entries: Sequence[Entry], lock: Lock, langs: Sequence[str] = ()) -> tuple[Offer, ...]:
    """What the registry has beside the lock, for all pairs or those with one of the languages."""

    def wanted(entry: Entry) -> bool:
        return not langs or any(c.lang in langs for c in (*entry.sources, *entry.targets))

    ours = [entry for entry in lock.entries if entry.family == "firefox" and entry.url]
    ours = [entry for entry in ours if wanted(entry)]
    offers = [_offer(entry, ours) for entry in entries if wanted(entry)]
    there = {_pair(entry) for entry in entries}
    known = {_hash(entry) for entry in entries}
    replaced = {offer.old.id for offer in offers if offer.old and offer.state != "pinned"}
    offers += [
        Offer("gone", entry)
        for entry in ours
        if _hash(entry) not in known and (entry.id not in replaced or _pair(entry) not in there)
    ]
    order = ("better", "newer", "new", "gone", "pinned")
    return tuple(sorted(offers, key=lambda o: (order.index(o.state), o.entry.id)))


def _offer(entry: Entry, ours: Sequence[Entry]) -> Offer:
    same = [old for old in ours if _pair(old) == _pair(entry)]
    for old in same:
        if _hash(old) == _hash(entry):
            return Offer("pinned", old)
    alike = next((old for old in same if old.architecture == entry.architecture), None)
    best = max((_score(old) for old in same), default=0.0)
    if same and _score(entry) > best:
        return Offer("better", _naming(entry, alike), alike)
    return Offer("newer" if alike else "new", _naming(entry, alike), alike)


def _naming(entry: Entry, old: Entry | None) -> Entry:
    return replace(entry, replaces=old.id) if old else entry


def pin(
    entry: Entry, store: Store, tell: Tell | None = None, *, network: Network | None = None
) -> Entry:
    """The entry with every hash, its files downloaded, compared and put into the store.

    Raises ModelMismatch where the files are not what the registry says of them, ModelMissing
    where they cannot be had; then nothing is stored.
    """
    tell = tell or (lambda *_: None)
    network = replace(network or download.network(), redirects=False)
    seen: list[File] = []
    whole: dict[str, Path] = {}
    with store.locked(store.partial(entry).name):
        folder = store.partial(entry)
        folder.mkdir(parents=True, exist_ok=True)
        try:
            for file in entry.files:
                whole[file.name], found = _bring(entry, file, folder, tell, network)
                seen.append(found)
            pinned = replace(entry, files=tuple(seen), verified="downloaded")
            store.put(pinned, whole)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    return pinned


def _bring(
    entry: Entry, file: File, folder: Path, tell: Tell, network: Network
) -> tuple[Path, File]:
    place = f"{entry.url.rstrip('/')}/{entry.path}/{file.fetched.name}"
    part = folder / f"{file.fetched.name}.part"
    try:
        download.from_server(place, part, file.fetched, tell, network, MOST_FILE)
    except Unreachable as exc:
        raise ModelMissing(f"{entry.id}: {exc}", hint="try again later") from exc
    size, digest = part.stat().st_size, sha256(part)
    whole, packed = part, None
    if file.packed:
        packed = File(file.packed.name, size, digest)
        whole = folder / f"{file.name}.whole"
        unpack(part, whole, file)
        size, digest = whole.stat().st_size, sha256(whole)
    if file.size not in (None, size) or file.sha256 not in (None, digest):
        raise ModelMismatch(
            f"{entry.id}: {file.name}: the registry says {file.size} bytes, sha256 {file.sha256}; "
            f"found {size} bytes, {digest}",
            hint="nothing was stored; try again later",
        )
    return whole, File(file.name, size, digest, packed)


# --- what the registry says ----------------------------------------------------------------


def _entries(data: object, address: str) -> Iterator[Entry]:
    if not isinstance(data, dict) or not isinstance(data.get("models"), dict):
        raise InputError(f"{address}: expected an object with `models`")
    base = data.get("baseUrl")
    if not isinstance(base, str):
        raise InputError(f"{address}: expected `baseUrl`, an address")
    _require_safe(base)
    for pair, rows in data["models"].items():
        if not isinstance(rows, list):
            raise InputError(f"{address}: {pair!r}: expected a list of models")
        for row in rows:
            if isinstance(row, dict) and str(row.get("releaseStatus", "")).startswith("Release"):
                yield from _entry(str(pair), row, base, f"{address}: {pair}")


def _entry(pair: str, row: Mapping[str, Any], base: str, where: str) -> Iterator[Entry]:
    langs = _langs(pair, row)
    if langs is None:
        return  # a language that we have no name for
    files = row.get("files")
    if not isinstance(files, dict) or "model" not in files:
        raise InputError(f"{where}: expected `files` with a `model`")
    named = [_file(files[kind], f"{where}: {kind}") for kind in _KINDS if files.get(kind)]
    folders = {folder for folder, _ in named}
    if len(folders) > 1:
        raise InputError(f"{where}: expected files of one folder, found {sorted(folders)}")
    architecture = str(row.get("architecture") or "unknown")
    model = named[0][1]
    mark = (model.sha256 or "")[:8]
    source, target = langs
    entry = Entry(
        id="-".join(part for part in ("firefox", source, target, architecture, mark) if part),
        family="firefox",
        task="translate",
        sources=(Code(source),),
        targets=(Code(target),),
        licence=_LICENCE,
        commercial=True,
        files=tuple(file for _, file in named),
        verified="nothing",
        url=base.rstrip("/"),
        path=folders.pop(),
        architecture=architecture,
        scores=tuple(_scores(row)),
    )
    check_entry(entry, where)
    yield entry


_KINDS = ("model", "vocab", "srcVocab", "trgVocab", "lexicalShortlist")


def _file(row: object, where: str) -> tuple[str, File]:
    """The folder of a file, and the file unpacked and as it is fetched."""
    path = row.get("path") if isinstance(row, dict) else None
    if not isinstance(row, dict) or not isinstance(path, str):
        raise InputError(f"{where}: expected a `path`")
    parts = PurePosixPath(path).parts
    safe = all(re.fullmatch(r"[A-Za-z0-9_][\w.+-]*", part, re.ASCII) for part in parts)
    if not safe or len(parts) < 2 or not _NAME.fullmatch(parts[-1]):
        raise InputError(f"{where}: expected a path below the address, found {path!r:.100}")
    size, digest = row.get("uncompressedSize"), row.get("uncompressedHash")
    if size is not None and not (type(size) is int and 0 < size <= MOST_FILE):
        raise InputError(f"{where}: expected a size of at most {MOST_FILE:,} bytes, found {size!r}")
    if digest is not None and not re.fullmatch("[0-9a-f]{64}", str(digest)):
        raise InputError(f"{where}: expected a sha256, found {digest!r:.100}")
    name = parts[-1].removesuffix(".gz")
    packed = File(parts[-1]) if parts[-1] != name else None
    return "/".join(parts[:-1]), File(name, size, digest, packed)


def _langs(pair: str, row: Mapping[str, Any]) -> tuple[str, str] | None:
    said = row.get("sourceLanguage"), row.get("targetLanguage")
    if not all(isinstance(one, str) for one in said):
        found = re.fullmatch(r"([a-z]{2,3})-([A-Za-z-]{2,10})|([a-z]{2})([a-z]{2})", pair)
        said = (found[1] or found[3], found[2] or found[4]) if found else (None, None)
    source, target = (code_of(str(one)) for one in said)
    return (source, target) if source and target and source != target else None


def _scores(row: Mapping[str, Any]) -> Iterator[Score]:
    metrics = row.get("metrics")
    for test, values in metrics.items() if isinstance(metrics, dict) else ():
        for name, metric in (("comet22", "COMET"), ("bleu", "BLEU")):
            value = values.get(name) if isinstance(values, dict) else None
            if isinstance(value, int | float) and 0 < value <= 100:
                # COMET is written as 0.88 or as 88.
                scaled = value / 100 if metric == "COMET" and value > 1 else float(value)
                yield Score(metric, scaled, str(test)[:40], "the registry")


def _pair(entry: Entry) -> tuple[str, str]:
    return entry.sources[0].lang, entry.targets[0].lang


def _hash(entry: Entry) -> str | None:
    """The sha256 of the model itself, unpacked, which tells one from another."""
    return next((f.sha256 for f in entry.files if f.name.startswith("model.")), None)


def _score(entry: Entry) -> float:
    return entry.score("COMET") or 0.0


def _require_safe(address: str) -> None:
    parts = urlsplit(address)
    here = parts.hostname in ("127.0.0.1", "localhost", "::1")
    if parts.scheme != "https" and not (here and parts.scheme == "http"):
        raise InputError(
            f"{address!r:.100}: expected an address with https://",
            hint="what comes over http can be changed on its way",
        )
