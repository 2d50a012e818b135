"""Where the windows of these tests open, and a meeting that sits."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from sqlalchemy import select

from db.schema.meetings import Attendance
from gwangju_desktop import clock, offices
from gwangju_desktop.meetings import movements, queries, steps


@pytest.fixture
def first_room() -> str:
    return "meetings"


def copied(office: Path, folder: Path) -> Path:
    """Copy an office and its papers into a folder; returns the copy."""
    path = folder / office.name
    shutil.copy(office, path)
    shutil.copytree(f"{office}.files", f"{path}.files")
    return path


@pytest.fixture(scope="session")
def sitting(sample_office: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample with its next meeting in session, 24 of 35 present; made once, only to be read."""
    path = copied(sample_office, tmp_path_factory.mktemp("sitting"))
    with offices.opened(path) as store:
        with store.reading() as read:
            meeting = queries.next_meeting_id(read, today=clock.today())
            rows = select(Attendance.id, Attendance.presence).order_by(Attendance.id)
            seats = read.execute(rows.where(Attendance.meeting_id == meeting)).all()
        here = [id for id, presence in seats if presence == "present"]
        store.run(movements.mark_presence, ids=here, presence="unmarked")
        ids = [id for id, _presence in seats][:24]
        store.run(movements.mark_presence, ids=ids, presence="present")
        store.run(steps.open_meeting, id=meeting, urgency="예시: 긴급")
    clock.fix(None)
    return path
