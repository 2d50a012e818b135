"""Every step of a proposal from its form: what it asks, what it says before, what it keeps."""

from __future__ import annotations

import datetime as dt
import shutil

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from db.vocab import ProposalState as S
from gwangju_desktop import clock
from gwangju_desktop.proposals import boards, listing, opinions, queries, replies, steps
from gwangju_desktop.text import say
from tests.ui.acting import click, type_into
from tests.ui.conftest import rest, spin
from tests.ui.proposals.acting import RECEIVED, TODAY, View, closed, empty_copy, form
from tests.ui.seeing import clipped, nameless
from ui.proposals import step_dialogs
from ui.proposals.opinion_forms import AnswerDialog, WithdrawDialog
from ui.proposals.step_dialogs import PartlyTransferDialog, StepDialog, TableDialog
from ui.proposals.step_forms import (
    ASSIGN,
    BACK,
    CAME,
    FORMS,
    MEASURED,
    NUMBERED,
    REASSIGN,
    REPEATED,
    UNTABLED,
    WITHOUT,
)
from ui.proposals.waiting import waits

PLANNED = dt.date(2022, 9, 1)


@pytest.fixture
def view(window_on, _empty_office, tmp_path):
    made = View(window_on(empty_copy(_empty_office, tmp_path)))
    clock.fix(TODAY)
    return made


def opened(view, id: int, to: str, kind=StepDialog):
    """Open the form of a step as the inspector does."""
    step_dialogs.open_step(view, view.one(id), to)
    dialog = form(view.window(), kind)
    rest(view.window())
    return dialog


def put(dialog, **typed: str) -> None:
    """Type into the fields of a form."""
    for key, words in typed.items():
        field = dialog.fields[key].field
        if hasattr(field, "setPlainText"):
            field.setPlainText(words)
        else:
            type_into(field, words)


def taken(view, id: int, to: str, after: str = "", **typed: str) -> None:
    """Take a step by its form."""
    dialog = opened(view, id, to)
    put(dialog, **typed)
    click(dialog.button)
    spin(lambda: view.one(id).state == (after or to))
    spin(lambda: closed(dialog))


def test_a_proposal_goes_its_whole_way_by_the_forms(view):
    id = view.register(department="대중교통과")
    taken(view, id, S.REVIEW)
    taken(view, id, S.OPINION, department="교통정책과", question="거점을 더 둘 수 있습니까?")
    asked = view.one(id).opinions[0]
    assert (asked.department, asked.leads, asked.told_on) == ("교통정책과", True, TODAY)
    answer = AnswerDialog(view, asked)
    answer.open()
    rest(view.window())
    answer.stance.field.choose("partly")
    answer.text.field.setPlainText("14곳은 가능합니다.")
    click(answer.button)
    spin(lambda: view.one(id).state == S.REVIEW)  # the last answer brings it back
    assert view.one(id).opinions[0].text == "14곳은 가능합니다."
    taken(view, id, S.ADOPTED, planned_on="2022-09-01", plan="예산 협의 뒤 설치")
    one = view.one(id)
    assert (one.planned_on, one.plan, one.adoption) == (PLANNED, "예산 협의 뒤 설치", "adopted")
    # Without a reply with reasons it cannot be sent; the form stays and says so.
    dialog = opened(view, id, S.REPLIED)
    click(dialog.button)
    spin(lambda: dialog.refusal_row.isVisible())
    dialog.reject()
    view.run(replies.write_reply, id=id, text="채택합니다.", reasons="실시할 수 있습니다.")
    taken(view, id, S.REPLIED, how="전자우편")
    assert view.one(id).reply.sent_on == TODAY
    taken(view, id, S.IMPLEMENTING)
    assert view.one(id).planned_on == PLANNED
    taken(view, id, S.DELAYED, reason="자재 수급", planned_on="2022-10-01")
    assert view.one(id).planned_on == dt.date(2022, 10, 1)
    taken(view, id, S.DONE)
    assert view.one(id).implemented_on == TODAY


def test_what_is_missing_is_said_at_its_field_and_nothing_is_lost(view):
    id = view.register()
    view.step(id, S.REVIEW, on_day=RECEIVED)
    dialog = opened(view, id, S.ADOPTED)
    assert dialog.fields["planned_on"].field.hasFocus()
    put(dialog, plan="계획")
    click(dialog.button)
    assert dialog.fields["planned_on"].wrong_row.isVisible()
    assert dialog.fields["planned_on"].field.hasFocus()
    put(dialog, planned_on="2022-13-01")
    click(dialog.button)
    assert "2022-13-01" in dialog.fields["planned_on"].error.text()
    put(dialog, planned_on="2022-09-01", on_day="2022-02-01")  # before its receipt
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    spin(lambda: dialog.refusal_row.isVisible())
    assert dialog.fields["plan"].value() == "계획"
    assert view.one(id).state == S.REVIEW
    put(dialog, on_day="2022-03-10")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    spin(lambda: view.one(id).state == S.ADOPTED)
    assert view.one(id).decided_on == dt.date(2022, 3, 10)


def test_a_supplement_asked_late_says_that_the_clock_runs_on(view):
    id = view.register()
    dialog = opened(view, id, S.SUPPLEMENT)
    spin(lambda: "멈추지" in dialog.told.words[0].text() or "정지" in dialog.told.words[0].text())
    late = dialog.told.words[0].text()
    put(dialog, on_day="2022-02-25")
    spin(lambda: dialog.told.words[0].text() != late)  # four days after the receipt it does not
    put(dialog, wanted="위치도", until_on="2022-03-15", on_day="2022-03-11")
    click(dialog.button)
    spin(lambda: view.one(id).state == S.SUPPLEMENT)
    spin(lambda: closed(dialog))
    asked = view.one(id).supplements[0]
    assert (asked.wanted, asked.until_on, asked.pauses) == ("위치도", dt.date(2022, 3, 15), False)
    taken(view, id, S.RECEIVED, answer="위치도를 보냈습니다.")
    assert view.one(id).supplements[0].answer == "위치도를 보냈습니다."


def test_a_supplement_that_never_came_does_not_hold_the_review_back(view):
    id = view.register()
    day = RECEIVED + dt.timedelta(days=1)
    view.step(id, S.SUPPLEMENT, wanted="위치도", until_on=TODAY, on_day=day)
    dialog = opened(view, id, S.REVIEW)
    assert dialog.told.words[0].isVisible()  # awaited until today
    click(dialog.button)
    spin(lambda: dialog.refusal_row.isVisible())
    dialog.reject()
    clock.fix(TODAY + dt.timedelta(days=1))
    dialog = opened(view, id, S.REVIEW)
    assert dialog.form is WITHOUT and dialog.windowTitle() == "보완 없이 계속"
    assert not dialog.told.isVisible()
    click(dialog.button)
    spin(lambda: view.one(id).state == S.REVIEW)
    assert view.one(id).supplements[0].came_on is None
    # It can still come.
    assert [wait.deed for wait in waits(view.one(id))] == ["assign", "came", "told", "told"]


def test_from_a_supplement_each_way_says_what_it_is(view):
    id = view.register()
    day = RECEIVED + dt.timedelta(days=1)
    view.step(id, S.SUPPLEMENT, wanted="위치도", until_on=TODAY, on_day=day)

    def labels() -> dict[str, str]:
        return {way.to_state: say(way.label) for way in view.read(steps.ahead, id)}

    # Until its day it is awaited, and what came is entered.
    assert labels()[S.RECEIVED] == "보완 내용 등록"
    assert step_dialogs.form_of(S.SUPPLEMENT, S.RECEIVED) is CAME
    clock.fix(TODAY + dt.timedelta(days=1))
    told = labels()
    assert (told[S.RECEIVED], told[S.REVIEW]) == ("보완 없이 계속(접수)", "보완 없이 계속(검토)")
    dialog = opened(view, id, S.RECEIVED)
    assert dialog.form is WITHOUT
    put(dialog, reason="연락이 닿지 않음")
    click(dialog.button)
    spin(lambda: view.one(id).state == S.RECEIVED)
    assert view.one(id).supplements[0].came_on is None


def test_an_opinion_that_is_not_waited_for_is_taken_back(view):
    id = view.register()
    view.step(id, S.REVIEW)
    view.run(opinions.ask_opinion, id=id, department="회계과")
    dialog = WithdrawDialog(view, view.one(id).opinions[0])
    dialog.open()
    rest(view.window())
    click(dialog.button)
    spin(lambda: view.one(id).state == S.REVIEW)
    assert view.one(id).opinions[0].withdrawn_on == TODAY


def test_a_second_department_lends_a_hand(view):
    id = view.register()
    view.step(id, S.REVIEW)
    view.run(opinions.ask_opinion, id=id, department="회계과")
    step_dialogs.open_step(view, view.one(id), S.OPINION)
    dialog = form(view.window(), StepDialog)
    rest(view.window())
    assert dialog.fields["leads"].value() is False
    put(dialog, department="환경정책과")
    click(dialog.button)
    spin(lambda: len(view.one(id).opinions) == 2)
    assert [one.leads for one in view.one(id).opinions] == [True, False]


def test_transfer_petition_close_defer_and_withdraw_each_keep_their_reason(view):
    transferred = view.register("가로등 교체")
    taken(view, transferred, S.TRANSFERRED, outside="한국전력", outside_number="A-7", reason="소관")
    assert view.read(listing.proposal_ids, outside="")  # the lists still find it
    petition = view.register("우리 동네 소음")
    taken(view, petition, S.CIVIL_PETITION, reason="불편 신고임")
    closed_one = view.register("반복 제안")
    taken(view, closed_one, S.CLOSED, reason="같은 내용")
    deferred = view.register("더 볼 제안")
    view.step(deferred, S.REVIEW)
    due = view.one(deferred).due_on
    taken(view, deferred, S.DEFERRED, review_on="2022-06-01", reason="예산 확정 뒤 검토")
    assert view.one(deferred).review_on == dt.date(2022, 6, 1)
    assert view.one(deferred).due_on == due  # deferring does not stop the clock
    withdrawn = view.register("그만둔 제안")
    taken(view, withdrawn, S.WITHDRAWN)
    kinds = {
        notice.kind for id in (transferred, petition, closed_one) for notice in view.one(id).notices
    }
    assert {"transfer", "civil_petition", "closed"} <= kinds


def test_a_part_is_split_off_and_transferred(view):
    id = view.register("버스와 가로등")
    step_dialogs.open_partial_transfer(view, view.one(id))
    dialog = form(view.window(), PartlyTransferDialog)
    rest(view.window())
    type_into(dialog.title.field, "가로등 교체")
    click(dialog.button)
    assert dialog.outside.wrong_row.isVisible()
    type_into(dialog.outside.field, "한국전력")
    dialog.reason.field.setPlainText("소관 사항")
    click(dialog.button)
    spin(lambda: any(one.kind == "part" for one in view.one(id).relatives))
    part = next(one for one in view.one(id).relatives if one.kind == "part")
    assert view.one(part.id).state == S.TRANSFERRED
    assert view.one(id).state == S.RECEIVED


def test_a_department_is_assigned_and_another_one_with_a_reason(view):
    id = view.register()
    step_dialogs.open_assign(view, view.one(id))
    dialog = form(view.window(), StepDialog)
    put(dialog, department="대중교통과")
    click(dialog.button)
    spin(lambda: view.one(id).department == "대중교통과")
    spin(lambda: closed(dialog))
    step_dialogs.open_assign(view, view.one(id))
    dialog = form(view.window(), StepDialog)
    rest(view.window())
    put(dialog, department="교통정책과")
    click(dialog.button)
    assert dialog.fields["reason"].wrong_row.isVisible()
    put(dialog, reason="소관 조정")
    click(dialog.button)
    spin(lambda: view.one(id).department == "교통정책과")


def test_repeats_and_the_number_of_the_other_agency_are_noted(view):
    id = view.register()
    step_dialogs.open_note(view, view.one(id), REPEATED)
    dialog = form(view.window(), StepDialog)
    put(dialog, reason="같은 사람이 전화로")
    click(dialog.button)
    spin(lambda: [one.kind for one in view.one(id).notices] == ["receipt", "receipt"])
    spin(lambda: closed(dialog))
    view.step(id, S.TRANSFERRED, reason="소관 아님", outside="가상구청")
    step_dialogs.open_note(view, view.one(id), NUMBERED)
    dialog = form(view.window(), StepDialog)
    click(dialog.button)
    assert dialog.fields["outside_number"].wrong_row.isVisible()
    put(dialog, outside_number="가상-2022-77")
    click(dialog.button)
    spin(
        lambda: any("가상-2022-77" in (e.detail or "") for e in view.read(queries.timeline, id=id))
    )


def test_a_re_examination_wants_the_board_and_says_until_when_it_could_be_asked_for(view):
    id = view.register()
    view.step(id, S.REVIEW, on_day=RECEIVED)
    taken(view, id, S.NOT_ADOPTED, reason="예산 없음", on_day="2022-02-22")
    view.run(replies.write_reply, id=id, text="채택하지 않습니다.", reasons="예산이 없습니다.")
    taken(view, id, S.REPLIED, on_day="2022-02-22")
    dialog = opened(view, id, S.RE_EXAM)
    # More than 15 days after the notice: only where the same was implemented meanwhile.
    assert dialog.fields["same_content"].isVisible()
    assert dialog.told.words[0].isVisible()
    put(dialog, reason="다시 봐 주십시오.", on_day="2022-03-05")
    spin(lambda: not dialog.fields["same_content"].isVisible())
    click(dialog.button)
    spin(lambda: view.one(id).state == S.RE_EXAM)
    spin(lambda: closed(dialog))
    dialog = opened(view, id, S.ADOPTED)
    assert any("심사위원회" in words.text() for words in dialog.told.words if words.isVisible())
    put(dialog, planned_on="2022-09-01")
    click(dialog.button)
    spin(lambda: dialog.refusal_row.isVisible())
    dialog.reject()
    view.run(boards.add_board, id=id, members=6, citizens=3, stance="adopt", held_on=TODAY)
    taken(view, id, S.ADOPTED, planned_on="2022-09-01")


def test_several_are_put_on_one_agenda(window_on, sample_office, tmp_path):
    path = tmp_path / sample_office.name
    shutil.copy(sample_office, path)
    window = window_on(path)
    view = View(window)
    today = clock.today()
    ids = [
        view.register(title, received_on=today, department="대중교통과")
        for title in ("첫째 제안", "둘째 제안")
    ]
    for id in ids:
        view.step(id, S.REVIEW)
    step_dialogs.open_tabling(view, [view.one(id) for id in ids])
    dialog = form(window, TableDialog)
    rest(window)
    assert dialog.places
    if dialog.late.isVisible():
        dialog.late.field.setPlainText("의견 수렴이 늦게 끝남")
    click(dialog.button)
    spin(lambda: all(view.one(id).state == S.TABLED for id in ids))


def test_without_a_meeting_the_form_says_what_to_do(view):
    id = view.register()
    view.step(id, S.REVIEW)
    dialog = opened(view, id, S.TABLED, TableDialog)
    assert dialog.none.isVisible()
    assert not dialog.button.isEnabled()
    assert say(step_dialogs.NO_MEETING) in dialog.button.toolTip()


def test_every_state_a_profile_leads_to_has_a_form(view):
    id = view.register()
    one = view.one(id)
    wanted = [state for state in S if state not in (S.DRAFT, S.MERGED, S.TABLED)]
    assert all(step_dialogs.form_of(one.state, state) is not None for state in wanted)


@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_form_fits_has_its_first_field_ready_and_names(view, language):
    view.window().shell.speak(language)
    one = view.one(view.register("버스 정류장 태양광 안내판 설치와 심야 공공자전거 재배치 제안"))
    bad = {}
    forms = [*FORMS.values(), CAME, WITHOUT, MEASURED, ASSIGN, REASSIGN, BACK, UNTABLED, REPEATED]
    forms.append(NUMBERED)
    for each in forms:
        dialog = StepDialog(view.window(), view.desk, one, each)
        dialog.open()
        rest(view.window(), 0.01)
        if found := clipped(dialog) + nameless(dialog):
            bad[each.title] = found
        assert dialog.focusWidget() is not dialog.button, each.title
        dialog.reject()
    assert not bad
