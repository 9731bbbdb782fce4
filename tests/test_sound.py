from __future__ import annotations

import random

import pytest
from babel import Locale

from tests.growth import check_linear, repeated
from toolkit.terms.forms import tails_of
from toolkit.terms.sound import fit, likeness, read, weight

# A name, how it is written in another script, and another name that must not be taken for it.
KOREAN = """
    Williams 윌리엄스 헨더슨; Anderson 앤더슨 에번스; Michael 마이클 니컬러스
    Christopher 크리스토퍼 스티븐; Elizabeth 엘리자베스 마거릿; Robert 로버트 리처드
    Stephen 스티븐 토머스; Schumacher 슈마허 슈뢰더; Schroeder 슈뢰더 슈나이더
    Nakamura 나카무라 야마모토; Yamamoto 야마모토 나카무라; Hiroshi 히로시 다카시
    Gonzalez 곤살레스 로드리게스; Fernandez 페르난데스 멘데스; Rodriguez 로드리게스 에르난데스
    Ferrari 페라리 포르쉐; Giovanni 조반니 로베르토; Kowalski 코발스키 노바크
    Dvorak 드보르자크 스메타나; Ivanov 이바노프 페트로프; Sokolov 소콜로프 쿠즈네초프
    Kuznetsov 쿠즈네초프 볼코프; Tchaikovsky 차이콥스키 라흐마니노프
    Dostoevsky 도스토옙스키 톨스토이; Kravchuk 크라우추크 쿠치마; Melnyk 멜니크 코발
    Bondarenko 본다렌코 보이코; Heathrow 히스로 개트윅; Liverpool 리버풀 에버턴
    Manchester 맨체스터 뉴캐슬; Birmingham 버밍엄 브리스틀; Nottingham 노팅엄 브라이턴
    Wellington 웰링턴 오클랜드; Vancouver 밴쿠버 캘거리; Calgary 캘거리 에드먼턴
    Pittsburgh 피츠버그 클리블랜드; Cleveland 클리블랜드 신시내티; Albuquerque 앨버커키 투손
    Stuttgart 슈투트가르트 도르트문트; Strasbourg 스트라스부르 마르세유; Bordeaux 보르도 툴루즈
    Lyon 리옹 낭트; Louis 루이 로랑; Nairobi 나이로비 몸바사; Kampala 캄팔라 키갈리
    Jinping 진핑 쩌민; Guangzhou 광저우 선전; Shenzhen 선전 광저우; Ayr 에어 퍼스
    Gwangyang 광양 여수; Incheon 인천 수원; Sungnam 성남 안양; Kyungmin 경민 상우
    Hyundai 현대 기아; George 조지 제임스; Hughes 휴스 하워드; Thatcher 대처 메이저
    Churchill 처칠 애틀리; Shakespeare 셰익스피어 말로; Nguyen 응우옌 쩐
"""
UKRAINIAN = """
    Williams Вільямс Гендерсон; Michael Майкл Ніколас; Christopher Крістофер Стівен
    Robert Роберт Річард; Elizabeth Елізабет Маргарет; Catherine Кетрін Керолайн
    Stephen Стівен Томас; Hughes Г'юз Говард; Schumacher Шумахер Шредер
    Nakamura Накамура Ямамото; Hiroshi Хіроші Такаші; Gonzalez Гонсалес Родрігес
    Fernandez Фернандес Мендес; Rodriguez Родрігес Ернандес; Ferrari Феррарі Порше
    Giovanni Джованні Роберто; Kowalski Ковальський Новак; Dvorak Дворжак Сметана
    Ivanov Іванов Петров; Sokolov Соколов Кузнецов; Kuznetsov Кузнецов Волков
    Chekhov Чехов Гоголь; Tchaikovsky Чайковський Рахманінов; Dostoevsky Достоєвський Толстой
    Kravchuk Кравчук Кучма; Bondarenko Бондаренко Бойко; Khmelnytskyi Хмельницький Житомир
    Zhytomyr Житомир Хмельницький; Uzhhorod Ужгород Мукачево; Liverpool Ліверпуль Евертон
    Manchester Манчестер Ньюкасл; Birmingham Бірмінгем Бристоль; Vancouver Ванкувер Калгарі
    Calgary Калгарі Едмонтон; Pittsburgh Піттсбург Клівленд; Cleveland Клівленд Цинциннаті
    Albuquerque Альбукерке Тусон; Stuttgart Штутгарт Дортмунд; Strasbourg Страсбург Марсель
    Bordeaux Бордо Тулуза; Lyon Ліон Нант; Nairobi Найробі Момбаса
    Kampala Кампала Кігалі; Jinping Цзіньпін Цземінь; Guangzhou Гуанчжоу Шеньчжень
    Shenzhen Шеньчжень Гуанчжоу; Zhang Чжан Ван; Heathrow Гітроу Гатвік; Gwangyang Кванян Йосу
    Pyongyang Пхеньян Вонсан; George Джордж Джеймс; Thatcher Тетчер Мейджор
    Churchill Черчилль Еттлі; Shakespeare Шекспір Марло; Kavanaugh Кавано Горсач
    Lithgow Літгоу Рутерфорд; Xi Сі Ма; Matthew Метью Мартін; Truex Труекс Тейлор
    Piquet Піке Прост
"""

# Names so near to each other that only a better one tells them apart.
RIVALS = """
    Washington 워싱턴 웰링턴; Johnson 존슨 잭슨; Thompson 톰슨 심슨; Catherine 캐서린 캐럴라인
    Petrov 페트로프 시도로프; Chekhov 체호프 고골; Shevchenko 셰우첸코 티모셴코
    Minneapolis 미니애폴리스 인디애나폴리스; Chongqing 충칭 톈진; Busan 부산 울산
    Jong-un 정은 정일; Wright 라이트 로스; Washington Вашингтон Веллінгтон
    Johnson Джонсон Джексон; Thompson Томпсон Сімпсон; Schroeder Шредер Шнайдер
    Shevchenko Шевченко Тимошенко; Minneapolis Міннеаполіс Індіанаполіс
    Chongqing Чунцін Тяньцзінь; Busan Пусан Ульсан; Wright Райт Росс
"""


def rows(table: str) -> list[tuple[str, str, str]]:
    return [
        (name, same, other)
        for row in table.replace("\n", ";").split(";")
        if row.strip()
        for name, same, other in [row.split()]
    ]


def test_each_table_is_long_enough() -> None:
    assert min(len(rows(KOREAN)), len(rows(UKRAINIAN))) >= 60


@pytest.mark.parametrize(("name", "same", "other"), rows(KOREAN))
def test_a_name_sounds_like_itself_in_hangul(name: str, same: str, other: str) -> None:
    assert likeness(name, same) >= 0.62 > likeness(name, other)
    assert likeness(same, name) >= 0.62 > likeness(other, name)


@pytest.mark.parametrize(("name", "same", "other"), rows(UKRAINIAN))
def test_a_name_sounds_like_itself_in_cyrillic(name: str, same: str, other: str) -> None:
    assert likeness(name, same) >= 0.67 > likeness(name, other)
    assert likeness(same, name) >= 0.67 > likeness(other, name)


@pytest.mark.parametrize(("name", "same", "other"), rows(RIVALS))
def test_the_right_one_of_two_rivals_sounds_likest(name: str, same: str, other: str) -> None:
    assert likeness(name, other) < likeness(name, same) >= 0.8


BETWEEN = """
    시진핑 Сі-Цзіньпін Лі-Кецян; 셰우첸코 Шевченко Тимошенко
    캐버노 Кавано Горсач; 트럼프 Трамп Пенс; 슈마허 Шумахер Шредер
"""


@pytest.mark.parametrize(("name", "same", "other"), rows(BETWEEN))
def test_a_name_sounds_like_itself_between_hangul_and_cyrillic(
    name: str, same: str, other: str
) -> None:
    assert likeness(name, same.replace("-", "")) >= 0.62 > likeness(name, other.replace("-", ""))


# The forms of one name, and a word that only begins like it.
INFLECTED = [
    ("Johnson", "uk", "Джонсона Джонсону Джонсоном Джонсонові", "Жонглер"),
    ("Atlanta", "uk", "Атланта Атланти Атланті Атланту Атлантою", "Атлас"),
    ("Stanford", "uk", "Стенфорд Стенфорда Стенфордський Стенфордського", "Стендап"),
    ("Yale", "uk", "Єль Єлю Єльський Єльському", "Єдність"),
    ("Wilson", "ko", "윌슨 윌슨은 윌슨이 윌슨의 윌슨에게 윌슨과 윌슨으로 윌슨이라고", "윌트셔"),
    ("Johnson", "ko", "존슨은 존슨에게서 존슨까지 존슨이었다 존슨씨는", "존경하는"),
]


@pytest.mark.parametrize(("name", "lang", "forms", "other"), INFLECTED)
def test_endings_and_particles_do_not_count(name: str, lang: str, forms: str, other: str) -> None:
    tails = tails_of(lang)
    for form in forms.split():
        assert fit(name, None, form, tails, 0.0) >= 0.75, form
    assert fit(name, None, other, tails, 0.0) < 0.75


@pytest.mark.parametrize(("lang", "true", "chance"), [("ko", 0.95, 0.03), ("uk", 0.94, 0.02)])
def test_cities_are_told_from_one_another(lang: str, true: float, chance: float) -> None:
    """Of CLDR's cities, which nobody chose for us; islands and exonyms among them.

    English is the zone's own identifier: what CLDR shows for it changes with the version
    (`Palmer` became `Palmer Land`).
    """
    pairs = sorted(
        {
            (code.split("/")[1].replace("_", ""), zone["city"].replace(" ", "").replace("-", ""))
            for code, zone in Locale.parse(lang).time_zones.items()
            if zone.get("city") and code.count("/") == 1 and not code.startswith("Etc")
        }
    )
    dice = random.Random(3)
    strangers = [(dice.choice(pairs)[0], dice.choice(pairs)[1]) for _ in range(2000)]
    assert sum(likeness(*pair) >= 0.62 for pair in pairs) >= true * len(pairs)
    assert sum(likeness(*pair) >= 0.62 for pair in strangers) <= chance * len(strangers)


@pytest.mark.parametrize("word", ["", "ʼ", "ß", "İ", "…", "日本", "ﬁ", "ㄱ", "x", "ь"])
def test_any_letters_are_read(word: str) -> None:
    reading = read(word)
    assert reading.ends[-1] == len(reading.sounds)
    assert likeness(word, "Johnson") < 0.5
    assert weight(word) < 2.5


def test_a_bound_changes_nothing_that_reaches_it() -> None:
    names = [name for name, *_ in rows(UKRAINIAN)]
    words = [same for _, same, _ in rows(UKRAINIAN)]
    tails = tails_of("uk")
    for name in names[:20]:
        for word in words:
            free, bound = (fit(name, None, word, tails, least) for least in (0.0, 0.67))
            assert bound == free if free >= 0.67 else bound < 0.67


@pytest.mark.parametrize("letter", ["a", "스", "щ"])
def test_words_without_end_take_linear_time(letter: str) -> None:
    check_linear(lambda word: likeness(word, word[:-1]), repeated(letter), 20_000)
