"""Writing systems: one room for them, and texts in scripts that no full pack is written in.

The texts are the first article of the Universal Declaration of Human Rights, in the
translations that the United Nations publish.
"""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from toolkit import scripts, terms
from toolkit.checks import guards
from toolkit.schema import TranslationUnit

PACKAGE = Path(scripts.__file__).parent
ARTICLE = {
    "en": "All human beings are born free and equal in dignity and rights. They are endowed with "
    "reason and conscience and should act towards one another in a spirit of brotherhood.",
    "fr": "Tous les êtres humains naissent libres et égaux en dignité et en droits. Ils sont doués "
    "de raison et de conscience et doivent agir les uns envers les autres dans un esprit de "
    "fraternité.",
    "ja": "すべての人間は、生まれながらにして自由であり、かつ、尊厳と権利とについて平等である。"
    "人間は、理性と良心とを授けられており、互いに同胞の精神をもって行動しなければならない。",
    "zh": "人人生而自由，在尊严和权利上一律平等。他们赋有理性和良心，并应以兄弟关系的精神相对待。",
    "hi": "सभी मनुष्यों को गौरव और अधिकारों के मामले में जन्मजात स्वतन्त्रता और समानता प्राप्त है। उन्हें "
    "बुद्धि और अन्तरात्मा की देन प्राप्त है और परस्पर उन्हें भाईचारे के भाव से बर्ताव करना चाहिए।",
    "ar": "يولد جميع الناس أحرارًا متساوين في الكرامة والحقوق. وقد وهبوا عقلاً وضميرًا وعليهم أن "
    "يعامل بعضهم بعضًا بروح الإخاء.",
    "he": "כל בני האדם נולדו בני חורין ושווים בערכם ובזכויותיהם. כולם חוננו בתבונה ובמצפון, לפיכך "
    "חובה עליהם לנהוג איש ברעהו ברוח של אחווה.",
    "th": "มนุษย์ทั้งหลายเกิดมามีอิสระและเสมอภาคกันในเกียรติศักดิ์และสิทธิ ต่างมีเหตุผลและมโนธรรม "
    "และควรปฏิบัติต่อกันด้วยเจตนารมณ์แห่งภราดรภาพ",
    "ru": "Все люди рождаются свободными и равными в своем достоинстве и правах. Они наделены "
    "разумом и совестью и должны поступать в отношении друг друга в духе братства.",
    "el": "Όλοι οι άνθρωποι γεννιούνται ελεύθεροι και ίσοι στην αξιοπρέπεια και τα δικαιώματα. "
    "Είναι προικισμένοι με λογική και συνείδηση, και οφείλουν να συμπεριφέρονται μεταξύ τους με "
    "πνεύμα αδελφοσύνης.",
}
LANGS = [lang for lang in ARTICLE if lang != "en"]


def _found(source, target, lang, source_lang="en"):
    unit = TranslationUnit("1", source, target, source_lang, lang, "translated", "engine")
    found = guards.surface(source, target, source_lang, lang) + guards.content(unit)
    return [finding.code for finding in found]


@pytest.mark.parametrize("lang", LANGS)
def test_a_right_translation_is_long_enough_in_any_script(lang):
    assert _found(ARTICLE["en"], ARTICLE[lang], lang) == []


@pytest.mark.parametrize("lang", LANGS)
def test_a_source_that_was_copied_is_found_in_any_language(lang):
    assert _found(ARTICLE["en"], ARTICLE["en"], lang)[:1] == ["text/untranslated"]


@pytest.mark.parametrize(
    ("source", "target", "code"),
    [
        ("fr", "fr", "text/untranslated"),  # copied into Italian
        ("fr", "en", "text/language"),  # left in a third language
    ],
)
def test_between_two_basic_languages_of_one_script(source, target, code):
    assert _found(ARTICLE[source], ARTICLE[target], "it", source)[:1] == [code]


@pytest.mark.parametrize("lang", ["ja", "hi", "bg", "el", "he"])
def test_english_in_the_place_of_another_script_is_found_whatever_the_source(lang):
    found = _found(ARTICLE["ru"], ARTICLE["en"], lang, "ru")
    assert found[:1] == ["text/script"]


@pytest.mark.parametrize(
    ("source", "target", "lang"),
    [
        ("Google", "Google", "fr"),
        ("Manchester United – Real Madrid", "Manchester United – Real Madrid", "es"),
        ("BBC Sport", "BBC Sport", "ja"),
    ],
)
def test_a_name_stays_as_it_is(source, target, lang):
    assert _found(source, target, lang) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("जापानी सरकार ने मंत्रिमंडल", ["जापानी", "सरकार", "ने", "मंत्रिमंडल"]),
        ("বাংলাদেশের সরকার", ["বাংলাদেশের", "সরকার"]),
        ("தமிழ்நாடு அரசு", ["தமிழ்நாடு", "அரசு"]),
        ("ភាសាខ្មែរ", ["ភាសាខ្មែរ"]),
        ("Don’t go", ["Don’t", "go"]),
        ("NATO가 서울에서", ["NATO", "가", "서울에서"]),
        ("д’Артаньян", ["д’Артаньян"]),
    ],
)
def test_vowel_signs_are_part_of_a_word(text, words):
    assert re.findall(scripts.WORD, text) == words


@pytest.mark.parametrize(
    ("char", "name"),
    [
        *(("a", "Latin"), ("ß", "Latin"), ("я", "Cyrillic"), ("ω", "Greek"), ("한", "Hangul")),
        *(("日", "Han"), ("あ", "Hiragana"), ("ア", "Katakana"), ("ع", "Arabic"), ("5", "")),
    ],
)
def test_a_letter_has_a_script(char, name):
    assert scripts.script_of(char) == name


def test_a_script_without_a_row_is_a_script_too():
    javanese = scripts.named("Javanese")
    assert javanese.count("ꦗꦮ abc я") == 2
    assert scripts.weight("ꦗꦮ") > 2
    assert scripts.named(scripts.name_of("Jpan")).count("東京タワーへ行く。") == 8


# --- nobody else knows of scripts --------------------------------------------------------

_CLASS = re.compile(r"\[[^\]\n]*?([^\W\d_])-([^\W\d_])")
# Turkish and German letters and the like are written one by one; a range is a script's.


def _ranges(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            for match in _CLASS.finditer(node.value):
                if not match[0].isascii() and match[1] < match[2] and not match[2].isascii():
                    yield node.lineno, match[0]
        if isinstance(node, ast.Compare):
            parts = [node.left, *node.comparators]
            for part in parts:
                letter = part.value if isinstance(part, ast.Constant) else None
                ordered = any(isinstance(op, (ast.Lt, ast.LtE, ast.Gt, ast.GtE)) for op in node.ops)
                if isinstance(letter, str) and letter.isalpha() and ordered and letter > "ɐ":
                    yield node.lineno, letter


def test_no_other_module_names_the_letters_of_a_script():
    found = [
        f"{path.relative_to(PACKAGE)}:{line}: {what}"
        for path in sorted(PACKAGE.rglob("*.py"))
        if path.name != "scripts.py"
        for line, what in _ranges(ast.parse(path.read_text("utf-8")))
    ]
    assert found == []


@pytest.mark.parametrize(
    ("lang", "text", "found"),
    [
        ("hi", "भारत और यूक्रेन के बीच वार्ता हुई।", ["territory:IN", "territory:UA"]),
        ("bn", "বাংলাদেশ ও ভারত একটি চুক্তি করেছে।", ["territory:BD", "territory:IN"]),
        ("ta", "இந்தியா மற்றும் உக்ரைன் பேசின.", ["territory:IN", "territory:UA"]),
        ("km", "កម្ពុជា និង ថៃ បានព្រមព្រៀង", ["territory:KH", "territory:TH"]),
        ("hi", "मेहनत यह नहीं", []),  # न य within two words is not Niue
    ],
)
def test_names_are_found_where_vowels_are_marks(lang, text, found):
    names = [value for fact in terms.find_names(text, lang) for value in fact.values]
    assert names == found
