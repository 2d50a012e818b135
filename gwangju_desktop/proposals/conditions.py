"""Which proposals a list is about."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    Integer,
    bindparam,
    exists,
    select,
    tuple_,
)
from sqlalchemy.orm import Session

from db.schema.handling import ProposalOpinion
from db.schema.proposals import OutsideNumber, ProfileState, Proposal
from db.vocab import ProposalStage, ProposalState
from gwangju_desktop import clock

# Where a state stands that its profile does not name: what is merged or gone is over.
UNNAMED = ProposalStage.CLOSED
_FIRST: Any = bindparam("first", type_=Date)
_LAST: Any = bindparam("last", type_=Date)
_TODAY: Any = bindparam("today", type_=Date)
_SOON: Any = bindparam("until", type_=Date)

KNOWN: dict[str, ColumnElement[bool]] = {
    "state": Proposal.state == bindparam("state"),
    "profile_id": Proposal.profile_id == bindparam("profile_id", type_=Integer),
    "call_id": Proposal.call_id == bindparam("call_id", type_=Integer),
    "department": Proposal.department == bindparam("department"),
    "field": Proposal.field == bindparam("field"),
    "district": Proposal.district == bindparam("district"),
    "sector": Proposal.sector == bindparam("sector"),
    "channel": Proposal.channel == bindparam("channel"),
    "adoption": Proposal.adoption == bindparam("adoption"),
    "year": Proposal.received_on.between(_FIRST, _LAST),
    "overdue": Proposal.due_on < _TODAY,
    "soon": Proposal.due_on.between(_TODAY, _SOON),
    "running": Proposal.due_on.is_not(None),
    "unassigned": Proposal.department == "",
    "outside": exists().where(
        OutsideNumber.proposal_id == Proposal.id, OutsideNumber.system == bindparam("outside")
    ),
    "asked": exists().where(
        ProposalOpinion.proposal_id == Proposal.id,
        ProposalOpinion.answered_on.is_(None),
        ProposalOpinion.withdrawn_on.is_(None),
    ),
    # Lists and not a join: there are a few dozen states, and 100,000 proposals.
    "states": Proposal.state.in_(bindparam("states", expanding=True)),
    "stage": tuple_(Proposal.profile_id, Proposal.state).in_(bindparam("pairs", expanding=True)),
}


def asked(read: Session, given: dict[str, Any]) -> tuple[tuple[str, ...], dict[str, Any]]:
    """Return the kinds of conditions that are wanted, and the parameters of their statement.

    `state`, `stage`, `profile_id`, `call_id`, `department`, `field`, `district`, `sector`,
    `channel`, `adoption`, `outside` (a system) are values; `year` is that of receipt; `overdue`,
    `running` (a clock counts), `unassigned` and `asked` (an opinion is waited for) are wanted when
    true; `soon` is a number of days from `today` (the office's) on. None, "" and False want
    nothing; raises TypeError for a name that is none of these.
    """
    wanted = {name: value for name, value in given.items() if value not in (None, "", False)}
    today = wanted.pop("today", None) or clock.today()
    if unknown := wanted.keys() - KNOWN.keys():
        raise TypeError(f"no condition of proposals: {sorted(unknown)}")
    if (stage := wanted.pop("stage", None)) is not None:
        wanted |= _of_stage(read, stage)
    kinds = tuple(name for name in KNOWN if name in wanted)
    for flag in ("running", "unassigned", "asked"):
        wanted.pop(flag, None)
    if wanted.pop("overdue", None):
        wanted["today"] = today
    if (days := wanted.pop("soon", None)) is not None:
        wanted |= {"today": today, "until": today + dt.timedelta(days=int(days))}
    if (year := wanted.pop("year", None)) is not None:
        wanted |= {"first": dt.date(int(year), 1, 1), "last": dt.date(int(year), 12, 31)}
    if "stage" in wanted:
        wanted["pairs"] = wanted.pop("stage")
    return kinds, wanted


def _of_stage(read: Session, stage: str) -> dict[str, Any]:
    """Return the conditions on a stage: states, which an index knows, and where need be pairs."""
    at = stages(read)
    pairs = [pair for pair, here in at.items() if here == stage]
    states = sorted({state for _profile, state in pairs}) or [""]
    if any(state in differing(at) for state in states):
        return {"states": states, "stage": pairs}
    return {"states": states}


def differing(at: Mapping[tuple[int, str], str]) -> list[str]:
    """Return the states that stand in one stage in a profile and in another elsewhere."""
    found: dict[str, set[str]] = {}
    for (_profile, state), stage in at.items():
        found.setdefault(state, set()).add(stage)
    return sorted(state for state, stages in found.items() if len(stages) > 1)


def on_proposal(kinds: Sequence[str]) -> list[ColumnElement[bool]]:
    """Return the conditions, with parameters in the places of the values."""
    return [KNOWN[name] for name in kinds]


def stages(read: Session) -> dict[tuple[int, str], str]:
    """Return the stage of every state of every profile; `UNNAMED` where the profile is silent."""
    named = {
        (row.profile_id, row.state): str(row.stage) for row in read.execute(_stages_asked()).all()
    }
    profiles = {profile for profile, _state in named}
    return {
        (profile, state.value): named.get((profile, state.value), UNNAMED.value)
        for profile in profiles
        for state in ProposalState
    }


@lru_cache
def _stages_asked() -> Any:
    return select(ProfileState.profile_id, ProfileState.state, ProfileState.stage)
