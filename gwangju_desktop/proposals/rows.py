"""What queries about proposals return: frozen, without names that are anybody's contact."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from gwangju_desktop.members.rules import named
from gwangju_desktop.proposals.words import STATES
from gwangju_desktop.text import Msg, say

if TYPE_CHECKING:
    from gwangju_desktop.proposals.clocks import Clock
    from gwangju_desktop.proposals.retention import Retention

SOON_DAYS = 7


@dataclass(frozen=True, slots=True)
class ProposalRow:
    """One proposal of a list.

    `state`, `stage`, `field` and `district` are codes; `state_ko` and `state_en` are what the
    profile calls the state, `field_ko`, `district_ko` … the names those codes have now.
    `who` is the main proposer, "" for one who is anonymous or erased, `people` how many proposed.
    `due_on` is the last day for the decision, None where no clock runs. `asked` counts the
    opinions that have not come, `opinion_due_on` the first day one of them is due. `outside` are
    the numbers of other systems as (system, number).
    """

    id: int
    number: str | None
    title: str
    state: str
    state_ko: str
    state_en: str
    stage: str
    profile_id: int
    channel: str
    received_on: dt.date
    due_on: dt.date | None
    department: str
    field: str
    field_ko: str
    field_en: str
    district: str
    district_ko: str
    district_en: str
    sector: str
    anonymous: bool
    who: str
    kind: str
    people: int
    supports: int
    comments: int
    asked: int
    opinion_due_on: dt.date | None
    outside: tuple[tuple[str, str], ...]

    @property
    def state_name(self) -> str:
        """Return what the profile calls the state, in the current language."""
        return named(self.state_ko, self.state_en) or say(STATES[self.state])

    def days(self, today: dt.date) -> int | None:
        """Return how many days are left, negative when it is over due; None without a due day."""
        return None if self.due_on is None else (self.due_on - today).days

    def late(self, today: dt.date) -> bool:
        """Say whether the decision is over due."""
        return self.due_on is not None and self.due_on < today


@dataclass(frozen=True, slots=True)
class StageCount:
    """One step of the pipeline: how many stand there, are due within a week, and over due."""

    stage: str
    count: int
    soon: int
    over: int


@dataclass(frozen=True, slots=True)
class ProposerRow:
    """One of those who proposed; contacts are masked, `share` is in hundredths of a percent."""

    id: int
    position: int
    kind: str
    name: str
    share: int
    phone: str
    email: str
    main: bool


@dataclass(frozen=True, slots=True)
class OutsideRow:
    """A number in another system."""

    id: int
    system: str
    number: str


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file of a proposal; `size` in bytes."""

    id: int
    title: str
    name: str
    size: int
    sha256: str
    disclosure: str


@dataclass(frozen=True, slots=True)
class OpinionRow:
    """An opinion asked of a department, in the proposal it is about."""

    id: int
    proposal_id: int
    department: str
    leads: bool
    asked_on: dt.date
    due_on: dt.date
    told_on: dt.date | None
    question: str
    answered_on: dt.date | None
    stance: str
    text: str
    withdrawn_on: dt.date | None

    @property
    def open(self) -> bool:
        """Say whether it is still waited for."""
        return self.answered_on is None and self.withdrawn_on is None

    def days(self, today: dt.date) -> int:
        """Return how many days are left to answer, negative when over due."""
        return (self.due_on - today).days


@dataclass(frozen=True, slots=True)
class SupplementRow:
    """A supplement asked of the proposer."""

    id: int
    asked_on: dt.date
    until_on: dt.date
    wanted: str
    pauses: bool
    came_on: dt.date | None
    answer: str


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """A notice to the proposer."""

    id: int
    kind: str
    made_on: dt.date
    told_on: dt.date | None
    how: str
    reason: str
    new_on: dt.date | None


@dataclass(frozen=True, slots=True)
class ReplyPart:
    """The reasoned reply of one round."""

    id: int
    round: int
    text: str
    reasons: str
    sent_on: dt.date | None
    sent_by: str
    published_on: dt.date | None


@dataclass(frozen=True, slots=True)
class BoardRow:
    """A sitting of the review board."""

    id: int
    round: int
    held_on: dt.date
    members: int
    citizens: int
    stance: str
    result: str


@dataclass(frozen=True, slots=True)
class NoteRow:
    """A private note; `at` is on the office's clock."""

    id: int
    at: dt.datetime
    text: str


@dataclass(frozen=True, slots=True)
class Relative:
    """Another proposal: `kind` is merged_into, merged, split_from or part."""

    kind: str
    id: int
    number: str | None
    title: str


@dataclass(frozen=True, slots=True)
class ProposalDetail:
    """One proposal whole, for whoever works in the office.

    `stage` and names as in ProposalRow; `profile_ko` is the profile's name, `call` that of the call
    it answers, `field_ko` that of its field. `clock` is None where none runs or ran, `kept` says
    until when it is followed and kept. `before` and `after` count the links of the thread. `note`s,
    opinions' texts and contacts stay in the office.
    """

    id: int
    number: str | None
    title: str
    text: str
    state: str
    state_ko: str
    state_en: str
    stage: str
    since_on: dt.date
    profile_id: int
    profile_ko: str
    profile_en: str
    call_id: int | None
    call: str
    channel: str
    received_on: dt.date
    due_on: dt.date | None
    department: str
    field: str
    field_ko: str
    field_en: str
    district: str
    district_ko: str
    district_en: str
    sector: str
    anonymous: bool
    consent: str
    consent_on: dt.date | None
    supports: int
    supports_on: dt.date | None
    comments: int
    adoption: str | None
    decided_on: dt.date | None
    planned_on: dt.date | None
    plan: str
    review_on: dt.date | None
    implemented_on: dt.date | None
    effect_from: dt.date | None
    effect: str
    effect_measured_on: dt.date | None
    clock: Clock | None
    kept: Retention
    proposers: tuple[ProposerRow, ...]
    outside: tuple[OutsideRow, ...]
    files: tuple[FileRow, ...]
    opinions: tuple[OpinionRow, ...]
    supplements: tuple[SupplementRow, ...]
    notices: tuple[NoticeRow, ...]
    replies: tuple[ReplyPart, ...]
    boards: tuple[BoardRow, ...]
    notes: tuple[NoteRow, ...]
    relatives: tuple[Relative, ...]
    before: int
    after: int

    @property
    def state_name(self) -> str:
        """Return what the profile calls the state, in the current language."""
        return named(self.state_ko, self.state_en) or say(STATES[self.state])

    @property
    def reply(self) -> ReplyPart | None:
        """Return the reply of the latest round."""
        return self.replies[-1] if self.replies else None

    def days(self, today: dt.date) -> int | None:
        """Return how many days are left, negative when it is over due; None without a due day."""
        return None if self.due_on is None else (self.due_on - today).days


@dataclass(frozen=True, slots=True)
class Event:
    """One line of a proposal's history, newest first.

    `on_day` is the day it counts from, `at` the moment it was entered on the office's clock, None
    where only the day is known. Shown as `say(event.title, **event.values)`; `detail` is what
    somebody wrote. `table` and `id` are its record, `state` the one a step came to.
    """

    on_day: dt.date
    at: dt.datetime | None
    icon: str
    tone: str
    title: Msg
    values: dict[str, Any] = field(default_factory=dict)
    detail: str = ""
    table: str = ""
    id: int = 0
    state: str = ""


@dataclass(frozen=True, slots=True)
class AskedRow:
    """An opinion on the board: of which department, on what, with how many days left."""

    id: int
    proposal_id: int
    number: str | None
    title: str
    department: str
    leads: bool
    asked_on: dt.date
    due_on: dt.date
    told_on: dt.date | None
    answered_on: dt.date | None
    stance: str
    question: str
    text: str
    proposal_due_on: dt.date | None
    days: int

    @property
    def open(self) -> bool:
        """Say whether it is still waited for."""
        return self.answered_on is None

    @property
    def late(self) -> bool:
        """Say whether it is over due."""
        return self.open and self.days < 0


@dataclass(frozen=True, slots=True)
class DepartmentAsked:
    """One department's opinions: those waited for, the longest over due first, and those answered.

    `late` counts the over due ones.
    """

    department: str
    asked: tuple[AskedRow, ...]
    answered: tuple[AskedRow, ...]
    late: int
