"""Evidence whose file is changed or gone proves nothing, anywhere; and it is said why."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from sqlalchemy import select

from db.schema.evidence import Evidence
from db.store import Store
from gwangju_desktop import cli, text
from gwangju_desktop.catalogue import commitment_facts, commitment_press, commitment_public
from gwangju_desktop.commitments import counts, lacking, proofs, queries
from gwangju_desktop.documents import writers
from gwangju_desktop.evidence import evidence as shelf
from gwangju_desktop.evidence import integrity
from tests.gwangju_desktop.commitments import made
from tests.gwangju_desktop.commitments.made import TODAY, Made

DONE = (dt.date(2021, 10, 30), dt.date(2022, 1, 20), dt.date(2022, 3, 10))


@pytest.fixture
def proved(office: Store, ids: Made) -> list[int]:
    """All milestones of the first commitment completed, each with a public file; their ids."""
    files = []
    for n, (step, day) in enumerate(zip(ids.steps, DONE, strict=True)):
        made.complete(office, step, day)
        id = office.run(
            made.prove,
            plan_id=ids.plan,
            milestone_id=step,
            commitment_id=ids.first,
            name=f"{n}",
        ).value
        office.run(shelf.edit_evidence, id=id, disclosure="public")
        with office.reading() as read:
            files.append(read.scalars(select(Evidence.file_id).where(Evidence.id == id)).one())
    return files


def found(office: Store, broken: list[int], missing: list[int]) -> None:
    """Record a reading of all files."""
    with office.reading() as read:
        files = list(read.scalars(select(Evidence.file_id)))
    office.run(
        integrity.record_check,
        occasion="asked",
        read_files=files,
        bytes=0,
        seconds=0.0,
        broken=broken,
        missing=missing,
    )


def state(office: Store, ids: Made) -> tuple[str, int, int, str]:
    """Return what is suggested for the first commitment, its files, the broken ones, and why."""
    with office.reading() as read:
        row = queries.commitments(read, ids=[ids.first], today=TODAY)[0]
        whole = queries.commitment(read, ids.first, TODAY)
    assert row.suggestion == whole.suggested.code
    return row.suggestion, row.evidence, row.broken, whole.suggested.reason()


def test_a_broken_file_takes_its_milestone_out_of_the_suggestion(
    office: Store, ids: Made, proved: list[int]
) -> None:
    text.use("ko")
    assert state(office, ids)[:3] == ("complete", 3, 0)
    for broken, missing in (([proved[1]], []), ([], [proved[1]])):
        found(office, broken, missing)
        code, whole, lost, why = state(office, ids)
        assert (code, whole, lost) == ("substantial", 2, 1)
        assert why.endswith("증빙 파일 1건이 손상되어 집계에서 뺐습니다.")
    with office.reading() as read:
        steps = queries.milestones(read, commitment_id=ids.first, today=TODAY)
        assert [(one.evidence, one.broken) for one in steps] == [(1, 0), (0, 1), (1, 0)]
        assert proofs.by_milestone(read, [ids.first], broken=True) == {ids.steps[1]: 1}
        (plan,) = queries.plans(read)
        assert (plan.evidence, plan.broken) == (2, 1)
        said = [one.what.message for one in lacking.commitment(read, ids.first, TODAY)]
    assert lacking.PROOF_BROKEN in said and lacking.UNPROVED not in said
    found(office, [], [])
    assert state(office, ids)[:3] == ("complete", 3, 0)


def test_files_that_are_all_gone_are_no_evidence(
    office: Store, ids: Made, proved: list[int]
) -> None:
    # The bytes of these were never there: the reading itself finds it.
    assert len(integrity.check(office).missing) == 3
    code, whole, lost, why = state(office, ids)
    assert (code, whole, lost) == ("no_evidence", 0, 3) and "3건" in why


def test_a_number_of_the_record_says_that_its_file_is_broken(
    office: Store, ids: Made, proved: list[int]
) -> None:
    count = office.run(
        counts.add_count, plan_id=ids.plan, label="협의체 회의", number=4, kind="meeting"
    ).value
    with office.reading() as read:
        piece = read.scalars(select(Evidence.id).where(Evidence.file_id == proved[0])).one()
    office.run(shelf.add_claim, evidence_id=piece, claim="회의록", count_id=count)

    def record() -> tuple[int, int, set[object]]:
        with office.reading() as read:
            (row,) = counts.record(read, ids.plan)
            said = {one.what.message for one in lacking.plan(read, ids.plan, TODAY)}
        return row.evidence, row.broken, said & {lacking.COUNT_BROKEN, lacking.COUNT_UNPROVED}

    assert record() == (1, 0, set())
    found(office, [proved[0]], [])
    assert record() == (0, 1, {lacking.COUNT_BROKEN})


def test_papers_for_everybody_count_and_name_whole_files_alone(
    office: Store, ids: Made, proved: list[int]
) -> None:
    def told() -> tuple[int, str, str]:
        with office.reading() as read:
            facts = commitment_facts.gathered(read, ids.plan, public=True)
            page = commitment_public.web(read, id=ids.plan)
            release = commitment_press.release(read, id=ids.plan)
            files = len(facts.proves(facts.commitments[0].row))
            return (
                files,
                writers.write(page, ".txt").decode(),
                writers.write(release, ".txt").decode(),
            )

    files, page, release = told()
    assert files == 3 and "2".rjust(64, "0") in page
    found(office, [proved[2]], [])
    files, page, fewer = told()
    assert files == 2 and "2".rjust(64, "0") not in page and "1".rjust(64, "0") in page
    assert fewer != release


def test_the_command_line_tells_how_many_are_broken(
    office: Store,
    ids: Made,
    proved: list[int],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    found(office, [proved[0]], [])
    path = str(tmp_path / "실행계획.gwoffice")
    office.close()
    assert cli.main(["--office", path, "show", "commitment", "KRGNJ0001", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["evidence"], told["evidence_broken"]) == (2, 1)
    assert [one["evidence_broken"] for one in told["milestones"]] == [1, 0, 0]
    assert "증빙 파일 1건" in told["suggestion_why"]
