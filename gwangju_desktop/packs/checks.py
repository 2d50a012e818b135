"""What to look at before a pack goes out: its own findings, and what the office knows of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema.meetings import AgendaItem, Meeting
from db.schema.packs import AwaitedPaper, PackPart
from db.schema.papers import Paper, StoredFile
from db.vocab import Disclosure, ItemKind, ItemState, MeetingState
from gwangju_desktop import clock
from gwangju_desktop.meetings.guards import meeting_of
from gwangju_desktop.packs.changes import Changes
from gwangju_desktop.packs.model import Entry, PackFacts
from gwangju_desktop.packs.papers import WARNINGS
from gwangju_desktop.text import C_, N_, NN_, Msg, say

_FONTS = "fonts"
_MB = 1024 * 1024
# What most mail servers still take, letters of base64 and all.
_MAILED = 20 * _MB


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the check: a fault to look at, on a page or on none, or what is in order.

    `record` is the id and the table of what can be mended.
    """

    message: Msg
    values: dict[str, object] = field(default_factory=dict)
    page: int | None = None
    fine: bool = False
    record: tuple[int, str] | None = None

    def __str__(self) -> str:
        return say(self.message, **self.values)


@dataclass(frozen=True, slots=True)
class Known:
    """What the office knows of a meeting's parts beyond what is drawn.

    `warned` holds codes of papers.WARNINGS by the part's key (paper-7, appendix-3); `faults` are
    lines that do not need the pack, with the key of the part they are about.
    """

    warned: Mapping[str, tuple[str, ...]]
    faults: tuple[tuple[str, Check], ...] = ()


def known(read: Session, *, meeting_id: int, today: dt.date | None = None) -> Known:
    """Return what the office knows of a meeting's items and papers; raises UserError."""
    meeting = meeting_of(read, meeting_id)
    items = read.scalars(
        select(AgendaItem).where(AgendaItem.meeting_id == meeting_id).order_by(AgendaItem.position)
    ).all()
    awaited = read.scalars(
        select(AwaitedPaper)
        .join(AgendaItem, AgendaItem.id == AwaitedPaper.item_id)
        .where(AgendaItem.meeting_id == meeting_id)
        .order_by(AgendaItem.position, AwaitedPaper.id)
    ).all()
    found = [
        *_of_meeting(meeting),
        *_of_items(items, {one.item_id for one in awaited}),
        *_of_awaited(awaited, today or clock.today()),
        *_of_grounds(items),
    ]
    return Known(_warned(read, meeting_id), tuple(found))


def checks(
    facts: PackFacts, known: Known, *, size: int | None = None, changes: Changes | None = None
) -> tuple[Check, ...]:
    """Return the lines of the check, faults first, each with the page it is about.

    `size` is the file's in bytes, `changes` what differs from the issued pack.
    """
    pages = facts.references
    told = [
        Check(check.message, check.values, pages.get(key), record=check.record)
        for key, check in known.faults
    ]
    faults = [*_changed(changes), *_own(facts), *told, *_of_files(facts, known), *_large(size)]
    return (*faults, *_fine(facts, known, size))


def _warned(read: Session, meeting_id: int) -> dict[str, tuple[str, ...]]:
    papers = read.execute(
        select(Paper.id, StoredFile.facts)
        .join(StoredFile, StoredFile.id == Paper.file_id)
        .join(AgendaItem, AgendaItem.id == Paper.item_id)
        .where(AgendaItem.meeting_id == meeting_id)
    ).all()
    appendices = read.execute(
        select(PackPart.id, StoredFile.facts)
        .join(StoredFile, StoredFile.id == PackPart.file_id)
        .where(PackPart.meeting_id == meeting_id)
    ).all()
    return {f"paper-{row.id}": _codes(row.facts) for row in papers} | {
        f"appendix-{row.id}": _codes(row.facts) for row in appendices
    }


def _codes(facts: Any) -> tuple[str, ...]:
    """Return the intake's warnings of a stored file."""
    codes = facts.get("warnings", ()) if isinstance(facts, dict) else ()
    return tuple(code for code in codes if code in WARNINGS)


def _of_meeting(meeting: Meeting) -> Iterator[tuple[str, Check]]:
    if meeting.state == MeetingState.PLANNED:
        message = N_("The notice has not gone out yet: numbers of items may still change.")
        yield "agenda", Check(message, record=(meeting.id, "meeting"))


def _of_items(items: Sequence[AgendaItem], awaiting: set[int]) -> Iterator[tuple[str, Check]]:
    """Yield items that do not say what is to be decided, and those without a paper."""
    for item in items:
        if item.state == ItemState.WITHDRAWN or item.standing:
            continue
        record, key = (item.id, "agenda_item"), f"item-{item.id}"
        if item.kind == ItemKind.DELIBERATION and not item.request:
            message = N_("{title}: what is to be decided is not written.")
            yield key, Check(message, {"title": item.title}, record=record)
        asked = item.kind not in (ItemKind.PROCEDURE, ItemKind.HEADING)
        if asked and not item.papers and item.id not in awaiting:
            yield key, Check(N_("{title}: no paper yet."), {"title": item.title}, record=record)


def _of_awaited(awaited: Sequence[AwaitedPaper], today: dt.date) -> Iterator[tuple[str, Check]]:
    for one in awaited:
        late = one.due_on is not None and one.due_on < today
        if one.tabled:
            message = N_("{title}: will be laid on the table.")
        elif late:
            message = N_("{title}: late, it was due on {due:short}")
        elif one.due_on is not None:
            message = N_("{title}: not there yet, due on {due:short}")
        else:
            message = N_("{title}: not there yet.")
        title = f"{one.title} ({one.office})" if one.office else one.title
        check = Check(
            message, {"title": title, "due": one.due_on}, record=(one.item_id, "agenda_item")
        )
        yield f"item-{one.item_id}", check


def _of_grounds(items: Sequence[AgendaItem]) -> Iterator[tuple[str, Check]]:
    """Yield what is withheld without saying why, or shows no title to the public."""
    for item in items:
        record = (item.id, "agenda_item")
        if item.restricted and not item.restricted_ground:
            message = N_("{title}: the ground it is withheld on is missing.")
            yield f"item-{item.id}", Check(message, {"title": item.title}, record=record)
        if item.restricted and not item.open_title:
            message = N_("{title}: a title for the public is missing.")
            yield f"item-{item.id}", Check(message, {"title": item.title}, record=record)
        for paper in item.papers:
            closed = paper.disclosure == Disclosure.MEMBERS
            if closed and not paper.ground and not item.restricted:
                message = N_("{title}: the ground it is withheld on is missing.")
                yield (
                    f"paper-{paper.id}",
                    Check(message, {"title": paper.title}, record=(paper.id, "paper")),
                )


def _changed(changes: Changes | None) -> Iterator[Check]:
    if changes is None or not changes.any:
        return
    if changes.new:
        message = NN_(
            "{n} part came after the pack was issued.", "{n} parts came after the pack was issued."
        )
        yield Check(message, {"n": len(changes.new)})
    other = len(changes.changed) + len(changes.withdrawn)
    if other:
        message = NN_("{n} part is not as it was issued.", "{n} parts are not as they were issued.")
        page = next((part.page for part in (*changes.changed, *changes.withdrawn)), None)
        yield Check(message, {"n": other}, page)


def _own(facts: PackFacts) -> list[Check]:
    troubled = [entry for entry in facts.entries if entry.trouble]
    found = []
    for notice in facts.warnings:
        page = _page(notice.values.get("page"))
        if page is None:
            titled = [e for e in troubled if e.title == notice.values.get("title")]
            if titled:
                # Papers of one title come in the order of their notices.
                page = titled[0].page
                troubled.remove(titled[0])
        found.append(Check(notice.message, notice.values, page))
    return found


def _page(label: object) -> int | None:
    """Return the number a page's label begins with."""
    if isinstance(label, int):
        return label
    digits = str(label or "").replace("–", "-").partition("-")[0].partition(" ")[0]
    return int(digits) if digits.isascii() and digits.isdigit() else None


def _of_files(facts: PackFacts, known: Known) -> list[Check]:
    return [
        Check(N_("{title}: {why}"), {"title": entry.title, "why": WARNINGS[code]}, entry.page)
        for entry in _bound(facts)
        for code in known.warned.get(entry.key, ())
    ]


def _bound(facts: PackFacts) -> list[Entry]:
    files = ("paper-", "appendix-")
    return [e for e in facts.entries if e.key.startswith(files) and not e.trouble]


def _large(size: int | None) -> Iterator[Check]:
    if size is not None and size > _MAILED:
        message = N_("The file has {size} MB: many mail servers refuse it.")
        yield Check(message, {"size": round(size / _MB)})


def _fine(facts: PackFacts, known: Known, size: int | None) -> list[Check]:
    last = facts.frozen.total or facts.pages
    found = [Check(N_("Every page is numbered, 1 to {n}."), {"n": last}, fine=True)]
    bound = _bound(facts)
    if bound and not any(entry.trouble for entry in facts.entries):
        all_of_them = NN_("{n} paper is attached.", "All {n} papers are attached.")
        found.append(Check(all_of_them, {"n": len(bound)}, fine=True))
    loose = any(_FONTS in known.warned.get(entry.key, ()) for entry in bound)
    if not loose and not any("characters" in notice.values for notice in facts.warnings):
        found.append(Check(N_("All fonts are embedded."), fine=True))
    if size is not None and size <= _MAILED:
        message = C_("file", "The file has {size} MB.")
        found.append(Check(message, {"size": f"{max(size / _MB, 0.1):.1f}"}, fine=True))
    return found
