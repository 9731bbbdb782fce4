"""Subtitles in, and the same file out with the text of its cues translated."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.test_copies import translated
from toolkit import formats
from toolkit.errors import InputError
from toolkit.formats import subtitles

SRT = """\ufeff1
00:00:01,000 --> 00:00:04,000
The ferry left late,
officials said on Sunday.

2
00:00:04,500 --> 00:00:06,000 X1:40 X2:600
<i>Nobody was hurt.</i> {\\an8}

3
00:00:07,000 --> 00:00:08,000
♪

4
00:00:09,000 --> 00:00:11,000
It was <b>not</b> full & 3 < 5.
"""
VTT = """WEBVTT - a title

STYLE
::cue { color: red }

NOTE The ferry left late

intro
00:01.000 --> 00:04.000 align:start
<v Ann Lee>The ferry left &amp; came back.</v>

00:05.000 --> 00:06.000
It &lt;sank&gt;.
"""


def both(tmp_path, text, name):
    path = tmp_path / name
    path.write_text(text, "utf-8")
    result = translated(path)
    return result, subtitles.write(path.read_text("utf-8-sig"), result, result.translations[0])


def test_the_cues_of_subrip_are_blocks_and_stay_in_their_time(tmp_path):
    result, made = both(tmp_path, SRT, "a.srt")
    article = result.article
    assert [article.text[b.span.start : b.span.end] for b in article.blocks] == [
        "The ferry left late, officials said on Sunday.",
        "Nobody was hurt.",
        "It was not full & 3 < 5.",
    ]
    wanted = (
        SRT.removeprefix("\ufeff")
        .replace(
            "The ferry left late,\nofficials said on", "ehT yrref tfel etal,\nslaiciffo dias no"
        )
        .replace("Sunday", "yadnuS")
        .replace("<i>Nobody was hurt.</i> ", "<i>ydoboN saw truh.</i>")
        .replace("It was <b>not</b> full & 3 < 5.", "tI saw ton lluf & 3 < 5.<b></b>")
    )
    assert made == wanted


def test_webvtt_keeps_its_notes_styles_and_voices(tmp_path):
    result, made = both(tmp_path, VTT, "a.vtt")
    assert result.article.text == "The ferry left & came back.\nIt <sank>."
    wanted = VTT.replace("The ferry left &amp; came back", "ehT yrref tfel &amp; emac kcab")
    assert made == wanted.replace("It &lt;sank&gt;", "tI &lt;knas&gt;")


@pytest.mark.parametrize("text", [SRT.removeprefix("\ufeff"), VTT])
def test_a_file_that_is_not_translated_comes_out_as_it_was(tmp_path, text):
    (tmp_path / "a.srt").write_text(text, "utf-8")
    result = translated(tmp_path / "a.srt")
    (turned,) = result.translations
    same = replace(turned, units=tuple(replace(u, target=u.source) for u in turned.units))
    assert subtitles.write(text, result, same) == text.replace("hurt.</i> {", "hurt.</i>{")


def test_other_subtitles_than_those_that_were_read_are_refused(tmp_path):
    result, _ = both(tmp_path, SRT, "a.srt")
    with pytest.raises(InputError, match="expected the subtitles this article was read from"):
        subtitles.write(SRT.replace("late", "early"), result, result.translations[0])
    with pytest.raises(InputError, match="found no cue with words"):
        subtitles.read("WEBVTT\n\nNOTE nothing")


@given(st.text("a<>/ibv{}\\&;1:.,->\n ", max_size=60))
@settings(max_examples=80, deadline=None)
def test_any_cue_is_read_and_no_other_part_of_the_file_is_touched(body):
    text = f"1\n00:00:01,000 --> 00:00:02,000\nwords {body}\n"
    draft = subtitles.read(text)
    assert draft.text.startswith("words")
    assert all(draft.text[b.span.start : b.span.end].strip() for b in draft.blocks)


def test_subtitles_are_known_by_their_look_and_written_by_the_command(tmp_path):
    from tests.commands import toolkit

    done = toolkit(
        "summarize", "-", "--format", "jsonl", "--source-lang", "en", cwd=tmp_path, stdin=SRT
    )
    assert b'"text": "The ferry left late, officials said on Sunday.' in done.stdout
    (tmp_path / "a.srt").write_text(SRT, "utf-8")
    assert "subtitles" in formats.FORMATS
    (tmp_path / "m.csv").write_text(
        'en,ko\n"The ferry left late, officials said on Sunday.",'
        "일요일 당국에 따르면 여객선이 늦게 떠났다.\n"
        "Nobody was hurt.,다친 사람은 없었다.\nIt was not full & 3 < 5.,만원은 아니었다 & 3 < 5.\n",
        "utf-8",
    )
    (tmp_path / "toolkit.toml").write_text('memory = "m.sqlite"\n')
    toolkit("memory", "import", "m.csv", cwd=tmp_path)
    done = toolkit(
        *("translate", "a.srt", "--lang", "ko", "--source-lang", "en", "--format", "srt"),
        cwd=tmp_path,
    )
    assert done.returncode == 0, done.stderr
    assert (
        "00:00:01,000 --> 00:00:04,000\n일요일 당국에 따르면\n여객선이 늦게 떠났다.\n"
        in done.stdout.decode()
    )
