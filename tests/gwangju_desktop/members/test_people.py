"""What is known of people, on both databases: names, affiliations, consents, fields for counts."""

from __future__ import annotations

import datetime as dt
import unicodedata

import pytest

from gwangju_desktop.errors import UserError
from gwangju_desktop.members import personrecord, usecases

D = dt.date


@pytest.fixture
def person(store):
    return store.run(usecases.add_person, name="가상인", fictional=True).value


def record(store, id):
    with store.reading() as read:
        return personrecord.record(read, id=id)


def test_fields_for_counts_and_other_letters_are_kept(store, person) -> None:
    store.run(
        usecases.edit_person,
        id=person,
        latin="Ga Sang-in",
        hanja="假想人",
        gender="female",
        birth_decade=1980,
        disability=False,
        youth=True,
    )
    held = record(store, person)
    assert (held.latin, held.hanja, held.gender) == ("Ga Sang-in", "假想人", "female")
    assert (held.birth_decade, held.disability, held.youth) == (1980, False, True)
    for wrong in (1985, 1890, 2030):
        with pytest.raises(UserError, match=str(wrong)):
            store.run(usecases.edit_person, id=person, birth_decade=wrong)
    store.undo()
    assert record(store, person).birth_decade is None


@pytest.mark.file_only
def test_a_name_in_single_letters_is_kept_as_syllables(store) -> None:
    typed = unicodedata.normalize("NFD", "가상한글")
    made = store.run(usecases.add_person, name=typed, note=unicodedata.normalize("NFD", "비고"))
    held = record(store, made.value)
    assert (held.name, held.note) == ("가상한글", "비고")


@pytest.mark.file_only
def test_other_names(store, person) -> None:
    alias = store.run(usecases.add_alias, person_id=person, name="  가명 ").value
    for known in ("가명", "가상인"):
        with pytest.raises(UserError):
            store.run(usecases.add_alias, person_id=person, name=known)
    assert [row.name for row in record(store, person).aliases] == ["가명"]
    store.run(usecases.remove_alias, id=alias)
    assert record(store, person).aliases == ()
    store.undo()
    assert [row.id for row in record(store, person).aliases] == [alias]


def test_several_affiliations_with_days(store, person) -> None:
    second = store.run(
        usecases.add_affiliation,
        person_id=person,
        organisation="가상대학교",
        post="교수",
        starts_on=D(2022, 3, 1),
    ).value
    store.run(
        usecases.add_affiliation, person_id=person, organisation="가상단체", ends_on=D(2022, 2, 28)
    )
    held = record(store, person).affiliations
    assert [(row.organisation_ko, row.post) for row in held] == [
        ("가상단체", ""),
        ("가상대학교", "교수"),
    ]
    with pytest.raises(UserError):
        store.run(usecases.edit_affiliation, id=second, ends_on=D(2022, 2, 1))
    with pytest.raises(UserError):
        store.run(usecases.edit_affiliation, id=second, organisation=" ")
    store.run(usecases.edit_affiliation, id=second, ends_on=D(2023, 2, 28), organisation="다른곳")
    assert record(store, person).affiliations[1].organisation_ko == "다른곳"
    store.run(usecases.remove_affiliation, id=second)
    assert len(record(store, person).affiliations) == 1


@pytest.mark.file_only
def test_consent_is_for_one_field_and_one_purpose_and_can_be_withdrawn(store, person) -> None:
    asked = {"person_id": person, "field": "phone", "purpose": "contact"}
    given = store.run(usecases.give_consent, given_on=D(2022, 3, 2), **asked).value
    held = record(store, person)
    assert held.agreed("phone", "contact")
    assert not held.agreed("phone", "publication") and not held.agreed("email", "contact")
    with pytest.raises(UserError, match=r"2022\. 3\. 2\."):
        store.run(usecases.give_consent, given_on=D(2022, 3, 3), **asked)
    with pytest.raises(UserError):
        store.run(usecases.withdraw_consent, id=given, on=D(2022, 3, 1))
    store.run(usecases.withdraw_consent, id=given, on=D(2022, 5, 1))
    assert not record(store, person).agreed("phone", "contact")
    with pytest.raises(UserError, match=r"2022\. 5\. 1\."):
        store.run(usecases.withdraw_consent, id=given, on=D(2022, 6, 1))
    store.run(usecases.give_consent, given_on=D(2022, 7, 1), **asked)
    assert [row.withdrawn_on for row in record(store, person).consents] == [D(2022, 5, 1), None]


def test_organisations_have_a_sector_and_names_of_their_own(store) -> None:
    one = store.run(usecases.add_organisation, name_ko="가상청", sector="government", official=True)
    two = store.run(usecases.add_organisation, name_ko="가상단체").value
    with pytest.raises(UserError):
        store.run(usecases.edit_organisation, id=two, name_ko="가상청")
    store.run(usecases.edit_organisation, id=two, name_ko="새단체", sector="civil_society")
    assert one.value != two


@pytest.mark.parametrize(
    ("verb", "asked"),
    [
        (usecases.add_alias, {"person_id": 77, "name": "가"}),
        (usecases.remove_alias, {"id": 77}),
        (usecases.edit_affiliation, {"id": 77}),
        (usecases.withdraw_consent, {"id": 77, "on": D(2022, 1, 1)}),
        (usecases.edit_organisation, {"id": 77, "name_ko": "가"}),
    ],
)
def test_unknown_rows_are_said(sqlite_store, verb, asked) -> None:
    with pytest.raises(UserError, match="77"):
        sqlite_store.run(verb, **asked)
