"""What the shell offers behind an option: languages, engines, models, codes of findings.

Asked for when somebody presses Tab, never before: each looks only where it must.
"""

from __future__ import annotations


def languages() -> list[str]:
    """The full languages first: some 300 others would hide them."""
    from toolkit.lang import CODES, basic_codes

    return [*CODES, *basic_codes()]


def engines() -> list[str]:
    """Names of engines; those that want more end in a colon."""
    from toolkit.engines import ENGINES
    from toolkit.package import plugins

    alone = ("auto", "memory")
    return [*alone, *(f"{kind}:" for kind in ENGINES if kind not in alone), *plugins("engines")]


def models() -> list[str]:
    """The models of the locks that hold here."""
    from toolkit.models import Store, read_lock

    return [entry.id for entry in read_lock(user=Store().lock_path).entries]


def findings() -> list[str]:
    """The codes of findings."""
    from toolkit.checks.registry import CODES

    return list(CODES)
