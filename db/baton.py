"""Who has the office file: one copy of an office is written to, the others wait for it.

The setting is journalled like any other, so a copy that was given away carries its own mark, and
the copy that comes back shows by its journal that it descends from it.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, inspect, select

from db.schema.office import Setting

KEY = "handover.baton"
# Of its value: `state`, `number` of the handover, `token`, `by`, `to`, `at` on the office's clock.
GIVEN, HELD = "given", "held"


def read(connection: Connection) -> dict[str, Any]:
    """Return what the office says of its baton; {} where it was never handed over."""
    # What is no office is refused by whoever looks for its tables.
    if not inspect(connection).has_table(Setting.__tablename__):
        return {}
    query = select(Setting.value).where(Setting.key == KEY)
    told = connection.execute(query).scalar()
    return told if isinstance(told, dict) else {}


def away(connection: Connection) -> str | None:
    """Return who was given the office file and when, None where this copy may be written."""
    told = read(connection)
    if told.get("state") != GIVEN:
        return None
    return f"{told.get('to', '?')}, {str(told.get('at', ''))[:16].replace('T', ' ')}"
