"""Sentence boundaries by language: each row is one line of text, cut where ¦ stands."""

from __future__ import annotations

import pytest

from toolkit.segmentation import split

ENGLISH = [
    "The talks failed. ¦ Both sides blamed the weather.",
    "Dr. Ann Marsh met Gov. Lee on Nov. 5 in Austin, Tex. ¦ The two agreed.",
    "Tactical Group No. 84 held the bridge. ¦ It was quiet.",
    "He said no. ¦ Then he left.",
    "J. D. Vance and John F. Kennedy Jr. never met. ¦ P. Diddy sang.",
    "The U.S. Senate voted. ¦ It was the first vote of the U.S. ¦ The next is in May.",
    "Non-U.S. Arctic peoples signed. ¦ Others did not.",
    "The shop opens at 9 a.m. on Mondays. ¦ It closes at 5 p.m. Friday.",
    "The train left at 6:40 p.m. ¦ Police searched it.",
    "Apple Inc. Chief Cook spoke. ¦ So did Smith & Co. ¦ The rest were silent.",
    "They sell nails, screws, etc. ¦ Prices vary.",
    "He was born on 03.10.1998 in Tuva. ¦ He is 5.9 feet tall.",
    'He said: "We are ready." ¦ "Nobody is ready," she said.',
    "“It is late.” ¦ “These are our men. ¦ They came home.”",
    "The note said “no training”. ¦ It was unsigned.",
    '"Who is there?" she asked. ¦ "Me!" he said.',
    "“Are you sure?” Mr. Park asked. ¦ “Yes!” Hammel added.",
    "“Are you sure?” ¦ The question hung in the air.",
    "The prisoner...emphasises that he went... for training, he said.",
    "He waited… and waited. ¦ Nobody came… ¦ The light went out.",
    "What now?! ¦ Nobody knows (yet). ¦ (One man guesses.) ¦ He is alone.",
    "His friends (?) say nothing.",
    "See toolkit.example.org/a.b?c=d. ¦ Or write to a.b@example.org. ¦ Ask for @j.park!",
    "Yahoo! is a company. ¦ Yahoo! News is a part of Yahoo! ¦ It is old.",
    'He sat down. ¦ "…and then we left," he said.',
    "1. First item of a list. ¦ Its second sentence.",
    "It never worked. ¦ iPhone sales fell.",
    "He left in 2024. ¦ 12 people followed.",
    "He left last year.The others stayed. ¦ They still do.".replace(".The", ".¦The"),
    "The claim is old.[3] ¦ It is also wrong.",
    "The end. ***",
]

KOREAN = [
    "회담은 결렬됐다. ¦ 양측은 날씨를 탓했다.",
    "그는 “준비가 됐다.” 라고 말했다. ¦ 아무도 믿지 않았다.",
    '그는 "준비가 됐다."라고 말했다.',
    "“정말입니까?” 라며 그는 웃었다.",
    "“우리 병사들이다. ¦ 그들은 돌아왔다”고 그는 말했다.",
    "회의는 2025. 1. 12. 서울에서 열렸다. ¦ 다음은 1998. 10. 3. 열린다.",
    "제8.5호 태풍이 왔다. ¦ 3.5명이 아니라 35명이다.",
    "J. D. 밴스가 도착했다. ¦ U.S. 스틸도 참석했다.",
    "비가 왔다.¦그는 떠났다. ¦ 10명이 남았다.¦2명은 돌아왔다.",
    "네. ¦ 그래요. ¦ 정말요?",
    "가. 첫째 항목이다.",
    "왜 그랬을까? ¦ 아무도 모른다! ¦ 그래요.",
    "철도가 돌아왔다…첫 열차 출발",
    "그는 “이 배는 … 낡았다”고 말했다. ¦ 비용이 … 높다.",
    "그는 기다렸다… ¦ 아무도 오지 않았다.",
    "주소는 a.b@example.org이다. ¦ e스포츠 경기는 취소됐다.",
    "정부는 Dr. 김을 임명했다. ¦ No. 84 부대가 맡는다.",
]

UKRAINIAN = [
    "Переговори зірвалися. ¦ Сторони звинуватили погоду.",
    "Він народився 03.10.1998 у м. Києві на вул. Т. Г. Шевченка. ¦ Там і живе.",
    "У 2024 р. Росія напала знову. ¦ Це сталося взимку 2024 р. ¦ Тоді було холодно.",
    "Місто стоїть на березі р. Дніпро. ¦ Воно старе.",
    "Прийшли діти, батьки, вчителі та ін. ¦ Усі мовчали.",
    "Продають цвяхи, гвинти і т. д. ¦ Ціни різні. ¦ Є дошки і т.п. ¦ Черга довга.",
    "Це коштує 5 тис. грн. ¦ Минулого року було 10 грн. 50 коп.",
    "Борг сягнув 10 млрд дол. США. ¦ Його списали.",
    "«Хто там?» — запитала вона. ¦ «Я!» — сказав він.",
    "«Ми готові, — сказав він. — ¦ Ніхто не готовий краще».",
    "Вони сказали: «Ми вдома». ¦ Ніхто не повірив.",
    "Це замок XIX ст. ¦ Його звела громада за ст. 5 закону.",
    "Проф. Дж. Сміт і акад. О. Білецький сперечалися. ¦ Це тривало годину.",
    "Він чекав… і чекав. ¦ Ніхто не прийшов… ¦ Світло згасло.",
    "Бригада № 84 тримала міст. ¦ Це так звана (т. зв.) «лінія».",
    "Наради тривали до 5 год. ранку. ¦ Потім усі пішли.",
]


@pytest.mark.parametrize(
    ("lang", "row"),
    [
        (lang, row)
        for lang, rows in (("en", ENGLISH), ("ko", KOREAN), ("uk", UKRAINIAN))
        for row in rows
    ],
)
def test_a_sentence_ends_where_a_reader_would_end_it(lang: str, row: str) -> None:
    text = row.replace(" ¦ ", " ").replace("¦", "")
    expected = [part.strip() for part in row.split("¦")]
    assert [text[span.start : span.end] for span in split(text, lang)] == expected
