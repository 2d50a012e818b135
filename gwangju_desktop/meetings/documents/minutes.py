"""The minutes as a PDF: their Markdown on A4 pages, each with its number and its mark."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.files import atomic_write
from db.schema.meetings import Attendance
from db.schema.members import Body, Person
from gwangju_desktop import clock, settings
from gwangju_desktop.documents.blocks import (
    Block,
    Box,
    Column,
    Para,
    Rule,
    Space,
    Table,
    Word,
    para,
    table,
    words,
)
from gwangju_desktop.documents.blocks import Heading as PageHeading
from gwangju_desktop.documents.canvas import Canvas
from gwangju_desktop.documents.fonts import metrics
from gwangju_desktop.documents.layout import Layout
from gwangju_desktop.documents.styles import MM, Theme
from gwangju_desktop.documents.writer_pdf import Sheet, Writer
from gwangju_desktop.errors import UserError
from gwangju_desktop.meetings import guards, minutes
from gwangju_desktop.meetings.markdown import (
    Grid,
    Heading,
    Item,
    Line,
    Node,
    Paragraph,
    Spans,
    parse,
    plain,
)
from gwangju_desktop.meetings.minutes import MinutesDetail
from gwangju_desktop.meetings.minutes_kept import NO_MINUTES
from gwangju_desktop.text import C_, N_, Words
from gwangju_desktop.text import words as spoken_in

_LANGUAGES = {"ko": "ko-KR", "en": "en"}
_NARROW, _LABEL = 0.5, 0.2


@dataclass(frozen=True, slots=True)
class Document:
    """A finished file: its bytes, its pages, characters the type has no shape for."""

    title: str
    data: bytes
    pages: int
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Made:
    """A finished document and its name; nobody's contacts stand on minutes."""

    document: Document
    name: str
    people: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Issuer:
    """Whose minutes these are: the body, the office that prints, whether people are made up."""

    body: str
    office: str
    on: dt.date
    sample: bool


def write(read: Session, target: Path, *, meeting_id: int, language: str = "ko") -> Made:
    """Press the minutes of a meeting to `target`, whole or not at all."""
    made = make(read, meeting_id=meeting_id, language=language)
    with atomic_write(target) as out:
        out.write(made.document.data)
    return made


def make(read: Session, *, meeting_id: int, language: str = "ko") -> Made:
    """Press the minutes of a meeting; raise UserError before they are drafted."""
    found = minutes.detail(read, meeting_id=meeting_id)
    if found.id is None:
        raise UserError(NO_MINUTES, hint=N_("Draft them first."), meeting=found.meeting)
    issuer = _issuer(read, meeting_id, language)
    return Made(press(found, issuer, language), f"{issuer.on:%Y-%m-%d} {found.meeting}")


def press(found: MinutesDetail, issuer: Issuer, language: str) -> Document:
    """Lay minutes over pages: the mark on every page, "n / total" at its foot."""
    say = spoken_in(language)
    title = say(N_("Minutes of {meeting}"), meeting=found.meeting)
    mark = say(found.mark)
    drawn = Canvas(
        title=title,
        author=issuer.office,
        language=_LANGUAGES[language],
        link_text=say(N_("Go to this page")),
        accessible=True,
    )
    writer, layout = Writer(drawn, Theme()), Layout(metrics(), Theme())
    pages = layout.flow(blocks(found, say))
    foot = _foot(issuer, say)
    for number, content in enumerate(pages, 1):
        left = issuer.body if number > 1 else ""
        right = f"{title} · {mark}" if number > 1 else mark
        writer.sheet(Sheet("minutes", f"{number} / {len(pages)}", left, right, foot, content))
    return Document(title, drawn.finish(), len(drawn.pages), drawn.missing)


def blocks(found: MinutesDetail, say: Words) -> list[Block]:
    """Return the blocks of minutes: their text, and how they were confirmed and published."""
    made: list[Block] = []
    headed = 0
    for node in parse(found.text):
        if isinstance(node, Heading):
            headed += 1
        made += _block(node, headed)
        if isinstance(node, Heading) and node.level == 1 and headed == 1:
            made += [Rule(), _mark(found, say), Space(2 * MM)]
    return made + _end(found, say)


def _mark(found: MinutesDetail, say: Words) -> Block:
    """Return the line under the title that says what copy this is."""
    said = say(found.mark)
    facts = [said]
    if found.locked and found.confirmed_on is not None:
        facts.append(say.day(found.confirmed_on, "long"))
    elif found.early and found.published_on is not None:
        facts.append(say(N_("not confirmed; published {day:long}"), day=found.published_on))
    else:
        facts.append(say(N_("not confirmed, not for publication")))
    return para(" · ".join(facts), "fact-name")


def _block(node: Node, key: int) -> list[Block]:
    match node:
        case Heading(level=1):
            return [PageHeading(1, plain(node.spans), f"part-{key}")]
        case Heading():
            return [PageHeading(min(node.level, 3), plain(node.spans), f"part-{key}")]
        case Paragraph(quote=True):
            return [Box((Para(_words(node.spans), "note"),))]
        case Paragraph():
            return [Para(_words(node.spans), "body")]
        case Item():
            mark = "•" if node.mark == "-" else node.mark
            return [Para(_words(node.spans), "body", mark, 1 + min(node.depth, 2))]
        case Line():
            return [Rule(0.5)]
        case Grid():
            return [_table(node)] if node.rows else []


def _words(spans: Spans) -> tuple[Word, ...]:
    """Return words in their weights; a change of weight inside a word does not part it."""
    found: list[Word] = []
    open_end = False
    for span in spans:
        pieces = [word for word in words(span.text, "B" if span.bold else "") if word.text]
        for n, word in enumerate(pieces):
            glued = n == 0 and open_end and not span.text.startswith(" ")
            found.append(word._replace(space=False) if glued else word)
        if span.text:
            open_end = not span.text.endswith(" ")
    return tuple(found)


def _table(grid: Grid) -> Table:
    shares = _shares(grid)
    head, rows = (grid.rows[0], grid.rows[1:]) if grid.head else ((), grid.rows)
    labelled = not grid.head and len(shares) == 2
    columns = [
        Column(
            plain(head[n]) if head else "",
            share,
            style="strong" if labelled and n == 0 else "cell",
        )
        for n, share in enumerate(shares)
    ]
    cells = [
        [(Para(_words(cell), columns[n].style),) for n, cell in enumerate(row)] for row in rows
    ]
    return table(columns, cells, head=grid.head, row_head=labelled)


def _shares(grid: Grid) -> list[float]:
    """Share the width by how long the columns' texts are; a column of labels is narrow."""
    count = max(len(row) for row in grid.rows)
    if not grid.head and count == 2:
        return [_LABEL, 1 - _LABEL]
    wide = [max(len(plain(row[n])) for row in grid.rows) for n in range(count)]
    kept = [min(max(length, 4), 40) ** _NARROW for length in wide]
    return [length / sum(kept) for length in kept]


def _end(found: MinutesDetail, say: Words) -> list[Block]:
    """Return what stands under the text: corrections, who confirmed, that they were published."""
    lines: list[Block] = []
    if found.corrections:
        lines.append(PageHeading(3, say(N_("Corrections when confirmed"))))
        lines += [para(line) for line in found.corrections.splitlines() if line.strip()]
    if found.locked and found.confirmed_on is not None:
        if found.confirmed_meeting:
            said = say(
                N_("Confirmed on {day:long} at {meeting}."),
                day=found.confirmed_on,
                meeting=found.confirmed_meeting,
            )
        else:
            said = say(
                N_("Confirmed on {day:long} by signature: {names}."),
                day=found.confirmed_on,
                names=found.confirmed_by or say(C_("minutes", "None")),
            )
        lines += [Space(4 * MM), Rule(0.5), para(said, "note")]
    return lines


def _foot(issuer: Issuer, say: Words) -> str:
    parts = [say.day(clock.today(), "full"), issuer.office]
    if issuer.sample:
        parts.append(say(N_("Sample data · all people are fictional")))
    return " · ".join(part for part in parts if part)


def _issuer(read: Session, meeting_id: int, language: str) -> Issuer:
    meeting = guards.meeting_of(read, meeting_id)
    body = read.get_one(Body, meeting.body_id)
    day = clock.local(meeting.starts_at).date()
    named = settings.values_on(read, day)
    english = language == "en"
    office = named[settings.OFFICE_NAME_EN] if english else named[settings.OFFICE_NAME_KO]
    fictional = (
        select(Person.id)
        .join(Attendance, Attendance.person_id == Person.id)
        .where(Attendance.meeting_id == meeting_id, Person.fictional.is_(True))
        .limit(1)
    )
    return Issuer(
        body=body.name_en if english and body.name_en else body.name_ko,
        office=meeting.secretariat or office,
        on=day,
        sample=read.scalar(fictional) is not None,
    )
