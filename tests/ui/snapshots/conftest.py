"""Copies of the sample office to be looked at: two with a change in between."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema.actions import Action
from db.schema.meetings import AgendaItem
from db.schema.proposals import Proposal
from db.store import Store, usecase
from gwangju_desktop.snapshots.build import make_snapshot
from tests.ui.conftest import rest, spin

PASSPHRASE = "예시 암호구절 하나"


def copied(office: Path, to: Path) -> None:
    """Copy an office with its files: a copy for monitors is refused without its evidence."""
    shutil.copy(office, to)
    shutil.copytree(f"{office}.files", f"{to}.files")


@usecase("Change some records")
def change(tx: Session) -> None:
    """Change an item, move a due day that had passed, hide a proposal and add some items."""
    items = tx.scalars(select(AgendaItem).order_by(AgendaItem.id)).all()
    items[0].minutes += 5
    for n in range(13):
        item = AgendaItem(
            meeting_id=items[0].meeting_id,
            position=(90 + n) * 1024,
            kind="report",
            title=f"덧붙인 안건 {n:02}(예시)",
            contents="",
        )
        tx.add(item)
    due = tx.scalars(select(Action).where(Action.due_on.is_not(None)).order_by(Action.id)).first()
    due.due_on += dt.timedelta(days=61)
    numbered = select(Proposal).where(Proposal.number.is_not(None), Proposal.consent == "full")
    tx.scalars(numbered.order_by(Proposal.id)).first().consent = "none"


@pytest.fixture(scope="session")
def copies(
    sample_office: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, Path, Path]:
    """An office that made two copies with a change in between, and the copies."""
    folder = tmp_path_factory.mktemp("copies")
    office = folder / "사무국.gwoffice"
    copied(sample_office, office)
    first, second = folder / "첫째.gwsnap", folder / "둘째.gwsnap"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GWANGJU_DESKTOP_HOME", str(folder / "person"))
        with Store.open(office) as store:
            make_snapshot(store, target=first, passphrase=PASSPHRASE)
            store.run(change)
            make_snapshot(store, target=second, passphrase=PASSPHRASE)
    return office, first, second


def page_of(window):
    """Go to the room; return its page."""
    page = window.shell.rooms.go("snapshots")
    rest(window)
    return page


def opened(window, path: Path):
    """Open a copy; return the page that shows it."""
    page = page_of(window)
    page.open_path(path)
    spin(lambda: page.faces.currentWidget() is page.opened, 15)
    rest(window)
    return page.opened
