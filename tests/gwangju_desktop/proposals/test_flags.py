"""Personal numbers in free text are found where they stand; all else is left alone."""

from __future__ import annotations

import itertools
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gwangju_desktop.proposals import flags, words

# Made up: the check digit holds, nobody has it.
REGISTRATION = "900101-1234568"
CASES = {
    "registration": [
        REGISTRATION,
        "900101 – 1234567",
        "９００１０１－１２３４５６７",
        "9001011234568",
        "040229-3234567",
    ],
    "foreigner": ["900101-5234567", "010101-7234567"],
    "card": ["4111-1111-1111-1111", "4111111111111111", "5500 0000 0000 0004", "3782 822463 10005"],
    "phone": [
        "010-1234-5678",
        "010.1234.5678",
        "01012345678",
        "062-123-4567",
        "(062) 123-4567",
        "+82 10 1234 5678",
        "+82-62-123-4567",
        "070-1234-5678",
        "０１０－１２３４－５６７８",
    ],
    "email": ["gasang@example.kr", "a.b+c@mail.example.co.kr"],
    "account": ["110-123-456789", "123456-12-123456"],
}
OTHERS = [
    "2021. 8. 31.",
    "2021-08-31~2021-09-30",
    "1,234,567원",
    "991301-1234567",
    "900230-1234567",
    "12가 3456",
    "123가4567",
    "1588-1234",
    "120-81-12345",
    "4111-1111-1111-1112",
    "의안번호 2022-031",
    "010-12-34",
    "ISBN 978-89-1234-567-8",
    "https://example.kr/a?b=1",
    "1611031234567",
    "@everyone",
    "3.141592653589793",
]


@pytest.mark.parametrize(
    ("kind", "number"), [(kind, number) for kind, held in CASES.items() for number in held]
)
def test_a_personal_number_is_found_in_its_place(kind: str, number: str) -> None:
    text = f"제 번호는 {number} 입니다."
    (flag,) = flags.found(text)
    assert (flag.kind, text[flag.start : flag.end].strip("( ")) == (kind, number.strip("( "))
    assert flags.masked(text) == text[: flag.start] + flag.masked + text[flag.end :]
    assert "*" in flag.masked and number not in flags.masked(text)
    assert words.FLAGS[kind]


@pytest.mark.parametrize("text", OTHERS)
def test_other_numbers_are_left_alone(text: str) -> None:
    assert flags.found(text) == []
    assert flags.masked(text) == text


def test_thirteen_digits_in_a_run_need_a_check_digit_or_the_word() -> None:
    assert flags.found("9001011234567") == []
    (flag,) = flags.found("주민등록번호는 9001011234567")
    assert flag.kind == "registration"
    assert flags.checks(REGISTRATION) and not flags.checks("900101-1234567")


def test_unseen_characters_between_digits_hide_nothing() -> None:
    text = "전화 \u202a010\u200b-1234\u2060-5678\u202c 로"
    (flag,) = flags.found(text)
    assert text[flag.start : flag.end] == "010\u200b-1234\u2060-5678"
    assert flags.masked(text) == "전화 \u202a010-****-5678\u202c 로"


def test_only_what_no_office_may_store_is_masked_when_kept() -> None:
    text = f"{REGISTRATION}, 010-1234-5678, gasang@example.kr"
    assert flags.kept(text) == "******-*******, 010-1234-5678, gasang@example.kr"
    assert flags.kept("아무 번호도 없는 글") == "아무 번호도 없는 글"


def test_several_stand_in_their_order_and_none_inside_another() -> None:
    text = f"계좌 110-123-456789 전화 010-1234-5678 카드 4111 1111 1111 1111 {REGISTRATION}"
    found = flags.found(text)
    assert [flag.kind for flag in found] == ["account", "phone", "card", "registration"]
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))


@settings(max_examples=50, deadline=None)
@given(st.text(alphabet="0123456789-. @a가\u200b\n은행", max_size=200))
def test_any_text_is_cut_where_its_flags_say(text: str) -> None:
    found = flags.found(text)
    assert all(0 <= flag.start < flag.end <= len(text) for flag in found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))


@pytest.mark.parametrize(
    "unit",
    ["가나다 010-1234-5678 ", "1-", "a@", "은행 110-123-456789 ", "+1", "9001011", "계좌 1 "],
)
def test_a_long_text_is_looked_through_in_its_length(unit: str) -> None:
    def seconds(size: int) -> float:
        text = (unit * size)[:size]
        begun = time.process_time()
        flags.found(text)
        return time.process_time() - begun

    short = seconds(20_000)
    # Ten times the text takes ten times as long, not a hundred; a slow start is forgiven.
    assert seconds(200_000) < 40 * short + 0.5
