"""The status that is worked out, the suggested completion, the burn-up."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.vocab import Completion, MilestoneState, OwnStatus
from gwangju_desktop.commitments.months import span
from gwangju_desktop.commitments.rules import Limits
from gwangju_desktop.commitments.status import (
    Facts,
    Step,
    burnup,
    computed,
    suggestion,
    weights,
)
from gwangju_desktop.text import speaking

DAY = dt.date(2022, 3, 11)
BEFORE, AFTER = DAY - dt.timedelta(days=1), DAY + dt.timedelta(days=1)
NOT_STARTED, DONE = "not_started", "completed"


def facts(*steps: Step, starts: int | None = 202108, ends: int | None = 202205, **more) -> Facts:
    return Facts(starts, ends, more.get("completed_on"), steps)


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        (facts(starts=None, ends=None), OwnStatus.UNKNOWN),
        (facts(), OwnStatus.ON_TIME),
        (facts(starts=202204), OwnStatus.NOT_STARTED),
        (facts(Step(1, NOT_STARTED, due_on=DAY), starts=202204), OwnStatus.NOT_STARTED),
        (facts(Step(1, "in_progress", started_on=BEFORE), starts=202204), OwnStatus.ON_TIME),
        (facts(ends=202202), OwnStatus.LATE),
        (facts(ends=202203), OwnStatus.ON_TIME),
        (facts(ends=202202, completed_on=DAY), OwnStatus.DONE),
        (facts(Step(1, NOT_STARTED, due_on=BEFORE)), OwnStatus.LATE),
        (facts(Step(1, NOT_STARTED, due_on=DAY)), OwnStatus.ON_TIME),
        (facts(Step(1, NOT_STARTED, due_on=BEFORE), starts=202204), OwnStatus.LATE),
        (facts(Step(1, "cancelled", due_on=BEFORE)), OwnStatus.ON_TIME),
        (facts(Step(1, DONE, due_on=BEFORE, completed_on=DAY)), OwnStatus.DONE),
        (
            facts(Step(1, DONE, due_on=BEFORE, completed_on=DAY), Step(2, "cancelled")),
            OwnStatus.DONE,
        ),
        (facts(Step(1, DONE, completed_on=DAY), Step(2, NOT_STARTED)), OwnStatus.ON_TIME),
    ],
)
def test_own_status_is_worked_out_for_a_day(asked: Facts, status: OwnStatus) -> None:
    found = computed(asked, DAY)
    assert found.code == status
    assert "{" not in str(found.why) and str(found.why).strip()


def steps(done: int, left: int) -> list[Step]:
    """One milestone that weighs `done` and is completed, one of `left` that is not."""
    some = [Step(1, DONE, done, completed_on=DAY)] if done else []
    return [*some, *([Step(2, NOT_STARTED, left)] if left else [])]


@pytest.mark.parametrize(
    ("done", "left", "proved", "suggested"),
    [
        (0, 10, {}, Completion.NOT_STARTED),
        (0, 10, {2: 1}, Completion.NOT_STARTED),
        (1, 99, {1: 1}, Completion.LIMITED),
        (49, 51, {1: 1}, Completion.LIMITED),
        (50, 50, {1: 1}, Completion.SUBSTANTIAL),
        (99, 1, {1: 1}, Completion.SUBSTANTIAL),
        (100, 0, {1: 1}, Completion.COMPLETE),
        (100, 0, {}, Completion.NO_EVIDENCE),
        (50, 50, {}, Completion.NO_EVIDENCE),
    ],
)
def test_completion_is_suggested_from_the_weights(
    done: int, left: int, proved: dict[int, int], suggested: Completion
) -> None:
    assert suggestion(steps(done, left), proved, bool(proved), Limits()).code == suggested


def test_a_full_weight_without_evidence_on_all_is_substantial_and_says_which() -> None:
    found = suggestion([*steps(3, 0), Step(7, DONE, 1)], {1: 2}, True, Limits())
    assert (found.code, found.lacking) == (Completion.SUBSTANTIAL, (7,))
    assert "1건" in str(found.why)


def test_a_file_without_a_claim_is_evidence_and_proves_no_milestone() -> None:
    found = suggestion(steps(10, 0), {}, True, Limits())
    assert (found.code, found.lacking) == (Completion.SUBSTANTIAL, (1,))


def test_no_milestone_no_suggestion() -> None:
    assert suggestion([Step(1, "cancelled", 5)], {}, True, Limits()).code == ""


def test_limits_of_the_plan_decide() -> None:
    assert suggestion(steps(20, 80), {1: 1}, True, Limits(20, 100)).code == "substantial"
    assert suggestion(steps(90, 10), {1: 1, 2: 1}, True, Limits(50, 90)).code == "complete"


STEPS = st.lists(
    st.builds(
        Step,
        st.integers(1, 30),
        st.sampled_from([state.value for state in MilestoneState]),
        st.integers(1, 1000),
        st.dates(dt.date(2021, 8, 1), dt.date(2022, 6, 30)) | st.none(),
        st.none(),
        st.dates(dt.date(2021, 8, 1), dt.date(2022, 6, 30)),
    ),
    max_size=8,
    unique_by=lambda step: step.id,
)


@settings(max_examples=60, deadline=None)
@given(STEPS, st.sets(st.integers(1, 30)), st.booleans())
def test_the_suggestion_follows_the_table_whatever_the_milestones(
    steps: list[Step], proved: set[int], filed: bool
) -> None:
    found = suggestion(steps, dict.fromkeys(proved, 1), filed, Limits())
    counting = [step for step in steps if step.state != "cancelled"]
    done = [step for step in counting if step.state == DONE]
    whole, part = sum(s.weight for s in counting), sum(s.weight for s in done)
    evidence = filed or any(step.id in proved for step in counting)
    if not counting:
        expected = ""
    elif not done:
        expected = "not_started"
    elif not evidence:
        expected = "no_evidence"
    elif part * 2 < whole:
        expected = "limited"
    elif part < whole or any(step.id not in proved for step in counting):
        expected = "substantial"
    else:
        expected = "complete"
    assert found.code == expected
    assert set(found.lacking) <= {step.id for step in counting} - proved


@settings(max_examples=40, deadline=None)
@given(STEPS)
def test_a_burnup_rises_to_what_was_completed(steps: list[Step]) -> None:
    first, last = dt.date(2021, 8, 1), dt.date(2022, 6, 30)
    points = burnup(steps, first, last)
    done, whole = weights(steps)
    if not whole:
        assert points == []
        return
    assert [points[0].day, points[-1].day] == [first, last]
    assert points[-1].planned == 1
    assert points[-1].done == pytest.approx(done / whole)
    shares = [point.done for point in points if point.done is not None]
    assert shares == sorted(shares)
    assert [point.planned for point in points] == sorted(point.planned for point in points)


def test_a_burnup_says_nothing_of_days_to_come() -> None:
    some = [Step(1, DONE, 1, BEFORE, None, DAY), Step(2, NOT_STARTED, 3, AFTER)]
    told = burnup(some, dt.date(2022, 3, 1), dt.date(2022, 3, 31), today=DAY)
    assert [(point.day.day, point.planned, point.done) for point in told] == [
        (1, 0.0, 0.0),
        (10, 0.25, 0.0),
        (11, 0.25, 0.25),
        (12, 1.0, None),
        (31, 1.0, None),
    ]


@pytest.mark.parametrize(
    ("starts", "ends", "ko", "en"),
    [
        (202108, 202205, "2021. 8.~2022. 5.", "2021-08 – 2022-05"),
        (None, 202206, "2022. 6.까지", "until 2022-06"),
        (None, None, "", ""),
    ],
)
def test_months_of_which_one_is_unknown_are_said_in_words(
    starts: int | None, ends: int | None, ko: str, en: str
) -> None:
    for language, said in (("ko", ko), ("en", en)):
        with speaking(language):
            assert span(starts, ends) == said
