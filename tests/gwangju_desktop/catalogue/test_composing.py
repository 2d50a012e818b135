"""What the documents say: closed titles, hostile words, one page, budgets, numbers that add up."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.schema.meetings import AgendaItem, Meeting
from db.vocab import Outcome
from gwangju_desktop import clock
from gwangju_desktop.catalogue import entries
from gwangju_desktop.catalogue.entries import compose
from gwangju_desktop.catalogue.halfyear import percent
from gwangju_desktop.catalogue.periods import before, half_of, year_of
from gwangju_desktop.documents.paper_settings import change_form
from gwangju_desktop.documents.press import press
from gwangju_desktop.errors import UserError
from gwangju_desktop.meetings import agenda, script, steps
from gwangju_desktop.text import words
from tests.gwangju_desktop.catalogue.conftest import SECRET, closed
from tests.gwangju_desktop.catalogue.telling import text_of, told
from tests.gwangju_desktop.meetings.room import DAY, Room, changed, minutes

HOSTILE = "<b>“굵게”</b> & \\n {name} %s 漢字 🎉 " + "가" * 400
OUTWARD = ("notice", "agenda", "observers", "data-request", "plan")


@pytest.fixture
def room(sqlite_store) -> Room:
    clock.fix(DAY)
    return Room.made(sqlite_store, people=30)


def said(room: Room, name: str, language: str = "ko", **options: object) -> str:
    return told(made(room, name, language, **options))


def made(room: Room, name: str, language: str = "ko", **options: object):
    with room.store.reading() as read:
        return compose(read, name, id=room.meeting, language=language, **options)


# --- decision sheets


def test_nobody_signs_for_what_is_not_decided_yet(room: Room) -> None:
    def sheet(language: str) -> str:
        with room.store.reading() as read:
            return told(compose(read, "excerpt", id=room.item, language=language))

    assert "의결하였음을" not in sheet("ko") and "In the chair" not in sheet("en")
    room.store.run(changed, entity=AgendaItem, id=room.item, outcome=Outcome.AS_PROPOSED.value)
    assert "의결하였음을" in sheet("ko") and "In the chair" in sheet("en")


# --- what may be read outside


@pytest.mark.parametrize("name", OUTWARD)
def test_a_closed_item_shows_its_open_title_outside(room: Room, name: str) -> None:
    room.store.run(closed, item_id=room.item)
    text = said(room, name)
    assert SECRET not in text and "비공개 안건(예시)" in text


def test_the_chair_reads_the_title_of_a_closed_item(room: Room) -> None:
    room.store.run(closed, item_id=room.item)
    assert f"「{SECRET}」" in said(room, "scenario") and "(비공개)" in said(room, "scenario")
    assert SECRET in said(room, "record-sheets")


def test_the_report_keeps_a_closed_item_closed(room: Room) -> None:
    room.store.run(closed, item_id=room.item)
    room.open(25)
    values = {"outcome": Outcome.CONDITIONAL.value, "remark": SECRET}
    room.store.run(changed, entity=AgendaItem, id=room.item, **values)
    text = said(room, "report")
    assert SECRET not in text and "조건부의결" in text


def test_words_that_look_like_markup_are_printed_as_they_are(room: Room) -> None:
    room.store.run(changed, entity=AgendaItem, id=room.item, title=HOSTILE, presenter="<i>과</i>")
    for name in (*OUTWARD, "scenario", "record-sheets"):
        text = text_of(made(room, name))
        assert "<b>“굵게”</b>&\\n{name}%s漢字" in text, name


def test_a_meeting_closed_to_spectators_has_no_notice_to_them(room: Room) -> None:
    room.store.run(changed, entity=Meeting, id=room.meeting, public=False, closed_ground="법")
    with pytest.raises(UserError, match="방청"):
        made(room, "observers")
    assert "방청 없음 (법)" in said(room, "notice")


def test_a_meeting_without_an_item_is_not_called(room: Room) -> None:
    room.store.run(agenda.delete_item, id=room.item)
    for name in ("notice", "record-sheets"):
        with pytest.raises(UserError):
            made(room, name)
    assert "등록한 안건이 없습니다" in said(room, "plan")


def test_a_long_agenda_is_pointed_at(room: Room) -> None:
    _many(room, 30)
    text = said(room, "notice")
    assert "안건: 31건(의사일정 참조)" in text and "| 31 | 가상 안건 30" in text


def _many(room: Room, n: int, **values: object) -> list[int]:
    return [
        room.store.run(
            agenda.add_item,
            meeting_id=room.meeting,
            kind="deliberation",
            title=f"가상 안건 {one + 1}",
            minutes=5,
            **values,
        ).value
        for one in range(n)
    ]


# --- the report


@pytest.mark.parametrize(("items", "title"), [(0, "짧은 제목"), (8, HOSTILE), (60, "긴 " * 120)])
def test_the_report_is_one_page_whatever_was_dealt_with(room: Room, items: int, title: str) -> None:
    ids = _many(room, items)
    room.open(25)
    for id in (room.item, *ids):
        values = {"title": title, "outcome": Outcome.CONDITIONAL.value, "remark": title}
        room.store.run(changed, entity=AgendaItem, id=id, **values)
    room.store.run(changed, entity=Meeting, id=room.meeting, place=title[:200], presiding=title)
    for language in ("ko", "en"):
        assert press(made(room, "report", language)).pages == 1
    text = said(room, "report")
    assert f"{items + 1}건: 조건부의결 {items + 1}" in text
    assert ("회의록 참조" in text) == (items > 20)


@pytest.mark.parametrize("form", [{"paper": "A5"}, {"text": 16.0, "top": 60, "bottom": 60}])
def test_the_report_is_one_page_of_the_office_s_own_paper(room: Room, form: dict) -> None:
    room.store.run(change_form, form=form)
    _many(room, 12)
    room.open(25)
    report = made(room, "report")
    assert press(report).pages == 1
    assert press(report).data.startswith(b"%PDF")


def test_the_report_waits_for_the_meeting(room: Room) -> None:
    with pytest.raises(UserError, match="아직 열리지 않아"):
        made(room, "report")


def test_the_report_counts_who_came(room: Room) -> None:
    room.open(25)
    # The day after: at nine in the morning of its own day half past three would lie ahead.
    clock.fix(DAY + dt.timedelta(days=1))
    room.store.run(steps.close_meeting, id=room.meeting, at=minutes(90), carry=True)
    text = said(room, "report")
    assert "재적위원 30명 중 25명 출석" in text and "14:00~15:30 (폐회)" in text


# --- the plan's budget


def test_the_budget_leaves_out_who_is_not_paid(office) -> None:
    text = told(office.compose("plan"))
    assert "| 위원 참석수당 | 100,000 | 19 | 1,900,000" in text
    assert "금1,900,000원(금일백구십만원)" in text
    assert "1,900,000 won" in told(office.compose("plan", "en"))


def test_a_long_meeting_costs_more(room: Room) -> None:
    room.store.run(changed, entity=Meeting, id=room.meeting, minutes=121)
    assert "| 위원 참석수당 | 150,000 | 30 | 4,500,000" in said(room, "plan")


# --- the script


def test_the_script_has_every_branch_and_every_gavel(room: Room) -> None:
    text = said(room, "scenario")
    for outcome in ("원안의결", "수정의결", "조건부의결", "보류", "부결"):
        assert f"| {outcome} | " in text
    # Opening, tabling, five declarations, closing.
    assert text.count("(의사봉\u00a03타)") == 8 + 0
    assert "재적위원 30명 중 ______명" in text


def test_the_script_of_a_sitting_counts_who_is_there(room: Room) -> None:
    room.open(25)
    text = said(room, "scenario")
    assert "재적위원 30명 중 25명" in text
    assert "가결 요건: 출석위원 25명 중 찬성 13명 이상" in text


def test_below_the_quorum_nothing_is_opened() -> None:
    lines = script.opening(
        words("ko"), body="가상위원회", meeting="제1회", enrolled=30, required=16, present=15
    )
    assert [line.gavel for line in lines] == [0, 0]
    assert "이르지 못하여" in lines[1].text


@given(present=st.integers(0, 99), required=st.integers(1, 99))
@settings(max_examples=50, deadline=None)
def test_the_gavel_opens_only_with_a_quorum(present: int, required: int) -> None:
    for language in ("ko", "en"):
        lines = script.opening(
            words(language),
            body="가상위원회",
            meeting="제1회",
            enrolled=99,
            required=required,
            present=present,
        )
        assert any(line.gavel for line in lines) == (present >= required)
        assert f"{present}" in lines[0].text


def test_a_written_resolution_has_no_script(office) -> None:
    with office.store.reading() as read:
        for name in ("scenario", "observers"):
            with pytest.raises(UserError):
                compose(read, name, id=office.resolution, language="ko")
        notice = told(compose(read, "notice", id=office.resolution, language="ko"))
    assert "서면의결 사유: 기한 안에 회의를 열 수 없음(예시)" in notice
    assert "attached: 서면의결서 1부." in notice and "참석 여부 회신서" not in notice


# --- half-years


def test_the_half_year_adds_up(office) -> None:
    text = told(office.compose("half-year", period="2021-2"))
    # 29 and 26 of 35 came: 55 of 70.
    assert "평균 출석률: 78.6%" in text and "29/35 | 82.9%" in text and "26/35 | 74.3%" in text
    assert "회의 개최: 2회(대면 2회, 서면 0회, 서면 비율 0.0%)" in text


def test_a_half_year_of_one_body_names_it_alone(office) -> None:
    with office.store.reading() as read:
        made = compose(read, "half-year", id=office.body, language="ko", period="2021")
    text = told(made)
    assert "of: 광주광역시 탄소중립도시추진위원회" in text and "| 계 |" not in text
    assert "2021년 위원회 운영현황" in text


def test_a_half_year_without_a_meeting_says_so(office) -> None:
    text = told(office.compose("half-year", period="2019-1"))
    assert "개최한 회의가 없습니다" in text and "78.6" not in text


@given(part=st.integers(0, 5000), whole=st.integers(0, 5000))
@settings(max_examples=50, deadline=None)
def test_a_share_is_rounded_half_up(part: int, whole: int) -> None:
    if not whole:
        assert percent(part, whole) == "–"
        return
    exact = Fraction(part * 1000, whole)
    tenths = int(exact + Fraction(1, 2))
    assert percent(part, whole) == f"{tenths // 10}.{tenths % 10}%"


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("2022-1", dt.date(2022, 1, 1), dt.date(2022, 6, 30)),
        ("2022H2", dt.date(2022, 7, 1), dt.date(2022, 12, 31)),
        (" 2022 ", dt.date(2022, 1, 1), dt.date(2022, 12, 31)),
    ],
)
def test_a_period_is_read(typed: str, first: dt.date, last: dt.date) -> None:
    half = half_of(typed)
    assert (half.first, half.last) == (first, last)


@pytest.mark.parametrize(
    "typed", ["", "2022-3", "22-1", "이천이십이", "2022-13", "0000", "９９９９"]
)
def test_what_is_no_period_is_refused(typed: str) -> None:
    with pytest.raises(UserError):
        half_of(typed)
    with pytest.raises(UserError):
        year_of(typed)


def test_the_last_half_year_that_is_over_is_reported() -> None:
    assert before(dt.date(2022, 3, 11)).last == dt.date(2021, 12, 31)
    assert before(dt.date(2022, 7, 1)).last == dt.date(2022, 6, 30)


# --- the door


def test_what_there_is_none_of_is_told(office) -> None:
    with office.store.reading() as read:
        with pytest.raises(UserError, match="nosuch"):
            compose(read, "nosuch", id=1)
        with pytest.raises(TypeError, match="colour"):
            compose(read, "notice", id=1, colour="red")
        with pytest.raises(TypeError):
            compose(read, "notice", id=None)
        for name, entry in entries.ENTRIES.items():
            with pytest.raises(UserError):
                compose(read, name, id=987654, language="ko")
            assert entry.label


def test_a_meeting_knows_which_of_its_documents_can_be_made(office) -> None:
    with office.store.reading() as read:
        ahead = {one.entry.name: one for one in entries.of_meeting(read, meeting_id=office.ahead)}
        held = {one.entry.name: one for one in entries.of_meeting(read, meeting_id=office.held)}
        for one in [*ahead.values(), *held.values()]:
            if one.why_not is None:
                compose(read, one.entry.name, id=one.id, language="ko", **one.options)
            elif one.entry.name != "payment":
                with pytest.raises(UserError):
                    compose(read, one.entry.name, id=one.id, language="ko", **one.options)
    assert ahead["report"].why_not and ahead["ballots"].why_not and not ahead["notice"].why_not
    assert not held["report"].why_not and not held["minutes"].why_not
    assert ahead["seating"].id == office.body


def test_what_was_not_entered_of_members_is_said(room: Room) -> None:
    with room.store.reading() as read:
        text = told(compose(read, "half-year", id=room.body, language="ko", period="2022-1"))
    assert "위촉직 중 성별 미입력 30명, 청년 여부 미입력 30명." in text
