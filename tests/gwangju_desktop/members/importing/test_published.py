"""Published lists of members: what is in them, what is refused and why."""

from __future__ import annotations

from pathlib import Path

import pytest

from db.store import Store
from gwangju_desktop.errors import UserError
from gwangju_desktop.members.importing import apply, mapping, preview, reading
from gwangju_desktop.members.importing.model import Options
from gwangju_desktop.members.importing.reading import Source


@pytest.fixture(scope="session")
def committee(shared_data: Path) -> Path:
    return shared_data / "committee"


def planned(store: Store, source: Source, **given: str) -> preview.Plan:
    mapped = mapping.said(source, mapping.guess(source), given)
    with store.reading() as read:
        return preview.plan(read, source=source, mapping=mapped)


def test_members_of_the_19th_assembly(committee: Path, sqlite_store: Store) -> None:
    source = reading.read(committee / "korea_19th_assembly_members_with_committee.csv")
    assert source.count == 298 and source.head == 0
    columns = dict(zip(source.titles, mapping.guess(source), strict=True))
    assert columns["person_id"] == "external" and columns["name_cn"] == "hanja"
    assert columns["birth"] == "birth" and columns["committee"] == "body"
    plan = planned(sqlite_store, source)
    assert plan.counts == {"refused": 0, "conflict": 0, "add": 298, "change": 0, "same": 0}
    assert "hobby" in plan.ignored and "district" in plan.ignored
    assert len(plan.remarks) == 1  # no first day, hence no seats
    assert len({person.facts["birth_decade"] for person in plan.people}) < 8
    mapped = mapping.said(source, mapping.guess(source), {"district": "note"})
    sqlite_store.run(apply.import_members, source=source, mapping=mapped)
    with sqlite_store.reading() as read:
        again = preview.plan(read, source=source, mapping=mapped)
    assert again.counts["same"] == 298
    assert sum(who.facts["note"].startswith("광주 ") for who in again.people) == 8
    assert any(who.facts["note"] == "광주 북구갑" for who in again.people)
    sqlite_store.undo()
    assert planned(sqlite_store, source).counts["add"] == 298


def test_a_file_without_titles_is_mapped_by_letters(committee: Path, sqlite_store: Store) -> None:
    source = reading.read(committee / "korea_21st_assembly_members_no_header.csv")
    assert source.head is None and source.count == 299
    assert source.titles[:3] == ("A", "B", "C") and source.sample(2, 1) == ["강기윤"]
    with pytest.raises(UserError, match="A, B, C, D"):
        planned(sqlite_store, source)
    plan = planned(sqlite_store, source, C="name", D="party", F="비고", G="성별")
    from_gwangju = {row for row in source.rows if row[1][5].startswith("광주 ")}
    assert {cells[2] for _line, cells in from_gwangju} == {
        "민형배",
        "송갑석",
        "양향자",
        "윤영덕",
        "이병훈",
        "이용빈",
        "이형석",
        "조오섭",
    }
    # Two members of one name and one party: never made one, always asked.
    assert plan.counts["add"] == 298
    (asked,) = [row for row in plan.rows if row.kind == "conflict"]
    assert (asked.line, asked.name) == (193, "이수진")
    assert [choice.key for choice in asked.choices] == ["new", "skip"]
    mapped = mapping.said(
        source,
        mapping.guess(source),
        {"C": "name", "D": "organisation", "F": "note", "G": "gender"},
    )
    with sqlite_store.reading() as read:
        settled = preview.plan(read, source=source, mapping=mapped, choices={193: "new"})
    assert settled.counts["add"] == 299 and len(settled.people) == 299


def test_terms_that_end_before_they_begin_are_listed(committee: Path, sqlite_store: Store) -> None:
    source = reading.read(committee / "korea_party_membership_terms.csv")
    assert source.count == 786
    plan = planned(sqlite_store, source)
    refused = {row.line: row for row in plan.rows if row.kind == "refused"}
    assert len(refused) == 387 and plan.counts["add"] == 399
    assert refused[4].name == "한기호" and refused[4].where == "한나라당"
    assert str(refused[4].why) == "종료일(2010. 7. 31.)이 시작일(2012. 2. 1.)보다 앞섭니다."
    mapped = mapping.guess(source)
    head = sqlite_store.head()
    with pytest.raises(UserError, match="387"):
        sqlite_store.run(apply.import_members, source=source, mapping=mapped)
    assert sqlite_store.head() == head
    made = sqlite_store.run(apply.import_members, source=source, mapping=mapped, skip=True)
    assert made.value["add"] == 399
    assert planned(sqlite_store, source).counts["same"] == 399


def test_the_terms_as_seats_of_a_body_need_a_first_day(
    committee: Path, sqlite_store: Store
) -> None:
    from gwangju_desktop.members import usecases

    body = sqlite_store.run(usecases.add_body, name_ko="가상위원회").value
    source = reading.read(committee / "korea_party_membership_terms.csv")
    with sqlite_store.reading() as read:
        plan = preview.plan(
            read,
            source=source,
            mapping=mapping.guess(source),
            options=Options(body_id=body),
        )
    assert plan.counts["add"] == len(plan.seats) > 0
    assert sum(row.why.message == "The first day is missing." for row in plan.rows if row.why) > 300


@pytest.mark.parametrize(
    ("name", "form", "kind"),
    [
        ("popolo_person.json", "popolo", "person"),
        ("popolo_organization.json", "popolo", "organisation"),
        ("popolo_post.json", "popolo", "post"),
        ("oparl_Person-01.json", "oparl", "person"),
        ("oparl_Organization-01.json", "oparl", "organisation"),
    ],
)
def test_single_objects_of_open_forms(
    name: str, form: str, kind: str, committee: Path, sqlite_store: Store
) -> None:
    source = reading.read(committee / name)
    assert (source.form, source.count) == (form, 1)
    plan = planned(sqlite_store, source)
    assert plan.counts["add"] == 1
    assert bool(plan.people) == (kind == "person")
    sqlite_store.run(apply.import_members, source=source, mapping=mapping.guess(source))
    assert planned(sqlite_store, source).counts["same"] == 1


def test_a_person_of_popolo_brings_names_contacts_and_a_decade(
    committee: Path, sqlite_store: Store
) -> None:
    (who,) = planned(sqlite_store, reading.read(committee / "popolo_person.json")).people
    assert who.facts == {
        "name": "Mr. John Q. Public, Esq.",
        "gender": "male",
        "birth_decade": 1920,
        "phone": "+1-555-555-0100",
        "email": "jqpublic@xyz.example.com",
    }
    assert who.aliases == ["Mr. Ziggy Q. Public, Esq.", "Dragonsbane"]
    source = reading.read(committee / "oparl_Person-01.json")
    assert len(source.remarks) == 1 and source.remarks[0].values == {"n": 2}


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("us_committee_membership_current.yaml", "YAML"),
        ("us_committees_current.yaml", "YAML"),
        ("popolo_vote_event.json", "popolo_vote_event"),
        ("popolo_membership.json", "popolo_membership"),
        ("oparl_Meeting-01.json", "oparl_Meeting"),
    ],
)
def test_files_of_others_are_refused_in_one_sentence(name: str, told: str, committee: Path) -> None:
    with pytest.raises(UserError, match=told) as refused:
        reading.read(committee / name)
    assert "\n" not in str(refused.value)


def test_meetings_are_no_members(committee: Path, sqlite_store: Store) -> None:
    source = reading.read(committee / "korea_21st_assembly_meetings_json_in_csv.csv")
    with pytest.raises(UserError, match="korea_21st_assembly_meetings"):
        planned(sqlite_store, source)


def test_hostile_tables_give_one_sentence_or_rows(shared_data: Path, sqlite_store: Store) -> None:
    files = sorted((shared_data / "nasty" / "csv").glob("*.csv"))
    assert files
    for path in files[:10]:
        try:
            source = reading.read(path)
            planned(sqlite_store, source, A="name")
        except UserError as error:
            assert "\n" not in str(error)
