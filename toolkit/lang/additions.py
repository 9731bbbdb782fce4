"""What newspapers write that CLDR does not list: scale words, everyday units, decades, eras.

One table a language, laid before those of CLDR, so that a form here wins. Only what is no
other word behind a number belongs here; a case ending needs no form of its own where the
word is long (see `facts.lexicon`). All of it is our own knowledge of the languages.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from toolkit.lang.base import FactRules

# Lines `field / table line`; a language may have several lines for one field.
_ADDITIONS = {
    "ar": """
        big_scales / 1000: آلاف ألفا ألفًا الف
        big_scales / 1000000: مليونا مليونًا مليونين
        big_scales / 1000000000: مليارات مليارا بليون بلايين
        big_scales / 1000000000000: تريليون تريليونات
        units / kg: كيلو كيلوجرام كيلوغراما كيلوغرامات كغ
        units / km: كيلومترا كلم كيلو_متر
        units / m: أمتار مترا مترين
        units / mi: ميلا أميال
        units / in: بوصات إنش
        units / ft: أقدام قدما
        units / lb: رطلا أرطال باوند
        percent / %: في_المئة في_المائة بالمئة بالمائة
        range_words / إلى الى حتى و
    """,
    "az": """
        months / 6: iyun{da,dan,un,u,unda}
        months / 7: iyul{da,dan,un,u,unda}
        months / 5: may{da,ın,ında}
        months / 3: mart{da,ın,ında}
        big_scales / 1000: min{ə,i,in,dən,də,lik,lərlə}
        units / year: ildə ildən ilə ilin
        units / kg: kilo
        units / lb: funtluq
        weak_weekdays / bazar
        decade_marks / ci_illər ci_illərdə cu_illər cu_illərdə
        percent / %: faiz
    """,
    "be": """
        units / km/h: {кіламетраў,кіламетры,км}_у_гадзіну
        units / mph: {міль,мілі}_у_гадзіну {міль,мілі}_за_гадзіну
        units / kg: кіло кілаграмовы
        decade_marks / х_гадах я_гады я
        percent / %: працэнт{,а,ы,аў}
    """,
    "bg": """
        weekdays / 3: сряда
        units / kg: кила кило кг
        units / km: км
        units / m: м
        units / cm: см
        units / mm: мм
        units / km/h: км/ч км/час км_в_час
        decade_marks / те
        percent / %: процент{,а} процента_пункта
        weak_weekdays / среда
    """,
    "bn": """
        weekdays / 7: রোববার রবিবার
        weekdays / 4: বৃহস্পতিবার
        big_scales / 1000000: মিলিয়ন{,ের,েরও} মিলিয়ন{,ের,েরও} নিযুত
        big_scales / 1000000000: বিলিয়ন{,ের,েরও} বিলিয়ন{,ের,েরও}
        big_scales / 1000000000000: ট্রিলিয়ন ট্রিলিয়ন
        units / kg: কেজি কিলো
        units / km/h: {কিলোমিটার,কিমি}_বেগে
        percent / %: শতাংশ
        decade_marks / র_দশকে এর_দশকে দশকে
    """,
    "ca": """
        big_scales / 1000: mil
        units / kg: quilos quilo
        units / km/h: km/h
        percent / %: per_cent
    """,
    "cs": """
        big_scales / 1000000: mil{ión,iónů,ióny,iónu,ionech,iony}
        big_scales / 1000000000: miliard{ami,ách}
        units / kg: kilo kila kil
        units / km/h: km/h km/hod
        decade_marks / léta letech let
        percent / %: procent{,a,o,ní} procentního_bodu
        weak_weekdays / středu středy středě
    """,
    "da": """
        big_scales / 1000000: mio
        big_scales / 1000000000: mia
        units / kg: kilo kilos
        units / km/h: km/t km/timen km_i_timen kilometer_i_timen
        units / mph: {miles,mil}_i_timen
        decade_marks / erne ere tallet tals talls
        percent / %: procent procents pct
    """,
    "el": """
        big_scales / 1000: χιλιάδων χίλιες χίλιοι χίλια
        big_scales / 1000000: εκατ εκατομμυρίων εκατομμυρίου εκ
        big_scales / 1000000000: δις δισ δισεκατομμυρίων δισεκατομμυρίου
        big_scales / 1000000000000: τρις τρισ τρισεκατομμυρίων
        units / kg: κιλών κιλά κιλό κιλού
        units / km: χιλιομέτρων
        units / mi: μιλίων
        units / m: μέτρων μέτρου
        units / cm: εκατοστών εκατοστού
        units / km/h: {χλμ,χιλιόμετρα,χιλιομέτρων}_την_ώρα
        units / mph: {μίλια,μιλίων}_την_ώρα μίλια_ανά_ώρα
        percent / %: τοις_εκατό τοις_εκατόν
    """,
    "es": """
        big_scales / 1000000000: millardo millardos
        units / kg: kilos kilo quilos quilo
        units / km/h: km_por_hora
        percent / %: por_ciento
    """,
    "et": """
        big_scales / 1000: tuhan{de,dele,dest,det}
        big_scales / 1000000: miljon{i,it,ite,ile}
        big_scales / 1000000000: miljard{i,it,ite,ile}
        units / m: meetri meetrine meetriste
        units / ft: jala
        units / kg: kilo kilone kilost
        units / km: kilomeetri
        units / km/h: {kilomeetrit,kilomeetri,km}_tunnis km/h
        decade_marks / ndad ndatel ndate ndatest aastad aastatel aastate
        percent / %: protsenti protsent protsendi
    """,
    "fa": """
        big_scales / 1000000000: میلیارد بیلیون
        units / mm: میلیمتر میلی_متر
        units / cm: سانتیمتر سانتی_متر سانت
        units / kg: کیلو کیلویی کیلوگرمی
        units / m: متری
        units / km/h: کیلومتر_بر_ساعت کیلومتر_در_ساعت
        units / mph: مایل_در_ساعت مایل_بر_ساعت
        percent / %: درصد
        weak_weekdays / شنبه
        year_offset / -621
    """,
    "fi": """
        big_scales / 1000: tuhan{nen,sia,nella}
        big_scales / 1000000: miljoona{n,lla} miljoonia
        big_scales / 1000000000: miljardi{n,lla} miljardeja
        units / kg: kilo kiloa kilon kiloinen kiloisen
        units / km: kilometrin
        units / mi: mailin
        units / km/h: {kilometrin,km:n}_tuntinopeu{den,della,s,tta} km/h
        units / mph: {mailin,mailia}_{tunnissa,tuntinopeudella}
        units / m: metrin metrinen metristä
        decade_marks / luku luvun luvulla luvulle luvulta luvuilla luvuilta lukua
        percent / %: prosenttia prosentti prosentin pros
    """,
    "fr": """
        big_scales / 1000000: million{,s}
        units / kg: kilos kilo
        units / km/h: km_par_heure
        percent / %: pour_cent
    """,
    "he": """
        weekdays / 1: ביום_ב' יום_ב'
        weekdays / 2: ביום_ג' יום_ג'
        weekdays / 3: ביום_ד' יום_ד'
        weekdays / 4: ביום_ה' יום_ה'
        weekdays / 5: ביום_ו' יום_ו'
        weekdays / 6: בשבת שבת
        weekdays / 7: ביום_א' יום_א'
        weak_weekdays / שבת בשבת
        big_scales / 1000: אלפים אלפי
        big_scales / 1000000: מיליוני מליון
        big_scales / 1000000000: מיליארדי ביליון
        units / kg: ק"ג קילו קילוגרמים קילוגרם
        units / km: ק"מ
        units / cm: ס"מ
        units / mm: מ"מ
        units / km/h: קמ"ש
        units / ft: רגליים רגל
        units / lb: ליברות פאונד ליברה
        units / dunam: דונם דונמים
        percent / %: אחוז אחוזים
    """,
    "hi": """
        big_scales / 1000000: मिलियन
        big_scales / 1000000000: बिलियन
        big_scales / 1000000000000: ट्रिलियन
        units / kg: किलो किग्रा
        units / km: किमी
        units / cm: सेमी
        units / mm: मिमी
        units / lb: पाउंड पाउन्ड
        units / ft: फीट फुट
        units / km/h: {किलोमीटर,किमी}_प्रति_घंटे
        units / mph: मील_प्रति_घंटे मील_प्रति_घंटा
        speed_heads / h: प्रतिघंटा
        percent / %: प्रतिशत फीसदी फ़ीसदी
        decade_marks / के_दशक
    """,
    "hr": """
        big_scales / 1000: tisućama tisućica
        big_scales / 1000000: milijun{ima} mil
        big_scales / 1000000000: mlrd milijardama
        units / kg: kila kilo kilogramski
        units / km/h: {km,kilometara}_na_sat
        units / mph: {milja,milje}_na_sat
        decade_marks / ih tih e
        percent / %: posto postotaka postotna_boda
    """,
    "hu": """
        big_scales / 1000: ezres ezren
        big_scales / 1000000: milliós millióan
        big_scales / 1000000000: milliárdos
        units / kg: kiló kilós kilogrammos kg-os
        units / km/h: km/h-s km/órás
        units / mph: mérföld/óra mérföld/órás
        decade_marks / as_évek es_évek as es os_évek
        percent / %: százalék százalékos százaléka százalékkal százalékot
    """,
    "id": """
        units / kg: kilo kilogram
        units / ft: kaki
        units / cm: sentimeter
        units / km/h: {km,kilometer}_per_jam
        units / mph: mil_per_jam
        decade_marks / an
        percent / %: persen
    """,
    "it": """
        big_scales / 1000000000000: bilioni bilione
        units / kg: chili chilo
        units / km/h: {km,chilometri}_all'ora km_orari chilometri_orari
        units / mph: miglia_all'ora miglia_orarie
        percent / %: per_cento
    """,
    "ja": """
        units / km: キロ
        units / cm: センチ
        units / mm: ミリ
        units / kg: キログラム
        speed_heads / h: 時速
        percent / %: パーセント
        range_words / から
        indefinite / 10: 数十
        indefinite / 100: 数百
        indefinite / 1000: 数千
        indefinite / 10000: 数万
        decade_marks / 年代
        halves / 1/2: 半
        eras / 2018: 令和
        eras / 1988: 平成
        eras / 1925: 昭和
        eras / 1911: 大正
        eras / 1867: 明治
    """,
    "lt": """
        units / kg: kilo kg
        units / km/h: km/h km/val {kilometrų,km}_per_valandą
        units / mph: mylių_per_valandą
        decade_marks / aisiais ųjų aisiai
        percent / %: proc procent{as,ai,ų,o,ais}
        months / 7: liepą liepos liepa
        months / 6: birželį
    """,
    "lv": """
        units / kg: kilo
        units / km/h: {km,kilometriem}_stundā
        units / mph: jūdzes_stundā jūdzēm_stundā
        percent / %: procenti procentu procents procentiem
        months / 6: jūnijā
        months / 7: jūlijā
    """,
    "mr": """
        weekdays / 1: सोमवारी
        weekdays / 2: मंगळवारी
        weekdays / 3: बुधवारी
        weekdays / 4: गुरुवारी गुरूवारी गुरूवार
        weekdays / 5: शुक्रवारी
        weekdays / 6: शनिवारी
        weekdays / 7: रविवारी
        big_scales / 1000000: दशलक्ष मिलियन
        big_scales / 1000000000: अब्ज शतकोटी बिलियन
        big_scales / 1000000000000: ट्रिलियन
        units / kg: किलो किग्रॅ
        units / lb: पौंड पाउंडाच्या पौंडाच्या पाउंडांच्या
        units / ft: फूट फुट
        units / mi: मैलांवर मैलांच्या
        speed_heads / h: ताशी
        percent / %: टक्के टक्क्यांनी टक्क्यांपेक्षा टक्के_बिंदू
        decade_marks / च्या_दशकात
    """,
    "ms": """
        big_scales / 1000000: juta
        big_scales / 1000000000: bilion billion
        units / kg: kilo kilogram
        units / ft: kaki
        units / km/h: {km,kilometer}_{sejam,per_jam}
        units / mph: batu_sejam batu_per_jam
        decade_marks / an
        percent / %: peratus
    """,
    "nb": """
        big_scales / 1000000: mill
        big_scales / 1000000000: mrd
        units / kg: kilo kilos
        units / km/h: km/t km_i_timen kilometer_i_timen
        units / mph: miles_i_timen engelske_mil_i_timen
        decade_marks / tallet talet tallets årene åra
        percent / %: prosent
    """,
    "nl": """
        units / kg: kilo
        units / km/h: {km,kilometer}_per_uur
        units / mph: {mijl,mijlen}_per_uur
        units / lb: pond
        units / yd: yard yards
        percent / %: procent
    """,
    "pl": """
        weekdays / 3: środę środy środzie
        weekdays / 6: sobotę soboty
        weekdays / 7: niedzielę niedzieli
        months / 5: maju
        months / 2: lutym
        months / 3: marcu
        big_scales / 1000: tysiąc{om,ami,ach}
        big_scales / 1000000: milion{om,ami,ach}
        units / kg: kilo kilogramowy kilogramową kg
        units / km/h: km/h km/godz {kilometrów,km}_na_godzinę
        units / mph: mil_na_godzinę
        percent / %: procent procenta procentowych proc
    """,
    "pt": """
        big_scales / 1000000: milhão milhões
        big_scales / 1000000000: bilhão bilhões bilião biliões mil_milhões
        big_scales / 1000000000000: trilhão trilhões trilião triliões
        units / kg: quilos quilo kilos kilo
        units / km: quilómetros quilómetro
        units / km/h: {quilómetros,quilômetros,km}_por_hora km/hora
        units / m: metros
        percent / %: por_cento
    """,
    "ro": """
        units / kg: kilograme kile kilogram
        units / km/h: km/h km/oră {km,kilometri}_pe_oră
        units / mph: mile_pe_oră
        percent / %: la_sută procente procent
    """,
    "ru": """
        weekdays / 3: среду среды среде средам
        big_scales / 1000000: миллион{ам,ами,ах,е,а}
        big_scales / 1000000000: миллиард{ам,ами,ах,е,а}
        units / kg: кило килограммовый килограммовая килограммовое
        units / km/h: км/ч км/час {км,километров,километра}_в_час
        units / mph: {миль,мили}_в_час
        decade_marks / е х е_годы х_годах х_годов
        percent / %: процент{,а,ов,ам,ами,ах} проц
        weak_weekdays / среда среду среды среде средам
    """,
    "sk": """
        units / kg: kilo kilá kíl
        units / km/h: km/h km/hod {kilometrov,km}_za_hodinu
        units / mph: míľ_za_hodinu
        decade_marks / roky rokoch rokov
        percent / %: percent percenta percentá percentuálneho_bodu
        weak_weekdays / strede stredu stredy streda
    """,
    "sl": """
        units / kg: kilo kil kila kilogramski
        units / km/h: km/h {km,kilometrov}_na_uro
        units / mph: milj_na_uro
        decade_marks / ih tih
        percent / %: odstotkov odstotek odstotka odstotki odst
        weak_weekdays / sredi sredo sreda
    """,
    "sr": """
        weekdays / 3: среду среде
        weekdays / 6: суботу суботе
        weekdays / 7: недељу недеље недељом
        weak_weekdays / среде
        months / 6: јуна јуну
        months / 7: јула јулу
        months / 5: маја мају
        months / 3: марта марту
        months / 4: априла априлу
        months / 8: августа августу
        months / 1: јануара јануару
        months / 2: фебруара фебруару
        big_scales / 1000: хиљадама
        big_scales / 1000000: милиона милион мил
        big_scales / 1000000000: милијарди милијарда милијарде млрд
        units / km: км
        units / m: м
        units / cm: цм см
        units / mm: мм
        units / kg: кг кила кило
        units / km/h: км/ч км/х {км,километара}_на_сат
        units / mph: {миља,миље}_на_сат
        decade_marks / их тих е
        percent / %: процен{ат,та,ти,ата} одсто посто
        weak_weekdays / недеља недеље недељу недељи среди
        months / 9: септембру септембра
        months / 10: октобру
        months / 11: новембру
        months / 12: децембру
    """,
    "sv": """
        big_scales / 1000000: milj mn
        big_scales / 1000000000: md mdr
        units / kg: kilo kilos
        units / km/h: km/h km/tim {km,kilometer}_i_timmen
        units / mph: {mile,miles,engelska_mil}_i_timmen miles_per_timme
        decade_marks / talet tal tals talets
        percent / %: procent procents
    """,
    "sw": """
        scale_heads / 1000: elfu
        scale_heads / 1000000: milioni
        scale_heads / 1000000000: bilioni
        percent / %: asilimia
        percent_heads / %: asilimia
        century_marks / karne
        hour_shift / 6
    """,
    "ta": """
        weekdays / 1: திங்கட்கிழமை திங்கள்கிழமை
        weekdays / 2: செவ்வாய்க்கிழமை செவ்வாய்கிழமை
        weekdays / 3: புதன்கிழமை
        weekdays / 4: வியாழக்கிழமை
        weekdays / 5: வெள்ளிக்கிழமை
        weekdays / 6: சனிக்கிழமை
        weekdays / 7: ஞாயிற்றுக்கிழமை ஞாயிறு
        big_scales / 100000: லட்சம் இலட்சம்
        big_scales / 10000000: கோடி
        big_scales / 1000000: மில்லியன்
        big_scales / 1000000000: பில்லியன்
        big_scales / 1000000000000: டிரில்லியன்
        units / kg: கிலோ கிகி
        units / km: கிமீ கி.மீ
        units / cm: செ.மீ
        units / mm: மி.மீ
        percent / %: சதவீதம் சதவிகிதம் சதவீத
        decade_marks / களில் ஆம்_ஆண்டுகளில்
    """,
    "te": """
        big_scales / 1000: వేల వేలు
        big_scales / 100000: లక్ష లక్షల లక్షలు
        big_scales / 10000000: కోట్ల కోట్లు కోటి
        big_scales / 1000000: మిలియన్ మిలియన్ల
        big_scales / 1000000000: బిలియన్ బిలియన్ల
        units / kg: కిలో కిలోల కిలోలు కేజీ
        units / mi: మైళ్ల మైళ్ళు మైళ్ళ
        units / lb: పౌండ్ల పౌండ్
        units / ft: అడుగుల
        units / in: అంగుళాల
        speed_heads / h: గంటకు గంటకి
        months / 7: జూలై జూలైలో
        months / 6: జూన్ జూన్‌లో
        months / 9: సెప్టెంబర్
        percent / %: శాతం శాతానికి
        decade_marks / లలో ల్లో
    """,
    "th": """
        units / kg: กิโล กก.
        units / mph: ไมล์ต่อชั่วโมง
        range_words / ถึง
        percent / %: เปอร์เซ็นต์
    """,
    "tr": """
        big_scales / 1000: binden bine bini
        units / kg: kilo kiloluk
        units / cm: santim
        units / ft: fut
        units / lb: pound paund
        units / in: inch inçlik
        percent / %: yüzde
        percent_heads / %: yüzde
        decade_marks / ler lar lerde larda lerin ların
    """,
    "ur": """
        weekdays / 1: سوموار پیر
        weekdays / 6: ہفتہ ہفتے سنیچر
        weekdays / 7: اتوار
        big_scales / 1000000: ملین
        big_scales / 1000000000: بلین
        big_scales / 1000000000000: ٹریلین
        units / km: کلومیٹر
        units / kg: کلو کلوگرام
        units / cm: سینٹی_میٹر سینٹی_میٹرز سینٹی
        units / mm: ملی_میٹر ملی_میٹرز
        units / lb: پاؤنڈ
        units / ft: فٹ
        units / km/h: {کلومیٹر,کلو_میٹر}_فی_گھنٹہ
        units / mph: میل_فی_گھنٹہ میل_فی_گھنٹے
        percent / %: فیصد
        weak_weekdays / ہفتہ ہفتے
        range_words / سے تا
    """,
    "vi": """
        big_scales / 1000: ngàn nghìn
        big_scales / 1000000: triệu
        units / kg: ký kg cân kilôgam ki-lô-gam
        units / km: kilomet ki-lô-mét cây_số
        units / cm: centimet xăng-ti-mét phân
        units / m: mét
        units / km/h: {km,kilomet}_một_giờ km/giờ
        units / mph: dặm/giờ {dặm}_một_giờ dặm_mỗi_giờ
        units / lb: pound cân_anh
        percent / %: phần_trăm
        range_words / đến tới
    """,
    "zh": """
        months / 1: 一月
        months / 2: 二月
        months / 3: 三月
        months / 4: 四月
        months / 5: 五月
        months / 6: 六月
        months / 7: 七月
        months / 8: 八月
        months / 9: 九月
        months / 10: 十月
        months / 11: 十一月
        months / 12: 十二月
        weekdays / 1: 礼拜一 周一
        weekdays / 2: 礼拜二 周二
        weekdays / 3: 礼拜三 周三
        weekdays / 4: 礼拜四 周四
        weekdays / 5: 礼拜五 周五
        weekdays / 6: 礼拜六 周六
        weekdays / 7: 礼拜日 礼拜天 星期天 周日
        big_scales / 1000: 千
        units / kg: 公斤
        units / cm: 公分
        units / lb: 磅
        units / km/h: 公里每小时
        units / mph: 英里每小时
        speed_heads / h: 时速 每小时
        century_marks / 世纪
        range_words / 至 到
        indefinite / 10: 数十 几十
        indefinite / 100: 数百 几百
        indefinite / 1000: 数千 几千
        indefinite / 10000: 数万 几万
        eras / 1911: 民国
    """,
    "zh_Hant": """
        months / 1: 一月
        months / 2: 二月
        months / 3: 三月
        months / 4: 四月
        months / 5: 五月
        months / 6: 六月
        months / 7: 七月
        months / 8: 八月
        months / 9: 九月
        months / 10: 十月
        months / 11: 十一月
        months / 12: 十二月
        weekdays / 1: 禮拜一 週一 周一
        weekdays / 2: 禮拜二 週二 周二
        weekdays / 3: 禮拜三 週三 周三
        weekdays / 4: 禮拜四 週四 周四
        weekdays / 5: 禮拜五 週五 周五
        weekdays / 6: 禮拜六 週六 周六
        weekdays / 7: 禮拜日 禮拜天 星期天 週日 周日
        units / kg: 公斤
        units / km: 公里 千米
        units / m: 米 公尺
        units / cm: 厘米 公分
        units / mm: 毫米
        units / lb: 磅
        units / in: 吋 英吋
        units / ft: 呎 英呎
        units / mi: 哩
        speed_heads / h: 時速 每小時
        century_marks / 世紀
        range_words / 至 到
        indefinite / 10: 數十 幾十
        indefinite / 100: 數百 幾百
        indefinite / 1000: 數千 幾千
        indefinite / 10000: 數萬 幾萬
        eras / 1911: 民國
    """,
}


@cache
def _lines(name: str) -> dict[str, str]:
    """The tables that a language adds, by field."""
    found: dict[str, str] = {}
    for line in _ADDITIONS.get(name, "").strip().splitlines():
        field, _, entry = line.strip().partition(" / ")
        found[field] = f"{found[field]}\n{entry}" if field in found else entry
    return found


def with_additions(rules: FactRules, name: str) -> FactRules:
    """The rules of the language that CLDR calls so, with what is known beyond CLDR."""
    added = _lines(name) or _lines(name.partition("_")[0])
    tables = {
        field: f"{entry}\n{known}"
        if isinstance(known := getattr(rules, field), str)
        else int(entry)
        for field, entry in added.items()
    }
    return replace(rules, **tables)  # type: ignore[arg-type]  # by the names of its fields
