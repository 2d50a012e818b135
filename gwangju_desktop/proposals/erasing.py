"""Erase a proposer without return (개인정보 보호법 제21조), keeping the proposal and its figures.

The row stays as one without name and contact, so that shares and counts stay right. Name and
contact are blotted out of all that was written on their proposals, and leave index and journal.
The fingerprint stays: a second import of the same file would bring the person back otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from db import erase as traces
from db import schema
from db.schema.access import Erasure
from db.schema.handling import (
    ProposalBoard,
    ProposalNote,
    ProposalNotice,
    ProposalOpinion,
    ProposalReply,
    ProposalStep,
    ProposalSupplement,
)
from db.schema.papers import StoredFile
from db.schema.proposals import Proposal, ProposalFile, Proposer
from db.schema.threads import ThreadLink
from db.store import Store, usecase
from db.vocab import ProposerKind
from gwangju_desktop import clock, unsaved
from gwangju_desktop.backups.why import Why, saved_first
from gwangju_desktop.errors import UserError
from gwangju_desktop.forms import MEANWHILE, change, writable
from gwangju_desktop.members.erasing import backups
from gwangju_desktop.text import N_

NO_PROPOSER = N_("There is no proposer {id}.")
CONTACT = ("phone", "email", "address")
# What a line of the register of erasures begins with when it is no person's.
REGISTERED = "proposer"
# What may name somebody in the rows of a proposal.
_WRITTEN: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (ProposalStep, ("by", "reason", "outside", "outside_number")),
    (ProposalSupplement, ("wanted", "answer")),
    (ProposalOpinion, ("question", "text")),
    (ProposalNote, ("text",)),
    (ProposalBoard, ("result",)),
    (ProposalReply, ("text", "reasons", "sent_by")),
    (ProposalNotice, ("how", "reason")),
    (ProposalFile, ("title",)),
)
_OWN = ("title", "text", "plan", "effect")
_BETWEEN_FIGURES = r"[\s().\-–]{0,3}"
_BLOT = "○○○"


@dataclass(frozen=True, slots=True)
class Mention:
    """A row that still names who was erased: it is about something else, or may not change."""

    table: str
    id: int
    column: str
    title: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What erasing a proposer would do.

    `proposals` are the numbers and titles of those it goes out of, `mentions` rows about something
    else that would still name them, `files` counts attached files.
    """

    id: int
    name: str
    proposals: tuple[tuple[str, str], ...]
    files: int
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was done.

    `entry` is the journal's, `proposals` whose proposer it was, `files` counts attached files (a
    letter names its writer), `left` holds codes of db.erase.scrub, `backups` older copies.
    """

    entry: int
    proposals: tuple[int, ...]
    files: int
    mentions: tuple[Mention, ...]
    left: tuple[str, ...]
    backups: tuple[str, ...]


def same(read: Session, id: int) -> tuple[Proposer, ...]:
    """Return all rows that are this proposer.

    Those of the same name with the same telephone, mail or postal address, and the copies in parts
    a proposal was split into, whatever was corrected on either side since. Raises UserError when
    there is none of this id.
    """
    first = read.get(Proposer, id)
    if first is None:
        raise UserError(NO_PROPOSER, hint=MEANWHILE, id=id)
    if not first.name:
        return (first,)
    kin = _split(read, first.proposal_id)
    known = _known(read, first)
    near = or_(Proposer.name.in_(sorted(known.names)), Proposer.proposal_id.in_(kin))
    rows = read.scalars(
        select(Proposer).where(near, Proposer.name != "", Proposer.id != id).order_by(Proposer.id)
    ).all()
    # Where two of one name propose together only their contact tells them apart.
    namesake = any(row.name == first.name and row.proposal_id == first.proposal_id for row in rows)
    found = [first]
    for row in rows:
        copied = row.proposal_id in kin and row.proposal_id != first.proposal_id
        other = _known(read, row) if copied else _Known({row.name}, _contact(row))
        if not known.names & other.names:
            continue
        alike = row.name == first.name or not other.contact
        if known.contact & other.contact or (copied and alike and not namesake):
            found.append(row)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Known:
    """What a proposer is and was called, and how they are and were reached."""

    names: set[str]
    contact: set[tuple[str, str]]


def _known(read: Session, row: Proposer) -> _Known:
    former = traces.former(read.connection(), [row.subject_id], Proposer.__tablename__)
    names = {row.name, *(str(one.get("name") or "") for one in former)} - {""}
    contact = {(name, str(one[name])) for one in former for name in CONTACT if one.get(name)}
    return _Known(names, contact | _contact(row))


def _contact(row: Proposer) -> set[tuple[str, str]]:
    return {(name, held) for name in CONTACT if (held := getattr(row, name))}


def texts_of(read: Session, rows: Sequence[Proposer]) -> tuple[str, ...]:
    """Return what names these proposers or named them once; a group's name is nobody's."""
    subjects = [row.subject_id for row in rows]
    held: list[Any] = [
        {name: getattr(row, name) for name in ("kind", "name", *CONTACT)} for row in rows
    ]
    held += traces.former(read.connection(), subjects, Proposer.__tablename__)
    texts = {
        str(one.get("name") or "") for one in held if one.get("kind") != ProposerKind.GROUP.value
    }
    kept = {text for text in texts if len(text.strip()) > 1}
    for name in CONTACT:
        contact = {str(one.get(name) or "") for one in held}
        column = getattr(Proposer, name)
        shared = read.scalars(
            select(column).where(column.in_(sorted(contact)), Proposer.subject_id.not_in(subjects))
        ).all()
        kept |= {text for text in contact - set(shared) if len(text.strip()) > 4}
    return tuple(sorted(kept))


def preview(read: Session, *, id: int) -> Preview:
    """Return what erasing a proposer would do; raise UserError when there is none of this id."""
    rows = same(read, id)
    proposals = sorted({row.proposal_id for row in rows})
    going = {
        (written.__tablename__, written.id, column)
        for written, columns in _written(read, proposals)
        for column in columns
    }
    named = _mentions(read, texts_of(read, rows), [row.subject_id for row in rows])
    titles = read.execute(
        select(Proposal.number, Proposal.title)
        .where(Proposal.id.in_(proposals))
        .order_by(Proposal.id)
    ).all()
    return Preview(
        id,
        rows[0].name,
        tuple((row.number or "", row.title) for row in titles),
        _attached(read, proposals),
        tuple(one for one in named if (one.table, one.id, one.column) not in going),
    )


def erase_proposer(store: Store, id: int, reason: str = "") -> Outcome:
    """Erase a proposer for good and clean the files; one erased before is cleaned up after.

    `id` is that of the proposer's row. Raises UserError, and the faults of db.errors; nothing is
    half done.
    """
    with store.reading() as read:
        rows = same(read, id)
        subjects = tuple(row.subject_id for row in rows)
        texts = texts_of(read, rows)
        gone = not _named(rows[0])
        proposals = tuple(dict.fromkeys(row.proposal_id for row in rows))
    if gone:
        return Outcome(0, proposals, 0, (), store.scrub(), backups(store.office.place))
    changes, left = store.erase(_erase, id=id, reason=reason)
    unsaved.forget(texts)
    with store.reading() as read:
        mentions = _mentions(read, texts, subjects)
        files = _attached(read, proposals)
    return Outcome(changes.id, proposals, files, mentions, left, backups(store.office.place))


@saved_first(Why.ERASURE)
@usecase("Erase proposer", undoable=False)
def _erase(tx: Session, *, id: int, reason: str = "") -> traces.Order:
    """Empty everything the office holds of a proposer; for `Store.erase` alone."""
    rows = same(tx, id)
    texts = texts_of(tx, rows)
    why = writable(reason)
    if any(traces.says(why, text) for text in texts):
        raise UserError(
            N_("The reason names the proposer."),
            hint=N_("It stays in the office, so write it without name and contact."),
        )
    for row in rows:
        going = CONTACT if row.kind == ProposerKind.GROUP else ("name", *CONTACT)
        change(row, dict.fromkeys(going, ""))
        uid = f"{REGISTERED}{row.subject_id}"
        if tx.scalar(select(Erasure.id).where(Erasure.uid == uid)) is None:
            kept = {"proposals": 1}
            tx.add(Erasure(uid=uid, erased_at=clock.now(), reason=why, kept=kept))
    proposals = sorted({row.proposal_id for row in rows})
    for written, columns in _written(tx, proposals):
        change(
            written,
            {name: _blotted(getattr(written, name), texts) for name in columns},
        )
    tx.flush()
    subjects = tuple(row.subject_id for row in rows)
    value = {"proposers": [row.id for row in rows], "proposals": proposals}
    return traces.Order(subjects, texts, value)


def still_held(read: Session, uids: Iterable[str]) -> list[int]:
    """Return the proposers of a register of erasures whom this office still names."""
    wanted = {
        int(uid.removeprefix(REGISTERED)) for uid in uids if re.fullmatch(rf"{REGISTERED}-\d+", uid)
    }
    known = read.scalars(select(Proposer).order_by(Proposer.id)).all()
    return [row.id for row in known if row.subject_id in wanted and _named(row)]


def reapply(store: Store, uids: Iterable[str]) -> int:
    """Erase every proposer of a register whom this office, an older copy, still names."""
    wanted, done = set(uids), 0
    while True:
        with store.reading() as read:
            held = still_held(read, wanted)
        if not held:
            return done
        # One at a time: it may take others along that are the same.
        erase_proposer(store, held[0])
        done += 1


def _named(row: Proposer) -> bool:
    """Say whether a row still holds what erasing takes away."""
    name = row.name and row.kind != ProposerKind.GROUP
    return bool(name) or any(getattr(row, held) for held in CONTACT)


def _mentions(read: Session, texts: Sequence[str], subjects: Sequence[int]) -> tuple[Mention, ...]:
    connection = read.connection()
    found = traces.rows_naming(connection, texts, subjects)
    found += traces.entries_naming(connection, texts)
    return tuple(
        Mention(trace.table, trace.key, trace.column, _title(read, trace)) for trace in found
    )


def _title(read: Session, trace: traces.Trace) -> str:
    table = schema.table(trace.table)
    column = next((table.c[name] for name in ("title", "name", "name_ko") if name in table.c), None)
    if column is None:
        return ""
    return str(read.execute(select(column).where(table.c.id == trace.key)).scalar() or "")


def _attached(read: Session, proposals: Sequence[int]) -> int:
    query = select(func.count()).select_from(ProposalFile)
    return read.scalar(query.where(ProposalFile.proposal_id.in_(proposals))) or 0


def _split(read: Session, proposal_id: int) -> set[int]:
    """Return the proposals that were cut from one, or from which it was cut."""
    kin, fresh = {proposal_id}, {proposal_id}
    while fresh:
        found = read.execute(
            select(Proposal.id, Proposal.split_from_id).where(
                or_(Proposal.id.in_(fresh), Proposal.split_from_id.in_(fresh))
            )
        ).all()
        near = {number for row in found for number in row if number is not None}
        fresh = near - kin
        kin |= near
    return kin


def _written(tx: Session, proposals: Sequence[int]) -> list[tuple[Any, tuple[str, ...]]]:
    """Return every row written on proposals, with its columns that may name somebody."""
    rows: list[tuple[Any, tuple[str, ...]]] = [
        (proposal, _OWN)
        for proposal in tx.scalars(select(Proposal).where(Proposal.id.in_(proposals))).all()
    ]
    for kind, columns in _WRITTEN:
        found = tx.scalars(select(kind).where(kind.proposal_id.in_(proposals))).all()
        rows += [(row, columns) for row in found]
    files = select(ProposalFile.file_id).where(ProposalFile.proposal_id.in_(proposals))
    stored = tx.scalars(select(StoredFile).where(StoredFile.id.in_(files))).all()
    rows += [(row, ("name",)) for row in stored]
    linked = tx.scalars(
        select(ThreadLink).where(
            or_(
                ThreadLink.from_proposal_id.in_(proposals), ThreadLink.to_proposal_id.in_(proposals)
            )
        )
    ).all()
    return [*rows, *((row, ("note",)) for row in linked)]


def _blotted(text: str, texts: Sequence[str]) -> str:
    """Return a text without its mentions of somebody; telephone numbers however they are spaced."""
    left = text
    for said in texts:
        figures = re.sub(r"\D", "", said)
        if len(figures) > 6 and re.search(r"[^\W\d]", said) is None:
            spaced = _BETWEEN_FIGURES.join(figures)
            left = re.sub(rf"(?<!\d){spaced}(?!\d)", _BLOT, left)
    return traces.blotted(left, texts) or left
