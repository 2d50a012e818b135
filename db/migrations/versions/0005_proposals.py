"""Citizens' proposals, how they are handled, and the thread.

The tables are made from the texts beside this file, as they stood at this revision.
"""

from __future__ import annotations

from pathlib import Path

from alembic import op

from db.migrations.widen import statements

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

HERE = Path(__file__).resolve().parent


def upgrade() -> None:
    """Make the new tables."""
    connection = op.get_bind()
    for text in statements(HERE / f"0005_proposals.{connection.dialect.name}.sql"):
        connection.exec_driver_sql(text)
