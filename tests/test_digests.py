from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.commands import toolkit
from tests.digest_pairs import CASES
from toolkit import digests, formats, testing
from toolkit.digests import wording
from toolkit.errors import ModelMissing, UsageError
from toolkit.formats.articles import finish
from toolkit.formats.plain import read as read_text
from toolkit.schema import Article, Metadata
from toolkit.terms import Termbase

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "samples" / "digest"
SEEDS = ROOT.parent / "shared" / "seeds"


def article(text: str, name: str = "a.txt", lang: str = "en", day: str | None = None) -> Article:
    draft = read_text(text)
    made = finish(draft, name.partition(".")[0], name, lang)
    if day is None:
        return made
    return Article(made.id, made.lang, made.text, made.blocks, Metadata(date=day), made.source)


def digest(*texts: str, lang: str = "en", days: tuple[str | None, ...] = ()) -> digests.Digest:
    days = days or (None,) * len(texts)
    return digests.digest(
        [
            article(text, f"{'abcdefgh'[n]}.txt", lang, day)
            for n, (text, day) in enumerate(zip(texts, days, strict=True))
        ]
    )


def sides(made: digests.Digest) -> set[tuple[str, ...]]:
    return {(one.kind, *sorted(side.text for side in one.sides)) for one in made.differences}


@pytest.fixture(scope="module")
def sample() -> digests.Digest:
    paths = [SAMPLE / "harbour-herald.txt", SAMPLE / "northern-post.md"]
    return digests.digest(list(formats.read(paths)))


@pytest.fixture(scope="module")
def gold() -> dict[str, list]:
    return json.loads((ROOT / "samples" / "digest-gold.json").read_text("utf-8"))


def test_the_samples_agree_where_the_gold_table_says(sample, gold):
    shown = [
        " ".join((statement.text, *(text_of(sample, s.place) for s in statement.supports)))
        for statement in sample.agreed
    ]
    for row in gold["agreed"]:
        assert any(all(word in text for word in row) for text in shown), row


def test_the_samples_differ_where_the_gold_table_says_and_nowhere_else(sample, gold):
    assert sides(sample) == {(kind, *sorted(values)) for kind, *values in gold["differences"]}


def text_of(made: digests.Digest, place: digests.Place) -> str:
    return made.sources[place.article].article.text[slice(*place.span)]


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the seeds lie outside the repository")
def test_the_seeds_agree_and_differ_in_what_a_reader_finds():
    """Words of single facts, none of a sentence: what both report, and where they part."""
    made = digests.digest(list(formats.read([SEEDS])))
    shown = [
        " ".join((statement.text, *(text_of(made, s.place) for s in statement.supports))).lower()
        for statement in made.agreed
        if statement.articles == (0, 1)
    ]
    facts = (
        ("exchange", "prisoners of war"),
        ("two", "captured"),
        ("kursk", "captured"),
        ("kyiv",),
        ("medical care",),
        ("wounded",),
        ("2005", "2021"),
        ("1999", "2016", "sniper"),
        ("autumn", "2024"),
        ("one-week", "one week"),
        ("no documents",),
        ("tuva", "mongolia"),
        ("doubt", "dependent"),
    )
    found = [words for words in facts if any(all(w in text for w in words) for text in shown)]
    assert len(found) >= 12, set(facts) - set(found)
    assert sides(made) >= {
        ("date", "9 January", "Saturday"),
        ("role", "rifleman", "shooter"),
        ("role", "reconnaissance sniper", "scout sniper"),
    }
    assert [one.kind for one in made.differences].count("order") == 1
    assert [one.kind for one in made.differences].count("negation") == 1
    assert len(made.differences) == 5
    assert all({side.place.article for side in one.sides} == {0, 1} for one in made.differences)


def test_a_borrowed_date_line_is_said_and_an_own_one_is_not():
    made = digest(
        "The old bridge in Marlow collapsed on 4 May, police said.",
        "The old bridge in Marlow collapsed on Saturday, police said.",
        days=("2026-05-06", None),
    )
    (difference,) = made.differences
    assert [side.read_as for side in difference.sides] == ["", "2026-05-02"]
    assert [side.borrowed for side in difference.sides] == [None, 0]
    own = digest(
        "The old bridge in Marlow collapsed on 4 May, police said.",
        "The old bridge in Marlow collapsed on Saturday, police said.",
        days=(None, "2026-05-06"),
    )
    assert [side.borrowed for side in own.differences[0].sides] == [None, None]


def test_without_any_date_line_a_weekday_is_not_guessed():
    made = digest(
        "The old bridge in Marlow collapsed on 4 May, police said.",
        "The old bridge in Marlow collapsed on Saturday, police said.",
    )
    assert made.differences == ()


# (one article, the other, what differs)
PAIRS = [
    (
        "The storm left 14 people dead in Varden, officials said.",
        "Officials said 17 people were left dead in Varden by the storm.",
        {("number", "14", "17")},
    ),
    (
        "The storm left at least 14 people dead in Varden, officials said.",
        "Officials said 17 people were left dead in Varden by the storm.",
        set(),
    ),
    (
        "The dam in Orsk will cost about 1.2 million euros, the mayor said.",
        "The dam in Orsk will cost 1,234,567 euros, the mayor said.",
        set(),
    ),
    (
        "A blast in Orsk killed 12 people and injured 30, police said.",
        "A blast in Orsk injured 30 people and killed 14, police said.",
        {("number", "12", "14")},
    ),
    (
        "The blast in Orsk killed 12 people, police said.",
        "The blast in Orsk injured 30 people, police said.",
        set(),
    ),
    (
        "The blast in Orsk killed 12 people, police said.",
        "A similar blast in Orsk killed 40 people in 2009, police said.",
        set(),
    ),
    (
        "The suspect was born on 3 May 1990 in Varden, police said.",
        "A forged passport says the suspect was born on 9 June 1985 in Varden.",
        set(),
    ),
    (
        "Marta Olin, 34, was arrested at Varden airport on Monday.",
        "Marta Olin, 36, was arrested at Varden airport on Monday.",
        {("number", "34", "36")},
    ),
    (
        "Mayor Serhiy Kovalenko opened the museum in Varden on 2 June.",
        "Mayor Sergii Kovalenko opened the museum in Varden on 2 June.",
        set(),
    ),
    (
        "Police said on Friday that the men were arrested in Varden on 2 June.",
        "Police said on Saturday that the men were arrested in Varden on 2 June.",
        set(),
    ),
    (
        "The bank in Varden kept its rate at 7%.\n\nIt expects Varden to grow by 5.4% in 2025.",
        "The bank in Varden kept its rate at 7%.\n\nIt expects growth of 5.6% in Varden in 2025.",
        {("number", "5.4%", "5.6%")},
    ),
    (
        "A drone hit a house in Varden on Sunday, killing two people, officials said.",
        """A drone hit a house in Varden on Sunday.\n\nSchools are closed.\n\nBuses run again.

        On Friday, a drone attack in Varden killed five people.""",
        set(),
    ),
    (
        "Hollis sold 212,000 cars last year, 7% fewer than in 2024, the firm said.",
        "Hollis sold 212,000 cars in 2025, 7% fewer than the year before, the firm said.",
        set(),
    ),
    (
        "Hollis will close its plant in Varden by the end of 2027, the firm said.",
        "Hollis will close its plant in Varden by 2028, the firm said.",
        set(),
    ),
    # what stands beside a figure makes it another
    (
        "The museum in Varden cost 312 million euros, 90 million more than planned.",
        "The museum in Varden was to cost 222 million euros and cost 312 million.",
        set(),
    ),
    (
        "In Varden 120 people were rescued from the ship, among them 12 children.",
        "In Varden 120 people were rescued from the ship, among them 14 children.",
        {("number", "12", "14")},
    ),
    (
        "Turnout in Varden was 71%, up from 68% four years ago.",
        "Turnout in Varden rose to 71%.\n\nFour years ago turnout in Varden was 67%.",
        set(),
    ),
    (
        "The rate in Varden rose by half a percentage point to 5.5% on Friday.",
        "The rate in Varden rose to 5.5% on Friday.",
        set(),
    ),
    (
        "The probe landed on the moon at 13:05 UTC on Friday.",
        "The probe landed on the moon at 15:05 CEST on Friday.",
        set(),
    ),
    (
        "The probe landed on the moon at 13:05 UTC on Friday.",
        "The probe landed on the moon at 13:25 UTC on Friday.",
        {("time", "13:05", "13:25")},
    ),
    (
        "Duncan Reed reached the final in Varden in a time of 48.1 seconds.",
        "Max Field reached the final in Varden in a time of 56.7 seconds.",
        set(),
    ),
    (
        "Duncan Reed reached the final in Varden in a time of 48.1 seconds.",
        "In Varden Duncan Reed reached the final in a time of 48.7 seconds.",
        {("number", "48.1 seconds", "48.7 seconds")},
    ),
    (
        "Rovers beat City 3-1 in the cup in Varden.",
        "In Varden City lost 1-3 to Rovers in the cup.",
        set(),
    ),
    (
        "Rovers beat City 3-1 in the cup in Varden.",
        "In Varden Rovers beat City 3-2 in the cup.",
        {("number", "3-1", "3-2")},
    ),
    (
        "The blaze in Varden destroyed 29 houses, police said.",
        "In Varden 30 houses were destroyed by the fire, police said.",
        {("number", "29", "30")},
    ),
    (
        "The blaze in Varden destroyed 287 houses, police said.",
        "In Varden 290 houses were destroyed by the fire, police said.",
        set(),
    ),
    (
        "The match in Varden began at 7:45 p.m. on Friday.",
        "The match in Varden began at 19:45 on Friday.",
        set(),
    ),
]


@pytest.mark.parametrize(("one", "other", "expected"), PAIRS)
def test_what_differs_is_told_and_what_only_looks_so_is_not(one, other, expected):
    assert sides(digest(one, other)) == expected


def test_a_caveat_is_not_merged_into_a_sentence_without_it():
    made = digest(
        "The fire in Orsk was caused by a faulty cable in the cellar of the mill.",
        "The fire in Orsk was allegedly caused by a faulty cable in the cellar of the mill.",
    )
    assert [statement.caveat for statement in made.agreed] == [True]


def test_who_says_it_is_no_agreement_on_what_is_said():
    made = digest(
        "Chief executive Martin Vale said demand for electric vehicles had been weak.",
        "Chief executive Martin Vale told workers on Thursday that there was no alternative.",
    )
    assert made.agreed == ()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_pair_agrees_and_differs_where_a_reader_says(case):
    made = digests.digest(
        [
            article(text, f"{name}.txt", lang, day)
            for name, text, lang, day in zip(
                "ab", (case.one, case.other), case.langs, case.days, strict=True
            )
        ]
    )
    found = [(one.kind, *(side.text.lower() for side in one.sides)) for one in made.differences]
    for kind, one, other in case.differ:
        told = [f for f in found if f[0] == kind and one.lower() in f[1] and other.lower() in f[2]]
        assert told, (kind, one, other)
        found.remove(told[0])
    assert found == []
    shown = [
        " ".join(text_of(made, support.place) for support in statement.supports).lower()
        for statement in made.agreed
    ]
    for word in case.agreed:
        assert any(word in text for text in shown), word


# (one article, the other, the roles or names that differ)
PEOPLE = [
    (
        "The man was born in 1990 and had served the Varden mill as a guard since 2012.",
        "Born in 1990, the man has served the Varden mill since 2012 as a tailor.",
        {("role", "guard", "tailor")},
    ),
    (
        "The man was born in 1990 and had served the Varden mill as a guard since 2012.",
        "Born in 1990, the man has served the Varden mill since 2012 as a watchman.",
        set(),
    ),
    (
        "The driver, Jan Kos, 44, was hurt in Varden.",
        "Jan Kos, a 47-year-old passenger from Varden, was hurt.",
        {("number", "44", "47-year-old"), ("role", "driver", "passenger")},
    ),
    (
        "Deputy mayor Ida Moss opened the museum in Varden.",
        "The museum in Varden was opened by the mayor, Ida Moss.",
        {("role", "Deputy mayor", "mayor")},
    ),
    (
        "Former mayor Ida Moss opened the museum in Varden.",
        "Ida Moss, the mayor, opened the museum in Varden.",
        set(),
    ),
    (
        "Chief executive Ida Moss opened the plant in Varden.",
        "The firm's CEO, Ida Moss, opened the plant in Varden.",
        set(),
    ),
    (
        "Judge Maria Keller cleared the banker in Varden.",
        "The banker was cleared in Varden by the judge, Marta Keller.",
        {("name", "Maria Keller", "Marta Keller")},
    ),
    (
        "Judge Katherine Keller cleared the banker in Varden.",
        "The banker was cleared in Varden by the judge, Kate Keller.",
        set(),
    ),
    (
        "Captain Olexiy Marchuk left the ship in Varden.",
        "In Varden the ship was left by its captain, Oleksii Marchuk.",
        set(),
    ),
    (
        "The captain, Jan Kos, left the ship in Varden at once, said Ida Moss.",
        "Ida Moss said that the captain, Piotr Zima, left the ship in Varden at once.",
        {("name", "Jan Kos", "Piotr Zima")},
    ),
    (
        "The captain, Jan Kos, left the ship in Varden at once. Ida Moss was the mate.",
        "Ida Moss, the captain, said that Jan Kos left the ship in Varden at once.",
        {("role", "captain", "mate")},
    ),
    (
        "Anna Berg, 34, was hurt when the bridge in Varden fell.",
        "Anna Lind, 34, was hurt when the bridge in Varden fell.",
        {("name", "Anna Berg", "Anna Lind")},
    ),
    (
        "Karoa voted no in Varden. The next meeting of the states is in Apia in May.",
        "Karoa voted no in Varden. The next meeting of the states in May is in Honiara.",
        {("name", "Apia", "Honiara")},
    ),
    (
        "Karoa voted no in Varden. The next meeting of the states is in Apia in May.",
        "Karoa voted no in Varden. Not in Apia: the next meeting of the states is in Honiara.",
        set(),
    ),
    (
        "Rovers coach Jan Kos praised his team in Varden.",
        "City coach Piotr Zima praised his team in Varden.",
        set(),
    ),
]


@pytest.mark.parametrize(("one", "other", "expected"), PEOPLE)
def test_people_differ_in_age_role_and_name(one, other, expected):
    assert sides(digest(one, other)) == expected


# (one article, the other, whether one denies what the other says)
DENIALS = [
    ("The men came to Varden to fight the war.", "They did not come to Varden to fight.", False),
    (
        "The minister resigned over the dam in Varden, aides said.",
        "The minister, aides said, had not resigned over the dam in Varden.",
        True,
    ),
    ("The prosecutors in Varden did not appeal.", "The prosecutors in Varden appealed.", True),
    ("“I did not sign the treaty,” he said in Varden.", "She signed the treaty in Varden.", False),
    ("There is no longer a school in Varden.", "The school in Varden opened in 1990.", False),
]


@pytest.mark.parametrize(("one", "other", "expected"), DENIALS)
def test_what_one_denies_and_the_other_says_is_a_difference(one, other, expected):
    assert [d.kind for d in digest(one, other).differences] == ["negation"] * expected


def test_articles_of_two_languages_are_compared_by_facts_and_names():
    english = article("Ukraine said on Monday that 14 soldiers were killed in Kharkiv.", "a.txt")
    korean = article(
        "우크라이나는 월요일 하르키우에서 군인 14명이 사망했다고 밝혔다.", "b.txt", "ko"
    )
    (statement,) = digests.digest([english, korean]).agreed
    assert statement.articles == (0, 1)


def test_articles_on_two_events_are_not_compared():
    made = digest(
        "A fire at the Brightwood warehouse in Eastbridge killed three workers on 5 August, "
        "said Anna Lund.\n\nKarl Beck and Ida Moss of Eastbridge saw it.",
        "A fire at the Calder mill in Westbrook killed five workers on 7 August, said Piotr Zima."
        "\n\nJan Kos and Ewa Lis of Westbrook saw it.",
    )
    assert not made.related
    assert made.agreed == made.differences == ()


@pytest.mark.parametrize("name", ["harbour-herald.txt", "northern-post.md"])
def test_an_article_and_itself_only_agree(name):
    (one,) = formats.read([SAMPLE / name])
    made = digests.digest([one, one])
    assert made.differences == made.single == ()
    assert all(statement.articles == (0, 1) for statement in made.agreed)


def test_the_order_of_the_articles_changes_nothing_else(sample):
    paths = [SAMPLE / "northern-post.md", SAMPLE / "harbour-herald.txt"]
    turned = digests.digest([formats.read_one(path) for path in paths])
    assert sides(turned) == sides(sample)
    assert {s.text for s in turned.agreed} == {s.text for s in sample.agreed}


def test_every_statement_is_a_sentence_of_its_article_at_its_place(sample):
    for statement in (*sample.agreed, *sample.single):
        assert text_of(sample, statement.place) == statement.text
        assert statement.supports[0].place == statement.place
        for shared in statement.shared:
            assert text_of(sample, shared.places[0]) == shared.text
    for one in sample.differences:
        for side in one.sides:
            assert sample.sources[side.place.article].article.text[slice(*side.span)] == side.text


def test_one_article_is_no_digest():
    with pytest.raises(UsageError, match="two articles or more, found 1"):
        digest("One article.")


@pytest.mark.parametrize(
    ("lang", "one", "other", "expected"),
    [
        (
            "uk",
            "Директора складу в Дубіївці Івана Коваля затримали 14 березня.",
            "Директора складу в Дубіївці Івана Коваля затримали 15 березня.",
            {("date", "14 березня", "15 березня")},
        ),
        (
            "ko",
            "대산시 화학 공장에서 폭발이 일어나 5명이 숨지고 17명이 다쳤다.",
            "대산시 화학 공장에서 폭발이 일어나 7명이 숨지고 17명이 다쳤다.",
            {("number", "5", "7")},
        ),
    ],
)
def test_other_languages_are_compared_as_well(lang, one, other, expected):
    assert sides(digest(one, other, lang=lang)) == expected


def test_markdown_shows_all_labels_and_paragraphs(sample):
    text = "".join(digests.write(sample, "md"))
    assert "[harbour-herald.txt, ¶" in text
    assert "Northern Post, ¶" in text
    assert "by the date line of harbour-herald.txt (borrowed)" in text
    for statement in (*sample.agreed, *sample.single):
        assert statement.text in text


def test_json_has_spans_that_lie_where_they_say(sample):
    data = json.loads("".join(digests.write(sample, "json")))
    texts = [source["text"] for source in data["sources"]]
    for one in data["differences"]:
        for side in one["sides"]:
            start, end = side["span"]
            assert texts[side["place"]["article"]][start:end] == side["text"]


def test_html_loads_nothing_and_defuses_what_articles_hold():
    made = digest(
        "The mayor of Varden <script>alert(1)</script> resigned on 2 June.",
        "The mayor of Varden <script>alert(1)</script> resigned on 3 June.",
    )
    html = "".join(digests.write(made, "html"))
    assert "<script" not in html
    assert "default-src 'none'" in html
    assert not re.search(r'(?:src|href)="(?!#)', html)
    assert '<mark class="warning">2 June</mark>' in html


def test_a_digest_in_another_language_keeps_labels_and_paragraphs(sample):
    made = digests.render(sample, ["ko"], testing.EchoEngine(), Termbase())
    (rendering,) = made.renderings
    assert rendering.lang == "ko"
    text = "".join(digests.write(made, "md"))
    assert "## 다른 내용" in text
    assert "Northern Post, ¶" in text


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("ko", ("선원 8명이 구조됐다. [Northern Post, ¶1", "harbour-herald.txt의 날짜를 빌려")),
        ("uk", ("врятовано вісьмох моряків. [Northern Post, ¶1", "запозиченою з harbour-herald")),
    ],
)
def test_the_sample_pair_is_a_brief_in_other_languages(lang, words):
    done = toolkit("digest", "samples/digest", "--lang", lang, "--offline", cwd=ROOT)
    assert done.returncode == 0, done.stderr
    text = done.stdout.decode()
    assert "findings: 0" in text
    assert all(word in text for word in words)


def test_a_digest_is_translated_whole_or_not_at_all(sample):
    with pytest.raises(ModelMissing):
        digests.render(sample, ["ko"], testing.ScriptedEngine({}), Termbase())


@settings(deadline=None, max_examples=40)
@given(st.lists(st.text(max_size=80), min_size=2, max_size=4))
@example(["", ""])
@example(["코로나19 확진자가 늘었다.", "코로나19 확진자가 줄었다."])
@example(["\n\n", "1 1 1 1. 1 January 9999, 0. first first"])
def test_no_text_breaks_it(texts):
    readable = [text for text in texts if any(c.isalnum() for c in text)]
    articles = [article(text, f"{n}.txt") for n, text in enumerate(readable)]
    if len(articles) > 1:
        made = digests.digest(articles)
        for form in ("md", "json", "html"):
            assert "".join(digests.write(made, form))


def test_the_command_writes_what_is_asked_for(tmp_path):
    done = toolkit("digest", str(SAMPLE / "harbour-herald.txt"), str(SAMPLE), cwd=tmp_path)
    assert done.returncode == 0
    assert b"# Digest of 2 articles" in done.stdout
    assert b"2 articles: " in done.stderr
    done = toolkit("digest", str(SAMPLE), "--format", "html", "--out", "d.html", cwd=tmp_path)
    assert done.returncode == 0
    assert done.stdout == b""
    assert (tmp_path / "d.html").read_text("utf-8").startswith("<!doctype html>")


def test_the_command_says_what_one_article_is_missing(tmp_path):
    done = toolkit("digest", str(SAMPLE / "harbour-herald.txt"), cwd=tmp_path)
    assert done.returncode == 2
    assert b"found 1" in done.stderr


def test_the_command_says_that_articles_are_on_two_events(tmp_path):
    articles = ROOT / "samples" / "articles"
    paths = [str(articles / "court-ruling.txt"), str(articles / "captured-soldiers.txt")]
    done = toolkit("digest", *paths, cwd=tmp_path)
    assert done.returncode == 0
    assert b"not all of these articles are on one event" in done.stderr


@pytest.mark.parametrize(
    ("text", "caveat"),
    [
        ("Die Angaben lassen sich derzeit nicht unabhängig überprüfen.", True),
        ("Der mutmaßliche Täter soll zwei Männer angegriffen haben.", True),
        ("Die Ursache ist noch unklar.", True),
        ("Der Stadtrat kaufte am Montag 40 Busse.", False),
        ("Die Polizei bestätigte den Tod von zwei Männern.", False),
    ],
)
def test_a_german_caveat_is_one(text, caveat):
    assert wording.is_caveat(text, "de") is caveat


def test_german_reports_are_compared_by_what_people_are_called():
    made = digest(
        "Bei dem Brand in Bremen wurden 3 Menschen verletzt, sagte Kapitän Jan Kos.",
        "Bei dem Brand in Bremen wurden 5 Menschen verletzt, sagte Leutnant Jan Kos.",
        lang="de",
    )
    kinds = {kind for kind, *_ in sides(made)}
    assert kinds == {"number", "role"}
