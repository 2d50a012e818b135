"""The thread: what a record came from and what it led to, where no other column says it."""

from __future__ import annotations

from typing import ClassVar

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Recorded, id_column
from db.schema import actions, answers, energy, proposals, reviews  # noqa: F401 - its rows point there


class ThreadLink(Recorded):
    """One link from what came first to what it led to; one column of each side is filled.

    What an item decided, its actions and their evidence hang together by their own columns.
    """

    __tablename__ = "thread_link"
    __searched__: ClassVar[str] = "found through what it links"

    id: Mapped[int] = id_column()
    from_proposal_id: Mapped[int | None] = mapped_column(
        ForeignKey("proposal.id", ondelete="RESTRICT"), index=True
    )
    from_item_id: Mapped[int | None] = mapped_column(
        ForeignKey("agenda_item.id", ondelete="RESTRICT"), index=True
    )
    from_action_id: Mapped[int | None] = mapped_column(
        ForeignKey("action.id", ondelete="RESTRICT"), index=True
    )
    from_finding_id: Mapped[int | None] = mapped_column(
        ForeignKey("poll_finding.id", ondelete="RESTRICT"), index=True
    )
    from_commitment_id: Mapped[int | None] = mapped_column(
        ForeignKey("commitment.id", ondelete="RESTRICT"), index=True
    )
    from_review_finding_id: Mapped[int | None] = mapped_column(
        ForeignKey("review_finding.id", ondelete="RESTRICT"), index=True
    )
    to_proposal_id: Mapped[int | None] = mapped_column(
        ForeignKey("proposal.id", ondelete="RESTRICT"), index=True
    )
    to_item_id: Mapped[int | None] = mapped_column(
        ForeignKey("agenda_item.id", ondelete="RESTRICT"), index=True
    )
    to_action_id: Mapped[int | None] = mapped_column(
        ForeignKey("action.id", ondelete="RESTRICT"), index=True
    )
    to_indicator_id: Mapped[int | None] = mapped_column(
        ForeignKey("indicator.id", ondelete="RESTRICT"), index=True
    )
    to_commitment_id: Mapped[int | None] = mapped_column(
        ForeignKey("commitment.id", ondelete="RESTRICT"), index=True
    )
    note: Mapped[str] = mapped_column(default="")
