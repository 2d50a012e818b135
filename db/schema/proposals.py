"""Citizens' proposals (시민 제안): what came in, from whom, and the profile it is handled by."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from sqlalchemy import BigInteger, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from db.base import Recorded, id_column
from db.vocab import Disclosure, ProposalConsent, ProposalState, ProposerKind


class ProposalProfile(Recorded):
    """A way proposals are handled; one that is retired takes no new ones.

    States, moves and rules are its rows; `basis` is the law or practice it follows.
    """

    __tablename__ = "proposal_profile"
    __searched__: ClassVar[str] = "profiles are found in their own list"

    id: Mapped[int] = id_column()
    code: Mapped[str] = mapped_column(unique=True)
    position: Mapped[int]
    name_ko: Mapped[str]
    name_en: Mapped[str] = mapped_column(default="")
    basis: Mapped[str] = mapped_column(default="")
    standard: Mapped[bool] = mapped_column(default=False)
    retired_on: Mapped[dt.date | None]


class ProfileState(Recorded):
    """A state a profile uses, what it calls it, and where it stands in the pipeline."""

    __tablename__ = "profile_state"
    __table_args__ = (UniqueConstraint("profile_id", "state"), {"sqlite_autoincrement": True})
    __searched__: ClassVar[str] = "words of a profile, found through it"

    id: Mapped[int] = id_column()
    profile_id: Mapped[int] = mapped_column(
        ForeignKey("proposal_profile.id", ondelete="RESTRICT"), index=True
    )
    state: Mapped[str]
    position: Mapped[int]
    stage: Mapped[str]
    name_ko: Mapped[str]
    name_en: Mapped[str] = mapped_column(default="")


class ProfileMove(Recorded):
    """A move from one state to another, and what it needs first.

    `needs` names the guards, spaces between (gwangju_desktop.proposals.guards).
    """

    __tablename__ = "profile_move"
    __table_args__ = (
        UniqueConstraint("profile_id", "from_state", "to_state"),
        {"sqlite_autoincrement": True},
    )
    __searched__: ClassVar[str] = "words of a profile, found through it"

    id: Mapped[int] = id_column()
    profile_id: Mapped[int] = mapped_column(
        ForeignKey("proposal_profile.id", ondelete="RESTRICT"), index=True
    )
    from_state: Mapped[str]
    to_state: Mapped[str]
    needs: Mapped[str] = mapped_column(default="")


class ProfileRule(Recorded):
    """One rule of a profile from one day on, with its source.

    `rule` is a ProposalRuleKey, `value` its text form (gwangju_desktop.proposals.profiles);
    `unverified` says nobody has read it in the source.
    """

    __tablename__ = "profile_rule"
    __table_args__ = (
        UniqueConstraint("profile_id", "rule", "valid_from"),
        {"sqlite_autoincrement": True},
    )
    __searched__: ClassVar[str] = "values of a profile, found through it"

    id: Mapped[int] = id_column()
    profile_id: Mapped[int] = mapped_column(
        ForeignKey("proposal_profile.id", ondelete="RESTRICT"), index=True
    )
    rule: Mapped[str]
    value: Mapped[str]
    valid_from: Mapped[dt.date]
    valid_to: Mapped[dt.date | None]
    source: Mapped[str]
    unverified: Mapped[bool] = mapped_column(default=False)


class ProfileCriterion(Recorded):
    """One criterion of a profile's assessment and its weight in percent (심사 기준)."""

    __tablename__ = "profile_criterion"
    __table_args__ = (UniqueConstraint("profile_id", "code"), {"sqlite_autoincrement": True})
    __searched__: ClassVar[str] = "words of a profile, found through it"

    id: Mapped[int] = id_column()
    profile_id: Mapped[int] = mapped_column(
        ForeignKey("proposal_profile.id", ondelete="RESTRICT"), index=True
    )
    code: Mapped[str]
    position: Mapped[int]
    name_ko: Mapped[str]
    name_en: Mapped[str] = mapped_column(default="")
    weight: Mapped[int]


class ProposalField(Recorded):
    """A field of policy proposals are sorted into (분야)."""

    __tablename__ = "proposal_field"
    __searched__: ClassVar[str] = "fields are found above the list"

    id: Mapped[int] = id_column()
    code: Mapped[str] = mapped_column(unique=True)
    position: Mapped[int]
    name_ko: Mapped[str]
    name_en: Mapped[str] = mapped_column(default="")


class ProposalCall(Recorded):
    """A call for proposals (공모): the time to decide begins with its last day."""

    __tablename__ = "proposal_call"
    __searched__: ClassVar[tuple[str, ...]] = ("name",)

    id: Mapped[int] = id_column()
    name: Mapped[str]
    begins_on: Mapped[dt.date]
    ends_on: Mapped[dt.date]


class Proposer(Recorded):
    """One of those who proposed; `share` is in hundredths of a percent, all together 10,000.

    `subject_id` is a random number below zero: erasing goes by it, as by a person's id, and no
    person is entered for a letter. `name` of an erased one is "".
    """

    __tablename__ = "proposer"
    __table_args__ = (UniqueConstraint("proposal_id", "position"), {"sqlite_autoincrement": True})
    __subject__: ClassVar[str | None] = "subject_id"
    __searched__: ClassVar[tuple[str, ...]] = ("name",)

    id: Mapped[int] = id_column()
    proposal_id: Mapped[int] = mapped_column(
        ForeignKey("proposal.id", ondelete="RESTRICT"), index=True
    )
    subject_id: Mapped[int] = mapped_column(BigInteger, unique=True)
    position: Mapped[int]
    kind: Mapped[str] = mapped_column(default=ProposerKind.PERSON.value)
    name: Mapped[str]
    share: Mapped[int] = mapped_column(default=10000)
    phone: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    address: Mapped[str] = mapped_column(default="")


class OutsideNumber(Recorded):
    """A proposal's number in another system, where its legal receipt is (국민신문고 …)."""

    __tablename__ = "outside_number"
    __table_args__ = (UniqueConstraint("system", "number"), {"sqlite_autoincrement": True})
    __searched__: ClassVar[tuple[str, ...]] = ("number",)

    id: Mapped[int] = id_column()
    proposal_id: Mapped[int] = mapped_column(
        ForeignKey("proposal.id", ondelete="RESTRICT"), index=True
    )
    system: Mapped[str]
    number: Mapped[str]


class ProposalFile(Recorded):
    """A file that came with a proposal or belongs to its handling."""

    __tablename__ = "proposal_file"
    __table_args__ = (UniqueConstraint("proposal_id", "position"), {"sqlite_autoincrement": True})
    __searched__: ClassVar[tuple[str, ...]] = ("title",)

    id: Mapped[int] = id_column()
    proposal_id: Mapped[int] = mapped_column(
        ForeignKey("proposal.id", ondelete="RESTRICT"), index=True
    )
    file_id: Mapped[int] = mapped_column(
        ForeignKey("stored_file.id", ondelete="RESTRICT"), index=True
    )
    position: Mapped[int]
    title: Mapped[str]
    disclosure: Mapped[str] = mapped_column(default=Disclosure.MEMBERS.value)


class Proposal(Recorded):
    """One proposal, from receipt to what became of it.

    `number` (2022-031) is drawn at receipt; a draft has none. `due_on` is the last day for the
    decision as clocks.py counts it, kept here so that lists sort by it; None once it is answered
    or out of our hands. `department` is the one in charge, "" until assigned. `district` is an area
    code, `field` the code of a ProposalField, `sector` a Sector.
    `fingerprint` is that of the words as they came, by which a second import knows it.
    `merged_into_id` is the earlier one that counts for it, `split_from_id` the one it was cut from.
    `adoption` is the decision (a ProposalState of DECIDED) once there is one.
    """

    __tablename__ = "proposal"
    __table_args__ = (
        Index("ix_proposal_state_due_on", "state", "due_on"),
        {"sqlite_autoincrement": True},
    )
    __searched__: ClassVar[tuple[str, ...]] = ("number", "title", "text", "department")

    id: Mapped[int] = id_column()
    profile_id: Mapped[int] = mapped_column(
        ForeignKey("proposal_profile.id", ondelete="RESTRICT"), index=True
    )
    call_id: Mapped[int | None] = mapped_column(
        ForeignKey("proposal_call.id", ondelete="RESTRICT"), index=True
    )
    number: Mapped[str | None] = mapped_column(unique=True)
    number_year: Mapped[int | None]
    number_drawn: Mapped[int | None]
    state: Mapped[str] = mapped_column(default=ProposalState.RECEIVED.value)
    since_on: Mapped[dt.date]
    channel: Mapped[str]
    received_on: Mapped[dt.date] = mapped_column(index=True)
    due_on: Mapped[dt.date | None] = mapped_column(index=True)
    title: Mapped[str]
    text: Mapped[str] = mapped_column(default="")
    department: Mapped[str] = mapped_column(default="")
    field: Mapped[str] = mapped_column(default="")
    district: Mapped[str] = mapped_column(default="")
    sector: Mapped[str] = mapped_column(default="")
    anonymous: Mapped[bool] = mapped_column(default=False)
    consent: Mapped[str] = mapped_column(default=ProposalConsent.NONE.value)
    consent_on: Mapped[dt.date | None]
    supports: Mapped[int] = mapped_column(default=0)
    supports_on: Mapped[dt.date | None]
    comments: Mapped[int] = mapped_column(default=0)
    fingerprint: Mapped[str] = mapped_column(String(64), index=True)
    merged_into_id: Mapped[int | None] = mapped_column(
        ForeignKey("proposal.id", ondelete="RESTRICT"), index=True
    )
    split_from_id: Mapped[int | None] = mapped_column(
        ForeignKey("proposal.id", ondelete="RESTRICT"), index=True
    )
    adoption: Mapped[str | None]
    decided_on: Mapped[dt.date | None]
    planned_on: Mapped[dt.date | None]
    plan: Mapped[str] = mapped_column(default="")
    review_on: Mapped[dt.date | None]
    implemented_on: Mapped[dt.date | None]
    effect_from: Mapped[dt.date | None]
    effect: Mapped[str] = mapped_column(default="")
    effect_measured_on: Mapped[dt.date | None]

    proposers: Mapped[list[Proposer]] = relationship(
        cascade="all, delete-orphan", order_by="Proposer.position"
    )
    outside: Mapped[list[OutsideNumber]] = relationship(
        cascade="all, delete-orphan", order_by="OutsideNumber.id"
    )
    files: Mapped[list[ProposalFile]] = relationship(
        cascade="all, delete-orphan", order_by="ProposalFile.position"
    )
