"""`models …`: what translates, what it may be used for, and whether it lies here, unharmed."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from toolkit.cli import completions, options
from toolkit.cli.console import FINDINGS, Downloads, command, count, note, put, put_json
from toolkit.errors import ModelError, ModelMissing

if TYPE_CHECKING:
    from toolkit.models import Entry, Lock, Offer, Store

# From this many bytes on a person at a terminal is asked before a download.
ASKED = 500_000_000

Ids = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="MODEL",
        help="Names as in `models list`.",
        show_default=False,
        autocompletion=completions.models,
    ),
]


def register(app: typer.Typer) -> None:
    group = typer.Typer(
        help="The models there are, and those that lie here.",
        rich_markup_mode=None,
        no_args_is_help=True,
    )
    command(group, "list")(list_)
    command(group)(fetch)
    command(group)(verify)
    command(group)(add)
    command(group)(lock)
    command(group)(update)
    command(group)(gc)
    app.add_typer(group, name="models")


def list_(
    lang: options.Langs = None,
    every: Annotated[bool, typer.Option("--all", help="All models of models.lock.")] = False,
    as_json: options.Json = False,
) -> int:
    """Show what they translate, their licence, size, whether here.

    Without --lang or --all: those between English and Korean or Ukrainian, those that write
    summaries, and those in the store. The best of a pair comes first.
    """
    known, store = open_lock()
    langs = options.langs(lang)
    shown = [entry for entry in known.entries if every or _wanted(entry, langs, store)]
    shown.sort(key=lambda entry: _order(entry, store))
    superseded = {entry.replaces for entry in known.entries if entry.replaces}
    if as_json:
        put_json([row(e, store) | {"superseded": e.id in superseded} for e in shown])
        return 0
    rows = [
        (
            entry.id,
            translates(entry),
            _score(entry),
            entry.licence if entry.commercial else f"{entry.licence} (not commercial)",
            _size(entry),
            "yes" if store.has(entry) else "no",
            "superseded" if entry.id in superseded else entry.verified,
        )
        for entry in shown
    ]
    table(("model", "translates", "published", "licence", "size", "here", "hashes"), rows)
    if len(shown) < len(known.entries):
        note(f"{len(known.entries) - len(shown)} more: toolkit models list --all, or --lang CODE")
    return 0


def fetch(
    names: Annotated[
        list[str],
        typer.Argument(
            metavar="MODEL|PAIR",
            help="Names as in `models list`, or en-ko for what that pair needs.",
            autocompletion=completions.models,
        ),
    ],
    offline: options.Offline = False,
    yes: options.Yes = False,
    allow_noncommercial: options.Noncommercial = False,
    quiet: options.Quiet = False,
    as_json: options.Json = False,
) -> int:
    """Download models, each byte compared with models.lock."""
    from toolkit import models

    known, store = open_lock()
    entries = [entry for name in names for entry in _named(name, known, store)]
    entries = list(dict.fromkeys(entries))
    plans = [
        models.plan_fetch(entry, store, allow_noncommercial=allow_noncommercial)
        for entry in entries
    ]
    total = sum(plan.size for plan in plans)
    unsized = any(file.fetched.size is None for plan in plans for file in plan.files)
    if (total >= ASKED or unsized) and not (yes or offline) and not _agrees(total, unsized):
        return 0
    rows = []
    for plan in plans:
        with Downloads(quiet=quiet) as progress:
            folder = models.fetch(plan, store, progress.tell, offline=offline)
        rows.append({**row(plan.entry, store), "folder": str(folder), "fetched": plan.size})
        if not quiet and not as_json:
            done = "was here already" if plan.done else f"fetched, {models.megabytes(plan.size)}"
            note(f"{plan.entry.id}: {done}")
    if as_json:
        put_json(rows)
    return 0


def verify(
    names: Ids = None,
    run: Annotated[
        bool, typer.Option("--run", help="Translate a few sentences too, and check the answers.")
    ] = False,
    allow_noncommercial: options.Noncommercial = False,
    as_json: options.Json = False,
) -> int:
    """Hash every byte of the models in the store, and compare. Default: all of them.

    With --run each translates a handful of sentences that we wrote, from English, Korean or
    Ukrainian; the exit code is 7 where there are none for a model. Their figures, dates and
    labels must come through, whole and in the right script; the wording is not judged.
    """
    known, store = open_lock()
    entries = (
        [known.entry(name) for name in names]
        if names
        else [entry for entry in known.entries if store.path(entry).is_dir()]
    )
    code = 0
    rows: list[dict[str, Any]] = []
    for entry in entries:
        here = store.path(entry).is_dir()
        problems = list(store.problems(entry, thorough=True)) if here else ["not in the store"]
        rows.append({"model": entry.id, "problems": problems})
        if problems:
            code = ModelError.exit_code
        if not as_json:
            put(f"{entry.id}: {'; '.join(problems) or count(len(entry.files), 'file') + ' sound'}")
        if run and not problems:
            trials = _tried(entry, allow_noncommercial=allow_noncommercial, quiet=as_json)
            rows[-1]["trials"] = trials
            if not trials:  # a check that looked at nothing is not passed
                code = code or FINDINGS
            if not all(trial["passed"] for trial in trials):
                code = code or FINDINGS
    if as_json:
        put_json(rows)
    elif code == ModelError.exit_code:
        note("what is damaged is fetched again by: toolkit models fetch MODEL")
    elif not entries:
        note("no model is in the store")
    return code


def _tried(entry: Entry, *, allow_noncommercial: bool, quiet: bool) -> list[dict[str, Any]]:
    """What the model makes of our sentences, told as it comes."""
    from toolkit import engines
    from toolkit.checks.probes import try_engine
    from toolkit.lang import CODES, probes

    means = engines.Means(allow_noncommercial=allow_noncommercial)
    engine = engines.load(f"model:{entry.id}", means)
    full = {code for code in CODES if probes(code)}
    pairs = [
        (source.lang, target.lang)
        for source in entry.sources
        for target in entry.targets
        if entry.serves(source.lang, target.lang)
        and source.lang in full
        # Of a model of a hundred languages, those whose answers we can judge in full.
        and (target.lang in full or len(entry.targets) == 1)
    ]
    rows: list[dict[str, Any]] = []
    for source, target in pairs:
        trials = try_engine(engine, source, target)
        if not quiet:
            passed = sum(trial.passed for trial in trials)
            put(
                f"{entry.id}: {source}→{target}: {passed} of {count(len(trials), 'sentence')} sound"
            )
        for trial in trials:
            faults = [
                {"code": f.code, "severity": f.severity, "expected": f.expected, "found": f.found}
                for f in trial.findings
            ]
            rows.append(
                {"from": source, "into": target, "source": trial.source, "target": trial.target}
                | {"passed": trial.passed, "findings": faults}
            )
            if not quiet:
                put(f"  {trial.source}\n  {trial.target or '-'}")
                for f in trial.findings:
                    told = " → ".join(part for part in (f.expected, f.found) if part)
                    put(f"    {f.severity} {f.code} {told or f.rule}".rstrip())
    if not pairs and not quiet:
        put(
            f"{entry.id}: {translates(entry)}: not tried; our sentences are in "
            f"{', '.join(sorted(full))}"
        )
    return rows


def add(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="A folder with its files.")],
    name: Annotated[
        str,
        typer.Option("--id", metavar="NAME", help="Its name here, if no lock knows it."),
    ] = "",
    source_lang: Annotated[
        list[str] | None,
        options.given("--source-lang", "CODE", "What it reads."),
    ] = None,
    lang: Annotated[
        list[str] | None,
        options.given(
            "--lang", "CODE", "What it writes; ko=kor_Hang if it has a name of its own for it."
        ),
    ] = None,
    licence: Annotated[str, typer.Option("--licence", help="Its licence, if known.")] = "",
    noncommercial: Annotated[
        bool, typer.Option("--noncommercial", help="Its licence forbids commercial use.")
    ] = False,
    as_json: options.Json = False,
) -> int:
    """Take a model from a folder.

    A Firefox profile's, a download's, a snapshot of a hub. Its files are matched with
    models.lock by their hashes. One that no lock knows is added to your own, under --id, with
    the languages that are given.
    """
    from toolkit import models

    known, store = open_lock()
    own = models.Own(name, tuple(source_lang or ()), tuple(lang or ()), licence, not noncommercial)
    added = models.add_folder(folder, store, known, own)
    if as_json:
        put_json([{**row(a.entry, store), "unchecked": a.unchecked, "new": a.new} for a in added])
        return 0
    for item in added:
        if item.new:
            note(f"{item.entry.id}: added to {store.lock_path} as your own; nobody vouches for it")
        elif item.unchecked:
            note(
                f"{item.entry.id}: added; models.lock has no hash for "
                f"{', '.join(item.unchecked)}, taken as found"
            )
        else:
            note(f"{item.entry.id}: added; every file is the one that models.lock names")
    return 0


def lock(
    names: Annotated[
        list[str],
        typer.Argument(
            metavar="MODEL",
            help="Names as in `models list`.",
            autocompletion=completions.models,
        ),
    ],
    allow_noncommercial: options.Noncommercial = False,
    yes: options.Yes = False,
    quiet: options.Quiet = False,
) -> int:
    """Download models with unknown hashes, and write these down.

    They go into the nearest models.lock, else into your own. What is known already must hold.
    """
    from toolkit import models

    known, store = open_lock()
    for name in names:
        entry = known.entry(name)
        if not yes and not entry.complete and not _agrees(entry.size or 0, unsized=True):
            return 0
        with Downloads(quiet=quiet) as progress:
            whole = models.complete(
                entry, store, progress.tell, allow_noncommercial=allow_noncommercial
            )
        if whole == entry:
            note(f"{entry.id}: all of it was known")
            continue
        path = known.path or store.lock_path
        with store.locked("lock"):
            models.write_entry(path, whole)
        new = [
            file.name
            for file, old in (
                (f, {o.name: o for o in entry.files}.get(f.name)) for f in whole.files
            )
            if old is None or old.sha256 != file.sha256
        ]
        note(f"{path}: {entry.id}: {count(len(new), 'hash')} written as seen: {', '.join(new)}")
    return 0


def update(
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="MODEL", help="Of what is offered, these.", show_default=False),
    ] = None,
    lang: options.Langs = None,
    registry: Annotated[
        str, options.given("--registry", "ADDRESS", "Another registry than Mozilla's.")
    ] = "",
    yes: Annotated[
        bool, typer.Option("--yes", help="Download and pin what is newer or better.")
    ] = False,
    quiet: options.Quiet = False,
    as_json: options.Json = False,
) -> int:
    """See which of Firefox's models have a newer or better version.

    Nothing changes before you agree. What you agree to is downloaded, compared with what the
    registry says, and written into your own models.lock with the hashes that were seen.
    """
    from toolkit import models

    known, store = open_lock()
    address = registry or os.environ.get("TOOLKIT_MODELS_REGISTRY") or models.REGISTRY
    offers = models.compare(models.read_registry(address), known, options.langs(lang))
    if unknown := set(names or ()) - {offer.entry.id for offer in offers}:
        raise ModelMissing(
            f"the registry offers no model {min(unknown)!r}", hint="toolkit models update"
        )
    if not as_json:
        _show(offers)
    chosen = [o.entry for o in offers if o.state in ("newer", "better", "new")]
    if names:
        chosen = [entry for entry in chosen if entry.id in names]
    elif not lang:  # all of what is newer, and nothing that nobody asked for
        chosen = [o.entry for o in offers if o.state in ("newer", "better")]
    size = sum(file.size or 0 for entry in chosen for file in entry.files)
    agreed = bool(chosen) and (yes or (not as_json and _agrees_here(size)))
    for entry in chosen if agreed else ():
        with Downloads(quiet=quiet) as progress:
            pinned = models.pin(entry, store, progress.tell)
        with store.locked("lock"):
            models.write_entry(store.lock_path, pinned)
        if not quiet and not as_json:
            note(f"{pinned.id}: downloaded, and pinned in {store.lock_path}")
    if as_json:
        put_json(
            [
                {"state": o.state, "replaces": o.old.id if o.old else "", **row(o.entry, store)}
                | {"pinned": agreed and o.entry in chosen}
                for o in offers
            ]
        )
    elif chosen and not agreed:
        note("to download and pin them: toolkit models update --yes")
    return 0


def _show(offers: Sequence[Offer]) -> None:
    rows = [
        (o.state, o.entry.id, translates(o.entry), _score(o.entry), o.old.id if o.old else "")
        for o in offers
        if o.state != "pinned"
    ]
    if rows:
        table(("", "model", "translates", "published", "in place of"), rows)
    same = sum(offer.state == "pinned" for offer in offers)
    note(f"{count(same, 'model')} of the registry {'is' if same == 1 else 'are'} pinned already")


def _agrees_here(size: int) -> bool:
    """Whether the person at the terminal agrees; nobody there is a no."""
    return sys.stdin.isatty() and sys.stderr.isatty() and _agrees(size, unsized=size == 0)


def gc(
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="MODEL", help="Models to remove as well.", show_default=False),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would go, and remove nothing.")
    ] = False,
    as_json: options.Json = False,
) -> int:
    """Remove what nobody needs, and the models named.

    Nobody needs downloads that were given up, and superseded files.
    """
    from toolkit import models

    known, store = open_lock()
    for name in names or ():
        if name not in store.ids():
            raise ModelMissing(f"no model {name!r} is in the store", hint="toolkit models list")
    act = models.plan_gc if dry_run or not store.root.is_dir() else models.collect
    garbage = act(store, known.entries, names or ())
    if act is models.collect and names:
        with store.locked("lock"):  # what you added goes from your own lock with its files
            for name in names:
                models.drop_entry(store.lock_path, name)
    if as_json:
        paths = [str(path) for path in (*garbage.folders, *garbage.blobs)]
        put_json({"bytes": garbage.size, "paths": paths, "removed": not dry_run})
        return 0
    size = models.megabytes(garbage.size) if garbage.size else "0 MB"
    note(f"{'would free' if dry_run else 'freed'} {size}")
    return 0


# --- shared with `languages` -----------------------------------------------------------------


def row(entry: Entry, store: Store) -> dict[str, Any]:
    """A model as JSON."""
    return {
        "model": entry.id,
        "family": entry.family,
        "task": entry.task,
        "from": [code.lang for code in entry.sources],
        "into": [code.lang for code in entry.targets],
        "licence": entry.licence,
        "commercial": entry.commercial,
        "territory": entry.territory,
        "size": entry.size,
        "stored": store.has(entry),
        "verified": entry.verified,
        "scores": [
            {"metric": s.metric, "value": s.value, "test": s.test, "by": s.by, "pair": s.pair}
            for s in entry.scores
        ],
        "note": entry.note,
    }


def through(lock: Lock, store: Store, source: str, target: str) -> dict[str, Any] | None:
    """What would translate between two languages, as JSON; None if nothing would."""
    from toolkit import models

    entries = models.route(lock, store, source, target)
    if not entries:
        return None
    sizes = [entry.size for entry in entries]
    return {
        "through": [entry.id for entry in entries],
        "licence": sorted({entry.licence for entry in entries}),
        "size": None if None in sizes else sum(size or 0 for size in sizes),
        "stored": all(store.has(entry) for entry in entries),
    }


def translates(entry: Entry) -> str:
    """`en→ko`, `97 languages`, `summaries in en`."""
    sources, targets = ([c.lang for c in codes] for codes in (entry.sources, entry.targets))
    if entry.task == "summarize":
        return f"summaries in {', '.join(sources)}"
    if sources == targets:
        few = len(sources) <= 4
        return "↔".join(sources) if few else f"{len(sources)} languages"
    return f"{', '.join(sources)}→{', '.join(targets)}"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Columns as wide as they need to be."""
    widths = [max(len(line[at]) for line in (head, *rows)) + 2 for at in range(len(head))]
    for line in (head, *rows):
        put("".join(f"{cell:{width}}" for cell, width in zip(line, widths, strict=True)).rstrip())


def open_lock() -> tuple[Lock, Store]:
    """The lock that holds here, and the store."""
    from toolkit import models

    store = models.Store()
    return models.read_lock(user=store.lock_path), store


def _wanted(entry: Entry, langs: Sequence[str], store: Store) -> bool:
    if langs:
        codes = {code.lang for code in (*entry.sources, *entry.targets)}
        return any(lang in codes for lang in langs)
    from toolkit.lang import CODES
    from toolkit.models.routes import PIVOT

    others = [code for code in CODES if code != PIVOT]
    ours = [pair for code in others for pair in ((PIVOT, code), (code, PIVOT))]
    return (
        store.has(entry) or entry.task == "summarize" or any(entry.serves(*pair) for pair in ours)
    )


def _order(entry: Entry, store: Store) -> tuple[object, ...]:
    """Those here first; then by pair, the best of each first, and large ones of many pairs last."""
    score = entry.score("COMET") or 0.0
    first = not store.has(entry), not entry.commercial, entry.family != "firefox"
    return (*first, translates(entry) if entry.family == "firefox" else "", -score)


def _named(name: str, known: Lock, store: Store) -> tuple[Entry, ...]:
    """The model of a name; of a pair of languages those that would be used, one or two."""
    from toolkit import models

    source, dash, target = name.partition("-")
    if dash and not any(entry.id == name for entry in known.entries):
        found = models.route(known, store, source, target) or known.candidates(source, target)[:1]
        if found:
            return found
    return (known.entry(name),)


def _score(entry: Entry) -> str:
    """The published score of a model of one pair; those of others are in `--json`."""
    single = len(entry.sources) == len(entry.targets) == 1
    score = entry.score("COMET") if single else None
    return f"COMET {score:.4f}" if score else "-"


def _size(entry: Entry) -> str:
    from toolkit.models import megabytes

    return megabytes(entry.size) if entry.size is not None else "?"


def _agrees(size: int, unsized: bool) -> bool:
    """Whether the person at the terminal agrees; without one, what was asked for is meant."""
    from toolkit.models import megabytes

    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return True
    what = " and ".join(
        part
        for part in (megabytes(size) if size else "", "files of unknown size" * unsized)
        if part
    )
    sys.stderr.write(f"download {what}? [y/N] ")
    sys.stderr.flush()
    return sys.stdin.readline().strip().lower() in {"y", "yes"}
