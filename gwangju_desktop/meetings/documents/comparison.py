"""The original beside each amendment (원안/수정안 대비표), the changed words in bold."""

from __future__ import annotations

import re

from gwangju_desktop.documents.blocks import (
    Block,
    Column,
    Para,
    Rule,
    Space,
    Weight,
    Word,
    para,
    table,
)
from gwangju_desktop.documents.composed import Composed
from gwangju_desktop.documents.styles import MM
from gwangju_desktop.errors import UserError
from gwangju_desktop.meetings.amendments import changes
from gwangju_desktop.meetings.documents.model import Decided, when
from gwangju_desktop.meetings.documents.press import KINDS, composed
from gwangju_desktop.meetings.rules import spoken_title
from gwangju_desktop.meetings.words import AMENDMENT_STATES
from gwangju_desktop.text import C_, N_, words

_TOKEN = re.compile(r"\n|[^\s]+")


def comparison(data: Decided, *, language: str = "ko") -> Composed:
    """Return the comparison of an item; raises UserError when nobody moved an amendment."""
    if not data.amendments and data.item.resolution in ("", data.item.request):
        raise UserError(
            N_("“{title}” has no amendment."),
            hint=N_("Move one, or amend the text of the decision."),
            title=data.item.title,
        )
    say = words(language)
    title = say(KINDS["comparison"])
    columns = [
        Column(say(C_("comparison", "Original")), 0.4),
        Column(say(C_("comparison", "Amendment")), 0.4, rule=True),
        Column(say(C_("comparison", "Moved, seconded, result")), 0.2, style="small"),
    ]
    rows: list[list[str | Block]] = []
    for one in data.amendments:
        about = [
            say(N_("Moved: {name}"), name=one.mover),
            say(N_("Seconded: {name}"), name=one.seconder) if one.seconder else "",
            say(AMENDMENT_STATES[one.state]),
        ]
        rows.append([*_sides(one.original, one.text), "\n".join(part for part in about if part)])
    texts = {one.text for one in data.amendments}
    if data.item.resolution and data.item.resolution not in (data.item.request, *texts):
        rows.append(
            [*_sides(data.item.request, data.item.resolution), say(C_("comparison", "As decided"))]
        )
    blocks: list[Block] = [
        para(title, "h1"),
        Rule(),
        Space(2 * MM),
        para(data.number(say), "lead"),
        para(
            " · ".join(
                (
                    data.roll.name(say),
                    spoken_title(data.meeting.title, say),
                    when(data.meeting, say),
                )
            ),
            "meta",
        ),
        table(columns, rows, grid=True, min_row=20 * MM),
        Space(2 * MM),
        para(say(N_("Words that change are in bold.")), "note"),
    ]
    name = f"{title} {data.number(say)}"
    return composed(data.roll, name, [blocks], title, say, day=data.meeting.starts_at)


def _sides(original: str, amended: str) -> tuple[Block, Block]:
    """Return both wordings; in each, the words the other lacks are bold."""
    pieces = changes(original, amended)
    return _side(pieces, "gone"), _side(pieces, "new")


def _side(pieces: list[tuple[str, str]], own: str) -> Para:
    said: list[Word] = []
    for kind, text in pieces:
        if kind in ("same", own):
            weight: Weight = "B" if kind == own else ""
            said += [Word(token, "" if token == "\n" else weight) for token in _TOKEN.findall(text)]
    return Para(tuple(said), "cell")
