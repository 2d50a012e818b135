"""What changed between two copies, as lines of a list and as details of one line."""

from __future__ import annotations

from dataclasses import dataclass

from ui.models.rows import Cell, Column, Group, Table
from ui.snapshots.facts import Block, Selectable, fact, named
from ui.text import C_, N_, Msg, say
from ui.widgets.parts import Label

KINDS = {
    "added": (C_("review copies", "Added"), "ok", "plus"),
    "changed": (C_("review copies", "Changed"), "info", "pencil"),
    "removed": (C_("review copies", "Removed"), "bad", "x"),
}
FILTERS = ("", *KINDS)


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One change as the list shows it; `what` names the record and its first difference."""

    id: int
    what: str
    change: object
    table: object


def _kind(line: ChangeLine) -> Cell:
    word, tone, _icon = KINDS[line.change.kind]
    return Cell(chip=say(word), tone=tone)


def _what(line: ChangeLine) -> Cell:
    _word, _tone, icon = KINDS[line.change.kind]
    return Cell(line.what, icon=icon, role="secb")


CHANGED = Table(
    columns=(
        Column("what", N_("What changed"), cell=_what),
        Column("kind", C_("review copies", "Kind"), 84, cell=_kind),
        Column(
            "table",
            C_("review copies", "Register"),
            120,
            cell=lambda line: Cell(named(line.table)),
        ),
    )
)


def lines(comparison, wanted: str, records) -> list:
    """Return the changes of a kind ("" for all) under a heading for each register."""
    found: list = []
    for table in comparison.tables if comparison else ():
        rows = [change for change in table.rows if wanted in ("", change.kind)]
        if not rows:
            continue
        count = table.counts[wanted] if wanted else sum(table.counts.values())
        found.append(Group(Msg(named(table)), count))
        start = len(found)
        found += [
            ChangeLine(start + n, _sentence(change, table, records), change, table)
            for n, change in enumerate(rows)
        ]
    return found


def title(line: ChangeLine) -> str:
    """Return the name of the record a line is about."""
    return line.change.label or named(line.table)


def details(line: ChangeLine, records) -> list:
    """Return what the inspector shows: before and after, or the whole row."""
    change, table = line.change, line.table
    if change.kind != "changed":
        content = change.after or change.before
        return [
            fact(_field(table, name), Selectable(_value(table, name, value, records)))
            for name, value in content.items()
            if value not in (None, "")
        ]
    parts: list = []
    for name in change.after:
        before = _value(table, name, change.before[name], records)
        after = _value(table, name, change.after[name], records)
        parts.append(Label(_field(table, name), "capb"))
        parts.append(Block("−", say(C_("review copies", "before")), before, "bad"))
        parts.append(Block("+", say(C_("review copies", "after")), after, "ok"))
    return parts


def _sentence(change, table, records) -> str:
    name = change.label or named(table)
    if change.kind != "changed":
        return name
    field = next(iter(change.after))
    before = _value(table, field, change.before[field], records)
    after = _value(table, field, change.after[field], records)
    column = table.columns.get(field)
    if column and column.is_label:
        return f"{before} → {after}"
    return f"{name}: {_field(table, field)} {before} → {after}"


def _field(table, name: str) -> str:
    column = table.columns.get(name)
    return named(column) if column else name


def _value(table, name: str, value: object, records) -> str:
    return records.text(table.name, table.columns.get(name), value)
