"""Open a snapshot to look at it: verified first, read in a child, never written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gwangju_desktop.snapshots import sending
from gwangju_desktop.snapshots import verify as checks
from gwangju_desktop.snapshots.manifest import Manifest
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
class Picked:
    """Rows of one of a copy's own lists, by column: all are counted, the first are held."""

    count: int = 0
    rows: tuple[dict[str, Value], ...] = ()


@dataclass(frozen=True, slots=True)
class SnapshotView:
    """A snapshot as the window shows it; `words` say (table, column, code) in Korean and English.

    `late` are records entered long after the matter, `moved` due days moved when they had passed,
    `numbers` those of a register nothing stands under, `copies` the copies made before. `claimed`
    is what a copy says of itself that could not be verified; its `verdict` is not ok then.
    """

    path: Path
    verdict: Verdict
    bytes: int
    tables: tuple[TableView, ...]
    words: dict[tuple[str, str, str], tuple[str, str]]
    withheld: tuple[WithheldRow, ...]
    late: Picked = Picked()
    moved: Picked = Picked()
    numbers: Picked = Picked()
    copies: Picked = Picked()
    claimed: Manifest | None = None

    @property
    def proved(self) -> bool:
        """Say whether the contents are those that were signed."""
        return self.verdict.ok

    @property
    def manifest(self) -> Manifest | None:
        """Return what the copy says of itself: proved, or only claimed."""
        return self.verdict.manifest or self.claimed

    def table(self, name: str) -> TableView | None:
        """Return a table, None where the copy has none of that name."""
        return next((table for table in self.tables if table.name == name), None)


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
        size = sending.whole_size(path)
    return as_view(path, verdict, size, answer)


def as_view(
    path: Path, verdict: Verdict, size: int, answer: dict[str, Any], claimed: Manifest | None = None
) -> SnapshotView:
    """Return what the child told of a copy as the window shows it."""
    words = codebook(answer["codebook"])
    picked = {name: Picked(p["count"], tuple(p["rows"])) for name, p in answer["picked"].items()}
    return SnapshotView(
        path,
        verdict,
        size,
        tuple(_table(table, words) for table in answer["tables"]),
        {(str(t), str(c), str(code)): (str(ko), str(en)) for t, c, code, ko, en in answer["words"]},
        tuple(_withheld(row) for row in answer["withheld"]),
        picked["record_entry"],
        picked["moved_due"],
        picked["register_number"],
        picked["snapshot"],
        claimed,
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
