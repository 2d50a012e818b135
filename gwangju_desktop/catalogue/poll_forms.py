"""Papers a poll is made with: the questionnaire (조사표) and the sheet ballots are counted on (집계표).

The number before an option is the key it is typed by (ui.polls.keying).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy.orm import Session

from db.vocab import OptionRole, QuestionKind
from gwangju_desktop import clock
from gwangju_desktop.catalogue import frame
from gwangju_desktop.documents.blocks import (
    Answer,
    Answers,
    Block,
    Cell,
    Column,
    Para,
    Space,
    para,
    table,
    words,
)
from gwangju_desktop.documents.composed import Composed
from gwangju_desktop.documents.figures import NoteLines
from gwangju_desktop.documents.official import END
from gwangju_desktop.documents.styles import MM
from gwangju_desktop.errors import UserError
from gwangju_desktop.meetings.documents.issuer import Issued, issued
from gwangju_desktop.members.rules import named
from gwangju_desktop.polls import questions, series, waves
from gwangju_desktop.polls.model import Option, Question
from gwangju_desktop.polls.questions import Asked
from gwangju_desktop.polls.waves import WaveRow
from gwangju_desktop.polls.words import how_answered
from gwangju_desktop.text import C_, N_, Msg, say, speaking
from gwangju_desktop.text import words as spoken

QUESTIONNAIRE = C_("document", "Questionnaire of a poll")
TALLY = C_("document", "Tally sheet of a poll")
# What they are called behind the name of the series, which says that it is a poll.
ASKING = C_("poll form paper", "Questionnaire")
COUNTING = C_("poll form paper", "Tally sheet")
ASKED_BY = C_("poll form paper", "Asked by")
ASKED_ON = C_("poll form paper", "When")
WHO = C_("poll form paper", "Who is asked")
WHAT_FOR = C_("poll form paper", "What for")
ANONYMOUS = N_("No name is asked. What you answer is counted with the others’ answers only.")
MARK = N_("Please mark the boxes that fit; a question may be left blank.")
THANKS = N_("Thank you for your answers.")
ONLY_IF = C_("poll form paper", "Only if you chose {options} at question {n}.")
SENSITIVE = N_("You need not answer this; it is processed with your consent only.")
EACH_ROW = C_("poll form paper", "choose one in each row")
WRITE = C_("poll form paper", "Answer")
PLACES = N_("Write the number of an option under each place.")
NOTHING_ASKED = N_("“{wave}” asks no question yet.")
BOX, GAP = "□", "_" * 24
# A scale of more points than these has its points one below the other.
WIDE = 8
# How many lines an answer in own words has.
OWN_WORDS = 3
# How many different numbers a tally sheet has room for.
NUMBERS = 6


def questionnaire(read: Session, *, id: int, language: str = "ko") -> Composed:
    """Return the questionnaire of a wave, to be filled in by hand; raises UserError without any."""
    with speaking(language):
        wave, asked = _asked(read, id)
        poll = series.poll_row(read, wave.poll_id)
        about = issued(read, body_id=None, on=clock.today())
        title = _title(poll, wave)
        facts: list[tuple[Msg, str]] = [
            (WHAT_FOR, poll.purpose),
            (ASKED_BY, wave.commissioner or about.name(spoken())),
            (ASKED_ON, _days(wave)),
            (WHO, wave.population),
        ]
        blocks: list[Block] = [
            *frame.head(say(QUESTIONNAIRE), title),
            frame.facts(facts, spoken(), row=7.0),
            para(f"{say(ANONYMOUS)} {say(MARK)}", "note"),
        ]
        numbers = {one.question_id: n for n, one in enumerate(asked, 1)}
        options = {one.question_id: one.question.options for one in asked}
        for n, one in enumerate(asked, 1):
            blocks += [*_head(one, n, numbers, options), *_blanks(one.question)]
        blocks += [Space(4 * MM), para(f"{say(THANKS)} {say(END)}")]
        return _composed(ASKING, title, about, language, blocks)


def tally(read: Session, *, id: int, language: str = "ko") -> Composed:
    """Return the sheet on which ballots of a wave are counted by hand, with what must agree."""
    with speaking(language):
        wave, asked = _asked(read, id)
        poll = series.poll_row(read, wave.poll_id)
        about = issued(read, body_id=None, on=clock.today())
        title = _title(poll, wave)
        wide = [Column(say(head), 0.25, "centre") for head in _BY]
        blocks: list[Block] = [
            *frame.head(say(TALLY), title),
            table(wide, [["", "", "", ""]], min_row=10 * MM, grid=True),
            para(say(STROKES), "note"),
        ]
        for n, one in enumerate(asked, 1):
            blocks += [
                frame.heading(f"{n}. {_called(one.question)}"),
                para(str(how_answered(one.question)), "meta", keep=True),
                *_counts(one.question),
            ]
        blocks.append(para(say(END)))
        return _composed(COUNTING, title, about, language, blocks)


_BY = (
    C_("poll form paper", "Ballots handed out"),
    C_("poll form paper", "Ballots collected"),
    C_("poll form paper", "Counted by"),
    C_("poll form paper", "Counted on"),
)
STROKES = N_("One stroke a mark, in fives. Add up the lines, then check the sum below each table.")
OPTION = C_("poll form paper", "Option")
STROKED = C_("poll form paper", "Strokes")
SUM = C_("poll form paper", "Sum")
ROW = C_("poll form paper", "Row")
VALUE = C_("poll form paper", "Number")
ANSWERED = C_("poll form paper", "People who answered")
UNMARKED = C_("poll form paper", "People without a mark")
RULE_ONE = N_("Check: sum of the options = people who answered + don’t know and no answer.")
RULE_MANY = N_("Check: people who answered ≤ sum of the options ≤ {most} × people who answered.")
RULE_ANY = N_("Check: people who answered ≤ sum of the options.")
OWN = N_("Answers in own words are typed one by one, or kept on a sheet of their own.")


def _asked(read: Session, id: int) -> tuple[WaveRow, list[Asked]]:
    wave = waves.wave_row(read, id)
    asked = questions.questionnaire(read, id)
    if not asked:
        raise UserError(
            NOTHING_ASKED, hint=N_("Put questions into its questionnaire."), wave=wave.label
        )
    return wave, asked


def _composed(
    document: Msg, title: str, about: Issued, language: str, blocks: Sequence[Block]
) -> Composed:
    whole = say(N_("{document}, {period}"), document=document, period=title)
    name = f"{clock.today():%Y-%m-%d} {whole}"
    return Composed(whole, name, about, language, (tuple(blocks),), head=whole)


def _title(poll: series.PollRow, wave: WaveRow) -> str:
    return f"{named(poll.name, poll.name_en)} {wave.label}".strip()


def _days(wave: WaveRow) -> str:
    if wave.from_on or wave.until_on:
        return spoken().days(wave.from_on, wave.until_on)
    return spoken().day(wave.planned_on, "full") if wave.planned_on else ""


def _called(question: Question) -> str:
    return question.wording or question.title or question.code


def _head(
    one: Asked,
    n: int,
    numbers: Mapping[int, int],
    options: Mapping[int, tuple[Option, ...]],
) -> list[Block]:
    """Return a question's wording, how it is answered, and of whom it is asked."""
    blocks: list[Block] = [frame.heading(f"{n}. {_called(one.question)}")]
    grid = one.question.kind is QuestionKind.GRID
    notes = [say(EACH_ROW) if grid else str(how_answered(one.question))]
    if one.ask_if_id is not None and one.ask_if_id in numbers:
        chosen = [o.label for o in options[one.ask_if_id] if o.code in one.ask_if]
        labels = ", ".join(f"‘{label}’" for label in chosen)
        notes.insert(0, say(ONLY_IF, options=labels, n=numbers[one.ask_if_id]))
    if one.question.kind is QuestionKind.RANKING:
        notes.append(say(PLACES))
    if one.sensitive:
        notes.append(say(SENSITIVE))
    blocks.append(para(" · ".join(notes), "meta", keep=True))
    return blocks


def _blanks(question: Question) -> list[Block]:
    """Return where the answer goes, by the kind of question."""
    shown = [o for o in question.options if o.role is not OptionRole.NO_ANSWER]
    match question.kind:
        case QuestionKind.OPEN:
            return [NoteLines(OWN_WORDS)]
        case QuestionKind.NUMBER:
            return [Answers((Answer(say(WRITE)),), 0.4)]
        case QuestionKind.GRID:
            return [_grid(question, shown)]
        case QuestionKind.RANKING:
            return [*_listed(question, shown, box=False), _places(question)]
        case QuestionKind.SCALE if len(shown) <= WIDE:
            columns = [Column(o.label, 1 / len(shown), "centre", "middle") for o in shown]
            marks = [f"{BOX} {_key(question, o)}" for o in shown]
            return [table(columns, [marks], min_row=9 * MM, grid=True)]
        case _:
            return _listed(question, shown, box=True)


def _listed(question: Question, shown: Sequence[Option], *, box: bool) -> list[Block]:
    """Return the options one below the other, with the number each is typed by."""
    lines: list[Block] = []
    for n, option in enumerate(shown):
        said = words(f"{_key(question, option)}) {option.label}")
        if option.role is OptionRole.OTHER:
            said += words(f"({GAP})")
        keep = n < len(shown) - 1
        lines.append(Para(said, "body", BOX if box else "", 1, keep=keep))
    return lines


def _grid(question: Question, shown: Sequence[Option]) -> Block:
    wide = 0.64 / max(len(shown), 1)
    columns = [Column("", 0.36, style="strong")]
    columns += [Column(o.label, wide, "centre", "middle") for o in shown]
    marks = [f"{BOX} {_key(question, o)}" for o in shown]
    rows = [[part.label, *marks] for part in question.parts]
    return table(columns, rows, min_row=9 * MM, grid=True)


def _places(question: Question) -> Block:
    columns = [Column(p.label, 1 / len(question.parts), "centre") for p in question.parts]
    rows = [[""] * len(question.parts)]
    return table(columns, rows, min_row=10 * MM, grid=True)


def _key(question: Question, option: Option) -> str:
    """Return what a clerk types for an option: its code where all are numbers, else its place."""
    if all(one.code.isdecimal() for one in question.options):
        return option.code
    return str(question.options.index(option) + 1)


def _counts(question: Question) -> list[Block]:
    """Return the lines on which a question is counted, and the sum that must agree."""
    match question.kind:
        case QuestionKind.OPEN:
            return [para(say(OWN), "note")]
        case QuestionKind.NUMBER:
            columns = [
                Column(say(VALUE), 0.2, "centre"),
                Column(say(STROKED), 0.6),
                Column(say(SUM), 0.2, "centre"),
            ]
            return [
                table(columns, [["", "", ""]] * NUMBERS, min_row=8 * MM, grid=True, keep=True),
                _people(),
            ]
        case QuestionKind.GRID | QuestionKind.RANKING:
            return [_crossed(question), _people()]
        case _:
            columns = [
                Column(say(OPTION), 0.4, style="strong"),
                Column(say(STROKED), 0.46),
                Column(say(SUM), 0.14, "centre"),
            ]
            rows: list[list[str | Block | Cell]] = [
                [f"{_key(question, o)}) {o.label}", "", ""] for o in question.options
            ]
            rows.append([say(SUM), "", ""])
            told = table(columns, rows, min_row=9 * MM, grid=True, keep=True)
            return [told, _people(keep=True), para(_rule(question), "note")]


def _crossed(question: Question) -> Block:
    """Return rows or places against options."""
    many = len(question.options) > len(question.parts)
    ranking = question.kind is QuestionKind.RANKING
    options = [f"{_key(question, o)}) {o.label}" for o in question.options]
    parts = [part.label for part in question.parts]
    across, down = (parts, options) if ranking or many else (options, parts)
    wide = 0.64 / max(len(across), 1)
    columns = [Column(say(OPTION if down is options else ROW), 0.36, style="strong")]
    columns += [Column(label, wide, "centre") for label in across]
    rows = [[label, *[""] * len(across)] for label in down]
    return table(columns, rows, min_row=10 * MM, grid=True, keep=True)


def _people(*, keep: bool = False) -> Block:
    columns = [
        Column("", 0.3, style="strong"),
        Column("", 0.2),
        Column("", 0.3, style="strong"),
        Column("", 0.2),
    ]
    row = [say(ANSWERED), "", say(UNMARKED), ""]
    return table(columns, [row], head=False, grid=True, min_row=9 * MM, keep=keep)


def _rule(question: Question) -> str:
    if question.kind is not QuestionKind.MULTIPLE:
        return say(RULE_ONE)
    if question.max_choices:
        return say(RULE_MANY, most=question.max_choices)
    return say(RULE_ANY)
