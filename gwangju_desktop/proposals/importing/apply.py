"""Write an import of proposals into the office: one step, whole or not at all."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db import many
from db.schema.handling import ProposalNotice, ProposalStep
from db.schema.proposals import OutsideNumber, Proposal, Proposer
from db.store import usecase
from db.vocab import NoticeKind, ProposalRuleKey, ProposalState, ProposalStepKind
from gwangju_desktop import clock
from gwangju_desktop.backups.why import Why, saved_first
from gwangju_desktop.errors import UserError
from gwangju_desktop.forms import change
from gwangju_desktop.meetings.rules import GAP
from gwangju_desktop.members.importing.reading import Source
from gwangju_desktop.proposals import clocks, profiles
from gwangju_desktop.proposals.importing import columns, preview
from gwangju_desktop.proposals.importing.model import Count, New, Options, Plan
from gwangju_desktop.proposals.receipt import numbered
from gwangju_desktop.text import N_, NN_

# So many proposals are written between two looks at whether somebody pressed Stop.
_BLOCK = 2000
_LARGEST = 62
_HELD_BACK = NN_(
    "Nothing was imported: {n:,} of {of:,} rows is refused.",
    "Nothing was imported: {n:,} of {of:,} rows are refused.",
)
Progress = Callable[[int, int], None]


@saved_first(Why.IMPORT)
@usecase("Import proposals", large=True)
def import_proposals(
    tx: Session,
    *,
    source: Source,
    mapping: Sequence[str],
    options: Options | None = None,
    choices: Mapping[int, str] | None = None,
    skip: bool = False,
    progress: Progress | None = None,
) -> dict[str, Any]:
    """Take a list of proposals in; return how many rows did what, and the ids of the new ones.

    Raises UserError, with nothing written, while rows are refused and `skip` does not leave them
    out.
    """
    plan = preview.plan(tx, source=source, mapping=mapping, options=options, choices=choices or {})
    if plan.held_back and not skip:
        raise UserError(
            _HELD_BACK,
            hint=N_("Correct them, or leave them out."),
            n=plan.held_back,
            of=len(plan.rows),
        )
    made: list[int] = []
    if plan.changes:
        writer = _Writer(tx, (options or Options()).profile_id)
        made = writer.write(plan, progress)
        columns.remember(tx, source, mapping)
        tx.flush()
    return {**plan.counts, "proposals": made}


class _Writer:
    """Carry a plan out, the oldest proposal first, so that numbers are drawn in their order."""

    def __init__(self, tx: Session, profile_id: int | None) -> None:
        profiles.ensure(tx)
        self.tx = tx
        standard = profiles.standard(tx) if profile_id is None else profile_id
        assert standard is not None
        self.profile_id = standard
        self.counting = clocks.Counting(tx)
        self.now = clock.now()
        self.due: dict[tuple[str, dt.date], dt.date | None] = {}
        self.last: dict[int, int] = {}
        self.taken = set(tx.scalars(select(Proposal.number).where(Proposal.number.is_not(None))))

    def write(self, plan: Plan, progress: Progress | None) -> list[int]:
        """Write the new proposals and what was counted since; return the new ones' ids."""
        new = sorted(plan.new, key=lambda one: (one.facts["received_on"], one.line))
        made: list[int] = []
        for at in range(0, len(new), _BLOCK):
            made += self._block(new[at : at + _BLOCK])
            if progress is not None:
                progress(len(made), len(new))
        for one in plan.counted:
            self._count(one)
        return made

    def _block(self, new: Sequence[New]) -> list[int]:
        ids = many.add(self.tx, Proposal, [self._facts(one) for one in new])
        pairs = list(zip(ids, new, strict=True))
        steps = [step for id, one in pairs for step in self._steps(id, one)]
        step_ids = many.add(self.tx, ProposalStep, steps)
        first = {
            step["proposal_id"]: step_id
            for step_id, step in zip(step_ids, steps, strict=True)
            if step["from_state"] is None and step["kind"] == ProposalStepKind.MOVE.value
        }
        many.add(
            self.tx,
            ProposalNotice,
            [
                {
                    "proposal_id": id,
                    "step_id": first[id],
                    "kind": NoticeKind.RECEIPT.value,
                    "made_on": one.facts["received_on"],
                }
                # What came by another system got its receipt there.
                for id, one in pairs
                if one.outside is None and one.facts["state"] == ProposalState.RECEIVED
            ],
        )
        many.add(
            self.tx,
            OutsideNumber,
            [
                {"proposal_id": id, "system": one.outside[0], "number": one.outside[1]}
                for id, one in pairs
                if one.outside is not None
            ],
        )
        many.add(
            self.tx,
            Proposer,
            [
                {
                    "proposal_id": id,
                    "subject_id": -secrets.randbits(_LARGEST) - 1,
                    "position": GAP,
                    **one.proposer,
                }
                for id, one in pairs
                if one.proposer is not None
            ],
        )
        return ids

    def _facts(self, one: New) -> dict[str, Any]:
        day: dt.date = one.facts["received_on"]
        state: str = one.facts["state"]
        if (state, day) not in self.due:
            self.due[state, day] = self.counting.due(self.profile_id, state, day)
        year, number, text = self._number(day)
        return {
            **one.facts,
            "profile_id": self.profile_id,
            "due_on": self.due[state, day],
            "number": text,
            "number_year": year,
            "number_drawn": number,
        }

    def _number(self, day: dt.date) -> tuple[int, int, str]:
        """Return year, number and text of the number after the highest of a day's year."""
        form = str(self.counting.profile(self.profile_id, day).value(ProposalRuleKey.NUMBER))
        year = day.year if "{YYYY}" in form or "{YY}" in form else 0
        if year not in self.last:
            highest = select(func.max(Proposal.number_drawn)).where(Proposal.number_year == year)
            self.last[year] = self.tx.scalar(highest) or 0
        number = self.last[year] + 1
        while (text := numbered(form, number, day)) in self.taken:
            number += 1
        self.last[year] = number
        self.taken.add(text)
        return year, number, text

    def _steps(self, id: int, one: New) -> Iterator[dict[str, Any]]:
        """Yield the first lines of a history: received, with what it was there, then closed."""
        state: str = one.facts["state"]
        received = ProposalState.RECEIVED.value
        over = state in (ProposalState.CLOSED, ProposalState.WITHDRAWN)
        day: dt.date = one.facts["received_on"]
        step = {"proposal_id": id, "kind": ProposalStepKind.MOVE.value, "at": self.now}
        first = received if over else state
        yield {**step, "from_state": None, "to_state": first, "on_day": day, "reason": one.told}
        if over:
            yield {**step, "from_state": received, "to_state": state, "on_day": one.since_on}
        if one.facts["department"]:
            yield {
                **step,
                "kind": ProposalStepKind.ASSIGNED.value,
                "from_state": None,
                "on_day": day,
                "department": one.facts["department"],
            }

    def _count(self, one: Count) -> None:
        proposal = self.tx.get_one(Proposal, one.id)
        change(proposal, dict(one.values))
        if "supports" in one.values:
            change(proposal, {"supports_on": clock.today()})
