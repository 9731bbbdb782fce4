"""Write constraints.txt: the versions that are installed here of all that we install.

`make constraints` runs it after the tests have passed. The extras are followed as far as they
are installed, so run it where `.[all,dev]` is, as CI does.
"""

from __future__ import annotations

import re
from importlib import metadata
from pathlib import Path

OURS = "faithful-articles"
PLACE = Path(__file__).parents[1] / "constraints.txt"
HEAD = """# The versions that CI ran last: `make demo` and `make test` install these. Written by
# `make constraints`; `make test-latest` tries what is newer, `make test-lowest` what is declared.
"""
# Installed as pip finds them on a machine (for a processor, a GPU, a platform), never pinned.
LEFT_OUT = {OURS, "toolkit", "torch", "triton", "pip", "uv", "setuptools"}


def needed(start: str) -> dict[str, str]:
    """What a distribution needs, with all its extras, by name; only what is installed."""
    found: dict[str, str] = {}
    left = [start]
    while left:
        name = re.sub(r"[-_.]+", "-", left.pop()).lower()
        if name in found:
            continue
        try:
            there = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            continue
        found[name] = there.version
        # Extras of others are theirs, but what is installed is installed for a reason.
        left += re.findall(r"^[A-Za-z0-9._-]+", "\n".join(there.requires or ()), re.MULTILINE)
    return found


def main() -> None:
    """Rewrite the file."""
    rows = sorted(
        f"{name}=={version.partition('+')[0]}"
        for name, version in needed(OURS).items()
        if name not in LEFT_OUT and not name.startswith("nvidia-")
    )
    PLACE.write_text(HEAD + "\n".join(rows) + "\n", "utf-8")
    print(f"{PLACE.name}: {len(rows)} versions")


if __name__ == "__main__":
    main()
