"""What members say about coming, the forecast it gives, and whom to call for the quorum."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema.meetings import Attendance, Meeting
from db.schema.members import Body
from db.schema.papers import StoredFile
from db.store import usecase
from db.vocab import OVER, Deputies, MeetingState, Presence, Reply
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.forms import change, required, tidy, writable
from gwangju_desktop.meetings import guards, movements, quorums
from gwangju_desktop.text import N_, say

# How many meetings back tell whether somebody usually comes.
LOOKED_BACK = 6

NO_DEPUTIES = N_("This body's rule knows no substitutes.")
DEPUTIES_HINT = N_("Record that the member does not come, or change the body's rule.")


@usecase("Record replies")
def set_reply(
    tx: Session, *, ids: Sequence[int], reply: str, at: dt.datetime | None = None
) -> None:
    """Note what members said about coming; `ids` are attendances of one meeting."""
    _reply(tx, dict.fromkeys(ids, reply), at)


@usecase("Record pasted replies")
def take_replies(tx: Session, *, replies: Mapping[int, str], at: dt.datetime | None = None) -> int:
    """Note many replies in one step: attendance -> reply. Returns how many there are."""
    _reply(tx, replies, at)
    return len(replies)


@usecase("Name the substitute")
def set_substitute(tx: Session, *, id: int, name: str, post: str = "") -> int:
    """Note who comes in a member's place; raises UserError where the body's rule has none."""
    fields = tidy({"substitute": name, "substitute_post": post}, ("substitute", "substitute_post"))
    required(fields["substitute"], N_("A substitute needs a name."))
    _reply(tx, {id: Reply.SUBSTITUTE.value}, None)
    change(movements.seats_of(tx, [id])[0], fields)
    return id


@usecase("File the letter of authority")
def file_letter(
    tx: Session,
    *,
    id: int,
    sha256: str,
    name: str,
    bytes: int,
    clean: str | None = None,
    pages: int = 0,
    trouble: str | None = None,
    facts: Any = None,
) -> int:
    """Keep the letter (위임장) of a substitute; the file is in the store already.

    The other values are what its intake found (gwangju_desktop.packs.papers.take_in).
    """
    seat = movements.seats_of(tx, [id])[0]
    guards.changeable(tx, seat.meeting_id)
    if seat.reply != Reply.SUBSTITUTE:
        raise UserError(N_("Only a seat with a substitute has a letter of authority."))
    file = tx.scalars(select(StoredFile).where(StoredFile.sha256 == sha256)).first()
    if file is None:
        file = StoredFile(
            sha256=sha256,
            name=writable(name),
            bytes=bytes,
            clean=clean,
            pages=pages,
            trouble=trouble,
            facts=facts,
        )
        tx.add(file)
        tx.flush()
    change(seat, {"substitute_letter_id": file.id})
    return id


def _reply(tx: Session, replies: Mapping[int, str], at: dt.datetime | None) -> None:
    seats = movements.seats_of(tx, replies)
    if not seats:
        return
    meeting = guards.changeable(tx, seats[0].meeting_id)
    wanted = {id: Reply(reply) for id, reply in replies.items()}
    if Reply.SUBSTITUTE in wanted.values() and (movements.deputies(tx, meeting) == Deputies.NONE):
        raise UserError(NO_DEPUTIES, hint=DEPUTIES_HINT)
    when = at or clock.now()
    for seat in seats:
        reply = wanted[seat.id]
        if reply == seat.reply:
            continue
        _refuse_in_the_room(tx, meeting, seat, reply)
        fields: dict[str, Any] = {
            "reply": reply.value,
            "replied_at": None if reply == Reply.NONE else when,
        }
        if reply != Reply.SUBSTITUTE:
            fields |= movements.NO_SUBSTITUTE
        change(seat, fields)


def _refuse_in_the_room(tx: Session, meeting: Meeting, seat: Attendance, reply: Reply) -> None:
    """Raise UserError when it would change afterwards who it was that came."""
    if Reply.SUBSTITUTE not in (reply, Reply(seat.reply)):
        return
    marked = seat.presence == Presence.PRESENT
    if marked or (meeting.state == MeetingState.OPENED and movements.moved(tx, seat.id)):
        raise UserError(
            N_("{name} is marked as having come already."),
            hint=N_("Take the mark back first."),
            name=movements.name_of(tx, seat),
        )


# --- the forecast


@dataclass(frozen=True, slots=True)
class Callee:
    """Somebody to call: the attendance, the reply so far, and how often they came of late.

    `came` of `held` meetings of the body; `last` is the day of the last one they came to.
    """

    id: int
    membership_id: int
    reply: str
    came: int
    held: int
    last: dt.date | None


@dataclass(frozen=True, slots=True)
class Forecast:
    """What the replies promise: voting seats only; `substitutes` come without counting.

    `calls` are the fewest people whose yes makes the quorum, the likeliest first. When even all
    of them together are too few, `beyond` says how many are missing.
    """

    enrolled: int
    required: int
    coming: int
    not_coming: int
    silent: int
    substitutes: int
    calls: tuple[Callee, ...]
    beyond: int

    @property
    def short(self) -> int:
        """Return how many promises the quorum lacks, 0 when it is secured."""
        return max(0, self.required - self.coming)


def fewest(required: int, coming: int, callees: Sequence[Callee]) -> tuple[Callee, ...]:
    """Return whom to call: as many as are missing, the likeliest first.

    Who has not answered comes before who said no; then who came more often of the last meetings,
    then who was there last. Every call can win one seat, so fewer calls than seats missing cannot
    do, and more are not needed if all agree.
    """
    likely = sorted(callees, key=_unlikely)
    return tuple(likely[: max(0, required - coming)])


def _unlikely(callee: Callee) -> tuple[bool, float, int, int]:
    share = callee.came / callee.held if callee.held else 0.5
    last = callee.last.toordinal() if callee.last else 0
    return callee.reply != Reply.NONE, -share, -last, callee.id


def forecast(read: Session, *, meeting_id: int) -> Forecast:
    """Return what the replies to a meeting promise, and whom to call."""
    meeting = guards.meeting_of(read, meeting_id)
    day = clock.local(meeting.starts_at).date()
    quorum, counted, _rule = quorums.of_meeting(
        read,
        meeting_id=meeting_id,
        body_id=meeting.body_id,
        day=day,
        state=meeting.state,
    )
    seats = quorums.seats(read, meeting_id=meeting_id, body_id=meeting.body_id, day=day)
    open_seats = [
        seat for seat in seats if seat.voting and not (seat.counts and seat.reply in quorums.COMING)
    ]
    past = _past(read, meeting)
    callees = [_callee(seat, past) for seat in open_seats]
    calls = fewest(quorum.required, counted.coming, callees)
    return Forecast(
        enrolled=counted.enrolled,
        required=quorum.required,
        coming=counted.coming,
        not_coming=counted.not_coming,
        silent=counted.silent,
        substitutes=counted.substitutes,
        calls=calls,
        beyond=max(0, quorum.required - counted.coming - len(calls)),
    )


def _past(read: Session, meeting: Meeting) -> dict[int, list[tuple[dt.date, bool]]]:
    """Return of each membership's person the last meetings held and whether they came."""
    held = read.execute(
        select(Meeting.id, Meeting.starts_at)
        .where(
            Meeting.body_id == meeting.body_id,
            Meeting.state.in_(OVER),
            Meeting.starts_at < meeting.starts_at,
            Meeting.opened_at.is_not(None),
        )
        .order_by(Meeting.starts_at.desc())
        .limit(LOOKED_BACK)
    ).all()
    days = {row.id: clock.local(row.starts_at).date() for row in held}
    now_there = select(Attendance.person_id, Attendance.membership_id).where(
        Attendance.meeting_id == meeting.id
    )
    seat_of = {row.person_id: row.membership_id for row in read.execute(now_there).all()}
    came = read.execute(
        select(Attendance.person_id, Attendance.meeting_id, Attendance.presence).where(
            Attendance.meeting_id.in_(days), Attendance.person_id.in_(seat_of)
        )
    ).all()
    found: dict[int, list[tuple[dt.date, bool]]] = {}
    for person, meeting_id, mark in came:
        there = mark in (Presence.PRESENT, Presence.LEFT)
        found.setdefault(seat_of[person], []).append((days[meeting_id], there))
    return found


def _callee(seat: quorums.Seat, past: Mapping[int, list[tuple[dt.date, bool]]]) -> Callee:
    meetings = past.get(seat.membership_id, [])
    there = [day for day, came in meetings if came]
    return Callee(
        id=seat.id,
        membership_id=seat.membership_id,
        reply=seat.reply,
        came=len(there),
        held=len(meetings),
        last=max(there, default=None),
    )


# --- reminders


def reminder(read: Session, *, meeting_id: int) -> str:
    """Return the text that reminds those who have not answered, for a messenger; no name in it."""
    meeting = guards.meeting_of(read, meeting_id)
    body = read.get_one(Body, meeting.body_id)
    lines = [
        say(N_("[{body}] Please tell us whether you come"), body=body.name_ko),
        say(N_("Meeting: {title}"), title=meeting.title),
        say(N_("Date and time: {at:when}"), at=clock.local(meeting.starts_at)),
    ]
    if meeting.place:
        lines.append(say(N_("Place: {place}"), place=meeting.place))
    if meeting.reply_by is not None:
        lines.append(say(N_("Please reply by {by:when}"), by=clock.local(meeting.reply_by)))
    if movements.deputies(read, meeting) == Deputies.NONE:
        lines.append(say(N_("One word will do: coming or not coming.")))
    else:
        lines.append(say(N_("One word will do: coming, not coming, or who comes for you.")))
    return "\n".join(lines)


def silent_ids(read: Session, *, meeting_id: int) -> list[int]:
    """Return the seats that have not answered."""
    found = read.scalars(
        select(Attendance.id)
        .where(Attendance.meeting_id == meeting_id, Attendance.reply == Reply.NONE.value)
        .order_by(Attendance.id)
    )
    return list(found.all())
