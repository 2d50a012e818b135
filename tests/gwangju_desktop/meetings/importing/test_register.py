"""A register taken over: every row lands, nothing twice, and what cannot be is said by its line."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from db.schema.decisions import Vote
from db.schema.meetings import AgendaItem, Meeting
from db.schema.office import ColumnMapping
from db.schema.sittings import DrawnNumber
from db.store import Store
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.meetings import agenda, numbers, publishing, queries, steps, usecases
from gwangju_desktop.meetings.importing import apply, columns, preview, reading
from gwangju_desktop.meetings.importing.model import Options, Plan
from gwangju_desktop.members import usecases as members
from gwangju_desktop.members.importing.model import SKIP

HEAD = (
    "위원회,회차,일시,종료,장소,재적,출석,의안번호,안건명,구분,의결 결과,의결 내용,찬성,반대,기권\n"
)
FIRST = (
    "가상위원회,제1회,2021. 3. 17.(수) 14:00,16:00,가상 회의실,30,20,제2021-1호,가상 계획(안),심의,"
    "원안가결,계획을 의결함,18,1,1\n"
    ",,,,,,,제2021-2호,가상 예산(안),심의,수정의결,고쳐 의결함,15,3,2\n"
    ",,,,,,,제2021-3호,가상 현황,보고,보고,,,,\n"
)
SECOND = (
    "가상위원회,제2회,2021. 9. 15.(수) 22:30,00:40,,30,17,제2021-4호,가상 조례(안),심의,보류,,,,\n"
)
THIRD = "가상위원회,제3회,2022. 2. 10.(목) 10:00,11:30,,31,18,제2021-4호,가상 조례(안),심의,부결,,4,12,2\n"


@pytest.fixture
def either(store: Store) -> Store:
    """A body's office, once on each engine."""
    store.run(members.add_body, name_ko="가상위원회", name_en="Made-up Committee")
    return store


@pytest.fixture
def office(sqlite_store: Store) -> Store:
    """A body's office."""
    sqlite_store.run(members.add_body, name_ko="가상위원회", name_en="Made-up Committee")
    return sqlite_store


def source_of(text: str) -> reading.Source:
    return reading.read_text(text, "회의 대장")


def planned(store: Store, source: reading.Source, **asked: Any) -> Plan:
    with store.reading() as read:
        mapped = columns.remembered(read, source=source)
        return preview.plan(read, source=source, mapping=mapped, **asked)


def imported(store: Store, source: reading.Source, **asked: Any) -> dict[str, Any]:
    with store.reading() as read:
        mapped = columns.remembered(read, source=source)
    return store.run(apply.import_meetings, source=source, mapping=mapped, **asked).value


def why(plan: Plan) -> list[tuple[int, str]]:
    return [(row.line, str(row.why)) for row in plan.rows if row.why is not None]


def test_a_register_goes_in_as_meetings_that_are_over(either: Store, tmp_path: Path) -> None:
    office, path = either, tmp_path / "회의 대장.csv"
    path.write_text(HEAD + FIRST + SECOND + THIRD, encoding="cp949")
    source = reading.read(path)
    assert source.encoding == "cp949"
    plan = planned(office, source)
    assert plan.counts["add"] == 5 and len(plan.new) == 3, why(plan)
    assert imported(office, source)["add"] == 5
    with office.reading() as read:
        first, second, third = read.scalars(select(Meeting).order_by(Meeting.starts_at)).all()
        assert [one.state for one in (first, second, third)] == ["closed"] * 3
        assert (first.number, first.title) == (1, "제1회 정기회의")
        assert (first.enrolled_at_opening, first.present_at_opening) == (30, 20)
        assert first.required_at_opening == 16
        # Half past ten at night to twenty to one: the end is on the next day.
        assert clock.local(second.closed_at) - clock.local(second.opened_at) == dt.timedelta(
            hours=2, minutes=10
        )
        items = read.scalars(select(AgendaItem).order_by(AgendaItem.id)).all()
        assert [item.outcome for item in items] == [
            *("as_proposed", "amended", "noted", "deferred", "rejected"),
        ]
        assert items[0].resolution == "계획을 의결함" and items[2].kind == "report"
        assert items[4].carried_from_id == items[3].id
        votes = read.scalars(select(Vote).order_by(Vote.id)).all()
        assert [(vote.yes, vote.no, vote.abstain) for vote in votes] == [
            *((18, 1, 1), (15, 3, 2), (4, 12, 2)),
        ]
        assert [vote.result for vote in votes] == ["carried", "carried", "lost"]
        assert votes[0].required == 11 and "찬성 18" in votes[0].explanation
        assert votes[0].not_voting == 0
        found = queries.meeting(read, id=first.id)
        assert (found.quorum.enrolled, found.quorum.present, found.quorum.required) == (30, 20, 16)


def test_a_wrong_meeting_is_opened_again_and_mended(office: Store) -> None:
    """What is over changes by a step taken back, as with any other meeting; the number stays."""
    imported(office, source_of(HEAD + FIRST))
    office.run(steps.take_back, id=1, reason="대장 오기")
    office.run(usecases.edit_meeting, id=1, place="예시 다른 회의실")
    with office.reading() as read:
        meeting = read.get_one(Meeting, 1)
        ends = clock.local(meeting.opened_at) + dt.timedelta(hours=3)
        assert meeting.state == "opened"
    office.run(steps.close_meeting, id=1, at=ends)
    with office.reading() as read:
        found = queries.meeting(read, id=1)
    assert (found.state, found.number, found.quorum.present) == ("closed", 1, 20)


def test_a_register_asks_for_no_minutes(office: Store) -> None:
    """What was held years ago is not overdue today: its minutes were made elsewhere."""
    imported(office, source_of(HEAD + FIRST + SECOND + THIRD))
    with office.reading() as read:
        assert publishing.to_publish(read) == []


def test_numbers_of_a_register_are_never_drawn_again(either: Store) -> None:
    office = either
    imported(office, source_of(HEAD + FIRST + SECOND + THIRD))
    with office.reading() as read:
        drawn = read.execute(
            select(DrawnNumber.kind, DrawnNumber.year, DrawnNumber.number).order_by(
                DrawnNumber.kind, DrawnNumber.number
            )
        ).all()
    form_counts = {(kind, number) for kind, _year, number in drawn}
    assert form_counts == {
        *(("item", n) for n in range(1, 5)),
        *(("meeting", n) for n in range(1, 4)),
    }
    at = dt.datetime.combine(clock.today() + dt.timedelta(days=30), dt.time(14), clock.KST)
    meeting = office.run(usecases.add_meeting, body_id=1, starts_at=at).value
    office.run(agenda.add_item, meeting_id=meeting, title="가상 새 안건")
    office.run(steps.notice, id=meeting)
    with office.reading() as read:
        assert queries.meeting(read, id=meeting).number == 4
        book = numbers.book(read, body_id=1)
    assert len({(one.kind, one.year, one.number) for one in book}) == len(book)


def test_the_same_file_again_changes_nothing(either: Store) -> None:
    office = either
    source = source_of(HEAD + FIRST + SECOND + THIRD)
    imported(office, source)
    before = office.head()
    plan = planned(office, source)
    assert plan.counts == {"refused": 0, "conflict": 0, "add": 0, "change": 0, "same": 5}, why(plan)
    imported(office, source)
    assert not [rows for changes in office.since(before) for rows in changes.rows]


def test_blanks_are_filled_and_what_differs_is_a_conflict(office: Store) -> None:
    imported(office, source_of(HEAD + SECOND))
    filled = source_of(HEAD + SECOND.replace("00:40,,", "00:40,가상 대회의실,"))
    plan = planned(office, filled)
    assert plan.counts["change"] == 1 and plan.rows[0].changes[0].new == "가상 대회의실"
    imported(office, filled)
    other = source_of(HEAD + SECOND.replace("00:40,,", "00:40,가상 소회의실,"))
    plan = planned(office, other)
    assert plan.counts["conflict"] == 1 and "가상 대회의실" in str(plan.rows[0].why)
    with pytest.raises(UserError):
        imported(office, other)
    assert planned(office, other, choices={2: SKIP}).held_back == 0
    taken = imported(office, other, choices={2: "file"})
    assert taken["change"] == 1
    with office.reading() as read:
        assert read.scalars(select(Meeting.place)).one() == "가상 소회의실"
    # What was decided and counted is sealed: only leaving the row out is offered.
    sealed = source_of(HEAD + SECOND.replace("보류", "부결"))
    row = planned(office, sealed).rows[0]
    assert row.kind == "conflict" and [choice.key for choice in row.choices] == [SKIP]


@pytest.mark.parametrize(
    ("rows", "line", "said"),
    [
        (SECOND.replace("제2회", "제1회"), 5, "같은 번호"),
        (SECOND.replace("가상위원회", "다른위원회"), 5, "다른위원회"),
        (SECOND.replace("22:30,00:40", "14:00,13:00"), 5, "13:00"),
        (SECOND.replace("30,17", "17,30"), 5, "30"),
        (THIRD.replace("4,12,2", "14,12,2"), 5, "28"),
        (SECOND.replace("2021. 9. 15.(수)", "2099. 9. 15."), 5, "2099"),
        (SECOND.replace("2021. 9. 15.(수)", "2021. 9. 31."), 5, "2021. 9. 31."),
        (SECOND.replace("가상 조례(안)", ""), 5, "제목"),
        (SECOND.replace("보류", "모름"), 5, "모름"),
        (SECOND.replace("제2021-4호", "제2021-1호"), 5, "가상 계획(안)"),
        (THIRD.replace("4,12,2", "-4,12,2"), 5, "-4"),
    ],
)
def test_what_cannot_be_is_refused_by_its_line(
    rows: str, line: int, said: str, office: Store
) -> None:
    source = source_of(HEAD + FIRST + rows)
    plan = planned(office, source)
    refused = {row.line: str(row.why) for row in plan.rows if row.kind == "refused"}
    assert line in refused and said in refused[line], refused
    before = office.head()
    with pytest.raises(UserError):
        imported(office, source)
    assert office.head() == before
    # Left out, the others go in; two meetings of one number are both left out.
    taken = imported(office, source, skip=True)
    assert len(taken["meetings"]) == (0 if "같은 번호" in said else 1)


def test_a_meeting_goes_in_whole_or_not_at_all(office: Store) -> None:
    source = source_of(HEAD + FIRST.replace("15,3,2", "25,3,2"))
    plan = planned(office, source)
    assert plan.counts["refused"] == 3 and not plan.new
    assert [line for line, _said in why(plan)] == [2, 3, 4]
    assert "3" in str(plan.rows[0].why)


def test_rows_without_a_meeting_above_are_refused(office: Store) -> None:
    source = source_of(HEAD + FIRST[FIRST.index("\n") + 1 :])
    assert planned(office, source).counts["refused"] == 2


def test_meetings_that_were_not_held(office: Store) -> None:
    text = (
        "위원회,회차,일자,개최 여부,미개최 사유,안건명\n"
        "가상위원회,1,2021-03-17,유회,성원 미달,가상 안건\n"
        "가상위원회,2,2021-04-17,개최,,가상 안건\n"
    )
    source = source_of(text)
    plan = planned(office, source)
    assert not plan.held_back, why(plan)
    assert any("2" in str(remark) for remark in plan.remarks)
    imported(office, source)
    with office.reading() as read:
        states = read.scalars(select(Meeting.state).order_by(Meeting.number)).all()
        items = read.scalars(select(AgendaItem).order_by(AgendaItem.id)).all()
        gap = read.scalars(select(DrawnNumber.gap).where(DrawnNumber.number == 1)).first()
        assert states == ["no_quorum", "closed"] and gap == "성원 미달"
        assert [item.state for item in items] == ["carried_over", "taken_up"]
        assert items[1].carried_from_id == items[0].id


def test_a_meeting_still_ahead_is_left_alone(office: Store) -> None:
    at = dt.datetime(2021, 9, 15, 22, 30, tzinfo=clock.KST)
    office.run(usecases.add_meeting, body_id=1, starts_at=at, number=2)
    plan = planned(office, source_of(HEAD + SECOND))
    assert plan.counts["conflict"] == 1 and not plan.new


def test_columns_said_by_hand_are_remembered(office: Store) -> None:
    text = "가,나,다\n가상위원회,2021-03-17 14:00,가상 안건\n"
    source = source_of(text)
    with office.reading() as read, pytest.raises(UserError):
        columns.check(source, columns.remembered(read, source=source))
    given = {"가": "body", "나": "일시", "다": "안건명"}
    mapped = columns.said(source, ("", "", ""), given)
    assert mapped == ("body", "day", "item_title")
    office.run(apply.import_meetings, source=source, mapping=mapped)
    with office.reading() as read:
        assert columns.remembered(read, source=source) == mapped
        assert read.scalars(select(ColumnMapping.source)).one().startswith("register:")


def test_a_barred_number_is_refused(office: Store) -> None:
    text = HEAD + SECOND.replace("가상 조례(안)", "900101-1234568 관련 안건")
    assert planned(office, source_of(text)).counts["refused"] == 1


def test_one_body_for_all_rows(office: Store) -> None:
    source = source_of(HEAD + SECOND.replace("가상위원회", "모르는 이름"))
    assert planned(office, source).counts["refused"] == 1
    assert planned(office, source, options=Options(body_id=1)).counts["add"] == 1
    with pytest.raises(UserError):
        planned(office, source, options=Options(body_id=99))
