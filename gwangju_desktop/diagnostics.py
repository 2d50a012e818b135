"""What whoever helps needs to know of a program and an office: versions, kinds, sizes, counts.

No name, no path, no address and nothing that was written into the office is in it: only numbers
that were counted, and what the program itself and its libraries are called.
"""

from __future__ import annotations

import platform
import sys
from collections.abc import Iterable
from importlib import metadata
from pathlib import Path

from sqlalchemy import func, select

from db import integrity, migrate
from db.schema.papers import StoredFile
from db.store import Store
from gwangju_desktop import VERSION, text

Line = tuple[str, str]
# What a fault is most often asked about.
LIBRARIES = ("PySide6_Essentials", "SQLAlchemy", "psycopg", "pandas", "pikepdf", "cryptography")


def of_program(extra: Iterable[Line] = ()) -> list[Line]:
    """Return (what, value) of the program and the system it runs on, and what the caller adds."""
    lines = [
        ("program", VERSION),
        ("installed", "yes" if getattr(sys, "frozen", False) else "from its sources"),
        ("system", f"{platform.system()} {platform.release()} {platform.machine()}".strip()),
        ("python", platform.python_version()),
        ("language", text.language()),
    ]
    for name in LIBRARIES:
        try:
            lines.append((name, metadata.version(name)))
        except metadata.PackageNotFoundError:
            lines.append((name, "not found"))
    return [*lines, *extra]


def of_office(store: Store) -> list[Line]:
    """Return (what, value) of an open office: its database, revision, sizes, rows of each table."""
    with store.reading() as read:
        connection = read.connection()
        dialect = connection.dialect
        version = ".".join(str(part) for part in dialect.server_version_info or ())
        counts = integrity.counts(connection)
        files, size = read.execute(
            select(func.count(StoredFile.id), func.sum(StoredFile.bytes))
        ).one()
        lines = [
            ("database", f"{dialect.name} {version}".strip()),
            ("revision", f"{integrity.revision(connection)} (this program: {migrate.head()})"),
            ("read only", "no" if store.why_read_only is None else "yes"),
            ("role", store.role or "none"),
            ("last entry", str(store.head())),
            ("files", f"{files:,} ({(size or 0):,} bytes)"),
        ]
    if not store.shared:
        lines.append(("office file", f"{Path(store.office.place).stat().st_size:,} bytes"))
    lines.append(("rows", f"{sum(counts.values()):,}"))
    return [*lines, *((f"rows of {name}", f"{n:,}") for name, n in counts.items() if n)]


def told(lines: Iterable[Line]) -> str:
    """Return lines as the text that is copied: one a line, its name first."""
    return "".join(f"{what}: {value}\n" for what, value in lines)
