"""What each step of a meeting needs, named before it is taken."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.schema.decisions import Ballot, Vote
from db.schema.meetings import AgendaItem, Meeting
from db.schema.papers import Paper
from db.schema.sittings import Movement
from db.vocab import MeetingKind, MeetingState, VoteState
from gwangju_desktop import clock
from gwangju_desktop.meetings import agenda, presence, quorums, rules
from gwangju_desktop.meetings.guards import meeting_of
from gwangju_desktop.text import N_, NN_, Msg

S = MeetingState


@dataclass(frozen=True, slots=True)
class Condition:
    """One thing a step asks for: its name, and the sentence said where it is missing.

    One that is not `needed` is only worth knowing. `urgent` says that a reason (긴급 사유) will do
    in its place.
    """

    name: Msg
    met: bool
    message: Msg
    hint: Msg | None = None
    needed: bool = True
    urgent: bool = False
    values: dict[str, Any] = field(default_factory=dict)


def notice(read: Session, meeting: Meeting, on: dt.date) -> list[Condition]:
    """List what calling a meeting on a day needs (각종위원회 조례 제9조제1항)."""
    held = clock.local(meeting.starts_at).date()
    rule = quorums.rule_on(read, meeting.body_id, held)
    due = rules.notice_due(rule, held)
    items = [i for i in agenda.of_meeting(read, meeting.id) if rules.numbered(i.kind)]
    return [
        Condition(
            N_("Before the meeting"),
            on <= held,
            N_("The notice cannot go out on {on:full}, after the meeting of {held:full}."),
            values={"on": on, "held": held},
        ),
        Condition(
            N_("Notice in time"),
            on <= due or bool(meeting.urgency),
            N_("The notice was due on {due:long}: an urgent reason is needed."),
            N_("Enter the urgent reason."),
            urgent=True,
            values={"due": due},
        ),
        Condition(
            N_("An agenda"),
            bool(items),
            N_("There is no item on the agenda yet."),
            needed=False,
        ),
        Condition(
            N_("A place"),
            bool(meeting.place) or meeting.kind == MeetingKind.WRITTEN,
            N_("The place of the meeting is not entered yet."),
            needed=False,
        ),
    ]


def distribute(read: Session, meeting: Meeting, on: dt.date) -> list[Condition]:
    """List what sending the papers on a day needs (각종위원회 조례 제9조제1항)."""
    held = clock.local(meeting.starts_at).date()
    rule = quorums.rule_on(read, meeting.body_id, held)
    due = rules.materials_due(rule, held)
    lacking = [
        item.label or item.title
        for item in agenda.of_meeting(read, meeting.id)
        if agenda.is_undecided(item) and not item.papers
    ]
    return [
        Condition(
            N_("Notice sent"),
            meeting.state != S.PLANNED,
            N_("The notice of {meeting} has not gone out yet."),
            N_("Send the notice first."),
            values={"meeting": meeting.title},
        ),
        Condition(
            N_("Before the meeting"),
            on <= held,
            N_("The papers cannot go out on {on:full}, after the meeting of {held:full}."),
            values={"on": on, "held": held},
        ),
        Condition(
            N_("Papers in time"),
            on <= due or bool(meeting.urgency),
            N_("The papers were due on {due:long}: an urgent reason is needed."),
            N_("Enter the urgent reason."),
            urgent=True,
            values={"due": due},
        ),
        Condition(
            N_("Papers of every item"),
            not lacking,
            N_("No papers yet: item {items}."),
            needed=False,
            values={"items": ", ".join(lacking)},
        ),
    ]


@dataclass(frozen=True, slots=True)
class Counted:
    """How many came against how many the opening needs."""

    enrolled: int
    present: int
    required: int


def count(read: Session, meeting: Meeting) -> Counted:
    """Count who is marked present, by the opening rule of the body."""
    found = presence.standing(read, meeting_id=meeting.id)
    return Counted(found.enrolled, found.attending, found.quorum_required)


def opening(read: Session, meeting: Meeting, at: dt.datetime) -> list[Condition]:
    """List what opening a sitting at a moment needs (개의)."""
    held = clock.local(meeting.starts_at).date()
    rule = quorums.rule_on(read, meeting.body_id, held)
    counted = count(read, meeting)
    urgent = bool(meeting.urgency)
    return [
        Condition(
            N_("A sitting"),
            meeting.kind != MeetingKind.WRITTEN,
            N_("A written resolution has no sitting to open."),
            N_("Record the replies instead."),
        ),
        Condition(
            N_("Notice sent"),
            meeting.state != S.PLANNED or urgent,
            N_("The notice of {meeting} has not gone out yet."),
            N_("Send the notice first, or enter the urgent reason."),
            urgent=True,
            values={"meeting": meeting.title},
        ),
        Condition(
            N_("Papers sent"),
            meeting.state == S.DISTRIBUTED
            or urgent
            or not rule.material_days
            or not _has_papers(read, meeting.id),
            N_("The papers of {meeting} have not gone out yet."),
            N_("Record that they went out, or enter the urgent reason."),
            urgent=True,
            values={"meeting": meeting.title},
        ),
        Condition(
            N_("Quorum"),
            counted.present >= counted.required,
            N_("{present} of {required} needed for the quorum are marked present."),
            N_("Mark who is there; if too few came, record that there was no quorum."),
            values={"present": counted.present, "required": counted.required},
        ),
        Condition(
            N_("In the chair"),
            bool(meeting.presiding),
            N_("Nobody is named to preside."),
            needed=False,
        ),
        Condition(
            N_("The day planned"),
            clock.local(at).date() == held,
            N_("The meeting is planned for {held:long}, not for {on:long}."),
            needed=False,
            values={"held": held, "on": clock.local(at).date()},
        ),
    ]


def closing(read: Session, meeting: Meeting, at: dt.datetime, *, carry: bool) -> list[Condition]:
    """List what closing a meeting at a moment needs (폐회, 산회; the count of a written one)."""
    left = agenda.undecided(read, meeting.id)
    last = _last_moment(read, meeting.id)
    conditions = [
        Condition(
            N_("Votes closed"),
            not _open_votes(read, meeting.id),
            N_("A vote is still open: “{title}”."),
            N_("Close the vote first."),
            values={"title": ", ".join(_open_votes(read, meeting.id))},
        ),
        Condition(
            N_("Every item decided"),
            carry or not left,
            N_("Not decided yet: {items}."),
            N_("Decide or withdraw them, or carry them over to the next meeting."),
            values={"items": ", ".join(named(item) for item in left)},
        ),
    ]
    if meeting.kind == MeetingKind.WRITTEN:
        return [_answered(read, meeting, at), *conditions]
    return [
        Condition(
            N_("In session"),
            meeting.state == S.OPENED,
            N_("{meeting} has not been opened."),
            values={"meeting": meeting.title},
        ),
        Condition(
            N_("After all that happened"),
            last is None or at >= last,
            N_("Something was recorded at {last:when}: the meeting cannot end before."),
            values={"last": clock.local(last) if last else None},
        ),
        *conditions,
    ]


def lacking(read: Session, meeting: Meeting, at: dt.datetime) -> list[Condition]:
    """List what recording a missing quorum at a moment needs (유회)."""
    counted = count(read, meeting)
    return [
        Condition(
            N_("A sitting"),
            meeting.kind != MeetingKind.WRITTEN,
            N_("A written resolution has no sitting to open."),
        ),
        Condition(
            N_("Notice sent"),
            meeting.state != S.PLANNED,
            N_("{meeting} has not been called yet: cancel or postpone it instead."),
            values={"meeting": meeting.title},
        ),
        Condition(
            N_("Its time has come"),
            at >= meeting.starts_at,
            N_("The meeting begins at {starts:when}: until then members may still come."),
            values={"starts": clock.local(meeting.starts_at)},
        ),
        Condition(
            N_("Below the quorum"),
            counted.present < counted.required,
            N_("{present} are marked present, the quorum of {required} is there."),
            N_("Open the meeting, or mend the marks."),
            values={"present": counted.present, "required": counted.required},
        ),
    ]


def named(item: AgendaItem) -> str:
    """Return an item as messages call it: its label and title."""
    return f"{item.label}. {item.title}" if item.label else item.title


# --- for screens


def of_notice(
    read: Session, *, id: int, day: dt.date | None = None, urgency: str = ""
) -> list[Condition]:
    """List what sending the notice needs, as the form has it."""
    return _asked(read, id, urgency, lambda meeting: notice(read, meeting, day or clock.today()))


def of_distribution(
    read: Session, *, id: int, day: dt.date | None = None, urgency: str = ""
) -> list[Condition]:
    """List what sending the papers needs, as the form has it."""
    return _asked(
        read, id, urgency, lambda meeting: distribute(read, meeting, day or clock.today())
    )


def of_opening(
    read: Session, *, id: int, at: dt.datetime | None = None, urgency: str = ""
) -> list[Condition]:
    """List what opening needs, as the form has it."""
    return _asked(read, id, urgency, lambda meeting: opening(read, meeting, at or clock.now()))


def of_closing(
    read: Session, *, id: int, at: dt.datetime | None = None, carry: bool = False
) -> list[Condition]:
    """List what closing needs, as the form has it."""
    return _asked(
        read, id, "", lambda meeting: closing(read, meeting, at or clock.now(), carry=carry)
    )


def of_no_quorum(read: Session, *, id: int) -> list[Condition]:
    """List what recording a missing quorum needs."""
    return _asked(read, id, "", lambda meeting: lacking(read, meeting, clock.now()))


def _asked(
    read: Session, id: int, urgency: str, ask: Callable[[Meeting], list[Condition]]
) -> list[Condition]:
    found = ask(meeting_of(read, id))
    if not urgency.strip():
        return found
    return [
        Condition(c.name, True, c.message, c.hint, c.needed, c.urgent, c.values) if c.urgent else c
        for c in found
    ]


def _has_papers(read: Session, meeting_id: int) -> bool:
    query = (
        select(Paper.id)
        .join(AgendaItem, AgendaItem.id == Paper.item_id)
        .where(AgendaItem.meeting_id == meeting_id)
        .limit(1)
    )
    return read.scalar(query) is not None


def _open_votes(read: Session, meeting_id: int) -> list[str]:
    query = (
        select(func.coalesce(AgendaItem.title, Vote.label))
        .select_from(Vote)
        .outerjoin(AgendaItem, AgendaItem.id == Vote.item_id)
        .where(Vote.meeting_id == meeting_id, Vote.state == VoteState.OPEN.value)
        .order_by(Vote.position)
    )
    return list(read.scalars(query).all())


def _last_moment(read: Session, meeting_id: int) -> dt.datetime | None:
    """Return the latest moment anything was recorded at."""
    moments = [
        read.scalar(select(func.max(Movement.at)).where(Movement.meeting_id == meeting_id)),
        read.scalar(select(func.max(Vote.closed_at)).where(Vote.meeting_id == meeting_id)),
        read.scalar(
            select(func.max(AgendaItem.begun_at)).where(AgendaItem.meeting_id == meeting_id)
        ),
    ]
    return max((moment for moment in moments if moment is not None), default=None)


def _answered(read: Session, meeting: Meeting, at: dt.datetime) -> Condition:
    """Say whether a written resolution may be counted: its deadline passed, or all replied."""
    waiting = read.scalar(
        select(func.count())
        .select_from(Ballot)
        .join(Vote, Vote.id == Ballot.vote_id)
        .where(
            Vote.meeting_id == meeting.id, Ballot.entitled.is_(True), Ballot.replied_on.is_(None)
        )
    )
    passed = meeting.reply_by is not None and at >= meeting.reply_by
    return Condition(
        N_("All replies in"),
        passed or not waiting,
        NN_(
            "{n} reply is still out and the deadline has not passed.",
            "{n} replies are still out and the deadline has not passed.",
        ),
        values={"n": waiting or 0},
    )


@dataclass(frozen=True, slots=True)
class Way:
    """A state a meeting may go to next, with all that the step needs."""

    after: MeetingState
    conditions: tuple[Condition, ...]

    @property
    def missing(self) -> tuple[Condition, ...]:
        """Return what the step still needs."""
        return tuple(c for c in self.conditions if c.needed and not c.met)


def ways(read: Session, *, id: int) -> list[Way]:
    """List where a meeting may go from its state, the usual step first.

    Steps of the minutes are taken where the minutes are.
    """
    meeting = meeting_of(read, id)
    now, today = clock.now(), clock.today()
    written = meeting.kind == MeetingKind.WRITTEN
    asked: dict[MeetingState, Callable[[], list[Condition]]] = {
        S.NOTICED: lambda: notice(read, meeting, today),
        S.DISTRIBUTED: lambda: distribute(read, meeting, today),
        S.OPENED: lambda: opening(read, meeting, now),
        S.CLOSED: lambda: closing(read, meeting, now, carry=False),
        S.NO_QUORUM: lambda: lacking(read, meeting, now),
        S.POSTPONED: list,
        S.CANCELLED: list,
    }
    steps = [
        after
        for after in usual_ways(MeetingState(meeting.state), written=written)
        if after in asked
    ]
    return [Way(after, tuple(asked[after]())) for after in steps]


def usual_ways(state: MeetingState, *, written: bool) -> tuple[MeetingState, ...]:
    """Return the states that may follow, the usual one first; a written one has no sitting."""
    if written:
        return {
            S.PLANNED: (S.NOTICED, S.CANCELLED),
            S.NOTICED: (S.CLOSED, S.DISTRIBUTED, S.CANCELLED),
            S.DISTRIBUTED: (S.CLOSED, S.CANCELLED),
        }.get(state, ())
    return {
        S.PLANNED: (S.NOTICED, S.OPENED, S.POSTPONED, S.CANCELLED),
        S.NOTICED: (S.DISTRIBUTED, S.OPENED, S.NO_QUORUM, S.POSTPONED, S.CANCELLED),
        S.DISTRIBUTED: (S.OPENED, S.NO_QUORUM, S.POSTPONED, S.CANCELLED),
        S.OPENED: (S.CLOSED,),
    }.get(state, ())
