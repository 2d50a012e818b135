"""Evidence on the shelf: added with its file, described, replaced, withdrawn."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import PurePath
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema.commitments import ActionPlan, Commitment
from db.schema.evidence import Evidence, EvidenceClaim
from db.schema.papers import StoredFile
from db.schema.reviews import ReviewComment
from db.store import usecase
from db.vocab import Disclosure, EvidenceKind
from gwangju_desktop import clock
from gwangju_desktop.commitments.rules import NO_PLAN
from gwangju_desktop.errors import UserError
from gwangju_desktop.evidence import claims
from gwangju_desktop.evidence.claims import add_claim, edit_claim, move_claim, remove_claim
from gwangju_desktop.evidence.picking import move_pick, pick, unpick
from gwangju_desktop.evidence.queries import NO_EVIDENCE, found_states, limits
from gwangju_desktop.forms import change, found, required, tidy, writable
from gwangju_desktop.meetings import places
from gwangju_desktop.meetings.rules import GAP
from gwangju_desktop.papers.kinds import PICTURES, suffix
from gwangju_desktop.text import N_, words

__all__ = [
    "add_claim",
    "add_evidence",
    "edit_claim",
    "edit_evidence",
    "kind_of",
    "move_claim",
    "move_evidence",
    "move_pick",
    "pick",
    "remove_claim",
    "remove_evidence",
    "replace_file",
    "unpick",
]

FIELDS = (
    *("kind", "title", "title_en", "url", "obtained_on", "obtained_from"),
    *("disclosure", "ground", "note", "sample", "commitment_id"),
)
NO_TITLE = N_("Evidence needs a title.")
# What a file most likely is, by its suffix; anybody may say otherwise.
_KINDS: dict[str, EvidenceKind] = {
    **dict.fromkeys((".csv", ".tsv", ".xlsx", ".xls", ".ods", ".json"), EvidenceKind.DATA),
    **dict.fromkeys((*PICTURES, ".heic", ".webp"), EvidenceKind.PHOTO),
    **dict.fromkeys((".html", ".htm", ".mhtml", ".mht", ".warc"), EvidenceKind.PAGE),
    **dict.fromkeys(
        (".pdf", ".hwp", ".hwpx", ".doc", ".docx", ".odt", ".txt", ".ppt", ".pptx"),
        EvidenceKind.DOCUMENT,
    ),
}


def kind_of(name: str) -> EvidenceKind:
    """Return what a file of this name most likely is."""
    return _KINDS.get(suffix(name), EvidenceKind.OTHER)


@usecase("Add evidence")
def add_evidence(
    tx: Session,
    *,
    plan_id: int,
    sha256: str,
    name: str,
    bytes: int,
    commitment_id: int | None = None,
    obtained_on: dt.date | None = None,
    title: str = "",
    kind: str = "",
    claim: str = "",
    claim_en: str = "",
    milestone_id: int | None = None,
    count_id: int | None = None,
    form: str = "",
    question: str = "",
    **values: Any,
) -> int:
    """Add a file that is in the store already (intake.take_in); the title defaults to its name.

    `values` are further FIELDS. With `claim` it gets its first sentence, linked as in add_claim.
    Raises UserError for a file the plan has already, and for a day to come.
    """
    found(tx, ActionPlan, plan_id, NO_PLAN)
    name = _one_line(name)
    fields = _tidied(
        tx,
        plan_id,
        {
            **values,
            "title": title or PurePath(name).stem,
            "kind": kind or kind_of(name),
            "obtained_on": obtained_on or clock.today(),
            "commitment_id": commitment_id,
        },
    )
    fields["title"] = required(fields["title"], NO_TITLE)
    if fields.get("disclosure") == Disclosure.PUBLIC:
        fields["ground"] = ""
    file = _stored(tx, sha256, name, bytes)
    _refuse_twice(tx, plan_id, file, name)
    last = max((one.position for one in _shelf(tx, plan_id)), default=0)
    row = Evidence(plan_id=plan_id, file_id=file.id, position=last + GAP, **fields)
    tx.add(row)
    tx.flush()
    if claim:
        # Where nothing else is said, it speaks of the commitment it was added to.
        linked = milestone_id or count_id or form
        asked = bool(form and question) and claims.asked_of_commitment(form, question)
        claims.add(
            tx,
            row,
            claim=claim,
            claim_en=claim_en,
            commitment_id=commitment_id if asked or not linked else None,
            milestone_id=milestone_id,
            count_id=count_id,
            form=form,
            question=question,
        )
    return row.id


@usecase("Edit evidence")
def edit_evidence(tx: Session, *, id: int, **values: Any) -> int:
    """Change what is said of a piece of evidence (FIELDS).

    Raises UserError where one that is not public lacks the ground, and where one that is picked for
    the official upload is closed.
    """
    row = found(tx, Evidence, id, NO_EVIDENCE)
    fields = _tidied(tx, row.plan_id, values)
    if "title" in fields:
        fields["title"] = required(fields["title"], NO_TITLE)
    if "disclosure" in fields:
        if fields["disclosure"] == Disclosure.PUBLIC:
            fields["ground"] = ""
        elif not fields.get("ground", row.ground):
            raise UserError(
                N_("Evidence that is not public needs the ground for it."),
                hint=N_("Name the law and article it is closed by."),
            )
        elif row.disclosure == Disclosure.PUBLIC and _is_picked(tx, row):
            raise UserError(
                N_("“{title}” is picked for the official upload, so it stays public."),
                hint=N_("Take it out of the picked files first."),
                title=row.title,
            )
    change(row, fields)
    return id


@usecase("Move evidence")
def move_evidence(tx: Session, *, id: int, by: int) -> int:
    """Move a piece of evidence up (negative) or down the shelf of its plan."""
    row = found(tx, Evidence, id, NO_EVIDENCE)
    places.move(tx, _shelf(tx, row.plan_id), row, by)
    return id


@usecase("Replace evidence file")
def replace_file(
    tx: Session,
    *,
    id: int,
    sha256: str,
    name: str,
    bytes: int,
    obtained_on: dt.date | None = None,
) -> int:
    """Let another file take the place of a piece of evidence; return the id of the new evidence.

    Claims and comments of departments follow; the note says which file stood there before. A title
    that was the old file's name follows. What monitors signed never points at another file than
    the one they read: while that is whole it cannot be replaced, once it is broken their words
    keep its SHA-256 instead. Raises UserError for a file the plan has already.
    """
    old = found(tx, Evidence, id, NO_EVIDENCE)
    before = tx.get_one(StoredFile, old.file_id)
    name = _one_line(name)
    file = _stored(tx, sha256, name, bytes)
    if file.id == old.file_id:
        # The very bytes came back: nothing changed but the disk.
        return id
    _refuse_twice(tx, old.plan_id, file, name)
    comments = _comments(tx, old)
    if any(one.review_file_id for one in comments) and not found_states(tx).get(before.id):
        raise UserError(
            N_("A signed answer rests on “{title}”, so its file stays what it is."),
            hint=N_("Add the other file as new evidence."),
            title=old.title,
        )
    day = obtained_on or clock.today()
    told = words()(
        N_("File before {day:full}: {name} (SHA-256 {sha256}, obtained {obtained:full})."),
        day=clock.today(),
        name=before.name,
        sha256=before.sha256,
        obtained=old.obtained_on,
    )
    kept = {
        field: getattr(old, field)
        for field in (*FIELDS, "plan_id", "position")
        if field not in ("obtained_on", "note", "title")
    }
    stem = PurePath(before.name).stem
    new = Evidence(
        **kept,
        file_id=file.id,
        title=PurePath(name).stem if old.title == stem else old.title,
        obtained_on=_past(day),
        note="\n".join(filter(None, (old.note, told))),
    )
    tx.add(new)
    tx.flush()
    _files, each = limits(tx, old.plan_id)
    for claim in _claims(tx, old):
        claim.evidence_id = new.id
        if file.bytes > each:
            claim.picked = None
    for comment in comments:
        if comment.review_file_id is None:
            comment.evidence_id = new.id
        else:
            comment.evidence_id = None
            comment.text = "\n".join(filter(None, (comment.text, _lost(old.title, before))))
    tx.flush()
    tx.delete(old)
    return new.id


@usecase("Withdraw evidence")
def remove_evidence(tx: Session, *, id: int) -> None:
    """Take a piece of evidence with its claims off the shelf; the file stays in the store.

    Raises UserError where a review speaks of it.
    """
    row = found(tx, Evidence, id, NO_EVIDENCE)
    if _comments(tx, row):
        raise UserError(
            N_("A review speaks of “{title}”, so it stays."),
            hint=N_("Put another file in its place instead."),
            title=row.title,
        )
    for claim in _claims(tx, row):
        tx.delete(claim)
    tx.flush()
    tx.delete(row)


def _lost(title: str, file: StoredFile) -> str:
    return words()(
        N_(
            "[Office: it cited “{title}” (SHA-256 {sha256}), replaced on {day:full}, being broken.]"
        ),
        title=title,
        sha256=file.sha256,
        day=clock.today(),
    )


def _one_line(name: str) -> str:
    """Return a file's name as it is shown: a disk allows line breaks in it, a list does not."""
    return re.sub(r"\s*[\n\t]\s*", " ", writable(name))


def _tidied(tx: Session, plan_id: int, values: dict[str, Any]) -> dict[str, Any]:
    fields = tidy(values, FIELDS)
    if "kind" in fields:
        fields["kind"] = EvidenceKind(fields["kind"]).value
    if "disclosure" in fields:
        fields["disclosure"] = Disclosure(fields["disclosure"]).value
    if "obtained_on" in fields:
        _past(fields["obtained_on"])
    if fields.get("commitment_id") is not None:
        claims.of_plan(tx, Commitment, fields["commitment_id"], plan_id, claims.NO_COMMITMENT)
    return fields


def _past(day: dt.date) -> dt.date:
    if day > clock.today():
        raise UserError(
            N_("Evidence cannot have been obtained on {day:full}, a day to come."), day=day
        )
    return day


def _stored(tx: Session, sha256: str, name: str, bytes: int) -> StoredFile:
    """Return the row of a file in the store; what examining it as a paper found is left as it is."""
    file = tx.scalars(select(StoredFile).where(StoredFile.sha256 == sha256)).first()
    if file is None:
        file = StoredFile(sha256=sha256, name=name, bytes=bytes)
        tx.add(file)
        tx.flush()
    return file


def _refuse_twice(tx: Session, plan_id: int, file: StoredFile, name: str) -> None:
    held = select(Evidence.title).where(Evidence.plan_id == plan_id, Evidence.file_id == file.id)
    title = tx.scalars(held).first()
    if title is not None:
        raise UserError(
            N_("{name} is evidence of this plan already, as “{title}”."),
            hint=N_("Add another claim to that."),
            name=name,
            title=title,
        )


def _shelf(tx: Session, plan_id: int) -> list[Evidence]:
    query = select(Evidence).where(Evidence.plan_id == plan_id)
    return list(tx.scalars(query.order_by(Evidence.position, Evidence.id)))


def _claims(tx: Session, row: Evidence) -> list[EvidenceClaim]:
    return list(tx.scalars(select(EvidenceClaim).where(EvidenceClaim.evidence_id == row.id)))


def _comments(tx: Session, row: Evidence) -> list[ReviewComment]:
    return list(tx.scalars(select(ReviewComment).where(ReviewComment.evidence_id == row.id)))


def _is_picked(tx: Session, row: Evidence) -> bool:
    return any(claim.picked is not None for claim in _claims(tx, row))
