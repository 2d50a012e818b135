"""What can be done to actions (조치사항): who does what by when, how far it is, what shows it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import takewhile
from pathlib import PurePath
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema.actions import Action, ActionEvidence
from db.schema.meetings import AgendaItem, Meeting
from db.schema.members import Body
from db.schema.papers import StoredFile
from db.store import usecase
from db.vocab import ActionState, ItemKind, MeetingKind, MeetingState, Standing
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.forms import change, found, required, tidy, writable
from gwangju_desktop.meetings import agenda, rules, standing
from gwangju_desktop.meetings.actionlist import NO_ACTION, OPEN
from gwangju_desktop.meetings.guards import NO_ITEM, meeting_of
from gwangju_desktop.text import N_, say
from gwangju_desktop.threads import links

ACTION_FIELDS = ("text", "department", "due_on", "item_id", "result")
NO_EVIDENCE = N_("There is no evidence {id}.")
NO_TEXT = N_("An action needs what is to be done.")
NO_DEPARTMENT = N_("An action needs the department that is responsible.")
NO_DUE = N_("An action needs the day it is due.")
PLANNED_MINUTES = 10


@usecase("Add action")
def add_action(
    tx: Session,
    *,
    text: str,
    department: str,
    due_on: dt.date | None,
    meeting_id: int | None = None,
    item_id: int | None = None,
    body_id: int | None = None,
) -> int:
    """Give somebody something to do: of an item, of a meeting, or of a body without a meeting.

    Owner department and due day are mandatory (domain 2.4). The next meeting that is planned
    gets the standing item that reports on it. Raises UserError for a day before the meeting.
    """
    if item_id is not None:
        meeting_id = found(tx, AgendaItem, item_id, NO_ITEM).meeting_id
    if meeting_id is not None:
        body_id = meeting_of(tx, meeting_id).body_id
    if body_id is None:
        raise ValueError("an action of no body")
    found(tx, Body, body_id, N_("There is no body {id}."))
    fields = _checked({"text": text, "department": department, "due_on": due_on})
    action = Action(
        body_id=body_id,
        meeting_id=meeting_id,
        item_id=item_id,
        position=_last(tx, meeting_id) + rules.GAP,
        **fields,
    )
    _refuse_early(tx, action)
    tx.add(action)
    tx.flush()
    bring_in(tx, body_id)
    return action.id


@usecase("Edit action")
def edit_action(tx: Session, *, id: int, **values: Any) -> int:
    """Change what is to be done, by whom, by when, for which item, or the result so far."""
    action = found(tx, Action, id, NO_ACTION)
    fields = _checked(tidy(values, ACTION_FIELDS))
    if fields.get("item_id") is not None:
        item = found(tx, AgendaItem, fields["item_id"], NO_ITEM)
        if item.meeting_id != action.meeting_id:
            raise UserError(N_("That item is on the agenda of another meeting."))
    change(action, fields)
    if "due_on" in fields:
        _refuse_early(tx, action)
    return id


@usecase("Delete action")
def delete_action(tx: Session, *, id: int) -> None:
    """Delete an action with the evidence listed on it; the files stay in the store."""
    action = found(tx, Action, id, NO_ACTION)
    links.forget(tx, "action", id)
    tx.delete(action)


@usecase("Set how far the action is")
def set_state(
    tx: Session,
    *,
    ids: Sequence[int],
    state: str,
    reason: str = "",
    result: str | None = None,
    day: dt.date | None = None,
) -> None:
    """Say how far actions are, with the result the next meeting reads (조치결과).

    What cannot be done (불가) needs its reason. `day` is when it was done or given up, by default
    today. Raises UserError for a day ahead.
    """
    wanted = ActionState(state)
    why = tidy({"reason": reason}, ("reason",))["reason"]
    if wanted == ActionState.IMPOSSIBLE:
        required(why, N_("Say why it cannot be done."))
    ended = None if wanted in OPEN else day or clock.today()
    if ended is not None and ended > clock.today():
        raise UserError(
            N_("{day:full} lies ahead: enter the day on which it was done."),
            day=ended,
        )
    fields: dict[str, Any] = {
        "state": wanted.value,
        "state_reason": why if wanted == ActionState.IMPOSSIBLE else "",
    }
    if result is not None:
        fields |= tidy({"result": result}, ("result",))
    for id in ids:
        action = found(tx, Action, id, NO_ACTION)
        # What was done already keeps its day when it is only looked at again.
        kept = action.state == wanted and day is None and action.done_on is not None
        change(action, {**fields, "done_on": action.done_on if kept else ended})


@usecase("Record the result of the action")
def set_result(tx: Session, *, id: int, result: str) -> int:
    """Write what was done so far; an action only assigned is under way from then on."""
    action = found(tx, Action, id, NO_ACTION)
    fields = tidy({"result": result}, ("result",))
    if fields["result"] and action.state == ActionState.ASSIGNED:
        fields["state"] = ActionState.UNDER_WAY.value
    change(action, fields)
    return id


@usecase("Attach evidence")
def attach_evidence(
    tx: Session,
    *,
    action_id: int,
    sha256: str,
    name: str,
    bytes: int,
    clean: str | None = None,
    pages: int = 0,
    trouble: str | None = None,
    facts: Any = None,
    title: str = "",
) -> int:
    """File what shows that an action was done; the file is in the store already.

    The other values are what its intake found (gwangju_desktop.packs.papers.take_in). Evidence
    is not bound into a pack, so a file that is no PDF serves as well.
    """
    action = found(tx, Action, action_id, NO_ACTION)
    name = writable(name)
    called = tidy({"title": title or PurePath(name).stem}, ("title",))["title"]
    file = tx.scalars(select(StoredFile).where(StoredFile.sha256 == sha256)).first()
    if file is None:
        file = StoredFile(
            sha256=sha256,
            name=name,
            bytes=bytes,
            clean=clean,
            pages=pages,
            trouble=trouble,
            facts=facts,
        )
        tx.add(file)
        tx.flush()
    if any(held.file_id == file.id for held in action.evidence):
        raise UserError(N_("“{name}” is filed with this action already."), name=name)
    positions = [held.position for held in action.evidence]
    evidence = ActionEvidence(
        action_id=action_id,
        file_id=file.id,
        position=max(positions, default=0) + rules.GAP,
        title=required(called, N_("Evidence needs a title.")),
    )
    tx.add(evidence)
    tx.flush()
    return evidence.id


@usecase("Rename evidence")
def edit_evidence(tx: Session, *, id: int, title: str) -> int:
    """Give a piece of evidence another title."""
    evidence = found(tx, ActionEvidence, id, NO_EVIDENCE)
    fields = tidy({"title": title}, ("title",))
    required(fields["title"], N_("Evidence needs a title."))
    change(evidence, fields)
    return id


@usecase("Remove evidence")
def remove_evidence(tx: Session, *, id: int) -> None:
    """Take a file off an action; it stays in the store."""
    tx.delete(found(tx, ActionEvidence, id, NO_EVIDENCE))


def bring_in(tx: Session, body_id: int) -> None:
    """Let the next planned sitting of a body report on its open actions (전회 조치결과 보고).

    Nothing is added where the agenda has gone out or has the standing item already.
    """
    following = tx.scalars(
        select(Meeting)
        .where(
            Meeting.body_id == body_id,
            Meeting.state == MeetingState.PLANNED.value,
            Meeting.kind != MeetingKind.WRITTEN.value,
        )
        .order_by(Meeting.starts_at, Meeting.id)
    ).first()
    if following is not None:
        put_on(tx, following)


def put_on(tx: Session, meeting: Meeting) -> None:
    """Put the standing item on a planned agenda, after the opening, where actions are open."""
    if meeting.state != MeetingState.PLANNED or meeting.kind == MeetingKind.WRITTEN:
        return
    if not _reportable(tx, meeting):
        return
    items = agenda.of_meeting(tx, meeting.id)
    if any(item.standing == Standing.PREVIOUS_ACTIONS for item in items):
        return
    opening = list(takewhile(lambda item: item.kind == ItemKind.PROCEDURE, items))
    # A lone procedure at the end is the closing, not the opening.
    if opening and len(opening) < len(items):
        position = agenda.place_after(tx, meeting.id, opening[-1].id)
    elif items and not opening:
        first = rules.place_between([item.position for item in items], 0)
        position = agenda.place_after(tx, meeting.id, None) if first is None else first
    else:
        position = agenda.place_after(tx, meeting.id, None)
    which = Standing.PREVIOUS_ACTIONS
    tx.add(
        AgendaItem(
            meeting_id=meeting.id,
            position=position,
            kind=standing.KINDS[which].value,
            standing=which.value,
            title=say(standing.TITLES[which]),
            minutes=PLANNED_MINUTES,
        )
    )
    tx.flush()


def _reportable(tx: Session, meeting: Meeting) -> bool:
    """Say whether a body has an open action that does not come from this meeting itself."""
    rows = tx.execute(
        select(Action.meeting_id).where(
            Action.body_id == meeting.body_id, Action.state.in_([state.value for state in OPEN])
        )
    )
    return any(row.meeting_id != meeting.id for row in rows)


def _checked(fields: dict[str, Any]) -> dict[str, Any]:
    """Return the fields as they are kept; raise UserError where a mandatory one is empty."""
    fields = tidy(fields, ACTION_FIELDS)
    for name, message in (("text", NO_TEXT), ("department", NO_DEPARTMENT)):
        if name in fields:
            required(fields[name], message)
    if "due_on" in fields and fields["due_on"] is None:
        raise UserError(NO_DUE)
    return fields


def _refuse_early(tx: Session, action: Action) -> None:
    """Raise UserError for a due day before the meeting that set it: a slip of the finger."""
    if action.meeting_id is None:
        return
    meeting = tx.get_one(Meeting, action.meeting_id)
    day = clock.local(meeting.starts_at).date()
    if action.due_on < day:
        raise UserError(
            N_("The day {due:full} lies before the meeting on {day:full}."),
            hint=N_("Enter the day by which it is to be done."),
            due=action.due_on,
            day=day,
        )


def _last(tx: Session, meeting_id: int | None) -> int:
    query = select(Action.position).where(Action.meeting_id == meeting_id)
    return tx.scalars(query.order_by(Action.position.desc()).limit(1)).first() or 0
