"""Files in every coding, separator and form; and what protects closed meetings and undone work."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import select

from db.schema.meetings import Attendance, Meeting
from db.schema.members import Membership, Person
from db.store import Store
from gwangju_desktop.errors import Cancelled, UserError
from gwangju_desktop.members import erasing, exporting, usecases
from gwangju_desktop.members.importing import apply, mapping, preview, reading
from gwangju_desktop.members.importing.model import Options
from tests.gwangju_desktop.members.importing.test_round_trip import made_up, plan_of, take_in

ROWS = [
    ["성명", "소속", "위촉일"],
    ["가상하나", "가상단체, 예시", "2021-02-25"],
    ["가상둘", "", ""],
]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_every_coding_and_separator(encoding: str, separator: str, tmp_path: Path) -> None:
    lines = [separator.join(f'"{cell}"' for cell in row) for row in ROWS]
    path = tmp_path / "위원 명단.csv"
    path.write_bytes("\r\n".join(lines).encode(encoding))
    source = reading.read(path)
    assert source.titles == tuple(ROWS[0]) and source.encoding.startswith(encoding[:5])
    assert [cells for _line, cells in source.rows] == [tuple(row) for row in ROWS[1:]]
    assert mapping.guess(source) == ("name", "organisation", "start")


def test_a_workbook_with_a_heading_dates_and_numbers(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["위원 명단(2021. 2. 25. 현재)"])
    sheet.append([])
    sheet.append(["연번", "성명", "위촉일", "임기 만료일"])
    sheet.append([1, "가상하나", dt.date(2021, 2, 25), 44980])
    book.create_sheet("빈 시트")
    path = tmp_path / "명단.xlsx"
    book.save(path)
    source = reading.read(path)
    assert source.titles == ("연번", "성명", "위촉일", "임기 만료일")
    assert list(source.rows) == [(4, ("1", "가상하나", "2021-02-25", "44980"))]
    assert len(source.remarks) == 1


def test_lines_are_counted_as_an_editor_counts_them() -> None:
    text = '성명,비고\n가상하나,"두\n줄"\n\n가상둘,x\n'
    assert [line for line, _cells in reading.read_text(text, "x").rows] == [2, 5]


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b"\x00" * 50, b"{", b"[]", b"[1, 2]"])
def test_nothing_is_said_in_one_sentence(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "비었음.json"
    path.write_bytes(content)
    with pytest.raises(UserError, match="비었음") as refused:
        reading.read(path)
    assert "\n" not in str(refused.value)


def test_a_deep_document_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "깊음.json"
    path.write_text("[" * 200_000, encoding="utf-8")
    with pytest.raises(UserError, match="깊음"):
        reading.read(path)


def test_two_columns_of_one_title_keep_apart() -> None:
    source = reading.read_text("성명,소속,소속\n가상인,a,b\n", "x")
    assert source.titles == ("성명", "소속", "소속 (C)")
    assert mapping.guess(source) == ("name", "organisation", "")


def on_the_sheet(store: Store, meeting: int) -> int:
    with store.reading() as read:
        query = select(Attendance.id).where(Attendance.meeting_id == meeting)
        return len(read.scalars(query).all())


def test_meetings_ahead_get_their_seats_and_closed_ones_keep_theirs(sample_copy: Path) -> None:
    with Store.open(sample_copy) as store:
        with store.reading() as read:
            query = select(Meeting.id, Meeting.body_id).where(Meeting.state == "noticed")
            planned, body = read.execute(query).first()
            sat = (
                select(Person.uid, Person.name, Membership.starts_on, Meeting.title)
                .select_from(Attendance)
                .join(Meeting, Meeting.id == Attendance.meeting_id)
                .join(Membership, Membership.id == Attendance.membership_id)
                .join(Person, Person.id == Attendance.person_id)
                .where(Meeting.state == "published", Meeting.body_id == body)
            )
            uid, name, start, title = read.execute(sat).first()
        before = on_the_sheet(store, planned)
        options = Options(body_id=body)
        source = reading.read_text("성명,위촉일\n가상하나,2021-02-25\n가상둘,2021-02-25\n", "x")
        take_in(store, source, options=options)
        assert on_the_sheet(store, planned) == before + 2
        text = f"고유번호,성명,위촉일,임기 만료일\n{uid},{name},{start},{start}\n"
        (row,) = plan_of(store, reading.read_text(text, "x"), options=options).rows
        assert row.kind == "refused" and row.why.values["meeting"] == title


def test_a_stopped_import_leaves_nothing(sqlite_store: Store) -> None:
    for n in (0, 1):
        sqlite_store.run(usecases.add_body, name_ko=f"가상위원회 {n}")
    head = sqlite_store.head()

    def stop(done: int, of: int) -> None:
        assert 0 < done < of
        raise Cancelled

    with pytest.raises(Cancelled):
        take_in(sqlite_store, made_up(300), progress=stop)
    assert sqlite_store.head() == head
    with sqlite_store.reading() as read:
        assert exporting.roll(read).rows == []


@pytest.mark.file_only
def test_somebody_erased_does_not_come_back_with_a_file(store: Store, tmp_path: Path) -> None:
    person = store.run(usecases.add_person, name="가상하나").value
    with store.reading() as read:
        made = exporting.roll(read)
    exporting.write(tmp_path / "a.csv", made)
    erasing.erase(store, id=person, reason="요청")
    plan = plan_of(store, reading.read(tmp_path / "a.csv"))
    assert [row.kind for row in plan.rows] == ["refused"]
    with store.reading() as read:
        assert exporting.roll(read).rows == []


def test_two_numbers_are_two_people_even_of_one_name(sqlite_store: Store) -> None:
    text = "person_id,성명,소속\n1,가상하나,가상단체\n2,가상하나,가상단체\n"
    source = reading.read_text(text, "x")
    assert take_in(sqlite_store, source)["add"] == 2
    assert [row.kind for row in plan_of(sqlite_store, source).rows] == ["conflict"] * 2


def test_a_person_found_by_an_alias_keeps_the_name(sqlite_store: Store) -> None:
    take_in(
        sqlite_store,
        reading.read_text("성명,다른 이름,소속\n가상하나,가상일; 가상1,가상단체\n", "x"),
    )
    source = reading.read_text("성명,소속,비고\n가상일,가상단체,새 비고\n", "x")
    (row,) = plan_of(sqlite_store, source).rows
    assert [change.field for change in row.changes] == ["note"]
    take_in(sqlite_store, source)
    with sqlite_store.reading() as read:
        (held,) = {(row["name"], row["note"]) for row in exporting.roll(read).rows}
    assert held == ("가상하나", "새 비고")


def test_an_import_is_planned_again_under_the_lock(sqlite_store: Store) -> None:
    source = reading.read_text("성명,소속\n가상하나,가상단체\n", "x")
    mapped = mapping.guess(source)
    with sqlite_store.reading() as read:
        assert preview.plan(read, source=source, mapping=mapped).counts["add"] == 1
    sqlite_store.run(apply.import_members, source=source, mapping=mapped)
    again = sqlite_store.run(apply.import_members, source=source, mapping=mapped)
    assert again.value["add"] == 0 and again.id == 0
