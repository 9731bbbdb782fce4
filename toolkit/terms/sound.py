"""How names sound, whatever script they are written in, and how alike two of them are.

A word is read as sounds: each a set of phones that its letters may stand for, and what it
costs to leave it out. Consonants weigh most, vowels little: those are what spelling changes.
The tables belong to scripts, not to languages, for a name in an English text may come from
anywhere: `ch` is any of five sounds. After the weighted skeletons of Kessler 1995 and Kondrak
2000, with costs of our own, set by ear and by CLDR's names of cities.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from toolkit import scripts

_CONSONANTS = "pbfvwmtdTszcSZCJnNlrkgXhj"
_VOWELS = "aeiouy"
# T th, c ts, S sh, Z zh, C ch, J dge, N ng, X kh, y any dull vowel.
_BIT = {phone: 1 << n for n, phone in enumerate(_CONSONANTS + _VOWELS)}
_ANY_VOWEL = sum(_BIT[phone] for phone in _VOWELS)
_VOWEL_WEIGHT = 0.4

# What it costs to write one phone for another; those not listed cost 1.
_NEAR = """
    p b .3  p f .3  b v .2  f v .3  v w .2  b f .6  p v .6  w f .7  b w .6  b u .6  v u .3  v o .4
    t d .3  t T .2  d T .3  T s .2  T z .3  T f .3  T c .5  c t .5  c s .3  c z .3  c C .3  c J .4
    s z .3  s S .3  z Z .3  S Z .4  S C .4  s C .6  S J .6  s J .6  s t .7  z d .6  z J .3  X S .6
    C t .5  C k .6  C Z .5  J C .4  J d .5  J g .4  J j .4  J Z .2  Z j .6  Z g .6  X s .7
    n N .2  n m .6  N m .7  g N .5  l n .7  l r .3  l j .6  l u .5  l o .5  r y .5  r a .6
    k g .3  k X .3  g X .3  g h .3  X h .1  k h .6  j h .7  f X .6  f h .6
    w u .1  w o .2  w a .4  w y .4  j i .1  j e .3  j y .3
    a e .4  a o .4  a y .3  a u .6  a i .8  e i .4  e y .3  e o .6  e u .7  i y .3  i u .7  o u .3
    o y .4  u y .4  o i .8
"""

# `letters sounds`: phones that the letters may stand for, then what it costs to leave the
# sound out, if it is not 1 (consonants) or a quarter (vowels); + joins sounds; 0 is silence.
_LATIN = """
    a ae  b b  c kscCS  d d  e eiy  f fv  g gJZXh.8  h h.3  i iey  j JZjXC  k k  l l  m m  n n
    o oauy  p p  q kC  r r  s szS  t tT  u uayo  v vfw  w wvu.5  x k.4+sSz  y ji.3  z zcsJ
    ch CkSX  sch Ss+kX.2  sh Ss  zh ZJC  kh Xk  gh gfh.2  dh d  bh b  ph f  th tTds  rh r
    ck k  cz CcT  sz sSZ  dj d.2+JZ  dg d.2+Jg  tch t.1+C  tsch t.1+C  tz t.1+csz  ts t.1+cs
    ds d.2+szc  dz d.2+zJc  qu k+wv.2  cq k  ng N+gJ.2  nk N+k  nc N+kscC  gn g.3+n  kn k.3+n
    wr w.1+r  ps p.3+s  mb m+b.3  sc sSk+kC.3  tj C  gu g+u.2  gue g  gui g+i  wy w+i  sj S
    hj j  lj lj  nj n+j.1  ny n+j.1  ty t+ij.1  ge gJZXh.8+ei.1  gi gJZXh.8+i.2
    ce sCkc+e.05  ci sCkc+i.2  cc kC  zz zct  ll lj  ss sSz  hs S  ieux iey+uyo.2+ks.1
    eux oey+ks.1  aux o+ks.2  stl s+l  isl ia+s.2+l  eau j.15+oue  quet k+e+t.3  tth tTds
    ea iea  ee i  ei iae  ey ie  ie ie  ai aei  ay aei  au oau  aw o  oa oa  oe oey  oi oia  oy oi
    oo uo  ou uoa  ow oau  oeu ouy  ue ue  ui ui  ew uo  eu uoe  ia ia  io io  iu iu
    ae eai  oh oa+h.1  ah a+h.1  uh u+h.1  eh e+h.1  augh oa+f.1  ough oau+f.1  igh i  aye ae
    ñ n+j.1  ş S  ș S  š S  č C  ć C  ž ZJ  ř rZ  ł lw  ç sC  đ dJ  ß s  ğ g.2  þ tT  ð dT  ż ZJ
    ź zZ  ś S  ț c  ţ c  ø oe  æ ae  å oa  ä ea  ö oe  ü uiy  ı iy  ę e+n.2  ą o+n.2  œ oe  ư u
"""
_CYRILLIC = """
    а a  б b  в vwu  г hg  ґ g  д d  е e  є j.15+e  ж ZJ  з zs  и iye  і i  ї j.15+i  й ji.2
    к kg  л l  м m  н nN  о oa  п p  р r  с sS  т t  у uw  ф fT  х Xhk  ц cszCt  ч C  ш S
    щ S+C.4  ь 0  ю j.15+u  я j.15+a  ы iy  э e  ъ 0  ё j.15+o  ў w  ј j  ђ J  ћ C  џ J  љ l
    њ n  ѓ g  ќ k  ѕ z  дж J  дз d.2+zJ  цз JzcC  чж JZC  йо j.15+o  ьо j.1+o  гу hgX+uw.3
    кс k+s.5  ау ao+uw.3  оу oau+uw.3  ей eia+ji.1  ай aie+ji.2  тс t.1+scC  тц t.1+c
"""
# By the number of the letter: first consonants, vowels, last consonants.
_INITIALS = "gkJ kg n dt td rl m bvpw pb sSz sSz 0 JzZcC cJzC Cct kXC t pfv hXf"
_MEDIALS = (
    "a ae j.15+a j.15+ae yoae ei j.15+oye j.15+e oa w.3+a w.3+ae w.3+oe j.15+o u w.3+oy w.3+e"
    " w.3+i j.15+u y.05 iy i"
)
_FINALS = "0 kg kg ks nN nJ n tds lr lk lm lb ls lt lp l m pbvf ps tdsc ts N tds tc k t p h"
_SIBILANTS = frozenset((9, 12, 14))  # 시, 지, 치: Bush, George, March


class Sound(NamedTuple):
    phones: int
    weight: float


class Reading(NamedTuple):
    """The sounds of a word; `ends[n]` of them stand in its first n letters.

    `weights[n]` is what the first n sounds weigh; `close` and `near` are all phones that are
    like one of them, at a cost of no more than `_CLOSE` and `_NEARBY`; `head` those near to one
    of the first.
    """

    sounds: tuple[Sound, ...]
    ends: tuple[int, ...]
    weights: tuple[float, ...]
    close: int
    near: int
    head: int


def _sounds(cell: str) -> tuple[Sound, ...]:
    if cell == "0":
        return ()
    sounds = []
    for part in cell.split("+"):
        phones = part.rstrip(".0123456789")
        weight = part[len(phones) :]
        usual = 0.25 if phones[0] in _VOWELS else 0.3 if phones == "h" else 1.0
        mask = sum(_BIT[phone] for phone in phones)
        sounds.append(Sound(mask, float(weight) if weight else usual))
    return tuple(sounds)


def _table(text: str) -> dict[str, tuple[Sound, ...]]:
    items = text.split()
    return {letters: _sounds(cell) for letters, cell in zip(items[::2], items[1::2], strict=True)}


_TABLES = {"latin": _table(_LATIN), "cyrillic": _table(_CYRILLIC)}
# How long a group of letters that begins with one may be.
_LENGTHS = {
    letters[0]: max(len(other) for other in table if other[0] == letters[0])
    for table in _TABLES.values()
    for letters in table
}
_HANGUL = tuple(tuple(map(_sounds, row.split())) for row in (_INITIALS, _MEDIALS, _FINALS))
_R, _L = _BIT["r"], _HANGUL[2][8][0].phones
_FINAL_I = Sound(_BIT["i"], 0.1)
_FINAL_E = 0.03
_FINAL = 0.5
_CODA_R = Sound(_R | _BIT["y"], 0.3)
_SHORTEST_LOAN = 3
_LONGEST_TAIL = 12
_LONGEST = 60  # sounds: what is longer is no name
# What it costs at least that a sound has none close to it in the other word, or none near.
_CLOSE, _NEARBY = 0.3, 0.6
_HEAD = 4
_WEIGHTLESS = 0.5  # what is lighter is too short to compare


def _near() -> dict[tuple[str, str], float]:
    items = _NEAR.split()
    costs = {}
    for one, other, cost in zip(items[::3], items[1::3], items[2::3], strict=True):
        costs[one, other] = costs[other, one] = float(cost)
    return costs


_COSTS = _near()


@lru_cache(maxsize=1 << 14)
def _unlike(one: int, other: int) -> float:
    """What it costs that one set of phones stands where the other should: their nearest two."""
    if one & other:
        return 0.0
    best = 2.0
    for a in (phone for phone, bit in _BIT.items() if one & bit):
        for b in (phone for phone, bit in _BIT.items() if other & bit):
            vowels = (a in _VOWELS) + (b in _VOWELS)
            cost = _COSTS.get((a, b), 2.0 if vowels == 1 else 1.0)
            best = min(best, cost * _VOWEL_WEIGHT if vowels == 2 else cost)
    return best


@lru_cache(maxsize=1 << 15)
def read(word: str) -> Reading:
    """How a word may sound; letters of no script known here are silent."""
    letters = word.casefold()
    sounds: list[Sound] = []
    ends = [0]
    at = 0
    while at < len(letters):
        if scripts.is_hangul(letters[at]):
            new = _syllable(letters[at], sounds)
            length = 1
        else:
            new, length = _grapheme(letters, at, sounds)
        for sound in new:
            # A doubled letter is one sound.
            doubled = sounds and sounds[-1].phones == sound.phones
            if not (doubled and not sound.phones & _ANY_VOWEL):
                sounds.append(sound)
        at += length
        ends += [len(sounds)] * (at + 1 - len(ends))
    close = near = 0
    for sound in sounds:
        close |= _around(sound.phones, _CLOSE)
        near |= _around(sound.phones, _NEARBY)
    weights = (0.0, *accumulate(sound.weight for sound in sounds))
    head = 0
    for sound in sounds[:_HEAD]:
        head |= _around(sound.phones, _NEARBY)
    return Reading(tuple(sounds), tuple(ends), weights, close, near, head)


@lru_cache(maxsize=1 << 10)
def _around(phones: int, most: float) -> int:
    """All phones that may stand for one of these at no more than some cost."""
    return sum(bit for bit in _BIT.values() if _unlike(phones, bit) <= most)


def _syllable(char: str, before: list[Sound]) -> list[Sound]:
    first, vowel, last = scripts.jamo(char)
    initial = _HANGUL[0][first]
    if initial and before and before[-1].phones == _L and initial[0].phones & _R:
        initial = ()  # ㄹㄹ is one l
    medial = _HANGUL[1][vowel]
    if first in _SIBILANTS and vowel == 20 and not last:
        medial = (_FINAL_I,)
    return [*initial, *medial, *_HANGUL[2][last]]


def _grapheme(letters: str, at: int, before: list[Sound]) -> tuple[list[Sound], int]:
    """The sounds of the longest group of letters that is read as one, and its length."""
    char = letters[at]
    cyrillic = scripts.script_of(char) == "Cyrillic"
    table = _TABLES["cyrillic" if cyrillic else "latin"]
    for length in range(_LENGTHS.get(char, 1), 0, -1):
        found = table.get(letters[at : at + length])
        if found is not None and at + length <= len(letters):
            break
    else:
        length = 1
        found = table.get(unicodedata.normalize("NFD", char)[0], ())
    if cyrillic or not found:
        return list(found), length
    following = letters[at + length : at + length + 1]
    after_vowel = bool(before) and bool(before[-1].phones & _ANY_VOWEL)
    if found[0].phones == _R and after_vowel and following not in tuple("aeiouy"):
        return [_CODA_R], length  # Ayr is 에어
    if char == "h" and after_vowel and not following:
        return [Sound(found[0].phones, 0.1)], length
    if char in "stxz" and length == 1 and not following and len(before) > 1:
        return [*found[:-1], Sound(found[-1].phones, _FINAL)], length  # Louis, Margaux
    if char == "e" and not following and len(before) > 1:
        return [Sound(found[0].phones, _FINAL_E)], length
    return list(found), length


def likeness(one: str, other: str) -> float:
    """How alike two words sound: 1 the same, 0 nothing in common.

    Of CLDR's 418 cities, English and Korean, 93 in 100 reach 0.6, and 2 of 100 pairs taken at
    random; English and Ukrainian 95, and one.
    """
    a, b = read(one), read(other)
    return _best(a, (len(a.sounds),), b, (len(b.sounds),), 0.0)


def weight(word: str) -> float:
    """How much of a word there is to hear; a consonant is one."""
    return read(word).weights[-1]


@lru_cache(maxsize=1 << 16)
def opening(one: str, other: str, least: float) -> float:
    """The best likeness of any beginnings of two words: loan words go on in their own way.

    Below `least` it is any number below.
    """
    a, b = read(one), read(other)
    a_ends = tuple(dict.fromkeys(a.ends[_SHORTEST_LOAN:]))
    b_ends = tuple(dict.fromkeys(b.ends[2 if scripts.is_hangul(other[0]) else _SHORTEST_LOAN :]))
    if not a_ends or not b_ends:
        return 0.0
    return _best(a, a_ends, b, b_ends, least)


@lru_cache(maxsize=1 << 17)
def fit(
    one: str,
    tails: re.Pattern[str] | None,
    other: str,
    others: re.Pattern[str] | None,
    least: float,
) -> float:
    """The likeness of two words in their best forms, inflection and particles taken off.

    Below `least` it is any number below.
    """
    return _best(read(one), _stems(one, tails), read(other), _stems(other, others), least)


@lru_cache(maxsize=1 << 15)
def _stems(word: str, tails: re.Pattern[str] | None) -> tuple[int, ...]:
    """Numbers of sounds after which a word may have ended, the whole first."""
    ends = read(word).ends
    found = [ends[-1]]
    if tails is not None:
        least = 1 if scripts.is_hangul(word[0]) else max(3, len(word) * 2 // 5)
        last = min(len(word), len(ends) - 1)
        found += [
            ends[cut]
            for cut in range(max(least, last - _LONGEST_TAIL), last)
            if tails.fullmatch(word, cut)
        ]
    return tuple(dict.fromkeys(found))


def _best(
    a: Reading, a_ends: tuple[int, ...], b: Reading, b_ends: tuple[int, ...], least: float
) -> float:
    """The best likeness of any form of one word and any of the other."""
    if not a.sounds or not b.sounds or len(a.sounds) > _LONGEST or len(b.sounds) > _LONGEST:
        return 0.0
    if least and not (_first(a) & b.head or _first(b) & a.head):
        return 0.0  # names may lose a sound at the end, not at the beginning
    # No forms may cost more and still be alike enough.
    most = (1 - least) * max(_WEIGHTLESS, (a.weights[-1] + b.weights[-1]) / 2)
    if _costs(a, min(a_ends), b) > most or _costs(b, min(b_ends), a) > most:
        return 0.0
    row: Sequence[float] = b.weights
    best = 0.0
    for n, (phones, skip) in enumerate(a.sounds, 1):
        before = row
        lowest = cost = before[0] + skip
        row = [cost]
        for m, (others, other_skip) in enumerate(b.sounds):
            # The innermost loop of all: min() would take it twice as long.
            left = cost + other_skip
            cost = before[m] if phones & others else before[m] + _unlike(phones, others)
            up = before[m + 1] + skip
            if up < cost:  # noqa: PLR1730
                cost = up
            if left < cost:  # noqa: PLR1730
                cost = left
            if cost < lowest:  # noqa: PLR1730
                lowest = cost
            row.append(cost)
        if lowest > most:
            break
        if n in a_ends:
            for end in b_ends:
                heaviest = max(_WEIGHTLESS, (a.weights[n] + b.weights[end]) / 2)
                best = max(best, 1 - row[end] / heaviest)
    return best


def _first(a: Reading) -> int:
    """The first consonant of a word, or what it has instead."""
    return next((phones for phones, weight in a.sounds if weight >= 1), a.sounds[0].phones)


def _costs(a: Reading, end: int, b: Reading) -> float:
    """What the beginning of a word costs at least, read as another: a quick look."""
    cost = 0.0
    for phones, skip in a.sounds[:end]:
        if not phones & b.close:
            cost += min(skip, _CLOSE if phones & b.near else _NEARBY)
    return cost
