"""The minutes of a meeting: drafted from what the office knows, then edited.

The members' answers and the chairs' signatures are in `reviews`, the steps after the draft in
`confirming` and `publishing`.
"""

from __future__ import annotations

import datetime as dt
import difflib
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from db import drafts
from db.schema.meetings import Meeting
from db.schema.minutes import Minutes
from db.store import usecase
from db.vocab import (
    AHEAD,
    BodyRuleKey,
    Confirmation,
    MeetingState,
)
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.forms import change, required, writable
from gwangju_desktop.meetings import contents, drafting, guards, notes, publishing, steps
from gwangju_desktop.meetings.conditions import Condition
from gwangju_desktop.meetings.minutes_kept import editable, existing, find, rules_of
from gwangju_desktop.text import C_, N_, Msg

S = MeetingState


@dataclass(frozen=True, slots=True)
class MinutesDetail:
    """The minutes of a meeting as they are worked on; `id` is None before they are drafted.

    `draft` is a newer text that was being typed and never recorded. `due` is the last day to
    publish them, None where the body has no such rule.
    """

    meeting_id: int
    meeting: str
    state: str
    id: int | None
    text: str
    version: int | None
    draft: str | None
    draft_at: dt.datetime | None
    confirmation: str
    speakers: str
    drafted_on: dt.date | None
    review_until: dt.date | None
    confirmed_on: dt.date | None
    confirmed_by: str
    confirmed_meeting: str
    corrections: str
    published_on: dt.date | None
    published_where: str
    early: bool
    closed_ground: str
    due: dt.date | None

    @property
    def locked(self) -> bool:
        """Say whether the text is confirmed."""
        return self.state in (S.CONFIRMED, S.PUBLISHED)

    @property
    def mark(self) -> Msg:
        """Return the mark every page carries: draft, published before confirmation, confirmed."""
        if self.locked:
            return C_("minutes", "Confirmed")
        if self.early:
            return C_("minutes", "Published before confirmation")
        return C_("minutes", "Draft")


# --- looking


def detail(read: Session, *, meeting_id: int) -> MinutesDetail:
    """Return the minutes of a meeting."""
    meeting = guards.meeting_of(read, meeting_id)
    row = find(read, meeting_id)
    rule = rules_of(read, meeting)
    kept = drafts.of_meeting(read, meeting_id, notes.MINUTES)
    text = row.text if row is not None else ""
    newer = next((one for one in kept if one.text.strip() != text.strip()), None)
    confirming = (
        read.get(Meeting, row.confirmed_meeting_id)
        if row is not None and row.confirmed_meeting_id is not None
        else None
    )
    return MinutesDetail(
        meeting_id=meeting_id,
        meeting=meeting.title,
        state=meeting.state,
        id=row.id if row is not None else None,
        text=text,
        version=row.version if row is not None else None,
        draft=newer.text if newer is not None else None,
        draft_at=clock.local(newer.saved_at) if newer is not None else None,
        confirmation=row.confirmation if row else rule.value(BodyRuleKey.CONFIRMATION),
        speakers=row.speakers if row else rule.value(BodyRuleKey.SPEAKERS),
        drafted_on=row.drafted_on if row else None,
        review_until=row.review_until if row else None,
        confirmed_on=row.confirmed_on if row else None,
        confirmed_by=row.confirmed_by if row else "",
        confirmed_meeting=confirming.title if confirming is not None else "",
        corrections=row.corrections if row else "",
        published_on=row.published_on if row else None,
        published_where=row.published_where if row else "",
        early=row.early if row else False,
        closed_ground=row.closed_ground if row else "",
        due=publishing.due(read, meeting),
    )


def legal(read: Session, *, meeting_id: int, text: str | None = None) -> list[Condition]:
    """List what the law asks of these minutes, by default of the text as it is recorded."""
    meeting = guards.meeting_of(read, meeting_id)
    row = find(read, meeting_id)
    said = text if text is not None else (row.text if row is not None else "")
    return contents.of_meeting(read, meeting, said)


def ahead(read: Session, *, meeting_id: int) -> list[Condition]:
    """List what the secretariat should know when it drafts: whether confirming comes in time."""
    meeting = guards.meeting_of(read, meeting_id)
    until = publishing.due(read, meeting)
    rule = rules_of(read, meeting)
    if until is None:
        return []
    if rule.value(BodyRuleKey.CONFIRMATION) == Confirmation.NEXT_MEETING:
        following = _following(read, meeting)
        held = clock.local(following.starts_at).date() if following is not None else None
        message = N_("No meeting is planned before publication is due on {due:long}.")
        if held is not None:
            message = N_(
                "The next meeting is on {held:long}, after publication is due on {due:long}."
            )
        return [
            Condition(
                N_("Confirmed in time"),
                held is not None and held <= until,
                message,
                N_("They would be published before they are confirmed, marked so."),
                needed=False,
                values={"due": until, "held": held},
            )
        ]
    days = rule.value(BodyRuleKey.REVIEW_DAYS) or 0
    row = find(read, meeting_id)
    reviewed = clock.today() + dt.timedelta(days=days)
    if row is not None and row.review_until is not None:
        reviewed = row.review_until
    return [
        Condition(
            N_("Confirmed in time"),
            reviewed <= until,
            N_("The review ends on {reviewed:long}, after publication is due on {due:long}."),
            N_("They would be published before they are confirmed, marked so."),
            needed=False,
            values={"due": until, "reviewed": reviewed},
        )
    ]


@dataclass(frozen=True, slots=True)
class Redraft:
    """A new draft beside the text there is: the lines it would take away and bring."""

    text: str
    lost: tuple[str, ...]
    gained: tuple[str, ...]


def compare(read: Session, *, meeting_id: int) -> Redraft:
    """Draft anew without writing it, and say what would differ."""
    meeting = guards.meeting_of(read, meeting_id)
    row = existing(read, meeting)
    fresh = drafting.compose(read, meeting, _speakers(read, meeting)).strip()
    lost, gained = [], []
    for line in difflib.ndiff(row.text.splitlines(), fresh.splitlines()):
        if line[2:].strip():
            if line.startswith("- "):
                lost.append(line[2:])
            elif line.startswith("+ "):
                gained.append(line[2:])
    return Redraft(fresh, tuple(lost), tuple(gained))


# --- writing


@usecase("Draft the minutes", undoable=False)
def draft(
    tx: Session, *, meeting_id: int, on: dt.date | None = None, at: dt.datetime | None = None
) -> int:
    """Draft the minutes of a closed meeting from its agenda, notes, votes and actions.

    A text that is there from before stays as it is.
    """
    meeting = guards.meeting_of(tx, meeting_id)
    steps.enter(tx, meeting, S.DRAFTED, at or clock.now())
    notes.settle(tx, meeting_id)
    rule = rules_of(tx, meeting)
    how = _speakers(tx, meeting)
    today = on or clock.today()
    confirmation = rule.value(BodyRuleKey.CONFIRMATION)
    days = rule.value(BodyRuleKey.REVIEW_DAYS) or 0
    signed = confirmation == Confirmation.SIGNATURE
    values = {
        "speakers": how,
        "confirmation": confirmation,
        "drafted_on": today,
        "review_until": today + dt.timedelta(days=days) if signed else None,
    }
    row = find(tx, meeting_id)
    if row is None:
        text = writable(drafting.compose(tx, meeting, how))
        row = Minutes(meeting_id=meeting_id, text=text, **values)
        tx.add(row)
    else:
        change(row, values)
    tx.flush()
    return row.id


@usecase("Draft the minutes again")
def redraft(tx: Session, *, meeting_id: int, replace: bool = False) -> int:
    """Put a new draft in the place of the text; refused where that takes something away.

    With `replace` it is taken away: the text before can be brought back by undo.
    """
    meeting = guards.meeting_of(tx, meeting_id)
    row = editable(tx, meeting)
    notes.settle(tx, meeting_id)
    fresh = writable(drafting.compose(tx, meeting, _speakers(tx, meeting)))
    here = set(fresh.splitlines())
    lost = [line for line in row.text.splitlines() if line.strip() and line not in here]
    if lost and not replace:
        raise UserError(
            N_("The minutes hold {n} lines that a new draft would take away."),
            hint=N_("Look at them first; then replace the text, or keep it."),
            n=len(lost),
        )
    drafts.drop(tx, meeting_id, notes.MINUTES)
    change(row, {"text": fresh, "speakers": _speakers(tx, meeting)})
    tx.flush()
    return row.id


@usecase("Keep what is being typed", aside=True)
def keep(tx: Session, *, meeting_id: int, text: str) -> None:
    """Keep the minutes as they are being typed, in no journal."""
    row = editable(tx, guards.meeting_of(tx, meeting_id))
    said = notes.kept(text, row.text)
    drafts.keep(tx, meeting_id, notes.MINUTES, said, clock.now())


@usecase("Edit the minutes", aside=True)
def record(tx: Session, *, meeting_id: int, text: str, seen: int | None = None) -> int:
    """Record the minutes as they were edited; return the version they have now.

    `seen` is the version the editing began from; UserError when somebody else wrote since.
    """
    row = editable(tx, guards.meeting_of(tx, meeting_id))
    said = notes.kept(text, row.text)
    if row.version != seen and row.text != said:
        raise UserError(
            N_("The minutes were changed on another PC meanwhile."),
            hint=N_("Choose which of the two texts stays."),
        )
    drafts.drop(tx, meeting_id, notes.MINUTES)
    change(row, {"text": said})
    tx.flush()
    return row.version


@usecase("Drop the draft", aside=True)
def forget(tx: Session, *, meeting_id: int) -> None:
    """Drop what was typed and never recorded."""
    drafts.drop(tx, meeting_id, notes.MINUTES)


@usecase("Take the minutes back", undoable=False)
def take_back(tx: Session, *, meeting_id: int, reason: str, at: dt.datetime | None = None) -> int:
    """Go back to before the minutes, to mend the meeting itself; the text stays for later."""
    meeting = guards.meeting_of(tx, meeting_id)
    row = editable(tx, meeting)
    why = required(reason, steps.NO_REASON)
    if row.published_on is not None:
        raise UserError(N_("These minutes were published: mend them and publish them again."))
    meeting.state = S.CLOSED.value
    steps.keep(tx, meeting, S.DRAFTED, S.CLOSED, at or clock.now(), why)
    return row.id


def _speakers(read: Session, meeting: Meeting) -> str:
    return str(rules_of(read, meeting).value(BodyRuleKey.SPEAKERS))


def _following(read: Session, meeting: Meeting) -> Meeting | None:
    """Return the body's next meeting that is still planned or called."""
    return read.scalars(
        select(Meeting)
        .where(
            Meeting.body_id == meeting.body_id,
            Meeting.starts_at > meeting.starts_at,
            Meeting.state.in_(AHEAD),
        )
        .order_by(Meeting.starts_at)
    ).first()
