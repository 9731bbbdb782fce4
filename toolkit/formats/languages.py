"""The language of a text that does not say: by script and letters, else by py3langid."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from toolkit import lang
from toolkit.errors import UnsupportedError
from toolkit.lang.base import Pack

__all__ = ["code_of", "detect", "detect_or"]

_SCRIPTS = {
    "Latin": re.compile(r"[A-Za-zÀ-ÖØ-öø-ɏ]"),
    "Cyrillic": re.compile(r"[Ѐ-ԯ]"),
    "Hangul": re.compile(r"[가-힣ᄀ-ᇿ㄰-㆏]"),
    "another": re.compile(r"[^\W\d_A-Za-zÀ-ɏЀ-ԯ가-힣ᄀ-ᇿ㄰-㆏]"),
}
# A syllable of Hangul says what two to three letters say (eval pairs: 2.4 English per Korean);
# scripts with one language or two tell it by themselves.
_WEIGHTS = {"Hangul": 2.4, "another": 2.4}
# The start of an article says enough; more would cost a second on megabytes.
_SAMPLE = 20_000
# Below this many letters a guess among a hundred languages is worth little: "Kyiv" and "SBU"
# fail, and of 8,016 single sentences three of four misses were headlines.
_TOO_SHORT = 80
_HINT = "languages: " + ", ".join(lang.CODES) + "; say which it is with --source-lang"


def code_of(stated: str) -> str:
    """The language pack's code for what a file states: `en-GB` is `en`, `pt_PT` is `pt-PT`.

    Raises UnsupportedError for a language that nothing is known of.
    """
    code = lang.code_of(stated)
    if code is None:
        raise UnsupportedError(f"no language pack for {stated!r}", hint=_HINT)
    return code


def detect(text: str) -> str:
    """The language of the text.

    Raises UnsupportedError for one that nothing is known of, and for one without a full pack
    if the text is too short to be sure; the message names it.
    """
    sample = text[:_SAMPLE].lower()
    counts = {
        name: _WEIGHTS.get(name, 1) * len(pattern.findall(sample))
        for name, pattern in _SCRIPTS.items()
    }
    script = max(counts, key=lambda name: counts[name])
    packs = [lang.pack(code) for code in lang.CODES if lang.pack(code).script.name == script]
    if not any(counts.values()):
        raise UnsupportedError("the text holds no letters to tell its language by", hint=_HINT)
    for pack in packs:
        if _looks_like(pack, sample):
            return pack.code
    possible = [pack.code for pack in packs if not _foreign(pack, sample)]
    if possible and counts[script] < _TOO_SHORT:
        return possible[0]
    return _ask_py3langid(sample, sure=counts[script] >= _TOO_SHORT)


def detect_or(stated: str | None, text: str) -> str:
    """What a page states of its language, unless its script speaks against it.

    Templates are often left at `lang="en"` on Korean pages.
    """
    if stated:
        code = lang.code_of(stated)
        if code and lang.known(code) == "basic":
            found = _full(text)
            return found or code
        if code:
            own = _SCRIPTS[lang.pack(code).script.name]
            letters = re.findall(r"[^\W\d_]", text[:_SAMPLE])
            if not letters or len(own.findall(text[:_SAMPLE])) > 0.3 * len(letters):
                return code
    return detect(text)


def _looks_like(pack: Pack, sample: str) -> bool:
    rules = pack.script
    if not rules.foreign:
        return True
    if rules.own:
        # A name in another language of the script may bring a letter or two.
        return sum(map(sample.count, rules.own)) > 10 * _foreign(pack, sample)
    words = re.findall(r"[^\W\d_]+", sample)
    known = sum(word in pack.summaries.stop_words for word in words)
    return known > rules.words * len(words)


def _foreign(pack: Pack, sample: str) -> int:
    return sum(map(sample.count, pack.script.foreign))


def _full(text: str) -> str | None:
    """The language with a full pack that the text's letters or words tell, if they do."""
    try:
        found = detect(text)
    except UnsupportedError:
        return None
    return found if found in lang.CODES else None


def _ask_py3langid(sample: str, *, sure: bool) -> str:
    """The language of the sample; UnsupportedError with its name if that helps nobody."""
    code = _classify()(sample)
    if code not in lang.CODES and not (sure and lang.known(code)):
        from babel import Locale, UnknownLocaleError

        try:
            name = Locale(code).get_display_name("en") or code
        except (UnknownLocaleError, ValueError):
            name = code
        short = f"too short to be sure: say so with --source-lang {code}"
        hint = short if lang.known(code) else _HINT
        raise UnsupportedError(f"the text seems to be {name} ({code})", hint=hint)
    return code


@cache
def _classify() -> Callable[[str], str]:
    # 0.7 s and 30 MB, so only for a text whose letters leave it open.
    from py3langid import classify  # type: ignore[import-untyped]

    return lambda text: str(classify(text)[0])
