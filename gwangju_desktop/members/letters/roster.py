"""The member list (위원 명부), in the order of precedence."""

from __future__ import annotations

from db.vocab import Capacity, Role
from gwangju_desktop.documents.blocks import Block, Column, Rule, Space, para, table
from gwangju_desktop.documents.composed import Composed
from gwangju_desktop.documents.styles import MM
from gwangju_desktop.members.letters.model import RollData, affiliation
from gwangju_desktop.members.letters.press import KINDS, name_of
from gwangju_desktop.members.precedence import SeatRow
from gwangju_desktop.members.words import CAPACITIES, ROLES
from gwangju_desktop.text import C_, N_, Words, words


def roster(data: RollData, *, language: str = "ko") -> Composed:
    """Return the member list; contacts stand on it only where the data holds them."""
    say = words(language)
    title = say(KINDS["roster"])
    blocks: list[Block] = [
        para(data.name(say), "lead"),
        para(title, "h1"),
        Rule(),
        Space(3 * MM),
        para(_totals(data, say), "note"),
        Space(2 * MM),
        table(
            _columns(data, say),
            [_row(number, seat, data, say) for number, seat in enumerate(data.seats, 1)],
            min_row=9 * MM,
            caption=title,
        ),
    ]
    whole = f"{data.name(say)} {title}"
    people = tuple(seat.person_id for seat in data.seats) if data.contacts else ()
    return Composed(
        whole, name_of(data, whole), data, language, (tuple(blocks),), title, people=people
    )


def _columns(data: RollData, say: Words) -> list[Column]:
    last = (
        [Column(say(N_("Phone · e-mail")), 0.3)]
        if data.contacts
        else [Column(say(C_("roster", "Field")), 0.12), Column(say(C_("roster", "Until")), 0.17)]
    )
    rest = 1 - sum(column.share for column in last) - 0.07 - 0.17 - 0.13
    return [
        Column(say(C_("roster", "No.")), 0.07, "right", "number"),
        Column(say(C_("roster", "Name")), 0.17, "left", "strong"),
        Column(say(N_("Affiliation and post")), rest),
        Column(say(C_("roster", "Capacity")), 0.13),
        *last,
    ]


def _row(number: int, seat: SeatRow, data: RollData, say: Words) -> list[str]:
    role = "" if seat.role == Role.MEMBER else say(ROLES[seat.role])
    name = "\n".join(part for part in (seat.name, role) if part)
    cells = [str(number), name, affiliation(seat, say), say(CAPACITIES[seat.capacity])]
    if data.contacts:
        contact = data.contacts.get(seat.person_id)
        reached = (contact.phone, contact.email) if contact else ()
        return [*cells, "\n".join(part for part in reached if part)]
    until = say.day(seat.ends_on, "full") if seat.ends_on else say(N_("In office"))
    return [*cells, seat.field or "–", until]


def _totals(data: RollData, say: Words) -> str:
    """Return the counts: the whole, ex officio and appointed, vacant, the sexes of the appointed."""
    ex_officio, appointed = data.count(Capacity.EX_OFFICIO), data.count(Capacity.APPOINTED)
    counted = {"n": ex_officio + appointed, "x": ex_officio, "a": appointed}
    if data.seats_total is None:
        first = say(N_("{n} members · ex officio {x} · appointed {a}"), **counted)
    else:
        vacant = max(0, data.seats_total - ex_officio - appointed)
        message = N_("{n} members · ex officio {x} · appointed {a} · vacant {v}")
        first = say(message, v=vacant, **counted)
    women, men, unknown = data.sexes
    second = say(N_("of the appointed: women {w}, men {m}"), w=women, m=men)
    if unknown:
        second += say(N_(", not entered {u}"), u=unknown)
    return f"{first} · {second}"
