"""Who signs, who sits where, who is who."""

from __future__ import annotations

from gwangju_desktop.documents.blocks import (
    Answer,
    Answers,
    Block,
    Column,
    Heading,
    PageBreak,
    Rule,
    Signer,
    SignRows,
    Space,
    para,
    table,
)
from gwangju_desktop.documents.figures import Seat, SeatPlan
from gwangju_desktop.documents.styles import MM
from gwangju_desktop.members.letters.places import places
from gwangju_desktop.members.letters.seating import FRONT, TOLD
from gwangju_desktop.packs.pages.frame import Frame
from gwangju_desktop.text import C_, N_

# Up to this many members sign in one column that has all seven fields.
_ONE_COLUMN = 18
_SUBSTITUTES, _GUESTS = 4, 8
_ROW = 11 * MM


def attendance(frame: Frame) -> list[Block]:
    """Return the attendance sheet, 36 members on a page, then substitutes and others present."""
    say = frame.say
    return [
        Heading(1, say(C_("pack", "Attendance sheet")), "attendance", frame.enrolled()),
        _signatures(frame),
        Rule(1.2),
        Space(2 * MM),
        Answers(
            (
                Answer(say(C_("pack", "Present")), say(C_("pack", "members")), share=1.15),
                Answer(say(C_("pack", "Quorum")), tick=True, share=0.8),
                Answer(say(C_("pack", "No quorum")), tick=True, share=0.8),
                Answer(say(C_("pack", "Secretary")), share=1.35),
            )
        ),
        PageBreak(),
        *_others(frame),
    ]


def _signatures(frame: Frame) -> Block:
    members, say = frame.data.members, frame.say
    number = say(C_("attendance", "No."))
    sign = say(C_("pack", "Signature"))
    if len(members) > _ONE_COLUMN:
        who = say(C_("pack", "Name · organisation, post"))
        people = (
            Signer(str(order), member.name, member.affiliation, member.capacity)
            for order, member in enumerate(members, 1)
        )
        return SignRows(tuple(people), (number, who, say(C_("pack", "Kind · note")), sign))
    columns = [
        Column(number, 0.075),
        Column(say(C_("pack", "Capacity")), 0.115),
        Column(say(C_("pack", "Organisation")), 0.25),
        Column(say(C_("pack", "Post")), 0.16),
        Column(say(C_("pack", "Name")), 0.13, style="strong"),
        Column(sign, 0.16, rule=True),
        Column(say(C_("pack", "Remarks")), 0.11, rule=True),
    ]
    rows = [
        (str(order), one.capacity, one.organisation, one.position, one.name, "", "")
        for order, one in enumerate(members, 1)
    ]
    return table(columns, rows, min_row=_ROW)


def _others(frame: Frame) -> list[Block]:
    """Return the sheet for substitutes and for those without a seat; known ones are filled in."""
    data, say = frame.data, frame.say
    sign = Column(say(C_("pack", "Signature")), 0.2, rule=True)
    substitutes = [
        (member.name, "" if frame.public else member.substitute, "")
        for member in data.members
        if member.substitute
    ]
    guests = [
        (guest.kind, guest.affiliation, guest.name, "") for guest in data.guests if not frame.public
    ]
    return [
        Heading(2, say(N_("Substitutes"))),
        table(
            [
                Column(say(N_("Member represented")), 0.3),
                Column(say(N_("Substitute (organisation, post, name)")), 0.5, rule=True),
                sign,
            ],
            [*substitutes, *[("", "", "")] * max(0, _SUBSTITUTES - len(substitutes))],
            min_row=_ROW,
        ),
        Heading(2, say(N_("Others present and spectators"))),
        table(
            [
                Column(say(C_("pack", "Capacity")), 0.14),
                Column(say(N_("Organisation, post")), 0.42, rule=True),
                Column(say(C_("pack", "Name")), 0.24, rule=True),
                sign,
            ],
            [*guests, *[("", "", "", "")] * max(0, _GUESTS - len(guests))],
            min_row=_ROW,
        ),
    ]


def roster(frame: Frame) -> list[Block]:
    """Return the list of members with their affiliation; nobody's contacts stand on it."""
    members, say = frame.data.members, frame.say
    capacities = [member.capacity for member in members]
    counts = [f"{name} {capacities.count(name)}" for name in dict.fromkeys(capacities) if name]
    total = say(C_("pack", "{n} members"), n=len(members))
    rows = [
        (
            str(order),
            member.name,
            member.organisation,
            member.position,
            member.capacity,
            member.role,
        )
        for order, member in enumerate(members, 1)
    ]
    return [
        Heading(1, say(C_("pack", "Member list")), "roster", " · ".join((total, *counts))),
        table(
            [
                Column(say(C_("attendance", "No.")), 0.07, "right", "number"),
                Column(say(C_("pack", "Name")), 0.12, style="strong"),
                Column(say(C_("pack", "Organisation")), 0.36),
                Column(say(C_("pack", "Post")), 0.18),
                Column(say(C_("pack", "Capacity")), 0.14),
                Column(say(C_("pack", "Office")), 0.13),
            ],
            rows,
            row_head=False,
            caption=say(C_("pack", "Member list")),
        ),
    ]


def seating(frame: Frame) -> list[Block]:
    """Return the plan of the room; seats are numbered in the order of the list."""
    data, say = frame.data, frame.say
    heads = max(1, sum(member.head for member in data.members))
    found = places(data.layout, heads, len(data.members), upright=True)
    seats = tuple(
        Seat(order, member.name, member.affiliation, member.head, place.x, place.y)
        for order, (member, place) in enumerate(zip(data.members, found, strict=True), 1)
    )
    named = ", ".join(f"{seat.number} {seat.name}" for seat in seats)
    told = say(TOLD, seats=named)
    return [
        Heading(1, say(C_("pack", "Seating plan")), "seating"),
        SeatPlan(seats, say(FRONT), told),
    ]


def abbreviations(frame: Frame) -> list[Block]:
    """Return the short forms used and what they stand for."""
    say = frame.say
    return [
        Heading(1, say(C_("pack", "Abbreviations")), "abbreviations"),
        table(
            [
                Column(say(N_("Short form")), 0.28, style="strong"),
                Column(say(N_("Stands for")), 0.72),
            ],
            [(para(short, "strong"), meaning) for short, meaning in frame.data.abbreviations],
            row_head=True,
        ),
    ]
