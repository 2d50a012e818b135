"""Korean texts of a plan without their English: one list, and the door to fill it in.

The official forms are filled in English. What came signed by a monitor is listed, and translated
by the monitor alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import Session

from db.schema.commitments import (
    ActionPlan,
    Commitment,
    CommitmentEdition,
    Milestone,
    PlanCount,
    PlanInstitution,
    PlanText,
    ProgressNote,
)
from db.schema.evidence import Evidence, EvidenceClaim
from db.schema.reviews import Publication, Review, ReviewAnswer, ReviewComment, ReviewFinding
from db.store import usecase
from gwangju_desktop.commitments import template
from gwangju_desktop.commitments.rows import Untranslated
from gwangju_desktop.errors import UserError
from gwangju_desktop.forms import MEANWHILE, change, tidy
from gwangju_desktop.polls.table import Said
from gwangju_desktop.reviews.standing import stands
from gwangju_desktop.text import C_, N_, Msg

PLAN_TITLE = C_("english", "Plan: title")
PLAN_SECTION = C_("english", "Plan: {section}")
SECTION = C_("english", "{code}: {section}")
INSTITUTION = C_("english", "Institution")
INSTITUTION_OF = C_("english", "{code}: institution")
NUMBER = C_("english", "Co-creation record")
STEP = C_("english", "{code}, milestone {n}: title")
OUTPUT = C_("english", "{code}, milestone {n}: output")
STEP_CAUSE = C_("english", "{code}, milestone {n}: cause of delay")
REASON = C_("english", "{code}: reason of the adjustment")
NOTE = C_("english", "{code}: note on progress")
COMMITMENT: dict[str, Msg] = {
    "title": C_("english", "{code}: title"),
    "policy_area": C_("english", "{code}: policy area"),
    "sector": C_("english", "{code}: sector"),
    "delay_cause": C_("english", "{code}: cause of delay"),
}
MILESTONE: dict[str, Msg] = {"title": STEP, "output": OUTPUT, "delay_cause": STEP_CAUSE}
EVIDENCE = C_("english", "Evidence: title")
CLAIM = C_("english", "Evidence “{title}”: what it proves")
REVIEW: dict[str, Msg] = {
    "title": C_("english", "Review: title"),
    "asked": C_("english", "Review: what was asked"),
    "summary": C_("english", "Review: summary"),
}
ANSWER = C_("english", "Answer to question {question}")
COMMENT = C_("english", "Comment in a review")
FINDING: dict[str, Msg] = {
    "text": C_("english", "Finding"),
    "recommendation": C_("english", "Finding: recommendation"),
}
PUBLICATION = C_("english", "Publication: title")
ASK_THEM = N_("Monitors translate what they signed; ask them for it.")


@dataclass(frozen=True, slots=True)
class _Pair:
    """The Korean columns of a table whose English stands in `column`_en.

    `of_plan` narrows a query to a plan; `label` words one column from a row, which has the columns
    of `extra` too.
    """

    entity: Any
    columns: tuple[str, ...]
    of_plan: Callable[[Any, int], Any]
    label: Callable[[str, Any], Said]
    extra: tuple[Any, ...] = ()
    editable: Callable[[Any], bool] = lambda _row: True


def listed(read: Session, plan_id: int) -> list[Untranslated]:
    """List the Korean texts of a plan that have no English: its own first, then by kind."""
    return [row for pair in _PAIRS for row in _missing(read, pair, plan_id)]


@usecase("Translate into English")
def translate(tx: Session, *, table: str, row_id: int, field: str, text: str) -> int:
    """Write the English of one text, as `listed` names it by its English column.

    Return the row's id. Raises UserError for a row that is gone and for words of a monitor.
    """
    pair = next(one for one in _PAIRS if one.entity.__tablename__ == table)
    if field not in {f"{column}_en" for column in pair.columns}:
        raise TypeError(f"{table} has no English column {field}")
    row = tx.get(pair.entity, row_id)
    if row is None:
        raise UserError(N_("The text is gone."), hint=MEANWHILE)
    if not pair.editable(row):
        raise UserError(N_("A monitor wrote and signed this text."), hint=ASK_THEM)
    change(row, tidy({field: text}, (field,)))
    return row_id


def is_key(key: str) -> bool:
    """Say whether a key as `table:id:field` names a text that can be translated."""
    table, _, rest = key.partition(":")
    id, _, field = rest.partition(":")
    return id.isdigit() and any(
        pair.entity.__tablename__ == table and field in {f"{name}_en" for name in pair.columns}
        for pair in _PAIRS
    )


def _missing(read: Session, pair: _Pair, plan_id: int) -> Iterator[Untranslated]:
    entity = pair.entity
    empty = [
        and_(getattr(entity, column) != "", getattr(entity, f"{column}_en") == "")
        for column in pair.columns
    ]
    texts = [getattr(entity, f"{column}{of}") for column in pair.columns for of in ("", "_en")]
    query: Select[Any] = select(entity.id, *texts, *pair.extra)
    for row in read.execute(pair.of_plan(query, plan_id).where(or_(*empty))):
        for at, column in enumerate(pair.columns):
            text, english = row[1 + 2 * at], row[2 + 2 * at]
            if text and not english:
                yield Untranslated(
                    entity.__tablename__,
                    row.id,
                    f"{column}_en",
                    pair.label(column, row),
                    text,
                    pair.editable(row),
                )


def _text_label(_column: str, row: Any) -> Said:
    code = row.code
    of = "plan" if code is None else "commitment"
    section = next((s.label for s in template.sections(of) if s.key == row.section), Msg(""))
    if code is None:
        return Said(PLAN_SECTION, {"section": section})
    return Said(SECTION, {"code": code, "section": section})


def _institution_label(_column: str, row: Any) -> Said:
    return Said(INSTITUTION) if row.code is None else Said(INSTITUTION_OF, {"code": row.code})


def _own(entity: Any, *order: Any) -> Callable[[Any, int], Any]:
    """Narrow to the rows of a plan that name it themselves."""
    return lambda query, plan_id: query.where(entity.plan_id == plan_id).order_by(*order)


def _maybe(entity: Any, *order: Any) -> Callable[[Any, int], Any]:
    """Narrow to the rows of a plan, with the commitment some of them are of."""
    return lambda query, plan_id: (
        query.outerjoin(Commitment, Commitment.id == entity.commitment_id)
        .where(entity.plan_id == plan_id)
        .order_by(Commitment.position.nulls_first(), *order)
    )


def _through(entity: Any, parent: Any, column: Any, *order: Any) -> Callable[[Any, int], Any]:
    """Narrow to the rows of a plan that name it through their parent."""
    return lambda query, plan_id: (
        query.join(parent, parent.id == column).where(parent.plan_id == plan_id).order_by(*order)
    )


def _unsigned(row: Any) -> bool:
    return row.review_file_id is None


_CODE = (Commitment.code,)
_PAIRS: tuple[_Pair, ...] = (
    _Pair(
        ActionPlan,
        ("title",),
        lambda query, plan_id: query.where(ActionPlan.id == plan_id),
        lambda _column, _row: Said(PLAN_TITLE),
    ),
    _Pair(
        PlanText, ("text",), _maybe(PlanText, PlanText.id), _text_label, (*_CODE, PlanText.section)
    ),
    _Pair(
        PlanInstitution,
        ("name",),
        _maybe(PlanInstitution, PlanInstitution.position),
        _institution_label,
        _CODE,
    ),
    _Pair(
        PlanCount,
        ("label",),
        _own(PlanCount, PlanCount.position, PlanCount.id),
        lambda _column, _row: Said(NUMBER),
    ),
    _Pair(
        Commitment,
        tuple(COMMITMENT),
        _own(Commitment, Commitment.position),
        lambda column, row: Said(COMMITMENT[column], {"code": row.code}),
        _CODE,
    ),
    _Pair(
        Milestone,
        tuple(MILESTONE),
        _through(
            Milestone,
            Commitment,
            Milestone.commitment_id,
            Commitment.position,
            Milestone.position,
        ),
        lambda column, row: Said(MILESTONE[column], {"code": row.code, "n": row.number}),
        (*_CODE, Milestone.number),
    ),
    _Pair(
        CommitmentEdition,
        ("reason",),
        _through(
            CommitmentEdition,
            Commitment,
            CommitmentEdition.commitment_id,
            Commitment.position,
            CommitmentEdition.edition,
        ),
        lambda _column, row: Said(REASON, {"code": row.code}),
        _CODE,
    ),
    _Pair(
        ProgressNote,
        ("text",),
        _through(
            ProgressNote,
            Commitment,
            ProgressNote.commitment_id,
            Commitment.position,
            ProgressNote.noted_on,
        ),
        lambda _column, row: Said(NOTE, {"code": row.code}),
        _CODE,
    ),
    _Pair(
        Evidence,
        ("title",),
        _own(Evidence, Evidence.position, Evidence.id),
        lambda _column, _row: Said(EVIDENCE),
    ),
    _Pair(
        EvidenceClaim,
        ("claim",),
        _through(
            EvidenceClaim, Evidence, EvidenceClaim.evidence_id, Evidence.position, EvidenceClaim.id
        ),
        lambda _column, row: Said(CLAIM, {"title": row.evidence}),
        (Evidence.title.label("evidence"),),
    ),
    _Pair(
        Review,
        tuple(REVIEW),
        _own(Review, Review.position, Review.id),
        lambda column, _row: Said(REVIEW[column]),
    ),
    _Pair(
        ReviewAnswer,
        ("explanation",),
        lambda query, plan_id: (
            query.join(Review, Review.id == ReviewAnswer.review_id)
            .where(Review.plan_id == plan_id, stands())
            .order_by(Review.position, ReviewAnswer.id)
        ),
        lambda _column, row: Said(ANSWER, {"question": row.question}),
        (ReviewAnswer.question,),
        editable=lambda _row: False,
    ),
    _Pair(
        ReviewComment,
        ("text",),
        _through(ReviewComment, Review, ReviewComment.review_id, Review.position, ReviewComment.id),
        lambda _column, _row: Said(COMMENT),
        (ReviewComment.review_file_id,),
        editable=_unsigned,
    ),
    _Pair(
        ReviewFinding,
        tuple(FINDING),
        _through(ReviewFinding, Review, ReviewFinding.review_id, Review.position, ReviewFinding.id),
        lambda column, _row: Said(FINDING[column]),
        (ReviewFinding.review_file_id,),
        editable=_unsigned,
    ),
    _Pair(
        Publication,
        ("title",),
        _own(Publication, Publication.published_on, Publication.id),
        lambda _column, _row: Said(PUBLICATION),
    ),
)
