"""The pages of a pack that are written by us: cover, agenda, attendance, front sheets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from db.vocab import ItemKind
from gwangju_desktop.documents.blocks import (
    Answer,
    Answers,
    Banner,
    Block,
    Box,
    Column,
    Heading,
    Para,
    Rule,
    Signer,
    SignRows,
    Space,
    para,
    prose,
    table,
)
from gwangju_desktop.documents.styles import MM
from gwangju_desktop.packs.model import ItemData, PackData, PaperData
from gwangju_desktop.packs.papers import reason
from gwangju_desktop.text import C_, N_, NN_, Msg, Words

Refs = Mapping[str, int]

KINDS: dict[ItemKind, Msg] = {
    ItemKind.DELIBERATION: C_("pack", "Vote"),
    ItemKind.REPORT: C_("pack", "Report"),
    ItemKind.DISCUSSION: C_("pack", "Discuss"),
    ItemKind.ADVICE: C_("pack", "Advise"),
}
# Up to this many members sign in one column that has all seven fields.
_ONE_COLUMN = 18
_LONGEST_ASK = 90


@dataclass(frozen=True, slots=True)
class PaperKey:
    """Where a paper stands: its key among the references, its item and its number there."""

    key: str
    item: ItemData
    number: int
    paper: PaperData


def item_key(data: PackData, item: ItemData) -> str:
    """Return an item's key: item-1, or step-1 for a step that has no number."""
    if item.number is not None:
        return f"item-{item.number}"
    order = next(order for order, one in enumerate(data.items, 1) if one is item)
    return f"step-{order}"


def paper_keys(data: PackData, item: ItemData) -> list[PaperKey]:
    """Return an item's papers with their keys, in order."""
    stem = item_key(data, item).replace("item-", "paper-").replace("step-", "paper-s")
    return [
        PaperKey(f"{stem}-{number}", item, number, paper)
        for number, paper in enumerate(item.papers, 1)
    ]


def has_sheet(item: ItemData) -> bool:
    """Tell whether an item has a front sheet; a bare step of the order has none."""
    if item.number is not None:
        return True
    texts = (item.request, item.reason, item.contents, item.reference)
    return any(text.strip() for text in texts) or bool(item.papers)


class Pages:
    """The pages of one pack in one language."""

    def __init__(self, data: PackData, words: Words) -> None:
        self.data, self.say = data, words
        self.number = self._number()
        self.sitting = data.title.removeprefix(self.number).strip() or data.title
        whole = self.say(C_("pack", "{body}, {sitting}"), body=data.body, sitting=self.sitting)
        self.name = f"{self.number} {whole}".strip()

    def _number(self) -> str:
        """Return "제3회" when the meeting's title begins with it."""
        if self.data.number is None:
            return ""
        number = self.say(C_("pack", "No. {number}"), number=self.data.number)
        return number if self.data.title.startswith(number) else ""

    # What stands round the pages

    def foot(self) -> str:
        """Return the foot's left side: when, whose, and whether it is made up."""
        data = self.data
        parts = [self.say.day(data.starts, "when"), data.secretariat or data.body]
        if data.sample:
            parts.append(self.sample_mark())
        return " · ".join(parts)

    def sample_mark(self) -> str:
        """Return the mark of made-up people and figures."""
        return self.say(N_("Sample data · all people are fictional"))

    def item_head(self, item: ItemData) -> str:
        """Return an item's running head and outline title."""
        if item.number is None:
            return item.title
        return self.say(C_("pack", "Item {number}"), number=item.number) + " · " + item.title

    def paper_head(self, key: PaperKey) -> str:
        """Return the foot of a paper's pages: item, paper, and whether members only see it."""
        parts: list[str] = []
        if key.item.number is not None:
            parts.append(self.say(C_("pack", "Item {number}"), number=key.item.number))
        parts.append(self.say(C_("pack", "Attachment {number}"), number=key.number))
        parts.append(key.paper.title)
        if key.paper.members_only:
            parts.append(self.say(N_("Not public (for members)")))
        return " · ".join(parts)

    def _span(self) -> str:
        start, end = self.say.day(self.data.starts, "time"), self.say.day(self.data.ends, "time")
        return f"{start}~{end}" if self.say.language == "ko" else f"{start}–{end}"

    # Cover

    def cover(self) -> list[Block]:
        """Return the cover."""
        data, say = self.data, self.say
        closed = any(paper.members_only for item in data.items for paper in item.papers)
        edition = (
            N_("For members (with papers that are not public)") if closed else N_("For members")
        )
        facts = [
            (C_("pack", "When"), f"{say.day(data.starts, 'long')} {self._span()}"),
            (C_("pack", "Place"), data.place),
            (C_("pack", "Chaired by"), data.presiding),
            (C_("pack", "Agenda"), self._counts()),
            (
                C_("pack", "Members"),
                say(
                    C_("pack", "{enrolled} · quorum to open {required}"),
                    enrolled=data.quorum.enrolled,
                    required=data.quorum.required,
                ),
            ),
            (C_("pack", "Secretariat"), data.secretariat),
        ]
        rows = [(para(say(name), "fact-name"), para(text, "fact")) for name, text in facts if text]
        head = table(
            [Column("", 0.4), Column("", 0.6, "right")],
            [(para(say(C_("pack", "Meeting pack")), "item"), para(say(edition), "number"))],
            head=False,
            plain=True,
        )
        title = [para(self.number, "cover-number")] if self.number else []
        title += [para(data.body, "cover"), para(self.sitting, "cover")]
        signature = Answer(say(C_("pack", "Name")), say(C_("pack", "member")))
        closing: list[Block] = [
            para(data.secretariat or data.body, "item"),
            para(say(C_("pack", "Made on {day:full}"), day=data.printed), "small"),
        ]
        if data.sample:
            closing.append(para(self.sample_mark(), "strong"))
        return [
            Space(14 * MM),
            head,
            Rule(2.2),
            Space(12 * MM),
            *title,
            Space(10 * MM),
            table(
                [Column("", 0.17), Column("", 0.83)],
                rows,
                head=False,
                row_head=True,
                min_row=12 * MM,
            ),
            Space(16 * MM),
            Answers((signature,), width=0.5),
            Space(6 * MM),
            *closing,
        ]

    def _counts(self) -> str:
        """Return "6건(의결 3 · 보고 2 · 토의 1)"."""
        kinds = [item.kind for item in self.data.items if item.number is not None]
        counts = [
            f"{self.say(label)} {kinds.count(kind)}"
            for kind, label in KINDS.items()
            if kind in kinds
        ]
        total = self.say(NN_("{n} numbered item", "{n} numbered items"), n=len(kinds))
        if not counts:
            return total
        return self.say(C_("pack", "{total} ({kinds})"), total=total, kinds=" · ".join(counts))

    def _enrolled(self) -> str:
        quorum = self.data.quorum
        return self.say(
            N_("{enrolled} enrolled · quorum to open {required}"),
            enrolled=quorum.enrolled,
            required=quorum.required,
        )

    # Order of business

    def agenda(self, refs: Refs) -> list[Block]:
        """Return the order of business with clock times and page references."""
        data, say = self.data, self.say
        minutes = int((data.ends - data.starts).total_seconds()) // 60
        columns = [
            Column(say(C_("pack", "No.")), 0.075),
            Column(say(N_("Item · what is asked · presented by")), 0.515),
            Column(say(C_("pack", "Kind")), 0.115),
            Column(say(C_("pack", "Starts")), 0.115, "centre", "clock"),
            Column(say(C_("pack", "Length")), 0.09, "right", "number"),
            Column(say(C_("pack", "Page")), 0.09, "right", "page"),
        ]
        length = say(C_("pack", "{minutes} min"), minutes=minutes)
        links = [item_key(data, item) if has_sheet(item) else "" for item in data.items]
        rows = [
            self._agenda_row(item, refs.get(link, 0))
            for item, link in zip(data.items, links, strict=True)
        ]
        rows.append(
            ("", para(self._attendance_title(), "item"), "", "", "", _page(refs, "attendance"))
        )
        links.append("attendance")
        return [
            Heading(
                1,
                say(C_("pack", "Order of business")),
                "agenda",
                f"{self._span()} ({length})",
            ),
            table(
                columns,
                rows,
                min_row=11.5 * MM,
                links=tuple(links),
                caption=say(N_("Order of business with pages")),
            ),
            Heading(2, say(N_("How to read it"))),
            para(" ".join(self._guidance())),
        ]

    def _agenda_row(self, item: ItemData, page: int) -> tuple[str | Block | tuple[Block, ...], ...]:
        say = self.say
        lines: list[Block] = [para(item.title, "item")]
        asked = next((line.strip() for line in item.request.splitlines() if line.strip()), "")
        if asked and item.number is not None:
            short = asked if len(asked) <= _LONGEST_ASK else asked[: _LONGEST_ASK - 1] + "…"
            lines.append(para(short, "cell"))
        if item.presenter:
            lines.append(para(item.presenter, "small"))
        return (
            para(str(item.number), "ordinal") if item.number is not None else "",
            tuple(lines),
            self._kind_tag(item),
            say.day(item.starts, "time"),
            say(C_("pack", "{minutes} min"), minutes=item.minutes) if item.minutes else "",
            str(page) if page else "",
        )

    def _kind_tag(self, item: ItemData) -> Para | str:
        label = KINDS.get(item.kind)
        if label is None:
            return ""
        return para(self.say(label), "solid" if item.kind is ItemKind.DELIBERATION else "open")

    def _guidance(self) -> list[str]:
        quorum = self.data.quorum
        said = [
            self.say(
                N_("The meeting opens once {required} of the {enrolled} enrolled members attend."),
                required=quorum.required,
                enrolled=quorum.enrolled,
            )
        ]
        kinds = {item.kind for item in self.data.items}
        if ItemKind.DELIBERATION in kinds:
            if quorum.simple_majority:
                said.append(self.say(N_("Items carry with more than half of those present.")))
            said.append(self.say(N_("A black mark means that the item is put to the vote.")))
        return said

    # Attendance

    def _attendance_title(self) -> str:
        return self.say(C_("pack", "Attendance sheet"))

    def attendance(self) -> list[Block]:
        """Return the attendance sheet: 36 members on a page."""
        say = self.say
        return [
            Heading(1, self._attendance_title(), "attendance", self._enrolled()),
            self._signatures(),
            Rule(1.2),
            Space(2 * MM),
            Answers(
                (
                    Answer(say(C_("pack", "Present")), say(C_("pack", "members")), share=1.15),
                    Answer(say(C_("pack", "Quorum reached")), tick=True, share=0.8),
                    Answer(say(C_("pack", "Not reached")), tick=True, share=0.8),
                    Answer(say(C_("pack", "Secretary")), share=1.35),
                )
            ),
        ]

    def _signatures(self) -> Block:
        members, say = self.data.members, self.say
        number = say(C_("attendance", "No."))
        kind = say(C_("pack", "Capacity"))
        sign = say(C_("pack", "Signature"))
        remark = say(C_("pack", "Remarks"))
        if len(members) > _ONE_COLUMN:
            who = say(C_("pack", "Name · organisation, post"))
            people = (
                Signer(
                    str(order),
                    member.name,
                    " ".join(filter(None, (member.organisation, member.position))),
                    member.capacity,
                )
                for order, member in enumerate(members, 1)
            )
            return SignRows(tuple(people), (number, who, f"{kind}·{remark}", sign))
        columns = [
            Column(number, 0.075),
            Column(kind, 0.115),
            Column(say(C_("pack", "Organisation")), 0.25),
            Column(say(C_("pack", "Post")), 0.16),
            Column(say(C_("pack", "Name")), 0.13, style="strong"),
            Column(sign, 0.16, rule=True),
            Column(remark, 0.11, rule=True),
        ]
        rows = [
            (str(order), one.capacity, one.organisation, one.position, one.name, "", "")
            for order, one in enumerate(members, 1)
        ]
        return table(columns, rows, min_row=11 * MM)

    # Items

    def front(self, item: ItemData, keys: Sequence[PaperKey], refs: Refs) -> list[Block]:
        """Return an item's front sheet: the cover table of the bill and its sections."""
        blocks = self._front_head(item)
        for number, (title, content) in enumerate(self._sections(item, keys, refs), 1):
            blocks += [Heading(2, f"{number}. {title}"), *content]
        return blocks

    def _front_head(self, item: ItemData) -> list[Block]:
        data, say = self.data, self.say
        key, head = item_key(data, item), self.item_head(item)
        if item.number is None:
            start = say.day(item.starts, "time")
            return [Heading(1, item.title, key, start)]
        label = KINDS.get(item.kind)
        facts = [
            say(label) if label else "",
            say(
                C_("pack", "{minutes} min from {start:time}"),
                start=item.starts,
                minutes=item.minutes,
            ),
            item.presenter,
        ]
        meta = " · ".join(filter(None, facts))
        cells = [
            say(C_("bill", "No. {number}"), number=item.number),
            " ".join(filter(None, (say.day(data.starts, "full"), f"({self.number})")))
            if self.number
            else say.day(data.starts, "full"),
            item.presenter,
            say.day(data.submitted, "full") if data.submitted else "",
        ]
        bill = item.kind is ItemKind.DELIBERATION
        titles = [
            (C_("pack", "Bill no.") if bill else C_("pack", "Item no."), 0.18),
            (C_("pack", "Decided on") if bill else C_("pack", "Held on"), 0.3),
            (C_("pack", "Submitted by"), 0.27),
            (C_("pack", "Submitted on"), 0.25),
        ]
        return [
            Banner(str(item.number), item.title, meta, key, head),
            table(
                [Column(say(title), share, "centre", "middle") for title, share in titles],
                [cells],
                grid=True,
            ),
        ]

    def _sections(
        self, item: ItemData, keys: Sequence[PaperKey], refs: Refs
    ) -> list[tuple[str, Sequence[Block]]]:
        say = self.say
        asked = C_("pack", "Resolution (draft)")
        if item.kind is not ItemKind.DELIBERATION:
            asked = C_("pack", "What is asked")
        sections: list[tuple[str, Sequence[Block]]] = []
        if item.request.strip():
            sections.append((say(asked), (Box(prose(item.request, "lead")),)))
        texts = (
            (C_("pack", "Reason for the proposal"), item.reason),
            (C_("pack", "Main contents"), item.contents),
            (C_("pack", "For reference"), item.reference),
        )
        sections += [(say(title), prose(text)) for title, text in texts if text.strip()]
        if keys:
            sections.append((say(C_("pack", "Attachments")), (self._attached(keys, refs),)))
        return sections

    def _attached(self, keys: Sequence[PaperKey], refs: Refs) -> Block:
        rows = []
        closed = self.say(N_("Not public (for members)"))
        for key in keys:
            title = f"{key.number}. {key.paper.title}"
            if key.paper.members_only:
                title += f" · {closed}"
            rows.append((title, self.say(C_("pack", "p. {page}"), page=_page(refs, key.key))))
        return table(
            [Column("", 0.84), Column("", 0.16, "right", "number")],
            rows,
            head=False,
            row_head=True,
            links=tuple(key.key for key in keys),
            caption=self.say(C_("pack", "Attachments")),
        )

    def not_attached(self, key: PaperKey, trouble: str) -> list[Block]:
        """Return the sheet that stands for a paper which could not be bound."""
        say = self.say
        rows = [
            (say(C_("pack", "Agenda item")), self.item_head(key.item)),
            (say(C_("pack", "Paper")), key.paper.title),
            (say(C_("pack", "Why")), say(reason(trouble))),
        ]
        said = [N_("This paper is not bound into the pack."), N_("Please ask the secretariat.")]
        return [
            Heading(1, say(N_("Paper not attached")), key.key),
            table(
                [Column("", 0.2, style="strong"), Column("", 0.8)],
                rows,
                head=False,
                row_head=True,
                min_row=12 * MM,
            ),
            para(" ".join(say(sentence) for sentence in said)),
        ]


def _page(refs: Refs, key: str) -> str:
    """Return a page number; before the first numbering, one as wide as any."""
    return str(refs.get(key, 0) or "")
