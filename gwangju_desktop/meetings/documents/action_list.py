"""The list of actions (조치사항) of a meeting or of bodies, with what was done (조치결과)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy.orm import Session

from db.vocab import ActionState
from gwangju_desktop.documents.blocks import Block, Column, Rule, Space, para, table
from gwangju_desktop.documents.composed import Composed
from gwangju_desktop.documents.styles import MM
from gwangju_desktop.meetings import actionlist, queries
from gwangju_desktop.meetings.actionlist import ActionRow
from gwangju_desktop.meetings.documents.issuer import issued
from gwangju_desktop.meetings.rules import spoken_title
from gwangju_desktop.meetings.words import ACTION_STATES
from gwangju_desktop.text import C_, N_, Words, words

TITLE = C_("document", "List of actions")
LATE = C_("action", "Overdue")
UNFINISHED = N_("Not finished")


def of_meeting(read: Session, *, meeting_id: int, today: dt.date, language: str = "ko") -> Composed:
    """Return the list of a meeting: what it gave, and what it read about earlier ones."""
    say = words(language)
    meeting = queries.meeting(read, id=meeting_id)
    parts = (
        (N_("Actions of this meeting"), actionlist.of_meeting),
        (N_("Actions of earlier meetings"), actionlist.carried),
    )
    blocks: list[Block] = []
    for caption, query in parts:
        rows = query(read, meeting_id=meeting_id, today=today)
        blocks.append(para(say(caption), "h2", keep=True))
        blocks += _list(rows, say, of_several=False)
    about = issued(read, body_id=meeting.body_id, on=today)
    title, called = say(TITLE), spoken_title(meeting.title, say)
    head = _head(f"{about.name(say)} {called}", title)
    whole = f"{called} {title}"
    name = f"{today:%Y-%m-%d} {whole}"
    return Composed(whole, name, about, language, ((*head, *blocks),), head=title)


def of_bodies(
    read: Session,
    *,
    today: dt.date,
    language: str = "ko",
    body_id: int | None = None,
    state: str | None = None,
    department: str = "",
    overdue: bool = False,
    unfinished: bool = False,
) -> Composed:
    """Return the list as narrowed on screen; the arguments are those of actionlist.listed."""
    say = words(language)
    rows = actionlist.listed(
        read,
        today=today,
        body_id=body_id,
        state=state,
        department=department,
        overdue=overdue,
        unfinished=unfinished,
    )
    about = issued(read, body_id=body_id, on=today)
    title = say(TITLE)
    shown = [about.name(say)]
    if state is not None:
        shown.append(say(ACTION_STATES[ActionState(state)]))
    if department:
        shown.append(department)
    if unfinished and not overdue:
        shown.append(say(UNFINISHED))
    if overdue:
        shown.append(say(LATE))
    blocks = (*_head(" · ".join(shown), title), *_list(rows, say, of_several=True))
    return Composed(title, f"{today:%Y-%m-%d} {title}", about, language, (blocks,))


def _head(above: str, title: str) -> list[Block]:
    return [para(above, "lead"), para(title, "h1"), Rule(), Space(2 * MM)]


def _list(rows: Sequence[ActionRow], say: Words, *, of_several: bool) -> list[Block]:
    if not rows:
        return [para(say(N_("None.")), "body")]
    late = sum(row.late for row in rows)
    done = sum(row.done for row in rows)
    count = say(N_("{n} actions · done {done} · overdue {late}"), n=len(rows), done=done, late=late)
    columns = [
        Column(say(C_("actions", "No.")), 0.06, "right", "number"),
        Column(say(C_("actions", "Action")), 0.33),
        Column(say(C_("actions", "Department")), 0.19),
        Column(say(C_("actions", "Due")), 0.18),
        Column(say(C_("actions", "Result")), 0.24),
    ]
    cells = [_row(n, row, say, of_several) for n, row in enumerate(rows, 1)]
    return [para(count, "note"), table(columns, cells, min_row=10 * MM, caption=say(TITLE))]


def _row(number: int, row: ActionRow, say: Words, of_several: bool) -> list[str]:
    what = [row.text]
    if row.meeting and of_several:
        what.append(f"[{spoken_title(row.meeting, say)}]")
    elif row.item_open:
        what.append(f"[{row.item_label} {row.item_open}]".replace("[ ", "["))
    due = [say.day(row.due_on, "full")]
    if row.late:
        due.append(say(N_("{n} d overdue"), n=-row.days))
    state = say(ACTION_STATES[ActionState(row.state)])
    if row.done_on is not None:
        state = f"{state} {say.day(row.done_on, 'full')}"
    result = [part for part in (state, row.state_reason, row.result) if part]
    return [str(number), "\n".join(what), row.department, "\n".join(due), "\n".join(result)]
