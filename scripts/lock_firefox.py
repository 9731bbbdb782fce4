"""Write Mozilla's Firefox Translations models into models.lock.

    python scripts/lock_firefox.py firefox-models.json [models.lock]

The JSON holds what the repository publishes, as `{"repository", "commit", "models": {NAME:
{"path", "files": [{"name", "sha256", "size"}], "architecture", "sourceLanguage",
"targetLanguage", "byteSize", "hash", "flores": {"bleu", "comet"}}}}`. A file's sha256 and size
are those of its git LFS object, the `.gz`; `hash` and `byteSize` are of the unpacked model.
All that the lock says below the mark is written anew; all above it stays.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from toolkit.lang import code_of
from toolkit.models.entries import Code, Entry, File, Score
from toolkit.models.lock import SHIPPED, check_entry, read_lock, render, write_whole

MARK = "# --- Firefox Translations: written by scripts/lock_firefox.py; not by hand ---\n"
BY = "metadata.json of the repository"
# Where the publisher's registry has a file of the very hash that the repository states; others of
# its 93 current models are newer ones (`toolkit models update`). Seen in February 2026.
BUCKET = "https://storage.googleapis.com/moz-fx-translations-data--303e-prod-translations-data"
MIRRORS = {
    "1c310a79b61b8824b2eb26b045db043d92722f3e66ea06998f7c89f48da9f6bc": (
        f"{BUCKET}/models/en-ko/cjk_hplt2_Fzrv_XPwTs6KVNkktUeuOA/exported",
    )
}


def main() -> None:
    source = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    lock = Path(sys.argv[2]) if len(sys.argv) > 2 else SHIPPED
    above = lock.read_text("utf-8").partition(MARK)[0].rstrip("\n")
    blocks = list(tables(source))
    write_whole(lock.resolve(), "\n".join([f"{above}\n", MARK, *blocks]))
    print(f"{lock}: {len(blocks) - 1} Firefox models, {len(read_lock(lock).entries)} in all")


def tables(source: Mapping[str, Any]) -> Iterator[str]:
    """The shared table, then one of each model, by pair and architecture."""
    shared = {
        "family": "firefox",
        "licence": "MPL-2.0",
        "commercial": True,
        "verified": "upstream",
        "url": f"https://media.githubusercontent.com/media/{source['repository']}/"
        + source["commit"],
        "scored": {"test": "FLORES", "by": BY},
    }
    rows = [f"{k} = {json.dumps(v)}\n" for k, v in shared.items() if k != "scored"]
    yield f'[shared.firefox]\n{"".join(rows)}scored = {{ test = "FLORES", by = "{BY}" }}\n'
    entries = [_entry(model, shared) for model in source["models"].values()]
    for entry in sorted(entries, key=lambda entry: entry.id):
        check_entry(entry, entry.id)
        yield render(entry, "firefox", shared)


def _entry(model: Mapping[str, Any], shared: Mapping[str, Any]) -> Entry:
    langs = [code_of(model[side]) for side in ("sourceLanguage", "targetLanguage")]
    if not langs[0] or not langs[1]:
        raise SystemExit(f"{model['path']}: a language that CLDR does not know")
    scores = model["flores"]
    return Entry(
        id=f"firefox-{langs[0]}-{langs[1]}-{model['architecture']}",
        family="firefox",
        task="translate",
        architecture=model["architecture"],
        sources=(Code(langs[0]),),
        targets=(Code(langs[1]),),
        licence=shared["licence"],
        commercial=True,
        verified="upstream",
        url=shared["url"],
        path=model["path"],
        mirrors=MIRRORS.get(model["hash"], ()),
        scores=tuple(
            Score(name.upper(), float(scores[name]), "FLORES", BY)
            for name in ("comet", "bleu")
            if scores[name] is not None
        ),
        files=tuple(_file(file, model) for file in model["files"] if _wanted(file["name"])),
    )


def _wanted(name: str) -> bool:
    # Two models come with one that estimates quality, which no engine of ours reads.
    return not name.startswith("qualityModel.")


def _file(file: Mapping[str, Any], model: Mapping[str, Any]) -> File:
    packed = File(file["name"], file["size"], file["sha256"])
    is_model = file["name"].startswith("model.")
    return File(
        file["name"].removesuffix(".gz"),
        model["byteSize"] if is_model else None,
        model["hash"] if is_model else None,
        packed,
    )


if __name__ == "__main__":
    main()
