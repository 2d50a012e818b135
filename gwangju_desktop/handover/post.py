"""What somebody who takes over the post has to know on the first day, read from the office."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from gwangju_desktop import settings, today
from gwangju_desktop.backups import drill, notes
from gwangju_desktop.backups import form as backups
from gwangju_desktop.handover import state
from gwangju_desktop.handover.state import State
from gwangju_desktop.meetings import actionlist, queries
from gwangju_desktop.meetings.actionlist import ActionRow
from gwangju_desktop.meetings.rows import Upcoming
from gwangju_desktop.outgoing import queries as outgoing
from gwangju_desktop.outgoing.queries import OutgoingRow
from gwangju_desktop.proposals import listing
from gwangju_desktop.proposals.rows import ProposalRow
from gwangju_desktop.snapshots import queries as snapshots
from gwangju_desktop.snapshots.queries import KeyState
from gwangju_desktop.text import Msg
from gwangju_desktop.today_rows import Deadline

MOST = 200  # proposals that are named one by one


@dataclass(frozen=True, slots=True)
class Differs:
    """A setting that differs from its default; of a dated one, since when."""

    label: Msg
    value: Any
    default: Any
    since: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Safety:
    """The newest backup beside the office file, when it was found whole, and the last drill.

    `file` is False for an office on a server, which its administrator backs up.
    """

    file: bool
    made_at: dt.datetime | None = None
    checked_at: dt.datetime | None = None
    sealed: bool = False
    drilled_at: dt.datetime | None = None
    drilled_well: bool = False


@dataclass(frozen=True, slots=True)
class Post:
    """All of it, each list by its day; `proposals_more` says that there are others."""

    today: dt.date
    meetings: tuple[Upcoming, ...]
    deadlines: tuple[Deadline, ...]
    actions: tuple[ActionRow, ...]
    proposals: tuple[ProposalRow, ...]
    proposals_more: bool
    unsent: tuple[OutgoingRow, ...]
    settings: tuple[Differs, ...]
    baton: State
    safety: Safety
    keys: tuple[KeyState, ...] = ()

    @property
    def key(self) -> KeyState | None:
        """Return the signing key that is in use, None where the office has none."""
        return next((one for one in self.keys if one.retired_at is None), None)


def look(read: Session, *, day: dt.date) -> Post:
    """Collect what is open, how the office is set up, and how safe it is."""
    due = today.overview(read, today=day).deadlines
    ids = listing.proposal_ids(read)
    # By their last day; those whose clock does not run stand last.
    rows = listing.proposal_rows(read, ids=list(ids[: MOST + 1]))
    running = [one for one in rows if one.due_on is not None]
    return Post(
        day,
        tuple(queries.upcoming(read, today=day)),
        tuple(one for one in (*due.overdue, *due.week, *due.later) if one.table != "action"),
        tuple(actionlist.listed(read, today=day, unfinished=True)),
        tuple(running[:MOST]),
        len(running) > MOST,
        tuple(outgoing.waiting(read, today=day)),
        tuple(_settings(read)),
        state.read(read),
        _safety(read),
        tuple(snapshots.keys(read)),
    )


def _settings(read: Session) -> Iterator[Differs]:
    for key, value in settings.values(read).items():
        declared = settings.DECLARED[key]
        # What the program sets for itself is nobody's decision.
        if declared.kind and value != declared.default and value not in (None, ""):
            yield Differs(declared.label, value, declared.default)
    for period in settings.periods(read):
        declared = settings.DECLARED[period.key]
        yield Differs(declared.label, period.value, declared.default, period.valid_from)


def _safety(read: Session) -> Safety:
    engine = read.connection().engine
    if engine.dialect.name != "sqlite":
        return Safety(file=False)
    folder = backups.beside(Path(str(engine.url.database)))
    made, drills = notes.listed(folder), drill.drills(folder)
    newest = made[0] if made else None
    return Safety(
        True,
        newest.made_at if newest else None,
        newest.checked_at if newest and newest.whole else None,
        bool(newest and newest.sealed),
        drills[0].moment if drills else None,
        bool(drills and drills[0].ok),
    )
