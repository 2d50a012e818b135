"""Two people and one record: what a save would overwrite unseen is refused, on both engines."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest

from db.stale import Look, Stale, changed_since
from db.store import Store
from gwangju_desktop.members import usecases


@pytest.fixture
def pair(store: Store) -> Iterator[tuple[Store, Store]]:
    """Two PCs on one office."""
    where = store.office.write.url.render_as_string(hide_password=False)
    where = where if where.startswith("postgresql") else store.office.place
    with Store.open(where, who="옆자리", locked=False) as other:
        yield store, other


def _person(store: Store) -> int:
    return store.run(usecases.add_person, name="김가상", email="a@example.org", phone="").value


def _read(store: Store, id: int) -> dict:
    with store.reading() as read:
        from db.schema.members import Person

        row = read.get_one(Person, id)
        return {name: getattr(row, name) for name in ("name", "email", "phone", "note")}


def test_a_value_that_was_changed_since_is_not_overwritten_unasked(
    pair: tuple[Store, Store],
) -> None:
    mine, other = pair
    id = _person(mine)
    look = Look(mine.head())
    other.run(usecases.edit_person, id=id, email="b@example.org")
    held = {"id": id, "name": "김가상", "email": "c@example.org", "phone": "062-000-0000"}
    head = mine.head()
    with pytest.raises(Stale) as refused:
        mine.run(usecases.edit_person, look=look, **held)
    (clash,) = refused.value.clashes
    assert (clash.table, clash.pk, clash.column) == ("person", (id,), "email")
    assert (clash.was, clash.theirs) == ("a@example.org", "b@example.org")
    assert (clash.mine, clash.who, clash.given) == ("c@example.org", "옆자리", "email")
    assert abs(clash.at - dt.datetime.now(dt.UTC)) < dt.timedelta(minutes=5)
    assert (refused.value.entry, mine.head()) == (head, head)
    assert _read(mine, id) == {
        "name": "김가상",
        "email": "b@example.org",
        "phone": "",
        "note": "",
    }
    # Decided: theirs for the one, mine for the rest, on the newest version.
    decided = Look(refused.value.entry, decided={"email": clash.theirs})
    mine.run(usecases.edit_person, look=decided, **held)
    assert _read(mine, id)["email"] == "b@example.org"
    assert _read(mine, id)["phone"] == "062-000-0000"


def test_an_old_value_that_was_only_shown_does_not_come_back(pair: tuple[Store, Store]) -> None:
    mine, other = pair
    id = _person(mine)
    look = Look(mine.head())
    other.run(usecases.edit_person, id=id, email="b@example.org")
    with pytest.raises(Stale) as refused:
        mine.run(usecases.edit_person, look=look, id=id, email="a@example.org", note="오래 살았다")
    (clash,) = refused.value.clashes
    assert clash.mine == clash.was == "a@example.org"


def test_two_people_at_different_fields_are_not_in_each_others_way(
    pair: tuple[Store, Store],
) -> None:
    mine, other = pair
    id = _person(mine)
    look = Look(mine.head(), mine.origin)
    other.run(usecases.edit_person, id=id, email="b@example.org")
    mine.run(usecases.edit_person, look=look, id=id, phone="062-000-0000")
    # The same value from both is no quarrel either, and one's own entries are none.
    mine.run(usecases.edit_person, look=look, id=id, email="b@example.org")
    mine.run(usecases.edit_person, look=look, id=id, phone="062-000-0001")
    assert _read(other, id)["phone"] == "062-000-0001"


def test_a_rehearsal_tells_what_is_in_the_way_and_writes_nothing(
    pair: tuple[Store, Store],
) -> None:
    mine, other = pair
    id = _person(mine)
    look = Look(mine.head(), rehearsal=True)
    head = mine.head()
    with pytest.raises(Stale) as told:
        mine.run(usecases.edit_person, look=look, id=id, email="c@example.org")
    assert told.value.clashes == ()
    other.run(usecases.edit_person, id=id, email="b@example.org")
    with pytest.raises(Stale) as told:
        mine.run(usecases.edit_person, look=look, id=id, email="c@example.org")
    assert [clash.theirs for clash in told.value.clashes] == ["b@example.org"]
    assert mine.head() == head + 1
    with mine.reading() as read:
        found = changed_since(read.connection(), "person", (id,), look)
    assert found is not None
    assert found[0] == "옆자리"


def test_a_bystander_of_the_record_is_no_clash(pair: tuple[Store, Store]) -> None:
    """A count that both steps raise is the use cases' own affair."""
    mine, other = pair
    look = Look(mine.head())
    _person(other)
    mine.run(usecases.add_person, look=look, name="박가상")
