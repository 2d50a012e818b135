"""Calendars out and in: read back by the library and by a second reader, never doubled."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import icalendar
import pytest

from db.store import Store
from gwangju_desktop import clock, text
from gwangju_desktop.errors import UserError
from gwangju_desktop.meetings import (
    agenda,
    calendar_intake,
    calendar_reading,
    calendars,
    queries,
    steps,
    usecases,
)
from gwangju_desktop.members import usecases as members
from tests.gwangju_desktop.meetings import naive_ics
from tests.gwangju_desktop.meetings.lives import held
from tests.gwangju_desktop.meetings.room import AT, Room

KST = clock.KST
HEAD = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//가상//KO\r\n"
FOOT = "END:VCALENDAR\r\n"


def made(store: Store, **asked) -> bytes:
    store.run(calendars.give_uids)
    with store.reading() as read:
        return calendars.calendar(read, **asked).data


def planned(store: Store, source, body_id=None) -> calendar_intake.Intake:
    with store.reading() as read:
        return calendar_intake.plan(read, source=source, body_id=body_id)


def take(store: Store, source, body_id=None) -> dict:
    return store.run(calendar_intake.import_calendar, source=source, body_id=body_id).value


def event(*lines: str, uid: str = "a@가상") -> str:
    return "\r\n".join(["BEGIN:VEVENT", f"UID:{uid}", *lines, "END:VEVENT", ""])


@pytest.fixture
def file(tmp_path: Path):
    def write(*events: str, name: str = "달력 파일.ics", whole: str = ""):
        path = tmp_path / name
        path.write_bytes((whole or HEAD + "".join(events) + FOOT).encode())
        return calendar_reading.understand(path)

    return write


@pytest.fixture
def body(store) -> int:
    return store.run(
        members.add_body, name_ko="가상위원회", name_en="Made-up Committee", short_ko="가위"
    ).value


def test_what_is_written_reads_back_in_both_readers(store) -> None:
    room = Room.made(store)
    long = "탄소중립, 시행계획; 가상 " * 6
    store.run(
        usecases.edit_meeting,
        id=room.meeting,
        place="시청 3층, 가상 회의실",
        presiding="가상위원장",
        title=long.strip(),
    )
    store.run(
        agenda.add_item,
        meeting_id=room.meeting,
        title="가상가의 민원",
        restricted=True,
        restricted_ground="개인정보",
        open_title="민원 1건",
    )
    data = made(store)
    (event,) = naive_ics.read(data)
    calendar = icalendar.Calendar.from_ical(data)
    (same,) = calendar.walk("VEVENT")
    assert event["DTSTART"] == ({"TZID": "Asia/Seoul"}, "20220317T140000")
    assert same["dtstart"].dt.astimezone(dt.UTC) == AT.astimezone(dt.UTC)
    assert same["dtend"].dt - same["dtstart"].dt == dt.timedelta(hours=2)
    assert event["SUMMARY"][1] == str(same["summary"]) == f"가상위원회 {long.strip()}"
    assert event["LOCATION"][1] == str(same["location"]) == "시청 3층, 가상 회의실"
    assert event["DESCRIPTION"][1] == str(same["description"])
    assert event["DESCRIPTION"][1] == "1. 가상 안건 (의결)\n2. 민원 1건 (의결)"
    assert event["STATUS"][1] == str(same["status"]) == "TENTATIVE"
    (zone,) = calendar.walk("VTIMEZONE")
    assert str(zone["tzid"]) == "Asia/Seoul"
    told = data.decode()
    for private in ("가상위원장", "가상가", "ATTENDEE", "ORGANIZER", "@"):
        assert private not in told.replace("\r\n ", "")


@pytest.mark.file_only
def test_states_become_the_status_and_the_identifier_stays(store) -> None:
    room = Room.made(store)
    first = naive_ics.read(made(store))[0]["UID"]
    store.run(steps.notice, id=room.meeting, day=dt.date(2022, 3, 7))
    (event,) = naive_ics.read(made(store))
    assert (event["STATUS"][1], event["UID"]) == ("CONFIRMED", first)
    store.run(steps.cancel, id=room.meeting, reason="가상 사유")
    (event,) = naive_ics.read(made(store))
    assert (event["STATUS"][1], event["UID"]) == ("CANCELLED", first)
    # Taking identifiers is no step a person would undo.
    assert store.undoable is None or "calendar" not in str(store.undoable)


def sequences(data: bytes) -> list[int]:
    return [int(one["SEQUENCE"]) for one in icalendar.Calendar.from_ical(data).walk("VEVENT")]


@pytest.mark.file_only
def test_the_sequence_grows_with_every_change_and_with_taking_it_back(store) -> None:
    room = Room.made(store)
    (before,) = sequences(made(store))
    assert sequences(made(store)) == [before]
    store.run(usecases.edit_meeting, id=room.meeting, place="가상 회의실")
    (moved,) = sequences(made(store))
    store.undo()
    (taken_back,) = sequences(made(store))
    assert before < moved < taken_back


def test_a_file_read_again_changes_nothing_and_moves_what_moved(store, tmp_path) -> None:
    room = Room.made(store)
    path = tmp_path / "내 달력.ics"
    with store.reading() as read:
        assert calendars.without_uid(read)
    path.write_bytes(made(store))
    source = calendar_reading.read(path)
    assert planned(store, source).plan.counts["same"] == 1
    # In another calendar the meeting was put off by a day.
    path.write_bytes(path.read_bytes().replace(b":20220317T", b":20220318T"))
    source = calendar_reading.read(path)
    (row,) = planned(store, source).plan.rows
    assert [(one.field, one.new.date()) for one in row.changes] == [
        ("starts_at", dt.date(2022, 3, 18))
    ]
    assert take(store, source)["meetings_changed"] == [room.meeting]
    assert planned(store, source).plan.counts["same"] == 1
    with store.reading() as read:
        assert [m.starts_at.day for m in queries.meetings(read)] == [18]


def test_another_office_finds_body_title_and_kind(store, tmp_path) -> None:
    room = Room.made(store, people=1)
    store.run(usecases.edit_meeting, id=room.meeting, kind="extraordinary")
    path = tmp_path / "a.ics"
    path.write_bytes(made(store))
    with Store.create(tmp_path / "다른 사무국.gwoffice") as office:
        other = office.run(members.add_body, name_ko="가상위원회", name_en="").value
        added = take(office, calendar_reading.understand(path))["meetings_added"]
        with office.reading() as read:
            meeting = queries.meeting(read, id=added[0])
    assert (meeting.body_id, meeting.kind, meeting.title) == (other, "extraordinary", "임시회의")


@pytest.mark.parametrize(
    ("name", "kinds", "meetings"),
    [
        ("america_new_york", {"add": 1}, ["2014-08-29T21:00"]),
        ("event_with_recurrence", {"add": 1}, None),
        ("event_with_rsvp", {"refused": 1}, []),
        ("issue_1050_calendar_with_events_and_todos", {"add": 2}, ["2025-01-16T00:00"]),
        ("multiple_timezones", {"refused": 3}, []),
    ],
)
def test_published_calendars_import_or_are_refused(
    sqlite_store, shared_data, name, kinds, meetings
) -> None:
    store = sqlite_store
    body = store.run(members.add_body, name_ko="가상위원회", name_en="").value
    source = calendar_reading.understand(shared_data / "calendar" / f"{name}.ics")
    plan = planned(store, source, body).plan
    assert {kind: n for kind, n in plan.counts.items() if n} == kinds
    if "refused" in kinds:
        with pytest.raises(UserError, match=rf"{name}\.ics.*{plan.rows[0].line}"):
            take(store, source, body)
        assert all(str(row.why) for row in plan.rows)
        return
    added = take(store, source, body)["meetings_added"]
    with store.reading() as read:
        starts = [f"{m.starts_at:%Y-%m-%dT%H:%M}" for m in queries.meetings(read)]
    if meetings is None:
        # A hundred days without the three taken out.
        assert len(starts) == len(added) == 97
        assert starts[:2] == ["1996-04-01T01:00", "1996-04-05T01:00"]
    else:
        assert starts[: len(meetings)] == meetings
    assert planned(store, source, body).plan.counts["add"] == 0


@pytest.mark.parametrize("name", ["calendar_with_unicode", "rfc_5545_end"])
def test_calendars_without_an_event_are_refused(shared_data, name) -> None:
    with pytest.raises(UserError, match=rf"{name}\.ics"):
        calendar_reading.understand(shared_data / "calendar" / f"{name}.ics")


def test_what_is_left_out_is_said(shared_data) -> None:
    path = shared_data / "calendar" / "issue_1050_calendar_with_events_and_todos.ics"
    remarks = [str(one) for one in calendar_reading.read(path).remarks]
    assert remarks == ["할 일 1건은 가져오지 않습니다.", "일지 1건은 가져오지 않습니다."]


@pytest.mark.file_only
def test_midnight_and_other_zones(store, body, file) -> None:
    source = file(
        event("DTSTART:20220317T143000Z", "DURATION:PT2H", "SUMMARY:가상 자정 회의"),
        event(
            "DTSTART;TZID=Asia/Seoul:20220318T233000",
            "DTEND;TZID=Asia/Seoul:20220319T003000",
            "SUMMARY:가상 밤 회의",
            "BEGIN:VALARM",
            "TRIGGER:-PT15M",
            "ACTION:DISPLAY",
            "END:VALARM",
            uid="b",
        ),
    )
    take(store, source, body)
    with store.reading() as read:
        rows = queries.meetings(read)
    assert [(r.starts_at, r.ends_at) for r in rows] == [
        (dt.datetime(2022, 3, 17, 23, 30, tzinfo=KST), dt.datetime(2022, 3, 18, 1, 30, tzinfo=KST)),
        (dt.datetime(2022, 3, 18, 23, 30, tzinfo=KST), dt.datetime(2022, 3, 19, 0, 30, tzinfo=KST)),
    ]
    assert [str(one) for one in source.remarks] == ["알림 1건은 가져오지 않습니다."]


@pytest.mark.parametrize(
    ("lines", "line"),
    [
        (["DTSTART;VALUE=DATE:20220317", "SUMMARY:가상"], 6),
        (["SUMMARY:가상", "DTSTART;TZID=Mars/Olympus:20220317T140000"], 7),
        (["DTSTART:20220317T140000Z", "DTEND:20220317T130000Z"], 7),
        (["DTSTART:20220317T140000Z", "DTEND:20220319T150000Z"], 7),
        (["DTSTART:nonsense", "SUMMARY:가상"], 6),
        (["DTSTART:20220317T140000Z", "SUMMARY:가상", "RRULE:FREQ=SECONDLY;COUNT=9"], 8),
        (["DTSTART:20220317T140000Z", "RRULE:FREQ=DAILY;COUNT=1", "EXDATE:20220317T140000Z"], 7),
    ],
)
@pytest.mark.file_only
def test_an_event_that_is_no_meeting_names_its_line(store, body, file, lines, line) -> None:
    plan = planned(store, file(event(*lines)), body).plan
    assert [(row.kind, row.line) for row in plan.rows] == [("refused", line)]
    assert "\n" not in str(plan.rows[0].why)


@pytest.mark.parametrize(
    ("whole", "said"),
    [
        ("안녕하십니까\r\n", "달력 파일.ics"),
        ("", "달력 파일.ics"),
        (HEAD + "BEGIN:VEVENT\r\nUID:1\r\n", "4"),
        (HEAD + "END:VEVENT\r\n" + FOOT, "4"),
        (HEAD + "BEGIN:VEVENT\r\n????\r\nEND:VEVENT\r\n" + FOOT, "5"),
        ("<html>\r\n</html>", "달력 파일.ics"),
    ],
)
def test_a_broken_file_is_refused_with_its_line(file, whole, said) -> None:
    with pytest.raises(UserError) as refused:
        file(whole=whole or "\r\n")
    assert said in str(refused.value)


@pytest.mark.file_only
def test_cp949_and_a_long_series_and_a_single_exception(store, body, tmp_path) -> None:
    path = tmp_path / "옛 달력.ics"
    lines = event(
        "DTSTART:20220307T050000Z", "RRULE:FREQ=WEEKLY;COUNT=3", "SUMMARY:가상 주간 회의", uid="w"
    ) + event(
        "RECURRENCE-ID:20220314T050000Z",
        "DTSTART:20220315T050000Z",
        "SUMMARY:가상 주간 회의(변경)",
        uid="w",
    )
    path.write_bytes((HEAD + lines + FOOT).encode("cp949"))
    source = calendar_reading.understand(path)
    assert source.encoding == "cp949"
    added = take(store, source, body)["meetings_added"]
    assert len(added) == 3
    with store.reading() as read:
        first = [(f"{m.starts_at:%m-%d}", m.title) for m in queries.meetings(read)][:3]
    assert first == [
        ("03-07", "가상 주간 회의"),
        ("03-15", "가상 주간 회의(변경)"),
        ("03-21", "가상 주간 회의"),
    ]


def test_a_recurrence_without_end_has_a_limit_and_says_so(file) -> None:
    (endless,) = file(event("DTSTART:20220307T050000Z", "RRULE:FREQ=DAILY")).events
    assert len(endless.times) == calendar_reading.MOST_TIMES
    assert "처음 200건만" in " ".join(str(note) for note in endless.notes)
    (never,) = file(
        event("DTSTART:20220307T050000Z", "RRULE:FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30")
    ).events
    assert never.why is not None


@pytest.mark.file_only
def test_the_body_is_found_by_name_or_asked_for(store, body, file) -> None:
    source = file(
        event("DTSTART:20220317T050000Z", "SUMMARY:가위 정기 모임"),
        event("DTSTART:20220318T050000Z", "SUMMARY:누구의 모임", uid="b"),
        event("DTSTART:20220319T050000Z", "SUMMARY:모임", "CATEGORIES:회의,가상위원회", uid="c"),
    )
    rows = planned(store, source).plan.rows
    assert [row.kind for row in rows] == ["add", "refused", "add"]
    take(store, source)
    with store.reading() as read:
        assert [m.title for m in queries.meetings(read)] == ["정기 모임", "모임"]


@pytest.mark.file_only
def test_what_is_held_or_cancelled_stays_as_it_is(store, file, tmp_path) -> None:
    room = Room.made(store)
    path = tmp_path / "a.ics"
    path.write_bytes(made(store))
    held(store, room.meeting, AT)
    assert planned(store, calendar_reading.understand(path)).plan.counts["same"] == 1
    path.write_bytes(path.read_bytes().replace(b":20220317T", b":20220318T"))
    (row,) = planned(store, calendar_reading.understand(path)).plan.rows
    assert row.kind == "refused"
    new = file(event("DTSTART:20220601T050000Z", "STATUS:CANCELLED", "SUMMARY:가상"))
    (row,) = planned(store, new, room.body).plan.rows
    assert row.kind == "refused" and "취소" in str(row.why)


@pytest.mark.file_only
def test_the_same_moment_is_the_same_meeting(store, file) -> None:
    room = Room.made(store)
    source = file(event("DTSTART:20220317T050000Z", "DURATION:PT2H", "SUMMARY:정기회의"))
    (row,) = planned(store, source, room.body).plan.rows
    assert row.kind == "change"
    take(store, source, room.body)
    with store.reading() as read:
        assert len(queries.meetings(read)) == 1
    other = file(event("DTSTART:20220317T050000Z", "SUMMARY:다른 회의", uid="z"))
    assert planned(store, other, room.body).plan.rows[0].kind == "refused"


def test_a_registration_number_in_a_title_is_refused(store, body, file) -> None:
    source = file(event("DTSTART:20220317T050000Z", "SUMMARY:가상 900101-1234567"))
    (row,) = planned(store, source, body).plan.rows
    assert row.kind == "refused" and "1234567" not in str(row.why)


def test_sentences_of_the_child_follow_the_language(tmp_path) -> None:
    path = tmp_path / "a.ics"
    path.write_bytes((HEAD + event("DTSTART;VALUE=DATE:20220317") + FOOT).encode())
    source = calendar_reading.read(path)
    assert "2022. 3. 17." in str(source.events[0].why)
    text.use("en")
    assert "2022-03-17" in str(source.events[0].why)


def test_only_calendar_files_are_written(store, tmp_path) -> None:
    Room.made(store, people=1)
    with store.reading() as read:
        calendar = calendars.calendar(read)
    with pytest.raises(UserError, match="txt"):
        calendars.write(tmp_path / "a.txt", calendar)
    calendars.write(tmp_path / "가 나.ics", calendar)
    assert (tmp_path / "가 나.ics").read_bytes() == calendar.data
    with store.reading() as read:
        again = calendars.calendar(read)
        # Without a place to keep it the identifier is made the same way each time.
        assert naive_ics.read(again.data)[0]["UID"] == naive_ics.read(calendar.data)[0]["UID"]
        assert calendars.calendar(read, body_id=1).meetings == 1
        assert calendars.calendar(read, meeting_ids=[]).meetings == 0
        with pytest.raises(UserError):
            calendars.calendar(read, body_id=99)
