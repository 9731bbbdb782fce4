"""What engines get wrong is repaired, or marked; what is right stays as it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from toolkit import repairs, translation
from toolkit.checks.reading import read
from toolkit.errors import EngineError, ModelMissing
from toolkit.repairs.rendering import rewrite
from toolkit.schema import Finding, Hypothesis, Span
from toolkit.terms import load_terms
from toolkit.testing import ScriptedEngine

TERMS = load_terms(Path(__file__).parents[1] / "samples" / "terms.csv")

# The value of the first is put into the second: source | wrong | language | right ("-": cannot)
VALUES = """
10,000 people | 1천 명 | ko | 1만 명
10,000 people | 1,000명 | ko | 10,000명
10,000 did it | 5,003이 했다 | ko | 10,000이 했다
8 came | 9가 왔다 | ko | 8이 왔다
$4.5 million | 45만 달러를 | ko | 450만 달러를
123,456,789 won | 1억 2345만 원 | ko | 1억 2345만 6789 원
$5 million | 500만 유로를 | ko | 500만 달러를
two soldiers | 병사 세 명 | ko | 병사 두 명
£4.5 million | 540만 파운드 | ko | 450만 파운드
£11.80 | 12,80 фунта | uk | 11,80 фунта
27 years | 72 років | uk | 27 років
12.5 percent | 25.5%가 | ko | 12.5%가
a 42-year-old man | 24세 남성 | ko | 42세 남성
10,000 people | 15 тис. осіб | uk | 10 тис. осіб
10,000 people | 1 000 осіб | uk | 10 000 осіб
1.5 million people | 1,5 млрд осіб | uk | 1,5 млн осіб
4.5 million people | 4,5 мільярда осіб | uk | 4,5 мільйона осіб
5 million people | 2 мільйони осіб | uk | 5 мільйонів осіб
5 people | 2 особи | uk | 5 осіб
2 soldiers | 5 солдатів | uk | 2 солдати
21 km | 30 кілометрів | uk | 21 кілометр
20 km | 31 км | uk | 20 км
$5 million | 5 млн євро | uk | 5 млн доларів
up to 2 soldiers | до 5 солдатів | uk | -
2 brave soldiers | 5 хоробрих солдатів | uk | -
three soldiers | п'ять солдатів | uk | три солдати
five ships | трьох кораблів | uk | п'яти кораблів
a 42-year-old man | 24-річний чоловік | uk | 42-річний чоловік
the MiG-29 | МіГ-31 | uk | МіГ-29
the 21st time | the 3rd time | en | the 21st time
$5 million | $6 million | en | $5 million
5 days | 1 day | en | 5 days
5 days | 1 Tag | de | 5 Tage
on 9 January 2025 | 2025년 1월 8일에 | ko | 2025년 1월 9일에
on 9 January 2025 | 2025년 6월 9일에 | ko | 2025년 1월 9일에
on 9 January | 8 січня | uk | 9 січня
on 9 January | 9 лютого | uk | 9 січня
in January | у лютому | uk | у січні
in June 2024 | у липні 2024 року | uk | у червні 2024 року
on 03.10.1998 | 4 жовтня 1998 року | uk | -
in 1999 | 1998년에 | ko | 1999년에
the 1990s | 1980-х | uk | 1990-х
on Monday | 화요일에 | ko | 월요일에
on Wednesday | у вівторок | uk | у середу
last Wednesday | минулого вівторка | uk | -
last Monday | минулого вівторка | uk | минулого понеділка
at 8:46 p.m. | 오후 8시 45분에 | ko | 오후 8시 46분에
at 8:46 p.m. | 오전 8시 46분에 | ko | 오후 8시 46분에
at 8 a.m. | 오후 8시에 | ko | 오전 8시에
at 8:46 p.m. | о 20:45 | uk | о 20:46
Volodymyr Zelensky said | 블라디미르 푸틴은 말했다 | ko | 볼로디미르 젤렌스키는 말했다
Volodymyr Zelensky | про Володимира Путіна | uk | про Володимира Зеленського
Iryna Sholudko | Ларисі Венгер | uk | Ірині Шолудько
Iryna Sholudko | Тобіасу Ренфрю | uk | -
in Seoul | у Києві | uk | у Сеулі
from Moscow | з Києва | uk | з Москви
in Kyiv | 서울에서 | ko | 키이우에서
"""
ROWS = [[cell.strip() for cell in row.split("|")] for row in VALUES.strip().splitlines()]


@pytest.mark.parametrize(("source", "wrong", "lang", "right"), ROWS)
def test_a_value_is_written_in_the_place_and_style_of_the_wrong_one(source, wrong, lang, right):
    (fact,) = read(source, "en", TERMS)
    made = [rewrite(wrong, lang, other, fact, TERMS) for other in read(wrong, lang, TERMS)]
    assert made == [None if right == "-" else right]


# --- the ladder --------------------------------------------------------------------------

TEXT = "The ship left Kyiv on Monday with 10,000 people on board."
GOOD = "У понеділок корабель вийшов із Києва, на борту було 10 000 осіб."
WRONG = "У понеділок корабель вийшов із Києва, на борту було 15 000 осіб."
TWO = "The first ship left the port. The second one stayed because of the heavy storm."
TWO_UK = ("Перше судно вийшло з порту.", "Друге лишилося через сильний шторм.")


def repaired(answers, *texts, lang="uk", labels=(), termbase=None, **more):
    """The units and findings that come of an engine's answers: by text, by (text, attempt)."""

    def answer(request):
        found = answers.get((request.text, request.attempt), answers.get(request.text))
        return Hypothesis(found, "model") if isinstance(found, str) else found

    engine = ScriptedEngine(answer)
    sources = [
        translation.Passage(f"s{n}", text, n, labels) for n, text in enumerate(texts or (TEXT,), 1)
    ]
    asked = translation.requests(sources, "en", lang)
    units, verdict = repairs.repair(
        sources, asked, engine.run(asked), lang, engine, termbase, **more
    )
    return units, verdict.findings, engine.calls[1:]


def test_what_is_right_costs_no_call_and_stays():
    units, findings, calls = repaired({TEXT: Hypothesis(GOOD, "model", alternatives=(WRONG,))})
    assert (units[0].target, units[0].remedies) == (GOOD, ())
    assert (findings, calls) == ((), [])


def test_the_hypothesis_with_the_fewest_findings_is_taken():
    other = GOOD.replace("понеділок", "вівторок")
    (unit,), findings, calls = repaired(
        {TEXT: Hypothesis(WRONG, "model", alternatives=(other, GOOD, GOOD + " "))}
    )
    assert (unit.target, unit.remedies) == (GOOD, ("third hypothesis",))
    assert (findings, calls) == ((), [])


def test_all_that_is_asked_again_is_asked_in_one_call():
    texts = ("It cost 40 euros.", "It cost 50 euros.", "It rained.")
    right = ("Це коштувало 40 євро.", "Це коштувало 50 євро.", "Ішов дощ.")
    answers = dict(
        zip(texts, ("Це 4 євро коштувало, і 7.", "І 5, і 6, і 8.", right[2]), strict=True)
    )
    answers |= {(text, 1): good for text, good in zip(texts, right, strict=True)}
    units, findings, calls = repaired(answers, *texts)
    assert tuple(unit.target for unit in units) == right
    assert [unit.remedies for unit in units] == [("asked again",), ("asked again",), ()]
    assert [[(r.text, r.attempt) for r in call] for call in calls] == [
        [(texts[0], 1), (texts[1], 1)]
    ]
    assert findings == ()


def test_a_second_attempt_is_made_and_no_third():
    (unit,), _, calls = repaired({TEXT: "Корабель.", (TEXT, 2): GOOD})
    assert (unit.target, unit.remedies) == (GOOD, ("asked again, attempt 2",))
    assert len(calls) == 2
    (unit,), findings, calls = repaired({TEXT: "Корабель."})
    assert (unit.target, len(calls)) == ("Корабель.", 2)
    assert {finding.code for finding in findings} >= {"text/length"}


def test_a_wrong_value_is_put_right_and_said():
    (unit,), findings, _ = repaired({TEXT: WRONG})
    assert unit.target == GOOD
    assert unit.remedies == ("number put right: 15 000 → 10 000",)
    (finding,) = findings
    assert (finding.code, finding.severity, finding.rule) == (
        *("number/mistranslation", "warning", "put-right"),
    )
    assert (finding.expected, finding.found) == ("10 000", "15 000")
    assert unit.target[slice(*finding.target_span)] == "10 000"


# Source | an engine's answer: what must stay as it is, with its finding or without one.
LEFT_ALONE = """
The 802.11b standard was approved. | Стандарт 802.11b було схвалено.
The train leaves from Platform 9b at noon. | Потяг вирушає о 12:00 з платформи 9b.
The firm paid $100M for the site. | Фірма заплатила $100M за ділянку.
The tank holds 10³ litres of water. | Бак вміщує 10³ літрів води.
The tank holds 10³ litres of water. | Бак вміщує 1000 літрів води.
12 people died. | Зростання на 0,4 %.
12 people died in the city of Lviv on Monday. | Іван купив 7 книжок для своєї сестри.
"""


@pytest.mark.parametrize("row", LEFT_ALONE.strip().splitlines())
def test_a_repair_never_invents(row):
    text, answer = (cell.strip() for cell in row.split("|"))
    (unit,), _, _ = repaired({text: answer}, text)
    assert unit.target in (answer, text)  # as it was, or left untranslated and marked
    assert not any("put right" in remedy for remedy in unit.remedies)


def test_several_values_are_put_right_one_by_one():
    worse = WRONG.replace("У понеділок", "У вівторок")
    (unit,), findings, _ = repaired({TEXT: worse})
    assert unit.target == GOOD
    assert set(unit.remedies) == {
        "number put right: 15 000 → 10 000", "weekday put right: вівторок → понеділок",
    }  # fmt: skip
    assert {finding.rule for finding in findings} == {"put-right"}


def test_what_cannot_be_put_right_stays_and_is_marked():
    lost = GOOD.replace(", на борту було 10 000 осіб", " з людьми на борту")
    (unit,), findings, _ = repaired({TEXT: lost})
    assert (unit.target, unit.remedies, unit.state) == (lost, (), "translated")
    assert [(f.code, f.severity, f.unit_id) for f in findings] == [
        ("number/omission", "warning", "s1")
    ]


def test_a_piece_of_a_longer_number_is_left_alone():
    text, wrong = "Call 01632 960 417 now.", "Телефонуйте 01632 690 417 зараз."
    (unit,), findings, _ = repaired({text: wrong}, text)
    assert (unit.target, unit.remedies) == (wrong, ())
    assert findings


def test_a_name_of_another_is_put_right():
    text, right = "Volodymyr Zelensky spoke.", "Виступив Володимир Зеленський."
    wrong = right.replace("Зеленський", "Путін")
    (unit,), findings, _ = repaired({text: wrong}, text, termbase=TERMS)
    assert unit.target == right
    assert unit.remedies == ("name put right: Володимир Путін → Володимир Зеленський",)
    assert [finding.rule for finding in findings] == ["put-right"]


def test_a_lost_sentence_is_asked_for_by_itself():
    parts = (TWO[:29], TWO[30:])
    answers = {TWO: TWO_UK[0], **dict(zip(parts, TWO_UK, strict=True))}
    (unit,), findings, calls = repaired(answers, TWO)
    assert unit.target == " ".join(TWO_UK)
    assert unit.remedies == ("asked sentence by sentence",)
    assert findings == ()
    assert len(calls) == 1


def test_a_lost_label_is_kept_by_asking_around_it():
    text = "See @PortWire for more of it."
    (unit,), findings, calls = repaired(
        {"See ⟦0⟧ for more of it.": "Більше там.", "See": "Дивіться", "for more of it.": "тут."},
        text,
        labels=(Span(4, 13),),
    )
    assert unit.target == "Дивіться @PortWire тут."
    assert (unit.state, unit.remedies) == ("translated", ("asked around its labels",))
    assert all("@PortWire" not in request.text for call in calls for request in call)
    assert findings == ()


@pytest.mark.parametrize(("answer", "code"), [
    ("Корабель вийшов. " * 9, "text/repetition"),
    ("По его словам, это было сделано ещё до начала зимы, и они знали.", "text/language"),
    (TEXT, "text/untranslated"),
    ("船在中午离开了港口，没有人知道。", "text/script"),
])  # fmt: skip
def test_what_is_no_translation_is_not_shown(answer, code):
    (unit,), findings, _ = repaired({TEXT: answer})
    assert (unit.state, unit.target) == ("initial", TEXT)
    assert unit.remedies == (f"left untranslated: {code}",)
    assert [(f.code, f.severity, f.rule) for f in findings] == [
        ("text/untranslated", "error", "no answer")
    ]


def test_an_unfinished_answer_is_asked_again_or_else_marked():
    cut = Hypothesis("У понеділок корабель", "model", finished=False)
    (unit,), findings, _ = repaired({TEXT: cut, (TEXT, 1): GOOD})
    assert (unit.target, unit.remedies, findings) == (GOOD, ("asked again",), ())
    (unit,), findings, _ = repaired({TEXT: cut})
    assert (unit.state, unit.target) == ("initial", TEXT)
    assert [f.code for f in findings] == ["text/untranslated"]


def test_a_second_engine_is_asked_for_errors_only():
    second = ScriptedEngine({(TEXT, "uk"): GOOD}, name="second")
    (unit,), findings, _ = repaired({TEXT: TEXT}, second=second)
    assert (unit.target, unit.origin) == (GOOD, "second")
    assert (unit.remedies, findings) == (("second engine",), ())
    second.calls.clear()
    lost = GOOD.replace(", на борту було 10 000 осіб", " з людьми на борту")
    repaired({TEXT: lost}, second=second)
    assert second.calls == []


def test_entities_are_decoded():
    (unit,), findings, _ = repaired(
        {"She said no.": "Вона сказала &laquo;ні&raquo;."}, "She said no."
    )
    assert (unit.target, unit.remedies, findings) == (
        "Вона сказала «ні».", ("entities decoded",), (),
    )  # fmt: skip


def test_what_people_translated_is_never_changed():
    (unit,), findings, calls = repaired(
        {TEXT: Hypothesis(WRONG, "memory 100 %", alternatives=(GOOD,))}
    )
    assert (unit.target, unit.remedies, calls) == (WRONG, (), [])
    assert [f.code for f in findings] == ["number/mistranslation"]


def test_a_remedy_that_does_not_help_is_not_taken():
    other = WRONG.replace("15 000", "16 000 і 17 000")
    lost = GOOD.replace("10 000 осіб", "люди")
    (unit,), _, _ = repaired(
        {TEXT: Hypothesis(lost, "model", alternatives=(other,)), (TEXT, 1): other}
    )
    assert (unit.target, unit.remedies) == (lost, ())


def test_an_engine_that_fails_when_asked_again_costs_nothing():
    def answer(request):
        if request.attempt:
            raise EngineError("no more")
        return Hypothesis(WRONG, "model")

    sources = [translation.Passage("s1", TEXT, 1)]
    asked = translation.requests(sources, "en", "uk")
    engine = ScriptedEngine(answer)
    units, verdict = repairs.repair(sources, asked, engine.run(asked), "uk", engine)
    assert units[0].target == GOOD
    assert [finding.rule for finding in verdict.findings] == ["put-right"]


def test_a_fact_that_another_sentence_has_is_missed_in_its_own():
    """A translator moves facts between sentences, a program loses them."""
    texts = (TEXT, "The same 10,000 people were in Kyiv.")
    answers = {texts[0]: GOOD, texts[1]: "Ті самі 10 000 осіб були там, 10 000."}
    _, findings, _ = repaired(answers, *texts, termbase=TERMS)
    assert ("name/omission", "warning", "s2") in {(f.code, f.severity, f.unit_id) for f in findings}


def test_a_passage_without_an_answer_is_missing():
    with pytest.raises(ModelMissing):
        repaired({})


def test_nothing_is_asked_where_the_languages_are_one():
    sources = [translation.Passage("s1", TEXT, 1)]
    units, verdict = repairs.repair(sources, (), (), "en", ScriptedEngine({}))
    assert (units[0].target, units[0].state, verdict.findings) == (TEXT, "final", ())


def test_errors_weigh_more_than_warnings_and_no_text_most():
    def weigh(*codes):
        return repairs.weight(
            [Finding(code, severity, rule=rule) for code, severity, rule in codes]
        )

    error, warning = ("number/mistranslation", "error", ""), ("date/omission", "warning", "")
    info = ("date/omission", "info", "")
    assert weigh(error) > weigh(*3 * [warning]) > weigh(warning, *20 * [info]) > weigh() == 0
    assert weigh(("text/untranslated", "error", "no answer")) > weigh(*3 * [error])
    assert weigh(("text/untranslated", "error", "kept")) == weigh(error)
