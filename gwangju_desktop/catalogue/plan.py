"""The plan of a meeting (개최 계획(안)): what is approved before anybody is called, and its cost."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from db.schema.meetings import Meeting
from db.vocab import Reply
from gwangju_desktop.catalogue import frame
from gwangju_desktop.catalogue.sheets import agenda_blocks
from gwangju_desktop.catalogue.sittings import Sitting, sitting
from gwangju_desktop.documents import official
from gwangju_desktop.documents.blocks import Block, Column, Space, para, table
from gwangju_desktop.documents.composed import Composed
from gwangju_desktop.documents.money import in_words
from gwangju_desktop.documents.styles import MM
from gwangju_desktop.meetings import allowances, publishing, sheet
from gwangju_desktop.meetings.documents.payment import rule_line
from gwangju_desktop.meetings.words import ITEM_KINDS, MEETING_KINDS
from gwangju_desktop.text import C_, N_, NN_, Msg, Words

TITLE = C_("title", "Plan of a meeting")


@dataclass(frozen=True, slots=True)
class Budget:
    """What a meeting will cost at most: so many people at so many won each."""

    people: int
    each: int
    officials: int
    declined: int
    terms: allowances.Terms

    @property
    def total(self) -> int:
        """Return the sum in won."""
        return self.people * self.each


def budget(read: Session, data: Sitting) -> Budget:
    """Work out the allowances if everybody who may be paid attends for the planned time.

    None for officials on duty and those who are no members; who said they do not come, or send a
    substitute, are left out.
    """
    meeting = data.meeting
    terms = allowances.terms_on(read, meeting.body_id, meeting.starts_at.date())
    long = terms.hours is not None and meeting.minutes > terms.hours * 60
    each = 0 if data.written else terms.amount + (terms.more if long else 0)
    officials = allowances.officials(read, meeting.id)
    seats = [
        seat
        for seat in sheet.seats(read, meeting_id=meeting.id)
        if seat.role not in allowances.NO_MEMBERS
    ]
    away = (Reply.NOT_COMING, Reply.SUBSTITUTE)
    paid = [seat for seat in seats if seat.id not in officials]
    return Budget(
        people=sum(seat.reply not in away for seat in paid),
        each=each,
        officials=len(seats) - len(paid),
        declined=sum(seat.reply in away for seat in paid),
        terms=terms,
    )


def plan(read: Session, *, id: int, language: str = "ko") -> Composed:
    """Return the plan of a meeting: outline, items, budget in numbers and words, days to keep."""
    data = sitting(read, id=id, language=language)
    say = data.say
    title = say(TITLE)
    blocks = [
        *frame.head(data.body, say(N_("Plan to hold the {meeting} (draft)"), meeting=data.title)),
        frame.section(1, C_("plan", "Outline"), say),
        frame.facts(_outline(data), say),
        frame.section(2, C_("plan", "Items"), say),
        _items(data),
        frame.section(3, C_("plan", "Budget"), say),
        *_budget(budget(read, data), say),
        frame.section(4, C_("plan", "Days to keep"), say),
        _days(read, data),
    ]
    attached = (say(N_("Order of business, one copy.")),)
    named = official.ended("\n".join(official.attached(attached, say)), say)
    parts = ((*blocks, Space(3 * MM), para(named)), tuple(agenda_blocks(data)))
    return Composed(
        data.called(title),
        data.name(title),
        data.about,
        language,
        parts,
        head=title,
        attachments=attached,
        body=tuple(blocks),
    )


def _outline(data: Sitting) -> list[tuple[Msg, str]]:
    meeting, say = data.meeting, data.say
    quorum = meeting.quorum
    invited = say(
        N_("{n} members, {required} needed to open"), n=quorum.enrolled, required=quorum.required
    )
    openness = (
        say(C_("plan", "Open"))
        if meeting.public
        else say(C_("plan", "Not open ({ground})"), ground=meeting.closed_ground or "–")
    )
    return [
        (C_("plan", "Kind"), say(MEETING_KINDS[meeting.kind])),
        (C_("plan", "When"), data.when()),
        (C_("plan", "Place"), "" if data.written else meeting.place or say(N_("not decided yet"))),
        (C_("plan", "Called"), invited),
        (C_("plan", "In the chair"), meeting.presiding),
        (C_("plan", "Openness"), "" if data.written else openness),
        (C_("plan", "Secretariat"), meeting.secretariat or data.about.office(say)),
        (C_("plan", "Urgent because"), meeting.urgency),
    ]


def _items(data: Sitting) -> Block:
    say = data.say
    if not data.items:
        return para(say(N_("No item is on the agenda yet.")))
    return table(
        [
            Column(say(C_("plan", "No.")), 0.09, style="strong"),
            Column(say(C_("plan", "Item")), 0.53),
            Column(say(C_("plan", "Kind of item")), 0.16),
            Column(say(C_("plan", "Presented by")), 0.22),
        ],
        [
            [step.label, step.shown, say(ITEM_KINDS[step.kind]), step.presenter]
            for step in data.items
        ],
        min_row=8.5 * MM,
        caption=say(C_("plan", "Items")),
    )


def _budget(cost: Budget, say: Words) -> list[Block]:
    if not cost.each:
        return [para(say(N_("No allowance is paid for this meeting.")))]
    columns = [
        Column(say(C_("budget", "What for")), 0.3),
        Column(say(C_("budget", "Each (won)")), 0.2, "right", "number"),
        Column(say(C_("budget", "People")), 0.2, "right", "number"),
        Column(say(C_("budget", "Sum (won)")), 0.3, "right", "number"),
    ]
    sums = [f"{cost.each:,}", str(cost.people), f"{cost.total:,}"]
    whole = in_words(cost.total) if say.language == "ko" else f"{cost.total:,} won"
    notes = [rule_line(cost.terms, say)]
    if cost.officials:
        message = NN_("{n} official on duty is not paid.", "{n} officials on duty are not paid.")
        notes.append(say(message, n=cost.officials))
    if cost.declined:
        message = NN_(
            "{n} member who does not come is left out.", "{n} members who do not come are left out."
        )
        notes.append(say(message, n=cost.declined))
    if cost.terms.sources:
        notes.append(say(N_("Ground: {sources}"), sources=" · ".join(cost.terms.sources)))
    if cost.terms.unverified:
        notes.append(say(N_("Amounts and ground are to be checked before payment.")))
    # The last line never stands alone at the top of a page.
    said = [para(note, "small", keep=n == len(notes) - 1) for n, note in enumerate(notes, 1)]
    return [
        table(columns, [[say(C_("budget", "Attendance allowance")), *sums]], grid=True),
        para(say(N_("Sum: {sum}"), sum=whole), "lead"),
        *said,
    ]


def _days(read: Session, data: Sitting) -> Block:
    say, meeting = data.say, data.meeting
    public = publishing.due(read, read.get_one(Meeting, meeting.id))
    rows = [
        (C_("plan", "Notice"), meeting.notice_due, meeting.noticed_on),
        (C_("plan", "Papers sent"), meeting.materials_due, meeting.distributed_on),
        (C_("plan", "Meeting"), meeting.starts_at.date(), None),
        (C_("plan", "Minutes public"), public, None),
    ]
    told = []
    for label, due, done in rows:
        if due is None:
            continue
        state = say(C_("plan", "done {day:full}"), day=done) if done else ""
        said = say.day(due, "long")
        if label != C_("plan", "Meeting"):
            said = say(C_("plan", "by {day:long}"), day=due)
        told.append([say(label), said, state])
    return table(
        [
            Column(say(C_("plan", "Step")), 0.3, style="strong"),
            Column(say(C_("plan", "Day")), 0.4),
            Column(say(C_("plan", "State")), 0.3),
        ],
        told,
        row_head=True,
        min_row=8.5 * MM,
        caption=say(C_("plan", "Days to keep")),
    )
