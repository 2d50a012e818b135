"""The tables of a snapshot as CSV files, described by a Data Package (Frictionless, version 1)."""

from __future__ import annotations

import csv
import io
import json
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO, TextIO

import resources
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
        write(raw, table)


def write(raw: BinaryIO, table: Table) -> None:
    """Write a table as `write_csv` does, into an open file, which is closed."""
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

    Titles stand in Korean, in English beside them. A licence stands in what everybody may use, and
    as sources the publishers of figures that are in the copy, each with its own terms. A link is declared where every one of its codes
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
        **_terms(about, codes),
        "resources": [
            _resource(table, codes, known, files[place(table)]) for table in codes.tables.values()
        ],
    }
    return json.dumps(content, ensure_ascii=False, indent=1).encode() + b"\n"


def _terms(about: About, codes: Codes) -> dict[str, Any]:
    facts = {str(row[0]): row[1] for row in codes.tables["meta"].rows}
    found: dict[str, Any] = {}
    data = tomllib.loads(resources.path("licence.toml").read_text(encoding="utf-8"))
    licence = data.get(str(facts.get("profile")))
    if licence:
        found["licenses"] = [
            {
                key: licence[own]
                for key, own in (("name", "name"), ("path", "path"), ("title", "ko"))
            }
            | {"title_en": licence["en"]}
        ]
    return found | {"sources": [{"title": about.office_ko}, *_publishers(codes)]}


def _publishers(codes: Codes) -> Iterable[dict[str, str]]:
    """Yield the published tables from which figures of this copy come, in the order of the copy."""
    of, held = codes.tables.get("energy_source"), codes.tables.get("dataset")
    if of is None or held is None:
        return
    at = {column.name: n for n, column in enumerate(of.fields)}
    link = next(n for n, column in enumerate(held.fields) if column.name == "source_id")
    used = {row[link] for row in held.rows}
    for row in of.rows:
        if row[at["id"]] in used:
            told = {"title": f"{row[at['publisher']]}, {row[at['title_ko']]}"}
            for key, name in (("path", "url"), ("license", "licence")):
                if row[at[name]]:
                    told[key] = str(row[at[name]])
            yield told


def place(table: Table) -> str:
    """Return the name of a table's member."""
    return f"{container.CSV_FOLDER}/{table.name}.csv"


def csv_files(workshop: Path, codes: Codes) -> dict[str, Measured]:
    """Write every table into a folder and return the members by name."""
    made = {}
    for table in codes.tables.values():
        path = workshop / f"{table.name}.csv"
        write_csv(path, table)
        made[place(table)] = container.measure(path)
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
        "path": place(table),
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
