"""The words of digests in each language: what outputs say, and what gives a sentence away.

Cues are stems of words, few and sure. A language that has no row has no such cue: caveats,
roles and verbs of its articles are then told by what else its pack knows.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

LANGS = ("en", "ko", "uk")

# One row per thing said: English, Korean, Ukrainian. `{}` takes what is counted or named.
_ROWS = """
digest | Digest of {} articles | 기사 {}건 종합 | Зведення з {} статей
sources | Sources | 출처 | Джерела
paragraphs | paragraphs: {} | 문단: {} | абзаців: {}
no_date | no date line | 날짜 없음 | дати немає
agreed | What several sources say | 여러 출처가 전하는 내용 | Про що повідомляють кілька джерел
caveats | Caveats | 유의할 점 | Застереження
agree | Where they agree | 일치하는 내용 | У чому сходяться
differ | Where they differ | 다른 내용 | У чому розходяться
variants | Told in other words | 다르게 표현된 내용 | Сказано інакше
variants_note | Other words for a role, or a denial that the other source does not have: read both. They may be two translations of one thing, and are not counted as differences. | 역할을 다른 말로 썼거나 한쪽만 부정하는 내용이므로 둘 다 읽어 보십시오. 같은 내용을 달리 옮긴 것일 수 있어 차이로 세지 않습니다. | Інші слова для ролі або заперечення, якого немає в іншому джерелі: прочитайте обидва. Це можуть бути різні переклади того самого; розбіжностями не вважаються.
only | Only in {} | {}에만 있는 내용 | Лише в {}
none_agree | No statement is in more than one source. | 두 출처 이상에 나온 내용이 없습니다. | Жодного твердження немає в кількох джерелах.
none_differ | No difference in figures, dates and names was found. | 숫자·날짜·이름에서 다른 점을 찾지 못했습니다. | Розбіжностей у цифрах, датах та іменах не знайдено.
unrelated | These articles seem to tell of different events. | 서로 다른 사건을 다룬 기사로 보입니다. | Схоже, що ці статті про різні події.
partly | in part: {} | 일부: {} | частково: {}
statement | Statement | 내용 | Твердження
shared | In common | 공통점 | Спільне
about | About | 대상 | Про що
kind | Kind | 종류 | Вид
read_as | read as {} | {}로 읽음 | тобто {}
by_own | read as {}, by its own date line | 자체 날짜 기준 {} | за власною датою {}
by_other | read as {}, by the date line of {} (borrowed) | {} – {}의 날짜를 빌려 계산 | {} – за датою, запозиченою з {}
date | date | 날짜 | дата
time | time | 시각 | час
number | figure | 숫자 | число
order | who was first | 최초 여부 | хто був першим
name | name | 이름 | ім'я
role | role | 역할 | роль
negation | said and denied | 긍정과 부정 | твердження і заперечення
differs | differs, see below | 아래 차이 참조 | розбіжність, див. нижче
"""
_TABLE: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        name: tuple(texts)
        for name, *texts in (
            [cell.strip() for cell in row.split(" | ")] for row in _ROWS.strip().splitlines()
        )
    }
)


def say(name: str, lang: str, *values: object) -> str:
    """A row in a language; in English where the language has none."""
    at = LANGS.index(lang) if lang in LANGS else 0
    return _TABLE[name][at].format(*values)


# --- cues ----------------------------------------------------------------------------------

_CAVEATS = {
    "en": r"\b(?:alleg\w+|unverified|unconfirmed|reportedly|purported(?:ly)?|apparently|"
    r"(?:not|never|cannot)\s+(?:\w+\s+){0,5}(?:verif\w+|confirm\w*|corroborat\w+)|"
    r"(?:is|are|was|were|it)\s+(?:believed|thought|reported|said|understood)\s+to|believed\s+to|"
    r"no\s+(?:independent\s+)?(?:confirmation|verification)|unclear|"
    r"unable\s+to\s+(?:\w+\s+)?(?:verify|confirm))",
    "ko": r"확인되지 않|검증되지 않|확인하지 못|검증하지 못|미확인|확인할 수 없|주장했|추정|"
    r"것으로 (?:알려|전해|보인|보이)|불분명",
    "uk": r"\b(?:нібито|ймовірно|імовірно|за непідтверджен\w+|непідтверджен\w+|неперевірен\w+|"
    r"начебто|(?:не|поки|ще)\s+(?:\w+\s+){0,3}(?:підтвер\w+|перевір\w+)|невідомо|незрозуміло)",
}
# A claim within quotation marks of falsity: what a forged document says is nobody's fact.
_FALSE = {
    "en": r"\b(?:fals\w+|fake\w*|forg(?:ed|ery)|counterfeit|bogus|fictitious|assumed\s+name|alias)",
    "ko": r"가짜|위조|허위|거짓|가명",
    "uk": r"\b(?:фальшив\w+|підроблен\w+|фіктивн\w+|несправжн\w+|вигадан\w+)",
}
# Another event than the one the article is about.
_OTHER = {
    "en": r"\b(?:another|earlier|previous(?:ly)?|similar|separate(?:ly)?|elsewhere|last time|"
    r"years? ago|months? ago|unrelated|a further|as in|since then)\b",
    "ko": r"또 다른|앞서|이전|지난번|비슷한|유사한|별도",
    "uk": r"\b(?:інш\w+|раніше|попередн\w+|подібн\w+|схож\w+|окремо|минулого разу)\b",
}
# The end of a year, which is the beginning of the next.
_END = {"en": r"\bend of\b|\blate\b", "ko": r"말", "uk": r"кінц"}
# Endings and words of verbs beside those that `NameRules.verbs` has.
_EVENTS = {
    "en": r".{3,}ing|born|shot|died|hurt|cut|began|begun|rose|broke|stole|fled|paid|bought|built|"
    r"hid|seen|taken|given|driven|beaten|caught|brought|fought|sank|sunk|killed|shut|quit|"
    r"hit|starts?|begins?|opens?|closes?|ends?",
    "ko": r".+(?:했다|됐다|였다|었다|았다|한다|된다|했고|됐고|했으며|됐으며|하고|되고|해|돼|한|된|할|될|"
    r"했다고|됐다고|했던|됐던|하던|태어난|태어났다|숨졌다|숨진|다쳤다|다친)",
    "uk": r".{2,}(?:ли|ло|лися|лося|но|то|ний|на|ться|ють|ять|ти|ся)",
}
# Verbs of saying that `SummaryRules.reporting` leaves out: they tell when it was said.
_REPORTS = {
    "en": r"announce\w*|report(?:ed|s|ing)|claim(?:ed|s)|wrote|writes|posted|tweeted|confirm\w*|"
    r"declar\w+|stated|tell\w*|told|publish\w*|shared|spoke|speaking|interview\w*",
    "ko": r".*(?:말했|밝혔|전했|보도했|발표했|주장했|덧붙였|설명했|게시했|썼).*",
    "uk": r"(?:повідом|заяв|сказа|розпові|написа|оголос|додав|додал|підтверд|наголос|зазнач).*",
}
# What somebody is or serves as; the words of the role are the group.
_ROLES = {
    "en": r"\b(?:as|(?:position|post|role|job|profession|rank)s?\s+of)\s+(?:an?\s+|the\s+)"
    r"([^\W\d_]+(?:[ -][^\W\d_]+)?)",
    "ko": r"([가-힣]+)(?:으로|로)(?:서)?\s+(?:복무|근무|활동|일)",
    "uk": r"\b(?:на посаді|посаду|у званні|за фахом|як)\s+([^\W\d_]+)",
}


@cache
def _compiled(table: str, lang: str) -> re.Pattern[str] | None:
    tables = {
        "caveats": _CAVEATS,
        "false": _FALSE,
        "other": _OTHER,
        "end": _END,
        "events": _EVENTS,
        "reports": _REPORTS,
        "roles": _ROLES,
    }
    source = tables[table].get(lang)
    return re.compile(source, re.IGNORECASE) if source else None


def _holds(table: str, text: str, lang: str) -> bool:
    pattern = _compiled(table, lang)
    return pattern is not None and pattern.search(text) is not None


def _is_whole(table: str, word: str, lang: str) -> bool:
    pattern = _compiled(table, lang)
    return pattern is not None and pattern.fullmatch(word) is not None


def is_caveat(text: str, lang: str) -> bool:
    """Whether a sentence says that something is not known for sure."""
    return _holds("caveats", text, lang)


def is_false(text: str, lang: str) -> bool:
    """Whether a sentence tells of a false name or a forged document."""
    return _holds("false", text, lang)


def is_other(text: str, lang: str) -> bool:
    """Whether a sentence points at another event, or an earlier one."""
    return _holds("other", text, lang)


def is_end(text: str, lang: str) -> bool:
    """Whether the words around a year say that its end is meant."""
    return _holds("end", text, lang)


def verbs_first(lang: str) -> bool:
    """Whether a date stands behind its verb (English) rather than before it (Korean)."""
    return lang != "ko"


def is_event(word: str, lang: str) -> bool:
    """Whether a word in small letters looks like a verb that something happens by."""
    return _is_whole("events", word, lang)


def reports(word: str, lang: str) -> bool:
    """Whether a word in small letters is a verb of saying."""
    return _is_whole("reports", word, lang)


def roles(text: str, lang: str) -> list[tuple[str, int, int]]:
    """What somebody is said to be or to serve as, with its place."""
    pattern = _compiled("roles", lang)
    return [(m[1], *m.span(1)) for m in pattern.finditer(text)] if pattern else []
