"""The pane of profiles: what it shows, what it changes, and what it refuses to strand."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from gwangju_desktop import clock
from gwangju_desktop.proposals import profiles
from tests.ui.acting import click, type_into
from tests.ui.conftest import rest, spin
from tests.ui.proposals.acting import TODAY, View, closed, empty_copy, form
from tests.ui.seeing import clipped, nameless
from ui.proposals.criteria_form import CriteriaForm
from ui.proposals.profile import CRITERIA, MOVES, RULES, STATES, ProfilesPage
from ui.proposals.profile_forms import (
    MoveForm,
    ProfileForm,
    RuleForm,
    RuleValue,
    StateForm,
)


@pytest.fixture
def view(window_on, _empty_office, tmp_path):
    made = View(window_on(empty_copy(_empty_office, tmp_path)))
    clock.fix(TODAY)
    return made


@pytest.fixture
def pane(view):
    window = view.window()
    window.shell.go("proposals")
    rest(window)
    shown = window.shell.rooms.page("proposals").show_pane("profiles")
    rest(window)
    return shown


def chosen(pane, part: int, n: int) -> None:
    """Choose a row of a list of the pane."""
    click(pane.parts.parts[part])
    rows = pane.lists[part]
    rows.setCurrentIndex(rows.model().index(n, 0))


def rule_at(pane, rule: str) -> int:
    return [line.rule for line in pane.shown.rules].index(rule)


def test_an_office_without_rows_shows_what_ships_and_gets_them_with_the_first_change(view, pane):
    assert [one.code for one in pane.profiles][:1] == ["NATIONAL"]
    assert pane.shown.id is None
    chosen(pane, RULES, rule_at(pane, "decision_within"))
    QTest.keyClick(pane.lists[RULES], Qt.Key.Key_Return)
    dialog = form(view.window(), RuleForm)
    assert pane.shown.id is not None
    number, unit = dialog.field.field.fields
    assert (number.value(), unit.value()) == (1, "month")
    type_into(number, "2")
    assert dialog.said.text() == "2개월"
    type_into(dialog.valid_from.field, "2022-03-01")
    dialog.source.field.clear()
    click(dialog.button)
    spin(lambda: dialog.refusal_row.isVisible())  # a rule without a source is none
    type_into(dialog.source.field, "가상 조례 제1조")
    click(dialog.button)
    spin(lambda: closed(dialog))
    profile = view.read(profiles.of, pane.shown.id, TODAY)
    assert str(profile.value("decision_within")) == "2개월"
    assert profile.source("decision_within") == "가상 조례 제1조"
    spin(lambda: pane.shown.rules[rule_at(pane, "decision_within")].held.value == "2 months")


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("decision_within", "1 month"),
        ("decision_within", ""),
        ("support", "50 within 30 days"),
        ("repeats", "3 times, 2 notices"),
        ("holiday_shift", "no"),
        ("board_citizens", "1/2"),
        ("year_report", "01-31"),
        ("number", "{YYYY}-{n:03}"),
        ("score_most", "5"),
    ],
)
def test_every_kind_of_value_comes_back_as_it_was(dressed, rule, text):
    assert RuleValue(rule, text).value() == text


def test_states_are_renamed_and_those_proposals_stand_at_stay(view, pane):
    view.register()
    rest(view.window())
    spin(lambda: pane.shown.id is not None)
    n = [line.state for line in pane.shown.states].index("received")
    chosen(pane, STATES, n)
    click(pane.change)
    dialog = form(view.window(), StateForm)
    type_into(dialog.korean.field, "새로 접수")
    click(dialog.button)
    spin(lambda: any(line.word.name == "새로 접수" for line in pane.shown.states))
    spin(lambda: closed(dialog))
    rest(view.window())
    chosen(pane, STATES, n)
    click(pane.change)
    dialog = form(view.window(), StateForm)
    click(dialog.remove)
    spin(lambda: dialog.refusal_row.isVisible())
    dialog.reject()
    view.desk.undo()
    spin(lambda: all(line.word.name != "새로 접수" for line in pane.shown.states))


def test_a_move_is_added_with_its_guards_and_closed_again(view, pane):
    click(pane.parts.parts[MOVES])
    click(pane.add)
    dialog = form(view.window(), MoveForm)
    dialog.before.field.choose("received")
    dialog.after.field.choose("tabled")
    dialog.checks["reason"].setChecked(True)
    click(dialog.button)
    spin(lambda: closed(dialog))

    def added():
        ends = ("received", "tabled")
        return [m for m in pane.shown.moves if (m.move.from_state, m.move.to_state) == ends]

    spin(added)
    assert added()[0].move.needs == ("reason",)
    rest(view.window())
    chosen(pane, MOVES, pane.shown.moves.index(added()[0]))
    click(pane.change)
    dialog = form(view.window(), MoveForm)
    click(dialog.remove)
    spin(lambda: not added())
    # What always holds is ticked and cannot be taken away.
    click(pane.add)
    dialog = form(view.window(), MoveForm)
    dialog.after.field.choose("transferred")
    dialog.on_after()
    assert dialog.checks["outside"].isChecked()
    assert not dialog.checks["outside"].isEnabled()


def test_weights_that_do_not_come_to_100_are_refused_and_nothing_is_lost(view, pane):
    click(pane.parts.parts[CRITERIA])
    click(pane.change)
    dialog = form(view.window(), CriteriaForm)
    lines = dialog.lines.field
    click(lines.add)
    added = lines.lines[-1]
    type_into(added.korean, "형평성")
    type_into(added.weight, "10")
    assert "110" in lines.sum.text()
    click(dialog.button)
    spin(lambda: dialog.refusal_row.isVisible())
    assert added.korean.text() == "형평성"
    type_into(lines.lines[0].weight, "10")
    click(dialog.button)
    spin(lambda: [one.weight for one in pane.shown.criteria][-1:] == [10])
    assert sum(one.weight for one in pane.shown.criteria) == 100
    assert pane.shown.criteria[-1].name == "형평성"


def test_a_profile_is_copied_made_the_standard_and_retired(view, pane):
    click(pane.copy)
    dialog = form(view.window(), ProfileForm)
    type_into(dialog.korean.field, "우리 기준")
    click(dialog.button)
    spin(lambda: any(one.name == "우리 기준" for one in pane.profiles))
    rest(view.window())
    n = [one.name for one in pane.profiles].index("우리 기준")
    pane.list.setCurrentIndex(pane.model.index(n, 0))
    spin(lambda: pane.shown.name == "우리 기준")
    click(pane.prefer)
    spin(lambda: pane.shown.standard)
    rest(view.window())
    assert not pane.retire.isVisible()  # new proposals get it
    first = pane.model.index(0, 0)
    pane.list.setCurrentIndex(first)
    spin(lambda: pane.shown.name != "우리 기준")
    rest(view.window())
    click(pane.retire)
    spin(lambda: pane.shown.retired_on == TODAY)
    rest(view.window())
    click(pane.retire)
    spin(lambda: pane.shown.retired_on is None)


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_pane_and_its_forms_fit(view, pane, language):
    view.window().shell.speak(language)
    rest(view.window())
    bad = {}
    for part in (RULES, STATES, MOVES, CRITERIA):
        click(pane.parts.parts[part])
        rest(view.window(), 0.01)
        if found := clipped(view.window()) + nameless(view.window()):
            bad[part] = found
    forms = (
        *(RuleForm(pane, 1, line.rule, line.held) for line in pane.shown.rules),
        StateForm(pane, pane.shown, pane.shown.states[2]),
        StateForm(pane, pane.shown),
        MoveForm(pane, pane.shown, pane.shown.moves[2]),
        MoveForm(pane, pane.shown),
        CriteriaForm(pane, pane.shown),
        ProfileForm(pane, pane.shown, copy=True),
        ProfileForm(pane, pane.shown, copy=False),
    )
    for dialog in forms:
        dialog.open()
        rest(view.window(), 0.01)
        if found := clipped(dialog) + nameless(dialog):
            bad[type(dialog).__name__] = found
        dialog.reject()
    assert not bad


def test_where_nothing_may_be_written_the_pane_only_shows(view):
    view.desk.read_only = True
    pane = ProfilesPage(view.desk)
    pane.setParent(view.window())
    pane.resize(900, 500)
    pane.show()
    spin(lambda: pane.shown is not None)
    for part in (RULES, STATES, MOVES, CRITERIA):
        click(pane.parts.parts[part])
        buttons = (pane.add, pane.change, pane.edit, pane.copy, pane.prefer, pane.retire)
        assert not any(button.isVisible() for button in (*buttons, pane.calls, pane.templates))
    QTest.keyClick(pane.lists[CRITERIA], Qt.Key.Key_Return)
    rest(view.window())
    assert not view.window().findChildren(CriteriaForm)
    assert pane.shown.id is None
