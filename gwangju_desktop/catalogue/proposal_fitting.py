"""Which documents of a proposal can be made now, and why the others cannot."""

from __future__ import annotations

from db.vocab import NoticeKind, ProposalState
from gwangju_desktop.catalogue.proposal_facts import Facts
from gwangju_desktop.errors import UserError
from gwangju_desktop.text import N_, Msg

NO_SUPPLEMENT = N_("Once a supplement is asked for")
NO_OPINION = N_("Once a department is asked for its opinion")
NOT_TRANSFERRED = N_("Once the proposal is transferred")
NOT_A_PETITION = N_("Once the proposal is handled as a civil petition")
NOT_CLOSED = N_("Once the proposal is closed")
NOT_DECIDED = N_("Once the proposal is decided")
NO_REASONS = N_("Once the reply and its reasons are written")
NO_DELAY = N_("Once a delay is noted")
NO_RE_EXAM = N_("Once the proposal is examined again")


def why_not(data: Facts, name: str) -> Msg | None:
    """Say why a document of a proposal cannot be made now; None where it can."""
    examined, again = data.examined(), data.re_examined()
    decided_again = again is not None and again.decision is not None
    transferred = data.last(ProposalState.TRANSFERRED) is not None
    reasons: list[tuple[bool, Msg]] = [
        (name == "proposal-supplement" and not data.wanted, NO_SUPPLEMENT),
        (name in ("proposal-opinion", "opinion-request") and not data.asked, NO_OPINION),
        (name in ("proposal-transfer", "transfer-letter") and not transferred, NOT_TRANSFERRED),
        (
            name == "proposal-petition" and data.last(ProposalState.CIVIL_PETITION) is None,
            NOT_A_PETITION,
        ),
        (name == "proposal-closed" and data.last(ProposalState.CLOSED) is None, NOT_CLOSED),
        (name == "proposal-result" and examined is None, NOT_DECIDED),
        (name == "proposal-result" and not data.answered(examined), NO_REASONS),
        (name == "proposal-delay" and data.told(NoticeKind.DELAY) is None, NO_DELAY),
        (name == "proposal-re-exam" and again is None, NO_RE_EXAM),
        (
            name == "proposal-re-exam" and decided_again and not data.answered(again),
            NO_REASONS,
        ),
    ]
    return next((reason for holds, reason in reasons if holds), None)


def refuse(data: Facts, name: str) -> None:
    """Raise UserError where a document cannot be made now."""
    reason = why_not(data, name)
    if reason is not None:
        raise UserError(
            N_("There is no such document of proposal {number} yet."),
            hint=reason,
            number=data.number,
        )
