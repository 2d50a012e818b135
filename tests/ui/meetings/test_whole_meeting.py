"""One whole meeting by keyboard alone: from its notice to its published minutes.

A station ends with what the office knows and what the window says. `GWANGJU_PICTURES=folder` keeps a
picture of each; `GWANGJU_PICTURES_SCHEME=dark` and `GWANGJU_PICTURES_LANG=en` change their looks.
"""

from __future__ import annotations

import datetime as dt
import os
import time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from db.store import Store
from gwangju_desktop import clock
from gwangju_desktop.meetings import (
    actionlist,
    amendments,
    history,
    minutes,
    notes,
    presence,
    queries,
    reviews,
    sheet,
    steps,
    votes,
)
from gwangju_desktop.meetings.words import STATES
from tests.ui.conftest import rest, spin
from ui.actions import all_actions
from ui.meetings import keeping
from ui.text import initials, say
from ui.widgets.forms import Dialog

KEY = Qt.Key
NONE = Qt.KeyboardModifier.NoModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
MEETING = 3
COMING = 18  # of 35 enrolled: the quorum and nobody more
STEPS = ["noticed", "distributed", "opened", "closed", "drafted", "confirmed", "published"]
TABS = 90  # stops of Tab after which a widget counts as out of reach


class Hand:
    """A person at the keyboard, and the clock on the wall."""

    def __init__(self, window, monkeypatch: pytest.MonkeyPatch) -> None:
        self.window, self.taken = window, 0
        self.began, self.since = clock.now(), time.monotonic()
        monkeypatch.setattr(clock, "now", self.now)
        monkeypatch.setattr(clock, "today", lambda: clock.local(self.now()).date())

    # --- the clock
    def now(self) -> dt.datetime:
        return self.began + dt.timedelta(seconds=time.monotonic() - self.since)

    def at(self, day: int, hour: int, minute: int = 0, month: int = 3) -> None:
        """Let it be a moment of 2022."""
        moment = dt.datetime(2022, month, day, hour, minute, tzinfo=clock.KST)
        self.began, self.since = moment.astimezone(dt.UTC), time.monotonic()

    # --- keys
    @property
    def top(self) -> QWidget:
        """Return the window the keys go to: the form in front, else the main window."""
        return QApplication.activeModalWidget() or self.window

    @property
    def target(self) -> QWidget:
        """Return what has the focus."""
        if not self.top.isActiveWindow():
            self.top.activateWindow()  # What a window manager does when a form closes.
            spin(self.top.isActiveWindow)
        return QApplication.focusWidget() or self.top

    def press(self, key, modifiers=NONE, times: int = 1) -> None:
        for _n in range(times):
            QTest.keyClick(self.target, key, modifiers)
            QApplication.processEvents()

    def type(self, words: str, *, over: bool = False) -> None:
        """Type: Latin letters by keys, Hangul as an input method commits it."""
        if over:
            self.press(KEY.Key_A, CONTROL)
        if words.isascii():
            QTest.keyClicks(self.target, words)
        else:
            composed = QInputMethodEvent()
            composed.setCommitString(words)
            QApplication.sendEvent(self.target, composed)
        QApplication.processEvents()

    def tab_to(self, widget: QWidget, key=KEY.Key_Tab) -> None:
        """Press Tab until a widget has the focus."""
        passed = []
        for _n in range(TABS):
            if widget.hasFocus() or (widget.focusProxy() and widget.focusProxy().hasFocus()):
                return
            self.press(key)
            focused = QApplication.focusWidget()
            passed.append(f"{type(focused).__name__} {focused.accessibleName()!r}")
        raise AssertionError(f"Tab does not reach {widget}: {passed}")

    def part(self, segment, n: int, key=KEY.Key_Tab) -> None:
        """Go to a bar of choices by Tab, and along it by the arrows."""
        while not any(part.hasFocus() for part in segment.parts):
            self.press(key)
        for _n in segment.parts:
            at = next(i for i, part in enumerate(segment.parts) if part.hasFocus())
            if at != n:
                self.press(KEY.Key_Right if at < n else KEY.Key_Left)
        assert segment.parts[n].hasFocus()
        if not segment.parts[n].isChecked():
            self.press(KEY.Key_Space)
        self.rest()

    def command(self, key: str) -> None:
        """Run a command from the palette by its name."""
        title = say(next(one.title for one in all_actions() if one.key == key))
        self.press(KEY.Key_K, CONTROL)
        spin(lambda: self.window.shell.palette.isVisible())
        self.type(title)
        rest(self.window)
        self.press(KEY.Key_Return)
        rest(self.window)

    def form(self, name: str) -> Dialog:
        """Wait for a form to come up."""
        spin(lambda: type(QApplication.activeModalWidget()).__name__ == name)
        rest(self.window)
        return QApplication.activeModalWidget()

    def confirm(self, form: Dialog) -> None:
        """Confirm a form by Ctrl+Enter."""
        self.press(KEY.Key_Return, CONTROL)
        spin(lambda: not form.isVisible() or form.refusal_row.isVisible())
        assert not form.isVisible(), form.refusal.text()
        self.rest()

    def rest(self) -> None:
        assert self.target
        rest(self.window)

    def picture(self, name: str) -> None:
        """Keep a picture of the form in front, else of the window."""
        folder = os.environ.get("GWANGJU_PICTURES")
        if not folder:
            return
        self.taken += 1
        english = os.environ.get("GWANGJU_PICTURES_LANG") == "en"
        if english:
            self.window.shell.act("language")
        rest(self.window, 0.25)
        shot = self.top.grab()
        if english:
            self.window.shell.act("language")
            rest(self.window)
        Path(folder).mkdir(parents=True, exist_ok=True)
        shot.save(str(Path(folder) / f"{self.taken:02}-{name}.png"))


@pytest.fixture
def hand(window_on, sample_copy: Path, monkeypatch: pytest.MonkeyPatch) -> Hand:
    """The sample office nine days before its third meeting, whose notice is not out yet."""
    monkeypatch.setattr(keeping, "DRAFT_MS", 40)
    with Store.open(sample_copy) as store:
        clock.fix(dt.date(2022, 3, 4))
        store.run(steps.take_back, id=MEETING, reason="예시 착오")
    window = window_on(sample_copy)
    hand = Hand(window, monkeypatch)
    hand.at(7, 10)
    if os.environ.get("GWANGJU_PICTURES_SCHEME") == "dark":
        window.shell.act("scheme")
    rest(window)
    return hand


# What a completer's list asks of a screen that has no window manager.
@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_a_whole_meeting_by_keyboard_alone(hand: Hand) -> None:
    window = hand.window
    store = window.shell.desk.store

    def ask(query, **asked):
        with store.reading() as read:
            return query(read, **asked)

    def held():
        return ask(queries.meeting, id=MEETING)

    def standing(**asked):
        return ask(presence.standing, meeting_id=MEETING, **asked)

    # --- the meeting is put in front from the list
    hand.press(KEY.Key_2, CONTROL)
    hand.rest()
    view = window.shell.rooms.page("meetings").pane("list").view
    spin(lambda: view.meeting is not None and view.item_id is not None)
    assert view.meeting_id == MEETING and view.state.sentence() == "준비 중"
    order = view.agenda.model.order
    block = {type(part).__name__: part for part in view.side.blocks}
    decision, notes_box, follow = block["DecisionBlock"], block["NotesBlock"], block["FollowUp"]

    def to_item(n: int) -> None:
        """Walk to an item by F8."""
        while view.agenda.list.currentIndex().row() != n:
            down = view.agenda.list.currentIndex().row() < n
            hand.press(KEY.Key_F8, NONE if down else SHIFT)
        spin(lambda: view.side.item and view.side.item.id == order[n])
        hand.rest()

    def take_up(n: int) -> None:
        """Go to an item and take it up."""
        to_item(n)
        hand.press(KEY.Key_F7)
        hand.rest()
        spin(lambda: view.side.item.begun_at is not None)
        assert view.agenda.running == order[n]

    def to_list() -> None:
        """Go to the agenda."""
        while not view.agenda.list.hasFocus():
            hand.press(KEY.Key_F6)

    def sheet_now():
        return ask(sheet.seats, meeting_id=MEETING)

    def remark(minute: int, words: str) -> None:
        """Write what somebody said: the time, the name after an "@", the words."""
        hand.at(17, clock.local(clock.now()).hour, minute)
        hand.press(KEY.Key_M, CONTROL)
        spin(notes_box.edit.hasFocus)
        hand.press(KEY.Key_Semicolon, CONTROL)
        speaker = sheet_now()[0]
        hand.type("@")
        hand.type(initials(speaker.name))
        spin(notes_box.edit.popup.isVisible)
        hand.picture("names")
        hand.press(KEY.Key_Return)
        hand.type(words)
        hand.rest()
        said = notes_box.edit.toPlainText()
        assert said.startswith(f"[{clock.local(clock.now()):%H:%M}] {speaker.name} ")
        assert said.endswith(words)
        where = {"meeting_id": MEETING, "item_id": view.item_id}
        spin(lambda: ask(notes.note, **where).draft == said)

    def choose_leaver(form, seat) -> None:
        """Go down to a member among those of the same initials."""
        while form.list.current() != seat.id:
            before = form.list.current()
            hand.press(KEY.Key_Down)
            assert form.list.current() != before

    # --- 1 notice
    hand.press(KEY.Key_F9)
    form = hand.form("NoticeDialog")
    hand.picture("notice-form")
    hand.confirm(form)
    spin(lambda: view.meeting.state == "noticed")
    assert held().noticed_on == dt.date(2022, 3, 7)
    assert view.title.text() == "제3회 정기회의"
    assert view.state.sentence() == "소집통지"
    hand.picture("noticed")

    # --- 2 papers
    hand.at(10, 11)
    hand.press(KEY.Key_F9)
    form = hand.form("DistributeDialog")
    hand.picture("papers-form")
    hand.confirm(form)
    spin(lambda: view.meeting.state == "distributed")
    assert held().distributed_on == dt.date(2022, 3, 10)
    assert view.notice.sentence() == "자료 배부 3. 10."

    # --- 3 replies: one key each
    hand.at(14, 9)
    hand.command("meetings.replies")
    replies = view.tab("replies")
    spin(replies.list.hasFocus)
    hand.press(KEY.Key_Home)
    hand.press(KEY.Key_1, times=COMING)
    hand.press(KEY.Key_2, times=35 - COMING)
    hand.rest()
    said = [seat.reply for seat in ask(sheet.seats, meeting_id=MEETING)]
    assert said == ["coming"] * COMING + ["not_coming"] * (35 - COMING)
    assert replies.verdict.sentence() == "성원 가능 18/18명"
    assert replies.sums.text() == "재적 35명 · 참석 18 · 불참 17 · 미회신 0"
    hand.picture("replies")

    # --- 4 roll call
    hand.at(17, 13, 55)
    hand.press(KEY.Key_T, CONTROL)
    roll = view.tab("attendance")
    spin(roll.list.hasFocus)
    hand.command("meetings.expected")
    assert standing().quorum_met and len(standing().present_ids) == COMING
    hand.picture("roll-call")
    assert view.side.quorum.verdict.sentence() == "도착 18/18명"

    # --- 5 opening
    hand.at(17, 14)
    hand.press(KEY.Key_F9)
    form = hand.form("OpenDialog")
    hand.picture("opening-form")
    hand.confirm(form)
    spin(lambda: view.meeting.state == "opened")
    assert clock.local(held().opened_at).hour == 14
    assert view.state.sentence() == "회의 중 · 0분 경과"
    assert not view.strip.isVisible()

    # --- 6 an item is taken up and written about
    hand.press(KEY.Key_F6, SHIFT)
    hand.part(view.tabs, 0)
    assert view.front is view.agenda
    hand.at(17, 14, 5)
    take_up(1)
    remark(7, "예시 질의입니다.")
    hand.picture("notes")

    # --- 7 a member leaves: below the quorum nothing is voted on
    hand.at(17, 14, 50)
    take_up(3)
    remark(52, "예시 발언입니다.")
    leaver = sheet_now()[10]
    hand.at(17, 14, 55)
    hand.press(KEY.Key_J, CONTROL)
    form = hand.form("ComingsDialog")
    hand.type(initials(leaver.name))
    choose_leaver(form, leaver)
    hand.picture("comings")
    hand.press(KEY.Key_Return)
    spin(lambda: not form.isVisible())
    hand.rest()
    assert not standing().quorum_met and standing().attending == COMING - 1
    assert view.strip.isVisible() and view.strip.property("tone") == "bad"
    assert view.strip.title.text() == "의사정족수 미달 17/18명"
    assert view.strip.recess.isVisible() and view.strip.talk.isVisible()
    assert view.strip.adjourn.isVisible()
    hand.press(KEY.Key_Return, CONTROL | SHIFT)
    spin(decision.refusal_row.isVisible)
    assert ask(votes.of_item, item_id=view.item_id) == [] and view.side.item.outcome is None
    assert decision.refusal.text().startswith("의사정족수 미달 17/18명")
    assert not decision.unanimous.isEnabled() and not decision.blocked_row.isVisible()
    hand.picture("below-quorum")

    # --- 8 recess
    hand.press(KEY.Key_R, CONTROL | SHIFT)
    form = hand.form("RestDialog")
    hand.type("의사정족수 미달")
    hand.picture("recess-form")
    hand.confirm(form)
    (resting,) = ask(sheet.room, meeting_id=MEETING).breaks
    assert (resting.kind, resting.reason) == ("recess", "의사정족수 미달")
    assert not decision.refusal_row.isVisible() and decision.blocked_row.isVisible()
    assert view.strip.words.text() == "정회 중 · 14:55부터"
    assert not view.strip.resume.isEnabled()
    hand.picture("recess")

    # --- 9 the member returns, the sitting is resumed
    hand.at(17, 15, 5)
    hand.press(KEY.Key_J, CONTROL)
    form = hand.form("ComingsDialog")
    hand.type(initials(leaver.name))
    choose_leaver(form, leaver)
    hand.press(KEY.Key_Return)
    spin(lambda: not form.isVisible())
    hand.rest()
    assert standing().quorum_met
    assert view.strip.isVisible() and view.strip.property("tone") == "warn"
    hand.picture("returned")
    hand.press(KEY.Key_R, CONTROL | SHIFT)
    hand.rest()
    assert not view.strip.isVisible()
    assert ask(sheet.room, meeting_id=MEETING).resting is None
    spin(decision.unanimous.isEnabled)
    assert not decision.refusal_row.isVisible() and not decision.blocked_row.isVisible()

    # --- 10 an amendment is moved, seconded and carried
    hand.tab_to(decision.votes.move)
    hand.press(KEY.Key_Space)
    form = hand.form("AmendmentDialog")
    amended = view.side.item.request.replace("11종을", "10종을")
    mover, seconder = [seat for seat in sheet_now() if seat.inside][2:4]
    hand.type(amended, over=True)
    hand.press(KEY.Key_Tab)
    hand.type(mover.name)
    hand.press(KEY.Key_Tab)
    hand.type(seconder.name)
    hand.rest()
    hand.picture("amendment-form")
    hand.confirm(form)
    (moved,) = ask(amendments.of_item, item_id=view.item_id)
    assert (moved.state, moved.mover, moved.seconder) == ("proposed", mover.name, seconder.name)
    hand.picture("amendment")
    hand.tab_to(decision.votes.agree)
    hand.press(KEY.Key_Space)
    spin(lambda: "10종을" in decision.text.value())
    hand.rest()
    assert ask(amendments.of_item, item_id=view.item_id)[0].state == "carried"

    # --- 11 the amended item is decided
    hand.at(17, 15, 12)
    hand.press(KEY.Key_Return, CONTROL | SHIFT)
    spin(lambda: view.side.item.outcome == "amended")
    hand.rest()
    assert view.side.item.resolution == amended
    assert decision.state.sentence() == "수정의결"
    hand.picture("amended")

    # --- 12 another item without objection, and what it leads to
    hand.at(17, 15, 20)
    take_up(2)
    remark(22, "예시 보고입니다.")
    hand.press(KEY.Key_Return, CONTROL | SHIFT)
    spin(lambda: view.side.item.outcome == "as_proposed")
    hand.rest()
    (vote,) = ask(votes.of_item, item_id=view.item_id)
    assert (vote.method, vote.yes, vote.entitled) == ("no_objection", COMING, COMING)
    to_list()
    hand.press(KEY.Key_A, CONTROL | SHIFT)
    spin(follow.line.text.hasFocus)
    hand.type("예시 시행계획 공고")
    hand.press(KEY.Key_Tab)
    hand.type("기후환경정책과")
    hand.press(KEY.Key_Tab)
    hand.type("2022-04-15", over=True)
    hand.press(KEY.Key_Return)
    hand.rest()
    (action,) = ask(actionlist.of_item, item_id=view.item_id, today=clock.today())
    assert (action.text, action.department) == ("예시 시행계획 공고", "기후환경정책과")
    assert action.due_on == dt.date(2022, 4, 15)
    assert follow.list.model().rowCount() == 1
    hand.picture("action")

    # --- 13 adjournment: what is undecided goes on to the next agenda
    hand.at(17, 15, 40)
    hand.press(KEY.Key_F9)
    form = hand.form("CloseDialog")
    hand.press(KEY.Key_Return, CONTROL)
    spin(form.refusal_row.isVisible)
    hand.rest()
    assert view.meeting.state == "opened"
    hand.tab_to(form.how.field)
    hand.press(KEY.Key_Up)
    hand.rest()
    assert form.how.value() == "adjourned" and not form.refusal_row.isVisible()
    assert form.carry.isChecked()
    hand.picture("closing-form")
    hand.confirm(form)
    spin(lambda: view.meeting.state == "closed")
    agenda = {row.number: row for row in ask(queries.agenda, meeting_id=MEETING)}
    assert [agenda[n].state for n in ("2", "3")] == ["decided"] * 2
    assert [agenda[n].state for n in ("4", "5")] == ["carried_over"] * 2
    assert held().adjournment == "adjourned" and view.state.sentence() == "산회"
    to_item(4)
    hand.picture("closed")

    # --- 14 the minutes are drafted from it all
    hand.at(18, 9)
    hand.press(KEY.Key_F9)
    hand.rest()
    tab = view.tab("minutes")
    assert view.front is tab and tab.draft_button.isVisible()
    hand.command("meetings.draft")
    spin(lambda: tab.found.state == "drafted")
    hand.rest()
    text = ask(minutes.detail, meeting_id=MEETING).text
    for words in (
        "예시 질의입니다.",
        "예시 발언입니다.",
        "예시 보고입니다.",
        "10종을",
        "예시 시행계획 공고",
    ):
        assert words in text and words in tab.edit.toPlainText()
    hand.picture("drafted")

    # --- 15 checked
    hand.part(tab.segment, 2, KEY.Key_Backtab)
    assert [str(one.name) for one in tab.conditions if not one.met] == []
    assert tab.law.isVisible() and tab.law.model().rowCount() == len(tab.conditions)
    hand.picture("checked")

    # --- 16 reviewed and signed by number keys
    hand.at(25, 9)
    hand.part(tab.segment, 3)
    hand.tab_to(tab.people)
    hand.press(KEY.Key_Home)
    hand.press(KEY.Key_1, times=tab.people.model().rowCount())
    hand.rest()
    hand.press(KEY.Key_Home)
    hand.press(KEY.Key_3, times=2)
    hand.rest()
    answers = ask(reviews.reviewers, meeting_id=MEETING)
    assert all(one.agrees for one in answers)
    assert sum(one.signed_on is not None for one in answers) == 2
    hand.picture("reviewed")

    # --- 17 confirmed
    hand.command("meetings.confirm")
    form = hand.form("ConfirmDialog")
    hand.picture("confirming-form")
    hand.confirm(form)
    spin(lambda: view.meeting.state == "confirmed")
    assert tab.edit.isReadOnly() and view.state.sentence() == "회의록 확정"
    assert ask(minutes.detail, meeting_id=MEETING).confirmed_on == dt.date(2022, 3, 25)
    hand.picture("confirmed")

    # --- 18 published
    hand.at(28, 9)
    hand.command("meetings.publish")
    form = hand.form("PublishDialog")
    hand.tab_to(form.where.field)
    hand.type("시 누리집 회의록 게시판")
    hand.picture("publishing-form")
    hand.confirm(form)
    spin(lambda: view.meeting.state == "published")
    found = ask(minutes.detail, meeting_id=MEETING)
    assert found.published_on == dt.date(2022, 3, 28)
    assert found.published_where == "시 누리집 회의록 게시판"
    assert view.state.sentence() == "회의록 공개"
    assert not view.bar.next.isVisible()
    hand.picture("published")
    events = ask(history.of_meeting, meeting_id=MEETING)
    taken = [event.values["after"] for event in reversed(events) if event.kind == "step"]
    assert taken[-len(STEPS) :] == [STATES[state] for state in STEPS]
