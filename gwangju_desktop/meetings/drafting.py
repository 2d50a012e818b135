"""Draft the minutes from the agenda: who was there, what was said, decided, voted and is to be done."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema.actions import Action
from db.schema.meetings import AgendaItem, Meeting
from db.schema.members import Body
from db.vocab import (
    Adjournment,
    GuestKind,
    ItemState,
    MeetingKind,
    Presence,
    Role,
    VoteMethod,
    VoteState,
    VoteSubject,
)
from gwangju_desktop import clock, settings
from gwangju_desktop.meetings import (
    amendments,
    contents,
    elections,
    notes,
    recusals,
    sheet,
    speakers,
    votes,
)
from gwangju_desktop.meetings.markdown import escape
from gwangju_desktop.meetings.retelling import retold
from gwangju_desktop.meetings.words import (
    AMENDMENT_STATES,
    BREAKS,
    ITEM_KINDS,
    OUTCOMES,
    RECUSALS,
    VERDICTS,
    VOTE_METHODS,
    VOTE_SUBJECTS,
)
from gwangju_desktop.members.words import ROLES
from gwangju_desktop.text import C_, N_, NN_, Msg, Words, words

NONE = C_("minutes", "None")
CAME = (Presence.PRESENT, Presence.LEFT)


def compose(read: Session, meeting: Meeting, how: str, language: str = "ko") -> str:
    """Return minutes drafted from all the office knows of a meeting; `how` names the speakers."""
    say = words(language)
    seats = sheet.seats(read, meeting_id=meeting.id)
    parts = [
        "# " + say(N_("Minutes of {meeting}"), meeting=escape(meeting.title)),
        _top(read, meeting, say),
        *_people(read, meeting, seats, say),
        *_order(read, meeting, say),
    ]
    held = _proceedings(read, meeting, say)
    parts.append(speakers.spoken(held, (seat.name for seat in seats), how, say))
    return "\n\n".join(part for part in parts if part) + "\n"


# --- the top: what, by whom, when, where


def _top(read: Session, meeting: Meeting, say: Words) -> str:
    body = read.get_one(Body, meeting.body_id)
    name = body.name_en if say.language == "en" and body.name_en else body.name_ko
    rows: list[tuple[Msg, str]] = [
        (contents.NAME, f"{name} {meeting.title}"),
        (contents.HOST, _host(read, meeting, name, say)),
        (contents.WHEN, _when(meeting, say)),
    ]
    if meeting.kind != MeetingKind.WRITTEN:
        rows.append((contents.PLACE, meeting.place))
        presiding = meeting.presiding
        if presiding and meeting.presiding_ground:
            presiding = f"{presiding} ({meeting.presiding_ground})"
        rows.append((C_("minutes", "In the chair"), presiding))
        rows.append((C_("minutes", "Minutes taken by"), meeting.secretary))
        rows.append((C_("minutes", "Openness"), _openness(meeting, say)))
    lines = ["| | |", "|---|---|"]
    lines += [f"| {say(label)} | {escape(value)} |" for label, value in rows if value]
    return "\n".join(lines)


def _host(read: Session, meeting: Meeting, body: str, say: Words) -> str:
    day = clock.local(meeting.starts_at).date()
    named = settings.values_on(read, day)
    english = say.language == "en" and named[settings.CITY_EN]
    city = named[settings.CITY_EN] if english else named[settings.CITY_KO]
    host = body if city and body.startswith(city) else f"{city} {body}".strip()
    if meeting.secretariat:
        return say(N_("{host} (secretariat: {office})"), host=host, office=meeting.secretariat)
    return host


def _when(meeting: Meeting, say: Words) -> str:
    starts = clock.local(meeting.starts_at)
    if meeting.kind == MeetingKind.WRITTEN:
        return say(
            N_("{starts:long} – replies until {ends:when}"),
            starts=starts,
            ends=clock.local(meeting.reply_by or meeting.closed_at or meeting.starts_at),
        )
    if meeting.opened_at is None:
        return say.day(starts, "when")
    opened = clock.local(meeting.opened_at)
    if meeting.closed_at is None:
        return say(N_("{opened:when} (opened)"), opened=opened)
    closed = clock.local(meeting.closed_at)
    ended = (
        C_("minutes", "adjourned")
        if meeting.adjournment == Adjournment.ADJOURNED
        else C_("minutes", "closed")
    )
    return say(
        N_("{opened:when} opened – {closed} {ended}"),
        opened=opened,
        closed=say.day(closed, "time" if closed.date() == opened.date() else "when"),
        ended=ended,
    )


def _openness(meeting: Meeting, say: Words) -> str:
    if meeting.public:
        return say(C_("minutes", "Open"))
    closed = say(C_("minutes", "Closed"))
    return f"{closed} ({meeting.closed_ground})" if meeting.closed_ground else closed


# --- who was there


def _people(
    read: Session, meeting: Meeting, seats: Sequence[sheet.SeatRow], say: Words
) -> list[str]:
    if meeting.kind == MeetingKind.WRITTEN:
        return [
            _head(contents.PRESENT, 1, say),
            _list(_member(seat, say) for seat in seats if seat.voting),
            _head(contents.OBSERVERS, 2, say),
            f"- {say(NONE)}",
        ]
    came = [seat for seat in seats if seat.presence in CAME]
    away = [seat for seat in seats if seat.voting and seat.presence not in CAME]
    counted = _counts(meeting, seats, say)
    lines = [_head(contents.PRESENT, 1, say), counted, _list(_member(seat, say) for seat in came)]
    if away:
        absent = ", ".join(escape(seat.name) for seat in away)
        lines.append(_led(C_("minutes", "Absent"), absent, say))
    guests = sheet.guests(read, meeting_id=meeting.id)
    observers = [guest for guest in guests if guest.kind == GuestKind.OBSERVER]
    lines += [
        _head(contents.OBSERVERS, 2, say),
        _list(
            escape(" ".join(filter(None, (guest.organisation, guest.post, guest.name))))
            for guest in observers
        )
        or f"- {say(NONE)}",
    ]
    watching = len(guests) - len(observers)
    if watching:
        message = NN_("{n} spectator watched.", "{n} spectators watched.")
        lines.append(say(message, n=watching))
    return [line for line in lines if line]


def _counts(meeting: Meeting, seats: Sequence[sheet.SeatRow], say: Words) -> str:
    if meeting.enrolled_at_opening is None:
        return ""
    return say(
        N_(
            "{enrolled} enrolled, {came} attended ({present} at the opening,"
            " {required} needed for the quorum)"
        ),
        enrolled=meeting.enrolled_at_opening,
        came=sum(seat.voting and seat.presence in CAME for seat in seats),
        present=meeting.present_at_opening,
        required=meeting.required_at_opening,
    )


def _member(seat: sheet.SeatRow, say: Words) -> str:
    english = say.language == "en" and seat.organisation_en
    organisation = seat.organisation_en if english else seat.organisation_ko
    office = " ".join(filter(None, (organisation, seat.post)))
    said = escape(seat.name)
    if seat.role != Role.MEMBER:
        said = f"{said} {say(ROLES[Role(seat.role)])}"
    facts = [escape(office)] if office else []
    if seat.substitute:
        who = " ".join(filter(None, (seat.substitute, seat.substitute_post)))
        facts.append(say(N_("in their place {who}"), who=escape(who)))
    if seat.late and seat.came is not None:
        facts.append(say(N_("came {at:time}"), at=seat.came))
    if seat.presence == Presence.LEFT and seat.left is not None:
        facts.append(say(N_("left {at:time}"), at=seat.left))
    return f"{said} ({', '.join(facts)})" if facts else said


# --- the order of business


def _order(read: Session, meeting: Meeting, say: Words) -> list[str]:
    lines = []
    for item in _items(read, meeting):
        title = escape(contents.open_title(item))
        kind = say(ITEM_KINDS[item.kind])
        label = f"{item.label}. " if item.label else ""
        lines.append(f"- {label}{title} ({kind})")
    return [_head(contents.ORDER, 3, say), "\n".join(lines)]


def _items(read: Session, meeting: Meeting) -> list[AgendaItem]:
    return list(
        read.scalars(
            select(AgendaItem)
            .where(AgendaItem.meeting_id == meeting.id)
            .order_by(AgendaItem.position)
        ).all()
    )


# --- what happened


def _proceedings(read: Session, meeting: Meeting, say: Words) -> str:
    taken = notes.of_meeting(read, meeting_id=meeting.id)
    parts = [_head(contents.PROCEEDINGS, 4, say)]
    rests = [_rest(rest, say) for rest in sheet.breaks(read, meeting_id=meeting.id)]
    if rests:
        parts.append("\n".join(f"- {rest}" for rest in rests))
    for item in _items(read, meeting):
        parts += _of_item(read, item, taken.get(item.id, ""), say)
    if taken.get(None):
        parts += [_head(C_("minutes", "Further remarks"), 5, say), taken[None]]
    return "\n\n".join(part for part in parts if part)


def _rest(rest: sheet.BreakRow, say: Words) -> str:
    ended = say.day(rest.ends_at, "time") if rest.ends_at is not None else ""
    said = f"{say(BREAKS[rest.kind])} {say.day(rest.starts_at, 'time')}~{ended}"
    return f"{said} ({escape(rest.reason)})" if rest.reason else said


def _of_item(read: Session, item: AgendaItem, noted: str, say: Words) -> list[str]:
    title = escape(contents.open_title(item))
    number = f" ({item.number})" if item.number else ""
    label = f"{item.label}. " if item.label else ""
    parts = [f"### {label}{title}{number}"]
    if item.restricted:
        ground = escape(item.restricted_ground) or "–"
        parts.append(
            say(N_("Closed item: what was said is not published ({ground})."), ground=ground)
        )
        return parts
    if item.presenter:
        parts.append(_led(contents.PRESENTER, escape(item.presenter), say))
    chair = sheet.presiding_over(read, item_id=item.id)[1]
    if chair:
        ground = f" ({escape(item.presiding_ground)})" if item.presiding_ground else ""
        parts.append(_led(contents.CHAIR, chair + ground, say))
    if item.request:
        parts.append(_led(contents.REQUEST, escape(item.request), say))
    for aside in recusals.of_item(read, item_id=item.id):
        said = f"{aside.name} – {say(RECUSALS[aside.kind])}, {escape(aside.ground)}"
        parts.append(_led(contents.RECUSED, said, say))
    parts.append(noted)
    parts += _amendments(read, item, say)
    parts += _votes(read, item, say)
    parts.append(_decision(item, say))
    parts.append(_actions(read, item, say))
    return parts


def _amendments(read: Session, item: AgendaItem, say: Words) -> list[str]:
    said = []
    for amendment in amendments.of_item(read, item_id=item.id):
        values = {"mover": amendment.mover, "seconder": amendment.seconder or "–"}
        moved = say(N_("moved by {mover}, seconded by {seconder}"), **values)
        state = say(AMENDMENT_STATES[amendment.state])
        text = f"{escape(amendment.text)} ({moved}) – {state}"
        said.append(_led(contents.AMENDMENT, text, say))
    return said


def _votes(read: Session, item: AgendaItem, say: Words) -> list[str]:
    said = []
    for vote in votes.of_item(read, item_id=item.id):
        if vote.state != VoteState.CLOSED:
            continue
        subject = vote.label
        if not subject and vote.subject != VoteSubject.ITEM:
            subject = say(VOTE_SUBJECTS[vote.subject])
        facts = [
            escape(subject),
            say(VOTE_METHODS[vote.method]),
            _counted(vote, say),
            _elected(read, vote, say),
        ]
        line = " · ".join(fact for fact in facts if fact)
        result = f" – {say(VERDICTS[vote.result])}" if vote.result else ""
        why = ""
        if vote.explanation and vote.method != VoteMethod.NO_OBJECTION:
            why = f" ({escape(retold(vote.explanation, say))})"
        said.append(_led(contents.VOTE, f"{line}{result}{why}", say))
    return said


def _counted(vote: votes.VoteRow, say: Words) -> str:
    if vote.uncounted or vote.yes is None:
        return say(C_("minutes", "not counted")) if vote.uncounted else ""
    return say(
        N_(
            "{enrolled} enrolled, {present} present, {yes} for, {no} against, {abstain} abstained,"
            " {invalid} invalid"
        ),
        enrolled=vote.enrolled,
        present=vote.present,
        yes=vote.yes,
        no=vote.no or 0,
        abstain=vote.abstain or 0,
        invalid=vote.invalid or 0,
    )


def _elected(read: Session, vote: votes.VoteRow, say: Words) -> str:
    if vote.subject != VoteSubject.ELECTION:
        return ""
    standing = []
    for nominee in elections.nominees(read, vote_id=vote.id):
        counted = "" if nominee.votes is None else say(N_(" {n} votes"), n=nominee.votes)
        elected = say(C_("minutes", " (elected)")) if nominee.elected else ""
        standing.append(f"{nominee.name}{counted}{elected}")
    return ", ".join(standing)


def _decision(item: AgendaItem, say: Words) -> str:
    if item.outcome is None:
        if item.state == ItemState.CARRIED_OVER:
            return _led(contents.DECISION, say(N_("Carried over to the next meeting")), say)
        return ""
    said = say(OUTCOMES[item.outcome])
    if item.resolution:
        said = f"{said} – {escape(item.resolution)}"
    if item.remark:
        said = f"{said} ({escape(item.remark)})"
    return _led(contents.DECISION, said, say)


def _actions(read: Session, item: AgendaItem, say: Words) -> str:
    found = read.scalars(
        select(Action).where(Action.item_id == item.id).order_by(Action.position, Action.id)
    ).all()
    if not found:
        return ""
    lines = [f"**{say(contents.ACTIONS)}**", ""]
    for action in found:
        due = say(N_("by {due:full}"), due=action.due_on)
        lines.append(f"- {escape(action.text)} ({escape(action.department)}, {due})")
    return "\n".join(lines)


def _led(lead: Msg, said: str, say: Words) -> str:
    return f"**{say(lead)}** {said}"


def _head(title: Msg, n: int, say: Words) -> str:
    return f"## {n}. {say(title)}"


def _list(lines: Iterable[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)
