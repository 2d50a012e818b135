"""Jobs that send a pack out, for `desk.work`: drawn on the work's thread, written on the writer's."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from gwangju_desktop.errors import Cancelled, UserError
from gwangju_desktop.packs.issuing import (
    issue_pack,
    revise_pack,
    supplement_pack,
)
from gwangju_desktop.packs.twins import edition_file
from ui.packs.printing import pages_done
from ui.sweeper import resting


@dataclass(frozen=True, slots=True)
class Sent:
    """What went out just now; `left` are editions that could not be made with it."""

    meeting_id: int
    id: int
    kind: str
    number: int
    left: tuple[str, ...] = ()


class Door:
    """The office as the verbs of packs see it: writes wait for the desk's own writer."""

    def __init__(self, work) -> None:
        self._work = work
        self.papers = work.store.papers
        self.reading = work.reading

    def run(self, usecase: Any, **asked: Any):
        """Run a use case on the writer and return its ChangeSet."""
        return self._work.run(usecase, **asked)


def told(work) -> dict[str, Callable]:
    """Return how a verb tells a work how far it is, and asks whether to stop."""

    def progress(done: int, of: int) -> None:
        work.progress(done, of, pages_done(done, of))

    return {"progress": progress, "cancelled": work.cancelled}


@resting()
def issue(work, *, meeting_id: int, language: str, reason: str, editions: Sequence[str]) -> Sent:
    """Issue a meeting's pack, and make the editions that go with it while nothing changed."""
    door = Door(work)
    done = issue_pack(door, meeting_id=meeting_id, language=language, reason=reason, **told(work))
    left = []
    for edition in editions:
        try:
            edition_file(door, issue_id=done.id, edition=edition, **told(work))
        except (Cancelled, UserError):
            # The pack is out all the same, and the person is told what is missing.
            left.append(edition)
    return Sent(meeting_id, done.id, done.kind, done.number, tuple(left))


@resting()
def supplement(work, *, meeting_id: int, reason: str, keys: Sequence[str]) -> Sent:
    """Issue what came after the pack."""
    done = supplement_pack(
        Door(work), meeting_id=meeting_id, reason=reason, keys=keys, **told(work)
    )
    return Sent(meeting_id, done.id, done.kind, done.number)


@resting()
def revise(
    work, *, meeting_id: int, reason: str, changed: Sequence[str], withdrawn: Sequence[str]
) -> Sent:
    """Issue pages that take the place of old ones."""
    done = revise_pack(
        Door(work),
        meeting_id=meeting_id,
        reason=reason,
        changed=changed,
        withdrawn=withdrawn,
        **told(work),
    )
    return Sent(meeting_id, done.id, done.kind, done.number)
