"""The plan pane: its texts in both languages, adjustments, submission and end."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from gwangju_desktop.commitments import adjusting, plans, queries
from gwangju_desktop.commitments import page as pages
from tests.ui.acting import click, focus, type_into
from tests.ui.seeing import clipped, nameless
from ui.commitments.plan import PARTS

TEXTS, INSTITUTIONS, COUNTS, RULES, LACKS, ENGLISH = range(len(PARTS))
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def plan(at):
    """The plan pane with its first face."""
    pane = at.pane("plan")
    pane.on_part(TEXTS)
    at.place.show_plan(at.ids.plan)
    at.rest()
    pane.front.on_key((None, plans.sections("plan")[0].key))
    at.rest()
    return pane


def part(at, plan, n: int):
    """Show a part of the plan by its button."""
    click(plan.segment.parts[n])
    at.rest()
    return plan.front


def text_of(at, section: str, commitment_id: int | None = None):
    with at.desk.store.reading() as read:
        rows = pages.texts(read, at.ids.plan, commitment_id)
    return next(row for row in rows if row.section == section)


def draft(at, plan):
    """Make another plan, by its form."""
    plan.on_new_plan()
    form = at.dialog()
    type_into(form.fields["code"].field, "KRGNJ2023")
    type_into(form.fields["starts"].field, "2023-07")
    type_into(form.fields["ends"].field, "202406")
    type_into(form.fields["title"].field, "다음 실행계획(예시)")
    QTest.keyClick(form, Qt.Key.Key_Return, CONTROL)
    at.closed(form)
    at.rest()
    return at.place.plan


def test_a_plan_is_added_and_changed_by_its_form(at, plan) -> None:
    made = draft(at, plan)
    assert (made.code, made.start, made.end) == ("KRGNJ2023", "2023-07", "2024-06")
    assert plan.title.text() == "다음 실행계획(예시)"
    assert plan.state.sentence() == "작성 중"
    assert plan.submit.isVisible()
    click(plan.edit)
    form = at.dialog()
    type_into(form.fields["ends"].field, "2024-13")
    form.button.click()
    assert form.fields["ends"].error.text()
    type_into(form.fields["ends"].field, "2024. 12.")
    form.button.click()
    at.closed(form)
    assert at.place.plan.end == "2024-12"


def test_an_empty_plan_is_not_submitted(at, plan) -> None:
    draft(at, plan)
    click(plan.submit)
    form = at.dialog()
    form.button.click()
    at.rest()
    assert form.isVisible()
    assert form.refusal.text()
    form.reject()
    at.rest()
    lacks = part(at, plan, LACKS)
    assert any(line.blocks for line in lacks.lines)
    assert "1건" in lacks.meta.text()


def test_a_text_is_kept_by_ctrl_enter_and_by_going_on(at, plan) -> None:
    face = plan.front
    first, second = face.lines[0], face.lines[1]
    assert face.line.key == first.key
    type_into(face.twins.english.editor, "Written for the form")
    assert face.twins.english.count.text() == "20자 · 4단어"
    assert face.twins.save.isEnabled()
    QTest.keyClick(face.twins.english.editor, Qt.Key.Key_Return, CONTROL)
    at.rest()
    assert text_of(at, first.text.section).text_en == "Written for the form"
    assert not face.twins.save.isEnabled()
    QTest.keyClicks(face.twins.english.editor, " today ")
    QTest.keyClick(face.twins.english.editor, Qt.Key.Key_S, CONTROL)
    at.rest()
    assert at.room.front is plan
    QTest.keyClicks(face.twins.english.editor, "too")
    assert face.twins.english.value() == "Written for the form today too"
    face.twins.english.editor.setPlainText("Written for the form")
    focus(face.list)
    QTest.keyClick(face.list, Qt.Key.Key_Down)
    assert face.line.key == second.key
    type_into(face.twins.korean.editor, "새로 쓴 글")
    click(face.next)
    at.rest()
    assert face.line.key == face.lines[2].key
    assert text_of(at, second.text.section).text == "새로 쓴 글"
    assert text_of(at, first.text.section).text == "예시 글"


def test_what_is_typed_stays_with_its_plan(at, plan) -> None:
    other = draft(at, plan)
    at.place.show_plan(at.ids.plan)
    at.rest()
    face = plan.front
    section = face.line.text.section
    QTest.keyClicks(face.twins.english.editor, "Of the first plan")
    at.place.show_plan(other.id)
    at.rest()
    assert face.twins.english.value() == ""
    assert text_of(at, section).text_en == "Of the first plan"


def test_to_look_at_a_text_changes_nothing(at, plan) -> None:
    section = plan.front.lines[1].text.section
    words = "두  칸\u00a0띄우고\n\n  들여 쓴 글"
    at.desk.do(plans.set_text, plan_id=at.ids.plan, section=section, text=words)
    at.rest()
    head = at.desk.store.head()
    click(plan.front.next)
    assert plan.front.line.text.section == section
    assert plan.front.twins.korean.value() == words.replace("\u00a0", " ")
    focus(plan.front.twins.korean.editor)
    click(plan.front.next)
    part(at, plan, ENGLISH)
    part(at, plan, TEXTS)
    assert at.desk.store.head() == head
    assert text_of(at, section).text == words


def test_what_is_refused_comes_back_as_it_was_typed(at, plan) -> None:
    face = plan.front
    barred = "900101-1234568"
    type_into(face.twins.english.editor, barred)
    click(face.next)
    at.rest()
    assert face.line.key == face.lines[0].key
    assert face.twins.english.value() == barred
    assert face.twins.refusal.isVisible()
    assert text_of(at, face.line.text.section).text_en == ""
    face.twins.english.editor.clear()
    at.rest()


def test_a_text_is_copied(at, plan) -> None:
    click(plan.front.twins.korean.copy)
    assert QGuiApplication.clipboard().text() == "예시 글"
    assert not plan.front.twins.english.copy.isEnabled()


def test_a_frozen_promise_is_written_in_an_adjustment_only(at, plan) -> None:
    face = plan.front
    section = plans.sections("commitment")[0].key
    face.on_key((at.ids.first, section))
    at.rest()
    assert face.promise.isVisible()
    assert face.twins.korean.editor.isReadOnly()
    assert not face.twins.english.editor.isReadOnly()
    click(face.promise.begin)
    form = at.dialog()
    form.button.click()
    assert form.reason.error.text()
    type_into(form.reason.field, "범위를 넓힙니다(예시).")
    form.button.click()
    at.rest()
    assert form.refusal.text()  # nobody was consulted
    type_into(form.consulted.field, "협의체 서면 의견(예시)")
    form.button.click()
    at.closed(form)
    assert "범위를 넓힙니다" in face.promise.words.text()
    assert not face.twins.korean.editor.isReadOnly()
    type_into(face.twins.korean.editor, "고친 문제(예시)")
    click(face.twins.save)
    at.rest()
    click(face.promise.close_it)
    at.rest()
    assert face.twins.korean.editor.isReadOnly()
    with at.desk.store.reading() as read:
        editions = adjusting.editions(read, at.ids.first)
    assert [one.closed_on is None for one in editions] == [False]
    assert editions[0].changes


def test_an_adjustment_that_changed_nothing_is_withdrawn(at, plan) -> None:
    face = plan.front
    face.on_key((at.ids.first, plans.sections("commitment")[0].key))
    at.rest()
    click(face.promise.begin)
    form = at.dialog()
    type_into(form.reason.field, "잘못 시작함(예시)")
    type_into(form.consulted.field, "협의체(예시)")
    form.button.click()
    at.closed(form)
    click(face.promise.withdraw)
    at.rest()
    with at.desk.store.reading() as read:
        assert adjusting.editions(read, at.ids.first) == []
    assert face.promise.frozen


@pytest.mark.qt_log_ignore("does not support", extend=True)  # a menu without a screen
def test_a_plan_is_closed_and_reopened_from_its_menu(at, plan) -> None:
    assert plan.state.sentence() == "제출 2021. 7. 30."
    assert not plan.submit.isVisible()
    assert "on_close" in [entry.deed for entry in plan.entries() if entry]
    click(plan.more)
    at.rest()
    action = next(one for one in plan.menu.actions() if one.data() == "on_close")
    action.trigger()
    plan.menu.close()
    form = at.dialog()
    type_into(form.day.field, "2022-03-10")
    form.button.click()
    at.closed(form)
    assert plan.state.sentence() == "종료 2022. 3. 10."
    plan.on_reopen()
    at.rest()
    with at.desk.store.reading() as read:
        assert queries.plan(read, at.ids.plan).closed_on is None


@pytest.mark.parametrize("size", [(1366, 768), (911, 480)])
def test_every_part_fits_and_is_named(at, plan, size) -> None:
    at.window.resize(*size)
    try:
        for n in range(len(PARTS)):
            plan.on_part(n)
            at.rest()
            assert clipped(plan) == []
            assert nameless(plan) == []
            assert plan.panes()[0].isVisible()
    finally:
        at.window.resize(1366, 768)
        at.rest()
