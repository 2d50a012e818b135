"""The sample's action plan carries the facts of the founding documents, all else marked 예시."""

from __future__ import annotations

import pytest

from db.store import Store
from gwangju_desktop import clock
from gwangju_desktop.commitments import counts, deadlines, queries
from gwangju_desktop.evidence import integrity
from gwangju_desktop.evidence import queries as evidence
from gwangju_desktop.reviews import ratings
from gwangju_desktop.sample import office
from gwangju_desktop.threads.walk import thread


@pytest.fixture(scope="module")
def sample(sample_office):
    with Store.open(sample_office, write=False) as store:
        yield store


@pytest.fixture
def read(sample):
    clock.fix(office.TODAY)
    with sample.reading() as session:
        yield session


def test_the_plan_has_its_dates_leads_and_endorsers(read):
    (plan,) = queries.plans(read)
    assert (str(plan.submitted_on), plan.end) == ("2021-07-30", "2022-06")
    whole = queries.commitments(read, plan.id)
    assert [(one.code, one.start, one.end) for one in whole] == [
        ("KRGNJ0001", "2021-08", "2022-05"),
        ("KRGNJ0002", "2021-08", "2022-04"),
    ]
    named = [queries.commitment(read, one.id).institutions for one in whole]
    assert len([one for one in named[1] if one.commitment_id is not None]) == 8


def test_the_counts_of_co_creation_are_those_of_the_sources(read):
    (plan,) = queries.plans(read)
    rows = counts.record(read, plan.id)
    assert [(one.kind, one.number) for one in rows] == [
        ("consultation", 3),
        ("meeting", 4),
        ("poll", 51),
        ("drafting", 3),
        ("groups", 50),
        ("public_meetings", 5),
        # Both counts are kept, each with its source.
        ("meeting", 2),
    ]
    assert [[part.number for part in one.parts] for one in rows[:3]] == [[2, 1], [1, 3], [6, 3, 42]]
    assert not any(one.sum_differs for one in rows)
    assert rows[0].evidence == 1
    assert rows[-1].source != rows[1].source


def test_ratings_are_those_that_were_published(read):
    whole = queries.commitments(read)
    found = ratings.of(read, [one.id for one in whole])
    values = [found[one.id]["verifiable"] for one in whole]
    assert [(one.value, one.origin) for one in values] == [
        ("yes", "published"),
        ("unclear", "published"),
    ]
    assert all(one.rating is None for one in whole), "nobody has rated completion yet"


def test_what_is_made_up_says_so(read):
    steps = queries.milestones(read)
    assert len(steps) == 8
    assert all(one.sample and "예시" in one.title for one in steps)
    assert all(one.sample and "예시" in one.title for one in evidence.shelf(read))
    assert [one.status for one in queries.commitments(read)] == ["on_time", "late"]


def test_the_files_are_whole_and_the_web_page_is_due(read, sample):
    assert integrity.broken(read) == []
    due = {row.kind: row.due_on.isoformat() for row in deadlines.due(read, clock.today())}
    assert due["web"] == "2022-03-19"
    assert due["check"] == "2022-03-18"
    assert "inception" not in due, "it was handed in"


def test_a_line_runs_from_a_finding_over_the_commitment_to_an_indicator(read):
    (energy,) = (one for one in queries.commitments(read) if one.code == "KRGNJ0002")
    line = thread(read, table="commitment", id=energy.id, today=clock.today())
    kinds = {node.key.kind for node in line.nodes}
    assert {"finding", "item", "commitment", "indicator"} <= kinds
