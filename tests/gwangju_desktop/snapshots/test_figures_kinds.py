"""Figures of rarer kinds recomputed: elections, written votes, weights, grids, hours, ratios."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from db.schema.meetings import Attendance, Meeting
from db.store import Store
from db.vocab import Profile
from gwangju_desktop import paths, settings
from gwangju_desktop.energy import catalogue
from gwangju_desktop.meetings import agenda, elections, usecases, written
from gwangju_desktop.polls import intake, waves
from gwangju_desktop.snapshots import recompute as recomputing
from gwangju_desktop.snapshots.build import make_snapshot
from gwangju_desktop.snapshots.recompute import EQUAL, UNKNOWN, Figure, Recomputed
from tests.gwangju_desktop.energy.test_rollup import bring
from tests.gwangju_desktop.meetings.room import AT, Room, changed, minutes
from tests.gwangju_desktop.meetings.test_written import DUE, GROUND
from tests.gwangju_desktop.polls import taken
from tests.gwangju_desktop.snapshots import offices

TIMES = 10


def elect(store: Store) -> None:
    """Hold an election that needs a run-off, and one in which one member stands alone."""
    room = Room.made(store, people=7)
    item = store.run(agenda.add_item, meeting_id=room.meeting, title="가상 안건 2").value
    room.open(6)
    with store.reading() as read:
        a, b, c, d, *_rest = (read.get_one(Attendance, id).membership_id for id in room.ids)
    told = {"enrolled_at_opening": 7, "required_at_opening": 4, "present_at_opening": 6}
    store.run(changed, entity=Meeting, id=room.meeting, **told)

    def opened(item: int, role: str, *standing: int, at: int) -> int:
        return store.run(
            elections.open_election,
            item_id=item,
            role=role,
            membership_ids=standing,
            at=minutes(at),
        ).value

    first = opened(room.item, "vice_chair", a, b, c, at=5)
    counts = {a: 3, b: 2, c: 1}
    store.run(elections.close_election, vote_id=first, counts=counts, at=minutes(6))
    second = store.run(elections.run_off, vote_id=first, at=minutes(7)).value
    counts = {a: 4, b: 2}
    store.run(elections.close_election, vote_id=second, counts=counts, at=minutes(8))
    alone = opened(item, "secretary", d, at=9)
    store.run(elections.close_election, vote_id=alone, at=minutes(10))


def resolve_in_writing(store: Store, *, yes: int, no: int) -> None:
    """Decide an item by written replies of all eight seats."""
    room = Room.made(store, people=8)
    meeting = store.run(usecases.add_meeting, body_id=room.body, starts_at=AT, kind="written").value
    room.meeting = meeting
    item = store.run(
        agenda.add_item, meeting_id=meeting, title="서면 안건", request="예시: 의결한다."
    ).value
    room.ids = [seat.id for seat in room.seats()]
    sent = {"ground": GROUND, "reply_by": DUE, "day": AT.date()}
    store.run(written.send, meeting_id=meeting, **sent)
    for seats, choice in (
        (room.ids[:yes], "yes"),
        (room.ids[yes : yes + no], "no"),
        (room.ids[yes + no :], "abstain"),
    ):
        store.run(written.reply, item_id=item, attendance_ids=seats, choice=choice)
    store.run(written.finish, meeting_id=meeting, at=None)


def survey(store: Store, label: str, weights: list[float] | None) -> None:
    """Take in sixty answers to every kind of question."""
    six = taken.six()
    many = [
        taken.answers(one.question, [*given] * TIMES)
        for one, given in zip(six.answers, _GIVEN, strict=True)
    ]
    reading = taken.reading(*many, weights=weights, name=label)
    made = store.run(
        intake.import_new, name=f"설문 {label}", reading=reading, file_name="응답.csv", label=label
    ).value
    if weights is not None:
        store.run(waves.edit_wave, id=made["wave"], weighted=True)


_GIVEN: list[list[object]] = [
    ["1", "1", "1", "2", "2", None],
    ["1", "1", "2", "1", "9", None],
    [["1", "2"], ["1"], None, ["1", "3"], None, None],
    [["1", "5"], ["2", "4"], ["3", None], [None, None], ["5", "5"], ["4", "1"]],
    [["1", "2"], ["2", "1"], ["1", None], ["3", "1"], ["1", "3"], [None, None]],
    [20, 30, 40, None, 60, 70],
    ["좋습니다", None, "더 알려 주십시오", None, None, "예산이 적다"],
]


def measure(store: Store) -> None:
    """Bring what a city generated and used, whole years and single hours (T19 of domain 8)."""
    store.run(catalogue.set_up)
    used = [("29000", "", 202100, 46_294_000.0), ("29000", "", 202200, 8_973_446.0)]
    made = [("29000", "", 202100, 842_000.0), ("29000", "", 202200, 600_000.0)]
    store.run(bring, name="used", rows=used)
    store.run(bring, name="made", rows=made, code="GE01")
    hours = [
        ("29000", "", (20_230_100 + day) * 100 + hour, 1.25)
        for day in range(1, 32)
        for hour in range(1, 25)
    ]
    store.run(bring, name="hours", rows=hours)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[Profile, Recomputed]]:
    """Both copies of one office with figures of every rarer kind, recomputed."""
    folder = tmp_path_factory.mktemp("kinds")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(paths.HOME, str(folder / "사람"))
        with Store.create(folder / "사무국.gwoffice") as store:
            store.run(settings.set_up)
            elect(store)
            resolve_in_writing(store, yes=5, no=2)
            resolve_in_writing(store, yes=4, no=3)
            survey(store, "1차", None)
            survey(store, "2차", [2.0, 1.5, 1.0, 0.5, 1.0, 1.0] * TIMES)
            measure(store)
            found = {}
            for profile in Profile:
                target = folder / f"{profile}.gwsnap"
                make_snapshot(store, target=target, passphrase=offices.PASSPHRASE, profile=profile)
                found[profile] = recomputing.recompute(target)
        yield found


@pytest.mark.parametrize("profile", list(Profile))
def test_nothing_comes_out_otherwise_and_nothing_is_missed(
    told: dict[Profile, Recomputed], profile: Profile
) -> None:
    found = told[profile]
    assert not found.different
    kinds = {one.kind for one in found.figures if one.state == EQUAL}
    assert kinds == {"quorum", "vote", "poll", "energy"}


def votes(found: Recomputed) -> list[dict[str, Figure]]:
    by: dict[str, dict[str, Figure]] = {}
    for one in found.figures:
        if one.kind == "vote":
            by.setdefault(one.code, {})[one.measure] = one
    return list(by.values())


@pytest.mark.parametrize("profile", list(Profile))
def test_elections_and_written_votes_are_recomputed(
    told: dict[Profile, Recomputed], profile: Profile
) -> None:
    found = votes(told[profile])
    assert len(found) == 5
    shown = sorted(
        (one["yes"].ours, one["required"].ours, one["result"].ours) for one in found if "no" in one
    )
    assert shown == [(4, 5, "lost"), (5, 5, "carried")]
    elections_ = [one for one in found if "no" not in one]
    assert {one["result"].ours for one in elections_} == {"carried", "lost"}
    for one in found:
        for name in ("yes", "abstain", "required", "result"):
            if name in one:
                assert one[name].state == EQUAL, (name, one[name])


@pytest.mark.parametrize("profile", list(Profile))
def test_shares_of_a_weighted_wave_are_recomputed_from_its_sums(
    told: dict[Profile, Recomputed], profile: Profile
) -> None:
    found = told[profile]
    shares = [one for one in found.figures if one.kind == "poll" and one.measure == "pct_votes"]
    equal = {one.label[0] for one in shares if one.state == EQUAL}
    for label in ("1차", "2차"):
        assert any(name.startswith(label) for name in equal), label
    weights = [one for one in found.unchecked if one.group == "weights"]
    assert [one.what[0] for one in weights] == ["2차"]
    # What is left rests on a count that stays back.
    polls = [one for one in found.figures if one.kind == "poll"]
    assert all(one.missing for one in polls if one.state == UNKNOWN)


@pytest.mark.parametrize("profile", list(Profile))
def test_ratios_and_hours_are_recomputed(told: dict[Profile, Recomputed], profile: Profile) -> None:
    energy = {one.label[0]: one for one in told[profile].figures if one.kind == "energy"}
    ratio = energy["전력자립률 · 2021"]
    assert ratio.state == EQUAL and isinstance(ratio.ours, float)
    assert round(ratio.ours, 2) == 1.82
    assert round(float(energy["전력자립률 · 2022"].ours or 0), 2) == 6.69
    hours = energy["전력사용량 · 2023"]
    assert (hours.state, hours.ours, hours.worked) == (EQUAL, 930.0, 930.0)
