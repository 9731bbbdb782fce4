"""The grammar under all languages: places, readings, values, time."""

from __future__ import annotations

import sys
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit import facts
from toolkit.facts.lexicon import expand, lexicon
from toolkit.facts.numerals import canonical, readings, roman
from toolkit.facts.tokens import fold
from toolkit.facts.units import convert, dimension, multiplied_out
from toolkit.lang import CODES
from toolkit.schema import Span


@settings(max_examples=80, deadline=None)
@given(
    st.text(alphabet="0123456789.,:/-–−%$€°'’№ aдXІ만명월일시분둘\u00a0\u202f\n½¾", max_size=50),
    st.sampled_from(CODES),
)
def test_spans_lie_where_they_say(text, lang):
    for fact in facts.extract(text, lang):
        assert text[slice(*fact.span)] == fact.text
        assert fact.values


def test_facts_come_in_order():
    spans = [f.span for f in facts.extract("on 9 January 2025 two of 10,000 men paid $5", "en")]
    assert spans == sorted(spans)
    assert spans[0] == Span(3, 17)


@pytest.mark.parametrize(
    ("text", "decimal", "either", "expected"),
    [
        ("12", ".", False, (12,)),
        ("1,234", ".", False, (1234,)),
        ("1,234", ",", True, (Fraction("1.234"), 1234)),
        ("1.234", ",", True, (1234, Fraction("1.234"))),
        ("1.5", ".", False, (Fraction(3, 2),)),
        ("1,5", ",", True, (Fraction(3, 2),)),
        ("1,234,567.8", ".", False, (Fraction("1234567.8"),)),
        ("1.234.567,8", ",", True, (Fraction("1234567.8"),)),
        ("12 345", ",", True, (12345,)),
        ("1'000'000", ".", False, (1000000,)),
        ("0.500", ".", False, (Fraction(1, 2),)),
        ("2.0.1", ".", False, ()),
        ("9" * 40, ".", False, ()),
    ],
)
def test_digits_have_readings(text, decimal, either, expected):
    assert readings(text, decimal, either) == expected


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (5, "5"),
        (Fraction(5, 2), "2.5"),
        (Fraction(1, 3), "1/3"),
        (Fraction(1, 40), "0.025"),
        (Fraction(10, 2), "5"),
        (Fraction(-3, 2), "-1.5"),
    ],
)
def test_values_have_one_spelling(value, written):
    assert canonical(value) == written
    assert facts.parse(written) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [("XVIII", 18), ("ХVІІІ", 18), ("xix", 19), ("IIII", None), ("MIX", 1009), ("IC", None)],
)
def test_roman_numerals_may_be_typed_in_cyrillic(text, value):
    assert roman(text) == value


def test_folding_keeps_every_place():
    text = "１０\u00a0\u202f０００ – ’90 ％ ۳"
    folded = fold(text)
    assert len(folded) == len(text)
    assert folded == "10\u00a0\u00a0000 - '90 % 3"


@pytest.mark.parametrize(
    ("form", "forms"),
    [
        ("вересн{я,ю}", ["вересня", "вересню"]),
        ("{a,b}{,s}", ["a", "as", "b", "bs"]),
        ("plain", ["plain"]),
    ],
)
def test_forms_are_written_short(form, forms):
    assert list(expand(form)) == forms


@pytest.mark.parametrize(
    ("value", "unit", "other", "expected"),
    [
        (5, "km", "m", 5000),
        (32, "F", "C", 0),
        (100, "C", "F", 212),
        (1, "mi", "km", Fraction("1.609344")),
        (2, "t", "kg", 2000),
        (1, "kg", "km", None),
        (1, "USD", "EUR", None),
    ],
)
def test_units_convert_within_their_dimension(value, unit, other, expected):
    assert convert(Fraction(value), unit, other) == expected


def test_calendar_durations_meet():
    assert multiplied_out(Fraction(2), "week") == multiplied_out(Fraction(14), "day")
    assert multiplied_out(Fraction(2), "decade") == multiplied_out(Fraction(20), "year")
    assert multiplied_out(Fraction(1), "month") != multiplied_out(Fraction(30), "day")
    assert dimension("°") == "°"


@pytest.mark.parametrize("lang", CODES)
def test_every_unit_of_a_pack_is_known(lang):
    counted = {value for forms in lexicon(lang).tables["units"].values() for _, value in forms}
    assert {unit for unit in counted if dimension(unit) == unit} <= {"x", "age", "%", ""}


@pytest.mark.parametrize(
    "role",
    [
        ("born in 1999 he", "1999", "en", "born"),
        ("since 2016", "2016", "en", "from"),
        ("1999년생으로", "1999년", "ko", "born"),
        ("2016년부터", "2016년", "ko", "from"),
        ("до 0,9 %", "0,9 %", "uk", "to"),
        ("just 2016", "2016", "en", ""),
    ],
)
def test_words_beside_a_fact_give_it_a_role(role):
    text, surface, lang, expected = role
    (fact,) = [f for f in facts.extract(text, lang) if f.text == surface]
    assert facts.role(text, fact, lang) == expected


@pytest.mark.parametrize("lang", CODES)
@pytest.mark.parametrize(
    "piece",
    [
        *("1", "1 ", "123 456 ", ".", "1,", "1-", "가", "만", "이백만", "목·", "XI", "two ", "½"),
        *("1:", "1x", "-4 ", "영하 ", "двадцять один ", "half a ", "9/11 ", "H5", "2014-18 "),
    ],
)
def test_twice_as_long_a_line_takes_twice_the_work(piece, lang):
    """Calls are counted, not seconds: those depend on who else uses the machine."""
    work = [calls(piece * (size // len(piece)), lang) for size in (300, 600)]
    assert work[1] < 2.2 * work[0] + 100


def calls(text, lang):
    """How many functions, ours and built-in, are called to read a text."""
    facts.extract(text, lang)  # what is kept for next time is no work
    count = 0

    def seen(_frame, event, _argument):
        nonlocal count
        count += event.endswith("call")

    sys.setprofile(seen)
    try:
        facts.extract(text, lang)
    finally:
        sys.setprofile(None)
    return count
