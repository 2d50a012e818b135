"""One commitment on screen: milestones go on, status by hand, causes, texts, adjustments."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from db.vocab import MilestoneState
from gwangju_desktop.commitments import adjusting
from gwangju_desktop.reviews import answering, rounds
from tests.ui.acting import click, focus, type_into


@pytest.fixture
def first(at):
    """The page of the first commitment, and what waits."""
    page = at.pane("commitment")
    at.place.show_commitment(at.ids.first)
    at.rest()
    return page


def chosen(at, page, name: str):
    page.milestones.choose(getattr(at.ids, name))
    at.rest()
    return page.milestones.current()


def test_a_milestone_is_begun_and_completed_by_keys(at, first) -> None:
    one = chosen(at, first, "first4")
    assert one.state == MilestoneState.NOT_STARTED
    focus(first.milestones.list)
    QTest.keyClick(first.milestones.list, Qt.Key.Key_Space)
    at.rest()
    one = first.milestones.current()
    assert one.state == MilestoneState.IN_PROGRESS
    assert f"{one.started_on}" == "2022-03-11"
    focus(first.milestones.list)
    QTest.keyClick(first.milestones.list, Qt.Key.Key_Space)
    form = at.dialog()
    assert not form.cause.isVisible()
    QTest.keyClick(form, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    at.closed(form)
    assert first.milestones.current().state == MilestoneState.COMPLETED
    assert first.milestones.count.text() == "4건 · 완료 3건 · 비중 80%"


def test_a_late_completion_asks_for_its_cause(at, first) -> None:
    chosen(at, first, "first3")
    assert first.status.sentence() == "지연"
    assert first.state_card.no_cause.isVisible()
    click(first.milestones.complete)
    form = at.dialog()
    assert form.cause.isVisible()
    assert "11일" in form.overdue.text()
    form.button.click()
    at.rest()
    assert form.isVisible()
    assert "가상 시민토론회 개최" in form.refusal.text()
    form.on.field.setText("2022-02-25")
    assert not form.cause.isVisible()
    form.on.field.setText("2022-03-10")
    type_into(form.cause.field, "장소를 구하지 못했습니다(예시).")
    form.button.click()
    at.closed(form)
    one = first.milestones.current()
    assert one.late_done and one.delay_cause == "장소를 구하지 못했습니다(예시)."
    assert first.status.sentence() == "정상 추진"
    assert first.milestones.cause.isVisible()


def test_a_status_by_hand_wins_with_what_is_worked_out_beside_it(at, first) -> None:
    click(first.state_card.set)
    form = at.dialog()
    form.button.click()
    at.rest()
    assert form.reason.wrong_row.isVisible()
    form.status.field.setCurrentIndex(
        next(n for n, (code, _said) in enumerate(form.status.field.options) if code == "postponed")
    )
    type_into(form.reason.field, "행사 방침이 바뀌었습니다(예시).")
    form.button.click()
    at.closed(form)
    assert first.status.sentence() == "연기"
    assert first.state_card.reason.text() == "행사 방침이 바뀌었습니다(예시)."
    assert first.state_card.why.text().startswith("자동 판정: 지연")
    click(first.state_card.clear)
    at.rest()
    assert first.status.sentence() == "지연"
    assert not first.state_card.reason.isVisible()


def test_one_merged_into_another_names_it(at, first) -> None:
    click(first.state_card.set)
    form = at.dialog()
    assert not form.into.isVisible()
    form.status.field.setCurrentIndex(
        next(n for n, (code, _said) in enumerate(form.status.field.options) if code == "merged")
    )
    assert form.into.isVisible()
    type_into(form.reason.field, "둘을 하나로(예시)")
    form.button.click()
    at.rest()
    assert form.isVisible() and form.refusal.text()
    form.into.field.setCurrentIndex(1)
    form.button.click()
    at.closed(form)
    assert first.status.sentence() == "통합"
    assert "KRGNJ0002에 통합" in first.meta.text()


def test_the_cause_of_a_delay_is_written(at, first) -> None:
    click(first.state_card.write)
    form = at.dialog()
    type_into(form.cause.field, "설문이 미루어졌습니다(예시).")
    form.button.click()
    at.closed(form)
    assert not first.state_card.no_cause.isVisible()
    assert first.state_card.cause.text() == "지연 사유: 설문이 미루어졌습니다(예시)."


def test_a_submitted_promise_is_edited_in_an_adjustment_only(at, first) -> None:
    assert not first.milestones.add.isVisible()
    assert first.promise.isVisible()
    chosen(at, first, "first4")
    click(first.milestones.change)
    form = at.dialog()
    assert form.fields["title"].field.isReadOnly()
    type_into(form.fields["title_en"].field, "Publish what was taken up (sample)")
    form.button.click()
    at.closed(form)
    assert first.milestones.current().title_en == "Publish what was taken up (sample)"
    at.desk.do(
        adjusting.start_adjustment,
        commitment_id=at.ids.first,
        reason="가상 사유",
        consulted="가상 협의체",
        adjusted_on=first.whole.row.next_due,
    )
    at.rest()
    if first.milestones.add.isVisible():
        click(first.milestones.add)
    form = at.dialog()
    type_into(form.fields["title"].field, "가상 추가 과제")
    form.fields["weight"].field.setText("0")
    form.button.click()
    at.rest()
    assert form.isVisible()
    form.fields["weight"].field.setText("2")
    form.button.click()
    at.closed(form)
    assert first.milestones.current().title == "가상 추가 과제"
    assert len(first.whole.milestones) == 5
    focus(first.milestones.list)
    QTest.keyClick(first.milestones.list, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    at.rest()
    assert [one.number for one in first.whole.milestones] == [1, 2, 3, 5, 4]
    assert first.whole.milestones[3].title == "가상 추가 과제"
    first.milestones.on_cancel()
    at.rest()
    assert first.whole.milestones[3].state == MilestoneState.CANCELLED
    at.desk.do(adjusting.close_adjustment, commitment_id=at.ids.first)
    at.rest()
    assert first.editions.isVisible()
    assert any("가상 추가 과제" in one.text() for one in first.editions.lines)


def test_texts_stand_in_both_languages_and_are_counted(at, first) -> None:
    parts = first.texts.parts
    assert parts[0].english.text().startswith("Citizens need")
    assert parts[1].english.text() == "영문 없음"
    assert parts[-1].korean.text() == "작성 전"
    first.scroller.ensureWidgetVisible(parts[1])
    click(parts[1].edit)
    form = at.dialog()
    assert form.text.field.isReadOnly()
    type_into(form.text_en.field, "Status quo")
    assert form.counts[1].text() == "10자"
    form.button.click()
    at.closed(form)
    assert parts[1].english.text() == "Status quo"


def test_notes_come_and_go(at, first) -> None:
    assert first.notes.lines[0].text.text() == "토론회 장소를 협의하고 있습니다(예시)."
    first.scroller.ensureWidgetVisible(first.notes)
    click(first.notes.add)
    form = at.dialog()
    type_into(form.text.field, "<b>글자 그대로</b>")
    form.of.field.setCurrentIndex(3)
    form.button.click()
    at.closed(form)
    newest = first.notes.lines[0]
    assert newest.text.text() == "<b>글자 그대로</b>"
    assert newest.text.textFormat() == Qt.TextFormat.PlainText
    assert "세부 이행과제 3" in newest.head.text()
    first.scroller.ensureWidgetVisible(newest)
    click(newest.drop)
    at.rest()
    assert len(first.whole.notes) == 1
    at.desk.undo()
    at.rest()
    assert len(first.whole.notes) == 2


def test_a_commitment_is_completed_after_its_milestones(at, first) -> None:
    at.place.show_commitment(at.ids.second)
    at.rest()
    assert not first.state_card.finish.isVisible()
    chosen(at, first, "second2")
    click(first.milestones.complete)
    form = at.dialog()
    form.button.click()
    at.closed(form)
    click(first.state_card.finish)
    form = at.dialog()
    form.button.click()
    at.closed(form)
    assert first.status.sentence() == "완료"
    assert f"{first.whole.row.completed_on}" == "2022-03-11"
    click(first.state_card.reopen)
    at.rest()
    assert first.whole.row.completed_on is None


def test_a_published_rating_stands_beside_the_status_and_nothing_here_changes_it(at, first) -> None:
    card = first.rating_card
    assert card.scale.sentence() == "점검기구의 평가가 아직 없습니다."
    assert card.suggested.text().startswith("제안(참고): 증빙 없음")
    at.desk.do(rounds.add_review, plan_id=at.ids.plan, kind="closing", commitment_id=at.ids.first)
    at.rest()
    at.desk.do(
        answering.record_published_answer,
        review_id=1,
        question="1.1",
        value="limited",
        source="가상 종료평가서",
        answered_on=dt.date(2022, 3, 10),
        commitment_id=at.ids.first,
    )
    at.rest()
    assert card.scale.sentence() == "일부 완료, 5단계 중 3단계"
    assert "게시된 보고서" in card.who.text() and "가상 종료평가서" in card.who.text()
    assert first.status.sentence() == "지연"
    assert card.findChildren(QPushButton) == [card.more]
    listed = at.pane("overview").list.model()
    assert listed.cell(listed.place(at.ids.first), 2).text == "일부 완료"
