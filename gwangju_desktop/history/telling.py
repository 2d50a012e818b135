"""The journal in sentences: who did what to which record, and what it says now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from db import erase, journal
from gwangju_desktop.history import labels, values
from gwangju_desktop.history.images import ADDED, CHANGED, DELETED, ERASED, Row
from gwangju_desktop.history.naming import Names, object_of, shortened
from gwangju_desktop.text import C_, N_, NN_, Msg, say

# What goes with another change and says nothing by itself stands behind what does.
_ASIDE = frozenset(
    {"drawn_number", "stored_file", "meeting_step", "proposal_step", "column_mapping"}
)
SHORT = 40  # characters of a value in a sentence
NAMED_FIELDS = 3
KINDS: dict[str, Msg] = {
    "do": C_("history", "Done"),
    "undo": C_("history", "Taken back"),
    "redo": C_("history", "Done again"),
    erase.ERASE: C_("history", "Personal data erased"),
    journal.MIGRATED: C_("history", "Converted"),
    journal.SALVAGED: C_("history", "Put together anew"),
}
ACTS: dict[str, Msg] = {
    ADDED: C_("history", "Added"),
    CHANGED: C_("history", "Changed"),
    DELETED: C_("history", "Deleted"),
    ERASED: C_("history", "Erased"),
}
NOBODY = "office"  # who an entry names where nobody signed in


@dataclass(frozen=True, slots=True)
class Told:
    """What an entry is told from: who and which kind, its use case, its first rows and how many."""

    who: str
    kind: str
    label: str
    rows: Sequence[Row]
    count: int


def lead(rows: Sequence[Row]) -> Row | None:
    """Return the row an entry is about: the first that says something by itself."""
    return next((row for row in rows if row.table not in _ASIDE), rows[0] if rows else None)


def doer(who: str) -> str:
    """Return who did something as a sentence begins with it."""
    if who == NOBODY:
        return say(C_("doer", "The office"))
    return say(C_("doer", "{name}"), name=shortened(who))


def sentence(told: Told, names: Names) -> str:
    """Return an entry in one sentence; it never fails, whatever the journal holds."""
    who = doer(told.who)
    what = say(Msg(told.label))
    first = lead(told.rows)
    if told.kind == erase.ERASE:
        return say(N_("{who} erased personal data: {what}"), who=who, what=what)
    if told.kind == journal.MIGRATED:
        return say(N_("The office was converted to a newer version of the program."))
    if told.kind == journal.SALVAGED:
        return say(N_("The office was put together anew from a damaged file."))
    if told.kind in ("undo", "redo"):
        back = (
            N_("{who} took back “{what}”")
            if told.kind == "undo"
            else N_("{who} did “{what}” again")
        )
        if first is None:
            return say(back, who=who, what=what)
        return say(back, who=who, what=what) + f": {names.record(first)}"
    if first is None:
        return say(N_("{who}: {what}"), who=who, what=what)
    told_of = _of_row(who, what, first, names)
    more = told.count - 1
    if more > 0:
        told_of += " " + say(NN_("(and {n} more row)", "(and {n:,} more rows)"), n=more)
    return told_of


def _of_row(who: str, what: str, row: Row, names: Names) -> str:
    record = names.record(row)
    if row.act == ERASED:
        return say(
            N_("{who}: {what} ({record}; what it held is erased)"),
            who=who,
            what=what,
            record=record,
        )
    if row.act == ADDED:
        return say(N_("{who} added {record}"), who=who, record=object_of(record))
    if row.act == DELETED:
        return say(N_("{who} deleted {record}"), who=who, record=object_of(record))
    fields = row.fields
    said = [labels.load().column(row.table, name) for name in fields[:NAMED_FIELDS]]
    if len(fields) == 1 and not row.image.get("restricted"):
        before = values.said(names, row.table, fields[0], row.before)
        after = values.said(names, row.table, fields[0], row.after)
        return say(
            N_("{who} changed {field} of {record}: {before} → {after}"),
            who=who,
            field=object_of(said[0]),
            record=record,
            before=shortened(before, SHORT),
            after=shortened(after, SHORT),
        )
    if not fields:
        return say(N_("{who} saved {record} as it was"), who=who, record=object_of(record))
    if len(fields) > NAMED_FIELDS:
        return say(
            N_("{who} changed {fields} and {n} more of {record}"),
            who=who,
            fields=", ".join(said),
            n=len(fields) - NAMED_FIELDS,
            record=record,
        )
    return say(
        N_("{who} changed {fields} of {record}"),
        who=who,
        fields=object_of(", ".join(said)),
        record=record,
    )


def kind_said(kind: str) -> Msg:
    """Return what a kind of entry is called."""
    return KINDS.get(kind, Msg(kind))
