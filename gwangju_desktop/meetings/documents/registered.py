"""The register of decisions (의결 대장) on paper: a year of a body, or of all."""

from __future__ import annotations

from collections.abc import Sequence

from gwangju_desktop.documents.blocks import Block, Column, Rule, Space, para, table
from gwangju_desktop.documents.composed import Composed
from gwangju_desktop.documents.styles import MM
from gwangju_desktop.errors import UserError
from gwangju_desktop.meetings.documents.press import KINDS, composed
from gwangju_desktop.meetings.register import DecisionRow
from gwangju_desktop.meetings.retelling import retold
from gwangju_desktop.meetings.rules import spoken_title
from gwangju_desktop.meetings.words import OUTCOMES, VOTE_METHODS
from gwangju_desktop.members.letters.model import RollData
from gwangju_desktop.text import C_, N_, NN_, Words, words

NO_DECISION = N_("There is no decision to print.")


def registered(
    roll: RollData, rows: Sequence[DecisionRow], *, year: int | None, language: str = "ko"
) -> Composed:
    """Return the register of these decisions; raises UserError when there are none."""
    if not rows:
        raise UserError(NO_DECISION, hint=N_("Choose another year or body."))
    say = words(language)
    title = say(KINDS["register"])
    head = say(N_("{title} {year}"), title=title, year=year) if year else title
    columns = [
        Column(say(C_("decisions", "No.")), 0.06, "right", "number"),
        Column(say(C_("decisions", "Item number")), 0.15, style="small"),
        Column(say(C_("decisions", "Item and decision")), 0.42),
        Column(say(C_("decisions", "Meeting")), 0.19, style="small"),
        Column(say(C_("decisions", "Result")), 0.18, style="small"),
    ]
    told = [
        [
            str(n),
            row.number or row.label,
            (para(row.title, "strong"), *_text(row)),
            f"{_body(row, say)}\n{spoken_title(row.meeting, say)}\n{say.day(row.day, 'full')}",
            _result(row, say),
        ]
        for n, row in enumerate(rows, 1)
    ]
    several = len({row.body_id for row in rows}) > 1
    who = roll.office(say) if several else roll.name(say)
    blocks: list[Block] = [
        para(head, "h1"),
        Rule(),
        Space(2 * MM),
        para(who, "lead"),
        para(say(NN_("{n} decision", "{n} decisions"), n=len(rows)), "meta"),
        table(columns, told, min_row=10 * MM),  # type: ignore[arg-type]
    ]
    return composed(roll, head, [blocks], title, say)


def _text(row: DecisionRow) -> tuple[Block, ...]:
    return tuple(para(text, "small") for text in (row.resolution, row.remark) if text)


def _body(row: DecisionRow, say: Words) -> str:
    return row.body_en if say.language == "en" and row.body_en else row.body_ko


def _result(row: DecisionRow, say: Words) -> str:
    lines = [say(OUTCOMES[row.outcome])]
    if row.method:
        lines.append(say(VOTE_METHODS[row.method]))
    if row.yes is not None:
        lines.append(
            say(
                N_("for {yes}, against {no}, abstained {abstain}"),
                yes=row.yes,
                no=row.no or 0,
                abstain=row.abstain or 0,
            )
        )
    elif row.explanation:
        lines.append(retold(row.explanation, say))
    return "\n".join(lines)
