"""Names that no table has: what is taken for one name, and the nearest that must not be."""

from __future__ import annotations

import pytest

from tests.growth import check_linear, repeated
from toolkit.checks import check, check_pair, check_texts
from toolkit.checks.explanation import explain
from toolkit.schema import Article, Block, Span, TranslationUnit
from toolkit.terms import Entry, Names, Termbase, Texts, compare_documents, compare_names


def renamed(source: str, target: str, langs: str) -> str:
    """`old > new` of each name that stands in another's place."""
    source_lang, target_lang = langs.split("-")
    names = compare_names(source, target, source_lang, target_lang)
    return "; ".join(
        f"{source[a.start : a.end]} > {target[b.start : b.end]}" for a, b in names.renamed
    )


# ruff: noqa: E501  (a row is read best in one line)
# Languages, source, a right translation, a wrong one, and what it is told.
ROWS = [
    # surnames after given names, and alone
    ("en-uk", "The judge Alan Renwick resigned.", "Суддя Алан Ренвік пішов.", "Суддя Алан Мортон пішов.", "Renwick > Мортон"),
    ("en-ko", "The judge Alan Renwick resigned.", "앨런 렌윅 판사가 사임했다.", "앨런 모턴 판사가 사임했다.", "Renwick > 모턴"),
    ("en-uk", "He thanked Renwick for the letter.", "Він подякував Ренвікові за лист.", "Він подякував Мортонові за лист.", "Renwick > Мортонові"),
    ("en-ko", "He thanked Schroeder for the letter.", "그는 편지를 보내 준 슈뢰더에게 감사했다.", "그는 편지를 보내 준 켄드릭에게 감사했다.", "Schroeder > 켄드릭"),
    # given names
    ("en-uk", "The captain, Oscar Renwick, was hurt.", "Капітан Оскар Ренвік постраждав.", "Капітан Едвард Ренвік постраждав.", "Oscar > Едвард"),
    ("en-ko", "The captain, Oscar Renwick, was hurt.", "오스카 렌윅 선장이 다쳤다.", "에드워드 렌윅 선장이 다쳤다.", "Oscar > 에드워드"),
    # places that no table has
    ("en-uk", "The ferry left Penmoor at night.", "Пором відійшов із Пенмура вночі.", "Пором відійшов із Солтміра вночі.", "Penmoor > Солтміра"),
    ("en-ko", "The ferry left Brinkley at night.", "여객선은 밤에 브링클리를 떠났다.", "여객선은 밤에 솔트미어를 떠났다.", "Brinkley > 솔트미어"),
    # both names of a person
    ("en-uk", "The engineer Ewan Carrick called.", "Телефонував інженер Юен Каррік.", "Телефонував інженер Томас Болдуін.", "Ewan Carrick > Томас Болдуін"),
    # a name that opens the sentence, with its verb
    ("en-uk", "Renwick denied the claim.", "Ренвік заперечив це.", "Мортон заперечив це.", "Renwick > Мортон"),
    # Latin letters kept
    ("en-uk", "She works for Brightwell now.", "Тепер вона працює в Brightwell.", "Тепер вона працює в Northgate.", "Brightwell > Northgate"),
    ("en-ko", "She works for Brightwell now.", "그는 이제 Brightwell에서 일한다.", "그는 이제 Northgate에서 일한다.", "Brightwell > Northgate"),
    # the other directions
    ("uk-en", "Суддя Алан Ренвік пішов.", "The judge Alan Renwick resigned.", "The judge Alan Morton resigned.", "Ренвік > Morton"),
    ("ko-en", "앨런 켄드릭 판사가 사임했다.", "The judge Alan Kendrick resigned.", "The judge Alan Morton resigned.", "켄드릭 > Morton"),
    ("uk-ko", "Суддя Оскар Кендрік пішов.", "오스카 켄드릭 판사가 사임했다.", "오스카 슈뢰더 판사가 사임했다.", "Кендрік > 슈뢰더"),
    # of several names only the one that changed
    ("en-uk", "Renwick, Colvin and Dawes met in Penmoor.", "Ренвік, Колвін і Доз зустрілися в Пенмурі.", "Ренвік, Мортон і Доз зустрілися в Пенмурі.", "Colvin > Мортон"),
]  # fmt: skip


@pytest.mark.parametrize(("langs", "source", "right", "wrong", "told"), ROWS)
def test_a_name_in_anothers_place_is_told(
    langs: str, source: str, right: str, wrong: str, told: str
) -> None:
    assert renamed(source, right, langs) == ""
    assert renamed(source, wrong, langs) == told


# What one side alone shows, or what is said another way, is no evidence.
SILENT = [
    # left out, or added: names become pronouns, and pronouns names
    ("en-uk", "He thanked Renwick for the letter.", "Він подякував йому за лист."),
    ("en-uk", "He thanked her for the letter.", "Він подякував Мортонові за лист."),
    ("en-ko", "He thanked Renwick for the letter.", "그는 편지를 보내 줘서 감사하다고 했다."),
    # opening a sentence with a capital: what is eaten, grown and suffered
    ("en-uk", "Wheat was dearer than ever.", "Пшениця була дорожчою, ніж будь-коли."),
    ("uk-en", "Посуха тривала до осені.", "Drought was felt until the autumn."),
    ("en-ko", "Demand fell in the north.", "수요는 북부에서 줄었다."),
    # translated: institutions, seas, feasts
    ("en-uk", "The Senate met before Easter.", "Сенат зібрався перед Великоднем."),
    ("en-uk", "It sailed the Pacific in the Second World War.", "Він ходив Тихим океаном у Другу світову війну."),
    ("en-ko", "The National Museum is on Castle Hill.", "국립박물관은 캐슬힐에 있다."),
    # loan words are no names, however foreign they look
    ("en-ko", "Renwick tackled the striker.", "렌윅은 스트라이커를 태클했다."),
    ("en-ko", "He converted a try for Melrose.", "그는 멜로즈에서 트라이를 컨버트했다."),
    # acronyms: kept, spelt out, made anew
    ("en-uk", "The RSPCA called it cruel.", "КТЗЖТ назвало це жорстоким."),
    ("en-ko", "The Aviation Safety Network said so.", "항공 안전 네트워크(ASN)는 그렇게 말했다."),
    ("en-uk", "The Civil Aviation Network (CAN) said so.", "Так каже мережа CAN."),
    # titles of works
    ("en-uk", 'He wrote "The Silent Orchard" in Penmoor.', "Він написав «Тихий сад» у Пенмурі."),
    # headlines
    ("en-uk", "Harbour Workers Reject Offer After Long Dispute", "Портовики відкинули пропозицію після довгої суперечки"),
    # East Asian surnames in all their spellings, in either order
    ("en-ko", "Dr Lee spoke first, then Park.", "이종욱 박사가 먼저, 이어 박 씨가 말했다."),
    ("en-uk", "Choi Min-jun resigned.", "Чой Мін Чжун пішов."),
    ("en-ko", "Choi Min-jun resigned.", "최민준이 사임했다."),
    # glued compounds, hyphens, double names
    ("en-ko", "They live on Renwick Street.", "그들은 렌윅스트리트에 산다."),
    ("en-uk", "Anna Black-Renwick won.", "Анна Блек-Ренвік перемогла."),
    # adjectives of names, in small letters
    ("en-uk", "A Penmoor court said so.", "Так вирішив пенмурський суд."),
    # the same name again
    ("en-uk", "Renwick thanked Renwick's brother.", "Ренвік подякував братові."),
    # verbs and nouns that open a sentence
    ("en-uk", "Tears are permitted there.", "Сльози там дозволені."),
    ("en-uk", "Repairs could cost more.", "Ремонт може коштувати більше."),
]  # fmt: skip


@pytest.mark.parametrize(("langs", "source", "target"), SILENT)
def test_one_side_alone_is_no_evidence(langs: str, source: str, target: str) -> None:
    assert renamed(source, target, langs) == ""


# The nearest to each silence above that is not silent.
LOUD = [
    ("en-uk", "He thanked Renwick for the letter.", "Він подякував Мортонові за лист."),
    ("en-uk", "The Senate met before Renwick left.", "Сенат зібрався, доки Мортон не пішов."),
    ("en-ko", "Alan Renwick tackled the striker.", "앨런 모턴은 스트라이커를 태클했다."),
    ("en-uk", "The BWQ called it cruel.", "Так каже ZKD."),
    ("en-uk", 'He wrote "The Silent Orchard" in Penmoor.', "Він написав «Тихий сад» у Солтмірі."),
    ("en-uk", "Anna Black-Renwick won.", "Анна Блек-Мортон перемогла."),
    ("en-uk", "The young Renwick thanked Colvin's brother.", "Молодий Ренвік подякував братові Мортона."),
]  # fmt: skip


@pytest.mark.parametrize(("langs", "source", "target"), LOUD)
def test_each_silence_has_its_alarm(langs: str, source: str, target: str) -> None:
    assert renamed(source, target, langs) != ""


def document(rows: list[tuple[str, str]], target_lang: str = "uk") -> tuple[Names, ...]:
    return compare_documents([Texts(*row) for row in rows], "en", target_lang)


MENTIONS = [
    ("The rival, Tobias, won.", "Суперник, Тобіас, переміг."),
    ("They asked Tobias again.", "Вони знову запитали Тобіаса."),
]


def test_a_document_holds_a_name_to_its_rendering() -> None:
    """Томас is near enough to Tobias to pass alone."""
    mention = ("We thanked Tobias too.", "Ми подякували й Томасові.")
    assert document([mention])[0].renamed == ()
    assert [len(names.renamed) for names in document([*MENTIONS, mention])] == [0, 0, 1]


def test_what_a_document_writes_small_is_no_name() -> None:
    rows = [("The yard near Orchardist closed.", "Двір біля Ферми зачинено.")]
    assert document(rows)[0].renamed
    rows.append(
        ("An Orchardist is a gardener of orchards; orchardist is old.", "Слово ферма старе.")
    )
    small = [*rows, ("He is an orchardist.", "Він має ферму; Ферма стара.")]
    assert document(small)[0].renamed == ()


def test_names_that_sound_like_nothing_are_resolved_by_their_company() -> None:
    rows = [
        ("The troops of Vordgrad retreated.", "Війська з Кельміна відступили."),
        ("A train left Vordgrad at noon.", "Потяг з Кельміна вирушив опівдні."),
    ]
    assert document(rows[:1])[0].renamed
    assert [names.renamed for names in document(rows)] == [(), ()]
    again = [*rows, ("We saw Vordgrad burn.", "Ми бачили, як горіло Солтмірі.")]
    assert [len(names.renamed) for names in document(again)] == [0, 0, 1]


def test_the_check_warns_once_and_never_calls_it_an_error() -> None:
    verdict = check_pair("The judge Alan Renwick left.", "Суддя Алан Мортон пішов.", "en", "uk")
    assert [(f.code, f.severity, f.rule) for f in verdict.findings] == [
        ("name/mistranslation", "warning", "name-by-sound")
    ]
    assert (verdict.findings[0].expected, verdict.findings[0].found) == ("Renwick", "Мортон")


def test_names_that_sound_alike_are_agreements() -> None:
    source, target = "The judge Alan Renwick left.", "Суддя Алан Ренвік пішов."
    agreed = check_pair(source, target, "en", "uk").agreements
    said = {(source[slice(*a.source_span)], target[slice(*a.target_span)], a.rule) for a in agreed}
    assert ("Renwick", "Ренвік", "sound") in said


def test_explain_shows_the_names_that_were_heard() -> None:
    source, target = "The judge Alan Renwick left.", "Суддя Алан Мортон пішов."
    explained = explain(source, target, "en", "uk")
    assert [(r.fact.text, r.rule) for r in explained.source] == [
        ("Alan", "sound"),
        ("Renwick", "name-by-sound"),
    ]
    assert [(r.fact.text, r.rule) for r in explained.target] == [
        ("Алан", "sound"),
        ("Мортон", "name-by-sound"),
    ]


def test_a_name_of_a_table_may_be_one_of_the_two() -> None:
    source = "The mayor of Mykolaiv left."
    found = check_pair(source, "Мер Солтміра пішов.", "en", "uk").findings
    assert [f.severity for f in found] == ["warning"]
    assert check_pair(source, "Мер Миколаєва пішов.", "en", "uk").findings == ()


def test_a_termbase_is_not_content_with_what_sounds_alike() -> None:
    entry = Entry("person:Renwick", "person", (("en", ("Renwick",)), ("uk", ("Ренуїк",))))
    findings = check_pair(
        "He saw Renwick.", "Він бачив Ренвіка.", "en", "uk", Termbase((entry,))
    ).findings
    assert [(f.code, f.severity) for f in findings] == [("name/omission", "warning")]


def test_spans_of_whole_texts_lie_in_the_whole_texts() -> None:
    ours = "The harbour was calm.\n\nThe judge Alan Renwick left."
    theirs = "У гавані було тихо.\n\nСуддя Алан Мортон пішов."
    found = check_texts(article(ours, "en"), article(theirs, "uk")).findings
    assert [(ours[slice(*f.source_span)], theirs[slice(*f.target_span)]) for f in found] == [
        ("Renwick", "Мортон")
    ]


def article(text: str, lang: str) -> Article:
    blocks = []
    at = 0
    for line in text.split("\n\n"):
        blocks.append(Block("paragraph", Span(at, at + len(line))))
        at += len(line) + 2
    return Article("a", lang, text, tuple(blocks))


def test_units_of_several_languages_are_kept_apart() -> None:
    units = [
        TranslationUnit("1", "Alan Renwick left.", "Алан Ренвік пішов.", "en", "uk", "translated", ""),
        TranslationUnit("2", "Alan Kendrick left.", "앨런 켄드릭이 떠났다.", "en", "ko", "translated", ""),
    ]  # fmt: skip
    assert check(units).findings == ()


@pytest.mark.parametrize("langs", ["en-uk", "en-ko", "ko-uk"])
@pytest.mark.parametrize("piece", ["Аа ", "Abc", "스", "카 ", '"A', "O'"])
def test_long_texts_take_linear_time(piece: str, langs: str) -> None:
    def compare(text: str) -> None:
        assert renamed(text, text, langs) == ""
        renamed(text, text[::-1], langs)

    check_linear(compare, repeated(piece), 8_000)
