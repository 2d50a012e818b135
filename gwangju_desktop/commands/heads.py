"""What columns and codes are called when a person reads them; programs take --json."""

from __future__ import annotations

from gwangju_desktop.energy import words as energy
from gwangju_desktop.meetings import words as meetings
from gwangju_desktop.members import words as members
from gwangju_desktop.text import C_, Msg, say

HEADS: dict[str, Msg] = {
    "about": C_("head", "about"),
    "added": C_("head", "added"),
    "appointments": C_("head", "appointments"),
    "area": C_("head", "area"),
    "begins": C_("head", "begins"),
    "at": C_("head", "at"),
    "body": C_("head", "body"),
    "capacity": C_("head", "capacity"),
    "channel": C_("head", "channel"),
    "changed": C_("head", "changed"),
    "code": C_("head", "code"),
    "copy": C_("head", "copy no."),
    "days_left": C_("head", "days left"),
    "department": C_("head", "department"),
    "detail": C_("head", "detail"),
    "due": C_("head", "due"),
    "due_on": C_("head", "due on"),
    "ends_on": C_("head", "ends on"),
    "file_name": C_("head", "file"),
    "first_period": C_("head", "first period"),
    "formats": C_("head", "formats"),
    "frequency": C_("head", "frequency"),
    "from": C_("head", "from"),
    "from_on": C_("head", "begun on"),
    "id": C_("head", "id"),
    "kind": C_("head", "kind"),
    "label": C_("head", "label"),
    "last_period": C_("head", "last period"),
    "latest": C_("head", "latest wave"),
    "members": C_("head", "members"),
    "minutes": C_("head", "minutes"),
    "name": C_("head", "name"),
    "next_on": C_("head", "next wave"),
    "note": C_("head", "note"),
    "number": C_("head", "no."),
    "on": C_("head", "day"),
    "called": C_("head", "known as"),
    "open_end": C_("head", "open end"),
    "outside": C_("head", "other numbers"),
    "papers": C_("head", "papers"),
    "period": C_("head", "period"),
    "place": C_("head", "place"),
    "proposers": C_("head", "proposers"),
    "publisher": C_("head", "publisher"),
    "readings": C_("head", "readings"),
    "recipient": C_("head", "handed over to"),
    "received_on": C_("head", "received on"),
    "removed": C_("head", "removed"),
    "responses": C_("head", "respondents"),
    "role": C_("head", "role"),
    "rows": C_("head", "rows"),
    "starts_at": C_("head", "starts at"),
    "starts_on": C_("head", "starts on"),
    "state": C_("head", "state"),
    "state_name": C_("head", "state"),
    "status": C_("head", "status"),
    "supports": C_("head", "supports"),
    "suspended_days": C_("head", "days not counted"),
    "table": C_("head", "table"),
    "text": C_("head", "text"),
    "title": C_("head", "title"),
    "unit": C_("head", "unit"),
    "until_on": C_("head", "until"),
    "valid_from": C_("head", "holds from"),
    "valid_to": C_("head", "holds to"),
    "value": C_("head", "value"),
    "wave": C_("head", "wave"),
    "waves": C_("head", "waves"),
    "what": C_("head", "what"),
    "wording": C_("head", "wording"),
    "commitment": C_("head", "commitment"),
    "commitments": C_("head", "commitments"),
    "completed": C_("head", "completed"),
    "completion": C_("head", "completion"),
    "disclosure": C_("head", "disclosure"),
    "end": C_("head", "end"),
    "evidence": C_("head", "evidence"),
    "late": C_("head", "late"),
    "milestones": C_("head", "milestones"),
    "obtained_on": C_("head", "obtained on"),
    "plan": C_("head", "plan"),
    "progress": C_("head", "progress (%)"),
    "start": C_("head", "start"),
    "submitted_on": C_("head", "submitted on"),
    "weight": C_("head", "weight"),
}
CODES: dict[str, Msg] = (
    members.BODY_KINDS
    | members.CAPACITIES
    | members.ROLES
    | meetings.STATES
    | meetings.ITEM_KINDS
    | meetings.ITEM_STATES
    | meetings.LISTINGS
    | meetings.OUTCOMES
    | meetings.ACTION_STATES
    | meetings.VERDICTS
    | meetings.VOTE_METHODS
    | energy.FREQUENCIES
    | {
        "do": C_("entry", "done"),
        "undo": C_("entry", "undone"),
        "redo": C_("entry", "done again"),
        "migrate": C_("entry", "converted"),
        "erase": C_("entry", "erased"),
        "final": C_("figures", "final"),
        "provisional": C_("figures", "provisional"),
        "estimated": C_("figures", "estimated"),
        "partial": C_("figures", "partial"),
        "published": C_("figures", "published"),
        "sum": C_("figures", "sum"),
        "computed": C_("figures", "computed"),
    }
)
# Columns whose values are codes and not somebody's words.
CODED = (
    "kind",
    "frequency",
    "capacity",
    "role",
    "state",
    "status",
    "from",
    "listing",
    "method",
    "outcome",
    "result",
    "verdict",
)


def head(column: str) -> str:
    """Return a column's head in the current language; a unit stands for itself."""
    known = HEADS.get(column)
    return say(known) if known else column


def value(column: str, held: object) -> object:
    """Return a code in words, anything else as it is."""
    if column in CODED and isinstance(held, str) and held in CODES:
        return say(CODES[held])
    return held
