"""Names and terms: where known ones occur, as concepts that no language owns.

Three sources: the user's termbase; our own of the names most in the news (`data/terms.csv`);
and the territories of CLDR (through Babel) with the short forms, peoples and adjectives of the
language packs. A name is found in any of its forms: inflected, with a particle glued on, with
a hyphen or without. What is hidden here is how: per language one table of word forms and one
of phrases, made when first asked for. Names that no table has are compared by how they sound
(`unlisted`).
"""

from __future__ import annotations

from toolkit.terms.files import load_terms
from toolkit.terms.finding import find_names, renderings
from toolkit.terms.termbase import KINDS, Entry, Termbase, TermKind, merge
from toolkit.terms.unlisted import Names, Texts, compare_documents, compare_names
from toolkit.terms.within import find_strangers

__all__ = [
    "KINDS",
    "Entry",
    "Names",
    "TermKind",
    "Termbase",
    "Texts",
    "compare_documents",
    "compare_names",
    "find_names",
    "find_strangers",
    "load_terms",
    "merge",
    "renderings",
]
