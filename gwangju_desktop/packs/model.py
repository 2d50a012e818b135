"""What a pack says, gathered once: plain values, no database."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple, Self

from db.vocab import CountBase, Dividers, IssueKind, ItemKind, Layout, PartKind, Sides
from gwangju_desktop.documents.blocks import Block
from gwangju_desktop.meetings.rules import Share
from gwangju_desktop.text import Msg, say

# Most of those present decide where a body has no other rule.
_MAJORITY = Share(base=CountBase.PRESENT)


@dataclass(frozen=True, slots=True)
class MemberData:
    """One seat at the meeting, in the pack's language; `capacity` is 당연직 or 위촉직.

    `role` is the office held in the body (위원장), empty for a plain member; `head` says that the
    seat is at the head of the room, `substitute` who comes instead, with the post.
    """

    name: str
    organisation: str
    position: str
    capacity: str
    role: str = ""
    head: bool = False
    substitute: str = ""

    @property
    def affiliation(self) -> str:
        """Return organisation and post in one line."""
        return " ".join(filter(None, (self.organisation, self.position)))


@dataclass(frozen=True, slots=True)
class QuorumData:
    """How many are enrolled, how many open the meeting, and the share that decides."""

    enrolled: int
    required: int
    decides: Share = _MAJORITY

    @property
    def simple_majority(self) -> bool:
        """Tell whether most of those present decide."""
        return self.decides == _MAJORITY


@dataclass(frozen=True, slots=True)
class PaperData:
    """A file to bind: its clean copy, or a code of papers.TROUBLES that says why there is none.

    `id` is the paper's, for an appendix that of its part; `number` its place within the item,
    `ground` why one for members is not public, `sha256` the clean copy's in hex where it is known.
    """

    title: str
    clean: Path | None
    trouble: str | None = None
    members_only: bool = False
    id: int = 0
    number: int = 1
    ground: str = ""
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class AwaitedData:
    """A paper announced: from whom, until when; `tabled` says it is laid on the table."""

    title: str
    office: str = ""
    due: dt.date | None = None
    tabled: bool = False


@dataclass(frozen=True, slots=True)
class OpinionData:
    """What a department says of an item; `stance` in the pack's language (동의)."""

    office: str
    stance: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class ItemData:
    """One step of the order of business; procedures have no number, `number` is its label ("3-1").

    `starts` is on the office's clock; the texts are those of the front sheet, 의결주문, 제안이유,
    주요내용, 참고사항 with 관련 근거 and 소요예산. `item_number` is the number drawn (의안번호),
    `presiding` who takes the chair for this item, `conflicts` who takes no part in it, `closed` the
    ground it is not public on: in the public edition its title is the open one and all else empty.
    `thread` is the line of what led to it, "" for an item nothing led to.
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
    id: int = 0
    standing: str = ""
    item_number: str = ""
    submitter: str = ""
    submitted: dt.date | None = None
    basis: str = ""
    budget: str = ""
    opinions: tuple[OpinionData, ...] = ()
    awaited: tuple[AwaitedData, ...] = ()
    presiding: str = ""
    presiding_ground: str = ""
    conflicts: tuple[str, ...] = ()
    late: bool = False
    withdrawn: bool = False
    closed: str = ""
    thread: str = ""

    @property
    def key(self) -> str:
        """Return the key of the item's part."""
        return f"item-{self.id}"

    @property
    def votes(self) -> bool:
        """Tell whether the item is put to the vote."""
        return self.kind is ItemKind.DELIBERATION and not self.withdrawn

    @property
    def has_sheet(self) -> bool:
        """Tell whether an item has a front sheet; a bare step of the order has none."""
        if self.number is not None:
            return True
        texts = (self.request, self.reason, self.contents, self.reference, self.basis, self.budget)
        return any(text.strip() for text in texts) or bool(self.papers or self.awaited)


@dataclass(frozen=True, slots=True)
class ActionData:
    """What an earlier meeting asked for and what became of it.

    `mark` says it in a word (완료, 지연, 추진 중, 불가), `late` and `done` which of them it is.
    """

    origin: str
    text: str
    department: str
    due: dt.date
    mark: str
    result: str = ""
    done: bool = False
    late: bool = False
    late_days: int = 0


@dataclass(frozen=True, slots=True)
class GuestData:
    """Somebody expected in the room without a seat; `kind` in the pack's language (배석자)."""

    kind: str
    name: str
    affiliation: str = ""


@dataclass(frozen=True, slots=True)
class PreviousMinutes:
    """The minutes of the sitting before, as blocks; `signers` sign them while they are a draft."""

    meeting: str
    held: dt.date
    blocks: tuple[Block, ...]
    confirmed: bool = False
    signers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PartData:
    """One part of a pack in its place.

    Keys are by record (`cover`, `agenda`, `item-7`, `paper-12`, `figure-3`, `appendix-4`,
    `divider-item-7`) and never change. `closed` is the ground it is not public on, empty for what
    everybody may read. `paper` is a file to bind, for papers (kind ITEM) and appendices; `figure`
    holds what a figure shows. In the public edition a closed part has neither, and no title but
    that of an item.
    """

    key: str
    kind: PartKind
    title: str
    level: int = 1
    item_id: int | None = None
    closed: str = ""
    paper: PaperData | None = None
    figure: tuple[Block, ...] = ()

    @property
    def divider(self) -> bool:
        """Tell whether this is the divider before another part."""
        return self.key.startswith("divider-")

    @property
    def right_hand(self) -> bool:
        """Tell whether the part begins on a right-hand page: agenda, attendance and every item."""
        if self.divider:
            return True
        own = self.paper is None and self.key.startswith("item-")
        return own or self.kind in (PartKind.AGENDA, PartKind.ATTENDANCE)


@dataclass(frozen=True, slots=True)
class PackData:
    """One meeting's pack; an edition for the public holds nothing that is not public.

    `title` is the meeting's own (제3회 정기회의), `submitted` the day the items went out with the
    notice, `printed` the day the pack is made. `sample` marks made-up people and figures.
    `abbreviations` are pairs of the short form and what it stands for, `chairs` those who chair the
    body, `following` when it meets next; `closed` is the ground the meeting is not public on. `parts` are all parts that are printed, in order.
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
    parts: tuple[PartData, ...] = ()
    secretary: str = ""
    chairs: tuple[str, ...] = ()
    layout: Layout = Layout.U_SHAPE
    sides: Sides = Sides.RIGHT_HAND
    dividers: Dividers = Dividers.NONE
    abbreviations: tuple[tuple[str, str], ...] = ()
    actions: tuple[ActionData, ...] = ()
    previous: PreviousMinutes | None = None
    guests: tuple[GuestData, ...] = ()
    following: dt.datetime | None = None
    closed: str = ""

    def item(self, id: int | None) -> ItemData | None:
        """Return the item of this id."""
        return next((item for item in self.items if item.id == id), None)


class Span(NamedTuple):
    """The first and the last page of a part, as their labels are printed ("9", "59 보충 1")."""

    first: str
    last: str


# Where each part stands, by its key; empty on the first round of laying out.
Refs = Mapping[str, Span]


@dataclass(frozen=True, slots=True)
class Frozen:
    """The members' page numbers: first page and number of pages of each part, and the whole."""

    first: Mapping[str, int]
    count: Mapping[str, int]
    total: int

    def as_json(self) -> dict[str, Any]:
        """Return it as JSON holds it."""
        return {"first": dict(self.first), "count": dict(self.count), "total": self.total}

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Self:
        """Return what `as_json` gave."""
        return cls(dict(value["first"]), dict(value["count"]), int(value["total"]))


@dataclass(frozen=True, slots=True)
class Numbered:
    """A pack's numbering without its drawing: page numbers, and the SHA-256 of each part in hex."""

    frozen: Frozen
    digests: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Stamp:
    """What says that pages went out: which, when, and the short hash of their parts."""

    kind: IssueKind
    number: int
    at: dt.datetime
    short_hash: str


@dataclass(frozen=True, slots=True)
class Copy:
    """A numbered copy and who gets it; no name is a copy to spare."""

    number: int
    name: str = ""


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
    """What was written: pages, the parts with their page numbers, the file's digest, findings.

    `labels` name the pages in order ("24", "24-1", "41–46"), `frozen` is the members' numbering,
    `digests` are the parts' own (Numbered).
    """

    pages: int
    entries: tuple[Entry, ...]
    sha256: str
    warnings: tuple[Notice, ...]
    labels: tuple[str, ...] = ()
    frozen: Frozen = field(default_factory=lambda: Frozen({}, {}, 0))
    digests: dict[str, str] = field(default_factory=dict)

    @property
    def references(self) -> dict[str, int]:
        """Return the first page of each part by its key: agenda, item-7, paper-12."""
        return {entry.key: entry.page for entry in self.entries}
