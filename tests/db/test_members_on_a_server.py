"""An office of the first revision on a server becomes a present one: the kept file is a SQLite one.

The shape of revision 0001 is made from a new office: what later ones brought is taken away again.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Connection, create_engine

from db.migrate import MIGRATIONS
from db.store import Store
from gwangju_desktop import check
from gwangju_desktop.meetings import usecases as meetings
from gwangju_desktop.members import bodies, profiles, usecases
from gwangju_desktop.members.checks import verdicts

D = dt.date
BROUGHT = [
    (MIGRATIONS / "versions" / f"{name}.postgresql.sql").read_text("utf-8")
    for name in (
        *(
            "0010_texts",
            "0009_snapshots",
            "0008_commitments",
            "0007_energy",
            "0006_polls",
            "0005_proposals",
        ),
        *("0004_packs", "0003_meetings", "0002_members"),
    )
]
COLUMNS = {
    "body": ("sunset_on", "contact_office", "precedence", "layout"),
    "organisation": ("sector", "official"),
    "person": ("birth_decade", "disability", "youth", "merged_into_id", "erased_on"),
    "membership": (
        *("term_id", "post_id", "replaces_id", "field", "channel", "recommender"),
        *("appointment_number", "letter_on", "position", "note"),
    ),
    "attendance": ("recorded_name",),
}
RULES_OF_0001 = """
CREATE TABLE body_rule (
  id BIGSERIAL NOT NULL, body_id BIGINT NOT NULL, valid_from DATE NOT NULL, valid_to DATE,
  source TEXT COLLATE "C" NOT NULL,
  open_base TEXT COLLATE "C" NOT NULL, open_num INTEGER NOT NULL, open_den INTEGER NOT NULL,
  open_more BOOLEAN NOT NULL,
  decide_base TEXT COLLATE "C" NOT NULL, decide_num INTEGER NOT NULL,
  decide_den INTEGER NOT NULL, decide_more BOOLEAN NOT NULL,
  tie TEXT COLLATE "C" NOT NULL, notice_days INTEGER NOT NULL, material_days INTEGER NOT NULL,
  count_mode TEXT COLLATE "C" NOT NULL, version BIGINT NOT NULL,
  CONSTRAINT pk_body_rule PRIMARY KEY (id),
  CONSTRAINT fk_body_rule_body_id_body FOREIGN KEY(body_id) REFERENCES body (id)
    ON DELETE RESTRICT
)
"""
SHAPES = (
    "SELECT table_name, column_name, data_type, collation_name, is_nullable, column_default"
    " FROM information_schema.columns WHERE table_schema = 'public'",
    "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint"
    " WHERE connamespace = 'public'::regnamespace",
    "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
)


def shape(url: str) -> list[tuple[Any, ...]]:
    """Return every column, constraint and index of an office, to compare two."""
    engine = create_engine(url)
    with engine.connect() as connection:
        found = [tuple(row) for text in SHAPES for row in connection.exec_driver_sql(text)]
    engine.dispose()
    return sorted(found, key=str)


def take_away(connection: Connection) -> None:
    """Make the tables those of revision 0001."""
    for part in re.findall(
        r"ALTER TABLE \w+[^;]+", "".join([BROUGHT[1], BROUGHT[3], *BROUGHT[6:8]])
    ):
        table = part.split()[2]
        for column in re.findall(r"ADD COLUMN (\w+)", part):
            connection.exec_driver_sql(f"ALTER TABLE {table} DROP COLUMN {column} CASCADE")
    connection.exec_driver_sql(
        "ALTER TABLE meeting ADD CONSTRAINT uq_meeting_body_id_number UNIQUE (body_id, number)"
    )
    connection.exec_driver_sql(
        "ALTER TABLE target ADD CONSTRAINT uq_target_indicator_id_year UNIQUE (indicator_id, year)"
    )
    for table, columns in COLUMNS.items():
        for column in columns:
            connection.exec_driver_sql(f"ALTER TABLE {table} DROP COLUMN {column}")
    connection.exec_driver_sql("DROP INDEX ix_person_name")
    for table in re.findall(r"CREATE TABLE (\w+)", "".join(BROUGHT)):
        connection.exec_driver_sql(f"DROP TABLE {table} CASCADE")
    connection.exec_driver_sql(RULES_OF_0001)
    connection.exec_driver_sql("CREATE INDEX ix_body_rule_body_id ON body_rule (body_id)")
    connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0001'")


@pytest.fixture
def older(new_postgres: Callable[[], str]) -> tuple[str, dict[str, int]]:
    """An office of revision 0001 on a server: a body with two rules, two members, a meeting."""
    url = new_postgres()
    made = {}
    with Store.open(url) as store:
        made["body"] = store.run(usecases.add_body, name_ko="예시 위원회", seats=9).value
        for name in ("가상 하나", "가상 둘"):
            made[name] = store.run(
                usecases.add_member,
                person={"name": name, "fictional": True},
                membership={
                    "body_id": made["body"],
                    "starts_on": D(2021, 2, 25),
                    "organisation": "예시 단체",
                },
            ).value
        starts = dt.datetime(2022, 3, 17, 5, tzinfo=dt.UTC)
        store.run(meetings.add_meeting, body_id=made["body"], starts_at=starts)
    engine = create_engine(url)
    with engine.begin() as connection:
        take_away(connection)
        for number, (since, until, more, den, days) in enumerate(
            ((D(2021, 1, 1), D(2021, 12, 31), True, 2, 7), (D(2022, 1, 1), None, False, 3, 5)), 1
        ):
            connection.exec_driver_sql(
                "INSERT INTO body_rule (body_id, valid_from, valid_to, source, open_base, open_num,"
                " open_den, open_more, decide_base, decide_num, decide_den, decide_more, tie,"
                " notice_days, material_days, count_mode, version) VALUES"
                " (%s, %s, %s, %s, 'enrolled', 1, %s, %s, 'present', 1, 2, true, 'rejected',"
                " %s, 3, 'lenient', %s)",
                (made["body"], since, until, f"예시 조례 제{number}조", den, more, days, number),
            )
    engine.dispose()
    return url, made


def test_an_office_on_a_server_becomes_a_present_one(
    older: tuple[str, dict[str, int]], new_postgres: Callable[[], str]
) -> None:
    url, made = older
    with Store.open(url) as store:
        assert shape(url) == shape(new_postgres())
        assert check.check(store) == []
        with store.reading() as read:
            first = profiles.in_force(read, made["body"], D(2021, 6, 1)).entries
            second = profiles.in_force(read, made["body"], D(2022, 1, 1)).entries
            sheet = bodies.sheet(read, id=made["body"], on=D(2022, 1, 1))
            seats = {
                one.rule: one for one in verdicts(read, body_id=made["body"], on=D(2022, 1, 1))
            }
        assert (first["quorum"].value, first["notice_days"].value) == ("> 1/2 enrolled", "7")
        assert (second["quorum"].value, second["notice_days"].value) == (">= 1/3 enrolled", "5")
        assert (first["quorum"].source, second["tie"].source) == (
            "예시 조례 제1조",
            "예시 조례 제2조",
        )
        assert (sheet.members, sheet.vacant, sheet.precedence) == (2, 7, "office")
        assert seats["seats"].value["enrolled"] == 2


def test_a_converted_office_on_a_server_goes_on(older: tuple[str, dict[str, int]]) -> None:
    url, made = older
    with Store.open(url) as store:
        assert store.undoable is None
        # Ids already given out stay given out, and the new tables take rows.
        ended = store.run(usecases.add_alias, person_id=made["가상 하나"], name="가상 壹")
        assert store.run(usecases.add_person, name="가상 셋").value > made["가상 둘"]
        assert store.undo() and store.undo(ended.id)
        store.run(bodies.dissolve_body, id=made["body"], on=D(2023, 12, 31))
        with store.reading() as read:
            assert bodies.sheet(read, id=made["body"], on=D(2024, 1, 1)).members == 0
        assert check.check(store) == []
