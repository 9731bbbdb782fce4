"""German."""

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
    ordinals=True,
    abbreviations=frozenset(
        """
        Dr Prof Hr Hrn Fr Frl St Ing Dipl Mag Hl bzw ca vgl sog bzgl evtl ggf inkl exkl einschl
        insb max min mind mtl jährl geb gest verh gegr ehem amtl staatl städt dt engl frz ital
        span russ ukr amerik brit österr schweiz röm griech lat kath evang ev allg bes betr
        div durchschn entspr erg gem gez h.c i.A i.d.R i.V i.S i.S.v i.H.v v.a v.l v.l.n.r z.B
        z.T z.Zt u.a u.U u.v.m d.h s.o s.u o.g a.D a.M m.E m.W n.Chr v.Chr zzgl abzgl Mio Mrd Bio
        Tsd Gebr Hptst Str Nrn vs Tel Gen Lt Oberst Hptm Maj Min Std Sek Jan Feb Mär Apr Jun Jul
        Aug Sep Sept Okt Nov Dez Mo Di Mi Do Sa So mr mrs ms
        """.split()
    ),
    numbering=frozenset("Nr Abs Art Bd Kap S Abb Tab Ziff Anm Fn Aufl Jg Bl Rn § Hft".split()),
    may_end=frozenset("Co AG Inc Ltd Corp Bros jun sen Jr Sr e.V i.R i.Br".split()),
    units=frozenset("Jh Jhd Jhs qm qkm".split()),
    closing=frozenset("usw etc u.a u.Ä o.Ä u.ä o.ä u.s.w u.dgl usf ff f".split()),
    starters=frozenset(
        """
        Der Die Das Dem Den Des Ein Eine Einer Einem Einen Er Sie Es Wir Ihr Ich Man Dies Diese
        Dieser Dieses Diesen Diesem Jene Jener Jenes Sein Seine Seiner Seinen Ihre Ihrer Ihren
        Unser Unsere Mein Meine Und Aber Doch Oder Denn Sondern Auch Noch Nur Schon Dann Danach
        Damals Davor Dabei Dafür Dagegen Damit Daher Darum Deshalb Deswegen Trotzdem Dennoch
        Jedoch Zudem Außerdem Inzwischen Mittlerweile Unterdessen Allerdings Hier Dort Da Heute
        Gestern Morgen Jetzt Nun Seit Seitdem Nach Nachdem Vor Bevor Während Weil Wenn Ob Obwohl
        Als Wie Wo Wer Was Warum Wann Welche Welcher Wegen Trotz Mit Ohne Für Gegen Bei Beim Aus
        Auf An Am Im In Ins Über Unter Zu Zum Zur Von Vom Bis Durch Um Laut Zwischen Alle Alles
        Viele Einige Manche Mehrere Beide Jeder Jede Jedes Kein Keine Keiner Niemand Nichts Nicht
        So Später Zuvor Zuletzt Zunächst Insgesamt Rund Etwa Mehr
        """.split()
    ),
    reporting=frozenset(
        """
        sagte sagt sagten fragte fragt antwortete erklärte ergänzte fügte schrieb rief meinte
        betonte erzählte berichtete teilte erwiderte entgegnete
        """.split()
    ),
)

LABELS = LabelRules(
    months=(
        "Januar Jänner Jan",
        "Februar Feber Feb",
        "März Mär",
        "April Apr",
        "Mai",
        "Juni Jun",
        "Juli Jul",
        "August Aug",
        "September Sept Sep",
        "Oktober Okt",
        "November Nov",
        "Dezember Dez",
    ),
    weekdays=frozenset(
        "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonnabend Sonntag".split()
    ),
    year_words=frozenset(),
    clock_words=frozenset(("um",)),
    date_words=frozenset(
        (
            "datum",
            "stand",
            "veröffentlicht",
            "veröffentlicht am",
            "aktualisiert",
            "aktualisiert am",
            "zuletzt aktualisiert",
            "zuletzt aktualisiert am",
            "erschienen am",
            "erstellt am",
        )
    ),
    date_guards=frozenset(
        "das dieses ein kein jedes am vom zum mit sein ihr ihre neues genaue genaues".split()
    ),
    byline_words=frozenset(("Von", "VON")),
    byline_openers=frozenset(
        ("autor", "autorin", "autoren", "text", "redaktion", "reporter", "korrespondent")
    ),
    byline_verbs=frozenset(("ein bericht von", "eine reportage von", "aufgezeichnet von")),
    place_words=frozenset((" in", " aus")),
    name_particles=frozenset("von van de zu zur vom".split()),
    name_joiners=frozenset(("und",)),
    credit_words=frozenset(
        (
            "foto",
            "fotos",
            "bild",
            "bilder",
            "archivfoto",
            "archivbild",
            "symbolbild",
            "symbolfoto",
            "video",
            "grafik",
            "illustration",
            "bildquelle",
            "bildnachweis",
            "fotograf",
            "fotografin",
        )
    ),
    credit_by=frozenset(("von",)),
    copyright_words=frozenset(("urheberrecht",)),
    rights_words=frozenset(("alle rechte vorbehalten",)),
    signer_words=frozenset(("und", "von", "für")),
    source_words=frozenset(("quelle",)),
    agencies=frozenset(
        (
            "dpa/picture alliance",
            "picture alliance",
            "picture-alliance",
            "imago",
            "IMAGO",
            "APA",
            "KEYSTONE",
            "Keystone-SDA",
            "SDA",
            "epd",
            "KNA",
            "SID",
            "ARD",
            "ZDF",
            "ORF",
            "SRF",
            "Deutsche Welle",
        )
    ),
    outlet_words=frozenset(
        "Zeitung Nachrichten Anzeiger Rundschau Tageblatt Tagblatt Kurier Bote Blatt Presse "
        "Allgemeine Morgenpost Abendblatt Tagesspiegel Spiegel Rundfunk".split()
    ),
    shouts=frozenset("EILMELDUNG KOMMENTAR ANALYSE MEINUNG LIVETICKER UPDATE ACHTUNG".split()),
)

SUMMARIES = SummaryRules(
    stop_words=frozenset(
        """
        der die das dem den des ein eine einer einem einen eines und oder aber doch denn sondern
        auch noch nur schon nicht kein keine keinen keiner er sie es wir ihr ich du man sich mich
        mir uns ihm ihn ihnen sein seine seiner seinem seinen ihre ihrer ihrem ihren unser unsere
        mein dies diese dieser dieses diesem diesen jene jener dass ob wenn weil als wie wo wer was
        wann warum welche welcher in im ins an am auf aus bei beim mit nach von vom vor zu zum zur
        über unter um durch für gegen ohne bis seit während wegen trotz zwischen hinter neben so
        dann da hier dort nun jetzt sehr mehr immer wieder etwa rund laut ist sind war waren wäre
        wird werden wurde wurden worden sei seien hat haben hatte hatten habe kann können konnte
        konnten könnte muss müssen musste soll sollen sollte will wollen wollte darf dürfen mag
        alle allem allen aller alles viel viele einige jeder jede jedes beide selbst damit dabei
        dafür dagegen daran darauf davon dazu jedoch bereits sowie zwar
        """.split()
    ),
    suffixes=tuple("ungen ung ern em er en es e n s".split()),
    openers=frozenset(
        (
            "er",
            "sie",
            "es",
            "ihm",
            "ihn",
            "ihnen",
            "sein",
            "seine",
            "seiner",
            "seinem",
            "ihr",
            "ihre",
            "ihrer",
            "ihrem",
            "dies",
            "diese",
            "dieser",
            "dieses",
            "diesen",
            "diesem",
            "das sei",
            "das ist",
            "das war",
            "beide",
            "beiden",
            "die beiden",
            "der andere",
            "die andere",
            "die anderen",
            "andere",
            "letzterer",
            "letztere",
            "solche",
            "dabei",
            "dafür",
            "dagegen",
            "damit",
            "danach",
            "daran",
            "darauf",
            "darin",
            "darüber",
            "davon",
            "davor",
            "dazu",
            "deshalb",
            "deswegen",
            "daher",
            "einer von ihnen",
            "eine von ihnen",
            "unter ihnen",
            "die meisten von ihnen",
        )
    ),
    stands_alone=frozenset(
        (
            "diese woche",
            "dieser tage",
            "dieses jahr",
            "diesen monat",
            "diesen sommer",
            "diesen winter",
            "beide seiten",
        )
    ),
    connectives=frozenset(
        """
        aber und doch auch oder jedoch zudem außerdem dann inzwischen mittlerweile unterdessen
        allerdings dennoch trotzdem schließlich zugleich gleichzeitig später
        """.split()
    ),
    pronouns=frozenset("er sie es wir ich ihm ihn ihnen wer".split()),
    reporting=(
        "sagt",
        "erklärt",
        "ergänzt",
        "fügt",
        "beton",
        "schrieb",
        "schreib",
        "mein",
        "antwort",
        "erzähl",
        "bericht",
        "teilt",
        "warn",
        "forder",
        "kritisier",
        "behaupt",
        "versicher",
        "kündigt",
    ),
)

_UNITS = "ein zwei drei vier fünf sechs sieben acht neun".split()
_TENS = "zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig".split()
_SMALL = (
    *("zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwölf"),
    *("dreizehn", "vierzehn", "fünfzehn", "sechzehn", "siebzehn", "achtzehn", "neunzehn"),
)
# 2 to 99: German writes them in one word, the units first.
_NUMBERS = {
    **dict(enumerate(_SMALL, 2)),
    **{20 + 10 * n: tens for n, tens in enumerate(_TENS)},
    **{
        20 + 10 * n + unit: f"{word}und{tens}"
        for n, tens in enumerate(_TENS)
        for unit, word in enumerate(_UNITS, 1)
    },
}
_HOURS = ("eins", *_SMALL[:11])


def _lines(values: dict[int, str]) -> str:
    """`value: form` lines; ss where Switzerland writes no ß."""
    return "\n".join(
        f"{value}: {form}" + (f" {form.replace('ß', 'ss')}" if "ß" in form else "")
        for value, form in values.items()
    )


def _ordinal(value: int, word: str) -> str:
    irregular = {3: "dritt", 7: "{siebt,siebent}", 8: "acht"}
    return irregular.get(value, word + ("t" if value < 20 else "st")) + "{@}"


def _clock() -> str:
    """halb neun, Viertel nach acht, acht Uhr abends: `08:30|20:30: halb_neun`."""
    lines = []
    for hour, word in enumerate(_HOURS, 1):
        past = (hour - 1) % 12 or 0
        for minute, base, form in (
            (30, past, f"halb_{word}"),
            (45, past, f"{{viertel_vor,dreiviertel}}_{word}"),
            (15, hour % 12, f"viertel_nach_{word}"),
        ):
            lines.append(f"{base:02}:{minute}|{base + 12:02}:{minute}: {form}")
        name = "ein" if word == "eins" else word
        morning, evening = hour % 12, hour % 12 + 12
        lines += [
            f"{morning:02}:00|{evening % 24:02}:00: {name}_uhr",
            f"{morning:02}:00: {name}_uhr_{{morgens,früh,vormittags}}",
            f"{evening % 24:02}:00: {name}_uhr_{{abends,nachmittags,mittags}}",
        ]
    lines += [f"{n % 24:02}:00: {_NUMBERS[n]}_uhr" for n in range(13, 25)]
    return "\n".join(lines)


_DAYS = "montag dienstag mittwoch donnerstag freitag {samstag,sonnabend} sonntag".split()
_PARTS = "{,s,e,en,früh,morgen,vormittag,mittag,nachmittag,abend,nacht,s_abends}"

FACTS = FactRules(
    endings="e,er,es,en,em",
    numbers="0: null\n100: einhundert\n1000: eintausend\n" + _lines(_NUMBERS),
    glued_numerals=True,
    weak_numbers="""
    1: eins einzige einziger einziges einzigen einzigem
    2: beide beider beides beiden doppelt doppelt{@} verdoppel{n,t,te,ten} duo zweimal
    3: dreimal trio verdreifach{en,t,te,ten}
    12: dutzend
    """,
    small_scales="100: hundert",
    big_scales="""
    1000: tausend tsd
    1000000: million millionen mio
    1000000000: milliarde milliarden mrd
    1000000000000: billion billionen bio
    """,
    single_scales="hundert tausend million milliarde billion",
    ordinals="\n".join(f"{n}: {_ordinal(n, word)}" for n, word in _NUMBERS.items())
    + "\n100: hundertst{@}",
    weak_ordinals="1: erst{@} erstmals",
    named_numbers="""
    1: erster_weltkrieg ersten_weltkrieg{,s,es} erste_weltkrieg
    2: zweiter_weltkrieg zweiten_weltkrieg{,s,es} zweite_weltkrieg
    """,
    ordinal_marks="th: .",
    fractions="""
    1/2: halb halb{@} hälfte hälften
    1/4: viertel
    3/4: dreiviertel
    3/2: anderthalb eineinhalb
    5/2: zweieinhalb
    7/2: dreieinhalb
    9/2: viereinhalb
    1/3: drittel
    """,
    denominators="""
    3: drittel dritteln
    4: viertel vierteln
    5: fünftel fünfteln
    6: sechstel sechsteln
    7: siebtel
    8: achtel achteln
    10: zehntel zehnteln
    100: hundertstel
    """,
    indefinite="""
    10: dutzende{,n} dutzenden
    100: hunderte{,n,r}
    1000: tausende{,n,r}
    10000: zehntausende{,n,r}
    100000: hunderttausende{,n,r}
    """,
    articles="1: ein eine einen einem einer eines pro je jede jeden jedes",
    numeral_prefixes="""
    1: ein
    2: zwei
    3: drei
    4: vier
    5: fünf
    6: sechs
    7: sieben
    8: acht
    9: neun
    10: zehn
    11: elf
    12: zwölf
    14: vierzehn
    15: fünfzehn
    18: achtzehn
    20: zwanzig
    24: vierundzwanzig
    25: fünfundzwanzig
    30: dreißig dreissig
    40: vierzig
    48: achtundvierzig
    50: fünfzig
    60: sechzig
    70: siebzig
    80: achtzig
    90: neunzig
    100: hundert
    1.5: anderthalb eineinhalb
    """,
    numeral_stems="""
    day: tägig tägig{@}
    week: wöchig wöchig{@}
    month: monatig monatig{@}
    year: jährig jährig{@}
    h: stündig stündig{@}
    min: minütig minütig{@}
    %: prozentig prozentig{@}
    x: fach fach{@} malig malig{@} mal
    """,
    durations="""
    6 month: halbjahr{,es,s} halbes_jahr halben_jahr{,es}
    30 min: halbe_stunde halben_stunde
    15 min: viertelstunde
    45 min: dreiviertelstunde
    """,
    decimal=",",
    space_groups=True,
    either_mark=True,
    date_order="dmy",
    dotted_dates=True,
    months="""
    1: januar{,s} jänner{,s}
    2: februar{,s} feber
    3: märz{,es}
    4: april{,s}
    5: mai{,s}
    6: juni{,s}
    7: juli{,s}
    8: august{,s}
    9: september{,s}
    10: oktober{,s}
    11: november{,s}
    12: dezember{,s}
    """,
    guarded_months="""
    1: jan
    2: feb
    3: mär mrz
    4: apr
    6: jun
    7: jul
    8: aug
    9: sept sep
    10: okt
    11: nov
    12: dez
    """,
    guarded_capital=True,
    weekdays="\n".join(
        f"{n}: {day}{_PARTS}\n{(n - 2) % 7 + 1}|{n}: nacht_{{zum,auf}}_{{,den_}}{day}"
        for n, day in enumerate(_DAYS, 1)
    ),
    seasons="""
    spring: frühling{,s} frühjahr{,s,es}
    summer: sommer{,s}
    autumn: herbst{,s,es}
    winter: winter{,s}
    """,
    relatives="""
    year-1: letztes_jahr letzten_jahr{,es} vergangenes_jahr vergangenen_jahr{,es} vorjahr{,es,s}
    year+1: nächstes_jahr nächsten_jahr{,es} kommendes_jahr kommenden_jahr{,es}
    month-1: letzten_monat{,s} vergangenen_monat{,s}
    month+1: nächsten_monat{,s} kommenden_monat{,s}
    week-1: letzte_woche letzten_woche vergangene_woche vergangenen_woche vorwoche
    week+1: nächste_woche nächsten_woche kommende_woche kommenden_woche
    day-1: gestern
    day: heute
    """,
    day_parts="""
    am: morgens vormittags früh am_morgen am_vormittag in_der_früh
    pm: nachmittags abends am_abend am_nachmittag
    night: nachts in_der_nacht
    """,
    to_words="vor",
    past_words="nach",
    clock_words="12:00: mittags zwölf_uhr_mittags\n00:00: mitternacht",
    clock_phrases=_clock(),
    bare_clock_is_24=True,
    hour_marks="clock: uhr",
    minute_marks="min: min",
    zones="utc: utc gmt",
    date_joiners="of: .",
    era_marks="era: v._chr n._chr",
    decade_marks="10: er er_jahre{,n} er-jahre{,n} ern",
    decade_words="""
    20: zwanziger{,n} zwanzigerjahre{,n} zwanziger_jahre{,n}
    30: dreißigerjahre{,n} dreißiger_jahre{,n}
    40: vierzigerjahre{,n} vierziger_jahre{,n}
    50: fünfzigerjahre{,n} fünfziger_jahre{,n}
    60: sechzigerjahre{,n} sechziger_jahre{,n}
    70: siebzigerjahre{,n} siebziger_jahre{,n}
    80: achtzigerjahre{,n} achtziger_jahre{,n}
    90: neunzigerjahre{,n} neunziger_jahre{,n}
    """,
    century_marks="100: jahrhundert{,s,e,en,es} jh jhd",
    units="""
    mm2: mm² mm2 quadratmillimeter{,n,s}
    cm2: cm² cm2 quadratzentimeter{,n,s}
    nm: nm nanometer{,n,s}
    um: µm μm mikrometer{,n,s}
    mm: mm millimeter{,n,s}
    cm: cm zentimeter{,n,s}
    m: m meter{,n,s}
    km: km kilometer{,n,s}
    in: zoll
    ft: fuß fuss
    yd: yard{,s}
    mi: meile meilen
    nmi: seemeile{,n}
    ly: lichtjahr{,e,en}
    m2: m² m2 qm quadratmeter{,n,s}
    km2: km² km2 qkm quadratkilometer{,n,s}
    ft2: quadratfuß quadratfuss
    mi2: quadratmeile{,n}
    ha: ha hektar{,s}
    ac: acre{,s}
    ml: ml milliliter{,n,s}
    l: l liter{,n,s}
    m3: m³ m3 kubikmeter{,n,s}
    ft3: kubikfuß
    gal: gallone{,n}
    pt: pint{,s}
    bbl: barrel{,s} fass
    ug: µg μg mikrogramm{,s}
    mg: mg milligramm{,s}
    g: g gramm{,s}
    kg: kg kilogramm{,s} kilo{,s}
    t: t tonne{,n}
    lb: pfund
    oz: unze{,n}
    km/h: km/h stundenkilometer{,n} kilometer{,n}_pro_stunde
    m/s: m/s meter{,n}_pro_sekunde
    mph: mph meilen_pro_stunde
    kn: knoten
    C: °c ℃ grad_celsius
    F: °f ℉ grad_fahrenheit
    deg: grad °
    ms: ms millisekunde{,n}
    s: sek sekunde{,n}
    min: min minute{,n}
    h: h std stunde{,n}
    day: tag{,e,en,es,s}
    week: woche{,n}
    month: monat{,e,en,es,s}
    year: jahr{,e,en,es,s} jährig jährig{@}
    decade: jahrzehnt{,e,en,es,s}
    century: jahrhundert{,e,en,es,s}
    W: watt
    kW: kw kilowatt
    MW: mw megawatt
    GW: gw gigawatt
    kWh: kwh kilowattstunde{,n}
    MWh: mwh megawattstunde{,n}
    GWh: gwh gigawattstunde{,n}
    TWh: twh terawattstunde{,n}
    hp: ps
    dB: db dezibel
    kcal: kcal kilokalorie{,n}
    cal: kalorie{,n}
    Hz: hz hertz
    kHz: khz kilohertz
    MHz: mhz megahertz
    GHz: ghz gigahertz
    MB: mb megabyte{,s}
    GB: gb gigabyte{,s}
    TB: tb terabyte{,s}
    hPa: hpa hektopascal
    x: mal fach
    px: pixel{,n}
    """,
    glued_units="C: c\nF: f",
    currencies="""
    USD: $ usd dollar{,s} us-dollar{,s}
    EUR: € eur euro{,s}
    GBP: £ gbp pfund_sterling britische_pfund britischen_pfund
    KRW: ₩ krw won südkoreanische_won
    UAH: ₴ uah hrywnja griwna griwen hrywna hrywen
    JPY: ¥ jpy yen
    CNY: cny yuan renminbi
    RUB: ₽ rub rubel{,n,s}
    INR: ₹ inr rupie{,n}
    CHF: chf franken schweizer_franken
    AUD: aud australische{,n}_dollar
    CAD: cad kanadische{,n}_dollar
    PLN: pln zloty złoty
    SEK: sek schwedische{,n}_kronen
    TRY: try lira türkische_lira
    cent: cent cents
    penny: penny pence
    """,
    money_heads="""
    USD: $ us$
    AUD: a$
    CAD: c$
    EUR: €
    GBP: £
    KRW: ₩
    UAH: ₴
    JPY: ¥
    RUB: ₽
    INR: ₹
    CHF: chf
    """,
    percent="""
    %: % prozent prozentig prozentig{@} prozentpunkt{,e,en} v._h
    bp: basispunkt{,e,en}
    ‰: ‰ promille
    """,
    age_marks="year: jahre_alt jahre_alt{@} jahr_alt",
    code_heads="№ nr. nr # nummer",
    counters="""
    menschen personen leute{,n} männer{,n} frauen kinder{,n} soldaten tote{,n} verletzte{,n}
    einwohner{,n} mitarbeiter{,n} beschäftigte{,n} zuschauer{,n} teilnehmer{,n} schüler{,n}
    studenten fälle{,n} stimmen sitze{,n} häuser{,n} wohnungen flüge{,n} punkte{,n} tore{,n}
    """,
    minus_before="minus",
    minus_after="unter_null",
    falls="""
    minus negativ fiel fall sank sink gesunk rückgang verlus verlor verlier weniger niedrig
    einbuß kürz senk abnahm rutsch stürz defizit
    """,
    hedges="""
    approximate: etwa rund ungefähr circa ca knapp fast
    at_least: mehr_als über mindestens
    at_most: bis_zu weniger_als höchstens
    """,
    score_words="zu",
    times_signs="mal",
    range_words="bis und oder auf /",
    roles_before="""
    born: geboren geb
    from: seit von ab gegen
    to: bis auf
    """,
    keeps_order=False,
    not_facts="""
    einmal einander zum_einen zum_anderen zu_zweit zweierlei
    nach_wie_vor wie_nie_zuvor außer_acht acht_geben in_acht plus_minus 50_zu_50 fünfzig_zu_fünfzig
    eines_tages eines_morgens eines_abends
    """,
)

NAMES = NameRules(
    territories="""
        US USA, US, U.S., Vereinigte Staaten von Amerika, Vereinigte Staaten, Amerika, Washington?
        US Weißes Haus?, Pentagon?; 019 Amerika, Nord- und Südamerika
        GB Großbritannien, Vereinigtes Königreich, England, Britannien, London?
        GB-ENG England; GB-SCT Schottland; GB-WLS Wales; GB-NIR Nordirland; IE Irland
        KR Südkorea, Republik Korea, Korea, Seoul?; KP Nordkorea, DVRK, Korea, Pjöngjang?
        CN China, Volksrepublik China, Peking?; HK Hongkong; MO Macau, Macao; TW Taiwan, Taipeh?
        RU Russland, Russische Föderation, Moskau?, Kreml?; SU Sowjetunion, UdSSR
        DD DDR, Ostdeutschland; DE Bundesrepublik, Westdeutschland, Berlin?; YU Jugoslawien
        CS Tschechoslowakei; EU EU, Brüssel?; UN UN, UNO; AE VAE, Emirate?, Arabische Emirate
        NL Niederlande, Holland, Den Haag?; TR Türkei, Ankara?; CZ Tschechien, Tschechische Republik
        MM Myanmar, Birma, Burma; SZ Swasiland; CI Elfenbeinküste; TL Osttimor
        VA Vatikan, Heiliger Stuhl; PS Palästina, Palästinensergebiete; MK Mazedonien
        CD Kongo, Demokratische Republik Kongo, DR Kongo; CG Kongo, Republik Kongo
        BA Bosnien, Bosnien-Herzegowina, Bosnien und Herzegowina; BY Belarus, Weißrussland, Minsk?
        MD Moldau, Moldawien, Republik Moldau; IR Iran, Teheran?; GE Georgien?; JO Jordanien
        UA Ukraine, Kiew?, Kyjiw?; PL Polen, Warschau?; SY Syrien, Damaskus?; IL Israel, Jerusalem?
        SA Saudi-Arabien, Riad?; IN Indien, Neu-Delhi?; PK Pakistan, Islamabad?; CU Kuba, Havanna?
        VE Venezuela, Caracas?; CA Kanada, Ottawa?; AU Australien, Canberra?; IT Italien, Rom?
        ES Spanien, Madrid?; AT Österreich, Wien?; HU Ungarn, Budapest?; FR Frankreich, Paris?
        BE Belgien, Brüssel?; JP Japan, Tokio?; CH Schweiz, Bern?; 145 Naher Osten, Nahost
        002 Afrika; 142 Asien; 150 Europa; 419 Lateinamerika; 005 Südamerika; 003 Nordamerika
        029 Karibik; 013 Mittelamerika, Zentralamerika; ZA Südafrika
    """,
    demonyms="""
        US amerikanisch, US-amerikanisch, Amerikaner; GB britisch, Brite, englisch, Engländer
        GB-SCT schottisch, Schotte; GB-WLS walisisch, Waliser; GB-NIR nordirisch; IE irisch, Ire
        KR südkoreanisch, Südkoreaner, koreanisch, Koreaner
        KP nordkoreanisch, Nordkoreaner, koreanisch, Koreaner; CN chinesisch, Chinese
        TW taiwanisch, Taiwaner; JP japanisch, Japaner; RU russisch, Russe; SU sowjetisch
        YU jugoslawisch; CS tschechoslowakisch; DE deutsch; UA ukrainisch, Ukrainer
        NL niederländisch, Niederländer, holländisch, Holländer; TR türkisch, Türke
        CZ tschechisch, Tscheche; PS palästinensisch, Palästinenser; FR französisch, Franzose
        IT italienisch, Italiener; ES spanisch, Spanier; PT portugiesisch, Portugiese
        PL polnisch, Pole; BE belgisch, Belgier; CH schweizerisch, Schweizer
        AT österreichisch, Österreicher; HU ungarisch, Ungar; SK slowakisch, Slowake
        SI slowenisch, Slowene; HR kroatisch, Kroate; RS serbisch, Serbe; ME montenegrinisch
        XK kosovarisch, Kosovare; AL albanisch, Albaner; GR griechisch, Grieche
        BG bulgarisch, Bulgare; RO rumänisch, Rumäne; MD moldauisch, moldawisch
        BY belarussisch, weißrussisch, Belarusse; LT litauisch, Litauer; LV lettisch, Lette
        EE estnisch, Este; FI finnisch, Finne; SE schwedisch, Schwede; NO norwegisch, Norweger
        DK dänisch, Däne; IS isländisch, Isländer; CY zyprisch, zypriotisch; AM armenisch, Armenier
        AZ aserbaidschanisch; GE georgisch, Georgier; KZ kasachisch, Kasache; UZ usbekisch
        AF afghanisch, Afghane; PK pakistanisch, Pakistaner; IN indisch, Inder
        BD bangladeschisch; NP nepalesisch; IR iranisch, Iraner; IQ irakisch, Iraker
        SY syrisch, Syrer; LB libanesisch, Libanese; IL israelisch, Israeli; JO jordanisch
        SA saudisch, saudi-arabisch; YE jemenitisch; QA katarisch; KW kuwaitisch
        EG ägyptisch, Ägypter; LY libysch; TN tunesisch, Tunesier; DZ algerisch, Algerier
        MA marokkanisch, Marokkaner; SD sudanesisch; ET äthiopisch, Äthiopier; SO somalisch
        KE kenianisch, Kenianer; NG nigerianisch; ZA südafrikanisch, Südafrikaner
        CA kanadisch, Kanadier; MX mexikanisch, Mexikaner; CU kubanisch, Kubaner
        BR brasilianisch, Brasilianer; AR argentinisch, Argentinier; CL chilenisch, Chilene
        CO kolumbianisch; VE venezolanisch; PE peruanisch; AU australisch, Australier
        NZ neuseeländisch, Neuseeländer; VN vietnamesisch; TH thailändisch, Thailänder
        MY malaysisch; SG singapurisch; ID indonesisch, Indonesier; PH philippinisch
        150 europäisch, Europäer; 002 afrikanisch, Afrikaner; 142 asiatisch, Asiate
        419 lateinamerikanisch; 005 südamerikanisch; 003 nordamerikanisch
    """,
    decoys="""
        Indischer Ozean, Neuengland, New Mexico, New Jersey, Deutscher Schäferhund
        Südchinesisches Meer, Ostchinesisches Meer, Russisches Roulette, Wiener Schnitzel
        Schweizer Käse, Nordpol, Südpol, Prinz von Wales, Prinzessin von Wales
    """,
    endings="""
        isch: isch ische ischen ischer isches ischem
        sch: sch sche schen scher sches schem
        er: er ers ern; erin erinnen
        e: e en es er em; in innen
        s: s
        ß: ß
        x: x
        z: z
        : 0 s es; e en in innen
    """,
    titles="""
        Herr Herrn Frau Dr Prof Präsident Präsidentin Präsidenten Kanzler Kanzlerin Minister
        Ministerin Außenminister Außenministerin Verteidigungsminister Innenminister
        Ministerpräsident Premierminister Premierministerin General Oberst König Königin Prinz
        Prinzessin Papst Kardinal Bischof Senator Senatorin Gouverneur Richter Richterin
        Bürgermeister Bürgermeisterin Trainer Kapitän Direktor Der Die Das Und Aber Auch Als Wenn
        Da Nach Vor Bei Mit In Im Am Auf Für Er Sie Es
    """,
)

OUTPUT = OutputRules(
    source="Quelle",
    summary="Zusammenfassung",
    translation="Übersetzung",
    findings="Zu prüfen",
    standard_input="Standardeingabe",
)

# German sentences have 35 to 50 % of these words.
SCRIPT = ScriptRules(
    name="Latin",
    foreign="áàâãåæéèêëíìîïóòôõøœúùûýÿçñąćęłńśźżčďěňřšťůžőűăâîșțğışđāēīūģķļņ",
    words=0.25,
)

MEANINGS = MeaningRules(
    ending=4,
    words="""
    say: sagt. sagte erklär teilt. teilte berichte beton
    not: nicht. kein nie. niemals
    but: aber. doch. jedoch. allerdings obwohl trotz
    because: weil. denn. wegen. deshalb
    if: wenn. falls. ob.
    also: auch. ebenfalls
    i: ich. mich. mir. mein
    we: wir. uns. unser
    you: du. ihr. euch. dein
    they: sie. ihnen. ihre
    she: sie.
    he: er. ihm. ihn. sein
    what: was. wie. wann. wo. wer. warum.
    more: mehr. meist
    new: neu
    big: groß größ
    good: gut. gute besser best
    bad: schlecht schlimm
    last: letzt vergangen vorig
    next: nächst kommend
    year: jahr jähr
    month: monat
    week: woche
    day: tag. tage tagen
    time: zeit stunde minute uhr.
    night: nacht abend
    morning: morgen vormittag
    world: welt international
    country: land. länder national staat
    government: regierung minister verwaltung
    president: präsident
    leader: chef führer vorsitzend
    party: partei demokrat republikaner
    vote: wahl. wahlen stimm gewählt
    law: gesetz recht verfassung
    court: gericht richter urteil
    police: polizei polizist
    arrest: festgenommen verhaft anklag verdächtig
    kill: getötet tote tot. starb gestorben ermord leiche
    attack: angriff anschlag angegriff
    war: krieg armee soldat militär
    weapon: waffe bombe atom
    school: schule schüler student universität lehrer
    hospital: krankenhaus klinik arzt ärzt patient
    disease: krankheit virus krebs
    family: familie eltern vater mutter sohn tochter bruder schwester
    child: kind. kinder jung. junge mädchen baby
    woman: frau
    man: mann. männer
    people: mensch leute person bewohner
    friend: freund
    team: mannschaft team. klub verein
    game: spiel
    win: sieg gewann gewonn
    lose: verlor niederlage verlust
    goal: tor. tore treffer punkt
    season: saison liga pokal turnier
    race: rennen auto fahrer wagen
    road: straße bus. zug. züge verkehr
    plane: flugzeug flug flughafen
    ship: schiff boot hafen meer küste insel
    water: wasser fluss see. regen flut
    storm: sturm unwetter wind erdbeben
    fire: feuer brand. brände
    city: stadt städt dorf
    house: haus häus gebäude wohnung
    church: kirche papst bischof
    money: geld preis kosten kostet finanz
    company: firma unternehmen konzern industrie
    work: arbeit
    trade: handel zoll abkommen
    bank: bank. banken wirtschaft steuer
    buy: kauf verkauf gekauft laden. geschäft
    film: film kino schauspiel fernseh
    music: musik lied album
    book: buch. bücher autor roman
    report: bericht zeitung nachricht medien
    study: studie forsch wissenschaft
    percent: prozent
    number: zahl. anzahl nummer
    help: hilfe hilft half unterstütz
    know: weiß wissen denkt glaub
    want: will. wollen wollte möchte hofft hoffen brauch
    see: sah. sieht sehen gesehen
    love: liebe geliebt mag.
    fear: angst sorge fürcht warn
    problem: problem krise
    change: änder wandel wechsel
    start: begann beginn
    end: ende endet schluss
    open: öffne eröffn schließ geschlossen
    white: weiß weiss schwarz rot. rote roten blau grün
    north: nord
    south: süd
    east: ost
    west: west
    animal: tier. tiere hund katze vogel vögel fisch
    food: essen nahrung lebensmittel
    drug: droge alkohol medikament
    sex: sex vergewalt missbrauch
    meet: treffen traf gipfel konferenz
    question: frage antwort
    letter: brief erklärung kommentar
    phone: telefon handy internet twitter facebook online
    right: recht. rechte freiheit
    old: alt alter
    body: körper kopf hand herz auge blut gesicht bein
    light: licht sonne mond stern weltraum
    injure: verletzt verwundet
    missing: vermisst
    rescue: gerettet rettung evakuier
    for: dafür.
    against: gegen. dagegen.
    abstain: enthalt
    seat: sitz
    rank: platz
    profit: gewinn
    revenue: umsatz einnahmen
    export: export ausfuhr
    import: import. importe
    length: länge lang.
    width: breit
    height: hoch. höhe
    depth: tief
    weight: wieg gewicht
    speed: geschwindigkeit tempo
    rise: stieg gestiegen wuchs anstieg
    fall: fiel gefallen sank rückgang
    average: durchschnitt mittel
    total: insgesamt gesamt
    additional: zusätzlich weiter
    least: mindestens mindest
    most: höchst maxim
    expect: erwartet prognos schätz
    member: mitglied
    visitor: besucher tourist
    crew: besatzung crew
    passenger: passagier
    tank: panzer
    drone: drohne
    missile: rakete
    artillery: artillerie haubitze
    down: abgeschossen abgefangen
    vehicle: fahrzeug lastwagen
    launch: gestartet
    gold: gold
    silver: silber
    bronze: bronze
    appear: auftritt einsätze
    assist: vorlage
    rebound: rebound
    language: sprach
    page: seite
    floor: stockwerk
    room: zimmer
    found: gegründet gebaut erbaut
    born: geboren geburt
    join: beigetreten
    leave: verließ verlassen
    return: zurück rückkehr
    destroy: zerstör beschädigt
    population: bevölkerung einwohner
    wage: lohn löhne gehalt einkommen
    budget: haushalt budget
    debt: schuld
    spend: ausgaben ausgegeben
    invest: invest
    fine: geldstrafe
    interest: zins
    inflation: inflation
    share: aktie
    oil: öl erdöl
    gas: gas
    prison: gefängnis haft
    aboard: bord
    now: jetzt derzeit aktuell
    """,
)

WRITING = WritingRules(
    months="""
    1: Januar
    2: Februar
    3: März
    4: April
    5: Mai
    6: Juni
    7: Juli
    8: August
    9: September
    10: Oktober
    11: November
    12: Dezember
    """,
    weekdays="1: Montag\n2: Dienstag\n3: Mittwoch\n4: Donnerstag\n5: Freitag\n6: Samstag\n7: Sonntag",
    numbers="""
    2: zwei
    3: drei
    4: vier
    5: fünf
    6: sechs
    7: sieben
    8: acht
    9: neun
    10: zehn
    11: elf
    12: zwölf
    """,
    counted="""
    USD: Dollar Dollar
    EUR: Euro Euro
    GBP: Pfund Pfund
    min: Minute Minuten
    h: Stunde Stunden
    day: Tag Tage
    week: Woche Wochen
    month: Monat Monate
    year: Jahr Jahre
    km: Kilometer Kilometer
    """,
    scales="1000000: Million Millionen\n1000000000: Milliarde Milliarden",
)

PACK = Pack(
    code="de",
    name="German",
    own_name="Deutsch",
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
