"""German as facts: each line a text and what is read in it, to be checked by eye.

`kind value unit`, with `|` between readings; `~2` a number word, `~1` a weak one.
"""

from __future__ import annotations

import pytest

from toolkit import checks, facts, labels, segmentation
from toolkit.formats import languages
from toolkit.schema import SEVERITIES, Article, Block, Span

TABLE = """
# Zahlen
10.000 Soldaten => cardinal 10000|10
10 000 Menschen => cardinal 10000
1.234.567 => cardinal 1234567
1,5 Mio. => cardinal 1500000
16,25 Millionen => cardinal 16250000
2,3 Milliarden => cardinal 2300000000
120 Tausend => cardinal 120000
1,2 Billionen => cardinal 1200000000000
1.234 => cardinal 1234|1.234
0,5 => cardinal 0.5
zwei Soldaten => cardinal 2 ~2
zwölf => cardinal 12 ~2
zweiundzwanzig => cardinal 22 ~2
siebenunddreißig => cardinal 37 ~2
siebenunddreissig => cardinal 37 ~2
neunundneunzig => cardinal 99 ~2
hundert Menschen => cardinal 100 ~2
zweihundert => cardinal 200 ~2
zweihundertfünfzig => cardinal 250 ~2
einhundertzwanzig => cardinal 120 ~2
dreitausend => cardinal 3000 ~2
fünfzigtausend => cardinal 50000 ~2
zweihundertfünfzigtausend => cardinal 250000 ~2
sieben Millionen => cardinal 7000000 ~2
eine Million => cardinal 1000000 ~2
eine halbe Million => cardinal 500000 ~2
anderthalb Millionen => cardinal 1500000 ~2
zweieinhalb Millionen => cardinal 2500000 ~2
zwei Dutzend => cardinal 24|20 ~2
340 bis 500 Millionen => cardinal 340|340000000; cardinal 500000000
beide => cardinal 2 ~1
einmal =>
ein Mann =>

# Ordnungszahlen
die dritte Landung => ordinal 3 ~2
zum siebten Mal => ordinal 7 ~2
die achte => ordinal 8 ~2
am dreiundzwanzigsten => ordinal 23 ~2
die 3. Liga => ordinal 3
Platz 190. => ordinal 190
der erste => ordinal 1 ~1
Ludwig XIV. => ordinal 14 ~2
die zweite Hälfte => ordinal 2 ~2

# Brüche
zwei Drittel => fraction 2/3 ~2
drei Viertel => fraction 0.75 ~2
die Hälfte => fraction 0.5 ~1
ein Viertel => fraction 0.25 ~2
ein Drittel => fraction 1/3 ~2

# Unbestimmtes
Hunderte Menschen => indefinite 100 ~1
Tausende => indefinite 1000 ~1
Zehntausende => indefinite 10000 ~1
Millionen Menschen => indefinite 1000000 ~1
Dutzende => indefinite 10 ~1

# Geld
2,3 Mio. Dollar => money 2300000 USD
2,3 Mio Euro => money 2300000 EUR
86 Mrd. Euro => money 86000000000 EUR
11 Millionen Pfund Sterling => money 11000000 GBP
5 US-Dollar => money 5 USD
$5 => money 5 USD
5 € => money 5 EUR
€64 Mio. => money 64000000 EUR
50 Cent => money 50 cent
250.000 Franken => money 250000|250 CHF
185 Griwna => money 185 UAH
tausend Euro => money 1000 EUR ~2

# Prozent
12,4% => percent 12.4 %
12,4 % => percent 12.4 %
20 Prozent => percent 20 %
7,25 Prozentpunkte => percent 7.25 %
zehn Prozent => percent 10 % ~2
25-prozentig => percent 25 %
50 Basispunkte => percent 50 bp

# Einheiten
2,5 km => quantity 2.5 km
160 km/h => quantity 160 km/h
160 Stundenkilometer => quantity 160 km/h
100 Meilen pro Stunde => quantity 100 mph
75 Liter => quantity 75 l
1,2 Meter => quantity 1.2 m
15.000 Quadratmeter => quantity 15000|15 m2
249 Kilogramm => quantity 249 kg
20-Kilometer-Zone => quantity 20 km
3136 Quadratmillimeter => quantity 3136 mm2
viermal => quantity 4 x ~2
4-fach => quantity 4 x
135 m/s => quantity 135 m/s
14 Grad Celsius => quantity 14 C
5 Hektar => quantity 5 ha
90 Grad => quantity 90 deg
12 Seemeilen => quantity 12 nmi
3 Tonnen => quantity 3 t

# Dauer und Alter
eine Woche => duration 1 week ~1
18 Monate => duration 18 month
dreitägig => duration 3 day ~2
der dreitägige Besuch => duration 3 day ~2
zweiwöchige => duration 2 week ~2
zweieinhalb Jahre => duration 2.5 year ~2
42-jährig => duration 42 year
der 42-Jährige => duration 42 year
zwanzigjährige => duration 20 year ~2
42 Jahre alt => age 42 year
im Alter von 91 Jahren => duration 91 year
2 Stunden 10 Minuten => duration 2 h; duration 10 min
eine halbe Stunde => duration 30 min ~2
eine Viertelstunde => duration 15 min ~2
36-stündige => duration 36 h
drei Jahrzehnte => duration 3 decade ~2

# Daten
9. Januar => date *-1-9
9. Januar 2025 => date 2025-1-9
am 17. September 2018 => date 2018-9-17
9. Jan. 2025 => date 2025-1-9
9.1.2025 => date 2025-1-9
09.01.2025 => date 2025-1-9
9.1.25 => date 2025-1-9|1925-1-9
9. 1. 2025 => date 2025-1-9
2018-09-17 => date 2018-9-17
am 9.1. wurde => date *-1-9
17./18. September => date *-9-17; date *-9-18
17.–18. September => date *-9-17; date *-9-18
17. und 18. September => date *-9-17; date *-9-18
im September => month *-9-*
Ende Mai => month *-5-*
im Jänner => month *-1-*
Januar 2025 => date 2025-1-*
Jan Müller =>
2005 => year 2005
im Jahr 2016 => year 2016
2024/25 => year 2024; year 2025|25
2000 Menschen => cardinal 2000

# Wochentage und Jahreszeiten
am Samstag => weekday 6
am Sonnabend => weekday 6
freitags => weekday 5
am Montagabend => weekday 1
Mittwochnachmittag => weekday 3
in der Nacht zum Sonntag => weekday 6|7
in der Nacht auf Montag => weekday 7|1
im Herbst 2024 => season autumn ~2; year 2024
im vergangenen Jahr => relative year-1 ~1
gestern => relative day-1 ~1

# Jahrzehnte und Jahrhunderte
die 1990er => decade 1990
1990er Jahre => decade 1990
90er-Jahre => decade 90|1890|1990|2090
die Neunzigerjahre => decade 90|1890|1990|2090 ~2
19. Jahrhundert => century 19
im neunzehnten Jahrhundert => century 19
im 19. Jh. => century 19

# Uhrzeit
8.46 Uhr => time 08:46|20:46
8:46 Uhr => time 08:46
8 Uhr 46 => time 08:46|20:46
20.15 Uhr => time 20:15
20 Uhr => time 20:00
8 Uhr => time 08:00|20:00
8 Uhr morgens => time 08:00
8 Uhr abends => time 20:00
acht Uhr => time 08:00|20:00
acht Uhr abends => time 20:00
zwanzig Uhr => time 20:00
halb neun => time 08:30|20:30
Viertel nach acht => time 08:15|20:15
Viertel vor neun => time 08:45|20:45
zehn nach acht => time 08:10|20:10
um Mitternacht => time 00:00 ~1

# Bezeichnungen
Nr. 84 => code 84
MiG-29 => code MIG29|#29
H5N1 => code H5N1|#5-1
A320 => code A320|#320

# Fallen
nicht einmal =>
der Mann im Anzug =>
nach wie vor =>
Achtung =>
acht => cardinal 8 ~2
eins => cardinal 1 ~1
miteinander =>
"""
ROWS = [line.partition(" =>") for line in TABLE.splitlines() if " =>" in line]


def shown(fact):
    unit = f" {fact.unit}" if fact.unit else ""
    strength = f" ~{fact.strength}" if fact.strength < 3 else ""
    return f"{fact.kind} {'|'.join(fact.values)}{unit}{strength}"


@pytest.mark.parametrize(("text", "expected"), [(row[0], row[2].strip()) for row in ROWS])
def test_facts_are_read(text, expected):
    assert "; ".join(shown(fact) for fact in facts.extract(text, "de")) == expected


# English, German, and the worst finding; a row without one is followed by its nearest error.
PAIRS = """
It opened on 9 January 2025. | Sie wurde am 9. Januar 2025 eröffnet. |
It opened on 9 January 2025. | Sie wurde am 9.1.2025 eröffnet. |
It opened on 9 January 2025. | Sie wurde am 1.9.2025 eröffnet. | error date/mistranslation
It opened on 9 January 2025. | Sie wurde am 9. Juni 2025 eröffnet. | error date/mistranslation
It opened on January 9. | Sie wurde am 9.1. eröffnet. |
It opened on January 9. | Sie wurde am 9.2. eröffnet. | error date/mistranslation
It ended on Wednesday. | Es endete am Mittwochabend. |
It ended on Wednesday. | Es endete am Donnerstagabend. | error date/mistranslation
It began on Saturday night. | Es begann in der Nacht zum Sonntag. |
It began on Friday night. | Es begann in der Nacht zum Sonntag. | error date/mistranslation
In May it rained. | Im Mai regnete es. |
In May it rained. | Im März regnete es. | error date/mistranslation
It cost 2.5 million euros. | Es kostete 2,5 Mio. Euro. |
It cost 2.5 million euros. | Es kostete 2,5 Mrd. Euro. | error money/mistranslation
It cost 2.5 million euros. | Es kostete 2,5 Mio. Dollar. | error money/mistranslation
It cost 3 billion dollars. | Es kostete 3 Milliarden Dollar. |
It cost 3 billion dollars. | Es kostete 3 Billionen Dollar. | error money/mistranslation
It cost 3 trillion dollars. | Es kostete 3 Billionen Dollar. |
10,000 people came. | 10.000 Menschen kamen. |
10,000 people came. | 10.000 Menschen kamen, 500 gingen. | warning number/addition
10,000 people came. | 1.000 Menschen kamen. | error number/mistranslation
22 men came. | Zweiundzwanzig Männer kamen. |
22 men came. | Zweiunddreißig Männer kamen. | warning number/mistranslation
Twelve men came. | Zwölf Männer kamen. |
Twelve men came. | Elf Männer kamen. | warning number/mistranslation
1.5 million people fled. | Anderthalb Millionen Menschen flohen. |
1.5 million people fled. | Zweieinhalb Millionen Menschen flohen. | warning number/mistranslation
It rose by 12.4 percent. | Es stieg um 12,4 Prozent. |
It rose by 12.4 percent. | Es stieg um 14,2 Prozent. | error percent/mistranslation
The train left at 8:46 a.m. | Der Zug fuhr um 8.46 Uhr ab. |
The train left at 8:46 a.m. | Der Zug fuhr um 8.56 Uhr ab. | error time/mistranslation
The train left at 8:15 p.m. | Der Zug fuhr um 20.15 Uhr ab. |
The train left at 8:15 p.m. | Der Zug fuhr um 21.15 Uhr ab. | error time/mistranslation
The train left at 8:30 a.m. | Der Zug fuhr um halb neun ab. |
The train left at 9:30 a.m. | Der Zug fuhr um halb neun ab. | error time/mistranslation
The shop closes at 8 p.m. | Das Geschäft schließt um acht Uhr abends. |
The shop closes at 8 p.m. | Das Geschäft schließt um acht Uhr morgens. | error time/mistranslation
The shop closes at 8 p.m. | Das Geschäft schließt um 20 Uhr. |
The shop closes at 8 p.m. | Das Geschäft schließt um 18 Uhr. | error time/mistranslation
He is 42 years old. | Er ist 42 Jahre alt. |
The 42-year-old left. | Der 42-Jährige ging. |
The 42-year-old left. | Der 24-Jährige ging. | error quantity/mistranslation
It was built in the 1990s. | Es wurde in den 1990er Jahren gebaut. |
It was built in the 1990s. | Es wurde in den Neunzigerjahren gebaut. |
It was built in the 1990s. | Es wurde in den 1980er Jahren gebaut. | error date/mistranslation
It is of the 19th century. | Es stammt aus dem 19. Jahrhundert. |
It is of the 19th century. | Es stammt aus dem 18. Jahrhundert. | error date/mistranslation
He was third. | Er wurde Dritter. |
He was third. | Er wurde Vierter. | warning number/mistranslation
He came in 3rd. | Er belegte den 3. Platz. |
He came in 3rd. | Er belegte den 4. Platz. | error number/mistranslation
It is 20 miles long. | Es ist 20 Meilen lang. |
It is 20 miles long. | Es ist 20 Kilometer lang. | error quantity/mistranslation
It took 18 hours. | Es dauerte 18 Stunden. |
It took 18 hours. | Es dauerte 18 Minuten. | error quantity/mistranslation
A week later it was over. | Eine Woche später war es vorbei. |
The visit took three days. | Der dreitägige Besuch. |
The visit took three days. | Der viertägige Besuch. | warning quantity/mistranslation
Two thirds agreed. | Zwei Drittel stimmten zu. |
Two thirds agreed. | Drei Viertel stimmten zu. | warning number/mistranslation
It was −14 °C. | Es waren −14 °C. |
It was 14 °C. | Es waren 40 °C. | error quantity/mistranslation
Hundreds of people came. | Hunderte Menschen kamen. |
They won 3-1. | Sie gewannen 3:1. |
They won 3-1. | Sie gewannen 3:2. | error number/mistranslation
Ukraine and Poland signed. | Die Ukraine und Polen unterschrieben. |
Ukraine and Poland signed. | Die Ukraine und Ungarn unterschrieben. | warning name/mistranslation
Russia's army withdrew. | Russlands Armee zog ab. |
The Russian army withdrew. | Die russische Armee zog ab. |
The Russian army withdrew. | Die ukrainische Armee zog ab. | warning name/mistranslation
South Korea's president spoke. | Der südkoreanische Präsident sprach. |
South Korea's president spoke. | Der nordkoreanische Präsident sprach. | warning name/mistranslation
US President Smith spoke. | US-Präsident Smith sprach. |
"""


def pairs():
    return [tuple(cell.strip() for cell in line.split("|")) for line in PAIRS.strip().splitlines()]


def worst(source, target, source_lang, target_lang):
    findings = checks.check_pair(source, target, source_lang, target_lang).findings
    found = max(findings, key=lambda f: SEVERITIES.index(f.severity), default=None)
    return f"{found.severity} {found.code}" if found else ""


@pytest.mark.parametrize(("english", "german", "expected"), pairs())
def test_pairs_with_english(english, german, expected):
    assert worst(english, german, "en", "de") == expected


@pytest.mark.parametrize(("english", "german", "expected"), pairs())
def test_the_same_in_the_other_direction(english, german, expected):
    found = worst(german, english, "de", "en")
    turned = expected.replace("addition", "omission")
    assert found == turned


def test_the_tables_are_long_enough_to_say_something():
    assert len(ROWS) + len(pairs()) >= 150


# --- sentences ---------------------------------------------------------------------------

SENTENCES = [
    "Die Gespräche scheiterten. ¦ Beide Seiten gaben dem Wetter die Schuld.",
    "Am 9. Januar 2025 traf Dr. Anna Berg in St. Gallen ein. ¦ Sie blieb bis zum 3. Februar.",
    "Er wurde am 03.10.1998 geboren. ¦ Das war im 20. Jahrhundert.",
    "Sie wurde 12. ¦ Die Mannschaft feierte.",
    "Das geschah 1990. ¦ Danach ging er.",
    "Es kostete 5 Mio. Euro, d. h. sehr viel. ¦ Niemand zahlte.",
    "Laut Art. 5 Abs. 2 gilt das. ¦ Das Gericht stimmte zu.",
    "„Wer ist da?“, fragte sie. ¦ „Ich!“, sagte er.",
    "„Wir sind bereit.“ ¦ Niemand glaubte ihm.",
    "Sie verkaufen Nägel, Schrauben usw. ¦ Die Preise schwanken.",
    "Prof. J. Weber und z. B. Frau Lang kamen. ¦ Um 8.46 Uhr begann es.",
    "Die Brücke Nr. 84 hielt. ¦ Es war ruhig.",
    "Die 2. Bundesliga pausiert. ¦ Am 5. Mai geht es weiter.",
    "Er wartete … und wartete. ¦ Niemand kam.",
]


@pytest.mark.parametrize("row", SENTENCES)
def test_a_sentence_ends_where_a_reader_would_end_it(row):
    text = row.replace(" ¦ ", " ")
    expected = [part.strip() for part in row.split("¦")]
    assert [text[slice(*span)] for span in segmentation.split(text, "de")] == expected


# --- labels, language --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Von Anna Berg", "byline"),
        ("Foto: Anna Berg/dpa", "credit"),
        ("Veröffentlicht am 9. Januar 2025", "dateline"),
        ("Stand: 9. Januar 2025, 20:15", "dateline"),
    ],
)
def test_labels_are_found(text, kind):
    whole = f"Ein Titel ohne Punkt\n{text}\nDer Ort liegt am Meer, sagte der Bürgermeister."
    blocks = []
    at = 0
    for line in whole.split("\n"):
        blocks.append(Block("paragraph", Span(at, at + len(line))))
        at += len(line) + 1
    article = Article("a", "de", whole, tuple(blocks))
    assert kind in [label.kind for label in labels.find(article)]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Die Fähre lief am Mittwoch auf eine Sandbank, sagte der Kapitän der Zeitung.", "de"),
        ("Die Stadt will das Haus bis Mai verkaufen, sagte ein Sprecher am Abend.", "de"),
        ("The ferry ran aground on Wednesday, and all are well, its captain said.", "en"),
        ("Kyiv and the SBU", "en"),
        ("Ferry runs aground off Saltmere", "en"),
    ],
)
def test_german_and_english_are_told_apart(text, code):
    assert languages.detect(text) == code
