"""Sheets to write on: what was decided on each item, and notes."""

from __future__ import annotations

from gwangju_desktop.documents.blocks import (
    Answer,
    Answers,
    Banner,
    Block,
    Column,
    Heading,
    PageBreak,
    para,
    table,
)
from gwangju_desktop.documents.figures import NoteLines
from gwangju_desktop.documents.styles import MM
from gwangju_desktop.packs.model import ItemData
from gwangju_desktop.packs.pages.frame import Frame, joined
from gwangju_desktop.text import C_, N_

_NOTE_LINES = 20
_OUTCOMES = (
    (
        C_("record", "As proposed"),
        C_("record", "Amended"),
        C_("record", "Conditional"),
        C_("record", "Deferred"),
    ),
    (
        C_("record", "Rejected"),
        C_("record", "Returned"),
        C_("record", "Withdrawn"),
        C_("record", "No objection"),
    ),
)


def records(frame: Frame) -> list[Block]:
    """Return a decision sheet for every item that is put to the vote, each on its own page."""
    blocks: list[Block] = []
    for item in frame.data.items:
        if item.votes:
            blocks += [PageBreak(), *record(frame, item)] if blocks else record(frame, item)
    return blocks


def record(frame: Frame, item: ItemData) -> list[Block]:
    """Return the sheet on which the secretary notes what became of an item."""
    data, say = frame.data, frame.say
    title = say(C_("pack", "Decision sheet"))
    meta = joined(item.title, item.item_number, say(N_("kept by the secretary")))
    counts = (
        C_("record", "Enrolled"),
        C_("record", "Present"),
        C_("record", "In favour"),
        C_("record", "Against"),
        C_("record", "Abstaining"),
    )
    chairs = data.chairs or (say(N_("Chair")),)
    return [
        Banner(item.number or "", title, meta, f"record-{item.id}", joined(title, item.title)),
        table(
            [Column("", 0.25)] * 4,
            [[Answers((Answer(say(one), tick=True),)) for one in row] for row in _OUTCOMES],
            head=False,
            plain=True,
        ),
        table(
            [Column(say(name), 0.2, "centre") for name in counts],
            [(para(str(data.quorum.enrolled), "clock"), "", "", "", "")],
            grid=True,
            min_row=15 * MM,
        ),
        Heading(2, say(C_("pack", "Resolution"))),
        NoteLines(3),
        Heading(2, say(N_("Main points · conditions"))),
        NoteLines(3),
        Heading(2, say(C_("pack", "Actions"))),
        table(
            [
                Column(say(N_("What is to be done")), 0.55),
                Column(say(C_("pack", "In charge")), 0.24, rule=True),
                Column(say(C_("pack", "Due")), 0.21, rule=True),
            ],
            [("", "", "")] * 2,
            min_row=11 * MM,
        ),
        Answers(tuple(Answer(chair) for chair in chairs[:2])),
    ]


def notes(frame: Frame) -> list[Block]:
    """Return a page of lines."""
    return [Heading(1, frame.say(C_("pack", "Notes")), "notes"), NoteLines(_NOTE_LINES)]
