"""What can be done to proposals as they come in; their steps are in `steps`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from db import drafts
from db.schema.handling import ProposalDistinct, ProposalNote, ProposalStep
from db.schema.proposals import (
    OutsideNumber,
    Proposal,
    ProposalCall,
    ProposalField,
    ProposalProfile,
)
from db.store import usecase
from db.vocab import ProposalChannel, ProposalConsent, ProposalState, ProposalStepKind, Sector
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.forms import change, found, required, tidy, writable
from gwangju_desktop.proposals import clocks, fingerprint, flags, profiles
from gwangju_desktop.proposals import proposers as people
from gwangju_desktop.proposals.receipt import begin, keep_step, past, proposal_of, redate, take_in
from gwangju_desktop.text import N_
from gwangju_desktop.threads import links

NO_TITLE = N_("A proposal needs a title.")
NO_OUTSIDE = N_("There is no outside number {id}.")
# Longer than any letter, with room for a megabyte that a web form lets through.
LONGEST_TEXT = 2_000_000
LONGEST_TITLE = 500
# So much of the text stands for a title nobody gave.
TITLE_FROM_TEXT = 60
WORDS = ("title", "text")
EDITED = (
    "channel",
    "received_on",
    "profile_id",
    "department",
    "field",
    "district",
    "sector",
    "anonymous",
    "consent",
    "consent_on",
    "call_id",
    "supports",
    "supports_on",
    "comments",
    "plan",
    "effect_from",
    "effect",
    "effect_measured_on",
)
# What came from the citizen: a change of it after receipt is a line of the history.
_AS_CAME = {"title", "text", "received_on"}


@usecase("Register proposal")
def register(
    tx: Session,
    *,
    title: str,
    text: str = "",
    channel: str,
    received_on: dt.date | None = None,
    profile_id: int | None = None,
    department: str = "",
    field: str = "",
    district: str = "",
    sector: str = "",
    anonymous: bool = False,
    consent: str = ProposalConsent.NONE.value,
    consent_on: dt.date | None = None,
    call_id: int | None = None,
    proposers: Sequence[Mapping[str, Any]] = (),
    outside: Sequence[Mapping[str, str]] = (),
    supports: int = 0,
    comments: int = 0,
    draft: bool = False,
) -> int:
    """Take a proposal in: number, first step, receipt notice and clock; a draft has none of them.

    Each of `proposers` holds kind, name, share (hundredths of a percent), phone, email and
    address; each of `outside` system and number. An empty title is taken from the text. Resident
    registration numbers are kept masked (`flags.kept`). Raises UserError.
    """
    profiles.ensure(tx)
    received = received_on or clock.today()
    title, text = words_of(title, text)
    agreed = received if consent != ProposalConsent.NONE else None
    facts = _facts(
        tx,
        {
            "channel": channel,
            "received_on": received,
            "profile_id": profiles.standard(tx) if profile_id is None else profile_id,
            "department": department,
            "field": field,
            "district": district,
            "sector": sector,
            "anonymous": anonymous,
            "consent": consent,
            "consent_on": consent_on or agreed,
            "call_id": call_id,
            "supports": supports,
            "supports_on": received if supports else None,
            "comments": comments,
        },
    )
    _refuse_retired(tx, facts["profile_id"], received)
    who = next((writable(str(one.get("name") or "")) for one in proposers), "")
    proposal = Proposal(
        state=ProposalState.DRAFT.value,
        since_on=received,
        title=flags.kept(title),
        text=flags.kept(text),
        fingerprint=fingerprint.of(title, text, received, who),
        **facts,
    )
    if not draft:
        begin(tx, proposal)
    tx.add(proposal)
    tx.flush()
    people.put(tx, proposal, proposers)
    for one in outside:
        _put_outside(tx, proposal, one.get("system", ""), one.get("number", ""))
    if not draft:
        take_in(tx, proposal)
    tx.flush()
    return proposal.id


@usecase("Receive proposal")
def receive(tx: Session, *, id: int, on_day: dt.date | None = None) -> int:
    """Receive a draft: it gets its number, its receipt notice and its clock."""
    proposal = proposal_of(tx, id)
    if proposal.state != ProposalState.DRAFT:
        raise UserError(N_("“{title}” was received already."), title=proposal.title)
    if on_day is not None:
        change(proposal, {"received_on": past(on_day)})
    take_in(tx, proposal)
    return id


@usecase("Edit proposal")
def edit_proposal(tx: Session, *, id: int, reason: str = "", **values: Any) -> int:
    """Change what is known of a proposal; its words as they came leave a line in the history.

    The department in charge and the profile change here only while it is a draft. A corrected day
    of receipt goes for its receipt notice too; raises UserError for one after what was done since.
    """
    proposal = proposal_of(tx, id)
    draft = proposal.state == ProposalState.DRAFT
    if not draft:
        _refuse_steps(proposal, values)
    if values.get("supports", proposal.supports) != proposal.supports:
        values.setdefault("supports_on", clock.today())
    fields = _facts(tx, {name: held for name, held in values.items() if name not in WORDS})
    if any(name in values for name in WORDS):
        title = values.get("title", proposal.title)
        said = words_of(title, values.get("text", proposal.text), from_text=False)
        fields |= dict(zip(WORDS, map(flags.kept, said), strict=True))
    changed = {name for name, held in fields.items() if getattr(proposal, name) != held}
    received = proposal.received_on
    change(proposal, fields)
    if not draft and "received_on" in changed:
        redate(tx, proposal, received)
    if not draft and changed & _AS_CAME:
        why = tidy({"reason": reason}, ("reason",))["reason"]
        keep_step(tx, proposal, ProposalStepKind.EDITED, clock.today(), reason=why)
    clocks.renew(tx, proposal)
    return id


@usecase("Remove draft")
def remove_draft(tx: Session, *, id: int) -> None:
    """Delete a proposal that was never received; the files stay in the store."""
    proposal = proposal_of(tx, id)
    if proposal.state != ProposalState.DRAFT:
        raise UserError(
            N_("{number} was received and is never deleted."),
            hint=N_("Withdraw or close it with a reason."),
            number=proposal.number,
        )
    _let_go(tx, id)
    drafts.drop(tx, -id)
    tx.delete(proposal)


def _let_go(tx: Session, id: int) -> None:
    """Take away what speaks of a draft alone; the histories of others keep their lines."""
    notes = select(ProposalNote).where(ProposalNote.proposal_id == id)
    apart = select(ProposalDistinct).where(
        or_(ProposalDistinct.proposal_id == id, ProposalDistinct.other_id == id)
    )
    for row in (*tx.scalars(notes).all(), *tx.scalars(apart).all()):
        tx.delete(row)
    for step in tx.scalars(select(ProposalStep).where(ProposalStep.other_id == id)).all():
        change(step, {"other_id": None})
    links.forget(tx, "proposal", id)


@usecase("Set the proposers")
def set_proposers(tx: Session, *, id: int, proposers: Sequence[Mapping[str, Any]]) -> int:
    """Make the proposers of a proposal these; one with an `id` stays who it is.

    Raises UserError where shares are not 100 % together, and for a received proposal that would
    name nobody without being anonymous.
    """
    proposal = proposal_of(tx, id)
    people.put(tx, proposal, proposers)
    if proposal.state != ProposalState.DRAFT and not (proposal.proposers or proposal.anonymous):
        raise UserError(
            N_("Say who proposes “{title}”."),
            hint=N_("Enter a name, or mark the proposal as anonymous."),
            title=proposal.title,
        )
    return id


@usecase("Add outside number")
def add_outside(tx: Session, *, id: int, system: str, number: str) -> int:
    """Note the number a proposal has in another system; raise UserError for one that is taken."""
    return _put_outside(tx, proposal_of(tx, id), system, number).id


@usecase("Remove outside number")
def remove_outside(tx: Session, *, outside_id: int) -> None:
    """Take away a number of another system that was noted by mistake."""
    row = found(tx, OutsideNumber, outside_id, NO_OUTSIDE)
    proposal = proposal_of(tx, row.proposal_id)
    proposal.outside.remove(row)


def words_of(title: str, text: str, *, from_text: bool = True) -> tuple[str, str]:
    """Return title and text as they are kept: the title one line, the text whole and literal.

    Raises UserError for a title nobody gave where there is no text to take it from, and for texts
    that are too long.
    """
    said = writable(text)
    called = " ".join(writable(title).split())
    if not called and from_text:
        called = " ".join(said[: 4 * TITLE_FROM_TEXT].split())
        if len(called) > TITLE_FROM_TEXT:
            called = called[: TITLE_FROM_TEXT - 1].rstrip() + "…"
    required(called, NO_TITLE)
    for held, longest in ((called, LONGEST_TITLE), (said, LONGEST_TEXT)):
        if len(held) > longest:
            raise UserError(
                N_("The proposal has {n:,} characters where {longest:,} can be kept."),
                hint=N_("Shorten it, and attach the whole text as a file."),
                n=len(held),
                longest=longest,
            )
    return called, said


def _facts(tx: Session, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the facts as they are kept; raise UserError for what cannot be."""
    fields = tidy(values, EDITED)
    kinds = (("channel", ProposalChannel), ("consent", ProposalConsent))
    for name, kind in kinds:
        if name in fields:
            fields[name] = kind(fields[name]).value
    if fields.get("sector"):
        fields["sector"] = Sector(fields["sector"]).value
    for name in ("received_on", "consent_on", "supports_on", "effect_measured_on"):
        if fields.get(name) is not None:
            past(fields[name])
    for name in ("supports", "comments"):
        if fields.get(name, 0) < 0:
            raise UserError(N_("{n} is no count."), hint=N_("Enter 0 or more."), n=fields[name])
    if fields.get("field"):
        known = select(ProposalField.id).where(ProposalField.code == fields["field"])
        if tx.scalar(known) is None:
            raise UserError(N_("There is no field “{field}”."), field=fields["field"])
    if fields.get("call_id") is not None:
        found(tx, ProposalCall, fields["call_id"], N_("There is no call for proposals {id}."))
    if fields.get("profile_id") is not None:
        found(tx, ProposalProfile, fields["profile_id"], N_("There is no profile {id}."))
    return fields


def _refuse_retired(tx: Session, profile_id: int, day: dt.date) -> None:
    profile = tx.get_one(ProposalProfile, profile_id)
    if profile.retired_on is not None and profile.retired_on <= day:
        raise UserError(
            N_("“{profile}” takes no new proposals any more."),
            hint=N_("Choose another profile."),
            profile=profile.name_ko,
        )


def _refuse_steps(proposal: Proposal, values: Mapping[str, Any]) -> None:
    """Raise UserError where a received proposal would change what only a step changes."""
    if values.get("department", proposal.department) != proposal.department:
        raise UserError(
            N_("{number} was received: its department changes by a step."),
            hint=N_("Assign it to the other department."),
            number=proposal.number,
        )
    if values.get("profile_id", proposal.profile_id) != proposal.profile_id:
        raise UserError(
            N_("{number} was received: it stays with its profile."), number=proposal.number
        )


def _put_outside(tx: Session, proposal: Proposal, system: str, number: str) -> OutsideNumber:
    asked = tidy({"system": system, "number": number}, ("system", "number"))
    where = required(asked["system"], N_("Say which system the number is from."))
    which = required(asked["number"], N_("Enter the number the other system gave."))
    taken = tx.execute(
        select(Proposal.number, Proposal.title)
        .join(OutsideNumber, OutsideNumber.proposal_id == Proposal.id)
        .where(OutsideNumber.system == where, OutsideNumber.number == which)
    ).first()
    if taken is not None:
        raise UserError(
            N_("{system} {number} is the number of “{title}” already."),
            hint=N_("Look at that proposal, or correct the number."),
            system=where,
            number=which,
            title=taken.title,
        )
    row = OutsideNumber(proposal_id=proposal.id, system=where, number=which)
    proposal.outside.append(row)
    tx.flush()
    return row
