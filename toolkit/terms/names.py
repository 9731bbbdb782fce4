"""What is known of names before any text is seen: forms, and the concepts they stand for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from toolkit.lang import CODES, common, pack
from toolkit.terms.termbase import Entry, Termbase

# "Thomas Renfrew" agrees with "Renfrew", which may be any, and not with "Tobias Renfrew".
SURNAME = "/surname"


@dataclass(frozen=True, slots=True)
class Name:
    """What a phrase stands for. No values: it only looks like a name."""

    values: tuple[str, ...]
    kind: str
    strength: int
    rank: int = 0  # 2 from the user's termbase, 1 from ours, 0 from CLDR
    open: bool = False  # anything may follow in the same run of letters
    # One letter, one country: the values of each letter.
    letters: tuple[str, ...] = ()

    @property
    def surname(self) -> bool:
        return any(value.endswith(SURNAME) for value in self.values)


@dataclass(frozen=True, slots=True)
class Form:
    """One way to write a name, before it is split into words."""

    text: str
    fixed: bool = False
    weak: bool = False
    open: bool = False


def combined(known: Name | None, new: Name) -> Name:
    if known is None or known == new:
        return new
    if not known.values or not new.values:
        return known if known.values else new
    # The user's own name leads, whatever else the word may mean.
    first, second = (new, known) if new.rank > known.rank else (known, new)
    alike = first.rank == second.rank
    strength = min(first.strength, second.strength) if alike else first.strength
    values = tuple(dict.fromkeys(first.values + second.values))
    return replace(first, values=values, strength=strength, open=first.open or second.open)


# The world is no place to be confused with another, the rest are not places; of the parts of
# continents only those that newspapers name.
_PARTS = frozenset({"002", "003", "005", "009", "013", "019", "029", "142", "145", "150", "419"})
_NO_PLACE = frozenset({"XA", "XB", "ZZ", "QO", "UM"})


@cache
def territory_names(lang: str) -> tuple[tuple[Form, Name], ...]:
    """CLDR's territories and the pack's own forms of them, decoys included."""
    rules = pack(lang).names
    codes: dict[str, dict[str, None]] = {}
    forms: dict[str, tuple[Form, str]] = {}
    tables = ((rules.territories, "place"), (rules.demonyms, "demonym"))
    listed = [(code, form, kind) for table, kind in tables for code, form in _listed(table)]
    for code, form, kind in listed:
        codes.setdefault(form.text, {})[code] = None
        known = forms.get(form.text, (form, kind))[0]
        forms[form.text] = (replace(form, weak=form.weak or known.weak), kind)
    for line in common(lang).territories.splitlines():
        code, _, name = line.partition(": ")
        if code in _NO_PLACE or (code.isdigit() and code not in _PARTS):
            continue
        # As a text has it: CLDR adds the other name, or whose region it is.
        plain = re.sub(r" *\([^()]*\)", "", name).partition(",")[0]
        codes.setdefault(plain, {})[code] = None
        forms.setdefault(plain, (Form(plain), "place"))
    names = [
        (
            form,
            Name(
                values=tuple(f"territory:{code}" for code in codes[text]),
                kind=kind,
                strength=1 if form.weak else 2,
                open=form.open,
            ),
        )
        for text, (form, kind) in forms.items()
    ]
    names += [
        (Form(text), Name(values=(), kind="place", strength=1, open=True))
        for text in _items(rules.decoys, ",")
    ]
    for item in _items(rules.compounds, ";"):
        form, letters = _compound(item)
        values = tuple(f"territory:{code}" if code != "-" else "" for code in letters)
        strength = 1 if form.weak else 2
        names.append((form, Name(values[:1], "place", strength, letters=values)))
    return tuple(names)


def _items(table: str, separator: str) -> Iterator[str]:
    for line in table.splitlines():
        yield from (item.strip() for item in line.split(separator) if item.strip())


def _listed(table: str) -> Iterator[tuple[str, Form]]:
    for item in _items(table, ";"):
        code, _, forms = item.partition(" ")
        for form in forms.split(","):
            yield code, _marked(form.strip())


def _marked(form: str) -> Form:
    return Form(
        text=form.strip("=?*"),
        fixed=form.startswith("="),
        weak="?" in form,
        open="*" in form,
    )


def _compound(item: str) -> tuple[Form, list[str]]:
    """`미 국무부 US`: the codes at the end belong to the first letters, in order."""
    words = item.split()
    codes = [word for word in words if word == "-" or word.isascii()]
    return _marked(" ".join(word for word in words if word not in codes)), codes


@cache
def _territory_values(lang: str) -> dict[str, tuple[str, ...]]:
    return {
        form.text: name.values
        for form, name in territory_names(lang)
        if name.strength > 1 and not name.letters
    }


def concepts_of(termbase: Termbase) -> Iterator[tuple[tuple[str, ...], Entry]]:
    """Each entry with its concept ids: a country that CLDR knows keeps CLDR's."""
    for entry in termbase.entries:
        known: Iterator[tuple[str, ...]] = iter(())
        if entry.kind in ("place", "demonym"):
            known = (
                values
                for lang in CODES
                for form in entry.of(lang)
                if (values := _territory_values(lang).get(form))
            )
        yield next(known, (entry.id,)), entry


def entry_names(termbase: Termbase, lang: str, rank: int) -> Iterator[tuple[Form, Name]]:
    for values, entry in concepts_of(termbase):
        strength = 3 if rank == 2 and entry.kind != "term" else 2
        name = Name(values, entry.kind, strength, rank)
        forms = entry.of(lang)
        for form in forms:
            weak = (lang, form) in entry.ambiguous
            yield Form(form, weak=weak), replace(name, strength=1) if weak else name
        if entry.kind != "person":
            continue
        # Alone it is the person; after a given name that is not theirs it is only the surname.
        alone = replace(name, values=values + tuple(v + SURNAME for v in values))
        for surname in _surnames(entry, lang):
            if surname not in forms:
                yield Form(surname), alone


def _surnames(entry: Entry, lang: str) -> set[str]:
    """The last word of a full name, if in every language it can stand for the person.

    Not in East Asian names, which open with it: Kim Jong Un is one word in Korean.
    """
    for code, forms in entry.renderings:
        words = forms[0].split()
        if code in CODES and (len(words) < 2 or len(words[-1]) < pack(code).names.surname):
            return set()
    words_of = (form.split() for form in entry.of(lang) if " " in form)
    return {words[-1] for words in words_of if len(words[-1]) >= pack(lang).names.surname}
