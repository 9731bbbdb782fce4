"""The words of digests in each language: what outputs say, and what gives a sentence away.

Cues are stems of words, few and sure. A language that has no row has no such cue: caveats,
roles and verbs of its articles are then told by what else its pack knows.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from toolkit.schema import Span

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
only | Only in {} | {}에만 있는 내용 | Лише в {}
none_agree | No statement is in more than one source. | 두 출처 이상에 나온 내용이 없습니다. | Жодного твердження немає в кількох джерелах.
none_differ | No difference in figures, dates and names was found. | 숫자·날짜·이름에서 다른 점을 찾지 못했습니다. | Розбіжностей у цифрах, датах та іменах не знайдено.
unrelated | These articles seem to tell of different events. | 서로 다른 사건을 다룬 기사로 보입니다. | Схоже, що ці статті про різні події.
partly | in part: {} | 일부: {} | частково: {}
statement | Statement | 내용 | Твердження
shared | In common | 공통점 | Спільне
about | About | 대상 | Про що
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
# Words beside a figure by which it counts something else than a figure without them: a part, an
# earlier state, a mean, how far it is from another. A bar stands where the figure ends.
_SCOPES = {
    "en": r"(?P<part>\bincluding\b|\bof (?:them|whom|which|these)\b|\bamong)|"
    r"(?P<more>\banother\b|\b(?:a )?further\b|\badditional\b|\bmore\b(?! than)|\bothers?\b)|"
    r"(?P<before>\b(?:up|down) from\b|\b(?:compared|previous|earlier|initial|first thought)|"
    r"\bhad said\b|\binstead of\b|\bfrom(?= ?$))|"
    r"(?P<each>\bper\b|\beach\b|\bevery\b|\baverage\b|\| an? \w)|"
    r"(?P<apart>\|(?: \w+)? (?:more|less|fewer|higher|lower|above|below)\b)|"
    r"(?P<points>\bpoints?\b)|(?P<zone>\b(?:GMT|UTC|EST|EDT|ET|CET|CEST|BST|PST|JST|KST)\b|\| (?!local)(?:\w+ ){1,3}time\b)|"
    r"(?P<half>\bhalf[- ]time\b|\bat the break\b|\baggregate\b|\bpenalt)",
    "ko": r"(?P<part>이 ?가운데|이 ?중|포함)|(?P<more>추가|또 다른|더(?= ))|"
    r"(?P<before>당초|애초|앞서|에서(?= ?$))|(?P<each>평균|1인당|각각|씩)|(?P<apart>\|\S* (?:더|많|적|높|낮))|(?P<points>포인트|p\b)|"
    r"(?P<zone>\b(?:GMT|UTC)\b|현지)|(?P<half>전반)",
    "uk": r"(?P<part>\bсеред них\b|\bз них\b|\bзокрема\b|\bу тому числі\b)|(?P<more>\bще\b|\bдодатков)|"
    r"(?P<before>\bраніше\b|\bспочатку\b|\bпорівняно\b|\bз(?= ?$))|(?P<each>\bсередн|\bкожн|\bна одн)|"
    r"(?P<apart>\|(?: \w+)? (?:більше|менше|вище|нижче)\b)|"
    r"(?P<points>\bпункт)|(?P<zone>\b(?:GMT|UTC)\b|за Гринвічем|за Києвом)|(?P<half>\bтайм)",
}
_BESIDE = 26  # characters before and behind a figure
# What right before a verb denies it, and what says that a verb follows.
_DENIALS = {
    "en": r"\b(?:not|never|didn't|doesn't|wasn't|weren't|isn't|hasn't|haven't)(?: to| been| have)?$",
    "uk": r"\bне$",
}
# What only may be, or is to be, is denied by nobody.
_MODALS = {"en": r"\b(?:must|should|would|could|may|might|can|if|whether)\b"}
_LEADS = {"en": r"\b(?:to|did|does|not|never|didn't|doesn't)$"}
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
# Where something is or goes to: the small word, and the name behind it.
_PLACES = {
    "en": r"\b(in|at|near|to|from|outside|of)\s([A-Z][^\W\d_]+(?:\s[A-Z][^\W\d_]+){0,2})",
    "uk": r"\b(у|в|біля|до|з|із|під)\s([А-ЯІЇЄҐ][^\W\d_]+(?:\s[А-ЯІЇЄҐ][^\W\d_]+){0,2})",
}
# Where another clause begins.
_JOINS = {
    "en": r"[,;:()]|\b(?:and|but|while|when|who|which)\b",
    "ko": r"[,;:()]|고\s|며\s|지만\s",
    "uk": r"[,;:()]|\b(?:і|й|та|але|а|коли|який|яка|які)\b",
}
# Right behind these no verb stands: the missing.
_NOUNS = {"en": r"\b(?:the|an?|of|his|her|its|their)\s$"}
# Who a bare number behind is the age of.
_AGED = {"en": r"\b(?:girl|boy|man|woman|child|son|daughter|baby)s?\s+of\s$"}
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
        "denials": _DENIALS,
        "joins": _JOINS,
        "places": _PLACES,
        "nouns": _NOUNS,
        "leads": _LEADS,
        "modals": _MODALS,
        "scopes": _SCOPES,
        "aged": _AGED,
    }
    source = tables[table].get(lang)
    return re.compile(source, 0 if table == "places" else re.IGNORECASE) if source else None


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


def is_parted(between: str, lang: str) -> bool:
    """Whether another clause begins between two places."""
    return _holds("joins", between, lang)


def is_noun(before: str, lang: str) -> bool:
    """Whether what stands behind these words is no verb, whatever it looks like."""
    return _holds("nouns", before, lang)


def _first_clause(text: str, lang: str) -> str:
    joins = _compiled("joins", lang)
    found = joins.search(text) if joins else None
    return text[: found.start()] if found else text


def denies(before: str, lang: str) -> bool:
    """Whether the small words before a verb deny it."""
    return _holds("denials", before, lang)


def is_possible(before: str, lang: str) -> bool:
    """Whether the small words before a verb say that it may be, or should be, so."""
    return _holds("modals", before, lang)


def leads_verb(before: str, lang: str) -> bool:
    """Whether the small words before a word say that it is a verb, of what is or was."""
    return _holds("leads", before, lang)


def scope(text: str, start: int, end: int, lang: str) -> frozenset[str]:
    """By what words beside it, within its clause, a figure counts another thing."""
    pattern = _compiled("scopes", lang)
    if pattern is None:
        return frozenset()
    before = re.split(r"[;:()]", text[max(0, start - _BESIDE) : start])[-1]
    after = text[start:end] + "|" + _first_clause(text[end : end + _BESIDE], lang)
    return frozenset(
        match.group() if match.lastgroup == "zone" else match.lastgroup
        for part in (before, after)
        for match in pattern.finditer(part)
        if match.lastgroup
    )


def is_aged(text: str, lang: str) -> bool:
    """Whether a number behind these words is an age: a girl of eight."""
    return _holds("aged", text, lang)


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


def places(text: str, lang: str) -> list[tuple[str, Span]]:
    """Each small word of place with where the name behind it stands."""
    pattern = _compiled("places", lang)
    return [(m[1], Span(*m.span(2))) for m in pattern.finditer(text)] if pattern else []
