"""Carry an article into another language without changing its facts.

toolkit.translate("a.html", "ko")      a `Result`: texts, and what the check found
toolkit.summarize("a.html")            a `Result` with a summary
toolkit.check("It cost $4m.", "…", "ko")   a `Verdict` on two texts
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from toolkit.calls import check as check
    from toolkit.calls import summarize as summarize
    from toolkit.calls import translate as translate

__all__ = ["__version__", "check", "summarize", "translate"]
__version__ = "0.2.0"


def __getattr__(name: str) -> object:
    """The calls, imported when the first of them is asked for: `import toolkit` does nothing."""
    if name in __all__:
        from toolkit import calls

        return getattr(calls, name)
    raise AttributeError(f"module 'toolkit' has no attribute {name!r}")
