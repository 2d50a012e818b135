"""The tables of a snapshot as CSV files, described by a Data Package (Frictionless, version 1)."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, TextIO

from gwangju_desktop.sheets.guards import BEGINNINGS, guarded
from gwangju_desktop.snapshots import container
from gwangju_desktop.snapshots.codes import Codes, Field, Table
from gwangju_desktop.snapshots.container import Measured
from gwangju_desktop.snapshots.readme import About
from gwangju_desktop.snapshots.sqlite_file import Row

# Rows whose texts are looked at for formulas together.
_BLOCK = 1000
_FORMATS = {"date": "date", "time": "datetime", "yes_no": "boolean"}
_NUMBERS = {"INTEGER": "integer", "REAL": "number"}


def write_csv(path: Path, table: Table) -> None:
    """Write a table as RFC 4180 in UTF-8 with a byte order mark; nothing is run as a formula.

    The head holds the columns' names, as the database has them. NULL and an empty text are both an
    empty cell.
    """
    with path.open("wb") as raw:
        raw.write(b"\xef\xbb\xbf")
        with io.TextIOWrapper(raw, encoding="utf-8", newline="") as file:
            _rows(file, table)


def _rows(file: TextIO, table: Table) -> None:
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow([column.name for column in table.fields])
    texts = [n for n, c in enumerate(table.fields) if c.type == "TEXT" and c.form != "code"]
    for at in range(0, len(table.rows), _BLOCK):
        writer.writerows(_safe(table.rows[at : at + _BLOCK], texts))


def _safe(rows: Sequence[Row], texts: Sequence[int]) -> Iterable[Sequence[object]]:
    """Guard what a spreadsheet would run; most blocks hold nothing of the kind."""
    columns = list(zip(*rows, strict=True))
    risky = {n for n in texts if not BEGINNINGS.isdisjoint({str(v)[:1] for v in columns[n] if v})}
    if not risky:
        return rows
    return [
        [guarded(v) if n in risky and isinstance(v, str) else v for n, v in enumerate(row)]
        for row in rows
    ]


def package(about: About, codes: Codes, files: Mapping[str, Measured]) -> bytes:
    """Return datapackage.json: every CSV file with its columns, types, key and links.

    Titles stand in Korean, in English beside them. A link is declared where every one of its codes
    leads to a row of this copy; what does not is held back on the other side.
    """
    known = {
        name: {row[table.keys[0]] for row in table.rows}
        for name, table in codes.tables.items()
        if len(table.keys) == 1
    }
    content = {
        "profile": "tabular-data-package",
        "name": f"gwangju-desktop-snapshot-{about.sequence}",
        "title": f"{about.office_ko} {about.sequence}",
        "title_en": f"{about.office_en} {about.sequence}",
        "version": str(about.sequence),
        "created": about.made_at.isoformat(),
        "contributors": [{"title": about.office_ko, "role": "publisher"}],
        "resources": [
            _resource(table, codes, known, files[_place(table)]) for table in codes.tables.values()
        ],
    }
    return json.dumps(content, ensure_ascii=False, indent=1).encode() + b"\n"


def _place(table: Table) -> str:
    return f"{container.CSV_FOLDER}/{table.name}.csv"


def csv_files(workshop: Path, codes: Codes) -> dict[str, Measured]:
    """Write every table into a folder and return the members by name."""
    made = {}
    for table in codes.tables.values():
        path = workshop / f"{table.name}.csv"
        write_csv(path, table)
        made[_place(table)] = container.measure(path)
    return made


def _resource(
    table: Table, codes: Codes, known: Mapping[str, set[Any]], file: Measured
) -> dict[str, Any]:
    schema: dict[str, Any] = {"fields": [_field(c) for c in table.fields], "missingValues": [""]}
    if table.keys:
        schema["primaryKey"] = [table.fields[n].name for n in table.keys]
    links = [
        _link(table, column.name, target, codes)
        for n, column in enumerate(table.fields)
        if (target := column.refers_to) is not None
        and target in known
        and known[target].issuperset(row[n] for row in table.rows if row[n] is not None)
    ]
    if links:
        schema["foreignKeys"] = links
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": _place(table),
        "title": table.ko,
        "title_en": table.en,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": file.size,
        "hash": f"sha256:{file.sha256}",
        "schema": schema,
    }


def _link(table: Table, column: str, target: str, codes: Codes) -> dict[str, Any]:
    there = codes.tables[target]
    # The standard names one's own table by an empty text.
    resource = "" if target == table.name else target
    return {
        "fields": [column],
        "reference": {"resource": resource, "fields": [there.fields[there.keys[0]].name]},
    }


def _field(column: Field) -> dict[str, Any]:
    kind = _FORMATS.get(column.form) or _NUMBERS.get(column.type, "string")
    made: dict[str, Any] = {"name": column.name, "type": kind, "title": column.ko}
    made["title_en"] = column.en
    if kind == "boolean":
        made |= {"trueValues": ["1"], "falseValues": ["0"]}
    return made
