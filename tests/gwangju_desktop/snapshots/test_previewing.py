"""What is shown before a copy is made is what then goes out, and showing it writes nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import func, select

from db.schema.journal import change_log
from db.store import Store
from db.vocab import Profile
from gwangju_desktop.errors import Cancelled
from gwangju_desktop.snapshots import previewing
from gwangju_desktop.snapshots.build import make_snapshot
from gwangju_desktop.text import Msg
from tests.gwangju_desktop.snapshots import offices


def entries(store: Store) -> int:
    with store.reading() as read:
        return read.execute(select(func.count()).select_from(change_log)).scalar_one()


def test_a_preview_tells_what_a_copy_then_holds(sample_copy: Path, tmp_path: Path) -> None:
    with Store.open(sample_copy) as store:
        # The first copy brings a key and a row of its own; the second is compared.
        make_snapshot(store, target=tmp_path / "1.gwsnap", passphrase=offices.PASSPHRASE)
        before, files = entries(store), {*tmp_path.iterdir()}
        seen = previewing.preview(store, profile=Profile.PUBLIC)
        monitor = previewing.preview(store)
        assert entries(store) == before and {*tmp_path.iterdir()} == files
        made = make_snapshot(
            store,
            target=tmp_path / "2.gwsnap",
            passphrase=offices.PASSPHRASE,
            profile=Profile.PUBLIC,
        )
    told = {one.name: one.rows for one in seen.going}
    # A check of the evidence is entered by the making itself.
    assert {name for name, n in told.items() if made.rows[name] != n} <= {"record_entry"}
    assert seen.hidden_cells == monitor.hidden_cells == 6 and seen.waves_as_before == 0
    assert seen.masked == made.withheld and seen.rows < monitor.rows
    grounds = {one.code: one.count for one in seen.staying}
    assert grounds["small"] and grounds["counted"] and grounds["contact"]
    assert "counted" not in {one.code for one in monitor.staying}


def test_a_preview_can_be_stopped_at_every_step(office: Store) -> None:
    steps: list[int] = []

    def progress(done: int, total: int, _said: Msg) -> None:
        steps.append(done)
        assert done < total == len(previewing.STEPS)

    previewing.preview(office, progress=progress)
    assert steps == list(range(len(previewing.STEPS)))
    for last in steps:
        left = iter([False] * last + [True])
        with pytest.raises(Cancelled):
            previewing.preview(office, cancelled=lambda left=left: next(left))
