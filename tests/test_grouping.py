from __future__ import annotations

import json
import random
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.commands import toolkit
from tests.growth import check_linear
from toolkit import digests, formats
from toolkit.schema import Article, Block, Metadata, Span

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "samples"
SEEDS = ROOT.parent / "shared" / "seeds"
_SYLLABLES = ["ba", "de", "ki", "lo", "mu", "na", "re", "si", "to", "vu", "za", "pe", "gi", "do"]


def article(number: int, text: str, day: str | None = None, lang: str = "en") -> Article:
    blocks = (Block("paragraph", Span(0, len(text))),)
    return Article(f"a{number}", lang, text, blocks, Metadata(date=day), f"a{number}.txt")


def newsroom(count: int, seed: int = 7) -> tuple[list[Article], list[int]]:
    """Articles of made-up words on events of one to five articles, and the event of each."""
    pick = random.Random(seed)

    def word(syllables: int) -> str:
        return "".join(pick.choice(_SYLLABLES) for _ in range(syllables))

    common = [word(3) for _ in range(1500)]
    weights = [1 / (rank + 5) for rank in range(len(common))]
    found: list[tuple[int, Article]] = []
    event = 0
    while len(found) < count:
        event += 1
        names = [word(4).capitalize() for _ in range(6)]
        topic = pick.sample(common, 20)
        day = date(2026, 1, 1) + timedelta(days=pick.randrange(200))
        for _ in range(min(count - len(found), pick.choice((1, 1, 2, 5)))):
            sentences = []
            for _ in range(8):
                words = pick.choices(common, weights, k=6) + pick.choices(topic, k=3)
                sentences.append(f"{' '.join(words)} {' '.join(pick.sample(names, 2))}.")
            found.append((event, article(len(found), " ".join(sentences), str(day))))
    pick.shuffle(found)
    return [one for _, one in found], [event for event, _ in found]


def as_sets(events: tuple[digests.Event, ...]) -> set[frozenset[int]]:
    return {frozenset(event.articles) for event in events}


def test_articles_on_one_event_come_together_and_others_stay_apart():
    articles, truth = newsroom(300)
    wanted: dict[int, set[int]] = {}
    for number, event in enumerate(truth):
        wanted.setdefault(event, set()).add(number)
    assert as_sets(digests.group(articles)) == set(map(frozenset, wanted.values()))


def test_the_samples_are_sorted_into_their_events():
    articles = list(formats.read([SAMPLES / "articles", SAMPLES / "digest"]))
    events = digests.group(articles)
    several = [sorted(articles[n].id for n in e.articles) for e in events if len(e.articles) > 1]
    assert several == [["captured-soldiers", "exchange-offer"], ["harbour-herald", "northern-post"]]


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the seeds lie outside the repository")
def test_the_seeds_are_one_event():
    assert len(digests.group(formats.read([SEEDS]))) == 1


def test_every_article_is_in_one_event_whatever_the_order():
    articles, _ = newsroom(120)
    events = digests.group(articles)
    assert sorted(n for event in events for n in event.articles) == list(range(120))
    turned = digests.group(articles[::-1])
    assert {frozenset(119 - n for n in found) for found in as_sets(turned)} == as_sets(events)


def test_reports_days_apart_are_on_two_events():
    text = "Ferry Grey Heron hit the quay in Port Ellery, harbour master Ida Moss said."
    near = [article(0, text, "2026-03-01"), article(1, text, "2026-03-03")]
    assert len(digests.group(near)) == 1
    assert len(digests.group(near, days=1)) == 2
    assert len(digests.group([near[0], article(1, text)], days=1)) == 1


def losses(day: int, outlet: str) -> str:
    """A report of the kind that is told in the same words each day."""
    pick = random.Random(day)
    rows = ["осіб", "танків", "бойових машин", "гармат", "літаків", "безпілотників"]
    told = ", ".join(f"{pick.randrange(1_000, 90_000):,}".replace(",", " ") + f" {r}" for r in rows)
    return f"{outlet}. Станом на ранок {day} березня втрати противника, за оцінкою штабу: {told}."


def test_the_reports_of_a_daily_series_are_an_event_each_day():
    articles = [
        article(number, losses(day, outlet), f"2026-03-{day:02}", "uk")
        for number, (day, outlet) in enumerate(
            (day, outlet) for day in range(2, 9) for outlet in ("Ранковий Вісник", "Дзеркало Дня")
        )
    ]
    wanted = {frozenset((n, n + 1)) for n in range(0, 14, 2)}
    assert as_sets(digests.group(articles)) == wanted
    # Without dates only the figures tell the days apart.
    undated = [article(n, a.text, None, "uk") for n, a in enumerate(articles)]
    assert as_sets(digests.group(undated)) == wanted


def test_an_event_does_not_go_on_for_longer_than_its_days():
    text = "Ferry Grey Heron hit the quay in Port Ellery, harbour master Ida Moss said."
    days = [article(n, f"{text} Day {n}.", f"2026-03-{n + 1:02}") for n in range(12)]
    for event in digests.group(days):
        assert max(event.articles) - min(event.articles) <= 3


def test_reports_in_three_languages_are_one_event():
    told = {
        "en": "Two ferries collided near Odesa on 14 March and 23 people were hurt, Ukraine's "
        "State Emergency Service said. The Grey Heron carried 412 passengers to Istanbul.",
        "uk": "14 березня біля Одеси зіткнулися два пороми, постраждали 23 людини, повідомила "
        "ДСНС України. На борту «Grey Heron» було 412 пасажирів, він прямував до Стамбула.",
        "ko": "3월 14일 우크라이나 오데사 인근에서 여객선 두 척이 충돌해 23명이 다쳤다. "
        "그레이 헤론호에는 이스탄불로 가던 승객 412명이 타고 있었다.",
    }
    other = {
        "en": "Seoul's central bank kept its base rate at 2.75 % on 14 March.",
        "uk": "Київ 15 березня оголосив тендер на 37 тролейбусів.",
        "ko": "서울시는 3월 15일 버스 요금을 150원 올리기로 했다.",
    }
    articles = [
        article(n, text, "2026-03-15", lang)
        for n, (lang, text) in enumerate([*told.items(), *other.items()])
    ]
    alone = {frozenset((n,)) for n in (3, 4, 5)}
    assert as_sets(digests.group(articles)) == {frozenset((0, 1, 2))} | alone


def test_copies_of_one_wire_are_named():
    articles, truth = newsroom(60)
    first = articles[0]
    copy = article(60, f"PORT ELLERY (Wire) — {first.text} More in print.", first.metadata.date)
    events = digests.group([*articles, copy])
    (event,) = [event for event in events if 60 in event.articles]
    assert event.copies == ((0, 60),)
    assert set(event.articles) == {n for n, e in enumerate(truth) if e == truth[0]} | {60}
    assert not any(other.copies for other in events if other is not event)


def test_nothing_and_nonsense_are_sorted_too():
    assert digests.group([]) == ()
    assert len(digests.group([article(0, "…"), article(1, "")])) == 2


@pytest.mark.slow
def test_time_grows_with_the_number_of_articles():
    check_linear(digests.group, lambda size: newsroom(size)[0], 400)


def test_the_command_names_event_and_file(tmp_path):
    done = toolkit("group", str(SAMPLES / "digest"), cwd=tmp_path)
    assert done.returncode == 0
    assert done.stdout.decode().splitlines() == ["1\tharbour-herald.txt", "1\tnorthern-post.md"]
    done = toolkit("group", str(SAMPLES / "digest"), "--json", "--quiet", cwd=tmp_path)
    row = json.loads(done.stdout)
    assert row["articles"] == ["harbour-herald", "northern-post"]
    assert done.stderr == b""


def test_the_command_goes_on_past_a_file_that_cannot_be_read(tmp_path):
    (tmp_path / "empty.txt").write_text("")
    done = toolkit("group", str(SAMPLES / "digest"), "empty.txt", cwd=tmp_path)
    assert done.returncode == 3
    assert len(done.stdout.splitlines()) == 2
