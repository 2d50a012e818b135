"""What leaves the office of its members: seats, terms, posts and rules; nothing of who may come."""

from __future__ import annotations

import datetime as dt
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

from sqlalchemy import select

from db.schema.members import Body, Membership, Person
from db.store import Store
from gwangju_desktop.members import candidates, merging, terms, usecases
from gwangju_desktop.snapshots import leaks
from gwangju_desktop.snapshots.build import make_snapshot
from tests.gwangju_desktop.snapshots import offices

HELD = ("body", "body_rule", "membership", "post", "post_holding", "post_seat", "term")
KEPT_INSIDE = ("affiliation", "candidate", "consent", "person_alias", "seat_plan", "access_record")
LATIN, ALIAS, PHONE, MAIL = "Qxzvw Jqxkz", "가명쀏쒧뷁", "010-9182-7364", "zqxj.vwkq@example.kr"


def prepared(store: Store) -> str:
    """Enter a candidate, another name, a consent, an affiliation; return the candidate's name."""
    with store.reading() as read:
        seat = read.execute(
            select(Membership.person_id, Membership.body_id, Membership.post)
            .join(Body, Body.id == Membership.body_id)
            .where(Membership.post != "", Membership.ends_on.is_(None))
            .order_by(Membership.id)
        ).first()
        assert seat is not None
        names = set(read.scalars(select(Person.name)).all())
    candidate = "뷁쀏쒧긿후보자"
    assert candidate not in names
    store.run(usecases.add_alias, person_id=seat.person_id, name=ALIAS)
    store.run(
        usecases.give_consent,
        person_id=seat.person_id,
        field="phone",
        purpose="contact",
        given_on=dt.date(2022, 1, 5),
        note="쎫쁅 동의 메모",
    )
    # The title of a seat that goes out, within it and as it is.
    store.run(
        usecases.add_affiliation,
        person_id=seat.person_id,
        organisation="가상대학교",
        post=seat.post[-4:],
    )
    term = store.run(
        terms.add_term, body_id=seat.body_id, starts_on=dt.date(2031, 1, 1), number=99
    ).value
    store.run(
        candidates.add_candidate,
        term_id=term,
        person={"name": candidate, "latin": LATIN, "phone": PHONE, "email": MAIL},
        organisation="가상대학교",
        post=seat.post[:4],
        recommender="가상대학교",
        note="쯃쁈 후보 메모",
    )
    twice = store.run(usecases.add_person, name="쨹쀼두번입력").value
    store.run(merging.merge_people, keep_id=seat.person_id, other_id=twice)
    return candidate


def test_the_copy_of_the_sample_tells_of_members_and_of_no_candidate(
    sample_copy: Path, tmp_path: Path
) -> None:
    target = tmp_path / "점검용 사본.gwsnap"
    with Store.open(sample_copy) as store:
        candidate = prepared(store)
        make_snapshot(store, target=target, passphrase=offices.PASSPHRASE)
    with zipfile.ZipFile(target) as archive:
        database = tmp_path / "look.sqlite"
        database.write_bytes(archive.read("snapshot.sqlite"))
    with closing(sqlite3.connect(database)) as copy:
        tables = {name for (name,) in copy.execute("SELECT name FROM sqlite_master")}
        assert not tables & set(KEPT_INSIDE)
        for name in HELD:
            (count,) = copy.execute(f"SELECT count(*) FROM {name}").fetchone()
            assert count, name
        assert {"phone", "email", "gender"}.isdisjoint(
            row[1] for row in copy.execute("PRAGMA table_info(person)")
        )
    whole = target.read_bytes() + database.read_bytes()
    for secret in (candidate, LATIN, ALIAS, PHONE, MAIL, "쎫쁅", "쯃쁈", "쨹쀼두번입력"):
        assert not any(form in whole for form in leaks.forms(secret)), secret
