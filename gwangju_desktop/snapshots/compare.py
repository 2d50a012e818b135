"""What changed between two snapshots of one office."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gwangju_desktop.errors import UserError
from gwangju_desktop.snapshots import verify as checks
from gwangju_desktop.snapshots.opening import ColumnView, codebook
from gwangju_desktop.snapshots.verify import Problem, Progress, Verdict
from gwangju_desktop.text import N_, language


@dataclass(frozen=True, slots=True)
class ChangedRow:
    """One row: `kind` added, removed or changed; before and after hold the columns that differ."""

    kind: str
    key: tuple[Any, ...]
    label: str
    before: dict[str, Any]
    after: dict[str, Any]


@dataclass(frozen=True, slots=True)
class TableChanges:
    """A table's changes: every one is counted, the first of them are listed."""

    name: str
    ko: str
    en: str
    columns: dict[str, ColumnView]
    counts: dict[str, int]
    rows: tuple[ChangedRow, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two verified snapshots side by side; `problems` say where the newer does not follow."""

    old: Verdict
    new: Verdict
    tables: tuple[TableChanges, ...]
    problems: tuple[Problem, ...]

    def as_json(self) -> dict[str, Any]:
        """Return what `snapshot compare` prints: only tables in which something changed."""
        return {
            "old": _facts(self.old),
            "new": _facts(self.new),
            "problems": [str(problem) for problem in self.problems],
            "tables": {
                table.name: {
                    "title": table.ko if language() == "ko" else table.en,
                    "counts": table.counts,
                    "added": _listed(table, "added"),
                    "removed": _listed(table, "removed"),
                    "changed": _listed(table, "changed"),
                }
                for table in self.tables
            },
        }


def compare(
    old: Path,
    new: Path,
    *,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Comparison:
    """Verify two snapshots and set them side by side.

    Raises UserError when either is not whole, or when they are of different offices or keys.
    """
    with (
        checks.unpacked(old, progress=progress, cancelled=cancelled) as (first, old_database),
        checks.unpacked(new, progress=progress, cancelled=cancelled) as (second, new_database),
    ):
        one, two = first.demand(), second.demand()
        assert old_database and new_database
        if (one.office_id, one.key) != (two.office_id, two.key):
            raise UserError(
                N_("{old} and {new} are not of the same office and signing key."),
                hint=N_("Choose two snapshots that the same office signed."),
                old=old.name,
                new=new.name,
            )
        asked = {
            "mode": "compare",
            "old": {
                "path": str(old_database),
                "schema": one.schema,
                "rows": dict(one.rows),
            },
        }
        answer = checks.look_inside(
            second, new_database, asked, new.name, cancelled=cancelled, more=old_database
        )
    words = codebook(answer["codebook"])
    tables = tuple(
        _table(name, told, words)
        for name, told in answer["tables"].items()
        if any(told["counts"].values())
    )
    return Comparison(first, second, tables, tuple(_breaks(first, second)))


def _breaks(old: Verdict, new: Verdict) -> list[Problem]:
    """Hold the newer copy's anchors against the older: a journal cut or rebuilt shows here."""
    assert old.manifest and new.manifest
    one, two = old.manifest, new.manifest
    found = []
    if two.sequence < one.sequence:
        found.append(Problem(N_("The second file is the older one; the changes read backwards.")))
        one, two = two, one
        old = new
    elif two.sequence == one.sequence and two != one:
        found.append(Problem(N_("Two different snapshots carry the same number.")))
    if two.sequence == one.sequence + 1 and two.previous != old.manifest_sha256:
        found.append(Problem(N_("The newer snapshot does not name the older one before it.")))
    if two.audit_id < one.audit_id or (
        two.audit_id == one.audit_id and two.audit_hash != one.audit_hash
    ):
        found.append(Problem(N_("The office's change history was cut or rewritten in between.")))
    return found


def _table(name: str, told: dict[str, Any], words: dict[Any, ColumnView]) -> TableChanges:
    title = words.get((name, None), ColumnView(name, name, name))
    columns = {c: view for (table, c), view in words.items() if table == name and c is not None}
    labelled = next((c for c, view in columns.items() if view.is_label), None)
    rows = []
    for kind in ("changed", "added", "removed"):
        for entry in told[kind]:
            label = entry["row"].get(labelled)
            before, after = entry.get("before", {}), entry.get("after", {})
            if kind == "added":
                after = entry["row"]
            if kind == "removed":
                before = entry["row"]
            text = "" if label is None else str(label)
            rows.append(ChangedRow(kind, tuple(entry["key"]), text, before, after))
    return TableChanges(name, title.ko, title.en, columns, told["counts"], tuple(rows))


def _listed(table: TableChanges, kind: str) -> list[dict[str, Any]]:
    return [_entry(row) for row in table.rows if row.kind == kind]


def _entry(row: ChangedRow) -> dict[str, Any]:
    key: Any = row.key[0] if len(row.key) == 1 else list(row.key)
    if row.kind == "changed":
        return {"id": key, "label": row.label, "before": row.before, "after": row.after}
    content = row.after if row.kind == "added" else row.before
    return {"id": key, "label": row.label, "row": content}


def _facts(verdict: Verdict) -> dict[str, Any]:
    assert verdict.manifest
    return {
        "sequence": verdict.manifest.sequence,
        "made_at": verdict.manifest.made_at,
        "fingerprint": verdict.fingerprint,
    }
