"""Words that news uses for one another, and what people are called by their office or work.

English words stand for all with their root; a Korean or Ukrainian form is how a word begins.
Few and sure: two words in one row mean the same wherever facts are compared by them.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import NamedTuple

from toolkit.lang import pack
from toolkit.schema import Segment, Span
from toolkit.summaries.extractive import stems

LANGS = ("en", "ko", "uk")
# Letters behind a form that are still its ending; English words are known by their roots.
_ENDING = {"ko": 6, "uk": 5}

# One thing a row, as nouns and verbs: English | Korean | Ukrainian.
_ALIKE = """
kill killed die died dies dying death dead fatal fatality slain perish | 숨졌 숨지 숨진 사망 목숨 | загин загибл вбит убит помер смерт жертв
injure injury injured wound hurt hospitalised hospitalized | 부상 다쳤 다친 다치 | поран травмова постражда
missing unaccounted | 실종 | зник
kidnap abduct abduction seize | 납치 | викра
arrest detain detained detention custody apprehend | 체포 구속 검거 | затрим заареш
release released freed | 석방 풀려 | звільн
rescue rescuer saved | 구조 구출 | врятов рятув
evacuate evacuation | 대피 | евакуй евакую
begin began begun start commence | 시작 개시 | почал почат почин розпоча
end ended conclude | 종료 끝났 | закінч заверш
built build construct construction | 건설 지어 지은 준공 | збудов збудув побудов побудув будівництв
destroy flatten ruin levelled gutted | 파괴 전소 | зруйнов знищ
jail prison imprison sentence | 징역 선고 수감 | ув'язн позбавл засуд вирок
convict convicted guilty | 유죄 | винн
crash crashed collide collision | 충돌 추락 | зіткн аварі
fire fires blaze flames inferno | 화재 불이 불은 | пожеж
quake earthquake tremor | 지진 | землетрус
buy bought acquire acquisition takeover purchase | 인수 매입 | купи придба
company companies firm firms corporation | 회사 기업 업체 | компані фірм
factory factories plant plants | 공장 | завод фабрик
employ worker staff workforce jobs job | 직원 근로자 노동자 일자리 | працівник робітник співробітник
house houses home homes dwelling | 주택 가옥 | будинк буди́нок житл
plane planes aircraft airplane jet | 여객기 항공기 비행기 | літак
car cars vehicle automobile | 차량 자동차 승용차 | автомоб машин
rise rises rose risen rising increase grew grow growth climb gain gained gains lift raise raised | 증가 상승 올랐 늘었 인상 성장 | зріс зрост збільш підвищ
fall fell fallen drop dropped decline decrease shrink shrank | 감소 하락 줄었 떨어 내렸 | впал впав знизи зниж зменш скорот
film films movie | 영화 | фільм кіно
prize prizes award | 상을 상금 | премі нагород приз
attendance spectator crowd audience watch | 관중 관객 | глядач
coast shore | 해안 | узбереж берег
road highway motorway | 도로 고속도로 | дорог шосе трас
student pupil | 학생 | учн студент школяр
forecast predict expect | 전망 예상 | прогноз очіку
beat beats beaten defeat win wins won victory winner | 이겼 이긴 승리 꺾 | перем виграл здола
resign quit step stepped | 사임 사퇴 | відстав
reopen reopened reopens resume | 재개 | віднов
close closed closes shut | 폐쇄 휴업 문을 | закри зачин
repair renovate renovation restore | 보수 수리 복원 | ремонт реставр
steal stole stolen theft robbed rob robbery robber | 훔쳤 훔친 절도 강도 | викрад крадіж пограбув
shot shoot shooting gunfire | 총격 총을 | стріл
burn burned burnt | 탔다 불탔 | згорі
attend attended participate took part | 참가 참석 | участ відвіда
found find discover recovered | 발견 찾았 | знайш знайден вияв
weigh weight | 무게 | важи ваг
carry carried transport | 실은 싣고 운반 | везл перевоз
born birth | 태어 출생 | народ
sank sink sunk | 침몰 | затон
pay paid payment | 지급 지불 | сплат виплат
cost costs costing worth price | 비용 값 | кошту вартіст ціна
offer offered | 제안 | пропон запропон
marry married wedding | 결혼 | одруж весіл
replace succeed successor | 후임 교체 | замін
damage damages losses | 피해 손해 손실 | збитк шкод пошкодж
donate donation gave given | 기부 | пожертв
visit | 방문 | візит відвід
vote votes voted ballot | 표를 투표 | голос
protest demonstrate demonstration rally rallied marched | 시위 집회 | протест мітинг
protester demonstrator | 시위대 | протестувальник демонстрант
family families | 가족 | сім' родин
"""

# The first rows: what became of people, of which two are never said of one.
FATES = frozenset(f"@{number}" for number in range(8))

# What somebody is called: `exclusive sorts` of roles are compared with their own sort only.
# A row is one role: English | Korean | Ukrainian.
_ROLES = """
# office
president | 대통령 | президент
prime_minister premier | 총리 | прем'єр-міністр прем’єр-міністр прем'єр прем’єр
minister secretary | 장관 | міністр
governor | 주지사 지사 총재 | губернатор
mayor | 시장 | мер міський_голова
chancellor | 수상 | канцлер
senator | 상원의원 | сенатор
ambassador | 대사 | посол
councillor | 시의원 | депутат_міськради
king | 국왕 | король
queen | 여왕 | королева
prince | 왕자 | принц
# business work
manager | 매니저 지배인 | менеджер менеджерка
# business
treasurer | 회계 | скарбник
chief_executive ceo chief_executive_officer | 최고경영자 대표이사 | генеральний_директор гендиректор
finance_director chief_financial_officer cfo | 최고재무책임자 재무이사 | фінансовий_директор
chairman chairwoman chairperson | 회장 의장 이사장 | голова_правління
# office business work
spokesman spokeswoman spokesperson | 대변인 | речник речниця
adviser advisor | 고문 보좌관 | радник радниця
aide assistant | 보좌진 비서 | помічник помічниця
# court
judge magistrate | 판사 재판장 | суддя судді
prosecutor | 검사 | прокурор прокурорка
# court work
lawyer attorney solicitor barrister | 변호사 | адвокат адвокатка
# sport
goalkeeper keeper | 골키퍼 | воротар воротарка
defender full-back centre-back | 수비수 | захисник захисниця
midfielder | 미드필더 | півзахисник півзахисниця
striker forward centre-forward | 공격수 스트라이커 | нападник нападниця
winger | 윙어 | вінгер
coach trainer | 감독 코치 | тренер тренерка
referee umpire | 심판 | арбітр
# art
writer author novelist | 작가 소설가 | письменник письменниця
poet | 시인 | поет поетеса
actor actress | 배우 | актор актриса акторка
singer | 가수 | співак співачка
painter | 화가 | художник художниця
sculptor | 조각가 | скульптор
composer | 작곡가 | композитор
pianist | 피아니스트 | піаніст піаністка
violinist | 바이올리니스트 | скрипаль скрипалька
film_director film-maker filmmaker | 영화감독 | режисер режисерка
photographer | 사진작가 | фотограф
# art work
architect | 건축가 | архітектор архітекторка
journalist reporter | 기자 | журналіст журналістка
editor | 편집장 | редактор редакторка
# work
owner | 선주 소유주 주인 | власник власниця
director | 관장 소장 | директор директорка
driver chauffeur | 운전사 운전기사 기사 | водій воді
conductor | 차장 | кондуктор провідник
pilot | 조종사 | пілот
co-pilot copilot | 부조종사 | другий_пілот
mate first_mate | 항해사 | помічник_капітана
steward stewardess | 승무원 | стюард стюардес
passenger | 승객 | пасажир
cyclist | 자전거_운전자 | велосипедист
pedestrian | 보행자 | пішохід
doctor physician | 의사 | лікар лікарка
surgeon | 외과의 | хірург
nurse | 간호사 | медсестра
paramedic | 구급대원 | фельдшер
midwife | 조산사 | акушерка
dentist | 치과의사 | стоматолог
pharmacist | 약사 | фармацевт
vet veterinarian | 수의사 | ветеринар
teacher | 교사 | вчитель вчителька учитель учителька
pupil student schoolboy schoolgirl | 학생 대학생 | учень учениця студент студентка
professor lecturer | 교수 | професор професорка
headteacher headmaster headmistress principal | 교장 | директор_школи
caretaker janitor | 관리인 | завгосп
firefighter fireman | 소방관 | пожежник рятувальник
guard watchman | 경비원 | охоронець сторож
electrician | 전기기사 | електрик
plumber | 배관공 | сантехнік
carpenter | 목수 | тесля
mechanic | 정비사 | механік
engineer | 엔지니어 기술자 | інженер інженерка
farmer | 농부 농민 | фермер фермерка
fisherman | 어부 | рибалка
baker | 제빵사 | пекар
cook chef | 요리사 | кухар
waiter waitress | 종업원 | офіціант офіціантка
cleaner | 청소부 | прибиральниця
cashier | 계산원 | касир касирка
accountant | 회계사 | бухгалтер бухгалтерка
banker | 은행가 | банкір
priest pastor vicar | 신부 목사 | священник
bishop | 주교 | єпископ
imam | 이맘 | імам
monk | 수도사 | монах
librarian | 사서 | бібліотекар бібліотекарка
archaeologist | 고고학자 | археолог археологиня
historian | 역사학자 | історик історикиня
biologist | 생물학자 | біолог біологиня
geologist | 지질학자 | геолог геологиня
physicist | 물리학자 | фізик фізикиня
chemist | 화학자 | хімік хімікиня
economist | 경제학자 | економіст економістка
curator | 학예사 큐레이터 | куратор кураторка
detective | 형사 | детектив
inspector | 경위 | інспектор інспекторка
# work rank
captain skipper | 선장 기장 | капітан
# rank
superintendent | 총경 | суперінтендант
commissioner | 청장 | комісар
sheriff | 보안관 | шериф
private | 이병 | рядовий
corporal | 상병 | капрал
sergeant | 병장 | сержант
lieutenant | 중위 | лейтенант
major | 소령 | майор
colonel | 대령 | полковник
general | 장군 | генерал
admiral | 제독 | адмірал
rifleman | 소총수 | стрілець
shooter | 사수 | стрілок
gunner | 포수 | навідник
sniper | 저격수 | снайпер
scout | 정찰병 | розвідник
medic | 위생병 의무병 | санітар
# kin
husband | 남편 | чоловік
wife | 아내 부인 | дружина
widow | 미망인 | вдова
son | 아들 | син
daughter | 딸 | дочка донька
brother | 형 남동생 | брат
sister | 여동생 | сестра
mother | 어머니 | мати
father | 아버지 | батько
uncle | 삼촌 | дядько
aunt | 이모 고모 | тітка
nephew | 조카 | племінник
niece | 조카딸 | племінниця
cousin | 사촌 | двоюрідний_брат
grandson | 손자 | онук
granddaughter | 손녀 | онука
grandfather | 할아버지 | дід
grandmother | 할머니 | бабуся
fiance fiancé | 약혼자 | наречений
fiancee fiancée | 약혼녀 | наречена
# part
suspect | 용의자 | підозрюваний
witness | 목격자 | свідок
hostage | 인질 | заручник
defendant accused | 피고인 피고 | підсудний обвинувачений
plaintiff | 원고 | позивач
"""
# Words before a role that make it another, also where the other has none.
RANKS = {
    "en": "deputy vice assistant under-secretary junior shadow",
    "ko": "부",
    "uk": "заступник заступника заступниця віце",
}
# What may stand behind a role for it to be one: particles, the endings of cases, or nothing.
ROLE_ENDINGS = {
    "ko": r"(?=은|는|이|가|을|를|의|과|와|도|로|으로|에게|씨|인|였다|이다|$|[\s,.)])",
    "uk": r"(?:[аеиіоуюяїйєь]\w{0,2})?(?![\w-])",
}
# Whose role it is, between the role and a name: директор фірми Іван Корж.
WHOSE = {
    "uk": "фірми компанії школи лікарні банку заводу фабрики міста області району села партії клубу "
    "університету театру музею корабля судна поїзда автобуса збірної команди суду ради міністерства"
}
# Fields of office, of which two on one role are two offices; a role without one may be either.
OFFICES = {
    "en": "foreign interior finance defence defense health education justice transport energy "
    "economy environment agriculture trade labour labor culture sports sport police fire "
    "sales marketing technical financial operating sporting artistic medical scout "
    "reconnaissance truck bus train taxi tram ambulance lorry army navy prison school night "
    "second first third chief",
    "ko": "외무 외교 내무 재무 국방 보건 교육 법무 교통 환경 농림 문화 노동 경찰 소방 버스 트럭 택시",
    "uk": "внутрішніх закордонних фінансів оборони освіти юстиції культури енергетики економіки",
}


class Role(NamedTuple):
    """What somebody is called: which row of the table, and with which sorts it is compared."""

    row: int
    sorts: frozenset[str]


@cache
def _forms(lang: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for number, row in enumerate(_ALIKE.strip().splitlines()):
        for form in _cell(row, lang):
            start = form if lang in _ENDING else root(form, lang)
            found.setdefault(start, f"@{number}")
            found.setdefault(start.removesuffix("e"), f"@{number}")  # seize, seized
    return found


def _cell(row: str, lang: str) -> list[str]:
    return row.split(" | ")[LANGS.index(lang)].split() if lang in LANGS else []


@lru_cache(maxsize=1 << 15)
def concept(word: str, lang: str) -> str:
    """What a word in small letters means, equal in all languages; "" if it is not known."""
    forms = _forms(lang)
    if lang not in _ENDING:
        return forms.get(root(word, lang), "")
    shortest = max(1, len(word) - _ENDING[lang])
    starts = (word[:length] for length in range(len(word), shortest - 1, -1))
    return next((forms[start] for start in starts if start in forms), "")


def root(word: str, lang: str) -> str:
    """What a word in small letters has in common with its other forms; "" for `the`."""
    return next(iter(stems([Segment("", Span(0, 0), word, 0)], pack(lang).summaries)[0]), "")


@cache
def roles(lang: str) -> dict[str, Role]:
    """Each form of a role in small letters, and which role it is."""
    known: dict[str, Role] = {}
    sorts: frozenset[str] = frozenset()
    for number, row in enumerate(_ROLES.strip().splitlines()):
        if row.startswith("# "):
            sorts = frozenset(row[2:].split())
        else:
            for form in _cell(row, lang):
                known.setdefault(form.replace("_", " "), Role(number, sorts))
    return known
