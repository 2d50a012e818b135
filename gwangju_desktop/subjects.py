"""What a journal entry was about, by the name its record has now; nothing of contacts is read."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Select, case, func, literal, select
from sqlalchemy.orm import Session

from db.schema.actions import Action, ActionEvidence
from db.schema.answers import (
    PollBallot,
    PollBatch,
    PollFinding,
    PollTag,
    PollTotal,
)
from db.schema.commitments import (
    ActionPlan,
    Commitment,
    CommitmentEdition,
    Milestone,
    PlanCount,
    PlanInstitution,
    PlanRule,
    PlanText,
    ProgressNote,
)
from db.schema.decisions import Vote
from db.schema.energy import (
    Annotation,
    Area,
    Boundary,
    Dataset,
    EnergyLayout,
    EnergyResult,
    EnergySource,
    Factor,
    Indicator,
    Series,
    Target,
)
from db.schema.evidence import Evidence, EvidenceClaim
from db.schema.handling import (
    ProposalBoard,
    ProposalNote,
    ProposalNotice,
    ProposalOpinion,
    ProposalReply,
    ProposalScore,
    ProposalStep,
    ProposalSupplement,
    ReplyTemplate,
)
from db.schema.journal import row_change
from db.schema.meetings import AgendaItem, Attendance, Meeting
from db.schema.members import Body, BodyRule, Membership, Organisation, Person, Term
from db.schema.minutes import Minutes, Note
from db.schema.packs import (
    AwaitedPaper,
    ItemOpinion,
    PackCopy,
    PackIssue,
    PackPart,
    PackPlan,
    PrintRun,
)
from db.schema.papers import Paper
from db.schema.people import Affiliation
from db.schema.polls import (
    Poll,
    PollOption,
    PollPart,
    PollQuestion,
    PollTarget,
    PollWave,
    WaveQuestion,
)
from db.schema.posts import Post, PostHolding
from db.schema.proposals import (
    OutsideNumber,
    ProfileCriterion,
    ProfileMove,
    ProfileRule,
    ProfileState,
    Proposal,
    ProposalCall,
    ProposalField,
    ProposalFile,
    ProposalProfile,
    Proposer,
)
from db.schema.reviews import (
    MonitorKey,
    Publication,
    Review,
    ReviewAnswer,
    ReviewComment,
    ReviewFile,
    ReviewFinding,
)
from db.schema.sittings import Break, Guest, Movement, Step
from db.schema.threads import ThreadLink
from gwangju_desktop.members.rules import named

Key = tuple[str, int]
# A restricted item is named to whoever looks over a shoulder as it is to the public.
_ITEM = case((AgendaItem.restricted.is_(True), AgendaItem.open_title), else_=AgendaItem.title)


def of_entries(read: Session, ids: Sequence[int]) -> dict[int, str]:
    """Return the name of what each journal entry touched first; entries without one are left out."""
    found = read.execute(
        select(row_change.c.change_id, row_change.c.tbl, row_change.c.pk).where(
            row_change.c.change_id.in_(ids), row_change.c.n == 0
        )
    ).all()
    keys = {row.change_id: (row.tbl, _id(row.pk)) for row in found}
    called = names(read, keys.values())
    return {entry: called[key] for entry, key in keys.items() if called.get(key)}


def names(read: Session, keys: Iterable[Key]) -> dict[Key, str]:
    """Return the names that records have now; those that are gone or have none are left out."""
    wanted: dict[str, set[int]] = {}
    for table, id in keys:
        wanted.setdefault(table, set()).add(id)
    found: dict[Key, str] = {}
    for table, ids in wanted.items():
        query = QUERIES.get(table)
        if query is None:
            continue
        for id, korean, english in read.execute(query.where(_ID[table].in_(ids))).all():
            found[table, id] = named(korean or "", english or "")
    return found


def _id(pk: str) -> int:
    """Read the first part of a row's key; texts (settings) count as no record."""
    first = json.loads(pk)[0]
    return first if isinstance(first, int) else 0


_NONE = literal("")
_PERSON = case((Person.erased_on.is_(None), Person.name), else_="")


def _of_people(entity: Any) -> Select[*tuple[Any, ...]]:
    """Name the person a row is about."""
    return select(entity.id, _PERSON, _NONE).join(Person, Person.id == entity.person_id)


def _of_meetings(entity: Any) -> Select[*tuple[Any, ...]]:
    """Name the meeting a row belongs to."""
    return select(entity.id, Meeting.title, _NONE).join(Meeting, Meeting.id == entity.meeting_id)


def _of_items(entity: Any) -> Select[*tuple[Any, ...]]:
    """Name the agenda item a row belongs to."""
    return select(entity.id, _ITEM, _NONE).join(AgendaItem, AgendaItem.id == entity.item_id)


def _of_proposals(entity: Any) -> Select[*tuple[Any, ...]]:
    """Name the proposal a row belongs to."""
    return select(entity.id, Proposal.title, _NONE).join(
        Proposal, Proposal.id == entity.proposal_id
    )


def _of_indicators(entity: Any) -> Select[*tuple[Any, ...]]:
    """Name the indicator a row belongs to."""
    return select(entity.id, Indicator.name_ko, Indicator.name_en).join(
        Indicator, Indicator.id == entity.indicator_id
    )


def _of_profiles(entity: Any) -> Select[*tuple[Any, ...]]:
    """Name the profile a row belongs to."""
    return select(entity.id, ProposalProfile.name_ko, ProposalProfile.name_en).join(
        ProposalProfile, ProposalProfile.id == entity.profile_id
    )


def _of_waves(entity: Any) -> Select[*tuple[Any, ...]]:
    """Name the wave of a poll that a row belongs to."""
    return (
        select(entity.id, _WAVE, _NONE)
        .join(PollWave, PollWave.id == entity.wave_id)
        .join(Poll, Poll.id == PollWave.poll_id)
    )


def _of_questions(entity: Any) -> Select[*tuple[Any, ...]]:
    """Name the question of a poll that a row belongs to."""
    return select(entity.id, _QUESTION, PollQuestion.title_en).join(
        PollQuestion, PollQuestion.id == entity.question_id
    )


def _of_asked(entity: Any) -> Select[*tuple[Any, ...]]:
    """Name the question that a row of one wave's answers belongs to."""
    return (
        select(entity.id, _QUESTION, PollQuestion.title_en)
        .join(WaveQuestion, WaveQuestion.id == entity.wave_question_id)
        .join(PollQuestion, PollQuestion.id == WaveQuestion.question_id)
    )


def _of_commitments(entity: Any) -> Select[*tuple[Any, ...]]:
    """Name the commitment a row belongs to."""
    return select(entity.id, Commitment.title, Commitment.title_en).join(
        Commitment, Commitment.id == entity.commitment_id
    )


def _of_plans(entity: Any) -> Select[*tuple[Any, ...]]:
    """Name the commitment a row belongs to, or its plan."""
    return (
        select(
            entity.id,
            func.coalesce(Commitment.title, ActionPlan.title),
            func.coalesce(Commitment.title_en, ActionPlan.title_en),
        )
        .join(ActionPlan, ActionPlan.id == entity.plan_id)
        .outerjoin(Commitment, Commitment.id == entity.commitment_id)
    )


def _of_reviews(entity: Any) -> Select[*tuple[Any, ...]]:
    """Name the review a row belongs to."""
    return select(entity.id, Review.title, Review.title_en).join(
        Review, Review.id == entity.review_id
    )


_WAVE = Poll.name + " " + PollWave.label
_QUESTION = case((PollQuestion.title != "", PollQuestion.title), else_=PollQuestion.code)
_LINKED = func.coalesce(ThreadLink.from_proposal_id, ThreadLink.to_proposal_id)
_PROMISED = func.coalesce(ThreadLink.from_commitment_id, ThreadLink.to_commitment_id)

QUERIES: Mapping[str, Select[*tuple[Any, ...]]] = {
    "body": select(Body.id, Body.short_ko, Body.short_en),
    "body_rule": select(BodyRule.id, Body.short_ko, Body.short_en).join(
        Body, Body.id == BodyRule.body_id
    ),
    "term": select(Term.id, Body.short_ko, Body.short_en).join(Body, Body.id == Term.body_id),
    "organisation": select(Organisation.id, Organisation.name_ko, Organisation.name_en),
    "post": select(Post.id, Post.name_ko, Post.name_en),
    "person": select(Person.id, _PERSON, _NONE),
    "membership": _of_people(Membership),
    "affiliation": _of_people(Affiliation),
    "post_holding": _of_people(PostHolding),
    "attendance": _of_people(Attendance),
    "movement": select(Movement.id, _PERSON, _NONE)
    .join(Attendance, Attendance.id == Movement.attendance_id)
    .join(Person, Person.id == Attendance.person_id),
    "meeting": select(Meeting.id, Meeting.title, _NONE),
    "minutes": _of_meetings(Minutes),
    "note": _of_meetings(Note),
    "sitting_break": _of_meetings(Break),
    "guest": _of_meetings(Guest),
    "meeting_step": _of_meetings(Step),
    "agenda_item": select(AgendaItem.id, _ITEM, _NONE),
    "awaited_paper": _of_items(AwaitedPaper),
    "item_opinion": _of_items(ItemOpinion),
    "pack_plan": _of_meetings(PackPlan),
    "pack_part": _of_meetings(PackPart),
    "pack_issue": _of_meetings(PackIssue),
    "pack_copy": select(PackCopy.id, Meeting.title, _NONE)
    .join(PackIssue, PackIssue.id == PackCopy.issue_id)
    .join(Meeting, Meeting.id == PackIssue.meeting_id),
    "print_run": _of_meetings(PrintRun),
    "paper": select(
        Paper.id,
        case((AgendaItem.restricted.is_(True), AgendaItem.open_title), else_=Paper.title),
        _NONE,
    ).join(AgendaItem, AgendaItem.id == Paper.item_id),
    "vote": select(Vote.id, _ITEM, _NONE).join(AgendaItem, AgendaItem.id == Vote.item_id),
    "action": select(
        Action.id,
        case((AgendaItem.restricted.is_(True), AgendaItem.open_title), else_=Action.text),
        _NONE,
    ).outerjoin(AgendaItem, AgendaItem.id == Action.item_id),
    "action_evidence": select(
        ActionEvidence.id,
        case((AgendaItem.restricted.is_(True), AgendaItem.open_title), else_=Action.text),
        _NONE,
    )
    .join(Action, Action.id == ActionEvidence.action_id)
    .outerjoin(AgendaItem, AgendaItem.id == Action.item_id),
    "indicator": select(Indicator.id, Indicator.name_ko, Indicator.name_en),
    "energy_source": select(EnergySource.id, EnergySource.title_ko, EnergySource.title_en),
    "series": select(Series.id, EnergySource.title_ko, EnergySource.title_en).join(
        EnergySource, EnergySource.id == Series.source_id
    ),
    "dataset": select(Dataset.id, Dataset.file_name, _NONE),
    "energy_layout": select(EnergyLayout.id, EnergyLayout.title, _NONE),
    "target": _of_indicators(Target),
    "energy_result": _of_indicators(EnergyResult),
    "factor": select(Factor.id, Factor.name_ko, Factor.name_en),
    "annotation": select(Annotation.id, Annotation.text, _NONE),
    "area": select(Area.id, Area.name_ko, Area.name_en),
    "boundary": select(Boundary.id, Boundary.title, _NONE),
    "proposal": select(Proposal.id, Proposal.title, _NONE),
    "proposer": _of_proposals(Proposer),
    "outside_number": _of_proposals(OutsideNumber),
    "proposal_file": _of_proposals(ProposalFile),
    "proposal_step": _of_proposals(ProposalStep),
    "proposal_supplement": _of_proposals(ProposalSupplement),
    "proposal_opinion": _of_proposals(ProposalOpinion),
    "proposal_note": _of_proposals(ProposalNote),
    "proposal_board": _of_proposals(ProposalBoard),
    "proposal_score": _of_proposals(ProposalScore),
    "proposal_reply": _of_proposals(ProposalReply),
    "proposal_notice": _of_proposals(ProposalNotice),
    "reply_template": select(ReplyTemplate.id, ReplyTemplate.name, _NONE),
    "proposal_call": select(ProposalCall.id, ProposalCall.name, _NONE),
    "proposal_field": select(ProposalField.id, ProposalField.name_ko, ProposalField.name_en),
    "proposal_profile": select(
        ProposalProfile.id, ProposalProfile.name_ko, ProposalProfile.name_en
    ),
    "profile_state": _of_profiles(ProfileState),
    "profile_move": _of_profiles(ProfileMove),
    "profile_rule": _of_profiles(ProfileRule),
    "profile_criterion": _of_profiles(ProfileCriterion),
    "poll": select(Poll.id, Poll.name, Poll.name_en),
    "poll_wave": select(PollWave.id, _WAVE, _NONE).join(Poll, Poll.id == PollWave.poll_id),
    "poll_question": select(PollQuestion.id, _QUESTION, PollQuestion.title_en),
    "poll_option": _of_questions(PollOption),
    "poll_part": _of_questions(PollPart),
    "wave_question": _of_questions(WaveQuestion),
    "poll_target": _of_waves(PollTarget),
    "poll_batch": _of_waves(PollBatch),
    "poll_ballot": _of_waves(PollBallot),
    "poll_total": _of_asked(PollTotal),
    "poll_tag": select(PollTag.id, PollTag.name, _NONE),
    "poll_finding": select(PollFinding.id, PollFinding.sentence, _NONE),
    "action_plan": select(ActionPlan.id, ActionPlan.title, ActionPlan.title_en),
    "plan_rule": select(PlanRule.id, ActionPlan.title, ActionPlan.title_en).join(
        ActionPlan, ActionPlan.id == PlanRule.plan_id
    ),
    "plan_text": _of_plans(PlanText),
    "plan_institution": select(PlanInstitution.id, PlanInstitution.name, PlanInstitution.name_en),
    "plan_count": select(PlanCount.id, PlanCount.label, PlanCount.label_en),
    "commitment": select(Commitment.id, Commitment.title, Commitment.title_en),
    "milestone": select(Milestone.id, Milestone.title, Milestone.title_en),
    "commitment_edition": _of_commitments(CommitmentEdition),
    "progress_note": _of_commitments(ProgressNote),
    "evidence": select(Evidence.id, Evidence.title, Evidence.title_en),
    "evidence_claim": select(EvidenceClaim.id, Evidence.title, Evidence.title_en).join(
        Evidence, Evidence.id == EvidenceClaim.evidence_id
    ),
    "monitor_key": _of_people(MonitorKey),
    "review": select(Review.id, Review.title, Review.title_en),
    "review_file": _of_reviews(ReviewFile),
    "review_answer": _of_reviews(ReviewAnswer),
    "review_comment": _of_reviews(ReviewComment),
    "review_finding": select(ReviewFinding.id, ReviewFinding.text, ReviewFinding.text_en),
    "publication": select(Publication.id, Publication.title, Publication.title_en),
    "thread_link": select(
        ThreadLink.id, func.coalesce(Proposal.title, Commitment.title), Commitment.title_en
    )
    .outerjoin(Proposal, Proposal.id == _LINKED)
    .outerjoin(Commitment, Commitment.id == _PROMISED),
}
_ID = {table: query.selected_columns[0] for table, query in QUERIES.items()}
