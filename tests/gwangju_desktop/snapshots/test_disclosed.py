"""What consent, law and erasure mean for a copy, in either profile; counts in place of people."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema.evidence import Evidence
from db.schema.meetings import Attendance, Meeting
from db.schema.members import Body, Membership, Organisation, Person
from db.schema.people import PersonAlias
from db.schema.proposals import Proposal
from db.store import Store, usecase
from db.vocab import Profile
from gwangju_desktop import clock, settings, text
from gwangju_desktop.members import erasing, people
from gwangju_desktop.snapshots import codes, composition, disclose, entries, policy
from gwangju_desktop.snapshots.build import make_snapshot
from gwangju_desktop.snapshots.disclose import Disclosed
from gwangju_desktop.snapshots.policy import Coder
from tests.gwangju_desktop.snapshots import offices

PROFILES = tuple(Profile)
# What everybody is told in place of the office's own steps.
PUBLIC_STEPS = {
    text.words(tongue)(step)
    for tongue in text.LANGUAGES
    for step in (entries.MOVED, entries.TAKEN_OUT)
}
SECRET = b"\0" * 32
Found = list[dict[str, Any]]
code = Coder(SECRET)


def disclosed(store: Store, profile: Profile) -> Disclosed:
    rules = policy.load(profile)
    with store.reading() as read:
        office = disclose.fetch(read, rules)
    made = clock.local(clock.now()).isoformat()
    return disclose.disclose(office, rules, SECRET, {"made_at": made})


def tables(made: Disclosed) -> dict[str, Found]:
    return {
        shape.name: [
            dict(zip((name for name, _ in shape.columns), row, strict=True)) for row in rows
        ]
        for shape, rows in made.tables
    }


def by_id(found: Found, table: str, number: int) -> dict[str, Any]:
    return next(row for row in found if row["id"] == code(table, number))


@usecase("Fill two bodies")
def two_bodies(tx: Session) -> dict[str, int]:
    """Seat made-up people in a body of an ordinance and in one without, and let them meet."""
    home = Organisation(name_ko="가상시민모임")
    common = {"kind": "committee", "name_en": "Body", "short_ko": "예시", "short_en": "B"}
    lawful = Body(position=1, name_ko="조례위원회", ordinance="예시 조례 제3조", **common)
    loose = Body(position=2, name_ko="시민점검단", **common)
    tx.add_all([home, lawful, loose])
    tx.flush()
    ids = {"lawful": lawful.id, "loose": loose.id}
    meeting = Meeting(body_id=lawful.id, number=1, title="회의", starts_at=offices.MOMENT)
    tx.add(meeting)
    tx.flush()
    ids["meeting"] = meeting.id
    for name, body, capacity, gender, presence in (
        ("가상위촉", lawful, "appointed", "female", "present"),
        ("가상당연", loose, "ex_officio", "male", "present"),
        ("가상시민", loose, "appointed", "female", "absent"),
        ("가상동의", loose, "appointed", None, "left"),
    ):
        person = Person(name=name, gender=gender, youth=gender == "female")
        tx.add(person)
        tx.flush()
        seat = Membership(
            person_id=person.id,
            body_id=body.id,
            organisation_id=home.id,
            capacity=capacity,
            post="가상직위",
            starts_on=dt.date(2021, 2, 25),
        )
        tx.add(seat)
        tx.flush()
        ids[name] = person.id
        ids[f"{name}.seat"] = seat.id
        tx.add(
            Attendance(
                meeting_id=meeting.id,
                membership_id=seat.id,
                person_id=person.id,
                presence=presence,
            )
        )
    for n, consent in enumerate(("full", "title_only", "none"), 1):
        proposal = Proposal(
            profile_id=1, number=f"2022-{n}", title=f"제목{consent}", text=f"본문{consent}"
        )
        proposal.consent, proposal.district, proposal.sector = consent, "북구", "citizen"
        proposal.since_on = proposal.received_on = dt.date(2022, 3, 1)
        proposal.channel, proposal.fingerprint = "web", str(n)
        tx.add(proposal)
        tx.flush()
        ids[consent] = proposal.id
    return ids


@pytest.fixture
def ids(store: Store) -> Iterator[dict[str, int]]:
    store.run(settings.set_up)
    from gwangju_desktop.proposals import profile_edits

    store.run(profile_edits.set_up)
    made = store.run(two_bodies).value
    assert isinstance(made, dict)
    yield made


def names(store: Store, profile: Profile) -> set[str]:
    return {row["name"] for row in tables(disclosed(store, profile))["person"] if row["name"]}


def test_members_are_named_by_law_or_by_consent(store: Store, ids: dict[str, int]) -> None:
    assert names(store, Profile.MONITOR) == {"가상위촉", "가상당연", "가상시민", "가상동의"}
    assert names(store, Profile.PUBLIC) == {"가상위촉", "가상당연"}
    given = store.run(
        people.give_consent,
        person_id=ids["가상동의"],
        field="name",
        purpose="publication",
        given_on=clock.today(),
    ).value
    store.run(
        people.give_consent,
        person_id=ids["가상시민"],
        field="phone",
        purpose="publication",
        given_on=clock.today(),
    )
    assert names(store, Profile.PUBLIC) == {"가상위촉", "가상당연", "가상동의"}
    store.run(people.withdraw_consent, id=given, on=clock.today())
    assert names(store, Profile.PUBLIC) == {"가상위촉", "가상당연"}


def test_who_is_not_named_is_not_told_by_post_either(store: Store, ids: dict[str, int]) -> None:
    seats = tables(disclosed(store, Profile.PUBLIC))["membership"]
    shown = by_id(seats, "membership", ids["가상위촉.seat"])
    hidden = by_id(seats, "membership", ids["가상시민.seat"])
    assert shown["post"] == "가상직위" and shown["organisation_id"]
    assert hidden["post"] is None and hidden["organisation_id"] is None
    assert hidden["capacity"] == "appointed"


def test_a_name_that_is_not_public_is_masked_in_public_texts(
    store: Store, ids: dict[str, int]
) -> None:
    @usecase("Write a place")
    def write(tx: Session) -> None:
        tx.get_one(Meeting, ids["meeting"]).place = "가상시민 님 사무실, 가상위촉 님 참석"

    store.run(write)
    told = {p: tables(disclosed(store, p))["meeting"][0]["place"] for p in PROFILES}
    assert told[Profile.MONITOR] == "가상시민 님 사무실, 가상위촉 님 참석"
    assert told[Profile.PUBLIC] == "[가림] 님 사무실, 가상위촉 님 참석"


@pytest.mark.parametrize("profile", PROFILES)
def test_whoever_came_in_place_of_another_or_had_another_name_is_masked(
    store: Store, ids: dict[str, int], profile: Profile
) -> None:
    @usecase("Write names")
    def write(tx: Session) -> None:
        sheet = tx.scalars(select(Attendance).order_by(Attendance.id)).all()
        sheet[0].substitute, sheet[1].recorded_name = "가대리", "가표기"
        tx.add(PersonAlias(person_id=ids["가상당연"], name="가별명"))
        tx.get_one(Meeting, ids["meeting"]).place = "가대리, 가표기, 가별명 님과 가상위촉 님"

    store.run(write)
    told = tables(disclosed(store, profile))["meeting"][0]["place"]
    assert told == "[가림], [가림], [가림] 님과 가상위촉 님"


@pytest.mark.parametrize("profile", PROFILES)
def test_a_register_that_stays_does_not_say_what_was_taken_out_of_it(
    store: Store, ids: dict[str, int], profile: Profile, tmp_path: Path
) -> None:
    @usecase("Add an alias")
    def add(tx: Session) -> None:
        tx.add(PersonAlias(person_id=ids["가상당연"], name="가별명"))

    @usecase("Take rows out")
    def take(tx: Session) -> None:
        for kind in (PersonAlias, Attendance):
            tx.delete(tx.scalars(select(kind).order_by(kind.id)).first())
        tx.delete(tx.get_one(Proposal, ids["none"]))

    store.run(add)
    make_snapshot(store, target=tmp_path / "1.gwsnap", passphrase=offices.PASSPHRASE)
    store.run(take)
    gone = {row["table_name"] for row in tables(disclosed(store, profile))["withdrawn"]}
    assert gone == {"proposal"} | ({"attendance"} if profile is Profile.MONITOR else set())


def test_attendance_is_public_as_a_count(store: Store, ids: dict[str, int]) -> None:
    for profile in PROFILES:
        found = tables(disclosed(store, profile))
        assert found["attendance_count"] == [
            {"meeting_id": code("meeting", ids["meeting"]), "listed": 4, "came": 3, "absent": 1}
        ]
        assert ("attendance" in found) == (profile is Profile.MONITOR)


@pytest.mark.parametrize("profile", PROFILES)
def test_the_make_up_of_a_body_is_told_and_nobodys_sex(
    store: Store, ids: dict[str, int], profile: Profile
) -> None:
    found = tables(disclosed(store, profile))
    # No law asks for the make-up of the other body, and of three people one would be known.
    (lawful,) = found["composition"]
    assert lawful["body_id"] == code("body", ids["lawful"])
    counted = {name: lawful[name] for name, *_ in composition.COUNTED}
    assert {name for name, count in counted.items() if count} <= {
        *("enrolled", "voting", "appointed", "women", "youth"),
        *("youth_unknown", "affiliation_unknown"),
    }
    assert (counted["enrolled"], counted["appointed"], counted["women"]) == (1, 1, 1)
    assert {row["counted_on"] for row in found["composition"]} == {clock.today().isoformat()}
    assert not {"gender", "youth", "birth_decade", "disability"} & set(found["person"][0])


@pytest.mark.parametrize("profile", PROFILES)
def test_a_proposal_goes_out_as_far_as_its_proposer_consents(
    store: Store, ids: dict[str, int], profile: Profile
) -> None:
    found = tables(disclosed(store, profile))["proposal"]
    told = {c: by_id(found, "proposal", ids[c]) for c in ("full", "title_only", "none")}
    assert {c: row["title"] for c, row in told.items()} == {
        "full": "제목full",
        "title_only": "제목title_only",
        "none": None,
    }
    assert {c: row["text"] for c, row in told.items()} == {
        "full": "본문full",
        "title_only": None,
        "none": None,
    }
    # Three proposals of one district are too few to tell where they are from.
    assert {row["district"] for row in found} == {None}
    assert ("sector" in found[0]) == (profile is Profile.MONITOR)


@pytest.mark.parametrize("profile", PROFILES)
def test_an_erased_person_has_a_seat_and_nothing_else(
    store: Store, ids: dict[str, int], profile: Profile
) -> None:
    erasing.erase(store, id=ids["가상위촉"])
    made = disclosed(store, profile)
    found = tables(made)
    person = by_id(found["person"], "person", ids["가상위촉"])
    assert not person["name"] and set(person) == {"id", "name", "fictional"}
    assert by_id(found["membership"], "membership", ids["가상위촉.seat"])["starts_on"]
    assert not any(
        "가상위촉" in str(value) for _, rows in made.tables for row in rows for value in row
    )


@pytest.mark.parametrize("profile", PROFILES)
def test_evidence_that_is_not_public_has_no_title(sample_copy: Any, profile: Profile) -> None:
    with Store.open(sample_copy) as store:
        with store.reading() as read:
            public = dict(read.execute(select(Evidence.id, Evidence.disclosure == "public")).all())
        found = tables(disclosed(store, profile))
    assert set(public.values()) == {True, False}
    files = {row["id"]: row for row in found["stored_file"]}
    for number, open_ in public.items():
        row = by_id(found["evidence"], "evidence", number)
        assert bool(row["title"]) == open_
        shown = files[row["file_id"]]["sha256"] is not None
        assert shown == (open_ or profile is Profile.MONITOR)


def test_the_public_copy_of_the_sample_shows_nothing_more(sample_copy: Any) -> None:
    with Store.open(sample_copy) as store:
        both = {profile: disclosed(store, profile) for profile in PROFILES}
    monitor, public = (tables(both[profile]) for profile in PROFILES)
    inside = {*codes.INSIDE}
    assert public.keys() < monitor.keys()
    compared = 0
    for name in public.keys() - inside:
        theirs = {row.get("id"): row for row in monitor[name]}
        values: dict[tuple[str, Any], bool] = {}
        if None in theirs:
            values = {(c, value): True for row in monitor[name] for c, value in row.items()}
        for row in public[name]:
            for column, value in row.items():
                same = values or {(column, theirs[row["id"]][column]): True}
                masked = isinstance(value, str) and "[가림]" in value
                said = value in PUBLIC_STEPS if column.startswith("step_") else masked
                assert value in (None, "") or said or (column, value) in same, (name, column)
                compared += 1
    assert compared > 10_000
    # What may not stand in the monitors' copy may not stand in the public one.
    assert set(both[Profile.MONITOR].sought) <= set(both[Profile.PUBLIC].sought)


@pytest.mark.parametrize("profile", PROFILES)
def test_how_few_have_something_private_is_not_told(
    store: Store, ids: dict[str, int], profile: Profile
) -> None:
    """Four with a telephone number are few, five are a number; nobody is nobody."""

    def told() -> dict[str, tuple[str, Any]]:
        rows = tables(disclosed(store, profile))["withheld"]
        return {
            r["column_name"]: (r["action"], r["count"]) for r in rows if r["table_name"] == "person"
        }

    @usecase("Write numbers")
    def write(tx: Session, *, people: int) -> None:
        for n, person in enumerate(tx.scalars(select(Person).order_by(Person.id)).all()):
            person.phone = f"010-0000-000{n}" if n < people else ""

    store.run(write, people=4)
    assert told()["phone"] == ("few", None) and told()["email"] == ("drop", 0)

    @usecase("Add one")
    def add(tx: Session) -> None:
        tx.add(Person(name="가상다섯", phone="010-0000-0009"))

    store.run(add)
    assert told()["phone"] == ("drop", 5)
