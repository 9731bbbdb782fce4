"""Sentences of weather, business, sport and law, right and wrong, to be checked by eye.

A line is a source; the lines below it are translations, and behind `=>` stands
what is said of them at `warning` or above: kinds, none for a right one.
"""

from __future__ import annotations

import pytest

from toolkit import checks

KO = """
A high of 31 degrees is forecast for Tuesday, with 40 to 60 mm of rain by evening.
    화요일 낮 최고기온은 31도로 예보됐으며 저녁까지 40~60㎜의 비가 내리겠다. =>
    화요일 낮 최고기온은 31도로 예보됐으며 저녁까지 40~60㎝의 비가 내리겠다. => quantity
A high of 31 degrees is forecast for Tuesday.
    목요일 낮 최고기온은 31도로 예보됐다. => date
Gusts of up to 25 metres per second are expected overnight.
    밤사이 초속 25m의 돌풍이 예상된다. =>
    밤사이 시속 25㎞의 돌풍이 예상된다. => quantity
The low will be minus 12 degrees in Cheorwon.
    철원의 최저기온은 영하 12도가 되겠다. =>
    철원의 최저기온은 12도가 되겠다. => quantity
There is a 70 percent chance of snow after 9 p.m.
    오후 9시 이후 눈이 올 확률은 70%다. =>
    오전 9시 이후 눈이 올 확률은 70%다. => time
Visibility fell below 200 metres.
    가시거리가 200m 아래로 떨어졌다. =>
The Kospi closed 1.3 percent lower at 2,541.86.
    코스피는 1.3% 하락한 2541.86에 마감했다. =>
    코스피는 13% 하락한 2541.86에 마감했다. => percent
Net profit rose to 4.2 trillion won from 3.8 trillion won a year earlier.
    순이익은 1년 전 3조8000억 원에서 4조2000억 원으로 늘었다. =>
    순이익은 1년 전 3조8000억 원에서 4조2000만 원으로 늘었다. => money
    순이익은 1년 전 4조2000억 원에서 3조8000억 원으로 늘었다. => money
The bank cut its rate by 25 basis points to 2.75 percent.
    은행은 금리를 0.25%포인트 내린 2.75%로 결정했다. =>
    은행은 금리를 0.5%포인트 내린 2.75%로 결정했다. => percent
Shares traded at $18.40, down 60 cents.
    주가는 60센트 내린 18.40달러에 거래됐다. =>
Revenue for the third quarter was €812 million.
    3분기 매출은 8억1200만 유로였다. =>
    3분기 매출은 8억1200만 달러였다. => money
    4분기 매출은 8억1200만 유로였다. => number
The bond matures in June 2031.
    이 채권의 만기는 2031년 6월이다. =>
    이 채권의 만기는 2031년 7월이다. => date
Inflation slowed for a fourth straight month.
    물가 상승률은 넉 달 연속 둔화했다. =>
    물가 상승률은 석 달 연속 둔화했다. => number
She won the 400m in 49.12 seconds.
    그녀는 400m에서 49초12로 우승했다. =>
    그녀는 400m에서 49초21로 우승했다. => quantity
He scored in the 67th and 89th minutes.
    그는 후반 22분과 44분에 골을 넣었다. =>
    그는 67분과 98분에 골을 넣었다. => number
They lost 2-1 in extra time.
    그들은 연장전 끝에 1-2로 졌다. =>
They won 78-74 after two overtimes.
    그들은 2차 연장 끝에 78대 74로 이겼다. =>
    그들은 2차 연장 끝에 74대 78로 이겼다. => number
She took her third Olympic gold at the age of 34.
    그는 서른네 살에 세 번째 올림픽 금메달을 땄다. =>
    그는 서른세 살에 세 번째 올림픽 금메달을 땄다. => number
The court sentenced him to two years and six months in prison.
    법원은 그에게 징역 2년 6개월을 선고했다. =>
    법원은 그에게 징역 2년 9개월을 선고했다. => quantity
He was fined 5 million won under Article 12(3) of the act.
    그는 법 제12조 제3항에 따라 벌금 500만 원을 선고받았다. =>
    그는 법 제12조 제3항에 따라 벌금 5000만 원을 선고받았다. => money
He was fined under Article 12(3) of the act.
    그는 법 제21조 제3항에 따라 벌금형을 선고받았다. => number
The judges ruled 6-3 that the law took effect on 1 July 2022.
    재판관들은 6대 3으로 이 법이 2022년 7월 1일 발효됐다고 판결했다. =>
    재판관들은 5대 4로 이 법이 2022년 7월 1일 발효됐다고 판결했다. => number
Appeals must be filed within 14 days.
    항소는 2주 이내에 제기해야 한다. =>
    항소는 4주 이내에 제기해야 한다. => quantity
About a dozen witnesses testified.
    약 12명의 증인이 증언했다. =>
The 23-year-old was arrested at 3:40 a.m. on Sunday.
    스물세 살인 그는 일요일 새벽 3시 40분에 체포됐다. =>
    스물세 살인 그는 일요일 오후 3시 40분에 체포됐다. => time
Typhoon Mora was 320 kilometres south of Jeju, moving at 18 km per hour.
    태풍 모라는 제주 남쪽 320㎞ 해상에서 시속 18㎞로 이동 중이다. =>
    태풍 모라는 제주 남쪽 18㎞ 해상에서 시속 320㎞로 이동 중이다. => quantity
Sea levels rose 3.4 mm a year between 1993 and 2019.
    해수면은 1993년부터 2019년까지 해마다 3.4㎜ 상승했다. =>
    해수면은 1993년부터 2009년까지 해마다 3.4㎜ 상승했다. => date
Half of the households lost power.
    가구의 절반이 정전됐다. =>
A third of the households lost power.
    가구의 3분의 1이 정전됐다. =>
    가구의 4분의 1이 정전됐다. => number
The fund manages £2.1tn.
    이 펀드는 2조1000억 파운드를 운용한다. =>
    이 펀드는 2100억 파운드를 운용한다. => money
Exports fell for the first time in 16 months.
    수출이 16개월 만에 처음으로 감소했다. =>
    수출이 6개월 만에 처음으로 감소했다. => quantity
It paid a dividend of 361 won per share.
    주당 361원의 배당을 지급했다. =>
The company cut 1,500 jobs, or 4 percent of its staff.
    회사는 전체 인력의 4%인 1500명을 감원했다. =>
    회사는 전체 인력의 14%인 1500명을 감원했다. => percent
Oil fell below $70 a barrel.
    유가가 배럴당 70달러 아래로 떨어졌다. =>
    유가가 배럴당 70유로 아래로 떨어졌다. => money
Sales doubled to 340,000 units.
    판매량은 34만 대로 두 배가 됐다. =>
    판매량은 34만 대로 세 배가 됐다. => number
Sales tripled in two years.
    판매량은 2년 새 세 배로 늘었다. =>
The index gained for an 11th day.
    지수는 11일째 올랐다. =>
    지수는 12일째 올랐다. => number
He hit his 40th home run in the bottom of the ninth.
    그는 9회말 시즌 40호 홈런을 쳤다. =>
    그는 8회말 시즌 40호 홈런을 쳤다. => number
She beat the world No. 2 6-4, 3-6, 7-5.
    그녀는 세계 2위를 6-4, 3-6, 7-5로 꺾었다. =>
    그녀는 세계 2위를 6-4, 3-6, 7-6으로 꺾었다. => number
The team is unbeaten in 12 matches.
    팀은 12경기 무패다. =>
The relay team ran 4x100m in 37.80.
    계주팀은 400m 계주에서 37초80을 기록했다. =>
The marathon record is 2:00:35.
    마라톤 기록은 2시간 0분 35초다. =>
    마라톤 기록은 2시간 0분 53초다. => quantity
He finished 14 points ahead of second place.
    그는 2위에 14점 앞섰다. =>
He was drafted 17th overall in 2008.
    그는 2008년 전체 17순위로 지명됐다. =>
    그는 2018년 전체 17순위로 지명됐다. => date
The statute of limitations is seven years.
    공소시효는 7년이다. =>
    공소시효는 10년이다. => quantity
The trial opens on the morning of 3 March.
    재판은 3월 3일 오전에 열린다. =>
    재판은 3월 13일 오전에 열린다. => date
Two of the five defendants were acquitted.
    피고인 5명 중 2명이 무죄를 선고받았다. =>
    피고인 5명 중 3명이 무죄를 선고받았다. => number
The law passed 214 votes to 37, with 12 abstentions.
    법안은 찬성 214표, 반대 37표, 기권 12표로 통과됐다. =>
    법안은 찬성 241표, 반대 37표, 기권 12표로 통과됐다. => number
A minor under 14 cannot be charged.
    14세 미만 미성년자는 기소할 수 없다. =>
    13세 미만 미성년자는 기소할 수 없다. => number
The ruling came late on Friday, 8 November.
    판결은 11월 8일 금요일 늦게 나왔다. =>
    판결은 11월 8일 토요일 늦게 나왔다. => date
"""
UK = """
A high of 31 degrees is forecast for Tuesday, with 40 to 60 mm of rain by evening.
    У вівторок очікується до 31 градуса тепла, до вечора випаде 40–60 мм дощу. =>
    У вівторок очікується до 31 градуса тепла, до вечора випаде 40–60 см дощу. => quantity
A high of 31 degrees is forecast for Tuesday.
    У четвер очікується до 31 градуса тепла. => date
Gusts of up to 25 metres per second are expected overnight.
    Вночі очікуються пориви вітру до 25 м/с. =>
    Вночі очікуються пориви вітру до 25 км/год. => quantity
The low will be minus 12 degrees in Lviv.
    Мінімальна температура у Львові становитиме 12 градусів морозу. =>
    Мінімальна температура у Львові становитиме 12 градусів тепла. => quantity
There is a 70 percent chance of snow after 9 p.m.
    Імовірність снігу після 21-ї години — 70%. =>
    Імовірність снігу після 9-ї ранку — 70%. => time
Visibility fell below 200 metres.
    Видимість погіршилася до менш ніж 200 метрів. =>
The index closed 1.3 percent lower at 2,541.86.
    Індекс закрився на позначці 2541,86 — на 1,3% нижче. =>
    Індекс закрився на позначці 2541,86 — на 13% нижче. => percent
Net profit rose to 4.2 billion hryvnias from 3.8 billion a year earlier.
    Чистий прибуток зріс до 4,2 млрд гривень із 3,8 млрд роком раніше. =>
    Чистий прибуток зріс до 4,2 млн гривень із 3,8 млрд роком раніше. => money
    Чистий прибуток зріс до 3,8 млрд гривень із 4,2 млрд роком раніше. => money
The bank cut its rate by 25 basis points to 2.75 percent.
    Банк знизив ставку на 25 базисних пунктів, до 2,75%. =>
    Банк знизив ставку на 0,25 відсоткового пункту, до 2,75%. =>
    Банк знизив ставку на 50 базисних пунктів, до 2,75%. => percent
Shares traded at $18.40, down 60 cents.
    Акції торгувалися по 18,40 долара, на 60 центів дешевше. =>
Revenue for the third quarter was €812 million.
    Виручка за третій квартал становила 812 млн євро. =>
    Виручка за третій квартал становила 812 млн доларів. => money
    Виручка за четвертий квартал становила 812 млн євро. => number
The bond matures in June 2031.
    Облігація погашається в червні 2031 року. =>
    Облігація погашається в липні 2031 року. => date
Inflation slowed for a fourth straight month.
    Інфляція сповільнюється четвертий місяць поспіль. =>
    Інфляція сповільнюється третій місяць поспіль. => number
She won the 400m in 49.12 seconds.
    Вона виграла біг на 400 метрів за 49,12 секунди. =>
    Вона виграла біг на 400 метрів за 49,21 секунди. => quantity
He scored in the 67th and 89th minutes.
    Він забив на 67-й і 89-й хвилинах. =>
    Він забив на 67-й і 98-й хвилинах. => number
They lost 2-1 in extra time.
    Вони програли 1:2 в додатковий час. =>
They won 78-74 after two overtimes.
    Вони виграли 78:74 після двох овертаймів. =>
    Вони виграли 74:78 після двох овертаймів. => number
She took her third Olympic gold at the age of 34.
    Третє олімпійське золото вона здобула у 34 роки. =>
    Третє олімпійське золото вона здобула у тридцять три роки. => number
The court sentenced him to two years and six months in prison.
    Суд засудив його до двох з половиною років ув'язнення. =>
    Суд засудив його до двох років і дев'яти місяців ув'язнення. => quantity
He was fined 5 million won under Article 12(3) of the act.
    Його оштрафували на 5 млн вон за частиною 3 статті 12 закону. =>
    Його оштрафували на 50 млн вон за частиною 3 статті 12 закону. => money
He was fined under Article 12(3) of the act.
    Його оштрафували за частиною 3 статті 21 закону. => number
The judges ruled 6-3 that the law took effect on 1 July 2022.
    Судді шістьма голосами проти трьох постановили, що закон набув чинності 1 липня 2022 року. =>
    Судді 5:4 постановили, що закон набув чинності 1 липня 2022 року. => number
Appeals must be filed within 14 days.
    Апеляцію слід подати протягом двох тижнів. =>
    Апеляцію слід подати протягом чотирьох тижнів. => quantity
About a dozen witnesses testified.
    Свідчення дали близько дюжини свідків. =>
The 23-year-old was arrested at 3:40 a.m. on Sunday.
    23-річного чоловіка затримали в неділю о 3:40 ночі. =>
    23-річного чоловіка затримали в неділю о 15:40. => time
Storm Mora was 320 kilometres south of Odesa, moving at 18 km per hour.
    Шторм «Мора» перебував за 320 км на південь від Одеси і рухався: 18 км/год. =>
    Шторм «Мора» перебував за 18 км на південь від Одеси і рухався: 320 км/год => quantity
Sea levels rose 3.4 mm a year between 1993 and 2019.
    З 1993 до 2019 року рівень моря щороку зростав на 3,4 мм. =>
    З 1993 до 2009 року рівень моря щороку зростав на 3,4 мм. => date
Half of the households lost power.
    Половина домогосподарств залишилася без світла. =>
A third of the households lost power.
    Без світла залишилася третина домогосподарств. =>
    Без світла залишилася чверть домогосподарств. => number
The fund manages £2.1tn.
    Фонд управляє 2,1 трлн фунтів. =>
    Фонд управляє 2,1 млрд фунтів. => money
Exports fell for the first time in 16 months.
    Експорт скоротився вперше за 16 місяців. =>
    Експорт скоротився вперше за 6 місяців. => quantity
It paid a dividend of 3.61 hryvnias per share.
    Компанія виплатила дивіденди по 3 гривні 61 копійці на акцію. =>
The company cut 1,500 jobs, or 4 percent of its staff.
    Компанія скоротила 1,5 тис. працівників, або 4% штату. =>
    Компанія скоротила 15 тис. працівників, або 4% штату. => number
Oil fell below $70 a barrel.
    Нафта подешевшала до менш ніж 70 доларів за барель. =>
    Нафта подешевшала до менш ніж 70 євро за барель. => money
Sales doubled to 340,000 units.
    Продажі подвоїлися до 340 тисяч одиниць. =>
    Продажі потроїлися до 340 тисяч одиниць. => number
Sales tripled in two years.
    За два роки продажі зросли втричі. =>
The index gained for an 11th day.
    Індекс зростає одинадцятий день поспіль. =>
    Індекс зростає дванадцятий день поспіль. => number
He hit his 40th goal in the ninth minute.
    На дев'ятій хвилині він забив свій сороковий гол. =>
    На восьмій хвилині він забив свій сороковий гол. => number
She beat the world No. 2 6-4, 3-6, 7-5.
    Вона перемогла другу ракетку світу 6:4, 3:6, 7:5. =>
    Вона перемогла другу ракетку світу 6:4, 3:6, 7:6. => number
The team is unbeaten in 12 matches.
    Команда не програє вже 12 матчів. =>
The relay team ran 4x100m in 37.80.
    Естафетна команда пробігла 4х100 м за 37,80 с. =>
The marathon record is 2:00:35.
    Рекорд марафону — 2 години 35 секунд. =>
    Рекорд марафону — 2 години 53 секунди. => quantity
He finished 14 points ahead of second place.
    Він на 14 очок випередив друге місце. =>
He was drafted 17th overall in 2008.
    На драфті 2008 року його обрали 17-м. =>
    На драфті 2018 року його обрали 17-м. => date
The statute of limitations is seven years.
    Строк давності — сім років. =>
    Строк давності — десять років. => quantity
The trial opens on the morning of 3 March.
    Суд розпочнеться вранці 3 березня. =>
    Суд розпочнеться вранці 13 березня. => date
Two of the five defendants were acquitted.
    Двох із п'яти підсудних виправдали. =>
    Трьох із п'яти підсудних виправдали. => number
The law passed 214 votes to 37, with 12 abstentions.
    За закон проголосували 214 депутатів, проти — 37, утрималися 12. =>
    За закон проголосували 241 депутат, проти — 37, утрималися 12. => number
A minor under 14 cannot be charged.
    Неповнолітніх до 14 років не можна притягнути до відповідальності. =>
    Неповнолітніх до 13 років не можна притягнути до відповідальності. => number
The ruling came late on Friday, 8 November.
    Рішення ухвалили пізно в п'ятницю, 8 листопада. =>
    Рішення ухвалили пізно в суботу, 8 листопада. => date
"""


def rows(table):
    source = ""
    for line in table.strip().splitlines():
        if not line.startswith(" "):
            source = line
            continue
        target, _, kinds = line.partition("=>")
        yield source, target.strip(), kinds.split()


@pytest.mark.parametrize(("source", "target", "kinds"), list(rows(KO)))
def test_korean(source, target, kinds):
    assert told(source, target, "ko") == kinds


@pytest.mark.parametrize(("source", "target", "kinds"), list(rows(UK)))
def test_ukrainian(source, target, kinds):
    assert told(source, target, "uk") == kinds


def told(source, target, lang):
    findings = checks.check_pair(source, target, "en", lang).findings
    return sorted({f.kind for f in findings if f.severity != "info"})
