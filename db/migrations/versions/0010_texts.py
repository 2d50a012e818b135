"""The words of stored files, so that a search finds what papers say.

The table is made from the texts beside this file, as they stood at this revision.
"""

from __future__ import annotations

from pathlib import Path

from alembic import op

from db.migrations.widen import statements

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

HERE = Path(__file__).resolve().parent


def upgrade() -> None:
    """Make the new table; the words are read afterwards, while the office is open."""
    connection = op.get_bind()
    for text in statements(HERE / f"0010_texts.{connection.dialect.name}.sql"):
        connection.exec_driver_sql(text)
