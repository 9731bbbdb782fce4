"""The words of the pages, in each language they speak; `{}` takes what is counted or named."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

__all__ = ["LANGS", "Words", "choose", "words"]

LANGS = ("en", "ko", "uk")

# One row per thing said: English, Korean, Ukrainian. Counts stand behind a word and a colon,
# so that no language needs its plurals.
_ROWS = """
title | Review | 검수 | Редагування
articles | Articles | 기사 | Статті
article | Article | 기사 | Стаття
all | All | 전체 | Усі
with_findings | With findings | 지적 있음 | Із зауваженнями
not_finished | Not finished | 미완료 | Незавершені
show | Show | 보기 | Показати
nothing_here | Nothing here. | 해당하는 기사가 없습니다. | Тут нічого немає.
reviewed_of | reviewed: {} of {} | 검수: {} / {} | перевірено: {} з {}
counted | articles counted: {} of {} | 집계한 기사: {} / {} | враховано статей: {} з {}
verified | facts verified: {} | 확인된 사실: {} | підтверджено фактів: {}
let_stand | accepted: {} | 수용: {} | прийнято: {}
error | error | 오류 | помилка
warning | warning | 경고 | застереження
info | note | 참고 | примітка
no_findings | no findings | 지적 없음 | без зауважень
findings | Findings | 지적 사항 | Зауваження
source | Source | 원문 | Оригінал
translation | Translation | 번역 | Переклад
summary | Summary | 요약 | Стислий виклад
to_text | Skip to the text | 본문으로 건너뛰기 | Перейти до тексту
to_list | Skip to the list | 목록으로 건너뛰기 | Перейти до списку
back | All articles | 전체 기사 | Усі статті
next | Next finding | 다음 지적 | Наступне зауваження
previous | Previous finding | 이전 지적 | Попереднє зауваження
next_unit | Next segment not reviewed | 다음 미검수 구간 | Наступний неперевірений сегмент
down | Next segment | 다음 구간 | Наступний сегмент
up | Previous segment | 이전 구간 | Попередній сегмент
next_article | Next article | 다음 기사 | Наступна стаття
keys | Keys | 단축키 | Клавіші
keys_title | Keyboard shortcuts | 키보드 단축키 | Клавіатурні скорочення
keys_on | Shortcuts of one letter | 한 글자 단축키 사용 | Однолітерні скорочення
close | Close | 닫기 | Закрити
edit | Edit | 편집 | Редагувати
mark | Mark reviewed | 검수 완료 | Позначити перевіреним
save | Save as reviewed | 검수 완료로 저장 | Зберегти як перевірене
cancel | Cancel | 취소 | Скасувати
accept | Accept | 수용 | Прийняти
accept_dots | Accept… | 수용… | Прийняти…
accept_this | Accept the finding | 지적 수용 | Прийняти зауваження
reason | Reason | 사유 | Причина
accepted_by | accepted: {} | 수용됨: {} | прийнято: {}
segment | Segment {} | 구간 {} | Сегмент {}
text_of | Translation of segment {} | 구간 {}의 번역 | Переклад сегмента {}
state_initial | not translated | 미번역 | не перекладено
state_translated | not reviewed | 미검수 | не перевірено
state_reviewed | reviewed | 검수됨 | перевірено
state_final | final | 최종 | остаточно
nothing | nothing | 없음 | нічого
not_here | not found here | 여기에 없음 | тут не знайдено
finding_number | Finding {} | 지적 {} | Зауваження {}
checking | Checking… | 확인 중… | Перевірка…
checked_none | Checked: no findings | 확인됨: 지적 없음 | Перевірено: без зауважень
checked_some | Checked: findings {} | 확인됨: 지적 {} | Перевірено: зауважень {}
saving | Saving… | 저장 중… | Збереження…
saved | Saved, reviewed, in the memory | 저장됨: 검수 완료, 번역 메모리에 등록 | Збережено й додано до пам’яті
accepted_now | Accepted | 수용함 | Прийнято
failed | Not saved: {} | 저장 안 됨: {} | Не збережено: {}
unreachable | the server does not answer | 서버가 응답하지 않습니다 | сервер не відповідає
stale | Not saved: this segment was changed meanwhile | 저장 안 됨: 그사이 이 구간이 변경되었습니다 | Не збережено: цей сегмент тим часом змінили
theirs | As it stands now | 현재 저장된 내용 | Як збережено зараз
yours | Yours | 내 수정 | Ваш варіант
take_theirs | Take what stands there | 저장된 내용 사용 | Узяти збережене
keep_mine | Save mine instead | 내 수정으로 저장 | Зберегти мій варіант
your_name | Your name | 이름 | Ваше ім’я
done_all | No more findings here | 더 이상 지적 없음 | Більше зауважень немає
login | Sign in | 로그인 | Увійти
login_lead | This server needs a key. | 이 서버에는 키가 필요합니다. | Цей сервер потребує ключа.
key | API key | API 키 | Ключ API
wrong_key | This key is not known. | 알 수 없는 키입니다. | Такий ключ невідомий.
not_found | There is nothing at this address. | 이 주소에는 아무것도 없습니다. | За цією адресою нічого немає.
no_script | Editing needs the page’s own script. | 편집하려면 이 페이지의 스크립트가 필요합니다. | Для редагування потрібен скрипт цієї сторінки.
ui | Language | 언어 | Мова
legend_fact | a fact that agrees; its partner lights up | 일치하는 사실; 짝이 함께 표시됨 | факт, що збігається; його пара підсвічується
legend_label | a source label, kept verbatim | 그대로 둔 출처 표시 | позначка джерела, збережена дослівно
legend_finding | a finding, with its number | 지적, 번호와 함께 | зауваження з номером
dotted | Dotted | 점선 | Пунктир
tinted | Tinted | 배경색 | Тло
raised | Raised | 강조 | Виділено
number | number | 숫자 | число
quantity | quantity | 수량 | кількість
money | money | 금액 | гроші
percent | percentage | 비율 | відсоток
date | date | 날짜 | дата
time | time | 시각 | час
name | name | 이름 | назва
label | source label | 출처 표시 | позначка джерела
debris | debris | 잔여물 | сміття
sentence | sentence | 문장 | речення
text | text | 텍스트 | текст
repetition | repeats itself | 반복됨 | повторюється
untranslated | not translated | 번역되지 않음 | не перекладено
script | in another script | 다른 문자로 됨 | іншим письмом
language | in another language | 다른 언어로 됨 | іншою мовою
length | far too short or too long | 지나치게 짧거나 김 | надто короткий або довгий
unfinished | breaks off | 끊김 | обривається
mistranslation | changed | 바뀜 | змінено
omission | missing | 누락 | пропущено
addition | added | 추가됨 | додано
"""


class Words:
    """What the pages say in one language."""

    def __init__(self, lang: str, said: Mapping[str, str]) -> None:
        self.lang = lang
        self._said = said

    def __call__(self, key: str, *values: object) -> str:
        return self._said[key].format(*values)

    def code(self, code: str) -> str:
        """A finding's code in words; what nobody put into words stays as it is."""
        return ": ".join(self._said.get(part, part) for part in code.split("/"))

    def all(self, *keys: str) -> dict[str, str]:
        return {key: self._said[key] for key in keys}


def _read() -> Mapping[str, Words]:
    said: dict[str, dict[str, str]] = {lang: {} for lang in LANGS}
    for row in _ROWS.strip().splitlines():
        key, *texts = (part.strip() for part in row.split(" | "))
        for lang, text in zip(LANGS, texts, strict=True):
            if key in said[lang]:
                raise ValueError(f"two rows say {key!r}")
            said[lang][key] = text
    return MappingProxyType({lang: Words(lang, known) for lang, known in said.items()})


_WORDS = _read()


def words(lang: str) -> Words:
    return _WORDS[lang if lang in LANGS else "en"]


def choose(accepted: str) -> str:
    """The language of ours that an Accept-Language header likes best; English if none."""
    best, liked = "en", 0.0
    for part in accepted.split(",")[:20]:
        tag, _, weight = part.strip().partition(";")
        lang = tag.strip().partition("-")[0].lower()
        try:
            q = float(weight.strip().removeprefix("q=")) if weight.strip() else 1.0
        except ValueError:
            continue
        if lang in LANGS and q > liked:
            best, liked = lang, q
    return best
