"""Where one is in the room of action plans: the plan and the commitment all its panes show."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QObject, QTimer, Signal

from gwangju_desktop import clock
from gwangju_desktop.commitments import adjusting, queries
from gwangju_desktop.evidence import integrity
from gwangju_desktop.evidence.queries import shelf

SETTLE_MS = 60
TABLES = frozenset(
    {
        *("action_plan", "plan_rule", "commitment", "commitment_edition", "milestone"),
        *("progress_note", "plan_institution", "plan_text", "evidence", "evidence_claim"),
        *("review", "review_answer", "publication", "stored_file", "evidence_check"),
    }
)


def of(desk) -> Place:
    """Return the place all panes on this desk share."""
    return desk.findChild(Place) or Place(desk)


class Place(QObject):
    """The plan and the commitment in front, and the rows one chooses them from.

    A pane connects `changed`, calls `ask()` once, and shows `plan`, `commitments` of that plan and
    `commitment`; a plan or commitment is None where there is none. `serial` grows with every
    reading: what a pane read besides is to be read again.
    """

    changed = Signal()

    def __init__(self, desk) -> None:
        super().__init__(desk)
        self.desk = desk
        self.plans, self.commitments = (), ()
        self.broken: tuple[str, ...] = ()  # names of the plan's evidence files that are not whole
        self.plan_id: int | None = None
        self.commitment_id: int | None = None
        self.known = False
        self.serial = 0
        self._waiting = False
        self.settle = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self.settle.timeout.connect(self.read)
        desk.changed.connect(self.on_changed)

    # --- what is in front
    @property
    def plan(self):
        """The plan in front, a row of `queries.plans`."""
        return next((one for one in self.plans if one.id == self.plan_id), None)

    @property
    def commitment(self):
        """The commitment in front, a row of `queries.commitments`."""
        return next((one for one in self.commitments if one.id == self.commitment_id), None)

    @property
    def settled(self) -> bool:
        """Say whether nothing is still to be read."""
        return not self._waiting and not self.settle.isActive()

    # --- moving
    def ask(self) -> None:
        """Read once; a pane calls it when it is first shown."""
        if not self.known and not self._waiting:
            self.read()

    def show_plan(self, id: int) -> None:
        """Put a plan in front, with its first commitment."""
        if id != self.plan_id:
            self.plan_id, self.commitment_id = id, None
            self.read()

    def show_commitment(self, id: int) -> None:
        """Put a commitment in front, whichever plan it belongs to."""
        if id == self.commitment_id:
            return
        if any(one.id == id for one in self.commitments):
            self.commitment_id = id
            self.changed.emit()
        else:
            self.find("commitment", id)

    def find(self, table: str, id: int) -> None:
        """Put the plan, or the commitment that a record belongs to, in front."""
        self._waiting = True
        self.desk.read(where, then=self.on_found, table=table, id=id)

    # --- reading
    def read(self) -> None:
        """Read plans and commitments anew."""
        self._waiting = True
        self.desk.read(everything, then=self.on_read, plan_id=self.plan_id, today=clock.today())

    def on_found(self, found) -> None:
        """Go where a record was found."""
        if found is not None:
            plan_id, commitment_id = found
            if plan_id != self.plan_id or commitment_id is not None:
                self.plan_id, self.commitment_id = plan_id, commitment_id
        self.read()

    def on_read(self, found) -> None:
        """Take what was read; what is gone is left for what stands first."""
        self.plans, self.plan_id, self.commitments, self.broken = found
        ids = [one.id for one in self.commitments]
        if self.commitment_id not in ids:
            self.commitment_id = ids[0] if ids else None
        self.known, self._waiting = True, False
        self.serial += 1
        self.changed.emit()

    def on_changed(self, changes) -> None:
        """Follow what anybody writes."""
        if self.known and changes.touches(*TABLES):
            self.settle.start()


def everything(read, *, plan_id: int | None, today: dt.date):
    """Return the plans, the one in front, its commitments, and the names of its broken files."""
    plans = tuple(queries.plans(read))
    if not any(one.id == plan_id for one in plans):
        plan_id = plans[0].id if plans else None
    if plan_id is None:
        return plans, None, (), ()
    rows = tuple(queries.commitments(read, plan_id=plan_id, today=today))
    ids = integrity.broken(read, plan_id)
    broken = tuple(one.name for one in shelf(read, ids=ids)) if ids else ()
    return plans, plan_id, rows, broken


def _noted(read, owner: int, id: int) -> bool:
    return any(one.id == id for one in queries.notes(read, owner))


def _adjusted(read, owner: int, id: int) -> bool:
    return any(one.id == id for one in adjusting.editions(read, owner))


# What stands within a commitment, and how one finds out in which.
WITHIN = {"progress_note": _noted, "commitment_edition": _adjusted}


def where(read, *, table: str, id: int) -> tuple[int, int | None] | None:
    """Return the plan and the commitment of a record; None for one that is gone."""
    if table == "action_plan":
        return id, None
    if table == "milestone":
        owner = next((one for one in queries.milestones(read) if one.id == id), None)
        if owner is None:
            return None
        id = owner.commitment_id
    elif table in WITHIN:
        owner = next(
            (one.id for one in queries.commitments(read) if WITHIN[table](read, one.id, id)), None
        )
        if owner is None:
            return None
        id = owner
    elif table != "commitment":
        return None
    rows = queries.commitments(read, ids=[id])
    return (rows[0].plan_id, rows[0].id) if rows else None
