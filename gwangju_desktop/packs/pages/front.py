"""An item's front sheet, in the order of a bill's cover (의안)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from db.vocab import ItemKind
from gwangju_desktop.documents.blocks import (
    Banner,
    Block,
    Box,
    Column,
    Heading,
    Para,
    para,
    prose,
    table,
    words,
)
from gwangju_desktop.documents.styles import MM
from gwangju_desktop.packs.model import ItemData, PartData, Refs
from gwangju_desktop.packs.pages.frame import CLOSED, KINDS, Frame, joined
from gwangju_desktop.packs.papers import reason
from gwangju_desktop.text import C_, N_

# What a bill has not is left as this, so that nobody takes the cell for forgotten.
_NONE = "–"


def front(frame: Frame, item: ItemData, refs: Refs) -> list[Block]:
    """Return an item's front sheet: the cover table of the bill and its sections."""
    blocks = _head(frame, item)
    for number, (title, content) in enumerate(_sections(frame, item, refs), 1):
        blocks += [Heading(2, f"{number}. {title}"), *content]
    return blocks


def _head(frame: Frame, item: ItemData) -> list[Block]:
    data, say = frame.data, frame.say
    if item.number is None:
        return [Heading(1, item.title, item.key, say.day(item.starts, "time"))]
    label = KINDS.get(item.kind)
    length = say(
        C_("pack", "{minutes} min from {start:time}"), start=item.starts, minutes=item.minutes
    )
    meta = joined(
        say(label) if label else "",
        say(C_("pack", "Withdrawn")) if item.withdrawn else length,
        item.presenter,
        say(C_("pack", "{name} presides"), name=item.presiding) if item.presiding else "",
        say(CLOSED) if item.closed else "",
    )
    held = say.day(data.starts, "full")
    if frame.number:
        held = f"{held}({frame.number})" if say.language == "ko" else f"{held} ({frame.number})"
    submitted = item.submitted or data.submitted
    cells = [
        item.item_number or _NONE,
        held,
        item.submitter or item.presenter or _NONE,
        say.day(submitted, "full") if submitted else _NONE,
    ]
    bill = item.kind is ItemKind.DELIBERATION
    titles = [
        (C_("pack", "Bill no.") if bill else C_("pack", "Item no."), 0.22),
        (C_("pack", "Decided on") if bill else C_("pack", "Held on"), 0.3),
        (C_("pack", "Submitted by"), 0.25),
        (C_("pack", "Submitted on"), 0.23),
    ]
    blocks: list[Block] = [
        Banner(item.number, item.title, meta, item.key, frame.item_head(item)),
        table(
            [Column(say(title), share, "centre", "middle") for title, share in titles],
            [cells],
            grid=True,
            caption=say(N_("Facts of the bill")),
        ),
    ]
    if item.thread:
        name = words(say(C_("pack", "Thread")), "B")
        blocks.append(Para((*name, *words(item.thread)), "note"))
    return blocks


def _sections(frame: Frame, item: ItemData, refs: Refs) -> list[tuple[str, Sequence[Block]]]:
    say = frame.say
    asked = C_("pack", "Resolution (draft)")
    if item.kind is not ItemKind.DELIBERATION:
        asked = C_("pack", "What is asked")
    sections: list[tuple[str, Sequence[Block]]] = []
    if item.request.strip():
        sections.append((say(asked), (Box(prose(item.request, "lead")),)))
    texts = (
        (C_("pack", "Reason for the proposal"), item.reason),
        (C_("pack", "Main contents"), item.contents),
    )
    sections += [(say(title), prose(text)) for title, text in texts if text.strip()]
    reference = _reference(frame, item)
    if reference:
        sections.append((say(C_("pack", "For reference")), reference))
    if item.papers or item.awaited:
        sections.append((say(C_("pack", "Attachments")), (_attached(frame, item, refs),)))
    return sections


def _reference(frame: Frame, item: ItemData) -> list[Block]:
    """Return what stands beside the bill: its basis, its cost, who was asked, and what else."""
    say = frame.say
    if not (item.basis.strip() or item.budget.strip() or item.opinions):
        return [*prose(item.reference)]
    letters = iter("가나다라" if say.language == "ko" else "abcd")
    facts = [
        (f"{next(letters)}. {say(title)}", prose(text))
        for title, text in ((C_("pack", "Basis"), item.basis), (C_("pack", "Cost"), item.budget))
        if text.strip()
    ]
    blocks: list[Block] = [_labelled(facts)] if facts else []
    if item.opinions:
        asked = say(N_("Agreement and opinions"))
        columns = [
            Column(f"{next(letters)}. {asked}", 0.32, style="strong"),
            Column(say(C_("pack", "Stance")), 0.2),
            Column(say(C_("pack", "Said")), 0.48),
        ]
        rows = [(one.office, one.stance, one.text or _NONE) for one in item.opinions]
        blocks.append(table(columns, rows, row_head=True, caption=asked))
    if item.reference.strip():
        further = say(C_("pack", "Further"))
        blocks.append(_labelled([(f"{next(letters)}. {further}", prose(item.reference))]))
    return blocks


def _labelled(rows: Sequence[tuple[str, tuple[Block, ...]]]) -> Block:
    """Return texts beside their names."""
    columns = [Column("", 0.25, style="strong"), Column("", 0.75)]
    return table(columns, [(name, _small(text)) for name, text in rows], head=False, row_head=True)


def _small(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return paragraphs in the size of a table's cells."""
    return tuple(
        replace(block, style="cell") if isinstance(block, Para) else block for block in blocks
    )


def _attached(frame: Frame, item: ItemData, refs: Refs) -> Block:
    say = frame.say
    rows: list[tuple[str, str]] = []
    links: list[str] = []
    for paper in item.papers:
        title = paper.title or say(C_("pack", "Paper"))
        if paper.members_only:
            title = joined(title, say(CLOSED))
        key = f"paper-{paper.id}"
        rows.append((f"{paper.number}. {title}", frame.page(refs, key)))
        shown = paper.title and key in refs
        links.append(key if shown else "")
    for number, awaited in enumerate(item.awaited, len(item.papers) + 1):
        when = say(C_("pack", "Handed out on the day"))
        if not awaited.tabled:
            when = say(C_("pack", "To follow"))
        rows.append((f"{number}. {joined(awaited.title, awaited.office)}", when))
        links.append("")
    return table(
        [Column("", 0.78), Column("", 0.22, "right", "number")],
        rows,
        head=False,
        row_head=True,
        links=tuple(links),
        caption=say(C_("pack", "Attachments")),
    )


def paper_head(frame: Frame, part: PartData) -> str:
    """Return the foot of a paper's pages: item, paper, and whether members only see it."""
    item = frame.data.item(part.item_id)
    said: list[str] = []
    if item is not None and item.number is not None:
        said.append(frame.say(C_("pack", "Item {number}"), number=item.number))
    if item is not None and part.paper is not None and part.key.startswith("paper-"):
        said.append(frame.say(C_("pack", "Attachment {number}"), number=part.paper.number))
    said.append(part.title)
    if part.closed:
        said.append(frame.say(CLOSED))
    return joined(*said)


def not_attached(frame: Frame, part: PartData, trouble: str) -> list[Block]:
    """Return the sheet that stands for a paper which could not be bound."""
    say, item = frame.say, frame.data.item(part.item_id)
    rows = [
        (say(C_("pack", "Agenda item")), frame.item_head(item) if item is not None else ""),
        (say(C_("pack", "Paper")), part.title),
        (say(C_("pack", "Why")), say(reason(trouble))),
    ]
    said = [N_("This paper is not bound into the pack."), N_("Please ask the secretariat.")]
    return [
        Heading(1, say(N_("Paper not attached")), part.key),
        table(
            [Column("", 0.2, style="strong"), Column("", 0.8)],
            [row for row in rows if row[1]],
            head=False,
            row_head=True,
            min_row=12 * MM,
        ),
        para(" ".join(say(sentence) for sentence in said)),
    ]
