"""The language of a text that does not say: py3langid's answer, weighed, or none at all."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from functools import cache

from toolkit import lang, scripts
from toolkit.errors import UnsupportedError

__all__ = ["code_of", "detect", "detect_or", "likely"]

# Of a letter of a script that no full pack is written in: it tells its language by itself.
_ANOTHER = 2.4
# The start of an article says enough; more would cost a second on megabytes.
_SAMPLE = 20_000
# From so many letters on, the share of stop words tells English and German without py3langid,
# which takes 0.7 s to load: of 8,000 stretches of 500 letters in 47 languages, English ones
# have 0.30 or more (others at most 0.19), German ones 0.34 (others 0.14).
_PLENTY = 400
# A word or two of plain letters that tell nothing, a name mostly, pass for English.
_A_WORD = 6.0
_HINT = "languages: " + ", ".join(lang.CODES) + "; say which it is with --source-lang"

# What follows was measured on 46,000 single sentences of news in 47 languages, tuned on the
# documents of one half: see tests/test_languages.py.
# Languages that are written the same, or whose news is written in the other.
_WRITTEN_AS = {"no": "nb", "wuu": "zh", "arz": "ar", "ary": "ar", "apc": "ar", "hbo": "he"}
# Languages with a press that a sentence may well be in; all others must be likelier by far.
_PRESS = """
    af am ar as az be bg bn bs ca cs cy da de el en es et eu fa fi fil fr ga gl gu ha he hi hr hu
    hy id ig is it ja ka kk km kn ko ku ky lo lt lv mk ml mn mr ms mt my nb ne nl nn or pa pl ps pt
    ro ru si sk sl so sq sr sv sw ta te tg th tr ug uk ur uz vi xh yo yue zh zu
"""
_COMMON = frozenset(_PRESS.split())
_RARE = 12.0  # in natural logarithms, as all weights here
# Against a near neighbour that far more is written in.
_BURDENS = {"bs": 14.0, "nn": 6.0, "gl": 4.0, "yue": 40.0, "mk": 3.0, "as": 3.0}
# Serbian in Latin letters is told from Croatian by little; in Cyrillic by much.
_SERBIAN_IN_LATIN = 14.0
# What tells near neighbours apart where py3langid, which counts pieces of words, does not.
_TELLING = {
    "id": """
        bahwa karena bisa polisi pria persen menit jumat pemerintah meskipun perusahaan mobil
        kota berbeda kasus uang kantor uni eropa inggris kepala anda hal harus lainnya setelah
        namun tim film olahraga bagian sebagian memenangkan energi biaya posisi pengadilan
        penelitian pemerintahan kampanye poin warga anggota acara mengatakan ujar senin kamis
        juni juli agustus maret desember bandara maskapai ketika sekitar sebesar saat
    """,
    "ms": """
        bahawa kerana boleh polis lelaki peratus minit jumaat kerajaan walaupun syarikat kereta
        bandar kes wang pejabat kesatuan eropah ketua beliau apabila selepas ialah mempunyai
        baharu daripada sahaja sekiranya semasa semula mahu isnin khamis jun julai ogos mac
        disember pasukan perlawanan ahli kanak universiti kempen filem bekas berjaya jurucakap
        kajian mangsa sempadan parti doktor pesakit penyelidik pasaran tempatan pengguna akaun
        sebarang ramai tiada cuba kawasan pegawai tentera sukan mengikut rancangan bahagian
        siasatan jenayah rakan amat memberitahu
    """,
    "da": "af ud blev havde efter nogle noget meget mig dig sig hvad kun mere jeg sagde mod ind op",
    "nb": "av ut ble hadde etter noen noe mye meg deg seg hva bare mer sa mot inn opp",
    "cs": "se jsem jsou který která které když protože pro při také než jako byla bylo ve ze",
    "sk": "sa som sú ktorý ktorá ktoré keď pretože pre pri tiež ako bola bolo vo zo",
    "sl": "ki tudi pa so bil kot lahko pri bo jih sta",
    "hr": "su koji koja koje također kao što nije tko tijekom tjedan tisuća europska",
    "sr": "nedelja nedelje šta tokom hiljada evropska evropske",
}
_TELLS = {word: code for code, words in _TELLING.items() for word in words.split()}
_WORD = 6.0
# Letters that a language does not have; a name may bring some.
_WITHOUT = {
    "uk": "ыэъёўјљњћђ",
    "ru": "іїєґўјљњћђџ",
    "be": "ищъїєґјљњ",
    "bg": "ыэёіїєґјљњћђџ",
    "mk": "ыэъёіїєґйщюяьћђ",
    "sr": "ыэъёіїєґйщюяьѓќѕ",
    "cs": "ľĺŕôä",
    "sk": "ěřů",
    "sl": "ćđľôäöü",
    "hr": "ľôäöüěřů",
    "da": "äöéèç",
    "nb": "äöéèç",
    "sv": "æø",
}
_LETTER, _LETTERS = 3.0, 4
# How much likelier the first must be than the second, and more so between these.
_SURE = 1.5
_NEAR = {frozenset({"id", "ms"}): 7.0, frozenset({"da", "nb"}): 3.0, frozenset({"cs", "sk"}): 3.0}
_ONLY_TRADITIONAL = re.compile(
    "[國們這來時會個說為發學對實開當還經過動無關問長門車東書後與從於種樣麼點機應體總員電話讓認識請議論導際報"
    "紀約線統給結縣觀覺親見規視計記許設訴語調變進運達選遠連邊業頭題類風飛馬驗黨戰擊據權歲歷殺氣決沒測滿爾爭產"
    "單區醫華萬處號術衛裡製複義聯職聲臺舉舊藝劃剛創務勝勞勢參雙響園圍團圖場壓壞報夠夥奪婦媽孫寫寬層屬島師帶幫幾]"
)
_ONLY_SIMPLIFIED = re.compile(
    "[国们这来时会个说为发学对实开当还经过动无关问长门车东书后与从于种样么点机应体总员电话让认识请议论导际报"
    "纪约线统给结县观觉亲见规视计记许设诉语调变进运达选远连边业头题类风飞马验党战击据权岁历杀气决没测满尔争产"
    "单区医华万处号术卫里制复义联职声台举旧艺划刚创务胜劳势参双响园围团图场压坏报够伙夺妇妈孙写宽层属岛师带帮几]"
)


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

    Raises UnsupportedError for one that nothing is known of, and where two languages are
    about as likely; the message names them.
    """
    sample = text.lstrip()[:_SAMPLE]
    letters = sum(map(str.isalpha, sample))
    if not letters:
        raise UnsupportedError("the text holds no letters to tell its language by", hint=_HINT)
    if code := _told(sample, letters):
        return code
    first, second = likely(sample)
    if second and letters < _A_WORD and sample.isascii():
        return "en"
    if second:
        names = f"{lang_name(first)} or {lang_name(second)}"
        raise UnsupportedError(
            f"the text is too short to be sure of its language: {names}",
            hint=f"say which it is, for instance with --source-lang {first}",
        )
    if not lang.known(first):
        raise UnsupportedError(f"the text seems to be {lang_name(first)}", hint=_HINT)
    return first


def likely(text: str) -> tuple[str, str]:
    """The likeliest language, and a second one if that is about as likely, else ""."""
    low = text.lower()
    words = Counter(_TELLS.get(word) for word in re.findall(r"[^\W\d_]+", low))
    letters = Counter(low)
    latin = scripts.named("Latin").count(text) > scripts.named("Cyrillic").count(text)
    scores: dict[str, float] = {}
    for own, raw in _rank()(text):
        code = _WRITTEN_AS.get(own, own)
        foreign = min(sum(letters[c] for c in _WITHOUT.get(code, "")), _LETTERS)
        weight = float(raw) + _WORD * words[code] - _LETTER * foreign
        weight -= _BURDENS.get(code, 0.0 if code in _COMMON else _RARE)
        weight -= _SERBIAN_IN_LATIN * (code == "sr" and latin)
        scores[code] = max(weight, scores.get(code, weight))
    (first, most), (second, least), *_ = sorted(
        scores.items(), key=lambda item: item[1], reverse=True
    )
    unsure = most - least < _NEAR.get(frozenset({first, second}), _SURE)
    if first == "zh":
        traditional, simplified = _ONLY_TRADITIONAL.findall(text), _ONLY_SIMPLIFIED.findall(text)
        first = "zh-Hant" if len(traditional) > len(simplified) else "zh"
    return first, second if unsure else ""


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
            letters = scripts.letters(text[:_SAMPLE])
            own = scripts.named(lang.pack(code).script.name).count(text[:_SAMPLE])
            if not letters or own > 0.3 * letters:
                return code
    return detect(text)


def lang_name(code: str) -> str:
    """The language in English with its code, for a message."""
    from babel import Locale, UnknownLocaleError

    try:
        name = Locale.parse(code.replace("-", "_")).get_display_name("en")
    except (UnknownLocaleError, ValueError):
        name = None
    return f"{name or code} ({code})"


def _counts(sample: str) -> dict[str, float]:
    """How much of a text is in each script of a full pack, and in all others."""
    names = dict.fromkeys(lang.pack(code).script.name for code in lang.CODES)
    counts = {name: scripts.named(name).count(sample) for name in names}
    rest = scripts.letters(sample) - sum(counts.values())
    weighed = {name: scripts.named(name).weight * count for name, count in counts.items()}
    return {**weighed, "another": _ANOTHER * rest}


def _told(sample: str, letters: int) -> str | None:
    """The language with a full pack that script, letters or many words tell by themselves."""
    low = sample.lower()
    counts = _counts(low)
    script = max(counts, key=lambda name: counts[name])
    packs = [lang.pack(code) for code in lang.CODES if lang.pack(code).script.name == script]
    for pack in packs:
        rules = pack.script
        foreign = sum(map(low.count, rules.foreign))
        if not rules.foreign:
            return pack.code  # its script is its own
        # A name in another language of the script may bring a letter or two.
        if rules.own and letters > _PLENTY and sum(map(low.count, rules.own)) > 10 * foreign:
            return pack.code
        if (
            not rules.own
            and letters > _PLENTY
            and _share(low, pack.summaries.stop_words) > (rules.words)
        ):
            return pack.code
    return None


def _share(sample: str, among: Iterable[str]) -> float:
    words = re.findall(r"[^\W\d_]+", sample)
    return sum(word in among for word in words) / max(len(words), 1)


def _full(text: str) -> str | None:
    """The language with a full pack that the text's letters or words tell, if they do."""
    try:
        found = detect(text)
    except UnsupportedError:
        return None
    return found if found in lang.CODES else None


@cache
def _rank() -> Callable[[str], list[tuple[str, float]]]:
    # 0.7 s and 30 MB, so only for a text whose script and words leave it open.
    from py3langid.langid import (  # type: ignore[import-untyped]
        MODEL_FILE,
        LanguageIdentifier,
    )

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    rank: Callable[[str], list[tuple[str, float]]] = identifier.rank
    return rank
