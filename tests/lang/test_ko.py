"""Korean as facts: each line a text and what is read in it, to be checked by eye.

`kind value unit`, with `|` between readings; `~2` a number word, `~1` a weak one.
"""

from __future__ import annotations

import pytest

from toolkit import checks, facts

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
시속 160km => quantity 160 km/h
60~80㎜ => quantity 60 mm; quantity 80 mm
75리터 => quantity 75 l
9노트 => quantity 9 kn
영하 14도 => quantity -14 deg
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


# English | Korean that says the same | the nearest that does not
PAIRS = """
# temperature and sign
-4 °C | 영하 4도 | 4도
4 °C | 영상 4도 | 영하 4도
lows of minus 4 | 최저 영하 4도 | 최저 4도
from -10 to -4 °C | 영하 10도에서 영하 4도 | 영하 10도에서 영상 4도
10 to 15 degrees below zero | 영하 10~15도 | 영하 10~25도
growth of −4% | 4% 감소 | 4% 성장
90 degrees | 32도 | 52도

# scale
two and a half million people | 250만 명 | 25만 명
a quarter of a million | 25만 | 75만
three quarters of a million | 75만 | 25만
$1.2 trillion | 1조 2천억 달러 | 1조 2천만 달러
1.35 trillion won | 1조3500억 원 | 1조3500만 원
12,000 years ago | 1만 2000년 전 | 1만 3000년 전
ten thousand | 1만 | 10만
60,000 in 2015 | 2015년 6만 명 | 2016년 6만 명

# words
twenty-one people | 21명 | 22명
a hundred and one nights | 101일 밤 | 100일 밤
forty-one | 마흔한 명 | 마흔두 명
three months | 석 달 | 넉 달
three tonnes | 세 톤 | 네 톤
half a dozen eggs | 달걀 여섯 개 | 달걀 다섯 개
two dozen | 24개 | 12개
two dozen countries | 20여 개국 | 30여 개국
threefold | 세 배 | 네 배
tenfold | 10배 | 20배
doubled | 두 배로 | 네 배로
twice a day | 하루 두 번 | 하루 네 번
one in ten | 10명 중 1명 | 100명 중 1명
three out of four | 4명 중 3명 | 5명 중 3명
second place | 2위 | 3위
the fifth-largest | 다섯 번째로 큰 | 네 번째로 큰
for a third time in as many weeks | 3주 만에 세 번째로 | 3주 만에 네 번째로

# time
around the clock | 24시간 내내 | 12시간 내내
at 7 p.m. | 19시 | 20시
noon | 낮 12시 | 밤 12시
midnight | 밤 12시 | 낮 12시
at 8pm | 밤 8시 | 아침 8시
at 2 a.m. | 밤 2시 | 오후 2시
a quarter past six | 6시 15분 | 6시 45분
a quarter to seven | 6시 45분 | 7시 15분
half past ten | 10시 반 | 11시 반
twenty past three | 3시 20분 | 3시 40분
10 minutes to five | 5시 10분 전 | 6시 10분 전

# length of time
a year and a half | 1년 6개월 | 1년 8개월
two and a half hours | 두 시간 반 | 세 시간 반
barely a decade | 채 10년도 | 채 20년도
from 0 to 100 km/h | 시속 100km까지 | 시속 10km까지
a fortnight | 2주 | 3주
ten days | 열흘 | 닷새
within six weeks | 6주 만에 | 6일 만에
the first nine months of 2023 | 2023년 1~9월 | 2023년 1~8월
the centenary | 100주년 | 200주년
in the 87th minute | 후반 42분에 | 후반 41분에
a time of 1:41.11 | 1분 41초 11 | 1분 41초 12
the '48-hour rule' | '48시간 규칙' | '48분 규칙'

# dates
since 9/11 | 9·11 이후 | 9·12 이후
the May 18 uprising | 5·18 민주화운동 | 5·16 민주화운동
Boxing Day | 12월 26일 | 12월 25일
on 8 March 2014 | 2014년 3월 8일 | 3월 8일
on 8 March 2014 | 2014년 3월 8일 | 2014년 3월
the 1914-18 war | 1914~1918년 전쟁 | 1914~1919년 전쟁

on the third Thursday | 셋째 주 목요일이면 | 셋째 주 화요일이면
18 months, at $5 a week | 1년 6개월, 주당 5달러 | 1년 8개월, 주당 5달러

# money, percent, law
Rule 50.3 | 50조 3항 | 50조 4항
the Group of Seven | 주요 7개국(G7) | 주요 7개국(G8)
25 basis points | 0.25%포인트 | 2.5%포인트
Section 230 | 230조 | 231조
230 trillion won | 230조 원 | 240조 원
5 per mille | 5‰ | 5%

# measures
6 feet tall | 키 183cm | 키 193cm
5'9" | 175cm | 185cm
17 stone | 108kg | 118kg
10 kilometres wide | 폭 10km | 폭 10마일
winds of 120 mph (193 km/h) | 시속 193km | 시속 199km
the 4x100m relay | 400m 계주 | 800m 계주
3x3 basketball | 3대3 농구 | 5대5 농구

# sport
a 3-1 defeat | 1-3 패배 | 1-4 패배
a one-nil win | 1-0 승리 | 2-0 승리
a goalless draw | 0-0 무승부 | 1-1 무승부
an 8-0 record | 8승 무패 | 9승 무패

# names with numbers
World War II | 제2차 세계 대전 | 제1차 세계 대전
COVID-19 | 코로나19 | 코로나29
CO2 emissions | 이산화탄소 배출량 | CH4 배출량
4K video | 4K 영상 | 8K 영상
the Sixth Fleet | 제6함대 | 제7함대
"""


@pytest.mark.parametrize("row", [row for row in PAIRS.splitlines() if " | " in row])
def test_a_translation_is_silent_and_the_nearest_error_is_not(row):
    source, right, wrong = (cell.strip() for cell in row.split(" | "))
    assert said(source, right) == []
    assert said(source, wrong)


def said(source, target):
    findings = checks.check_pair(source, target, "en", "ko").findings
    return [f.code for f in findings if f.severity != "info" and f.kind != "name"]
