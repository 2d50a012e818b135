"""The lists of the overview: commitments, what is due, what is lacking."""

from __future__ import annotations

from dataclasses import dataclass

from gwangju_desktop import clock
from gwangju_desktop.commitments.months import span
from gwangju_desktop.commitments.rows import CommitmentRow, DeadlineRow
from gwangju_desktop.members.rules import named
from ui.commitments import shown
from ui.models.rows import Cell, Column, Table
from ui.text import C_, N_, day, say


def _title(one: CommitmentRow) -> Cell:
    sub = " · ".join(filter(None, (one.code, span(one.starts, one.ends))))
    if one.edition > 1:
        sub += say(C_("commitment", " · edition {n}"), n=one.edition)
    return Cell(shown.title(one), sub, role="strong")


def _status(one: CommitmentRow) -> Cell:
    if one.overridden:
        sub = say(C_("own status", "by hand"))
    elif one.lacks_cause:
        sub = say(N_("no cause given"))
    else:
        sub = ""
    if not sub:
        return Cell("", chip=shown.status(one.status), tone=shown.tone(one.status))
    ink = "bad" if one.status == "late" else ""
    return Cell(shown.status(one.status), sub, role="secb", ink=ink)


def _rating(one: CommitmentRow) -> Cell:
    if one.disputed:
        return Cell(say(N_("Monitors differ")), say(C_("rating", "no joint answer")), role="secb")
    if one.rating is not None:
        return Cell(shown.completion(one.rating.value), one.rating.who, role="secb")
    if one.suggestion:
        words = N_("Suggested: {value}")
        sub = say(words, value=shown.completion(one.suggestion))
        return Cell(say(C_("rating", "Not rated")), sub, role="sec")
    return Cell(say(C_("rating", "Not rated")), role="sec")


def _progress(one: CommitmentRow) -> Cell:
    share = shown.share(one.done_weight, one.weight)
    ink = {"late": "bad", "done": "ok"}.get(one.status, "acc")
    if not one.milestones:
        return Cell("–", role="sec")
    return Cell(f"{share}%", role="capb", bar=share / 100, ink=ink)


def _steps(one: CommitmentRow) -> Cell:
    text = f"{one.completed}/{one.milestones}" if one.milestones else "–"
    if one.late:
        return Cell(text, say(C_("milestones", "{n} late"), n=one.late), role="secb", ink="bad")
    return Cell(text, role="secb")


def _evidence(one: CommitmentRow) -> Cell:
    return shown.proofs(one)


def _next(one: CommitmentRow) -> Cell:
    if one.next_due is None:
        return Cell("–")
    overdue = one.next_due < clock.today()
    title = named(one.next_title, one.next_title_en)
    return Cell(day(one.next_due, "full"), title, ink="bad" if overdue else "")


COMMITMENTS = Table(
    name="commitments",
    columns=(
        Column("title", C_("commitment", "Commitment"), cell=_title),
        Column("status", C_("commitment", "Own status"), 104, cell=_status),
        Column("rating", C_("commitment", "Completion (monitors)"), 204, cell=_rating),
        Column("progress", C_("commitment", "Weight done"), 86, cell=_progress),
        Column("steps", C_("commitment", "Milestones"), 84, "right", cell=_steps),
        Column("evidence", C_("commitment", "Files"), 72, "right", cell=_evidence),
        Column("next", C_("commitment", "Next due"), 190, cell=_next, wide=True),
    ),
)


@dataclass(frozen=True, slots=True)
class Due:
    """A deadline in the list, under a number of its own: several may be of one record."""

    id: int
    row: DeadlineRow


def _label(one: Due) -> Cell:
    row = one.row
    left = (
        say(C_("deadline", "expected")) if row.planned else shown.until(row.due_on, clock.today())
    )
    sub = f"{day(row.due_on, 'full')} · {left}"
    return Cell(str(row.label), sub, role="secb", ink="bad" if row.overdue else "")


DEADLINES = Table(columns=(Column("label", C_("deadline", "Deadline"), cell=_label),))
