"""Numbers that may not be kept are found however written; numbers that may be pass."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gwangju_desktop import text
from gwangju_desktop.errors import UserError
from gwangju_desktop.forms import tidy
from gwangju_desktop.members import barred

modest = settings(max_examples=50, deadline=None)
DIGIT = st.integers(0, 9).map(str)
AROUND = st.sampled_from(
    [
        "{}",
        "연락처 {}",
        "광주은행 {}",
        "{} 농협",
        "계좌 담당 {}",
        "입금 문의: {}.",
        "({})",
        "가{}나",
    ]
)


def digits(count: int) -> st.SearchStrategy[str]:
    return st.text("0123456789", min_size=count, max_size=count)


@pytest.mark.parametrize(
    "written",
    [
        "900101-1234567",
        "번호는 9001011234567 입니다",
        "900101 - 2234567",
        "９００１０１－１２３４５６７",
        "900101–4234567",
    ],
)
def test_registration_numbers_are_found_however_written(written):
    assert barred.holds_registration_number(written)


@pytest.mark.parametrize(
    "written",
    ["010-1234-5678", "2022. 3. 17.", "991301-1234567", "62-613-0000", "12345678901234567"],
)
def test_other_numbers_are_no_registration_numbers(written):
    assert not barred.holds_registration_number(written)


@pytest.mark.parametrize(
    "written",
    [
        "110-123-456789",
        "국민 123456-01-123456",
        "수당 계좌: 1002-123-456789",
        "농협 302-1234-5678-91 가상인",
        "입금은 가상은행 12345678901로",
        "예금주 가상인 1234 5678 9012",
        "카카오뱅크 3333011234567",
        "카카오뱅크 3333-01-1234567",
        "３３３３－０１－１２３４５６７",
        "하나은행 123–456789–12345",
        "앞 줄\n우체국 500123-01-123456 뒷말",
    ],
)
def test_accounts_are_found(written):
    assert barred.holds_account_number(written)


@pytest.mark.parametrize(
    "written",
    [
        "010-1234-5678",
        "광주은행 062-613-0000, 010 1234 5678",
        "농협 010-1234-5678 062-613-0001 담당",
        "계좌 문의 +82-10-1234-5678 또는 82 62 613 0000",
        "은행 대표 1588-1234",
        "광주은행 사업자등록번호 123-45-67890",
        "의안번호 제2021-3호",
        "농협 2022-03-17 14:00~16:00",
        "우체국 등기 1234567890123456789",
        "입금액 1,250,000,000원",
        "입금 1250000000원, 12억 원",
        "ISBN 978-89-1234-567-8",
        "문서 2022-03-0001234, 202203-01-000123",
        "기후환경정책과-12345(2022. 3. 11.)",
        "550e8400-e29b-41d4-a716-446655440000",
        "8,973,446 MWh, 2018-2022",
        "126.8513, 35.1595",
    ],
)
def test_other_numbers_are_no_accounts(written):
    assert not barred.holds_account_number(written)


@modest
@given(st.sampled_from(["010", "011", "062", "02", "031", "070"]), st.data(), AROUND)
def test_telephones_pass_beside_any_word(code, data, around):
    middle = data.draw(digits(4 if code in ("010", "070") else 3))
    dash = data.draw(st.sampled_from(["-", " ", "", "–", ". "][:4]))
    number = dash.join((code, middle, data.draw(digits(4))))
    assert not barred.holds_account_number(around.format(number))
    assert not barred.holds_registration_number(around.format(number))


@modest
@given(st.dates(dt.date(1950, 1, 1), dt.date(2039, 12, 31)), AROUND)
def test_dates_pass_beside_any_word(day, around):
    for form in ("{:%Y-%m-%d}", "{:%Y. %m. %d.}", "{:%Y%m%d}", "{:%y%m%d}", "{:%Y-%m-%d} 14:00"):
        written = around.format(form.format(day))
        assert not barred.holds_account_number(written)
        assert not barred.holds_registration_number(written)


@modest
@given(st.integers(1, 10**12), st.sampled_from(["원", "천원", "억 원", " kWh", "명"]), AROUND)
def test_amounts_pass_beside_any_word(amount, unit, around):
    for form in ("{}{}", "{:,}{}"):
        assert not barred.holds_account_number(around.format(form.format(amount, unit)))


@modest
@given(st.uuids(), st.integers(2000, 2039), st.integers(1, 99999), AROUND)
def test_ids_pass_beside_any_word(uid, year, number, around):
    for written in (str(uid), f"제{year}-{number}호", f"{year}-{number}", f"기후정책과-{number}"):
        assert not barred.holds_account_number(around.format(written))


@modest
@given(st.sampled_from(sorted(barred.GROUPINGS)), st.data())
def test_every_grouping_of_the_banks_is_found(grouping, data):
    first = data.draw(digits(grouping[0]).filter(lambda d: d[0] not in "012"))
    number = "-".join([first, *(data.draw(digits(count)) for count in grouping[1:])])
    assert barred.holds_account_number(f"수당 {number} 로 지급")


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("number", ["900101-1234567", "110-123-456789"])
def test_the_sentence_names_the_field_and_never_the_number(number, language):
    text.use(language)
    with pytest.raises(UserError) as refused:
        tidy({"name": "가상인", "note": f"번호 {number}"}, ("name", "note"))
    said = str(refused.value)
    assert said.startswith({"ko": "비고", "en": "Note"}[language])
    assert number[:6] not in said and number[-6:] not in said


def test_every_text_is_kept_as_nfc_without_controls_and_literally() -> None:
    kept = tidy(
        {"name": "가상\0\x07\x7f인\u202e", "note": "첫 줄\r\n둘째\t줄\x1b"}, ("name", "note")
    )
    assert kept == {"name": "가상인\u202e", "note": "첫 줄\n둘째\t줄"}
