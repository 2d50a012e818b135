"""A table as cells: the same titles and lines for the clipboard and for workbooks."""

from __future__ import annotations

from db.vocab import QuestionKind
from gwangju_desktop.polls.table import Share, Table
from gwangju_desktop.text import C_, Msg, say

Cell = str | int | float | None
HIDDEN = "*"  # stands for what too few people stand behind

OPTION = C_("poll table", "Option")
ROW = C_("poll table", "Row")
COUNT = C_("poll table", "Responses")
FIRST = C_("poll table", "First choice")
OF_VOTES = C_("poll table", "% of responses")
OF_PEOPLE = C_("poll table", "% of respondents")
LOW = C_("poll table", "95% interval from")
HIGH = C_("poll table", "95% interval to")
MEAN = C_("poll table", "Mean")
FIGURE = C_("poll table", "Figure")
VALUE = C_("poll table", "Value")
ASKED = C_("poll table", "Asked")
ANSWERED = C_("poll table", "Answered")
BLANK = C_("poll table", "Blank")
MISSING = C_("poll table", "Don’t know or no answer")
SPREAD = C_("poll table", "Standard deviation")
MEDIAN = C_("poll table", "Median")


def heads(table: Table) -> list[str]:
    """Return the titles of `lines`."""
    if not table.options and not table.parts:
        return [say(FIGURE), say(VALUE)]
    titles: list[Msg] = [OPTION]
    if table.question.kind is QuestionKind.GRID:
        titles = [ROW, OPTION]
    if _ranked(table):
        titles.append(FIRST)
    titles += [COUNT, OF_VOTES, OF_PEOPLE]
    if _bounded(table):
        titles += [LOW, HIGH]
    return [say(title) for title in titles]


def lines(table: Table) -> list[list[Cell]]:
    """Return one line an option, with both percentages; None is an empty cell.

    Percentages are floats, 0 to 100 and not rounded. The bases stand below the options.
    """
    if table.question.kind is QuestionKind.GRID:
        found = [
            [part.part.label, *cells]
            for part in table.parts
            for cells in (_cells(table, share) for share in part.options)
        ]
    else:
        found = [_cells(table, share) for share in table.options]
    return [*found, *_figures(table)]


def counted(value: float | None) -> Cell:
    """Return a count as a whole number unless weights made it none; a star where it is hidden."""
    if value is None:
        return HIDDEN
    return int(value) if float(value).is_integer() else float(value)


def _cells(table: Table, share: Share) -> list[Cell]:
    cells: list[Cell] = [share.label]
    if _ranked(table):
        cells.append(None if share.first is None else counted(share.first))
    cells += [counted(share.count), share.pct_votes, share.pct_respondents]
    if _bounded(table):
        cells += [share.low, share.high]
    return cells


def _figures(table: Table) -> list[list[Cell]]:
    """Return the bases and, of numbers and scales, what describes them."""
    base = table.base
    named: list[tuple[Msg, Cell]] = [
        (ASKED, base.asked),
        (ANSWERED, base.answered),
        (BLANK, base.blank),
        (MISSING, base.missing),
    ]
    if table.mean is not None:
        named += [(MEAN, table.mean), (SPREAD, table.sd), (MEDIAN, table.median)]
    wide = max(0, len(heads(table)) - 2)
    at = 1 if table.question.kind is QuestionKind.GRID else 0
    made: list[list[Cell]] = []
    for name, value in named:
        if value is None:
            continue
        whole = isinstance(value, float) and name in (ASKED, ANSWERED, BLANK, MISSING)
        line: list[Cell] = [None] * (wide + 2)
        line[at] = say(name)
        line[at + 1 + _ranked(table)] = counted(float(value)) if whole else value
        made.append(line)
    return made


def _ranked(table: Table) -> bool:
    return table.question.kind is QuestionKind.RANKING


def _bounded(table: Table) -> bool:
    shares = [*table.options, *(share for part in table.parts for share in part.options)]
    return any(share.low is not None for share in shares)
