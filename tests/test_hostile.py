"""Files and disks that mean ill: nothing hangs, nothing fills up, nothing refused is kept."""

from __future__ import annotations

import gzip
import signal
from pathlib import Path

import pytest

from toolkit import formats
from toolkit.errors import RunError
from toolkit.formats import markdown
from toolkit.memory import Unit, Variant, open_memory
from toolkit.runs.reviews import Review, Reviews
from toolkit.schema import Request


def reason(path: Path) -> str:
    (item,) = formats.read([path])
    assert isinstance(item, formats.Unreadable)
    return item.error.message


@pytest.mark.parametrize("text", ["A\x00B 12 *so* [a](b) `c`", "7\x000\x00 and 0\x00", "\x00" * 50])
def test_a_nul_in_markdown_is_no_place_of_ours(text):
    assert "more words here" in markdown.read(f"# Title\n\n{text} more words here\n").text


def test_front_matter_that_nests_without_end_is_refused(tmp_path):
    file = tmp_path / "a.md"
    file.write_text("---\nkey: a\n" + "- " * 20_000 + "\n---\n\nText.\n")
    assert "front matter" in reason(file)


@pytest.mark.slow
def test_a_small_file_that_unpacks_to_gigabytes_is_refused(tmp_path):
    file = tmp_path / "a.txt.gz"
    with gzip.open(file, "wb", compresslevel=9) as packed:
        for _ in range(160):
            packed.write(b"a" * (1 << 20))
    assert "unpacks to more than" in reason(file)


def test_what_packs_well_is_read(tmp_path):
    file = tmp_path / "a.txt.gz"
    file.write_bytes(gzip.compress(b"The ship left at noon.\n" * 5000))
    assert formats.read_one(file).text.startswith("The ship")


def test_a_date_in_the_future_does_not_beat_what_an_editor_reviewed():
    memory = open_memory()
    for target, origin, changed in (
        ("виправлено", "review", "2026-01-02T10:00:00Z"),
        ("чуже", "elsewhere", "2099-01-01T00:00:00Z"),
    ):
        variants = (Variant("en", "A corrected text."), Variant("uk", target))
        memory.add([Unit(variants, origin=origin, changed=changed)])
    (answer,) = memory.run([Request("A corrected text.", "en", "uk")])
    assert answer is not None
    assert answer.text == "виправлено"


def review(version: int) -> Review:
    text = f"Текст номер {version} " * 20
    at = "2026-01-02T10:00:00Z"
    return Review("a", "uk", "s1", version, "Text.", text, "reviewed", "Olena", at)


def test_a_review_that_the_disk_refused_is_written_neither_now_nor_later(tmp_path):
    resource = pytest.importorskip("resource")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    with Reviews(tmp_path, writable=True) as reviews:
        reviews.append(review(1))
        size = (tmp_path / "reviews.jsonl").stat().st_size
        resource.setrlimit(resource.RLIMIT_FSIZE, (size + 100, before[1]))
        try:
            with pytest.raises(RunError):
                reviews.append(review(2))
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)
            signal.signal(signal.SIGXFSZ, handler)
        assert next(iter(reviews)).version == 1
        reviews.append(review(3))
    with Reviews(tmp_path) as reviews:
        assert [one.version for one in reviews] == [3]
    assert (tmp_path / "reviews.jsonl").read_bytes().count(b"\n") == 2


def test_an_unpacked_file_that_lies_about_its_end_is_named(tmp_path):
    file = tmp_path / "a.txt.gz"
    file.write_bytes(gzip.compress(b"The ship left at noon.")[:-9])
    assert "unpacked" in reason(file)
