"""Two windows on one office server: what one writes stands in the other, and disturbs nothing there."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from gwangju_desktop import clock
from gwangju_desktop.energy import imports
from gwangju_desktop.meetings import agenda, queries
from gwangju_desktop.members import people
from gwangju_desktop.proposals import usecases
from tests.ui.acting import focus, type_into
from tests.ui.conftest import lasting, rest, spin
from tests.ui.energy.conftest import made_up_file  # noqa: F401
from ui import desk
from ui.meetings.agenda import AgendaTab
from ui.window import Window

NEVER = 3600.0  # s between two looks: what is seen here was announced by the server


@pytest.fixture(scope="module")
def both(
    qapp: QApplication,
    on_a_server: Callable[[Path | str], str],
    sample_office: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[Window, Window]]:
    """Two windows on one office on the server."""
    url = on_a_server(sample_office)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            desk.Desk, "__init__", functools.partialmethod(desk.Desk.__init__, poll=NEVER)
        )
        with lasting(qapp, tmp_path_factory.mktemp("two"), "members") as on:
            yield on(url), on(url)


def shown(window: Window, room: str):
    """Show a room and wait for what it asks."""
    window.activateWindow()
    window.shell.go(room)
    rest(window)
    return window.shell.rooms.page(room)


def texts(view) -> list[str]:
    """Return what the first column of a list says."""
    model = view.model()
    cells = [model.cell(n, c) for n in range(model.rowCount()) for c in range(2)]
    return [f"{cell.text} {cell.sub}" for cell in cells]


def says(view, words: str) -> Callable[[], bool]:
    """Return whether a list says some words anywhere."""
    return lambda: any(words in text for text in texts(view))


def test_a_member_renamed_elsewhere(both: tuple[Window, Window]) -> None:
    here, there = both
    shown(there, "members")
    pane = shown(here, "members").pane("roll")
    ids = list(pane.model.order)
    pane.list.choose(ids[20])
    rest(here)
    at = pane.list.verticalScrollBar().value()
    there.shell.desk.do(people.edit_person, id=ids[21], name="홍예시가상")
    spin(says(pane.list, "홍예시가상"))
    rest(here)
    assert pane.list.current() == ids[20] and pane.list.verticalScrollBar().value() == at
    # What is being typed stays as it is, with the cursor where it was.
    search = pane.tools.search
    type_into(search, "김가상")
    search.setCursorPosition(1)
    there.shell.desk.undo()
    spin(lambda: here.shell.desk.last == there.shell.desk.last)
    rest(here)
    assert search.text() == "김가상" and search.cursorPosition() == 1 and search.hasFocus()
    search.clear()
    rest(here)
    assert not says(pane.list, "홍예시가상")()


def test_a_proposal_changed_elsewhere(both: tuple[Window, Window]) -> None:
    here, there = both
    pane = shown(here, "proposals").pane("list")
    spin(lambda: pane.settled)
    chosen, other = pane.list.model().order[1], pane.list.model().order[2]
    pane.list.choose(chosen)
    rest(here)
    focus(pane.list)
    title = "다른 PC에서 고친 제안(예시)"
    there.shell.desk.do(usecases.edit_proposal, id=other, title=title)
    spin(says(pane.list, title))
    rest(here)
    assert pane.list.current() == chosen and pane.list.hasFocus()
    there.shell.desk.undo()
    spin(lambda: not says(pane.list, title)())


def test_an_agenda_changed_elsewhere(both: tuple[Window, Window]) -> None:
    here, there = both
    with there.shell.desk.store.reading() as read:
        meeting = queries.next_meeting_id(read, today=clock.today())
        items = [item.id for item in queries.agenda(read, meeting_id=meeting)]
    shown(here, "meetings")
    here.shell.go("meetings", meeting, "meeting")
    rest(here)
    view = here.findChild(AgendaTab)
    view.list.choose(items[0])
    rest(here)
    here.shell.act("meetings.item")
    rest(here)
    form = QApplication.activeModalWidget()
    type_into(form.title.field, "적고 있는 안건")
    title = "다른 PC에서 고친 안건(예시)"
    there.shell.desk.do(agenda.edit_item, id=items[1], title=title)
    spin(says(view.list, title))
    rest(here)
    assert view.list.current() == items[0]
    assert form.title.field.text() == "적고 있는 안건" and form.title.field.hasFocus()
    form.reject()
    there.shell.desk.undo()
    spin(lambda: not says(view.list, title)())


def test_figures_brought_in_elsewhere(
    both: tuple[Window, Window],
    made_up_file: Path,  # noqa: F811
) -> None:
    here, there = both
    pane = shown(here, "energy").show_pane("datasets")
    spin(lambda: bool(pane.rows) and bool(pane.layouts))
    rest(here)
    before, chosen = len(pane.rows), pane.list.model().row(pane.list.model().rowCount() - 1).id
    pane.list.choose(chosen)
    rest(here)
    store = there.shell.desk.store
    prepared = imports.understood(store, made_up_file)
    there.shell.desk.do(imports.import_readings, prepared=prepared)
    spin(lambda: len(pane.rows) == before + 1)
    rest(here)
    assert pane.list.current() == chosen
    there.shell.desk.undo()
    spin(lambda: len(pane.rows) == before)
