"""What there is to know of a language, as records of plain data.

A language is a folder of data that fills a `Pack` (see `loader`); no other file asks which
language it is.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Level = Literal["full", "basic"]


@dataclass(frozen=True, slots=True)
class SentenceRules:
    """Where sentences end (see `segmentation`).

    Abbreviations stand without their last full stop. One in small letters also matches in
    capitals; one with a capital matches only as written ("No." is not "no.").

    abbreviations  never end a sentence (Dr.)
    numbering      do not end one before a digit (No. 84)
    may_end        end one only before a word of `starters` (Inc.)
    units          end one only behind a number and before a capital (5 p.m.)
    closing        end one before any capital (etc.)
    starters       words that open a sentence and are no part of a name (The)
    continues      words that go on after a unit though they have a capital (5 p.m. Friday)
    reporting      verbs of saying: after `"Why?"` a name and such a verb go on
    particles      words that go on after a closing quotation mark (Korean 라고)
    speech_dash    a full stop and a dash part what is said from who said it (Ukrainian)
    ordinals       a number with a full stop counts what follows it (German 9. Januar)
    glued          final letters after which a full stop ends a sentence without a space, and
                   without which three dots do not end one
    """

    abbreviations: frozenset[str] = frozenset()
    numbering: frozenset[str] = frozenset()
    may_end: frozenset[str] = frozenset()
    units: frozenset[str] = frozenset()
    closing: frozenset[str] = frozenset()
    starters: frozenset[str] = frozenset()
    continues: frozenset[str] = frozenset()
    reporting: frozenset[str] = frozenset()
    particles: frozenset[str] = frozenset()
    speech_dash: bool = False
    ordinals: bool = False
    glued: str = ""


@dataclass(frozen=True, slots=True)
class LabelRules:
    """Words that open a byline, a credit or a date line (see `labels`).

    All lists of all languages hold in every article: a Korean page credits `AP Photo`.
    """

    months: tuple[str, ...] = ()  # the forms of January in a date line, of February, …
    weekdays: frozenset[str] = frozenset()
    year_words: frozenset[str] = frozenset()  # after the year: "2025 року"
    clock_words: frozenset[str] = frozenset()  # between day and clock: "12 January at 10:05"
    # Words that may stand before a date: "Published: 12 January 2025".
    date_words: frozenset[str] = frozenset()
    # Words before which "date 2025-01-12" is a part of the sentence: "the date 2025-01-12".
    date_guards: frozenset[str] = frozenset()
    byline_words: frozenset[str] = frozenset()  # "By" before a name, as written
    byline_openers: frozenset[str] = frozenset()  # "Author" before a colon
    byline_verbs: frozenset[str] = frozenset()  # "Reporting by" before a name
    byline_titles: frozenset[str] = frozenset()  # after the name, as 기자
    name_particles: frozenset[str] = frozenset()  # small words inside a name
    name_joiners: frozenset[str] = frozenset()  # between two names
    credit_words: frozenset[str] = frozenset()  # "Photo" before a colon or "by"
    place_words: frozenset[str] = frozenset()  # between a writer and a place: " in", " for"
    credit_by: frozenset[str] = frozenset()  # "by" after "Photo"
    credit_endings: frozenset[str] = frozenset()  # "provided", after the name
    copyright_words: frozenset[str] = frozenset()  # before © or a year
    rights_words: frozenset[str] = frozenset()  # at the end of a line
    signer_words: frozenset[str] = frozenset()  # small words in a signature: "AFP via Getty"
    source_words: frozenset[str] = frozenset()  # "Source" before a colon
    agencies: frozenset[str] = frozenset()  # also outlets that sign like agencies
    outlet_words: frozenset[str] = frozenset()  # last word (or syllables) of an outlet's name
    shouts: frozenset[str] = frozenset()  # capitals before a dash that are no place: "BREAKING"
    image_openers: frozenset[str] = frozenset()  # before a comma: "Image source, Getty Images"
    picture_agencies: frozenset[str] = frozenset()  # agencies that sign pictures, never an article
    # Forms that words alone do not describe, as "kind: pattern" (see `labels.signs.Forms`).
    heads: tuple[str, ...] = ()  # open a block
    tails: tuple[str, ...] = ()  # close it, behind the end of a sentence
    glued: tuple[str, ...] = ()  # close it, with or without a stop before them
    # Who is said to have reported it, within a sentence or as one; a word that each of them holds.
    attributions: tuple[str, ...] = ()
    correction_words: frozenset[str] = frozenset()  # before a colon, at the start of a block
    attribution_words: frozenset[str] = frozenset()
    wholes: tuple[str, ...] = ()  # are a block, or all that other labels leave of it


@dataclass(frozen=True, slots=True)
class SummaryRules:
    """What a language adds to the choice of sentences (see `summaries`).

    All in small letters. Phrases are words with single spaces and no punctuation.

    stop_words    words that say nothing of what a text is about
    suffixes      endings taken off a word, the first that fits
    prefix        how many letters of what is left tell what it is (0: all)
    bigrams       words are compared by pairs of letters, as particles are glued to them
    openers       a sentence that opens so points at the one before (`he`, `the other`)
    stands_alone  openings that only look so (`this week`)
    connectives   may stand before any opening (`but`)
    pronouns      who speaks is not said by these
    reporting     how verbs of saying begin, and what is glued to the end of a quotation
    """

    stop_words: frozenset[str] = frozenset()
    suffixes: tuple[str, ...] = ()
    prefix: int = 0
    bigrams: bool = False
    openers: frozenset[str] = frozenset()
    stands_alone: frozenset[str] = frozenset()
    connectives: frozenset[str] = frozenset()
    pronouns: frozenset[str] = frozenset()
    reporting: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FactRules:
    """Numerals, calendars, units and homographs (see `facts`).

    A table is text: one `value: form form …` entry per line. In a form, `_` stands for a
    space and `{a,b}` for either ending (`вересн{я,ю}`), so that inflections stay short.
    A word may stand in several tables; the grammar decides by what is next to it.
    """

    endings: str = ""  # what `{@}` stands for: the endings of most adjectives
    # Numerals. A big scale multiplies all before it (million, 만); a small one the last
    # numeral only (hundred, 백), and is added to.
    numbers: str = ""
    weak_numbers: str = ""  # number words only by courtesy: one, both, a pair
    ones: str = ""  # of these, what ends a larger numeral: twenty-one
    small_scales: str = ""
    big_scales: str = ""
    single_scales: str = ""  # of these, what alone is one of them: мільйон
    scale_marks: str = ""  # scales only after digits: 4.5m, 10 тис.
    scale_heads: str = ""  # scales before digits: milioni 2,5
    speed_heads: str = ""  # `h: 시속`: before a length, which is then one per hour
    number_joiners: str = ""  # "and" in "two hundred and five"
    halves: str = ""  # "and a half" after a number
    halves_behind: str = ""  # after a number and its unit of time: 두 시간 반
    ordinals: str = ""
    weak_ordinals: str = ""  # first
    repeats: str = ""  # the number before it again: a third time in as many weeks
    named_numbers: str = ""  # whole numbers of their own: World War I, півмільйона
    ordinal_marks: str = ""  # after digits: st, -го, 번째
    ordinal_heads: str = ""  # before digits: 제
    fractions: str = ""  # half, third, половина
    lone_fractions: str = ""  # of these, what is surely one only behind an article: a quarter
    denominators: str = ""  # after a numeral: two thirds
    denominator_first: str = ""  # what joins "3분의 2"
    indefinite: str = ""  # hundreds of: no number at all
    articles: str = ""  # "a" in "a million", "a week"
    numeral_prefixes: str = ""  # glued to the stems below: триденний
    numeral_stems: str = ""  # unit: stems
    tens_native: str = ""  # glued to units: 스물다섯
    units_native: str = ""
    bound_numbers: str = ""  # number words only before a counter: 열
    loose_numbers: str = ""  # number words only before some other word: 네
    digits_glued: str = ""  # numerals written as one word with their scale: 삼백만
    durations: str = ""  # `2 day: 이틀`
    # Writing
    decimal: str = "."
    space_groups: bool = False  # 10 000 with a plain space
    either_mark: bool = False  # 10,000 may be ten thousand or ten
    spaced_marks: bool = False  # 3 번째 with a space
    date_order: str = "dmy mdy"  # readings of 03.10.1998
    particles: str = ""  # endings glued to any word
    tails: str = ""  # further endings of counted words
    # Calendar and clock
    months: str = ""
    guarded_months: str = ""  # names that are also common words or people: May
    guarded_capital: bool = False  # and are months only with a capital
    month_openers: str = ""  # what must stand before those, if no number is beside them
    holidays: str = ""  # `12-25: christmas`, which others may give as a date
    weekdays: str = ""
    weak_weekdays: str = ""  # of these, what is another word as well: luni, months or Monday
    short_weekdays: str = ""  # in lists before a full one: 목·토·일요일
    seasons: str = ""
    relatives: str = ""
    day_parts: str = ""  # am, pm
    day_part_first: bool = False  # 오전 8시
    past_words: str = ""  # twenty past three
    to_words: str = ""  # ten minutes to five
    before_marks: str = ""  # after a time: 5시 10분 전 may be ten minutes before five
    minutes_from: str = ""  # `45: 후반`: minutes are counted from there, or from the start
    clock_words: str = ""  # noon, midnight
    clock_phrases: str = ""  # `06:30|18:30: пів_на_сьому`
    bare_clock_is_24: bool = False  # 9:00 is never nine in the evening
    zones: str = ""  # UTC after 0230
    hour_marks: str = ""
    hour_words: str = ""  # between an ordinal and the part of the day: о сьомій годині вечора
    minute_marks: str = ""
    year_marks: str = ""
    spans_behind: str = ""  # after those: a length of time, no year
    month_marks: str = ""
    day_marks: str = ""
    date_joiners: str = ""  # "of" in "17th of May"
    era_marks: str = ""  # BC, AD
    decade_marks: str = ""
    decade_words: str = ""  # in their twenties
    century_marks: str = ""
    # Measures
    units: str = ""
    glued_units: str = ""  # only without a space: 11C, 10in
    currencies: str = ""
    money_heads: str = ""  # before an amount: $, US$
    percent: str = ""
    percent_heads: str = ""  # before a number: %70
    age_marks: str = ""
    age_heads: str = ""  # aged 42
    counters: str = ""  # after a numeral, without meaning of their own
    code_heads: str = ""  # No., №
    code_marks: str = ""  # 84호
    approximate_marks: str = ""  # 10여 명
    minus_before: str = ""  # minus 4
    minus_after: str = ""  # 4 degrees below zero
    frosts: str = ""  # near a temperature: it may be below zero
    # Beginnings of words that say what a minus sign says: a loss of 4 %.
    falls: str = ""
    hedges: str = ""  # before a number: `at_least: over more_than`
    score_words: str = ""  # 31 대 27
    # Beginnings of words for who lost: a score may then be told from the other side.
    defeats: str = ""
    times_signs: str = ""  # 4 x 100
    range_words: str = ""  # 340 to 500 million
    part_words: str = ""  # "п'ята частина" is a fifth
    # What a number or date is to the words beside it, to tell two of them apart.
    roles_before: str = ""  # `from: since from`
    roles_after: str = ""
    breaks: str = ""  # words that begin a clause or another part of a list; `-고` ends one
    keeps_order: bool = True  # numbers come in the order of other such languages
    # Writing that only some languages have
    joiners: str = ""  # between a number and its scale or unit: 20 *de* milioane
    mixed_scales: bool = False  # digits go on behind a scale: 1億2000万
    glued_numerals: bool = False  # a numeral is one word: zweihundertfünfzig
    right_to_left: bool = False  # of two numbers with a dash between, either may come first
    small_months: bool = False  # a month has no capital: март, not Март
    unspaced: bool = False  # words run on without spaces: 午前8時に
    open_words: bool = False  # long words of the calendar and units take endings no table has
    capital_weekdays: bool = False  # a day of the week has a capital: Τρίτη, not τρίτη
    dotted_dates: bool = False  # 9.1. is the ninth of January
    press_dates: str = ""  # what stands between month and day in the press: 6·25
    only_endings: str = ""  # behind a scale that may mean "only": 106만으로는
    # Years are counted from so long before: 2568 is 2025; from so long after: 1397 is 2018.
    year_offset: int = 0
    hour_shift: int = 0  # hours are counted from dawn: saa 9 mchana is three in the afternoon
    eras: str = ""  # the year before their first: `2018: 令和`
    not_facts: str = ""  # phrases that look like a fact: no one, 시즌


@dataclass(frozen=True, slots=True)
class NameRules:
    """How names are written and what may be glued to them (see `terms`).

    `territories` and `demonyms` add to CLDR: entries `CODE form, form` between semicolons or
    lines. CODE is CLDR's, or our own for what CLDR lacks; a form under two codes may mean either.
    Marks at a form: `?` is also another word, so it proves little; `=` is not inflected;
    `*` (glued scripts) may go on with any letters. A form that CLDR has too replaces it.
    """

    territories: str = ""
    demonyms: str = ""
    # Phrases that hold a name but mean something else ("New Mexico"), between commas or lines.
    decoys: str = ""
    # Lines `suffix: endings; plural endings`, the first suffix that fits wins, 0 is no ending.
    # Plural endings are for common words: terms, peoples, and small letters within a name.
    endings: str = ""
    # The shortest last word of a full name that stands for the person alone; 0: none does.
    surname: int = 4
    # Capitalised (in glued scripts: any) words before a surname that are no given name.
    titles: str = ""
    # For scripts whose words run on without a space (Hangul): what may stand before and after
    # a name in its run of letters, and the length from which anything may follow.
    glued: bool = False
    prefixes: str = ""
    suffixes: str = ""
    particles: str = ""
    # Particles that no name ends with.
    clitics: str = ""
    open_length: int = 4
    # Words made of one letter per country: `한미 KR US`, `-` for a letter that is none.
    compounds: str = ""
    # For names that no table has (see `terms.unlisted`). Words that look like names and are
    # translated or left out: in scripts with capitals those that have one (`Senate`), in
    # others those that sound foreign; as stems if the language inflects.
    common: str = ""
    # Endings of words that are no names (`Government`) | nor if they open a sentence
    # (`Participating`).
    plain: str = ""
    # Verbs, and -endings of verbs, behind a name that opens a sentence (`Perry stated`).
    verbs: str = ""
    # What may stand between a name and its ending (`-ськ-` in Стенфордський).
    derivations: str = ""
    # Syllables that transliterated names are full of | those that they share with all words;
    # and those that they never hold.
    foreign: str = ""
    native: str = ""
    # Surnames with their usual spellings in other scripts: `이 Lee Yi Rhee Лі І; 박 Park Pak`.
    surnames: str = ""


@dataclass(frozen=True, slots=True)
class OutputRules:
    """Words around a text in an output, and how the language is set (see `formats`).

    `fonts` are tried in order before the reader's own; `unbroken_words` keeps a line from
    ending inside a word where the script itself would allow it.
    """

    source: str = "Source"
    summary: str = "Summary"
    translation: str = "Translation"
    findings: str = "Findings"
    written: str = "written by {}"  # a sentence of a summary, by an engine
    standard_input: str = "standard input"
    fonts: tuple[str, ...] = ()
    unbroken_words: bool = False


@dataclass(frozen=True, slots=True)
class ScriptRules:
    """How a text in this language looks (see `formats.languages`).

    name     the script: Latin, Cyrillic or Hangul
    own      small letters that tell the language from others in its script
    foreign  small letters of those others; none if the script is enough
    words    share of words (see `SummaryRules.stop_words`) that tells it without rare letters
    foreign_words  words of those others that it does not have, in small letters
    bound    particles that never stand alone, as they would if the word before them were lost
    """

    name: str = "Latin"
    own: str = ""
    foreign: str = ""
    words: float = 1.0
    foreign_words: str = ""
    bound: str = ""


@dataclass(frozen=True, slots=True)
class MeaningRules:
    """Everyday words by what they mean (see `checks.align.keys`): in what sentences share.

    `words` is `meaning: form form …`, with the same meanings in all packs. A form is how a
    word begins that has at most `ending` letters more; with a full stop it is a whole word.
    Some hundred of the words most in the news are enough, and none is only less sure.
    """

    words: str = ""
    ending: int = 0


@dataclass(frozen=True, slots=True)
class WritingRules:
    """How a value is put into words, beyond what CLDR knows (see `repairs.rendering`).

    Tables of words have a line per value, `value: form form …`, with the forms of all lines in
    the same order (cases), so that one line's form is put for another's; `_` is a space, `-`
    a form that there is none of. Behind the value may stand its gender: only lines of one
    gender change places where a word before them shows it.

    Six forms are nominative, genitive, dative, accusative, instrumental, locative.

    names       how names end: `suffix: …`, the first that fits, 0 is no ending; `*` is the
                genitive for people and the nominative for all else
    female      a first name that ends so makes a name of a woman, whose surname has no other
                forms unless it ends so too
    counted     nouns behind a number, by CLDR's categories (one few many other) as far as the
                language has them; the value is a unit of `FactRules` or any word
    scales      the same for scales: 4,5 мільйона
    ordinals    what follows digits, by CLDR's ordinal categories: `few: rd`
    governing   words before a number that put what it counts into a case of its own
    day_parts   `am: 오전`: the two halves of the day in one style each
    endings     particles that differ behind a consonant and behind a vowel: `을/를`
    rieul       of these, which go with ㄹ as with a vowel: `으로/로`
    group_from  numbers of so many digits are grouped
    """

    months: str = ""
    weekdays: str = ""
    numbers: str = ""
    names: str = ""
    female: str = ""
    counted: str = ""
    scales: str = ""
    short_scales: str = ""
    ordinals: str = ""
    governing: str = ""
    day_parts: str = ""
    endings: str = ""
    rieul: str = ""
    group_from: int = 4


@dataclass(frozen=True, slots=True)
class DigestRules:
    """What digests compare, and what gives a sentence away (see `digests`).

    Tables of words are `name: form form …`, `_` is a space, with the same names in all
    languages. A pattern is a regular expression, whose lines are joined. A language without one
    has no such cue: its articles are then told by what else is known of it.

    alike         words that news uses for one another
    ending        letters behind such a form that are still its ending; 0: words are known by
                  their roots
    roles         what people are called by their office or work
    ranks         words before a role that make it another, also where the other has none
    role_endings  a pattern of what may stand behind a role: particles, the endings of cases
    whose         whose role it is, between the role and a name: директор фірми Іван Корж
    offices       fields of office, of which two on one role are two offices
    verbs_first   a date stands behind its verb (English) rather than before it (Korean)
    caveats       a sentence says that something is not known for sure
    false         it tells of a false name or a forged document: what that says is no fact
    other         another event than the one the article is about
    scopes        words beside a figure by which it counts something else; a bar stands where the
                  figure ends
    denials       right before a verb: it is denied
    modals        what only may be, or is to be, is denied by nobody
    leads         right before a word: it is a verb
    end           the end of a year, which is the beginning of the next
    events        a word is a verb, beside those that `NameRules.verbs` has
    reports       verbs of saying that `SummaryRules.reporting` leaves out
    places        where something is or goes to: the small word, and the name behind it
    joins         another clause begins
    nouns         right behind these no verb stands: the missing
    aged          a number behind is an age: a girl of eight
    serves        what somebody is or serves as; the words of the role are the group
    """

    alike: str = ""
    ending: int = 0
    roles: str = ""
    ranks: str = ""
    role_endings: str = ""
    whose: str = ""
    offices: str = ""
    verbs_first: bool = True
    caveats: str = ""
    false: str = ""
    other: str = ""
    scopes: str = ""
    denials: str = ""
    modals: str = ""
    leads: str = ""
    end: str = ""
    events: str = ""
    reports: str = ""
    places: str = ""
    joins: str = ""
    nouns: str = ""
    aged: str = ""
    serves: str = ""


@dataclass(frozen=True, slots=True)
class CldrRules:
    """What CLDR says of a language beside its `FactRules` (see `lang.cldr`).

    territories  `CODE: name` lines
    plurals      `few: rule` lines: CLDR's plural rules, the rest is `other`
    ordinals     the same for ordinals
    decimal      the mark between a number and its fraction
    group        the mark between groups of digits
    script       the script it is written in, as ISO 15924 calls it: Latn, Cyrl, Hang
    spelled      `2: dois duas segundo` lines: small numbers in words, cardinals and ordinals
    spelled_whole  these are all forms that texts have: a number that is none of them is missing
    """

    territories: str = ""
    plurals: str = ""
    ordinals: str = ""
    decimal: str = "."
    group: str = ","
    script: str = "Latn"
    spelled: str = ""
    spelled_whole: bool = False


@dataclass(frozen=True, slots=True)
class CueRules:
    """Words that turn what a sentence says (see `checks.compare.cues`), as forms between spaces.

    A form is a word; `stem*` begins one, `*end` ends one, `*part*` is found anywhere, and `_` is
    a space. What an original says is told by the clear words, what a translation may say for it
    by the wide ones, to which the clear ones belong.

    not_clear, not_wide      a negation; `not_idioms` hold one and deny nothing: not only
    hedge_clear, hedge_wide  that something is not sure: allegedly, suspected
    reported                 forms of verbs that say that somebody else said it
    more, less               which of two; who has one may not have the other alone
    least_before, least_behind, most_before, most_behind  right beside a number
    """

    not_clear: str = ""
    not_idioms: str = ""
    not_wide: str = ""
    hedge_clear: str = ""
    hedge_wide: str = ""
    reported: str = ""
    more: str = ""
    less: str = ""
    least_before: str = ""
    least_behind: str = ""
    most_before: str = ""
    most_behind: str = ""


@dataclass(frozen=True, slots=True)
class Probes:
    """A handful of sentences to try an engine on (see `checks.probes`)."""

    sentences: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pack:
    """All we know of one language; a basic pack is what CLDR knows (see `lang.basic`)."""

    code: str
    name: str
    own_name: str
    sentences: SentenceRules = field(default_factory=SentenceRules)
    labels: LabelRules = field(default_factory=LabelRules)
    summaries: SummaryRules = field(default_factory=SummaryRules)
    facts: FactRules = field(default_factory=FactRules)
    names: NameRules = field(default_factory=NameRules)
    output: OutputRules = field(default_factory=OutputRules)
    script: ScriptRules = field(default_factory=ScriptRules)
    meanings: MeaningRules = field(default_factory=MeaningRules)
    writing: WritingRules = field(default_factory=WritingRules)
    level: Level = "full"
