"""How outlets, agencies and photographers sign, as patterns over the words of all packs.

Every quantifier is bounded and every pattern starts at a rare character or the edge of a
word: the time stays linear on a line of megabytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple, TypeAlias, cast

from toolkit.lang import loader
from toolkit.lang.base import LabelRules
from toolkit.schema import LabelKind
from toolkit.scripts import CAPITALS as UPPER
from toolkit.scripts import HANGUL

WORD = rf"(?:(?:[{UPPER}]\.){{1,3}}|[{UPPER}][\w’'-]{{0,40}})"  # a word of a name, or initials
CAP = rf"(?:{WORD}|[{HANGUL}][{HANGUL}\w]{{0,20}}|[0-9]{{1,4}})"  # the same where Hangul may stand
DASH = r"(?:[—–―]|-{1,3})"
PLACE = rf"(?:(?:S[tT]\. )?{WORD}(?: {WORD}){{0,3}})"
LOUD = rf"(?:[{UPPER}][{UPPER}’'.-]+(?: [{UPPER}][{UPPER}’'.-]+){{0,3}})"  # KYIV, NEW YORK
HANGUL_NAMES = rf"[{HANGUL}]{{2,4}}(?:\s?[·,]\s?[{HANGUL}]{{2,4}}){{0,4}}"
E_MAIL = r"(?:\s*[(<]?[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}[)>]?)?"

GROUP = re.compile(
    r"\[[^\[\]\n]{1,200}\]|\((?:[^()\n]|\([^()\n]{0,80}\)){1,200}\)"
    r"|（[^（）\n]{1,200}）|【[^【】\n]{1,200}】|<[^<>\n]{1,120}>"
)
HANDLES = re.compile(r"@[\w.-]+(?:(?:\s*[,/·|&]\s*|\s+and\s+|\s+)@[\w.-]+)*")
INLINE = re.compile(
    r"""(?P<url>(?:https?://|(?<![\w.@/-])www\.)[^\s<>"“”«»’‘（）「」⟦⟧HANGUL]+
        # Hangul after a letter is a particle, after a stroke a part of the address.
        (?:(?<=[/=_-])[HANGUL]+[^\s<>"“”«»’‘（）「」⟦⟧HANGUL]*)*
      # In small letters only: Amazon.com is a company, which other languages spell out.
      | (?<![\w.@/-])(?:[a-z0-9-]{1,40}\.){1,4}
        (?:com|org|net|gov|edu|info|io|ua|kr|uk|eu|me|co|be|ly)\b(?:/[^\s<>"“”«»’‘（）HANGUL]*)?)
      | (?P<email>(?<![\w.+%-])[A-Za-z0-9_+%-][A-Za-z0-9._+%-]{0,63}@
        (?:[A-Za-z0-9-]{1,63}\.){1,6}[A-Za-z]{2,24})
      | (?P<handle>(?<![\w.@/])@(?=[0-9_]{0,30}[A-Za-z])[A-Za-z0-9_]+
        (?:[.-][A-Za-z0-9_]+)*(?:@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)?)
      | (?P<hashtag>(?<![\w&#/])[#＃](?=[0-9_]{0,30}[^\W\d_])
        (?:[0-9_]*[A-Za-z]\w*?(?=(?:[은는이가을를의와과도만로]|으로|에서?|에게|라고)(?!\w))|\w+))
    """.replace("HANGUL", HANGUL),
    re.VERBOSE,
)
# What may stand before a signature that no bracket opens: the end of a sentence, or nothing.
BEFORE = re.compile(rf"(?:^|[.!?…:;|/)\]»”\"'’]|{DASH})[\s*_]*$")


@dataclass(frozen=True, slots=True)
class Dates:
    """Date lines, and dates that may be one."""

    stamp: re.Pattern[str]  # a date, with or without clock and "Published:"
    dated: re.Pattern[str]  # a word such as "date" or "Published:" and a date
    signed_dash: re.Pattern[str]  # (Agency) —
    dash: re.Pattern[str]
    day: re.Pattern[str]  # Jan 12 at the end of what is searched
    place_day: re.Pattern[str]  # KYIV, Ukraine, Jan 12 at the end of what is searched
    dotted: re.Pattern[str]  # КИЇВ. 12 січня. УНН.
    signed_start: re.Pattern[str]  # Rome (CNN)
    shouted: re.Pattern[str]  # WASHINGTON —
    hangul: re.Pattern[str]  # (서울=연합뉴스) 홍길동 기자 =
    guards: frozenset[str]
    shouts: frozenset[str]
    day_first: re.Pattern[str]  # 3 March 2025, 3.03.2025
    month_first: re.Pattern[str]  # March 3, 2025
    months: tuple[tuple[str, int], ...]  # in small letters, with their numbers


@dataclass(frozen=True, slots=True)
class Writers:
    """Bylines."""

    byline: re.Pattern[str]  # By Dana Whitlock, Meridian Courier
    agency: re.Pattern[str]  # By Reuters
    in_text: re.Pattern[str]  # a byline that its outlet closes, text around it
    reporting: re.Pattern[str]  # Reporting by Dana
    titled: re.Pattern[str]  # 홍길동 기자
    titled_line: re.Pattern[str]  # 홍길동 기자 =
    titled_name: re.Pattern[str]
    hangul: re.Pattern[str]  # 글: 홍길동
    bare: re.Pattern[str]  # Dana Whitlock, “Meridian Courier”, beside a date


@dataclass(frozen=True, slots=True)
class Credits:
    """Credits of pictures, names of agencies and outlets."""

    opener: re.Pattern[str]  # Photo:
    part: re.Pattern[str]  # AP Photo · Dana Whitlock
    agency: re.Pattern[str]
    picture: re.Pattern[str]  # an agency that signs pictures only
    image: re.Pattern[str]  # Image source, Getty Images
    signed: re.Pattern[str]  # © Dana Whitlock/AP at the end of what is searched
    agencies: re.Pattern[str]  # AFP via Getty Images
    paper: re.Pattern[str]  # an outlet by its last word, or an agency
    provided: re.Pattern[str]  # 연합뉴스TV 제공
    rights: re.Pattern[str]
    loose: re.Pattern[str]  # Photo: Dana Whitlock
    slash: re.Pattern[str]  # Dana Whitlock/AP Photo
    hangul: re.Pattern[str]  # /사진=연합뉴스
    office: re.Pattern[str]  # Фото: прес-служба мера · / Photo: the mayor
    trailing: re.Pattern[str]  # an agency after the last sentence
    source: re.Pattern[str]  # Source: Meridian Courier


@dataclass(frozen=True, slots=True)
class Hints:
    """What a line must hold for a costly pattern to fit it: plain words are found far faster."""

    by: tuple[str, ...]  # one of these, or a colon, opens a byline
    verbs: tuple[str, ...]  # … or one of these, in small letters
    credit: tuple[str, ...]  # one of these is part of a credit that no bracket opens
    rights: tuple[str, ...]  # one of these, in small letters, speaks of rights
    notice: tuple[str, ...]  # … and one of these behind the sign makes a notice of the rest
    dated: tuple[str, ...]  # one of these, in small letters, opens a date line


Written: TypeAlias = tuple[tuple[LabelKind, re.Pattern[str]], ...]


@dataclass(frozen=True, slots=True)
class Forms:
    """The forms that languages write out: a pattern for each kind, of all their patterns.

    In a pattern `<agency>` is one, `<mark>` a few words with capitals, `<person>` the name of
    one, `<cap>` a word of it, `<place>` and `<places>` (two, with a stroke), `<loud>` a place in
    capitals, `<day>` a day and month, `<dash>` a dash.
    """

    heads: Written
    tails: Written
    glued: Written
    wholes: Written


@dataclass(frozen=True, slots=True)
class Attributions:
    """Who is said to have reported something, within the text."""

    correction: re.Pattern[str]  # Correction:
    hint: re.Pattern[str]  # a word without which there is none
    pattern: re.Pattern[str]


class Signs(NamedTuple):
    dates: Dates
    writers: Writers
    credits: Credits
    hints: Hints
    forms: Forms
    attributions: Attributions


@cache
def signs() -> Signs:
    """The patterns of every language: a text may sign in any of them."""
    agency = rf"(?:{_any_of('agencies')})(?!\w)"
    # Words with capitals that end in a word outlets are named by; 길동일보 in one word.
    paper = (
        rf"(?:{agency}|(?:The )?(?:{CAP} (?:of |the |for )?){{0,4}}"
        rf"[\w’'-]{{0,30}}(?:{_any_of('outlet_words')})(?!\w))"
    )
    titled = (
        rf"(?:(?:{_any_of('byline_openers')}|{_any_of('credit_words')})\s?·?\s?){{0,2}}"
        rf"{HANGUL_NAMES}\s?(?:{_any_of('byline_titles')})(?!\w){E_MAIL}"
    )
    hints = Hints(
        by=(":", "：", *_words("byline_words")),
        verbs=tuple(word.lower() for word in _words("byline_verbs")),
        credit=(*":：=©ⓒ", *(f" {word}" for word in _words("credit_by"))),
        rights=(
            *("©", "ⓒ", "(c)"),
            *(word.lower() for word in _words("copyright_words") | _words("rights_words")),
        ),
        notice=tuple(word.lower() for word in _words("rights_words")),
        dated=tuple(word.lower() for word in _words("date_words")),
    )
    forms = _forms(agency)
    credit = _credits(agency, paper)
    said = _attributions()
    return Signs(_dates(agency, titled), _writers(paper, titled), credit, hints, forms, said)


def _attributions() -> Attributions:
    # The rest of a sentence: a full stop within a name or an address does not end it.
    rest = r"(?:[^.!?…\n]|\.(?=\w)|(?<=\b\w)\.(?=\s\w)){2,160}"
    # Behind a name in Hangul or Han its particle or verb follows without a space.
    agency = rf"(?:{_any_of('agencies')})(?![A-Za-zÀ-ÿЀ-ӿ])"
    named = rf"(?:(?:{CAP} ){{1,3}}\w{{0,20}}|\w{{2,20}})(?:{_any_of('outlet_words')})"
    outlet = rf"(?:{agency}|{named}(?![A-Za-zÀ-ÿЀ-ӿ]))"
    parts = {"outlet": outlet, "rest": rest, "name": rf"[«“„\"]?{CAP}(?: {CAP}){{0,4}}[»”“\"]?"}
    forms = [
        re.sub(r"<(\w+)>", lambda m: parts.get(m[1], m[0]), form)
        for rules in _rules()
        for form in rules.attributions
    ]
    return Attributions(
        correction=re.compile(rf"[\s*_(\[]*(?i:{_any_of('correction_words')})\s?[:：]"),
        hint=re.compile(rf"(?i:{_any_of('attribution_words')})"),
        pattern=re.compile("|".join(f"(?:{form})" for form in forms) or "(?!)"),
    )


def _forms(agency: str) -> Forms:
    parts = {
        "agency": agency,
        "cap": CAP,
        "mark": rf"(?:{WORD}(?:[ -]{WORD}){{0,4}})",
        "person": _person(),
        "place": PLACE,
        "places": rf"{PLACE}(?:\s?[/-]\s?{PLACE}){{0,2}}",
        "loud": LOUD,
        "day": _day(_months()[1]),
        "dash": DASH,
    }

    def written(field: str, before: str, after: str) -> Written:
        of_kind: dict[LabelKind, list[str]] = {}
        for rules in _rules():
            for form in getattr(rules, field):
                said, _, pattern = form.partition(": ")
                kind = cast("LabelKind", said)
                filled = re.sub(r"<(\w+)>", lambda m: parts.get(m[1], m[0]), pattern)
                of_kind.setdefault(kind, []).append(f"(?:{filled})")
        return tuple(
            (kind, re.compile(f"{before}(?:{'|'.join(patterns)}){after}"))
            for kind, patterns in of_kind.items()
        )

    return Forms(
        heads=written("heads", "", ""),
        tails=written("tails", r"(?<![\w/])", r"[.\s]*$"),
        glued=written("glued", r"(?<![\w/])", r"[.\s]*$"),
        wholes=written("wholes", "", r"\.?"),
    )


def _person() -> str:
    particle = rf"(?:(?:{_any_of('name_particles')}) |al-|el-)"
    return rf"(?:{WORD}(?: {particle}{{0,2}}{WORD}){{1,3}})"


def _months() -> tuple[tuple[tuple[str, int], ...], str]:
    """The forms of the months with their numbers, and as a pattern."""
    numbers = tuple(
        (form.lower(), number)
        for rules in _rules()
        for number, forms in enumerate(rules.months, start=1)
        for form in forms.split()
    )
    return numbers, rf"(?i:{_alternation(form for form, _ in numbers)})"


def _day(months: str) -> str:
    month_day = (
        rf"(?:{months})\.? \d{{1,2}}(?:st|nd|rd|th)?(?!\d)"
        rf"|\d{{1,2}}(?:st|nd|rd|th|\.|º|er)? (?:de |d[’'])?(?:{months})\b\.?"
    )
    return (
        rf"(?:(?:{month_day})(?:,? (?:de )?\d{{4}}(?:\s?(?:{_any_of('year_words')}))?)?(?!\d)"
        r"|(?:\d{4}년 ?)?\d{1,2}월 ?\d{1,2}일)"
    )


def _dates(agency: str, titled: str) -> Dates:
    numbers, months = _months()
    clock = (
        r"(?:\d{1,2}[:h]\d{2}|\d{1,2}\.\d{2}(?= (?:GMT|BST|Uhr)))(?::\d{2})?(?:\s?Uhr)?"
        r"(?:\s?[ap]\.?m\.?(?!\w))?"
        r"(?:\s?(?:GMT|UTC|BST|EST|EDT|ET|KST|EET|EEST|CET|CEST|PST|PDT|Z)\b)?"
    )
    day = _day(months)
    digits = (
        r"(?:\d{4}-\d{1,2}-\d{1,2}"
        r"(?:[T ]\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?(?:Z|[+-]\d{2}:?\d{2})?)?"
        r"|\d{4}[./] ?\d{1,2}[./] ?\d{1,2}\.?|\d{1,2}[./]\d{1,2}[./]\d{4})"
    )
    at = rf"(?:{_any_of('clock_words')})"
    stamp = (
        rf"(?:{clock},? (?:{at} )?)?(?:(?:{_any_of('weekdays')})\.?,? )?(?:{digits}|{day})(?!\d)"
        rf"(?:,? (?:{at} )?{clock})?"
    )
    word = rf"(?:{_any_of('date_words')})"
    return Dates(
        stamp=re.compile(
            rf"(?:{PLACE}(?:, {PLACE})?, )?(?:{word}\s*[:：.]?\s*(?:{at} )?)?{stamp}", re.IGNORECASE
        ),
        dated=re.compile(
            rf"(?<!\w){word}(?:\s*[:：]\s*{stamp}|\s+{digits}(?!\d)(?:,? (?:{at} )?{clock})?)",
            re.IGNORECASE,
        ),
        signed_dash=re.compile(
            r"(?:[(\[](?P<agency>[^()\[\]\n]{2,40})[)\]]|/(?P<wire>[A-Za-z ]{2,20})/)"
            rf"\s?{DASH}(?=[\s\w“\"«])"
        ),
        dash=re.compile(rf"\s{DASH}(?=\s)"),
        day=re.compile(rf"{day}$"),
        place_day=re.compile(
            rf"(?<!\w)({PLACE}(?:/{PLACE})?(?:, {PLACE})?)(?P<day>[,.] {day})?[,.]?\s?$"
        ),
        dotted=re.compile(rf"{PLACE}[.,] {day}\. ?(?:{agency})\.?(?=\s|$)"),
        signed_start=re.compile(
            rf"(?P<place>{PLACE}(?:, {PLACE})? ?)?[(\[](?P<agency>{agency})[)\]]"
            rf"(?:\s?{DASH}(?=[\s\w“\"«])|(?=\s?[{UPPER}“\"‘']))"
        ),
        shouted=re.compile(rf"(?P<place>{LOUD})(?:, {PLACE})?\s(?:[—–―]|--)(?=\s)"),
        hangul=re.compile(
            r"[(\[](?P<place>[^()\[\]=\n]{1,30})=(?P<paper>[^()\[\]=\n]{1,30})[)\]]"
            rf"(?P<writer>\s*{titled}\s*=|\s*=)?"
        ),
        guards=_words("date_guards"),
        shouts=_words("shouts"),
        day_first=re.compile(
            r"(?<!\d)(?P<day>\d{1,2})(?:st|nd|rd|th)?"
            rf"(?:\.(?P<number>\d{{1,2}})\.|\.? (?:de )?(?P<month>{months})\.?,? (?:de )?)"
            r"(?P<year>\d{4})(?!\d)"
        ),
        month_first=re.compile(
            rf"(?P<month>{months})\.? (?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<year>\d{{4}})(?!\d)"
        ),
        months=numbers,
    )


def _writers(paper: str, titled: str) -> Writers:
    joiner = rf"(?:, | & | / | (?:{_any_of('name_joiners')}) )"
    name = _person()
    opener = (
        rf"(?:(?:{_any_of('byline_words')}) |(?i:{_any_of('byline_openers')})\s?[:：]\s?"
        rf"|(?i:{_any_of('byline_verbs')}) )"
    )
    apart = rf"(?:(?:,|{_any_of('place_words')}) |\s?[,|/]\s?)"
    return Writers(
        # Two readings, the first that fits: an outlet known by its last word ends the list of
        # names; else what follows the names is the place or outlet of the last one.
        byline=re.compile(
            rf"(?:{opener}(?P<names>{name}(?:{joiner}{name}){{0,4}}?){apart}(?P<paper>{paper})"
            rf"|{opener}(?P<only>{name}(?:{joiner}{name}){{0,4}})"
            rf"(?:{apart}{CAP}(?: {CAP}){{0,3}})?)\.?{E_MAIL}"
        ),
        agency=re.compile(rf"{opener}(?P<names>{paper}|{WORD} (?:Staff|Reporters?|Correspondent))"),
        in_text=re.compile(
            rf"(?<!\w){opener}(?P<names>{name}(?:{joiner}{name}){{0,4}}?), (?P<paper>{paper})"
            rf"(?=[\s,.]+[{UPPER}“\"«\d])"
        ),
        reporting=re.compile(rf"(?i:{_any_of('byline_verbs')}) {WORD}"),
        titled=re.compile(titled),
        titled_line=re.compile(rf"{titled}\s*=(?=\s)"),
        titled_name=re.compile(
            rf"(?<!\w)(?P<names>{HANGUL_NAMES})\s?(?:{_any_of('byline_titles')})(?!\w)"
        ),
        hangul=re.compile(rf"{opener}(?P<names>{HANGUL_NAMES})"),
        bare=re.compile(
            rf"(?P<names>{name}(?:{joiner}{name}){{0,4}}?)"
            rf"(?:{apart}(?P<paper>{paper}|[«“\"][^«»“”\"]{{2,60}}[»”\"]))?{E_MAIL}"
        ),
    )


def _credits(agency: str, paper: str) -> Credits:
    photo, by = _any_of("credit_words"), _any_of("credit_by")
    source, small = _any_of("source_words"), _any_of("signer_words")
    signer = (
        rf"(?:(?:{agency}|(?:{small})(?!\w)|{CAP}|@[\w.]+)(?:\s?[/,|&·=]\s?|\s|(?=$|[.)»”\"])))"
    )
    agencies = (
        rf"{agency}(?:(?:\s?[/,·=&]\s?|\s(?:(?:{small})\s)?)(?:{agency}|(?i:{photo})|{CAP})){{0,9}}"
    )
    sign = r"(?:[©ⓒ]|\([cC]\))"
    return Credits(
        opener=re.compile(
            rf"(?<!\w)(?:(?i:{photo}|{source})\s?[:：=]|(?i:{photo}) (?:{by})(?!\w))"
        ),
        part=re.compile(
            rf"(?:(?:{agency}|(?i:{photo})|(?:{small})(?!\w)|{CAP}|@[\w.]+)(?:[ ,]+|$)){{1,9}}"
        ),
        agency=re.compile(agency),
        picture=re.compile(rf"(?:{_any_of('picture_agencies')})(?!\w)"),
        image=re.compile(rf"(?i:{_any_of('image_openers')})\s?[,，]\s?[^.!?\n]{{2,80}}"),
        signed=re.compile(
            rf"(?:(?i:{photo})\s?:\s?|/?{agency} |[|/—–]\s?)?[©ⓒ]\s?(?:{agency}|{CAP})"
            rf"(?:(?:\s?[/,|&·-]\s?|\s)(?:{agency}|(?:{small})(?!\w)|{CAP}"
            r"|[\w-]{1,40}\.[a-z]{2,4}|(?<=\| )\w{1,30})){0,9}\.?$"
        ),
        agencies=re.compile(agencies),
        paper=re.compile(paper),
        provided=re.compile(rf".{{0,80}}(?:{_any_of('credit_endings')})$"),
        rights=re.compile(
            rf"{sign}\s?\w|(?i:{_any_of('copyright_words')})\s?(?:{sign}|\d{{4}})"
            rf"|(?i:{_any_of('rights_words')})[.\s]*$"
        ),
        loose=re.compile(
            rf"(?<!\w)(?:(?i:{photo}|{source})\s?[:：=]\s?|(?i:{photo}) (?:{by}) |[©ⓒ]\s?)"
            rf"{signer}{{1,10}}"
        ),
        slash=re.compile(rf"(?:(?<!\w){WORD}(?: {WORD}){{0,3}})?\s?/\s?{paper}$"),
        hangul=re.compile(rf"(?:/|▲)?\s?(?:{photo})\s?=\s?[^=\n]{{1,40}}$"),
        # A caption begins with a capital; what does not, or follows a stroke, is who gave it.
        office=re.compile(
            rf"(?:(?<!\w)(?i:{photo})\s?[:：]\s?(?![{UPPER}{HANGUL}])[^\W\d_]"
            rf"|/\s?(?i:{photo})\s?[:：]\s?\w)[^.!?\n]{{0,60}}$"
        ),
        trailing=re.compile(rf"(?:[.!?…|—–])\s+({agencies})$"),
        source=re.compile(rf"(?i:{source})\s?[:：]\s?(?P<paper>[«“\"]?{signer}{{1,8}}[»”\"]?)"),
    )


@cache
def _rules() -> tuple[LabelRules, ...]:
    return loader.label_rules()


def _words(field: str) -> frozenset[str]:
    return frozenset[str]().union(*(getattr(rules, field) for rules in _rules()))


def _any_of(field: str) -> str:
    """The words of all languages as an alternation, the longest first; no word never matches."""
    return _alternation(_words(field))


def _alternation(words: Iterable[str]) -> str:
    by_length = sorted(set(words), key=lambda word: (-len(word), word))
    return "|".join(map(re.escape, by_length)) or "(?!)"
