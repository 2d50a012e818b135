"""What a pack says, gathered once: plain values, no database."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from pathlib import Path

from db.vocab import ItemKind
from gwangju_desktop.text import Msg, say


@dataclass(frozen=True, slots=True)
class MemberData:
    """One row of the attendance sheet, in the pack's language; `capacity` is 당연직 or 위촉직."""

    name: str
    organisation: str
    position: str
    capacity: str
    role: str = ""


@dataclass(frozen=True, slots=True)
class QuorumData:
    """How many are enrolled, how many open the meeting, and whether most of them decide."""

    enrolled: int
    required: int
    simple_majority: bool = True


@dataclass(frozen=True, slots=True)
class PaperData:
    """One paper: its clean copy, or a code of papers.TROUBLES that says why there is none."""

    title: str
    clean: Path | None
    trouble: str | None = None
    members_only: bool = False


@dataclass(frozen=True, slots=True)
class ItemData:
    """One step of the order of business; procedures have no number, `number` is its label ("3-1").

    `starts` is on the office's clock; the four texts are those of the front sheet, 의결주문,
    제안이유, 주요내용, 참고사항.
    """

    number: str | None
    kind: ItemKind
    title: str
    presenter: str
    minutes: int
    starts: dt.datetime
    request: str = ""
    reason: str = ""
    contents: str = ""
    reference: str = ""
    papers: tuple[PaperData, ...] = ()


@dataclass(frozen=True, slots=True)
class PackData:
    """One meeting's pack.

    `title` is the meeting's own (제3회 정기회의), `submitted` the day the items went out with the
    notice, `printed` the day the pack is made. `sample` marks made-up people and figures.
    """

    body: str
    title: str
    number: int | None
    starts: dt.datetime
    ends: dt.datetime
    place: str
    presiding: str
    secretariat: str
    members: tuple[MemberData, ...]
    items: tuple[ItemData, ...]
    quorum: QuorumData
    printed: dt.date
    submitted: dt.date | None = None
    sample: bool = False


@dataclass(frozen=True, slots=True)
class Notice:
    """One finding to look at before the pack goes out; `str()` says it in the current language."""

    message: Msg
    values: dict[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return say(self.message, **self.values)


@dataclass(frozen=True, slots=True)
class Entry:
    """One part of a pack: its first page and how many it has; level 1, or 2 for a paper.

    `trouble` is the code of a paper that is only announced, not bound.
    """

    key: str
    title: str
    level: int
    page: int
    count: int
    trouble: str | None = None


@dataclass(frozen=True, slots=True)
class PackFacts:
    """What was written: pages, the parts with their page numbers, the file's digest, findings."""

    pages: int
    entries: tuple[Entry, ...]
    sha256: str
    warnings: tuple[Notice, ...]

    @property
    def references(self) -> dict[str, int]:
        """Return the first page of each part by its key: agenda, attendance, item-1, paper-1-1."""
        return {entry.key: entry.page for entry in self.entries}
