"""Two texts compared: silence where they agree, alarm where they do not."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.growth import check_linear, repeated
from toolkit import checks
from toolkit.schema import (
    Article,
    Block,
    Metadata,
    Span,
    Summary,
    SummarySentence,
    TranslationUnit,
)
from toolkit.terms import Entry, Termbase

TERMS = Termbase(
    (
        Entry("putin", "person", (("en", ("Putin",)), ("ko", ("푸틴",)), ("uk", ("Путін",)))),
        Entry(
            "medvedev",
            "person",
            (("en", ("Medvedev",)), ("ko", ("메드베데프",)), ("uk", ("Медведєв",))),
        ),
    )
)


def found(source, target, lang, termbase=None, source_lang="en"):
    verdict = checks.check_pair(source, target, source_lang, lang, termbase)
    return [f"{f.code} {f.severity}" for f in verdict.findings]


# E error, W warning.
# What lets a difference pass | English | translation | language | the nearest true error
# | what it must still be. Every leniency of the matcher has its line.
LENIENCIES = """
scale written out | 10,000 troops | 병력 1만 명 | ko | 병력 10만 명 | E number changed
scale re-based | 2.3 billion people | 23억 명 | ko | 2억3천만 명 | E number changed
scale | 10,000 troops | 10 тис. військових | uk | 10 млн військових | E number changed
grouping by spaces | 55,000 homes | 55 000 будинків | uk | 5 500 будинків | E number changed
decimal comma | 3.5 points | 3,5 бала | uk | 35 балів | E number changed
either mark | 10,000 homes | 10,000 будинків | uk | 100,000 будинків | E number changed
word to digits | six people | 6명 | ko | 7명 | W number changed
word to native word | two soldiers | 병사 두 명 | ko | 병사 세 명 | W number changed
case | two soldiers | двох солдатів | uk | трьох солдатів | W number changed
ordinal word to digits | the third time | 3번째 | ko | 4번째 | W number changed
ordinal to place | 190th in the world | 세계 190위 | ko | 세계 109위 | E number changed
dozens | two dozen ships | 선박 24척 | ko | 선박 12척 | W number changed
month name to digit | in December | 12월에 | ko | 11월에 | E date changed
month as adjective | the June summit | червневий саміт | uk | липневий саміт | E date changed
adjective | Saturday's final | суботній фінал | uk | недільний фінал | E date changed
list of short weekdays | Thursday and Sunday | 목·일요일 | ko | 화·일요일 | E date changed
order | September 17, 2018 | 17 вересня 2018 року | uk | 19 вересня 2018 року | E date changed
two readings | born 03.10.1998 | 1998년 10월 3일생 | ko | 1998년 11월 3일생 | E date changed
year said apart | on 9 January 2025 | 2025년에, 1월 9일 | ko | 2025년에, 1월 8일 | E date changed
day as ordinal | on the 10th | 10일에 | ko | 20일에 | E number changed
decade of two digits | the '90s | 1990년대 | ko | 1980년대 | E date changed
Roman century | the 18th century | XVIII століття | uk | XVII століття | E date changed
look-alike letters | the 18th century | ХVІІІ ст. | uk | ХІХ ст. | E date changed
12 and 24 hours | at 5.30pm | о 17:30 | uk | о 5:30 | E time changed
am in words | at 8:46 a.m. | 오전 8시 46분 | ko | 오후 8시 46분 | E time changed
full stop | at 11:15 | об 11.15 | uk | об 11.45 | W time lost; W number added
half past | at 6:30 a.m. | о пів на сьому | uk | о пів на восьму | E time changed
glued code | a MiG-29 | 미그-29 | ko | 미그-31 | E number changed
letters | the H5N1 virus | H5N1 바이러스 | ko | H3N1 바이러스 | E number changed
code and ordinal | Group No. 84 | 제84전술단 | ko | 제48전술단 | E number changed
season code | the SS19 show | показ 2019 року | uk | показ 2018 року | W number lost; W date added
one word, two units | £27 million | 2700만 파운드 | ko | 2700만 유로 | E money changed
speed | at 160km/h | 시속 160km | ko | 시속 160마일 | E quantity changed
range | 340 to 500 million | 340–500 мільйонів | uk | 340–600 мільйонів | E number changed
shared unit | 60 to 80 mm | 60~80㎜ | ko | 60~80㎝ | E quantity changed
age | a 42-year-old man | 42세 남성 | ko | 24세 남성 | E quantity changed
adjective | a 42-year-old man | 42-річний чоловік | uk | 24-річний чоловік | E quantity changed
decades | two decades | 20년 | ko | 30년 | W quantity changed
weeks | for 14 days | протягом двох тижнів | uk | протягом трьох тижнів | W quantity changed
fraction | 50% of voters | 절반의 유권자 | ko | 유권자의 3분의 1 | E percent changed
fraction turned round | two thirds | 3분의 2 | ko | 3분의 1 | W number changed
cents | 50 cents | 0.5달러 | ko | 5달러 | E money changed
indefinite | hundreds of people | 수백 명 | ko | 700명 | W number added
hours | two and a half hours | 2시간 30분 | ko | 2시간 50분 | W quantity changed; W quantity added
phone | call 116 123 | тел. 116 123 | uk | тел. 116 124 | E number changed; W number lost
said twice | 5 goals, 5 in all | всього 5 | uk | всього 6 | E number changed; W number lost
dual | 105 mph (169 km/h) | 시속 169km | ko | 시속 196km | W quantity lost; E quantity changed
"""
ROWS = [[cell.strip() for cell in row.split(" | ")] for row in LENIENCIES.strip().splitlines()]


@pytest.mark.parametrize(("source", "target", "lang"), [row[1:4] for row in ROWS])
def test_what_says_the_same_is_not_flagged(source, target, lang):
    assert [f for f in found(source, target, lang) if not f.endswith("info")] == []


@pytest.mark.parametrize(
    ("source", "target", "lang", "expected"), [[row[1], row[4], row[3], row[5]] for row in ROWS]
)
def test_each_leniency_still_catches_the_nearest_true_error(source, target, lang, expected):
    strong = [f for f in found(source, target, lang) if not f.endswith("info")]
    assert [short(f) for f in strong] == expected.split("; ")


HOW = {"mistranslation": "changed", "omission": "lost", "addition": "added"}


def short(finding):
    code, severity = finding.split()
    kind, how = code.split("/")
    return f"{severity[0].upper()} {kind} {HOW[how]}"


FOUND = [
    ("two captured soldiers", "병사들", "ko", ["number/omission info"]),
    ("the 10 gunmen", "озброєні люди", "uk", ["number/omission warning"]),
    ("several gunmen", "12 озброєних людей", "uk", ["number/addition warning"]),
    ("a storm of 85 miles", "шторм у 137 км", "uk", ["quantity/mistranslation info"]),
    ("a 6-foot-6 forward", "форвард ростом 198 см", "uk", ["quantity/mistranslation info"]),
    ("a 6-foot-6 forward", "форвард ростом 188 см", "uk", None),
    ("it lasted 2.5 km", "2,5 милі", "uk", ["quantity/mistranslation error"]),
    ("$5 million", "500만 유로", "ko", ["money/mistranslation error"]),
    ("he won 31-27", "він виграв 27:31", "uk", ["number/mistranslation error"]),
    ("he won 31-27", "31 대 27로 이겼다", "ko", []),
    ("born in 1999, since 2016", "1999년생으로, 2016년부터", "ko", []),
    ("born in 1999, since 2016", "2016년생으로, 1999년부터", "ko", ["date/mistranslation error"]),
    ("from 1.25% to 0.9%", "з 0,9% до 1,25%", "uk", ["percent/mistranslation error"]),
    ("from 1.25% to 0.9%", "1.25%에서 0.9%로", "ko", []),
    ("Since 2016 he, born in 1999", "1999 року народження, з 2016 року", "uk", []),
    ("3 of 5 boats", "5 із 3 човнів", "uk", ["number/mistranslation warning"]),
    ("3 of 5 boats", "5척 중 3척", "ko", []),
    ("2 goals and 2 assists", "2 голи та 3 передачі", "uk", ["number/mistranslation error"]),
]


@pytest.mark.parametrize(("source", "target", "lang", "expected"), FOUND)
def test_what_differs_is_found(source, target, lang, expected):
    if expected is None:
        assert any(not f.endswith("info") for f in found(source, target, lang))
    else:
        assert found(source, target, lang) == expected


# --- labels, names, debris ---------------------------------------------------------------

LABELS = [
    ("Write to @ZelenskyyUa", "Пишіть @ZelenskyyUa", []),
    ("Write to @ZelenskyyUa", "Пишіть @ZelenskyUa", ["label/mistranslation error"]),
    ("Write to @ZelenskyyUa", "Пишіть йому", ["label/omission error"]),
    ("see https://a.example/q4-2025", "див. https://a.example/q4-2024", None),
    ("A hand [@ZelenskyyUa]", "Рука [@ZelenskyyUa]", []),
    ("#one and #one", "#one", ["label/omission error"]),
]


@pytest.mark.parametrize(("source", "target", "expected"), LABELS)
def test_labels_are_exact_and_counted(source, target, expected):
    expected = ["label/mistranslation error"] if expected is None else expected
    assert found(source, target, "uk") == expected


NAMES = [
    ("Putin spoke", "푸틴은 말했다", "ko", []),
    ("Putin spoke", "메드베데프는 말했다", "ko", ["name/mistranslation error"]),
    ("Putin spoke", "Медведєв говорив", "uk", ["name/mistranslation error"]),
    ("Putin spoke", "대통령은 말했다", "ko", ["name/omission warning"]),
    ("in Poland", "в Румунії", "uk", ["name/mistranslation warning"]),
    ("Putin spoke", "Польща говорила", "uk", ["name/omission warning", "name/addition info"]),
    ("in Poland", "у країні", "uk", ["name/omission info"]),
    ("in the country", "у Польщі", "uk", ["name/addition info"]),
    ("Polish voters in Poland", "польські виборці", "uk", []),
]


@pytest.mark.parametrize(("source", "target", "lang", "expected"), NAMES)
def test_names_are_errors_only_against_the_termbase(source, target, lang, expected):
    assert found(source, target, lang, TERMS) == expected


DEBRIS = [
    ("It's late", "It&#39;s пізно", ["debris/addition error"]),
    ("July", "XNUMX липня", ["debris/addition error"]),
    ("a mark", "знак ⟦0⟧", ["debris/addition error"]),
    ("AT&amp;T", "AT&amp;T", []),
]


@pytest.mark.parametrize(("source", "target", "expected"), DEBRIS)
def test_debris_is_an_error_unless_the_source_has_it(source, target, expected):
    assert [f for f in found(source, target, "uk") if f.startswith("debris")] == expected


# --- units of a document ------------------------------------------------------------------


def units(*pairs, lang="uk"):
    return [
        TranslationUnit(f"s{n}", source, target, "en", lang, "translated", "", 1)
        for n, (source, target) in enumerate(pairs, 1)
    ]


def test_what_moved_to_the_next_sentence_is_info():
    moved = units(("On 9 January he fell.", "Він упав."), ("He lived.", "9 січня він ожив."))
    verdict = checks.check(moved)
    assert [(f.code, f.severity, f.rule) for f in verdict.findings] == [
        ("date/omission", "info", "elsewhere"),
        ("date/addition", "info", "elsewhere"),
    ]


def test_what_another_sentence_says_does_not_excuse_what_stands_in_its_place():
    changed = units(("Two fell.", "Троє впали."), ("Two more fell.", "Двоє впали, ще двоє втекли."))
    findings = checks.check(changed).findings
    assert ("number/mistranslation", "warning", "s1") in [
        (f.code, f.severity, f.unit_id) for f in findings
    ]


def test_agreements_name_both_places_and_the_rule():
    (agreed,) = checks.check(units(("In May 2018", "У травні 2018 року"))).agreements
    assert (agreed.kind, agreed.rule, agreed.unit_id) == ("date", "equal", "s1")
    assert agreed.source_span == Span(3, 11)


def test_a_unit_that_was_not_translated_is_not_judged():
    unit = TranslationUnit("s1", "10 men", "", "en", "uk", "initial", "")
    assert checks.check([unit]) == checks.Verdict()


# --- whole texts --------------------------------------------------------------------------


def article(lang, *paragraphs, name="a"):
    text, blocks = "", []
    for paragraph in paragraphs:
        start = len(text)
        text += paragraph
        blocks.append(Block("paragraph", Span(start, len(text))))
        text += "\n\n"
    return Article(name, lang, text.rstrip("\n"), tuple(blocks), Metadata())


SOURCE = article(
    "en",
    "The harbour office closed on Monday after a storm. About 340 people waited for hours.",
    "Repairs will cost $2.3 million, the mayor said. The ferry sails again on 16 March.",
    "Nobody was badly hurt in the accident.",
)
TARGET = (
    "Портове управління закрили в понеділок після шторму. Близько 340 людей чекали годинами.",
    "Ремонт коштуватиме 2,3 млн доларів, сказав мер. Пором знову вирушить 16 березня.",
    "Ніхто серйозно не постраждав під час аварії.",
)


def test_a_whole_translation_is_silent():
    assert checks.check_texts(SOURCE, article("uk", *TARGET)).findings == ()


def test_paragraphs_may_be_joined():
    assert checks.check_texts(SOURCE, article("uk", " ".join(TARGET))).findings == ()


def test_a_dropped_sentence_is_said_once():
    cut = article("uk", TARGET[0], "Пором знову вирушить 16 березня.", TARGET[2])
    (finding,) = checks.check_texts(SOURCE, cut).findings
    assert (finding.code, finding.severity) == ("sentence/omission", "warning")
    assert finding.expected == "Repairs will cost $2.3 million, the mayor said."
    assert SOURCE.text[slice(*finding.source_span)] == finding.expected


def test_an_added_sentence_is_said():
    more = article("uk", TARGET[0], TARGET[1] + " Квитки вже коштують 77 гривень.", TARGET[2])
    (finding,) = checks.check_texts(SOURCE, more).findings
    assert (finding.code, finding.found) == (
        "sentence/addition",
        "Квитки вже коштують 77 гривень.",
    )


def test_spans_of_whole_texts_lie_in_the_articles():
    changed = article("uk", *TARGET[:1], TARGET[1].replace("16", "18"), TARGET[2])
    (finding,) = checks.check_texts(SOURCE, changed).findings
    assert (finding.code, finding.severity) == ("date/mistranslation", "error")
    assert SOURCE.text[slice(*finding.source_span)] == "16 March"
    assert changed.text[slice(*finding.target_span)] == "18 березня"


def test_a_link_that_a_particle_hides_is_kept_in_whole_texts_too():
    source = article("en", "It was colder, weather.com reports, than in ten years.")
    target = article("ko", "weather.com은 10년 만에 가장 추웠다고 보도했다.")
    assert [f for f in checks.check_texts(source, target).findings if f.kind == "label"] == []


@pytest.mark.parametrize(
    ("source", "target", "rules"),
    [
        # Who lost is named first by the one, last by the other.
        ("Ferro's 3-1 defeat came late.", "Ферро поступилася 1:3.", []),
        ("Ferro won 3-1 there.", "Ферро виграла там 1:3.", ["score"]),
        # A defeat somewhere else in the text turns no score round.
        (
            "Ferro won 3-1 there. " + "It was a long evening in the old hall. " * 3 + "A defeat.",
            "Ферро виграла там 1:3. " + "Це був довгий вечір у старій залі. " * 3 + "Поразка.",
            ["score"],
        ),
    ],
)
def test_a_score_is_turned_round_only_by_a_defeat_beside_it(source, target, rules):
    verdict = checks.check_pair(source, target, "en", "uk")
    assert [f.rule for f in verdict.findings if f.kind == "number"] == rules


@pytest.mark.parametrize(
    ("lang", "source", "target", "rules"),
    [
        # Each number is there, and counts what the other one should.
        ("ko", "In 3 months, 80 people left.", "3개월 동안 80명이 떠났다.", []),
        ("ko", "In 3 months, 80 people left.", "80개월 동안 3명이 떠났다.", ["role"]),
        ("ko", "Reyes, 28, had joined three seasons ago.", "28세인 레예스는 3년 전 합류했다.", []),
        (
            "ko",
            "Reyes, aged 28, joined 3 seasons ago.",
            "3세인 레예스는 28년 전 합류했다.",
            ["role"],
        ),
        ("ko", "He won 76% of 88 points.", "그는 88점의 76%를 얻었다.", []),
        ("ko", "He won 76% of 88 points.", "그는 76점의 88%를 얻었다.", ["role"]),
        ("ko", "34 officials left in 2013.", "2013년에 34명의 관리가 떠났다.", []),
        ("ko", "34 officials left in 2013.", "34년에 2013명의 관리가 떠났다.", ["role"]),
        # The ends of a range.
        ("ko", "3 to 5 percent of all", "전체의 3~5%", []),
        ("ko", "3 to 5 percent of all", "전체의 5~3%", ["score"]),
        ("ko", "between three and six months", "3개월에서 6개월 정도", []),
        ("ko", "between three and six months", "6개월에서 3개월 정도", ["score"]),
        ("uk", "between three and six months", "від шести до трьох місяців", ["score"]),
        # Of a whole, and what stands beside them: verbs, names, measures.
        ("ko", "3 of the 9 victims", "희생자 9명 중 3명", []),
        ("ko", "3 of the 9 victims", "희생자 3명 중 9명", ["company"]),
        ("ko", "217 died and 1,900 are missing.", "217명이 숨지고 1900명이 실종됐다.", []),
        ("ko", "217 died and 1,900 are missing.", "1900명이 숨지고 217명이 실종됐다.", ["company"]),
        ("ko", "Sandu had 55%, Stoian 44%.", "산두는 55%, 스토얀은 44%를 얻었다.", []),
        ("ko", "Sandu had 55%, Stoian 44%.", "산두는 44%, 스토얀은 55%를 얻었다.", ["company"]),
        ("ko", "300 metres long and 48 wide", "길이 300m에 폭 48m", []),
        ("ko", "300 metres long and 48 metres wide", "길이 48m, 폭 300m", ["company"]),
        # And they excuse another order, where both languages keep it.
        ("uk", "8 tanks and 35 drones", "35 дронів і 8 танків", []),
        ("uk", "8 tanks and 35 drones", "35 танків і 8 дронів", ["order"]),
        ("uk", "8 hats and 35 scarves", "35 капелюхів і 8 шаликів", ["order"]),
        # The same number twice has no place of its own.
        (
            "ko",
            "the fifth storm left 5 dead, 3 hurt",
            "다섯 번째 폭풍으로 3명이 다치고 5명이 숨졌다",
            [],
        ),
        # Two things in another order are no range.
        ("ko", "40 cows, 30 goats", "염소 30마리, 소 40마리", []),
    ],
)
def test_numbers_that_changed_places(lang, source, target, rules):
    findings = checks.check_pair(source, target, "en", lang).findings
    assert [f.rule for f in findings if f.severity != "info"] == rules


@pytest.mark.parametrize(
    ("lang", "source", "target", "codes"),
    [
        ("uk", "Case No. 17-2043/B was filed.", "Справу № 17-2043/Б подано.", []),
        ("uk", "Case No. 17-2043/B was filed.", "Справу № 17-2034/Б подано.", ["number"]),
        ("uk", "In 1941-2043/5 it was.", "У 1941-2043/5 це було.", []),
        ("vi", "It cost 3 billion dong.", "Giá 3 tỉ đồng.", []),
        ("vi", "It cost 3 billion dong.", "Giá 3 tỷ đồng.", []),
        ("vi", "It cost 3 billion dong.", "Giá 3 triệu đồng.", ["number"]),
    ],
)
def test_file_numbers_and_second_spellings(lang, source, target, codes):
    findings = checks.check_pair(source, target, "en", lang).findings
    assert [f.kind for f in findings] == codes


def test_a_translated_dateline_is_an_error():
    source = article("en", "KYIV, Jan 12 (Reuters) — The ferry sails again.")
    target = article("uk", "КИЇВ, 12 січня (Рейтер) — Пором знову вирушає.")
    codes = [f"{f.code} {f.severity}" for f in checks.check_texts(source, target).findings]
    assert "label/omission error" in codes or "label/mistranslation error" in codes


# --- summaries ----------------------------------------------------------------------------


def summary(lang, text, span):
    return Summary(lang, "test", (SummarySentence(text, (), 1, span),))


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("en", "Repairs will cost $2.3 million.", []),
        ("en", "About 340 people waited.", []),  # another passage of the article
        ("en", "More than 300 people waited.", []),  # rounded, and says so
        ("en", "Exactly 300 people waited.", ["number/addition warning"]),
        ("en", "More than 400 people waited.", ["number/addition warning"]),
        ("en", "Repairs will cost $3.2 million.", ["money/mistranslation error"]),
        ("en", "The ferry sails on 18 March.", ["date/mistranslation error"]),
        ("uk", "Ремонт коштуватиме 2,3 млн доларів.", []),
        ("uk", "Ремонт коштуватиме 2,3 млн євро.", ["money/mistranslation error"]),
        ("ko", "77명이 다쳤다.", ["number/addition warning"]),
    ],
)
def test_a_summary_says_only_what_its_article_says(lang, text, expected):
    verdict = checks.check_summary(summary(lang, text, SOURCE.blocks[1].span), SOURCE)
    assert [f"{f.code} {f.severity}" for f in verdict.findings] == expected


LONG = article(
    "en",
    "Dana Reyes, the second seed, beat Kim Ferro 6-4 6-3 and won the title once more.",
    "Last month she signed for one season, her first abroad, and she has one son.",
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Reyes is the second seed.", []),
        ("Ferro was the fourth seed.", ["number/addition warning"]),  # no four but in 6-4
        ("It is her first season abroad.", []),
        ("Last month she signed.", []),
        ("Last year she signed.", ["date/addition warning"]),
        ("She signed for one year.", ["quantity/addition warning"]),
        ("She signed for a year.", []),  # an article in half of all languages
        ("Dana Reyes beat Kim Ferro.", []),
        ("Marek Reyes beat Kim Ferro.", ["name/addition info"]),
        ("She is Dana Reyes of Malmgate.", ["name/addition info"]),
    ],
)
def test_words_that_prove_little_count_where_nothing_is_translated(text, expected):
    verdict = checks.check_summary(summary("en", text, LONG.blocks[0].span), LONG)
    assert [f"{f.code} {f.severity}" for f in verdict.findings] == expected


def test_a_first_that_the_article_has_not_is_told():
    once = article("en", "She won once, and has one son.")
    verdict = checks.check_summary(summary("en", "She won for the first time.", Span(0, 1)), once)
    assert [f.code for f in verdict.findings] == ["number/addition"]
    # A translation may have no word for it.
    verdict = checks.check_summary(summary("uk", "Вона виграла вперше.", Span(0, 1)), once)
    assert verdict.findings == ()


def test_what_a_summary_leaves_out_is_no_finding():
    verdict = checks.check_summary(summary("en", "Nobody was hurt.", SOURCE.blocks[1].span), SOURCE)
    assert verdict.findings == ()


# --- any text -----------------------------------------------------------------------------


@settings(max_examples=60, deadline=None)
@given(
    st.text(alphabet="0123456789.,:/-–%$€°'№ aдвIX만명월일시분천둘\n@#[]()&;", max_size=60),
    st.sampled_from(["en", "ko", "uk"]),
)
def test_a_text_agrees_with_itself(text, lang):
    assert found(text, text, lang, source_lang=lang) == []


@pytest.mark.parametrize(
    "piece", ["1", "1-", "12 ", "1:", ".", "가", "이백만", "목·", "May ", "@a ", "A1", "⟦"]
)
def test_long_lines_take_linear_time(piece):
    def check(text):
        checks.check_pair(text, text[: len(text) // 2] + " 5", "uk", "ko")

    check_linear(check, repeated(piece), 6_000)


def test_a_name_that_another_sentence_has_is_not_listed_in_a_language_without_names():
    pairs = [
        (
            "Ukraine's army took two North Korean soldiers.",
            "A Ucrânia capturou dois norte-coreanos.",
        ),
        ("Ukrainian doctors treat the North Koreans.", "Médicos ucranianos tratam os soldados."),
        ("He is from North Korea.", "Ele é da Coreia do Norte."),
    ]
    units = [
        TranslationUnit(f"s{n}", source, target, "en", "pt", "translated", "m", n)
        for n, (source, target) in enumerate(pairs, 1)
    ]
    assert checks.check(units).findings == ()
