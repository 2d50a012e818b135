"""Terms, posts, candidates, affiliations, consents, access records; one row a rule.

The tables are made from the texts beside this file, as they stood at this revision.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from secrets import randbits
from typing import Any

from alembic import op

from db.migrations.widen import statements, widen_on_sqlite

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

HERE = Path(__file__).resolve().parent

# What older rows hold in the columns that came with this revision.
FRESH = {
    "body": {
        "sunset_on": "NULL",
        "contact_office": "''",
        "precedence": "'office'",
        "layout": "'u_shape'",
    },
    "organisation": {"sector": "''", "official": "false"},
    "person": {
        "birth_decade": "NULL",
        "disability": "NULL",
        "youth": "NULL",
        "merged_into_id": "NULL",
        "erased_on": "NULL",
    },
    "membership": {
        "term_id": "NULL",
        "post_id": "NULL",
        "replaces_id": "NULL",
        "field": "''",
        "channel": "''",
        "recommender": "''",
        "appointment_number": "''",
        "letter_on": "NULL",
        "position": "NULL",
        "note": "''",
    },
    "attendance": {"recorded_name": "NULL"},
}
POSTGRESQL = """
ALTER TABLE body ADD COLUMN sunset_on DATE,
  ADD COLUMN contact_office TEXT COLLATE "C" NOT NULL DEFAULT '',
  ADD COLUMN precedence TEXT COLLATE "C" NOT NULL DEFAULT 'office',
  ADD COLUMN layout TEXT COLLATE "C" NOT NULL DEFAULT 'u_shape';
ALTER TABLE body ALTER contact_office DROP DEFAULT, ALTER precedence DROP DEFAULT,
  ALTER layout DROP DEFAULT;
ALTER TABLE organisation ADD COLUMN sector TEXT COLLATE "C" NOT NULL DEFAULT '',
  ADD COLUMN official BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE organisation ALTER sector DROP DEFAULT, ALTER official DROP DEFAULT;
ALTER TABLE person ADD COLUMN birth_decade INTEGER, ADD COLUMN disability BOOLEAN,
  ADD COLUMN youth BOOLEAN, ADD COLUMN merged_into_id BIGINT, ADD COLUMN erased_on DATE,
  ADD CONSTRAINT fk_person_merged_into_id_person FOREIGN KEY (merged_into_id)
    REFERENCES person (id) ON DELETE RESTRICT;
CREATE INDEX ix_person_merged_into_id ON person (merged_into_id);
CREATE INDEX ix_person_name ON person (name);
ALTER TABLE membership ADD COLUMN term_id BIGINT, ADD COLUMN post_id BIGINT,
  ADD COLUMN replaces_id BIGINT,
  ADD COLUMN field TEXT COLLATE "C" NOT NULL DEFAULT '',
  ADD COLUMN channel TEXT COLLATE "C" NOT NULL DEFAULT '',
  ADD COLUMN recommender TEXT COLLATE "C" NOT NULL DEFAULT '',
  ADD COLUMN appointment_number TEXT COLLATE "C" NOT NULL DEFAULT '',
  ADD COLUMN letter_on DATE, ADD COLUMN position INTEGER,
  ADD COLUMN note TEXT COLLATE "C" NOT NULL DEFAULT '',
  ADD CONSTRAINT fk_membership_term_id_term FOREIGN KEY (term_id)
    REFERENCES term (id) ON DELETE RESTRICT,
  ADD CONSTRAINT fk_membership_post_id_post FOREIGN KEY (post_id)
    REFERENCES post (id) ON DELETE RESTRICT,
  ADD CONSTRAINT fk_membership_replaces_id_membership FOREIGN KEY (replaces_id)
    REFERENCES membership (id) ON DELETE RESTRICT;
ALTER TABLE membership ALTER field DROP DEFAULT, ALTER channel DROP DEFAULT,
  ALTER recommender DROP DEFAULT, ALTER appointment_number DROP DEFAULT, ALTER note DROP DEFAULT;
CREATE INDEX ix_membership_term_id ON membership (term_id);
CREATE INDEX ix_membership_post_id ON membership (post_id);
CREATE INDEX ix_membership_replaces_id ON membership (replaces_id);
ALTER TABLE attendance ADD COLUMN recorded_name TEXT COLLATE "C";
"""


def upgrade() -> None:
    """Make the new tables, widen the old ones, take each body's rule apart into rules."""
    connection = op.get_bind()
    texts = statements(HERE / f"0002_members.{connection.dialect.name}.sql")
    rules = _rules(connection)
    if connection.dialect.name == "sqlite":
        widen_on_sqlite(connection, texts, FRESH, dropped=("body_rule",))
    else:
        connection.exec_driver_sql("DROP TABLE body_rule")
        for text in texts:
            connection.exec_driver_sql(text)
        for text in filter(str.strip, POSTGRESQL.split(";\n")):
            connection.exec_driver_sql(text)
    table = connection.exec_driver_sql
    mark = "?" if connection.dialect.name == "sqlite" else "%s"
    columns = "body_id, rule, value, valid_from, valid_to, source, unverified, version"
    for rule in rules:
        table(f"INSERT INTO body_rule ({columns}) VALUES ({', '.join([mark] * 8)})", rule)


def _rules(connection: Any) -> list[tuple[Any, ...]]:
    """Return the old rules, one row a rule, with a token of its own each."""
    found = connection.exec_driver_sql("SELECT * FROM body_rule ORDER BY id").mappings().all()
    return [
        (
            row["body_id"],
            rule,
            value,
            row["valid_from"],
            row["valid_to"],
            row["source"],
            False,
            randbits(62),
        )
        for row in found
        for rule, value in _apart(row)
    ]


def _apart(row: Any) -> Iterator[tuple[str, str]]:
    def share(kind: str) -> str:
        sign = ">" if row[f"{kind}_more"] else ">="
        return f"{sign} {row[f'{kind}_num']}/{row[f'{kind}_den']} {row[f'{kind}_base']}"

    yield "quorum", share("open")
    yield "decision", share("decide")
    yield "tie", row["tie"]
    yield "notice_days", str(row["notice_days"])
    yield "material_days", str(row["material_days"])
    yield "count_mode", row["count_mode"]
