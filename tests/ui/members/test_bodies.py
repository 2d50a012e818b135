"""The pane of bodies by its keys and buttons, on a real office in the real window."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from db.store import Store
from db.vocab import BodyRuleKey
from gwangju_desktop import offices, settings, text
from gwangju_desktop.members import bodies, terms
from tests.ui.acting import click, focus, type_into
from tests.ui.conftest import rest, spin
from tests.ui.seeing import clipped
from ui.members.bodies import OFFICE
from ui.members.body_forms import BodyForm, DissolveDialog, NameForm
from ui.members.newterm_dialogs import TermDialog
from ui.members.office_card import LineForm, NamesForm
from ui.members.rule_forms import RuleForm, TemplateForm

KEY = Qt.Key


def go(window):
    window.shell.go("members")
    rest(window)
    page = window.shell.rooms.page("members").show_pane("bodies")
    rest(window)
    return page


@pytest.fixture
def page(window):
    return go(window)


@pytest.fixture
def shared_page(shared_window):
    return go(shared_window)


def names(page) -> list[str]:
    return [page.model.cell(n, 0).text for n in range(page.model.rowCount())]


def show(page, name: str) -> int:
    """Choose a body by the list and wait for its sheet."""
    id = page.model.row(names(page).index(name)).id
    page.list.choose(id)
    spin(lambda: page.sheet.record is not None and page.sheet.record.id == id)
    rest(page.window())
    return id


def dialog(page, kind):
    spin(lambda: page.window().findChild(kind) is not None)
    shown = page.window().findChild(kind)
    rest(page.window())
    return shown


def done(page, shown) -> None:
    """Press the button of a dialog and wait until it is gone."""
    click(shown.button)
    spin(lambda: not shown.isVisible())
    rest(page.window())


def read(page, query, **asked):
    with page.desk.store.reading() as session:
        return query(session, **asked)


COMMITTEE = "광주광역시 탄소중립도시추진위원회"


def test_the_tree_shows_the_office_and_its_bodies(shared_page) -> None:
    page = shared_page
    assert names(page)[:3] == ["광주광역시", COMMITTEE, "기후위기비상대책본부"]
    assert page.model.cell(2, 0).indent > page.model.cell(1, 0).indent
    assert page.model.cell(1, 1).text == "35/35"
    assert page.sheet.name.text() == COMMITTEE
    assert page.sheet.facts["precedence"].text() == "당연직 먼저"
    assert not clipped(page.window())


def test_every_rule_stands_with_value_source_and_mark(shared_page) -> None:
    page = shared_page
    click(page.sheet.tabs.parts[1])
    rest(page.window())
    model = page.sheet.model
    assert model.rowCount() == len(BodyRuleKey) - 1  # Youth members: not before 2025.
    said = {model.cell(n, 0).text: model.cell(n, 1) for n in range(model.rowCount())}
    assert said["의사정족수"].text == "재적위원 과반수 출석"
    assert said["의사정족수"].sub
    marks = {model.cell(n, 3).chip for n in range(model.rowCount())}
    assert "기본값" in marks
    text.use("en")
    assert model.cell(0, 1).text == "more than half of the enrolled attend"


def test_a_rule_is_edited_and_its_history_shows(page) -> None:
    show(page, COMMITTEE)
    click(page.sheet.tabs.parts[1])
    focus(page.sheet.list)
    QTest.keyClick(page.sheet.list, KEY.Key_Home)
    QTest.keyClick(page.sheet.list, KEY.Key_Return)
    form = dialog(page, RuleForm)
    type_into(form.form.num.field, "2")
    type_into(form.form.den.field, "3")
    form.form.more.field.setCurrentIndex(1)
    assert form.said.text() == "재적위원 2/3 이상 출석"
    type_into(form.source.field, "")
    form.source.field.clear()
    type_into(form.valid_from.field, "2022-03-01")
    click(form.button)
    rest(page.window())
    assert form.isVisible() and form.refusal.text()
    type_into(form.source.field, "운영세칙 제5조")
    done(page, form)
    entry = page.sheet.entry()
    assert (entry.value, entry.source) == (">= 2/3 enrolled", "운영세칙 제5조")
    assert len(page.sheet.past.layout().parent().children()) >= 3
    history = read(page, bodies.rule_history, body_id=page.sheet.id, rule=BodyRuleKey.QUORUM.value)
    assert history[0].since == dt.date(2022, 3, 1)
    assert history[1].until == dt.date(2022, 2, 28)
    newest = page.sheet.past.layout().itemAt(0).widget().part
    focus(newest.gone)
    QTest.keyClick(newest.gone, KEY.Key_Space)
    spin(lambda: page.sheet.entry().value == "> 1/2 enrolled")


def test_a_template_shows_what_changes_and_is_undone_in_one_step(page) -> None:
    id = show(page, COMMITTEE)
    before = read(page, bodies.sheet, id=id).rules
    click(page.sheet.tabs.parts[1])
    click(page.sheet.template)
    form = dialog(page, TemplateForm)
    form.template.field.setCurrentIndex(1)
    rest(page.window())
    assert form.model.rowCount() == 12
    assert "개 적용" in form.button.text()
    done(page, form)
    after = {entry.rule: entry for entry in read(page, bodies.sheet, id=id).rules}
    assert after[BodyRuleKey.MOST_TERMS].value == ""
    page.desk.undo()
    rest(page.window())
    assert read(page, bodies.sheet, id=id).rules == before


def test_dissolving_names_what_ends_and_greys_the_body(page) -> None:
    id = show(page, COMMITTEE)
    click(page.sheet.end)
    form = dialog(page, DissolveDialog)
    assert form.button.text() == "기구 폐지 · 재직 35건 종료"
    type_into(form.on.field, "2022-03-31")
    rest(page.window())
    done(page, form)
    assert page.model.cell(1, 0).ink == "text3"
    assert page.model.cell(1, 2).sub == "폐지"
    assert read(page, bodies.sheet, id=id, on=dt.date(2022, 4, 1)).members == 0
    assert not page.sheet.end.isVisible()
    page.desk.undo()
    rest(page.window())
    assert read(page, bodies.sheet, id=id, on=dt.date(2022, 4, 1)).members == 35 - _ended(page)
    assert page.sheet.end.isVisible()


def _ended(page) -> int:
    """Count those whose term ends in March anyway."""
    from gwangju_desktop.members import queries

    day = dt.date(2022, 3, 31)
    rows = read(page, queries.members, body_id=page.sheet.id, on=dt.date(2022, 3, 11))
    return sum(row.ends_on is not None and row.ends_on <= day for row in rows)


def test_other_names_are_added_edited_and_taken_away(page) -> None:
    show(page, COMMITTEE)
    click(page.sheet.add_name)
    form = dialog(page, NameForm)
    type_into(form.name.field, "탄소중립도시 추진단")
    type_into(form.valid_to.field, "2021-02-24")
    type_into(form.source.field, "시보")
    done(page, form)
    layout = page.sheet.names.layout()
    newest = layout.itemAt(layout.count() - 1).widget().part
    assert newest.name.valid_to == dt.date(2021, 2, 24)
    click(newest.edit)
    form = dialog(page, NameForm)
    type_into(form.name.field, "추진단")
    done(page, form)
    newest = layout.itemAt(layout.count() - 1).widget().part
    assert (newest.name.name, newest.name.source) == ("추진단", "시보")
    n = layout.count()
    click(newest.gone)
    spin(lambda: layout.count() == n - 1)


def test_a_body_moves_by_keys_among_its_siblings(page) -> None:
    id = show(page, "OGP 민관협의체")
    focus(page.list)
    QTest.keyClick(page.list, KEY.Key_Up, Qt.KeyboardModifier.AltModifier)
    rest(page.window())
    assert names(page)[1] == "OGP 민관협의체"
    assert page.list.current() == id
    page.desk.undo()
    rest(page.window())
    assert names(page)[1] == COMMITTEE
    # A drag past the parent's children passes one sibling.
    page.model.move(page.model.row(1).id, 2)
    rest(page.window())
    assert names(page)[1] == "OGP 민관협의체"


def test_a_body_is_edited_with_sunset_and_office(page) -> None:
    show(page, COMMITTEE)
    click(page.sheet.edit)
    form = dialog(page, BodyForm)
    type_into(form.sunset_on.field, "2022-05-01")
    type_into(form.contact_office.field, "기후환경정책과")
    done(page, form)
    assert page.sheet.facts["contact"].text() == "기후환경정책과"
    assert page.sheet.state.sentence() == "존속기한 2022. 5. 1."
    assert page.model.cell(1, 2).ink == "warn"


def test_a_body_is_added_and_shown(page) -> None:
    click(page.add)
    form = dialog(page, BodyForm)
    type_into(form.name_ko.field, "가상 <b>분과</b>")
    done(page, form)
    spin(lambda: page.sheet.name.text() == "가상 <b>분과</b>")


def test_names_change_from_a_day_and_are_taken_away(page) -> None:
    focus(page.list)
    QTest.keyClick(page.list, KEY.Key_Home)
    rest(page.window())
    assert page.list.current() == OFFICE and page.office.isVisible()
    click(page.office.change)
    form = dialog(page, NamesForm)
    type_into(form.fields[settings.CITY_KO].field, "전남광주통합특별시")
    type_into(form.valid_from.field, "2022-03-01")
    type_into(form.source.field, "특별법(시행 여부 미확인)")
    done(page, form)
    assert names(page)[0] == "전남광주통합특별시"
    assert page.window().side.city.text() == "전남광주통합특별시"
    row = next(n for n in range(page.office.model.rowCount()) if page.office.model.row(n).period)
    assert page.office.model.cell(row, 2).text == "2022. 3. 1.~"
    page.office.list.setCurrentIndex(page.office.model.index(row, 0))
    click(page.office.edit)
    form = dialog(page, LineForm)
    type_into(form.valid_from.field, "2026-07-01")
    done(page, form)
    assert names(page)[0] == "광주광역시"
    type_into(page.day, "2026-07-01")
    QTest.keyClick(page.day, KEY.Key_Return)
    rest(page.window())
    assert names(page)[0] == "전남광주통합특별시"
    page.office.list.setCurrentIndex(page.office.model.index(row, 0))
    click(page.office.gone)
    rest(page.window())
    assert names(page)[0] == "광주광역시"


def test_a_day_that_is_none_is_said_under_the_field(shared_page) -> None:
    page = shared_page
    type_into(page.day, "2022-02-30")
    QTest.keyClick(page.day, KEY.Key_Return)
    assert "2022-02-30" in page.no_day.text()
    assert page.on == dt.date(2022, 3, 11)


def test_the_first_term_is_entered_and_the_next_one_opened(page) -> None:
    show(page, COMMITTEE)
    for term in page.sheet.record.terms:
        page.desk.do(terms.remove_term, id=term.id)
    rest(page.window())
    click(page.sheet.new_term)
    form = dialog(page, TermDialog)
    type_into(form.first.field, "2021-02-25")
    type_into(form.last.field, "2023-02-24")
    done(page, form)
    assert page.sheet.term.sentence() == "제1기"
    line = page.sheet.terms.layout().itemAt(0).widget().part
    assert line.term.ends_on == dt.date(2023, 2, 24)
    click(line.edit)
    form = dialog(page, TermDialog)
    type_into(form.last.field, "2022-12-31")
    click(form.button)
    spin(lambda: form.refusal_row.isVisible())
    # Members do not stick out of their term; they may leave with it.
    click(form.follow)
    done(page, form)
    line = page.sheet.terms.layout().itemAt(0).widget().part
    assert line.term.ends_on == dt.date(2022, 12, 31)
    click(page.sheet.new_term)
    rest(page.window())
    room = page.window().shell.rooms.page("members")
    assert room.front is not page
    assert [term.number for term in read(page, bodies.sheet, id=page.sheet.id).terms] == [1, 2]


def test_in_a_read_only_office_nothing_writes(window_on, sample_copy) -> None:
    store = Store.open(sample_copy)
    try:
        page = go(window_on(sample_copy))
        assert page.desk.read_only
        show(page, COMMITTEE)
        for button in (page.add, page.sheet.edit, page.sheet.end, page.sheet.new_term):
            assert not button.isVisible()
        click(page.sheet.tabs.parts[1])
        assert not page.sheet.template.isVisible() and not page.sheet.edit_rule.isVisible()
        focus(page.sheet.list)
        QTest.keyClick(page.sheet.list, KEY.Key_Return)
        assert page.window().findChild(RuleForm) is None
        page.list.choose(OFFICE)
        rest(page.window())
        assert not page.office.change.isVisible() and not page.office.gone.isVisible()
        QTest.keyClick(page.list, KEY.Key_Return)
        assert page.window().findChild(LineForm) is None
    finally:
        store.close()


def test_an_office_without_bodies_shows_itself(window_on, tmp_path) -> None:
    path = tmp_path / "빈 사무국.gwoffice"
    offices.new_office(path)
    page = go(window_on(path))
    assert names(page) == ["광주광역시"]
    assert page.side.currentWidget() is page.office
    assert page.office.model.rowCount() == len(settings.PERIODIC)
