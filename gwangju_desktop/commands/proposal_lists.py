"""`list proposals` and `show proposal`: the lists of the screens, printed.

Phone numbers and addresses are not printed, nor what departments wrote to the office, nor its notes.
"""

from __future__ import annotations

import argparse
import datetime as dt
from typing import Any

from sqlalchemy.orm import Session

from db.vocab import ProposalState
from gwangju_desktop import clock
from gwangju_desktop.commands import heads, output
from gwangju_desktop.commands.output import UsageError
from gwangju_desktop.proposals import clocks, listing, queries, words
from gwangju_desktop.proposals.rows import Event, ProposalDetail, ProposalRow
from gwangju_desktop.text import C_, N_, Msg, say

COLUMNS = ("number", "title", "state_name", "department", "received_on", "due_on", "days_left")
CLOCKS: dict[str, Msg] = {
    "decision": C_("proposal clock", "Decision"),
    "opinion": C_("proposal clock", "Opinion"),
    "supplement": C_("proposal clock", "Supplement"),
    "review": C_("proposal clock", "Review again"),
}
_BLOCK = 500
_IN_THE_OFFICE = ("notes",)
_CONTACT = ("phone", "email")
# A reply that tells of a deferral leaves the day of the next look as it is.
_PUT_OFF = (ProposalState.DEFERRED, ProposalState.REPLIED)


def list_proposals(asked: argparse.Namespace) -> int:
    """Print the proposals, the longest over due first."""
    for option in ("meeting", "body", "on"):
        if getattr(asked, option) is not None:
            raise UsageError(
                say(N_("“list {what}” takes no --{option}."), what=asked.what, option=option)
            )
    state = (asked.state or "").lower()
    if state and state not in list(ProposalState):
        raise UsageError(
            say(
                N_("“{state}” is no state of proposals; there are: {states}."),
                state=asked.state,
                states=", ".join(ProposalState),
            )
        )
    with output.office(asked) as store, store.reading() as read:
        # The office's day is known once it is open.
        today = clock.today()
        ids = listing.proposal_ids(read, state=state, overdue=asked.overdue, today=today)
        ids = ids[: asked.limit]
        rows = [
            _row(row, today)
            for at in range(0, len(ids), _BLOCK)
            for row in listing.proposal_rows(read, ids=ids[at : at + _BLOCK])
        ]
    if asked.json:
        output.document(rows)
    else:
        output.table(COLUMNS, [[row[column] for column in COLUMNS] for row in rows])
    return 0


def _row(row: ProposalRow, today: dt.date) -> dict[str, Any]:
    told: dict[str, Any] = {name: getattr(row, name) for name in row.__dataclass_fields__}
    told["outside"] = [{"system": system, "number": number} for system, number in row.outside]
    return told | {
        "state_name": row.state_name,
        "days_left": row.days(today),
        "overdue": row.late(today),
    }


def show_proposal(asked: argparse.Namespace) -> int:
    """Print one proposal whole: by its number, its number in another system, or its id."""
    if asked.on is not None:
        raise UsageError(
            say(N_("“show {what}” takes no --{option}."), what=asked.what, option="on")
        )
    with output.office(asked) as store, store.reading() as read:
        told = _whole(read, queries.find(read, number=asked.id), clock.today())
    if asked.json:
        output.document(told)
    else:
        _print(told)
    return 0


def _print(told: dict[str, Any]) -> None:
    """Write a proposal for a person: what it is, then its clocks and its history."""
    output.line(" ".join(filter(None, (told["number"], told["title"]))))
    said = {
        "state_name": told["state_name"],
        "channel": say(words.CHANNELS[told["channel"]]),
        "department": told["department"],
        "received_on": say("{day:long}", day=told["received_on"]),
        "proposers": ", ".join(one["name"] for one in told["proposers"] if one["name"]),
        "outside": ", ".join(f"{one.system} {one.number}" for one in told["outside"]),
        "supports": f"{told['supports']:,}",
        "text": told["text"],
    }
    for name, value in said.items():
        if value:
            output.line(f"{heads.head(name)}: {value}")
    for columns, rows in (
        (("name", "department", "begins", "due", "suspended_days", "days_left"), told["clocks"]),
        (("on", "text", "detail"), told["history"]),
    ):
        if rows:
            output.line()
            shown = [
                {**row, "name": say(CLOCKS[row["name"]])} if "due" in row else row for row in rows
            ]
            output.table(columns, [[row.get(column, "") for column in columns] for row in shown])


def _whole(read: Session, id: int, today: dt.date) -> dict[str, Any]:
    found = queries.detail(read, id=id)
    told: dict[str, Any] = {
        name: getattr(found, name)
        for name in found.__dataclass_fields__
        if name not in (*_IN_THE_OFFICE, "clock")
    }
    told["proposers"] = [_without(one, _CONTACT) for one in found.proposers]
    told["opinions"] = [_without(one, ("text", "question")) for one in found.opinions]
    return told | {
        "state_name": found.state_name,
        "days_left": found.days(today),
        "overdue": found.due_on is not None and found.due_on < today,
        "clocks": [*_decision(found, clocks.counted(read, id), today), *_awaited(found, today)],
        "history": [_told(event) for event in reversed(queries.timeline(read, id=id))],
    }


def _without(row: Any, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in row.__dataclass_fields__ if name not in names}


def _decision(
    found: ProposalDetail, counted: clocks.Clock | None, today: dt.date
) -> list[dict[str, Any]]:
    """Return the clock of the decision; `running` says that it still counts."""
    if counted is None:
        return []
    return [
        {
            "name": "decision",
            "begins": counted.begins_on,
            "base": counted.base_on,
            "due": counted.due_on,
            "suspended_days": counted.excluded_days,
            "running": found.due_on is not None,
            "stopped": counted.stopped(today),
            "day": counted.day(today),
            "days_left": counted.left(today),
            "pauses": [
                {"kind": pause.kind, "from": pause.from_on, "until": pause.until_on}
                for pause in counted.pauses
            ],
        }
    ]


def _awaited(found: ProposalDetail, today: dt.date) -> list[dict[str, Any]]:
    """Return the clocks of what is waited for; nothing suspends them."""
    waits: list[tuple[str, str, dt.date, dt.date]] = [
        ("opinion", one.department, one.asked_on, one.due_on) for one in found.opinions if one.open
    ]
    waits += [
        ("supplement", "", one.asked_on, one.until_on)
        for one in found.supplements
        if one.came_on is None and found.state == ProposalState.SUPPLEMENT
    ]
    deferred = ProposalState.DEFERRED in (found.state, found.adoption)
    if deferred and found.review_on is not None and found.state in _PUT_OFF:
        waits.append(("review", "", found.since_on, found.review_on))
    return [
        {
            "name": name,
            "department": department,
            "begins": begins,
            "due": due,
            "suspended_days": 0,
            "running": True,
            "days_left": (due - today).days,
        }
        for name, department, begins, due in waits
    ]


def _told(event: Event) -> dict[str, Any]:
    """Return one line of the history; what a department wrote stays in the office."""
    inside = event.table == "proposal_opinion"
    return {
        "on": event.on_day,
        "at": event.at,
        "kind": event.table,
        "state": event.state or None,
        "text": say(event.title, **event.values),
        "detail": "" if inside else event.detail,
    }
