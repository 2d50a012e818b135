"""The decision block, its votes and forms, by real keys and clicks in the real window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from sqlalchemy import select

from db.schema.meetings import Attendance, Meeting
from db.vocab import MeetingState, Outcome
from gwangju_desktop.meetings import queries, recusals, sitting, votes
from tests.ui.acting import click, focus, type_into
from tests.ui.conftest import rest, spin
from tests.ui.meetings.conftest import copied
from ui.documents.dialog import DocumentsDialog
from ui.meetings.decision import ORDER, DecisionBlock
from ui.meetings.election import CountDialog, ElectionDialog
from ui.meetings.roll_call import RollCallDialog
from ui.meetings.voting_forms import AmendmentDialog, AmendmentVoteDialog, AsideDialog

KEY = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ITEM = 3  # the third item of business of the sample: its text names eleven kinds of data


@pytest.fixture
def window(window_on, sitting, tmp_path):
    """A window on an office of one's own whose next meeting sits."""
    return window_on(copied(sitting, tmp_path))


@pytest.fixture
def view(window):
    """That meeting, an item for decision in front."""
    window.shell.go("meetings")
    rest(window)
    view = window.shell.rooms.page("meetings").pane("list").view
    spin(lambda: view.meeting is not None and view.item_id is not None)
    assert view.meeting.state == MeetingState.OPENED
    choose(view, ITEM)
    return view


def seats_of(read, meeting_id: int) -> list[int]:
    query = select(Attendance.id).where(Attendance.meeting_id == meeting_id)
    return list(read.scalars(query.order_by(Attendance.id)).all())


def run(view, usecase, **asked) -> None:
    """Run a use case through the desk and come to rest."""
    view.desk.do(usecase, **asked)
    rest(view.window())


def choose(view, n: int) -> None:
    view.agenda.list.choose(view.agenda.model.order[n])
    spin(lambda: view.side.item and view.side.item.id == view.agenda.model.order[n])
    rest(view.window())


def block(view) -> DecisionBlock:
    return next(part for part in view.side.blocks if isinstance(part, DecisionBlock))


def item(view):
    with view.desk.store.reading() as read:
        return queries.item(read, id=view.item_id)


def taken(view):
    with view.desk.store.reading() as read:
        return votes.of_item(read, item_id=view.item_id)


def dialog(view, kind):
    spin(lambda: view.window().findChild(kind) is not None)
    rest(view.window())
    return view.window().findChild(kind)


def done(view, form) -> None:
    click(form.button)
    spin(lambda: not form.isVisible() or form.refusal_row.isVisible())
    assert not form.isVisible(), form.refusal.text()
    rest(view.window())


def show(view, widget):
    view.side.pane.ensureWidgetVisible(widget)
    return widget


def test_no_objection_is_one_key(view) -> None:
    focus(view.agenda.list)
    QTest.keyClick(view.agenda.list, KEY.Key_Return, CONTROL | SHIFT)
    spin(lambda: view.side.item.outcome == Outcome.AS_PROPOSED)
    rest(view.window())
    (vote,) = taken(view)
    assert (vote.method, vote.yes, vote.entitled) == ("no_objection", 24, 24)
    assert block(view).state.sentence() == "원안의결"
    assert not block(view).form.isVisible()
    QTest.keyClick(view.agenda.list, KEY.Key_Z, CONTROL)
    spin(lambda: view.side.item.outcome is None)
    rest(view.window())
    assert taken(view) == [] and block(view).form.isVisible()


def test_counts_by_keyboard_say_the_arithmetic_and_propose_the_outcome(view) -> None:
    part = block(view)
    assert part.counts.sentence.text() == "표결권 24명, 찬성 13명 이상 가결"
    first = show(view, part.counts.fields["yes"])
    focus(first)
    for keys in ("12", "9", "3"):
        QTest.keyClicks(view.window().focusWidget(), keys)
        QTest.keyClick(view.window().focusWidget(), KEY.Key_Return)
    assert part.counts.sentence.text() == "출석 24명의 과반수 13명 필요, 찬성 12명으로 부결"
    assert part.outcome == Outcome.REJECTED
    type_into(part.counts.fields["yes"], "14")
    assert "26" in part.counts.sentence.text()  # more than are entitled: refused while typed
    type_into(part.counts.fields["no"], "7")
    assert part.outcome == Outcome.AS_PROPOSED
    QTest.keyClick(part.counts.fields["no"], KEY.Key_Return, CONTROL)
    spin(lambda: view.side.item.outcome == Outcome.AS_PROPOSED)
    (vote,) = taken(view)
    assert (vote.yes, vote.no, vote.abstain, vote.not_voting) == (14, 7, 3, 0)


def test_what_cannot_be_is_refused_in_the_block_and_nothing_typed_is_lost(view) -> None:
    part = block(view)
    type_into(part.counts.fields["yes"], "30")
    click(show(view, part.confirm))
    spin(lambda: part.refusal_row.isVisible())
    assert "24" in part.refusal.text() and part.counts.fields["yes"].text() == "30"
    assert item(view).outcome is None


def test_an_amended_text_shows_its_change_and_is_decided(view) -> None:
    part = block(view)
    assert part.text.value() == view.side.item.request
    part.text.setPlainText(part.text.value().replace("11종을", "10종을"))
    click(show(view, part.outcomes.parts[ORDER.index(Outcome.AMENDED)]))
    assert part.change.isVisible() and "10종을" in part.change.toPlainText()
    assert "11종을" in part.change.toPlainText()
    click(show(view, part.unanimous))
    spin(lambda: view.side.item.outcome == Outcome.AMENDED)
    assert "10종을" in item(view).resolution
    rest(view.window())
    click(show(view, part.take_back))
    spin(lambda: view.side.item.outcome is None)


def test_a_condition_needs_its_words(view) -> None:
    part = block(view)
    click(show(view, part.outcomes.parts[ORDER.index(Outcome.CONDITIONAL)]))
    click(show(view, part.unanimous))
    spin(lambda: part.refusal_row.isVisible())
    type_into(part.remark, "예시 조건")
    click(show(view, part.unanimous))
    spin(lambda: view.side.item.outcome == Outcome.CONDITIONAL)
    assert item(view).remark == "예시 조건"


def test_a_majority_seen_asks_for_no_count(view) -> None:
    part = block(view)
    part.method.setCurrentIndex(part.method.count() - 1)
    assert not part.counts.isVisible()
    click(show(view, part.confirm))
    spin(lambda: view.side.item.outcome == Outcome.AS_PROPOSED)
    assert taken(view)[0].uncounted and taken(view)[0].yes is None


def test_while_the_sitting_rests_the_block_says_why(view) -> None:
    run(view, sitting.recess, meeting_id=view.meeting_id, reason="예시")
    part = block(view)
    spin(lambda: part.blocked_row.isVisible())
    assert "정회" in part.blocked.text() or "속개" in part.blocked.text()
    assert not part.unanimous.isEnabled() and not part.counts.isEnabled()
    focus(view.agenda.list)
    QTest.keyClick(view.agenda.list, KEY.Key_Return, CONTROL | SHIFT)
    spin(lambda: part.refusal_row.isVisible())
    assert item(view).outcome is None
    run(view, sitting.resume, meeting_id=view.meeting_id)
    spin(lambda: part.unanimous.isEnabled())


def test_an_amendment_is_moved_by_initials_voted_on_and_offered(view) -> None:
    part = block(view)
    click(show(view, part.votes.move))
    form = dialog(view, AmendmentDialog)
    form.text.field.setPlainText(form.text.field.toPlainText().replace("11종을", "10종을"))
    spin(lambda: form.mover.field.seats)
    mover, seconder = form.mover.field.seats[2], form.mover.field.seats[3]
    click(form.button)
    spin(lambda: form.mover.wrong_row.isVisible())
    type_into(form.mover.field.typed, mover.name)
    type_into(form.seconder.field.typed, seconder.name)
    done(view, form)
    spin(lambda: part.votes.amended.isVisible())
    assert part.votes.agree.isVisible()
    click(show(view, part.votes.put))
    vote = dialog(view, AmendmentVoteDialog)
    vote.method.field.setCurrentIndex(1)
    type_into(vote.counts.fields["yes"], "20")
    type_into(vote.counts.fields["no"], "4")
    done(view, vote)
    spin(lambda: "10종을" in part.text.value())
    assert part.outcome == Outcome.AMENDED
    focus(view.agenda.list)
    QTest.keyClick(view.agenda.list, KEY.Key_Return, CONTROL | SHIFT)
    spin(lambda: view.side.item.outcome == Outcome.AMENDED)


def test_the_roll_is_called_by_number_keys(view) -> None:
    part = block(view)
    click(show(view, part.votes.roll))
    form = dialog(view, RollCallDialog)
    spin(lambda: len(form.called) == 24)
    for n in range(24):
        QTest.keyClick(form.list, "1" if n < 15 else "2" if n < 21 else "3")
    rest(view.window())
    assert form.tally.text() == "24명 중 24명 · 찬성 15, 반대 6, 기권 3"
    assert form.sentence.text() == "출석 24명의 과반수 13명 필요, 찬성 15명으로 가결"
    done(view, form)
    (vote,) = taken(view)
    assert (vote.method, vote.yes, vote.no, vote.abstain) == ("roll_call", 15, 6, 3)
    click(show(view, part.confirm))
    spin(lambda: view.side.item.outcome == Outcome.AS_PROPOSED)


def test_a_roll_call_broken_off_is_gone_on_with_or_dropped(view) -> None:
    part = block(view)
    click(show(view, part.votes.roll))
    form = dialog(view, RollCallDialog)
    spin(lambda: len(form.called) == 24)
    QTest.keyClick(form.list, "2")
    rest(view.window())
    form.reject()
    rest(view.window())
    click(show(view, part.votes.go_on))
    again = dialog(view, RollCallDialog)
    spin(lambda: again.called and again.called[0].choice == "no")
    again.reject()
    rest(view.window())
    click(show(view, part.votes.break_off))
    spin(lambda: not part.votes.voted.isVisible())
    assert taken(view) == []


def test_an_election_goes_to_a_run_off_and_fills_the_role(view) -> None:
    part = block(view)
    click(show(view, part.votes.elect))
    form = dialog(view, ElectionDialog)
    spin(lambda: form.seat.field.seats)
    names = [seat.name for seat in form.seat.field.seats[5:8]]
    for name in names:
        type_into(form.seat.field.typed, name)
        QTest.keyClick(form.seat.field.typed, KEY.Key_Return)
    assert [one.seat.name for one in form.standing] == names
    form.role.field.choose("vice_chair")
    done(view, form)
    count(view, (9, 8, 7))
    spin(lambda: part.votes.run_off.isVisible())
    click(show(view, part.votes.run_off))
    count(view, (10, 14))
    votes_ = taken(view)
    assert [vote.result for vote in votes_] == ["lost", "carried"]
    assert names[1] in votes_[-1].explanation


def count(view, given: tuple[int, ...]) -> None:
    """Type the votes of each who stands and close the election."""
    form = dialog(view, CountDialog)
    spin(lambda: len(form.fields) == len(given))
    for field, n in zip(form.fields.values(), given, strict=True):
        type_into(field, str(n))
    done(view, form)


def test_a_challenge_and_a_closed_sitting_are_voted_on(view) -> None:
    with view.desk.store.reading() as read:
        seat = seats_of(read, view.meeting_id)[4]
    run(
        view,
        recusals.recuse,
        item_id=view.item_id,
        attendance_id=seat,
        kind="challenged",
        ground="예시",
    )
    part = block(view)
    spin(lambda: part.panel is not None and part.panel.challenges)
    click(show(view, part.votes.other))
    form = dialog(view, AsideDialog)
    assert form.who.isVisible() and form.subject.value() == "challenge"
    done(view, form)
    click(show(view, part.votes.other))
    form = dialog(view, AsideDialog)
    assert form.subject.value() == "closed_sitting"
    click(form.button)
    spin(lambda: form.refusal_row.isVisible())
    type_into(form.ground.field, "예시 근거")
    done(view, form)
    with view.desk.store.reading() as read:
        assert read.get_one(Meeting, view.meeting_id).public is False
    assert [vote.subject for vote in taken(view)] == ["challenge", "closed_sitting"]


def test_the_decision_sheet_is_shown(view) -> None:
    run(view, votes.no_objection, item_id=view.item_id)
    part = block(view)
    spin(lambda: part.excerpt.isVisible())
    click(show(view, part.excerpt))
    form = dialog(view, DocumentsDialog)
    spin(lambda: form.bound is not None and form.settled, 20)
    assert form.facts.text() == "1쪽 · A4" and form.button.isEnabled()
    form.reject()
    rest(view.window())
