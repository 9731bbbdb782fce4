"""Whole texts: which sentences belong together, and what is said of those that stand alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.growth import check_linear
from toolkit import checks, lang
from toolkit.checks.align.beads import align
from toolkit.checks.align.headlines import unglue
from toolkit.checks.align.keys import keys, meanings, sounds
from toolkit.checks.documents import passages
from toolkit.labels import find
from toolkit.schema import Article, Block, Metadata, Span, Summary, SummarySentence


def article(lang, *paragraphs, title=None, kinds=()):
    text, blocks = "", []
    for number, paragraph in enumerate(paragraphs):
        kind = kinds[number] if number < len(kinds) else "paragraph"
        blocks.append(Block(kind, Span(len(text), len(text) + len(paragraph))))
        text += paragraph + "\n\n"
    return Article("a", lang, text.rstrip("\n"), tuple(blocks), Metadata(title=title))


def codes(source, target):
    return [f"{f.code} {f.severity}" for f in checks.check_texts(source, target).findings]


ENGLISH = (
    "The mayor of Odesa opened a new bridge on Friday.",
    "Helena Marchenko said the old one had been closed for years.",
    "It cost the city more than it had planned.",
    "“Why did nobody ask us?” a woman on the shore wanted to know.",
    "Trains from Warsaw will cross it from 3 May.",
    "The company that built it, Tideline, has sixty workers.",
)
KOREAN = (
    "오데사 시장은 금요일 새 다리를 개통했다.",
    "헬레나 마르첸코는 옛 다리가 몇 년 동안 닫혀 있었다고 말했다.",
    "시가 계획한 것보다 더 많은 비용이 들었다.",
    '"왜 아무도 우리에게 묻지 않았나요?"라고 해안의 한 여성이 물었다.',
    "바르샤바에서 오는 기차는 5월 3일부터 이 다리를 건넌다.",
    "다리를 지은 회사 타이드라인에는 노동자 60명이 있다.",
)
UKRAINIAN = (
    "Мер Одеси відкрив у п'ятницю новий міст.",
    "Гелена Марченко сказала, що старий був закритий роками.",
    "Він коштував місту більше, ніж воно планувало.",
    "«Чому нас ніхто не запитав?» — хотіла знати жінка на березі.",
    "Потяги з Варшави їхатимуть ним з 3 травня.",
    "У компанії, яка його збудувала, Tideline, шістдесят працівників.",
)
LANGS = pytest.mark.parametrize(("code", "sentences"), [("ko", KOREAN), ("uk", UKRAINIAN)])


@LANGS
def test_paragraphs_may_be_cut_elsewhere(code, sentences):
    source = article("en", " ".join(ENGLISH[:2]), " ".join(ENGLISH[2:]))
    assert codes(source, article(code, *sentences)) == []
    assert codes(source, article(code, " ".join(sentences))) == []


@LANGS
@pytest.mark.parametrize("lost", range(6))
def test_each_lost_sentence_is_found_and_nothing_else(code, sentences, lost):
    source = article("en", " ".join(ENGLISH[:3]), " ".join(ENGLISH[3:]))
    rest = [sentence for number, sentence in enumerate(sentences) if number != lost]
    (finding,) = checks.check_texts(source, article(code, " ".join(rest))).findings
    assert (finding.code, finding.expected) == ("sentence/omission", ENGLISH[lost])


@LANGS
@pytest.mark.parametrize("lost", range(6))
def test_each_added_sentence_is_found_and_nothing_else(code, sentences, lost):
    rest = [sentence for number, sentence in enumerate(ENGLISH) if number != lost]
    source = article("en", " ".join(rest[:3]), " ".join(rest[3:]))
    (finding,) = checks.check_texts(source, article(code, " ".join(sentences))).findings
    assert (finding.code, finding.found) == ("sentence/addition", sentences[lost])


def test_two_sentences_may_become_one():
    source = article("en", *ENGLISH)
    joined = UKRAINIAN[1].rstrip(".") + ", а " + UKRAINIAN[2]
    target = article("uk", UKRAINIAN[0], joined, *UKRAINIAN[3:])
    assert codes(source, target) == []


def test_many_lost_sentences_are_found_though_the_texts_differ_in_length():
    lines = [f"On 3 May {1000 + n} people came to gate {n}." for n in range(300)]
    findings = checks.check_texts(
        article("en", *lines), article("en", *lines[:40], *lines[240:])
    ).findings
    lost = [f for f in findings if f.rule != "much"]
    assert [f.expected for f in lost] == lines[40:240]
    (whole,) = set(findings) - set(lost)
    assert whole.severity == "error"  # two thirds of the text are gone


# --- titles -------------------------------------------------------------------------------

TITLED = {
    "apart": lambda code, title, text: article(code, *text, title=title),
    "in the text": lambda code, title, text: article(code, title, *text, kinds=["title"]),
    "both": lambda code, title, text: article(code, title, *text, title=title, kinds=["title"]),
}


@pytest.mark.parametrize("there", TITLED)
@pytest.mark.parametrize("here", TITLED)
@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("60 працівників і новий міст в Одесі", []),
        ("70 працівників і новий міст в Одесі", ["number/mistranslation error"]),
    ],
)
def test_a_title_is_compared_wherever_it_stands(here, there, title, expected):
    source = TITLED[here]("en", "60 workers and a new bridge in Odesa", ENGLISH)
    target = TITLED[there]("uk", title, UKRAINIAN)
    verdict = checks.check_texts(source, target)
    assert [f"{f.code} {f.severity}" for f in verdict.findings] == expected
    for finding in verdict.findings:
        assert (finding.source_span is None) == (here == "apart")
        assert (finding.target_span is None) == (there == "apart")


@pytest.mark.parametrize(("here", "severity"), [("apart", "info"), ("in the text", "warning")])
def test_a_lost_title_is_said(here, severity):
    source = TITLED[here]("en", "60 workers and a new bridge in Odesa", ENGLISH)
    (finding,) = checks.check_texts(source, article("uk", *UKRAINIAN)).findings
    assert finding.code == "sentence/omission"
    assert finding.severity == ("info" if here == "apart" else "warning")
    assert finding.expected == "60 workers and a new bridge in Odesa"


# --- evidence -----------------------------------------------------------------------------

NAMES = [
    ("Zelensky", "Зеленський", "젤렌스키는"),
    ("Washington", "Вашингтоні", "워싱턴에서"),
    ("Johnson's", "Джонсона", "존슨은"),
    ("Kavanaugh", "Кавано", "캐버노"),
    ("Livingston", "Лівінгстон", "리빙스턴이"),
]


@pytest.mark.parametrize("names", NAMES)
def test_a_name_is_known_by_its_first_consonants(names):
    first, *others = (set(sounds(name)) for name in names)
    assert all(first & other for other in others)


@pytest.mark.parametrize(("one", "other"), [("Boston", "Вашингтон"), ("Putin", "바이든은")])
def test_another_name_is_not(one, other):
    assert not set(sounds(one)) & set(sounds(other))


@pytest.mark.parametrize(
    ("word", "code", "expected"),
    [
        ("president", "en", ("president:",)),
        ("presidency", "en", ()),
        ("президентом", "uk", ("president:",)),
        ("не", "uk", ("not:",)),
        ("небо", "uk", ()),
        ("대통령은", "ko", ("president:",)),
        ("말했다", "ko", ("say:",)),
        ("presidentti", "fi", ()),
    ],
)
def test_everyday_words_are_known_by_their_meaning(word, code, expected):
    assert meanings(word, code) == expected


@pytest.mark.parametrize("code", ["ko", "uk"])
def test_the_meanings_are_those_of_english(code):
    def named(pack):
        return [word for word in pack.meanings.words.split() if word.endswith(":")]

    assert named(lang.pack(code)) == named(lang.pack("en"))


def test_keys_of_a_sentence():
    text = "Why did Boston pay $5?"
    assert {"mark", "meaning", "sound", "copy"} <= {sort for sort, _ in keys(text, (), "en")}


# --- any text -----------------------------------------------------------------------------

PIECES = ["He ran home. ", "On 3 May 40 of 70 came. ", "Kim met Kim. ", "@a @b! ", "5. ", "왜? "]


@pytest.mark.parametrize("piece", PIECES)
def test_the_time_is_linear(piece):
    def make(times):
        one = article("en", piece * times)
        return passages(one, find(one), None)

    check_linear(lambda here: align(here, here), make, 600)


@pytest.mark.parametrize("piece", PIECES)
def test_a_long_text_agrees_with_itself(piece):
    text = piece * 200
    whole = article("en", text)
    lines = article("en", *text.strip().split("  "))
    assert checks.check_texts(whole, whole).findings == ()
    assert checks.check_texts(whole, replace(lines, id="b")).findings == ()


def test_nothing_against_something():
    empty = Article("a", "en", "", ())
    assert checks.check_texts(empty, empty).findings == ()
    assert codes(empty, article("uk", "Так.")) == ["sentence/addition warning"]
    assert codes(article("en", "Yes."), empty) == ["sentence/omission warning"]


# --- summaries ----------------------------------------------------------------------------

TOKENS = "The dig found 40, 000 tools, and 98. 7 per cent of them were blunt. Seven are shown."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Of them 98.7 per cent were blunt.", []),
        ("Some 40,001 tools were found.", ["number/addition warning"]),
        ("Of them 98.6 per cent were blunt.", ["percent/addition warning"]),
        ("Seven tools are shown.", []),
        ("Nine tools are shown.", ["number/addition warning"]),
    ],
)
def test_a_number_that_the_layout_broke_supports_a_summary(text, expected):
    whole = article("en", TOKENS)
    summary = Summary("en", "test", (SummarySentence(text, (), 1, Span(0, 0)),))
    verdict = checks.check_summary(summary, whole)
    assert [f"{f.code} {f.severity}" for f in verdict.findings] == expected


GLUED = """
en | Cyclist dies in road crash | A cyclist has died after a collision with a lorry.
en | Storm Bettina nears the coast | Bettina is expected to land on Sunday evening.
en | Harbour ferry sinks with crew | Police said two sailors were missing.
en | The crew of the Sea Star said police had been told at once.
en | He joined the New York Times in May and left it in June.
uk | Велосипедист загинув у зіткненні з авто | Він помер у лікарні того ж вечора.
uk | Президент України Петро Бондар зустрівся з нею в Києві вчора.
ko | 부산항 크레인에서 화재가 발생했다 | 소방당국은 두 시간 만에 불을 껐다고 밝혔다.
ko | 그는 불이 났다고 말했지만 아무도 그 말을 믿지 않았다.
"""


@pytest.mark.parametrize("row", GLUED.strip().splitlines())
def test_a_headline_is_cut_from_the_sentence_it_runs_into(row):
    lang, *pieces = row.split(" | ")
    text = " ".join(pieces)
    found = unglue(text, lang, frozenset({"police", "crew"}))
    assert [text[span.start : span.end] for span in found] == pieces


def test_a_headline_may_run_into_its_sentence_on_one_side_alone():
    ours = article("en", f"Cyclist dies in crash near Odesa {ENGLISH[0]} {ENGLISH[4]}")
    theirs = article("ko", "오데사 인근 사고로 자전거 운전자 사망", f"{KOREAN[0]} {KOREAN[4]}")
    assert checks.check_texts(ours, theirs).findings == ()
    theirs = article("ko", f"오데사 인근 사고로 자전거 운전자 사망 {KOREAN[0]} {KOREAN[4]}")
    assert checks.check_texts(ours, theirs).findings == ()
    theirs = article("ko", "오데사 인근 사고로 자전거 운전자 사망", KOREAN[4])
    (finding,) = checks.check_texts(ours, theirs).findings
    assert (finding.code, finding.expected) == ("sentence/omission", ENGLISH[0])
