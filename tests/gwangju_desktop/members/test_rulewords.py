"""Every rule's value can be said in both languages."""

from __future__ import annotations

import pytest

from db.vocab import BodyRuleKey
from gwangju_desktop.members import profiles
from gwangju_desktop.members.rulewords import kind, words

SAID = [
    (BodyRuleKey.QUORUM, "> 1/2 enrolled", "재적위원 과반수 출석"),
    (BodyRuleKey.QUORUM, ">= 2/3 enrolled", "재적위원 2/3 이상 출석"),
    (BodyRuleKey.QUORUM, "> 1/3 enrolled", "재적위원 1/3 초과 출석"),
    (BodyRuleKey.DECISION, "> 1/2 present", "출석위원 과반수 찬성"),
    (BodyRuleKey.DECISION, ">= 1/1 present", "출석위원 전원 찬성"),
    (BodyRuleKey.DECISION, "> 1/2 votes", "투표수 과반수 찬성"),
    (BodyRuleKey.GENDER_MOST, "6/10", "위촉직의 6/10 이하"),
    (BodyRuleKey.YOUTH_LEAST, "2/10", "위촉직의 2/10 이상"),
    (BodyRuleKey.YOUTH_LEAST, "", "제한 없음"),
    (BodyRuleKey.NOTICE_DAYS, "7", "회의일 7일 전"),
    (BodyRuleKey.NOTICE_DAYS, "", "기한을 정하지 않음"),
    (BodyRuleKey.MINUTES_MONTHS, "1", "회의 종료 후 1개월 이내"),
    (BodyRuleKey.TERM_YEARS, "2", "2년"),
    (BodyRuleKey.MOST_TERMS, "2", "연이어 2회까지 위촉"),
    (BodyRuleKey.MOST_TERMS, "", "연임 횟수 제한 없음"),
    (BodyRuleKey.MOST_COMMITTEES, "3", "1명 3개 위원회 이내"),
    (BodyRuleKey.CARRY_OVER, "yes", "후임자 위촉 때까지 직무 수행"),
    (BodyRuleKey.TIE, "rejected", "가부동수는 부결"),
    (BodyRuleKey.MEETING_NUMBER, "제{n}회", "예: 제5회"),
    (BodyRuleKey.ITEM_NUMBER, "제{YYYY}-{n}호", "예: 제2026-5호"),
]


@pytest.mark.parametrize(("rule", "value", "said"), SAID)
def test_a_value_reads_as_an_ordinance_says_it(rule: str, value: str, said: str) -> None:
    assert words(rule, value, "ko") == said


def test_english_counts_one_and_many() -> None:
    assert words(BodyRuleKey.NOTICE_DAYS, "1", "en") == "1 day before the meeting"
    assert words(BodyRuleKey.NOTICE_DAYS, "7", "en") == "7 days before the meeting"
    assert (
        words(BodyRuleKey.QUORUM, "> 1/2 enrolled", "en") == "more than half of the enrolled attend"
    )


def test_every_shipped_value_has_words_and_a_kind() -> None:
    shipped = [*profiles.defaults().values()]
    for template in profiles.templates():
        shipped += template.rules.values()
    for entry in shipped:
        for language in ("ko", "en"):
            said = words(entry.rule, entry.value, language)
            assert said and "{" not in said
    assert {kind(rule) for rule in profiles.RULES} == {
        "share",
        "fraction",
        "number",
        "amount",
        "flag",
        "choice",
        "format",
    }


def test_a_broken_value_is_shown_as_it_is() -> None:
    assert words(BodyRuleKey.NOTICE_DAYS, "<b>일곱</b>") == "<b>일곱</b>"
    assert words("none of ours", "x") == "x"
