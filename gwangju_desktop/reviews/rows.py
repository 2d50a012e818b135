"""What screens, documents and the command line are told of reviews."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from gwangju_desktop.reviews.forms import Form


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """One round; `answers` are those that stand, `questions` how many its form asks.

    `open_findings` have neither an action nor a day on which they were settled.
    """

    id: int
    plan_id: int
    plan: str
    commitment_id: int | None
    commitment: str
    kind: str
    state: str
    title: str
    title_en: str
    from_on: dt.date | None
    until_on: dt.date | None
    due_on: dt.date | None
    submitted_on: dt.date | None
    department: str
    asked: str
    asked_en: str
    summary: str
    summary_en: str
    source: str
    answers: int
    questions: int
    files: int
    comments: int
    findings: int
    open_findings: int


@dataclass(frozen=True, slots=True)
class Somebody:
    """A person by id and name; `fictional` is 가상."""

    id: int
    name: str
    latin: str = ""
    fictional: bool = False


@dataclass(frozen=True, slots=True)
class Cited:
    """A piece of evidence that a signed answer points at."""

    id: int
    title: str
    title_en: str
    sha256: str


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """A monitor's answer as it came in; nobody edits it here.

    `person` is None for the joint answer, whose `agreed` are the monitors who share it, and for a
    published one. `origin` is an AnswerOrigin; `file_id` the review file that brought it.
    `source` is where a published one stands. `replaced_on` is the day a later one took its place.
    """

    id: int
    review_id: int
    commitment_id: int | None
    commitment: str
    question: str
    person: Somebody | None
    agreed: tuple[Somebody, ...]
    origin: str
    value: str
    explanation: str
    explanation_en: str
    answered_on: dt.date
    replaced_on: dt.date | None
    file_id: int | None
    source: str
    evidence: tuple[Cited, ...] = ()

    @property
    def joint(self) -> bool:
        """Say whether it is the monitors' common answer."""
        return bool(self.agreed)


@dataclass(frozen=True, slots=True)
class CommentRow:
    """What a department or a monitor says; a monitor's own comes with a file and stays as it is."""

    id: int
    review_id: int
    commitment_id: int | None
    commitment: str
    milestone_id: int | None
    milestone: str
    evidence_id: int | None
    evidence: str
    question: str
    department: str
    person: Somebody | None
    file_id: int | None
    commented_on: dt.date
    text: str
    text_en: str

    @property
    def fixed(self) -> bool:
        """Say whether it came signed and may not be changed."""
        return self.file_id is not None


@dataclass(frozen=True, slots=True)
class FollowUp:
    """An action given on a finding."""

    id: int
    text: str
    department: str
    due_on: dt.date
    state: str


@dataclass(frozen=True, slots=True)
class FindingRow:
    """Something a review found, what should follow, and what was done about it."""

    id: int
    review_id: int
    commitment_id: int | None
    commitment: str
    found_on: dt.date
    text: str
    text_en: str
    recommendation: str
    recommendation_en: str
    settled_on: dt.date | None
    file_id: int | None
    actions: tuple[FollowUp, ...]

    @property
    def open(self) -> bool:
        """Say whether nothing was done about it yet."""
        return self.settled_on is None and not self.actions

    @property
    def fixed(self) -> bool:
        """Say whether its words came signed and may not be changed."""
        return self.file_id is not None


@dataclass(frozen=True, slots=True)
class FileRow:
    """A signed file that was taken in; times on the office's clock."""

    id: int
    review_id: int
    name: str
    sha256: str
    bytes: int
    person: Somebody
    fingerprint: str
    snapshot: int
    signed_at: dt.datetime
    imported_at: dt.datetime


@dataclass(frozen=True, slots=True)
class PublicationRow:
    """Where something was published; `copy` is the name of the stored file, "" without one."""

    id: int
    plan_id: int
    commitment_id: int | None
    commitment: str
    review_id: int | None
    channel: str
    title: str
    title_en: str
    url: str
    published_on: dt.date
    note: str
    copy: str
    sha256: str
    bytes: int


@dataclass(frozen=True, slots=True)
class KeyRow:
    """A monitor's key, its fingerprint in groups of four."""

    id: int
    person: Somebody
    fingerprint: str
    compared_on: dt.date
    ended_on: dt.date | None


@dataclass(frozen=True, slots=True)
class MonitorRow:
    """A member of the monitoring body, and the keys somebody compared with them."""

    person: Somebody
    organisation: str
    keys: tuple[KeyRow, ...]

    @property
    def can_sign(self) -> bool:
        """Say whether a key of theirs is in use."""
        return any(key.ended_on is None for key in self.keys)


@dataclass(frozen=True, slots=True)
class Subject:
    """One commitment a form asks about."""

    id: int
    code: str
    title: str
    title_en: str


@dataclass(frozen=True, slots=True)
class ReviewWhole:
    """One round with everything on it; `form` is None for a round without an official form.

    `answers` stand, `replaced` stood before. `subjects` are the commitments its questions are asked
    of: that of the round, else all of the plan.
    """

    row: ReviewRow
    form: Form | None
    subjects: tuple[Subject, ...]
    answers: tuple[AnswerRow, ...]
    replaced: tuple[AnswerRow, ...]
    comments: tuple[CommentRow, ...]
    findings: tuple[FindingRow, ...]
    files: tuple[FileRow, ...]
    publications: tuple[PublicationRow, ...]
    monitors: tuple[MonitorRow, ...]

    def answers_to(self, question: str, commitment_id: int | None) -> tuple[AnswerRow, ...]:
        """Return the answers to one question: the joint one first, then by monitor."""
        found = [
            answer
            for answer in self.answers
            if answer.question == question and answer.commitment_id == commitment_id
        ]
        found.sort(key=lambda answer: (not answer.joint, answer.person is not None, answer.id))
        return tuple(found)

    def comments_on(self, question: str, commitment_id: int | None) -> tuple[CommentRow, ...]:
        """Return what was said on one question, the earliest first."""
        return tuple(
            comment
            for comment in self.comments
            if comment.question == question and comment.commitment_id == commitment_id
        )
