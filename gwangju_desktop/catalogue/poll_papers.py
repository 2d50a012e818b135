"""Results of opinion polls (설문 결과보고서, 한 장 요약): every figure with its base and its method."""

from __future__ import annotations

from sqlalchemy.orm import Session

from db.vocab import QuestionKind, WaveState
from gwangju_desktop import clock
from gwangju_desktop.catalogue import frame, poll_page
from gwangju_desktop.documents.blocks import Block, Space, para
from gwangju_desktop.documents.composed import Composed
from gwangju_desktop.documents.official import END
from gwangju_desktop.documents.styles import MM
from gwangju_desktop.errors import UserError
from gwangju_desktop.meetings.documents.issuer import issued
from gwangju_desktop.members.rules import named
from gwangju_desktop.polls import answers, findings, questions, report, series, waves
from gwangju_desktop.polls.table import Table
from gwangju_desktop.polls.waves import WaveRow
from gwangju_desktop.polls.words import how_answered
from gwangju_desktop.text import C_, N_, Words, say, speaking

REPORT = C_("document", "Report of an opinion poll")
SUMMARY = C_("document", "One-page summary of a finding")
# What they are called behind the name of the series, which says that it is a poll.
RESULTS_OF = C_("poll paper", "Report")
IN_SHORT = C_("poll paper", "Summary of a finding")
METHOD = C_("poll paper", "How the poll was made")
FINDINGS = C_("poll paper", "Findings")
RESULTS = C_("poll paper", "Results")
WORDING = C_("poll paper", "Wording: {wording}")
SINCE = C_(
    "poll paper",
    "The sentence stands on the figures of {day:full} ({figures}); the table has those of today.",
)
THEN = C_("poll paper", "{count}, {answered}")
NOT_YET = N_("“{wave}” has not begun: there is nothing to report.")


def results(read: Session, *, id: int, language: str = "ko") -> Composed:
    """Return the report of a wave: method, findings, and every question with its wording.

    Of a wave in the field it says how many responded and no share. Raises UserError before it.
    """
    with speaking(language) as words:
        wave = waves.wave_row(read, id)
        if wave.state == WaveState.PLANNED:
            raise UserError(NOT_YET, wave=wave.label)
        title = _title(read, wave)
        about = issued(read, body_id=None, on=clock.today())
        whole = say(N_("{document}, {period}"), document=RESULTS_OF, period=title)
        blocks: list[Block] = [
            *frame.head(about.name(words), whole),
            frame.section(1, METHOD, words),
            report.method(read, id),
        ]
        if not wave.counted:
            blocks.append(para(say(report.NO_SHARES, n=say(report.PEOPLE, n=wave.responses))))
        else:
            blocks += _told(read, wave, words)
        blocks.append(para(say(END)))
        name = f"{clock.today():%Y-%m-%d} {whole}"
        return Composed(whole, name, about, language, (tuple(blocks),), head=say(REPORT))


def summary(read: Session, *, id: int, language: str = "ko") -> Composed:
    """Return one page of a finding: its sentence, the figures on both bases, how it was asked."""
    with speaking(language):
        row = findings.finding(read, id)
        wave = waves.wave_row(read, row.wave_id)
        about = issued(read, body_id=None, on=clock.today())
        title = _title(read, wave)
        whole = say(N_("{document}, {period}"), document=IN_SHORT, period=title)
        name = f"{clock.today():%Y-%m-%d} {whole}"
        made = Composed(whole, name, about, language, (), head=say(SUMMARY))
        method = report.method_pairs(read, wave.id)

        def page(form: poll_page.PageForm) -> list[Block]:
            return [
                *frame.head(whole, row.sentence),
                *_figures(read, row, drawn=form.bars),
                *method,
                para(say(END)),
            ]

        return poll_page.on_one_page(read, made, page)


def finding_blocks(read: Session, row: findings.FindingRow) -> tuple[Block, ...]:
    """Return what stands below a finding: the question, all its shares, how it was asked."""
    return (*_figures(read, row), report.method_line(read, row.wave_id))


def _figures(read: Session, row: findings.FindingRow, *, drawn: bool = True) -> list[Block]:
    """Return the question of a finding and its shares, as bars where `drawn` and possible."""
    asked = questions.asked_one(read, row.wave_question_id)
    made = answers.table(read, row.wave_question_id, part=row.part_code or None)
    wave = waves.wave_row(read, row.wave_id)
    question = asked.question
    where = [question.title, row.part]
    blocks: list[Block] = [
        para(report.facts(asked, made, wave.population), "meta", keep=True),
    ]
    if question.wording:
        blocks.append(para(say(WORDING, wording=question.wording), "note", keep=True))
    elif any(where):
        blocks.append(para(" – ".join(filter(None, where)), "note", keep=True))
    blocks += report.results(asked, made, row.option_code or None, drawn=drawn)
    if _moved(row, made):
        then = say(THEN, count=report.count(row.count), answered=report.people(row.answered))
        blocks.append(para(say(SINCE, day=row.found_on, figures=then), "note"))
    return blocks


def _moved(row: findings.FindingRow, made: Table) -> bool:
    """Say whether answers have come, or gone, since the finding was written."""
    if not row.option_code:
        return row.answered != made.base.answered
    now = (made.share(row.option_code).count, made.base.answered)
    return any(
        (was is None) != (here is None) or abs((was or 0) - (here or 0)) > 1e-6
        for was, here in zip((row.count, row.answered), now, strict=True)
    )


def _told(read: Session, wave: WaveRow, words: Words) -> list[Block]:
    """Return the findings and the questions of a wave that is closed."""
    blocks: list[Block] = []
    found = findings.findings(read, wave_id=wave.id)
    number = 2
    if found:
        blocks.append(frame.section(number, FINDINGS, words))
        blocks += frame.numbered([(0, "", one.sentence) for one in found], words)
        number += 1
    blocks.append(frame.section(number, RESULTS, words))
    told: set[str] = set()
    for n, asked in enumerate(questions.questionnaire(read, wave.id), 1):
        blocks += _question(read, wave, asked, n, told)
    return blocks


def _question(
    read: Session, wave: WaveRow, asked: questions.Asked, n: int, told: set[str]
) -> list[Block]:
    question = asked.question
    blocks: list[Block] = [
        frame.heading(f"{n}) {question.title or question.wording or question.code}")
    ]
    if question.title and question.wording:
        blocks.append(para(say(WORDING, wording=question.wording), "note", keep=True))
    try:
        made = answers.table(read, asked.wave_question_id)
    except UserError as error:
        return [*blocks, para(str(how_answered(question)), "meta"), para(str(error), "note")]
    blocks.append(para(report.facts(asked, made), "meta", keep=True))
    blocks += report.results(asked, made)
    if question.kind is QuestionKind.OPEN:
        blocks += report.tags(read, asked)
    else:
        blocks += report.trend(read, wave.poll_id, question.code, told)
    return [*blocks, Space(3 * MM)]


def _title(read: Session, wave: WaveRow) -> str:
    poll = series.poll_row(read, wave.poll_id)
    return f"{named(poll.name, poll.name_en)} {wave.label}".strip()
