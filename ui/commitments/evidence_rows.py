"""How evidence is written in lists."""

from __future__ import annotations

from db.vocab import EvidenceKind
from gwangju_desktop.commitments.words import EVIDENCE, REVIEWS
from gwangju_desktop.evidence.intake import MEGABYTE
from gwangju_desktop.evidence.rows import MISSING, ClaimRow, EvidenceRow
from gwangju_desktop.meetings.words import DISCLOSURES
from gwangju_desktop.members.rules import named
from gwangju_desktop.text import words
from ui.models.rows import Cell, Column, Table
from ui.text import C_, N_, NN_, Msg, say

BROKEN_WORD = C_("evidence", "Changed on disk")
MISSING_WORD = C_("evidence", "File gone")
SAMPLE = C_("evidence", "Sample")
CLOSED = C_("evidence", "Not public")
ICONS: dict[str, str] = {
    EvidenceKind.DOCUMENT: "file-text",
    EvidenceKind.MINUTES: "message-square-text",
    EvidenceKind.DATA: "file-spreadsheet",
    EvidenceKind.PHOTO: "image",
    EvidenceKind.PAGE: "link",
}


def size_text(size: int) -> str:
    """Write a number of bytes."""
    if size >= MEGABYTE:
        return f"{size / MEGABYTE:,.1f} MB"
    return f"{size / 1024:,.1f} KB" if size >= 1024 else f"{size} B"


def kind_text(row: EvidenceRow) -> str:
    """Name what a piece of evidence is."""
    return say(EVIDENCE[row.kind]) if row.kind in EVIDENCE else row.kind


def state_word(broken: str) -> Msg:
    """Name how a file was found."""
    return MISSING_WORD if broken == MISSING else BROKEN_WORD


def place_text(claim: ClaimRow) -> str:
    """Say what a claim speaks of."""
    if claim.milestone_id is not None:
        return say(C_("evidence", "{code} milestone {n}"), code=claim.commitment, n=claim.number)
    if claim.count_id is not None:
        return say(C_("evidence", "Co-creation: {label}"), label=named(claim.count, claim.count_en))
    if claim.form:
        form = say(REVIEWS[claim.form]) if claim.form in REVIEWS else claim.form
        said = say(C_("evidence", "{form} {question}"), form=form, question=claim.question)
        return f"{claim.commitment} · {said}" if claim.commitment else said
    return say(C_("evidence", "{code} as a whole"), code=claim.commitment)


def claim_text(claim: ClaimRow) -> str:
    """Return the sentence in the language shown."""
    return named(claim.claim, claim.claim_en)


def _title(row: EvidenceRow) -> Cell:
    sub = f"{kind_text(row)} · {row.name} · {size_text(row.bytes)}"
    return Cell(
        named(row.title, row.title_en), sub, icon=ICONS.get(row.kind, "paperclip"), role="strong"
    )


def _claims(row: EvidenceRow) -> Cell:
    if not row.claims:
        return Cell(chip=say(C_("evidence", "Nothing claimed yet")), tone="warn")
    more = len(row.claims) - 1
    place = place_text(row.claims[0])
    if more:
        place = say(C_("evidence", "{place} and {n} more"), place=place, n=more)
    return Cell(claim_text(row.claims[0]), place)


def _obtained(row: EvidenceRow) -> Cell:
    return Cell(words().day(row.obtained_on, "full"), role="sec")


def _disclosure(row: EvidenceRow) -> Cell:
    lacks = not row.public and not row.ground
    icon = "" if row.public else "lock"
    said = DISCLOSURES[row.disclosure] if row.public else CLOSED
    return Cell(say(said), icon=icon, ink="warn" if lacks else "")


def _state(row: EvidenceRow) -> Cell:
    if row.broken:
        return Cell(chip=say(state_word(row.broken)), tone="bad")
    if row.sample:
        return Cell(chip=say(SAMPLE), tone="warn")
    return Cell("")


SHELF = Table(
    name="evidence_shelf",
    columns=(
        Column("title", C_("evidence", "Evidence"), cell=_title),
        Column("claims", C_("evidence", "What it proves"), cell=_claims),
        Column("obtained", C_("evidence", "Obtained on"), 96, cell=_obtained, wide=True),
        Column("disclosure", N_("Who may read it"), 100, cell=_disclosure, wide=True),
        Column("state", Msg(""), 124, cell=_state),
    ),
)


def _sentence(claim: ClaimRow) -> Cell:
    rank = ""
    if claim.picked is not None:
        rank = say(C_("evidence", "Upload {n}"), n=claim.picked)
    return Cell(claim_text(claim), place_text(claim), chip=rank, tone="acc")


CLAIMS = Table((Column("claim", C_("evidence", "What it proves"), cell=_sentence),))
COUNT = NN_("{n} piece of evidence", "{n} pieces of evidence")
