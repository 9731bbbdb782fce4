"""What the sentences say: one row per pattern, in English, Ukrainian and Korean.

`{city}` is a value of that kind, `{city2}` another one; `{city.gen}` one of its forms;
`{k?день|дні|днів}` the noun that follows the number k; `{person~сказав|сказала}` the word
that agrees with the person; `[은]` the Korean particle that the sound before it asks for;
`[a]` the English article. The kinds and their forms are in `training.sentences`.
"""

from __future__ import annotations

PATTERNS = tuple(
    tuple(block.strip().splitlines())
    for block in """
Police in {city} detained {k} people on {date}.
{date} поліція {city.gen} затримала {k} {k?особу|особи|осіб}.
{city} 경찰은 {date} {k}명을 체포했다.

At least {n} people were killed and {k} injured in {city}.
Щонайменше {n} {n?людина загинула|людини загинули|людей загинули} і {k} {k?дістала|дістали|дістали} поранення {city.in}.
{city}에서 최소 {n}명이 숨지고 {k}명이 다쳤다.

{person} arrived in {city} on {day}.
{person} {person~прибув|прибула} до {city.gen} {day}.
{person}[은] {day} {city}에 도착했다.

Prices in {country} rose by {pct} in {year}.
У {year} році ціни {country.in} зросли на {pct}.
{year}년 {country}의 물가가 {pct} 올랐다.

{org} will give {country} {money}.
{org} виділить для {country.gen} {money}.
{org}[은] {country}에 {money}[을] 지원할 예정이다.

{org} said on {date} that {big} people had left {city}.
{org} {org~повідомив|повідомила|повідомило} {date}, що {city.from} {big?виїхала|виїхали|виїхало} {big} людей.
{org}[은] {date} {city}에서 {big} 명이 떠났다고 밝혔다.

The meeting in {city} begins at {time} on {day}.
Зустріч {city.in} почнеться {day} {time}.
{city} 회의는 {day} {time}에 시작된다.

{person}, {age}, became mayor of {city} in {year}.
{age}-{person~річний|річна} {person} {person~став|стала} мером {city.gen} у {year} році.
{age}세의 {person}[은] {year}년 {city} 시장이 됐다.

The {k}-kilometer road between {city} and {city2} reopened on {date}.
Дорогу {city} – {city2} завдовжки {k} {k?кілометр|кілометри|кілометрів} знову відкрили {date}.
{city}[과] {city2}[을] 잇는 {k}km 도로가 {date} 다시 열렸다.

{country} bought {k} planes from {country2} for {money}.
{country} купила {country2.at} {k} {k?літак|літаки|літаків} за {money}.
{country}[은] {country2}에서 항공기 {k}대를 {money}에 샀다.

The factory in {city} produced {n} tons of steel in {month}.
У {month.in} завод {city.in} виробив {n} {n?тонну|тонни|тонн} сталі.
{city} 공장은 {month}에 철강 {n}톤을 생산했다.

Turnout in {city} was {pct}, {org} said.
Явка {city.in} становила {pct}, {org~повідомив|повідомила|повідомило} {org.low}.
{org}[은] {city}의 투표율이 {pct}라고 밝혔다.

Temperatures in {city} will reach {k} degrees on {day}.
{day} {city.in} температура сягне {k} {k?градуса|градусів|градусів}.
{day} {city}의 기온은 {k}도까지 오르겠다.

{w} soldiers were wounded near {city} on {date}.
{date} поблизу {city.gen} поранено {w} військових.
{date} {city} 인근에서 군인 {w}명이 다쳤다.

{org} opened {w} offices in {country}.
{org} {org~відкрив|відкрила|відкрило} {country.in} {w.of} {w?офіс|офіси|офісів}.
{org}[은] {country}에 사무소 {w}곳을 열었다.

The law was adopted by {k} votes to {k2} on {fdate}.
Закон ухвалено {fdate} {k} {k?голосом|голосами|голосами} проти {k2}.
이 법은 {fdate} 찬성 {k}표, 반대 {k2}표로 통과됐다.

Flight {flight} from {city} to {city2} was delayed by {k} minutes.
Рейс {flight} {city.from} до {city2.gen} затримався на {k} {k?хвилину|хвилини|хвилин}.
{city}발 {city2}행 {flight}편이 {k}분 지연됐다.

{label} reported {n} new cases in {country}.
{label} повідомляє про {n} {n?новий випадок|нові випадки|нових випадків} {country.in}.
{label}에 따르면 {country}에서 신규 사례 {n}건이 나왔다.

The photo appeared on {label} at {time}.
Світлина з'явилася на {label} {time}.
사진은 {time}에 {label}에 올라왔다.

{person} told {label} that the talks would last {k} days.
{person} {person~сказав|сказала} {label}, що переговори триватимуть {k} {k?день|дні|днів}.
{person}[은] 회담이 {k}일 동안 이어질 것이라고 {label}에 말했다.

{country} and {country2} signed a deal worth {money} on {fdate}.
{fdate} {country} та {country2} підписали угоду на {money}.
{country}[과] {country2}[은] {fdate} {money} 규모의 협정에 서명했다.

The company cut {n} jobs, or {pct} of its staff.
Компанія скоротила {n} {n?робоче місце|робочі місця|робочих місць}, тобто {pct} персоналу.
회사는 일자리 {n}개, 즉 전체 인력의 {pct}를 줄였다.

{club} beat {club2} {score} in {city}.
Команда «{club}» перемогла команду «{club2}» з рахунком {score} {city.in}.
{club}[이] {city}에서 {club2}[을] {score}[으로] 이겼다.

The court in {city} ordered the bank to pay {money}.
Суд {city.in} зобов'язав банк сплатити {money}.
{city} 법원은 은행에 {money}[을] 지급하라고 명령했다.

The bridge, built in {year}, is {n} meters long.
Міст, збудований у {year} році, має завдовжки {n} {n?метр|метри|метрів}.
{year}년에 건설된 이 다리의 길이는 {n}미터다.

Rescuers found {k} survivors after {k2} hours.
Рятувальники знайшли {k} {k?вцілілого|вцілілих|вцілілих} після {k2} {k2?години|годин|годин} пошуків.
구조대는 {k2}시간 만에 생존자 {k}명을 찾았다.

{person} was born in {city} on {fdate}.
{person} {person~народився|народилася} {fdate} {city.in}.
{person}[은] {fdate} {city}에서 태어났다.

Grain exports from {country} fell to {n} tons, down {pct} from {year}.
Експорт зерна {country.from} скоротився до {n} {n?тонни|тонн|тонн}, що на {pct} менше, ніж у {year} році.
{country}의 곡물 수출은 {year}년보다 {pct} 줄어든 {n}톤을 기록했다.

An earthquake of magnitude {mag} struck {country} on {date} at {time}.
Землетрус магнітудою {mag} стався {country.in} {date} {time}.
{date} {time} {country}에서 규모 {mag}의 지진이 발생했다.

{org} has helped {big} families since {year}.
З {year} року допомогу від {org.gen} {big?отримала|отримали|отримали} {big} сімей.
{org}[은] {year}년부터 {big} 가구를 도왔다.

The festival in {city} will run from {date} to {date2}.
Фестиваль {city.in} триватиме з {date} до {date2}.
{city} 축제는 {date}부터 {date2}까지 열린다.

{person} won the election with {pct} of the vote.
{person} {person~переміг|перемогла} на виборах, набравши {pct} голосів.
{person}[은] {pct}의 득표율로 선거에서 승리했다.

The drone flew {n} kilometers and hit a depot near {city}.
Безпілотник пролетів {n} {n?кілометр|кілометри|кілометрів} і влучив у склад поблизу {city.gen}.
무인기는 {n}km를 날아 {city} 인근 창고를 타격했다.

Air raid sirens sounded in {city} at {time} and again at {time2}.
Сирени {city.in} пролунали {time} і знову {time2}.
{city}에서 공습 사이렌이 {time}에, 그리고 {time2}에 다시 울렸다.

The ticket price rose from {k} euros to {k2} euros.
Ціна квитка зросла з {k} євро до {k2} євро.
표 값은 {k}유로에서 {k2}유로로 올랐다.

{person}, head of {org}, resigned on {day} after {k} months in office.
{person~Очільник|Очільниця} {org.gen} {person} {person~пішов|пішла} у відставку {day} після {k} {k?місяця|місяців|місяців} на посаді.
{org} 수장 {person}[은] 취임 {k}개월 만에 {day} 사임했다.

Resolution No. {n} was supported by {k} countries.
Резолюцію {n.code} {k?підтримала|підтримали|підтримали} {k} {k?країна|країни|країн}.
결의 제{n.code}호는 {k}개국의 지지를 받았다.

[a] {age}-year-old {who} was arrested in {city} on {day}.
{age}-{who~річного|річну} {who} затримали {city.in} {day}.
{age}세 {who}[이] {day} {city}에서 체포됐다.

The satellite was launched from {country} on {fdate} at {time}.
Супутник запустили {country.from} {fdate} {time}.
위성은 {fdate} {time} {country}에서 발사됐다.

Inflation slowed to {pct.sign} in {month} from {pct2.sign} in {month2}.
Інфляція сповільнилася до {pct.sign} у {month.in} з {pct2.sign} у {month2.in}.
물가 상승률은 {month2} {pct2}에서 {month} {pct}로 둔화했다.

About {big} people marched through {city} on {day}, {label} wrote.
{day} вулицями {city.gen} пройшли близько {big.gen} людей, пише {label}.
{label}에 따르면 {day} {city}에서 약 {big} 명이 행진했다.

The budget for {year} is {money}, including {money2} for schools.
Бюджет на {year} рік становить {money}, зокрема {money2} на школи.
{year}년 예산은 {money}이며, 이 가운데 학교 예산은 {money2}[이다].

The museum in {city} is closed on {day} and {day2}.
Музей {city.in} зачинений {day} та {day2}.
{city} 박물관은 {day}[과] {day2} 휴관한다.

{person} and {person2} met in {city}.
{person} та {person2} зустрілися {city.in}.
{person}[과] {person2}[은] {city}에서 만났다.

A fire in {city} destroyed {k} houses and {k2} cars.
Пожежа {city.in} знищила {k} {k?будинок|будинки|будинків} і {k2} {k2?автомобіль|автомобілі|автомобілів}.
{city}에서 난 불로 주택 {k}채와 자동차 {k2}대가 탔다.

{label} and {label2} published the figures on {date}.
{label} та {label2} оприлюднили ці дані {date}.
{label} 및 {label2}에 {date} 이 수치가 실렸다.
""".strip().split("\n\n")
)
