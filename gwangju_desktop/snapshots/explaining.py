"""What a copy says of itself: its words, every column explained, and what was withheld and why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Column, Table

from db.types import Utc
from gwangju_desktop.snapshots import policy as policies
from gwangju_desktop.snapshots import poll_cells
from gwangju_desktop.snapshots.policy import ColumnPolicy, Policy, PolicyGap, TablePolicy
from gwangju_desktop.snapshots.sqlite_file import Row

FEW = "few"


def referred(table: str, policy: ColumnPolicy, column: Column[Any]) -> str:
    """Return the table that a code leads to; raises PolicyGap where it leads to none."""
    if policy.of:
        return policy.of
    for key in column.foreign_keys:
        return str(key.column.table.name)
    if column.primary_key:
        return table
    raise PolicyGap(f"{table}.{policy.name} refers to no table")


def type_of(policy: ColumnPolicy, column: Column[Any]) -> str:
    """Return the type of a column in SQLite as it goes out."""
    if policy.action in ("code", "bucket", "review"):
        return "TEXT"
    kind = column.type.python_type
    if issubclass(kind, int):
        return "INTEGER"
    return "REAL" if issubclass(kind, float) else "TEXT"


def _form(policy: ColumnPolicy, column: Column[Any]) -> str:
    """Say how a value is to be read: code, text, number, yes_no, date or time."""
    if policy.action in ("code", "bucket"):
        return "code" if policy.action == "code" else "date"
    kinds = {bool: "yes_no", int: "number", float: "number", dt.date: "date"}
    if isinstance(column.type, Utc):
        return "time"
    return kinds.get(column.type.python_type, "text")


def codebook(tables: Iterable[tuple[TablePolicy, Table]]) -> list[Row]:
    """Explain every table and column that goes out."""
    rows: list[Row] = []
    for policy, table in tables:
        if not policy.shown:
            continue
        rows.append((policy.name, None, policy.ko, policy.en, None, None, 0, 0, None))
        for column in policy.shown:
            inside = table.c[column.name]
            is_code = column.action == "code"
            refers = referred(policy.name, column, inside) if is_code else None
            rows.append(
                (
                    policy.name,
                    column.name,
                    column.ko,
                    column.en,
                    column.action,
                    _form(column, inside),
                    int(inside.primary_key),
                    int(column.name == policy.label),
                    None if refers == policy.name and inside.primary_key else refers,
                )
            )
    return rows


def withheld(
    policy: Policy, lacking: Mapping[str, int], masks: Mapping[str, int], given: poll_cells.Given
) -> list[Row]:
    """List every column left out, in whole or in part, and every masked one, with the ground.

    Treatments: drop, few (dropped, and so few that their number could point at somebody), omit,
    part (only some rows show the value) and review (masked in the text). The count of `few` is not
    told, that of a column nobody reads (`omit`) is unknown: both stay empty. Figures of polls stand
    twice where some are hidden for being small and others told as an earlier copy told them.
    """
    rows: list[Row] = []
    for table in policy.tables.values():
        for column in table.columns:
            place = f"{table.name}.{column.name}"
            left_out, masked = lacking.get(place, 0), masks.get(place, 0)
            treated: list[tuple[str, int | None, str]] = []
            if column.action == "omit":
                treated.append(("omit", None, column.ground))
            elif column.action == "drop":
                # Nothing of it is seen: how few have a disability or a note would tell of somebody.
                few = 0 < left_out < policy.smallest
                treated.append(
                    (FEW, None, column.ground) if few else ("drop", left_out, column.ground)
                )
            elif left_out:
                treated.append(("part", left_out, column.ground))
            if masked:
                treated.append(("review", masked, column.ground))
            if column.action in policies.SHOWN:
                held = {"small": given.hidden.get(place), "earlier": given.earlier.get(place)}
                treated += [("part", count, why) for why, count in held.items() if count]
            rows.extend(
                (
                    *(table.name, table.ko, table.en),
                    *(column.name, column.ko, column.en),
                    *(treatment, policy.grounds[why].ko, policy.grounds[why].en, count),
                )
                for treatment, count, why in treated
            )
    return rows
