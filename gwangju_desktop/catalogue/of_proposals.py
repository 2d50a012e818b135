"""The documents of citizens' proposals in the catalogue."""

from __future__ import annotations

from gwangju_desktop.catalogue.entry import LETTERS, PERIOD, TABLES, About, Entry
from gwangju_desktop.text import C_, Msg

_HERE = "gwangju_desktop.catalogue"


def _notice(name: str, label: Msg, made_by: str) -> Entry:
    """Return a notice to the proposer, of one step."""
    return Entry(
        name,
        label,
        About.PROPOSAL,
        LETTERS,
        f"{_HERE}.{made_by}",
        outgoing=True,
        options=("notice_id", "signatory"),
        personal=True,
    )


OF_PROPOSALS = (
    _notice(
        "proposal-receipt",
        C_("document", "Receipt of a proposal"),
        "proposal_notices:receipt",
    ),
    _notice(
        "proposal-supplement",
        C_("document", "Supplement to a proposal"),
        "proposal_notices:supplement",
    ),
    _notice(
        "proposal-opinion",
        C_("document", "Opinions asked on a proposal"),
        "proposal_notices:opinion",
    ),
    _notice(
        "proposal-transfer",
        C_("document", "Transfer of a proposal"),
        "proposal_notices:transfer",
    ),
    _notice(
        "proposal-petition",
        C_("document", "Proposal handled as a civil petition"),
        "proposal_notices:petition",
    ),
    _notice(
        "proposal-closed",
        C_("document", "Closing of a proposal"),
        "proposal_notices:closed",
    ),
    _notice(
        "proposal-result",
        C_("document", "Result of a proposal"),
        "proposal_results:result",
    ),
    _notice(
        "proposal-delay",
        C_("document", "Delay of a proposal"),
        "proposal_notices:delay",
    ),
    _notice(
        "proposal-re-exam",
        C_("document", "Re-examination of a proposal"),
        "proposal_results:re_exam",
    ),
    Entry(
        "opinion-request",
        C_("document", "Request for an opinion on a proposal"),
        About.PROPOSAL,
        LETTERS,
        f"{_HERE}.proposal_orders:opinion_request",
        outgoing=True,
        options=("opinion_id", "recipient", "due", "signatory"),
    ),
    Entry(
        "transfer-letter",
        C_("document", "Transfer of a proposal to another agency"),
        About.PROPOSAL,
        LETTERS,
        f"{_HERE}.proposal_orders:transfer_letter",
        outgoing=True,
        options=("recipient", "signatory"),
        personal=True,
    ),
    Entry(
        "proposal-register",
        C_("document", "Register of proposals"),
        About.PROPOSALS,
        TABLES,
        f"{_HERE}.proposal_lists:register",
        options=(PERIOD,),
    ),
    Entry(
        "proposal-statistics",
        C_("document", "Proposals in figures"),
        About.PROPOSALS,
        TABLES,
        f"{_HERE}.proposal_figures:figures",
        options=(PERIOD,),
    ),
    Entry(
        "proposal-check",
        C_("document", "Quarterly check of proposals"),
        About.PROPOSALS,
        TABLES,
        f"{_HERE}.proposal_checks:quarter",
        options=(PERIOD,),
    ),
    Entry(
        "proposal-yearly",
        C_("document", "Yearly report on proposals"),
        About.PROPOSALS,
        TABLES,
        f"{_HERE}.proposal_yearly:year",
        outgoing=True,
        options=(PERIOD,),
    ),
)
