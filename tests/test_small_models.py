"""The small trained models translate sentences that they never saw, through the real engines."""

from __future__ import annotations

import re
from hashlib import sha256

import firefox_models
import pytest
import trained_models
from commands import toolkit
from test_firefox_exact import needs_the_real_engine, real_engine
from trained_models import FIREFOX_LANGS, MODELS

from toolkit import pipeline
from toolkit.protocols import PLACEHOLDER
from toolkit.schema import Article, Block, Plan, Request, Span
from toolkit.terms import Termbase
from toolkit.testing import check_engine
from training.sentences import PARTICLES, Sentence, _particle, _plural, corpus

TARGETS = ("uk", "ko")


@pytest.fixture(scope="module")
def held_out() -> tuple[Sentence, ...]:
    return corpus(100, seed=2, held_out=True)


# --- the sentences -------------------------------------------------------------------


def test_the_same_seed_gives_the_same_sentences():
    assert corpus(50, seed=7) == corpus(50, seed=7)
    assert corpus(50, seed=7) != corpus(50, seed=8)


def test_no_held_out_figure_was_trained_on():
    trained, unseen = corpus(1500, seed=5), corpus(500, seed=6, held_out=True)
    assert not {s.en.text for s in trained} & {s.en.text for s in unseen}
    for kind in ("n", "k", "pct", "money", "fdate", "time", "year", "age"):
        assert not _values(trained, kind) & _values(unseen, kind), kind


def _values(sentences, kind) -> set[str]:
    return {
        sentence.ko.text[slot.start : slot.end]
        for sentence in sentences
        for slot in sentence.ko.slots
        if slot.name.rstrip("2") == kind
    }


@pytest.mark.parametrize("lang", TARGETS)
def test_correct_translations_raise_no_finding(held_out, lang):
    for sentence in held_out:
        assert not trained_models.codes(sentence, trained_models.reference(sentence, lang), lang)


@pytest.mark.parametrize(
    ("number", "noun"),
    [
        (1, "день"),
        (2, "дні"),
        (5, "днів"),
        (11, "днів"),
        (12, "днів"),
        (21, "день"),
        (34, "дні"),
        (100, "днів"),
        (111, "днів"),
        (1001, "день"),
        (22_767, "днів"),
        (113_204, "дні"),
    ],
)
def test_ukrainian_nouns_agree_with_their_number(number, noun):
    assert ("день", "дні", "днів")[_plural(number)] == noun


@pytest.mark.parametrize(
    ("before", "word", "after"),
    [
        ("서울", "은", "은"),
        ("키이우", "은", "는"),
        ("서울", "으로", "로"),
        ("3-0", "으로", "으로"),
        ("3-1", "으로", "로"),
        ("4-2", "으로", "로"),
        ("리가", "과", "와"),
        ("원", "이다", "이다"),
        ("달러", "이다", "다"),
        ("김민준", "이", "이"),
        ("디나모", "을", "를"),
    ],
)
def test_korean_particles_follow_the_sound_before_them(before, word, after):
    assert word in PARTICLES
    assert _particle(word, before) == after


# --- the models ----------------------------------------------------------------------


def test_the_files_are_those_of_the_readme():
    said = (MODELS / "README.md").read_text(encoding="utf-8")
    rows = dict(
        reversed(row) for row in re.findall(r"^    ([0-9a-f]{64})  (\S+)$", said, re.MULTILINE)
    )
    found = {
        str(path.relative_to(MODELS)): sha256(path.read_bytes()).hexdigest()
        for path in sorted(MODELS.glob("*/*"))
    }
    assert rows == found


@pytest.fixture(scope="module")
def transformer():
    pytest.importorskip("torch")
    hf = pytest.importorskip("toolkit.engines.hf")
    return hf.open_model(*trained_models.opus(), threads=1)


@pytest.fixture(scope="module")
def converted(tmp_path_factory):
    pytest.importorskip("ctranslate2")
    pytest.importorskip("torch", reason="the conversion needs torch")
    ct2 = pytest.importorskip("toolkit.engines.ct2")
    return ct2.open_model(*trained_models.opus(), cache=tmp_path_factory.mktemp("converted"))


@pytest.mark.slow
@pytest.mark.parametrize("lang", TARGETS)
def test_transformers_translates_what_it_never_saw(transformer, held_out, lang):
    said = trained_models.translate(transformer, lang, held_out)
    assert trained_models.exact(said, lang, held_out) >= 0.98


@pytest.mark.slow
@pytest.mark.parametrize("lang", TARGETS)
def test_ctranslate2_translates_what_it_never_saw(converted, held_out, lang):
    said = trained_models.translate(converted, lang, held_out)
    assert trained_models.exact(said, lang, held_out) >= 0.98


@pytest.mark.slow
def test_an_engine_with_meaning_keeps_the_contract(converted, held_out):
    labelled = [s for s in held_out if "⟦" in s.en.text][:3]
    sentences = [*labelled, *held_out[:5]]
    texts = [
        re.sub("⟦.⟧", "⟦0⟧", s.en.text, count=1) for s in sentences if s.en.text.count("⟦") < 2
    ]
    requests = [
        Request(text, "en", lang, keep=("@PortWire",) * text.count("⟦"))
        for text in texts
        for lang in TARGETS
    ]
    check_engine(converted, requests)


@pytest.mark.slow
@pytest.mark.parametrize("lang", TARGETS)
def test_the_checks_find_the_digits_that_the_early_checkpoint_gets_wrong(tmp_path, held_out, lang):
    pytest.importorskip("ctranslate2")
    pytest.importorskip("torch", reason="the conversion needs torch")
    ct2 = pytest.importorskip("toolkit.engines.ct2")
    early = trained_models.opus_early(tmp_path / "early")
    engine = ct2.open_model(*early, cache=tmp_path / "converted")
    said = trained_models.translate(engine, lang, held_out)
    slips = trained_models.slips(said, lang, held_out)
    assert len(slips) >= 3, "a sparring partner that makes no mistakes"
    assert [slip for slip in slips if not slip.codes] == []


def _student(lang):
    firefox = pytest.importorskip("toolkit.engines.firefox")
    return firefox.open_model(*trained_models.firefox(lang))


@pytest.mark.parametrize("lang", FIREFOX_LANGS)
def test_a_student_in_the_format_of_firefox_translates_what_it_never_saw(held_out, lang):
    plain = [sentence for sentence in held_out if "⟦" not in sentence.en.text]
    said = trained_models.translate(_student(lang), lang, plain)
    assert trained_models.exact(said, lang, plain) >= 0.98


@pytest.mark.parametrize("lang", FIREFOX_LANGS)
def test_a_student_copies_labels_that_no_training_saw(lang):
    engine, right = _student(lang), []
    strangers = trained_models.STRANGERS
    for at in range(0, len(strangers), 10):
        labelled = _labelled(30, seed=at)
        said = trained_models.translate(engine, lang, labelled, strangers[at : at + 10])
        assert all(said)
        right.append(trained_models.exact(said, lang, labelled))
    assert sum(right) / len(right) >= 0.97


def _labelled(size, seed) -> list[Sentence]:
    sentences = corpus(15 * size, seed=seed, held_out=True)
    return [sentence for sentence in sentences if "⟦" in sentence.en.text][:size]


# --- the whole way -------------------------------------------------------------------


def _article(sentences) -> Article:
    """An article of these sentences, three to a paragraph, with handles for placeholders."""
    texts = [PLACEHOLDER.sub(r"@PortWire\1", s.en.text) for s in sentences]
    paragraphs = [" ".join(texts[at : at + 3]) for at in range(0, len(texts), 3)]
    blocks, start = [], 0
    for paragraph in paragraphs:
        blocks.append(Block("paragraph", Span(start, start + len(paragraph))))
        start += len(paragraph) + 2
    return Article("unseen", "en", "\n\n".join(paragraphs), tuple(blocks), source="unseen.txt")


def _check_article(engine, lang, sentences) -> None:
    result = pipeline.process(_article(sentences), Plan((lang,), None), engine, Termbase())
    (made,) = result.translations
    expected = [
        PLACEHOLDER.sub(r"@PortWire\1", trained_models.reference(s, lang)) for s in sentences
    ]
    assert [unit.target for unit in made.units] == expected
    assert [f for f in made.findings if f.severity != "info"] == []


@pytest.mark.slow
@pytest.mark.parametrize("lang", TARGETS)
def test_an_unseen_article_is_translated_whole_and_without_a_finding(converted, held_out, lang):
    _check_article(converted, lang, held_out[:30])


SIGNED = """By Olena Marchenko, Harbour Wire

KYIV, March 4 (Harbour Wire) — @MorningBrook reported 3,812 new cases in Poland.

The photo appeared on #SummerFlood at 2:33 p.m. Ivan Tkachuk told @Quill_House that the talks \
would last 95 days.

About 19,000 people marched through Busan on Tuesday, www.greenstreet.example wrote. \
@valley_times and news@bluebird.example published the figures on March 9. (Reuters)

(Photo: Ivan Melnyk / Harbour Wire)
"""
SIGNED_TARGETS = {
    "uk": """By Olena Marchenko, Harbour Wire

KYIV, March 4 (Harbour Wire) — @MorningBrook повідомляє про 3812 нових випадків у Польщі.

Світлина з'явилася на #SummerFlood о 14:33. Іван Ткачук сказав @Quill_House, що переговори \
триватимуть 95 днів.

У вівторок вулицями Пусана пройшли близько 19 тисяч людей, пише www.greenstreet.example. \
@valley_times та news@bluebird.example оприлюднили ці дані 9 березня. (Reuters)

(Photo: Ivan Melnyk / Harbour Wire)
""",
    "ko": """By Olena Marchenko, Harbour Wire

KYIV, March 4 (Harbour Wire) — @MorningBrook에 따르면 폴란드에서 신규 사례 3,812건이 나왔다.

사진은 오후 2시 33분에 #SummerFlood에 올라왔다. 이반 트카추크는 회담이 95일 동안 이어질 것이라고 \
@Quill_House에 말했다.

www.greenstreet.example에 따르면 화요일 부산에서 약 1만 9천 명이 행진했다. \
@valley_times 및 news@bluebird.example에 3월 9일 이 수치가 실렸다. (Reuters)

(Photo: Ivan Melnyk / Harbour Wire)
""",
}


@pytest.mark.parametrize("lang", FIREFOX_LANGS)
def test_a_signed_article_keeps_every_label_in_its_place(tmp_path, monkeypatch, lang):
    """With the command line alone, from a folder with a model to the translated article."""
    monkeypatch.setenv("TOOLKIT_STORE", str(tmp_path / "store"))
    (tmp_path / "signed.txt").write_text(SIGNED, encoding="utf-8")
    _, folder = trained_models.firefox(lang)
    languages = ("--source-lang", "en", "--lang", lang)
    added = toolkit("models", "add", str(folder), "--id", "small", *languages, cwd=tmp_path)
    assert added.returncode == 0, added.stderr.decode()
    done = toolkit("translate", "signed.txt", "--lang", lang, "--model", "small", cwd=tmp_path)
    assert done.returncode == 0, done.stderr.decode()
    assert done.stdout.decode().endswith(SIGNED_TARGETS[lang])


@needs_the_real_engine
@pytest.mark.slow
@pytest.mark.parametrize("lang", FIREFOX_LANGS)
def test_the_real_engine_says_the_same_as_ours(tmp_path, held_out, lang):
    """The same word for word in float32; in int8, as Firefox computes, all but the closest."""
    folder = trained_models.firefox(lang)[1]
    texts = [trained_models.with_labels(s.en.text) for s in held_out]
    references = [trained_models.with_labels(trained_models.reference(s, lang)) for s in held_out]
    requests = [Request(text, "en", lang) for text in texts]
    ours = [answer.text for answer in _student(lang).run(requests)]
    (model,) = folder.glob("model.*.bin")
    vocabularies = sorted(folder.glob("*vocab.*.spm"))
    shortlist = next(folder.glob("lex.*.bin"))
    firefox_models.write_float32(tmp_path / "float32.bin", model)
    exact = real_engine(tmp_path / "float32.bin", vocabularies, [texts], shortlist=shortlist)
    assert exact == [ours]
    (theirs,) = real_engine(
        model, vocabularies, [texts], precision="int8shiftAlphaAll", shortlist=shortlist
    )
    right = sum(one == other for one, other in zip(theirs, references, strict=True))
    same = sum(one == other for one, other in zip(theirs, ours, strict=True))
    assert right >= 0.97 * len(texts)
    assert same >= 0.99 * len(texts)


@pytest.mark.parametrize("lang", FIREFOX_LANGS)
def test_the_guided_attention_head_links_each_figure_to_its_own(held_out, lang):
    requests = [Request(s.en.text, "en", lang, keep=trained_models.LABELS) for s in held_out]
    answers = _student(lang).run(requests)
    linked = []
    for sentence, answer in zip(held_out, answers, strict=True):
        target = sentence.uk if lang == "uk" else sentence.ko
        if answer.text != target.text:
            continue
        places = {slot.name: slot for slot in target.slots}
        for slot in sentence.en.slots:
            if slot.name.rstrip("2") in {"n", "k", "year", "age"}:
                ends = [link.target for link in answer.links if _meet(link.source, slot)]
                linked.append(any(_meet(end, places[slot.name]) for end in ends))
    assert len(linked) > 50
    assert sum(linked) / len(linked) >= 0.9


def _meet(span, slot) -> bool:
    return span.start < slot.end and slot.start < span.end
