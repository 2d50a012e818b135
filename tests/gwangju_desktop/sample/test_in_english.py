"""The sample is the same office whatever language it was asked for in."""

from __future__ import annotations

from pathlib import Path

from db import integrity
from db.store import Store
from gwangju_desktop import clock, offices, text


def test_it_is_made_in_english_as_in_korean(sample_office: Path, tmp_path: Path) -> None:
    made = tmp_path / "sample.gwoffice"
    with text.speaking("en"):
        offices.new_office(made, sample=True)
    clock.fix(None)
    counts = []
    for office in (made, sample_office):
        with Store.open(office, write=False) as store, store.reading() as read:
            counts.append(integrity.counts(read.connection()))
    assert counts[0] == counts[1]
