"""The parts of the plan pane that are lists: institutions, counts, rules, what is lacking."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from db.vocab import PlanRuleKey
from gwangju_desktop.commitments import (
    counts,
    institutions,
    lacking,
    milestones,
    page,
    roundtrip,
    rules,
    sheet_file,
)
from tests.ui.acting import click, focus, type_into
from tests.ui.commitments.test_plan import (
    CONTROL,
    COUNTS,
    ENGLISH,
    INSTITUTIONS,
    LACKS,
    RULES,
    TEXTS,
    part,
    plan,
)
from ui.commitments import plan_sheets

__all__ = ["plan"]
ALT = Qt.KeyboardModifier.AltModifier
Key = Qt.Key


def read(at, query, **asked):
    with at.desk.store.reading() as session:
        return query(session, **asked)


def add_institution(at, face, name: str, role: str = "civil", english: str = "") -> None:
    click(face.add)
    form = at.dialog()
    form.role.field.choose(role)
    type_into(form.name.field, name)
    type_into(form.name_en.field, english)
    QTest.keyClick(form, Key.Key_Return, CONTROL)
    at.closed(form)
    at.rest()


def names(at, **of) -> list[str]:
    rows = read(at, institutions.institutions, plan_id=at.ids.plan, **of)
    return [row.name for row in rows if row.role == "civil"]


def test_institutions_are_added_moved_and_taken_away(at, plan) -> None:
    face = part(at, plan, INSTITUTIONS)
    add_institution(at, face, "가상 시민단체 하나")
    add_institution(at, face, "가상 시민단체 둘", english="Made-up group two")
    assert face.shown.name == "가상 시민단체 둘"
    click(face.copy)
    assert QGuiApplication.clipboard().text().split("\n") == [
        *("Lead institution:", "Made-up Division"),
        *("Civil society:", "가상 시민단체 하나", "Made-up group two"),
    ]
    focus(face.list)
    QTest.keyClick(face.list, Key.Key_Up, ALT)
    at.rest()
    assert names(at) == ["가상 시민단체 둘", "가상 시민단체 하나"]
    # Over the head of its group it does not go: another role is above.
    QTest.keyClick(face.list, Key.Key_Up, ALT)
    at.rest()
    assert names(at) == ["가상 시민단체 둘", "가상 시민단체 하나"]
    QTest.keyClick(face.list, Key.Key_Delete)
    at.rest()
    assert names(at) == ["가상 시민단체 하나"]


def test_institutions_of_a_frozen_promise_take_english_only(at, plan) -> None:
    face = part(at, plan, INSTITUTIONS)
    face.where.setCurrentIndex(1)
    face.where.activated.emit(1)
    at.rest()
    assert face.promise.isVisible()
    assert not face.add.isEnabled()
    assert not face.remove.isEnabled()
    click(face.edit)
    form = at.dialog()
    assert not form.name.field.isEnabled()
    type_into(form.name_en.field, "Another made-up division")
    form.button.click()
    at.closed(form)
    rows = read(at, institutions.institutions, plan_id=at.ids.plan, commitment_id=at.ids.first)
    assert rows[0].name_en == "Another made-up division"


def add_count(at, button, label: str, number: str) -> None:
    click(button)
    form = at.dialog()
    type_into(form.label.field, label)
    type_into(form.number.field, number)
    QTest.keyClick(form, Key.Key_Return, CONTROL)
    at.closed(form)
    at.rest()


def test_parts_of_a_number_are_summed(at, plan) -> None:
    face = part(at, plan, COUNTS)
    assert face.panes() == [face.hollow.empty]
    add_count(at, face.add, "시민 의견수렴(예시)", "3")
    add_count(at, face.add_part, "시민사회단체(예시)", "2")
    assert face.shown.parent is not None
    assert face.chip.sentence() == "합계 불일치 1건"
    # A part is added beside the part in front, not below it.
    add_count(at, face.add_part, "공공기관(예시)", "1")
    record = read(at, counts.record, plan_id=at.ids.plan)
    assert [(row.label, row.number, len(row.parts)) for row in record] == [
        ("시민 의견수렴(예시)", 3, 2)
    ]
    assert not record[0].sum_differs
    assert face.list.model().cell(0, 2).chip == "합계 일치"
    add_count(at, face.add_part, "시민 모임(예시)", "")
    assert face.list.model().cell(0, 2).chip == "일부 수치 없음"
    assert face.list.model().cell(3, 1).text == "수치 없음"
    click(face.copy)
    assert QGuiApplication.clipboard().text() == (
        "시민 의견수렴(예시) (3): 2 시민사회단체(예시), 1 공공기관(예시), 시민 모임(예시)"
    )
    focus(face.list)
    QTest.keyClick(face.list, Key.Key_Up, ALT)
    at.rest()
    parts = read(at, counts.record, plan_id=at.ids.plan)[0].parts
    assert [one.label for one in parts][1:] == ["시민 모임(예시)", "공공기관(예시)"]


def test_a_number_leads_to_its_evidence(at, plan) -> None:
    face = part(at, plan, COUNTS)
    add_count(at, face.add, "시민 설문(예시)", "51")
    asked = []
    plan.wanted.connect(lambda *where: asked.append(where))
    click(face.proof)
    at.rest()
    assert asked[0] == ("commitments", face.rows[0].id, "plan_count.evidence")


def test_a_rule_has_another_value_from_a_day_on(at, plan) -> None:
    face = part(at, plan, RULES)
    rows = len(face.rows)
    row = next(one for one in face.rows if one.rule == PlanRuleKey.WEB_MONTHS)
    face.list.choose(row.id)
    assert not face.remove.isEnabled()
    click(face.add)
    form = at.dialog()
    form.rule.field.choose(PlanRuleKey.WEB_MONTHS.value)
    form.button.click()
    assert form.number.error.text()
    type_into(form.number.field, "3")
    type_into(form.since.field, "2022-03-01")
    type_into(form.source.field, "가상 협의체 결정")
    form.button.click()
    at.closed(form)
    at.rest()
    assert len(face.rows) == rows + 1
    plan_id, key = at.ids.plan, PlanRuleKey.WEB_MONTHS
    assert read(at, rules.rule, plan_id=plan_id, key=key, on=dt.date(2022, 2, 28)) == 4
    assert read(at, rules.rule, plan_id=plan_id, key=key, on=dt.date(2022, 3, 1)) == 3
    click(face.remove)
    at.rest()
    assert len(face.rows) == rows


def test_what_is_lacking_leads_to_where_it_is_completed(at, plan) -> None:
    face = part(at, plan, LACKS)
    number = len(face.lines)
    assert plan.segment.parts[LACKS].text() == f"보완할 것 {number}"
    line = next(one for one in face.lines if "section" in one.lack.what.values and one.lack.row_id)
    face.list.choose(line.id)
    focus(face.list)
    QTest.keyClick(face.list, Key.Key_Return)
    at.rest()
    assert plan.shown == TEXTS
    assert plan.front.line.text.label == line.lack.what.values["section"]
    for label in ("시민 의견수렴(예시)", "시민 설문(예시)"):
        asked = {"plan_id": at.ids.plan, "kind": "poll", "label": label, "number": 3}
        at.desk.do(counts.add_count, **asked)
    at.rest()
    face = part(at, plan, LACKS)
    line = [one for one in face.lines if one.lack.what.message in lacking.OF_COUNTS][-1]
    face.lead(line.lack)
    at.rest()
    assert (plan.shown, plan.front.shown.row.label) == (COUNTS, "시민 설문(예시)")
    face = part(at, plan, LACKS)
    line = next(one for one in face.lines if one.lack.table == "milestone")
    face.lead(line.lack)
    at.rest()
    assert at.room.front is at.room.pane("commitment")


def test_english_is_written_one_text_after_the_other(at, plan) -> None:
    face = part(at, plan, ENGLISH)
    number = len(face.lines)
    first, second = face.lines[0], face.lines[1]
    assert face.twins.korean.editor.isReadOnly()
    focus(face.list)
    QTest.keyClick(face.list, Key.Key_Return)
    assert face.twins.english.editor.hasFocus()
    QTest.keyClicks(face.twins.english.editor, "Sample text")
    QTest.keyClick(face.twins.english.editor, Key.Key_Return, CONTROL)
    at.rest()
    assert len(face.lines) == number - 1
    assert face.line.key == second.key
    assert first.key not in [one.key for one in face.lines]
    assert plan.segment.parts[ENGLISH].text() == f"영문 없음 {number - 1:,}"


def test_english_goes_out_as_a_sheet_and_comes_in_again(at, plan, tmp_path) -> None:
    face = part(at, plan, ENGLISH)
    number = len(face.lines)
    path = tmp_path / "영문 없는 글.xlsx"
    plan.save_sheet(plan_sheets.ENGLISH, path)
    at.rest()
    rows = sheet_file.read(path)
    assert len(rows) == number + 1
    rows[1] = [*rows[1][:3], "Filled in elsewhere"]
    sheet_file.write(path, "영문", rows)
    click(face.read_sheet)
    form = at.dialog()
    form.button.click()
    assert form.path.error.text()
    type_into(form.path.field, str(path))
    form.button.click()
    at.closed(form)
    at.rest()
    assert len(face.lines) == number - 1


def test_progress_of_a_sheet_is_taken_whole_or_not_at_all(at, plan, tmp_path) -> None:
    path = tmp_path / "추진 상황.xlsx"
    rows = read(at, roundtrip.export_progress, plan_id=at.ids.plan)
    columns = list(roundtrip.PROGRESS)
    third = next(row for row in rows if row[:2] == ["KRGNJ0001", 3])
    third[columns.index(roundtrip.COMPLETED)] = "2022-03-04"

    def take_in():
        sheet_file.write(path, "추진 상황", rows)
        plan.on_import_progress()
        form = at.dialog()
        type_into(form.path.field, str(path))
        form.button.click()
        at.rest()
        return form

    form = take_in()
    assert form.refusal.text()  # late without its cause
    form.reject()
    third[columns.index(roundtrip.CAUSE)] = "방역 단계가 올라 미루었습니다(예시)."
    at.closed(take_in())
    with at.desk.store.reading() as session:
        held = milestones.of_commitment(session, at.ids.first)
        assert [one.completed_on for one in held if one.number == 3] == [dt.date(2022, 3, 4)]


@pytest.mark.parametrize("name", ["missing.xlsx", "empty.xlsx"])
def test_a_sheet_that_is_none_is_refused_in_the_form(at, plan, tmp_path, name) -> None:
    path = tmp_path / name
    if name.startswith("empty"):
        path.write_bytes(b"")
    plan.on_import_english()
    form = at.dialog()
    type_into(form.path.field, str(path))
    form.button.click()
    at.rest()
    assert name in form.refusal.text()
    form.reject()
    at.rest()


def test_a_record_opens_in_the_part_that_holds_it(at, plan) -> None:
    of = {"plan_id": at.ids.plan, "commitment_id": at.ids.first}
    institution = read(at, institutions.institutions, **of)[0]
    rule = read(at, rules.rules, plan_id=at.ids.plan, on=dt.date(2022, 3, 11))[-1]
    text = next(one for one in read(at, page.texts, **of) if one.id)
    shell = at.window.shell
    shell.go("commitments", institution.id, "plan_institution")
    at.rest()
    assert (plan.shown, plan.front.shown) == (INSTITUTIONS, institution)
    shell.go("commitments", rule.id, "plan_rule")
    at.rest()
    assert (plan.shown, plan.front.shown.id) == (RULES, rule.id)
    shell.go("commitments", text.id, "plan_text")
    at.rest()
    assert plan.shown == TEXTS
    assert plan.front.line.key == (at.ids.first, text.section)
