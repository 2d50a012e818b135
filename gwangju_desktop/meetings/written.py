"""Written resolutions (서면의결): ballot sheets go out, replies come in by name, the count decides.

Allowed only with a ground (긴급하거나 정족수를 채우기 어려운 사유; 탄소중립법 시행령 제13조의 예). The
count follows the body's rule: the replies must reach the opening quorum, and the majority counts
from the replies or from the enrolled. What was resolved is reported at the next meeting.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema.decisions import Ballot, Recusal, Vote
from db.schema.meetings import AgendaItem, Meeting
from db.store import usecase
from db.vocab import (
    BodyRuleKey,
    Choice,
    CountBase,
    ItemKind,
    ItemState,
    MeetingKind,
    MeetingState,
    Outcome,
    Verdict,
    VoteMethod,
    VoteState,
    VoteSubject,
    WrittenBase,
)
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.forms import change, found, required, tidy
from gwangju_desktop.meetings import (
    agenda,
    guards,
    quorums,
    retelling,
    rules,
    sheet,
    steps,
    verdicts,
    votes,
)
from gwangju_desktop.meetings.rules import Rule, Share
from gwangju_desktop.meetings.verdicts import Count
from gwangju_desktop.members import profiles
from gwangju_desktop.text import N_, words

NO_GROUND = N_("A written resolution needs its ground.")
GIVEN = (Choice.YES, Choice.NO, Choice.ABSTAIN, Choice.INVALID)


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One item put to the members in writing; counts are of the replies that are in."""

    id: int
    vote_id: int | None
    label: str
    title: str
    request: str
    closed: bool
    result: str
    outcome: str | None
    explanation: str
    entitled: int
    yes: int
    no: int
    abstain: int
    invalid: int

    @property
    def replies(self) -> int:
        """Count the replies that are in."""
        return self.yes + self.no + self.abstain + self.invalid


@dataclass(frozen=True, slots=True)
class ReplyRow:
    """One member's replies: by item, the choice, the opinion and the day; `id` is the seat's."""

    id: int
    name: str
    organisation_ko: str
    organisation_en: str
    post: str
    choices: Mapping[int, str]
    opinions: Mapping[int, str]
    recused: frozenset[int]
    replied_on: dt.date | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A written resolution as it stands: ground, deadline, quorum of replies, items, members."""

    meeting_id: int
    state: str
    ground: str
    reply_by: dt.datetime | None
    sent_on: dt.date | None
    enrolled: int
    required: int
    base: str
    source: str
    items: tuple[ItemRow, ...]
    members: tuple[ReplyRow, ...]

    @property
    def out(self) -> bool:
        """Say whether the ballot sheets have gone out."""
        return any(item.vote_id is not None for item in self.items)

    @property
    def answered(self) -> int:
        """Count the members who replied to every item they may vote on."""
        return sum(
            all(item.id in row.choices for item in self.items if item.id not in row.recused)
            for row in self.members
        )


@usecase("Send the ballot sheets", undoable=False)
def send(
    tx: Session,
    *,
    meeting_id: int,
    ground: str,
    reply_by: dt.datetime,
    day: dt.date | None = None,
    at: dt.datetime | None = None,
) -> int:
    """Put the items of a written resolution to the members, with its ground and the deadline.

    The meeting is called with it where it was not, so its numbers are drawn. Raises UserError for
    another kind of meeting, without a ground, without an item, for a deadline that has passed.
    """
    meeting = _written(guards.changeable(tx, meeting_id))
    why = required(tidy({"ground": ground}, ("ground",))["ground"], NO_GROUND)
    if reply_by <= (at or clock.now()):
        raise UserError(
            N_("The deadline {by:when} has passed."),
            hint=N_("Enter a time ahead."),
            by=clock.local(reply_by),
        )
    asked = _asked(tx, meeting.id)
    if not asked:
        raise UserError(
            N_("There is nothing to be resolved in writing."),
            hint=N_("Add an item for decision first."),
        )
    change(meeting, {"urgency": why, "reply_by": reply_by})
    if meeting.state == MeetingState.PLANNED:
        steps.notice(tx, id=meeting.id, day=day, urgency=why, at=at)
    for item in asked:
        _open(tx, meeting, item)
    tx.flush()
    return meeting_id


@usecase("Record a reply in writing")
def reply(
    tx: Session,
    *,
    item_id: int,
    attendance_ids: Sequence[int],
    choice: str | None,
    opinion: str | None = None,
    replied_on: dt.date | None = None,
) -> int:
    """Record what members replied on an item, None for not yet; an `opinion` of None stays.

    Raises UserError for somebody recused and before the sheets went out.
    """
    item, meeting = guards.item_of(tx, item_id)
    vote = _vote(tx, _written(meeting), item)
    if vote.state == VoteState.CLOSED:
        _reopen(item, vote)  # the closing was taken back: it will be counted anew
    ballots = {
        ballot.attendance_id: ballot
        for ballot in tx.scalars(select(Ballot).where(Ballot.vote_id == vote.id))
    }
    value = None if choice is None else Choice(choice).value
    for seat in attendance_ids:
        ballot = ballots.get(seat)
        if ballot is None or not ballot.entitled:
            raise UserError(N_("This member does not vote on this item."))
        day = (replied_on or ballot.replied_on or clock.today()) if value else None
        change(ballot, {"choice": value, "present": value is not None, "replied_on": day})
        if opinion is not None:
            change(ballot, tidy({"opinion": opinion}, ("opinion",)))
    tx.flush()
    return item_id


@usecase("Move the deadline of the replies")
def set_deadline(tx: Session, *, meeting_id: int, reply_by: dt.datetime) -> int:
    """Change until when replies are taken."""
    meeting = _written(guards.changeable(tx, meeting_id))
    change(meeting, {"reply_by": reply_by})
    return meeting_id


@usecase("Count the written resolution", undoable=False)
def finish(
    tx: Session,
    *,
    meeting_id: int,
    chair_in_favour: bool | None = None,
    at: dt.datetime | None = None,
) -> int:
    """Count the replies, note what was resolved, and close the meeting: one step.

    Fewer replies than the quorum decide nothing: the items go on to the next meeting. Refused
    while replies are out and the deadline has not passed.
    """
    meeting = _written(guards.changeable(tx, meeting_id))
    when = guards.moment(meeting, at)
    carry = False
    for item in agenda.of_meeting(tx, meeting_id):
        if item.state in (ItemState.DECIDED, ItemState.WITHDRAWN):
            continue
        if item.kind == ItemKind.DELIBERATION:
            vote = _vote(tx, meeting, item)
            _count(tx, meeting, vote, when, chair_in_favour)
            carry = carry or vote.result == Verdict.NO_QUORUM
            _resolve(item, vote, when)
        elif rules.numbered(item.kind):
            change(
                item,
                {
                    "state": ItemState.DECIDED.value,
                    "outcome": Outcome.NOTED.value,
                    "decided_at": when,
                },
            )
    tx.flush()
    steps.close_meeting(tx, id=meeting_id, at=when, carry=carry)
    return meeting_id


def state(read: Session, *, meeting_id: int) -> Sheet:
    """Read a written resolution with every reply; raises UserError for another kind of meeting."""
    meeting = _written(guards.meeting_of(read, meeting_id))
    day = clock.local(meeting.starts_at).date()
    rule = quorums.rule_on(read, meeting.body_id, day)
    entry = profiles.in_force(read, meeting.body_id, day)
    seats = [seat for seat in sheet.seats(read, meeting_id=meeting_id) if seat.voting]
    asked = _asked(read, meeting_id)
    known = _votes(read, meeting_id)
    ballots = _ballots(read, [vote.id for vote in known.values()])
    aside = _aside(read, [item.id for item in asked])
    items = []
    for item in asked:
        vote = known.get(item.id)
        given = [
            ballot.choice for ballot in ballots if vote is not None and ballot.vote_id == vote.id
        ]
        items.append(
            ItemRow(
                item.id,
                vote.id if vote else None,
                item.label,
                item.title,
                item.request,
                vote is not None and vote.state == VoteState.CLOSED,
                vote.result if vote else "",
                item.outcome,
                vote.explanation if vote else "",
                len(seats) - len(aside.get(item.id, frozenset())),
                *(given.count(choice) for choice in GIVEN),
            )
        )
    of_vote = {vote.id: item_id for item_id, vote in known.items()}
    members = []
    for seat in seats:
        own = [ballot for ballot in ballots if ballot.attendance_id == seat.id]
        days = [ballot.replied_on for ballot in own if ballot.replied_on]
        members.append(
            ReplyRow(
                seat.id,
                seat.name,
                seat.organisation_ko,
                seat.organisation_en,
                seat.post,
                {of_vote[b.vote_id]: b.choice for b in own if b.choice},
                {of_vote[b.vote_id]: b.opinion for b in own if b.opinion},
                frozenset(id for id, gone in aside.items() if seat.id in gone),
                max(days, default=None),
            )
        )
    return Sheet(
        meeting_id,
        meeting.state,
        meeting.urgency,
        clock.local(meeting.reply_by) if meeting.reply_by else None,
        meeting.noticed_on,
        len(seats),
        rules.quorum(rule, len(seats)),
        str(entry.value(BodyRuleKey.WRITTEN)),
        entry.source(BodyRuleKey.WRITTEN),
        tuple(items),
        tuple(members),
    )


def rule_for(rule: Rule, base: str) -> Rule:
    """Return the rule replies are counted by: from the replies, or from the enrolled."""
    kept = CountBase.ENROLLED if base == WrittenBase.ENROLLED else CountBase.PRESENT
    share = rule.decides
    return replace(rule, decides=Share(share.num, share.den, share.more, kept))


def _written(meeting: Meeting) -> Meeting:
    if meeting.kind != MeetingKind.WRITTEN:
        raise UserError(
            N_("{meeting} is no written resolution."),
            hint=N_("Plan a meeting of that kind."),
            meeting=meeting.title,
        )
    return meeting


def _asked(read: Session, meeting_id: int) -> list[AgendaItem]:
    return [
        item
        for item in agenda.of_meeting(read, meeting_id)
        if item.kind == ItemKind.DELIBERATION and item.state != ItemState.WITHDRAWN
    ]


def _votes(read: Session, meeting_id: int) -> dict[int, Vote]:
    query = select(Vote).where(
        Vote.meeting_id == meeting_id,
        Vote.method == VoteMethod.WRITTEN.value,
        Vote.subject == VoteSubject.ITEM.value,
    )
    return {vote.item_id: vote for vote in read.scalars(query).all() if vote.item_id is not None}


def _ballots(read: Session, vote_ids: Sequence[int]) -> list[Ballot]:
    query = select(Ballot).where(Ballot.vote_id.in_(vote_ids)).order_by(Ballot.id)
    return list(read.scalars(query).all())


def _aside(read: Session, item_ids: Sequence[int]) -> dict[int, frozenset[int]]:
    """Return who takes no part, by item."""
    query = select(Recusal.item_id, Recusal.attendance_id).where(Recusal.item_id.in_(item_ids))
    aside: dict[int, set[int]] = {}
    for item_id, seat in read.execute(query).all():
        aside.setdefault(item_id, set()).add(seat)
    return {item_id: frozenset(seats) for item_id, seats in aside.items()}


def _open(tx: Session, meeting: Meeting, item: AgendaItem) -> None:
    """Open the vote of an item with a ballot for each voting seat; one there already stays."""
    vote = _votes(tx, meeting.id).get(item.id)
    if vote is None:
        vote = Vote(
            meeting_id=meeting.id,
            item_id=item.id,
            position=1,
            subject=VoteSubject.ITEM.value,
            method=VoteMethod.WRITTEN.value,
        )
        tx.add(vote)
        tx.flush()
    known = {ballot.attendance_id for ballot in _ballots(tx, [vote.id])}
    aside = _aside(tx, [item.id]).get(item.id, frozenset())
    for seat in sheet.seats(tx, meeting_id=meeting.id):
        if seat.voting and seat.id not in known:
            tx.add(Ballot(vote_id=vote.id, attendance_id=seat.id, entitled=seat.id not in aside))


def _vote(tx: Session, meeting: Meeting, item: AgendaItem) -> Vote:
    vote = _votes(tx, meeting.id).get(item.id)
    if vote is None:
        raise UserError(
            N_("The ballot sheets on “{title}” have not gone out."),
            hint=N_("Send them first."),
            title=item.title,
        )
    return found(tx, Vote, vote.id, votes.NO_VOTE)


def _count(
    tx: Session, meeting: Meeting, vote: Vote, when: dt.datetime, casting: bool | None
) -> None:
    """Close a written vote by the body's rule; the arithmetic is kept in words."""
    day = clock.local(meeting.starts_at).date()
    rule = quorums.rule_on(tx, meeting.body_id, day)
    base = profiles.in_force(tx, meeting.body_id, day).value(BodyRuleKey.WRITTEN)
    ballots = _ballots(tx, [vote.id])
    given = [ballot.choice for ballot in ballots if ballot.entitled]
    count = Count(*(given.count(choice) for choice in GIVEN))
    enrolled, entitled = len(ballots), len(given)
    quorum = rules.quorum(rule, enrolled)
    outcome = verdicts.judge(
        rule_for(rule, str(base)),
        enrolled=enrolled,
        present=count.cast,
        entitled=entitled,
        count=count,
        chair_in_favour=casting,
    )
    verdict, say = outcome.verdict, words("ko")
    if count.cast < quorum:
        verdict = Verdict.NO_QUORUM
        said = say(
            retelling.UNDECIDED,
            replies=count.cast,
            enrolled=enrolled,
            quorum=quorum,
        )
    elif verdict == Verdict.TIE:
        raise UserError(
            N_("{yes} for and {no} against: the chair has the casting vote."),
            hint=N_("Say how the chair votes."),
            yes=count.yes,
            no=count.no,
        )
    else:
        said = outcome.sentence(say, retelling.REPLIED)
    change(
        vote,
        {
            "state": VoteState.CLOSED.value,
            "closed_at": when,
            "enrolled": enrolled,
            "present": count.cast,
            "entitled": entitled,
            "required": outcome.required,
            "yes": count.yes,
            "no": count.no,
            "abstain": count.abstain,
            "invalid": count.invalid,
            "not_voting": entitled - count.cast,
            "suggested": verdict.value,
            "result": verdict.value,
            "explanation": said,
        },
    )


def _reopen(item: AgendaItem, vote: Vote) -> None:
    change(vote, {"state": VoteState.OPEN.value, "closed_at": None, "result": "", "suggested": ""})
    change(
        item,
        {"state": ItemState.PENDING.value, "outcome": None, "resolution": "", "decided_at": None},
    )


def _resolve(item: AgendaItem, vote: Vote, when: dt.datetime) -> None:
    """Write what became of an item; without a quorum it stays undecided."""
    if vote.result == Verdict.NO_QUORUM:
        return
    carried = vote.result == Verdict.CARRIED
    change(
        item,
        {
            "state": ItemState.DECIDED.value,
            "outcome": (Outcome.AS_PROPOSED if carried else Outcome.REJECTED).value,
            "resolution": item.request,
            "decided_at": when,
        },
    )
