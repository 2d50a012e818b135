"""What happened to a proposal, on one line of time: steps, opinions, notices, replies, links."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema.handling import (
    ProposalBoard,
    ProposalNotice,
    ProposalOpinion,
    ProposalReply,
    ProposalStep,
    ProposalSupplement,
)
from db.schema.proposals import ProfileState, Proposal
from db.vocab import ProposalState, ProposalStepKind
from gwangju_desktop import clock
from gwangju_desktop.members.rules import named
from gwangju_desktop.proposals import linked, words
from gwangju_desktop.proposals.rows import Event
from gwangju_desktop.text import C_, N_, Msg

S = ProposalState
# How each state is drawn: icon and tone.
LOOKS: dict[str, tuple[str, str]] = {
    S.DRAFT: ("pencil", "neu"),
    S.SUPPORT: ("users", "acc"),
    S.RECEIVED: ("inbox", "acc"),
    S.SUPPLEMENT: ("message-square-text", "warn"),
    S.DEBATE: ("users", "acc"),
    S.REVIEW: ("search", "acc"),
    S.OPINION: ("building-2", "acc"),
    S.TABLED: ("calendar-days", "acc"),
    S.ADOPTED: ("circle-check", "ok"),
    S.PARTLY: ("circle-check", "ok"),
    S.NOT_ADOPTED: ("x", "neu"),
    S.DEFERRED: ("clock", "warn"),
    S.REPLIED: ("message-square-text", "ok"),
    S.RE_EXAM: ("history", "warn"),
    S.IMPLEMENTING: ("milestone", "acc"),
    S.DELAYED: ("clock", "warn"),
    S.DONE: ("check", "ok"),
    S.DROPPED: ("x", "bad"),
    S.CLOSED: ("file-lock", "neu"),
    S.CIVIL_PETITION: ("arrow-right", "neu"),
    S.TRANSFERRED: ("arrow-right", "neu"),
    S.MERGED: ("link", "neu"),
    S.WITHDRAWN: ("undo-2", "neu"),
}
# Of events of one day whose hour is not known, which came first.
_FIRST, _STEP, _ASKED, _ANSWERED, _SENT, _LATER = range(6)
_Ranked = tuple[int, Event]


def timeline(read: Session, *, id: int) -> list[Event]:
    """List all that happened to a proposal, the latest first.

    A step that only says what a supplement, an opinion or a reply of the same day says is one line
    with it.
    """
    told = [
        *_supplements(read, id),
        *_opinions(read, id),
        *_replies(read, id),
        *_boards(read, id),
        *_effect(read, id),
    ]
    links = ((_LATER, event) for event in linked.events(read, id))
    found = [*_steps(read, id, told), *_notices(read, id), *links]
    order = sorted(enumerate(found + told), key=_later, reverse=True)
    return [event for _n, (_rank, event) in order]


def _later(numbered: tuple[int, _Ranked]) -> Any:
    n, (rank, event) = numbered
    hour = event.at.time() if event.at is not None else dt.time.max
    return event.on_day, rank if event.at is None else _STEP, hour, n


def _moment(at: dt.datetime, on_day: dt.date) -> dt.datetime | None:
    """Return when something was entered, if it was on the day it counts from."""
    local = clock.local(at)
    return local if local.date() == on_day else None


# What a move says that a row of another table says better: (to state) -> (table, told words).
_SAID_BY = {
    S.SUPPLEMENT: ("proposal_supplement", "asked"),
    S.OPINION: ("proposal_opinion", "asked"),
    S.REPLIED: ("proposal_reply", "sent"),
}
_SAID_AFTER = {
    S.SUPPLEMENT: ("proposal_supplement", "came"),
    S.OPINION: ("proposal_opinion", "answered"),
}


def _steps(read: Session, id: int, told: list[_Ranked]) -> Iterator[_Ranked]:
    called = _state_names(read, id)
    other = select(Proposal.id, Proposal.number, Proposal.title).subquery("other")
    query = (
        select(ProposalStep.__table__, other.c.number, other.c.title)
        .outerjoin(other, other.c.id == ProposalStep.other_id)
        .where(ProposalStep.proposal_id == id)
        .order_by(ProposalStep.id)
    )
    department = ""
    for row in read.execute(query).all():
        at = _moment(row.at, row.on_day)
        if row.kind == ProposalStepKind.MOVE and _joined(told, row, at):
            continue
        before, department = department, row.department or department
        title, values, icon, tone = _titled(row, called)
        parts = [row.reason]
        if row.kind == ProposalStepKind.REASSIGNED and before:
            parts.insert(0, f"{before} → {row.department}")
        elif row.department and row.kind != ProposalStepKind.MOVE:
            parts.insert(0, row.department)
        if row.outside:
            parts.insert(0, " ".join(filter(None, (row.outside, row.outside_number))))
        if row.other_id is not None:
            parts.insert(0, " ".join(filter(None, (row.number, row.title))))
        detail = " · ".join(filter(None, parts))
        first = row.kind == ProposalStepKind.MOVE and row.from_state is None
        yield (
            _FIRST if first else _STEP,
            Event(
                row.on_day,
                at,
                icon,
                tone,
                title,
                values,
                detail,
                "proposal_step",
                row.id,
                row.to_state or "",
            ),
        )


def _joined(told: list[_Ranked], row: Any, at: dt.datetime | None) -> bool:
    """Say whether an event of another table says what a move says; it then takes its hour."""
    wanted = {_SAID_BY.get(row.to_state), _SAID_AFTER.get(row.from_state)} - {None}
    for n, (rank, event) in enumerate(told):
        if event.on_day == row.on_day and (event.table, _KINDS.get(event.title)) in wanted:
            told[n] = rank, replace(event, at=event.at or at, state=row.to_state)
            return True
    return False


_STEP_ICONS: dict[str, str] = {
    ProposalStepKind.ASSIGNED: "arrow-right",
    ProposalStepKind.REASSIGNED: "arrow-right",
    ProposalStepKind.MERGED: "link",
    ProposalStepKind.SPLIT: "link",
    ProposalStepKind.REPEATED: "copy",
    ProposalStepKind.EDITED: "pencil",
}


def _titled(row: Any, called: dict[str, str]) -> tuple[Msg, dict[str, Any], str, str]:
    if row.kind != ProposalStepKind.MOVE:
        return words.STEPS[row.kind], {}, _STEP_ICONS[row.kind], "acc"
    icon, tone = LOOKS.get(row.to_state, ("arrow-right", "neu"))
    if row.to_state == S.RECEIVED and row.from_state in (None, S.DRAFT):
        return C_("proposal event", "Proposal received"), {}, icon, tone
    state = called.get(row.to_state) or words.STATES[ProposalState(row.to_state)]
    return N_("{state}"), {"state": state}, icon, tone


def _state_names(read: Session, id: int) -> dict[str, str]:
    query = (
        select(ProfileState.state, ProfileState.name_ko, ProfileState.name_en)
        .join(Proposal, Proposal.profile_id == ProfileState.profile_id)
        .where(Proposal.id == id)
    )
    return {row.state: named(row.name_ko, row.name_en) for row in read.execute(query).all()}


_SUPPLEMENT_ASKED = C_("proposal event", "Supplement asked for, by {until:full}")
_SUPPLEMENT_LATE = C_(
    "proposal event", "Supplement asked for, by {until:full} (the clock is not suspended)"
)
_SUPPLEMENT_CAME = C_("proposal event", "Supplement came")
_OPINION_ASKED = C_("proposal event", "Opinion asked of {department}, due {due:full}")
_OPINION_ANSWERED = C_("proposal event", "Opinion of {department}: {stance}")
_OPINION_WITHDRAWN = C_("proposal event", "Request to {department} withdrawn")
_REPLY_SENT = C_("proposal event", "Reply sent")
_KINDS: dict[str, str] = {
    _SUPPLEMENT_ASKED: "asked",
    _SUPPLEMENT_LATE: "asked",
    _SUPPLEMENT_CAME: "came",
    _OPINION_ASKED: "asked",
    _OPINION_ANSWERED: "answered",
    _REPLY_SENT: "sent",
}


def _supplements(read: Session, id: int) -> Iterator[_Ranked]:
    query = select(ProposalSupplement.__table__).where(ProposalSupplement.proposal_id == id)
    for row in read.execute(query.order_by(ProposalSupplement.id)).all():
        asked = _SUPPLEMENT_ASKED if row.pauses else _SUPPLEMENT_LATE
        record = {"table": "proposal_supplement", "id": row.id}
        values = {"until": row.until_on}
        icon, tone = LOOKS[S.SUPPLEMENT]
        yield _ASKED, Event(row.asked_on, None, icon, tone, asked, values, row.wanted, **record)
        if row.came_on is not None:
            event = Event(
                row.came_on, None, "check", "ok", _SUPPLEMENT_CAME, {}, row.answer, **record
            )
            yield _ANSWERED, event


def _opinions(read: Session, id: int) -> Iterator[_Ranked]:
    query = select(ProposalOpinion.__table__).where(ProposalOpinion.proposal_id == id)
    for row in read.execute(query.order_by(ProposalOpinion.id)).all():
        record = {"table": "proposal_opinion", "id": row.id}
        values = {"department": row.department, "due": row.due_on}
        icon, tone = LOOKS[S.OPINION]
        yield (
            _ASKED,
            Event(row.asked_on, None, icon, tone, _OPINION_ASKED, values, row.question, **record),
        )
        if row.answered_on is not None:
            values = {"department": row.department, "stance": words.STANCES[row.stance]}
            event = Event(
                row.answered_on, None, "check", "ok", _OPINION_ANSWERED, values, row.text, **record
            )
            yield _ANSWERED, event
        if row.withdrawn_on is not None:
            values = {"department": row.department}
            event = Event(
                row.withdrawn_on, None, "undo-2", "neu", _OPINION_WITHDRAWN, values, **record
            )
            yield _ANSWERED, event


def _notices(read: Session, id: int) -> Iterator[_Ranked]:
    query = select(ProposalNotice.__table__).where(ProposalNotice.proposal_id == id)
    for row in read.execute(query.order_by(ProposalNotice.id)).all():
        told = row.told_on is not None
        title = (
            C_("proposal event", "{notice} sent")
            if told
            else C_("proposal event", "{notice} made, not sent yet")
        )
        values: dict[str, Any] = {"notice": words.NOTICES[row.kind]}
        parts = [row.how, row.reason]
        yield (
            _SENT,
            Event(
                row.told_on or row.made_on,
                None,
                "file-text",
                "neu" if told else "warn",
                title,
                values,
                " · ".join(filter(None, parts)),
                "proposal_notice",
                row.id,
            ),
        )


def _replies(read: Session, id: int) -> Iterator[_Ranked]:
    query = select(ProposalReply.__table__).where(ProposalReply.proposal_id == id)
    for row in read.execute(query.order_by(ProposalReply.round)).all():
        record = {"table": "proposal_reply", "id": row.id}
        if row.sent_on is not None:
            icon, tone = LOOKS[S.REPLIED]
            yield (
                _SENT,
                Event(row.sent_on, None, icon, tone, _REPLY_SENT, {}, row.sent_by, **record),
            )
        if row.published_on is not None:
            title = C_("proposal event", "Reply published")
            yield _LATER, Event(row.published_on, None, "eye", "ok", title, **record)


def _boards(read: Session, id: int) -> Iterator[_Ranked]:
    query = select(ProposalBoard.__table__).where(ProposalBoard.proposal_id == id)
    for row in read.execute(query.order_by(ProposalBoard.id)).all():
        title = (
            C_("proposal event", "Review board: {stance} ({n} members, {citizens} citizens)")
            if row.round == 1
            else C_("proposal event", "Review board, re-examination: {stance} ({n} members)")
        )
        values = {"stance": words.STANCES[row.stance], "n": row.members, "citizens": row.citizens}
        event = Event(
            row.held_on,
            None,
            "users",
            "acc",
            title,
            values,
            row.result,
            table="proposal_board",
            id=row.id,
        )
        yield _ANSWERED, event


def _effect(read: Session, id: int) -> Iterator[_Ranked]:
    query = select(Proposal.effect_measured_on, Proposal.effect).where(Proposal.id == id)
    row = read.execute(query).first()
    if row is not None and row.effect_measured_on is not None:
        title = C_("proposal event", "Effect measured")
        yield (
            _LATER,
            Event(
                row.effect_measured_on,
                None,
                "target",
                "ok",
                title,
                {},
                row.effect,
                table="proposal",
                id=id,
            ),
        )
