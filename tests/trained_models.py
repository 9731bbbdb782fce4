"""The small trained models of `tests/models`, as entries, and what they are measured by.

entry, folder = trained_models.opus()
engine = hf.open_model(entry, folder)
trained_models.exact(engine, "uk", corpus(100, seed=1, held_out=True))
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from toolkit import checks
from toolkit.models.entries import Code, Entry, Family, File
from toolkit.protocols import PLACEHOLDER, Engine
from toolkit.schema import Request
from training.sentences import Sentence

MODELS = Path(__file__).parent / "models"
FIREFOX_LANGS = ("uk", "ko")
_NUMBER = re.compile(r"\d+(?:[ ,.:-]\d+)*")
FIGURES = ("number", "quantity", "money", "percent", "date", "time")
_LABEL = "@PortWire"
# What stands behind the placeholders: no training saw these.
LABELS = (
    "@PortWire",
    "@kyiv_desk",
    "#Harbour",
    "@Oleksa24",
    "www.harbour.example",
    "press@harbour.example",
    "@NorthStar_7",
    "#grain2026",
    "@seoulriver",
    "@Bohdan_K",
)
# As strangers sign, for sentences with up to ten labels: ten at a time.
_STRANGERS = """
@MorningBrook @valley_times #SummerFlood @grace1987 www.greenstreet.example
news@bluebird.example @Quill_House #election2024 @thunderpress @Dvornyk_M

@xX_q7Zk_Xx #StandWithKherson @a1 info@gulls.example office@tern.example
@_underscore_ t.me/riverbank @jkr_0000 [@HelmutBrenner] #COVID19

@TheSparrow @DefenceOfOaks #F16 redaktsiia@hromada.example www.hanbyul.co.kr
@Pravda_Verkhovyna @noel_writes @wartranscribed #Oakhurst @MMXXVI
"""
STRANGERS = tuple(_STRANGERS.split())
_ADDRESSES = """
https://x.example/ab/status/17 https://t.example/kyivpost/8812 https://www.rill.example/news
https://suspilnyi.example/a-1 http://k.example/q?p=2 https://yon.co.kr/view/A12
https://nook.gov.ua https://bit.example/3xYzQ1 https://un.example/en/doc#s2
https://youtu.example/dQw4w9
"""
ADDRESSES = tuple(_ADDRESSES.split())


def opus() -> tuple[Entry, Path]:
    """English to Ukrainian and Korean, in the layout of opus; right in 99 of 100 sentences."""
    return _opus("opus-small", MODELS / "opus-small")


def opus_early(folder: Path) -> tuple[Entry, Path]:
    """An early checkpoint of `opus` in this empty folder: it makes mistakes, with digits too."""
    shutil.copytree(MODELS / "opus-small", folder, dirs_exist_ok=True)
    shutil.copytree(MODELS / "opus-small-early", folder, dirs_exist_ok=True)
    return _opus("opus-small-early", folder)


def firefox(lang: str) -> tuple[Entry, Path]:
    """English to one of `FIREFOX_LANGS`, in the format of Firefox."""
    folder = MODELS / f"firefox-small-en{lang}"
    return _entry(f"firefox-small-en{lang}", "firefox", folder, (Code(lang),)), folder


def _opus(name: str, folder: Path) -> tuple[Entry, Path]:
    targets = (Code("uk", ">>ukr<<"), Code("ko", ">>kor<<"))
    return _entry(name, "marian", folder, targets), folder


def _entry(name: str, family: Family, folder: Path, targets: tuple[Code, ...]) -> Entry:
    files = tuple(
        File(path.name, path.stat().st_size, sha256(path.read_bytes()).hexdigest())
        for path in sorted(folder.iterdir())
    )
    return Entry(
        id=name,
        family=family,
        task="translate",
        sources=(Code("en"),),
        targets=targets,
        licence="Apache-2.0",
        commercial=True,
        files=files,
        verified="added",
        note="trained on a few dozen patterns of sentences: for tests, translates nothing else",
    )


def translate(
    engine: Engine,
    lang: str,
    sentences: Sequence[Sentence],
    labels: tuple[str, ...] = LABELS,
) -> list[str]:
    """What the engine makes of these sentences; nothing where it gives no whole answer."""
    answers = engine.run([Request(s.en.text, "en", lang, keep=labels) for s in sentences])
    return [answer.text if answer and answer.finished else "" for answer in answers]


def with_labels(text: str) -> str:
    """The text with the labels in the place of their placeholders, as the students read it."""
    return PLACEHOLDER.sub(lambda mark: LABELS[int(mark[1])], text)


def exact(said: Sequence[str], lang: str, sentences: Sequence[Sentence]) -> float:
    """The share of translations that are the reference, letter by letter."""
    right = [text == reference(s, lang) for text, s in zip(said, sentences, strict=True)]
    return sum(right) / len(right)


def reference(sentence: Sentence, lang: str) -> str:
    return sentence.uk.text if lang == "uk" else sentence.ko.text


@dataclass(frozen=True, slots=True)
class Slip:
    """A translation whose figures are not those of the reference, and the findings on figures."""

    source: str
    said: str
    reference: str
    codes: tuple[str, ...]


def slips(said: Sequence[str], lang: str, sentences: Sequence[Sentence]) -> list[Slip]:
    """The translations with other figures than the reference, and what the checks say of each."""
    return [
        Slip(
            s.en.text,
            text,
            reference(s, lang),
            tuple(code for code in codes(s, text, lang) if code.partition("/")[0] in FIGURES),
        )
        for text, s in zip(said, sentences, strict=True)
        if _figures(text) != _figures(reference(s, lang))
    ]


def codes(sentence: Sentence, said: str, lang: str) -> tuple[str, ...]:
    """The errors and warnings of one translation, with a handle for each placeholder."""
    source = PLACEHOLDER.sub(rf"{_LABEL}\1", sentence.en.text)
    verdict = checks.check_pair(source, PLACEHOLDER.sub(rf"{_LABEL}\1", said), "en", lang)
    return tuple(f.code for f in verdict.findings if f.severity != "info")


def _figures(text: str) -> list[str]:
    return sorted(re.sub(r"\s", "", number) for number in _NUMBER.findall(text))
