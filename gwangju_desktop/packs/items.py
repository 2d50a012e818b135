"""The steps of a meeting for its pack; for the public, closed texts never leave the database."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, and_, case, false, func, literal, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute, Session

from db.errors import Damaged
from db.papers import Papers
from db.schema.decisions import Recusal
from db.schema.meetings import AgendaItem, Attendance
from db.schema.members import Membership, Person
from db.schema.packs import AwaitedPaper
from db.schema.papers import Paper, StoredFile
from db.vocab import Disclosure, ItemKind, ItemState, Listing, Standing
from gwangju_desktop.meetings import opinions, rules, standing
from gwangju_desktop.meetings.words import STANCES
from gwangju_desktop.members.words import ROLES
from gwangju_desktop.packs.model import AwaitedData, ItemData, OpinionData, PaperData
from gwangju_desktop.packs.pages.frame import CLOSED
from gwangju_desktop.text import Words
from gwangju_desktop.threads import front

# Standing items with something to read that is not a part of its own.
_READ = (Standing.WRITTEN_REPORT.value,)
_TEXTS = ("request", "reason", "contents", "reference", "basis", "budget", "presenter", "submitter")


class Items:
    """Gathers the items of one meeting; `closed` is the ground of a sitting that is not public."""

    def __init__(
        self,
        read: Session,
        papers: Papers,
        *,
        meeting_id: int,
        closed: str,
        public: bool,
        say: Words,
    ) -> None:
        self.read, self.papers, self.meeting_id = read, papers, meeting_id
        self.closed, self.public, self.say = closed, public, say
        hidden: ColumnElement[bool] = AgendaItem.restricted.is_(True)
        self.hidden = true() if closed else hidden

    def gathered(
        self, starts: dt.datetime, minutes: int, presiding_id: int | None
    ) -> tuple[ItemData, ...]:
        """Return the items in their order, with clock times from the meeting's start."""
        found = self._rows()
        lengths = [_length(row) for row in found]
        slots = rules.timetable(starts, minutes, lengths).slots
        labels = _labels(found)
        readable = [
            row.id for row in found if not (self.public and (row.restricted or self.closed))
        ]
        papers = self._papers()
        awaited = self._awaited(readable)
        said = self._opinions(readable)
        conflicts = {} if self.public else self._conflicts()
        chairs = self._chairs(presiding_id)
        threads = front.lines_of(
            self.read,
            [id for id in readable if labels[id]],
            self.say.language,
            public=self.public,
        )
        return tuple(
            ItemData(
                number=labels[row.id] or None,
                kind=ItemKind(row.kind),
                title=row.title,
                presenter=row.presenter,
                minutes=length,
                starts=slot.starts,
                request=row.request,
                reason=row.reason,
                contents=self._contents(row),
                reference=row.reference,
                papers=tuple(papers.get(row.id, ())),
                id=row.id,
                standing=row.standing,
                item_number=row.number,
                submitter=row.submitter,
                submitted=row.submitted_on,
                basis=row.basis,
                budget=row.budget,
                opinions=tuple(said.get(row.id, ())),
                awaited=tuple(awaited.get(row.id, ())),
                presiding=chairs.get(row.presiding_id, ""),
                conflicts=tuple(conflicts.get(row.id, ())),
                late=row.listing != Listing.NORMAL,
                withdrawn=row.state == ItemState.WITHDRAWN,
                closed=row.restricted_ground or self.say(CLOSED) if row.restricted else "",
                thread=threads.get(row.id, ""),
            )
            for row, length, slot in zip(found, lengths, slots, strict=True)
        )

    def _rows(self) -> list[Any]:
        """Select the items; in the public edition closed ones give their open title only."""
        title: ColumnElement[str] = AgendaItem.title.expression
        if self.public:
            title = case((AgendaItem.restricted, AgendaItem.open_title), else_=title)
        texts = [self._open(getattr(AgendaItem, name)).label(name) for name in _TEXTS]
        query = (
            select(
                AgendaItem.id,
                AgendaItem.parent_id,
                AgendaItem.kind,
                AgendaItem.standing,
                AgendaItem.listing,
                AgendaItem.label,
                AgendaItem.number,
                title.label("title"),
                AgendaItem.restricted,
                AgendaItem.restricted_ground,
                AgendaItem.submitted_on,
                AgendaItem.minutes,
                AgendaItem.state,
                AgendaItem.presiding_id,
                *texts,
            )
            .where(AgendaItem.meeting_id == self.meeting_id)
            .order_by(AgendaItem.position)
        )
        return list(self.read.execute(query).all())

    def _open(self, column: InstrumentedAttribute[str]) -> ColumnElement[str]:
        """Return a column's text, empty where this edition may not read it."""
        if not self.public:
            return column.expression
        return case((self.hidden, literal("")), else_=column)

    def _contents(self, row: Any) -> str:
        """Return what is written under an item; of standing ones what they have to tell."""
        written = str(row.contents)
        if written or row.standing not in _READ or (self.public and self.closed):
            return written
        told = standing.lines(self.read, item_id=row.id, speak=self.say, public=self.public)
        return "\n".join(f"- {line}" for line in told)

    def _papers(self) -> dict[int, list[PaperData]]:
        members: ColumnElement[bool] = Paper.disclosure == Disclosure.MEMBERS.value
        shut = or_(self.hidden, members) if self.public else false()
        query = (
            select(
                Paper.id,
                Paper.item_id,
                Paper.ground,
                members.label("members"),
                case((shut, literal("")), else_=Paper.title).label("title"),
                case((shut, None), else_=StoredFile.clean).label("clean"),
                case((shut, None), else_=StoredFile.trouble).label("trouble"),
            )
            .join(AgendaItem, AgendaItem.id == Paper.item_id)
            .join(StoredFile, StoredFile.id == Paper.file_id)
            .where(AgendaItem.meeting_id == self.meeting_id)
            .order_by(Paper.item_id, Paper.position)
        )
        found: dict[int, list[PaperData]] = {}
        for row in self.read.execute(query).all():
            own = found.setdefault(row.item_id, [])
            clean, trouble = (None, None)
            if row.title:
                clean, trouble = clean_copy(self.papers, row.clean, row.trouble)
            ground = (row.ground or self.say(CLOSED)) if row.members else ""
            own.append(
                PaperData(
                    row.title,
                    clean,
                    trouble,
                    bool(row.members),
                    row.id,
                    len(own) + 1,
                    ground,
                    row.clean or "",
                )
            )
        return found

    def _awaited(self, item_ids: list[int]) -> dict[int, list[AwaitedData]]:
        query = (
            select(AwaitedPaper)
            .where(AwaitedPaper.item_id.in_(item_ids))
            .order_by(AwaitedPaper.item_id, AwaitedPaper.id)
        )
        found: dict[int, list[AwaitedData]] = {}
        for row in self.read.scalars(query).all():
            awaited = AwaitedData(row.title, row.office, row.due_on, row.tabled)
            found.setdefault(row.item_id, []).append(awaited)
        return found

    def _opinions(self, item_ids: list[int]) -> dict[int, list[OpinionData]]:
        found: dict[int, list[OpinionData]] = {}
        for row in opinions.of_items(self.read, item_ids=item_ids):
            stance = self.say(STANCES[row.stance])
            found.setdefault(row.item_id, []).append(OpinionData(row.office, stance, row.text))
        return found

    def _conflicts(self) -> dict[int, list[str]]:
        """Return who is known to take no part, by item."""
        query = (
            select(
                Recusal.item_id, func.coalesce(Attendance.recorded_name, Person.name).label("name")
            )
            .join(AgendaItem, AgendaItem.id == Recusal.item_id)
            .join(Attendance, Attendance.id == Recusal.attendance_id)
            .join(Person, Person.id == Attendance.person_id)
            .where(AgendaItem.meeting_id == self.meeting_id)
            .order_by(Recusal.id)
        )
        found: dict[int, list[str]] = {}
        for row in self.read.execute(query).all():
            found.setdefault(row.item_id, []).append(row.name)
        return found

    def _chairs(self, presiding_id: int | None) -> dict[int | None, str]:
        """Return who takes the chair for single items, where it is not the meeting's chair."""
        query = (
            select(Membership.id, Membership.role, Person.name)
            .join(Person, Person.id == Membership.person_id)
            .where(
                Membership.id.in_(
                    select(AgendaItem.presiding_id).where(
                        and_(
                            AgendaItem.meeting_id == self.meeting_id,
                            AgendaItem.presiding_id.is_not(None),
                        )
                    )
                )
            )
        )
        return {
            row.id: named_chair(self.say, row.role, row.name)
            for row in self.read.execute(query).all()
            if row.id != presiding_id
        }


def named_chair(say: Words, role: str, name: str) -> str:
    """Return who presides, with the office held: 공동위원장 가상 하나."""
    office = say(ROLES[role]) if role in ROLES else ""
    if say.language == "ko":
        return f"{office} {name}".strip()
    return f"{name} ({office})" if office else name


def clean_copy(
    papers: Papers, digest: str | None, trouble: str | None
) -> tuple[Path | None, str | None]:
    """Return the local file of a clean copy, or why there is none."""
    if trouble or digest is None:
        return None, trouble or "missing"
    try:
        return papers.path(digest), None
    except FileNotFoundError:
        return None, "missing"
    except Damaged:
        return None, "broken"


def _length(row: Any) -> int:
    """Return the minutes an item takes: headings and what was withdrawn take none."""
    if row.kind == ItemKind.HEADING or row.state == ItemState.WITHDRAWN:
        return 0
    return int(row.minutes)


def _labels(rows: list[Any]) -> dict[int, str]:
    """Return the labels items went out with, before that those they would go out with."""
    if any(row.label for row in rows):
        return {row.id: row.label for row in rows}
    return rules.labels([rules.Line(row.id, row.kind, row.parent_id) for row in rows])
