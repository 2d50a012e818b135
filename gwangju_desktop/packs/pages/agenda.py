"""The order of business: what, asked what, when, on which pages, and who presides."""

from __future__ import annotations

from db.vocab import ItemKind, PartKind, Standing
from gwangju_desktop.documents.blocks import Block, Column, Heading, para, table
from gwangju_desktop.documents.styles import MM
from gwangju_desktop.meetings.rules import Share
from gwangju_desktop.packs.model import ItemData, Refs
from gwangju_desktop.packs.pages.frame import CLOSED, Frame, joined
from gwangju_desktop.text import C_, N_

_LONGEST_ASK = 90
# Steps of the order that a part of the pack is about.
_ABOUT = {
    Standing.QUORUM_REPORT.value: PartKind.ATTENDANCE.value,
    Standing.PREVIOUS_MINUTES.value: PartKind.PREVIOUS_MINUTES.value,
    Standing.PREVIOUS_ACTIONS.value: PartKind.PREVIOUS_ACTIONS.value,
}


def agenda(frame: Frame, refs: Refs) -> list[Block]:
    """Return the order of business with clock times and page references."""
    data, say = frame.data, frame.say
    minutes = int((data.ends - data.starts).total_seconds()) // 60
    columns = [
        Column(say(C_("pack", "No.")), 0.07),
        Column(say(N_("Item · what is asked · presented by")), 0.47),
        Column(say(C_("pack", "Kind")), 0.11),
        Column(say(C_("pack", "Starts")), 0.105, "centre", "clock"),
        Column(say(C_("pack", "Length")), 0.115, "right", "number"),
        Column(say(C_("pack", "Page")), 0.13, "right", "page"),
    ]
    printed = {part.key for part in data.parts}
    steps = [item for item in data.items if item.kind is not ItemKind.HEADING or item.title.strip()]
    keys = [_about(item, printed) for item in steps]
    rows = [_row(frame, item, refs, key) for item, key in zip(steps, keys, strict=True)]
    # In the public edition a closed part has a page number and nothing to lead to.
    closed = {part.key for part in data.parts if part.closed and frame.public}
    links = ["" if key in closed else key for key in keys]
    for kind in (PartKind.ATTENDANCE, PartKind.PREVIOUS_ACTIONS, PartKind.PREVIOUS_MINUTES):
        part = next((part for part in data.parts if part.key == kind.value), None)
        if part is not None and part.key not in keys:
            rows.append(("", para(part.title, "item"), "", "", "", frame.pages(refs, part.key)))
            links.append("" if part.key in closed else part.key)
    length = say(C_("pack", "{minutes} min"), minutes=minutes)
    return [
        Heading(1, say(C_("pack", "Order of business")), "agenda", f"{frame.span()} ({length})"),
        table(
            columns,
            rows,
            min_row=11.5 * MM,
            links=tuple(links),
            caption=say(N_("Order of business with pages")),
        ),
        Heading(2, say(N_("How to read it"))),
        *(para(sentence, "note") for sentence in _guidance(frame)),
    ]


def _about(item: ItemData, printed: set[str]) -> str:
    """Return the part an item's row is about, if it is printed."""
    key = item.key if item.has_sheet else _ABOUT.get(item.standing, "")
    return key if key in printed else ""


def _row(
    frame: Frame, item: ItemData, refs: Refs, key: str
) -> tuple[str | Block | tuple[Block, ...], ...]:
    say = frame.say
    last = key
    if key == item.key:
        last = next(
            (part.key for part in reversed(frame.data.parts) if part.item_id == item.id), key
        )
    return (
        para(item.number, "ordinal") if item.number is not None else "",
        _said(frame, item),
        frame.kind_tag(item),
        say.day(item.starts, "time") if item.minutes else "",
        say(C_("pack", "{minutes} min"), minutes=item.minutes) if item.minutes else "",
        frame.pages(refs, key, until=last) if key else "",
    )


def _said(frame: Frame, item: ItemData) -> tuple[Block, ...]:
    """Return an item's title, the line that says what is asked, and who brings it."""
    say = frame.say
    lines: list[Block] = [para(item.title, "item")]
    asked = next((line.strip() for line in item.request.splitlines() if line.strip()), "")
    if asked and item.number is not None:
        short = asked if len(asked) <= _LONGEST_ASK else asked[: _LONGEST_ASK - 1] + "…"
        lines.append(para(short, "cell"))
    number = ""
    if item.item_number:
        number = say(N_("Bill no. {number}"), number=item.item_number)
    marks = [
        say(CLOSED) if item.closed else "",
        say(C_("pack", "Withdrawn")) if item.withdrawn else "",
        say(C_("pack", "Late item")) if item.late else "",
        say(C_("pack", "Handed out on the day")) if any(a.tabled for a in item.awaited) else "",
    ]
    small = joined(item.presenter, number, *marks)
    if small:
        lines.append(para(small, "small"))
    return tuple(lines)


def _guidance(frame: Frame) -> list[str]:
    data, say = frame.data, frame.say
    said = [
        say(
            N_("The meeting opens once {required} of the {enrolled} enrolled members attend."),
            required=data.quorum.required,
            enrolled=data.quorum.enrolled,
        )
    ]
    if any(item.kind is ItemKind.DELIBERATION for item in data.items):
        said.append(majority(frame))
        said.append(say(N_("A black mark means that the item is put to the vote.")))
    return [" ".join(said), *_presided(frame), *_awaited(frame), *_following(frame)]


def majority(frame: Frame) -> str:
    """Say what share decides."""
    quorum = frame.data.quorum
    if quorum.simple_majority:
        return frame.say(N_("Items carry with more than half of those present."))
    return frame.say(
        _SHARES[quorum.decides.more, quorum.decides.base.value], **_values(quorum.decides)
    )


def _following(frame: Frame) -> list[str]:
    """Say when the body meets next, where that is planned and this edition's readers may know."""
    if frame.data.following is None or frame.public:
        return []
    return [frame.say(N_("Next meeting: {when:when}."), when=frame.data.following)]


_SHARES = {
    (True, "present"): N_("Items carry with more than {num}/{den} of those present."),
    (False, "present"): N_("Items carry with at least {num}/{den} of those present."),
    (True, "enrolled"): N_("Items carry with more than {num}/{den} of the enrolled members."),
    (False, "enrolled"): N_("Items carry with at least {num}/{den} of the enrolled members."),
    (True, "votes"): N_("Items carry with more than {num}/{den} of the votes cast."),
    (False, "votes"): N_("Items carry with at least {num}/{den} of the votes cast."),
}


def _values(share: Share) -> dict[str, int]:
    return {"num": share.num, "den": share.den}


def _presided(frame: Frame) -> list[str]:
    """Say who presides over which items, where that is not one person throughout."""
    data = frame.data
    if not any(item.presiding for item in data.items):
        return []
    found: dict[str, list[str]] = {}
    for item in data.items:
        if item.number is not None:
            found.setdefault(item.presiding or data.presiding, []).append(item.number)
    said = (
        frame.say(N_("Chair of items {items}: {name}."), items=", ".join(numbers), name=name)
        for name, numbers in found.items()
        if name
    )
    return [" ".join(said)]


def _awaited(frame: Frame) -> list[str]:
    """Say which papers follow, from whom and when, or that they are handed out on the day."""
    say = frame.say
    said = []
    for item in frame.data.items:
        for paper in item.awaited:
            if paper.tabled:
                when = say(C_("pack", "handed out on the day"))
            elif paper.due is not None:
                when = say(N_("to follow until {day:full}"), day=paper.due)
            else:
                when = say(C_("pack", "to follow"))
            number = ""
            if item.number is not None:
                number = say(C_("pack", "Item {number}"), number=item.number)
            told = " ".join(filter(None, (number, paper.title)))
            said.append(f"{told}({', '.join(filter(None, (paper.office, when)))})")
    if not said:
        return []
    return [say(N_("Papers to follow: {papers}."), papers=" / ".join(said))]
