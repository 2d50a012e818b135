"""The whole life of a meeting: steps, responses, movements, votes, minutes, actions, calendar.

The tables are made from the texts beside this file, as they stood at this revision.
"""

from __future__ import annotations

from pathlib import Path
from secrets import randbits
from typing import Any

from alembic import op

from db.migrations.widen import statements, widen_on_sqlite

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

HERE = Path(__file__).resolve().parent

# What older rows hold in the columns that came with this revision.
FRESH = {
    "agenda_item": {
        "parent_id": "NULL",
        "standing": "''",
        "listing": "'normal'",
        "listing_reason": "''",
        "label": "''",
        "number": "''",
        "restricted": "false",
        "restricted_ground": "''",
        "open_title": "''",
        "submitter": "''",
        "submitted_on": "NULL",
        "state": "'pending'",
        "begun_at": "NULL",
        "ended_at": "NULL",
        "outcome": "NULL",
        "resolution": "''",
        "remark": "''",
        "decided_at": "NULL",
        "presiding_id": "NULL",
        "presiding_ground": "''",
        "carried_from_id": "NULL",
    },
    "attendance": {
        "replied_at": "NULL",
        "substitute": "''",
        "substitute_post": "''",
        "substitute_letter_id": "NULL",
        "paid": "NULL",
        "paid_reason": "''",
    },
    "meeting": {
        "number_year": "0",
        "presiding_id": "NULL",
        "presiding_ground": "''",
        "secretary": "''",
        "distributed_on": "NULL",
        "urgency": "''",
        "reply_by": "NULL",
        "public": "true",
        "closed_ground": "''",
        "reason": "''",
        "enrolled_at_opening": "NULL",
        "required_at_opening": "NULL",
        "present_at_opening": "NULL",
        "adjournment": "''",
        "replaces_id": "NULL",
        "series_id": "NULL",
        "recording_id": "NULL",
        "recording_from": "NULL",
        "uid": "NULL",
    },
}
# A meeting whose notice went out has its number for good.
NUMBERED = """
SELECT id, body_id, number, starts_at FROM meeting
WHERE number IS NOT NULL AND (noticed_on IS NOT NULL OR state <> 'planned') ORDER BY id
"""


def upgrade() -> None:
    """Make the new tables, widen the old ones, give out the numbers meetings already have."""
    connection = op.get_bind()
    texts = statements(HERE / f"0003_meetings.{connection.dialect.name}.sql")
    if connection.dialect.name == "sqlite":
        widen_on_sqlite(connection, texts, FRESH)
    else:
        for text in texts:
            connection.exec_driver_sql(text)
    _give_out_numbers(connection)
    connection.exec_driver_sql(
        "UPDATE meeting SET state = 'noticed' WHERE state = 'planned' AND noticed_on IS NOT NULL"
    )
    connection.exec_driver_sql(
        "UPDATE meeting SET adjournment = 'closed' WHERE state = 'closed'",
    )
    _freeze_labels(connection)


def _give_out_numbers(connection: Any) -> None:
    mark = "?" if connection.dialect.name == "sqlite" else "%s"
    columns = "body_id, kind, year, number, text, subject_id, drawn_at, gap, version"
    for row in connection.exec_driver_sql(NUMBERED).mappings().all():
        connection.exec_driver_sql(
            f"INSERT INTO drawn_number ({columns}) VALUES ({', '.join([mark] * 9)})",
            (
                row["body_id"],
                "meeting",
                0,
                row["number"],
                f"제{row['number']}회",
                row["id"],
                row["starts_at"],
                "",
                randbits(62),
            ),
        )


def _freeze_labels(connection: Any) -> None:
    """Write down the numbers items were shown with where the notice has gone out."""
    mark = "?" if connection.dialect.name == "sqlite" else "%s"
    items = connection.exec_driver_sql(
        "SELECT i.id, i.meeting_id FROM agenda_item i JOIN meeting m ON m.id = i.meeting_id "
        "WHERE m.state <> 'planned' AND i.kind <> 'procedure' ORDER BY i.meeting_id, i.position"
    ).all()
    shown: dict[int, int] = {}
    for item, meeting in items:
        shown[meeting] = shown.get(meeting, 0) + 1
        connection.exec_driver_sql(
            f"UPDATE agenda_item SET label = {mark} WHERE id = {mark}", (str(shown[meeting]), item)
        )
