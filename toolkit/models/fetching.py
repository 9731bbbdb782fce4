"""Bring the files of a model into the store: decide first, then download, verify, put."""

from __future__ import annotations

import gzip
import shutil
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from toolkit.errors import ModelError, ModelMismatch, ModelMissing
from toolkit.models import download
from toolkit.models.coverage import check_marian
from toolkit.models.download import Network, Tell, Unreachable
from toolkit.models.entries import Entry, File
from toolkit.models.store import Store, megabytes, sha256

# What comes out of a `.gz` whose unpacked size no one stated: vocabularies and shortlists
# shrink to a half or a tenth, zeros to a thousandth.
_SWELL = 32
_SMALL = 1 << 20


@dataclass(frozen=True, slots=True)
class FetchPlan:
    """What a fetch will download: files as they lie in the model's folder.

    `size` is the bytes to come, `room` those that the disk needs for it, both as far as sizes
    are known. `linked` is false where only the folder is missing.
    """

    entry: Entry
    files: tuple[File, ...]
    linked: bool = True

    @property
    def size(self) -> int:
        return sum(file.fetched.size or 0 for file in self.files)

    @property
    def room(self) -> int:
        # A packed file and what comes out of it lie side by side for a moment.
        unpacked = (f.size or 4 * (f.packed.size or 0) for f in self.files if f.packed)
        return self.size + sum(unpacked)

    @property
    def done(self) -> bool:
        """Whether there is nothing to do."""
        return not self.files and self.linked


def permit(entry: Entry, *, allow_noncommercial: bool = False) -> None:
    """Nothing if the model may be used; ModelError if its licence forbids commercial use."""
    if not entry.commercial and not allow_noncommercial:
        raise ModelError(
            f"{entry.id}: its licence ({entry.licence}) forbids commercial use",
            hint="--allow-noncommercial if what you do is not commercial",
        )


def plan_fetch(entry: Entry, store: Store, *, allow_noncommercial: bool = False) -> FetchPlan:
    """What must be downloaded so that the store has a model; nothing is.

    Files that lie there are looked at byte by byte, so that damaged ones are fetched again.
    Raises ModelMissing for an entry whose hashes are not known yet, or that was brought by
    hand and is gone, ModelError for one that is not permitted.
    """
    permit(entry, allow_noncommercial=allow_noncommercial)
    if not entry.complete:
        raise ModelMissing(
            f"models.lock does not know the files of {entry.id!r} yet",
            hint=f"toolkit models lock {entry.id}",
        )
    missing = []
    for file in entry.files:
        known = store.known(entry, file)
        if known is None or not store.holds(known):
            missing.append(file)
    if missing and not (entry.repo or entry.url):
        raise ModelMissing(
            f"{entry.id} was brought by hand, and is not in the store any more",
            hint="toolkit models add FOLDER",
        )
    # A link may be gone, or something else stand in its place, while the file itself is sound.
    linked = not missing and store.has(entry) and not any(store.problems(entry))
    return FetchPlan(entry, tuple(missing), linked=linked)


def fetch(
    plan: FetchPlan,
    store: Store,
    tell: Tell | None = None,
    *,
    offline: bool = False,
    network: Network | None = None,
) -> Path:
    """Do what a plan says, and return the model's folder, verified.

    Whoever comes second waits, and finds it done. What was downloaded before a failure is
    kept for the next try; nothing is visible to engines before all of it is verified.
    Raises ModelMissing when the files cannot be had, ModelMismatch when what came is not
    what the lock names, ModelError when there is no room.
    """
    entry = plan.entry
    if plan.done:
        return store.folder(entry)
    if plan.files and (offline or download.user_is_offline()):
        raise ModelMissing(
            f"the model {entry.id!r} is not in the store ({megabytes(plan.size or None)} missing)",
            hint=f"without --offline: toolkit models fetch {entry.id}",
        )
    tell = tell or _silent
    network = network or download.network()
    with _held(store, store.partial(entry).name, tell):
        # Another process may have done it while we waited.
        plan = plan_fetch(entry, store, allow_noncommercial=True)
        part = store.partial(entry)
        with _disk(part):
            part.mkdir(parents=True, exist_ok=True)
            _require_room(plan, part)
            whole = {f.name: _get(entry, f, part, tell, network) for f in plan.files}
            store.put(entry, whole)
            shutil.rmtree(part, ignore_errors=True)
    folder = store.folder(entry)
    if entry.family == "marian":
        check_marian(folder, entry.id)
    return folder


def _get(entry: Entry, file: File, folder: Path, tell: Tell, network: Network) -> Path:
    """One file, verified, ready to be put into the store."""
    part = folder / (file.fetched.name.replace("/", "%") + ".part")
    obtain(entry, file.fetched, part, tell, network)
    if file.packed is None:
        return part
    whole = folder / (file.name.replace("/", "%") + ".whole")
    unpack(part, whole, file)
    return whole


def obtain(entry: Entry, file: File, part: Path, tell: Tell, network: Network) -> None:
    """Download a file from the first place that gives the right one, into `part`."""
    failures: list[str] = []
    wrong = False
    for place in _places(entry, file, network):
        # What an earlier try left may itself be wrong: then once more from the start.
        for fresh in (not part.exists(), True):
            if fresh:
                part.unlink(missing_ok=True)
            try:
                _from(place, entry, part, file, tell, network)
                _require_hash(part, file, place)
            except Unreachable as exc:
                failures.append(str(exc))
                break
            except ModelMismatch as exc:
                part.unlink(missing_ok=True)
                failures.append(exc.message)
                wrong = True
                if fresh:
                    break
            else:
                return
    text = "\n".join(dict.fromkeys(failures))
    if wrong:
        raise ModelMismatch(
            f"{entry.id}: {file.name} is not the file that models.lock names, and was deleted: "
            + failures[-1],
            hint=text if len(set(failures)) > 1 else "try again, or from another network",
        )
    raise ModelMissing(
        f"{entry.id}: {file.name} could not be downloaded: {failures[-1]}",
        hint="try again: it goes on where it stopped. Behind a proxy, set HTTPS_PROXY; a mirror, "
        + ("TOOLKIT_MODELS_MIRROR" if entry.url else "HF_ENDPOINT"),
    )


def unpack(packed: Path, whole: Path, file: File) -> None:
    """Unpack a `.gz`, never to more than its file may have; ModelMismatch if it is another."""
    limit = file.size if file.size is not None else _SWELL * packed.stat().st_size + _SMALL
    done = 0
    try:
        with gzip.open(packed) as source, whole.open("wb") as out:
            while done <= limit and (block := source.read(1 << 20)):
                done += len(block)
                out.write(block)
        if done > limit:
            _refuse(f"{file.name}.gz: unpacks to more than {limit:,} bytes")
        _require_hash(whole, file, f"{file.name}.gz")
    except (gzip.BadGzipFile, EOFError, zlib.error) as exc:
        whole.unlink(missing_ok=True)
        raise ModelMismatch(f"{file.name}.gz: cannot be unpacked: {exc}") from exc
    except BaseException:
        whole.unlink(missing_ok=True)
        raise


def _places(entry: Entry, file: File, network: Network) -> Iterator[str]:
    """Where a file may come from, in order; "" is the hub."""
    if not entry.url:
        yield ""
        return
    below = f"{entry.path}/{file.name}" if entry.path else file.name
    for base in (entry.url, *network.mirrors):
        yield f"{base.rstrip('/')}/{below}"
    for folder in entry.mirrors:
        yield f"{folder.rstrip('/')}/{file.name}"


def _from(place: str, entry: Entry, part: Path, file: File, tell: Tell, network: Network) -> None:
    if not place:
        download.from_hub(entry.repo, entry.revision, part, file, tell)
    elif place.startswith(("http://", "https://")):
        download.from_server(place, part, file, tell, network)
    else:
        download.from_folder(Path(place), part, file, tell)


def _require_hash(path: Path, file: File, place: str) -> None:
    size = path.stat().st_size
    if file.size is not None and size != file.size:
        raise ModelMismatch(f"{place or file.name}: expected {file.size:,} bytes, found {size:,}")
    if file.sha256 and (found := sha256(path)) != file.sha256:
        raise ModelMismatch(f"{place or file.name}: expected sha256 {file.sha256}, found {found}")


def _refuse(message: str) -> None:
    raise ModelMismatch(message)


def _require_room(plan: FetchPlan, folder: Path) -> None:
    have = sum(p.stat().st_size for p in folder.glob("*.part"))
    free = shutil.disk_usage(folder).free
    if plan.room - have > free:
        raise ModelError(
            f"{plan.entry.id} needs {megabytes(plan.room - have)} in {folder.parents[1]}, "
            f"where {megabytes(free)} are free",
            hint="make room, or name another folder with TOOLKIT_STORE; "
            "toolkit models gc removes what nobody needs",
        )


@contextmanager
def _disk(folder: Path) -> Iterator[None]:
    """What goes wrong with the disk, in words."""
    try:
        yield
    except OSError as exc:
        if exc.errno in download.NO_ROOM:
            shutil.rmtree(folder, ignore_errors=True)
            raise download.no_room(folder / "x", exc) from exc
        raise ModelError(
            f"the store cannot be written: {exc}", hint="TOOLKIT_STORE names another folder"
        ) from exc


@contextmanager
def _held(store: Store, name: str, tell: Tell) -> Iterator[None]:
    """Hold the download of a model, waiting for whoever has it, and saying so."""
    with ExitStack() as stack:
        try:
            stack.enter_context(store.locked(name, wait=False))
        except TimeoutError:
            tell("another process is at it; waiting", 0, None)
            stack.enter_context(store.locked(name))
        yield


def _silent(_name: str, _done: int, _total: int | None) -> None:
    pass
