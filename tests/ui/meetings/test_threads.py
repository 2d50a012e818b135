"""The thread beside an agenda item: a proposal is tabled from here, the decision goes back."""

from __future__ import annotations

import datetime as dt

import pytest

from db.schema.proposals import Proposal
from db.store import Store
from gwangju_desktop import settings
from tests.gwangju_desktop.threads.made import TODAY, Office
from tests.ui.acting import click
from tests.ui.conftest import rest, spin
from ui.meetings.threads import ItemThread
from ui.threads.flowing import FlowBackDialog
from ui.threads.linking import LinkDialog


@pytest.fixture
def office(sqlite_store: Store) -> Office:
    """An office with one item for decision and two proposals under review."""
    made = Office.of(sqlite_store)
    sqlite_store.run(settings.change_setting, key=settings.TODAY, value=TODAY.isoformat())
    made.item("자전거 거점")
    made.proposal(title="공공자전거 거점 확대")
    made.proposal(title="햇빛발전소 공동 운영")
    return made


def block_of(office: Office, window_on) -> ItemThread:
    """Return the block of the item, in a window on the office."""
    path = office.store.office.place
    office.store.close()
    window = window_on(path)
    window.shell.go("meetings", 1, "agenda_item")
    rest(window)
    view = window.shell.rooms.page("meetings").pane("list").view
    spin(lambda: view.item_id == 1)
    rest(window)
    return next(one for one in view.side.blocks if isinstance(one, ItemThread))


def dialog_of(block: ItemThread, kind):
    """Return the form that is open."""
    rest(block.window())
    return next(one for one in block.window().findChildren(kind) if one.isVisible())


def states(block: ItemThread) -> list[str]:
    """Return the states of the proposals."""
    with block.view.desk.store.reading() as read:
        return [row.state for row in read.query(Proposal).order_by(Proposal.id)]


def test_a_proposal_is_tabled_from_the_item(office: Office, window_on) -> None:
    block = block_of(office, window_on)
    assert block.sentence.text() == "연결된 기록이 없습니다."
    assert block.back.isHidden()
    block.before.click()
    dialog = dialog_of(block, LinkDialog)
    assert dialog.table.isVisible()
    dialog.list.choose(1)
    click(dialog.button)
    rest(block.window())
    assert states(block) == ["tabled", "review"]
    assert block.sentence.text().startswith("시민 제안 2022-001")
    block.before.click()
    dialog = dialog_of(block, LinkDialog)
    dialog.list.choose(2)
    dialog.table.setChecked(False)
    click(dialog.button)
    rest(block.window())
    assert states(block) == ["tabled", "review"]
    assert block.sentence.text().startswith("시민 제안 2022-001, 2022-002(")
    block.whole.click()
    rest(block.window())
    assert block.window().shell.rooms.here == ("proposals", 1, "thread.item")


def test_the_decision_is_brought_back_once_for_all(office: Office, window_on) -> None:
    from gwangju_desktop.proposals import tabling

    run = office.store.run
    run(tabling.table_proposal, ids=[1, 2], item_id=1)
    office.decide(1, day=dt.date(2022, 3, 11))
    block = block_of(office, window_on)
    assert block.back.text().strip() == "제안 2건에 결과 반영"
    block.back.click()
    dialog = dialog_of(block, FlowBackDialog)
    assert dialog.list.model().rowCount() == 2
    assert dialog.planned.isVisible()
    assert not dialog.review.isVisible()
    click(dialog.button)
    rest(block.window())
    assert dialog.isVisible()
    assert states(block) == ["tabled", "tabled"]
    dialog.to.choose("deferred")
    rest(block.window())
    assert dialog.review.isVisible()
    assert not dialog.planned.isVisible()
    dialog.to.choose("adopted")
    rest(block.window())
    dialog.planned.field.show_date(dt.date(2022, 9, 1))
    click(dialog.button)
    rest(block.window())
    assert states(block) == ["adopted", "adopted"]
    assert block.back.isHidden()
    block.view.desk.undo()
    rest(block.window())
    assert states(block) == ["tabled", "tabled"]
    assert not block.back.isHidden()
