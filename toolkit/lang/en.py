"""English."""

from __future__ import annotations

from toolkit.lang.base import (
    FactRules,
    LabelRules,
    MeaningRules,
    NameRules,
    OutputRules,
    Pack,
    ScriptRules,
    SentenceRules,
    SummaryRules,
    WritingRules,
)

SENTENCES = SentenceRules(
    abbreviations=frozenset(
        """
        mr mrs ms mx dr prof rev Hon Gen brig Col lt maj capt cmdr cdr sgt cpl pvt adm vadm Gov
        Sen Sens Rep Reps Pres supt insp Det Fr messrs mme mlle Mt Ft vs v cf viz approx e.g i.e
        ibid Ald Amb Atty Sec
        """.split()
    ),
    numbering=frozenset("No Nos Fig Figs Vol Ch Art Eq p pp para paras Reg Op".split()),
    may_end=frozenset(
        """
        Inc Ltd Co Cos Corp Bros plc Jr Sr Esq St Ave Blvd Rd Dept Univ Assn Intl al Ph.D
        Yahoo! Jeopardy! E!
        Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec Ala Ariz Ark Calif Colo Conn Del Fla Ga Ill
        Ind Kan Ky La Mass Md Mich Minn Miss Mo Mont Neb Nev Okla Ore Pa Tenn Tex Va Vt Wash Wis
        Wyo
        """.split()
    ),
    units=frozenset("a.m p.m ft lb lbs oz hr hrs mins secs sq cu".split()),
    closing=frozenset({"etc"}),
    starters=frozenset(
        """
        The A An This That These Those He She It They We You I His Her Its Their Our My There
        Here In On At For From With By As But And Or So If When While After Before Since Because
        Although Though However Then What Who Why How Where Which Whose Some Many Most
        Several Few No Not Yet Still Also Now Today Later Meanwhile Earlier Once Until Under
        Over During Despite Instead Both Each Every Another Other Others Such Even Only Just To
        """.split()
    ),
    continues=frozenset(
        """
        Monday Tuesday Wednesday Thursday Friday Saturday Sunday Mon Tue Tues Wed Thu Thur Thurs
        Fri Sat Sun January February March April May June July August September October November
        December Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec GMT UTC BST CET CEST EET EEST
        MSK KST JST IST ET EST EDT CT CST CDT MT MST MDT PT PST PDT Eastern Central Pacific
        """.split()
    ),
    reporting=frozenset(
        """
        said says asked asks added adds wrote writes replied replies told tells shouted shouts
        cried cries joked quipped tweeted posted exclaimed wondered continued responded answered
        declared insisted recalled explained
        """.split()
    ),
)

LABELS = LabelRules(
    months=(
        "January Jan",
        "February Feb",
        "March Mar",
        "April Apr",
        "May",
        "June Jun",
        "July Jul",
        "August Aug",
        "September Sept Sep",
        "October Oct",
        "November Nov",
        "December Dec",
    ),
    weekdays=frozenset(
        "Monday Tuesday Wednesday Thursday Friday Saturday Sunday "
        "Mon Tue Tues Wed Thu Thur Thurs Fri Sat Sun".split()
    ),
    clock_words=frozenset(("at", "on")),
    date_words=frozenset(
        (
            "date",
            "dated",
            "posted",
            "published",
            "first published",
            "updated",
            "last updated",
            "last updated at",
            "modified",
            "issued",
            "filed",
        )
    ),
    date_guards=frozenset(
        "a an the this that these those of on by to from for with its his her their our my your "
        "no any each every same exact new and or has had bears bearing carries reads".split()
    ),
    byline_words=frozenset(("By", "BY")),
    byline_openers=frozenset(
        (
            "author",
            "authors",
            "reporter",
            "reporters",
        )
    ),
    byline_verbs=frozenset(
        (
            "written by",
            "words by",
            "reported by",
            "reporting by",
            "additional reporting by",
            "editing by",
            "compiled by",
            "translated by",
        )
    ),
    place_words=frozenset((" in", " for", " of")),
    name_particles=frozenset(
        "de del della der di da dos van von den la le el al bin ibn y".split()
    ),
    name_joiners=frozenset(("and",)),
    credit_words=frozenset(
        (
            "photo",
            "photos",
            "photograph",
            "photographs",
            "photography",
            "photo credit",
            "file photo",
            "picture",
            "pictures",
            "picture credit",
            "pic",
            "image",
            "images",
            "image credit",
            "credit",
            "credits",
            "courtesy",
            "video",
            "footage",
            "screenshot",
            "screengrab",
            "illustration",
            "graphic",
            "handout",
        )
    ),
    credit_by=frozenset(("by", "courtesy of", "from", "via", "credit")),
    copyright_words=frozenset(("copyright",)),
    signer_words=frozenset(("via", "of", "the", "for", "and", "by")),
    rights_words=frozenset(("all rights reserved",)),
    source_words=frozenset(("source", "outlet", "publisher")),
    agencies=frozenset(
        (
            "AP",
            "AP Photo",
            "Associated Press",
            "The Associated Press",
            "Reuters",
            "REUTERS",
            "Thomson Reuters",
            "AFP",
            "AFP Photo",
            "Agence France-Presse",
            "Getty",
            "Getty Images",
            "Bloomberg",
            "Yonhap",
            "Yonhap News",
            "Newsis",
            "UPI",
            "dpa",
            "DPA",
            "EPA",
            "EPA-EFE",
            "EFE",
            "ANSA",
            "PA",
            "PA Media",
            "PA Images",
            "PA Wire",
            "Kyodo",
            "Kyodo News",
            "Xinhua",
            "TASS",
            "RIA Novosti",
            "Sputnik",
            "Interfax",
            "Interfax-Ukraine",
            "Ukrinform",
            "UNIAN",
            "CNN",
            "BBC",
            "BBC News",
            "NBC News",
            "CBS News",
            "ABC News",
            "Fox News",
            "NPR",
            "Anadolu",
            "NurPhoto",
            "Shutterstock",
            "Alamy",
            "Zuma Press",
            "SIPA",
            "Planet Labs",
            "Maxar",
            "PRNewswire",
            "Business Wire",
            "GLOBE NEWSWIRE",
        )
    ),
    outlet_words=frozenset(
        "News Times Courier Herald Tribune Post Gazette Chronicle Journal Mail Telegraph Guardian "
        "Observer Globe Ledger Press Agency Wire Newswire Broadcasting Radio Television TV "
        "Dispatch "
        "Bulletin Register Sentinel Standard Examiner Mirror Echo Star Express Daily Weekly Today "
        "Review Reporter Monitor Inquirer Argus Magazine Online Newspaper Independent".split()
    ),
    shouts=frozenset(
        "BREAKING UPDATE UPDATED ANALYSIS EXCLUSIVE OPINION WATCH LIVE CORRECTION NOTE EDITORIAL "
        "EXPLAINER FEATURE COMMENT INTERVIEW VIDEO PHOTOS NEWS URGENT ADVISORY WARNING".split()
    ),
)

SUMMARIES = SummaryRules(
    stop_words=frozenset(
        """
        a an the this that these those he she it they we you i him her them us me his hers
        its their theirs our ours my mine your yours himself herself itself themselves who
        whom whose which what where when why how and or but nor so yet if then than as at by
        for from in into of off on onto out over to up with within without about above after
        again against all also am any are be because been before being below between both can
        could did do does doing down during each few further had has have having here is just
        more most much must no not now only other own same shall should some such there
        through too under until very was were will would while may might said says say s t d
        ll ve re m don't didn't doesn't isn't wasn't weren't hasn't haven't hadn't won't
        wouldn't couldn't shouldn't aren't it's that's he's she's i'm
        """.split()
    ),
    suffixes=(
        "'s",
        "’s",
        "ations",
        "ation",
        "ingly",
        "edly",
        "ings",
        "ing",
        "ies",
        "ied",
        "ers",
        "er",
        "ed",
        "es",
        "ly",
        "s",
    ),
    openers=frozenset(
        (
            "he",
            "she",
            "it",
            "they",
            "him",
            "them",
            "his",
            "her",
            "hers",
            "its",
            "their",
            "theirs",
            "this",
            "that",
            "these",
            "those",
            "such",
            "both",
            "neither",
            "either",
            "another",
            "others",
            "the other",
            "the others",
            "the latter",
            "the former",
            "the same",
            "the pair",
            "the duo",
            "the trio",
            "the two",
            "the three",
            "the move",
            "the incident",
            "the latest",
            "one of them",
            "some of them",
            "many of them",
            "most of them",
            "all of them",
            "none of them",
            "two of them",
            "among them",
            "of these",
            "of those",
            "of them",
            "in it",
            "in this",
            "in that",
            "in them",
            "at that time",
            "after that",
            "after this",
            "before that",
            "as such",
            "for this",
            "for that",
            "for them",
            "to them",
            "to him",
            "to her",
            "with this",
            "with them",
            "because of this",
            "despite this",
            "despite that",
        )
    ),
    stands_alone=frozenset(
        (
            "this week",
            "this month",
            "this year",
            "this morning",
            "this afternoon",
            "this evening",
            "this summer",
            "this autumn",
            "this winter",
            "this spring",
            "this season",
            "this weekend",
            "this time last year",
            "those who",
            "both the",
            "both sides",
            "that the",
        )
    ),
    connectives=frozenset(
        """
        but and or so yet however meanwhile also then still instead moreover furthermore
        nevertheless nonetheless therefore thus besides additionally indeed likewise
        similarly consequently afterwards later
        """.split()
    ),
    pronouns=frozenset(
        """
        he she they it we i him her them who
        """.split()
    ),
    reporting=(
        "said",
        "say",
        "add",
        "told",
        "tell",
        "wrote",
        "continu",
        "explain",
        "repl",
        "insist",
        "asked",
        "asks",
        "declar",
        "conclud",
        "warn",
        "claim",
        "recall",
        "admit",
        "joke",
        "stress",
    ),
)

FACTS = FactRules(
    decade_words="""
    20: twenties
    30: thirties
    40: forties
    50: fifties
    60: sixties
    70: seventies septuagenarian{,s}
    80: eighties octogenarian{,s}
    90: nineties nonagenarian{,s}
    """,
    zones="utc: utc gmt bst est edt et cst cdt pst pdt cet cest eet eest kst jst hours local time",
    numbers="""
    0: zero nil
    2: two
    3: three
    4: four
    5: five
    6: six
    7: seven
    8: eight
    9: nine
    10: ten
    11: eleven
    12: twelve
    13: thirteen
    14: fourteen
    15: fifteen
    16: sixteen
    17: seventeen
    18: eighteen
    19: nineteen
    20: twenty
    30: thirty
    40: forty
    50: fifty
    60: sixty
    70: seventy
    80: eighty
    90: ninety
    """,
    ones="one",
    weak_numbers="""
    1: one single once
    2: biannual{,ly} biennial{,ly} biweekly bimonthly
    2: both pair couple twice duo double{,s,d} doubling twin twins dual
    3: trio triple{,d} tripling thrice trilogy
    4: quartet quadruple
    12: dozen
    """,
    small_scales="100: hundred",
    big_scales="""
    1000: thousand
    100000: lakh lakhs
    1000000: million millions
    10000000: crore crores
    1000000000: billion billions
    1000000000000: trillion trillions
    """,
    scale_marks="""
    1000: k
    1000000: m mn mln mio mil
    1000000000: b bn bln
    1000000000000: tn trn
    """,
    number_joiners="and",
    halves_behind="1/2: and_a_half",
    halves="1/2: and_a_half -and-a-half and_one_half\n1/4: and_a_quarter\n3/4: and_three_quarters",
    ordinals="""
    2: second
    3: third
    4: fourth
    5: fifth
    6: sixth
    7: seventh
    8: eighth
    9: ninth
    10: tenth
    11: eleventh
    12: twelfth
    13: thirteenth
    14: fourteenth
    15: fifteenth
    16: sixteenth
    17: seventeenth
    18: eighteenth
    19: nineteenth
    20: twentieth
    30: thirtieth
    40: fortieth
    50: fiftieth
    60: sixtieth
    70: seventieth
    80: eightieth
    90: ninetieth
    100: hundredth
    """,
    weak_ordinals="1: first",
    repeats="as_many",
    named_numbers="""
    0: goalless scoreless
    1: world_war_i world_war_one first_world_war
    2: world_war_ii world_war_two runner-up runners-up
    """,
    ordinal_marks="th: st nd rd th",
    lone_fractions="quarter",
    fractions="1/2: half halves\n1/4: quarter",
    denominators="""
    2: half halves
    3: third thirds
    4: quarter quarters fourth fourths
    5: fifth fifths
    6: sixth sixths
    8: eighth eighths
    10: tenth tenths
    100: hundredth hundredths
    """,
    indefinite="""
    10: tens dozens scores teen teens teenager{,s} teenage
    100: hundreds couple_of_hundred
    1000: couple_of_thousand
    1000: thousands tens_of_thousands
    100000: hundreds_of_thousands
    1000000: tens_of_millions
    100000000: hundreds_of_millions
    1000000000: tens_of_billions hundreds_of_billions
    """,
    articles="1: a an past per each every",
    numeral_prefixes="2: two\n3: three\n4: four\n5: five\n6: six\n7: seven\n8: eight\n10: ten",
    numeral_stems="x: fold",
    date_order="mdy dmy",
    particles="'s",
    months="""
    1: january
    2: february
    4: april
    6: june
    7: july
    9: september
    10: october
    11: november
    12: december
    """,
    guarded_months="""
    1: jan
    2: feb
    3: march mar
    4: apr
    5: may
    6: jun
    7: jul
    8: august aug
    9: sept sep
    10: oct
    11: nov
    12: dec
    """,
    guarded_capital=True,
    month_openers="""
    in of since until till by last next this from early late mid between during through to
    every and or on before after
    """,
    holidays="""
    1-1: new_year's_day
    2-14: valentine's_day
    3-17: st_patrick's_day st_._patrick's_day
    4-1: april_fools'_day april_fool's_day
    7-14: bastille_day
    10-31: halloween
    12-24: christmas_eve
    12-25: christmas_day christmas
    12-26: boxing_day
    12-31: new_year's_eve
    """,
    weekdays="""
    1: monday mondays
    2: tuesday tuesdays tues
    3: wednesday wednesdays
    4: thursday thursdays thurs
    5: friday fridays
    6: saturday saturdays
    7: sunday sundays
    """,
    seasons="""
    spring: in_spring in_the_spring spring_of last_spring this_spring next_spring
    summer: summer summers
    autumn: autumn in_the_fall fall_of last_fall this_fall next_fall
    winter: winter winters
    """,
    relatives="""
    year-1: last_year
    year+1: next_year
    month-1: last_month
    month+1: next_month
    week-1: last_week
    week+1: next_week
    day-1: yesterday
    day+1: tomorrow
    day: today
    """,
    day_parts="""
    am: am a.m. a.m in_the_morning
    pm: pm p.m. p.m in_the_afternoon in_the_evening
    night: at_night
    """,
    clock_phrases="""
    00:15|12:15: {a_,}quarter_past_twelve
    00:30|12:30: half_past_twelve
    00:45|12:45: {a_,}quarter_to_one
    01:15|13:15: {a_,}quarter_past_one
    01:30|13:30: half_past_one
    01:45|13:45: {a_,}quarter_to_two
    02:15|14:15: {a_,}quarter_past_two
    02:30|14:30: half_past_two
    02:45|14:45: {a_,}quarter_to_three
    03:15|15:15: {a_,}quarter_past_three
    03:30|15:30: half_past_three
    03:45|15:45: {a_,}quarter_to_four
    04:15|16:15: {a_,}quarter_past_four
    04:30|16:30: half_past_four
    04:45|16:45: {a_,}quarter_to_five
    05:15|17:15: {a_,}quarter_past_five
    05:30|17:30: half_past_five
    05:45|17:45: {a_,}quarter_to_six
    06:15|18:15: {a_,}quarter_past_six
    06:30|18:30: half_past_six
    06:45|18:45: {a_,}quarter_to_seven
    07:15|19:15: {a_,}quarter_past_seven
    07:30|19:30: half_past_seven
    07:45|19:45: {a_,}quarter_to_eight
    08:15|20:15: {a_,}quarter_past_eight
    08:30|20:30: half_past_eight
    08:45|20:45: {a_,}quarter_to_nine
    09:15|21:15: {a_,}quarter_past_nine
    09:30|21:30: half_past_nine
    09:45|21:45: {a_,}quarter_to_ten
    10:15|22:15: {a_,}quarter_past_ten
    10:30|22:30: half_past_ten
    10:45|22:45: {a_,}quarter_to_eleven
    11:15|23:15: {a_,}quarter_past_eleven
    11:30|23:30: half_past_eleven
    11:45|23:45: {a_,}quarter_to_twelve
    """,
    clock_words="12:00: noon midday\n00:00: midnight",
    hour_marks="h: o'clock",
    date_joiners="of",
    era_marks="era: bc bce b.c. ad a.d. ce",
    decade_marks="10: s 's",
    century_marks="100: century centuries c.",
    units="""
    nm: nm {nanometre,nanometer}{,s}
    um: µm μm {micrometre,micrometer,micron}{,s}
    mm: mm {millimetre,millimeter}{,s}
    mm2: mm² mm2
    cm2: cm² cm2
    cm: cm {centimetre,centimeter}{,s}
    m: m {metre,meter}{,s}
    km: km kms kilometre{,s} kilometer{,s}
    in: inch inches ″
    ft: ft foot feet
    yd: yd yds yard{,s}
    mi: mi mile{,s}
    nmi: nautical_mile{,s}
    ly: {light_year,light-year}{,s}
    m2: m² m2 sqm sq_m square{_,-}{metre,meter}{,s}
    km2: km² km2 sq_km square{_,-}{kilometre,kilometer}{,s}
    ft2: sq_ft square{_,-}{foot,feet}
    mi2: sq_mi square{_,-}mile{,s}
    ha: ha hectare{,s}
    ac: acre{,s}
    ml: ml {millilitre,milliliter}{,s}
    l: l {litre,liter}{,s}
    m3: m³ cubic{_,-}{metre,meter}{,s}
    ft3: cubic{_,-}{foot,feet}
    gal: gallon{,s}
    pt: pint{,s}
    bbl: barrel{,s} bpd
    ug: µg μg mcg microgram{,s}
    mg: mg milligram{,s}
    g: g gram{,s}
    kg: kg kgs kilo{,s} kilogram{,s}
    t: tonne{,s} ton{,s} metric_ton{,s}
    lb: lb lbs pound{,s}
    st: stone
    oz: oz ounce{,s}
    km/h: km/h kph kmh km_per_hour {kilometre,kilometer}s_{an,per}_hour
    m/s: m/s {metre,meter}s_per_second
    mph: mph miles_per_hour miles_an_hour miles/hour mile_per_hour
    kn: knot{,s} kts
    C: °c ℃ degrees_c degrees_celsius °_celsius celsius
    F: °f ℉ degrees_f degrees_fahrenheit fahrenheit
    deg: degree{,s} °
    ms: millisecond{,s}
    s: sec secs seconds second
    min: min mins minute{,s}
    h: hr hrs hour{,s}
    day: day{,s}
    week: week{,s}
    month: month{,s}
    year: year{,s} yr yrs
    decade: decade{,s}
    century: centuries century
    W: watt{,s}
    kW: kw kilowatt{,s}
    MW: mw megawatt{,s}
    GW: gw gigawatt{,s}
    kWh: kwh kilowatt{_,-}hour{,s}
    MWh: mwh megawatt{_,-}hour{,s}
    GWh: gwh gigawatt{_,-}hour{,s}
    TWh: twh terawatt{_,-}hour{,s}
    hp: hp bhp horsepower
    dB: db decibel{,s}
    kcal: kcal kilocalorie{,s}
    cal: calorie{,s}
    Hz: hz hertz
    kHz: khz kilohertz
    MHz: mhz megahertz
    GHz: ghz gigahertz
    MB: mb megabyte{,s}
    GB: gb gigabyte{,s}
    TB: tb terabyte{,s}
    hPa: hpa
    x: times fold
    px: pixel{,s}
    """,
    glued_units="in: in\nC: c\nF: f",
    currencies="""
    USD: usd dollar{,s} u.s._dollar{,s} us_dollar{,s} bucks
    EUR: eur euro{,s}
    GBP: gbp pound_sterling pounds_sterling quid
    KRW: krw won
    UAH: uah hryvnia{,s} hryvnya{,s}
    JPY: jpy yen
    CNY: cny yuan renminbi
    RUB: rub ruble{,s} rouble{,s}
    INR: inr rupee{,s}
    CHF: chf franc{,s}
    AUD: aud australian_dollar{,s}
    CAD: cad canadian_dollar{,s}
    PLN: pln zloty zlotys
    cent: cent cents u.s._cent{,s}
    penny: penny pence
    """,
    money_heads="""
    USD: $ us_$ u.s._$
    AUD: a_$ au_$
    CAD: c_$ ca_$
    HKD: hk_$
    EUR: €
    GBP: £
    KRW: ₩
    UAH: ₴
    JPY: ¥
    RUB: ₽
    INR: ₹
    """,
    durations="""
    14|15 day: fortnight fortnights
    100 year: centenary centennial centenarian{,s}
    150 year: sesquicentennial
    200 year: bicentenary bicentennial
    15 min: quarter_of_an_hour quarter-hour
    45 min: three_quarters_of_an_hour three-quarters_of_an_hour
    30 min: half_an_hour half-hour half_hour
    24 h: 24/7 around_the_clock round_the_clock round-the-clock
    """,
    percent="""
    %: % percent per_cent pct percentage_point{,s}
    bp: basis_point{,s} bp bps
    ‰: ‰ per_mille
    """,
    age_marks="year: {year,years,yr}-old{,s} {year,years,yr}_old{,s} years_of_age",
    age_heads="aged age ages",
    code_heads="no. no nos. № # number highway route flight channel",
    hedges="""
    approximate: about around some roughly approximately nearly almost
    at_least: more_than over at_least
    at_most: up_to less_than fewer_than under
    """,
    score_words="to",
    defeats="defeat loss lost lose losing beaten fell down trail behind deficit thrash",
    past_words="past",
    to_words="minutes_to",
    range_words="to and or through",
    roles_before="""
    born: born
    whole: of out_of
    from: since from against
    to: to until till reached into
    """,
    roles_after="from: onwards",
    breaks="""
    and or but while with against from to compared as than whereas of for in which who when where
    including after before
    """,
    minus_before="minus negative",
    minus_after="below_zero below_freezing",
    frosts="below frost frosts",
    falls="""
    minus negative fall fell drop declin decreas down loss lose lost low less reduc slump plung
    shr cut below deficit contract behind short deduct
    """,
    not_facts="""
    plus_or_minus plus-or-minus 50-50 50/50 fifty-fifty no_one one_another one_day each_other
    per_second
    """,
)

NAMES = NameRules(
    territories="""
        US US, U.S., USA, U.S.A., United States of America, America, the States, Washington?
        US White House?, Pentagon?; 019 America, Americas
        GB UK, U.K., Britain, Great Britain, England, BST?, London?, Westminster?
        GB Downing Street?; GB-ENG England; GB-SCT Scotland; GB-WLS Wales; GB-NIR Northern Ireland
        IE Republic of Ireland, Irish Republic
        KR Republic of Korea, ROK, Korea, S. Korea, S Korea, Koreas, the South?, Seoul?
        KP DPRK, D.P.R.K., Korea, N. Korea, N Korea, Democratic People's Republic of Korea
        KP Koreas, the North?, Pyongyang?
        CN PRC, People's Republic of China, Mainland China, Beijing?; HK Hong Kong; MO Macao, Macau
        RU Russian Federation, Moscow?, Kremlin?; SU Soviet Union, USSR, U.S.S.R.
        DD East Germany, GDR; DE West Germany, Federal Republic of Germany, Berlin?; YU Yugoslavia
        CS Czechoslovakia; EU EU, E.U., Brussels?; UN UN, U.N.; AE UAE, U.A.E., Emirates?
        NL Holland, The Netherlands; TR Turkey, Turkiye, Ankara?; CZ Czech Republic; MM Burma
        SZ Swaziland; CI Ivory Coast; TL East Timor; VA Vatican, Holy See; PS Palestine
        MK Macedonia; CV Cabo Verde
        CD Congo, DR Congo, DRC, Democratic Republic of the Congo, Democratic Republic of Congo
        CD Congo-Kinshasa; CG Congo, Republic of the Congo, Congo-Brazzaville
        BA Bosnia, Bosnia and Herzegovina, Bosnia-Herzegovina; AG Antigua, Antigua and Barbuda
        TT Trinidad, Trinidad and Tobago; ST São Tomé and Príncipe, São Tomé
        KN Saint Kitts and Nevis, St. Kitts and Nevis; LC Saint Lucia; SH Saint Helena
        VC Saint Vincent and the Grenadines, St. Vincent and the Grenadines
        PM Saint Pierre and Miquelon; TC Turks and Caicos; FK Falklands; FO Faroes
        PH the Philippines; BS Bahamas; VG Virgin Islands?; VI Virgin Islands?
        IR Islamic Republic of Iran, Tehran?; GE Georgia?; US-GA Georgia?; JO Jordan?; TD Chad?
        GN Guinea?; NE Niger?; RE Réunion?; MS Montserrat?; MF St. Martin?; JE Jersey?
        GG Guernsey?; NF Norfolk Island; DM Dominica; LA Lao PDR; BY Byelorussia, Minsk?
        002 African Union, AU?, Southern Africa; 150 Europa?, Nordic?, Europe; 029 Caribbean
        419 Latin America; 005 South America; 003 North America; ZA Southern Africa
        AQ Antarctic, South Pole?; ME Montenegro; 145 Middle East, Mideast; JP Tokyo?; FR Paris?
        BE Brussels?; UA Kyiv?, Kiev?; PL Warsaw?; SY Damascus?; IL Jerusalem?, Tel Aviv?
        SA Riyadh?; IN New Delhi?, Delhi?; PK Islamabad?; TW Taipei?; CU Havana?; VE Caracas?
        CA Ottawa?; AU Canberra?; IT Rome?, Roman?, Romans?; ES Madrid?; AT Vienna?; HU Budapest?
    """,
    demonyms="""
        US American; 019 American; GB British, Briton, Brit, English; GB-ENG English
        GB-SCT Scottish, Scot, Scots; GB-WLS Welsh, Welshman; GB-NIR Northern Irish
        IE Irish, Irishman, Irishmen; KR South Korean, Korean; KP North Korean, Korean; CN Chinese
        HK Hong Konger, Hongkonger; TW Taiwanese; RU Russian; SU Soviet; YU Yugoslav, Yugoslavian
        CS Czechoslovak; DE German; UA Ukrainian; AE Emirati; NL Dutch, Dutchman, Dutchmen
        TR Turkish, Turk; CZ Czech; MM Burmese; SZ Swazi; TL Timorese; PS Palestinian
        MK Macedonian; CV Cape Verdean; CD Congolese; CG Congolese; BA Bosnian; TT Trinidadian
        GE Georgian; JO Jordanian; TD Chadian; GN Guinean; NE Nigerien; NG Nigerian; JP Japanese
        FR French, Frenchman, Frenchmen, Frenchwoman; IT Italian; ES Spanish, Spaniard
        PT Portuguese; PL Polish, Pole?; BE Belgian; LU Luxembourgish, Luxembourger; CH Swiss
        AT Austrian; HU Hungarian; SK Slovak, Slovakian; SI Slovenian, Slovene; HR Croatian, Croat
        RS Serbian, Serb; ME Montenegrin; XK Kosovar, Kosovan; AL Albanian; GR Greek; BG Bulgarian
        RO Romanian; MD Moldovan, Moldavian; BY Belarusian, Belarussian; LT Lithuanian; LV Latvian
        EE Estonian; FI Finnish, Finn; SE Swedish, Swede; NO Norwegian; DK Danish, Dane
        IS Icelandic, Icelander; GL Greenlandic, Greenlander; FO Faroese; MT Maltese; CY Cypriot
        AM Armenian; AZ Azerbaijani, Azeri; KZ Kazakh, Kazakhstani; KG Kyrgyz; UZ Uzbek; TM Turkmen
        TJ Tajik; MN Mongolian, Mongol; AF Afghan; PK Pakistani; IN Indian; BD Bangladeshi
        NP Nepali, Nepalese; BT Bhutanese; LK Sri Lankan; MV Maldivian; IR Iranian; IQ Iraqi
        SY Syrian; LB Lebanese; IL Israeli; SA Saudi, Saudi Arabian; YE Yemeni; OM Omani; QA Qatari
        BH Bahraini; KW Kuwaiti; EG Egyptian; LY Libyan; TN Tunisian; DZ Algerian; MA Moroccan
        SD Sudanese; SS South Sudanese; ET Ethiopian; ER Eritrean; SO Somali, Somalian
        DJ Djiboutian; KE Kenyan; UG Ugandan; TZ Tanzanian; RW Rwandan; BI Burundian; MZ Mozambican
        ZM Zambian; ZW Zimbabwean; MW Malawian; BW Botswanan; NA Namibian; ZA South African
        LS Basotho; AO Angolan; CM Cameroonian; GA Gabonese; GQ Equatoguinean, Equatorial Guinean
        CF Central African; SN Senegalese; GM Gambian; ML Malian; BF Burkinabe, Burkinabé
        CI Ivorian; GH Ghanaian; TG Togolese; BJ Beninese; LR Liberian; SL Sierra Leonean
        MR Mauritanian; MG Malagasy; MU Mauritian; KM Comorian; SC Seychellois; CA Canadian
        MX Mexican; GT Guatemalan; BZ Belizean; SV Salvadoran, Salvadorean; HN Honduran
        NI Nicaraguan; CR Costa Rican; PA Panamanian; CU Cuban; JM Jamaican; HT Haitian
        DO Dominican?; DM Dominican?; PR Puerto Rican; BS Bahamian; BB Barbadian; BR Brazilian
        AR Argentine, Argentinian, Argentinean; CL Chilean; PE Peruvian; BO Bolivian; CO Colombian
        VE Venezuelan; EC Ecuadorian, Ecuadorean; PY Paraguayan; UY Uruguayan; GY Guyanese
        SR Surinamese; AU Australian, Aussie; NZ New Zealander; FJ Fijian; TO Tongan; WS Samoan
        GU Guamanian; PG Papuan, Papua New Guinean; VN Vietnamese; TH Thai; KH Cambodian
        LA Laotian, Lao?; MY Malaysian; SG Singaporean; ID Indonesian
        PH Filipino, Filipina, Philippine; BN Bruneian; 150 European; 002 African; 142 Asian
        419 Latin American; 005 South American; 003 North American; 013 Central American
        145 Middle Eastern; 029 Caribbean
    """,
    decoys="""
        New Mexico, New Jersey, New England, New South Wales, New Britain, New Guinea, Indian Ocean
        American Indian, American Indians, Native American, Native Americans, West Indian
        West Indies, Church of England, East Indies, South China Sea, East China Sea, Indian Wells
        Indiana Jones, English Channel, Guinea pig, Guinea pigs, Guinea Pig, Mexico City
        Panama City, Kuwait City, Guatemala City, Jersey City, Michael Jordan, Jordan River
        River Jordan, African American, African Americans, African-American, African-Americans
        Georgia Tech, Gulf of Guinea, Prince of Wales, Princess of Wales, North Pole, US dollar
        US dollars, U.S. dollar, U.S. dollars, Indian summer, Indian Summer, Santiago de Chile
        German Shepherd, German shepherd, French fries, Chad Smith, Lake Chad, Air Jordan
        Niger Delta, Israel Defense Forces
    """,
    endings="""
        y: y; ies
        s: s; ses
        sh: sh; shes
        ch: ch; ches
        ese: ese; 0
        : 0; s
    """,
    titles="""
        Mr Mrs Ms Miss Dr Sir Dame Lord Lady President Minister Premier Chancellor Secretary State
        General Gen Colonel Col Captain Capt Major Maj Lieutenant Lt Sergeant Sgt Admiral Commander
        Marshal Senator Sen Representative Rep Congressman Congresswoman Governor Gov Mayor Speaker
        Judge Justice King Queen Prince Princess Pope Cardinal Bishop Professor Prof Chairman
        Chairwoman Chair Director Ambassador Commissioner Chief Leader Coach Coaches Officer Agent
        The But And When While As If Then After Before In On At For With That This It He She
    """,
    common="""
        North South East West Northern Southern Eastern Western Northeast Northwest Southeast
        Southwest Northeastern Northwestern Southeastern Southwestern Central Middle Mid Upper
        Lower Inner Outer Great Greater Grand Little New Old Big Small High Low Long Early Late
        Young Good Bad Best Better True Free Open Full Real Modern Ancient Holy Sacred Deep Dark
        Light Wild Domestic Foreign Native Local Global Virtual Digital Special Standard Super
        First Second Third Fourth Fifth Sixth Seventh Eighth Ninth Tenth One Two Three Four Five
        Six Seven Eight Nine Ten Eleven Twelve Thirteen Fifteen Eighteen Twenty Thirty Forty Fifty
        Sixty Seventy Eighty Ninety Hundred Hundreds Thousand Thousands Million Millions Billion
        Half Red White Black Blue Green Yellow Orange Golden Gold Silver Pink Purple Grey Gray Sea
        Seas Ocean Lake Lakes River Rivers Stream Mount Mountain Mountains Mt Valley Island
        Islands Isle Isles Peninsula Bay Gulf Strait Cape Coast Beach Desert Forest Park Parks
        Canyon Falls Rock Rocks Rocky Rockies Hill Hills Highland Highlands Plain Plains Plateau
        Bridge Street Road Avenue Square Tower Gate Wall Castle Palace Cathedral Church Churches
        Temple Abbey Chapel Monastery Mosque Tomb Station Airport Port Harbour Harbor Highway
        Speedway Stadium Arena Garden Gardens Zoo Museum Gallery Library Theatre Theater Hall
        House Houses Home Building Centre Center Fort Fortress Camp Base Border Canal Channel Town
        City Cities Village County District Districts Province State States Region Territory
        Republic Kingdom Empire Union Federation Confederation Commonwealth Dynasty Bloc Earth
        World Moon Sun Venus Mars Jupiter Saturn Mercury Neptune Uranus Pluto Pole Equator Arctic
        Antarctic Pacific Atlantic Mediterranean Baltic Caribbean Aegean Adriatic Hemisphere Alps
        Himalayas Cosmos Universe Milky Way University College School Schools Institute Academy
        Department Ministry Office Agency Bureau Authority Commission Committee Subcommittee
        Council Board Assembly Congress Parliament Senate Court Courts Supreme Appeal Appeals
        Tribunal Police Army Navy Air Force Forces Marine Marines Guard Guards Corps Fleet
        Squadron Regiment Brigade Division Battalion Troops Royal Imperial Federal National
        International Foundation Trust Fund Bank Banks Group Company Companies Corporation Corp
        Inc Ltd Co Industries Industry Airlines Airways Airline Lines Line Railway Railways Motors
        Motor Association Society Organisation Organization League Cup Games Game Series
        Championship Championships Champions Champion Prix Tour Tours Tournament Race Racing Team
        Teams United Club Clubs Party Parties Democratic Democrat Democrats Democracy Republican
        Republicans Conservative Conservatives Labour Labor Liberal Liberals Socialist Socialists
        Communist Communists Communism People Peoples Front Movement Coalition Alliance Resistance
        Revolution War Wars Battle Treaty Act Bill Law Laws Constitution Amendment Article Charter
        Convention Declaration Agreement Accord Deal Protocol Project Program Programme Plan
        Operation Mission Task Initiative Service Services System Systems Survey Research Study
        Studies Review Report Reports Journal Magazine Times Post News Daily Star Sky Tribune
        Herald Telegraph Guardian Observer Examiner Press Network Television TV Radio Broadcasting
        Media Studio Studios Pictures Films Film Movie Show Shows Awards Award Prize Medal Medical
        Medicine Hospital Clinic Health Healthcare Cancer Disease Virus Emergency Fire Rescue
        Security Defense Defence Intelligence Investigation Investigations Affairs Interior
        Internal Judiciary Judicial Treasury Finance Trade Commerce Business Energy Environment
        Environmental Agriculture Education Science Sciences Technology Space Transport
        Transportation Traffic Housing Welfare Social Public Civil Human Humans Rights Right Women
        Woman Men Man Children Child Youth Student Students Animal Animals Wildlife Conservation
        Heritage Culture Cultural Arts Art Music Symphony Orchestra Band History Historic Natural
        Nature Geological Meteorological Weather Climate Storm Hurricane Typhoon Tropical Cyclone
        Geography God Gods Lord Jesus Christ Christian Christians Christianity Catholic Catholics
        Catholicism Protestant Protestants Orthodox Methodist Jewish Jew Jews Judaism Muslim
        Muslims Islam Islamic Buddhist Buddhists Buddhism Hindu Hindus Hinduism Bible Saint St San
        Santa Christmas Easter Thanksgiving Halloween Eve Day Days Night Nights Morning Evening
        Week Month Year Years Time Age Ages Century Era Renaissance Reformation Spring Summer
        Autumn Winter Fall Reverend Rev Father Mother Brother Sister Son Sons Daughter Prime
        Emperor Empress Duke Duchess Earl Baron Count Sheriff Superintendent Inspector Detective
        Constable Spokesman Spokeswoman Deputy Vice Attorney Counsel Delegate Superior Junior
        Senior Jr Sr Executive Chief Head Player Players Driver Drivers Manager Management
        Secretary-General Governor-General Latin Internet Web Wide Online Computer Software Nazi
        Nazis Allied Allies Axis Cold Civilian Colonial Colonists Midterms Elections Election
        Voter Voters Analyst Analysts Scientists Researchers Officials Experts Critics Protesters
        Customs Enforcement Immigration Migrant Migrants Refugee Refugees Aid Aids Action Class
        Code Figure Chapter Section Table Part Page Volume Number Yes No I I'm I've I'd I'll
        However Although Despite Instead Meanwhile Moreover Furthermore Nevertheless Therefore
        Thus Hence Perhaps Maybe Today Tomorrow Yesterday Tonight Thanks Thank Please Let Like
        According Because Since Whether Even Still Never Ever Always Often Sometimes Later Soon
        Once Twice Many Several Another Every Everyone Everything Nobody Nothing Somebody
        Something Someone Anyone Anything Among Along Around Across Behind Beside Besides Beyond
        Near Inside Outside Within Without Upon Via Per Unlike Unless Until Till Though Yet Else
        Also Too Well Back Away Ahead Again Over Under Just Only Quite Rather Almost Nearly Make
        Made Take Took Get Got Give Given Go Going Gone Come Came See Seen Say Said Look Read Find
        Found Keep Kept Put Set Run Need Want Work Working Use Used Watch Learn Know Known Think
        Consider Remember Imagine Ask Tell Talk Speak Live Lives Life Death Dead Hate Last Next
        Previous Former Present Recent Past Future Other Others Same Such Following Born Based
        Built Compared Thing Things Place Places Ways Case Cases Point Points Fact Facts Story
        Stories Book Books Paper Papers Picture Photo Image Video Song Songs Album Food Water Meal
        Drink Breakfast Dinner Wine Tea Coffee Fish Bird Birds Dog Cat Bat Bats Pig Cow Horse
        Horses Snow Rain Wind Ice Blood Body Heart Hand Eye Eyes Face Family Families Parents
        Friend Friends Doctor Doctors Nurse Teacher Teachers Officer Officers Soldier Soldiers
        Worker Workers Victim Victims Member Members Expert Leader Leaders King Kings Queen Prince
        Princess Knight Hero Heroes Money Price Prices Cost Costs Tax Taxes Market Markets
        Interest Rate Rates Value Oil Gas Power Nuclear Electric Car Cars Bus Train Trains Ship
        Ships Boat Plane Planes Flight Flights Bicycle Ball Football Soccer Rugby Baseball
        Basketball Tennis Golf Hockey Cricket Olympic Olympics Paralympic Paralympics Grammy
        Oscars Impact Probe Update Alert Warning Attack Attacks Strike Strikes Crisis Charge
        Charges Arrest Arrested Trial Justice Crime Prison Jail Murder Moved Warn Warns Wins Win
        Won Beat Beats Lose Lost Hit Hits Kill Killed Die Dies Died Injured Missing Debt Support
        Supports Mercy Peace Hope Freedom Liberty Truth Struggle Dream Dreams Secret Revenge Curse
        Return Rise Journey End Beginning Start Stop Off Then Out Up Down Very Tropics Continental
        Transcontinental Sir Majesty Highness Excellency Ladies Gentlemen Facility Side Cross
        Rings Ring Stone Stones Farm Farmer Bar Hotel Inn Restaurant Store Shop Mall Factory Plant
        Brewery Homeland Homelands Diplomat Diplomats Expeditionary Interview Debate Government
        Governments Boys Boy Girl Girls Metropolitan Suburban Urban Rural Municipal Premiership
        Premier Advanced Artificial Naked Running Impossible Possible Dumb Smart Exposition Templo
        Whistle Site Sites Hazard Access Tenants Asset Assets Income Check Beaches Nowadays
        Already Proper Rainfall Desperate Close Protons Oversight Deficit Disorder Pretrial Reborn
        Survivor Pawn Minor Major Stars Ministries Parliamentary Presidential Congressional
        Constitutional Electoral Financial Commercial Industrial Technical Economic Economics
        Political Strategic Tactical General Annual Bureaucracy Ranger Wife Husband Kids Baby Gang
        Mafia Drug Drugs Gun Guns Bomb Bombs Missile Missiles Rocket Rockets Tank Tanks Jet
        Satellite Planet Planets Comet Asteroid Galaxy Telescope Shuttle Engine Engineering
        Engineers Physics Chemistry Biology Mathematics Psychology Philosophy Literature Language
        Languages Dictionary Encyclopedia Diary Letter Letters Word Words Name Names Title Titles
        Edition Version Model Models Type Types Kind Size Area Areas Zone Zones Sector Sectors
        Corridor Passage Route Routes Trail Trails Path Paths Track Tracks Ridge Summit Glacier
        Volcano Crater Cave Caves Reef Lagoon Swamp Jungle Savanna Tundra Steppe Oasis Dam
        Reservoir Pond Springs Fountain Statue Monument Memorial Cemetery Grave Ruins Pyramid
        Pyramids Sphinx Acropolis Cabinet Chancellor Monarch Monarchy Dictator Rebel Rebels
        Militia Militant Militants Terrorist Terrorism Insurgents Opposition Activists Campaign
        Rally Protest Protests March Riot Riots Ceasefire Truce Sanctions Embargo Tariff Tariffs
        Budget Loan Loans Bond Bonds Stock Stocks Share Shares Exchange Dollar Euro Pound Yen
        Currency Inflation Recession Depression Growth Insurance Pension Pensions Savings Beauty
        Tide Community Communities Kiss Chariots Soars Alienating Sound Fair Belly Clean Tough
        Fossil Inland Campground Creek Colonels Pharaoh Scourge Lands Heels Land Ground Grounds
        Wheat Barley Corn Maize Oats Soy Soybeans Sugar Salt Flour Bread Milk Cheese Eggs Meat Beef
        Pork Chicken Tuna Cod Shrimp Lobster Cocoa Beer Whisky Vodka Juice Fruit Apples Bananas
        Grapes Tomatoes Potatoes Onions Carrots Cabbage Garlic Beans Peas Nuts Petrol Diesel
        Lithium Uranium Wool Demand Output Turnout Credit Profit Profits Loss Losses Revenue Wages
        Exports Imports Fines Fares Sales Inventories Poverty Supermarkets Freight Cargo Trams
        Trucks Lorries Bikes Ferries Aircraft Drones Heat Drought Floods Smoke Mud Thunder Sunshine
        Harvests Cattle Sheep Poultry Mice Insects Mosquitoes Locusts Turtles Measles Mumps Flu
        Influenza Polio Cholera Malaria Dengue Plague Diabetes Asthma Dementia Stroke Alcohol
        Vaccines Surgeons Births Marriages Fraud Theft Burglary Gunmen Hostages Inmates Polls
        Ballots Votes Seats Envoys Diplomacy Clashes Staff Fishermen Landlords Pupils Nurseries
        Playgrounds Cinemas Synagogues Tickets Crowds Gymnasts Chess Volleyball Handball Snooker
        Fuel Batteries Turbines Tunnels Warehouses Data Sleep Exercise Stress Pain Fever Cough
        Thirst Soup Clothes Uniforms Concerts Festivals Couples Adults Veterans Witnesses Suspects
        Thieves Burglars
    """,
    verbs="""
        -ed is was has had will would said says told tells took takes made makes went goes came
        comes got gets gave gives found finds knew knows thought thinks felt feels held holds kept
        led left lost met put ran saw sees sent set sold spoke spent stood struck taught threw won
        wins wrote writes drew fell flew grew hit hopes wants needs plays played scored missed
        did does also then now later never currently himself herself
    """,
    derivations="an ian ite ish",
    plain="""
        tions ion sion tion ments ment ness ship ships ism ology ological ities ability ively |
        ing ed ly ers ors ists ents ians ity ally ances ences ance ence ful less able ible ous
        ive ives ical ically sters ees wise
    """,
)

OUTPUT = OutputRules()

# English sentences have 30 to 50 % of these words, German or Spanish ones under 15 %.
SCRIPT = ScriptRules(
    name="Latin",
    foreign="äöüßáàâãåæéèêëíìîïóòôõøœúùûýÿçñąćęłńśźżčďěňřšťůžőűăâîșțğışđāēīūģķļņ",
    words=0.25,
)

MEANINGS = MeaningRules(
    words="""
    say: said says say told tells stated added according announced announce
    not: not don't doesn't didn't isn't wasn't can't won't couldn't wouldn't never no cannot
        haven't hasn't
    but: but however although though yet despite
    because: because since due
    if: if whether
    also: also too
    i: i i'm i've i'd i'll me my myself
    we: we we're we've we'd we'll us our ours
    you: you you're you've you'd you'll your
    they: they they're they've them their
    she: she she's her hers
    he: he he's his him himself
    what: what what's why how when where who
    more: more most much
    new: new newly
    big: big large great huge largest biggest
    good: good well best better
    bad: bad worse worst poor
    last: last past previous ago
    next: next future coming upcoming
    year: year years annual annually
    month: month months
    week: week weeks weekend
    day: day days today
    time: time times hour hours minute minutes
    night: night evening tonight
    morning: morning
    world: world global worldwide international
    country: country countries nation national nations state states
    government: government administration ministry minister ministers
    president: president presidential
    leader: leader leaders chief head chairman
    party: party parties democrat democrats republican republicans conservative labour
    vote: vote votes voted voting voters election elections referendum poll polls
    law: law laws legal legislation bill constitution
    court: court courts judge judges trial justice
    police: police officer officers
    arrest: arrest arrested arrests charged charges suspect suspected accused
    kill: kill killed killing kills murder murdered shot shooting dead death deaths died dies
    attack: attack attacks attacked assault terrorist terror
    war: war wars army military troops soldiers soldier forces
    weapon: weapon weapons gun guns nuclear bomb knife
    school: school schools student students pupils university college teacher teachers education
    hospital: hospital doctor doctors medical patient patients health nurse
    disease: disease cancer virus illness infection hiv injury wound
    family: family families parents mother father son daughter wife husband brother sister mum
        dad cousin
    child: child children kids baby boy boys girl girls
    woman: woman women female ms mrs
    man: man men male
    people: people person public citizens residents
    friend: friend friends colleague colleagues
    team: team teams squad side club clubs
    game: game games match matches play played playing player players
    win: win wins won winning winner victory beat champion championship
    lose: lose lost losing loss defeat defeated losses
    goal: goal goals scored score points point ball
    season: season league cup tournament coach manager
    race: race races racing driver drivers car cars
    road: road roads street train bus traffic
    plane: plane planes flight flights airport aircraft airline
    ship: ship ships boat sea ocean coast island islands
    water: water river lake rain flood flooding floods
    storm: storm hurricane tsunami earthquake weather wind winds temperature
    fire: fire fires burn burned burning
    city: city cities town towns village capital
    house: house houses home homes hotel building buildings
    church: church churches pope bishop religious catholic
    money: money cash price prices cost costs pay paid payment fund funds funding
    company: company companies firm business businesses industry market markets
    work: work works worked working worker workers job jobs employee employees
    trade: trade tariffs deal agreement deals
    bank: bank banks economy economic financial tax taxes
    buy: buy buying bought sell sold sale sales store stores shop shops
    film: film films movie movies actor actress show television tv
    music: music song songs album band singer
    book: book books write writes wrote written writer author novel
    report: report reports reported reporter news newspaper media journalist
    study: study studies research researchers scientists scientific science
    percent: percent rate
    number: number numbers dozens hundreds thousands million millions
    help: help helps helped helping support supported supports
    know: know knows known knew think thinks thought believe believes believed
    want: want wants wanted hope hopes need needs
    see: see seen saw look looks looked watch watching
    love: love loved loves like happy
    fear: fear fears worried concern concerned concerns afraid warned warning warn
    problem: problem problems crisis issue issues
    change: change changes changed changing
    start: start starts started starting begin began begins
    end: end ended ends ending final finally finish finished
    open: open opened opens opening close closed
    white: white black red blue green
    north: north northern
    south: south southern
    east: east eastern
    west: west western
    animal: animal animals dog dogs cat cats bird birds fish species
    food: food eat eating ate restaurant meal
    drug: drug drugs alcohol drink drinking
    sex: sex sexual sexually abuse rape harassment
    meet: meet meeting met talks summit conference
    question: question questions asked ask asks answer interview
    letter: letter letters email message statement comment
    phone: phone internet website online twitter facebook
    right: right rights freedom
    old: old older young younger age aged
    body: body head heart hand hands face eyes blood legs
    light: sun light moon star stars space
    injure: injured injuring wounded wounding hurt injuries wounds
    missing: missing disappeared
    rescue: rescued rescue rescuers evacuated evacuate evacuation saved
    for: favour favor approved
    against: against opposed opposition
    abstain: abstained abstentions abstaining abstention
    seat: seats seat
    rank: ranked rank ranking place placed
    profit: profit profits earnings
    revenue: revenue revenues turnover
    export: exports export exported exporters
    import: imports import imported
    length: long length
    width: wide width
    height: high height tall
    depth: deep depth
    weight: weigh weighs weighed weight weighing
    speed: speed speeds
    rise: rise rose risen rising increase increased increasing grew growth gain gained climbed up
    fall: fall fell fallen falling drop dropped decline declined decrease decreased down
    average: average mean averaged
    total: total totalling overall
    additional: additional extra further
    least: least minimum lowest
    most: maximum highest
    expect: expected expects forecast predicted estimated estimate estimates
    member: member members
    visitor: visitors visitor tourists tourist tourism
    crew: crew crewmen
    passenger: passenger passengers
    tank: tank tanks
    drone: drone drones
    missile: missile missiles rocket rockets
    artillery: artillery howitzer howitzers shells
    down: downed intercepted
    vehicle: vehicle vehicles truck trucks lorry
    launch: launched launch launches
    gold: gold
    silver: silver
    bronze: bronze
    appear: appearances appearance appeared featured
    assist: assists assist
    rebound: rebounds rebound
    language: language languages
    page: page pages
    floor: floor floors storey storeys stories
    room: room rooms
    found: founded established built build
    born: born birth births
    join: joined join joining
    leave: leave left leaving retired resigned quit
    return: return returned returning
    destroy: destroyed damaged damage destruction
    population: population
    wage: wage wages salary salaries income
    budget: budget
    debt: debt debts
    spend: spent spend spending
    invest: invest invested investment investments investors
    fine: fine fined
    interest: interest
    inflation: inflation
    share: shares share stock stocks
    oil: oil crude
    gas: gas
    prison: prison jail jailed sentenced sentence imprisoned
    aboard: aboard carrying board carried
    now: now current currently
    """,
)

WRITING = WritingRules(
    months="""
    1: January
    2: February
    3: March
    4: April
    5: May
    6: June
    7: July
    8: August
    9: September
    10: October
    11: November
    12: December
    """,
    weekdays="1: Monday\n2: Tuesday\n3: Wednesday\n4: Thursday\n5: Friday\n6: Saturday\n7: Sunday",
    numbers="""
    2: two
    3: three
    4: four
    5: five
    6: six
    7: seven
    8: eight
    9: nine
    10: ten
    11: eleven
    12: twelve
    """,
    counted="""
    USD: dollar dollars
    EUR: euro euros
    GBP: pound pounds
    UAH: hryvnia hryvnias
    min: minute minutes
    h: hour hours
    day: day days
    week: week weeks
    month: month months
    year: year years
    m: metre metres
    km: kilometre kilometres
    mi: mile miles
    t: tonne tonnes
    person: person people
    time: time times
    """,
    scales="1000: thousand\n1000000: million\n1000000000: billion\n1000000000000: trillion",
    ordinals="one: st\ntwo: nd\nfew: rd\nother: th",
    day_parts="am: a.m. am AM A.M.\npm: p.m. pm PM P.M.",
)

PACK = Pack(
    code="en",
    name="English",
    own_name="English",
    sentences=SENTENCES,
    labels=LABELS,
    summaries=SUMMARIES,
    facts=FACTS,
    names=NAMES,
    output=OUTPUT,
    script=SCRIPT,
    meanings=MEANINGS,
    writing=WRITING,
)
