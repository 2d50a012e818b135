"""A register that went out comes in again: here nothing changes, elsewhere all of it is there."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from db.store import Store
from gwangju_desktop import clock, text
from gwangju_desktop.meetings import agenda, exporting, steps, usecases, votes
from gwangju_desktop.meetings.importing import apply, columns, preview, reading
from gwangju_desktop.meetings.importing.fields import FIELDS
from gwangju_desktop.members import usecases as members
from gwangju_desktop.text import words
from tests.gwangju_desktop.meetings.lives import opened


def planned(store: Store, source: reading.Source):
    with store.reading() as read:
        mapped = columns.guess(source)
        return preview.plan(read, source=source, mapping=mapped), mapped


@pytest.mark.parametrize("suffix", exporting.SUFFIXES)
@pytest.mark.parametrize("language", text.LANGUAGES)
def test_the_sample_goes_out_and_nothing_changes(
    suffix: str, language: str, sample_office: Path, tmp_path: Path
) -> None:
    text.use(language)
    path = tmp_path / f"회의 대장{suffix}"
    with Store.open(sample_office, write=False) as store:
        with store.reading() as read:
            made = exporting.register(read)
        assert made.meetings >= 2 and len(made.rows) > made.meetings
        exporting.write(path, made)
        source = reading.read(path)
        plan, mapped = planned(store, source)
        assert mapped == exporting.COLUMNS
        assert plan.counts["same"] == len(plan.rows) == len(made.rows), [
            (row.line, row.kind, str(row.why)) for row in plan.rows if row.kind != "same"
        ][:3]


def test_a_meeting_held_here_is_whole_in_another_office(
    sqlite_store: Store, tmp_path: Path
) -> None:
    at = clock.now() - dt.timedelta(hours=3)
    for n in range(5):
        if n == 0:
            sqlite_store.run(members.add_body, name_ko="가상위원회", name_en="Made-up")
        sqlite_store.run(
            members.add_member,
            person={"name": f"가상인{n}", "fictional": True},
            membership={"body_id": 1, "starts_on": at.date() - dt.timedelta(days=9)},
        )
    meeting = sqlite_store.run(usecases.add_meeting, body_id=1, starts_at=at).value
    first = sqlite_store.run(
        agenda.add_item, meeting_id=meeting, title="=가상(안)", request="의결함"
    ).value
    second = sqlite_store.run(agenda.add_item, meeting_id=meeting, title="가상 둘").value
    opened(sqlite_store, meeting, at)
    sqlite_store.run(votes.record_vote, item_id=first, yes=3, no=2, at=at)
    sqlite_store.run(votes.decide, item_id=first, outcome="as_proposed", at=at)
    sqlite_store.run(votes.decide, item_id=second, outcome="returned", remark="가상", at=at)
    sqlite_store.run(steps.close_meeting, id=meeting, at=at + dt.timedelta(hours=2))
    path = tmp_path / "a.csv"
    with sqlite_store.reading() as read:
        exporting.write(path, exporting.register(read))
    other = Store.create(tmp_path / "b.gwoffice")
    other.run(members.add_body, name_ko="가상위원회", name_en="Made-up")
    source = reading.read(path)
    plan, mapped = planned(other, source)
    assert plan.counts["add"] == len(plan.rows) == 2
    other.run(apply.import_meetings, source=source, mapping=mapped)
    copy = tmp_path / "c.csv"
    with other.reading() as read:
        exporting.write(copy, exporting.register(read))
    assert copy.read_bytes() == path.read_bytes()
    other.close()


def test_every_title_names_its_own_field() -> None:
    for language in text.LANGUAGES:
        titles = [words(language)(field.title) for field in FIELDS.values()]
        assert len(set(titles)) == len(titles)
