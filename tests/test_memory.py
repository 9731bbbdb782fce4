from __future__ import annotations

import multiprocessing
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.growth import check_linear, repeated
from toolkit.errors import InputError
from toolkit.memory import Match, Prop, Unit, Variant, normalise, open_memory
from toolkit.schema import Request
from toolkit.testing import check_engine

EN = "Two soldiers were captured on Jan. 9, 2025, wrote [@ZelenskyyUa]."
KO = "[@ZelenskyyUa]는 2025년 1월 9일 병사 두 명이 포로로 잡혔다고 썼다."
UK = "[@ZelenskyyUa]: двох солдатів узяли в полон 9 січня 2025 року."


def unit(*texts, **more):
    langs = ("en", "ko", "uk")
    return Unit(
        tuple(Variant(*pair) for pair in zip(langs, texts, strict=False) if pair[1]), **more
    )


def filled(*units):
    memory = open_memory()
    memory.add(units)
    return memory


def ask(memory, text, lang="ko", keep=(), source="en"):
    (answer,) = memory.run([Request(text, source, lang, keep=tuple(keep))])
    return answer and answer.text


# --- exact matches -------------------------------------------------------------------


def test_a_text_is_found_from_every_language_in_every_other():
    texts = (("en", EN), ("ko", KO), ("uk", UK))
    memory = filled(unit(EN, KO, UK, origin="hand", props=(Prop("x-outlet", "Wire"),)))
    for source, text in texts:
        for target, other in texts:
            wanted = Match(text, other, 1.0, "hand", props=(Prop("x-outlet", "Wire"),))
            assert memory.lookup(text, source, target) == (wanted if source != target else None)
    assert memory.lookup(EN, "ko", "uk") is None
    assert memory.lookup(EN, "en", "de") is None
    assert memory.lookup("", "en", "ko") is None
    assert memory.languages() == ("en", "ko", "uk")
    assert len(memory) == 1


@pytest.mark.parametrize(
    ("stored", "asked", "same"),
    [
        ("He said “no”.", 'He said "no".', True),
        ("Київ — це об’єднання", "Київ — це обʼєднання", True),
        ("Вона сказала «так».", 'Вона сказала "так".', True),
        ("10\u00a0000 people", "10 000 people", True),
        ("  two\twords \n", "two words", True),
        ("caf\u00e9", "cafe\u0301", True),
        ("soft\u00adware", "software", True),
        ("9 January", "8 January", False),
        ("9 January", "9 February", False),
        ("on Monday", "on Sunday", False),
        ("Reuters said.", "reuters said.", False),
        ("It ended.", "It ended!", False),
        ("It ended.", "It ended", False),
        ("10-12 people", "10–12 people", False),
        ("10,000 people", "10.000 people", False),
        ("10 000 people", "10000 people", False),
        ("by @one", "by @0ne", False),
        ("[AP] said", "(AP) said", False),
    ],
)
def test_only_the_same_text_is_an_exact_match(stored, asked, same):
    memory = filled(unit(stored, "답"))
    assert (memory.lookup(asked, "en", "ko") is not None) is same
    rates = [match.rate for match in memory.search(asked, "en", "ko", min_rate=0.5)]
    assert all(rate == 1.0 if same else rate < 1.0 for rate in rates)
    assert rates


def test_the_newest_wins_and_the_others_stay_as_alternatives():
    old = unit("Yes.", "그래.", created="2024-01-01T00:00:00Z")
    new = unit("Yes.", "네.", created="2023-01-01T00:00:00Z", changed="2025-01-01T00:00:00Z")
    undated = unit("Yes.", "가.")
    for order in ((old, new, undated), (undated, new, old), (new, undated, old)):
        memory = filled(*order)
        assert memory.lookup("Yes.", "en", "ko").target == "네."
        (answer,) = memory.run([Request("Yes.", "en", "ko")])
        assert answer.alternatives == ("그래.", "가.")


def test_what_has_the_text_verbatim_comes_before_what_is_newer():
    memory = filled(
        unit('"Yes."', "곧은 따옴표"), unit("“Yes.”", "굽은", changed="2025-01-01T00:00:00Z")
    )
    assert memory.lookup('"Yes."', "en", "ko").target == "곧은 따옴표"
    assert memory.lookup("“Yes.”", "en", "ko").target == "굽은"


def test_units_without_a_date_can_be_dated_when_added():
    memory = filled(unit("Yes.", "그래.", created="2024-01-01T00:00:00Z"))
    memory.add([unit("Yes.", "네.")], when="2025-06-01T12:00:00Z")
    match = memory.lookup("Yes.", "en", "ko")
    assert (match.target, match.created, match.changed) == ("네.", "2025-06-01T12:00:00Z", "")
    with pytest.raises(InputError, match="yesterday"):
        memory.add([unit("No.", "아니.", changed="yesterday")])
    assert len(memory) == 2


def test_a_unit_added_twice_is_one_unit_with_the_newer_facts():
    memory = filled(unit("Yes.", "네.", created="2024-01-01T00:00:00Z", origin="a"))
    before = memory.signature
    assert memory.add([unit("Yes.", "네.", created="2025-01-01T00:00:00Z", origin="b")]) == 0
    assert memory.add([unit("Yes.", "네.", created="2023-01-01T00:00:00Z", origin="c")]) == 0
    assert len(memory) == 1
    assert memory.lookup("Yes.", "en", "ko").origin == "b"
    assert memory.signature != before


def test_a_unit_with_fewer_than_two_texts_is_left_out():
    memory = open_memory()
    assert memory.add([unit("Yes.", ""), unit("Yes.", " \u200b"), Unit(())]) == 0
    assert len(memory) == 0
    assert memory.languages() == ()


def test_units_come_back_as_they_were_added():
    units = tuple(
        unit(f"Line {n}.", f"{n}행.", f"Рядок {n}." if n % 3 else "", id=f"s{n}", origin="hand",
             created="2024-01-01T00:00:00Z", changed="2025-01-01T00:00:00Z",
             notes=("seen", "twice"), props=(Prop("x-outlet", "W"), Prop("x-outlet", "V")))
        for n in range(1203)
    )  # fmt: skip
    assert tuple(filled(*units).units()) == units


def test_delete_forgets_every_unit_with_the_text():
    kept = unit("No.", "아니.")
    memory = filled(unit("Yes.", "네.", "Так."), kept, unit("Yes.", "그래."))
    assert memory.delete("Так.", "en") == 0
    assert memory.delete(" Yes. ", "en") == 2
    assert memory.lookup("Yes.", "en", "ko") is None
    assert memory.lookup("네.", "ko", "en") is None
    assert memory.search("Yes.", "en", "ko", min_rate=0) == ()
    assert tuple(memory.units()) == (kept,)
    assert memory.languages() == ("en", "ko")
    assert memory.signature == filled(kept).signature


def test_all_units_are_added_or_none():
    def half():
        yield unit("Yes.", "네.")
        raise InputError("line 7: broken")

    memory = filled(unit("No.", "아니."))
    before = memory.signature
    with pytest.raises(InputError, match="line 7"):
        memory.add(half())
    with pytest.raises(InputError, match="surrogate"):
        memory.add([unit("Yes.", "네."), unit("Yes. \ud800", "네.")])
    assert (len(memory), memory.signature) == (1, before)
    assert memory.lookup("Yes.", "en", "ko") is None


# --- the signature -------------------------------------------------------------------

TEXTS = st.sampled_from(["a", "b", "c 1", "c 2"])
UNITS = st.builds(
    unit, TEXTS, TEXTS, st.sampled_from(["", "d"]),
    created=st.sampled_from(["", "2024-01-01T00:00:00Z", "2025-01-01T00:00:00Z"]),
)  # fmt: skip


@given(st.lists(UNITS, max_size=8), st.randoms(), st.lists(TEXTS, max_size=2))
def test_equal_content_has_an_equal_signature_whatever_its_history(units, rng, deleted):
    shuffled = [*units, *units[:3]]
    rng.shuffle(shuffled)
    one, two = filled(*units), filled(*shuffled)
    for text in deleted:
        assert one.delete(text, "en") == two.delete(text, "en")
    assert one.signature == two.signature == filled(*one.units()).signature
    assert len(one) == len(list(one.units()))
    for text in ("a", "b", "c 1", "c 2"):
        assert one.lookup(text, "en", "ko") == two.lookup(text, "en", "ko")


def test_every_change_of_what_can_be_served_changes_the_signature():
    base = unit("Yes.", "네.", created="2024-01-01T00:00:00Z")
    others = (
        (), (base, unit("No.", "아니.")),
        (unit("Yes.", "네", created="2024-01-01T00:00:00Z"),),
        (unit("Yes.", "네.", created="2024-01-02T00:00:00Z"),),
        (unit("Yes.", "", "네.", created="2024-01-01T00:00:00Z"),),
    )  # fmt: skip
    signatures = {filled(*units).signature for units in ((base,), *others)}
    assert len(signatures) == 1 + len(others)


# --- as an engine --------------------------------------------------------------------


def test_a_memory_keeps_the_contract_of_an_engine():
    check_engine(
        filled(unit(EN, KO, UK), unit("Yes.", "네.")),
        [
            Request("Yes.", "en", "ko"),
            Request("No.", "en", "ko"),
            Request(EN.replace("[@ZelenskyyUa]", "⟦0⟧"), "en", "ko", keep=("[@ZelenskyyUa]",)),
            Request(EN.replace("@ZelenskyyUa", "⟦0⟧"), "en", "uk", keep=("@ZelenskyyUa",)),
            Request("Yes.", "en", "uk"),
        ],
    )


@pytest.mark.parametrize(
    ("source", "target", "asked", "keep", "answer"),
    [
        ("By @x.", "@x의 글.", "By ⟦0⟧.", ["@x"], "⟦0⟧의 글."),
        ("By @x.", "@x의 글.", "By @x.", [], "@x의 글."),
        # A changed label is another text.
        ("By @x.", "@x의 글.", "By ⟦0⟧.", ["@y"], None),
        # A label that the translation altered, lost or repeated is not served.
        ("By @x.", "@xx의 글.", "By ⟦0⟧.", ["@x"], None),
        ("By @x.", "글.", "By ⟦0⟧.", ["@x"], None),
        ("By @x.", "@x @x", "By ⟦0⟧.", ["@x"], None),
        ("By #Київ.", "글: #Києва", "By ⟦0⟧.", ["#Київ"], None),
        ("By #Київ.", "글: #Київа", "By ⟦0⟧.", ["#Київ"], None),
        # Order may change, and one label may be the beginning of another or stand twice.
        ("@x, @xy", "@xy와 @x", "⟦0⟧, ⟦1⟧", ["@x", "@xy"], "⟦1⟧와 ⟦0⟧"),
        ("@x, @x", "@x와 @x", "⟦0⟧, ⟦1⟧", ["@x", "@x"], "⟦0⟧와 ⟦1⟧"),
        ("[x] (x)", "(x) [x]", "⟦0⟧ ⟦1⟧", ["[x]", "(x)"], "⟦1⟧ ⟦0⟧"),
        # Placeholders and labels that are not one to one say nothing.
        ("By @x.", "@x의 글.", "By ⟦0⟧.", [], None),
        ("By @x.", "@x의 글.", "By ⟦1⟧.", ["@x"], None),
        ("By @x.", "@x의 글.", "By @x.", ["@x"], None),
        ("By ⟦0⟧.", "⟦0⟧의 글.", "By ⟦0⟧.", ["⟦0⟧"], None),
        ("By @x.", "@x의 글.", "By ⟦0⟧@x.", [""], None),
        ("By @x.", "@x의 글.", "", [], None),
    ],
)
def test_labels_are_verbatim_in_the_memory_and_placeholders_outside(
    source, target, asked, keep, answer
):
    assert ask(filled(unit(source, target)), asked, keep=keep) == answer


def test_an_alternative_serves_where_the_best_lost_a_label():
    memory = filled(
        unit("By @x.", "글.", created="2025-01-01T00:00:00Z"), unit("By @x.", "@x의 글.")
    )
    assert ask(memory, "By ⟦0⟧.", keep=["@x"]) == "⟦0⟧의 글."


# --- fuzzy matches -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lang", "stored", "asked", "rate"),
    [
        ("en", "The ferry sank on 9 January.", "The ferry sank on 8 January.", 27 / 28),
        ("en", "The ferry sank on Monday.", "The ferry sank on Sunday.", 23 / 25),
        ("en", EN, EN.replace("@ZelenskyyUa", "@Zelenskyy"), 63 / 65),
        ("ko", "배는 월요일에 가라앉았다.", "배는 화요일에 가라앉았다.", 13 / 14),
        ("ko", "배는 월요일에 침몰했다.", "배가 월요일에 침몰했다.", 12 / 13),
        ("uk", "Пором затонув 9 січня.", "Пором затонув 9 грудня.", 19 / 23),
        ("uk", "Пором «Зоря» затонув.", "Пором «Зірка» затонув.", 19 / 22),
    ],
)
def test_a_similar_text_is_found_with_its_rate(lang, stored, asked, rate):
    memory = open_memory()
    memory.add([
        Unit((Variant(lang, stored), Variant("de", "ja"))),
        Unit((Variant(lang, "Ганна купила хліб у пекарні."), Variant("de", "nein"))),
    ])  # fmt: skip
    (match,) = memory.search(asked, lang, "de")
    assert (match.source, match.target) == (stored, "ja")
    assert match.rate == pytest.approx(rate)
    assert memory.lookup(asked, lang, "de") is None
    (exact,) = memory.search(stored, lang, "de")
    assert (exact.rate, exact.percent) == (1.0, 100)


def test_matches_come_best_first_and_within_the_limits():
    lines = [f"The court fined {n} drivers in {town}." for n in (1, 12) for town in ("Lviv", "Bar")]
    memory = filled(*(unit(line, "답") for line in lines))
    found = memory.search(lines[0], "en", "ko", min_rate=0.8)
    assert [match.rate for match in found] == sorted((m.rate for m in found), reverse=True)
    assert found[0].source == lines[0]
    assert len(found) == 4
    assert memory.search(lines[0], "en", "ko", limit=2, min_rate=0.8) == found[:2]
    assert all(m.rate >= 0.95 for m in memory.search(lines[0], "en", "ko", min_rate=0.95))
    assert memory.search("!", "en", "ko") == ()


def test_the_nearest_of_many_texts_after_one_pattern_is_found():
    towns, days = ("Київ", "Львів", "Одеса"), ("понеділок", "середу", "четвер", "суботу", "неділю")
    memory = filled(*(
        Unit((Variant("uk", f"У місті {towns[n % 3]} у {days[n % 5]} буде {n} градусів тепла."),
              Variant("ko", f"{n}도")))
        for n in range(900)
    ))  # fmt: skip
    (best, *_) = memory.search("У місті Київ у вівторок буде 17 градусів тепла.", "uk", "ko")
    assert best.source.startswith("У місті Київ у ")
    assert best.rate > 0.8


def test_the_best_few_are_the_first_of_all_however_the_memory_was_filled():
    units = [unit(f"In {n % 7} towns the court fined {n} drivers.", f"{n}") for n in range(120)]
    at_once, by_and_by = filled(*units), open_memory()
    for one in units:
        by_and_by.add([one])
    asked = "In 3 towns the courts fined 31 drivers."
    every = at_once.search(asked, "en", "ko", limit=100)
    assert [match.rate for match in every] == sorted((m.rate for m in every), reverse=True)
    for limit in range(1, len(every)):
        for memory in (at_once, by_and_by):
            assert memory.search(asked, "en", "ko", limit=limit) == every[:limit]


def test_the_index_stays_in_few_pieces_also_of_a_memory_made_before_it_did():
    with open_memory() as memory:
        for n in range(100):
            memory.add([unit(f"Line {n} of many.", f"{n}행")])
        memory._db.execute("DELETE FROM meta WHERE name = 'ordered'")
        memory.add([unit("Line 100 of many.", "백 행")])
        ((pieces,),) = memory._rows("SELECT count(DISTINCT segid) FROM term_idx")
        assert pieces == 1
        assert memory.search("Line 100 of more.", "en", "ko")[0].target == "백 행"


def test_one_edit_in_a_long_text_is_not_a_hundred_per_cent():
    text = "The ferry sank. " * 100
    (match,) = filled(unit(text + "1", "답")).search(text + "2", "en", "ko")
    assert match.rate < 1
    assert match.percent == 99


def _plain_distance(one, two):
    row = list(range(len(two) + 1))
    for i, a in enumerate(one, 1):
        last, row[0] = row[0], i
        for j, b in enumerate(two, 1):
            last, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, last + (a != b))
    return row[-1]


@given(st.text("abг가 ", min_size=1, max_size=12), st.text("abг가 ", min_size=1, max_size=12))
def test_the_rate_is_levenshtein_of_the_normalised_texts(one, two):
    one, two = f"x {normalise(one)}".strip(), f"x {normalise(two)}".strip()
    (match,) = filled(unit(one, "답")).search(two, "en", "ko", min_rate=0.0)
    assert match.rate == pytest.approx(1 - _plain_distance(one, two) / max(len(one), len(two)))


@pytest.mark.parametrize("piece", ["a", "가 ", "1.", "["])
def test_a_huge_text_takes_linear_time(piece):
    def use(text):
        memory = filled(unit(EN, KO))
        assert memory.search(text, "en", "ko") == ()
        assert ask(memory, text) is None
        assert memory.add([unit(text, "답")]) == 1
        assert memory.lookup(text, "en", "ko").target == "답"

    check_linear(use, repeated(piece), 400_000)


# --- files ---------------------------------------------------------------------------


def test_a_memory_outlives_its_process(tmp_path):
    path = tmp_path / "new" / "memory.sqlite"
    with open_memory(path) as memory:
        memory.add([unit(EN, KO, UK)])
        signature = memory.signature
    with open_memory(path, read_only=True) as memory:
        assert memory.lookup(EN, "en", "uk").target == UK
        assert memory.signature == signature
        assert len(memory) == 1
        with pytest.raises(InputError, match="reading only"):
            memory.add([unit("Yes.", "네.")])


def test_what_is_not_a_memory_is_refused_and_left_alone(tmp_path):
    with pytest.raises(InputError, match="no such translation memory"):
        open_memory(tmp_path / "none.sqlite", read_only=True)
    text = tmp_path / "memory.tmx"
    text.write_text("<tmx version='1.4'>" * 100)
    other = tmp_path / "other.sqlite"
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE t (a)")
    connection.close()
    later = tmp_path / "later.sqlite"
    open_memory(later).close()
    with sqlite3.connect(later) as connection:
        connection.execute("PRAGMA user_version = 9")
    connection.close()
    for path, says in ((text, "not a translation memory"), (other, "another program's"),
                       (later, "expected a memory of version 1, found 9")):  # fmt: skip
        before = path.read_bytes()
        for read_only in (True, False):
            with pytest.raises(InputError, match=says):
                open_memory(path, read_only=read_only)
        assert path.read_bytes() == before
    with pytest.raises(InputError):
        open_memory(tmp_path)


def _add_many(path, name, ready):
    ready.wait()
    with open_memory(path) as memory:
        for n in range(20):
            memory.add([unit(f"Line {n} of {name}.", "답"), unit(f"Line {n}.", "답")])


def test_several_processes_make_and_fill_one_memory(tmp_path):
    path = tmp_path / "memory.sqlite"
    fork = multiprocessing.get_context("fork")
    ready = fork.Barrier(3)
    writers = [fork.Process(target=_add_many, args=(path, name, ready)) for name in "abc"]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert [writer.exitcode for writer in writers] == [0, 0, 0]
    with open_memory(path) as memory:
        assert len(memory) == 20 + 3 * 20
        assert memory.signature == filled(*memory.units()).signature


def test_a_reader_sees_the_last_finished_change_while_another_writes(tmp_path):
    path = tmp_path / "memory.sqlite"
    with open_memory(path) as writer, open_memory(path, read_only=True) as reader:
        seen = []

        def units():
            yield unit("Yes.", "네.")
            seen.append(reader.lookup("Yes.", "en", "ko"))

        writer.add(units())
        assert seen == [None]
        assert reader.lookup("Yes.", "en", "ko").target == "네."
        assert reader.signature == writer.signature


def _read_as_nobody(path, answers):
    if os.geteuid() == 0:
        os.setuid(65534)  # root may write anywhere
    with open_memory(path) as memory:
        answers.put(memory.lookup("Yes.", "en", "ko").target)
        with pytest.raises(InputError, match="reading only"):
            memory.add(())
    answers.put("done")


def test_a_memory_in_a_folder_one_cannot_write_can_be_read():
    # Not tmp_path: only its owner may look into its parents.
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with open_memory(folder / "memory.sqlite") as memory:
            memory.add([unit("Yes.", "네.")])
            # As on a copied disk: the file alone, still saying that there is a journal.
            memory._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            shutil.copy(folder / "memory.sqlite", folder / "copy.sqlite")
        (folder / "copy.sqlite").chmod(0o444)
        folder.chmod(0o555)
        fork = multiprocessing.get_context("fork")
        answers = fork.Queue()
        child = fork.Process(target=_read_as_nobody, args=(folder / "copy.sqlite", answers))
        child.start()
        child.join()
        folder.chmod(0o755)
        assert child.exitcode == 0
        assert [answers.get(timeout=5), answers.get(timeout=5)] == ["네.", "done"]


def test_a_killed_import_leaves_the_memory_as_it_was(tmp_path):
    path = tmp_path / "memory.sqlite"
    with open_memory(path) as memory:
        memory.add([unit("Yes.", "네.")])
        before = memory.signature
    script = (
        "import os, sys\nfrom toolkit.memory import *\n"
        "def units():\n"
        "    for n in range(300): yield Unit((Variant('en', f'L {n}'), Variant('ko', f'줄 {n}')))\n"
        "    os._exit(9)\n"
        "open_memory(sys.argv[1]).add(units())\n"
    )
    done = subprocess.run([sys.executable, "-c", script, str(path)], check=False)
    assert done.returncode == 9
    with open_memory(path) as memory:
        assert (len(memory), memory.signature) == (1, before)
        assert memory.add([unit("No.", "아니.")]) == 1


@pytest.mark.slow
def test_a_search_takes_no_longer_in_a_larger_memory():
    """As many searches as units: a memory that went through all of them would take a square."""
    rng = random.Random(7)

    def word():
        return "".join(rng.choices("abdeghilmnoprstu", k=rng.randint(2, 9)))

    def fill(size):
        words = [word() for _ in range(8 * size)]  # each stands in about two lines
        lines = [" ".join(rng.choices(words, k=18)) + f" {n}." for n in range(size)]
        return filled(*(unit(line, f"답 {n}") for n, line in enumerate(lines))), lines

    def use(given):
        memory, lines = given
        for line in lines:
            assert memory.lookup(line, "en", "ko")
            changed = line.replace(line.split()[3], "changed", 1)
            assert memory.search(changed, "en", "ko")[0].source == line

    check_linear(use, fill, 240)
