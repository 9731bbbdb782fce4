"""What encoding an old file is in: the one under which it is words of a language.

A file is read in every encoding that can read it. Of each reading the language is asked for
(`languages`), and then which of its letters beyond ASCII that language has at all: `znalaz³`
may be Polish by its other letters, but no language has a `³` in a word.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from toolkit import scripts
from toolkit.formats import languages

__all__ = ["Reading", "readings"]

_CYRILLIC = "абвгдежзийклмнопрстуфхцчшщъыьэюяё"
# The small letters beyond ASCII of each language, and the encodings that its files were in.
_WRITTEN = {
    "de": ("äöüßéá", "cp1252 iso8859_15 cp850 mac_roman"),
    "fr": ("àâæçéèêëîïôœùûüÿñö", "cp1252 iso8859_15 cp850 mac_roman"),
    "es": ("áéíóúüñºª", "cp1252 iso8859_15 cp850 mac_roman"),
    "ca": ("àçéèíïóòúüáñ·", "cp1252 iso8859_15"),
    "gl": ("áéíóúüñï", "cp1252 iso8859_15"),
    "pt": ("áâãàçéêíóôõúüºª", "cp1252 iso8859_15 cp850 mac_roman"),
    "it": ("àèéìíîòóùúüº", "cp1252 iso8859_15 cp850 mac_roman"),
    "nl": ("áéíóúèëïöü", "cp1252 iso8859_15 cp850"),
    "sv": ("åäöéü", "cp1252 iso8859_15 cp850"),
    "da": ("æøåéüö", "cp1252 iso8859_15 cp850"),
    "nb": ("æøåéèòôüö", "cp1252 iso8859_15 cp850"),
    "nn": ("æøåéèòôüö", "cp1252 iso8859_15 cp850"),
    "is": ("áðéíóúýþæö", "cp1252 iso8859_15"),
    "fi": ("äöåšžéü", "cp1252 iso8859_15 cp850"),
    "et": ("äöõüšžé", "cp1257 cp1252 iso8859_15 iso8859_13"),
    "en": ("éèáíóñçöüäïô", "cp1252 mac_roman cp850"),
    "pl": ("ąćęłńóśźżéüöä", "cp1250 iso8859_2 cp852"),
    "cs": ("áčďéěíňóřšťúůýžöüä", "cp1250 iso8859_2 cp852"),
    "sk": ("áäčďéíĺľňóôŕšťúýžöü", "cp1250 iso8859_2 cp852"),
    "hu": ("áéíóöőúüűä", "cp1250 iso8859_2 cp852"),
    "ro": ("ăâîșțşţéöü", "cp1250 iso8859_16 iso8859_2"),
    "hr": ("čćđšžéáöü", "cp1250 iso8859_2 cp852"),
    "bs": ("čćđšžéáöü", "cp1250 iso8859_2 cp852"),
    "sl": ("čšžćđéáöüäó", "cp1250 iso8859_2 cp852"),
    "sq": ("çëéöü", "cp1252 cp1250"),
    "lt": ("ąčęėįšųūžéöü", "cp1257 iso8859_13"),
    "lv": ("āčēģīķļņšūžōŗéö", "cp1257 iso8859_13"),
    "tr": ("çğıöşüâîûé", "cp1254 iso8859_9"),
    "az": ("çəğıöşü", "cp1254"),
    "vi": (
        "ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ",
        "cp1258",
    ),
    "el": ("αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐΰ", "cp1253 iso8859_7"),
    "he": ("אבגדהוזחטיךכלםמןנסעףפץצקרשתְִֵֶַָֹּׁׂ־", "cp1255 iso8859_8"),
    "ar": ("ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىيًٌٍَُِّْـ", "cp1256 iso8859_6"),
    "fa": ("ءآأؤئابپتثجچحخدذرزژسشصضطظعغفقکگلمنهویيكً", "cp1256"),
    "ur": ("ءآأؤئابپتٹثجچحخدڈذرڑزژسشصضطظعغفقکگلمنںوہھیےيك", "cp1256"),
    "th": ("".join(map(chr, range(0xE01, 0xE5C))), "cp874"),
    "ru": (_CYRILLIC, "cp1251 koi8_r iso8859_5 cp866 mac_cyrillic"),
    "uk": ("абвгґдеєжзиіїйклмнопрстуфхцчшщьюя", "cp1251 koi8_u iso8859_5 mac_cyrillic cp1125"),
    "be": ("абвгдеёжзійклмнопрстуўфхцчшыьэюя", "cp1251 iso8859_5"),
    "bg": ("абвгдежзийклмнопрстуфхцчшщъьюя", "cp1251 iso8859_5 cp866"),
    "sr": ("абвгдђежзијклљмнњопрстћуфхцчџш", "cp1251 iso8859_5"),
    "mk": ("абвгдѓежзѕијклљмнњопрстќуфхцчџш", "cp1251 iso8859_5"),
    "kk": (_CYRILLIC + "әғқңөұүһі", "kz1048"),
    "ja": ("", "cp932 euc_jp"),
    "zh": ("", "gb18030"),
    "zh-Hant": ("", "big5hkscs"),
    "ko": ("", "cp949"),
}
# The commonest letters of those in other scripts than Latin. A wrong reading has letters of the
# language as well, if its encoding has hardly anything else, but as many rare ones as common.
_FREQUENT = {
    "el": "αοιετσνηυρπκ",
    "he": "יוהלארתבמשנד",
    "ar": "اليمونرتبعدفةهأ",
    "fa": "اىینردهومتبسل",
    "ur": "اىیکرنےںوہمتسل",
    "th": "านรอกเงมยลวดทสตะปบ่้ิีัค",
    "ru": "оеаинтсрвлкмд",
    "uk": "оанивіртескл",
    "be": "анірослекутвд",
    "bg": "аиоетнрсвлдк",
    "sr": "аоиенсрјтувд",
    "mk": "аоиетнрсвдкл",
    "kk": "аенырілтдоқс",
}
# Of running text they are 0.7 and more; of letters in any order a third.
_FREQUENT_SHARE = 0.6
_LETTERS = {code: frozenset(own + own.upper()) for code, (own, _) in _WRITTEN.items()}
_ENCODINGS = tuple(dict.fromkeys(e for _, names in _WRITTEN.values() for e in names.split()))
# Signs of running text. Between two letters only the first few are.
_IN_WORDS = "’'·‑\xad\xa0"
_SIGNS = frozenset("«»‹›“”‘„‚–—…№·°€£§©®™•¿¡½\xa0\xad׳״،؛؟٪")
_KANA = re.compile(f"[{scripts.named('Hiragana Katakana').letters}]")
_EASTERN = ("Han", "Hiragana", "Katakana", "Hangul")
_HAN = re.compile(f"[{scripts.HAN}]")
# The commonest characters of Chinese, in both forms; of running text a third and more.
_COMMON_HAN = frozenset(
    "的一是不了人在有我他这這中大来來上国國个個到说說们們为為子和你地出道也时時年得就那要下以生会會自着著"
    "去之过過家学學对對可她里裡後后小么麼心多天而能好都然没沒日于於起还還发發成事只作当當想看文无無开開手十用"
    "主行方又如前所本见見经經头頭面公同三已老从從动動两兩长長知民样樣现現分将將外但身些与與高意进進法此实實"
    "回二理美点點月明其种種声聲全工己话話儿兒者向情部正名定女问問力机機给給等几幾业業最新第关關加政市報报員员"
)
# So much of what is beyond ASCII must be letters of the language; measured in tests/test_legacy.py.
FITS = 0.8
# A text of capitals is one rarely; of fewer letters it may be a name.
_FEW = 8
# A text with nothing beyond ASCII but quotation marks and the like.
_SIGNS_ALONE = 0.85


@dataclass(frozen=True, slots=True)
class Reading:
    """A text in one encoding, and how well it is a language's, to 1."""

    encoding: str
    text: str
    lang: str
    fit: float


def readings(data: bytes, further: tuple[str, ...] = ()) -> list[Reading]:
    """The file's start in every encoding that can read it, the best first."""
    sample = _sample(data)
    found: dict[str, Reading] = {}
    for encoding in (*_ENCODINGS, *further):
        text = _attempt(sample, encoding)
        if text is not None and text not in found:
            found[text] = Reading(encoding, text, *_fit(text, encoding))
    return sorted(found.values(), key=lambda one: -one.fit)


def _sample(data: bytes, most: int = 4_000) -> bytes:
    """The first lines that have anything beyond ASCII."""
    kept: list[bytes] = []
    size = 0
    for line in re.finditer(rb"[^\n]*[\x80-\xff][^\n]*\n?", data):
        kept.append(line[0])
        size += len(line[0])
        if size > most:
            break
    return b"".join(kept)[: 10 * most]


def _attempt(data: bytes, encoding: str) -> str | None:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    return None if re.search(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ue000-\uf8ff]", text) else text


def _fit(text: str, encoding: str) -> tuple[str, float]:
    text = unicodedata.normalize("NFC", text)
    hangul = sum(map(scripts.is_hangul, text))
    han, kana = len(_HAN.findall(text)), len(_KANA.findall(text))
    if hangul + han + kana > 0.5 * sum(not c.isascii() for c in text):
        return _east(text, encoding, (hangul, han, kana))
    first, second = languages.likely(text)
    return max(
        ((code, _share(text, code)) for code in (first, second) if code in _LETTERS),
        key=lambda one: one[1],
        default=(first, 0.0),
    )


def _east(text: str, encoding: str, counts: tuple[int, int, int]) -> tuple[str, float]:
    """Chinese by its commonest characters, Japanese by its kana, Korean by its syllables."""
    hangul, han, kana = counts
    every = hangul + han + kana
    # What is no such character and no mark of such a text is none in any of them.
    others = sum(1 for c in text if not c.isascii() and not _of_the_east(c))
    strange = 3 * others / (every + others)
    if encoding == "cp949":
        # Its rare syllables, beyond those of EUC-KR, are what other texts turn into.
        rare = sum(1 for c in text if scripts.is_hangul(c) and not _in_euc_kr(c))
        return "ko", max(hangul - 4 * rare, 0) / every - strange
    if encoding in ("cp932", "euc_jp"):
        half = len(re.findall(r"[｡-ﾟ]", text))
        return "ja", min(1.0, 3 * max(kana - 2 * half, 0) / every) - strange
    common = sum(c in _COMMON_HAN for c in text)
    code = "zh" if encoding == "gb18030" else "zh-Hant"
    return code, min(1.0, 3.5 * common / (every + 4)) - strange - 3 * hangul / every


def _of_the_east(char: str) -> bool:
    return (
        (char.isalpha() and scripts.script_of(char) in _EASTERN)
        or char in _SIGNS
        or "\u3000" <= char <= "\u303f"
        or "\uff01" <= char <= "\uff60"
        or "\u2010" <= char <= "\u2026"
        or char in "・ー×○●△▲■□◆◇★☆㎡㎏㎞→←↑↓℃％"
    )


def _in_euc_kr(char: str) -> bool:
    try:
        char.encode("euc_kr")
    except UnicodeEncodeError:
        return False
    return True


def _share(text: str, code: str) -> float:
    """How much of what is beyond ASCII is of the language: letters, or signs at their places."""
    own, frequent = _LETTERS[code], _FREQUENT.get(code, "")
    good = bad = common = capitals = 0
    for before, char, behind in _around(text):
        inside = before.isalpha() and behind.isalpha()
        if char in own:
            # A capital behind a small letter is no word's, nor are two scripts in one.
            odd = char.isupper() and before.islower()
            odd = odd or (
                bool(frequent) and any(c.isascii() and c.isalpha() for c in (before, behind))
            )
            good, bad = good + (not odd), bad + odd
            common += char.lower() in frequent
        elif char not in _IN_WORDS and (char not in _SIGNS or inside) and before + char != "m²":
            bad += 1
    if not good + bad:
        return _SIGNS_ALONE
    usual = min(1.0, common / max(good, 1) / _FREQUENT_SHARE) if frequent else 1.0
    loud = 0.9 if 2 * capitals > good > _FEW else 1.0
    return max(good - bad, 0) / (good + bad) * usual * loud


def _around(text: str) -> Iterator[tuple[str, str, str]]:
    padded = f" {text} "
    for found in re.finditer(r"[^\x00-\x7f]", padded):
        at = found.start()
        yield padded[at - 1], padded[at], padded[at + 1]
