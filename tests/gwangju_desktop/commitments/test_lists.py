"""What is lacking, texts without English, sheets that go out and come in, the monitors' ratings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from db.schema.reviews import Review, ReviewAnswer, ReviewFinding
from db.store import Store, usecase
from gwangju_desktop import clock
from gwangju_desktop.commands import commitments as told
from gwangju_desktop.commands import output
from gwangju_desktop.commitments import (
    adjusting,
    lacking,
    milestones,
    plans,
    progress,
    promises,
    proofs,
    queries,
    roundtrip,
    sheet_file,
    translating,
)
from gwangju_desktop.errors import UserError
from gwangju_desktop.evidence import claims
from gwangju_desktop.text import speaking
from tests.gwangju_desktop.commitments import made
from tests.gwangju_desktop.commitments.made import TODAY, Made


@pytest.fixture(autouse=True)
def _today() -> None:
    clock.fix(TODAY)


def lacks(store: Store, id: int) -> dict[str, int]:
    """Return what one commitment lacks, by the msgid that says so."""
    with store.reading() as read:
        found = lacking.commitment(read, id, TODAY)
        assert [one for one in lacking.plan(read, 1, TODAY) if one in found] == found
    for one in found:
        assert "{" not in str(one.what)
    return {str(one.what.message): one.row_id for one in found}


def test_what_is_lacking_is_named_where_it_is(office: Store, ids: Made) -> None:
    found = lacks(office, ids.first)
    assert lacking.UNCAUSED not in found
    assert found[lacking.STEP_UNCAUSED] == ids.steps[1]
    assert lacking.OUTSIDE not in found
    office.run(progress.set_delay_cause, commitment_id=ids.first, delay_cause="응답 지연")
    assert lacking.STEP_UNCAUSED not in lacks(office, ids.first)
    office.run(
        adjusting.start_adjustment,
        commitment_id=ids.first,
        reason="예시",
        consulted="예시",
        adjusted_on=TODAY,
    )
    edit = {"milestone_id": ids.steps[2], "due_on": dt.date(2022, 6, 1), "output": ""}
    office.run(milestones.edit_milestone, **edit)
    office.run(promises.edit_commitment, commitment_id=ids.first, starts=202107, open_values=[])
    made.complete(office, ids.steps[0], dt.date(2021, 10, 30))
    found = lacks(office, ids.first)
    assert lacking.UNCAUSED not in found
    assert found[lacking.OUTSIDE] == found[lacking.NO_OUTPUT] == ids.steps[2]
    assert found[lacking.UNPROVED] == ids.steps[0]
    assert found[lacking.OUTSIDE_PLAN] == found[lacking.NO_VALUE] == ids.first
    prove = {"plan_id": ids.plan, "milestone_id": ids.steps[0], "commitment_id": ids.first}
    office.run(made.prove, name="a", **prove)
    assert lacking.UNPROVED not in lacks(office, ids.first)


def test_a_delay_is_explained_with_its_milestones_or_as_a_whole(office: Store, ids: Made) -> None:
    def lacking_cause(day: dt.date = TODAY) -> bool:
        with office.reading() as read:
            (row,) = queries.commitments(read, ids=[ids.first], today=day)
            named = [str(one.what.message) for one in lacking.commitment(read, ids.first, day)]
        causes = {str(lacking.UNCAUSED), str(lacking.STEP_UNCAUSED)}
        assert row.lacks_cause == bool(causes & {*named})
        return row.lacks_cause

    assert lacking_cause()
    for step in ids.steps[:2]:
        office.run(progress.set_delay_cause, milestone_id=step, delay_cause="응답 지연")
    assert not lacking_cause()
    assert lacking_cause(dt.date(2022, 6, 1))
    for step in ids.steps:
        made.complete(office, step, TODAY)
    assert not lacking_cause(dt.date(2022, 6, 1))


def test_evidence_of_the_plan_and_of_another_commitment_counts_where_it_proves(
    office: Store, ids: Made
) -> None:
    whose = (ids.first, None, ids.second)
    for name, owner in zip("abc", whose, strict=True):
        office.run(
            made.prove,
            plan_id=ids.plan,
            milestone_id=ids.steps[0],
            commitment_id=owner,
            name=name,
        )
    with office.reading() as read:
        assert proofs.by_commitment(read, None) == {ids.first: 3, ids.second: 1}
        assert proofs.by_commitment(read, [ids.first]) == {ids.first: 3}
        assert proofs.by_milestone(read, None) == {ids.steps[0]: 3}
        (plan,) = queries.plans(read)
    assert (plan.commitments, plan.milestones, plan.completed, plan.evidence) == (2, 4, 0, 3)


@usecase("Review")
def review(tx, *, plan_id: int, commitment_id: int, value: str) -> list[int]:
    """Record a closing review with a published answer and a finding."""
    row = Review(
        plan_id=plan_id, kind="closing", position=1024, title="종료 평가", state="submitted"
    )
    tx.add(row)
    tx.flush()
    answer = ReviewAnswer(
        review_id=row.id,
        commitment_id=commitment_id,
        question="1.1",
        origin="published",
        value=value,
        explanation="근거 자료가 부족합니다",
        answered_on=TODAY,
    )
    finding = ReviewFinding(review_id=row.id, position=1024, found_on=TODAY, text="증빙 보완 필요")
    tx.add_all([answer, finding])
    tx.flush()
    return [answer.id, finding.id]


def test_the_monitors_completion_stands_beside_the_own_status(office: Store, ids: Made) -> None:
    office.run(review, plan_id=ids.plan, commitment_id=ids.first, value="limited")
    with office.reading() as read:
        first, second = queries.commitments(read, ids.plan, TODAY)
        whole = queries.commitment(read, "KRGNJ0001", TODAY)
    assert first.rating is not None
    assert (first.rating.value, first.rating.origin, first.rating.on) == (
        *("limited", "published"),
        TODAY,
    )
    assert (first.status, first.suggestion) == ("late", "not_started")
    assert second.rating is None
    assert whole.ratings["completion"].value == "limited"


def test_english_is_missing_in_one_list_and_filled_in_place(office: Store, ids: Made) -> None:
    office.run(plans.set_text, plan_id=ids.plan, section="vision", text="시민이 만드는 도시")
    answer, finding = office.run(
        review, plan_id=ids.plan, commitment_id=ids.first, value="limited"
    ).value
    with office.reading() as read:
        found = lacking.english(read, ids.plan)
    by_key = {(one.table, one.field, one.id): one for one in found}
    assert {one.table for one in found} >= {
        *("action_plan", "plan_text", "plan_institution", "commitment", "milestone"),
        *("review", "review_answer", "review_finding"),
    }
    assert not by_key["review_answer", "explanation_en", answer].editable
    for one in found:
        assert one.text and "{" not in str(one.label)
    with pytest.raises(UserError, match="점검자"):
        office.run(
            translating.translate,
            table="review_answer",
            row_id=answer,
            field="explanation_en",
            text="Evidence is thin",
        )
    for one in found:
        if one.editable:
            office.run(
                translating.translate,
                table=one.table,
                row_id=one.id,
                field=one.field,
                text="In English",
            )
    with office.reading() as read:
        left = lacking.english(read, ids.plan)
    assert [(one.table, one.id) for one in left] == [("review_answer", answer)]
    assert finding in {one.id for one in found if one.table == "review_finding"}


def progress_rows(store: Store, ids: Made) -> list[list[Any]]:
    with store.reading() as read:
        return roundtrip.export_progress(read, ids.plan)


def at(column: str) -> int:
    return list(roundtrip.PROGRESS).index(column)


def test_a_sheet_of_progress_goes_out_and_comes_in(
    office: Store, ids: Made, tmp_path: Path
) -> None:
    made.complete(office, ids.steps[0], dt.date(2021, 10, 30), started_on=dt.date(2021, 9, 1))
    note = {"commitment_id": ids.first, "milestone_id": ids.steps[1]}
    office.run(progress.add_note, text="=문항 확정", **note)
    path = tmp_path / "추진 상황.xlsx"
    sheet_file.write(path, "추진 상황", progress_rows(office, ids))
    back = sheet_file.read(path)
    assert back[0][:3] == ["이행과제", "세부 번호", "세부 이행과제"]
    same = office.run(roundtrip.import_progress, plan_id=ids.plan, rows=back)
    assert same.value == {"rows": 4, "changed": 0, "notes": 0}
    assert not same.rows
    back[2][at("completed_on")] = "2022. 2. 10."
    back[2][at("delay_cause")] = "응답 지연"
    back[2][at("title_en")] = "Opinion poll every five months"
    back[3][at("state")], back[3][at("started_on")] = "추진 중", "2022-02-01"
    back[3][at("note")] = "위원회 안건 준비"
    changed = office.run(roundtrip.import_progress, plan_id=ids.plan, rows=back).value
    assert changed == {"rows": 4, "changed": 2, "notes": 1}
    with office.reading() as read:
        whole = queries.commitment(read, ids.first, TODAY)
    assert [one.state for one in whole.milestones] == ["completed", "completed", "in_progress"]
    assert whole.milestones[1].completed_on == dt.date(2022, 2, 10)
    assert whole.milestones[1].title_en == "Opinion poll every five months"
    assert [(one.number, one.text) for one in whole.notes] == [
        (3, "위원회 안건 준비"),
        (2, "=문항 확정"),
    ]
    with speaking("en"):
        again = progress_rows(office, ids)
    again[1][at("completed_on")] = ""
    office.run(roundtrip.import_progress, plan_id=ids.plan, rows=again)
    with office.reading() as read:
        first = queries.milestones(read, commitment_id=ids.first, today=TODAY)[0]
    assert (first.state, first.completed_on) == ("in_progress", None)


REFUSED: tuple[tuple[dict[str, Any], str], ...] = (
    ({"number": "9"}, "9번"),
    ({"number": "2.5"}, "2.5번"),
    ({"number": "1e400"}, "1e400번"),
    ({"code": "KRGNJ0002", "number": "7"}, "7번"),
    ({"state": "다 됨"}, "추진 중"),
    ({"state": "완료"}, "완료일"),
    ({"state": "추진 중"}, "착수일"),
    ({"completed_on": "2022-03-01"}, "지연 사유"),
    ({"completed_on": "2030-01-01"}, "아직"),
    ({"completed_on": "어제"}, "어제"),
    ({"title": "다른 제목"}, "조정"),
    ({"due_on": "2022-12-31"}, "조정"),
    ({"state": "취소"}, "조정"),
)


def test_a_sheet_that_is_wrong_changes_nothing_and_names_its_row(office: Store, ids: Made) -> None:
    rows = progress_rows(office, ids)
    for wrong, said in REFUSED:
        edited = [list(row) for row in rows]
        edited[1][at("note")] = "이 메모도 남지 않는다"
        for column, value in wrong.items():
            edited[2][at(column)] = value
        with pytest.raises(UserError, match=said) as error:
            office.run(roundtrip.import_progress, plan_id=ids.plan, rows=edited)
        assert str(error.value).startswith("3행:")
    with pytest.raises(UserError, match="두 번"):
        office.run(roundtrip.import_progress, plan_id=ids.plan, rows=[*rows, rows[1]])
    with pytest.raises(UserError, match="세부 번호"):
        office.run(roundtrip.import_progress, plan_id=ids.plan, rows=[["이행과제"], ["가"]])
    assert progress_rows(office, ids) == rows


def test_a_file_that_is_no_workbook_is_named(tmp_path: Path) -> None:
    path = tmp_path / "추진 상황.xlsx"
    path.write_bytes(b"PK\x03\x04 nothing of a workbook")
    with pytest.raises(UserError, match=path.stem):
        sheet_file.read(path)
    path.unlink()
    with pytest.raises(UserError, match=path.stem):
        sheet_file.read(path)


def test_translations_come_in_where_the_korean_is_still_the_same(office: Store, ids: Made) -> None:
    with office.reading() as read:
        rows = roundtrip.export_english(read, ids.plan)
    assert rows[1][2:] == ["열린정부 실행계획 2021–2022", ""]
    rows[1][3] = "Action plan 2021–2022"
    rows[2][3] = "Energy Industry Division"
    done = office.run(roundtrip.import_english, plan_id=ids.plan, rows=rows).value
    assert done == {"rows": len(rows) - 1, "changed": 2}
    again = office.run(roundtrip.import_english, plan_id=ids.plan, rows=rows)
    assert (again.value["changed"], again.rows) == (0, ())
    rows[3][3], rows[3][2] = "Something", "그사이 바뀐 글"
    with pytest.raises(UserError, match=r"4행: .*바뀌"):
        office.run(roundtrip.import_english, plan_id=ids.plan, rows=rows)
    rows[3][0] = "person:1:name_en"
    with pytest.raises(UserError, match="person:1"):
        office.run(roundtrip.import_english, plan_id=ids.plan, rows=rows)


def test_both_engines_tell_the_same(sqlite_store: Store, new_postgres: Callable[[], str]) -> None:
    documents = []
    for store in (sqlite_store, Store.open(new_postgres())):
        ids = made.make(store)
        made.complete(store, ids.steps[0], dt.date(2021, 10, 30))
        prove = {"plan_id": ids.plan, "milestone_id": ids.steps[0]}
        store.run(made.prove, name="a", commitment_id=None, **prove)
        store.run(review, plan_id=ids.plan, commitment_id=ids.first, value="limited")
        store.run(
            adjusting.start_adjustment,
            commitment_id=ids.first,
            reason="코로나19",
            consulted="예시 협의체",
            adjusted_on=TODAY,
        )
        store.run(milestones.cancel_milestone, milestone_id=ids.steps[1])
        store.run(milestones.add_milestone, commitment_id=ids.first, title="새 과제", output="예시")
        store.run(adjusting.close_adjustment, commitment_id=ids.first)
        store.run(roundtrip.import_progress, plan_id=ids.plan, rows=progress_rows(store, ids))
        with store.reading() as read:
            documents.append(
                output.plain(
                    [
                        told.commitment(read, "KRGNJ0001"),
                        told.plan(read, "KRGNJ2021"),
                        roundtrip.export_english(read, ids.plan),
                    ]
                )
            )
        for _step in range(4):
            store.undo()
        with store.reading() as read:
            before = queries.commitment(read, ids.first, TODAY)
        assert (before.row.edition, before.editions, before.row.milestones) == (1, (), 3)
        store.close()
    assert documents[0] == documents[1]
    first = documents[0][0]
    assert (first["start"], first["end"], first["edition"]) == ("2021-08", "2022-05", 2)
    assert [one["state"] for one in first["milestones"]] == [
        *("completed", "cancelled", "not_started", "not_started")
    ]
    assert (first["completion"], first["suggestion"]) == ("limited", "limited")


def test_a_commitment_is_found_by_its_code_before_its_number(office: Store, ids: Made) -> None:
    office.run(promises.edit_commitment, commitment_id=ids.second, code=str(ids.first))
    with office.reading() as read:
        assert queries.commitment(read, str(ids.first)).row.id == ids.second
        for strange in ("9" * 25, "", "²"):
            with pytest.raises(UserError):
                queries.commitment(read, strange)


def test_what_is_lacking_names_titles_in_the_language_it_is_said_in(
    office: Store, ids: Made
) -> None:
    office.run(promises.edit_commitment, commitment_id=ids.first, title_en="Policy with citizens")
    with office.reading() as read:
        lacks = lacking.commitment(read, ids.first)
    assert lacks
    with speaking("en"):
        assert all("Policy with citizens" in str(one.what) for one in lacks)


def test_a_file_of_the_plan_that_speaks_of_a_commitment_is_evidence_for_it(
    office: Store, ids: Made
) -> None:
    made.complete(office, ids.steps[0], dt.date(2021, 10, 1))
    # It proves something of the second, and belongs to the plan as a whole.
    other = ids.steps[0] + 3
    file = office.run(
        made.prove, plan_id=ids.plan, commitment_id=None, milestone_id=other, name="plan"
    ).value
    office.run(claims.add_claim, evidence_id=file, claim="예시", commitment_id=ids.first)
    with office.reading() as read:
        row = queries.commitment(read, ids.first, TODAY).row
    assert (row.evidence, row.suggestion) == (1, "limited")
    office.run(claims.add_claim, evidence_id=file, claim="예시", milestone_id=ids.steps[0])
    with office.reading() as read:
        assert queries.commitment(read, ids.first, TODAY).row.evidence == 1
