"""What is typed into a form outlives the program, and meets what others changed field by field."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from db.store import Store
from db.unsaved import Drafts
from gwangju_desktop import unsaved
from gwangju_desktop.meetings import agenda, queries
from tests.faults.test_drafts import typed_until_killed
from tests.ui.acting import click, type_into
from tests.ui.conftest import rest, spin
from tests.ui.test_every_form import everything
from ui.meetings.item_dialog import ItemDialog
from ui.unfinished import UnfinishedDialog
from ui.widgets.compare import Compare


@pytest.fixture
def first_room() -> str:
    return "meetings"


def view_of(window):
    window.shell.go("meetings")
    rest(window)
    view = window.shell.rooms.page("meetings").pane("list").view
    spin(lambda: view.meeting is not None and view.item_id is not None)
    return view


def item_form(window) -> ItemDialog:
    view_of(window).on_edit_item()
    spin(lambda: window.findChild(ItemDialog) is not None)
    rest(window)
    return window.findChild(ItemDialog)


def on_disk(window) -> list:
    drafter = window.shell.desk.drafter
    with Drafts(unsaved.place()) as drafts:
        return drafts.of(drafter.office)


def test_what_was_typed_is_offered_after_the_program_ended_under_it(
    window_on, sample_copy: Path, tmp_path: Path
) -> None:
    window = window_on(sample_copy)
    form = item_form(window)
    title = form.title.field.text()
    assert not unsaved.place().exists()
    type_into(form.budget.field, "비예산 (예시)")
    click(form.opinions.field.add)
    type_into(form.opinions.field.lines[-1].office, "예시과")
    form.kind.field.setCurrentIndex(1)
    form.kind.field.activated.emit(1)
    n = len(form.opinions.field.lines) - 1
    spin(lambda: unsaved.place().exists() and on_disk(window))
    (kept,) = spin_for(lambda: [d for d in on_disk(window) if len(d.fields) >= 3])
    line = f"opinions.lines.{n}"
    assert set(kept.fields) >= {"budget", "kind", f"{line}.office", f"{line}.stance"}
    assert kept.fields["budget"] == ("", "비예산 (예시)")
    assert kept.version.isdigit()
    if hasattr(unsaved.place().stat(), "st_mode"):
        assert unsaved.place().stat().st_mode & 0o077 in (0, 0o066)
    # The program ends under it: what is on the disk is all there is.
    left = tmp_path / "left.db"
    shutil.copy(unsaved.place(), left)
    form.cancel_button.click()
    window.close()
    shutil.copy(left, unsaved.place())

    window = window_on(sample_copy)
    drafter = window.shell.desk.drafter
    spin(lambda: drafter.banner is not None and drafter.banner.isVisible())
    assert "1" in drafter.banner.words.text()
    form = item_form(window)
    assert form.title.field.text() == title
    assert form.budget.field.toPlainText() == ""
    assert form.drafting.notice.isVisible()
    click(form.drafting.notice.go_on)
    assert form.budget.field.toPlainText() == "비예산 (예시)"
    assert form.opinions.field.lines[-1].office.text() == "예시과"
    assert form.kind.field.currentIndex() == 1
    assert not form.drafting.notice.isVisible()
    click(form.button)
    spin(lambda: not on_disk(window))
    rest(window)


def spin_for(found):
    spin(lambda: found())
    return found()


def test_no_typing_no_draft_and_cancel_forgets_in_the_same_click(window) -> None:
    form = item_form(window)
    form.drafting.keep()
    assert form.drafting.draft is None
    type_into(form.why.field if form.why.isVisible() else form.budget.field, "x")
    form.drafting.keep()
    drafter = window.shell.desk.drafter
    assert len(drafter.held) == 1
    click(form.cancel_button)
    assert not drafter.held
    rest(window)


def test_escape_keeps_what_was_typed_for_the_next_time(window) -> None:
    form = item_form(window)
    type_into(form.basis.field, "예시 조례")
    QTest.keyClick(form, Qt.Key.Key_Escape)
    rest(window)
    drafter = window.shell.desk.drafter
    (kept,) = drafter.held.values()
    assert kept.aside
    assert window.toast.isVisible()
    form = item_form(window)
    click(form.drafting.notice.discard)
    assert not drafter.held
    assert form.basis.field.toPlainText() == ""
    form.reject()
    rest(window)


def test_a_draft_of_an_older_version_asks_field_by_field(window) -> None:
    form = item_form(window)
    id = form.item.id
    type_into(form.basis.field, "내 근거")
    type_into(form.budget.field, "내 예산")
    QTest.keyClick(form, Qt.Key.Key_Escape)
    rest(window)
    window.shell.desk.do(agenda.edit_item, id=id, basis="남의 근거")
    rest(window)
    form = item_form(window)
    spin(lambda: form.basis.field.toPlainText() == "남의 근거")
    click(form.drafting.notice.go_on)
    rest(window)
    asked = window.findChild(Compare)
    assert [(line.theirs, line.mine) for line in asked.lines] == [("남의 근거", "내 근거")]
    assert form.budget.field.toPlainText() == ""
    (choice,) = asked.choices.values()
    click(choice.parts[0])
    click(asked.button)
    assert form.basis.field.toPlainText() == "남의 근거"
    assert form.budget.field.toPlainText() == "내 예산"
    form.reject()
    rest(window)


def test_the_list_leads_to_what_was_left(window) -> None:
    form = item_form(window)
    type_into(form.basis.field, "예시 조례")
    QTest.keyClick(form, Qt.Key.Key_Escape)
    rest(window)
    drafter = window.shell.desk.drafter
    window.shell.go("today")
    rest(window)
    drafter.on_show()
    rest(window)
    shown = window.findChild(UnfinishedDialog)
    assert len(shown.lines) == 1
    go = next(one for one in shown.findChildren(type(shown.button)) if one.property("draft"))
    click(go)
    rest(window)
    assert window.side.current == "meetings"
    drafter.drop(drafter.left[0])
    rest(window)


@pytest.fixture
def shared_by_two(window, sample_copy: Path):
    """A window and another PC on one office."""
    with Store.open(sample_copy, who="옆자리", locked=False) as other:
        yield window, other


def test_what_somebody_else_changed_meanwhile_is_compared_field_by_field(shared_by_two) -> None:
    window, other = shared_by_two
    form = item_form(window)
    id, desk = form.item.id, window.shell.desk
    type_into(form.basis.field, "내 근거")
    type_into(form.budget.field, "내 예산")
    other.run(agenda.edit_item, id=id, basis="남의 근거", reason="남의 이유")
    desk.look_for_changes()
    spin(lambda: form.drafting.news is not None and form.drafting.news.isVisible())
    assert "옆자리" in form.drafting.news.words.text()
    # What was being typed is as it was, and the hand is where it was.
    assert form.focusWidget() is form.budget.field
    assert form.basis.field.toPlainText() == "내 근거"
    click(form.drafting.news.compare)
    asked = compare_of(window)
    shown = {line.label: (line.theirs, line.mine, line.own) for line in asked.lines}
    assert shown == {
        form.basis.label.text(): ("남의 근거", "내 근거", True),
        form.reason.label.text(): ("남의 이유", form.reason.field.toPlainText() or "–", False),
    }
    asked.reject()
    rest(window)
    click(form.button)
    asked = compare_of(window)
    assert form.isVisible()
    click(asked.button)
    spin(lambda: item_of(other, id).basis == "내 근거")
    rest(window)
    saved = item_of(other, id)
    assert (saved.budget, saved.reason) == ("내 예산", "남의 이유")
    spin(lambda: window.findChild(ItemDialog) is None)


def compare_of(window) -> Compare:
    spin(lambda: any(one.isVisible() for one in window.findChildren(Compare)))
    rest(window)
    return next(one for one in window.findChildren(Compare) if one.isVisible())


def item_of(store, id: int):
    with store.reading() as read:
        return queries.item(read, id=id)


def test_a_killed_program_leaves_what_was_typed(tmp_path: Path) -> None:
    kinds = [kind.__qualname__ for kind in everything()]
    first = kinds.index("MeetingDialog")
    when, kept, _killed, _whole = typed_until_killed(tmp_path / "나", first, 4.0, several=1)
    (typed,) = when.values()
    # How much of it is measured where the machine has nothing else to do (tests/faults).
    assert list(kept) == ["meetings.dialogs.MeetingDialog"]
    assert 0 < kept["meetings.dialogs.MeetingDialog"] <= len(typed) + 1
