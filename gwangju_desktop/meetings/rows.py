"""What is known of meetings, as frozen rows; every time is on the office's clock."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from db.vocab import MeetingState
from gwangju_desktop.meetings.quorums import Quorum
from gwangju_desktop.meetings.words import STANCES
from gwangju_desktop.text import say


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """One meeting in the list."""

    id: int
    body_id: int
    body_ko: str
    body_en: str
    number: int | None
    kind: str
    title: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    minutes: int
    place: str
    state: str
    items: int
    papers: int


@dataclass(frozen=True, slots=True)
class MeetingDetail:
    """One meeting with its quorum, deadlines and how its time is spent (minutes)."""

    id: int
    body_id: int
    body_ko: str
    body_en: str
    number: int | None
    number_year: int
    kind: str
    title: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    minutes: int
    place: str
    presiding: str
    presiding_id: int | None
    presiding_ground: str
    secretary: str
    secretariat: str
    state: str
    reason: str
    urgency: str
    reply_by: dt.datetime | None
    public: bool
    closed_ground: str
    opened_at: dt.datetime | None
    closed_at: dt.datetime | None
    adjournment: str
    replaces_id: int | None
    series_id: int | None
    noticed_on: dt.date | None
    distributed_on: dt.date | None
    notice_due: dt.date
    materials_due: dt.date
    items: int
    papers: int
    used: int
    spare: int
    quorum: Quorum
    silent: int
    not_coming: int
    left: int
    absent: int
    majority: int

    @property
    def frozen(self) -> bool:
        """Say whether the agenda went out: labels stay, what comes is late."""
        return self.state != MeetingState.PLANNED


@dataclass(frozen=True, slots=True)
class AgendaRow:
    """One step of the order of business.

    `number` is its label ("3", "3-1"), None for procedures and headings; `item_number` the
    number drawn (의안번호). `begun_at` and `ended_at` are when it was really taken up and done.
    `rests` are the breaks of the sitting that ended, `resting_since` the one that has not: their
    time is not the item's.
    """

    id: int
    meeting_id: int
    parent_id: int | None
    nested: bool
    number: str | None
    item_number: str
    kind: str
    standing: str
    listing: str
    title: str
    restricted: bool
    presenter: str
    minutes: int
    starts_at: dt.datetime
    ends_at: dt.datetime
    late: bool
    state: str
    outcome: str | None
    begun_at: dt.datetime | None
    ended_at: dt.datetime | None
    carried: bool
    papers: int
    pages: int
    rests: tuple[tuple[dt.datetime, dt.datetime], ...] = ()
    resting_since: dt.datetime | None = None

    def taken(self, now: dt.datetime) -> dt.timedelta | None:
        """Return how long the item has taken, breaks left out; None before it was taken up."""
        if self.begun_at is None:
            return None
        until = self.ended_at or now
        rests = list(self.rests)
        if self.resting_since is not None:
            rests.append((self.resting_since, max(now, self.resting_since)))
        rested = sum(
            (
                max(min(end, until) - max(start, self.begun_at), dt.timedelta())
                for start, end in rests
            ),
            dt.timedelta(),
        )
        return max(until - self.begun_at - rested, dt.timedelta())


@dataclass(frozen=True, slots=True)
class PaperRow:
    """One paper of an item; `trouble` says why its file cannot be bound."""

    id: int
    item_id: int
    title: str
    disclosure: str
    file_name: str
    sha256: str
    clean: str | None
    bytes: int
    pages: int
    trouble: str | None


@dataclass(frozen=True, slots=True)
class OpinionRow:
    """What one department says of an item; `stance` is a word of db.vocab.Stance."""

    id: int
    item_id: int
    office: str
    stance: str
    text: str


@dataclass(frozen=True, slots=True)
class ItemDetail:
    """One agenda item with the texts of its front sheet, what became of it, and its papers.

    `carried_from` is the title of the meeting that left it undecided; `told` are the lines the
    program writes under a standing item.
    """

    id: int
    meeting_id: int
    parent_id: int | None
    number: str | None
    item_number: str
    kind: str
    standing: str
    listing: str
    listing_reason: str
    title: str
    restricted: bool
    restricted_ground: str
    open_title: str
    submitter: str
    submitted_on: dt.date | None
    presenter: str
    minutes: int
    request: str
    reason: str
    contents: str
    reference: str
    basis: str
    budget: str
    opinions: tuple[OpinionRow, ...]
    state: str
    begun_at: dt.datetime | None
    ended_at: dt.datetime | None
    outcome: str | None
    resolution: str
    remark: str
    decided_at: dt.datetime | None
    presiding_id: int | None
    presiding_ground: str
    carried_from_id: int | None
    carried_from: str
    told: tuple[str, ...]
    papers: tuple[PaperRow, ...]

    @property
    def asked(self) -> str:
        """Return what departments say of it, a line each, in the current language."""
        return "\n".join(
            f"- {one.office}: {say(STANCES[one.stance])}" + (f", {one.text}" if one.text else "")
            for one in self.opinions
        )


@dataclass(frozen=True, slots=True)
class AttendanceRow:
    """One seat at one meeting, in order of precedence; `id` is the attendance's."""

    id: int
    membership_id: int
    person_id: int
    name: str
    organisation_ko: str
    organisation_en: str
    post: str
    role: str
    capacity: str
    voting: bool
    fictional: bool
    reply: str
    presence: str


@dataclass(frozen=True, slots=True)
class Upcoming:
    """A meeting ahead, with all that its preparation is judged by."""

    id: int
    body_id: int
    body_ko: str
    body_en: str
    title: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    place: str
    presiding: str
    secretariat: str
    enrolled: int
    required: int
    coming: int
    silent: int
    not_coming: int
    numbered: int
    written: int
    with_papers: int
    lacking: tuple[str, ...]
    noticed: bool
    notice_due: dt.date
    materials_due: dt.date
