"""Replies, the roll, comings and goings, the strip and the second screen, by real keys."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from db.vocab import Reply
from gwangju_desktop.meetings import bigview, movements, presence, sheet, steps
from gwangju_desktop.meetings.replies import set_substitute
from tests.ui.acting import click, focus, type_into
from tests.ui.conftest import rest, spin
from ui.meetings.bigview import BigView
from ui.meetings.comings import ComingsDialog, split_time
from ui.meetings.replies import PasteDialog, SubstituteDialog
from ui.meetings.sitting_forms import (
    GuestDialog,
    OpennessDialog,
    PresideDialog,
    RecusalDialog,
    RestDialog,
    SecretaryDialog,
)
from ui.meetings.strip import AdjournDialog
from ui.meetings.times import TimesDialog
from ui.text import initials

KEY = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def view(window):
    window.shell.go("meetings")
    rest(window)
    view = window.shell.rooms.page("meetings").pane("list").view
    spin(lambda: view.meeting is not None and view.item_id is not None)
    return view


def tab(view, key: str):
    shown = view.show_tab(key)
    rest(view.window())
    focus(shown.list)
    return shown


def dialog(view, kind):
    spin(lambda: view.window().findChild(kind) is not None)
    return view.window().findChild(kind)


def done(view, form) -> None:
    """Press the button of a form and wait until it has closed."""
    click(form.button)
    spin(lambda: not form.isVisible() or form.refusal_row.isVisible())
    assert not form.isVisible(), form.refusal.text()
    rest(view.window())
    view.window().activateWindow()


def seats(view) -> list[sheet.SeatRow]:
    with view.desk.store.reading() as read:
        return sheet.seats(read, meeting_id=view.meeting_id)


def standing(view, **values) -> presence.Standing:
    with view.desk.store.reading() as read:
        return presence.standing(read, meeting_id=view.meeting_id, **values)


def opened(view, present: int = 18):
    """Mark as many present as asked and open the meeting, as the office does."""
    ids = [seat.id for seat in seats(view)]
    view.desk.do(movements.mark_presence, ids=ids[:present], presence="present")
    view.desk.do(steps.open_meeting, id=view.meeting_id, urgency="예시 긴급 사유")
    rest(view.window())
    assert view.meeting.state == "opened"
    return ids


# --- replies


def test_thirty_five_replies_in_thirty_five_keys_and_the_forecast_follows(view) -> None:
    replies = tab(view, "replies")
    assert replies.verdict.sentence() == "성원 가능 19/18명"
    QTest.keyClick(replies.list, KEY.Key_Home)
    digits = [KEY.Key_1 if n % 3 else KEY.Key_2 for n in range(35)]
    QTest.keyClick(replies.list, digits[0])
    spin(lambda: replies.verdict.sentence() == "성원 가능 18/18명")
    for digit in digits[1:]:
        QTest.keyClick(replies.list, digit)
    rest(view.window())
    said = [seat.reply for seat in seats(view)]
    assert said == ["coming" if n % 3 else "not_coming" for n in range(35)]
    assert replies.sums.text() == "재적 35명 · 참석 23 · 불참 12 · 미회신 0"
    QTest.keyClick(replies.list, KEY.Key_0)
    spin(lambda: seats(view)[34].reply == "none")


def test_whom_to_call_stands_above_the_list_while_the_quorum_is_not_secured(view) -> None:
    replies = tab(view, "replies")
    assert not replies.box.isVisible()
    QTest.keyClick(replies.list, KEY.Key_Home)
    for _ in range(3):
        QTest.keyClick(replies.list, KEY.Key_2)
    spin(lambda: replies.verdict.sentence() == "미달 예상 2명")
    rest(view.window())
    assert replies.box.isVisible()
    assert replies.call_words.text() == "전화할 위원: 2명이 참석하면 성원"
    model = replies.calls.model()
    assert model.rowCount() == 2
    assert all(replies.seats[model.id_at(n)].reply == "none" for n in range(2))
    assert "최근 2회 중 2회 출석" in model.cell(0, 1).text
    focus(replies.calls)
    QTest.keyClick(replies.calls, KEY.Key_Return)
    assert replies.list.current() == model.id_at(0)


def test_a_substitute_needs_the_bodys_rule(view) -> None:
    replies = tab(view, "replies")
    QTest.keyClick(replies.list, KEY.Key_Home)
    assert not replies.buttons[Reply.SUBSTITUTE].isVisible()
    QTest.keyClick(replies.list, KEY.Key_3)
    rest(view.window())
    assert seats(view)[0].reply == "coming"
    assert "대리 참석이 없습니다" in view.window().shell.banner.words.text()


def test_a_substitute_is_named_where_the_rule_has_one(view) -> None:
    from gwangju_desktop import clock
    from gwangju_desktop.members import ruling

    view.desk.do(
        ruling.set_rule,
        body_id=view.meeting.body_id,
        rule="deputies",
        value="vote",
        valid_from=clock.today(),
        source="예시 규정",
    )
    replies = tab(view, "replies")
    QTest.keyClick(replies.list, KEY.Key_Home)
    QTest.keyClick(replies.list, KEY.Key_3)
    rest(view.window())
    replies.list.choose(replies.list.model().id_at(0))
    assert replies.letter.isVisible()
    QTest.keyClick(replies.list, KEY.Key_Return)
    form = dialog(view, SubstituteDialog)
    type_into(form.name.field, "예시대리")
    done(view, form)
    row = seats(view)[0]
    assert (row.reply, row.substitute) == ("substitute", "예시대리")
    assert replies.list.model().cell(0, 0).sub.startswith("대리: 예시대리")


def test_the_letter_of_a_substitute_is_filed(view, tmp_path) -> None:
    from gwangju_desktop import clock
    from gwangju_desktop.meetings import queries
    from gwangju_desktop.members import ruling

    run = view.desk.store.run
    rule = {"rule": "deputies", "value": "attend", "source": "예시 규정"}
    run(ruling.set_rule, body_id=view.meeting.body_id, valid_from=clock.today(), **rule)
    first = seats(view)[0].id
    run(set_substitute, id=first, name="예시대리")
    with view.desk.store.reading() as read:
        known = queries.papers(read, item_ids=[view.agenda.model.order[1]])[0]
    letter = tmp_path / "위임장 예시.pdf"
    letter.write_bytes(view.desk.store.papers.path(known.sha256).read_bytes())
    replies = tab(view, "replies")
    assert replies.list.model().cell(0, 2).text == "위임장 없음"
    replies.take_letter(first, letter)
    spin(lambda: seats(view)[0].letter == known.file_name, 15)
    rest(view.window())
    assert replies.list.model().cell(0, 2).text == known.file_name


def test_replies_are_pasted_from_a_messenger_and_nothing_is_lost(view) -> None:
    replies = tab(view, "replies")
    names = [seat.name for seat in seats(view)]
    text = f"{names[0]} 불참\n[{names[5]}] [오후 2:10] 참석합니다\n없는사람 참석\n{names[4]} 글쎄요"
    QGuiApplication.clipboard().setText(text)
    QTest.keyClick(replies.list, KEY.Key_V, CONTROL)
    form = dialog(view, PasteDialog)
    assert form.found.text() == "확인: 참석 1명, 불참 1명, 대리 0명"
    assert "없는사람 참석" in form.left.text()
    QTest.keyClick(form.button, KEY.Key_Return)
    spin(lambda: form.text.field.toPlainText() == f"없는사람 참석\n{names[4]} 글쎄요")
    rows = seats(view)
    assert (rows[0].reply, rows[5].reply) == ("not_coming", "coming")
    form.reject()


def test_the_reminder_is_copied(view) -> None:
    replies = tab(view, "replies")
    click(replies.remind)
    spin(lambda: "제3회 정기회의" in QGuiApplication.clipboard().text())
    assert "2022. 3. 17.(목) 14:00" in QGuiApplication.clipboard().text()


# --- the roll


def test_all_who_are_expected_are_marked_in_one_step(view) -> None:
    attendance = tab(view, "attendance")
    before = view.desk.store.head()
    click(attendance.expected)
    spin(lambda: view.meeting.quorum.present == 19)
    assert view.desk.store.head() == before + 1
    assert view.side.quorum.verdict.sentence() == "도착 19/18명"
    QTest.keyClick(attendance.list, KEY.Key_Home)
    QTest.keyClick(attendance.list, KEY.Key_2)
    spin(lambda: view.meeting.quorum.present == 18)
    assert attendance.list.current() == attendance.list.model().id_at(1)
    click(attendance.everybody)
    spin(lambda: view.meeting.quorum.present == 27)


def test_a_late_arrival_takes_three_keys(view) -> None:
    ids = opened(view)
    late = next(seat for seat in seats(view) if seat.id == ids[20])
    initial = initials(late.name)[0]
    focus(view.agenda.list)
    item = view.item_id
    QTest.keyClick(view.agenda.list, KEY.Key_J, CONTROL)
    form = dialog(view, ComingsDialog)
    type_into(form.typed, initial)
    assert form.list.current() == late.id
    assert form.sentence.text().startswith(late.name)
    assert form.sentence.text().endswith("출석")
    QTest.keyClick(form.typed, KEY.Key_Return)
    spin(lambda: standing(view).attending == 19)
    rest(view.window())
    assert view.item_id == item
    assert next(seat for seat in seats(view) if seat.id == late.id).late


def test_who_is_outside_stands_first_among_namesakes_of_an_initial(view) -> None:
    opened(view)
    form = ComingsDialog(view.window(), view, view.meeting)
    form.open()
    inside = [seat.inside for seat in form.seats]
    assert inside[0]
    shown = form.list.model().kept.values()
    assert [seat.inside for seat in shown] == sorted(seat.inside for seat in shown)
    type_into(form.typed, "없는이름")
    assert not form.button.isEnabled()
    form.reject()


def test_a_time_may_follow_the_name() -> None:
    assert split_time("ㄱㄴㄷ 1405") == ("ㄱㄴㄷ", dt.time(14, 5))
    assert split_time("ㄱㄴㄷ 9:30")[1].hour == 9
    assert split_time("ㄱㄴㄷ") == ("ㄱㄴㄷ", None)
    assert split_time("ㄱ 2575") == ("ㄱ 2575", None)


def test_times_are_corrected_in_the_sheet(view) -> None:
    ids = opened(view)
    view.desk.do(movements.move, id=ids[0], inside=False)
    attendance = tab(view, "attendance")
    attendance.list.choose(ids[0])
    QTest.keyClick(attendance.list, KEY.Key_Return)
    form = dialog(view, TimesDialog)
    type_into(form.fields[1][1].field, "00:01")
    click(form.button)
    spin(lambda: form.refusal_row.isVisible())
    assert "00:01" in form.refusal.text()
    form.reject()


# --- the strip


def test_the_strip_comes_when_the_quorum_is_lost_and_offers_three_ways(view) -> None:
    ids = opened(view)
    assert not view.strip.isVisible()
    attendance = tab(view, "attendance")
    attendance.list.choose(ids[0])
    QTest.keyClick(attendance.list, KEY.Key_3)
    spin(view.strip.isVisible)
    assert view.strip.title.text() == "의사정족수 미달 17/18명"
    assert view.strip.words.text() == "표결을 기록할 수 없습니다."
    assert [b.isVisible() for b in (view.strip.recess, view.strip.talk, view.strip.adjourn)] == [
        True
    ] * 3
    with view.desk.store.reading() as read:
        assert not presence.may_vote(read, meeting_id=view.meeting_id)
    click(view.strip.talk)
    form = dialog(view, RestDialog)
    type_into(form.reason.field, "의사정족수 미달")
    done(view, form)
    assert view.strip.words.text().startswith("간담회 중")
    assert not view.strip.resume.isEnabled()
    attendance.list.choose(ids[0])
    QTest.keyClick(attendance.list, KEY.Key_1)
    spin(view.strip.resume.isEnabled)
    assert view.strip.title.text().startswith("간담회 중")
    click(view.strip.resume)
    spin(lambda: not view.strip.isVisible())
    with view.desk.store.reading() as read:
        assert presence.may_vote(read, meeting_id=view.meeting_id)


def test_adjourning_carries_over_what_is_undecided(view) -> None:
    ids = opened(view)
    view.desk.do(movements.move, id=ids[0], inside=False)
    spin(view.strip.isVisible)
    click(view.strip.adjourn)
    form = dialog(view, AdjournDialog)
    type_into(form.reason.field, "정족수 미달")
    done(view, form)
    assert view.meeting.state == "closed"
    assert not view.strip.isVisible()
    assert not view.side.quorum.tools.isVisible()


def test_recess_and_resumption_by_one_key(view) -> None:
    opened(view)
    focus(view.agenda.list)
    both = CONTROL | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(view.agenda.list, KEY.Key_R, both)
    done(view, dialog(view, RestDialog))
    spin(lambda: view.strip.title.text().startswith("정회 중"))
    focus(view.agenda.list)
    QTest.keyClick(view.agenda.list, KEY.Key_R, both)
    spin(lambda: not view.strip.isVisible())


# --- the block of the item


def test_a_recusal_changes_the_majority_of_the_item_only(view) -> None:
    opened(view)
    block = view.side.quorum
    view.agenda.list.choose(view.agenda.model.order[3])
    spin(lambda: block.item is not None and block.item.id == view.agenda.model.order[3])
    rest(view.window())
    assert block.majority.text() == "가결 요건 10명 이상"
    click(block.recuse)
    form = dialog(view, RecusalDialog)
    spin(lambda: form.who.field.count() > 0)
    type_into(form.ground.field, "용역 수행")
    done(view, form)
    spin(lambda: "17명" in block.majority.text())
    assert block.majority.text().endswith("가결 9명 이상")
    assert block.aside.isVisible()
    view.agenda.list.choose(view.agenda.model.order[2])
    spin(lambda: block.majority.text() == "가결 요건 10명 이상")
    assert not block.aside.isVisible()


def test_who_presides_over_an_item_and_over_the_meeting(view) -> None:
    opened(view)
    block = view.side.quorum
    view.agenda.list.choose(view.agenda.model.order[3])
    spin(lambda: block.item is not None and block.item.id == view.agenda.model.order[3])
    click(block.chair_button)
    form = dialog(view, PresideDialog)
    spin(lambda: form.who.field.count() > 0)
    assert "공동위원장" in form.who.field.itemText(0)
    form.who.field.setCurrentIndex(5)
    type_into(form.ground.field, "위원장 회피")
    done(view, form)
    spin(lambda: "위원장 회피" in block.chair.text())


def test_chair_guests_and_spectators_of_a_sitting(view) -> None:
    attendance = tab(view, "attendance")
    attendance.parts.choose(1)
    attendance.on_part(1)
    others = attendance.others
    click(others.edits[1])
    form = dialog(view, SecretaryDialog)
    type_into(form.name.field, "예시간사")
    done(view, form)
    spin(lambda: others.secretary.text() == "예시간사")
    click(others.add)
    form = dialog(view, GuestDialog)
    type_into(form.name.field, "예시과장")
    done(view, form)
    spin(lambda: others.guests.model().rowCount() == 1)
    click(others.edits[2])
    form = dialog(view, OpennessDialog)
    form.public.setChecked(False)
    click(form.button)
    spin(lambda: form.refusal_row.isVisible())
    assert "사유" in form.refusal.text()
    type_into(form.ground.field, "예시 조례 제5조")
    done(view, form)
    spin(lambda: others.watch.text() == "비공개")
    others.guests.choose_first()
    click(others.remove)
    spin(lambda: others.guests.model().rowCount() == 0)


# --- the second screen


def test_the_second_screen_follows_the_meeting(view) -> None:
    ids = opened(view)
    view.agenda.list.choose(view.agenda.model.order[3])
    spin(lambda: view.side.quorum.item.id == view.agenda.model.order[3])
    click(view.side.quorum.screen_button)
    big = view.side.quorum.big
    assert isinstance(big, BigView)
    spin(lambda: big.seen is not None and big.seen.title != "")
    item, state, quorum, _vote = big.sentences()
    assert "에너지 정보" in item
    assert state == ""
    assert quorum == "출석 18명 / 재적 35명 · 의사정족수 18명 충족"
    view.desk.do(movements.move, id=ids[0], inside=False)
    spin(lambda: big.sentences()[2] == "의사정족수 미달 17/18명")
    assert not big.grab().isNull()
    QTest.keyClick(big, KEY.Key_Escape)
    spin(lambda: view.side.quorum.big is None)


def test_the_second_screen_keeps_a_restricted_title_to_itself(view) -> None:
    from db.schema.meetings import AgendaItem
    from tests.gwangju_desktop.meetings.room import changed

    item = view.agenda.model.order[3]
    view.desk.store.run(
        changed, entity=AgendaItem, id=item, restricted=True, open_title="공개 안건명"
    )
    with view.desk.store.reading() as read:
        seen = bigview.seen(read, meeting_id=view.meeting_id, item_id=item)
    assert seen.title == "공개 안건명"
