"""The list of evidence of a plan (증빙자료 목록): what each file proves, and its SHA-256.

Files that are not what they were stand on it and are said to be so; nothing is left out.
"""

from __future__ import annotations

from sqlalchemy.orm import Session

from gwangju_desktop import clock
from gwangju_desktop.catalogue import commitment_facts as told
from gwangju_desktop.catalogue import frame
from gwangju_desktop.catalogue.commitment_facts import PlanFacts
from gwangju_desktop.catalogue.commitment_language import named
from gwangju_desktop.commitments.words import EVIDENCE
from gwangju_desktop.documents.blocks import Block, Cell, Column, para, table
from gwangju_desktop.documents.composed import Composed
from gwangju_desktop.documents.official import END
from gwangju_desktop.documents.styles import MM
from gwangju_desktop.evidence import integrity
from gwangju_desktop.evidence.rows import BROKEN, MISSING, ClaimRow, EvidenceRow
from gwangju_desktop.meetings.documents.payment import ACROSS
from gwangju_desktop.meetings.words import DISCLOSURES
from gwangju_desktop.reviews import forms
from gwangju_desktop.text import C_, N_, NN_, Msg, say, speaking, words

LIST = C_("document", "List of evidence with hashes")
# Behind the plan's title.
IN_SHORT = C_("commitment document", "List of evidence")
STATES: dict[str, Msg] = {
    "": C_("evidence state", "Whole"),
    BROKEN: C_("evidence state", "Changed on the disk"),
    MISSING: C_("evidence state", "Gone"),
}
WHOLE_PLAN = C_("commitment document", "Whole plan and co-creation")


def listed(read: Session, *, id: int, language: str = "ko") -> Composed:
    """Return the list of a plan's evidence, that of the whole plan before that of commitments."""
    with speaking(language) as spoken:
        data = told.gathered(read, id)
        whole = say(N_("{document}, {period}"), document=IN_SHORT, period=data.title)
        blocks: list[Block] = [
            *frame.head(data.about.name(spoken), whole),
            *(para(line, "note") for line in _counted(read, data)),
        ]
        for title, rows in _groups(data):
            blocks += [frame.heading(title), _table(data, title, rows)]
        if not data.shelf:
            blocks.append(para(say(N_("The plan has no evidence yet."))))
        blocks.append(para(say(END)))
        name = f"{data.today:%Y-%m-%d} {whole}"
        parts = (tuple(blocks),)
        return Composed(whole, name, data.about, language, parts, head=say(LIST), theme=ACROSS)


def _counted(read: Session, data: PlanFacts) -> list[str]:
    """Say how many files there are, how many may not be shown, and when they were read last."""
    size = told.size(sum(one.bytes for one in data.shelf))
    message = NN_("{n} file, {size}.", "{n} files, {size} in all.")
    lines = [say(message, n=len(data.shelf), size=size)]
    kept = sum(not one.public for one in data.shelf)
    if kept:
        message = NN_(
            "{n} of them is not public: this list stays in the office.",
            "{n} of them are not public: this list stays in the office.",
        )
        lines.append(say(message, n=kept))
    last = integrity.last_check(read)
    if last is not None:
        day = clock.local(last)
        lines.append(say(N_("All evidence files were read again on {day:long}."), day=day))
    broken = sum(bool(one.broken) for one in data.shelf)
    if broken:
        message = NN_(
            "{n} of them is not what it was: no report is made before it is put right.",
            "{n} of them are not what they were: no report is made before they are put right.",
        )
        lines.append(say(message, n=broken))
    return lines


def _groups(data: PlanFacts) -> list[tuple[str, list[EvidenceRow]]]:
    """Return the evidence by the commitment it is filed with, that of the whole plan first."""
    groups = [(say(WHOLE_PLAN), [one for one in data.shelf if one.commitment_id is None])]
    for whole in data.commitments:
        title = f"{whole.row.code} {named(whole.row.title, whole.row.title_en)}"
        own = [one for one in data.shelf if one.commitment_id == whole.row.id]
        groups.append((title, own))
    return [(title, rows) for title, rows in groups if rows]


def _table(data: PlanFacts, title: str, rows: list[EvidenceRow]) -> Block:
    columns = [
        Column(say(C_("commitment document", "Evidence and file")), 0.245),
        Column(say(C_("commitment document", "What it proves")), 0.225),
        Column(say(C_("commitment document", "Obtained")), 0.115),
        Column(say(C_("commitment document", "Disclosure")), 0.125),
        Column(say(C_("commitment document", "SHA-256")), 0.2, style="small"),
        Column(say(C_("commitment document", "State")), 0.09),
    ]
    made: list[list[str | Block | Cell]] = [
        [
            _file(one),
            _claims(data, one),
            _obtained(data, one),
            _disclosure(one),
            one.sha256,
            say(STATES[one.broken]),
        ]
        for one in rows
    ]
    return table(columns, made, min_row=8 * MM, grid=True, caption=title)


def _file(one: EvidenceRow) -> tuple[Block, ...]:
    title = told.marked(named(one.title, one.title_en), one.sample)
    facts = f"{one.name} · {say(EVIDENCE[one.kind])} · {told.size(one.bytes)}"
    blocks: list[Block] = [para(title, "strong"), para(facts, "small")]
    if one.url:
        blocks.append(para(one.url, "small"))
    return tuple(blocks)


def _claims(data: PlanFacts, one: EvidenceRow) -> tuple[Block, ...]:
    if not one.claims:
        return (para(say(C_("commitment document", "No claim yet")), "small"),)
    blocks: list[Block] = []
    for claim in one.claims:
        blocks.append(para(named(claim.claim, claim.claim_en), "cell"))
        blocks.append(para(where(data, claim), "small"))
    return tuple(blocks)


def where(data: PlanFacts, claim: ClaimRow) -> str:
    """Return what a claim is about: a milestone, a number of the record, a question of a form."""
    parts = [claim.commitment]
    if claim.number is not None:
        parts.append(say(C_("commitment document", "milestone {n}"), n=claim.number))
    parts.append(named(claim.count, claim.count_en))
    if claim.form:
        form = forms.form_of(claim.form)
        parts.append(f"{form.title.said() if form else claim.form} {claim.question}")
    return " · ".join(filter(None, parts))


def _obtained(data: PlanFacts, one: EvidenceRow) -> str:
    return "\n".join(
        filter(None, (words().day(one.obtained_on, "full"), data.of_whom(one.obtained_from)))
    )


def _disclosure(one: EvidenceRow) -> str:
    return "\n".join(filter(None, (say(DISCLOSURES[one.disclosure]), named(one.ground))))
