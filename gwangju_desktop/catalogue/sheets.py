"""Sheets for the room: the order of business, the attendance sheet, the decision record sheets."""

from __future__ import annotations

from sqlalchemy.orm import Session

from db.vocab import ItemKind, ItemState, Outcome, Reply
from gwangju_desktop.catalogue import frame
from gwangju_desktop.catalogue.sittings import Sitting, Step, sitting
from gwangju_desktop.documents.blocks import (
    Answer,
    Answers,
    Block,
    Box,
    Column,
    Rule,
    Space,
    para,
    prose,
    table,
)
from gwangju_desktop.documents.composed import Composed
from gwangju_desktop.documents.styles import MM
from gwangju_desktop.errors import UserError
from gwangju_desktop.meetings import presence, recusals, sheet
from gwangju_desktop.meetings.words import ITEM_KINDS, OUTCOMES
from gwangju_desktop.members.words import CAPACITIES
from gwangju_desktop.text import C_, N_, NN_, Words

AGENDA = C_("document", "Order of business")
ATTENDANCE = C_("document", "Attendance sheet")
RECORD = C_("document", "Decision record sheets")
RECORD_HEAD = C_("record sheet", "Decision record sheet")
# Blank lines for those who sit in without being members.
OBSERVERS = 4
# Two pages hold some forty rows of this height.
SIGN_ROW = 9.4 * MM
# What an item may end in, in the order it is ticked.
_OUTCOMES = (
    Outcome.AS_PROPOSED,
    Outcome.AMENDED,
    Outcome.CONDITIONAL,
    Outcome.DEFERRED,
    Outcome.REJECTED,
    Outcome.RETURNED,
    Outcome.WITHDRAWN,
)


def agenda(read: Session, *, id: int, language: str = "ko") -> Composed:
    """Return the order of business with clock times, titles as outsiders may read them."""
    data = sitting(read, id=id, language=language)
    title = data.say(AGENDA)
    whole = data.called(title)
    parts = (tuple(agenda_blocks(data)),)
    return Composed(whole, data.name(title), data.about, language, parts, head=title)


def agenda_blocks(data: Sitting) -> list[Block]:
    """Return the order of business as a part of a document."""
    say = data.say
    rows: list[list[str | Block | tuple[Block, ...]]] = []
    for step in data.steps:
        lines: list[Block] = [para(step.shown, "strong" if step.label else "cell")]
        if step.presenter:
            lines.append(para(step.presenter, "small"))
        withdrawn = step.state == ItemState.WITHDRAWN
        plain = step.kind in (ItemKind.PROCEDURE, ItemKind.HEADING)
        kind = say(ITEM_KINDS[step.kind])
        if withdrawn:
            kind = say(OUTCOMES[Outcome.WITHDRAWN])
        elif plain:
            kind = ""
        sits = not data.written and not withdrawn and step.kind != ItemKind.HEADING
        rows.append(
            [
                step.label,
                tuple(lines),
                kind,
                say.day(step.starts_at, "time") if sits else "",
                say(C_("agenda", "{n} min"), n=step.minutes) if sits and step.minutes else "",
            ]
        )
    columns = [
        Column(say(C_("agenda", "No.")), 0.09, style="strong"),
        Column(say(C_("agenda", "Item · presented by")), 0.53),
        Column(say(C_("agenda", "Kind")), 0.15),
        Column(say(C_("agenda", "Starts")), 0.11, "centre", "middle"),
        Column(say(C_("agenda", "Length")), 0.12, "right", "number"),
    ]
    if data.written:
        # Nothing starts at a time where nobody sits.
        columns = [columns[0], Column(columns[1].title, 0.75), Column(columns[2].title, 0.16)]
        rows = [row[:3] for row in rows]
    facts = [data.when(), data.meeting.place]
    count = say(NN_("{n} numbered item", "{n} numbered items"), n=len(data.items))
    return [
        *frame.head(data.whole, say(AGENDA)),
        para(" · ".join(fact for fact in (*facts, count) if fact), "meta"),
        Space(2 * MM),
        table(columns, rows, min_row=9.5 * MM, caption=say(AGENDA)),
    ]


def attendance(read: Session, *, id: int, language: str = "ko") -> Composed:
    """Return the attendance sheet: every seat in the order of precedence, blanks for others.

    연번, 구분, 소속, 직위, 성명, 서명, 비고 (domain 2.5). A substitute who is announced stands in the
    remarks.
    """
    data = sitting(read, id=id, language=language)
    say, meeting = data.say, data.meeting
    seats = sheet.seats(read, meeting_id=id)
    if not seats:
        raise UserError(
            N_("{meeting} has no attendance sheet: it was taken over from a register."),
            meeting=meeting.title,
        )
    title = say(ATTENDANCE)
    quorum = say(
        N_("{enrolled} enrolled · quorum to open {required}"),
        enrolled=meeting.quorum.enrolled,
        required=meeting.quorum.required,
    )
    blocks: list[Block] = [
        *frame.head(data.whole, title),
        para(" · ".join(fact for fact in (data.when(), meeting.place, quorum) if fact), "meta"),
        Space(2 * MM),
        table(
            _sign_columns(say),
            [_sign_row(n, seat, say) for n, seat in enumerate(seats, 1)],
            min_row=SIGN_ROW,
            grid=True,
            caption=title,
        ),
        frame.heading(say(C_("attendance", "In attendance"))),
        table(
            _sign_columns(say),
            [[str(n), *[""] * 6] for n in range(1, OBSERVERS + 1)],
            min_row=SIGN_ROW,
            grid=True,
            caption=say(C_("attendance", "In attendance")),
        ),
        Space(4 * MM),
        Answers(
            (
                Answer(
                    say(C_("attendance", "Present")), say(C_("attendance", "members")), share=0.5
                ),
                Answer(say(C_("attendance", "Quorum")), tick=True, share=0.7),
                Answer(say(C_("attendance", "Checked by")), say(N_("(signature or seal)"))),
            )
        ),
    ]
    whole = data.called(title)
    return Composed(whole, data.name(title), data.about, language, (tuple(blocks),), head=title)


def _sign_columns(say: Words) -> list[Column]:
    return [
        Column(say(C_("attendance", "No.")), 0.06, "right", "number"),
        Column(say(C_("attendance", "Capacity")), 0.13, style="middle"),
        Column(say(C_("attendance", "Organisation")), 0.27),
        Column(say(C_("attendance", "Post")), 0.14),
        Column(say(C_("attendance", "Name")), 0.12, style="strong"),
        Column(say(C_("attendance", "Signature")), 0.17),
        Column(say(C_("attendance", "Remarks")), 0.11, style="small"),
    ]


def _sign_row(number: int, seat: sheet.SeatRow, say: Words) -> list[str]:
    english = say.language == "en" and seat.organisation_en
    remark = ""
    if seat.reply == Reply.SUBSTITUTE:
        who = " ".join(part for part in (seat.substitute, seat.substitute_post) if part)
        remark = say(C_("attendance", "Substitute {who}"), who=who).strip()
    return [
        str(number),
        say(CAPACITIES[seat.capacity]),
        seat.organisation_en if english else seat.organisation_ko,
        seat.post,
        seat.name,
        "",
        remark,
    ]


def record_sheets(read: Session, *, id: int, language: str = "ko") -> Composed:
    """Return a sheet for each item to be voted on, to note by hand what the body decides.

    For the chair and the secretary: closed items stand there under their own title.
    """
    data = sitting(read, id=id, language=language)
    say = data.say
    voted = [step for step in data.items if step.voted]
    if not voted:
        raise UserError(
            N_("{meeting} has no item to be voted on."),
            hint=N_("Add an item for decision first."),
            meeting=data.meeting.title,
        )
    title = say(RECORD)
    parts = tuple(tuple(_record(read, data, step)) for step in voted)
    whole = data.called(title)
    return Composed(whole, data.name(title), data.about, language, parts, head=title)


def _record(read: Session, data: Sitting, step: Step) -> list[Block]:
    say, meeting = data.say, data.meeting
    standing = presence.standing(read, meeting_id=meeting.id, item_id=step.id)
    aside = [one.name for one in recusals.of_item(read, item_id=step.id) if not one.lost]
    number = f"{step.label}. {step.title}"
    facts = [
        (C_("record sheet", "Meeting"), data.whole),
        (C_("record sheet", "Held"), data.when()),
        (
            C_("record sheet", "Item"),
            " · ".join(filter(None, (number, step.item_number, step.presenter))),
        ),
        (
            C_("record sheet", "Quorum"),
            say(
                N_("{enrolled} enrolled · quorum to open {required}"),
                enrolled=standing.enrolled,
                required=standing.quorum_required,
            ),
        ),
        (C_("record sheet", "Stands aside"), ", ".join(aside)),
    ]
    blocks: list[Block] = [
        para(say(RECORD_HEAD), "h1"),
        Rule(),
        frame.facts(facts, say, row=7),
    ]
    if step.request:
        blocks.append(frame.heading(say(C_("record sheet", "Resolution asked for"))))
        blocks.append(Box(prose(step.request)))
    ticks = [Answer("", say(OUTCOMES[outcome]), tick=True) for outcome in _OUTCOMES]
    counts = [
        C_("record sheet", "Present"),
        C_("vote", "For"),
        C_("vote", "Against"),
        C_("vote", "Abstained"),
    ]
    line = Answers((Answer(""),))
    return [
        *blocks,
        frame.heading(say(C_("record sheet", "Vote"))),
        Answers(
            (
                Answer("", say(C_("vote", "No objection")), tick=True, share=0.25),
                Answer("", say(C_("vote", "Show of hands")), tick=True, share=0.25),
                Answer("", say(C_("vote", "Secret ballot")), tick=True, share=0.25),
            ),
            0.85,
        ),
        Answers(tuple(Answer(say(one)) for one in counts)),
        frame.heading(say(C_("record sheet", "Result"))),
        Answers(tuple(ticks[:3]), 0.9),
        Answers(tuple(ticks[3:])),
        frame.heading(say(C_("record sheet", "Amendment, condition or reason"))),
        line,
        line,
        frame.heading(say(C_("record sheet", "To be done"))),
        table(
            [
                Column(say(C_("record sheet", "What")), 0.55),
                Column(say(C_("record sheet", "Department")), 0.25),
                Column(say(C_("record sheet", "Until")), 0.2),
            ],
            [["", "", ""]] * 2,
            min_row=7.5 * MM,
            grid=True,
        ),
        Answers(
            (
                Answer(say(C_("sign", "In the chair")), say(N_("(signature or seal)"))),
                Answer(say(C_("record sheet", "Noted by")), say(N_("(signature or seal)"))),
            )
        ),
    ]
