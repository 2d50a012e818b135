"""What to look at before a pack goes out: its own findings, and those of its papers' intake."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema.meetings import AgendaItem
from db.schema.papers import Paper, StoredFile
from db.vocab import ItemKind
from gwangju_desktop.meetings import queries as meetings
from gwangju_desktop.packs.model import Entry, PackFacts
from gwangju_desktop.packs.papers import WARNINGS
from gwangju_desktop.text import N_, NN_, Msg, say

_FONTS = "fonts"


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the check: a fault to look at, on a page or on none, or what is in order."""

    message: Msg
    values: dict[str, object] = field(default_factory=dict)
    page: int | None = None
    fine: bool = False

    def __str__(self) -> str:
        return say(self.message, **self.values)


@dataclass(frozen=True, slots=True)
class Known:
    """What the office knows of a meeting's parts beyond what is drawn.

    `warned` holds codes of papers.WARNINGS by the paper's reference (paper-1-2, paper-s1-1);
    `unasked` the references of items to be decided that do not say what is to be decided.
    """

    warned: Mapping[str, tuple[str, ...]]
    unasked: frozenset[str]


def known(read: Session, *, meeting_id: int) -> Known:
    """Return what the office knows of a meeting's items and papers; raises UserError."""
    steps = meetings.agenda(read, meeting_id=meeting_id)
    found = read.execute(
        select(Paper.item_id, StoredFile.facts)
        .join(StoredFile, StoredFile.id == Paper.file_id)
        .join(AgendaItem, AgendaItem.id == Paper.item_id)
        .where(AgendaItem.meeting_id == meeting_id)
        .order_by(Paper.item_id, Paper.position)
    ).all()
    unasked = set(
        read.scalars(
            select(AgendaItem.id).where(
                AgendaItem.meeting_id == meeting_id,
                AgendaItem.kind == ItemKind.DELIBERATION.value,
                AgendaItem.request == "",
            )
        )
    )
    # A paper is named by its item's number, or by its step's place where it has none.
    stems = {
        step.id: str(step.number) if step.number is not None else f"s{place}"
        for place, step in enumerate(steps, 1)
    }
    warned: dict[str, tuple[str, ...]] = {}
    counted: dict[int, int] = {}
    for row in found:
        counted[row.item_id] = counted.get(row.item_id, 0) + 1
        warned[f"paper-{stems[row.item_id]}-{counted[row.item_id]}"] = _codes(row.facts)
    return Known(warned, frozenset(f"item-{stems[id]}" for id in unasked))


def _codes(facts: object) -> tuple[str, ...]:
    """Return the intake's warnings of a stored file."""
    codes = facts.get("warnings", ()) if isinstance(facts, dict) else ()
    return tuple(code for code in codes if code in WARNINGS)


def checks(facts: PackFacts, known: Known) -> tuple[Check, ...]:
    """Return the lines of the check, faults first, each with the page it is about."""
    faults = [*_own(facts), *_unasked(facts, known), *_of_papers(facts, known)]
    return (*faults, *_fine(facts, known))


def _own(facts: PackFacts) -> list[Check]:
    troubled = [entry for entry in facts.entries if entry.trouble]
    found = []
    for notice in facts.warnings:
        page = notice.values.get("page")
        if page is None:
            titled = [e for e in troubled if e.title == notice.values.get("title")]
            if titled:
                # Papers of one title come in the order of their notices.
                page = titled[0].page
                troubled.remove(titled[0])
        found.append(Check(notice.message, notice.values, page if isinstance(page, int) else None))
    return found


def _unasked(facts: PackFacts, known: Known) -> list[Check]:
    return [
        Check(N_("{title}: what is to be decided is not written."), {"title": e.title}, e.page)
        for e in facts.entries
        if e.key in known.unasked
    ]


def _of_papers(facts: PackFacts, known: Known) -> list[Check]:
    return [
        Check(N_("{title}: {why}"), {"title": entry.title, "why": WARNINGS[code]}, entry.page)
        for entry in _bound(facts)
        for code in known.warned.get(entry.key, ())
    ]


def _bound(facts: PackFacts) -> list[Entry]:
    return [e for e in facts.entries if e.level > 1 and not e.trouble]


def _fine(facts: PackFacts, known: Known) -> list[Check]:
    found = [Check(N_("Every page is numbered, 1 to {n}."), {"n": facts.pages}, fine=True)]
    bound = _bound(facts)
    if bound and not any(entry.trouble for entry in facts.entries):
        message = NN_("{n} paper is attached.", "All {n} papers are attached.")
        found.append(Check(message, {"n": len(bound)}, fine=True))
    loose = any(_FONTS in known.warned.get(entry.key, ()) for entry in bound)
    if not loose and not any("characters" in notice.values for notice in facts.warnings):
        found.append(Check(N_("All fonts are embedded."), fine=True))
    return found
