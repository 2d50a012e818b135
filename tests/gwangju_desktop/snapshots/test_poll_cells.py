"""Waves in copy after copy: small figures hidden, and nothing told by what changed between two."""

from __future__ import annotations

import json
from typing import Any

import pytest
from sqlalchemy import select

from db.schema.polls import PollWave
from db.schema.snapshots import PollRelease
from db.store import Store
from db.vocab import Profile
from gwangju_desktop import settings as office_settings
from gwangju_desktop.errors import UserError
from gwangju_desktop.polls import series, waves
from gwangju_desktop.snapshots import poll_cells, usecases
from gwangju_desktop.snapshots.build import make_snapshot
from gwangju_desktop.snapshots.poll_cells import Before
from tests.gwangju_desktop.polls.asking import Asking
from tests.gwangju_desktop.snapshots import offices

Rows = dict[str, list[dict[str, Any]]]


def survey(counts: list[int], *, blank: int = 0, k: int = 5, first_id: int = 1) -> Rows:
    """A closed wave of one question with one answer each, and a finding on its first option."""
    n = sum(counts)
    figures: list[tuple[int | None, str, float]] = [
        *((o, "count", c) for o, c in enumerate(counts)),
        *((None, name, value) for name, value in (("asked", n + blank), ("answered", n))),
        *((None, name, value) for name, value in (("blank", blank), ("missing", 0), ("votes", n))),
    ]
    return {
        "poll": [{"id": 1, "small_cell": k}],
        "poll_wave": [
            {
                "id": 1,
                "poll_id": 1,
                "respondents": n + blank,
                "invited": 300,
                "population_size": None,
                "weighted": False,
            }
        ],
        "wave_question": [
            {"id": 1, "wave_id": 1, "question_id": 1, "ask_if_id": None, "ask_if": None}
        ],
        "poll_question": [{"id": 1, "kind": "single", "max_choices": None}],
        "poll_option": [
            {
                "id": o,
                "question_id": 1,
                "position": o,
                "code": str(o),
                "role": "normal",
                "value": None,
            }
            for o in range(len(counts))
        ],
        "poll_total": [
            {
                "id": first_id + i,
                "wave_question_id": 1,
                "part_id": None,
                "option_id": option,
                "measure": measure,
                "value": float(value),
            }
            for i, (option, measure, value) in enumerate(figures)
        ],
        "poll_finding": [
            {
                "id": 1,
                "wave_question_id": 1,
                "part_id": None,
                "option_id": 0,
                "count": counts[0],
                "votes": n,
                "answered": n,
                "sentence": "말",
            }
        ],
        "poll_batch": [{"id": 1, "wave_id": 1, "rows": n, "taken": n}],
    }


def values(made: poll_cells.Given) -> dict[tuple[int | None, str], float | None]:
    return {(row["option_id"], row["measure"]): row["value"] for row in made.rows["poll_total"]}


def test_small_figures_go_and_their_findings_too() -> None:
    made = poll_cells.give(survey([3, 6, 42]), Before(5))
    told = values(made)
    assert (told[0, "count"], told[1, "count"], told[2, "count"]) == (None, None, 42)
    assert told[None, "answered"] == 51 and made.hidden["poll_total.value"] == 2
    (finding,) = made.rows["poll_finding"]
    assert (finding["count"], finding["sentence"]) == (None, None)
    whole = poll_cells.give(survey([13, 6, 42]), Before(5))
    assert whole.rows["poll_finding"][0]["sentence"] == "말" and not whole.hidden


def test_a_poll_may_hide_more_than_the_policy_and_never_less() -> None:
    assert poll_cells.give(survey([9, 16, 42], k=10), Before(5)).hidden
    assert poll_cells.give(survey([3, 16, 42], k=1), Before(5)).hidden
    assert not poll_cells.give(survey([9, 16, 42], k=1), Before(5)).hidden


def test_who_did_not_take_part_is_a_complement_too() -> None:
    rows = survey([20, 30])
    rows["poll_wave"][0]["invited"] = 53
    made = poll_cells.give(rows, Before(5))
    assert made.rows["poll_wave"][0]["invited"] is None
    assert made.hidden == {"poll_wave.invited": 1}


def again(counts: list[int], *earlier: poll_cells.Given, **how: Any) -> poll_cells.Given:
    contents = [one.contents[1] for one in earlier]
    return poll_cells.give(survey(counts, **how), Before(5, {1: contents}))


def test_a_wave_that_did_not_change_is_told_as_before_and_kept_once() -> None:
    first = poll_cells.give(survey([3, 6, 42]), Before(5))
    second = again([3, 6, 42], first, first_id=20)
    assert first.new_contents == {1: first.contents[1]} and not second.new_contents
    assert values(second) == values(first) and not second.again


def test_a_wave_that_changed_by_few_is_told_as_before() -> None:
    first = poll_cells.give(survey([20, 30, 42]), Before(5))
    second = again([20, 30, 44], first)
    assert second.again == {1} and not second.new_contents
    assert values(second) == values(first)
    assert second.earlier == {"poll_total.value": 8}
    assert second.rows["poll_wave"][0]["respondents"] == 92
    assert second.rows["poll_batch"][0]["taken"] is None
    # A finding on figures that were never told is not told either.
    late = survey([20, 30, 44])
    late["poll_finding"][0] |= {"option_id": 2, "count": 44, "votes": 94, "answered": 94}
    third = poll_cells.give(late, Before(5, {1: [first.contents[1]]}))
    assert third.rows["poll_finding"][0]["count"] is None


def test_a_wave_that_changed_by_many_is_told_anew() -> None:
    first = poll_cells.give(survey([20, 30, 42]), Before(5))
    second = again([20, 36, 60], first)
    assert second.fresh == {1} and values(second)[2, "count"] == 60
    # Neither is it told again with a small step from any copy before.
    assert again([20, 36, 44], first, second).again == {1}


def test_a_figure_that_grew_is_not_shown_where_it_tells_of_the_past() -> None:
    first = poll_cells.give(survey([3, 6, 42]), Before(5))
    second = again([3, 16, 42], first)
    told = values(second)
    assert told[0, "count"] is None and told[1, "count"] is None
    assert told[None, "answered"] == 61


def test_weighted_figures_that_moved_are_not_told_anew() -> None:
    rows = survey([20, 30, 42])
    rows["poll_wave"][0]["weighted"] = True
    people = {
        (1, (row["part_id"], row["option_id"], row["measure"])): row["value"]
        for row in rows["poll_total"]
    }
    people[1, (None, 0, "count")] = 2.0
    first = poll_cells.give(rows, Before(5, people={1: people}))
    assert values(first)[0, "count"] is None
    moved = survey([60, 80, 90])
    moved["poll_wave"][0]["weighted"] = True
    counted = dict.fromkeys(people, 100.0)
    assert poll_cells.give(moved, Before(5, {1: [first.contents[1]]}, {1: counted})).again == {1}
    # Of erased answers nobody knows of how many people a sum of weights is.
    assert values(poll_cells.give(rows, Before(5)))[0, "count"] == 20
    rows["poll_total"][0]["value"] = 14.0
    assert values(poll_cells.give(rows, Before(5)))[0, "count"] is None


def test_both_profiles_tell_the_same_of_polls(sample_copy: Any, tmp_path: Any) -> None:
    with Store.open(sample_copy) as store:
        for n, profile in enumerate((Profile.PUBLIC, Profile.MONITOR, Profile.PUBLIC)):
            target = tmp_path / f"{n}.gwsnap"
            make_snapshot(store, target=target, passphrase=offices.PASSPHRASE, profile=profile)
        with store.reading() as read:
            kept = read.execute(select(PollRelease.profile, PollRelease.content)).all()
    assert {profile for profile, _ in kept} == {"public"} and len(kept) == 2
    cells = [cell for _, content in kept for cell in json.loads(content)["cells"]]
    assert not any(0 < cell[5] < 5 for cell in cells if cell[5] and cell[4] != "mean")


def test_a_wave_that_a_copy_gave_out_cannot_be_removed(sqlite_store: Store) -> None:
    sqlite_store.run(office_settings.set_up)
    asking = Asking(sqlite_store)
    with sqlite_store.reading() as read:
        (wave,) = read.scalars(select(PollWave.id)).all()
    sqlite_store.run(
        usecases.record_snapshot,
        sequence=1,
        made_at=offices.MOMENT,
        file_name="1.gwsnap",
        size=1,
        rows=1,
        withheld=0,
        sha256="0" * 64,
        manifest_sha256="0" * 64,
        fingerprint="예시",
        profile="monitor",
        audit_id=1,
        audit_hash="0" * 64,
        releases={wave: "{}"},
    )
    with pytest.raises(UserError, match="점검용 사본에 실려"):
        sqlite_store.run(waves.remove_wave, id=wave)
    with pytest.raises(UserError, match="점검용 사본에 실려"):
        sqlite_store.run(series.remove_poll, id=asking.poll)
