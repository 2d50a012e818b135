"""What is known of meetings, as frozen rows; every time is on the office's clock."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from gwangju_desktop.meetings.quorums import Quorum


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
    kind: str
    title: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    minutes: int
    place: str
    presiding: str
    secretariat: str
    state: str
    opened_at: dt.datetime | None
    closed_at: dt.datetime | None
    noticed_on: dt.date | None
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


@dataclass(frozen=True, slots=True)
class AgendaRow:
    """One step of the order of business; procedures have no number."""

    id: int
    meeting_id: int
    number: int | None
    kind: str
    title: str
    presenter: str
    minutes: int
    starts_at: dt.datetime
    ends_at: dt.datetime
    late: bool
    papers: int
    pages: int


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
class ItemDetail:
    """One agenda item with the texts of its front sheet and its papers."""

    id: int
    meeting_id: int
    number: int | None
    kind: str
    title: str
    presenter: str
    minutes: int
    request: str
    reason: str
    contents: str
    reference: str
    papers: tuple[PaperRow, ...]


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
    lacking: tuple[int, ...]
    noticed: bool
    notice_due: dt.date
    materials_due: dt.date
