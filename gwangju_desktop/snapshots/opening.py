"""Open a snapshot to look at it: verified first, read in a child, never written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gwangju_desktop.snapshots import verify as checks
from gwangju_desktop.snapshots.verify import Progress, Verdict

Value = str | int | float | None


@dataclass(frozen=True, slots=True)
class ColumnView:
    """A column and what the copy's own codebook calls it."""

    name: str
    ko: str
    en: str
    form: str = "text"
    is_label: bool = False
    refers_to: str | None = None


@dataclass(frozen=True, slots=True)
class TableView:
    """A table: its columns, its number of rows, and the first of them."""

    name: str
    ko: str
    en: str
    columns: tuple[ColumnView, ...]
    total: int
    rows: tuple[tuple[Value, ...], ...]


@dataclass(frozen=True, slots=True)
class WithheldRow:
    """What was left out: which column, how, on which ground; `count` is None where nobody counted."""

    table: ColumnView
    column: ColumnView
    action: str
    ground_ko: str
    ground_en: str
    count: int | None


@dataclass(frozen=True, slots=True)
class SnapshotView:
    """A snapshot as the window shows it; `words` say (table, column, code) in Korean and English."""

    path: Path
    verdict: Verdict
    bytes: int
    tables: tuple[TableView, ...]
    words: dict[tuple[str, str, str], tuple[str, str]]
    withheld: tuple[WithheldRow, ...]


def open_snapshot(
    path: Path,
    *,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> SnapshotView:
    """Verify a snapshot and read what the window shows of it.

    Raises UserError, in one sentence, for a file that is not whole or not signed by its own key.
    """
    with checks.unpacked(path, progress=progress, cancelled=cancelled) as (verdict, database):
        verdict.demand()
        assert database is not None
        answer = checks.look_inside(
            verdict, database, {"mode": "view"}, path.name, cancelled=cancelled
        )
        size = path.stat().st_size
    words = codebook(answer["codebook"])
    return SnapshotView(
        path,
        verdict,
        size,
        tuple(_table(table, words) for table in answer["tables"]),
        {(str(t), str(c), str(code)): (str(ko), str(en)) for t, c, code, ko, en in answer["words"]},
        tuple(_withheld(row) for row in answer["withheld"]),
    )


Codebook = dict[tuple[str, str | None], ColumnView]


def codebook(rows: list[list[Any]]) -> Codebook:
    """Return the names of tables (column None) and columns a copy brings with it."""
    return {
        (str(table), column): ColumnView(
            str(column or table), str(ko), str(en), str(form), bool(is_label), refers_to
        )
        for table, column, ko, en, _action, form, _is_key, is_label, refers_to in rows
    }


def _withheld(row: list[Any]) -> WithheldRow:
    *texts, count = row
    table, table_ko, table_en, column, column_ko, column_en, action, ko, en = map(str, texts)
    return WithheldRow(
        ColumnView(table, table_ko, table_en),
        ColumnView(column, column_ko, column_en),
        action,
        ko,
        en,
        count,
    )


def _table(told: dict[str, Any], words: Codebook) -> TableView:
    name = told["name"]
    title = words.get((name, None), ColumnView(name, name, name))
    columns = tuple(words.get((name, c), ColumnView(c, c, c)) for c in told["columns"])
    rows = tuple(tuple(row) for row in told["rows"])
    return TableView(name, title.ko, title.en, columns, told["total"], rows)
