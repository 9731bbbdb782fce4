"""The store: the files of all models, each once, by its hash.

    blobs/9f/9f2c…             every file under its sha256, read-only
    entries/ID/KEY/            what engines open: links to blobs, and `.manifest.json`
    derived/ID/KEY/NAME/       what an engine made of them, such as a conversion
    partial/                   downloads under way; they go on where they stopped
    models.lock                what the user added to the lock

Nothing is visible before it is verified: a folder appears by one rename, after its files.
Readers need no lock. Whoever moves files in or out holds `locks/store.lock`.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import uuid
from collections.abc import Collection, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from toolkit.errors import ModelError, ModelMismatch, ModelMissing
from toolkit.models.entries import Entry, File

MANIFEST = ".manifest.json"
# Hashing costs about a second for 500 MB; larger files are hashed once, and then again
# whenever the system says that they were touched (`verify` always hashes).
STAMPED = 256 * 1024 * 1024


class Store:
    """The files of models, in one folder of this machine.

    `root` is by default `TOOLKIT_STORE`, else `toolkit/models` in the user's data folder.
    Nothing is made on disk before something is stored.
    """

    def __init__(self, root: Path | None = None) -> None:
        self.root = (root or _default_root()).absolute()

    @property
    def lock_path(self) -> Path:
        """The user's own lock, which `read_lock(user=…)` adds to the others."""
        return self.root / "models.lock"

    def has(self, entry: Entry) -> bool:
        """Whether all files lie there, by name and size; `folder` looks at every byte."""
        if not entry.complete:
            return False
        seen = self._manifest(entry)
        return seen is not None and all(
            file.name in seen and _size(self.path(entry) / file.name) == seen[file.name].size
            for file in entry.files
        )

    def folder(self, entry: Entry) -> Path:
        """The folder with the files of a model, each of them verified.

        Raises ModelMissing if they are not in the store and ModelMismatch if one is not what
        the lock names.
        """
        if not entry.complete:
            raise ModelMissing(
                f"models.lock does not know the files of {entry.id!r} yet",
                hint=f"toolkit models lock {entry.id}",
            )
        if not self.has(entry) and self._manifest(entry) is None:
            size = f" ({megabytes(entry.size)})" if entry.size else ""
            raise ModelMissing(
                f"the model {entry.id!r} is not in the store{size}",
                hint=f"toolkit models fetch {entry.id}",
            )
        for problem in self.problems(entry):
            raise ModelMismatch(
                f"{entry.id}: {problem}", hint=f"toolkit models fetch {entry.id} fetches it again"
            )
        return self.path(entry)

    def problems(self, entry: Entry, *, thorough: bool = False) -> Iterator[str]:
        """What is wrong with the stored files, in words; `thorough` trusts no time stamp."""
        seen = self._manifest(entry) or {}
        for file in entry.files:
            wanted = self.known(entry, file, seen)
            path = self.path(entry) / file.name
            size = _size(path)
            if size is None or wanted is None:
                yield f"{file.name}: not in the store"
            elif wanted.size is not None and size != wanted.size:
                yield f"{file.name}: expected {wanted.size:,} bytes, found {size:,}"
            elif (found := self._digest(path, thorough=thorough)) != wanted.sha256:
                yield f"{file.name}: expected sha256 {wanted.sha256}, found {found}"

    def known(
        self, entry: Entry, file: File, seen: Mapping[str, File] | None = None
    ) -> File | None:
        """A file with the hash it must have: the lock's, else that of the verified download.

        The lock knows of some files only the packed form; what came out of it was noted.
        """
        seen = (self._manifest(entry) or {}) if seen is None else seen
        noted = seen.get(file.name)
        if file.sha256:
            same = noted is not None and noted.sha256 == file.sha256
            return File(
                file.name, file.size or (noted.size if same and noted else None), file.sha256
            )
        return noted if file.packed else None

    def path(self, entry: Entry) -> Path:
        """Where the files of a model lie, or would lie."""
        return self.root / "entries" / entry.id / entry.key

    def derived(self, entry: Entry, name: str) -> Path:
        """A folder for what an engine makes of the files; not made, and gone with the model."""
        return self.root / "derived" / entry.id / entry.key / name

    def partial(self, entry: Entry) -> Path:
        """A folder for the downloads of a model, kept until they are whole."""
        return self.root / "partial" / f"{entry.id}-{entry.key}"

    def put(self, entry: Entry, files: Mapping[str, Path]) -> Path:
        """Take verified files in, by the names they have in the entry; they are moved.

        Those not given must be there already. Returns the folder of the model.
        """
        with self.locked("store"):
            seen = dict(self._manifest(entry) or {})
            for name, path in files.items():
                size, digest = path.stat().st_size, sha256(path)
                blob = self._blob(digest)
                blob.parent.mkdir(parents=True, exist_ok=True)
                path.chmod(0o444)
                path.replace(blob)
                seen[name] = File(name, size, digest)
            for file in entry.files:
                if file.name not in seen and file.sha256:
                    seen[file.name] = File(file.name, _size(self._blob(file.sha256)), file.sha256)
            self._assemble(entry, [seen[file.name] for file in entry.files])
        return self.path(entry)

    def holds(self, file: File) -> bool:
        """Whether a file with this hash lies among the blobs, whole."""
        if not file.sha256:
            return False
        blob = self._blob(file.sha256)
        return _size(blob) is not None and self._digest(blob, thorough=False) == file.sha256

    @contextmanager
    def locked(self, name: str, *, wait: bool = True) -> Iterator[None]:
        """Hold a lock that other processes respect; TimeoutError if it is held, unless waiting."""
        from filelock import FileLock  # readers need none

        path = self.root / "locks" / f"{name}.lock"
        with ExitStack() as stack:
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                stack.enter_context(FileLock(path).acquire(timeout=-1 if wait else 0))
            except TimeoutError:
                raise
            except OSError as exc:
                raise ModelError(
                    f"the store {self.root} cannot be written: {exc.strerror}",
                    hint="TOOLKIT_STORE names another folder",
                ) from exc
            yield

    def ids(self) -> tuple[str, ...]:
        """The names of all models in the store, whatever the lock says of them."""
        return tuple(sorted(p.name for p in (self.root / "entries").glob("*") if p.is_dir()))

    def _blob(self, digest: str) -> Path:
        return self.root / "blobs" / digest[:2] / digest

    def _manifest(self, entry: Entry) -> dict[str, File] | None:
        return read_manifest(self.path(entry))

    def _assemble(self, entry: Entry, files: Collection[File]) -> None:
        final = self.path(entry)
        if read_manifest(final) == {file.name: file for file in files} and all(
            _is_same(final / file.name, self._blob(file.sha256 or "")) for file in files
        ):
            return  # those who have it open keep it
        new = final.with_name(f".{final.name}.{uuid.uuid4().hex[:8]}")
        try:
            for file in files:
                link = new / file.name
                link.parent.mkdir(parents=True, exist_ok=True)
                _link(self._blob(file.sha256 or ""), link)
            rows = {file.name: {"size": file.size, "sha256": file.sha256} for file in files}
            (new / MANIFEST).write_text(json.dumps(rows, indent=1) + "\n", "utf-8")
            old = final.with_name(f".{final.name}.{uuid.uuid4().hex[:8]}")
            if final.exists():
                final.rename(old)
            new.rename(final)
            shutil.rmtree(old, ignore_errors=True)
        finally:
            shutil.rmtree(new, ignore_errors=True)

    def _digest(self, path: Path, *, thorough: bool) -> str:
        found = path.resolve()
        stat = found.stat()
        if stat.st_size <= STAMPED:
            return sha256(found)
        # The change time moves whenever a byte is written, and no program can set it.
        state = f"{stat.st_size} {stat.st_mtime_ns} {stat.st_ctime_ns} {stat.st_ino}"
        stamp = self.root / "stamps" / found.name
        with suppress(OSError, UnicodeDecodeError):
            told, _, digest = stamp.read_text("utf-8").rpartition(" ")
            if told == state and not thorough:
                return digest
        digest = sha256(found)
        with suppress(OSError):  # a store that may only be read has no stamps
            stamp.parent.mkdir(parents=True, exist_ok=True)
            stamp.write_text(f"{state} {digest}", "utf-8")
        return digest


# --- what nobody needs any more --------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Garbage:
    """What can go: folders first, then the blobs that only they used, and their bytes."""

    folders: tuple[Path, ...]
    blobs: tuple[Path, ...]
    size: int


def plan_gc(store: Store, entries: Collection[Entry], ids: Collection[str] = ()) -> Garbage:
    """What nobody needs: nothing is removed.

    The models named by `ids`; older files of a model whose present ones are in the store;
    downloads that were given up; and all blobs that no folder links to.
    """
    keys = {entry.id: entry.key for entry in entries if store.has(entry)}
    folders = []
    kept: set[str] = set()
    for folder in sorted((store.root / "entries").glob("*/*")):
        id_, key = folder.parent.name, folder.name
        if id_ in ids or keys.get(id_, key) != key:
            folders += [folder, store.root / "derived" / id_ / key]
        else:
            kept |= {str(file.sha256) for file in (read_manifest(folder) or {}).values()}
    for folder in sorted((store.root / "partial").glob("*")):
        try:
            with store.locked(folder.name, wait=False):
                folders.append(folder)
        except TimeoutError:
            continue  # a download is under way
    folders = [folder for folder in folders if folder.is_dir()]
    blobs = [b for b in sorted((store.root / "blobs").glob("*/*")) if b.name not in kept]
    inner = [p for f in folders for p in f.rglob("*") if p.is_file() and not p.is_symlink()]
    return Garbage(tuple(folders), tuple(blobs), sum(p.stat().st_size for p in (*inner, *blobs)))


def collect(store: Store, entries: Collection[Entry], ids: Collection[str] = ()) -> Garbage:
    """Remove what `plan_gc` names, while nobody else moves files in or out."""
    with store.locked("store"):
        garbage = plan_gc(store, entries, ids)
        for folder in garbage.folders:
            shutil.rmtree(folder)
        for blob in garbage.blobs:
            blob.unlink()
            with suppress(OSError):
                (store.root / "stamps" / blob.name).unlink()
        for folder in {folder.parent for folder in garbage.folders}:
            with suppress(OSError):
                folder.rmdir()  # the folder of a model, if it was its last
    return garbage


# --- files -----------------------------------------------------------------------------


def sha256(path: Path) -> str:
    """The sha256 of a file, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def megabytes(size: int | None) -> str:
    """`38 MB`, `1.9 GB`; `size unknown` if it is."""
    if size is None:
        return "size unknown"
    return f"{size / 1e9:.1f} GB" if size >= 1e9 else f"{max(1, round(size / 1e6))} MB"


def read_manifest(folder: Path) -> dict[str, File] | None:
    """The files of a folder of the store as they were verified; None if it is none."""
    try:
        rows = json.loads((folder / MANIFEST).read_text("utf-8"))
        return {
            name: File(name, int(row["size"]), str(row["sha256"])) for name, row in rows.items()
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _size(path: Path) -> int | None:
    try:
        return path.stat().st_size
    except OSError:
        return None


def _is_same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False


def _link(blob: Path, link: Path) -> None:
    """A link, relative so that the store can be moved; a copy where there are no links."""
    try:
        link.symlink_to(os.path.relpath(blob, link.parent))
    except OSError:
        try:
            link.hardlink_to(blob)
        except OSError:
            shutil.copyfile(blob, link)


def _default_root() -> Path:
    if named := os.environ.get("TOOLKIT_STORE"):
        return Path(named).expanduser()
    data = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(data) / "toolkit" / "models"
