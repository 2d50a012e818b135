"""What changed between two snapshots of one office."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from gwangju_desktop.errors import UserError
from gwangju_desktop.snapshots import headings, succession
from gwangju_desktop.snapshots import verify as checks
from gwangju_desktop.snapshots.merging import ADDED, CHANGED, KINDS, LABEL, WITHDRAWN
from gwangju_desktop.snapshots.opening import Codebook, ColumnView, codebook
from gwangju_desktop.snapshots.verify import Problem, Progress, Verdict
from gwangju_desktop.text import N_, language, say

CLOSED = N_("No longer disclosed: the newer copy withholds its title.")


@dataclass(frozen=True, slots=True)
class ChangedRow:
    """One row: `kind` added, changed or withdrawn; before and after hold the columns that differ.

    `row` is all of it, as the newer copy has it, of a withdrawn one as the older had. `on` is the
    day the newer copy's list of entries gives, None where it gives none; `late_days` by how much
    an added one was entered late; `reason_ko` and `reason_en` are the step of the office that took
    a record out.
    """

    kind: str
    key: tuple[Any, ...]
    label: str
    row: dict[str, Any]
    before: dict[str, Any] = field(default_factory=dict)
    after: dict[str, Any] = field(default_factory=dict)
    on: str | None = None
    late_days: int | None = None
    hidden: bool = False
    reason_ko: str | None = None
    reason_en: str | None = None

    @property
    def reason(self) -> str | None:
        """Return why a record was withdrawn, in the current language; None where no copy says."""
        if self.hidden:
            return say(CLOSED)
        return self.reason_ko if language() == "ko" else self.reason_en


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
    """Two verified snapshots side by side.

    `problems` say where the newer does not follow, `notes` what could not be compared. `labels`
    say what the codes of the told rows stand for, by table and code.
    """

    old: Verdict
    new: Verdict
    tables: tuple[TableChanges, ...]
    problems: tuple[Problem, ...]
    notes: tuple[Problem, ...] = ()
    labels: dict[tuple[str, str], str] = field(default_factory=dict)

    def count(self, kind: str = "") -> int:
        """Return how many rows changed, of a kind or at all."""
        kinds = (kind,) if kind else KINDS
        return sum(table.counts[each] for table in self.tables for each in kinds)

    def as_json(self) -> dict[str, Any]:
        """Return what `snapshot compare` prints; tables and columns by their names in the file."""
        rows = [(table, row) for table in self.tables for row in table.rows]
        added: dict[str, list[dict[str, Any]]] = {}
        for table, row in rows:
            if row.kind == ADDED:
                entry = {"key": _key(row), "label": row.label, "on": row.on, "row": row.row}
                added.setdefault(table.name, []).append(entry)
        return {
            "old": _facts(self.old),
            "new": _facts(self.new),
            "problems": [str(problem) for problem in self.problems],
            "notes": [str(note) for note in self.notes],
            "counts": {table.name: table.counts for table in self.tables},
            "added": added,
            "changed": [
                {
                    "table": table.name,
                    "key": _key(row),
                    "column": column,
                    "before": row.before[column],
                    "after": after,
                    "label": row.label,
                    "on": row.on,
                }
                for table, row in rows
                if row.kind == CHANGED
                for column, after in row.after.items()
            ],
            "withdrawn": [
                {
                    "table": table.name,
                    "key": _key(row),
                    "label": row.label,
                    "on": row.on,
                    "reason": row.reason,
                }
                for table, row in rows
                if row.kind == WITHDRAWN
            ],
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
    told = headings.load()
    with (
        checks.unpacked(old, progress=progress, cancelled=cancelled) as (first, old_database),
        checks.unpacked(new, progress=progress, cancelled=cancelled) as (second, new_database),
    ):
        one, two = first.demand(), second.demand()
        assert old_database and new_database
        demand_same_office(first, second, old.name, new.name)
        asked = {
            "mode": "compare",
            "figures": dict(told.figures),
            "lenient": one.profile != two.profile,
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
    names = sorted(answer["tables"], key=told.place)
    tables = (_table(name, answer["tables"][name], words, told.grows) for name in names)
    return Comparison(
        first,
        second,
        tuple(table for table in tables if any(table.counts.values())),
        tuple(breaks(first, second)),
        tuple(_notes(first, second, answer["only"], codebook(answer["titles"]) | words)),
        {
            (table, code): str(label)
            for table, labels in answer["labels"].items()
            for code, label in labels.items()
        },
    )


def demand_same_office(old: Verdict, new: Verdict, old_name: str, new_name: str) -> None:
    """Raise UserError unless two verified copies are of one office and signed by its key."""
    one, two = old.demand(), new.demand()
    if one.office_id != two.office_id or not (_followed(old, new) or _followed(new, old)):
        raise UserError(
            N_("{old} and {new} are not of the same office and signing key."),
            hint=N_("Choose two snapshots that the same office signed."),
            old=old_name,
            new=new_name,
        )


def _followed(old: Verdict, new: Verdict) -> bool:
    """Say whether one copy's key is the other's, or signed for the keys that lead to it."""
    one, two = old.demand(), new.demand()
    if one.key == two.key:
        return True
    try:
        chain = succession.check_chain(new.key_chain, two.key, two.office_id)
    except ValueError:
        return False
    return chain.since(one.key) is not None


@dataclass(frozen=True, slots=True)
class _Registers:
    """What registers are called, in the language of the moment."""

    titles: tuple[tuple[str, str], ...]

    def __str__(self) -> str:
        return ", ".join(ko if language() == "ko" else en for ko, en in self.titles)


def _notes(
    old: Verdict, new: Verdict, only: dict[str, list[str]], words: Codebook
) -> list[Problem]:
    """Say what the two cannot be compared in: other profiles, registers only one of them has."""
    assert old.manifest and new.manifest
    found = []
    if old.manifest.profile != new.manifest.profile:
        found.append(
            Problem(
                N_(
                    "The two copies follow different disclosure profiles: what only one of them"
                    " shows is not a change."
                )
            )
        )
    elif old.manifest.policy != new.manifest.policy:
        found.append(
            Problem(
                N_(
                    "Disclosure policy {old} and {new}: what only one of the copies shows is not"
                    " a change."
                ),
                {"old": old.manifest.policy, "new": new.manifest.policy},
            )
        )
    for message, tables in ((_ONLY_OLD, only["old"]), (_ONLY_NEW, only["new"])):
        if tables:
            titles = (words.get((name, None), ColumnView(name, name, name)) for name in tables)
            named = _Registers(tuple((title.ko, title.en) for title in titles))
            found.append(Problem(message, {"tables": named}))
    return found


_ONLY_OLD = N_("Only the older copy has {tables}; these registers were not compared.")
_ONLY_NEW = N_("Only the newer copy has {tables}; these registers were not compared.")


def breaks(old: Verdict, new: Verdict) -> list[Problem]:
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


def _table(
    name: str, told: dict[str, Any], words: dict[Any, ColumnView], grows: frozenset[str]
) -> TableChanges:
    title = words.get((name, None), ColumnView(name, name, name))
    columns = {c: view for (table, c), view in words.items() if table == name and c is not None}
    labelled = next((c for c, view in columns.items() if view.is_label or c == LABEL), "")
    # A list to which making a copy adds a row of its own: that is no change of the records.
    kinds = [kind for kind in KINDS if kind != ADDED or name not in grows]
    counts = {kind: told["counts"][kind] if kind in kinds else 0 for kind in KINDS}
    rows = [_row(kind, entry, labelled) for kind in kinds for entry in told[kind]]
    return TableChanges(name, title.ko, title.en, columns, counts, tuple(rows))


def _row(kind: str, entry: dict[str, Any], labelled: str) -> ChangedRow:
    label = entry["row"].get(labelled)
    reason_ko, reason_en = entry.get("reason", (None, None))
    return ChangedRow(
        kind,
        tuple(entry["key"]),
        "" if label is None else str(label),
        entry["row"],
        entry.get("before", {}),
        entry.get("after", {}),
        entry.get("on"),
        entry.get("late_days"),
        "hidden" in entry,
        reason_ko,
        reason_en,
    )


def _key(row: ChangedRow) -> Any:
    return row.key[0] if len(row.key) == 1 else list(row.key)


def _facts(verdict: Verdict) -> dict[str, Any]:
    assert verdict.manifest
    return {
        "sequence": verdict.manifest.sequence,
        "made_at": verdict.manifest.made_at,
        "fingerprint": verdict.fingerprint,
    }
