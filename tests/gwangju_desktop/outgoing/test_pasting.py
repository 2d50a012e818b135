"""Numbers and days pasted from the document system: every line read, or named with its reason."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gwangju_desktop.outgoing.pasting import a_day, preview

TODAY = dt.date(2022, 3, 17)
IDS = (11, 12, 13)


@pytest.mark.parametrize(
    "text",
    [
        "2022. 3. 8.",
        "2022.3.8",
        "2022-03-08",
        "2022/3/8",
        "2022년 3월 8일",
        "20220308",
        "'22. 3. 8.",
        "2022. 3. 8.(화)",
        " 2022. 03. 08. ",
    ],
)
def test_a_day_is_read_in_every_form(text: str) -> None:
    assert a_day(text) == dt.date(2022, 3, 8)


@pytest.mark.parametrize(
    "text", ["", "3. 8.", "2022. 13. 1.", "2022-02-30", "어제", "2022", "9" * 40]
)
def test_what_is_no_day_is_none(text: str) -> None:
    assert a_day(text) is None


def test_a_table_is_read_in_the_order_of_the_documents() -> None:
    text = "문서번호\t시행일자\n과-1\t2022. 3. 8.\n\n과-3\t2022-03-10\r\n\n\n"
    found = preview(text, IDS, today=TODAY)
    assert found.troubles == ()
    assert found.filled == [
        {"id": 11, "number": "과-1", "dispatched_on": dt.date(2022, 3, 8)},
        {"id": 13, "number": "과-3", "dispatched_on": dt.date(2022, 3, 10)},
    ]
    assert [line.place for line in found.lines] == [2, 4]


def test_columns_may_stand_the_other_way_round_or_without_a_tab() -> None:
    text = "2022. 3. 8.\t과-1\n기후환경정책과-2 2022. 3. 9.(수)\n3행\t과 3\t2022-03-10"
    found = preview(text, IDS, today=TODAY)
    assert [one["number"] for one in found.filled] == ["과-1", "기후환경정책과-2", "3행"]


def test_a_column_of_numbers_takes_one_day() -> None:
    found = preview("과-1\n과-2", IDS, today=TODAY, day=TODAY)
    assert [one["dispatched_on"] for one in found.filled] == [TODAY, TODAY]


def test_every_line_that_is_wrong_is_named() -> None:
    text = "\n".join(
        ["과-1\t2022. 3. 32.", "2022. 3. 8.", "과-1 2022. 3. 18.", "과-4\t2022. 3. 8."]
    )
    found = preview(text, IDS, today=TODAY)
    assert found.filled == [] and [line.place for line in found.troubles] == [1, 2, 3, 4]
    told = [line.why for line in found.troubles]
    assert "2022. 3. 32." in told[0] and "문서번호" in told[1]
    assert "아직 오지 않은" in told[2] and "맞는 문서가 없습니다" in told[3]
    assert "시행일자가 없습니다" in preview("과-1", IDS, today=TODAY).troubles[0].why


def test_a_number_given_twice_is_named() -> None:
    found = preview("과-1\t2022-03-08\n과-1\t2022-03-09", IDS, today=TODAY)
    assert [line.place for line in found.troubles] == [2] and "1번째" in found.troubles[0].why


@given(text=st.text(alphabet=st.sampled_from("과-123 .\t\n년월일(화)'\0\u200b가"), max_size=80))
@settings(max_examples=60, deadline=None)
def test_no_text_breaks_the_reading(text: str) -> None:
    found = preview(text, IDS, today=TODAY, day=TODAY)
    assert all(line.id in IDS or line.trouble is not None for line in found.lines)
    ids = [one["id"] for one in found.filled]
    assert len(ids) == len(set(ids))
    for line in found.troubles:
        assert line.why
