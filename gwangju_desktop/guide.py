"""The guided first meeting: what has been done of it, asked of the records and of nothing else."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from db.schema.meetings import AgendaItem, Attendance, Meeting
from db.vocab import ItemKind, MeetingState, Presence
from gwangju_desktop.text import N_, Msg

S = MeetingState
_WAY = (
    S.PLANNED,
    S.NOTICED,
    S.DISTRIBUTED,
    S.OPENED,
    S.CLOSED,
    S.DRAFTED,
    S.CONFIRMED,
    S.PUBLISHED,
)


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the guide: its key, what it is, and what to press for it."""

    key: str
    title: Msg
    how: Msg


STEPS = (
    Step(
        "meeting", N_("Plan a meeting"), N_("Ctrl+2, then Ctrl+N: a date and a place are enough.")
    ),
    Step(
        "agenda", N_("Put an item on its agenda"), N_("Ctrl+I in the meeting: a title is enough.")
    ),
    Step("notice", N_("Send the notice of meeting"), N_("F9: the numbers are drawn now.")),
    Step(
        "present",
        N_("Mark who is there"),
        N_("Ctrl+T: 1 is present. The quorum is counted at the right."),
    ),
    Step("opened", N_("Open the meeting"), N_("F9 takes the next step of the meeting.")),
    Step(
        "decided",
        N_("Decide the item"),
        N_("F8 to the item, F7 takes it up, then the decision at the right."),
    ),
    Step("closed", N_("Close the meeting"), N_("F9; a meeting that is closed is sealed.")),
    Step("drafted", N_("Draft the minutes"), N_("F9: the draft is made from what was recorded.")),
    Step("confirmed", N_("Confirm the minutes"), N_("F9; their text is locked then.")),
    Step("published", N_("Publish the minutes"), N_("F9: say where they stand.")),
)


@dataclass(frozen=True, slots=True)
class Progress:
    """Which steps the records show as taken, and the meeting they are read from."""

    meeting_id: int | None
    done: frozenset[str]

    @property
    def next(self) -> str:
        """Return the key of the first step that is not done; "" when all are."""
        return next((step.key for step in STEPS if step.key not in self.done), "")


def newest(read: Session) -> int:
    """Return the number of the newest meeting, 0 for none: the guide looks at later ones."""
    return read.scalar(select(func.max(Meeting.id))) or 0


def progress(read: Session, *, after: int) -> Progress:
    """Say what has been done of the first meeting that was planned after meeting `after`."""
    meeting = read.scalars(
        select(Meeting).where(Meeting.id > after).order_by(Meeting.id).limit(1)
    ).first()
    if meeting is None:
        return Progress(None, frozenset())
    items = select(AgendaItem.id).where(
        AgendaItem.meeting_id == meeting.id, AgendaItem.kind != ItemKind.HEADING.value
    )
    marked = select(Attendance.id).where(
        Attendance.meeting_id == meeting.id, Attendance.presence == Presence.PRESENT.value
    )
    facts = {
        "agenda": exists(items),
        "present": exists(marked),
        "decided": exists(items.where(AgendaItem.outcome.is_not(None))),
    }
    held = read.execute(select(*(fact.label(key) for key, fact in facts.items()))).one()._mapping
    done = {"meeting", *(key for key in facts if held[key])}
    # A state behind the meeting was gone through; one it never comes to leaves the rest open.
    state = S(meeting.state)
    at = _WAY.index(state) if state in _WAY else 0
    passed = {one.value for one in _WAY[1 : at + 1]}
    keys = {"noticed": "notice"}
    done |= {keys.get(one, one) for one in passed} & {step.key for step in STEPS}
    return Progress(meeting.id, frozenset(done))
