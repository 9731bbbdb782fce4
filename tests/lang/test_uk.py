"""Ukrainian as facts: each line a text and what is read in it, to be checked by eye.

`kind value unit`, with `|` between readings; `~2` a number word, `~1` a weak one.
"""

from __future__ import annotations

import pytest

from toolkit import checks, facts

TABLE = """
# числа
10 тис. військових => cardinal 10000
10 000 осіб => cardinal 10000
1 234 567 => cardinal 1234567
1,5 млн => cardinal 1500000
16,25 млн => cardinal 16250000
2,3 мільярда => cardinal 2300000000
120 тисяч => cardinal 120000
10,000 => cardinal 10|10000
1.234 => cardinal 1234|1.234
двадцять п'ять => cardinal 25 ~2
двадцять п’ять тисяч => cardinal 25000 ~2
двох солдатів => cardinal 2 ~2
трьома => cardinal 3 ~2
двоє => cardinal 2 ~2
п'ятьох => cardinal 5 ~2
двісті тридцять => cardinal 230 ~2
сорока => cardinal 40 ~2
дев'яносто дев'ять => cardinal 99 ~2
півтора мільйона => cardinal 1500000 ~2
два з половиною мільйони => cardinal 2500000 ~2
пів мільйона => cardinal 500000 ~2
дві дюжини => cardinal 24|20 ~2
чотирьох десятках => cardinal 40 ~2
2-х мільйонів => cardinal 2000000
340 до 500 мільйонів => cardinal 340|340000000; cardinal 500000000
від 30 до 34 мільйонів => cardinal 30|30000000; cardinal 34000000
двісті => cardinal 200 ~2
один => cardinal 1 ~1

# порядкові
третя посадка => ordinal 3 ~2
третьої => ordinal 3 ~2
двадцять третій => ordinal 23 ~2
3-го => ordinal 3
190-й => ordinal 190
30-те => ordinal 30
Друга світова => cardinal 2 ~2
Генріх VIII => ordinal 8 ~2
87-й хвилині => ordinal 87

# частки
дві третини => fraction 2/3 ~2
половина => fraction 0.5 ~1
третину => fraction 1/3 ~2
п’ятої частини => fraction 0.2 ~2
чверть => fraction 0.25 ~2

# невизначені
сотні людей => indefinite 100 ~1
тисячі людей => indefinite 1000 ~1
десятки тисяч => indefinite 10000 ~1

# гроші
2,3 млн доларів => money 2300000 USD
11 мільйонів фунтів стерлінгів => money 11000000 GBP
86 млрд гривень => money 86000000000 UAH
$5 => money 5 USD
€64 млн => money 64000000 EUR
50 центів => money 50 cent
250 000 фунтів => quantity 250000 lb
185 грн => money 185 UAH

# відсотки
12,4% => percent 12.4 %
20 відсотків => percent 20 %
7,25 відсотка => percent 7.25 %
3-х до 5-ти відсотків => ordinal 3; percent 5 %

# одиниці
2,5 км => quantity 2.5 km
160 км/год => quantity 160 km/h
миль на годину =>
100 миль на годину => quantity 100 mph
75 літрів => quantity 75 l
−14 °C => quantity -14 C
1,2 метра => quantity 1.2 m
15 тис. кв. м => quantity 15000 m2
249-кілограмовий => quantity 249 kg
47-кілометровою => quantity 47 km
3136 квадратних міліметрів => quantity 3136 mm2
4 рази => quantity 4 x
135 м/с => quantity 135 m/s

# час і вік
один тиждень => duration 1 week ~1
одного тижня => duration 1 week ~1
18 місяців => duration 18 month
триденний => duration 3 day ~2
двотижневий => duration 2 week ~2
півроку => duration 6 month ~2
42-річний => duration 42 year
двадцятирічного => duration 20 year ~2
91-річна => duration 91 year
2 години 10 хвилин => duration 2 h; duration 10 min

# дати
9 січня => date *-1-9
17 вересня 2018 року => date 2018-9-17
17-го вересня => date *-9-17
у вересні => month *-9-*
вересневий саміт => month *-9-*
03.10.1998 => date 1998-10-3
2018-09-17 => date 2018-9-17
17–18 вересня => date *-9-17; date *-9-18
по лютий => month *-2-*
лютий холод =>
у лютому => month *-2-*
2005 року => year 2005
2016-го => year 2016
2024/25 року => year 2024; year 2025|25

# дні тижня і пори року
у суботу => weekday 6
у п’ятницю => weekday 5
п'ятничний => weekday 5
суботньому => weekday 6
у середу => weekday 3
серед людей =>
щочетверга => weekday 4
восени 2024 року => season autumn ~2; year 2024
минулого року => relative year-1 ~1

# десятиліття й століття
1990-х років => decade 1990
90-х => decade 90|1890|1990|2090
1960-ті => decade 1960
XVIII століття => century 18
ХVІІІ ст. => century 18
18-го століття => century 18
двадцяте століття => century 20
XVIII–XIX століть => century 18; century 19

# час доби
8:46 ранку => time 08:46
о 17:30 => time 17:30
о 9:00 => time 09:00
6-ї ранку => time 06:00
о шостій ранку => time 06:00 ~2
пів на сьому => time 06:30|18:30
опівдні => time 12:00 ~1

# позначення
№ 84 => code 84
Міг-29 => code МІГ29|#29
H5N1 => code H5N1|#5-1
A320 => code A320|#320

# пастки
один одного =>
у мережі X =>
по-перше =>
перша => ordinal 1 ~1
сто => cardinal 100 ~2
лист =>

# насіння
щонайменше 10 тис. військових у грудні => cardinal 10000; month *-12-*
Тактична група № 84 => code 84
з 2016-го року => year 2016
протягом одного тижня => duration 1 week ~1
двох солдатів => cardinal 2 ~2
1999 року народження => year 1999
4:17 ранку 6 лютого => time 04:17; date *-2-6
980 млн роком раніше => cardinal 980000000
дванадцятеро => cardinal 12 ~2
півмільйона людей => cardinal 500000 ~2
"""
ROWS = [line.partition(" =>") for line in TABLE.splitlines() if " =>" in line]


def shown(fact):
    unit = f" {fact.unit}" if fact.unit else ""
    strength = f" ~{fact.strength}" if fact.strength < 3 else ""
    return f"{fact.kind} {'|'.join(fact.values)}{unit}{strength}"


@pytest.mark.parametrize(("text", "expected"), [(row[0], row[2].strip()) for row in ROWS])
def test_facts_are_read(text, expected):
    assert "; ".join(shown(fact) for fact in facts.extract(text, "uk")) == expected


# English | Ukrainian that says the same | the nearest that does not
PAIRS = """
# температура і знак
-4 °C | мінус 4 °C | 4 °C
-4 °C | −4 °C | 4 °C тепла
-4 °C | 4 градуси морозу | 4 градуси тепла
4 °C | 4 °C тепла | −4 °C
from -10 to -4 °C | від 10 до 4 градусів морозу | від 10 до 5 градусів морозу
lows of minus 15 degrees | морози до 15 градусів | морози до 5 градусів
growth of −4% | спад на 4% | зростання на 4%
a loss of 4% | −4% | −5%
in the '90s, at 80 degrees | у дев'яностих, при 27 градусах | у дев'яностих, при 37 градусах

# величини
two and a half million people | два з половиною мільйони людей | три з половиною мільйони людей
nine and a half | дев'ять із половиною | вісім із половиною
1.3 billion | 1 млрд 300 млн | 1 млрд 400 млн
1,000 gorillas | тисяча горил | дві тисячі горил
a million people | мільйон людей | мільярд людей
three quarters of a million | три чверті мільйона | дві чверті мільйона
half a million people | 500 тисяч людей | 50 тисяч людей
$1.50 | 1 долар 50 центів | 1 долар 60 центів
$1.50 | півтора долара | 2,5 долара
several hundred, 20 of them | кілька сотень, 20 з них | кілька сотень, 30 з них

# слова
twenty-one people | двадцять одна людина | двадцять дві людини
a hundred and one | сто один | сто два
a twenty-one-year-old | двадцятиоднорічна | двадцятидворічна
a 35-year-old | тридцятип'ятирічний | тридцятишестирічний
a dozen people | дванадцятеро людей | чотирнадцятеро людей
half a dozen eggs | шестеро яєць | семеро яєць
two dozen countries | два десятки країн | три десятки країн
10-man Chelsea | «Челсі» вдесятьох | «Челсі» вдев'ятьох
threefold | утричі | учетверо
tenfold | у 10 разів | у 20 разів
doubled | подвоївся | потроївся
one in three | кожен третій | кожен п'ятий
three out of four | троє з чотирьох | двоє з чотирьох
for the fifth time | вп'яте | вшосте
second place | друге місце | третє місце
a five-storey building | п'ятиповерховий будинок | шестиповерховий будинок

# час доби
around the clock | цілодобово, 24 години | цілодобово, 12 годин
at 7 p.m. | о сьомій годині вечора | о восьмій годині вечора
at 7 p.m. | о 19:00 | о 7:00
shows at 2.30 and 7.30 | о 14:30 і 19:30 | о 14:30 і 19:40
at 11 a.m. | об 11-й годині | о 10-й годині
at 2 a.m. | о другій ночі | о другій дня
at 11 p.m. | об 11 ночі | об 11 ранку
a quarter to seven | за чверть сьома | за чверть восьма
a quarter past six | чверть на сьому | чверть на восьму
half past ten | о пів на одинадцяту | о пів на десяту
twenty past three | о 15:20 | о 15:40

# тривалість
two and a half hours | дві години тридцять хвилин | дві години двадцять хвилин
a year and a half | півтора року | 2,5 року
a fortnight | два тижні | три тижні
48 hours | дві доби | три доби
the centenary | 100-річчя | 200-річчя
a time of 1:41.11 | час 1:41,11 | час 1:41,12

# дати
since 9/11 | після 11 вересня | після 12 вересня
Boxing Day | 26 грудня | 25 грудня
from May 19 to 21 | з 19 до 21 травня | з 19 до 22 травня
on the night of 9-10 November | у ніч із 9 на 10 листопада | у ніч із 9 на 11 листопада
on 8 March 2014 | 8 березня 2014 року | 8 березня
on 8 March 2014 | 8 березня 2014 року | у березні 2014 року
the 1980s | вісімдесяті роки | сімдесяті роки
in the 1980s | у вісімдесятих | у сімдесятих
2014-18 | 2014–2018 | 2014–2019
the 1st century BC | I століття до н. е. | II століття до н. е.

# частки
25 basis points | 0,25 в. п. | 2,5 в. п.
a three-fifths majority | більшість у три п'ятих | більшість у дві п'ятих
5 per mille | 5 проміле | 5 %

# міри
5'9" | 175 см | 185 см
17 stone | 108 кг | 118 кг
10 kilometres wide | завширшки 10 км | завширшки 10 миль
20 men in a 36-storey block | у 36-поверхівці 20 людей | у 20-поверхівці 36 людей
the 4x100m relay | естафета 4×100 м | естафета 4×400 м
a five-a-side pitch | поле 5х5 | поле 6х6

# спорт
a 3-1 defeat | поразка 1:3 | поразка 1:4
a goalless draw | нульова нічия 0:0 | нічия 1:1
a one-nil win | перемога 1:0 | перемога 2:0
6-3, 6-7 (5-7) | 6:3, 6:7 (5:7) | 6:3, 6:7 (5:8)
two clear, five games left | за 5 матчів до кінця — на 2 | за 6 матчів до кінця — на 2

# назви з числами
World War II | Друга світова війна | Перша світова війна
CO2 | CO₂ | CO₃
AK-47 | АК-47 | АК-74
Type 2 diabetes | діабет II типу | діабет I типу
the Sixth Fleet | Шостий флот | Сьомий флот
"""


@pytest.mark.parametrize("row", [row for row in PAIRS.splitlines() if " | " in row])
def test_a_translation_is_silent_and_the_nearest_error_is_not(row):
    source, right, wrong = (cell.strip() for cell in row.split(" | "))
    assert said(source, right) == []
    assert said(source, wrong)


def said(source, target):
    findings = checks.check_pair(source, target, "en", "uk").findings
    return [f.code for f in findings if f.severity != "info" and f.kind != "name"]
