"""What languages known by CLDR alone write in newspapers: how it is read, and left alone."""

from __future__ import annotations

import pytest

from toolkit import checks, facts

# language | text | what is read: kind value unit, between semicolons
READ = """
es | entre 5 y 10 centímetros | quantity 5 cm; quantity 10 cm
cs | od 50 do 100 mm | quantity 50 mm; quantity 100 mm
et | 5,5 kuni 64,4 kilomeetri | quantity 5.5 km; quantity 64.4 km
ca | 137 km/h | quantity 137 km/h
nl | 140 km per uur | quantity 140 km/h
ro | 136 km pe oră | quantity 136 km/h
sr | 5 цм и 70 кг | quantity 5 cm; quantity 70 kg
he | 64 ק“מ | quantity 64 km
te | గంటకు 85 మైళ్ల | quantity 85 mph
ja | 時速160キロ | quantity 160 km/h
hi | 2.8 मिलियन लोग | cardinal 2800000
bn | ৫ বিলিয়ন টাকা | cardinal 5000000000
ur | 30،000 افراد | cardinal 30000
zh | 550多万人 | cardinal 5500000
zh | 百分之40 | fraction 0.4
tr | yüzde 70 | percent 70 %
ja | 午後5時半 | time 17:30
sw | saa 9 mchana | time 21:00
pt | em maio de 2022 | date 2022-5-*
lv | 2017. gada jūnijā | year 2017; month *-6-*
et | 2009. aasta septembris | year 2009; month *-9-*
ru | в 80-х годах XX века | decade 1980
sk | v 80. rokoch 20. storočia | decade 1980
zh | 20世纪80年代 | decade 1980
sv | på 1700-talet | decade 1700
fi | 1800-luvulla | decade 1800
ja | 令和5年3月 | date 2023-3-*
zh | 民国107年 | year 2018
fa | سال ۱۳۹۷ | year 1397
pt | mais 5 mil pessoas | cardinal 5000
en | within .1 seconds | duration 0.1 s
en | one and a half million | cardinal 1500000
ko | 6·25전쟁과 12·3 비상계엄 | date *-6-25; date *-12-3
ko | 1·2차 회담 | cardinal 1; ordinal 2
ko | 106만으로는 | cardinal 1060000
zh | 六月 | month *-6-*
lt | šeštadienį Londone | weekday 6
tr | pazar günü | weekday 7
ru | в июне | month *-6-*
mr | नोव्हेंबरमध्ये | month *-11-*
"""

# English | language | translation: right, and nothing is said
QUIET = """
In the 1980s he lived in Rome. | es | En los años 80 vivió en Roma.
In the 1980s he lived in Rome. | cs | V 80. letech žil v Římě.
In the 19th century it was sold. | sv | På 1800-talet såldes det.
Most of them left. | it | La maggior parte è partita.
The general manager left. | ca | El director general ha marxat.
The Red Cross helped. | cs | Pomohla organizace Červeného kříže.
They wait for months. | ro | Așteaptă de luni întregi.
The sequence of events is unclear. | ar | تسلسل الأحداث غير واضح.
It was founded in June 2017. | pl | Powstała w czerwcu 2017 r.
It was founded in June 2017. | lt | Ji įkurta 2017 m. birželį.
It led 1-0 in May. | ur | مئی میں یہ 0-1 سے آگے تھا۔
It fell within 40 miles. | fi | Se putosi 64 kilometrin päähän.
He is 6-foot-6. | fa | قد او ۱ متر و ۹۸ سانتیمتر است.
He wants to be No. 1. | fr | Il veut être le meilleur.
The fee is $350. | zh-Hant | 費用為 $350。
The Korean War broke out in 1950. | ko | 1950년 6·25전쟁이 터졌다.
With 106 alone it does not work. | ko | 106만으로는 되지 않는다.
They came back a better team. | es | Volvieron como los mayores del torneo.
"""

# English | language | a wrong translation: still found
WRONG = """
It was founded in June 2017. | pl | Powstała w lipcu 2017 r.
It was founded in June 2017. | lv | Dibināta 2017. gada jūlijā.
In the 1980s he lived in Rome. | es | En los años 70 vivió en Roma.
It lost $2 billion. | hi | इसे 2 मिलियन डॉलर का नुकसान हुआ।
It came at 85 miles per hour. | ro | A venit cu 236 km pe oră.
"""


def _rows(table):
    return [tuple(map(str.strip, row.split("|"))) for row in table.strip().splitlines()]


@pytest.mark.parametrize(("code", "text", "expected"), _rows(READ))
def test_it_is_read(code, text, expected):
    found = [f"{f.kind} {f.values[0]} {f.unit}".strip() for f in facts.extract(text, code)]
    assert "; ".join(found) == expected


@pytest.mark.parametrize(("source", "code", "target"), _rows(QUIET))
def test_a_right_translation_gets_no_warning(source, code, target):
    found = checks.check_pair(source, target, "en", code).findings
    assert not [finding for finding in found if finding.severity != "info"]


@pytest.mark.parametrize(("source", "code", "target"), _rows(WRONG))
def test_a_wrong_one_gets_a_warning(source, code, target):
    found = checks.check_pair(source, target, "en", code).findings
    assert [finding for finding in found if finding.severity != "info"]
