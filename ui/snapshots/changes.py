"""What changed between two copies, as lines of a list, as details of one line, as a table."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from gwangju_desktop.snapshots import headings
from gwangju_desktop.snapshots.merging import LABEL
from gwangju_desktop.text import words as speech
from ui.models.rows import Cell, Column, Group, Table
from ui.snapshots.facts import Block, Selectable, fact, in_english, named, shown, when
from ui.text import C_, N_, NN_, Msg, day, language, say
from ui.widgets.parts import Label

KINDS = {
    "added": (C_("review copies", "Added"), "ok", "plus"),
    "changed": (C_("review copies", "Changed"), "info", "pencil"),
    "withdrawn": (C_("review copies", "Withdrawn"), "bad", "minus"),
}
FILTERS = ("", *KINDS)
MANY = 12  # rows of one kind in one register above which they stand in one line
NAMED = 40  # names of such a line that the inspector lists
QUIET = ("position",)
DEPARTMENTS = ("department", "contact_office", "secretariat", "office")


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One change as the list shows it; `what` names the record and its first difference.

    `more` are the other changes of a line that stands for many.
    """

    id: int
    what: str
    change: object
    table: object
    more: tuple = ()


def _kind(line: ChangeLine) -> Cell:
    word, tone, _icon = KINDS[line.change.kind]
    return Cell(chip=say(word), tone=tone)


def _what(line: ChangeLine) -> Cell:
    _word, tone, icon = KINDS[line.change.kind]
    return Cell(line.what, icon=icon, ink=tone, role="secb")


def _on(line: ChangeLine) -> Cell:
    texts = sorted({change.on for change in (line.change, *line.more) if change.on})
    found = [dt.date.fromisoformat(text) for text in texts]
    if len(found) > 1:
        return Cell(speech().days(found[0], found[-1], "short"))
    return Cell(day(found[0]) if found else "")


CHANGED = Table(
    columns=(
        Column("what", N_("What changed since the older copy"), cell=_what),
        Column("kind", C_("review copies", "Kind"), 104, cell=_kind),
        Column(
            "table",
            C_("review copies", "Register"),
            130,
            cell=lambda line: Cell(named(line.table)),
        ),
        Column("on", C_("review copies", "Date"), 112, "right", cell=_on),
    )
)


def lines(comparison, wanted: str, records, unfolded=frozenset()) -> list:
    """Return the changes of a kind ("" for all) under a heading for each group of registers.

    `unfolded` holds (table, kind) of the lines for many that a person opened.
    """
    told = headings.load()
    found: list = []
    group = -1
    for table in comparison.tables if comparison else ():
        made = _of(table, wanted, records, unfolded)
        if not made:
            continue
        if told.of(table.name) != group:
            group = told.of(table.name)
            found.append(Group(Msg(named(told.groups[group])), _count(comparison, group, wanted)))
        for line in made:
            found.append(ChangeLine(len(found), *line))
    return found


def _count(comparison, group: int, wanted: str) -> int:
    told = headings.load()
    tables = [table for table in comparison.tables if told.of(table.name) == group]
    kinds = (wanted,) if wanted else tuple(KINDS)
    return sum(table.counts[kind] for table in tables for kind in kinds)


def _of(table, wanted: str, records, unfolded) -> list[tuple]:
    made = []
    for kind in KINDS:
        # Their own order is that of codes that mean nothing to people.
        rows = tuple(sorted((c for c in table.rows if c.kind == kind), key=lambda c: c.label or ""))
        if not rows or wanted not in ("", kind):
            continue
        if table.counts[kind] > MANY and (table.name, kind) not in unfolded:
            words = NN_("{register}: {n} record", "{register}: {n} records")
            made.append(
                (
                    say(words, n=table.counts[kind], register=named(table)),
                    rows[0],
                    table,
                    rows[1:],
                )
            )
        else:
            made += [(sentence(change, table, records), change, table) for change in rows]
    return made


def title(line: ChangeLine, records) -> str:
    """Return the name of the record a line is about."""
    return line.what if line.more else name_of(line.change, line.table, records)


def name_of(change, table, records) -> str:
    """Return what a record is called: its own name, or what it belongs to."""
    if change.label:
        label = next((c for c, v in table.columns.items() if v.is_label or c == LABEL), None)
        return in_english(label, change.row) or value(table, label, change.label, records)
    parts = []
    for column, view in table.columns.items():
        code = change.row.get(column)
        words = records.label(view.refers_to, code) if view.refers_to and code else None
        if words:
            parts.append(words)
    return " · ".join(parts[:3]) or named(table)


def sentence(change, table, records) -> str:
    """Return the line of a change: the record, and what of it became what."""
    name = name_of(change, table, records)
    if change.hidden:
        return say(N_("{name}: no longer disclosed"), name=name)
    if change.kind != "changed":
        return name
    field = next(iter(change.after))
    before = value(table, field, change.before[field], records)
    after = value(table, field, change.after[field], records)
    column = table.columns.get(field)
    more = len(change.after) - 1
    if column and column.is_label:
        words = f"{before} → {after}"
    else:
        words = f"{name}: {field_of(table, field)} {before} → {after}"
    return words + (f" (+{more})" if more else "")


def details(line: ChangeLine, records, moved=()) -> list:
    """Return what the inspector shows: before and after, or the whole row, then why and when.

    `moved` are the copy's due days that were moved when they had passed: they name the step.
    """
    change, table = line.change, line.table
    if line.more:
        names = [name_of(one, table, records) for one in (change, *line.more)[:NAMED]]
        parts: list = [Selectable(name) for name in names]
        count = table.counts[change.kind]
        if count > len(names):
            parts.append(Label(N_("… and {n} more"), "cap", n=f"{count - len(names):,}"))
        return parts
    if change.kind == "changed":
        parts = []
        for field in change.after:
            before = value(table, field, change.before[field], records)
            after = value(table, field, change.after[field], records)
            parts.append(Label(field_of(table, field), "capb"))
            parts.append(Block("−", say(C_("review copies", "before")), before, "bad"))
            parts.append(Block("+", say(C_("review copies", "after")), after, "ok"))
        return parts + _around(change, table, records, moved)
    return _around(change, table, records, moved) + [
        fact(field_of(table, field), Selectable(value(table, field, content, records)))
        for field, content in change.row.items()
        if content not in (None, "") and _tells(table, field, content, records)
    ]


def _tells(table, field: str, content, records) -> bool:
    """Say whether a value means something to people: a code does if it stands for a name."""
    view = table.columns.get(field)
    if field in QUIET or view is None or view.form != "code":
        return field not in QUIET
    return bool(view.refers_to and records.label(view.refers_to, content))


def _around(change, table, records, moved) -> list:
    """Return why, by whom and when, as far as the copies say it."""
    parts = []
    why = reason(change, table, moved)
    if why:
        parts.append(fact(C_("review copies", "Reason"), Selectable(why)))
    done = " · ".join(filter(None, (department(change, table, records), when(change.on or ""))))
    if done:
        parts.append(fact(C_("review copies", "Done"), Selectable(done)))
    if change.late_days:
        late = Selectable(NN_("{n} day after the matter", "{n} days after the matter"))
        late.say(NN_("{n} day after the matter", "{n} days after the matter"), n=change.late_days)
        parts.append(fact(C_("review copies", "Entered"), late.ink("warn")))
    return parts


def reason(change, table, moved) -> str:
    """Return why a record changed or went, "" where no copy says."""
    if change.reason:
        return change.reason
    if change.kind == "withdrawn":
        return say(N_("Not among the records taken out: it is there but no longer goes out."))
    told = [
        row
        for row in moved
        if (row.get("table_name"), row.get("row_code")) == (table.name, change.key[0])
        and row.get("column_name") in change.after
    ]
    if told:
        step = day_words(told[-1])
        return say(N_("Moved after it had passed: {step}"), step=step)
    written = change.after.get("reason") or change.after.get("state_reason")
    return shown(written) if written else ""


def day_words(row) -> str:
    """Return the step that moved a day, in the language of the moment."""
    return str(row.get("step_ko" if language() == "ko" else "step_en") or "")


def department(change, table, records) -> str:
    """Return the department a record names, "" for none."""
    for field in DEPARTMENTS:
        if change.row.get(field):
            return value(table, field, change.row[field], records)
    return ""


def field_of(table, name: str) -> str:
    """Return what a column is called."""
    column = table.columns.get(name)
    return named(column) if column else name


def value(table, name: str | None, content: object, records) -> str:
    """Write a value as people read it."""
    return records.text(table.name, table.columns.get(name), content)


# --- the list as a file ---------------------------------------------------------------------------


HEAD = (
    C_("review copies", "Group"),
    C_("review copies", "Register"),
    C_("review copies", "Kind"),
    C_("review copies", "Record"),
    C_("review copies", "Field"),
    C_("review copies", "Before"),
    C_("review copies", "After"),
    C_("review copies", "Date"),
    C_("review copies", "Reason"),
)


def head() -> list[str]:
    """Return the titles of the exported columns."""
    return [say(message) for message in HEAD]


def rows(comparison, wanted: str, records, moved=()) -> list[list[str]]:
    """Return every listed change as a row of text, a changed column a row."""
    told = headings.load()
    found = []
    for table in comparison.tables:
        group = named(told.groups[told.of(table.name)])
        for change in table.rows:
            if wanted not in ("", change.kind):
                continue
            first = [group, named(table), say(KINDS[change.kind][0])]
            first.append(name_of(change, table, records))
            last = [change.on or "", reason(change, table, moved)]
            for field in change.after if change.kind == "changed" else (None,):
                if field is None:
                    found.append([*first, "", "", "", *last])
                    continue
                both = (change.before[field], change.after[field])
                texts = [value(table, field, content, records) for content in both]
                found.append([*first, field_of(table, field), *texts, *last])
    return found
