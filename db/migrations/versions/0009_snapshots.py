"""Keys that follow one another, handings over, decisions on texts and what polls gave out.

The tables are made from the texts beside this file, as they stood at this revision.
"""

from __future__ import annotations

from pathlib import Path

from alembic import op

from db.migrations.widen import statements, widen_on_sqlite

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

HERE = Path(__file__).resolve().parent

# What older rows hold in the columns that came with this revision.
FRESH = {
    "signing_key": {
        "succeeds_id": "NULL",
        "succession": "''",
        "reason": "''",
        "retired_at": "NULL",
    }
}


def upgrade() -> None:
    """Make the new tables and widen the old one."""
    connection = op.get_bind()
    texts = statements(HERE / f"0009_snapshots.{connection.dialect.name}.sql")
    if connection.dialect.name == "sqlite":
        widen_on_sqlite(connection, texts, FRESH)
        return
    for text in texts:
        connection.exec_driver_sql(text)
