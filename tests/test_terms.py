from __future__ import annotations

import json
import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from tests.growth import check_linear, repeated
from toolkit.checks import check_pair
from toolkit.errors import InputError
from toolkit.lang import CODES
from toolkit.schema import Span
from toolkit.terms import Entry, Termbase, find_names, load_terms, merge
from toolkit.terms.names import concepts_of, territory_names
from toolkit.terms.termbase import starter

TERMS = """\
en,ko,uk,kind,note
Volodymyr Zelensky|Zelenskyy,볼로디미르 젤렌스키,Володимир Зеленський,person,
Olena Zelenska,올레나 젤렌스카,Олена Зеленська,person,
Vladimir Putin,블라디미르 푸틴,Володимир Путін,person,
Kim Jong Un,김정은,Кім Чен Ин,person,
Dmytro Kuleba,드미트로 쿨레바,Дмитро Кулеба,person,
Serhiy Shoigu,세르게이 쇼이구,Сергій Шойгу,person,
Sergei Lavrov,세르게이 라브로프,Сергій Лавров,person,
Ihor Klymenko,이호르 클리멘코,Ігор Клименко,person,
Andriy Yermak,안드리 예르마크,Андрій Єрмак,person,
Maria Petrenko,마리야 페트렌코,Марія Петренко,person,
Mykola Shmyhal,미콜라 슈미할,Микола Шмигаль,person,
Kyiv|Kiev,키이우,Київ,place,
Kharkiv,하르키우,Харків,place,
Lviv,르비우,Львів,place,
Ternopil,테르노필,Тернопіль,place,
Kryvyi Rih,크리비리흐,Кривий Ріг,place,
Irpin,이르핀,Ірпінь,place,
Kursk,쿠르스크,Курськ,place,
Kursk Oblast,쿠르스크주,Курська область,place,
Tuva,투바,Тува,place,
Odesa,오데사,Одеса,place,
Prague,프라하,Прага,place,
Chernivtsi,체르니우치,Чернівці,place,
Zaporizhzhia,자포리자,Запоріжжя,place,
Dnipro,드니프로,Дніпро,place,
Rivne,리우네,Рівне,place,
Sumy,수미,Суми,place,
Mariupol,마리우폴,Маріуполь,place,
Voronezh,보로네시,Воронеж,place,
Tel Aviv,텔아비브,Тель-Авів,place,
Seoul,서울,Сеул,place,
SBU|Security Service of Ukraine,우크라이나 보안국|SBU,СБУ|Служба безпеки України,organisation,
Armed Forces of Ukraine,우크라이나군|우크라이나 국군,Збройні сили України|ЗСУ,organisation,
White House,백악관,Білий дім,organisation,
BBC News,BBC 뉴스,BBC News|Бі-бі-сі,organisation,
X,X|엑스,X|соцмережа X,organisation,the network
Tactical Group No. 84,제84전술단,Тактична група № 84,organisation,
prisoner of war|POW,전쟁 포로,військовополонений,term,
drone,드론,безпілотник|дрон,term,
"""


def write(path: Path, text: str, encoding: str = "utf-8") -> Path:
    file = path / "terms.csv"
    file.write_bytes(text.encode(encoding))
    return file


@pytest.fixture(scope="module")
def termbase(tmp_path_factory: pytest.TempPathFactory) -> Termbase:
    return load_terms(write(tmp_path_factory.mktemp("terms"), TERMS))


def surfaces(text: str, lang: str, termbase: Termbase | None = None) -> list[str]:
    return [fact.text for fact in find_names(text, lang, termbase)]


def concepts(text: str, lang: str, termbase: Termbase | None = None) -> list[str]:
    return [
        "|".join(v.partition(":")[2] for v in f.values) for f in find_names(text, lang, termbase)
    ]


def named(text: str, lang: str, termbase: Termbase) -> list[str]:
    """The English first rendering of each concept found, or the code of the territory."""
    english = {entry.id: entry.of("en")[0] for entry in termbase.entries}
    return [
        "|".join(english.get(v, v.partition(":")[2]) for v in fact.values)
        for fact in find_names(text, lang, termbase)
    ]


# Each row: the concept, and words that must all be found to mean it.
UKRAINIAN = """
Volodymyr Zelensky: Зеленський Зеленського Зеленському Зеленським
Vladimir Putin: Путін Путіна Путіну Путінові Путіним Путіні
Kim Jong Un: Кім_Чен_Ин Кім_Чен_Ина Кім_Чен_Ину Кім_Чен_Ином Кіма_Чен_Ина
Dmytro Kuleba: Дмитро_Кулеба Дмитра_Кулеби Дмитрові_Кулебі Дмитром_Кулебою Кулебу
Serhiy Shoigu: Сергій_Шойгу Сергія_Шойгу Сергієм_Шойгу Шойгу
Sergei Lavrov: Лавров Лаврова Лаврову Лавровим Сергієві_Лаврову
Ihor Klymenko: Ігор_Клименко Ігоря_Клименка Ігорем_Клименком Клименкові
Andriy Yermak: Андрія_Єрмака Андрієм_Єрмаком Єрмаку
Maria Petrenko: Марія_Петренко Марії_Петренко Марією_Петренко
Mykola Shmyhal: Миколи_Шмигаля Миколі_Шмигалю Шмигалем Шмигаль
Kyiv: Київ Києва Києву Києвом Києві
Kharkiv: Харків Харкова Харкову Харковом Харкові
Lviv: Львів Львова Львовом Львові
Ternopil: Тернопіль Тернополя Тернополю Тернополем Тернополі
Kryvyi Rih: Кривий_Ріг Кривого_Рогу Кривому_Розі Кривим_Рогом
Irpin: Ірпінь Ірпеня Ірпенем Ірпені
Kursk: Курськ Курська Курську Курськом
Kursk Oblast: Курська_область Курської_області Курській_області Курську_область Курською_областю
Tuva: Тува Туви Туві Туву Тувою
Odesa: Одеса Одеси Одесі Одесу Одесою
Prague: Прага Праги Празі Прагу Прагою
Chernivtsi: Чернівці Чернівців Чернівцям Чернівцями Чернівцях
Zaporizhzhia: Запоріжжя Запоріжжю Запоріжжям Запоріжжі
Dnipro: Дніпро Дніпра Дніпру Дніпром Дніпрі
Rivne: Рівне Рівного Рівному Рівним
Sumy: Суми Сум Сумам Сумами Сумах
Mariupol: Маріуполь Маріуполя Маріуполю Маріуполем Маріуполі
Voronezh: Воронеж Воронежа Воронежем Воронежі
Tel Aviv: Тель-Авів Тель-Авіва Тель-Авіві Тель-Авівом
Seoul: Сеул Сеула Сеулу Сеулом Сеулі
SBU: СБУ Служба_безпеки_України Службі_безпеки_України Службою_безпеки_України
Armed Forces of Ukraine: Збройні_сили_України Збройних_сил_України Збройним_силам_України ЗСУ
White House: Білий_дім Білого_дому Білому_домі Білим_домом
BBC News: BBC_News Бі-бі-сі
Tactical Group No. 84: Тактична_група_№_84 Тактичної_групи_№_84 Тактичній_групі_№_84
prisoner of war: військовополонений військовополонених військовополоненими Військовополоненого
drone: безпілотник безпілотників безпілотниками дрон дрони дронів Дрону
UA: Україна України Україні Україну Україною українець українка українці українців українських
RU: Росія Росії Росію Росією РФ росіяни росіян росіянина росіянка російськими
KP: Північна_Корея Північної_Кореї Північній_Кореї КНДР північнокорейський північнокорейцями
KR: Південна_Корея Південну_Корею Південною_Кореєю південнокорейської Республіки_Корея
US: США Сполучені_Штати Сполучених_Штатів Сполученими_Штатами
GB: Велика_Британія Великої_Британії Великій_Британії британського британці британок
CN: Китай Китаю Китаєм Китаї КНР китайці китайцями китайська
PL: Польща Польщі Польщу Польщею поляк поляка поляки поляків польського
DE: Німеччина Німеччини Німеччиною німець німця німці німкені німецькій ФРН
FR: Франція Франції Францією француз французи французів французького
EG: Єгипет Єгипту Єгиптом єгиптяни єгиптян єгипетських
BY: Білорусь Білорусі Білоруссю білоруси білорусів білоруський
IL: Ізраїль Ізраїлю Ізраїлем ізраїльтяни ізраїльтян ізраїльської
NL: Нідерланди Нідерландів Нідерландам Нідерландах голландці
HK: Гонконг Гонконгу Гонконзі Гонконгом
VN: В'єтнам В’єтнаму Вʼєтнамі в'єтнамської
CI: Кот-д'Івуар Кот-д’Івуару
ME: Чорногорія Чорногорії Чорногорією чорногорський
GR: Греція Греції Грецією греки греків грецькому
TR: Туреччина Туреччини Туреччиною турки турків турка турецьким
BR: Бразилія Бразилії бразильці бразильська
AT: Австрія Австрії австрійців австрійський
CZ: Чехія Чехією чехів чеського
XK: Косово Косова Косові Косовом
GB-NIR: Північна_Ірландія Північній_Ірландії
EU: ЄС Євросоюз Євросоюзу Європейського_Союзу
UN: ООН Об'єднаних_Націй Організації_Об'єднаних_Націй
NE: Нігер Нігеру Нігером
NG: Нігерія Нігерії Нігерією
150: Європа Європі Європою європейці європейського
"""

ENGLISH = """
Volodymyr Zelensky: Volodymyr_Zelensky Zelensky Zelensky's Zelensky’s Zelenskyy ZELENSKY
Kim Jong Un: Kim_Jong_Un Kim_Jong-un Kim_Jong-Un Kim_Jong_Un's
Kyiv: Kyiv Kiev Kyiv's KYIV
SBU: SBU SBU's Security_Service_of_Ukraine
White House: White_House
BBC News: BBC_News
prisoner of war: POW prisoner_of_war Prisoner_of_war prisoners_of_war
drone: drone drones Drone
UA: Ukraine Ukraine's Ukrainian Ukrainians UKRAINE
US: US U.S. USA U.S.A. United_States
GB: UK U.K. Britain British Great_Britain United_Kingdom Britons
KP: North_Korea North_Korean North_Koreans DPRK
KR: South_Korea South_Korea's South_Koreans
CI: Côte_d'Ivoire Ivory_Coast
TR: Türkiye Turkey Turks
BA: Bosnia_and_Herzegovina Bosnia_&_Herzegovina Bosnia-Herzegovina
ST: São_Tomé_&_Príncipe Sao_Tome_and_Principe
PH: Philippines Filipinos
CN: China Chinese China-based
LC: St._Lucia Saint_Lucia
"""

KOREAN = """
Volodymyr Zelensky: 볼로디미르_젤렌스키 젤렌스키는 젤렌스키의 젤렌스키에게 볼로디미르젤렌스키
Vladimir Putin: 블라디미르_푸틴 푸틴 푸틴이 푸틴은 푸틴과 푸틴에게
Kim Jong Un: 김정은 김정은이 김정은의 김정은에게서
Kyiv: 키이우 키이우에서 키이우로 키이우까지
Kursk: 쿠르스크 쿠르스크의 쿠르스크에서는
Kursk Oblast: 쿠르스크주 쿠르스크주에서
Tuva: 투바 투바에서 투바공화국
SBU: SBU SBU는 우크라이나_보안국 우크라이나보안국이
Armed Forces of Ukraine: 우크라이나군 우크라이나군은
BBC News: BBC_뉴스 BBC_뉴스는 BBC뉴스
X: X X에 엑스 엑스에
Tactical Group No. 84: 제84전술단 제84전술단의
UA: 우크라이나 우크라이나의 우크라이나에서 우크라이나인 우크라이나어
US: 미국 미국은 미국인들이 미국산 미국대사관 미국에서도 미합중국
KP: 북한 북한이 북한군은 북한인 북한산 조선민주주의인민공화국 조선_민주주의_인민_공화국은
KR: 한국 남한 대한민국 한국인들은 한국전쟁
RU: 러시아 러시아군 러시아인 러시아어 친러시아 러시아에서의
IN: 인도 인도는 인도의 인도에서 인도인
ID: 인도네시아 인도네시아의
IR: 이란 이란의 이란이
IQ: 이라크 이라크에서
ZA: 남아프리카_공화국 남아프리카공화국 남아공은
150: 유럽 유럽인 동유럽 서유럽의
SU: 소련 구소련 소비에트_연방
EU: 유럽연합 유럽_연합은 EU EU는
"""


@pytest.mark.parametrize(("lang", "table"), [("uk", UKRAINIAN), ("en", ENGLISH), ("ko", KOREAN)])
def test_every_form_of_a_name_is_its_concept(lang: str, table: str, termbase: Termbase) -> None:
    frames = {"uk": "Учора, {}, сказали.", "en": "then {}, they said", "ko": "어제 {} 말했다."}
    wrong = []
    for line in table.strip().splitlines():
        concept, _, forms = line.partition(": ")
        for form in forms.split():
            text = frames[lang].format(form.replace("_", " "))
            found = named(text, lang, termbase)
            if len(found) != 1 or concept not in found[0].split("|"):
                wrong.append((concept, text, found))
    assert wrong == []


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        # a longer name is another name
        ("en", "Niger and Nigeria", ["NE", "NG"]),
        ("en", "Guinea-Bissau, Equatorial Guinea and Papua New Guinea", ["GW", "GQ", "PG"]),
        ("en", "New Guinea, Jersey City and Northern Ireland", ["GB-NIR"]),
        ("en", "The North Korean pair", ["KP"]),
        ("en", "Romania, Omani, Mali, Somalia", ["RO", "OM", "ML", "SO"]),
        ("en", "South Sudan and Sudan", ["SS", "SD"]),
        ("en", "Kurskaya station, Tuvalu and Kyivan Rus", ["TV"]),
        ("en", "Putinism, a Zelenskaya", []),
        ("en", "they told us of polish, turkey, china and a chad", []),
        ("en", "US$ 5 and UK£ 3", []),
        ("en", "the x axis and un deux", []),
        ("ko", "인도네시아와 인도", ["ID", "IN"]),
        ("ko", "인도적 지원, 인도주의, 러시아워, 그리스도, 호주머니, 중국집", []),
        ("ko", "Cell이란 무엇인가", []),
        ("ko", "이란과 이라크", ["IR", "IQ"]),
        ("ko", "투바루, 푸틴스크, 엑스레이", []),
        ("ko", "남수단", ["SS"]),
        ("ko", "오스트리아와 오스트레일리아", ["AT", "AU"]),
        ("uk", "Іран та Ірак, Ірану й Іраку", ["IR", "IQ", "IR", "IQ"]),
        ("uk", "Корея, Кореїн, кореневий", ["KR|KP"]),
        ("uk", "Індія, Індігірка, Індонезія", ["IN", "ID"]),
        ("uk", "Лівія та Ліван; Лівії й Лівану", ["LY", "LB", "LY", "LB"]),
        ("uk", "Словаччина і Словенія", ["SK", "SI"]),
        ("uk", "Австрія, Австралія; австрійці, австралійці", ["AT", "AU", "AT", "AU"]),
        ("uk", "Курськая, Туваніна, Київстар, Путінська", []),
        ("uk", "кубик, Вест-Індія, долар США", []),
        ("uk", "Гвінейська затока і Нова Гвінея", []),
    ],
)
def test_another_word_with_the_same_beginning_is_not_the_name(
    lang: str, text: str, expected: list[str], termbase: Termbase
) -> None:
    assert named(text, lang, termbase) == expected


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Georgia, Jordan and Chad met in Guinea"),
        ("ko", "수단 오만 가나 조지아 아일랜드"),
        ("uk", "Того дня Малі та Джорджія"),
    ],
)
def test_a_name_that_is_also_another_word_proves_little(lang: str, text: str) -> None:
    facts = find_names(text, lang)
    assert facts
    assert {fact.strength for fact in facts} == {1}


def test_a_question_mark_says_that_a_rendering_is_another_word_too(tmp_path: Path) -> None:
    base = load_terms(write(tmp_path, "en,ko,uk,kind\nNice ?|Nizza,니스,Ніцца,place\n"))
    (entry,) = base.entries
    assert (entry.of("en"), entry.ambiguous) == (("Nice", "Nizza"), (("en", "Nice"),))
    strengths = [(f.text, f.strength) for f in find_names("Nice is Nizza", "en", base)]
    assert strengths == [("Nice", 1), ("Nizza", 3)]
    assert concepts("Nice", "en", base) == concepts("Ніцци", "uk", base)


def test_strength_tells_where_a_name_is_known_from(termbase: Termbase) -> None:
    facts = find_names("Zelensky flew drones from Ukraine to Jordan", "en", termbase)
    assert [(f.text, f.kind, f.strength) for f in facts] == [
        ("Zelensky", "person", 3),
        ("drones", "term", 2),
        ("Ukraine", "place", 2),
        ("Jordan", "place", 1),
    ]


def test_a_country_its_people_and_its_language_are_one_concept() -> None:
    texts = {
        "en": ["Ukraine", "Ukrainian", "Ukrainians"],
        "ko": ["우크라이나", "우크라이나의", "우크라이나인", "우크라이나어"],
        "uk": ["Україна", "український", "українець", "українською"],
    }
    values = {
        fact.values for lang, all_ in texts.items() for t in all_ for fact in find_names(t, lang)
    }
    assert values == {("territory:UA",)}


def test_names_made_of_one_letter_per_country_are_several_names() -> None:
    text = "한미일 정상과 주한미군"
    facts = find_names(text, "ko")
    assert [(f.text, f.values[0]) for f in facts] == [
        ("한", "territory:KR"),
        ("미", "territory:US"),
        ("일", "territory:JP"),
        ("한", "territory:KR"),
        ("미", "territory:US"),
    ]
    assert all(text[f.span.start : f.span.end] == f.text for f in facts)
    assert concepts("российско, російсько-українського", "uk") == ["RU", "UA"]


def test_latin_names_are_found_in_any_language(termbase: Termbase) -> None:
    assert named("볼로디미르 젤렌스키(Volodymyr Zelensky)와 BBC News", "ko", termbase) == [
        "Volodymyr Zelensky",
        "Volodymyr Zelensky",
        "BBC News",
    ]
    assert named("повідомила BBC News", "uk", termbase) == ["BBC News"]


def test_a_surname_shared_by_two_may_mean_either(tmp_path: Path) -> None:
    base = load_terms(
        write(
            tmp_path,
            "en,ko,kind\nGeorge Bush,조지 부시,person\nBarbara Bush,바버라 부시,person\n",
        )
    )
    george, barbara = "George Bush/조지 부시", "Barbara Bush/바버라 부시"
    (fact,) = find_names("Bush spoke", "en", base)
    assert {f"person:{george}", f"person:{barbara}"} < set(fact.values)
    assert concepts("Barbara Bush spoke", "en", base) == [barbara]


@pytest.mark.parametrize(
    ("lang", "text", "agrees"),
    [
        ("uk", "Дмитро Кулеба сказав", True),
        ("uk", "Кулеба сказав", True),
        ("uk", "міністр Кулеба сказав", True),
        ("uk", "за словами Дмитра Кулеби", True),
        ("uk", "Ілля Кулеба сказав", False),
        ("uk", "міністр Павло Кулеба сказав", False),
        ("ko", "드미트로 쿨레바 장관은", True),
        ("ko", "쿨레바 장관은", True),
        ("ko", "우크라이나의 쿨레바는", True),
        ("ko", "스테판 쿨레바 장관은", False),
        ("en", "Minister Kuleba said", True),
        ("en", "Ukraine's Kuleba said", True),
        ("en", "Stepan Kuleba said", False),
    ],
)
def test_a_surname_after_another_given_name_is_another_person(
    lang: str, text: str, agrees: bool, termbase: Termbase
) -> None:
    (full,) = find_names("Dmytro Kuleba said", "en", termbase)
    (alone,) = find_names("then Kuleba said", "en", termbase)
    seen = find_names(text, lang, termbase)[-1]
    assert bool(set(full.values) & set(seen.values)) is agrees
    # Where only the surname was given, nobody can tell.
    assert set(alone.values) & set(seen.values)


def test_no_syllable_that_is_too_short_for_a_surname_is_one(tmp_path: Path) -> None:
    base = load_terms(
        write(
            tmp_path,
            "en,ko,kind\nCharles de Gaulle,샤를 드골|샤를 드 골,person\n",
        )
    )
    assert surfaces("드골은 골을 넣었다", "ko", base) == ["드골"]


def test_the_last_word_of_an_east_asian_name_is_no_surname(termbase: Termbase) -> None:
    assert surfaces("Un spoke; Ин сказав", "en", termbase) == []
    assert surfaces("Ин сказав", "uk", termbase) == []


def test_a_row_about_a_country_keeps_the_country_of_cldr(tmp_path: Path) -> None:
    base = load_terms(
        write(tmp_path, "en,ko,uk,kind\nNorth Korea|Hermit Kingdom,북한|이북,КНДР,place\n")
    )
    for text, lang in [("Hermit Kingdom", "en"), ("이북의", "ko"), ("North Koreans", "en")]:
        assert concepts(text, lang, base) == ["KP"], text
    assert concepts("Південної Кореї", "uk", base) == ["KR"]


def test_spans_lie_where_they_say(termbase: Termbase) -> None:
    texts = {
        "en": "\tKim Jong-un’s men, U.S. troops\u00a0and St.\nLucia; the EU–U.S. deal",
        "ko": "\u3000북한군, 미국\u00a0‘녹색’ 한·미 EU는 러시아연방",
        "uk": "«Кім Чен Ин» — об’єднаних\nНацій; Кот-д’Івуар, США.",
    }
    for lang, text in texts.items():
        facts = find_names(text, lang, termbase)
        assert len(facts) >= 3
        spans = [fact.span for fact in facts]
        assert spans == sorted(spans)
        assert all(a.end <= b.start for a, b in pairwise(spans))
        assert all(text[s.start : s.end] == f.text for s, f in zip(spans, facts, strict=True))


def test_a_stop_belongs_to_an_abbreviation_only() -> None:
    (fact,) = find_names("in the U.S.", "en")
    assert (fact.text, fact.span) == ("U.S.", Span(7, 11))
    (fact,) = find_names("in Ukraine.", "en")
    assert fact.text == "Ukraine"


# --- the file ---------------------------------------------------------------------------


def test_a_termbase_is_read_as_written(tmp_path: Path) -> None:
    text = "en,ko,uk,kind,note\nKyiv | Kiev,키이우,Київ,place,the capital\n"
    entry = Entry(
        id="place:Kyiv/키이우/Київ",
        kind="place",
        renderings=(("en", ("Kyiv", "Kiev")), ("ko", ("키이우",)), ("uk", ("Київ",))),
        note="the capital",
    )
    for encoding in ("utf-8", "utf-8-sig"):
        assert load_terms(write(tmp_path, text, encoding)).entries == (entry,)
    semicolons = text.replace(",", ";")
    assert load_terms(write(tmp_path, semicolons)).entries == (entry,)
    assert load_terms(write(tmp_path, text.replace("\n", "\r\n"))).entries == (entry,)


def test_kind_and_note_and_a_language_may_be_missing(tmp_path: Path) -> None:
    base = load_terms(write(tmp_path, "ko,en,de\n드론,drone,\n,Kyiv,Kiew\n"))
    assert [(e.kind, [lang for lang, _ in e.renderings]) for e in base.entries] == [
        ("term", ["ko", "en"]),
        ("term", ["en", "de"]),
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("en,ko,korean\nA,가,나\n", "line 1: unknown column 'korean'"),
        ("en,ko,en\n", "line 1: column 'en' stands twice"),
        ("en,kind\nKyiv,place\n", "line 1: expected at least two languages, found 'en, kind'"),
        ("", "line 1: expected at least two languages"),
        ("en,ko\nKyiv,키이우\n,\n", "line 3: empty row"),
        ("en,ko\nKyiv,키이우\n\n", "line 3: empty row"),
        ("en,ko\nKyiv,\n", "line 2: expected renderings in two languages, found 1"),
        ("en,ko\nKyiv,키이우,x\n", "line 2: expected 2 cells, found 3"),
        ("en,ko,kind\nKyiv,키이우,town\n", "line 2: unknown kind 'town'"),
        ("en,ko\nKyiv,…\n", "line 2: ko: '…' holds no letter"),
        ("en,ko\nA,가\nA|B,가\n", "line 3: 'A' is already on line 2"),
        ('en,ko\n"A,가\n', "line 2: unexpected end of data"),
    ],
)
def test_a_fault_in_the_file_is_named_with_its_line(
    tmp_path: Path, text: str, message: str
) -> None:
    with pytest.raises(InputError) as caught:
        load_terms(write(tmp_path, text))
    assert message in caught.value.message


def test_what_is_not_utf_8_or_not_there_is_an_input_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="line 2: not UTF-8"):
        load_terms(write(tmp_path, "en,ko\nKyiv,키이우\n", "cp949"))
    with pytest.raises(InputError, match="No such file"):
        load_terms(tmp_path / "none.csv")


def test_a_rendering_in_two_rows_may_mean_either(tmp_path: Path) -> None:
    base = load_terms(write(tmp_path, "en,uk,kind\nBrod,Брід,place\nBrody,Брід,place\n"))
    assert concepts("Брід", "uk", base) == ["Brod/Брід|Brody/Брід"]


def test_merged_termbases_keep_every_rendering_once() -> None:
    first = Termbase((Entry("place:Kyiv", "place", (("en", ("Kyiv",)), ("uk", ("Київ",)))),))
    second = Termbase(
        (
            Entry(
                "place:Kyiv", "place", (("en", ("Kyiv", "Kiev")), ("ko", ("키이우",))), "capital"
            ),
            Entry("place:Lviv", "place", (("en", ("Lviv",)), ("uk", ("Львів",)))),
        )
    )
    assert merge([first, second]).entries == (
        Entry(
            "place:Kyiv",
            "place",
            (("en", ("Kyiv", "Kiev")), ("uk", ("Київ",)), ("ko", ("키이우",))),
            "capital",
        ),
        second.entries[1],
    )
    assert merge([first, first]) == first
    assert merge([]) == Termbase()


def test_the_worked_example_of_the_page_is_true(tmp_path: Path) -> None:
    page = (Path(__file__).parents[1] / "docs" / "terms.md").read_text("utf-8")
    blocks = dict(re.findall(r"```(csv|jsonl)\n(.*?)```", page, re.DOTALL))
    base = load_terms(write(tmp_path, blocks["csv"]))
    found = []
    for pair in map(json.loads, blocks["jsonl"].splitlines()):
        verdict = check_pair(pair["source"], pair["target"], "en", pair["lang"], base)
        found += [(pair["id"], f.code, f.expected, f.found) for f in verdict.findings]
    assert found == [
        ("another", "name/mistranslation", "Reva", "Зеленський"),
        ("lost", "name/omission", "Lantern Group", None),
    ]
    rows = re.findall(r"\| `(\w+)` \| `([\w/]+)` \| ([\w ]+) \| ([\w–]+) \|", page)
    assert rows == [(*row[:3], row[3] or "–") for row in found]


# --- speed ------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", CODES)
@pytest.mark.parametrize(
    "piece",
    [
        "가",
        "한",
        "미국",
        "북한 ",
        "a",
        "Kim ",
        "U.",
        "Київ ",
        "Нова ",
        "«",
        ".",
        "9",
        "ʼ",
        "\u0301",
    ],
)
def test_time_grows_with_the_text_only(lang: str, piece: str, termbase: Termbase) -> None:
    check_linear(lambda text: find_names(text, lang, termbase), repeated(piece), 16_000)


def test_a_large_termbase_does_not_slow_the_look_up() -> None:
    """As many look-ups as entries: going through all entries each time would take a square."""
    sentence = "Українські військові затримали двох північнокорейських солдатів у степу. "

    def entry(n: int) -> Entry:
        names = (("en", (f"Nam{n} Surn{n}",)), ("uk", (f"Нам{n} Прізв{n}",)))
        return Entry(f"person:{n}", "person", names)

    def look_up(base: Termbase) -> None:
        for n, _ in enumerate(base.entries):
            assert len(find_names(f"{sentence}{n}", "uk", base)) == 2

    check_linear(look_up, lambda size: Termbase(tuple(map(entry, range(size)))), 800)


def test_importing_the_module_loads_neither_babel_nor_a_language() -> None:
    code = (
        "import sys, toolkit.terms, toolkit.lang\n"
        "print(*sys.modules, 'packs', toolkit.lang.pack.cache_info().currsize)"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    assert "toolkit.terms" in loaded
    assert "babel" not in loaded
    assert loaded[-2:] == ["packs", "0"]


# --- what the package knows itself ----------------------------------------------------------


def test_our_own_termbase_names_the_same_in_every_language() -> None:
    """Each rendering of each entry, as it stands, is found as the concept of its row."""
    wrong = []
    for ids, entry in concepts_of(starter()):
        for lang in CODES:
            text = "".join(f"— {form}.\n" for form in entry.of(lang))
            strengths = [1 if (lang, form) in entry.ambiguous else 2 for form in entry.of(lang)]
            found = find_names(text, lang)
            if [fact.strength for fact in found if set(ids) <= set(fact.values)] != strengths:
                wrong.append((lang, text, found))
    assert wrong == []


def test_no_guard_of_ours_takes_the_proof_from_a_country() -> None:
    """A city called like its country would make the country itself ambiguous."""
    guarded = {pair for entry in starter().entries for pair in entry.ambiguous}
    countries = {
        (lang, form.text)
        for lang in CODES
        for form, name in territory_names(lang)
        if name.strength > 1 and name.values
    }
    assert guarded
    assert not guarded & countries


@pytest.mark.parametrize(
    ("source", "lang", "target", "agree"),
    [
        ("the mayor of London", "uk", "лондонський мер", True),
        ("the mayor of London", "uk", "лозаннський мер", False),
        ("in Washington", "ko", "워싱턴에서", True),
        ("Washington denied it", "ko", "미국은 이를 부인했다", True),
        ("Washington denied it", "ko", "영국은 이를 부인했다", False),
        ("the WHO said", "uk", "заявили у ВООЗ", True),
        ("the WHO said", "uk", "заявили в МВФ", False),
        ("said Trump", "ko", "트럼프는 말했다", True),
        ("said Trump", "ko", "바이든은 말했다", False),
        ("Roman soldiers", "ko", "로마 병사들", True),
        ("in Beijing", "uk", "у Пекіні", True),
        ("in Vienna", "ko", "빈에서", True),
        ("the Kharkiv region", "uk", "на Харківщині", True),
        ("the Kharkiv region", "uk", "на Херсонщині", False),
        ("the Armed Forces of Ukraine", "uk", "бійці ЗСУ", True),
        ("the Armed Forces of Ukraine", "ko", "우크라이나군은", True),
        ("the Armed Forces of Ukraine", "ko", "러시아군은", False),
        ("the Arctic", "ko", "북극에서", True),
        ("the Black Sea", "uk", "чорноморські порти", True),
        ("the Black Sea", "ko", "홍해에서", False),
        ("the ISS", "uk", "екіпаж МКС", True),
        ("the ICC", "uk", "суддя МКС", True),
        ("the European Parliament", "ko", "유럽의회에서", True),
        ("the European Parliament", "uk", "рішення Єврокомісії", True),  # both are the Union
        ("the Republicans", "ko", "공화당은", True),
        ("the Republicans", "ko", "민주당은", False),
        ("said Thatcher", "ko", "마거릿 대처는", True),
        ("patients with HIV", "uk", "хворі на ВІЛ", True),
        ("patients with HIV", "uk", "хворі на СНІД", False),
    ],
)
def test_names_in_the_news_agree_across_languages(
    source: str, lang: str, target: str, agree: bool
) -> None:
    (left,) = find_names(source, "en")
    right = {value for fact in find_names(target, lang) for value in fact.values}
    assert bool(right & set(left.values)) is agree


def test_a_user_s_own_concept_leads_and_keeps_ours(tmp_path: Path) -> None:
    base = load_terms(write(tmp_path, "en,ko,kind\nMoscow|MSK,모스크바,place\n"))
    (fact,) = find_names("모스크바에서", "ko", base)
    assert fact.strength == 3
    assert fact.values[0] == "place:Moscow/모스크바"
    (ours,) = find_names("у Москві", "uk", base)
    assert set(ours.values) & set(fact.values)
