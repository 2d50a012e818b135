"""Sections of the progress report beyond the commitments: findings, deadlines, what is lacking."""

from __future__ import annotations

from sqlalchemy.orm import Session

from gwangju_desktop.catalogue.commitment_facts import PlanFacts
from gwangju_desktop.catalogue.commitment_language import named, sentence
from gwangju_desktop.commitments import deadlines, lacking
from gwangju_desktop.commitments.rows import DeadlineRow
from gwangju_desktop.documents.blocks import Block, Cell, Column, Para, para, table
from gwangju_desktop.documents.blocks import words as said
from gwangju_desktop.documents.styles import MM
from gwangju_desktop.meetings.words import ACTION_STATES
from gwangju_desktop.reviews import queries as rounds
from gwangju_desktop.reviews.rows import FindingRow
from gwangju_desktop.text import C_, N_, NN_, say, words

FOUND = C_("commitment document", "What monitoring found")
DEADLINES = C_("commitment document", "Deadlines")
LACKING = C_("commitment document", "Still lacking")
OUTPUT = C_("commitment document", "Output: {output}")
CAUSE = C_("commitment document", "Cause of delay: {cause}")
TODAY = C_("commitment document", "today")
NONE = C_("commitment document", "None.")
_ROW = 6.5 * MM
_MOST = 30


def findings(read: Session, data: PlanFacts) -> list[Block]:
    """Return what reviews found and what was done about it."""
    rows = rounds.findings(read, plan_id=data.plan.id)
    if not rows:
        return [para(say(NONE))]
    columns = [
        Column(say(C_("commitment document", "Found")), 0.16),
        Column(say(C_("commitment document", "Finding and recommendation")), 0.48),
        Column(say(C_("commitment document", "What followed")), 0.36),
    ]
    made: list[list[str | Block | Cell]] = [
        [_when(row), _finding(row), _followed(data, row)] for row in rows
    ]
    return [table(columns, made, min_row=_ROW, grid=True, caption=say(FOUND))]


def _when(row: FindingRow) -> str:
    return "\n".join(filter(None, (words().day(row.found_on, "full"), row.commitment)))


def _finding(row: FindingRow) -> tuple[Block, ...]:
    blocks: list[Block] = [para(named(row.text, row.text_en), "cell")]
    advice = named(row.recommendation, row.recommendation_en)
    if advice:
        message = C_("commitment document", "Recommended: {advice}")
        blocks.append(para(say(message, advice=advice), "small"))
    return tuple(blocks)


def _followed(data: PlanFacts, row: FindingRow) -> str:
    lines = [
        say(
            C_("commitment document", "{text} ({department}, by {day:full}, {state})"),
            text=named(one.text),
            department=data.of_whom(one.department),
            day=one.due_on,
            state=ACTION_STATES[one.state],
        )
        for one in row.actions
    ]
    if row.settled_on is not None:
        message = C_("commitment document", "settled {day:full}")
        lines.append(say(message, day=row.settled_on))
    return "\n".join(lines) or say(C_("commitment document", "nothing yet"))


def due(read: Session, data: PlanFacts) -> list[Block]:
    """Return the deadlines of the plan, met ones too, each with how it stands."""
    rows = deadlines.of_plan(read, data.plan.id, data.today)
    if not rows:
        return [para(say(NONE))]
    columns = [
        Column(say(C_("commitment document", "Due")), 0.2, style="strong"),
        Column(say(C_("commitment document", "What is due")), 0.52),
        Column(say(C_("commitment document", "State")), 0.28),
    ]
    made = [
        [words().day(row.due_on, "full"), sentence(str(row.label)), _stands(row, data)]
        for row in rows
    ]
    return [table(columns, made, min_row=_ROW, grid=True, caption=say(DEADLINES))]


def _stands(row: DeadlineRow, data: PlanFacts) -> str:
    if row.done_on is not None:
        return say(C_("commitment document", "met on {day:full}"), day=row.done_on)
    if row.planned:
        return say(C_("commitment document", "planned"))
    if row.overdue:
        return say(NN_("{n} day overdue", "{n} days overdue"), n=row.overdue)
    left = (row.due_on - data.today).days
    return say(NN_("in {n} day", "in {n} days"), n=left) if left > 0 else say(TODAY)


def lacks(read: Session, data: PlanFacts) -> list[Block]:
    """List what is missing in the plan, and how many texts have no English."""
    rows = lacking.plan(read, data.plan.id, data.today)
    untranslated = len(lacking.english(read, data.plan.id))
    lines = [sentence(str(row.what)) for row in rows[:_MOST]]
    if len(rows) > _MOST:
        lines.append(say(N_("and {n} more"), n=len(rows) - _MOST))
    if untranslated:
        message = NN_("{n} text has no English yet.", "{n} texts have no English yet.")
        lines.append(say(message, n=untranslated))
    if not lines:
        return [para(say(NONE))]
    return [Para(said(line), "body", "-", 1) for line in lines]
