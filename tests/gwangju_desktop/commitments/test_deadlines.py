"""When reports, the web page, milestones, notes and checks are due."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.schema.commitments import Milestone
from db.schema.evidence import EvidenceCheck
from db.schema.reviews import Publication, Review
from db.store import Store, usecase
from gwangju_desktop import clock, today
from gwangju_desktop.commitments import deadlines, milestones, plans, progress, promises, rules
from gwangju_desktop.commitments.months import add_months, month_number, month_text
from gwangju_desktop.commitments.rows import DeadlineRow
from gwangju_desktop.errors import UserError
from gwangju_desktop.text import speaking
from tests.gwangju_desktop.commitments import made
from tests.gwangju_desktop.commitments.made import TODAY, Made

ONE_DAY = dt.timedelta(days=1)


def due(store: Store, kind: str, day: dt.date = TODAY) -> list[DeadlineRow]:
    with store.reading() as read:
        return [row for row in deadlines.due(read, day) if row.kind == kind]


@usecase("Publish")
def publish(tx, *, plan_id: int, channel: str, on: dt.date) -> None:
    tx.add(Publication(plan_id=plan_id, channel=channel, title="예시", published_on=on))


@usecase("Crowd")
def crowd(tx, *, commitment_id: int) -> None:
    day = dt.date(2021, 9, 1)
    tx.add_all(
        Milestone(commitment_id=commitment_id, position=n, number=n, title=f"예시 {n}", due_on=day)
        for n in range(10, 510)
    )


@usecase("Hand in")
def hand_in(tx, *, plan_id: int, kind: str, on: dt.date, commitment_id: int | None = None) -> None:
    fields = {"plan_id": plan_id, "kind": kind, "submitted_on": on, "commitment_id": commitment_id}
    tx.add(Review(position=1024, state="submitted", **fields))


@usecase("Check")
def check(tx, *, at: dt.datetime) -> None:
    tx.add(EvidenceCheck(checked_at=at, occasion="week", files=1, bytes=1, seconds=0.1))


def test_a_plan_submitted_on_30_july_2021_has_its_inception_report_due_on_30_september(
    office: Store, ids: Made
) -> None:
    (row,) = due(office, deadlines.INCEPTION)
    assert row.due_on == dt.date(2021, 9, 30)
    assert row.overdue == (TODAY - row.due_on).days == 162
    office.run(hand_in, plan_id=ids.plan, kind="inception", on=dt.date(2021, 9, 28))
    assert due(office, deadlines.INCEPTION) == []
    with office.reading() as read:
        (met,) = (
            row
            for row in deadlines.of_plan(read, ids.plan, TODAY)
            if row.kind == deadlines.INCEPTION
        )
    assert (met.done_on, met.overdue) == (dt.date(2021, 9, 28), 0)


def test_a_commitment_completed_on_30_april_2022_has_its_report_due_on_30_may(
    office: Store, ids: Made
) -> None:
    clock.fix(dt.date(2022, 7, 1))
    planned = {row.commitment_id: row for row in due(office, deadlines.CLOSING)}
    assert planned[ids.second].planned
    assert planned[ids.second].due_on == dt.date(2022, 5, 30)
    with office.reading() as read:
        from gwangju_desktop.commitments import queries

        (step,) = queries.milestones(read, commitment_id=ids.second, today=TODAY)
    made.complete(office, step.id, dt.date(2022, 4, 29))
    office.run(
        promises.complete_commitment, commitment_id=ids.second, completed_on=dt.date(2022, 4, 30)
    )
    found = {row.commitment_id: row for row in due(office, deadlines.CLOSING, dt.date(2022, 6, 2))}
    assert (found[ids.second].due_on, found[ids.second].planned) == (dt.date(2022, 5, 30), False)
    assert found[ids.second].overdue == 3
    fields = {"plan_id": ids.plan, "commitment_id": ids.second, "kind": "closing"}
    office.run(hand_in, on=dt.date(2022, 5, 25), **fields)
    assert [row.commitment_id for row in due(office, deadlines.CLOSING)] == [ids.first]


def test_without_its_own_day_a_commitment_counts_from_its_last_milestone(
    office: Store, ids: Made
) -> None:
    for step, day in zip(ids.steps, (1, 20, 10), strict=True):
        made.complete(office, step, dt.date(2022, 1, day), delay_cause="예시 사유")
    found = {row.commitment_id: row for row in due(office, deadlines.CLOSING)}
    assert (found[ids.first].due_on, found[ids.first].planned) == (dt.date(2022, 2, 20), False)


def test_the_web_page_is_due_every_four_months_until_the_plan_ends(
    office: Store, ids: Made
) -> None:
    assert [row.due_on for row in due(office, deadlines.WEB)] == [dt.date(2021, 11, 30)]
    office.run(publish, plan_id=ids.plan, channel="press", on=dt.date(2022, 2, 1))
    office.run(publish, plan_id=ids.plan, channel="web", on=dt.date(2021, 10, 31))
    assert [row.due_on for row in due(office, deadlines.WEB)] == [dt.date(2022, 2, 28)]
    office.run(plans.close_plan, plan_id=ids.plan, closed_on=dt.date(2022, 6, 30))
    assert due(office, deadlines.WEB) == []
    assert due(office, deadlines.INCEPTION) != []


def test_a_rule_of_the_plan_moves_what_is_due(office: Store, ids: Made) -> None:
    rule = {"plan_id": ids.plan, "rule": "web_months", "source": "예시 협의 결과"}
    office.run(rules.set_rule, value=6, valid_from=dt.date(2022, 1, 1), **rule)
    assert [row.due_on for row in due(office, deadlines.WEB)] == [dt.date(2022, 1, 30)]
    before = due(office, deadlines.WEB, dt.date(2021, 12, 31))
    assert [row.due_on for row in before] == [dt.date(2021, 11, 30)]


def test_milestones_are_named_thirty_days_ahead_and_when_late(office: Store, ids: Made) -> None:
    late, soon = ids.steps[0], ids.steps[2]
    found = due(office, deadlines.MILESTONE, dt.date(2022, 5, 1))
    by_id = {row.milestone_id: row for row in found}
    assert by_id[late].overdue == 182
    assert (by_id[soon].overdue, by_id[soon].due_on) == (0, dt.date(2022, 5, 31))
    assert soon not in {r.milestone_id for r in due(office, deadlines.MILESTONE)}
    made.complete(office, late, dt.date(2021, 11, 2), delay_cause="코로나19")
    assert late not in {r.milestone_id for r in due(office, deadlines.MILESTONE)}


def test_a_running_commitment_asks_for_a_word_every_sixty_days(office: Store, ids: Made) -> None:
    found = {row.commitment_id: row.due_on for row in due(office, deadlines.NOTE)}
    assert found[ids.first] == dt.date(2021, 8, 1) + dt.timedelta(days=60)
    office.run(progress.add_note, commitment_id=ids.first, text="순조", noted_on=TODAY)
    found = {row.commitment_id: row.due_on for row in due(office, deadlines.NOTE)}
    assert found[ids.first] == TODAY + dt.timedelta(days=60)
    office.run(
        progress.set_own_status, commitment_id=ids.first, status="stopped", reason="예산 삭감"
    )
    assert ids.first not in {row.commitment_id for row in due(office, deadlines.NOTE)}
    assert ids.first not in {row.commitment_id for row in due(office, deadlines.MILESTONE)}


def test_evidence_is_read_again_a_week_after_the_last_check(office: Store, ids: Made) -> None:
    assert due(office, deadlines.CHECK) == []
    fields = {"plan_id": ids.plan, "commitment_id": ids.first, "milestone_id": ids.steps[0]}
    office.run(made.prove, name="a", **fields)
    assert [row.due_on for row in due(office, deadlines.CHECK)] == [TODAY]
    # Midnight in Korea is the afternoon before in London.
    office.run(check, at=dt.datetime(2022, 3, 3, 16, tzinfo=dt.UTC))
    assert [row.due_on for row in due(office, deadlines.CHECK)] == [TODAY]
    assert due(office, deadlines.CHECK, TODAY + dt.timedelta(days=2))[0].overdue == 2


def test_one_commitment_is_told_its_own_deadlines(office: Store, ids: Made) -> None:
    with office.reading() as read:
        whole = deadlines.of_plan(read, ids.plan, TODAY)
        own = deadlines.of_commitment(read, ids.first, TODAY)
    assert own == [row for row in whole if row.commitment_id == ids.first] != []
    assert [row.due_on for row in whole] == sorted(row.due_on for row in whole)


@settings(max_examples=60, deadline=None)
@given(st.dates(dt.date(2000, 1, 1), dt.date(2100, 1, 1)), st.integers(0, 60))
def test_months_later_is_the_same_day_or_the_last_of_a_shorter_month(day: dt.date, n: int) -> None:
    later = add_months(day, n)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == n
    assert later.day == day.day or (later.day < day.day and (later + ONE_DAY).day == 1)


def test_months_are_read_as_people_write_them() -> None:
    for text in ("2021-08", "2021. 8.", "2021.08", "202108", "2021년 8월", " 2021/8 "):
        assert month_number(text) == 202108
    assert (month_number(""), month_text(None), month_text(202108)) == (None, "", "2021-08")
    for text in ("2021-13", "2021", "내년", "0021-01", "2021-00"):
        with pytest.raises(UserError, match="2021-08"):
            month_number(text)
    assert add_months(dt.date(2021, 10, 31), 4) == dt.date(2022, 2, 28)


def test_a_deadline_names_who_answers_for_it_and_speaks_the_language_asked_for(
    office: Store, ids: Made
) -> None:
    first = ids.steps[0]
    office.run(
        milestones.edit_milestone,
        milestone_id=first,
        title_en="Education",
        responsible="혁신소통기획관실",
    )
    office.run(promises.edit_commitment, commitment_id=ids.first, title_en="Policy with citizens")
    steps = {row.milestone_id: row for row in due(office, "milestone")}
    assert steps[first].owner == "혁신소통기획관실"
    # Nobody is named for the second: the office that leads the commitment answers for it.
    assert steps[ids.steps[1]].owner == "에너지산업과"
    (closing,) = [row for row in due(office, "closing") if row.commitment_id == ids.first]
    assert closing.owner == "에너지산업과"
    assert "시민 교육과 홍보" in str(steps[first].label)
    with speaking("en"):
        assert "Education" in str(steps[first].label)
        assert "Policy with citizens" in str(closing.label)
    with office.reading() as read:
        told = [row for row in today.overview(read, today=TODAY).deadlines.overdue if row.owner]
    assert ("milestone", first) in [(row.table, row.id) for row in told]


def test_many_late_milestones_do_not_drown_the_first_page(office: Store, ids: Made) -> None:
    with office.reading() as read:
        few = today.overview(read, today=TODAY).deadlines.count
    office.run(crowd, commitment_id=ids.first)
    with office.reading() as read:
        told = today.overview(read, today=TODAY).deadlines
    assert told.count <= few + today.MOST_STEPS + 1
    (others,) = [row for row in told.overdue if row.title == today.OTHERS]
    assert (others.table, others.id) == ("action_plan", ids.plan)
    assert int(str(others.values["n"])) > 490
    # A report is named however many milestones are late.
    assert any(row.table == "action_plan" and row.title != today.OTHERS for row in told.overdue)
