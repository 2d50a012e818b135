"""The lists of the minutes tab: what the law asks, the members' answers; where minutes stand."""

from __future__ import annotations

from db.vocab import Confirmation, MeetingState
from gwangju_desktop import clock
from ui.meetings.seats import holder
from ui.models.rows import Cell, Column, Table
from ui.text import C_, N_, say

S = MeetingState


class Row:
    """One thing the law asks for, in the list."""

    height = 44

    def __init__(self, n: int, condition) -> None:
        self.id, self.condition = n, condition


def _state(line: Row) -> Cell:
    if line.condition.met:
        return Cell(say(line.condition.name), role="secb", icon="check", ink="ok")
    ink = "bad" if line.condition.needed else "warn"
    return Cell(say(line.condition.name), role="secb", icon="circle-alert", ink=ink)


def _sentence(line: Row) -> Cell:
    if line.condition.met:
        return Cell(say(C_("minutes", "There")), ink="text3")
    return Cell(say(line.condition.message, **line.condition.values))


CONTENTS = Table(
    columns=(
        Column("name", C_("minutes", "Contents"), 190, cell=_state),
        Column("said", C_("minutes", "In the text"), cell=_sentence),
    )
)


def _answer(member) -> Cell:
    if member.agrees is None:
        return Cell(chip=say(N_("No answer")), tone="neu")
    if member.agrees:
        return Cell(chip=say(C_("minutes", "Agrees")), tone="ok")
    return Cell(chip=say(C_("minutes", "Remark")), tone="warn")


def _signed(member) -> Cell:
    if member.signed_on is not None:
        return Cell(say(N_("signed {day:short}"), day=member.signed_on), icon="check", ink="ok")
    return Cell(say(C_("minutes", "to sign")), ink="warn") if member.signs else Cell("")


class Member:
    """A reviewer as the list of seats shows one."""

    substitute = substitute_post = ""

    def __init__(self, row) -> None:
        self.row, self.id = row, row.id

    def __getattr__(self, name: str):
        return getattr(self.row, name)


REVIEWERS = Table(
    columns=(
        Column("name", N_("Name · affiliation"), cell=holder),
        Column("answer", C_("minutes", "Answer"), 96, cell=_answer),
        Column("remark", C_("minutes", "Remark"), 150, cell=lambda m: Cell(m.remark)),
        Column("signed", C_("minutes", "Signature"), 118, cell=_signed),
    )
)


def facts(found):
    """Return the line that says where the minutes stand: a message and its values."""
    if found.closed_ground:
        return N_("Not published: {ground}"), {"ground": found.closed_ground}
    if found.published_on is not None and not found.early:
        return N_("Published {day:full} · {where}"), {
            "day": found.published_on,
            "where": found.published_where or "–",
        }
    if found.due is None:
        return "", {}
    left = (found.due - clock.today()).days
    if found.published_on is not None:
        message = N_("Published unconfirmed {day:full}, the confirmed text is to follow")
        return message, {"day": found.published_on}
    if found.state == S.DRAFTED and found.confirmation == Confirmation.SIGNATURE:
        message = N_("Review until {until:short} · public until {due:short}")
        return message, {"until": found.review_until, "due": found.due}
    if found.state in (S.CLOSED, S.DRAFTED, S.CONFIRMED):
        message = (
            N_("Public until {due:full}, {n} days left")
            if left >= 0
            else N_("Public until {due:full}, {n} days late")
        )
        return message, {"due": found.due, "n": abs(left)}
    return "", {}
