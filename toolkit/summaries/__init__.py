"""The few sentences that say most of an article: chosen from it, or written by an engine.

`extractive` chooses, in the article's own words, and needs nothing but the language pack.
`abstractive` asks an engine, in parts where an article is long, and ties each sentence of the
answer to the sentences it was made from, so that it can be checked and replaced.
"""

from __future__ import annotations

from toolkit.summaries.extractive import rank, summarize

__all__ = ["rank", "summarize"]
