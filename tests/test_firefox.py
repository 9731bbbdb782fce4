from __future__ import annotations

import json
import math
import struct
import subprocess
import sys
import threading
from collections import Counter
from dataclasses import replace
from pathlib import Path

import firefox_models as models
import numpy as np
import pytest

from toolkit.engines import firefox, firefox_model, inline
from toolkit.engines.firefox import open_model
from toolkit.errors import ModelMismatch, ModelMissing, ToolkitError, UsageError
from toolkit.models.entries import Code, Decoding, File
from toolkit.schema import Link, Request, Span
from toolkit.testing import check_engine

WORDS = ["mona", "tiva", "solu", "keta", "rabi", "pulo", "dena", "gosi", "fani", "zumo"]
SIZE = models.FIRST_WORD + len(WORDS) + 131
SMALL = models.Shape(32, 64, 2, SIZE, SIZE, encoder=2)
PUBLISHED = Path(__file__).parents[1].parent / "shared" / "data" / "firefox-models.json"


def write_folder(folder: Path, *, shortlist: bool = True) -> Path:
    folder.mkdir()
    extra = [f"{a}{b}no" for a in "bdfgklmnprstvz" for b in ("a", "e", "i", "o", "u")]
    extra += [f"{word}li" for word in extra]
    models.write_vocabulary(folder / "vocab.enuk.spm", (WORDS + extra)[: SIZE - models.FIRST_WORD])
    weights = models.random_weights(SMALL, 7)
    path = folder / "model.enuk.intgemm.alphas.bin"
    config = models.config_text(SMALL)
    models.write_model(path, weights, config, alphas=models.plain_alphas(weights))
    if shortlist:
        entries = {n: [(n * 7 + k * 11) % SIZE for k in range(40)] for n in range(SIZE)}
        models.write_shortlist(folder / "lex.50.50.enuk.s2t.bin", entries, SIZE, first=270)
    return folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return write_folder(tmp_path_factory.mktemp("firefox") / "listed")


@pytest.fixture(scope="module")
def entry(folder):
    return models.describe(folder, "en", "uk")


@pytest.fixture(scope="module")
def engine(folder, entry):
    return open_model(entry, folder)


def ask(engine, *texts, **more):
    return engine.run([Request(text, "en", "uk", **more) for text in texts])


# --- the engine ----------------------------------------------------------------------

REQUESTS = [
    Request("mona tiva solu", "en", "uk"),
    Request("rabi ⟦0⟧ pulo dena", "en", "uk", keep=("@portwire",)),
    Request("rabi pulo (⟦0⟧) dena ⟦1⟧.", "en", "uk"),
    Request("⟦0⟧ ⟦1⟧", "en", "uk", keep=("#one", "#two")),
    Request("⟦1⟧: mona ⟦0⟧", "en", "uk", keep=("https://a.example/b?c=d", "#two")),
    Request("", "en", "uk"),
    Request(" \t ", "en", "uk"),
    Request("…", "en", "uk"),
    Request("mona 😀 Ж 한국 \udc80 \x00 ጸ", "en", "uk"),
    Request("\u200b", "en", "uk"),
    Request("mona", "en", "uk", attempt=1),
    Request("mona ⟦0⟧ tiva", "en", "uk", keep=("@portwire",), attempt=2),
    Request("mona", "uk", "en"),
    Request("mona", "en", "ko"),
    Request("mona", "en", "uk", task="summarize"),
    Request(" ".join(WORDS * 5), "en", "uk"),
]


@pytest.mark.parametrize("beam", [1, 3])
@pytest.mark.parametrize("listed", [True, False])
def test_the_contract_is_kept(tmp_path, beam, listed):
    folder = write_folder(tmp_path / "model", shortlist=listed)
    check_engine(open_model(models.describe(folder, "en", "uk"), folder, beam=beam), REQUESTS)


def test_other_languages_and_tasks_are_not_answered(engine):
    answers = engine.run(REQUESTS[-4:-1])
    assert answers == (None, None, None)


@pytest.mark.parametrize("text", ["", "  ", "…", "⟦0⟧", "⟦0⟧ — ⟦1⟧"])
def test_what_has_no_words_stays_as_it_is(engine, text):
    (answer,) = ask(engine, text)
    assert (answer.text, answer.score, answer.finished) == (text, 1.0, True)


def test_an_answer_at_the_limit_is_not_finished(folder, entry):
    engine = open_model(replace(entry, decoding=Decoding(max_output_tokens=2)), folder)
    answers = ask(engine, *(f"{a} {b}" for a in WORDS for b in WORDS))
    assert not all(answer.finished for answer in answers)
    assert all(len(answer.text.split()) < 2 for answer in answers if answer.finished)


def test_a_text_over_the_budget_is_the_answers_to_its_parts(folder, entry):
    engine = open_model(replace(entry, decoding=Decoding(max_input_tokens=5)), folder)
    first, second, both = ask(
        engine,
        "mona tiva solu keta,",
        "rabi pulo dena gosi",
        "mona tiva solu keta, rabi pulo dena gosi",
    )
    assert both.text == f"{first.text} {second.text}"
    assert both.finished == (first.finished and second.finished)
    assert [both.text[a.target.start : a.target.end] for a in both.links] == [
        said.text[a.target.start : a.target.end] for said in (first, second) for a in said.links
    ]


def test_nine_hundred_tokens_are_cut_and_do_not_depend_on_company(engine):
    decoding = Decoding(max_output_tokens=40)
    engine = firefox._Firefox(
        replace(engine._entry, decoding=decoding),
        engine._network,
        (engine._source, engine._target),
        engine._shortlist,
        1,
        2,
        "long",
    )
    long = [" ".join((WORDS[n:] + WORDS[:n]) * 90) for n in range(5)]
    alone = [ask(engine, text)[0].text for text in long]
    among = ask(engine, "mona", *long, "tiva solu", " ".join(WORDS * 20))[1:6]
    assert any(alone)
    assert [answer.text for answer in among] == alone


@pytest.mark.parametrize("beam", [1, 3])
@pytest.mark.parametrize("listed", [True, False])
def test_an_answer_does_not_depend_on_its_company(tmp_path, beam, listed):
    """Of all lengths, so that rows are padded, end one by one, and go through in many groups."""
    folder = write_folder(tmp_path / "model", shortlist=listed)
    entry = models.describe(folder, "en", "uk")
    draw = np.random.default_rng(2)
    texts = [" ".join(draw.choice(WORDS, size)) for size in draw.integers(1, 90, 70)]
    by_one = open_model(entry, folder, beam=beam, workers=1)
    alone = [ask(by_one, text)[0] for text in texts]
    assert len({answer.text for answer in alone}) > 20
    for workers, asked in ((1, 70), (3, 70), (3, 25)):  # 25: fewer batches than workers
        engine = open_model(entry, folder, beam=beam, workers=workers)
        for answer, same in zip(ask(engine, *texts[:asked]), alone, strict=False):
            assert (answer.text, answer.links) == (same.text, same.links)
            assert math.isclose(answer.score, same.score, rel_tol=1e-4)


def test_later_attempts_give_other_answers(engine):
    found = [ask(engine, "mona tiva solu keta", attempt=n)[0].text for n in range(4)]
    assert len(set(found)) == 4


def test_a_beam_gives_alternatives_and_no_worse_score(folder, entry):
    texts = [f"{a} {b}" for a in WORDS[:5] for b in WORDS[:5]]
    greedy = ask(open_model(entry, folder), *texts)
    beam = ask(open_model(entry, folder, beam=4), *texts)
    assert all(len({a.text, *a.alternatives}) == 1 + len(a.alternatives) for a in beam)
    assert sum(len(a.alternatives) for a in beam) > len(texts)
    both = [(a, b) for a, b in zip(greedy, beam, strict=True) if a.finished and b.finished]
    assert sum(b.score >= a.score - 1e-6 for a, b in both) > len(both) * 0.8


def test_the_signature_names_all_an_answer_depends_on(folder, entry):
    signature = open_model(entry, folder).signature
    assert signature.startswith("firefox:firefox-en-uk:b2:")
    assert open_model(entry, folder).signature == signature
    others = [
        open_model(entry, folder, beam=2),
        open_model(replace(entry, decoding=Decoding(max_output_tokens=9)), folder),
        open_model(
            replace(entry, files=tuple(f for f in entry.files if "lex" not in f.name)), folder
        ),
    ]
    assert len({signature, *(other.signature for other in others)}) == 4


def test_threads_share_an_engine_and_blas_is_left_as_it_was(engine):
    blas = firefox._blas()
    before = blas[0]() if blas else None
    wanted = [answer.text for answer in ask(engine, *WORDS)]
    found: list[list[str]] = []
    threads = [
        threading.Thread(target=lambda: found.append([a.text for a in ask(engine, *WORDS)]))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [wanted] * 4
    assert (blas[0]() if blas else None) == before


@pytest.mark.slow
def test_two_processes_load_one_file(folder, engine):
    program = f"""
import sys; sys.path.insert(0, {str(Path(__file__).parent)!r})
import firefox_models as models
from pathlib import Path
from toolkit.engines.firefox import open_model
from toolkit.schema import Request
folder = Path({str(folder)!r})
engine = open_model(models.describe(folder, "en", "uk"), folder)
print(engine.run([Request("mona tiva", "en", "uk")])[0].text)
"""
    command = [sys.executable, "-c", program]
    both = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    wanted = ask(engine, "mona tiva")[0].text
    assert [process.communicate()[0].strip() for process in both] == [wanted] * 2


# --- labels and links ----------------------------------------------------------------


def answered(text, keep, said, links=()):
    """What becomes of a request if the model says this to its plain text."""
    by_label, _, _ = inline.ways("X{}", lambda _: True)
    way = by_label if keep else inline.without_labels
    masked = way(Request(text, "en", "uk", keep=keep))
    found = masked.restored(inline.Answer(said, 0.5, ended=True, links=links))
    return masked.plain, found and found.text


@pytest.mark.parametrize(
    ("text", "keep", "plain", "said", "wanted"),
    [
        ("a ⟦0⟧ b", ("@x",), "a @x b", "б @x а", "б ⟦0⟧ а"),
        ("a ⟦0⟧ b", ("@x",), "a @x b", "b @x에 a", "b ⟦0⟧에 a"),
        ("a ⟦0⟧ b", ("@x",), "a @x b", "б @xy а", None),
        ("a ⟦0⟧ b", ("@x",), "a @x b", "б а", None),
        ("a ⟦0⟧ b", ("@x",), "a @x b", "@x б @x а", None),
        ("⟦0⟧ ⟦1⟧ b", ("#a", "#ab"), "#a #ab b", "#ab б #a", "⟦1⟧ б ⟦0⟧"),
        ("⟦0⟧ b ⟦1⟧", ("#a", "#a"), "#a b #a", "#a б #a", "⟦0⟧ б ⟦1⟧"),
        ("a ⟦0⟧", (), "a", "б", "б ⟦0⟧"),
        ("a ⟦0⟧.", (), "a.", "б.", "б ⟦0⟧."),
        ("⟦0⟧: a", (), ": a", ": б", "⟦0⟧: б"),
        ("⟦0⟧ a", (), "a", "б", "⟦0⟧ б"),
        ("a (⟦0⟧) b", (), "a b", "б в", "б (⟦0⟧) в"),
        ("a ⟦0⟧, b", ("http://a.b/c",), "a http://a.b/c, b", "б http://a.b/c, в", "б ⟦0⟧, в"),
        ("a ⟦0⟧, b", (f"http://a.b/{'c' * 60}",), "a X1, b", "X1, в", "⟦0⟧, в"),
        ("a ⟦0⟧, b", (), "a, b", "б, в", "б ⟦0⟧, в"),
        ("a b", (), "a b", "б ⟦0⟧", None),
    ],
)
def test_labels_come_back(text, keep, plain, said, wanted):
    links = (Link(Span(0, 1), Span(0, 1)),)
    assert answered(text, keep, said, links) == (plain, wanted)


def test_a_label_goes_before_the_word_that_stands_for_the_next():
    links = (Link(Span(2, 3), Span(0, 1)), Link(Span(0, 1), Span(2, 3)))
    assert answered("a ⟦0⟧ b", (), "в г", links) == ("a b", "⟦0⟧ в г")


def test_links_are_words_of_the_request_and_of_the_answer(engine):
    texts = [f"{a}, ⟦0⟧ {b} ⟦1⟧ {b}-{a}." for a in WORDS[:4] for b in WORDS[4:8]]
    answers = ask(engine, *texts, keep=("https://a.example", "@x"))
    linked = [
        (text, text[link.source.start : link.source.end], answer, link.target)
        for text, answer in zip(texts, answers, strict=True)
        for link in answer.links
    ]
    assert len(linked) > len(texts)
    for text, source, answer, target in linked:
        assert source in {text[:4], text[10:14], text[-10:-1]}
        assert answer.text[target.start : target.end].isalnum()


def test_links_follow_what_each_piece_looked_at():
    pairs = [(Span(0, 5), Span(4, 9)), (Span(5, 9), Span(0, 4))]
    assert firefox._links("10,00 men", "люди 10 т", pairs) == (
        Link(Span(6, 9), Span(0, 4)),
        Link(Span(0, 5), Span(5, 7)),
        Link(Span(0, 5), Span(8, 9)),
    )


def test_pieces_lie_where_they_say(engine):
    text = "mona 😀 tiva"
    spans = firefox._spans(text, engine._source.encode(text, out_type="serialized_proto"))
    joined = "".join(text[span.start : span.end] for span in spans)
    assert joined == text


# --- files ---------------------------------------------------------------------------

MODEL = "model.enuk.intgemm.alphas.bin"


def load(data: bytes, folder: Path) -> firefox_model.Network:
    path = folder / "damaged.bin"
    path.write_bytes(data)
    return firefox_model.read_network(path, words=(SIZE, SIZE))


def test_a_file_cut_anywhere_is_refused(folder, tmp_path):
    data = (folder / MODEL).read_bytes()
    places = {*range(64), *range(64, len(data), len(data) // 60), len(data) - 1}
    for place in places:
        with pytest.raises(ModelMismatch):
            load(data[:place], tmp_path)
    with pytest.raises(ModelMismatch, match=r"expected \d+ bytes, found"):
        load(data + b"\0", tmp_path)


def test_a_flipped_bit_is_refused_or_harmless(folder, tmp_path):
    """The hash finds every one; without it the header is still no way to crash us."""
    data = (folder / MODEL).read_bytes()
    draw = np.random.default_rng(1)
    refused = 0
    for place in draw.integers(0, 8192, 120):
        damaged = bytearray(data)
        damaged[place] ^= 1 << int(draw.integers(8))
        try:
            load(bytes(damaged), tmp_path)
        except ModelMismatch:
            refused += 1
    assert refused > 80


def test_a_file_is_what_its_entry_says(folder, entry, tmp_path):
    for file in entry.files:
        (tmp_path / file.name).write_bytes((folder / file.name).read_bytes())
    path = tmp_path / MODEL
    data = bytearray(path.read_bytes())
    data[-2000] ^= 1
    path.write_bytes(data)
    with pytest.raises(ModelMismatch, match="expected sha256"):
        open_model(entry, tmp_path)
    path.write_bytes(data[:-1])
    with pytest.raises(ModelMismatch, match=f"expected {len(data)} bytes, found {len(data) - 1}"):
        open_model(entry, tmp_path)
    path.unlink()
    with pytest.raises(ModelMissing, match=MODEL):
        open_model(entry, tmp_path)


def head(version=1, count=1, name=b"a\0", kind=0x0404, dims=2, length=16, shape=(2, 2), pad=0):
    start = struct.pack("<QQQQQQ", version, count, len(name), kind, dims, length) + name
    return start + struct.pack(f"<{len(shape)}i", *shape) + struct.pack("<Q", pad) + bytes(pad + 16)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "ends within its header"),
        (head(version=2), "expected version 1, found 2"),
        (head(count=0), "expected 1 to 4096 items, found 0"),
        (head(count=1 << 62), "found 4611686018427387904"),
        (head(count=900), "ends within the list of its items"),
        (struct.pack("<6Q", 1, 1, 1 << 63, 0x0404, 2, 16), "a name of 9223372036854775808 bytes"),
        (head(name=b"\xff\xff\0"), "an item has the name"),
        (head(dims=1 << 60), "a has 1152921504606846976 dimensions"),
        (head(kind=0x0108), "a has the type 0x108"),
        (head(shape=(-2, -2)), "the shape (-2, -2)"),
        (head(shape=(2**31 - 1, 2**31 - 1)), "expected 18446744056529682436 bytes of data"),
        (head(length=1 << 61), "expected 16 bytes of data, found 2305843009213693952"),
        (head(pad=1 << 12), "4096 bytes of padding"),
        (head(), "it holds no configuration"),
    ],
)
def test_a_forged_header_is_refused(data, message, tmp_path):
    with pytest.raises(ModelMismatch) as raised:
        load(data, tmp_path)
    assert message in raised.value.message


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("dec-cell: ssru", "dec-cell: gru", "dec-cell is 'gru', and we know 'ssru'"),
        ("heads: 8", "heads: 5", "5 heads do not divide a width of 32"),
        ("heads: 8", "heads: -8", "transformer-heads: expected 1 to 256, found -8"),
        ("enc-depth: 2", "enc-depth: 3", "encoder_l3_self_Wq is missing"),
        ("enc-depth: 2", "enc-depth: 1", "no use for: encoder_l2"),
        ("dim-emb: 32", "dim-emb: 64", "Wemb: expected shape"),
        ("dim-emb: 32", "dim-emb: yes", "dim-emb: expected 8 to 16384, found True"),
        (f"  - {SIZE}\n", "  - 99999999\n", "dim-vocabs: expected 8 to 4194304"),
        ("tied-embeddings-all: true", "tied-embeddings-all: false", "not tied"),
        ("layer: last", "layer: 9", "the guided layer: expected 1 to 2, found 9"),
        ("dim-emb: 32", "dim-emb: [", "not YAML"),
        ("dim-emb: 32", "dim-emb: 32\n- x", "not YAML"),
        ("decoder-dim-ffn: 0", "decoder-dim-ffn: 99", "not that of the encoder"),
    ],
)
def test_another_configuration_is_refused(before, after, message, tmp_path):
    config = models.config_text(SMALL)
    assert before in config
    path = tmp_path / "model.bin"
    models.write_model(path, models.random_weights(SMALL, 1), config.replace(before, after))
    with pytest.raises(ModelMismatch) as raised:
        firefox_model.read_network(path, words=(SIZE, SIZE))
    assert message in raised.value.message


def test_a_tensor_that_is_no_number_or_unknown_is_refused(tmp_path):
    path = tmp_path / "model.bin"
    weights, config = models.random_weights(SMALL, 1), models.config_text(SMALL)
    models.write_model(path, weights | {"extra_W": np.ones((2, 2))}, config)
    with pytest.raises(ModelMismatch, match="no use for: extra_W"):
        firefox_model.read_network(path, words=(SIZE, SIZE))
    weights["encoder_l1_self_bq"][0, 0] = math.nan
    models.write_model(path, weights, config)
    with pytest.raises(ModelMismatch, match="encoder_l1_self_bq has numbers that are none"):
        firefox_model.read_network(path, words=(SIZE, SIZE))
    with pytest.raises(ModelMismatch, match="the vocabularies"):
        firefox_model.read_network(path, words=(SIZE + 1, SIZE + 1))


@pytest.mark.parametrize(
    ("at", "value", "message"),
    [
        (0, 7, "expected the mark"),
        (2, 1 << 40, "of them first"),
        (4, 1 << 60, "it knows 1152921504606846976 words"),
        (5, 1 << 60, "1152921504606846976 entries"),
        (6, 5, "its offsets are out of order"),
        (9, 1 << 63, "its offsets are out of order"),
        (SIZE + 8, (1 << 63) - 1, "it names the word"),
        (None, 0, "ends within its header"),
    ],
)
def test_a_forged_shortlist_is_refused(folder, tmp_path, engine, at, value, message):
    data = bytearray((folder / "lex.50.50.enuk.s2t.bin").read_bytes())
    if at is None:
        data = data[:40]
    else:
        data[8 * at : 8 * at + 8] = struct.pack("<Q", value)
    path = tmp_path / "lex.bin"
    path.write_bytes(data)
    with pytest.raises(ModelMismatch, match=message):
        firefox_model.read_shortlist(path, engine._network.config)


def test_a_vocabulary_that_is_none_is_refused(folder, tmp_path):
    for data in (b"", b"\xff" * 100, (folder / "vocab.enuk.spm").read_bytes()[20:]):
        path = tmp_path / "vocab.enuk.spm"
        path.write_bytes(data)
        with pytest.raises(ModelMismatch):
            firefox._vocabulary(path)


def test_an_entry_must_fit_its_files(folder, entry):
    for wrong, message in [
        (replace(entry, files=entry.files[:-1]), "a file like"),
        (replace(entry, sources=(Code("en"), Code("de"))), "one source"),
        (replace(entry, files=(*entry.files, File("trgvocab.enuk.spm"))), "trgvocab"),
    ]:
        with pytest.raises(ToolkitError, match=message):
            open_model(wrong, folder)
    with pytest.raises(UsageError, match="a beam of 1 to 16"):
        open_model(entry, folder, beam=17)


def test_an_unhashed_entry_is_known_by_what_lies_there(folder, entry):
    bare = replace(entry, files=tuple(File(file.name) for file in entry.files))
    assert open_model(bare, folder).signature == open_model(entry, folder).signature


def test_candidates_are_sorted_eights_with_the_source_and_the_end(engine):
    shortlist = engine._shortlist
    found = shortlist.candidates([261, 265, 0])
    assert len(found) % 8 == 0
    assert list(found) == sorted(set(found))
    entries = {(n * 7 + k * 11) % SIZE for n in (261, 265, 0) for k in range(40)}
    assert {*range(270), *entries} <= set(found)


# --- the published sizes -------------------------------------------------------------

# Of models whose configuration is of Marian v1.12.14: width, hidden, decoder layers, words,
# one vocabulary, and the bytes that Mozilla's metadata say.
SIZES = [
    (256, 1536, 2, 32000, True, 17141051),
    (384, 1536, 4, 32000, True, 31561787),
    (384, 1536, 4, 32000, False, 43849787),
    (384, 1536, 4, 64000, True, 43977787),
    (512, 2048, 2, 32000, True, 42992955),
    (512, 2048, 2, 32000, False, 59376955),
    (512, 2048, 2, 64000, True, 59504955),
]


def test_published_sizes_follow_from_the_shapes_alone():
    """But for the configuration's text: one length, which is near that of ours."""
    rest = set()
    for width, hidden, decoder, count, shared, size in SIZES:
        shape = models.Shape(width, hidden, decoder, count, count, shared)
        rest.add(size - models.size_of(shape))
    assert len(rest) == 1
    assert abs(rest.pop() - len(models.config_text(SMALL))) < 64


def test_all_published_sizes_follow_from_the_shapes():
    if not PUBLISHED.is_file():
        pytest.skip(f"{PUBLISHED.name} is not beside this repository")
    rest: dict[str, Counter[int]] = {}
    rows = json.loads(PUBLISHED.read_text())["models"]
    for row in rows.values():
        config = row["config"]
        assert config["transformer-heads"] == 8
        shape = models.Shape(
            config["dim-emb"],
            config["transformer-dim-ffn"],
            config["dec-depth"],
            *config["dim-vocabs"],
            shared=config["tied-embeddings-all"],
            encoder=config["enc-depth"],
        )
        version = config["version"]
        left = row["byteSize"] - models.size_of(shape) - len(version)
        rest.setdefault(version.split()[0].rstrip(";"), Counter())[left] += 1
    assert len(rows) == 137
    # Each Marian writes the same keys, so one length of the configuration for each.
    assert {version: len(found) for version, found in rest.items()} == dict.fromkeys(rest, 1)
    assert all(1000 < length < 1600 for found in rest.values() for length in found)
