"""What can be done to profiles: copies, names of states, moves and their guards, rules, criteria."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from db.schema.handling import ProposalScore
from db.schema.proposals import (
    ProfileCriterion,
    ProfileMove,
    ProfileRule,
    ProfileState,
    Proposal,
    ProposalProfile,
)
from db.store import usecase
from db.vocab import ProposalStage, ProposalState
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.forms import change, found, required, tidy
from gwangju_desktop.proposals import clocks, guards, profiles, spans
from gwangju_desktop.proposals.profile_rows import load
from gwangju_desktop.proposals.words import STATES
from gwangju_desktop.text import N_

EVE = dt.timedelta(days=1)
NO_PROFILE = N_("There is no profile of proposals {id}.")
NO_RULE = N_("There is no rule {id} of a profile.")
NO_CRITERION = N_("There is no criterion {id}.")
NO_NAME = N_("A profile, a state and a criterion need a Korean name.")


@usecase("Set up profiles of proposals")
def set_up(tx: Session) -> list[int]:
    """Write the profiles that ship as rows, where there are none yet, so that they can be edited."""
    profiles.ensure(tx)
    return list(tx.scalars(select(ProposalProfile.id).order_by(ProposalProfile.position)).all())


@usecase("Copy profile")
def copy_profile(
    tx: Session, *, profile_id: int, name_ko: str, name_en: str = "", code: str = ""
) -> int:
    """Make a profile like another one, with states, moves, rules and criteria; return its id."""
    found(tx, ProposalProfile, profile_id, NO_PROFILE)
    asked = _named(name_ko, name_en)
    taken = set(tx.scalars(select(ProposalProfile.code)))
    stem = re.sub("[^A-Z0-9]+", "_", (code or asked["name_en"]).upper()).strip("_")[:30]
    kept, n = stem or "PROFILE", 1
    while kept in taken:
        n += 1
        kept = f"{stem or 'PROFILE'}_{n}"
    last = tx.scalar(select(func.max(ProposalProfile.position))) or 0
    whole = load(tx, profile_id)
    return profiles.write(tx, whole, position=last + profiles.GAP, code=kept, **asked)


@usecase("Edit profile")
def edit_profile(
    tx: Session, *, profile_id: int, name_ko: str, name_en: str = "", basis: str = ""
) -> int:
    """Call a profile otherwise, or say what it follows."""
    row = found(tx, ProposalProfile, profile_id, NO_PROFILE)
    change(row, {**_named(name_ko, name_en), **tidy({"basis": basis}, ("basis",))})
    return profile_id


@usecase("Retire profile")
def retire_profile(
    tx: Session, *, profile_id: int, retired_on: dt.date | None = None, back: bool = False
) -> int:
    """Let a profile take no new proposals from a day on; `back` lets it take them again.

    Those it has stay with it. Raises UserError for the one new proposals get.
    """
    row = found(tx, ProposalProfile, profile_id, NO_PROFILE)
    if row.standard and not back:
        raise UserError(
            N_("New proposals get “{name}”; it cannot retire."),
            hint=N_("Let another profile be the standard first."),
            name=row.name_ko,
        )
    change(row, {"retired_on": None if back else retired_on or clock.today()})
    return profile_id


@usecase("Set standard profile")
def set_standard(tx: Session, *, profile_id: int) -> int:
    """Let new proposals get a profile unless they say otherwise."""
    row = found(tx, ProposalProfile, profile_id, NO_PROFILE)
    if row.retired_on is not None:
        raise UserError(N_("“{name}” is retired."), name=row.name_ko)
    for other in tx.scalars(select(ProposalProfile)):
        change(other, {"standard": other.id == profile_id})
    return profile_id


@usecase("Set state of the profile")
def rename_state(
    tx: Session, *, profile_id: int, state: str, name_ko: str, name_en: str = "", stage: str = ""
) -> int:
    """Call a state otherwise or put it into another stage; one the profile lacks is added.

    Return the row's id. Raises UserError for one to be added without its stage.
    """
    found(tx, ProposalProfile, profile_id, NO_PROFILE)
    asked = _named(name_ko, name_en)
    where = ProposalStage(stage).value if stage else ""
    row = tx.scalars(
        select(ProfileState).where(
            ProfileState.profile_id == profile_id,
            ProfileState.state == ProposalState(state).value,
        )
    ).first()
    if row is not None:
        change(row, {**asked, "stage": where or row.stage})
        return row.id
    if not where:
        raise UserError(N_("Say to which stage of the pipeline the state belongs."))
    last = tx.scalar(
        select(func.max(ProfileState.position)).where(ProfileState.profile_id == profile_id)
    )
    row = ProfileState(
        profile_id=profile_id,
        state=ProposalState(state).value,
        position=(last or 0) + profiles.GAP,
        stage=where,
        **asked,
    )
    tx.add(row)
    tx.flush()
    return row.id


@usecase("Remove state of the profile")
def remove_state(tx: Session, *, profile_id: int, state: str) -> None:
    """Take a state out of a profile with the moves to and from it.

    Raises UserError while a proposal stands there, and for those every proposal passes.
    """
    if state in (ProposalState.DRAFT, ProposalState.RECEIVED, ProposalState.WITHDRAWN):
        raise UserError(N_("Every profile has the state “{state}”."), state=STATES[state])
    standing = _standing(tx, profile_id, state)
    if standing:
        raise UserError(
            N_("{n} proposals are at “{state}”."),
            hint=N_("Take them on first."),
            n=standing,
            state=STATES[state],
        )
    moves = select(ProfileMove).where(
        ProfileMove.profile_id == profile_id,
        or_(ProfileMove.from_state == state, ProfileMove.to_state == state),
    )
    rows = select(ProfileState).where(
        ProfileState.profile_id == profile_id, ProfileState.state == state
    )
    for move in tx.scalars(moves).all():
        tx.delete(move)
    for row in tx.scalars(rows).all():
        tx.delete(row)


@usecase("Set move of the profile")
def set_move(
    tx: Session,
    *,
    profile_id: int,
    from_state: str,
    to_state: str,
    needs: Sequence[str] = (),
) -> int:
    """Let proposals go from a state to another once the guards `needs` are met; return its id.

    Guards that always hold (`guards.ALWAYS`) are added. Raises UserError for a state the profile
    lacks and for a guard there is not.
    """
    found(tx, ProposalProfile, profile_id, NO_PROFILE)
    known = set(tx.scalars(select(ProfileState.state).where(ProfileState.profile_id == profile_id)))
    for state in (from_state, to_state):
        if state not in known:
            raise UserError(
                N_("The profile has no state “{state}”."), state=STATES.get(state, state)
            )
    if to_state == ProposalState.DRAFT:
        raise UserError(N_("What was received is a draft no more."))
    for name in needs:
        if name not in guards.GUARDS:
            raise UserError(N_("There is no guard “{name}”."), name=name)
    kept = " ".join(dict.fromkeys((*guards.ALWAYS.get(to_state, ()), *needs)))
    row = _move(tx, profile_id, from_state, to_state)
    if row is not None:
        change(row, {"needs": kept})
        return row.id
    row = ProfileMove(profile_id=profile_id, from_state=from_state, to_state=to_state, needs=kept)
    tx.add(row)
    tx.flush()
    return row.id


@usecase("Remove move of the profile")
def remove_move(tx: Session, *, profile_id: int, from_state: str, to_state: str) -> None:
    """Close a way; raise UserError for the last way on of proposals that stand there."""
    row = _move(tx, profile_id, from_state, to_state)
    if row is None:
        raise UserError(
            N_("No move leads from “{state}” to “{after}”."),
            state=STATES.get(from_state, from_state),
            after=STATES.get(to_state, to_state),
        )
    others = tx.scalar(
        select(func.count())
        .select_from(ProfileMove)
        .where(
            ProfileMove.profile_id == profile_id,
            ProfileMove.from_state == from_state,
            ProfileMove.id != row.id,
        )
    )
    standing = 0 if others else _standing(tx, profile_id, from_state)
    if standing:
        raise UserError(
            N_("It is the only way on for {n} proposals at “{state}”."),
            n=standing,
            state=STATES[from_state],
        )
    tx.delete(row)


@usecase("Set rule of the profile")
def set_rule(
    tx: Session,
    *,
    profile_id: int,
    rule: str,
    value: str,
    valid_from: dt.date,
    source: str,
    unverified: bool = False,
) -> int:
    """Give a profile one rule from a day on; the one before it ends on the eve.

    A later one stays. The last days of proposals still counted move with it. Return the row's id;
    raises UserError for a value that is none (`spans`) and without a source.
    """
    found(tx, ProposalProfile, profile_id, NO_PROFILE)
    fields = tidy({"value": value, "source": source}, ("value", "source"))
    fields["source"] = required(
        fields["source"], N_("A rule of a profile needs its source: the law or who decided it.")
    )
    spans.RULES[rule].read(fields["value"])
    held = tx.scalars(
        select(ProfileRule)
        .where(ProfileRule.profile_id == profile_id, ProfileRule.rule == rule)
        .order_by(ProfileRule.valid_from)
    ).all()
    row = next((one for one in held if one.valid_from == valid_from), None)
    if row is None:
        before = [one for one in held if one.valid_from < valid_from]
        later = [one.valid_from for one in held if one.valid_from > valid_from]
        if before:
            change(before[-1], {"valid_to": valid_from - EVE})
        row = ProfileRule(
            profile_id=profile_id,
            rule=rule,
            valid_from=valid_from,
            valid_to=min(later) - EVE if later else None,
            unverified=unverified,
            **fields,
        )
        tx.add(row)
    else:
        change(row, {**fields, "unverified": unverified})
    _recount(tx, profile_id)
    return row.id


@usecase("Remove rule of the profile")
def remove_rule(tx: Session, *, id: int) -> int:
    """Take a rule away; the one before it holds on. Raises UserError for the only one of its kind."""
    row = found(tx, ProfileRule, id, NO_RULE)
    held = tx.scalars(
        select(ProfileRule)
        .where(ProfileRule.profile_id == row.profile_id, ProfileRule.rule == row.rule)
        .order_by(ProfileRule.valid_from)
    ).all()
    if len(held) == 1:
        raise UserError(
            N_("It is the only value of the rule “{rule}”."),
            hint=N_("Set another value."),
            rule=spans.RULES[row.rule].label,
        )
    place = list(held).index(row)
    if place:
        change(held[place - 1], {"valid_to": row.valid_to})
    profile_id = row.profile_id
    tx.delete(row)
    _recount(tx, profile_id)
    return profile_id


@usecase("Set criterion of the profile")
def set_criterion(
    tx: Session,
    *,
    profile_id: int,
    name_ko: str,
    weight: int,
    name_en: str = "",
    id: int | None = None,
) -> int:
    """Add a criterion of the assessment, or change the one of an id; return its id."""
    found(tx, ProposalProfile, profile_id, NO_PROFILE)
    asked = _named(name_ko, name_en)
    if not 1 <= weight <= 100:
        raise UserError(N_("{weight} % is no weight."), hint=N_("Enter 1 to 100."), weight=weight)
    if id is not None:
        change(found(tx, ProfileCriterion, id, NO_CRITERION), {**asked, "weight": weight})
        return id
    held = select(ProfileCriterion).where(ProfileCriterion.profile_id == profile_id)
    rows = tx.scalars(held).all()
    codes = {row.code for row in rows}
    code = next(c for n in range(1, 1000) if (c := f"criterion_{n}") not in codes)
    row = ProfileCriterion(
        profile_id=profile_id,
        code=code,
        position=max((row.position for row in rows), default=0) + profiles.GAP,
        weight=weight,
        **asked,
    )
    tx.add(row)
    tx.flush()
    return row.id


@usecase("Remove criterion of the profile")
def remove_criterion(tx: Session, *, id: int) -> None:
    """Take away a criterion nothing was scored by; raise UserError for any other."""
    row = found(tx, ProfileCriterion, id, NO_CRITERION)
    used = select(ProposalScore.id).where(ProposalScore.criterion_id == id).limit(1)
    if tx.scalar(used) is not None:
        raise UserError(N_("Proposals were scored by “{name}”; it stays."), name=row.name_ko)
    tx.delete(row)


def _named(name_ko: str, name_en: str) -> dict[str, str]:
    asked = tidy({"name_ko": name_ko, "name_en": name_en}, ("name_ko", "name_en"))
    asked["name_ko"] = required(asked["name_ko"], NO_NAME)
    return asked


def _move(tx: Session, profile_id: int, from_state: str, to_state: str) -> ProfileMove | None:
    return tx.scalars(
        select(ProfileMove).where(
            ProfileMove.profile_id == profile_id,
            ProfileMove.from_state == from_state,
            ProfileMove.to_state == to_state,
        )
    ).first()


def _standing(tx: Session, profile_id: int, state: str) -> int:
    query = (
        select(func.count())
        .select_from(Proposal)
        .where(Proposal.profile_id == profile_id, Proposal.state == state)
    )
    return tx.scalar(query) or 0


def _recount(tx: Session, profile_id: int) -> None:
    """Bring the last days of a profile's proposals up to date."""
    running = select(Proposal.id).where(
        Proposal.profile_id == profile_id,
        Proposal.state.in_([state.value for state in clocks.RUNNING]),
    )
    tx.flush()
    clocks.renew_all(tx, tx.scalars(running).all())
