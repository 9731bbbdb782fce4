"""The words of the sentences we train on: places, organisations, people, months, forms.

Places and organisations are real and public; people are first names and surnames put
together by chance. Ukrainian nouns carry the cases that the patterns ask for.
"""

from __future__ import annotations

from functools import cache

# English; Ukrainian nominative, genitive, locative; Korean. Nouns that do not change have one.
CITIES = """
Kyiv; Київ Києва Києві; 키이우
Lviv; Львів Львова Львові; 르비우
Odesa; Одеса Одеси Одесі; 오데사
Kharkiv; Харків Харкова Харкові; 하르키우
Dnipro; Дніпро Дніпра Дніпрі; 드니프로
Poltava; Полтава Полтави Полтаві; 폴타바
Seoul; Сеул Сеула Сеулі; 서울
Busan; Пусан Пусана Пусані; 부산
Incheon; Інчхон Інчхона Інчхоні; 인천
Daegu; Тегу; 대구
Warsaw; Варшава Варшави Варшаві; 바르샤바
Berlin; Берлін Берліна Берліні; 베를린
Paris; Париж Парижа Парижі; 파리
London; Лондон Лондона Лондоні; 런던
Rome; Рим Рима Римі; 로마
Madrid; Мадрид Мадрида Мадриді; 마드리드
Vienna; Відень Відня Відні; 빈
Prague; Прага Праги Празі; 프라하
Tokyo; Токіо; 도쿄
Washington; Вашингтон Вашингтона Вашингтоні; 워싱턴
Brussels; Брюссель Брюсселя Брюсселі; 브뤼셀
Geneva; Женева Женеви Женеві; 제네바
Vilnius; Вільнюс Вільнюса Вільнюсі; 빌뉴스
Riga; Рига Риги Ризі; 리가
Tallinn; Таллінн Таллінна Таллінні; 탈린
Ottawa; Оттава Оттави Оттаві; 오타와
Canberra; Канберра Канберри Канберрі; 캔버라
Oslo; Осло; 오슬로
Helsinki; Гельсінкі; 헬싱키
Ankara; Анкара Анкари Анкарі; 앙카라
"""

# All feminine in Ukrainian, so that "Україна купила" holds for each.
COUNTRIES = """
Ukraine; Україна, України, Україні; 우크라이나
South Korea; Південна Корея, Південної Кореї, Південній Кореї; 한국
Poland; Польща, Польщі, Польщі; 폴란드
Germany; Німеччина, Німеччини, Німеччині; 독일
France; Франція, Франції, Франції; 프랑스
Japan; Японія, Японії, Японії; 일본
Canada; Канада, Канади, Канаді; 캐나다
Italy; Італія, Італії, Італії; 이탈리아
Spain; Іспанія, Іспанії, Іспанії; 스페인
Norway; Норвегія, Норвегії, Норвегії; 노르웨이
Sweden; Швеція, Швеції, Швеції; 스웨덴
Finland; Фінляндія, Фінляндії, Фінляндії; 핀란드
Austria; Австрія, Австрії, Австрії; 오스트리아
Estonia; Естонія, Естонії, Естонії; 에스토니아
Latvia; Латвія, Латвії, Латвії; 라트비아
Lithuania; Литва, Литви, Литві; 리투아니아
Australia; Австралія, Австралії, Австралії; 호주
"""

# English; Ukrainian nominative, genitive, gender; Korean.
ORGANISATIONS = """
the World Bank; Світовий банк, Світового банку, m; 세계은행
the United Nations; Організація Об'єднаних Націй, Організації Об'єднаних Націй, f; 유엔
the Red Cross; Червоний Хрест, Червоного Хреста, m; 적십자사
the European Commission; Європейська комісія, Європейської комісії, f; 유럽연합 집행위원회
NATO; НАТО, НАТО, n; 나토
UNICEF; ЮНІСЕФ, ЮНІСЕФ, m; 유니세프
the International Monetary Fund; Міжнародний валютний фонд, Міжнародного валютного фонду, m; 국제통화기금
the OSCE; ОБСЄ, ОБСЄ, f; 유럽안보협력기구
Samsung Electronics; Компанія «Самсунг», Компанії «Самсунг», f; 삼성전자
Hyundai Motor; Компанія «Хюндай», Компанії «Хюндай», f; 현대자동차
Naftogaz; «Нафтогаз», «Нафтогазу», m; 나프토가스
Ukrenergo; «Укренерго», «Укренерго», n; 우크레네르고
the World Health Organization; Всесвітня організація охорони здоров'я, Всесвітньої організації охорони здоров'я, f; 세계보건기구
"""

# English; Ukrainian; Korean; gender of first names.
FIRST_NAMES = """
Ivan; Іван; 이반; m
Andriy; Андрій; 안드리; m
Taras; Тарас; 타라스; m
Bohdan; Богдан; 보흐단; m
Mykola; Микола; 미콜라; m
Olena; Олена; 올레나; f
Iryna; Ірина; 이리나; f
Oksana; Оксана; 옥사나; f
Nataliia; Наталія; 나탈리야; f
Sofiia; Софія; 소피야; f
"""
SURNAMES = """
Marchenko; Марченко; 마르첸코
Kovalenko; Коваленко; 코발렌코
Bondar; Бондар; 본다르
Tkachuk; Ткачук; 트카추크
Shevchuk; Шевчук; 셰우추크
Lysenko; Лисенко; 리센코
Moroz; Мороз; 모로즈
Hrytsenko; Гриценко; 흐리첸코
Savchuk; Савчук; 사우추크
Polishchuk; Поліщук; 폴리슈크
"""
KOREAN_SURNAMES = """
Kim; Кім; 김
Park; Пак; 박
Choi; Чхве; 최
Jung; Чон; 정
Kang; Кан; 강
Yoon; Юн; 윤
"""
KOREAN_GIVEN_NAMES = """
Min-jun; Мін Джун; 민준; m
Do-yun; До Юн; 도윤; m
Ha-jun; Ха Джун; 하준; m
Seo-yeon; Со Йон; 서연; f
Ji-min; Чі Мін; 지민; f
Su-bin; Су Бін; 수빈; f
"""

# English; as «команда ...» in Ukrainian; Korean.
CLUBS = """
Dynamo; Динамо; 디나모
Shakhtar; Шахтар; 샤흐타르
Metalist; Металіст; 메탈리스트
Karpaty; Карпати; 카르파티
Ulsan; Ульсан; 울산
Pohang; Пхохан; 포항
Jeonbuk; Чонбук; 전북
Gangwon; Канвон; 강원
"""

# English; Ukrainian accusative, gender; Korean.
PERSONS_OF_NEWS = """
man; чоловіка, m; 남성
woman; жінку, f; 여성
driver; водія, m; 운전자
teacher; учительку, f; 교사
soldier; солдата, m; 군인
"""

# English; Ukrainian genitive, locative.
MONTHS = """
January; січня січні
February; лютого лютому
March; березня березні
April; квітня квітні
May; травня травні
June; червня червні
July; липня липні
August; серпня серпні
September; вересня вересні
October; жовтня жовтні
November; листопада листопаді
December; грудня грудні
"""
# English; Ukrainian accusative; Korean.
WEEKDAYS = """
Monday; понеділок; 월요일
Tuesday; вівторок; 화요일
Wednesday; середу; 수요일
Thursday; четвер; 목요일
Friday; п'ятницю; 금요일
Saturday; суботу; 토요일
Sunday; неділю; 일요일
"""

# 2 to 10: English; Ukrainian of people, of masculine things.
NUMBER_WORDS = """
two; двоє; два
three; троє; три
four; четверо; чотири
five; п'ятеро; п'ять
six; шестеро; шість
seven; семеро; сім
eight; восьмеро; вісім
nine; дев'ятеро; дев'ять
ten; десятеро; десять
"""

# English; Ukrainian after 1, 2 to 4, 5 and more, a fraction; Korean.
CURRENCIES = """
$; долар долари доларів долара; 달러
€; євро євро євро євро; 유로
"""
# English; Ukrainian after 1, 2 to 4, 5 and more, a fraction; what Korean appends, and its word.
SCALES = """
million; мільйон мільйони мільйонів мільйона; 0만
billion; мільярд мільярди мільярдів мільярда; 억
"""


@cache
def rows(table: str) -> tuple[tuple[str, ...], ...]:
    """The fields of each line of a table."""
    lines = table.strip().splitlines()
    return tuple(tuple(field.strip() for field in line.split(";")) for line in lines)
