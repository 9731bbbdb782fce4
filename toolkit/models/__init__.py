"""Models: which there are (`models.lock`), and where their files lie (the store)."""

from __future__ import annotations

from toolkit.models.entries import Code, Decoding, Entry, Family, File, Task, Verified

__all__ = ["Code", "Decoding", "Entry", "Family", "File", "Task", "Verified"]
