"""The payment sheet and the list of actions, read back from their files."""

from __future__ import annotations

import datetime as dt

import pypdfium2
import pytest
from python_calamine import CalamineWorkbook

from db.schema.meetings import AgendaItem
from gwangju_desktop import clock
from gwangju_desktop.documents.press import press
from gwangju_desktop.meetings import actions, allowances, steps
from gwangju_desktop.meetings.documents import action_list, payment
from tests.gwangju_desktop.meetings.room import DAY, Room, changed, minutes


def pages(data: bytes) -> list[str]:
    """Return the text of each page without blanks."""
    with pypdfium2.PdfDocument(data) as pdf:
        return ["".join(page.get_textpage().get_text_range().split()) for page in pdf]


@pytest.fixture
def room(sqlite_store) -> Room:
    clock.fix(DAY + dt.timedelta(days=1))
    room = Room.made(sqlite_store, people=30)
    room.open(25)
    sqlite_store.run(steps.close_meeting, id=room.meeting, at=minutes(130), carry=True)
    return room


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_sheet_adds_up_and_leaves_bank_data_empty(room: Room, language: str) -> None:
    room.rule("allowance_tax", "other_income")
    room.store.run(allowances.set_paid, ids=room.ids[:1], paid=True, reason="예시 사유")
    with room.store.reading() as read:
        said = payment.compose(read, meeting_id=room.meeting, language=language)
    made, name = press(said), said.name
    text = "".join(pages(made.data))
    assert made.missing == () and made.pages == len(pages(made.data)) > 1
    assert text.count("136,800") == 25 and "3,420,000" in text
    assert name.startswith("2022-03-17 ")
    if language == "ko":
        assert "금3,420,000원(금삼백사십이만원)" in text
        assert "생년월일은행계좌번호서명" in text and text.count("불참") == 5
        assert "예외:" in text and "–예시사유" in text
        assert "회의시간:2시간10분" in text and "확인이필요합니다" in text


def test_the_workbook_holds_numbers_and_empty_columns(room: Room, tmp_path) -> None:
    path = tmp_path / "지급조서.xlsx"
    with room.store.reading() as read:
        payment.write_workbook(read, path, meeting_id=room.meeting)
    rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    head = rows[0]
    assert head[8:12] == ["생년월일", "은행", "계좌번호", "서명"]
    payees = rows[1:26]
    assert [row[4] for row in payees] == [150_000.0] * 25 and {row[3] for row in payees} == {130.0}
    assert all(row[8:12] == [""] * 4 for row in rows[1:32])
    assert rows[26][4] == rows[26][7] == 25 * 150_000


def test_the_list_shows_results_and_hides_a_restricted_title(room: Room) -> None:
    run = room.store.run
    given = {"department": "가상과", "due_on": DAY + dt.timedelta(days=1)}
    id = run(actions.add_action, item_id=room.item, text="가상 조치", **given).value
    run(actions.add_action, meeting_id=room.meeting, text="다음 조치", **given)
    run(actions.set_state, ids=[id], state="done", result="마침(예시)")
    secret = {"restricted": True, "open_title": "비공개 안건"}
    run(changed, entity=AgendaItem, id=room.item, **secret)
    today = DAY + dt.timedelta(days=4)
    with room.store.reading() as read:
        made = press(action_list.of_meeting(read, meeting_id=room.meeting, today=today))
        late = press(action_list.of_bodies(read, today=today, overdue=True))
        none = press(action_list.of_bodies(read, today=today, department="없는과"))
    text = "".join(pages(made.data))
    assert (
        "가상조치[비공개안건]" in text
        and "가상안건" not in text
        and "완료2022.3.18.마침(예시)" in text
    )
    assert "3일경과" in text and "없음." in text
    assert "다음조치" in "".join(pages(late.data)) and "가상조치" not in "".join(pages(late.data))
    assert "없음." in "".join(pages(none.data))
