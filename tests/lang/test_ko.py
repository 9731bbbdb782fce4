"""Korean as facts: each line a text and what is read in it, to be checked by eye.

`kind value unit`, with `|` between readings; `~2` a number word, `~1` a weak one.
"""

from __future__ import annotations

import pytest

from toolkit import facts

TABLE = """
# 수
1만 명 => cardinal 10000
1만2000명 => cardinal 12000
1만 2,000명 => cardinal 12000
3만5천명 => cardinal 35000
1억 2천만 명 => cardinal 120000000
1조 3,000억 흐리우냐 => money 1300000000000 UAH
1,625만 톤 => quantity 16250000 t
23억 달러 => money 2300000000 USD
10,000명 => cardinal 10000
3.5점 => cardinal 3.5
두 명 => cardinal 2 ~2
세 번째 => cardinal 3 ~2
스물다섯 명 => cardinal 25 ~2
열두 개 => cardinal 12 ~2
네 곳 => cardinal 4 ~2
아홉 명 => cardinal 9 ~2
네 경찰관 => cardinal 4 ~2
삼백만달러 => money 3000000 USD ~2
백만 명 => cardinal 1000000 ~2
이백만 명 => cardinal 2000000 ~2
10여 명 => cardinal 10
1만여 명 => cardinal 10000
한 명 => cardinal 1 ~1
3만∼5만 명 => cardinal 30000; cardinal 50000
6만 2015년 => cardinal 60000; year 2015

# 순서
3위 => ordinal 3
두번째 => cardinal 2 ~2
제2차 => ordinal 2
2차 대전 => ordinal 2
제247조 => ordinal 247
84호 => code 84
첫 번째 => ordinal 1 ~1

# 분수
3분의 2 => fraction 2/3
10분의 1 => fraction 0.1
절반 => fraction 0.5 ~1
30분의 휴식 => cardinal 30

# 어림
수백 명 => indefinite 100 ~1
수십만 명 => indefinite 100000 ~1
수백만 명 => indefinite 1000000 ~1

# 돈
5달러 => money 5 USD
450만 달러 => money 4500000 USD
2700만 파운드 => quantity 27000000 lb
86억 원 => money 8600000000 KRW
36억원 => money 3600000000 KRW
25만 유로 => money 250000 EUR
$5 => money 5 USD
50센트 => money 50 cent
185흐리우냐 => money 185 UAH

# 퍼센트
12.4% => percent 12.4 %
20퍼센트 => percent 20 %
3%포인트 => percent 3 %

# 단위
2.5km => quantity 2.5 km
시속 160km => quantity 160 km
60~80㎜ => quantity 60 mm; quantity 80 mm
75리터 => quantity 75 l
9노트 => quantity 9 kn
영하 14도 => quantity 14 deg
11℃ => quantity 11 C
870m => quantity 870 m
42.195㎞ => quantity 42.195 km
두 배 => quantity 2 x ~2
15평 => quantity 15 pyeong
100톤 => quantity 100 t

# 기간과 나이
1주일 => duration 1 week
일주일 => duration 1 week ~1
이틀 => duration 2 day ~2
18개월 => duration 18 month
5년 => duration 5 year
2시간 10분 => duration 2 h; duration 10 min
2시간4분17초 => duration 2 h; duration 4 min; duration 17 s
30분 => duration 30 min
42세 => age 42 year
스무 살 => age 20 year ~2
19세 => age 19 year
아홉 살 => age 9 year ~2
10대 => cardinal 10
20대 => cardinal 20

# 날짜
1월 9일 => date *-1-9
2018년 9월 17일 => date 2018-9-17
2018. 9. 17. => date 2018-9-17
2018-09-17 => date 2018-9-17
2025.3.17 => date 2025-3-17
9월 => month *-9-*
17일 => date *-*-17
2005년 => year 2005
2005년생 => year 2005
2017~2018년 => year 2017; year 2018
5월에는 => month *-5-*

# 요일과 계절
토요일 => weekday 6
월요일에 => weekday 1
목·토·일요일 => weekday 4; weekday 6; weekday 7
2024년 가을 => year 2024; season autumn ~2
지난해 => relative year-1 ~1
작년 => relative year-1 ~1
봄부터 => season spring ~2

# 연대와 세기
1990년대 => decade 1990
90년대 => decade 90|1890|1990|2090
18세기 => century 18

# 시각
오전 8시 46분 => time 08:46
오후 5시 => time 17:00
오후 5.30 => time 17:30
17:30 => time 17:30
8시 반 => time 08:30|20:30
정오 => time 12:00 ~1

# 부호
No. 84 => code 84
미그-29 => code 미그29|#29
H5N1 => code H5N1|#5-1
A320 => code A320|#320
5G => code 5G|#5
A1GP => code A1GP|#1

# 함정
만났다 =>
천천히 =>
백화점 =>
조용히 =>
환경 =>
구조 =>
만일 =>
조사 결과 =>
이해 =>
세계 =>
세종 =>
이천시 =>
2018 월드컵 => year 2018
2018시즌 => year 2018
열차를 =>
두고 =>
한국 =>
이만큼 =>
일부터 =>
수요 감소 =>
X에서 =>
3 일본인 => cardinal 3

# 씨앗 글
12월에 최소 1만 명 => month *-12-*; cardinal 10000
제84전술단 => ordinal 84
1998년 10월 3일생 => date 1998-10-3
2016년부터 => year 2016
1주일 동안 => duration 1 week
병사 두 명을 => cardinal 2 ~2
10초72 => duration 10.72 s
2시간 30분 => duration 2 h; duration 30 min
1991~92년 => year 1991; year 1992|92
1991~95년 => year 1991; year 1995|95
"""
ROWS = [line.partition(" =>") for line in TABLE.splitlines() if " =>" in line]


def shown(fact):
    unit = f" {fact.unit}" if fact.unit else ""
    strength = f" ~{fact.strength}" if fact.strength < 3 else ""
    return f"{fact.kind} {'|'.join(fact.values)}{unit}{strength}"


@pytest.mark.parametrize(("text", "expected"), [(row[0], row[2].strip()) for row in ROWS])
def test_facts_are_read(text, expected):
    assert "; ".join(shown(fact) for fact in facts.extract(text, "ko")) == expected
