"""The assessment of a proposal: what each assessor gave each criterion, weighed (심사 기준)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema.handling import ProposalReply, ProposalScore
from db.schema.proposals import Proposal
from db.store import usecase
from db.vocab import ProposalRuleKey, ProposalState
from gwangju_desktop.errors import UserError
from gwangju_desktop.forms import change, required, tidy
from gwangju_desktop.proposals import clocks, profiles
from gwangju_desktop.proposals.profile_rows import Criterion
from gwangju_desktop.proposals.receipt import proposal_of
from gwangju_desktop.text import N_

NO_ASSESSOR = N_("Say who assesses, as an office: “seat 1”, “department”.")
# A profile that names no most takes this; the national rule names none.
USUAL_MOST = 5
_TENTH, _HUNDREDTH = Decimal("0.1"), Decimal("0.01")


@dataclass(frozen=True, slots=True)
class CriterionMean:
    """One criterion: its weight in percent, the mean of what was given, how many gave it."""

    criterion: Criterion
    mean: Decimal | None
    given: int


@dataclass(frozen=True, slots=True)
class Assessor:
    """What one assessor gave, by the criterion's id, and the criteria left out."""

    name: str
    scores: Mapping[int, int]
    missing: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """The scores of one examination.

    `total` is the weighted mean out of 100; None while a criterion has no score at all. `missing`
    counts the scores assessors have not given yet.
    """

    round: int
    most: int
    criteria: tuple[CriterionMean, ...]
    assessors: tuple[Assessor, ...]
    total: Decimal | None
    missing: int


@usecase("Assess proposal")
def set_scores(
    tx: Session,
    *,
    id: int,
    assessor: str,
    scores: Mapping[int, int | None],
    round: int | None = None,
) -> int:
    """Set what one assessor gives, by the criterion's id; None takes a score back.

    The assessor is a role, no name. Raises UserError for a score outside 0 to the profile's most,
    a criterion of another profile, and once the reply of this examination was sent.
    """
    proposal = proposal_of(tx, id)
    which = round if round is not None else clocks.round_of(tx, id)
    _refuse_over(tx, proposal, which)
    who = required(tidy({"assessor": assessor}, ("assessor",))["assessor"], NO_ASSESSOR)
    criteria, most = _measure(tx, proposal)
    known = {criterion.id: criterion for criterion in criteria}
    held = {
        row.criterion_id: row
        for row in tx.scalars(
            select(ProposalScore).where(
                ProposalScore.proposal_id == id,
                ProposalScore.round == which,
                ProposalScore.assessor == who,
            )
        ).all()
    }
    for asked, score in scores.items():
        # Keys of a JSON command are texts.
        criterion_id = int(asked)
        if criterion_id not in known:
            raise UserError(N_("There is no criterion {id} in this profile."), id=criterion_id)
        row = held.get(criterion_id)
        if score is None:
            if row is not None:
                tx.delete(row)
            continue
        if not 0 <= score <= most:
            raise UserError(
                N_("{score} is no score for “{criterion}”."),
                hint=N_("Give 0 to {most}."),
                score=score,
                criterion=known[criterion_id].name,
                most=most,
            )
        if row is not None:
            change(row, {"score": score})
        else:
            tx.add(
                ProposalScore(
                    proposal_id=id,
                    round=which,
                    assessor=who,
                    criterion_id=criterion_id,
                    score=score,
                )
            )
    tx.flush()
    return id


@usecase("Remove assessor")
def remove_assessor(tx: Session, *, id: int, assessor: str, round: int | None = None) -> int:
    """Take all scores of one assessor away."""
    proposal = proposal_of(tx, id)
    which = round if round is not None else clocks.round_of(tx, id)
    _refuse_over(tx, proposal, which)
    for row in tx.scalars(
        select(ProposalScore).where(
            ProposalScore.proposal_id == id,
            ProposalScore.round == which,
            ProposalScore.assessor == assessor,
        )
    ).all():
        tx.delete(row)
    return id


def grid(read: Session, id: int, round: int | None = None) -> Grid:
    """Return the scores of an examination, by default of the one the proposal is in."""
    proposal = proposal_of(read, id)
    which = round if round is not None else clocks.round_of(read, id)
    criteria, most = _measure(read, proposal)
    rows = read.execute(
        select(ProposalScore.assessor, ProposalScore.criterion_id, ProposalScore.score)
        .where(ProposalScore.proposal_id == id, ProposalScore.round == which)
        .order_by(ProposalScore.id)
    ).all()
    given: dict[str, dict[int, int]] = {}
    for row in rows:
        given.setdefault(row.assessor, {})[row.criterion_id] = row.score
    ids = [criterion.id for criterion in criteria if criterion.id is not None]
    assessors = tuple(
        Assessor(name, scores, tuple(id for id in ids if id not in scores))
        for name, scores in given.items()
    )
    means = [
        mean([scores[id] for scores in given.values() if id in scores])
        for id in (criterion.id for criterion in criteria)
    ]
    return Grid(
        which,
        most,
        tuple(
            CriterionMean(
                criterion,
                None if held is None else _rounded(held, _HUNDREDTH),
                sum(criterion.id in scores for scores in given.values()),
            )
            for criterion, held in zip(criteria, means, strict=True)
        ),
        assessors,
        total(
            [(criterion.weight, held) for criterion, held in zip(criteria, means, strict=True)],
            most,
        ),
        sum(len(one.missing) for one in assessors),
    )


def mean(scores: list[int]) -> Fraction | None:
    """Return the mean, None of no scores."""
    return Fraction(sum(scores), len(scores)) if scores else None


def total(means: list[tuple[int, Fraction | None]], most: int) -> Decimal | None:
    """Return the weighted mean out of 100, one decimal, from weights and means per criterion.

    None where a criterion has none: a sum without it would look worse than it is.
    """
    weights = sum(weight for weight, _ in means)
    if not means or not weights or any(held is None for _, held in means):
        return None
    weighed = sum((weight * held for weight, held in means if held is not None), Fraction())
    return _rounded(weighed * 100 / (weights * most), _TENTH)


def _rounded(value: Fraction, to: Decimal) -> Decimal:
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return exact.quantize(to, rounding=ROUND_HALF_UP)


def _measure(read: Session, proposal: Proposal) -> tuple[tuple[Criterion, ...], int]:
    profile = profiles.of(read, proposal.profile_id, proposal.received_on)
    most = profile.value(ProposalRuleKey.SCORE_MOST)
    return profile.criteria, USUAL_MOST if most is None else int(most)


def _refuse_over(tx: Session, proposal: Proposal, round: int) -> None:
    if proposal.state == ProposalState.DRAFT:
        raise UserError(
            N_("“{title}” was not received yet."),
            hint=N_("Receive it first."),
            title=proposal.title,
        )
    sent = tx.scalar(
        select(ProposalReply.sent_on).where(
            ProposalReply.proposal_id == proposal.id, ProposalReply.round == round
        )
    )
    if sent is not None:
        raise UserError(
            N_("The reply was sent on {day:full}: the assessment behind it stays."), day=sent
        )
