"""The lists of what came in for a wave: files, ballots, published totals."""

from __future__ import annotations

from dataclasses import dataclass

from db.vocab import QuestionKind
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.polls import answers, ballots, intake, retention
from gwangju_desktop.polls.reading.encodings import NAMES
from gwangju_desktop.polls.reading.model import LAYOUTS, Layout
from gwangju_desktop.polls.words import how_answered
from ui.models.rows import Cell, Column, Table
from ui.polls.condition_form import named
from ui.text import C_, N_, NN_, day, say


@dataclass(frozen=True, slots=True)
class TotalRow:
    """A question and the totals kept of it."""

    id: int
    question: object
    answered: int | None
    asked: int | None
    votes: int
    kept: bool


@dataclass(frozen=True, slots=True)
class Came:
    """All that came in for a wave, what is to be erased when, and what its weights cost.

    `fault` says why there are no weights where there should be.
    """

    wave_id: int
    batches: tuple
    ballots: tuple
    totals: tuple[TotalRow, ...]
    due: retention.Due | None
    weighting: object | None
    fault: UserError | None


def came(read, *, wave, asked) -> Came:
    """Return what the pane shows of a wave; weights are counted where they are used."""
    weighting, fault = None, None
    if wave.weighted and wave.responses and wave.source != "totals" and wave.erased_on is None:
        try:
            weighting = answers.weighting(read, wave.id)
        except UserError as error:
            fault = error
    due = (one for one in retention.due(read, clock.today()) if one.wave_id == wave.id)
    return Came(
        wave.id,
        tuple(intake.batches(read, wave.id)),
        tuple(ballots.ballots(read, wave.id)),
        tuple(total_row(read, one) for one in asked if one.question.kind is not QuestionKind.OPEN),
        next(due, None),
        weighting,
        fault,
    )


def total_row(read, one) -> TotalRow:
    """Return the totals kept of a question."""
    totals = answers.totals(read, one.wave_question_id)
    if totals is None:
        return TotalRow(one.wave_question_id, one.question, None, None, 0, False)
    votes = int(sum(totals.counts.values()))
    return TotalRow(one.wave_question_id, one.question, totals.answered, totals.asked, votes, True)


def keeping(wave, due: retention.Due | None) -> tuple[str, str, str] | None:
    """Return icon, ink and words of how long raw answers are kept; None where nothing is set."""
    if wave.erased_on is not None:
        told = N_("The raw answers were erased on {day:full}; the totals stay.")
        return "lock", "text3", say(told, day=wave.erased_on)
    if due is None:
        return None
    if due.days < 0:
        told = NN_(
            "The raw answers were to be erased by {day:full}, {n} day ago.",
            "The raw answers were to be erased by {day:full}, {n} days ago.",
        )
        return "circle-alert", "warn", say(told, day=due.due_on, n=-due.days)
    told = NN_(
        "Raw answers are kept until {day:full}, {n} more day.",
        "Raw answers are kept until {day:full}, {n} more days.",
    )
    return "clock", "text3", say(told, day=due.due_on, n=due.days)


def layout_cell(batch) -> Cell:
    """Show how a file was read."""
    words = say(LAYOUTS[Layout(batch.layout)]) if batch.layout else ""
    encoding = NAMES.get(batch.encoding, batch.encoding)
    return Cell(" · ".join(part for part in (words, encoding) if part))


def taken_cell(batch) -> Cell:
    """Show how many rows were taken as respondents."""
    return Cell(f"{batch.taken:,} / {batch.rows:,}")


def rejected_cell(batch) -> Cell:
    """Show how many cells and rows were not taken."""
    return Cell(f"{batch.rejected:,}", ink="warn" if batch.rejected else "text3")


def given_cell(ballot) -> Cell:
    """Show how much of a ballot is filled in."""
    return Cell(say(NN_("{n} question answered", "{n} questions answered"), n=len(ballot.answers)))


def question_cell(total: TotalRow) -> Cell:
    """Show a question with how it is answered."""
    return Cell(named(total.question), str(how_answered(total.question)), role="secb")


def number_cell(n: int | None) -> Cell:
    """Show a number, a dash where there is none."""
    return Cell("–", ink="text3") if n is None else Cell(f"{n:,}")


def kept_cell(total: TotalRow) -> Cell:
    """Show whether totals are there."""
    if total.kept:
        return Cell(say(C_("poll form", "Entered")), icon="circle-check", ink="ok")
    return Cell(say(C_("poll form", "Not yet")), ink="text3")


BATCHES = Table(
    (
        Column("file", C_("poll form", "File"), cell=lambda b: Cell(b.file_name, role="secb")),
        Column("at", C_("poll form", "Imported"), 176, cell=lambda b: Cell(day(b.at, "when"))),
        Column("layout", C_("poll form", "Layout"), 210, cell=layout_cell, wide=True),
        Column("taken", C_("poll form", "Respondents / rows"), 140, "right", cell=taken_cell),
        Column("rejected", C_("poll form", "Not taken"), 90, "right", cell=rejected_cell),
    )
)
BALLOTS = Table(
    (
        Column(
            "serial",
            C_("poll form", "Ballot"),
            90,
            cell=lambda b: Cell(f"{b.serial:,}", role="secb"),
        ),
        Column("given", C_("poll form", "Filled in"), cell=given_cell),
        Column("at", C_("poll form", "Typed"), 176, cell=lambda b: Cell(day(b.at, "when"))),
    )
)
TOTALS = Table(
    (
        Column("code", C_("poll form", "Code"), 90, cell=lambda t: Cell(t.question.code)),
        Column("title", C_("poll form", "Question"), cell=question_cell),
        Column(
            "asked",
            C_("poll form", "Asked"),
            80,
            "right",
            cell=lambda t: number_cell(t.asked),
            wide=True,
        ),
        Column(
            "answered",
            C_("poll form", "Answered"),
            84,
            "right",
            cell=lambda t: number_cell(t.answered),
        ),
        Column(
            "votes",
            C_("poll form", "Responses"),
            84,
            "right",
            cell=lambda t: number_cell(t.votes if t.kept else None),
        ),
        Column("kept", N_("State"), 92, cell=kept_cell),
    )
)
