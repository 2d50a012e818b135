"""The results of a wave as a file: a workbook with both bases, or its open answers as CSV.

What is hidden on screen is hidden here: the tables come from the same tabulation.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.orm import Session

from db.files import atomic_write
from db.vocab import QuestionKind
from gwangju_desktop.errors import UserError
from gwangju_desktop.polls import answers, opened, words
from gwangju_desktop.polls.cells import (
    ANSWERED,
    ASKED,
    BLANK,
    COUNT,
    FIRST,
    HIDDEN,
    HIGH,
    LOW,
    MEAN,
    MISSING,
    OF_PEOPLE,
    OF_VOTES,
    OPTION,
    ROW,
    counted,
    heads,
    lines,
)
from gwangju_desktop.polls.held import Held
from gwangju_desktop.polls.questions import Asked, questionnaire
from gwangju_desktop.polls.series import poll_row
from gwangju_desktop.polls.table import Base, Share, Table
from gwangju_desktop.polls.waves import method_box, wave_row
from gwangju_desktop.sheets.guards import guarded
from gwangju_desktop.sheets.writing import Cell, Page, write_pages
from gwangju_desktop.text import C_, N_, Msg, say

SUFFIXES = (".xlsx", ".csv")
NAME = C_("poll export", "Item")
TEXT = C_("poll export", "Content")
SERIES = C_("poll export", "Series of polls")
WAVE = C_("poll", "Wave")
CODE = C_("poll export", "Code")
TITLE = C_("poll", "Question")
WORDING = C_("poll export", "Wording")
KIND = C_("poll export", "Kind")
OPTION_CODE = C_("poll export", "Option code")
VOTES = C_("poll export", "Responses in all")
ATTRIBUTE = C_("poll", "Split by")
GROUP = C_("poll export", "Group")
FEW = C_("poll export", "Few respondents")
NOTES = C_("poll export", "Notes")
ANSWER = C_("poll export", "Answer")
TAGS = C_("poll export", "Tags")
YES = C_("poll export", "yes")
OVERVIEW = C_("poll export", "Overview")
RESULTS = C_("poll pane", "Results")
TABLES = C_("poll export", "Tables")
BY_GROUP = C_("poll pane", "By group")
BASE_HEADS = (ASKED, ANSWERED, BLANK, MISSING, VOTES)
SHARE_HEADS = (COUNT, FIRST, OF_VOTES, OF_PEOPLE, LOW, HIGH)
NOTHING = N_("“{wave}” has nothing to export yet.")
HINT = N_("Enter answers and close the wave first.")

Rows = list[list[Cell]]


@dataclass(frozen=True, slots=True)
class Tabulated:
    """One question as its wave asks it, and its table."""

    asked: Asked
    table: Table


def results(
    read: Session, wave_id: int, *, told: Callable[[int, int], None] | None = None
) -> list[Page]:
    """Return the sheets of a wave: how it was made, all results in one list, tables, by group.

    `told(done, of)` hears of each question tabulated. Raises UserError for a wave in the field
    and for one without results.
    """
    wave = wave_row(read, wave_id)
    asked = questionnaire(read, wave_id)
    held = Held(read, wave_id)
    splits = [one for one in asked if one.attribute] if held.n else []
    made: list[Tabulated] = []
    crossed: Rows = []
    why: UserError | None = None
    for n, one in enumerate(asked):
        if told is not None:
            told(n, len(asked))
        try:
            made.append(Tabulated(one, answers.table(read, one.wave_question_id, held=held)))
        except UserError as error:
            # A question nobody answered yet stands beside others that have results.
            why = error
            continue
        for by in splits:
            if by.question_id != one.question_id:
                crossed += _split(read, one, by, held)
    if not made:
        raise why or UserError(NOTHING, hint=HINT, wave=wave.label)
    poll = poll_row(read, wave.poll_id)
    facts: Rows = [[say(SERIES), poll.name], [say(WAVE), wave.label]]
    facts += [[say(label), text] for label, text in method_box(read, wave_id)]
    pages = [
        Page(say(OVERVIEW), [say(NAME), say(TEXT)], facts, (22, 90)),
        Page(say(RESULTS), _list_heads(), [row for one in made for row in _listed(one)], _WIDE),
        Page(say(TABLES), [], [row for one in made for row in _block(one)], (48, 14, 20, 18, 14)),
    ]
    if crossed:
        pages.append(Page(say(BY_GROUP), _split_heads(), crossed, (10, 34, 20, 20, 12, 34)))
    return pages


def open_answers(read: Session, wave_question_id: int) -> tuple[list[str], Rows]:
    """Return titles and rows of the open answers to a question, each with its tags."""
    named = {tag.id: tag.name for tag in opened.tags(read, wave_question_id)}
    rows: Rows = [
        [n, answer.text, "; ".join(named[id] for id in answer.tags if id in named)]
        for n, answer in enumerate(opened.answers(read, wave_question_id), 1)
    ]
    return ["#", say(ANSWER), say(TAGS)], rows


def write_results(path: Path, pages: list[Page]) -> None:
    """Write sheets as a workbook, whole or not at all."""
    with atomic_write(path) as file:
        write_pages(file, pages)


def write_open(path: Path, head: list[str], rows: Rows) -> None:
    """Write open answers as CSV (UTF-8 with its mark) or as a workbook, as the suffix says."""
    if path.suffix.lower() == ".xlsx":
        write_results(path, [Page(say(ANSWER), head, rows, (6, 100, 30))])
        return
    from gwangju_desktop.energy.export import write_csv

    # What people wrote may begin with a sign that a spreadsheet takes for a formula.
    kept = [[guarded(one) if isinstance(one, str) else one for one in row] for row in rows]
    write_csv(path, head, kept)


_WIDE = (10, 34, 50, 14, 20, 12, 34, *([11] * 12))


def _list_heads() -> list[str]:
    titles: tuple[Msg, ...] = (CODE, TITLE, WORDING, KIND, ROW, OPTION_CODE, OPTION)
    return [say(title) for title in (*titles, *SHARE_HEADS, *BASE_HEADS, MEAN)]


def _listed(one: Tabulated) -> Rows:
    """Return one row an option; a question without options has one row."""
    table, question = one.table, one.table.question
    first: list[Cell] = [
        question.code,
        question.title,
        question.wording,
        say(words.KINDS[question.kind]),
    ]
    parts = table.parts if question.kind is QuestionKind.GRID else ()
    if parts:
        return [
            [*first, part.part.label, *_share(share), *_base(part.base), _number(part.mean)]
            for part in parts
            for share in part.options
        ]
    if not table.options:
        blank: list[Cell] = [""] * (3 + len(SHARE_HEADS))
        return [[*first, *blank, *_base(table.base), _number(table.mean)]]
    return [
        [*first, "", *_share(share), *_base(table.base), _number(table.mean)]
        for share in table.options
    ]


def _block(one: Tabulated) -> Rows:
    """Return a question as a table to read: its words, its lines, its notes, a blank row."""
    question = one.table.question
    rows: Rows = [[f"{question.code}  {question.title}".strip()]]
    if question.wording:
        rows.append([question.wording])
    rows.append(list(heads(one.table)))
    rows += [["" if cell is None else cell for cell in line] for line in lines(one.table)]
    rows += [[str(note)] for note in one.table.notes]
    return [*rows, [""]]


def _split_heads() -> list[str]:
    titles: tuple[Msg, ...] = (CODE, TITLE, ATTRIBUTE, GROUP, OPTION_CODE, OPTION)
    figures: tuple[Msg, ...] = (COUNT, OF_VOTES, OF_PEOPLE, ANSWERED, VOTES, FEW, NOTES)
    return [say(title) for title in (*titles, *figures)]


def _split(read: Session, one: Asked, by: Asked, held: Held) -> Rows:
    """Return a question by group, one row an option and group; nothing where it has no options.

    Where the table would give away what others hide, one row says so.
    """
    question, named = one.question, by.question.title or by.question.code
    try:
        table = answers.table(read, one.wave_question_id, by=by.question_id, held=held)
    except UserError as error:
        return [[question.code, question.title, named, *([""] * 9), str(error)]]
    rows: Rows = []
    for group in table.groups:
        for share in group.options:
            hidden = share.hidden
            rows.append(
                [
                    table.question.code,
                    table.question.title,
                    named,
                    group.label,
                    share.code,
                    share.label,
                    _cell(share.count),
                    HIDDEN if hidden else _percent(share.pct_votes),
                    HIDDEN if hidden else _percent(share.pct_respondents),
                    _number(group.base.answered),
                    _number(group.base.votes),
                    say(YES) if group.small else "",
                    "",
                ]
            )
    if rows:
        rows[0][-1] = " ".join(str(note) for note in table.notes)
    return rows


def _share(share: Share) -> list[Cell]:
    return [
        share.code,
        share.label,
        _cell(share.count),
        _number(share.first),
        _percent(share.pct_votes),
        _percent(share.pct_respondents),
        _percent(share.low),
        _percent(share.high),
    ]


def _base(base: Base) -> list[Cell]:
    known = (base.asked, base.answered, base.blank, base.missing, base.votes)
    return [_number(value) for value in known]


def _cell(value: float | None) -> Cell:
    found = counted(value)
    return "" if found is None else found


def _number(value: float | None) -> Cell:
    """Return a number, whole where it is; "" where it is unknown."""
    return "" if value is None else _cell(value)


def _percent(value: float | None) -> Cell:
    """Return a percentage that stays one when it happens to be whole."""
    return "" if value is None else float(value)
