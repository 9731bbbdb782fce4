"""Ukrainian as facts: each line a text and what is read in it, to be checked by eye.

`kind value unit`, with `|` between readings; `~2` a number word, `~1` a weak one.
"""

from __future__ import annotations

import pytest

from toolkit import facts

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
дві дюжини => cardinal 24 ~2
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
Друга світова => ordinal 2 ~2
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
−14 °C => quantity 14 C
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
