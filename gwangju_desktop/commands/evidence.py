"""`evidence check | add`."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema.commitments import ActionPlan, Commitment, Milestone
from gwangju_desktop.commands import output
from gwangju_desktop.commands.output import UsageError
from gwangju_desktop.commands.records import day, record_id
from gwangju_desktop.errors import UserError
from gwangju_desktop.evidence import intake, integrity
from gwangju_desktop.evidence.evidence import add_evidence
from gwangju_desktop.evidence.rows import BROKEN
from gwangju_desktop.text import N_, Msg, say


def evidence(asked: argparse.Namespace) -> int:
    """Carry out one of the two acts."""
    return _check(asked) if asked.act == "check" else _add(asked)


def _check(asked: argparse.Namespace) -> int:
    """Read the files again; 1 when one changed. What is found is recorded where we may write."""
    with output.office(asked, write=True) as store:
        with store.reading() as read:
            plan = plan_of(read, asked.plan).id if asked.plan is not None else None
        write = store.why_read_only is None
        checked = integrity.check(store, plan, progress=_progress(asked), write=write)
    if asked.json:
        output.document(_told(checked))
    else:
        for fault in checked.faults:
            what = _CHANGED if fault.state == BROKEN else _GONE
            output.line(say(what, name=fault.name, titles=", ".join(fault.titles)))
        output.line(
            say(
                N_("{files} evidence files, {size:,} bytes read in {seconds:.1f} s; broken: {n}."),
                files=checked.files,
                size=checked.bytes,
                seconds=checked.seconds,
                n=len(checked.faults),
            )
        )
    return 0 if checked.whole else 1


_CHANGED: Msg = N_("{name} was changed on the disk ({titles}).")
_GONE: Msg = N_("{name} is gone from the disk ({titles}).")


def _told(checked: integrity.Checked) -> dict[str, Any]:
    def faults(some: tuple[integrity.Fault, ...]) -> list[dict[str, Any]]:
        return [
            {
                "name": fault.name,
                "sha256": fault.sha256,
                "evidence": fault.evidence,
                "titles": fault.titles,
            }
            for fault in some
        ]

    return {
        "ok": checked.whole,
        "files": checked.files,
        "bytes": checked.bytes,
        "seconds": round(checked.seconds, 3),
        "broken": faults(checked.broken),
        "missing": faults(checked.missing),
    }


def _add(asked: argparse.Namespace) -> int:
    if asked.milestone is not None and asked.commitment is None:
        raise UsageError(say(N_("--milestone is a number within --commitment.")))
    form, _colon, question = (asked.question or "").partition(":")
    if asked.question is not None and not question:
        raise UsageError(say(N_("Write the question as FORM:KEY, as closing:1.1.")))
    with output.office(asked, write=True) as store:
        with store.reading() as read:
            plan_id, commitment_id = _owner(read, asked)
            milestone_id = _milestone(read, commitment_id, asked.milestone)
        facts = intake.take_in(store.papers, asked.file, progress=_progress(asked))
        made = store.run(
            add_evidence,
            plan_id=plan_id,
            **asdict(facts),
            commitment_id=commitment_id,
            title=asked.title,
            title_en=asked.title_en,
            url=asked.url,
            obtained_from=asked.obtained_from,
            obtained_on=day(asked.obtained),
            disclosure="public" if asked.public else "members",
            ground=asked.ground,
            claim=asked.claim,
            claim_en=asked.claim_en,
            milestone_id=milestone_id,
            count_id=record_id(asked.count) if asked.count is not None else None,
            form=form,
            question=question,
        )
    if asked.json:
        output.document({"id": made.value, **asdict(facts)})
    else:
        output.line(
            say(N_("Evidence {id}: {name}, SHA-256 {sha256}."), id=made.value, **asdict(facts))
        )
    return 0


def _owner(read: Session, asked: argparse.Namespace) -> tuple[int, int | None]:
    """Return the plan's and the commitment's id."""
    if asked.commitment is None:
        return plan_of(read, asked.plan).id, None
    by_code = select(Commitment).where(Commitment.code == asked.commitment)
    found = read.scalars(by_code).first()
    if found is None and asked.commitment.isascii() and asked.commitment.isdigit():
        found = read.get(Commitment, record_id(asked.commitment))
    if found is None:
        raise UserError(N_("There is no commitment “{code}”."), code=asked.commitment)
    if asked.plan is not None and plan_of(read, asked.plan).id != found.plan_id:
        raise UserError(
            N_("Commitment {code} is not one of plan {plan}."), code=found.code, plan=asked.plan
        )
    return found.plan_id, found.id


def plan_of(read: Session, typed: str | None) -> ActionPlan:
    """Return the plan named by its code or id, the only one where none is named; UserError."""
    if typed is None:
        plans = read.scalars(select(ActionPlan).limit(2)).all()
        if len(plans) != 1:
            raise UserError(N_("Name the action plan with --plan."))
        return plans[0]
    found = read.scalars(select(ActionPlan).where(ActionPlan.code == typed)).first()
    if found is None and typed.isascii() and typed.isdigit():
        found = read.get(ActionPlan, record_id(typed))
    if found is None:
        raise UserError(N_("There is no action plan “{code}”."), code=typed)
    return found


def _milestone(read: Session, commitment_id: int | None, number: str | None) -> int | None:
    if number is None:
        return None
    query = select(Milestone.id).where(
        Milestone.commitment_id == commitment_id, Milestone.number == record_id(number)
    )
    found = read.scalars(query).first()
    if found is None:
        raise UserError(N_("The commitment has no milestone {number}."), number=number)
    return found


def _progress(asked: argparse.Namespace) -> intake.Progress:
    def told(done: int, whole: int, name: str) -> None:
        asked.progress(done, whole, name)

    return told
