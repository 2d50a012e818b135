"""What a signed review file claims, held against what this office knows: all of it or nothing."""

from __future__ import annotations

import datetime as dt
import unicodedata

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from db.schema.commitments import ActionPlan, Commitment, Milestone
from db.schema.evidence import Evidence
from db.schema.papers import StoredFile
from db.schema.reviews import MonitorKey, Review, ReviewAnswer, ReviewFile
from db.schema.snapshots import Snapshot
from db.vocab import ReviewKind, ReviewState
from gwangju_desktop import clock, settings
from gwangju_desktop.errors import UserError
from gwangju_desktop.forms import found
from gwangju_desktop.reviews import forms, monitors, renamed, rounds
from gwangju_desktop.reviews.review_file import ReviewFile as Signed
from gwangju_desktop.text import N_, Msg

ASK_AGAIN = N_("Ask the monitor for a file made from a copy of this office.")
# A monitor's clock may be a little ahead of ours.
AHEAD = dt.timedelta(days=1)


def refused(signed: Signed, message: Msg, hint: Msg | None = None, **values: object) -> UserError:
    """Return the refusal of a file, which names it and its plan."""
    named = {"file": signed.name, "plan": signed.written.plan, **values}
    return UserError(message, hint=hint, **named)


def demand_signer(read: Session, signed: Signed) -> None:
    """Refuse a file of an unknown key, office, copy or plan before anything of it is kept."""
    snapshot = snapshot_of(read, signed)
    refuse_twice(read, signed)
    renamed.refuse(read, signed, snapshot)
    key_of(read, signed, plan_of(read, signed), day_of(signed))


def plan_of(tx: Session, signed: Signed) -> ActionPlan:
    """Return the plan a file is about."""
    query = select(ActionPlan).where(ActionPlan.code == signed.written.plan)
    plan = tx.scalars(query).first()
    if plan is None:
        raise refused(signed, N_("{file} is about plan {plan}, which is not here."), ASK_AGAIN)
    return plan


def day_of(signed: Signed) -> dt.date:
    """Return the office's day on which a file was signed; refuses one of the future.

    An office fixed on a day of the past takes files signed on real days: then its own day counts.
    """
    moment = signed.written.moment
    if clock.fixed() is None and moment > clock.now() + AHEAD:
        raise refused(
            signed,
            N_("{file} was signed on {moment:full}, a day that has not come yet."),
            N_("Let the monitor set the clock of the PC right and sign again."),
            moment=clock.local(moment),
        )
    return min(clock.local(moment).date(), clock.today())


class Places:
    """The commitments, milestones and evidence a file names, as this office knows them."""

    def __init__(self, tx: Session, signed: Signed, plan: ActionPlan) -> None:
        self.signed = signed
        written = signed.written
        form = forms.form_of(written.form)
        if form is None:
            raise refused(signed, N_("{file} holds answers to a form that is not known here."))
        self.form = form
        of_one = form.kind == ReviewKind.CLOSING
        if of_one != bool(written.commitment):
            raise refused(signed, N_("{file} does not say of what it is the report."))
        held = tx.execute(
            select(Commitment.code, Commitment.id).where(Commitment.plan_id == plan.id)
        )
        self.commitments = {row.code: row.id for row in held}
        known = [written.commitment] if of_one else list(self.commitments)
        named = [row.commitment for row in written.answers]
        named += [row.commitment for row in written.comments]
        named += [row.commitment for row in written.findings]
        for code in named:
            if code and code not in known:
                raise refused(
                    signed,
                    N_("{file} is about commitment {code}, which is not in plan {plan}."),
                    ASK_AGAIN,
                    code=code,
                )
        if of_one and written.commitment not in self.commitments:
            raise refused(
                signed,
                N_("{file} is about commitment {code}, which is not in plan {plan}."),
                ASK_AGAIN,
                code=written.commitment,
            )
        for answer in written.answers:
            self._check(answer.question, answer.value, answer.commitment)
        for comment in written.comments:
            if comment.question:
                form.question(comment.question)
        numbered = tx.execute(
            select(Milestone.id, Milestone.commitment_id, Milestone.number).where(
                Milestone.commitment_id.in_(self.commitments.values())
            )
        )
        self.milestones = {(row.commitment_id, row.number): row.id for row in numbered}
        shelved = tx.execute(
            select(StoredFile.sha256, Evidence.id)
            .join(StoredFile, StoredFile.id == Evidence.file_id)
            .where(Evidence.plan_id == plan.id)
            .order_by(Evidence.id.desc())
        )
        self.evidence = {row.sha256: row.id for row in shelved}

    def _check(self, key: str, value: str, commitment: str) -> None:
        question = self.form.question(key)
        if (question.per == "commitment") != bool(commitment) or (
            value and value not in question.codes
        ):
            raise refused(
                self.signed,
                N_("{file} answers question {key} as its form does not allow."),
                key=key,
            )

    def commitment(self, code: str = "") -> int | None:
        """Return the id of a commitment, None for what is said of the whole plan."""
        named = code or self.signed.written.commitment
        return self.commitments[named] if named else None


def snapshot_of(tx: Session, signed: Signed) -> Snapshot:
    """Return the copy a file was written on; refuses one of another office or never made here.

    Nobody signs before there is a copy: a day put back would let an ended key sign again.
    """
    written = signed.written
    if written.office != str(settings.value(tx, settings.OFFICE_ID)):
        raise refused(signed, N_("{file} was written on a copy of another office."), ASK_AGAIN)
    query = select(Snapshot).where(Snapshot.manifest_sha256 == written.snapshot)
    snapshot = tx.scalars(query).first()
    if snapshot is None or snapshot.sequence != written.sequence:
        raise refused(
            signed,
            N_("{file} was written on a review copy that this office never made."),
            ASK_AGAIN,
        )
    if clock.fixed() is None and written.moment < snapshot.made_at - AHEAD:
        raise refused(
            signed,
            N_("{file} was signed on {moment:full}, before the copy it was written on was made."),
            N_("Let the monitor set the clock of the PC right and sign again."),
            moment=clock.local(written.moment),
        )
    return snapshot


def key_of(tx: Session, signed: Signed, plan: ActionPlan, day: dt.date) -> MonitorKey:
    """Return the registered key of a monitor of the plan that signed a file."""
    query = select(MonitorKey).where(MonitorKey.fingerprint == signed.key)
    key = tx.scalars(query).first()
    if key is None:
        raise refused(
            signed,
            N_("{file} is signed with a key that is no monitor's here: {fingerprint}."),
            N_("Compare the fingerprint with the monitor, register it, and import again."),
            fingerprint=signed.fingerprint,
        )
    if key.ended_on is not None and day > key.ended_on:
        raise refused(
            signed,
            N_("{file} is signed with a key that was ended on {day:full}."),
            N_("Ask the monitor for a file signed with the key in use."),
            day=key.ended_on,
        )
    if not monitors.sits(tx, plan, key.person_id, day):
        raise refused(
            signed,
            N_("{file} is signed by somebody who was not in plan {plan}'s monitoring body then."),
            N_("Look at the members of the monitoring body and their terms."),
        )
    return key


def round_of(
    tx: Session, signed: Signed, plan: ActionPlan, places: Places, review_id: int | None
) -> tuple[Review, bool]:
    """Return the round the answers belong to, and whether it was made for them."""
    kind, commitment = places.form.kind, places.commitment()
    if review_id is not None:
        review = found(tx, Review, review_id, rounds.NO_REVIEW)
        if (review.plan_id, review.kind, review.commitment_id) != (plan.id, kind, commitment):
            raise refused(
                signed,
                N_("{file} belongs to another round than the one chosen."),
                N_("Import it without choosing a round."),
            )
        rounds.still_open(review)
        return review, False
    query = (
        select(Review)
        .where(
            Review.plan_id == plan.id,
            Review.kind == kind,
            Review.commitment_id.is_(None)
            if commitment is None
            else Review.commitment_id == commitment,
        )
        .order_by(Review.position.desc())
    )
    held = tx.scalars(query).all()
    for review in held:
        if review.state != ReviewState.CLOSED:
            return review, False
    if held:
        rounds.still_open(held[0])
    made = rounds.add_review(tx, plan_id=plan.id, kind=kind, commitment_id=commitment)
    return found(tx, Review, made, rounds.NO_REVIEW), True


def agreed_by(
    tx: Session, signed: Signed, plan: ActionPlan, signer: int, day: dt.date
) -> list[int]:
    """Return the monitors who share a joint answer, by id; none for one's own."""
    names = signed.written.agreed
    if not names:
        return []
    body = monitors.monitors(tx, plan.id, day)
    people = []
    for name in names:
        same = [
            m.person.id
            for m in body
            if _plain(name) in (_plain(m.person.name), _plain(m.person.latin))
        ]
        if len(same) != 1:
            raise refused(
                signed,
                N_("{file} says that {name} agreed, who is not one member of the monitoring body."),
                N_("Write the name as it stands in the monitoring body."),
                name=name,
            )
        people += same
    if len(set(people)) < 2 or signer not in people:
        raise refused(
            signed,
            N_("{file} is a joint answer that does not name its signer and another monitor."),
        )
    return list(dict.fromkeys(people))


def _plain(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())


def refuse_twice(tx: Session, signed: Signed) -> None:
    """Raise UserError for a file that was imported already."""
    query = select(ReviewFile.imported_at).where(ReviewFile.sha256 == signed.sha256)
    before = tx.scalar(query)
    if before is not None:
        raise refused(
            signed, N_("{file} was imported on {day:full} already."), day=clock.local(before)
        )


def refuse_older(tx: Session, signed: Signed, review: Review, signer: int, *, joint: bool) -> None:
    """Raise UserError for a file signed before one to the same form that was imported.

    In whichever round: what a monitor withdrew by a later file does not come back in a new round.
    A joint answer is measured by joint ones, one's own by one's own.
    """
    alike = (
        select(Review.id)
        .where(
            Review.plan_id == review.plan_id,
            Review.kind == review.kind,
            Review.commitment_id.is_(None)
            if review.commitment_id is None
            else Review.commitment_id == review.commitment_id,
        )
        .scalar_subquery()
    )
    shared = (
        select(ReviewAnswer.review_file_id)
        .where(ReviewAnswer.person_id.is_(None), ReviewAnswer.review_file_id.is_not(None))
        .scalar_subquery()
    )
    query = (
        select(ReviewFile.id)
        .join(MonitorKey, MonitorKey.id == ReviewFile.key_id)
        .where(
            ReviewFile.review_id.in_(alike),
            ReviewFile.signed_at >= signed.written.moment,
            ReviewFile.id.in_(shared)
            if joint
            else and_(ReviewFile.id.not_in(shared), MonitorKey.person_id == signer),
        )
    )
    if tx.scalar(query.limit(1)) is not None:
        raise refused(
            signed,
            N_("{file} was signed on {moment:when}, before the one imported last."),
            N_("Ask the monitor for the latest file; what was imported stays."),
            moment=clock.local(signed.written.moment),
        )
