"""English."""

from __future__ import annotations

from toolkit.lang.base import (
    FactRules,
    LabelRules,
    NameRules,
    OutputRules,
    Pack,
    SentenceRules,
    SummaryRules,
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
        Inc Ltd Co Cos Corp Bros plc Jr Sr Esq St Ave Blvd Rd Dept Univ Assn Intl al Ph.D Jan
        Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec Ala Ariz Ark Calif Colo Conn Del Fla Ga Ill
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
    months=frozenset(
        "January February March April May June July August September October November December "
        "Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec".split()
    ),
    weekdays=frozenset(
        "Monday Tuesday Wednesday Thursday Friday Saturday Sunday "
        "Mon Tue Tues Wed Thu Thur Thurs Fri Sat Sun".split()
    ),
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
    name_particles=frozenset(
        "de del della der di da dos van von den la le el al bin ibn y".split()
    ),
    name_joiners=frozenset(("and", "in")),
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
    copyright_words=frozenset(("copyright", "all rights reserved")),
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
        "Observer Globe Press Agency Wire Newswire Broadcasting Radio Television TV Dispatch "
        "Bulletin Register Sentinel Standard Examiner Mirror Echo Star Express Daily Weekly Today "
        "Review Reporter Monitor Inquirer Argus Magazine Online Newspaper Independent".split()
    ),
    shouts=frozenset(
        "BREAKING UPDATE UPDATED ANALYSIS EXCLUSIVE OPINION WATCH LIVE CORRECTION NOTE EDITORIAL "
        "EXPLAINER FEATURE COMMENT INTERVIEW VIDEO PHOTOS NEWS URGENT ADVISORY WARNING".split()
    ),
)

SUMMARIES = SummaryRules()

FACTS = FactRules()

NAMES = NameRules()

OUTPUT = OutputRules()

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
)
