# ruff: noqa: E501 - paragraphs are not cut
"""Pairs of short articles on one event, all invented, and where they agree and differ.

Each has agreements in other words, differences, and what only looks like one: killed and
wounded, all and a part, round figures, time zones, an earlier toll, another event.
`missed` are differences that a reader finds and we do not yet; none other may be reported.
"""

from __future__ import annotations

from typing import NamedTuple


class Case(NamedTuple):
    """`agreed`: a word of a statement that both support. `differ`: kind and both sides."""

    name: str
    langs: tuple[str, str]
    days: tuple[str, str]
    one: str
    other: str
    agreed: tuple[str, ...]
    differ: tuple[tuple[str, str, str], ...]
    missed: tuple[tuple[str, str, str], ...] = ()


CASES = [
    Case(
        "heist",
        ("en", "en"),
        ("2026-01-20", "2026-01-20"),
        """Four masked men robbed a jeweller's shop in the centre of Tallis on Monday and escaped with watches worth 1.6 million euros.

The raid lasted less than three minutes. The robbers came at 10:05 a.m. and threatened two saleswomen with pistols.

A 48-year-old customer who tried to stop them was shot in the leg.

They fled in a grey Audi that was found burnt out an hour later near the airport.

Detective Chief Inspector Nora Quist asked witnesses to come forward.

In November a shop in the same street had been robbed of 300,000 euros in jewellery.""",
        """An armed gang stole watches from a jeweller's in Tallis on Monday morning. The loot is said to be worth 1.9 million euros.

Three men in masks entered the shop shortly after 10 o'clock and held two employees at gunpoint. After less than three minutes they were gone.

One customer, a man of 48, was wounded in the leg by a shot.

Their car, a grey Audi, was later discovered in flames close to the airport.

Inspector Nora Quist said the same gang might be behind a robbery in November.""",
        ("three minutes", "48", "audi", "leg"),
        (("number", "Four", "Three"), ("number", "1.6 million", "1.9 million")),
    ),
    Case(
        "dam",
        ("en", "en"),
        ("2026-11-03", "2026-11-03"),
        """A dam burst in the Sulak gorge before dawn on Tuesday and sent a wave of mud through three villages. Officials said at least 17 people were dead and about 40 missing.

The dam, finished in 1967, belonged to the utility Volta. It was 48 metres high.

"We heard a noise like an explosion," said Fatima Idris, a teacher in the village of Karat.

Prime Minister Yusuf Adan flew to the region. He promised each family 2,000 dollars.

Some 600 houses were swept away. A hospital with 120 beds in Karat had to be cleared.

Volta's chairman, Leon Brask, offered to resign.

Inspectors had warned of cracks in 2022.""",
        """At least 17 people were killed when a dam gave way in the Sulak gorge early on Tuesday; about 60 are still unaccounted for.

Mud and water hit three villages below the 48-metre dam, which was built in 1971 and is owned by Volta.

Around 600 homes were destroyed, and the 120 patients of a hospital in Karat were moved.

Fatima Idris, a nurse from Karat, said she was woken by a bang.

The government will pay 5,000 dollars to every family that lost its home, Prime Minister Yusuf Adan said during a visit.

Leon Brask, who chairs Volta, said he was ready to step down.

Cracks had been found by inspectors four years ago.""",
        ("17", "600", "karat", "brask"),
        (
            ("number", "40", "60"),
            ("role", "teacher", "nurse"),
            ("number", "2,000 dollars", "5,000 dollars"),
        ),
        (("date", "1967", "1971"),),
    ),
    Case(
        "uk-court",
        ("uk", "uk"),
        ("2026-04-14", "2026-04-14"),
        """Суд у Вільшані у вівторок засудив колишнього мера Романа Дяка до шести років позбавлення волі за хабар.

За версією слідства, Дяк, 57 років, отримав 240 тисяч євро від будівельної фірми.

Його водія Петра Луня звільнили від покарання.

Прокурор Інна Сич просила вісім років. Захист подасть апеляцію.

Дяка затримали у червні 2023 року.""",
        """Колишній мер Вільшани Роман Дяк проведе у в'язниці сім років: такий вирок суд оголосив у вівторок.

57-річний Дяк узяв хабар у 240 тисяч євро від будівельної компанії.

Помічника мера Петра Луня не покарали.

Прокурорка Інна Сич вимагала восьми років ув'язнення. Адвокати оскаржать вирок.

Затримали Дяка в липні 2023 року.""",
        ("240", "дяк", "сич"),
        (("number", "шести", "сім"), ("role", "водія", "Помічника"), ("date", "червні", "липні")),
    ),
    Case(
        "train",
        ("en", "en"),
        ("2026-02-17", "2026-02-18"),
        """A regional train derailed near the town of Belmora early on Tuesday, killing three passengers and injuring 41, the rail authority said.

The train was travelling from Lisk to Belmora with 112 people on board when it left the rails at 5:50 a.m.

Its driver, Tomas Hrdina, survived with a broken arm. Two of the injured are in a critical condition at St Anne hospital.

The line will stay closed until Friday, said Ivana Petkova, head of the rail authority.

Investigators have recovered the data recorder. The cause of the accident is not yet known.

The train was built in 1998 and had been inspected last month.

In 2019 four people died in a crash on the same line.""",
        """Four people were killed and 41 injured when a passenger train jumped the tracks outside Belmora on Tuesday morning.

About 110 people were aboard the 05:50 service from Lisk, according to the rail authority.

The conductor, Tomas Hrdina, was treated for a broken arm. Two passengers remain in critical condition in hospital.

Trains will not run on the line before Saturday, the authority's head Ivana Petkova told reporters.

The data recorder has been found and is being examined. Investigators say it is too early to name a cause.

The train, built in 1996, had passed an inspection in January.""",
        ("41", "lisk", "broken arm", "critical", "recorder"),
        (
            ("number", "three", "Four"),
            ("role", "driver", "conductor"),
            ("date", "Friday", "Saturday"),
            ("date", "1998", "1996"),
        ),
    ),
    Case(
        "match",
        ("en", "en"),
        ("2025-10-05", "2025-10-05"),
        """Rovers beat City 3-1 in the league on Saturday in front of 41,200 spectators.

Striker Adam Fane scored twice for Rovers, in the 12th and 67th minutes. Ben Oduya added the third late on.

City's goal came from Luka Marić, a penalty in the 80th minute. City midfielder Sam Roe was sent off.

Rovers are second in the table with 19 points, two behind Athletic.

Rovers coach Henk Visser praised his defence.""",
        """Two goals by Adam Fane helped Rovers to a 3-2 win over City on Saturday.

The striker struck after 12 and 64 minutes, before Ben Oduya made it three. Luka Maric scored a penalty for City.

Defender Sam Roe of City saw a red card. The attendance was 41,200.

Rovers have 19 points from eight matches and are second behind Athletic.

"Our defence was superb," said manager Henk Visser.""",
        ("fane", "41,200", "19 points"),
        (("number", "3-1", "3-2"), ("role", "midfielder", "Defender")),
        (("number", "67th", "64"),),
    ),
    Case(
        "bank",
        ("en", "en"),
        ("2026-05-07", "2026-05-08"),
        """The central bank of Norvia raised its key interest rate by half a percentage point to 5.5% on Thursday, the third increase this year.

Governor Lena Aldous said inflation, at 7.2% in April, was still too high.

The bank expects the economy to grow by 1.1% this year and by 1.8% next year.

The decision was taken by seven votes to two. The crown rose 0.4% against the euro.

Unemployment stood at 4.9% in March. The next meeting is on 18 June.""",
        """Norvia's central bank lifted its main rate to 5.5% on Thursday from 5%, its third rise of the year.

Inflation was 7.4% in April, said deputy governor Lena Aldous.

It forecasts growth of 1.1% in 2026 and 2.1% in 2027.

Seven of the nine members of the board voted for the increase; two wanted no change.

The crown gained 0.4% against the euro. The board meets again on 18 June.

A year ago the rate was 3.75%.""",
        ("5.5%", "third", "1.1%", "18 june", "0.4%", "seven"),
        (
            ("number", "7.2%", "7.4%"),
            ("role", "Governor", "deputy governor"),
            ("number", "1.8%", "2.1%"),
        ),
    ),
    Case(
        "trial",
        ("en", "en"),
        ("2026-03-03", "2026-03-03"),
        """A court in Ostrava Heights sentenced former mayor Viktor Salen to six years in prison on Monday for taking bribes.

Judge Helena Marr found that Salen, 61, had accepted 240,000 euros from a building firm between 2018 and 2021.

His former aide, Peter Lund, was given a suspended sentence of two years.

Prosecutor Jan Weiss had asked for eight years. Salen's lawyer said he would appeal.

Salen was arrested in June 2023. He has always denied the charges.

The court also ordered him to pay a fine of 100,000 euros.""",
        """Viktor Salen, once the mayor of Ostrava Heights, was jailed for seven years on Monday after being convicted of corruption.

The 61-year-old took 240,000 euros in bribes from a construction company from 2018 to 2021, judge Helena Marr ruled.

Peter Lund, his former driver, received a two-year suspended sentence.

The prosecution had demanded eight years. The defence announced an appeal.

Salen, who was detained in July 2023, denies wrongdoing.

He must also pay a 100,000-euro fine.""",
        ("240,000", "suspended", "100,000", "61"),
        (
            ("number", "six years", "seven years"),
            ("role", "aide", "driver"),
            ("date", "June 2023", "July 2023"),
        ),
    ),
    Case(
        "ferry",
        ("en", "en"),
        ("2026-08-14", "2026-08-15"),
        """A ferry with 183 people on board capsized off the island of Marovo on Thursday evening. At least 26 people drowned, the coastguard said.

Rescuers had pulled 131 survivors from the water by midnight, among them 12 children.

The accident happened at 18:40 local time (07:40 GMT), some three kilometres from the harbour.

The ship, the Queen Ana, was built in Japan in 1989 and was licensed to carry 150 passengers.

The captain, Joseph Lanu, was detained for questioning.

It is the country's worst shipping disaster since 2004, when 61 people died.""",
        """Thirty-one people are now known to have died when the ferry Queen Ana went down off Marovo on Thursday, officials said on Saturday; the toll had been put at 26 earlier.

In all 131 people were saved, including 12 children. About 180 were on the ship.

The ferry sank around 6.40pm local time, three km from port.

It was allowed to carry only 120 passengers, according to the transport ministry. The 37-year-old vessel was made in Japan.

Police arrested the ship's owner, Joseph Lanu.

The captain is among the dead.""",
        ("131", "12 children", "three k", "japan", "lanu"),
        (("number", "150", "120"), ("role", "captain", "owner")),
    ),
    Case(
        "storm",
        ("en", "en"),
        ("2025-10-21", "2025-10-21"),
        """Storm Ingrid killed six people in northern Vallonia, officials said on Tuesday. Four of them died when a tree fell on a bus near Pesk.

Winds reached 148 km/h. Some 220,000 homes were without electricity on Tuesday morning.

In the town of Orrin 310 millimetres of rain fell in 24 hours.

The government promised 25 million euros in aid.

Interior Minister Dora Lenk visited Pesk on Tuesday.

Another storm, Jonas, is expected at the weekend; in 2017 a storm killed 19 people there.""",
        """At least six people have died in storm Ingrid in the north of Vallonia. A falling tree hit a bus near Pesk, killing three.

Gusts of up to 162 km/h were measured. Power was cut to more than 200,000 homes; by Tuesday evening 90,000 were still without it.

Orrin had 310 mm of rain within a day.

The state will give 25 million euros to those affected, said Dora Lenk, the minister of the interior.

The next storm is forecast for Saturday.""",
        ("six", "310", "25 million", "lenk"),
        (("number", "Four", "three"),),
        (("number", "148 km/h", "162 km/h"),),
    ),
    Case(
        "flood",
        ("en", "en"),
        ("2026-05-03", "2026-05-04"),
        """Heavy rain has caused floods in the province of Taluk. Eleven people have died and seven are missing, the governor, Amir Sayed, said on Sunday.

About 35,000 people had to leave their homes. They were brought to 62 schools and sports halls.

The river Ono rose to 8.4 metres, the highest level since 1974.

Two bridges collapsed. The main road to the capital has been cut since Friday.

The army sent 1,200 soldiers and 40 boats.""",
        """At least 11 people have been killed by floods in Taluk province, and nine are still missing, officials said on Monday.

Thirty-five thousand residents were taken to safety; 62 schools and halls serve as shelters.

The Ono reached 8.4 m, its highest level since 1978, said Amir Sayed, the deputy governor.

Three bridges were destroyed, and the road to the capital has been blocked since Friday.

Twelve hundred soldiers are helping.

In neighbouring Perang, floods killed four people last month.""",
        ("missing", "35,000", "62", "8.4", "friday"),
        (
            ("number", "seven", "nine"),
            ("date", "1974", "1978"),
            ("role", "governor", "deputy governor"),
            ("number", "Two", "Three"),
        ),
    ),
    Case(
        "uk-fire",
        ("uk", "uk"),
        ("2026-03-05", "2026-03-05"),
        """Пожежа сталася у середу ввечері на складі меблів у Дубіївці. Загинули троє людей, ще дев'ятеро поранені, повідомила речниця рятувальників Олена Тиха.

Вогонь гасили 64 рятувальники. Площа пожежі становила 1200 квадратних метрів.

Склад збудували 2009 року. Його власник — фірма «Клен».

Директор фірми Іван Корж оцінив збитки у 5 мільйонів гривень.

Слідство почнеться 9 березня.""",
        """У Дубіївці в середу згорів склад меблів. Четверо людей загинули, дев'ятеро дістали поранення.

Пожежу на площі 1200 квадратних метрів гасили 64 рятувальники, сказала Олена Тиха.

Склад, збудований 2011 року, належить фірмі «Клен».

За словами бухгалтера фірми Івана Коржа, збитки становлять 7 мільйонів гривень.

Розслідування розпочнуть 9 березня.""",
        ("64", "1200", "клен"),
        (
            ("number", "троє", "Четверо"),
            ("date", "2009", "2011"),
            ("role", "Директор", "бухгалтера"),
            ("number", "5 мільйонів", "7 мільйонів"),
        ),
    ),
    Case(
        "ko-fire",
        ("ko", "ko"),
        ("2026-03-05", "2026-03-05"),
        """4일 밤 대산시 가구 공장에서 불이 나 3명이 숨지고 9명이 다쳤다.

소방관 64명이 5시간 만에 불을 껐다고 박성호 소방서장이 밝혔다.

공장은 2009년에 지어졌으며 직원은 120명이다.

공장장 김민수 씨는 피해액을 5억 원으로 추산했다.

경찰은 10일 조사 결과를 발표할 예정이다.""",
        """대산시의 한 가구 공장에서 4일 밤 화재가 발생해 4명이 사망하고 9명이 부상했다.

불은 소방관 64명이 출동해 5시간 만에 꺼졌다.

2011년에 지어진 이 공장에는 직원 120명이 일한다.

김민수 공장장에 따르면 피해액은 7억 원이다.

경찰은 12일 조사 결과를 발표한다.""",
        ("64명", "120명", "9명"),
        (
            ("number", "3", "4"),
            ("date", "2009", "2011"),
            ("number", "5억", "7억"),
            ("date", "10일", "12일"),
        ),
    ),
    Case(
        "cross",
        ("en", "ko"),
        ("2026-03-05", "2026-03-05"),
        """A fire at a furniture factory in Daesan killed three people and injured nine on Wednesday night.

The factory was built in 2009 and employs 120 people.

Sixty-four firefighters put out the blaze after five hours.

The damage is put at 500 million won.""",
        """대산시의 한 가구 공장에서 4일 밤 화재가 발생해 4명이 사망하고 9명이 부상했다.

2011년에 지어진 이 공장에는 직원 120명이 일한다.

불은 소방관 64명이 출동해 5시간 만에 꺼졌다.

피해액은 7억 원이다.""",
        ("120", "five hours"),
        (("number", "three", "4"), ("date", "2009", "2011"), ("number", "500 million", "7억")),
    ),
]
