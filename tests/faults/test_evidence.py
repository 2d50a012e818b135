"""Evidence on a full disk: nothing half kept, one sentence, and it works once there is room."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from db.store import Store
from gwangju_desktop import check, settings
from gwangju_desktop.evidence import queries
from tests.faults.test_disk import fill, run, small_disk  # noqa: F401 - a fixture
from tests.gwangju_desktop.evidence.offices import plan


def test_evidence_on_a_full_disk_is_whole_or_not_there(
    tmp_path: Path,
    small_disk: Callable[[str], Path],  # noqa: F811
) -> None:
    place = small_disk("8m")
    office = place / "사무국.gwoffice"
    with Store.create(office) as store:
        store.run(settings.set_up)
        plan(store)
    proof = tmp_path / "가상 원자료.bin"
    proof.write_bytes(os.urandom(3 * 1024 * 1024))
    ballast = fill(place, 1024 * 1024)
    asked = ("--office", office, "--lang", "en", "evidence", "add", proof, "--plan", "가상-1")
    code, words = run(*asked)
    assert code == 1 and "가상 원자료.bin" in words and words.count("\n") == 1
    assert not [
        path for path in office.with_name(office.name + ".files").rglob("*") if path.is_file()
    ]
    with Store.open(office) as store:
        assert check.check(store) == []
    ballast.unlink()
    assert run(*asked)[0] == 0
    with Store.open(office) as store, store.reading() as read:
        assert [row.name for row in queries.shelf(read)] == ["가상 원자료.bin"]
