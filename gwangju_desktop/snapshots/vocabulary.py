"""What the closed words in a snapshot's columns mean, in both languages."""

from __future__ import annotations

from collections.abc import Mapping

from gwangju_desktop.commitments import words as commitments
from gwangju_desktop.energy import factors
from gwangju_desktop.energy import words as energy
from gwangju_desktop.evidence import integrity
from gwangju_desktop.meetings import words as meetings
from gwangju_desktop.members import inclusion, precedence
from gwangju_desktop.members import words as members
from gwangju_desktop.polls import words as polls
from gwangju_desktop.proposals import words as proposals
from gwangju_desktop.snapshots.words import PROFILES
from gwangju_desktop.text import Msg, words

COLUMNS: dict[tuple[str, str], Mapping[str, Msg]] = {
    ("action", "state"): meetings.ACTION_STATES,
    ("agenda_item", "kind"): meetings.ITEM_KINDS,
    ("agenda_item", "listing"): meetings.LISTINGS,
    ("agenda_item", "outcome"): meetings.OUTCOMES,
    ("agenda_item", "standing"): meetings.STANDINGS,
    ("agenda_item", "state"): meetings.ITEM_STATES,
    ("amendment", "state"): meetings.AMENDMENT_STATES,
    ("annotation", "kind"): energy.ANNOTATIONS,
    ("area", "level"): energy.LEVELS,
    ("attendance", "presence"): meetings.PRESENCES,
    ("attendance", "reply"): meetings.REPLIES,
    ("body", "kind"): members.BODY_KINDS,
    ("body", "precedence"): precedence.PRESETS,
    ("body_name", "kind"): members.NAME_KINDS,
    ("commitment", "own_status"): commitments.STATUSES,
    ("drawn_number", "kind"): meetings.DRAWN_KINDS,
    ("energy_result", "status"): energy.STATUSES,
    ("energy_source", "frequency"): energy.FREQUENCIES,
    ("evidence", "disclosure"): meetings.DISCLOSURES,
    ("evidence", "kind"): commitments.EVIDENCE,
    ("evidence_check", "occasion"): integrity.OCCASIONS,
    ("evidence_claim", "form"): commitments.REVIEWS,
    ("factor", "kind"): factors.KINDS,
    ("indicator", "direction"): energy.DIRECTIONS,
    ("indicator", "frequency"): energy.FREQUENCIES,
    ("indicator", "kind"): energy.KINDS,
    ("indicator", "level"): energy.LEVELS,
    ("indicator", "quality"): energy.STATUSES,
    ("item_opinion", "stance"): meetings.STANCES,
    ("meeting", "adjournment"): meetings.ADJOURNMENTS,
    ("meeting", "kind"): meetings.MEETING_KINDS,
    ("meeting", "state"): meetings.STATES,
    ("meeting_step", "after"): meetings.STATES,
    ("meeting_step", "before"): meetings.STATES,
    ("membership", "capacity"): members.CAPACITIES,
    ("membership", "role"): members.ROLES,
    ("milestone", "state"): commitments.MILESTONES,
    ("minutes", "confirmation"): meetings.CONFIRMATIONS,
    ("minutes", "speakers"): meetings.SPEAKERS,
    ("organisation", "sector"): inclusion.SECTORS,
    ("paper", "disclosure"): meetings.DISCLOSURES,
    ("plan_count", "kind"): commitments.COUNTS,
    ("plan_institution", "role"): commitments.ROLES,
    ("plan_rule", "rule"): commitments.RULES,
    ("poll", "shift"): polls.SHIFTS,
    ("poll_option", "role"): polls.ROLES,
    ("poll_question", "kind"): polls.KINDS,
    ("poll_total", "measure"): polls.MEASURES,
    ("poll_wave", "mode"): polls.MODES,
    ("poll_wave", "sampling"): polls.SAMPLINGS,
    ("poll_wave", "source"): polls.SOURCES,
    ("poll_wave", "state"): polls.STATES,
    ("post_seat", "role"): members.ROLES,
    ("profile_move", "from_state"): proposals.STATES,
    ("profile_move", "to_state"): proposals.STATES,
    ("profile_state", "stage"): proposals.STAGES,
    ("profile_state", "state"): proposals.STATES,
    ("proposal", "adoption"): proposals.STATES,
    ("proposal", "channel"): proposals.CHANNELS,
    ("proposal", "consent"): proposals.CONSENTS,
    ("proposal", "state"): proposals.STATES,
    ("proposal_board", "stance"): proposals.STANCES,
    ("proposal_check", "kind"): proposals.CHECKS,
    ("proposal_notice", "kind"): proposals.NOTICES,
    ("proposal_opinion", "stance"): proposals.STANCES,
    ("proposal_step", "from_state"): proposals.STATES,
    ("proposal_step", "kind"): proposals.STEPS,
    ("proposal_step", "to_state"): proposals.STATES,
    ("publication", "channel"): commitments.CHANNELS,
    ("reading", "status"): energy.STATUSES,
    ("reading_revision", "status"): energy.STATUSES,
    ("recusal", "kind"): meetings.RECUSALS,
    ("review", "kind"): commitments.REVIEWS,
    ("review", "state"): commitments.REVIEW_STATES,
    ("review_answer", "origin"): commitments.ORIGINS,
    ("sitting_break", "kind"): meetings.BREAKS,
    ("snapshot", "profile"): PROFILES,
    ("target", "kind"): energy.TARGETS,
    ("vote", "method"): meetings.VOTE_METHODS,
    ("vote", "result"): meetings.VERDICTS,
    ("vote", "state"): meetings.VOTE_STATES,
    ("vote", "subject"): meetings.VOTE_SUBJECTS,
    ("vote", "suggested"): meetings.VERDICTS,
}


def rows() -> list[tuple[str, str, str, str, str]]:
    """Return (table, column, code, Korean, English) of every closed word."""
    korean, english = words("ko"), words("en")
    return [
        (table, column, str(code), korean(message), english(message))
        for (table, column), meanings in sorted(COLUMNS.items())
        for code, message in meanings.items()
    ]
