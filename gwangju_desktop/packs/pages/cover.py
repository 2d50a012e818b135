"""The cover, and the dividers before items."""

from __future__ import annotations

from db.vocab import Edition, PartKind
from gwangju_desktop.documents.blocks import (
    Answer,
    Answers,
    Block,
    Column,
    Rule,
    Space,
    para,
    table,
)
from gwangju_desktop.documents.styles import MM
from gwangju_desktop.packs.model import Copy, PartData, Refs
from gwangju_desktop.packs.pages.frame import SAMPLE, Frame, joined
from gwangju_desktop.text import C_, N_, Msg

_WITH_CLOSED = N_("For members (with papers that are not public)")
EDITIONS: dict[Edition, Msg] = {
    Edition.MEMBERS: N_("For members"),
    Edition.PUBLIC: N_("For the public"),
    Edition.CHAIR: N_("For the chair"),
    Edition.LARGE: N_("For members, in large type"),
}


def cover(frame: Frame, copy: Copy | None = None) -> list[Block]:
    """Return the cover; a numbered copy names who it is for."""
    data, say = frame.data, frame.say
    head = table(
        [Column("", 0.4), Column("", 0.6, "right")],
        [(para(say(C_("pack", "Meeting pack")), "item"), para(_edition(frame), "number"))],
        head=False,
        plain=True,
    )
    title = [para(frame.number, "cover-number")] if frame.number else []
    title += [para(data.body, "cover"), para(frame.sitting, "cover")]
    closing: list[Block] = [
        para(data.secretariat or data.body, "item"),
        para(say(C_("pack", "Made on {day:full}"), day=data.printed), "small"),
    ]
    if data.sample:
        closing.append(para(say(SAMPLE), "strong"))
    return [
        Space(14 * MM),
        head,
        Rule(2.2),
        Space(12 * MM),
        *title,
        Space(10 * MM),
        _facts(frame),
        Space(16 * MM),
        *_owner(frame, copy),
        Space(6 * MM),
        *closing,
    ]


def _edition(frame: Frame) -> str:
    closed = any(part.closed for part in frame.data.parts)
    if frame.edition is Edition.MEMBERS and closed:
        return frame.say(_WITH_CLOSED)
    return frame.say(EDITIONS[frame.edition])


def _facts(frame: Frame) -> Block:
    data, say = frame.data, frame.say
    members = say(
        C_("pack", "{enrolled} · quorum to open {required}"),
        enrolled=data.quorum.enrolled,
        required=data.quorum.required,
    )
    facts = [
        (C_("pack", "When"), f"{say.day(data.starts, 'long')} {frame.span()}"),
        (C_("pack", "Place"), data.place),
        (C_("pack", "Chaired by"), data.presiding),
        (C_("pack", "Agenda"), frame.counted(data.items)),
        (C_("pack", "Members"), members),
        (C_("pack", "Secretariat"), joined(data.secretariat, data.secretary)),
    ]
    rows = [(para(say(name), "fact-name"), para(text, "fact")) for name, text in facts if text]
    return table(
        [Column("", 0.17), Column("", 0.83)], rows, head=False, row_head=True, min_row=12 * MM
    )


def _owner(frame: Frame, copy: Copy | None) -> list[Block]:
    """Return whose copy it is: printed for a numbered one, else a line to write on."""
    say = frame.say
    if copy is not None:
        number = say(C_("pack", "Copy {number}"), number=copy.number)
        return [para(joined(number, copy.name), "fact")]
    if frame.public:
        return []
    return [Answers((Answer(say(C_("pack", "Name")), say(C_("pack", "member"))),), width=0.5)]


def divider(frame: Frame, part: PartData, refs: Refs) -> list[Block]:
    """Return a divider: the number and the title, large, and where the part stands."""
    item = frame.data.item(part.item_id) if part.kind is PartKind.ITEM else None
    title = item.title if item is not None else part.title
    key = part.key.removeprefix("divider-")
    blocks: list[Block] = [Space(70 * MM)]
    if item is not None and item.number is not None:
        label = frame.say(C_("pack", "Item {number}"), number=item.number)
        blocks.append(para(label, "divider-number"))
    blocks += [Rule(2.2), Space(4 * MM), para(title, "divider")]
    if item is not None and item.presenter:
        blocks.append(para(item.presenter, "lead"))
    found = frame.page(refs, key)
    if found:
        blocks.append(para(found, "meta"))
    return blocks
