"""Two texts compared: silence where they agree, alarm where they do not."""

from __future__ import annotations

import pytest

from toolkit import checks


def findings(source, target, lang):
    verdict = checks.check_pair(source, target, "en", lang)
    return [(f.code, f.severity) for f in verdict.findings]


SAME = [
    ("10,000 troops", "1만 명의 병력", "ko"),
    ("10,000 troops", "10 тис. військових", "uk"),
    ("On September 17, 2018 at 8:46 a.m.", "2018년 9월 17일 오전 8시 46분", "ko"),
    ("On September 17, 2018 at 5.30pm", "17 вересня 2018 року о 17:30", "uk"),
]
CHANGED = [
    ("10,000 troops", "10만 명의 병력", "ko", ("number/mistranslation", "error")),
    ("10,000 troops", "10 млн військових", "uk", ("number/mistranslation", "error")),
    ("on Saturday", "у п'ятницю", "uk", ("date/mistranslation", "error")),
]


@pytest.mark.parametrize(("source", "target", "lang"), SAME)
def test_what_agrees_is_not_flagged(source, target, lang):
    assert findings(source, target, lang) == []


@pytest.mark.parametrize(("source", "target", "lang", "expected"), CHANGED)
def test_what_changed_is_an_error(source, target, lang, expected):
    assert findings(source, target, lang) == [expected]
