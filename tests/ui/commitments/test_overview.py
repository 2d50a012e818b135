"""The commitments of a plan side by side: how each stands, what is due, the burn-up."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from gwangju_desktop.commitments import plans, progress, promises
from gwangju_desktop.evidence import evidence, integrity
from gwangju_desktop.evidence.intake import take_in
from tests.ui.acting import click, focus, type_into
from ui.commitments.burnup import percent
from ui.widgets.parts import Button


def cells(page, id: int) -> list[str]:
    model = page.list.model()
    n = model.place(id)
    found = [model.cell(n, c) for c in range(model.columnCount())]
    return [" / ".join(filter(None, (cell.text, cell.chip, cell.sub))) for cell in found]


def test_own_status_and_official_completion_stand_beside_each_other(at) -> None:
    page = at.pane("overview")
    assert page.title.text() == "광주 OGP 실행계획(예시)"
    assert page.state.sentence() == "2021. 7. 30. 제출"
    assert "주관: 가상과" in page.meta.text()
    late = cells(page, at.ids.first)
    assert late[0] == "시민과 함께 만드는 기후변화 관리 정책 / KRGNJ0001 · 2021. 8.~2022. 5."
    assert late[1] == "지연 / 지연 사유 없음"
    assert late[2] == "평가 전 / 제안(참고): 증빙 없음"
    assert late[3] == "50%"
    assert late[4] == "2/4 / 지연 1건"
    running = cells(page, at.ids.second)
    assert running[1] == "정상 추진"
    assert "제2판" in running[0]
    at.desk.do(
        progress.set_own_status,
        commitment_id=at.ids.first,
        status="postponed",
        reason="가상 사유",
    )
    at.rest()
    assert cells(page, at.ids.first)[1] == "연기 / 직접 지정"


def test_deadlines_lead_to_their_records(at) -> None:
    page = at.pane("overview")
    said = [str(one.label) for one in page.beside.due]
    assert any("KRGNJ0001" in one for one in said)
    days = [one.due_on for one in page.beside.due]
    assert days == sorted(days)
    n = next(n for n, one in enumerate(page.beside.due) if one.milestone_id == at.ids.first3)
    page.due.choose(n)
    focus(page.due)
    QTest.keyClick(page.due, Qt.Key.Key_Return)
    at.rest()
    assert at.room.front is at.room.pane("commitment")
    assert at.room.front.milestones.current().id == at.ids.first3


def test_the_burn_up_is_of_the_plan_or_of_one(at) -> None:
    page = at.pane("overview")
    page.list.choose(at.ids.first)
    at.rest()
    assert page.burn.sentence().startswith("비중 50% 완료")
    click(page.whose.parts[0])
    at.rest()
    # Of 13 in all 5 and 1 are done.
    assert page.burn.sentence().startswith(f"비중 {percent(6 / 13)}% 완료")
    click(page.copy)
    assert not QGuiApplication.clipboard().image().isNull()
    click(page.whose.parts[1])
    assert percent(0.999) == 99


def test_the_burn_up_is_saved_as_png_svg_and_pdf(at, tmp_path) -> None:
    page = at.pane("overview")
    for suffix, head in ((".png", b"\x89PNG"), (".svg", b"<?xml"), (".pdf", b"%PDF")):
        path = tmp_path / f"누적{suffix}"
        page.save_to(path)
        assert path.read_bytes().startswith(head), suffix


def test_enter_opens_a_commitment_and_the_panes_follow(at) -> None:
    page = at.pane("overview")
    page.list.choose(at.ids.second)
    focus(page.list)
    QTest.keyClick(page.list, Qt.Key.Key_Return)
    at.rest()
    other = at.room.pane("commitment")
    assert at.room.front is other
    assert other.whole.row.id == at.ids.second
    click(other.before)
    at.rest()
    assert other.whole.row.id == at.ids.first
    assert not other.before.isEnabled()


def test_a_commitment_is_added_to_a_plan_that_was_not_submitted(at) -> None:
    page = at.pane("overview")
    assert not page.add.isVisible()
    at.desk.do(plans.add_plan, code="KRGNJ2023", title="다음 실행계획(예시)", title_en="Next")
    at.rest()
    assert at.room.plans.isVisible()
    n = next(n for n, (_id, said) in enumerate(at.room.plans.options) if "KRGNJ2023" in said)
    at.room.plans.setCurrentIndex(n)
    at.room.plans.activated.emit(n)
    at.rest()
    assert page.state.sentence() == "작성 중"
    assert page.hollow.currentWidget() is page.empty
    click(page.empty_add)
    form = at.dialog()
    form.button.click()
    at.rest()
    assert form.fields["code"].wrong_row.isVisible()
    type_into(form.fields["code"].field, "KRGNJ0009")
    type_into(form.fields["title"].field, "가상 이행과제")
    type_into(form.fields["starts"].field, "2023-13")
    form.button.click()
    at.rest()
    assert "202313" in form.fields["starts"].error.text()
    type_into(form.fields["starts"].field, "2023-02")
    form.values["participation"].setChecked(True)
    form.button.click()
    at.closed(form)
    at.rest()
    shown = at.room.pane("commitment")
    assert at.room.front is shown
    assert shown.whole.row.code == "KRGNJ0009"
    assert shown.whole.open_values == ("participation",)
    assert shown.milestones.none.isVisible()
    at.desk.do(promises.edit_commitment, commitment_id=shown.whole.row.id, title="바뀐 이름")
    at.rest()
    assert shown.title.text() == "바뀐 이름"


def test_a_broken_evidence_file_is_said_over_every_pane(at, tmp_path) -> None:
    kept = tmp_path / "가상 결과.txt"
    kept.write_text("예시", "utf-8")
    facts = take_in(at.desk.store.papers, kept)
    at.desk.do(
        evidence.add_evidence,
        plan_id=at.ids.plan,
        title="가상 결과(예시)",
        sha256=facts.sha256,
        name=facts.name,
        bytes=facts.bytes,
    )
    at.rest()
    page = at.pane("overview")
    assert not at.room.alarm.isVisible()
    disk = at.desk.store.papers.path(facts.sha256)
    disk.chmod(0o600)
    disk.write_bytes(b"other")
    # Written past the desk, as a command line does: the desk hears of it and the room asks anew.
    integrity.check(at.desk.store)
    at.desk.look_for_changes()
    at.rest()
    assert at.room.alarm.isVisible()
    assert "가상 결과.txt" in at.room.alarm.words.text()
    assert at.room.front is page
    click(at.room.alarm.actions.findChild(Button))
    at.rest()
    assert at.room.front is at.room.built["evidence"]
    assert not at.room.alarm.isVisible()


def test_a_commitment_is_found_by_initials_and_number(at) -> None:
    page = at.pane("overview")
    assert not page.search.isVisible()
    page.on_find()
    type_into(page.search, "ㅇㄴㅈ")
    at.rest()
    model = page.list.model()
    assert [model.id_at(n) for n in range(model.rowCount())] == [at.ids.second]
    assert at.place.commitment_id == at.ids.second
    type_into(page.search, "0001")
    assert [model.id_at(n) for n in range(model.rowCount())] == [at.ids.first]
    page.search.clear()
    at.rest()
    assert model.rowCount() == 2
