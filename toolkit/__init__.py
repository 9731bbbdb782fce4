"""Carry an article into another language without changing its facts."""

from __future__ import annotations

__version__ = "0.2.0"
