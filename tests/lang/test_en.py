"""English as facts: each line a text and what is read in it, to be checked by eye.

`kind value unit`, with `|` between readings; `~2` a number word, `~1` a weak one.
"""

from __future__ import annotations

import pytest

from toolkit import facts

TABLE = """
# numbers
10,000 troops => cardinal 10000
1,234,567.89 => cardinal 1234567.89
1 000 000 people => cardinal 1000000
3.5 points => cardinal 3.5
1.5 million voters => cardinal 1500000
4.5bn views => cardinal 4500000000
120 thousand tonnes => quantity 120000 t
one hundred and twenty => cardinal 120 ~2
two hundred and fifty thousand => cardinal 250000 ~2
twenty-five ships => cardinal 25 ~2
four and a half million => cardinal 4500000 ~2
half a million => cardinal 500000 ~2
a million signatures => cardinal 1000000 ~2
two dozen ships => cardinal 24|20 ~2
three dozen => cardinal 36|30 ~2
zero => cardinal 0 ~2
1,200 homes and 45 roads => cardinal 1200; cardinal 45
340 to 500 million people => cardinal 340|340000000; cardinal 500000000
from 340 million to 500 million => cardinal 340000000; cardinal 500000000
２０ people => cardinal 20

# ordinals
the 3rd time => ordinal 3
the 190th game => ordinal 190
the third time => ordinal 3|1/3 ~2
twenty-third => ordinal 23 ~2
World War II => cardinal 2 ~2
Henry VIII => ordinal 8 ~2
the 21st => ordinal 21

# fractions
two thirds of them => fraction 2/3 ~2
a fifth of it => ordinal 5|0.2 ~2
half of them => fraction 0.5 ~1
3/4 cup => fraction 0.75
29¾ inches => quantity 29.75 in
½ mile => quantity 0.5 mi

# indefinite
hundreds of people => indefinite 100 ~1
tens of thousands => indefinite 1000 ~1
millions of users => indefinite 1000000 ~1

# money
$5 => money 5 USD
$4.5m => money 4500000 USD
£4.5bn => money 4500000000 GBP
€64 million => money 64000000 EUR
$2 billion => money 2000000000 USD
US$5 => money 5 USD
five million dollars => money 5000000 USD ~2
50 cents => money 50 cent
185 hryvnias => money 185 UAH
a $2,000 fine => money 2000 USD
£11 million to £12 million => money 11000000 GBP; money 12000000 GBP

# percent
12.4% => percent 12.4 %
20 per cent => percent 20 %
7.25 percent => percent 7.25 %
three percentage points => percent 3 % ~2

# quantities
2.5 km => quantity 2.5 km
160km/h => quantity 160 km/h
105 mph (165 km/h) => quantity 105 mph; quantity 165 km/h
5 ft 10 in => quantity 5 ft; quantity 10 in
the 6-foot-6 forward => quantity 6 ft; quantity 6 in
60 to 80 mm => quantity 60 mm; quantity 80 mm
75 litres => quantity 75 l
nine knots => quantity 9 kn ~2
-14°C => quantity -14 C
11C at midday => quantity 11 C; time 12:00 ~1
550 pounds => quantity 550 lb
15,000 square metres => quantity 15000 m2
35 mm film => quantity 35 mm
100m => quantity 100|100000000 m
a mile => quantity 1 mi ~1
three times => quantity 3 x ~2

# durations and ages
one week => duration 1 week ~1
a year => duration 1 year ~1
18 months => duration 18 month
2:04:17 => duration 2 h; duration 4 min; duration 17 s
half an hour => duration 30 min ~2
a quarter of an hour => duration 15 min ~2
the past decade => duration 1 decade ~1
42-year-old => age 42 year
aged 19 => age 19 year
91 years old => age 91 year
16 years of age => age 16 year

# dates
9 January => date *-1-9
September 17, 2018 => date 2018-9-17
17th of September 2018 => date 2018-9-17
Sept. 17 => date *-9-17
September 17-18 => date *-9-17; date *-9-18
17–18 September => date *-9-17; date *-9-18
03.10.1998 => date 1998-3-10|1998-10-3
2018-09-17 => date 2018-9-17
9/17/2018 => date 2018-9-17
in May => month *-5-*
may come =>
March on Rome =>
Nov-Feb => month *-11-*; month *-2-*
in December => month *-12-*
born in 2005 => year 2005
2017-18 => year 2017; year 2018|18
in '98 => year 1998|2098|98
200 BC => year 200

# weekdays and seasons
on Saturday => weekday 6
Monday's vote => weekday 1
Saturday Night Live => weekday 6 ~2
autumn of 2024 => season autumn ~2; year 2024
last year => relative year-1 ~1

# decades and centuries
the 1990s => decade 1990
the '90s => decade 90|1890|1990|2090
in their twenties => decade 20|1820|1920|2020 ~2
the 18th century => century 18
XIX century => century 19
the twentieth century => century 20

# times
8:46 a.m. => time 08:46
5.30pm => time 17:30
5 pm => time 17:00
11:15 => time 11:15|23:15
0230 UTC => time 02:30
half past six => time 06:30|18:30
5-6pm => time 17:00; time 18:00
at noon => time 12:00 ~1
17:30 => time 17:30

# codes
No. 84 => code 84
MiG-29 => code MIG29|#29
H5N1 => code H5N1|#5-1
an A320 => code A320|#320
COVID-19 => code COVID19|#19 ~2
5G => code 5G|#5
0800 555 111 => cardinal 800; cardinal 555; cardinal 111

# traps
more than 100 bodies => cardinal 100
a # 42 million profit => cardinal 42000000
no one knows =>
on X =>
one another =>
the X network =>
second half => ordinal 2 ~2
March 5 => date *-3-5
I won =>

# seeds
10,000 troops in December => cardinal 10000; month *-12-*
the autumn of 2024 => season autumn ~2; year 2024
Tactical Group No. 84 => code 84
born 03.10.1998 => date 1998-3-10|1998-10-3
serving since 2016 => year 2016
one-week training => duration 1 week ~1
"two captured soldiers" => cardinal 2 ~2
captured on 9 January => date *-1-9
one and a half times => quantity 1.5 x ~2
2017-18 season => year 2017; year 2018|18
2010-12 => year 2010; cardinal 12
"""
ROWS = [line.partition(" =>") for line in TABLE.splitlines() if " =>" in line]


def shown(fact):
    unit = f" {fact.unit}" if fact.unit else ""
    strength = f" ~{fact.strength}" if fact.strength < 3 else ""
    return f"{fact.kind} {'|'.join(fact.values)}{unit}{strength}"


@pytest.mark.parametrize(("text", "expected"), [(row[0], row[2].strip()) for row in ROWS])
def test_facts_are_read(text, expected):
    assert "; ".join(shown(fact) for fact in facts.extract(text, "en")) == expected
