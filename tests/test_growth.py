"""The measure of growth: what is linear passes, what is a square does not."""

from __future__ import annotations

import re

import pytest

from tests.growth import check_linear, repeated

TRAILING = re.compile(r" +$")  # reads a run of spaces from each of its ends: a square


@pytest.mark.parametrize("work", [str.split, sorted, re.compile(" +").findall])
def test_linear_work_passes(work):
    check_linear(work, repeated("ab "), 200_000)


@pytest.mark.parametrize(
    ("work", "make"),
    [
        (lambda text: TRAILING.search(text + "x"), repeated(" ")),
        (lambda size: [None for _ in range(size * size // 16)], int),
    ],
)
def test_a_square_does_not(work, make):
    with pytest.raises(AssertionError, match=r"8 times the input took .. times"):
        check_linear(work, make, 2_400)


def test_a_text_has_the_size_asked_for():
    assert repeated("abc")(7) == "abcabca"
