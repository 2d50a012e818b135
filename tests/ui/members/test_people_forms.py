"""Forms of people by real clicks: lists that save at once, successors, people entered twice."""

from __future__ import annotations

import datetime as dt

import pytest

from gwangju_desktop.members import personrecord, queries, succession, usecases
from tests.ui.acting import click, type_into
from tests.ui.conftest import rest, spin
from ui.alerts import CrashDialog
from ui.members.dialogs import EditSeatDialog, FillVacancyDialog
from ui.members.merge import DuplicatesDialog, MergeDialog
from ui.members.person_dialog import PersonDialog

D = dt.date


@pytest.fixture
def room(window):
    window.shell.go("members")
    rest(window)
    return window.shell.rooms.page("members")


def read(room, query, **asked):
    with room.desk.store.reading() as session:
        return query(session, **asked)


def everybody(room):
    return read(room, queries.members)


def somebody(room, name: str) -> int:
    return next(row.id for row in everybody(room) if row.name == name)


def opened(room, dialog):
    dialog.open()
    rest(room.window())
    return dialog


def found(room, kind):
    spin(lambda: room.window().findChild(kind) is not None)
    return room.window().findChild(kind)


def record(room, id):
    return read(room, personrecord.record, id=id)


def test_contact_data_stays_masked_and_what_is_for_counts_is_kept(room) -> None:
    id = somebody(room, "나현서")
    kept = record(room, id)
    form = opened(room, PersonDialog(room.window(), room.desk, read(room, queries.member, id=id)))
    assert "*" in form.person.phone.field.text()
    type_into(form.person.latin.field, "Na Hyeonseo")
    form.person.birth_decade.field.choose(1980)
    form.person.youth.field.choose(True)
    click(form.button)
    spin(lambda: record(room, id).latin == "Na Hyeonseo")
    held = record(room, id)
    assert (held.birth_decade, held.youth, held.phone) == (1980, True, kept.phone)
    form = opened(room, PersonDialog(room.window(), room.desk, read(room, queries.member, id=id)))
    assert form.person.birth_decade.field.value() == 1980
    type_into(form.person.phone.field, "010-****-1")
    click(form.button)
    spin(lambda: form.person.phone.wrong_row.isVisible())
    form.reject()


def test_names_affiliations_and_consents_save_at_once(room) -> None:
    id = somebody(room, "나현서")
    form = opened(room, PersonDialog(room.window(), room.desk, read(room, queries.member, id=id)))
    click(form.tabs.parts[1])
    type_into(form.names.name.field, "나가명")
    click(form.names.add)
    spin(lambda: len(form.names.removers) == 1)
    click(form.names.add)
    spin(lambda: form.names.wrong.isVisible())
    type_into(form.works.organisation.field, "가상대학교")
    type_into(form.works.starts_on.field, "2021-03-01")
    click(form.works.add)
    spin(lambda: len(form.works.removers) == 1)
    rest(room.window())
    click(form.works.removers[0])
    spin(lambda: not record(room, id).affiliations)
    click(form.tabs.parts[2])
    assert not form.button.isVisible()
    click(form.consents.add)
    spin(lambda: len(form.consents.removers) == 1)
    click(form.consents.add)
    spin(lambda: form.consents.wrong.isVisible())
    rest(room.window())
    click(form.consents.removers[0])
    spin(lambda: record(room, id).consents[0].withdrawn_on is not None)
    click(form.cancel_button)
    assert [row.name for row in record(room, id).aliases] == ["나가명"]


def test_a_vacancy_is_filled_from_the_seat_that_ended(room) -> None:
    id = somebody(room, "나현서")
    seat = read(room, queries.member, id=id).memberships[0]
    store = room.desk.store
    store.run(usecases.end_membership, id=seat.id, ends_on=D(2022, 3, 10), reason="resigned")
    ended = read(room, queries.member, id=id).memberships[0]
    edit = opened(room, EditSeatDialog(room.window(), room.desk, ended))
    click(edit.filling)
    form = found(room, FillVacancyDialog)
    spin(lambda: form.offer is not None)
    assert form.ends_on.value() == D(2023, 2, 24)
    click(form.button)
    spin(lambda: form.refusal_row.isVisible())
    type_into(form.person.field, "새보궐")
    click(form.button)
    spin(lambda: any(row.name == "새보궐" for row in everybody(room)))
    made = read(room, queries.member, id=somebody(room, "새보궐")).memberships[0]
    assert (made.body_id, made.starts_on, made.ends_on) == (
        seat.body_id,
        D(2022, 3, 11),
        D(2023, 2, 24),
    )


def test_people_entered_twice_are_compared_and_made_one(room) -> None:
    store, first = room.desk.store, somebody(room, "나현서")
    twin = store.run(usecases.add_person, name="나현서", fictional=True).value
    store.run(usecases.add_affiliation, person_id=twin, organisation="광주YMCA")
    room.on_duplicates()
    pairs = found(room, DuplicatesDialog)
    spin(lambda: pairs.model.rowCount() == 1)
    click(pairs.button)
    form = _merge(pairs)
    spin(lambda: form.button.isEnabled())
    assert form.left.kept.text() and not form.right.kept.text()
    click(form.button)
    spin(lambda: all(id != twin for id in _living(room)))
    spin(lambda: pairs.model.rowCount() == 0)
    assert record(room, first).affiliations[-1].organisation_ko == "광주YMCA"
    pairs.reject()
    room.desk.undo()
    spin(lambda: twin in _living(room))


def test_two_who_only_look_alike_are_told_apart_once(room) -> None:
    store, first = room.desk.store, somebody(room, "나현서")
    twin = store.run(usecases.add_person, name="나현서", fictional=True).value
    store.run(usecases.add_affiliation, person_id=twin, organisation="광주YMCA")
    room.on_duplicates()
    pairs = found(room, DuplicatesDialog)
    spin(lambda: pairs.model.rowCount() == 1)
    click(pairs.button)
    form = _merge(pairs)
    click(form.apart)
    spin(lambda: pairs.model.rowCount() == 0)
    assert {first, twin} <= set(_living(room))
    room.desk.undo()
    spin(lambda: pairs.model.rowCount() == 1)
    pairs.reject()


def _merge(pairs):
    spin(lambda: pairs.findChild(MergeDialog) is not None)
    return pairs.findChild(MergeDialog)


def _living(room) -> list[int]:
    from db.schema.members import Person

    with room.desk.store.reading() as session:
        return [
            row.id for row in session.query(Person).where(Person.merged_into_id.is_(None)).all()
        ]


def test_two_who_sat_together_cannot_be_made_one(room) -> None:
    ids = [row.id for row in everybody(room)][:2]
    form = opened(room, MergeDialog(room.window(), room.desk, *ids))
    spin(lambda: form.clash.isVisible())
    assert "겹칩니다" in form.clash.text()
    assert not form.button.isEnabled()
    form.reject()


def test_the_card_says_before_the_click_what_reappointing_would_be(room) -> None:
    roll = room.front
    row = next(row for row in everybody(room) if row.name == "고은수")
    roll.open(row.id, "person")
    rest(room.window())
    card = roll.card
    assert card.renewing.isVisible()
    assert card.next.text() == "연임 시 2023. 2. 25.~2025. 2. 24., 위촉 횟수 2/2(마지막)"
    click(card.renewing)
    rest(room.window())
    later = next(one for one in card.record.memberships if one.starts_on == D(2023, 2, 25))
    card.on_renewal(read(room, succession.renewal, id=later.id))
    assert card.next.text().startswith("연임하면 위촉 횟수가 3회로, 상한 2회를 넘습니다. 근거: ")
    assert room.window().findChild(CrashDialog) is None
