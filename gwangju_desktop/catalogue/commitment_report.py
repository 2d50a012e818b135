"""The progress report of an action plan (이행상황 보고서): own status beside what the monitors rated.

Nobody is named: the monitors answer as a body here.
"""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy.orm import Session

from gwangju_desktop.catalogue import commitment_facts as told
from gwangju_desktop.catalogue import commitment_figures as figures
from gwangju_desktop.catalogue import commitment_sections as sections
from gwangju_desktop.catalogue import frame
from gwangju_desktop.catalogue.commitment_facts import COMPLETION, NOTHING, PlanFacts
from gwangju_desktop.catalogue.commitment_language import named
from gwangju_desktop.commitments.rows import CommitmentWhole, EditionRow
from gwangju_desktop.commitments.words import COMPLETIONS
from gwangju_desktop.documents.blocks import Block, Cell, Column, para, table
from gwangju_desktop.documents.composed import Composed
from gwangju_desktop.documents.official import END
from gwangju_desktop.documents.styles import MM, STYLES, Theme
from gwangju_desktop.text import C_, N_, Msg, say, speaking, words

REPORT = C_("document", "Progress report of an action plan")
# Behind the plan's title, which says that it is one.
IN_SHORT = C_("commitment document", "Progress report")
COMMITMENT = C_("commitment document", "Commitment")
PERIOD = C_("commitment document", "Period")
OWN_STATUS = C_("commitment document", "Own status")
COMPLETED = C_("commitment document", "Weight completed")
RATED = C_("commitment document", "Completion (monitors)")
EVIDENCE = C_("commitment document", "Evidence")
MILESTONES = C_("commitment document", "Milestones")
SUGGESTED = C_("commitment document", "Suggested (for reference)")
DELAY = C_("commitment document", "Cause of delay")
UNWRITTEN = C_("commitment document", "not written")
SUMMARY = C_("commitment document", "Summary")
BASES = N_(
    "The own status is the office's, worked out for {day:full}. Completion is rated by the"
    " monitoring body alone; a suggestion is for reference and no rating."
)
_ROW = 6.5 * MM
_MOST_NOTES = 5
# A little smaller than letters: what belongs together stays on fewer pages.
_SIZES = {"h2": 13.0, "body": 11.5, "note": 10.5, "meta": 10.5, "small": 10.0, "th": 10.0}
_CELLS = dict.fromkeys(("cell", "strong", "number", "middle"), 10.5)
THEME = replace(
    Theme(),
    top=22 * MM,
    bottom=18 * MM,
    styles={
        name: replace(style, size={**_SIZES, **_CELLS}.get(name, style.size))
        for name, style in STYLES.items()
    },
)


def progress(read: Session, *, id: int, language: str = "ko") -> Composed:
    """Return the progress report of a plan."""
    with speaking(language) as spoken:
        data = told.gathered(read, id)
        whole = say(N_("{document}, {period}"), document=IN_SHORT, period=data.title)
        parts = [
            (say(SUMMARY), _summary(data)),
            *((_head(one), _commitment(data, one)) for one in data.commitments),
            (say(sections.FOUND), sections.findings(read, data)),
            (say(sections.DEADLINES), sections.due(read, data)),
            (say(sections.LACKING), sections.lacks(read, data)),
        ]
        blocks: list[Block] = [*frame.head(data.about.name(spoken), whole), _facts(data)]
        for number, (title, made) in enumerate(parts, 1):
            blocks += [frame.heading(f"{number}. {title}"), *made]
        blocks.append(para(say(END)))
        name = f"{data.today:%Y-%m-%d} {whole}"
        return Composed(
            whole, name, data.about, language, (tuple(blocks),), head=say(REPORT), theme=THEME
        )


def _facts(data: PlanFacts) -> Block:
    plan, spoken = data.plan, words()
    submitted = spoken.day(plan.submitted_on, "full") if plan.submitted_on else ""
    rows: list[tuple[Msg, str]] = [
        (C_("commitment document", "Action plan"), f"{data.title} ({plan.code})"),
        (PERIOD, told.months(plan)),
        (C_("commitment document", "Submitted"), submitted),
        (C_("commitment document", "Lead institutions"), data.leads),
        (C_("commitment document", "As of"), spoken.day(data.today, "full")),
    ]
    return frame.facts(rows, spoken, row=6.5)


def _summary(data: PlanFacts) -> list[Block]:
    """Return all commitments in one table, and what its columns stand on."""
    if not data.commitments:
        return [para(say(N_("The plan has no commitments yet.")))]
    columns = [
        Column(say(COMMITMENT), 0.29, style="strong"),
        Column(say(OWN_STATUS), 0.13),
        Column(say(MILESTONES), 0.14, "centre", "middle"),
        Column(say(COMPLETED), 0.14, "right", "number"),
        Column(say(EVIDENCE), 0.12, "right", "number"),
        Column(say(RATED), 0.18),
    ]
    rows = []
    for whole in data.commitments:
        row = whole.row
        late = say(C_("commitment document", "{n} late"), n=row.late) if row.late else ""
        counted = f"{row.completed}/{row.milestones}"
        rows.append(
            [
                f"{row.code}\n{named(row.title, row.title_en)}",
                told.status(row),
                f"{counted}\n{late}" if late else counted,
                told.percent(row),
                str(len(data.proves(row))),
                data.rated(row.id),
            ]
        )
    made = table(columns, rows, min_row=_ROW, grid=True, caption=say(SUMMARY))
    return [made, para(say(BASES, day=data.today), "note")]


# --- one commitment ------------------------------------------------------------------------------


def _head(whole: CommitmentWhole) -> str:
    return f"{whole.row.code} {named(whole.row.title, whole.row.title_en)}"


def _commitment(data: PlanFacts, whole: CommitmentWhole) -> list[Block]:
    """Return what stands below the head of one commitment."""
    return [
        _state(data, whole),
        *figures.timeline(whole, data.today),
        *figures.burnup(whole, data.today),
        *steps(data, whole),
        *_notes(data, whole),
        *_editions(whole),
    ]


def _state(data: PlanFacts, whole: CommitmentWhole) -> Block:
    """Return the own status with why it is so, and beside it what only the monitors rate."""
    row = whole.row
    rating = data.ratings.get(row.id, {}).get(COMPLETION)
    own = [
        f"{told.status(row)} – {row.status_why}",
        named(row.status_reason) if row.overridden else "",
    ]
    rated = say(told.NOT_RATED)
    if rating is not None:
        rated = f"{told.rated(rating)}\n{told.origin(rating)}"
    rows: list[tuple[Msg, str]] = [
        (PERIOD, told.months(row)),
        (OWN_STATUS, "\n".join(filter(None, own))),
        (DELAY, _cause(whole)),
        (RATED, rated),
        (SUGGESTED, suggested(whole)),
    ]
    return frame.facts(rows, words(), row=6.5, whole=True)


def _cause(whole: CommitmentWhole) -> str:
    """Return why a commitment is late, that nobody wrote it, or nothing where it is not late."""
    if whole.row.delay_cause:
        return named(whole.row.delay_cause, whole.delay_cause_en)
    return say(UNWRITTEN) if whole.row.lacks_cause else ""


def suggested(whole: CommitmentWhole) -> str:
    """Return the completion the program suggests, with why."""
    made = whole.suggested
    code = say(COMPLETIONS[made.code]) if made.code else NOTHING
    return f"{code} – {made.reason()}"


def steps(data: PlanFacts, whole: CommitmentWhole) -> list[Block]:
    """Return the milestones of a commitment with output, days, weight and evidence."""
    if not whole.milestones:
        return [para(say(N_("The commitment has no milestones.")))]
    columns = [
        Column(say(C_("commitment document", "Milestone and output")), 0.38),
        Column(say(C_("commitment document", "Planned")), 0.19),
        Column(say(C_("commitment document", "State")), 0.2),
        Column(say(C_("commitment document", "Weight")), 0.11, "right", "number"),
        Column(say(EVIDENCE), 0.12, "right", "number"),
    ]
    rows: list[list[str | Block | Cell]] = []
    for one in whole.milestones:
        said: list[Block] = [para(told.step_title(one), "strong")]
        if one.output:
            said.append(para(say(sections.OUTPUT, output=told.output(one)), "small"))
        if one.delay_cause:
            said.append(para(say(sections.CAUSE, cause=told.cause(one)), "small"))
        rows.append(
            [
                tuple(said),
                told.days(one.starts_on, one.due_on),
                figures.state(one),
                str(one.weight),
                str(data.proofs(one)),
            ]
        )
    return [table(columns, rows, min_row=_ROW, grid=True, caption=say(MILESTONES), whole=True)]


def _notes(data: PlanFacts, whole: CommitmentWhole) -> list[Block]:
    """Return the last words on how it goes, the latest first."""
    if not whole.notes:
        return []
    blocks: list[Block] = [para(say(C_("commitment document", "How it goes")), "strong", keep=True)]
    for note in whole.notes[:_MOST_NOTES]:
        where = say(C_("commitment document", "milestone {n}"), n=note.number)
        parts = [
            words().day(note.noted_on, "full"),
            data.of_whom(note.department),
            where if note.number is not None else "",
        ]
        head = " · ".join(filter(None, parts))
        blocks.append(para(f"{head}: {named(note.text, note.text_en)}"))
    return blocks


def _editions(whole: CommitmentWhole) -> list[Block]:
    """Return the adjustments of what was promised: why, who was consulted, what changed."""
    if not whole.editions:
        return []
    title = C_("commitment document", "Adjustments")
    return [
        para(say(title), "strong", keep=True),
        *(block for one in whole.editions for block in _edition(one)),
    ]


def _edition(one: EditionRow) -> list[Block]:
    day = words().day(one.adjusted_on, "full")
    lines: list[Block] = [para(f"{day}: {named(one.reason, one.reason_en)}")]
    consulted = one.meeting or one.consulted
    if consulted:
        message = C_("commitment document", "Consulted: {who}")
        lines.append(para(say(message, who=named(consulted)), "note"))
    for change in one.changes:
        message = C_("commitment document", "{field}: {before} → {after}")
        lines.append(
            para(
                say(
                    message,
                    field=say(change.field, **change.values),
                    before=named(change.before) or NOTHING,
                    after=named(change.after) or NOTHING,
                ),
                "note",
            )
        )
    return lines
