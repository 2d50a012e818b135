"""What a new office still lacks before its first meeting can be prepared."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from db.schema.meetings import Meeting
from db.schema.members import Body, Membership


@dataclass(frozen=True, slots=True)
class FirstSteps:
    """Whether there is a body, a member of one, a meeting."""

    body: bool
    members: bool
    meeting: bool

    @property
    def over(self) -> bool:
        """Say whether nothing is left to begin with."""
        return self.body and self.members and self.meeting


def first_steps(read: Session) -> FirstSteps:
    """Look whether a new office has its first body, members and meeting."""
    there = select(
        exists(select(Body.id)), exists(select(Membership.id)), exists(select(Meeting.id))
    )
    return FirstSteps(*read.execute(there).one())
