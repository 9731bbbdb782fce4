"""Names and terms: where known ones occur, as concepts that no language owns.

Three sources: the user's termbase; our own of the names most in the news (`data/terms.csv`);
and the territories of CLDR (through Babel) with the short forms, peoples and adjectives of the
language packs. A name is found in any of its forms: inflected, with a particle glued on, with
a hyphen or without. What is hidden here is how: per language one table of word forms and one
of phrases, made when first asked for.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache, reduce
from importlib.resources import files
from pathlib import Path
from typing import Literal, get_args

from toolkit.errors import InputError
from toolkit.lang import CODES, pack
from toolkit.lang.base import NameRules
from toolkit.schema import Fact, Span

TermKind = Literal["person", "place", "organisation", "demonym", "term"]
KINDS: tuple[TermKind, ...] = get_args(TermKind)


@dataclass(frozen=True, slots=True)
class Entry:
    """One concept and, per language, the renderings approved for it, the preferred first."""

    id: str
    kind: TermKind
    renderings: tuple[tuple[str, tuple[str, ...]], ...]
    note: str = ""

    def of(self, lang: str) -> tuple[str, ...]:
        return next((forms for code, forms in self.renderings if code == lang), ())


@dataclass(frozen=True, slots=True)
class Termbase:
    entries: tuple[Entry, ...] = ()

    def __hash__(self) -> int:
        # Asked for at every look-up: equal termbases have equal ends, the rest is for __eq__.
        return hash((len(self.entries), self.entries[:1], self.entries[-1:]))


@dataclass(frozen=True, slots=True)
class Approved:
    """A term seen in a text, with the renderings approved for it in another language."""

    term: Fact
    renderings: tuple[str, ...]


def find_names(text: str, lang: str, termbase: Termbase | None = None) -> tuple[Fact, ...]:
    """The known names in a text, in order, none inside another, the longest first choice.

    `values` are concept ids, several where the word may mean several; a country, its people
    and its language are one concept, so that "Ukrainian" agrees with 우크라이나의. Strength:
    3 from the termbase (2 for kind "term"), 2 from what we know ourselves, 1 where the word
    also is another ("Jordan"): present, it agrees; absent, it proves nothing.
    """
    index = _index(lang, termbase)
    found: list[Fact] = []
    words = [(m.start(), m.end()) for m in _WORD.finditer(text)]
    plain = text.translate(_ALIKE)
    at = found_end = 0
    while at < len(words):
        start, end = words[at]
        hit = (index.glued and _glued(index, plain, start, end)) or _phrase(index, plain, words, at)
        if hit is None or _yields(index, plain, words, at, hit):
            at += 1
            continue
        begin, end, name = hit
        if text[end : end + 1] in _CURRENCIES:
            name = _NOTHING
        elif at and found_end <= words[at - 1][0] and name.surname:
            begin, name = _with_given_name(index, plain, words[at - 1], begin, name)
        found += _facts(text, begin, end, name)
        found_end = end
        at += 1
        while at < len(words) and words[at][0] < end:
            at += 1
    return tuple(found)


def renderings(termbase: Termbase, text: str, lang: str, target_lang: str) -> tuple[Approved, ...]:
    """The termbase's terms in a text, each once, with what the target language calls them."""
    by_id: dict[str, tuple[str, ...]] = {}
    for concepts, entry in _concepts(termbase):
        for concept in concepts:
            by_id[concept] = by_id.get(concept, ()) + entry.of(target_lang)
    seen: dict[tuple[str, ...], Approved] = {}
    for fact in find_names(text, lang, termbase):
        forms = tuple(dict.fromkeys(f for v in fact.values for f in by_id.get(v, ())))
        if forms:
            seen.setdefault(fact.values, Approved(fact, forms))
    return tuple(seen.values())


# --- the termbase file ---------------------------------------------------------------


def load_terms(path: Path) -> Termbase:
    """A termbase from CSV: a column per language code, and `kind` and `note` if you like.

    Several renderings of one name stand between `|`, the preferred one first. A rendering
    may stand in two rows when another language tells them apart: it then may mean either.
    """
    try:
        data = path.read_bytes()
    except OSError as exc:
        raise InputError(f"{path}: {exc.strerror or exc}") from exc
    return _parse(data, str(path))


def _parse(data: bytes, path: str) -> Termbase:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as exc:
        line = exc.object[: exc.start].count(b"\n") + 1
        raise InputError(f"{path}: line {line}: not UTF-8", hint="save it as UTF-8 CSV") from exc
    text = unicodedata.normalize("NFC", text)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    lines: dict[str, int] = {}
    entries: list[Entry] = []
    try:
        columns = _columns(next(rows, []), path)
        for row in rows:
            entry = _entry(row, columns, f"{path}: line {rows.line_num}")
            if entry.id in lines:
                raise InputError(
                    f"{path}: line {rows.line_num}: {entry.of(columns[0])[0]!r} is already on "
                    f"line {lines[entry.id]}",
                    hint='one line per concept, further renderings after "|"',
                )
            lines[entry.id] = rows.line_num
            entries.append(entry)
    except csv.Error as exc:
        raise InputError(f"{path}: line {rows.line_num}: {exc}") from exc
    return Termbase(tuple(entries))


def merge(termbases: Iterable[Termbase]) -> Termbase:
    """One termbase of several; the same concept in two keeps the renderings of both."""
    merged: dict[str, Entry] = {}
    for entry in (e for termbase in termbases for e in termbase.entries):
        known = merged.get(entry.id)
        merged[entry.id] = entry if known is None else _joined(known, entry)
    return Termbase(tuple(merged.values()))


def _joined(first: Entry, second: Entry) -> Entry:
    langs = dict.fromkeys(lang for lang, _ in first.renderings + second.renderings)
    return replace(
        first,
        renderings=tuple(
            (lang, tuple(dict.fromkeys(first.of(lang) + second.of(lang)))) for lang in langs
        ),
        note=first.note or second.note,
    )


def _delimiter(text: str) -> str:
    # Spreadsheets of comma-decimal countries write semicolons and still call it CSV.
    head = text.partition("\n")[0]
    return max(",;\t", key=head.count)


def _columns(head: list[str], path: str) -> tuple[str, ...]:
    columns = tuple(name.strip().lower() for name in head)
    for name in columns:
        if name not in {"kind", "note"} and not _is_language(name):
            raise InputError(
                f"{path}: line 1: unknown column {name!r}",
                hint="columns: language codes (en, ko, uk …), kind, note",
            )
        if columns.count(name) > 1:
            raise InputError(f"{path}: line 1: column {name!r} stands twice")
    if len(set(columns) - {"kind", "note"}) < 2:
        raise InputError(
            f"{path}: line 1: expected at least two languages, found {', '.join(columns)!r}",
            hint="the first line names the columns: en,ko,uk,kind,note",
        )
    # Languages first, English before the others: the concept's id is made in this order.
    return columns


def _is_language(code: str) -> bool:
    if code in CODES:
        return True
    from babel import Locale, UnknownLocaleError  # Only a termbase with more languages needs it.

    try:
        Locale.parse(code, sep="-")
    except (UnknownLocaleError, ValueError):
        return False
    return True


def _entry(row: list[str], columns: tuple[str, ...], where: str) -> Entry:
    if not any(cell.strip() for cell in row):
        raise InputError(f"{where}: empty row", hint="delete it")
    if len(row) > len(columns):
        raise InputError(
            f"{where}: expected {len(columns)} cells, found {len(row)}",
            hint='a rendering with a comma stands between quotation marks: "Hamm, Mia"',
        )
    cells = dict(zip(columns, row, strict=False))
    kind = cells.pop("kind", "").strip().lower() or "term"
    note = cells.pop("note", "").strip()
    if kind not in KINDS:
        raise InputError(f"{where}: unknown kind {kind!r}", hint=f"kinds: {', '.join(KINDS)}")
    given = {
        lang: tuple(dict.fromkeys(form.strip() for form in cell.split("|") if form.strip()))
        for lang, cell in cells.items()
    }
    for lang, forms in given.items():
        for form in forms:
            if not _WORD.search(form):
                raise InputError(f"{where}: {lang}: {form!r} holds no letter")
    given = {lang: forms for lang, forms in given.items() if forms}
    if len(given) < 2:
        raise InputError(f"{where}: expected renderings in two languages, found {len(given)}")
    firsts = "/".join(given[lang][0] for lang in sorted(given))
    return Entry(
        id=f"{kind}:{firsts}",
        kind=next(k for k in KINDS if k == kind),
        renderings=tuple(given.items()),
        note=note,
    )


# --- names of one language, ready to be looked up ---------------------------------------

# Letters and digits; Hangul apart from the Latin or the digits it is glued to. The modifier
# apostrophe is a letter to Unicode, not to us: it is written in four ways within names.
_WORD = re.compile(r"[가-힣]+|[^\W_가-힣ʼ]+")
# What may stand between the words of one name, and after a short word besides (U.S., St. Lucia).
_GAPS = frozenset(["", " ", "-", "'", " & ", "·", "\u2010", "\u2011", " - ", " № ", "/"])
_GAPS |= {gap for quote in "«»„“”\"'" for gap in (f" {quote}", f"{quote} ", quote)}
# "US$ 5" is money, not the country.
_CURRENCIES = frozenset("$€£¥₩₴")
_STOPS = frozenset([".", ". "])
_ABBREVIATION = 3
_LONGEST_WORD = 40
_HANGUL = re.compile("[가-힣]+")
_ALIKE = {ord(c): " " for c in "\u00a0\u2009\u202f\t\n\r\u3000"} | {ord(c): "'" for c in "’ʼ‘`´"}
# "Thomas Renfrew" agrees with "Renfrew", which may be any, and not with "Tobias Renfrew".
_SURNAME = "/surname"
# No inflected or glued tail is longer; what is longer is another word.
_TAIL = 14
# Each doubles the ways to write a name.
_MOST_SPACES = 5


@dataclass(frozen=True, slots=True)
class _Name:
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
        return any(value.endswith(_SURNAME) for value in self.values)


_NOTHING = _Name(values=(), kind="place", strength=1)


@dataclass(slots=True)
class _Node:
    next: dict[int, _Node] = field(default_factory=dict)
    name: _Name | None = None


@dataclass(slots=True)
class _Index:
    """`words` gives, per folded word form, its lexemes, each with the capitals it demands."""

    words: dict[str, list[tuple[int, int]]] = field(default_factory=dict)
    root: _Node = field(default_factory=_Node)
    lexemes: dict[tuple[str, int, bool, bool], int] = field(default_factory=dict)
    glued: dict[str, _Name] = field(default_factory=dict)
    lengths: dict[str, tuple[int, ...]] = field(default_factory=dict)
    prefixes: tuple[str, ...] = ()
    open_length: int = 0
    tail: re.Pattern[str] | None = None
    # What stands before a surname and is no given name.
    titles: frozenset[str] = frozenset()
    particles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Form:
    """One way to write a name, before it is split into words."""

    text: str
    fixed: bool = False
    weak: bool = False
    open: bool = False


_ANY, _INITIAL, _UPPER = 0, 1, 2


@lru_cache(maxsize=16)
def _index(lang: str, termbase: Termbase | None) -> _Index:
    rules = pack(lang).names
    index = _Index(titles=frozenset(map(_fold, rules.titles.split())))
    for code in dict.fromkeys((lang, "en")):
        # Names stay in Latin letters in texts of any language: BBC, Harvard, (Zelensky).
        latin_only = code != lang
        own = pack(code).names
        for form, name in _territory_names(code):
            _add(index, form, name, own, latin_only)
        for form, name in _entry_names(_starter(), code, 1):
            _add(index, form, name, own, latin_only)
        for form, name in _entry_names(termbase or Termbase(), code, 2):
            _add(index, form, name, own, latin_only)
    if rules.glued:
        by_first: dict[str, set[int]] = {}
        for phrase in index.glued:
            by_first.setdefault(phrase[0], set()).add(len(phrase))
        index.lengths = {c: tuple(sorted(ns, reverse=True)) for c, ns in by_first.items()}
        index.open_length = rules.open_length
        index.prefixes = tuple(rules.prefixes.split())
        index.particles = tuple(rules.particles.split())
        index.tail = re.compile(
            rf"(?:{_choice(rules.suffixes)}){{0,2}}들?(?:{_choice(rules.particles)}){{0,3}}"
        )
    return index


def _choice(words: str) -> str:
    return "|".join(sorted(map(re.escape, set(words.split())), key=len, reverse=True))


# --- what is put into the index ----------------------------------------------------------

# The world is no place to be confused with another, the rest are not places; of the parts of
# continents only those that newspapers name.
_PARTS = frozenset({"002", "003", "005", "009", "013", "019", "029", "142", "145", "150", "419"})
_NO_PLACE = frozenset({"XA", "XB", "ZZ", "QO", "UM"})


@cache
def _territory_names(lang: str) -> tuple[tuple[_Form, _Name], ...]:
    """CLDR's territories and the pack's own forms of them, decoys included."""
    from babel import Locale  # 12 ms, and 30 ms for a language's data: only when names are asked.

    rules = pack(lang).names
    codes: dict[str, dict[str, None]] = {}
    forms: dict[str, tuple[_Form, str]] = {}
    tables = ((rules.territories, "place"), (rules.demonyms, "demonym"))
    listed = [(code, form, kind) for table, kind in tables for code, form in _listed(table)]
    for code, form, kind in listed:
        codes.setdefault(form.text, {})[code] = None
        known = forms.get(form.text, (form, kind))[0]
        forms[form.text] = (replace(form, weak=form.weak or known.weak), kind)
    for code, name in Locale.parse(lang).territories.items():
        if code in _NO_PLACE or (code.isdigit() and code not in _PARTS):
            continue
        # As a text has it: CLDR adds the other name, or whose region it is.
        plain = re.sub(r" *\([^()]*\)", "", name).partition(",")[0]
        codes.setdefault(plain, {})[code] = None
        forms.setdefault(plain, (_Form(plain), "place"))
    names = [
        (
            form,
            _Name(
                values=tuple(f"territory:{code}" for code in codes[text]),
                kind=kind,
                strength=1 if form.weak else 2,
                open=form.open,
            ),
        )
        for text, (form, kind) in forms.items()
    ]
    names += [
        (_Form(text), _Name(values=(), kind="place", strength=1, open=True))
        for text in _items(rules.decoys, ",")
    ]
    for item in _items(rules.compounds, ";"):
        form, letters = _compound(item)
        values = tuple(f"territory:{code}" if code != "-" else "" for code in letters)
        strength = 1 if form.weak else 2
        names.append((form, _Name(values[:1], "place", strength, letters=values)))
    return tuple(names)


def _items(table: str, separator: str) -> Iterator[str]:
    for line in table.splitlines():
        yield from (item.strip() for item in line.split(separator) if item.strip())


def _listed(table: str) -> Iterator[tuple[str, _Form]]:
    for item in _items(table, ";"):
        code, _, forms = item.partition(" ")
        for form in forms.split(","):
            yield code, _marked(form.strip())


def _marked(form: str) -> _Form:
    return _Form(
        text=form.strip("=?*"),
        fixed=form.startswith("="),
        weak="?" in form,
        open="*" in form,
    )


def _compound(item: str) -> tuple[_Form, list[str]]:
    """`미 국무부 US`: the codes at the end belong to the first letters, in order."""
    words = item.split()
    codes = [word for word in words if word == "-" or word.isascii()]
    return _marked(" ".join(word for word in words if word not in codes)), codes


@cache
def _territory_values(lang: str) -> dict[str, tuple[str, ...]]:
    return {
        form.text: name.values
        for form, name in _territory_names(lang)
        if name.strength > 1 and not name.letters
    }


def _concepts(termbase: Termbase) -> Iterator[tuple[tuple[str, ...], Entry]]:
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


@cache
def _starter() -> Termbase:
    """The cities, organisations and people of the news that the package knows itself."""
    path = files("toolkit") / "data" / "terms.csv"
    return _parse(path.read_bytes(), "toolkit/data/terms.csv")


def _entry_names(termbase: Termbase, lang: str, rank: int) -> Iterator[tuple[_Form, _Name]]:
    for values, entry in _concepts(termbase):
        strength = 3 if rank == 2 and entry.kind != "term" else 2
        name = _Name(values, entry.kind, strength, rank)
        forms = entry.of(lang)
        for form in forms:
            yield _Form(form), name
        if entry.kind != "person":
            continue
        # Alone it is the person; after a given name that is not theirs it is only the surname.
        alone = replace(name, values=values + tuple(v + _SURNAME for v in values))
        for surname in _surnames(entry, lang):
            if surname not in forms:
                yield _Form(surname), alone


def _surnames(entry: Entry, lang: str) -> set[str]:
    """The last word of a full name, if in every language it can stand for the person.

    Not in East Asian names, which open with it: Kim Jong Un is one word in Korean.
    """
    for code, forms in entry.renderings:
        words = forms[0].split()
        if code in CODES and (len(words) < 2 or len(words[-1]) < pack(code).names.surname):
            return set()
    return {form.split()[-1] for form in entry.of(lang) if " " in form}


def _add(index: _Index, form: _Form, name: _Name, rules: NameRules, latin_only: bool) -> None:
    text = form.text.translate(_ALIKE)
    hangul = rules.glued and any(map(_is_hangul, text))
    if latin_only and not _fold(text).isascii():
        return
    if hangul:
        text = text[_first_word(text) :]
        for variant in _spacings(text):
            index.glued[variant] = _combined(index.glued.get(variant), name)
        return
    node = index.root
    for word in _WORD.findall(text):
        node = node.next.setdefault(_lexeme(index, word, form, name, rules), _Node())
    if node is not index.root:
        node.name = _combined(node.name, name)


def _first_word(text: str) -> int:
    found = _WORD.search(text)
    return found.start() if found else 0


def _spacings(text: str) -> Iterator[str]:
    """A compound with each of its spaces or without: Korean leaves the choice to the writer."""
    head, space, tail = text.partition(" ")
    if not space or text.count(" ") > _MOST_SPACES:
        yield text
        return
    for rest in _spacings(tail):
        yield head + rest
        yield f"{head} {rest}"


def _combined(known: _Name | None, new: _Name) -> _Name:
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


def _lexeme(index: _Index, word: str, form: _Form, name: _Name, rules: NameRules) -> int:
    """The number of a word with all its forms, entered at its first use."""
    caps = _caps(word)
    if name.kind == "term" and caps == _INITIAL:
        caps = _ANY
    common = caps == _ANY or name.kind in ("demonym", "term")
    folded = _fold(word)
    key = (folded, caps, common, form.fixed)
    if key not in index.lexemes:
        number = index.lexemes[key] = len(index.lexemes)
        shapes = {folded} if form.fixed or caps == _UPPER else _inflected(folded, rules, common)
        for shape in shapes:
            index.words.setdefault(shape, []).append((number, caps))
    return index.lexemes[key]


def _caps(word: str) -> int:
    if word.isupper() and len(word) > 1:
        return _UPPER
    return _INITIAL if word[:1].isupper() else _ANY


def _inflected(word: str, rules: NameRules, common: bool) -> set[str]:
    """All forms of a word, itself included; those of the plural too for a common word."""
    for suffix, endings, plural in _endings(rules.endings):
        if word.endswith(suffix) and len(word) > 1:
            stem = word[: len(word) - len(suffix)]
            return {word, *(stem + end for end in (endings + plural if common else endings))}
    return {word}


@cache
def _endings(table: str) -> tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]:
    def split(endings: str) -> tuple[str, ...]:
        return tuple("" if end == "0" else end for end in endings.split())

    rows = []
    for line in filter(str.strip, table.splitlines()):
        suffix, _, endings = line.strip().partition(":")
        singular, _, plural = endings.partition(";")
        rows.append((suffix, split(singular), split(plural)))
    return tuple(rows)


@lru_cache(maxsize=1 << 14)
def _fold(word: str) -> str:
    # Two letters of one sound: Глазго and Ґлазґо are both written.
    folded = word.casefold().replace("ґ", "г")
    if folded.isascii() or folded[:1] >= "ɐ":
        # Only Latin letters lose their marks (Türkiye, São): й and ї are letters of their own.
        return folded
    return "".join(c for c in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(c))


def _is_hangul(char: str) -> bool:
    return "가" <= char <= "힣"


# --- looking up ------------------------------------------------------------------------


def _phrase(
    index: _Index, text: str, words: list[tuple[int, int]], at: int
) -> tuple[int, int, _Name] | None:
    """The longest name that begins at this word."""
    nodes = [index.root]
    best: tuple[int, int, _Name] | None = None
    gap = ""
    for position in range(at, len(words)):
        start, end = words[position]
        if position > at:
            gap = text[words[position - 1][1] : start]
            short = words[position - 1][1] - words[position - 1][0] <= _ABBREVIATION
            if gap not in _GAPS and not (short and gap in _STOPS):
                break
        if end - start > _LONGEST_WORD:
            break
        word = text[start:end]
        lexemes = index.words.get(_fold(word))
        if not lexemes:
            break
        # "Kim Jong-un" is Kim Jong Un; "un" alone is not a name.
        caps = max(_caps(word), _INITIAL if gap == "-" else _ANY)
        nodes = [
            node.next[number]
            for node in nodes
            for number, needed in lexemes
            if needed <= caps and number in node.next
        ]
        names = [node.name for node in nodes if node.name is not None]
        if names:
            best = (words[at][0], _with_stop(text, start, end), reduce(_combined, names))
        if not nodes:
            break
    return best


def _yields(
    index: _Index, text: str, words: list[tuple[int, int]], at: int, hit: tuple[int, int, _Name]
) -> bool:
    """Whether a weak name gives way to one that begins inside it: The [North] Koreans."""
    _, end, name = hit
    if name.strength > 1 or not name.values or at + 1 == len(words) or words[at + 1][0] >= end:
        return False
    inner = _phrase(index, text, words, at + 1)
    return inner is not None and inner[1] > end


def _with_stop(text: str, start: int, end: int) -> int:
    """The end of U.S. is after its second stop."""
    return end + (text[start - 1 : start] == "." == text[end : end + 1] and end - start == 1)


def _glued(index: _Index, text: str, start: int, end: int) -> tuple[int, int, _Name] | None:
    """The longest name at the start of a run of Hangul, or after a prefix like 친 or 동."""
    if start and text[start - 1].isalnum():
        return None  # "Cell이란" is no Iran.
    if hit := _glued_at(index, text, start, 1):
        return hit
    for prefix in index.prefixes:
        begin = start + len(prefix)
        # 주인도 is the owner too, not the embassy in India.
        fits = begin < end and text.startswith(prefix, start)
        if fits and (hit := _glued_at(index, text, begin, 3)):
            return hit
    return None


def _glued_at(index: _Index, text: str, start: int, least: int) -> tuple[int, int, _Name] | None:
    for length in index.lengths.get(text[start : start + 1], ()):
        end = start + length
        name = index.glued.get(text[start:end]) if end <= len(text) else None
        if name is None or (length < least and not name.open):
            continue
        if _ends(index, text, start, end, name):
            return start, end, name
    return None


def _ends(index: _Index, text: str, start: int, end: int, name: _Name) -> bool:
    """Whether a name may end here: what is glued to it is a particle, not another word."""
    if not _is_hangul(text[end - 1]):
        return not text[end : end + 1].isalnum() or _is_hangul(text[end])
    if not _is_hangul(text[end : end + 1]):
        return True
    if name.open or (end - start >= index.open_length and not name.letters):
        return True
    run = _HANGUL.match(text, end, end + _TAIL + 1)
    tail = run.group() if run else ""
    return len(tail) <= _TAIL and index.tail is not None and bool(index.tail.fullmatch(tail))


def _with_given_name(
    index: _Index, text: str, before: tuple[int, int], start: int, name: _Name
) -> tuple[int, _Name]:
    """A surname, unless an unknown given name stands before it: then another's, from there on."""
    word = text[before[0] : before[1]]
    stranger = (
        text[before[1] : start] == " "
        and len(word) > 1
        and _fold(word) not in index.titles
        and (
            _caps(word) == _INITIAL or (_is_hangul(word[0]) and not word.endswith(index.particles))
        )
    )
    if not stranger:
        return start, name
    others = tuple(v for v in name.values if v + _SURNAME not in name.values)
    return before[0], replace(name, values=others)


def _facts(text: str, start: int, end: int, name: _Name) -> Iterator[Fact]:
    if not name.letters:
        if name.values:
            span = Span(start, end)
            yield Fact(name.kind, name.values, span, text[start:end], strength=name.strength)
        return
    spots = [i for i in range(start, end) if _is_hangul(text[i])]
    for at, value in zip(spots, name.letters, strict=False):
        if value:
            yield Fact(name.kind, (value,), Span(at, at + 1), text[at], strength=name.strength)
