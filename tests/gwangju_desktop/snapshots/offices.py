"""Offices to copy: one filled with a token in every text column, one small and plain."""

from __future__ import annotations

import contextlib
import datetime as dt
import itertools
import secrets
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import Table, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

import db.schema
from db.schema.meetings import AgendaItem, Meeting
from db.schema.members import Body, Membership, Organisation, Person
from db.store import Store, usecase
from db.types import Json, Utc
from db.vocab import Profile
from gwangju_desktop import settings
from gwangju_desktop.snapshots import leaks, policy

PASSPHRASE = "예시 암호구절 하나"
MOMENT = dt.datetime(2022, 3, 11, 5, 0, tzinfo=dt.UTC)

# What decides how others are read, or whether they go out, is as the schema has it.
CLOSED: dict[str, Any] = {
    "poll.small_cell": 5,
    "drawn_number.kind": "meeting",
    "poll_question.kind": "single",
    "poll_total.measure": "count",
    "snapshot.profile": "monitor",
    "snapshot.sha256": "0" * 64,
    "snapshot.manifest_sha256": "0" * 64,
    "snapshot.audit_hash": "0" * 64,
}
# A copy is signed with the latest key, and one of tokens signs nothing; what was released of a
# poll is figures alone, which are read.
LEFT_OUT = ("signing_key", "poll_release")
# Numbers that were given out stay given out.
KEPT = ("snapshot", "drawn_number")


@usecase("Fill every column")
def fill_every_column(tx: Session, *, rows: int = 2, sha256: str = "") -> dict[str, str]:
    """Add `rows` rows to every recorded and bulk table, a token of its own in every text column.

    Row 1 is as public as can be: a seated person, a public paper. Row 2 is the opposite. `sha256`
    is of a file in the store: evidence without its file keeps snapshots from being made.
    """
    tokens: dict[str, str] = {}
    mapped = {m.local_table: m.class_ for m in db.schema.Base.registry.mappers}
    made: dict[tuple[str, int], Any] = {}
    # It refers to a dataset without saying so, because the dataset may be gone.
    unsaid = db.schema.Base.metadata.tables["reading_revision"]
    tables = db.schema.Base.metadata.sorted_tables
    for table in sorted(tables, key=lambda one: one is unsaid):
        if table not in mapped or table.name in LEFT_OUT:
            continue
        for n in range(1, rows + 1):
            if table.name == "membership" and n == 2:
                continue
            values = {c.name: _value(table, c, n, tokens, made) for c in table.columns}
            for special in ("id", "version"):
                values.pop(special, None)
            if table.name == "paper":
                values["disclosure"] = "public" if n == 1 else "members"
                del tokens[f"paper.disclosure.{n}"]
            if table.name == "stored_file" and n == 1 and sha256:
                values["sha256"] = sha256
                del tokens["stored_file.sha256.1"]
            if table.name == "evidence_check":
                values |= {"broken": None, "missing": None}
                del tokens[f"evidence_check.broken.{n}"], tokens[f"evidence_check.missing.{n}"]
            if table.name == "evidence":
                values["disclosure"] = "public" if n == 1 else "members"
                values["file_id"] = made["stored_file", 1].id
                del tokens[f"evidence.disclosure.{n}"]
            for place, word in CLOSED.items():
                if place.startswith(f"{table.name}."):
                    values[place.rpartition(".")[2]] = word
                    tokens.pop(f"{place}.{n}", None)
            if table.name == "snapshot":
                values |= {"sequence": n, "audit_id": 0, "sha256": str(n) * 64}
            if table.name == "milestone":
                values["completed_on"] = None
            if table.name == "agenda_item":
                values["restricted"] = n == 2
            if table.name == "minutes" and n == 1:
                values["closed_ground"] = ""
                del tokens["minutes.closed_ground.1"]
            if table.name == "proposal":
                values["consent"] = "full" if n == 1 else "none"
                del tokens[f"proposal.consent.{n}"]
            if table.name == "proposal" and n == 2:
                values["number"] = None
                del tokens["proposal.number.2"]
            if table.name == "proposal_reply" and n == 2:
                values["published_on"] = None
            if table is unsaid:
                values["dataset_id"] = made["dataset", n].id
            row = mapped[table](**values)
            tx.add(row)
            tx.flush()
            made[table.name, n] = row
    return tokens


def _value(
    table: Table, column: Any, n: int, tokens: dict[str, str], made: dict[tuple[str, int], Any]
) -> Any:
    for key in column.foreign_keys:
        name = key.column.table.name
        target = made.get((name, n)) or (None if column.nullable else made.get((name, 1)))
        return target.id if target is not None else None
    own = {Json: str, Utc: dt.datetime}
    kind = own.get(type(column.type)) or column.type.python_type
    if kind is str:
        token = f"토큰{secrets.token_hex(4)}"
        tokens[f"{table.name}.{column.name}.{n}"] = token
        return {"k": token} if isinstance(column.type, Json) else token
    return {
        int: 1000 + n,
        float: 1000.5 + n,
        bool: True,
        dt.date: dt.date(2022, 3, n),
        dt.datetime: MOMENT + dt.timedelta(days=n),
    }[kind]


def fill_tokens(store: Store) -> dict[str, str]:
    """Set the office up and fill it; returns each token by table.column.row."""
    store.run(settings.set_up)
    value = store.run(fill_every_column, sha256=store.papers.put(b"evidence")).value
    assert isinstance(value, dict)
    return value


@usecase("Take half of the rows out")
def take_out(tx: Session, *, name: str) -> int:
    """Take the second half of a table's rows out; return how many went."""
    table = db.schema.table(name)
    noun = next(m.class_ for m in db.schema.mappers() if m.local_table is table)
    rows = tx.scalars(select(noun).order_by(*table.primary_key.columns)).all()
    going = rows[(len(rows) + 1) // 2 :]
    for row in going:
        tx.delete(row)
    tx.flush()
    return len(going)


def thin(store: Store) -> int:
    """Take half of the rows out of every table that lets go of them; return how many went."""
    gone = 0
    for table in reversed(db.schema.Base.metadata.sorted_tables):
        noun = next((m.class_ for m in db.schema.mappers() if m.local_table is table), None)
        held = table.name in (*LEFT_OUT, *KEPT) or getattr(noun, "__only_added__", False)
        if noun is None or held:
            continue
        # A row that others still lean on stays.
        with contextlib.suppress(IntegrityError):
            value = store.run(take_out, name=table.name).value
            gone += value if isinstance(value, int) else 0
    return gone


def leaked(target: Path, tokens: Mapping[str, str], profile: Profile) -> dict[str, str]:
    """Return the tokens that a copy must not have and has, in whatever member and coding.

    They are those of columns that do not go out, and of second rows that a rule holds back.
    """
    columns = [(t.name, c) for t in policy.load(profile).tables.values() for c in t.shown]
    shown = {f"{table}.{column.name}" for table, column in columns}
    ruled = {f"{table}.{column.name}.2" for table, column in columns if column.only}
    sought = {
        token: place
        for place, token in tokens.items()
        if place.rpartition(".")[0] not in shown or place in ruled
    }
    assert len(sought) > 100
    with zipfile.ZipFile(target) as archive:
        members = [archive.read(name) for name in archive.namelist()]
    return leaks.find([target.read_bytes(), *members], sought)


@usecase("Fill a small office")
def fill_small(tx: Session, *, members: int) -> list[int]:
    """Add one body with made-up members, a meeting and an item that names a phone number."""
    body = Body(
        position=1024,
        kind="committee",
        name_ko="예시 위원회",
        name_en="Example committee",
        short_ko="예시위",
        short_en="EC",
    )
    home = Organisation(name_ko="가상시민모임")
    tx.add_all([body, home])
    tx.flush()
    for n in range(members):
        person = Person(
            name=f"가상{n:02}", phone=f"010-0000-{n:04}", email=f"m{n}@example.org", gender="female"
        )
        tx.add(person)
        tx.flush()
        tx.add(
            Membership(
                person_id=person.id,
                body_id=body.id,
                organisation_id=home.id,
                capacity="appointed",
                starts_on=dt.date(2021, 2, 25),
            )
        )
    stranger = Person(name="가상밖", note="위원이 아닌 사람의 메모")
    tx.add(stranger)
    meeting = Meeting(body_id=body.id, number=1, title="제1회 정기회의", starts_at=MOMENT)
    tx.add(meeting)
    tx.flush()
    for position, contents in enumerate(
        ("문의 062-000-0000으로 하십시오.", "가상밖 님이 낸 의견", "그대로 나가는 글"), 1
    ):
        tx.add(
            AgendaItem(
                meeting_id=meeting.id,
                position=position * 1024,
                kind="report",
                title=f"안건 {position}",
                contents=contents,
            )
        )
    return list(itertools.chain([body.id], [meeting.id]))


def small(store: Store, members: int = 3) -> None:
    """Set a store up as the small office."""
    store.run(settings.set_up)
    store.run(fill_small, members=members)
