"""Energy: factors, results, annotations, boundaries, declared layouts, sums by month.

The tables are made from the texts beside this file, as they stood at this revision.
"""

from __future__ import annotations

from pathlib import Path

from alembic import op

from db.migrations.widen import statements, widen_on_sqlite

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

HERE = Path(__file__).resolve().parent

# What older rows hold in the columns that came with this revision.
FRESH = {
    "indicator": {
        "frequency": "''",
        "level": "''",
        "dimensions": "''",
        "origin": "''",
        "baseline_year": "NULL",
        "quality": "''",
        "rule": "NULL",
        "note_ko": "''",
        "note_en": "''",
        "ended": "false",
    },
    "energy_source": {
        "frequency": "''",
        "due_day": "NULL",
        "due_months": "NULL",
        "expected_from": "NULL",
        "due_source": "''",
        "licence": "''",
        "url": "''",
    },
    "area": {"level": "''", "kostat": "''", "successor": "''"},
    "target": {"area": "'29000'", "kind": "'target'", "set_on": "NULL", "note": "''"},
    "dataset": {"published_on": "NULL", "note": "''", "accepted": "NULL"},
}
# Figures of what is there are made when they are first wanted.
DUE = (
    "INSERT INTO figure_due (indicator_id, period) SELECT DISTINCT s.indicator_id, r.period"
    " FROM reading r JOIN series s ON s.id = r.series_id"
)


def upgrade() -> None:
    """Make the new tables, widen the old ones, and ask for the figures of what is there."""
    connection = op.get_bind()
    texts = statements(HERE / f"0007_energy.{connection.dialect.name}.sql")
    if connection.dialect.name == "sqlite":
        widen_on_sqlite(connection, texts, FRESH)
    else:
        for text in texts:
            connection.exec_driver_sql(text)
    connection.exec_driver_sql(DUE)
